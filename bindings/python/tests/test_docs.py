"""Everything that is shown is documented, and modules show what belongs to them."""

from __future__ import annotations

import doctest
import enum
import importlib
import inspect
import pkgutil
import re
import types
from pathlib import Path

import pytest

import prm
from json_values import ROOT

MODULES = [importlib.import_module(f"prm.{name}") for name in ("people", "chart", "engage", "plan", "decide", "evidence", "ical", "govern", "fhir")]


def test_every_name_is_documented() -> None:
    seen = 0
    for module in [prm, *MODULES]:
        for name in module.__all__:
            thing = getattr(module, name)
            if isinstance(thing, types.UnionType):
                continue
            seen += 1
            assert inspect.getdoc(thing), name
            if inspect.isclass(thing) and not issubclass(thing, (BaseException, enum.Enum)):
                for member, value in vars(thing).items():
                    if not member.startswith("_") and (callable(value) or isinstance(value, property)):
                        assert inspect.getdoc(value), f"{name}.{member}"
    assert seen > 200


def test_every_call_of_a_room_says_what_it_takes_gives_and_raises() -> None:
    seen = 0
    for room in (prm._sugar.PeopleRoom, prm._sugar.ChartRoom, prm._sugar.PlanRoom, prm._sugar.EngageRoom, prm.Reckoner, prm._sugar.GovernRoom, prm._sugar.UpkeepRoom, prm._sugar.FhirRoom):
        for name, method in inspect.getmembers(room, inspect.isfunction):
            if name.startswith("_") or name.endswith(("table", "drawing")):
                continue
            seen += 1
            text = inspect.getdoc(method) or ""
            assert "Raises\n------" in text, f"{room.__name__}.{name}"
            taken = [parameter for parameter in inspect.signature(method).parameters if parameter != "self"]
            assert not taken or "Parameters\n---" in text or "As `" in text or name == "every", f"{room.__name__}.{name}"
    assert seen > 80


@pytest.mark.parametrize("name", [module.name for module in pkgutil.iter_modules(prm.__path__, "prm.") if module.name not in ("prm._native", "prm.__main__")] + ["prm"])
def test_examples(name: str) -> None:
    failed, _ = doctest.testmod(importlib.import_module(name), optionflags=doctest.ELLIPSIS)
    assert failed == 0


def test_there_are_examples() -> None:
    finder = doctest.DocTestFinder()
    assert sum(bool(test.examples) for module in (prm, prm._scalars, prm._session, prm._store, prm._sugar) for test in finder.find(module)) >= 8


def test_the_example_of_the_readme_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    text = (ROOT / "bindings" / "python" / "README.md").read_text(encoding="utf-8")
    examples = re.findall(r"```python\n(.*?)```", text, re.S)
    monkeypatch.chdir(tmp_path)
    for example in examples:
        exec(compile(example, "README.md", "exec"), {})
    assert len(examples) == 1 and capsys.readouterr().out == "Walk daily\n"
