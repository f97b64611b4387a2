use super::*;
use crate::tests::cast::{day, facts, member};

fn leave(from: &str, until: &str, substitute: Option<&str>) -> Absence {
    Absence {
        from: day(from),
        until: day(until),
        substitute: substitute.map(member),
    }
}

#[test]
fn b11_who_is_away_and_who_stands_in_is_clear_on_every_day() {
    let mut facts = facts("blijf", None);
    let (mila, max) = (member("Mila"), member("Max"));
    let spring = leave("2026-03-10", "2026-03-20", Some("Max"));
    let own = leave("2026-04-01", "2026-04-10", None);
    facts.members.get_mut(&mila).unwrap().absences = vec![spring];
    facts.members.get_mut(&max).unwrap().absences = vec![own];
    facts.members.get_mut(&max).unwrap().until = Some(day("2026-06-30"));
    let against = |from, until| all_against_leave(&facts, mila, &leave(from, until, Some("Max")));
    assert_eq!(against("2026-03-21", "2026-03-31"), []);
    assert_eq!(
        against("2026-03-20", "2026-03-31"),
        [AgainstLeave::AwayAlready(spring)]
    );
    assert_eq!(
        against("2026-03-01", "2026-04-30"),
        [
            AgainstLeave::AwayAlready(spring),
            AgainstLeave::SubstituteAway(own)
        ]
    );
    assert_eq!(
        against("2026-04-10", "2026-04-10"),
        [AgainstLeave::SubstituteAway(own)]
    );
    assert_eq!(against("2026-06-01", "2026-06-30"), []);
    assert_eq!(
        against("2026-06-01", "2026-07-01"),
        [AgainstLeave::SubstituteOut]
    );
    let ill = leave("2026-03-12", "2026-03-13", None);
    assert_eq!(
        all_against_leave(&facts, max, &ill),
        [],
        "though Max stands in then"
    );
}
