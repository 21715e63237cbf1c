//! Who may do what about schedules and plans, and that every try is on record.

use super::edges::add;
use super::*;
use crate::engage::{AsNeeded, ReminderPreferences};
use crate::govern::DataClass;
use crate::id::{CareTemplateId, ScheduleId};
use crate::plan::{CareOwner, CarePlan, CarePlanStatus, Goal, PlanStart, UpgradeChoices};
use crate::time::Date;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Needs {
    Read,
    Add,
    Write,
    Export,
}

type Call = (&'static str, Needs, Box<dyn Fn(&Session) -> Result<()>>);

fn date(text: &str) -> Date {
    text.parse().unwrap()
}

/// Every call of the two rooms that is about one patient. Versions and stamps are wrong on purpose where someone writes:
/// whoever may not write learns nothing from that.
fn calls(clinic: &Clinic, ana: PatientId) -> Vec<Call> {
    let doctor = clinic.treating();
    let daily = add(clinic, ana, rule("FREQ=DAILY", "2026-03-02T08:00:00"), Window::default());
    let needed =
        AsNeeded { start: "2026-03-02T00:00:00".parse().unwrap(), minimum_interval: None, most: None, period: None };
    let needed = add(clinic, ana, Timing::AsNeeded(needed), Window::default());
    let first = stamp("2026-03-02T08:00:00");
    doctor.engage().record_outcome(daily, first, 0, done()).unwrap();
    let plan = CarePlan { status: CarePlanStatus::Active, ..CarePlan::of(ana, "Blood pressure") };
    let plan_id = doctor.plan().add_plan(plan.clone()).unwrap();
    let goal = Goal::of(ana, "Below 140");
    let goal_id = doctor.plan().add_goal(goal.clone()).unwrap();
    let pause = CarePause {
        patient: ana,
        scope: PauseScope::Patient,
        from: at("2027-01-01T00:00:00Z"),
        until: None,
        reason: PauseReason::Travel,
        note: None,
    };
    let pause_id = doctor.engage().pause(pause.clone()).unwrap();
    let schedule = doctor.engage().schedule(daily).unwrap().schedule;
    let template = CareTemplateId::from_uuid(uuid::Uuid::from_u128(5));
    let (from, to) = (at("2026-03-01T00:00:00Z"), at("2026-03-09T00:00:00Z"));
    let anything = ReminderPreferences { allowed: true, quiet: None, zone: "Europe/Berlin".into(), merge_within: None };
    let evening = || rule("FREQ=DAILY", "2026-03-02T20:00:00");
    let owner = CareOwner::Pool(Pool::Organisation(clinic.site));
    let mut calls: Vec<Call> = Vec::new();
    macro_rules! call {
        ($name:literal, $needs:ident, |$s:ident| $call:expr) => {
            calls.push(($name, Needs::$needs, Box::new(move |$s: &Session| ($call).map(|_| ()))));
        };
    }
    call!("due", Read, |s| s.engage().due(ana));
    call!("schedules", Read, |s| s.engage().schedules(ana));
    call!("pauses", Read, |s| s.engage().pauses(ana));
    call!("occurrences", Read, |s| s.engage().occurrences(ana, from, to, 9));
    call!("occurrences known", Read, |s| s.engage().occurrences_known_at(ana, from, to, 9, Some(at(BEGIN))));
    call!("adherence", Read, |s| s.engage().adherence(ana, date("2026-03-01"), date("2026-03-03"), None, None));
    call!("reminders", Read, |s| s.engage().reminders(ana, &anything, 9));
    call!("feed", Export, |s| s.engage().feed(ana, from, to));
    call!("schedule", Read, |s| s.engage().schedule(daily));
    call!("schedule history", Read, |s| s.engage().schedule_history(daily));
    call!("schedule known", Read, |s| s.engage().schedule_known_at(daily, at(BEGIN)));
    call!("occurrence", Read, |s| s.engage().occurrence(daily, first));
    call!("occurrence history", Read, |s| s.engage().occurrence_history(daily, first));
    call!("occurrences of", Read, |s| s.engage().occurrences_of(daily, from, to, 9));
    call!("as needed", Read, |s| s.engage().as_needed(needed));
    call!("pause read", Read, |s| s.engage().care_pause(pause_id));
    call!("pause history", Read, |s| s.engage().pause_history(pause_id));
    call!("pause known", Read, |s| s.engage().pause_known_at(pause_id, at(BEGIN)));
    call!("preview", Read, |s| s.engage().preview_change(daily, from, evening(), Window::default(), to));
    call!("plans", Read, |s| s.plan().plans(ana));
    call!("goals", Read, |s| s.plan().goals(ana));
    call!("plan", Read, |s| s.plan().plan(plan_id));
    call!("plan history", Read, |s| s.plan().plan_history(plan_id));
    call!("plan known", Read, |s| s.plan().plan_known_at(plan_id, at(BEGIN)));
    call!("goal", Read, |s| s.plan().goal(goal_id));
    call!("goal history", Read, |s| s.plan().goal_history(goal_id));
    call!("goal known", Read, |s| s.plan().goal_known_at(goal_id, at(BEGIN)));
    {
        let schedule = schedule.clone();
        call!("add schedule", Add, |s| s.engage().add_schedule(schedule.clone()));
    }
    call!("edit schedule", Write, |s| s.engage().edit_schedule(daily, 99, schedule.clone()));
    call!("void schedule", Write, |s| s.engage().void_schedule(daily, 99, "mine"));
    call!("record", Write, |s| s.engage().record_outcome(daily, first, 99, done()));
    call!("record nothing planned", Add, |s| s.engage().record_outcome(daily, stamp("2026-03-02T11:00:00"), 0, done()));
    call!("record as needed", Add, |s| s.engage().record_as_needed(needed, done()));
    call!("record with times", Add, |s| s.engage().record_as_needed(daily, done()));
    call!("undo", Write, |s| s.engage().undo_outcome(daily, first, 99));
    call!("undo nothing", Add, |s| s.engage().undo_outcome(daily, stamp("2026-03-03T08:00:00"), 0));
    call!("move", Write, |s| s.engage().move_occurrence(daily, first, 1, Some(to)));
    call!("move nothing", Add, |s| s.engage().move_occurrence(daily, stamp("2026-03-02T11:00:00"), 0, Some(to)));
    call!("change", Write, |s| s.engage().change_schedule(
        daily,
        99,
        from,
        evening(),
        Window::default(),
        OutcomeChoice::TakeBack
    ));
    {
        let pause = pause.clone();
        call!("pause", Add, |s| s.engage().pause(pause.clone()));
    }
    call!("edit pause", Write, |s| s.engage().edit_pause(pause_id, 99, pause.clone()));
    call!("void pause", Write, |s| s.engage().void_pause(pause_id, 99, "mine"));
    call!("resume", Write, |s| s.engage().resume(pause_id, 99, to));
    {
        let plan = plan.clone();
        call!("add plan", Add, |s| s.plan().add_plan(plan.clone()));
    }
    call!("edit plan", Write, |s| s.plan().edit_plan(plan_id, 99, plan.clone()));
    call!("void plan", Write, |s| s.plan().void_plan(plan_id, 99, "mine"));
    {
        let goal = goal.clone();
        call!("add goal", Add, |s| s.plan().add_goal(goal.clone()));
    }
    call!("edit goal", Write, |s| s.plan().edit_goal(goal_id, 99, goal.clone()));
    call!("void goal", Write, |s| s.plan().void_goal(goal_id, 99, "mine"));
    let start = || PlanStart::at("2026-03-02T00:00:00".parse().unwrap(), "Europe/Berlin");
    call!("start", Add, |s| s.plan().start(template, ana, start()));
    call!("advance", Write, |s| s.plan().advance(plan_id, 99, Some("later".into()), start()));
    call!("upgrade", Write, |s| s.plan().upgrade(plan_id, 99, template, UpgradeChoices::default(), start()));
    call!("hand over", Write, |s| s.plan().hand_over(plan_id, 99, owner, owner));
    calls
}

/// Who might ask, and whether policy lets them read, add, write and take out.
fn askers(clinic: &Clinic, ana: PatientId) -> Vec<(&'static str, Session, [bool; 4])> {
    let people = clinic.admin.people();
    let related =
        |scope| RelatedPerson { authority: Some(Authority::Parent), scope: vec![scope], ..RelatedPerson::of(ana) };
    let proxy = |scope| {
        let id = people.add_related_person(related(scope)).unwrap();
        clinic.prm.session(Actor::related_person(id).on_behalf_of(ana), Purpose::PatientRequest).unwrap()
    };
    let site = people.add_organisation(Organisation { name: "Elsewhere".into(), ..Default::default() }).unwrap();
    let other = Practitioner { names: vec![name("Al", "Ode")], organisations: vec![site], ..Default::default() };
    let other = people.add_practitioner(other).unwrap();
    let bo = clinic.patient("Bo", "Li");
    let session = |actor, purpose| clinic.prm.session(actor, purpose).unwrap();
    vec![
        ("doctor", clinic.treating(), [true; 4]),
        ("administrator", clinic.admin.clone(), [true; 4]),
        ("patient", clinic.oneself(ana), [true, true, false, true]),
        ("proxy for results", proxy(ProxyScope::Results), [true, true, false, false]),
        ("front desk", session(Actor::practitioner(clinic.doctor), Purpose::Operations), [true, true, false, false]),
        ("proxy for demographics", proxy(ProxyScope::Demographics), [false; 4]),
        ("another patient", clinic.oneself(bo), [false; 4]),
        ("doctor elsewhere", session(Actor::practitioner(other), Purpose::Treatment), [false; 4]),
        ("nobody", session(Actor::system("nobody"), Purpose::Treatment), [false; 4]),
        ("doctor for no purpose", session(Actor::practitioner(clinic.doctor), Purpose::PatientRequest), [false; 4]),
    ]
}

/// Who recorded an outcome was told its version, and whether there was one, before the gate was asked.
#[test]
fn policy_decides_every_call_and_every_call_is_on_record() {
    let clinic = clinic();
    let ana = clinic.patient("Ana", "Ortiz");
    let calls = calls(&clinic, ana);
    for (who, session, [read, add, write, export]) in askers(&clinic, ana) {
        let (mut denials, mut reads) = (0, 0);
        for (what, needs, call) in &calls {
            let permitted = match needs {
                Needs::Read => read,
                Needs::Add => add,
                Needs::Write => write,
                Needs::Export => export,
            };
            clinic.pass(60);
            let kind = call(&session).err().map(|e| e.kind());
            assert_eq!(kind == Some(ErrorKind::Denied), !permitted, "{who}: {what}: {kind:?}");
            let reads_only = matches!(needs, Needs::Read | Needs::Export);
            assert!(kind.is_none() || !permitted || !reads_only, "{who}: {what}: {kind:?}");
            denials += usize::from(!permitted);
            reads += usize::from(permitted && reads_only);
        }
        // Each call was of a minute of its own.
        let accesses = clinic.admin.govern().accesses(ana, &Page::first(1_000)).unwrap().accesses;
        let on_record = |permitted: bool| {
            let own = accesses.iter().filter(|a| a.session == session.id() && a.class == DataClass::Care && !a.listed);
            own.filter(|access| access.permitted == permitted).count()
        };
        assert_eq!(on_record(false), denials, "{who}");
        assert!(on_record(true) >= reads, "{who}");
    }
}

#[test]
fn lists_show_to_each_what_they_may_see_and_say_whom_they_showed() {
    let clinic = clinic();
    let ana = clinic.patient("Ana", "Ortiz");
    let bo = clinic.admin.people().add(Patient { names: vec![name("Bo", "Li")], ..Patient::default() }).unwrap();
    add(&clinic, ana, rule("FREQ=DAILY", "2026-02-25T08:00:00"), Window::default());
    clinic.admin.engage().add_schedule(schedule(&clinic, bo, "FREQ=DAILY")).unwrap();
    let asked = query(&clinic, "2026-03-05T00:00:00Z");
    for (who, session, [read, ..]) in askers(&clinic, ana) {
        clinic.pass(60);
        let everybody = who == "administrator";
        let expected: Vec<PatientId> = match (everybody, read) {
            (true, _) => vec![ana, bo],
            (_, true) => vec![ana],
            _ => Vec::new(),
        };
        let of = |mut patients: Vec<PatientId>| {
            patients.sort_unstable();
            patients.dedup();
            patients
        };
        let engage = session.engage();
        let mut shown = Vec::new();
        let mut page = Page::first(1);
        loop {
            let next = engage.worklist(&asked, &page).unwrap();
            shown.extend(next.items.iter().map(|item| item.patient));
            // Where the next page begins is said only to whom there is one.
            assert!(next.next.is_none() || !next.items.is_empty());
            match next.next {
                Some(cursor) => page = Page::first(1).after(cursor),
                None => break,
            }
        }
        assert_eq!(of(shown), expected, "{who}: worklist");
        let again = engage.worklist_at(&asked, clinic.clock.now(), &Progress::default()).unwrap();
        assert_eq!(of(again.iter().map(|item| item.patient).collect()), expected, "{who}: worklist at");
        let missed = engage.missed(&asked, at("2026-02-20T00:00:00Z"), &Page::first(9)).unwrap();
        let expected_missed: Vec<_> = expected.iter().copied().filter(|id| *id == ana).collect();
        assert_eq!(of(missed.occurrences.iter().map(|view| view.patient).collect()), expected_missed, "{who}: missed");
        let days = (date("2026-03-03"), date("2026-03-04"));
        let ahead = engage.forecast(&asked, days.0, days.1, "Europe/Berlin", None, &Progress::default()).unwrap();
        let planned: u32 = ahead.days.iter().map(|day| day.planned).sum();
        assert_eq!(planned as usize, 2 * expected.len(), "{who}: forecast");
        let accesses = clinic.admin.govern().accesses(ana, &Page::first(1_000)).unwrap().accesses;
        let mut listed = accesses.iter().filter(|a| a.listed && a.class == DataClass::Care);
        if read {
            // The first list of an actor and a day, whichever session it was of.
            let actor = &session.actor().who;
            assert!(listed.any(|access| access.who == *actor), "{who}: who was listed is on record");
        } else {
            assert!(listed.all(|access| access.session != session.id()), "{who}: nobody was listed");
        }
    }
    // A cursor is good for whoever it was given to.
    let cursor = clinic.treating().engage().worklist(&asked, &Page::first(1)).unwrap().next.unwrap();
    let foreign = clinic.oneself(ana).engage().worklist(&asked, &Page::first(1).after(cursor)).unwrap_err();
    assert_eq!(foreign.kind(), ErrorKind::Invalid);
}

/// What is recorded of an occurrence has no labels of its own: those of its schedule did not keep anyone from reading it
/// or from adding to it.
#[test]
fn what_a_label_withholds_is_withheld_with_everything_recorded_of_it() {
    let clinic = clinic();
    let ana = clinic.patient("Ana", "Ortiz");
    let confidentiality = "http://terminology.hl7.org/CodeSystem/v3-Confidentiality";
    let secret = Schedule { labels: vec![Coding::new(confidentiality, "V")], ..schedule(&clinic, ana, "FREQ=DAILY") };
    let secret: ScheduleId = clinic.admin.engage().add_schedule(secret).unwrap();
    let first = stamp("2026-03-02T08:00:00");
    let doctor = clinic.treating();
    let mut news = doctor.subscribe(None).unwrap();
    clinic.admin.engage().record_outcome(secret, first, 0, done()).unwrap();
    let pause = |scope| CarePause {
        patient: ana,
        scope,
        from: at("2026-04-01T00:00:00Z"),
        until: None,
        reason: PauseReason::Travel,
        note: None,
    };
    let own = clinic.admin.engage().pause(pause(PauseScope::Schedule(secret))).unwrap();
    let all = clinic.admin.engage().pause(pause(PauseScope::Patient)).unwrap();
    let engage = doctor.engage();
    let event = news.next(std::time::Duration::from_secs(5)).unwrap().unwrap();
    let crate::Event::Changed(notice) = event else { panic!("{event:?}") };
    assert_eq!(notice.id, all.into(), "of what is recorded of it, and of its pause, nothing is told");
    denied(engage.care_pause(own));
    assert_eq!(engage.pauses(ana).unwrap().len(), 1);
    assert_eq!(clinic.admin.engage().pauses(ana).unwrap().len(), 2);
    clinic.admin.engage().void_pause(all, 1, "as planned").unwrap();
    denied(engage.schedule(secret));
    denied(engage.occurrence(secret, first));
    denied(engage.occurrence_history(secret, first));
    denied(engage.record_outcome(secret, stamp("2026-03-03T08:00:00"), 0, done()));
    denied(engage.undo_outcome(secret, first, 1));
    denied(engage.move_occurrence(secret, stamp("2026-03-03T08:00:00"), 0, None));
    assert_eq!(clinic.admin.engage().occurrence_history(secret, first).unwrap().len(), 1);
    let (from, to) = (at("2026-03-01T00:00:00Z"), at("2026-03-09T00:00:00Z"));
    let asked = query(&clinic, "2026-03-05T00:00:00Z");
    clinic.pass(86_400);
    assert!(engage.due(ana).unwrap().is_empty());
    assert!(engage.schedules(ana).unwrap().is_empty());
    assert!(engage.occurrences(ana, from, to, 9).unwrap().occurrences.is_empty());
    assert!(engage.worklist(&asked, &Page::first(9)).unwrap().items.is_empty());
    assert!(engage.worklist_at(&asked, clinic.clock.now(), &Progress::default()).unwrap().is_empty());
    assert!(engage.missed(&asked, from, &Page::first(9)).unwrap().occurrences.is_empty());
    let days = (date("2026-03-03"), date("2026-03-04"));
    let ahead = engage.forecast(&asked, days.0, days.1, "Europe/Berlin", None, &Progress::default()).unwrap();
    assert!(ahead.days.is_empty());
    assert!(!engage.feed(ana, from, to).unwrap().contains("VEVENT"));
    assert!(!clinic.admin.engage().due(ana).unwrap().is_empty());
}

#[test]
fn a_patient_takes_back_what_they_recorded_and_nothing_else() {
    let clinic = clinic();
    let ana = clinic.patient("Ana", "Ortiz");
    let daily = add(&clinic, ana, rule("FREQ=DAILY", "2026-03-02T08:00:00"), Window::default());
    let own = clinic.oneself(ana);
    let (first, second) = (stamp("2026-03-02T08:00:00"), stamp("2026-03-03T08:00:00"));
    own.engage().record_outcome(daily, first, 0, done()).unwrap();
    own.engage().undo_outcome(daily, first, 1).unwrap();
    clinic.treating().engage().record_outcome(daily, second, 0, done()).unwrap();
    denied(own.engage().undo_outcome(daily, second, 1));
    denied(own.engage().record_outcome(daily, second, 1, done()));
    assert_eq!(clinic.treating().engage().record_outcome(daily, first, 2, done()).unwrap(), 3);
    sound(&clinic);
}
