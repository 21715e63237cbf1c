//! The words of pages of decisions: English, Spanish and Arabic here, any other language supplied by the host.

use std::collections::BTreeMap;

use super::arabic::ARABIC;
use super::spanish::SPANISH;
use crate::error::{Error, Result};
use crate::render::words::{Direction, filled};

macro_rules! words {
    ($($name:ident $key:literal $english:literal;)+) => {
        /// A word or phrase of pages of decisions. What stands in braces is filled in.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum DecisionWord {
            $(#[doc = concat!("“", $english, "”.")] $name,)+
        }

        impl DecisionWord {
            /// Every word.
            pub const ALL: &'static [DecisionWord] = &[$(DecisionWord::$name,)+];

            /// Stable name, for catalogues of other languages.
            pub const fn key(self) -> &'static str {
                match self { $(DecisionWord::$name => $key,)+ }
            }

            /// The English text.
            pub const fn english(self) -> &'static str {
                match self { $(DecisionWord::$name => $english,)+ }
            }
        }
    };
}

words! {
    Eyebrow "aid.eyebrow" "Decision aid";
    Skip "page.skip" "Skip to content";
    Sections "page.sections" "Sections";
    Version "aid.version" "Version {version}, published {date}. To be used until {expires}.";
    Draft "aid.draft" "This is a draft. It is not to be used with patients.";
    Retired "aid.retired" "This aid was withdrawn. It is not to be used any more.";
    AidFooter "aid.footer" "This page helps you think about a choice. It does not say what to choose, and it does not take the place of a talk with those who care for you.";
    Condition "aid.condition" "What it is about";
    Options "aid.options" "The options";
    OptionsHint "aid.options.hint" "Each option is told in the same way, and you may read them in any order. None is right for everyone.";
    StatusQuo "option.status-quo" "Leaves things as they are";
    What "option.what" "What it is";
    Experience "option.experience" "What it is like";
    Benefits "option.benefits" "What may be good about it";
    Harms "option.harms" "What may be bad about it";
    Burdens "option.burdens" "Effort and trouble";
    Cost "option.cost" "What it costs you";
    Availability "option.availability" "Whether you can have it";
    Available "availability.available" "Here and now";
    Limited "availability.limited" "Elsewhere, or after a wait";
    Unavailable "availability.unavailable" "Not for you";
    NotStated "not-stated" "Not stated.";
    HowOftenUnknown "outcome.how-often-unknown" "How often is not known.";
    NotOfOption "outcome.not-of-option" "Nothing is said about this for this option.";
    FrameHappens "frame.happens" "have this";
    FrameSpared "frame.spared" "do not";
    Both "risk.both" "{n} of {all} {happens}; {m} {spared}";
    BothFewer "risk.both-fewer" "fewer than 1 of {all} {happens}; more than {m} {spared}";
    BothMore "risk.both-more" "more than {n} of {all} {happens}; fewer than 1 {spared}";
    AboutWhom "risk.about" "Of {population}, {time}.";
    Rounded "risk.rounded" "Rounded to whole people from {n} of {all}.";
    AsGiven "risk.as-given" "The figure as it was given: {n} of {all}.";
    Range "risk.range" "The true number may lie between {low} and {high} of {all} ({level} % interval).";
    RangeFewer "risk.range-fewer" "The true number may lie below 1 of {all} ({level} % interval).";
    OverDays "horizon.days" "over {n} days";
    OverWeeks "horizon.weeks" "over {n} weeks";
    OverMonths "horizon.months" "over {n} months";
    OverYears "horizon.years" "over {n} years";
    OverDay "horizon.day" "over 1 day";
    OverWeek "horizon.week" "over 1 week";
    OverMonth "horizon.month" "over 1 month";
    OverYear "horizon.year" "over 1 year";
    OverLifetime "horizon.lifetime" "over a whole life";
    Once "horizon.once" "at the time";
    OverOther "horizon.other" "over {n} {unit}";
    Fewer "difference.fewer" "{n} of {all} with this option and {m} of {all} with “{option}”: {d} fewer.";
    More "difference.more" "{n} of {all} with this option and {m} of {all} with “{option}”: {d} more.";
    Same "difference.same" "The same number as with “{option}”.";
    Close "difference.close" "Less than 1 of {all} apart from “{option}”.";
    BeforeRounding "difference.before-rounding" "The difference is taken before rounding.";
    OtherTime "difference.other-time" "Told over another time than “{option}”, so the two cannot be compared.";
    CertaintyHigh "certainty.high" "High certainty, {n} of 4";
    CertaintyModerate "certainty.moderate" "Moderate certainty, {n} of 4";
    CertaintyLow "certainty.low" "Low certainty, {n} of 4";
    CertaintyVeryLow "certainty.very-low" "Very low certainty, {n} of 4";
    CertaintyUnknown "certainty.unknown" "Certainty not stated";
    Because "certainty.because" "Why: {reasons}.";
    RiskOfBias "reason.risk-of-bias" "the studies may be biased";
    Inconsistency "reason.inconsistency" "the studies disagree";
    Indirectness "reason.indirectness" "the studies were of other people or treatments";
    Imprecision "reason.imprecision" "the range is wide";
    PublicationBias "reason.publication-bias" "some studies may be missing";
    LargeEffect "reason.large-effect" "the effect is large";
    DoseResponse "reason.dose-response" "more of it does more";
    OpposingConfounding "reason.opposing-confounding" "what may mislead works the other way";
    Comma "list.comma" ", ";
    Unverified "figure.unverified" "Example figure, not verified";
    Source "source.title" "Source";
    SourceDate "source.date" "Searched or published: {date}.";
    SourceConflicts "source.conflicts" "Conflicts of interest of the source: {text}";
    SourceQuote "source.quote" "Read there on {date}:";
    NoSource "source.none" "No source is named.";
    Rationale "source.rationale" "Why it is said: {text}";
    Baseline "source.baseline" "Where the risk without treatment is from: {text}";
    Relative "relative.effect" "Beside leaving things as they are: {measure} {estimate}.";
    RelativeRange "relative.range" "Beside leaving things as they are: {measure} {estimate}, {low} to {high}.";
    RiskRatio "measure.risk-ratio" "risk ratio";
    OddsRatio "measure.odds-ratio" "odds ratio";
    HazardRatio "measure.hazard-ratio" "hazard ratio";
    RiskDifference "measure.risk-difference" "risk difference";
    MeanDifference "measure.mean-difference" "mean difference";
    MedianDifference "measure.median-difference" "median difference";
    StandardizedMeanDifference "measure.standardized-mean-difference" "standardised mean difference";
    AbsoluteRisk "measure.absolute-risk" "risk";
    MoreDetail "more" "More detail";
    Compare "compare.title" "Side by side";
    CompareHint "compare.hint" "Each picture stands for {all} people. A filled square is a person it happens to; a ring is a person it does not happen to.";
    CompareTable "compare.table" "The numbers as a table";
    ColumnOutcome "compare.outcome" "What may happen";
    IconTitle "icons.title" "{outcome}: {option}";
    TooFew "icons.too-few" "Too few to draw: {n} of {all}.";
    KeyHappens "icons.happens" "It happens";
    KeySpared "icons.spared" "It does not happen";
    Uncertainty "aid.uncertainty" "How sure the numbers are";
    Test "screening.title" "About the test";
    TestMeasures "screening.measures" "What it measures";
    TestFound "screening.found" "If something is found";
    TestNotFound "screening.not-found" "If nothing is found";
    TestOverdiagnosis "screening.overdiagnosis" "Finding what would never have caused harm";
    Values "values.title" "What matters to you";
    ValuesRatings "values.ratings" "Move each slider to say how much it matters to you: 0 is not at all, 100 is as much as can be. There is no right answer.";
    ValuesSwing "values.swing" "Give 100 to the one change that matters most to you. Then give each other one its share: 50 is half as much. There is no right answer.";
    ValuesWords "values.words" "Say in your own words what matters to you. There is no right answer.";
    ValuesAttributes "values.attributes" "What may matter";
    NotAnswered "values.not-answered" "not answered yet";
    Scores "scores.title" "How well each option does for you";
    ScoresHint "scores.hint" "0 is worst, 100 is best. These count only when every slider has been set.";
    OwnWords "values.own-words" "What matters most to me, in my own words";
    Knowledge "knowledge.title" "Check what you know";
    NotSure "knowledge.not-sure" "I am not sure";
    ShowAnswer "knowledge.show" "Show the answer";
    RightAnswer "knowledge.right" "Right: {text}";
    MyQuestions "questions.title" "Questions and worries";
    MyQuestionsLabel "questions.label" "What I want to ask, one question a line";
    MyRole "role.title" "How would you like to decide?";
    RoleSelf "role.patient" "I decide.";
    RoleSelfAfter "role.patient-after" "I decide, once I have heard what the clinician thinks.";
    RoleTogether "role.together" "We decide together.";
    RoleClinicianAfter "role.clinician-after" "The clinician decides, once they have heard what I think.";
    RoleClinician "role.clinician" "The clinician decides.";
    RoleNone "role.none" "I would rather not say.";
    Leaning "leaning.title" "Which way do you lean now?";
    LeaningNone "leaning.none" "I do not know yet.";
    FinishTitle "finish.title" "Hand over your answers";
    FinishHint "finish.hint" "Your answers are on this page alone until you hand them over. Everything may be left out.";
    FinishSends "finish.sends" "The button sends your answers to your care team. Everything may be left out.";
    Finish "finish.button" "Finish";
    Answers "finish.answers" "Your answers";
    Copy "finish.copy" "Copy";
    Save "finish.save" "Save as a file";
    Made "finish.made" "Your answers are below.";
    Copied "finish.copied" "Copied.";
    Sent "finish.sent" "Sent to your care team.";
    NotSent "finish.not-sent" "They could not be sent. Copy or save them instead.";
    OnPaper "finish.on-paper" "Print this page, write down your answers and bring them along.";
    About "about.title" "About this aid";
    Authors "about.authors" "Written by";
    Funder "about.funder" "Paid for by";
    Conflicts "about.conflicts" "Conflicts of interest of those who wrote it";
    Updates "about.updates" "How it is kept up to date";
    Licence "about.licence" "Terms of use";
    ReadingGrade "about.reading-grade" "School grade its text asks for";
    Citations "about.citations" "What it rests on";
    Date "time.day" "{day} {month} {year}";
    YearMonth "time.month" "{month} {year}";
    Month1 "time.month.1" "Jan";
    Month2 "time.month.2" "Feb";
    Month3 "time.month.3" "Mar";
    Month4 "time.month.4" "Apr";
    Month5 "time.month.5" "May";
    Month6 "time.month.6" "Jun";
    Month7 "time.month.7" "Jul";
    Month8 "time.month.8" "Aug";
    Month9 "time.month.9" "Sep";
    Month10 "time.month.10" "Oct";
    Month11 "time.month.11" "Nov";
    Month12 "time.month.12" "Dec";
    Record "summary.eyebrow" "Record of a shared decision";
    AsOf "summary.as-of" "As of {date}";
    SummaryFooter "summary.footer" "This page holds personal health information. It shows what the record held on {date} and does not change afterwards.";
    NotConsent "summary.not-consent" "This record is not a consent to treatment.";
    Trigger "summary.trigger" "Why it came up";
    Since "summary.since" "Since";
    State "summary.state" "How it stands";
    Identified "state.identified" "There is something to decide";
    Invited "state.invited" "The patient was asked to take part";
    OptionsPresented "state.options-presented" "The options were shown";
    ValuesElicited "state.values-elicited" "What matters was asked";
    Deliberating "state.deliberating" "Being weighed";
    Decided "state.decided" "Decided";
    Deferred "state.deferred" "Put off";
    DeclinedParticipation "state.declined-participation" "The patient would rather not decide";
    Implemented "state.implemented" "Being carried out, or done";
    Evaluated "state.evaluated" "Looked back on";
    RevisitDue "state.revisit-due" "Time to look again";
    Replaced "state.replaced" "Another record took its place";
    Choice "choice.title" "What was decided";
    NoChoice "choice.none" "Nothing has been decided yet.";
    Declined "choice.declined" "The patient would rather not decide. That is a preference, and it is kept as one.";
    Strength "choice.strength" "How firm it is";
    LeansThatWay "strength.leaning" "Leaning that way";
    Firm "strength.firm" "Sure";
    MadeBy "choice.made-by" "Who made it";
    HowMade "choice.how" "How it was made";
    Conditions "choice.conditions" "On condition";
    Reason "choice.reason" "Why";
    HowSelf "how.patient" "the patient decides";
    HowSelfAfter "how.patient-after" "the patient decides after hearing the clinician";
    HowTogether "how.together" "both decide together";
    HowClinicianAfter "how.clinician-after" "the clinician decides after hearing the patient";
    HowClinician "how.clinician" "the clinician decides";
    Shown "shown.title" "The options, as they were shown";
    NotShown "shown.not-yet" "Not shown yet";
    Chosen "shown.chosen" "Chosen";
    Matters "matters.title" "What matters";
    Mirror "matters.mirror" "This is a mirror of what you told us. It does not say what to choose.";
    MirrorOfPatient "matters.mirror-of-patient" "This is a mirror of what the patient said. It does not say what to choose.";
    MattersNone "matters.none" "What matters was not asked yet.";
    Weight "matters.weight" "{n} of 100";
    BestWorst "matters.best-worst" "From −1, matters least, to 1, matters most.";
    NeverShown "matters.never-shown" "not asked";
    Weights "matters.weights" "How much each thing matters";
    OptionValues "matters.options" "How the options do on what matters";
    InOwnWords "matters.in-own-words" "In the patient’s own words";
    Inconsistent "matters.inconsistent" "The comparisons do not fit each other well (consistency ratio {ratio}). It may help to go through them once more.";
    Dialogue "dialogue.title" "Questions and answers";
    Open "dialogue.open" "Still open";
    DialogueNone "dialogue.none" "No questions are on record.";
    Again "revisit.title" "When to look again";
    AgainOn "revisit.on" "On {date}, or earlier if one of these happens:";
    AgainOnly "revisit.only" "On {date}.";
    AgainNone "revisit.none" "No day is set.";
    NewEvidence "trigger.new-evidence" "There is new evidence";
    NewDiagnosis "trigger.new-diagnosis" "There is a new diagnosis";
    PatientRequest "trigger.patient-request" "The patient asks";
    DayCame "trigger.date" "The day has come";
    NotAsExpected "trigger.outcome-not-as-expected" "What was expected does not happen";
    SideEffect "trigger.side-effect" "There is a side effect";
    Signatures "signatures.title" "Signatures";
    NotSigned "signatures.none" "Not signed yet.";
    Attestation "signature.clinician-attestation" "The clinician attests that it was so";
    Acknowledgement "signature.patient-acknowledgement" "The patient acknowledges it";
    Missing "missing.title" "Missing from the record";
    NothingMissing "missing.none" "Nothing is missing.";
    Ask "discordance.title" "Something to ask about";
    Discordance "discordance.text" "Of all options, the one chosen does least well on what the patient said matters. That is no fault, and something else may matter too. You may want to ask what led to it.";
    Concordance "concordance.share" "{n} of 100 of the weight lies on things that the option chosen does best.";
    People "people.title" "Who took part";
    Patient "people.patient" "Patient";
    Proxy "people.proxy" "Proxy";
    Supporter "people.supporter" "Supporter";
    Interpreter "people.interpreter" "Interpreter";
    Clinician "people.clinician" "Clinician";
    Related "people.related" "Someone close to the patient";
    Independent "people.independent" "independent of those who would carry it out";
    Capacity "capacity.title" "Capacity to decide";
    NotInQuestion "capacity.not-in-question" "Not in question";
    HasCapacity "capacity.has-capacity" "Assessed: has capacity";
    LacksCapacity "capacity.lacks-capacity" "Assessed: lacks capacity, a proxy decides";
    RoleWanted "role.wanted" "Role wanted";
    RoleExperienced "role.experienced" "Role as it was lived";
    KnowledgeScore "knowledge.score" "{n} of {all} questions of knowledge right";
    Quality "quality.title" "Measures of decision quality";
    AidsUsed "aids.title" "Decision aids used";
    AidUsed "aids.used" "{title}, version {version}, {date}";
    Counselled "counselled.title" "Spoken about";
    Steps "steps.title" "Every step";
    InPerson "channel.in-person" "in person";
    Video "channel.video" "by video";
    Phone "channel.phone" "by telephone";
    Portal "channel.portal" "by messages";
    Paper "channel.paper" "on paper";
    FollowUp "follow-up.title" "What came after";
    Started "implementation.started" "Begun";
    Done "implementation.done" "Done";
    ChangedCourse "implementation.changed-course" "Something else was done";
    NotDone "implementation.not-done" "Not done";
    SameAgain "evaluation.same-again" "Would choose the same again";
    NotSameAgain "evaluation.not-same-again" "Would not choose the same again";
}

/// Shipped languages besides English: tag, direction, words.
type Shipped = (&'static str, Direction, &'static [(DecisionWord, &'static str)]);
const SHIPPED: [Shipped; 2] = [("es", Direction::LeftToRight, SPANISH), ("ar", Direction::RightToLeft, ARABIC)];

/// A catalogue of words of pages of decisions in one language. A word it lacks is said in English.
///
/// English, Spanish and Arabic come with the library. Spanish and Arabic were not reviewed by a native speaker; have
/// them read before patients see them.
///
/// # Example
/// ```
/// use prm_core::render::{DecisionWord, DecisionWords, Direction};
/// let spanish = DecisionWords::shipped("es-MX");
/// assert_eq!(spanish.say(DecisionWord::Options), "Las opciones");
/// let german = DecisionWords::supplied("de", Direction::LeftToRight, [("aid.options", "Die Möglichkeiten")])?;
/// assert_eq!(german.say(DecisionWord::Options), "Die Möglichkeiten");
/// assert_eq!(german.say(DecisionWord::Finish), "Finish");
/// # Ok::<(), prm_core::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DecisionWords {
    language: String,
    direction: Direction,
    words: BTreeMap<DecisionWord, String>,
}

impl Default for DecisionWords {
    fn default() -> Self {
        DecisionWords { language: "en".to_owned(), direction: Direction::LeftToRight, words: BTreeMap::new() }
    }
}

impl DecisionWords {
    /// The catalogue that comes with the library for a BCP 47 tag, by its language alone: `es-MX` gives Spanish. English
    /// for every other.
    pub fn shipped(tag: &str) -> Self {
        let language = tag.split('-').next().unwrap_or_default();
        let found = SHIPPED.iter().find(|(shipped, _, _)| shipped.eq_ignore_ascii_case(language));
        found.map_or_else(DecisionWords::default, |(language, direction, words)| DecisionWords {
            language: (*language).to_owned(),
            direction: *direction,
            words: words.iter().map(|(word, text)| (*word, (*text).to_owned())).collect(),
        })
    }

    /// A catalogue in the language of a BCP 47 tag: pairs of [`DecisionWord::key`] and text, on top of what comes with
    /// the library in that language. Braces must be those of the English text.
    ///
    /// # Errors
    /// `Invalid` for a key that names no word, or a tag that is none.
    pub fn supplied<K: AsRef<str>, T: Into<String>>(
        language: &str,
        direction: Direction,
        words: impl IntoIterator<Item = (K, T)>,
    ) -> Result<Self> {
        if language.is_empty() || !language.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-') {
            return Err(Error::invalid("language", "a language is named by a BCP 47 tag such as pt-BR"));
        }
        let mut supplied = DecisionWords { language: language.to_owned(), direction, ..Self::shipped(language) };
        for (key, text) in words {
            let word = DecisionWord::ALL.iter().find(|word| word.key() == key.as_ref());
            let word = word.ok_or_else(|| Error::invalid("words", "the catalogue holds a key that names no word"))?;
            supplied.words.insert(*word, text.into());
        }
        Ok(supplied)
    }

    /// The text of a word, braces included.
    pub fn say(&self, word: DecisionWord) -> &str {
        self.words.get(&word).map_or(word.english(), String::as_str)
    }

    /// The text of a word with its braces filled. What is filled in is not looked at again.
    pub(crate) fn fill(&self, word: DecisionWord, parts: &[(&str, &dyn std::fmt::Display)]) -> String {
        filled(self.say(word), parts)
    }

    pub(crate) fn language(&self) -> &str {
        &self.language
    }

    pub(crate) const fn direction(&self) -> Direction {
        self.direction
    }
}
