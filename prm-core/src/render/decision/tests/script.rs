use super::nodes;
use super::sample::aid;
use crate::decide::AidAnswers;
use crate::error::ErrorKind;
use crate::render::decision::frame::{SCRIPT, SCRIPT_DIGEST};
use crate::render::decision::{DecisionAidPage, DecisionWords};
use crate::store::cipher::sha256;

const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// Base64 with padding.
fn base64(bytes: &[u8]) -> String {
    let mut out = String::new();
    for chunk in bytes.chunks(3) {
        let three = chunk.iter().chain(&[0, 0]).take(3).fold(0usize, |all, byte| all << 8 | usize::from(*byte));
        for at in 0..4 {
            let there = at <= chunk.len();
            out.push(if there { char::from(LETTERS[three >> (18 - 6 * at) & 63]) } else { '=' });
        }
    }
    out
}

fn page(answers_to: Option<&str>) -> crate::error::Result<String> {
    let aid = aid("Ana");
    DecisionAidPage { aid: &aid, order: &[], answers_to: answers_to.map(str::to_owned) }.html(&DecisionWords::default())
}

fn policy(html: &str) -> String {
    let metas = nodes(html);
    let meta = metas.iter().find(|n| n.attribute("http-equiv") == Some("Content-Security-Policy")).unwrap();
    meta.attribute("content").unwrap().to_owned()
}

#[test]
fn base64_is_that_of_the_standard() {
    assert_eq!(["f", "fo", "foo", "foob"].map(|text| base64(text.as_bytes())), ["Zg==", "Zm8=", "Zm9v", "Zm9vYg=="]);
}

#[test]
fn the_policy_names_the_digest_of_the_one_script() {
    assert_eq!(SCRIPT_DIGEST, format!("sha256-{}", base64(&sha256(&[SCRIPT.as_bytes()]))));
    let html = page(None).unwrap();
    let nodes = nodes(&html);
    let scripts: Vec<_> = nodes.iter().filter(|n| n.name == "script").collect();
    assert_eq!(scripts.len(), 1);
    assert!(scripts[0].attributes.is_empty() && scripts[0].text == SCRIPT);
    assert!(policy(&html).contains(&format!("script-src '{SCRIPT_DIGEST}'")));
}

#[test]
fn the_script_ends_no_element_and_runs_no_text() {
    for word in
        ["<", "&", "eval", "Function(", "innerHTML", "outerHTML", "document.write", "http", "localStorage", "cookie"]
    {
        assert!(!SCRIPT.contains(word), "{word}");
    }
    assert_eq!(SCRIPT.matches("fetch(").count(), 1);
    assert!(!SCRIPT.contains('\r'));
}

#[test]
fn a_page_connects_to_its_own_origin_alone_and_only_to_send_answers() {
    let kept = page(None).unwrap();
    assert!(!policy(&kept).contains("connect-src") && !kept.contains("data-answers-to"));
    assert!(kept.contains("Your answers are on this page alone"));
    let sent = page(Some("/answers")).unwrap();
    assert!(policy(&sent).contains("connect-src 'self'; "));
    assert!(sent.contains("data-answers-to=\"/answers\"") && sent.contains("sends your answers to your care team"));
    for html in [&kept, &sent] {
        let policy = policy(html);
        assert!(policy.contains("form-action 'none'") && policy.contains("base-uri 'none'"));
        assert!(!policy.contains("unsafe-eval") && !policy.contains("script-src 'unsafe-inline'"));
    }
    for away in ["https://evil.example/", "//evil.example", "answers"] {
        assert_eq!(page(Some(away)).unwrap_err().kind(), ErrorKind::Invalid, "{away}");
    }
}

#[test]
fn what_the_script_finds_is_on_the_page() {
    let html = page(None).unwrap();
    let nodes = nodes(&html);
    let ids: Vec<_> = nodes.iter().filter_map(|n| n.attribute("id")).collect();
    let named: Vec<_> = SCRIPT.split("by('").skip(1).filter_map(|rest| Some(rest.split_once('\'')?.0)).collect();
    assert!(named.len() > 8, "{named:?}");
    for id in named {
        assert!(ids.contains(&id), "{id}");
    }
    for slider in nodes.iter().filter(|n| n.attribute("type") == Some("range")) {
        assert!(ids.contains(&format!("{}-said", slider.attribute("id").unwrap()).as_str()));
    }
    let status = nodes.iter().find(|n| n.attribute("id") == Some("status")).unwrap();
    for said in SCRIPT.split("say('").skip(1).filter_map(|rest| Some(rest.split_once('\'')?.0)) {
        assert!(status.attribute(&format!("data-{said}")).is_some(), "{said}");
    }
}

#[test]
fn without_the_script_a_page_asks_for_paper() {
    let nodes = nodes(&page(None).unwrap());
    let hidden: Vec<_> =
        nodes.iter().filter(|n| n.attribute("hidden").is_some()).filter_map(|n| n.attribute("id")).collect();
    assert_eq!(hidden, ["handing-over", "result"]);
    let paper = nodes.iter().find(|n| n.attribute("id") == Some("on-paper")).unwrap();
    assert!(paper.attribute("hidden").is_none() && !paper.text.is_empty());
}

#[test]
fn what_the_script_makes_is_answers_to_an_aid() {
    // As the script writes it when everything is answered.
    let made = r#"{
 "aid": "statin", "version": "1.0", "order": ["tablet", "wait"], "seen": ["wait"],
 "values": [{"attribute": "a", "score": "70"}],
 "scores": [{"option": "tablet", "attribute": "a", "score": "0.29"}],
 "words": "my words", "knowledge": [{"question": "q", "answer": "seven"}, {"question": "r"}],
 "questions": ["one", "two"], "role_wanted": "together", "leaning": "wait"
}"#;
    let answers: AidAnswers = serde_json::from_str(made).unwrap();
    assert_eq!(answers.scores[0].score.as_str(), "0.29");
    assert_eq!((answers.questions.len(), answers.knowledge[1].answer.as_deref()), (2, None));
    for field in
        made.split('"').filter(|word| ["values", "scores", "knowledge", "role_wanted", "leaning"].contains(word))
    {
        assert!(SCRIPT.contains(&format!("made.{field} = ")), "{field}");
    }
}
