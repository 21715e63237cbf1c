//! Running a scenario.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::Duration;

use prm_core::{Actor, Batch, Clock, Error, Ids, Key, ManualClock, OpenOptions, Prm, Reckoner, Session, Subscription};
use serde_json::Value;

use crate::calls::{self, Failed};
use crate::expectation::{holds, is_error, is_same, told};
use crate::names::Names;
use crate::script::{self, ExecuteStep, ExpectedError, HearStep, ReadStep, Scenario, SessionStep, Step};

/// Runs every step; tells how many there were, or what went wrong at which.
pub(crate) fn run(scenario: &Scenario) -> Result<usize, String> {
    if scenario.steps.is_empty() {
        return Err("there are no steps".to_owned());
    }
    let mut stage = Stage::set(scenario)?;
    for (n, step) in scenario.steps.iter().enumerate() {
        stage.play(step).map_err(|wrong| format!("step {} of {}: {wrong}", n + 1, scenario.steps.len()))?;
    }
    Ok(scenario.steps.len())
}

struct Stage {
    /// Holds the folder of the store until the scenario is over.
    _folder: tempfile::TempDir,
    path: PathBuf,
    clock: ManualClock,
    prm: Prm,
    names: Names,
    sessions: BTreeMap<String, Session>,
    subscriptions: BTreeMap<String, Subscription>,
}

/// What a step must come to.
struct Expected<'a> {
    whole: Option<&'a Value>,
    part: Option<&'a Value>,
    error: Option<&'a ExpectedError>,
    bind: &'a BTreeMap<String, String>,
}

impl Stage {
    fn set(scenario: &Scenario) -> Result<Self, String> {
        let folder = tempfile::tempdir().map_err(|e| e.to_string())?;
        let path = folder.path().join("clinic.prm");
        let clock = ManualClock::new(scenario.clock);
        let created =
            Prm::create(&path, options(&clock, scenario.seed), scenario.founder.clone()).map_err(|e| e.to_string())?;
        let mut names = Names::default();
        if let Some(id) = created.practitioner() {
            names.bind("$founder", id.to_string().into())?;
        }
        for (name, id) in &scenario.ids {
            names.bind(name, id.clone().into())?;
        }
        let (sessions, subscriptions) = (BTreeMap::new(), BTreeMap::new());
        Ok(Stage { _folder: folder, path, clock, prm: created.prm, names, sessions, subscriptions })
    }

    fn play(&mut self, step: &Step) -> Result<(), String> {
        match step {
            Step::Clock(now) => {
                self.clock.set(*now);
                Ok(())
            }
            Step::Session(step) => self.begin(step),
            Step::Execute(step) => self.execute(step),
            Step::Read(step) => self.read(step),
            Step::Subscribe(step) => {
                let subscription = self.session(&step.session)?.subscribe(step.after).map_err(|e| e.to_string())?;
                self.subscriptions.insert(step.name.clone(), subscription);
                Ok(())
            }
            Step::Hear(step) => self.hear(step),
            Step::ShutDown {} => self.prm.shut_down().map_err(|e| e.to_string()),
            Step::Open { seed } => {
                self.sessions.clear();
                self.subscriptions.clear();
                self.prm = Prm::open(&self.path, options(&self.clock, *seed)).map_err(|e| e.to_string())?;
                Ok(())
            }
        }
    }

    fn session(&self, name: &str) -> Result<&Session, String> {
        self.sessions.get(name).ok_or_else(|| format!("there is no session {name}"))
    }

    fn begin(&mut self, step: &SessionStep) -> Result<(), String> {
        let mut actor = Actor::new(script::who(self.names.put_in(&step.who)?)?);
        actor.app = step.app.clone();
        actor.device = step.device.clone();
        if let Some(patient) = &step.on_behalf_of {
            actor.on_behalf_of = Some(script::patient(self.names.put_in(patient)?)?);
        }
        let session = self.prm.session(actor, step.purpose.clone()).map_err(|e| e.to_string())?;
        if let Some(name) = &step.bind {
            self.names.bind(name, session.id().to_string().into())?;
        }
        self.sessions.insert(step.name.clone(), session);
        Ok(())
    }

    fn execute(&mut self, step: &ExecuteStep) -> Result<(), String> {
        let commands = self.names.put_in(&Value::Array(step.commands.clone()))?;
        let id = step.batch.as_ref().map(|id| self.names.put_in(id)).transpose()?;
        let batch = serde_json::json!({ "id": id, "commands": commands });
        let batch: Batch = serde_json::from_value(batch).map_err(|e| format!("the batch is not one: {e}"))?;
        let outcome = self.session(&step.session)?.execute(batch);
        let outcome = outcome.map(|receipt| serde_json::to_value(receipt).expect("a receipt is JSON"));
        let expected = Expected {
            whole: step.expect.as_ref(),
            part: step.expect_part.as_ref(),
            error: step.error.as_ref(),
            bind: &step.bind,
        };
        self.compare(outcome, &expected)
    }

    fn read(&mut self, step: &ReadStep) -> Result<(), String> {
        let arguments = self.names.put_in(&step.args)?;
        let made = match (&step.session, step.call.starts_with(calls::ALONE)) {
            (Some(name), false) => calls::call(self.session(name)?, &step.call, arguments),
            (None, true) => calls::reckon(&Reckoner::bundled(), &step.call, arguments),
            _ => return Err(format!("{}: calls of reckon alone are made without a session", step.call)),
        };
        let outcome = match made {
            Ok(view) => Ok(view),
            Err(Failed::Refused(error)) => Err(error),
            Err(Failed::Misspelt(what)) => return Err(what),
        };
        let expected = Expected {
            whole: step.expect.as_ref(),
            part: step.expect_part.as_ref(),
            error: step.error.as_ref(),
            bind: &step.bind,
        };
        self.compare(outcome, &expected).map_err(|wrong| format!("{}: {wrong}", step.call))
    }

    /// Everything a subscription tells without waiting.
    fn hear(&mut self, step: &HearStep) -> Result<(), String> {
        let subscription = self.subscriptions.get_mut(&step.on);
        let subscription = subscription.ok_or_else(|| format!("there is no subscription {}", step.on))?;
        let mut heard = Vec::new();
        let outcome = loop {
            match subscription.next(Duration::ZERO) {
                Ok(Some(event)) => heard.push(serde_json::to_value(event).expect("an event is JSON")),
                Ok(None) => break Ok(Value::Array(heard)),
                Err(error) => break Err(error),
            }
        };
        let bind = BTreeMap::new();
        let expected = Expected { whole: step.expect.as_ref(), part: None, error: step.error.as_ref(), bind: &bind };
        self.compare(outcome, &expected)
    }

    fn compare(&mut self, outcome: Result<Value, Error>, expected: &Expected<'_>) -> Result<(), String> {
        let stated = [expected.whole.is_some(), expected.part.is_some(), expected.error.is_some()];
        if stated.into_iter().filter(|stated| *stated).count() != 1 {
            return Err("a step states one of expect, expect_part and error".to_owned());
        }
        let found = match (outcome, expected.error) {
            (Err(error), Some(wanted)) if is_error(wanted, &told(&error)) => return Ok(()),
            (Err(error), Some(wanted)) => return Err(format!("expected {wanted:?}\n   found {:?}", told(&error))),
            (Err(error), None) => return Err(format!("failed: {error}")),
            (Ok(found), Some(wanted)) => return Err(format!("expected {wanted:?}\n   found {}", shown(&found))),
            (Ok(found), None) => found,
        };
        self.names.bind_parts(expected.bind, &found)?;
        let wrong = |wanted: &Value| {
            Err(format!("expected {}\n   found {}", shown(wanted), shown(&self.names.take_out(&found))))
        };
        match (expected.whole, expected.part) {
            (Some(whole), _) if !is_same(&self.names.put_in(whole)?, &found) => wrong(whole),
            (_, Some(part)) if !holds(&self.names.put_in(part)?, &found) => wrong(part),
            _ => Ok(()),
        }
    }
}

/// An answer as a message shows it: cut where it is long.
fn shown(value: &Value) -> String {
    const MOST: usize = 4_000;
    let text = value.to_string();
    match text.char_indices().nth(MOST) {
        Some((end, _)) => format!("{}… ({} bytes)", &text[..end], text.len()),
        None => text,
    }
}

fn options(clock: &ManualClock, seed: u64) -> OpenOptions {
    OpenOptions::key(Key::raw([7; 32])).clock(Clock::Manual(clock.clone())).ids(Ids::Seeded(seed))
}
