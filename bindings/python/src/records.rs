//! Conversions of every type of the surface, a line each, written by the build script.

use pyo3::intern;
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyString};

use crate::shape::{choice, code, id, members, record};

include!(concat!(env!("OUT_DIR"), "/records.rs"));
