//! The table: medians over rounds, spread, ratios to the first engine.

use std::collections::BTreeMap;
use std::fmt;

/// One engine's figures for one line of the table, a value a round.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Column {
    /// What each round gave: nanoseconds of an operation, bytes, …
    pub rounds: Vec<f64>,
    /// The slowest hundredth of operations, a value a round, where it was measured.
    pub slowest: Vec<f64>,
}

/// All figures of a run.
#[derive(Debug, Default)]
pub struct Report {
    engines: Vec<String>,
    lines: Vec<(String, BTreeMap<String, Column>)>,
    remarks: Vec<String>,
}

fn median(values: &[f64]) -> Option<f64> {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let middle = sorted.len() / 2;
    let upper = sorted.get(middle).copied()?;
    if sorted.len() % 2 == 1 { Some(upper) } else { Some((sorted.get(middle.checked_sub(1)?).copied()? + upper) / 2.0) }
}

/// Half the distance between the lowest and the highest round, as a share of the median.
fn spread(values: &[f64]) -> Option<f64> {
    let low = values.iter().copied().reduce(f64::min)?;
    let high = values.iter().copied().reduce(f64::max)?;
    Some((high - low) / 2.0 / median(values)?)
}

impl Report {
    /// A report on engines; the first is what the others are compared with.
    pub fn on(engines: &[String]) -> Self {
        Report { engines: engines.to_vec(), ..Report::default() }
    }

    /// Adds what a round gave.
    pub fn add(&mut self, line: &str, engine: &str, value: f64, slowest: Option<f64>) {
        let at = match self.lines.iter().position(|(name, _)| name == line) {
            Some(at) => at,
            None => {
                self.lines.push((line.to_owned(), BTreeMap::new()));
                self.lines.len() - 1
            }
        };
        if let Some((_, columns)) = self.lines.get_mut(at) {
            let column = columns.entry(engine.to_owned()).or_default();
            column.rounds.push(value);
            column.slowest.extend(slowest);
        }
    }

    /// Adds a sentence below the table.
    pub fn remark(&mut self, text: String) {
        if !self.remarks.contains(&text) {
            self.remarks.push(text);
        }
    }

    /// Median of a line for an engine.
    pub fn median(&self, line: &str, engine: &str) -> Option<f64> {
        let (_, columns) = self.lines.iter().find(|(name, _)| name == line)?;
        median(&columns.get(engine)?.rounds)
    }
}

/// A figure with its unit: the line's name ends with it in brackets, nanoseconds otherwise.
fn shown(line: &str, value: f64) -> String {
    if line.ends_with(']') {
        return if value >= 1_000.0 { format!("{value:.0}") } else { format!("{value:.2}") };
    }
    match value {
        v if v < 1e3 => format!("{v:.0} ns"),
        v if v < 1e6 => format!("{:.2} µs", v / 1e3),
        v if v < 1e9 => format!("{:.2} ms", v / 1e6),
        v => format!("{:.2} s", v / 1e9),
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "| |")?;
        self.engines.iter().try_for_each(|engine| write!(f, " {engine} |"))?;
        write!(f, "\n| --- |")?;
        self.engines.iter().try_for_each(|_| write!(f, " --- |"))?;
        writeln!(f)?;
        let first = self.engines.first().map(String::as_str).unwrap_or_default();
        let of_engines =
            |columns: &BTreeMap<String, Column>| self.engines.iter().any(|name| columns.contains_key(name));
        for (line, columns) in self.lines.iter().filter(|(_, columns)| of_engines(columns)) {
            write!(f, "| {line} |")?;
            let base = columns.get(first).and_then(|column| median(&column.rounds));
            for engine in &self.engines {
                let Some(column) = columns.get(engine) else {
                    write!(f, " – |")?;
                    continue;
                };
                let value = median(&column.rounds).unwrap_or(f64::NAN);
                write!(f, " {}", shown(line, value))?;
                if let Some(base) = base.filter(|_| engine != first) {
                    write!(f, " = **{:.2}**", value / base)?;
                }
                if column.rounds.len() > 1 {
                    write!(f, " ±{:.0} %", spread(&column.rounds).unwrap_or(0.0) * 100.0)?;
                }
                if let Some(slowest) = median(&column.slowest) {
                    write!(f, ", p99 {}", shown(line, slowest))?;
                }
                write!(f, " |")?;
            }
            writeln!(f)?;
        }
        self.remarks.iter().try_for_each(|remark| write!(f, "\n- {remark}"))?;
        writeln!(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ratios_are_of_medians_to_the_first_engine() {
        let mut report = Report::on(&["a".to_owned(), "b".to_owned(), "c".to_owned()]);
        for (a, b) in [(100.0, 50.0), (300.0, 10.0), (200.0, 90.0)] {
            report.add("point", "a", a, None);
            report.add("point", "b", b, Some(b * 2.0));
        }
        let table = report.to_string();
        assert!(table.contains("| point | 200 ns ±50 % | 50 ns = **0.25** ±80 %, p99 100 ns | – |"), "{table}");
        assert_eq!(report.median("point", "b"), Some(50.0));
    }

    #[test]
    fn an_even_number_of_rounds_has_its_median_between_two() {
        assert_eq!(median(&[4.0, 1.0, 2.0, 3.0]), Some(2.5));
        assert_eq!(median(&[]), None);
    }
}
