//! What reads of the chart return.

use serde::{Deserialize, Serialize};

use super::{ChartEntry, EntryStatus, EntryValue};
use crate::id::EntryId;
use crate::sensitive::Sensitive;
use crate::store::record::{Header, Stored};
use crate::time::{Instant, When};
use crate::value::{Comparator, Concept, Decimal};

/// An entry as it was read: which version, and since when the store has known it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EntryView {
    /// Id.
    pub id: EntryId,
    /// Version, from 1.
    pub version: u32,
    /// When this version was recorded.
    pub recorded: Instant,
    /// Why the entry was marked as entered in error; none if it counts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub voided: Option<Sensitive>,
    /// The entry.
    pub entry: ChartEntry,
    /// Entries of other sources that say something else of the same. Two entries disagree if they have the same kind, a
    /// code in common and the same date as written, come from different sources (entries made here are one source), and
    /// differ in value, components or status. Both stay; neither is preferred.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub conflicts: Vec<EntryId>,
}

impl EntryView {
    pub(crate) fn new(id: EntryId, stored: Stored<ChartEntry>) -> Self {
        let Stored { header, record } = stored;
        let voided = header.reason.filter(|_| header.flags & Header::VOIDED != 0);
        EntryView {
            id,
            version: header.version,
            recorded: header.recorded,
            voided,
            entry: record,
            conflicts: Vec::new(),
        }
    }
}

/// Whether something on a list holds now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ListState {
    /// It holds now.
    Active,
    /// It is over.
    Past,
}

/// One line of the problem, medication or allergy list: all entries that tell of the same.
///
/// The problem list is made from conditions, the medication list from prescriptions and medications as reported, the
/// allergy list from allergies and intolerances; what was given or dispensed is an event of the timeline. Entries that
/// stand after the current instant, or are made in error, planned or not done (refuted, cancelled), are on no list.
///
/// Entries tell of the same if their first code is the same, or, of entries without a code, their title. An entry holds
/// now if its status is active, preliminary, final or unknown and neither its end nor the end of its period has passed;
/// completed means over. A line holds if any of its entries does: a problem that one source still calls active is not
/// hidden by another that calls it resolved. Lines that hold come first, each part with the newest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListItem {
    /// Whether it holds now: if any of its entries does.
    pub state: ListState,
    /// The earliest start any of its entries tells.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub since: Option<When>,
    /// The newest of its entries, of those that hold now if there are any.
    pub latest: EntryView,
    /// All of its entries, newest first.
    pub entries: Vec<EntryId>,
}

/// A vaccine and the doses of it that were given.
///
/// Doses that are planned, not done, made in error or stand after the current instant are left out. Entries are of the
/// same vaccine if their first code is the same, or, without a code, their title.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct VaccineView {
    /// The vaccine, as the newest dose names it.
    pub vaccine: Concept,
    /// The doses, newest first.
    pub doses: Vec<DoseView>,
}

/// A dose that was given.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DoseView {
    /// The entry that tells of it.
    pub entry: EntryView,
    /// Other entries that tell of a dose of the same vaccine on the same date: they are taken for the same dose.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub also: Vec<EntryId>,
}

/// The newest value of a code.
///
/// A value counts if its observation is not made in error, planned or not done, has a time, and does not stand after
/// the current instant. The value of a code is that of the observation with this code, or of its component with it.
/// Asked for all codes, a value stands under the first code of its concept alone, so that a value with a LOINC and a
/// local code comes up once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LatestValue {
    /// What was measured.
    pub code: Concept,
    /// What was found.
    pub value: EntryValue,
    /// When.
    pub when: When,
    /// How certain it is.
    pub status: EntryStatus,
    /// The entry that holds it.
    pub entry: EntryId,
    /// Whether it is a part of that entry, e.g. systolic pressure.
    pub is_component: bool,
}

/// How the values of a code changed. Which values count is said at [`LatestValue`].
///
/// Values of one unit make a series; units are told apart by their UCUM code, else as they are written, and nothing is
/// converted. The same number in the same unit at the same time from two entries is one point; other numbers are points
/// of their own.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Trend {
    /// One series per unit; values of different units are never put together. The series with the newest value first.
    pub series: Vec<Series>,
    /// Values that are no numbers, left out.
    pub without_number: u32,
    /// Whether older values of the period were left out because there are more than were asked for.
    pub is_cut: bool,
}

/// Values of one code in one unit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Series {
    /// The UCUM code of the unit, else the unit as it was written; none for plain numbers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    /// The values, oldest first.
    pub points: Vec<Point>,
}

/// One value of a series.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Point {
    /// When it was measured.
    pub when: When,
    /// The number, with the digits it came with.
    pub value: Decimal,
    /// How the true value relates to the number, if it is not equal to it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub comparator: Option<Comparator>,
    /// How certain it is.
    pub status: EntryStatus,
    /// The entry that holds it.
    pub entry: EntryId,
}
