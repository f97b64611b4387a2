use super::{internal_deadlines, shows, shows_deadline};
use crate::{
    Confidential,
    audience::Level,
    complaint::{ContactMeans, Event, LetterKind, Party},
    deadline::DeadlineKind,
};

const EVERYBODY: [Level; 4] = [
    Level::Excluded,
    Level::Respondent,
    Level::Complainant,
    Level::Official,
];

fn seen_by(event: &Event) -> Vec<Level> {
    let mut levels = EVERYBODY.to_vec();
    levels.retain(|level| shows(*level, event));
    levels
}

#[test]
fn nobody_who_is_excluded_sees_an_entry_and_officials_see_all() {
    let noted = Event::ContactAttempted {
        party: Party::Complainant,
        how: ContactMeans::Telephone,
        note: Some(Confidential::new("In gesprek.".to_owned())),
    };
    assert_eq!(seen_by(&noted), [Level::Official]);
    assert_eq!(
        seen_by(&Event::ResponseAccepted),
        [Level::Respondent, Level::Complainant, Level::Official]
    );
}

#[test]
fn the_other_side_does_not_see_how_the_complainant_is_reached() {
    let written = Event::ConfirmationWritten {
        letter: LetterKind::Confirmation,
    };
    for event in [Event::AddressVerified, written] {
        assert_eq!(seen_by(&event), [Level::Complainant, Level::Official]);
    }
}

#[test]
fn the_deadlines_that_only_officials_see_are_those_that_are_listed() {
    for kind in internal_deadlines() {
        assert!(!shows_deadline(Level::Complainant, kind), "{kind:?}");
        assert!(shows_deadline(Level::Official, kind), "{kind:?}");
    }
    let own = DeadlineKind::Way(0);
    assert!(shows_deadline(Level::Respondent, own) && !shows_deadline(Level::Excluded, own));
}
