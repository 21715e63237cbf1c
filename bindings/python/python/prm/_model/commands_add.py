# Made by `cargo run -p prm-api -- python` from the surface of the core; a test compares.
"""Commands that add a record."""

from __future__ import annotations

from dataclasses import dataclass

from prm._model.chart import ChartEntry
from prm._model.govern import RoleGrant
from prm._model.ids import CareTeamId, EntryId, OrganisationId, PatientId, PractitionerId, RelatedPersonId, RoleGrantId
from prm._model.people import CareTeam, Organisation, Patient, Practitioner, RelatedPerson
from prm._scalars import fill

__all__ = [
    "AddCareTeam", "AddEntry", "AddOrganisation", "AddPatient", "AddPractitioner", "AddRelatedPerson", "GrantRole",
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
class GrantRole:
    """Gives someone a role.

    Parameters
    ----------
    id : RoleGrantId, optional
        Id to use.
    grant : RoleGrant
        To whom, which, when.
    """

    id: RoleGrantId | None
    grant: RoleGrant

    def __init__(
        self, *, id: RoleGrantId | None = None, grant: RoleGrant,
    ) -> None:
        fill(
            self, id=id, grant=grant,
        )
