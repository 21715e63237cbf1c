//! The page about a patient, drawn from what the session may read.

use prm_core::render::{PageAccess, PatientPage, Words};
use prm_core::{Coding, Page, PatientId, Session, When, Zones};

use crate::Outcome;
use crate::show::{ZONE, who};

/// Codes to draw, where there are values: LOINC.
const TRENDS: [&str; 5] = ["55284-4", "29463-7", "39156-5", "4548-4", "2093-3"];

pub(crate) fn draw(doctor: &Session, own: &Session, patient: PatientId) -> Outcome<String> {
    let zones = Zones::bundled();
    let trends = TRENDS.map(|code| Coding::new("http://loinc.org", code));
    let mut page = PatientPage::read(doctor, patient, ZONE, &trends)?;
    for access in own.govern().accesses(patient, &Page::first(20))?.accesses {
        page.accesses.push(PageAccess {
            when: When::At(zones.local(ZONE, access.at)?),
            who: who(doctor, &access),
            purpose: access.purpose.to_string(),
            times: access.count,
            denied: !access.permitted,
        });
    }
    let html = page.html(&Words::default());
    if page.trends.is_empty() || !html.contains("<svg") {
        return Err("the page has no pictures".into());
    }
    Ok(html)
}

/// A page that shows pictures and nothing else.
pub(crate) fn of_pictures(pictures: &str) -> String {
    let head = "<meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\"><title>Care</title><style>body{font-family:sans-serif;margin:2rem}h1{font-size:1.2rem}</style>";
    format!("<!doctype html>\n<html lang=\"en\"><head>{head}</head>\n<body><main>\n{pictures}\n</main></body></html>\n")
}
