//! The phases, and which patients and names each of them asks for.

use crate::draw::Draw;
use crate::engine::{Answer, Engine, Result};
use crate::generate::{Population, entry_to_add, fold};
use crate::timing::Timing;

/// What is measured, one operation after the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Phase {
    /// Read of a demographic record within an open access, 2,000 warm patients.
    Point,
    /// First read of an access, patients spread over the whole store.
    First,
    /// The 20 newest of 60 records, 2,000 warm patients.
    Journey,
    /// The 20 newest of 10,000 entries, warm.
    Timeline,
    /// The same, each patient's first after the store was opened.
    TimelineCold,
    /// All of 10,000 entries, decoded into owned values.
    Walk,
    /// The same as Arrow.
    Table,
    /// 20 patients by the first four letters of a name.
    Prefix,
    /// 20 patients by a misspelt name.
    Fuzzy,
    /// One entry added, durable.
    Add,
    /// One telephone number changed, durable.
    Edit,
}

impl Phase {
    /// Every phase, in the order in which they run.
    pub const ALL: [Phase; 11] = [
        Phase::Point,
        Phase::First,
        Phase::Journey,
        Phase::Timeline,
        Phase::TimelineCold,
        Phase::Walk,
        Phase::Table,
        Phase::Prefix,
        Phase::Fuzzy,
        Phase::Add,
        Phase::Edit,
    ];

    /// Its word in the protocol and the table.
    pub const fn name(self) -> &'static str {
        match self {
            Phase::Point => "point",
            Phase::First => "first",
            Phase::Journey => "journey",
            Phase::Timeline => "timeline",
            Phase::TimelineCold => "timeline-cold",
            Phase::Walk => "walk",
            Phase::Table => "table",
            Phase::Prefix => "prefix",
            Phase::Fuzzy => "fuzzy",
            Phase::Add => "add",
            Phase::Edit => "edit",
        }
    }

    /// The phase of a word.
    pub fn named(word: &str) -> Option<Self> {
        Phase::ALL.into_iter().find(|phase| phase.name() == word)
    }

    /// Whether there is one right answer. Of misspelt names an engine may find more or fewer again: trigrams miss a short
    /// name with two letters exchanged.
    pub const fn is_exact(self) -> bool {
        !matches!(self, Phase::Fuzzy)
    }

    /// Operations of one round at full size.
    pub const fn operations(self) -> u64 {
        match self {
            Phase::Point | Phase::Journey => 20_000,
            Phase::First => 2_000,
            Phase::Timeline | Phase::Prefix => 5_000,
            Phase::TimelineCold => 20,
            Phase::Walk | Phase::Table => 10,
            Phase::Fuzzy => 50,
            Phase::Add | Phase::Edit => 200,
        }
    }

    /// Runs operations of a round: what each took, and the check sum of all answers.
    pub fn run<E: Engine>(
        self,
        engine: &mut E,
        population: Population,
        operations: u64,
        round: u64,
    ) -> Result<(Timing, Answer)> {
        let mut draw = Draw::seeded(&[10, self as u64, round]);
        let mut timing = Timing::default();
        let mut sum: Answer = 0;
        for turn in 0..operations {
            let number = self.patient(population, &mut draw, round * operations + turn, turn);
            let id = population.id(number);
            let answer = match self {
                Phase::Point => timing.time(|| engine.point(id))?,
                Phase::First => timing.time(|| engine.first(id))?,
                Phase::Journey | Phase::Timeline | Phase::TimelineCold => timing.time(|| engine.timeline(id, 20))?,
                Phase::Walk => timing.time(|| engine.walk(id))?,
                Phase::Table => timing.time(|| engine.table(id))?,
                Phase::Prefix => {
                    let begin: String = fold(&population.patient(number).family).chars().take(4).collect();
                    timing.time(|| engine.prefix(&begin))?
                }
                Phase::Fuzzy => {
                    let meant = fold(&population.patient(number).family);
                    let misspelt = misspell(&meant, &mut draw);
                    timing.time(|| engine.fuzzy(&misspelt, &meant))?
                }
                Phase::Add => {
                    let entry = entry_to_add(number, round * operations + turn);
                    timing.time(|| engine.add(id, &entry))?;
                    1
                }
                Phase::Edit => {
                    let phone = format!("+1666{:07}", round * operations + turn);
                    timing.time(|| engine.edit(id, &phone))?;
                    1
                }
            };
            sum = sum.wrapping_add(answer);
        }
        Ok((timing, sum))
    }

    /// Which patient an operation is about. `serial` never repeats within a run.
    fn patient(self, population: Population, draw: &mut Draw, serial: u64, turn: u64) -> u64 {
        let long = |which: u64| population.ordinary + which % population.long.max(1);
        match self {
            // A warm set of 2,000, drawn once over the whole store.
            Phase::Point | Phase::Journey => {
                let warm = draw.below(2_000);
                Draw::seeded(&[11, warm]).below(population.ordinary)
            }
            // A stride that visits every patient before it visits one again.
            Phase::First => serial * coprime_stride(population.ordinary) % population.ordinary,
            Phase::Timeline => long(draw.below(population.long)),
            Phase::TimelineCold | Phase::Walk | Phase::Table => long(turn),
            Phase::Prefix | Phase::Fuzzy | Phase::Add | Phase::Edit => draw.below(population.ordinary),
        }
    }
}

/// A number near 0.618 of `all` that shares no factor with it.
pub(crate) fn coprime_stride(all: u64) -> u64 {
    let factor = |mut a: u64, mut b: u64| {
        while b != 0 {
            (a, b) = (b, a % b);
        }
        a
    };
    let mut stride = (all * 618 / 1_000).max(1);
    while factor(stride, all) != 1 {
        stride += 1;
    }
    stride
}

/// One letter left out or two neighbours exchanged, past the first letter.
fn misspell(name: &str, draw: &mut Draw) -> String {
    let mut letters: Vec<char> = name.chars().collect();
    let at = 1 + draw.below(letters.len().saturating_sub(2) as u64) as usize;
    if draw.below(2) == 0 && letters.len() > 4 {
        letters.remove(at);
    } else if at + 1 < letters.len() {
        letters.swap(at, at + 1);
    }
    letters.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn first_reads_meet_every_patient_before_one_again() {
        for ordinary in [7, 200, 1_000] {
            let population = Population { ordinary, long: 1 };
            let mut draw = Draw::seeded(&[0]);
            let met: BTreeSet<u64> =
                (0..ordinary).map(|serial| Phase::First.patient(population, &mut draw, serial, 0)).collect();
            assert_eq!(met.len() as u64, ordinary);
        }
    }

    #[test]
    fn a_misspelt_name_is_another_of_nearly_the_same_length() {
        let mut draw = Draw::seeded(&[1]);
        for name in ["anderson", "smith", "garcia"] {
            let misspelt = misspell(name, &mut draw);
            assert!(name.len() - misspelt.len() <= 1 && misspelt.starts_with(&name[..1]), "{name} {misspelt}");
        }
    }

    #[test]
    fn words_lead_back_to_their_phases() {
        assert!(Phase::ALL.into_iter().all(|phase| Phase::named(phase.name()) == Some(phase)));
    }
}
