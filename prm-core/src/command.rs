//! What a caller asks for: commands, the batches they come in, and the receipt.

mod batch;

use serde::{Deserialize, Serialize};

use crate::chart::ChartEntry;
use crate::engage::{CarePause, HolidayCalendar, Outcome, OutcomeChoice, Schedule, Stamp, Timing, Window};
use crate::error::Result;
use crate::govern::RoleGrant;
use crate::id::{
    CarePauseId, CarePlanId, CareTeamId, CareTemplateId, EntryId, GoalId, HolidayCalendarId, OccurrenceId,
    OrganisationId, PatientId, PractitionerId, RelatedPersonId, RoleGrantId, ScheduleId,
};
use crate::people::{CareTeam, Organisation, Patient, Practitioner, RelatedPerson};
use crate::plan::{CareOwner, CarePlan, CareTemplate, Goal, PlanStart, UpgradeChoices};
use crate::sensitive::Sensitive;
use crate::time::Instant;

pub(crate) use batch::MAX_COMMANDS;
pub use batch::{Batch, Receipt, Written};

crate::value::codes! {
    /// Kind of a record.
    RecordKind {
        /// A patient.
        Patient = 1 "patient",
        /// Someone related to a patient.
        RelatedPerson = 2 "related_person",
        /// A practitioner.
        Practitioner = 3 "practitioner",
        /// An organisation.
        Organisation = 4 "organisation",
        /// A care team.
        CareTeam = 5 "care_team",
        /// A role given to someone.
        RoleGrant = 6 "role_grant",
        /// A template of care plans.
        CareTemplate = 7 "care_template",
        /// A calendar of holidays.
        HolidayCalendar = 8 "holiday_calendar",
        /// An entry of a chart.
        Entry = 16 "entry",
        /// A plan of care.
        CarePlan = 17 "care_plan",
        /// A goal.
        Goal = 18 "goal",
        /// A schedule.
        Schedule = 19 "schedule",
        /// What was recorded of an occurrence of a schedule.
        Occurrence = 20 "occurrence",
        /// A pause of care.
        CarePause = 21 "care_pause",
    }
}

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

impl Command {
    /// Gives the record that is added an id if it has none.
    pub(crate) fn give_id(&mut self, fresh: impl FnOnce() -> Result<uuid::Uuid>) -> Result<()> {
        macro_rules! give {
            ($($variant:ident $id:ident),+) => {
                match self {
                    // Of any other occurrence the id follows from schedule and stamp.
                    Command::RecordOutcome { id: id @ None, stamp: None, .. } => *id = Some(OccurrenceId::from_uuid(fresh()?)),
                    $(Command::$variant { id: id @ None, .. } => *id = Some($id::from_uuid(fresh()?)),)+
                    _ => {}
                }
            };
        }
        give!(
            AddPatient PatientId, AddRelatedPerson RelatedPersonId, AddPractitioner PractitionerId,
            AddOrganisation OrganisationId, AddCareTeam CareTeamId, AddEntry EntryId, GrantRole RoleGrantId,
            AddCareTemplate CareTemplateId, AddHolidayCalendar HolidayCalendarId, AddCarePlan CarePlanId,
            AddGoal GoalId, StartPlan CarePlanId, AddSchedule ScheduleId, AddCarePause CarePauseId
        );
        Ok(())
    }
}
