//! What reads of people return.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{CareTeam, Gender, HumanName, NameUse, Organisation, Patient, Practitioner, RelatedPerson};
use crate::id::{CareTeamId, OrganisationId, PatientId, PractitionerId, RelatedPersonId};
use crate::sensitive::Sensitive;
use crate::time::{PartialDate, Period};
use crate::value::views;

views! {
    /// A patient as it was read: which version, and since when the store has known it.
    PatientView { PatientId, patient: Patient },
    /// A related person as they were read.
    RelatedPersonView { RelatedPersonId, related_person: RelatedPerson },
    /// A practitioner as they were read.
    PractitionerView { PractitionerId, practitioner: Practitioner },
    /// An organisation as it was read.
    OrganisationView { OrganisationId, organisation: Organisation },
    /// A care team as it was read.
    CareTeamView { CareTeamId, care_team: CareTeam },
}

/// A patient in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PatientRow {
    /// Id.
    pub id: PatientId,
    /// The name to show, by the rule of [`display_name`] at the time the record was written; empty if the record
    /// has none. A name of more than 200 bytes is cut.
    pub name: Sensitive,
    /// Date of birth, as far as it is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub birth_date: Option<PartialDate>,
    /// Administrative gender.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub gender: Option<Gender>,
    /// Whether the record is in use.
    pub active: bool,
    /// Whether the patient has died.
    pub deceased: bool,
}

/// Why a search found a patient.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MatchReason {
    /// An identifier is the one asked for.
    Identifier,
    /// A telephone number is the one asked for, or ends with the digits asked for.
    Phone,
    /// Every word is a name of the patient.
    NameExact,
    /// Every word begins a name of the patient.
    NamePrefix,
    /// Every word is a name of the patient but for some letters.
    Fuzzy {
        /// Letters inserted, left out, replaced or swapped, over all words.
        distance: u8,
    },
    /// Every word sounds like a name of the patient.
    Phonetic,
    /// The date of birth is the one asked for, and nothing else was asked.
    BirthDate,
}

/// A patient that a search found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PatientHit {
    /// The patient.
    pub patient: PatientRow,
    /// Why.
    pub reason: MatchReason,
}

/// The name to show for someone on a date: of the names in use on that date the first by use, in the order usual,
/// official, not stated, nickname, temporary, any other, anonymous, maiden, old; of equal ones the first in the
/// record. When none is in use on that date, the same order over all names. Names without content do not count.
///
/// A name's text is shown as it came. Without one, given names, family name and suffixes follow each other; prefixes
/// are forms of address and left out.
///
/// # Example
/// ```
/// use prm_core::people::{HumanName, NameUse, display_name};
/// let name = |usage, given: &str| HumanName {
///     usage: Some(usage),
///     given: vec![given.into()],
///     family: Some("Ortiz".into()),
///     ..HumanName::default()
/// };
/// let names = [name(NameUse::Official, "Ana María"), name(NameUse::Usual, "Ana")];
/// let on = "2026-03-01".parse().unwrap();
/// assert_eq!(display_name(&names, on).unwrap().expose(), "Ana Ortiz");
/// ```
pub fn display_name(names: &[HumanName], on: NaiveDate) -> Option<Sensitive> {
    shown(names, on).map(|name| Sensitive::new(text(name)))
}

/// The name that [`display_name`] shows.
pub(crate) fn shown(names: &[HumanName], on: NaiveDate) -> Option<&HumanName> {
    let best = |in_use: bool| {
        let with_content = names.iter().filter(|name| !text(name).is_empty());
        let candidates = with_content.filter(|name| !in_use || name.period.as_ref().is_none_or(|p| holds(p, on)));
        candidates.min_by_key(|name| rank(name.usage.as_ref()))
    };
    best(true).or_else(|| best(false))
}

/// A name in one line.
pub(crate) fn text(name: &HumanName) -> String {
    if let Some(text) = name.text.as_ref().map(|t| t.expose().trim()).filter(|t| !t.is_empty()) {
        return text.to_owned();
    }
    let parts = name.given.iter().chain(&name.family).chain(&name.suffix);
    parts.map(|part| part.expose().trim()).filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

fn rank(usage: Option<&NameUse>) -> u8 {
    match usage {
        Some(NameUse::Usual) => 0,
        Some(NameUse::Official) => 1,
        None => 2,
        Some(NameUse::Nickname) => 3,
        Some(NameUse::Temp) => 4,
        Some(NameUse::Other(_)) => 5,
        Some(NameUse::Anonymous) => 6,
        Some(NameUse::Maiden) => 7,
        Some(NameUse::Old) => 8,
    }
}

/// Whether a period holds on some moment of a date. Instants count by the date they were written with.
fn holds(period: &Period, on: NaiveDate) -> bool {
    period.start.is_none_or(|start| start.date().first_day() <= on)
        && period.end.is_none_or(|end| end.date().last_day() >= on)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(usage: Option<NameUse>, text: &str, period: Option<(&str, &str)>) -> HumanName {
        let when = |text: &str| (!text.is_empty()).then(|| text.parse().unwrap());
        let period = period.map(|(start, end)| Period { start: when(start), end: when(end) });
        HumanName { usage, text: Some(text.into()), period, ..HumanName::default() }
    }

    fn on(names: &[HumanName], date: &str) -> Option<String> {
        display_name(names, date.parse().unwrap()).map(Sensitive::into_exposed)
    }

    #[test]
    fn the_usual_name_comes_before_the_official_one_and_an_old_one_last() {
        let names = [
            name(Some(NameUse::Old), "Old", None),
            name(Some(NameUse::Official), "Official", None),
            name(None, "Unstated", None),
            name(Some(NameUse::Usual), "Usual", None),
        ];
        assert_eq!(on(&names, "2026-01-01").as_deref(), Some("Usual"));
        assert_eq!(on(&names[..3], "2026-01-01").as_deref(), Some("Official"));
        assert_eq!(on(&names[..1], "2026-01-01").as_deref(), Some("Old"));
        assert_eq!(on(&[], "2026-01-01"), None);
    }

    #[test]
    fn a_name_counts_while_it_is_in_use() {
        let names = [
            name(Some(NameUse::Official), "Ana Ortiz", Some(("2020-05", ""))),
            name(Some(NameUse::Official), "Ana Lopez", Some(("", "2020-04-30"))),
        ];
        assert_eq!(on(&names, "2020-04-30").as_deref(), Some("Ana Lopez"));
        assert_eq!(on(&names, "2020-05-01").as_deref(), Some("Ana Ortiz"));
        assert_eq!(on(&names[1..], "2024-01-01").as_deref(), Some("Ana Lopez"));
    }

    #[test]
    fn a_name_without_text_is_put_together_without_forms_of_address() {
        let name = HumanName {
            prefix: vec!["Dr.".into()],
            given: vec!["Ana".into(), " ".into(), "María".into()],
            family: Some("Ortiz".into()),
            suffix: vec!["Jr.".into()],
            ..HumanName::default()
        };
        assert_eq!(text(&name), "Ana María Ortiz Jr.");
        assert_eq!(on(&[HumanName::default()], "2024-01-01"), None);
    }
}
