//! Recurrences as the lines of a calendar: `DTSTART`, `RRULE`, `RDATE` and `EXDATE` (RFC 5545 §3.8).

use super::text::{civil_text, date_text, moment};
use super::words::{ClockZone, Recurrence, Rule, Until};
use crate::error::{Error, Result};
use crate::time::{CivilTime, Zones};

/// The longest text: 20,000 times and a rule.
const LONGEST: usize = 1_000_000;

fn wrong(what: &'static str) -> Error {
    Error::invalid("recurrence", what)
}

/// A line of a calendar, unfolded.
struct Line<'a> {
    name: &'a str,
    zone: Option<&'a str>,
    dates: bool,
    value: &'a str,
}

impl<'a> Line<'a> {
    fn read(line: &'a str) -> Result<Line<'a>> {
        // A line with neither name nor parameters is a rule.
        let Some((head, value)) = line.split_once(':') else {
            return Ok(Line { name: "RRULE", zone: None, dates: false, value: line });
        };
        let mut parts = head.split(';');
        let mut read = Line { name: parts.next().unwrap_or_default(), zone: None, dates: false, value };
        for parameter in parts {
            let (name, said) = parameter.split_once('=').ok_or_else(|| wrong("a parameter is written NAME=VALUE"))?;
            if name.eq_ignore_ascii_case("TZID") {
                read.zone = Some(said.trim_matches('"'));
            } else if name.eq_ignore_ascii_case("VALUE") {
                read.dates = said.eq_ignore_ascii_case("DATE");
                if !read.dates && !said.eq_ignore_ascii_case("DATE-TIME") {
                    return Err(wrong("only VALUE=DATE and VALUE=DATE-TIME are read"));
                }
            }
        }
        Ok(read)
    }

    fn moments(&self) -> Result<Vec<Until>> {
        self.value.split(',').map(|text| moment(text).ok_or_else(|| self.unreadable())).collect()
    }

    fn unreadable(&self) -> Error {
        wrong("times are written 20260307T080000, with Z for UTC, and days 20260307 with VALUE=DATE")
    }

    /// The times of the line on the clock that `recurrence` goes by.
    fn civil_times(&self, recurrence: &Recurrence, zones: &Zones) -> Result<Vec<CivilTime>> {
        let mut times = Vec::new();
        for moment in self.moments()? {
            times.push(match moment {
                Until::Date(day) if recurrence.all_day => day.start(),
                Until::Civil(at) if !recurrence.all_day && !self.dates => self.moved(at, recurrence, zones)?,
                Until::Instant(at) if !recurrence.all_day => match &recurrence.zone {
                    ClockZone::Utc => CivilTime::try_from(at.naive_utc())?,
                    ClockZone::Zone(zone) => CivilTime::try_from(zones.local(zone, at)?.naive_local())?,
                    ClockZone::Floating => return Err(wrong("a recurrence that floats has no times in UTC")),
                },
                _ => return Err(wrong("RDATE and EXDATE hold days if DTSTART is a day, and times if it is a time")),
            });
        }
        Ok(times)
    }

    /// A time of this line's zone on the clock of another.
    fn moved(&self, at: CivilTime, recurrence: &Recurrence, zones: &Zones) -> Result<CivilTime> {
        let Some(from) = self.zone else {
            return if recurrence.zone == ClockZone::Floating {
                Ok(at)
            } else {
                Err(wrong("RDATE and EXDATE without a zone cannot stand beside a DTSTART with one"))
            };
        };
        match &recurrence.zone {
            ClockZone::Zone(zone) if zone == from => Ok(at),
            ClockZone::Zone(zone) => {
                CivilTime::try_from(zones.local(zone, zones.resolve(from, at.naive())?.instant())?.naive_local())
            }
            ClockZone::Utc => CivilTime::try_from(zones.resolve(from, at.naive())?.instant().naive_utc()),
            ClockZone::Floating => Err(wrong("RDATE and EXDATE with a zone need one at DTSTART")),
        }
    }
}

impl Recurrence {
    /// Reads the lines `DTSTART`, `RRULE`, `RDATE` and `EXDATE`, in any order, folded or not. `DTSTART` and `RRULE` may
    /// stand once. Without `DTSTART` the recurrence begins at `start` on the clock of `zone`. Parameters of other
    /// programs (`X-…`) are passed over; times of day of a rule that begins on a day are too, as the RFC wants it.
    /// What is read is [checked](Recurrence::checked).
    ///
    /// # Errors
    /// `Invalid` naming what is wrong. `EXRULE`, which RFC 5545 no longer has, is refused.
    ///
    /// # Example
    /// ```
    /// use prm_core::Zones;
    /// use prm_core::engage::{ClockZone, Recurrence};
    /// let text = "DTSTART;TZID=Europe/Berlin:20260302T080000\nRRULE:FREQ=WEEKLY;BYDAY=MO,TH";
    /// let recurrence = Recurrence::parse(text, None, ClockZone::Floating, &Zones::bundled())?;
    /// assert_eq!(recurrence.to_text(), text);
    /// # Ok::<(), prm_core::Error>(())
    /// ```
    pub fn parse(text: &str, start: Option<CivilTime>, zone: ClockZone, zones: &Zones) -> Result<Recurrence> {
        if text.len() > LONGEST {
            return Err(wrong("a recurrence has at most a million characters"));
        }
        let unfolded = text.replace("\r\n", "\n").replace("\n ", "").replace("\n\t", "");
        let lines = unfolded.split_whitespace().map(Line::read).collect::<Result<Vec<_>>>()?;
        let mut begins: Option<Recurrence> = None;
        for line in lines.iter().filter(|line| line.name.eq_ignore_ascii_case("DTSTART")) {
            if begins.is_some() {
                return Err(wrong("DTSTART stands there twice"));
            }
            begins = Some(match (line.moments()?.as_slice(), line.zone) {
                ([Until::Date(day)], None) if line.dates || line.value.len() == 8 => {
                    Recurrence::of_days(*day, ClockZone::Floating, None)
                }
                ([Until::Instant(at)], None) if !line.dates => {
                    Recurrence::new(CivilTime::try_from(at.naive_utc())?, ClockZone::Utc, None)
                }
                ([Until::Civil(at)], None) if !line.dates => Recurrence::new(*at, ClockZone::Floating, None),
                ([Until::Civil(at)], Some(zone)) if !line.dates => {
                    Recurrence::new(*at, ClockZone::Zone(zone.to_owned()), None)
                }
                _ => return Err(line.unreadable()),
            });
        }
        let begins = begins.or_else(|| start.map(|start| Recurrence::new(start, zone, None)));
        let mut recurrence = begins.ok_or_else(|| wrong("a recurrence needs DTSTART"))?;
        for line in &lines {
            match line.name.to_ascii_uppercase().as_str() {
                "DTSTART" => {}
                "RRULE" if recurrence.rule.is_some() => return Err(wrong("RRULE stands there twice")),
                "RRULE" => {
                    let mut rule: Rule = line.value.parse()?;
                    if recurrence.all_day {
                        (rule.by_hour, rule.by_minute, rule.by_second) = (Vec::new(), Vec::new(), Vec::new());
                    }
                    recurrence.rule = Some(rule);
                }
                "RDATE" => recurrence.added.extend(line.civil_times(&recurrence, zones)?),
                "EXDATE" => recurrence.excluded.extend(line.civil_times(&recurrence, zones)?),
                "EXRULE" => return Err(wrong("EXRULE is no longer part of iCalendar: exclude times by EXDATE")),
                _ => return Err(wrong("only DTSTART, RRULE, RDATE and EXDATE are read")),
            }
        }
        recurrence.checked(zones)
    }

    /// The lines of the recurrence, as [`parse`](Self::parse) reads them. Instances moved on their own and what becomes
    /// of gaps and folds cannot be said by these lines and are left out.
    pub fn to_text(&self) -> String {
        let head = match &self.zone {
            _ if self.all_day => ";VALUE=DATE".to_owned(),
            ClockZone::Zone(zone) => format!(";TZID={zone}"),
            ClockZone::Utc | ClockZone::Floating => String::new(),
        };
        let time = |at: &CivilTime| match self.zone {
            _ if self.all_day => date_text(at.date()),
            ClockZone::Utc => civil_text(*at) + "Z",
            _ => civil_text(*at),
        };
        let mut lines = vec![format!("DTSTART{head}:{}", time(&self.start))];
        lines.extend(self.rule.as_ref().map(|rule| format!("RRULE:{rule}")));
        for (name, times) in [("RDATE", &self.added), ("EXDATE", &self.excluded)] {
            if !times.is_empty() {
                lines.push(format!("{name}{head}:{}", times.iter().map(time).collect::<Vec<_>>().join(",")));
            }
        }
        lines.join("\n")
    }
}
