//! The gate: what an actor may touch, compiled once and tested for every row.

use std::collections::BTreeMap;

use super::policy::{Action, DataClass, Grants, RULES, Relation};
use super::{Purpose, Role, RoleGrant};
use crate::people::{CareTeam, Practitioner, ProxyScope, RelatedPerson};
use crate::store::key::Pid;
use crate::store::record::Covering;
use crate::time::{Instant, Period, When};

/// What the gate knows of an actor, read from the store.
#[derive(Debug, Default)]
pub(crate) struct Facts {
    /// Roles given to them; none if their record is out of use.
    pub(crate) grants: Vec<RoleGrant>,
    /// Their record, if they are a practitioner who is not out of use.
    pub(crate) practitioner: Option<Practitioner>,
    /// Numbers of the organisations they work for.
    pub(crate) sites: Vec<u32>,
    /// Teams they belong to, with the pids of their patients and the periods of their membership.
    pub(crate) teams: Vec<(CareTeam, Vec<Pid>, Vec<Option<Period>>)>,
    /// Their own pid, if they are a patient.
    pub(crate) oneself: Option<Pid>,
    /// Their record and the pid of their patient, if they are someone related to one.
    pub(crate) related: Option<(RelatedPerson, Pid)>,
}

/// What a rule gives, and which labels it withholds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Permission {
    grants: Grants,
    withheld: u32,
}

impl Permission {
    fn reaches(self, labels: u32, needed: Grants) -> bool {
        self.withheld & labels == 0 && self.grants.holds(needed)
    }
}

/// What the gate says of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Verdict {
    Permit,
    Deny,
    /// The row is among the exceptions: only [`decide`] can tell.
    Ask,
}

/// What an actor may touch. Pure data.
#[derive(Debug, Clone, Default)]
pub(crate) struct Filter {
    everywhere: Vec<Permission>,
    scopes: BTreeMap<u32, Vec<Permission>>,
    patients: BTreeMap<Pid, Vec<Permission>>,
    /// Patients with provisions of their own; sorted.
    exceptions: Vec<Pid>,
    /// From when on it must be compiled again.
    pub(crate) expires: Option<Instant>,
    /// When it was compiled; a clock that is set back to before makes it void.
    pub(crate) compiled: Instant,
}

/// Compiles what `facts` permit for a purpose at an instant. Everything not permitted is denied.
pub(crate) fn compile(purpose: &Purpose, facts: &Facts, now: Instant) -> Filter {
    let mut filter = Filter { compiled: now, ..Filter::default() };
    let mut boundaries = Boundaries { now, next: None };
    let permissions = |relation: Relation| -> Vec<Permission> {
        let rules = RULES.iter().filter(|rule| rule.relation == relation && rule.purpose == *purpose);
        rules.map(|rule| Permission { grants: rule.grants, withheld: rule.withheld }).collect()
    };
    for grant in &facts.grants {
        let relation = match grant.role {
            Role::Administrator => Relation::Administrator,
            Role::Integration => Relation::Integration,
            Role::Other(_) => continue,
        };
        if boundaries.holds(grant.period.as_ref()) {
            filter.everywhere.extend(permissions(relation));
        }
    }
    if facts.practitioner.is_some() {
        filter.everywhere.extend(permissions(Relation::Anyone));
        for site in &facts.sites {
            filter.scopes.entry(*site).or_default().extend(permissions(Relation::Site));
        }
        for (team, patients, memberships) in &facts.teams {
            let holds = boundaries.holds(team.period.as_ref());
            // Every period is looked at, since each may end the time the filter holds for.
            let belongs = memberships.iter().filter(|period| boundaries.holds(period.as_ref())).count() > 0;
            if holds && belongs && !team.inactive {
                for pid in patients {
                    filter.patients.entry(*pid).or_default().extend(permissions(Relation::CareTeam));
                }
            }
        }
    }
    if let Some(pid) = facts.oneself {
        filter.patients.entry(pid).or_default().extend(permissions(Relation::Oneself));
    }
    if let Some((person, pid)) = &facts.related {
        let holds = boundaries.holds(person.period.as_ref());
        if holds && person.active && person.authority.is_some() {
            let own = filter.patients.entry(*pid).or_default();
            for scope in &person.scope {
                match scope {
                    ProxyScope::Demographics => own.extend(permissions(Relation::ProxyForDemographics)),
                    ProxyScope::Results => own.extend(permissions(Relation::ProxyForResults)),
                    ProxyScope::Messages | ProxyScope::Appointments | ProxyScope::Decisions | ProxyScope::Other(_) => {}
                }
            }
        }
    }
    filter.expires = boundaries.next;
    filter
}

impl Filter {
    /// Whether a row may be touched, by what its covering entry carries.
    pub(crate) fn test(&self, pid: Pid, covering: Covering, class: DataClass, action: Action) -> Verdict {
        if self.exceptions.binary_search(&pid).is_ok() {
            return Verdict::Ask;
        }
        if decide(self, pid, covering, class, action) { Verdict::Permit } else { Verdict::Deny }
    }

    /// Whether a record of no patient with these labels may be touched.
    pub(crate) fn shared(&self, labels: u32, class: DataClass, action: Action) -> bool {
        let needed = Grants::of(class, action);
        let own = self.patients.values().flatten().filter(|_| matches!(class, DataClass::Directory));
        self.everywhere.iter().chain(own).any(|p| p.reaches(labels, needed))
    }

    /// Whether there is anything at all that others recorded and that may be edited.
    pub(crate) fn edits(&self) -> bool {
        let of_patients = self.scopes.values().chain(self.patients.values()).flatten();
        let needed = [DataClass::Demographics, DataClass::Chart].map(|class| Grants::of(class, Action::Write));
        self.everywhere.iter().chain(of_patients).any(|p| needed.iter().any(|needed| p.grants.holds(*needed)))
    }

    /// The only patients that could be permitted, if they are few and known.
    pub(crate) fn only_patients(&self, class: DataClass, action: Action) -> Option<Vec<Pid>> {
        let needed = Grants::of(class, action);
        let elsewhere = self.everywhere.iter().chain(self.scopes.values().flatten()).any(|p| p.grants.holds(needed));
        if elsewhere { None } else { Some(self.patients.keys().copied().collect()) }
    }
}

/// The full decision for one row. Provisions of consent will narrow it; they are read for exceptions alone.
pub(crate) fn decide(filter: &Filter, pid: Pid, covering: Covering, class: DataClass, action: Action) -> bool {
    let needed = Grants::of(class, action);
    let own = filter.patients.get(&pid).into_iter().flatten();
    let scoped = filter.scopes.get(&covering.scope).filter(|_| covering.scope != 0).into_iter().flatten();
    own.chain(scoped).chain(&filter.everywhere).any(|p| p.reaches(covering.labels, needed))
}

/// Periods looked at, and the next instant at which one of them begins or ends.
struct Boundaries {
    now: Instant,
    next: Option<Instant>,
}

impl Boundaries {
    fn holds(&mut self, period: Option<&Period>) -> bool {
        let Some(period) = period else { return true };
        let start = period.start.map(|start| match start {
            When::At(at) => at.to_utc(),
            When::On(date) => midnight(date.first_day()),
        });
        let after = period.end.map(|end| match end {
            When::At(at) => at.to_utc() + chrono::TimeDelta::nanoseconds(1),
            When::On(date) => midnight(date.last_day().succ_opt().unwrap_or(date.last_day())),
        });
        for boundary in [start, after].into_iter().flatten().filter(|b| *b > self.now) {
            self.next = Some(self.next.map_or(boundary, |next| next.min(boundary)));
        }
        period.contains(self.now)
    }
}

fn midnight(day: chrono::NaiveDate) -> Instant {
    day.and_time(chrono::NaiveTime::MIN).and_utc()
}
