//! Dates, ages, amounts and names as a person reads them.

use chrono::{Datelike, NaiveDate, Timelike};

use super::words::{Word, Words};
use crate::chart::{ChartEntry, Component, EntryValue};
use crate::people::{Gender, HumanName, NameUse, Patient};
use crate::time::{PartialDate, When};
use crate::value::{Comparator, Decimal};

/// Marks of SNOMED CT that tell the kind of a concept and mean nothing to a reader.
const SEMANTIC_TAGS: &[&str] = &[
    "disorder",
    "finding",
    "procedure",
    "situation",
    "regime/therapy",
    "event",
    "morphologic abnormality",
    "observable entity",
    "substance",
    "product",
    "person",
    "environment",
    "physical object",
    "record artifact",
];

/// Diastolic blood pressure in LOINC.
const DIASTOLIC: &str = "8462-4";

impl Words {
    pub(crate) fn month(&self, month: u8) -> &str {
        self.say(match month {
            1 => Word::Month1,
            2 => Word::Month2,
            3 => Word::Month3,
            4 => Word::Month4,
            5 => Word::Month5,
            6 => Word::Month6,
            7 => Word::Month7,
            8 => Word::Month8,
            9 => Word::Month9,
            10 => Word::Month10,
            11 => Word::Month11,
            _ => Word::Month12,
        })
    }

    pub(crate) fn date(&self, date: PartialDate) -> String {
        let year = date.year();
        match (date.month(), date.day()) {
            (Some(month), Some(day)) => {
                self.fill(Word::DateDay, &[("day", &day), ("month", &self.month(month)), ("year", &year)])
            }
            (Some(month), None) => self.fill(Word::DateMonth, &[("month", &self.month(month)), ("year", &year)]),
            _ => year.to_string(),
        }
    }

    pub(crate) fn day(&self, date: NaiveDate) -> String {
        self.date(PartialDate::from(date))
    }

    /// The date; times of day are left out.
    pub(crate) fn on(&self, when: &When) -> String {
        self.date(when.date())
    }

    /// Date and time of day, with the offset it was written in.
    pub(crate) fn moment(&self, when: &When) -> String {
        match when {
            When::At(at) => {
                let offset = match at.offset().local_minus_utc() {
                    0 => "UTC".to_owned(),
                    _ => at.offset().to_string(),
                };
                format!("{}, {:02}:{:02} {offset}", self.on(when), at.hour(), at.minute())
            }
            When::On(date) => self.date(*date),
        }
    }

    pub(crate) fn span(&self, from: &str, to: &str) -> String {
        if from == to { from.to_owned() } else { self.fill(Word::FromTo, &[("from", &from), ("to", &to)]) }
    }

    /// Age on a date: in years from the second birthday, in months from the second month, in days before.
    pub(crate) fn age(&self, born: PartialDate, on: NaiveDate) -> Option<String> {
        let (low, high) = born.years_until(on)?;
        if high < 2 && born.day().is_some() {
            let first = born.first_day();
            let months = (on.year() - first.year()) * 12 + i32::try_from(on.month()).ok()?
                - i32::try_from(first.month()).ok()?
                - i32::from(on.day() < first.day());
            let days = (on - first).num_days();
            return Some(match (months, days) {
                (2.., _) => self.fill(Word::AgeMonths, &[("n", &months)]),
                (_, 2..) => self.fill(Word::AgeDays, &[("n", &days)]),
                _ => self.say(Word::AgeNewborn).to_owned(),
            });
        }
        Some(if low == high {
            self.fill(Word::AgeYears, &[("n", &high)])
        } else {
            self.fill(Word::AgeYearsRange, &[("low", &low), ("high", &high)])
        })
    }

    pub(crate) fn gender<'a>(&'a self, gender: &'a Gender) -> &'a str {
        match gender {
            Gender::Male => self.say(Word::GenderMale),
            Gender::Female => self.say(Word::GenderFemale),
            Gender::Another => self.say(Word::GenderOther),
            Gender::Unknown => self.say(Word::GenderUnknown),
            Gender::Other(code) => code,
        }
    }

    /// What an entry is: its title, or the text of its code, or its kind.
    pub(crate) fn title(&self, entry: &ChartEntry) -> String {
        let title = entry.title.expose().trim();
        let title = if title.is_empty() { entry.code.label().unwrap_or_default().trim() } else { title };
        if title.is_empty() { self.kind(&entry.kind).to_owned() } else { plain(title).to_owned() }
    }

    /// The value of an entry, or its parts joined by a stroke when they share a unit.
    pub(crate) fn value_of(&self, entry: &ChartEntry) -> Option<String> {
        if let Some(value) = &entry.value {
            return Some(self.value(value));
        }
        let parts = in_order(&entry.components);
        let amounts: Vec<_> = parts
            .iter()
            .filter_map(|part| match &part.value {
                Some(EntryValue::Quantity(quantity)) => Some((part, quantity)),
                _ => None,
            })
            .collect();
        let (_, first) = amounts.first()?;
        let unit = first.unit_label().map(unit).unwrap_or_default();
        if amounts.len() == entry.components.len() && amounts.iter().all(|(_, q)| q.unit_label() == first.unit_label())
        {
            let numbers: Vec<_> = amounts.iter().map(|(_, q)| stated(&q.value, q.comparator.as_ref())).collect();
            return Some(format!("{} {unit}", numbers.join(" / ")).trim_end().to_owned());
        }
        let parts = parts.iter().filter_map(|part| {
            let value = self.value(part.value.as_ref()?);
            Some(format!("{} {value}", plain(part.code.label().unwrap_or_default())))
        });
        Some(parts.collect::<Vec<_>>().join(", "))
    }

    pub(crate) fn value(&self, value: &EntryValue) -> String {
        match value {
            EntryValue::Quantity(quantity) => {
                let unit = quantity.unit_label().map(unit).unwrap_or_default();
                format!("{} {unit}", stated(&quantity.value, quantity.comparator.as_ref())).trim_end().to_owned()
            }
            EntryValue::Concept(concept) => plain(concept.expose().label().unwrap_or_default()).to_owned(),
            EntryValue::Text(text) => text.expose().clone(),
            EntryValue::Boolean(true) => self.say(Word::Yes).to_owned(),
            EntryValue::Boolean(false) => self.say(Word::No).to_owned(),
            EntryValue::Integer(n) => n.to_string(),
            EntryValue::When(when) => self.on(when),
            EntryValue::InSource => self.say(Word::InSource).to_owned(),
        }
    }

    /// The name in use: the usual one, else the official one, else the first that is not a former one.
    pub(crate) fn name_of(&self, patient: &Patient) -> String {
        let names = &patient.names;
        let of = |usage: NameUse| names.iter().find(|n| n.usage.as_ref() == Some(&usage));
        let former = |n: &&HumanName| matches!(n.usage, Some(NameUse::Old | NameUse::Maiden));
        let name = of(NameUse::Usual)
            .or_else(|| of(NameUse::Official))
            .or_else(|| names.iter().find(|n| !former(n)))
            .or_else(|| names.first());
        let said = name.map(full_name).unwrap_or_default();
        if said.is_empty() { self.say(Word::Unnamed).to_owned() } else { said }
    }
}

/// Components as they are read aloud: of a blood pressure the systolic one first, however the source lists them.
pub(crate) fn in_order(components: &[Component]) -> Vec<&Component> {
    let diastolic = |part: &&Component| part.code.codings.iter().any(|coding| coding.code == DIASTOLIC);
    let mut parts: Vec<_> = components.iter().collect();
    parts.sort_by_key(diastolic);
    parts
}

fn full_name(name: &HumanName) -> String {
    if let Some(text) = name.text.as_ref().filter(|t| !t.expose().trim().is_empty()) {
        return text.expose().trim().to_owned();
    }
    let parts = name.prefix.iter().chain(&name.given).chain(&name.family).chain(&name.suffix);
    parts.map(|part| part.expose().trim()).filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

/// A display without the tag that SNOMED CT puts behind fully specified names.
pub(crate) fn plain(display: &str) -> &str {
    let tag = display.strip_suffix(')').and_then(|rest| rest.rsplit_once(" ("));
    match tag {
        Some((name, tag)) if SEMANTIC_TAGS.contains(&tag) && !name.is_empty() => name,
        _ => display,
    }
}

/// A number with its comparator.
pub(crate) fn stated(value: &Decimal, comparator: Option<&Comparator>) -> String {
    match comparator {
        None => number(value),
        Some(Comparator::AtMost) => format!("≤ {}", number(value)),
        Some(Comparator::AtLeast) => format!("≥ {}", number(value)),
        Some(other) => format!("{other} {}", number(value)),
    }
}

/// A number as it came, if it has at most three decimals; rounded to two, or to three digits below one, otherwise.
pub(crate) fn number(value: &Decimal) -> String {
    let text = value.as_str();
    let decimals = text.split_once('.').map_or(0, |(_, fraction)| fraction.len());
    let read = value.to_f64();
    if decimals <= 3 || text.contains(['e', 'E']) || !read.is_finite() {
        return text.replacen('-', "−", 1);
    }
    let size = read.abs();
    let places = if size >= 1.0 {
        2
    } else {
        // Leading zeros behind the point do not count as digits.
        let zeros = text.trim_start_matches('-').chars().skip(2).take_while(|c| *c == '0').count();
        (zeros + 3).min(decimals)
    };
    format!("{read:.places$}").replacen('-', "−", 1)
}

/// Units that are written otherwise than they are coded.
pub(crate) fn unit(unit: &str) -> &str {
    match unit {
        "mm[Hg]" => "mmHg",
        "Cel" => "°C",
        "[degF]" => "°F",
        "[lb_av]" => "lb",
        "[in_i]" => "in",
        "/min" => "per min",
        "kg/m2" => "kg/m²",
        "10*3/uL" => "×10³/µL",
        "10*6/uL" => "×10⁶/µL",
        "10*9/L" => "×10⁹/L",
        "10*12/L" => "×10¹²/L",
        "ug/L" => "µg/L",
        "ug/dL" => "µg/dL",
        "umol/L" => "µmol/L",
        "{score}" | "{count}" | "1" => "",
        other => other,
    }
}

/// At most this many characters, the last an ellipsis if any were left out.
pub(crate) fn shortened(text: &str, characters: usize) -> String {
    if text.chars().count() <= characters {
        return text.to_owned();
    }
    let kept: String = text.chars().take(characters.saturating_sub(1)).collect();
    format!("{}…", kept.trim_end_matches([' ', ',', '/', '-']))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::example::pressure;
    use crate::value::Coding;

    #[test]
    fn ages_are_told_in_the_unit_that_fits_and_partial_dates_give_a_range() {
        let age = |born: &str, on: &str| Words::default().age(born.parse().unwrap(), on.parse().unwrap());
        assert_eq!(age("1975-09-11", "2026-09-10").as_deref(), Some("50 years"));
        assert_eq!(age("1975", "2026-09-10").as_deref(), Some("50 or 51 years"));
        assert_eq!(age("2026-01-31", "2026-03-30").as_deref(), Some("58 days"));
        assert_eq!(age("2026-01-31", "2026-03-31").as_deref(), Some("2 months"));
        assert_eq!(age("2026-01-31", "2026-01-31").as_deref(), Some("Newborn"));
        assert_eq!(age("2026-02-01", "2026-01-31"), None);
    }

    #[test]
    fn digits_are_kept_until_they_are_noise() {
        let number = |text: &str| number(&text.parse().unwrap());
        assert_eq!(number("1.50"), "1.50");
        assert_eq!(number("-0.125"), "−0.125");
        assert_eq!(number("185.3621728989989"), "185.36");
        assert_eq!(number("0.0012345"), "0.00123");
        assert_eq!(number("1e30"), "1e30");
    }

    #[test]
    fn only_known_tags_are_left_out() {
        assert_eq!(plain("Chronic sinusitis (disorder)"), "Chronic sinusitis");
        assert_eq!(plain("Vaccine (live)"), "Vaccine (live)");
        assert_eq!(plain("(disorder)"), "(disorder)");
    }

    #[test]
    fn the_systolic_pressure_is_said_first() {
        let mut view = pressure("2024-05-01", "121", "74");
        view.entry.components[1].code = Coding::new("http://loinc.org", DIASTOLIC).into();
        view.entry.components.reverse();
        assert_eq!(Words::default().value_of(&view.entry).as_deref(), Some("121 / 74 mmHg"));
    }

    #[test]
    fn a_long_text_ends_in_an_ellipsis() {
        assert_eq!(shortened("Lisinopril 10 MG", 12), "Lisinopril…");
        assert_eq!(shortened("short", 5), "short");
    }
}
