"""The store: create, open, act as someone, shut down."""

from __future__ import annotations

import os
from collections.abc import Mapping
from datetime import datetime
from types import TracebackType
from typing import Literal, TypeAlias, cast

from prm import _native
from prm._errors import Closed
from prm._model import (
    Actor, PatientId, Practitioner, PractitionerId, Purpose, RelatedPersonId, Salvaged, StoreFile, Who, WhoPatient,
    WhoPractitioner, WhoRelatedPerson, WhoSystem,
)
from prm._native import Key, ManualClock
from prm._session import Session
from prm._watch import Watcher, watched

__all__ = ["Acting", "Prm", "as_key", "create", "files", "open", "open_memory", "salvage"]

KeyLike: TypeAlias = Key | bytes | str
Acting: TypeAlias = Actor | Who | PractitionerId | PatientId | RelatedPersonId | str
PathLike: TypeAlias = "str | os.PathLike[str]"


def as_key(key: KeyLike) -> Key:
    """A key: of 32 bytes a raw one, of a text a passphrase."""
    if isinstance(key, Key):
        return key
    return Key.raw(key) if isinstance(key, bytes) else Key.passphrase(key)


def as_actor(acting: Acting) -> Actor:
    """Someone who acts: an actor, who it is, an id of a person, or the name of a program."""
    if isinstance(acting, Actor):
        return acting
    if isinstance(acting, PractitionerId):
        return Actor(who=WhoPractitioner(acting))
    if isinstance(acting, PatientId):
        return Actor(who=WhoPatient(acting))
    if isinstance(acting, RelatedPersonId):
        return Actor(who=WhoRelatedPerson(acting))
    return Actor(who=WhoSystem(acting) if isinstance(acting, str) else acting)


class Prm:
    """A store that is open. Leaving its ``with`` block shuts it down.

    One process owns a store at a time: after a fork, the child's handle gives ``WrongProcess``, and whoever opens a store
    that is open gets ``AlreadyOpen``. A handle may be used from any thread.

    Attributes
    ----------
    administrator : Who or None
        The first administrator, of a store that was just made.
    """

    __slots__ = ("__weakref__", "_native", "administrator")
    administrator: Who | None

    def __init__(self, native: _native.Prm, administrator: Who | None = None) -> None:
        self._native = native
        self.administrator = administrator

    def session(self, actor: Acting, purpose: Purpose | str) -> Session:
        """Begins a session: someone, whom the host has authenticated, acts for a purpose until the session ends.

        Parameters
        ----------
        actor : Actor or Who or PractitionerId or PatientId or RelatedPersonId or str
            Who acts; a ``str`` is the name of a program.
        purpose : Purpose
            What for.

        Raises
        ------
        Closed
            After a shut-down.
        AuditUnavailable
            If the access log cannot be written.
        Invalid
            For a program without a name, or a text of actor or purpose of more than 200 bytes.
        WrongProcess
            In a process that inherited the handle through a fork.
        """
        return Session(self._native.session(as_actor(actor), purpose))

    def shut_down(self) -> None:
        """Ends every access, makes everything durable and releases the files.

        Raises
        ------
        Closed
            If that happened before.
        Io, Full
            If the last sync failed; what was committed is safe.
        """
        self._native.shut_down()

    def suspend(self) -> None:
        """Lets go of the store until `resume`: nothing of it is open, locked or readable, and another process may open it.

        The commit in progress is waited for; other calls end with ``Busy`` at their next row or record, as do sessions and
        subscriptions meanwhile. Suspending what is suspended does nothing.

        Raises
        ------
        Unsupported
            For a store in memory, which would be gone.
        Closed
            After a shut-down.
        Io, Full
            If the last sync failed; what was committed is safe, and the store is suspended all the same.
        """
        self._native.suspend()

    def resume(self, key: KeyLike) -> None:
        """Opens a suspended store again. Sessions, cursors and subscriptions go on.

        Parameters
        ----------
        key : Key or bytes or str
            What the store is opened with.

        Raises
        ------
        WrongKey, AlreadyOpen, Corrupted, AuditUnavailable, Io
            As `open`; the store stays suspended. ``AlreadyOpen`` also if it is not suspended.
        NotAStore, RolledBack
            If the folder now holds another store, or an older copy of this one.
        Closed
            After a shut-down.
        """
        self._native.resume(as_key(key))

    @property
    def zones_version(self) -> str:
        """Version of the time zone database, e.g. ``2026f``."""
        return self._native.zones_version()

    def resolve(
        self, zone: str, local: datetime
    ) -> tuple[Literal["once", "skipped", "twice"], datetime, datetime | None]:
        """What a local time stands for: it exists once, was skipped when clocks went forward, or exists twice.

        Parameters
        ----------
        zone : str
            Name of the zone, e.g. ``Europe/Berlin``.
        local : datetime.datetime
            Without a time zone.

        Returns
        -------
        tuple of (str, datetime, datetime or None)
            How often; the instant that rules use (RFC 5545, section 3.3.5); the second of two.

        Raises
        ------
        Invalid
            For a zone that is not in the database.
        """
        how, at, second = self._native.resolve(zone, local)
        return cast(Literal["once", "skipped", "twice"], how), at, second

    def __enter__(self) -> Prm:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            self.shut_down()
        except Closed:
            pass

    def __repr__(self) -> str:
        return "Prm"


def _options(
    key: KeyLike,
    cache_bytes: int | None,
    clock: ManualClock | None,
    seed: int | None,
    zones: tuple[str, Mapping[str, bytes]] | None,
    audit_sync: float | None,
    read_only: bool,
    progress: _native.Progress | None,
) -> _native.Options:
    supplied = None if zones is None else (zones[0], dict(zones[1]))
    return _native.Options(
        as_key(key), cache_bytes=cache_bytes, clock=clock, seed=seed, zones=supplied, audit_sync=audit_sync,
        read_only=read_only, progress=progress,
    )


def create(
    path: PathLike,
    *,
    key: KeyLike,
    founder: Practitioner | str,
    cache_bytes: int | None = None,
    clock: ManualClock | None = None,
    seed: int | None = None,
    zones: tuple[str, Mapping[str, bytes]] | None = None,
    audit_sync: float | None = None,
) -> Prm:
    """Makes a store in a new folder and opens it.

    Parameters
    ----------
    path : str or os.PathLike
        The folder; there must be nothing there.
    key : Key or bytes or str
        What is to open the store: 32 secret bytes, or a passphrase. There is no default.
    founder : Practitioner or str
        The first administrator: a person, or a program by its name.
    cache_bytes : int, optional
        Bytes of decrypted pages to keep in memory: 32 MiB by default, 1 MiB at least.
    clock : ManualClock, optional
        A clock that stands until it is set, for replays.
    seed : int, optional
        Makes ids depend on it alone, for replays; never for a store of real patients.
    zones : tuple of (str, mapping of str to bytes), optional
        Version of a time zone database, and its TZif bytes by zone, in place of those shipped.
    audit_sync : float, optional
        Seconds within which accesses are on the disk, 1 by default; 0 before an answer is given.

    Raises
    ------
    Conflict
        If there is something at ``path``.
    Invalid
        For an empty passphrase or a founder without a name.
    Io, Full
        From the system.
    """
    options = _options(key, cache_bytes, clock, seed, zones, audit_sync, False, None)
    native, administrator = _native.Prm.create(path, options, founder)
    return Prm(native, administrator)


def open(
    path: PathLike,
    *,
    key: KeyLike,
    cache_bytes: int | None = None,
    clock: ManualClock | None = None,
    seed: int | None = None,
    zones: tuple[str, Mapping[str, bytes]] | None = None,
    audit_sync: float | None = None,
    read_only: bool = False,
    progress: Watcher = None,
) -> Prm:
    """Opens the store in a folder. Never makes one.

    After a process was killed this may have to repair the data file first, which ``progress`` shows in hundredths.

    Parameters
    ----------
    path : str or os.PathLike
        The folder.
    key : Key or bytes or str
        What the store was made with.
    read_only : bool
        Refuses every command. Accesses are still recorded.
    progress : bool or Progress or callable, optional
        Who watches a repair.
    cache_bytes, clock, seed, zones, audit_sync
        As `create` takes them.

    Raises
    ------
    NotAStore, UnsupportedFormat, WrongKey, KeyRingMissing, KeyRingStale
        If there is no store, or this is not its key.
    AlreadyOpen, LockUnsupported
        If it cannot be locked.
    Corrupted
        If what is needed to open it is damaged: `salvage` copies what is left.
    AuditUnavailable, Io
        If the folder cannot be written or read.
    Cancelled
        If the progress was cancelled during a repair; opening again begins it anew.
    """
    with watched(progress, "%") as (work, tell):
        options = _options(key, cache_bytes, clock, seed, zones, audit_sync, read_only, work)
        return Prm(_native.Prm.open(path, options, tell))


def open_memory(
    *,
    demo: bool = False,
    founder: Practitioner | str | None = None,
    key: KeyLike | None = None,
    cache_bytes: int | None = None,
    clock: ManualClock | None = None,
    seed: int | None = None,
    zones: tuple[str, Mapping[str, bytes]] | None = None,
) -> Prm:
    """Makes a store that lives in memory and is gone when it is shut down: for trials and tests.

    Parameters
    ----------
    demo : bool
        Fills it with a few made-up patients. Its administrator is the program ``demo`` if no founder is given.
    founder : Practitioner or str, optional
        The first administrator; the program ``demo`` or ``memory`` by default.
    key : Key or bytes or str, optional
        A fresh random key by default: nothing is left that it could open.
    cache_bytes, clock, seed, zones
        As `create` takes them.

    Examples
    --------
    >>> import prm
    >>> with prm.open_memory(demo=True) as p, p.session(actor="demo", purpose=prm.Purpose.OPERATIONS) as s:
    ...     hits = s.people.search("amara testpersn")
    ...     [(hit.patient.name.expose(), hit.reason) for hit in hits]
    [('Amara Testperson', MatchReasonFuzzy(distance=1))]
    """
    options = _options(os.urandom(32) if key is None else key, cache_bytes, clock, seed, zones, None, False, None)
    native, administrator = _native.Prm.open_memory(options, founder or ("demo" if demo else "memory"))
    made = Prm(native, administrator)
    if demo:
        from prm._demo import fill_in

        with made.session(administrator, Purpose.OPERATIONS) as session:
            fill_in(session)
    return made


def files() -> tuple[StoreFile, ...]:
    """The files of a store's folder, and which of them may go into the backup that a device makes of its apps.

    Examples
    --------
    >>> [file.name for file in files() if not file.may_be_backed_up]
    ['keys']
    """
    return _native.Prm.files()


def salvage(damaged: PathLike, to: PathLike, *, key: KeyLike, progress: Watcher = None) -> Salvaged:
    """Copies what can still be read of a damaged store into a new one, and says what is missing.

    The damaged store is not changed. Index rows are made anew, so a list or a search misses a record only if the record is
    lost.

    Parameters
    ----------
    damaged : str or os.PathLike
        The folder of the damaged store.
    to : str or os.PathLike
        The folder of the new one; there must be nothing there.
    key : Key or bytes or str
        What the store was made with; the new one has the same.
    progress : bool or Progress or callable, optional
        Who watches.

    Raises
    ------
    NotAStore, WrongKey, KeyRingMissing, AlreadyOpen
        As `open`, but for damage.
    Conflict, Io, Full
        As `create`.
    """
    with watched(progress, "rows") as (work, tell):
        options = _options(key, None, None, None, None, None, False, work)
        return _native.Prm.salvage(damaged, to, options, tell)
