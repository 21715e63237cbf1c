use std::collections::BTreeSet;

use super::counting::risk;
use super::nodes;
use crate::decide::Frames;
use crate::evidence::{AbsoluteRisk, Horizon, HorizonUnit};
use crate::render::decision::{DecisionWords, IconArray, IconCount, IconFigure, IconSide};
use crate::render::markup_check::Node;

fn frames() -> Frames {
    Frames { happens: "have a stroke".to_owned(), spared: "do not".to_owned() }
}

fn drawn(one: &AbsoluteRisk, two: &AbsoluteRisk, words: &DecisionWords) -> IconFigure {
    let sides = [
        IconSide { option: "Wait and see", risk: one, example: true },
        IconSide { option: "Take a tablet", risk: two, example: false },
    ];
    IconArray { id: "icons-1", outcome: "Stroke", frames: &frames(), sides: &sides, count: None }.draw(words).unwrap()
}

/// How many icons the paths of a class of group draw.
fn icons(nodes: &[Node], cap: &str, class: &str) -> u32 {
    let paths = nodes.iter().filter(|n| n.name == "path" && n.attribute("stroke-linecap") == Some(cap));
    let lines =
        paths.filter(|n| n.attribute("class") == Some(class)).flat_map(|n| n.attribute("d").unwrap().split('M'));
    lines.filter_map(|line| line.split_once('h')).map(|(_, long)| (long.parse::<u32>().unwrap() - 1) / 10 + 1).sum()
}

#[test]
fn two_options_are_drawn_on_the_same_number_of_people() {
    let figure = drawn(&risk("10", 100), &risk("7", 100), &DecisionWords::default());
    let nodes = nodes(&figure.svg());
    assert_eq!(icons(&nodes, "square", "icon"), 10 + 7);
    assert_eq!(icons(&nodes, "round", "icon"), 90 + 93);
    assert_eq!(icons(&nodes, "round", "icon-hole"), 90 + 93);
}

#[test]
fn events_begin_at_the_same_corner_of_each_array() {
    let figure = drawn(&risk("12", 100), &risk("7", 100), &DecisionWords::default());
    let nodes = nodes(&figure.svg());
    let events: Vec<_> = nodes
        .iter()
        .filter(|n| n.attribute("stroke-linecap") == Some("square"))
        .map(|n| n.attribute("d").unwrap())
        .collect();
    assert_eq!(events, ["M5 5h91M5 15h11", "M5 5h61"]);
    let rest = nodes.iter().find(|n| n.attribute("class") == Some("icon-hole")).unwrap();
    assert!(rest.attribute("d").unwrap().starts_with("M25 15h71M5 25h91"));
}

#[test]
fn a_thousand_people_take_a_few_elements() {
    let figure = drawn(&risk("2", 1000), &risk("1", 1000), &DecisionWords::default());
    let html = figure.html();
    let nodes = nodes(&html);
    assert_eq!(icons(&nodes, "square", "icon"), 2 + 1 + 1, "and one of the key");
    assert_eq!(icons(&nodes, "round", "icon"), 998 + 999 + 1);
    assert!(html.len() < 6_000 && nodes.len() < 60, "{} {}", html.len(), nodes.len());
}

#[test]
fn groups_differ_by_shape_and_filling_as_well_as_by_one_of_three_colours() {
    let svg = drawn(&risk("10", 100), &risk("7", 100), &DecisionWords::default()).svg();
    let nodes = nodes(&svg);
    let paths = || nodes.iter().filter(|n| n.name == "path");
    let caps: BTreeSet<_> = paths().filter_map(|n| n.attribute("stroke-linecap")).collect();
    assert_eq!(caps.len(), 2);
    let classes = nodes.iter().filter(|n| n.name == "g").filter_map(|n| n.attribute("class"));
    let colours: BTreeSet<_> = classes.chain(paths().filter_map(|n| n.attribute("class"))).collect();
    assert_eq!(colours, BTreeSet::from(["series-1", "icon-rest", "icon", "icon-hole"]));
    assert!(paths().all(|n| n.attribute("stroke").is_none_or(|stroke| stroke == "currentColor")));
}

#[test]
fn the_words_of_a_picture_say_its_numbers_both_ways_round() {
    let words = DecisionWords::default();
    let svg = nodes(&drawn(&risk("10", 100), &risk("7", 100), &words).svg());
    assert_eq!((svg[0].name.as_str(), svg[0].attribute("role")), ("svg", Some("img")));
    assert_eq!(svg[0].attribute("aria-labelledby"), Some("icons-1-title icons-1-description"));
    let said = &svg.iter().find(|n| n.name == "desc").unwrap().text;
    for part in ["10 of 100 have a stroke; 90 do not.", "7 of 100 have a stroke; 93 do not.", "over 10 years"] {
        assert!(said.contains(part), "{said}");
    }
    let html = nodes(&drawn(&risk("10", 100), &risk("7", 100), &words).html());
    let told: Vec<_> = html.iter().filter(|n| n.name == "desc").map(|n| n.text.as_str()).collect();
    assert_eq!(told.len(), 2);
    assert!(told[0].starts_with("10 of 100 have a stroke; 90 do not. Example figure, not verified. "), "{}", told[0]);
    assert!(
        told[1].starts_with("7 of 100 have a stroke; 93 do not. Of people like you, over 10 years."),
        "{}",
        told[1]
    );
}

#[test]
fn a_figure_with_decimals_is_rounded_and_says_so() {
    let html = drawn(&risk("7.5", 100), &risk("10", 100), &DecisionWords::default()).html();
    assert!(html.contains("8 of 100 have a stroke; 92 do not"));
    assert_eq!(html.matches("Rounded to whole people from 7.5 of 100.").count(), 2, "in the picture and below it");
    let few = drawn(&risk("0.3", 1000), &risk("2", 1000), &DecisionWords::default()).html();
    assert!(few.contains("fewer than 1 of 1000 have a stroke; more than 999 do not"));
    assert!(few.contains("Too few to draw: 0.3 of 1000."));
}

#[test]
fn rows_begin_at_the_right_where_reading_does() {
    let words = DecisionWords::shipped("ar");
    let figure = drawn(&risk("10", 100), &risk("7", 100), &words);
    let html = figure.html();
    assert_eq!(html.matches("translate(100 0) scale(-1 1)").count(), 2);
    let nodes = nodes(&figure.svg());
    let names: Vec<_> = nodes.iter().filter(|n| n.attribute("class") == Some("lane-name")).collect();
    let at = |n: &Node| n.attribute("x").unwrap().parse::<f64>().unwrap();
    assert!(names[0].text == "Wait and see" && at(names[0]) > at(names[1]));
    assert!(!drawn(&risk("10", 100), &risk("7", 100), &DecisionWords::default()).html().contains("scale(-1"));
}

#[test]
fn what_cannot_be_compared_is_refused() {
    let (ten, mut seven) = (risk("10", 100), risk("7", 100));
    seven.horizon = Horizon { count: 5, unit: HorizonUnit::Years };
    let over = risk("11", 10);
    let frames = frames();
    let draw = |id: &str, risks: &[&AbsoluteRisk]| {
        let sides: Vec<_> = risks.iter().map(|risk| IconSide { option: "x", risk, example: false }).collect();
        let array =
            IconArray { id, outcome: "Stroke", frames: &frames, sides: &sides, count: Some(IconCount::Hundred) };
        array.draw(&DecisionWords::default()).map(|figure| figure.svg().len())
    };
    assert!(draw("a", &[&ten]).is_ok());
    for (id, risks) in [("a", &[&ten, &seven][..]), ("a", &[&over]), ("a", &[]), ("1 x", &[&ten]), ("", &[&ten])] {
        assert!(draw(id, risks).unwrap_err().kind() == crate::error::ErrorKind::Invalid, "{id}");
    }
}

#[test]
fn a_class_of_people_that_nobody_named_is_left_out() {
    let nameless = AbsoluteRisk { population: " ".to_owned(), ..risk("10", 100) };
    let html = drawn(&nameless, &risk("7", 100), &DecisionWords::default()).html();
    assert!(
        html.contains("<bdi>over 10 years.</bdi>") && html.contains("<bdi>Of people like you, over 10 years.</bdi>")
    );
}
