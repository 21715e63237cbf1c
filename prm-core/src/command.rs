//! What a caller asks for: commands, the batches they come in, and the receipt.

mod batch;
mod fresh;
mod kind;

use serde::{Deserialize, Serialize};

use crate::chart::ChartEntry;
use crate::decide::{Channel, Decision, DecisionAid, DecisionMove, DecisionOpening};
use crate::engage::{CarePause, HolidayCalendar, Outcome, OutcomeChoice, Schedule, Stamp, Timing, Window};
use crate::evidence::EvidenceSource;
use crate::govern::RoleGrant;
use crate::id::{
    CarePauseId, CarePlanId, CareTeamId, CareTemplateId, DecisionAidId, DecisionId, EntryId, EvidenceSourceId, GoalId,
    HolidayCalendarId, OccurrenceId, OrganisationId, PatientId, PractitionerId, RelatedPersonId, RoleGrantId,
    ScheduleId,
};
use crate::people::{CareTeam, Organisation, Patient, Practitioner, RelatedPerson};
use crate::plan::{CareOwner, CarePlan, CareTemplate, Goal, PlanStart, UpgradeChoices};
use crate::sensitive::Sensitive;
use crate::time::Instant;

pub(crate) use batch::MAX_COMMANDS;
pub use batch::{Batch, Receipt, Written};
pub use kind::RecordKind;

/// One thing a caller asks for. All commands of a batch happen, or none.
///
/// `Add…` takes the id the record is to have, or none for a fresh one. `Edit…` replaces the record; it carries the
/// version it was made on, and another current version is a `Conflict`. `Void…` marks a record as entered in error: it
/// leaves every list, is kept with its history, and cannot be edited any more.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Command {
    /// Adds a patient.
    AddPatient {
        /// Id to use.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        id: Option<PatientId>,
        /// The record.
        patient: Patient,
    },
    /// Replaces a patient's demographic record.
    EditPatient {
        /// Which.
        id: PatientId,
        /// The version the edit was made on.
        version: u32,
        /// The record.
        patient: Patient,
    },
    /// Marks a patient's record as entered in error.
    VoidPatient {
        /// Which.
        id: PatientId,
        /// The version that is voided.
        version: u32,
        /// Why.
        reason: Sensitive,
    },
    /// Adds someone related to a patient.
    AddRelatedPerson {
        /// Id to use.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        id: Option<RelatedPersonId>,
        /// The record.
        related_person: RelatedPerson,
    },
    /// Replaces the record of someone related to a patient. The patient cannot change.
    EditRelatedPerson {
        /// Which.
        id: RelatedPersonId,
        /// The version the edit was made on.
        version: u32,
        /// The record.
        related_person: RelatedPerson,
    },
    /// Marks the record of someone related to a patient as entered in error.
    VoidRelatedPerson {
        /// Which.
        id: RelatedPersonId,
        /// The version that is voided.
        version: u32,
        /// Why.
        reason: Sensitive,
    },
    /// Adds a practitioner.
    AddPractitioner {
        /// Id to use.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        id: Option<PractitionerId>,
        /// The record.
        practitioner: Practitioner,
    },
    /// Replaces a practitioner's record.
    EditPractitioner {
        /// Which.
        id: PractitionerId,
        /// The version the edit was made on.
        version: u32,
        /// The record.
        practitioner: Practitioner,
    },
    /// Marks a practitioner's record as entered in error.
    VoidPractitioner {
        /// Which.
        id: PractitionerId,
        /// The version that is voided.
        version: u32,
        /// Why.
        reason: Sensitive,
    },
    /// Adds an organisation.
    AddOrganisation {
        /// Id to use.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        id: Option<OrganisationId>,
        /// The record.
        organisation: Organisation,
    },
    /// Replaces an organisation's record.
    EditOrganisation {
        /// Which.
        id: OrganisationId,
        /// The version the edit was made on.
        version: u32,
        /// The record.
        organisation: Organisation,
    },
    /// Marks an organisation's record as entered in error.
    VoidOrganisation {
        /// Which.
        id: OrganisationId,
        /// The version that is voided.
        version: u32,
        /// Why.
        reason: Sensitive,
    },
    /// Adds a care team.
    AddCareTeam {
        /// Id to use.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        id: Option<CareTeamId>,
        /// The record.
        care_team: CareTeam,
    },
    /// Replaces a care team's record.
    EditCareTeam {
        /// Which.
        id: CareTeamId,
        /// The version the edit was made on.
        version: u32,
        /// The record.
        care_team: CareTeam,
    },
    /// Marks a care team's record as entered in error.
    VoidCareTeam {
        /// Which.
        id: CareTeamId,
        /// The version that is voided.
        version: u32,
        /// Why.
        reason: Sensitive,
    },
    /// Adds an entry to a patient's chart.
    AddEntry {
        /// Id to use.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        id: Option<EntryId>,
        /// Whose chart.
        patient: PatientId,
        /// The entry.
        entry: ChartEntry,
    },
    /// Replaces an entry of a chart.
    EditEntry {
        /// Which.
        id: EntryId,
        /// The version the edit was made on.
        version: u32,
        /// The entry.
        entry: ChartEntry,
    },
    /// Marks an entry of a chart as entered in error.
    VoidEntry {
        /// Which.
        id: EntryId,
        /// The version that is voided.
        version: u32,
        /// Why.
        reason: Sensitive,
    },
    /// Adds a template of care plans.
    AddCareTemplate {
        /// Id to use.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        id: Option<CareTemplateId>,
        /// The record.
        care_template: CareTemplate,
    },
    /// Replaces a template of care plans.
    EditCareTemplate {
        /// Which.
        id: CareTemplateId,
        /// The version the edit was made on.
        version: u32,
        /// The record.
        care_template: CareTemplate,
    },
    /// Marks a template of care plans as entered in error.
    VoidCareTemplate {
        /// Which.
        id: CareTemplateId,
        /// The version that is voided.
        version: u32,
        /// Why.
        reason: Sensitive,
    },
    /// Adds a calendar of holidays.
    AddHolidayCalendar {
        /// Id to use.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        id: Option<HolidayCalendarId>,
        /// The record.
        holiday_calendar: HolidayCalendar,
    },
    /// Replaces a calendar of holidays.
    EditHolidayCalendar {
        /// Which.
        id: HolidayCalendarId,
        /// The version the edit was made on.
        version: u32,
        /// The record.
        holiday_calendar: HolidayCalendar,
    },
    /// Marks a calendar of holidays as entered in error.
    VoidHolidayCalendar {
        /// Which.
        id: HolidayCalendarId,
        /// The version that is voided.
        version: u32,
        /// Why.
        reason: Sensitive,
    },
    /// Adds a plan of care.
    AddCarePlan {
        /// Id to use.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        id: Option<CarePlanId>,
        /// The record.
        care_plan: CarePlan,
    },
    /// Replaces a plan of care.
    EditCarePlan {
        /// Which.
        id: CarePlanId,
        /// The version the edit was made on.
        version: u32,
        /// The record.
        care_plan: CarePlan,
    },
    /// Marks a plan of care as entered in error.
    VoidCarePlan {
        /// Which.
        id: CarePlanId,
        /// The version that is voided.
        version: u32,
        /// Why.
        reason: Sensitive,
    },
    /// Adds a goal.
    AddGoal {
        /// Id to use.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        id: Option<GoalId>,
        /// The record.
        goal: Goal,
    },
    /// Replaces a goal.
    EditGoal {
        /// Which.
        id: GoalId,
        /// The version the edit was made on.
        version: u32,
        /// The record.
        goal: Goal,
    },
    /// Marks a goal as entered in error.
    VoidGoal {
        /// Which.
        id: GoalId,
        /// The version that is voided.
        version: u32,
        /// Why.
        reason: Sensitive,
    },
    /// Adds a schedule.
    AddSchedule {
        /// Id to use.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        id: Option<ScheduleId>,
        /// The record.
        schedule: Schedule,
    },
    /// Replaces a schedule.
    EditSchedule {
        /// Which.
        id: ScheduleId,
        /// The version the edit was made on.
        version: u32,
        /// The record.
        schedule: Schedule,
    },
    /// Marks a schedule as entered in error.
    VoidSchedule {
        /// Which.
        id: ScheduleId,
        /// The version that is voided.
        version: u32,
        /// Why.
        reason: Sensitive,
    },
    /// Adds a pause of care.
    AddCarePause {
        /// Id to use.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        id: Option<CarePauseId>,
        /// The record.
        care_pause: CarePause,
    },
    /// Replaces a pause of care.
    EditCarePause {
        /// Which.
        id: CarePauseId,
        /// The version the edit was made on.
        version: u32,
        /// The record.
        care_pause: CarePause,
    },
    /// Marks a pause of care as entered in error.
    VoidCarePause {
        /// Which.
        id: CarePauseId,
        /// The version that is voided.
        version: u32,
        /// Why.
        reason: Sensitive,
    },
    /// Makes a plan for a patient from a template: the plan, its goals and its schedules.
    StartPlan {
        /// Id the plan is to have.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        id: Option<CarePlanId>,
        /// The template.
        template: CareTemplateId,
        /// For whom.
        patient: PatientId,
        /// What else it is made from.
        start: PlanStart,
    },
    /// Takes a plan to another state of its pathway, or tells it of an event it waited for.
    AdvancePlan {
        /// Which.
        id: CarePlanId,
        /// The version this was made on.
        version: u32,
        /// Key of the state; the one the plan is in for events alone.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        state: Option<String>,
        /// When, and what happened.
        start: PlanStart,
    },
    /// Upgrades a plan to another version of the template it was made from, row by row as chosen.
    UpgradePlan {
        /// Which.
        id: CarePlanId,
        /// The version this was made on.
        version: u32,
        /// The template, whose current version the plan is to have.
        template: CareTemplateId,
        /// What to do about each row that differs.
        choices: UpgradeChoices,
        /// When new rows start, and what they are made from.
        start: PlanStart,
    },
    /// Hands what someone owns of a plan, its activities and its schedules, over to someone else.
    HandOverPlan {
        /// Which.
        id: CarePlanId,
        /// The version this was made on.
        version: u32,
        /// Who owns it.
        from: CareOwner,
        /// Who is to own it.
        to: CareOwner,
    },
    /// Records what came of an occurrence of a schedule, in place of what is recorded of it.
    RecordOutcome {
        /// Id of an occurrence as needed; that of any other follows from schedule and stamp.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        id: Option<OccurrenceId>,
        /// The schedule.
        schedule: ScheduleId,
        /// Which occurrence; none for one as needed.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        stamp: Option<Stamp>,
        /// The version of what is recorded of it that this was made on; 0 if nothing is.
        #[serde(default)]
        version: u32,
        /// What came of it.
        outcome: Outcome,
    },
    /// Takes back what was recorded to have come of an occurrence: it stands as if nothing had been.
    UndoOutcome {
        /// The schedule.
        schedule: ScheduleId,
        /// Which occurrence.
        stamp: Stamp,
        /// The version that is taken back.
        version: u32,
    },
    /// Moves one occurrence to another time, or back to where the schedule has it.
    MoveOccurrence {
        /// The schedule.
        schedule: ScheduleId,
        /// Which occurrence.
        stamp: Stamp,
        /// The version of what is recorded of it that this was made on; 0 if nothing is.
        #[serde(default)]
        version: u32,
        /// When it is to take place; none for where the schedule has it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        to: Option<Instant>,
    },
    /// Changes a schedule from an instant on; what was due before stays as it is.
    ChangeSchedule {
        /// Which.
        id: ScheduleId,
        /// The version the change was made on.
        version: u32,
        /// From when on.
        from: Instant,
        /// When it is to happen from then on.
        timing: Timing,
        /// The window around each time.
        #[serde(default)]
        window: Window,
        /// What happens to outcomes recorded of occurrences from then on that the new timing does not plan.
        outcomes: OutcomeChoice,
    },
    /// Adds a source of evidence.
    AddEvidenceSource {
        /// Id to use.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        id: Option<EvidenceSourceId>,
        /// The record.
        evidence_source: EvidenceSource,
    },
    /// Replaces a source of evidence.
    EditEvidenceSource {
        /// Which.
        id: EvidenceSourceId,
        /// The version the edit was made on.
        version: u32,
        /// The record.
        evidence_source: EvidenceSource,
    },
    /// Marks a source of evidence as entered in error.
    VoidEvidenceSource {
        /// Which.
        id: EvidenceSourceId,
        /// The version that is voided.
        version: u32,
        /// Why.
        reason: Sensitive,
    },
    /// Adds a decision aid.
    AddDecisionAid {
        /// Id to use.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        id: Option<DecisionAidId>,
        /// The record.
        decision_aid: DecisionAid,
    },
    /// Replaces a decision aid.
    EditDecisionAid {
        /// Which.
        id: DecisionAidId,
        /// The version the edit was made on.
        version: u32,
        /// The record.
        decision_aid: DecisionAid,
    },
    /// Marks a decision aid as entered in error.
    VoidDecisionAid {
        /// Which.
        id: DecisionAidId,
        /// The version that is voided.
        version: u32,
        /// Why.
        reason: Sensitive,
    },
    /// Opens a decision that a patient and a clinician share.
    OpenDecision {
        /// Id to use.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        id: Option<DecisionId>,
        /// The patient.
        patient: PatientId,
        /// What it is opened with.
        opening: DecisionOpening,
    },
    /// Adds a decision that was recorded elsewhere, as it stands.
    AddDecision {
        /// Id to use.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        id: Option<DecisionId>,
        /// The record.
        decision: Decision,
    },
    /// Records what happened to a decision: one thing or several, in order.
    MoveDecision {
        /// Which.
        id: DecisionId,
        /// The version this was made on.
        version: u32,
        /// By which way people spoke with each other.
        channel: Channel,
        /// What happened.
        steps: Vec<DecisionMove>,
    },
    /// Puts a record in the place of a signed one, with all that it says, to be amended and signed anew.
    AmendDecision {
        /// Id the new record is to have.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        id: Option<DecisionId>,
        /// The signed one.
        decision: DecisionId,
        /// The version of the signed one that this was made on.
        version: u32,
        /// By which way people spoke with each other.
        channel: Channel,
        /// Why.
        reason: Sensitive,
    },
    /// Puts a record in the place of a signed one whose choice the patient takes back: it goes on from weighing.
    RevertDecision {
        /// Id the new record is to have.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        id: Option<DecisionId>,
        /// The signed one.
        decision: DecisionId,
        /// The version of the signed one that this was made on.
        version: u32,
        /// By which way people spoke with each other.
        channel: Channel,
        /// Why.
        reason: Sensitive,
    },
    /// Marks a decision as entered in error.
    VoidDecision {
        /// Which.
        id: DecisionId,
        /// The version that is voided.
        version: u32,
        /// Why.
        reason: Sensitive,
    },
    /// Gives someone a role.
    GrantRole {
        /// Id to use.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        id: Option<RoleGrantId>,
        /// To whom, which, when.
        grant: RoleGrant,
    },
    /// Replaces a role given to someone, e.g. to end it.
    EditRole {
        /// Which.
        id: RoleGrantId,
        /// The version the edit was made on.
        version: u32,
        /// To whom, which, when.
        grant: RoleGrant,
    },
    /// Takes a role back.
    RevokeRole {
        /// Which.
        id: RoleGrantId,
        /// The version that is revoked.
        version: u32,
        /// Why.
        reason: Sensitive,
    },
}
