# Made by `cargo run -p prm-api -- python` from the surface of the core; a test compares.
"""Patients, the people around them, and those who care for them."""

from __future__ import annotations

from prm import _native
from prm._model.ids import CareTeamId, OrganisationId, PatientId, PractitionerId, RelatedPersonId
from prm._model.people import CareTeam, Organisation, Patient, Practitioner, RelatedPerson
from prm._scalars import Sensitive


class PeopleCommands:
    """Patients, the people around them, and those who care for them."""

    __slots__ = ("_native",)

    def __init__(self, native: _native.Session) -> None:
        self._native = native

    def add(self, patient: Patient) -> PatientId:
        """Adds a patient.

        Parameters
        ----------
        patient : Patient
            A patient: the demographic record.

        Returns
        -------
        PatientId
            The id of what was added.

        Raises
        ------
        Invalid, NotFound, Conflict, Denied, Io, Full, Corrupted
            As ``Session.execute``.
        """
        return self._native.people_add(patient)

    def edit(self, id: PatientId, version: int, patient: Patient) -> int:
        """Replaces the record of a patient; ``version`` is the one the edit was made on. Gives the new version.

        Parameters
        ----------
        id : PatientId
            Which.
        version : int
            The version that the change is made on; versions are counted from 1.
        patient : Patient
            A patient: the demographic record.

        Returns
        -------
        int
            The new version.

        Raises
        ------
        Invalid, NotFound, Conflict, Denied, Io, Full, Corrupted
            As ``Session.execute``.
        """
        return self._native.people_edit(id, version, patient)

    def void(self, id: PatientId, version: int, reason: Sensitive[str] | str) -> int:
        """Marks the record of a patient as entered in error. Gives the new version.

        Parameters
        ----------
        id : PatientId
            Which.
        version : int
            The version that the change is made on; versions are counted from 1.
        reason : Sensitive[str] | str
            Why.

        Returns
        -------
        int
            The new version.

        Raises
        ------
        Invalid, NotFound, Conflict, Denied, Io, Full, Corrupted
            As ``Session.execute``.
        """
        return self._native.people_void(id, version, reason)

    def add_related_person(self, related_person: RelatedPerson) -> RelatedPersonId:
        """Adds someone related to a patient.

        Parameters
        ----------
        related_person : RelatedPerson
            Someone related to a patient.

        Returns
        -------
        RelatedPersonId
            The id of what was added.

        Raises
        ------
        Invalid, NotFound, Conflict, Denied, Io, Full, Corrupted
            As ``Session.execute``.
        """
        return self._native.people_add_related_person(related_person)

    def edit_related_person(self, id: RelatedPersonId, version: int, related_person: RelatedPerson) -> int:
        """Replaces the record of someone related to a patient; ``version`` is the one the edit was made on.
        Gives the new version.

        Parameters
        ----------
        id : RelatedPersonId
            Which.
        version : int
            The version that the change is made on; versions are counted from 1.
        related_person : RelatedPerson
            Someone related to a patient.

        Returns
        -------
        int
            The new version.

        Raises
        ------
        Invalid, NotFound, Conflict, Denied, Io, Full, Corrupted
            As ``Session.execute``.
        """
        return self._native.people_edit_related_person(id, version, related_person)

    def void_related_person(self, id: RelatedPersonId, version: int, reason: Sensitive[str] | str) -> int:
        """Marks the record of someone related to a patient as entered in error. Gives the new version.

        Parameters
        ----------
        id : RelatedPersonId
            Which.
        version : int
            The version that the change is made on; versions are counted from 1.
        reason : Sensitive[str] | str
            Why.

        Returns
        -------
        int
            The new version.

        Raises
        ------
        Invalid, NotFound, Conflict, Denied, Io, Full, Corrupted
            As ``Session.execute``.
        """
        return self._native.people_void_related_person(id, version, reason)

    def add_practitioner(self, practitioner: Practitioner) -> PractitionerId:
        """Adds a practitioner.

        Parameters
        ----------
        practitioner : Practitioner
            A practitioner, as in FHIR ``Practitioner`` with the organisations they work for.

        Returns
        -------
        PractitionerId
            The id of what was added.

        Raises
        ------
        Invalid, NotFound, Conflict, Denied, Io, Full, Corrupted
            As ``Session.execute``.
        """
        return self._native.people_add_practitioner(practitioner)

    def edit_practitioner(self, id: PractitionerId, version: int, practitioner: Practitioner) -> int:
        """Replaces the record of a practitioner; ``version`` is the one the edit was made on. Gives the new
        version.

        Parameters
        ----------
        id : PractitionerId
            Which.
        version : int
            The version that the change is made on; versions are counted from 1.
        practitioner : Practitioner
            A practitioner, as in FHIR ``Practitioner`` with the organisations they work for.

        Returns
        -------
        int
            The new version.

        Raises
        ------
        Invalid, NotFound, Conflict, Denied, Io, Full, Corrupted
            As ``Session.execute``.
        """
        return self._native.people_edit_practitioner(id, version, practitioner)

    def void_practitioner(self, id: PractitionerId, version: int, reason: Sensitive[str] | str) -> int:
        """Marks the record of a practitioner as entered in error. Gives the new version.

        Parameters
        ----------
        id : PractitionerId
            Which.
        version : int
            The version that the change is made on; versions are counted from 1.
        reason : Sensitive[str] | str
            Why.

        Returns
        -------
        int
            The new version.

        Raises
        ------
        Invalid, NotFound, Conflict, Denied, Io, Full, Corrupted
            As ``Session.execute``.
        """
        return self._native.people_void_practitioner(id, version, reason)

    def add_organisation(self, organisation: Organisation) -> OrganisationId:
        """Adds an organisation.

        Parameters
        ----------
        organisation : Organisation
            An organisation: a clinic, a department, a payer.

        Returns
        -------
        OrganisationId
            The id of what was added.

        Raises
        ------
        Invalid, NotFound, Conflict, Denied, Io, Full, Corrupted
            As ``Session.execute``.
        """
        return self._native.people_add_organisation(organisation)

    def edit_organisation(self, id: OrganisationId, version: int, organisation: Organisation) -> int:
        """Replaces the record of an organisation; ``version`` is the one the edit was made on. Gives the new
        version.

        Parameters
        ----------
        id : OrganisationId
            Which.
        version : int
            The version that the change is made on; versions are counted from 1.
        organisation : Organisation
            An organisation: a clinic, a department, a payer.

        Returns
        -------
        int
            The new version.

        Raises
        ------
        Invalid, NotFound, Conflict, Denied, Io, Full, Corrupted
            As ``Session.execute``.
        """
        return self._native.people_edit_organisation(id, version, organisation)

    def void_organisation(self, id: OrganisationId, version: int, reason: Sensitive[str] | str) -> int:
        """Marks the record of an organisation as entered in error. Gives the new version.

        Parameters
        ----------
        id : OrganisationId
            Which.
        version : int
            The version that the change is made on; versions are counted from 1.
        reason : Sensitive[str] | str
            Why.

        Returns
        -------
        int
            The new version.

        Raises
        ------
        Invalid, NotFound, Conflict, Denied, Io, Full, Corrupted
            As ``Session.execute``.
        """
        return self._native.people_void_organisation(id, version, reason)

    def add_care_team(self, care_team: CareTeam) -> CareTeamId:
        """Adds a care team.

        Parameters
        ----------
        care_team : CareTeam
            A team that cares for one patient, or for all patients it is assigned to.

        Returns
        -------
        CareTeamId
            The id of what was added.

        Raises
        ------
        Invalid, NotFound, Conflict, Denied, Io, Full, Corrupted
            As ``Session.execute``.
        """
        return self._native.people_add_care_team(care_team)

    def edit_care_team(self, id: CareTeamId, version: int, care_team: CareTeam) -> int:
        """Replaces the record of a care team; ``version`` is the one the edit was made on. Gives the new
        version.

        Parameters
        ----------
        id : CareTeamId
            Which.
        version : int
            The version that the change is made on; versions are counted from 1.
        care_team : CareTeam
            A team that cares for one patient, or for all patients it is assigned to.

        Returns
        -------
        int
            The new version.

        Raises
        ------
        Invalid, NotFound, Conflict, Denied, Io, Full, Corrupted
            As ``Session.execute``.
        """
        return self._native.people_edit_care_team(id, version, care_team)

    def void_care_team(self, id: CareTeamId, version: int, reason: Sensitive[str] | str) -> int:
        """Marks the record of a care team as entered in error. Gives the new version.

        Parameters
        ----------
        id : CareTeamId
            Which.
        version : int
            The version that the change is made on; versions are counted from 1.
        reason : Sensitive[str] | str
            Why.

        Returns
        -------
        int
            The new version.

        Raises
        ------
        Invalid, NotFound, Conflict, Denied, Io, Full, Corrupted
            As ``Session.execute``.
        """
        return self._native.people_void_care_team(id, version, reason)
