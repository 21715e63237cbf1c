# Made by `cargo run -p prm-api -- python` from the surface of the core; a test compares.
"""Commands that add a record."""

from __future__ import annotations

from dataclasses import dataclass

from prm._model.decide_codes import Channel
from prm._model.govern import RoleGrant
from prm._model.ids import DecisionId, RoleGrantId
from prm._scalars import Sensitive, as_text, fill

__all__ = [
    "AmendDecision", "GrantRole", "RevertDecision",
]


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class AmendDecision:
    """Puts a record in the place of a signed one, with all that it says, to be amended and signed anew.

    Parameters
    ----------
    id : DecisionId, optional
        Id the new record is to have.
    decision : DecisionId
        The signed one.
    version : int
        The version of the signed one that this was made on.
    channel : Channel
        By which way people spoke with each other.
    reason : str, does not print
        Why.
    """

    id: DecisionId | None
    decision: DecisionId
    version: int
    channel: Channel
    reason: Sensitive[str]

    def __init__(
        self, *, id: DecisionId | None = None, decision: DecisionId, version: int, channel: Channel | str,
        reason: Sensitive[str] | str,
    ) -> None:
        fill(
            self, id=id, decision=decision, version=version, channel=Channel(channel), reason=as_text(reason),
        )


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class RevertDecision:
    """Puts a record in the place of a signed one whose choice the patient takes back: it goes on from weighing.

    Parameters
    ----------
    id : DecisionId, optional
        Id the new record is to have.
    decision : DecisionId
        The signed one.
    version : int
        The version of the signed one that this was made on.
    channel : Channel
        By which way people spoke with each other.
    reason : str, does not print
        Why.
    """

    id: DecisionId | None
    decision: DecisionId
    version: int
    channel: Channel
    reason: Sensitive[str]

    def __init__(
        self, *, id: DecisionId | None = None, decision: DecisionId, version: int, channel: Channel | str,
        reason: Sensitive[str] | str,
    ) -> None:
        fill(
            self, id=id, decision=decision, version=version, channel=Channel(channel), reason=as_text(reason),
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
