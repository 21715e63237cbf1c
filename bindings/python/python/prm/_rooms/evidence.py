# Made by `cargo run -p prm-api -- python` from the surface of the core; a test compares.
"""Sources of evidence."""

from __future__ import annotations

from datetime import datetime

from prm import _native
from prm._model.evidence import EvidenceSource
from prm._model.evidence_views import EvidenceSourceView, Freshness
from prm._model.ids import EvidenceSourceId
from prm._scalars import Date, Sensitive


class EvidenceCalls:
    """Sources of evidence."""

    __slots__ = ("_native",)

    def __init__(self, native: _native.Session) -> None:
        self._native = native

    def add_source(self, evidence_source: EvidenceSource) -> EvidenceSourceId:
        """Adds a source of evidence.

        Parameters
        ----------
        evidence_source : EvidenceSource
            A source of evidence: data about a work, and its findings as facts.

        Returns
        -------
        EvidenceSourceId
            The id of what was added.

        Raises
        ------
        Invalid, NotFound, Conflict, Denied, Io, Full, Corrupted
            As ``Session.execute``.
        """
        return self._native.evidence_add_source(evidence_source)

    def edit_source(self, id: EvidenceSourceId, version: int, evidence_source: EvidenceSource) -> int:
        """Replaces the record of a source of evidence; ``version`` is the one the edit was made on. Gives the
        new version.

        Parameters
        ----------
        id : EvidenceSourceId
            Which.
        version : int
            The version that the change is made on; versions are counted from 1.
        evidence_source : EvidenceSource
            A source of evidence: data about a work, and its findings as facts.

        Returns
        -------
        int
            The new version.

        Raises
        ------
        Invalid, NotFound, Conflict, Denied, Io, Full, Corrupted
            As ``Session.execute``.
        """
        return self._native.evidence_edit_source(id, version, evidence_source)

    def void_source(self, id: EvidenceSourceId, version: int, reason: Sensitive[str] | str) -> int:
        """Marks the record of a source of evidence as entered in error. Gives the new version.

        Parameters
        ----------
        id : EvidenceSourceId
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
        return self._native.evidence_void_source(id, version, reason)

    def source(self, id: EvidenceSourceId) -> EvidenceSourceView:
        """Reads the record of a source of evidence.

        Parameters
        ----------
        id : EvidenceSourceId
            Which.

        Returns
        -------
        EvidenceSourceView
            A source of evidence as it was read.

        Raises
        ------
        NotFound, Denied, Corrupted, Closed, AuditUnavailable
        """
        return self._native.evidence_source(id)

    def source_history(self, id: EvidenceSourceId) -> tuple[EvidenceSourceView, ...]:
        """Every version of the record of a source of evidence that the session may see, oldest first: security
        labels of then and of now are asked about.

        Parameters
        ----------
        id : EvidenceSourceId
            Which.

        Returns
        -------
        tuple[EvidenceSourceView, ...]
            A source of evidence as it was read.

        Raises
        ------
        PrmError
            As reading the current one.
        """
        return self._native.evidence_source_history(id)

    def source_known_at(self, id: EvidenceSourceId, at: datetime) -> EvidenceSourceView | None:
        """The record of a source of evidence as the store knew it at an instant; none if it did not know it yet.

        Parameters
        ----------
        id : EvidenceSourceId
            Which.
        at : datetime
            An instant, with a time zone.

        Returns
        -------
        EvidenceSourceView | None
            A source of evidence as it was read.

        Raises
        ------
        PrmError
            As reading the current one.
        """
        return self._native.evidence_source_known_at(id, at)

    def sources(self) -> tuple[EvidenceSourceView, ...]:
        """The sources that were not entered in error, in the order they were added.

        Returns
        -------
        tuple[EvidenceSourceView, ...]
            A source of evidence as it was read.

        Raises
        ------
        Denied, Corrupted, Closed, AuditUnavailable
            ``Denied`` to those who may not see the directory; ``AuditUnavailable``, ``Corrupted``,
            ``Closed``.
        """
        return self._native.evidence_sources()

    def source_freshness(self, id: EvidenceSourceId, on: Date, max_age_months: int | None = None) -> Freshness:
        """Whether a source is still current on a day, by its age and by the other sources of the store.
        ``max_age_months`` is the site's policy, 24 if none is named.

        Parameters
        ----------
        id : EvidenceSourceId
            Which.
        on : Date
        max_age_months : int | None, optional

        Returns
        -------
        Freshness
            How old a source is, and what is newer.

        Raises
        ------
        NotFound, Denied, Corrupted, Closed, AuditUnavailable
            As ``sources``; ``NotFound`` for a source that is not there.
        """
        return self._native.evidence_source_freshness(id, on, max_age_months)
