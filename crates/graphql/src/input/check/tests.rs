use wederhoor_procedure::MemberId;
use wederhoor_service::{InputCode, ServiceError};

use super::*;

fn faults(look: impl FnOnce(&mut Check)) -> Vec<(InputCode, String)> {
    let mut check = Check::default();
    look(&mut check);
    match check.finish(()) {
        Ok(()) => Vec::new(),
        Err(ServiceError::Invalid(faults)) => faults
            .into_iter()
            .map(|fault| (fault.code, fault.path.join(".")))
            .collect(),
        Err(other) => panic!("{other}"),
    }
}

#[test]
fn every_fault_is_told_at_once_with_its_path() {
    let found = faults(|check| {
        check.within("complainant", |check| {
            check.email("email", &EmailAddress("nobody".to_owned()));
            check.optional_phone("telephone", Some(&PhoneNumber("06".to_owned())));
        });
        check.words("description", "  ".to_owned());
    });
    let expected = [
        (InputCode::Malformed, "complainant.email".to_owned()),
        (InputCode::Malformed, "complainant.telephone".to_owned()),
        (InputCode::Required, "description".to_owned()),
    ];
    assert_eq!(found, expected);
}

#[test]
fn a_text_has_bounds() {
    assert_eq!(
        faults(|check| drop(check.words("text", "é".repeat(LONG_TEXT)))),
        []
    );
    let long = "é".repeat(LONG_TEXT + 1);
    assert_eq!(
        faults(|check| drop(check.words("text", long))),
        [(InputCode::TooLong, "text".to_owned())]
    );
    let nul = "a\0b".to_owned();
    assert_eq!(
        faults(|check| drop(check.words("text", nul))),
        [(InputCode::Malformed, "text".to_owned())]
    );
    assert_eq!(
        faults(|check| drop(check.line("name", "a\nb"))),
        [(InputCode::Malformed, "name".to_owned())]
    );
}

#[test]
fn a_name_holds_nothing_unseen_and_a_text_nothing_that_turns_it() {
    let turned = "Karin \u{202e}regalK";
    let found = faults(|check| {
        check.line("name", turned);
        check.free_line("title", Some(turned));
        check.optional_line("place", Some(turned));
        let words = check.long_text("text", turned.to_owned());
        assert_eq!(words, "Karin regalK");
    });
    let malformed = |field: &str| (InputCode::Malformed, field.to_owned());
    assert_eq!(found, ["name", "title", "place"].map(malformed));
}

#[test]
fn what_may_be_left_out_may_be_empty() {
    let found = faults(|check| {
        assert_eq!(check.optional_words("reasons", Some("  ".to_owned())), None);
        assert_eq!(
            check.optional_email("email", Some(&EmailAddress(String::new()))),
            None
        );
        assert_eq!(check.optional_line("code", None), None);
    });
    assert_eq!(found, []);
}

#[test]
fn an_id_of_another_kind_is_unknown_and_names_its_place() {
    let course = wederhoor_procedure::CourseId(Uuid::from_u128(1)).opaque();
    let member = MemberId(Uuid::from_u128(2)).opaque();
    let found = faults(|check| drop(check.ids::<MemberId>("trainerIds", &[member, course])));
    assert_eq!(found, [(InputCode::Unknown, "trainerIds.1".to_owned())]);
}

#[test]
fn a_number_is_within_its_bounds() {
    assert_eq!(
        faults(|check| assert_eq!(check.number::<u8>("score", 5), 5)),
        []
    );
    let found = faults(|check| assert_eq!(check.number::<u8>("score", -1), 0));
    assert_eq!(found, [(InputCode::Malformed, "score".to_owned())]);
}
