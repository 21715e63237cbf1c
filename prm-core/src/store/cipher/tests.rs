use proptest::prelude::*;

use super::*;

fn bytes(hex: &str) -> Vec<u8> {
    let digits: Vec<_> = hex.chars().filter(|c| !c.is_whitespace()).map(|c| c.to_digit(16).unwrap() as u8).collect();
    digits.chunks(2).map(|pair| pair[0] << 4 | pair[1]).collect()
}

fn array<const N: usize>(hex: &str) -> [u8; N] {
    bytes(hex).try_into().unwrap()
}

/// Every back end that this build holds.
fn backends(key: &[u8; 32]) -> Vec<Aead> {
    vec![Aead::portable(key), Aead::new(Suite::Aes256Gcm, key)]
}

const TEXT: &str = "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a72
    1c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b391aafd255";
const SEALED: &str = "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa
    8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662898015ad";

/// McGrew and Viega, The Galois/Counter Mode of Operation (2005), appendix B, test cases 13 to 16.
#[test]
fn aes_256_gcm_gives_the_published_bytes() {
    let zero = "00".repeat(32);
    let key = "feffe9928665731c6d6a8f9467308308".repeat(2);
    let (nonce, associated) = ("cafebabefacedbaddecaf888", "feedfacedeadbeeffeedfacedeadbeefabaddad2");
    let none = "00".repeat(12);
    let cases = [
        (&zero, &*none, "", vec![], vec![], "530f8afbc74536b9a963b4f1c4cb738b"),
        (&zero, &none, "", vec![0; 16], bytes("cea7403d4d606b6e074ec5d3baf39d18"), "d0d1c8a799996bf0265b98b5d48ab919"),
        (&key, nonce, "", bytes(TEXT), bytes(SEALED), "b094dac5d93471bdec1a502270e3cc6c"),
        (
            &key,
            nonce,
            associated,
            bytes(TEXT)[..60].to_vec(),
            bytes(SEALED)[..60].to_vec(),
            "76fc6ece0f4e1768cddf8853bb2d551b",
        ),
    ];
    for (key, nonce, associated, text, sealed, tag) in cases {
        for aead in backends(&array(key)) {
            let mut buffer = text.clone();
            assert_eq!(aead.seal(&array(nonce), &bytes(associated), &mut buffer).unwrap(), array::<TAG>(tag));
            assert_eq!(buffer, sealed);
            assert_eq!(aead.open(&array(nonce), &bytes(associated), &mut buffer, &array(tag)), Ok(()));
            assert_eq!(buffer, text);
        }
    }
}

#[cfg(feature = "fast-aes")]
#[test]
fn the_fast_back_end_is_used_where_the_processor_has_what_it_needs() {
    let fast = matches!(Aead::new(Suite::Aes256Gcm, &[1; 32]), Aead(Backend::Graviola(_)));
    assert_eq!(fast, cpu_fits());
    assert!(!cpu_fits() || known_answer());
}

proptest! {
    #[test]
    fn both_back_ends_give_the_same_bytes(
        key in any::<[u8; 32]>(),
        nonce in any::<[u8; NONCE]>(),
        associated in proptest::collection::vec(any::<u8>(), 0..80),
        text in proptest::collection::vec(any::<u8>(), 0..5000),
    ) {
        let sealed: Vec<_> = backends(&key)
            .iter()
            .map(|aead| {
                let mut buffer = text.clone();
                let tag = aead.seal(&nonce, &associated, &mut buffer).unwrap();
                (buffer, tag)
            })
            .collect();
        prop_assert_eq!(&sealed[0], &sealed[1]);
        for aead in backends(&key) {
            let (mut buffer, tag) = sealed[0].clone();
            prop_assert_eq!(aead.open(&nonce, &associated, &mut buffer, &tag), Ok(()));
            prop_assert_eq!(&buffer, &text);
        }
    }

    #[test]
    fn anything_changed_is_unauthentic(at in 0usize..16, bit in 0u8..8) {
        for aead in backends(&[3; 32]) {
            let mut sealed = [7u8; 16];
            let tag = aead.seal(&[1; NONCE], b"associated data", &mut sealed).unwrap();
            let flip = |bytes: &[u8]| {
                let mut bytes = bytes.to_vec();
                let at = at % bytes.len();
                bytes[at] ^= 1 << bit;
                bytes
            };
            let open = |nonce: &[u8], associated: &[u8], text: &[u8], tag: &[u8]| {
                aead.open(nonce.try_into().unwrap(), associated, &mut text.to_vec(), tag.try_into().unwrap())
            };
            prop_assert_eq!(open(&flip(&[1; NONCE]), b"associated data", &sealed, &tag), Err(Unauthentic));
            prop_assert_eq!(open(&[1; NONCE], &flip(b"associated data"), &sealed, &tag), Err(Unauthentic));
            prop_assert_eq!(open(&[1; NONCE], b"associated data", &flip(&sealed), &tag), Err(Unauthentic));
            prop_assert_eq!(open(&[1; NONCE], b"associated data", &sealed, &flip(&tag)), Err(Unauthentic));
        }
    }
}

/// RFC 4231, test cases 1 to 4: their keys are shorter than 32 bytes, and HMAC pads with zeros.
#[test]
fn hmac_sha256_gives_the_published_bytes() {
    let long: Vec<u8> = (1..=25).collect();
    let cases: [(&[u8], &[u8], &str); 4] = [
        (&[0x0b; 20], b"Hi There", "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"),
        (b"Jefe", b"what do ya want for nothing?", "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"),
        (&[0xaa; 20], &[0xdd; 50], "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe"),
        (&long, &[0xcd; 50], "82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b"),
    ];
    for (short, data, mac) in cases {
        let mut key = [0; 32];
        key[..short.len()].copy_from_slice(short);
        assert_eq!(hmac_sha256(&key, &[data]), array(mac));
        let (front, back) = data.split_at(5);
        assert_eq!(hmac_sha256(&key, &[front, &[], back]), array(mac));
    }
}

/// FIPS 180-2, appendix B.1.
#[test]
fn sha256_gives_the_published_bytes() {
    assert_eq!(sha256(&[b"a", b"bc"]), array("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"));
}

/// RFC 9106 §5.3; its secret and associated data are inputs that slots do not use.
#[test]
fn argon2id_gives_the_published_bytes() {
    let params = argon2::ParamsBuilder::new()
        .m_cost(32)
        .t_cost(3)
        .p_cost(4)
        .data(argon2::AssociatedData::new(&[4; 12]).unwrap())
        .build()
        .unwrap();
    let (id, version) = (argon2::Algorithm::Argon2id, argon2::Version::V0x13);
    let mut out = [0; 32];
    argon2::Argon2::new_with_secret(&[3; 8], id, version, params)
        .unwrap()
        .hash_password_into(&[1; 32], &[2; 16], &mut out)
        .unwrap();
    assert_eq!(out, array("0d640df58d78766c08c037a34a8b53c9d01ef0452d75b65eb52520e96b01e659"));
}

#[test]
fn argon2id_takes_its_parameters_in_the_order_of_the_format() {
    let plain = |memory, passes, lanes| {
        let params = argon2::Params::new(memory, passes, lanes, Some(32)).unwrap();
        let mut out = [0; 32];
        argon2::Argon2::new(argon2::Algorithm::Argon2id, argon2::Version::V0x13, params)
            .hash_password_into(b"words", &[5; 16], &mut out)
            .unwrap();
        out
    };
    for (memory, passes, lanes) in [(19 * 1024, 2, 1), (64, 3, 2)] {
        assert_eq!(*argon2id(b"words", &[5; 16], memory, passes, lanes).unwrap(), plain(memory, passes, lanes));
    }
    assert_eq!(argon2id(b"words", &[5; 16], 0, 0, 0).unwrap_err().kind(), ErrorKind::Unsupported);
}

/// RFC 7748 §5.2 (first vector) and §6.1.
#[test]
fn x25519_gives_the_published_bytes() {
    let bob = array("5dab087e624a8a4b79e17f8b83800ee66f3bb1292618b6fd1c2f8b27ff88e0eb");
    let alice_public = array("8520f0098930a754748b7ddcb43ef75a0dbf3a0d26381af4eba4a98eaa9b4e6a");
    assert_eq!(x25519_public(&bob), array("de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f"));
    assert_eq!(
        *x25519_shared(&bob, &alice_public).unwrap(),
        array("4a5d9d5ba4ce2de1728e3bf480350f25e07e21c947d19e3376f09b3c1e161742")
    );
    let scalar = array("a546e36bf0527c9d3b16154b82465edd62144c0ac1fc5a18506a2244ba449ac4");
    let point = array("e6db6867583030db3594c1a424b15f7c726624ec26b3353b10a903a6d0ab1c4c");
    assert_eq!(
        *x25519_shared(&scalar, &point).unwrap(),
        array("c3da55379de9c6908e94ea4df28d084f32eccf03491c71f754b4075577a28552")
    );
}

/// The points of small order that curve25519 has in canonical and non-canonical form.
#[test]
fn nothing_is_shared_through_a_point_of_small_order() {
    let points = [
        "0000000000000000000000000000000000000000000000000000000000000000",
        "0100000000000000000000000000000000000000000000000000000000000000",
        "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800",
        "5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157",
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    ];
    for point in points {
        assert_eq!(x25519_shared(&[8; 32], &array(point)), None, "{point}");
    }
}

#[test]
fn tags_are_equal_only_if_every_byte_is() {
    assert!(same(&[7; 32], &[7; 32]));
    for at in 0..32 {
        let mut other = [7; 32];
        other[at] ^= 0x80;
        assert!(!same(&[7; 32], &other));
    }
}

#[test]
fn fresh_secrets_differ() {
    assert_ne!(fresh_secret().unwrap(), fresh_secret().unwrap());
}

#[test]
fn the_plain_suite_leaves_text_readable_and_still_tells_changes() {
    let aead = Aead::new(Suite::Plain, &[1; 32]);
    let mut text = *b"readable";
    let tag = aead.seal(&[1; NONCE], b"a", &mut text).unwrap();
    assert_eq!(&text, b"readable");
    assert_eq!(aead.open(&[1; NONCE], b"b", &mut text, &tag), Err(Unauthentic));
}

#[test]
fn suites_have_the_numbers_of_the_format() {
    assert_eq!((Suite::Aes256Gcm.number(), Suite::from_number(1)), (1, Some(Suite::Aes256Gcm)));
    assert_eq!(Suite::from_number(2), None);
}
