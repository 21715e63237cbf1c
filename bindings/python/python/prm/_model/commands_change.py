# Made by `cargo run -p prm-api -- python` from the surface of the core; a test compares.
"""Commands that change a record."""

from __future__ import annotations

from dataclasses import dataclass

from prm._model.chart import ChartEntry
from prm._model.engage import HolidayCalendar
from prm._model.ids import (
    CareTeamId, CareTemplateId, EntryId, HolidayCalendarId, OrganisationId, PatientId, PractitionerId, RelatedPersonId,
)
from prm._model.people import CareTeam, Organisation, Patient, Practitioner, RelatedPerson
from prm._model.plan import CareTemplate
from prm._scalars import Sensitive, as_text, fill

__all__ = [
    "EditCareTeam", "EditCareTemplate", "EditEntry", "EditHolidayCalendar", "EditOrganisation", "EditPatient",
    "EditPractitioner", "EditRelatedPerson", "VoidCareTeam", "VoidCareTemplate", "VoidEntry", "VoidHolidayCalendar",
    "VoidOrganisation", "VoidPatient", "VoidPractitioner", "VoidRelatedPerson",
]


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class EditPatient:
    """Replaces a patient's demographic record.

    Parameters
    ----------
    id : PatientId
        Which.
    version : int
        The version the edit was made on.
    patient : Patient
        The record.
    """

    id: PatientId
    version: int
    patient: Patient

    def __init__(
        self, *, id: PatientId, version: int, patient: Patient,
    ) -> None:
        fill(
            self, id=id, version=version, patient=patient,
        )


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class VoidPatient:
    """Marks a patient's record as entered in error.

    Parameters
    ----------
    id : PatientId
        Which.
    version : int
        The version that is voided.
    reason : str, does not print
        Why.
    """

    id: PatientId
    version: int
    reason: Sensitive[str]

    def __init__(
        self, *, id: PatientId, version: int, reason: Sensitive[str] | str,
    ) -> None:
        fill(
            self, id=id, version=version, reason=as_text(reason),
        )


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class EditRelatedPerson:
    """Replaces the record of someone related to a patient. The patient cannot change.

    Parameters
    ----------
    id : RelatedPersonId
        Which.
    version : int
        The version the edit was made on.
    related_person : RelatedPerson
        The record.
    """

    id: RelatedPersonId
    version: int
    related_person: RelatedPerson

    def __init__(
        self, *, id: RelatedPersonId, version: int, related_person: RelatedPerson,
    ) -> None:
        fill(
            self, id=id, version=version, related_person=related_person,
        )


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class VoidRelatedPerson:
    """Marks the record of someone related to a patient as entered in error.

    Parameters
    ----------
    id : RelatedPersonId
        Which.
    version : int
        The version that is voided.
    reason : str, does not print
        Why.
    """

    id: RelatedPersonId
    version: int
    reason: Sensitive[str]

    def __init__(
        self, *, id: RelatedPersonId, version: int, reason: Sensitive[str] | str,
    ) -> None:
        fill(
            self, id=id, version=version, reason=as_text(reason),
        )


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class EditPractitioner:
    """Replaces a practitioner's record.

    Parameters
    ----------
    id : PractitionerId
        Which.
    version : int
        The version the edit was made on.
    practitioner : Practitioner
        The record.
    """

    id: PractitionerId
    version: int
    practitioner: Practitioner

    def __init__(
        self, *, id: PractitionerId, version: int, practitioner: Practitioner,
    ) -> None:
        fill(
            self, id=id, version=version, practitioner=practitioner,
        )


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class VoidPractitioner:
    """Marks a practitioner's record as entered in error.

    Parameters
    ----------
    id : PractitionerId
        Which.
    version : int
        The version that is voided.
    reason : str, does not print
        Why.
    """

    id: PractitionerId
    version: int
    reason: Sensitive[str]

    def __init__(
        self, *, id: PractitionerId, version: int, reason: Sensitive[str] | str,
    ) -> None:
        fill(
            self, id=id, version=version, reason=as_text(reason),
        )


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class EditOrganisation:
    """Replaces an organisation's record.

    Parameters
    ----------
    id : OrganisationId
        Which.
    version : int
        The version the edit was made on.
    organisation : Organisation
        The record.
    """

    id: OrganisationId
    version: int
    organisation: Organisation

    def __init__(
        self, *, id: OrganisationId, version: int, organisation: Organisation,
    ) -> None:
        fill(
            self, id=id, version=version, organisation=organisation,
        )


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class VoidOrganisation:
    """Marks an organisation's record as entered in error.

    Parameters
    ----------
    id : OrganisationId
        Which.
    version : int
        The version that is voided.
    reason : str, does not print
        Why.
    """

    id: OrganisationId
    version: int
    reason: Sensitive[str]

    def __init__(
        self, *, id: OrganisationId, version: int, reason: Sensitive[str] | str,
    ) -> None:
        fill(
            self, id=id, version=version, reason=as_text(reason),
        )


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class EditCareTeam:
    """Replaces a care team's record.

    Parameters
    ----------
    id : CareTeamId
        Which.
    version : int
        The version the edit was made on.
    care_team : CareTeam
        The record.
    """

    id: CareTeamId
    version: int
    care_team: CareTeam

    def __init__(
        self, *, id: CareTeamId, version: int, care_team: CareTeam,
    ) -> None:
        fill(
            self, id=id, version=version, care_team=care_team,
        )


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class VoidCareTeam:
    """Marks a care team's record as entered in error.

    Parameters
    ----------
    id : CareTeamId
        Which.
    version : int
        The version that is voided.
    reason : str, does not print
        Why.
    """

    id: CareTeamId
    version: int
    reason: Sensitive[str]

    def __init__(
        self, *, id: CareTeamId, version: int, reason: Sensitive[str] | str,
    ) -> None:
        fill(
            self, id=id, version=version, reason=as_text(reason),
        )


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class EditEntry:
    """Replaces an entry of a chart.

    Parameters
    ----------
    id : EntryId
        Which.
    version : int
        The version the edit was made on.
    entry : ChartEntry
        The entry.
    """

    id: EntryId
    version: int
    entry: ChartEntry

    def __init__(
        self, *, id: EntryId, version: int, entry: ChartEntry,
    ) -> None:
        fill(
            self, id=id, version=version, entry=entry,
        )


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class VoidEntry:
    """Marks an entry of a chart as entered in error.

    Parameters
    ----------
    id : EntryId
        Which.
    version : int
        The version that is voided.
    reason : str, does not print
        Why.
    """

    id: EntryId
    version: int
    reason: Sensitive[str]

    def __init__(
        self, *, id: EntryId, version: int, reason: Sensitive[str] | str,
    ) -> None:
        fill(
            self, id=id, version=version, reason=as_text(reason),
        )


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class EditCareTemplate:
    """Replaces a template of care plans.

    Parameters
    ----------
    id : CareTemplateId
        Which.
    version : int
        The version the edit was made on.
    care_template : CareTemplate
        The record.
    """

    id: CareTemplateId
    version: int
    care_template: CareTemplate

    def __init__(
        self, *, id: CareTemplateId, version: int, care_template: CareTemplate,
    ) -> None:
        fill(
            self, id=id, version=version, care_template=care_template,
        )


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class VoidCareTemplate:
    """Marks a template of care plans as entered in error.

    Parameters
    ----------
    id : CareTemplateId
        Which.
    version : int
        The version that is voided.
    reason : str, does not print
        Why.
    """

    id: CareTemplateId
    version: int
    reason: Sensitive[str]

    def __init__(
        self, *, id: CareTemplateId, version: int, reason: Sensitive[str] | str,
    ) -> None:
        fill(
            self, id=id, version=version, reason=as_text(reason),
        )


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class EditHolidayCalendar:
    """Replaces a calendar of holidays.

    Parameters
    ----------
    id : HolidayCalendarId
        Which.
    version : int
        The version the edit was made on.
    holiday_calendar : HolidayCalendar
        The record.
    """

    id: HolidayCalendarId
    version: int
    holiday_calendar: HolidayCalendar

    def __init__(
        self, *, id: HolidayCalendarId, version: int, holiday_calendar: HolidayCalendar,
    ) -> None:
        fill(
            self, id=id, version=version, holiday_calendar=holiday_calendar,
        )


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class VoidHolidayCalendar:
    """Marks a calendar of holidays as entered in error.

    Parameters
    ----------
    id : HolidayCalendarId
        Which.
    version : int
        The version that is voided.
    reason : str, does not print
        Why.
    """

    id: HolidayCalendarId
    version: int
    reason: Sensitive[str]

    def __init__(
        self, *, id: HolidayCalendarId, version: int, reason: Sensitive[str] | str,
    ) -> None:
        fill(
            self, id=id, version=version, reason=as_text(reason),
        )
