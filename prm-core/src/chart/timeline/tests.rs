use proptest::prelude::*;

use super::*;
use crate::chart::tests::{Chart, NOW, instant};
use crate::chart::{Component, EntryStatus, EntryValue, Origin};
use crate::govern::label;
use crate::id::EntryId;
use crate::time::When;
use crate::value::Quantity;

fn coding(code: &str) -> Coding {
    Coding::new("http://loinc.org", code)
}

fn entry(kind: EntryKind, code: &str, when: Option<&str>) -> ChartEntry {
    let mut entry = ChartEntry::new(kind, coding(code).display(format!("Test {code}")));
    entry.when = when.map(|when| when.parse().unwrap());
    entry.status = EntryStatus::Final;
    entry
}

fn measured(when: &str, value: &str, source: &str) -> ChartEntry {
    let mut entry = entry(EntryKind::Observation, "2339-0", Some(when));
    entry.value = Some(EntryValue::Quantity(Quantity::ucum(value.parse().unwrap(), "mg/dL").unwrap()));
    entry.origin = Some(Origin { source: source.into(), identity: format!("Observation/{when}").into() });
    entry
}

fn dates(entries: &[EntryView]) -> Vec<String> {
    entries.iter().map(|view| view.entry.when.map_or("?".to_owned(), |when| when.to_string())).collect()
}

#[test]
fn partial_dates_stand_at_the_start_of_their_span_and_entries_without_a_time_come_last() {
    let mut chart = Chart::new();
    let observation = |when| entry(EntryKind::Observation, "1", when);
    chart.add_all(vec![
        observation(None),
        observation(Some("2019-01")),
        observation(Some("2019-01-01T00:00:00Z")),
        observation(Some("2019")),
        observation(Some("2018-12-31")),
        observation(Some("2019-01-01")),
        observation(Some("2031-01-01")),
    ]);
    let newest = ["2019-01-01T00:00:00Z", "2019-01-01", "2019-01", "2019", "2018-12-31"];
    let shown = chart.all(&TimelineQuery::default(), 2);
    assert_eq!(dates(&shown), newest.into_iter().chain(["?"]).collect::<Vec<_>>());
    let oldest = TimelineQuery { order: TimelineOrder::Oldest, ..TimelineQuery::default() };
    assert_eq!(dates(&chart.all(&oldest, 2)), newest.into_iter().rev().chain(["?"]).collect::<Vec<_>>());
    let future = TimelineQuery { future: true, ..TimelineQuery::default() };
    assert_eq!(dates(&chart.all(&future, 2)), ["2031-01-01"]);
}

#[test]
fn an_entry_made_in_error_leaves_the_timeline_and_is_found_by_its_id() {
    let mut chart = Chart::new();
    let id = chart.add(entry(EntryKind::Observation, "1", Some("2020-01-01")));
    let kept = chart.add(entry(EntryKind::Observation, "1", Some("2020-01-02")));
    chart.void(id);
    let by_code = TimelineQuery { codes: vec![coding("1")], ..TimelineQuery::default() };
    for query in [TimelineQuery::default(), by_code] {
        let found: Vec<_> = chart.all(&query, 5).into_iter().map(|view| view.id).collect();
        assert_eq!(found, [kept]);
    }
    let reader = chart.reader();
    let locator = reader.locate(id.into()).unwrap().unwrap();
    let voided: Stored<ChartEntry> = reader.current(&locator).unwrap();
    assert!(voided.header.voided() && voided.header.version == 2);
    let first: Stored<ChartEntry> = reader.versions(id.into(), &locator).unwrap().remove(0);
    assert_eq!(first.record.status, EntryStatus::Final);
}

#[test]
fn words_are_found_whatever_their_accents_and_a_long_search_says_where_it_stopped() {
    let mut chart = Chart::new();
    let mut entries: Vec<_> = (0..LOOKED_AT + 50)
        .map(|n| {
            let at = instant("2000-01-01T00:00:00Z") + chrono::TimeDelta::hours(i64::try_from(n).unwrap());
            let mut entry = entry(EntryKind::Procedure, "2", None);
            entry.when = Some(When::from(at));
            entry
        })
        .collect();
    entries[3].note = Some("Élévation du Débit".into());
    chart.add_all(entries);
    let query = TimelineQuery { text: Some("debit elevation".into()), ..TimelineQuery::default() };
    let first = chart.page(&query, None, 5);
    assert_eq!((first.entries.len(), first.looked_at), (0, LOOKED_AT));
    let second = chart.page(&query, first.next.as_ref(), 5);
    assert_eq!((second.entries.len(), second.looked_at, second.next), (1, 50, None));
}

#[test]
fn what_may_not_be_seen_is_as_if_it_were_not_there() {
    let mut chart = Chart::new();
    let mut secret = measured("2020-01-01", "90", "clinic");
    secret.labels = vec![Coding::new("http://terminology.hl7.org/CodeSystem/v3-ActCode", "HIV")];
    let open = chart.add(measured("2020-01-01", "95", "hospital"));
    let secret = chart.add(secret);
    let permits = |covering: Covering| covering.labels & label::HIV == 0;
    let by_code = TimelineQuery { codes: vec![coding("2339-0")], ..TimelineQuery::default() };
    for query in [TimelineQuery::default(), by_code] {
        let page = chart.page_for(&query, None, 5, &permits);
        assert_eq!(page.entries.iter().map(|view| view.id).collect::<Vec<_>>(), [open]);
        assert!(page.entries[0].conflicts.is_empty());
        let all = chart.page(&query, None, 5);
        assert!(all.entries.iter().any(|view| view.id == open && view.conflicts == [secret]));
    }
}

#[test]
fn sources_that_disagree_are_told_of_each_other_even_across_pages() {
    let mut chart = Chart::new();
    let a = chart.add(measured("2020-01-01T23:30:00-05:00", "90", "hospital"));
    let b = chart.add(measured("2020-01-01", "91", "clinic"));
    let same = chart.add(measured("2020-01-01", "90.0", "laboratory"));
    let other_day = chart.add(measured("2020-01-02", "97", "clinic"));
    let conflicts = |chart: &Chart, id: EntryId| {
        let all = chart.all(&TimelineQuery::default(), 1);
        let mut found = all.into_iter().find(|view| view.id == id).unwrap().conflicts;
        found.sort();
        found
    };
    let mut both = vec![a, same];
    both.sort();
    assert_eq!(conflicts(&chart, a), [b]);
    assert_eq!(conflicts(&chart, b), both);
    assert_eq!(conflicts(&chart, same), [b]);
    assert!(conflicts(&chart, other_day).is_empty());
    chart.void(b);
    assert!(conflicts(&chart, a).is_empty());
}

#[test]
fn an_entry_made_here_and_one_that_was_imported_disagree_like_two_sources() {
    let mut chart = Chart::new();
    let imported = chart.add(measured("2020-01-01", "90", "hospital"));
    let mut own = measured("2020-01-01", "99", "");
    own.origin = None;
    let own = chart.add(own);
    let page = chart.page(&TimelineQuery::default(), None, 5);
    for view in page.entries {
        let other = if view.id == own { imported } else { own };
        assert_eq!(view.conflicts, [other]);
    }
}

const DATES: [&str; 9] = [
    "2019",
    "2019-01",
    "2019-01-01",
    "2019-01-01T00:00:00Z",
    "2020-02-29T23:59:59-05:00",
    "2020-03-01",
    "2026-03-10",
    "2026-03-11",
    "2030",
];

fn kinds() -> impl Strategy<Value = EntryKind> {
    prop_oneof![
        Just(EntryKind::Encounter),
        Just(EntryKind::Observation),
        Just(EntryKind::Condition),
        Just(EntryKind::Other("NutritionOrder".into())),
    ]
}

fn entries() -> impl Strategy<Value = ChartEntry> {
    let codes = proptest::collection::vec(0usize..4, 0..3);
    let parts = proptest::collection::vec(0usize..4, 0..2);
    (kinds(), proptest::option::of(0..DATES.len()), codes, parts, 0usize..3).prop_map(
        |(kind, when, codes, parts, words)| {
            let mut entry = entry(kind, "0", when.map(|when| DATES[when]));
            entry.code.codings = codes.into_iter().map(|code| coding(&code.to_string())).collect();
            let part = |code: usize| Component { code: coding(&code.to_string()).into(), value: None };
            entry.components = parts.into_iter().map(part).collect();
            entry.title = ["blood", "blood sugar", "weight"][words].into();
            entry
        },
    )
}

fn queries() -> impl Strategy<Value = TimelineQuery> {
    let codes = proptest::collection::vec(0usize..5, 0..3);
    let end = || proptest::option::of(0..DATES.len());
    let period = proptest::option::of((end(), end()));
    let text = proptest::option::of(prop_oneof![Just("blood"), Just("SUGAR blood"), Just("x")]);
    (proptest::collection::vec(kinds(), 0..3), codes, period, text, any::<(bool, bool)>()).prop_map(
        |(kinds, codes, period, text, (oldest, future))| TimelineQuery {
            kinds,
            codes: codes.into_iter().map(|code| coding(&code.to_string())).collect(),
            period: period.map(|(start, end)| Period {
                start: start.map(|n| DATES[n].parse().unwrap()),
                end: end.map(|n| DATES[n].parse().unwrap()),
            }),
            text: text.map(Into::into),
            order: if oldest { TimelineOrder::Oldest } else { TimelineOrder::Newest },
            future,
        },
    )
}

/// The answer by looking at everything.
fn by_looking_at_all(chart: &[(EntryId, ChartEntry)], query: &TimelineQuery) -> Vec<EntryId> {
    let now = TimelineTime::from_instant(instant(NOW));
    let has_code = |entry: &ChartEntry, code: &Coding| {
        let parts = entry.components.iter().flat_map(|part| &part.code.codings);
        entry.code.codings.iter().chain(parts).any(|own| own.is(code))
    };
    let within = |when: &When| {
        let Some(period) = &query.period else { return true };
        let at = when.timeline_time().seconds;
        let end = |end: &When| match end {
            When::At(end) => TimelineTime::from_instant(end.to_utc()).seconds,
            When::On(date) => When::On(date.last_day().into()).timeline_time().seconds + 86_399,
        };
        period.start.is_none_or(|start| start.timeline_time().seconds <= at)
            && period.end.is_none_or(|last| at <= end(&last))
    };
    let mut found: Vec<_> = chart
        .iter()
        .filter(|(_, entry)| {
            let text = entry.title.expose();
            (query.kinds.is_empty() || query.kinds.contains(&entry.kind))
                && (query.codes.is_empty() || query.codes.iter().any(|code| has_code(entry, code)))
                && match &entry.when {
                    Some(when) => (when.timeline_time() > now) == query.future && within(when),
                    None => !query.future && query.period.is_none(),
                }
                && query
                    .text
                    .as_ref()
                    .is_none_or(|asked| asked.expose().to_lowercase().split(' ').all(|word| text.contains(word)))
        })
        .map(|(id, entry)| (entry.when.is_none(), Position::of(entry, *id)))
        .collect();
    found.sort_by(|(undated, position), (other_undated, other)| {
        let order = match query.order {
            TimelineOrder::Newest => position.cmp(other),
            TimelineOrder::Oldest => other.cmp(position),
        };
        undated.cmp(other_undated).then(order)
    });
    found.into_iter().map(|(_, position)| position.entry).collect()
}

/// Something that happens between two pages.
#[derive(Debug, Clone)]
enum Meanwhile {
    Add(ChartEntry),
    Rename(usize),
    Move(usize, usize),
    Void(usize),
}

fn meanwhile() -> impl Strategy<Value = Meanwhile> {
    prop_oneof![
        entries().prop_map(Meanwhile::Add),
        any::<usize>().prop_map(Meanwhile::Rename),
        (any::<usize>(), 0..DATES.len()).prop_map(|(n, when)| Meanwhile::Move(n, when)),
        any::<usize>().prop_map(Meanwhile::Void),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn a_query_finds_what_looking_at_everything_finds(
        given in proptest::collection::vec(entries(), 0..40),
        asked in proptest::collection::vec(queries(), 8),
        limit in 1usize..9,
    ) {
        let mut chart = Chart::new();
        let ids = chart.add_all(given.clone());
        let all: Vec<_> = ids.into_iter().zip(given).collect();
        for query in asked {
            let found: Vec<_> = chart.all(&query, limit).into_iter().map(|view| view.id).collect();
            prop_assert_eq!(found, by_looking_at_all(&all, &query), "{:?}", query);
        }
    }

    #[test]
    fn an_entry_that_stays_comes_up_exactly_once_whatever_happens_between_pages(
        given in proptest::collection::vec(entries(), 1..40),
        events in proptest::collection::vec(meanwhile(), 0..12),
        query in queries(),
        limit in 1usize..5,
    ) {
        let query = TimelineQuery { text: None, ..query };
        let mut chart = Chart::new();
        let ids = chart.add_all(given.clone());
        let mut stays: Vec<_> = ids.iter().copied().zip(given).collect();
        let mut events = events.into_iter();
        let (mut seen, mut from) = (Vec::new(), None);
        loop {
            let page = chart.page(&query, from.as_ref(), limit);
            seen.extend(page.entries.into_iter().map(|view| view.id));
            from = page.next;
            if from.is_none() {
                break;
            }
            match events.next() {
                Some(Meanwhile::Add(entry)) => drop(chart.add(entry)),
                Some(Meanwhile::Rename(n)) if !stays.is_empty() => {
                    let id = stays[n % stays.len()].0;
                    chart.edit(id, 0, |entry| entry.title = "renamed".into());
                }
                Some(Meanwhile::Move(n, when)) if !stays.is_empty() => {
                    let (id, _) = stays.remove(n % stays.len());
                    chart.edit(id, 0, |entry| entry.when = Some(DATES[when].parse().unwrap()));
                }
                Some(Meanwhile::Void(n)) if !stays.is_empty() => {
                    let (id, _) = stays.remove(n % stays.len());
                    chart.void(id);
                }
                _ => {}
            }
        }
        let expected = by_looking_at_all(&stays, &query);
        let steady: Vec<_> = seen.into_iter().filter(|id| stays.iter().any(|(stayed, _)| stayed == id)).collect();
        prop_assert_eq!(steady, expected);
    }
}
