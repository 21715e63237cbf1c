# Made by `cargo run -p prm-api -- python` from the surface of the core; a test compares.
"""Codes and closed lists of chart."""

from __future__ import annotations

from enum import Enum
from typing import ClassVar

from prm._scalars import Code, known

__all__ = [
    "EntryKind", "EntryStatus", "ListState", "TimelineOrder",
]


class EntryKind(Code):
    """Kind of a chart entry: the name of the FHIR resource type it corresponds to.

    Any other code is kept as it came.
    """

    __slots__ = ()

    ENCOUNTER: ClassVar[EntryKind] = known("Encounter")
    """A visit or stay."""
    CONDITION: ClassVar[EntryKind] = known("Condition")
    """A problem or diagnosis."""
    OBSERVATION: ClassVar[EntryKind] = known("Observation")
    """A measurement or finding."""
    PROCEDURE: ClassVar[EntryKind] = known("Procedure")
    """A procedure."""
    IMMUNIZATION: ClassVar[EntryKind] = known("Immunization")
    """A vaccination."""
    MEDICATION_REQUEST: ClassVar[EntryKind] = known("MedicationRequest")
    """A prescription."""
    MEDICATION_STATEMENT: ClassVar[EntryKind] = known("MedicationStatement")
    """A medication as reported."""
    MEDICATION_ADMINISTRATION: ClassVar[EntryKind] = known("MedicationAdministration")
    """A medication as given."""
    MEDICATION_DISPENSE: ClassVar[EntryKind] = known("MedicationDispense")
    """A medication as dispensed."""
    ALLERGY_INTOLERANCE: ClassVar[EntryKind] = known("AllergyIntolerance")
    """An allergy or intolerance."""
    DIAGNOSTIC_REPORT: ClassVar[EntryKind] = known("DiagnosticReport")
    """A report of several results."""
    DOCUMENT_REFERENCE: ClassVar[EntryKind] = known("DocumentReference")
    """A document."""
    IMAGING_STUDY: ClassVar[EntryKind] = known("ImagingStudy")
    """Images."""
    CARE_PLAN: ClassVar[EntryKind] = known("CarePlan")
    """A care plan."""
    CARE_TEAM: ClassVar[EntryKind] = known("CareTeam")
    """A care team."""
    GOAL: ClassVar[EntryKind] = known("Goal")
    """A goal."""
    CLAIM: ClassVar[EntryKind] = known("Claim")
    """A claim."""
    EXPLANATION_OF_BENEFIT: ClassVar[EntryKind] = known("ExplanationOfBenefit")
    """What a payer decided about a claim."""
    MEDICATION: ClassVar[EntryKind] = known("Medication")
    """A medication, described."""
    DEVICE: ClassVar[EntryKind] = known("Device")
    """A device."""
    SERVICE_REQUEST: ClassVar[EntryKind] = known("ServiceRequest")
    """An order or referral."""
    APPOINTMENT: ClassVar[EntryKind] = known("Appointment")
    """An appointment."""
    QUESTIONNAIRE_RESPONSE: ClassVar[EntryKind] = known("QuestionnaireResponse")
    """A questionnaire that was answered."""
    RELATED_PERSON: ClassVar[EntryKind] = known("RelatedPerson")
    """Someone related to the patient."""
    CONSENT: ClassVar[EntryKind] = known("Consent")
    """A consent."""
    FAMILY_MEMBER_HISTORY: ClassVar[EntryKind] = known("FamilyMemberHistory")
    """A family member's history."""
    COVERAGE: ClassVar[EntryKind] = known("Coverage")
    """Insurance."""
    SPECIMEN: ClassVar[EntryKind] = known("Specimen")
    """A specimen."""
    TASK: ClassVar[EntryKind] = known("Task")
    """A task."""
    PROVENANCE: ClassVar[EntryKind] = known("Provenance")
    """Where a record came from."""
    PATIENT: ClassVar[EntryKind] = known("Patient")
    """The record of a patient as its source gave it."""


class EntryStatus(Code):
    """Whether an entry counts, summarised over the status codes of all resource types. The code of the source is
    kept beside it in ``ChartEntry.status_code``.

    Any other code is kept as it came.
    """

    __slots__ = ()

    ACTIVE: ClassVar[EntryStatus] = known("active")
    """Holds now: active, in progress, on hold."""
    COMPLETED: ClassVar[EntryStatus] = known("completed")
    """Over: completed, finished, resolved, stopped, inactive."""
    NOT_DONE: ClassVar[EntryStatus] = known("not-done")
    """Was not or will not be done: not-done, cancelled, refuted."""
    PLANNED: ClassVar[EntryStatus] = known("planned")
    """Planned: draft, planned, proposed, booked."""
    PRELIMINARY: ClassVar[EntryStatus] = known("preliminary")
    """Provisional: preliminary, unconfirmed."""
    FINAL: ClassVar[EntryStatus] = known("final")
    """Final: final, amended, corrected."""
    ENTERED_IN_ERROR: ClassVar[EntryStatus] = known("entered-in-error")
    """Recorded by mistake: does not count, is kept."""
    UNKNOWN: ClassVar[EntryStatus] = known("unknown")
    """Not stated."""


class ListState(Enum):
    """Whether something on a list holds now."""

    ACTIVE = "active"
    """It holds now."""
    PAST = "past"
    """It is over."""


class TimelineOrder(Enum):
    """In which order a timeline is read."""

    NEWEST = "newest"
    """The newest first."""
    OLDEST = "oldest"
    """The oldest first."""
