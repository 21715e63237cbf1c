//! Values that no person, organisation or team can have. Pure; called when a command is decided.

use chrono::{NaiveDate, TimeDelta};

use super::{
    Address, CareTeam, ContactPoint, HumanName, Identifier, Organisation, Patient, Practitioner, RelatedPerson,
};
use crate::error::{Error, Result};
use crate::sensitive::Sensitive;
use crate::time::{Instant, PartialDate, Period, When};
use crate::value::Concept;

/// Entries of one list of a record.
const MOST: usize = 200;
/// Patients or members of a care team.
const MOST_OF_TEAM: usize = 10_000;
/// Characters of a name, identifier, contact or line.
pub(crate) const LINE: usize = 1_000;
/// Characters of a note.
pub(crate) const NOTE: usize = 20_000;

/// # Errors
/// `Invalid` with the field that is impossible.
pub(crate) fn check_patient(patient: &Patient, now: Instant) -> Result<()> {
    person(&patient.names, &patient.identifiers, &patient.telecom)?;
    addresses(&patient.addresses)?;
    born(patient.birth_date, now)?;
    most("languages", patient.languages.len())?;
    for (n, language) in patient.languages.iter().enumerate() {
        concept(&format!("languages[{n}].language"), &language.language)?;
        if language.language.label().is_none() {
            return Err(Error::invalid(format!("languages[{n}].language"), "a language is not named"));
        }
    }
    if let Some(identity) = &patient.gender_identity {
        concept("gender_identity", identity.expose())?;
    }
    if let Some(preferences) = &patient.preferences {
        most("preferences.channels", preferences.channels.len())?;
        if let Some(note) = &preferences.note {
            text("preferences.note", note.expose(), NOTE)?;
        }
    }
    if let Some(died) = patient.deceased.as_ref().and_then(|deceased| deceased.at) {
        if died.date().first_day() > latest(now) {
            return Err(Error::invalid("deceased.at", "a death is in the future"));
        }
        if patient.birth_date.is_some_and(|born| died.date().last_day() < born.first_day()) {
            return Err(Error::invalid("deceased.at", "a death is before the birth"));
        }
    }
    most("general_practitioners", patient.general_practitioners.len())?;
    most("labels", patient.labels.len())
}

/// # Errors
/// `Invalid` with the field that is impossible.
pub(crate) fn check_related_person(related: &RelatedPerson, now: Instant) -> Result<()> {
    person(&related.names, &related.identifiers, &related.telecom)?;
    addresses(&related.addresses)?;
    born(related.birth_date, now)?;
    concepts("relationship", &related.relationship)?;
    most("scope", related.scope.len())?;
    period("period", related.period.as_ref())?;
    match &related.evidence {
        Some(evidence) => text("evidence", evidence.expose(), NOTE),
        None => Ok(()),
    }
}

/// # Errors
/// `Invalid` with the field that is impossible.
pub(crate) fn check_practitioner(practitioner: &Practitioner) -> Result<()> {
    person(&practitioner.names, &practitioner.identifiers, &practitioner.telecom)?;
    concepts("qualifications", &practitioner.qualifications)?;
    most("organisations", practitioner.organisations.len())
}

/// # Errors
/// `Invalid` with the field that is impossible.
pub(crate) fn check_organisation(organisation: &Organisation) -> Result<()> {
    text("name", &organisation.name, LINE)?;
    person(&[], &organisation.identifiers, &organisation.telecom)?;
    addresses(&organisation.addresses)?;
    concepts("kinds", &organisation.kinds)
}

/// # Errors
/// `Invalid` with the field that is impossible.
pub(crate) fn check_care_team(team: &CareTeam) -> Result<()> {
    text("name", &team.name, LINE)?;
    period("period", team.period.as_ref())?;
    for (field, count) in [("patients", team.patients.len()), ("members", team.members.len())] {
        if count > MOST_OF_TEAM {
            return Err(Error::invalid(field, "a care team has at most 10,000 patients and as many members"));
        }
    }
    for (n, member) in team.members.iter().enumerate() {
        period(&format!("members[{n}].period"), member.period.as_ref())?;
        if let Some(role) = &member.role {
            concept(&format!("members[{n}].role"), role)?;
        }
    }
    Ok(())
}

fn person(names: &[HumanName], identifiers: &[Identifier], telecom: &[ContactPoint]) -> Result<()> {
    most("names", names.len())?;
    most("identifiers", identifiers.len())?;
    most("telecom", telecom.len())?;
    for (n, name) in names.iter().enumerate() {
        let path = format!("names[{n}]");
        most(&format!("{path}.given"), name.given.len())?;
        most(&format!("{path}.prefix"), name.prefix.len())?;
        most(&format!("{path}.suffix"), name.suffix.len())?;
        let parts = name.text.iter().chain(&name.family).chain(&name.given).chain(&name.prefix).chain(&name.suffix);
        lines(&path, parts)?;
        period(&format!("{path}.period"), name.period.as_ref())?;
    }
    for (n, identifier) in identifiers.iter().enumerate() {
        let path = format!("identifiers[{n}]");
        if identifier.value.expose().trim().is_empty() {
            return Err(Error::invalid(format!("{path}.value"), "an identifier is empty"));
        }
        lines(&format!("{path}.value"), std::iter::once(&identifier.value))?;
        text(&format!("{path}.system"), identifier.system.as_deref().unwrap_or_default(), LINE)?;
        if let Some(kind) = &identifier.kind {
            concept(&format!("{path}.kind"), kind)?;
        }
        period(&format!("{path}.period"), identifier.period.as_ref())?;
    }
    for (n, contact) in telecom.iter().enumerate() {
        let path = format!("telecom[{n}]");
        if contact.value.expose().trim().is_empty() {
            return Err(Error::invalid(format!("{path}.value"), "a contact is empty"));
        }
        lines(&format!("{path}.value"), std::iter::once(&contact.value))?;
        period(&format!("{path}.period"), contact.period.as_ref())?;
    }
    Ok(())
}

fn addresses(addresses: &[Address]) -> Result<()> {
    most("addresses", addresses.len())?;
    for (n, address) in addresses.iter().enumerate() {
        let path = format!("addresses[{n}]");
        most(&format!("{path}.line"), address.line.len())?;
        let regions = address.city.iter().chain(&address.district).chain(&address.state);
        lines(&path, address.line.iter().chain(regions).chain(&address.postal_code).chain(&address.country))?;
        if let Some(whole) = &address.text {
            text(&format!("{path}.text"), whole.expose(), LINE)?;
        }
        period(&format!("{path}.period"), address.period.as_ref())?;
    }
    Ok(())
}

/// The last date that it is anywhere on Earth.
fn latest(now: Instant) -> NaiveDate {
    now.checked_add_signed(TimeDelta::hours(14)).unwrap_or(now).date_naive()
}

fn born(date: Option<PartialDate>, now: Instant) -> Result<()> {
    match date {
        Some(date) if date.first_day() > latest(now) => {
            Err(Error::invalid("birth_date", "a date of birth is in the future"))
        }
        _ => Ok(()),
    }
}

pub(crate) fn period(path: &str, period: Option<&Period>) -> Result<()> {
    let backwards = period.is_some_and(|period| match (period.start, period.end) {
        (Some(When::At(start)), Some(When::At(end))) => end < start,
        (Some(start), Some(end)) => end.date().last_day() < start.date().first_day(),
        _ => false,
    });
    if backwards { Err(Error::invalid(format!("{path}.end"), "a period ends before it starts")) } else { Ok(()) }
}

fn most(path: &str, count: usize) -> Result<()> {
    if count > MOST { Err(Error::invalid(path.to_owned(), "a list has at most 200 entries")) } else { Ok(()) }
}

fn lines<'a>(path: &str, lines: impl Iterator<Item = &'a Sensitive>) -> Result<()> {
    for line in lines {
        if line.expose().contains(char::is_control) {
            return Err(Error::invalid(path.to_owned(), "a line holds control characters"));
        }
        text(path, line.expose(), LINE)?;
    }
    Ok(())
}

/// Text of several lines.
pub(crate) fn text(path: &str, text: &str, longest: usize) -> Result<()> {
    if text.chars().any(|c| c.is_control() && !matches!(c, '\n' | '\r' | '\t')) {
        return Err(Error::invalid(path.to_owned(), "a text holds control characters"));
    }
    if text.len() > longest && text.chars().nth(longest).is_some() {
        return Err(Error::invalid(path.to_owned(), format!("a text has at most {longest} characters")));
    }
    Ok(())
}

pub(crate) fn concepts(path: &str, concepts: &[Concept]) -> Result<()> {
    most(path, concepts.len())?;
    concepts.iter().enumerate().try_for_each(|(n, each)| concept(&format!("{path}[{n}]"), each))
}

pub(crate) fn concept(path: &str, concept: &Concept) -> Result<()> {
    most(&format!("{path}.codings"), concept.codings.len())?;
    for coding in &concept.codings {
        text(path, &coding.code, LINE)?;
        text(path, coding.system.as_deref().unwrap_or_default(), LINE)?;
        text(path, coding.display.as_deref().unwrap_or_default(), LINE)?;
    }
    match &concept.text {
        Some(words) => text(path, words.expose(), NOTE),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::Detail;
    use crate::people::testing::{identifier, named, noon, phone};
    use crate::people::{CareTeamMember, Deceased, Language, Member};

    fn field(result: Result<()>) -> Option<String> {
        match result.err()?.particulars() {
            Some(Detail::Field(field)) => Some(field.to_string()),
            other => panic!("{other:?}"),
        }
    }

    fn when(text: &str) -> Option<When> {
        Some(text.parse().unwrap())
    }

    fn period(start: &str, end: &str) -> Option<Period> {
        Some(Period { start: when(start), end: when(end) })
    }

    #[test]
    fn an_ordinary_patient_is_possible() {
        let mut ana = named("Ana María", "O'Neil-李");
        ana.identifiers.push(identifier("urn:mrn", "1"));
        ana.telecom.push(phone("+1 555"));
        ana.birth_date = Some("2026-03-02".parse().unwrap());
        ana.deceased = Some(Deceased { at: when("2026-03") });
        ana.names[0].period = period("2026", "2026-02");
        assert_eq!(field(check_patient(&ana, noon())), None);
        assert_eq!(field(check_patient(&Patient::default(), noon())), None);
    }

    #[test]
    fn impossible_values_are_named_by_their_field() {
        type Spoil = fn(&mut Patient);
        let cases: &[(Spoil, &str)] = &[
            (|p| p.identifiers[0].value = " ".into(), "identifiers[0].value"),
            (|p| p.identifiers[0].value = "1\u{7}".into(), "identifiers[0].value"),
            (|p| p.identifiers[0].period = period("2020-02", "2020-01-31"), "identifiers[0].period.end"),
            (|p| p.names[0].family = Some("a\nb".into()), "names[0]"),
            (|p| p.names[0].family = Some("a".repeat(1_001).into()), "names[0]"),
            (|p| p.names[0].given = vec!["a".into(); 201], "names[0].given"),
            (
                |p| p.names[0].period = period("2020-01-01T10:00:00Z", "2020-01-01T10:59:00+01:00"),
                "names[0].period.end",
            ),
            (|p| p.telecom.push(phone("")), "telecom[0].value"),
            (|p| p.telecom = vec![phone("1"); 201], "telecom"),
            (|p| p.addresses.push(Address { city: Some("\u{0}".into()), ..Address::default() }), "addresses[0]"),
            (|p| p.birth_date = Some("2026-03-03".parse().unwrap()), "birth_date"),
            (|p| p.deceased = Some(Deceased { at: when("2027") }), "deceased.at"),
            (|p| p.deceased = Some(Deceased { at: when("1986-12-31") }), "deceased.at"),
            (|p| p.languages.push(Language::default()), "languages[0].language"),
        ];
        for (spoil, expected) in cases {
            let mut patient = named("Ana", "Ortiz");
            patient.birth_date = Some("1987".parse().unwrap());
            patient.identifiers.push(identifier("urn:mrn", "1"));
            assert_eq!(field(check_patient(&patient, noon())), None);
            spoil(&mut patient);
            assert_eq!(field(check_patient(&patient, noon())).as_deref(), Some(*expected));
        }
    }

    #[test]
    fn impossible_values_around_patients_are_named_too() {
        let patient = crate::PatientId::from_uuid(uuid::Uuid::nil());
        let related = RelatedPerson { period: period("2020", "2019"), ..RelatedPerson::of(patient) };
        assert_eq!(field(check_related_person(&related, noon())).as_deref(), Some("period.end"));
        let related = RelatedPerson { birth_date: Some("2030".parse().unwrap()), ..RelatedPerson::of(patient) };
        assert_eq!(field(check_related_person(&related, noon())).as_deref(), Some("birth_date"));
        let doctor = Practitioner { identifiers: vec![Identifier::default()], ..Practitioner::default() };
        assert_eq!(field(check_practitioner(&doctor)).as_deref(), Some("identifiers[0].value"));
        let clinic = Organisation { name: "a\u{1b}".into(), ..Organisation::default() };
        assert_eq!(field(check_organisation(&clinic)).as_deref(), Some("name"));
        let member = CareTeamMember { member: Member::Patient(patient), role: None, period: period("2020", "2019") };
        let team = CareTeam { members: vec![member], ..CareTeam::default() };
        assert_eq!(field(check_care_team(&team)).as_deref(), Some("members[0].period.end"));
        let team = CareTeam { patients: vec![patient; 10_001], ..CareTeam::default() };
        assert_eq!(field(check_care_team(&team)).as_deref(), Some("patients"));
    }
}
