//! The policy: who may do what, for which purpose, by which relation. Data, one rule a line.

use minicbor::{Decode, Encode};
use serde::{Deserialize, Serialize};

use super::actor::Purpose;
use super::label;

/// What data are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Encode, Decode, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DataClass {
    /// Who the patient is, and the people around them.
    #[n(0)]
    Demographics = 0,
    /// The chart and the journey.
    #[n(1)]
    Chart = 1,
    /// Who looked.
    #[n(2)]
    Accesses = 2,
    /// Practitioners, organisations, teams.
    #[n(3)]
    Directory = 3,
    /// Roles, and the state of the store.
    #[n(4)]
    Policy = 4,
    /// Plans, goals, schedules, what is due and what came of it.
    #[n(5)]
    Care = 5,
}

/// What is done with them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Encode, Decode, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Action {
    /// Read.
    #[n(0)]
    Read = 0,
    /// Edit and void what anyone recorded.
    #[n(1)]
    Write = 1,
    /// Take out in a format of other systems.
    #[n(2)]
    Export = 2,
    /// Record something new, and edit and void what a patient or proxy recorded.
    #[n(3)]
    Add = 3,
}

/// A set of data classes with actions, as bits.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Grants(u32);

impl Grants {
    pub(crate) const fn of(class: DataClass, action: Action) -> Self {
        Grants(1 << (class as u32 * 4 + action as u32))
    }

    pub(crate) const fn and(self, other: Grants) -> Self {
        Grants(self.0 | other.0)
    }

    pub(crate) const fn holds(self, needed: Grants) -> bool {
        self.0 & needed.0 == needed.0 && needed.0 != 0
    }
}

/// How an actor is related to what is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Relation {
    /// It is their own record.
    Oneself,
    /// They are a proxy whose scope includes demographics.
    ProxyForDemographics,
    /// They are a proxy whose scope includes results.
    ProxyForResults,
    /// They belong to a care team of the patient.
    CareTeam,
    /// They work for the organisation that keeps the record.
    Site,
    /// They are an active practitioner, whoever the patient is.
    Anyone,
    /// They hold the role of administrator.
    Administrator,
    /// They hold the role of integration.
    Integration,
}

/// One line of the policy.
#[derive(Debug, Clone)]
pub(crate) struct Rule {
    pub(crate) relation: Relation,
    pub(crate) purpose: Purpose,
    pub(crate) grants: Grants,
    /// Security labels that the rule does not reach; bit 31 stands for labels this version does not know.
    pub(crate) withheld: u32,
}

const fn read(class: DataClass) -> Grants {
    Grants::of(class, Action::Read)
}

const fn write(class: DataClass) -> Grants {
    add(class).and(Grants::of(class, Action::Write))
}

const fn add(class: DataClass) -> Grants {
    Grants::of(class, Action::Read).and(Grants::of(class, Action::Add))
}

const fn export(class: DataClass) -> Grants {
    Grants::of(class, Action::Read).and(Grants::of(class, Action::Export))
}

const fn rule(relation: Relation, purpose: Purpose, grants: Grants, withheld: u32) -> Rule {
    Rule { relation, purpose, grants, withheld }
}

use DataClass::{Accesses, Care, Chart, Demographics, Directory, Policy};
use Purpose::{Operations, PatientRequest, Treatment};

const EVERYTHING: Grants = write(Demographics)
    .and(export(Demographics))
    .and(write(Chart))
    .and(export(Chart))
    .and(write(Care))
    .and(export(Care))
    .and(read(Accesses))
    .and(write(Directory))
    .and(write(Policy));

const KEEP: Grants = Grants::of(Demographics, Action::Add)
    .and(Grants::of(Demographics, Action::Write))
    .and(Grants::of(Chart, Action::Add))
    .and(Grants::of(Chart, Action::Write))
    .and(Grants::of(Care, Action::Add))
    .and(Grants::of(Care, Action::Write));

/// What those who care for a patient may do.
const CARE: Grants = write(Demographics)
    .and(export(Demographics))
    .and(write(Chart))
    .and(export(Chart))
    .and(write(Care))
    .and(export(Care));

/// What is permitted; all else is denied. Rows add up.
pub(crate) const RULES: &[Rule] = &[
    rule(
        Relation::Oneself,
        PatientRequest,
        export(Demographics).and(add(Chart)).and(export(Chart)).and(add(Care)).and(export(Care)).and(read(Accesses)),
        label::UNKNOWN,
    ),
    rule(Relation::ProxyForDemographics, PatientRequest, read(Demographics), label::UNKNOWN | label::SENSITIVE),
    rule(Relation::ProxyForResults, PatientRequest, add(Chart).and(add(Care)), label::UNKNOWN | label::SENSITIVE),
    rule(Relation::CareTeam, Treatment, CARE, label::UNKNOWN),
    rule(Relation::Site, Treatment, CARE, label::UNKNOWN | label::VERY_RESTRICTED),
    rule(Relation::Site, Operations, write(Demographics).and(add(Care)), label::UNKNOWN | label::VERY_RESTRICTED),
    rule(Relation::Anyone, Treatment, read(Directory), 0),
    rule(Relation::Anyone, Operations, read(Directory), 0),
    rule(Relation::Oneself, PatientRequest, read(Directory), 0),
    rule(Relation::Administrator, Operations, EVERYTHING, label::UNKNOWN),
    rule(Relation::Integration, Operations, CARE.and(write(Directory)), label::UNKNOWN),
    // What comes in with a label nobody knows is kept, and shown to nobody until policy knows it.
    rule(Relation::Integration, Operations, KEEP, 0),
    rule(Relation::Administrator, Operations, KEEP, 0),
];
