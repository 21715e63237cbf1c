//! Mutated and arbitrary texts: no panic, and whatever is read is written and read again the same.

use proptest::prelude::*;

use super::{Feed, read, write};
use crate::time::Zones;

fn but_refused(feed: Feed) -> Feed {
    Feed { refused: Vec::new(), ..feed }
}

/// Whatever is read is written, in short lines, and read again the same.
pub(super) fn round(bytes: &[u8], zones: &Zones) -> Option<Feed> {
    let feed = read(bytes, zones).ok()?;
    let text = write(&feed, zones).unwrap();
    for line in text.split("\r\n") {
        assert!(line.len() <= 75 && !line.contains(['\r', '\n']), "{line:?}");
    }
    let again = read(text.as_bytes(), zones).unwrap();
    assert!(again.refused.iter().all(|refused| refused.reason.contains("kept")), "{:?}\n{text}", again.refused);
    assert!(but_refused(again) == but_refused(feed.clone()), "written otherwise than read:\n{text}");
    Some(feed)
}

const CORPUS: [&str; 4] = [
    "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//EN\r\nMETHOD:PUBLISH\r\nX-WR-CALNAME:c\r\nBEGIN:VEVENT\r\nUID:1\r\n\
     DTSTAMP:20260101T000000Z\r\nDTSTART;TZID=Europe/Berlin:20260307T080000\r\nDTEND;TZID=America/New_York:20260307T\r\n \
     093000\r\nRRULE:FREQ=WEEKLY;BYDAY=MO,TH;UNTIL=20270101\r\nEXDATE;TZID=Europe/Berlin:20260309T080000,20260312T080000\
     \r\nRDATE;VALUE=PERIOD;TZID=Europe/Berlin:20260401T080000/PT2H\r\nSUMMARY;LANGUAGE=de:Fuß\\, prüfen\\n\r\n\
     CATEGORIES:a\\,b,c\r\nATTENDEE;CN=\"A; B\";X=^n^':mailto:a@b\r\nBEGIN:VALARM\r\nACTION:DISPLAY\r\nTRIGGER:-PT15M\r\n\
     DESCRIPTION:d\r\nEND:VALARM\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nUID:1\r\nRECURRENCE-ID:20260316T070000Z\r\n\
     DTSTART;TZID=Europe/Berlin:20260317T090000\r\nSEQUENCE:2\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n",
    "BEGIN:VCALENDAR\nBEGIN:VTODO\nDTSTART;VALUE=DATE:20260307\nDUE;VALUE=DATE:20260308\nSTATUS:COMPLETED\n\
     COMPLETED:20260307T120000Z\nPERCENT-COMPLETE:100\nRRULE:FREQ=MONTHLY;BYMONTHDAY=-1;COUNT=3\nRDATE;VALUE=DATE:20260501\n\
     BEGIN:VALARM\nTRIGGER;RELATED=END:-P1D\nACTION:AUDIO\nEND:VALARM\nEND:VTODO\nBEGIN:VJOURNAL\nDTSTART;TZID=Asia/Tokyo:\n \
     20260101T000000\nEND:VJOURNAL\nEND:VCALENDAR\n",
    "BEGIN:VCALENDAR\nBEGIN:VTIMEZONE\nTZID:X\nBEGIN:STANDARD\nDTSTART:20000101T000000\nTZOFFSETFROM:+1100\n\
     TZOFFSETTO:+1100\nEND:STANDARD\nEND:VTIMEZONE\nBEGIN:VEVENT\nUID:\nDTSTART;TZID=X:20261025T023000\nDURATION:PT45M\n\
     RRULE:FREQ=YEARLY\nLOCATION:l\nEND:VEVENT\nBEGIN:VEVENT\nDTSTART;TZID=\"Pacific Standard Time\":20260307T080000\n\
     RECURRENCE-ID;RANGE=THISANDFUTURE:20260307T080000\nUID:b\nEND:VEVENT\nEND:VCALENDAR\n",
    "BEGIN:VEVENT\nUID:q\nDTSTART:20260307T080000\nRRULE:FREQ=DAILY;BYSETPOS=1;BYHOUR=8\nEXDATE;VALUE=DATE:20260308\n\
     DESCRIPTION:one\nDESCRIPTION:two\nDTSTAMP:19700101T000000Z\nEND:VEVENT\n",
];

const TOKENS: [&str; 24] = [
    "\r\n",
    "\n ",
    ":",
    ";",
    ",",
    "\"",
    "\\",
    "^",
    "=",
    "\u{0}",
    "é",
    "BEGIN:VEVENT\n",
    "END:VEVENT\n",
    "DTSTART:99991231T235959\n",
    "DTSTART;TZID=America/New_York:00010101T000000\n",
    "DURATION:-P1W2DT3H4M5S\n",
    "RDATE;VALUE=PERIOD:20260101T000000Z/20260102T000000Z\n",
    "RECURRENCE-ID:20261025T003000Z\n",
    "STATUS:CANCELLED\n",
    "TZID=Europe/London",
    "VALUE=DATE",
    "20261025",
    "UID:1\n",
    "X-A;B=c:d\n",
];

struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % sides.max(1)
    }
}

fn mutated(dice: &mut Dice) -> Vec<u8> {
    let mut bytes = CORPUS[dice.roll(CORPUS.len())].as_bytes().to_vec();
    for _ in 0..=dice.roll(4) {
        let at = dice.roll(bytes.len());
        let until = (at + dice.roll(40)).min(bytes.len());
        let lines: Vec<usize> = (0..bytes.len()).filter(|at| bytes[*at] == b'\n').map(|at| at + 1).collect();
        let line = lines.get(dice.roll(lines.len())).copied().unwrap_or(0);
        match dice.roll(7) {
            0 => bytes[at] = u8::try_from(dice.roll(256)).unwrap(),
            1 => drop(bytes.drain(at..until)),
            2 => drop(bytes.splice(at..at, TOKENS[dice.roll(TOKENS.len())].bytes())),
            3 => drop(bytes.splice(line..line, TOKENS[dice.roll(TOKENS.len())].bytes())),
            4 => {
                let end = lines.iter().copied().find(|end| *end > line).unwrap_or(bytes.len());
                let piece = bytes[line..end].to_vec();
                let to = lines.get(dice.roll(lines.len())).copied().unwrap_or(0);
                drop(bytes.splice(to..to, piece));
            }
            5 => {
                if let Some(digit) = bytes.get_mut(at).filter(|byte| byte.is_ascii_digit()) {
                    *digit = b'0' + u8::try_from(dice.roll(10)).unwrap();
                }
            }
            _ => bytes.truncate(until.max(1)),
        }
        if bytes.is_empty() {
            bytes.push(b'B');
        }
    }
    bytes
}

/// Rounds of one run; `PRM_FUZZ_ROUNDS` asks for more.
fn rounds() -> u64 {
    std::env::var("PRM_FUZZ_ROUNDS").ok().and_then(|n| n.parse().ok()).unwrap_or(10_000)
}

#[test]
fn no_mutation_of_a_calendar_breaks_the_reader_or_comes_back_otherwise() {
    let zones = Zones::bundled();
    let mut read = 0u64;
    for seed in 0..rounds() {
        let bytes = mutated(&mut Dice(seed));
        let found = std::panic::catch_unwind(|| round(&bytes, &zones).is_some());
        match found {
            Ok(found) => read += u64::from(found),
            Err(_) => panic!("seed {seed}: {}", String::from_utf8_lossy(&bytes)),
        }
    }
    assert!(read * 4 > rounds(), "only {read} were read at all");
}

#[test]
fn the_corpus_itself_is_read() {
    let zones = Zones::bundled();
    for text in CORPUS {
        let feed = round(text.as_bytes(), &zones).unwrap();
        assert!(feed.refused.iter().all(|refused| refused.reason.contains("kept")), "{:?}", feed.refused);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_bytes_break_the_reader(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        round(&bytes, &Zones::bundled());
    }

    #[test]
    fn any_text_comes_back_from_its_line(text in "\\PC{0,200}", more in "[\n\t\\\\;,:\"^a-zé€😀]{0,120}") {
        let zones = Zones::bundled();
        let item = super::FeedItem {
            uid: Some("1".into()),
            summary: Some(text.into()),
            description: Some(more.clone().into()),
            categories: vec![more.clone().into(), "b".into()],
            attached: vec![super::Attached {
                property: "SUMMARY".to_owned(),
                parameters: vec![super::RawParameter { name: "X".to_owned(), values: vec![more.into(), "c".into()] }],
            }],
            ..super::FeedItem::default()
        };
        let feed = Feed { items: vec![item], ..Feed::default() };
        let text = write(&feed, &zones).unwrap();
        prop_assert!(text.split("\r\n").all(|line| line.len() <= 75));
        prop_assert!(read(text.as_bytes(), &zones).unwrap() == feed);
    }
}
