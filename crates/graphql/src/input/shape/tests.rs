use super::*;

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
