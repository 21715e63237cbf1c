#![doc = include_str!("FORMAT.md")]

use std::collections::BTreeMap;

use csv_core::{ReadFieldResult, Reader, WriteResult, Writer};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::limits::check_source_record;
use super::{
    AbsoluteRisk, Certainty, CertaintyReason, Effect, EffectMeasure, EvidenceSource, Horizon, HorizonUnit, Interval,
    Pico, Quote, SourceKind, SourceStatus,
};
use crate::error::{Detail, Error, Result};
use crate::sensitive::Sensitive;
use crate::value::Decimal;

/// Bytes of a text that is imported.
const LARGEST: usize = 16 << 20;

/// A source that did not come in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RefusedSource {
    /// Its place: of JSON the number in the array, of CSV the number of its first row below the header; from 1.
    pub position: u32,
    /// Why, in one sentence.
    pub reason: String,
}

/// Sources that came in, and those that did not.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EvidenceImport {
    /// Those that did, in their order.
    pub sources: Vec<EvidenceSource>,
    /// Those that did not.
    pub refused: Vec<RefusedSource>,
}

impl EvidenceImport {
    fn take(&mut self, position: usize, read: Result<EvidenceSource>) {
        let checked = read.and_then(|source| check_source_record(&source).map(|()| source));
        match checked {
            Ok(source) => self.sources.push(source),
            Err(e) => {
                let reason = match e.particulars() {
                    Some(Detail::Field(field)) => format!("{field}: {e}"),
                    _ => e.to_string(),
                };
                self.refused.push(RefusedSource { position: u32::try_from(position).unwrap_or(u32::MAX), reason });
            }
        }
    }
}

fn sized(text: &str) -> Result<()> {
    if text.len() > LARGEST { Err(Error::invalid("text", "sources come in 16 MiB at most")) } else { Ok(()) }
}

/// Reads sources from JSON: an array, or one.
///
/// # Errors
/// `Invalid` for what is no JSON, or neither an array nor an object, or larger than 16 MiB.
pub fn read_sources_json(text: &str) -> Result<EvidenceImport> {
    sized(text)?;
    let value: Value = serde_json::from_str(text)
        .map_err(|e| Error::invalid("text", format!("line {} column {} is no JSON", e.line(), e.column())))?;
    let values = match value {
        Value::Array(values) => values,
        Value::Object(_) => vec![value],
        _ => return Err(Error::invalid("text", "sources are an array, or one object")),
    };
    let mut import = EvidenceImport::default();
    for (n, value) in values.into_iter().enumerate() {
        let read = serde_json::from_value(value).map_err(|e| Error::invalid("source", e.to_string()));
        import.take(n + 1, read);
    }
    Ok(import)
}

/// Columns, in the order in which they are written.
const COLUMNS: [&str; 37] = [
    "source",
    "title",
    "kind",
    "status",
    "citation",
    "doi",
    "url",
    "version",
    "published",
    "searched",
    "conflicts_of_interest",
    "funder",
    "licence",
    "retrieved",
    "checked_by",
    "checked",
    "note",
    "effect",
    "population",
    "intervention",
    "comparison",
    "outcome",
    "measure",
    "estimate",
    "low",
    "high",
    "level",
    "baseline",
    "baseline_of",
    "baseline_count",
    "baseline_unit",
    "baseline_population",
    "certainty",
    "reasons",
    "quote",
    "quote_url",
    "quote_on",
];

/// Reads sources from CSV.
///
/// # Errors
/// `Invalid` for a header with a column that is none or twice, or without `source`, and for more than 16 MiB.
pub fn read_sources_csv(text: &str) -> Result<EvidenceImport> {
    sized(text)?;
    let mut rows = rows(text).into_iter();
    let header = rows.next().unwrap_or_default();
    let mut columns: Vec<&'static str> = Vec::new();
    for (n, name) in header.iter().enumerate() {
        let known = COLUMNS.into_iter().find(|known| known == name).filter(|known| !columns.contains(known));
        let wrong = || Error::invalid(format!("header[{n}]"), "name each column once, as the format does");
        columns.push(known.ok_or_else(wrong)?);
    }
    if !columns.contains(&"source") {
        return Err(Error::invalid("header", "name the column source"));
    }
    // Sources in the order of their first rows.
    let mut groups: Vec<(usize, Vec<Row>)> = Vec::new();
    let mut places: BTreeMap<String, usize> = BTreeMap::new();
    for (n, fields) in rows.enumerate() {
        let whole = fields.len() == columns.len();
        let row = Row { fields: columns.iter().copied().zip(fields).collect(), whole };
        let place = *places.entry(row.text("source").to_owned()).or_insert(groups.len());
        match groups.get_mut(place) {
            Some((_, rows)) => rows.push(row),
            None => groups.push((n + 1, vec![row])),
        }
    }
    let mut import = EvidenceImport::default();
    for (position, rows) in groups {
        import.take(position, source(&rows));
    }
    Ok(import)
}

/// The fields of a table, empty rows left out.
fn rows(text: &str) -> Vec<Vec<String>> {
    let (mut reader, mut input, mut place) = (Reader::new(), text.as_bytes(), vec![0; 4096]);
    let (mut rows, mut row, mut field) = (Vec::new(), Vec::new(), Vec::new());
    loop {
        let (result, read, written) = reader.read_field(input, &mut place);
        input = input.get(read..).unwrap_or_default();
        field.extend_from_slice(place.get(..written).unwrap_or_default());
        match result {
            ReadFieldResult::InputEmpty | ReadFieldResult::OutputFull => {}
            ReadFieldResult::Field { record_end } => {
                row.push(String::from_utf8_lossy(&std::mem::take(&mut field)).into_owned());
                if record_end {
                    rows.push(std::mem::take(&mut row));
                }
            }
            ReadFieldResult::End => return rows,
        }
    }
}

/// A row by its columns.
struct Row {
    fields: BTreeMap<&'static str, String>,
    whole: bool,
}

impl Row {
    fn text(&self, column: &str) -> &str {
        self.fields.get(column).map_or("", |text| text.trim())
    }

    fn option(&self, column: &str) -> Option<String> {
        Some(self.text(column)).filter(|text| !text.is_empty()).map(str::to_owned)
    }

    fn parsed<T: std::str::FromStr>(&self, column: &str) -> Result<Option<T>> {
        let wrong = |_| Error::invalid(column.to_owned(), "the column does not hold what the format says");
        self.option(column).map(|text| text.parse().map_err(wrong)).transpose()
    }

    fn needed<T: std::str::FromStr>(&self, column: &str) -> Result<T> {
        self.parsed(column)?.ok_or_else(|| Error::invalid(column.to_owned(), "fill in the column"))
    }

    /// A code that this version knows.
    fn code<T>(&self, column: &str, known: &[T], code: impl Fn(&T) -> &str) -> Result<Option<T>>
    where
        T: Clone,
    {
        let Some(text) = self.option(column) else { return Ok(None) };
        let found = known.iter().find(|known| code(known) == text);
        found
            .cloned()
            .map(Some)
            .ok_or_else(|| Error::invalid(column.to_owned(), "the column holds no code of the format"))
    }
}

fn source(rows: &[Row]) -> Result<EvidenceSource> {
    if rows.iter().any(|row| !row.whole) {
        return Err(Error::invalid("row", "a row has as many fields as the header"));
    }
    let first = rows.first().ok_or_else(|| Error::invalid("row", "a source has a row"))?;
    let kind = first.code("kind", SourceKind::ALL, SourceKind::code)?;
    let kind = kind.ok_or_else(|| Error::invalid("kind", "fill in the column"))?;
    let mut effects = Vec::new();
    for row in rows.iter().filter(|row| row.option("effect").is_some()) {
        effects.push(effect(row)?);
    }
    Ok(EvidenceSource {
        citation: first.needed("citation")?,
        status: first.code("status", SourceStatus::ALL, SourceStatus::code)?.unwrap_or(SourceStatus::Active),
        doi: first.option("doi"),
        url: first.option("url"),
        version: first.option("version"),
        published: first.parsed("published")?,
        searched: first.parsed("searched")?,
        effects,
        conflicts_of_interest: first.option("conflicts_of_interest"),
        funder: first.option("funder"),
        licence: first.option("licence"),
        retrieved: first.parsed("retrieved")?,
        checked_by: first.option("checked_by").map(Sensitive::new),
        checked: first.parsed("checked")?,
        note: first.option("note"),
        ..EvidenceSource::of(first.needed::<String>("title")?, kind)
    })
}

fn effect(row: &Row) -> Result<Effect> {
    let measure = row.code("measure", EffectMeasure::ALL, EffectMeasure::code)?;
    let interval = match (row.parsed("low")?, row.parsed("high")?) {
        (Some(low), Some(high)) => Some(Interval { low, high, level: row.parsed("level")? }),
        (None, None) => None,
        _ => return Err(Error::invalid("low", "state both ends of an interval")),
    };
    let baseline = row.parsed::<Decimal>("baseline")?.map(|numerator| {
        let unit = row.code("baseline_unit", HorizonUnit::ALL, HorizonUnit::code)?;
        let unit = unit.ok_or_else(|| Error::invalid("baseline_unit", "fill in the column"))?;
        Ok::<_, Error>(AbsoluteRisk {
            numerator,
            denominator: row.needed("baseline_of")?,
            horizon: Horizon { count: row.needed("baseline_count")?, unit },
            interval: None,
            population: row.text("baseline_population").to_owned(),
        })
    });
    let reason = |code: &str| {
        let known = CertaintyReason::ALL.iter().find(|known| known.code() == code).cloned();
        known.ok_or_else(|| Error::invalid("reasons", "the column holds no code of the format"))
    };
    let quote = row
        .option("quote")
        .map(|words| Ok::<_, Error>(Quote { words, url: row.needed("quote_url")?, on: row.needed("quote_on")? }));
    Ok(Effect {
        key: row.text("effect").to_owned(),
        pico: Pico {
            population: row.text("population").to_owned(),
            intervention: row.text("intervention").to_owned(),
            comparison: row.text("comparison").to_owned(),
            outcome: row.text("outcome").to_owned(),
        },
        measure: measure.ok_or_else(|| Error::invalid("measure", "fill in the column"))?,
        estimate: row.needed("estimate")?,
        interval,
        baseline: baseline.transpose()?,
        certainty: row.code("certainty", Certainty::ALL, Certainty::code)?,
        reasons: row.text("reasons").split_whitespace().map(reason).collect::<Result<_>>()?,
        quote: quote.transpose()?,
    })
}

/// Writes sources as CSV. What the format has no column for, topics, what took a source's place and the interval of a
/// baseline, is left out.
pub fn write_sources_csv(sources: &[EvidenceSource]) -> String {
    let mut table = Vec::new();
    line(&mut table, COLUMNS.map(str::to_owned).iter());
    for (n, source) in sources.iter().enumerate() {
        let effects: Vec<Option<&Effect>> = match source.effects.as_slice() {
            [] => vec![None],
            effects => effects.iter().map(Some).collect(),
        };
        for (at, effect) in effects.into_iter().enumerate() {
            let mut fields = BTreeMap::from([("source", (n + 1).to_string())]);
            if at == 0 {
                of_source(source, &mut fields);
            }
            effect.into_iter().for_each(|effect| of_effect(effect, &mut fields));
            let fields: Vec<String> = COLUMNS.iter().map(|column| fields.remove(column).unwrap_or_default()).collect();
            line(&mut table, fields.iter());
        }
    }
    String::from_utf8_lossy(&table).into_owned()
}

fn of_source(source: &EvidenceSource, fields: &mut BTreeMap<&'static str, String>) {
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    fields.extend([
        ("title", source.title.clone()),
        ("kind", source.kind.to_string()),
        ("status", source.status.to_string()),
        ("citation", source.citation.clone()),
        ("doi", text(&source.doi)),
        ("url", text(&source.url)),
        ("version", text(&source.version)),
        ("published", source.published.map(|date| date.to_string()).unwrap_or_default()),
        ("searched", source.searched.map(|date| date.to_string()).unwrap_or_default()),
        ("conflicts_of_interest", text(&source.conflicts_of_interest)),
        ("funder", text(&source.funder)),
        ("licence", text(&source.licence)),
        ("retrieved", source.retrieved.map(|date| date.to_string()).unwrap_or_default()),
        ("checked_by", source.checked_by.as_ref().map(|who| who.expose().clone()).unwrap_or_default()),
        ("checked", source.checked.map(|date| date.to_string()).unwrap_or_default()),
        ("note", text(&source.note)),
    ]);
}

fn of_effect(effect: &Effect, fields: &mut BTreeMap<&'static str, String>) {
    let number = |number: Option<&Decimal>| number.map(ToString::to_string).unwrap_or_default();
    let (interval, pico, risk) = (effect.interval.as_ref(), &effect.pico, effect.baseline.as_ref());
    let quote = effect.quote.as_ref();
    fields.extend([
        ("effect", effect.key.clone()),
        ("population", pico.population.clone()),
        ("intervention", pico.intervention.clone()),
        ("comparison", pico.comparison.clone()),
        ("outcome", pico.outcome.clone()),
        ("measure", effect.measure.to_string()),
        ("estimate", effect.estimate.to_string()),
        ("low", number(interval.map(|interval| &interval.low))),
        ("high", number(interval.map(|interval| &interval.high))),
        ("level", number(interval.and_then(|interval| interval.level.as_ref()))),
        ("baseline", number(risk.map(|risk| &risk.numerator))),
        ("baseline_of", risk.map(|risk| risk.denominator.to_string()).unwrap_or_default()),
        ("baseline_count", risk.map(|risk| risk.horizon.count.to_string()).unwrap_or_default()),
        ("baseline_unit", risk.map(|risk| risk.horizon.unit.to_string()).unwrap_or_default()),
        ("baseline_population", risk.map(|risk| risk.population.clone()).unwrap_or_default()),
        ("certainty", effect.certainty.as_ref().map(ToString::to_string).unwrap_or_default()),
        ("reasons", effect.reasons.iter().map(CertaintyReason::code).collect::<Vec<_>>().join(" ")),
        ("quote", quote.map(|quote| quote.words.clone()).unwrap_or_default()),
        ("quote_url", quote.map(|quote| quote.url.clone()).unwrap_or_default()),
        ("quote_on", quote.map(|quote| quote.on.to_string()).unwrap_or_default()),
    ]);
}

fn line<'a>(table: &mut Vec<u8>, fields: impl Iterator<Item = &'a String>) {
    let mut writer = Writer::new();
    for (n, field) in fields.enumerate() {
        if n > 0 {
            put(table, |place| writer.delimiter(place));
        }
        let mut left = field.as_bytes();
        put(table, |place| {
            let (result, read, written) = writer.field(left, place);
            left = left.get(read..).unwrap_or_default();
            (result, written)
        });
    }
    put(table, |place| writer.terminator(place));
}

/// Writes a part, which may take several goes.
fn put(table: &mut Vec<u8>, mut write: impl FnMut(&mut [u8]) -> (WriteResult, usize)) {
    let mut place = [0; 1024];
    loop {
        let (result, written) = write(&mut place);
        table.extend_from_slice(place.get(..written).unwrap_or_default());
        if result == WriteResult::InputEmpty {
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn effect(key: &str, words: &str) -> Effect {
        Effect {
            key: key.into(),
            pico: Pico { population: words.into(), outcome: "stroke".into(), ..Pico::default() },
            measure: EffectMeasure::RiskRatio,
            estimate: "0.75".parse().unwrap(),
            interval: Some(Interval { low: "0.60".parse().unwrap(), high: "0.94".parse().unwrap(), level: None }),
            baseline: Some(AbsoluteRisk {
                numerator: "8".parse().unwrap(),
                denominator: 100,
                horizon: Horizon { count: 10, unit: HorizonUnit::Years },
                interval: None,
                population: "adults".into(),
            }),
            certainty: Some(Certainty::Moderate),
            reasons: vec![CertaintyReason::Imprecision, CertaintyReason::RiskOfBias],
            quote: Some(Quote {
                words: "It was 0.75.".into(),
                url: "https://example.org".into(),
                on: "2026-01-02".parse().unwrap(),
            }),
        }
    }

    fn with(title: &str, note: &str, effects: Vec<Effect>) -> EvidenceSource {
        let note = Some(note.trim().to_owned()).filter(|note| !note.is_empty());
        EvidenceSource { note, effects, ..EvidenceSource::of(title, SourceKind::SystematicReview) }
    }

    #[test]
    fn a_bad_source_does_not_keep_the_others_out() {
        let good = serde_json::to_value(with("Good", "", Vec::new())).unwrap();
        let text = serde_json::json!([good, {"title": "Bad"}, 7, good]).to_string();
        let read = read_sources_json(&text).unwrap();
        assert_eq!(read.sources.len(), 2);
        assert_eq!(read.refused.iter().map(|refused| refused.position).collect::<Vec<_>>(), [2, 3]);
        assert_eq!(read_sources_json(&good.to_string()).unwrap().sources.len(), 1);
        for text in ["", "7", "[", "\"x\""] {
            assert!(read_sources_json(text).is_err(), "{text}");
        }
        let wrong = read_sources_json(&serde_json::json!({"title": "x", "doi": "doi:10.1/x", "kind": "guideline", "status": "active", "citation": "x"}).to_string());
        assert!(wrong.unwrap().refused[0].reason.starts_with("doi: "));
    }

    #[test]
    fn a_table_with_a_column_that_is_none_is_refused() {
        for header in ["", "title", "source,colour", "source,source"] {
            assert!(read_sources_csv(header).is_err(), "{header}");
        }
        let table = "source,title,kind,citation\na,One,guideline,c\na\nb,Two,guideline,c\nc,Three,opera,c\n";
        let read = read_sources_csv(table).unwrap();
        assert_eq!(read.sources.iter().map(|source| source.title.as_str()).collect::<Vec<_>>(), ["Two"]);
        assert_eq!(read.refused.iter().map(|refused| refused.position).collect::<Vec<_>>(), [1, 4]);
    }

    proptest! {
        #[test]
        fn what_is_written_as_a_table_comes_back(title in "[a-z ,\"']{1,20}[a-z]", note in "[a-z ,\"'\n]{0,40}", count in 0usize..3) {
            let effects = (0..count).map(|n| effect(&format!("e{n}"), "adults, \"old\"")).collect();
            let title = title.trim();
            let sources = vec![with(title, &note, effects), with("Other", "", Vec::new())];
            let read = read_sources_csv(&write_sources_csv(&sources)).unwrap();
            prop_assert_eq!(read.refused, Vec::new());
            prop_assert_eq!(read.sources, sources);
        }

        #[test]
        fn no_text_is_too_odd_to_be_read(text in "\\PC{0,200}", table in "[source,title\"\n\r a-z]{0,200}") {
            let _ = (read_sources_json(&text), read_sources_csv(&text), read_sources_csv(&table));
        }
    }
}
