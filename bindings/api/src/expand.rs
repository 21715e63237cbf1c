//! Expansion of the item macros of the core: `macro_rules!` with one rule, as far as such macros need.

use std::collections::HashMap;

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};

/// A macro: its first rule.
#[derive(Debug, Clone)]
pub(crate) struct Macro {
    pattern: Vec<Pattern>,
    template: Vec<TokenTree>,
}

#[derive(Debug, Clone)]
enum Pattern {
    Token(String),
    Group(Delimiter, Vec<Pattern>),
    Variable { name: String, fragment: String },
    Repeat { of: Vec<Pattern>, separator: Option<String> },
}

#[derive(Debug, Clone)]
enum Bound {
    One(Vec<TokenTree>),
    Each(Vec<Bound>),
}

type Bindings = HashMap<String, Bound>;

impl Macro {
    /// The macro of a `macro_rules!` body; none if it has no rule of the form `(…) => {…}`.
    pub(crate) fn parse(body: TokenStream) -> Option<Self> {
        let mut tokens = body.into_iter();
        let TokenTree::Group(pattern) = tokens.next()? else { return None };
        let template = tokens.find_map(|token| match token {
            TokenTree::Group(group) => Some(group),
            _ => None,
        })?;
        Some(Macro {
            pattern: patterns(&mut pattern.stream().into_iter().peekable())?,
            template: template.stream().into_iter().collect(),
        })
    }

    /// What an invocation stands for; none if it does not fit the rule.
    pub(crate) fn expand(&self, invocation: TokenStream) -> Option<TokenStream> {
        let tokens: Vec<_> = invocation.into_iter().collect();
        let mut bound = Bindings::new();
        let rest = matched(&self.pattern, &tokens, &mut bound)?;
        rest.is_empty().then(|| transcribe(&self.template, &bound).into_iter().collect())
    }
}

type Tokens = std::iter::Peekable<proc_macro2::token_stream::IntoIter>;

fn is_punct(token: Option<&TokenTree>, of: char) -> bool {
    matches!(token, Some(TokenTree::Punct(p)) if p.as_char() == of)
}

fn is_end(token: Option<&TokenTree>) -> bool {
    ['+', '*', '?'].iter().any(|of| is_punct(token, *of))
}

fn patterns(tokens: &mut Tokens) -> Option<Vec<Pattern>> {
    let mut out = Vec::new();
    while let Some(token) = tokens.next() {
        out.push(match token {
            TokenTree::Punct(p) if p.as_char() == '$' => match tokens.next()? {
                TokenTree::Ident(name) => {
                    tokens.next_if(|t| is_punct(Some(t), ':'))?;
                    Pattern::Variable { name: name.to_string(), fragment: tokens.next()?.to_string() }
                }
                TokenTree::Group(group) => {
                    let of = patterns(&mut group.stream().into_iter().peekable())?;
                    let separator = tokens.next_if(|t| !is_end(Some(t))).map(|t| t.to_string());
                    tokens.next_if(|t| is_end(Some(t)))?;
                    Pattern::Repeat { of, separator }
                }
                _ => return None,
            },
            TokenTree::Group(group) => {
                Pattern::Group(group.delimiter(), patterns(&mut group.stream().into_iter().peekable())?)
            }
            other => Pattern::Token(other.to_string()),
        });
    }
    Some(out)
}

/// What is left of `tokens` after the patterns took theirs.
fn matched<'t>(patterns: &[Pattern], mut tokens: &'t [TokenTree], bound: &mut Bindings) -> Option<&'t [TokenTree]> {
    for (at, pattern) in patterns.iter().enumerate() {
        match pattern {
            Pattern::Token(text) => {
                let (first, rest) = tokens.split_first()?;
                if first.to_string() != *text {
                    return None;
                }
                tokens = rest;
            }
            Pattern::Group(delimiter, within) => {
                let (TokenTree::Group(group), rest) = tokens.split_first()? else { return None };
                let inner: Vec<_> = group.stream().into_iter().collect();
                if group.delimiter() != *delimiter || !matched(within, &inner, bound)?.is_empty() {
                    return None;
                }
                tokens = rest;
            }
            Pattern::Variable { name, fragment } => {
                let many = matches!(fragment.as_str(), "ty" | "expr" | "path");
                let until = patterns.get(at + 1).and_then(|next| match next {
                    Pattern::Token(text) => Some(text.as_str()),
                    _ => None,
                });
                let taken = match until {
                    Some(until) if many => tokens.iter().position(|t| t.to_string() == until)?,
                    _ if many => tokens.len(),
                    _ => 1,
                };
                let (value, rest) = tokens.split_at_checked(taken)?;
                if fragment == "ident" && !matches!(value, [TokenTree::Ident(_)])
                    || fragment == "literal" && !matches!(value, [TokenTree::Literal(_)])
                {
                    return None;
                }
                bound.insert(name.clone(), Bound::One(value.to_vec()));
                tokens = rest;
            }
            Pattern::Repeat { of, separator } => {
                let mut rounds = Vec::new();
                loop {
                    let mut from = tokens;
                    if let (Some(separator), false) = (separator, rounds.is_empty()) {
                        match from.split_first() {
                            Some((first, rest)) if first.to_string() == *separator => from = rest,
                            _ => break,
                        }
                    }
                    let mut round = Bindings::new();
                    match matched(of, from, &mut round) {
                        Some(rest) if rest.len() < tokens.len() => tokens = rest,
                        _ => break,
                    }
                    rounds.push(round);
                }
                for name in variables(of) {
                    let each = rounds.iter().filter_map(|round| round.get(&name).cloned()).collect();
                    bound.insert(name, Bound::Each(each));
                }
            }
        }
    }
    Some(tokens)
}

fn variables(patterns: &[Pattern]) -> Vec<String> {
    let of = |pattern: &Pattern| match pattern {
        Pattern::Token(_) => Vec::new(),
        Pattern::Variable { name, .. } => vec![name.clone()],
        Pattern::Group(_, within) | Pattern::Repeat { of: within, .. } => variables(within),
    };
    patterns.iter().flat_map(of).collect()
}

fn transcribe(template: &[TokenTree], bound: &Bindings) -> Vec<TokenTree> {
    let mut out = Vec::new();
    let mut tokens = template.iter().peekable();
    while let Some(token) = tokens.next() {
        match token {
            TokenTree::Punct(p) if p.as_char() == '$' => match tokens.peek() {
                Some(TokenTree::Ident(name)) if bound.contains_key(&name.to_string()) => {
                    if let Some(Bound::One(value)) = bound.get(&name.to_string()) {
                        out.extend(value.iter().cloned());
                    }
                    tokens.next();
                }
                Some(TokenTree::Group(group)) => {
                    let within: Vec<_> = group.stream().into_iter().collect();
                    tokens.next();
                    let separator = tokens.next_if(|t| !is_end(Some(t)));
                    tokens.next();
                    for (n, round) in rounds(&within, bound).iter().enumerate() {
                        if n > 0 {
                            out.extend(separator.cloned());
                        }
                        out.extend(transcribe(&within, round));
                    }
                }
                _ => out.push(token.clone()),
            },
            TokenTree::Group(group) => {
                let within: Vec<_> = group.stream().into_iter().collect();
                let within = transcribe(&within, bound).into_iter().collect();
                out.push(TokenTree::Group(Group::new(group.delimiter(), within)));
            }
            other => out.push(other.clone()),
        }
    }
    out
}

/// The bindings of each round of a repetition.
fn rounds(template: &[TokenTree], bound: &Bindings) -> Vec<Bindings> {
    let used = used(template);
    let count = used.iter().filter_map(|name| match bound.get(name) {
        Some(Bound::Each(each)) => Some(each.len()),
        _ => None,
    });
    let round = |n: usize| {
        let mut round = bound.clone();
        for name in &used {
            if let Some(Bound::Each(each)) = bound.get(name)
                && let Some(one) = each.get(n)
            {
                round.insert(name.clone(), one.clone());
            }
        }
        round
    };
    (0..count.max().unwrap_or(0)).map(round).collect()
}

fn used(template: &[TokenTree]) -> Vec<String> {
    let mut out = Vec::new();
    let mut after_dollar = false;
    for token in template {
        match token {
            TokenTree::Ident(name) if after_dollar => out.push(name.to_string()),
            TokenTree::Group(group) => out.extend(used(&group.stream().into_iter().collect::<Vec<_>>())),
            _ => {}
        }
        after_dollar = is_punct(Some(token), '$');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn expanded(rule: &str, invocation: &str) -> String {
        let rule = Macro::parse(rule.parse().unwrap()).unwrap();
        rule.expand(invocation.parse().unwrap()).unwrap().to_string().replace(' ', "")
    }

    #[test]
    fn repetitions_nest_and_types_end_where_the_rule_says() {
        let rule = "($($(#[doc = $doc:literal])+ $name:ident { $id:ty, $($v:ident = $n:literal,)+ };)+) => { $( $(#[doc = $doc])+ enum $name { $($v,)+ } impl A<$id> {} )+ };";
        let made =
            expanded(rule, r#"#[doc = "a"] #[doc = "b"] X { Vec<u8>, P = 1, Q = 2, }; #[doc = "c"] Y { u8, R = 3, };"#);
        assert_eq!(made, r#"#[doc="a"]#[doc="b"]enumX{P,Q,}implA<Vec<u8>>{}#[doc="c"]enumY{R,}implA<u8>{}"#);
    }

    #[test]
    fn an_invocation_that_does_not_fit_is_none() {
        let rule = Macro::parse("($a:ident) => { struct $a; };".parse().unwrap()).unwrap();
        assert!(rule.expand("1".parse().unwrap()).is_none());
        assert!(rule.expand("a b".parse().unwrap()).is_none());
    }
}
