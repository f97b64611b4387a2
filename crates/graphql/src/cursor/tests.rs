use super::*;

fn places() -> [Place; 4] {
    let at = DateTime::from_timestamp(1_772_000_000, 123_456_789);
    let before = DateTime::from_timestamp(-1, 0);
    let marks = [None, None, None, Some("3 {\"resolution\":0}".to_owned())];
    let values = [None, at, before, at];
    std::array::from_fn(|place| Place {
        value: values[place],
        id: Uuid::from_u128(42),
        mark: marks[place].clone(),
    })
}

#[test]
fn a_cursor_leads_back_to_its_place() {
    let list = Binding::digest("complaints newest first");
    for place in places() {
        assert_eq!(list.place(&list.cursor(&place)), Some(place));
    }
}

#[test]
fn a_cursor_of_another_list_leads_nowhere() {
    let (newest, oldest) = (
        Binding::digest("newest first"),
        Binding::digest("oldest first"),
    );
    for place in places() {
        assert_eq!(oldest.place(&newest.cursor(&place)), None);
    }
}

#[test]
fn a_cursor_made_by_hand_leads_nowhere() {
    let list = Binding::digest("complaints");
    let [_, full, _, _] = places();
    let whole = URL_SAFE_NO_PAD.decode(list.cursor(&full)).unwrap();
    for length in 0..whole.len() {
        let is_keyless = length == 24;
        assert_eq!(
            list.place(&URL_SAFE_NO_PAD.encode(&whole[..length]))
                .is_some(),
            is_keyless,
            "{length}"
        );
    }
    let mut far = whole;
    far[24..32].copy_from_slice(&i64::MAX.to_be_bytes());
    assert_eq!(list.place(&URL_SAFE_NO_PAD.encode(&far)), None);
    assert_eq!(list.place("not base64!"), None);
    assert_eq!(list.place(&"A".repeat(100_000)), None);
}
