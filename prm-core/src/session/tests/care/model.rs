//! Any sequence of steps, compared after each with what all occurrences say when they are computed from the beginning.

use std::collections::BTreeMap;

use chrono::TimeDelta;
use proptest::prelude::*;

use super::*;
use crate::engage::index::stamp_bytes;
use crate::engage::{Anchor, Assignee, DayTime, DueItem, EventTiming, Expiry, OccurrenceView, Span, TimeOfDay};
use crate::id::{CarePauseId, CarePlanId, RecordId, ScheduleId};
use crate::plan::{CareEvent, CarePlan, CarePlanStatus};

#[derive(Debug, Clone)]
enum Act {
    /// Records an outcome of the nth occurrence, or takes back what is recorded of it.
    Mark {
        schedule: usize,
        nth: usize,
        status: OutcomeStatus,
    },
    /// Records and takes back at once: everything is as before.
    MarkAndUndo {
        schedule: usize,
        nth: usize,
    },
    Move {
        schedule: usize,
        nth: usize,
        hours: Option<i64>,
    },
    Pause {
        schedule: Option<usize>,
        from: i64,
        hours: Option<i64>,
    },
    Resume,
    Change {
        schedule: usize,
        hours: i64,
        timing: usize,
        window: usize,
        take_back: bool,
    },
    /// What the plan counts from was on another day.
    Event {
        days: i64,
    },
    /// The plan rests, or goes on.
    Rest,
    Pass {
        minutes: i64,
    },
    Advance,
}

fn acts() -> impl Strategy<Value = Act> {
    let status = prop_oneof![
        4 => Just(OutcomeStatus::Done),
        1 => Just(OutcomeStatus::Partly),
        1 => Just(OutcomeStatus::Skipped),
        1 => Just(OutcomeStatus::Cancelled)
    ];
    let near = 0..14usize;
    prop_oneof![
        8 => (0..SCHEDULES, near.clone(), status)
            .prop_map(|(schedule, nth, status)| Act::Mark { schedule, nth, status }),
        1 => (0..SCHEDULES, near.clone()).prop_map(|(schedule, nth)| Act::MarkAndUndo { schedule, nth }),
        3 => (0..SCHEDULES, near, prop::option::weighted(0.8, -100i64..100))
            .prop_map(|(schedule, nth, hours)| Act::Move { schedule, nth, hours }),
        2 => (prop::option::of(0..SCHEDULES), -50i64..50, prop::option::of(1i64..200))
            .prop_map(|(schedule, from, hours)| Act::Pause { schedule, from, hours }),
        2 => Just(Act::Resume),
        2 => (0..SCHEDULES, -100i64..100, 0..3usize, 0..4usize, any::<bool>()).prop_map(
            |(schedule, hours, timing, window, take_back)| Act::Change { schedule, hours, timing, window, take_back }
        ),
        1 => (-20i64..20).prop_map(|days| Act::Event { days }),
        1 => Just(Act::Rest),
        6 => (1i64..4_000).prop_map(|minutes| Act::Pass { minutes }),
        2 => Just(Act::Advance),
    ]
}

fn span(days: i64, hours: i64) -> Span {
    Span { days, hours, ..Span::default() }
}

fn window(n: usize) -> Window {
    match n {
        0 => Window::default(),
        1 => {
            Window { opens: span(0, 3), lasts: Some(span(0, 2)), grace: span(0, 1), expires: Expiry::After(span(0, 5)) }
        }
        2 => Window { opens: span(1, 0), expires: Expiry::After(span(20, 0)), ..Window::default() },
        _ => Window { opens: span(0, 30), expires: Expiry::Never, ..Window::default() },
    }
}

fn after(anchor: Anchor, steps: Vec<Span>, repeat: Option<Span>) -> Timing {
    Timing::Event(EventTiming {
        anchor,
        start: "2026-02-20T00:00:00".parse().unwrap(),
        steps,
        repeat,
        count: None,
        at: DayTime::At(TimeOfDay { hour: 9, minute: 30 }),
        first: 0,
    })
}

/// Schedules of [`World`].
const SCHEDULES: usize = 6;

/// What is recorded of an occurrence: outcome, where it was moved to, version.
type Own = (Option<OutcomeStatus>, Option<Instant>, u32);

struct World {
    clinic: Clinic,
    session: Session,
    patients: [PatientId; 2],
    schedules: Vec<(PatientId, ScheduleId)>,
    versions: Vec<u32>,
    plan: (CarePlanId, u32, CarePlan),
    pauses: Vec<(CarePauseId, u32, Instant)>,
    /// What is recorded: outcome, where it was moved to, version.
    recorded: BTreeMap<(ScheduleId, Stamp), Own>,
    /// Lists as they were, and when.
    lists: Vec<(Instant, DueQuery, String)>,
}

impl World {
    fn new() -> Self {
        let clinic = clinic();
        let session = clinic.treating();
        let patients = [clinic.patient("Ana", "Ortiz"), clinic.patient("Bo", "Li")];
        let event = RecordId::from_uuid(uuid::Uuid::from_u128(0xe0e0));
        let mut plan = CarePlan { status: CarePlanStatus::Active, ..CarePlan::of(patients[0], "After discharge") };
        plan.events = vec![CareEvent { id: event, key: "discharge".into(), on: at("2026-02-25T10:00:00Z").into() }];
        let id = session.plan().add_plan(plan.clone()).unwrap();
        let engage = session.engage();
        let made = |patient: usize, timing: Timing, n: usize, change: &dyn Fn(&mut Schedule)| {
            let mut schedule = Schedule {
                pool: Some(Pool::Organisation(clinic.site)),
                role: Some(["nurse", "doctor"][n % 2].into()),
                ..Schedule::of(patients[patient], format!("Number {n}"), "Europe/Berlin", timing)
            };
            schedule.phases[0].window = window(n % 4);
            change(&mut schedule);
            (patients[patient], engage.add_schedule(schedule).unwrap())
        };
        let mut schedules = vec![
            made(0, rule("FREQ=DAILY", "2026-02-20T08:00:00"), 0, &|_| {}),
            made(0, rule("FREQ=WEEKLY;BYDAY=MO,TH", "2026-02-20T08:00:00"), 1, &|s| {
                s.assignee = Some(Assignee::Practitioner(clinic.doctor));
            }),
            made(0, after(Anchor::Event(event), vec![span(2, 0), span(5, 0)], Some(span(7, 0))), 2, &|s| {
                s.plan = Some(id);
            }),
            made(1, after(Anchor::LastCompletion, vec![span(4, 0)], None), 3, &|_| {}),
        ];
        let last = schedules[3].1;
        schedules.push(made(1, rule("FREQ=DAILY;INTERVAL=2", "2026-02-20T20:00:00"), 5, &|s| {
            s.prerequisites = vec![last];
        }));
        schedules.push(made(1, after(Anchor::Completion(last), vec![span(1, 0), span(3, 0)], None), 0, &|_| {}));
        assert_eq!(schedules.len(), SCHEDULES);
        let versions = vec![1; SCHEDULES];
        World {
            clinic,
            session,
            patients,
            schedules,
            versions,
            plan: (id, 1, plan),
            pauses: Vec::new(),
            recorded: BTreeMap::new(),
            lists: Vec::new(),
        }
    }

    fn now(&self) -> Instant {
        self.clinic.clock.now()
    }

    /// Everything of a patient, from the beginning on.
    fn all(&self, patient: PatientId) -> Vec<OccurrenceView> {
        let (from, to) = (at("2026-01-01T00:00:00Z"), self.now() + TimeDelta::days(60));
        let found = self.session.engage().occurrences(patient, from, to, 100_000).unwrap();
        assert!(!found.cut_off);
        found.occurrences
    }

    /// The nth occurrence of a schedule from a little before now on.
    fn nth(&self, schedule: usize, nth: usize) -> Option<OccurrenceView> {
        let (patient, id) = self.schedules[schedule];
        let all = self.all(patient);
        let since = self.now() - TimeDelta::days(8);
        all.into_iter().filter(|view| view.schedule == id && view.due >= since).nth(nth)
    }

    fn act(&mut self, act: &Act) {
        let engage = self.session.engage();
        match *act {
            Act::Mark { schedule, nth, ref status } => {
                let Some(view) = self.nth(schedule, nth) else { return };
                let version = if view.outcome.is_some() {
                    engage.undo_outcome(view.schedule, view.stamp, view.version).unwrap()
                } else {
                    let reason = Some(Concept { text: Some("on holiday".into()), ..Concept::default() });
                    let outcome = Outcome { reason, ..Outcome::new(status.clone()) };
                    engage.record_outcome(view.schedule, view.stamp, view.version, outcome).unwrap()
                };
                let own = self.recorded.entry((view.schedule, view.stamp)).or_default();
                own.0 = if view.outcome.is_some() { None } else { Some(status.clone()) };
                own.2 = version;
            }
            Act::MarkAndUndo { schedule, nth } => {
                let Some(view) = self.nth(schedule, nth).filter(|view| view.outcome.is_none()) else { return };
                let before = self.shown();
                let version = engage.record_outcome(view.schedule, view.stamp, view.version, done()).unwrap();
                let version = engage.undo_outcome(view.schedule, view.stamp, version).unwrap();
                self.recorded.entry((view.schedule, view.stamp)).or_default().2 = version;
                assert_eq!(self.shown(), before, "undo restores");
            }
            Act::Move { schedule, nth, hours } => {
                let view = self.nth(schedule, nth).filter(|view| view.outcome.is_none() && !view.unplanned);
                let Some(view) = view else { return };
                let to = hours.map(|hours| view.due + TimeDelta::hours(hours));
                let version = engage.move_occurrence(view.schedule, view.stamp, view.version, to).unwrap();
                let own = self.recorded.entry((view.schedule, view.stamp)).or_default();
                (own.1, own.2) = (to, version);
            }
            Act::Pause { schedule, from, hours } => {
                let (patient, scope) = match schedule {
                    Some(schedule) => (self.schedules[schedule].0, PauseScope::Schedule(self.schedules[schedule].1)),
                    None => (self.patients[0], PauseScope::Patient),
                };
                let from = self.now() + TimeDelta::hours(from);
                let until = hours.map(|hours| from + TimeDelta::hours(hours));
                let reason = PauseReason::Travel;
                let pause = CarePause { patient, scope, from, until, reason, note: None };
                let id = engage.pause(pause).unwrap();
                if until.is_none() {
                    self.pauses.push((id, 1, from));
                }
            }
            Act::Resume => {
                let Some((id, version, from)) = self.pauses.pop() else { return };
                engage.resume(id, version, self.now().max(from + TimeDelta::seconds(1))).unwrap();
            }
            Act::Change { schedule, hours, timing, window: n, take_back } => {
                let (_, id) = self.schedules[schedule];
                let from = self.now() + TimeDelta::hours(hours);
                let timing = match timing {
                    0 => rule("FREQ=DAILY", "2026-02-20T20:00:00"),
                    1 => rule("FREQ=DAILY;BYHOUR=8,14", "2026-02-20T08:00:00"),
                    _ => after(Anchor::LastCompletion, vec![span(3, 0)], None),
                };
                let until = self.now() + TimeDelta::days(60);
                let preview = engage.preview_change(id, from, timing.clone(), window(n), until).unwrap();
                let choice = if take_back { OutcomeChoice::TakeBack } else { OutcomeChoice::Keep };
                let version = self.versions[schedule];
                self.versions[schedule] = engage.change_schedule(id, version, from, timing, window(n), choice).unwrap();
                if take_back {
                    for view in preview.left_over {
                        let own = self.recorded.get_mut(&(id, view.stamp)).unwrap();
                        *own = (None, None, own.2 + 1);
                    }
                }
            }
            Act::Event { days } => {
                let (id, version, plan) = &mut self.plan;
                plan.events[0].on = (at("2026-02-25T10:00:00Z") + TimeDelta::days(days)).into();
                *version = self.session.plan().edit_plan(*id, *version, plan.clone()).unwrap();
            }
            Act::Rest => {
                let (id, version, plan) = &mut self.plan;
                let rests = plan.status == CarePlanStatus::OnHold;
                plan.status = if rests { CarePlanStatus::Active } else { CarePlanStatus::OnHold };
                *version = self.session.plan().edit_plan(*id, *version, plan.clone()).unwrap();
            }
            Act::Pass { minutes } => self.clinic.pass(minutes * 60),
            Act::Advance => {
                let advance = || self.clinic.admin.upkeep().advance(&Progress::default()).unwrap();
                let before = self.shown();
                assert!(advance().problems.is_empty());
                assert_eq!(advance().moved, 0, "doing it again does nothing");
                assert_eq!(self.shown(), before, "lists are the same after it");
            }
        }
    }

    /// What is shown, but for versions.
    fn shown(&self) -> (Vec<OccurrenceView>, Vec<DueItem>, Vec<DueItem>) {
        let mut all: Vec<_> = self.patients.iter().flat_map(|patient| self.all(*patient)).collect();
        all.iter_mut().for_each(|view| view.version = 0);
        let due = self.patients.iter().flat_map(|patient| self.session.engage().due(*patient).unwrap()).collect();
        (all, due, self.list(&self.query(9), 500))
    }

    fn query(&self, days: i64) -> DueQuery {
        DueQuery { until: self.now() + TimeDelta::days(days), ..query(&self.clinic, BEGIN) }
    }

    fn list(&self, query: &DueQuery, size: u32) -> Vec<DueItem> {
        let (mut found, mut page) = (Vec::new(), Page::first(size));
        loop {
            let next = self.session.engage().worklist(query, &page).unwrap();
            assert!(next.items.len() <= size as usize);
            found.extend(next.items);
            match next.next {
                Some(cursor) => page = Page::first(size).after(cursor),
                None => return found,
            }
        }
    }

    fn check(&mut self) {
        sound(&self.clinic);
        let now = self.now();
        let mut open = Vec::new();
        for (n, patient) in self.patients.into_iter().enumerate() {
            let all = self.all(patient);
            let mut due: Vec<_> = all.iter().filter(|view| may_be_done(view)).map(plain).collect();
            due.sort_by_key(|item| (item.1, item.0.1, item.0.2));
            let told: Vec<_> = self.session.engage().due(patient).unwrap().iter().map(of_item).collect();
            assert_eq!(told, due, "what is due for {n} at {now}");
            for view in all {
                let own = self.recorded.get(&(view.schedule, view.stamp)).cloned().unwrap_or_default();
                assert_eq!((view.outcome.as_ref().map(|o| o.status.clone()), view.version), (own.0, own.2));
                if let Some(to) = own.1 {
                    assert_eq!(view.due, to);
                }
                let waits = view.state == OccurrenceState::Upcoming && view.expires.is_none_or(|at| at > now);
                if waits || may_be_done(&view) {
                    open.push((n, view));
                }
            }
        }
        // Nothing that was recorded is lost.
        for ((schedule, stamp), (status, _, version)) in &self.recorded {
            let view = self.session.engage().occurrence(*schedule, *stamp).unwrap();
            assert_eq!((view.outcome.map(|o| o.status), view.version), (status.clone(), *version));
        }
        open.sort_by_key(|(n, view)| (view.due, *n, view.schedule, stamp_bytes(&view.stamp)));
        for days in [0, 3, 9] {
            let query = self.query(days);
            let whole = self.list(&query, 500);
            let expected: Vec<_> =
                open.iter().filter(|(_, view)| view.due < query.until).map(|(_, view)| plain(view)).collect();
            assert_eq!(whole.iter().map(of_item).collect::<Vec<_>>(), expected, "the list of {days} days at {now}");
            if days < 9 {
                continue;
            }
            for size in [1, 2, 7] {
                assert_eq!(self.list(&query, size), whole, "pages of {size}");
            }
            let nurse = DueQuery { roles: vec!["nurse".into()], ..query.clone() };
            let of_role = whole.iter().filter(|item| item.role.as_deref() == Some("nurse")).cloned();
            assert_eq!(self.list(&nurse, 3), of_role.collect::<Vec<_>>());
            let own = DueQuery { owner: DueOwner::Practitioner(self.clinic.doctor), ..query.clone() };
            let assigned = whole.iter().filter(|item| item.assignee.is_some()).cloned();
            assert_eq!(self.list(&own, 3), assigned.collect::<Vec<_>>());
            self.lists.push((now, query, serde_json::to_string(&whole).unwrap()));
        }
    }
}

type Plain = ((PatientId, ScheduleId, Stamp), Instant, Instant, Instant, Option<Instant>, OccurrenceState, bool);

fn plain(view: &OccurrenceView) -> Plain {
    let moved = view.moved_from.is_some_and(|from| from != view.due);
    ((view.patient, view.schedule, view.stamp), view.due, view.opens, view.until, view.expires, view.state, moved)
}

fn of_item(item: &DueItem) -> Plain {
    let DueItem { patient, schedule, stamp, opens, due, until, expires, state, moved, .. } = item;
    ((*patient, *schedule, *stamp), *due, *opens, *until, *expires, *state, *moved)
}

fn may_be_done(view: &OccurrenceView) -> bool {
    matches!(view.state, OccurrenceState::Open | OccurrenceState::Due | OccurrenceState::Overdue)
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(16) })]

    #[test]
    fn lists_occurrences_and_index_agree_whatever_is_done(acts in prop::collection::vec(acts(), 1..24)) {
        let mut world = World::new();
        world.check();
        for act in &acts {
            world.clinic.pass(1);
            world.act(act);
            world.clinic.pass(1);
            world.check();
        }
        world.clinic.pass(1);
        for (at, query, list) in &world.lists {
            let again = world.session.engage().worklist_at(query, *at, &Progress::default()).unwrap();
            prop_assert_eq!(&serde_json::to_string(&again).unwrap(), list, "the list of {} until {}", at, query.until);
        }
    }
}
