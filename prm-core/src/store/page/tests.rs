use redb::backends::InMemoryBackend;

use super::*;
use crate::store::cipher::Suite;

fn preamble(suite: Suite) -> Preamble {
    Preamble { suite, store_id: [1; 16], file_id: [2; 16], page_key_gen: 1 }
}

fn pages(suite: Suite) -> Pages {
    Pages::create(Arc::new(InMemoryBackend::new()), &preamble(suite), &[3; 32])
}

fn contains(pages: &Pages, needle: &[u8]) -> bool {
    let mut bytes = vec![0; pages.file_bytes() as usize];
    pages.on_disk(|disk| disk.read(0, &mut bytes)).unwrap();
    bytes.windows(needle.len()).any(|window| window == needle)
}

#[test]
fn nothing_written_is_found_on_the_disk_unless_it_is_plain() {
    for (suite, found) in [(Suite::Aes256Gcm, false), (Suite::Plain, true)] {
        let pages = pages(suite);
        pages.set_len(40 * PAGE as u64).unwrap();
        let mut long = vec![7; 35 * PAGE];
        long[34 * PAGE..][..12].copy_from_slice(b"long sentence"[..12].as_ref());
        pages.write(PAGE as u64, &long).unwrap();
        let mut head = [0; 320];
        head[..8].copy_from_slice(b"head of ");
        pages.write(0, &head).unwrap();
        assert_eq!(contains(&pages, b"long sentenc"), found);
        assert_eq!(contains(&pages, b"head of "), found);
        let mut back = vec![0; 35 * PAGE];
        pages.read(PAGE as u64, &mut back).unwrap();
        assert!(back == long);
        assert_eq!(pages.seals(), 36);
        assert_eq!(pages.len().unwrap(), 40 * PAGE as u64);
    }
}

#[test]
fn the_count_of_seals_is_kept_and_ends_all_writing() {
    let pages = pages(Suite::Aes256Gcm);
    pages.set_len(4 * PAGE as u64).unwrap();
    pages.seals.store(MAX_SEALS - 3, Ordering::Relaxed);
    pages.write(PAGE as u64, &[1; 2 * PAGE]).unwrap();
    pages.write(0, &[5; 320]).unwrap();
    let full = |outcome: io::Result<()>| outcome.err().map(|e| e.kind()) == Some(io::ErrorKind::StorageFull);
    assert!(full(pages.write(PAGE as u64, &[2; PAGE])));
    assert!(full(pages.write(0, &[6; 320])));
    let mut page = [0; PAGE];
    pages.read(PAGE as u64, &mut page).unwrap();
    assert_eq!(page, [1; PAGE]);
    let disk = pages.disk.read().unwrap().clone().unwrap();
    let again = Pages::open(disk, &preamble(Suite::Aes256Gcm), &[3; 32]);
    let mut head = [0; 320];
    again.read(0, &mut head).unwrap();
    assert_eq!((head, again.seals()), ([5; 320], MAX_SEALS));
}
