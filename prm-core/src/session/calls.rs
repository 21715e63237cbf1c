//! Calls that each kind of record has, whatever room it is in.

/// Calls that each kind of record has.
macro_rules! kept {
    ($room:ident: $($what:literal $record:ident $id:ident $view:ident $field:ident:
        $add:ident $Add:ident, $edit:ident $Edit:ident, $void:ident $Void:ident, $get:ident, $history:ident, $known:ident;)+) => {
        impl $room<'_> {$(
            #[doc = concat!("Adds ", $what, ".\n\n# Errors\nAs [`Session::execute`].")]
            pub fn $add(&self, $field: $record) -> Result<$id> {
                self.0.one(Command::$Add { id: None, $field })
            }

            #[doc = concat!("Replaces the record of ", $what, "; `version` is the one the edit was made on. Gives the new version.\n\n# Errors\nAs [`Session::execute`].")]
            pub fn $edit(&self, id: $id, version: u32, $field: $record) -> Result<u32> {
                self.0.next_version(Command::$Edit { id, version, $field })
            }

            #[doc = concat!("Marks the record of ", $what, " as entered in error. Gives the new version.\n\n# Errors\nAs [`Session::execute`].")]
            pub fn $void(&self, id: $id, version: u32, reason: impl Into<Sensitive>) -> Result<u32> {
                self.0.next_version(Command::$Void { id, version, reason: reason.into() })
            }

            #[doc = concat!("Reads the record of ", $what, ".\n\n# Errors\n`NotFound`, `Denied`, `Corrupted`, `AuditUnavailable`, `Closed`.")]
            pub fn $get(&self, id: $id) -> Result<$view> {
                self.0.current::<$record, _>(id.into(), |stored| $view::of(id, stored))
            }

            #[doc = concat!("Every version of the record of ", $what, " that the session may see, oldest first: security labels of then and of now are asked about.\n\n# Errors\nAs reading the current one.")]
            pub fn $history(&self, id: $id) -> Result<Vec<$view>> {
                self.0.history::<$record, _>(id.into(), |stored| $view::of(id, stored))
            }

            #[doc = concat!("The record of ", $what, " as the store knew it at an instant; none if it did not know it yet.\n\n# Errors\nAs reading the current one.")]
            pub fn $known(&self, id: $id, at: Instant) -> Result<Option<$view>> {
                self.0.known_at::<$record, _>(id.into(), at, |stored| $view::of(id, stored))
            }
        )+}

        $(impl $view {
            fn of(id: $id, stored: Stored<$record>) -> Self {
                let Stored { header: Header { version, recorded, flags, reason }, record } = stored;
                let voided = reason.filter(|_| flags & Header::VOIDED != 0);
                $view { id, version, recorded, voided, $field: record }
            }
        })+
    };
}

pub(super) use kept;
