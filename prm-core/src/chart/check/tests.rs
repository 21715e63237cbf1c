use super::*;
use crate::chart::tests::{NOW, instant};
use crate::chart::{Component, Origin};
use crate::error::Detail;
use crate::value::{Decimal, Quantity};

fn observation() -> ChartEntry {
    ChartEntry::new(EntryKind::Observation, Coding::new("http://loinc.org", "29463-7").display("Body weight"))
}

/// The field that is refused.
fn refused(entry: ChartEntry, before: Option<&ChartEntry>) -> String {
    let error = checked(entry, before, instant(NOW)).unwrap_err();
    match error.particulars() {
        Some(Detail::Field(field)) => field.to_string(),
        other => panic!("{other:?}"),
    }
}

fn at(when: &str) -> Option<When> {
    Some(when.parse().unwrap())
}

#[test]
fn an_empty_title_becomes_the_label_and_a_known_kind_is_recognised() {
    let mut entry = observation();
    entry.title = Sensitive::default();
    entry.kind = EntryKind::Other("Observation".into());
    let entry = checked(entry, None, instant(NOW)).unwrap();
    assert_eq!(entry.title.expose(), "Body weight");
    assert_eq!(entry.kind, EntryKind::Observation);
}

#[test]
fn what_is_impossible_in_itself_is_refused_with_its_field() {
    let amount = || Some(EntryValue::Quantity(Quantity::ucum(Decimal::from(80), "kg").unwrap()));
    type Change = fn(&mut ChartEntry);
    let cases: [(&str, Change); 12] = [
        ("kind", |e| e.kind = EntryKind::Other("#7".into())),
        ("kind", |e| e.kind = EntryKind::Other(String::new())),
        ("origin", |e| e.origin = Some(Origin { source: "a".into(), identity: "b".into() })),
        ("title", |e| (e.code, e.title) = (Concept::default(), " ".into())),
        ("status", |e| e.status = EntryStatus::EnteredInError),
        ("until", |e| (e.when, e.until) = (at("2020-03-02"), at("2020-03-01T23:00:00Z"))),
        ("period.end", |e| e.period = Some(Period { start: at("2020"), end: at("2019-12") })),
        ("when", |e| e.when = at("2026-03-12")),
        ("when", |e| e.when = at("2026-03-10T12:06:00Z")),
        ("value", |e| e.value = Some(EntryValue::InSource)),
        ("note", |e| e.note = Some("x".repeat(100_001).into())),
        ("labels[0].code", |e| e.labels = vec![Coding::new("", "x".repeat(257))]),
    ];
    for (field, change) in cases {
        let mut entry = observation();
        change(&mut entry);
        assert_eq!(refused(entry, None), field);
    }
    let mut repeated = observation();
    repeated.value = amount();
    repeated.components = vec![Component { code: repeated.code.clone(), value: amount() }];
    assert_eq!(refused(repeated.clone(), None), "components[0].code");
    repeated.value = None;
    assert!(checked(repeated, None, instant(NOW)).is_ok());
}

#[test]
fn dates_that_are_partly_known_or_a_zone_ahead_are_given_the_benefit_of_the_doubt() {
    for (start, end) in [("2019-05-01", "2019"), ("2020-03-02T01:00:00+05:00", "2020-03-02"), ("2020", "2020-01-01")] {
        let mut entry = observation();
        (entry.when, entry.until) = (at(start), at(end));
        assert!(checked(entry, None, instant(NOW)).is_ok(), "{start} {end}");
    }
    for when in ["2026-03-11", "2026-03-10T12:04:00Z", "2026"] {
        let mut entry = observation();
        entry.when = at(when);
        assert!(checked(entry, None, instant(NOW)).is_ok(), "{when}");
    }
}

#[test]
fn what_is_planned_may_lie_in_the_future() {
    let mut planned = observation();
    (planned.when, planned.status) = (at("2027-01-01"), EntryStatus::Planned);
    assert!(checked(planned, None, instant(NOW)).is_ok());
    let mut visit = ChartEntry::new(EntryKind::Appointment, Coding::new("", "1"));
    visit.when = at("2027-01-01");
    assert!(checked(visit, None, instant(NOW)).is_ok());
}

#[test]
fn an_edit_keeps_kind_and_origin() {
    let mut before = observation();
    before.origin = Some(Origin { source: "a".into(), identity: "b".into() });
    before.value = Some(EntryValue::InSource);
    assert!(checked(before.clone(), Some(&before), instant(NOW)).is_ok());
    let with = |change: fn(&mut ChartEntry)| {
        let mut after = before.clone();
        change(&mut after);
        refused(after, Some(&before))
    };
    assert_eq!(with(|e| e.origin = None), "origin");
    assert_eq!(with(|e| e.kind = EntryKind::Condition), "kind");
}
