"""Writes ``journey.ipynb``, the notebook beside this file, without outputs; ``jupyter nbconvert --execute`` fills them in."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import nbformat

V4: Any = nbformat.v4
CELLS = [
    ("markdown", "# A patient's journey\n\nThe patients are made up: `demo=True` fills a store in memory with them. What a cell shows is content; a\nnotebook that was run keeps it in its file."),
    ("code", "import prm\n\nstore = prm.open_memory(demo=True)\ndesk = store.session(actor=\"demo\", purpose=prm.Purpose.OPERATIONS)\ndesk.people.list()"),
    ("markdown", "A name that is spelt wrong still finds:"),
    ("code", "best = desk.people.search(\"amarra testpersn\")[0]\nassert best.patient.name.expose() == \"Amara Testperson\"\namara = best.patient.id\nbest.reason"),
    ("markdown", "An import, from text:"),
    ("code", "report = desk.fhir.import_('''{\"resourceType\": \"Bundle\", \"type\": \"collection\", \"entry\": [\n  {\"resource\": {\"resourceType\": \"Patient\", \"id\": \"x1\", \"name\": [{\"family\": \"Notebook\", \"given\": [\"Nora\"]}]}},\n  {\"resource\": {\"resourceType\": \"Condition\", \"id\": \"c1\", \"subject\": {\"reference\": \"Patient/x1\"},\n                \"code\": {\"text\": \"Asthma\"}, \"onsetDateTime\": \"2019-05\"}}]}''', source=\"notebook\")\nassert report.refused == () and {kind.kind for kind in report.types} >= {\"Patient\", \"Condition\"}\nreport.types"),
    ("markdown", "One page of a journey, and the whole of it as a picture:"),
    ("code", "page = desk.chart.timeline(amara, page=prm.Page(limit=5))\nassert len(page.entries) == 5 and page.next\npage"),
    ("code", "desk.chart.journey(amara, \"Europe/Berlin\")"),
    ("markdown", "As a table:"),
    ("code", "import polars\n\nframe = polars.DataFrame(desk.chart.timeline_table(amara))\nassert frame.height > 10\nframe.select(\"when\", \"kind\", \"title\", \"status\").head()"),
    ("markdown", "An edit, heard by a subscription:"),
    ("code", "changes = desk.subscribe()\ndesk.chart.add(amara, prm.ChartEntry(kind=\"Goal\", status=\"active\", title=\"Walk daily\", when=\"2026-03\"))\nevent = changes.next(1)\nassert isinstance(event, prm.EventChanged) and event.value.kind is prm.RecordKind.ENTRY\nevent.value.change"),
    ("markdown", "How blood pressure changed:"),
    ("code", "desk.chart.trend_drawing(amara, prm.Coding(system=\"http://loinc.org\", code=\"85354-9\"))"),
    ("code", "store.shut_down()"),
]


def make() -> Any:
    """The notebook."""
    new = {"markdown": V4.new_markdown_cell, "code": V4.new_code_cell}
    cells = [new[kind](source, id=f"cell-{n}") for n, (kind, source) in enumerate(CELLS)]
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    return V4.new_notebook(cells=cells, metadata={"kernelspec": kernel})


if __name__ == "__main__":
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).with_name("journey.ipynb")
    target.write_text(V4.writes(make()) + "\n", encoding="utf-8")
