use chrono::{DateTime, TimeDelta, Utc};
use wederhoor_store::Tally;

use super::{Counted, Held, Hourly, Kind, Outcome, begin, end};
use crate::limits::TriesConfig;

fn at(seconds: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(1_800_000_000 + seconds, 0).unwrap()
}

fn nothing() -> Counted {
    [0, 1, 2, 3].map(|subject| Tally::nothing(vec![subject]))
}

const BOUNDS: TriesConfig = TriesConfig {
    per_account_and_source: 3,
    per_source: 10,
    per_account: 20,
    letters: 5,
    letters_per_source: 10,
};

fn sign_in(counted: &mut Counted, is_proven: bool, seconds: i64) -> Result<(), Held> {
    begin(counted, &BOUNDS, Kind::SignIn, is_proven, at(seconds))
}

#[test]
fn the_first_tries_are_free_and_each_further_one_waits_twice_as_long() {
    let mut counted = nothing();
    let mut now = 0;
    for wait in [0, 0, 30, 60, 120, 240] {
        sign_in(&mut counted, false, now).unwrap();
        if wait > 0 {
            let until = Held::Until(at(now + wait));
            assert_eq!(sign_in(&mut counted, false, now + wait - 1), Err(until));
        }
        now += wait;
    }
    for _ in 0..20 {
        now += 3_600;
        sign_in(&mut counted, false, now).unwrap();
    }
    let longest = Held::Until(at(now + 3_600));
    assert_eq!(
        sign_in(&mut counted, false, now),
        Err(longest),
        "an hour, never more"
    );
}

#[test]
fn who_was_right_begins_anew_and_what_says_nothing_is_not_counted() {
    let mut counted = nothing();
    for _ in 0..50 {
        sign_in(&mut counted, false, 0).unwrap();
        end(&mut counted, &BOUNDS, Kind::SignIn, Outcome::Nothing, at(0));
    }
    assert_eq!(counted[0].counted, 0);
    for _ in 0..50 {
        for _ in 0..3 {
            sign_in(&mut counted, true, 0).unwrap();
        }
        end(&mut counted, &BOUNDS, Kind::SignIn, Outcome::Right, at(0));
        counted[1].until = at(0);
    }
}

#[test]
fn where_an_account_signed_in_lately_it_is_never_sent_away() {
    let mut counted = nothing();
    sign_in(&mut counted, false, 0).unwrap();
    end(&mut counted, &BOUNDS, Kind::SignIn, Outcome::Right, at(0));
    counted[1].until = at(999_999);
    counted[2].until = at(999_999);
    for _ in 0..3 {
        sign_in(&mut counted, false, 1).unwrap();
    }
    assert_eq!(sign_in(&mut counted, false, 1), Err(Held::Unproven));
    for _ in 0..100 {
        sign_in(&mut counted, true, 1).unwrap();
    }
    let month = 30 * 86_400;
    counted[1].until = at(month + 999_999);
    let later = sign_in(&mut counted, true, month);
    assert!(
        matches!(later, Err(Held::Until(_))),
        "it is known no longer"
    );
}

#[test]
fn an_account_that_many_try_asks_for_work_of_who_is_not_known_there() {
    let mut account = Tally::nothing(vec![2]);
    for place in 0..20 {
        let mut counted = nothing();
        counted[2] = account;
        begin(&mut counted, &BOUNDS, Kind::SignIn, false, at(place)).unwrap();
        account = counted[2].clone();
    }
    let mut counted = nothing();
    counted[2] = account;
    assert_eq!(sign_in(&mut counted, false, 20), Err(Held::Unproven));
    sign_in(&mut counted, true, 20).unwrap();
}

#[test]
fn so_many_in_an_hour_come_back_one_by_one() {
    let (four, mut tally) = (Hourly(4), Tally::nothing(vec![1]));
    for _ in 0..4 {
        assert_eq!(four.is_used_up(&tally, at(0)), None);
        four.take(&mut tally, at(0));
    }
    assert_eq!(four.is_used_up(&tally, at(0)), Some(at(900)));
    assert_eq!(four.is_used_up(&tally, at(900)), None);
    four.take(&mut tally, at(900));
    assert_eq!(tally.until, at(900) + TimeDelta::hours(1));
    assert_eq!(tally.forget_at, tally.until);
}
