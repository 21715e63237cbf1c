"""Tables that other libraries read through the Arrow interface of PyCapsules."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from prm import _native
from prm._native import Progress

__all__ = ["Table"]


class Table:
    """A question whose answer is a table. It is asked anew each time it is read, and every reading is on record.

    ``polars.DataFrame(table)``, ``pyarrow.table(table)`` and ``pandas.DataFrame.from_arrow(table)`` take it as it is, in
    batches. Columns are a contract: the metadata of the schema has its number as ``prm.contract``, that of each column
    its meaning as ``description``.
    """

    __slots__ = ("_name", "_open", "_progress")

    def __init__(
        self, name: str, open: Callable[[Progress], _native.Stream], progress: Progress | None = None
    ) -> None:
        self._name = name
        self._open = open
        self._progress = progress

    def watched(self, progress: Progress) -> Table:
        """The same table with a progress, which counts rows and stops the reading."""
        return Table(self._name, self._open, progress)

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        """The rows, as a capsule ``arrow_array_stream``.

        Whoever may not read the table is told here; a later error is raised by the library that reads.
        """
        return self._open(self._progress or Progress()).__arrow_c_stream__(requested_schema)

    def __arrow_c_schema__(self) -> object:
        """The columns, as a capsule ``arrow_schema``. Nothing is read."""
        return _native.table_schema(self._name)

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
        return f"Table({self._name})"
