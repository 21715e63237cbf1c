use std::collections::BTreeSet;

use crate::engage::{AdherenceCounts, AdherenceDay, AdherenceView, Ratio};
use crate::render::example::adherence;
use crate::render::markup_check::Node;
use crate::render::{AdherenceCalendar, Figure, Words};
use crate::time::Date;

fn date(text: &str) -> Date {
    text.parse().unwrap()
}

fn drawn(view: &AdherenceView, from: &str, to: &str) -> Figure {
    AdherenceCalendar { view, from: date(from), to: date(to), today: date("2026-03-15") }
        .draw("adherence", &Words::default())
}

fn nodes(figure: &Figure) -> Vec<Node> {
    Node::read(&figure.svg()).unwrap()
}

#[test]
fn every_day_with_something_due_says_what_came_of_it() {
    let figure = drawn(&adherence(), "2026-01-01", "2026-03-31");
    let titles: Vec<_> = nodes(&figure).into_iter().filter(|n| n.name == "title").skip(1).map(|n| n.text).collect();
    assert_eq!(titles.len(), adherence().days.len());
    assert_eq!(titles[0], "1 Jan 2026: Expected 1, Done 1");
    let html = figure.html();
    assert!(html.contains("Done: 40 of 60 expected by now") && html.contains("<caption>"));
    let rows = Node::read(&html).unwrap().iter().filter(|n| n.attribute("scope") == Some("row")).count();
    assert_eq!(rows, adherence().days.len());
}

#[test]
fn no_standing_is_told_by_colour_alone() {
    let one = |counts: AdherenceCounts| {
        let days = vec![AdherenceDay { date: date("2026-03-02"), counts }];
        let view = AdherenceView { days, ..adherence() };
        let nodes = nodes(&drawn(&view, "2026-03-01", "2026-03-31"));
        // Of the day alone: what follows its title and stands before that of the next day or the key.
        let start = nodes.iter().rposition(|n| n.name == "title").unwrap();
        let marks = nodes[start..].iter().filter(|n| n.within.iter().filter(|w| *w == "g").count() == 2);
        marks.map(|n| (n.name.clone(), n.attribute("class").unwrap_or_default().to_owned())).collect::<Vec<_>>()
    };
    let counts = AdherenceCounts::default();
    let marks: BTreeSet<_> = [
        one(AdherenceCounts { expected: 2, done: 2, ..counts }),
        one(AdherenceCounts { expected: 2, done: 1, missed: 1, ..counts }),
        one(AdherenceCounts { expected: 1, missed: 1, ..counts }),
        one(AdherenceCounts { upcoming: 1, ..counts }),
        one(AdherenceCounts { paused: 1, ..counts }),
        one(AdherenceCounts { unplanned: 1, ..counts }),
    ]
    .into_iter()
    .collect();
    assert_eq!(marks.len(), 6, "{marks:?}");
    assert!(one(AdherenceCounts { cancelled: 1, ..counts }).is_empty());
}

#[test]
fn days_stand_below_their_day_of_the_week() {
    let view = AdherenceView {
        days: vec![AdherenceDay {
            date: date("2026-03-02"),
            counts: AdherenceCounts { paused: 1, ..Default::default() },
        }],
        ..adherence()
    };
    let nodes = nodes(&drawn(&view, "2026-03-01", "2026-03-31"));
    let x = |text: &str| nodes.iter().find(|n| n.name == "text" && n.text == text).unwrap().attribute("x").unwrap();
    // 1 March 2026 is a Sunday.
    assert_eq!((x("1"), x("2"), x("8")), (x("Sun"), x("Mon"), x("Sun")));
}

#[test]
fn a_long_time_is_drawn_in_its_last_months_and_told_in_full() {
    let days = (0..4_000u64).map(|n| AdherenceDay {
        date: Date::try_from(date("2016-01-01").naive() + chrono::Days::new(n)).unwrap(),
        counts: AdherenceCounts { expected: 1, done: 1, ..Default::default() },
    });
    let view = AdherenceView { days: days.collect(), ..adherence() };
    let figure = drawn(&view, "0001-01-01", "2026-03-31");
    assert!(figure.svg().len() < 200_000, "{}", figure.svg().len());
    assert_eq!(figure.notes, ["Before 1 Mar 2025, in the table alone: 3347 days"]);
    let rows = Node::read(&figure.html()).unwrap().iter().filter(|n| n.attribute("scope") == Some("row")).count();
    // Days after the last one asked for are in neither.
    assert_eq!(rows, 3_743);
}

#[test]
fn nothing_due_draws_nothing_and_says_so() {
    let view = AdherenceView { days: Vec::new(), timeliness: Ratio::default(), ..adherence() };
    let figure = drawn(&view, "2026-03-01", "2026-03-31");
    assert_eq!(figure.svg(), "");
    assert!(figure.html().contains("Nothing is due in these days."));
    Node::read(&figure.html()).unwrap();
}

#[test]
fn every_date_can_be_drawn() {
    for (from, to) in [("9999-12-01", "9999-12-31"), ("0001-01-01", "0001-01-31"), ("2026-03-31", "2026-03-01")] {
        let day = AdherenceDay { date: date(from), counts: AdherenceCounts { paused: 1, ..Default::default() } };
        let figure = drawn(&AdherenceView { days: vec![day], ..adherence() }, from, to);
        Node::read(&figure.svg()).unwrap();
        assert!(figure.svg().contains("<title>"), "{from}");
    }
}
