//! What the folder of a store consists of.

use serde::{Deserialize, Serialize};

/// A file of a store's folder. See [`Prm::files`](crate::Prm::files).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoreFile {
    /// Name of the file within the folder.
    pub name: String,
    /// What it holds.
    pub holds: String,
    /// Whether a backup that a device makes of its apps may have it.
    ///
    /// The key ring may not be in one. It is what a passphrase is tried against, and an older copy of it still has the
    /// keys of patients who were erased since. Keep its newest copy where only the host can reach it: a store that comes
    /// back without it gives `KeyRingMissing` until that copy is put beside `data`.
    ///
    /// On iOS set `isExcludedFromBackup` on each file that may not; on Android exclude it in `data_extraction_rules.xml`,
    /// from `cloud-backup` and from `device-transfer`. A copy of the others is whole only if the store was suspended or
    /// shut down while it was made.
    pub may_be_backed_up: bool,
}

pub(super) fn all() -> Vec<StoreFile> {
    [
        ("data", "pages of rows, sealed", true),
        ("keys", "the key ring: every key of the store, sealed to the key that opens it", false),
        ("log", "accesses that no commit has carried into `data`, sealed", true),
    ]
    .map(|(name, holds, may_be_backed_up)| StoreFile {
        name: name.to_owned(),
        holds: holds.to_owned(),
        may_be_backed_up,
    })
    .to_vec()
}
