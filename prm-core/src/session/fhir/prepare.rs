//! From bytes to resources that are ready to be placed: read, parsed, mapped and compressed beside the thread that commits.

use std::collections::VecDeque;
use std::io::Read;
use std::sync::mpsc::SyncSender;

use super::report::Tally;
use crate::chart::source::{self, Source, SourceMedium};
use crate::error::{Error, Result};
use crate::interchange::fhir::{
    BundleEntry, Envelope, Identity, Json, Mapping, Piece, Position, Reader, bundle_of, map,
};
use crate::progress::Progress;
use crate::store::value::Packed;

/// Bytes after which a batch ends where a bundle does.
const SOFT: usize = 2 << 20;
/// Bytes after which a batch ends wherever it is.
const HARD: usize = 16 << 20;
/// Records after which a batch ends wherever it is.
const MOST: usize = 20_000;
/// Bytes of the entries of a bundle, without their resources, that are kept with its envelope.
const ENTRIES: usize = 8 << 20;

/// A resource that was read, mapped and compressed.
pub(super) struct Prepared {
    pub(super) position: Position,
    /// Bytes of the text.
    pub(super) bytes: usize,
    pub(super) source: Packed<'static>,
    pub(super) digest: [u8; 16],
    pub(super) identity: Identity,
    pub(super) mapping: Mapping,
}

/// What one commit places.
#[derive(Default)]
pub(super) struct Batch {
    pub(super) resources: Vec<Prepared>,
    pub(super) tally: Tally,
    pub(super) bundles: u64,
    bytes: usize,
}

impl Prepared {
    fn of(position: Position, text: Box<str>, full_url: Option<&str>) -> Result<Self> {
        let json = Json::parse(text.as_bytes())?;
        let identity = Identity::of(&json, &text, full_url)?;
        let mapping = map(&json)?;
        let digest = source::digest(text.as_bytes());
        drop(json);
        let bytes = text.len();
        let source = Source { medium: SourceMedium::FhirJson, text: text.into_boxed_bytes().into_vec() }.pack()?;
        Ok(Prepared { position, bytes, source, digest, identity, mapping })
    }
}

/// Reads all of `input` and sends batches until it ends or nobody receives them any more.
pub(super) fn run(input: impl Read, progress: &Progress, batches: &SyncSender<Result<Batch>>) {
    let mut batch = Batch::default();
    let mut open: VecDeque<BundleEntry> = VecDeque::new();
    let mut kept = 0;
    for piece in Reader::new(Counted { input, read: 0, progress }) {
        let ends = match piece {
            Err(e) => {
                let _ = batches.send(Ok(std::mem::take(&mut batch)));
                let _ = batches.send(Err(e));
                return;
            }
            Ok(Piece::Record(record)) => {
                let full_url = record.entry.as_ref().and_then(|entry| entry.full_url.clone());
                keep(&mut open, &mut kept, record.entry);
                batch.add(record.position, record.text, full_url.as_deref());
                false
            }
            Ok(Piece::Bare(_, entry)) => {
                keep(&mut open, &mut kept, Some(entry));
                false
            }
            Ok(Piece::Envelope(envelope)) => {
                let entries = std::mem::take(&mut open);
                batch.envelope(&envelope, entries, kept <= ENTRIES);
                kept = 0;
                true
            }
            Ok(Piece::Refused(refusal)) => {
                batch.tally.refuse(refusal.position, told(&refusal.error));
                false
            }
        };
        let full = batch.bytes >= HARD || batch.resources.len() >= MOST || ends && batch.bytes >= SOFT;
        if full && batches.send(Ok(std::mem::take(&mut batch))).is_err() {
            return;
        }
    }
    let _ = batches.send(Ok(batch));
}

fn keep(open: &mut VecDeque<BundleEntry>, kept: &mut usize, entry: Option<BundleEntry>) {
    let Some(entry) = entry else { return };
    *kept = kept.saturating_add(entry.text.len());
    if *kept <= ENTRIES {
        open.push_back(entry);
    } else {
        open.clear();
    }
}

impl Batch {
    fn add(&mut self, position: Position, text: Box<str>, full_url: Option<&str>) {
        self.bytes += text.len();
        match Prepared::of(position, text, full_url) {
            Ok(prepared) => self.resources.push(prepared),
            Err(e) => self.tally.refuse(position, told(&e)),
        }
    }

    /// The bundle as a record of its own: its members, and its entries without their resources.
    fn envelope(&mut self, envelope: &Envelope, entries: VecDeque<BundleEntry>, whole: bool) {
        self.bundles += 1;
        if !whole {
            let reason = "the entries of the bundle are too many to keep what stood beside their resources";
            self.tally.refuse(envelope.position, reason.to_owned());
        }
        match bundle_of(envelope, entries.iter().map(|entry| (entry, Some("{}")))) {
            Ok(text) => {
                self.add(envelope.position, text.into(), None);
                // The resources of its entries have come in as records of their own.
                if let Some(bundle) = self.resources.last_mut().filter(|last| last.mapping.kind == "Bundle") {
                    bundle.mapping.notes.retain(|note| note.path != "entry");
                }
            }
            Err(e) => self.tally.refuse(envelope.position, told(&e)),
        }
    }
}

/// What a report says of an error: our own sentence and the place, never content.
pub(super) fn told(error: &Error) -> String {
    error.to_string()
}

/// Counts bytes for those who watch, and stops when they ask.
struct Counted<'p, R> {
    input: R,
    read: u64,
    progress: &'p Progress,
}

impl<R: Read> Read for Counted<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        if self.progress.is_cancelled() {
            return Err(std::io::Error::other("the caller asked to stop"));
        }
        let read = self.input.read(buffer)?;
        self.read += read as u64;
        self.progress.advance(self.read);
        Ok(read)
    }
}
