use super::*;

const CHEAP: Cost = Cost { memory: 8, passes: 1, lanes: 1 };

fn binding() -> Binding {
    Binding { suite: Suite::Aes256Gcm, ring_id: [1; 16], store_id: [2; 16], generation: 3 }
}

fn ring_key() -> Secret {
    Zeroizing::new([9; 32])
}

fn slot(key: &Key) -> Slot {
    Slot::new(&binding(), key, CHEAP, &ring_key()).unwrap()
}

fn open(slot: &Slot, key: &Key) -> Result<Option<Secret>> {
    slot.open(&binding(), key, &mut { MOST_WORK })
}

fn kind(result: Result<Option<Secret>>) -> ErrorKind {
    result.unwrap_err().kind()
}

fn drawn() -> Drawn {
    Drawn {
        salt: [0x5a; 16],
        secret: Zeroizing::new([0x11; 32]),
        secret_nonce: [0x22; NONCE],
        ephemeral: Zeroizing::new([0x33; 32]),
        ring_key_nonce: [0x44; NONCE],
    }
}

fn with(slot: &Slot, change: impl FnOnce(&mut Body)) -> Slot {
    let mut body = Body::decode(&slot.body).unwrap();
    change(&mut body);
    Slot { kind: slot.kind, body: body.encode() }
}

#[test]
fn bytes_of_a_slot_are_those_of_the_format() {
    let hex = |key: &Key| {
        let mut bytes = Vec::new();
        Slot::assemble(&binding(), key, CHEAP, &ring_key(), &drawn()).unwrap().encode(&mut bytes);
        bytes.iter().map(|byte| format!("{byte:02x}")).collect::<String>()
    };
    assert_eq!(
        hex(&Key::raw([7; 32])),
        "0100990000000000000000000000005a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5ab6d62b9cf82835b3326bf5b7c229\
        e30dd23682a6ed83a0f77773dfff40e8ff6d007b0d47d93427f8311160781c7c733fd89f88970aef490d8aa0ee\
        19a4cb8a1b14444444444444444444444444f3e718a319f7eafe32d695d638e3f49d399186ae222e1eb663e880\
        e508790d593c95c562247be418b6fb163881d6921b",
    );
    assert_eq!(
        hex(&Key::passphrase("words")),
        "0200d50000000800000001000000015a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a7b4e909bbe7ffe44c465a220037d\
        608ee35897d31ef972f07f74892cb0f73f13012222222222222222222222223a4ddcc33db972a0be59e9623b60\
        f4c705d3851a7364413dd7969b12c87cbcb3d495204329da01de1efcf1dc5c8b3eb77b0d47d93427f831116078\
        1c7c733fd89f88970aef490d8aa0ee19a4cb8a1b14444444444444444444444444b7645a3df2937878e142a722\
        5ac826c1bf34385dcdd62a593bec1553c5aa218aca0eeefefe462041d39954f4a5574019",
    );
}

#[test]
fn the_right_key_opens_its_slot_and_no_other_does() {
    let keys = [Key::raw([7; 32]), Key::raw([8; 32]), Key::passphrase("words"), Key::passphrase("Words")];
    for (n, made_for) in keys.iter().enumerate() {
        let slot = slot(made_for);
        for (m, tried) in keys.iter().enumerate() {
            let opened = open(&slot, tried).unwrap();
            assert_eq!(opened, (n == m).then(ring_key), "{n} {m}");
        }
    }
}

#[test]
fn the_default_cost_opens_too() {
    let key = Key::passphrase("correct horse battery staple");
    let slot = Slot::new(&binding(), &key, Cost::DEFAULT, &ring_key()).unwrap();
    let body = Body::decode(&slot.body).unwrap();
    assert_eq!((body.cost.memory, body.cost.passes, body.cost.lanes), (19 * 1024, 2, 1));
    assert_eq!(open(&slot, &key).unwrap(), Some(ring_key()));
}

#[test]
fn a_passphrase_typed_on_another_keyboard_is_the_same() {
    let slot = slot(&Key::passphrase("Größe \u{212b} é"));
    for typed in ["Gro\u{308}\u{df}e\u{a0}A\u{30a} e\u{301}", "Größe\u{3000}Å\u{2003}é"] {
        assert_eq!(open(&slot, &Key::passphrase(typed)).unwrap(), Some(ring_key()), "{typed}");
    }
    for other in ["größe Å é", "Größe  Å é", "Grosse Å é", "Größe Å e"] {
        assert_eq!(open(&slot, &Key::passphrase(other)).unwrap(), None, "{other}");
    }
}

#[test]
fn preparing_a_passphrase_leaves_no_copy_behind_by_growing() {
    // U+0390 decomposes to three code points; U+FB2C is the case where form C is three times as long.
    for typed in ["\u{fb2c}".repeat(50), "\u{390}".repeat(50), "\u{1d160}".repeat(50)] {
        let Key(Material::Passphrase(prepared)) = Key::passphrase(typed.as_str()) else { panic!() };
        assert!(prepared.len() <= 3 * typed.len());
        assert!(prepared.capacity() >= 3 * typed.len());
    }
}

#[test]
fn an_empty_passphrase_is_refused() {
    let refused = Slot::new(&binding(), &Key::passphrase(""), CHEAP, &ring_key()).unwrap_err();
    assert_eq!(refused.kind(), ErrorKind::Invalid);
    assert_eq!(open(&slot(&Key::passphrase("words")), &Key::passphrase("")).unwrap(), None);
}

#[test]
fn a_slot_opens_in_its_own_ring_store_and_generation_alone() {
    let key = Key::raw([7; 32]);
    let slot = slot(&key);
    for other in [
        Binding { ring_id: [0; 16], ..binding() },
        Binding { store_id: [0; 16], ..binding() },
        Binding { generation: 4, ..binding() },
    ] {
        assert_eq!(kind(slot.open(&other, &key, &mut { MOST_WORK })), ErrorKind::Corrupted);
    }
}

#[test]
fn a_slot_of_another_kind_is_skipped_and_keeps_its_bytes() {
    let bytes = [&[9, 0, 3][..], b"new", b"rest"].concat();
    let mut reader = Reader::new(&bytes);
    let slot = Slot::decode(&mut reader).unwrap();
    assert_eq!(reader.rest(), b"rest");
    for key in [Key::raw([7; 32]), Key::passphrase("words")] {
        assert_eq!(open(&slot, &key).unwrap(), None);
    }
    let mut kept = Vec::new();
    slot.encode(&mut kept);
    assert_eq!(kept, &bytes[..6]);
}

#[test]
fn a_hostile_slot_asks_for_memory_and_time_in_vain() {
    let key = Key::passphrase("words");
    let slot = slot(&key);
    let started = std::time::Instant::now();
    for cost in [
        Cost { memory: u32::MAX, passes: 1, lanes: 1 },
        Cost { memory: MOST_MEMORY + 1, passes: 1, lanes: 1 },
        Cost { memory: 8, passes: u32::MAX, lanes: 1 },
        Cost { memory: MOST_MEMORY, passes: 17, lanes: 1 },
        Cost { memory: 1 << 16, passes: 1, lanes: 1 << 13 },
        Cost { memory: u32::MAX, passes: u32::MAX, lanes: u32::MAX },
        Cost { memory: 7, passes: 1, lanes: 1 },
        Cost { memory: 8, passes: 0, lanes: 1 },
        Cost { memory: 8, passes: 1, lanes: 0 },
    ] {
        let hostile = with(&slot, |body| body.cost = cost);
        assert_eq!(kind(open(&hostile, &key)), ErrorKind::UnsupportedFormat, "{cost:?}");
    }
    assert!(started.elapsed().as_millis() < 500);
}

#[test]
fn slots_share_what_work_is_allowed() {
    let key = Key::passphrase("words");
    let slot = slot(&key);
    let mut allowed = 20;
    assert_eq!(slot.open(&binding(), &key, &mut allowed).unwrap(), Some(ring_key()));
    assert_eq!(allowed, 12);
    assert!(slot.open(&binding(), &key, &mut allowed).is_ok());
    assert_eq!(kind(slot.open(&binding(), &key, &mut allowed)), ErrorKind::UnsupportedFormat);
    assert!(64 * Cost::DEFAULT.work().unwrap() <= MOST_WORK);
}

#[test]
fn a_point_of_small_order_in_a_slot_is_damage() {
    let key = Key::raw([7; 32]);
    for point in [[0; 32], {
        let mut one = [0; 32];
        one[0] = 1;
        one
    }] {
        assert_eq!(kind(open(&with(&slot(&key), |body| body.ephemeral = point), &key)), ErrorKind::Corrupted);
        assert_eq!(open(&with(&slot(&key), |body| body.public = point), &key).unwrap(), None);
    }
}

#[test]
fn every_changed_byte_of_a_body_keeps_the_slot_shut() {
    for key in [Key::raw([7; 32]), Key::passphrase("words")] {
        let slot = slot(&key);
        for at in 0..slot.body.len() {
            let mut changed = slot.clone();
            changed.body[at] ^= 1;
            // The cost of a raw-key slot is not used.
            if let Ok(Some(opened)) = open(&changed, &key) {
                assert!(slot.kind == RAW && at < 12, "{at}");
                assert_eq!(opened, ring_key());
            }
        }
        for len in 0..slot.body.len() {
            let cut = Slot { kind: slot.kind, body: slot.body[..len].to_vec() };
            assert_eq!(kind(open(&cut, &key)), ErrorKind::Corrupted);
        }
        let longer = Slot { kind: slot.kind, body: [&slot.body[..], &[0]].concat() };
        assert_eq!(kind(open(&longer, &key)), ErrorKind::Corrupted);
    }
}

#[test]
fn the_secret_belongs_to_passphrase_slots_alone() {
    let (raw, words) = (Key::raw([7; 32]), Key::passphrase("words"));
    let with_secret = with(&slot(&raw), |body| body.sealed_secret = Some([0; SEALED]));
    assert_eq!(kind(open(&with_secret, &raw)), ErrorKind::Corrupted);
    let without = with(&slot(&words), |body| body.sealed_secret = None);
    assert_eq!(kind(open(&without, &words)), ErrorKind::Corrupted);
}

#[test]
fn a_body_longer_than_any_is_not_read() {
    let len = u16::try_from(MAX_BODY + 1).unwrap();
    let bytes = [&[RAW][..], &len.to_be_bytes(), &vec![0; MAX_BODY + 1]].concat();
    assert_eq!(Slot::decode(&mut Reader::new(&bytes)), None);
}

#[test]
fn new_slots_of_one_key_have_nothing_in_common() {
    let key = Key::raw([7; 32]);
    let (one, two) = (Body::decode(&slot(&key).body).unwrap(), Body::decode(&slot(&key).body).unwrap());
    assert_ne!(one.salt, two.salt);
    assert_ne!(one.public, two.public);
    assert_ne!(one.ephemeral, two.ephemeral);
    assert_ne!(one.sealed_ring_key, two.sealed_ring_key);
}
