# Made by `cargo run -p prm-api -- python` from the surface of the core; a test compares.
"""Commands that change a record."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from prm._model.decide import DecisionAid
from prm._model.decide_2 import DecisionMove
from prm._model.decide_codes import Channel
from prm._model.govern import RoleGrant
from prm._model.ids import DecisionAidId, DecisionId, RoleGrantId
from prm._scalars import Sensitive, as_text, fill, many

__all__ = [
    "EditDecisionAid", "EditRole", "MoveDecision", "RevokeRole", "VoidDecision", "VoidDecisionAid",
]


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class EditDecisionAid:
    """Replaces a decision aid.

    Parameters
    ----------
    id : DecisionAidId
        Which.
    version : int
        The version the edit was made on.
    decision_aid : DecisionAid
        The record.
    """

    id: DecisionAidId
    version: int
    decision_aid: DecisionAid

    def __init__(
        self, *, id: DecisionAidId, version: int, decision_aid: DecisionAid,
    ) -> None:
        fill(
            self, id=id, version=version, decision_aid=decision_aid,
        )


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class VoidDecisionAid:
    """Marks a decision aid as entered in error.

    Parameters
    ----------
    id : DecisionAidId
        Which.
    version : int
        The version that is voided.
    reason : str, does not print
        Why.
    """

    id: DecisionAidId
    version: int
    reason: Sensitive[str]

    def __init__(
        self, *, id: DecisionAidId, version: int, reason: Sensitive[str] | str,
    ) -> None:
        fill(
            self, id=id, version=version, reason=as_text(reason),
        )


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class MoveDecision:
    """Records what happened to a decision: one thing or several, in order.

    Parameters
    ----------
    id : DecisionId
        Which.
    version : int
        The version this was made on.
    channel : Channel
        By which way people spoke with each other.
    steps : sequence of DecisionMove
        What happened.
    """

    id: DecisionId
    version: int
    channel: Channel
    steps: tuple[DecisionMove, ...]

    def __init__(
        self, *, id: DecisionId, version: int, channel: Channel | str, steps: Sequence[DecisionMove],
    ) -> None:
        fill(
            self, id=id, version=version, channel=Channel(channel), steps=many(steps),
        )


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class VoidDecision:
    """Marks a decision as entered in error.

    Parameters
    ----------
    id : DecisionId
        Which.
    version : int
        The version that is voided.
    reason : str, does not print
        Why.
    """

    id: DecisionId
    version: int
    reason: Sensitive[str]

    def __init__(
        self, *, id: DecisionId, version: int, reason: Sensitive[str] | str,
    ) -> None:
        fill(
            self, id=id, version=version, reason=as_text(reason),
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
