use super::*;
use crate::decide::shipped_aids;

fn aid() -> DecisionAid {
    shipped_aids().unwrap().remove(0)
}

fn rate(aid: &mut DecisionAid, item: &str, rating: u8) {
    aid.ipdas.iter_mut().find(|row| row.item == item).unwrap().rating = rating;
}

#[test]
fn there_are_six_qualifying_and_ten_certifying_items() {
    let items = ipdas_items();
    let count = |kind| items.iter().filter(|item| item.kind == kind).count();
    assert_eq!(
        (count(IpdasKind::Qualifying), count(IpdasKind::Certifying), count(IpdasKind::CertifyingForTests)),
        (6, 6, 4)
    );
    assert!(items.windows(2).all(|pair| pair[0].item < pair[1].item));
}

#[test]
fn four_items_hold_for_aids_on_tests_alone() {
    let mut aid = aid();
    assert_eq!(ipdas(&aid).certifying_of, 10);
    aid.screening = None;
    let result = ipdas(&aid);
    assert_eq!((result.certifying_of, result.met), (6, true));
    assert_eq!(result.status, "qualifying 6/6, certifying 6/6");
}

#[test]
fn a_certifying_item_is_met_from_three_and_a_qualifying_one_by_yes() {
    let mut sound = aid();
    rate(&mut sound, "2.1.1", 2);
    rate(&mut sound, "1.2.1", 0);
    let result = ipdas(&sound);
    assert_eq!(result.missing, ["1.2.1", "2.1.1"]);
    assert_eq!((result.qualifying_met, result.certifying_met, result.met), (5, 9, false));
    rate(&mut sound, "2.1.1", 3);
    assert_eq!(ipdas(&sound).missing, ["1.2.1"]);
    rate(&mut sound, "1.2.1", 2);
    assert_eq!(ipdas(&sound).missing, ["1.2.1"], "a rating outside the scale counts for nothing");
}

#[test]
fn what_nobody_rated_is_met_only_if_the_data_show_it() {
    let mut aid = aid();
    aid.ipdas.clear();
    let result = ipdas(&aid);
    assert_eq!(
        result.missing,
        ["1.1.1", "1.1.4", "1.1.5", "1.2.1", "2.1.1", "2.2.4", "2.4.1", "2.4.2", "2.4.3", "2.4.4"]
    );
    assert!(derive_ipdas(&aid).iter().all(|row| row.reason.as_ref().unwrap().starts_with("read off the data")));
}

#[test]
fn what_the_data_rule_out_is_not_met_whatever_was_rated() {
    type Spoil = fn(&mut DecisionAid);
    let cases: &[(Spoil, &str)] = &[
        (|a| a.condition.clear(), "1.1.1"),
        (|a| a.question = " ".into(), "1.1.2"),
        (|a| a.options[0].description.clear(), "1.1.3"),
        (|a| a.options[0].outcomes.retain(|row| row.kind != OutcomeKind::Benefit), "1.1.4"),
        (|a| a.options[0].outcomes.retain(|row| row.kind == OutcomeKind::Benefit), "1.1.5"),
        (|a| a.options[1].experience = None, "1.2.1"),
        (|a| a.options[1].outcomes[0].risk = None, "2.1.1"),
        (|a| a.citations.clear(), "2.2.1"),
        (|a| a.expires = a.published, "2.2.2"),
        (|a| a.update_policy.clear(), "2.2.3"),
        (|a| a.uncertainty.clear(), "2.2.4"),
        (|a| a.funder.clear(), "2.3.1"),
        (|a| a.screening.as_mut().unwrap().measures.clear(), "2.4.1"),
        (|a| a.screening.as_mut().unwrap().if_found.clear(), "2.4.2"),
        (|a| a.screening.as_mut().unwrap().if_not_found.clear(), "2.4.3"),
        (|a| a.screening.as_mut().unwrap().overdiagnosis.clear(), "2.4.4"),
    ];
    assert_eq!(cases.len(), ITEMS.len());
    for (spoil, item) in cases {
        let mut aid = aid();
        spoil(&mut aid);
        assert!(ipdas(&aid).missing.contains(&(*item).to_owned()), "{item}");
    }
}
