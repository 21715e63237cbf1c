//! Mirrors of the core's types, and those that cross as text.

use std::borrow::Cow;

use crate::PrmError;

macro_rules! text {
    ($name:ident: $parse:expr, $write:expr) => {
        uniffi::custom_type!($name, String, {
            remote,
            try_lift: |text| {
                let parse: fn(String) -> Result<$name, PrmError> = $parse;
                Ok(parse(text)?)
            },
            lower: $write,
        });
    };
}

macro_rules! id {
    ($name:ident) => {
        text!($name: |text| Ok(text.parse::<$name>()?), |id| id.to_string());
    };
}

/// A text that is often one of a known list.
pub(crate) type Word = Cow<'static, str>;
text!(Word: |text| Ok(Cow::Owned(text)), |word| word.into_owned());

/// Text that does not print.
pub(crate) type SensitiveText = prm_core::Sensitive<String>;
text!(SensitiveText: |text| Ok(prm_core::Sensitive::new(text)), |text| text.into_exposed());

/// A concept that does not print.
type SensitiveConcept = prm_core::Sensitive<Concept>;
uniffi::custom_type!(SensitiveConcept, Concept, {
    remote,
    try_lift: |concept| Ok(prm_core::Sensitive::new(concept)),
    lower: |concept| concept.into_exposed(),
});

pub(crate) type Instant = prm_core::Instant;
text!(Instant: |text| instant(&text), |at| at.to_rfc3339_opts(chrono::SecondsFormat::AutoSi, true));

pub(crate) type When = prm_core::When;
text!(When: |text| Ok(text.parse::<When>()?), |when| when.to_string());

pub(crate) type PartialDate = prm_core::PartialDate;
text!(PartialDate: |text| Ok(text.parse::<PartialDate>()?), |date| date.to_string());

pub(crate) type Date = prm_core::Date;
text!(Date: |text| Ok(text.parse::<Date>()?), |day| day.to_string());

pub(crate) type CivilTime = prm_core::CivilTime;
text!(CivilTime: |text| Ok(text.parse::<CivilTime>()?), |at| at.to_string());

pub(crate) type Decimal = prm_core::Decimal;
text!(Decimal: |text| Ok(text.parse::<Decimal>()?), |number| number.to_string());

type Cursor = prm_core::Cursor;
text!(Cursor: |text| Ok(Cursor::from_text(text)), |cursor| cursor.as_str().to_owned());

fn instant(text: &str) -> Result<Instant, PrmError> {
    let at = chrono::DateTime::parse_from_rfc3339(text);
    Ok(at.map_err(|_| PrmError::invalid("instant", "an instant is written 2026-03-02T09:00:00Z"))?.to_utc())
}

include!(concat!(env!("OUT_DIR"), "/mirror.rs"));
