use super::*;

#[test]
fn what_nobody_can_see_is_no_text() {
    for unseen in [
        "",
        "  \t\n",
        "\u{a0}\u{2003}\u{3000}",
        "\u{200b}",
        "\u{feff}\u{200d}\u{2060}",
        "\u{0}\u{1b}\u{7f}\u{85}",
        "\u{ad}\u{200e}\u{202e}",
        "\u{2800}\u{3164}\u{fe0f}",
        "\u{e0020}\u{e01ef}",
    ] {
        assert!(
            is_blank(unseen),
            "{:?}",
            unseen.escape_unicode().to_string()
        );
    }
}

#[test]
fn one_sign_that_shows_is_a_text() {
    for seen in [
        "a",
        " . ",
        "\u{200b}é",
        "ö\u{200d}",
        "日本",
        "👩\u{200d}🏫",
        "٣",
    ] {
        assert!(!is_blank(seen), "{seen}");
    }
}

#[test]
fn what_makes_a_text_read_otherwise_is_hidden_and_what_a_script_needs_is_not() {
    for hidden in "\u{202e}\u{2066}\u{2069}\u{200b}\u{200f}\u{ad}\u{feff}\u{e0041}".chars() {
        assert!(is_hidden(hidden), "{}", hidden.escape_unicode());
    }
    for needed in "é日ع\u{200c}\u{200d}\u{fe0f}\u{e0100}\u{301} ".chars() {
        assert!(!is_hidden(needed), "{}", needed.escape_unicode());
    }
    let turning = ('\0'..=char::MAX).filter(|c| turns(*c));
    assert_eq!(turning.filter(|c| is_hidden(*c)).count(), 9);
}

#[test]
fn the_ranges_are_in_order_and_apart() {
    for pair in UNSEEN.windows(2).chain(HIDDEN.windows(2)) {
        assert!(pair[0].end() < pair[1].start(), "{pair:?}");
    }
}
