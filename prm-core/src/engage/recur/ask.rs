//! Recurrences asked on their own, without a store.

use super::words::{ClockStamp, Expansion, Instance, Recurrence};
use super::{Clockwork, Instances};
use crate::error::{Error, Result};
use crate::time::{Instant, Zones};

/// The most instances one answer holds.
const MOST: u32 = 100_000;

impl Recurrence {
    /// The instances from an instant to before another, in order of time, `limit` at most (100,000 at most). It says when
    /// there are more. `zone` is where the patient lives; it matters only to a recurrence that floats.
    ///
    /// # Errors
    /// `Invalid` for a rule that is none, a zone that is not in the database, or a limit of more.
    ///
    /// # Example
    /// ```
    /// use prm_core::Zones;
    /// use prm_core::engage::{ClockZone, Recurrence};
    /// let zones = Zones::bundled();
    /// let start = Some("2026-03-28T02:30:00".parse()?);
    /// let daily = Recurrence::parse("FREQ=DAILY", start, ClockZone::Floating, &zones)?;
    /// let (from, to) = ("2026-03-29T00:00:00Z".parse()?, "2026-03-30T00:00:00Z".parse()?);
    /// let found = daily.between(&zones, "Europe/Berlin", from, to, 10)?;
    /// // Clocks go from 02:00 to 03:00 on that day.
    /// assert_eq!(found.instances[0].civil.to_string(), "2026-03-29T03:30:00");
    /// assert_eq!(found.instances[0].stamp.civil.to_string(), "2026-03-29T02:30:00");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn between(
        &self,
        zones: &Zones,
        zone: &str,
        from: Instant,
        to_exclusive: Instant,
        limit: u32,
    ) -> Result<Expansion> {
        if limit > MOST {
            return Err(Error::invalid("limit", "an answer holds at most 100000 instances"));
        }
        let limit = usize::try_from(limit).unwrap_or(usize::MAX);
        Ok(self.compile(zones, zone)?.between(from, to_exclusive, limit))
    }

    /// The first instance after an instant, or at it if that is included.
    ///
    /// # Errors
    /// `Invalid` for a rule that is none or a zone that is not in the database.
    pub fn after(&self, zones: &Zones, zone: &str, at: Instant, inclusive: bool) -> Result<Option<Instance>> {
        Ok(self.compile(zones, zone)?.after(at, inclusive))
    }

    /// The last instance before an instant, or at it if that is included.
    ///
    /// # Errors
    /// As [`after`](Self::after).
    pub fn before(&self, zones: &Zones, zone: &str, at: Instant, inclusive: bool) -> Result<Option<Instance>> {
        Ok(self.compile(zones, zone)?.before(at, inclusive))
    }

    /// The instances from an instant on, one by one in order of time, perhaps without end.
    ///
    /// # Errors
    /// As [`after`](Self::after).
    pub fn instances(
        &self,
        zones: &Zones,
        zone: &str,
        from: Instant,
    ) -> Result<impl Iterator<Item = Instance> + use<>> {
        let ready: Clockwork = self.compile(zones, zone)?;
        let instances: Instances<Clockwork> = ready.into_iter_from(from);
        Ok(instances)
    }

    /// The instance with a stamp: where it takes place. None if the rule does not say that stamp, or if the instance was
    /// taken out.
    ///
    /// # Errors
    /// As [`after`](Self::after).
    pub fn instance(&self, zones: &Zones, zone: &str, stamp: &ClockStamp) -> Result<Option<Instance>> {
        Ok(self.compile(zones, zone)?.instance(stamp))
    }
}
