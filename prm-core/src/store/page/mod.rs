//! Pages sealed below redb: what it reads and writes in clear, a disk only ever sees encrypted.
//!
//! ```text
//! 0      preamble
//! 4096   two copies of page 0, see `header`
//! 20480  page n >= 1 at 20480 + (n-1)*4128: ciphertext 4096 | tag 16 | nonce 12 | zero 4
//! key    HMAC-SHA256(page key, "page1" | file_id), associated file_id | n u64
//! ```
//! Integers are big-endian. Every seal draws a fresh nonce from the operating system; none is ever stored for use or
//! recovered.
//!
//! A sector that is all zeros or does not authenticate reaches redb as zeros: an error would latch its handle. The whole
//! read becomes zeros then, so that no part of a value is ever taken for the whole, not even out of redb's cache. While
//! redb walks the file after a crash its checksums choose the commit; at any other time the damage is counted, and
//! whoever made the call compares [`met`] before and after it.

mod backend;
mod header;
#[cfg(test)]
mod tests;
mod view;

use std::cell::Cell;
use std::collections::BTreeSet;
use std::fmt;
use std::io;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock};

use redb::StorageBackend;

use zeroize::Zeroizing;

use crate::store::cipher::{Aead, NONCE, TAG, hmac_sha256, random};
use crate::store::preamble::{PREAMBLE, Preamble, STRIDE};
pub(crate) use backend::Backend;
use header::{COPY, Header, Side};
pub(crate) use view::{Closed, Overlay};

/// Bytes of a page as redb sees it.
pub(crate) const PAGE: usize = 4096;
/// Where page 1 begins in the file.
pub(crate) const FIRST_PAGE: u64 = 20480;
/// Random nonces under one key stay safe up to here; writing is refused beyond.
pub(crate) const MAX_SEALS: u64 = 1 << 32;

/// Sealed pages handled by one call to the disk.
const RUN: usize = 32;
/// Numbers of damaged pages remembered for a report.
const REMEMBERED: usize = 4096;

/// What keeps the sealed bytes: redb's own file backend, or a simulated disk in tests.
pub(crate) type Disk = dyn StorageBackend;

thread_local! {
    static MET: Cell<u64> = const { Cell::new(0) };
}

/// Number of damaged reads this thread has met. redb reads on the thread that calls it.
pub(crate) fn met() -> u64 {
    MET.get()
}

/// The sealed pages of one file.
pub(crate) struct Pages {
    /// None once it was released.
    disk: RwLock<Option<Arc<Disk>>>,
    aead: Aead,
    file_id: [u8; 16],
    /// Read at first use: redb takes its lock before that, and another process may write until then.
    header: Mutex<Option<Header>>,
    seals: AtomicU64,
    /// While redb recovers from a crash, torn pages are expected and its checksums decide.
    recovering: AtomicBool,
    damaged_reads: AtomicU64,
    damaged_pages: Mutex<BTreeSet<u64>>,
    lock_unsupported: AtomicBool,
    /// No call reaches the disk any more.
    cut_off: AtomicBool,
    /// A check of the whole file is to end.
    interrupted: AtomicBool,
}

impl fmt::Debug for Pages {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pages").finish_non_exhaustive()
    }
}

/// A poisoned lock only tells that a caller panicked; what it guards is replaced whole.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

fn given_up() -> io::Error {
    io::Error::other("the file was given up")
}

fn full() -> io::Error {
    io::Error::new(io::ErrorKind::StorageFull, "the file has as many pages sealed as one key may seal; rewrite it")
}

impl Pages {
    /// Pages of a file that holds nothing but its preamble.
    pub(crate) fn create(disk: Arc<Disk>, preamble: &Preamble, page_key: &[u8; 32]) -> Self {
        Pages::new(disk, preamble, page_key, Some(Header::empty()))
    }

    /// Pages of a file that has some. Nothing is read before redb asks.
    pub(crate) fn open(disk: Arc<Disk>, preamble: &Preamble, page_key: &[u8; 32]) -> Self {
        Pages::new(disk, preamble, page_key, None)
    }

    fn new(disk: Arc<Disk>, preamble: &Preamble, page_key: &[u8; 32], header: Option<Header>) -> Self {
        let key = Zeroizing::new(hmac_sha256(page_key, &[b"page1", &preamble.file_id]));
        Pages {
            disk: RwLock::new(Some(disk)),
            aead: Aead::new(preamble.suite, &key),
            file_id: preamble.file_id,
            header: Mutex::new(header),
            seals: AtomicU64::new(0),
            recovering: AtomicBool::new(false),
            damaged_reads: AtomicU64::new(0),
            damaged_pages: Mutex::default(),
            lock_unsupported: AtomicBool::new(false),
            cut_off: AtomicBool::new(false),
            interrupted: AtomicBool::new(false),
        }
    }

    /// Whether redb is walking the file after a crash: a page that does not authenticate is a trace of it then, and
    /// damage at any other time.
    pub(crate) fn recovering(&self, recovering: bool) {
        self.recovering.store(recovering, Ordering::Release);
    }

    /// Pages sealed under this file's key, as of the last header write and since.
    pub(crate) fn seals(&self) -> u64 {
        self.seals.load(Ordering::Relaxed)
    }

    /// Reads that met damage since opening.
    pub(crate) fn damaged_reads(&self) -> u64 {
        self.damaged_reads.load(Ordering::Relaxed)
    }

    /// Numbers of the pages that did not authenticate, the first few thousand of them.
    pub(crate) fn damaged_pages(&self) -> BTreeSet<u64> {
        lock(&self.damaged_pages).clone()
    }

    /// Whether the disk was asked for a lock and has none.
    pub(crate) fn lock_unsupported(&self) -> bool {
        self.lock_unsupported.load(Ordering::Acquire)
    }

    /// Bytes of the file.
    pub(crate) fn file_bytes(&self) -> u64 {
        self.on_disk(Disk::len).unwrap_or_default()
    }

    /// From now on no call reaches the disk, not even one that would unlock it.
    pub(crate) fn cut_off(&self) {
        self.cut_off.store(true, Ordering::Release);
    }

    /// Gives up the locks and closes the file, whoever still reads from it. In a forked child nothing is done.
    pub(crate) fn release(&self) {
        if self.cut_off.load(Ordering::Acquire) {
            return;
        }
        let disk = self.disk.write().unwrap_or_else(PoisonError::into_inner).take();
        // redb has let its locks go if it could; what it could not is gone with the file.
        let _ = disk.map(|disk| disk.close());
    }

    /// Ends a check of the whole file that is in progress; it fails.
    pub(crate) fn interrupt(&self) {
        self.interrupted.store(true, Ordering::Release);
    }

    fn uninterrupted(&self) -> io::Result<()> {
        if self.interrupted.load(Ordering::Acquire) {
            return Err(io::ErrorKind::Interrupted.into());
        }
        Ok(())
    }

    fn reachable(&self) -> io::Result<()> {
        if self.cut_off.load(Ordering::Acquire) {
            return Err(given_up());
        }
        Ok(())
    }

    fn on_disk<T>(&self, call: impl FnOnce(&Disk) -> io::Result<T>) -> io::Result<T> {
        let disk = self.disk.read().unwrap_or_else(PoisonError::into_inner);
        disk.as_deref().map_or_else(|| Err(given_up()), call)
    }

    /// Length of what redb sees: whole pages only. A file that has a page 0 is never empty, however much of it was cut
    /// off: redb would begin a new one in it.
    pub(crate) fn len(&self) -> io::Result<u64> {
        self.reachable()?;
        let begun = self.header()?.as_ref().is_some_and(|header| header.newest.is_some());
        let behind = self.on_disk(Disk::len)?.checked_sub(FIRST_PAGE);
        Ok(match behind {
            Some(behind) => (behind / STRIDE as u64 + 1) * PAGE as u64,
            None if begun => PAGE as u64,
            None => 0,
        })
    }

    pub(crate) fn set_len(&self, len: u64) -> io::Result<()> {
        self.reachable()?;
        let len = match len.div_ceil(PAGE as u64).checked_sub(1) {
            Some(pages) => FIRST_PAGE + pages * STRIDE as u64,
            None => PREAMBLE as u64,
        };
        self.on_disk(|disk| disk.set_len(len))
    }

    /// Page 0, read and opened if it was not yet.
    fn header(&self) -> io::Result<MutexGuard<'_, Option<Header>>> {
        let mut header = lock(&self.header);
        if header.is_none() {
            let (mut first, mut second) = ([0; COPY], [0; COPY]);
            let len = self.on_disk(Disk::len)?;
            for (copy, bytes) in [(Side::First, &mut first), (Side::Second, &mut second)] {
                if copy.offset() + COPY as u64 <= len {
                    self.on_disk(|disk| disk.read(copy.offset(), bytes))?;
                }
            }
            let copies = [(Side::First, &mut first[..]), (Side::Second, &mut second[..])];
            let (opened, seals) = Header::open(copies, &self.aead, &self.file_id)
                .ok_or_else(|| io::Error::new(io::ErrorKind::InvalidData, "neither copy of the header opens"))?;
            self.seals.store(seals, Ordering::Relaxed);
            *header = Some(opened);
        }
        Ok(header)
    }

    pub(crate) fn read(&self, offset: u64, out: &mut [u8]) -> io::Result<()> {
        self.reachable()?;
        let number = offset / PAGE as u64;
        if number == 0 {
            let header = self.header()?;
            let page = header.as_ref().and_then(|h| h.page.get(offset as usize..)?.get(..out.len()));
            return page.map(|page| out.copy_from_slice(page)).ok_or_else(|| io::ErrorKind::UnexpectedEof.into());
        }
        if !offset.is_multiple_of(PAGE as u64) || !out.len().is_multiple_of(PAGE) {
            return Err(io::Error::new(io::ErrorKind::InvalidInput, "not a whole page"));
        }
        let intact = match out.len() {
            PAGE => {
                let mut sector = [0; STRIDE];
                self.read_run(number, &mut sector, out)?
            }
            len => {
                let mut sectors = vec![0; STRIDE * RUN.min(len / PAGE)];
                let mut intact = true;
                for (run, part) in out.chunks_mut(PAGE * RUN).enumerate() {
                    let sectors = sectors.get_mut(..part.len() / PAGE * STRIDE).unwrap_or_default();
                    intact &= self.read_run(number + (run * RUN) as u64, sectors, part)?;
                }
                intact
            }
        };
        if !intact {
            self.met_damage()?;
            out.fill(0);
        }
        Ok(())
    }

    /// Reads and opens neighbouring pages from `first` on; whether all of them are what was sealed there.
    fn read_run(&self, first: u64, sectors: &mut [u8], out: &mut [u8]) -> io::Result<bool> {
        match self.on_disk(|disk| disk.read(sector_offset(first), sectors)) {
            Ok(()) => {}
            // Only a page that is not what it should be points behind the end.
            Err(e) if e.kind() == io::ErrorKind::UnexpectedEof => {
                self.remember_damage(first);
                return Ok(false);
            }
            Err(e) => return Err(e),
        }
        let mut intact = true;
        for (i, (sector, page)) in sectors.chunks_exact(STRIDE).zip(out.chunks_exact_mut(PAGE)).enumerate() {
            let number = first + i as u64;
            if !self.open_sector(number, sector, page) {
                self.remember_damage(number);
                intact = false;
            }
        }
        Ok(intact)
    }

    fn open_sector(&self, number: u64, sector: &[u8], page: &mut [u8]) -> bool {
        let Some((text, rest)) = sector.split_at_checked(PAGE) else { return false };
        let Some((tag, rest)) = rest.split_first_chunk::<TAG>() else { return false };
        let Some(nonce) = rest.first_chunk::<NONCE>() else { return false };
        page.copy_from_slice(text);
        self.aead.open(nonce, &self.associated(number), page, tag).is_ok()
    }

    fn associated(&self, number: u64) -> [u8; 24] {
        let mut bytes = [0; 24];
        let (id, rest) = bytes.split_at_mut(16);
        id.copy_from_slice(&self.file_id);
        rest.copy_from_slice(&number.to_be_bytes());
        bytes
    }

    fn remember_damage(&self, number: u64) {
        if !self.recovering.load(Ordering::Acquire) {
            let mut pages = lock(&self.damaged_pages);
            if pages.len() < REMEMBERED {
                pages.insert(number);
            }
        }
    }

    fn met_damage(&self) -> io::Result<()> {
        if !self.recovering.load(Ordering::Acquire) {
            self.damaged_reads.fetch_add(1, Ordering::Relaxed);
            MET.set(MET.get() + 1);
            // Without unwinding, redb's panic over zeros would end the process of the host.
            if cfg!(panic = "abort") {
                return Err(io::Error::new(io::ErrorKind::InvalidData, "a page is damaged"));
            }
        }
        Ok(())
    }

    pub(crate) fn write(&self, offset: u64, data: &[u8]) -> io::Result<()> {
        self.reachable()?;
        let number = offset / PAGE as u64;
        if number == 0 {
            return self.write_header(offset as usize, data);
        }
        if !offset.is_multiple_of(PAGE as u64) || !data.len().is_multiple_of(PAGE) {
            return Err(io::Error::new(io::ErrorKind::InvalidInput, "not a whole page"));
        }
        if data.len() == PAGE {
            return self.write_run(number, data, &mut [0; STRIDE]);
        }
        let mut sectors = vec![0; STRIDE * RUN.min(data.len() / PAGE)];
        for (run, part) in data.chunks(PAGE * RUN).enumerate() {
            let sectors = sectors.get_mut(..part.len() / PAGE * STRIDE).unwrap_or_default();
            self.write_run(number + (run * RUN) as u64, part, sectors)?;
        }
        Ok(())
    }

    /// Seals and writes neighbouring pages from `first` on, each under a nonce drawn now.
    fn write_run(&self, first: u64, data: &[u8], sectors: &mut [u8]) -> io::Result<()> {
        let count = data.len() / PAGE;
        self.count_seals(count as u64)?;
        let mut nonces = [[0; NONCE]; RUN];
        let nonces = nonces.get_mut(..count).unwrap_or_default();
        random(nonces.as_flattened_mut()).map_err(io::Error::other)?;
        let pages = sectors.chunks_exact_mut(STRIDE).zip(data.chunks_exact(PAGE)).zip(nonces);
        for (i, ((sector, page), nonce)) in pages.enumerate() {
            let (text, trailer) = sector.split_at_mut(PAGE);
            text.copy_from_slice(page);
            let tag = self.aead.seal(nonce, &self.associated(first + i as u64), text).map_err(io::Error::other)?;
            let (tag_bytes, rest) = trailer.split_at_mut(TAG);
            tag_bytes.copy_from_slice(&tag);
            let (nonce_bytes, zeros) = rest.split_at_mut(NONCE);
            nonce_bytes.copy_from_slice(nonce);
            zeros.fill(0);
        }
        self.on_disk(|disk| disk.write(sector_offset(first), sectors))
    }

    fn count_seals(&self, count: u64) -> io::Result<()> {
        if self.seals.fetch_add(count, Ordering::Relaxed) + count > MAX_SEALS {
            self.seals.fetch_sub(count, Ordering::Relaxed);
            return Err(full());
        }
        Ok(())
    }

    fn write_header(&self, offset: usize, data: &[u8]) -> io::Result<()> {
        let mut guard = self.header()?;
        let Some(header) = guard.as_mut() else { return Err(io::ErrorKind::NotFound.into()) };
        let copy = match header.next_copy() {
            Some(copy) => copy,
            None => {
                self.on_disk(Disk::sync_data)?;
                header.synced = header.newest;
                header.next_copy().unwrap_or(Side::First)
            }
        };
        let mut page = header.page.clone();
        page.get_mut(offset..)
            .and_then(|page| page.get_mut(..data.len()))
            .ok_or(io::ErrorKind::InvalidInput)?
            .copy_from_slice(data);
        self.count_seals(1)?;
        let mut nonce = [0; NONCE];
        random(&mut nonce).map_err(io::Error::other)?;
        let counter = header.counter + 1;
        let bytes = header::seal_copy(&page, (counter, self.seals()), &self.aead, &self.file_id, nonce)
            .map_err(io::Error::other)?;
        // Also when the write fails: what the copy holds then is not known, and it stays the one to write.
        header.counter = counter;
        self.on_disk(|disk| disk.write(copy.offset(), &bytes))?;
        header.page = page;
        header.newest = Some(copy);
        Ok(())
    }

    pub(crate) fn sync(&self) -> io::Result<()> {
        self.reachable()?;
        let written = lock(&self.header).as_ref().map(|header| (header.counter, header.newest));
        self.on_disk(Disk::sync_data)?;
        let mut guard = lock(&self.header);
        if let (Some(header), Some((counter, newest))) = (guard.as_mut(), written)
            && header.counter == counter
        {
            header.synced = newest;
        }
        Ok(())
    }
}

fn sector_offset(number: u64) -> u64 {
    FIRST_PAGE + number.saturating_sub(1) * STRIDE as u64
}
