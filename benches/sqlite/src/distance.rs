//! Edit distance, given up once it is too far.

/// Edits (insert, remove, replace, exchange of neighbours) between two names; none if more than `most`.
pub(crate) fn within(a: &str, b: &str, most: usize) -> Option<usize> {
    let (a, b) = (a.as_bytes(), b.as_bytes());
    if a.len().abs_diff(b.len()) > most {
        return None;
    }
    let mut before_last: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for i in 1..=a.len() {
        let mut row = vec![i; b.len() + 1];
        for j in 1..=b.len() {
            let replace = last[j - 1] + usize::from(a[i - 1] != b[j - 1]);
            row[j] = replace.min(last[j] + 1).min(row[j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                row[j] = row[j].min(before_last[j - 2] + 1);
            }
        }
        if row.iter().all(|distance| *distance > most) {
            return None;
        }
        before_last = std::mem::replace(&mut last, row);
    }
    last.last().copied().filter(|distance| *distance <= most)
}

/// The trigrams of a name as a query of FTS5 that any of them satisfies.
pub(crate) fn any_trigram(name: &str) -> String {
    let letters: Vec<char> = name.chars().filter(char::is_ascii_alphanumeric).collect();
    let trigrams: Vec<String> =
        letters.windows(3).map(|three| format!("\"{}\"", three.iter().collect::<String>())).collect();
    trigrams.join(" OR ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distances_are_counted_up_to_the_limit() {
        assert_eq!(within("anderson", "andreson", 2), Some(1));
        assert_eq!(within("smith", "smyth", 2), Some(1));
        assert_eq!(within("smith", "smithson", 2), None);
        assert_eq!(within("garcia", "lopez", 2), None);
        assert_eq!(any_trigram("smith"), "\"smi\" OR \"mit\" OR \"ith\"");
    }
}
