//! The vectors of the crate rrule with time zones: the examples of RFC 5545, and clocks that change.

use prm_core::Zones;

use super::*;

#[test]
fn every_zoned_rule_comes_to_the_same_instants() {
    let zones = Zones::bundled();
    let mut compared = 0;
    let vectors = data("rust-rrule-tz-vectors.json");
    for vector in vectors.as_array().unwrap() {
        let recurrence = read(text(vector, "text"), None);
        let limit = vector["limit"].as_u64().map_or(1_000, |limit| limit as usize);
        let found: Vec<_> = all(&recurrence, &zones, limit).iter().map(|instance| instance.at).collect();
        let expected: Vec<Instant> =
            array(vector, "expected").iter().map(|time| time.as_str().unwrap().parse().unwrap()).collect();
        assert_eq!(found, expected, "{}: {}", text(vector, "name"), text(vector, "text"));
        compared += 1;
    }
    assert_eq!(compared, 25);
}
