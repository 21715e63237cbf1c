"""How answers show themselves in a notebook. This is content: a notebook that was run holds what it shows."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from html import escape
from typing import TypeVar

from prm._model import EntryView, PatientPage, PatientRow, TimelinePage

__all__ = ["install"]

T = TypeVar("T")


def _table(head: Iterable[str], rows: Iterable[Iterable[object]]) -> str:
    shown = "".join(f"<th scope='col'>{escape(text)}</th>" for text in head)
    body = "".join(f"<tr>{''.join(f'<td>{escape(str(cell))}</td>' for cell in row)}</tr>" for row in rows)
    return f"<table><thead><tr>{shown}</tr></thead><tbody>{body}</tbody></table>"


def _patient(row: PatientRow) -> tuple[object, ...]:
    state = "died" if row.deceased else "" if row.active else "not in use"
    return row.name.expose(), row.birth_date or "", row.gender or "", state, row.id


def _patients(page: PatientPage) -> str:
    more = "<p>There are more.</p>" if page.next else ""
    return _table(("name", "born", "gender", "", "id"), map(_patient, page.patients)) + more


def _entry(view: EntryView) -> tuple[object, ...]:
    entry = view.entry
    return entry.when or "", entry.kind, entry.title.expose(), entry.status, view.id


def _timeline(page: TimelinePage) -> str:
    more = "<p>There are more.</p>" if page.next else ""
    return _table(("when", "kind", "title", "status", "id"), map(_entry, page.entries)) + more


def install() -> None:
    """Gives pages of patients and of timelines their pictures."""

    def shows(kind: type[T], draw: Callable[[T], str]) -> None:
        setattr(kind, "_repr_html_", draw)

    shows(PatientPage, _patients)
    shows(TimelinePage, _timeline)
