//! Calculations that need no store.

use std::collections::HashMap;
use std::sync::Arc;

use prm_core::Zones;

use crate::PrmError;
use crate::mirror::*;

/// Calculations that need no store. It is cheap to make, holds the rules of time zones alone, and may be used from any
/// thread.
#[derive(uniffi::Object)]
pub struct Reckoner(prm_core::Reckoner);

#[uniffi::export]
impl Reckoner {
    /// With the time zones shipped with the library.
    #[uniffi::constructor]
    pub fn new() -> Arc<Self> {
        Arc::new(Reckoner(prm_core::Reckoner::bundled()))
    }

    /// With other time zones: TZif bytes (RFC 9636) by name, and the version of the database they come from. No other zones
    /// exist then.
    #[uniffi::constructor]
    pub fn with_zones(version: String, zones: HashMap<String, Vec<u8>>) -> Arc<Self> {
        Arc::new(Reckoner(prm_core::Reckoner::new(Zones::supplied(version, zones))))
    }
}

include!(concat!(env!("OUT_DIR"), "/reckoned.rs"));
