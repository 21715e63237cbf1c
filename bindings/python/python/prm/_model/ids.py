# Made by `cargo run -p prm-api -- python` from the surface of the core; a test compares.
"""Ids, a class each."""

from __future__ import annotations

from prm._scalars import Id

__all__ = [
    "BatchId", "CarePauseId", "CarePlanId", "CareTeamId", "CareTemplateId", "DecisionAidId", "DecisionId", "EntryId",
    "EvidenceSourceId", "GoalId", "HolidayCalendarId", "OccurrenceId", "OrganisationId", "PatientId", "PractitionerId",
    "RecordId", "RelatedPersonId", "RoleGrantId", "ScheduleId", "SessionId",
]


class PatientId(Id):
    """A patient."""

    __slots__ = ()


class PractitionerId(Id):
    """A practitioner: someone who gives care or works for those who do."""

    __slots__ = ()


class RelatedPersonId(Id):
    """A person related to a patient, perhaps with authority to act for them."""

    __slots__ = ()


class BatchId(Id):
    """One transaction as its caller names it."""

    __slots__ = ()


class CarePauseId(Id):
    """A pause of care."""

    __slots__ = ()


class CarePlanId(Id):
    """A plan of care for one patient."""

    __slots__ = ()


class CareTeamId(Id):
    """A team that cares for patients."""

    __slots__ = ()


class CareTemplateId(Id):
    """A template of care plans."""

    __slots__ = ()


class DecisionAidId(Id):
    """A decision aid."""

    __slots__ = ()


class DecisionId(Id):
    """A decision that a patient and a clinician share."""

    __slots__ = ()


class EntryId(Id):
    """One entry of the chart."""

    __slots__ = ()


class EvidenceSourceId(Id):
    """A source of evidence."""

    __slots__ = ()


class GoalId(Id):
    """A goal of one patient."""

    __slots__ = ()


class HolidayCalendarId(Id):
    """A calendar of holidays."""

    __slots__ = ()


class OccurrenceId(Id):
    """One occurrence of a schedule of which something was recorded."""

    __slots__ = ()


class OrganisationId(Id):
    """An organisation: a clinic, a department, a payer."""

    __slots__ = ()


class RoleGrantId(Id):
    """A role given to someone."""

    __slots__ = ()


class ScheduleId(Id):
    """What is to happen when, for one patient."""

    __slots__ = ()


class RecordId(Id):
    """A record of any kind."""

    __slots__ = ()


class SessionId(Id):
    """One session of one actor."""

    __slots__ = ()
