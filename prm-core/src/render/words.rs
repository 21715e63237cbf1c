//! The words of pages and pictures: English here, any other language supplied by the host.

use std::collections::BTreeMap;

use crate::chart::{EntryKind, EntryStatus};
use crate::error::{Error, Result};

macro_rules! words {
    ($($name:ident $key:literal $english:literal;)+) => {
        /// A word or phrase of pages and pictures. What stands in braces is filled in.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Word {
            $(#[doc = concat!("“", $english, "”.")] $name,)+
        }

        impl Word {
            /// Every word.
            pub const ALL: &'static [Word] = &[$(Word::$name,)+];

            /// Stable name, for catalogues of other languages.
            pub const fn key(self) -> &'static str {
                match self { $(Word::$name => $key,)+ }
            }

            /// The English text.
            pub const fn english(self) -> &'static str {
                match self { $(Word::$name => $english,)+ }
            }
        }
    };
}

words! {
    PageTitle "page.title" "{name}: health record";
    PageEyebrow "page.eyebrow" "Health record";
    PageAsOf "page.as-of" "As of {date}";
    PageFooter "page.footer" "This page holds personal health information. It shows what the record held on {date} and does not change afterwards.";
    PageRounded "page.rounded" "Numbers with more than three decimals are shown rounded; the exact value is kept in the page and in the record.";
    SkipToContent "page.skip" "Skip to content";
    SectionsNav "page.sections" "Sections";
    Unnamed "patient.unnamed" "Name not known";
    Born "patient.born" "Born";
    Died "patient.died" "Died";
    Deceased "patient.deceased" "Deceased";
    Age "patient.age" "Age";
    AgeYears "patient.age.years" "{n} years";
    AgeYearsRange "patient.age.years-range" "{low} or {high} years";
    AgeMonths "patient.age.months" "{n} months";
    AgeDays "patient.age.days" "{n} days";
    AgeNewborn "patient.age.newborn" "Newborn";
    GenderLabel "patient.gender" "Gender";
    GenderMale "patient.gender.male" "Male";
    GenderFemale "patient.gender.female" "Female";
    GenderOther "patient.gender.other" "Other";
    GenderUnknown "patient.gender.unknown" "Not known";
    Identifiers "patient.identifiers" "Identifiers";
    Identifier "patient.identifier" "Identifier";
    Language "patient.language" "Language";
    InterpreterNeeded "patient.interpreter" "interpreter needed";
    AtAGlance "glance.title" "At a glance";
    JourneyTitle "journey.title" "Health journey";
    JourneyDescription "journey.description" "Time runs from left to right, {from} to {to}. {lanes}.";
    JourneyLaneCount "journey.lane-count" "{lane}: {n}";
    JourneyEmpty "journey.empty" "Nothing with a date is in the record yet.";
    JourneyTable "journey.table" "The journey as a table";
    JourneyKey "journey.key" "How to read it";
    JourneyKeyCount "journey.key.count" "A number above a mark counts what lies too close together to draw apart.";
    JourneyKeyPartial "journey.key.partial" "A faint band under a mark, or a faint end of a bar, covers every day the date may mean.";
    JourneyKeyOpen "journey.key.open" "A bar that ends in an arrow still goes on; a dotted end is not known.";
    JourneyKeyHollow "journey.key.hollow" "A hollow mark is planned or was not done.";
    JourneyUndated "journey.undated" "Without a date, not drawn: {n}";
    JourneyOutside "journey.outside" "Outside the period shown: {n}";
    JourneyVoided "journey.voided" "Recorded by mistake, not shown: {n}";
    JourneyMore "journey.more" "More {lane}";
    Today "journey.today" "Today";
    Ahead "journey.ahead" "Ahead";
    AgeAxis "journey.age" "Age";
    LaneVisits "lane.visits" "Visits";
    LaneProblems "lane.problems" "Problems";
    LaneAllergies "lane.allergies" "Allergies";
    LaneMedications "lane.medications" "Medications";
    LaneProcedures "lane.procedures" "Procedures";
    LaneImmunizations "lane.immunizations" "Immunizations";
    LaneResults "lane.results" "Results";
    LanePlans "lane.plans" "Plans and documents";
    LaneOther "lane.other" "Administration";
    Counted "mark.counted" "{n} entries";
    AndMore "mark.more" "{list} and {n} more";
    Present "time.present" "present";
    EndUnknown "time.end-unknown" "end not known";
    FromTo "time.from-to" "{from} – {to}";
    NoDate "time.none" "no date";
    DateDay "time.day" "{day} {month} {year}";
    DateMonth "time.month" "{month} {year}";
    DateDayMonth "time.day-month" "{day} {month}";
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
    Weekday1 "time.weekday.1" "Mon";
    Weekday2 "time.weekday.2" "Tue";
    Weekday3 "time.weekday.3" "Wed";
    Weekday4 "time.weekday.4" "Thu";
    Weekday5 "time.weekday.5" "Fri";
    Weekday6 "time.weekday.6" "Sat";
    Weekday7 "time.weekday.7" "Sun";
    AdherenceTitle "adherence.title" "What was done and what was missed";
    AdherenceDescription "adherence.description" "Calendars of the months from {from} to {to}. Done: {done} of {expected} expected by now. In time: {in-time} of {timed}. Done in a row: {current} up to now, {longest} at most.";
    AdherenceTable "adherence.table" "The calendar as a table";
    AdherenceEmpty "adherence.empty" "Nothing is due in these days.";
    AdherenceEarlier "adherence.earlier" "Before {date}, in the table alone: {n} days";
    AdherenceAll "adherence.all" "All done";
    AdherenceSome "adherence.some" "Some done";
    AdherenceNone "adherence.none" "None done";
    AdherencePaused "adherence.paused" "Paused";
    AdherenceAhead "adherence.ahead" "To be done";
    AdherenceDone "adherence.done" "Done";
    AdherenceExpected "adherence.expected" "Expected";
    AdherencePartly "adherence.partly" "Partly done";
    AdherenceSkipped "adherence.skipped" "Skipped";
    AdherenceMissed "adherence.missed" "Missed";
    AdherenceOverdue "adherence.overdue" "Overdue";
    AdherenceCancelled "adherence.cancelled" "Called off";
    AdherenceUnplanned "adherence.unplanned" "Done besides";
    ForecastTitle "forecast.title" "What there is to do";
    ForecastDescription "forecast.description" "A bar a day from {from} to {to}, in parts by role. {roles}.";
    ForecastChange "forecast.change" "Two bars a day from {from} to {to}, in parts by role: on the left as planned, on the right after the change. {roles}.";
    ForecastPair "forecast.pair" "Left bar: as planned. Right bar: after the change.";
    ForecastRole "forecast.role" "{role}: {n}";
    ForecastRoleChange "forecast.role-change" "{role}: {n}, after the change {changed}";
    ForecastTable "forecast.table" "The days as a table";
    ForecastEmpty "forecast.empty" "Nothing is due in these days.";
    ForecastLater "forecast.later" "After {date}, in the table alone: {n} days";
    ForecastNoRole "forecast.no-role" "No role";
    ForecastOthers "forecast.others" "Other roles";
    ForecastPlanned "forecast.planned" "As planned";
    ForecastChanged "forecast.changed" "After the change";
    ForecastDifference "forecast.difference" "Difference";
    ColumnDay "column.day" "Day";
    ColumnRole "column.role" "Role";
    ProblemsTitle "list.problems" "Problems";
    ProblemsPast "list.problems.past" "Past problems";
    MedicationsTitle "list.medications" "Medications";
    MedicationsPast "list.medications.past" "Past medications";
    AllergiesTitle "list.allergies" "Allergies and intolerances";
    AllergiesPast "list.allergies.past" "Past allergies";
    ImmunizationsTitle "list.immunizations" "Immunizations";
    ResultsTitle "list.results" "Latest results";
    TrendsTitle "list.trends" "Trends";
    AccessTitle "list.access" "Who looked at this record";
    LastVisit "list.last-visit" "Last visit";
    NoneRecorded "list.none" "None recorded.";
    NoneCurrent "list.none-current" "None at present.";
    ColumnProblem "column.problem" "Problem";
    ColumnMedication "column.medication" "Medication";
    ColumnAllergy "column.allergy" "Allergy";
    ColumnVaccine "column.vaccine" "Vaccine";
    ColumnDates "column.dates" "Latest";
    EarlierDoses "immunization.earlier" "Before: {list}";
    ColumnSince "column.since" "Since";
    ColumnUntil "column.until" "Until";
    ColumnStatus "column.status" "Status";
    ColumnWhat "column.what" "What";
    ColumnValue "column.value" "Value";
    ColumnWhen "column.when" "When";
    ColumnLane "column.lane" "Lane";
    ColumnWho "column.who" "Who";
    ColumnPurpose "column.purpose" "Purpose";
    ColumnTimes "column.times" "Times";
    Denied "access.denied" "refused";
    GroupVitalSigns "group.vital-signs" "Vital signs";
    GroupLaboratory "group.laboratory" "Laboratory";
    GroupSurvey "group.survey" "Questionnaires";
    GroupSocial "group.social-history" "Social history";
    GroupImaging "group.imaging" "Imaging";
    GroupProcedure "group.procedure" "Procedures";
    GroupExam "group.exam" "Examination";
    GroupOther "group.other" "Other results";
    TrendDescription "trend.description" "{n} values from {from} to {to}, between {low} and {high}. Latest: {latest}.";
    TrendTable "trend.table" "Values as a table";
    TrendReference "trend.reference" "Reference {low} – {high}";
    TrendReferenceUp "trend.reference-up" "Reference up to {high}";
    TrendReferenceFrom "trend.reference-from" "Reference from {low}";
    TrendSpread "trend.spread" "{low} – {high}, {n} values, last {latest}";
    TrendOtherUnits "trend.other-units" "In other units, not drawn: {n}";
    TrendUndated "trend.undated" "Without a date, not drawn: {n}";
    Yes "value.yes" "Yes";
    No "value.no" "No";
    InSource "value.in-source" "see source";
    StatusActive "status.active" "Active";
    StatusCompleted "status.completed" "Over";
    StatusNotDone "status.not-done" "Not done";
    StatusPlanned "status.planned" "Planned";
    StatusPreliminary "status.preliminary" "Provisional";
    StatusFinal "status.final" "Final";
    StatusMistake "status.entered-in-error" "Recorded by mistake";
    StatusUnknown "status.unknown" "Not stated";
    KindEncounter "kind.encounter" "Visit";
    KindCondition "kind.condition" "Problem";
    KindObservation "kind.observation" "Result";
    KindProcedure "kind.procedure" "Procedure";
    KindImmunization "kind.immunization" "Vaccination";
    KindMedicationRequest "kind.medication-request" "Prescription";
    KindMedicationStatement "kind.medication-statement" "Medication, reported";
    KindMedicationAdministration "kind.medication-administration" "Medication, given";
    KindMedicationDispense "kind.medication-dispense" "Medication, dispensed";
    KindAllergyIntolerance "kind.allergy-intolerance" "Allergy";
    KindDiagnosticReport "kind.diagnostic-report" "Report";
    KindDocumentReference "kind.document-reference" "Document";
    KindImagingStudy "kind.imaging-study" "Images";
    KindCarePlan "kind.care-plan" "Care plan";
    KindCareTeam "kind.care-team" "Care team";
    KindGoal "kind.goal" "Goal";
    KindClaim "kind.claim" "Claim";
    KindExplanationOfBenefit "kind.explanation-of-benefit" "Benefit";
    KindMedication "kind.medication" "Medication";
    KindDevice "kind.device" "Device";
    KindServiceRequest "kind.service-request" "Order";
    KindAppointment "kind.appointment" "Appointment";
    KindQuestionnaireResponse "kind.questionnaire-response" "Questionnaire";
    KindRelatedPerson "kind.related-person" "Related person";
    KindConsent "kind.consent" "Consent";
    KindFamilyMemberHistory "kind.family-member-history" "Family history";
    KindCoverage "kind.coverage" "Insurance";
    KindSpecimen "kind.specimen" "Specimen";
    KindTask "kind.task" "Task";
    KindProvenance "kind.provenance" "Provenance";
    KindPatient "kind.patient" "Patient record";
}

/// Direction of writing.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Direction {
    /// As in English.
    #[default]
    LeftToRight,
    /// As in Arabic and Hebrew.
    RightToLeft,
}

impl Direction {
    pub(crate) const fn code(self) -> &'static str {
        match self {
            Direction::LeftToRight => "ltr",
            Direction::RightToLeft => "rtl",
        }
    }
}

/// A catalogue of words in one language. A word it lacks is said in English.
///
/// # Example
/// ```
/// use prm_core::render::{Direction, Word, Words};
/// let german = Words::supplied("de", Direction::LeftToRight, [("journey.title", "Weg durch die Behandlung")])?;
/// assert_eq!(german.say(Word::JourneyTitle), "Weg durch die Behandlung");
/// assert_eq!(german.say(Word::Today), "Today");
/// # Ok::<(), prm_core::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Words {
    language: String,
    direction: Direction,
    supplied: BTreeMap<Word, String>,
}

impl Default for Words {
    fn default() -> Self {
        Words { language: "en".to_owned(), direction: Direction::LeftToRight, supplied: BTreeMap::new() }
    }
}

impl Words {
    /// A catalogue in the language of a BCP 47 tag: pairs of [`Word::key`] and text. Braces must be those of the
    /// English text, each at most as often as wanted.
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
        let mut supplied = BTreeMap::new();
        for (key, text) in words {
            let key = key.as_ref();
            let word = Word::ALL.iter().find(|word| word.key() == key);
            let word = word.ok_or_else(|| Error::invalid("words", "the catalogue holds a key that names no word"))?;
            supplied.insert(*word, text.into());
        }
        Ok(Words { language: language.to_owned(), direction, supplied })
    }

    /// The text of a word, braces included.
    pub fn say(&self, word: Word) -> &str {
        self.supplied.get(&word).map_or(word.english(), String::as_str)
    }

    /// The text of a word with its braces filled. What is filled in is not looked at again.
    pub(crate) fn fill(&self, word: Word, parts: &[(&str, &dyn std::fmt::Display)]) -> String {
        filled(self.say(word), parts)
    }

    pub(crate) fn language(&self) -> &str {
        &self.language
    }

    pub(crate) const fn direction(&self) -> Direction {
        self.direction
    }

    pub(crate) fn kind<'a>(&'a self, kind: &'a EntryKind) -> &'a str {
        let word = match kind {
            EntryKind::Encounter => Word::KindEncounter,
            EntryKind::Condition => Word::KindCondition,
            EntryKind::Observation => Word::KindObservation,
            EntryKind::Procedure => Word::KindProcedure,
            EntryKind::Immunization => Word::KindImmunization,
            EntryKind::MedicationRequest => Word::KindMedicationRequest,
            EntryKind::MedicationStatement => Word::KindMedicationStatement,
            EntryKind::MedicationAdministration => Word::KindMedicationAdministration,
            EntryKind::MedicationDispense => Word::KindMedicationDispense,
            EntryKind::AllergyIntolerance => Word::KindAllergyIntolerance,
            EntryKind::DiagnosticReport => Word::KindDiagnosticReport,
            EntryKind::DocumentReference => Word::KindDocumentReference,
            EntryKind::ImagingStudy => Word::KindImagingStudy,
            EntryKind::CarePlan => Word::KindCarePlan,
            EntryKind::CareTeam => Word::KindCareTeam,
            EntryKind::Goal => Word::KindGoal,
            EntryKind::Claim => Word::KindClaim,
            EntryKind::ExplanationOfBenefit => Word::KindExplanationOfBenefit,
            EntryKind::Medication => Word::KindMedication,
            EntryKind::Device => Word::KindDevice,
            EntryKind::ServiceRequest => Word::KindServiceRequest,
            EntryKind::Appointment => Word::KindAppointment,
            EntryKind::QuestionnaireResponse => Word::KindQuestionnaireResponse,
            EntryKind::RelatedPerson => Word::KindRelatedPerson,
            EntryKind::Consent => Word::KindConsent,
            EntryKind::FamilyMemberHistory => Word::KindFamilyMemberHistory,
            EntryKind::Coverage => Word::KindCoverage,
            EntryKind::Specimen => Word::KindSpecimen,
            EntryKind::Task => Word::KindTask,
            EntryKind::Provenance => Word::KindProvenance,
            EntryKind::Patient => Word::KindPatient,
            EntryKind::Other(code) => return code,
        };
        self.say(word)
    }

    pub(crate) fn status<'a>(&'a self, status: &'a EntryStatus) -> &'a str {
        let word = match status {
            EntryStatus::Active => Word::StatusActive,
            EntryStatus::Completed => Word::StatusCompleted,
            EntryStatus::NotDone => Word::StatusNotDone,
            EntryStatus::Planned => Word::StatusPlanned,
            EntryStatus::Preliminary => Word::StatusPreliminary,
            EntryStatus::Final => Word::StatusFinal,
            EntryStatus::EnteredInError => Word::StatusMistake,
            EntryStatus::Unknown => Word::StatusUnknown,
            EntryStatus::Other(code) => return code,
        };
        self.say(word)
    }
}

/// A text with its braces filled. What is filled in is not looked at again.
pub(crate) fn filled(text: &str, parts: &[(&str, &dyn std::fmt::Display)]) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        let Some((name, after)) = after.split_once('}') else {
            rest = after;
            break;
        };
        if let Some((_, part)) = parts.iter().find(|(part, _)| *part == name) {
            out += &part.to_string();
        }
        rest = after;
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_word_has_a_key_of_its_own_and_a_text() {
        let keys: BTreeSet<_> = Word::ALL.iter().map(|word| word.key()).collect();
        assert_eq!(keys.len(), Word::ALL.len());
        assert!(Word::ALL.iter().all(|word| !word.english().is_empty()));
    }

    #[test]
    fn a_word_that_is_missing_is_said_in_english_and_an_unknown_key_is_refused() {
        let words = Words::supplied("he", Direction::RightToLeft, [("journey.today", "היום")]).unwrap();
        assert_eq!((words.say(Word::Today), words.say(Word::Ahead)), ("היום", "Ahead"));
        assert!(Words::supplied("he", Direction::RightToLeft, [("journey.tomorrow", "מחר")]).is_err());
        assert!(Words::supplied("\"><script>", Direction::LeftToRight, [("journey.today", "x")]).is_err());
    }

    #[test]
    fn what_is_filled_in_is_not_filled_again() {
        let words = Words::default();
        assert_eq!(words.fill(Word::FromTo, &[("from", &"{to}"), ("to", &"b")]), "{to} – b");
    }
}
