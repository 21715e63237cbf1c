//! Records that take the place of signed ones.

use super::{Decision, DecisionAt, DecisionSheet, DecisionState, DecisionTransition, FollowUp};
use crate::error::{Error, ErrorKind, Result};
use crate::id::DecisionId;
use crate::sensitive::Sensitive;

/// The record that takes the place of a signed one and says all that it says, to be amended and signed anew.
///
/// # Errors
/// `Conflict` for one that is not signed, or already replaced; `Invalid` without a reason.
pub fn amend(decision: &Decision, id: DecisionId, because: Sensitive, at: &DecisionAt) -> Result<Decision> {
    let state = match &decision.sheet {
        DecisionSheet { declined: Some(_), .. } => DecisionState::DeclinedParticipation,
        DecisionSheet { choice: Some(_), .. } => DecisionState::Decided,
        _ => DecisionState::Deferred,
    };
    successor(decision, id, because, at, "amend", state)
}

/// The record that takes the place of a signed one whose choice the patient takes back: it goes on from weighing.
///
/// # Errors
/// As [`amend`].
pub fn revert(decision: &Decision, id: DecisionId, because: Sensitive, at: &DecisionAt) -> Result<Decision> {
    let state = if decision.sheet.shown.is_empty() { DecisionState::Invited } else { DecisionState::Deliberating };
    let mut next = successor(decision, id, because, at, "revert", state)?;
    (next.sheet.choice, next.sheet.declined, next.sheet.deferred) = (None, None, None);
    Ok(next)
}

fn successor(
    decision: &Decision,
    id: DecisionId,
    because: Sensitive,
    at: &DecisionAt,
    step: &str,
    state: DecisionState,
) -> Result<Decision> {
    replaceable(decision)?;
    if because.expose().trim().is_empty() {
        return Err(Error::invalid("reason", "say why another record takes its place"));
    }
    let mut sheet = decision.sheet.clone();
    sheet.replaces = Some(id);
    sheet.replaces_because = Some(because);
    sheet.steps = vec![transition(step, state.clone(), at)];
    let follow_up = FollowUp::default();
    let next = Decision { state, sheet, signatures: Vec::new(), follow_up, ..decision.clone() };
    Ok(next)
}

/// A signed record after another one took its place. What was signed stays as it is.
///
/// # Errors
/// `Conflict` for one that is not signed, or already replaced.
pub fn replaced(decision: &Decision, by: DecisionId, at: &DecisionAt) -> Result<Decision> {
    replaceable(decision)?;
    let mut next = decision.clone();
    next.state = DecisionState::Replaced;
    next.follow_up.replaced_by = Some(by);
    next.follow_up.steps.push(transition("replace", DecisionState::Replaced, at));
    Ok(next)
}

fn replaceable(decision: &Decision) -> Result<()> {
    if decision.state == DecisionState::Replaced {
        return Err(Error::new(ErrorKind::Conflict, "another record took its place already; go on there"));
    }
    if decision.signatures.is_empty() {
        return Err(Error::new(ErrorKind::Conflict, "the decision is not signed; change it as it is"));
    }
    Ok(())
}

fn transition(step: &str, to: DecisionState, at: &DecisionAt) -> DecisionTransition {
    DecisionTransition { step: step.to_owned(), to, actor: at.by.clone(), at: at.at, channel: at.channel.clone() }
}
