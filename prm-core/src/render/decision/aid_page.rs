//! A decision aid as one page.

use super::address::same_origin;
use super::count::Headcount;
use super::frame::{Policy, document, fact, navigation, section};
use super::icons::{IconArray, IconSide};
use super::outcome::{Telling, group_of, is_example, of};
use super::words::{DecisionWord as W, DecisionWords};
use crate::decide::{AidStatus, DecisionAid, DecisionOption, ScreeningFacts};
use crate::error::Result;
use crate::evidence::AbsoluteRisk;
use crate::render::escape::{Attribute, Markup};

/// A page made of a decision aid: its options in the same order of parts, pictures of people, what matters, questions of
/// knowledge, and the answers as JSON in the shape of [`AidAnswers`](crate::decide::AidAnswers).
///
/// The page needs nothing else: no font, no picture, no address is fetched. It runs one script, which its content
/// security policy names by digest; without it the page can be read and printed. Answers leave it by hand, or by
/// [`answers_to`](Self::answers_to).
#[derive(Debug, Clone)]
pub struct DecisionAidPage<'a> {
    /// The aid.
    pub aid: &'a DecisionAid,
    /// Keys of its options in the order to show them, each once; empty for the order of the aid.
    pub order: &'a [String],
    /// Path of the page's own origin, e.g. `/answers`, to which a `POST` brings the answers; none to keep them on the page.
    pub answers_to: Option<String>,
}

impl DecisionAidPage<'_> {
    /// The page as one HTML document.
    ///
    /// # Errors
    /// `Invalid` for an order that does not name each option once, a risk above its denominator, or a path that leaves the
    /// origin of the page.
    pub fn html(&self, words: &DecisionWords) -> Result<String> {
        if let Some(path) = &self.answers_to {
            same_origin(path)?;
        }
        let aid = self.aid;
        let mut telling = Telling::new(&aid.options, self.order, words)?;
        let foreign = !aid.language.is_empty() && !aid.language.eq_ignore_ascii_case(words.language());
        telling.language = foreign.then_some(aid.language.as_str());
        let figures = telling.figures()?;
        let policy = if self.answers_to.is_some() { Policy::Send } else { Policy::Answer };
        Ok(document(words, &aid.title, policy, |m| {
            m.element("header", &[("class", &"top")], |m| self.heading(m, &telling));
            navigation(m, words, &self.sections(words));
            let mut main: Vec<Attribute<'_>> =
                vec![("id", &"content"), ("data-aid", &aid.name), ("data-version", &aid.version)];
            if let Some(path) = &self.answers_to {
                main.push(("data-answers-to", path));
            }
            m.element("main", &main, |m| self.main(m, &telling, &figures));
            m.element("footer", &[], |m| m.leaf("p", &[], words.say(W::AidFooter)));
        }))
    }

    fn sections(&self, words: &DecisionWords) -> Vec<(String, String)> {
        let all = [
            (true, "condition", W::Condition),
            (self.aid.screening.is_some(), "test", W::Test),
            (true, "options", W::Options),
            (true, "compare", W::Compare),
            (true, "values", W::Values),
            (!self.aid.questions.is_empty(), "knowledge", W::Knowledge),
            (true, "questions", W::MyQuestions),
            (true, "role", W::MyRole),
            (true, "leaning", W::Leaning),
            (true, "finish", W::FinishTitle),
            (true, "about", W::About),
        ];
        let there = all.into_iter().filter(|(there, _, _)| *there);
        there.map(|(_, id, word)| (id.to_owned(), words.say(word).to_owned())).collect()
    }

    fn heading(&self, m: &mut Markup, telling: &Telling<'_>) {
        let (aid, words) = (self.aid, telling.words);
        m.element("p", &[("class", &"eyebrow")], |m| {
            m.leaf("span", &[], words.say(W::Eyebrow));
            let dates: [(&str, &dyn std::fmt::Display); 3] = [
                ("version", &aid.version),
                ("date", &words.date(aid.published)),
                ("expires", &words.date(aid.expires)),
            ];
            m.element("span", &[("class", &"as-of")], |m| m.record(words.fill(W::Version, &dates)));
        });
        m.element("h1", &[], |m| telling.record(m, &aid.title));
        m.element("p", &[("class", &"question")], |m| telling.record(m, &aid.question));
        let warning = match aid.status {
            AidStatus::Active => None,
            AidStatus::Retired => Some(W::Retired),
            AidStatus::Draft | AidStatus::Other(_) => Some(W::Draft),
        };
        if let Some(warning) = warning {
            m.element("p", &[("class", &"banner")], |m| m.leaf("strong", &[], words.say(warning)));
        }
    }

    fn main(&self, m: &mut Markup, telling: &Telling<'_>, figures: &[super::IconFigure]) {
        let (aid, words) = (self.aid, telling.words);
        section(m, "condition", words.say(W::Condition), |m| telling.paragraphs(m, &aid.condition));
        if let Some(facts) = &aid.screening {
            section(m, "test", words.say(W::Test), |m| telling.test(m, facts));
        }
        section(m, "options", words.say(W::Options), |m| {
            m.leaf("p", &[], words.say(W::OptionsHint));
            m.element("div", &[("class", &"options")], |m| {
                for (at, option) in telling.options.iter().enumerate() {
                    telling.option(m, at + 1, option);
                }
            });
        });
        section(m, "compare", words.say(W::Compare), |m| {
            m.leaf("p", &[], words.fill(W::CompareHint, &[("all", &telling.count.people())]));
            for figure in figures {
                figure.write(m);
            }
            telling.table(m);
            m.leaf("h3", &[], words.say(W::Uncertainty));
            telling.paragraphs(m, &aid.uncertainty);
        });
        section(m, "values", words.say(W::Values), |m| telling.ask_values(m, aid));
        if !aid.questions.is_empty() {
            section(m, "knowledge", words.say(W::Knowledge), |m| telling.ask_knowledge(m, &aid.questions));
        }
        section(m, "questions", words.say(W::MyQuestions), |m| telling.ask_questions(m));
        section(m, "role", words.say(W::MyRole), |m| telling.ask_role(m));
        section(m, "leaning", words.say(W::Leaning), |m| telling.ask_leaning(m));
        section(m, "finish", words.say(W::FinishTitle), |m| telling.hand_over(m, self.answers_to.is_some()));
        section(m, "about", words.say(W::About), |m| self.about(m, telling));
    }

    fn about(&self, m: &mut Markup, telling: &Telling<'_>) {
        let (aid, words) = (self.aid, telling.words);
        m.element("dl", &[("class", &"about")], |m| {
            let authors = aid.authors.join(words.say(W::Comma));
            let grade = aid.reading_grade.as_ref().map(ToString::to_string);
            let facts = [
                (W::Authors, Some(authors.as_str())),
                (W::Funder, Some(aid.funder.as_str())),
                (W::Conflicts, aid.conflicts_of_interest.as_deref()),
                (W::Updates, Some(aid.update_policy.as_str())),
                (W::Licence, Some(aid.licence.as_str())),
                (W::ReadingGrade, grade.as_deref()),
            ];
            for (word, text) in facts {
                fact(m, words.say(word), |m| match text.filter(|text| !text.trim().is_empty()) {
                    Some(text) => telling.record(m, text),
                    None => m.text(words.say(W::NotStated)),
                });
            }
        });
        m.leaf("h3", &[], words.say(W::Citations));
        if aid.citations.is_empty() {
            m.leaf("p", &[("class", &"none")], words.say(W::NoSource));
        }
        m.element("ul", &[("class", &"citations")], |m| {
            for citation in &aid.citations {
                m.element("li", &[], |m| telling.source(m, citation));
            }
        });
    }
}

impl Telling<'_> {
    fn test(&self, m: &mut Markup, facts: &ScreeningFacts) {
        let parts = [
            (W::TestMeasures, &facts.measures),
            (W::TestFound, &facts.if_found),
            (W::TestNotFound, &facts.if_not_found),
            (W::TestOverdiagnosis, &facts.overdiagnosis),
        ];
        for (word, text) in parts {
            m.leaf("h3", &[], self.words.say(word));
            self.stated(m, Some(text));
        }
    }

    /// A text, or that it is not stated: every option has every part.
    fn stated(&self, m: &mut Markup, text: Option<&str>) {
        match text.filter(|text| !text.trim().is_empty()) {
            Some(text) => self.paragraphs(m, text),
            None => m.leaf("p", &[("class", &"none")], self.words.say(W::NotStated)),
        }
    }

    fn option(&self, m: &mut Markup, number: usize, option: &DecisionOption) {
        let (id, heading) = (format!("option-{number}"), format!("option-{number}-heading"));
        let section: [Attribute<'_>; 4] =
            [("id", &id), ("class", &"option"), ("aria-labelledby", &heading), ("data-option", &option.key)];
        m.element("section", &section, |m| {
            m.element("h3", &[("id", &heading)], |m| self.record(m, &option.title));
            if option.status_quo {
                m.element("p", &[("class", &"tag")], |m| m.text(self.words.say(W::StatusQuo)));
            }
            m.leaf("h4", &[], self.words.say(W::What));
            self.stated(m, Some(&option.description));
            m.leaf("h4", &[], self.words.say(W::Experience));
            self.stated(m, option.experience.as_deref());
            for title in [W::Benefits, W::Harms, W::Burdens, W::ColumnOutcome] {
                self.outcomes_of(m, option, title);
            }
            m.leaf("h4", &[], self.words.say(W::Cost));
            self.stated(m, option.cost.as_deref());
            m.leaf("h4", &[], self.words.say(W::Availability));
            self.stated(m, option.availability.as_ref().map(|availability| self.words.availability(availability)));
        });
    }

    /// A picture of each outcome that options tell over the same time.
    fn figures(&self) -> Result<Vec<super::IconFigure>> {
        let mut figures = Vec::new();
        for (at, outcome) in self.outcomes.iter().enumerate() {
            let sides: Vec<IconSide<'_>> = self
                .options
                .iter()
                .filter_map(|option| {
                    let outcome = of(option, &outcome.key)?;
                    let risk = outcome.risk.as_ref()?;
                    Some(IconSide { option: &option.title, risk, example: is_example(outcome) })
                })
                .collect();
            let Some(first) = sides.first() else { continue };
            if sides.iter().any(|side| side.risk.horizon != first.risk.horizon) {
                continue;
            }
            let id = format!("icons-{}", at + 1);
            let (outcome, frames) = (outcome.title.as_str(), &outcome.frames);
            let array = IconArray { id: &id, outcome, frames, sides: &sides, count: Some(self.count) };
            figures.push(array.draw(self.words)?);
        }
        Ok(figures)
    }

    /// Every number of every option once more, in rows.
    fn table(&self, m: &mut Markup) {
        let caption = self.words.say(W::CompareTable);
        let scroll: [Attribute<'_>; 4] =
            [("class", &"scroll-wide"), ("tabindex", &"0"), ("role", &"region"), ("aria-label", &caption)];
        m.element("div", &scroll, |m| {
            m.element("table", &[], |m| {
                m.leaf("caption", &[("class", &"group")], caption);
                m.element("thead", &[], |m| {
                    m.element("tr", &[], |m| {
                        m.leaf("th", &[("scope", &"col")], self.words.say(W::ColumnOutcome));
                        for option in &self.options {
                            m.element("th", &[("scope", &"col")], |m| self.record(m, &option.title));
                        }
                    });
                });
                m.element("tbody", &[], |m| {
                    for outcome in &self.outcomes {
                        m.element("tr", &[], |m| {
                            m.element("th", &[("scope", &"row")], |m| {
                                self.record(m, &outcome.title);
                                let kind = self.words.say(group_of(&outcome.kind));
                                m.element("span", &[("class", &"remark")], |m| m.record(kind));
                            });
                            for option in &self.options {
                                m.element("td", &[], |m| self.cell(m, option, &outcome.key));
                            }
                        });
                    }
                });
            });
        });
    }

    fn cell(&self, m: &mut Markup, option: &DecisionOption, key: &str) {
        let Some(outcome) = of(option, key) else {
            return m.text(self.words.say(W::NotOfOption));
        };
        let heads = |risk: &AbsoluteRisk| Some(self.words.both(&outcome.frames, &Headcount::of(risk, self.count)?));
        match &outcome.risk {
            Some(risk) => {
                self.record(m, &heads(risk).unwrap_or_default());
                m.element("span", &[("class", &"remark")], |m| m.record(self.words.about(risk)));
                if is_example(outcome) {
                    m.leaf("strong", &[("class", &"remark")], self.words.say(W::Unverified));
                }
            }
            None => m.text(self.words.say(W::HowOftenUnknown)),
        }
    }
}
