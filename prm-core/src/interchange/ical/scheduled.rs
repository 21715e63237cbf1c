//! A feed made of schedules and of what came of them.

use chrono::{DateTime, Months, TimeDelta};
use serde::{Deserialize, Serialize};

use super::words::{Alarm, AlarmTrigger, Feed, FeedItem, FeedKind, FeedTime, RawProperty};
use super::{clock, item, read, values, write};
use crate::engage::{
    ClockStamp, ClockZone, DayTime, FoldPolicy, GapPolicy, OccurrenceState, OccurrenceView, OutcomeStatus, Phase,
    Recurrence, Schedule, ScheduleStatus, Span, Stamp, Timing, Until,
};
use crate::error::{Error, Result};
use crate::id::ScheduleId;
use crate::sensitive::Sensitive;
use crate::time::{CivilTime, Instant, When, Zones};

/// A schedule with what is known of its occurrences, to be made part of a feed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ScheduledItem {
    /// Its id.
    pub id: ScheduleId,
    /// Its version, by which calendars tell a revision from the one before.
    pub version: u32,
    /// The schedule.
    pub schedule: Schedule,
    /// Zone where the patient lives; that of the schedule if it is not known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub zone: Option<String>,
    /// Its occurrences in the time that the feed is about.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub occurrences: Vec<OccurrenceView>,
}

/// Makes a feed of schedules, to be published. A schedule whose outcomes state something is something to do, another one
/// an event; it says its title, when it is, and how it stands, and nothing else of the patient.
///
/// An active schedule by the clock, of one stretch, becomes one item that repeats; occurrences that were moved, done,
/// skipped, called off or paused stand for themselves beside it. Any other schedule becomes one item for each of its
/// occurrences; so does one whose policies for gaps and folds, lengths or reminders a calendar has no words for.
/// Reminders that count business days are left out, since what a business day is depends on who asks.
///
/// `now` is when the feed was made.
///
/// # Errors
/// `Invalid` for a rule that is none, or a zone that is not in the database.
pub fn feed_of(schedules: &[ScheduledItem], now: Instant, zones: &Zones) -> Result<Feed> {
    let stamp = DateTime::from_timestamp(now.timestamp(), 0).unwrap_or(now);
    let mut feed = Feed { method: Some("PUBLISH".to_owned()), ..Feed::default() };
    for scheduled in schedules {
        let making = Making { scheduled, zone: zone(scheduled), stamp, zones };
        match making.repeating() {
            Some(recurrence) => making.series(recurrence, &mut feed.items)?,
            None => {
                for view in &scheduled.occurrences {
                    feed.items.push(making.occurrence(view)?);
                }
            }
        }
    }
    Ok(feed)
}

fn zone(scheduled: &ScheduledItem) -> &str {
    scheduled.zone.as_deref().unwrap_or(&scheduled.schedule.zone)
}

struct Making<'s> {
    scheduled: &'s ScheduledItem,
    zone: &'s str,
    stamp: Instant,
    zones: &'s Zones,
}

impl Making<'_> {
    fn schedule(&self) -> &Schedule {
        &self.scheduled.schedule
    }

    fn kind(&self) -> FeedKind {
        if self.schedule().measures.is_empty() { FeedKind::Event } else { FeedKind::Task }
    }

    /// The recurrence of a schedule that one repeating item can say.
    fn repeating(&self) -> Option<&Recurrence> {
        let [Phase { timing: Timing::Clock(recurrence), window, .. }] = self.schedule().phases.as_slice() else {
            return None;
        };
        let said = |span: &Span| values::duration_text(span).is_some();
        let plain = self.schedule().status == ScheduleStatus::Active
            && (recurrence.gap, recurrence.fold) == (GapPolicy::Later, FoldPolicy::First)
            && window.lasts.as_ref().is_none_or(said)
            && self.schedule().reminders.iter().all(said);
        plain.then_some(recurrence)
    }

    /// What every item of the schedule says.
    fn item(&self, uid: String) -> FeedItem {
        let schedule = self.schedule();
        let restricted = schedule.labels.iter().any(|label| matches!(label.code.as_str(), "R" | "V"));
        let class = if restricted { "CONFIDENTIAL" } else { "PRIVATE" };
        FeedItem {
            kind: self.kind(),
            uid: Some(uid.into()),
            sequence: Some(self.scheduled.version),
            stamp: Some(self.stamp),
            summary: Some(Sensitive::from(schedule.title.as_str())),
            extra: vec![RawProperty { name: "CLASS".to_owned(), parameters: Vec::new(), value: class.into() }],
            ..FeedItem::default()
        }
    }

    fn series(&self, recurrence: &Recurrence, items: &mut Vec<FeedItem>) -> Result<()> {
        let recurrence = self.settled(recurrence)?;
        let mut whole = self.item(self.scheduled.id.to_string());
        whole.lasts = self.schedule().phases.first().and_then(|phase| phase.window.lasts);
        whole.alarms = self.alarms(None);
        let mut instances = Vec::new();
        let mut stand: Vec<ClockStamp> = Vec::new();
        for view in &self.scheduled.occurrences {
            let Stamp::Clock(stamp) = view.stamp else { continue };
            let plain = view.outcome.is_none()
                && view.moved_from.is_none()
                && !matches!(view.state, OccurrenceState::Cancelled | OccurrenceState::Paused);
            if plain || stand.contains(&stamp) {
                continue;
            }
            let change = crate::engage::Override { stamp, to: Some(self.civil(view.due, &recurrence)?) };
            let mut instance = write::instance(&whole, &recurrence, &change, self.zones)?;
            self.standing(&mut instance, view);
            instances.push(instance);
            stand.push(stamp);
        }
        for change in recurrence.overrides.iter().filter(|change| !stand.contains(&change.stamp)) {
            instances.push(write::instance(&whole, &recurrence, change, self.zones)?);
        }
        let mut recurrence = recurrence;
        recurrence.overrides = instances.iter().filter_map(|one| read::change(one, &recurrence, self.zones)).collect();
        recurrence.overrides.retain(|change| change.to != Some(change.stamp.civil));
        recurrence.overrides.sort_unstable_by_key(|change| change.stamp);
        for instance in &mut instances {
            instance.uid.clone_from(&whole.uid);
            instance.extra.clone_from(&whole.extra);
            instance.alarms.clone_from(&whole.alarms);
        }
        whole.recurrence = Some(recurrence);
        items.push(whole);
        items.append(&mut instances);
        Ok(())
    }

    /// A recurrence as a calendar understands it: there a start counts as an instance, whether its rule says it or not.
    fn settled(&self, of: &Recurrence) -> Result<Recurrence> {
        let checked = of.clone().checked(self.zones)?;
        let last = checked.last;
        let mut of = Recurrence { last: None, ..checked };
        if of.all_day {
            of.zone = ClockZone::Floating;
        }
        let starts = ClockStamp { civil: of.start, second: false };
        let only_rule = Recurrence { excluded: Vec::new(), overrides: Vec::new(), added: Vec::new(), ..of.clone() };
        let counted = only_rule.instance(self.zones, self.zone, &starts)?.is_some();
        if let (Some(rule), false) = (&mut of.rule, counted) {
            if !of.added.contains(&of.start) {
                of.excluded.push(of.start);
            }
            if let (Some(_), Some(last)) = (rule.count, last) {
                rule.count = None;
                rule.until = Some(Until::Civil(last));
            }
        }
        if let Some(rule) = &mut of.rule {
            rule.until = rule.until.map(|until| clock::until(self.zones, until, &of.zone, of.all_day));
        }
        for times in [&mut of.added, &mut of.excluded] {
            times.sort_unstable();
            times.dedup();
        }
        Ok(of)
    }

    /// What the clock of a recurrence shows at an instant.
    fn civil(&self, at: Instant, of: &Recurrence) -> Result<CivilTime> {
        let here = ClockZone::Zone(self.zone.to_owned());
        let zone = if of.zone == ClockZone::Floating { &here } else { &of.zone };
        let civil = clock::stamp(self.zones, at, zone).ok_or_else(|| no_time("occurrences.due"))?.civil;
        Ok(if of.all_day { civil.date().start() } else { civil })
    }

    /// One occurrence as an item of its own.
    fn occurrence(&self, view: &OccurrenceView) -> Result<FeedItem> {
        let phases = &self.schedule().phases;
        let phase = phases.iter().rev().find(|phase| phase.from.is_none_or(|from| from <= view.due));
        let all_day = phase.is_some_and(|phase| match &phase.timing {
            Timing::Clock(recurrence) => recurrence.all_day,
            Timing::Event(event) => event.at == DayTime::AllDay,
            Timing::AsNeeded(_) => false,
        });
        let here = ClockZone::Zone(self.zone.to_owned());
        let civil = |at: Instant| -> Result<CivilTime> {
            let civil = clock::stamp(self.zones, at, &here).ok_or_else(|| no_time("zone"))?.civil;
            Ok(if all_day { civil.date().start() } else { civil })
        };
        let zone = if all_day { ClockZone::Floating } else { here.clone() };
        let mut item = self.item(format!("{}/{}", self.scheduled.id, stamp_text(&view.stamp)));
        let start = civil(view.due)?;
        let grace = phase.map_or(Some(0), |phase| item::seconds(&phase.window.grace));
        let end = match (item.kind, grace.and_then(TimeDelta::try_seconds)) {
            (FeedKind::Task, _) => Some(view.until),
            (FeedKind::Event, Some(grace)) => view.until.checked_sub_signed(grace),
            (FeedKind::Event, None) => None,
        };
        if let Some(end) = end {
            let end = civil(end)?;
            item.ends = (end > start).then(|| FeedTime { civil: end, zone: zone.clone(), all_day });
        }
        item.recurrence = Some(Recurrence { all_day, ..Recurrence::new(start, zone, None) });
        item.alarms = self.alarms(Some(civil(view.due)?));
        self.standing(&mut item, view);
        Ok(item)
    }

    /// How an occurrence stands.
    fn standing(&self, item: &mut FeedItem, view: &OccurrenceView) {
        let outcome = view.outcome.as_ref();
        let status = outcome.map(|outcome| &outcome.status);
        let todo = item.kind == FeedKind::Task;
        let off = matches!(status, Some(OutcomeStatus::Skipped | OutcomeStatus::Cancelled))
            || matches!(view.state, OccurrenceState::Skipped | OccurrenceState::Cancelled | OccurrenceState::Paused);
        let text = match status {
            _ if off => "CANCELLED",
            Some(OutcomeStatus::Done) if todo => {
                item.percent = Some(100);
                let when = outcome.and_then(|outcome| outcome.when);
                let at = match when {
                    Some(When::At(at)) => Some(at.to_utc()),
                    _ => view.recorded,
                };
                item.completed = at.and_then(|at| DateTime::from_timestamp(at.timestamp(), 0));
                "COMPLETED"
            }
            Some(OutcomeStatus::Partly) if todo => {
                let stated = outcome.map_or(0, |outcome| outcome.values.len());
                let all = self.schedule().measures.len().max(1);
                item.percent = u8::try_from(stated.saturating_mul(100) / all).ok().map(|p| p.clamp(1, 99)).or(Some(99));
                "IN-PROCESS"
            }
            _ if todo => "NEEDS-ACTION",
            _ => "CONFIRMED",
        };
        item.status = Some(text.to_owned());
    }

    /// Reminders as alarms: before the start, or at an instant if calendars have no words for how long before.
    fn alarms(&self, due: Option<CivilTime>) -> Vec<Alarm> {
        let title = Sensitive::from(self.schedule().title.as_str());
        let triggers = self.schedule().reminders.iter().filter_map(|before| {
            if values::duration_text(before).is_some() {
                return Some(AlarmTrigger::BeforeStart(*before));
            }
            due.and_then(|due| self.before(due, before)).map(AlarmTrigger::At)
        });
        let alarm = |trigger| Alarm {
            trigger,
            action: "DISPLAY".to_owned(),
            description: Some(title.clone()),
            attached: Vec::new(),
            extra: Vec::new(),
        };
        triggers.map(alarm).collect()
    }

    /// The instant that lies so long before a civil time where the patient lives.
    fn before(&self, due: CivilTime, span: &Span) -> Option<Instant> {
        if span.business_days != 0 {
            return None;
        }
        let months = span.years.checked_mul(12)?.checked_add(span.months)?;
        let size = Months::new(u32::try_from(months.unsigned_abs()).ok()?);
        let at = due.naive();
        let at = if months < 0 { at.checked_add_months(size)? } else { at.checked_sub_months(size)? };
        let days = TimeDelta::try_days(span.weeks.checked_mul(7)?.checked_add(span.days)?)?;
        let civil = CivilTime::try_from(at.checked_sub_signed(days)?).ok()?;
        let here = ClockZone::Zone(self.zone.to_owned());
        let clock = TimeDelta::try_minutes(span.hours.checked_mul(60)?.checked_add(span.minutes)?)?;
        clock::instant(self.zones, civil, &here)?.checked_sub_signed(clock)
    }
}

fn no_time(field: &'static str) -> Error {
    Error::invalid(field, "a time is out of range, or its zone is not in the database")
}

/// What tells an occurrence from the others of its schedule.
fn stamp_text(stamp: &Stamp) -> String {
    match stamp {
        Stamp::Clock(ClockStamp { civil, second }) => values::time_text(*civil) + if *second { "-second" } else { "" },
        Stamp::Event { anchor, step } => format!("{anchor}/{step}"),
        Stamp::AsNeeded(id) => id.to_string(),
    }
}
