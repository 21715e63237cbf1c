//! Codes of a code system, and enumerations that stay open.

use serde::{Deserialize, Serialize};

/// A code of a code system, as in FHIR `Coding`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Coding {
    /// URI of the code system, e.g. `http://loinc.org`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub system: Option<String>,
    /// The code; empty only when the source gave a display alone.
    pub code: String,
    /// Text the source showed for the code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub display: Option<String>,
}

impl Coding {
    /// A code of a system.
    pub fn new(system: impl Into<String>, code: impl Into<String>) -> Self {
        Coding { system: Some(system.into()), code: code.into(), display: None }
    }

    /// The same code with text to show.
    #[must_use]
    pub fn display(mut self, text: impl Into<String>) -> Self {
        self.display = Some(text.into());
        self
    }

    /// Whether system and code are the same; displays do not count.
    pub fn is(&self, other: &Coding) -> bool {
        self.system == other.system && self.code == other.code
    }
}

/// A concept: codes that mean the same in several systems, and the text a person chose, as in FHIR `CodeableConcept`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Concept {
    /// Codes, in the order of the source.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub codings: Vec<Coding>,
    /// Text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<crate::Sensitive>,
}

impl Concept {
    /// What to show: the text, or the first display, or the first code.
    pub fn label(&self) -> Option<&str> {
        let text = self.text.as_ref().map(|t| t.expose().as_str());
        text.or_else(|| self.codings.iter().find_map(|c| c.display.as_deref()))
            .or_else(|| self.codings.iter().map(|c| c.code.as_str()).find(|c| !c.is_empty()))
    }
}

impl From<Coding> for Concept {
    fn from(coding: Coding) -> Self {
        Concept { codings: vec![coding], text: None }
    }
}

/// Declares an enumeration that stays open: known codes are variants with a number that is stored, any other code
/// is kept as it came. A number that only a newer library knows is kept as `Other("#n")` and stored as that number.
macro_rules! codes {
    ($(#[doc = $doc:literal])+ $name:ident { $($(#[doc = $vdoc:literal])+ $variant:ident = $number:literal $code:literal,)+ }) => {
        $(#[doc = $doc])+
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name {
            $($(#[doc = $vdoc])+ $variant,)+
            /// A code this version does not know, as it came.
            Other(String),
        }

        impl $name {
            /// Every code this version knows.
            pub const ALL: &'static [$name] = &[$($name::$variant,)+];

            /// The code, as FHIR writes it.
            pub fn code(&self) -> &str {
                match self { $($name::$variant => $code,)+ $name::Other(code) => code }
            }

            /// The variant for a code; [`Other`](Self::Other) if it is not known.
            pub fn from_code(code: &str) -> Self {
                match code { $($code => $name::$variant,)+ other => $name::Other(other.to_owned()) }
            }

            /// The stored number, if this version knows the code.
            #[allow(dead_code, reason = "not every enumeration is part of a key")]
            pub(crate) fn number(&self) -> Option<u32> {
                match self {
                    $($name::$variant => Some($number),)+
                    $name::Other(code) => {
                        let number = code.strip_prefix('#')?.parse().ok()?;
                        // `#2` that came as a code is not the known one of that number, nor `#07` the unknown one.
                        matches!(Self::from_number(number), $name::Other(same) if same == *code).then_some(number)
                    }
                }
            }

            #[allow(dead_code, reason = "not every enumeration is part of a key")]
            pub(crate) fn from_number(number: u32) -> Self {
                match number { $($number => $name::$variant,)+ n => $name::Other(format!("#{n}")) }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.code())
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
                s.serialize_str(self.code())
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
                Ok($name::from_code(&<std::borrow::Cow<'_, str> as serde::Deserialize>::deserialize(d)?))
            }
        }

        impl<C> minicbor::Encode<C> for $name {
            fn encode<W: minicbor::encode::Write>(
                &self,
                e: &mut minicbor::Encoder<W>,
                _: &mut C,
            ) -> Result<(), minicbor::encode::Error<W::Error>> {
                match self.number() {
                    Some(number) => e.u32(number)?.ok(),
                    None => e.str(self.code())?.ok(),
                }
            }
        }

        impl<'b, C> minicbor::Decode<'b, C> for $name {
            fn decode(d: &mut minicbor::Decoder<'b>, _: &mut C) -> Result<Self, minicbor::decode::Error> {
                match d.datatype()? {
                    minicbor::data::Type::String => Ok($name::from_code(d.str()?)),
                    _ => Ok($name::from_number(d.u32()?)),
                }
            }
        }
    };
}
pub(crate) use codes;

#[cfg(test)]
mod tests {
    use crate::people::Gender;

    /// `#2` was stored as the number 2 and read again as `female`.
    #[test]
    fn a_code_that_looks_like_a_number_stays_as_it_came() {
        for code in ["#2", "#07", "#+7", "#99", "#", "#4294967296", "female", "Female", ""] {
            let stored = minicbor::to_vec(Gender::from_code(code)).unwrap();
            assert_eq!(minicbor::decode::<Gender>(&stored).unwrap().code(), code);
        }
        assert_eq!(minicbor::to_vec(Gender::from_code("#99")).unwrap(), [0x18, 99]);
    }
}
