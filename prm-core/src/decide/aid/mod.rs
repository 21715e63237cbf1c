//! Decision aids as versioned data, and what comes back from a page made of one.

mod answering;
mod answers;
mod check;
mod ipdas;
mod limits;
mod shipped;
mod words;

pub use answering::{AnsweredBy, CheckedAnswers, check_answers, moves};
pub use answers::{AidAnswer, AidAnswers};
pub use check::{AidFinding, AidProblem, AidSeverity, check_aid, release_lint};
pub use ipdas::{IpdasItem, IpdasKind, IpdasResult, derive_ipdas, ipdas, ipdas_items};
pub(crate) use limits::check_aid_record;
pub use shipped::shipped_aids;
pub use words::{AidQuestion, AidQuestionChoice, AidStatus, DecisionAid, IpdasRating, ScreeningFacts, ValuesMethod};
