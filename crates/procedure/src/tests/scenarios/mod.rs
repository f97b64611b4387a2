//! Scenarios: a script in, the dossier with state and deadlines out, as a snapshot that a jurist can read.

mod addresses;
mod answers;
mod awb;
mod blijf_appeal;
mod blijf_first;
mod catching_up;
mod committee;
mod confirmation;
mod conflicts;
mod contradictions;
mod crossing;
mod dates;
mod days;
mod delivery;
mod endings;
mod grounds;
mod hours;
mod keeping;
mod language;
mod last_word;
mod late_appeals;
mod late_outcomes;
mod livp_appeal;
mod livp_first;
mod measures;
mod moves;
mod no_last_day;
mod others;
mod overtaken;
mod posting;
mod proposals;
mod recurrences;
mod registered_late;
mod resending;
mod reversal;
mod seconds;
mod silence;
mod staffing;

use super::script::{Played, play};
use crate::complaint::{Complaint, Delivery, LetterKind};

/// Blijf Groep: filed on Monday 2 March, both sides heard by Anna.
const HEARD: &str = "
    2026-03-02 10:00 Karin files ended 2026-02-20 naming Tom
    2026-03-03 09:00 Anna takes
    2026-03-05 09:00 Anna notifies 1
    2026-03-09 10:00 Anna hears complainant
    2026-03-09 11:00 Anna hears respondent-1
";

/// The same, of somebody with a postal address beside the mailbox.
const HEARD_WITH_BOTH: &str = "
        2026-03-02 10:00 Karin files ended 2026-02-20 naming Tom also-at-post
        2026-03-03 09:00 Anna takes
        2026-03-05 09:00 Anna notifies 1
        2026-03-09 10:00 Anna hears complainant
        2026-03-09 11:00 Anna hears respondent-1";

/// The same, of somebody who is reached on paper alone, whom the confirmation of receipt was posted.
const CONFIRMED_ON_PAPER: &str = "
    2026-03-02 10:00 Karin files ended 2026-02-20 naming Tom on-paper
    2026-03-02 11:00 Ada posts confirmation
    2026-03-03 09:00 Anna takes
    2026-03-05 09:00 Anna notifies 1
    2026-03-09 10:00 Anna hears complainant
    2026-03-09 11:00 Anna hears respondent-1
";

/// Blijf Groep: the response went out on Monday 16 March; silence until 13 April accepts it.
const RESPONDED: &str = "
    2026-03-16 12:00 Anna responds not-upheld
";

/// LIVP: filed on Monday 2 March, handled by Anna, a solution before both sides on 11 March.
const PROPOSED: &str = "
    2026-03-02 10:00 Karin files naming Tom
    2026-03-02 14:00 Ada assigns Anna
    2026-03-04 10:00 Anna telephones
    2026-03-05 09:00 Anna notifies 1
    2026-03-11 09:00 Anna proposes
";

/// LIVP: no solution was proposed.
const ASSIGNED: &str = "
    2026-03-02 10:00 Karin files naming Tom
    2026-03-02 14:00 Ada assigns Anna
    2026-03-04 10:00 Anna telephones
";

/// Plays the parts one after the other and holds the report against the snapshot of that name.
fn tell(name: &str, policy: &str, parts: &[&str]) -> Played {
    let played = play(policy, &parts.concat());
    insta::with_settings!({
        snapshot_path => "../snapshots",
        prepend_module_to_snapshot => false,
        omit_expression => true,
    }, {
        insta::assert_snapshot!(name, played.report());
    });
    played
}

/// What is known of the first letter of a kind.
fn letter_of(complaint: &Complaint, kind: LetterKind) -> &Delivery {
    let mut all = complaint.deliveries.iter();
    let found = all.find(|(letter, _)| letter.kind == kind);
    found.expect("it was written").1
}
