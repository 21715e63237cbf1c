//! The conversation: before the aid is filled in, and after.

use prm_core::decide::{
    Capacity, CapacityFinding, Channel, Choice, ChoiceStrength, DecisionAid, DecisionMove, DecisionOpening,
    DecisionQuery, DecisionRole, DecisionState, Participant, ParticipantRole, Revisit, RevisitTrigger, SignatureKind,
    mirror, missing, shipped_aids, signatures_hold,
};
use prm_core::people::{HumanName, Organisation, Patient, Practitioner};
use prm_core::{
    Actor, Clock, DecisionAidId, DecisionId, Founder, Key, ManualClock, OpenOptions, Page, PatientId, PractitionerId,
    Prm, Purpose, Session,
};

use crate::Outcome;
use crate::serve::ANSWERS;

/// The day of the visit. The clock stands still, so that the pages are the same whenever this runs.
const NOW: &str = "2026-12-01T09:30:00Z";
const TODAY: &str = "2026-12-01";
const ZONE: &str = "Europe/London";

/// A visit that has begun.
pub(crate) struct Visit {
    prm: Prm,
    doctor: Session,
    own: Session,
    practitioner: PractitionerId,
    patient: PatientId,
    aid: DecisionAidId,
    of: DecisionAid,
    decision: DecisionId,
}

/// Makes a store in memory with a clinic, a clinician, a patient and the aid on statins, and opens a decision.
pub(crate) fn begin() -> Outcome<Visit> {
    let clock = Clock::Manual(ManualClock::new(NOW.parse()?));
    let options = OpenOptions::key(Key::passphrase("an example, and no secret")).clock(clock);
    let made = Prm::open_memory(options, Founder::system("decide-together"))?;
    let admin = made.prm.session(Actor::new(made.administrator.clone()), Purpose::Operations)?;
    let name = |given: &str, family: &str| HumanName {
        given: vec![given.into()],
        family: Some(family.into()),
        ..HumanName::default()
    };
    let clinic =
        admin.people().add_organisation(Organisation { name: "Riverside Clinic".into(), ..Organisation::default() })?;
    let practitioner = admin.people().add_practitioner(Practitioner {
        names: vec![name("Jo", "Weber")],
        organisations: vec![clinic],
        ..Practitioner::default()
    })?;
    let patient = admin.people().add(Patient {
        names: vec![name("Ana", "Ortiz")],
        managing_organisation: Some(clinic),
        ..Patient::default()
    })?;
    let of = shipped_aids()?.into_iter().find(|aid| aid.name == "statin-primary-prevention").ok_or("no such aid")?;
    let aid = admin.decide().add_aid(of.clone())?;

    let doctor = made.prm.session(Actor::practitioner(practitioner).app("decide-together"), Purpose::Treatment)?;
    let own = made.prm.session(Actor::patient(patient).app("decide-together"), Purpose::PatientRequest)?;
    let who = prm_core::Who::Practitioner(practitioner);
    let decision = doctor.decide().open(
        patient,
        DecisionOpening {
            title: "A statin, or not".into(),
            topic: of.topics.first().cloned(),
            trigger: "The check-up showed a raised risk of heart attack and stroke".into(),
            index_date: None,
            options: of.options.clone(),
            participants: vec![Participant {
                role: ParticipantRole::Clinician,
                who: Some(who.clone()),
                name: None,
                language: None,
                authority: None,
                independent: None,
            }],
            channel: Channel::InPerson,
            labels: Vec::new(),
        },
    )?;
    let capacity = Capacity { finding: CapacityFinding::NotInQuestion, by: who, on: TODAY.parse()?, note: None };
    let steps = vec![DecisionMove::Invite, DecisionMove::StateCapacity(capacity)];
    doctor.decide().advance(decision, 1, Channel::InPerson, steps)?;
    println!("Opened a decision for a patient; {} options.", of.options.len());
    Ok(Visit { prm: made.prm, doctor, own, practitioner, patient, aid, of, decision })
}

impl Visit {
    pub(crate) fn page(&self) -> Outcome<String> {
        Ok(self.doctor.decide().aid_html(self.aid, "en", Some(ANSWERS.into()))?)
    }

    /// What a made-up patient answers, with the names that the page uses.
    pub(crate) fn made_up_answers(&self) -> String {
        let list = |texts: Vec<String>| format!("[{}]", texts.join(","));
        let keys = || list(self.of.options.iter().map(|option| format!("\"{}\"", option.key)).collect());
        let value = |(n, key): (usize, &str)| format!(r#"{{"attribute":"{key}","score":"{}"}}"#, 100 - 30 * n.min(3));
        let values = self.of.attributes.iter().map(|attribute| attribute.key.as_str()).enumerate().map(value);
        let statin = self.of.options.iter().find(|option| !option.status_quo).map_or("", |option| &option.key);
        format!(
            r#"{{"aid":"{}","version":"{}","order":{keys},"seen":{keys},"values":{},"words":"I want to be there for my grandchildren","questions":["Do I have to take it for ever?"],"role_wanted":"together","leaning":"{statin}"}}"#,
            self.of.name,
            self.of.version,
            list(values.collect()),
            keys = keys(),
        )
    }

    /// Records the answers, the choice and the signatures, and writes what was decided.
    pub(crate) fn end(self, answers: &str) -> Outcome<()> {
        let decide = self.doctor.decide();
        let version = self.own.decide().answer_aid(self.decision, 2, Channel::Portal, self.aid, answers)?;
        let answered = decide.decision(self.decision)?.decision;
        println!("Recorded the answers: {} options seen.", answered.sheet.shown.len());
        let shown = mirror(&answered.sheet)?;
        for weight in &shown.weights {
            let share = weight.weight.as_ref().map_or(0.0, prm_core::Decimal::to_f64);
            println!("  {:<28} {:>3.0} %", weight.attribute, share * 100.0);
        }

        let leaning = leaning(answers).filter(|key| answered.sheet.shown.contains(key));
        let option = leaning.or_else(|| answered.sheet.shown.first().cloned()).ok_or("no option was seen")?;
        let choice = Choice {
            option: option.clone(),
            strength: ChoiceStrength::Firm,
            conditions: Vec::new(),
            made_by: prm_core::Who::Patient(self.patient),
            how: DecisionRole::Together,
            reason: None,
        };
        let early = decide.advance(
            self.decision,
            version,
            Channel::InPerson,
            vec![DecisionMove::Choose(choice.clone()), DecisionMove::Sign(SignatureKind::ClinicianAttestation)],
        );
        if early.is_ok() {
            return Err("it was signed without a day to look again".into());
        }
        let mut steps: Vec<_> = answered
            .sheet
            .questions
            .iter()
            .map(|question| DecisionMove::AnswerQuestion {
                number: question.number,
                text: "No. You may stop whenever you want, and we look again in a year.".into(),
            })
            .collect();
        let triggers = vec![RevisitTrigger::NewEvidence, RevisitTrigger::SideEffect, RevisitTrigger::PatientRequest];
        steps.extend([
            DecisionMove::Choose(choice),
            DecisionMove::PlanRevisit(Revisit { on: "2027-12-01".parse()?, triggers }),
            DecisionMove::Sign(SignatureKind::ClinicianAttestation),
        ]);
        let version = decide.advance(self.decision, version, Channel::InPerson, steps)?;
        let acknowledge = vec![DecisionMove::Sign(SignatureKind::PatientAcknowledgement)];
        self.own.decide().advance(self.decision, version, Channel::InPerson, acknowledge)?;

        let decided = decide.decision(self.decision)?.decision;
        if decided.state != DecisionState::Decided || decided.signatures.len() != 2 || !signatures_hold(&decided)? {
            return Err("the decision is not signed as it should be".into());
        }
        println!("Decided for `{option}`, signed by both. Still poorer for: {} points.", missing(&decided).len());

        std::fs::write(
            "decide-together-patient.html",
            self.own.decide().patient_summary_html(self.decision, ZONE, "en")?,
        )?;
        std::fs::write("decide-together-clinician.html", decide.clinician_summary_html(self.decision, ZONE, "en")?)?;
        println!("Wrote decide-together-patient.html and decide-together-clinician.html.");
        let query = DecisionQuery {
            clinician: Some(self.practitioner),
            revisit_until: Some("2027-12-31".parse()?),
            ..DecisionQuery::default()
        };
        if decide.list(&query, &Page::first(20))?.decisions.len() != 1 {
            return Err("the decision is not on the list of those to look at again".into());
        }
        println!("The clinician finds it again on the list for December 2027.");
        self.prm.shut_down()?;
        Ok(())
    }
}

/// The option that the patient leans to, as the page tells it.
fn leaning(answers: &str) -> Option<String> {
    prm_core::decide::AidAnswers::from_json(answers).ok()?.leaning
}
