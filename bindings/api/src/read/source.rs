//! The sources of the core, parsed: what is declared, under which public name, and what small functions answer.

use std::collections::BTreeMap;
use std::path::Path;

use proc_macro2::TokenStream;
use syn::visit::Visit;
use syn::{Expr, ImplItem, Item, ItemEnum, ItemImpl, ItemStruct, Lit, Stmt, UseTree, Visibility};

use super::{Default, Untold, untold};
use crate::expand::Macro;

/// Public modules whose types other languages see. What `render` draws they get as text.
const MODULES: [&str; 9] =
    ["", "people", "chart", "govern", "engage", "plan", "evidence", "decide", "interchange/ical"];

#[derive(Default)]
pub(super) struct Sources {
    pub(super) structs: BTreeMap<String, ItemStruct>,
    pub(super) enums: BTreeMap<String, ItemEnum>,
    pub(super) impls: Vec<ItemImpl>,
    functions: BTreeMap<String, syn::ItemFn>,
    public: BTreeMap<String, String>,
}

impl Sources {
    pub(super) fn read(folder: &Path) -> Result<Self, Untold> {
        let mut files = Vec::new();
        walk(folder, &mut files)?;
        let mut sources = Sources::default();
        let mut macros = BTreeMap::new();
        for (_, file) in &files {
            macros.extend(file.items.iter().filter_map(rule));
        }
        for (path, mut file) in files {
            if path.starts_with("render") {
                file.items.retain(|item| matches!(item, Item::Impl(_)));
            }
            sources.exports(&path, &file.items);
            // Of two macros of one name, a file means its own.
            let mut known = macros.clone();
            known.extend(file.items.iter().filter_map(rule));
            sources.take(file.items, &known)?;
        }
        Ok(sources)
    }

    /// Names that a façade exports.
    fn exports(&mut self, path: &Path, items: &[Item]) {
        let module = match path.to_str() {
            Some("lib.rs") => "",
            Some(path) => match path.strip_suffix("/mod.rs") {
                Some(module) if MODULES.contains(&module) => module.rsplit('/').next().unwrap_or(module),
                _ => return,
            },
            None => return,
        };
        for item in items {
            if let Item::Use(exported) = item
                && matches!(exported.vis, Visibility::Public(_))
            {
                let mut names = Vec::new();
                leaves(&exported.tree, &mut names);
                for name in names {
                    // The root is the shorter way.
                    if module.is_empty() || !self.public.contains_key(&name) {
                        self.public.insert(name, module.to_owned());
                    }
                }
            }
        }
    }

    fn take(&mut self, items: Vec<Item>, macros: &BTreeMap<String, Macro>) -> Result<(), Untold> {
        for item in items {
            match item {
                Item::Struct(of) if matches!(of.vis, Visibility::Public(_)) => {
                    self.structs.insert(of.ident.to_string(), of);
                }
                Item::Enum(of) if matches!(of.vis, Visibility::Public(_)) => {
                    self.enums.insert(of.ident.to_string(), of);
                }
                Item::Impl(of) => self.impls.push(of),
                Item::Fn(of) if of.sig.inputs.is_empty() => {
                    self.functions.insert(of.sig.ident.to_string(), of);
                }
                Item::Macro(call) if call.ident.is_none() => {
                    let name = call.mac.path.segments.last().map(|s| s.ident.to_string()).unwrap_or_default();
                    let Some(rule) = macros.get(&name) else { continue };
                    let made = rule.expand(call.mac.tokens).ok_or_else(|| untold(format!("{name}! does not fit")))?;
                    let made =
                        syn::parse2::<syn::File>(made).map_err(|e| untold(format!("{name}! gives no items: {e}")))?;
                    self.take(made.items, macros)?;
                }
                _ => {}
            }
        }
        Ok(())
    }

    pub(super) fn is_public(&self, name: &str) -> bool {
        self.public.contains_key(name)
    }

    pub(super) fn module(&self, name: &str) -> Option<&str> {
        self.public.get(name).map(String::as_str)
    }

    /// What a function of an enum answers for each variant: literals, or the last word of a path.
    pub(super) fn literals(&self, of: &str, function: &str) -> Option<BTreeMap<String, String>> {
        struct Arms(BTreeMap<String, String>);
        impl<'a> Visit<'a> for Arms {
            fn visit_arm(&mut self, arm: &'a syn::Arm) {
                let variant = match &arm.pat {
                    syn::Pat::Path(path) => path.path.segments.last().map(|s| s.ident.to_string()),
                    _ => None,
                };
                let value = literal(&arm.body).or_else(|| last_word(&arm.body));
                self.0.extend(variant.zip(value));
            }
        }
        let mut arms = Arms(BTreeMap::new());
        let inherent = self.impls.iter().filter(|block| super::self_name(block).as_deref() == Some(of));
        for item in inherent.flat_map(|block| &block.items) {
            if let ImplItem::Fn(call) = item
                && call.sig.ident == function
            {
                arms.visit_block(&call.block);
            }
        }
        (!arms.0.is_empty()).then_some(arms.0)
    }

    /// The default of a field, if an `impl Default` says something that is not empty.
    pub(super) fn default_of(&self, of: &str, field: &str) -> Option<Default> {
        let block = self.impls.iter().find(|block| {
            let of_default = block.trait_.as_ref().is_some_and(|t| t.0.is_ident("Default"));
            of_default && text(&block.self_ty) == of
        })?;
        let made = block.items.iter().find_map(|item| match item {
            ImplItem::Fn(call) => match call.block.stmts.last() {
                Some(Stmt::Expr(Expr::Struct(made), _)) => Some(made),
                _ => None,
            },
            _ => None,
        })?;
        let value = made.fields.iter().find(|value| matches!(&value.member, syn::Member::Named(n) if n == field))?;
        match &value.expr {
            Expr::Path(path) if path.path.segments.len() > 1 => last_word(&value.expr).map(Default::Variant),
            expr => literal(expr).filter(|l| l != "false" && l != "0" && !l.is_empty()).map(Default::Literal),
        }
    }

    /// The variant of an enum that is its default.
    pub(super) fn default_variant(&self, of: &str) -> Option<String> {
        let variants = &self.enums.get(of)?.variants;
        let of = variants.iter().find(|v| v.attrs.iter().any(|a| a.path().is_ident("default")))?;
        Some(of.ident.to_string())
    }

    /// The literal that a function without arguments answers.
    pub(super) fn answer_of(&self, function: &str) -> Result<String, Untold> {
        let answer = self.functions.get(function).and_then(|f| match f.block.stmts.last() {
            Some(Stmt::Expr(expr, None)) => literal(expr),
            _ => None,
        });
        answer.ok_or_else(|| untold(format!("the default {function} is no literal")))
    }
}

/// What is not data that other languages see, or is not shipped.
const LEFT_OUT: [&str; 4] = ["interchange/fhir", "store", "tests", "tests.rs"];

fn walk(root: &Path, files: &mut Vec<(std::path::PathBuf, syn::File)>) -> Result<(), Untold> {
    let mut waiting = vec![root.to_path_buf()];
    while let Some(folder) = waiting.pop() {
        let entries = std::fs::read_dir(&folder).map_err(|e| untold(format!("{}: {e}", folder.display())))?;
        for entry in entries.flatten() {
            let path = entry.path();
            if LEFT_OUT.iter().any(|name| path.ends_with(name)) {
                continue;
            }
            if path.is_dir() {
                waiting.push(path);
            } else if path.extension().is_some_and(|e| e == "rs") {
                let parsed = std::fs::read_to_string(&path).map_err(|e| e.to_string());
                let parsed = parsed.and_then(|text| syn::parse_file(&text).map_err(|e| e.to_string()));
                let file = parsed.map_err(|e| untold(format!("{}: {e}", path.display())))?;
                files.push((path.strip_prefix(root).unwrap_or(&path).to_path_buf(), file));
            }
        }
    }
    files.sort_by(|a, b| a.0.cmp(&b.0));
    Ok(())
}

fn rule(item: &Item) -> Option<(String, Macro)> {
    match item {
        Item::Macro(rules) if rules.mac.path.is_ident("macro_rules") => {
            let name = rules.ident.as_ref()?.to_string();
            Some((name, Macro::parse(rules.mac.tokens.clone())?))
        }
        _ => None,
    }
}

fn leaves(tree: &UseTree, names: &mut Vec<String>) {
    match tree {
        UseTree::Path(path) => leaves(&path.tree, names),
        UseTree::Name(name) => names.push(name.ident.to_string()),
        UseTree::Group(group) => group.items.iter().for_each(|tree| leaves(tree, names)),
        UseTree::Rename(_) | UseTree::Glob(_) => {}
    }
}

/// The text of a literal.
pub(super) fn literal(expr: &Expr) -> Option<String> {
    match expr {
        Expr::Lit(lit) => match &lit.lit {
            Lit::Str(text) => Some(text.value()),
            Lit::Bool(value) => Some(value.value.to_string()),
            Lit::Int(value) => Some(value.base10_digits().to_owned()),
            _ => None,
        },
        _ => None,
    }
}

fn last_word(expr: &Expr) -> Option<String> {
    match expr {
        Expr::Path(path) => path.path.segments.last().map(|s| s.ident.to_string()),
        _ => None,
    }
}

/// The tokens of something, without spaces.
pub(super) fn text(of: &impl quote::ToTokens) -> String {
    let tokens: TokenStream = of.to_token_stream();
    tokens.to_string().replace(' ', "")
}
