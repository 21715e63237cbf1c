//! Seeded draws, the same for every engine.

/// SplitMix64: the same numbers from the same seed, on every machine.
#[derive(Debug, Clone)]
pub struct Draw(u64);

impl Draw {
    /// Draws that depend on the parts alone.
    pub fn seeded(parts: &[u64]) -> Self {
        let mut draw = Draw(0x005e_ed0f_9a71_e275);
        for part in parts {
            draw.0 ^= part.wrapping_mul(0x9e37_79b9_7f4a_7c15);
            draw.number();
        }
        draw
    }

    /// The next number.
    pub fn number(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number below `end`; 0 if there is none.
    pub fn below(&mut self, end: u64) -> u64 {
        ((u128::from(self.number()) * u128::from(end)) >> 64) as u64
    }

    /// In [0, 1).
    pub fn unit(&mut self) -> f64 {
        (self.number() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// One of several.
    pub fn one<'a, T>(&mut self, of: &'a [T]) -> Option<&'a T> {
        of.get(self.below(of.len() as u64) as usize)
    }

    /// A rank in `0..ranks` whose frequency falls with the rank as that of names does (Zipf, exponent just below 1).
    pub fn rank(&mut self, ranks: u64) -> u64 {
        let ranks = ranks.max(1);
        // The inverse of the cumulated frequency of 1/x^s over 1..=ranks+1, for s = 0.9.
        let tail = 0.1_f64;
        let most = ((ranks + 1) as f64).powf(tail);
        let x = (1.0 + self.unit() * (most - 1.0)).powf(1.0 / tail);
        (x as u64).saturating_sub(1).min(ranks - 1)
    }
}

#[cfg(test)]
mod tests {
    use super::Draw;

    #[test]
    fn the_same_parts_draw_the_same_numbers() {
        let drawn = |parts: &[u64]| Draw::seeded(parts).number();
        assert_eq!(drawn(&[1, 2]), drawn(&[1, 2]));
        assert_ne!(drawn(&[1, 2]), drawn(&[2, 1]));
    }

    #[test]
    fn low_ranks_are_drawn_more_often_and_every_rank_is_in_range() {
        let mut draw = Draw::seeded(&[3]);
        let ranks: Vec<u64> = (0..20_000).map(|_| draw.rank(1_000)).collect();
        let times = |from, to| ranks.iter().filter(|rank| (from..to).contains(*rank)).count();
        assert!(ranks.iter().all(|rank| *rank < 1_000));
        assert!(times(0, 10) > 5 * times(500, 510));
        assert!(times(900, 1_000) > 0);
    }
}
