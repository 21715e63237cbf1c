//! Doors to other systems: what their formats mean is decided here and nowhere else.

pub mod fhir;
pub mod ical;
