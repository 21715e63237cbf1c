//! Values that are valid in themselves: codes, decimals with their digits, quantities with their units.

mod code;
mod decimal;
pub(crate) mod encoding;
pub(crate) mod known;
mod quantity;
mod views;

pub use code::{Coding, Concept};
pub use decimal::Decimal;
pub use quantity::{Comparator, Quantity};

pub(crate) use code::codes;
pub(crate) use views::views;
