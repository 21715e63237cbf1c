"""Calculations that need no store."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime, timezone

from prm import _native
from prm._model import Instance, Recurrence
from prm._rooms.reckon import ReckonCalls

__all__ = ["Reckoner"]

_END = datetime(9999, 12, 31, 23, 59, 59, tzinfo=timezone.utc)
_PAGE = 256


class Reckoner(ReckonCalls):
    """Calculations that need no store: data in, data out.

    ``prm.reckon`` is one with the time zones that come with the library.

    Parameters
    ----------
    zones : tuple of str and mapping of str to bytes, optional
        Version of a time zone database, and its zones by name as TZif (RFC 9636). No other zones exist then.

    Examples
    --------
    >>> import prm
    >>> prm.reckon.instant("Europe/Berlin", "2026-03-29T02:30:00")
    datetime.datetime(2026, 3, 29, 1, 30, tzinfo=datetime.timezone.utc)
    """

    __slots__ = ()

    def __init__(self, zones: tuple[str, Mapping[str, bytes]] | None = None) -> None:
        super().__init__(_native.Reckoner(None if zones is None else (zones[0], dict(zones[1]))))

    def instances(
        self, recurrence: Recurrence, zone: str, from_: datetime, to: datetime = _END
    ) -> Iterator[Instance]:
        """The instances of a recurrence, one by one in order of time, perhaps without end.

        Parameters
        ----------
        recurrence : Recurrence
            What repeats.
        zone : str
            Where the patient lives; it matters to a recurrence that floats.
        from_ : datetime
            The earliest instant.
        to : datetime, optional
            The instant after the last.

        Returns
        -------
        iterator of Instance

        Raises
        ------
        Invalid
            For a rule that is none or a zone that is not in the database.

        Examples
        --------
        >>> import prm
        >>> from datetime import datetime, timezone
        >>> from itertools import islice
        >>> monthly = prm.reckon.parse_recurrence("DTSTART:20260131T080000\\nRRULE:FREQ=MONTHLY")
        >>> february = datetime(2026, 2, 1, tzinfo=timezone.utc)
        >>> [str(one.civil.date()) for one in islice(prm.reckon.instances(monthly, "Europe/Berlin", february), 3)]
        ['2026-03-31', '2026-05-31', '2026-07-31']
        """
        begin, given, size = from_, 0, _PAGE
        while True:
            page = self.between(recurrence, zone, begin, to, size)
            yield from page.instances[given:]
            if not page.cut_off:
                return
            # The next page begins with those of the last instant, of which these are given.
            begin = page.instances[-1].at
            given = sum(one.at == begin for one in page.instances)
            if given == size:
                size *= 2

    def __repr__(self) -> str:
        return f"Reckoner(zones {self.zones_version()})"
