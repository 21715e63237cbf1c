"""``python -m prm inspect``."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

import prm

WORDS = "correct horse battery staple"


@pytest.fixture
def made(tmp_path: Path) -> tuple[Path, prm.PatientId]:
    path = tmp_path / "clinic.prm"
    with prm.create(path, key=WORDS, founder="front desk") as p, p.session(actor="front desk", purpose="HOPERAT") as s:
        ana = s.people.add(prm.Patient(names=[prm.HumanName(text="Ana Ortiz")]))
        s.chart.add(ana, prm.ChartEntry(kind="Goal", status="active", title="Walk daily", when="2026"))
    return path, ana


def run(*arguments: object, key: str | None = WORDS, fd: int | None = None) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if name != "PRM_KEY"}
    if key is not None:
        environment["PRM_KEY"] = key
    return subprocess.run(
        [sys.executable, "-W", "error", "-m", "prm", "inspect", *map(str, arguments)], env=environment,
        pass_fds=() if fd is None else (fd,), capture_output=True, text=True, stdin=subprocess.DEVNULL, timeout=60,
    )


def test_structure_is_shown_without_content_and_stands_in_the_audit(made: tuple[Path, prm.PatientId]) -> None:
    path, ana = made
    shown = run(path, "--actor", "system:front desk")
    assert shown.returncode == 0, shown.stderr
    for text in ("data", "keys", "log", "zones", "format        1", "pdata", "sequence      "):
        assert text in shown.stdout
    for text in ("Ana", "Ortiz", "Walk", str(ana)):
        assert text not in shown.stdout + shown.stderr
    with prm.open(path, key=WORDS) as p, p.session(actor="front desk", purpose="HOPERAT") as s:
        sessions = [e.who for e in s.govern.audit(prm.Page(limit=100)).entries if isinstance(e.event, prm.AuditEventSession)]
    assert sessions.count(prm.WhoSystem("front desk")) >= 2


def test_a_program_without_a_role_is_shown_files_alone_and_is_on_record(made: tuple[Path, prm.PatientId]) -> None:
    path, _ = made
    shown = run(path)
    assert shown.returncode == 0 and "not shown" in shown.stdout and "pdata" not in shown.stdout
    with prm.open(path, key=WORDS) as p, p.session(actor="front desk", purpose="HOPERAT") as s:
        s.people.add(prm.Patient())
        who = {entry.who for entry in s.govern.audit(prm.Page(limit=100)).entries}
    assert prm.WhoSystem("prm inspect") in who


def test_content_needs_an_actor_and_a_purpose(made: tuple[Path, prm.PatientId]) -> None:
    path, ana = made
    assert run(path, "--patient", ana).returncode == 2
    assert run(path, "--patient", ana, "--actor", "system:front desk").returncode == 2
    shown = run(path, "--patient", ana, "--actor", "system:front desk", "--purpose", "HOPERAT")
    assert shown.returncode == 0 and "Ana Ortiz" in shown.stdout and "Walk daily" in shown.stdout
    denied = run(path, "--patient", ana, "--actor", "system:nobody", "--purpose", "TREAT")
    assert denied.returncode == 1 and denied.stderr.startswith(("denied", "not_found")) and "Ana" not in denied.stdout


def test_the_key_is_never_an_argument(made: tuple[Path, prm.PatientId]) -> None:
    path, _ = made
    assert run(path, "--key", WORDS).returncode == 2
    read, write = os.pipe()
    os.write(write, f"{WORDS}\n".encode())
    os.close(write)
    assert run(path, "--key-fd", read, key=None, fd=read).returncode == 0
    os.close(read)
    read, write = os.pipe()
    os.write(write, bytes(range(200, 232)))
    os.close(write)
    no_text = run(path, "--key-fd", read, key=None, fd=read)
    os.close(read)
    assert no_text.returncode == 2 and no_text.stderr.startswith("no key:") and "Traceback" not in no_text.stderr
    read, write = os.pipe()
    os.write(write, b"31 bytes are no raw key, are they")
    os.close(write)
    assert "a raw key has 32 bytes" in run(path, "--raw-key-fd", read, key=None, fd=read).stderr
    os.close(read)
    assert "cannot be read" in run(path, "--key-fd", 77, key=None).stderr
    wrong = run(path, key="not the words")
    assert wrong.returncode == 1 and wrong.stderr.startswith("wrong_key") and "not the words" not in wrong.stderr
    assert run(path.parent / "absent").stderr.startswith("not_a_store")
