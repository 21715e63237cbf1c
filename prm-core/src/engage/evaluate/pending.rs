//! What is next of a schedule: the earliest occurrence that may still be done and of which nothing is recorded.

use super::slots::{Planned, Slots};
use super::state::resolved;
use super::{Facts, Records};
use crate::error::{Error, Result};
use crate::time::Instant;

/// Most planned times that are looked back over for one that may still be done.
const BACK: usize = 10_000;
/// Most planned times in a row that are done, called off or moved before the search is given up.
const AHEAD: usize = 100_000;

/// What is next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Pending {
    pub(crate) first: Planned,
    /// The one after it.
    pub(crate) next: Option<Planned>,
}

/// What is next of a schedule as of an instant: what expired by then is missed and does not count.
pub(crate) fn pending(facts: &Facts, records: &dyn Records, as_of: Instant) -> Result<Option<Pending>> {
    if facts.ended(Instant::MIN_UTC) {
        return Ok(None);
    }
    let slots = Slots::of(facts)?;
    let live = |planned: &Planned| planned.expires.is_none_or(|expires| expires > as_of);
    let mut open: Vec<Planned> = Vec::new();
    for own in records.moved()? {
        let occurrence = own.occurrence;
        if occurrence.outcome.is_none()
            && let Some(planned) = slots.find(&occurrence.stamp, occurrence.moved_to)?
            && live(&planned)
            && !facts.ended(planned.due)
            && facts.pause_at(planned.due).is_none()
        {
            open.push(planned);
        }
    }
    // Two of those that were not moved are enough: the first may be it, the second the one after it.
    let mut found = 0;
    let mut walk = slots.from(earliest(&slots, as_of)?)?;
    let mut passed = 0;
    while let Some(planned) = walk.step()? {
        passed += 1;
        if passed > AHEAD {
            return Err(Error::invalid("schedule", "more than 100,000 occurrences in a row are done or called off"));
        }
        if facts.ended(planned.due) {
            break;
        }
        if let Some(pause) = facts.pause_at(planned.due) {
            if open_ended(facts, planned.due) {
                break;
            }
            // What falls into a pause is passed over whole, however much it is.
            if let Some(until) = pause.until {
                walk = slots.from(until)?;
                continue;
            }
        }
        if !live(&planned) || was_moved(records, &planned)? || resolved(facts, &planned, records)? {
            continue;
        }
        open.push(planned);
        found += 1;
        if found == 2 {
            break;
        }
    }
    open.sort_by_key(|planned| (planned.due, planned.stamp));
    let mut open = open.into_iter();
    Ok(open.next().map(|first| Pending { first, next: open.next() }))
}

fn was_moved(records: &dyn Records, planned: &Planned) -> Result<bool> {
    Ok(records.recorded(&planned.stamp)?.is_some_and(|own| own.occurrence.moved_to.is_some()))
}

/// Whether everything from an instant on is paused.
fn open_ended(facts: &Facts, at: Instant) -> bool {
    facts.pauses.iter().any(|pause| pause.from <= at && pause.until.is_none())
}

/// Where to begin: before it nothing can be done any more.
fn earliest(slots: &Slots<'_>, as_of: Instant) -> Result<Instant> {
    if slots.never_expires() {
        return Ok(Instant::MIN_UTC);
    }
    let mut first = as_of;
    let mut found = slots.at_or_before(as_of)?;
    for _ in 0..BACK {
        let Some((before, began)) = found else { return Ok(first) };
        let over = before.expires.is_some_and(|expires| expires <= as_of);
        if !over {
            first = before.planned;
        }
        // Within a stretch what is earlier expires earlier; the one before it may have a wider window.
        if over && began == Instant::MIN_UTC {
            return Ok(first);
        }
        found = slots.before(if over { began } else { before.planned })?;
    }
    Err(Error::invalid("window.expires", "more than 10,000 occurrences can be done at once; let them expire sooner"))
}
