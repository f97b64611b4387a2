use super::*;

#[test]
fn an_address_has_a_name_and_a_domain() {
    for right in [
        "jo@voorbeeld.example",
        "jo.van-der+x@a.b.example",
        "zoë@voorbeeld.example",
    ] {
        assert!(is_email(right), "{right}");
    }
    let long = format!("{}@voorbeeld.example", "a".repeat(65));
    let wrong = [
        "",
        "@",
        "jo",
        "jo@",
        "@x.example",
        "jo@localhost",
        "a@b@c.example",
        "jo@-x.example",
        "jo@x..example",
    ];
    for wrong in wrong.into_iter().chain([
        long.as_str(),
        "jo @x.example",
        "jo@x.example\r\nBcc: a@b.example",
        "<jo@x.example>",
    ]) {
        assert!(!is_email(wrong), "{wrong}");
    }
}

#[test]
fn a_number_has_its_country() {
    assert_eq!(e164("+31 (20) 123-45.67").as_deref(), Some("+31201234567"));
    for wrong in [
        "",
        "0201234567",
        "+0201234567",
        "+31",
        "+3120123456789012",
        "+31x",
        "+３１２０１２３４５６７",
    ] {
        assert_eq!(e164(wrong), None, "{wrong}");
    }
}

#[test]
fn a_text_holds_no_control_characters() {
    assert!(!has_control("een\ntwee\tdrie", false));
    assert!(has_control("een\ntwee", true));
    assert!(has_control("een\0", false));
    assert!(has_control("een\u{1b}[2J", false));
}
