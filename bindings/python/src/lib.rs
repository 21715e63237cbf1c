//! prm for Python: the module `prm._native`.
//!
//! Conversion, one door, handles; no behaviour. Records are frozen dataclasses of the package `prm`; what converts them is
//! written by the build script from the surface of the core, so a type that changed does not compile.

mod calls;
mod crossing;
mod door;
mod drawing;
mod failure;
mod fhir;
mod handle;
mod logging;
mod reckon;
mod records;
mod scalar;
mod shape;
mod small;
mod table;

use pyo3::prelude::*;

/// The part of `prm` that is written in Rust. It is used through the package, whose classes say what they take.
#[pymodule]
mod _native {
    #[pymodule_export]
    use crate::door::rehearse_defect;
    #[pymodule_export]
    use crate::handle::{Prm, Session, Subscription};
    #[pymodule_export]
    use crate::logging::log_from;
    #[pymodule_export]
    use crate::reckon::Reckoner;
    #[pymodule_export]
    use crate::scalar::{days_of_date, parts_of_when, read_civil_time, read_date, read_day, read_decimal, read_when};
    #[pymodule_export]
    use crate::small::{Key, ManualClock, Options, Progress};
    #[pymodule_export]
    use crate::table::{Stream, table_schema};
}
