"""Content does not print: every text of every type is given a mark, and no mark may turn up in ``repr`` or ``str``.

The list of what may print is `bindings/prints.txt`, by field: it says what, not who, or names an institution or a program.
"""

from __future__ import annotations

import dataclasses
import pickle
import re
from datetime import date, datetime, timezone
from typing import Any

import pytest

import prm
from json_values import ROOT, TYPES

ID = "018f0000-0000-7000-8000-000000000001"

# Fields whose text prints, with the reason.
PRINTS = {
    re.sub(r"::(\w+)$", r"\1.value", re.sub(r"^Command::", "", line.split(": ")[0]))
    for line in (ROOT / "bindings" / "prints.txt").read_text(encoding="utf-8").splitlines() if not line.startswith("#")
}


class Marks:
    """Makes values of every type with a mark in every text."""

    def __init__(self) -> None:
        self.where: dict[str, str] = {}

    def make(self, of: list[Any], path: str, depth: int = 0) -> Any:
        kind = of[0]
        if kind == "plain":
            if of[1] in ("text", "word"):
                mark = f"mark{len(self.where)}mark"
                self.where[mark] = path
                return mark
            return of[1] == "bool" or 1
        if kind == "scalar":
            return {
                "Decimal": prm.Decimal("1.50"), "PartialDate": prm.PartialDate("2019-03"), "When": prm.When("2019"),
                "Instant": datetime(2026, 3, 2, tzinfo=timezone.utc), "Date": date(2026, 3, 2),
                "CivilTime": datetime(2026, 3, 2, 8),
                "Cursor": prm.Cursor(self.make(["plain", "text"], f"{path} (cursor)")),
            }[of[1]]
        if kind == "sensitive":
            return prm.Sensitive(self.make(of[1], f"{path} (sensitive)", depth))
        if kind == "option":
            return self.make(of[1], path, depth)
        if kind == "list":
            return [self.make(of[1], path, depth)]
        return self.named(of[1], path, depth)

    def named(self, name: str, path: str, depth: int) -> Any:
        shape = TYPES[name]
        if shape["is"] == "choice":
            return self.variants(name, depth)[0]
        made = getattr(prm, name)
        if shape["is"] == "id":
            return made(ID)
        if shape["is"] == "members":
            return next(iter(made))
        if shape["is"] == "code":
            return next(iter(made.members()))
        return made(**self.fields(name, shape["fields"], depth))

    def fields(self, name: str, fields: list[Any], depth: int) -> dict[str, Any]:
        return {field: self.make(of, f"{name}.{field}", depth + 1) for field, _, of, _ in fields}

    def variants(self, name: str, depth: int = 0) -> list[Any]:
        out = []
        for variant in TYPES[name]["variants"].values():
            made = getattr(prm, variant["class"])
            if "one" in variant:
                out.append(made(self.make(variant["one"], f"{variant['class']}.value", depth + 1)))
            elif "fields" in variant:
                out.append(made(**self.fields(variant["class"], variant["fields"], depth)))
            else:
                out.append(made())
        return out


def every_value() -> tuple[dict[str, str], list[Any]]:
    marks = Marks()
    values = []
    for name, shape in TYPES.items():
        values += marks.variants(name) if shape["is"] == "choice" else [marks.named(name, name, 0)]
    return marks.where, values


def test_no_text_of_any_value_prints_but_what_says_nothing_of_a_person() -> None:
    where, values = every_value()
    assert len(values) > 100 and len(where) > 300
    shown = "\n".join(f"{value!r} {value} {[value]!r} {value:>3}" if isinstance(value, str) else f"{value!r} {value}" for value in values)
    found = {where[mark] for mark in re.findall(r"mark\d+mark", shown)}
    assert {path for path in found if " (" in path} == set()
    assert found == PRINTS, "left: what prints; right: what may"


def test_the_list_of_what_prints_is_no_longer_than_that_of_the_core() -> None:
    source = (ROOT / "tests" / "tests" / "redaction.rs").read_text(encoding="utf-8")
    core = {path.split(".")[1] for path in re.findall(r'^    \("([a-z_.]+)", ', source, re.M)}
    assert len(core) > 10
    about_itself = {
        "Origin.source", "FhirImport.source", "TypeReport.kind", "NoteReport.kind", "NoteReport.path",
        "NoteReport.reason", "RefusedRecord.reason", "CheckReport.problems", "Salvaged.lost", "Stats.zones",
        "StoreFile.name", "StoreFile.holds", "TableRows.table", "Quantity.system", "Quantity.code", "FeedImport.refused",
        "CareImport.not_taken", "TemplateImport.not_taken",
    }
    # Of plans and schedules the texts are those of the clinic's templates, of calendars the words of their standard.
    care = {
        *prm.engage.__all__, *prm.plan.__all__, *prm.decide.__all__, *prm.evidence.__all__, *prm.ical.__all__, "AdvancePlan",
    }
    of_care = {path for path in PRINTS if path.split(".")[0] in care}
    others = PRINTS - about_itself - of_care - {"Patient.time_zone"}
    ours = {"system" if path == "WhoSystem.value" else path.split(".")[1] for path in others}
    assert ours <= core


def test_every_value_compares_hashes_pickles_and_cannot_be_changed() -> None:
    _, values = every_value()
    for value in values:
        again = pickle.loads(pickle.dumps(value))
        assert again == value and hash(again) == hash(value) and type(again) is type(value)
        for field in getattr(value, "__dataclass_fields__", {}):
            with pytest.raises(dataclasses.FrozenInstanceError):
                setattr(value, field, 1)
            assert dataclasses.replace(value) == value


def test_keys_cursors_handles_and_drawings_do_not_print() -> None:
    key = prm.Key.passphrase("mark words mark")
    with prm.open_memory(demo=True, key=key) as store, store.session(actor="demo", purpose="HOPERAT") as session:
        amara = session.people.search("amara")[0].patient.id
        shown = [
            key, prm.Key.raw(bytes([171] * 32)), prm.Cursor("mark"), store, session, session.chart.journey(amara),
            session.chart.page(amara), session.people.table(), session.people, session.subscribe(), session.batch(),
        ]
        text = " ".join(f"{value!r} {value}" for value in shown)
        for content in ("words", "mark", "171, 171", "\\xab", "Amara", "Testperson"):
            assert content not in text
    assert repr(key) == "Key.passphrase(…)"


def test_no_error_tells_content(desk: prm.Session, store: prm.Prm, amara: prm.PatientId) -> None:
    nobody = store.session(actor="nobody", purpose="TREAT")
    long = "mark" * 100_000
    name = prm.HumanName(family="mark")
    entry = prm.ChartEntry(kind="Goal", status="active", title=long)

    def bad(session: prm.Session, command: prm.Command) -> Any:
        return lambda: session.execute(command)

    calls = [
        bad(nobody, prm.AddPatient(patient=prm.Patient(names=[name]))),
        bad(nobody, prm.AddEntry(patient=amara, entry=entry)),
        bad(desk, prm.AddEntry(patient=amara, entry=entry)),
        bad(desk, prm.AddEntry(patient=amara, entry=prm.ChartEntry(kind="mark mark", status="final", title="mark"))),
        bad(desk, prm.AddPatient(id=amara, patient=prm.Patient(names=[name]))),
        bad(desk, prm.EditPatient(id=amara, version=9, patient=prm.Patient(names=[name]))),
        bad(desk, prm.AddPatient(patient=prm.Patient(names=[prm.HumanName(family=long)]))),
        lambda: desk.people.search(prm.PatientSearch(phone="mark")),
        lambda: desk.people.search(" "),
        lambda: desk.people.list(prm.Page(limit=1, after=prm.Cursor("mark"))),
        lambda: prm.PatientId("mark"),
        lambda: prm.PartialDate("mark"),
        lambda: prm.When("markT"),
        lambda: prm.Decimal("mark"),
        lambda: prm.Patient(birth_date="mark"),
        lambda: desk.fhir.import_('{"resourceType": "mark"', source=""),
    ]
    for call in calls:
        with pytest.raises(prm.PrmError) as raised:
            call()
        error = raised.value
        told = f"{error} {error!r} {error.args} {error.field} {error.because} {error.advice} {vars(error)}"
        assert "mark" not in told, told
        assert type(pickle.loads(pickle.dumps(error))) is type(error)


def test_wrong_types_are_told_without_the_value(desk: prm.Session, amara: prm.PatientId) -> None:
    for call in (
        lambda: desk.people.add("mark"),  # type: ignore[arg-type]
        lambda: desk.people.add(prm.Patient(names=["mark"])),  # type: ignore[list-item]
        lambda: desk.chart.add(prm.PractitionerId(ID), prm.ChartEntry(kind="Goal", status="active")),  # type: ignore[arg-type]
        lambda: prm.HumanName(given="mark"),
        lambda: prm.Quantity(value=1.5, unit="mark"),  # type: ignore[arg-type]
        lambda: prm.PatientId(prm.PractitionerId(ID)),
        lambda: desk.people.known_at(amara, datetime(2026, 1, 1)),
    ):
        with pytest.raises(TypeError) as raised:
            call()
        assert "mark" not in str(raised.value)
