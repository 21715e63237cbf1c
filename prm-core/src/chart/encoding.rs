//! How an entry is stored: a map of its fields by number. What is absent is left out, and so is a title that is the label
//! of the code.

use minicbor::decode::Error as Undecodable;
use minicbor::encode::{Error as Unencodable, Write};
use minicbor::{Decode, Decoder, Encode, Encoder};

use super::{ChartEntry, EntryStatus};
use crate::sensitive::Sensitive;
use crate::value::Concept;
use crate::value::encoding::{fields, present, several};
use crate::value::known::WORDS;

fn label(code: &Concept) -> &str {
    code.label().unwrap_or_default()
}

impl<C> Encode<C> for ChartEntry {
    fn encode<W: Write>(&self, e: &mut Encoder<W>, ctx: &mut C) -> Result<(), Unencodable<W::Error>> {
        let ChartEntry { kind, when, until, status, status_code, code, categories, title, .. } = self;
        let ChartEntry { value, components, links, labels, origin, note, period, .. } = self;
        let title = Some(title.expose()).filter(|title| *title != label(code));
        e.map(
            3 + present(&[
                when.is_some(),
                until.is_some(),
                status_code.is_some(),
                !categories.is_empty(),
                title.is_some(),
                value.is_some(),
                !components.is_empty(),
                !links.is_empty(),
                !labels.is_empty(),
                origin.is_some(),
                note.is_some(),
                period.is_some(),
            ]),
        )?;
        kind.encode(e.u8(0)?, ctx)?;
        optional(e, ctx, 1, when.as_ref())?;
        optional(e, ctx, 2, until.as_ref())?;
        status.encode(e.u8(3)?, ctx)?;
        if let Some(status_code) = status_code {
            WORDS.encode(status_code, e.u8(4)?)?;
        }
        code.encode(e.u8(5)?, ctx)?;
        list(e, ctx, 6, categories)?;
        optional(e, ctx, 7, title)?;
        optional(e, ctx, 8, value.as_ref())?;
        list(e, ctx, 9, components)?;
        list(e, ctx, 10, links)?;
        list(e, ctx, 11, labels)?;
        optional(e, ctx, 12, origin.as_ref())?;
        optional(e, ctx, 13, note.as_ref())?;
        optional(e, ctx, 14, period.as_ref())
    }
}

fn optional<C, W: Write, T: Encode<C>>(
    e: &mut Encoder<W>,
    ctx: &mut C,
    field: u8,
    value: Option<&T>,
) -> Result<(), Unencodable<W::Error>> {
    value.map_or(Ok(()), |value| value.encode(e.u8(field)?, ctx))
}

fn list<C, W: Write, T: Encode<C>>(
    e: &mut Encoder<W>,
    ctx: &mut C,
    field: u8,
    values: &[T],
) -> Result<(), Unencodable<W::Error>> {
    if values.is_empty() { Ok(()) } else { values.encode(e.u8(field)?, ctx) }
}

impl<'b, C> Decode<'b, C> for ChartEntry {
    fn decode(d: &mut Decoder<'b>, ctx: &mut C) -> Result<Self, Undecodable> {
        let (mut kind, mut status, mut code, mut title) = (None, None, Concept::default(), None);
        let mut entry = ChartEntry::new(super::EntryKind::Encounter, Concept::default());
        fields(d, |d, field| {
            match field {
                0 => kind = Some(d.decode_with(ctx)?),
                1 => entry.when = d.decode_with(ctx)?,
                2 => entry.until = d.decode_with(ctx)?,
                3 => status = Some(d.decode_with::<C, EntryStatus>(ctx)?),
                4 => entry.status_code = Some(WORDS.decode(d)?.into_owned()),
                5 => code = d.decode_with(ctx)?,
                6 => entry.categories = several(d, ctx)?,
                7 => title = Some(d.decode_with::<C, Sensitive>(ctx)?),
                8 => entry.value = d.decode_with(ctx)?,
                9 => entry.components = several(d, ctx)?,
                10 => entry.links = several(d, ctx)?,
                11 => entry.labels = several(d, ctx)?,
                12 => entry.origin = d.decode_with(ctx)?,
                13 => entry.note = d.decode_with(ctx)?,
                14 => entry.period = d.decode_with(ctx)?,
                _ => return Ok(false),
            }
            Ok(true)
        })?;
        let title = title.unwrap_or_else(|| label(&code).into());
        let kind = kind.ok_or_else(|| Undecodable::missing_value(0))?;
        let status = status.ok_or_else(|| Undecodable::missing_value(3))?;
        Ok(ChartEntry { kind, status, code, title, ..entry })
    }
}

/// The identity of an entry within its source: `[kind, sixteen bytes]` for a numbered kind, a slash and a UUID in its
/// usual form; the text otherwise.
pub(super) mod identity {
    use minicbor::data::Type;
    use minicbor::decode::Error as Undecodable;
    use minicbor::encode::{Error as Unencodable, Write};
    use minicbor::{Decoder, Encoder};
    use uuid::Uuid;
    use uuid::fmt::Hyphenated;

    use crate::chart::EntryKind;
    use crate::chart::index::NUMBERED;
    use crate::sensitive::Sensitive;

    fn parts(identity: &str) -> Option<(u32, Uuid)> {
        let (kind, id) = identity.split_once('/')?;
        if id.len() != Hyphenated::LENGTH || id.bytes().any(|byte| byte.is_ascii_uppercase()) {
            return None;
        }
        let id = Uuid::try_parse(id).ok()?;
        match EntryKind::from_code(kind) {
            EntryKind::Other(_) => None,
            known => known.number().filter(|kind| (1..=NUMBERED).contains(kind)).map(|kind| (kind, id)),
        }
    }

    pub(in crate::chart) fn encode<C, W: Write>(
        identity: &Sensitive,
        e: &mut Encoder<W>,
        _: &mut C,
    ) -> Result<(), Unencodable<W::Error>> {
        match parts(identity.expose()) {
            Some((kind, id)) => e.array(2)?.u32(kind)?.bytes(id.as_bytes())?.ok(),
            None => e.str(identity.expose())?.ok(),
        }
    }

    pub(in crate::chart) fn decode<C>(d: &mut Decoder<'_>, _: &mut C) -> Result<Sensitive, Undecodable> {
        if d.datatype()? == Type::String {
            return d.str().map(Sensitive::from);
        }
        let wrong = || Undecodable::message("an identity is a text or a kind and sixteen bytes");
        if d.array()? != Some(2) {
            return Err(wrong());
        }
        let kind = d.u32()?;
        if !(1..=NUMBERED).contains(&kind) {
            return Err(wrong());
        }
        let kind = EntryKind::from_number(kind);
        let id = Uuid::from_slice(d.bytes()?).map_err(|_| wrong())?;
        let mut room = [0; Hyphenated::LENGTH];
        Ok([kind.code(), "/", id.hyphenated().encode_lower(&mut room)].concat().into())
    }
}

#[cfg(test)]
mod tests {
    use super::identity;
    use crate::chart::{ChartEntry, EntryKind};
    use crate::value::Coding;

    fn bytes(identity: &str) -> Vec<u8> {
        let mut bytes = Vec::new();
        identity::encode(&identity.into(), &mut minicbor::Encoder::new(&mut bytes), &mut ()).unwrap();
        bytes
    }

    #[test]
    fn identities_come_back_as_they_were_written() {
        let id = "a1795152-808d-4cb9-b259-ce6e3716dedf";
        assert_eq!(bytes(&format!("Observation/{id}")).len(), 19);
        for identity in [
            format!("Observation/{id}"),
            format!("Patient/{id}"),
            format!("#3/{id}"),
            format!("Location/{id}"),
            format!("Observation/{}", id.to_uppercase()),
            format!("Observation/{}", id.replace('-', "")),
            format!("Observation/{{{id}}}"),
            format!("Observation/{id}/_history/1"),
            format!("urn:uuid:{id}"),
            "Observation/12".to_owned(),
            String::new(),
        ] {
            let bytes = bytes(&identity);
            assert_eq!(identity::decode(&mut minicbor::Decoder::new(&bytes), &mut ()).unwrap(), identity.into());
        }
    }

    #[test]
    fn a_title_is_written_where_the_code_does_not_tell_it() {
        let mut entry =
            ChartEntry::new(EntryKind::Observation, Coding::new("http://loinc.org", "8302-2").display("Height"));
        let bytes = minicbor::to_vec(&entry).unwrap();
        assert!(!bytes.contains(&7));
        assert_eq!(minicbor::decode::<ChartEntry>(&bytes).unwrap(), entry);
        for title in ["", "Body height"] {
            entry.title = title.into();
            assert_eq!(minicbor::decode::<ChartEntry>(&minicbor::to_vec(&entry).unwrap()).unwrap(), entry);
        }
    }

    #[test]
    fn a_kind_without_a_number_is_refused() {
        for kind in [0, 23 + 9] {
            let damaged = [&[0x82, 0x18, kind, 0x50][..], &[7; 16]].concat();
            assert!(identity::decode(&mut minicbor::Decoder::new(&damaged), &mut ()).is_err(), "{kind}");
        }
    }
}
