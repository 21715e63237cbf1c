"""A day at a made-up clinic: create, import, search, page a journey, edit, follow changes, draw.

Each part checks its own result. The store is made in a folder that is gone afterwards, or in the one that is named:
``python clinic_day.py [FOLDER]``.
"""

from __future__ import annotations

import sys
import tempfile
from dataclasses import replace
from pathlib import Path

import prm

BUNDLES = Path(__file__).parents[1] / "data" / "synthea"
LOINC = "http://loinc.org"


def import_bundles(desk: prm.Session) -> None:
    """Brings in the FHIR bundles of nine synthetic patients, with a bar if tqdm is installed."""
    added = 0
    for bundle in sorted(BUNDLES.glob("*.json")):
        report = desk.fhir.import_(bundle, source="synthea", progress=True)
        assert report.refused == (), report.refused
        added += sum(kind.added for kind in report.types)
    patients = list(desk.people.every())
    print(f"imported {added:,} records of {len(patients)} patients")
    assert len(patients) == 9


def find(desk: prm.Session) -> prm.PatientId:
    """Finds a patient by a name that is spelt wrong."""
    best = desk.people.search("runolfson antonyo", limit=3)[0]
    print(f"found {best.patient.name.expose()}, {best.reason}")
    assert "Runolfsson" in best.patient.name.expose()
    return best.patient.id


def page_journey(desk: prm.Session, patient: prm.PatientId) -> None:
    """Reads a journey page by page, the newest first."""
    pages, entries, after = 0, 0, None
    while True:
        page = desk.chart.timeline(patient, page=prm.Page(limit=100, after=after))
        pages, entries, after = pages + 1, entries + len(page.entries), page.next
        if after is None:
            break
    problems = [line for line in desk.chart.problems(patient) if line.state is prm.ListState.ACTIVE]
    print(f"journey of {entries} entries on {pages} pages, {len(problems)} problems that hold")
    assert entries > 100 and pages == -(-entries // 100)


def edit(desk: prm.Session, patient: prm.PatientId) -> None:
    """Adds a telephone number and a reading in one batch; an edit of an older version is refused."""
    before = desk.people.patient(patient)
    phone = prm.ContactPoint(system="phone", usage="mobile", value="+1 555 0100 17")
    changed = replace(before.patient, telecom=(*before.patient.telecom, phone))
    reading = prm.ChartEntry(
        kind=prm.EntryKind.OBSERVATION, status=prm.EntryStatus.FINAL, when="2026-03-02T08:00:00+01:00", title="Body weight",
        code=prm.Concept(codings=[prm.Coding(system=LOINC, code="29463-7", display="Body weight")]),
        value=prm.EntryValueQuantity(prm.Quantity(value="81.50", unit="kg", system="http://unitsofmeasure.org", code="kg")),
    )
    with desk.batch() as batch:
        batch.append(prm.EditPatient(id=patient, version=before.version, patient=changed))
        batch.append(prm.AddEntry(patient=patient, entry=reading))
    print(f"wrote {len(batch.receipt.written)} records as commit {batch.receipt.sequence}")
    try:
        desk.people.edit(patient, before.version, before.patient)
    except prm.Conflict as conflict:
        print(f"an older edit is refused: {conflict.versions}")
        assert conflict.versions == (before.version, before.version + 1)
    else:
        raise AssertionError("the older edit was taken")
    newest = desk.chart.latest(patient, [prm.Coding(system=LOINC, code="29463-7")])[0]
    assert isinstance(newest.value, prm.EntryValueQuantity) and newest.value.value.value.text == "81.50"


def follow(changes: prm.Changes, patient: prm.PatientId) -> None:
    """Hears of what was committed meanwhile."""
    heard: list[prm.Notice] = []
    while (event := changes.next(0)) is not None:
        match event:
            case prm.EventChanged(notice):
                heard.append(notice)
            case prm.EventLagged(from_=sequence):
                raise AssertionError(f"missed what came after {sequence}")
    kinds = [f"{notice.kind} {notice.change.value}" for notice in heard]
    print(f"heard of {', '.join(kinds)}")
    assert kinds == ["patient updated", "entry created"] and heard[0].id == prm.RecordId(patient)


def draw(desk: prm.Session, patient: prm.PatientId, folder: Path) -> None:
    """Draws the journey and the page."""
    desk.chart.journey(patient, "America/New_York").save(folder / "journey.svg")
    weight = prm.Coding(system=LOINC, code="29463-7")
    desk.chart.page(patient, "America/New_York", trends=[weight]).save(folder / "patient.html")
    sizes = {name: (folder / name).stat().st_size for name in ("journey.svg", "patient.html")}
    print(f"drew {sizes}")
    assert all(size > 5_000 for size in sizes.values())


def who_looked(store: prm.Prm, patient: prm.PatientId) -> None:
    """Tells the patient who looked."""
    with store.session(patient, prm.Purpose.PATIENT_REQUEST) as own:
        accesses = own.govern.accesses(patient).accesses
    print(f"{len(accesses)} accesses, the newest by {accesses[0].who}")
    assert any(access.who == prm.WhoSystem("front desk") for access in accesses)


def run(folder: Path) -> None:
    """The day."""
    path = folder / "clinic.prm"
    with prm.create(path, key="correct horse battery staple", founder="front desk") as store:
        with store.session(actor="front desk", purpose=prm.Purpose.OPERATIONS) as desk:
            import_bundles(desk)
            patient = find(desk)
            page_journey(desk, patient)
            changes = desk.subscribe()
            edit(desk, patient)
            follow(changes, patient)
            draw(desk, patient, folder)
        who_looked(store, patient)
    with prm.open(path, key="correct horse battery staple") as store:
        with store.session(actor="front desk", purpose=prm.Purpose.OPERATIONS) as desk:
            assert desk.upkeep.check().problems == ()
    print("the store is whole")


if __name__ == "__main__":
    if len(sys.argv) > 1:
        run(Path(sys.argv[1]))
    else:
        with tempfile.TemporaryDirectory() as scratch:
            run(Path(scratch))
