//! What an option does, told in one denominator and both ways round, with how sure it is and what it rests on.

use super::address::WebAddress;
use super::count::{Gap, Headcount, IconCount};
use super::words::{DecisionWord as W, DecisionWords};
use crate::decide::{DecisionOption, Frames, OptionOutcome, OutcomeKind};
use crate::error::{Error, Result};
use crate::evidence::{AbsoluteRisk, SourceRef};
use crate::render::escape::Markup;

impl DecisionWords {
    /// Both frames of a risk, which add up to all.
    pub(crate) fn both(&self, frames: &Frames, heads: &Headcount<'_>) -> String {
        let frame = |text: &str, word| match text.trim() {
            "" => self.say(word).to_owned(),
            text => text.to_owned(),
        };
        let (happens, spared) = (frame(&frames.happens, W::FrameHappens), frame(&frames.spared, W::FrameSpared));
        let all = heads.happens + heads.spared();
        let (word, n, m) = if heads.below_one() {
            (W::BothFewer, 0, all - 1)
        } else if heads.above_all_but_one() {
            (W::BothMore, all - 1, 0)
        } else {
            (W::Both, heads.happens, heads.spared())
        };
        self.fill(word, &[("n", &n), ("m", &m), ("all", &all), ("happens", &happens), ("spared", &spared)])
    }

    /// Says that a figure was rounded, if it was.
    pub(crate) fn rounding(&self, risk: &AbsoluteRisk, heads: &Headcount<'_>) -> Option<String> {
        let word = if heads.below_one() { W::TooFew } else { W::Rounded };
        heads.is_rounded().then(|| self.fill(word, &[("n", &risk.numerator), ("all", &risk.denominator)]))
    }

    pub(crate) fn range(&self, risk: &AbsoluteRisk, heads: &Headcount<'_>) -> Option<String> {
        let span = heads.interval()?;
        let level = risk.interval.as_ref()?.level.as_ref().map_or_else(|| "95".to_owned(), ToString::to_string);
        let word = if span.below_one { W::RangeFewer } else { W::Range };
        let all = heads.happens + heads.spared();
        Some(self.fill(word, &[("low", &span.low), ("high", &span.high), ("all", &all), ("level", &level)]))
    }
}

/// Tells options: all of them in the same order of outcomes and the same number of people.
pub(crate) struct Telling<'a> {
    pub(crate) words: &'a DecisionWords,
    /// In the order shown.
    pub(crate) options: Vec<&'a DecisionOption>,
    /// One of each key, in the order in which they are first named.
    pub(crate) outcomes: Vec<&'a OptionOutcome>,
    pub(crate) count: IconCount,
    /// Language of what the options say, if it is not that of the words.
    pub(crate) language: Option<&'a str>,
}

impl<'a> Telling<'a> {
    /// `all` in the order of their record, `order` with each of their keys once; that of the record if it is empty.
    ///
    /// # Errors
    /// `Invalid` for an order that leaves out, repeats or makes up an option, and for a risk above its denominator.
    pub(crate) fn new(all: &'a [DecisionOption], order: &[String], words: &'a DecisionWords) -> Result<Self> {
        let mut outcomes: Vec<&OptionOutcome> = Vec::new();
        for outcome in all.iter().flat_map(|option| &option.outcomes) {
            if !outcomes.iter().any(|known| known.key == outcome.key) {
                outcomes.push(outcome);
            }
        }
        let risks = all.iter().flat_map(|option| &option.outcomes).filter_map(|outcome| outcome.risk.as_ref());
        if risks.clone().any(|risk| Headcount::of(risk, IconCount::Hundred).is_none()) {
            return Err(Error::invalid(
                "options.outcomes.risk",
                "a risk is 0 to its denominator, of 1 to 1,000,000 people",
            ));
        }
        let count = outcomes.iter().map(|outcome| {
            let same = all.iter().filter_map(|option| of(option, &outcome.key));
            IconCount::fitting(same.filter_map(|outcome| outcome.risk.as_ref()))
        });
        let count = count.max().unwrap_or(IconCount::Hundred);
        let options: Vec<&DecisionOption> = if order.is_empty() {
            all.iter().collect()
        } else {
            order.iter().filter_map(|key| all.iter().find(|option| option.key == *key)).collect()
        };
        let once = all.iter().all(|option| options.iter().filter(|shown| shown.key == option.key).count() == 1);
        if !once || (!order.is_empty() && order.len() != all.len()) {
            return Err(Error::invalid("order", "name the key of each option once"));
        }
        Ok(Telling { words, options, outcomes, count, language: None })
    }

    /// Text of the aid or of the record, in its own language and direction.
    pub(crate) fn record(&self, m: &mut Markup, text: &str) {
        match self.language {
            Some(language) => m.leaf("bdi", &[("lang", &language)], text),
            None => m.record(text),
        }
    }

    /// A paragraph for each that blank lines divide.
    pub(crate) fn paragraphs(&self, m: &mut Markup, text: &str) {
        for paragraph in text.split("\n\n").map(str::trim).filter(|paragraph| !paragraph.is_empty()) {
            m.element("p", &[], |m| self.record(m, paragraph));
        }
    }

    /// The outcomes of a group, as one option has them: the same list in every option.
    pub(crate) fn outcomes_of(&self, m: &mut Markup, option: &DecisionOption, title: W) {
        let mut known = self.outcomes.iter().filter(|outcome| group_of(&outcome.kind) == title).peekable();
        if known.peek().is_none() {
            return;
        }
        m.leaf("h4", &[], self.words.say(title));
        m.element("ul", &[("class", &"outcomes")], |m| {
            for known in known {
                m.element("li", &[], |m| {
                    m.element("p", &[("class", &"outcome")], |m| self.record(m, &known.title));
                    match of(option, &known.key) {
                        Some(outcome) => self.outcome(m, option, outcome),
                        None => m.leaf("p", &[("class", &"none")], self.words.say(W::NotOfOption)),
                    }
                });
            }
        });
    }

    /// One outcome: both frames, the difference, how sure it is, and more behind a fold.
    pub(crate) fn outcome(&self, m: &mut Markup, option: &DecisionOption, outcome: &OptionOutcome) {
        match &outcome.risk {
            Some(risk) => self.risk(m, option, outcome, risk),
            None => {
                let frames = &outcome.frames;
                for frame in [&frames.happens, &frames.spared].into_iter().filter(|frame| !frame.trim().is_empty()) {
                    m.element("p", &[], |m| self.record(m, frame));
                }
                m.leaf("p", &[("class", &"none")], self.words.say(W::HowOftenUnknown));
            }
        }
        self.certainty(m, outcome);
        self.detail(m, outcome);
    }

    fn risk(&self, m: &mut Markup, option: &DecisionOption, outcome: &OptionOutcome, risk: &AbsoluteRisk) {
        let Some(heads) = Headcount::of(risk, self.count) else { return };
        m.element("p", &[("class", &"both")], |m| self.record(m, &self.words.both(&outcome.frames, &heads)));
        if is_example(outcome) {
            m.element("p", &[("class", &"example")], |m| m.leaf("strong", &[], self.words.say(W::Unverified)));
        }
        m.element("p", &[("class", &"note")], |m| m.record(self.words.about(risk)));
        for note in [self.words.rounding(risk, &heads), self.words.range(risk, &heads)].into_iter().flatten() {
            m.element("p", &[("class", &"note")], |m| m.record(note));
        }
        if let Some(difference) = self.difference(option, outcome, &heads, risk) {
            m.element("p", &[("class", &"difference")], |m| self.record(m, &difference));
        }
    }

    /// With the option and without it: beside the option that leaves things as they are.
    fn difference(
        &self,
        option: &DecisionOption,
        outcome: &OptionOutcome,
        heads: &Headcount<'_>,
        risk: &AbsoluteRisk,
    ) -> Option<String> {
        let without = self.options.iter().find(|other| other.status_quo && other.key != option.key)?;
        let other = of(without, &outcome.key)?.risk.as_ref()?;
        if other.horizon != risk.horizon {
            return Some(self.words.fill(W::OtherTime, &[("option", &without.title)]));
        }
        let base = Headcount::of(other, self.count)?;
        let (all, title) = (self.count.people(), &without.title);
        let (word, difference, before_rounding) = match heads.gap(&base) {
            Gap::None => return Some(self.words.fill(W::Same, &[("option", title)])),
            Gap::Close => return Some(self.words.fill(W::Close, &[("all", &all), ("option", title)])),
            Gap::Fewer(difference, before_rounding) => (W::Fewer, difference, before_rounding),
            Gap::More(difference, before_rounding) => (W::More, difference, before_rounding),
        };
        let parts: [(&str, &dyn std::fmt::Display); 5] =
            [("n", &heads.happens), ("m", &base.happens), ("all", &all), ("d", &difference), ("option", title)];
        let said = self.words.fill(word, &parts);
        Some(if before_rounding { format!("{said} {}", self.words.say(W::BeforeRounding)) } else { said })
    }

    fn certainty(&self, m: &mut Markup, outcome: &OptionOutcome) {
        if outcome.risk.is_none() && outcome.certainty.is_none() {
            return;
        }
        let (said, filled) = self.words.certainty(outcome.certainty.as_ref());
        m.element("p", &[("class", &"certainty")], |m| {
            let marks: String = (0..4).map(|at| if at < filled { '●' } else { '○' }).collect();
            m.leaf("span", &[("class", &"marks"), ("aria-hidden", &"true")], marks);
            m.leaf("span", &[], format_args!(" {said}. "));
            if let Some(reasons) = self.words.reasons(&outcome.reasons) {
                m.leaf("span", &[], reasons);
            }
        });
    }

    fn detail(&self, m: &mut Markup, outcome: &OptionOutcome) {
        m.element("details", &[], |m| {
            m.leaf("summary", &[], self.words.say(W::MoreDetail));
            let mut notes = Vec::new();
            if let Some(risk) = &outcome.risk {
                if risk.denominator != self.count.people() {
                    let given: [(&str, &dyn std::fmt::Display); 2] =
                        [("n", &risk.numerator), ("all", &risk.denominator)];
                    notes.push(self.words.fill(W::AsGiven, &given));
                }
                // A relative effect is never told without the absolute risk.
                notes.extend(self.relative(outcome));
            }
            let told = |word, text: &Option<String>| text.as_ref().map(|text| self.words.fill(word, &[("text", text)]));
            notes.extend(told(W::Baseline, &outcome.baseline_source));
            notes.extend(told(W::Rationale, &outcome.rationale));
            for note in notes {
                m.element("p", &[], |m| self.record(m, &note));
            }
            match &outcome.source {
                Some(source) => self.source(m, source),
                None => m.leaf("p", &[], self.words.say(W::NoSource)),
            }
        });
    }

    fn relative(&self, outcome: &OptionOutcome) -> Option<String> {
        let effect = outcome.relative.as_ref()?;
        let measure = self.words.measure(&effect.measure);
        let (measure, estimate): (&dyn std::fmt::Display, &dyn std::fmt::Display) = (&measure, &effect.estimate);
        Some(match &effect.interval {
            Some(interval) => self.words.fill(
                W::RelativeRange,
                &[("measure", measure), ("estimate", estimate), ("low", &interval.low), ("high", &interval.high)],
            ),
            None => self.words.fill(W::Relative, &[("measure", measure), ("estimate", estimate)]),
        })
    }

    /// A source as it is cited, linked if it has an address, with the sentence in which the figure was read.
    pub(crate) fn source(&self, m: &mut Markup, source: &SourceRef) {
        m.element("p", &[("class", &"source")], |m| {
            m.leaf("span", &[("class", &"unseen")], format_args!("{}: ", self.words.say(W::Source)));
            match WebAddress::of_source(source) {
                Some(address) => address.link(m, &source.citation),
                None => m.record(&source.citation),
            }
        });
        if let Some(date) = source.date {
            m.element("p", &[], |m| m.record(self.words.fill(W::SourceDate, &[("date", &self.words.date(date))])));
        }
        if let Some(quote) = &source.quote {
            m.element("p", &[], |m| {
                m.record(self.words.fill(W::SourceQuote, &[("date", &self.words.date(quote.on))]));
                m.text(" ");
                m.element("q", &[], |m| m.record(&quote.words));
                if let Some(address) = WebAddress::of(&quote.url) {
                    m.text(" ");
                    address.link(m, &quote.url);
                }
            });
        }
        if let Some(conflicts) = &source.conflicts_of_interest {
            let said = self.words.fill(W::SourceConflicts, &[("text", conflicts)]);
            m.element("p", &[], |m| self.record(m, &said));
        }
    }
}

/// The title under which outcomes of a kind stand.
pub(crate) fn group_of(kind: &OutcomeKind) -> W {
    match kind {
        OutcomeKind::Benefit => W::Benefits,
        OutcomeKind::Harm => W::Harms,
        OutcomeKind::Burden => W::Burdens,
        OutcomeKind::Other(_) => W::ColumnOutcome,
    }
}

/// An outcome of an option, by its key.
pub(crate) fn of<'a>(option: &'a DecisionOption, key: &str) -> Option<&'a OptionOutcome> {
    option.outcomes.iter().find(|outcome| outcome.key == key)
}

/// Whether nobody can see where the figure was read.
pub(crate) fn is_example(outcome: &OptionOutcome) -> bool {
    outcome.risk.is_some() && outcome.source.as_ref().is_none_or(|source| source.quote.is_none())
}
