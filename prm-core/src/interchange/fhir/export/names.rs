//! What an export calls the records it refers to.

use crate::chart::LinkTarget;

/// Gives the text of the reference to a record: `Patient/17` of the source it came from, or one made from its id.
/// `None` leaves the reference out.
pub trait Names {
    /// The text for `reference`.
    fn reference(&self, target: &LinkTarget) -> Option<String>;
}

/// Records called by their ids: `Patient/<uuid>` where the type is known from the link, `urn:uuid:<uuid>` where it is
/// not, and unresolved references as they came.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct OwnIds;

impl Names for OwnIds {
    fn reference(&self, target: &LinkTarget) -> Option<String> {
        Some(match target {
            LinkTarget::Patient(id) => format!("Patient/{id}"),
            LinkTarget::Practitioner(id) => format!("Practitioner/{id}"),
            LinkTarget::Organisation(id) => format!("Organization/{id}"),
            LinkTarget::Entry(id) => format!("urn:uuid:{id}"),
            LinkTarget::Record(id) => format!("urn:uuid:{id}"),
            LinkTarget::Unresolved(text) => text.expose().clone(),
        })
    }
}

impl<F: Fn(&LinkTarget) -> Option<String>> Names for F {
    fn reference(&self, target: &LinkTarget) -> Option<String> {
        self(target)
    }
}
