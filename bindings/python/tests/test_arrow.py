"""Tables that other libraries read."""

from __future__ import annotations

from typing import Any

import pandas
import polars
import pyarrow
import pytest

import prm

PRESSURE = prm.Coding(system="http://loinc.org", code="8480-6")


def test_polars_pandas_and_pyarrow_read_the_same_patients(desk: prm.Session) -> None:
    table = desk.people.table()
    by_polars, by_pandas, by_pyarrow = table.to_polars(), table.to_pandas(), table.to_pyarrow()
    assert by_polars.height == len(by_pandas) == by_pyarrow.num_rows == 5
    assert by_polars.columns == list(by_pandas.columns) == by_pyarrow.column_names
    names = sorted(row.name.expose() for row in desk.people.every())
    assert sorted(by_polars["name"]) == sorted(by_pandas["name"]) == sorted(by_pyarrow["name"].to_pylist()) == names
    assert polars.DataFrame(table).equals(by_polars) and pyarrow.table(table).equals(by_pyarrow)
    assert pandas.DataFrame.from_arrow(table).equals(by_pandas)


def test_a_timeline_is_a_table(desk: prm.Session, amara: prm.PatientId) -> None:
    entries = list(desk.chart.every(amara))
    frame = desk.chart.timeline_table(amara).to_polars()
    assert frame.height == len(entries) > 10
    assert frame["entry"].to_list() == [str(view.id) for view in entries]
    assert frame["title"].to_list() == [view.entry.title.expose() for view in entries]
    query = prm.TimelineQuery(kinds=["Condition"])
    assert desk.chart.timeline_table(amara, query).to_polars().height == 1


def test_a_trend_and_accesses_are_tables(desk: prm.Session, amara: prm.PatientId) -> None:
    trend = desk.chart.trend(amara, PRESSURE)
    frame = desk.chart.trend_table(amara, PRESSURE).to_polars()
    assert frame.height == sum(len(series.points) for series in trend.series) == 12
    assert desk.govern.accesses_table(amara).to_polars().height > 0


@pytest.mark.parametrize("room, name", [("people", "table"), ("chart", "timeline_table"), ("chart", "trend_table"), ("govern", "accesses_table")])
def test_the_schema_is_a_contract_that_reads_nothing(desk: prm.Session, amara: prm.PatientId, room: str, name: str) -> None:
    arguments: dict[str, tuple[Any, ...]] = {"table": (), "trend_table": (amara, PRESSURE)}
    table = getattr(getattr(desk, room), name)(*arguments.get(name, (amara,)))
    schema = pyarrow.schema(table)
    assert schema == table.to_pyarrow().schema
    assert b"prm.contract" in schema.metadata and all(field.metadata[b"description"] for field in schema)
    absent = desk.chart.timeline_table(prm.PatientId.new())
    assert pyarrow.schema(absent).names
    with pytest.raises(prm.NotFound):
        absent.to_polars()


def test_a_table_that_is_stopped_says_so(desk: prm.Session, amara: prm.PatientId) -> None:
    progress = prm.Progress()
    progress.cancel()
    with pytest.raises((prm.Cancelled, pyarrow.ArrowException, OSError), match="stop"):
        pyarrow.table(desk.people.table().watched(progress))
    watched = prm.Progress()
    assert pyarrow.table(desk.chart.timeline_table(amara).watched(watched)).num_rows == watched.done


def test_a_table_that_nobody_reads_is_let_go(desk: prm.Session) -> None:
    for _ in range(50):
        desk.people.table().__arrow_c_stream__()
        desk.people.table().__arrow_c_schema__()


def test_who_may_not_read_is_told_when_the_table_is_opened(store: prm.Prm, amara: prm.PatientId) -> None:
    nobody = store.session(actor="nobody", purpose="TREAT")
    with pytest.raises(prm.PrmError):
        nobody.chart.timeline_table(amara).to_polars()
