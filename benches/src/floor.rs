//! What the machine allows at best, measured in every round.

use std::fs::OpenOptions;
use std::io::{Seek as _, SeekFrom, Write as _};
use std::path::Path;

use crate::engine::Result;
use crate::timing::Timing;

/// Overwrites 4 KiB of a file of 4 MiB and syncs its data, some times.
pub fn sync_once(folder: &Path, times: u64) -> Result<Timing> {
    let path = folder.join("floor");
    let mut file = OpenOptions::new().create(true).truncate(false).write(true).open(&path)?;
    // Written once before, so that a sync has nothing but the page to bring to the disk.
    file.write_all(&vec![1; 4 << 20])?;
    file.sync_all()?;
    let page = [7_u8; 4_096];
    let mut timing = Timing::default();
    for turn in 0..times {
        file.seek(SeekFrom::Start(turn % 1_024 * 4_096))?;
        timing.time(|| file.write_all(&page).and_then(|()| file.sync_data()))?;
    }
    drop(file);
    std::fs::remove_file(&path)?;
    Ok(timing)
}

/// Copies 64 MiB of memory, some times: bytes per second at the median.
pub fn copy_memory(times: u64) -> u64 {
    let from = vec![1_u8; 64 << 20];
    let mut to = vec![0_u8; from.len()];
    let mut timing = Timing::default();
    for _ in 0..times {
        timing.time(|| to.copy_from_slice(std::hint::black_box(&from)));
        std::hint::black_box(&to);
    }
    (from.len() as u64).saturating_mul(1_000_000_000) / timing.quantile(0.5).max(1)
}
