//! A feed made into a text.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::words::{
    Alarm, AlarmTrigger, Attached, Feed, FeedItem, FeedKind, FeedTime, RawComponent, RawParameter, RawProperty,
};
use super::{EPOCH_STAMP, NAMELESS, OUR_PRODUCT, clock, definition, lines, read, tree, values};
use crate::engage::{ClockZone, Override, Recurrence};
use crate::error::{Error, Result};
use crate::sensitive::Sensitive;
use crate::time::{CivilTime, Instant, Zones};

/// Writes a feed as RFC 5545 has it: lines of 75 bytes that end with CRLF, with a definition of every zone that is named.
///
/// [`read`](super::read) makes the same feed of it, but for what was refused. Two things are added that come with a feed
/// only if something made them up: a `UID` and a `DTSTAMP` where there is none, in a form that is read as none; and an
/// item of its own for each override of a recurrence that none stands for.
///
/// # Errors
/// `Invalid` for a zone that is not in the database, a length or rule that RFC 5545 has no words for, and names of
/// properties or components that are none.
pub fn write(feed: &Feed, zones: &Zones) -> Result<String> {
    let mut body = Body { zones, text: String::new(), used: BTreeMap::new(), too_long: false };
    for property in &feed.extra {
        body.raw(property)?;
    }
    let mut components = Body { zones, text: String::new(), used: BTreeMap::new(), too_long: false };
    let mut instances: HashMap<(FeedKind, &str), Vec<&FeedItem>> = HashMap::new();
    for item in feed.items.iter().filter(|item| item.instance.is_some()) {
        if let Some(uid) = &item.uid {
            instances.entry((item.kind, uid.expose().as_str())).or_default().push(item);
        }
    }
    for (at, item) in feed.items.iter().enumerate() {
        let uid = name_of(item, at, zones)?;
        components.item(item, &uid)?;
        let Some(recurrence) = item.recurrence.as_ref().filter(|of| !of.overrides.is_empty()) else { continue };
        let of_item = instances.get(&(item.kind, uid.as_str())).map_or(&[][..], Vec::as_slice);
        let stand: HashSet<_> = of_item.iter().filter_map(|one| read::change(one, recurrence, zones)).collect();
        for change in recurrence.overrides.iter().filter(|change| !stand.contains(change)) {
            components.item(&instance(item, recurrence, change, zones)?, &uid)?;
        }
    }
    for component in &feed.kept {
        components.kept(component)?;
    }
    if body.too_long || components.too_long {
        return Err(Error::invalid("feed", "a line of a calendar has at most 1,000,000 bytes"));
    }
    let mut used = body.used;
    for (zone, years) in components.used {
        used.entry(zone).and_modify(|all| *all = all.and(years)).or_insert(years);
    }
    let mut text = String::from("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n");
    let product = feed.product.as_deref().unwrap_or(OUR_PRODUCT);
    lines::fold(&mut text, &lines::line("PRODID", &[], &values::escaped(product)));
    if let Some(method) = &feed.method {
        lines::fold(&mut text, &lines::line("METHOD", &[], &values::escaped(method)));
    }
    text.push_str(&body.text);
    for (zone, years) in used {
        for line in definition::lines(&zone, years, zones)? {
            lines::fold(&mut text, &line);
        }
    }
    text.push_str(&components.text);
    text.push_str("END:VCALENDAR\r\n");
    Ok(text)
}

/// The name of an item among all calendars. One that has none gets one made of its content, so that writing it twice
/// gives the same.
fn name_of(item: &FeedItem, at: usize, zones: &Zones) -> Result<String> {
    if let Some(uid) = item.uid.as_ref().map(Sensitive::expose).filter(|uid| !uid.is_empty()) {
        return Ok(uid.clone());
    }
    let mut body = Body { zones, text: at.to_string(), used: BTreeMap::new(), too_long: false };
    body.item(item, "")?;
    let mut hash: u128 = 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d;
    for byte in body.text.bytes() {
        hash = (hash ^ u128::from(byte)).wrapping_mul(0x0000_0000_0100_0000_0000_0000_0000_013b);
    }
    // Instances are told from others by the name, which is then to be read again.
    let overridden = item.recurrence.as_ref().is_some_and(|recurrence| !recurrence.overrides.is_empty());
    let prefix = if overridden { "urn:prm:item:" } else { NAMELESS };
    Ok(format!("{prefix}{hash:032x}"))
}

/// The time that names an instance. The second of two equal civil times has a name in UTC alone.
fn instance_time(of: &Recurrence, change: &Override, zones: &Zones) -> Result<FeedTime> {
    let civil = change.stamp.civil;
    if let (true, ClockZone::Zone(zone)) = (change.stamp.second, &of.zone)
        && let crate::time::LocalTime::Twice { second, .. } = zones.resolve(zone, civil.naive())?
    {
        return Ok(FeedTime { civil: CivilTime::try_from(second.naive_utc())?, zone: ClockZone::Utc, all_day: false });
    }
    Ok(FeedTime { civil, zone: of.zone.clone(), all_day: of.all_day })
}

/// The item that stands for an overridden instance.
pub(super) fn instance(item: &FeedItem, of: &Recurrence, change: &Override, zones: &Zones) -> Result<FeedItem> {
    let at = instance_time(of, change, zones)?;
    let start = change.to.unwrap_or(change.stamp.civil);
    let ends = match &item.ends {
        Some(ends) => Some(moved(ends, of, start, zones)?),
        None => None,
    };
    Ok(FeedItem {
        kind: item.kind,
        instance: Some(at),
        sequence: item.sequence,
        stamp: item.stamp,
        summary: item.summary.clone(),
        status: if change.to.is_none() { Some("CANCELLED".to_owned()) } else { None },
        recurrence: Some(single(start, of)),
        ends,
        lasts: item.lasts,
        ..FeedItem::default()
    })
}

/// A recurrence of one time on the clock of another.
pub(super) fn single(start: CivilTime, of: &Recurrence) -> Recurrence {
    Recurrence {
        start,
        rule: None,
        added: Vec::new(),
        excluded: Vec::new(),
        overrides: Vec::new(),
        last: None,
        ..of.clone()
    }
}

/// The end of an instance that starts at another time than the first.
fn moved(ends: &FeedTime, of: &Recurrence, start: CivilTime, zones: &Zones) -> Result<FeedTime> {
    let far = || Error::invalid("items.ends", "a time is out of range");
    if ends.zone == of.zone || of.all_day || ends.all_day {
        let shift = ends.civil.seconds().checked_sub(of.start.seconds()).ok_or_else(far)?;
        let civil = start.seconds().checked_add(shift).and_then(CivilTime::from_seconds).ok_or_else(far)?;
        return Ok(FeedTime { civil, ..ends.clone() });
    }
    let at = |civil, zone: &ClockZone| clock::instant(zones, civil, zone).ok_or_else(far);
    let length = at(ends.civil, &ends.zone)? - at(of.start, &of.zone)?;
    let end = at(start, &of.zone)?.checked_add_signed(length).ok_or_else(far)?;
    let civil = clock::stamp(zones, end, &ends.zone).ok_or_else(far)?.civil;
    Ok(FeedTime { civil, ..ends.clone() })
}

/// Lines as they are written, and the zones that they name.
struct Body<'z> {
    zones: &'z Zones,
    text: String,
    used: BTreeMap<String, definition::Years>,
    /// Whether a line is longer than what is read.
    too_long: bool,
}

impl Body<'_> {
    fn line(&mut self, name: &str, parameters: &[RawParameter], value: &str) {
        let line = lines::line(name, parameters, value);
        self.too_long |= line.len() > lines::LONGEST_LINE;
        lines::fold(&mut self.text, &line);
    }

    fn uses(&mut self, zone: &str, years: definition::Years) {
        self.used.entry(zone.to_owned()).and_modify(|all| *all = all.and(years)).or_insert(years);
    }

    fn raw(&mut self, property: &RawProperty) -> Result<()> {
        let named = |name: &str| !matches!(name, "BEGIN" | "END") && lines::is_name(name);
        if !named(&property.name) || !property.parameters.iter().all(|parameter| lines::is_name(&parameter.name)) {
            return Err(Error::invalid("extra.name", "names are made of letters, digits and hyphens"));
        }
        self.names_zones(property);
        self.line(&property.name, &property.parameters, property.value.expose());
        Ok(())
    }

    /// Notes the zones that a property which is kept as it came names.
    fn names_zones(&mut self, property: &RawProperty) {
        for zone in property.parameters.iter().filter(|p| p.name == "TZID").flat_map(|p| &p.values) {
            if clock::exists(self.zones, zone.expose()) {
                let year = property.value.expose().get(..4).and_then(|year| year.parse().ok()).unwrap_or(2000);
                self.uses(zone.expose(), definition::Years { first: year, last: year, open: true });
            }
        }
    }

    fn kept(&mut self, component: &RawComponent) -> Result<()> {
        let broken = || Error::invalid("kept", "a component that is kept is whole lines from its BEGIN to its END");
        let unfolded = lines::unfold(component.text.expose().as_bytes()).map_err(|_| broken())?;
        let root = tree::tree(&unfolded).map_err(|_| broken())?;
        if root.components.len() != 1 || root.flaw().is_some() || !root.properties.is_empty() {
            return Err(broken());
        }
        for line in &unfolded {
            if let Ok(property) = lines::property(&line.text) {
                self.names_zones(&property);
            }
            lines::fold(&mut self.text, &line.text);
        }
        Ok(())
    }

    fn item(&mut self, item: &FeedItem, uid: &str) -> Result<()> {
        let (name, end) = match item.kind {
            FeedKind::Event => ("VEVENT", "DTEND"),
            FeedKind::Task => ("VTODO", "DUE"),
        };
        let with = |property: &str| attached(&item.attached, property);
        self.line("BEGIN", &[], name);
        self.line("UID", with("UID"), &values::escaped(uid));
        let stamp = item.stamp.map_or_else(|| Ok(EPOCH_STAMP.to_owned()), utc_text)?;
        self.line("DTSTAMP", with("DTSTAMP"), &stamp);
        if let Some(sequence) = item.sequence {
            self.line("SEQUENCE", with("SEQUENCE"), &sequence.to_string());
        }
        if let Some(instance) = &item.instance {
            let mut parameters = with("RECURRENCE-ID").to_vec();
            if item.from_here_on {
                parameters.push(parameter("RANGE", "THISANDFUTURE"));
            }
            self.time("RECURRENCE-ID", parameters, instance);
        }
        let texts = [("SUMMARY", &item.summary), ("DESCRIPTION", &item.description), ("LOCATION", &item.location)];
        for (name, text) in texts {
            if let Some(text) = text {
                self.line(name, with(name), &values::escaped(text.expose()));
            }
        }
        if let Some(status) = &item.status {
            self.line("STATUS", with("STATUS"), &values::escaped(status));
        }
        if let Some(recurrence) = &item.recurrence {
            self.recurrence(item, recurrence)?;
        }
        if let Some(ends) = &item.ends {
            self.time(end, with(end).to_vec(), ends);
        }
        if let Some(lasts) = &item.lasts {
            let text = values::duration_text(lasts).ok_or_else(|| no_words("items.lasts"))?;
            self.line("DURATION", with("DURATION"), &text);
        }
        if !item.categories.is_empty() {
            let all: Vec<_> = item.categories.iter().map(|category| values::escaped(category.expose())).collect();
            // Lists may be as long as the text was; lines may not.
            let mut rest = all.as_slice();
            while !rest.is_empty() {
                let (some, others) = rest.split_at(rest.len().min(50));
                self.line("CATEGORIES", &[], &some.join(","));
                rest = others;
            }
        }
        if let Some(completed) = item.completed {
            self.line("COMPLETED", with("COMPLETED"), &utc_text(completed)?);
        }
        if let Some(percent) = item.percent {
            self.line("PERCENT-COMPLETE", with("PERCENT-COMPLETE"), &percent.min(100).to_string());
        }
        for property in &item.extra {
            self.raw(property)?;
        }
        for alarm in &item.alarms {
            self.alarm(alarm)?;
        }
        for component in &item.kept {
            self.kept(component)?;
        }
        self.line("END", &[], name);
        Ok(())
    }

    fn recurrence(&mut self, item: &FeedItem, recurrence: &Recurrence) -> Result<()> {
        let Recurrence { start, zone, all_day, .. } = recurrence;
        let with = |property: &str| attached(&item.attached, property).to_vec();
        let at = |civil: CivilTime| FeedTime { civil, zone: zone.clone(), all_day: *all_day };
        self.time("DTSTART", with("DTSTART"), &at(*start));
        if let Some(rule) = &recurrence.rule {
            let mut rule = rule.clone();
            rule.until = rule.until.map(|until| clock::until(self.zones, until, zone, *all_day));
            if let ClockZone::Zone(name) = zone {
                let end = recurrence.last.filter(|_| rule.count.is_some());
                let year = end.map_or(start.date(), CivilTime::date).naive();
                let year = chrono::Datelike::year(&year);
                self.uses(name, definition::Years { first: year, last: year, open: end.is_none() });
            }
            let text = super::rule_text(&rule);
            self.line("RRULE", &with("RRULE"), &text);
        }
        let has_period = |at: &CivilTime| item.periods.iter().any(|period| period.starts == *at);
        let added: Vec<_> = recurrence.added.iter().filter(|at| !has_period(at)).copied().collect();
        self.times("RDATE", with("RDATE"), &added, &at(*start));
        if !item.periods.is_empty() {
            let z = if *zone == ClockZone::Utc { "Z" } else { "" };
            let text = |at: CivilTime| values::time_text(at) + z;
            let all: Vec<_> =
                item.periods.iter().map(|period| text(period.starts) + "/" + &text(period.ends)).collect();
            let mut parameters = with("RDATE");
            parameters.push(parameter("VALUE", "PERIOD"));
            for period in &item.periods {
                self.zone_parameter(&mut parameters, &at(period.ends));
            }
            self.line("RDATE", &parameters, &all.join(","));
        }
        self.times("EXDATE", with("EXDATE"), &recurrence.excluded, &at(*start));
        Ok(())
    }

    fn times(&mut self, name: &str, mut parameters: Vec<RawParameter>, times: &[CivilTime], like: &FeedTime) {
        if times.is_empty() {
            return;
        }
        if like.all_day {
            parameters.push(parameter("VALUE", "DATE"));
        }
        let mut all = Vec::with_capacity(times.len());
        for civil in times {
            let at = FeedTime { civil: *civil, ..like.clone() };
            self.zone_parameter(&mut parameters, &at);
            all.push(text_of(&at));
        }
        self.line(name, &parameters, &all.join(","));
    }

    fn time(&mut self, name: &str, mut parameters: Vec<RawParameter>, at: &FeedTime) {
        if at.all_day {
            parameters.push(parameter("VALUE", "DATE"));
        }
        self.zone_parameter(&mut parameters, at);
        self.line(name, &parameters, &text_of(at));
    }

    fn zone_parameter(&mut self, parameters: &mut Vec<RawParameter>, at: &FeedTime) {
        let (ClockZone::Zone(zone), false) = (&at.zone, at.all_day) else { return };
        let year = chrono::Datelike::year(&at.civil.date().naive());
        self.uses(zone, definition::Years { first: year, last: year, open: false });
        if !parameters.iter().any(|parameter| parameter.name == "TZID") {
            parameters.push(parameter("TZID", zone));
        }
    }

    fn alarm(&mut self, alarm: &Alarm) -> Result<()> {
        let with = |property: &str| attached(&alarm.attached, property);
        self.line("BEGIN", &[], "VALARM");
        self.line("ACTION", with("ACTION"), &values::escaped(&alarm.action));
        let mut parameters = with("TRIGGER").to_vec();
        let before =
            |span: crate::engage::Span| values::duration_text(&span.negated()).ok_or_else(|| no_words("items.alarms"));
        let value = match &alarm.trigger {
            AlarmTrigger::BeforeStart(span) => before(*span)?,
            AlarmTrigger::BeforeEnd(span) => {
                parameters.push(parameter("RELATED", "END"));
                before(*span)?
            }
            AlarmTrigger::At(at) => {
                parameters.push(parameter("VALUE", "DATE-TIME"));
                utc_text(*at)?
            }
        };
        self.line("TRIGGER", &parameters, &value);
        if let Some(description) = &alarm.description {
            self.line("DESCRIPTION", with("DESCRIPTION"), &values::escaped(description.expose()));
        }
        for property in &alarm.extra {
            self.raw(property)?;
        }
        self.line("END", &[], "VALARM");
        Ok(())
    }
}

fn no_words(field: &'static str) -> Error {
    Error::invalid(field, "a length in a calendar is made of weeks, days, hours and minutes, all of one sign")
}

fn attached<'a>(all: &'a [Attached], property: &str) -> &'a [RawParameter] {
    all.iter().find(|of| of.property == property).map_or(&[], |of| of.parameters.as_slice())
}

fn parameter(name: &str, value: &str) -> RawParameter {
    RawParameter { name: name.to_owned(), values: vec![Sensitive::from(value)] }
}

fn text_of(at: &FeedTime) -> String {
    match (at.all_day, &at.zone) {
        (true, _) => values::date_text(at.civil.date()),
        (false, ClockZone::Utc) => values::time_text(at.civil) + "Z",
        (false, _) => values::time_text(at.civil),
    }
}

fn utc_text(at: Instant) -> Result<String> {
    Ok(values::time_text(CivilTime::try_from(at.naive_utc())?) + "Z")
}
