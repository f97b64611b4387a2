//! What people typed, made harmless before it stands in a letter.

use wederhoor_procedure::is_hidden;

/// One line: no control characters, no line breaks, nothing that turns the reading direction.
pub(crate) fn line(text: &str) -> String {
    let spaced: String = text
        .chars()
        .filter(|c| !is_hidden(*c))
        .map(|c| {
            if is_break(c) || c.is_control() {
                ' '
            } else {
                c
            }
        })
        .collect();
    spaced.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Lines separated by `\n`, trimmed at the end, at most one empty line between two.
pub(crate) fn lines(text: &str) -> String {
    let unified = text.replace("\r\n", "\n");
    let mut clean: Vec<String> = Vec::new();
    for one in unified.split(is_break) {
        let one: String = one
            .chars()
            .filter(|c| !is_hidden(*c))
            .map(|c| if c.is_control() { ' ' } else { c })
            .collect();
        let one = one.trim_end();
        let follows_empty = clean.last().is_none_or(String::is_empty);
        if !(one.is_empty() && follows_empty) {
            clean.push(one.to_owned());
        }
    }
    clean.join("\n").trim_end().to_owned()
}

/// The address, if it is one that a letter may carry.
pub(crate) fn link(url: &str) -> Option<&str> {
    let is_web = url.starts_with("https://") || url.starts_with("http://");
    let is_plain = url
        .bytes()
        .all(|b| b.is_ascii_graphic() && !b"\"'<>\\`".contains(&b));
    (is_web && is_plain).then_some(url)
}

fn is_break(c: char) -> bool {
    matches!(
        c,
        '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}'
    )
}
