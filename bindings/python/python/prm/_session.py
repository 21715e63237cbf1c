"""The session: someone acts, for one purpose."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Iterator, Sequence
from types import TracebackType
from typing import cast

from prm import _native
from prm._errors import Busy, Closed
from prm._model import Actor, Batch, BatchId, Command, Event, Purpose, Receipt, SessionId
from prm._sugar import ChartRoom, DecideRoom, EngageRoom, EvidenceRoom, FhirRoom, GovernRoom, PeopleRoom, PlanRoom, UpkeepRoom

__all__ = ["Changes", "Pending", "Session"]


class _Ended:
    """What stands in place of a session that has ended."""

    def __getattr__(self, name: str) -> object:
        raise Closed("the session has ended")


class Session:
    """Someone acting for one purpose. Leaving its ``with`` block ends it.

    Every read is on record before its answer is given. Calls are grouped by room. A session may be used from any thread.

    Attributes
    ----------
    people : PeopleRoom
        Patients, the people around them, and those who care for them.
    chart : ChartRoom
        The chart and the journey.
    plan : PlanRoom
        Templates, care plans and goals.
    engage : EngageRoom
        Schedules, what is due, and what came of it.
    decide : DecideRoom
        Decisions that patients and clinicians share, and decision aids.
    evidence : EvidenceRoom
        Sources of evidence.
    fhir : FhirRoom
        FHIR R4 in and out.
    govern : GovernRoom
        Roles and accesses.
    upkeep : UpkeepRoom
        State and health of the store.
    """

    __slots__ = ("__weakref__", "_native", "chart", "decide", "engage", "evidence", "fhir", "govern", "people", "plan", "upkeep")
    people: PeopleRoom
    plan: PlanRoom
    chart: ChartRoom
    engage: EngageRoom
    decide: DecideRoom
    evidence: EvidenceRoom
    fhir: FhirRoom
    govern: GovernRoom
    upkeep: UpkeepRoom

    def __init__(self, native: _native.Session) -> None:
        self._take(native)

    def _take(self, native: _native.Session) -> None:
        self._native = native
        self.people = PeopleRoom(native)
        self.plan = PlanRoom(native)
        self.chart = ChartRoom(native)
        self.engage = EngageRoom(native)
        self.decide = DecideRoom(native)
        self.evidence = EvidenceRoom(native)
        self.fhir = FhirRoom(native)
        self.govern = GovernRoom(native)
        self.upkeep = UpkeepRoom(native)

    @property
    def id(self) -> SessionId:
        """Id of the session, as it stands in the audit."""
        return self._native.id()

    @property
    def actor(self) -> Actor:
        """Who acts."""
        return self._native.actor()

    @property
    def purpose(self) -> Purpose:
        """What for."""
        return self._native.purpose()

    def execute(self, batch: Batch | Command | Sequence[Command]) -> Receipt:
        """Executes one command, several or a batch: all of them or none, in one durable transaction.

        Parameters
        ----------
        batch : Batch or Command or sequence of Command
            Of 100,000 commands at most.

        Returns
        -------
        Receipt
            Ids and versions of what was written, one for each command, in order.

        Raises
        ------
        Invalid
            For impossible input, with the field.
        NotFound
            For a record that is named and not there.
        Conflict
            For an edit made on another version, or a batch id used with other commands.
        Denied
            By policy.
        Io, Full, Corrupted
            If it could not be stored.
        """
        if not isinstance(batch, Batch):
            batch = Batch(commands=batch if isinstance(batch, Sequence) else [batch])
        return self._native.execute(batch)

    def batch(self, id: BatchId | None = None) -> Pending:
        """Collects commands in a ``with`` block and executes them when it is left without an exception.

        Parameters
        ----------
        id : BatchId, optional
            Makes the batch one that may be sent again: the same id with the same commands gives the first receipt.

        Examples
        --------
        >>> import prm
        >>> with prm.open_memory() as p, p.session(actor="memory", purpose="HOPERAT") as s:
        ...     ana = prm.PatientId.new()
        ...     with s.batch() as b:
        ...         b.append(prm.AddPatient(id=ana, patient=prm.Patient(names=[prm.HumanName(text="Ana Ortiz")])))
        ...         b.append(prm.AddEntry(patient=ana, entry=prm.ChartEntry(kind="Goal", status="active", title="Walk")))
        ...     [written.kind for written in b.receipt.written]
        [RecordKind.PATIENT, RecordKind.ENTRY]
        """
        return Pending(self, id)

    def subscribe(self, after: int | None = None) -> Changes:
        """Follows what is committed.

        Parameters
        ----------
        after : int, optional
            Sequence of the commit to begin behind; by default from now on.

        Raises
        ------
        Closed
            After a shut-down.
        """
        return Changes(self._native.subscribe(after))

    def end(self) -> None:
        """Ends the session. Calls give ``Closed`` afterwards."""
        self._take(cast(_native.Session, _Ended()))

    def __enter__(self) -> Session:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.end()

    def __repr__(self) -> str:
        if isinstance(self._native, _Ended):
            return "Session(ended)"
        return f"Session({self.id} for {self.purpose})"


class Pending:
    """Commands that wait for the end of their ``with`` block. Until then nothing of them is in the store."""

    __slots__ = ("_commands", "_id", "_receipt", "_session")

    def __init__(self, session: Session, id: BatchId | None) -> None:
        self._session = session
        self._id = id
        self._commands: list[Command] = []
        self._receipt: Receipt | None = None

    def append(self, command: Command) -> None:
        """Adds a command."""
        self._commands.append(command)

    def __len__(self) -> int:
        return len(self._commands)

    @property
    def receipt(self) -> Receipt:
        """What became of the batch.

        Raises
        ------
        RuntimeError
            Before the block is left, and if it was empty or left with an exception.
        """
        if self._receipt is None:
            raise RuntimeError("the batch was not executed")
        return self._receipt

    def __enter__(self) -> Pending:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None and self._commands:
            self._receipt = self._session.execute(Batch(id=self._id, commands=self._commands))


class Changes:
    """Follows commits from a sequence on; an iterator that waits, in ``for`` and in ``async for``.

    Ctrl-C ends the wait. An event names what changed, never its content; ``EventLagged`` says that everything after a
    sequence is to be read again. Iteration waits while the store is suspended, goes on when it is resumed, and ends once it is
    shut down.
    """

    __slots__ = ("_native", "_ready")

    def __init__(self, native: _native.Subscription) -> None:
        self._native = native
        self._ready: deque[Event] = deque()

    @property
    def sequence(self) -> int:
        """Sequence of the last commit that was looked at; a later subscription may go on from here."""
        return self._native.sequence()

    def next(self, at_most: float | None = None) -> Event | None:
        """The next event.

        Parameters
        ----------
        at_most : float, optional
            Seconds to wait; for ever by default.

        Returns
        -------
        Event or None
            None if the time is over.

        Raises
        ------
        Closed
            Once the store is shut down.
        """
        return self._ready.popleft() if self._ready else self._native.next(at_most)

    def __iter__(self) -> Iterator[Event]:
        return self

    def __next__(self) -> Event:
        # In slices, since a store that is suspended answers at once.
        while (event := self._heard(1.0)) is None:
            pass
        return event

    def _heard(self, at_most: float) -> Event | None:
        try:
            return self.next(at_most)
        except Closed:
            raise StopIteration from None
        except Busy:
            time.sleep(0.1)
            return None

    def __aiter__(self) -> Changes:
        return self

    async def __anext__(self) -> Event:
        import asyncio

        # A wait that is cancelled may have taken an event: it is kept for the next one.
        while not self._ready:
            try:
                await asyncio.to_thread(self._take, 0.25)
            except Closed:
                raise StopAsyncIteration from None
            except Busy:
                await asyncio.sleep(0.1)
        return self._ready.popleft()

    def _take(self, at_most: float) -> None:
        event = self._native.next(at_most)
        if event is not None:
            self._ready.append(event)
