# Made by `cargo run -p prm-api -- python` from the surface of the core; a test compares.
"""Commands that add a record."""

from __future__ import annotations

from dataclasses import dataclass

from prm._model.chart import ChartEntry
from prm._model.decide import Decision, DecisionAid
from prm._model.decide_2 import DecisionOpening
from prm._model.engage import CarePause, HolidayCalendar, Outcome
from prm._model.engage_2 import Schedule, Stamp
from prm._model.evidence import EvidenceSource
from prm._model.ids import (
    CarePauseId, CarePlanId, CareTeamId, CareTemplateId, DecisionAidId, DecisionId, EntryId, EvidenceSourceId, GoalId,
    HolidayCalendarId, OccurrenceId, OrganisationId, PatientId, PractitionerId, RelatedPersonId, ScheduleId,
)
from prm._model.people import CareTeam, Organisation, Patient, Practitioner, RelatedPerson
from prm._model.plan import CarePlan, CareTemplate, Goal, PlanStart
from prm._scalars import fill

__all__ = [
    "AddCarePause", "AddCarePlan", "AddCareTeam", "AddCareTemplate", "AddDecision", "AddDecisionAid", "AddEntry",
    "AddEvidenceSource", "AddGoal", "AddHolidayCalendar", "AddOrganisation", "AddPatient", "AddPractitioner",
    "AddRelatedPerson", "AddSchedule", "OpenDecision", "RecordOutcome", "StartPlan",
]


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class AddPatient:
    """Adds a patient.

    Parameters
    ----------
    id : PatientId, optional
        Id to use.
    patient : Patient
        The record.
    """

    id: PatientId | None
    patient: Patient

    def __init__(
        self, *, id: PatientId | None = None, patient: Patient,
    ) -> None:
        fill(
            self, id=id, patient=patient,
        )


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class AddRelatedPerson:
    """Adds someone related to a patient.

    Parameters
    ----------
    id : RelatedPersonId, optional
        Id to use.
    related_person : RelatedPerson
        The record.
    """

    id: RelatedPersonId | None
    related_person: RelatedPerson

    def __init__(
        self, *, id: RelatedPersonId | None = None, related_person: RelatedPerson,
    ) -> None:
        fill(
            self, id=id, related_person=related_person,
        )


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class AddPractitioner:
    """Adds a practitioner.

    Parameters
    ----------
    id : PractitionerId, optional
        Id to use.
    practitioner : Practitioner
        The record.
    """

    id: PractitionerId | None
    practitioner: Practitioner

    def __init__(
        self, *, id: PractitionerId | None = None, practitioner: Practitioner,
    ) -> None:
        fill(
            self, id=id, practitioner=practitioner,
        )


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class AddOrganisation:
    """Adds an organisation.

    Parameters
    ----------
    id : OrganisationId, optional
        Id to use.
    organisation : Organisation
        The record.
    """

    id: OrganisationId | None
    organisation: Organisation

    def __init__(
        self, *, id: OrganisationId | None = None, organisation: Organisation,
    ) -> None:
        fill(
            self, id=id, organisation=organisation,
        )


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class AddCareTeam:
    """Adds a care team.

    Parameters
    ----------
    id : CareTeamId, optional
        Id to use.
    care_team : CareTeam
        The record.
    """

    id: CareTeamId | None
    care_team: CareTeam

    def __init__(
        self, *, id: CareTeamId | None = None, care_team: CareTeam,
    ) -> None:
        fill(
            self, id=id, care_team=care_team,
        )


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class AddEntry:
    """Adds an entry to a patient's chart.

    Parameters
    ----------
    id : EntryId, optional
        Id to use.
    patient : PatientId
        Whose chart.
    entry : ChartEntry
        The entry.
    """

    id: EntryId | None
    patient: PatientId
    entry: ChartEntry

    def __init__(
        self, *, id: EntryId | None = None, patient: PatientId, entry: ChartEntry,
    ) -> None:
        fill(
            self, id=id, patient=patient, entry=entry,
        )


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class AddCareTemplate:
    """Adds a template of care plans.

    Parameters
    ----------
    id : CareTemplateId, optional
        Id to use.
    care_template : CareTemplate
        The record.
    """

    id: CareTemplateId | None
    care_template: CareTemplate

    def __init__(
        self, *, id: CareTemplateId | None = None, care_template: CareTemplate,
    ) -> None:
        fill(
            self, id=id, care_template=care_template,
        )


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class AddHolidayCalendar:
    """Adds a calendar of holidays.

    Parameters
    ----------
    id : HolidayCalendarId, optional
        Id to use.
    holiday_calendar : HolidayCalendar
        The record.
    """

    id: HolidayCalendarId | None
    holiday_calendar: HolidayCalendar

    def __init__(
        self, *, id: HolidayCalendarId | None = None, holiday_calendar: HolidayCalendar,
    ) -> None:
        fill(
            self, id=id, holiday_calendar=holiday_calendar,
        )


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class AddCarePlan:
    """Adds a plan of care.

    Parameters
    ----------
    id : CarePlanId, optional
        Id to use.
    care_plan : CarePlan
        The record.
    """

    id: CarePlanId | None
    care_plan: CarePlan

    def __init__(
        self, *, id: CarePlanId | None = None, care_plan: CarePlan,
    ) -> None:
        fill(
            self, id=id, care_plan=care_plan,
        )


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class AddGoal:
    """Adds a goal.

    Parameters
    ----------
    id : GoalId, optional
        Id to use.
    goal : Goal
        The record.
    """

    id: GoalId | None
    goal: Goal

    def __init__(
        self, *, id: GoalId | None = None, goal: Goal,
    ) -> None:
        fill(
            self, id=id, goal=goal,
        )


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class AddSchedule:
    """Adds a schedule.

    Parameters
    ----------
    id : ScheduleId, optional
        Id to use.
    schedule : Schedule
        The record.
    """

    id: ScheduleId | None
    schedule: Schedule

    def __init__(
        self, *, id: ScheduleId | None = None, schedule: Schedule,
    ) -> None:
        fill(
            self, id=id, schedule=schedule,
        )


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class AddCarePause:
    """Adds a pause of care.

    Parameters
    ----------
    id : CarePauseId, optional
        Id to use.
    care_pause : CarePause
        The record.
    """

    id: CarePauseId | None
    care_pause: CarePause

    def __init__(
        self, *, id: CarePauseId | None = None, care_pause: CarePause,
    ) -> None:
        fill(
            self, id=id, care_pause=care_pause,
        )


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class StartPlan:
    """Makes a plan for a patient from a template: the plan, its goals and its schedules.

    Parameters
    ----------
    id : CarePlanId, optional
        Id the plan is to have.
    template : CareTemplateId
        The template.
    patient : PatientId
        For whom.
    start : PlanStart
        What else it is made from.
    """

    id: CarePlanId | None
    template: CareTemplateId
    patient: PatientId
    start: PlanStart

    def __init__(
        self, *, id: CarePlanId | None = None, template: CareTemplateId, patient: PatientId, start: PlanStart,
    ) -> None:
        fill(
            self, id=id, template=template, patient=patient, start=start,
        )


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class RecordOutcome:
    """Records what came of an occurrence of a schedule, in place of what is recorded of it.

    Parameters
    ----------
    id : OccurrenceId, optional
        Id of an occurrence as needed; that of any other follows from schedule and stamp.
    schedule : ScheduleId
        The schedule.
    stamp : Stamp, optional
        Which occurrence; none for one as needed.
    version : int, optional
        The version of what is recorded of it that this was made on; 0 if nothing is.
    outcome : Outcome
        What came of it.
    """

    id: OccurrenceId | None
    schedule: ScheduleId
    stamp: Stamp | None
    version: int
    outcome: Outcome

    def __init__(
        self, *, id: OccurrenceId | None = None, schedule: ScheduleId, stamp: Stamp | None = None, version: int = 0,
        outcome: Outcome,
    ) -> None:
        fill(
            self, id=id, schedule=schedule, stamp=stamp, version=version, outcome=outcome,
        )


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class AddEvidenceSource:
    """Adds a source of evidence.

    Parameters
    ----------
    id : EvidenceSourceId, optional
        Id to use.
    evidence_source : EvidenceSource
        The record.
    """

    id: EvidenceSourceId | None
    evidence_source: EvidenceSource

    def __init__(
        self, *, id: EvidenceSourceId | None = None, evidence_source: EvidenceSource,
    ) -> None:
        fill(
            self, id=id, evidence_source=evidence_source,
        )


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class AddDecisionAid:
    """Adds a decision aid.

    Parameters
    ----------
    id : DecisionAidId, optional
        Id to use.
    decision_aid : DecisionAid
        The record.
    """

    id: DecisionAidId | None
    decision_aid: DecisionAid

    def __init__(
        self, *, id: DecisionAidId | None = None, decision_aid: DecisionAid,
    ) -> None:
        fill(
            self, id=id, decision_aid=decision_aid,
        )


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class OpenDecision:
    """Opens a decision that a patient and a clinician share.

    Parameters
    ----------
    id : DecisionId, optional
        Id to use.
    patient : PatientId
        The patient.
    opening : DecisionOpening
        What it is opened with.
    """

    id: DecisionId | None
    patient: PatientId
    opening: DecisionOpening

    def __init__(
        self, *, id: DecisionId | None = None, patient: PatientId, opening: DecisionOpening,
    ) -> None:
        fill(
            self, id=id, patient=patient, opening=opening,
        )


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class AddDecision:
    """Adds a decision that was recorded elsewhere, as it stands.

    Parameters
    ----------
    id : DecisionId, optional
        Id to use.
    decision : Decision
        The record.
    """

    id: DecisionId | None
    decision: Decision

    def __init__(
        self, *, id: DecisionId | None = None, decision: Decision,
    ) -> None:
        fill(
            self, id=id, decision=decision,
        )
