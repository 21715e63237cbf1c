use super::*;
use crate::chart::{EntryStatus, EntryValue};

fn mapped(text: &str) -> Mapping {
    map(&Json::parse(text.as_bytes()).unwrap()).unwrap()
}

fn entry(text: &str) -> ChartEntry {
    mapped(text).entry()
}
