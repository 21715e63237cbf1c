"""What a notebook shows."""

from __future__ import annotations

import xml.etree.ElementTree
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import prm


class Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)


def test_a_journey_shows_as_a_picture(desk: prm.Session, amara: prm.PatientId, tmp_path: Path) -> None:
    journey = desk.chart.journey(amara, "Europe/Berlin")
    picture = xml.etree.ElementTree.fromstring(journey._repr_html_())
    assert picture.tag.endswith("svg") and "Hypertension" in journey.svg
    journey.save(tmp_path / "journey.svg")
    assert (tmp_path / "journey.svg").read_text(encoding="utf-8") == journey.svg
    trend = desk.chart.trend_drawing(amara, prm.Coding(system="http://loinc.org", code="85354-9"))
    assert xml.etree.ElementTree.fromstring(trend.svg).tag.endswith("svg")


def test_a_page_is_whole_and_runs_nothing(desk: prm.Session, amara: prm.PatientId, tmp_path: Path) -> None:
    page = desk.chart.page(amara, trends=[prm.Coding(system="http://loinc.org", code="85354-9")])
    reader = Reader()
    reader.feed(page.html)
    assert "script" not in reader.tags and "Amara" in page.html
    assert page._repr_html_().startswith("<iframe srcdoc=") and "sandbox" in page._repr_html_()
    page.save(tmp_path / "page.html")
    assert (tmp_path / "page.html").read_text(encoding="utf-8") == page.html


def test_pages_of_lists_show_as_tables_and_escape_what_they_show(desk: prm.Session) -> None:
    id = desk.people.add(prm.Patient(names=[prm.HumanName(text="<b>Bold</b>")]))
    desk.chart.add(id, prm.ChartEntry(kind="Goal", status="active", title="<script>alert(1)</script>", when="2020"))
    pages: list[Any] = [desk.people.list(prm.Page(limit=3)), desk.people.list(), desk.chart.timeline(id)]
    for page in pages:
        reader = Reader()
        reader.feed(page._repr_html_())
        assert reader.tags[0] == "table" and not {"b", "script"} & set(reader.tags)
        assert "Bold" not in repr(page) and "alert" not in repr(page)
