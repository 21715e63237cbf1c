"""The rooms of a session: the calls of the core, and what Python adds to them."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from typing import Protocol

from prm import _native
from prm._drawing import Drawing, Html
from prm._model import (
    Coding, DueItem, DueQuery, EntryView, ExportFormat, ExportReport, FhirImport, ImportReport, OrganisationId, Page,
    PatientHit, PatientId, PatientRow, PatientSearch, Period, RecordId, ScheduleId, TemplateChange, TimelineQuery,
)
from prm._rooms.chart import ChartCalls
from prm._rooms.decide import DecideCalls
from prm._rooms.engage import EngageCalls
from prm._rooms.evidence import EvidenceCalls
from prm._rooms.govern import GovernCalls
from prm._rooms.people import PeopleCalls
from prm._rooms.plan import PlanCalls
from prm._rooms.upkeep import UpkeepCalls
from prm._scalars import Date, Id
from prm._table import Table
from prm._watch import Watcher, watched

__all__ = ["ChartRoom", "DecideRoom", "EngageRoom", "EvidenceRoom", "FhirRoom", "GovernRoom", "PeopleRoom", "PlanRoom", "Readable", "UpkeepRoom"]


class Readable(Protocol):
    """A file object."""

    def read(self, size: int, /) -> bytes | str | None:
        """At most so many bytes or characters; nothing at the end."""


class PeopleRoom(PeopleCalls):
    """Patients, the people around them, and those who care for them."""

    __slots__ = ()

    def search(self, question: PatientSearch | str, limit: int = 20) -> tuple[PatientHit, ...]:
        """Patients that a question finds, best first, each with the reason.

        Parameters
        ----------
        question : PatientSearch or str
            What is asked for; a ``str`` is what someone typed: words of names, an identifier, the id, a telephone number,
            a date of birth.
        limit : int
            How many at most, 1 to 1,000, of those the session may see.

        Raises
        ------
        Invalid
            If nothing is asked for.
        AuditUnavailable, Corrupted, Closed
            If the search cannot be put on record, or the store cannot be read.
        """
        if isinstance(question, str):
            question = PatientSearch(text=question)
        return super().search(question, limit)

    def every(self) -> Iterator[PatientRow]:
        """Every patient the session may see, by name, read page by page.

        Raises
        ------
        AuditUnavailable, Corrupted, Closed
            As `list`.
        """
        page = Page(limit=1000)
        while True:
            found = self.list(page)
            yield from found.patients
            if found.next is None:
                return
            page = Page(limit=1000, after=found.next)

    def table(self) -> Table:
        """The patients the session may see as a table that polars, pandas and pyarrow read in one line.

        Examples
        --------
        >>> import polars, prm
        >>> with prm.open_memory(demo=True) as p, p.session(actor="demo", purpose="HOPERAT") as s:
        ...     polars.DataFrame(s.people.table()).height
        5
        """
        return Table("patients", lambda progress: self._native.people_table(progress))


class ChartRoom(ChartCalls):
    """The chart and the journey."""

    __slots__ = ()

    def every(self, patient: PatientId, query: TimelineQuery = TimelineQuery()) -> Iterator[EntryView]:
        """Every entry of a timeline that a question asks for, read page by page.

        Raises
        ------
        NotFound, Denied, Corrupted, AuditUnavailable, Closed
            As `timeline`.
        """
        page = Page(limit=1000)
        while True:
            found = self.timeline(patient, query, page)
            yield from found.entries
            if found.next is None:
                return
            page = Page(limit=1000, after=found.next)

    def timeline_table(self, patient: PatientId, query: TimelineQuery = TimelineQuery()) -> Table:
        """A timeline as a table that polars, pandas and pyarrow read in one line.

        Examples
        --------
        >>> import polars, prm
        >>> with prm.open_memory(demo=True) as p, p.session(actor="demo", purpose="HOPERAT") as s:
        ...     amara = s.people.search("amara")[0].patient.id
        ...     "title" in polars.DataFrame(s.chart.timeline_table(amara)).columns
        True
        """
        return Table("timeline", lambda progress: self._native.chart_timeline_table(patient, query, progress))

    def trend_table(
        self, patient: PatientId, code: Coding, period: Period | None = None, limit: int = 100_000
    ) -> Table:
        """The values of a code as a table: the newest ``limit`` of the period, 1 to 100,000, one series after the other."""
        return Table("trend", lambda progress: self._native.chart_trend_table(patient, code, period, limit, progress))

    def journey(self, patient: PatientId, zone: str = "UTC") -> Drawing:
        """A patient's journey as a picture: in a notebook it shows itself.

        Parameters
        ----------
        patient : PatientId
            Whose.
        zone : str
            The zone of the IANA database whose date is today: it parts what was from what lies ahead.

        Raises
        ------
        NotFound, Denied, Corrupted, AuditUnavailable, Closed
            As reading the chart.
        Invalid
            For an unknown zone.
        """
        return Drawing(self.journey_svg(patient, zone))

    def trend_drawing(self, patient: PatientId, code: Coding, period: Period | None = None) -> Drawing:
        """How the values of a code changed, as a picture: in a notebook it shows itself."""
        return Drawing(self._native.chart_trend_svg(patient, code, period))

    def page(self, patient: PatientId, zone: str = "UTC", trends: Sequence[Coding] = ()) -> Html:
        """A page about a patient, one HTML document that needs nothing else: in a notebook it shows itself.

        Parameters
        ----------
        patient : PatientId
            Whose.
        zone : str
            The zone of the IANA database whose date is today.
        trends : sequence of Coding
            Codes whose course is drawn.

        Raises
        ------
        NotFound, Denied, Corrupted, AuditUnavailable, Closed
            As reading the chart.
        Invalid
            For an unknown zone.
        """
        return Html(self.page_html(patient, zone, trends))


class DecideRoom(DecideCalls):
    """Decisions that patients and clinicians share, and decision aids."""

    __slots__ = ()


class EvidenceRoom(EvidenceCalls):
    """Sources of evidence."""

    __slots__ = ()


class PlanRoom(PlanCalls):
    """Templates, care plans and goals."""

    __slots__ = ()


class EngageRoom(EngageCalls):
    """Schedules, what is due, and what came of it."""

    __slots__ = ()

    def every(self, query: DueQuery) -> Iterator[DueItem]:
        """Everything that is due on a list, in order of time, read page by page.

        Raises
        ------
        Denied, Corrupted, AuditUnavailable, Closed
            As `worklist`.
        """
        page = Page(limit=1000)
        while True:
            found = self.worklist(query, page)
            yield from found.items
            if found.next is None:
                return
            page = Page(limit=1000, after=found.next)

    def worklist_table(self, query: DueQuery) -> Table:
        """What is due on a list as a table that polars, pandas and pyarrow read in one line."""
        return Table("worklist", lambda progress: self._native.engage_worklist_table(query, progress))

    def adherence_drawing(
        self, patient: PatientId, from_: Date, to: Date, schedule: ScheduleId | None = None
    ) -> Drawing:
        """The adherence calendar of a patient as a picture, from the first day to the last: in a notebook it shows itself."""
        return Drawing(self.adherence_svg(patient, from_, to, schedule))

    def forecast_drawing(
        self,
        query: DueQuery,
        from_: Date,
        to: Date,
        zone: str = "UTC",
        change: TemplateChange | None = None,
        *,
        progress: Watcher = None,
    ) -> Drawing:
        """The days ahead of a list as a picture, and with a change of plans if one is given: in a notebook it shows itself."""
        return Drawing(self.forecast_svg(query, from_, to, zone, change, progress=progress))


class FhirRoom:
    """FHIR R4 in and out."""

    __slots__ = ("_native",)

    def __init__(self, native: _native.Session) -> None:
        self._native = native

    def import_(
        self,
        what: str | os.PathLike[str] | bytes | Readable,
        *,
        source: str,
        managing_organisation: OrganisationId | None = None,
        progress: Watcher = None,
    ) -> ImportReport:
        """Imports bundles, single resources or NDJSON, in memory bounded by bytes, in several commits.

        A resource that came before and has not changed is skipped; a changed one becomes a new version of its record. The
        text of every resource is kept byte for byte. A record that cannot be read is reported with its position and the
        rest goes on. Ctrl-C, cancelling or an exception of the watcher ends the import at the next commit; what was
        committed stays, and importing again goes on from there.

        Parameters
        ----------
        what : path, file object, bytes or str
            Where it comes from. A ``str`` that begins with ``{`` is the text itself, any other a path.
        source : str
            Name of the source, of the caller's choice: the same resource from the same source is the same record. At
            most 200 bytes.
        managing_organisation : OrganisationId, optional
            The organisation that is to manage patients of whom the source does not say it.
        progress : bool or Progress or callable, optional
            Who watches; it is told bytes. ``True`` shows a bar if tqdm is installed.

        Raises
        ------
        Denied
            If the session may edit no records of others, or not those that come in.
        Cancelled
            If the progress was cancelled.
        Invalid
            For a source without a name.
        NotFound
            For a managing organisation that is not there.
        Io, Full
            If the source cannot be read or the store cannot be written.
        """
        path: str | os.PathLike[str] | None = None
        file: Readable | None = None
        content: bytes | None = None
        if isinstance(what, bytes):
            content = what
        elif isinstance(what, str) and what.lstrip()[:1] == "{":
            content = what.encode()
        elif isinstance(what, (str, os.PathLike)):
            path = what
        elif hasattr(what, "read"):
            file = what
        else:
            raise TypeError(f"what: expected a path, a file object, bytes or a str, not {type(what).__name__}")
        asked = FhirImport(source=source, managing_organisation=managing_organisation)
        with watched(progress, "B") as (work, tell):
            return self._native.fhir_import(asked, path, file, content, work, tell)

    def export(
        self, patient: PatientId, format: ExportFormat = ExportFormat.BUNDLE, *, progress: Watcher = None
    ) -> tuple[ExportReport, str]:
        """Everything the store holds about a patient, the designated record set, as a text.

        What came in and was not edited goes out byte for byte; an edit is written into the text it was made on; what was
        made here becomes a resource of its type. Entries made in error are left out.

        Parameters
        ----------
        patient : PatientId
            Whose.
        format : ExportFormat
            One bundle, or one resource a line.
        progress : bool or Progress or callable, optional
            Who watches; it is told bytes.

        Returns
        -------
        tuple of (ExportReport, str)
            What was written, and the text.

        Raises
        ------
        NotFound, Denied, Corrupted
            If it cannot be read.
        Cancelled
            If the progress was cancelled.
        """
        with watched(progress, "B") as (work, tell):
            return self._native.fhir_export_text(patient, format, work, tell)

    def export_file(
        self,
        patient: PatientId,
        path: str | os.PathLike[str],
        format: ExportFormat = ExportFormat.BUNDLE,
        *,
        progress: Watcher = None,
    ) -> ExportReport:
        """As `export`, into a file, which takes the name once it is whole. An older one is replaced.

        Whoever watches is told bytes. Ctrl-C ends it and leaves no file.

        Raises
        ------
        NotFound, Denied, Corrupted
            If it cannot be read.
        Io, Full
            If it cannot be written.
        Cancelled
            If the progress was cancelled.
        """
        with watched(progress, "B") as (work, tell):
            return self._native.fhir_export_file(patient, format, path, work, tell)

    def resource(self, id: Id) -> str:
        """One record as a resource, by the rules of `export`.

        Parameters
        ----------
        id : PatientId, EntryId or an id of another record
            Which.

        Raises
        ------
        NotFound, Denied, Corrupted
            If it cannot be read.
        Unsupported
            For a role.
        """
        return self._native.fhir_resource(RecordId(id))


class GovernRoom(GovernCalls):
    """Roles and accesses."""

    __slots__ = ()

    def accesses_table(self, patient: PatientId) -> Table:
        """Who looked at a patient's data, as a table."""
        return Table("accesses", lambda progress: self._native.govern_accesses_table(patient, progress))


class UpkeepRoom(UpkeepCalls):
    """State and health of the store."""

    __slots__ = ()


