"""The scenarios that hold in every language, through the types that users touch."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from keyword import iskeyword
from pathlib import Path
from typing import Any

import pytest

import prm
from json_values import ROOT, SURFACE, build, instant, tell

FOLDER = ROOT / "tests" / "scenarios"
FILES = sorted(path for path in FOLDER.glob("*.json") if path.name != "scenario.schema.json")

FHIR = {
    "fhir.import": (
        [("what", ["named", "FhirImport"]), ("text", ["plain", "text"])],
        ["named", "ImportReport"],
    ),
    "fhir.export": (
        [("patient", ["named", "PatientId"]), ("format", ["named", "ExportFormat"])],
        None,
    ),
    "fhir.resource": ([("id", ["named", "RecordId"])], ["plain", "text"]),
}


class Names:
    """Names that stand for ids and cursors."""

    def __init__(self) -> None:
        self.known: dict[str, str] = {}

    def bind(self, name: str, value: object) -> None:
        assert name.startswith("$") and name not in self.known and isinstance(value, str), (name, value)
        self.known[name] = value

    def put_in(self, value: Any) -> Any:
        if isinstance(value, str) and value.startswith("$"):
            return self.known[value]
        if isinstance(value, list):
            return [self.put_in(item) for item in value]
        if isinstance(value, dict) and set(value) == {"$repeat"}:
            repeat = value["$repeat"]
            return repeat.get("before", "") + repeat["text"] * repeat["times"] + repeat.get("after", "")
        if isinstance(value, dict):
            return {key: self.put_in(member) for key, member in value.items()}
        return value


def pointed(value: Any, pointer: str) -> Any:
    for part in pointer.split("/")[1:]:
        value = value[int(part)] if isinstance(value, list) else value[part]
    return value


def holds(part: Any, whole: Any) -> bool:
    if isinstance(part, dict) and isinstance(whole, dict):
        return all(key in whole and holds(value, whole[key]) for key, value in part.items())
    if isinstance(part, list) and isinstance(whole, list):
        return len(part) == len(whole) and all(map(holds, part, whole))
    return type(part) is type(whole) and bool(part == whole)


class Stage:
    def __init__(self, scenario: dict[str, Any], folder: Path) -> None:
        self.path = folder / "clinic.prm"
        self.clock = prm.ManualClock(instant(scenario["clock"]))
        self.names = Names()
        ((kind, founder),) = scenario["founder"].items()
        by = founder if kind == "system" else build(["named", "Practitioner"], founder)
        self.prm = prm.create(self.path, key=bytes([7] * 32), clock=self.clock, seed=scenario["seed"], founder=by)
        if isinstance(self.prm.administrator, prm.WhoPractitioner):
            self.names.bind("$founder", str(self.prm.administrator.value))
        for name, id in scenario.get("ids", {}).items():
            self.names.bind(name, id)
        self.sessions: dict[str, prm.Session] = {}
        self.subscriptions: dict[str, prm.Changes] = {}

    def play(self, step: dict[str, Any]) -> None:
        ((kind, what),) = step.items()
        getattr(self, f"_{kind}")(what)

    def _clock(self, now: str) -> None:
        self.clock.set(instant(now))

    def _session(self, step: dict[str, Any]) -> None:
        actor = {"who": self.names.put_in(step["who"])}
        for name in ("app", "device", "on_behalf_of"):
            if name in step:
                actor[name] = self.names.put_in(step[name])
        session = self.prm.session(build(["named", "Actor"], actor), prm.Purpose(step["purpose"]))
        if "bind" in step:
            self.names.bind(step["bind"], str(session.id))
        self.sessions[step["name"]] = session

    def _execute(self, step: dict[str, Any]) -> None:
        batch = {"commands": self.names.put_in(step["commands"])}
        if "batch" in step:
            batch["id"] = self.names.put_in(step["batch"])
        built = build(["named", "Batch"], batch)
        self._compare(step, ["named", "Receipt"], lambda: self.sessions[step["as"]].execute(built))

    def _read(self, step: dict[str, Any]) -> None:
        arguments = self.names.put_in(step.get("args", {}))
        room, call = step["call"].split(".")
        if room == "reckon":
            assert "as" not in step
            return self._made(step, prm.reckon, arguments)
        session = self.sessions[step["as"]]
        if room == "fhir":
            taken, answer = FHIR[step["call"]]
            built = {name: build(of, arguments[name]) for name, of in taken if name in arguments}
            assert set(arguments) == set(built)
            if call == "import":
                what, text = built["what"], built["text"].encode()
                organisation = what.managing_organisation
                return self._compare(
                    step, answer,
                    lambda: session.fhir.import_(text, source=what.source, managing_organisation=organisation),
                )
            if call == "export":
                return self._compare(step, None, lambda: self._exported(session, built))
            return self._compare(step, answer, lambda: session.fhir.resource(**built))
        self._made(step, getattr(session, room), arguments)

    def _made(self, step: dict[str, Any], room: Any, arguments: dict[str, Any]) -> None:
        described = SURFACE["calls"][step["call"]]
        built = {name: build(of, arguments[name]) for name, of, _ in described["arguments"] if name in arguments}
        assert set(arguments) == set(built)
        # What is a word of Python has an underscore there.
        taken = {f"{name}_" if iskeyword(name) else name: value for name, value in built.items()}
        call_it = getattr(room, described["method"])
        self._compare(step, described["answer"], lambda: call_it(**taken))

    @staticmethod
    def _exported(session: prm.Session, arguments: dict[str, Any]) -> Any:
        report, text = session.fhir.export(**arguments)
        return {"report": tell(["named", "ExportReport"], report), "text": text}

    def _subscribe(self, step: dict[str, Any]) -> None:
        self.subscriptions[step["name"]] = self.sessions[step["as"]].subscribe(step.get("after"))

    def _hear(self, step: dict[str, Any]) -> None:
        def heard() -> tuple[prm.Event, ...]:
            events = []
            while (event := self.subscriptions[step["on"]].next(0)) is not None:
                events.append(event)
            return tuple(events)

        self._compare(step, ["list", ["named", "Event"]], heard)

    def _shut_down(self, _: dict[str, Any]) -> None:
        self.prm.shut_down()

    def _open(self, step: dict[str, Any]) -> None:
        self.sessions, self.subscriptions = {}, {}
        self.prm = prm.open(self.path, key=bytes([7] * 32), clock=self.clock, seed=step["seed"])

    def _compare(self, step: dict[str, Any], of: list[Any] | None, call: Any) -> None:
        stated = [name for name in ("expect", "expect_part", "error") if name in step]
        assert len(stated) == 1
        if "error" in step:
            wanted = step["error"]
            with pytest.raises(prm.PrmError) as raised:
                call()
            assert raised.value.code == wanted["code"], raised.value
            assert type(raised.value).__name__ == SURFACE["errors"][wanted["code"]]
            if wanted.get("versions"):
                assert raised.value.versions == (wanted["versions"]["expected"], wanted["versions"]["found"])
            if wanted.get("field"):
                assert raised.value.field == wanted["field"]
            return
        answer = call()
        found = answer if of is None else tell(of, answer)
        for name, pointer in step.get("bind", {}).items():
            self.names.bind(name, pointed(found, pointer))
        if "expect_part" in step:
            part = self.names.put_in(step["expect_part"])
            assert holds(part, found), f"expected {part}\n   found {found}"
        else:
            whole = self.names.put_in(step["expect"])
            # Built and told again, so that members that an answer leaves out are stated on both sides.
            assert found == (whole if of is None else tell(of, _answer(of, whole)))


def _answer(of: list[Any], value: Any) -> Any:
    built = build(of, value)
    return tuple(built) if isinstance(built, list) else built


@contextmanager
def telling(where: str) -> Iterator[None]:
    try:
        yield
    except Exception as error:
        raise AssertionError(f"{where}: {error!r}") from error


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_scenario(path: Path, tmp_path: Path) -> None:
    scenario = json.loads(path.read_text(encoding="utf-8"))
    stage = Stage(scenario, tmp_path)
    for n, step in enumerate(scenario["steps"]):
        with telling(f"step {n + 1} of {len(scenario['steps'])}: {next(iter(step))}"):
            stage.play(step)


def test_the_scenarios_make_every_call_that_the_schema_names_and_each_is_a_method() -> None:
    schema = json.loads((FOLDER / "scenario.schema.json").read_text(encoding="utf-8"))
    named = set(schema["$defs"]["read"]["properties"]["call"]["enum"])
    steps = [step for path in FILES for step in json.loads(path.read_text(encoding="utf-8"))["steps"]]
    assert len(FILES) > 20
    assert {step["read"]["call"] for step in steps if "read" in step} == named
    assert named <= set(SURFACE["calls"]) | set(FHIR)


def test_a_part_may_leave_out_members_but_not_items() -> None:
    whole = {"a": [{"b": 1, "c": 2}, 3], "d": None}
    assert holds({"a": [{"b": 1}, 3]}, whole) and holds({}, whole)
    for part in ({"a": [{"b": 2}, 3]}, {"a": [{"b": 1}]}, {"e": None}, {"a": [3, {"b": 1}]}, {"a": [{"b": True}, 3]}):
        assert not holds(part, whole)
