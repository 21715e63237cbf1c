# Made by `cargo run -p prm-api -- python` from the surface of the core; a test compares.
"""Shared decisions and decision aids."""

from __future__ import annotations

from collections.abc import Sequence

from prm import _native
from prm._model.decide import Decision, DecisionAid
from prm._model.decide_2 import DecisionMove, DecisionOpening
from prm._model.decide_codes import Channel
from prm._model.ids import DecisionAidId, DecisionId, PatientId
from prm._scalars import Sensitive


class DecideCommands:
    """Shared decisions and decision aids."""

    __slots__ = ("_native",)

    def __init__(self, native: _native.Session) -> None:
        self._native = native

    def add_aid(self, decision_aid: DecisionAid) -> DecisionAidId:
        """Adds a decision aid.

        Parameters
        ----------
        decision_aid : DecisionAid
            A decision aid: data with a version.

        Returns
        -------
        DecisionAidId
            The id of what was added.

        Raises
        ------
        Invalid, NotFound, Conflict, Denied, Io, Full, Corrupted
            As ``Session.execute``.
        """
        return self._native.decide_add_aid(decision_aid)

    def edit_aid(self, id: DecisionAidId, version: int, decision_aid: DecisionAid) -> int:
        """Replaces the record of a decision aid; ``version`` is the one the edit was made on. Gives the new
        version.

        Parameters
        ----------
        id : DecisionAidId
            Which.
        version : int
            The version that the change is made on; versions are counted from 1.
        decision_aid : DecisionAid
            A decision aid: data with a version.

        Returns
        -------
        int
            The new version.

        Raises
        ------
        Invalid, NotFound, Conflict, Denied, Io, Full, Corrupted
            As ``Session.execute``.
        """
        return self._native.decide_edit_aid(id, version, decision_aid)

    def void_aid(self, id: DecisionAidId, version: int, reason: Sensitive[str] | str) -> int:
        """Marks the record of a decision aid as entered in error. Gives the new version.

        Parameters
        ----------
        id : DecisionAidId
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
        return self._native.decide_void_aid(id, version, reason)

    def open(self, patient: PatientId, opening: DecisionOpening) -> DecisionId:
        """Opens a decision.

        Parameters
        ----------
        patient : PatientId
            Whose.
        opening : DecisionOpening
            What a decision is opened with.

        Returns
        -------
        DecisionId
            The id of what was added.

        Raises
        ------
        Invalid, NotFound, Conflict, Denied, Io, Full, Corrupted
            As ``Session.execute``.
        """
        return self._native.decide_open(patient, opening)

    def add_decision(self, decision: Decision) -> DecisionId:
        """Adds a decision that was recorded elsewhere, as it stands.

        Parameters
        ----------
        decision : Decision
            A decision that a patient and a clinician share.

        Returns
        -------
        DecisionId
            The id of what was added.

        Raises
        ------
        Invalid, NotFound, Conflict, Denied, Io, Full, Corrupted
            As ``Session.execute``.
        """
        return self._native.decide_add_decision(decision)

    def advance(self, id: DecisionId, version: int, channel: Channel | str, steps: Sequence[DecisionMove] = ()) -> int:
        """Records what happened to a decision, in order, all or nothing. Gives the new version.

        Parameters
        ----------
        id : DecisionId
            Which.
        version : int
            The version that the change is made on; versions are counted from 1.
        channel : Channel | str
            By which way people spoke with each other.
        steps : Sequence[DecisionMove], optional

        Returns
        -------
        int
            The new version.

        Raises
        ------
        Invalid, Conflict, NotFound, Denied, Io, Full, Corrupted
            As ``Session.execute``; ``Invalid`` naming what is missing for a step, ``Conflict`` for one that
            its state or its signatures do not allow.
        """
        return self._native.decide_advance(id, version, channel, steps)

    def amend(
        self, decision: DecisionId, version: int, channel: Channel | str, reason: Sensitive[str] | str,
    ) -> DecisionId:
        """Puts a record in the place of a signed one, with all that it says, to be amended and signed anew.
        Gives the new one.

        Parameters
        ----------
        decision : DecisionId
        version : int
            The version that the change is made on; versions are counted from 1.
        channel : Channel | str
            By which way people spoke with each other.
        reason : Sensitive[str] | str
            Why.

        Returns
        -------
        DecisionId
            The id of what was added.

        Raises
        ------
        Conflict, Invalid, NotFound, Denied, Io, Full, Corrupted
            As ``Session.execute``; ``Conflict`` for one that is not signed, or already replaced.
        """
        return self._native.decide_amend(decision, version, channel, reason)

    def revert(
        self, decision: DecisionId, version: int, channel: Channel | str, reason: Sensitive[str] | str,
    ) -> DecisionId:
        """Puts a record in the place of a signed one whose choice the patient takes back: it goes on from
        weighing. Gives the new one.

        Parameters
        ----------
        decision : DecisionId
        version : int
            The version that the change is made on; versions are counted from 1.
        channel : Channel | str
            By which way people spoke with each other.
        reason : Sensitive[str] | str
            Why.

        Returns
        -------
        DecisionId
            The id of what was added.

        Raises
        ------
        Conflict, Invalid, NotFound, Denied, Io, Full, Corrupted
            As ``amend``.
        """
        return self._native.decide_revert(decision, version, channel, reason)

    def void_decision(self, id: DecisionId, version: int, reason: Sensitive[str] | str) -> int:
        """Marks a decision as entered in error. Gives the new version.

        Parameters
        ----------
        id : DecisionId
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
        return self._native.decide_void_decision(id, version, reason)

    def answer_aid(self, id: DecisionId, version: int, channel: Channel | str, aid: DecisionAidId, answers: str) -> int:
        """Records what a patient answered on the page of an aid, as the page gave it: JSON with the names of
        ``AidAnswers``. What it says is checked against the aid first. Gives the new version of the decision.

        Parameters
        ----------
        id : DecisionId
            Which.
        version : int
            The version that the change is made on; versions are counted from 1.
        channel : Channel | str
            By which way people spoke with each other.
        aid : DecisionAidId
        answers : str

        Returns
        -------
        int
            The new version.

        Raises
        ------
        Invalid, Conflict, NotFound, Denied, Io, Full, Corrupted
            ``Invalid`` for answers that do not fit the aid; as ``advance``.
        """
        return self._native.decide_answer_aid(id, version, channel, aid, answers)
