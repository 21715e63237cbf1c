# Made by `cargo run -p prm-api -- python` from the surface of the core; a test compares.
"""What sessions, imports and upkeep answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from prm._model.chart_views import EntryView
from prm._model.ids import BatchId, CareTemplateId
from prm._model.values_views import Written
from prm._scalars import Cursor, as_instant, fill, many

__all__ = [
    "Receipt", "Salvaged", "Stats", "StoreFile", "TableRows", "TemplateImport", "TimelinePage",
]


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class Receipt:
    """What became of a batch.

    Parameters
    ----------
    batch : BatchId
        Id of the batch: the caller's, or the one it got.
    sequence : int
        Sequence of its commit; the change feed tells of it under this number.
    recorded : datetime
        When it was recorded.
    written : sequence of Written
        One for each command, in order.
    """

    batch: BatchId
    sequence: int
    recorded: datetime
    written: tuple[Written, ...]

    def __init__(
        self, *, batch: BatchId, sequence: int, recorded: datetime, written: Sequence[Written],
    ) -> None:
        fill(
            self, batch=batch, sequence=sequence, recorded=as_instant(recorded), written=many(written),
        )


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class Salvaged:
    """What was copied out of a damaged store.

    Parameters
    ----------
    rows : int
        Rows copied.
    lost : sequence of str
        Rows and stretches of rows that could not be read, each as a sentence with a table, without content.
    """

    rows: int
    lost: tuple[str, ...]

    def __init__(
        self, *, rows: int, lost: Sequence[str],
    ) -> None:
        fill(
            self, rows=rows, lost=many(lost),
        )


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class TableRows:
    """How many rows a table has.

    Parameters
    ----------
    table : str
        Name of the table.
    rows : int
        Rows.
    """

    table: str
    rows: int

    def __init__(
        self, *, table: str, rows: int,
    ) -> None:
        fill(
            self, table=table, rows=rows,
        )


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class Stats:
    """Figures of a store.

    Parameters
    ----------
    patients : int
        Patients ever recorded, those entered in error and those known by reference among them.
    sequence : int
        Sequence of the newest commit.
    audit_entries : int
        Entries of the audit chain.
    pending_accesses : int
        Accesses that no commit has carried into tables yet.
    rows : sequence of TableRows
        Rows by table.
    data_bytes : int
        Bytes of the data file; 0 in memory.
    seals : int
        Pages sealed under the key of this file. At 2³¹ it should be rewritten.
    wants_rewrite : bool
        Whether so many pages were sealed that the file should be rewritten.
    damaged_reads : int
        Damaged pages met since the store was opened.
    zones : str
        Version of the time zone database the store was last written with.
    format : int
        Format of the rows.
    """

    patients: int
    sequence: int
    audit_entries: int
    pending_accesses: int
    rows: tuple[TableRows, ...]
    data_bytes: int
    seals: int
    wants_rewrite: bool
    damaged_reads: int
    zones: str
    format: int

    def __init__(
        self, *, patients: int, sequence: int, audit_entries: int, pending_accesses: int, rows: Sequence[TableRows],
        data_bytes: int, seals: int, wants_rewrite: bool, damaged_reads: int, zones: str, format: int,
    ) -> None:
        fill(
            self, patients=patients, sequence=sequence, audit_entries=audit_entries, pending_accesses=pending_accesses,
            rows=many(rows), data_bytes=data_bytes, seals=seals, wants_rewrite=wants_rewrite,
            damaged_reads=damaged_reads, zones=zones, format=format,
        )


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class StoreFile:
    """A file of a store's folder. See ``Prm.files``.

    Parameters
    ----------
    name : str
        Name of the file within the folder.
    holds : str
        What it holds.
    may_be_backed_up : bool
        Whether a backup that a device makes of its apps may have it.

        The key ring may not be in one. It is what a passphrase is tried against, and an older copy of it
        still has the keys of patients who were erased since. Keep its newest copy where only the host can
        reach it: a store that comes back without it gives ``KeyRingMissing`` until that copy is put beside
        ``data``.

        On iOS set ``isExcludedFromBackup`` on each file that may not; on Android exclude it in
        ``data_extraction_rules.xml``, from ``cloud-backup`` and from ``device-transfer``. A copy of the
        others is whole only if the store was suspended or shut down while it was made.
    """

    name: str
    holds: str
    may_be_backed_up: bool

    def __init__(
        self, *, name: str, holds: str, may_be_backed_up: bool,
    ) -> None:
        fill(
            self, name=name, holds=holds, may_be_backed_up=may_be_backed_up,
        )


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class TemplateImport:
    """What an imported template became.

    Parameters
    ----------
    template : CareTemplateId
        The template.
    not_taken : sequence of str, optional
        What of the text was not taken: where it stands, and why.
    """

    template: CareTemplateId
    not_taken: tuple[str, ...]

    def __init__(
        self, *, template: CareTemplateId, not_taken: Sequence[str] = (),
    ) -> None:
        fill(
            self, template=template, not_taken=many(not_taken),
        )


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class TimelinePage:
    """A page of a timeline.

    Parameters
    ----------
    entries : sequence of EntryView
        The entries, in the order asked for.
    next : Cursor, optional
        Where the next page begins. There may be nothing behind it if the question names a text.
    looked_at : int
        Entries looked at, of those the session may see. A text filter looks at 2,000 at most for one page and
        goes on from there with the next.
    """

    entries: tuple[EntryView, ...]
    next: Cursor | None
    looked_at: int

    def __init__(
        self, *, entries: Sequence[EntryView], next: Cursor | None = None, looked_at: int,
    ) -> None:
        fill(
            self, entries=many(entries), next=next, looked_at=looked_at,
        )
