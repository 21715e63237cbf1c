"""The root of the exceptions, and how one is made of an error of the library."""

from __future__ import annotations

import enum
from typing import Any, ClassVar

__all__ = ["Defect", "PrmError", "Retry", "raised"]


class Retry(enum.Enum):
    """Whether to call again after an error."""

    NEVER = "never"
    """The same call will fail again."""
    LATER = "later"
    """The same call may succeed once the outside condition has passed."""
    AFTER_RELOAD = "after_reload"
    """Read again, then send an edit made on what was read."""


class PrmError(Exception):
    """Anything the library refuses or fails at. There is a class for every kind; none tells content of a record.

    Attributes
    ----------
    code : str
        Stable code of the kind, e.g. ``wrong_key``.
    advice : str
        One sentence on what to do.
    retry : Retry
        Whether to call again.
    field : str or None
        The field of the input that is wrong, as a dotted path.
    versions : tuple of (int, int) or None
        The version an edit was made on, and the one that is current.
    table, key : str or None
        The row that could not be read.
    because : str or None
        What the operating system or a lower layer said.
    """

    code: ClassVar[str] = "unknown"
    advice: ClassVar[str] = "Update this package: it does not know the kind of this error."
    retry: ClassVar[Retry] = Retry.NEVER

    def __init__(
        self,
        sentence: str = "",
        *,
        field: str | None = None,
        versions: tuple[int, int] | None = None,
        table: str | None = None,
        key: str | None = None,
        because: str | None = None,
    ) -> None:
        super().__init__(sentence)
        self.field = field
        self.versions = versions
        self.table = table
        self.key = key
        self.because = because

    def __str__(self) -> str:
        because = f" ({self.because})" if self.because else ""
        return f"{self.args[0] if self.args else ''}{because}"

    def __reduce__(self) -> tuple[Any, ...]:
        told = {name: getattr(self, name) for name in ("field", "versions", "table", "key", "because")}
        return _again, (type(self), self.args, told)


class Defect(PrmError):
    """The library met a state that it takes for impossible. The call did nothing further; the report helps to mend it.

    Its sentence is that of a panic and may quote a part of what was worked on: it is the one error that is not for logs.
    """

    code = "defect"
    advice = "Report it with the sentence; shut the store down and open it again."


def _again(kind: type[PrmError], args: tuple[Any, ...], told: dict[str, Any]) -> PrmError:
    return kind(*args, **told)


def raised(code: str, sentence: str, /, **told: Any) -> PrmError:
    """The exception for an error of the library."""
    kind = _kinds().get(code, PrmError)
    return kind(sentence, **told)


def _kinds() -> dict[str, type[PrmError]]:
    if not _KINDS:
        from prm import _errors

        _KINDS.update({kind.code: kind for name in _errors.__all__ for kind in (getattr(_errors, name),)})
    return _KINDS


_KINDS: dict[str, type[PrmError]] = {}
