//! Plans of care: made from templates for those with the conditions, what is due for each role, one outcome recorded, and
//! pictures of how it goes and of the month ahead.

use std::collections::BTreeMap;

use chrono::{Days, TimeDelta};
use prm_core::chart::{Component, EntryValue, ListState};
use prm_core::engage::{DueOwner, DueQuery, OccurrenceState, Outcome as CareOutcome, OutcomeStatus, Pool};
use prm_core::people::display_name;
use prm_core::plan::{PlanStart, shipped};
use prm_core::{
    Batch, BatchId, CareTemplateId, CivilTime, Coding, Command, Concept, Date, Instant, OrganisationId, Page,
    PartialDate, PatientId, Progress, Quantity, ScheduleId, Session, When,
};

use crate::Outcome;
use crate::show::ZONE;
use crate::store;

/// Templates by the word of a problem they are for, with ids of this example's choice.
const TEMPLATES: [(&str, &str, &str); 2] = [
    ("hypertension", "hypertension", "01930000-0000-7000-8000-000000000011"),
    ("diabetes", "type-2-diabetes", "01930000-0000-7000-8000-000000000012"),
];
const TEMPLATES_ADDED: &str = "01930000-0000-7000-8000-000000000013";
/// How long ago the plans of this example began, so that there is something to look back on.
const BEGAN: Days = Days::new(21);

fn now() -> Instant {
    std::time::SystemTime::now().into()
}

/// Puts two of the shipped templates into the store. The second run changes nothing.
pub(crate) fn templates(administrator: &Session) -> Outcome<()> {
    let all = shipped()?;
    let mut commands = Vec::new();
    for (_, name, id) in TEMPLATES {
        let template = all.iter().find(|template| template.name == name).ok_or("a template is missing")?;
        let id = Some(id.parse::<CareTemplateId>()?);
        commands.push(Command::AddCareTemplate { id, care_template: template.clone() });
    }
    administrator.execute(Batch::from(commands).repeatable(TEMPLATES_ADDED.parse::<BatchId>()?))?;
    Ok(())
}

/// Starts plans for every patient whose problem list asks for one. Those with a plan.
pub(crate) fn plans(doctor: &Session) -> Outcome<Vec<PatientId>> {
    println!("\nPlans of care, from templates:");
    let clinic = store::clinic()?;
    let mut with_plan = Vec::new();
    for row in doctor.people().list(&Page::first(100))?.patients {
        let record = doctor.people().patient(row.id)?;
        if record.patient.deceased.is_some() {
            continue;
        }
        let problems = doctor.chart().problems(row.id)?;
        let has = |word: &str| {
            let now = problems.iter().filter(|problem| problem.state == ListState::Active);
            now.map(|problem| problem.latest.entry.title.expose().to_lowercase()).any(|title| title.contains(word))
        };
        let running = doctor.plan().plans(row.id)?;
        for (word, name, id) in TEMPLATES {
            let made = running.iter().any(|plan| plan.care_plan.template.as_ref().is_some_and(|pin| pin.name == name));
            if made || !has(word) {
                continue;
            }
            let start = now().date_naive().checked_sub_days(BEGAN).ok_or("the calendar ends")?;
            let start_date = start;
            let start = CivilTime::try_from(start.and_hms_opt(8, 0, 0).ok_or("there is no such time")?)?;
            let mut start = PlanStart { pool: Some(Pool::Organisation(clinic)), ..PlanStart::at(start, ZONE) };
            let template = doctor.plan().template(id.parse()?)?.care_template;
            if template.events.iter().any(|event| event.key == "enrolment") {
                start = start.event("enrolment", When::On(PartialDate::from(start_date)));
            }
            doctor.plan().start(id.parse()?, row.id, start)?;
        }
        for plan in doctor.plan().plans(row.id)? {
            let name = display_name(&record.patient.names, now().date_naive());
            let name = name.map_or_else(String::new, |name| name.expose().clone());
            println!("  {name}: {} ({} activities)", plan.care_plan.title, plan.care_plan.activities.len());
            with_plan.push(row.id);
        }
    }
    with_plan.dedup();
    if with_plan.is_empty() {
        return Err("nobody has a condition that a template is for".into());
    }
    Ok(with_plan)
}

/// What is due today, by the role that does it.
pub(crate) fn day_list(doctor: &Session) -> Outcome<()> {
    let query = query(store::clinic()?);
    let mut by_role: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut page = Page::first(100);
    loop {
        let list = doctor.engage().worklist(&query, &page)?;
        for item in list.items {
            let state = match item.state {
                OccurrenceState::Overdue => "late",
                OccurrenceState::Due => "due",
                _ => "today",
            };
            let line = format!("{state:<5} {} {}: {}", item.due.date_naive(), item.name.expose(), item.title);
            by_role.entry(item.role.unwrap_or_else(|| "anyone".to_owned())).or_default().push(line);
        }
        match list.next {
            Some(cursor) => page = Page::first(100).after(cursor),
            None => break,
        }
    }
    for (role, lines) in &by_role {
        println!("\nFor the {role} ({}):", lines.len());
        lines.iter().take(6).for_each(|line| println!("  {line}"));
        if lines.len() > 6 {
            println!("  … and {} more", lines.len() - 6);
        }
    }
    if by_role.is_empty() {
        return Err("nothing is due at the clinic".into());
    }
    Ok(())
}

fn query(clinic: OrganisationId) -> DueQuery {
    DueQuery { owner: DueOwner::Organisation(clinic), until: now() + TimeDelta::hours(24), roles: Vec::new() }
}

/// What the patients' cuffs sent in the weeks before: three of four measurements at home. The second run finds them there.
pub(crate) fn looking_back(doctor: &Session, patients: &[PatientId]) -> Outcome<()> {
    for patient in patients {
        let (from, to) = (now() - TimeDelta::days(30), now() - TimeDelta::days(1));
        let past = doctor.engage().occurrences(*patient, from, to, 1_000)?.occurrences;
        let at_home = past.iter().filter(|view| view.title.contains("pressure at home"));
        for (n, view) in at_home.enumerate() {
            if n % 4 != 2 && view.version == 0 {
                let when = Some(When::from(view.due + TimeDelta::minutes(10)));
                let outcome = CareOutcome { when, ..done(doctor, view.schedule)? };
                doctor.engage().record_outcome(view.schedule, view.stamp, 0, outcome)?;
            }
        }
    }
    Ok(())
}

/// Records what came of one thing that is due: whatever it asks to be stated is stated.
pub(crate) fn one_outcome(doctor: &Session, patients: &[PatientId]) -> Outcome<PatientId> {
    for patient in patients {
        // Something that is measured, if there is anything.
        let mut due = doctor.engage().due(*patient)?;
        due.sort_by_key(|item| !item.title.contains("pressure at home"));
        let Some(item) = due.into_iter().next() else { continue };
        let version = doctor.engage().occurrence(item.schedule, item.stamp)?.version;
        doctor.engage().record_outcome(item.schedule, item.stamp, version, done(doctor, item.schedule)?)?;
        let after = doctor.engage().occurrence(item.schedule, item.stamp)?;
        if after.state != OccurrenceState::Done || doctor.engage().due(*patient)?.contains(&item) {
            return Err("what was done is still due".into());
        }
        println!("\nDone: {} for {}.", item.title, item.name.expose());
        return Ok(*patient);
    }
    println!("\nNothing is left to do for those with a plan.");
    patients.first().copied().ok_or_else(|| "nobody has a plan".into())
}

/// An outcome that states what its schedule asks for.
fn done(doctor: &Session, schedule: ScheduleId) -> Outcome<CareOutcome> {
    let schedule = doctor.engage().schedule(schedule)?.schedule;
    let values = schedule.measures.iter().map(|measure| {
        let number = if is_systolic(&measure.code) { "128" } else { "82" };
        let value = match &measure.unit {
            Some(unit) => EntryValue::Quantity(Quantity::ucum(number.parse()?, unit)?),
            None => EntryValue::Boolean(true),
        };
        Ok::<_, prm_core::Error>(Component { code: measure.code.clone(), value: Some(value) })
    });
    let values = values.collect::<Result<_, _>>()?;
    Ok(CareOutcome { values, ..CareOutcome::new(OutcomeStatus::Done) })
}

fn is_systolic(code: &Concept) -> bool {
    code.codings.iter().any(|coding| coding.is(&Coding::new("http://loinc.org", "8480-6")))
}

/// Pictures: how it goes for a patient, and the month ahead for the clinic.
pub(crate) fn pictures(doctor: &Session, patient: PatientId) -> Outcome<String> {
    let today = now().date_naive();
    let day =
        |date: Option<chrono::NaiveDate>| -> Outcome<Date> { Ok(Date::try_from(date.ok_or("the calendar ends")?)?) };
    let from = day(today.checked_sub_days(BEGAN))?;
    let (tomorrow, later) = (day(today.succ_opt())?, day(today.checked_add_days(Days::new(30)))?);
    let adherence = doctor.engage().adherence_svg(patient, from, day(Some(today))?, None)?;
    let ahead =
        doctor.engage().forecast_svg(&query(store::clinic()?), tomorrow, later, ZONE, None, &Progress::default())?;
    if !adherence.contains("<svg") || !ahead.contains("<svg") {
        return Err("a picture is missing".into());
    }
    let (first, second) = ("How home care went, one patient", "The month ahead at the clinic");
    Ok(format!("<h1>{first}</h1>\n{adherence}\n<h1>{second}</h1>\n{ahead}"))
}
