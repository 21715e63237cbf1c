//! Documentation as KDoc.

/// The text as a comment, each line after `indent`, `# Errors` as `@throws`.
pub(super) fn kdoc(docs: &str, indent: &str) -> String {
    let lines = lines(docs);
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

fn lines(docs: &str) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut after_title = false;
    for line in docs.lines() {
        if line == "# Errors" {
            after_title = true;
        } else if after_title && !line.is_empty() {
            after_title = false;
            lines.push(format!("@throws PrmException {}", plain(line)));
        } else {
            lines.push(plain(line));
        }
    }
    while lines.last().is_some_and(String::is_empty) {
        lines.pop();
    }
    lines
}

/// A line without what would end or begin a comment, or a tag.
fn plain(line: &str) -> String {
    line.replace("::", ".").replace("*/", "* /").replace("/*", "/ *").replace('@', "&#64;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_a_comment_of_one_line() {
        assert_eq!(kdoc("Adds a patient.", "  "), "  /** Adds a patient. */\n");
    }

    #[test]
    fn errors_are_thrown() {
        let docs = "Adds it, see `Session::execute`.\n\n# Errors\n`Denied`, [0, 1].";
        let comment = "/**\n * Adds it, see `Session.execute`.\n *\n * @throws PrmException `Denied`, [0, 1].\n */\n";
        assert_eq!(kdoc(docs, ""), comment);
    }

    #[test]
    fn nothing_ends_a_comment_early() {
        assert_eq!(kdoc("a */ b @c", ""), "/** a * / b &#64;c */\n");
    }
}
