# Made by `cargo run -p prm-api -- python` from the surface of the core; a test compares.
"""Shared decisions and decision aids."""

from __future__ import annotations

from datetime import datetime

from prm import _native
from prm._model.decide_2 import DecisionQuery
from prm._model.decide_views import DecisionAidView, DecisionView
from prm._model.ids import DecisionAidId, DecisionId, PatientId
from prm._model.values import Page
from prm._model.values_views import DecisionPage
from prm._rooms.decide_commands import DecideCommands


class DecideCalls(DecideCommands):
    """Shared decisions and decision aids."""

    __slots__ = ()

    def aid_html(self, aid: DecisionAidId, language: str, answers_to: str | None = None) -> str:
        """The page of a decision aid, in a language that ships (``en``, ``es``, ``ar``; English for others): one
        HTML document that needs nothing else. Its answers are JSON for ``answer_aid``: the page shows them,
        and sends them to ``answers_to``, a path on the server it came from, if there is one.

        Parameters
        ----------
        aid : DecisionAidId
        language : str
        answers_to : str | None, optional

        Returns
        -------
        str

        Raises
        ------
        Invalid
            As reading the aid; ``Invalid`` for a path that leads elsewhere.
        """
        return self._native.decide_aid_html(aid, language, answers_to)

    def patient_summary_html(self, id: DecisionId, zone: str, language: str) -> str:
        """What was decided, as a page for the patient, in a language that ships. ``zone`` is the zone of the
        IANA database whose date is today.

        Parameters
        ----------
        id : DecisionId
            Which.
        zone : str
            Name of a zone, e.g. ``Europe/Berlin``.
        language : str

        Returns
        -------
        str

        Raises
        ------
        Invalid
            As reading the decision; ``Invalid`` for an unknown zone.
        """
        return self._native.decide_patient_summary_html(id, zone, language)

    def clinician_summary_html(self, id: DecisionId, zone: str, language: str) -> str:
        """What was decided, as a page for clinicians: with what is missing from the record, and a word if the
        choice does least well on what matters to the patient.

        Parameters
        ----------
        id : DecisionId
            Which.
        zone : str
            Name of a zone, e.g. ``Europe/Berlin``.
        language : str

        Returns
        -------
        str

        Raises
        ------
        Invalid
            As ``patient_summary_html``.
        """
        return self._native.decide_clinician_summary_html(id, zone, language)

    def aid(self, id: DecisionAidId) -> DecisionAidView:
        """Reads the record of a decision aid.

        Parameters
        ----------
        id : DecisionAidId
            Which.

        Returns
        -------
        DecisionAidView
            A decision aid as it was read.

        Raises
        ------
        NotFound, Denied, Corrupted, Closed, AuditUnavailable
        """
        return self._native.decide_aid(id)

    def aid_history(self, id: DecisionAidId) -> tuple[DecisionAidView, ...]:
        """Every version of the record of a decision aid that the session may see, oldest first: security labels
        of then and of now are asked about.

        Parameters
        ----------
        id : DecisionAidId
            Which.

        Returns
        -------
        tuple[DecisionAidView, ...]
            A decision aid as it was read.

        Raises
        ------
        PrmError
            As reading the current one.
        """
        return self._native.decide_aid_history(id)

    def aid_known_at(self, id: DecisionAidId, at: datetime) -> DecisionAidView | None:
        """The record of a decision aid as the store knew it at an instant; none if it did not know it yet.

        Parameters
        ----------
        id : DecisionAidId
            Which.
        at : datetime
            An instant, with a time zone.

        Returns
        -------
        DecisionAidView | None
            A decision aid as it was read.

        Raises
        ------
        PrmError
            As reading the current one.
        """
        return self._native.decide_aid_known_at(id, at)

    def decision(self, id: DecisionId) -> DecisionView:
        """Reads a decision.

        Parameters
        ----------
        id : DecisionId
            Which.

        Returns
        -------
        DecisionView
            A shared decision as it was read.

        Raises
        ------
        NotFound, Denied, Corrupted, Closed, AuditUnavailable
        """
        return self._native.decide_decision(id)

    def decision_history(self, id: DecisionId) -> tuple[DecisionView, ...]:
        """Every version of a decision that the session may see, oldest first.

        Parameters
        ----------
        id : DecisionId
            Which.

        Returns
        -------
        tuple[DecisionView, ...]
            A shared decision as it was read.

        Raises
        ------
        PrmError
            As reading the current one.
        """
        return self._native.decide_decision_history(id)

    def decision_known_at(self, id: DecisionId, at: datetime) -> DecisionView | None:
        """A decision as the store knew it at an instant; none if it did not know it yet.

        Parameters
        ----------
        id : DecisionId
            Which.
        at : datetime
            An instant, with a time zone.

        Returns
        -------
        DecisionView | None
            A shared decision as it was read.

        Raises
        ------
        PrmError
            As reading the current one.
        """
        return self._native.decide_decision_known_at(id, at)

    def decisions(self, patient: PatientId) -> tuple[DecisionView, ...]:
        """The decisions of a patient that were not entered in error, in the order they were opened.

        Parameters
        ----------
        patient : PatientId
            Whose.

        Returns
        -------
        tuple[DecisionView, ...]
            A shared decision as it was read.

        Raises
        ------
        NotFound, Denied, Corrupted, Closed, AuditUnavailable
        """
        return self._native.decide_decisions(patient)

    def list(self, query: DecisionQuery = DecisionQuery(), page: Page = Page()) -> DecisionPage:
        """Decisions of all patients whom the session may see, by the day on which they are looked at again;
        those without one last.

        Parameters
        ----------
        query : DecisionQuery, optional
            Which decisions to list, by the day on which they are looked at again; those without one last.
        page : Page, optional
            What to return of a longer answer: at most ``Page.MOST`` rows.

        Returns
        -------
        DecisionPage
            A page of a list of decisions.

        Raises
        ------
        Invalid, Corrupted, Closed, AuditUnavailable
            ``Invalid`` for a page that is none, ``AuditUnavailable``, ``Corrupted``, ``Closed``.
        """
        return self._native.decide_list(query, page)

    def aids(self) -> tuple[DecisionAidView, ...]:
        """The decision aids that were not entered in error, in the order they were added.

        Returns
        -------
        tuple[DecisionAidView, ...]
            A decision aid as it was read.

        Raises
        ------
        Denied, Corrupted, Closed, AuditUnavailable
            ``Denied`` to those who may not see the directory; ``AuditUnavailable``, ``Corrupted``,
            ``Closed``.
        """
        return self._native.decide_aids()
