//! Bytes that need no room of their own while they are few, as most keys and many values are.

use std::borrow::Borrow;
use std::cmp::Ordering;
use std::ops::Deref;

/// At most `N` bytes in place, more elsewhere. Equality and order are those of the bytes.
#[derive(Clone)]
pub(crate) enum InPlace<const N: usize> {
    Short(u8, [u8; N]),
    Long(Vec<u8>),
}

impl<const N: usize> From<Vec<u8>> for InPlace<N> {
    fn from(bytes: Vec<u8>) -> Self {
        let mut short = [0; N];
        match (short.get_mut(..bytes.len()), u8::try_from(bytes.len())) {
            (Some(place), Ok(len)) => {
                place.copy_from_slice(&bytes);
                InPlace::Short(len, short)
            }
            _ => InPlace::Long(bytes),
        }
    }
}

impl<const N: usize> Deref for InPlace<N> {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        match self {
            InPlace::Short(len, short) => short.get(..usize::from(*len)).unwrap_or_default(),
            InPlace::Long(bytes) => bytes,
        }
    }
}

impl<const N: usize> Borrow<[u8]> for InPlace<N> {
    fn borrow(&self) -> &[u8] {
        self
    }
}

impl<const N: usize> PartialEq for InPlace<N> {
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}

impl<const N: usize> Eq for InPlace<N> {}

impl<const N: usize> PartialOrd for InPlace<N> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl<const N: usize> Ord for InPlace<N> {
    fn cmp(&self, other: &Self) -> Ordering {
        (**self).cmp(&**other)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn bytes_are_the_same_and_in_the_same_order_wherever_they_are(
            a in proptest::collection::vec(0u8..3, 0..8), b in proptest::collection::vec(0u8..3, 0..8),
        ) {
            let (short, long) = (InPlace::<4>::from(a.clone()), InPlace::<4>::from(b.clone()));
            prop_assert_eq!((&*short, &*long), (a.as_slice(), b.as_slice()));
            prop_assert_eq!((short.cmp(&long), short == long), (a.cmp(&b), a == b));
            prop_assert_eq!(matches!(short, InPlace::Long(_)), a.len() > 4);
        }
    }
}
