//! Who may open a data file, and what an opening leaves alone.

use std::path::Path;
use std::process::Command;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc;

use super::*;
use crate::ErrorKind;
use crate::store::engine::redb::Progress;

const CHILD: &str = "PRM_ENGINE_TEST_FILE";
const ROUNDS: u64 = 25;

fn create_at(path: &Path) -> RedbEngine {
    RedbEngine::create(path, Suite::Aes256Gcm, STORE, 1, &KEY, &EngineOptions::default()).unwrap()
}

fn open_at(path: &Path) -> Result<RedbEngine> {
    RedbEngine::open(path, &RedbEngine::peek(path)?, &KEY, &EngineOptions::default())
}

fn kind<T>(outcome: Result<T>) -> Option<ErrorKind> {
    outcome.err().map(|e| e.kind())
}

fn counter(engine: &RedbEngine) -> u64 {
    let row = engine.snapshot().unwrap().get(Table::Meta, b"counter").unwrap();
    row.map_or(0, |bytes| u64::from_be_bytes(bytes.try_into().unwrap()))
}

fn hammer(path: &Path) {
    let mut left = ROUNDS;
    while left > 0 {
        match open_at(path) {
            Ok(engine) => {
                let next = (counter(&engine) + 1).to_be_bytes().to_vec();
                let edit = Edit::from([((Table::Meta, b"counter".to_vec()), Some(next))]);
                write(&engine, &edit, Commit::Durable).unwrap();
                if left.is_multiple_of(2) {
                    engine.close().unwrap();
                }
                left -= 1;
            }
            Err(error) => assert_eq!(error.kind(), ErrorKind::AlreadyOpen, "{error:?}"),
        }
    }
}

#[test]
fn two_processes_hammer() {
    if let Some(path) = std::env::var_os(CHILD) {
        return hammer(Path::new(&path));
    }
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("data");
    create_at(&path).close().unwrap();
    let children: Vec<_> = (0..2)
        .map(|_| {
            Command::new(std::env::current_exe().unwrap())
                .args(["--exact", "store::engine::tests::open::two_processes_hammer"])
                .env(CHILD, &path)
                .spawn()
                .unwrap()
        })
        .collect();
    for mut child in children {
        assert!(child.wait().unwrap().success());
    }
    assert_eq!(counter(&open_at(&path).unwrap()), 2 * ROUNDS);
}

#[test]
fn a_second_handle_is_refused_until_the_first_is_gone() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("data");
    let engine = create_at(&path);
    assert_eq!(kind(open_at(&path)), Some(ErrorKind::AlreadyOpen));
    let preamble = RedbEngine::peek(&path).unwrap();
    let salvage = crate::store::engine::salvage::open_for_salvage(&path, &preamble, &KEY);
    assert_eq!(kind(salvage), Some(ErrorKind::AlreadyOpen));
    let transaction = engine.begin().unwrap();
    assert_eq!(kind(engine.close()), Some(ErrorKind::Busy));
    drop(transaction);
    assert_eq!(kind(engine.snapshot()), Some(ErrorKind::Closed));
    assert_eq!(kind(engine.begin()), Some(ErrorKind::Closed));
    assert_eq!(kind(engine.check()), Some(ErrorKind::Closed));
    open_at(&path).unwrap();
    assert_eq!(crate::store::engine::salvage::open_for_salvage(&path, &preamble, &KEY).unwrap().gaps(), []);
}

#[test]
fn opening_never_creates_and_never_cuts() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("data");
    assert_eq!(kind(open_at(&path)), Some(ErrorKind::NotAStore));
    assert!(!path.exists());
    for (content, expected) in [(vec![], ErrorKind::NotAStore), (b"a letter".to_vec(), ErrorKind::NotAStore)] {
        std::fs::write(&path, &content).unwrap();
        assert_eq!(kind(open_at(&path)), Some(expected));
        let made = RedbEngine::create(&path, Suite::Aes256Gcm, STORE, 1, &KEY, &EngineOptions::default());
        assert_eq!(kind(made), Some(ErrorKind::Io));
        assert_eq!(std::fs::read(&path).unwrap(), content);
    }
    std::fs::remove_file(&path).unwrap();
    create_at(&path).close().unwrap();
    let whole = std::fs::read(&path).unwrap();
    for len in [4096, 4097, 12_000, 20_479, 20_480, 20_481, 50_000] {
        std::fs::write(&path, &whole[..len]).unwrap();
        assert_eq!(kind(open_at(&path)), Some(ErrorKind::Corrupted), "{len}");
        assert_eq!(std::fs::read(&path).unwrap().len(), len);
    }
    std::fs::write(&path, &whole).unwrap();
    let preamble = RedbEngine::peek(&path).unwrap();
    let wrong = RedbEngine::open(&path, &preamble, &[0; 32], &EngineOptions::default());
    assert_eq!(kind(wrong), Some(ErrorKind::Corrupted));
    let other = Preamble { page_key_gen: 2, ..preamble };
    assert_eq!(kind(RedbEngine::open(&path, &other, &KEY, &EngineOptions::default())), Some(ErrorKind::Busy));
    assert!(std::fs::read(&path).unwrap() == whole);
    open_at(&path).unwrap();
}

#[test]
fn unlockable_backend() {
    let disk = SimDisk::new();
    drop(create(&disk));
    let lockless = SimDisk::of(disk.image()).without_locks();
    lockless.record();
    assert_eq!(kind(open(&lockless)), Some(ErrorKind::LockUnsupported));
    assert_eq!(lockless.steps(), 0);
    assert_eq!(lockless.image(), disk.image());
}

/// A process cannot be forked without code that Rust calls unsafe, so the child is played by a handle that was told to
/// forget: whatever of it is dropped then must not reach the disk.
#[test]
fn forked_child_drops() {
    let disk = SimDisk::new();
    let engine = create(&disk);
    write(&engine, &Chance(1).edit(200), Commit::Durable).unwrap();
    engine.close().unwrap();
    let engine = open(&disk).unwrap();
    let (snapshot, transaction) = (engine.snapshot().unwrap(), engine.begin().unwrap());
    let (calls, closed) = (disk.calls(), disk.closed());
    engine.forget();
    assert!(everything(&*snapshot).is_err());
    drop(snapshot);
    drop(transaction);
    assert_eq!(kind(engine.begin()), Some(ErrorKind::WrongProcess));
    engine.close().unwrap();
    drop(engine);
    assert_eq!((disk.calls(), disk.closed()), (calls, closed));

    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("data");
    let engine = create_at(&path);
    let bytes = std::fs::read(&path).unwrap();
    engine.forget();
    drop(engine);
    assert_eq!(kind(open_at(&path)), Some(ErrorKind::AlreadyOpen));
    assert_eq!(std::fs::read(&path).unwrap(), bytes);
}

#[test]
fn only_a_crash_after_a_plain_commit_makes_the_next_open_walk_the_file() {
    let walked = Arc::new(AtomicU64::new(0));
    let progress: Progress = {
        let walked = Arc::clone(&walked);
        Arc::new(move |percent| {
            assert!(percent <= 100);
            walked.fetch_add(1, Ordering::Relaxed);
            true
        })
    };
    let options = EngineOptions { progress: Some(progress), ..EngineOptions::default() };
    let disk = SimDisk::new();
    let engine = create(&disk);
    let edit = Chance(2).edit(20);
    let steps = |how| {
        write(&engine, &edit, how).unwrap();
        let killed = disk.kill().shared();
        walked.store(0, Ordering::Relaxed);
        let opened = RedbEngine::open_on(Arc::clone(&killed), &preamble_of(&killed), &KEY, &options).unwrap();
        assert_eq!(everything(&*opened.snapshot().unwrap()).unwrap().len(), edit.values().flatten().count());
        walked.load(Ordering::Relaxed)
    };
    assert!(steps(Commit::Durable) > 0);
    assert_eq!(steps(Commit::Checkpoint), 0);
    assert!(steps(Commit::Durable) > 0);
}

#[test]
fn a_repair_that_is_stopped_can_be_tried_again() {
    let disk = SimDisk::new();
    let engine = create(&disk);
    let edit = Chance(2).edit(20);
    write(&engine, &edit, Commit::Durable).unwrap();
    let killed = disk.kill().shared();
    let options = EngineOptions { progress: Some(Arc::new(|_| false)), ..EngineOptions::default() };
    let stopped = RedbEngine::open_on(Arc::clone(&killed), &preamble_of(&killed), &KEY, &options);
    assert_eq!(kind(stopped), Some(ErrorKind::Cancelled));
    let again =
        RedbEngine::open_on(Arc::clone(&killed), &preamble_of(&killed), &KEY, &EngineOptions::default()).unwrap();
    assert_eq!(everything(&*again.snapshot().unwrap()).unwrap().len(), edit.values().flatten().count());
}

#[test]
fn a_full_disk_is_told_and_leaves_a_store_that_opens() {
    let mut full = 0;
    for calls in 0..40 {
        let disk = SimDisk::new();
        let engine = create(&disk);
        let mut chance = Chance(calls);
        let mut rows = chance.edit(20);
        write(&engine, &rows, Commit::Durable).unwrap();
        let more = chance.edit(200);
        disk.fail_after(calls, std::io::ErrorKind::StorageFull);
        match write(&engine, &more, Commit::Durable) {
            Ok(()) => rows.extend(more.clone()),
            Err(error) => {
                full += 1;
                assert_eq!(error.kind(), ErrorKind::Full, "{error:?}");
                assert_eq!(kind(write(&engine, &more, Commit::Durable)), Some(ErrorKind::Io));
            }
        }
        drop(engine);
        disk.mend();
        let engine = open(&disk).unwrap();
        let found = everything(&*engine.snapshot().unwrap()).unwrap();
        let map = |edits: &[&Edit]| {
            let mut map = Rows::new();
            edits.iter().for_each(|edit| apply_to(&mut map, edit));
            map
        };
        assert!(found == map(&[&rows]) || found == map(&[&rows, &more]), "{calls}");
        write(&engine, &more, Commit::Durable).unwrap();
    }
    assert!(full > 10, "{full}");
}

#[test]
fn writers_wait_for_one_another() {
    let disk = SimDisk::new();
    let engine = create(&disk);
    let (started, waits) = mpsc::channel();
    std::thread::scope(|scope| {
        let first = engine.begin().unwrap();
        let second = scope.spawn(|| {
            started.send(()).unwrap();
            let next = (counter(&engine) + 1).to_be_bytes().to_vec();
            write(&engine, &Edit::from([((Table::Meta, b"counter".to_vec()), Some(next))]), Commit::Durable).unwrap();
        });
        waits.recv().unwrap();
        first.commit(Commit::Durable).unwrap();
        second.join().unwrap();
    });
    assert_eq!(counter(&engine), 1);
}

#[test]
fn a_failed_call_spoils_the_transaction_and_nothing_else() {
    let disk = SimDisk::new();
    let engine = create(&disk);
    let mut transaction = engine.begin().unwrap();
    transaction.put(Table::Due, b"a", b"1").unwrap();
    let mut inner = None;
    transaction
        .scan(Table::Due, Span { start: b"", end: None }, Order::Ascending, &mut |_, _| {
            inner = Some(transaction.get(Table::Due, b"a").map_err(|e| e.kind()));
            Ok(ControlFlow::Continue(()))
        })
        .unwrap();
    assert_eq!(inner, Some(Err(ErrorKind::Busy)));
    assert_eq!(kind(transaction.put(Table::Due, b"b", b"2")), Some(ErrorKind::Corrupted));
    assert_eq!(kind(transaction.commit(Commit::Durable)), Some(ErrorKind::Corrupted));
    assert_eq!(everything(&*engine.snapshot().unwrap()).unwrap(), Rows::new());
    let edit = Chance(9).edit(5);
    write(&engine, &edit, Commit::Durable).unwrap();

    let mut transaction = engine.begin().unwrap();
    transaction.put(Table::Due, b"c", b"3").unwrap();
    let refused = transaction.scan(Table::Due, Span { start: b"", end: None }, Order::Ascending, &mut |_, _| {
        Err(crate::Error::new(ErrorKind::Cancelled, "enough"))
    });
    assert_eq!(kind(refused), Some(ErrorKind::Cancelled));
    transaction.commit(Commit::Durable).unwrap();
    assert_eq!(engine.snapshot().unwrap().get(Table::Due, b"c").unwrap(), Some(b"3".to_vec()));
}
