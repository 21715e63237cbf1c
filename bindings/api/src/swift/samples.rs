//! Values with a mark in every text, to see what prints: one of each record, and one for each variant of a choice.

use std::fmt::Write as _;

use super::names::{camel, label, literal, swift_name};
use super::swift;
use crate::{Api, Carries, Field, Known, Of, Shape, Type, Variant};

/// A conformance to `Sampled` for every type, and the list of them.
pub(super) fn samples(api: &Api) -> String {
    let mut out = String::from("import Prm\n");
    let sampler = Sampler { api };
    for Type { name, shape, .. } in &api.types {
        let swift = swift_name(name);
        let mut samples = String::new();
        match shape {
            Shape::Id => continue,
            Shape::Record(fields) => {
                let _ = writeln!(samples, "            {swift}({}),", sampler.marked(name, fields));
            }
            Shape::Choice(variants) => {
                for Variant { name: variant, carries, .. } in variants {
                    let carried = match carries {
                        Carries::Nothing => String::new(),
                        Carries::One(of) => format!("({})", sampler.sample(&format!("{name}.{variant}"), of)),
                        Carries::Fields(fields) => {
                            format!("({})", sampler.marked(&format!("{name}.{variant}"), fields))
                        }
                    };
                    let _ = writeln!(samples, "            .{}{carried},", camel(variant));
                }
            }
            Shape::Code(known) => {
                let _ = writeln!(
                    samples,
                    "            .other({}),",
                    sampler.sample(&format!("{name}.other"), &Of::Plain("text"))
                );
                for Known { name, .. } in known {
                    let _ = writeln!(samples, "            .{},", camel(name));
                }
            }
        }
        let _ = writeln!(
            out,
            "\nextension {swift}: Sampled {{\n    static func samples(_ marks: Marks) -> [{swift}] {{\n        [\n{samples}        \
             ]\n    }}\n}}"
        );
    }
    let names = api.types.iter().filter(|of| of.shape != Shape::Id);
    let names: String = names.map(|of| format!("    {}.self,\n", swift_name(&of.name))).collect();
    let _ = writeln!(out, "\n/// Every record, choice and code.\nlet everySampled: [any Sampled.Type] = [\n{names}]");
    out
}

struct Sampler<'a> {
    api: &'a Api,
}

impl Sampler<'_> {
    fn marked(&self, owner: &str, fields: &[Field]) -> String {
        let one = |f: &Field| format!("{}: {}", label(&f.name), self.sample(&format!("{owner}.{}", f.name), &f.of));
        fields.iter().map(one).collect::<Vec<_>>().join(", ")
    }

    fn is_id(&self, name: &str) -> bool {
        self.api.types.iter().any(|of| of.name == name && of.shape == Shape::Id)
    }

    /// A value whose texts are marks that remember `place`.
    fn sample(&self, place: &str, of: &Of) -> String {
        match of {
            Of::Plain("text" | "word") => format!("marks.mark({})", literal(place)),
            Of::Plain("bool") => "true".to_owned(),
            Of::Plain(_) | Of::Unit => "7".to_owned(),
            Of::Sensitive(of) => format!("Redacted({})", self.sample(place, of)),
            Of::Scalar("Cursor") => format!("Cursor(marks.mark({}))", literal(place)),
            Of::Scalar("Decimal") => "ExactDecimal(\"1.50\")!".to_owned(),
            Of::Scalar("Instant") => "Instant(\"2026-03-02T09:00:00Z\")!".to_owned(),
            Of::Scalar("Date") => "CivilDate(\"2026-03-07\")!".to_owned(),
            Of::Scalar("CivilTime") => "CivilTime(\"2026-03-07T08:00:00\")!".to_owned(),
            Of::Scalar(_) => format!("{}(\"2026-03\")!", swift(of)),
            Of::Named(name) if self.is_id(name) => format!("{name}(\"018f0000-0000-7000-8000-000000000001\")!"),
            Of::Named(name) => format!("{}.samples(marks)[0]", swift_name(name)),
            Of::Option(of) => self.sample(place, of),
            Of::List(of) => match &**of {
                Of::Named(name) if !self.is_id(name) => format!("{}.samples(marks)", swift_name(name)),
                one => format!("[{}]", self.sample(place, one)),
            },
        }
    }
}
