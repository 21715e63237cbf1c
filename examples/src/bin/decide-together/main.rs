//! A decision that a patient and a clinician share: opens one about statins, serves its decision aid on this computer, takes
//! the answers that come back, records the choice, has both sign, and writes a summary for the patient and one for the
//! clinician.
//!
//! ```text
//! cargo run --release --bin decide-together [-- --wait]
//! ```
//! With `--wait` you fill the aid in yourself, in your browser. Without it the program asks for the page and sends the answers
//! of a made-up patient, as the page would; `examples/decide-together/drive.mjs` fills the page in by keyboard in a headless
//! Chromium and looks for what is wrong with it. Each step checks its own result; the program fails if one is wrong.

mod serve;
mod talk;

use std::error::Error;
use std::process::ExitCode;
use std::time::Duration;

/// What any step may fail with.
type Outcome<T> = Result<T, Box<dyn Error>>;

/// How long the program may take to answer, and a person.
const PROGRAM: Duration = Duration::from_secs(60);
const PERSON: Duration = Duration::from_secs(3_600);

fn main() -> ExitCode {
    let wait = match std::env::args().nth(1).as_deref() {
        None => false,
        Some("--wait") => true,
        Some(other) => {
            eprintln!("decide-together: unknown argument {other}; there is --wait");
            return ExitCode::FAILURE;
        }
    };
    match run(wait) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("\ndecide-together: {error}");
            if let Some(error) = error.downcast_ref::<prm_core::Error>() {
                eprintln!("  what to do: {}", error.advice());
            }
            ExitCode::FAILURE
        }
    }
}

fn run(wait: bool) -> Outcome<()> {
    let visit = talk::begin()?;
    let page = visit.page()?;
    let desk = serve::Desk::open()?;
    println!("The decision aid is at {} ({} KB, one page, no network).", desk.address(), page.len() / 1024);
    let answers = if wait {
        println!("Open it in your browser, fill it in, and press the button at its end.");
        desk.answers(&page, PERSON)?
    } else {
        let sender = serve::Sender::start(&desk, visit.made_up_answers())?;
        let answers = desk.answers(&page, PROGRAM)?;
        sender.ended(&page)?;
        answers
    };
    visit.end(&answers)
}
