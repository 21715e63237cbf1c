"""Plans, schedules and what is due, as a reader of Python meets them."""

from __future__ import annotations

import xml.etree.ElementTree
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timezone
from pathlib import Path
from typing import Any

import pyarrow
import pytest

import prm
from test_notebook import Reader

MONDAY = datetime(2026, 3, 2, 9, tzinfo=timezone.utc)
FIRST, LAST = date(2026, 2, 23), date(2026, 3, 29)


@dataclass
class Clinic:
    admin: prm.Session
    session: prm.Session
    patient: prm.PatientId
    schedule: prm.ScheduleId
    list: prm.DueQuery


@pytest.fixture
def clinic() -> Iterator[Clinic]:
    with prm.open_memory(founder="desk", clock=prm.ManualClock(MONDAY), seed=7) as store:
        admin = store.session(actor="desk", purpose=prm.Purpose.OPERATIONS)
        site = admin.people.add_organisation(prm.Organisation(name="Riverside Clinic"))
        nurse = prm.Practitioner(names=[prm.HumanName(family="Okafor")], organisations=[site])
        session = store.session(actor=admin.people.add_practitioner(nurse), purpose=prm.Purpose.TREATMENT)
        patient = admin.people.add(prm.Patient(
            names=[prm.HumanName(text="Ana <b>Ortiz</b>")], managing_organisation=site, time_zone="Europe/Berlin",
        ))
        repeats = prm.reckon.parse_recurrence("DTSTART:20260223T080000\nRRULE:FREQ=WEEKLY;BYDAY=MO,TH")
        schedule = session.engage.add_schedule(prm.Schedule(
            patient=patient, status="active", title="Blood pressure <at home>", zone="Europe/Berlin", role="nurse",
            phases=[prm.Phase(timing=prm.TimingClock(repeats))], pool=prm.PoolOrganisation(site),
        ))
        until = datetime(2026, 4, 1, tzinfo=timezone.utc)
        yield Clinic(admin, session, patient, schedule, prm.DueQuery(owner=prm.DueOwnerOrganisation(site), until=until))


def picture(drawing: prm.Drawing) -> str:
    shown = drawing._repr_html_()
    assert xml.etree.ElementTree.fromstring(shown).tag.endswith("svg") and shown == drawing.svg
    return shown


def test_an_adherence_calendar_and_the_days_ahead_show_as_pictures(clinic: Clinic, tmp_path: Path) -> None:
    engage = clinic.session.engage
    calendar = engage.adherence_drawing(clinic.patient, FIRST, LAST)
    assert picture(calendar) == engage.adherence_svg(clinic.patient, FIRST, LAST)
    calendar.save(tmp_path / "calendar.svg")
    assert (tmp_path / "calendar.svg").read_text(encoding="utf-8") == calendar.svg
    assert picture(engage.adherence_drawing(clinic.patient, FIRST, LAST, clinic.schedule)) == calendar.svg
    progress = prm.Progress()
    ahead = engage.forecast_drawing(clinic.list, FIRST, LAST, "Europe/Berlin", progress=progress)
    assert picture(ahead) == engage.forecast_svg(clinic.list, FIRST, LAST, "Europe/Berlin")
    assert progress.done == 1
    for drawing in (calendar, ahead):
        assert "Ortiz" not in drawing.svg and repr(drawing).startswith("Drawing(")


def test_what_is_done_is_in_the_adherence_and_off_the_list(clinic: Clinic) -> None:
    engage = clinic.session.engage
    first = engage.due(clinic.patient)[0]
    before = engage.adherence(clinic.patient, FIRST, LAST)
    version = engage.record_outcome(clinic.schedule, first.stamp, 0, prm.Outcome(status="done"))
    assert version == 1
    assert first.stamp not in {item.stamp for item in engage.due(clinic.patient)}
    after = engage.adherence(clinic.patient, FIRST, LAST)
    assert after.completion != before.completion
    assert after == prm.reckon.adherence(
        engage.occurrences(clinic.patient, datetime(2026, 2, 22, tzinfo=timezone.utc), datetime(2026, 3, 30, tzinfo=timezone.utc)).occurrences,
        "Europe/Berlin", MONDAY,
    )


def test_a_list_is_read_page_by_page_and_as_a_table(clinic: Clinic) -> None:
    engage = clinic.session.engage
    items = list(engage.every(clinic.list))
    assert items == list(engage.worklist(clinic.list, prm.Page(limit=100)).items) and items
    frame = engage.worklist_table(clinic.list).to_polars()
    assert frame["due"].to_list() == [item.due for item in items]
    assert frame["name"].to_list() == [item.name.expose() for item in items]
    assert frame["state"].to_list() == [item.state.value for item in items]
    assert frame["schedule"].to_list() == [str(item.schedule) for item in items] and set(frame["role"]) == {"nurse"}
    schema = pyarrow.schema(engage.worklist_table(clinic.list))
    assert schema == engage.worklist_table(clinic.list).to_pyarrow().schema
    assert all(field.metadata[b"description"] for field in schema)
    stopped = prm.Progress()
    stopped.cancel()
    with pytest.raises((prm.Cancelled, pyarrow.ArrowException, OSError), match="stop"):
        pyarrow.table(engage.worklist_table(clinic.list).watched(stopped))


def test_lists_of_what_is_due_show_as_tables_and_escape_what_they_show(clinic: Clinic) -> None:
    engage = clinic.session.engage
    page = engage.worklist(clinic.list, prm.Page(limit=1))
    found = engage.occurrences(clinic.patient, MONDAY, datetime(2026, 4, 1, tzinfo=timezone.utc), limit=1)
    pages: list[Any] = [page, found]
    for shown in pages:
        reader = Reader()
        reader.feed(shown._repr_html_())
        assert reader.tags[0] == "table" and not {"b", "at"} & set(reader.tags)
        assert "Ortiz" not in repr(shown)


def test_a_plan_of_a_shipped_template_is_started_and_its_schedules_are_due(clinic: Clinic) -> None:
    engage, plan = clinic.session.engage, clinic.session.plan
    shipped = {template.name: template for template in prm.reckon.shipped_templates()}
    assert len(shipped) >= 6
    for row in shipped.values():
        assert not [finding for finding in prm.reckon.check_template(row) if finding.severity is prm.Severity.ERROR]
    start = prm.PlanStart(start=datetime(2026, 3, 2, 9), zone="Europe/Berlin")
    template = clinic.admin.plan.add_template(next(row for name, row in shipped.items() if "hypertension" in name))
    started = plan.start(template, clinic.patient, start)
    assert plan.plans(clinic.patient)[0].id == started and plan.goals(clinic.patient)
    made = [view for view in engage.schedules(clinic.patient) if view.schedule.plan == started]
    assert made
    change = prm.TemplateChange(template=template, choices=prm.UpgradeChoices(), start=start)
    picture(engage.forecast_drawing(clinic.list, FIRST, LAST, change=change))


def test_a_feed_goes_out_and_comes_in(clinic: Clinic) -> None:
    engage = clinic.session.engage
    text = engage.feed(clinic.patient, MONDAY, datetime(2026, 4, 1, tzinfo=timezone.utc))
    assert text.startswith("BEGIN:VCALENDAR\r\n") and "Ortiz" not in text
    feed = prm.reckon.read_calendar(text)
    assert feed.items and isinstance(feed.items[0].uid, prm.Sensitive)
    came = engage.import_feed(clinic.patient, text, "Europe/Berlin")
    assert len(came.schedules) == len(feed.items) and came.refused == ()
    with pytest.raises(prm.Invalid):
        engage.import_feed(clinic.patient, "no calendar", "Europe/Berlin")


def test_reminders_are_asked_for_and_calculated_alike(clinic: Clinic) -> None:
    plan = clinic.session.engage.reminders(clinic.patient, prm.ReminderPreferences(allowed=True, zone="Europe/Berlin"), 64)
    assert plan.reminders == ()


def test_a_civil_time_has_no_zone_and_a_day_no_time() -> None:
    with pytest.raises((TypeError, prm.Invalid)):
        prm.reckon.instant("Europe/Berlin", MONDAY)
    with pytest.raises((TypeError, prm.Invalid)):
        prm.reckon.is_business_day(datetime(2026, 3, 2, 9))
    assert prm.reckon.is_business_day(date(2026, 3, 2)) and not prm.reckon.is_business_day(date(2026, 3, 1))
    assert prm.reckon.civil("America/New_York", MONDAY) == datetime(2026, 3, 2, 4)
