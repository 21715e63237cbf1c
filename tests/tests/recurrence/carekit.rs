//! Schedule windows of CareKit. Its schedules are elements with an interval, a length and an end that no longer belongs to
//! them; its questions are for the events that overlap a window.

use std::time::Duration;

use prm_core::Zones;
use prm_core::engage::{Frequency, Rule, Until};
use serde_json::Value;

use super::*;

/// An event: when it begins, which element it is of, and what time it covers.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Event {
    begins: Instant,
    element: usize,
    covers: (Instant, Instant),
}

fn instant(text: &str) -> Instant {
    text.parse::<CivilTime>().unwrap().naive().and_utc()
}

fn midnight(at: Instant) -> Instant {
    at.date_naive().and_hms_opt(0, 0, 0).unwrap().and_utc()
}

/// Length of an event; none for whole days.
fn length(said: &Value) -> Option<Duration> {
    let said = text(said, "duration");
    if said == "allDay" {
        return None;
    }
    let (number, unit) = said[2..].split_at(said.len() - 3);
    let seconds = match unit {
        "S" => 1,
        "M" => 60,
        "H" => 3600,
        other => panic!("no unit {other}"),
    };
    Some(Duration::from_secs(number.parse::<u64>().unwrap() * seconds))
}

fn recurrence(said: &Value) -> Recurrence {
    let (unit, every) = said["interval"].as_object().unwrap().iter().next().unwrap();
    let mut rule = Rule::every(match unit.as_str() {
        "seconds" => Frequency::Secondly,
        "hours" => Frequency::Hourly,
        "days" => Frequency::Daily,
        "weeks" => Frequency::Weekly,
        "years" => Frequency::Yearly,
        other => panic!("no unit {other}"),
    });
    rule.interval = every.as_u64().unwrap().try_into().unwrap();
    // An event begins before the end; one of a whole day may begin on the day of the end.
    rule.until = said["end"].as_str().map(instant).map(|end| match length(said) {
        Some(_) => Until::Instant(end - Duration::from_secs(1)),
        None => Until::Instant(midnight(end) + Duration::from_secs(86_399)),
    });
    let start = text(said, "start").parse().unwrap();
    Recurrence::new(start, ClockZone::Utc, Some(rule)).checked(&Zones::bundled()).unwrap()
}

/// The first events of a schedule up to an instant, in order.
fn events(elements: &[Value], to: Instant) -> Vec<Event> {
    let mut events = Vec::new();
    for (element, said) in elements.iter().enumerate() {
        let found = recurrence(said).instances(&Zones::bundled(), "UTC", long_ago()).unwrap();
        for instance in found.take_while(|instance| instance.at < to).take(1_000) {
            let begins = instance.at;
            let covers = match length(said) {
                Some(length) => (begins, begins + length),
                None => (midnight(begins), midnight(begins) + Duration::from_secs(86_400)),
            };
            events.push(Event { begins, element, covers });
        }
    }
    events.sort();
    events
}

fn number(value: &Value, name: &str) -> Option<usize> {
    value[name].as_u64().map(|number| number as usize)
}

#[test]
fn every_window_of_carekit_has_the_same_events() {
    let vectors = data("carekit-schedule.json");
    let mut compared = 0;
    for vector in array(&vectors, "vectors") {
        let name = text(vector, "name");
        let (elements, query, expect) = (array(vector, "elements"), &vector["query"], &vector["expect"]);
        let to = query["to"].as_str().map_or_else(|| instant("2033-01-01T00:00:00"), instant);
        let all = events(elements, midnight(to) + Duration::from_secs(86_400));
        let range = match (query["from"].as_str().map(instant), number(query, "index")) {
            (Some(from), _) => {
                // Events of an element that has ended are over, however long they last.
                let goes_on =
                    |event: &Event| elements[event.element]["end"].as_str().map(instant).is_none_or(|end| end > from);
                let overlaps = |event: &Event| event.covers.0 < to && event.covers.1 > from && goes_on(event);
                all.iter().enumerate().filter(|(_, event)| overlaps(event)).map(|(n, _)| n).collect()
            }
            (None, Some(index)) => vec![index],
            (None, None) => {
                let first = number(query, "occurrences_from").or(number(query, "date_of_occurrence")).unwrap_or(0);
                let end = number(query, "occurrences_to_exclusive").unwrap_or(first + 1);
                (first..end.min(all.len())).collect::<Vec<_>>()
            }
        };
        let found: Vec<&Event> = range.iter().map(|n| &all[*n]).collect();
        let mut looked_at = 0;
        for (key, expected) in expect.as_object().unwrap() {
            looked_at += 1;
            match key.as_str() {
                "count" => assert_eq!(found.len() as u64, expected.as_u64().unwrap(), "{name}"),
                "occurrences" => assert_eq!(&serde_json::to_value(&range).unwrap(), expected, "{name}"),
                "starts" => {
                    let starts: Vec<_> = found.iter().map(|event| event.begins).collect();
                    let expected: Vec<_> =
                        expected.as_array().unwrap().iter().map(|s| instant(s.as_str().unwrap())).collect();
                    assert_eq!(starts, expected, "{name}");
                }
                "first_start" | "start" => {
                    assert_eq!(found[0].begins, instant(expected.as_str().unwrap()), "{name}");
                }
                "end" => assert_eq!(found[0].covers.1, instant(expected.as_str().unwrap()), "{name}"),
                "result" => {
                    let begins = found.first().map(|event| event.begins);
                    assert_eq!(begins, expected.as_str().map(instant), "{name}");
                }
                "events" => {
                    let expected = expected.as_array().unwrap();
                    assert_eq!(found.len(), expected.len(), "{name}");
                    for ((event, n), expected) in found.iter().zip(&range).zip(expected) {
                        assert_eq!(event.begins, instant(text(expected, "start")), "{name}");
                        assert_eq!(event.covers.1, instant(text(expected, "end")), "{name}");
                        assert_eq!(Some(event.element), number(expected, "element"), "{name}");
                        assert_eq!(Some(*n), number(expected, "occurrence"), "{name}");
                    }
                }
                other => panic!("{name} expects {other}, which is not looked at"),
            }
        }
        assert!(looked_at > 0, "{name} expects nothing");
        compared += 1;
    }
    assert_eq!(compared, 16);
}
