//! The phases, and which clinics, patients and schedules each of them asks for.

use super::engine::CareEngine;
use super::routine::{Caseload, Pending, Routine, Task, now, pending};
use crate::draw::Draw;
use crate::engine::{Answer, Result};
use crate::phase::coprime_stride;
use crate::timing::Timing;

const DAY: i64 = 86_400;
/// 1 January 2026 and the month after it.
const MONTH: (i64, i64) = (20_454 * DAY, 20_485 * DAY);
/// Writers at once.
const WRITERS: u64 = 64;

/// What is measured, one operation after the other, in the order of a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CarePhase {
    /// 24 hours of a clinic before the nightly advance.
    Stale,
    /// The nightly advance.
    Advance,
    /// 24 hours of a clinic, four warm clinics without a patient withheld.
    Worklist,
    /// The same of four clinics with a twentieth of patients withheld.
    Withheld,
    /// The same of any clinic.
    Anywhere,
    /// What is late at a clinic.
    Overdue,
    /// What may be done for a patient.
    Due,
    /// A month of a daily schedule that is ten years old, from the store.
    Month,
    /// The same from its rule alone.
    Expand,
    /// A task completed, durable.
    Complete,
    /// Tasks completed by 64 writers.
    Writers,
}

impl CarePhase {
    /// Every phase, in the order in which they run.
    pub const ALL: [CarePhase; 11] = [
        CarePhase::Stale,
        CarePhase::Advance,
        CarePhase::Worklist,
        CarePhase::Withheld,
        CarePhase::Anywhere,
        CarePhase::Overdue,
        CarePhase::Due,
        CarePhase::Month,
        CarePhase::Expand,
        CarePhase::Complete,
        CarePhase::Writers,
    ];

    /// Its word in the protocol and the table.
    pub const fn name(self) -> &'static str {
        match self {
            CarePhase::Stale => "worklist-stale",
            CarePhase::Advance => "advance",
            CarePhase::Worklist => "worklist",
            CarePhase::Withheld => "worklist-withheld",
            CarePhase::Anywhere => "worklist-anywhere",
            CarePhase::Overdue => "overdue",
            CarePhase::Due => "due",
            CarePhase::Month => "month",
            CarePhase::Expand => "month-alone",
            CarePhase::Complete => "complete",
            CarePhase::Writers => "complete-64",
        }
    }

    /// The phase of a word.
    pub fn named(word: &str) -> Option<Self> {
        CarePhase::ALL.into_iter().find(|phase| phase.name() == word)
    }

    /// Whether it is run once before it is measured.
    pub const fn is_warm(self) -> bool {
        matches!(self, CarePhase::Worklist | CarePhase::Withheld | CarePhase::Overdue | CarePhase::Expand)
    }

    /// Operations of one round with so many patients; of writers, those of each.
    pub fn operations(self, patients: u64) -> u64 {
        match self {
            CarePhase::Advance => 1,
            CarePhase::Stale => 4,
            CarePhase::Worklist | CarePhase::Withheld | CarePhase::Anywhere | CarePhase::Overdue => 200,
            CarePhase::Due | CarePhase::Month | CarePhase::Expand => patients.min(10_000),
            CarePhase::Complete => (patients / 50).clamp(5, 200),
            CarePhase::Writers => (patients / 640).clamp(1, 20),
        }
    }

    /// Runs operations of a round: what each took, and the check sum of all answers. Of writers it is one operation.
    pub fn run<E: CareEngine>(
        self,
        engine: &mut E,
        caseload: Caseload,
        operations: u64,
        round: u64,
    ) -> Result<(Timing, Answer)> {
        let mut draw = Draw::seeded(&[12, self as u64, round]);
        let mut timing = Timing::default();
        let mut sum: Answer = 0;
        let at = now(round);
        engine.set_now(at);
        // A stride that visits every patient with an even number before it visits one again; none of them is withheld.
        let even = (caseload.patients / 2).max(1);
        let patient = |serial: u64| serial * coprime_stride(even) % even * 2;
        let next = |number: u64, routine: Routine| {
            let task = caseload.task(number, routine);
            (task, pending(&task, None, at))
        };
        if self == CarePhase::Writers {
            let serial = |writer: u64, turn: u64| (round * WRITERS + writer) * operations + turn;
            let task = |serial: u64| {
                let routine = if serial.is_multiple_of(2) { Routine::Laboratory } else { Routine::Feet };
                next(patient(serial / 2), routine)
            };
            let of_writers: Vec<Vec<(Task, Pending)>> =
                (0..WRITERS).map(|writer| (0..operations).map(|turn| task(serial(writer, turn))).collect()).collect();
            timing.time(|| engine.complete_together(&of_writers))?;
            return Ok((timing, WRITERS * operations));
        }
        for turn in 0..operations {
            let warm = draw.below(4.min(caseload.clinics() / 2)) as u32 * 2;
            let serial = round * operations + turn;
            let answer = match self {
                CarePhase::Worklist | CarePhase::Stale => timing.time(|| engine.worklist(warm, at + DAY))?,
                CarePhase::Withheld => timing.time(|| engine.worklist(warm + 1, at + DAY))?,
                CarePhase::Anywhere => {
                    let clinic = draw.below(caseload.clinics()) as u32;
                    timing.time(|| engine.worklist(clinic, at + DAY))?
                }
                CarePhase::Overdue => timing.time(|| engine.worklist(warm, at))?,
                CarePhase::Advance => timing.time(|| engine.advance())?,
                CarePhase::Due => {
                    let task = caseload.task(patient(serial), Routine::Tablet);
                    timing.time(|| engine.due(&task))?
                }
                // The same schedules each time: their rules are read into memory once for the phase without a store.
                CarePhase::Month | CarePhase::Expand => {
                    let task = caseload.task(patient(turn), Routine::Tablet);
                    let (from, to) = MONTH;
                    match self {
                        CarePhase::Month => timing.time(|| engine.month(&task, from, to))?,
                        _ => timing.time(|| engine.expand(&task, from, to))?,
                    }
                }
                CarePhase::Complete => {
                    let (task, pending) = next(patient(serial), Routine::Pressure);
                    timing.time(|| engine.complete(&task, &pending))?;
                    1
                }
                CarePhase::Writers => 0,
            };
            sum = sum.wrapping_add(answer);
        }
        Ok((timing, sum))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_lead_back_to_their_phases() {
        assert!(CarePhase::ALL.into_iter().all(|phase| CarePhase::named(phase.name()) == Some(phase)));
    }
}
