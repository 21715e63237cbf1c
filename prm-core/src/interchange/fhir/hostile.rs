//! What is refused, why, and what is read although it is strange.

use super::json::Reason;
use super::*;

fn refusal(bytes: &[u8]) -> String {
    Json::parse(bytes).map_or_else(|error| error.to_string(), |_| "read".to_owned())
}

fn told(reason: Reason, at: usize) -> String {
    format!("{} (field byte {at})", reason.text())
}

#[test]
fn a_text_that_is_not_json_is_refused_with_reason_and_place() {
    let deep = [b"[".repeat(129), b"]".repeat(129)].concat();
    let deep_objects = br#"{"a":"#.repeat(200_000);
    let table: &[(&[u8], Reason, usize)] = &[
        (b"", Reason::NoValue, 0),
        (b" \n\t\r ", Reason::NoValue, 5),
        (b"{\"a\":1", Reason::Truncated, 6),
        (b"{\"a\":", Reason::Truncated, 5),
        (b"{\"a\"", Reason::Truncated, 4),
        (b"{", Reason::Truncated, 1),
        (b"[1,", Reason::Truncated, 3),
        (b"\"ab", Reason::Truncated, 3),
        (b"\"ab\\", Reason::Truncated, 4),
        (b"tru", Reason::Truncated, 3),
        (b"nul ", Reason::Unexpected, 0),
        (b"\"\\u00", Reason::Escape, 1),
        (b"\"\\u12\"34\"", Reason::Escape, 1),
        (b"\"\\x41\"", Reason::Escape, 1),
        (b"\"\\ud800\"", Reason::Surrogate, 1),
        (b"\"\\ud800\\u0041\"", Reason::Surrogate, 1),
        (b"\"\\udc00\\ud800\"", Reason::Surrogate, 1),
        (b"\"a\nb\"", Reason::Control, 2),
        (b"\"a\0b\"", Reason::Control, 2),
        (b"\0", Reason::Unexpected, 0),
        (b"{\"a\":1}\0", Reason::Trailing, 7),
        (b"{\"a\":1} {}", Reason::Trailing, 8),
        (b"\xef\xbb\xbf{}", Reason::ByteOrderMark, 0),
        (b"\"\xff\"", Reason::NotUtf8, 1),
        (b"\"\xc0\x80\"", Reason::NotUtf8, 1),
        (b"\"\xed\xa0\x80\"", Reason::NotUtf8, 1),
        (b"{\"a\":1,\"b\":2,\"a\":3}", Reason::Duplicate, 13),
        (b"{\"a\":1,\"\\u0061\":3}", Reason::Duplicate, 7),
        (b"{\"x\":{\"a\":1,\"a\":1}}", Reason::Duplicate, 12),
        (b"{a:1}", Reason::Unexpected, 1),
        (b"{'a':1}", Reason::Unexpected, 1),
        (b"{\"a\" 1}", Reason::Unexpected, 5),
        (b"{\"a\":1,}", Reason::Unexpected, 7),
        (b"[1,]", Reason::Unexpected, 3),
        (b"[1 2]", Reason::Unexpected, 3),
        (b"[1}", Reason::Unexpected, 2),
        (b"// x\n1", Reason::Unexpected, 0),
        (b"01", Reason::Number, 0),
        (b"-", Reason::Number, 0),
        (b"+1", Reason::Unexpected, 0),
        (b"1.", Reason::Number, 0),
        (b".5", Reason::Unexpected, 0),
        (b"1e", Reason::Number, 0),
        (b"NaN", Reason::Unexpected, 0),
        (b"0x10", Reason::Trailing, 1),
        (&deep, Reason::TooDeep, 128),
        (&deep_objects, Reason::TooDeep, 128 * 5),
    ];
    for (bytes, reason, at) in table {
        let shown = String::from_utf8_lossy(bytes.get(..bytes.len().min(40)).unwrap());
        assert_eq!(refusal(bytes), told(*reason, *at), "{shown}");
    }
    let many = format!("[{}0]", "0,".repeat(2_000_000));
    assert_eq!(refusal(many.as_bytes()), told(Reason::TooManyValues, 4_000_001 - 2));
}

#[test]
fn what_is_strange_but_json_is_kept_as_it_is() {
    let deepest = [b"[".repeat(128), b"]".repeat(128)].concat();
    assert_eq!(refusal(&deepest), "read");
    for number in ["1e999999999", "-0", "0.000", "1E+2", &"9".repeat(100_000)] {
        assert_eq!(Json::parse(number.as_bytes()).unwrap().number(), Some(number));
    }
    let text = |json: &str| Json::parse(json.as_bytes()).unwrap().text().unwrap().to_owned();
    assert_eq!(text(r#""\u0000\ud83d\ude00\/\b\f""#), "\0\u{1f600}/\u{8}\u{c}");
    assert_eq!(text("\"\u{feff}\u{7f}\""), "\u{feff}\u{7f}");
    let long = "x".repeat(5_000_000);
    assert_eq!(text(&format!("\"{long}\"")), long);
    assert!(Json::parse(b"[\"a\",1.0]").unwrap() == Json::parse(b" [ \"\\u0061\" , 1.0 ] ").unwrap());
    assert!(Json::parse(b"1.0").unwrap() != Json::parse(b"1").unwrap());
    assert!(Json::parse(b"{\"a\":1,\"b\":2}").unwrap() != Json::parse(b"{\"b\":2,\"a\":1}").unwrap());
}

#[test]
fn many_members_are_compared_in_little_time() {
    let members: Vec<String> = (0..200_000).map(|i| format!("\"m{i}\":0")).collect();
    let text = format!("{{{}}}", members.join(","));
    assert_eq!(Json::parse(text.as_bytes()).unwrap().object().unwrap().len(), 200_000);
    let twice = format!("{{{},\"m77\":1}}", members.join(","));
    assert_eq!(refusal(twice.as_bytes()), told(Reason::Duplicate, twice.len() - 8));
}

#[test]
fn a_record_of_another_form_is_refused() {
    let reason = |text: &str| map(&Json::parse(text.as_bytes()).unwrap()).unwrap_err().to_string();
    for (text, why) in [
        ("[]", "a resource is an object (field resource)"),
        ("null", "a resource is an object (field resource)"),
        ("{}", "a resource says its resourceType (field resourceType)"),
        (r#"{"resourceType":["Patient"]}"#, "resourceType is the name of a type of resource (field resourceType)"),
        (r#"{"resourceType":"patient"}"#, "resourceType is the name of a type of resource (field resourceType)"),
        (r#"{"resourceType":"<b>"}"#, "resourceType is the name of a type of resource (field resourceType)"),
    ] {
        assert_eq!(reason(text), why, "{text}");
    }
}

#[test]
fn no_refusal_and_no_note_holds_content() {
    let secret = "Xanthippe";
    for text in [
        format!(r#"{{"resourceType":"Patient","{secret}":1,"{secret}":2}}"#),
        format!(r#"{{"resourceType":"{secret} {secret}"}}"#),
        format!(
            r#"{{"resourceType":"Patient","birthDate":"{secret}","name":"{secret}","telecom":[{{"system":"{secret}"}}]}}"#
        ),
        format!(
            r#"{{"resourceType":"Observation","subject":{{"reference":"{secret}"}},"valueQuantity":{{"value":"{secret}"}}}}"#
        ),
        format!(r#"{{"resourceType":"Patient","name":[{{"family":"{secret}"}}]}}{secret}"#),
    ] {
        let record = Json::parse(text.as_bytes()).and_then(|json| map(&json));
        assert!(!format!("{record:?}").contains(secret), "{text}: {record:?}");
        let pieces: Vec<_> = Reader::new(text.as_bytes()).collect();
        assert!(!format!("{pieces:?}").contains(secret), "{text}: {pieces:?}");
    }
}
