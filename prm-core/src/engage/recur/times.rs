//! Times within a day, or within an hour or minute: which a rule lets through.

use super::calendar::{bit_from, bit_to, has_bit, nth_bit};

/// Hours, minutes and seconds that go together each with each, as bits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Clock {
    pub(super) hours: u64,
    pub(super) minutes: u64,
    pub(super) seconds: u64,
}

/// Every hour, and every minute or second.
pub(super) const HOURS: u64 = 0xff_ffff;
pub(super) const SIXTY: u64 = 0xfff_ffff_ffff_ffff;

fn join(hour: u32, minute: u32, second: u32) -> u32 {
    hour * 3600 + minute * 60 + second
}

impl Clock {
    fn first_from(&self, hour: u32) -> Option<u32> {
        Some(join(bit_from(self.hours, hour)?, bit_from(self.minutes, 0)?, bit_from(self.seconds, 0)?))
    }

    fn from(&self, at: u32) -> Option<u32> {
        let (hour, minute, second) = (at / 3600, at / 60 % 60, at % 60);
        if has_bit(self.hours, hour) {
            if has_bit(self.minutes, minute)
                && let Some(second) = bit_from(self.seconds, second)
            {
                return Some(join(hour, minute, second));
            }
            if let Some(minute) = bit_from(self.minutes, minute + 1) {
                return Some(join(hour, minute, bit_from(self.seconds, 0)?));
            }
        }
        self.first_from(hour + 1)
    }

    fn to(&self, at: u32) -> Option<u32> {
        let (hour, minute, second) = (at / 3600, at / 60 % 60, at % 60);
        if has_bit(self.hours, hour) {
            if has_bit(self.minutes, minute)
                && let Some(second) = bit_to(self.seconds, second)
            {
                return Some(join(hour, minute, second));
            }
            if let Some(minute) = minute.checked_sub(1).and_then(|before| bit_to(self.minutes, before)) {
                return Some(join(hour, minute, bit_to(self.seconds, 63)?));
            }
        }
        let hour = bit_to(self.hours, hour.checked_sub(1)?)?;
        Some(join(hour, bit_to(self.minutes, 63)?, bit_to(self.seconds, 63)?))
    }

    fn count(&self) -> u32 {
        self.hours.count_ones() * self.minutes.count_ones() * self.seconds.count_ones()
    }

    fn nth(&self, n: u32) -> Option<u32> {
        let (minutes, seconds) = (self.minutes.count_ones(), self.seconds.count_ones());
        let hour = n.checked_div(minutes * seconds)?;
        let minute = n.checked_div(seconds)? % minutes;
        Some(join(nth_bit(self.hours, hour)?, nth_bit(self.minutes, minute)?, nth_bit(self.seconds, n % seconds)?))
    }
}

/// Seconds from the beginning of a day, hour or minute.
#[derive(Debug, Clone)]
pub(super) enum Times {
    One(u32),
    Clock(Clock),
    /// In order, none twice.
    Listed(Vec<u32>),
}

impl Times {
    pub(super) fn new(clock: Clock) -> Times {
        match clock.first_from(0) {
            Some(only) if clock.count() == 1 => Times::One(only),
            _ => Times::Clock(clock),
        }
    }

    /// Those of the times that stand at `positions`, counted from 1, or from −1 at the end.
    pub(super) fn at_positions(&self, positions: &[i64]) -> Times {
        let count = i64::from(self.count());
        let at = |position: &i64| if *position > 0 { position - 1 } else { count + position };
        let indexes = positions.iter().map(at).filter(|at| (0..count).contains(at));
        let mut listed: Vec<u32> = indexes.filter_map(|at| self.nth(u32::try_from(at).ok()?)).collect();
        listed.sort_unstable();
        listed.dedup();
        Times::Listed(listed)
    }

    pub(super) fn count(&self) -> u32 {
        match self {
            Times::One(_) => 1,
            Times::Clock(clock) => clock.count(),
            Times::Listed(listed) => u32::try_from(listed.len()).unwrap_or(u32::MAX),
        }
    }

    pub(super) fn nth(&self, n: u32) -> Option<u32> {
        match self {
            Times::One(only) => (n == 0).then_some(*only),
            Times::Clock(clock) => clock.nth(n),
            Times::Listed(listed) => listed.get(usize::try_from(n).ok()?).copied(),
        }
    }

    /// The first time from `at` on.
    pub(super) fn from(&self, at: u32) -> Option<u32> {
        match self {
            Times::One(only) => (*only >= at).then_some(*only),
            Times::Clock(clock) => clock.from(at),
            Times::Listed(listed) => listed.get(listed.partition_point(|time| *time < at)).copied(),
        }
    }

    /// The last time up to `at`.
    pub(super) fn to(&self, at: u32) -> Option<u32> {
        match self {
            Times::One(only) => (*only <= at).then_some(*only),
            Times::Clock(clock) => clock.to(at.min(86_399)),
            Times::Listed(listed) => {
                listed.partition_point(|time| *time <= at).checked_sub(1).and_then(|before| listed.get(before).copied())
            }
        }
    }
}
