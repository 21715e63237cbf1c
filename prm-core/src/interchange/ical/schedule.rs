//! A schedule made of an item, and how long items last.

use super::clock;
use super::words::{AlarmTrigger, FeedItem, FeedKind};
use crate::engage::{ClockZone, Phase, Recurrence, Schedule, ScheduleStatus, Span, Timing, Window};
use crate::error::{Error, Result};
use crate::id::PatientId;
use crate::time::Zones;

/// Longest title of a schedule, in characters.
const LONGEST_TITLE: usize = 200;

/// Most reminders of a schedule.
const MOST_REMINDERS: usize = 10;

impl FeedItem {
    /// How long it lasts: what it says, or from its start to its end. Odd seconds count as a minute. None if it does not
    /// say.
    pub fn length(&self, zones: &Zones) -> Option<Span> {
        let (Some(ends), None) = (&self.ends, &self.lasts) else { return self.lasts };
        let recurrence = self.recurrence.as_ref()?;
        if recurrence.all_day {
            let days = ends.civil.date().naive().signed_duration_since(recurrence.start.date().naive()).num_days();
            return Some(Span { days, ..Span::default() });
        }
        let floating = recurrence.zone == ClockZone::Floating || ends.zone == ClockZone::Floating;
        let seconds = if floating {
            ends.civil.seconds().checked_sub(recurrence.start.seconds())?
        } else {
            let start = clock::instant(zones, recurrence.start, &recurrence.zone)?;
            (clock::instant(zones, ends.civil, &ends.zone)? - start).num_seconds()
        };
        let minutes = seconds.checked_add(59)?.div_euclid(60);
        Some(Span { hours: minutes / 60, minutes: minutes % 60, ..Span::default() })
    }
}

/// Makes a schedule of an item, for a patient. `zone` is where floating times of a patient are whose own zone is not
/// known.
///
/// Something to do without a start begins when it is due. Alarms before the start become reminders, ten at most; others
/// are passed over. The title is the first line of the summary, 200 characters at most: what an outsider writes into it
/// may tell who the patient is, so look before keeping it.
///
/// # Errors
/// `Invalid` for an item that stands for one instance of another, has no time or no summary, adds times with lengths of
/// their own, or repeats by a rule that is none.
pub fn schedule_of(item: &FeedItem, patient: PatientId, zone: &str, zones: &Zones) -> Result<Schedule> {
    if item.instance.is_some() {
        return Err(Error::invalid("instance", "take the item that repeats; its instances are in its overrides"));
    }
    if item.periods.iter().any(|period| item.length_of(period.starts, period.ends, zones)) {
        return Err(Error::invalid("periods", "a schedule has one length for all its times"));
    }
    if !clock::exists(zones, zone) {
        return Err(Error::invalid("zone", "no such time zone in this database"));
    }
    let recurrence = match (&item.recurrence, &item.ends) {
        (Some(recurrence), _) => recurrence.clone(),
        (None, Some(due)) => Recurrence { all_day: due.all_day, ..Recurrence::new(due.civil, due.zone.clone(), None) },
        (None, None) => return Err(Error::invalid("recurrence", "an item without a time is no schedule")),
    };
    let recurrence = recurrence.checked(zones)?;
    let summary = item.summary.as_ref().map(|text| text.expose().as_str()).unwrap_or_default();
    let line = summary.lines().map(str::trim).find(|line| !line.is_empty());
    let line = line.ok_or_else(|| Error::invalid("summary", "a schedule needs a title"))?;
    let status = item.status.as_deref().map(str::to_ascii_uppercase);
    let before = |trigger: &AlarmTrigger| match trigger {
        AlarmTrigger::BeforeStart(span) if is_before(span) => Some(*span),
        _ => None,
    };
    let mut reminders: Vec<Span> = Vec::new();
    for span in item.alarms.iter().filter_map(|alarm| before(&alarm.trigger)) {
        if !reminders.contains(&span) && reminders.len() < MOST_REMINDERS {
            reminders.push(span);
        }
    }
    let lasts = item.length(zones).filter(|span| *span != Span::default());
    Ok(Schedule {
        patient,
        plan: None,
        activity: None,
        status: match (status.as_deref(), item.kind) {
            (Some("CANCELLED"), _) => ScheduleStatus::Revoked,
            (Some("COMPLETED"), FeedKind::Task) => ScheduleStatus::Completed,
            _ => ScheduleStatus::Active,
        },
        title: line.chars().take(LONGEST_TITLE).collect(),
        code: None,
        phases: vec![Phase {
            from: None,
            timing: Timing::Clock(recurrence),
            window: Window { lasts, ..Window::default() },
        }],
        zone: zone.to_owned(),
        holidays: None,
        pool: None,
        assignee: None,
        role: None,
        measures: Vec::new(),
        prerequisites: Vec::new(),
        reminders,
        labels: Vec::new(),
        ended: None,
    })
}

impl FeedItem {
    /// Whether an added time lasts otherwise than the item.
    fn length_of(&self, starts: crate::time::CivilTime, ends: crate::time::CivilTime, zones: &Zones) -> bool {
        let Some(recurrence) = &self.recurrence else { return true };
        let (start, end) =
            (clock::instant(zones, starts, &recurrence.zone), clock::instant(zones, ends, &recurrence.zone));
        let length = start.zip(end).map(|(start, end)| (end - start).num_seconds());
        let own = self.length(zones).as_ref().and_then(super::item::seconds);
        length.is_none() || length != own
    }
}

fn is_before(span: &Span) -> bool {
    [span.years, span.months, span.weeks, span.days, span.business_days, span.hours, span.minutes]
        .iter()
        .all(|part| *part >= 0)
}
