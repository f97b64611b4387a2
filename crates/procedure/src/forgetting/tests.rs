use serde_json::json;

use super::*;

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
