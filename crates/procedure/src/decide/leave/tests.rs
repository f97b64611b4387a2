use super::*;
use crate::tests::cast::{day, facts, member};

/// Who of these stands in for whom on a day, one after the other, leads back to where it began.
fn is_circle(facts: &Facts, from: MemberId, on: chrono::NaiveDate) -> bool {
    let mut at = from;
    for _ in &facts.members {
        let Some(next) = facts.absence(at, on).and_then(|leave| leave.substitute) else {
            return false;
        };
        at = next;
        if at == from {
            return true;
        }
    }
    false
}

#[test]
fn b11_however_leaves_are_recorded_nobody_stands_in_for_themselves_by_way_of_others() {
    let names = ["Mila", "Max", "Anna"].map(member);
    let days = ["2026-03-02", "2026-03-03", "2026-03-04"].map(day);
    let spans = [(0, 0), (0, 1), (0, 2), (1, 1), (1, 2), (2, 2)];
    let all = names.iter().flat_map(|who| {
        let others = names.iter().filter(move |other| *other != who);
        others.flat_map(move |other| spans.map(|span| (*who, *other, span)))
    });
    let all: Vec<_> = all.collect();
    let (nobody, mut recorded) = (facts("blijf", None), 0);
    for first in &all {
        for second in &all {
            for third in &all {
                let mut facts = nobody.clone();
                for (who, substitute, (from, until)) in [first, second, third] {
                    let leave = Absence {
                        from: days[*from],
                        until: days[*until],
                        substitute: Some(*substitute),
                    };
                    if all_against_leave(&facts, *who, &leave).is_empty() {
                        let member = facts.members.get_mut(who).unwrap();
                        member.absences.push(leave);
                        recorded += 1;
                    }
                }
                for (who, on) in names.iter().flat_map(|who| days.map(|on| (*who, on))) {
                    assert!(
                        !is_circle(&facts, who, on),
                        "{first:?} {second:?} {third:?}"
                    );
                }
            }
        }
    }
    assert!(recorded > 50_000, "{recorded} leaves were recorded");
}

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
