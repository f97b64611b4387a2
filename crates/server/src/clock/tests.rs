use chrono::{DateTime, TimeDelta, Utc};

use super::{CannotMove, MovableClock};

fn instant(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

#[test]
fn the_clock_runs_on_and_only_moves_forward() {
    let clock = MovableClock::default();
    let real = instant("2026-03-06T12:00:00Z");
    assert_eq!(clock.at(real), real);
    let target = instant("2026-04-07T00:00:00Z");
    assert_eq!(clock.move_to(real, target), Ok(target));
    assert_eq!(
        clock.at(real + TimeDelta::minutes(5)),
        target + TimeDelta::minutes(5)
    );
    assert_eq!(
        clock.move_to(real, instant("2026-04-06T23:59:59Z")),
        Err(CannotMove::Backward { now: target })
    );
    assert_eq!(
        clock.move_to(real, instant("2226-01-01T00:00:00Z")),
        Err(CannotMove::TooFar)
    );
    assert_eq!(clock.at(real), target);
}
