//! Rows of a template made into rows of a plan: goals, activities, schedules.

use std::collections::BTreeSet;

use chrono::NaiveTime;
use uuid::Uuid;

use super::{
    ActivityStatus, CareEvent, CarePlan, CarePlanIntent, CarePlanStatus, CareTemplate, Goal, GoalStatus, GoalTarget,
    Instantiated, Performer, PlanActivity, PlanFacts, PlannedGoal, PlannedSchedule, RuleTiming, StepTiming,
    TemplateActivity, TemplateGoal, TemplatePin, TemplateTarget, TemplateTiming, WaitReason, WaitingActivity,
    shown_title,
};
use crate::engage::{
    Anchor, AsNeeded, Assignee, ClockZone, DayTime, EventTiming, FoldPolicy, GapPolicy, Phase, Pool, Recurrence, Rule,
    Schedule, ScheduleStatus, Span, TimeOfDay, Timing, Window, add_span,
};
use crate::error::{Error, Result};
use crate::id::{GoalId, ScheduleId};
use crate::time::{CivilTime, Date, DatePrecision, Period, When};

/// Makes rows of a plan from rows of a template.
pub(super) struct Builder<'a> {
    pub(super) template: &'a CareTemplate,
    pub(super) facts: &'a PlanFacts,
    pub(super) derive: &'a dyn Fn(&str) -> Uuid,
    /// The state that the pathway is in.
    pub(super) state: Option<String>,
    /// Activities of the plan that have a schedule already.
    pub(super) present: &'a [PlanActivity],
}

impl Builder<'_> {
    pub(super) fn whole(&self) -> Result<Instantiated> {
        let begins = self.begins();
        let mut plan = self.plan();
        let mut schedules = Vec::new();
        let mut waiting = Vec::new();
        for row in &self.template.activities {
            let mut activity = self.activity(row);
            if begins.contains(row.key.as_str()) {
                let planned = self.schedule(row)?;
                activity.schedule = Some(planned.id);
                activity.status = ActivityStatus::Scheduled;
                schedules.push(planned);
            } else if let Some(reason) = self.waits_for(row, &begins) {
                waiting.push(WaitingActivity { activity: row.key.clone(), reason });
            }
            plan.activities.push(activity);
        }
        let goals = self.template.goals.iter().map(|row| self.goal(row)).collect::<Result<_>>()?;
        Ok(Instantiated { plan, goals, schedules, waiting })
    }

    /// Keys of the activities that have what they wait for.
    pub(super) fn begins(&self) -> BTreeSet<&str> {
        let mut begins = BTreeSet::new();
        // Each round adds one at least, so there are no more rounds than activities.
        loop {
            let before = begins.len();
            for row in &self.template.activities {
                if self.waits_for(row, &begins).is_none() {
                    begins.insert(row.key.as_str());
                }
            }
            if begins.len() == before {
                return begins;
            }
        }
    }

    /// What an activity waits for, given those that begin; nothing if it begins.
    fn waits_for(&self, row: &TemplateActivity, begins: &BTreeSet<&str>) -> Option<WaitReason> {
        let there =
            |key: &str| begins.contains(key) || self.present.iter().any(|one| one.key == key && one.schedule.is_some());
        if !self.holds(row) {
            return Some(WaitReason::State);
        }
        match &row.timing {
            TemplateTiming::Rule(RuleTiming { event: Some(event), .. })
            | TemplateTiming::Steps(StepTiming { event, .. })
                if self.event(event).is_none() =>
            {
                return Some(WaitReason::Event(event.clone()));
            }
            TemplateTiming::AfterActivity(follow) if !there(&follow.activity) => {
                return Some(WaitReason::Activity(follow.activity.clone()));
            }
            TemplateTiming::Birthday(_)
                if self.facts.birth_date.is_none_or(|date| date.precision() != DatePrecision::Day) =>
            {
                return Some(WaitReason::BirthDate);
            }
            _ => {}
        }
        row.prerequisites.iter().find(|key| !there(key)).map(|key| WaitReason::Activity(key.clone()))
    }

    /// Whether an activity holds in the state that the pathway is in.
    fn holds(&self, row: &TemplateActivity) -> bool {
        row.states.is_empty() || self.state.as_ref().is_some_and(|state| row.states.contains(state))
    }

    /// Begins and ends what is to begin or end in the state of the pathway: what waited and waits no more begins; what
    /// does not hold rests, and ends with the pathway; what rested begins again with a schedule of its own. Rows for
    /// which `left` holds are left alone. `schedules` are all those of the plan; those that change are returned.
    pub(super) fn settle(
        &self,
        plan: &mut CarePlan,
        schedules: &[PlannedSchedule],
        left: &dyn Fn(&str) -> bool,
    ) -> Result<Vec<PlannedSchedule>> {
        let begins = self.begins();
        let over = self.template.states.iter().any(|state| state.ends && Some(&state.key) == self.state.as_ref());
        let (mut changed, mut again) = (Vec::new(), Vec::new());
        for row in self.template.activities.iter().filter(|row| !left(&row.key)) {
            let one = plan.activities.iter_mut().find(|one| one.key == row.key);
            let Some(one) = one.filter(|one| !one.status.is_end()) else { continue };
            let held = schedules.iter().find(|planned| Some(planned.id) == one.schedule);
            let active = held.is_some_and(|planned| planned.schedule.status == ScheduleStatus::Active);
            // A schedule that was ended by other hands than these is not begun again.
            let rests = one.status == ActivityStatus::OnHold
                && held.is_some_and(|planned| planned.schedule.status == ScheduleStatus::Revoked);
            let waited = one.schedule.is_none() && one.status != ActivityStatus::OnHold;
            if begins.contains(row.key.as_str()) && (waited || rests) {
                let mut planned = self.schedule(row)?;
                if let Some(before) = one.schedule {
                    planned.id = ScheduleId::from_uuid((self.derive)(&format!("schedule:{}:{before}", row.key)));
                    again.push((before, planned.id));
                }
                (planned.schedule.pool, planned.schedule.assignee) = (one.pool, one.owner);
                one.schedule = Some(planned.id);
                become_if_allowed(&mut one.status, ActivityStatus::Scheduled);
                changed.push(planned);
            } else if !self.holds(row) {
                if let Some(planned) = held.filter(|_| active) {
                    let mut planned = planned.clone();
                    planned.schedule.status = ScheduleStatus::Revoked;
                    changed.push(planned);
                    become_if_allowed(&mut one.status, ActivityStatus::OnHold);
                }
                if over {
                    one.status = ended(&one.status);
                }
            }
        }
        // What waits for an activity that begins again, or counts from it, does so from the schedule it has now.
        for planned in schedules.iter().filter(|planned| planned.schedule.status == ScheduleStatus::Active) {
            if !changed.iter().any(|changed| changed.id == planned.id) {
                let mut following = planned.clone();
                if follow(&mut following.schedule, &again) {
                    changed.push(following);
                }
            }
        }
        for planned in &mut changed {
            follow(&mut planned.schedule, &again);
        }
        Ok(changed)
    }

    fn event(&self, key: &str) -> Option<&CareEvent> {
        self.facts.events.iter().find(|event| event.key == key)
    }

    fn plan(&self) -> CarePlan {
        let (template, facts) = (self.template, self.facts);
        CarePlan {
            template: Some(self.pin()),
            status: CarePlanStatus::Active,
            intent: CarePlanIntent::Plan,
            period: Some(Period { start: Some(When::On(facts.start.date().into())), end: None }),
            addresses: template.problems.iter().map(|problem| problem.code.clone()).collect(),
            entries: facts.entries.clone(),
            events: facts.events.clone(),
            care_team: facts.care_team,
            author: facts.author.clone(),
            state: self.state.clone(),
            labels: facts.labels.clone(),
            ..CarePlan::of(facts.patient, shown_title(&template.title, template.source.evidence))
        }
    }

    pub(super) fn pin(&self) -> TemplatePin {
        TemplatePin {
            template: self.facts.template,
            name: self.template.name.clone(),
            version: self.template.version.clone(),
        }
    }

    pub(super) fn goal(&self, row: &TemplateGoal) -> Result<PlannedGoal> {
        let targets = targets(row, self.facts.start)?;
        let description = shown_title(&row.description, row.basis.evidence);
        let goal = Goal {
            plan: Some(self.facts.plan),
            key: Some(row.key.clone()),
            status: GoalStatus::Active,
            targets,
            start: Some(self.facts.start.date()),
            basis: Some(row.basis.clone()),
            labels: self.facts.labels.clone(),
            ..Goal::of(self.facts.patient, description)
        };
        Ok(PlannedGoal { id: GoalId::from_uuid((self.derive)(&format!("goal:{}", row.key))), goal })
    }

    /// The activity as it stands before it begins.
    pub(super) fn activity(&self, row: &TemplateActivity) -> PlanActivity {
        PlanActivity {
            code: row.code.clone(),
            category: row.category.clone(),
            owner: self.owner(row),
            pool: self.pool(),
            role: row.role.clone(),
            goals: row.goals.clone(),
            responder: self.facts.responder.filter(|_| row.needs_responder),
            basis: Some(row.basis.clone()),
            ..PlanActivity::of(row.key.clone(), shown_title(&row.title, row.basis.evidence))
        }
    }

    pub(super) fn owner(&self, row: &TemplateActivity) -> Option<Assignee> {
        if row.performer == Performer::Patient {
            return Some(Assignee::Patient);
        }
        let named = self.facts.assignees.iter().find(|named| Some(&named.role) == row.role.as_ref());
        named.map(|named| named.assignee)
    }

    fn pool(&self) -> Option<Pool> {
        self.facts.pool.or(self.facts.care_team.map(Pool::CareTeam))
    }

    fn schedule_id(&self, key: &str) -> ScheduleId {
        let present = self.present.iter().find(|one| one.key == key).and_then(|one| one.schedule);
        present.unwrap_or_else(|| ScheduleId::from_uuid((self.derive)(&format!("schedule:{key}"))))
    }

    pub(super) fn schedule(&self, row: &TemplateActivity) -> Result<PlannedSchedule> {
        let phase = self.phase(row)?;
        let schedule = Schedule {
            patient: self.facts.patient,
            plan: Some(self.facts.plan),
            activity: Some(row.key.clone()),
            status: ScheduleStatus::Active,
            title: shown_title(&row.title, row.basis.evidence),
            code: row.code.clone(),
            phases: vec![phase],
            zone: self.facts.zone.clone(),
            holidays: self.facts.holidays,
            pool: self.pool(),
            assignee: self.owner(row),
            role: row.role.clone(),
            measures: row.measures.clone(),
            prerequisites: row.prerequisites.iter().map(|key| self.schedule_id(key)).collect(),
            reminders: row.reminders.clone(),
            labels: self.facts.labels.clone(),
            ended: None,
        };
        Ok(PlannedSchedule { id: self.schedule_id(&row.key), schedule })
    }

    /// The stretch that the timing of the template comes to.
    pub(super) fn phase(&self, row: &TemplateActivity) -> Result<Phase> {
        let mut window = row.window;
        let timing = match &row.timing {
            TemplateTiming::Rule(rule) => {
                window = lasting(window, rule.at);
                Timing::Clock(self.recurrence(rule)?)
            }
            TemplateTiming::Steps(steps) => Timing::Event(self.steps(steps)?),
            TemplateTiming::Birthday(timing) => Timing::Event(self.counted(Anchor::Birthday, timing.offset, timing.at)),
            TemplateTiming::AfterCompletion(timing) => {
                Timing::Event(self.counted(Anchor::LastCompletion, timing.every, timing.at))
            }
            TemplateTiming::AfterActivity(timing) => {
                let anchor = Anchor::Completion(self.schedule_id(&timing.activity));
                Timing::Event(self.counted(anchor, timing.after, timing.at))
            }
            TemplateTiming::AsNeeded(timing) => Timing::AsNeeded(AsNeeded {
                start: self.facts.start,
                minimum_interval: timing.minimum_interval,
                most: timing.most,
                period: timing.period,
            }),
        };
        Ok(Phase { from: None, timing, window })
    }

    fn counted(&self, anchor: Anchor, step: Span, at: DayTime) -> EventTiming {
        EventTiming {
            anchor,
            start: opening(self.facts.start, at),
            steps: vec![step],
            repeat: None,
            count: None,
            at,
            first: 0,
        }
    }

    fn steps(&self, row: &StepTiming) -> Result<EventTiming> {
        let event = self.event(&row.event).ok_or_else(|| Error::invalid("events", "state when the event was"))?;
        let mut start = opening(self.facts.start, row.at);
        if row.past {
            let day = day_of(event)?.start();
            // A step in business days comes after its event, so it never opens the schedule.
            let steps = row.steps.iter().filter(|step| step.business_days == 0);
            let first = steps.map(|step| add_span(day, step, None)).collect::<Result<Vec<_>>>()?;
            start = first.into_iter().chain([day, start]).min().unwrap_or(start);
        }
        Ok(EventTiming {
            anchor: Anchor::Event(event.id),
            start,
            steps: row.steps.clone(),
            repeat: row.repeat,
            count: row.count,
            at: row.at,
            first: 0,
        })
    }

    fn recurrence(&self, row: &RuleTiming) -> Result<Recurrence> {
        let rule: Rule = row.rrule.parse()?;
        let from = match row.event.as_deref().and_then(|key| self.event(key)) {
            Some(event) => day_of(event)?.start(),
            None => self.facts.start.date().start(),
        };
        let (time, all_day) = begins_at(row.at);
        let day = add_span(from, &row.offset, None)?.date().max(self.facts.start.date());
        let mut start = CivilTime::try_from(day.at(time))?;
        if start < opening(self.facts.start, row.at) {
            start = add_span(start, &Span { days: 1, ..Span::default() }, None)?;
        }
        Ok(repeating(rule, start, all_day))
    }
}

/// A rule on the clock where the patient lives.
pub(super) fn repeating(rule: Rule, start: CivilTime, all_day: bool) -> Recurrence {
    Recurrence {
        start,
        zone: ClockZone::Floating,
        all_day,
        rule: Some(rule),
        added: Vec::new(),
        excluded: Vec::new(),
        overrides: Vec::new(),
        gap: GapPolicy::default(),
        fold: FoldPolicy::default(),
        last: None,
    }
}

/// The targets of a goal that begins at `start`.
pub(super) fn targets(row: &TemplateGoal, start: CivilTime) -> Result<Vec<GoalTarget>> {
    let target = |row: &TemplateTarget| {
        let due = row.due.map(|span| add_span(start, &span, None)).transpose()?;
        Ok(GoalTarget {
            measure: row.measure.clone(),
            low: row.low.clone(),
            high: row.high.clone(),
            due: due.map(CivilTime::date),
            stale_after: row.stale_after,
        })
    };
    row.targets.iter().map(target).collect()
}

fn become_if_allowed(status: &mut ActivityStatus, next: ActivityStatus) {
    if ActivityStatus::allowed(status, &next) {
        *status = next;
    }
}

/// What an activity that is taken away becomes.
pub(super) fn ended(status: &ActivityStatus) -> ActivityStatus {
    match status {
        ActivityStatus::InProgress => ActivityStatus::Stopped,
        _ if ActivityStatus::allowed(status, &ActivityStatus::Cancelled) => ActivityStatus::Cancelled,
        other => other.clone(),
    }
}

/// The day of an event, where it was.
fn day_of(event: &CareEvent) -> Result<Date> {
    Date::try_from(event.on.date().first_day())
}

/// From when on a plan that starts at `start` has something due: what is due on a whole day is due on the first too.
fn opening(start: CivilTime, at: DayTime) -> CivilTime {
    match at {
        DayTime::AllDay => start.date().start(),
        DayTime::At(_) | DayTime::Part(_) => start,
    }
}

/// The time of day that instances begin at, and whether they are whole days.
fn begins_at(at: DayTime) -> (NaiveTime, bool) {
    let (hour, minute) = match at {
        DayTime::AllDay => (0, 0),
        DayTime::At(TimeOfDay { hour, minute }) => (hour, minute),
        DayTime::Part(part) => (part.starts().hour, part.starts().minute),
    };
    let time = NaiveTime::from_hms_opt(u32::from(hour), u32::from(minute), 0).unwrap_or_default();
    (time, at == DayTime::AllDay)
}

/// Names schedules by those that took their places; whether it named any.
fn follow(schedule: &mut Schedule, again: &[(ScheduleId, ScheduleId)]) -> bool {
    let anchors = schedule.phases.iter_mut().filter_map(|phase| match &mut phase.timing {
        Timing::Event(event) => match &mut event.anchor {
            Anchor::Completion(of) => Some(of),
            _ => None,
        },
        _ => None,
    });
    let mut any = false;
    for named in schedule.prerequisites.iter_mut().chain(anchors) {
        if let Some((_, now)) = again.iter().find(|(before, _)| before == named) {
            (*named, any) = (*now, true);
        }
    }
    any
}

/// A recurrence knows no parts of the day, so its window says how long they last.
fn lasting(window: Window, at: DayTime) -> Window {
    let DayTime::Part(part) = at else { return window };
    let hours = part.hours().1;
    Window { lasts: window.lasts.or(Some(Span { hours, ..Span::default() })), ..window }
}
