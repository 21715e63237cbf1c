//! Calculations that need no store.

use crate::engage::{
    self, AdherenceView, ClockStamp, ClockZone, Expansion, Fill, HolidayCalendar, Instance, OccurrenceView, Recurrence,
    RecurrenceWords, ReminderPlan, ReminderRequest, Rule, Schedule, Span, SupplyResult, SupplyWindow,
};
use crate::error::Result;
use crate::id::PatientId;
use crate::interchange::ical::{self, Feed, FeedItem, ScheduledItem};
use crate::plan::{self, CareTemplate, Finding, TemplateDiff};
use crate::sensitive::Sensitive;
use crate::time::{CivilTime, Date, Instant, Zones};

/// Calculations that need no store: data in, data out. It holds the rules of time zones alone and may be used from any
/// thread.
///
/// # Example
/// ```
/// use prm_core::Reckoner;
/// let reckoner = Reckoner::bundled();
/// let text = "DTSTART;TZID=Europe/Berlin:20260302T080000\nRRULE:FREQ=WEEKLY;BYDAY=MO,TH";
/// let recurrence = reckoner.parse_recurrence(text, None, None)?;
/// let next = reckoner.after(&recurrence, "UTC", "2026-03-29T00:00:00Z".parse()?, false)?;
/// assert_eq!(next.map(|next| next.at.to_rfc3339()).as_deref(), Some("2026-03-30T06:00:00+00:00"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone)]
pub struct Reckoner {
    zones: Zones,
}

impl Reckoner {
    /// With the time zones that the host supplies.
    pub const fn new(zones: Zones) -> Self {
        Reckoner { zones }
    }

    /// With the time zones shipped with the library.
    pub fn bundled() -> Self {
        Reckoner::new(Zones::bundled())
    }

    /// Version of the time zone database in use, e.g. `2026f`.
    ///
    /// # Errors
    /// None of its own.
    pub fn zones_version(&self) -> Result<String> {
        Ok(self.zones.version().to_owned())
    }

    /// What a clock on the wall in a zone shows at an instant; parts of a second are cut off.
    ///
    /// # Errors
    /// `Invalid` for a zone that is not in the database, and for years outside 1 to 9999.
    pub fn civil(&self, zone: &str, at: Instant) -> Result<CivilTime> {
        CivilTime::try_from(self.zones.local(zone, at)?.naive_local())
    }

    /// The instant at which a clock on the wall in a zone shows a time. A time that clocks skip is as much later as they
    /// skip, of one that exists twice it is the first (RFC 5545 §3.3.5).
    ///
    /// # Errors
    /// `Invalid` for a zone that is not in the database.
    pub fn instant(&self, zone: &str, civil: CivilTime) -> Result<Instant> {
        Ok(self.zones.resolve(zone, civil.naive())?.instant())
    }

    /// Reads the lines `DTSTART`, `RRULE`, `RDATE` and `EXDATE` of RFC 5545, in any order. Without `DTSTART` the recurrence
    /// begins at `start` on the clock of `zone`, which floats if none is named. What is read is checked.
    ///
    /// # Errors
    /// `Invalid` naming what is wrong.
    pub fn parse_recurrence(
        &self,
        text: &str,
        start: Option<CivilTime>,
        zone: Option<ClockZone>,
    ) -> Result<Recurrence> {
        Recurrence::parse(text, start, zone.unwrap_or_default(), &self.zones)
    }

    /// The lines of a recurrence, as `parse_recurrence` reads them. Instances moved on their own, and what becomes of times
    /// that clocks skip or repeat, cannot be said by these lines and are left out.
    ///
    /// # Errors
    /// None of its own.
    pub fn recurrence_text(&self, recurrence: &Recurrence) -> Result<String> {
        Ok(recurrence.to_text())
    }

    /// Reads a rule of RFC 5545, with or without `RRULE:` in front.
    ///
    /// # Errors
    /// `Invalid` naming what is wrong.
    pub fn parse_rule(&self, text: &str) -> Result<Rule> {
        text.parse()
    }

    /// A rule as RFC 5545 writes it, e.g. `FREQ=WEEKLY;BYDAY=MO,TH`.
    ///
    /// # Errors
    /// None of its own.
    pub fn rule_text(&self, rule: &Rule) -> Result<String> {
        Ok(rule.to_string())
    }

    /// Checks a recurrence and finds the last instance of a rule with a count, which makes every later question about it
    /// cheaper. The answer is the recurrence to keep.
    ///
    /// # Errors
    /// `Invalid` naming what is wrong; also for a count that takes more than 100,000 steps to reach.
    pub fn check_recurrence(&self, recurrence: Recurrence) -> Result<Recurrence> {
        recurrence.checked(&self.zones)
    }

    /// The instances of a recurrence from an instant to before another, in order of time, 100,000 at most. It says when
    /// there are more than were asked for. `zone` is where the patient lives; it matters to a recurrence that floats.
    ///
    /// # Errors
    /// `Invalid` for a rule that is none, a zone that is not in the database, or a limit of more.
    pub fn between(
        &self,
        recurrence: &Recurrence,
        zone: &str,
        from: Instant,
        to: Instant,
        limit: u32,
    ) -> Result<Expansion> {
        recurrence.between(&self.zones, zone, from, to, limit)
    }

    /// The first instance of a recurrence after an instant, or at it if that is included.
    ///
    /// # Errors
    /// `Invalid` for a rule that is none or a zone that is not in the database.
    pub fn after(&self, recurrence: &Recurrence, zone: &str, at: Instant, inclusive: bool) -> Result<Option<Instance>> {
        recurrence.after(&self.zones, zone, at, inclusive)
    }

    /// The last instance of a recurrence before an instant, or at it if that is included.
    ///
    /// # Errors
    /// `Invalid` for a rule that is none or a zone that is not in the database.
    pub fn before(
        &self,
        recurrence: &Recurrence,
        zone: &str,
        at: Instant,
        inclusive: bool,
    ) -> Result<Option<Instance>> {
        recurrence.before(&self.zones, zone, at, inclusive)
    }

    /// The instance of a recurrence with a stamp. None if the rule does not say that stamp, or if it was taken out.
    ///
    /// # Errors
    /// `Invalid` for a rule that is none or a zone that is not in the database.
    pub fn instance(&self, recurrence: &Recurrence, zone: &str, stamp: &ClockStamp) -> Result<Option<Instance>> {
        recurrence.instance(&self.zones, zone, stamp)
    }

    /// A recurrence in plain English, e.g. `every Monday and Thursday at 08:00`.
    ///
    /// # Errors
    /// None of its own.
    pub fn readback(&self, recurrence: &Recurrence) -> Result<String> {
        Ok(recurrence.readback(&RecurrenceWords::default()))
    }

    /// A civil time and a length of calendar time. Years and months are added first and stop at the end of a month that is
    /// too short, then weeks and days, then days on which the clinic works, then hours and minutes.
    ///
    /// # Errors
    /// `Invalid` for what lies outside the years 1 to 9999, and for a calendar by which nobody ever works.
    pub fn add_span(&self, at: CivilTime, span: &Span, holidays: Option<&HolidayCalendar>) -> Result<CivilTime> {
        engage::add_span(at, span, holidays)
    }

    /// Whether the clinic works on a day: it is neither weekend nor holiday. Without a calendar the weekend is Saturday and
    /// Sunday.
    ///
    /// # Errors
    /// None of its own.
    pub fn is_business_day(&self, date: Date, holidays: Option<&HolidayCalendar>) -> Result<bool> {
        Ok(engage::is_business_day(date, holidays))
    }

    /// Reads a calendar of holidays from JSON: `name`, `source`, `weekend` and `holidays`, each with `date` and `name`.
    ///
    /// # Errors
    /// `Invalid` for what has not this shape.
    pub fn parse_holidays(&self, text: &str) -> Result<HolidayCalendar> {
        HolidayCalendar::from_json(text)
    }

    /// The holidays of the federal government of the United States, 2020 to 2035, on the days they are kept (5 U.S.C. 6103
    /// and Executive Order 11582).
    ///
    /// # Errors
    /// None of its own.
    pub fn us_federal_holidays(&self) -> Result<HolidayCalendar> {
        HolidayCalendar::us_federal()
    }

    /// The next reminders that a device is to hold, out of quiet hours, as many as it can. The same request later gives the
    /// same reminders, as far as they lie ahead.
    ///
    /// # Errors
    /// `Invalid` for a limit, a lead, quiet hours or a zone that cannot be, and for too many of anything.
    pub fn plan_reminders(&self, request: &ReminderRequest) -> Result<ReminderPlan> {
        request.plan(&self.zones)
    }

    /// How well care goes by occurrences as they stood at an instant, in any order, day by day in a zone.
    ///
    /// # Errors
    /// `Invalid` for a zone that is not in the database.
    pub fn adherence(&self, occurrences: &[OccurrenceView], zone: &str, now: Instant) -> Result<AdherenceView> {
        AdherenceView::of(occurrences, zone, &self.zones, now)
    }

    /// The proportion of days covered by fills of a drug or a class (PDC). 80 % is the usual threshold.
    ///
    /// # Errors
    /// `Invalid` for a fill of no or a negative number of days, and for a window that ends before it begins.
    pub fn days_covered(&self, fills: &[Fill], window: &SupplyWindow, now: Instant) -> Result<SupplyResult> {
        engage::days_covered(fills, window, now)
    }

    /// The medication possession ratio by fills of a drug or a class (MPR). It may exceed 1.
    ///
    /// # Errors
    /// `Invalid` for a fill of no or a negative number of days, and for a window that ends before it begins.
    pub fn possession_ratio(&self, fills: &[Fill], window: &SupplyWindow, now: Instant) -> Result<SupplyResult> {
        engage::possession_ratio(fills, window, now)
    }

    /// The templates of care plans that come with the library, each row with its source and evidence.
    ///
    /// # Errors
    /// None of its own.
    pub fn shipped_templates(&self) -> Result<Vec<CareTemplate>> {
        plan::shipped()
    }

    /// What is wrong with a template: states that nothing leads to or out of, keys that nothing has, rows without a
    /// source or a reason, and the like.
    ///
    /// # Errors
    /// None of its own.
    pub fn check_template(&self, template: &CareTemplate) -> Result<Vec<Finding>> {
        Ok(plan::check(template))
    }

    /// What a later version of a template has added, removed and changed, row by row.
    ///
    /// # Errors
    /// `Invalid` for a template with two rows of one key.
    pub fn diff_templates(&self, earlier: &CareTemplate, later: &CareTemplate) -> Result<TemplateDiff> {
        plan::diff(earlier, later)
    }

    /// Reads an iCalendar feed (RFC 5545). What cannot be read of a feed that otherwise can is listed with its line.
    ///
    /// # Errors
    /// `Invalid` with the line for what is no feed.
    pub fn read_calendar(&self, text: &str) -> Result<Feed> {
        ical::read(text.as_bytes(), &self.zones)
    }

    /// Writes an iCalendar feed.
    ///
    /// # Errors
    /// `Invalid` for what iCalendar has no words for.
    pub fn write_calendar(&self, feed: &Feed) -> Result<Sensitive> {
        ical::write(feed, &self.zones).map(Sensitive::new)
    }

    /// A feed of schedules with their occurrences, to be published. It says their titles, when they are, and how they
    /// stand, and nothing else of the patient.
    ///
    /// # Errors
    /// `Invalid` for a rule that is none, or a zone that is not in the database.
    pub fn calendar_of(&self, schedules: &[ScheduledItem], now: Instant) -> Result<Feed> {
        ical::feed_of(schedules, now, &self.zones)
    }

    /// A schedule for a patient made of an item of a feed. `zone` is that of floating times of a patient whose own is not
    /// known. Look at the title before keeping it: what an outsider wrote may tell who the patient is.
    ///
    /// # Errors
    /// `Invalid` for an item without a time or a summary, or one that repeats by a rule that is none.
    pub fn schedule_of(&self, item: &FeedItem, patient: PatientId, zone: &str) -> Result<Schedule> {
        ical::schedule_of(item, patient, zone, &self.zones)
    }

    /// A calendar of holidays made of the events of whole days in a feed, from a day until another, both included.
    ///
    /// # Errors
    /// `Invalid` for days in the wrong order, and for a feed that has no holidays in those days.
    pub fn holidays_of(&self, feed: &Feed, from: Date, until: Date) -> Result<HolidayCalendar> {
        ical::holidays_of(feed, from, until, &self.zones)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_civil_time_comes_back_from_its_instant() {
        let reckoner = Reckoner::bundled();
        let civil: CivilTime = "2026-07-01T08:00:00".parse().unwrap();
        let at = reckoner.instant("America/New_York", civil).unwrap();
        assert_eq!(at.to_string(), "2026-07-01 12:00:00 UTC");
        assert_eq!(reckoner.civil("America/New_York", at).unwrap(), civil);
        assert!(reckoner.civil("Mars/Base", at).is_err());
        assert!(!reckoner.zones_version().unwrap().is_empty());
    }
}
