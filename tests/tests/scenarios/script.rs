//! What a scenario file says.

use std::collections::BTreeMap;

use prm_core::{Founder, Instant, PatientId, Purpose, Who};
use serde::{Deserialize, Deserializer};
use serde_json::Value;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Scenario {
    #[serde(rename = "$schema")]
    pub(crate) _schema: String,
    pub(crate) title: String,
    pub(crate) clock: Instant,
    pub(crate) seed: u64,
    pub(crate) founder: Founder,
    #[serde(default)]
    pub(crate) ids: BTreeMap<String, String>,
    pub(crate) steps: Vec<Step>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub(crate) enum Step {
    Clock(Instant),
    Session(SessionStep),
    Execute(ExecuteStep),
    Read(ReadStep),
    Subscribe(SubscribeStep),
    Hear(HearStep),
    ShutDown {},
    Open { seed: u64 },
}

/// Begins a session. Names in `who` and `on_behalf_of` are put in before they are read.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct SessionStep {
    pub(crate) name: String,
    pub(crate) who: Value,
    pub(crate) purpose: Purpose,
    #[serde(default)]
    pub(crate) on_behalf_of: Option<Value>,
    #[serde(default)]
    pub(crate) app: Option<String>,
    #[serde(default)]
    pub(crate) device: Option<String>,
    #[serde(default)]
    pub(crate) bind: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ExecuteStep {
    #[serde(rename = "as")]
    pub(crate) session: String,
    #[serde(default)]
    pub(crate) batch: Option<Value>,
    pub(crate) commands: Vec<Value>,
    #[serde(default)]
    pub(crate) bind: BTreeMap<String, String>,
    #[serde(default, deserialize_with = "given")]
    pub(crate) expect: Option<Value>,
    #[serde(default, deserialize_with = "given")]
    pub(crate) expect_part: Option<Value>,
    #[serde(default)]
    pub(crate) error: Option<ExpectedError>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ReadStep {
    /// None for a call that needs no session.
    #[serde(rename = "as", default)]
    pub(crate) session: Option<String>,
    pub(crate) call: String,
    #[serde(default = "nothing")]
    pub(crate) args: Value,
    #[serde(default)]
    pub(crate) bind: BTreeMap<String, String>,
    #[serde(default, deserialize_with = "given")]
    pub(crate) expect: Option<Value>,
    #[serde(default, deserialize_with = "given")]
    pub(crate) expect_part: Option<Value>,
    #[serde(default)]
    pub(crate) error: Option<ExpectedError>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct SubscribeStep {
    #[serde(rename = "as")]
    pub(crate) session: String,
    pub(crate) name: String,
    #[serde(default)]
    pub(crate) after: Option<u64>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct HearStep {
    pub(crate) on: String,
    #[serde(default, deserialize_with = "given")]
    pub(crate) expect: Option<Value>,
    #[serde(default)]
    pub(crate) error: Option<ExpectedError>,
}

/// The error a step must fail with. `versions` and `field` are compared if they are given.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ExpectedError {
    pub(crate) code: String,
    #[serde(default)]
    pub(crate) versions: Option<ExpectedVersions>,
    #[serde(default)]
    pub(crate) field: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ExpectedVersions {
    pub(crate) expected: u32,
    pub(crate) found: u32,
}

fn nothing() -> Value {
    Value::Object(serde_json::Map::new())
}

/// `null` is an expectation of its own: the answer is nothing.
fn given<'de, D: Deserializer<'de>>(d: D) -> Result<Option<Value>, D::Error> {
    Value::deserialize(d).map(Some)
}

/// Someone, with names put in.
pub(crate) fn who(value: Value) -> Result<Who, String> {
    serde_json::from_value(value).map_err(|e| format!("who: {e}"))
}

/// A patient, with names put in.
pub(crate) fn patient(value: Value) -> Result<PatientId, String> {
    serde_json::from_value(value).map_err(|e| format!("on_behalf_of: {e}"))
}
