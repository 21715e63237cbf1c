//! The room of shared decisions.

use std::ops::ControlFlow;

use serde::{Deserialize, Serialize};

use super::Session;
use super::calls::kept;
use super::change::Kept;
use crate::command::Command;
use crate::decide::{
    self, AidAnswers, AnsweredBy, Channel, Decision, DecisionAid, DecisionAidView, DecisionMove, DecisionOpening,
    DecisionQuery, DecisionView, index,
};
use crate::error::{Error, Result};
use crate::govern::Who;
use crate::govern::policy::Action;
use crate::id::{DecisionAidId, DecisionId, PatientId};
use crate::page::{Cursor, Page};
use crate::sensitive::Sensitive;
use crate::store::engine::Order;
use crate::store::key::Prefix;
use crate::store::record::{Covering, Header, Stored};
use crate::store::tables::Table;
use crate::time::Instant;

/// Shared decisions and decision aids. See [`Session::decide`].
#[derive(Debug, Clone, Copy)]
pub struct DecideRoom<'a>(pub(super) &'a Session);

kept! { DecideRoom:
    "a decision aid" DecisionAid DecisionAidId DecisionAidView decision_aid:
        add_aid AddDecisionAid, edit_aid EditDecisionAid, void_aid VoidDecisionAid, aid, aid_history, aid_known_at;
}

/// A page of a list of decisions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DecisionPage {
    /// The decisions, by the day on which they are looked at again.
    pub decisions: Vec<DecisionView>,
    /// Where the next page begins, if there is more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<Cursor>,
}

impl DecisionView {
    fn of(id: DecisionId, stored: Stored<Decision>) -> Self {
        let Stored { header: Header { version, recorded, flags, reason }, record } = stored;
        let voided = reason.filter(|_| flags & Header::VOIDED != 0);
        DecisionView { id, version, recorded, voided, decision: record }
    }
}

impl DecideRoom<'_> {
    pub(crate) fn session(&self) -> &Session {
        self.0
    }

    /// Opens a decision.
    ///
    /// # Errors
    /// As [`Session::execute`].
    pub fn open(&self, patient: PatientId, opening: DecisionOpening) -> Result<DecisionId> {
        self.0.one(Command::OpenDecision { id: None, patient, opening })
    }

    /// Adds a decision that was recorded elsewhere, as it stands.
    ///
    /// # Errors
    /// As [`Session::execute`].
    pub fn add_decision(&self, decision: Decision) -> Result<DecisionId> {
        self.0.one(Command::AddDecision { id: None, decision })
    }

    /// Records what happened to a decision, in order, all or nothing. Gives the new version.
    ///
    /// # Errors
    /// As [`Session::execute`]; `Invalid` naming what is missing for a step, `Conflict` for one that its state or its
    /// signatures do not allow.
    pub fn advance(&self, id: DecisionId, version: u32, channel: Channel, steps: Vec<DecisionMove>) -> Result<u32> {
        self.0.next_version(Command::MoveDecision { id, version, channel, steps })
    }

    /// Puts a record in the place of a signed one, with all that it says, to be amended and signed anew. Gives the new one.
    ///
    /// # Errors
    /// As [`Session::execute`]; `Conflict` for one that is not signed, or already replaced.
    pub fn amend(
        &self,
        decision: DecisionId,
        version: u32,
        channel: Channel,
        reason: impl Into<Sensitive>,
    ) -> Result<DecisionId> {
        self.0.one(Command::AmendDecision { id: None, decision, version, channel, reason: reason.into() })
    }

    /// Puts a record in the place of a signed one whose choice the patient takes back: it goes on from weighing. Gives the
    /// new one.
    ///
    /// # Errors
    /// As [`amend`](Self::amend).
    pub fn revert(
        &self,
        decision: DecisionId,
        version: u32,
        channel: Channel,
        reason: impl Into<Sensitive>,
    ) -> Result<DecisionId> {
        self.0.one(Command::RevertDecision { id: None, decision, version, channel, reason: reason.into() })
    }

    /// Marks a decision as entered in error. Gives the new version.
    ///
    /// # Errors
    /// As [`Session::execute`].
    pub fn void_decision(&self, id: DecisionId, version: u32, reason: impl Into<Sensitive>) -> Result<u32> {
        self.0.next_version(Command::VoidDecision { id, version, reason: reason.into() })
    }

    /// Reads a decision.
    ///
    /// # Errors
    /// `NotFound`, `Denied`, `Corrupted`, `AuditUnavailable`, `Closed`.
    pub fn decision(&self, id: DecisionId) -> Result<DecisionView> {
        self.0.current::<Decision, _>(id.into(), |stored| DecisionView::of(id, stored))
    }

    /// Every version of a decision that the session may see, oldest first.
    ///
    /// # Errors
    /// As reading the current one.
    pub fn decision_history(&self, id: DecisionId) -> Result<Vec<DecisionView>> {
        self.0.history::<Decision, _>(id.into(), |stored| DecisionView::of(id, stored))
    }

    /// A decision as the store knew it at an instant; none if it did not know it yet.
    ///
    /// # Errors
    /// As reading the current one.
    pub fn decision_known_at(&self, id: DecisionId, at: Instant) -> Result<Option<DecisionView>> {
        self.0.known_at::<Decision, _>(id.into(), at, |stored| DecisionView::of(id, stored))
    }

    /// The decisions of a patient that were not entered in error, in the order they were opened.
    ///
    /// # Errors
    /// `NotFound`, `Denied`, `Corrupted`, `AuditUnavailable`, `Closed`.
    pub fn decisions(&self, patient: PatientId) -> Result<Vec<DecisionView>> {
        self.0.engage().of_patient(patient, |care| {
            let mut decisions = care.loader.items::<Decision, DecisionId>()?;
            decisions.sort_by_key(|(id, _)| *id);
            let shown = decisions.into_iter().filter(|(id, stored)| care.permits((*id).into(), stored));
            Ok(shown.map(|(id, stored)| DecisionView::of(id, stored)).collect())
        })
    }

    /// Decisions of all patients whom the session may see, by the day on which they are looked at again; those without one
    /// last.
    ///
    /// # Errors
    /// `Invalid` for a page that is none, `AuditUnavailable`, `Corrupted`, `Closed`.
    pub fn list(&self, query: &DecisionQuery, page: &Page) -> Result<DecisionPage> {
        let limit = page.rows()?;
        let question = serde_json::to_vec(&("decisions", query));
        let question = question.map_err(|e| Error::invalid("query", "the question cannot be encoded").because(e))?;
        let look = self.0.inner().look()?;
        let reader = look.reader();
        let list = index::list(query.clinician, query.state.as_ref());
        let mut rows = Prefix::of(list.clone().done());
        if let Some(until) = query.revisit_until {
            rows = rows.ending_before(list.u32(index::day(Some(until)).saturating_add(1)).done());
        }
        if let Some(after) = look.position(&question, page)? {
            rows = rows.starting_at([after.as_slice(), &[0]].concat());
        }
        let (mut found, mut last, mut more) = (Vec::new(), None, false);
        reader.read.scan(Table::Ident, rows.span(), Order::Ascending, &mut |row, value| {
            let cut_off = || Error::corrupted(Table::Ident.name(), row, "a row of a list of decisions is cut off");
            let (pid, id) = index::listed(row).ok_or_else(cut_off)?;
            let labels = value.first_chunk().map(|labels| u32::from_be_bytes(*labels)).ok_or_else(cut_off)?;
            let covering = look.covering(&reader, pid)?.over(Covering { labels, ..Covering::default() });
            if !look.permits(pid, covering, Decision::CLASS, Action::Read) {
                return Ok(ControlFlow::Continue(()));
            }
            if found.len() >= limit {
                more = true;
                return Ok(ControlFlow::Break(()));
            }
            found.push((pid, id));
            last = Some(row.to_vec());
            Ok(ControlFlow::Continue(()))
        })?;
        let pids: Vec<_> = found.iter().map(|(pid, _)| *pid).collect();
        look.listed(Decision::CLASS, &question, &pids)?;
        let mut decisions = Vec::with_capacity(found.len());
        for (_, id) in found {
            let locator = look.locate::<Decision>(&reader, id.into())?;
            decisions.push(DecisionView::of(id, look.shown(&reader, reader.current(&locator)?)?));
        }
        let next = last.filter(|_| more).map(|position| look.cursor(&question, &position)).transpose()?;
        Ok(DecisionPage { decisions, next })
    }

    /// The decision aids that were not entered in error, in the order they were added.
    ///
    /// # Errors
    /// `Denied` to those who may not see the directory; `AuditUnavailable`, `Corrupted`, `Closed`.
    pub fn aids(&self) -> Result<Vec<DecisionAidView>> {
        let aids = self.0.shared_records::<DecisionAid>()?;
        Ok(aids.into_iter().map(|(id, stored)| DecisionAidView::of(id.into(), stored)).collect())
    }

    /// Records what a patient answered on the page of an aid, as the page gave it: JSON with the names of `AidAnswers`.
    /// What it says is checked against the aid first. Gives the new version of the decision.
    ///
    /// # Errors
    /// `Invalid` for answers that do not fit the aid; as [`advance`](Self::advance).
    pub fn answer_aid(
        &self,
        id: DecisionId,
        version: u32,
        channel: Channel,
        aid: DecisionAidId,
        answers: &str,
    ) -> Result<u32> {
        let answers = AidAnswers::from_json(answers)?;
        let of = self.aid(aid)?.decision_aid;
        let decision = self.decision(id)?.decision;
        let now = self.0.inner().look()?.now;
        let by = AnsweredBy { aid: Some(aid), who: Who::Patient(decision.patient), at: now };
        let checked = decide::check_answers(&of, &answers, &by)?;
        let mut steps = decide::moves(&checked);
        if decision.sheet.shown.is_empty() {
            // What the patient saw on the page was shown to them, and nothing else.
            let seen = answers.order.iter().filter(|key| answers.seen.contains(key)).cloned().collect();
            steps.insert(0, DecisionMove::Present(seen));
        }
        self.advance(id, version, channel, steps)
    }
}
