//! Which reminders a device is to hold: planned ahead from occurrences, never stored.

use chrono::TimeDelta;
use serde::{Deserialize, Serialize};

use super::business::add_span;
use super::holiday::HolidayCalendar;
use super::occurrence::Stamp;
use super::span::{Span, TimeOfDay};
use crate::error::{Error, Result};
use crate::id::ScheduleId;
use crate::time::{CivilTime, Instant, Zones};

mod quiet;

use quiet::Quiet;

/// Most reminders of one plan.
const MOST_PLANNED: u32 = 500;
/// Occurrences of one request.
const MOST_ITEMS: usize = 20_000;
/// Reminders of one occurrence.
const MOST_LEADS: usize = 10;
/// Longest time over which reminders are joined, in minutes.
const LONGEST_MERGE: u32 = 24 * 60;

/// Hours in which nobody is to be disturbed, on the clock where the patient lives.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct QuietHours {
    /// When they begin; this minute is quiet.
    pub from: TimeOfDay,
    /// When they end; this minute is not quiet. Before `from` if they last through midnight.
    pub to: TimeOfDay,
}

/// How a person wants to be reminded.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReminderPreferences {
    /// Whether to remind at all.
    pub allowed: bool,
    /// Quiet hours; none if any hour will do.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quiet: Option<QuietHours>,
    /// Where the patient is, as a zone of the IANA database.
    pub zone: String,
    /// Reminders that fall into the same stretch of so many minutes (counted from 1970, so that stretches never move)
    /// are joined into the first of them; 1,440 at most. None joins nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub merge_within: Option<u32>,
}

/// An occurrence to be reminded of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReminderItem {
    /// The schedule.
    pub schedule: ScheduleId,
    /// Which occurrence of it.
    pub stamp: Stamp,
    /// When it is due.
    pub due: Instant,
    /// Until when it is in time. No reminder comes later.
    pub until: Instant,
    /// How long before it is due to remind, each not negative; 10 at most. Days and longer parts are counted on the
    /// calendar where the patient lives, hours and minutes in elapsed time.
    pub leads: Vec<Span>,
    /// Of reminders at the same moment those with a higher number come first; they are what stays if not all fit.
    #[serde(default)]
    pub priority: u8,
}

/// What to plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReminderRequest {
    /// The instant it is planned at. What was to come at it or before is taken to have come.
    pub now: Instant,
    /// How many reminders the device holds at once, 1 to 500; iOS keeps 64.
    pub limit: u32,
    /// Nothing after this instant is planned; none for as far as the occurrences go.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub horizon: Option<Instant>,
    /// What is to be reminded of, in any order; 20,000 at most. To join reminders alike each time, hand in those due a
    /// day ago and later, not only those ahead.
    pub occurrences: Vec<ReminderItem>,
    /// How the person wants to be reminded.
    pub preferences: ReminderPreferences,
    /// Holidays that business days in leads pass over.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub holidays: Option<HolidayCalendar>,
}

/// What a reminder is about. It holds no text: the device asks for the title when it shows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReminderSubject {
    /// The schedule.
    pub schedule: ScheduleId,
    /// Which occurrence of it.
    pub stamp: Stamp,
    /// Which of its leads; of several that come to the same moment the shortest.
    pub lead: Span,
    /// When it would have come, if quiet hours moved it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deferred_from: Option<Instant>,
}

/// A reminder to be set.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlannedReminder {
    /// When it comes.
    pub at: Instant,
    /// What it is about: one occurrence, or several if they were joined.
    pub about: Vec<ReminderSubject>,
}

/// The reminders a device is to hold.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReminderPlan {
    /// The reminders, in order of time.
    pub reminders: Vec<PlannedReminder>,
    /// Whether there are more than fit, up to the horizon.
    pub more: bool,
    /// When to plan again at the latest so that none is missed, if nothing changes before: when the last one comes that
    /// is earlier than the first that did not fit, or the horizon; never before `now`. None if all were planned.
    pub next_replan: Option<Instant>,
}

/// One lead of one occurrence, with the moment it comes to. That moment does not depend on when it is planned.
#[derive(Debug, Clone, Copy)]
struct Candidate {
    at: Instant,
    priority: u8,
    /// Elapsed seconds before it is due: of several at one moment the smallest is kept.
    before: i64,
    subject: ReminderSubject,
}

impl ReminderRequest {
    /// Plans the next reminders.
    ///
    /// A reminder that would come in quiet hours comes at their end; if that is after the occurrence stops being in time,
    /// it comes in the last minute before they begin. The same request with a later `now` gives the same reminders, as
    /// far as they lie after it and both fit.
    ///
    /// # Errors
    /// `Invalid` for a limit, a lead, quiet hours or a zone that cannot be, and for too many of anything.
    ///
    /// # Example
    /// ```
    /// use prm_core::engage::{ClockStamp, QuietHours, ReminderItem, ReminderPreferences, ReminderRequest, Span, Stamp, TimeOfDay};
    /// use prm_core::{ScheduleId, Zones};
    /// let item = ReminderItem {
    ///     schedule: "018f3b2a-0000-7000-8000-000000000001".parse::<ScheduleId>()?,
    ///     stamp: Stamp::Clock(ClockStamp { civil: "2026-03-02T09:00:00".parse()?, second: false }),
    ///     due: "2026-03-02T09:00:00Z".parse()?,
    ///     until: "2026-03-02T11:00:00Z".parse()?,
    ///     leads: vec![Span { hours: 2, ..Span::default() }],
    ///     priority: 0,
    /// };
    /// let hour = |hour| TimeOfDay { hour, minute: 0 };
    /// let preferences = ReminderPreferences {
    ///     allowed: true,
    ///     quiet: Some(QuietHours { from: hour(21), to: hour(8) }),
    ///     zone: "Europe/London".to_owned(),
    ///     merge_within: None,
    /// };
    /// let request = ReminderRequest {
    ///     now: "2026-03-01T12:00:00Z".parse()?,
    ///     limit: 64,
    ///     horizon: None,
    ///     occurrences: vec![item],
    ///     preferences,
    ///     holidays: None,
    /// };
    /// let plan = request.plan(&Zones::bundled())?;
    /// assert_eq!(plan.reminders[0].at, "2026-03-02T08:00:00Z".parse::<prm_core::Instant>()?);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn plan(&self, zones: &Zones) -> Result<ReminderPlan> {
        self.check()?;
        let zone = self.preferences.zone.as_str();
        // An unknown zone is refused even if there is nothing to plan.
        zones.offset_at(zone, self.now)?;
        if !self.preferences.allowed {
            return Ok(ReminderPlan::default());
        }
        let quiet = self.preferences.quiet.map(|hours| Quiet::new(hours, zone, zones));
        let mut candidates = Vec::new();
        for (n, item) in self.occurrences.iter().enumerate() {
            for lead in &item.leads {
                let candidate = self.candidate(item, *lead, quiet.as_ref(), zones);
                candidates.extend(candidate.map_err(|e| e.within(format_args!("occurrences[{n}].leads")))?);
            }
        }
        Ok(self.chosen(joined(candidates, self.preferences.merge_within)))
    }

    fn candidate(
        &self,
        item: &ReminderItem,
        lead: Span,
        quiet: Option<&Quiet<'_>>,
        zones: &Zones,
    ) -> Result<Option<Candidate>> {
        let wanted = self.before(item.due, lead, zones)?;
        let at = match quiet {
            Some(quiet) => quiet.moved(wanted, item.until)?,
            None => Some(wanted),
        };
        let Some(at) = at.filter(|at| *at <= item.until) else { return Ok(None) };
        Ok(Some(Candidate {
            at,
            priority: item.priority,
            before: (item.due - wanted).num_seconds(),
            subject: ReminderSubject {
                schedule: item.schedule,
                stamp: item.stamp,
                lead,
                deferred_from: (at != wanted).then_some(wanted),
            },
        }))
    }

    /// The instant that is `lead` before `due`.
    fn before(&self, due: Instant, lead: Span, zones: &Zones) -> Result<Instant> {
        let Span { years, months, weeks, days, business_days, hours, minutes } = lead;
        let elapsed = hours.checked_mul(60).and_then(|all| all.checked_add(minutes)).and_then(TimeDelta::try_minutes);
        let elapsed = elapsed.ok_or_else(too_far)?;
        let calendar = Span {
            years: -years,
            months: -months,
            weeks: -weeks,
            days: -days,
            business_days: -business_days,
            ..Span::default()
        };
        let day = if calendar == Span::default() {
            due
        } else {
            let zone = self.preferences.zone.as_str();
            let civil = CivilTime::try_from(zones.local(zone, due)?.naive_local())?;
            zones.resolve(zone, add_span(civil, &calendar, self.holidays.as_ref())?.naive())?.instant().min(due)
        };
        day.checked_sub_signed(elapsed).ok_or_else(too_far)
    }

    /// The first that fit, of reminders in order.
    fn chosen(&self, all: Vec<PlannedReminder>) -> ReminderPlan {
        let limit = usize::try_from(self.limit).unwrap_or(usize::MAX);
        let ahead = all.into_iter().filter(|reminder| reminder.at > self.now);
        let mut plan = ReminderPlan::default();
        for reminder in ahead {
            if let Some(horizon) = self.horizon.filter(|horizon| reminder.at > *horizon) {
                plan.next_replan = Some(horizon.max(self.now));
                break;
            }
            if plan.reminders.len() == limit {
                plan.more = true;
                // Those that come together with the first left out may not have come when room is made for it.
                let earlier = plan.reminders.iter().rev().find(|planned| planned.at < reminder.at);
                plan.next_replan = Some(earlier.map_or(reminder.at, |planned| planned.at));
                break;
            }
            plan.reminders.push(reminder);
        }
        plan
    }

    fn check(&self) -> Result<()> {
        if !(1..=MOST_PLANNED).contains(&self.limit) {
            return Err(Error::invalid("limit", "a device holds 1 to 500 reminders"));
        }
        if self.occurrences.len() > MOST_ITEMS {
            return Err(Error::invalid("occurrences", "20,000 occurrences at most are planned at once"));
        }
        if let Some(minutes) = self.preferences.merge_within
            && !(1..=LONGEST_MERGE).contains(&minutes)
        {
            return Err(Error::invalid("preferences.merge_within", "reminders are joined within 1 to 1,440 minutes"));
        }
        if let Some(quiet) = &self.preferences.quiet {
            quiet.check()?;
        }
        for (n, item) in self.occurrences.iter().enumerate() {
            let field = || format!("occurrences[{n}].leads");
            if item.leads.len() > MOST_LEADS {
                return Err(Error::invalid(field(), "an occurrence has 10 reminders at most"));
            }
            let negative = |lead: &Span| {
                let Span { years, months, weeks, days, business_days, hours, minutes } = *lead;
                [years, months, weeks, days, business_days, hours, minutes].iter().any(|part| *part < 0)
            };
            if item.leads.iter().any(negative) {
                return Err(Error::invalid(field(), "say how long before it is due, without a sign"));
            }
        }
        Ok(())
    }
}

fn too_far() -> Error {
    Error::invalid("span", "the time it leads to is outside the years 1 to 9999")
}

/// Candidates of the same moment, or of the same stretch of minutes, as one reminder at the first of them. An occurrence
/// is in it once, by its shortest lead.
fn joined(mut candidates: Vec<Candidate>, merge_within: Option<u32>) -> Vec<PlannedReminder> {
    candidates.sort_by_key(|c| {
        (c.at, std::cmp::Reverse(c.priority), c.subject.schedule, c.subject.stamp, c.before, c.subject.deferred_from)
    });
    let same =
        |about: &ReminderSubject, one: &ReminderSubject| about.schedule == one.schedule && about.stamp == one.stamp;
    let together = |last: &PlannedReminder, next: &Candidate| match merge_within {
        Some(minutes) => {
            let stretch = |at: Instant| at.timestamp().div_euclid(i64::from(minutes) * 60);
            stretch(last.at) == stretch(next.at)
        }
        None => last.at == next.at && last.about.iter().any(|about| same(about, &next.subject)),
    };
    let mut reminders: Vec<PlannedReminder> = Vec::new();
    let mut before: Vec<i64> = Vec::new();
    for candidate in candidates {
        let subject = candidate.subject;
        match reminders.last_mut().filter(|last| together(last, &candidate)) {
            Some(last) => match last.about.iter().position(|about| same(about, &subject)) {
                Some(at) => {
                    if let (Some(about), Some(least)) = (last.about.get_mut(at), before.get_mut(at))
                        && candidate.before < *least
                    {
                        *about = subject;
                        *least = candidate.before;
                    }
                }
                None => {
                    last.about.push(subject);
                    before.push(candidate.before);
                }
            },
            None => {
                reminders.push(PlannedReminder { at: candidate.at, about: vec![subject] });
                before = vec![candidate.before];
            }
        }
    }
    reminders
}

#[cfg(test)]
mod tests;
