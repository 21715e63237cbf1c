//! Exporting: texts as they came, edits written into them, resources for what was made here.

use std::cell::RefCell;
use std::collections::{BTreeSet, HashMap};
use std::io::Write;

use serde::{Deserialize, Serialize};

use crate::chart::{ChartEntry, EntryKind, EntryView, Link, LinkTarget, TimelineQuery, source, timeline};
use crate::error::{Error, ErrorKind, Result};
use crate::govern::policy::{Action, DataClass};
use crate::id::{PatientId, RecordId};
use crate::interchange::fhir::{
    BundleWriter, Json, Mapped, Mapping, Names, NdjsonWriter, OwnIds, Typed, apply_edit, care_teams, map, resource,
};
use crate::people::{CareTeam, Organisation, Patient, Practitioner, RelatedPerson, index};
use crate::session::Session;
use crate::session::change::Kept;
use crate::session::look::Look;
use crate::store::record::{Locator, Owner, Reader, Record, Stored};

/// How an export is written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ExportFormat {
    /// One bundle of type `collection`.
    #[default]
    Bundle,
    /// One resource a line.
    Ndjson,
}

/// What an export wrote.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExportReport {
    /// Resources written.
    pub resources: u64,
    /// Of these, texts that went out byte for byte as they came in.
    pub as_imported: u64,
    /// Of these, texts that an edit was written into.
    pub edited: u64,
    /// Of these, resources of records made here.
    pub made_here: u64,
}

/// Rows of a timeline read at a time.
const PAGE: usize = 500;

enum Writer<W: Write> {
    Bundle(BundleWriter<W>),
    Ndjson(NdjsonWriter<W>),
}

impl<W: Write> Writer<W> {
    fn add(&mut self, id: RecordId, text: &str) -> Result<()> {
        match self {
            Writer::Bundle(bundle) => bundle.add(Some(&format!("urn:uuid:{id}")), text),
            Writer::Ndjson(lines) => lines.add(text),
        }
    }
}

pub(super) fn run(
    session: &Session,
    patient: PatientId,
    format: ExportFormat,
    out: impl Write,
) -> Result<ExportReport> {
    let look = session.inner().look()?;
    let reader = look.reader();
    let locator = look.locate::<Patient>(&reader, patient.into())?;
    look.admit(locator.owner, locator.covering, DataClass::Demographics, Action::Export)?;
    look.admit(locator.owner, locator.covering, DataClass::Chart, Action::Export)?;
    let export = Export::new(&look, &reader);
    let mut report = ExportReport::default();
    let mut writer = match format {
        ExportFormat::Bundle => Writer::Bundle(BundleWriter::collection(out)?),
        ExportFormat::Ndjson => Writer::Ndjson(NdjsonWriter::new(out)),
    };
    let mut shared = BTreeSet::new();
    let mut write = |id: RecordId, out: Out| -> Result<()> {
        report.count(&out);
        writer.add(id, &out.text)
    };
    let stored: Stored<Patient> = reader.current(&locator)?;
    let related = [stored.record.managing_organisation.map(RecordId::from)].into_iter().flatten();
    shared.extend(related.chain(stored.record.general_practitioners.iter().map(|id| RecordId::from(*id))));
    write(patient.into(), export.record(patient.into(), &locator, &stored)?)?;
    for (id, stored) in index::related_persons(&reader, locator.owner.pid())? {
        if stored.header.listed() {
            write(id.into(), export.record(id.into(), &locator, &stored)?)?;
        }
    }
    for id in index::teams_for(reader.read, patient)? {
        let at = look.locate::<CareTeam>(&reader, id.into())?;
        let team: Stored<CareTeam> = reader.current(&at)?;
        let mut one = look.shown(&reader, team)?.record;
        one.patients.retain(|of| *of == patient);
        shared.extend(one.members.iter().map(|member| member.member.record()));
        for json in care_teams(&one, &export) {
            write(id.into(), Out { text: json.to_text(), way: Way::MadeHere })?;
        }
    }
    export.entries(&locator, &mut |view| {
        shared.extend(view.entry.links.iter().filter_map(led));
        let stored = Stored { header: view.header, record: view.entry };
        write(view.id, export.record(view.id, &locator, &stored)?)
    })?;
    export.shared(shared, &mut write)?;
    match writer {
        Writer::Bundle(bundle) => drop(bundle.finish()?),
        Writer::Ndjson(lines) => drop(lines.finish()?),
    }
    Ok(report)
}

pub(super) fn one(session: &Session, id: RecordId) -> Result<String> {
    let look = session.inner().look()?;
    let reader = look.reader();
    let none = || Error::new(ErrorKind::NotFound, format!("there is no record with the id {id}"));
    let locator = reader.locate(id)?.ok_or_else(none)?;
    let covering = match locator.owner {
        Owner::Patient(pid) if locator.kind != Patient::KIND => look.covering(&reader, pid)?.over(locator.covering),
        _ => locator.covering,
    };
    let export = Export::new(&look, &reader);
    let permit = |class| match locator.owner {
        Owner::Patient(_) => look.admit(locator.owner, covering, class, Action::Export),
        Owner::Shared => look.admit(locator.owner, covering, DataClass::Directory, Action::Read),
    };
    let out = match locator.kind {
        Patient::KIND => permit(Patient::CLASS).and_then(|()| export.current::<Patient>(id, &locator)),
        RelatedPerson::KIND => {
            permit(RelatedPerson::CLASS).and_then(|()| export.current::<RelatedPerson>(id, &locator))
        }
        Practitioner::KIND => permit(Practitioner::CLASS).and_then(|()| export.current::<Practitioner>(id, &locator)),
        Organisation::KIND => permit(Organisation::CLASS).and_then(|()| export.current::<Organisation>(id, &locator)),
        ChartEntry::KIND if locator.owner == Owner::Shared => {
            let stored: Stored<ChartEntry> = reader.current(&locator)?;
            let (class, action) = asked_of(&stored.record.kind);
            look.admit(locator.owner, locator.covering, class, action)?;
            export.record(id, &locator, &stored)
        }
        ChartEntry::KIND => permit(ChartEntry::CLASS).and_then(|()| export.current::<ChartEntry>(id, &locator)),
        CareTeam::KIND => permit(CareTeam::CLASS).and_then(|()| {
            let team: Stored<CareTeam> = look.shown(&reader, reader.current(&locator)?)?;
            let json = care_teams(&team.record, &export).into_iter().next();
            Ok(Out { text: json.map(|json| json.to_text()).unwrap_or_default(), way: Way::MadeHere })
        }),
        _ => look
            .admit(locator.owner, covering, DataClass::Policy, Action::Read)
            .and(Err(Error::new(ErrorKind::Unsupported, "this kind of record has no resource"))),
    };
    out.map(|out| out.text)
}

/// Types of resources that tell of things, places and rules, and of nobody's health.
const OF_NOBODY: [&str; 16] = [
    "ActivityDefinition",
    "DeviceDefinition",
    "Endpoint",
    "HealthcareService",
    "InsurancePlan",
    "Library",
    "Location",
    "Measure",
    "Medication",
    "MedicationKnowledge",
    "PlanDefinition",
    "PractitionerRole",
    "Questionnaire",
    "Schedule",
    "Slot",
    "Substance",
];

/// What the gate is asked about an entry of no patient's chart. One that may be someone's, though nobody knows whose, is
/// for those who may read every chart.
fn asked_of(kind: &EntryKind) -> (DataClass, Action) {
    if OF_NOBODY.contains(&kind.code()) {
        (DataClass::Directory, Action::Read)
    } else {
        (DataClass::Chart, Action::Export)
    }
}

struct Out {
    text: String,
    way: Way,
}

enum Way {
    AsImported,
    Edited,
    MadeHere,
}

impl ExportReport {
    fn count(&mut self, out: &Out) {
        self.resources += 1;
        match out.way {
            Way::AsImported => self.as_imported += 1,
            Way::Edited => self.edited += 1,
            Way::MadeHere => self.made_here += 1,
        }
    }
}

/// A record that has a resource.
trait Exported: Kept {
    fn typed<'r>(&'r self, subject: Option<&'r str>) -> Typed<'r>;
    /// The record that the text gave when it came in.
    fn read(mapping: Mapping, after: &Self) -> Option<Self>;
}

impl Exported for Patient {
    fn typed<'r>(&'r self, _: Option<&'r str>) -> Typed<'r> {
        Typed::Patient(self)
    }

    fn read(mapping: Mapping, after: &Self) -> Option<Self> {
        let Mapped::Patient(patient) = mapping.mapped else { return None };
        // Who manages a patient may have been said by the importer, not by the text.
        let managing_organisation = patient.managing_organisation.or(after.managing_organisation);
        Some(Patient { managing_organisation, ..patient })
    }
}

impl Exported for RelatedPerson {
    fn typed<'r>(&'r self, _: Option<&'r str>) -> Typed<'r> {
        Typed::RelatedPerson(self)
    }

    fn read(mapping: Mapping, after: &Self) -> Option<Self> {
        let Mapped::RelatedPerson(person) = mapping.mapped else { return None };
        Some(person.of(after.patient))
    }
}

impl Exported for Practitioner {
    fn typed<'r>(&'r self, _: Option<&'r str>) -> Typed<'r> {
        Typed::Practitioner(self)
    }

    fn read(mapping: Mapping, after: &Self) -> Option<Self> {
        let Mapped::Practitioner(practitioner) = mapping.mapped else { return None };
        Some(Practitioner { organisations: after.organisations.clone(), ..practitioner })
    }
}

impl Exported for Organisation {
    fn typed<'r>(&'r self, _: Option<&'r str>) -> Typed<'r> {
        Typed::Organisation(self)
    }

    fn read(mapping: Mapping, _: &Self) -> Option<Self> {
        let Mapped::Organisation(organisation) = mapping.mapped else { return None };
        Some(organisation)
    }
}

impl Exported for ChartEntry {
    fn typed<'r>(&'r self, subject: Option<&'r str>) -> Typed<'r> {
        Typed::Entry(self, subject)
    }

    fn read(mapping: Mapping, after: &Self) -> Option<Self> {
        let entry = mapping.entry();
        // Links were resolved when the entry came in: the same link to another record is an edit, this is none.
        let same = |before: &Link, after: &Link| before.role == after.role;
        let links_fit = entry.links.len() == after.links.len()
            && entry.links.iter().zip(&after.links).all(|(before, after)| same(before, after));
        let links = if links_fit { after.links.clone() } else { entry.links };
        Some(ChartEntry { links, origin: after.origin.clone(), ..entry })
    }
}

/// An entry of the chart on its way out.
struct Leaving {
    id: RecordId,
    header: crate::store::record::Header,
    entry: ChartEntry,
}

struct Export<'a> {
    look: &'a Look<'a>,
    reader: &'a Reader<'a>,
    names: RefCell<HashMap<RecordId, Option<String>>>,
}

impl<'a> Export<'a> {
    fn new(look: &'a Look<'a>, reader: &'a Reader<'a>) -> Self {
        Export { look, reader, names: RefCell::default() }
    }

    fn current<T: Exported>(&self, id: RecordId, locator: &Locator) -> Result<Out> {
        self.record(id, locator, &self.reader.current::<T>(locator)?)
    }

    /// The resource of a version of a record.
    fn record<T: Exported>(&self, id: RecordId, locator: &Locator, stored: &Stored<T>) -> Result<Out> {
        let version = stored.header.version;
        let subject = match locator.owner {
            Owner::Patient(pid) => self.subject(pid)?,
            Owner::Shared => None,
        };
        let subject = subject.as_deref();
        let Some((made, source)) = source::source(self.reader, locator.owner, id, version)? else {
            let json = resource(&id.to_string(), stored.record.typed(subject), self);
            return Ok(Out { text: json.to_text(), way: Way::MadeHere });
        };
        let damaged = || Error::new(ErrorKind::Corrupted, format!("the text of record {id} is damaged"));
        let text = String::from_utf8(source.text).map_err(|_| damaged())?;
        if made == version {
            return Ok(Out { text, way: Way::AsImported });
        }
        let json = Json::parse(text.as_bytes()).map_err(|e| damaged().because(e))?;
        let before = T::read(map(&json)?, &stored.record).ok_or_else(damaged)?;
        let edited = apply_edit(&json, before.typed(subject), stored.record.typed(subject), self)?;
        Ok(Out { text: edited.to_text(), way: Way::Edited })
    }

    /// Every entry of a patient's chart that may go out: dated, undated and future ones.
    fn entries(&self, patient: &Locator, each: &mut dyn FnMut(Leaving) -> Result<()>) -> Result<()> {
        let pid = patient.owner.pid();
        let permits = |own| self.look.permits(pid, patient.covering.over(own), DataClass::Chart, Action::Export);
        for future in [true, false] {
            let query = TimelineQuery { future, ..TimelineQuery::default() };
            let mut from = None;
            loop {
                let mut numbers = self.look.numbers(self.reader);
                let now = self.look.now;
                let page =
                    timeline::timeline(self.reader, &mut numbers, pid, &query, from.as_ref(), PAGE, now, &permits)?;
                for EntryView { id, .. } in page.entries {
                    let locator = self.look.locate::<ChartEntry>(self.reader, id.into())?;
                    let Stored { header, record } = self.reader.current::<ChartEntry>(&locator)?;
                    each(Leaving { id: id.into(), header, entry: record })?;
                }
                match page.next {
                    Some(next) => from = Some(next),
                    None => break,
                }
            }
        }
        Ok(())
    }

    /// Records of no patient that what went out leads to, and what they lead to in turn.
    fn shared(&self, mut leads: BTreeSet<RecordId>, write: &mut dyn FnMut(RecordId, Out) -> Result<()>) -> Result<()> {
        let mut seen = BTreeSet::new();
        while let Some(id) = leads.pop_first() {
            if !seen.insert(id) {
                continue;
            }
            let Some(locator) = self.reader.locate(id)?.filter(|locator| locator.owner == Owner::Shared) else {
                continue;
            };
            let may_go = |(class, action)| -> Result<bool> {
                let may = self.look.filter.shared(locator.covering.labels, class, action);
                if may {
                    self.look.admit(locator.owner, locator.covering, class, action)?;
                }
                Ok(may)
            };
            let directory = (DataClass::Directory, Action::Read);
            match locator.kind {
                Practitioner::KIND if may_go(directory)? => write(id, self.current::<Practitioner>(id, &locator)?)?,
                Organisation::KIND if may_go(directory)? => write(id, self.current::<Organisation>(id, &locator)?)?,
                ChartEntry::KIND => {
                    let stored: Stored<ChartEntry> = self.reader.current(&locator)?;
                    if !may_go(asked_of(&stored.record.kind))? {
                        continue;
                    }
                    leads.extend(stored.record.links.iter().filter_map(led));
                    write(id, self.record(id, &locator, &stored)?)?;
                }
                _ => {}
            }
        }
        Ok(())
    }

    /// The reference to a patient.
    fn subject(&self, pid: u64) -> Result<Option<String>> {
        let Some((id, _)) = index::by_pid(self.reader.read, pid)? else { return Ok(None) };
        Ok(self.reference(&LinkTarget::Patient(id)))
    }

    /// `Type/id` of the text a record came in, if it came in.
    fn source_name(&self, id: RecordId) -> Option<String> {
        if let Some(known) = self.names.borrow().get(&id) {
            return known.clone();
        }
        let name = || {
            let locator = self.reader.locate(id).ok()??;
            let (_, source) = source::source(self.reader, locator.owner, id, u32::MAX).ok()??;
            let json = Json::parse(&source.text).ok()?;
            Some(format!("{}/{}", json.text_of("resourceType")?, json.text_of("id")?))
        };
        let name = name();
        self.names.borrow_mut().insert(id, name.clone());
        name
    }
}

impl Names for Export<'_> {
    fn reference(&self, target: &LinkTarget) -> Option<String> {
        led_to(target).and_then(|id| self.source_name(id)).or_else(|| OwnIds.reference(target))
    }
}

fn led(link: &Link) -> Option<RecordId> {
    led_to(&link.target)
}

fn led_to(target: &LinkTarget) -> Option<RecordId> {
    match target {
        LinkTarget::Entry(id) => Some((*id).into()),
        LinkTarget::Patient(id) => Some((*id).into()),
        LinkTarget::Practitioner(id) => Some((*id).into()),
        LinkTarget::Organisation(id) => Some((*id).into()),
        LinkTarget::Record(id) => Some(*id),
        LinkTarget::Unresolved(_) => None,
    }
}
