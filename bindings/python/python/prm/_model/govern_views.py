# Made by `cargo run -p prm-api -- python` from the surface of the core; a test compares.
"""What reads of govern answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from prm._model.codes import Purpose
from prm._model.govern_codes import Action, DataClass
from prm._model.ids import BatchId, PatientId, SessionId
from prm._model.values import Actor, Who
from prm._scalars import Cursor, as_instant, fill, many, maybe

__all__ = [
    "AccessPage", "AccessView", "AuditEvent", "AuditEventAccess", "AuditEventGap", "AuditEventListed",
    "AuditEventSession", "AuditEventUnknown", "AuditEventWrote", "AuditPage", "AuditView",
]


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class AccessView:
    """An access to a patient's data.

    Parameters
    ----------
    at : datetime
        When it began; for a list, when that actor first listed the patient that day.
    who : Who
        Who.
    on_behalf_of : PatientId, optional
        For whom, if not for themselves.
    purpose : Purpose
        What for.
    class_ : DataClass
        Which data.
    action : Action
        Read or exported.
    permitted : bool
        Whether it was permitted.
    count : int
        Number of reads within the minute it began in.
    listed : bool
        Shown in a list of patients, rather than opened.
    session : SessionId
        The session.
    """

    at: datetime
    who: Who
    on_behalf_of: PatientId | None
    purpose: Purpose
    class_: DataClass
    action: Action
    permitted: bool
    count: int
    listed: bool
    session: SessionId

    def __init__(
        self, *, at: datetime, who: Who, on_behalf_of: PatientId | None = None, purpose: Purpose | str,
        class_: DataClass, action: Action, permitted: bool, count: int, listed: bool, session: SessionId,
    ) -> None:
        fill(
            self, at=as_instant(at), who=who, on_behalf_of=on_behalf_of, purpose=Purpose(purpose), class_=class_,
            action=action, permitted=permitted, count=count, listed=listed, session=session,
        )


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class AccessPage:
    """A page of accesses, newest first.

    Parameters
    ----------
    accesses : sequence of AccessView
        The accesses.
    next : Cursor, optional
        Where the next page begins, if there is more.
    """

    accesses: tuple[AccessView, ...]
    next: Cursor | None

    def __init__(
        self, *, accesses: Sequence[AccessView], next: Cursor | None = None,
    ) -> None:
        fill(
            self, accesses=many(accesses), next=next,
        )


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class AuditEventSession:
    """A session began.

    Parameters
    ----------
    actor : Actor
        Who acts, with which app on which device.
    """

    actor: Actor

    def __init__(
        self, *, actor: Actor,
    ) -> None:
        fill(
            self, actor=actor,
        )


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class AuditEventAccess:
    """Data were read or exported, or that was denied.

    Parameters
    ----------
    class_ : DataClass
        Which data.
    action : Action
        What was done with them.
    permitted : bool
        Whether it was permitted.
    count : int
        How often within the minute; 1 in the entry of the first.
    """

    class_: DataClass
    action: Action
    permitted: bool
    count: int

    def __init__(
        self, *, class_: DataClass, action: Action, permitted: bool, count: int,
    ) -> None:
        fill(
            self, class_=class_, action=action, permitted=permitted, count=count,
        )


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class AuditEventListed:
    """A list was shown.

    Parameters
    ----------
    class_ : DataClass
        Which data.
    """

    class_: DataClass

    def __init__(
        self, *, class_: DataClass,
    ) -> None:
        fill(
            self, class_=class_,
        )


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class AuditEventWrote:
    """A batch was committed.

    Parameters
    ----------
    batch : BatchId
        Its id.
    sequence : int
        Its sequence.
    """

    batch: BatchId
    sequence: int

    def __init__(
        self, *, batch: BatchId, sequence: int,
    ) -> None:
        fill(
            self, batch=batch, sequence=sequence,
        )


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class AuditEventGap:
    """The store was not shut down before it was opened; entries of its last moments may be missing.

    Parameters
    ----------
    lost_bytes : int
        Bytes of the log that could not be read.
    missing : bool
        The log was gone.
    behind : bool
        The log held less than the tables.
    """

    lost_bytes: int
    missing: bool
    behind: bool

    def __init__(
        self, *, lost_bytes: int, missing: bool, behind: bool,
    ) -> None:
        fill(
            self, lost_bytes=lost_bytes, missing=missing, behind=behind,
        )


@dataclass(frozen=True, slots=True)
class AuditEventUnknown:
    """An entry of a newer library."""


AuditEvent: TypeAlias = (
    AuditEventSession | AuditEventAccess | AuditEventListed | AuditEventWrote | AuditEventGap | AuditEventUnknown
)
"""What happened."""


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class AuditView:
    """An entry of the audit.

    Parameters
    ----------
    sequence : int
        Place in the chain, from 1.
    at : datetime, optional
        When; none for an entry of a newer library.
    session : SessionId, optional
        The session.
    who : Who, optional
        Who.
    on_behalf_of : PatientId, optional
        For whom, if not for themselves.
    purpose : Purpose, optional
        What for.
    patients : sequence of PatientId, optional
        Whose data.
    event : AuditEvent
        What happened.
    """

    sequence: int
    at: datetime | None
    session: SessionId | None
    who: Who | None
    on_behalf_of: PatientId | None
    purpose: Purpose | None
    patients: tuple[PatientId, ...]
    event: AuditEvent

    def __init__(
        self, *, sequence: int, at: datetime | None = None, session: SessionId | None = None, who: Who | None = None,
        on_behalf_of: PatientId | None = None, purpose: Purpose | str | None = None, patients: Sequence[PatientId] = (),
        event: AuditEvent,
    ) -> None:
        fill(
            self, sequence=sequence, at=maybe(as_instant, at), session=session, who=who, on_behalf_of=on_behalf_of,
            purpose=maybe(Purpose, purpose), patients=many(patients), event=event,
        )


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class AuditPage:
    """A page of the audit, newest first.

    Parameters
    ----------
    entries : sequence of AuditView
        The entries.
    next : Cursor, optional
        Where the next page begins, if there is more.
    """

    entries: tuple[AuditView, ...]
    next: Cursor | None

    def __init__(
        self, *, entries: Sequence[AuditView], next: Cursor | None = None,
    ) -> None:
        fill(
            self, entries=many(entries), next=next,
        )
