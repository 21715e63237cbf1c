"""Processes, threads, signals, garbage: what happens around the calls."""

from __future__ import annotations

import asyncio
import gc
import io
import json
import multiprocessing
import os
import subprocess
import sys
import textwrap
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

import prm

KEY = bytes([7] * 32)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "clinic.prm"


@pytest.fixture
def made(path: Path) -> Iterator[prm.Prm]:
    with prm.create(path, key=KEY, founder="desk") as p:
        yield p


def session(p: prm.Prm) -> prm.Session:
    return p.session(actor="desk", purpose="HOPERAT")


def script(text: str, *arguments: object) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-W", "error", "-c", textwrap.dedent(text), *map(str, arguments)], stdout=subprocess.PIPE,
        stderr=subprocess.PIPE, text=True,
    )


def bundle(patients: int) -> bytes:
    """A large import of made-up patients."""
    lines = [
        json.dumps({"resourceType": "Patient", "id": f"p{n}", "name": [{"family": f"Family{n}", "given": ["Given"]}]})
        for n in range(patients)
    ]
    return "\n".join(lines).encode()


def test_a_forked_child_is_told_and_the_parent_goes_on(made: prm.Prm, path: Path) -> None:
    s = session(made)
    id = s.people.add(prm.Patient())
    child = os.fork()
    if child == 0:
        status = 1
        try:
            s.people.patient(id)
        except prm.WrongProcess:
            status = 0
        del s, made
        gc.collect()
        os._exit(status)
    assert os.waitpid(child, 0)[1] == 0
    assert s.people.patient(id).version == 1
    with pytest.raises(prm.AlreadyOpen):
        prm.open(path, key=KEY)
    s.people.add(prm.Patient())


def _opens(path: Path) -> str:
    try:
        with prm.open(path, key=KEY) as p, p.session(actor="desk", purpose="HOPERAT") as s:
            return str(s.upkeep.stats().patients)
    except prm.PrmError as error:
        return error.code


def test_a_spawned_process_opens_what_is_shut_down_and_is_told_of_what_is_open(path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    with context.Pool(1) as pool:
        with prm.create(path, key=KEY, founder="desk") as p:
            session(p).people.add(prm.Patient())
            began = time.monotonic()
            assert pool.apply(_opens, (path,)) == "already_open"
            assert time.monotonic() - began < 30
        assert pool.apply(_opens, (path,)) == "1"


def test_a_second_opener_in_the_same_process_is_told(made: prm.Prm, path: Path) -> None:
    with pytest.raises(prm.AlreadyOpen):
        prm.open(path, key=KEY)


def test_the_interpreter_ends_with_an_open_store(path: Path) -> None:
    child = script(
        """
        import sys, prm, threading
        p = prm.create(sys.argv[1], key=bytes([7] * 32), founder="desk")
        s = p.session(actor="desk", purpose="HOPERAT")
        s.people.add(prm.Patient())
        changes = s.subscribe()
        threading.Thread(target=lambda: next(changes), daemon=True).start()
        """,
        path,
    )
    out, err = child.communicate(timeout=60)
    assert (child.returncode, out, err) == (0, "", "")
    assert _opens(path) == "1"


def test_a_forgotten_handle_is_collected_and_lets_go_of_the_store(path: Path) -> None:
    p = prm.create(path, key=KEY, founder="desk")
    s = session(p)
    s.people.add(prm.Patient())
    del p, s
    gc.collect()
    assert _opens(path) == "1"


def test_what_has_ended_says_so(made: prm.Prm) -> None:
    with session(made) as s:
        changes = s.subscribe()
        people = s.people
    assert repr(s) == "Session(ended)"
    ended: list[Callable[[], object]] = [
        lambda: s.people.list(), lambda: s.id, s.subscribe, lambda: s.fhir.resource(prm.PatientId.new())
    ]
    for call in ended:
        with pytest.raises(prm.Closed):
            call()
    assert people.list().patients == ()
    made.shut_down()
    for call in (made.shut_down, lambda: session(made), lambda: people.list(), lambda: changes.next(0)):
        with pytest.raises(prm.Closed):
            call()


def test_a_batch_is_executed_when_its_block_is_left_and_not_after_an_exception(made: prm.Prm) -> None:
    s = session(made)
    batch = prm.BatchId.new()
    with s.batch(batch) as b:
        b.append(prm.AddPatient(patient=prm.Patient()))
        assert len(b) == 1 and s.people.list().patients == ()
        with pytest.raises(RuntimeError):
            b.receipt
    assert b.receipt.batch == batch and len(s.people.list().patients) == 1
    with pytest.raises(ZeroDivisionError), s.batch() as b:
        b.append(prm.AddPatient(patient=prm.Patient()))
        1 / 0
    with s.batch():
        pass
    assert len(s.people.list().patients) == 1
    assert s.execute(prm.AddPatient(patient=prm.Patient())).written[0].kind is prm.RecordKind.PATIENT


def test_sixteen_threads_read_and_write(made: prm.Prm) -> None:
    s = session(made)
    changes = s.subscribe()

    def work(n: int) -> list[prm.PatientId]:
        added = []
        for k in range(10):
            id = s.people.add(prm.Patient(names=[prm.HumanName(family=f"Thread{n}", given=[str(k)])]))
            assert s.people.patient(id).version == 1
            s.people.search(f"thread{n}")
            added.append(id)
        return added

    with ThreadPoolExecutor(16) as pool:
        ids = [id for ids in pool.map(work, range(16)) for id in ids]
    assert len(set(ids)) == 160 == len(list(s.people.every()))
    heard = []
    while (event := changes.next(0)) is not None:
        heard.append(event)
    assert {event.value.id for event in heard if isinstance(event, prm.EventChanged)} == {prm.RecordId(id) for id in ids}


def test_others_run_while_the_library_works(made: prm.Prm) -> None:
    s = session(made)
    stop, turns = threading.Event(), [0]

    def turn() -> None:
        while not stop.is_set():
            turns[0] += 1
            time.sleep(0.0005)

    other = threading.Thread(target=turn)
    other.start()
    s.fhir.import_(bundle(2_000), source="test")
    stop.set()
    other.join()
    assert turns[0] > 10


def test_changes_come_to_for_and_async_for(made: prm.Prm) -> None:
    s = session(made)
    changes = s.subscribe()
    assert changes.next(0) is None and changes.next(0.01) is None
    threading.Timer(0.2, lambda: s.people.add(prm.Patient())).start()
    event = next(iter(changes))
    match event:
        case prm.EventChanged(notice):
            assert notice.kind is prm.RecordKind.PATIENT and notice.change is prm.ChangeKind.CREATED
        case prm.EventLagged():
            raise AssertionError

    async def follow() -> prm.Event:
        waiting = asyncio.ensure_future(changes.__anext__())
        await asyncio.sleep(0.05)
        waiting.cancel()
        with pytest.raises(asyncio.CancelledError):
            await waiting
        s.people.add(prm.Patient())
        async for event in changes:
            return event
        raise AssertionError

    assert isinstance(asyncio.run(asyncio.wait_for(follow(), 30)), prm.EventChanged)
    assert s.subscribe(after=0).next(0) is not None and changes.sequence >= 3


INTERRUPTED = """
    import io, os, signal, sys, threading, prm
    p = prm.create(sys.argv[1], key=bytes([7] * 32), founder="desk")
    s = p.session(actor="desk", purpose="HOPERAT")
    {before}
    try:
        {call}
    except KeyboardInterrupt:
        print("interrupted")
    p.shut_down()
"""


def interrupted(path: Path, before: str, call: str) -> None:
    child = script(INTERRUPTED.format(before=before, call=call), path)
    out, err = child.communicate(timeout=120)
    assert (child.returncode, out, err) == (0, "interrupted\n", "")


def test_ctrl_c_ends_a_wait(path: Path) -> None:
    interrupted(path, "threading.Timer(0.3, lambda: os.kill(os.getpid(), signal.SIGINT)).start()", "s.subscribe().next()")


def test_ctrl_c_ends_an_import_and_keeps_what_was_committed(path: Path) -> None:
    before = '''
    class Endless(io.RawIOBase):
        n = 0
        def read(self, size=-1):
            self.n += 1
            if self.n == 400:
                os.kill(os.getpid(), signal.SIGINT)
            lines = (f'{{"resourceType":"Patient","id":"{self.n}-{k}","name":[{{"family":"F"}}]}}\\n' for k in range(100))
            return "".join(lines).encode()
    '''
    interrupted(path, before.strip(), 's.fhir.import_(Endless(), source="endless")')
    assert int(_opens(path)) > 0


def test_a_watcher_is_told_and_stops_by_raising(made: prm.Prm) -> None:
    s = session(made)
    told: list[tuple[int, int]] = []
    content = bundle(3_000)
    report = s.fhir.import_(content, source="a", progress=lambda done, total: told.append((done, total)))
    assert told[-1] == (len(content), len(content)) and report.types[0].added == 3_000
    assert len({row.id for row in s.people.every()}) == 3_000

    class Enough(Exception):
        pass

    def enough(done: int, total: int) -> None:
        raise Enough

    with pytest.raises(Enough):
        s.fhir.import_(io.BytesIO(bundle(60_000)), source="b", progress=enough)
    assert len(list(s.people.every())) < 63_000


def test_a_cancelled_progress_ends_the_work(made: prm.Prm, tmp_path: Path) -> None:
    s = session(made)
    id = s.people.add(prm.Patient())
    progress = prm.Progress()
    progress.cancel()
    with pytest.raises(prm.Cancelled):
        s.fhir.import_(bundle(10), source="a", progress=progress)
    with pytest.raises(prm.Cancelled):
        s.fhir.export_file(id, tmp_path / "out.json", progress=progress)
    with pytest.raises(prm.Cancelled):
        s.upkeep.check(progress=progress)
    told: list[int] = []
    assert s.upkeep.check(progress=lambda done, _: told.append(done)).records == told[-1] > 0
    assert list(tmp_path.glob("out*")) == []


def test_a_file_object_that_raises_is_heard(made: prm.Prm) -> None:
    class Broken(io.RawIOBase):
        def read(self, size: int = -1) -> bytes:
            raise LookupError("no more")

    with pytest.raises(LookupError, match="no more"):
        session(made).fhir.import_(Broken(), source="a")


def test_imports_come_from_paths_files_texts_and_bytes_and_go_out_again(made: prm.Prm, tmp_path: Path) -> None:
    s = session(made)
    text = '{"resourceType":"Patient","id":"é1","name":[{"family":"Ortiz"}]}'
    file = tmp_path / "one.json"
    file.write_text(text, encoding="utf-8")
    for what in (text, text.encode(), file, str(file), io.StringIO(text), io.BytesIO(text.encode())):
        report = s.fhir.import_(what, source="one")
        assert report.bytes == len(text.encode())
    id = s.people.search("ortiz")[0].patient.id
    assert s.fhir.resource(id) == text
    written, exported = s.fhir.export(id, prm.ExportFormat.NDJSON)
    assert exported.strip() == text and written.as_imported == 1
    assert s.fhir.export_file(id, tmp_path / "out.ndjson", prm.ExportFormat.NDJSON) == written
    assert (tmp_path / "out.ndjson").read_text(encoding="utf-8") == exported
    with pytest.raises(prm.Io):
        s.fhir.import_(tmp_path / "absent.json", source="one")


def test_a_bar_of_tqdm_is_shown_if_it_is_there(made: prm.Prm, monkeypatch: pytest.MonkeyPatch) -> None:
    class Bar:
        bars: list[Bar] = []
        total: int | None = None
        n = 0

        def __init__(self, **_: object) -> None:
            self.bars.append(self)

        def __enter__(self) -> Bar:
            return self

        def __exit__(self, *_: object) -> None:
            pass

        def update(self, more: int) -> None:
            self.n += more

    monkeypatch.setattr("tqdm.auto.tqdm", Bar)
    content = bundle(3_000)
    session(made).fhir.import_(content, source="bar", progress=True)
    (bar,) = Bar.bars
    assert bar.n == bar.total == len(content)
    monkeypatch.setitem(sys.modules, "tqdm.auto", None)
    assert session(made).fhir.import_(content, source="bar", progress=True).bytes == len(content)


def test_logging_is_handed_over_and_a_handler_that_raises_disturbs_nothing(path: Path) -> None:
    child = script(
        """
        import logging, sys, prm
        told = []
        class Handler(logging.Handler):
            def emit(self, record):
                told.append(record.getMessage())
                raise ValueError("a handler that raises")
        logging.getLogger("prm").addHandler(Handler())
        logging.getLogger("prm").setLevel(logging.DEBUG)
        prm.create(sys.argv[1], key=bytes([7] * 32), founder="desk").shut_down()
        assert told == []
        prm.log(logging.DEBUG)
        try:
            prm.log()
        except RuntimeError:
            pass
        with prm.open(sys.argv[1], key=bytes([7] * 32)) as p:
            p.session(actor="desk", purpose="HOPERAT").people.add(prm.Patient())
        assert told, told
        """,
        path,
    )
    out, err = child.communicate(timeout=60)
    assert (child.returncode, out, err) == (0, "", "")


def _resident() -> int:
    return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1]) * os.sysconf("SC_PAGE_SIZE")


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="needs /proc")
def test_memory_does_not_grow_over_many_cycles(path: Path) -> None:
    prm.create(path, key=KEY, founder="desk").shut_down()

    def cycle() -> None:
        with prm.open(path, key=KEY, cache_bytes=1 << 20) as p, session(p) as s:
            s.people.list()
            s.people.table().__arrow_c_stream__()
            s.subscribe().next(0)
            with pytest.raises(prm.NotFound):
                s.people.patient(prm.PatientId.new())

    for _ in range(60):
        cycle()
    gc.collect()
    before = _resident()
    for _ in range(200):
        cycle()
    gc.collect()
    assert _resident() - before < 8 << 20


def test_a_store_is_opened_by_a_key_of_any_kind(tmp_path: Path) -> None:
    keys: list[prm.Key | bytes | str] = [KEY, "some words", prm.Key.raw(KEY), prm.Key.passphrase("some words")]
    for n, key in enumerate(keys):
        prm.create(tmp_path / str(n), key=key, founder="desk").shut_down()
        with prm.open(tmp_path / str(n), key=key, read_only=True, audit_sync=0) as p:
            with pytest.raises(prm.Unsupported):
                session(p).people.add(prm.Patient())
        with pytest.raises(prm.WrongKey):
            prm.open(tmp_path / str(n), key="other words")
    with pytest.raises(ValueError):
        prm.Key.raw(b"short")
    with pytest.raises(prm.Conflict):
        prm.create(tmp_path / "0", key=KEY, founder="desk")


def test_damage_is_reported_and_fails_only_what_needs_the_page(path: Path) -> None:
    with prm.create(path, key=KEY, founder="desk") as p:
        ids = [session(p).people.add(prm.Patient(names=[prm.HumanName(text=f"Patient {n}")])) for n in range(200)]
    data = path / "data"
    whole = data.read_bytes()
    found = set()
    for page in range(8, len(whole) // 4096):
        damaged = bytearray(whole)
        damaged[page * 4096 + 2000] ^= 1
        data.write_bytes(damaged)
        try:
            with prm.open(path, key=KEY) as p:
                s = session(p)
                for id in ids[::20]:
                    try:
                        assert s.people.patient(id).id == id
                    except prm.Corrupted as corrupted:
                        found.add("call")
                        assert corrupted.retry is prm.Retry.NEVER
                found.add("check" if s.upkeep.check().problems else "unused page")
        except prm.Corrupted:
            found.add("open")
    assert "check" in found and "call" in found, found


def test_a_store_is_suspended_and_goes_on_with_its_key(made: prm.Prm, path: Path) -> None:
    s = session(made)
    id = s.people.add(prm.Patient())
    changes = s.subscribe()
    made.suspend()
    with pytest.raises(prm.Busy):
        s.people.patient(id)
    assert _opens(path) == "1"
    with pytest.raises(prm.WrongKey):
        made.resume(bytes(32))
    made.resume(KEY)
    assert s.people.patient(id).version == 1
    s.people.add(prm.Patient())
    assert changes.next(0) is not None

    def come_back() -> None:
        made.resume(KEY)
        s.people.add(prm.Patient())

    made.suspend()
    threading.Timer(0.3, come_back).start()
    assert isinstance(next(changes), prm.EventChanged), "iteration waits while the store is suspended"
    made.shut_down()
    assert list(changes) == [], "and ends when it is shut down"
    with prm.open_memory() as memory, pytest.raises(prm.Unsupported):
        memory.suspend()


def test_a_pipe_is_opened_without_holding_the_interpreter(made: prm.Prm, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    text = '{"resourceType":"Patient","id":"1"}'
    # Whoever writes waits for the import to open the pipe, and the import for whoever writes.
    writer = threading.Timer(0.2, lambda: pipe.write_text(text))
    writer.start()
    report = session(made).fhir.import_(pipe, source="pipe")
    writer.join()
    assert [kind.added for kind in report.types] == [1] and report.bytes == len(text)
    with pytest.raises(TypeError, match="what: expected a path"):
        session(made).fhir.import_(None, source="nothing")  # type: ignore[arg-type]


def test_what_can_be_read_is_salvaged(path: Path, tmp_path: Path) -> None:
    with prm.create(path, key=KEY, founder="desk") as p:
        session(p).people.add(prm.Patient(names=[prm.HumanName(text="Ana Ortiz")]))
    salvaged = prm.salvage(path, tmp_path / "new.prm", key=KEY)
    assert salvaged.rows > 0 and salvaged.lost == ()
    with prm.open(tmp_path / "new.prm", key=KEY) as p:
        assert len(session(p).people.search("ortiz")) == 1


def test_a_person_may_found_a_store(path: Path) -> None:
    founder = prm.Practitioner(names=[prm.HumanName(text="Dr Sample")])
    with prm.create(path, key=KEY, founder=founder) as p:
        assert isinstance(p.administrator, prm.WhoPractitioner)
        s = p.session(actor=p.administrator.value, purpose="HOPERAT")
        assert s.actor == prm.Actor(who=p.administrator) and s.purpose is prm.Purpose.OPERATIONS
