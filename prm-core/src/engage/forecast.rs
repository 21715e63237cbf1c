//! How much there is to do in the days ahead, for whom.

use serde::{Deserialize, Serialize};

use crate::time::Date;

/// What one role has to do on one day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ForecastDay {
    /// The day.
    pub date: Date,
    /// The role, e.g. `nurse`; none for what names no role.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role: Option<String>,
    /// How many occurrences are due as things are planned now.
    pub planned: u32,
    /// How many would be due after the change that is looked at; none if there is no such change.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub changed: Option<u32>,
}

/// The days ahead: how many occurrences are due, and how many would be after a change.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ForecastView {
    /// Days and roles with something to do, in any order. Rows of the same day and role are added up.
    pub days: Vec<ForecastDay>,
}
