//! Who may see and do what, and who did: roles, the policy, the gate, accesses.

mod actor;
pub(crate) mod filter;
pub(crate) mod label;
pub(crate) mod policy;
mod role;

pub use actor::{Actor, Purpose, Who};
pub use role::{Role, RoleGrant};
