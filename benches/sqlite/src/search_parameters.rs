//! Index rows of a FHIR resource: the search parameters that FHIR libraries for phones index for every type.

use serde_json::Value;

/// A row of one of the index tables.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum IndexRow {
    Text { name: &'static str, value: String },
    Token { name: &'static str, system: String, code: String },
    Reference { name: &'static str, target: String },
    Date { name: &'static str, from: String },
}

const CONCEPTS: [(&str, &str); 8] = [
    ("code", "code"),
    ("vaccineCode", "vaccine-code"),
    ("medicationCodeableConcept", "code"),
    ("category", "category"),
    ("type", "type"),
    ("clinicalStatus", "clinical-status"),
    ("verificationStatus", "verification-status"),
    ("reasonCode", "reason-code"),
];

const REFERENCES: [(&str, &str); 12] = [
    ("subject", "subject"),
    ("patient", "patient"),
    ("encounter", "encounter"),
    ("context", "context"),
    ("serviceProvider", "service-provider"),
    ("requester", "requester"),
    ("performer", "performer"),
    ("location", "location"),
    ("managingOrganization", "organization"),
    ("author", "author"),
    ("provider", "provider"),
    ("claim", "claim"),
];

const DATES: [(&str, &str); 12] = [
    ("effectiveDateTime", "date"),
    ("issued", "issued"),
    ("onsetDateTime", "onset-date"),
    ("abatementDateTime", "abatement-date"),
    ("recordedDate", "recorded-date"),
    ("authoredOn", "authoredon"),
    ("occurrenceDateTime", "date"),
    ("birthDate", "birthdate"),
    ("created", "created"),
    ("date", "date"),
    ("started", "started"),
    ("deceasedDateTime", "death-date"),
];

const CODES: [(&str, &str); 5] =
    [("status", "status"), ("gender", "gender"), ("intent", "intent"), ("use", "use"), ("criticality", "criticality")];

fn each<'v>(value: &'v Value, mut deed: impl FnMut(&'v Value)) {
    match value {
        Value::Array(items) => items.iter().for_each(deed),
        Value::Null => {}
        one => deed(one),
    }
}

fn text(value: &Value) -> Option<String> {
    value.as_str().map(str::to_owned)
}

/// The index rows of a resource.
pub(crate) fn index_rows(resource: &Value) -> Vec<IndexRow> {
    let mut rows = Vec::with_capacity(16);
    for (member, name) in CONCEPTS {
        each(&resource[member], |concept| {
            each(&concept["coding"], |coding| {
                let (system, code) = (text(&coding["system"]), text(&coding["code"]));
                if let Some(code) = code {
                    rows.push(IndexRow::Token { name, system: system.unwrap_or_default(), code });
                }
            });
        });
    }
    for (member, name) in REFERENCES {
        each(&resource[member], |reference| {
            let reference = if reference["actor"].is_null() { reference } else { &reference["actor"] };
            rows.extend(text(&reference["reference"]).map(|target| IndexRow::Reference { name, target }));
        });
    }
    for (member, name) in DATES {
        rows.extend(text(&resource[member]).map(|from| IndexRow::Date { name, from }));
    }
    for member in ["period", "effectivePeriod", "performedPeriod", "billablePeriod"] {
        rows.extend(text(&resource[member]["start"]).map(|from| IndexRow::Date { name: "date", from }));
    }
    for (member, name) in CODES {
        rows.extend(text(&resource[member]).map(|code| IndexRow::Token { name, system: String::new(), code }));
    }
    each(&resource["identifier"], |identifier| {
        rows.extend(text(&identifier["value"]).map(|code| IndexRow::Token {
            name: "identifier",
            system: text(&identifier["system"]).unwrap_or_default(),
            code,
        }));
    });
    each(&resource["name"], |human| {
        rows.extend(text(&human["family"]).map(|value| IndexRow::Text { name: "family", value }));
        each(&human["given"], |given| rows.extend(text(given).map(|value| IndexRow::Text { name: "given", value })));
    });
    each(&resource["telecom"], |contact| {
        rows.extend(text(&contact["value"]).map(|code| IndexRow::Token {
            name: "telecom",
            system: String::new(),
            code,
        }));
    });
    each(&resource["address"], |address| {
        for (member, name) in
            [("city", "address-city"), ("postalCode", "address-postalcode"), ("state", "address-state")]
        {
            rows.extend(text(&address[member]).map(|value| IndexRow::Text { name, value }));
        }
    });
    rows
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_observation_is_found_by_code_subject_date_and_status() {
        let resource = serde_json::json!({
            "resourceType": "Observation", "status": "final", "effectiveDateTime": "2020-01-02",
            "code": {"coding": [{"system": "s", "code": "c"}]}, "subject": {"reference": "urn:uuid:1"}
        });
        let rows = index_rows(&resource);
        assert_eq!(rows.len(), 4);
        assert!(rows.contains(&IndexRow::Token { name: "code", system: "s".to_owned(), code: "c".to_owned() }));
        assert!(rows.contains(&IndexRow::Reference { name: "subject", target: "urn:uuid:1".to_owned() }));
    }
}
