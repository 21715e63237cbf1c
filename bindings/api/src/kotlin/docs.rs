//! Documentation of the core as KDoc.

/// The text as a comment, each line after `indent`.
pub(super) fn kdoc(docs: &str, indent: &str) -> String {
    let lines = text(docs);
    if let [line] = lines.as_slice() {
        return format!("{indent}/** {line} */\n");
    }
    let mut comment = format!("{indent}/**\n");
    for line in lines {
        let line = format!("{indent} * {line}");
        comment.push_str(line.trim_end());
        comment.push('\n');
    }
    comment.push_str(&format!("{indent} */\n"));
    comment
}

/// Lines without code in Rust, without links, and with `# Errors` as `@throws`.
fn text(docs: &str) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let (mut in_code, mut in_example, mut in_errors) = (false, false, false);
    for line in docs.lines() {
        if line.trim_start().starts_with("```") {
            in_code = !in_code;
            continue;
        }
        if let Some(title) = line.strip_prefix("# ") {
            in_example = title.starts_with("Example");
            in_errors = title.starts_with("Errors");
            continue;
        }
        if in_code || in_example {
            continue;
        }
        let line = plain(line);
        if in_errors && !line.is_empty() {
            in_errors = false;
            lines.push(format!("@throws PrmException {line}"));
        } else {
            lines.push(line);
        }
    }
    while lines.last().is_some_and(String::is_empty) {
        lines.pop();
    }
    lines
}

/// A line without links of Rust, and without what would end or begin a comment.
fn plain(line: &str) -> String {
    let mut text = String::with_capacity(line.len());
    let mut rest = line;
    while let Some((before, after)) = rest.split_once('[') {
        text.push_str(before);
        let (name, behind) = after.split_once(']').unwrap_or((after, ""));
        let code = name.strip_prefix('`').and_then(|name| name.strip_suffix('`'));
        match code {
            Some(code) => text.push_str(&format!("`{}`", code.replace("::", "."))),
            None => text.push_str(&format!("[{name}]")),
        }
        rest = match behind.strip_prefix('(') {
            Some(target) if code.is_some() => target.split_once(')').map_or("", |(_, behind)| behind),
            _ => behind,
        };
    }
    text.push_str(rest);
    text.replace("*/", "* /").replace("/*", "/ *").replace('@', "&#64;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_a_comment_of_one_line() {
        assert_eq!(kdoc("Adds a patient.", "  "), "  /** Adds a patient. */\n");
    }

    #[test]
    fn links_and_rust_are_left_out_and_errors_are_thrown() {
        let docs = "Adds it, see [`Session::execute`] or [`here`](crate::x).\n\n# Errors\n`Denied`, [0, 1].\n\n# Example\n```\nlet a;\n```";
        assert_eq!(
            kdoc(docs, ""),
            "/**\n * Adds it, see `Session.execute` or `here`.\n *\n * @throws PrmException `Denied`, [0, 1].\n */\n"
        );
    }

    #[test]
    fn nothing_ends_a_comment_early() {
        assert_eq!(kdoc("a */ b @c", ""), "/** a * / b &#64;c */\n");
    }
}
