//! A made-up aid and a made-up decision. The figures are nobody's.

use serde_json::{Value, json};

use crate::decide::{Decision, DecisionAid, ValuesMirror};

pub(super) const PATIENT: &str = "00000000-0000-7000-8000-000000000001";
pub(super) const CLINICIAN: &str = "00000000-0000-7000-8000-000000000002";

fn risk(n: &str, of: u32) -> Value {
    json!({
        "numerator": n, "denominator": of, "horizon": {"count": 10, "unit": "a"}, "population": "100 people like you",
        "interval": null
    })
}

fn options(name: &str) -> Value {
    let text = |rest: &str| format!("{name} {rest}");
    let stroke = |n: &str, quote: Value, interval: Value| {
        let mut risk = risk(n, 100);
        risk["interval"] = interval;
        json!({
            "key": "stroke", "title": text("stroke"), "kind": "benefit", "important": true,
            "frames": {"happens": text("have a stroke"), "spared": text("do not")},
            "risk": risk, "certainty": "moderate", "reasons": ["imprecision", "risk-of-bias"],
            "relative": {"measure": "relative-RR", "estimate": "0.70", "interval": {"low": "0.60", "high": "0.94"}},
            "source": {
                "citation": text("A review"), "doi": "10.1002/14651858.CD004816.pub5", "url": name, "date": "2024-05",
                "conflicts_of_interest": text("none declared"), "quote": quote
            },
            "baseline_source": text("a registry")
        })
    };
    let pain = |n: &str| {
        json!({
            "key": "pain", "title": text("muscle pain"), "kind": "harm",
            "frames": {"happens": text("have pain"), "spared": text("have none")}, "risk": risk(n, 50),
            "certainty": "low", "rationale": text("as is known")
        })
    };
    let quote = json!({"words": text("ten of a hundred"), "url": "https://example.org/a", "on": "2025-01-02"});
    json!([
        {
            "key": "tablet", "title": text("Take a tablet"), "description": text("One tablet a day.\n\nFor years."),
            "availability": "available", "cost": text("little"), "experience": text("you get used to it"),
            "outcomes": [
                stroke("7", quote.clone(), json!({"low": "4.8", "high": "7.52"})),
                pain("1.25"),
                {
                    "key": "daily", "title": text("a tablet every day"), "kind": "burden",
                    "frames": {"happens": text("take it daily"), "spared": ""}
                }
            ]
        },
        {
            "key": "wait", "title": text("Wait and see"), "description": text("Nothing now."), "status_quo": true,
            "outcomes": [stroke("10", json!(null), json!(null)), pain("0.5")]
        }
    ])
}

/// An aid with `name` wherever one can put text.
pub(super) fn aid(name: &str) -> DecisionAid {
    let text = |rest: &str| format!("{name} {rest}");
    serde_json::from_value(json!({
        "name": text("statin"), "version": text("1.0"), "status": "active", "title": text("Tablet or not"),
        "condition": text("Strokes happen."), "question": text("Shall I take a tablet?"), "options": options(name),
        "attributes": [
            {"key": text("a"), "title": text("not having a stroke")}, {"key": text("b"), "title": text("no tablets")}
        ],
        "method": "ratings",
        "questions": [{
            "key": text("q"), "text": text("How many?"), "correct": "seven", "explanation": text("It was said above."),
            "choices": [{"key": "seven", "text": text("seven")}, {"key": "ten", "text": text("ten")}]
        }],
        "uncertainty": text("The figures are made up."),
        "screening": {
            "measures": text("m"), "if_found": text("f"), "if_not_found": text("n"), "overdiagnosis": text("o")
        },
        "published": "2026-01-02", "expires": "2028-01-02", "update_policy": text("Every two years."),
        "funder": text("Nobody"), "authors": [text("A. Author")], "conflicts_of_interest": text("none"),
        "citations": [{"citation": text("A book"), "url": name}], "language": "en", "reading_grade": "6.1",
        "licence": text("CC0")
    }))
    .unwrap()
}

/// A decision with `name` wherever a record can put text.
pub(super) fn decision(name: &str) -> Decision {
    let text = |rest: &str| format!("{name} {rest}");
    let patient = json!({"patient": PATIENT});
    let clinician = json!({"practitioner": CLINICIAN});
    let at = "2026-03-01T09:00:00Z";
    serde_json::from_value(json!({
        "patient": PATIENT, "state": "decided",
        "sheet": {
            "title": text("Tablet or not"), "trigger": text("a check-up"), "index_date": "2026-02-01",
            "participants": [
                {"role": "patient", "who": patient}, {"role": "clinician", "who": clinician, "independent": true},
                {"role": "proxy", "name": text("Ines"), "authority": {"ground": text("power of attorney")}}
            ],
            "capacity": {"finding": "not-in-question", "by": clinician, "on": "2026-03-01", "note": text("calm")},
            "options": options(name), "shown": ["wait", "tablet"],
            "aids": [{"name": "statin", "title": text("Tablet or not"), "version": "1.0", "ipdas": text("6/6"), "used": at}],
            "knowledge": [{"question": "q", "answer": "seven", "correct": true}, {"question": "r", "correct": false}],
            "preferences": {
                "attributes": [{"key": "a", "title": text("no stroke")}, {"key": "b", "title": text("no tablets")}],
                "elicitation": {"swing": [{"attribute": "a", "score": "60"}, {"attribute": "b", "score": "100"}]},
                "words": text("I want to see my grandchildren"), "said_by": patient
            },
            "questions": [
                {"number": 1, "asked_by": patient, "text": text("Does it hurt?"), "asked": at,
                 "answer": {"by": clinician, "text": text("Rarely."), "at": at}},
                {"number": 2, "asked_by": patient, "text": text("Can I stop?"), "asked": at}
            ],
            "quality": [{"instrument": "sure", "on": "2026-03-01", "answers": [1, 1, 1, 1], "score": "4", "version": "1"}],
            "role_wanted": "together",
            "choice": {
                "option": "tablet", "strength": "firm", "conditions": [text("unless it hurts")], "made_by": patient,
                "how": "patient-after-opinion", "reason": text("my father had one")
            },
            "counselled": [{"key": text("adherence"), "by": clinician, "on": "2026-03-01", "note": text("yes")}],
            "revisit": {"on": "2027-03-01", "triggers": ["side-effect", "patient-request"]},
            "steps": [{"step": "present", "to": "options-presented", "actor": clinician, "at": at, "channel": "video"}]
        },
        "signatures": [{
            "kind": "clinician-attestation", "by": clinician, "at": at, "channel": "in-person", "digest": text("ab12")
        }],
        "follow_up": {
            "implementations": [{"status": "started", "on": "2026-03-02", "note": text("ordered")}],
            "evaluations": [{"on": "2026-09-02", "same_again": true, "outcome": text("well")}]
        }
    }))
    .unwrap()
}

pub(super) fn mirror(lowest: bool) -> ValuesMirror {
    serde_json::from_value(json!({
        "weights": [{"attribute": "a", "weight": "0.375"}, {"attribute": "b", "weight": "0.625"}],
        "options": [{"option": "wait", "value": "0.700000"}, {"option": "tablet", "value": "0.300000"}],
        "concordance": {"share": "0.375", "lowest": lowest},
        "consistency": {"eigenvalue": "6.2", "index": "1.6", "ratio": "2.76", "acceptable": false}
    }))
    .unwrap()
}
