//! What is stored is read again.

use super::*;

fn read_back<T>(value: &T)
where
    T: minicbor::Encode<()> + for<'b> minicbor::Decode<'b, ()> + serde::Serialize + serde::de::DeserializeOwned,
    T: PartialEq + std::fmt::Debug,
{
    let bytes = minicbor::to_vec(value).unwrap();
    assert_eq!(&minicbor::decode::<T>(&bytes).unwrap(), value);
    let text = serde_json::to_string(value).unwrap();
    assert_eq!(&serde_json::from_str::<T>(&text).unwrap(), value);
}

#[test]
fn records_are_read_as_they_were_written() {
    read_back(&CareTemplate::default());
    read_back(&CarePlan::of(PatientId::from_uuid(id(1)), "A plan"));
    read_back(&Goal::of(PatientId::from_uuid(id(1)), "A goal"));
    for template in shipped().unwrap() {
        read_back(&template);
        let made = made(&template, "2025-03-10");
        read_back(&made.plan);
        made.goals.iter().for_each(|planned| read_back(&planned.goal));
        made.schedules.iter().for_each(|planned| read_back(&planned.schedule));
    }
}

/// The bytes of a record are part of the format: other bytes are another format.
#[test]
fn the_bytes_of_records_stay_as_they_are() {
    let plan = CarePlan {
        template: Some(TemplatePin { template: None, name: "n".into(), version: "1".into() }),
        state: Some("s".into()),
        activities: vec![PlanActivity::of("k", "t")],
        ..CarePlan::of(PatientId::from_uuid(id(1)), "T")
    };
    let hex = |bytes: Vec<u8>| bytes.iter().map(|byte| format!("{byte:02x}")).collect::<String>();
    assert_eq!(
        hex(minicbor::to_vec(&plan).unwrap()),
        "a700500000000000000000000000000000000101a201616e026131026154030104020981a300616b01617402010c6173"
    );
    let goal = Goal { key: Some("k".into()), ..Goal::of(PatientId::from_uuid(id(1)), "G") };
    assert_eq!(hex(minicbor::to_vec(&goal).unwrap()), "a400500000000000000000000000000000000102616b0361470401");
}
