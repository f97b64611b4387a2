//! Dates and times that cannot be.

use chrono::{DateTime, Days, Months, NaiveDate, TimeDelta, Utc};

use crate::{
    Locale,
    actor::Actor,
    command::Command,
    complaint::Party,
    decide::Filing,
    policy::IntakeField,
    refusal::Reason,
    tests::{
        cast::{self, day, local, text},
        world::World,
    },
};

fn filed(change: impl FnOnce(&mut Filing)) -> Result<World, Reason> {
    let facts = cast::facts("livp", None);
    let at = local("2026-03-02", "23:30");
    let mut filing = cast::filing(day("2026-03-02"));
    change(&mut filing);
    let actor = cast::actor("Ada", &facts);
    let now = local("2026-03-04", "09:00");
    World::filed(cast::livp(), facts, &actor, filing, at, now).map_err(|refusal| refusal.reason)
}

#[test]
fn the_date_on_the_form_has_been_and_is_within_a_lifetime() {
    let form = |on: NaiveDate| filed(|filing| filing.filed_on = Some(on)).err();
    let refused = Some(Reason::ImpossibleDate(IntakeField::FormDate));
    let received = day("2026-03-02");
    assert_eq!(form(day("2026-03-05")), refused);
    assert_eq!(
        form(day("2026-03-04")),
        None,
        "a letter may be dated after it came"
    );
    assert_eq!(form(received - Months::new(1200)), None);
    assert_eq!(form(received - Months::new(1200) - Days::new(1)), refused);
}

#[test]
fn nobody_complains_of_what_has_not_happened() {
    let incident = |on: NaiveDate| filed(|filing| filing.incident_on = Some(on)).err();
    let refused = Some(Reason::ImpossibleDate(IntakeField::IncidentDate));
    assert_eq!(incident(day("2026-03-03")), refused);
    assert_eq!(incident(day("2026-03-02")), None);
    assert_eq!(incident(day("0001-01-01")), refused);
    let written = |filed_on: Option<&str>| {
        filed(|filing| {
            filing.filed_on = filed_on.map(day);
            filing.incident_on = Some(day("2026-03-01"));
        })
    };
    assert_eq!(
        written(Some("2026-02-28")).err(),
        refused,
        "after it was written"
    );
    assert_eq!(written(Some("2026-03-01")).err(), None);
    let words = refused.map(|reason| reason.in_words(Locale::Nl));
    assert!(words.is_some_and(|words| words.contains("niet na de datum van de klacht")));
}

#[test]
fn a_hearing_and_a_contact_are_where_time_can_have_them() {
    let mut world = World::of("blijf", local("2026-03-02", "10:00"));
    world.does("Anna", &Command::TakeComplaint).unwrap();
    let invite = |on| Command::InviteToHearing {
        party: Party::Complainant,
        on,
        place: text("Kamer 3"),
    };
    let past = world.does("Anna", &invite(world.now)).unwrap_err();
    assert_eq!(past.reason, Reason::InThePast);
    let farthest = day("2027-03-02");
    let beyond = [local("2027-03-03", "00:00"), DateTime::<Utc>::MAX_UTC];
    for on in beyond {
        let refused = world.does("Anna", &invite(on)).unwrap_err();
        assert_eq!(refused.reason, Reason::TooFarAhead(farthest));
    }
    let last = invite(local("2027-03-02", "23:59:59"));
    world.does("Anna", &last).unwrap();
    let ahead = world.now + TimeDelta::seconds(1);
    world.does("Anna", &invite(ahead)).unwrap();
    let contact = Command::RecordContact {
        party: Party::Complainant,
        how: crate::complaint::ContactMeans::Telephone,
        reached: false,
        note: None,
    };
    let anna: Actor = cast::actor("Anna", &world.facts);
    for at in [ahead, world.complaint.received_at - TimeDelta::seconds(1)] {
        let refused = world.act(&anna, &contact, at).unwrap_err();
        assert_eq!(refused.reason, Reason::ImpossibleTime);
    }
}
