use serde_json::json;

use super::*;
use crate::tests::frozen;

fn anna() -> (MemberId, Members) {
    let anna = MemberId(Uuid::from_u128(3));
    (anna, Members::from([(anna, MemberFacts::default())]))
}

#[test]
fn l10_whoever_is_named_is_set_apart_and_put_back() {
    let (anna, members) = anna();
    let stranger = Uuid::from_u128(9).to_string();
    let event = json!({
        "by": { "member": anna },
        "event": { "to": [anna, stranger], "text": { "confidential": anna } },
    });
    let mut kept = event.clone();
    set_apart(&mut kept, &members);
    let someone = json!({ "someone": { "confidential": anna } });
    let apart = json!({
        "by": { "member": someone },
        "event": { "to": [someone, stranger], "text": { "confidential": anna } },
    });
    assert_eq!(kept, apart);
    put_back(&mut kept);
    assert_eq!(kept, event);
}

#[test]
fn l10_whoever_was_named_is_nobody_once_that_is_destroyed() {
    let mut left = json!({ "by": { "member": { "someone": { "confidential": null } } } });
    put_back(&mut left);
    assert_eq!(left, json!({ "by": { "member": Uuid::nil() } }));
}

#[test]
fn l10_who_gave_way_as_a_party_has_been_one_too() {
    let mut dossier = frozen::dossiers().next().unwrap();
    let notified = |one: &&Recorded| matches!(one.event, Event::RespondentNotified { .. });
    let mut other = dossier.iter().find(notified).unwrap().clone();
    if let Event::RespondentNotified { member, .. } = &mut other.event {
        *member = Some(MemberId(Uuid::from_u128(9)));
    }
    dossier.push(other);
    let (accused, speaks) = (Party::Respondent(1), Party::Representative);
    let all = [(5, accused), (9, accused), (14, speaks)];
    let all = all.map(|(id, side)| (MemberId(Uuid::from_u128(id)), side));
    assert_eq!(parties(&dossier), all.into());
}
