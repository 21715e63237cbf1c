//! Importing: batches prepared on one thread, placed and committed on another.

use std::io::Read;
use std::sync::Arc;
use std::sync::mpsc::sync_channel;

use super::place::{Placed, Placing};
use super::prepare::{self, Prepared};
use super::report::Tally;
use super::{FhirImport, ImportReport};
use crate::error::{Error, ErrorKind, Result};
use crate::govern::policy::{Action, DataClass};
use crate::id::BatchId;
use crate::people::Organisation;
use crate::progress::Progress;
use crate::session::{Decided, Inner, Reached};

/// Bytes of resources that may wait for their patient to come.
const WAITING: usize = 64 << 20;

pub(super) fn run(
    session: &Arc<Inner>,
    what: &FhirImport,
    input: impl Read + Send,
    progress: &Progress,
) -> Result<ImportReport> {
    if what.source.trim().is_empty() || what.source.len() > 200 || what.source.contains(char::is_control) {
        return Err(Error::invalid("source", "a source has a name of 1 to 200 bytes, none of them of control"));
    }
    may_edit(session, what)?;
    let (sender, batches) = sync_channel(1);
    std::thread::scope(|scope| {
        scope.spawn(move || prepare::run(input, progress, &sender));
        let mut import = Import { session, what, tally: Tally::default(), waiting: Vec::new(), waiting_bytes: 0 };
        let mut bundles = 0;
        for batch in batches {
            progress.go_on()?;
            let batch = batch?;
            bundles += batch.bundles;
            import.tally.add(batch.tally);
            import.place(batch.resources, false)?;
        }
        progress.go_on()?;
        let waiting = std::mem::take(&mut import.waiting);
        import.place(waiting, true)?;
        let mut report = import.tally.report();
        report.bundles = bundles;
        report.bytes = progress.done();
        report.referenced_patients = super::place::referenced_patients(session)?;
        Ok(report)
    })
}

/// An import may change what its source brought before, and what names lead to: it is for those who edit records of
/// others, and the rest learn nothing from it.
fn may_edit(session: &Arc<Inner>, what: &FhirImport) -> Result<()> {
    let look = session.look()?;
    if look.filter.edits() {
        if let Some(organisation) = what.managing_organisation {
            look.locate::<Organisation>(&look.reader(), organisation.into())?;
        }
        return Ok(());
    }
    session.access(
        &look.live,
        Reached { pid: 0, class: DataClass::Chart, action: Action::Write, permitted: false },
        look.now,
    )?;
    Err(Error::new(ErrorKind::Denied, "policy does not permit this actor to edit anything for this purpose"))
}

struct Import<'a> {
    session: &'a Arc<Inner>,
    what: &'a FhirImport,
    tally: Tally,
    waiting: Vec<Prepared>,
    waiting_bytes: usize,
}

impl Import<'_> {
    /// Places resources in one commit. Those whose patient may come with a later batch wait, unless `last`.
    fn place(&mut self, resources: Vec<Prepared>, last: bool) -> Result<()> {
        if resources.is_empty() {
            return Ok(());
        }
        let core = Arc::clone(&self.session.core);
        let now = core.now();
        let batch = BatchId::from_uuid(core.ids.next(now)?);
        let what = self.what.clone();
        let may_wait = !last && self.waiting_bytes < WAITING;
        let (_, Placed { tally, waiting }) = self.session.write(now, move |deciding| {
            let mut placing = Placing::new(deciding, &core, &what, may_wait);
            let placed = placing.all(resources)?;
            let decided = if placing.wrote() { Decided::now(batch) } else { Decided::Nothing };
            Ok((decided, placed))
        })?;
        self.tally.add(tally);
        self.waiting_bytes += waiting.iter().map(|prepared| prepared.bytes).sum::<usize>();
        self.waiting.extend(waiting);
        Ok(())
    }
}
