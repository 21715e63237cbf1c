//! Documentation of the core as docstrings in the style of NumPy.

use crate::Api;

const WIDTH: usize = 110;

/// What stands before the first heading, and what stands under `# Errors`.
pub(super) fn parts(docs: &str) -> (String, String) {
    let (mut text, mut errors) = (String::new(), String::new());
    let mut under = "";
    for line in docs.lines() {
        if let Some(heading) = line.strip_prefix("# ") {
            under = heading;
            continue;
        }
        let into = match under {
            "" => &mut text,
            "Errors" => &mut errors,
            _ => continue,
        };
        into.push_str(line);
        into.push('\n');
    }
    (spoken(text.trim()), spoken(errors.trim()))
}

/// Text with names as Python writes them.
fn spoken(text: &str) -> String {
    text.replace("::", ".").replace("Self.", "").replace('`', "``").replace("````", "``").replace('\\', "\\\\")
}

/// The first sentence or line.
pub(super) fn summary(docs: &str) -> String {
    let (text, _) = parts(docs);
    let paragraph = text.split("\n\n").next().unwrap_or_default().replace('\n', " ");
    match paragraph.find(". ") {
        Some(end) => paragraph.get(..=end).unwrap_or(&paragraph).to_owned(),
        None => paragraph,
    }
}

/// Paragraphs, each wrapped and set in by `indent` columns; items of a list stay lines of their own.
pub(super) fn wrapped(text: &str, indent: usize) -> String {
    let mut paragraphs = Vec::new();
    for paragraph in text.split("\n\n").filter(|paragraph| !paragraph.trim().is_empty()) {
        let mut lines: Vec<String> = Vec::new();
        for line in paragraph.lines() {
            match lines.last_mut() {
                Some(last) if !line.trim_start().starts_with("- ") => {
                    last.push(' ');
                    last.push_str(line.trim());
                }
                _ => lines.push(line.trim().to_owned()),
            }
        }
        paragraphs.push(lines.iter().map(|line| fill(line, indent)).collect::<Vec<_>>().join("\n"));
    }
    paragraphs.join("\n\n")
}

fn fill(line: &str, indent: usize) -> String {
    let margin = " ".repeat(indent);
    let hanging = if line.starts_with("- ") { "  " } else { "" };
    let (mut out, mut column) = (margin.clone(), indent);
    for (n, word) in line.split_whitespace().enumerate() {
        let length = word.chars().count();
        if n > 0 && column + 1 + length > WIDTH {
            out.push_str(&format!("\n{margin}{hanging}"));
            column = indent + hanging.len();
        } else if n > 0 {
            out.push(' ');
            column += 1;
        }
        out.push_str(word);
        column += length;
    }
    out
}

/// A docstring of its sections, set in by `indent` columns.
pub(super) fn docstring(text: &str, sections: &[String], indent: usize) -> String {
    let margin = " ".repeat(indent);
    let text = wrapped(text, indent);
    let text = text.trim_start();
    if sections.is_empty() && !text.contains('\n') {
        return format!("{margin}\"\"\"{text}\"\"\"\n");
    }
    let mut out = format!("{margin}\"\"\"{text}\n");
    for section in sections {
        out.push('\n');
        out.push_str(section);
    }
    format!("{out}{margin}\"\"\"\n")
}

/// A section with its heading, set in by `indent` columns; `body` is set in already.
pub(super) fn section(heading: &str, body: &str, indent: usize) -> String {
    let margin = " ".repeat(indent);
    format!("{margin}{heading}\n{margin}{}\n{body}", "-".repeat(heading.len()))
}

/// An item of a section: a head, and a text below it.
pub(super) fn item(head: &str, text: &str, indent: usize) -> String {
    let margin = " ".repeat(indent);
    if text.is_empty() {
        format!("{margin}{head}\n")
    } else {
        format!("{margin}{head}\n{}\n", wrapped(text, indent + 4))
    }
}

/// The kinds of errors that a text names, those of what it refers to among them.
pub(super) fn kinds(api: &Api, room: &str, errors: &str, depth: usize) -> Vec<String> {
    let quoted = |name: &str| errors.contains(&format!("`{name}`"));
    let mut found: Vec<String> =
        api.errors.iter().filter(|kind| quoted(&kind.name)).map(|kind| kind.name.clone()).collect();
    let mut add = |more: Vec<String>| {
        for kind in more {
            if !found.contains(&kind) {
                found.push(kind);
            }
        }
    };
    if errors.contains("Session.execute") || errors.contains("`execute`") {
        add(["Invalid", "NotFound", "Conflict", "Denied", "Io", "Full", "Corrupted"].map(str::to_owned).into());
    }
    let calls = api.rooms.iter().filter(|other| other.name == room).flat_map(|room| &room.calls);
    for call in calls {
        let meant = match call.name.as_str() {
            "patient" => errors.contains("As reading the patient") || errors.contains("As reading the current one"),
            name => quoted(name),
        };
        if depth < 3 && meant {
            add(kinds(api, room, &parts(&call.docs).1, depth + 1));
        }
    }
    found
}
