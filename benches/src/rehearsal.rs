//! Every phase on a small population, compared with what must be answered. The test of an engine's program.

use std::path::Path;

use crate::engine::{Answer, Engine, Result, Unoffered};
use crate::generate::{Case, Population};
use crate::model::Model;
use crate::phase::Phase;

const OPERATIONS: u64 = 40;

/// Runs every phase that the engine offers, in a folder that does not exist yet, closing and opening the store in between.
/// Gives the phases that ran; an answer that is not the model's is an error.
pub fn rehearse<E: Engine>(folder: &Path, population: Population) -> Result<Vec<Phase>> {
    let cases: Vec<Case> = (0..population.all()).map(|number| population.case(number)).collect();
    let mut model = Model::create(folder)?;
    let mut engine = E::create(folder)?;
    for batch in cases.chunks(100) {
        model.ingest(batch)?;
        engine.ingest(batch)?;
    }
    engine.close()?;
    let mut ran = Vec::new();
    for (round, phase) in Phase::ALL.into_iter().chain([Phase::Journey, Phase::Timeline]).enumerate() {
        let mut engine = E::open(folder)?;
        let offered = answered(phase, &mut engine, population, round as u64)?;
        engine.close()?;
        let Some(answer) = offered else { continue };
        let expected = answered(phase, &mut model, population, round as u64)?;
        let enough = if phase.is_exact() { Some(answer) == expected } else { answer >= OPERATIONS * 3 / 4 };
        if !enough {
            return Err(format!("{} answered {answer}, not {expected:?}", phase.name()).into());
        }
        ran.push(phase);
    }
    Ok(ran)
}

/// None if the engine does not offer the phase.
fn answered<E: Engine>(phase: Phase, engine: &mut E, population: Population, round: u64) -> Result<Option<Answer>> {
    match phase.run(engine, population, OPERATIONS, round) {
        Ok((_, answer)) => Ok(Some(answer)),
        Err(error) if error.is::<Unoffered>() => Ok(None),
        Err(error) => Err(error),
    }
}
