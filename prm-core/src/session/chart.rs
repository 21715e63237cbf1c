//! The room of the chart and the journey.

use serde::{Deserialize, Serialize};

use super::Session;
use super::change::Kept;
use super::look::Look;
use crate::chart::lists::{self, List};
use crate::chart::{
    ChartEntry, EntryView, LatestValue, ListItem, TimelineQuery, Trend, VaccineView, index::Position, timeline, values,
};
use crate::command::Command;
use crate::error::{Error, Result};
use crate::govern::policy::{Action, DataClass};
use crate::id::{EntryId, PatientId};
use crate::page::{Cursor, Page};
use crate::people::Patient;
use crate::sensitive::Sensitive;
use crate::store::key::Pid;
use crate::store::record::{Covering, Reader};
use crate::time::{Instant, Period};
use crate::value::Coding;

/// The chart and the journey. See [`Session::chart`].
#[derive(Debug, Clone, Copy)]
pub struct ChartRoom<'a>(pub(super) &'a Session);

/// Most values of a trend.
const MOST_POINTS: u32 = 100_000;

/// A page of a timeline.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TimelinePage {
    /// The entries, in the order asked for.
    pub entries: Vec<EntryView>,
    /// Where the next page begins. There may be nothing behind it if the question names a text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<Cursor>,
    /// Entries looked at, of those the session may see. A text filter looks at 2,000 at most for one page and goes on from there with the next.
    pub looked_at: u32,
}

impl ChartRoom<'_> {
    pub(crate) fn session(&self) -> &Session {
        self.0
    }

    /// Adds an entry to a patient's chart.
    ///
    /// # Errors
    /// As [`Session::execute`].
    pub fn add(&self, patient: PatientId, entry: ChartEntry) -> Result<EntryId> {
        self.0.one(Command::AddEntry { id: None, patient, entry })
    }

    /// Replaces an entry; `version` is the one the edit was made on. Gives the new version.
    ///
    /// # Errors
    /// As [`Session::execute`].
    pub fn edit(&self, id: EntryId, version: u32, entry: ChartEntry) -> Result<u32> {
        self.0.next_version(Command::EditEntry { id, version, entry })
    }

    /// Marks an entry as entered in error. Gives the new version.
    ///
    /// # Errors
    /// As [`Session::execute`].
    pub fn void(&self, id: EntryId, version: u32, reason: impl Into<Sensitive>) -> Result<u32> {
        self.0.next_version(Command::VoidEntry { id, version, reason: reason.into() })
    }

    /// Reads an entry.
    ///
    /// # Errors
    /// `NotFound`, `Denied`, `Corrupted`, `AuditUnavailable`, `Closed`.
    pub fn entry(&self, id: EntryId) -> Result<EntryView> {
        self.0.current::<ChartEntry, _>(id.into(), |stored| EntryView::new(id, stored))
    }

    /// Every version of an entry that the session may see, oldest first: the security labels of then and of now are asked
    /// about.
    ///
    /// # Errors
    /// As [`entry`](Self::entry).
    pub fn history(&self, id: EntryId) -> Result<Vec<EntryView>> {
        self.0.history::<ChartEntry, _>(id.into(), |stored| EntryView::new(id, stored))
    }

    /// An entry as the store knew it at an instant; none if it did not know it yet.
    ///
    /// # Errors
    /// As [`entry`](Self::entry); `Denied` also for a version whose labels the session may not reach.
    pub fn known_at(&self, id: EntryId, at: Instant) -> Result<Option<EntryView>> {
        self.0.known_at::<ChartEntry, _>(id.into(), at, |stored| EntryView::new(id, stored))
    }

    /// A page of a patient's timeline. The cost of a page follows what is on it, not the length of the timeline.
    ///
    /// # Errors
    /// `NotFound`, `Denied`, `Corrupted`, `AuditUnavailable`, `Closed`; `Invalid` for a page that is none, or a cursor of
    /// another question.
    pub fn timeline(&self, patient: PatientId, query: &TimelineQuery, page: &Page) -> Result<TimelinePage> {
        let limit = page.rows()?;
        let unable = |e| Error::invalid("query", "the question cannot be encoded").because(e);
        let question = [patient.as_bytes().as_slice(), &serde_json::to_vec(query).map_err(unable)?].concat();
        self.of_patient(patient, |chart| {
            let foreign = || Error::invalid("page.after", "the cursor belongs to another question");
            let from = chart.look.position(&question, page)?;
            let from = from.map(|bytes| Position::parse(&bytes).ok_or_else(foreign)).transpose()?;
            let (reader, now) = (chart.reader, chart.look.now);
            let mut numbers = chart.look.numbers(reader);
            let permits = |own| chart.permits(own);
            let found =
                timeline::timeline(reader, &mut numbers, chart.pid, query, from.as_ref(), limit, now, &permits)?;
            let next = found.next.map(|position| chart.look.cursor(&question, &position.bytes())).transpose()?;
            let looked_at = u32::try_from(found.looked_at).unwrap_or(u32::MAX);
            Ok(TimelinePage { entries: found.entries, next, looked_at })
        })
    }

    /// The problem list: conditions, those that hold first. The rule stands at [`ListItem`].
    ///
    /// # Errors
    /// As [`entry`](Self::entry).
    pub fn problems(&self, patient: PatientId) -> Result<Vec<ListItem>> {
        self.list(patient, List::Problems)
    }

    /// The medication list: prescriptions and medications as reported, those that hold first.
    ///
    /// # Errors
    /// As [`entry`](Self::entry).
    pub fn medications(&self, patient: PatientId) -> Result<Vec<ListItem>> {
        self.list(patient, List::Medications)
    }

    /// The allergy list, what holds first.
    ///
    /// # Errors
    /// As [`entry`](Self::entry).
    pub fn allergies(&self, patient: PatientId) -> Result<Vec<ListItem>> {
        self.list(patient, List::Allergies)
    }

    /// Vaccines that were given, the newest first.
    ///
    /// # Errors
    /// As [`entry`](Self::entry).
    pub fn immunizations(&self, patient: PatientId) -> Result<Vec<VaccineView>> {
        self.of_patient(patient, |chart| {
            lists::vaccines(chart.reader, chart.pid, chart.look.now, &|own| chart.permits(own))
        })
    }

    /// The newest value of each of `codes`, or of every code there are values of; newest first.
    ///
    /// # Errors
    /// As [`entry`](Self::entry).
    pub fn latest(&self, patient: PatientId, codes: &[Coding]) -> Result<Vec<LatestValue>> {
        self.of_patient(patient, |chart| {
            let mut numbers = chart.look.numbers(chart.reader);
            values::latest(chart.reader, &mut numbers, chart.pid, codes, chart.look.now, &|own| chart.permits(own))
        })
    }

    /// How the values of a code changed: one series per unit, oldest first, of the newest `limit` values in the period.
    ///
    /// # Errors
    /// As [`entry`](Self::entry); `Invalid` for a limit of 0 or more than 100,000.
    pub fn trend(&self, patient: PatientId, code: &Coding, period: Option<&Period>, limit: u32) -> Result<Trend> {
        if !(1..=MOST_POINTS).contains(&limit) {
            return Err(Error::invalid("limit", "a trend has 1 to 100,000 values"));
        }
        self.of_patient(patient, |chart| {
            let mut numbers = chart.look.numbers(chart.reader);
            let (pid, now) = (chart.pid, chart.look.now);
            let period = period.copied().unwrap_or_default();
            let permits = |own| chart.permits(own);
            values::trend(chart.reader, &mut numbers, pid, code, &period, limit as usize, now, &permits)
        })
    }

    fn list(&self, patient: PatientId, list: List) -> Result<Vec<ListItem>> {
        self.of_patient(patient, |chart| {
            lists::list(chart.reader, chart.pid, list, chart.look.now, &|own| chart.permits(own))
        })
    }

    /// Reads the chart of a patient, permitted and put on record.
    fn of_patient<T>(&self, patient: PatientId, read: impl FnOnce(&OneChart<'_>) -> Result<T>) -> Result<T> {
        let look = self.0.inner().look()?;
        let reader = look.reader();
        let locator = look.locate::<Patient>(&reader, patient.into())?;
        look.admit(locator.owner, locator.covering, ChartEntry::CLASS, Action::Read)?;
        let pid = locator.owner.pid();
        read(&OneChart { look: &look, reader: &reader, pid, covering: locator.covering })
    }
}

/// The chart of one patient in one snapshot.
struct OneChart<'a> {
    look: &'a Look<'a>,
    reader: &'a Reader<'a>,
    pid: Pid,
    covering: Covering,
}

impl OneChart<'_> {
    fn permits(&self, own: Covering) -> bool {
        self.look.permits(self.pid, self.covering.over(own), DataClass::Chart, Action::Read)
    }
}
