//! Bundles and NDJSON, written resource by resource.

use std::io::Write;

use super::super::Json;
use super::super::json::members;
use super::super::stream::{BundleEntry, Envelope};
use crate::error::Result;

/// Writes a collection bundle. Texts of resources go in byte for byte.
///
/// # Example
/// ```
/// use prm_core::interchange::fhir::BundleWriter;
/// let mut bundle = BundleWriter::collection(Vec::new())?;
/// bundle.add(Some("urn:uuid:1"), r#"{ "resourceType": "Patient" }"#)?;
/// let text = String::from_utf8(bundle.finish()?).unwrap_or_default();
/// assert!(text.contains(r#"{"fullUrl":"urn:uuid:1","resource":{ "resourceType": "Patient" }}"#));
/// # Ok::<(), prm_core::Error>(())
/// ```
#[derive(Debug)]
pub struct BundleWriter<W> {
    out: W,
    entries: u64,
}

impl<W: Write> BundleWriter<W> {
    /// Begins a bundle of type `collection`.
    ///
    /// # Errors
    /// `Io` or `Full` when the bytes cannot be written.
    pub fn collection(mut out: W) -> Result<Self> {
        out.write_all(b"{\"resourceType\":\"Bundle\",\"type\":\"collection\"")?;
        Ok(BundleWriter { out, entries: 0 })
    }

    /// Adds a resource as it is written.
    ///
    /// # Errors
    /// `Io` or `Full` when the bytes cannot be written.
    pub fn add(&mut self, full_url: Option<&str>, resource: &str) -> Result<()> {
        self.out.write_all(if self.entries == 0 { b",\"entry\":[\n" } else { b",\n" })?;
        self.entries += 1;
        let mut head = String::from("{");
        if let Some(url) = full_url {
            head.push_str("\"fullUrl\":");
            Json::from(url).write(&mut head);
            head.push(',');
        }
        head.push_str("\"resource\":");
        self.out.write_all(head.as_bytes())?;
        self.out.write_all(resource.as_bytes())?;
        self.out.write_all(b"}")?;
        Ok(())
    }

    /// Ends the bundle. A bundle without entries has no `entry`, as FHIR demands.
    ///
    /// # Errors
    /// `Io` or `Full` when the bytes cannot be written.
    pub fn finish(mut self) -> Result<W> {
        self.out.write_all(if self.entries == 0 { b"}\n" } else { b"\n]}\n" })?;
        self.out.flush()?;
        Ok(self.out)
    }
}

/// Writes NDJSON: one resource a line. A text that runs over several lines is written compactly, token equal.
#[derive(Debug)]
pub struct NdjsonWriter<W> {
    out: W,
}

impl<W: Write> NdjsonWriter<W> {
    /// Begins.
    pub fn new(out: W) -> Self {
        NdjsonWriter { out }
    }

    /// Adds a resource.
    ///
    /// # Errors
    /// `Invalid` when a text of several lines is not JSON; `Io` or `Full` when the bytes cannot be written.
    pub fn add(&mut self, resource: &str) -> Result<()> {
        if resource.contains(['\n', '\r']) {
            self.out.write_all(Json::parse(resource.as_bytes())?.to_text().as_bytes())?;
        } else {
            self.out.write_all(resource.as_bytes())?;
        }
        self.out.write_all(b"\n")?;
        Ok(())
    }

    /// Ends.
    ///
    /// # Errors
    /// `Io` or `Full` when the bytes cannot be written.
    pub fn finish(mut self) -> Result<W> {
        self.out.flush()?;
        Ok(self.out)
    }
}

/// Puts a bundle together again from its envelope, its entries and the texts of their resources, in their order.
///
/// # Errors
/// `Invalid` when one of the texts is not what the reader yields.
pub fn bundle_of<'e>(
    envelope: &Envelope,
    entries: impl IntoIterator<Item = (&'e BundleEntry, Option<&'e str>)>,
) -> Result<String> {
    let mut text = String::from("{");
    let mut entries = Some(entries);
    for (i, member) in members(&envelope.text).map_err(|flaw| flaw.error(0))?.into_iter().enumerate() {
        if i > 0 {
            text.push(',');
        }
        Json::Text(member.name.clone()).write(&mut text);
        text.push(':');
        match entries.take_if(|_| member.name == "entry") {
            None => text.push_str(member.value),
            Some(entries) => {
                text.push('[');
                for (i, (entry, resource)) in entries.into_iter().enumerate() {
                    if i > 0 {
                        text.push(',');
                    }
                    write_entry(entry, resource, &mut text)?;
                }
                text.push(']');
            }
        }
    }
    text.push('}');
    Ok(text)
}

fn write_entry(entry: &BundleEntry, resource: Option<&str>, text: &mut String) -> Result<()> {
    text.push('{');
    for (i, member) in members(&entry.text).map_err(|flaw| flaw.error(0))?.into_iter().enumerate() {
        if i > 0 {
            text.push(',');
        }
        let own = if member.name == "resource" { resource } else { None };
        Json::Text(member.name).write(text);
        text.push(':');
        text.push_str(own.unwrap_or(member.value));
    }
    text.push('}');
    Ok(())
}
