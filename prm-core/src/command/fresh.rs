//! Ids for what a batch adds.

use super::Command;
use crate::error::Result;
use crate::id::{
    CarePauseId, CarePlanId, CareTeamId, CareTemplateId, DecisionAidId, DecisionId, EntryId, EvidenceSourceId, GoalId,
    HolidayCalendarId, OccurrenceId, OrganisationId, PatientId, PractitionerId, RelatedPersonId, RoleGrantId,
    ScheduleId,
};

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
            AddGoal GoalId, StartPlan CarePlanId, AddSchedule ScheduleId, AddCarePause CarePauseId,
            AddDecisionAid DecisionAidId, AddEvidenceSource EvidenceSourceId, AddDecision DecisionId,
            OpenDecision DecisionId, AmendDecision DecisionId, RevertDecision DecisionId
        );
        Ok(())
    }
}
