//! Rows of people, byte for byte and after edits.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::*;
use crate::people::testing::{Clinic, identifier, named, phone};
use crate::people::{
    CareTeam, CareTeamMember, Deceased, Gender, HumanName, Member, NameUse, Practitioner, RelatedPerson,
};
use crate::store::record::{Stored, index_rows};
use crate::store::tx;
use crate::value::Coding;

fn ana() -> Patient {
    let maiden = HumanName {
        usage: Some(NameUse::Maiden),
        family: Some("O'Shea".into()),
        given: vec!["Ana".into()],
        ..HumanName::default()
    };
    let mut ana = named("Ana", "Müller");
    ana.names.push(maiden);
    Patient {
        identifiers: vec![identifier("urn:mrn", "ab-1"), identifier("urn:mrn", "2")],
        telecom: vec![phone("+49 (0)170 1234")],
        birth_date: Some("1987-04".parse().unwrap()),
        gender: Some(Gender::Female),
        deceased: Some(Deceased { at: None }),
        managing_organisation: Some("01900000-0000-7000-8000-00000000000a".parse().unwrap()),
        labels: vec![Coding::new("http://terminology.hl7.org/CodeSystem/v3-Confidentiality", "R")],
        ..ana
    }
}

/// The rows of the indexes, one a line.
fn dump(clinic: &Clinic) -> Vec<String> {
    let tables = [Table::Ident, Table::Name, Table::Token, Table::Facet];
    let rows = tables.iter().flat_map(|table| clinic.rows.of(*table).map(|(key, value)| (table.name(), key, value)));
    rows.map(|(table, key, value)| format!("{table} {} = {}", key.escape_ascii(), value.escape_ascii())).collect()
}

#[test]
fn the_rows_of_a_patient_are_these_bytes() {
    let mut clinic = Clinic::new(1);
    clinic.add(&ana());
    let dumped = dump(&clinic);
    let expected: Vec<&str> = include_str!("snapshot.txt").lines().collect();
    assert_eq!(dumped, expected, "{}", dumped.join("\n"));
}

#[test]
fn a_voided_or_referenced_patient_keeps_identifiers_and_cell_alone() {
    for flags in [Header::VOIDED, Header::REFERENCED] {
        let mut clinic = Clinic::new(1);
        let (pid, id) = clinic.add(&ana());
        clinic.edit(id, &ana(), flags);
        let rows: Vec<&[u8]> = clinic.rows.of(Table::Name).map(|(key, _)| key).collect();
        assert_eq!(rows, [NameKey::Pid.key().u64(pid).done()]);
        assert_eq!(clinic.rows.of(Table::Token).count(), 0);
        let kinds: Vec<u8> = clinic.rows.of(Table::Ident).map(|(key, _)| key[1]).collect();
        assert_eq!(kinds, [Ident::Record as u8, Ident::Identifier as u8, Ident::Identifier as u8]);
        let cell = Covering::from_cell(&tx::cell(&clinic.rows, GATE, pid).unwrap()).unwrap();
        assert_eq!(cell.flags & flag::LISTED, 0);
        assert_eq!(cell.labels, label::RESTRICTED);
        assert_eq!(by_pid(&clinic.rows, pid).unwrap(), Some((id.into(), String::new())));
        let locator = clinic.reader().locate(id).unwrap().unwrap();
        assert_eq!(locator.covering, cell);
        clinic.edit(id, &ana(), 0);
        assert_eq!(dump(&clinic).len(), include_str!("snapshot.txt").lines().count());
    }
}

#[test]
fn a_name_with_two_sounds_has_a_row_for_each() {
    let mut clinic = Clinic::new(1);
    clinic.add(&named("", "Smith"));
    let codes = clinic.rows.of(Table::Name).filter(|(key, _)| key[1] == NameKey::Metaphone as u8);
    let codes: Vec<&str> = codes.filter_map(|(key, _)| text_at(key, 2)).map(|(code, _)| code).collect();
    assert_eq!(codes, ["SM0", "XMT"]);
}

#[test]
fn telephone_numbers_are_compared_by_their_digits() {
    for (number, digits) in [
        ("+49 (0)170 123-4567", Some("491701234567")),
        ("0049 170 1234567", Some("491701234567")),
        ("0170/1234567", Some("1701234567")),
        ("555-123-4567 x12", Some("5551234567")),
        ("tel:+1-201-555-0123;ext=5", Some("12015550123")),
        ("٠١٢٣٤٥٦", None),
        ("123", None),
        ("none", None),
    ] {
        assert_eq!(phone_digits(number).as_deref(), digits, "{number}");
    }
}

#[test]
fn the_gate_finds_the_teams_of_a_member_and_of_a_patient_until_the_team_is_voided() {
    let mut clinic = Clinic::new(1);
    let (_, patient) = clinic.add(&ana());
    let doctor = clinic.put(Owner::Shared, &Practitioner::default());
    let member = CareTeamMember { member: Member::Practitioner(doctor.into()), role: None, period: None };
    let team = CareTeam { patients: vec![patient.into()], members: vec![member], ..CareTeam::default() };
    let id = clinic.put(Owner::Shared, &team);
    assert_eq!(teams_of(&clinic.rows, doctor).unwrap(), [id.into()]);
    assert_eq!(teams_for(&clinic.rows, patient.into()).unwrap(), [id.into()]);
    assert_eq!(teams_of(&clinic.rows, patient).unwrap(), []);
    clinic.edit(id, &CareTeam { members: Vec::new(), ..team.clone() }, 0);
    assert_eq!(teams_of(&clinic.rows, doctor).unwrap(), []);
    clinic.edit(id, &team, Header::VOIDED);
    assert_eq!(teams_for(&clinic.rows, patient.into()).unwrap(), []);
}

#[test]
fn related_persons_lie_with_their_patient() {
    let mut clinic = Clinic::new(2);
    let (pid, patient) = clinic.add(&ana());
    let (other, _) = clinic.add(&named("Ben", "Ng"));
    let mother = RelatedPerson {
        evidence: Some("seen ".repeat(4_000).into()),
        identifiers: vec![identifier("urn:mrn", "m")],
        ..RelatedPerson::of(patient.into())
    };
    let id = clinic.put(Owner::Patient(pid), &mother);
    let found = related_persons(&clinic.reader(), pid).unwrap();
    assert_eq!(found.iter().map(|(id, stored)| (*id, &stored.record)).collect::<Vec<_>>(), [(id.into(), &mother)]);
    assert!(related_persons(&clinic.reader(), other).unwrap().is_empty());
    assert_eq!(clinic.reader().locate(id).unwrap().unwrap().owner, Owner::Patient(pid));
}

#[test]
fn a_damaged_row_is_corrupted_and_a_newer_one_unsupported() {
    let mut clinic = Clinic::new(1);
    clinic.add(&ana());
    let (key, card) = clinic.rows.of(Table::Name).next().unwrap();
    for length in 0..32 {
        let error = Card::parse(Table::Name, key, &card[..length]).unwrap_err();
        assert_eq!(error.kind(), crate::ErrorKind::Corrupted);
    }
    let newer = [&[9], &card[1..]].concat();
    assert_eq!(Card::parse(Table::Name, key, &newer).unwrap_err().kind(), crate::ErrorKind::UnsupportedFormat);
}

/// What the tables of indexes hold if they are made anew from the records.
fn rebuilt(clinic: &Clinic, records: &BTreeMap<RecordId, Pid>) -> BTreeMap<(Table, Vec<u8>), Vec<u8>> {
    let reader = clinic.reader();
    let mut rows = BTreeMap::new();
    let mut counts: BTreeMap<(Table, Vec<u8>), u64> = BTreeMap::new();
    for (id, pid) in records {
        let owner = Owner::Patient(*pid);
        let stored: Stored<Patient> = reader.at(owner, Table::Patient, &key::patient(*pid)).unwrap().unwrap();
        for row in index_rows(&stored, owner, *id, &mut clinic.numbers()).unwrap() {
            match row {
                IndexRow::Row { table, key, value } => {
                    rows.insert((table, key), value);
                }
                IndexRow::Count { table, key } => *counts.entry((table, key)).or_default() += 1,
                IndexRow::Cell { facet, pid, value } => {
                    assert_eq!(tx::cell(&clinic.rows, facet, pid).unwrap(), value);
                }
            }
        }
    }
    rows.extend(counts.into_iter().map(|(at, count)| (at, count.to_be_bytes().to_vec())));
    rows
}

pub(crate) fn any_patient() -> impl Strategy<Value = Patient> {
    let part =
        prop::sample::select(vec!["Ana", "Anna", "Jörg", "O'Neil", "Smith-Jones", "Smith", "Ng", "Иван", "李", ""]);
    let name =
        (prop::collection::vec(part.clone(), 0..3), proptest::option::of(part)).prop_map(|(given, family)| HumanName {
            given: given.into_iter().map(Into::into).collect(),
            family: family.map(Into::into),
            ..HumanName::default()
        });
    let number = prop::sample::select(vec!["ab-1", "AB1", "77", "+49 170 1234567", "0170 1234567", "1234567"]);
    let date = prop::sample::select(vec!["1987", "1987-04", "1987-04-03", "1990-12-31"]);
    let site = proptest::option::of(1u128..4);
    (
        prop::collection::vec(name, 0..3),
        prop::collection::vec(number.clone(), 0..3),
        prop::collection::vec(number, 0..2),
        proptest::option::of(date),
        site,
        any::<bool>(),
    )
        .prop_map(|(names, identifiers, phones, date, site, active)| Patient {
            names,
            identifiers: identifiers.into_iter().map(|value| identifier("urn:s", value)).collect(),
            telecom: phones.into_iter().map(phone).collect(),
            birth_date: date.map(|date| date.parse().unwrap()),
            managing_organisation: site.map(|n| OrganisationId::from_uuid(uuid::Uuid::from_u128(n))),
            active,
            ..Patient::default()
        })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn after_any_edits_the_indexes_are_those_rebuilt_from_the_records(
        first in prop::collection::vec(any_patient(), 1..5),
        edits in prop::collection::vec((any::<prop::sample::Index>(), any_patient(), 0u32..3), 0..8),
    ) {
        let mut clinic = Clinic::new(8);
        let mut records = BTreeMap::new();
        for patient in &first {
            let (pid, id) = clinic.add(patient);
            records.insert(id, pid);
        }
        let ids: Vec<RecordId> = records.keys().copied().collect();
        for (which, patient, flags) in &edits {
            clinic.edit(*which.get(&ids), patient, *flags);
        }
        let indexes = [Table::Ident, Table::Name, Table::Token];
        let held: BTreeMap<(Table, Vec<u8>), Vec<u8>> = indexes
            .iter()
            .flat_map(|t| clinic.rows.of(*t).map(|(k, v)| ((*t, k.to_vec()), v.to_vec())))
            .collect();
        prop_assert_eq!(held, rebuilt(&clinic, &records));
    }
}

#[test]
fn the_name_in_lists_is_the_one_in_use_when_the_record_was_written() {
    let mut clinic = Clinic::new(1);
    let mut ana = ana();
    ana.names[0].period = Some(crate::Period { start: None, end: Some("2026-02".parse().unwrap()) });
    clinic.add(&ana);
    let (key, card) = clinic.rows.of(Table::Name).next().unwrap();
    assert_eq!(Card::parse(Table::Name, key, card).unwrap().name, "Ana O'Shea");
}
