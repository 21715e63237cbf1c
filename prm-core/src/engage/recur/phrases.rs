//! The words a recurrence is read back in: English here, any other language supplied by the host.

use std::collections::BTreeMap;

use crate::error::{Error, Result};

macro_rules! phrases {
    ($($name:ident $key:literal $english:literal;)+) => {
        /// A word or phrase that recurrences are read back with. What stands in braces is filled in.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum RecurrencePhrase {
            $(#[doc = concat!("“", $english, "”.")] $name,)+
        }

        impl RecurrencePhrase {
            /// Every phrase.
            pub const ALL: &'static [RecurrencePhrase] = &[$(RecurrencePhrase::$name,)+];

            /// Stable name, for catalogues of other languages.
            pub const fn key(self) -> &'static str {
                match self { $(RecurrencePhrase::$name => $key,)+ }
            }

            /// The English text.
            pub const fn english(self) -> &'static str {
                match self { $(RecurrencePhrase::$name => $english,)+ }
            }
        }
    };
}

phrases! {
    Once "once" "once on {date}";
    EverySecond "every.second" "every second";
    EveryMinute "every.minute" "every minute";
    EveryHour "every.hour" "every hour";
    EveryDay "every.day" "every day";
    EveryWeek "every.week" "every week";
    EveryMonth "every.month" "every month";
    EveryYear "every.year" "every year";
    EverySeconds "every.seconds" "every {n} seconds";
    EveryMinutes "every.minutes" "every {n} minutes";
    EveryHours "every.hours" "every {n} hours";
    EveryDays "every.days" "every {n} days";
    EveryWeeks "every.weeks" "every {n} weeks";
    EveryMonths "every.months" "every {n} months";
    EveryYears "every.years" "every {n} years";
    EveryWeekday "every.weekday" "every {weekdays}";
    OnDays "on.days" "on {days}";
    OnTheDays "on.the" "on the {days}";
    IfItIs "on.if" "if it is a {weekdays}";
    NthWeekday "day.nth" "{nth} {weekday}";
    OfTheMonth "day.of-month" "{days} of the month";
    OfTheYear "day.of-year" "{days} day of the year";
    LastDay "day.last" "last day";
    NthLastDay "day.nth-last" "{nth} to last day";
    InMonths "in.months" "in {months}";
    InWeeks "in.weeks" "in week {weeks}";
    AtTimes "at.times" "at {times}";
    InHours "at.hours" "in the hours {hours}";
    AtMinutes "at.minutes" "at minute {minutes}";
    AtSeconds "at.seconds" "at second {seconds}";
    OnlyPositions "positions" "only the {positions} of each time round";
    Last "ordinal.last" "last";
    NthLast "ordinal.nth-last" "{nth} to last";
    OrdinalOne "ordinal.one" "{n}st";
    OrdinalTwo "ordinal.two" "{n}nd";
    OrdinalThree "ordinal.three" "{n}rd";
    OrdinalOther "ordinal.other" "{n}th";
    ForOneTime "for.one" "for one time";
    ForTimes "for.times" "for {n} times";
    UntilDate "until.date" "until {date}";
    UntilTime "until.time" "until {date} at {time}";
    UntilUtc "until.utc" "until {date} at {time} UTC";
    Zone "zone" "(time of {zone})";
    Added "added" "with {n} more";
    Excluded "excluded" "without {n} of them";
    Changed "changed" "with {n} changed";
    ListAnd "list.and" "{list} and {last}";
    ListOr "list.or" "{list} or {last}";
    ListComma "list.comma" "{list}, {last}";
    DateDay "date.day" "{day} {month} {year}";
    Monday "weekday.1" "Monday";
    Tuesday "weekday.2" "Tuesday";
    Wednesday "weekday.3" "Wednesday";
    Thursday "weekday.4" "Thursday";
    Friday "weekday.5" "Friday";
    Saturday "weekday.6" "Saturday";
    Sunday "weekday.7" "Sunday";
    January "month.1" "January";
    February "month.2" "February";
    March "month.3" "March";
    April "month.4" "April";
    May "month.5" "May";
    June "month.6" "June";
    July "month.7" "July";
    August "month.8" "August";
    September "month.9" "September";
    October "month.10" "October";
    November "month.11" "November";
    December "month.12" "December";
}

/// The phrases in one language. What is not supplied is English.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RecurrenceWords(BTreeMap<RecurrencePhrase, String>);

impl RecurrenceWords {
    /// A catalogue of pairs of [`RecurrencePhrase::key`] and text. Braces are those of the English text, each at most as
    /// often as wanted.
    ///
    /// # Errors
    /// `Invalid` for a key that names no phrase.
    pub fn supplied<K: AsRef<str>, T: Into<String>>(phrases: impl IntoIterator<Item = (K, T)>) -> Result<Self> {
        let mut supplied = BTreeMap::new();
        for (key, text) in phrases {
            let found = RecurrencePhrase::ALL.iter().find(|phrase| phrase.key() == key.as_ref());
            let phrase = found.ok_or_else(|| Error::invalid("phrases", "a key names no phrase of recurrences"))?;
            supplied.insert(*phrase, text.into());
        }
        Ok(RecurrenceWords(supplied))
    }

    pub(super) fn text(&self, phrase: RecurrencePhrase) -> &str {
        self.0.get(&phrase).map_or(phrase.english(), String::as_str)
    }

    /// A phrase with what stands in its braces filled in, in one pass.
    pub(super) fn fill(&self, phrase: RecurrencePhrase, values: &[(&str, &str)]) -> String {
        let mut rest = self.text(phrase);
        let mut filled = String::new();
        while let Some((before, after)) = rest.split_once('{') {
            filled.push_str(before);
            let value = after.split_once('}').and_then(|(name, after)| {
                values.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value, after))
            });
            match value {
                Some((value, after)) => {
                    filled.push_str(value);
                    rest = after;
                }
                None => {
                    filled.push('{');
                    rest = after;
                }
            }
        }
        filled + rest
    }
}
