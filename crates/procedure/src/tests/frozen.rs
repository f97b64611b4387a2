//! Events as they were stored once are read and folded for ever.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::complaint::{Complaint, Event, Recorded};

/// Each kind of event once, as it may be stored. Never edit one of these: a new kind, or a kind that is stored in another
/// form, goes into a new file beside them. Readers take every form, by the defaults of what an older one leaves out.
const VERSION_1: &str = include_str!("golden/events-v1.json");
/// Other forms: the ground of inadmissibility, and the words of an act without effect.
const VERSION_2: &str = include_str!("golden/events-v2.json");
/// More kinds: a letter on paper is printed again, and a decider is there no more.
const VERSION_3: &str = include_str!("golden/events-v3.json");
/// More kinds: the letter that confirms receipt is written on paper, and counts once it is posted.
const VERSION_4: &str = include_str!("golden/events-v4.json");

/// Other forms: who declared that there is no agreement.
const VERSION_5: &str = include_str!("golden/events-v5.json");

/// More kinds: an e-mail and a postal address, another address, and a letter that goes there.
const VERSION_6: &str = include_str!("golden/events-v6.json");

/// Other forms: from which address a letter came back on which nothing rests.
const VERSION_7: &str = include_str!("golden/events-v7.json");

/// More kinds: days moved the last day of a term.
const VERSION_8: &str = include_str!("golden/events-v8.json");

/// More kinds: destruction waits for a person.
const VERSION_9: &str = include_str!("golden/events-v9.json");

/// More kinds: another complaint came after a measure.
const VERSION_10: &str = include_str!("golden/events-v10.json");

/// More kinds: measures are followed up.
const VERSION_11: &str = include_str!("golden/events-v11.json");

const VERSIONS: [(&str, &str); 11] = [
    ("events_v1_folded", VERSION_1),
    ("events_v2_folded", VERSION_2),
    ("events_v3_folded", VERSION_3),
    ("events_v4_folded", VERSION_4),
    ("events_v5_folded", VERSION_5),
    ("events_v6_folded", VERSION_6),
    ("events_v7_folded", VERSION_7),
    ("events_v8_folded", VERSION_8),
    ("events_v9_folded", VERSION_9),
    ("events_v10_folded", VERSION_10),
    ("events_v11_folded", VERSION_11),
];

fn read(text: &str) -> Vec<Recorded> {
    serde_json::from_str(text).expect("old events can be read")
}

#[test]
fn old_events_are_read_and_written_as_they_were() {
    for (_, version) in VERSIONS {
        let before: Value = serde_json::from_str(version).unwrap();
        let after = serde_json::to_value(read(version)).unwrap();
        assert_eq!(before, after);
    }
}

#[test]
fn old_events_fold_to_the_same_complaint() {
    for (name, version) in VERSIONS {
        let events = read(version);
        let complaint = Complaint::fold(&events).expect("a dossier begins with its filing");
        insta::with_settings!({
            snapshot_path => "snapshots",
            prepend_module_to_snapshot => false,
            omit_expression => true,
        }, {
            insta::assert_debug_snapshot!(name, complaint);
        });
    }
}

#[test]
fn every_kind_of_event_is_frozen() {
    let frozen: BTreeSet<&str> = VERSIONS
        .into_iter()
        .flat_map(|(_, version)| read(version))
        .map(|recorded| kind(&recorded.event))
        .collect();
    assert_eq!(frozen.len(), KINDS, "{frozen:?}");
}

/// How many kinds of event there are: the arms of `kind`.
const KINDS: usize = 61;

/// A new event makes this fail to compile: freeze one of it, then count it here.
const fn kind(event: &Event) -> &'static str {
    match event {
        Event::Filed(_) => "filed",
        Event::AddressVerified => "address verified",
        Event::ConfirmationWritten { .. } => "confirmation written",
        Event::Acknowledged => "acknowledged",
        Event::Assigned { .. } => "assigned",
        Event::Recused { .. } => "recused",
        Event::ConflictFound { .. } => "conflict found",
        Event::DeciderReleased { .. } => "decider released",
        Event::ContactMade { .. } => "contact made",
        Event::ContactAttempted { .. } => "contact attempted",
        Event::RespondentNotified { .. } => "respondent notified",
        Event::RepresentativeNamed { .. } => "representative named",
        Event::StatementAdded { .. } => "statement added",
        Event::HearingInvited { .. } => "hearing invited",
        Event::Heard { .. } => "heard",
        Event::LateComplaintAdmitted { .. } => "late complaint admitted",
        Event::DeclaredInadmissible { .. } => "declared inadmissible",
        Event::SolutionProposed { .. } => "solution proposed",
        Event::SolutionSigned { .. } => "solution signed",
        Event::SolutionRejected { .. } => "solution rejected",
        Event::ResponseIssued { .. } => "response issued",
        Event::ResponseAccepted => "response accepted",
        Event::ResponseObjected { .. } => "response objected",
        Event::ResponseReacted { .. } => "response reacted",
        Event::ReactionAnswered { .. } => "reaction answered",
        Event::WayOpened { .. } => "way opened",
        Event::NoAgreementDeclared { .. } => "no agreement declared",
        Event::TermLapsed { .. } => "term lapsed",
        Event::Appealed { .. } => "appealed",
        Event::LateAppealAdmitted { .. } => "late appeal admitted",
        Event::LateAppealRefused { .. } => "late appeal refused",
        Event::ExtensionAnnounced { .. } => "extension announced",
        Event::ExtensionRequested { .. } => "extension requested",
        Event::ExtensionConsented => "extension consented",
        Event::ExtensionRefused => "extension refused",
        Event::DecisionIssued { .. } => "decision issued",
        Event::Classified { .. } => "classified",
        Event::MeasuresAnswered { .. } => "measures answered",
        Event::MeasureUpdated(_) => "measure updated",
        Event::RecurrenceFound { .. } => "recurrence found",
        Event::MeasureFollowedUp { .. } => "measure followed up",
        Event::HandlingRated { .. } => "handling rated",
        Event::Withdrawn { .. } => "withdrawn",
        Event::Closed { .. } => "closed",
        Event::ClockReversed { .. } => "clock reversed",
        Event::LetterSent { .. } => "letter sent",
        Event::LetterDelivered { .. } => "letter delivered",
        Event::LetterReturned { .. } => "letter returned",
        Event::AddressRecorded { .. } => "address recorded",
        Event::LetterRedirected { .. } => "letter redirected",
        Event::LetterReprinted { .. } => "letter reprinted",
        Event::LetterSentAgain { .. } => "letter sent again",
        Event::Reminded { .. } => "reminded",
        Event::Alerted { .. } => "alerted",
        Event::DeadlineRederived { .. } => "deadline rederived",
        Event::ActWithoutEffect { .. } => "act without effect",
        Event::ActReceived { .. } => "act received",
        Event::HoldPlaced { .. } => "hold placed",
        Event::HoldLifted { .. } => "hold lifted",
        Event::DestructionWithheld => "destruction withheld",
        Event::Destroyed => "destroyed",
    }
}
