//! What people typed, made harmless.

use crate::clean::{line, lines, link};

#[test]
fn a_line_stays_one_line() {
    assert_eq!(
        line("  Kim\r\nBcc: x@y.example\u{2028}de \t Klager\u{0} "),
        "Kim Bcc: x@y.example de Klager"
    );
    assert_eq!(line("\u{202e}omgekeerd\u{feff}"), "omgekeerd");
}

#[test]
fn lines_keep_paragraphs_but_no_more_than_one_empty_line() {
    assert_eq!(
        lines("een\r\n\r\n\r\n\r\ntwee \rdrie\n\n"),
        "een\n\ntwee\ndrie"
    );
    assert_eq!(lines("\n\n"), "");
}

#[test]
fn only_an_address_of_the_web_is_a_link() {
    assert_eq!(
        link("https://a.example/k/1?x=2&y=3"),
        Some("https://a.example/k/1?x=2&y=3")
    );
    for wrong in [
        "javascript:alert(1)",
        "https://a.example/ x",
        "https://a.example/\">",
        "ftp://a.example",
        "https://a.example/\n",
        "",
    ] {
        assert_eq!(link(wrong), None, "{wrong:?}");
    }
}
