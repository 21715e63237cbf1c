//! What reads of decisions return.

use serde::{Deserialize, Serialize};

use super::{Decision, DecisionAid, DecisionState};
use crate::id::{DecisionAidId, DecisionId, PractitionerId};
use crate::time::Date;
use crate::value::views;

views! {
    /// A shared decision as it was read.
    DecisionView { DecisionId, decision: Decision },
    /// A decision aid as it was read.
    DecisionAidView { DecisionAidId, decision_aid: DecisionAid },
}

/// Which decisions to list, by the day on which they are looked at again; those without one last.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct DecisionQuery {
    /// Those in this state; none for those in any.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub state: Option<DecisionState>,
    /// Those in which this clinician takes part; none for everybody's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub clinician: Option<PractitionerId>,
    /// Those that are looked at again on this day or before it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub revisit_until: Option<Date>,
}
