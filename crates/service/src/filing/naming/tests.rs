use wederhoor_procedure::{Confidential, Locale};

use super::*;

fn named(name: &str, email: Option<&str>, member: Option<u128>) -> Respondent {
    let address = email.map_or(Address::Unknown, |email| {
        Address::Email(Confidential::new(email.to_owned()))
    });
    Respondent {
        member: member.map(|id| MemberId(uuid::Uuid::from_u128(id))),
        contact: Contact {
            name: Confidential::new(name.to_owned()),
            address,
            telephone: None,
            locale: Locale::Nl,
        },
        is_notified: false,
    }
}

fn once(mut named: Vec<Respondent>) -> Vec<Respondent> {
    name_once(&mut named);
    named
}

#[test]
fn who_is_named_twice_is_one() {
    let jan = || named("Jan de Vries", Some("jan@personen.example"), None);
    let written_otherwise = named("dhr. JAN  de Vries", Some("Jan@Personen.example"), None);
    assert_eq!(once(vec![jan(), written_otherwise]), [jan()]);

    let twice = vec![
        named("Tess", None, Some(1)),
        named("T. Trainer", None, Some(1)),
    ];
    assert_eq!(once(twice), [named("Tess", None, Some(1))]);
}

#[test]
fn an_address_that_one_of_both_gives_is_kept() {
    let bare = || named("Jan de Vries", None, None);
    let reached = || named("Jan de Vries", Some("jan@personen.example"), None);
    assert_eq!(once(vec![bare(), reached(), bare()]), [reached()]);
}

#[test]
fn who_may_be_two_stays_two() {
    let one = || named("Jan de Vries", Some("jan@personen.example"), None);
    let other = || named("Jan de Vries", Some("jan@elders.example"), None);
    assert_eq!(once(vec![one(), other()]).len(), 2);
    let member = || named("Jan de Vries", None, Some(1));
    let namesake = || named("Jan de Vries", None, Some(2));
    assert_eq!(once(vec![member(), namesake(), one()]).len(), 3);
}
