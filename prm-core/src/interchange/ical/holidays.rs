//! A calendar of holidays made of a feed.

use std::collections::HashSet;

use chrono::TimeDelta;

use super::values;
use super::words::{Feed, FeedItem, FeedKind};
use crate::engage::{Holiday, HolidayCalendar, Recurrence};
use crate::error::{Error, Result};
use crate::time::{CivilTime, Date, Zones};

/// Most holidays of a calendar.
const MOST_HOLIDAYS: usize = 10_000;

/// Longest holiday, in days.
const LONGEST: i64 = 366;

fn uid(item: &FeedItem) -> Option<&str> {
    item.uid.as_ref().map(|uid| uid.expose().as_str())
}

/// Makes a calendar of holidays of the events of whole days in a feed, from a day until another, both included. Events
/// that were called off and those at a time of day are passed over. A holiday of several days is one on each.
///
/// The calendar has the name of the feed (`NAME`, `X-WR-CALNAME`) and says where it is from (`SOURCE`, or what made the
/// feed). Its weekend is Saturday and Sunday: feeds do not say.
///
/// # Errors
/// `Invalid` for days in the wrong order, a rule that is none, a holiday of more than 366 days, over 10,000 holidays,
/// and a feed that has none in those days.
pub fn holidays_of(feed: &Feed, from: Date, until: Date, zones: &Zones) -> Result<HolidayCalendar> {
    if until < from {
        return Err(Error::invalid("until", "the last day is before the first"));
    }
    let mut holidays: Vec<Holiday> = Vec::new();
    let whole = feed.items.iter().filter(|item| item.instance.is_none() && item.recurrence.is_some());
    let repeating: HashSet<&str> = whole.filter_map(uid).collect();
    for item in feed.items.iter().filter(|item| item.kind == FeedKind::Event) {
        let off = item.status.as_deref().is_some_and(|status| status.eq_ignore_ascii_case("CANCELLED"));
        let Some(recurrence) = item.recurrence.as_ref().filter(|of| of.all_day && !off) else { continue };
        // An instance is among the days of the item that repeats, unless that item is not in the feed.
        if item.instance.is_some() && uid(item).is_some_and(|uid| repeating.contains(uid)) {
            continue;
        }
        let length = item.length(zones).map_or(1, |span| span.days.saturating_add(span.weeks.saturating_mul(7))).max(1);
        if length > LONGEST {
            return Err(Error::invalid("feed.items.ends", "a holiday of more than 366 days"));
        }
        let name = item.summary.as_ref().map(|text| text.expose().trim().to_owned()).unwrap_or_default();
        for first in days(recurrence, earlier(from, length), until, zones)? {
            let all = (0..length).filter_map(|day| first.naive().checked_add_signed(TimeDelta::days(day)));
            for date in all.filter_map(|date| Date::try_from(date).ok()).filter(|d| (from..=until).contains(d)) {
                if holidays.len() >= MOST_HOLIDAYS {
                    return Err(Error::invalid("feed.items", "more than 10,000 holidays; ask for fewer years"));
                }
                holidays.push(Holiday { date, name: name.clone() });
            }
        }
    }
    holidays.sort_by(|a, b| (a.date, &a.name).cmp(&(b.date, &b.name)));
    holidays.dedup();
    if holidays.is_empty() {
        return Err(Error::invalid("feed.items", "there is no event of a whole day in those days"));
    }
    let named = |name: &str| {
        let property = feed.extra.iter().find(|property| property.name == name)?;
        Some(values::unescaped(property.value.expose())).filter(|text| !text.trim().is_empty())
    };
    let source = named("SOURCE").or_else(|| feed.product.clone());
    Ok(HolidayCalendar {
        name: named("NAME").or_else(|| named("X-WR-CALNAME")).unwrap_or_else(|| "Holidays".to_owned()),
        source: source.unwrap_or_default(),
        weekend: Vec::new(),
        holidays,
    })
}

fn earlier(day: Date, by: i64) -> Date {
    day.naive().checked_sub_signed(TimeDelta::days(by)).and_then(|day| Date::try_from(day).ok()).unwrap_or(day)
}

/// The days on which whole days of a recurrence begin.
fn days(of: &Recurrence, from: Date, until: Date, zones: &Zones) -> Result<Vec<Date>> {
    // A whole day is a civil one: where it is looked at does not matter.
    let floating = Recurrence { zone: crate::engage::ClockZone::Utc, ..of.clone() }.checked(zones)?;
    let (begin, end) = (from.start().naive().and_utc(), until.start().naive().and_utc() + TimeDelta::days(1));
    let limit = u32::try_from(MOST_HOLIDAYS).unwrap_or(u32::MAX);
    let found = floating.between(zones, "UTC", begin, end, limit)?;
    if found.cut_off {
        return Err(Error::invalid("feed.items", "more than 10,000 holidays; ask for fewer years"));
    }
    let civil = |at: CivilTime| at.date();
    Ok(found.instances.iter().map(|instance| civil(instance.civil)).collect())
}
