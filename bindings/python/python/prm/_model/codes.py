# Made by `cargo run -p prm-api -- python` from the surface of the core; a test compares.
"""Codes and closed lists."""

from __future__ import annotations

from enum import Enum
from typing import ClassVar

from prm._scalars import Code, known

__all__ = [
    "ChangeKind", "Comparator", "ExportFormat", "Purpose", "RecordKind",
]


class Comparator(Code):
    """How the true value relates to the stated one, as in FHIR ``Quantity.comparator``.

    Any other code is kept as it came.
    """

    __slots__ = ()

    LESS_THAN: ClassVar[Comparator] = known("<")
    """Less than stated."""
    AT_MOST: ClassVar[Comparator] = known("<=")
    """At most as stated."""
    AT_LEAST: ClassVar[Comparator] = known(">=")
    """At least as stated."""
    MORE_THAN: ClassVar[Comparator] = known(">")
    """More than stated."""


class ChangeKind(Enum):
    """How a record changed."""

    CREATED = "created"
    """Its first version."""
    UPDATED = "updated"
    """A further version."""
    VOIDED = "voided"
    """Entered in error."""


class RecordKind(Code):
    """Kind of a record.

    Any other code is kept as it came.
    """

    __slots__ = ()

    PATIENT: ClassVar[RecordKind] = known("patient")
    """A patient."""
    RELATED_PERSON: ClassVar[RecordKind] = known("related_person")
    """Someone related to a patient."""
    PRACTITIONER: ClassVar[RecordKind] = known("practitioner")
    """A practitioner."""
    ORGANISATION: ClassVar[RecordKind] = known("organisation")
    """An organisation."""
    CARE_TEAM: ClassVar[RecordKind] = known("care_team")
    """A care team."""
    ROLE_GRANT: ClassVar[RecordKind] = known("role_grant")
    """A role given to someone."""
    CARE_TEMPLATE: ClassVar[RecordKind] = known("care_template")
    """A template of care plans."""
    HOLIDAY_CALENDAR: ClassVar[RecordKind] = known("holiday_calendar")
    """A calendar of holidays."""
    DECISION_AID: ClassVar[RecordKind] = known("decision_aid")
    """A decision aid."""
    EVIDENCE_SOURCE: ClassVar[RecordKind] = known("evidence_source")
    """A source of evidence."""
    ENTRY: ClassVar[RecordKind] = known("entry")
    """An entry of a chart."""
    CARE_PLAN: ClassVar[RecordKind] = known("care_plan")
    """A plan of care."""
    GOAL: ClassVar[RecordKind] = known("goal")
    """A goal."""
    SCHEDULE: ClassVar[RecordKind] = known("schedule")
    """A schedule."""
    OCCURRENCE: ClassVar[RecordKind] = known("occurrence")
    """What was recorded of an occurrence of a schedule."""
    CARE_PAUSE: ClassVar[RecordKind] = known("care_pause")
    """A pause of care."""
    DECISION: ClassVar[RecordKind] = known("decision")
    """A decision that a patient and a clinician share."""


class ExportFormat(Enum):
    """How an export is written."""

    BUNDLE = "bundle"
    """One bundle of type ``collection``."""
    NDJSON = "ndjson"
    """One resource a line."""


class Purpose(Code):
    """What data are used for: codes of v3 PurposeOfUse. A purpose this version does not know permits nothing.

    Any other code is kept as it came.
    """

    __slots__ = ()

    TREATMENT: ClassVar[Purpose] = known("TREAT")
    """Care of the patient."""
    OPERATIONS: ClassVar[Purpose] = known("HOPERAT")
    """Running the organisation: registration, import, administration."""
    PATIENT_REQUEST: ClassVar[Purpose] = known("PATRQT")
    """At the patient's own request."""
