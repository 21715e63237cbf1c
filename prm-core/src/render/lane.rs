//! The lanes of a journey, and what stands in them: marks, counted where they would overlap, and bars in rows.

use std::collections::BTreeMap;

use super::axis::{Extent, TimeScale};
use super::glyph::Shape;
use super::words::{Word, Words};
use crate::chart::{ChartEntry, EntryKind, EntryStatus};
use crate::time::When;

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Lane {
    Visits,
    Problems,
    Allergies,
    Medications,
    Procedures,
    Immunizations,
    Results,
    Plans,
    Other,
}

impl Lane {
    pub(crate) const ALL: [Lane; 9] = [
        Lane::Visits,
        Lane::Problems,
        Lane::Allergies,
        Lane::Medications,
        Lane::Procedures,
        Lane::Immunizations,
        Lane::Results,
        Lane::Plans,
        Lane::Other,
    ];

    pub(crate) fn of(kind: &EntryKind) -> Self {
        match kind {
            EntryKind::Encounter | EntryKind::Appointment => Lane::Visits,
            EntryKind::Condition => Lane::Problems,
            EntryKind::AllergyIntolerance => Lane::Allergies,
            EntryKind::MedicationRequest
            | EntryKind::MedicationStatement
            | EntryKind::MedicationAdministration
            | EntryKind::MedicationDispense
            | EntryKind::Medication => Lane::Medications,
            EntryKind::Procedure | EntryKind::Device => Lane::Procedures,
            EntryKind::Immunization => Lane::Immunizations,
            EntryKind::Observation
            | EntryKind::DiagnosticReport
            | EntryKind::ImagingStudy
            | EntryKind::Specimen
            | EntryKind::QuestionnaireResponse => Lane::Results,
            EntryKind::CarePlan
            | EntryKind::CareTeam
            | EntryKind::Goal
            | EntryKind::ServiceRequest
            | EntryKind::DocumentReference
            | EntryKind::FamilyMemberHistory
            | EntryKind::Task => Lane::Plans,
            _ => Lane::Other,
        }
    }

    /// Name of its class and colour.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Lane::Visits => "lane-visits",
            Lane::Problems => "lane-problems",
            Lane::Allergies => "lane-allergies",
            Lane::Medications => "lane-medications",
            Lane::Procedures => "lane-procedures",
            Lane::Immunizations => "lane-immunizations",
            Lane::Results => "lane-results",
            Lane::Plans => "lane-plans",
            Lane::Other => "lane-other",
        }
    }

    pub(crate) const fn word(self) -> Word {
        match self {
            Lane::Visits => Word::LaneVisits,
            Lane::Problems => Word::LaneProblems,
            Lane::Allergies => Word::LaneAllergies,
            Lane::Medications => Word::LaneMedications,
            Lane::Procedures => Word::LaneProcedures,
            Lane::Immunizations => Word::LaneImmunizations,
            Lane::Results => Word::LaneResults,
            Lane::Plans => Word::LanePlans,
            Lane::Other => Word::LaneOther,
        }
    }

    pub(crate) const fn shape(self) -> Shape {
        match self {
            Lane::Visits => Shape::Circle,
            Lane::Problems => Shape::Pentagon,
            Lane::Allergies => Shape::TriangleUp,
            Lane::Medications => Shape::Pill,
            Lane::Procedures => Shape::Square,
            Lane::Immunizations => Shape::Diamond,
            Lane::Results => Shape::TriangleDown,
            Lane::Plans => Shape::Hexagon,
            Lane::Other => Shape::Cross,
        }
    }

    /// Whether its entries last, so that they are drawn as bars.
    pub(crate) const fn lasts(self) -> bool {
        matches!(self, Lane::Problems | Lane::Medications)
    }
}

/// An entry with the time it covers.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Placed<'a> {
    pub(crate) entry: &'a ChartEntry,
    pub(crate) start: Extent,
    pub(crate) end: End,
}

/// How a bar ends.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum End {
    /// It goes on.
    Open,
    /// It ended at this time.
    At(Extent),
    /// It is over; when is not known.
    Unknown,
}

impl<'a> Placed<'a> {
    /// None when the entry has no date.
    pub(crate) fn new(entry: &'a ChartEntry) -> Option<Self> {
        let (start, end) = times(entry);
        let start = start.or(end)?;
        let end = match (end, &entry.status) {
            (Some(end), _) => End::At(Extent::of(end)),
            (None, EntryStatus::Active) => End::Open,
            (None, _) => End::Unknown,
        };
        Some(Placed { entry, start: Extent::of(start), end })
    }

    /// Whether it is planned or was not done.
    fn hollow(&self) -> bool {
        matches!(self.entry.status, EntryStatus::NotDone | EntryStatus::Planned)
    }
}

/// Start and end of an entry: of the use it states, else as recorded.
pub(crate) fn times(entry: &ChartEntry) -> (Option<&When>, Option<&When>) {
    let period = entry.period.as_ref();
    (
        period.and_then(|p| p.start.as_ref()).or(entry.when.as_ref()),
        period.and_then(|p| p.end.as_ref()).or(entry.until.as_ref()),
    )
}

/// Entries drawn as one mark at `x`.
#[derive(Debug)]
pub(crate) struct Mark<'a> {
    pub(crate) x: f64,
    pub(crate) entries: Vec<Placed<'a>>,
    /// Where the dates may lie, when that is wider than the mark.
    pub(crate) band: Option<(f64, f64)>,
}

impl Mark<'_> {
    pub(crate) fn hollow(&self) -> bool {
        self.entries.iter().all(Placed::hollow)
    }
}

/// Marks that keep at least `apart` pixels from each other: what is closer is counted together. Dates that may lie
/// in a span wider than that are kept by span.
pub(crate) fn marks<'a>(placed: &[Placed<'a>], scale: &TimeScale, apart: f64) -> Vec<Mark<'a>> {
    let mut spans: BTreeMap<(i64, i64), Mark<'a>> = BTreeMap::new();
    let mut points: Vec<(f64, Placed<'a>)> = Vec::new();
    for entry in placed {
        let (left, right) = (scale.x(entry.start.from), scale.x(entry.start.to));
        if right - left > apart {
            #[allow(clippy::cast_possible_truncation, reason = "day numbers of years 1 to 9999 fit")]
            let key = (entry.start.from as i64, entry.start.to as i64);
            let x = f64::midpoint(left, right);
            let span = spans.entry(key).or_insert(Mark { x, entries: Vec::new(), band: Some((left, right)) });
            span.entries.push(*entry);
        } else {
            points.push((scale.x(entry.start.middle()), *entry));
        }
    }
    points.sort_by(|(a, _), (b, _)| a.total_cmp(b));
    let mut marks: Vec<Mark<'a>> = Vec::new();
    let today = scale.right;
    for (x, entry) in points {
        let mut last = Mark { x, entries: vec![entry], band: None };
        // What is past and what lies ahead are never counted together. Joining moves a mark to the right, away from
        // the one before, so looking back once is enough.
        while let Some(before) =
            marks.pop_if(|before| last.x - before.x < apart && (before.x <= today) == (last.x <= today))
        {
            last = joined(before, last);
        }
        marks.push(last);
    }
    marks.extend(spans.into_values());
    marks
}

fn joined<'a>(mut a: Mark<'a>, b: Mark<'a>) -> Mark<'a> {
    #[allow(clippy::cast_precision_loss, reason = "counts of entries are far below 2^52")]
    let (na, nb) = (a.entries.len() as f64, b.entries.len() as f64);
    a.x = (a.x * na + b.x * nb) / (na + nb);
    a.entries.extend(b.entries);
    a
}

/// A stretch of a row, with the parts at either end that are not certain.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Bar {
    pub(crate) left: f64,
    pub(crate) right: f64,
    /// Width of the uncertain start.
    pub(crate) faint_left: f64,
    /// Width of the uncertain end.
    pub(crate) faint_right: f64,
    pub(crate) open: bool,
    pub(crate) dotted: bool,
}

/// All that is called the same, in one row.
#[derive(Debug)]
pub(crate) struct Row<'a> {
    pub(crate) title: String,
    pub(crate) entries: Vec<Placed<'a>>,
    pub(crate) bars: Vec<Bar>,
}

impl Row<'_> {
    fn weight(&self) -> (bool, f64) {
        (self.bars.iter().any(|bar| bar.open), self.bars.iter().map(|bar| bar.right - bar.left).sum())
    }
}

/// Rows of bars, at most `most` of them: what goes on first, then what lasted longest, shown by their start.
/// The entries that found no row come second.
pub(crate) fn rows<'a>(
    placed: &[Placed<'a>],
    scale: &TimeScale,
    most: usize,
    words: &Words,
) -> (Vec<Row<'a>>, Vec<Placed<'a>>) {
    let mut by_title: BTreeMap<String, Vec<Placed<'a>>> = BTreeMap::new();
    for entry in placed {
        by_title.entry(words.title(entry.entry)).or_default().push(*entry);
    }
    let mut rows: Vec<Row<'a>> = by_title
        .into_iter()
        .map(|(title, entries)| {
            let bars = merged(entries.iter().map(|entry| bar(entry, scale)).collect());
            Row { title, entries, bars }
        })
        .collect();
    rows.sort_by(|a, b| {
        let ((open_a, long_a), (open_b, long_b)) = (a.weight(), b.weight());
        open_b.cmp(&open_a).then(long_b.total_cmp(&long_a)).then(a.title.cmp(&b.title))
    });
    let rest = rows.split_off(rows.len().min(most)).into_iter().flat_map(|row| row.entries).collect();
    let start = |row: &Row<'_>| row.bars.first().map_or(0.0, |bar| bar.left);
    rows.sort_by(|a, b| start(a).total_cmp(&start(b)));
    (rows, rest)
}

/// Least length of a bar.
const STUB: f64 = 6.0;

fn bar(placed: &Placed<'_>, scale: &TimeScale) -> Bar {
    let left = scale.x(placed.start.from);
    let sure = scale.x(placed.start.to);
    let faint = |width: f64| if width > 3.0 { width } else { 0.0 };
    let (right, faint_right, open, dotted) = match placed.end {
        // An open bar that begins ahead of today has nowhere to go but on.
        End::Open => (scale.right.max(sure), 0.0, true, false),
        End::At(end) => (scale.x(end.to), faint(scale.x(end.to) - scale.x(end.from)), false, false),
        End::Unknown => (sure, 0.0, false, true),
    };
    let right = right.max(left + STUB);
    let faint_left = faint(sure - left).min(right - left);
    Bar { left, right, faint_left, faint_right: faint_right.min(right - left - faint_left), open, dotted }
}

/// Bars that touch become one.
fn merged(mut bars: Vec<Bar>) -> Vec<Bar> {
    bars.sort_by(|a, b| a.left.total_cmp(&b.left));
    let mut out: Vec<Bar> = Vec::new();
    for bar in bars {
        match out.last_mut() {
            Some(last) if bar.left <= last.right + 2.0 => {
                if bar.right >= last.right {
                    last.right = bar.right;
                    last.faint_right = bar.faint_right;
                    last.dotted = bar.dotted;
                }
                last.open |= bar.open;
            }
            _ => out.push(bar),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::example::entry;
    use proptest::prelude::*;

    const SCALE: TimeScale = TimeScale { from: 730_000.0, to: 737_300.0, left: 0.0, right: 730.0, ahead: None };

    #[test]
    fn every_lane_has_a_shape_a_name_and_a_word_of_its_own() {
        let distinct = |mut all: Vec<String>| {
            all.sort();
            all.dedup();
            all.len()
        };
        assert_eq!(distinct(Lane::ALL.iter().map(|l| format!("{:?}", l.shape())).collect()), Lane::ALL.len());
        assert_eq!(distinct(Lane::ALL.iter().map(|l| l.name().to_owned()).collect()), Lane::ALL.len());
        assert_eq!(distinct(Lane::ALL.iter().map(|l| format!("{:?}", l.word())).collect()), Lane::ALL.len());
    }

    #[test]
    fn repeats_share_a_row_and_the_rest_is_handed_back() {
        let entries: Vec<_> = [("A", "2001"), ("B", "2002-01-01"), ("A", "2005"), ("C", "2003-01-01")]
            .iter()
            .map(|(title, when)| entry(EntryKind::Condition, title, when))
            .collect();
        let placed: Vec<_> = entries.iter().filter_map(|view| Placed::new(&view.entry)).collect();
        let (rows, rest) = rows(&placed, &SCALE, 2, &Words::default());
        assert_eq!(
            rows.iter().map(|row| (row.title.as_str(), row.bars.len())).collect::<Vec<_>>(),
            [("A", 2), ("B", 1)]
        );
        assert_eq!(rest.len(), 1);
    }

    #[test]
    fn a_year_is_a_faint_start_and_a_missing_end_is_dotted() {
        let view = entry(EntryKind::Condition, "A", "2005");
        let bar = bar(&Placed::new(&view.entry).unwrap(), &SCALE);
        assert!((bar.faint_left - 36.5).abs() < 0.2, "{bar:?}");
        assert!(bar.dotted && !bar.open);
    }

    proptest! {
        #[test]
        fn marks_keep_apart_and_none_is_lost(days in proptest::collection::vec(0u32..7300, 0..200)) {
            let entries: Vec<_> = days
                .iter()
                .map(|day| {
                    let date = chrono::NaiveDate::from_num_days_from_ce_opt(730_000 + *day as i32).unwrap();
                    entry(EntryKind::Encounter, "visit", &date.to_string())
                })
                .collect();
            let placed: Vec<_> = entries.iter().filter_map(|view| Placed::new(&view.entry)).collect();
            let marks = marks(&placed, &SCALE, 22.0);
            prop_assert_eq!(marks.iter().map(|mark| mark.entries.len()).sum::<usize>(), days.len());
            prop_assert!(marks.windows(2).all(|pair| pair[1].x - pair[0].x >= 22.0));
        }
    }
}
