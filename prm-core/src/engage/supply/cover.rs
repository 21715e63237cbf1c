//! Fills laid out day by day.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::{DrugSupply, Fill, Stay, SupplyWindow, next};

/// Fills that no reversal took back.
pub(super) struct Kept<'a> {
    pub(super) fills: Vec<&'a Fill>,
    /// Reversals of nothing.
    pub(super) unmatched: usize,
}

/// Each reversal takes back one fill of the same drug, day and length.
pub(super) fn after_reversals(fills: &[Fill]) -> Kept<'_> {
    let mut taken: BTreeMap<(&str, NaiveDate, i64), usize> = BTreeMap::new();
    let key = |fill: &'_ Fill| (fill.date.naive(), fill.days);
    for fill in fills.iter().filter(|fill| fill.reversal) {
        let (date, days) = key(fill);
        *taken.entry((fill.drug.as_str(), date, days)).or_default() += 1;
    }
    let mut kept = Vec::new();
    for fill in fills.iter().filter(|fill| !fill.reversal) {
        let (date, days) = key(fill);
        match taken.get_mut(&(fill.drug.as_str(), date, days)) {
            Some(left) if *left > 0 => *left -= 1,
            _ => kept.push(fill),
        }
    }
    kept.sort();
    Kept { fills: kept, unmatched: taken.values().sum() }
}

/// What one drug comes to in the window.
#[derive(Default)]
pub(super) struct Laid {
    fills: u32,
    supplied: u64,
    covered: BTreeSet<NaiveDate>,
    truncated: bool,
}

impl Laid {
    pub(super) fn told(&self, drug: &str) -> DrugSupply {
        DrugSupply {
            drug: drug.to_owned(),
            fills: self.fills,
            supplied: self.supplied,
            covered: u64::try_from(self.covered.len()).unwrap_or(u64::MAX),
        }
    }
}

/// Every drug over a window.
pub(super) struct Cover {
    /// The first day of the window.
    pub(super) from: NaiveDate,
    days: u64,
    pub(super) drugs: BTreeMap<String, Laid>,
}

impl Cover {
    /// None if nothing was filled in the period, and nothing carried into it.
    pub(super) fn of(fills: &[&Fill], window: &SupplyWindow) -> Option<Self> {
        let (start, last) = (window.from.naive(), window.last().naive());
        let away = Away::of(&window.stays);
        let used: Vec<&Fill> = fills
            .iter()
            .copied()
            .filter(|fill| fill.date.naive() <= last && (window.carry_in || fill.date.naive() >= start))
            .collect();
        let mut drugs: BTreeMap<String, Laid> = BTreeMap::new();
        // The first day on which each drug is not in stock any more.
        let mut free: BTreeMap<&str, NaiveDate> = BTreeMap::new();
        for fill in used.iter().copied() {
            let mut day = free.get(fill.drug.as_str()).map_or(fill.date.naive(), |free| fill.date.naive().max(*free));
            let mut laid = Laid::default();
            let mut left = fill.days;
            while left > 0 {
                if away.on(day) {
                    // The facility supplied this day: the fill lasts one day longer.
                } else {
                    left -= 1;
                    if day >= start {
                        laid.supplied += 1;
                        if day <= last {
                            laid.covered.insert(day);
                        } else {
                            laid.truncated = true;
                        }
                    }
                }
                let Some(following) = next(day) else { break };
                day = following;
            }
            free.insert(&fill.drug, day);
            if laid.supplied > 0 {
                let drug = drugs.entry(fill.drug.clone()).or_default();
                drug.fills += 1;
                drug.supplied += laid.supplied;
                drug.truncated |= laid.truncated;
                drug.covered.append(&mut laid.covered);
            }
        }
        let first_fill = used.iter().map(|fill| fill.date.naive()).filter(|date| *date >= start).min();
        // With supply carried in, the window begins with the first day that it covers.
        let first_covered = drugs.values().filter_map(|laid| laid.covered.first().copied()).min();
        let from = first_fill.into_iter().chain(first_covered).min()?;
        let mut days = 0;
        let mut day = Some(from);
        while let Some(at) = day.filter(|at| *at <= last) {
            days += u64::from(!away.on(at));
            day = next(at);
        }
        Some(Cover { from, days, drugs })
    }

    /// Days looked at.
    pub(super) fn days(&self) -> u64 {
        self.days
    }

    /// Days on which one drug at least was there.
    pub(super) fn union(&self) -> u64 {
        let all: BTreeSet<_> = self.drugs.values().flat_map(|laid| &laid.covered).collect();
        u64::try_from(all.len()).unwrap_or(u64::MAX)
    }

    /// Days supplied, each fill in full.
    pub(super) fn supplied(&self) -> u64 {
        self.drugs.values().map(|laid| laid.supplied).sum()
    }

    pub(super) fn truncated(&self) -> bool {
        self.drugs.values().any(|laid| laid.truncated)
    }
}

/// Stays, merged and in order.
struct Away(Vec<(NaiveDate, NaiveDate)>);

impl Away {
    fn of(stays: &[Stay]) -> Self {
        let mut spans: Vec<_> = stays.iter().map(|stay| (stay.from.naive(), stay.to.naive())).collect();
        spans.sort_unstable();
        let mut merged: Vec<(NaiveDate, NaiveDate)> = Vec::new();
        for (from, to) in spans {
            match merged.last_mut() {
                Some(last) if from <= last.1 => last.1 = last.1.max(to),
                _ => merged.push((from, to)),
            }
        }
        Away(merged)
    }

    fn on(&self, day: NaiveDate) -> bool {
        let after = self.0.partition_point(|(from, _)| *from <= day);
        after.checked_sub(1).and_then(|at| self.0.get(at)).is_some_and(|(_, to)| day <= *to)
    }
}
