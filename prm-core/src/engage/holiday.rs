//! Calendars of holidays, as data.

use minicbor::{Decode, Encode};
use serde::{Deserialize, Serialize};

use super::recur::Weekday;
use crate::time::Date;

/// A day on which a clinic does not work.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode, Serialize, Deserialize)]
#[cbor(map)]
#[serde(deny_unknown_fields)]
pub struct Holiday {
    /// The day it is kept on.
    #[n(0)]
    pub date: Date,
    /// Its name.
    #[n(1)]
    pub name: String,
}

/// The days on which a clinic or a country does not work, for as many years as its source states.
#[derive(Debug, Clone, Default, PartialEq, Eq, Encode, Decode, Serialize, Deserialize)]
#[cbor(map)]
#[serde(default, deny_unknown_fields)]
pub struct HolidayCalendar {
    /// Name, e.g. `US federal holidays`.
    #[n(0)]
    pub name: String,
    /// Where it is from.
    #[n(1)]
    pub source: String,
    /// Days of the week on which nobody works; Saturday and Sunday if none is named.
    #[n(2)]
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub weekend: Vec<Weekday>,
    /// The holidays; 10,000 at most.
    #[n(3)]
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub holidays: Vec<Holiday>,
}
