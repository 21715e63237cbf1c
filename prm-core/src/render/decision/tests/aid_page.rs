use std::collections::BTreeSet;

use proptest::prelude::*;

use super::sample::aid;
use super::{keeps_to_the_rules, nodes, shape, text};
use crate::decide::{AidStatus, DecisionAid, ValuesMethod};
use crate::render::decision::{DecisionAidPage, DecisionWords};
use crate::render::markup_check::Node;
use crate::render::palette::{DARK, LIGHT, Palette, tests::contrast};

fn page(
    aid: &DecisionAid,
    order: &[&str],
    answers_to: Option<&str>,
    words: &DecisionWords,
) -> crate::error::Result<String> {
    let order: Vec<String> = order.iter().map(|key| (*key).to_owned()).collect();
    DecisionAidPage { aid, order: &order, answers_to: answers_to.map(str::to_owned) }.html(words)
}

fn html(name: &str) -> String {
    page(&aid(name), &[], None, &DecisionWords::default()).unwrap()
}

#[test]
fn a_page_keeps_to_the_rules_in_every_language_and_direction() {
    for (tag, dir) in [("en", "ltr"), ("es", "ltr"), ("ar", "rtl")] {
        for method in [ValuesMethod::Ratings, ValuesMethod::Swing, ValuesMethod::Words] {
            let aid = DecisionAid { method, ..aid("Ana") };
            let html = page(&aid, &[], Some("/answers"), &DecisionWords::shipped(tag)).unwrap();
            keeps_to_the_rules(&html);
            let root = &nodes(&html)[0];
            assert_eq!((root.attribute("lang"), root.attribute("dir")), (Some(tag), Some(dir)));
        }
    }
}

#[test]
fn every_control_has_a_label_and_every_group_a_name() {
    let nodes = nodes(&html("Ana"));
    let labelled: BTreeSet<_> = nodes.iter().filter(|n| n.name == "label").filter_map(|n| n.attribute("for")).collect();
    let controls: Vec<_> =
        nodes.iter().filter(|n| ["input", "textarea", "select"].contains(&n.name.as_str())).collect();
    assert!(controls.len() > 15, "{}", controls.len());
    for control in &controls {
        assert!(labelled.contains(control.attribute("id").unwrap()), "{control:?}");
    }
    let radios: BTreeSet<_> = controls.iter().filter_map(|n| n.attribute("name")).collect();
    assert_eq!(radios, BTreeSet::from(["knowledge-1", "leaning-to", "role-wanted"]));
    for radio in controls.iter().filter(|n| n.attribute("type") == Some("radio")) {
        assert!(radio.within.contains(&"fieldset".to_owned()) || radio.attribute("name") != Some("knowledge-1"));
    }
    assert_eq!(nodes.iter().filter(|n| n.attribute("role") == Some("radiogroup")).count(), 2);
    let sets = nodes.iter().filter(|n| n.name == "fieldset").count();
    assert_eq!(nodes.iter().filter(|n| n.name == "legend").count(), sets);
    for button in nodes.iter().filter(|n| n.name == "button") {
        assert_eq!(button.attribute("type"), Some("button"));
        assert!(!button.text.is_empty());
    }
    // Nothing is chosen beforehand, and where a slider stands at first is no answer.
    assert!(controls.iter().all(|n| n.attribute("checked").is_none()));
    for slider in controls.iter().filter(|n| n.attribute("type") == Some("range")) {
        assert_eq!(slider.attribute("aria-valuetext"), Some("not answered yet"));
    }
}

#[test]
fn every_option_is_told_in_the_same_parts() {
    let nodes = nodes(&html("Ana"));
    let parts = |heading: &str| {
        let at = nodes.iter().position(|n| n.attribute("id") == Some(heading)).unwrap();
        let after = nodes.iter().skip(at + 1).take_while(|n| n.name != "h3" && n.name != "h2");
        after.filter(|n| n.name == "h4").map(|n| n.text.clone()).collect::<Vec<_>>()
    };
    let first = parts("option-1-heading");
    assert_eq!(first.len(), 7, "{first:?}");
    assert_eq!(first, parts("option-2-heading"));
    // What one option alone has is named in the other all the same.
    let said = text(&nodes);
    assert_eq!(
        said.matches("Nothing is said about this for this option.").count(),
        2,
        "in the option and in the table"
    );
    assert_eq!(nodes.iter().filter(|n| n.attribute("class") == Some("outcome")).count(), 2 * 3);
}

#[test]
fn risks_are_told_both_ways_round_in_the_same_number_of_people() {
    let said = text(&nodes(&html("Ana")));
    // Of two figures of pain one is 0.5 of 50, which is 1 %, and 1.25 of 50 is 2.5 %: a hundred people will do.
    for both in [
        "7 of 100 Ana have a stroke; 93 Ana do not",
        "10 of 100 Ana have a stroke; 90 Ana do not",
        "3 of 100 Ana have pain; 97 Ana have none",
        "1 of 100 Ana have pain; 99 Ana have none",
    ] {
        assert_eq!(said.matches(both).count(), 4, "option, picture twice, table: {both}\n{said}");
    }
    for told in [
        "7 of 100 with this option and 10 of 100 with “Ana Wait and see”: 3 fewer.",
        "3 of 100 with this option and 1 of 100 with “Ana Wait and see”: 2 more.",
        "Rounded to whole people from 1.25 of 50.",
        "The true number may lie between 5 and 8 of 100 (95 % interval).",
        "The figure as it was given: 0.5 of 50.",
        "Beside leaving things as they are: risk ratio 0.70, 0.60 to 0.94.",
        "Of 100 people like you, over 10 years.",
    ] {
        assert!(said.contains(told), "{told}");
    }
    assert!(!said.contains(" in 1"), "never one in so many");
}

#[test]
fn one_rare_risk_makes_it_a_thousand_people_for_every_option_and_outcome() {
    let mut aid = aid("");
    aid.options[0].outcomes[1].risk.as_mut().unwrap().numerator = "0.4".parse().unwrap();
    let said = text(&nodes(&page(&aid, &[], None, &DecisionWords::default()).unwrap()));
    for told in ["8 of 1000", "10 of 1000", "70 of 1000", "100 of 1000", "each picture stands for 1000 people"] {
        assert!(said.to_lowercase().contains(told), "{told}");
    }
    assert!(!said.contains("of 100 "), "{said}");
}

#[test]
fn certainty_is_said_in_words_and_in_marks_with_reasons() {
    let nodes = nodes(&html("Ana"));
    let marks: Vec<_> =
        nodes.iter().filter(|n| n.attribute("class") == Some("marks")).map(|n| n.text.as_str()).collect();
    assert_eq!(marks, ["●●●○", "●●○○", "●●●○", "●●○○"]);
    let said = text(&nodes);
    assert!(said.contains("Moderate certainty, 3 of 4.") && said.contains("Low certainty, 2 of 4."));
    assert!(said.contains("Why: the range is wide, the studies may be biased."));
}

#[test]
fn a_figure_without_a_quote_says_beside_it_that_it_is_an_example() {
    let nodes = nodes(&html("Ana"));
    let paragraphs = |class: &str| nodes.iter().filter(|n| n.attribute("class") == Some(class)).count();
    // Of four figures one has a quote: the others are marked in their options and in the table.
    assert_eq!(paragraphs("example"), 3);
    assert_eq!(nodes.iter().filter(|n| n.name == "strong" && n.attribute("class") == Some("remark")).count(), 3);
    let descriptions = nodes.iter().filter(|n| n.name == "desc");
    assert_eq!(descriptions.filter(|n| n.text.contains("Example figure, not verified")).count(), 3);
    let mut checked = aid("Ana");
    let quote = checked.options[0].outcomes[0].source.clone();
    for option in &mut checked.options {
        option.outcomes.iter_mut().for_each(|outcome| outcome.source.clone_from(&quote));
    }
    let html = page(&checked, &[], None, &DecisionWords::default()).unwrap();
    assert!(!html.contains("not verified") && html.contains("Ana ten of a hundred"));
}

#[test]
fn sources_are_links_that_a_reader_follows_and_nothing_else_is() {
    let nodes = nodes(&html("javascript:alert(1)//"));
    let outward: BTreeSet<_> =
        nodes.iter().filter_map(|n| n.attribute("href")).filter(|href| !href.starts_with('#')).collect();
    assert_eq!(outward, BTreeSet::from(["https://doi.org/10.1002/14651858.CD004816.pub5", "https://example.org/a"]));
    for node in nodes.iter().filter(|n| n.attribute("href").is_some_and(|href| href.starts_with("https"))) {
        assert_eq!(node.attribute("rel"), Some("noopener noreferrer external"));
    }
}

#[test]
fn options_come_in_the_order_that_was_asked_for() {
    let keys = |html: &str| -> Vec<String> {
        nodes(html).iter().filter_map(|n| n.attribute("data-option")).map(str::to_owned).collect()
    };
    let aid = aid("Ana");
    let words = DecisionWords::default();
    assert_eq!(keys(&page(&aid, &[], None, &words).unwrap()), ["tablet", "wait"]);
    let turned = page(&aid, &["wait", "tablet"], None, &words).unwrap();
    assert_eq!(keys(&turned), ["wait", "tablet"]);
    let columns: Vec<Node> =
        nodes(&turned).into_iter().filter(|n| n.within.ends_with(&["tr".into(), "th".into()])).collect();
    assert_eq!([columns[0].text.as_str(), columns[1].text.as_str()], ["Ana Wait and see", "Ana Take a tablet"]);
    for wrong in
        [&["wait"][..], &["wait", "wait"], &["wait", "tablet", "wait"], &["wait", "other"], &["tablet", "wait", "x"]]
    {
        assert_eq!(page(&aid, wrong, None, &words).unwrap_err().kind(), crate::error::ErrorKind::Invalid, "{wrong:?}");
    }
}

#[test]
fn a_risk_above_its_denominator_is_refused() {
    let mut aid = aid("Ana");
    aid.options[1].outcomes[0].risk.as_mut().unwrap().numerator = "101".parse().unwrap();
    let refused = page(&aid, &[], None, &DecisionWords::default()).unwrap_err();
    assert!(refused.to_string().contains("options.outcomes.risk"), "{refused}");
}

#[test]
fn risks_over_different_times_are_not_compared() {
    let mut aid = aid("Ana");
    aid.options[0].outcomes[0].risk.as_mut().unwrap().horizon.count = 1;
    let html = page(&aid, &[], None, &DecisionWords::default()).unwrap();
    assert!(html.contains("over 1 year.") && html.contains("Told over another time than"));
    assert_eq!(nodes(&html).iter().filter(|n| n.name == "figure").count(), 1);
}

#[test]
fn an_aid_that_is_not_to_be_used_says_so_first() {
    let draft = DecisionAid { status: AidStatus::Draft, ..aid("Ana") };
    let html = page(&draft, &[], None, &DecisionWords::default()).unwrap();
    let banner = nodes(&html).into_iter().find(|n| n.within.contains(&"header".into()) && n.name == "strong").unwrap();
    assert_eq!(banner.text, "This is a draft. It is not to be used with patients.");
    assert!(!self::html("Ana").contains("class=\"banner\""));
}

#[test]
fn text_of_an_aid_in_another_language_says_which() {
    let html = page(&aid("Ana"), &[], None, &DecisionWords::shipped("ar")).unwrap();
    assert!(html.contains("<h1><bdi lang=\"en\">Ana Tablet or not</bdi></h1>"));
    assert!(!self::html("Ana").contains("<bdi lang"));
}

#[test]
fn colours_of_text_on_its_background_can_be_read() {
    let sheet = include_str!("../decision.css");
    let value = |rule: &str, property: &str| -> Option<String> {
        let declared =
            rule.split(';').filter_map(|part| part.split_once(':')).find(|(name, _)| name.trim() == property);
        Some(declared?.1.strip_prefix("var(--")?.strip_suffix(')')?.to_owned())
    };
    let colour = |palette: &Palette, name: &str| match name {
        "paper" => palette.paper,
        "card" => palette.card,
        "ink" => palette.ink,
        "quiet" => palette.quiet,
        "accent" => palette.accent,
        "alert" => palette.alert,
        "alert-paper" => palette.alert_paper,
        other => panic!("{other}"),
    };
    let mut compared = 0;
    for rule in sheet.split('}').filter_map(|rule| rule.rsplit_once('{')).map(|(_, rule)| rule) {
        let Some(text) = value(rule, "color") else { continue };
        let behind = value(rule, "background");
        for palette in [LIGHT, DARK] {
            let surroundings = match &behind {
                Some(behind) => vec![colour(&palette, behind)],
                None => vec![palette.paper, palette.card],
            };
            for behind in surroundings {
                assert!(contrast(colour(&palette, &text), behind) >= 4.5, "{rule}");
                compared += 1;
            }
        }
    }
    assert!(compared > 20, "{compared}");
    assert!(
        !sheet.contains('#') || sheet.matches('#').count() == sheet.matches("#finish").count() + 1,
        "no colour of its own"
    );
}

#[test]
fn text_grows_with_the_reader_and_pages_fit_narrow_windows() {
    let sheet = include_str!("../decision.css");
    for size in sheet.split("font-size:").skip(1) {
        let size: String = size.chars().take_while(|c| *c != ';' && *c != '}').collect();
        assert!(size.ends_with("rem"), "{size}");
    }
    for columns in sheet.split("minmax(").skip(1) {
        assert!(columns.starts_with("min(100%,"), "{columns}");
    }
    for mode in ["prefers-contrast:more", "prefers-reduced-motion:reduce", "forced-colors:active", "@media print"] {
        assert!(sheet.contains(mode), "{mode}");
    }
}

#[test]
fn no_text_of_an_aid_changes_the_structure_of_its_page() {
    let plain = shape(&html("Ortiz"));
    for name in [
        "<script>alert(1)</script>",
        "\"><img src=x onerror=y>",
        "]]>--><!--",
        "' onload='",
        "&#60;b&#62;",
        "</style></title></svg><script>",
        "javascript:alert(1)",
    ] {
        assert_eq!(shape(&html(name)), plain, "{name}");
    }
    let titled = html("<script>");
    assert!(titled.contains("<title>&lt;script&gt; Tablet or not</title>"));
    assert_eq!(titled.matches("<script>").count(), 1, "the page's own");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(16))]
    #[test]
    fn no_text_at_all_changes_it(name in "\\PC{1,12}|[<>\"'&/a-z=]{1,30}") {
        prop_assert_eq!(shape(&html(&format!("x{name}"))), shape(&html("Ortiz")));
    }
}
