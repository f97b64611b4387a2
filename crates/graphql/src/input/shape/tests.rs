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
    assert!(!has_control("een\ntwee\tdrie"));
    assert!(has_control("een\0"));
    assert!(has_control("een\u{1b}[2J"));
}

#[test]
fn a_text_reads_in_the_direction_of_its_script() {
    let turned = "\u{202a}een\u{202c} \u{2067}twee\u{2069} علی\u{200c}رضا\u{200f}";
    assert_eq!(
        straight(turned.to_owned()),
        "een twee علی\u{200c}رضا\u{200f}"
    );
}
