//! Every table of the store in one place: its number, its name, the layout of its keys and values.
//!
//! Keys are big-endian bytes so that byte order is the order in which rows are read. Every key starts with a
//! partition byte, 0 in a store of one partition.

/// A table of the store. The number is part of format 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Table {
    /// name → format, epochs, counters, dictionaries, scopes.
    Meta = 0,
    /// pid → demographic record, under the patient's key.
    Patient = 1,
    /// pid, class, … → everything else of one patient, under the patient's key.
    PData = 2,
    /// kind, record id → records of no patient, under the shared key.
    Shared = 3,
    /// kind, value → pid or locator.
    Ident = 4,
    /// kind of key, token, 0, pid → covering: display name, birth year, flags, scope, labels.
    Name = 5,
    /// distinct name token → count.
    Token = 6,
    /// owner scope, due time, pid, item → covering.
    Due = 7,
    /// code number, chunk → pids.
    Code = 8,
    /// facet number, chunk → packed column per pid.
    Facet = 9,
    /// sequence → what one commit changed.
    Journal = 10,
    /// sequence → chained entry.
    Audit = 11,
    /// sequence → effect to send.
    Outbox = 12,
}

impl Table {
    /// Every table, in the order of their numbers.
    pub(crate) const ALL: [Table; 13] = [
        Table::Meta,
        Table::Patient,
        Table::PData,
        Table::Shared,
        Table::Ident,
        Table::Name,
        Table::Token,
        Table::Due,
        Table::Code,
        Table::Facet,
        Table::Journal,
        Table::Audit,
        Table::Outbox,
    ];

    /// Name in the engine and in errors.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Table::Meta => "meta",
            Table::Patient => "patient",
            Table::PData => "pdata",
            Table::Shared => "shared",
            Table::Ident => "ident",
            Table::Name => "name",
            Table::Token => "token",
            Table::Due => "due",
            Table::Code => "code",
            Table::Facet => "facet",
            Table::Journal => "journal",
            Table::Audit => "audit",
            Table::Outbox => "outbox",
        }
    }
}
