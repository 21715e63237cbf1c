//! Lists of what is due, read from the due index; and the same lists as they were, computed from the records.

use std::ops::ControlFlow;

use super::Inner;
use super::engage::{DuePage, MissedPage};
use super::look::Look;
use crate::engage::due::{self, Card, Standing, Times, flag};
use crate::engage::evaluate::{self, SHOWN, pending};
use crate::engage::index::stamp_bytes;
use crate::engage::load::Loader;
use crate::engage::{
    DueItem, DueOwner, DueQuery, OccurrenceState, OccurrenceView, Pool, Schedule, ScheduleStatus, Stamp,
};
use crate::error::{Error, ErrorKind, Result};
use crate::govern::policy::{Action, DataClass};
use crate::id::ScheduleId;
use crate::page::Page;
use crate::progress::Progress;
use crate::sensitive::Sensitive;
use crate::store::engine::Order;
use crate::store::key::{Key, Pid, Prefix};
use crate::store::record::{Covering, Reader, Stored};
use crate::store::state::State;
use crate::store::tables::Table;
use crate::time::Instant;

/// Schedules that one page of what was missed goes through.
const SCHEDULES: usize = 200;

/// Where an item stands in a list: when it is due, patient, schedule, stamp.
type Position = (i64, Pid, ScheduleId, Stamp);

fn encode(position: &Position) -> Vec<u8> {
    let (due, pid, schedule, stamp) = position;
    [&due.to_be_bytes(), &pid.to_be_bytes(), schedule.as_bytes().as_slice(), &stamp_bytes(stamp)].concat()
}

fn decode(bytes: &[u8]) -> Option<Position> {
    let (due, rest) = bytes.split_first_chunk()?;
    let (pid, rest) = rest.split_first_chunk()?;
    let (schedule, stamp) = rest.split_first_chunk()?;
    let schedule = ScheduleId::from_uuid(uuid::Uuid::from_bytes(*schedule));
    Some((i64::from_be_bytes(*due), Pid::from_be_bytes(*pid), schedule, due::parse_stamp(stamp)?))
}

fn position(pid: Pid, item: &DueItem) -> Position {
    (item.due.timestamp(), pid, item.schedule, item.stamp)
}

fn instant(seconds: i64) -> Instant {
    due::instant(seconds).unwrap_or(Instant::MAX_UTC)
}

/// What a card says, as an item of a list.
fn item(card: &Card<'_>, times: &Times, schedule: ScheduleId, now: Instant) -> DueItem {
    let [opens, due, until] = [times.opens, times.due, times.until].map(instant);
    let expires = due::instant(times.expires);
    let waits = card.covering.flags & flag::WAITS != 0;
    let state = if waits { OccurrenceState::Upcoming } else { evaluate::by_the_clock(opens, due, until, expires, now) };
    DueItem {
        patient: card.patient,
        name: Sensitive::new(card.name.clone().into_owned()),
        schedule,
        stamp: times.stamp,
        title: card.title.clone().into_owned(),
        state,
        opens,
        due,
        until,
        expires,
        moved: card.covering.flags & flag::MOVED != 0,
        assignee: card.assignee,
        role: (!card.role.is_empty()).then(|| card.role.clone().into_owned()),
    }
}

/// What may still be done of a schedule and is due before `until`, by its facts.
fn items(
    loader: &Loader<'_>,
    id: ScheduleId,
    stored: Stored<Schedule>,
    until: Until,
    now: Instant,
) -> Result<Vec<DueItem>> {
    if stored.record.status != ScheduleStatus::Active || !loader.person.listed {
        return Ok(Vec::new());
    }
    let facts = loader.facts_ahead(id, stored.record)?;
    if facts.closed {
        return Ok(Vec::new());
    }
    let Some(pending) = pending(&facts, &loader.records(id), now)? else { return Ok(Vec::new()) };
    let until = match until {
        Until::Due(until) => until,
        Until::Open => evaluate::may_open_by(&facts, now)?,
    };
    if pending.first.due >= until {
        return Ok(Vec::new());
    }
    let from = pending.first.due;
    let recorded = loader.recorded(id, from, until)?;
    let found = evaluate::occurrences(&facts, &recorded, (from, until), SHOWN, now)?;
    if found.cut_off {
        return Err(super::due::too_long());
    }
    let card = Card::of(&loader.person, &facts, None, now);
    Ok(found.occurrences.iter().filter(|view| unresolved(view)).map(|view| of_view(&card, view)).collect())
}

/// What was asked of a schedule; what its card last said of it if its times cannot be found, as of one whose zone the table
/// of time zones has lost, or of one that comes to more times than are given at once: it stays on the list, and keeps
/// nobody else's from being shown.
fn or_last(found: Result<Vec<DueItem>>, last: DueItem) -> Result<Vec<DueItem>> {
    match found {
        Err(e) if e.kind() == ErrorKind::Invalid => Ok(vec![last]),
        found => found,
    }
}

/// How far ahead is looked.
#[derive(Clone, Copy)]
enum Until {
    /// At what is due before an instant.
    Due(Instant),
    /// At what is open by now.
    Open,
}

fn unresolved(view: &OccurrenceView) -> bool {
    use OccurrenceState::{Due, Open, Overdue, Upcoming};
    matches!(view.state, Upcoming | Open | Due | Overdue)
}

/// Times of cards are to the second, as those of the index.
fn of_view(card: &Card<'_>, view: &OccurrenceView) -> DueItem {
    DueItem {
        patient: view.patient,
        name: Sensitive::new(card.name.clone().into_owned()),
        schedule: view.schedule,
        stamp: view.stamp,
        title: view.title.clone(),
        state: view.state,
        opens: view.opens,
        due: view.due,
        until: view.until,
        expires: view.expires,
        moved: view.moved_from.is_some_and(|from| from != view.due),
        assignee: view.assignee,
        role: view.role.clone(),
    }
}

/// What may be done for a patient now. The patient is read only if a card is out of date.
pub(super) fn of_patient<'r>(
    pid: Pid,
    reader: &Reader<'_>,
    now: Instant,
    permits: &dyn Fn(u32) -> bool,
    load: impl FnOnce() -> Result<Loader<'r>>,
) -> Result<Vec<DueItem>> {
    let seconds = now.timestamp();
    let (mut found, mut asked) = (Vec::new(), Vec::new());
    let rows = Prefix::of(due::items_of(pid));
    reader.read.scan(Table::PData, rows.span(), Order::Ascending, &mut |row, bytes| {
        let id = row.last_chunk().map(|id| ScheduleId::from_uuid(uuid::Uuid::from_bytes(*id)));
        let id = id.ok_or_else(|| Error::corrupted(Table::PData.name(), row, "a row of what is due is cut off"))?;
        let Standing { card, .. } = Standing::parse(row, bytes)?;
        if !permits(card.covering.labels) {
            return Ok(ControlFlow::Continue(()));
        }
        if let Some(times) = card.times {
            let says_all = card.holds_at(seconds) && times.next_opens > seconds;
            if !says_all {
                asked.push((id, item(&card, &times, id, now)));
            } else if times.opens <= seconds && card.covering.flags & flag::WAITS == 0 {
                found.push(item(&card, &times, id, now));
            }
        }
        Ok(ControlFlow::Continue(()))
    })?;
    if !asked.is_empty() {
        let loader = load()?;
        for (id, last) in asked {
            if let Some(stored) = loader.schedule(id)? {
                let open = or_last(items(&loader, id, stored, Until::Open, now), last)?;
                found.extend(open.into_iter().filter(|item| item.state != OccurrenceState::Upcoming));
            }
        }
    }
    found.sort_by_key(|one| (one.due, one.schedule, one.stamp));
    Ok(found)
}

pub(super) struct List<'a> {
    look: &'a Look<'a>,
    reader: &'a Reader<'a>,
    query: &'a DueQuery,
    pub(super) owner: u32,
}

impl<'a> List<'a> {
    pub(super) fn of(look: &'a Look<'a>, reader: &'a Reader<'a>, query: &'a DueQuery) -> Result<Self> {
        let owner = due::owner(query.owner, &mut look.numbers(reader))?;
        Ok(List { look, reader, query, owner })
    }

    /// Whether the session may see what a card covers.
    pub(super) fn permits(&self, pid: Pid, covering: Covering) -> bool {
        let covering = Covering { flags: 0, ..covering };
        self.look.permits(pid, covering, DataClass::Care, Action::Read)
    }

    pub(super) fn of_role(&self, role: &str) -> bool {
        self.query.roles.is_empty() || self.query.roles.iter().any(|asked| asked == role)
    }

    /// At most `limit` items behind a position, and whether there are more.
    fn page(&self, after: Option<&Position>, limit: usize) -> Result<(Vec<(Pid, DueItem)>, bool)> {
        let now = self.look.now;
        // What is due at a second is due before any part of it has passed.
        let until = self.query.until.timestamp() + i64::from(self.query.until.timestamp_subsec_nanos() > 0);
        let seconds = now.timestamp();
        let rows = Prefix::of(due::list(self.owner).done()).ending_before(due::list_from(self.owner, until).done());
        let behind = |position: &Position| after.is_none_or(|after| position > after);
        let (mut found, mut asked) = (Vec::with_capacity(limit.min(255) + 1), Vec::new());
        self.reader.read.scan(Table::Due, rows.span(), Order::Ascending, &mut |row, bytes| {
            let (pid, id) = due::whose(row)?;
            if !self.permits(pid, Card::covering(Table::Due, row, bytes)?) {
                return Ok(ControlFlow::Continue(()));
            }
            let card = Card::parse(Table::Due, row, bytes)?;
            let Some(times) = card.times else { return Ok(ControlFlow::Continue(())) };
            if !self.of_role(&card.role) {
                return Ok(ControlFlow::Continue(()));
            }
            if !card.holds_at(seconds) || times.next_due < until {
                asked.push((pid, id, item(&card, &times, id, now)));
            } else if behind(&(times.due, pid, id, times.stamp)) {
                found.push((pid, item(&card, &times, id, now)));
            }
            let enough = found.len() > limit;
            Ok(if enough { ControlFlow::Break(()) } else { ControlFlow::Continue(()) })
        })?;
        let simple = found.len();
        let mut loaded: Option<Loader<'_>> = None;
        asked.sort_unstable_by_key(|(pid, id, _)| (*pid, *id));
        for (pid, id, last) in asked {
            let loader = match loaded.take_if(|loader| loader.pid == pid) {
                Some(loader) => loader,
                None => Loader::of(self.reader, &self.look.session.core.zones, pid, None)?,
            };
            let loader = &*loaded.insert(loader);
            let Some(stored) = loader.schedule(id)? else { continue };
            for item in or_last(items(loader, id, stored, Until::Due(self.query.until), now), last)? {
                if behind(&position(pid, &item)) {
                    found.push((pid, item));
                }
            }
        }
        if found.len() > simple {
            found.sort_by_cached_key(|(pid, item)| position(*pid, item));
        }
        let more = found.len() > limit;
        found.truncate(limit);
        Ok((found, more))
    }
}

/// What a question is bound to.
pub(super) fn question(what: &str, query: &DueQuery) -> Result<Vec<u8>> {
    let unable = |e| Error::invalid("query", "the question cannot be encoded").because(e);
    serde_json::to_vec(&(what, query)).map_err(unable)
}

pub(super) fn page(session: &Inner, query: &DueQuery, page: &Page) -> Result<DuePage> {
    let limit = page.rows()?;
    let question = question("worklist", query)?;
    let look = session.look()?;
    let reader = look.reader();
    let after = look.position(&question, page)?;
    let after = after.map(|bytes| decode(&bytes).ok_or_else(foreign)).transpose()?;
    let list = List::of(&look, &reader, query)?;
    let (found, more) = list.page(after.as_ref(), limit)?;
    listed(&look, &question, found.iter().map(|(pid, _)| *pid))?;
    let last = found.last().map(|(pid, item)| encode(&position(*pid, item))).filter(|_| more);
    let next = last.map(|position| look.cursor(&question, &position)).transpose()?;
    Ok(DuePage { items: found.into_iter().map(|(_, item)| item).collect(), next })
}

fn foreign() -> Error {
    Error::invalid("page.after", "the cursor belongs to another question; ask for the first page")
}

pub(super) fn listed(look: &Look<'_>, question: &[u8], pids: impl Iterator<Item = Pid>) -> Result<()> {
    let mut pids: Vec<Pid> = pids.collect();
    pids.sort_unstable();
    pids.dedup();
    look.listed(DataClass::Care, question, &pids)
}

/// The list as it was at an instant.
pub(super) fn replay(session: &Inner, query: &DueQuery, at: Instant, progress: &Progress) -> Result<Vec<DueItem>> {
    let question = question("worklist at", query)?;
    let look = session.look()?;
    if at > look.now {
        return Err(Error::invalid("at", "a list of the future is not known"));
    }
    let reader = look.reader();
    let list = List::of(&look, &reader, query)?;
    let pids = State::read(reader.read)?.next_pid;
    progress.expect(pids.saturating_sub(1));
    let mut found: Vec<(Pid, DueItem)> = Vec::new();
    for pid in 1..pids {
        progress.go_on()?;
        progress.advance(pid);
        if !has_schedules(&reader, pid)? {
            continue;
        }
        let loader = match Loader::of(&reader, &session.core.zones, pid, Some(at)) {
            Ok(loader) => loader,
            Err(e) if matches!(e.kind(), ErrorKind::NotFound | ErrorKind::Erased) => continue,
            Err(e) => return Err(e),
        };
        for (id, stored) in loader.schedules()? {
            let schedule = &stored.record;
            if !on_list(query.owner, schedule) || !list.of_role(schedule.role.as_deref().unwrap_or_default()) {
                continue;
            }
            let labels = crate::govern::label::bits(&schedule.labels) | loader.labels_now(id.into())?;
            let covering = loader.person.covering.over(Covering { labels, ..Covering::default() });
            if !list.permits(pid, covering) {
                continue;
            }
            for item in items(&loader, id, stored, Until::Due(query.until), at)? {
                found.push((pid, item));
            }
        }
    }
    found.sort_by_cached_key(|(pid, item)| position(*pid, item));
    listed(&look, &question, found.iter().map(|(pid, _)| *pid))?;
    Ok(found.into_iter().map(|(_, item)| item).collect())
}

pub(super) fn on_list(owner: DueOwner, schedule: &Schedule) -> bool {
    use crate::engage::Assignee;
    match owner {
        DueOwner::CareTeam(id) => schedule.pool == Some(Pool::CareTeam(id)),
        DueOwner::Organisation(id) => schedule.pool == Some(Pool::Organisation(id)),
        DueOwner::Practitioner(id) => schedule.assignee == Some(Assignee::Practitioner(id)),
        DueOwner::RelatedPerson(id) => schedule.assignee == Some(Assignee::RelatedPerson(id)),
    }
}

/// Whether a patient has a schedule, past or present.
pub(super) fn has_schedules(reader: &Reader<'_>, pid: Pid) -> Result<bool> {
    use crate::store::record::Record;
    let rows = Prefix::of(crate::engage::index::items(pid, Schedule::KIND).done());
    let mut any = false;
    reader.read.scan(Table::PData, rows.span(), Order::Ascending, &mut |_, _| {
        any = true;
        Ok(ControlFlow::Break(()))
    })?;
    Ok(any)
}

pub(super) fn missed(session: &Inner, query: &DueQuery, from: Instant, page: &Page) -> Result<MissedPage> {
    let question = question("missed", query)?;
    page.rows()?;
    let look = session.look()?;
    let reader = look.reader();
    let after = look.position(&question, page)?;
    let list = List::of(&look, &reader, query)?;
    let mut rows = Prefix::of(Key::new().u32(list.owner).done());
    if let Some(after) = after {
        rows = rows.starting_at([after.as_slice(), &[0]].concat());
    }
    let (mut schedules, mut last) = (Vec::new(), None);
    reader.read.scan(Table::Due, rows.span(), Order::Ascending, &mut |row, bytes| {
        if schedules.len() >= SCHEDULES {
            return Ok(ControlFlow::Break(()));
        }
        let (pid, id) = due::whose(row)?;
        if list.permits(pid, Card::covering(Table::Due, row, bytes)?) {
            schedules.push((pid, id));
        }
        last = Some(row.to_vec());
        Ok(ControlFlow::Continue(()))
    })?;
    let more = schedules.len() >= SCHEDULES;
    let mut occurrences = Vec::new();
    let mut shown = Vec::new();
    for (pid, id) in schedules {
        let loader = Loader::of(&reader, &session.core.zones, pid, None)?;
        let Some(stored) = loader.schedule(id)? else { continue };
        if !list.of_role(stored.record.role.as_deref().unwrap_or_default()) {
            continue;
        }
        let recorded = loader.recorded(id, from, query.until)?;
        let facts = loader.facts(id, stored.record)?;
        let found = evaluate::occurrences(&facts, &recorded, (from, query.until), SHOWN, look.now)?;
        if found.cut_off {
            return Err(super::due::too_long());
        }
        let missed = found.occurrences.into_iter().filter(|view| view.state == OccurrenceState::Missed);
        let before = occurrences.len();
        occurrences.extend(missed);
        shown.extend((occurrences.len() > before).then_some(pid));
    }
    listed(&look, &question, shown.into_iter())?;
    let next = last.filter(|_| more).map(|row| look.cursor(&question, &row)).transpose()?;
    Ok(MissedPage { occurrences, next })
}
