//! The chain of audit entries: each carries the authentication of the one before it.

use std::ops::ControlFlow;

use crate::error::{Error, Result};
use crate::store::cipher::{self, Secret};
use crate::store::engine::{Order, Read};
use crate::store::key::{Key, Prefix};
use crate::store::tables::Table;

/// Bytes of authentication before the entry.
const MAC: usize = 32;

pub(crate) fn row(sequence: u64) -> Vec<u8> {
    Key::new().u64(sequence).done()
}

/// Authentication of an entry and of all before it.
pub(crate) fn link(key: &Secret, before: &[u8; MAC], sequence: u64, entry: &[u8]) -> [u8; MAC] {
    cipher::hmac_sha256(key, &[before, &sequence.to_be_bytes(), entry])
}

pub(crate) fn stored(mac: &[u8; MAC], entry: &[u8]) -> Vec<u8> {
    [mac.as_slice(), entry].concat()
}

/// The entry of a stored row; its authentication is verified by [`verify`].
pub(crate) fn entry<'a>(row: &[u8], stored: &'a [u8]) -> Result<&'a [u8]> {
    stored.get(MAC..).ok_or_else(|| Error::corrupted(Table::Audit.name(), row, "an audit entry is cut off"))
}

/// Walks the whole chain. Gives the sequence of the first entry that does not follow from those before it; `head` and
/// `sequence` are what the store says the chain ends with.
pub(crate) fn verify(read: &dyn Read, key: &Secret, sequence: u64, head: &[u8; MAC]) -> Result<Option<u64>> {
    let mut expected = 1;
    let mut mac = [0; MAC];
    let mut broken = None;
    let rows = Prefix::of(Key::new().done());
    read.scan(Table::Audit, rows.span(), Order::Ascending, &mut |row_key, value| {
        let next = value.get(MAC..).map(|entry| link(key, &mac, expected, entry));
        match (next, value.first_chunk()) {
            (Some(next), Some(found)) if row_key == row(expected) && next == *found => {
                mac = next;
                expected += 1;
                Ok(ControlFlow::Continue(()))
            }
            _ => {
                broken = Some(expected);
                Ok(ControlFlow::Break(()))
            }
        }
    })?;
    if broken.is_none() && (expected - 1 != sequence || mac != *head) {
        broken = Some(expected);
    }
    Ok(broken)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use zeroize::Zeroizing;

    use super::*;
    use crate::error::ErrorKind;
    use crate::store::engine::{Span, Visit};

    type Map = BTreeMap<Vec<u8>, Vec<u8>>;

    #[derive(Clone, Default)]
    struct Rows(Map);

    impl Read for Rows {
        fn get(&self, _: Table, key: &[u8]) -> Result<Option<Vec<u8>>> {
            Ok(self.0.get(key).cloned())
        }

        fn scan(&self, table: Table, span: Span<'_>, order: Order, visit: &mut Visit<'_>) -> Result<()> {
            assert_eq!((table, order), (Table::Audit, Order::Ascending));
            let within = self.0.iter().filter(|(key, _)| ***key >= *span.start && span.end.is_none_or(|e| ***key < *e));
            for (key, value) in within {
                if visit(key, value)?.is_break() {
                    break;
                }
            }
            Ok(())
        }

        fn count(&self, _: Table) -> Result<u64> {
            Ok(self.0.len() as u64)
        }
    }

    fn secret() -> Secret {
        Zeroizing::new([6; 32])
    }

    /// A chain of so many entries, and its head.
    fn chain(len: u64) -> (Rows, [u8; MAC]) {
        let (mut rows, mut head) = (Rows::default(), [0; MAC]);
        for sequence in 1..=len {
            let text = format!("entry {sequence}");
            head = link(&secret(), &head, sequence, text.as_bytes());
            rows.0.insert(row(sequence), stored(&head, text.as_bytes()));
        }
        (rows, head)
    }

    fn broken(rows: &Rows, sequence: u64, head: &[u8; MAC]) -> Option<u64> {
        verify(rows, &secret(), sequence, head).unwrap()
    }

    #[test]
    fn bytes_of_a_link_are_those_of_the_format() {
        let mac = link(&secret(), &[1; MAC], 0x0203, b"entry");
        let by_hand = [&[1; 32][..], &[0, 0, 0, 0, 0, 0, 2, 3], b"entry"].concat();
        assert_eq!(mac, cipher::hmac_sha256(&[6; 32], &[&by_hand]));
        assert_eq!(stored(&mac, b"entry"), [&mac[..], b"entry"].concat());
        assert_eq!(entry(&row(1), &stored(&mac, b"entry")).unwrap(), b"entry");
        assert_eq!(row(0x0203), [0, 0, 0, 0, 0, 0, 0, 2, 3]);
        assert_eq!(entry(&row(1), &[0; 31]).unwrap_err().kind(), ErrorKind::Corrupted);
    }

    #[test]
    fn a_whole_chain_is_whole() {
        for len in [0, 1, 20] {
            let (rows, head) = chain(len);
            assert_eq!(broken(&rows, len, &head), None);
        }
    }

    #[test]
    fn the_first_entry_that_does_not_follow_is_named() {
        let (rows, head) = chain(20);
        let changed = |change: &dyn Fn(&mut Map)| {
            let mut rows = rows.clone();
            change(&mut rows.0);
            broken(&rows, 20, &head)
        };
        assert_eq!(changed(&|rows| rows.get_mut(&row(7)).unwrap()[MAC] ^= 1), Some(7));
        assert_eq!(changed(&|rows| rows.get_mut(&row(7)).unwrap()[0] ^= 1), Some(7));
        assert_eq!(changed(&|rows| rows.get_mut(&row(7)).unwrap().truncate(10)), Some(7));
        assert_eq!(changed(&|rows| drop(rows.remove(&row(7)))), Some(7));
        assert_eq!(changed(&|rows| drop(rows.remove(&row(20)))), Some(20));
        assert_eq!(changed(&|rows| drop(rows.insert(row(21), vec![0; 40]))), Some(21));
        let swap = |rows: &mut Map| {
            let (one, two) = (rows[&row(7)].clone(), rows[&row(8)].clone());
            rows.extend([(row(7), two), (row(8), one)]);
        };
        assert_eq!(changed(&swap), Some(7));
    }

    #[test]
    fn a_chain_cut_or_replaced_as_a_whole_is_told_by_its_head() {
        let (rows, head) = chain(20);
        let (shorter, earlier) = chain(19);
        assert_eq!(broken(&shorter, 20, &head), Some(20));
        assert_eq!(broken(&shorter, 20, &earlier), Some(20));
        assert_eq!(broken(&rows, 20, &earlier), Some(21));
        assert_eq!(broken(&rows, u64::MAX, &head), Some(21));
        assert_eq!(verify(&rows, &Zeroizing::new([7; 32]), 20, &head).unwrap(), Some(1));
    }
}
