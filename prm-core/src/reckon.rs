//! Calculations that need no store.

use crate::decide::{
    self, AidFinding, AttributeScore, AttributeWeight, BestWorstSet, Comparison, Decision, DecisionAid, DecisionGap,
    DecisionSheet, Eligibility, EligibilityFacts, Instrument, IpdasResult, PairWeights, QualityResult, Requirement,
    RequirementResult, ValuesMirror,
};
use crate::engage::{
    self, AdherenceView, ClockStamp, ClockZone, Expansion, Fill, HolidayCalendar, Instance, OccurrenceView, Recurrence,
    RecurrenceWords, ReminderPlan, ReminderRequest, Rule, Schedule, Span, SupplyResult, SupplyWindow,
};
use crate::error::Result;
use crate::evidence::{
    self, AbsoluteRisk, EffectMeasure, EvidenceFinding, EvidenceImport, EvidenceSource, Interval, NaturalFrequency,
    RiskComparison,
};
use crate::id::PatientId;
use crate::interchange::ical::{self, Feed, FeedItem, ScheduledItem};
use crate::plan::{self, CareTemplate, Finding, TemplateDiff};
use crate::sensitive::Sensitive;
use crate::time::{CivilTime, Date, Instant, Zones};
use crate::value::Decimal;

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

    /// What a decision is short of: what blocks choosing first, then what blocks signing.
    ///
    /// # Errors
    /// None of its own.
    pub fn missing(&self, decision: &Decision) -> Result<Vec<DecisionGap>> {
        Ok(decide::missing(decision))
    }

    /// What a patient said of their values, as it adds up. A mirror, and no recommendation.
    ///
    /// # Errors
    /// `Invalid` for preferences that do not fit the options.
    pub fn mirror(&self, sheet: &DecisionSheet) -> Result<ValuesMirror> {
        decide::mirror(sheet)
    }

    /// Whether every signature of a decision is one of its sheet as it is.
    ///
    /// # Errors
    /// `Invalid` for a sheet that cannot be encoded.
    pub fn signatures_hold(&self, decision: &Decision) -> Result<bool> {
        decide::signatures_hold(decision)
    }

    /// Weights from ratings or swings, which add up to one.
    ///
    /// # Errors
    /// `Invalid` for scores that are all 0, or not 0 to 100.
    pub fn swing_weights(&self, scores: &[AttributeScore]) -> Result<Vec<AttributeWeight>> {
        decide::swing_weights(scores)
    }

    /// Weights from comparisons of pairs (analytic hierarchy process), and whether the comparisons fit each other.
    ///
    /// # Errors
    /// `Invalid` for pairs that are missing, said twice or not on the scale of 1/9 to 9.
    pub fn pair_weights(&self, attributes: &[String], comparisons: &[Comparison]) -> Result<PairWeights> {
        decide::pair_weights(attributes, comparisons)
    }

    /// Scores from best–worst scaling, −1 to 1.
    ///
    /// # Errors
    /// `Invalid` for a set that names what it did not show.
    pub fn best_worst_scores(&self, attributes: &[String], sets: &[BestWorstSet]) -> Result<Vec<AttributeWeight>> {
        decide::best_worst_scores(attributes, sets)
    }

    /// The decision aids that come with the library. Each figure says where it was read; those that were not verified say
    /// so wherever they are shown.
    ///
    /// # Errors
    /// None of its own.
    pub fn shipped_aids(&self) -> Result<Vec<DecisionAid>> {
        decide::shipped_aids()
    }

    /// What is wrong with a decision aid.
    ///
    /// # Errors
    /// None of its own.
    pub fn check_aid(&self, aid: &DecisionAid) -> Result<Vec<AidFinding>> {
        Ok(decide::check_aid(aid))
    }

    /// How a decision aid does by the IPDASi checklist, version 4.0.
    ///
    /// # Errors
    /// None of its own.
    pub fn ipdas(&self, aid: &DecisionAid) -> Result<IpdasResult> {
        Ok(decide::ipdas(aid))
    }

    /// Scores answers to a measure of decision quality. Texts of items are the site's to load.
    ///
    /// # Errors
    /// `Invalid` for another number of answers, and for answers that are not on its scale.
    pub fn score_quality(&self, instrument: Instrument, on: Date, answers: &[Option<u32>]) -> Result<QualityResult> {
        decide::score(instrument, on, answers)
    }

    /// Rules of payers and guidelines on where a shared decision must be on record, as data.
    ///
    /// # Errors
    /// None of its own.
    pub fn shipped_requirements(&self) -> Result<Vec<Requirement>> {
        decide::shipped_requirements()
    }

    /// Whether a patient is one of those whom a rule is about; unknown where a fact is missing.
    ///
    /// # Errors
    /// None of its own.
    pub fn eligible(&self, requirement: &Requirement, facts: &EligibilityFacts) -> Result<Eligibility> {
        Ok(decide::eligible(requirement, facts))
    }

    /// Whether a decision holds what a rule asks for before a thing is ordered on a day. What is missing is named.
    ///
    /// # Errors
    /// None of its own.
    pub fn completeness(
        &self,
        requirement: &Requirement,
        decision: Option<&Decision>,
        ordered: Date,
        facts: Option<&EligibilityFacts>,
    ) -> Result<RequirementResult> {
        Ok(decide::completeness(requirement, decision, ordered, facts))
    }

    /// Puts a risk without treatment beside that with it: one denominator, absolute and relative difference, number needed.
    ///
    /// # Errors
    /// `Invalid` for risks that are none, and for risks over different times.
    pub fn compare_risks(&self, untreated: &AbsoluteRisk, treated: &AbsoluteRisk) -> Result<RiskComparison> {
        evidence::compare_risks(untreated, treated)
    }

    /// The risk with treatment, from that without and an effect.
    ///
    /// # Errors
    /// `Invalid` for an effect that is no ratio or difference of risks, and for one that leads below none or above all.
    pub fn apply_effect(
        &self,
        baseline: &AbsoluteRisk,
        measure: EffectMeasure,
        estimate: &Decimal,
        interval: Option<&Interval>,
    ) -> Result<AbsoluteRisk> {
        evidence::apply_effect(baseline, &measure, estimate, interval)
    }

    /// A risk both ways round, in whole people of a denominator.
    ///
    /// # Errors
    /// `Invalid` for a risk that is none.
    pub fn natural_frequency(&self, risk: &AbsoluteRisk, denominator: u32) -> Result<NaturalFrequency> {
        evidence::natural_frequency(risk, denominator)
    }

    /// What is wrong with a source of evidence.
    ///
    /// # Errors
    /// None of its own.
    pub fn check_source(&self, source: &EvidenceSource) -> Result<Vec<EvidenceFinding>> {
        Ok(evidence::check_source(source))
    }

    /// Reads sources of evidence from JSON: an array, or one. A bad one does not keep the others out.
    ///
    /// # Errors
    /// `Invalid` for what is no JSON.
    pub fn read_sources_json(&self, text: &str) -> Result<EvidenceImport> {
        evidence::read_sources_json(text)
    }

    /// Reads sources of evidence from CSV, a row for each finding. A bad one does not keep the others out.
    ///
    /// # Errors
    /// `Invalid` for a header that names no columns of the format.
    pub fn read_sources_csv(&self, text: &str) -> Result<EvidenceImport> {
        evidence::read_sources_csv(text)
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
