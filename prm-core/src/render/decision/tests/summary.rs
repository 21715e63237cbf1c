use super::sample::{CLINICIAN, PATIENT, decision, mirror};
use super::{keeps_to_the_rules, nodes, shape, text};
use crate::decide::{Decision, ValuesMirror};
use crate::govern::Who;
use crate::render::decision::{DecisionSummary, DecisionWords, NamedPerson};

fn pages(decision: &Decision, mirror: Option<&ValuesMirror>, missing: &[String], words: &DecisionWords) -> [String; 2] {
    let people = [NamedPerson { who: Who::Practitioner(CLINICIAN.parse().unwrap()), name: "Dr Weber".to_owned() }];
    let (patient, on) = (Some("Ana Ortiz"), "2026-03-15".parse().unwrap());
    let summary = DecisionSummary { decision, mirror, missing, people: &people, patient, on };
    [summary.patient_html(words).unwrap(), summary.clinician_html(words).unwrap()]
}

fn usual(name: &str) -> [String; 2] {
    let missing = [format!("{name} an interpreter")];
    pages(&decision(name), Some(&mirror(true)), &missing, &DecisionWords::default())
}

#[test]
fn pages_keep_to_the_rules_in_every_language_and_run_nothing() {
    for tag in ["en", "es", "ar"] {
        for html in pages(&decision("Ana"), Some(&mirror(true)), &[], &DecisionWords::shipped(tag)) {
            keeps_to_the_rules(&html);
            let nodes = nodes(&html);
            assert!(nodes.iter().all(|n| !["script", "input", "textarea", "button"].contains(&n.name.as_str())));
            assert!(!html.contains("script-src"));
        }
    }
}

#[test]
fn both_readers_see_what_was_decided_and_by_whom() {
    for html in usual("Ana") {
        let said = text(&nodes(&html));
        for told in [
            "Ana Take a tablet",
            "Sure",
            "the patient decides after hearing the clinician",
            "Ana unless it hurts",
            "Ana my father had one",
            "7 of 100 Ana have a stroke; 93 Ana do not",
            "10 of 100 Ana have a stroke; 90 Ana do not",
            "Ana I want to see my grandchildren",
            "Ana Rarely.",
            "Still open",
            "On 1 Mar 2027, or earlier if one of these happens:",
            "There is a side effect",
            "The clinician attests that it was so",
            "Dr Weber",
            "Ana Ortiz",
            "This record is not a consent to treatment.",
            "Would choose the same again",
            "38 of 100",
            "70 of 100",
        ] {
            assert!(said.contains(told), "{told}\n{said}");
        }
        assert!(said.contains("does not say what to choose") && !said.to_lowercase().contains("recommend"));
    }
}

#[test]
fn options_stand_in_the_order_in_which_they_were_shown_and_the_chosen_one_is_named() {
    let html = &usual("Ana")[0];
    let nodes = nodes(html);
    let order: Vec<_> = nodes
        .iter()
        .filter(|n| n.name == "bdi" && n.within.last().is_some_and(|name| name == "h3") && n.within.len() == 7)
        .map(|n| n.text.as_str())
        .collect();
    assert_eq!(order, ["Ana Wait and see", "Ana Take a tablet"]);
    assert_eq!(nodes.iter().filter(|n| n.attribute("class") == Some("option chosen")).count(), 1);
    let mut unseen = decision("Ana");
    unseen.sheet.shown = vec!["wait".to_owned(), "gone".to_owned()];
    let html = &pages(&unseen, None, &[], &DecisionWords::default())[0];
    assert_eq!(html.matches("Not shown yet").count(), 1);
}

#[test]
fn only_the_clinician_sees_what_is_missing_and_the_gentle_question() {
    let [patient, clinician] = usual("Ana");
    for told in
        ["Ana an interpreter", "You may want to ask", "Who took part", "1 of 2 questions", "consistency ratio 2.76"]
    {
        assert!(clinician.contains(told) && !patient.contains(told), "{told}");
    }
    assert!(clinician.contains("38 of 100 of the weight lies on things that the option chosen does best."));
    let [_, fits] = pages(&decision("Ana"), Some(&mirror(false)), &[], &DecisionWords::default());
    assert!(!fits.contains("You may want to ask") && fits.contains("Nothing is missing."));
}

#[test]
fn bars_are_as_long_as_the_numbers_beside_them() {
    let nodes = nodes(&usual("Ana")[0]);
    let bars = nodes.iter().filter(|n| n.name == "rect" && n.attribute("class") == Some("solid"));
    let lengths: Vec<_> = bars.map(|n| n.attribute("width").unwrap()).collect();
    assert_eq!(lengths, ["76", "126", "140", "60"]);
}

#[test]
fn best_and_worst_are_drawn_from_a_middle_to_either_side() {
    let mut decision = decision("Ana");
    decision.sheet.preferences.as_mut().unwrap().elicitation = crate::decide::Elicitation::BestWorst(Vec::new());
    let weights = r#"{"weights":[{"attribute":"a","weight":"0.75"},{"attribute":"b","weight":"-1"},{"attribute":"c"}],"options":[]}"#;
    let html = &pages(&decision, Some(&serde_json::from_str(weights).unwrap()), &[], &DecisionWords::default())[0];
    let nodes = nodes(html);
    let bars = nodes.iter().filter(|n| n.name == "rect" && n.attribute("class") == Some("solid"));
    let places: Vec<_> = bars.map(|n| (n.attribute("x").unwrap(), n.attribute("width").unwrap())).collect();
    assert_eq!(places, [("100", "75"), ("0", "100")]);
    assert!(html.contains("not asked") && html.contains("matters least"));
}

#[test]
fn a_patient_who_would_rather_not_decide_is_not_at_fault() {
    let mut decision = decision("Ana");
    decision.sheet.choice = None;
    decision.sheet.declined = Some("You know better".into());
    decision.sheet.preferences = None;
    decision.signatures.clear();
    for html in pages(&decision, None, &[], &DecisionWords::default()) {
        let said = text(&nodes(&html));
        for told in ["That is a preference", "You know better", "Nothing has been decided yet.", "Not signed yet."] {
            assert!(said.contains(told), "{told}");
        }
    }
}

#[test]
fn who_has_no_name_is_named_by_what_they_are() {
    let decision = decision("Ana");
    let on = "2026-03-15".parse().unwrap();
    let summary = DecisionSummary { decision: &decision, mirror: None, missing: &[], people: &[], patient: None, on };
    let html = summary.clinician_html(&DecisionWords::default()).unwrap();
    assert!(html.contains("<bdi>Clinician</bdi>") && html.contains("<bdi>Patient</bdi>"));
    assert!(!html.contains(PATIENT) && !html.contains(CLINICIAN));
}

#[test]
fn no_text_of_a_record_changes_the_structure_of_a_page() {
    let plain = usual("Ortiz").map(|html| shape(&html));
    for name in ["<script>alert(1)</script>", "\"><img src=x onerror=y>", "</style></title><script>", "' onload='"] {
        let pages = usual(name);
        assert!(pages.iter().all(|html| html.contains("&lt;") || !name.contains('<')));
        assert_eq!(pages.map(|html| shape(&html)), plain, "{name}");
    }
}
