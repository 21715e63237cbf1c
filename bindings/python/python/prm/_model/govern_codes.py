# Made by `cargo run -p prm-api -- python` from the surface of the core; a test compares.
"""Codes and closed lists of govern."""

from __future__ import annotations

from enum import Enum
from typing import ClassVar

from prm._scalars import Code, known

__all__ = [
    "Action", "DataClass", "Role",
]


class Role(Code):
    """A role. Practitioners, patients and proxies need none: what they may do follows from their relation to a
    patient.

    Any other code is kept as it came.
    """

    __slots__ = ()

    ADMINISTRATOR: ClassVar[Role] = known("administrator")
    """Runs the store: people, roles, import, export."""
    INTEGRATION: ClassVar[Role] = known("integration")
    """A program that imports and exports."""


class Action(Enum):
    """What is done with them."""

    READ = "read"
    """Read."""
    WRITE = "write"
    """Edit and void what anyone recorded."""
    EXPORT = "export"
    """Take out in a format of other systems."""
    ADD = "add"
    """Record something new, and edit and void what a patient or proxy recorded."""


class DataClass(Enum):
    """What data are."""

    DEMOGRAPHICS = "demographics"
    """Who the patient is, and the people around them."""
    CHART = "chart"
    """The chart and the journey."""
    ACCESSES = "accesses"
    """Who looked."""
    DIRECTORY = "directory"
    """Practitioners, organisations, teams."""
    POLICY = "policy"
    """Roles, and the state of the store."""
    CARE = "care"
    """Plans, goals, schedules, what is due and what came of it."""
