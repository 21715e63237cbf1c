//! What a read of a record returns, whatever record it is.

/// Declares the view of a kind of record: which version it is, since when it is known, and the record.
macro_rules! views {
    ($($(#[doc = $doc:literal])+ $view:ident { $id:ty, $field:ident: $record:ty },)+) => {$(
        $(#[doc = $doc])+
        #[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
        pub struct $view {
            /// Id.
            pub id: $id,
            /// Version, from 1.
            pub version: u32,
            /// When this version was recorded.
            pub recorded: crate::time::Instant,
            /// Why the record was marked as entered in error; none if it counts.
            #[serde(default, skip_serializing_if = "Option::is_none")]
            pub voided: Option<crate::sensitive::Sensitive>,
            /// The record.
            pub $field: $record,
        }
    )+};
}

pub(crate) use views;
