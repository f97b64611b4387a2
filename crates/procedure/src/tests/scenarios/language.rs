//! A whole regulation of another organisation: no anonymous complaints, an acknowledgement with a term, an announced
//! extension, silence that is no agreement, three instances, a cap, and destruction by time.

use super::tell;
use crate::{
    complaint::{Address, Outcome, State},
    deadline::{DeadlineKind, deadlines},
    decide::{Filing, file},
    policy::{Channel, IntakeField},
    refusal::Reason,
    tests::{
        cast::{self, day, local},
        script::play,
    },
};

/// A day after the two months from the end of the course.
const LATE: &str = "
    2026-03-03 10:00 Ada files by email ended 2026-01-02 incident 2025-12-20 naming Tom
";

#[test]
fn a_form_without_a_name_is_refused_with_its_article() {
    let facts = cast::facts("other", Some(day("2026-02-20")));
    let now = local("2026-03-02", "10:00");
    let filed = |channel: Channel, change: &dyn Fn(&mut Filing)| {
        let mut filing = cast::filing(day("2026-03-02"));
        (filing.channel, filing.incident_on) = (channel, Some(day("2026-02-20")));
        change(&mut filing);
        let who = cast::actor("Ada", &facts);
        file(&cast::policy("other"), &facts, &who, filing, now, now)
    };
    let nameless = |filing: &mut Filing| {
        let address = Address::Email(cast::text("iemand@klager.example"));
        filing.complainant.contact = cast::contact(" ", address);
    };
    assert!(filed(Channel::WebForm, &|_| ()).is_ok());
    let refused = filed(Channel::WebForm, &nameless).unwrap_err();
    assert_eq!(refused.reason, Reason::FieldRequired(IntakeField::Name));
    assert_eq!(refused.basis.unwrap().article(), Some("Artikel 2"));
    let dateless = filed(Channel::WebForm, &|filing| filing.incident_on = None);
    let asked = Reason::FieldRequired(IntakeField::IncidentDate);
    assert_eq!(dateless.unwrap_err().reason, asked);
    let by_mail = filed(Channel::Email, &nameless);
    assert!(
        by_mail.is_ok(),
        "what arrives is registered with what it has"
    );
    let by_hand = filed(Channel::InPerson, &|_| ()).unwrap_err();
    assert_eq!(by_hand.reason, Reason::ChannelNotOpen);
    assert_eq!(by_hand.basis.unwrap().article(), Some("Artikel 2"));
}

#[test]
fn a_late_complaint_crosses_three_instances_and_is_destroyed_after_a_year() {
    let script = "
        2026-03-04 09:00 Anna takes
        2026-03-04 10:00 Anna notifies 1
        2026-03-05 09:00 Anna hears complainant
        2026-03-05 10:00 Anna hears respondent-1
        2026-03-05 11:00 Anna responds not-upheld
        2026-03-05 12:00 Anna admits
        2026-03-06 09:00 Anna adjourns 2026-04-15
        2026-03-06 10:00 Anna adjourns 2026-04-14
        2026-04-10 09:00 Anna responds not-upheld
        2026-05-11 09:00 Karin appeals
        2026-05-12 09:00 Mila decides not-upheld
        2026-08-11 09:00 Karin appeals
        2026-08-12 09:00 Ada assigns Cora
        2026-08-12 10:00 Ada assigns Carl
        2026-08-13 09:00 Cora hears complainant
        2026-08-13 10:00 Cora hears respondent-1
        2026-08-14 09:00 Carl decides upheld awarding 1501
        2026-08-14 10:00 Carl decides upheld awarding 1500
        2027-08-14 12:00 Time passes";
    let played = tell("other_to_destroyed", "other", &[LATE, script]);
    assert_eq!(played.outcome(), Some(Outcome::Decided));
    assert_eq!(played.world.complaint.rounds.len(), 3);
    assert!(
        played.world.complaint.destroyed_at.is_none(),
        "the last day"
    );
    let after = "
        2027-08-15 00:00 Time passes";
    let played = play("other", &[LATE, script, after].concat());
    assert!(played.world.complaint.destroyed_at.is_some());
}

#[test]
fn an_acknowledgement_at_once_is_due_on_the_day_itself_by_its_article() {
    let script = "
        2026-03-07 23:00 Ada files by email ended 2026-01-31 incident 2025-12-20 naming Tom";
    let played = tell("other_at_once", "other-at-once", &[script]);
    assert_eq!(played.state(), State::Received);
    let world = &played.world;
    let all = deadlines(&world.policy, &world.facts.calendar, &world.complaint);
    let mut all = all.into_iter();
    let due = all.find(|one| one.kind == DeadlineKind::Acknowledgement);
    let due = due.expect("an acknowledgement is due");
    assert_eq!(
        due.derivation.last_day,
        day("2026-03-07"),
        "a Saturday, and it stays"
    );
    assert_eq!(due.basis.article(), Some("Artikel 3"));
    assert_eq!(due.met_at, Some(local("2026-03-07", "23:00")));
}
