//! Who may see and do what, and who did: roles, the policy, the gate, accesses.

pub(crate) mod access;
mod actor;
pub(crate) mod audit;
pub(crate) mod filter;
pub(crate) mod grant;
pub(crate) mod label;
pub(crate) mod policy;
mod role;

pub use access::{AccessPage, AccessView};
pub use actor::{Actor, Purpose, Who};
pub use audit::{AuditEvent, AuditPage, AuditView};
pub use policy::{Action, DataClass};
pub use role::{Role, RoleGrant};
