//! Text of documentation, made fit for other languages.

use syn::{Attribute, Expr, ExprLit, Lit, Meta};

/// The text of `#[doc]` attributes: links become the text they show, examples in Rust are left out.
pub(crate) fn of(attributes: &[Attribute]) -> String {
    let lines: Vec<_> = attributes.iter().filter_map(line).flat_map(|l| lines_of(&l)).collect();
    without_examples(&lines).join("\n").trim().to_owned()
}

fn lines_of(text: &str) -> Vec<String> {
    text.lines().map(|line| without_links(line.strip_prefix(' ').unwrap_or(line)).trim_end().to_owned()).collect()
}

fn line(attribute: &Attribute) -> Option<String> {
    match &attribute.meta {
        Meta::NameValue(named) if named.path.is_ident("doc") => text(&named.value),
        _ => None,
    }
}

/// The text of a literal or of a `concat!` of literals.
fn text(value: &Expr) -> Option<String> {
    match value {
        Expr::Lit(ExprLit { lit: Lit::Str(text), .. }) => {
            // An empty line of documentation is a line.
            Some(if text.value().is_empty() { "\n".to_owned() } else { text.value() })
        }
        Expr::Macro(call) if call.mac.path.is_ident("concat") => {
            let parts = call.mac.parse_body_with(|input: syn::parse::ParseStream<'_>| {
                input.parse_terminated(|input| input.parse::<Lit>(), syn::Token![,])
            });
            let parts = parts.ok()?.into_iter().map(|part| match part {
                Lit::Str(text) => text.value(),
                _ => String::new(),
            });
            Some(parts.collect())
        }
        _ => None,
    }
}

fn without_examples(lines: &[String]) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    let (mut fenced, mut example) = (false, false);
    for line in lines {
        if line.starts_with("```") {
            fenced = !fenced;
            continue;
        }
        if !fenced && line.starts_with("# ") {
            example = line.starts_with("# Example");
        }
        if !fenced && !example {
            out.push(line.clone());
        }
    }
    out
}

/// ``[`a::B`](path)`` and ``[`B`]`` as `` `B` ``.
fn without_links(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    let mut rest = line;
    while let Some(open) = rest.find('[') {
        let (before, from) = rest.split_at(open);
        out.push_str(before);
        let shown = from.find(']').and_then(|close| from.get(1..close).map(|shown| (shown, close)));
        let Some((shown, close)) = shown else {
            rest = from;
            break;
        };
        let after = from.get(close + 1..).unwrap_or_default();
        let target = after.strip_prefix('(').and_then(|t| t.find(')').map(|end| t.get(end + 1..).unwrap_or_default()));
        match target {
            Some(after) => {
                out.push_str(shown);
                rest = after;
            }
            None if shown.starts_with('`') && shown.ends_with('`') => {
                out.push_str(shown);
                rest = after;
            }
            None => {
                out.push('[');
                rest = from.get(1..).unwrap_or_default();
            }
        }
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_show_their_text_alone() {
        assert_eq!(
            without_links("see [`Page::MOST`](x::y) and [`Prm`]; a[0] stays"),
            "see `Page::MOST` and `Prm`; a[0] stays"
        );
        assert_eq!(without_links("open [ only"), "open [ only");
    }

    #[test]
    fn examples_are_left_out_and_concat_is_read() {
        let item: syn::ItemStruct = syn::parse_quote! {
            /// First.
            ///
            /// # Example
            /// ```
            /// # let x = 1;
            /// ```
            /// # Errors
            #[doc = concat!("As ", "written.")]
            struct A;
        };
        assert_eq!(of(&item.attrs), "First.\n\n# Errors\nAs written.");
    }
}
