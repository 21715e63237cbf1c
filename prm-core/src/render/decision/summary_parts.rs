//! Parts of a page of what was decided.

use super::count::hundredths;
use super::frame::fact;
use super::summary::{Page, Reader};
use super::words::DecisionWord as W;
use crate::decide::{AttributeWeight, Elicitation, Participant, Preferences, ValuesMirror};
use crate::render::escape::{Attribute, Markup};
use crate::value::Decimal;

/// A bar with its name and its number.
struct Bar<'a> {
    name: &'a str,
    number: String,
    /// Hundredths; none if there is no number.
    length: Option<i32>,
}

impl Page<'_> {
    /// A mirror of what was said: weights and values as bars with numbers, and the patient's own words.
    pub(crate) fn matters(&self, m: &mut Markup) {
        let Some(preferences) = &self.sheet().preferences else {
            return m.leaf("p", &[("class", &"none")], self.words.say(W::MattersNone));
        };
        let hint = match self.reader {
            Reader::Patient => W::Mirror,
            Reader::Clinician => W::MirrorOfPatient,
        };
        m.leaf("p", &[], self.words.say(hint));
        if let Some(words) = &preferences.words {
            m.leaf("h3", &[], self.words.say(W::InOwnWords));
            m.element("p", &[], |m| m.element("q", &[], |m| m.record(words.expose())));
        }
        if let Some(mirror) = self.summary.mirror {
            self.mirror(m, preferences, mirror);
        }
    }

    fn mirror(&self, m: &mut Markup, preferences: &Preferences, mirror: &ValuesMirror) {
        if !mirror.weights.is_empty() {
            let both_ways = matches!(preferences.elicitation, Elicitation::BestWorst(_));
            m.leaf("h3", &[], self.words.say(W::Weights));
            if both_ways {
                m.leaf("p", &[("class", &"note")], self.words.say(W::BestWorst));
            }
            let bars = mirror.weights.iter().map(|weight| self.weight(preferences, weight, both_ways));
            bars_of(m, bars, both_ways);
        }
        if !mirror.options.is_empty() {
            m.leaf("h3", &[], self.words.say(W::OptionValues));
            let bars = mirror.options.iter().map(|value| {
                let name = self.option(&value.option).map_or(value.option.as_str(), |option| option.title.as_str());
                Bar { name, number: self.of_hundred(&value.value), length: hundredths(&value.value) }
            });
            bars_of(m, bars, false);
        }
        if self.reader == Reader::Patient {
            return;
        }
        if let Some(consistency) = mirror.consistency.as_ref().filter(|consistency| !consistency.acceptable) {
            let ratio = consistency.ratio.as_ref().map(ToString::to_string).unwrap_or_default();
            m.element("p", &[], |m| m.record(self.words.fill(W::Inconsistent, &[("ratio", &ratio)])));
        }
        if let Some(share) = mirror.concordance.as_ref().and_then(|concordance| hundredths(&concordance.share)) {
            m.element("p", &[], |m| m.record(self.words.fill(W::Concordance, &[("n", &share)])));
        }
    }

    fn weight<'a>(&self, preferences: &'a Preferences, weight: &'a AttributeWeight, both_ways: bool) -> Bar<'a> {
        let attribute = preferences.attributes.iter().find(|attribute| attribute.key == weight.attribute);
        let name = attribute.map_or(weight.attribute.as_str(), |attribute| attribute.title.as_str());
        match &weight.weight {
            None => Bar { name, number: self.words.say(W::NeverShown).to_owned(), length: None },
            Some(share) if both_ways => Bar { name, number: share.to_string(), length: hundredths(share) },
            Some(share) => Bar { name, number: self.of_hundred(share), length: hundredths(share) },
        }
    }

    fn of_hundred(&self, share: &Decimal) -> String {
        hundredths(share).map_or_else(|| share.to_string(), |n| self.words.fill(W::Weight, &[("n", &n)]))
    }

    pub(crate) fn missing(&self, m: &mut Markup) {
        if self.summary.missing.is_empty() {
            return m.leaf("p", &[("class", &"none")], self.words.say(W::NothingMissing));
        }
        m.element("ul", &[("class", &"plain")], |m| {
            for missing in self.summary.missing {
                m.element("li", &[], |m| m.record(missing));
            }
        });
    }

    pub(crate) fn dialogue(&self, m: &mut Markup) {
        let questions = &self.sheet().questions;
        if questions.is_empty() {
            return m.leaf("p", &[("class", &"none")], self.words.say(W::DialogueNone));
        }
        m.element("dl", &[("class", &"dialogue")], |m| {
            for question in questions {
                m.element("div", &[], |m| {
                    m.element("dt", &[], |m| {
                        m.record(question.text.expose());
                        self.by(m, &self.name(&question.asked_by), &self.day(question.asked));
                    });
                    m.element("dd", &[], |m| match &question.answer {
                        Some(answer) => {
                            m.record(answer.text.expose());
                            self.by(m, &self.name(&answer.by), &self.day(answer.at));
                        }
                        None => m.leaf("strong", &[], self.words.say(W::Open)),
                    });
                });
            }
        });
    }

    /// Who and when, below what they said.
    fn by(&self, m: &mut Markup, name: &str, day: &str) {
        m.element("span", &[("class", &"remark")], |m| {
            m.record(name);
            m.text(self.words.say(W::Comma));
            m.record(day);
        });
    }

    pub(crate) fn again(&self, m: &mut Markup) {
        let Some(revisit) = &self.sheet().revisit else {
            return m.leaf("p", &[("class", &"none")], self.words.say(W::AgainNone));
        };
        let word = if revisit.triggers.is_empty() { W::AgainOnly } else { W::AgainOn };
        m.element("p", &[], |m| m.record(self.words.fill(word, &[("date", &self.words.date(revisit.on))])));
        m.element("ul", &[("class", &"plain")], |m| {
            for trigger in &revisit.triggers {
                m.element("li", &[], |m| m.record(self.words.trigger(trigger)));
            }
        });
    }

    pub(crate) fn after(&self, m: &mut Markup) {
        let follow_up = &self.summary.decision.follow_up;
        m.element("ul", &[("class", &"plain")], |m| {
            for step in &follow_up.implementations {
                m.element("li", &[], |m| {
                    m.record(self.words.implementation(&step.status));
                    self.remark(m, &self.words.date(step.on));
                    if let Some(note) = &step.note {
                        self.remark(m, note.expose());
                    }
                });
            }
            for evaluation in &follow_up.evaluations {
                m.element("li", &[], |m| {
                    let again = evaluation.same_again.map(|same| if same { W::SameAgain } else { W::NotSameAgain });
                    m.record(again.map_or("", |word| self.words.say(word)));
                    self.remark(m, &self.words.date(evaluation.on));
                    if let Some(outcome) = &evaluation.outcome {
                        self.remark(m, outcome.expose());
                    }
                });
            }
        });
    }

    fn remark(&self, m: &mut Markup, text: &str) {
        m.element("span", &[("class", &"remark")], |m| m.record(text));
    }

    pub(crate) fn aids(&self, m: &mut Markup) {
        m.element("ul", &[("class", &"plain")], |m| {
            for aid in &self.sheet().aids {
                m.element("li", &[], |m| {
                    let parts: [(&str, &dyn std::fmt::Display); 3] =
                        [("title", &aid.title), ("version", &aid.version), ("date", &self.day(aid.used))];
                    m.record(self.words.fill(W::AidUsed, &parts));
                    if let (Reader::Clinician, Some(ipdas)) = (self.reader, &aid.ipdas) {
                        self.remark(m, ipdas);
                    }
                });
            }
        });
    }

    /// Who took part, capacity, roles and questions of knowledge.
    pub(crate) fn people(&self, m: &mut Markup) {
        let (sheet, words) = (self.sheet(), self.words);
        m.element("dl", &[("class", &"about")], |m| {
            for participant in &sheet.participants {
                fact(m, words.participant(&participant.role), |m| self.participant(m, participant));
            }
            fact(m, words.say(W::Capacity), |m| match &sheet.capacity {
                Some(capacity) => {
                    m.record(words.capacity(&capacity.finding));
                    self.by(m, &self.name(&capacity.by), &words.date(capacity.on));
                    if let Some(note) = &capacity.note {
                        self.remark(m, note.expose());
                    }
                }
                None => m.text(words.say(W::NotStated)),
            });
            for (word, role) in [(W::RoleWanted, &sheet.role_wanted), (W::RoleExperienced, &sheet.role_experienced)] {
                fact(m, words.say(word), |m| match role {
                    Some(role) => m.record(words.role(role)),
                    None => m.text(words.say(W::NotStated)),
                });
            }
            if !sheet.knowledge.is_empty() {
                let right = sheet.knowledge.iter().filter(|answer| answer.correct).count();
                let score = words.fill(W::KnowledgeScore, &[("n", &right), ("all", &sheet.knowledge.len())]);
                fact(m, words.say(W::Knowledge), |m| m.record(score));
            }
        });
    }

    fn participant(&self, m: &mut Markup, participant: &Participant) {
        let name = participant.name.as_ref().map(|name| name.expose().clone());
        let name = name.or_else(|| participant.who.as_ref().map(|who| self.name(who)));
        m.record(name.unwrap_or_default());
        if let Some(authority) = &participant.authority {
            self.remark(m, authority.ground.expose());
        }
        if let Some(language) = &participant.language {
            self.remark(m, language);
        }
        if participant.independent == Some(true) {
            self.remark(m, self.words.say(W::Independent));
        }
    }

    pub(crate) fn counselled(&self, m: &mut Markup) {
        m.element("ul", &[("class", &"plain")], |m| {
            for counselled in &self.sheet().counselled {
                m.element("li", &[], |m| {
                    m.record(&counselled.key);
                    self.by(m, &self.name(&counselled.by), &self.words.date(counselled.on));
                    if let Some(note) = &counselled.note {
                        self.remark(m, note.expose());
                    }
                });
            }
        });
    }

    pub(crate) fn quality(&self, m: &mut Markup) {
        let before = self.sheet().quality.iter();
        m.element("ul", &[("class", &"plain")], |m| {
            for result in before.chain(&self.summary.decision.follow_up.quality) {
                m.element("li", &[], |m| {
                    m.record(result.instrument.code());
                    m.text(": ");
                    match &result.score {
                        Some(score) => m.record(score),
                        None => m.text(self.words.say(W::NotStated)),
                    }
                    self.remark(m, &self.words.date(result.on));
                    if let Some(band) = &result.band {
                        self.remark(m, band);
                    }
                });
            }
        });
    }

    pub(crate) fn steps(&self, m: &mut Markup) {
        let steps = self.sheet().steps.iter().chain(&self.summary.decision.follow_up.steps);
        m.element("ol", &[("class", &"steps")], |m| {
            for step in steps {
                m.element("li", &[], |m| {
                    m.record(self.words.state(&step.to));
                    m.element("span", &[("class", &"remark")], |m| {
                        m.record(self.name(&step.actor));
                        m.text(self.words.say(W::Comma));
                        m.record(self.day(step.at));
                        m.text(self.words.say(W::Comma));
                        m.record(self.words.channel(&step.channel));
                    });
                });
            }
        });
    }

    pub(crate) fn signatures(&self, m: &mut Markup) {
        let signatures = &self.summary.decision.signatures;
        if signatures.is_empty() {
            return m.leaf("p", &[("class", &"none")], self.words.say(W::NotSigned));
        }
        m.element("ul", &[("class", &"plain")], |m| {
            for signature in signatures {
                m.element("li", &[], |m| {
                    m.record(self.words.signature(&signature.kind));
                    self.by(m, &self.name(&signature.by), &self.day(signature.at));
                    if self.reader == Reader::Clinician {
                        let digest = [("class", &"remark digest" as &dyn std::fmt::Display), ("dir", &"ltr")];
                        m.leaf("span", &digest, &signature.digest);
                    }
                });
            }
        });
    }
}

/// Bars with names and numbers: from zero to a hundred, or from a middle to either side.
fn bars_of<'a>(m: &mut Markup, bars: impl Iterator<Item = Bar<'a>>, both_ways: bool) {
    m.element("ul", &[("class", &"bars")], |m| {
        for bar in bars {
            m.element("li", &[], |m| {
                m.element("span", &[], |m| m.record(bar.name));
                m.element("span", &[], |m| m.record(&bar.number));
                let Some(length) = bar.length else { return };
                let size = length.unsigned_abs();
                let (from, wide) = match (both_ways, length < 0) {
                    (false, _) => (0, size * 2),
                    (true, false) => (100, size),
                    (true, true) => (100 - size, size),
                };
                // The number beside it says the same.
                let frame: [Attribute<'_>; 3] =
                    [("viewBox", &"0 0 200 12"), ("preserveAspectRatio", &"none"), ("aria-hidden", &"true")];
                m.element("svg", &frame, |m| {
                    let part = |m: &mut Markup, class: &'static str, x: u32, width: u32| {
                        let height = ("height", &"12" as &dyn std::fmt::Display);
                        m.empty("rect", &[("class", &class), ("x", &x), ("width", &width), height]);
                    };
                    part(m, "bar-track", 0, 200);
                    m.element("g", &[("class", &"series-0")], |m| part(m, "solid", from, wide));
                    if both_ways {
                        m.empty("path", &[("class", &"bar-zero"), ("d", &"M100 0v12")]);
                    }
                });
            });
        }
    });
}
