//! What the store knew at an instant is what its journal tells up to that instant.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::batches::long;
use super::*;
use crate::id::RecordId;
use crate::store::journal::{self, Deed};

/// Versions by record as the journal tells them up to an instant.
fn replayed(clinic: &Clinic, at: Instant) -> BTreeMap<RecordId, (u32, bool)> {
    let snapshot = clinic.store().snapshot().unwrap();
    let mut known = BTreeMap::new();
    journal::since(&*snapshot as &dyn crate::store::engine::Read, 0, &mut |_, batched| {
        if batched.recorded <= at {
            known.extend(batched.changes.iter().map(|c| (c.id, (c.version, c.deed() == Deed::Voided))));
        }
        Ok(std::ops::ControlFlow::Continue(()))
    })
    .unwrap();
    known
}

proptest! {
    #![proptest_config(ProptestConfig { cases: if long() { 500 } else { 24 }, ..ProptestConfig::default() })]

    #[test]
    fn reads_as_of_an_instant_equal_a_replay_of_the_journal(
        deeds in prop::collection::vec((0u8..6, 0u8..4, 0i64..3), 1..60)
    ) {
        let clinic = clinic();
        let people = [clinic.patient("Ana", "Ortiz"), clinic.patient("Bo", "Li")];
        let chart = clinic.admin.chart();
        let mut entries: Vec<crate::EntryId> = Vec::new();
        let began = clinic.clock.now();
        for (which, what, seconds) in deeds {
            clinic.pass(seconds);
            let chosen = entries.get(usize::from(which)).copied();
            let version = chosen.map(|id| chart.entry(id).unwrap());
            match (what, chosen, version) {
                (2, Some(id), Some(view)) if view.voided.is_none() => {
                    chart.edit(id, view.version, weight("71", "2026-02-02")).unwrap();
                }
                (3, Some(id), Some(view)) if view.voided.is_none() => {
                    chart.void(id, view.version, "wrong patient").unwrap();
                }
                _ => entries.push(chart.add(people[usize::from(which % 2)], weight("70", "2026-02-01")).unwrap()),
            }
        }
        let ends = clinic.clock.now();
        let mut at = began - chrono::TimeDelta::seconds(1);
        while at <= ends {
            let known = replayed(&clinic, at);
            for id in &entries {
                let read = chart.known_at(*id, at).unwrap().map(|view| (view.version, view.voided.is_some()));
                prop_assert_eq!(read, known.get(&RecordId::from(*id)).copied());
            }
            for id in people {
                let read = clinic.admin.people().known_at(id, at).unwrap().map(|view| (view.version, view.voided.is_some()));
                prop_assert_eq!(read, known.get(&RecordId::from(id)).copied());
            }
            at += chrono::TimeDelta::seconds(1);
        }
        clinic.prm.shut_down().unwrap();
    }
}
