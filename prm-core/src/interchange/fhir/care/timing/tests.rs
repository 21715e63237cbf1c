use super::super::super::Json;
use super::*;
use crate::engage::{
    Anchor, AsNeeded, ClockStamp, ClockZone, DayPart, DayTime, EventTiming, FoldPolicy, Frequency, GapPolicy,
    NthWeekday, Override, Recurrence, Rule, TimeOfDay, Until, Weekday,
};
use crate::id::RecordId;
use crate::time::{CivilTime, Instant};
use proptest::collection::vec;
use proptest::option::of;
use proptest::prelude::*;
use proptest::sample::{select, subsequence};

fn read(text: &str) -> Result<ReadTiming> {
    read_timing(&Json::parse(text.as_bytes()).unwrap(), "2026-03-02".parse().ok())
}

fn clock(start: &str, rule: &str) -> Timing {
    let start: CivilTime = start.parse().unwrap();
    let rule = if rule.is_empty() { None } else { Some(rule.parse().unwrap()) };
    let mut recurrence = Recurrence::new(start, ClockZone::Floating, rule);
    recurrence.all_day = start.date().start() == start;
    Timing::Clock(recurrence)
}

#[test]
fn a_timing_is_read_as_its_rule() {
    let hours = |hours| Some(Span { hours, ..Span::default() });
    let rows = [
        (r#"{"repeat":{"frequency":1,"period":1,"periodUnit":"d"}}"#, "2026-03-02T00:00:00", "FREQ=DAILY", None),
        (
            r#"{"repeat":{"frequency":2,"period":1,"periodUnit":"wk","dayOfWeek":["mon","thu"],"timeOfDay":["08:00:00"]}}"#,
            "2026-03-02T08:00:00",
            "FREQ=WEEKLY;BYDAY=MO,TH",
            None,
        ),
        (
            r#"{"repeat":{"dayOfWeek":["tue"],"when":["MORN"]}}"#,
            "2026-03-02T06:00:00",
            "FREQ=WEEKLY;BYDAY=TU",
            hours(6),
        ),
        (
            r#"{"repeat":{"timeOfDay":["20:30:00","08:00:00"],"duration":2,"durationUnit":"h"}}"#,
            "2026-03-02T08:00:00",
            "FREQ=DAILY;BYHOUR=8,20;BYMINUTE=0,30;BYSETPOS=1,4",
            hours(2),
        ),
        (
            r#"{"repeat":{"frequency":1,"period":3,"periodUnit":"mo","boundsPeriod":{"start":"2026-01-15","end":"2027"}}}"#,
            "2026-01-15T00:00:00",
            "FREQ=MONTHLY;INTERVAL=3;UNTIL=20271231",
            None,
        ),
        (
            r#"{"repeat":{"boundsDuration":{"value":10,"code":"d"},"frequency":1,"period":1,"periodUnit":"d"}}"#,
            "2026-03-02T00:00:00",
            "FREQ=DAILY;UNTIL=20260311",
            None,
        ),
        (
            r#"{"repeat":{"count":6,"frequency":1,"period":1,"periodUnit":"a"}}"#,
            "2026-03-02T00:00:00",
            "FREQ=YEARLY;COUNT=6",
            None,
        ),
        (r#"{"code":{"coding":[{"code":"QOD"}]}}"#, "2026-03-02T00:00:00", "FREQ=DAILY;INTERVAL=2", None),
        (r#"{"code":{"coding":[{"code":"PM"}]}}"#, "2026-03-02T12:00:00", "FREQ=DAILY", hours(6)),
        (r#"{"repeat":{"count":1,"timeOfDay":["09:15:00"]}}"#, "2026-03-02T09:15:00", "", None),
        (r#"{"event":["2026-05-01"]}"#, "2026-05-01T00:00:00", "", None),
    ];
    for (text, start, rule, lasts) in rows {
        let found = read(text).unwrap();
        assert_eq!((found.timing, found.lasts), (clock(start, rule), lasts), "{text}");
    }
}

#[test]
fn hours_are_counted_from_an_instant() {
    let text = r#"{"repeat":{"boundsPeriod":{"start":"2026-03-28T22:00:00+01:00"},"frequency":1,"period":6,"periodUnit":"h"}}"#;
    let Timing::Clock(found) = read(text).unwrap().timing else { panic!("a clock") };
    assert_eq!(found.zone, ClockZone::Utc);
    assert_eq!(found.start, "2026-03-28T21:00:00".parse().unwrap());
    assert_eq!(found.rule.map(|rule| rule.to_string()).as_deref(), Some("FREQ=HOURLY;INTERVAL=6"));
}

#[test]
fn what_cannot_be_read_exactly_is_refused_with_its_place() {
    let rows = [
        (r#"{"repeat":{"frequency":3,"period":1,"periodUnit":"d"}}"#, "repeat.frequency"),
        (r#"{"repeat":{"frequency":1,"period":1,"periodUnit":"wk","dayOfWeek":["mon","thu"]}}"#, "repeat.frequency"),
        (r#"{"repeat":{"frequency":1,"period":6,"periodUnit":"h"}}"#, "repeat"),
        (r#"{"repeat":{"frequency":1,"period":4,"periodMax":6,"periodUnit":"h"}}"#, "repeat.periodMax"),
        (r#"{"repeat":{"frequency":1,"period":1.5,"periodUnit":"d"}}"#, "repeat.period"),
        (r#"{"repeat":{"boundsRange":{},"frequency":1,"period":1,"periodUnit":"d"}}"#, "repeat.boundsRange"),
        (r#"{"repeat":{"frequency":1,"period":1,"periodUnit":"d","when":["AC"]}}"#, "repeat.when[0]"),
        (r#"{"repeat":{"frequency":2,"period":1,"periodUnit":"d","when":["MORN","EVE"]}}"#, "repeat.when"),
        (r#"{"repeat":{"boundsPeriod":{"start":"2026-01-31"},"frequency":1,"period":1,"periodUnit":"mo"}}"#, "repeat"),
        (r#"{"repeat":{"duration":33.33,"durationUnit":"h"}}"#, "repeat.duration"),
        (r#"{"repeat":{"duration":12,"durationUnit":"h"}}"#, "repeat"),
        (r#"{"code":{"text":"BID"}}"#, "code"),
        (r#"{"event":["2026-05"]}"#, "event"),
        (r#"{"event":["2026-05-01"],"repeat":{"frequency":1,"period":1,"periodUnit":"d"}}"#, "repeat"),
        (r#"{"_event":[{"extension":[]}]}"#, "_event"),
        (r#"{"modifierExtension":[]}"#, "modifierExtension"),
        (r#"{}"#, "repeat"),
        (r#"[]"#, "timing"),
        (r#"{"extension":[{"url":"urn:prm:timing","valueString":"{}"}]}"#, "timing"),
    ];
    for (text, path) in rows {
        let error = read(text).unwrap_err().to_string();
        assert!(error.contains(path), "{text}: {error}");
    }
}

#[test]
fn a_day_that_was_assumed_is_told() {
    let found = read(r#"{"repeat":{"timeOfDay":["08:00:00"]}}"#).unwrap();
    assert_eq!(found.notes.len(), 1);
    let without = read_timing(&Json::parse(br#"{"repeat":{"timeOfDay":["08:00:00"]}}"#).unwrap(), None);
    assert!(without.is_err());
}

#[test]
fn what_another_system_changed_is_read_in_place_of_what_is_carried() {
    let timing = clock("2026-03-02T08:00:00", "FREQ=MONTHLY;BYDAY=-1FR");
    let text = write_timing(&timing, None).to_text();
    assert_eq!(read(&text).unwrap().timing, timing);
    let changed = text.replace(r#"{"start":"2026-03-02"}"#, r#"{"start":"2026-04-02"},"timeOfDay":["09:00:00"]"#);
    let found = read(&changed).unwrap();
    assert_eq!(found.timing, clock("2026-04-02T09:00:00", "FREQ=DAILY"));
    assert!(found.notes.iter().any(|note| note.reason.starts_with("the timing was changed")));
}

#[test]
fn what_repeat_cannot_say_is_not_said_there() {
    let text = write_timing(&clock("2026-03-02T08:00:00", "FREQ=MONTHLY;BYDAY=-1FR"), None);
    let repeat = text.get("repeat").unwrap().to_text();
    assert_eq!(repeat, r#"{"boundsPeriod":{"start":"2026-03-02"}}"#);
    let Timing::Clock(mut zoned) = clock("2026-03-02T08:00:00", "FREQ=DAILY") else { panic!("a clock") };
    zoned.zone = ClockZone::Zone("Europe/Berlin".into());
    assert!(write_timing(&Timing::Clock(zoned), None).at(&["repeat", "timeOfDay"]).is_none());
}

fn weekdays() -> BoxedStrategy<Vec<Weekday>> {
    use Weekday::*;
    subsequence(vec![Monday, Tuesday, Wednesday, Thursday, Friday, Saturday, Sunday], 0..4).boxed()
}

fn civil() -> BoxedStrategy<CivilTime> {
    (0..40_000i64, select(vec![0, 21_600, 28_800, 43_200, 72_000, 73_800, 79_200, 30_601]))
        .prop_map(|(day, second)| CivilTime::from_seconds(day * 86_400 + second).unwrap())
        .boxed()
}

prop_compose! {
    fn rule()(
        frequency in select(vec![Frequency::Hourly, Frequency::Daily, Frequency::Weekly, Frequency::Monthly, Frequency::Yearly]),
        interval in 1..4u32,
        count in of(1..50u32),
        until in of(prop_oneof![civil().prop_map(|at| Until::Date(at.date())), civil().prop_map(Until::Civil),
            civil().prop_map(|at| Until::Instant(at.naive().and_utc()))]),
        hours in subsequence(vec![0i64, 6, 8, 12, 18, 22], 0..4),
        minutes in prop_oneof![3 => Just(Vec::new()), 1 => subsequence(vec![0i64, 15, 30], 0..3)],
        days in weekdays(),
        nth in prop_oneof![4 => Just(None), 1 => (-2..3i64).prop_map(Some)],
        month_day in prop_oneof![4 => Just(Vec::new()), 1 => Just(vec![-1i64])],
        position in prop_oneof![4 => Just(Vec::new()), 1 => vec(1..4i64, 1..3)],
    ) -> Rule {
        Rule {
            interval,
            count,
            until: until.filter(|_| count.is_none()),
            by_hour: hours,
            by_minute: minutes,
            by_day: days.into_iter().map(|weekday| NthWeekday { weekday, nth }).collect(),
            by_month_day: month_day,
            by_position: position,
            ..Rule::every(frequency)
        }
    }
}

prop_compose! {
    fn recurrence()(
        start in civil(),
        zone in prop_oneof![4 => Just(ClockZone::Floating), 1 => Just(ClockZone::Utc), 1 => Just(ClockZone::Zone("Europe/Berlin".into()))],
        all_day in any::<bool>(),
        rule in of(rule().boxed()),
        added in prop_oneof![3 => Just(Vec::new()), 1 => vec(civil(), 1..3)],
        excluded in prop_oneof![4 => Just(Vec::new()), 1 => vec(civil(), 1..3)],
        moved in prop_oneof![4 => Just(None), 1 => civil().prop_map(Some)],
        policies in prop_oneof![4 => Just((GapPolicy::Later, FoldPolicy::First)), 1 => Just((GapPolicy::Skip, FoldPolicy::Both))],
    ) -> Recurrence {
        let whole = |at: CivilTime| if all_day { at.date().start() } else { at };
        Recurrence {
            start: whole(start),
            zone,
            all_day,
            rule,
            added: added.into_iter().map(whole).collect(),
            excluded: excluded.into_iter().map(whole).collect(),
            overrides: moved.map(|to| Override { stamp: ClockStamp { civil: start, second: true }, to: Some(to) }).into_iter().collect(),
            gap: policies.0,
            fold: policies.1,
            last: None,
        }
    }
}

fn span() -> BoxedStrategy<Span> {
    (0..3i64, 0..3i64, 0..3i64, 0..3i64)
        .prop_map(|(months, days, business_days, hours)| Span { months, days, business_days, hours, ..Span::default() })
        .boxed()
}

pub(in super::super) fn timing() -> BoxedStrategy<Timing> {
    let at = prop_oneof![
        Just(DayTime::AllDay),
        Just(DayTime::Part(DayPart::Evening)),
        Just(DayTime::At(TimeOfDay { hour: 8, minute: 30 }))
    ];
    let event = (civil(), vec(span(), 1..3), of(span()), at).prop_map(|(start, steps, repeat, at)| {
        let anchor = Anchor::Event(RecordId::from_uuid(uuid::Uuid::from_u128(7)));
        Timing::Event(EventTiming { anchor, start, steps, repeat, count: None, at, first: 0 })
    });
    let needed = (civil(), of(span()), of(1..4u32)).prop_map(|(start, minimum_interval, most)| {
        Timing::AsNeeded(AsNeeded { start, minimum_interval, most, period: None })
    });
    prop_oneof![8 => recurrence().prop_map(Timing::Clock), 1 => event, 1 => needed].boxed()
}

pub(in super::super) fn lasts() -> BoxedStrategy<Option<Span>> {
    prop_oneof![Just(None), span().prop_map(Some), Just(Some(Span { hours: 6, ..Span::default() }))].boxed()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn every_timing_comes_back_from_what_is_written(timing in timing(), lasts in lasts()) {
        let text = write_timing(&timing, lasts).to_text();
        let back = read_timing(&Json::parse(text.as_bytes()).unwrap(), None).unwrap();
        prop_assert_eq!((back.timing, back.lasts), (timing, lasts));
        prop_assert!(back.notes.is_empty());
    }

    /// `repeat` of another system: what is read of it is written so that it is read the same.
    #[test]
    fn what_repeat_says_is_said_again_without_an_extension(
        period in 1..4u32,
        unit in select(vec!["d", "wk", "mo", "a"]),
        days in weekdays(),
        times in subsequence(vec!["08:00:00", "12:00:00", "18:00:00", "20:30:00"], 0..3),
        end in of(select(vec!["2027-01-01", "2026-06-01T00:00:00Z"])),
        duration in of(1..5u32),
    ) {
        let days: Vec<_> = days.iter().map(|day| super::pattern::name_of(&super::pattern::DAYS, *day).unwrap()).collect();
        let often = times.len().max(1) * if unit == "wk" { days.len().max(1) } else { 1 };
        let mut repeat = serde_json::json!({"boundsPeriod": {"start": "2026-03-02"}, "frequency": often, "period": period, "periodUnit": unit});
        if let Some(end) = end { repeat["boundsPeriod"]["end"] = end.into(); }
        if !days.is_empty() { repeat["dayOfWeek"] = days.into(); }
        if !times.is_empty() { repeat["timeOfDay"] = times.into(); }
        if let Some(duration) = duration { repeat["duration"] = duration.into(); repeat["durationUnit"] = "h".into(); }
        let given = serde_json::json!({"repeat": repeat}).to_string();
        if let Ok(found) = read(&given) {
            let text = write_timing(&found.timing, found.lasts).to_text();
            prop_assert!(!text.contains("urn:prm"), "{} became {}", given, text);
            let back = read(&text).unwrap();
            prop_assert_eq!((back.timing, back.lasts), (found.timing, found.lasts));
        }
    }
}

#[test]
fn instants_keep_their_seconds() {
    let at: Instant = "2026-03-02T08:00:00Z".parse().unwrap();
    let Timing::Clock(mut recurrence) = clock("2026-01-01T08:00:00", "FREQ=DAILY") else { panic!("a clock") };
    recurrence.rule = recurrence.rule.map(|rule| Rule { until: Some(Until::Instant(at)), ..rule });
    let text = write_timing(&Timing::Clock(recurrence.clone()), None).to_text();
    assert!(!text.contains("urn:prm"));
    assert_eq!(read(&text).unwrap().timing, Timing::Clock(recurrence));
}
