//! Who keeps a store open.

use std::sync::Arc;
use std::time::{Duration, Instant};

use super::*;

/// A session whose handle was dropped went on without the thread of the store: no checkpoint, no sync of accesses.
#[test]
fn a_session_keeps_the_thread_of_its_store_at_work_and_the_last_one_shuts_it_down() {
    let Clinic { prm, admin, .. } = clinic();
    drop(prm);
    let store = Arc::downgrade(&admin.core().live().unwrap().store);
    let commits = || store.upgrade().unwrap().commits();
    let before = commits();
    admin.people().add_organisation(Organisation { name: "Annexe".into(), ..Default::default() }).unwrap();
    let waited = Instant::now();
    while commits() < before + 2 {
        assert!(waited.elapsed() < Duration::from_secs(20), "an idle store made no checkpoint");
        std::thread::sleep(Duration::from_millis(20));
    }
    drop(admin);
    assert!(store.upgrade().is_none(), "the store outlived everyone who could use it");
}
