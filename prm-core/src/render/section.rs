//! The lists of a page.

use super::escape::Markup;
use super::lane::times;
use super::page::PageAccess;
use super::trend::Trend;
use super::words::{Word, Words};
use crate::chart::{ChartEntry, EntryStatus, EntryValue, EntryView};

/// A list of entries that hold now, with those that are past behind a fold.
pub(crate) struct Listing<'a> {
    pub(crate) id: &'static str,
    pub(crate) title: Word,
    pub(crate) past: Word,
    pub(crate) column: Word,
    pub(crate) entries: &'a [EntryView],
}

/// Entries of one title, latest start first.
struct Group<'a> {
    title: String,
    entries: Vec<&'a ChartEntry>,
}

/// Whether an entry counts at all.
pub(crate) fn counts(entry: &ChartEntry) -> bool {
    entry.status != EntryStatus::EnteredInError
}

/// Whether it holds now: it has no end and its status does not say it is over.
pub(crate) fn current(entry: &ChartEntry) -> bool {
    counts(entry) && !matches!(entry.status, EntryStatus::Completed | EntryStatus::NotDone) && times(entry).1.is_none()
}

fn grouped<'a>(entries: impl Iterator<Item = &'a ChartEntry>, words: &Words) -> Vec<Group<'a>> {
    let mut groups: Vec<Group<'a>> = Vec::new();
    for entry in entries {
        let title = words.title(entry);
        match groups.iter_mut().find(|group| group.title == title) {
            Some(group) => group.entries.push(entry),
            None => groups.push(Group { title, entries: vec![entry] }),
        }
    }
    for group in &mut groups {
        group.entries.sort_by_key(|entry| std::cmp::Reverse(times(entry).0.map(crate::time::When::timeline_time)));
    }
    groups
}

/// A section with its heading.
pub(crate) fn section(m: &mut Markup, id: &'static str, class: &str, title: &str, content: impl FnOnce(&mut Markup)) {
    let heading = format!("{id}-heading");
    m.element("section", &[("id", &id), ("class", &class), ("aria-labelledby", &heading)], |m| {
        m.leaf("h2", &[("id", &heading)], title);
        content(m);
    });
}

impl Listing<'_> {
    pub(crate) fn write(&self, m: &mut Markup, class: &str, words: &Words) {
        let of = |now: bool| {
            let entries = self.entries.iter().map(|view| &view.entry);
            grouped(entries.filter(move |entry| counts(entry) && current(entry) == now), words)
        };
        let (present, past) = (of(true), of(false));
        section(m, self.id, class, words.say(self.title), |m| {
            if present.is_empty() {
                let word = if past.is_empty() { Word::NoneRecorded } else { Word::NoneCurrent };
                m.leaf("p", &[("class", &"none")], words.say(word));
            } else {
                self.table(m, words.say(self.title), &present, false, words);
            }
            if !past.is_empty() {
                m.element("details", &[("class", &"past")], |m| {
                    m.element("summary", &[], |m| {
                        m.text(words.say(self.past));
                        m.leaf("span", &[("class", &"badge")], past.len());
                    });
                    self.table(m, words.say(self.past), &past, true, words);
                });
            }
        });
    }

    fn table(&self, m: &mut Markup, caption: &str, groups: &[Group<'_>], over: bool, words: &Words) {
        let mut columns = vec![self.column, Word::ColumnSince];
        if over {
            columns.push(Word::ColumnUntil);
        }
        table(m, "unseen", caption, &columns, words, |m| {
            for group in groups {
                m.element("tr", &[], |m| {
                    m.element("th", &[("scope", &"row")], |m| {
                        m.record(&group.title);
                        if group.entries.len() > 1 {
                            m.leaf("bdi", &[("class", &"repeats")], format_args!("×{}", group.entries.len()));
                        }
                        if let Some(note) = group.entries.first().and_then(|entry| entry.note.as_ref()) {
                            m.element("span", &[("class", &"remark")], |m| m.record(note.expose()));
                        }
                    });
                    let first = group.entries.last().and_then(|entry| times(entry).0);
                    date(m, first.map(|when| words.on(when)).unwrap_or_default());
                    if over {
                        let latest = group.entries.first();
                        let until = latest.and_then(|entry| times(entry).1).map(|when| words.on(when));
                        let status = latest.map(|entry| words.status(&entry.status).to_owned());
                        date(m, until.or(status).unwrap_or_default());
                    }
                });
            }
        });
    }
}

/// A table; its caption is `unseen` where a heading above it says the same.
fn table(
    m: &mut Markup,
    caption_class: &'static str,
    caption: &str,
    columns: &[Word],
    words: &Words,
    rows: impl FnOnce(&mut Markup),
) {
    m.element("table", &[], |m| {
        m.leaf("caption", &[("class", &caption_class)], caption);
        m.element("thead", &[], |m| {
            m.element("tr", &[], |m| {
                for column in columns {
                    let class = match column {
                        Word::ColumnSince | Word::ColumnUntil | Word::ColumnWhen | Word::ColumnDates => "date",
                        Word::ColumnValue | Word::ColumnTimes => "number",
                        _ => "words",
                    };
                    m.leaf("th", &[("scope", &"col"), ("class", &class)], words.say(*column));
                }
            });
        });
        m.element("tbody", &[], rows);
    });
}

fn date(m: &mut Markup, said: impl std::fmt::Display) {
    m.element("td", &[("class", &"date")], |m| m.record(said));
}

pub(crate) fn immunizations(m: &mut Markup, entries: &[EntryView], words: &Words) {
    let given = entries.iter().map(|view| &view.entry);
    let groups = grouped(given.filter(|e| counts(e) && e.status != EntryStatus::NotDone), words);
    section(m, "immunizations", "card", words.say(Word::ImmunizationsTitle), |m| {
        if groups.is_empty() {
            m.leaf("p", &[("class", &"none")], words.say(Word::NoneRecorded));
            return;
        }
        let columns = [Word::ColumnVaccine, Word::ColumnDates];
        table(m, "unseen", words.say(Word::ImmunizationsTitle), &columns, words, |m| {
            for group in &groups {
                m.element("tr", &[], |m| {
                    let given = |entry: &ChartEntry| {
                        times(entry).0.map_or_else(|| words.say(Word::NoDate).to_owned(), |when| words.on(when))
                    };
                    let dates: Vec<_> = group.entries.iter().map(|entry| given(entry)).collect();
                    let (latest, earlier) = dates.split_first().map_or(("", &[][..]), |(l, e)| (l.as_str(), e));
                    m.element("th", &[("scope", &"row")], |m| {
                        m.record(&group.title);
                        if !earlier.is_empty() {
                            m.leaf("bdi", &[("class", &"repeats")], format_args!("×{}", dates.len()));
                            let list = earlier.join(", ");
                            m.element("span", &[("class", &"remark")], |m| {
                                m.record(words.fill(Word::EarlierDoses, &[("list", &list)]))
                            });
                        }
                    });
                    date(m, latest);
                });
            }
        });
    });
}

pub(crate) fn results(m: &mut Markup, entries: &[EntryView], words: &Words) {
    let mut groups: Vec<(String, Vec<&ChartEntry>)> = Vec::new();
    for entry in entries.iter().map(|view| &view.entry).filter(|entry| counts(entry)) {
        let name = group_of(entry, words);
        match groups.iter_mut().find(|(group, _)| *group == name) {
            Some((_, members)) => members.push(entry),
            None => groups.push((name, vec![entry])),
        }
    }
    section(m, "results", "card", words.say(Word::ResultsTitle), |m| {
        if groups.is_empty() {
            m.leaf("p", &[("class", &"none")], words.say(Word::NoneRecorded));
        }
        m.element("div", &[("class", &"columns")], |m| {
            for (name, members) in &groups {
                let columns = [Word::ColumnWhat, Word::ColumnValue, Word::ColumnWhen];
                table(m, "group", name, &columns, words, |m| {
                    for entry in members {
                        result(m, entry, words);
                    }
                });
            }
        });
    });
}

fn result(m: &mut Markup, entry: &ChartEntry, words: &Words) {
    m.element("tr", &[], |m| {
        m.element("th", &[("scope", &"row")], |m| m.record(words.title(entry)));
        m.element("td", &[("class", &"number")], |m| {
            let said = words.value_of(entry).unwrap_or_default();
            match &entry.value {
                // The exact number stays readable for machines where it is shown rounded.
                Some(EntryValue::Quantity(quantity)) => {
                    m.leaf("data", &[("value", &quantity.value)], said);
                }
                _ => m.record(said),
            }
        });
        date(m, entry.when.as_ref().map(|when| words.on(when)).unwrap_or_default());
    });
}

fn group_of(entry: &ChartEntry, words: &Words) -> String {
    let Some(category) = entry.categories.first() else { return words.say(Word::GroupOther).to_owned() };
    let word = match category.code.as_str() {
        "vital-signs" => Word::GroupVitalSigns,
        "laboratory" => Word::GroupLaboratory,
        "survey" => Word::GroupSurvey,
        "social-history" => Word::GroupSocial,
        "imaging" => Word::GroupImaging,
        "procedure" => Word::GroupProcedure,
        "exam" => Word::GroupExam,
        other => return category.display.clone().unwrap_or_else(|| other.to_owned()),
    };
    words.say(word).to_owned()
}

pub(crate) fn trends(m: &mut Markup, trends: &[Trend], words: &Words) {
    let drawn = || trends.iter().enumerate().filter(|(_, trend)| trend.series.iter().any(|s| !s.points.is_empty()));
    if drawn().next().is_none() {
        return;
    }
    section(m, "trends", "bare", words.say(Word::TrendsTitle), |m| {
        m.element("div", &[("class", &"tiles")], |m| {
            for (number, trend) in drawn() {
                m.element("article", &[("class", &"card trend-card")], |m| {
                    m.element("h3", &[], |m| m.record(&trend.label));
                    if let Some((value, date)) = trend.latest(words) {
                        m.element("p", &[("class", &"latest")], |m| {
                            m.leaf("strong", &[], value);
                            m.leaf("span", &[("class", &"unit")], format_args!(" {}", trend.unit_said()));
                            m.element("span", &[("class", &"on")], |m| m.record(date));
                        });
                    }
                    trend.draw(&format!("trend-{number}"), words).write(m);
                    trend.write_key(m, words);
                });
            }
        });
    });
}

pub(crate) fn accesses(m: &mut Markup, accesses: &[PageAccess], words: &Words) {
    section(m, "accesses", "card", words.say(Word::AccessTitle), |m| {
        if accesses.is_empty() {
            m.leaf("p", &[("class", &"none")], words.say(Word::NoneRecorded));
            return;
        }
        let columns = [Word::ColumnWho, Word::ColumnPurpose, Word::ColumnTimes, Word::ColumnWhen];
        table(m, "unseen", words.say(Word::AccessTitle), &columns, words, |m| {
            for access in accesses {
                m.element("tr", &[], |m| {
                    m.element("th", &[("scope", &"row")], |m| m.record(&access.who));
                    m.element("td", &[], |m| {
                        m.record(&access.purpose);
                        if access.denied {
                            m.leaf("span", &[("class", &"refused")], words.say(Word::Denied));
                        }
                    });
                    m.leaf("td", &[("class", &"number")], access.times);
                    date(m, words.moment(&access.when));
                });
            }
        });
    });
}
