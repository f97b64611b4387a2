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
        ".jo@x.example",
        "jo.@x.example",
        "jo..b@x.example",
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
