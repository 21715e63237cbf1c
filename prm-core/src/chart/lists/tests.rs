use super::*;
use crate::chart::Origin;
use crate::chart::tests::{Chart, NOW, PID, instant};
use crate::time::Period;
use crate::value::Coding;

fn entry(kind: EntryKind, code: &str, when: &str, status: EntryStatus) -> ChartEntry {
    let mut entry = ChartEntry::new(kind, Coding::new("http://snomed.info/sct", code));
    entry.when = Some(when.parse().unwrap());
    entry.status = status;
    entry
}

fn lines(chart: &Chart, which: List) -> Vec<(String, ListState, usize)> {
    let items = list(&chart.reader(), PID, which, instant(NOW), &|_| true).unwrap();
    let label = |item: &ListItem| item.latest.entry.title.expose().clone();
    items.into_iter().map(|item| (label(&item), item.state, item.entries.len())).collect()
}

#[test]
fn what_holds_comes_first_and_entries_of_one_code_make_one_line() {
    use EntryStatus::{Active, Completed, NotDone, Planned};
    let mut chart = Chart::new();
    let condition = |code, when, status| entry(EntryKind::Condition, code, when, status);
    chart.add_all(vec![
        condition("44054006", "2010", Active),
        condition("44054006", "2015-03-01", Completed),
        condition("195662009", "2020-01-01", Completed),
        condition("195662009", "2012", Completed),
        condition("38341003", "2018-05", Active),
        condition("1", "2021", NotDone),
        condition("2", "2021", Planned),
        condition("3", "2027", Active),
        entry(EntryKind::Procedure, "4", "2021", Completed),
    ]);
    let expected = [
        ("38341003".to_owned(), ListState::Active, 1),
        ("44054006".to_owned(), ListState::Active, 2),
        ("195662009".to_owned(), ListState::Past, 2),
    ];
    assert_eq!(lines(&chart, List::Problems), expected);
    let diabetes = &list(&chart.reader(), PID, List::Problems, instant(NOW), &|_| true).unwrap()[1];
    assert_eq!(diabetes.latest.entry.when.unwrap().to_string(), "2010");
    assert_eq!(diabetes.since.unwrap().to_string(), "2010");
}

#[test]
fn a_medication_is_over_when_its_end_or_its_period_has_passed() {
    let mut chart = Chart::new();
    let request = |code| entry(EntryKind::MedicationRequest, code, "2020-01-01", EntryStatus::Active);
    let mut ended = request("1");
    ended.until = Some("2026-03-09".parse().unwrap());
    let mut ends_today = request("2");
    ends_today.until = Some("2026-03-10".parse().unwrap());
    let mut dispensed_until = request("3");
    dispensed_until.period = Some(Period { start: None, end: Some("2025".parse().unwrap()) });
    let reported = entry(EntryKind::MedicationStatement, "1", "2019", EntryStatus::Unknown);
    chart.add_all(vec![ended, ends_today, dispensed_until, reported]);
    let expected = [
        ("2".to_owned(), ListState::Active, 1),
        ("1".to_owned(), ListState::Active, 2),
        ("3".to_owned(), ListState::Past, 1),
    ];
    assert_eq!(lines(&chart, List::Medications), expected);
}

#[test]
fn an_allergy_made_in_error_or_withheld_is_not_on_the_list() {
    let mut chart = Chart::new();
    let allergy = |code| entry(EntryKind::AllergyIntolerance, code, "2020", EntryStatus::Active);
    let mut undated = allergy("3");
    undated.when = None;
    let mut secret = allergy("2");
    secret.labels = vec![Coding::new("http://terminology.hl7.org/CodeSystem/v3-Confidentiality", "V")];
    let error = chart.add(allergy("1"));
    chart.add_all(vec![undated, secret]);
    chart.void(error);
    let permits = |covering: Covering| covering.labels == 0;
    let items = list(&chart.reader(), PID, List::Allergies, instant(NOW), &permits).unwrap();
    assert_eq!(items.len(), 1);
    assert_eq!(items[0].latest.entry.title.expose(), "3");
}

#[test]
fn entries_without_a_code_are_told_apart_by_their_title() {
    let mut chart = Chart::new();
    let named = |title: &str| {
        let mut entry = ChartEntry::new(EntryKind::Condition, crate::value::Concept::default());
        entry.title = title.into();
        entry
    };
    chart.add_all(vec![named("Asthma"), named("asthma "), named("Gout"), named(""), named("")]);
    let counts: Vec<_> = lines(&chart, List::Problems).into_iter().map(|(_, _, n)| n).collect();
    assert_eq!(counts.len(), 4);
    assert_eq!(counts.iter().sum::<usize>(), 5);
}

#[test]
fn a_dose_that_two_sources_tell_of_is_one_dose() {
    let mut chart = Chart::new();
    let dose = |code, when, source: &str| {
        let mut dose = entry(EntryKind::Immunization, code, when, EntryStatus::Completed);
        dose.origin = Some(Origin { source: source.into(), identity: when.into() });
        dose
    };
    let mut refused = dose("140", "2024-10-01", "clinic");
    refused.status = EntryStatus::NotDone;
    chart.add_all(vec![
        dose("140", "2025-10-01", "clinic"),
        dose("140", "2025-10-01T09:00:00-04:00", "registry"),
        dose("140", "2023-10-01", "registry"),
        dose("207", "2021-04-01", "registry"),
        refused,
    ]);
    let found = vaccines(&chart.reader(), PID, instant(NOW), &|_| true).unwrap();
    let doses: Vec<_> = found.iter().map(|v| (v.vaccine.label().unwrap(), v.doses.len())).collect();
    assert_eq!(doses, [("140", 2), ("207", 1)]);
    assert_eq!(found[0].doses[0].also.len(), 1);
}
