//! One patient on one page.

use chrono::NaiveDate;

use super::escape::Markup;
use super::figure::Figure;
use super::journey::{Journey, Span};
use super::palette::StyleSheet;
use super::section::{self, Listing, counts, current};
use super::trend::Trend;
use super::words::{Word, Words};
use crate::chart::{EntryKind, EntryView};
use crate::people::Patient;
use crate::time::When;

/// One look at the record, as a page tells it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageAccess {
    /// When; shown with the offset it carries.
    pub when: When,
    /// Who looked, by name.
    pub who: String,
    /// What for.
    pub purpose: String,
    /// How often within that access.
    pub times: u32,
    /// Whether the look was refused.
    pub denied: bool,
}

/// What a page shows of a patient. It holds values the caller has read already; rendering reads nothing more and
/// depends on nothing else, so the same values give the same bytes.
#[derive(Debug, Clone)]
pub struct PatientPage {
    /// The patient.
    pub patient: Patient,
    /// The day the page is made: ages and what lies ahead are told from it.
    pub today: NaiveDate,
    /// Which time the journey shows.
    pub span: Span,
    /// Everything the journey draws, in any order.
    pub timeline: Vec<EntryView>,
    /// Problems, in the order to show them; past ones are told apart by status and end.
    pub problems: Vec<EntryView>,
    /// Medications, likewise.
    pub medications: Vec<EntryView>,
    /// Allergies and intolerances, likewise.
    pub allergies: Vec<EntryView>,
    /// Vaccinations, in the order to show them; repeats of one vaccine share a line.
    pub immunizations: Vec<EntryView>,
    /// The latest result of each code, shown by category.
    pub results: Vec<EntryView>,
    /// Trends, in the order to show them.
    pub trends: Vec<Trend>,
    /// Who looked at the record.
    pub accesses: Vec<PageAccess>,
}

impl PatientPage {
    /// A page about a patient, with nothing of the chart yet.
    pub fn new(patient: Patient, today: NaiveDate) -> Self {
        PatientPage {
            patient,
            today,
            span: Span::Fitting,
            timeline: Vec::new(),
            problems: Vec::new(),
            medications: Vec::new(),
            allergies: Vec::new(),
            immunizations: Vec::new(),
            results: Vec::new(),
            trends: Vec::new(),
            accesses: Vec::new(),
        }
    }

    /// The journey of the page as a figure of its own.
    pub fn journey(&self, words: &Words) -> Figure {
        let journey = Journey {
            entries: &self.timeline,
            today: self.today,
            birth_date: self.patient.birth_date,
            died: self.patient.deceased.and_then(|deceased| deceased.at),
            span: self.span,
        };
        journey.draw(words)
    }

    /// The page as one HTML document that needs nothing else: no script, no font, no address outside itself.
    pub fn html(&self, words: &Words) -> String {
        let mut m = Markup::document();
        m.element("html", &[("lang", &words.language()), ("dir", &words.direction().code())], |m| {
            m.element("head", &[], |m| self.head(m, words));
            m.element("body", &[], |m| {
                m.link("skip", "content", words.say(Word::SkipToContent));
                m.element("header", &[("class", &"top")], |m| self.heading(m, words));
                self.navigation(m, words);
                m.element("main", &[("id", &"content")], |m| self.main(m, words));
                m.element("footer", &[], |m| {
                    m.element("p", &[], |m| {
                        m.record(words.fill(Word::PageFooter, &[("date", &words.day(self.today))]))
                    });
                    m.element("p", &[], |m| m.record(words.say(Word::PageRounded)));
                });
            });
        });
        m.finish()
    }

    fn head(&self, m: &mut Markup, words: &Words) {
        m.empty("meta", &[("charset", &"utf-8")]);
        m.leaf("title", &[], words.fill(Word::PageTitle, &[("name", &words.name_of(&self.patient))]));
        m.empty("meta", &[("name", &"viewport"), ("content", &"width=device-width, initial-scale=1")]);
        m.empty("meta", &[("name", &"referrer"), ("content", &"no-referrer")]);
        m.empty("meta", &[("name", &"robots"), ("content", &"noindex")]);
        // Should a browser ever find a script or an address here, it is not to follow it.
        m.empty(
            "meta",
            &[
                ("http-equiv", &"Content-Security-Policy"),
                ("content", &"default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"),
            ],
        );
        m.style(&StyleSheet::page());
    }

    fn heading(&self, m: &mut Markup, words: &Words) {
        let patient = &self.patient;
        m.element("p", &[("class", &"eyebrow")], |m| {
            m.leaf("span", &[], words.say(Word::PageEyebrow));
            let as_of = words.fill(Word::PageAsOf, &[("date", &words.day(self.today))]);
            m.element("span", &[("class", &"as-of")], |m| m.record(as_of));
        });
        m.element("h1", &[], |m| m.record(words.name_of(patient)));
        m.element("dl", &[("class", &"facts")], |m| {
            let fact = |m: &mut Markup, name: &str, value: &str| {
                m.element("div", &[], |m| {
                    m.element("dt", &[], |m| m.record(name));
                    m.element("dd", &[], |m| m.record(value));
                });
            };
            let died = patient.deceased.map(|deceased| deceased.at);
            if let Some(born) = patient.birth_date {
                fact(m, words.say(Word::Born), &words.date(born));
                let until = match died {
                    Some(at) => at.map(|at| at.date().first_day()),
                    None => Some(self.today),
                };
                if let Some(age) = until.and_then(|until| words.age(born, until)) {
                    fact(m, words.say(Word::Age), &age);
                }
            }
            match died {
                Some(Some(at)) => fact(m, words.say(Word::Died), &words.on(&at)),
                Some(None) => fact(m, words.say(Word::Deceased), words.say(Word::Yes)),
                None => {}
            }
            if let Some(gender) = &patient.gender {
                fact(m, words.say(Word::GenderLabel), words.gender(gender));
            }
            for language in &patient.languages {
                let name = language.language.label().unwrap_or_default();
                let said = match language.interpreter {
                    Some(true) => format!("{name}, {}", words.say(Word::InterpreterNeeded)),
                    _ => name.to_owned(),
                };
                fact(m, words.say(Word::Language), &said);
            }
            let mut shown = Vec::new();
            for identifier in &patient.identifiers {
                // Sources often give one number twice, once as the identifier of their own.
                if shown.contains(&identifier.value.expose()) {
                    continue;
                }
                shown.push(identifier.value.expose());
                let kind = identifier.kind.as_ref().and_then(|kind| kind.label());
                fact(m, kind.unwrap_or(words.say(Word::Identifier)), identifier.value.expose());
            }
        });
    }

    fn navigation(&self, m: &mut Markup, words: &Words) {
        m.element("nav", &[("aria-label", &words.say(Word::SectionsNav))], |m| {
            m.element("ul", &[], |m| {
                let drawn = self.trends.iter().any(|trend| trend.series.iter().any(|s| !s.points.is_empty()));
                let trends = drawn.then_some(("trends", Word::TrendsTitle));
                let sections = [
                    ("journey-section", Word::JourneyTitle),
                    ("problems", Word::ProblemsTitle),
                    ("medications", Word::MedicationsTitle),
                    ("allergies", Word::LaneAllergies),
                    ("immunizations", Word::ImmunizationsTitle),
                    ("results", Word::ResultsTitle),
                ];
                let last = ("accesses", Word::AccessTitle);
                for (id, word) in sections.into_iter().chain(trends).chain([last]) {
                    m.element("li", &[], |m| m.link("to-section", id, words.say(word)));
                }
            });
        });
    }

    fn main(&self, m: &mut Markup, words: &Words) {
        self.glance(m, words);
        section::section(m, "journey-section", "card", words.say(Word::JourneyTitle), |m| {
            self.journey(words).write(m);
            m.element("details", &[("class", &"how")], |m| {
                m.leaf("summary", &[], words.say(Word::JourneyKey));
                m.element("ul", &[], |m| {
                    for word in
                        [Word::JourneyKeyCount, Word::JourneyKeyPartial, Word::JourneyKeyOpen, Word::JourneyKeyHollow]
                    {
                        m.leaf("li", &[], words.say(word));
                    }
                });
            });
        });
        m.element("div", &[("class", &"pairs")], |m| {
            m.element("div", &[], |m| {
                self.problem_list().write(m, "card", words);
                self.allergy_list().write(m, "card", words);
            });
            m.element("div", &[], |m| {
                self.medication_list().write(m, "card", words);
                section::immunizations(m, &self.immunizations, words);
            });
        });
        section::results(m, &self.results, words);
        section::trends(m, &self.trends, words);
        section::accesses(m, &self.accesses, words);
    }

    fn problem_list(&self) -> Listing<'_> {
        Listing {
            id: "problems",
            title: Word::ProblemsTitle,
            past: Word::ProblemsPast,
            column: Word::ColumnProblem,
            entries: &self.problems,
        }
    }

    fn medication_list(&self) -> Listing<'_> {
        Listing {
            id: "medications",
            title: Word::MedicationsTitle,
            past: Word::MedicationsPast,
            column: Word::ColumnMedication,
            entries: &self.medications,
        }
    }

    fn allergy_list(&self) -> Listing<'_> {
        Listing {
            id: "allergies",
            title: Word::AllergiesTitle,
            past: Word::AllergiesPast,
            column: Word::ColumnAllergy,
            entries: &self.allergies,
        }
    }

    /// What must be seen first: how much holds now, what the patient does not tolerate, when they last came.
    fn glance(&self, m: &mut Markup, words: &Words) {
        let today = crate::time::PartialDate::from(self.today);
        let visits = self.timeline.iter().map(|view| &view.entry);
        let last = visits
            .filter(|e| e.kind == EntryKind::Encounter && counts(e))
            .filter_map(|entry| Some((entry.when.as_ref().filter(|when| when.date() <= today)?, entry)))
            .max_by_key(|(when, _)| when.timeline_time());
        let heading = "glance-heading";
        m.element("section", &[("class", &"glance"), ("aria-labelledby", &heading)], |m| {
            m.leaf("h2", &[("id", &heading), ("class", &"unseen")], words.say(Word::AtAGlance));
            m.element("dl", &[], |m| {
                for (class, title, entries) in [
                    ("tile", Word::ProblemsTitle, &self.problems),
                    ("tile", Word::MedicationsTitle, &self.medications),
                    ("tile warning", Word::LaneAllergies, &self.allergies),
                ] {
                    let mut titles: Vec<String> = Vec::new();
                    for view in entries.iter().filter(|view| current(&view.entry)) {
                        let title = words.title(&view.entry);
                        if !titles.contains(&title) {
                            titles.push(title);
                        }
                    }
                    let class = if titles.is_empty() { "tile" } else { class };
                    // No entry is not the same as none in life, so a bare zero would mislead.
                    let named = match (titles.is_empty(), entries.is_empty()) {
                        (false, _) => titles.join(", "),
                        (true, false) => words.say(Word::NoneCurrent).to_owned(),
                        (true, true) => words.say(Word::NoneRecorded).to_owned(),
                    };
                    m.element("div", &[("class", &class)], |m| {
                        m.leaf("dt", &[], words.say(title));
                        m.element("dd", &[], |m| {
                            m.leaf("strong", &[], titles.len());
                            m.element("span", &[("class", &"names")], |m| m.record(&named));
                        });
                    });
                }
                m.element("div", &[("class", &"tile")], |m| {
                    m.leaf("dt", &[], words.say(Word::LastVisit));
                    m.element("dd", &[], |m| match last {
                        Some((when, entry)) => {
                            m.element("strong", &[("class", &"day")], |m| m.record(words.on(when)));
                            m.element("span", &[("class", &"names")], |m| m.record(words.title(entry)));
                        }
                        None => m.leaf("span", &[("class", &"names")], words.say(Word::NoneRecorded)),
                    });
                });
            });
        });
    }
}
