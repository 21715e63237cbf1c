//! A day at a clinic, from an empty folder to a page about a patient: makes an encrypted store, imports the records of
//! nine synthetic patients, finds one by a misspelt name, shows their journey, tells who looked, draws a page, plans care for
//! those with high blood pressure or diabetes, lists what is due for each role, and draws how it goes.
//!
//! ```text
//! cargo run --release --bin clinic-day [-- --store PATH] [--bundles FOLDER]
//! ```
//! Run it again: what is unchanged is skipped. Each step checks its own result; the program fails if one is wrong.

mod care;
mod import;
mod page;
mod show;
mod store;

use std::error::Error;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Instant;

use prm_core::people::PatientSearch;
use prm_core::{Actor, Page, Purpose};

/// What any step may fail with.
type Outcome<T> = Result<T, Box<dyn Error>>;

struct Options {
    store: PathBuf,
    bundles: PathBuf,
}

fn options() -> Outcome<Options> {
    let mut options = Options {
        store: PathBuf::from("clinic.prm"),
        bundles: PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/data/synthea")),
    };
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        let mut path = || arguments.next().map(PathBuf::from).ok_or(format!("{argument} wants a path"));
        match argument.as_str() {
            "--store" => options.store = path()?,
            "--bundles" => options.bundles = path()?,
            _ => return Err(format!("unknown argument {argument}; there are --store PATH and --bundles FOLDER").into()),
        }
    }
    Ok(options)
}

fn main() -> ExitCode {
    match options().and_then(|options| run(&options)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("\nclinic-day: {error}");
            if let Some(error) = error.downcast_ref::<prm_core::Error>() {
                eprintln!("  what to do: {}", error.advice());
            }
            ExitCode::FAILURE
        }
    }
}

fn run(options: &Options) -> Outcome<()> {
    let began = Instant::now();
    let prm = store::open(&options.store)?;
    let people = store::furnish(&prm)?;

    import::all(&prm, &options.bundles)?;

    let doctor = prm.session(Actor::practitioner(people.doctor).app("clinic-day"), Purpose::Treatment)?;
    let patient = find(&doctor)?;
    show::chart(&doctor, patient)?;

    let own = prm.session(Actor::patient(patient).app("clinic-day"), Purpose::PatientRequest)?;
    show::accesses(&doctor, &own, patient)?;

    let file = options.store.with_file_name("clinic-day.html");
    let html = page::draw(&doctor, &own, patient)?;
    std::fs::write(&file, &html)?;
    println!("\nWrote {} ({} KB): open it in a browser, no network needed.", file.display(), html.len() / 1024);

    let administrator = prm.session(Actor::system(store::ADMINISTRATOR), Purpose::Operations)?;
    care::templates(&administrator)?;
    let with_plan = care::plans(&doctor)?;
    care::looking_back(&doctor, &with_plan)?;
    care::day_list(&doctor)?;
    let patient = care::one_outcome(&doctor, &with_plan)?;
    let file = options.store.with_file_name("clinic-day-care.html");
    std::fs::write(&file, page::of_pictures(&care::pictures(&doctor, patient)?))?;
    println!("Wrote {}: how care goes for one patient, and the month ahead for the clinic.", file.display());

    prm.shut_down()?;
    println!("Shut down after {:.1} s. Run it again: what is unchanged is skipped.", began.elapsed().as_secs_f64());
    Ok(())
}

/// Finds a patient by a name typed wrong.
fn find(doctor: &prm_core::Session) -> Outcome<prm_core::PatientId> {
    let typed = "jutson eichman";
    println!("\nSearching for \"{typed}\":");
    let hits = doctor.people().search(&PatientSearch::text(typed), 5)?;
    for hit in &hits {
        let born = hit.patient.birth_date.map_or_else(String::new, |date| format!(", born {date}"));
        println!("  {}{born}: {:?}", hit.patient.name.expose(), hit.reason);
    }
    let all = doctor.people().list(&Page::first(100))?.patients.len();
    println!("  ({all} patients are in the care of this clinic.)");
    match hits.first() {
        Some(hit) if hit.patient.name.expose().contains("Eichmann") => Ok(hit.patient.id),
        _ => Err("the patient was not found".into()),
    }
}
