use super::*;
use crate::chart::tests::{Chart, NOW, PID, instant};
use crate::chart::vitals::{BLOOD_PRESSURE, DIASTOLIC, SYSTOLIC};
use crate::value::Quantity;

fn loinc(code: &str) -> Coding {
    Coding::new("http://loinc.org", code)
}

fn measured(code: &str, when: &str, value: &str, unit: &str) -> ChartEntry {
    let mut entry = ChartEntry::new(EntryKind::Observation, loinc(code));
    entry.when = Some(when.parse().unwrap());
    entry.status = EntryStatus::Final;
    entry.value = Some(EntryValue::Quantity(Quantity::ucum(value.parse().unwrap(), unit).unwrap()));
    entry
}

fn shown(chart: &Chart, codes: &[Coding]) -> Vec<(String, String, bool)> {
    let found = latest(&chart.reader(), &mut chart.numbers(), PID, codes, instant(NOW), &|_| true).unwrap();
    let value = |value: &EntryValue| match value {
        EntryValue::Quantity(amount) => amount.to_string(),
        other => format!("{other:?}"),
    };
    found.iter().map(|v| (v.code.codings[0].code.clone(), value(&v.value), v.is_component)).collect()
}

fn trend_of(chart: &Chart, code: &str, period: Period, limit: usize) -> Trend {
    let (reader, now) = (chart.reader(), instant(NOW));
    trend(&reader, &mut chart.numbers(), PID, &loinc(code), &period, limit, now, &|_| true).unwrap()
}

fn points(series: &Series) -> Vec<String> {
    series.points.iter().map(|point| format!("{} {}", point.when, point.value)).collect()
}

#[test]
fn the_newest_value_of_each_code_is_found_parts_included() {
    let mut chart = Chart::new();
    let mut cancelled = measured("2339-0", "2026-02-01", "500", "mg/dL");
    cancelled.status = EntryStatus::NotDone;
    let mut without_value = measured("2339-0", "2026-02-02", "1", "mg/dL");
    without_value.value = None;
    let mut two_codes = measured("8302-2", "2026-01-01", "171", "cm");
    two_codes.code.codings.push(Coding::new("local", "height"));
    let mut undated = measured("29463-7", "2026-01-01", "80", "kg");
    undated.when = None;
    let mut plan = ChartEntry::new(EntryKind::ServiceRequest, loinc("2339-0"));
    plan.when = Some("2026-03-01".parse().unwrap());
    chart.add_all(vec![
        measured("2339-0", "2026-01-02", "95", "mg/dL"),
        measured("2339-0", "2019-01-02", "80", "mg/dL"),
        measured("2339-0", "2027-01-02", "99", "mg/dL"),
        cancelled,
        without_value,
        two_codes,
        undated,
        plan,
        ChartEntry::blood_pressure(128.into(), 82.into(), "2026-03-09T07:30:00+01:00".parse().unwrap()),
    ]);
    let line = |code: &str, value: &str, part| (code.to_owned(), value.to_owned(), part);
    let mut all = shown(&chart, &[]);
    all[..2].sort();
    let expected = [
        line(DIASTOLIC, "82 mm[Hg]", true),
        line(SYSTOLIC, "128 mm[Hg]", true),
        line("2339-0", "95 mg/dL", false),
        line("8302-2", "171 cm", false),
    ];
    assert_eq!(all, expected);
    assert_eq!(shown(&chart, &[Coding::new("local", "height")]), [line("8302-2", "171 cm", false)]);
    assert_eq!(shown(&chart, &[loinc(BLOOD_PRESSURE), loinc("unheard-of")]), []);
}

#[test]
fn values_of_different_units_are_never_in_one_series() {
    let mut chart = Chart::new();
    let mut count = measured("2339-0", "2024-06-01", "1", "mg/dL");
    count.value = Some(EntryValue::Text("haemolysed".into()));
    chart.add_all(vec![
        measured("2339-0", "2024-01-01", "95", "mg/dL"),
        measured("2339-0", "2025-01-01", "5.4", "mmol/L"),
        measured("2339-0", "2023-01-01", "88.0", "mg/dL"),
        measured("2339-0", "2023-01-01", "88", "mg/dL"),
        measured("2339-0", "2023-01-01", "89", "mg/dL"),
        count,
    ]);
    let trend = trend_of(&chart, "2339-0", Period::default(), 50);
    assert_eq!(trend.series.iter().map(|s| s.unit.as_deref().unwrap()).collect::<Vec<_>>(), ["mmol/L", "mg/dL"]);
    assert_eq!(trend.series[1].points.len(), 3);
    assert_eq!(points(&trend.series[1])[2], "2024-01-01 95");
    assert_eq!((trend.without_number, trend.is_cut), (1, false));
}

#[test]
fn a_trend_of_a_part_keeps_to_its_period_and_limit() {
    let mut chart = Chart::new();
    let pressures = (1..=9).map(|day| {
        let when = format!("2026-02-0{day}T07:00:00Z").parse().unwrap();
        ChartEntry::blood_pressure((120 + day).into(), 80.into(), when)
    });
    chart.add_all(pressures.collect());
    let period = Period { start: Some("2026-02-03".parse().unwrap()), end: Some("2026-02-07".parse().unwrap()) };
    let whole = trend_of(&chart, SYSTOLIC, period, 50);
    assert_eq!(
        whole.series[0].points.iter().map(|p| p.value.to_string()).collect::<Vec<_>>(),
        ["123", "124", "125", "126", "127"]
    );
    assert!(!whole.is_cut);
    let newest = trend_of(&chart, SYSTOLIC, period, 2);
    assert_eq!(points(&newest.series[0]), ["2026-02-06T07:00:00Z 126", "2026-02-07T07:00:00Z 127"]);
    assert!(newest.is_cut);
    assert_eq!(trend_of(&chart, BLOOD_PRESSURE, period, 50), Trend::default());
}
