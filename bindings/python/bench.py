"""What a call and a row cost, beside the module `sqlite3` of the standard library.

SQLite keeps the same rows in a typed, indexed table in memory, without encryption, history or audit. Each figure is the median
of the rounds. ``python bench.py [--rows N] [--rounds N]``
"""

from __future__ import annotations

import argparse
import json
import sqlite3
import statistics
import time
from collections.abc import Callable

import prm

WEIGHT = prm.Concept(codings=[prm.Coding(system="http://loinc.org", code="29463-7", display="Body weight")])


def measured(rounds: int, times: int, call: Callable[[], object]) -> float:
    """Microseconds a call, after one that warms up."""
    call()
    taken = []
    for _ in range(rounds):
        began = time.perf_counter()
        for _ in range(times):
            call()
        taken.append((time.perf_counter() - began) / times * 1e6)
    return statistics.median(taken)


def entries(rows: int) -> list[prm.ChartEntry]:
    """Readings of a scale, one a minute."""
    return [
        prm.ChartEntry(
            kind="Observation", status="final", title="Body weight", code=WEIGHT,
            when=f"20{10 + n // 525_600:02}-{1 + n // 43_800 % 12:02}-{1 + n // 1_440 % 28:02}T{n // 60 % 24:02}:{n % 60:02}:00Z",
            value=prm.EntryValueQuantity(prm.Quantity(value=f"{60 + n % 400 / 10}", unit="kg")),
        )
        for n in range(rows)
    ]


def sqlite(rows: int) -> sqlite3.Connection:
    """The same rows in SQLite."""
    base = sqlite3.connect(":memory:")
    base.executescript(
        "CREATE TABLE patient (id BLOB PRIMARY KEY, name TEXT, birth_date TEXT, gender TEXT, active INTEGER) WITHOUT ROWID;"
        "CREATE TABLE entry (patient INTEGER, at TEXT, id BLOB, kind TEXT, status TEXT, title TEXT, system TEXT, code TEXT,"
        " value TEXT, unit TEXT, PRIMARY KEY (patient, at, id)) WITHOUT ROWID;"
    )
    base.execute("INSERT INTO patient VALUES (?, 'Ana Ortiz', '1987-04', 'female', 1)", (bytes(16),))
    values = (
        (1, str(entry.when), n.to_bytes(16, "big"), "Observation", "final", "Body weight", "http://loinc.org", "29463-7", "70.5", "kg")
        for n, entry in enumerate(entries(rows))
    )
    base.executemany("INSERT INTO entry VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", values)
    base.commit()
    return base


def bundle(patients: int) -> bytes:
    """Patients with a few readings each, as NDJSON."""
    lines: list[dict[str, object]] = []
    for n in range(patients):
        lines.append({"resourceType": "Patient", "id": f"p{n}", "name": [{"family": f"F{n}", "given": ["G"]}]})
        for k in range(9):
            lines.append({
                "resourceType": "Observation", "id": f"o{n}-{k}", "status": "final", "subject": {"reference": f"Patient/p{n}"},
                "code": {"coding": [{"system": "http://loinc.org", "code": "29463-7"}]}, "effectiveDateTime": f"2025-01-{k + 1:02}",
                "valueQuantity": {"value": 70.5, "unit": "kg"},
            })
    return "\n".join(map(json.dumps, lines)).encode()


def main() -> None:
    """Prints the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=5)
    asked = parser.parse_args()
    rows, rounds = asked.rows, asked.rounds
    times = 20 if rows < 10_000 else 2_000
    store = prm.open_memory(founder="bench")
    desk = store.session(actor="bench", purpose=prm.Purpose.OPERATIONS)
    ana = desk.people.add(prm.Patient(names=[prm.HumanName(text="Ana Ortiz")], birth_date="1987-04", gender="female"))
    base = sqlite(rows)
    table: list[tuple[str, str, str, str]] = []

    def row(what: str, unit: str, ours: float, theirs: float) -> None:
        table.append((what, f"{ours:,.2f} {unit}", f"{theirs:,.2f} {unit}", f"{ours / theirs:.2f}"))

    began = time.perf_counter()
    readings = entries(rows)
    for start in range(0, rows, 10_000):
        desk.execute([prm.AddEntry(patient=ana, entry=entry) for entry in readings[start : start + 10_000]])
    filled = time.perf_counter() - began

    row("smallest call", "µs", measured(rounds, times, lambda: desk.id), measured(rounds, times, lambda: base.total_changes))
    row(
        "a patient, read on record", "µs", measured(rounds, times, lambda: desk.people.patient(ana)),
        measured(rounds, times, lambda: base.execute("SELECT * FROM patient WHERE id = ?", (bytes(16),)).fetchone()),
    )
    page = prm.Page(limit=20)
    newest = "SELECT * FROM entry WHERE patient = 1 ORDER BY at DESC LIMIT ?"
    row(
        "timeline page of 20", "µs", measured(rounds, times // 10, lambda: desk.chart.timeline(ana, page=page)),
        measured(rounds, times // 10, lambda: base.execute(newest, (20,)).fetchall()),
    )
    page = prm.Page(limit=1000)
    row(
        "a row of a page of 1,000", "µs", measured(rounds, 5, lambda: desk.chart.timeline(ana, page=page)) / 1_000,
        measured(rounds, 5, lambda: base.execute(newest, (1_000,)).fetchall()) / 1_000,
    )
    import pyarrow

    def arrow() -> object:
        columns = zip(*base.execute("SELECT * FROM entry WHERE patient = 1 ORDER BY at DESC"))
        return pyarrow.table([pyarrow.array(column) for column in columns], [str(n) for n in range(10)])

    row(
        f"{rows:,} rows into Arrow", "ms", measured(rounds, 1, lambda: pyarrow.table(desk.chart.timeline_table(ana))) / 1e3,
        measured(rounds, 1, arrow) / 1e3,
    )
    content = bundle(max(rows // 20, 10))

    def imported() -> None:
        with prm.open_memory(founder="bench") as p, p.session(actor="bench", purpose="HOPERAT") as s:
            s.fhir.import_(content, source="bench")

    def inserted() -> None:
        other = sqlite3.connect(":memory:")
        other.execute("CREATE TABLE resource (kind TEXT, id TEXT, subject TEXT, at TEXT, code TEXT, json TEXT, PRIMARY KEY (kind, id))")
        other.execute("CREATE INDEX of_subject ON resource (subject, at)")
        for line in content.splitlines():
            read = json.loads(line)
            code = read.get("code", {}).get("coding", [{}])[0].get("code")
            subject = read.get("subject", {}).get("reference")
            values = (read["resourceType"], read["id"], subject, read.get("effectiveDateTime"), code, line.decode())
            other.execute("INSERT INTO resource VALUES (?, ?, ?, ?, ?, ?)", values)
        other.commit()

    resources = len(content.splitlines())
    row("a resource imported", "µs", measured(rounds, 1, imported) / resources, measured(rounds, 1, inserted) / resources)
    print(f"adding the {rows:,} entries by batches of 10,000 commands took {filled:.1f} s\n")
    print("| | prm | sqlite3 | ratio |\n| --- | --- | --- | --- |")
    for what, ours, theirs, ratio in table:
        print(f"| {what} | {ours} | {theirs} | {ratio} |")
    store.shut_down()


if __name__ == "__main__":
    main()
