# Made by `cargo run -p prm-api -- python` from the surface of the core; a test compares.
"""The chart and the journey."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from prm import _native
from prm._model.chart import ChartEntry, TimelineQuery
from prm._model.chart_views import EntryView, LatestValue, ListItem, Trend, VaccineView
from prm._model.ids import EntryId, PatientId
from prm._model.values import Coding, Page, Period
from prm._model.values_views_2 import TimelinePage
from prm._scalars import Sensitive


class ChartCalls:
    """The chart and the journey."""

    __slots__ = ("_native",)

    def __init__(self, native: _native.Session) -> None:
        self._native = native

    def journey_svg(self, patient: PatientId, zone: str) -> str:
        """A patient's journey as a picture: one SVG with title, description and everything it needs; empty if
        there is nothing to draw. ``zone`` is the zone of the IANA database whose date is today.

        Parameters
        ----------
        patient : PatientId
            Whose.
        zone : str
            Name of a zone, e.g. ``Europe/Berlin``.

        Returns
        -------
        str

        Raises
        ------
        NotFound, Invalid, Denied, Corrupted, Closed, AuditUnavailable
            ``NotFound``, ``Denied``, ``Corrupted``, ``AuditUnavailable``, ``Closed``; ``Invalid`` for an
            unknown zone.
        """
        return self._native.chart_journey_svg(patient, zone)

    def page_html(self, patient: PatientId, zone: str, trends: Sequence[Coding] = ()) -> str:
        """A page about a patient: one HTML document that needs nothing else. ``trends`` are the codes whose
        course is drawn.

        Parameters
        ----------
        patient : PatientId
            Whose.
        zone : str
            Name of a zone, e.g. ``Europe/Berlin``.
        trends : Sequence[Coding], optional
            Codes whose course is drawn.

        Returns
        -------
        str

        Raises
        ------
        NotFound, Invalid, Denied, Corrupted, Closed, AuditUnavailable
            As ``journey_svg``.
        """
        return self._native.chart_page_html(patient, zone, trends)

    def add(self, patient: PatientId, entry: ChartEntry) -> EntryId:
        """Adds an entry to a patient's chart.

        Parameters
        ----------
        patient : PatientId
            Whose.
        entry : ChartEntry
            One entry of a patient's chart: a clinical resource as far as lists and rules need it.

        Returns
        -------
        EntryId
            The id of what was added.

        Raises
        ------
        Invalid, NotFound, Conflict, Denied, Io, Full, Corrupted
            As ``Session.execute``.
        """
        return self._native.chart_add(patient, entry)

    def edit(self, id: EntryId, version: int, entry: ChartEntry) -> int:
        """Replaces an entry; ``version`` is the one the edit was made on. Gives the new version.

        Parameters
        ----------
        id : EntryId
            Which.
        version : int
            The version that the change is made on; versions are counted from 1.
        entry : ChartEntry
            One entry of a patient's chart: a clinical resource as far as lists and rules need it.

        Returns
        -------
        int
            The new version.

        Raises
        ------
        Invalid, NotFound, Conflict, Denied, Io, Full, Corrupted
            As ``Session.execute``.
        """
        return self._native.chart_edit(id, version, entry)

    def void(self, id: EntryId, version: int, reason: Sensitive[str] | str) -> int:
        """Marks an entry as entered in error. Gives the new version.

        Parameters
        ----------
        id : EntryId
            Which.
        version : int
            The version that the change is made on; versions are counted from 1.
        reason : Sensitive[str] | str
            Why.

        Returns
        -------
        int
            The new version.

        Raises
        ------
        Invalid, NotFound, Conflict, Denied, Io, Full, Corrupted
            As ``Session.execute``.
        """
        return self._native.chart_void(id, version, reason)

    def entry(self, id: EntryId) -> EntryView:
        """Reads an entry.

        Parameters
        ----------
        id : EntryId
            Which.

        Returns
        -------
        EntryView
            An entry as it was read: which version, and since when the store has known it.

        Raises
        ------
        NotFound, Denied, Corrupted, Closed, AuditUnavailable
        """
        return self._native.chart_entry(id)

    def history(self, id: EntryId) -> tuple[EntryView, ...]:
        """Every version of an entry that the session may see, oldest first: the security labels of then and of
        now are asked about.

        Parameters
        ----------
        id : EntryId
            Which.

        Returns
        -------
        tuple[EntryView, ...]
            An entry as it was read: which version, and since when the store has known it.

        Raises
        ------
        NotFound, Denied, Corrupted, Closed, AuditUnavailable
            As ``entry``.
        """
        return self._native.chart_history(id)

    def known_at(self, id: EntryId, at: datetime) -> EntryView | None:
        """An entry as the store knew it at an instant; none if it did not know it yet.

        Parameters
        ----------
        id : EntryId
            Which.
        at : datetime
            An instant, with a time zone.

        Returns
        -------
        EntryView | None
            An entry as it was read: which version, and since when the store has known it.

        Raises
        ------
        Denied, NotFound, Corrupted, Closed, AuditUnavailable
            As ``entry``; ``Denied`` also for a version whose labels the session may not reach.
        """
        return self._native.chart_known_at(id, at)

    def timeline(self, patient: PatientId, query: TimelineQuery = TimelineQuery(), page: Page = Page()) -> TimelinePage:
        """A page of a patient's timeline. The cost of a page follows what is on it, not the length of the
        timeline.

        Parameters
        ----------
        patient : PatientId
            Whose.
        query : TimelineQuery, optional
            Which entries of a timeline to show.
        page : Page, optional
            What to return of a longer answer: at most ``Page.MOST`` rows.

        Returns
        -------
        TimelinePage
            A page of a timeline.

        Raises
        ------
        NotFound, Invalid, Denied, Corrupted, Closed, AuditUnavailable
            ``NotFound``, ``Denied``, ``Corrupted``, ``AuditUnavailable``, ``Closed``; ``Invalid`` for a page
            that is none, or a cursor of another question.
        """
        return self._native.chart_timeline(patient, query, page)

    def problems(self, patient: PatientId) -> tuple[ListItem, ...]:
        """The problem list: conditions, those that hold first. The rule stands at ``ListItem``.

        Parameters
        ----------
        patient : PatientId
            Whose.

        Returns
        -------
        tuple[ListItem, ...]
            One line of the problem, medication or allergy list: all entries that tell of the same.

        Raises
        ------
        NotFound, Denied, Corrupted, Closed, AuditUnavailable
            As ``entry``.
        """
        return self._native.chart_problems(patient)

    def medications(self, patient: PatientId) -> tuple[ListItem, ...]:
        """The medication list: prescriptions and medications as reported, those that hold first.

        Parameters
        ----------
        patient : PatientId
            Whose.

        Returns
        -------
        tuple[ListItem, ...]
            One line of the problem, medication or allergy list: all entries that tell of the same.

        Raises
        ------
        NotFound, Denied, Corrupted, Closed, AuditUnavailable
            As ``entry``.
        """
        return self._native.chart_medications(patient)

    def allergies(self, patient: PatientId) -> tuple[ListItem, ...]:
        """The allergy list, what holds first.

        Parameters
        ----------
        patient : PatientId
            Whose.

        Returns
        -------
        tuple[ListItem, ...]
            One line of the problem, medication or allergy list: all entries that tell of the same.

        Raises
        ------
        NotFound, Denied, Corrupted, Closed, AuditUnavailable
            As ``entry``.
        """
        return self._native.chart_allergies(patient)

    def immunizations(self, patient: PatientId) -> tuple[VaccineView, ...]:
        """Vaccines that were given, the newest first.

        Parameters
        ----------
        patient : PatientId
            Whose.

        Returns
        -------
        tuple[VaccineView, ...]
            A vaccine and the doses of it that were given.

        Raises
        ------
        NotFound, Denied, Corrupted, Closed, AuditUnavailable
            As ``entry``.
        """
        return self._native.chart_immunizations(patient)

    def latest(self, patient: PatientId, codes: Sequence[Coding] = ()) -> tuple[LatestValue, ...]:
        """The newest value of each of ``codes``, or of every code there are values of; newest first.

        Parameters
        ----------
        patient : PatientId
            Whose.
        codes : Sequence[Coding], optional
            Codes to look for; every code if there are none.

        Returns
        -------
        tuple[LatestValue, ...]
            The newest value of a code.

        Raises
        ------
        NotFound, Denied, Corrupted, Closed, AuditUnavailable
            As ``entry``.
        """
        return self._native.chart_latest(patient, codes)

    def trend(self, patient: PatientId, code: Coding, period: Period | None = None, limit: int = 100) -> Trend:
        """How the values of a code changed: one series per unit, oldest first, of the newest ``limit`` values in
        the period.

        Parameters
        ----------
        patient : PatientId
            Whose.
        code : Coding
            A code of a code system, as in FHIR ``Coding``.
        period : Period | None, optional
            Both ends belong to it; without one, all of the time.
        limit : int, optional
            How many at most.

        Returns
        -------
        Trend
            How the values of a code changed.

        Raises
        ------
        Invalid, NotFound, Denied, Corrupted, Closed, AuditUnavailable
            As ``entry``; ``Invalid`` for a limit of 0 or more than 100,000.
        """
        return self._native.chart_trend(patient, code, period, limit)
