use super::*;

#[test]
fn a_line_holds_nothing_that_nobody_sees() {
    for wrong in [
        "een\ntwee",
        "een\ttwee",
        "een\u{2028}twee",
        "\u{202e}neé",
        "e\u{200b}en",
    ] {
        let code = fault_of_line(wrong).map(|(code, _)| code);
        assert_eq!(
            code,
            Some(InputCode::Malformed),
            "{}",
            wrong.escape_unicode()
        );
    }
    for right in ["één twee", "علی\u{200c}رضا", "ශ්\u{200d}රී", "葛\u{e0100}城"] {
        assert_eq!(fault_of_line(right), None, "{right}");
    }
    for (line, code) in [
        (" \u{200b}", InputCode::Required),
        (&"e".repeat(201), InputCode::TooLong),
    ] {
        assert_eq!(fault_of_line(line).map(|(code, _)| code), Some(code));
    }
    assert_eq!(fault_of_line(&"é".repeat(200)), None);
}
