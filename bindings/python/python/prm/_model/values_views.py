# Made by `cargo run -p prm-api -- python` from the surface of the core; a test compares.
"""What sessions, imports and upkeep answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from prm._model.chart_views import EntryView
from prm._model.codes import ChangeKind, RecordKind
from prm._model.ids import BatchId, RecordId
from prm._model.people_views import PatientRow
from prm._scalars import Cursor, as_instant, fill, many

__all__ = [
    "CheckReport", "Event", "EventChanged", "EventLagged", "ExportReport", "ImportReport", "NoteReport", "Notice",
    "PatientPage", "Receipt", "RefusedRecord", "Salvaged", "Stats", "StoreFile", "TableRows", "TimelinePage",
    "TypeReport", "Written",
]


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class CheckReport:
    """What a check found.

    Parameters
    ----------
    problems : sequence of str
        What is wrong, each as a sentence with a page, table or key, without content. Empty if all is well.
    records : int
        Records whose index rows were compared.
    audit_entries : int
        Entries of the audit chain that were verified.
    """

    problems: tuple[str, ...]
    records: int
    audit_entries: int

    def __init__(
        self, *, problems: Sequence[str], records: int, audit_entries: int,
    ) -> None:
        fill(
            self, problems=many(problems), records=records, audit_entries=audit_entries,
        )


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class Notice:
    """That a record changed: no content, only what to read again.

    Parameters
    ----------
    sequence : int
        Sequence of the commit.
    kind : RecordKind
        Kind of the record.
    id : RecordId
        Which.
    version : int
        Its version.
    change : ChangeKind
        How it changed.
    """

    sequence: int
    kind: RecordKind
    id: RecordId
    version: int
    change: ChangeKind

    def __init__(
        self, *, sequence: int, kind: RecordKind | str, id: RecordId, version: int, change: ChangeKind,
    ) -> None:
        fill(
            self, sequence=sequence, kind=RecordKind(kind), id=id, version=version, change=change,
        )


@dataclass(frozen=True, slots=True, init=False)
class EventChanged:
    """A record changed."""

    value: Notice

    def __init__(self, value: Notice) -> None:
        fill(self, value=value)


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class EventLagged:
    """More happened than a subscriber is told one by one: everything after ``from`` is to be read again.

    Parameters
    ----------
    from_ : int
        Sequence of the last commit that was told.
    """

    from_: int

    def __init__(
        self, *, from_: int,
    ) -> None:
        fill(
            self, from_=from_,
        )


Event: TypeAlias = (
    EventChanged | EventLagged
)
"""What a subscription tells."""


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class ExportReport:
    """What an export wrote.

    Parameters
    ----------
    resources : int
        Resources written.
    as_imported : int
        Of these, texts that went out byte for byte as they came in.
    edited : int
        Of these, texts that an edit was written into.
    made_here : int
        Of these, resources of records made here.
    """

    resources: int
    as_imported: int
    edited: int
    made_here: int

    def __init__(
        self, *, resources: int, as_imported: int, edited: int, made_here: int,
    ) -> None:
        fill(
            self, resources=resources, as_imported=as_imported, edited=edited, made_here=made_here,
        )


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class NoteReport:
    """An element that could not be read into a record, and how often.

    Parameters
    ----------
    kind : str
        Type of resource.
    path : str
        Path of the element, without positions in lists.
    reason : str
        Why.
    count : int
        How often.
    """

    kind: str
    path: str
    reason: str
    count: int

    def __init__(
        self, *, kind: str, path: str, reason: str, count: int,
    ) -> None:
        fill(
            self, kind=kind, path=path, reason=reason, count=count,
        )


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class RefusedRecord:
    """A record that could not be read.

    Parameters
    ----------
    index : int
        How many records came before it.
    offset : int
        Offset of its first byte.
    line : int
        Line of its first byte, from 1.
    reason : str
        Why, without content.
    """

    index: int
    offset: int
    line: int
    reason: str

    def __init__(
        self, *, index: int, offset: int, line: int, reason: str,
    ) -> None:
        fill(
            self, index=index, offset=offset, line=line, reason=reason,
        )


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class TypeReport:
    """What came in of one type.

    Parameters
    ----------
    kind : str
        Type of resource.
    added : int
        New records.
    changed : int
        Records that got a new version.
    unchanged : int
        Records that came before and are the same.
    noted : int
        New and changed records with at least one element that is in the kept text alone.
    """

    kind: str
    added: int
    changed: int
    unchanged: int
    noted: int

    def __init__(
        self, *, kind: str, added: int, changed: int, unchanged: int, noted: int,
    ) -> None:
        fill(
            self, kind=kind, added=added, changed=changed, unchanged=unchanged, noted=noted,
        )


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class ImportReport:
    """What an import did.

    Parameters
    ----------
    types : sequence of TypeReport
        What came in, by type of resource. Types beyond the first 1,000 are counted together as ``Resource``.
    refused : sequence of RefusedRecord
        Records that could not be read, the first 1,000 of them.
    refused_count : int
        How many could not be read.
    notes : sequence of NoteReport
        Elements that a record has a place for and that could not be read into it: they are in the kept text
        alone.
    referenced_patients : int
        Patients the session may see who are known by reference alone after the import.
    unresolved_links : int
        Links of entries written that lead to nothing in the store.
    bundles : int
        Bundles read.
    bytes : int
        Bytes read.
    """

    types: tuple[TypeReport, ...]
    refused: tuple[RefusedRecord, ...]
    refused_count: int
    notes: tuple[NoteReport, ...]
    referenced_patients: int
    unresolved_links: int
    bundles: int
    bytes: int

    def __init__(
        self, *, types: Sequence[TypeReport], refused: Sequence[RefusedRecord], refused_count: int,
        notes: Sequence[NoteReport], referenced_patients: int, unresolved_links: int, bundles: int, bytes: int,
    ) -> None:
        fill(
            self, types=many(types), refused=many(refused), refused_count=refused_count, notes=many(notes),
            referenced_patients=referenced_patients, unresolved_links=unresolved_links, bundles=bundles, bytes=bytes,
        )


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class PatientPage:
    """A page of a list of patients.

    Parameters
    ----------
    patients : sequence of PatientRow
        The patients, in the order of folded family and given names.
    next : Cursor, optional
        Where the next page begins, if there is more.
    """

    patients: tuple[PatientRow, ...]
    next: Cursor | None

    def __init__(
        self, *, patients: Sequence[PatientRow], next: Cursor | None = None,
    ) -> None:
        fill(
            self, patients=many(patients), next=next,
        )


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class Written:
    """What became of one command.

    Parameters
    ----------
    kind : RecordKind
        Kind of the record.
    id : RecordId
        Its id.
    version : int
        Its version now.
    """

    kind: RecordKind
    id: RecordId
    version: int

    def __init__(
        self, *, kind: RecordKind | str, id: RecordId, version: int,
    ) -> None:
        fill(
            self, kind=RecordKind(kind), id=id, version=version,
        )


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
