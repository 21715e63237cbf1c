# Made by `cargo run -p prm-api -- python` from the surface of the core; a test compares.
"""Roles and accesses."""

from __future__ import annotations

from prm import _native
from prm._model.govern import RoleGrant
from prm._model.govern_views import AccessPage, AuditPage
from prm._model.ids import PatientId, RoleGrantId
from prm._model.values import Page
from prm._scalars import Sensitive


class GovernCalls:
    """Roles and accesses."""

    __slots__ = ("_native",)

    def __init__(self, native: _native.Session) -> None:
        self._native = native

    def grant(self, grant: RoleGrant) -> RoleGrantId:
        """Gives someone a role.

        Parameters
        ----------
        grant : RoleGrant
            A role given to someone.

        Returns
        -------
        RoleGrantId
            The id of what was added.

        Raises
        ------
        Invalid, NotFound, Conflict, Denied, Io, Full, Corrupted
            As ``Session.execute``.
        """
        return self._native.govern_grant(grant)

    def revoke(self, id: RoleGrantId, version: int, reason: Sensitive[str] | str) -> int:
        """Takes a role back.

        Parameters
        ----------
        id : RoleGrantId
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
        return self._native.govern_revoke(id, version, reason)

    def accesses(self, patient: PatientId, page: Page = Page()) -> AccessPage:
        """Who looked at a patient's data, newest first: the patient asks for their own, an administrator for
        anyone's.

        Reads of one minute by one session are one access with a count; the count stands once the minute is
        over. Asking is itself an access.

        Parameters
        ----------
        patient : PatientId
            Whose.
        page : Page, optional
            What to return of a longer answer: at most ``Page.MOST`` rows.

        Returns
        -------
        AccessPage
            A page of accesses, newest first.

        Raises
        ------
        NotFound, Invalid, Denied, Corrupted
            ``NotFound``, ``Denied``, ``Invalid`` for a page that is none, ``Corrupted``.
        """
        return self._native.govern_accesses(patient, page)

    def audit(self, page: Page = Page()) -> AuditPage:
        """The audit, newest first: every session, access, list and commit that the tables hold. Accesses of the
        last moments, which no commit has carried into the tables, are not on it yet. For administrators.

        ``UpkeepRoom.check`` verifies the chain that the entries make.

        Parameters
        ----------
        page : Page, optional
            What to return of a longer answer: at most ``Page.MOST`` rows.

        Returns
        -------
        AuditPage
            A page of the audit, newest first.

        Raises
        ------
        Invalid, Denied, Corrupted
            ``Denied``, ``Invalid`` for a page that is none, ``Corrupted``.
        """
        return self._native.govern_audit(page)
