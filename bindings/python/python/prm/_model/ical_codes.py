# Made by `cargo run -p prm-api -- python` from the surface of the core; a test compares.
"""Codes and closed lists of ical."""

from __future__ import annotations

from enum import Enum


__all__ = [
    "FeedKind",
]


class FeedKind(Enum):
    """What an item of a feed is."""

    EVENT = "event"
    """An event (``VEVENT``)."""
    TASK = "task"
    """Something to do (``VTODO``)."""
