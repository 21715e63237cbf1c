//! The surface, read from the sources of the core.

mod source;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use heck::{ToSnakeCase as _, ToUpperCamelCase as _};
use syn::{
    Attribute, Expr, Fields, FnArg, GenericArgument, ImplItem, ItemEnum, ItemImpl, ItemStruct, Pat, PathArguments,
    ReturnType, Type as Syn, Visibility,
};

use crate::manifest::{PLAIN, SCALARS};
use crate::model::RECKONER;
use crate::{
    Api, Argument, Call, Carries, Default, ErrorKind, Field, Known, Of, Passed, Room, Shape, Type, Variant, docs,
};
use source::{Sources, text};

/// Types that no call of a room names and that bindings need all the same.
const ROOTS: [&str; 13] = [
    "Actor",
    "Purpose",
    "Batch",
    "Receipt",
    "Event",
    "ImportReport",
    "ExportReport",
    "ExportFormat",
    "FhirImport",
    "Salvaged",
    "StoreFile",
    "RecordId",
    "Practitioner",
];
/// Rooms whose calls are data in, data out. Those of FHIR read and write streams, which each language has in its own way.
const ROOMS: [&str; 8] = ["people", "chart", "plan", "engage", "decide", "evidence", "govern", "upkeep"];

/// The room whose calls need no session, since they are pure: the calls of [`RECKONER`].
const ALONE: &str = "reckon";

/// What the sources say that cannot be told to other languages.
#[derive(Debug)]
pub struct Untold(String);

impl std::fmt::Display for Untold {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Untold {}

/// The surface of the core whose sources are in `folder`.
///
/// # Errors
/// `Untold` for a file that cannot be read, or a public type that other languages cannot have.
pub fn read(folder: &Path) -> Result<Api, Untold> {
    let sources = Sources::read(folder)?;
    let mut reading = Reading { sources: &sources, wanted: BTreeSet::new(), done: BTreeMap::new() };
    let mut rooms = ROOMS.iter().map(|name| reading.room_of_session(name)).collect::<Result<Vec<_>, _>>()?;
    rooms.push(reading.room(ALONE, RECKONER, false)?);
    reading.wanted.extend(ROOTS.iter().map(|name| (*name).to_owned()));
    while let Some(name) = reading.wanted.pop_first() {
        if !reading.done.contains_key(&name) {
            let of = reading.named(&name)?;
            reading.done.insert(name, of);
        }
    }
    let errors = errors(&sources)?;
    let mut api = Api { types: reading.done.into_values().collect(), rooms, errors };
    api.types.sort_by(|a, b| (&a.module, &a.name).cmp(&(&b.module, &b.name)));
    settle_defaults(&mut api, &sources);
    Ok(api)
}

struct Reading<'s> {
    sources: &'s Sources,
    wanted: BTreeSet<String>,
    done: BTreeMap<String, Type>,
}

fn untold(what: impl Into<String>) -> Untold {
    Untold(what.into())
}

impl Reading<'_> {
    fn room_of_session(&mut self, name: &str) -> Result<Room, Untold> {
        self.room(name, &format!("{}Room", name.to_upper_camel_case()), true)
    }

    fn room(&mut self, name: &str, of: &str, session: bool) -> Result<Room, Untold> {
        let declared = self.sources.structs.get(of).ok_or_else(|| untold(format!("there is no {of}")))?;
        let mut calls = Vec::new();
        for block in self.sources.impls.iter().filter(|block| self_name(block).as_deref() == Some(of)) {
            for item in &block.items {
                let ImplItem::Fn(call) = item else { continue };
                // What takes no room makes one, which each language has its own way to do.
                if !matches!(call.vis, Visibility::Public(_)) || call.sig.receiver().is_none() {
                    continue;
                }
                let name = call.sig.ident.to_string();
                let arguments = call.sig.inputs.iter().filter_map(|input| match input {
                    FnArg::Typed(argument) => Some(argument),
                    FnArg::Receiver(_) => None,
                });
                let (progress, arguments): (Vec<_>, Vec<_>) = arguments.partition(|a| text(&a.ty) == "&Progress");
                let watched = !progress.is_empty();
                let arguments = arguments.into_iter().map(|argument| {
                    let Pat::Ident(pattern) = &*argument.pat else {
                        return Err(untold(format!("{of}::{name} has an argument without a name")));
                    };
                    let (of, passed) = self.argument(&argument.ty)?;
                    Ok(Argument { name: pattern.ident.to_string(), of, passed })
                });
                let arguments = arguments.collect::<Result<Vec<_>, _>>()?;
                let answer = match &call.sig.output {
                    ReturnType::Default => Of::Unit,
                    ReturnType::Type(_, of) => self.of(of)?,
                };
                calls.push(Call { name, docs: docs::of(&call.attrs), arguments, answer, watched });
            }
        }
        if calls.is_empty() {
            return Err(untold(format!("{of} has no calls")));
        }
        let docs = docs::of(&declared.attrs);
        let docs = docs.split(" See ").next().unwrap_or_default().to_owned();
        Ok(Room { name: name.to_owned(), session, docs, calls })
    }

    fn argument(&mut self, of: &Syn) -> Result<(Of, Passed), Untold> {
        match of {
            Syn::Reference(reference) => Ok((self.of(&reference.elem)?, Passed::Reference)),
            Syn::Path(path) => match self.of(of)? {
                option @ Of::Option(_) if text(path).contains('&') => Ok((option, Passed::OptionalReference)),
                of => Ok((of, Passed::Value)),
            },
            _ => Ok((self.of(of)?, Passed::Value)),
        }
    }

    /// The type of a field, an argument or an answer.
    fn of(&mut self, of: &Syn) -> Result<Of, Untold> {
        let path = match of {
            Syn::Path(path) => &path.path,
            Syn::Reference(reference) => return self.of(&reference.elem),
            Syn::Slice(slice) => return Ok(Of::List(Box::new(self.of(&slice.elem)?))),
            Syn::Tuple(tuple) if tuple.elems.is_empty() => return Ok(Of::Unit),
            Syn::ImplTrait(_) if text(of).contains("Sensitive") => {
                return Ok(Of::Sensitive(Box::new(Of::Plain("text"))));
            }
            _ => return Err(untold(format!("no other language has {}", text(of)))),
        };
        let last = path.segments.last().ok_or_else(|| untold("a type without a name"))?;
        let inner: Vec<_> = match &last.arguments {
            PathArguments::AngleBracketed(arguments) => {
                let types = arguments.args.iter().filter_map(|argument| match argument {
                    GenericArgument::Type(of) => Some(of),
                    _ => None,
                });
                types.collect()
            }
            _ => Vec::new(),
        };
        let name = last.ident.to_string();
        Ok(match (name.as_str(), inner.as_slice()) {
            ("Result", [of, ..]) | ("Box", [of]) => self.of(of)?,
            ("Option", [of]) => Of::Option(Box::new(self.of(of)?)),
            ("Vec", [of]) => Of::List(Box::new(self.of(of)?)),
            ("Sensitive", []) => Of::Sensitive(Box::new(Of::Plain("text"))),
            ("Sensitive", [of]) => Of::Sensitive(Box::new(self.of(of)?)),
            ("String" | "str", []) => Of::Plain("text"),
            ("Cow", [_]) => Of::Plain("word"),
            (plain, []) if PLAIN.contains(&plain) => Of::parse(plain),
            (scalar, []) if SCALARS.contains(&scalar) => Of::parse(scalar),
            (_, []) if self.sources.is_public(&name) => {
                self.wanted.insert(name.clone());
                Of::Named(name)
            }
            _ => return Err(untold(format!("no other language has {}", text(of)))),
        })
    }

    fn named(&mut self, name: &str) -> Result<Type, Untold> {
        let module = self.sources.module(name).ok_or_else(|| untold(format!("{name} is not public")))?.to_owned();
        let (docs, shape) = match (self.sources.structs.get(name), self.sources.enums.get(name)) {
            (Some(of), _) => (docs::of(&of.attrs), self.record(of)?),
            (_, Some(of)) => (docs::of(&of.attrs), self.choice(of)?),
            _ => return Err(untold(format!("{name} is neither struct nor enum"))),
        };
        Ok(Type { module, name: name.to_owned(), docs, shape })
    }

    fn record(&mut self, of: &ItemStruct) -> Result<Shape, Untold> {
        let name = of.ident.to_string();
        if let Fields::Unnamed(fields) = &of.fields
            && fields.unnamed.iter().all(|field| text(&field.ty) == "Uuid")
        {
            return Ok(Shape::Id);
        }
        let all_default = serde(&of.attrs, "default").is_some();
        let fields = self.fields(&of.fields, &name, true)?;
        let fields = fields.into_iter().map(|mut field| {
            if all_default && field.default.is_none() {
                field.default = Some(self.sources.default_of(&name, &field.name).unwrap_or(Default::Empty));
            } else if all_default && let Some(special) = self.sources.default_of(&name, &field.name) {
                field.default = Some(special);
            }
            field
        });
        Ok(Shape::Record(fields.collect()))
    }

    fn fields(&mut self, fields: &Fields, owner: &str, must_be_public: bool) -> Result<Vec<Field>, Untold> {
        let Fields::Named(fields) = fields else {
            return Err(untold(format!("{owner} has no named fields")));
        };
        let fields = fields.named.iter().map(|field| {
            let name = field.ident.as_ref().map(ToString::to_string).unwrap_or_default();
            if must_be_public && !matches!(field.vis, Visibility::Public(_)) {
                return Err(untold(format!("{owner}.{name} is private")));
            }
            let of = self.of(&field.ty).map_err(|e| untold(format!("{owner}.{name}: {e}")))?;
            let default = match serde(&field.attrs, "default") {
                Some(Some(call)) => Some(Default::Literal(self.sources.answer_of(&call)?)),
                Some(None) => Some(Default::Empty),
                None => matches!(of, Of::Option(_)).then_some(Default::Empty),
            };
            let json = serde(&field.attrs, "rename").flatten().unwrap_or_else(|| name.clone());
            Ok(Field { json, docs: docs::of(&field.attrs), of, default, name })
        });
        fields.collect()
    }

    fn choice(&mut self, of: &ItemEnum) -> Result<Shape, Untold> {
        let name = of.ident.to_string();
        if let Some(codes) = self.sources.literals(&name, "code")
            && of.variants.iter().any(|v| v.ident == "Other")
        {
            let known = of.variants.iter().filter(|v| v.ident != "Other").map(|variant| {
                let name = variant.ident.to_string();
                let code = codes.get(&name).ok_or_else(|| untold(format!("{name} has no code")))?.clone();
                Ok(Known { code, docs: docs::of(&variant.attrs), name })
            });
            return Ok(Shape::Code(known.collect::<Result<_, Untold>>()?));
        }
        let snake = serde(&of.attrs, "rename_all").flatten().as_deref() == Some("snake_case");
        let variants = of.variants.iter().map(|variant| {
            let name = variant.ident.to_string();
            let carries = match &variant.fields {
                Fields::Unit => Carries::Nothing,
                Fields::Unnamed(fields) => match fields.unnamed.first() {
                    Some(field) if fields.unnamed.len() == 1 => Carries::One(self.of(&field.ty)?),
                    _ => return Err(untold(format!("{} has a tuple", of.ident))),
                },
                named => Carries::Fields(self.fields(named, &name, false)?),
            };
            let json = if snake { name.to_snake_case() } else { name.clone() };
            Ok(Variant { name, json, docs: docs::of(&variant.attrs), carries })
        });
        Ok(Shape::Choice(variants.collect::<Result<_, Untold>>()?))
    }
}

fn self_name(block: &ItemImpl) -> Option<String> {
    match &*block.self_ty {
        Syn::Path(path) if block.trait_.is_none() => path.path.segments.last().map(|s| s.ident.to_string()),
        _ => None,
    }
}

/// A word of `#[serde(…)]`: none if it is not there, its value if it has one.
fn serde(attributes: &[Attribute], word: &str) -> Option<Option<String>> {
    let mut found = None;
    for attribute in attributes.iter().filter(|a| a.path().is_ident("serde")) {
        let _ = attribute.parse_nested_meta(|meta| {
            let value = match meta.value() {
                Ok(value) => value.parse::<Expr>().ok().and_then(|value| source::literal(&value)),
                Err(_) => None,
            };
            if meta.path.is_ident(word) {
                found = Some(value);
            }
            Ok(())
        });
    }
    found
}

fn errors(sources: &Sources) -> Result<Vec<ErrorKind>, Untold> {
    let kinds = sources.enums.get("ErrorKind").ok_or_else(|| untold("there is no ErrorKind"))?;
    let of = |call| sources.literals("ErrorKind", call).unwrap_or_default();
    let (codes, retries, advice) = (of("code"), of("retry"), of("advice"));
    let kinds = kinds.variants.iter().map(|kind| {
        let name = kind.ident.to_string();
        let said = |of: &BTreeMap<String, String>| {
            of.get(&name).cloned().ok_or_else(|| untold(format!("the kind {name} does not say everything")))
        };
        Ok(ErrorKind {
            code: said(&codes)?,
            retry: said(&retries)?.to_snake_case(),
            advice: said(&advice)?,
            docs: docs::of(&kind.attrs),
            name,
        })
    });
    kinds.collect()
}

/// A field that is empty by default and holds a choice is the default of that choice, if it has one.
fn settle_defaults(api: &mut Api, sources: &Sources) {
    let records: BTreeSet<_> =
        api.types.iter().filter(|t| matches!(t.shape, Shape::Record(_))).map(|t| t.name.clone()).collect();
    let settle = |field: &mut Field| {
        if let Of::Named(name) = &field.of
            && field.default == Some(Default::Empty)
            && !records.contains(name)
        {
            field.default = sources.default_variant(name).map(Default::Variant);
        }
    };
    for of in &mut api.types {
        match &mut of.shape {
            Shape::Record(fields) => fields.iter_mut().for_each(settle),
            Shape::Choice(variants) => {
                for variant in variants {
                    if let Carries::Fields(fields) = &mut variant.carries {
                        fields.iter_mut().for_each(settle);
                    }
                }
            }
            _ => {}
        }
    }
}
