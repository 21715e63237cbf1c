"""Ids and codes."""

from __future__ import annotations

import functools
import os
import time
import uuid
from typing import Any, ClassVar, TypeVar

__all__ = ["Code", "Frozen", "Id", "known"]

_Id = TypeVar("_Id", bound="Id")
_Code = TypeVar("_Code", bound="Code")
_set = object.__setattr__


class Frozen:
    """What cannot be changed once it is made."""

    __slots__ = ()

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"{type(self).__name__} cannot be changed")

    def __delattr__(self, name: str) -> None:
        raise AttributeError(f"{type(self).__name__} cannot be changed")


@functools.total_ordering
class Id(Frozen):
    """A UUID with a type of its own: ids of patients and ids of practitioners are never mistaken for one another.

    Ids of one type sort in the order in which they were made, and ``str()`` gives the UUID.

    Parameters
    ----------
    value : uuid.UUID or str or RecordId
        The UUID. An id of a record of any kind becomes the id of one kind, and back: ``PatientId(written.id)``,
        ``RecordId(patient)``.

    Examples
    --------
    >>> from prm import PatientId, RecordId
    >>> ana = PatientId("018f3a5e-7c00-7000-8000-000000000001")
    >>> str(ana)
    '018f3a5e-7c00-7000-8000-000000000001'
    >>> PatientId(RecordId(ana)) == ana
    True
    """

    __slots__ = ("_bytes",)
    _bytes: bytes

    def __init__(self, value: uuid.UUID | str | Id) -> None:
        if isinstance(value, Id):
            if type(value) is not type(self) and "RecordId" not in (type(value).__name__, type(self).__name__):
                raise TypeError(f"a {type(value).__name__} is no {type(self).__name__}")
            raw = value._bytes
        elif isinstance(value, uuid.UUID):
            raw = value.bytes
        elif isinstance(value, str):
            raw = _parsed_uuid(value, type(self).__name__)
        else:
            raise TypeError(f"expected UUID or str, not {type(value).__name__}")
        _set(self, "_bytes", raw)

    @classmethod
    def new(cls: type[_Id]) -> _Id:
        """A fresh id (UUID version 7), for commands of one batch that refer to one another."""
        millis = time.time_ns() // 1_000_000
        drawn = int.from_bytes(os.urandom(10), "big")
        high = millis << 16 | 0x7000 | drawn >> 68
        low = 1 << 63 | drawn & (1 << 62) - 1
        return cls(uuid.UUID(int=high << 64 | low))

    @property
    def uuid(self) -> uuid.UUID:
        """The UUID."""
        return uuid.UUID(bytes=self._bytes)

    def __str__(self) -> str:
        return str(self.uuid)

    def __repr__(self) -> str:
        return f"{type(self).__name__}('{self.uuid}')"

    def __eq__(self, other: object) -> bool:
        return self._bytes == other._bytes if isinstance(other, Id) and type(other) is type(self) else NotImplemented

    def __lt__(self: _Id, other: _Id) -> bool:
        return self._bytes < other._bytes if type(other) is type(self) else NotImplemented

    def __hash__(self) -> int:
        return hash(self._bytes)

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (str(self),)


def _parsed_uuid(text: str, name: str) -> bytes:
    try:
        return uuid.UUID(text).bytes
    except ValueError:
        from prm._errors import Invalid

        raise Invalid(f"not a {name}", field="id") from None


class Code(str):
    """A code of a list that may grow: known codes are members of the class, any other is kept as it came.

    A code is a ``str`` and equals its text.

    Examples
    --------
    >>> from prm.people import Gender
    >>> Gender("female") is Gender.FEMALE, Gender.FEMALE == "female"
    (True, True)
    >>> Gender("x-local"), Gender("x-local").is_known
    (Gender('x-local'), False)
    """

    __slots__ = ()
    _members: ClassVar[dict[str, tuple[str, Any]]] = {}

    def __init_subclass__(cls) -> None:
        declared = [(name, code) for name, code in vars(cls).items() if isinstance(code, _Known)]
        cls._members = {}
        for name, code in declared:
            member = str.__new__(cls, code.text)
            cls._members[code.text] = (name, member)
            setattr(cls, name, member)

    def __new__(cls: type[_Code], code: str) -> _Code:
        found = cls._members.get(code)
        if found is not None:
            member: _Code = found[1]
            return member
        if not isinstance(code, str):
            raise TypeError(f"expected {cls.__name__} or str, not {type(code).__name__}")
        return str.__new__(cls, code)

    @property
    def is_known(self) -> bool:
        """Whether this version knows the code."""
        return str(self) in self._members

    @classmethod
    def members(cls: type[_Code]) -> tuple[_Code, ...]:
        """Every code this version knows."""
        return tuple(member for _, member in cls._members.values())

    def __str__(self) -> str:
        return str.__str__(self)

    def __repr__(self) -> str:
        found = self._members.get(self)
        return f"{type(self).__name__}.{found[0]}" if found else f"{type(self).__name__}({str.__repr__(self)})"

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (str(self),)


class _Known:
    __slots__ = ("text",)

    def __init__(self, text: str) -> None:
        self.text = text


def known(text: str) -> Any:
    """A code that a class knows; the class makes a member of it."""
    return _Known(text)
