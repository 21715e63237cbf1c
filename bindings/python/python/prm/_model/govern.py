# Made by `cargo run -p prm-api -- python` from the surface of the core; a test compares.
"""Records of govern."""

from __future__ import annotations

from dataclasses import dataclass

from prm._model.govern_codes import Role
from prm._model.values import Period, Who
from prm._scalars import fill

__all__ = [
    "RoleGrant",
]


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class RoleGrant:
    """A role given to someone.

    Parameters
    ----------
    who : Who
        To whom.
    role : Role
        Which.
    period : Period, optional
        When it holds.
    """

    who: Who
    role: Role
    period: Period | None

    def __init__(
        self, *, who: Who, role: Role | str, period: Period | None = None,
    ) -> None:
        fill(
            self, who=who, role=Role(role), period=period,
        )
