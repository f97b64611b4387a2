use chrono::{DateTime, TimeDelta, Utc};
use wederhoor_store::Tally;

use super::{MOST_REMEMBERED, Rates, Taken, borrow};

fn at(seconds: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(1_800_000_000 + seconds, 0).unwrap()
}

#[test]
fn a_process_has_its_part_and_then_borrows() {
    let rates = Rates::default();
    for _ in 0..3 {
        assert_eq!(rates.take(b"a", 3, at(0)), Taken::Yes);
    }
    assert_eq!(rates.take(b"a", 3, at(0)), Taken::Borrow);
    assert_eq!(
        rates.take(b"b", 3, at(0)),
        Taken::Yes,
        "another's is another's"
    );
    rates.borrowed(b"a", 1);
    assert_eq!(rates.take(b"a", 3, at(0)), Taken::Yes);
    rates.hold(b"a", at(9));
    assert_eq!(rates.take(b"a", 3, at(8)), Taken::Until(at(9)));
    assert_eq!(rates.take(b"a", 3, at(9)), Taken::Borrow);
    assert_eq!(rates.take(b"a", 3, at(60)), Taken::Yes, "the next minute");
}

#[test]
fn what_all_share_comes_back_evenly() {
    let mut shared = Tally::nothing(vec![1]);
    for _ in 0..6 {
        assert_eq!(borrow(&mut shared, 60, 10, at(0)), Ok(10));
    }
    assert_eq!(borrow(&mut shared, 60, 10, at(0)), Err(at(1)));
    assert_eq!(
        borrow(&mut shared, 60, 10, at(4)),
        Ok(4),
        "as much as there is"
    );
    assert_eq!(borrow(&mut shared, 60, 10, at(4)), Err(at(5)));
    assert_eq!(shared.forget_at, at(4) + TimeDelta::minutes(1));
    let mut one = Tally::nothing(vec![2]);
    assert_eq!(borrow(&mut one, 1, 1, at(0)), Ok(1));
    assert_eq!(borrow(&mut one, 1, 1, at(0)), Err(at(60)));
}

#[test]
fn no_more_are_remembered_than_there_is_room_for() {
    let rates = Rates::default();
    for number in 0..=MOST_REMEMBERED {
        rates.take(&number.to_be_bytes(), 1, at(0));
    }
    assert!(rates.all().len() <= MOST_REMEMBERED);
}
