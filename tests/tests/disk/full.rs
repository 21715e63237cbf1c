//! A disk that is full.

use std::path::Path;
use std::process::Command;

use prm_core::{ErrorKind, Founder, Page, Prm};

use super::{administrator, kind, options, patient, skip};

/// A file system of a few megabytes in memory, gone when the test is over.
struct Small(tempfile::TempDir);

impl Small {
    fn mounted(megabytes: u32) -> Result<Small, String> {
        let folder = tempfile::tempdir().unwrap();
        let mounted = Command::new("mount")
            .args(["-t", "tmpfs", "-o", &format!("size={megabytes}m"), "tmpfs"])
            .arg(folder.path())
            .output()
            .map_err(|e| e.to_string())?;
        if mounted.status.success() {
            Ok(Small(folder))
        } else {
            Err(String::from_utf8_lossy(&mounted.stderr).trim().to_owned())
        }
    }

    fn path(&self) -> &Path {
        self.0.path()
    }
}

impl Drop for Small {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg(self.path()).status();
    }
}

#[test]
fn a_full_disk_is_told_and_nothing_committed_is_lost() {
    let disk = match Small::mounted(4) {
        Ok(disk) => disk,
        Err(why) => return skip("full disk", &why),
    };
    let path = disk.path().join("clinic.prm");
    let prm = Prm::create(&path, options(), Founder::system("setup")).unwrap().prm;
    let session = administrator(&prm);
    let mut kept = Vec::new();
    let error = loop {
        let batch: Vec<_> = (0..20)
            .map(|n| prm_core::Command::AddPatient { id: None, patient: patient(&format!("Ana {n} {}", kept.len())) })
            .collect();
        match session.execute(batch) {
            Ok(receipt) => kept.extend(receipt.written.into_iter().map(|w| prm_core::PatientId::from(w.id))),
            Err(error) => break error,
        }
        assert!(kept.len() < 100_000, "the disk never filled up");
    };
    assert_eq!(error.kind(), ErrorKind::Full, "{error:?}");
    assert!(!kept.is_empty());
    drop(session);
    let _ = prm.shut_down();
    drop(prm);
    let remounted = Command::new("mount").args(["-o", "remount,size=16m"]).arg(disk.path()).status().unwrap();
    assert!(remounted.success());
    let prm = Prm::open(&path, options()).unwrap();
    let session = administrator(&prm);
    for id in &kept {
        assert_eq!(session.people().patient(*id).unwrap().version, 1);
    }
    session.people().add(patient("Bo")).unwrap();
    assert_eq!(session.upkeep().check(&prm_core::Progress::default()).unwrap().problems, Vec::<String>::new());
    assert_eq!(session.people().list(&Page::first(1)).unwrap().patients.len(), 1);
    println!("{} patients were kept on a full disk of 4 MB", kept.len());
    prm.shut_down().unwrap();
}

#[test]
fn a_store_that_does_not_fit_is_not_left_half_made() {
    let disk = match Small::mounted(1) {
        Ok(disk) => disk,
        Err(why) => return skip("full disk", &why),
    };
    std::fs::write(disk.path().join("filler"), vec![1; 1000 << 10]).unwrap();
    let path = disk.path().join("clinic.prm");
    assert_eq!(kind(Prm::create(&path, options(), Founder::system("setup"))), ErrorKind::Full);
    assert!(!path.exists());
}
