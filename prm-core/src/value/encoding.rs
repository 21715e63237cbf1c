//! How codes, concepts and quantities are stored.
//!
//! ```text
//! coding    0 system: text or number of a known one | 1 code: text or number of a known word | 2 display: text, or true if
//!           it is the code
//! concept   0 codings | 1 text, or the number of the coding whose display it is
//! quantity  0 value | 1 comparator | 2 unit: text, or true if it is the code | 3 system, as above | 4 code: text or number
//!           of a known unit
//! ```
//! Each is a map; what is absent is left out.

use minicbor::data::Type;
use minicbor::decode::Error as Undecodable;
use minicbor::encode::{Error as Unencodable, Write};
use minicbor::{Decode, Decoder, Encode, Encoder};

use super::known::{SYSTEMS, UNITS, WORDS};
use super::{Coding, Concept, Quantity};

/// A text that may be left to another field.
enum Text {
    Own(String),
    Other(u32),
}

impl Text {
    fn decode(d: &mut Decoder<'_>) -> Result<Option<Self>, Undecodable> {
        Ok(match d.datatype()? {
            Type::Null => d.null().map(|()| None)?,
            Type::Bool => d.bool()?.then_some(Text::Other(0)),
            Type::String => Some(Text::Own(d.str()?.to_owned())),
            _ => Some(Text::Other(d.u32()?)),
        })
    }

    fn or<'t>(self, other: impl FnOnce(u32) -> Option<&'t str>) -> Result<String, Undecodable> {
        match self {
            Text::Own(text) => Ok(text),
            Text::Other(number) => {
                other(number).map(str::to_owned).ok_or_else(|| Undecodable::message("a text refers to none"))
            }
        }
    }
}

/// Reads the fields of a map. Fields that `read` does not know are skipped: a newer library wrote them.
pub(crate) fn fields<'b>(
    d: &mut Decoder<'b>,
    mut read: impl FnMut(&mut Decoder<'b>, u32) -> Result<bool, Undecodable>,
) -> Result<(), Undecodable> {
    let count = d.map()?.ok_or_else(|| Undecodable::message("a map without a length"))?;
    for _ in 0..count {
        let field = d.u32()?;
        if !read(d, field)? {
            d.skip()?;
        }
    }
    Ok(())
}

/// The values of an array.
pub(crate) fn several<'b, C, T: Decode<'b, C>>(d: &mut Decoder<'b>, ctx: &mut C) -> Result<Vec<T>, Undecodable> {
    /// Room made before a value is read, whatever the array claims to hold.
    const AT_ONCE: u64 = 16;
    let count = d.array()?.ok_or_else(|| Undecodable::message("an array without a length"))?;
    let mut values = Vec::with_capacity(usize::try_from(count.min(AT_ONCE)).unwrap_or(0));
    for _ in 0..count {
        values.push(d.decode_with(ctx)?);
    }
    Ok(values)
}

/// Number of fields that are there.
pub(crate) fn present(parts: &[bool]) -> u64 {
    parts.iter().filter(|part| **part).count() as u64
}

impl<C> Encode<C> for Coding {
    fn encode<W: Write>(&self, e: &mut Encoder<W>, _: &mut C) -> Result<(), Unencodable<W::Error>> {
        e.map(1 + present(&[self.system.is_some(), self.display.is_some()]))?;
        if let Some(system) = &self.system {
            SYSTEMS.encode(system, e.u8(0)?)?;
        }
        WORDS.encode(&self.code, e.u8(1)?)?;
        match &self.display {
            Some(display) if *display == self.code => e.u8(2)?.bool(true)?.ok(),
            Some(display) => e.u8(2)?.str(display)?.ok(),
            None => Ok(()),
        }
    }
}

impl<'b, C> Decode<'b, C> for Coding {
    fn decode(d: &mut Decoder<'b>, _: &mut C) -> Result<Self, Undecodable> {
        let (mut system, mut code, mut display) = (None, None, None);
        fields(d, |d, field| {
            match field {
                0 => system = Some(SYSTEMS.decode(d)?.into_owned()),
                1 => code = Some(WORDS.decode(d)?.into_owned()),
                2 => display = Text::decode(d)?,
                _ => return Ok(false),
            }
            Ok(true)
        })?;
        let code = code.ok_or_else(|| Undecodable::missing_value(1))?;
        let display = display.map(|text| text.or(|_| Some(&code))).transpose()?;
        Ok(Coding { system, code, display })
    }
}

impl<C> Encode<C> for Concept {
    fn encode<W: Write>(&self, e: &mut Encoder<W>, ctx: &mut C) -> Result<(), Unencodable<W::Error>> {
        e.map(present(&[!self.codings.is_empty(), self.text.is_some()]))?;
        if !self.codings.is_empty() {
            self.codings.encode(e.u8(0)?, ctx)?;
        }
        let Some(text) = self.text.as_ref().map(|text| text.expose()) else { return Ok(()) };
        let shown = self.codings.iter().position(|coding| coding.display.as_ref() == Some(text));
        match shown.and_then(|shown| u32::try_from(shown).ok()) {
            Some(shown) => e.u8(1)?.u32(shown)?.ok(),
            None => e.u8(1)?.str(text)?.ok(),
        }
    }
}

impl<'b, C> Decode<'b, C> for Concept {
    fn decode(d: &mut Decoder<'b>, ctx: &mut C) -> Result<Self, Undecodable> {
        let (mut codings, mut text) = (Vec::<Coding>::new(), None);
        fields(d, |d, field| {
            match field {
                0 => codings = several(d, ctx)?,
                1 => text = Text::decode(d)?,
                _ => return Ok(false),
            }
            Ok(true)
        })?;
        let display = |number| codings.get(usize::try_from(number).ok()?)?.display.as_deref();
        let text = text.map(|text| text.or(display)).transpose()?;
        Ok(Concept { codings, text: text.map(Into::into) })
    }
}

impl<C> Encode<C> for Quantity {
    fn encode<W: Write>(&self, e: &mut Encoder<W>, ctx: &mut C) -> Result<(), Unencodable<W::Error>> {
        let Quantity { value, comparator, unit, system, code } = self;
        e.map(1 + present(&[comparator.is_some(), unit.is_some(), system.is_some(), code.is_some()]))?;
        value.encode(e.u8(0)?, ctx)?;
        if let Some(comparator) = comparator {
            comparator.encode(e.u8(1)?, ctx)?;
        }
        match unit {
            Some(_) if unit == code => e.u8(2)?.bool(true)?.ok()?,
            Some(unit) => e.u8(2)?.str(unit)?.ok()?,
            None => {}
        }
        if let Some(system) = system {
            SYSTEMS.encode(system, e.u8(3)?)?;
        }
        match code {
            Some(code) => UNITS.encode(code, e.u8(4)?),
            None => Ok(()),
        }
    }
}

impl<'b, C> Decode<'b, C> for Quantity {
    fn decode(d: &mut Decoder<'b>, ctx: &mut C) -> Result<Self, Undecodable> {
        let (mut value, mut comparator, mut unit, mut system, mut code) = (None, None, None, None, None);
        fields(d, |d, field| {
            match field {
                0 => value = Some(d.decode_with(ctx)?),
                1 => comparator = Some(d.decode_with(ctx)?),
                2 => unit = Text::decode(d)?,
                3 => system = Some(SYSTEMS.decode(d)?.into_owned()),
                4 => code = Some(UNITS.decode(d)?.into_owned()),
                _ => return Ok(false),
            }
            Ok(true)
        })?;
        let value = value.ok_or_else(|| Undecodable::missing_value(0))?;
        let unit = match unit {
            Some(Text::Other(_)) if code.is_none() => return Err(Undecodable::message("a unit refers to no code")),
            Some(Text::Other(_)) => code.clone(),
            Some(Text::Own(unit)) => Some(unit),
            None => None,
        };
        Ok(Quantity { value, comparator, unit, system, code })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn bytes(value: impl Encode<()>) -> Vec<u8> {
        minicbor::to_vec(value).unwrap()
    }

    #[test]
    fn what_is_known_or_said_already_is_not_written_again() {
        let category = Coding::new("http://terminology.hl7.org/CodeSystem/observation-category", "laboratory");
        assert_eq!(bytes(category.display("laboratory")), [0xa3, 0, 3, 1, 1, 2, 0xf5]);
        let height = Coding::new("http://loinc.org", "8302-2").display("Height");
        let concept = Concept { codings: vec![height], text: Some("Height".into()) };
        let expected = [&[0xa2, 0, 0x81, 0xa3, 0, 0, 1, 0x66][..], b"8302-2", &[2, 0x66], b"Height", &[1, 0]].concat();
        assert_eq!(bytes(concept), expected);
        let quantity = Quantity::ucum("1.50".parse().unwrap(), "cm").unwrap();
        assert_eq!(bytes(quantity), [&[0xa4, 0, 0x64][..], b"1.50", &[2, 0xf5, 3, 2, 4, 2]].concat());
    }

    #[test]
    fn a_text_that_refers_to_nothing_is_refused() {
        for damaged in [&[0xa1, 1, 0][..], &[0xa2, 0, 0x81, 0xa1, 1, 0x61, b'a', 1, 0]] {
            assert!(minicbor::decode::<Concept>(damaged).is_err());
        }
        assert!(minicbor::decode::<Quantity>(&[0xa2, 0, 0x61, b'1', 2, 0xf5]).is_err());
        assert!(minicbor::decode::<Coding>(&[0xa1, 0, 0]).is_err());
    }

    #[test]
    fn fields_of_a_newer_library_are_skipped() {
        assert_eq!(minicbor::decode::<Coding>(&[0xa2, 1, 0x61, b'a', 9, 0x81, 1]).unwrap().code, "a");
    }

    fn text() -> impl Strategy<Value = String> {
        prop_oneof!["http://loinc.org", "laboratory", "mm\\[Hg\\]", "a", "[a-c]{0,2}"]
    }

    proptest! {
        #[test]
        fn everything_comes_back(
            codings in proptest::collection::vec((proptest::option::of(text()), text(), proptest::option::of(text())), 0..3),
            said in proptest::option::of(text()), unit in proptest::option::of(text()),
            system in proptest::option::of(text()), code in proptest::option::of(text()),
        ) {
            let codings = codings.into_iter().map(|(system, code, display)| Coding { system, code, display }).collect();
            let concept = Concept { codings, text: said.map(Into::into) };
            prop_assert_eq!(&minicbor::decode::<Concept>(&bytes(&concept)).unwrap(), &concept);
            let quantity = Quantity { value: "1.0".parse().unwrap(), comparator: None, unit, system, code };
            prop_assert_eq!(&minicbor::decode::<Quantity>(&bytes(&quantity)).unwrap(), &quantity);
        }
    }
}
