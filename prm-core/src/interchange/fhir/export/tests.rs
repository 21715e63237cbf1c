use proptest::prelude::*;

use super::super::{Piece, Reader, Reference, map};
use super::*;
use crate::chart::{Component, EntryKind, EntryStatus, EntryValue, Link, LinkTarget};
use crate::people::*;
use crate::sensitive::Sensitive;
use crate::time::{PartialDate, Period, When};
use crate::value::{Coding, Concept, Decimal, Quantity};

fn json(text: &str) -> Json<'_> {
    Json::parse(text.as_bytes()).unwrap()
}

/// The id behind a reference that `OwnIds` wrote.
fn own(reference: &Reference) -> Option<LinkTarget> {
    let text = reference.to_text();
    let (kind, id) = text.split_once('/').or_else(|| text.split_once("urn:uuid:"))?;
    Some(match kind {
        "Patient" => LinkTarget::Patient(id.parse().ok()?),
        "Practitioner" => LinkTarget::Practitioner(id.parse().ok()?),
        "Organization" => LinkTarget::Organisation(id.parse().ok()?),
        "" => LinkTarget::Entry(id.parse().ok()?),
        _ => return None,
    })
}

fn uuid() -> impl Strategy<Value = uuid::Uuid> {
    any::<u128>().prop_map(uuid::Uuid::from_u128)
}

fn word() -> impl Strategy<Value = String> {
    prop_oneof![Just(String::new()), "[a-z]{1,8}", "[ -~äß\n\u{0}-\u{5}😀]{0,30}"]
}

fn sensitive() -> impl Strategy<Value = Sensitive> {
    word().prop_map(Sensitive::from)
}

fn partial() -> impl Strategy<Value = PartialDate> {
    (1u16..=9999, 0u8..=12, 0u8..=28).prop_map(|(year, month, day)| match (month, day) {
        (0, _) => PartialDate::year_only(year).unwrap(),
        (month, 0) => PartialDate::year_month(year, month).unwrap(),
        (month, day) => PartialDate::from_ymd(year, month, day).unwrap(),
    })
}

fn when() -> impl Strategy<Value = When> {
    let instant = (-62_000_000_000i64..253_000_000_000, prop_oneof![Just(0u32), 0u32..1_000_000_000], -840i32..=840);
    let instant = instant.prop_map(|(seconds, nanos, minutes)| {
        let at = chrono::DateTime::<chrono::Utc>::from_timestamp(seconds, nanos).unwrap();
        When::At(at.with_timezone(&chrono::FixedOffset::east_opt(minutes * 60).unwrap()))
    });
    prop_oneof![partial().prop_map(When::On), instant]
}

fn period() -> impl Strategy<Value = Period> {
    (proptest::option::of(when()), proptest::option::of(when())).prop_map(|(start, end)| Period { start, end })
}

fn coding() -> impl Strategy<Value = Coding> {
    let system = proptest::option::of(prop_oneof![
        word(),
        Just("http://hl7.org/fhir/allergy-intolerance-category".to_owned()),
        Just("http://hl7.org/fhir/allergy-intolerance-criticality".to_owned()),
    ]);
    (system, word(), proptest::option::of(word())).prop_map(|(system, code, display)| Coding { system, code, display })
}

fn concept() -> impl Strategy<Value = Concept> {
    (prop::collection::vec(coding(), 0..3), proptest::option::of(sensitive()))
        .prop_map(|(codings, text)| Concept { codings, text })
}

fn quantity() -> impl Strategy<Value = Quantity> {
    let decimal = "-?(0|[1-9][0-9]{0,5})(\\.[0-9]{1,4})?".prop_map(|text| text.parse::<Decimal>().unwrap());
    let currency = Just(Some("urn:iso:std:iso:4217".to_owned()));
    let system = prop_oneof![proptest::option::of(word()), currency];
    (decimal, proptest::option::of(word()), system, proptest::option::of(word()))
        .prop_map(|(value, unit, system, code)| Quantity { value, comparator: None, unit, system, code })
}

fn value() -> impl Strategy<Value = EntryValue> {
    prop_oneof![
        quantity().prop_map(EntryValue::Quantity),
        concept().prop_map(|c| EntryValue::Concept(Sensitive::new(c))),
        sensitive().prop_map(EntryValue::Text),
        any::<bool>().prop_map(EntryValue::Boolean),
        any::<i64>().prop_map(EntryValue::Integer),
        when().prop_map(EntryValue::When),
        Just(EntryValue::InSource),
    ]
}

fn link() -> impl Strategy<Value = Link> {
    let role = prop_oneof![
        Just("encounter".to_owned()),
        Just("performer".to_owned()),
        Just("basedOn".to_owned()),
        Just("participant.individual".to_owned()),
    ];
    let target = prop_oneof![
        uuid().prop_map(|id| LinkTarget::Entry(crate::EntryId::from_uuid(id))),
        uuid().prop_map(|id| LinkTarget::Practitioner(crate::PractitionerId::from_uuid(id))),
    ];
    (role, target).prop_map(|(role, target)| Link { role, target })
}

fn kind() -> impl Strategy<Value = EntryKind> {
    let known = EntryKind::ALL.iter().filter(|k| !matches!(k, EntryKind::Patient | EntryKind::RelatedPerson));
    let known: Vec<EntryKind> = known.cloned().chain([EntryKind::Other("Flag".into())]).collect();
    prop::sample::select(known)
}

fn entry() -> impl Strategy<Value = ChartEntry> {
    let status = prop::sample::select(EntryStatus::ALL.to_vec());
    let code = prop_oneof![
        Just(None),
        word().prop_map(Some),
        prop::sample::select(vec!["active", "final", "amended", "not-done", "unconfirmed"])
            .prop_map(|c| Some(c.to_owned()))
    ];
    let times = (proptest::option::of(when()), proptest::option::of(when()), proptest::option::of(period()));
    let lists = (
        prop::collection::vec(coding(), 0..3),
        prop::collection::vec((concept(), proptest::option::of(value())), 0..3),
        prop::collection::vec(link(), 0..3),
        prop::collection::vec(coding(), 0..2),
    );
    let texts = (proptest::option::of(sensitive()), proptest::option::of(sensitive()), proptest::option::of(value()));
    (kind(), concept(), (status, code), times, lists, texts).prop_map(|(kind, code, status, times, lists, texts)| {
        let mut entry = ChartEntry::new(kind, code);
        (entry.status, entry.status_code) = status;
        (entry.when, entry.until, entry.period) = times;
        (entry.categories, _, entry.links, entry.labels) = (lists.0, (), lists.2, lists.3);
        entry.components = lists.1.into_iter().map(|(code, value)| Component { code, value }).collect();
        entry.title = texts.0.unwrap_or(entry.title);
        (entry.note, entry.value) = (texts.1, texts.2);
        // A label that says nothing at all has no form in FHIR; its code is what withholds.
        entry.labels.retain(|label| !label.code.is_empty());
        entry.labels.iter_mut().for_each(normal);
        entry
    })
}

/// FHIR has no empty texts.
fn normal(coding: &mut Coding) {
    coding.system = coding.system.take().filter(|s| !s.is_empty());
    coding.display = coding.display.take().filter(|s| !s.is_empty());
}

fn sorted(mut entry: ChartEntry) -> ChartEntry {
    entry.links.sort_by_key(|link| (link.role.clone(), format!("{:?}", link.target)));
    entry
}

fn names() -> impl Strategy<Value = Vec<HumanName>> {
    let name = (sensitive(), prop::collection::vec(sensitive(), 0..3), proptest::option::of(period()))
        .prop_map(|(family, given, period)| HumanName { family: Some(family), given, period, ..HumanName::default() });
    prop::collection::vec(name, 0..3)
}

fn patient() -> impl Strategy<Value = Patient> {
    let language = (concept(), any::<bool>(), any::<Option<bool>>())
        .prop_map(|(language, preferred, interpreter)| Language { language, preferred, interpreter });
    let telecom = (sensitive(), any::<Option<u32>>()).prop_map(|(value, rank)| ContactPoint {
        value,
        rank,
        ..ContactPoint::default()
    });
    let preferences = proptest::option::of(sensitive()).prop_map(|note| {
        note.map(|note| CommunicationPreferences {
            channels: vec![ContactSystem::Sms, ContactSystem::Other("x".into())],
            note: Some(note),
            ..CommunicationPreferences::default()
        })
    });
    let people = (names(), prop::collection::vec(telecom, 0..3), prop::collection::vec(language, 0..3), preferences);
    let death = proptest::option::of(proptest::option::of(when()).prop_map(|at| Deceased { at }));
    let facts = (any::<bool>(), proptest::option::of(partial()), death, proptest::option::of(concept()));
    let ids = (proptest::option::of(uuid()), prop::collection::vec(uuid(), 0..3));
    (people, facts, ids).prop_map(|((names, telecom, languages, preferences), facts, ids)| Patient {
        active: facts.0,
        names,
        telecom,
        languages,
        preferences,
        birth_date: facts.1,
        deceased: facts.2,
        gender: Some(Gender::Another),
        sex_for_clinical_use: facts.3.is_some().then_some(SexForClinicalUse::Specified),
        gender_identity: facts.3.map(Sensitive::new),
        managing_organisation: ids.0.map(crate::OrganisationId::from_uuid),
        general_practitioners: ids.1.into_iter().map(crate::PractitionerId::from_uuid).collect(),
        ..Patient::default()
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn an_entry_comes_back_from_its_resource(entry in entry()) {
        let text = resource("a", Typed::Entry(&entry, Some("Patient/1")), &OwnIds).to_text();
        let mut mapping = map(&json(&text)).unwrap();
        mapping.resolve(own);
        prop_assert_eq!(sorted(mapping.entry()), sorted(entry.clone()), "{}", text);
    }

    #[test]
    fn a_patient_comes_back_from_the_resource(patient in patient()) {
        let text = resource("a", Typed::Patient(&patient), &OwnIds).to_text();
        let mut mapping = map(&json(&text)).unwrap();
        mapping.resolve(own);
        prop_assert_eq!(mapping.mapped, Mapped::Patient(patient), "{}", text);
    }

    #[test]
    fn an_edit_of_an_entry_is_in_the_edited_resource(a in entry(), b in entry()) {
        let b = ChartEntry { kind: a.kind.clone(), links: a.links.clone(), ..b };
        let text = resource("a", Typed::Entry(&a, Some("Patient/1")), &OwnIds).to_text();
        let (before, after) = (Typed::Entry(&a, Some("Patient/1")), Typed::Entry(&b, Some("Patient/1")));
        let edited = apply_edit(&json(&text), before, after, &OwnIds).unwrap();
        let mut mapping = map(&edited).unwrap();
        mapping.resolve(own);
        prop_assert_eq!(sorted(mapping.entry()), sorted(b.clone()), "{} {}", text, edited.to_text());
    }

    #[test]
    fn an_edit_of_a_patient_is_in_the_edited_resource(a in patient(), b in patient()) {
        let text = resource("a", Typed::Patient(&a), &OwnIds).to_text();
        let edited = apply_edit(&json(&text), Typed::Patient(&a), Typed::Patient(&b), &OwnIds).unwrap();
        let mut mapping = map(&edited).unwrap();
        mapping.resolve(own);
        prop_assert_eq!(mapping.mapped, Mapped::Patient(b), "{} {}", text, edited.to_text());
    }
}

#[test]
fn a_home_blood_pressure_is_plain_r4() {
    let part = |code: &str, value: i64| Component {
        code: Coding::new("http://loinc.org", code).into(),
        value: Some(EntryValue::Quantity(Quantity::ucum(value.into(), "mm[Hg]").unwrap())),
    };
    let entry = ChartEntry {
        when: Some("2024-05-01T08:30:00+02:00".parse().unwrap()),
        status: EntryStatus::Final,
        status_code: Some("final".into()),
        categories: vec![Coding::new("http://terminology.hl7.org/CodeSystem/observation-category", "vital-signs")],
        components: vec![part("8480-6", 128)],
        ..ChartEntry::new(EntryKind::Observation, Coding::new("http://loinc.org", "85354-9"))
    };
    let text = resource("bp", Typed::Entry(&entry, Some("Patient/7")), &OwnIds).to_text();
    let expected = concat!(
        r#"{"resourceType":"Observation","id":"bp","status":"final","code":{"coding":[{"system":"http://loinc.org","#,
        r#""code":"85354-9"}]},"category":[{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/"#,
        r#"observation-category","code":"vital-signs"}]}],"subject":{"reference":"Patient/7"},"#,
        r#""effectiveDateTime":"2024-05-01T08:30:00+02:00","component":[{"code":{"coding":[{"system":"#,
        r#""http://loinc.org","code":"8480-6"}]},"valueQuantity":{"value":128,"unit":"mm[Hg]","#,
        r#""system":"http://unitsofmeasure.org","code":"mm[Hg]"}}]}"#,
    );
    assert_eq!(text, expected);
}

const SOURCE: &str = r#"{"resourceType":"Patient","id":"1","meta":{"versionId":"3"},"_x":{"y":1.50},
    "name":[{"family":"Roe","_family":{"extension":[{"url":"own-prefix","valueString":"van"}]},"given":["Ana","Eva"],
    "_given":[null,{"id":"g"}],"assembler":[1]},{"extension":[]},{"use":"maiden","family":"Poe"}],
    "telecom":[{"system":"phone","value":"1"},{"system":"email"},{"system":"phone","value":"2","extension":[{"url":"k"}]}],
    "birthDate":"1987","extension":[{"url":"http://example.org/e","valueDecimal":2.0}],"last":null}"#;

fn edited(edit: impl Fn(&mut Patient)) -> String {
    let source = json(SOURCE);
    let Mapped::Patient(before) = map(&source).unwrap().mapped else { panic!("no patient") };
    let mut after = before.clone();
    edit(&mut after);
    let edited = apply_edit(&source, Typed::Patient(&before), Typed::Patient(&after), &OwnIds).unwrap();
    assert_eq!(map(&edited).unwrap().mapped, Mapped::Patient(after));
    edited.to_text()
}

#[test]
fn an_edit_keeps_all_it_does_not_touch() {
    let whole = json(SOURCE).to_text();
    assert_eq!(edited(|_| {}), whole);
    assert_eq!(
        edited(|p| p.birth_date = "1987-04".parse().ok()),
        whole.replace(r#""birthDate":"1987""#, r#""birthDate":"1987-04""#)
    );
    assert_eq!(edited(|p| p.names[0].family = Some("Doe".into())), whole.replace("Roe", "Doe"));
    assert_eq!(edited(|p| p.names[1].family = Some("Doe".into())), whole.replace("Poe", "Doe"));
    assert_eq!(
        edited(|p| p.telecom[1].value = "3".into()),
        whole.replace(r#""value":"2","extension""#, r#""value":"3","extension""#)
    );
    assert_eq!(edited(|p| drop(p.telecom.remove(0))), whole.replace(r#"{"system":"phone","value":"1"},"#, ""));
    assert_eq!(
        edited(|p| p.labels.push(Coding::new("s", "R"))),
        whole.replace(r#"{"versionId":"3"}"#, r#"{"versionId":"3","security":[{"system":"s","code":"R"}]}"#)
    );
}

#[test]
fn an_edit_and_its_undoing_leave_the_source_as_it_was() {
    let source = json(
        r#"{"resourceType":"Observation","status":"final","issued":"2020-01-01T00:00:00.000Z",
        "effectivePeriod":{"start":"2020"},"code":{"text":"x","x":1},"valueQuantity":{"value":1.50,"y":2}}"#,
    );
    let before = map(&source).unwrap().entry();
    let after = ChartEntry {
        when: Some("2021-02-03".parse().unwrap()),
        value: Some(EntryValue::Boolean(true)),
        note: Some("n".into()),
        until: None,
        title: "other".into(),
        ..before.clone()
    };
    let (old, new) = (Typed::Entry(&before, None), Typed::Entry(&after, None));
    let edited = apply_edit(&source, old, new, &OwnIds).unwrap();
    let text = edited.to_text();
    assert!(text.contains(r#""effectiveDateTime":"2021-02-03""#) && !text.contains("effectivePeriod"), "{text}");
    assert!(text.contains(r#""valueBoolean":true"#) && !text.contains("valueQuantity"), "{text}");
    assert!(text.contains(r#""code":{"text":"x","x":1}"#) && text.contains("issued"), "{text}");
    assert_eq!(map(&edited).unwrap().entry(), after);
    let back = apply_edit(&edited, new, old, &OwnIds).unwrap();
    assert_eq!(map(&back).unwrap().entry(), before);
}

#[test]
fn an_edit_does_not_change_the_kind_of_a_record() {
    let (patient, organisation) = (Patient::default(), Organisation::default());
    let source = json(r#"{"resourceType":"Patient"}"#);
    assert!(apply_edit(&source, Typed::Patient(&patient), Typed::Organisation(&organisation), &OwnIds).is_err());
}

#[test]
fn people_and_teams_are_written_with_their_places() {
    let id = uuid::Uuid::from_u128(1);
    let place = crate::OrganisationId::from_uuid(id);
    let doctor = Practitioner { organisations: vec![place], ..Practitioner::default() };
    let roles = practitioner_roles("Practitioner/9", &doctor, &OwnIds);
    let Mapped::PractitionerRole(role) = map(&roles[0]).unwrap().mapped else { panic!("no role") };
    assert_eq!(role.practitioner.unwrap().to_text(), "Practitioner/9");
    assert_eq!(own(&role.organisation.unwrap()), Some(LinkTarget::Organisation(place)));
    let team = CareTeam {
        name: "Team".into(),
        patients: vec![crate::PatientId::from_uuid(id)],
        members: vec![CareTeamMember {
            member: Member::Practitioner(crate::PractitionerId::from_uuid(id)),
            role: Some(Coding::new("s", "nurse").into()),
            period: Some(Period { start: Some("2020".parse().unwrap()), end: None }),
        }],
        organisation: Some(place),
        ..CareTeam::default()
    };
    let teams = care_teams(&team, &OwnIds);
    let Mapped::CareTeam(entry, unplaced) = map(&teams[0]).unwrap().mapped else { panic!("no team") };
    assert_eq!(unplaced.placed(own), team);
    assert_eq!(entry.title.expose(), "Team");
    let person =
        RelatedPerson { names: vec![HumanName::default()], ..RelatedPerson::of(crate::PatientId::from_uuid(id)) };
    let mapping = map(&resource("r", Typed::RelatedPerson(&person), &OwnIds)).unwrap();
    assert_eq!(own(mapping.subjects[0].reference()), Some(LinkTarget::Patient(person.patient)));
}

#[test]
fn a_bundle_that_was_written_is_read() {
    let mut bundle = BundleWriter::collection(Vec::new()).unwrap();
    let mut lines = NdjsonWriter::new(Vec::new());
    for text in ["{ \"resourceType\":\"A\"}", "{\"resourceType\":\n\"B\",\"x\":1.0}"] {
        bundle.add(Some("urn:uuid:\"1"), text).unwrap();
        lines.add(text).unwrap();
    }
    assert_eq!(lines.finish().unwrap(), b"{ \"resourceType\":\"A\"}\n{\"resourceType\":\"B\",\"x\":1.0}\n");
    let bytes = bundle.finish().unwrap();
    let pieces: Vec<Piece> = Reader::new(bytes.as_slice()).map(Result::unwrap).collect();
    let [Piece::Record(a), Piece::Record(b), Piece::Envelope(envelope)] = pieces.as_slice() else {
        panic!("{pieces:?}")
    };
    assert_eq!((&*a.text, &*b.text), ("{ \"resourceType\":\"A\"}", "{\"resourceType\":\n\"B\",\"x\":1.0}"));
    let whole = bundle_of(envelope, [a, b].map(|r| (r.entry.as_ref().unwrap(), Some(&*r.text)))).unwrap();
    assert_eq!(json(&whole), Json::parse(&bytes).unwrap());
    let empty = BundleWriter::collection(Vec::new()).unwrap().finish().unwrap();
    assert_eq!(empty, b"{\"resourceType\":\"Bundle\",\"type\":\"collection\"}\n");
}
