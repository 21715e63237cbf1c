"""Values of the package from the JSON of the scenarios, and back, through the table made from the surface."""

from __future__ import annotations

import json
import os
from datetime import date, datetime, timezone
from pathlib import Path
from typing import Any

import prm

ROOT = Path(os.environ.get("PRM_ROOT", Path(__file__).parents[3]))
SURFACE: dict[str, Any] = json.loads((Path(__file__).parent / "surface.json").read_text(encoding="utf-8"))
TYPES: dict[str, Any] = SURFACE["types"]

_SCALARS: dict[str, Any] = {"Decimal": prm.Decimal, "PartialDate": prm.PartialDate, "When": prm.When, "Cursor": prm.Cursor}
_CIVIL: dict[str, Any] = {"Date": date, "CivilTime": datetime}


def instant(text: str) -> datetime:
    """An instant; scenarios write no more than microseconds."""
    seconds, _, fraction = text.removesuffix("Z").partition(".")
    return datetime.fromisoformat(f"{seconds}.{fraction:<06}+00:00")


def build(of: list[Any], value: Any) -> Any:
    """A value of a type."""
    kind = of[0]
    if kind == "plain":
        wanted = {"bool": bool, "text": str, "word": str}.get(of[1], int)
        assert type(value) is wanted, (of, value)
        return value
    if kind == "scalar":
        if of[1] in _CIVIL:
            return _CIVIL[of[1]].fromisoformat(value)
        return instant(value) if of[1] == "Instant" else _SCALARS[of[1]](value)
    if kind == "sensitive":
        return prm.Sensitive(build(of[1], value))
    if kind == "option":
        return None if value is None else build(of[1], value)
    if kind == "list":
        return [build(of[1], item) for item in value]
    assert kind == "named", of
    return _build_named(of[1], value)


def _build_named(name: str, value: Any) -> Any:
    shape = TYPES[name]
    if shape["is"] == "choice":
        tag: str
        content: Any
        tag, content = (value, None) if isinstance(value, str) else next(iter(value.items()))
        variant = shape["variants"][tag]
        made = getattr(prm, variant["class"])
        if "one" in variant:
            return made(build(variant["one"], content))
        return made(**_fields(variant["fields"], content)) if "fields" in variant else made()
    made = getattr(prm, name)
    if shape["is"] == "members":
        return made[shape["members"][value]]
    if shape["is"] == "record":
        return made(**_fields(shape["fields"], value))
    return made(value)


def _fields(fields: list[Any], value: dict[str, Any]) -> dict[str, Any]:
    by_json = {json_name: (name, of) for name, json_name, of, _ in fields}
    unknown = set(value) - set(by_json)
    assert not unknown, f"members that the type does not have: {unknown}"
    return {name: build(of, value[json_name]) for json_name, (name, of) in by_json.items() if json_name in value}


def tell(of: list[Any], value: Any) -> Any:
    """The JSON of a value, every member of it stated. What comes from a call has exactly the type that is promised."""
    kind = of[0]
    if kind == "plain":
        assert type(value) is {"bool": bool, "text": str, "word": str}.get(of[1], int), (of, value)
        return value
    if kind == "scalar":
        if of[1] == "Instant":
            assert value.tzinfo is timezone.utc
            digits = "seconds" if value.microsecond == 0 else "microseconds" if value.microsecond % 1000 else "milliseconds"
            return value.isoformat(timespec=digits).replace("+00:00", "Z")
        if of[1] in _CIVIL:
            assert type(value) is _CIVIL[of[1]] and getattr(value, "tzinfo", None) is None
            return value.isoformat()
        assert type(value) is _SCALARS[of[1]]
        return value.text if of[1] in ("Decimal", "Cursor") else str(value)
    if kind == "sensitive":
        assert type(value) is prm.Sensitive
        return tell(of[1], value.expose())
    if kind == "option":
        return None if value is None else tell(of[1], value)
    if kind == "list":
        assert type(value) is tuple
        return [tell(of[1], item) for item in value]
    if kind == "unit":
        return None
    return _tell_named(of[1], value)


def _tell_named(name: str, value: Any) -> Any:
    shape = TYPES[name]
    if shape["is"] == "choice":
        for tag, variant in shape["variants"].items():
            if type(value) is getattr(prm, variant["class"]):
                if "one" in variant:
                    return {tag: tell(variant["one"], value.value)}
                return {tag: _members(variant["fields"], value)} if "fields" in variant else tag
        raise AssertionError(f"{type(value)} is no {name}")
    assert type(value) is getattr(prm, name), (name, type(value))
    if shape["is"] == "members":
        return next(tag for tag, member in shape["members"].items() if member == value.name)
    return _members(shape["fields"], value) if shape["is"] == "record" else str(value)


def _members(fields: list[Any], value: Any) -> dict[str, Any]:
    return {json_name: tell(of, getattr(value, name)) for name, json_name, of, _ in fields}
