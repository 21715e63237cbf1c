"""Ids, codes, dates, times and decimals."""

from __future__ import annotations

import copy
import decimal
import pickle
import uuid
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

import pytest

import prm

BERLIN = timezone(timedelta(hours=1))


def test_ids_of_two_types_are_never_equal_and_sort_within_one() -> None:
    a, b = prm.PatientId.new(), prm.PatientId(uuid.UUID(int=2**127))
    assert a != prm.PractitionerId(a.uuid) and len({a, prm.PractitionerId(a.uuid), prm.PatientId(str(a))}) == 2
    assert a < b and sorted([b, a]) == [a, b] and a.uuid.version == 7 and a.uuid.variant == uuid.RFC_4122
    assert prm.PatientId(prm.RecordId(a)) == a and repr(a) == f"PatientId('{a}')"
    with pytest.raises(TypeError):
        a < prm.PractitionerId(a.uuid)  # type: ignore[operator]
    with pytest.raises(TypeError):
        prm.PatientId(prm.PractitionerId(a.uuid))
    with pytest.raises(prm.Invalid):
        prm.PatientId("not an id")
    with pytest.raises(AttributeError):
        a._bytes = b""
    assert pickle.loads(pickle.dumps(a)) == copy.deepcopy(a) == a


def test_a_code_is_its_text_and_stays_open(desk: prm.Session) -> None:
    assert prm.Gender.FEMALE == "female" and prm.Gender("female") is prm.Gender.FEMALE
    assert repr(prm.EntryStatus("not-done")) == "EntryStatus.NOT_DONE"
    other = prm.Gender("x-local")
    assert not other.is_known and str(other) == f"{other}" == "x-local"
    id = desk.people.add(prm.Patient(gender="x-local"))
    read = desk.people.patient(id).patient.gender
    assert read == other and type(read) is prm.Gender
    match prm.Gender("male"):
        case prm.Gender.MALE:
            pass
        case _:
            raise AssertionError


def test_dates_are_kept_as_far_as_they_are_known() -> None:
    for text, last in (("2019", date(2019, 12, 31)), ("2020-02", date(2020, 2, 29)), ("0001-01-01", date(1, 1, 1)), ("9999", date(9999, 12, 31))):
        value = prm.PartialDate(text)
        assert str(value) == text and value.last_day() == last and pickle.loads(pickle.dumps(value)) == value
    assert prm.PartialDate(date(2019, 3, 7)) == prm.PartialDate(2019, 3, 7)
    ordered = [prm.PartialDate(text) for text in ("1998-12-31", "1999", "1999-01", "1999-01-01", "1999-01-02")]
    assert sorted(reversed(ordered)) == ordered and ordered[0] <= ordered[0] and ordered[4] > ordered[0]
    for text in ("", "0000", "19", "1999-13", "1999-02-29", "1999-2-3", "10000"):
        with pytest.raises(prm.Invalid):
            prm.PartialDate(text)
    for year, month in ((0, None), (2019, 13), (2019, 0)):
        with pytest.raises(prm.Invalid):
            prm.PartialDate(year, month)
    with pytest.raises(TypeError):
        prm.PartialDate(datetime(2019, 3, 7))


def test_times_keep_offset_and_digits(desk: prm.Session, amara: prm.PatientId) -> None:
    for given, text in (
        ("2019-03-07T13:28:17.123456789-05:00", "2019-03-07T13:28:17.123456789-05:00"),
        (datetime(2026, 3, 29, 2, 30, tzinfo=BERLIN), "2026-03-29T02:30:00+01:00"),
        (date(2019, 3, 7), "2019-03-07"), (prm.PartialDate(2019), "2019"),
        ("0001-01-01T00:00:00Z", "0001-01-01T00:00:00Z"), ("9999-12-31T23:59:59Z", "9999-12-31T23:59:59Z"),
    ):
        entry = prm.ChartEntry(kind="Goal", status="active", title="t", when=given)
        assert str(entry.when) == text
        read = desk.chart.entry(desk.chart.add(amara, entry)).entry.when
        assert read == entry.when and str(read) == text
    moment = prm.When("2026-03-02T08:00:00+01:00")
    assert moment.at == datetime(2026, 3, 2, 7, tzinfo=timezone.utc) and moment.on is None
    assert moment.date == prm.PartialDate(2026, 3, 2) and prm.When("2019").at is None
    with pytest.raises(TypeError):
        prm.When(datetime(2026, 3, 2))
    with pytest.raises(prm.Invalid):
        prm.When("2026-03-02T25:00:00Z")


def test_instants_are_rounded_up_so_that_a_version_is_known_when_it_was_recorded(
    desk: prm.Session, amara: prm.PatientId
) -> None:
    view = desk.people.patient(amara)
    assert view.recorded.tzinfo is timezone.utc
    assert desk.people.known_at(amara, view.recorded) == view
    assert desk.people.known_at(amara, view.recorded - timedelta(microseconds=1)) is None
    assert desk.people.known_at(amara, view.recorded.astimezone(BERLIN)) == view


@pytest.mark.parametrize("text", ["1.50", "1E+3", "1e3", "-0", "0.0000001", "120", "12345678901234567890.123456789"])
def test_decimals_keep_their_digits(desk: prm.Session, amara: prm.PatientId, text: str) -> None:
    amount = prm.Quantity(value=text, unit="kg")
    assert amount.value.text == text and amount.value == decimal.Decimal(text)
    entry = prm.ChartEntry(kind="Observation", status="final", title="t", value=prm.EntryValueQuantity(amount))
    read = desk.chart.entry(desk.chart.add(amara, entry)).entry.value
    assert read == prm.EntryValueQuantity(amount)
    assert isinstance(read, prm.EntryValueQuantity) and read.value.value.text == text
    assert pickle.loads(pickle.dumps(amount.value)).text == text


def test_decimals_of_python_go_in_as_python_writes_them() -> None:
    assert prm.Decimal(decimal.Decimal("1.50")).text == "1.50" and prm.Decimal(3).text == "3"
    assert prm.Quantity(value=decimal.Decimal("1E+3")).value.text == "1E+3"
    for wrong in ("NaN", "Infinity", "1,5", ""):
        with pytest.raises(prm.Invalid):
            prm.Decimal(wrong)
    with pytest.raises(TypeError):
        prm.Decimal(1.5)  # type: ignore[arg-type]


def test_texts_cross_unchanged(desk: prm.Session) -> None:
    for text in ("👩🏽‍⚕️ é", "e\u0301", "\u202eabc", "x" * 1_000):
        id = desk.people.add(prm.Patient(names=[prm.HumanName(text=text)]))
        name = desk.people.patient(id).patient.names[0].text
        assert name is not None and name.expose() == text
    with pytest.raises(prm.Invalid):
        desk.people.add(prm.Patient(names=[prm.HumanName(text="a\0b")]))
    with pytest.raises(TypeError, match="surrogate"):
        desk.people.add(prm.Patient(names=[prm.HumanName(text="\ud800")]))


def test_one_of_several_is_matched_to_the_end(desk: prm.Session, amara: prm.PatientId) -> None:
    def told(value: prm.EntryValue) -> str:
        match value:
            case prm.EntryValueQuantity(amount):
                return str(amount.value)
            case prm.EntryValueConcept() | prm.EntryValueText() | prm.EntryValueInSource():
                return "text"
            case prm.EntryValueBoolean(truth):
                return str(truth)
            case prm.EntryValueInteger(number):
                return str(number)
            case prm.EntryValueWhen(when):
                return str(when)

    assert told(prm.EntryValueQuantity(prm.Quantity(value="1.50"))) == "1.50"
    values: list[prm.EntryValue] = [
        prm.EntryValueText("a"), prm.EntryValueBoolean(True), prm.EntryValueInteger(-(2**63)), prm.EntryValueWhen("2019"),
        prm.EntryValueConcept(prm.Concept(text="c")),
    ]
    for value in values:
        entry = prm.ChartEntry(kind="Observation", status="final", title="t", value=value)
        assert desk.chart.entry(desk.chart.add(amara, entry)).entry.value == value
    assert [told(value) for value in values] == ["text", "True", str(-(2**63)), "2019", "text"]
    assert told(prm.EntryValueInSource()) == "text"


def test_whole_numbers_have_their_range(desk: prm.Session, amara: prm.PatientId) -> None:
    entry = prm.ChartEntry(kind="Observation", status="final", title="t", value=prm.EntryValueInteger(2**63))
    with pytest.raises(OverflowError):
        desk.chart.add(amara, entry)
    with pytest.raises(TypeError):
        desk.people.list(prm.Page(limit=True))


def test_local_times_are_resolved_by_one_rule(store: prm.Prm) -> None:
    resolve = store.resolve
    assert resolve("Europe/Berlin", datetime(2026, 3, 29, 2, 30)) == ("skipped", datetime(2026, 3, 29, 1, 30, tzinfo=timezone.utc), None)
    how, first, second = resolve("Europe/Berlin", datetime(2026, 10, 25, 2, 30))
    assert how == "twice" and second is not None and second - first == timedelta(hours=1)
    assert resolve("UTC", datetime(9999, 12, 31, 23))[0] == "once"
    with pytest.raises(prm.Invalid):
        resolve("Mars/Base", datetime(2026, 1, 1))
    assert store.zones_version


def test_days_and_civil_times_are_those_of_datetime_without_a_zone() -> None:
    holiday = prm.Holiday(date="2026-12-25", name="Christmas Day")
    assert holiday.date == date(2026, 12, 25) and prm.Holiday(date=date(2026, 12, 25), name="Christmas Day") == holiday
    stamp = prm.ClockStamp(civil=datetime(2026, 3, 29, 2, 30))
    assert stamp.civil.tzinfo is None and prm.ClockStamp(civil="2026-03-29T02:30:00") == stamp
    for wrong in (datetime(2026, 3, 29, 2, 30, tzinfo=BERLIN), date(2026, 3, 29)):
        with pytest.raises(TypeError):
            prm.ClockStamp(civil=wrong)  # type: ignore[arg-type]
    with pytest.raises(TypeError):
        prm.Holiday(date=datetime(2026, 12, 25), name="Christmas Day")
    for text in ("2026-03-29T02:30:00.5", "2026-03-29T02:30", "2026-03-29T02:30:00Z", "2026-02-29T00:00:00"):
        with pytest.raises(prm.Invalid):
            prm.ClockStamp(civil=text)
    with pytest.raises(prm.Invalid):
        prm.ClockStamp(civil=datetime(2026, 3, 29, 2, 30, 0, 1))
    with pytest.raises(prm.Invalid):
        prm.Holiday(date="2026-12", name="Christmas Day")


def test_instances_come_one_by_one_and_none_is_lost_between_pages() -> None:
    rule = prm.Rule(frequency=prm.Frequency.MINUTELY, interval=30)
    moved = prm.Override(stamp=prm.ClockStamp(civil="2026-03-07T08:00:00"), to="2026-03-06T17:00:00")
    every = prm.Recurrence(start="2026-03-02T08:00:00", zone=prm.ClockZoneUtc(), rule=rule, overrides=[moved])
    begin, end = datetime(2026, 3, 2, tzinfo=timezone.utc), datetime(2026, 4, 2, tzinfo=timezone.utc)
    at_once = prm.reckon.between(every, "UTC", begin, end, 10_000)
    assert not at_once.cut_off and len(at_once.instances) == 31 * 48 - 16
    assert tuple(prm.reckon.instances(every, "UTC", begin, end)) == at_once.instances
    endless = prm.reckon.instances(every, "UTC", begin)
    assert [next(endless).stamp for _ in range(600)] == [one.stamp for one in at_once.instances[:600]]
    floating = prm.reckon.check_recurrence(prm.Recurrence(start="2026-03-02T08:00:00"))
    with pytest.raises(prm.Invalid):
        next(prm.reckon.instances(floating, "Mars/Base", begin))


def test_a_reckoner_may_have_zones_of_its_own() -> None:
    import zoneinfo

    for folder in zoneinfo.TZPATH:
        path = Path(folder) / "Asia" / "Kolkata"
        if path.exists():
            ours = prm.Reckoner(("2099z", {"Clinic/Ours": path.read_bytes()}))
            assert ours.instant("Clinic/Ours", datetime(2026, 7, 1, 8)) == datetime(2026, 7, 1, 2, 30, tzinfo=timezone.utc)
            assert repr(ours) == "Reckoner(zones 2099z)"
            with pytest.raises(prm.Invalid):
                ours.instant("Asia/Kolkata", datetime(2026, 7, 1, 8))
