# Made by `cargo run -p prm-api -- python` from the surface of the core; a test compares.
"""Patients, the people around them, and those who care for them."""

from __future__ import annotations

from datetime import datetime

from prm import _native
from prm._model.ids import CareTeamId, OrganisationId, PatientId, PractitionerId, RelatedPersonId
from prm._model.people import PatientSearch
from prm._model.people_views import (
    CareTeamView, OrganisationView, PatientHit, PatientView, PractitionerView, RelatedPersonView,
)
from prm._model.values import Page
from prm._model.values_views import PatientPage
from prm._rooms.people_commands import PeopleCommands


class PeopleCalls(PeopleCommands):
    """Patients, the people around them, and those who care for them."""

    __slots__ = ()

    def patient(self, id: PatientId) -> PatientView:
        """Reads the record of a patient.

        Parameters
        ----------
        id : PatientId
            Which.

        Returns
        -------
        PatientView
            A patient as it was read: which version, and since when the store has known it.

        Raises
        ------
        NotFound, Denied, Corrupted, Closed, AuditUnavailable
        """
        return self._native.people_patient(id)

    def history(self, id: PatientId) -> tuple[PatientView, ...]:
        """Every version of the record of a patient that the session may see, oldest first: security labels of
        then and of now are asked about.

        Parameters
        ----------
        id : PatientId
            Which.

        Returns
        -------
        tuple[PatientView, ...]
            A patient as it was read: which version, and since when the store has known it.

        Raises
        ------
        NotFound, Denied, Corrupted, Closed, AuditUnavailable
            As reading the current one.
        """
        return self._native.people_history(id)

    def known_at(self, id: PatientId, at: datetime) -> PatientView | None:
        """The record of a patient as the store knew it at an instant; none if it did not know it yet.

        Parameters
        ----------
        id : PatientId
            Which.
        at : datetime
            An instant, with a time zone.

        Returns
        -------
        PatientView | None
            A patient as it was read: which version, and since when the store has known it.

        Raises
        ------
        NotFound, Denied, Corrupted, Closed, AuditUnavailable
            As reading the current one.
        """
        return self._native.people_known_at(id, at)

    def related_person(self, id: RelatedPersonId) -> RelatedPersonView:
        """Reads the record of someone related to a patient.

        Parameters
        ----------
        id : RelatedPersonId
            Which.

        Returns
        -------
        RelatedPersonView
            A related person as they were read.

        Raises
        ------
        NotFound, Denied, Corrupted, Closed, AuditUnavailable
        """
        return self._native.people_related_person(id)

    def related_person_history(self, id: RelatedPersonId) -> tuple[RelatedPersonView, ...]:
        """Every version of the record of someone related to a patient that the session may see, oldest first:
        security labels of then and of now are asked about.

        Parameters
        ----------
        id : RelatedPersonId
            Which.

        Returns
        -------
        tuple[RelatedPersonView, ...]
            A related person as they were read.

        Raises
        ------
        NotFound, Denied, Corrupted, Closed, AuditUnavailable
            As reading the current one.
        """
        return self._native.people_related_person_history(id)

    def related_person_known_at(self, id: RelatedPersonId, at: datetime) -> RelatedPersonView | None:
        """The record of someone related to a patient as the store knew it at an instant; none if it did not know
        it yet.

        Parameters
        ----------
        id : RelatedPersonId
            Which.
        at : datetime
            An instant, with a time zone.

        Returns
        -------
        RelatedPersonView | None
            A related person as they were read.

        Raises
        ------
        NotFound, Denied, Corrupted, Closed, AuditUnavailable
            As reading the current one.
        """
        return self._native.people_related_person_known_at(id, at)

    def practitioner(self, id: PractitionerId) -> PractitionerView:
        """Reads the record of a practitioner.

        Parameters
        ----------
        id : PractitionerId
            Which.

        Returns
        -------
        PractitionerView
            A practitioner as they were read.

        Raises
        ------
        NotFound, Denied, Corrupted, Closed, AuditUnavailable
        """
        return self._native.people_practitioner(id)

    def practitioner_history(self, id: PractitionerId) -> tuple[PractitionerView, ...]:
        """Every version of the record of a practitioner that the session may see, oldest first: security labels
        of then and of now are asked about.

        Parameters
        ----------
        id : PractitionerId
            Which.

        Returns
        -------
        tuple[PractitionerView, ...]
            A practitioner as they were read.

        Raises
        ------
        NotFound, Denied, Corrupted, Closed, AuditUnavailable
            As reading the current one.
        """
        return self._native.people_practitioner_history(id)

    def practitioner_known_at(self, id: PractitionerId, at: datetime) -> PractitionerView | None:
        """The record of a practitioner as the store knew it at an instant; none if it did not know it yet.

        Parameters
        ----------
        id : PractitionerId
            Which.
        at : datetime
            An instant, with a time zone.

        Returns
        -------
        PractitionerView | None
            A practitioner as they were read.

        Raises
        ------
        NotFound, Denied, Corrupted, Closed, AuditUnavailable
            As reading the current one.
        """
        return self._native.people_practitioner_known_at(id, at)

    def organisation(self, id: OrganisationId) -> OrganisationView:
        """Reads the record of an organisation.

        Parameters
        ----------
        id : OrganisationId
            Which.

        Returns
        -------
        OrganisationView
            An organisation as it was read.

        Raises
        ------
        NotFound, Denied, Corrupted, Closed, AuditUnavailable
        """
        return self._native.people_organisation(id)

    def organisation_history(self, id: OrganisationId) -> tuple[OrganisationView, ...]:
        """Every version of the record of an organisation that the session may see, oldest first: security labels
        of then and of now are asked about.

        Parameters
        ----------
        id : OrganisationId
            Which.

        Returns
        -------
        tuple[OrganisationView, ...]
            An organisation as it was read.

        Raises
        ------
        NotFound, Denied, Corrupted, Closed, AuditUnavailable
            As reading the current one.
        """
        return self._native.people_organisation_history(id)

    def organisation_known_at(self, id: OrganisationId, at: datetime) -> OrganisationView | None:
        """The record of an organisation as the store knew it at an instant; none if it did not know it yet.

        Parameters
        ----------
        id : OrganisationId
            Which.
        at : datetime
            An instant, with a time zone.

        Returns
        -------
        OrganisationView | None
            An organisation as it was read.

        Raises
        ------
        NotFound, Denied, Corrupted, Closed, AuditUnavailable
            As reading the current one.
        """
        return self._native.people_organisation_known_at(id, at)

    def care_team(self, id: CareTeamId) -> CareTeamView:
        """Reads the record of a care team.

        Parameters
        ----------
        id : CareTeamId
            Which.

        Returns
        -------
        CareTeamView
            A care team as it was read.

        Raises
        ------
        NotFound, Denied, Corrupted, Closed, AuditUnavailable
        """
        return self._native.people_care_team(id)

    def care_team_history(self, id: CareTeamId) -> tuple[CareTeamView, ...]:
        """Every version of the record of a care team that the session may see, oldest first: security labels of
        then and of now are asked about.

        Parameters
        ----------
        id : CareTeamId
            Which.

        Returns
        -------
        tuple[CareTeamView, ...]
            A care team as it was read.

        Raises
        ------
        NotFound, Denied, Corrupted, Closed, AuditUnavailable
            As reading the current one.
        """
        return self._native.people_care_team_history(id)

    def care_team_known_at(self, id: CareTeamId, at: datetime) -> CareTeamView | None:
        """The record of a care team as the store knew it at an instant; none if it did not know it yet.

        Parameters
        ----------
        id : CareTeamId
            Which.
        at : datetime
            An instant, with a time zone.

        Returns
        -------
        CareTeamView | None
            A care team as it was read.

        Raises
        ------
        NotFound, Denied, Corrupted, Closed, AuditUnavailable
            As reading the current one.
        """
        return self._native.people_care_team_known_at(id, at)

    def search(self, question: PatientSearch, limit: int = 100) -> tuple[PatientHit, ...]:
        """Patients that ``question`` finds, best first, each with the reason: at most ``limit`` (1 to 1,000) of
        those the session may see.

        Parameters
        ----------
        question : PatientSearch
            What is asked for.
        limit : int, optional
            How many at most.

        Returns
        -------
        tuple[PatientHit, ...]
            A patient that a search found.

        Raises
        ------
        Invalid, Corrupted, Closed, AuditUnavailable
            ``Invalid`` if nothing is asked for or for another limit, ``AuditUnavailable``, ``Corrupted``,
            ``Closed``.
        """
        return self._native.people_search(question, limit)

    def list(self, page: Page = Page()) -> PatientPage:
        """The patients the session may see, by name.

        Parameters
        ----------
        page : Page, optional
            What to return of a longer answer: at most ``Page.MOST`` rows.

        Returns
        -------
        PatientPage
            A page of a list of patients.

        Raises
        ------
        Invalid, Corrupted, Closed, AuditUnavailable
            ``Invalid`` for a page that is none, ``AuditUnavailable``, ``Corrupted``, ``Closed``.
        """
        return self._native.people_list(page)

    def related_persons(self, patient: PatientId) -> tuple[RelatedPersonView, ...]:
        """People related to a patient, those entered in error left out, in the order they were added.

        Parameters
        ----------
        patient : PatientId
            Whose.

        Returns
        -------
        tuple[RelatedPersonView, ...]
            A related person as they were read.

        Raises
        ------
        NotFound, Denied, Corrupted, Closed, AuditUnavailable
            As reading the patient.
        """
        return self._native.people_related_persons(patient)

    def care_teams(self, patient: PatientId) -> tuple[CareTeamView, ...]:
        """Teams that care for a patient, each with those of its patients whom the session may see.

        Parameters
        ----------
        patient : PatientId
            Whose.

        Returns
        -------
        tuple[CareTeamView, ...]
            A care team as it was read.

        Raises
        ------
        NotFound, Denied, Corrupted, Closed, AuditUnavailable
            As reading the patient.
        """
        return self._native.people_care_teams(patient)
