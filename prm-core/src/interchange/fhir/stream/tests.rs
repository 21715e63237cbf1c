use super::*;

/// Kind of piece with the text that tells it apart.
fn read(text: &[u8], limits: Limits) -> Vec<String> {
    let show = |piece: Result<Piece>| match piece.unwrap() {
        Piece::Record(r) => format!("{}:{} {}", r.position.line, r.position.offset, r.text),
        Piece::Bare(_, entry) => format!("bare {}", entry.text),
        Piece::Envelope(envelope) => format!("envelope of {} {}", envelope.entries, envelope.text),
        Piece::Refused(refusal) => format!("refused {}:{}", refusal.position.line, refusal.error),
    };
    let whole: Vec<String> = Reader::bounded(text, limits).map(show).collect();
    // The same in the smallest portions a reader can hand out.
    let slow: Vec<String> = Reader::bounded(OneByte(text), limits).map(show).collect();
    assert_eq!(whole, slow);
    whole
}

struct OneByte<'a>(&'a [u8]);

impl Read for OneByte<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let Some((first, rest)) = self.0.split_first() else { return Ok(0) };
        buffer[0] = *first;
        self.0 = rest;
        Ok(1)
    }
}

fn pieces(text: &str) -> Vec<String> {
    read(text.as_bytes(), Limits::default())
}

#[test]
fn a_single_resource_is_read_with_its_exact_text() {
    assert_eq!(pieces("\u{feff} \n{ \"resourceType\" :\"A\" }\n"), ["2:5 { \"resourceType\" :\"A\" }"]);
    let alphabetical = r#"{"id":"1","entry":[{"item":{}}],"resourceType":"List"}"#;
    assert_eq!(pieces(alphabetical), [format!("1:0 {alphabetical}")]);
}

#[test]
fn lines_are_records_and_a_bad_line_ends_with_itself() {
    let text =
        "{\"resourceType\":\"A\"}\n\n{\"resourceType\":\"B\",\"x\":[\n{\"resourceType\":\"C\"}\nnothing\n {\"d\":1} ";
    let expected = [
        "1:0 {\"resourceType\":\"A\"}",
        "3:22 {\"resourceType\":\"B\",\"x\":[",
        "4:48 {\"resourceType\":\"C\"}",
        "refused 5:the value is not an object (field byte 69)",
        "6:78 {\"d\":1}",
    ];
    assert_eq!(pieces(text), expected);
}

#[test]
fn a_first_line_that_is_cut_does_not_take_the_second_with_it() {
    let text = "{\"resourceType\":\"A\",\"x\":[{\"y\":\"open\n{\"resourceType\":\"B\"}\n";
    assert_eq!(pieces(text), ["1:0 {\"resourceType\":\"A\",\"x\":[{\"y\":\"open", "2:36 {\"resourceType\":\"B\"}"]);
}

#[test]
fn a_bundle_yields_its_entries_then_its_envelope() {
    let text = r#"{"resourceType":"Bundle","id":"b","type":"searchset","total":2,"link":[{"relation":"self","url":"x"}],
"entry":[{"fullUrl":"urn:uuid:1","resource":{"resourceType":"A"},"search":{"mode":"match"}},
{"response":{"status":"204"}}],"signature":{"data":1.50}}"#;
    let expected = [
        "2:147 {\"resourceType\":\"A\"}",
        "bare {\"response\":{\"status\":\"204\"}}",
        "envelope of 2 {\"resourceType\":\"Bundle\",\"id\":\"b\",\"type\":\"searchset\",\"total\":2,\
         \"link\":[{\"relation\":\"self\",\"url\":\"x\"}],\"entry\":[],\"signature\":{\"data\":1.50}}",
    ];
    assert_eq!(pieces(text), expected);
    let Some(Ok(Piece::Record(record))) = Reader::new(text.as_bytes()).next() else { panic!("no record") };
    let entry = record.entry.unwrap();
    assert_eq!(entry.full_url.as_deref(), Some("urn:uuid:1"));
    assert_eq!(&*entry.text, r#"{"fullUrl":"urn:uuid:1","resource":{},"search":{"mode":"match"}}"#);
}

#[test]
fn a_resource_is_placed_where_it_begins_not_where_its_entry_does() {
    let text = "{\"resourceType\":\"Bundle\",\n\"entry\":[{\n \"fullUrl\":\"x\",\n \"resource\":{}}]}";
    assert_eq!(pieces(text)[0], "4:65 {}");
}

#[test]
fn a_bundle_in_alphabetical_order_is_a_bundle() {
    let text = r#"{"entry":[{"resource":{"resourceType":"A"}}],"resourceType":"Bundle"}"#;
    assert_eq!(
        pieces(text),
        ["1:22 {\"resourceType\":\"A\"}", "envelope of 1 {\"entry\":[],\"resourceType\":\"Bundle\"}"]
    );
}

#[test]
fn a_request_is_read_beside_the_resource() {
    let text = r#"{"resourceType":"Bundle","entry":[{"resource":{"resourceType":"A"},
        "request":{"method":"POST","url":"A","ifNoneExist":"identifier=s|v"}}]}"#;
    let Some(Ok(Piece::Record(record))) = Reader::new(text.as_bytes()).next() else { panic!("no record") };
    let request = record.entry.unwrap().request.unwrap();
    assert_eq!(request.method.as_deref(), Some("POST"));
    assert_eq!(request.if_none_exist.as_deref(), Some("identifier=s|v"));
}

#[test]
fn a_bad_entry_is_refused_and_the_rest_goes_on() {
    let bundle = |entries: &str| format!("{{\"resourceType\":\"Bundle\",\"entry\":[{entries}]}}");
    let good = r#"{"resource":{"resourceType":"A"}}"#;
    for (bad, refusals) in [
        (r#"{"resource":{"resourceType":"X"},"resource":{}}"#, 1),
        (r#"{"resource":{"resourceType":"X"} "y":1}"#, 1),
        (r#"{"fullUrl":tru,"resource":{}}"#, 1),
        (r#"{"resource":{"x":[1}}"#, 0),
        ("stray words", 1),
        ("null", 1),
        ("\"text\"", 1),
        ("[1]", 1),
    ] {
        let found = pieces(&bundle(&format!("{good},{bad},{good}")));
        let records = found.iter().filter(|p| p.ends_with("{\"resourceType\":\"A\"}")).count();
        assert_eq!(records, 2, "{bad}: {found:?}");
        assert_eq!(found.iter().filter(|p| p.starts_with("refused")).count(), refusals, "{bad}: {found:?}");
        assert!(found.last().unwrap().starts_with("envelope"), "{bad}: {found:?}");
    }
}

#[test]
fn a_bundle_that_ends_early_yields_what_was_whole() {
    let text =
        r#"{"resourceType":"Bundle","type":"batch","entry":[{"resource":{"resourceType":"A"}},{"resource":{"res"#;
    let expected = [
        "1:61 {\"resourceType\":\"A\"}",
        "refused 1:the text ends in the middle of a value (field byte 100)",
        "envelope of 2 {\"resourceType\":\"Bundle\",\"type\":\"batch\",\"entry\":[]}",
    ];
    assert_eq!(pieces(text), expected);
}

#[test]
fn what_is_longer_than_the_limit_is_passed_over() {
    let long = format!("{{\"resourceType\":\"X\",\"t\":\"{}\"}}", "x".repeat(500_000));
    let small = "{\"resourceType\":\"A\"}";
    let limits = Limits { record: 1000 };
    let told = |p: &String| p.starts_with("refused") && p.contains("longer than 1000 bytes");
    let bundle =
        format!("{{\"resourceType\":\"Bundle\",\"entry\":[{{\"resource\":{long}}},{{\"resource\":{small}}}]}}");
    let lines = format!("{small}\n{long}\n{small}\n");
    let found = read(bundle.as_bytes(), limits);
    assert!(told(&found[0]) && found[1].ends_with(small) && found[2].starts_with("envelope of 2"), "{found:?}");
    let found = read(lines.as_bytes(), limits);
    assert!(found[0].ends_with(small) && told(&found[1]) && found[2].ends_with(small), "{found:?}");
}

#[test]
fn a_record_that_is_not_utf8_is_refused_alone() {
    let mut text = b"{\"resourceType\":\"A\"}\n{\"x\":\"".to_vec();
    text.extend(b"\xff\"}\n{\"resourceType\":\"B\"}\n");
    let found = read(&text, Limits::default());
    assert_eq!(found[1], "refused 2:the text is not UTF-8 (field byte 27)");
    assert_eq!(found.len(), 3);
}

#[test]
fn a_reader_that_fails_is_told_once() {
    struct Broken;
    impl Read for Broken {
        fn read(&mut self, _: &mut [u8]) -> std::io::Result<usize> {
            Err(std::io::Error::other("gone"))
        }
    }
    let mut reader = Reader::new(Broken);
    assert!(matches!(reader.next(), Some(Err(e)) if e.kind() == crate::ErrorKind::Io));
    assert!(reader.next().is_none());
}

#[test]
fn nothing_at_all_is_told() {
    assert_eq!(pieces(" \n "), ["refused 2:there is no value (field byte 3)"]);
}

#[test]
fn memory_is_bounded_by_the_limit_of_a_record() {
    struct Endless {
        head: &'static [u8],
        then: &'static [u8],
        left: usize,
    }
    impl Read for Endless {
        fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
            let from = if self.head.is_empty() { self.then } else { std::mem::take(&mut self.head) };
            let copies = if from == self.then { (buffer.len() / from.len()).min(self.left) } else { 1 };
            for (i, place) in buffer.chunks_exact_mut(from.len()).take(copies).enumerate() {
                place.copy_from_slice(from);
                self.left -= usize::from(i > 0 || from == self.then);
            }
            Ok(copies * from.len())
        }
    }
    let entries = br#"{"resourceType":"Bundle","entry":["#;
    let table: &[(&[u8], &[u8])] = &[
        (b" ", b" "),
        (b"[", b"["),
        (b"x", b"x "),
        (b"{", b"{\"a\":"),
        (b"{\"a\":\"", b"\\n"),
        (b"{\"a\"", b" "),
        (entries, b"["),
        (entries, b"{\"fullUrl\":\"x\",\"resource\":{}},"),
        (entries, b"{\"resource\":"),
        (br#"{"resourceType":"Bundle","#, b"\"a\":1,"),
        (br#"{"resourceType":"Bundle","id":"#, b"9"),
    ];
    for (head, then) in table {
        let mut reader = Reader::bounded(Endless { head, then, left: 1_000_000 }, Limits { record: 64 * 1024 });
        let mut kept = 0;
        for piece in &mut reader {
            if let Piece::Envelope(envelope) = piece.unwrap() {
                kept = kept.max(envelope.text.len());
            }
        }
        let shown = String::from_utf8_lossy(head);
        assert!(reader.window.held() < 600 * 1024, "{shown}: {}", reader.window.held());
        assert!(kept < 128 * 1024, "{shown}: {kept}");
    }
}
