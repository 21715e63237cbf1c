//! Tables hold what the session's own views say, under columns that are a contract.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "tests fail by panicking"
)]

mod cells;
mod clinic;
mod contents;
mod contract;
mod reading;
