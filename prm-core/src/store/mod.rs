//! The store: bytes, tables, indexes, journal, keys. It knows no medicine.

pub(crate) mod bytes;
pub(crate) mod cipher;
pub(crate) mod dictionary;
pub(crate) mod engine;
pub(crate) mod log;
pub(crate) mod medium;
pub(crate) mod page;
pub(crate) mod ring;
pub(crate) mod slot;
pub(crate) mod tables;
pub(crate) mod value;
