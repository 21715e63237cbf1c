//! The store, its key, and the people who work at the clinic.

use std::fs;
use std::io::{Read, Write};
use std::path::Path;

use prm_core::people::{HumanName, Organisation, Practitioner};
use prm_core::{
    Actor, BatchId, Command, Founder, Key, OpenOptions, OrganisationId, PractitionerId, Prm, Progress, Purpose,
};

use crate::Outcome;

/// The program that administers this store.
pub(crate) const ADMINISTRATOR: &str = "clinic-day";
/// Ids of this example's choice, so that a second run finds what the first one made.
const CLINIC: &str = "01930000-0000-7000-8000-000000000001";
const DOCTOR: &str = "01930000-0000-7000-8000-000000000002";
const FURNISHED: &str = "01930000-0000-7000-8000-000000000003";

pub(crate) struct People {
    pub(crate) doctor: PractitionerId,
}

/// Opens the store, or makes it. The key lies in a file beside it so that this example runs unattended; an app keeps it
/// in the keychain of its platform, or asks for a passphrase.
pub(crate) fn open(path: &Path) -> Outcome<Prm> {
    let key_file = path.with_extension("key");
    if path.exists() {
        let prm = Prm::open(path, options(key(&key_file)?))?;
        println!("Opened {}.", path.display());
        return Ok(prm);
    }
    if !key_file.exists() {
        write_private(&key_file, &random()?)?;
    }
    let made = Prm::create(path, options(key(&key_file)?), Founder::system(ADMINISTRATOR))?;
    println!("Made an encrypted store in {} (its key: {}).", path.display(), key_file.display());
    Ok(made.prm)
}

fn options(key: Key) -> OpenOptions {
    OpenOptions::key(key).progress(Progress::default())
}

fn key(file: &Path) -> Outcome<Key> {
    let bytes = fs::read(file).map_err(|e| format!("the key of the store, {}: {e}", file.display()))?;
    let bytes: [u8; 32] = bytes.try_into().map_err(|_| "the key file does not hold 32 bytes")?;
    Ok(Key::raw(bytes))
}

/// Thirty-two bytes of the operating system.
#[cfg(unix)]
fn random() -> Outcome<[u8; 32]> {
    let mut bytes = [0; 32];
    fs::File::open("/dev/urandom")?.read_exact(&mut bytes)?;
    Ok(bytes)
}

#[cfg(not(unix))]
fn random() -> Outcome<[u8; 32]> {
    Err("this example knows where random bytes come from on Unix alone; use the `getrandom` crate elsewhere".into())
}

fn write_private(path: &Path, bytes: &[u8]) -> Outcome<()> {
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)?.write_all(bytes)?;
    Ok(())
}

/// The organisation whose patients the bundles are.
pub(crate) fn clinic() -> Outcome<OrganisationId> {
    Ok(CLINIC.parse()?)
}

/// The clinic and its doctor. A batch with an id of its own may be sent again: the second run changes nothing.
pub(crate) fn furnish(prm: &Prm) -> Outcome<People> {
    let (clinic, doctor): (OrganisationId, PractitionerId) = (CLINIC.parse()?, DOCTOR.parse()?);
    let administrator = prm.session(Actor::system(ADMINISTRATOR), Purpose::Operations)?;
    let name = HumanName { given: vec!["Mira".into()], family: Some("Sandoval".into()), ..HumanName::default() };
    let commands = vec![
        Command::AddOrganisation {
            id: Some(clinic),
            organisation: Organisation { name: "Hillside Clinic".into(), ..Organisation::default() },
        },
        Command::AddPractitioner {
            id: Some(doctor),
            practitioner: Practitioner { names: vec![name], organisations: vec![clinic], ..Practitioner::default() },
        },
    ];
    let batch = prm_core::Batch::from(commands).repeatable(FURNISHED.parse::<BatchId>()?);
    administrator.execute(batch)?;
    Ok(People { doctor })
}
