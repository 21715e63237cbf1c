//! Calculations that need no store.

use std::collections::HashMap;

use prm_core::Zones;
use pyo3::prelude::*;

use crate::door::enter;

/// Calculations that need no store.
#[pyclass(frozen, module = "prm._native")]
pub(crate) struct Reckoner(prm_core::Reckoner);

impl Reckoner {
    /// Makes a call of the library.
    pub(crate) fn enter<T: Send>(
        &self,
        py: Python<'_>,
        call: impl FnOnce(&prm_core::Reckoner) -> prm_core::Result<T> + Send,
    ) -> PyResult<T> {
        enter(py, || call(&self.0))
    }
}

#[pymethods]
impl Reckoner {
    #[new]
    #[pyo3(signature = (zones: "tuple[str, dict[str, bytes]] | None" = None))]
    fn new(zones: Option<(String, HashMap<String, Vec<u8>>)>) -> Self {
        let zones = zones.map_or_else(Zones::bundled, |(version, zones)| Zones::supplied(version, zones));
        Reckoner(prm_core::Reckoner::new(zones))
    }
}
