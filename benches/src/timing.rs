//! What operations took.

use std::time::Instant;

/// Nanoseconds of each operation.
#[derive(Debug, Clone, Default)]
pub struct Timing(Vec<u64>);

impl Timing {
    /// Runs and times one operation.
    pub fn time<T>(&mut self, operation: impl FnOnce() -> T) -> T {
        let began = Instant::now();
        let out = operation();
        self.0.push(began.elapsed().as_nanos() as u64);
        out
    }

    /// How many.
    pub fn operations(&self) -> u64 {
        self.0.len() as u64
    }

    /// All together.
    pub fn total(&self) -> u64 {
        self.0.iter().sum()
    }

    /// What a share of the operations stayed below, e.g. 0.5 or 0.99.
    pub fn quantile(&self, share: f64) -> u64 {
        let mut sorted = self.0.clone();
        sorted.sort_unstable();
        let at = ((sorted.len() as f64 * share) as usize).min(sorted.len().saturating_sub(1));
        sorted.get(at).copied().unwrap_or(0)
    }
}

#[cfg(test)]
mod tests {
    use super::Timing;

    #[test]
    fn quantiles_are_of_the_sorted_times() {
        let timing = Timing((1..=100).rev().collect());
        assert_eq!((timing.quantile(0.5), timing.quantile(0.99), timing.total()), (51, 100, 5_050));
    }
}
