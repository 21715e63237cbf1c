//! Names of zones, and times on one clock that were written on another.

use std::collections::HashMap;

use super::tree::Component;
use super::values;
use super::windows::WINDOWS_ZONES;
use super::words::FeedTime;
use crate::engage::{ClockStamp, ClockZone, Recurrence, Until};
use crate::time::{CivilTime, Instant, LocalTime, Zones};

/// The zones of one calendar.
pub(super) struct Clocks<'t> {
    zones: &'t Zones,
    defined: HashMap<String, &'t Component>,
    known: HashMap<String, Option<String>>,
}

impl<'t> Clocks<'t> {
    /// Zones by their IANA names, and what a calendar says of others.
    pub(super) fn of(zones: &'t Zones, calendar: &'t Component) -> Self {
        let mut defined = HashMap::new();
        for component in calendar.components.iter().filter(|component| component.name == "VTIMEZONE") {
            if let Ok(Some(id)) = component.one("TZID") {
                defined.insert(values::unescaped(id.property.value.expose()), component);
            }
        }
        Clocks { zones, defined, known: HashMap::new() }
    }

    /// The database of zones.
    pub(super) fn zones(&self) -> &'t Zones {
        self.zones
    }

    /// The IANA name of a zone that a calendar calls `id`; none if nothing proves which it is.
    pub(super) fn name(&mut self, id: &str) -> Option<String> {
        if let Some(name) = self.known.get(id) {
            return name.clone();
        }
        let name = self.find(id);
        self.known.insert(id.to_owned(), name.clone());
        name
    }

    fn find(&self, id: &str) -> Option<String> {
        if exists(self.zones, id) {
            return Some(id.to_owned());
        }
        // Programs put a path of their own before the name: `/freeassociation.sourceforge.net/Europe/Berlin`.
        let mut rest = id;
        while let Some((_, after)) = rest.split_once('/') {
            if after.contains('/') && exists(self.zones, after) {
                return Some(after.to_owned());
            }
            rest = after;
        }
        let windows = WINDOWS_ZONES.iter().find(|(name, _)| *name == id).map(|(_, zone)| (*zone).to_owned());
        if let Some(zone) = windows.filter(|zone| exists(self.zones, zone)) {
            return Some(zone);
        }
        let defined = self.defined.get(id)?;
        let location = defined.one("X-LIC-LOCATION").ok().flatten().map(|at| at.property.value.expose().trim());
        if let Some(name) = location.filter(|name| exists(self.zones, name)) {
            return Some(name.to_owned());
        }
        fixed(defined).filter(|name| exists(self.zones, name))
    }
}

/// Whether the database has a zone of that name.
pub(super) fn exists(zones: &Zones, name: &str) -> bool {
    name.is_ascii() && zones.offset_at(name, Instant::UNIX_EPOCH).is_ok()
}

/// The zone of an offset of whole hours that a definition never leaves.
fn fixed(zone: &Component) -> Option<String> {
    let mut found = None;
    for part in &zone.components {
        for name in ["TZOFFSETFROM", "TZOFFSETTO"] {
            let seconds = values::offset(part.one(name).ok()??.property.value.expose())?;
            if *found.get_or_insert(seconds) != seconds {
                return None;
            }
        }
    }
    let seconds = found.filter(|seconds| seconds % 3_600 == 0)?;
    // The names of these zones count westward.
    Some(match seconds / 3_600 {
        0 => "Etc/GMT".to_owned(),
        hours => format!("Etc/GMT{:+}", -hours),
    })
}

/// The instant of a civil time on a clock. A floating one is taken as if it were UTC, for comparisons alone.
pub(super) fn instant(zones: &Zones, civil: CivilTime, zone: &ClockZone) -> Option<Instant> {
    let at = match zone {
        ClockZone::Zone(name) => zones.resolve(name, civil.naive()).ok()?.instant(),
        ClockZone::Utc | ClockZone::Floating => civil.naive().and_utc(),
    };
    // Beyond the years of civil times nothing can be written.
    CivilTime::try_from(at.naive_utc()).is_ok().then_some(at)
}

/// What a clock shows at an instant, and whether for the second time.
pub(super) fn stamp(zones: &Zones, at: Instant, zone: &ClockZone) -> Option<ClockStamp> {
    let ClockZone::Zone(name) = zone else {
        return Some(ClockStamp { civil: CivilTime::try_from(at.naive_utc()).ok()?, second: false });
    };
    let civil = CivilTime::try_from(zones.local(name, at).ok()?.naive_local()).ok()?;
    let second = matches!(zones.resolve(name, civil.naive()).ok()?, LocalTime::Twice { second, .. } if second == at);
    Some(ClockStamp { civil, second })
}

/// A time on the clock of a recurrence. Days and times of day take from each other what they lack, and a floating time
/// is read as it stands: what programs write is not always of the kind of the start.
pub(super) fn on_clock(zones: &Zones, time: &FeedTime, of: &Recurrence) -> Option<ClockStamp> {
    let as_written = |civil| Some(ClockStamp { civil, second: false });
    if of.all_day {
        return as_written(time.civil.date().start());
    }
    if time.all_day {
        let at = time.civil.date().at(of.start.naive().time());
        return as_written(CivilTime::try_from(at).ok()?);
    }
    if time.zone == of.zone || time.zone == ClockZone::Floating || of.zone == ClockZone::Floating {
        return as_written(time.civil);
    }
    stamp(zones, instant(zones, time.civil, &time.zone)?, &of.zone)
}

/// The end of a rule in the kind that RFC 5545 asks for: a day for days, a floating time for floating ones, otherwise an
/// instant. A day counts to its end.
pub(super) fn until(zones: &Zones, until: Until, zone: &ClockZone, all_day: bool) -> Until {
    let last = |civil: CivilTime| CivilTime::from_seconds(civil.date().start().seconds() + 86_399).unwrap_or(civil);
    let at = |civil| instant(zones, civil, zone).map_or(Until::Civil(civil), Until::Instant);
    match (until, all_day, zone) {
        (Until::Civil(civil), true, _) => Until::Date(civil.date()),
        (Until::Instant(at), true, _) => {
            CivilTime::try_from(at.naive_utc()).map_or(until, |civil| Until::Date(civil.date()))
        }
        (Until::Date(date), false, ClockZone::Floating) => Until::Civil(last(date.start())),
        (Until::Date(date), false, _) => at(last(date.start())),
        (Until::Civil(civil), false, ClockZone::Utc | ClockZone::Zone(_)) => at(civil),
        _ => until,
    }
}
