"""What the library traces, as log records."""

from __future__ import annotations

import logging

from prm import _native

__all__ = ["log"]


def log(level: int = logging.INFO) -> None:
    """Hands what the library traces, from a level on, to the logger ``prm``. Off until it is called, once.

    Records carry counts and ids, never content of a record. A handler may be called from a thread of the library; it must
    not call the library. What a handler raises is ignored.

    Parameters
    ----------
    level : int
        A level of `logging`.

    Raises
    ------
    RuntimeError
        If it was called before.
    """
    _native.log_from(min(max(level, 0), 50))
