use super::*;

#[test]
fn an_id_names_its_type() {
    let member = MemberId(Uuid::from_u128(7));
    let id = member.opaque();
    assert_eq!(typed::<MemberId>(&id), Some(member));
    assert_eq!(typed::<CourseId>(&id), None);
}

#[test]
fn what_is_no_id_names_nothing() {
    for text in [
        "",
        "x",
        "AAAAAAAAAAAAAAAAAAAAAAA",
        "////////////////////////",
        "é🎈",
        &"A".repeat(10_000),
    ] {
        assert_eq!(decode(text), None, "{text}");
    }
}
