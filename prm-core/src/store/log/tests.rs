use std::collections::HashSet;
use std::fs;
use std::io::{BufRead as _, BufReader, Write as _};
use std::process::{Command, Stdio};

use proptest::prelude::*;

use super::*;
use crate::store::medium::faulty::Faulty;

fn key() -> Secret {
    Zeroizing::new([4; 32])
}

fn on(file: &Faulty, folded: Option<LogPosition>) -> (TailLog, Replay) {
    TailLog::replay(&file.bytes(), Arc::new(file.clone()), Suite::Aes256Gcm, &key(), folded).unwrap()
}

fn fresh() -> (Faulty, TailLog) {
    let file = Faulty::default();
    let log = on(&file, None).0;
    (file, log)
}

fn entries(log: &TailLog) -> Vec<(u8, Vec<u8>)> {
    log.frames_since(None).into_iter().map(|frame| (frame.kind, frame.payload.to_vec())).collect()
}

fn numbered(numbers: std::ops::Range<u8>) -> Vec<(u8, Vec<u8>)> {
    numbers.map(|n| (n, vec![n; usize::from(n)])).collect()
}

fn append(log: &TailLog, numbers: std::ops::Range<u8>) -> Option<LogPosition> {
    numbers.map(|n| log.append(n, &vec![n; usize::from(n)]).unwrap()).last()
}

fn kind<T>(result: Result<T>) -> Option<ErrorKind> {
    result.err().map(|error| error.kind())
}

/// Where each frame begins, and the end of the last, as the format says.
fn boundaries(bytes: &[u8]) -> Vec<usize> {
    let mut ends = vec![HEADER];
    while let Some(len) = bytes.get(*ends.last().unwrap()..).and_then(|rest| rest.first_chunk()) {
        ends.push(ends.last().unwrap() + 4 + u32::from_be_bytes(*len) as usize);
    }
    ends
}

fn nonces(bytes: &[u8]) -> Vec<[u8; NONCE]> {
    let starts = boundaries(bytes);
    starts[..starts.len() - 1].iter().map(|start| *bytes[start + 4..].first_chunk().unwrap()).collect()
}

#[test]
fn bytes_of_header_and_frames_are_those_of_the_format() {
    let mut bytes = Vec::new();
    let id = [7; 16];
    let chain = begin_file(&mut bytes, Suite::Aes256Gcm, &key(), 3, id);
    let file = LogFile::new(Suite::Aes256Gcm, &key(), id);
    let position = LogPosition { epoch: 3, sequence: 1, file_id: id };
    seal_frame(&mut bytes, &file.frame_key, [9; NONCE], &position, &chain, 5, b"payload").unwrap();
    let hex: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    assert_eq!(
        hex,
        "70726d206c6f6700000101000000000000000003070707070707070707070707070707073b3c73b93ed321cf51\
        1be8496a1f47ac3d77b7c4256b0386dfde4d2d3922fd5a000000240909090909090909090909092df9a2a368f9\
        4f83bb690ef2fa0963a599a7daa4f7cdae08",
    );
    let log = on(&Faulty::holding(&bytes), None).0;
    assert_eq!(entries(&log), [(5, b"payload".to_vec())]);
    assert_eq!(log.head().unwrap().0, position);
}

#[test]
fn a_position_comes_back_from_its_row() {
    let position = LogPosition { epoch: 0x0102, sequence: 0x0304, file_id: [9; 16] };
    assert_eq!(LogPosition::from_bytes(&position.to_bytes()), position);
    assert_eq!(position.to_bytes()[..16], [0, 0, 0, 0, 0, 0, 1, 2, 0, 0, 0, 0, 0, 0, 3, 4]);
}

#[test]
fn each_entry_is_one_write_without_a_sync() {
    let (file, log) = fresh();
    append(&log, 0..20);
    assert_eq!(file.calls(), (20, 0));
    assert_eq!(entries(&on(&file, None).0), numbered(0..20));
}

#[test]
fn opening_makes_an_empty_private_file_and_replays_the_next_time() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("log");
    let open = || TailLog::open(&path, Suite::Aes256Gcm, &key(), None).unwrap();
    let (log, replay) = open();
    assert_eq!(replay, Replay { missing: true, ..Replay::default() });
    assert_eq!(fs::metadata(&path).unwrap().len(), 0);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    }
    append(&log, 0..5);
    log.sync().unwrap();
    drop(log);
    let (log, replay) = open();
    assert_eq!(entries(&log), numbered(0..5));
    assert_eq!((replay.missing, replay.lost_bytes), (false, 0));
    assert_eq!(replay.found_bytes, fs::metadata(&path).unwrap().len());
    assert!(log.wants_sync());
    assert_eq!(kind(TailLog::open(folder.path(), Suite::Aes256Gcm, &key(), None)), Some(ErrorKind::AuditUnavailable));
}

/// Cut at every byte: what is whole before the cut is there, appending goes on from it, nothing is used twice.
#[test]
fn torn_tail_at_every_byte() {
    let (file, log) = fresh();
    append(&log, 0..6);
    let whole = file.bytes();
    let ends = boundaries(&whole);
    let mut seen: HashSet<_> = nonces(&whole).into_iter().collect();
    let mut sealed = seen.len();
    for cut in 0..=whole.len() {
        let file = Faulty::holding(&whole[..cut]);
        let (log, replay) = on(&file, None);
        let left = ends.iter().filter(|end| **end <= cut).count().saturating_sub(1) as u8;
        assert_eq!(entries(&log), numbered(0..left), "{cut}");
        let kept = if left == 0 { 0 } else { ends[usize::from(left)] };
        assert_eq!((replay.lost_bytes, replay.behind), ((cut - kept) as u64, false));
        append(&log, 6..8);
        let again = on(&file, None);
        assert_eq!(entries(&again.0), [numbered(0..left), numbered(6..8)].concat());
        assert_eq!(again.1.lost_bytes, 0);
        let new = &nonces(&file.bytes())[usize::from(left)..];
        seen.extend(new);
        sealed += new.len();
    }
    assert_eq!(seen.len(), sealed);
}

#[test]
fn a_changed_byte_ends_the_log_where_it_is() {
    let (file, log) = fresh();
    append(&log, 1..5);
    let whole = file.bytes();
    let ends = boundaries(&whole);
    for at in 0..whole.len() {
        let mut changed = whole.clone();
        changed[at] ^= 1;
        let Ok((log, replay)) = TailLog::replay(&changed, Arc::new(Faulty::default()), Suite::Aes256Gcm, &key(), None)
        else {
            assert!((8..10).contains(&at));
            continue;
        };
        let whole_frames = ends.iter().filter(|end| **end <= at).count().saturating_sub(1) as u8;
        assert_eq!(entries(&log), numbered(1..1 + whole_frames), "{at}");
        assert!(replay.lost_bytes > 0);
    }
}

#[test]
fn frames_do_not_change_places_or_files() {
    let (file, log) = fresh();
    append(&log, 3..4);
    for _ in 0..3 {
        log.append(3, &[3; 3]).unwrap();
    }
    let whole = file.bytes();
    let ends = boundaries(&whole);
    let frame = |n: usize| &whole[ends[n]..ends[n + 1]];
    for order in [[0, 2, 1], [1, 0, 2], [0, 0, 1], [0, 1, 3]] {
        let mixed = [&whole[..HEADER], frame(order[0]), frame(order[1]), frame(order[2])].concat();
        let in_place = order.iter().zip(0..).take_while(|(n, place)| *n == place).count();
        assert_eq!(on(&Faulty::holding(&mixed), None).0.pending().0, in_place, "{order:?}");
    }
    let (other, log) = fresh();
    append(&log, 3..4);
    let transplanted = [&whole[..ends[1]], &other.bytes()[HEADER..]].concat();
    assert_eq!(on(&Faulty::holding(&transplanted), None).0.pending().0, 1);
}

#[test]
fn failed_and_short_writes_count_for_nothing() {
    let (file, log) = fresh();
    append(&log, 0..3);
    let before = file.bytes();
    for cut_fails in [false, true] {
        for room in [0, 1, 20, 40] {
            file.room(Some(room));
            file.cut_fails(cut_fails);
            assert_eq!(kind(log.append(9, b"not there, and long enough")), Some(ErrorKind::AuditUnavailable));
            assert_eq!(entries(&on(&file, None).0), numbered(0..3));
            if cut_fails {
                file.room(None);
                assert_eq!(kind(log.append(9, b"nor this")), Some(ErrorKind::AuditUnavailable));
            }
            file.cut_fails(false);
        }
    }
    file.room(None);
    append(&log, 3..5);
    assert_eq!(entries(&log), numbered(0..5));
    assert_eq!(entries(&on(&file, None).0), numbered(0..5));
    assert_eq!(file.bytes()[..before.len()], before);
    file.at_once(Some(10));
    assert_eq!(kind(log.append(9, b"a short write is a failed one")), Some(ErrorKind::AuditUnavailable));
    file.at_once(None);
    append(&log, 5..6);
    assert_eq!(entries(&on(&file, None).0), numbered(0..6));
}

#[test]
fn a_first_write_that_failed_begins_another_file() {
    let (file, log) = fresh();
    file.room(Some(100));
    assert_eq!(kind(log.append(1, b"a")), Some(ErrorKind::AuditUnavailable));
    file.room(None);
    append(&log, 0..2);
    assert_eq!(entries(&on(&file, None).0), numbered(0..2));
}

#[test]
fn a_failed_sync_latches_until_the_log_is_opened_again() {
    let (file, log) = fresh();
    append(&log, 0..2);
    file.sync_fails(true);
    assert_eq!(kind(log.sync()), Some(ErrorKind::AuditUnavailable));
    file.sync_fails(false);
    assert_eq!(kind(log.append(2, b"")), Some(ErrorKind::AuditUnavailable));
    assert_eq!(kind(log.sync()), Some(ErrorKind::AuditUnavailable));
    assert_eq!(file.calls(), (2, 1));
    log.fold(log.head().unwrap().0);
    assert!(log.reset().unwrap());
    assert_eq!(kind(log.append(2, b"")), Some(ErrorKind::AuditUnavailable));
    let log = on(&file, None).0;
    append(&log, 2..4);
    log.sync().unwrap();
    assert!(!log.wants_sync());
}

#[test]
fn a_sync_is_wanted_for_what_is_neither_synced_nor_folded() {
    let (_, log) = fresh();
    assert!(!log.wants_sync());
    append(&log, 0..1);
    assert!(log.wants_sync());
    log.sync().unwrap();
    assert!(!log.wants_sync());
    let last = append(&log, 1..2).unwrap();
    assert!(log.wants_sync());
    log.fold(last);
    assert!(!log.wants_sync());
}

#[test]
fn folded_entries_are_not_replayed() {
    let (file, log) = fresh();
    let folded = append(&log, 0..4);
    append(&log, 4..6);
    assert_eq!(log.frames_since(folded).len(), 2);
    log.fold(folded.unwrap());
    assert_eq!(log.pending(), (2, 4 + 5));
    assert!(!log.reset().unwrap());
    let (again, replay) = on(&file, folded);
    assert_eq!(entries(&again), numbered(4..6));
    assert_eq!((replay.behind, replay.lost_bytes), (false, 0));
    let last = again.head().map(|(position, _)| position);
    assert_eq!(entries(&on(&file, last).0), []);
}

#[test]
fn after_a_reset_positions_rise_in_another_file() {
    let (file, log) = fresh();
    let first = append(&log, 0..4).unwrap();
    let old = file.bytes();
    log.fold(first);
    assert!(log.reset().unwrap());
    assert!(file.bytes().is_empty());
    assert!(log.reset().unwrap());
    let second = append(&log, 4..5).unwrap();
    assert!(second.is_after(Some(&first)));
    assert_ne!(second.file_id, first.file_id);
    assert_eq!(entries(&on(&file, Some(first)).0), numbered(4..5));

    // The cut was not synced, and the old file is there after a power loss: it holds nothing that is not folded.
    let (log, replay) = on(&Faulty::holding(&old), Some(first));
    assert_eq!((entries(&log), replay.behind, replay.lost_bytes), (vec![], false, 0));
    assert!(append(&log, 5..6).unwrap().is_after(Some(&first)));

    let file = Faulty::holding(&old);
    let (log, replay) = on(&file, Some(second));
    assert_eq!((entries(&log), replay.behind, replay.lost_bytes), (vec![], false, 0));
    assert!(append(&log, 5..6).unwrap().is_after(Some(&second)));
    assert_eq!(entries(&on(&file, Some(second)).0), numbered(5..6));
}

#[test]
fn an_empty_file_after_a_reset_begins_above_what_is_folded() {
    let (file, log) = fresh();
    let folded = append(&log, 0..4).unwrap();
    log.fold(folded);
    log.reset().unwrap();
    let (log, replay) = on(&file, Some(folded));
    assert_eq!(replay, Replay::default());
    assert!(append(&log, 0..1).unwrap().is_after(Some(&folded)));
}

#[test]
fn a_log_older_than_the_tables_is_behind_and_begun_anew() {
    let (file, log) = fresh();
    append(&log, 0..2);
    let older = file.bytes();
    let folded = append(&log, 2..4).unwrap();
    let file = Faulty::holding(&older);
    let (log, replay) = on(&file, Some(folded));
    assert!(replay.behind);
    assert_eq!(entries(&log), []);
    let next = append(&log, 4..5).unwrap();
    assert!(next.is_after(Some(&folded)));
    assert_eq!(entries(&on(&file, Some(folded)).0), numbered(4..5));
}

#[test]
fn a_log_of_another_store_or_cipher_counts_as_lost() {
    let (file, log) = fresh();
    append(&log, 0..3);
    let bytes = file.bytes();
    let lost = |suite, key: [u8; 32]| {
        let (log, replay) =
            TailLog::replay(&bytes, Arc::new(Faulty::holding(&bytes)), suite, &Zeroizing::new(key), None).unwrap();
        assert_eq!(entries(&log), []);
        append(&log, 0..1);
        replay.lost_bytes
    };
    assert_eq!(lost(Suite::Aes256Gcm, [5; 32]), bytes.len() as u64);
    assert_eq!(lost(Suite::Plain, *key()), bytes.len() as u64);
}

#[test]
fn a_log_of_a_newer_library_is_unsupported() {
    let (file, log) = fresh();
    append(&log, 0..3);
    let mut bytes = file.bytes();
    bytes[9] = 2;
    let newer = TailLog::replay(&bytes, Arc::new(Faulty::default()), Suite::Aes256Gcm, &key(), None);
    assert_eq!(kind(newer), Some(ErrorKind::UnsupportedFormat));
}

#[test]
fn an_entry_longer_than_the_format_holds_is_refused() {
    let (file, log) = fresh();
    assert_eq!(kind(log.append(1, &vec![0; MAX_PAYLOAD + 1])), Some(ErrorKind::Invalid));
    log.append(1, &vec![0; MAX_PAYLOAD]).unwrap();
    assert_eq!(on(&file, None).0.pending(), (1, MAX_PAYLOAD));
}

#[test]
fn a_file_grows_to_its_limit_and_no_further() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("log");
    let (log, _) = TailLog::open(&path, Suite::Aes256Gcm, &key(), None).unwrap();
    append(&log, 0..3);
    log.lock().end = MAX_FILE - 100;
    assert_eq!(kind(log.append(1, &[0; 100])), Some(ErrorKind::AuditUnavailable));
    let len = fs::metadata(&path).unwrap().len();
    assert!(len < 1000);
    drop(log);
    fs::File::options().write(true).open(&path).unwrap().set_len(MAX_FILE + 5).unwrap();
    let (log, replay) = TailLog::open(&path, Suite::Aes256Gcm, &key(), None).unwrap();
    assert_eq!((replay.found_bytes, replay.lost_bytes), (MAX_FILE + 5, MAX_FILE + 5 - len));
    append(&log, 3..4);
    assert!(fs::metadata(&path).unwrap().len() < 1000);
}

#[derive(Debug, Clone)]
enum Step {
    Append(u8, Vec<u8>),
    Sync,
    FoldTo(prop::sample::Index),
    Reset,
    Reopen,
    Tear(u8),
    AppendOnFullDisk(u8),
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        5 => (any::<u8>(), proptest::collection::vec(any::<u8>(), 0..60)).prop_map(|(kind, bytes)| Step::Append(kind, bytes)),
        1 => Just(Step::Sync),
        2 => any::<prop::sample::Index>().prop_map(Step::FoldTo),
        1 => Just(Step::Reset),
        2 => Just(Step::Reopen),
        1 => any::<u8>().prop_map(Step::Tear),
        1 => (0u8..30).prop_map(Step::AppendOnFullDisk),
    ]
}

proptest! {
    #[test]
    fn a_log_is_a_queue_that_survives_reopening(steps in proptest::collection::vec(step(), 0..60)) {
        let (file, mut log) = fresh();
        let mut folded = None;
        let mut pending: Vec<(LogPosition, u8, Vec<u8>)> = Vec::new();
        let mut last: Option<LogPosition> = None;
        for step in steps {
            match step {
                Step::Append(kind, bytes) => {
                    let position = log.append(kind, &bytes).unwrap();
                    prop_assert!(position.is_after(last.as_ref()));
                    last = Some(position);
                    pending.push((position, kind, bytes));
                }
                Step::Sync => log.sync().unwrap(),
                Step::FoldTo(_) if pending.is_empty() => {}
                Step::FoldTo(index) => {
                    let end = index.index(pending.len());
                    folded = Some(pending[end].0);
                    pending.drain(..=end);
                    log.fold(folded.unwrap());
                }
                Step::Reset => prop_assert_eq!(log.reset().unwrap(), pending.is_empty()),
                Step::Reopen => log = on(&file, folded).0,
                Step::Tear(len) => {
                    let end = file.bytes().len() as u64;
                    file.write_at(&vec![len; usize::from(len)], end).unwrap();
                    log = on(&file, folded).0;
                }
                Step::AppendOnFullDisk(room) => {
                    file.room(Some(room.into()));
                    prop_assert!(log.append(1, b"more than there is room for").is_err());
                    file.room(None);
                }
            }
            let found: Vec<_> =
                log.frames_since(None).into_iter().map(|f| (f.position, f.kind, f.payload.to_vec())).collect();
            prop_assert_eq!(&found, &pending);
        }
    }
}

#[test]
fn several_threads_append_and_sync_at_once() {
    let (file, log) = fresh();
    std::thread::scope(|scope| {
        for thread in 0..4u8 {
            let log = &log;
            scope.spawn(move || {
                for n in 0..100u8 {
                    log.append(thread, &[n]).unwrap();
                    if n % 10 == 0 {
                        log.sync().unwrap();
                    }
                }
            });
        }
    });
    let again = entries(&on(&file, None).0);
    assert_eq!(again, entries(&log));
    for thread in 0..4 {
        let of_thread: Vec<_> = again.iter().filter(|(kind, _)| *kind == thread).map(|(_, n)| n[0]).collect();
        assert_eq!(of_thread, (0..100).collect::<Vec<_>>());
    }
}

#[test]
fn an_entry_is_not_printed() {
    let (_, log) = fresh();
    log.append(1, b"somebody").unwrap();
    assert_eq!(format!("{:?}", log.frames_since(None)), "[Frame((1, 1), kind 1, 8 bytes)]");
}

const CHILD: &str = "PRM_TEST_LOG_OF_THE_CHILD";

/// A child process appends without a sync and says so after each append returned; it is killed at any moment. Every
/// entry that it spoke of is in the log, in order.
#[test]
fn killed_between_append_and_sync() {
    if let Some(path) = std::env::var_os(CHILD) {
        append_forever(Path::new(&path));
    }
    let folder = tempfile::tempdir().unwrap();
    for round in 0..200u64 {
        // The log grows over ten kills; then a new one keeps replaying short.
        let path = folder.path().join(format!("log{}", round / 10));
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "store::log::tests::killed_between_append_and_sync", "--nocapture", "--test-threads=1"])
            .env(CHILD, &path)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let said = BufReader::new(child.stdout.take().unwrap()).lines().map(|line| line.unwrap());
        let mut numbers = said.filter_map(|line| line.rsplit_once("appended ")?.1.parse::<u64>().ok());
        let first = numbers.nth((round * 7 % 13) as usize).unwrap();
        child.kill().unwrap();
        child.wait().unwrap();
        let acknowledged = numbers.last().unwrap_or(first);
        let (log, _) = TailLog::open(&path, Suite::Aes256Gcm, &key(), None).unwrap();
        let found: Vec<_> = entries(&log).into_iter().map(|(_, n)| u64::from_be_bytes(n.try_into().unwrap())).collect();
        assert!(found.len() as u64 > acknowledged, "round {round}");
        assert_eq!(found, (0..found.len() as u64).collect::<Vec<_>>());
    }
}

fn append_forever(path: &Path) -> ! {
    let (log, _) = TailLog::open(path, Suite::Aes256Gcm, &key(), None).unwrap();
    let mut out = io::stdout().lock();
    for number in (log.pending().0 as u64).. {
        log.append(1, &number.to_be_bytes()).unwrap();
        if writeln!(out, "appended {number}").is_err() {
            break;
        }
    }
    std::process::exit(1)
}
