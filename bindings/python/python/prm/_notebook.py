"""How answers show themselves in a notebook. This is content: a notebook that was run holds what it shows."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from html import escape
from typing import TypeVar

from prm._model import (
    DueItem, DuePage, EntryView, OccurrenceList, OccurrenceView, PatientPage, PatientRow, TimelinePage,
)

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


def _due(item: DueItem) -> tuple[object, ...]:
    return item.due, item.name.expose(), item.title, item.state.value, item.role or "", item.patient


def _due_page(page: DuePage) -> str:
    more = "<p>There are more.</p>" if page.next else ""
    return _table(("due", "name", "title", "state", "role", "patient"), map(_due, page.items)) + more


def _occurrence(view: OccurrenceView) -> tuple[object, ...]:
    return view.due, view.title, view.state.value, view.role or "", view.schedule


def _occurrences(found: OccurrenceList) -> str:
    more = "<p>There are more.</p>" if found.cut_off else ""
    return _table(("due", "title", "state", "role", "schedule"), map(_occurrence, found.occurrences)) + more


def install() -> None:
    """Gives pages of patients, of timelines and of what is due their pictures."""

    def shows(kind: type[T], draw: Callable[[T], str]) -> None:
        setattr(kind, "_repr_html_", draw)

    shows(PatientPage, _patients)
    shows(TimelinePage, _timeline)
    shows(DuePage, _due_page)
    shows(OccurrenceList, _occurrences)
