//! The vectors of python-dateutil.

use prm_core::engage::ClockZone;
use prm_core::{ErrorKind, Zones};

use super::*;

/// Words of dateutil's own, said in those of RFC 5545: its other name for `BYDAY`.
const OWN_WORDS: [(&str, &str); 1] = [("BYWEEKDAY=", "BYDAY=")];

/// A zone that its test reads with a function of the test: 4 hours east, as in Dubai.
const OWN_ZONE: (&str, &str) = ("UTC+04", "Asia/Dubai");

fn start(vector: &serde_json::Value) -> Option<CivilTime> {
    let said = vector["rrulestr_args"]["dtstart"].as_str()?;
    Some(said.replace(' ', "T").parse().unwrap())
}

/// `EXRULE` of RFC 2445: its instances are given as `EXDATE`, which is what it meant.
fn without_exrule(vector: &str, zones: &Zones) -> String {
    let Some((rest, exrule)) = vector.trim_end().split_once("EXRULE:") else { return vector.to_owned() };
    let refused = Recurrence::parse(vector, None, ClockZone::Floating, zones).unwrap_err();
    assert_eq!(refused.kind(), ErrorKind::Invalid);
    let begins = rest.lines().next().unwrap();
    let excluded = read(&format!("{begins}\nRRULE:{exrule}"), None);
    let times = all(&excluded, zones, 1_000);
    let times: Vec<_> = times.iter().map(|instance| instance.civil.to_string().replace(['-', ':'], "")).collect();
    format!("{rest}EXDATE:{}", times.join(","))
}

/// The text of a vector; of one that dateutil builds by hand, the text that says the same.
fn told(vector: &serde_json::Value) -> String {
    let set = &vector["set"];
    if set.is_null() {
        return text(vector, "text").to_owned();
    }
    let strings = |name| array(set, name).iter().map(|item| item.as_str().unwrap());
    let mut told = strings("rrule").collect::<Vec<_>>().join("\n");
    for (name, times) in [("RDATE", strings("rdate")), ("EXDATE", strings("exdate"))] {
        times.for_each(|time| told += &format!("\n{name}:{}", time.replace(['-', ':'], "")));
    }
    strings("exrule").for_each(|rule| told += &format!("\nEXRULE:{}", rule.split_once("RRULE:").unwrap().1));
    told
}

#[test]
fn every_rule_of_dateutil_comes_to_the_same_times() {
    let zones = Zones::bundled();
    let mut compared = 0;
    let vectors = data("dateutil-rrule-vectors.json");
    for vector in vectors.as_array().unwrap().iter().filter(|vector| vector["non_rfc"].is_null()) {
        let mut said = told(vector);
        for (own, rfc) in OWN_WORDS {
            said = said.replace(own, rfc);
        }
        let said = without_exrule(&said.replace(OWN_ZONE.0, OWN_ZONE.1), &zones);
        let recurrence = read(&said, start(vector));
        let found = all(&recurrence, &zones, 1_000);
        let floating = recurrence.zone == ClockZone::Floating;
        let found: Vec<_> = found
            .iter()
            .map(|instance| {
                let offset = (instance.civil.naive().and_utc() - instance.at).num_seconds();
                assert!(!floating || offset == 0);
                let sign = if offset < 0 { '-' } else { '+' };
                let zone = format!("{sign}{:02}:{:02}", offset.abs() / 3600, offset.abs() / 60 % 60);
                format!("{}{}", instance.civil, if floating { "" } else { &zone })
            })
            .collect();
        let expected: Vec<_> = array(vector, "expected").iter().map(|time| time.as_str().unwrap()).collect();
        assert_eq!(found, expected, "{}: {said:?}", text(vector, "name"));
        compared += 1;
    }
    assert_eq!(compared, 124);
}
