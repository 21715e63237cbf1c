use std::collections::BTreeSet;

use crate::engage::{ForecastDay, ForecastView};
use crate::render::example::forecast;
use crate::render::markup_check::Node;
use crate::render::{Figure, MonthAhead, Words};

fn drawn(forecast: &ForecastView) -> Figure {
    MonthAhead { forecast }.draw("ahead", &Words::default())
}

fn day(date: &str, role: &str, planned: u32, changed: Option<u32>) -> ForecastDay {
    let role = (!role.is_empty()).then(|| role.to_owned());
    ForecastDay { date: date.parse().unwrap(), role, planned, changed }
}

#[test]
fn a_change_is_drawn_beside_what_is_planned_and_told_in_the_table() {
    let view = ForecastView { days: vec![day("2026-03-02", "nurse", 5, Some(3)), day("2026-03-02", "", 1, Some(4))] };
    let figure = drawn(&view);
    let html = figure.html();
    for said in ["nurse: 5, after the change 3", "No role: 1, after the change 4", "−2", "+3", "Difference"] {
        assert!(html.contains(said), "{said}");
    }
    let nodes = Node::read(&figure.svg()).unwrap();
    let bars = nodes.iter().filter(|n| n.name == "rect" && n.within.iter().filter(|w| *w == "g").count() == 2);
    assert_eq!(bars.count(), 4);
    assert!(figure.svg().contains("Left bar: as planned. Right bar: after the change."));
}

#[test]
fn without_a_change_there_is_one_bar_a_day_and_no_word_of_one() {
    let figure = drawn(&ForecastView { days: vec![day("2026-03-02", "nurse", 5, None)] });
    assert!(!figure.html().contains("change") && figure.html().contains("nurse: 5"));
}

#[test]
fn roles_are_told_apart_by_pattern_and_all_beyond_the_third_are_one_part() {
    let roles = ["nurse", "physician", "pharmacist", "dietitian", "clerk"];
    let view = ForecastView { days: roles.iter().map(|role| day("2026-03-02", role, 2, None)).collect() };
    let figure = drawn(&view);
    let nodes = Node::read(&figure.svg()).unwrap();
    let bars = nodes.iter().filter(|n| n.name == "rect" && n.within.iter().filter(|w| *w == "g").count() == 2);
    let fills: BTreeSet<_> =
        bars.map(|n| (n.attribute("class"), n.attribute("fill").unwrap().replace(char::is_numeric, ""))).collect();
    assert_eq!(fills.len(), 4, "{fills:?}");
    let html = figure.html();
    assert!(html.contains("Other roles") && roles.iter().all(|role| html.contains(&format!("<bdi>{role}</bdi>"))));
}

#[test]
fn what_every_bar_says_adds_up_to_the_forecast() {
    let view = forecast();
    let nodes = Node::read(&drawn(&view).html()).unwrap();
    let cells: Vec<_> = nodes.iter().filter(|n| n.name == "bdi").map(|n| n.text.clone()).collect();
    let planned: u32 = cells.chunks(5).map(|row| row[2].parse::<u32>().unwrap()).sum();
    let changed: u32 = cells.chunks(5).map(|row| row[3].parse::<u32>().unwrap()).sum();
    assert_eq!(planned, view.days.iter().map(|day| day.planned).sum::<u32>());
    assert_eq!(changed, view.days.iter().map(|day| day.changed.unwrap()).sum::<u32>());
}

#[test]
fn a_long_time_is_drawn_in_its_first_days_and_told_in_full() {
    let first: chrono::NaiveDate = "2026-03-01".parse().unwrap();
    let days = (0..400).map(|n| day(&(first + chrono::Days::new(n)).to_string(), "nurse", u32::MAX, Some(u32::MAX)));
    let figure = drawn(&ForecastView { days: days.collect() });
    assert!(figure.svg().len() < 100_000, "{}", figure.svg().len());
    assert_eq!(figure.notes, ["After 1 May 2026, in the table alone: 338 days"]);
}

#[test]
fn nothing_to_do_draws_nothing_and_says_so() {
    let figure = drawn(&ForecastView::default());
    assert_eq!(figure.svg(), "");
    assert!(figure.html().contains("Nothing is due in these days."));
}

#[test]
fn no_role_changes_the_structure_of_the_picture() {
    let shape = |role: &str| {
        let view = ForecastView { days: vec![day("2026-03-02", role, 2, Some(1))] };
        Node::read(&drawn(&view).html()).unwrap().iter().map(Node::shape).collect::<Vec<_>>()
    };
    for role in ["<script>", "\"><img src=x>", "]]>--><!--", "&#60;b&#62;", "\u{202E}abc"] {
        assert_eq!(shape(role), shape("nurse"), "{role}");
    }
}
