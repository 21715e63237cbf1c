//! Pages of decisions, read and drawn in one call.

use std::collections::BTreeSet;

use crate::decide::{self, Decision};
use crate::error::{ErrorKind, Result};
use crate::govern::Who;
use crate::id::{DecisionAidId, DecisionId};
use crate::people::display_name;
use crate::sensitive::Sensitive;
use crate::session::{DecideRoom, Session};
use crate::time::Date;

use super::{DecisionAidPage, DecisionSummary, DecisionWords, NamedPerson};

impl DecideRoom<'_> {
    /// The page of a decision aid, in a language that ships (`en`, `es`, `ar`; English for others): one HTML document that
    /// needs nothing else. Its answers are JSON for [`answer_aid`](Self::answer_aid): the page shows them, and sends them to
    /// `answers_to`, a path on the server it came from, if there is one.
    ///
    /// # Errors
    /// As reading the aid; `Invalid` for a path that leads elsewhere.
    pub fn aid_html(&self, aid: DecisionAidId, language: &str, answers_to: Option<String>) -> Result<String> {
        let aid = self.aid(aid)?.decision_aid;
        let order: Vec<String> = aid.options.iter().map(|option| option.key.clone()).collect();
        DecisionAidPage { aid: &aid, order: &order, answers_to }.html(&DecisionWords::shipped(language))
    }

    /// What was decided, as a page for the patient, in a language that ships. `zone` is the zone of the IANA database whose
    /// date is today.
    ///
    /// # Errors
    /// As reading the decision; `Invalid` for an unknown zone.
    pub fn patient_summary_html(&self, id: DecisionId, zone: &str, language: &str) -> Result<String> {
        let summary = Summary::read(self.session(), id, zone)?;
        summary.page().patient_html(&DecisionWords::shipped(language))
    }

    /// What was decided, as a page for clinicians: with what is missing from the record, and a word if the choice does
    /// least well on what matters to the patient.
    ///
    /// # Errors
    /// As [`patient_summary_html`](Self::patient_summary_html).
    pub fn clinician_summary_html(&self, id: DecisionId, zone: &str, language: &str) -> Result<String> {
        let summary = Summary::read(self.session(), id, zone)?;
        summary.page().clinician_html(&DecisionWords::shipped(language))
    }
}

/// Everything a page of a decision is made from.
struct Summary {
    decision: Decision,
    mirror: decide::ValuesMirror,
    missing: Vec<String>,
    people: Vec<NamedPerson>,
    patient: Option<String>,
    on: Date,
}

impl Summary {
    fn read(session: &Session, id: DecisionId, zone: &str) -> Result<Self> {
        let decision = session.decide().decision(id)?.decision;
        let core = session.core();
        let on = Date::try_from(core.zones.local(zone, core.now())?.date_naive())?;
        let mirror = decide::mirror(&decision.sheet)?;
        let missing = decide::missing(&decision).into_iter().map(|gap| gap.need.advice().to_owned());
        let missing: BTreeSet<String> = missing.collect();
        let name = |who: &Who| {
            let names = match who {
                Who::Practitioner(id) => session.people().practitioner(*id).map(|view| view.practitioner.names),
                Who::RelatedPerson(id) => session.people().related_person(*id).map(|view| view.related_person.names),
                Who::Patient(id) => session.people().patient(*id).map(|view| view.patient.names),
                Who::System(_) => return Ok(None),
            };
            match names {
                Ok(names) => Ok(display_name(&names, on.naive()).map(Sensitive::into_exposed)),
                // Who may not be seen is named by what they are.
                Err(e) if matches!(e.kind(), ErrorKind::Denied | ErrorKind::NotFound) => Ok(None),
                Err(e) => Err(e),
            }
        };
        let mut people = Vec::new();
        let of_sheet = decision.sheet.participants.iter().filter_map(|one| one.who.clone());
        let of_signatures = decision.signatures.iter().map(|own| own.by.clone());
        let mut met = BTreeSet::new();
        for who in of_sheet.chain(of_signatures) {
            let known = minicbor::to_vec(&who).unwrap_or_default();
            if met.insert(known)
                && let Some(name) = name(&who)?
            {
                people.push(NamedPerson { who, name });
            }
        }
        let patient = name(&Who::Patient(decision.patient))?;
        Ok(Summary { decision, mirror, missing: missing.into_iter().collect(), people, patient, on })
    }

    fn page(&self) -> DecisionSummary<'_> {
        DecisionSummary {
            decision: &self.decision,
            mirror: Some(&self.mirror),
            missing: &self.missing,
            people: &self.people,
            patient: self.patient.as_deref(),
            on: self.on,
        }
    }
}
