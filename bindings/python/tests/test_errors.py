"""The exceptions: one for every kind, each with what a program needs to act on."""

from __future__ import annotations

import re

import pytest

import prm
from json_values import ROOT, SURFACE


def test_every_kind_has_a_class_of_its_own() -> None:
    kinds = {code: getattr(prm, name) for code, name in SURFACE["errors"].items()}
    assert len(kinds) == 24 == len(set(kinds.values()))
    for code, kind in kinds.items():
        assert issubclass(kind, prm.PrmError) and kind.code == code
        assert kind.advice.endswith(".") and isinstance(kind.retry, prm.Retry) and kind.__doc__
        raised = prm._failure.raised(code, "a sentence")
        assert type(raised) is kind and str(raised) == "a sentence"


def test_the_kinds_are_those_of_the_manifest() -> None:
    manifest = (ROOT / "bindings" / "api.manifest").read_text(encoding="utf-8")
    told = {code: (name, retry) for name, code, retry in re.findall(r"^error (\w+) (\w+) (\w+)$", manifest, re.M)}
    assert len(told) == 24
    assert {code: (name, getattr(prm, name).retry.value) for code, name in SURFACE["errors"].items()} == told


def test_a_kind_that_this_package_does_not_know_is_the_root() -> None:
    assert type(prm._failure.raised("brand_new", "x")) is prm.PrmError


def test_python_finds_them_where_it_looks() -> None:
    also = {prm.NotFound: KeyError, prm.Invalid: ValueError, prm.Io: OSError, prm.Full: OSError}
    for kind, expected in also.items():
        assert issubclass(kind, expected)
        with pytest.raises(expected, match="a sentence"):
            raise kind("a sentence")


def test_an_error_tells_field_and_versions(desk: prm.Session, amara: prm.PatientId) -> None:
    with pytest.raises(prm.Conflict) as conflict:
        desk.people.edit(amara, 7, prm.Patient())
    assert conflict.value.versions == (7, 1) and conflict.value.retry is prm.Retry.AFTER_RELOAD
    with pytest.raises(prm.Invalid) as invalid:
        desk.people.list(prm.Page(limit=0))
    assert invalid.value.field == "page.limit"
    with pytest.raises(prm.NotFound):
        desk.people.patient(prm.PatientId.new())


def test_a_defect_is_an_error_and_not_the_end(desk: prm.Session, capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(prm.Defect, match="a rehearsed defect"):
        prm._native.rehearse_defect()
    assert desk.people.list().patients
    assert "a rehearsed defect" in capfd.readouterr().err
