#![doc = include_str!("FORMAT.md")]

pub(crate) mod audit;
pub(crate) mod bytes;
pub(crate) mod cipher;
pub(crate) mod commit;
pub(crate) mod condition;
pub(crate) mod dictionary;
pub(crate) mod engine;
pub(crate) mod feed;
#[cfg(test)]
mod fuzz;
mod in_place;
pub(crate) mod journal;
pub(crate) mod key;
pub(crate) mod layout;
pub(crate) mod log;
pub(crate) mod lz4;
pub(crate) mod medium;
pub(crate) mod migrate;
#[cfg(test)]
mod nonce;
pub(crate) mod page;
pub(crate) mod preamble;
pub(crate) mod record;
pub(crate) mod ring;
pub(crate) mod slot;
pub(crate) mod state;
pub(crate) mod tables;
pub(crate) mod tx;
pub(crate) mod value;
pub(crate) mod writeset;
