//! What searches find, and in which order.

use proptest::prelude::*;

use super::dictionary::{TokenCache, TokenDictionary};
use super::*;
use crate::people::testing::{Clinic, identifier, named, phone};
use crate::people::{HumanName, NameUse, Patient};
use crate::store::record::Header;

fn everyone(_: Pid, _: Covering) -> bool {
    true
}

fn found(clinic: &Clinic, question: &PatientSearch, permits: Permits<'_>, limit: usize) -> Vec<(Pid, PatientHit)> {
    let dictionary = || TokenDictionary::load(&clinic.rows).map(Arc::new);
    search(&clinic.reader(), &dictionary, question, permits, limit).unwrap()
}

fn names(clinic: &Clinic, question: &PatientSearch) -> Vec<(String, MatchReason)> {
    let hits = found(clinic, question, &everyone, 20).into_iter();
    hits.map(|(_, hit)| (hit.patient.name.into_exposed(), hit.reason)).collect()
}

fn typed(clinic: &Clinic, text: &str) -> Vec<(String, MatchReason)> {
    names(clinic, &PatientSearch::text(text))
}

fn hit(name: &str, reason: MatchReason) -> (String, MatchReason) {
    (name.to_owned(), reason)
}

use MatchReason::{BirthDate, Fuzzy, NameExact, NamePrefix, Phone, Phonetic};

fn clinic() -> Clinic {
    let mut clinic = Clinic::new(16);
    let mut maria = named("María José", "García-Lorca");
    maria.identifiers.push(identifier("urn:mrn", "MRN-0042"));
    maria.telecom.push(phone("+34 91 123 4567"));
    maria.birth_date = Some("1987-04-03".parse().unwrap());
    clinic.add(&maria);
    let mut smith = named("Ana", "Smith");
    smith.birth_date = Some("1987-04".parse().unwrap());
    smith.names.push(HumanName { usage: Some(NameUse::Maiden), family: Some("Ortiz".into()), ..HumanName::default() });
    clinic.add(&smith);
    clinic.add(&named("Zoë", "Smith"));
    clinic.add(&named("Ben", "Smithers"));
    clinic.add(&named("Jürgen", "Müller"));
    clinic.add(&named("Katherine", "Brown"));
    clinic.add(&named("Иван", "Петров"));
    clinic
}

#[test]
fn words_begin_names_in_any_order_and_spelling() {
    let clinic = clinic();
    assert_eq!(
        typed(&clinic, "smith")[..3],
        [hit("Ana Smith", NameExact), hit("Zoë Smith", NameExact), hit("Ben Smithers", NamePrefix)]
    );
    assert_eq!(typed(&clinic, "smi an")[0], hit("Ana Smith", NamePrefix));
    assert_eq!(typed(&clinic, "ORTIZ ana")[0], hit("Ana Smith", NameExact));
    for text in ["muller", "Mueller", "MÜLLER", "jürgen muller", "Juergen"] {
        assert_eq!(typed(&clinic, text), [hit("Jürgen Müller", NameExact)], "{text}");
    }
    for text in ["garcia lorca", "García-Lorca", "garcialorca maria"] {
        assert_eq!(typed(&clinic, text), [hit("María José García-Lorca", NameExact)], "{text}");
    }
    assert_eq!(typed(&clinic, "петр"), [hit("Иван Петров", NamePrefix)]);
    assert_eq!(typed(&clinic, "zzz"), []);
}

#[test]
fn slips_of_the_hand_and_names_that_sound_alike_come_after() {
    let clinic = clinic();
    assert_eq!(
        typed(&clinic, "smtih")[..2],
        [hit("Ana Smith", Fuzzy { distance: 1 }), hit("Zoë Smith", Fuzzy { distance: 1 })]
    );
    assert_eq!(typed(&clinic, "ana smiht"), [hit("Ana Smith", Fuzzy { distance: 1 })]);
    assert_eq!(typed(&clinic, "cathryn"), [hit("Katherine Brown", Phonetic)]);
    let only = |matching| {
        let question = PatientSearch { matching, ..PatientSearch::text("cathryn") };
        names(&clinic, &question)
    };
    assert_eq!(only(NameMatching::Fuzzy), []);
    assert_eq!(only(NameMatching::Prefix), []);
    assert_eq!(only(NameMatching::Phonetic), [hit("Katherine Brown", Phonetic)]);
    let exact = PatientSearch { matching: NameMatching::Exact, ..PatientSearch::text("smith") };
    assert_eq!(names(&clinic, &exact), [hit("Ana Smith", NameExact), hit("Zoë Smith", NameExact)]);
}

#[test]
fn identifiers_telephones_and_dates_of_birth_are_recognised() {
    let clinic = clinic();
    let maria = |reason| [hit("María José García-Lorca", reason)];
    assert_eq!(typed(&clinic, "mrn 0042"), maria(MatchReason::Identifier));
    assert_eq!(typed(&clinic, "MRN-0042"), maria(MatchReason::Identifier));
    for number in ["+34 91 123 4567", "0034911234567", "911234567", "1234567", "4567", "+99 34 911234567"] {
        assert_eq!(typed(&clinic, number), maria(Phone), "{number}");
    }
    assert_eq!(typed(&clinic, "1987-04-03"), maria(BirthDate));
    assert_eq!(typed(&clinic, "3/4/1987"), maria(BirthDate));
    assert_eq!(typed(&clinic, "1987-04"), [hit("Ana Smith", BirthDate), hit("María José García-Lorca", BirthDate)]);
    assert_eq!(typed(&clinic, "smith 1987-04-12"), [hit("Ana Smith", NameExact)]);
    assert_eq!(typed(&clinic, "smith 1988"), []);
    let (_, any) = found(&clinic, &PatientSearch::text("Zoë"), &everyone, 1).remove(0);
    assert_eq!(typed(&clinic, &any.patient.id.to_string()), [hit("Zoë Smith", MatchReason::Identifier)]);
}

#[test]
fn everything_that_is_given_must_hold() {
    let clinic = clinic();
    let maria = PatientSearch {
        name: Some("garcia".into()),
        identifier: Some("mrn0042".into()),
        identifier_system: Some("urn:mrn".into()),
        birth_date: Some("1987".parse().unwrap()),
        phone: Some("4567".into()),
        ..PatientSearch::default()
    };
    assert_eq!(names(&clinic, &maria).len(), 1);
    for wrong in [
        PatientSearch { name: Some("zzzzzz".into()), ..maria.clone() },
        PatientSearch { identifier: Some("mrn0043".into()), ..maria.clone() },
        PatientSearch { identifier_system: Some("urn:other".into()), ..maria.clone() },
        PatientSearch { birth_date: Some("1988".parse().unwrap()), ..maria.clone() },
        PatientSearch { phone: Some("4568".into()), ..maria.clone() },
        PatientSearch { text: Some("brown".into()), ..maria.clone() },
    ] {
        assert_eq!(names(&clinic, &wrong), []);
    }
    let nothing = search(
        &clinic.reader(),
        &|| Ok(Arc::new(TokenDictionary::default())),
        &PatientSearch::text(" - "),
        &everyone,
        20,
    );
    assert_eq!(nothing.unwrap_err().kind(), crate::ErrorKind::Invalid);
}

#[test]
fn a_patient_who_may_not_be_shown_takes_no_place_and_a_voided_one_is_not_found() {
    let mut clinic = clinic();
    let smith = PatientSearch::text("smith");
    let ana = found(&clinic, &smith, &everyone, 1)[0].0;
    let others = |pid: Pid, _: Covering| pid != ana;
    assert_eq!(found(&clinic, &smith, &others, 1)[0].1.patient.name.expose(), "Zoë Smith");
    let mut zoe = named("Zoë", "Smith");
    zoe.identifiers.push(identifier("urn:mrn", "7"));
    let id = found(&clinic, &smith, &others, 1)[0].1.patient.id;
    clinic.edit(id.into(), &zoe, Header::VOIDED);
    assert_eq!(typed(&clinic, "zoe"), []);
    assert_eq!(typed(&clinic, "7"), []);
    assert_eq!(typed(&clinic, &id.to_string()), []);
}

#[test]
fn the_list_is_in_the_order_of_names_and_pages_fit_together() {
    let mut clinic = clinic();
    clinic.add_flagged(&Patient::default(), Header::REFERENCED);
    let whole = list(&clinic.reader(), None, 100, &everyone).unwrap();
    let shown: Vec<&str> = whole.patients.iter().map(|(_, row)| row.name.expose().as_str()).collect();
    let expected = [
        "Katherine Brown",
        "María José García-Lorca",
        "Jürgen Müller",
        "Ana Smith",
        "Zoë Smith",
        "Ben Smithers",
        "Иван Петров",
    ];
    assert_eq!(shown, expected);
    assert!(whole.next.is_none());
    let odd = |pid: Pid, _: Covering| pid % 2 == 1;
    for limit in 1..8 {
        let (mut after, mut paged) = (None, Vec::new());
        loop {
            let page = list(&clinic.reader(), after.as_deref(), limit, &odd).unwrap();
            assert!(page.patients.len() <= limit && paged.len() < 10);
            paged.extend(page.patients);
            after = page.next;
            if after.is_none() {
                break;
            }
        }
        let permitted: Vec<_> = whole.patients.iter().filter(|(pid, _)| pid % 2 == 1).cloned().collect();
        assert_eq!(paged, permitted);
    }
    let pids: Vec<Pid> = (0..20).rev().chain([3, 3]).collect();
    assert_eq!(list_of(&clinic.reader(), &pids, &everyone).unwrap(), whole.patients);
    assert_eq!(list(&clinic.reader(), Some(b"x"), 1, &everyone).unwrap_err().kind(), crate::ErrorKind::Invalid);
}

#[test]
fn a_search_by_one_prefix_needs_no_dictionary() {
    let clinic = clinic();
    let unneeded = || panic!("the dictionary was asked for");
    let question = PatientSearch { matching: NameMatching::Prefix, ..PatientSearch::text("smi") };
    assert_eq!(search(&clinic.reader(), &unneeded, &question, &everyone, 2).unwrap().len(), 2);
}

#[test]
fn the_dictionary_is_carried_on_by_commits() {
    let mut clinic = clinic();
    let cache = TokenCache::default();
    let before = cache.at(1, &clinic.rows).unwrap();
    let old: Vec<(Vec<u8>, Vec<u8>)> = clinic.rows.of(Table::Token).map(|(k, v)| (k.to_vec(), v.to_vec())).collect();
    clinic.add(&named("Ludovica", "Smith"));
    let changed: Vec<(&[u8], Option<&[u8]>)> = clinic
        .rows
        .of(Table::Token)
        .filter(|(k, v)| !old.iter().any(|(ok, ov)| ok == k && ov == v))
        .map(|(k, v)| (k, Some(v)))
        .collect();
    cache.committed(1, 2, changed.into_iter());
    let after = cache.at(2, &clinic.rows).unwrap();
    assert_eq!(after.similar("ludovika", 2), [(1, "ludovica".to_owned())]);
    assert_eq!((before.rows_of("smith"), after.rows_of("smith")), (2, 3));
}

fn any_word() -> impl Strategy<Value = String> {
    prop::sample::select(vec!["an", "Anna", "jo", "jörg", "smith", "ng", "neil", "o'n", "и", "李", "jones"])
        .prop_map(str::to_owned)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn a_search_finds_those_and_only_those_whose_names_begin_with_every_word(
        patients in prop::collection::vec(super::super::index::tests::any_patient(), 1..12),
        words in prop::collection::vec(any_word(), 1..3),
        allowed in any::<u16>(),
        limit in 1usize..6,
    ) {
        let mut clinic = Clinic::new(16);
        let mut expected = Vec::new();
        let permits = move |pid: Pid, _: Covering| allowed & 1 << (pid % 16) != 0;
        for patient in &patients {
            let (pid, _) = clinic.add(patient);
            let parts = patient.names.iter().flat_map(|n| n.family.iter().chain(&n.given));
            let tokens = fold::tokens_of(parts.map(|p| p.expose().as_str()));
            let begins = |spellings: &Vec<String>| spellings.iter().any(|s| tokens.iter().any(|t| t.starts_with(s.as_str())));
            if fold::asked_words(&words.join(" ")).iter().all(begins) && permits(pid, Covering::default()) {
                expected.push(pid);
            }
        }
        let question = PatientSearch {
            name: Some(words.join(" ").into()),
            matching: NameMatching::Prefix,
            ..PatientSearch::default()
        };
        let all: Vec<Pid> = found(&clinic, &question, &permits, 100).into_iter().map(|(pid, _)| pid).collect();
        let some: Vec<Pid> = found(&clinic, &question, &permits, limit).into_iter().map(|(pid, _)| pid).collect();
        prop_assert_eq!(&some[..], &all[..limit.min(all.len())]);
        let mut sorted = all.clone();
        sorted.sort_unstable();
        prop_assert_eq!(sorted, expected);
    }

    #[test]
    fn any_text_is_answered(text in "\\PC{0,30}") {
        let clinic = clinic();
        let dictionary = || TokenDictionary::load(&clinic.rows).map(Arc::new);
        let _ = search(&clinic.reader(), &dictionary, &PatientSearch::text(text), &everyone, 5).map(|hits| hits.len());
    }
}
