//! A text made into a feed.

use std::collections::HashMap;

use super::clock::{self, Clocks};
use super::item;
use super::tree::{self, Component};
use super::values;
use super::words::{Feed, FeedItem, FeedKind, Refused};
use super::{OUR_PRODUCT, lines};
use crate::engage::{Override, Recurrence};
use crate::error::{Error, Result};
use crate::sensitive::Sensitive;
use crate::time::Zones;

/// Longest text, in bytes.
const LONGEST_TEXT: usize = 16 * 1024 * 1024;

/// Most instances of one item that stand for themselves.
const MOST_OVERRIDES: usize = 10_000;

/// Reads a calendar (RFC 5545, with the properties of RFC 7986 kept as they are).
///
/// Several calendars in one text become one feed. An event or something to do outside any calendar is read too. One that
/// is broken is named in [`Feed::refused`] with its line, and the others are read.
///
/// # Errors
/// `Invalid` with the line, for a text that is no calendar as a whole: not UTF-8, components that do not end or end
/// in each other, over 16 MiB, a line over 1,000,000 bytes, over 100,000 components, over 16 one in another.
///
/// # Example
/// ```
/// use prm_core::Zones;
/// use prm_core::interchange::ical;
/// let text = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Clinic//EN\r\nBEGIN:VEVENT\r\nUID:1\r\n\
///     DTSTAMP:20260301T000000Z\r\nDTSTART;TZID=Europe/Berlin:20260307T080000\r\nSUMMARY:Foot check\r\n\
///     RRULE:FREQ=YEARLY\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";
/// let zones = Zones::bundled();
/// let feed = ical::read(text.as_bytes(), &zones)?;
/// assert_eq!(feed.items[0].recurrence.as_ref().unwrap().start.to_string(), "2026-03-07T08:00:00");
/// assert_eq!(ical::read(ical::write(&feed, &zones)?.as_bytes(), &zones)?, feed);
/// # Ok::<(), prm_core::Error>(())
/// ```
pub fn read(text: &[u8], zones: &Zones) -> Result<Feed> {
    if text.len() > LONGEST_TEXT {
        return Err(Error::invalid("text", "a calendar of more than 16 MiB is not read"));
    }
    let root = lines::unfold(text).and_then(|lines| tree::tree(&lines)).map_err(at_line)?;
    let mut feed = Feed { refused: root.flaws.clone(), ..Feed::default() };
    let mut places = Vec::new();
    let mut bare = Clocks::of(zones, &root);
    let (mut calendars, mut bare_ones): (u32, u32) = (0, 0);
    for component in &root.components {
        match component.name.as_str() {
            "VCALENDAR" => match calendar(&mut feed, component, calendars == 0, zones, &mut places) {
                Ok(()) => calendars += 1,
                Err(reason) => feed.refused.push(reason),
            },
            "VEVENT" | "VTODO" => {
                bare_ones += 1;
                add(&mut feed, component, &mut bare, &mut places);
            }
            _ => feed.refused.push(Refused::new(component.line, "a component outside any calendar")),
        }
    }
    if calendars + bare_ones == 0 {
        let first = feed.refused.into_iter().next();
        return Err(at_line(first.unwrap_or_else(|| Refused::new(1, "there is no calendar in the text"))));
    }
    apply_instances(&mut feed, &places, zones);
    feed.refused.sort_by_key(|refused| refused.line);
    Ok(feed)
}

fn at_line(refused: Refused) -> Error {
    Error::invalid(format!("line {}", refused.line), refused.reason)
}

fn calendar(
    feed: &mut Feed,
    calendar: &Component,
    first: bool,
    zones: &Zones,
    places: &mut Vec<u32>,
) -> std::result::Result<(), Refused> {
    let one = |name: &str| calendar.one(name).map(|found| found.map(|placed| (placed.line, &placed.property)));
    if let Some((line, version)) = one("VERSION")?
        && version.value.expose().trim() != "2.0"
    {
        return Err(Refused::new(line, "a calendar of another version than 2.0"));
    }
    if let Some((line, scale)) = one("CALSCALE")?
        && !scale.value.expose().trim().eq_ignore_ascii_case("GREGORIAN")
    {
        return Err(Refused::new(line, "a calendar that is not the Gregorian one"));
    }
    let method = one("METHOD")?.map(|(_, method)| values::unescaped(method.value.expose()));
    if first {
        feed.method = method;
        let product = one("PRODID")?.map(|(_, product)| values::unescaped(product.value.expose()));
        feed.product = product.filter(|product| product != OUR_PRODUCT);
    } else if method != feed.method {
        return Err(Refused::new(calendar.line, "a calendar that is sent for something else than the first one"));
    }
    feed.refused.extend(calendar.flaws.iter().cloned());
    let own = ["VERSION", "CALSCALE", "METHOD", "PRODID"];
    let others = calendar.properties.iter().filter(|placed| !own.contains(&placed.property.name.as_str()));
    feed.extra.extend(others.map(|placed| placed.property.clone()));
    let mut clocks = Clocks::of(zones, calendar);
    for component in &calendar.components {
        if matches!(component.name.as_str(), "VEVENT" | "VTODO") {
            add(feed, component, &mut clocks, places);
        } else if let Some(flaw) = component.flaw() {
            feed.refused.push(flaw.clone());
        } else if !is_plain_zone(component, zones) {
            feed.kept.push(component.kept());
        }
    }
    Ok(())
}

fn add(feed: &mut Feed, component: &Component, clocks: &mut Clocks<'_>, places: &mut Vec<u32>) {
    match item::item(component, clocks) {
        Ok((item, refused)) => {
            feed.items.push(item);
            places.push(component.line);
            feed.refused.extend(refused);
        }
        Err(reason) => feed.refused.push(reason),
    }
}

/// Whether it defines a zone under the name that the database has it by.
fn is_plain_zone(component: &Component, zones: &Zones) -> bool {
    let id = if component.name == "VTIMEZONE" { component.one("TZID").ok().flatten() } else { None };
    id.is_some_and(|id| clock::exists(zones, &values::unescaped(id.property.value.expose())))
}

/// Puts the times of instances that stand for themselves into the recurrences that they belong to.
fn apply_instances(feed: &mut Feed, places: &[u32], zones: &Zones) {
    let mut owners: HashMap<(FeedKind, Sensitive), usize> = HashMap::new();
    for (at, item) in feed.items.iter().enumerate() {
        if let (Some(uid), None, Some(_)) = (&item.uid, &item.instance, &item.recurrence) {
            owners.entry((item.kind, uid.clone())).or_insert(at);
        }
    }
    let mut found: HashMap<usize, Vec<(u32, Override)>> = HashMap::new();
    for (item, line) in feed.items.iter().zip(places) {
        let Some(owner) = item.uid.clone().and_then(|uid| owners.get(&(item.kind, uid))) else { continue };
        let Some(of) = feed.items.get(*owner).and_then(|item| item.recurrence.as_ref()) else { continue };
        if item.from_here_on {
            let reason = "a change from one instance on is kept, and not applied to the times of the item";
            feed.refused.push(Refused::new(*line, reason));
        } else if let Some(change) = change(item, of, zones) {
            found.entry(*owner).or_default().push((item.sequence.unwrap_or_default(), change));
        }
    }
    for (owner, mut changes) in found {
        // The latest revision of an instance counts, and of equal ones the last.
        changes.sort_by_key(|(sequence, change)| (change.stamp, *sequence));
        let mut overrides: Vec<Override> = Vec::with_capacity(changes.len());
        for (_, change) in changes {
            if overrides.last().is_some_and(|last| last.stamp == change.stamp) {
                overrides.pop();
            }
            overrides.push(change);
        }
        overrides.retain(|change| change.to != Some(change.stamp.civil));
        if overrides.len() > MOST_OVERRIDES {
            let line = places.get(owner).copied().unwrap_or_default();
            feed.refused.push(Refused::new(line, "more than 10,000 instances stand for themselves; none is applied"));
        } else if let Some(recurrence) = feed.items.get_mut(owner).and_then(|item| item.recurrence.as_mut()) {
            recurrence.overrides = overrides;
        }
    }
}

/// What an instance that stands for itself changes in the times of its item.
pub(super) fn change(item: &FeedItem, of: &Recurrence, zones: &Zones) -> Option<Override> {
    let stamp = clock::on_clock(zones, item.instance.as_ref()?, of)?;
    if item.status.as_deref().is_some_and(|status| status.eq_ignore_ascii_case("CANCELLED")) {
        return Some(Override { stamp, to: None });
    }
    let start = item.recurrence.as_ref()?;
    let start = super::words::FeedTime { civil: start.start, zone: start.zone.clone(), all_day: start.all_day };
    Some(Override { stamp, to: Some(clock::on_clock(zones, &start, of)?.civil) })
}
