//! Pictures and pages for people: self-contained HTML and SVG, made from values alone.
//!
//! Nothing here reads a store but [`PatientPage::read`] and calls of rooms that end in `svg` or `html`, which ask a session;
//! nothing runs a script or names an address outside the page, but for [`DecisionAidPage`], whose one script its policy
//! names by digest, and the sources that pages of decisions link to. Text reaches markup through one
//! writer that escapes it, so a record can put words on a page and nothing else. Every picture carries a title, a
//! description and a table with the same content, and tells its lanes and series apart by shape, pattern and label
//! as well as by colour.

mod adherence;
mod axis;
mod care;
mod decided;
mod decision;
mod escape;
mod figure;
mod glyph;
mod journey;
mod lane;
mod month;
mod page;
mod palette;
mod phrase;
mod reading;
mod sample;
mod section;
mod telling;
mod trend;
mod words;

pub use adherence::AdherenceCalendar;
pub use decision::{
    DecisionAidPage, DecisionSummary, DecisionWord, DecisionWords, IconArray, IconCount, IconFigure, IconSide,
    NamedPerson,
};
pub use figure::Figure;
pub use journey::{Journey, Span};
pub use month::MonthAhead;
pub use page::{PageAccess, PatientPage};
pub use trend::{Point, Reference, Series, Trend};
pub use words::{Direction, Word, Words};

#[cfg(test)]
mod accessibility;
#[cfg(test)]
mod example;
#[cfg(test)]
mod markup_check;
