//! Every phase on few patients, compared with what must be answered. The test of an engine's program.

use std::path::Path;

use super::engine::CareEngine;
use super::model::CareModel;
use super::phase::CarePhase;
use super::routine::{Caseload, ROUTINES, now};
use crate::engine::{Answer, Result, Unoffered};

const CASELOAD: Caseload = Caseload { patients: 300 };

/// Runs every phase that the engine offers on two days, in a folder that does not exist yet, closing and opening the store
/// in between. Gives how many ran; an answer that is not the model's is an error.
pub fn rehearse_care<E: CareEngine>(folder: &Path) -> Result<usize> {
    let mut model = CareModel::create(folder, CASELOAD)?;
    let mut engine = E::create(folder, CASELOAD)?;
    fill(&mut model)?;
    fill(&mut engine)?;
    engine.close()?;
    let mut ran = 0;
    for round in 0..2 {
        for phase in CarePhase::ALL {
            let mut engine = E::open(folder, CASELOAD)?;
            let operations = phase.operations(CASELOAD.patients).min(40);
            let offered = answered(phase, &mut engine, operations, round)?;
            engine.close()?;
            let expected = answered(phase, &mut model, operations, round)?;
            let Some(answer) = offered else { continue };
            if Some(answer) != expected {
                return Err(format!("{} answered {answer} on day {round}, not {expected:?}", phase.name()).into());
            }
            ran += 1;
        }
    }
    Ok(ran)
}

fn fill<E: CareEngine>(engine: &mut E) -> Result<()> {
    engine.set_now(now(0));
    for first in (0..CASELOAD.patients).step_by(100) {
        let numbers = first..first + 100;
        let patients: Vec<_> =
            numbers.clone().map(|number| (CASELOAD.patient(number), CASELOAD.withheld(number))).collect();
        let tasks: Vec<_> = numbers.flat_map(|number| ROUTINES.map(|routine| CASELOAD.task(number, routine))).collect();
        engine.ingest(&patients, &tasks)?;
    }
    Ok(())
}

/// None if the engine does not offer the phase.
fn answered<E: CareEngine>(phase: CarePhase, engine: &mut E, operations: u64, round: u64) -> Result<Option<Answer>> {
    match phase.run(engine, CASELOAD, operations, round) {
        Ok((_, answer)) => Ok(Some(answer)),
        Err(error) if error.is::<Unoffered>() => Ok(None),
        Err(error) => Err(format!("{}: {error}", phase.name()).into()),
    }
}
