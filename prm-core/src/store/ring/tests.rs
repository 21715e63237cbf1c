use std::collections::HashSet;

use super::*;
use crate::store::cipher::NONCE;
use crate::store::medium::faulty::Faulty;
use crate::store::tables::Table;
use crate::store::value::{self, Codec, NonceRun};

const STORE: [u8; 16] = [2; 16];
const CHEAP: Cost = Cost { memory: 8, passes: 1, lanes: 1 };

fn key() -> Key {
    Key::raw([7; 32])
}

/// The bytes of a ring with so many blocks of patients.
fn ring_of(blocks: u64) -> Vec<u8> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("keys");
    let ring = KeyRing::create(&path, STORE, Suite::Aes256Gcm, &key()).unwrap();
    ring.ensure(blocks * PER_BLOCK as u64).unwrap();
    fs::read(path).unwrap()
}

fn open(bytes: &[u8]) -> Result<KeyRing> {
    on(&Faulty::holding(bytes))
}

fn on(file: &Faulty) -> Result<KeyRing> {
    KeyRing::from_bytes(&file.bytes(), STORE, &key(), Box::new(file.clone()))
}

fn kind<T>(result: Result<T>) -> Option<ErrorKind> {
    result.err().map(|error| error.kind())
}

/// What the key of a patient makes of a known text: equal for equal keys.
fn secret(ring: &KeyRing, pid: u64) -> Vec<u8> {
    let patients = ring.patients.read().unwrap();
    let (block, slot) = place(pid);
    patients[block].as_ref().unwrap()[PER_BLOCK + 32 * slot..][..32].to_vec()
}

fn secrets(ring: &KeyRing, pids: std::ops::Range<u64>) -> Vec<Vec<u8>> {
    pids.map(|pid| secret(ring, pid)).collect()
}

fn nonce(block: &[u8]) -> [u8; NONCE] {
    *block.first_chunk().unwrap()
}

/// A ring whose only block of patients holds what `change` made of a fresh one.
fn ring_with(change: impl FnOnce(&mut [u8])) -> KeyRing {
    let bytes = ring_of(0);
    let ring = open(&bytes).unwrap();
    let mut text = fresh_patients().unwrap();
    change(&mut text);
    let block = seal_block(&ring.block_key, &ring.header, 1, fresh_nonce().unwrap(), text).unwrap();
    open(&[bytes, block].concat()).unwrap()
}

#[test]
fn bytes_of_header_and_blocks_are_those_of_the_format() {
    let binding = Binding { suite: Suite::Aes256Gcm, ring_id: [1; 16], store_id: STORE, generation: 5 };
    let ring_key = Zeroizing::new([9; 32]);
    let slot = Slot::decode(&mut Reader::new(&[9, 0, 3, b'n', b'e', b'w'])).unwrap();
    let (header, bytes) = RingHeader::assemble(&binding, 0x0607, vec![slot], &ring_key);
    let secret = |byte| Zeroizing::new([byte; 32]);
    let fixed = FixedKeys { pages: vec![(1, secret(3)), (2, secret(4))], shared: secret(5), audit: secret(6) };
    let block = seal_block(&header.block_key(&ring_key), &header, 0, [8; NONCE], fixed.encode()).unwrap();
    let hex = |bytes: &[u8]| bytes.iter().map(|byte| format!("{byte:02x}")).collect::<String>();
    assert_eq!(
        hex(&bytes),
        "70726d206b65797300010100010101010101010101010101010101010202020202020202020202020202020200\
        00000000000005000000000000060700010900036e657783ea83466d04fecd38a649b59d7c48db007b65ea2d67\
        ee4e360774fa835544828057c1cf1c9a4f70bee4f01acfc1fc6600c45de237a42d5a5db069ec18c03024",
    );
    assert_eq!(
        hex(&block[..60]),
        "080808080808080808080808d9ff3a20105329f3fa3dcea9b8b0f771c124f2a20c63c8ec78c22bcf32e0370e7a\
        1f3b1e89dac1a9ea56596eba12d106",
    );
    assert_eq!(hex(&cipher::sha256(&[&block])), "1660ae29c190fc837b3774f5b699975d5e96239e09070ed43c7b0e391e6502ec",);
    assert_eq!((block.len(), bytes.len() - header.mac.len()), (12 + 8448 + 16, header.signed));
    let text = fixed.encode();
    assert_eq!(text[..6], [0, 2, 0, 0, 0, 1]);
    assert_eq!((text[6], text[38..42].to_vec(), text[42], text[74], text[106]), (3, vec![0, 0, 0, 2], 4, 5, 6));
}

#[test]
fn a_ring_comes_back_with_all_its_keys() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("keys");
    let words = Key::passphrase("words");
    let ring = KeyRing::create_at_cost(&path, STORE, Suite::Aes256Gcm, &words, CHEAP).unwrap();
    assert_eq!(ring.len(), 0);
    ring.ensure(1).unwrap();
    ring.ensure(700).unwrap();
    ring.ensure(3).unwrap();
    assert_eq!(ring.len(), 768);
    let again = KeyRing::open(&path, STORE, &words).unwrap();
    assert_eq!((again.len(), again.generation(), again.newest_page_key()), (768, 1, 1));
    assert_eq!(secrets(&again, 0..768), secrets(&ring, 0..768));
    assert_eq!(again.page_key(1).unwrap(), ring.page_key(1).unwrap());
    assert_eq!(again.audit_key(), ring.audit_key());
    assert_eq!(kind(again.page_key(2)), Some(ErrorKind::KeyRingStale));
    assert_eq!(KeyRing::peek(&path).unwrap(), again.header);
    assert_eq!(secrets(&again, 0..768).into_iter().collect::<HashSet<_>>().len(), 768);
}

#[test]
fn values_of_one_patient_open_under_no_other_key() {
    let ring = open(&ring_of(1)).unwrap();
    let (one, two) = (ring.patient_key(1).unwrap(), ring.patient_key(2).unwrap());
    let stored = value::seal(&one, &mut NonceRun::new(), Table::Patient, b"row", 1, Codec::Plain, b"text").unwrap();
    for other in [two, ring.shared_key()] {
        assert_eq!(kind(value::open(&other, Table::Patient, b"row", &stored)), Some(ErrorKind::Corrupted));
    }
    assert!(value::open(&ring.patient_key(1).unwrap(), Table::Patient, b"row", &stored).is_ok());
}

#[cfg(unix)]
#[test]
fn only_its_owner_reads_the_file() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("keys");
    KeyRing::create(&path, STORE, Suite::Aes256Gcm, &key()).unwrap();
    assert_eq!(fs::metadata(path).unwrap().permissions().mode() & 0o777, 0o600);
}

#[test]
fn creating_never_replaces_a_ring_and_leaves_none_it_could_not_finish() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("keys");
    KeyRing::create(&path, STORE, Suite::Aes256Gcm, &key()).unwrap();
    let before = fs::read(&path).unwrap();
    assert_eq!(kind(KeyRing::create(&path, STORE, Suite::Aes256Gcm, &key())), Some(ErrorKind::Io));
    assert_eq!(fs::read(&path).unwrap(), before);
    let empty = KeyRing::create(&folder.path().join("other"), STORE, Suite::Aes256Gcm, &Key::passphrase(""));
    assert_eq!(kind(empty), Some(ErrorKind::Invalid));
    assert!(!folder.path().join("other").exists());
}

/// The append is cut at every byte, as by a full disk and then a crash; the ring opens, goes on, and every key stays.
#[test]
fn torn_append_every_byte() {
    let before = ring_of(1);
    let first = secrets(&open(&before).unwrap(), 0..256);
    let mut nonces: HashSet<_> = before[before.len() - 2 * BLOCK..].chunks(BLOCK).map(nonce).collect();
    let mut sealed = nonces.len();
    for cut in 0..=BLOCK {
        let file = Faulty::holding(&before);
        let ring = on(&file).unwrap();
        file.room(Some(cut));
        let outcome = ring.ensure(512);
        assert_eq!(outcome.is_ok(), cut == BLOCK);
        if cut < BLOCK {
            assert_eq!(kind(outcome), Some(ErrorKind::Full));
            assert_eq!(kind(ring.patient_key(256)), Some(ErrorKind::KeyRingStale));
        }
        let torn = file.bytes();
        assert_eq!(torn.len(), before.len() + cut);
        if cut >= NONCE {
            nonces.insert(nonce(&torn[before.len()..]));
            sealed += 1;
        }

        file.room(None);
        let ring = on(&file).unwrap();
        assert_eq!(ring.len(), if cut < BLOCK { 256 } else { 512 });
        ring.expect(256, 1).unwrap();
        ring.ensure(512).unwrap();
        let again = on(&file).unwrap();
        assert_eq!(file.bytes().len(), before.len() + BLOCK);
        assert_eq!(secrets(&again, 0..256), first);
        assert_eq!(secret(&again, 256), secret(&ring, 256));
        assert_eq!(secret(&again, 511), secret(&ring, 511));
        if cut < BLOCK {
            nonces.insert(nonce(&file.bytes()[before.len()..]));
            sealed += 1;
        }
    }
    assert_eq!(nonces.len(), sealed);
}

#[test]
fn a_block_whose_sync_failed_is_made_anew() {
    let file = Faulty::holding(&ring_of(0));
    let ring = on(&file).unwrap();
    file.sync_fails(true);
    assert_eq!(kind(ring.ensure(1)), Some(ErrorKind::Io));
    assert_eq!(ring.len(), 0);
    let unsynced = file.bytes();
    file.sync_fails(false);
    file.interrupt(2);
    file.at_once(Some(1000));
    ring.ensure(1).unwrap();
    assert_eq!(file.bytes().len(), unsynced.len());
    assert_ne!(nonce(&file.bytes()[unsynced.len() - BLOCK..]), nonce(&unsynced[unsynced.len() - BLOCK..]));
    assert_eq!(secrets(&on(&file).unwrap(), 0..256), secrets(&ring, 0..256));
}

#[test]
fn every_block_is_synced_before_a_key_of_it_is_handed_out() {
    let file = Faulty::holding(&ring_of(0));
    let ring = on(&file).unwrap();
    ring.ensure(3 * 256).unwrap();
    assert_eq!(file.calls(), (3, 3));
}

#[test]
fn error_table() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("keys");
    assert_eq!(kind(KeyRing::open(&path, STORE, &key())), Some(ErrorKind::KeyRingMissing));
    assert_eq!(kind(KeyRing::peek(&path)), Some(ErrorKind::KeyRingMissing));

    let bytes = ring_of(1);
    fs::write(&path, &bytes).unwrap();
    assert!(KeyRing::open(&path, STORE, &key()).is_ok());
    let opened = |key: Key| kind(KeyRing::open(&path, STORE, &key));
    assert_eq!(opened(Key::raw([8; 32])), Some(ErrorKind::WrongKey));
    assert_eq!(opened(Key::passphrase("words")), Some(ErrorKind::WrongKey));
    assert_eq!(kind(KeyRing::open(&path, [3; 16], &key())), Some(ErrorKind::KeyRingMissing));

    let len = open(&bytes).unwrap().header.len();
    for at in 0..len {
        let mut changed = bytes.clone();
        changed[at] ^= 0x10;
        let expected = if (8..10).contains(&at) { ErrorKind::UnsupportedFormat } else { ErrorKind::Corrupted };
        assert_eq!(kind(open(&changed)), Some(expected), "header byte {at}");
    }
    for at in (len..len + BLOCK).step_by(37) {
        let mut changed = bytes.clone();
        changed[at] ^= 0x10;
        assert_eq!(kind(open(&changed)), Some(ErrorKind::Corrupted), "byte {at} of block 0");
    }
    for cut in (0..len).chain((len..len + BLOCK).step_by(37)) {
        assert_eq!(kind(open(&bytes[..cut])), Some(ErrorKind::Corrupted), "cut at {cut}");
    }
    let swapped = [&ring_of(0)[..len], &bytes[len..]].concat();
    assert_eq!(kind(open(&swapped)), Some(ErrorKind::Corrupted));

    fs::File::options().write(true).open(&path).unwrap().set_len(MAX_FILE + 1).unwrap();
    assert_eq!(opened(key()), Some(ErrorKind::Corrupted));
}

/// A header changed by someone who can compute a digest but has no key.
#[test]
fn a_planted_header_does_not_open() {
    let bytes = ring_of(1);
    let header = parse_ring_header(&bytes).unwrap();
    let (generation, hint) = (44, 52);
    for at in [11, 12, generation, hint, hint + 7, 80, 150] {
        let mut planted = bytes.clone();
        planted[at] ^= 1;
        let digest = cipher::sha256(&[&planted[..header.signed - 32]]);
        planted[header.signed - 32..header.signed].copy_from_slice(&digest);
        assert!(parse_ring_header(&planted).is_ok());
        let refused = kind(open(&planted));
        assert!(matches!(refused, Some(ErrorKind::Corrupted | ErrorKind::WrongKey)), "{at} {refused:?}");
    }
}

#[test]
fn a_ring_of_a_newer_library_is_unsupported() {
    let bytes = ring_of(0);
    let header = parse_ring_header(&bytes).unwrap();
    let mut suite = bytes.clone();
    suite[10] = 9;
    let digest = cipher::sha256(&[&suite[..header.signed - 32]]);
    suite[header.signed - 32..header.signed].copy_from_slice(&digest);
    assert_eq!(kind(open(&suite)), Some(ErrorKind::UnsupportedFormat));
    let state = ring_with(|text| text[5] = 3);
    assert_eq!(kind(state.patient_key(5)), Some(ErrorKind::UnsupportedFormat));
}

#[test]
fn slots_of_unknown_kinds_are_skipped_and_kept() {
    let (binding, ring_key) = {
        let ring = open(&ring_of(0)).unwrap();
        (ring.header.binding(), cipher::fresh_secret().unwrap())
    };
    let unknown = Slot::decode(&mut Reader::new(&[9, 0, 3, b'n', b'e', b'w'])).unwrap();
    let malformed = Slot::decode(&mut Reader::new(&[1, 0, 1, 0])).unwrap();
    let ours = Slot::new(&binding, &key(), CHEAP, &ring_key).unwrap();
    let slots = vec![unknown, malformed.clone(), ours];
    let (written, bytes) = RingHeader::assemble(&binding, 0, slots.clone(), &ring_key);
    let read = parse_ring_header(&bytes).unwrap();
    assert_eq!(read, written);
    assert_eq!(read.slots, slots);
    assert_eq!(read.unlock(&key()).unwrap(), ring_key);
    assert_eq!(kind(read.unlock(&Key::passphrase("words"))), Some(ErrorKind::WrongKey));
    let (alone, _) = RingHeader::assemble(&binding, 0, vec![malformed], &ring_key);
    assert_eq!(kind(alone.unlock(&key())), Some(ErrorKind::Corrupted));
}

#[test]
fn a_ring_holds_sixty_four_slots_and_no_more() {
    let (binding, ring_key) = (open(&ring_of(0)).unwrap().header.binding(), cipher::fresh_secret().unwrap());
    let parsed = |count| {
        let slot = Slot::new(&binding, &key(), CHEAP, &ring_key).unwrap();
        parse_ring_header(&RingHeader::assemble(&binding, 0, vec![slot; count], &ring_key).1)
    };
    assert_eq!(parsed(64).unwrap().slots.len(), 64);
    assert_eq!(kind(parsed(65)), Some(ErrorKind::Corrupted));
}

#[test]
fn a_damaged_block_is_felt_by_its_patients_alone() {
    let bytes = ring_of(3);
    let whole = open(&bytes).unwrap();
    let mut damaged = bytes.clone();
    let second = bytes.len() - 2 * BLOCK;
    damaged[second + 4000] ^= 1;
    let ring = open(&damaged).unwrap();
    ring.expect(700, 1).unwrap();
    assert_eq!(ring.damaged(), [(256, 512)]);
    assert_eq!(secrets(&ring, 0..256), secrets(&whole, 0..256));
    assert_eq!(secrets(&ring, 512..768), secrets(&whole, 512..768));
    for pid in [256, 300, 511] {
        assert_eq!(kind(ring.patient_key(pid)), Some(ErrorKind::Corrupted));
    }
    ring.ensure(769).unwrap();
    assert_eq!(ring.len(), 1024);
}

/// The last block was taken for a torn one even after its keys had been handed out: damage of one bit made a store
/// with few patients look as if its ring were stale, and the next append overwrote the block.
#[test]
fn a_damaged_last_block_is_damage_once_its_keys_are_in_use() {
    let bytes = ring_of(2);
    let mut damaged = bytes.clone();
    *damaged.last_mut().unwrap() ^= 1;

    let file = Faulty::holding(&damaged);
    let ring = on(&file).unwrap();
    ring.expect(300, 1).unwrap();
    assert_eq!((ring.len(), ring.damaged()), (512, vec![(256, 512)]));
    assert!(ring.patient_key(255).is_ok());
    assert_eq!(kind(ring.patient_key(300)), Some(ErrorKind::Corrupted));
    ring.ensure(513).unwrap();
    assert_eq!(file.bytes()[..bytes.len()], damaged);

    let unused = open(&damaged).unwrap();
    unused.expect(256, 1).unwrap();
    assert_eq!((unused.len(), unused.damaged()), (256, vec![]));
    unused.ensure(257).unwrap();
    assert!(unused.patient_key(256).is_ok());
}

#[test]
fn blocks_do_not_change_places() {
    let bytes = ring_of(3);
    let start = bytes.len() - 3 * BLOCK;
    let mut swapped = bytes.clone();
    swapped[start..start + BLOCK].copy_from_slice(&bytes[start + BLOCK..start + 2 * BLOCK]);
    assert_eq!(open(&swapped).unwrap().damaged(), [(0, 256)]);
}

#[test]
fn a_destroyed_key_reads_erased() {
    let ring = ring_with(|text| {
        text[4] = LIVE;
        text[5] = DESTROYED;
        text[PER_BLOCK + 32 * 5..][..32].fill(0);
    });
    assert_eq!(kind(ring.patient_key(5)), Some(ErrorKind::Erased));
    assert!(ring.patient_key(4).is_ok() && ring.patient_key(6).is_ok());
}

#[test]
fn patients_beyond_the_ring_have_no_key() {
    let ring = open(&ring_of(1)).unwrap();
    for pid in [256, 1 << 40, u64::MAX] {
        assert_eq!(kind(ring.patient_key(pid)), Some(ErrorKind::KeyRingStale));
    }
}

#[test]
fn a_full_ring_takes_no_more_patients() {
    let ring = open(&ring_of(0)).unwrap();
    ring.patients.write().unwrap().resize_with(MAX_BLOCKS as usize, || None);
    assert!(ring.ensure(ring.len()).is_ok());
    assert_eq!(kind(ring.ensure(ring.len() + 1)), Some(ErrorKind::Full));
}

mod pair {
    use super::*;

    /// A new patient: the ring gets a block, then the store uses a key of it. Every pairing of before and after.
    #[test]
    fn new_patient() {
        let file = Faulty::holding(&ring_of(1));
        let old_ring = file.bytes();
        let (old_next, new_next) = (256, 257);
        on(&file).unwrap().ensure(new_next).unwrap();
        let new_ring = file.bytes();
        let paired = |ring: &[u8], next| kind(open(ring).unwrap().expect(next, 1));
        assert_eq!(paired(&old_ring, old_next), None);
        assert_eq!(paired(&new_ring, old_next), None);
        assert_eq!(paired(&new_ring, new_next), None);
        assert_eq!(paired(&old_ring, new_next), Some(ErrorKind::KeyRingStale));
        for cut in [old_ring.len() + 1, new_ring.len() - 1] {
            assert_eq!(paired(&new_ring[..cut], old_next), None);
            assert_eq!(paired(&new_ring[..cut], new_next), Some(ErrorKind::KeyRingStale));
        }
    }

    #[test]
    fn a_ring_of_an_older_generation_than_the_store_knows_is_stale() {
        let ring = open(&ring_of(1)).unwrap();
        assert_eq!(kind(ring.expect(10, 1)), None);
        assert_eq!(kind(ring.expect(10, 2)), Some(ErrorKind::KeyRingStale));
    }
}

#[test]
fn a_ring_is_not_printed() {
    assert_eq!(format!("{:?}", open(&ring_of(1)).unwrap()), "KeyRing(generation 1, 256 patients)");
}
