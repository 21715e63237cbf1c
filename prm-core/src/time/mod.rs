//! Instants for what happened, civil times for what is planned, partial dates for history.

mod civil;
mod clock;
mod partial;
mod when;
mod zones;

pub use civil::{CivilTime, Date};
pub use clock::{Clock, ManualClock};
pub use partial::{DatePrecision, PartialDate};
pub use when::{Period, When};
pub use zones::{LocalTime, Zones};

pub(crate) use zones::{FOREVER, Located, OffsetWindow, Zone};

pub(crate) use when::TimelineTime;

/// An instant: what happened, at a moment all zones agree on.
pub type Instant = chrono::DateTime<chrono::Utc>;

/// Instants in records: seconds since 1970 and nanoseconds.
pub(crate) mod cbor_instant {
    use super::Instant;
    use minicbor::encode::Write;
    use minicbor::{Decoder, Encoder};

    pub(crate) fn encode<C, W: Write>(
        at: &Instant,
        e: &mut Encoder<W>,
        _: &mut C,
    ) -> Result<(), minicbor::encode::Error<W::Error>> {
        e.array(2)?.i64(at.timestamp())?.u32(at.timestamp_subsec_nanos())?.ok()
    }

    pub(crate) fn decode<C>(d: &mut Decoder<'_>, _: &mut C) -> Result<Instant, minicbor::decode::Error> {
        if d.array()? != Some(2) {
            return Err(minicbor::decode::Error::message("an instant is two numbers"));
        }
        let (seconds, nanos) = (d.i64()?, d.u32()?);
        Instant::from_timestamp(seconds, nanos).ok_or_else(|| minicbor::decode::Error::message("no such instant"))
    }
}

/// As [`cbor_instant`], for an instant that may be missing.
pub(crate) mod cbor_instant_option {
    use super::Instant;
    use minicbor::data::Type;
    use minicbor::encode::Write;
    use minicbor::{Decoder, Encoder};

    pub(crate) fn encode<C, W: Write>(
        at: &Option<Instant>,
        e: &mut Encoder<W>,
        ctx: &mut C,
    ) -> Result<(), minicbor::encode::Error<W::Error>> {
        match at {
            Some(at) => super::cbor_instant::encode(at, e, ctx),
            None => e.null()?.ok(),
        }
    }

    pub(crate) fn decode<C>(d: &mut Decoder<'_>, ctx: &mut C) -> Result<Option<Instant>, minicbor::decode::Error> {
        if d.datatype()? == Type::Null {
            return d.null().map(|()| None);
        }
        super::cbor_instant::decode(d, ctx).map(Some)
    }
}
