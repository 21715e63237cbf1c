# Made by `cargo run -p prm-api -- python` from the surface of the core; a test compares.
"""State and health of the store."""

from __future__ import annotations

from prm import _native
from prm._model.engage_views import AdvanceReport
from prm._model.values_views import CheckReport
from prm._model.values_views_2 import Stats
from prm._watch import Watcher, watched


class UpkeepCalls:
    """State and health of the store."""

    __slots__ = ("_native",)

    def __init__(self, native: _native.Session) -> None:
        self._native = native

    def stats(self) -> Stats:
        """Figures of the store. Cheap.

        Returns
        -------
        Stats
            Figures of a store.

        Raises
        ------
        Denied
            ``Denied`` to all but administrators.
        """
        return self._native.upkeep_stats()

    def advance(self, *, progress: Watcher = None) -> AdvanceReport:
        """Moves on what expired unnoticed: the lists of what is due stay short. To be called once a night, or
        whenever there is time; lists are right without it, and slower. A call that is cancelled or killed
        leaves the rest for the next, and one that follows at once does nothing. ``progress`` counts
        schedules.

        Parameters
        ----------
        progress : bool or Progress or callable, optional
            Who watches.

        Returns
        -------
        AdvanceReport
            What the nightly advance did.

        Raises
        ------
        Denied, Cancelled, Invalid, NotFound, Conflict, Io, Full, Corrupted
            ``Denied`` to all but administrators; ``Cancelled``; as ``Session.execute``.
        """
        with watched(progress, "") as (work, tell):
            return self._native.upkeep_advance(work, tell)

    def check(self, *, progress: Watcher = None) -> CheckReport:
        """Reads everything and compares it: every page, every record with its index rows, the audit chain, the
        key ring. Takes as long as reading the whole store. ``progress`` counts records; they come after every
        page was read.

        Parameters
        ----------
        progress : bool or Progress or callable, optional
            Who watches.

        Returns
        -------
        CheckReport
            What a check found.

        Raises
        ------
        Denied, Closed, Cancelled, Busy
            ``Denied`` to all but administrators; ``Cancelled``; ``Busy`` or ``Closed`` if the store is
            suspended or shut down meanwhile; what is damaged is reported, not an error.
        """
        with watched(progress, "") as (work, tell):
            return self._native.upkeep_check(work, tell)
