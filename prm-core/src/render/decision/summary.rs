//! What was decided, as a page for the patient and one for the clinician.

use super::frame::{Policy, document, fact, navigation, section};
use super::outcome::Telling;
use super::words::{DecisionWord as W, DecisionWords};
use crate::decide::{Decision, DecisionOption, DecisionSheet, DecisionState, ValuesMirror};
use crate::error::Result;
use crate::govern::Who;
use crate::render::escape::Markup;
use crate::time::{Date, Instant, PartialDate};

/// Someone of a record, with the name to show.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamedPerson {
    /// Who.
    pub who: Who,
    /// Their name.
    pub name: String,
}

/// For whom a page is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reader {
    Patient,
    Clinician,
}

/// Pages made of the record of a decision: what was decided, the options as they were shown, what matters, questions,
/// when to look again, signatures. They run no script and fetch nothing.
///
/// What matters is shown as a mirror of what was said; a page never says what to choose. The clinician's page adds who
/// took part, what is missing, and, where the choice does least well on what matters, a gentle word to ask about it.
#[derive(Debug, Clone, Copy)]
pub struct DecisionSummary<'a> {
    /// The record.
    pub decision: &'a Decision,
    /// The mirror of what matters; none if it was not asked.
    pub mirror: Option<&'a ValuesMirror>,
    /// What is missing from the record, a line each; on the clinician's page alone.
    pub missing: &'a [String],
    /// Names of those in the record. Who has none is named by what they are.
    pub people: &'a [NamedPerson],
    /// Name of the patient; none to leave it out.
    pub patient: Option<&'a str>,
    /// The day the page is made.
    pub on: Date,
}

impl DecisionSummary<'_> {
    /// The patient's page.
    ///
    /// # Errors
    /// `Invalid` for a record with two options of one key, or a risk above its denominator.
    pub fn patient_html(&self, words: &DecisionWords) -> Result<String> {
        self.html(words, Reader::Patient)
    }

    /// The clinician's page.
    ///
    /// # Errors
    /// As [`patient_html`](Self::patient_html).
    pub fn clinician_html(&self, words: &DecisionWords) -> Result<String> {
        self.html(words, Reader::Clinician)
    }

    fn html(&self, words: &DecisionWords, reader: Reader) -> Result<String> {
        let sheet = &self.decision.sheet;
        let mut order: Vec<String> = Vec::new();
        for key in sheet.shown.iter().chain(sheet.options.iter().map(|option| &option.key)) {
            if !order.contains(key) && sheet.options.iter().any(|option| option.key == *key) {
                order.push(key.clone());
            }
        }
        let telling = Telling::new(&sheet.options, &order, words)?;
        let page = Page { summary: self, telling: &telling, words, reader };
        let sections = page.sections();
        Ok(document(words, &sheet.title, Policy::Read, |m| {
            m.element("header", &[("class", &"top")], |m| page.heading(m));
            let named: Vec<_> =
                sections.iter().map(|(id, word)| ((*id).to_owned(), words.say(*word).to_owned())).collect();
            navigation(m, words, &named);
            m.element("main", &[("id", &"content")], |m| {
                for (id, word) in &sections {
                    section(m, id, words.say(*word), |m| page.section(m, *word));
                }
            });
            m.element("footer", &[], |m| {
                m.leaf("p", &[], words.say(W::NotConsent));
                m.element("p", &[], |m| {
                    m.record(words.fill(W::SummaryFooter, &[("date", &words.date(self.on))]));
                });
            });
        }))
    }
}

/// A page as it is written.
pub(crate) struct Page<'a> {
    pub(crate) summary: &'a DecisionSummary<'a>,
    pub(crate) telling: &'a Telling<'a>,
    pub(crate) words: &'a DecisionWords,
    pub(crate) reader: Reader,
}

impl Page<'_> {
    pub(crate) fn sheet(&self) -> &DecisionSheet {
        &self.summary.decision.sheet
    }

    /// A name, or what they are if none is known.
    pub(crate) fn name(&self, who: &Who) -> String {
        let named = self.summary.people.iter().find(|person| person.who == *who);
        match (named, who) {
            (Some(person), _) => person.name.clone(),
            (None, Who::Patient(_)) => self.summary.patient.unwrap_or_else(|| self.words.say(W::Patient)).to_owned(),
            (None, Who::Practitioner(_)) => self.words.say(W::Clinician).to_owned(),
            (None, Who::RelatedPerson(_)) => self.words.say(W::Related).to_owned(),
            (None, Who::System(name)) => name.clone(),
        }
    }

    /// The day of an instant in UTC, as the record keeps it.
    pub(crate) fn day(&self, at: Instant) -> String {
        self.words.date(PartialDate::from(at.date_naive()))
    }

    pub(crate) fn option(&self, key: &str) -> Option<&DecisionOption> {
        self.sheet().options.iter().find(|option| option.key == key)
    }

    fn sections(&self) -> Vec<(&'static str, W)> {
        let sheet = self.sheet();
        let clinician = self.reader == Reader::Clinician;
        let lowest = self.summary.mirror.and_then(|mirror| mirror.concordance.as_ref()).is_some_and(|c| c.lowest);
        let follow_up = &self.summary.decision.follow_up;
        let after = !follow_up.implementations.is_empty() || !follow_up.evaluations.is_empty();
        let all = [
            (clinician, "missing", W::Missing),
            (clinician && lowest, "ask", W::Ask),
            (true, "choice", W::Choice),
            (true, "matters", W::Matters),
            (true, "options", W::Shown),
            (true, "dialogue", W::Dialogue),
            (true, "again", W::Again),
            (after, "after", W::FollowUp),
            (!sheet.aids.is_empty(), "aids", W::AidsUsed),
            (clinician, "people", W::People),
            (clinician && !sheet.counselled.is_empty(), "counselled", W::Counselled),
            (clinician && !(sheet.quality.is_empty() && follow_up.quality.is_empty()), "quality", W::Quality),
            (clinician, "steps", W::Steps),
            (true, "signatures", W::Signatures),
        ];
        all.into_iter().filter(|(there, _, _)| *there).map(|(_, id, word)| (id, word)).collect()
    }

    fn section(&self, m: &mut Markup, word: W) {
        match word {
            W::Missing => self.missing(m),
            W::Ask => m.leaf("p", &[], self.words.say(W::Discordance)),
            W::Choice => self.choice(m),
            W::Matters => self.matters(m),
            W::Shown => self.shown(m),
            W::Dialogue => self.dialogue(m),
            W::Again => self.again(m),
            W::FollowUp => self.after(m),
            W::AidsUsed => self.aids(m),
            W::People => self.people(m),
            W::Counselled => self.counselled(m),
            W::Quality => self.quality(m),
            W::Steps => self.steps(m),
            _ => self.signatures(m),
        }
    }

    fn heading(&self, m: &mut Markup) {
        let (sheet, words) = (self.sheet(), self.words);
        m.element("p", &[("class", &"eyebrow")], |m| {
            m.leaf("span", &[], words.say(W::Record));
            let as_of = words.fill(W::AsOf, &[("date", &words.date(self.summary.on))]);
            m.element("span", &[("class", &"as-of")], |m| m.record(as_of));
        });
        m.element("h1", &[], |m| m.record(&sheet.title));
        m.element("dl", &[("class", &"facts")], |m| {
            if let Some(patient) = self.summary.patient {
                fact(m, words.say(W::Patient), |m| m.record(patient));
            }
            fact(m, words.say(W::State), |m| m.record(words.state(&self.summary.decision.state)));
            fact(m, words.say(W::Since), |m| m.record(words.date(sheet.index_date)));
            fact(m, words.say(W::Trigger), |m| m.record(sheet.trigger.expose()));
        });
    }

    fn choice(&self, m: &mut Markup) {
        let (sheet, words) = (self.sheet(), self.words);
        if let Some(reason) = &sheet.declined {
            m.leaf("p", &[], words.say(W::Declined));
            m.element("p", &[], |m| m.element("q", &[], |m| m.record(reason.expose())));
        } else if self.summary.decision.state == DecisionState::DeclinedParticipation {
            m.leaf("p", &[], words.say(W::Declined));
        }
        let Some(choice) = &sheet.choice else {
            if self.summary.decision.state == DecisionState::Deferred {
                m.leaf("p", &[], words.say(W::Deferred));
            }
            return m.leaf("p", &[("class", &"none")], words.say(W::NoChoice));
        };
        let title = self.option(&choice.option).map_or(choice.option.as_str(), |option| option.title.as_str());
        m.element("p", &[("class", &"question")], |m| m.element("strong", &[], |m| m.record(title)));
        m.element("dl", &[("class", &"facts")], |m| {
            fact(m, words.say(W::Strength), |m| m.record(words.strength(&choice.strength)));
            fact(m, words.say(W::MadeBy), |m| m.record(self.name(&choice.made_by)));
            fact(m, words.say(W::HowMade), |m| m.record(words.role(&choice.how)));
            for condition in &choice.conditions {
                fact(m, words.say(W::Conditions), |m| m.record(condition.expose()));
            }
            if let Some(reason) = &choice.reason {
                fact(m, words.say(W::Reason), |m| m.element("q", &[], |m| m.record(reason.expose())));
            }
        });
    }

    fn shown(&self, m: &mut Markup) {
        let (sheet, words) = (self.sheet(), self.words);
        m.element("div", &[("class", &"options")], |m| {
            for (at, option) in self.telling.options.iter().enumerate() {
                let chosen = sheet.choice.as_ref().is_some_and(|choice| choice.option == option.key);
                let heading = format!("option-{}-heading", at + 1);
                let class = if chosen { "option chosen" } else { "option" };
                m.element("section", &[("class", &class), ("aria-labelledby", &heading)], |m| {
                    m.element("h3", &[("id", &heading)], |m| m.record(&option.title));
                    let tags = [
                        (chosen, W::Chosen),
                        (option.status_quo, W::StatusQuo),
                        (!sheet.shown.contains(&option.key), W::NotShown),
                    ];
                    for (_, word) in tags.into_iter().filter(|(there, _)| *there) {
                        m.element("p", &[("class", &"tag")], |m| m.text(words.say(word)));
                    }
                    self.telling.paragraphs(m, &option.description);
                    for title in [W::Benefits, W::Harms, W::Burdens, W::ColumnOutcome] {
                        self.telling.outcomes_of(m, option, title);
                    }
                });
            }
        });
    }
}
