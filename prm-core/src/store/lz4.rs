//! An encoder of LZ4 blocks for short texts and one dictionary, which is indexed once instead of for every text.
//!
//! The bytes are an ordinary LZ4 block: sequences of token, literals, offset (u16, little-endian) and match, the last
//! of them literals alone. Any decoder that takes a dictionary reads it.

/// Shortest match that the format can say.
const LEAST_MATCH: usize = 4;
/// The last bytes of a block are literals.
const LAST_LITERALS: usize = 5;
/// No match begins within so many bytes of the end.
const LAST_START: usize = 12;
const FARTHEST: usize = u16::MAX as usize;

const BITS: u32 = 13;
/// Candidates tried at one place, of the text and of the dictionary each.
const TRIES: usize = 8;
/// A match of this length is taken without looking whether the next byte begins a longer one.
const LONG: usize = 64;

/// A dictionary, at most 32 KiB of it, with every place findable.
pub(crate) struct Dictionary {
    bytes: &'static [u8],
    places: Places,
}

/// Places of equal hash, chained from the newest. Stored plus one; zero ends a chain.
struct Places {
    newest: Vec<u32>,
    older: Vec<u32>,
}

#[derive(Clone, Copy)]
struct Match {
    from: usize,
    len: usize,
}

impl Places {
    fn new(len: usize) -> Self {
        Places { newest: vec![0; 1 << BITS], older: vec![0; len] }
    }

    /// `place` counts from the beginning of what these places are of.
    fn insert(&mut self, hash: usize, place: usize) {
        if let (Some(newest), Some(older)) = (self.newest.get_mut(hash), self.older.get_mut(place)) {
            *older = *newest;
            *newest = place as u32 + 1;
        }
    }

    fn newest(&self, hash: usize) -> Option<usize> {
        self.newest.get(hash).and_then(|place| (*place as usize).checked_sub(1))
    }

    fn older(&self, place: usize) -> Option<usize> {
        self.older.get(place).and_then(|place| (*place as usize).checked_sub(1))
    }

    fn chain(&self, hash: usize) -> impl Iterator<Item = usize> + '_ {
        std::iter::successors(self.newest(hash), |place| self.older(*place)).take(TRIES)
    }
}

impl Dictionary {
    pub(crate) fn new(bytes: &'static [u8]) -> Self {
        let mut places = Places::new(bytes.len());
        for (place, four) in bytes.windows(LEAST_MATCH).enumerate() {
            places.insert(hash(four), place);
        }
        Dictionary { bytes, places }
    }

    /// An LZ4 block that stands for `text` behind this dictionary.
    pub(crate) fn compress(&self, text: &[u8]) -> Vec<u8> {
        let start = self.bytes.len();
        let whole = [self.bytes, text].concat();
        let mut out = Vec::with_capacity(text.len() / 2 + 16);
        let mut seen = Places::new(text.len());
        let last_start = whole.len().saturating_sub(LAST_START);
        let (mut unwritten, mut at, mut indexed) = (start, start, start);
        while at <= last_start {
            index(&mut seen, &whole, start, &mut indexed, at);
            let Some(mut found) = self.longest(&seen, &whole, at) else {
                at += 1 + (at - unwritten) / 64;
                continue;
            };
            while found.len < LONG && at < last_start {
                index(&mut seen, &whole, start, &mut indexed, at + 1);
                match self.longest(&seen, &whole, at + 1) {
                    Some(next) if next.len > found.len + 1 => (at, found) = (at + 1, next),
                    _ => break,
                }
            }
            while at > unwritten && found.from > 0 && whole.get(at - 1) == whole.get(found.from - 1) {
                (at, found) = (at - 1, Match { from: found.from - 1, len: found.len + 1 });
            }
            write(&mut out, whole.get(unwritten..at).unwrap_or_default(), Some((at - found.from, found.len)));
            at += found.len;
            unwritten = at;
        }
        write(&mut out, whole.get(unwritten..).unwrap_or_default(), None);
        out
    }

    fn longest(&self, seen: &Places, whole: &[u8], at: usize) -> Option<Match> {
        let four = whole.get(at..at + LEAST_MATCH)?;
        let rest = whole.get(at..whole.len() - LAST_LITERALS)?;
        let hash = hash(four);
        let start = self.bytes.len();
        let mut best = Match { from: 0, len: LEAST_MATCH - 1 };
        for from in seen.chain(hash).map(|place| place + start).chain(self.places.chain(hash)) {
            if at - from > FARTHEST || whole.get(from + best.len) != whole.get(at + best.len) {
                continue;
            }
            let len = whole.get(from..).map_or(0, |earlier| common(earlier, rest));
            if len > best.len {
                best = Match { from, len };
            }
        }
        (best.len >= LEAST_MATCH).then_some(best)
    }
}

/// Makes every place of the text before `end` findable.
fn index(seen: &mut Places, whole: &[u8], start: usize, indexed: &mut usize, end: usize) {
    while *indexed < end {
        if let Some(four) = whole.get(*indexed..*indexed + LEAST_MATCH) {
            seen.insert(hash(four), *indexed - start);
        }
        *indexed += 1;
    }
}

fn hash(four: &[u8]) -> usize {
    let number = four.first_chunk().map_or(0, |four| u32::from_le_bytes(*four));
    (number.wrapping_mul(2_654_435_761) >> (32 - BITS)) as usize
}

/// Length of the common beginning.
fn common(a: &[u8], b: &[u8]) -> usize {
    let (a_words, b_words) = (a.as_chunks::<8>().0, b.as_chunks::<8>().0);
    let mut len = 0;
    for (x, y) in a_words.iter().zip(b_words) {
        let difference = u64::from_le_bytes(*x) ^ u64::from_le_bytes(*y);
        if difference != 0 {
            return len + difference.trailing_zeros() as usize / 8;
        }
        len += 8;
    }
    let (a, b) = (a.get(len..).unwrap_or_default(), b.get(len..).unwrap_or_default());
    len + a.iter().zip(b).take_while(|(x, y)| x == y).count()
}

/// Writes a sequence: literals, then offset and length of a match unless it is the last one.
fn write(out: &mut Vec<u8>, literals: &[u8], matched: Option<(usize, usize)>) {
    let extra = matched.map_or(0, |(_, len)| len - LEAST_MATCH);
    out.push((literals.len().min(15) << 4 | extra.min(15)) as u8);
    write_length(out, literals.len());
    out.extend_from_slice(literals);
    if let Some((offset, _)) = matched {
        out.extend_from_slice(&(offset as u16).to_le_bytes());
        write_length(out, extra);
    }
}

/// What of a length does not fit into its half of the token.
fn write_length(out: &mut Vec<u8>, len: usize) {
    if let Some(mut rest) = len.checked_sub(15) {
        while rest >= 255 {
            out.push(255);
            rest -= 255;
        }
        out.push(rest as u8);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn small() -> Dictionary {
        Dictionary::new(b"\"resourceType\":\"Observation\",\"status\":\"final\",\"code\":{\"coding\":[{\"system\":\"")
    }

    fn expanded(dictionary: &Dictionary, text: &[u8]) -> Vec<u8> {
        let block = dictionary.compress(text);
        lz4_flex::block::decompress_with_dict(&block, text.len(), dictionary.bytes).unwrap()
    }

    #[test]
    fn bytes_of_a_block_are_those_of_the_format() {
        let text = b"{\"status\":\"final\",\"code\":1234567890abc}";
        assert_eq!(small().compress(text), b"\x1f{\x2f\x00\x05\xe01234567890abc}".as_slice());
        assert_eq!(expanded(&small(), text), text);
    }

    #[test]
    fn texts_shorter_than_any_match_are_literals() {
        for len in 0..=LAST_START {
            assert_eq!(expanded(&small(), &vec![b'a'; len]), vec![b'a'; len]);
        }
        assert_eq!(small().compress(b""), [0]);
    }

    #[test]
    fn matches_reach_no_farther_than_an_offset_can_say() {
        for gap in [65_400, 65_514, 65_515, 65_516, 70_000, 200_000] {
            let words = b"the very same words.";
            let text = [&words[..], &vec![b'a'; gap], words, b" and an end"].concat();
            assert_eq!(expanded(&small(), &text), text, "{gap}");
        }
    }

    proptest! {
        #[test]
        fn any_text_comes_back(text in proptest::collection::vec(any::<u8>(), 0..400)) {
            prop_assert_eq!(expanded(&small(), &text), text);
        }

        #[test]
        fn repetitive_text_comes_back(words in proptest::collection::vec("(status|final|coding|[ab]{1,30})", 0..400)) {
            let text = words.concat().into_bytes();
            prop_assert_eq!(expanded(&small(), &text), text);
        }
    }
}
