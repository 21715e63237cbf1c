//! What every page and picture keeps to, whoever it is about.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;

use super::example::{adherence, crowd, forecast, page};
use super::markup_check::Node;
use super::{AdherenceCalendar, Direction, Figure, Journey, MonthAhead, Point, Series, Span, Trend, Words};

fn nodes(markup: &str) -> Vec<Node> {
    Node::read(markup).unwrap()
}

fn figures() -> Vec<Figure> {
    let (page, words) = (page("Ortiz"), Words::default());
    let mut figures = vec![page.journey(&words)];
    figures.extend(page.trends.iter().enumerate().map(|(n, trend)| trend.draw(&format!("trend-{n}"), &words)));
    let view = adherence();
    let day = |text: &str| text.parse().unwrap();
    let (from, to, today) = (day("2026-01-01"), day("2026-03-31"), day("2026-03-15"));
    figures.push(AdherenceCalendar { view: &view, from, to, today }.draw("adherence", &words));
    figures.push(MonthAhead { forecast: &forecast() }.draw("ahead", &words));
    figures
}

#[test]
fn every_picture_has_a_title_a_description_and_a_table() {
    let mut drawings = 0;
    for figure in figures() {
        let nodes = nodes(&figure.html());
        let text: BTreeMap<_, _> = nodes.iter().filter_map(|n| Some((n.attribute("id")?, n.text.as_str()))).collect();
        for svg in nodes.iter().filter(|node| node.name == "svg") {
            assert_eq!(svg.attribute("role"), Some("img"));
            let named: Vec<_> = svg.attribute("aria-labelledby").unwrap().split(' ').collect();
            assert_eq!(named.len(), 2);
            assert!(named.iter().all(|id| text[id].len() > 3), "{named:?}");
            drawings += 1;
        }
        let cells = nodes.iter().filter(|n| n.name == "td" && n.within.contains(&"details".to_owned())).count();
        assert!(cells >= 4, "{}", figure.title);
        assert!(nodes.iter().any(|n| n.name == "caption") && nodes.iter().any(|n| n.attribute("scope") == Some("col")));
    }
    assert_eq!(drawings, 11);
}

#[test]
fn the_journey_s_table_names_what_the_picture_draws_and_leaves_out_mistakes() {
    let html = page("Ortiz").journey(&Words::default()).html();
    for said in ["Appendectomy", "Type 2 diabetes", "2011 – present", "Vaccination card", "Eye check", "Hypertension"]
    {
        assert!(html.contains(said), "{said}");
    }
    assert!(!html.contains("Not hers"));
    assert!(html.contains("Recorded by mistake, not shown: 1") && html.contains("Without a date, not drawn: 1"));
}

#[test]
fn a_picture_alone_is_a_well_formed_document() {
    for figure in figures() {
        let nodes = nodes(&figure.svg());
        assert_eq!(nodes[0].name, "svg");
        assert_eq!(nodes[0].attribute("xmlns"), Some("http://www.w3.org/2000/svg"));
        assert!(nodes.iter().any(|node| node.name == "style"));
    }
}

#[test]
fn a_page_is_well_formed_and_its_ids_are_unique_and_lead_somewhere() {
    let nodes = nodes(&page("Ortiz").html(&Words::default()));
    let ids: Vec<_> = nodes.iter().filter_map(|node| node.attribute("id")).collect();
    let unique: BTreeSet<_> = ids.iter().copied().collect();
    assert_eq!(ids.len(), unique.len());
    let mut followed = 0;
    for node in &nodes {
        let links = ["href", "aria-labelledby", "fill"].iter().filter_map(|name| node.attribute(name));
        for id in links.flat_map(|value| value.split(' ')) {
            let id = id.trim_start_matches("url(").trim_end_matches(')');
            if node.attribute("aria-labelledby").is_some() || id.starts_with('#') {
                assert!(unique.contains(id.trim_start_matches('#')), "{id}");
                followed += 1;
            }
        }
    }
    assert!(followed > 20, "{followed}");
}

#[test]
fn a_page_has_landmarks_headings_in_order_and_a_way_past_the_navigation() {
    let nodes = nodes(&page("Ortiz").html(&Words::default()));
    for landmark in ["header", "nav", "main", "footer"] {
        let top = nodes.iter().filter(|n| n.name == landmark && n.within == ["html", "body"]).count();
        assert_eq!(top, 1, "{landmark}");
    }
    let levels: Vec<u8> =
        nodes.iter().filter_map(|n| n.name.strip_prefix('h').and_then(|level| level.parse().ok())).collect();
    assert_eq!(levels.iter().filter(|level| **level == 1).count(), 1);
    assert_eq!(levels[0], 1);
    assert!(levels.windows(2).all(|pair| pair[1] <= pair[0] + 1), "{levels:?}");
    let first_link = nodes.iter().find(|node| node.name == "a").unwrap();
    assert_eq!(first_link.attribute("href"), Some("#content"));
    assert!(nodes.iter().filter(|node| node.name == "table").count() > 8);
    let tables = nodes.iter().filter(|n| n.name == "table").count();
    assert_eq!(nodes.iter().filter(|n| n.name == "caption").count(), tables);
    assert!(nodes.iter().filter(|node| node.name == "th").all(|node| node.attribute("scope").is_some()));
}

#[test]
fn a_page_runs_no_script_and_names_no_address_outside_itself() {
    let html = page("Ortiz").html(&Words::default());
    let nodes = nodes(&html);
    for node in &nodes {
        assert!(!["script", "iframe", "object", "embed", "link", "img", "form", "base"].contains(&node.name.as_str()));
        for (name, value) in &node.attributes {
            assert!(!name.starts_with("on") && name != "src" && name != "style", "{name}");
            assert!(name == "xmlns" || !value.contains("//"), "{name}={value}");
            assert!(name != "href" || value.starts_with('#'), "{value}");
        }
    }
    assert_eq!(html.replace("http://www.w3.org/2000/svg", "").matches("http").count(), 1, "the meta element alone");
    assert_eq!(html.matches("url(").count(), html.matches("url(#").count());
}

#[test]
fn no_series_is_told_by_colour_alone() {
    let point = |year: i32, value: &str| Point {
        when: format!("{year}-01-01").parse().unwrap(),
        value: value.parse().unwrap(),
        comparator: None,
    };
    let series = (0..4).map(|n| Series {
        label: format!("Series {n}"),
        points: vec![point(2020, "1"), point(2021, &(n + 2).to_string())],
    });
    let trend = Trend { label: "Four".to_owned(), series: series.collect(), ..Trend::default() };
    let nodes = nodes(&trend.draw("four", &Words::default()).html());
    let lines = nodes.iter().filter(|node| node.name == "polyline");
    let dashes: BTreeSet<_> = lines.map(|node| node.attribute("stroke-dasharray").unwrap_or("solid")).collect();
    assert_eq!(dashes.len(), 4);
    let marks = nodes.iter().filter(|node| node.attribute("class") == Some("mark"));
    let shapes: BTreeSet<_> = marks
        .map(|node| (node.name.clone(), node.attribute("points").map(|points| points.split(' ').count())))
        .collect();
    assert_eq!(shapes.len(), 4, "{shapes:?}");
}

#[test]
fn ten_thousand_entries_stay_readable_and_small() {
    let entries = crowd(10_000);
    let words = Words::default();
    for span in [Span::Fitting, Span::Life, Span::Between("2001-01-01".parse().unwrap(), "2003-12-31".parse().unwrap())]
    {
        let journey = Journey {
            entries: &entries,
            today: "2026-03-15".parse().unwrap(),
            birth_date: Some("1964-12-01".parse().unwrap()),
            died: None,
            span,
        };
        let figure = journey.draw(&words);
        assert!(figure.svg().len() < 400_000, "{}", figure.svg().len());
        assert!(figure.html().len() < 1_000_000, "{}", figure.html().len());
        let nodes = nodes(&figure.svg());
        assert!(nodes.len() < 2_500, "{}", nodes.len());
        let counts: usize = nodes
            .iter()
            .filter(|node| node.attribute("class") == Some("lane-count") && node.attribute("dx") == Some("7"))
            .map(|node| node.text.parse::<usize>().unwrap())
            .sum();
        let outside: usize =
            figure.notes.iter().map(|note| note.rsplit_once(": ").unwrap().1.parse::<usize>().unwrap()).sum();
        assert_eq!(counts + outside, 10_000, "{span:?}");
    }
}

#[test]
fn many_values_are_drawn_as_their_spread() {
    let points = (0..5_000).map(|n| Point {
        when: (chrono::NaiveDate::from_ymd_opt(2010, 1, 1).unwrap() + chrono::TimeDelta::days(n))
            .to_string()
            .parse()
            .unwrap(),
        value: (n * 37 % 101).to_string().parse().unwrap(),
        comparator: None,
    });
    let trend =
        Trend { series: vec![Series { label: "Pulse".to_owned(), points: points.collect() }], ..Trend::default() };
    let figure = trend.draw("pulse", &Words::default());
    assert!(figure.html().len() < 20_000, "{}", figure.html().len());
    assert!(figure.html().contains("5000 values"));
}

#[test]
fn a_line_breaks_where_nothing_was_measured_for_long() {
    let pressures = &page("Ortiz").trends[0];
    let nodes = nodes(&pressures.draw("pressure", &Words::default()).html());
    assert_eq!(pressures.series.len(), 2);
    assert_eq!(nodes.iter().filter(|node| node.name == "polyline").count(), 4);
}

#[test]
fn a_value_below_the_limit_of_detection_is_hollow_with_an_arrow_and_says_so() {
    let html = page("Ortiz").trends[1].draw("ferritin", &Words::default()).html();
    assert_eq!(html.matches("class=\"hollow\"").count(), 1);
    assert!(html.contains("&lt; 8 ng/mL"));
    assert!(html.contains("class=\"band\""));
}

#[test]
fn an_empty_record_makes_a_whole_page() {
    let page = super::PatientPage::new(crate::people::Patient::default(), "2026-03-15".parse().unwrap());
    let html = page.html(&Words::default());
    nodes(&html);
    assert!(html.contains("Name not known") && html.contains("Nothing with a date"));
    assert_eq!(page.journey(&Words::default()).svg(), "");
}

#[test]
fn another_language_turns_the_page_and_leaves_english_where_it_has_no_word() {
    let words =
        Words::supplied("ar", Direction::RightToLeft, [("journey.title", "رحلة"), ("patient.born", "<b>")]).unwrap();
    let html = page("Ortiz").html(&words);
    let nodes = nodes(&html);
    assert_eq!((nodes[0].attribute("lang"), nodes[0].attribute("dir")), (Some("ar"), Some("rtl")));
    assert!(html.contains("رحلة") && html.contains("Who looked at this record"));
    assert!(html.contains("&lt;b&gt;"));
    // A date in another script than the page would fall apart without isolation.
    assert!(html.contains("<td class=\"date\"><bdi>2 Jun 2025</bdi></td>"));
}

#[test]
fn the_exact_number_is_kept_where_it_is_shown_rounded() {
    assert!(page("Ortiz").html(&Words::default()).contains("<data value=\"6.123456789\">6.12 %</data>"));
}

fn shape(name: &str) -> Vec<String> {
    nodes(&page(name).html(&Words::default())).iter().map(Node::shape).collect()
}

#[test]
fn no_name_changes_the_structure_of_a_page() {
    let plain = shape("Ortiz");
    for name in [
        "<script>alert(1)</script>",
        "\"><img src=x onerror=y>",
        "javascript:alert(1)",
        "]]>--><!--",
        "' onload='",
        "&#60;b&#62;",
        "\u{202E}abc",
        "</style></title></svg><script>",
    ] {
        assert_eq!(shape(name), plain, "{name}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn no_text_at_all_changes_the_structure_of_a_page(name in "\\PC{1,12}|[<>\"'&/a-z=]{1,30}") {
        prop_assert_eq!(shape(&format!("x{name}")), shape("Ortiz"));
    }
}
