//! Typed ids over UUID version 7, and where they come from.

use std::fmt;
use std::str::FromStr;
use std::sync::Mutex;

use chrono::{DateTime, Utc};
use minicbor::{Decode, Encode};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::error::{Error, Result};

macro_rules! ids {
    ($($(#[doc = $doc:literal])+ $name:ident;)+) => {$(
        $(#[doc = $doc])+
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(Uuid);

        impl $name {
            /// The id with these bytes.
            pub const fn from_uuid(uuid: Uuid) -> Self {
                $name(uuid)
            }

            /// The id as a UUID.
            pub const fn as_uuid(&self) -> &Uuid {
                &self.0
            }

            /// The sixteen bytes, in the order in which ids sort.
            pub const fn as_bytes(&self) -> &[u8; 16] {
                self.0.as_bytes()
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(&self.0, f)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!(stringify!($name), "({})"), self.0)
            }
        }

        impl FromStr for $name {
            type Err = Error;

            fn from_str(text: &str) -> Result<Self> {
                Uuid::parse_str(text)
                    .map($name)
                    .map_err(|e| Error::invalid("id", concat!("not a ", stringify!($name))).because(e))
            }
        }

        impl<C> Encode<C> for $name {
            fn encode<W: minicbor::encode::Write>(
                &self,
                e: &mut minicbor::Encoder<W>,
                _: &mut C,
            ) -> std::result::Result<(), minicbor::encode::Error<W::Error>> {
                e.bytes(self.0.as_bytes())?.ok()
            }
        }

        impl<'b, C> Decode<'b, C> for $name {
            fn decode(d: &mut minicbor::Decoder<'b>, _: &mut C) -> std::result::Result<Self, minicbor::decode::Error> {
                Uuid::from_slice(d.bytes()?)
                    .map($name)
                    .map_err(|_| minicbor::decode::Error::message("an id is sixteen bytes"))
            }
        }
    )+};
}

ids! {
    /// A record of any kind.
    RecordId;
    /// A patient.
    PatientId;
    /// A practitioner: someone who gives care or works for those who do.
    PractitionerId;
    /// An organisation: a clinic, a department, a payer.
    OrganisationId;
    /// A person related to a patient, perhaps with authority to act for them.
    RelatedPersonId;
    /// A team that cares for patients.
    CareTeamId;
    /// One entry of the chart.
    EntryId;
    /// A role given to someone.
    RoleGrantId;
    /// A template of care plans.
    CareTemplateId;
    /// A plan of care for one patient.
    CarePlanId;
    /// A goal of one patient.
    GoalId;
    /// What is to happen when, for one patient.
    ScheduleId;
    /// One occurrence of a schedule of which something was recorded.
    OccurrenceId;
    /// A pause of care.
    CarePauseId;
    /// A calendar of holidays.
    HolidayCalendarId;
    /// A decision that a patient and a clinician share.
    DecisionId;
    /// A decision aid.
    DecisionAidId;
    /// A source of evidence.
    EvidenceSourceId;
    /// One transaction as its caller names it.
    BatchId;
    /// One session of one actor.
    SessionId;
}

macro_rules! records {
    ($($name:ident),+) => {$(
        impl From<$name> for RecordId {
            fn from(id: $name) -> RecordId {
                RecordId(id.0)
            }
        }

        impl From<RecordId> for $name {
            fn from(id: RecordId) -> $name {
                $name(id.0)
            }
        }
    )+};
}

records!(
    PatientId,
    PractitionerId,
    OrganisationId,
    RelatedPersonId,
    CareTeamId,
    EntryId,
    RoleGrantId,
    CareTemplateId,
    CarePlanId,
    GoalId,
    ScheduleId,
    OccurrenceId,
    CarePauseId,
    HolidayCalendarId,
    DecisionId,
    DecisionAidId,
    EvidenceSourceId
);

/// Where ids come from.
///
/// `Os` draws from the operating system. `Seeded` gives the same ids for the same seed and calls, for tests and
/// scenarios; it is never to be used for a store that holds real patients.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Ids {
    /// Random bytes of the operating system.
    #[default]
    Os,
    /// A sequence that depends on the seed alone.
    Seeded(u64),
}

/// Makes ids that never decrease within one store handle.
#[derive(Debug)]
pub(crate) struct IdSource {
    ids: Ids,
    state: Mutex<IdState>,
}

#[derive(Debug, Default)]
struct IdState {
    millis: u64,
    counter: u16,
    seed: u64,
    pool: Vec<u8>,
}

impl IdSource {
    pub(crate) fn new(ids: Ids) -> Self {
        let seed = match ids {
            Ids::Os => 0,
            Ids::Seeded(seed) => seed,
        };
        IdSource { ids, state: Mutex::new(IdState { seed, ..IdState::default() }) }
    }

    /// The next UUID of version 7: milliseconds, a counter within the millisecond, then random bits.
    pub(crate) fn next(&self, now: DateTime<Utc>) -> Result<Uuid> {
        let mut state = self.state.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        let millis = u64::try_from(now.timestamp_millis()).unwrap_or(0);
        if millis > state.millis {
            state.millis = millis;
            state.counter = 0;
        } else if state.counter == 0xfff {
            state.millis += 1;
            state.counter = 0;
        } else {
            state.counter += 1;
        }
        let random = match self.ids {
            Ids::Os => {
                if state.pool.len() < 8 {
                    let mut pool = vec![0; 512];
                    getrandom::fill(&mut pool)
                        .map_err(|e| Error::new(crate::ErrorKind::Io, "no random bytes").because(e))?;
                    state.pool = pool;
                }
                let at = state.pool.len() - 8;
                state.pool.split_off(at).iter().fold(0u64, |n, b| n << 8 | u64::from(*b))
            }
            Ids::Seeded(_) => split_mix(&mut state.seed),
        };
        let high = state.millis << 16 | 0x7000 | u64::from(state.counter);
        let low = random >> 2 | 0x8000_0000_0000_0000;
        Ok(Uuid::from_u64_pair(high, low))
    }
}

/// SplitMix64 (Steele, Lea, Flood 2014): a sequence for replays, never for keys.
fn split_mix(state: &mut u64) -> u64 {
    *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let mut z = *state;
    z = (z ^ z >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ z >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ z >> 31
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_rise_even_when_the_clock_stands_still_or_goes_back() {
        let source = IdSource::new(Ids::Os);
        let now = DateTime::from_timestamp_millis(1_800_000_000_000).unwrap();
        let mut last = source.next(now).unwrap();
        assert_eq!(last.get_version_num(), 7);
        for i in 0..10_000 {
            let at = if i % 3 == 0 { now - chrono::TimeDelta::seconds(5) } else { now };
            let next = source.next(at).unwrap();
            assert!(next > last);
            last = next;
        }
    }

    #[test]
    fn a_seed_replays() {
        let now = DateTime::from_timestamp_millis(1_800_000_000_000).unwrap();
        let a = IdSource::new(Ids::Seeded(7));
        let b = IdSource::new(Ids::Seeded(7));
        let c = IdSource::new(Ids::Seeded(8));
        let (x, y, z) = (a.next(now).unwrap(), b.next(now).unwrap(), c.next(now).unwrap());
        assert_eq!(x, y);
        assert_ne!(x, z);
    }
}
