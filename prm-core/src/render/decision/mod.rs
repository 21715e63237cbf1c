//! Pages and pictures of shared decisions: aids for patients, and what was decided.

mod address;
mod aid_page;
mod arabic;
mod asking;
mod count;
mod frame;
mod icons;
mod outcome;
mod phrase;
mod spanish;
mod summary;
mod summary_parts;
mod words;

pub use aid_page::DecisionAidPage;
pub use count::IconCount;
pub use icons::{IconArray, IconFigure, IconSide};
pub use summary::{DecisionSummary, NamedPerson};
pub use words::{DecisionWord, DecisionWords};

#[cfg(test)]
mod tests;
