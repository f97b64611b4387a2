use chrono::{DateTime, TimeDelta, Utc};

use super::{CannotMove, MovableClock};

fn instant(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

#[test]
fn it_runs_on_with_the_real_clock() {
    let clock = MovableClock::running(TimeDelta::days(7));
    let real = instant("2026-03-02T12:00:00Z");
    assert_eq!(clock.at(real), real + TimeDelta::days(7));
    assert_eq!(
        clock.at(real + TimeDelta::hours(1)),
        real + TimeDelta::days(7) + TimeDelta::hours(1)
    );
}

#[test]
fn it_stands_where_it_was_put() {
    let clock = MovableClock::standing(instant("2026-03-02T12:00:00Z"));
    assert_eq!(
        clock.at(instant("2030-01-01T00:00:00Z")),
        instant("2026-03-02T12:00:00Z")
    );
}

#[test]
fn it_moves_forward_only_and_not_for_ever() {
    let real = instant("2026-03-02T12:00:00Z");
    for clock in [
        MovableClock::running(TimeDelta::zero()),
        MovableClock::standing(real),
    ] {
        let ahead = real + TimeDelta::weeks(4);
        assert_eq!(clock.move_to(real, ahead), Ok(ahead));
        assert_eq!(
            clock.move_to(real, real),
            Err(CannotMove::Backward { now: ahead })
        );
        assert_eq!(
            clock.move_to(real, real + TimeDelta::days(40_000)),
            Err(CannotMove::TooFar)
        );
        assert_eq!(clock.at(real), ahead);
    }
}
