//! Changing a schedule from an instant on, and what becomes of outcomes recorded of what it does not plan any more.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::evaluate::{Facts, Recorded, Slots};
use super::{Anchor, OccurrenceView, Phase, Schedule, Stamp, Timing, Window};
use crate::error::Result;
use crate::time::Instant;

/// What a change of a schedule would do, before it is made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChangePreview {
    /// Occurrences from then on of which an outcome is recorded, and which the new timing does not plan: what the
    /// choice between keeping and taking back is about.
    pub left_over: Vec<OccurrenceView>,
    /// Occurrences from then on of which an outcome is recorded, and which the new timing plans as well.
    pub kept: Vec<OccurrenceView>,
    /// What was planned for the time looked at.
    pub before: Vec<OccurrenceView>,
    /// What would be planned for it.
    pub after: Vec<OccurrenceView>,
    /// Whether there is more in that time than is shown.
    pub cut_off: bool,
}

/// The schedule with another timing from an instant on. Stretches that would begin then or later are gone.
pub(crate) fn changed_from(schedule: &Schedule, from: Instant, timing: Timing, window: Window) -> Schedule {
    let from = Instant::from_timestamp(from.timestamp(), 0).unwrap_or(from);
    let mut changed = schedule.clone();
    follow_on(&mut changed.phases, Phase { from: Some(from), timing, window });
    changed
}

/// Lets a stretch follow those before it; those that would begin then or later give way. Steps that are not those of the
/// stretch before get numbers of their own.
pub(crate) fn follow_on(phases: &mut Vec<Phase>, mut next: Phase) {
    phases.retain(|phase| phase.from.is_none_or(|began| next.from.is_some_and(|from| began < from)));
    if let Timing::Event(event) = &mut next.timing {
        event.first = 0;
        let before = phases.iter().rev().find_map(|phase| match &phase.timing {
            Timing::Event(before) if before.anchor == event.anchor => Some(before),
            _ => None,
        });
        if let Some(before) =
            before.filter(|before| !matches!(before.anchor, Anchor::Birthday | Anchor::LastCompletion))
        {
            let same = before.steps == event.steps && before.repeat == event.repeat;
            event.first = if same { before.first } else { before.first.saturating_add(before.numbers()) };
        }
    }
    phases.push(next);
}

/// Records of occurrences from an instant on that the schedule does not plan any more.
pub(crate) fn left_over<'r>(
    before: &Facts,
    after: &Facts,
    recorded: &'r BTreeMap<Stamp, Recorded>,
    from: Instant,
) -> Result<Vec<&'r Recorded>> {
    // A change takes effect at a whole second.
    let from = Instant::from_timestamp(from.timestamp(), 0).unwrap_or(from);
    let (slots_before, slots_after) = (Slots::of(before)?, Slots::of(after)?);
    let mut left = Vec::new();
    for own in recorded.values() {
        let stamp = &own.occurrence.stamp;
        let was = slots_before.find(stamp, None)?;
        if was.is_some_and(|planned| planned.planned >= from) && slots_after.find(stamp, None)?.is_none() {
            left.push(own);
        }
    }
    Ok(left)
}
