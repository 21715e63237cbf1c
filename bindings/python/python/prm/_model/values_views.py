# Made by `cargo run -p prm-api -- python` from the surface of the core; a test compares.
"""What sessions, imports and upkeep answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

from prm._model.codes import ChangeKind, RecordKind
from prm._model.decide_views import DecisionView
from prm._model.engage_2 import OccurrenceView
from prm._model.engage_views import DueItem
from prm._model.ids import CarePlanId, GoalId, RecordId, ScheduleId
from prm._model.people_views import PatientRow
from prm._scalars import Cursor, fill, many

__all__ = [
    "CareImport", "CheckReport", "DecisionPage", "DuePage", "Event", "EventChanged", "EventLagged", "ExportReport",
    "FeedImport", "ImportReport", "MissedPage", "NoteReport", "Notice", "PatientPage", "RefusedRecord", "TypeReport",
    "Written",
]


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class CareImport:
    """What an imported plan became.

    Parameters
    ----------
    plan : CarePlanId
        The plan.
    goals : sequence of GoalId
        Its goals.
    schedules : sequence of ScheduleId
        Its schedules.
    outcomes : int
        How many outcomes came with them.
    not_taken : sequence of str
        What of the text was not taken: where it stands, and why. What was assumed is told here too.
    """

    plan: CarePlanId
    goals: tuple[GoalId, ...]
    schedules: tuple[ScheduleId, ...]
    outcomes: int
    not_taken: tuple[str, ...]

    def __init__(
        self, *, plan: CarePlanId, goals: Sequence[GoalId], schedules: Sequence[ScheduleId], outcomes: int,
        not_taken: Sequence[str],
    ) -> None:
        fill(
            self, plan=plan, goals=many(goals), schedules=many(schedules), outcomes=outcomes, not_taken=many(not_taken),
        )


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
class DecisionPage:
    """A page of a list of decisions.

    Parameters
    ----------
    decisions : sequence of DecisionView
        The decisions, by the day on which they are looked at again.
    next : Cursor, optional
        Where the next page begins, if there is more.
    """

    decisions: tuple[DecisionView, ...]
    next: Cursor | None

    def __init__(
        self, *, decisions: Sequence[DecisionView], next: Cursor | None = None,
    ) -> None:
        fill(
            self, decisions=many(decisions), next=next,
        )


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class DuePage:
    """A page of a list of what is due.

    Parameters
    ----------
    items : sequence of DueItem
        What is due, in order of time.
    next : Cursor, optional
        Where the next page begins, if there is more.
    """

    items: tuple[DueItem, ...]
    next: Cursor | None

    def __init__(
        self, *, items: Sequence[DueItem], next: Cursor | None = None,
    ) -> None:
        fill(
            self, items=many(items), next=next,
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
class FeedImport:
    """What was taken from a feed.

    Parameters
    ----------
    schedules : sequence of ScheduleId
        Schedules made from items, in the order of the feed.
    refused : sequence of str
        What was not taken, each with its line and the reason.
    """

    schedules: tuple[ScheduleId, ...]
    refused: tuple[str, ...]

    def __init__(
        self, *, schedules: Sequence[ScheduleId], refused: Sequence[str],
    ) -> None:
        fill(
            self, schedules=many(schedules), refused=many(refused),
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
class MissedPage:
    """A page of a list of what was missed.

    Parameters
    ----------
    occurrences : sequence of OccurrenceView
        What was missed, schedule by schedule.
    next : Cursor, optional
        Where the next page begins, if there is more.
    """

    occurrences: tuple[OccurrenceView, ...]
    next: Cursor | None

    def __init__(
        self, *, occurrences: Sequence[OccurrenceView], next: Cursor | None = None,
    ) -> None:
        fill(
            self, occurrences=many(occurrences), next=next,
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
