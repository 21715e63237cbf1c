//! Text of rules and recurrences: what is read is written back, and nothing breaks the reader.

use super::*;

const TEXTS: [&str; 8] = [
    "RRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH;WKST=SU;COUNT=13",
    "FREQ=MONTHLY;BYDAY=1MO,-1FR;BYSETPOS=-1;UNTIL=20271231T235959Z",
    "FREQ=YEARLY;BYWEEKNO=20,-1;BYDAY=MO;BYHOUR=8,20;BYMINUTE=0,30;BYSECOND=0",
    "DTSTART;TZID=Europe/Berlin:20260302T080000\nRRULE:FREQ=DAILY\nEXDATE;TZID=Europe/Berlin:20260303T080000",
    "DTSTART;VALUE=DATE:20260302\nRRULE:FREQ=YEARLY;BYYEARDAY=1,-1\nRDATE;VALUE=DATE:20260401,20260402",
    "DTSTART:20260302T080000Z\r\nRRULE;X-ANY=1:FREQ=HOURLY;INT\r\n ERVAL=6",
    "FREQ=SECONDLY;INTERVAL=4294967295;COUNT=100000",
    "FREQ=MONTHLY;BYMONTHDAY=31,-31;BYMONTH=2;UNTIL=20270101",
];

const PIECES: [&str; 16] = [
    ";",
    ":",
    ",",
    "=",
    "-",
    "+",
    "\n",
    " ",
    "é",
    "0",
    "99999999999",
    "BYDAY=53SU",
    "COUNT=0",
    "UNTIL=00000000",
    "TZID=",
    "Z",
];

/// Numbers without a source of chance, the same in every run (SplitMix64).
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((mixed ^ (mixed >> 31)) % sides as u64).unwrap()
    }
}

fn mutated(dice: &mut Dice) -> String {
    let mut text: Vec<char> = TEXTS[dice.roll(TEXTS.len())].chars().collect();
    for _ in 0..=dice.roll(4) {
        let from = dice.roll(text.len() + 1);
        let to = (from + dice.roll(8)).min(text.len());
        match dice.roll(4) {
            0 => drop(text.drain(from..to)),
            1 => drop(text.splice(from..from, PIECES[dice.roll(PIECES.len())].chars())),
            2 => {
                let piece: Vec<char> = text[from..to].to_vec();
                let to = dice.roll(text.len() + 1);
                drop(text.splice(to..to, piece));
            }
            _ => text.truncate(to),
        }
    }
    text.into_iter().collect()
}

fn rounds() -> u64 {
    std::env::var("PRM_FUZZ_ROUNDS").ok().and_then(|n| n.parse().ok()).unwrap_or(30_000)
}

#[test]
fn no_text_breaks_the_reader_and_what_is_read_is_written_back() {
    let zones = Zones::bundled();
    let words = RecurrenceWords::default();
    let mut read = 0;
    for seed in 0..rounds() {
        let text = mutated(&mut Dice(seed));
        if let Ok(rule) = text.parse::<Rule>() {
            assert_eq!(rule.to_string().parse::<Rule>().unwrap(), rule, "{text:?}");
            assert!(!rule.readback(&words).is_empty());
            read += 1;
        }
        let start = Some(civil("2026-03-02T08:00:00"));
        if let Ok(recurrence) = Recurrence::parse(&text, start, ClockZone::Floating, &zones) {
            let again = Recurrence::parse(&recurrence.to_text(), None, ClockZone::Floating, &zones).unwrap();
            assert_eq!(again, recurrence, "{text:?}");
            assert!(!recurrence.readback(&words).is_empty());
            let now = at("2031-01-01T00:00:00Z");
            let next = recurrence.after(&zones, "Europe/Berlin", now, false).unwrap();
            let last = recurrence.before(&zones, "Europe/Berlin", now, true).unwrap();
            assert!(next.is_none_or(|next| next.at > now) && last.is_none_or(|last| last.at <= now), "{text:?}");
        }
    }
    assert!(read > 0);
}

proptest! {
    #![proptest_config(config(400))]

    #[test]
    fn any_text_is_read_or_refused(text in "(FREQ|INTERVAL|BYDAY|UNTIL|[A-Z=;,0-9é+-]){0,12}", any in ".{0,40}") {
        for text in [text, any] {
            let _ = text.parse::<Rule>();
            let _ = Recurrence::parse(&text, Some(civil("2026-03-02T08:00:00")), ClockZone::Utc, &Zones::bundled());
        }
    }

    #[test]
    fn a_rule_is_read_back_from_text_bytes_and_json(rule in any_rule(text::FREQUENCIES.map(|(_, f)| f).to_vec())) {
        prop_assert_eq!(rule.to_string().parse::<Rule>().unwrap(), rule.clone());
        let bytes = minicbor::to_vec(&rule).unwrap();
        prop_assert_eq!(minicbor::decode::<Rule>(&bytes).unwrap(), rule.clone());
        let json = serde_json::to_string(&rule).unwrap();
        prop_assert_eq!(serde_json::from_str::<Rule>(&json).unwrap(), rule);
    }

    #[test]
    fn every_rule_has_words(rule in any_rule(text::FREQUENCIES.map(|(_, f)| f).to_vec()), start in start()) {
        let words = RecurrenceWords::default();
        let told = rule.readback(&words);
        prop_assert!(told.starts_with("every ") && !told.contains('{') && !told.contains("  "), "{}", told);
        let recurrence = Recurrence::new(start, ClockZone::Floating, Some(rule)).readback(&words);
        prop_assert!(recurrence.starts_with("every ") && !recurrence.contains('{'), "{}", recurrence);
    }
}

#[test]
fn what_is_no_rule_is_refused_and_what_is_wrong_is_named() {
    let cases = [
        ("", "NAME=VALUE"),
        ("FREQ=DAILY;", "NAME=VALUE"),
        ("COUNT=3", "FREQ"),
        ("FREQ=FORTNIGHTLY", "FREQ"),
        ("FREQ=DAILY;FREQ=DAILY", "twice"),
        ("FREQ=DAILY;COUNT=3;UNTIL=20270101", "COUNT"),
        ("FREQ=DAILY;COUNT=0", "COUNT"),
        ("FREQ=DAILY;COUNT=100001", "COUNT"),
        ("FREQ=DAILY;INTERVAL=0", "INTERVAL"),
        ("FREQ=DAILY;INTERVAL=-1", "INTERVAL"),
        ("FREQ=DAILY;UNTIL=20270229", "UNTIL"),
        ("FREQ=DAILY;UNTIL=20270101T250000Z", "UNTIL"),
        ("FREQ=DAILY;BYHOUR=24", "BYHOUR"),
        ("FREQ=DAILY;BYMINUTE=60", "BYMINUTE"),
        ("FREQ=DAILY;BYSECOND=61", "BYSECOND"),
        ("FREQ=DAILY;BYHOUR=", "BYHOUR"),
        ("FREQ=MONTHLY;BYMONTHDAY=0", "BYMONTHDAY"),
        ("FREQ=MONTHLY;BYMONTHDAY=32", "BYMONTHDAY"),
        ("FREQ=YEARLY;BYYEARDAY=367", "BYYEARDAY"),
        ("FREQ=YEARLY;BYWEEKNO=54", "BYWEEKNO"),
        ("FREQ=YEARLY;BYMONTH=13", "BYMONTH"),
        ("FREQ=MONTHLY;BYDAY=0MO", "BYDAY"),
        ("FREQ=MONTHLY;BYDAY=MON", "BYDAY"),
        ("FREQ=WEEKLY;BYDAY=1MO", "BYDAY"),
        ("FREQ=YEARLY;BYWEEKNO=1;BYDAY=1MO", "BYDAY"),
        ("FREQ=MONTHLY;BYSETPOS=1", "BYSETPOS"),
        ("FREQ=MONTHLY;BYEASTER=1", "RFC 5545"),
        ("FREQ=DAILY;WKST=1", "WKST"),
    ];
    for (text, named) in cases {
        let error = text.parse::<Rule>().unwrap_err();
        assert_eq!(error.kind(), crate::error::ErrorKind::Invalid);
        assert!(error.to_string().contains(named) && error.to_string().contains("rule"), "{text:?}: {error}");
    }
}

#[test]
fn rules_are_told_in_plain_words() {
    let told = |start: &str, text: &str| {
        let recurrence = Recurrence::parse(text, Some(civil(start)), ClockZone::Floating, &Zones::bundled()).unwrap();
        recurrence.readback(&RecurrenceWords::default())
    };
    let monday = "2026-03-02T08:00:00";
    for (text, words) in [
        ("FREQ=WEEKLY;BYDAY=MO,TH;COUNT=13", "every Monday and Thursday at 08:00 for 13 times"),
        ("FREQ=WEEKLY", "every Monday at 08:00"),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=FR", "every 2 weeks on Friday at 08:00"),
        ("FREQ=DAILY;BYHOUR=8,20", "every day at 08:00 and 20:00"),
        ("FREQ=MONTHLY;INTERVAL=3", "every 3 months on the 2nd at 08:00"),
        ("FREQ=MONTHLY;BYDAY=-1FR", "every month on the last Friday at 08:00"),
        ("FREQ=MONTHLY;BYMONTHDAY=1,-1", "every month on the 1st and last day at 08:00"),
        ("FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13", "every month on the 13th if it is a Friday at 08:00"),
        ("FREQ=YEARLY", "every year on the 2nd in March at 08:00"),
        ("FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO", "every year on Monday in week 20 at 08:00"),
        ("FREQ=HOURLY;INTERVAL=6", "every 6 hours at minute 0"),
        ("FREQ=DAILY;UNTIL=20260601", "every day at 08:00 until 1 June 2026"),
        (
            "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1",
            "every month on Monday, Tuesday, Wednesday, Thursday and Friday at 08:00 only the last of each time round",
        ),
    ] {
        assert_eq!(told(monday, text), words, "{text}");
    }
    assert_eq!(told(monday, "DTSTART;VALUE=DATE:20260307"), "once on 7 March 2026");
    let german = RecurrenceWords::supplied([("every.weekday", "jeden {weekdays}"), ("weekday.1", "Montag")]).unwrap();
    assert_eq!(rule("FREQ=WEEKLY;BYDAY=MO").readback(&german), "jeden Montag");
    assert!(RecurrenceWords::supplied([("weekday.8", "Achttag")]).is_err());
}
