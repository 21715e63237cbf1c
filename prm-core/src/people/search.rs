//! Finding patients.

pub(crate) mod dictionary;
mod distance;
