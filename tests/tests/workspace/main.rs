//! What holds for the project as a whole: who imports whom, what is linked, what the text may say, and that there is one
//! door to the store.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "tests fail by panicking"
)]

mod dependencies;
mod imports;
mod one_door;
mod source;
mod words;
