//! What calendars mean: zones, exceptions, lengths, and schedules there and back.

use super::windows::WINDOWS_ZONES;
use super::*;
use crate::engage::{
    ClockStamp, ClockZone, OccurrenceState, OccurrenceView, Outcome, OutcomeStatus, Override, Phase, Recurrence,
    Schedule, ScheduleStatus, Span, Stamp, Timing, Until, Window,
};
use crate::error::{Detail, ErrorKind};
use crate::id::{PatientId, ScheduleId};
use crate::time::{CivilTime, Instant, Zones};

fn zones() -> Zones {
    Zones::bundled()
}

fn civil(text: &str) -> CivilTime {
    text.parse().unwrap()
}

fn at(text: &str) -> Instant {
    text.parse().unwrap()
}

/// A calendar of these lines, of one event each.
fn calendar(events: &[&str]) -> Feed {
    let mut text = "BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:p\n".to_owned();
    for event in events {
        text.push_str(&format!("BEGIN:VEVENT\n{event}\nEND:VEVENT\n"));
    }
    read((text + "END:VCALENDAR\n").as_bytes(), &zones()).unwrap()
}

fn recurrence(event: &str) -> Recurrence {
    let feed = calendar(&[event]);
    assert!(feed.refused.is_empty(), "{:?}", feed.refused);
    feed.items[0].recurrence.clone().unwrap()
}

fn minutes(minutes: i64) -> Span {
    Span { minutes, ..Span::default() }
}

#[test]
fn a_zone_is_found_by_every_name_that_proves_it_and_no_other() {
    let zone = |id: &str| calendar(&[&format!("DTSTART;TZID={id}:20260307T080000")]);
    for (id, name) in [
        ("Europe/Berlin", "Europe/Berlin"),
        ("/freeassociation.sourceforge.net/Tzfile/America/Argentina/Buenos_Aires", "America/Argentina/Buenos_Aires"),
        ("/mozilla.org/20070129_1/America/New_York", "America/New_York"),
        ("Eastern Standard Time", "America/New_York"),
    ] {
        let feed = zone(id);
        assert_eq!(feed.items[0].recurrence.as_ref().unwrap().zone, ClockZone::Zone(name.to_owned()), "{id}");
    }
    for id in ["Nowhere/Town", "custom_Europe/Berlin", "\"GMT +0100 (Standard) / GMT +0200 (Daylight)\""] {
        let feed = zone(id);
        assert!(feed.items.is_empty() && feed.refused[0].line == 5, "{id}");
    }
}

#[test]
fn a_definition_that_never_leaves_a_whole_hour_is_a_zone_and_one_that_changes_is_not() {
    let text = |to: &str, place: &str| {
        format!(
            "BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART;TZID=Court 4:20260307T080000\nEND:VEVENT\nBEGIN:VTIMEZONE\nTZID:Court 4\n\
             {place}BEGIN:STANDARD\nDTSTART:20170101T000000\nTZOFFSETFROM:+1100\nTZOFFSETTO:{to}\nEND:STANDARD\n\
             END:VTIMEZONE\nEND:VCALENDAR\n"
        )
    };
    let zone = |to, place| read(text(to, place).as_bytes(), &zones()).unwrap();
    let of = |feed: &Feed| feed.items[0].recurrence.clone().unwrap().zone;
    assert_eq!(of(&zone("+1100", "")), ClockZone::Zone("Etc/GMT-11".to_owned()));
    assert_eq!(of(&zone("+1000", "X-LIC-LOCATION:Australia/Hobart\n")), ClockZone::Zone("Australia/Hobart".to_owned()));
    assert_eq!(zone("+1000", "").refused.len(), 1);
    assert_eq!(zone("+1130", "").refused.len(), 1);
}

#[test]
fn every_name_of_windows_stands_for_a_zone_of_the_database() {
    assert_eq!(WINDOWS_ZONES.len(), 139);
    let zones = zones();
    for (name, zone) in WINDOWS_ZONES {
        assert!(clock::exists(&zones, zone), "{name}");
    }
}

#[test]
fn times_are_brought_to_the_clock_of_the_start() {
    let found = recurrence(
        "DTSTART;TZID=Europe/Berlin:20260307T080000\nRRULE:FREQ=DAILY;UNTIL=20260401\n\
         EXDATE:20260310T070000Z\nEXDATE;VALUE=DATE:20260309\nRDATE;TZID=America/New_York:20260501T030000",
    );
    assert_eq!(found.excluded, [civil("2026-03-09T08:00:00"), civil("2026-03-10T08:00:00")]);
    assert_eq!(found.added, [civil("2026-05-01T09:00:00")]);
    assert_eq!(found.rule.unwrap().until, Some(Until::Instant(at("2026-04-01T21:59:59Z"))));
    let days = recurrence("DTSTART;VALUE=DATE:20080303\nRRULE:FREQ=DAILY;UNTIL=20080323T235959Z");
    assert_eq!(days.rule.unwrap().until, Some(Until::Date("2008-03-23".parse().unwrap())));
}

#[test]
fn instances_that_stand_for_themselves_are_folded_into_what_they_belong_to() {
    let feed = calendar(&[
        "UID:a\nDTSTART;TZID=Europe/Berlin:20261024T023000\nDURATION:PT1H\nRRULE:FREQ=HOURLY",
        "UID:a\nRECURRENCE-ID:20261025T013000Z\nDTSTART:20261025T090000Z",
        "UID:a\nRECURRENCE-ID;TZID=Europe/Berlin:20261024T033000\nSTATUS:CANCELLED",
        "UID:a\nSEQUENCE:2\nRECURRENCE-ID:20261024T050000Z\nDTSTART:20261024T060000Z",
        "UID:a\nSEQUENCE:1\nRECURRENCE-ID:20261024T050000Z\nDTSTART:20261024T070000Z",
        "UID:a\nRECURRENCE-ID;RANGE=THISANDFUTURE:20261026T050000Z\nDTSTART:20261026T060000Z",
    ]);
    let stamp = |text: &str, second| ClockStamp { civil: civil(text), second };
    assert_eq!(
        feed.items[0].recurrence.as_ref().unwrap().overrides,
        [
            Override { stamp: stamp("2026-10-24T03:30:00", false), to: None },
            Override { stamp: stamp("2026-10-24T07:00:00", false), to: Some(civil("2026-10-24T08:00:00")) },
            Override { stamp: stamp("2026-10-25T02:30:00", true), to: Some(civil("2026-10-25T10:00:00")) },
        ]
    );
    assert_eq!((feed.items.len(), feed.refused.len()), (6, 1));
}

#[test]
fn an_override_that_no_item_stands_for_is_written_as_one() {
    let mut feed = calendar(&["UID:a\nDTSTART;TZID=Europe/Berlin:20261024T023000\nDURATION:PT1H\nRRULE:FREQ=DAILY"]);
    let overrides = vec![
        Override { stamp: ClockStamp { civil: civil("2026-10-25T02:30:00"), second: true }, to: None },
        Override {
            stamp: ClockStamp { civil: civil("2026-10-26T02:30:00"), second: false },
            to: Some(civil("2026-10-27T10:00:00")),
        },
    ];
    feed.items[0].recurrence.as_mut().unwrap().overrides.clone_from(&overrides);
    let again = read(write(&feed, &zones()).unwrap().as_bytes(), &zones()).unwrap();
    assert_eq!(again.items.len(), 3);
    assert_eq!(again.items[0].recurrence.as_ref().unwrap().overrides, overrides);
    let twice = read(write(&again, &zones()).unwrap().as_bytes(), &zones()).unwrap();
    assert!(twice == again);
}

#[test]
fn lengths_are_read_and_written_where_a_span_can_say_them() {
    for (text, span, written) in [
        ("P2W", Span { weeks: 2, ..Span::default() }, "P2W"),
        ("-P1DT2H", Span { days: -1, hours: -2, ..Span::default() }, "-P1DT2H"),
        ("PT600S", minutes(10), "PT10M"),
        ("P1W2D", Span { days: 9, ..Span::default() }, "P9D"),
        ("-P0DT0H10M0S", minutes(-10), "-PT10M"),
        ("PT0S", Span::default(), "PT0S"),
    ] {
        assert_eq!(values::duration(text).unwrap(), Some(span), "{text}");
        assert_eq!(values::duration_text(&span).as_deref(), Some(written));
    }
    assert_eq!(values::duration("PT30S"), Ok(None));
    for text in ["", "P", "PT", "P1", "1D", "P1M", "PT1D", "P1DT", "P999999999999999999W", "P99999999999999999999D"] {
        assert!(values::duration(text).is_err(), "{text}");
    }
    assert_eq!(values::duration_text(&Span { months: 1, ..Span::default() }), None);
    assert_eq!(values::duration_text(&Span { days: 1, hours: -1, ..Span::default() }), None);
}

#[test]
fn an_item_lasts_as_long_as_its_clock_says() {
    let length = |event: &str| calendar(&[event]).items[0].length(&zones());
    let hours = |hours| Some(Span { hours, ..Span::default() });
    let berlin = "DTSTART;TZID=Europe/Berlin:20260329T010000\nDTEND;TZID=Europe/Berlin:20260329T040000";
    assert_eq!(length(berlin), hours(2));
    assert_eq!(length("DTSTART:20260329T000000\nDTEND:20260329T235959"), hours(24));
    assert_eq!(length("DTSTART:20260329T000000Z\nDURATION:PT2H"), hours(2));
    assert_eq!(length("DTSTART:20260329\nDTEND:20260331"), Some(Span { days: 2, ..Span::default() }));
    assert_eq!(length("DTSTART:20260329T000000Z"), None);
}

#[test]
fn definitions_of_zones_say_what_the_database_says() {
    let zones = zones();
    let years = definition::Years { first: 2019, last: 2031, open: true };
    for zone in [
        "Europe/Berlin",
        "America/New_York",
        "Australia/Lord_Howe",
        "Asia/Kolkata",
        "Africa/Casablanca",
        "America/Sao_Paulo",
    ] {
        let lines = definition::lines(zone, years, &zones).unwrap();
        let value = |line: &str| line.split_once(':').unwrap().1.to_owned();
        let mut onsets: Vec<(Instant, i32)> = Vec::new();
        for part in lines.split(|line| line.starts_with("BEGIN:")).filter(|part| part.len() >= 4) {
            let Some(values::Moment::Local(start)) = values::moment(&value(&part[0])) else { panic!("{part:?}") };
            let (from, to) = (values::offset(&value(&part[1])).unwrap(), values::offset(&value(&part[2])).unwrap());
            let rule = part.iter().find(|line| line.starts_with("RRULE"));
            let mut rule = rule.map(|line| rule_of(&value(line)).unwrap());
            let until = rule.as_mut().and_then(|rule| rule.until.take());
            let clock = Recurrence::new(start, ClockZone::Utc, rule);
            let all =
                clock.between(&zones, "UTC", at("2000-01-01T00:00:00Z"), at("2032-01-01T00:00:00Z"), 100).unwrap();
            for instance in all.instances {
                let onset = instance.at - chrono::TimeDelta::seconds(i64::from(from));
                if until.is_none_or(|until| matches!(until, Until::Instant(last) if onset <= last)) {
                    onsets.push((onset, to));
                }
            }
        }
        onsets.sort_unstable();
        let mut day = at("2019-01-01T00:00:00Z");
        while day < at("2031-12-31T00:00:00Z") {
            let said = onsets.iter().rev().find(|(onset, _)| *onset <= day).unwrap().1;
            assert_eq!(said, zones.offset_at(zone, day).unwrap().local_minus_utc(), "{zone} at {day}");
            day += chrono::TimeDelta::hours(7);
        }
    }
    let berlin = definition::lines("Europe/Berlin", years, &zones).unwrap();
    assert!(berlin.iter().any(|line| line == "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU"));
    // One part for what held before, one each for summer and winter.
    assert_eq!(berlin.len(), 20);
}

#[test]
fn a_text_that_is_no_calendar_is_refused_with_its_line() {
    let deep = "BEGIN:X\n".repeat(17);
    let wide = format!("BEGIN:VCALENDAR\n{}END:VCALENDAR\n", "BEGIN:X\nEND:X\n".repeat(100_000));
    let long = format!("BEGIN:VCALENDAR\nX-A:{}\nEND:VCALENDAR\n", "a".repeat(1_000_000));
    for (text, line) in [
        ("", 1),
        (" folded", 1),
        ("SUMMARY:x", 1),
        ("BEGIN:VCALENDAR\nBEGIN:VEVENT\nEND:VEVENT\n", 1),
        ("BEGIN:VCALENDAR\nBEGIN:VEVENT\nEND:VCALENDAR\n", 3),
        ("BEGIN:VCALENDAR\nVERSION:1.0\nEND:VCALENDAR\n", 2),
        ("BEGIN:VCALENDAR\nCALSCALE:HEBREW\nEND:VCALENDAR\n", 2),
        ("BEGIN:VALARM\nEND:VALARM\n", 1),
        (&deep, 17),
        (&wide, 200_000),
        (&long, 2),
    ] {
        let error = read(text.as_bytes(), &zones()).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Invalid);
        let field = Detail::Field(format!("line {line}").into());
        assert_eq!(error.particulars(), Some(&field), "{}", &text[..text.len().min(60)]);
    }
    assert!(read(&vec![b'a'; 17_000_000], &zones()).is_err());
    assert!(read(b"BEGIN:VCALENDAR\nX-A:\xff\nEND:VCALENDAR\n", &zones()).is_err());
}

#[test]
fn reasons_and_errors_hold_nothing_of_the_text() {
    let feed = calendar(&[
        "UID:a\nSUMMARY:Ortiz\nDTSTART;TZID=Ortiz:20260307T080000",
        "UID:Ortiz\nDTSTART:20260307T080000Z\nRRULE:FREQ=Ortiz",
        "UID:Ortiz\nDTSTART:Ortiz",
        "Ortiz",
    ]);
    assert_eq!((feed.items.len(), feed.refused.len()), (0, 4));
    assert!(!format!("{:?}", feed.refused).contains("Ortiz"));
    let kept = calendar(&["SUMMARY:Ortiz\nCATEGORIES:Ortiz\nATTENDEE;CN=Ortiz:Ortiz\nBEGIN:X\nX:Ortiz\nEND:X"]);
    assert!(!format!("{kept:?}").contains("Ortiz"));
}

fn schedule(recurrence: Recurrence) -> Schedule {
    Schedule {
        patient: PatientId::from_uuid(uuid::Uuid::from_u128(1)),
        plan: None,
        activity: None,
        status: ScheduleStatus::Active,
        title: "Blood pressure at home".to_owned(),
        code: None,
        phases: vec![Phase {
            from: None,
            timing: Timing::Clock(recurrence),
            window: Window { lasts: Some(Span { hours: 2, ..Span::default() }), ..Window::default() },
        }],
        zone: "Europe/Berlin".to_owned(),
        holidays: None,
        pool: None,
        assignee: None,
        role: None,
        measures: Vec::new(),
        prerequisites: Vec::new(),
        reminders: vec![minutes(30)],
        labels: Vec::new(),
        ended: None,
    }
}

fn view(schedule: &ScheduledItem, stamp: &str, due: &str, state: OccurrenceState) -> OccurrenceView {
    OccurrenceView {
        patient: schedule.schedule.patient,
        schedule: schedule.id,
        stamp: Stamp::Clock(ClockStamp { civil: civil(stamp), second: false }),
        plan: None,
        activity: None,
        title: schedule.schedule.title.clone(),
        state,
        opens: at(due),
        due: at(due),
        until: at(due) + chrono::TimeDelta::hours(2),
        expires: None,
        moved_from: None,
        outcome: None,
        recorded: None,
        version: 0,
        unplanned: false,
        pause: None,
        pool: None,
        assignee: None,
        role: None,
    }
}

fn scheduled(recurrence: Recurrence) -> ScheduledItem {
    ScheduledItem {
        id: ScheduleId::from_uuid(uuid::Uuid::from_u128(2)),
        version: 3,
        schedule: schedule(recurrence),
        zone: None,
        occurrences: Vec::new(),
    }
}

fn twice_weekly() -> Recurrence {
    let rule = rule_of("FREQ=WEEKLY;BYDAY=MO,TH;COUNT=13").unwrap();
    Recurrence::new(civil("2026-03-02T08:00:00"), ClockZone::Floating, Some(rule))
}

fn back(feed: &Feed) -> Feed {
    let text = write(feed, &zones()).unwrap();
    let again = read(text.as_bytes(), &zones()).unwrap();
    assert!(&again == feed, "{text}");
    again
}

#[test]
fn a_schedule_goes_out_as_one_item_that_repeats_and_comes_back_as_it_was() {
    let one = scheduled(twice_weekly().checked(&zones()).unwrap());
    let feed = back(&feed_of(std::slice::from_ref(&one), at("2026-03-01T12:00:00.5Z"), &zones()).unwrap());
    assert_eq!((feed.items.len(), feed.items[0].kind, feed.items[0].sequence), (1, FeedKind::Event, Some(3)));
    let again = schedule_of(&feed.items[0], one.schedule.patient, "Europe/Berlin", &zones()).unwrap();
    assert_eq!(again, one.schedule);
}

#[test]
fn occurrences_that_differ_stand_for_themselves() {
    let mut one = scheduled(twice_weekly());
    one.schedule.measures.push(crate::engage::Measure {
        code: crate::value::Concept::default(),
        unit: None,
        required: true,
    });
    let mut done = view(&one, "2026-03-02T08:00:00", "2026-03-02T07:00:00Z", OccurrenceState::Done);
    done.outcome = Some(Outcome::new(OutcomeStatus::Done));
    done.recorded = Some(at("2026-03-02T07:20:00Z"));
    let mut moved = view(&one, "2026-03-05T08:00:00", "2026-03-06T09:00:00Z", OccurrenceState::Upcoming);
    moved.moved_from = Some(at("2026-03-05T07:00:00Z"));
    let plain = view(&one, "2026-03-09T08:00:00", "2026-03-09T07:00:00Z", OccurrenceState::Upcoming);
    let paused = view(&one, "2026-03-12T08:00:00", "2026-03-12T07:00:00Z", OccurrenceState::Paused);
    one.occurrences = vec![done, moved, plain, paused];
    let feed = back(&feed_of(&[one], at("2026-03-01T12:00:00Z"), &zones()).unwrap());
    let said: Vec<_> = feed.items.iter().map(|item| (item.status.as_deref(), item.percent)).collect();
    let expected =
        [(None, None), (Some("COMPLETED"), Some(100)), (Some("NEEDS-ACTION"), None), (Some("CANCELLED"), None)];
    assert_eq!(said, expected);
    assert_eq!(feed.items[1].completed, Some(at("2026-03-02T07:20:00Z")));
    let overrides = &feed.items[0].recurrence.as_ref().unwrap().overrides;
    assert_eq!(
        overrides.iter().map(|change| change.to).collect::<Vec<_>>(),
        [Some(civil("2026-03-06T10:00:00")), None]
    );
}

#[test]
fn a_start_that_its_rule_does_not_say_is_no_instance_in_a_calendar_either() {
    let mut of = twice_weekly();
    of.start = civil("2026-03-03T08:00:00");
    let feed = back(&feed_of(&[scheduled(of.clone())], at("2026-03-01T12:00:00Z"), &zones()).unwrap());
    let out = feed.items[0].recurrence.clone().unwrap();
    assert_eq!(out.excluded, [of.start]);
    let rule = out.rule.as_ref().unwrap();
    assert_eq!((rule.count, rule.until), (None, Some(Until::Civil(civil("2026-04-16T08:00:00")))));
    let all = |of: &Recurrence| {
        let (from, to) = (at("2026-01-01T00:00:00Z"), at("2027-01-01T00:00:00Z"));
        of.clone().checked(&zones()).unwrap().between(&zones(), "Europe/Berlin", from, to, 100).unwrap().instances
    };
    assert_eq!((all(&out), all(&of).len()), (all(&of), 13));
}

#[test]
fn a_schedule_without_words_in_a_calendar_goes_out_by_its_occurrences() {
    let mut one = scheduled(twice_weekly());
    one.schedule.reminders =
        vec![Span { months: 1, days: 1, ..Span::default() }, Span { business_days: 2, ..Span::default() }];
    one.occurrences = vec![view(&one, "2026-03-30T08:00:00", "2026-03-30T06:00:00Z", OccurrenceState::Upcoming)];
    let feed = back(&feed_of(&[one], at("2026-03-01T12:00:00Z"), &zones()).unwrap());
    let item = &feed.items[0];
    assert_eq!(item.recurrence.as_ref().unwrap().start, civil("2026-03-30T08:00:00"));
    assert_eq!(item.length(&zones()), Some(Span { hours: 2, ..Span::default() }));
    assert_eq!(item.alarms.len(), 1);
    assert_eq!(item.alarms[0].trigger, AlarmTrigger::At(at("2026-02-27T07:00:00Z")));
}

#[test]
fn an_item_without_time_or_title_and_an_instance_are_no_schedules() {
    let patient = PatientId::from_uuid(uuid::Uuid::from_u128(1));
    let of = |event: &str, zone: &str| schedule_of(&calendar(&[event]).items[0], patient, zone, &zones());
    assert!(of("SUMMARY:a\nDTSTART:20260307T080000", "Europe/Berlin").is_ok());
    assert!(of("SUMMARY:a\nDTSTART:20260307T080000", "Nowhere/Town").is_err());
    assert!(of("SUMMARY:a", "Europe/Berlin").is_err());
    assert!(of("SUMMARY: \\n\nDTSTART:20260307T080000", "Europe/Berlin").is_err());
    assert!(of("SUMMARY:a\nDTSTART:20260307T080000\nRECURRENCE-ID:20260307T080000", "Europe/Berlin").is_err());
    let periods = "SUMMARY:a\nDTSTART:20260307T080000\nDURATION:PT1H\nRDATE;VALUE=PERIOD:20260308T080000/PT";
    assert!(of(&format!("{periods}1H"), "Europe/Berlin").is_ok());
    assert!(of(&format!("{periods}2H"), "Europe/Berlin").is_err());
}

#[test]
fn a_feed_of_holidays_becomes_a_calendar_of_them() {
    let feed = calendar(&[
        "UID:1\nSUMMARY:New Year\nDTSTART;VALUE=DATE:20200101\nDTEND;VALUE=DATE:20200101\nRRULE:FREQ=YEARLY",
        "UID:2\nSUMMARY:Feast\nDTSTART;VALUE=DATE:20261231\nDTEND;VALUE=DATE:20270103",
        "UID:3\nSUMMARY:Off\nSTATUS:CANCELLED\nDTSTART;VALUE=DATE:20270105",
        "UID:4\nSUMMARY:Party\nDTSTART:20270106T180000",
        "UID:1\nSUMMARY:New Year\nRECURRENCE-ID;VALUE=DATE:20280101\nDTSTART;VALUE=DATE:20280103",
    ]);
    let day = |text: &str| text.parse().unwrap();
    let found = holidays_of(&feed, day("2027-01-01"), day("2028-12-31"), &zones()).unwrap();
    let said: Vec<_> = found.holidays.iter().map(|holiday| format!("{} {}", holiday.date, holiday.name)).collect();
    assert_eq!(said, ["2027-01-01 Feast", "2027-01-01 New Year", "2027-01-02 Feast", "2028-01-03 New Year"]);
    assert_eq!((found.name.as_str(), found.source.as_str()), ("Holidays", "p"));
    assert!(holidays_of(&feed, day("2027-01-02"), day("2027-01-01"), &zones()).is_err());
    assert!(holidays_of(&feed, day("2027-02-01"), day("2027-02-02"), &zones()).is_err());
}
