//! Deciding what commands about shared decisions become.

use super::change::{self, Kept, Step};
use super::decide::{Deciding, given};
use crate::command::{RecordKind, Written};
use crate::decide::{self, Channel, Decision, DecisionAid, DecisionAt, DecisionMove, DecisionOpening, limits};
use crate::error::{Error, ErrorKind, Result};
use crate::evidence::{self, EvidenceSource};
use crate::govern::policy::{Action, DataClass};
use crate::id::{DecisionId, PatientId, RecordId};
use crate::sensitive::Sensitive;
use crate::store::record::Stored;
use crate::time::{Date, Instant, Zones};

use super::care::of_someone;

/// Steps of one command.
const MOST_STEPS: usize = 200;

impl Kept for Decision {
    const RECORD: RecordKind = RecordKind::Decision;
    const CLASS: DataClass = DataClass::Care;
    const POLICY: bool = false;

    fn checked(self, before: Option<&Self>, _: Instant, _: &Zones) -> Result<Self> {
        if before.is_some_and(|before| before.patient != self.patient) {
            return Err(Error::invalid("patient", "a decision stays with its patient; open another one"));
        }
        let signed = before.filter(|before| !before.signatures.is_empty());
        if signed.is_some_and(|before| before.sheet != self.sheet) {
            return Err(Error::new(ErrorKind::Conflict, "what was signed never changes; amend it by another record"));
        }
        limits::check_decision(&self)?;
        Ok(self)
    }

    fn names(&self) -> Vec<(RecordKind, RecordId)> {
        let sheet = &self.sheet;
        let people = sheet.participants.iter().filter_map(|one| one.who.as_ref());
        let people = people.chain(sheet.choice.iter().map(|choice| &choice.made_by));
        let people = people.chain(sheet.preferences.iter().map(|said| &said.said_by));
        let mut names: Vec<_> = people.filter_map(of_someone).collect();
        let outcomes = sheet.options.iter().flat_map(|option| &option.outcomes);
        let sources = outcomes.filter_map(|outcome| outcome.source.as_ref()?.source);
        names.extend(sources.map(|id| (RecordKind::EvidenceSource, id.into())));
        names.extend(sheet.aids.iter().filter_map(|used| used.aid).map(|id| (RecordKind::DecisionAid, id.into())));
        let linked = sheet.replaces.into_iter().chain(self.follow_up.replaced_by);
        names.extend(linked.map(|id| (RecordKind::Decision, id.into())));
        names
    }
}

impl Kept for DecisionAid {
    const RECORD: RecordKind = RecordKind::DecisionAid;
    const CLASS: DataClass = DataClass::Directory;
    const POLICY: bool = false;

    fn checked(self, _: Option<&Self>, _: Instant, _: &Zones) -> Result<Self> {
        decide::check_aid_record(&self)?;
        Ok(self)
    }

    fn names(&self) -> Vec<(RecordKind, RecordId)> {
        self.supersedes.iter().map(|id| (RecordKind::DecisionAid, (*id).into())).collect()
    }
}

impl Kept for EvidenceSource {
    const RECORD: RecordKind = RecordKind::EvidenceSource;
    const CLASS: DataClass = DataClass::Directory;
    const POLICY: bool = false;

    fn checked(self, _: Option<&Self>, _: Instant, _: &Zones) -> Result<Self> {
        evidence::limits::check_source_record(&self)?;
        Ok(self)
    }

    fn names(&self) -> Vec<(RecordKind, RecordId)> {
        self.superseded_by.iter().map(|id| (RecordKind::EvidenceSource, (*id).into())).collect()
    }
}

/// A record that takes the place of a signed one.
pub(super) struct Successor {
    pub(super) id: Option<DecisionId>,
    pub(super) of: DecisionId,
    pub(super) version: u32,
    pub(super) channel: Channel,
    pub(super) reason: Sensitive,
    /// What it takes: patients take a choice back, and amend nothing.
    pub(super) action: Action,
}

type Succeed = fn(&Decision, DecisionId, Sensitive, &DecisionAt) -> Result<Decision>;

impl Deciding<'_, '_> {
    fn decision_at(&self, channel: Channel) -> DecisionAt {
        DecisionAt { by: self.who().clone(), at: self.now, channel }
    }

    pub(super) fn open_decision(
        &mut self,
        id: Option<DecisionId>,
        patient: PatientId,
        opening: DecisionOpening,
    ) -> Result<Written> {
        let at = self.decision_at(opening.channel.clone());
        let today = Date::try_from(self.now.date_naive())?;
        let decision = decide::open(opening, patient, &at, today)?;
        let step = self.add_to(patient, given(id)?, decision)?;
        self.write(step)
    }

    /// A decision that takes steps. The gate is asked first: who may not write learns nothing of what is missing. Patients
    /// add to decisions that others opened.
    fn of_decision(&mut self, id: DecisionId, version: u32, action: Action) -> Result<Stored<Decision>> {
        let (owner, stored) = self.current::<Decision>(id.into())?;
        self.permit(owner, id.into(), &stored, action)?;
        if stored.header.version != version {
            return Err(crate::store::tx::conflict(version, stored.header.version));
        }
        Ok(stored)
    }

    pub(super) fn move_decision(
        &mut self,
        id: DecisionId,
        version: u32,
        channel: Channel,
        steps: Vec<DecisionMove>,
    ) -> Result<Written> {
        if steps.is_empty() || steps.len() > MOST_STEPS {
            return Err(Error::invalid("steps", "a decision takes 1 to 200 steps at once"));
        }
        let own = steps.iter().all(DecisionMove::is_for_patient);
        let before = self.of_decision(id, version, if own { Action::Add } else { Action::Write })?;
        let mut decision = before.record.clone();
        let at = self.decision_at(channel);
        for (n, step) in steps.into_iter().enumerate() {
            decision = decide::apply(&decision, step, &at).map_err(|e| e.within(format_args!("steps[{n}]")))?;
        }
        self.put_decision(id, before, decision)
    }

    /// Writes the next version of a decision whose change the gate has permitted.
    fn put_decision(&mut self, id: DecisionId, before: Stored<Decision>, decision: Decision) -> Result<Written> {
        let owner = self.locate(RecordKind::Decision, id.into())?.owner;
        let after = change::edit(&before, before.header.version, decision, self.now, self.zones())?;
        self.permit(owner, id.into(), &after, Action::Add)?;
        self.exist(owner, &after.record)?;
        self.write(Step { owner, id: id.into(), before: Some(before), after })
    }

    pub(super) fn succeed_decision(&mut self, successor: Successor, succeed: Succeed) -> Result<Written> {
        let Successor { id, of, version, channel, reason, action } = successor;
        let id: DecisionId = given(id)?.into();
        let stored = self.of_decision(of, version, action)?;
        let at = self.decision_at(channel);
        let next = succeed(&stored.record, of, reason, &at)?;
        let patient = stored.record.patient;
        let step = self.add_to(patient, id.into(), next)?;
        let written = self.write(step)?;
        let replaced = decide::replaced(&stored.record, id, &at)?;
        self.put_decision(of, stored, replaced)?;
        Ok(written)
    }
}
