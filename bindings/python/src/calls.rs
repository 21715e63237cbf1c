//! Calls of the rooms, written by the build script.

use pyo3::prelude::*;

use crate::crossing::{answer, argument};
use crate::door::Watch;
use crate::handle::Session;
use crate::reckon::Reckoner;
use crate::small::Progress;

include!(concat!(env!("OUT_DIR"), "/calls.rs"));
