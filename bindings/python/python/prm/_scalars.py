"""Values with a meaning of their own: dates, times, decimals, content that does not print; ids and codes as well."""

from __future__ import annotations

import decimal
from collections.abc import Callable, Iterable
from datetime import date, datetime, timezone
from typing import Any, Generic, TypeAlias, TypeVar, overload

from prm import _native
from prm._codes import Code, Frozen, Id, known

__all__ = [
    "CivilTime", "CivilTimeLike", "Code", "Cursor", "Date", "DateLike", "DayLike", "Decimal", "DecimalLike", "Id",
    "PartialDate", "Sensitive", "When", "WhenLike", "as_civil_time", "as_date", "as_day", "as_decimal", "as_instant",
    "as_sensitive", "as_text", "as_when", "fill", "known", "many", "maybe",
]

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)
U = TypeVar("U")
_set = object.__setattr__


class Sensitive(Frozen, Generic[T_co]):
    """Content that does not print: names, contacts, free text.

    Wherever one is expected, the plain value may be given. Reading it is explicit.

    Examples
    --------
    >>> name = Sensitive("Ana")
    >>> name
    Sensitive(…)
    >>> name.expose()
    'Ana'
    """

    __slots__ = ("_value",)
    _value: T_co

    def __init__(self, value: T_co) -> None:
        _set(self, "_value", value)

    def expose(self) -> T_co:
        """The content, for a use that the caller answers for."""
        return self._value

    def __repr__(self) -> str:
        return "Sensitive(…)"

    def __eq__(self, other: object) -> bool:
        return self._value == other._value if isinstance(other, Sensitive) else NotImplemented

    def __hash__(self) -> int:
        return hash(self._value)

    def __reduce__(self) -> tuple[Any, ...]:
        return Sensitive, (self._value,)


class PartialDate(Frozen):
    """A date of the Gregorian calendar, years 1 to 9999, of which the month or the day may be unknown.

    Dates sort by the start of their span, then the coarser first. They are never turned into instants.

    Parameters
    ----------
    year : int or str or datetime.date
        The year; or the whole as ``2019``, ``2019-03`` or ``2019-03-07``.
    month, day : int, optional
        As far as they are known.

    Raises
    ------
    Invalid
        If there is no such date.

    Examples
    --------
    >>> born = PartialDate("1987-04")
    >>> born.year, born.month, born.day
    (1987, 4, None)
    >>> born.last_day()
    datetime.date(1987, 4, 30)
    >>> PartialDate(1987) < born
    True
    """

    __slots__ = ("_day", "_month", "_year")
    _year: int
    _month: int | None
    _day: int | None

    def __init__(self, year: int | str | date, month: int | None = None, day: int | None = None) -> None:
        if isinstance(year, datetime):
            raise TypeError("a datetime is no date; take its date()")
        if isinstance(year, date):
            parts: tuple[int, int | None, int | None] = (year.year, year.month, year.day)
        elif isinstance(year, str):
            parts = _native.read_date(year)
        elif day is not None and month is None:
            raise TypeError("a day needs a month")
        else:
            text = "-".join(f"{part:0{width}}" for part, width in ((year, 4), (month, 2), (day, 2)) if part is not None)
            parts = _native.read_date(text)
        for name, part in zip(("_year", "_month", "_day"), parts):
            _set(self, name, part)

    @property
    def year(self) -> int:
        """The year."""
        return self._year

    @property
    def month(self) -> int | None:
        """The month, 1 to 12, if known."""
        return self._month

    @property
    def day(self) -> int | None:
        """The day of the month, if known."""
        return self._day

    def first_day(self) -> date:
        """The first day of the span: 1 January for a year."""
        return date(self._year, self._month or 1, self._day or 1)

    def last_day(self) -> date:
        """The last day of the span: 31 December for a year."""
        return _native.days_of_date(self)[1]

    def __str__(self) -> str:
        parts = ((self._year, 4), (self._month, 2), (self._day, 2))
        return "-".join(f"{part:0{width}}" for part, width in parts if part is not None)

    def __repr__(self) -> str:
        return f"PartialDate('{self}')"

    def _key(self) -> tuple[int, int, int]:
        return self._year, self._month or 0, self._day or 0

    def __eq__(self, other: object) -> bool:
        return self._key() == other._key() if isinstance(other, PartialDate) else NotImplemented

    def __lt__(self, other: PartialDate) -> bool:
        return self._key() < other._key() if isinstance(other, PartialDate) else NotImplemented

    def __le__(self, other: PartialDate) -> bool:
        return self._key() <= other._key() if isinstance(other, PartialDate) else NotImplemented

    def __gt__(self, other: PartialDate) -> bool:
        return self._key() > other._key() if isinstance(other, PartialDate) else NotImplemented

    def __ge__(self, other: PartialDate) -> bool:
        return self._key() >= other._key() if isinstance(other, PartialDate) else NotImplemented

    def __hash__(self) -> int:
        return hash(self._key())

    def __reduce__(self) -> tuple[Any, ...]:
        return PartialDate, (str(self),)


class When(Frozen):
    """When something happened: a moment with the offset it was written with, or a date that may be partial.

    The text is kept, so nothing finer than the microseconds of a datetime is lost.

    Parameters
    ----------
    value : str or datetime.datetime or datetime.date or PartialDate
        ``2019``, ``2019-03``, ``2019-03-07`` or ``2019-03-07T13:28:17-05:00``. A datetime must know its offset.

    Raises
    ------
    Invalid
        If there is no such time; years are 1 to 9999.

    Examples
    --------
    >>> When("2026-03-02T08:00:00+01:00").at
    datetime.datetime(2026, 3, 2, 8, 0, tzinfo=datetime.timezone(datetime.timedelta(seconds=3600)))
    >>> When("2019").on
    PartialDate('2019')
    """

    __slots__ = ("_text",)
    _text: str

    def __init__(self, value: WhenLike) -> None:
        _set(self, "_text", _native.read_when(value))

    @property
    def at(self) -> datetime | None:
        """The moment, to the microsecond and with its offset; none for a date."""
        parts = _native.parts_of_when(self)
        return None if isinstance(parts, tuple) else parts

    @property
    def on(self) -> PartialDate | None:
        """The date; none for a moment."""
        return PartialDate(self._text) if "T" not in self._text else None

    @property
    def date(self) -> PartialDate:
        """The date as it was written: the local date of a moment, or the date itself."""
        return PartialDate(self._text.partition("T")[0])

    def __str__(self) -> str:
        return self._text

    def __repr__(self) -> str:
        return f"When('{self._text}')"

    def __eq__(self, other: object) -> bool:
        return self._text == other._text if isinstance(other, When) else NotImplemented

    def __hash__(self) -> int:
        return hash(self._text)

    def __reduce__(self) -> tuple[Any, ...]:
        return When, (self._text,)


class Decimal(decimal.Decimal):
    """A decimal that keeps the digits it came with, and calculates like any other ``decimal.Decimal``.

    Examples
    --------
    >>> a = Decimal("1.50")
    >>> a.text, a == decimal.Decimal("1.5"), a + 1
    ('1.50', True, Decimal('2.50'))
    >>> Decimal("1e3").text
    '1e3'
    """

    __slots__ = ("text",)
    text: str

    def __new__(cls, value: DecimalLike) -> Decimal:
        if isinstance(value, Decimal):
            return value
        if isinstance(value, bool) or not isinstance(value, (str, int, decimal.Decimal)):
            raise TypeError(f"expected Decimal, int or str, not {type(value).__name__}")
        text = _native.read_decimal(str(value))
        made = super().__new__(cls, text)
        made.text = text
        return made

    def __reduce__(self) -> tuple[Any, ...]:
        return Decimal, (self.text,)


class Cursor(Frozen):
    """Where a page ended. It opens in the store that gave it, for the same actor and question alone.

    Parameters
    ----------
    text : str
        What ``text`` of another cursor gave.
    """

    __slots__ = ("_text",)
    _text: str

    def __init__(self, text: str) -> None:
        _set(self, "_text", text)

    @property
    def text(self) -> str:
        """Text to keep or hand on. It holds nothing that anyone else can read."""
        return self._text

    def __repr__(self) -> str:
        return "Cursor(…)"

    def __eq__(self, other: object) -> bool:
        return self._text == other._text if isinstance(other, Cursor) else NotImplemented

    def __hash__(self) -> int:
        return hash(self._text)

    def __reduce__(self) -> tuple[Any, ...]:
        return Cursor, (self._text,)


Date: TypeAlias = date
"""A day of the Gregorian calendar: ``datetime.date``. It is never an instant."""
CivilTime: TypeAlias = datetime
"""What a clock on the wall shows: a ``datetime.datetime`` without time zone, to the second."""
DayLike: TypeAlias = date | str
CivilTimeLike: TypeAlias = datetime | str
DateLike: TypeAlias = PartialDate | date | str
WhenLike: TypeAlias = When | PartialDate | datetime | date | str
DecimalLike: TypeAlias = decimal.Decimal | int | str


def as_date(value: DateLike) -> PartialDate:
    """A date."""
    return value if isinstance(value, PartialDate) else PartialDate(value)


def as_day(value: DayLike) -> date:
    """A day, also as ``2026-03-07``.

    >>> as_day("2026-03-07")
    datetime.date(2026, 3, 7)
    """
    if isinstance(value, datetime):
        raise TypeError("a datetime is no date; take its date()")
    return _native.read_day(value)


def as_civil_time(value: CivilTimeLike) -> datetime:
    """A civil time, also as ``2026-03-07T08:00:00``.

    >>> as_civil_time("2026-03-07T08:00:00")
    datetime.datetime(2026, 3, 7, 8, 0)
    """
    return _native.read_civil_time(value)


def as_when(value: WhenLike) -> When:
    """A time."""
    return value if isinstance(value, When) else When(value)


def as_decimal(value: DecimalLike) -> Decimal:
    """A decimal."""
    return Decimal(value)


def as_instant(value: datetime) -> datetime:
    """An instant in UTC."""
    if not isinstance(value, datetime):
        raise TypeError(f"expected datetime, not {type(value).__name__}")
    if value.utcoffset() is None:
        raise TypeError("a datetime without a time zone is no instant; give it one")
    return value.astimezone(timezone.utc)


def as_text(value: Sensitive[str] | str) -> Sensitive[str]:
    """A text that does not print."""
    if isinstance(value, Sensitive):
        return value
    if not isinstance(value, str):
        raise TypeError(f"expected str, not {type(value).__name__}")
    return Sensitive(value)


def as_sensitive(value: Sensitive[T] | T) -> Sensitive[T]:
    """A value that does not print."""
    return value if isinstance(value, Sensitive) else Sensitive(value)


def maybe(make: Callable[[Any], U], value: object) -> U | None:
    """What is made of a value, if there is one."""
    return None if value is None else make(value)


@overload
def many(values: Iterable[T]) -> tuple[T, ...]: ...
@overload
def many(values: Iterable[T], make: Callable[[T], U]) -> tuple[U, ...]: ...
def many(values: Iterable[Any], make: Callable[[Any], Any] | None = None) -> tuple[Any, ...]:
    """A list, each of its items made into what it is to be."""
    if isinstance(values, (str, bytes)):
        raise TypeError(f"expected a list, not one {type(values).__name__}")
    return tuple(values) if make is None else tuple(make(value) for value in values)


def fill(record: object, /, **values: object) -> None:
    """Sets the fields of a frozen record."""
    for name, value in values.items():
        _set(record, name, value)
