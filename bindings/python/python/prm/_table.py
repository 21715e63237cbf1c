"""Tables that other libraries read through the Arrow interface of PyCapsules."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from prm import _native
from prm._watch import Watcher, watched

__all__ = ["Table"]


class Table:
    """A question whose answer is a table. It is asked anew each time it is read, and every reading is on record.

    ``polars.DataFrame(table)``, ``pyarrow.table(table)`` and ``pandas.DataFrame.from_arrow(table)`` take it as it is, in
    batches. Columns are a contract: the metadata of the schema has its number as ``prm.contract``, that of each column
    its meaning as ``description``.
    """

    __slots__ = ("_open", "_watcher")

    def __init__(self, open: Callable[[_native.Progress], _native.Stream], watcher: Watcher = None) -> None:
        self._open = open
        self._watcher = watcher

    def watched(self, watcher: _native.Progress) -> Table:
        """The same table, whose readers are told of by a progress, in rows, and stopped by it."""
        return Table(self._open, watcher)

    def _stream(self) -> _native.Stream:
        with watched(self._watcher, "rows") as (work, _):
            return self._open(work)

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        """The rows, as a capsule ``arrow_array_stream``."""
        return self._stream().__arrow_c_stream__(requested_schema)

    def __arrow_c_schema__(self) -> object:
        """The columns, as a capsule ``arrow_schema``."""
        return self._stream().__arrow_c_schema__()

    def to_polars(self) -> Any:
        """A ``polars.DataFrame``."""
        import polars

        return polars.DataFrame(self)

    def to_pandas(self) -> Any:
        """A ``pandas.DataFrame``."""
        import pandas

        return pandas.DataFrame.from_arrow(self)

    def to_pyarrow(self) -> Any:
        """A ``pyarrow.Table``."""
        import pyarrow

        return pyarrow.table(self)

    def __repr__(self) -> str:
        return "Table(…)"
