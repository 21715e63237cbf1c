//! What follows from schedules and outcomes: adherence, reminders, feeds for calendars, the days ahead.

use std::collections::BTreeMap;
use std::ops::ControlFlow;

use chrono::TimeDelta;
use serde::{Deserialize, Serialize};

use super::engage::EngageRoom;
use super::plans::{self, Change};
use super::worklist;
use crate::command::{Batch, Command};
use crate::engage::due::{self, Card};
use crate::engage::evaluate::{self, SHOWN};
use crate::engage::load::Loader;
use crate::engage::{
    AdherenceView, DueQuery, ForecastDay, ForecastView, OccurrenceState, OccurrenceView, ReminderItem, ReminderPlan,
    ReminderPreferences, ReminderRequest, Schedule, ScheduleStatus,
};
use crate::error::{Error, Result};
use crate::id::{CarePlanId, CareTemplateId, PatientId, ScheduleId};
use crate::interchange::ical::{self, ScheduledItem};
use crate::plan::{CarePlan, PlanStart, UpgradeChoices};
use crate::progress::Progress;
use crate::store::engine::Order;
use crate::store::key::{Pid, Prefix};
use crate::store::record::Stored;
use crate::store::tables::Table;
use crate::time::{Date, Instant, Zones};

/// Days that an adherence calendar or a look ahead may have.
const DAYS: i64 = 3_660;
/// Days in which reminders are looked for.
const AHEAD: i64 = 400;

/// A change of plans whose effect on the days ahead is looked at: every plan made from the template, upgraded to its current
/// version.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TemplateChange {
    /// The template, in the version plans would have.
    pub template: CareTemplateId,
    /// What would be done about each row that differs.
    pub choices: UpgradeChoices,
    /// From when on new rows would hold, and what they would be made from.
    pub start: PlanStart,
}

/// What was taken from a feed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FeedImport {
    /// Schedules made from items, in the order of the feed.
    pub schedules: Vec<ScheduleId>,
    /// What was not taken, each with its line and the reason.
    pub refused: Vec<String>,
}

impl EngageRoom<'_> {
    /// How well a patient's care goes in the days from `from` to `to`, by all schedules or by one; as it stands, or as it
    /// stood at an instant: with what was expected and known then. Days are those where the patient lives.
    ///
    /// # Errors
    /// As [`occurrences`](Self::occurrences); `Invalid` for days that end before they begin.
    pub fn adherence(
        &self,
        patient: PatientId,
        from: Date,
        to: Date,
        schedule: Option<ScheduleId>,
        at: Option<Instant>,
    ) -> Result<AdherenceView> {
        days(from, to)?;
        self.of_patient_known_at(patient, at, |care| {
            let zones = &care.look.session.core.zones;
            let now = at.unwrap_or(care.look.now);
            let mut zone = care.loader.person.patient.time_zone.clone();
            let mut all: Vec<OccurrenceView> = Vec::new();
            for (id, stored) in care.loader.schedules()? {
                if schedule.is_some_and(|asked| asked != id) || !care.permits(id.into(), &stored) {
                    continue;
                }
                let zone = &*zone.get_or_insert_with(|| stored.record.zone.clone());
                let found = care.occurrences(id, stored, whole_days(from, to, zone, zones)?, SHOWN, now)?;
                if found.cut_off || all.len() > SHOWN {
                    return Err(super::due::too_long());
                }
                all.extend(found.occurrences);
            }
            all.sort_by_key(|one| (one.due, one.schedule, one.stamp));
            AdherenceView::of(&all, zone.as_deref().unwrap_or("UTC"), zones, now)
        })
    }

    /// The day it is where a patient lives. Whoever may see how care goes may be told, whatever else they may see.
    pub(crate) fn today(&self, patient: PatientId) -> Result<Date> {
        self.of_patient(patient, |care| {
            let zone = care.loader.person.patient.time_zone.as_deref().unwrap_or("UTC");
            Date::try_from(care.look.session.core.zones.local(zone, care.look.now)?.date_naive())
        })
    }

    /// The next reminders of what is due for a patient: `limit` at most (1 to 500), as many as the device holds. To be asked
    /// again when the plan says, or when anything changed.
    ///
    /// # Errors
    /// As [`due`](Self::due); `Invalid` for another limit or an unknown zone.
    pub fn reminders(&self, patient: PatientId, preferences: &ReminderPreferences, limit: u32) -> Result<ReminderPlan> {
        self.of_patient(patient, |care| {
            let now = care.look.now;
            let from = now.checked_sub_signed(TimeDelta::days(1)).unwrap_or(now);
            let to = now.checked_add_signed(TimeDelta::days(AHEAD)).unwrap_or(now);
            let mut occurrences = Vec::new();
            for (id, stored) in care.loader.schedules()? {
                let leads = stored.record.reminders.clone();
                if leads.is_empty()
                    || stored.record.status != ScheduleStatus::Active
                    || !care.permits(id.into(), &stored)
                {
                    continue;
                }
                // So many of one schedule are more than a device holds.
                let most = limit as usize * leads.len() + 2_000;
                let recorded = care.loader.recorded(id, from, to)?;
                let facts = care.loader.facts_ahead(id, stored.record)?;
                if facts.ready.is_none() {
                    continue;
                }
                let found = evaluate::occurrences(&facts, &recorded, (from, to), most, now)?;
                let open = found.occurrences.into_iter().filter(|view| {
                    use OccurrenceState::{Due, Open, Overdue, Upcoming};
                    matches!(view.state, Upcoming | Open | Due | Overdue)
                });
                occurrences.extend(open.map(|view| ReminderItem {
                    schedule: id,
                    stamp: view.stamp,
                    due: view.due,
                    until: view.until,
                    leads: leads.clone(),
                    priority: 0,
                }));
            }
            let preferences = preferences.clone();
            let request = ReminderRequest { now, limit, horizon: Some(to), occurrences, preferences, holidays: None };
            request.plan(&care.look.session.core.zones)
        })
    }

    /// A feed for calendars (iCalendar, RFC 5545) of what is due for a patient at or after `from` and before `to`. What
    /// repeats by one rule is one item with its whole rule, as calendars expect it, if any of it falls into that time. It
    /// says titles and times, and nothing else of the patient.
    ///
    /// # Errors
    /// As [`occurrences`](Self::occurrences).
    pub fn feed(&self, patient: PatientId, from: Instant, to: Instant) -> Result<String> {
        self.exported(patient, |care| {
            let zones = &care.look.session.core.zones;
            let mut items = Vec::new();
            for (id, stored) in care.loader.schedules()? {
                if !care.permits(id.into(), &stored) {
                    continue;
                }
                let (version, schedule) = (stored.header.version, stored.record.clone());
                let found = care.occurrences(id, stored, (from, to), SHOWN, care.look.now)?;
                if found.cut_off {
                    return Err(super::due::too_long());
                }
                if found.occurrences.is_empty() {
                    continue;
                }
                let zone = care.loader.person.patient.time_zone.clone();
                items.push(ScheduledItem { id, version, schedule, zone, occurrences: found.occurrences });
            }
            ical::write(&ical::feed_of(&items, care.look.now, zones)?, zones)
        })
    }

    /// Makes schedules for a patient from the items of a feed (iCalendar, RFC 5545). `zone` is that of floating times of a
    /// patient whose own is not known. All items that can be are taken, in one batch.
    ///
    /// # Errors
    /// As [`Session::execute`](crate::Session::execute); `Invalid` for what is no calendar.
    pub fn import_feed(&self, patient: PatientId, feed: &str, zone: &str) -> Result<FeedImport> {
        let zones = &self.0.core().zones;
        let feed = ical::read(feed.as_bytes(), zones)?;
        let mut import = FeedImport::default();
        import.refused.extend(feed.refused.iter().map(|refused| format!("line {}: {}", refused.line, refused.reason)));
        let mut commands = Vec::new();
        for (n, item) in feed.items.iter().enumerate() {
            match ical::schedule_of(item, patient, zone, zones) {
                Ok(schedule) => commands.push(Command::AddSchedule { id: None, schedule }),
                Err(e) => import.refused.push(format!("item {n}: {e}")),
            }
        }
        if !commands.is_empty() {
            let receipt = self.0.execute(Batch::from(commands))?;
            import.schedules = receipt.written.into_iter().map(|written| written.id.into()).collect();
        }
        Ok(import)
    }

    /// How much there is to do on the list of a team, a clinic or a person in the days from `from` to `to`, by day and role;
    /// and how much there would be after a change of plans, which is not made. Days are those of `zone`. `progress` counts
    /// schedules.
    ///
    /// # Errors
    /// As [`worklist`](Self::worklist); `Cancelled`; `Invalid` for days that end before they begin or an unknown zone.
    pub fn forecast(
        &self,
        query: &DueQuery,
        from: Date,
        to: Date,
        zone: &str,
        change: Option<&TemplateChange>,
        progress: &Progress,
    ) -> Result<ForecastView> {
        days(from, to)?;
        let later = change.map(|change| self.0.plan().template(change.template)).transpose()?;
        let look = self.0.inner().look()?;
        let reader = look.reader();
        let zones = &look.session.core.zones;
        let list = worklist::List::of(&look, &reader, query)?;
        let mut schedules: BTreeMap<Pid, Vec<ScheduleId>> = BTreeMap::new();
        let rows = Prefix::of(due::list(list.owner).done());
        let mut count = 0;
        reader.read.scan(Table::Due, rows.span(), Order::Ascending, &mut |row, bytes| {
            let (pid, id) = due::whose(row)?;
            if list.permits(pid, Card::covering(Table::Due, row, bytes)?) {
                schedules.entry(pid).or_default().push(id);
                count += 1;
            }
            Ok(ControlFlow::Continue(()))
        })?;
        worklist::listed(&look, &worklist::question("forecast", query)?, schedules.keys().copied())?;
        progress.expect(count);
        let between = whole_days(from, to, zone, zones)?;
        let mut tally = Tally { zone, between, now: look.now, days: BTreeMap::new(), changing: change.is_some() };
        let mut done = 0;
        for (pid, ids) in schedules {
            progress.go_on()?;
            done += ids.len() as u64;
            progress.advance(done);
            let loader = Loader::of(&reader, zones, pid, None)?;
            let mut replaced: BTreeMap<ScheduleId, Schedule> = BTreeMap::new();
            if let (Some(change), Some(later)) = (change, &later) {
                for (plan, stored) in loader.items::<CarePlan, CarePlanId>()? {
                    let of = stored.record.template.as_ref().and_then(|pin| pin.template);
                    if of != Some(change.template) || stored.record.status.is_end() {
                        continue;
                    }
                    let TemplateChange { template, choices, start } = change;
                    let (template, start) = (*template, start.clone());
                    let change = Change { template, later: &later.care_template, choices, start };
                    let proposal = plans::upgraded(&reader, &loader, plan, stored.record, change, look.now)?;
                    replaced.extend(proposal.schedules.into_iter().map(|planned| (planned.id, planned.schedule)));
                }
            }
            for id in ids {
                let Some(stored) = loader.schedule(id)? else { continue };
                let after = replaced.remove(&id);
                tally.count(&loader, id, &stored, Side::Now)?;
                let after = match after {
                    Some(schedule) => Stored { record: schedule, ..stored },
                    None => stored,
                };
                tally.count(&loader, id, &after, Side::Changed)?;
            }
            // What is left is new.
            for (id, schedule) in replaced {
                if worklist::on_list(query.owner, &schedule) {
                    let header = crate::store::record::Header::first(look.now);
                    tally.count(&loader, id, &Stored { header, record: schedule }, Side::Changed)?;
                }
            }
        }
        Ok(tally.view(&list))
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Now,
    Changed,
}

/// Occurrences by day and role.
struct Tally<'a> {
    zone: &'a str,
    between: (Instant, Instant),
    now: Instant,
    days: BTreeMap<(Date, Option<String>), (u32, u32)>,
    changing: bool,
}

impl Tally<'_> {
    fn count(&mut self, loader: &Loader<'_>, id: ScheduleId, stored: &Stored<Schedule>, side: Side) -> Result<()> {
        if side == Side::Changed && !self.changing || stored.record.status != ScheduleStatus::Active {
            return Ok(());
        }
        let (from, to) = self.between;
        let recorded = loader.recorded(id, from, to)?;
        // Whoever proposes a schedule has not had it checked yet.
        let schedule = super::change::Kept::checked(stored.record.clone(), None, self.now, loader.zones())?;
        let facts = loader.facts(id, schedule)?;
        let found = evaluate::occurrences(&facts, &recorded, (from, to), SHOWN, self.now)?;
        if found.cut_off {
            return Err(super::due::too_long());
        }
        for view in found.occurrences {
            use OccurrenceState::{Cancelled, Paused, Skipped};
            if view.unplanned || matches!(view.state, Cancelled | Paused | Skipped) {
                continue;
            }
            let date = Date::try_from(loader.zones().local(self.zone, view.due)?.date_naive())?;
            let day = self.days.entry((date, view.role)).or_default();
            match side {
                Side::Now => day.0 += 1,
                Side::Changed => day.1 += 1,
            }
        }
        Ok(())
    }

    fn view(self, list: &worklist::List<'_>) -> ForecastView {
        let changing = self.changing;
        let days = self.days.into_iter().filter(|((_, role), _)| list.of_role(role.as_deref().unwrap_or_default()));
        let day = |((date, role), (planned, changed)): ((Date, Option<String>), (u32, u32))| ForecastDay {
            date,
            role,
            planned,
            changed: changing.then_some(changed),
        };
        ForecastView { days: days.map(day).collect() }
    }
}

fn days(from: Date, to: Date) -> Result<()> {
    let days = (to.naive() - from.naive()).num_days();
    if (0..=DAYS).contains(&days) {
        return Ok(());
    }
    Err(Error::invalid("to", "days end after they begin, and within ten years"))
}

/// From the beginning of the first day to the end of the last.
fn whole_days(from: Date, to: Date, zone: &str, zones: &Zones) -> Result<(Instant, Instant)> {
    let end = to.naive().succ_opt().unwrap_or(to.naive()).and_time(chrono::NaiveTime::MIN);
    Ok((zones.resolve(zone, from.start().naive())?.instant(), zones.resolve(zone, end)?.instant()))
}
