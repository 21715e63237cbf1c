//! Recurrence beside the crate rrule: the next time after now at several ages of a schedule, and one step further.
//!
//! `cargo bench -p prm-benches --bench recurrence`. Each figure is the median of rounds that take turns, in nanoseconds.

#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "a bench says what it finds and fails by panicking")]

use std::hint::black_box;
use std::time::Instant as Clock;

use prm_core::engage::{ClockZone, Recurrence};
use prm_core::{CivilTime, Instant, Zones};
use rrule::{RRuleSet, Tz};

const ZONE: &str = "America/New_York";
const ROUNDS: usize = 15;

/// Rules as schedules have them, with an end and without.
const RULES: [(&str, &str); 7] = [
    ("daily", "FREQ=DAILY"),
    ("daily, COUNT", "FREQ=DAILY;COUNT=36500"),
    ("daily, UNTIL", "FREQ=DAILY;UNTIL=20991231T235959Z"),
    ("daily, twice a day", "FREQ=DAILY;BYHOUR=8,20"),
    ("weekly MO,TH", "FREQ=WEEKLY;BYDAY=MO,TH"),
    ("monthly by day", "FREQ=MONTHLY"),
    ("monthly, last Friday", "FREQ=MONTHLY;BYDAY=-1FR"),
];

/// Nanoseconds that one call takes.
fn time(calls: u32, mut call: impl FnMut(u32)) -> u64 {
    let began = Clock::now();
    (0..calls).for_each(&mut call);
    u64::try_from(began.elapsed().as_nanos()).unwrap() / u64::from(calls)
}

fn median(mut rounds: Vec<u64>) -> u64 {
    rounds.sort_unstable();
    rounds.get(rounds.len() / 2).copied().unwrap_or(0)
}

struct Compared {
    next: u64,
    theirs: u64,
    step: u64,
    their_step: u64,
}

fn compare(rule: &str, age_years: i64) -> Compared {
    let zones = Zones::bundled();
    let start: CivilTime = "2015-03-02T08:00:00".parse().unwrap();
    let ours = Recurrence::parse(rule, Some(start), ClockZone::Zone(ZONE.into()), &zones).unwrap();
    let set: RRuleSet = format!("DTSTART;TZID={ZONE}:20150302T080000\nRRULE:{rule}").parse().unwrap();
    let begins: Instant = start.naive().and_utc();
    let now = begins + std::time::Duration::from_secs(31_557_600 * age_years.unsigned_abs() + 12_345);
    // The same answer first.
    let found = ours.after(&zones, ZONE, now, false).unwrap().unwrap().at;
    let their_now = now.with_timezone(&Tz::UTC);
    let their = set.clone().after(their_now).all(1).dates.first().unwrap().with_timezone(&Tz::UTC);
    assert_eq!(found.timestamp(), their.timestamp(), "{rule} after {age_years} years");

    let (mut next, mut theirs, mut step, mut their_step) = (vec![], vec![], vec![], vec![]);
    for _ in 0..ROUNDS {
        next.push(time(20_000, |n| {
            let at = now + std::time::Duration::from_secs(u64::from(n) * 977);
            black_box(ours.after(black_box(&zones), ZONE, at, false).unwrap());
        }));
        let after = set.clone().after(their_now);
        theirs.push(time(30, |_| drop(black_box(after.clone().all(1)))));
        let mut stepping = ours.instances(&zones, ZONE, begins).unwrap();
        step.push(time(400, |_| {
            black_box(stepping.next());
        }));
        let mut stepping = set.into_iter();
        their_step.push(time(400, |_| {
            black_box(stepping.next());
        }));
    }
    Compared { next: median(next), theirs: median(theirs), step: median(step), their_step: median(their_step) }
}

fn main() {
    println!("| rule | years | next, ours | next, rrule | step, ours | step, rrule |");
    println!("| --- | --- | --- | --- | --- | --- |");
    for (name, rule) in RULES {
        for years in [0, 2, 10] {
            let Compared { next, theirs, step, their_step } = compare(rule, years);
            println!("| {name} | {years} | {next} | {theirs} | {step} | {their_step} |");
        }
    }
}
