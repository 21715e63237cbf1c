//! What a page of an aid asks: sliders, choices and boxes for words, each with its label.

use super::outcome::Telling;
use super::words::DecisionWord as W;
use crate::decide::{AidQuestion, Attribute, DecisionAid, DecisionRole, ValuesMethod};
use crate::render::escape::{Attribute as Named, Markup};

/// One answer of a group: its value, and what it says.
struct Answer<'a> {
    value: &'a str,
    text: &'a str,
    /// Whether the text is of the aid and not of this library.
    of_aid: bool,
}

impl Telling<'_> {
    /// What matters: by sliders and in words, as the aid asks.
    pub(crate) fn ask_values(&self, m: &mut Markup, aid: &DecisionAid) {
        let hint = match aid.method {
            ValuesMethod::Ratings => W::ValuesRatings,
            ValuesMethod::Swing => W::ValuesSwing,
            ValuesMethod::Words | ValuesMethod::Other(_) => W::ValuesWords,
        };
        m.leaf("p", &[("id", &"values-hint")], self.words.say(hint));
        let by_number = matches!(aid.method, ValuesMethod::Ratings | ValuesMethod::Swing);
        if by_number {
            for (at, attribute) in aid.attributes.iter().enumerate() {
                let id = format!("value-{}", at + 1);
                self.slider(m, &id, &attribute.title, "values-hint", &[("data-attribute", &attribute.key)]);
            }
        } else if !aid.attributes.is_empty() {
            m.leaf("h3", &[], self.words.say(W::ValuesAttributes));
            m.element("ul", &[("class", &"plain")], |m| {
                for attribute in &aid.attributes {
                    m.element("li", &[], |m| self.record(m, &attribute.title));
                }
            });
        }
        self.words_box(m, "own-words", W::OwnWords);
        if by_number && !aid.attributes.is_empty() {
            self.ask_scores(m, &aid.attributes);
        }
    }

    fn ask_scores(&self, m: &mut Markup, attributes: &[Attribute]) {
        m.element("details", &[("id", &"scores")], |m| {
            m.leaf("summary", &[], self.words.say(W::Scores));
            m.leaf("p", &[("id", &"scores-hint")], self.words.say(W::ScoresHint));
            for (row, attribute) in attributes.iter().enumerate() {
                m.element("fieldset", &[], |m| {
                    m.element("legend", &[], |m| self.record(m, &attribute.title));
                    for (column, option) in self.options.iter().enumerate() {
                        let id = format!("score-{}-{}", row + 1, column + 1);
                        let of: [Named<'_>; 2] = [("data-of", &option.key), ("data-attribute", &attribute.key)];
                        self.slider(m, &id, &option.title, "scores-hint", &of);
                    }
                });
            }
        });
    }

    /// A slider of 0 to 100. Where it stands at first is no answer, and it says so.
    fn slider(&self, m: &mut Markup, id: &str, label: &str, hint: &str, data: &[Named<'_>]) {
        m.element("div", &[("class", &"rating")], |m| {
            m.element("label", &[("for", &id)], |m| self.record(m, label));
            let none = self.words.say(W::NotAnswered);
            let mut input: Vec<Named<'_>> = vec![
                ("type", &"range"),
                ("id", &id),
                ("min", &"0"),
                ("max", &"100"),
                ("step", &"1"),
                ("value", &"50"),
                ("autocomplete", &"off"),
                ("aria-describedby", &hint),
                ("aria-valuetext", &none),
            ];
            input.extend_from_slice(data);
            m.empty("input", &input);
            let said = format!("{id}-said");
            m.leaf("span", &[("id", &said), ("class", &"said"), ("aria-hidden", &"true")], none);
            // On paper a number is circled.
            let scale = "0 · 10 · 20 · 30 · 40 · 50 · 60 · 70 · 80 · 90 · 100";
            m.leaf("span", &[("class", &"paper"), ("aria-hidden", &"true")], scale);
        });
    }

    fn words_box(&self, m: &mut Markup, id: &str, label: W) {
        m.element("div", &[("class", &"box")], |m| {
            m.leaf("label", &[("for", &id)], self.words.say(label));
            m.leaf("textarea", &[("id", &id), ("rows", &"4"), ("autocomplete", &"off"), ("dir", &"auto")], "");
        });
    }

    /// Questions of knowledge, each with its answers, that one is not sure, and the right one behind a fold.
    pub(crate) fn ask_knowledge(&self, m: &mut Markup, questions: &[AidQuestion]) {
        for (at, question) in questions.iter().enumerate() {
            let name = format!("knowledge-{}", at + 1);
            m.element("fieldset", &[("id", &name), ("data-question", &question.key)], |m| {
                m.element("legend", &[], |m| self.record(m, &question.text));
                let mut answers: Vec<Answer<'_>> = Vec::new();
                for choice in &question.choices {
                    answers.push(Answer { value: &choice.key, text: &choice.text, of_aid: true });
                }
                answers.push(Answer { value: "", text: self.words.say(W::NotSure), of_aid: false });
                self.choices(m, &name, &answers);
                let right = question.choices.iter().find(|choice| choice.key == question.correct);
                let Some(right) = right else { return };
                m.element("details", &[("class", &"answer")], |m| {
                    m.leaf("summary", &[], self.words.say(W::ShowAnswer));
                    let said = self.words.fill(W::RightAnswer, &[("text", &right.text)]);
                    m.element("p", &[], |m| self.record(m, &said));
                    if let Some(explanation) = &question.explanation {
                        self.paragraphs(m, explanation);
                    }
                });
            });
        }
    }

    pub(crate) fn ask_questions(&self, m: &mut Markup) {
        self.words_box(m, "my-questions", W::MyQuestionsLabel);
    }

    pub(crate) fn ask_role(&self, m: &mut Markup) {
        let mut answers: Vec<Answer<'_>> = Vec::new();
        for role in DecisionRole::ALL {
            answers.push(Answer { value: role.code(), text: self.words.own_role(role), of_aid: false });
        }
        answers.push(Answer { value: "", text: self.words.say(W::RoleNone), of_aid: false });
        self.group(m, "role-heading", "role-wanted", &answers);
    }

    pub(crate) fn ask_leaning(&self, m: &mut Markup) {
        let mut answers: Vec<Answer<'_>> = Vec::new();
        for option in &self.options {
            answers.push(Answer { value: &option.key, text: &option.title, of_aid: true });
        }
        answers.push(Answer { value: "", text: self.words.say(W::LeaningNone), of_aid: false });
        self.group(m, "leaning-heading", "leaning-to", &answers);
    }

    /// A group that the heading of its section names.
    fn group(&self, m: &mut Markup, heading: &str, name: &str, answers: &[Answer<'_>]) {
        m.element("div", &[("role", &"radiogroup"), ("aria-labelledby", &heading)], |m| {
            self.choices(m, name, answers);
        });
    }

    fn choices(&self, m: &mut Markup, name: &str, answers: &[Answer<'_>]) {
        for (at, answer) in answers.iter().enumerate() {
            let id = format!("{name}-{}", at + 1);
            m.element("div", &[("class", &"choice")], |m| {
                m.empty(
                    "input",
                    &[
                        ("type", &"radio"),
                        ("id", &id),
                        ("name", &name),
                        ("value", &answer.value),
                        ("autocomplete", &"off"),
                    ],
                );
                m.element("label", &[("for", &id)], |m| match answer.of_aid {
                    true => self.record(m, answer.text),
                    false => m.text(answer.text),
                });
            });
        }
    }

    /// The button, and where the answers appear. Without the script the page asks for paper instead.
    pub(crate) fn hand_over(&self, m: &mut Markup, sends: bool) {
        let say = |word| self.words.say(word);
        m.leaf("p", &[("id", &"on-paper")], say(W::OnPaper));
        m.element("div", &[("id", &"handing-over"), ("hidden", &"")], |m| {
            m.leaf("p", &[], say(if sends { W::FinishSends } else { W::FinishHint }));
            m.leaf("button", &[("type", &"button"), ("id", &"finish-button")], say(W::Finish));
            m.leaf(
                "p",
                &[
                    ("id", &"status"),
                    ("role", &"status"),
                    ("data-made", &say(W::Made)),
                    ("data-copied", &say(W::Copied)),
                    ("data-sent", &say(W::Sent)),
                    ("data-failed", &say(W::NotSent)),
                ],
                "",
            );
            m.element("div", &[("id", &"result"), ("class", &"box"), ("hidden", &"")], |m| {
                m.leaf("label", &[("for", &"answers")], say(W::Answers));
                let readonly: [Named<'_>; 5] = [
                    ("id", &"answers"),
                    ("rows", &"12"),
                    ("readonly", &"readonly"),
                    ("autocomplete", &"off"),
                    ("dir", &"ltr"),
                ];
                m.leaf("textarea", &readonly, "");
                m.element("p", &[("class", &"buttons")], |m| {
                    m.leaf("button", &[("type", &"button"), ("id", &"copy")], say(W::Copy));
                    m.text(" ");
                    let link: [Named<'_>; 3] = [("id", &"save"), ("href", &"#answers"), ("download", &"answers.json")];
                    m.leaf("a", &link, say(W::Save));
                });
            });
        });
    }
}
