//! The engines on a small population: what their tests do, of this program and of SQLCipher's.

use std::path::{Path, PathBuf};
use std::{env, fs, process};

use prm_benches::{Bundle, CarePhase, Engine, KvEngine, Phase, Population, Result};

use crate::{Blob, Care, Covering, Joined, Layout, PROTECTION, Protection, Typed};

const POPULATION: Population = Population { ordinary: 300, long: 1 };

const BUNDLE: &str = r#"{"resourceType":"Bundle","type":"collection","entry":[
    {"resource":{"resourceType":"Patient","id":"p","name":[{"family":"Ortiz","given":["Ana"]}],"birthDate":"1987-04-01"}},
    {"resource":{"resourceType":"Observation","id":"o","status":"final","subject":{"reference":"Patient/p"}}}]}"#;

fn folder(protection: Protection, name: &str) -> PathBuf {
    let folder = env::temp_dir().join(format!("prm-benches-{}-{protection:?}-{name}", process::id()));
    let _ = fs::remove_dir_all(&folder);
    folder
}

/// Every phase of every engine; neither has tables of Arrow, and the layout has no more.
///
/// # Panics
/// If an engine answers what is not so.
pub fn rehearse(protection: Protection) {
    let _ = PROTECTION.set(protection);
    let typed = folder(protection, "typed");
    let ran = prm_benches::rehearse::<Typed>(&typed, POPULATION).unwrap();
    assert_eq!(ran.len(), Phase::ALL.len() + 1, "{ran:?}");
    fs::remove_dir_all(&typed).unwrap();

    let layout = folder(protection, "layout");
    let ran = prm_benches::rehearse::<KvEngine<Layout>>(&layout, POPULATION).unwrap();
    assert_eq!(ran.len(), Phase::ALL.len(), "{ran:?}");
    fs::remove_dir_all(&layout).unwrap();

    let blob = folder(protection, "blob");
    assert_eq!(import(&blob).unwrap(), 2);
    fs::remove_dir_all(&blob).unwrap();

    // Neither expands rules: there is no month of a schedule, from the store or from its rule alone.
    for (name, rehearse) in [
        ("care-joined", prm_benches::rehearse_care::<Care<Joined>> as fn(&Path) -> Result<usize>),
        ("care-covering", prm_benches::rehearse_care::<Care<Covering>>),
    ] {
        let care = folder(protection, name);
        assert_eq!(rehearse(&care).unwrap(), 2 * (CarePhase::ALL.len() - 2));
        fs::remove_dir_all(&care).unwrap();
    }
}

fn import(folder: &std::path::Path) -> Result<u64> {
    let mut blob = Blob::create(folder)?;
    let came_in = blob.import(&[Bundle { name: "one".to_owned(), text: BUNDLE.to_owned() }])?;
    blob.close()?;
    Ok(came_in)
}

/// Whether the text of a bundle cannot be found in the file it was imported into.
pub fn is_sealed(protection: Protection) -> bool {
    let _ = PROTECTION.set(protection);
    let folder = folder(protection, "sealed");
    import(&folder).unwrap();
    let bytes = fs::read(folder.join("blob.db")).unwrap();
    fs::remove_dir_all(&folder).unwrap();
    !bytes.windows(5).any(|five| five == b"Ortiz")
}
