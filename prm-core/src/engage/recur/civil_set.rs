//! The civil times of a recurrence before any zone: what the rule says, with times added and without those excluded.

use super::pattern::Pattern;

#[derive(Debug, Clone)]
pub(super) struct CivilSet {
    pub(super) pattern: Option<Pattern>,
    /// In order, none twice; the start if there is no rule.
    pub(super) added: Vec<i64>,
    /// In order, none twice.
    pub(super) excluded: Vec<i64>,
}

impl CivilSet {
    /// The first civil time from `at` on.
    #[inline]
    pub(super) fn from(&self, mut at: i64) -> Option<i64> {
        loop {
            let said = self.pattern.as_ref().and_then(|pattern| pattern.from(at));
            let found = if self.added.is_empty() {
                said?
            } else {
                let added = self.added.get(self.added.partition_point(|added| *added < at)).copied();
                said.into_iter().chain(added).min()?
            };
            if !self.excludes(found) {
                return Some(found);
            }
            at = found + 1;
        }
    }

    /// The last civil time up to `at`.
    pub(super) fn to(&self, mut at: i64) -> Option<i64> {
        loop {
            let said = self.pattern.as_ref().and_then(|pattern| pattern.to(at));
            let before = self.added.partition_point(|added| *added <= at).checked_sub(1);
            let added = before.and_then(|i| self.added.get(i).copied());
            let found = said.into_iter().chain(added).max()?;
            if !self.excludes(found) {
                return Some(found);
            }
            at = found - 1;
        }
    }

    pub(super) fn has(&self, at: i64) -> bool {
        self.from(at) == Some(at)
    }

    /// Whether a time is added rather than said by the rule.
    pub(super) fn adds(&self, at: i64) -> bool {
        self.added.binary_search(&at).is_ok()
    }

    fn excludes(&self, at: i64) -> bool {
        !self.excluded.is_empty() && self.excluded.binary_search(&at).is_ok()
    }
}
