# Made by `cargo run -p prm-api -- python` from the surface of the core; a test compares.
"""What is asked for: commands and batches."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

from prm._model.chart import ChartEntry
from prm._model.govern import RoleGrant
from prm._model.ids import (
    BatchId, CareTeamId, EntryId, OrganisationId, PatientId, PractitionerId, RelatedPersonId, RoleGrantId,
)
from prm._model.people import CareTeam, Organisation, Patient, Practitioner, RelatedPerson
from prm._scalars import Sensitive, as_text, fill, many

__all__ = [
    "AddCareTeam", "AddEntry", "AddOrganisation", "AddPatient", "AddPractitioner", "AddRelatedPerson", "Batch",
    "Command", "EditCareTeam", "EditEntry", "EditOrganisation", "EditPatient", "EditPractitioner", "EditRelatedPerson",
    "EditRole", "GrantRole", "RevokeRole", "VoidCareTeam", "VoidEntry", "VoidOrganisation", "VoidPatient",
    "VoidPractitioner", "VoidRelatedPerson",
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


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class EditRole:
    """Replaces a role given to someone, e.g. to end it.

    Parameters
    ----------
    id : RoleGrantId
        Which.
    version : int
        The version the edit was made on.
    grant : RoleGrant
        To whom, which, when.
    """

    id: RoleGrantId
    version: int
    grant: RoleGrant

    def __init__(
        self, *, id: RoleGrantId, version: int, grant: RoleGrant,
    ) -> None:
        fill(
            self, id=id, version=version, grant=grant,
        )


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class RevokeRole:
    """Takes a role back.

    Parameters
    ----------
    id : RoleGrantId
        Which.
    version : int
        The version that is revoked.
    reason : str, does not print
        Why.
    """

    id: RoleGrantId
    version: int
    reason: Sensitive[str]

    def __init__(
        self, *, id: RoleGrantId, version: int, reason: Sensitive[str] | str,
    ) -> None:
        fill(
            self, id=id, version=version, reason=as_text(reason),
        )


Command: TypeAlias = (
    AddPatient | EditPatient | VoidPatient | AddRelatedPerson | EditRelatedPerson | VoidRelatedPerson |
    AddPractitioner | EditPractitioner | VoidPractitioner | AddOrganisation | EditOrganisation | VoidOrganisation |
    AddCareTeam | EditCareTeam | VoidCareTeam | AddEntry | EditEntry | VoidEntry | GrantRole | EditRole | RevokeRole
)
"""One thing a caller asks for. All commands of a batch happen, or none.

``Add…`` takes the id the record is to have, or none for a fresh one. ``Edit…`` replaces the record; it
carries the version it was made on, and another current version is a ``Conflict``. ``Void…`` marks a record as
entered in error: it leaves every list, is kept with its history, and cannot be edited any more.
"""


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class Batch:
    """Commands that happen together or not at all, later ones seeing what earlier ones did.

    With an id of the caller's, the batch may be sent again after an answer was lost: the same id with the
    same commands gives the first receipt, with others it is a ``Conflict``. A rejected batch is not
    remembered.

    Parameters
    ----------
    id : BatchId, optional
        The caller's id; none for a fresh one that nobody can repeat.
    commands : sequence of Command
        The commands, in order. Of 100,000 at most.
    """

    id: BatchId | None
    commands: tuple[Command, ...]

    def __init__(
        self, *, id: BatchId | None = None, commands: Sequence[Command],
    ) -> None:
        fill(
            self, id=id, commands=many(commands),
        )
