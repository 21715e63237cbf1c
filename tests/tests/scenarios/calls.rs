//! The calls that scenarios may name, by room and call.

use prm_core::chart::{ChartEntry, TimelineQuery};
use prm_core::decide::{
    AttributeScore, BestWorstSet, Channel, Comparison, Decision, DecisionAid, DecisionMove, DecisionOpening,
    DecisionQuery, DecisionSheet, EligibilityFacts, Instrument, Requirement,
};
use prm_core::engage::{
    CarePause, ClockStamp, ClockZone, DueQuery, Fill, HolidayCalendar, OccurrenceView, Outcome, OutcomeChoice,
    Recurrence, ReminderPreferences, ReminderRequest, Rule, Schedule, Span, Stamp, SupplyWindow, Timing, Window,
};
use prm_core::evidence::{AbsoluteRisk, EffectMeasure, EvidenceSource, Interval};
use prm_core::govern::RoleGrant;
use prm_core::interchange::ical::{Feed, FeedItem, ScheduledItem};
use prm_core::people::{CareTeam, Organisation, Patient, PatientSearch, Practitioner, RelatedPerson};
use prm_core::plan::{CareOwner, CarePlan, CareTemplate, Goal, PlanStart, UpgradeChoices};
use prm_core::{
    CarePauseId, CarePlanId, CareTeamId, CareTemplateId, CivilTime, Coding, Date, Decimal, DecisionAidId, DecisionId,
    EntryId, Error, EvidenceSourceId, ExportFormat, ExportReport, FhirImport, GoalId, HolidayCalendarId, Instant,
    OrganisationId, Page, PatientId, Period, PractitionerId, Progress, Reckoner, RecordId, RelatedPersonId,
    RoleGrantId, ScheduleId, Sensitive, Session, TemplateChange,
};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// Why a call gave no view.
pub(crate) enum Failed {
    /// The library refused.
    Refused(Error),
    /// The scenario asks for something that is not there, or with other arguments.
    Misspelt(String),
}

fn answer<T: Serialize>(outcome: Result<T, Error>) -> Result<Value, Failed> {
    outcome
        .map_err(Failed::Refused)
        .and_then(|view| serde_json::to_value(view).map_err(|e| Failed::Misspelt(e.to_string())))
}

/// What was exported, and the text of it.
#[derive(Serialize)]
struct Exported {
    report: ExportReport,
    text: String,
}

fn export(session: &Session, patient: PatientId, format: ExportFormat) -> Result<Exported, Error> {
    let mut text = Vec::new();
    let report = session.fhir().export(patient, format, &mut text, &prm_core::Progress::default())?;
    Ok(Exported { report, text: String::from_utf8(text).expect("FHIR is written in UTF-8") })
}

/// What the names of calls begin with that need no session.
pub(crate) const ALONE: &str = "reckon.";

macro_rules! calls {
    ($names:ident, $call:ident of $of:ty:
        $($name:literal ($($argument:ident: $kind:ty),*) |$session:ident| $body:expr;)+) => {
        /// Every call.
        pub(crate) const $names: &[&str] = &[$($name),+];

        /// Makes a call.
        pub(crate) fn $call(session: &$of, name: &str, arguments: Value) -> Result<Value, Failed> {
            match name {
                $($name => {
                    #[derive(Deserialize)]
                    #[serde(deny_unknown_fields)]
                    struct Arguments { $($argument: $kind),* }
                    let arguments: Arguments = serde_json::from_value(arguments)
                        .map_err(|e| Failed::Misspelt(format!("arguments of {name}: {e}")))?;
                    let Arguments { $($argument),* } = arguments;
                    let $session = session;
                    answer($body)
                })+
                _ => Err(Failed::Misspelt(format!("there is no call {name}"))),
            }
        }
    };
}

calls! { NAMES, call of Session:
    "people.add" (patient: Patient) |s| s.people().add(patient);
    "people.edit" (id: PatientId, version: u32, patient: Patient) |s| s.people().edit(id, version, patient);
    "people.void" (id: PatientId, version: u32, reason: Sensitive) |s| s.people().void(id, version, reason);
    "people.add_related_person" (related_person: RelatedPerson) |s| s.people().add_related_person(related_person);
    "people.edit_related_person" (id: RelatedPersonId, version: u32, related_person: RelatedPerson) |s| s.people().edit_related_person(id, version, related_person);
    "people.void_related_person" (id: RelatedPersonId, version: u32, reason: Sensitive) |s| s.people().void_related_person(id, version, reason);
    "people.add_practitioner" (practitioner: Practitioner) |s| s.people().add_practitioner(practitioner);
    "people.edit_practitioner" (id: PractitionerId, version: u32, practitioner: Practitioner) |s| s.people().edit_practitioner(id, version, practitioner);
    "people.void_practitioner" (id: PractitionerId, version: u32, reason: Sensitive) |s| s.people().void_practitioner(id, version, reason);
    "people.add_organisation" (organisation: Organisation) |s| s.people().add_organisation(organisation);
    "people.edit_organisation" (id: OrganisationId, version: u32, organisation: Organisation) |s| s.people().edit_organisation(id, version, organisation);
    "people.void_organisation" (id: OrganisationId, version: u32, reason: Sensitive) |s| s.people().void_organisation(id, version, reason);
    "people.add_care_team" (care_team: CareTeam) |s| s.people().add_care_team(care_team);
    "people.edit_care_team" (id: CareTeamId, version: u32, care_team: CareTeam) |s| s.people().edit_care_team(id, version, care_team);
    "people.void_care_team" (id: CareTeamId, version: u32, reason: Sensitive) |s| s.people().void_care_team(id, version, reason);
    "people.patient" (id: PatientId) |s| s.people().patient(id);
    "people.history" (id: PatientId) |s| s.people().history(id);
    "people.known_at" (id: PatientId, at: Instant) |s| s.people().known_at(id, at);
    "people.related_person" (id: RelatedPersonId) |s| s.people().related_person(id);
    "people.related_person_history" (id: RelatedPersonId) |s| s.people().related_person_history(id);
    "people.related_person_known_at" (id: RelatedPersonId, at: Instant)
        |s| s.people().related_person_known_at(id, at);
    "people.practitioner" (id: PractitionerId) |s| s.people().practitioner(id);
    "people.practitioner_history" (id: PractitionerId) |s| s.people().practitioner_history(id);
    "people.practitioner_known_at" (id: PractitionerId, at: Instant) |s| s.people().practitioner_known_at(id, at);
    "people.organisation" (id: OrganisationId) |s| s.people().organisation(id);
    "people.organisation_history" (id: OrganisationId) |s| s.people().organisation_history(id);
    "people.organisation_known_at" (id: OrganisationId, at: Instant) |s| s.people().organisation_known_at(id, at);
    "people.care_team" (id: CareTeamId) |s| s.people().care_team(id);
    "people.care_team_history" (id: CareTeamId) |s| s.people().care_team_history(id);
    "people.care_team_known_at" (id: CareTeamId, at: Instant) |s| s.people().care_team_known_at(id, at);
    "people.search" (question: PatientSearch, limit: u32) |s| s.people().search(&question, limit);
    "people.list" (page: Page) |s| s.people().list(&page);
    "people.related_persons" (patient: PatientId) |s| s.people().related_persons(patient);
    "people.care_teams" (patient: PatientId) |s| s.people().care_teams(patient);
    "chart.add" (patient: PatientId, entry: ChartEntry) |s| s.chart().add(patient, entry);
    "chart.edit" (id: EntryId, version: u32, entry: ChartEntry) |s| s.chart().edit(id, version, entry);
    "chart.void" (id: EntryId, version: u32, reason: Sensitive) |s| s.chart().void(id, version, reason);
    "chart.entry" (id: EntryId) |s| s.chart().entry(id);
    "chart.history" (id: EntryId) |s| s.chart().history(id);
    "chart.known_at" (id: EntryId, at: Instant) |s| s.chart().known_at(id, at);
    "chart.timeline" (patient: PatientId, query: TimelineQuery, page: Page)
        |s| s.chart().timeline(patient, &query, &page);
    "chart.problems" (patient: PatientId) |s| s.chart().problems(patient);
    "chart.medications" (patient: PatientId) |s| s.chart().medications(patient);
    "chart.allergies" (patient: PatientId) |s| s.chart().allergies(patient);
    "chart.immunizations" (patient: PatientId) |s| s.chart().immunizations(patient);
    "chart.latest" (patient: PatientId, codes: Vec<Coding>) |s| s.chart().latest(patient, &codes);
    "chart.trend" (patient: PatientId, code: Coding, period: Option<Period>, limit: u32)
        |s| s.chart().trend(patient, &code, period.as_ref(), limit);
    "chart.journey_svg" (patient: PatientId, zone: String) |s| s.chart().journey_svg(patient, &zone);
    "chart.page_html" (patient: PatientId, zone: String, trends: Vec<Coding>)
        |s| s.chart().page_html(patient, &zone, &trends);
    "plan.add_template" (care_template: CareTemplate) |s| s.plan().add_template(care_template);
    "plan.edit_template" (id: CareTemplateId, version: u32, care_template: CareTemplate)
        |s| s.plan().edit_template(id, version, care_template);
    "plan.void_template" (id: CareTemplateId, version: u32, reason: Sensitive)
        |s| s.plan().void_template(id, version, reason);
    "plan.template" (id: CareTemplateId) |s| s.plan().template(id);
    "plan.template_history" (id: CareTemplateId) |s| s.plan().template_history(id);
    "plan.template_known_at" (id: CareTemplateId, at: Instant) |s| s.plan().template_known_at(id, at);
    "plan.add_plan" (care_plan: CarePlan) |s| s.plan().add_plan(care_plan);
    "plan.edit_plan" (id: CarePlanId, version: u32, care_plan: CarePlan) |s| s.plan().edit_plan(id, version, care_plan);
    "plan.void_plan" (id: CarePlanId, version: u32, reason: Sensitive) |s| s.plan().void_plan(id, version, reason);
    "plan.plan" (id: CarePlanId) |s| s.plan().plan(id);
    "plan.plan_history" (id: CarePlanId) |s| s.plan().plan_history(id);
    "plan.plan_known_at" (id: CarePlanId, at: Instant) |s| s.plan().plan_known_at(id, at);
    "plan.add_goal" (goal: Goal) |s| s.plan().add_goal(goal);
    "plan.edit_goal" (id: GoalId, version: u32, goal: Goal) |s| s.plan().edit_goal(id, version, goal);
    "plan.void_goal" (id: GoalId, version: u32, reason: Sensitive) |s| s.plan().void_goal(id, version, reason);
    "plan.goal" (id: GoalId) |s| s.plan().goal(id);
    "plan.goal_history" (id: GoalId) |s| s.plan().goal_history(id);
    "plan.goal_known_at" (id: GoalId, at: Instant) |s| s.plan().goal_known_at(id, at);
    "plan.templates" () |s| s.plan().templates();
    "plan.plans" (patient: PatientId) |s| s.plan().plans(patient);
    "plan.goals" (patient: PatientId) |s| s.plan().goals(patient);
    "plan.start" (template: CareTemplateId, patient: PatientId, start: PlanStart)
        |s| s.plan().start(template, patient, start);
    "plan.preview_start" (template: CareTemplateId, patient: PatientId, plan: CarePlanId, start: PlanStart)
        |s| s.plan().preview_start(template, patient, plan, start);
    "plan.advance" (id: CarePlanId, version: u32, state: Option<String>, start: PlanStart)
        |s| s.plan().advance(id, version, state, start);
    "plan.upgrade" (id: CarePlanId, version: u32, template: CareTemplateId, choices: UpgradeChoices, start: PlanStart)
        |s| s.plan().upgrade(id, version, template, choices, start);
    "plan.preview_upgrade" (id: CarePlanId, template: CareTemplateId, choices: UpgradeChoices, start: PlanStart)
        |s| s.plan().preview_upgrade(id, template, choices, start);
    "plan.hand_over" (id: CarePlanId, version: u32, from: CareOwner, to: CareOwner)
        |s| s.plan().hand_over(id, version, from, to);
    "plan.export_fhir" (plan: CarePlanId) |s| s.plan().export_fhir(plan);
    "plan.import_fhir" (patient: PatientId, text: String) |s| s.plan().import_fhir(patient, &text);
    "plan.export_template_fhir" (id: CareTemplateId) |s| s.plan().export_template_fhir(id);
    "plan.import_template_fhir" (text: String) |s| s.plan().import_template_fhir(&text);
    "engage.add_schedule" (schedule: Schedule) |s| s.engage().add_schedule(schedule);
    "engage.edit_schedule" (id: ScheduleId, version: u32, schedule: Schedule)
        |s| s.engage().edit_schedule(id, version, schedule);
    "engage.void_schedule" (id: ScheduleId, version: u32, reason: Sensitive)
        |s| s.engage().void_schedule(id, version, reason);
    "engage.schedule" (id: ScheduleId) |s| s.engage().schedule(id);
    "engage.schedule_history" (id: ScheduleId) |s| s.engage().schedule_history(id);
    "engage.schedule_known_at" (id: ScheduleId, at: Instant) |s| s.engage().schedule_known_at(id, at);
    "engage.pause" (care_pause: CarePause) |s| s.engage().pause(care_pause);
    "engage.edit_pause" (id: CarePauseId, version: u32, care_pause: CarePause)
        |s| s.engage().edit_pause(id, version, care_pause);
    "engage.void_pause" (id: CarePauseId, version: u32, reason: Sensitive)
        |s| s.engage().void_pause(id, version, reason);
    "engage.care_pause" (id: CarePauseId) |s| s.engage().care_pause(id);
    "engage.pause_history" (id: CarePauseId) |s| s.engage().pause_history(id);
    "engage.pause_known_at" (id: CarePauseId, at: Instant) |s| s.engage().pause_known_at(id, at);
    "engage.add_holiday_calendar" (holiday_calendar: HolidayCalendar)
        |s| s.engage().add_holiday_calendar(holiday_calendar);
    "engage.edit_holiday_calendar" (id: HolidayCalendarId, version: u32, holiday_calendar: HolidayCalendar)
        |s| s.engage().edit_holiday_calendar(id, version, holiday_calendar);
    "engage.void_holiday_calendar" (id: HolidayCalendarId, version: u32, reason: Sensitive)
        |s| s.engage().void_holiday_calendar(id, version, reason);
    "engage.holiday_calendar" (id: HolidayCalendarId) |s| s.engage().holiday_calendar(id);
    "engage.holiday_calendar_history" (id: HolidayCalendarId) |s| s.engage().holiday_calendar_history(id);
    "engage.holiday_calendar_known_at" (id: HolidayCalendarId, at: Instant)
        |s| s.engage().holiday_calendar_known_at(id, at);
    "engage.schedules" (patient: PatientId) |s| s.engage().schedules(patient);
    "engage.pauses" (patient: PatientId) |s| s.engage().pauses(patient);
    "engage.resume" (id: CarePauseId, version: u32, at: Instant) |s| s.engage().resume(id, version, at);
    "engage.record_outcome" (schedule: ScheduleId, stamp: Stamp, version: u32, outcome: Outcome)
        |s| s.engage().record_outcome(schedule, stamp, version, outcome);
    "engage.record_as_needed" (schedule: ScheduleId, outcome: Outcome)
        |s| s.engage().record_as_needed(schedule, outcome);
    "engage.undo_outcome" (schedule: ScheduleId, stamp: Stamp, version: u32)
        |s| s.engage().undo_outcome(schedule, stamp, version);
    "engage.move_occurrence" (schedule: ScheduleId, stamp: Stamp, version: u32, to: Option<Instant>)
        |s| s.engage().move_occurrence(schedule, stamp, version, to);
    "engage.change_schedule" (id: ScheduleId, version: u32, from: Instant, timing: Timing, window: Window, outcomes: OutcomeChoice)
        |s| s.engage().change_schedule(id, version, from, timing, window, outcomes);
    "engage.preview_change" (id: ScheduleId, from: Instant, timing: Timing, window: Window, until: Instant)
        |s| s.engage().preview_change(id, from, timing, window, until);
    "engage.occurrence" (schedule: ScheduleId, stamp: Stamp) |s| s.engage().occurrence(schedule, stamp);
    "engage.occurrence_history" (schedule: ScheduleId, stamp: Stamp) |s| s.engage().occurrence_history(schedule, stamp);
    "engage.occurrences" (patient: PatientId, from: Instant, to: Instant, limit: u32)
        |s| s.engage().occurrences(patient, from, to, limit);
    "engage.occurrences_known_at" (patient: PatientId, from: Instant, to: Instant, limit: u32, at: Option<Instant>)
        |s| s.engage().occurrences_known_at(patient, from, to, limit, at);
    "engage.occurrences_of" (schedule: ScheduleId, from: Instant, to: Instant, limit: u32)
        |s| s.engage().occurrences_of(schedule, from, to, limit);
    "engage.due" (patient: PatientId) |s| s.engage().due(patient);
    "engage.worklist" (query: DueQuery, page: Page) |s| s.engage().worklist(&query, &page);
    "engage.worklist_at" (query: DueQuery, at: Instant) |s| s.engage().worklist_at(&query, at, &Progress::default());
    "engage.missed" (query: DueQuery, from: Instant, page: Page) |s| s.engage().missed(&query, from, &page);
    "engage.as_needed" (schedule: ScheduleId) |s| s.engage().as_needed(schedule);
    "engage.adherence" (patient: PatientId, from: Date, to: Date, schedule: Option<ScheduleId>, at: Option<Instant>)
        |s| s.engage().adherence(patient, from, to, schedule, at);
    "engage.reminders" (patient: PatientId, preferences: ReminderPreferences, limit: u32)
        |s| s.engage().reminders(patient, &preferences, limit);
    "engage.feed" (patient: PatientId, from: Instant, to: Instant) |s| s.engage().feed(patient, from, to);
    "engage.import_feed" (patient: PatientId, feed: String, zone: String)
        |s| s.engage().import_feed(patient, &feed, &zone);
    "engage.forecast" (query: DueQuery, from: Date, to: Date, zone: String, change: Option<TemplateChange>)
        |s| s.engage().forecast(&query, from, to, &zone, change.as_ref(), &Progress::default());
    "engage.adherence_svg" (patient: PatientId, from: Date, to: Date, schedule: Option<ScheduleId>)
        |s| s.engage().adherence_svg(patient, from, to, schedule);
    "engage.forecast_svg" (query: DueQuery, from: Date, to: Date, zone: String, change: Option<TemplateChange>)
        |s| s.engage().forecast_svg(&query, from, to, &zone, change.as_ref(), &Progress::default());
    "decide.aid_html" (aid: DecisionAidId, language: String, answers_to: Option<String>)
        |s| s.decide().aid_html(aid, &language, answers_to);
    "decide.patient_summary_html" (id: DecisionId, zone: String, language: String)
        |s| s.decide().patient_summary_html(id, &zone, &language);
    "decide.clinician_summary_html" (id: DecisionId, zone: String, language: String)
        |s| s.decide().clinician_summary_html(id, &zone, &language);
    "decide.add_aid" (decision_aid: DecisionAid) |s| s.decide().add_aid(decision_aid);
    "decide.edit_aid" (id: DecisionAidId, version: u32, decision_aid: DecisionAid)
        |s| s.decide().edit_aid(id, version, decision_aid);
    "decide.void_aid" (id: DecisionAidId, version: u32, reason: Sensitive)
        |s| s.decide().void_aid(id, version, reason);
    "decide.aid" (id: DecisionAidId) |s| s.decide().aid(id);
    "decide.aid_history" (id: DecisionAidId) |s| s.decide().aid_history(id);
    "decide.aid_known_at" (id: DecisionAidId, at: Instant) |s| s.decide().aid_known_at(id, at);
    "decide.open" (patient: PatientId, opening: DecisionOpening) |s| s.decide().open(patient, opening);
    "decide.add_decision" (decision: Decision) |s| s.decide().add_decision(decision);
    "decide.advance" (id: DecisionId, version: u32, channel: Channel, steps: Vec<DecisionMove>)
        |s| s.decide().advance(id, version, channel, steps);
    "decide.amend" (decision: DecisionId, version: u32, channel: Channel, reason: Sensitive)
        |s| s.decide().amend(decision, version, channel, reason);
    "decide.revert" (decision: DecisionId, version: u32, channel: Channel, reason: Sensitive)
        |s| s.decide().revert(decision, version, channel, reason);
    "decide.void_decision" (id: DecisionId, version: u32, reason: Sensitive)
        |s| s.decide().void_decision(id, version, reason);
    "decide.decision" (id: DecisionId) |s| s.decide().decision(id);
    "decide.decision_history" (id: DecisionId) |s| s.decide().decision_history(id);
    "decide.decision_known_at" (id: DecisionId, at: Instant) |s| s.decide().decision_known_at(id, at);
    "decide.decisions" (patient: PatientId) |s| s.decide().decisions(patient);
    "decide.list" (query: DecisionQuery, page: Page) |s| s.decide().list(&query, &page);
    "decide.aids" () |s| s.decide().aids();
    "decide.answer_aid" (id: DecisionId, version: u32, channel: Channel, aid: DecisionAidId, answers: String)
        |s| s.decide().answer_aid(id, version, channel, aid, &answers);
    "evidence.add_source" (evidence_source: EvidenceSource) |s| s.evidence().add_source(evidence_source);
    "evidence.edit_source" (id: EvidenceSourceId, version: u32, evidence_source: EvidenceSource)
        |s| s.evidence().edit_source(id, version, evidence_source);
    "evidence.void_source" (id: EvidenceSourceId, version: u32, reason: Sensitive)
        |s| s.evidence().void_source(id, version, reason);
    "evidence.source" (id: EvidenceSourceId) |s| s.evidence().source(id);
    "evidence.source_history" (id: EvidenceSourceId) |s| s.evidence().source_history(id);
    "evidence.source_known_at" (id: EvidenceSourceId, at: Instant) |s| s.evidence().source_known_at(id, at);
    "evidence.sources" () |s| s.evidence().sources();
    "evidence.source_freshness" (id: EvidenceSourceId, on: Date, max_age_months: Option<u32>)
        |s| s.evidence().source_freshness(id, on, max_age_months);
    "govern.grant" (grant: RoleGrant) |s| s.govern().grant(grant);
    "govern.revoke" (id: RoleGrantId, version: u32, reason: Sensitive) |s| s.govern().revoke(id, version, reason);
    "govern.accesses" (patient: PatientId, page: Page) |s| s.govern().accesses(patient, &page);
    "govern.audit" (page: Page) |s| s.govern().audit(&page);
    "fhir.import" (what: FhirImport, text: String)
        |s| s.fhir().import(&what, text.as_bytes(), &Progress::default());
    "fhir.export" (patient: PatientId, format: ExportFormat) |s| export(s, patient, format);
    "fhir.resource" (id: RecordId) |s| s.fhir().resource(id);
    "upkeep.stats" () |s| s.upkeep().stats();
    "upkeep.advance" () |s| s.upkeep().advance(&Progress::default());
    "upkeep.check" () |s| s.upkeep().check(&prm_core::Progress::default());
}

calls! { RECKONED, reckon of Reckoner:
    "reckon.zones_version" () |r| r.zones_version();
    "reckon.civil" (zone: String, at: Instant) |r| r.civil(&zone, at);
    "reckon.instant" (zone: String, civil: CivilTime) |r| r.instant(&zone, civil);
    "reckon.parse_recurrence" (text: String, start: Option<CivilTime>, zone: Option<ClockZone>)
        |r| r.parse_recurrence(&text, start, zone);
    "reckon.recurrence_text" (recurrence: Recurrence) |r| r.recurrence_text(&recurrence);
    "reckon.parse_rule" (text: String) |r| r.parse_rule(&text);
    "reckon.rule_text" (rule: Rule) |r| r.rule_text(&rule);
    "reckon.check_recurrence" (recurrence: Recurrence) |r| r.check_recurrence(recurrence);
    "reckon.between" (recurrence: Recurrence, zone: String, from: Instant, to: Instant, limit: u32)
        |r| r.between(&recurrence, &zone, from, to, limit);
    "reckon.after" (recurrence: Recurrence, zone: String, at: Instant, inclusive: bool)
        |r| r.after(&recurrence, &zone, at, inclusive);
    "reckon.before" (recurrence: Recurrence, zone: String, at: Instant, inclusive: bool)
        |r| r.before(&recurrence, &zone, at, inclusive);
    "reckon.instance" (recurrence: Recurrence, zone: String, stamp: ClockStamp)
        |r| r.instance(&recurrence, &zone, &stamp);
    "reckon.add_span" (at: CivilTime, span: Span, holidays: Option<HolidayCalendar>)
        |r| r.add_span(at, &span, holidays.as_ref());
    "reckon.is_business_day" (date: Date, holidays: Option<HolidayCalendar>)
        |r| r.is_business_day(date, holidays.as_ref());
    "reckon.parse_holidays" (text: String) |r| r.parse_holidays(&text);
    "reckon.us_federal_holidays" () |r| r.us_federal_holidays();
    "reckon.plan_reminders" (request: ReminderRequest) |r| r.plan_reminders(&request);
    "reckon.adherence" (occurrences: Vec<OccurrenceView>, zone: String, now: Instant)
        |r| r.adherence(&occurrences, &zone, now);
    "reckon.days_covered" (fills: Vec<Fill>, window: SupplyWindow, now: Instant)
        |r| r.days_covered(&fills, &window, now);
    "reckon.possession_ratio" (fills: Vec<Fill>, window: SupplyWindow, now: Instant)
        |r| r.possession_ratio(&fills, &window, now);
    "reckon.read_calendar" (text: String) |r| r.read_calendar(&text);
    "reckon.write_calendar" (feed: Feed) |r| r.write_calendar(&feed);
    "reckon.calendar_of" (schedules: Vec<ScheduledItem>, now: Instant) |r| r.calendar_of(&schedules, now);
    "reckon.schedule_of" (item: FeedItem, patient: PatientId, zone: String) |r| r.schedule_of(&item, patient, &zone);
    "reckon.holidays_of" (feed: Feed, from: Date, until: Date) |r| r.holidays_of(&feed, from, until);
    "reckon.readback" (recurrence: Recurrence) |r| r.readback(&recurrence);
    "reckon.shipped_templates" () |r| r.shipped_templates();
    "reckon.check_template" (template: CareTemplate) |r| r.check_template(&template);
    "reckon.diff_templates" (earlier: CareTemplate, later: CareTemplate) |r| r.diff_templates(&earlier, &later);
    "reckon.missing" (decision: Decision) |r| r.missing(&decision);
    "reckon.mirror" (sheet: DecisionSheet) |r| r.mirror(&sheet);
    "reckon.signatures_hold" (decision: Decision) |r| r.signatures_hold(&decision);
    "reckon.swing_weights" (scores: Vec<AttributeScore>) |r| r.swing_weights(&scores);
    "reckon.pair_weights" (attributes: Vec<String>, comparisons: Vec<Comparison>)
        |r| r.pair_weights(&attributes, &comparisons);
    "reckon.best_worst_scores" (attributes: Vec<String>, sets: Vec<BestWorstSet>)
        |r| r.best_worst_scores(&attributes, &sets);
    "reckon.shipped_aids" () |r| r.shipped_aids();
    "reckon.check_aid" (aid: DecisionAid) |r| r.check_aid(&aid);
    "reckon.ipdas" (aid: DecisionAid) |r| r.ipdas(&aid);
    "reckon.score_quality" (instrument: Instrument, on: Date, answers: Vec<Option<u32>>)
        |r| r.score_quality(instrument, on, &answers);
    "reckon.shipped_requirements" () |r| r.shipped_requirements();
    "reckon.eligible" (requirement: Requirement, facts: EligibilityFacts) |r| r.eligible(&requirement, &facts);
    "reckon.completeness" (requirement: Requirement, decision: Option<Decision>, ordered: Date, facts: Option<EligibilityFacts>)
        |r| r.completeness(&requirement, decision.as_ref(), ordered, facts.as_ref());
    "reckon.compare_risks" (untreated: AbsoluteRisk, treated: AbsoluteRisk) |r| r.compare_risks(&untreated, &treated);
    "reckon.apply_effect" (baseline: AbsoluteRisk, measure: EffectMeasure, estimate: Decimal, interval: Option<Interval>)
        |r| r.apply_effect(&baseline, measure, &estimate, interval.as_ref());
    "reckon.natural_frequency" (risk: AbsoluteRisk, denominator: u32) |r| r.natural_frequency(&risk, denominator);
    "reckon.check_source" (source: EvidenceSource) |r| r.check_source(&source);
    "reckon.read_sources_json" (text: String) |r| r.read_sources_json(&text);
    "reckon.read_sources_csv" (text: String) |r| r.read_sources_csv(&text);
}
