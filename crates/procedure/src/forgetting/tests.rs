use std::collections::BTreeSet;

use serde_json::json;

use super::*;
use crate::tests::frozen;

fn id(number: u128) -> MemberId {
    MemberId(Uuid::from_u128(number))
}

fn members(ids: impl IntoIterator<Item = u128>) -> Members {
    let ids = ids.into_iter();
    ids.map(|one| (id(one), MemberFacts::default())).collect()
}

/// Of Anna, Bram and no other.
fn set_apart(event: &Value) -> Value {
    let members = members([3, 4]);
    let mut kept = event.clone();
    Named::of(&members, &[]).unwrap().set_apart_in(&mut kept);
    kept
}

#[test]
fn l10_whoever_is_named_is_set_apart_and_put_back() {
    let (anna, bram, stranger) = (id(3), id(4), id(9));
    let event = json!({
        "by": { "member": bram },
        "event": { "to": [anna, stranger, bram], "text": { "confidential": anna } },
    });
    let mut kept = set_apart(&event);
    let someone = |who, no| json!({ "someone": { "confidential": who }, "no": no });
    let (bram, anna) = (someone(bram, 1), someone(anna, 2));
    let apart = json!({
        "by": { "member": bram },
        "event": { "to": [anna, stranger, bram], "text": { "confidential": id(3) } },
    });
    assert_eq!(kept, apart);
    put_back(&mut kept);
    assert_eq!(kept, event);
}

#[test]
fn l10_whoever_was_named_is_the_same_nobody_throughout_once_that_is_destroyed() {
    let (anna, bram) = (id(3), id(4));
    let mut left = set_apart(&json!([anna, bram, anna]));
    empty(&mut left);
    put_back(&mut left);
    let (first, second) = (left[0].clone(), left[1].clone());
    assert_eq!(left, json!([first, second, first]));
    assert_ne!(first, second);
    assert!(
        [anna, bram]
            .iter()
            .all(|one| json!(one) != first && json!(one) != second)
    );
}

#[test]
fn l10_which_trainer_of_the_course_it_was_about_cannot_be_told_by_numbers() {
    let (anna, bram) = (id(3), id(4));
    let mut left = set_apart(&json!({
        "trainers": [anna, bram], "organiser": bram, "complainant": { "member": null },
        "respondents": [{ "member": bram }], "by": anna,
    }));
    empty(&mut left);
    put_back(&mut left);
    let accused = &left["respondents"][0]["member"];
    let all = [
        &left["trainers"][0],
        &left["trainers"][1],
        &left["organiser"],
        &left["by"],
        accused,
    ];
    let different: BTreeSet<&str> = all.into_iter().filter_map(Value::as_str).collect();
    assert_eq!(different.len(), all.len(), "{left:#}");
    assert_eq!(left["complainant"]["member"], Value::Null);
}

#[test]
fn l10_whoever_was_set_apart_without_a_number_is_nobody_at_all() {
    let mut left = json!({ "by": { "member": { "someone": { "confidential": null } } } });
    put_back(&mut left);
    assert_eq!(left, json!({ "by": { "member": Uuid::nil() } }));
}

/// The first events of a dossier may be of before anybody was set apart.
#[test]
fn l10_everybody_has_one_number_also_where_a_part_of_the_chain_still_names_them() {
    let members = members(1..=16);
    for dossier in frozen::dossiers() {
        let whole = forgotten(&dossier, &members).unwrap();
        for older in 0..dossier.len() {
            let half: Vec<Recorded> = dossier[..older]
                .iter()
                .chain(&whole[older..])
                .cloned()
                .collect();
            assert_eq!(forgotten(&half, &members).unwrap(), whole);
        }
    }
}

#[test]
fn l10_of_no_kind_of_event_a_name_or_a_word_is_left() {
    let members = members(1..=16);
    let mut kinds = BTreeSet::new();
    for dossier in frozen::dossiers() {
        let left = forgotten(&dossier, &members).unwrap();
        for (was, is) in dossier.iter().zip(&left) {
            assert_eq!((was.at, was.registered_at), (is.at, is.registered_at));
            assert_eq!(frozen::kind(&was.event), frozen::kind(&is.event));
            kinds.insert(frozen::kind(&is.event));
            let mut event = serde_json::to_value(&is.event).unwrap();
            let told = format!("{event} {}", serde_json::to_value(is.by).unwrap());
            let is_named = |id: &MemberId| told.contains(&id.to_string());
            let is_certificate = is.event == Event::Destroyed;
            assert_eq!(members.keys().any(is_named), is_certificate, "{told}");
            let before = event.clone();
            empty(&mut event);
            assert_eq!(event, before, "no word is left");
        }
    }
    assert_eq!(kinds.len(), frozen::KINDS);
}

#[test]
fn l10_who_gave_way_as_a_party_has_been_one_too() {
    let mut dossier = frozen::dossiers().next().unwrap();
    let notified = |one: &&Recorded| matches!(one.event, Event::RespondentNotified { .. });
    let mut other = dossier.iter().find(notified).unwrap().clone();
    if let Event::RespondentNotified { member, .. } = &mut other.event {
        *member = Some(id(9));
    }
    dossier.push(other);
    let (accused, speaks) = (Party::Respondent(1), Party::Representative);
    let all = [(id(5), accused), (id(9), accused), (id(14), speaks)];
    assert_eq!(parties(&dossier), all.into());
}
