//! Where both sides sign: the handler's name, the text, agreement, and no agreement.

use super::play::{ANNA, CHRIS, NOOR, Play, id, mail, words};
use crate::{
    command::Command,
    complaint::{Address, Party},
};

fn in_treatment(play: &mut Play) {
    assigned(play);
    notified(play);
}

fn assigned(play: &mut Play) {
    play.file(mail("kim@klager.example"), true);
    let member = id(ANNA);
    play.member(
        CHRIS,
        &Command::AssignDecider {
            member,
            reason: None,
        },
    );
}

fn notified(play: &mut Play) {
    let (no, member, contact) = (Some(1), None, None);
    play.member(
        ANNA,
        &Command::NameRespondent {
            no,
            member,
            contact,
        },
    );
}

fn proposed(play: &mut Play) {
    proposed_as(play, "Een nieuwe cursus.");
}

fn proposed_as(play: &mut Play, text: &str) {
    let text = words(text);
    play.member(ANNA, &Command::ProposeSolution { text });
}

#[test]
fn l03_l06_l07_from_filing_to_both_signatures() {
    let mut play = Play::livp();
    in_treatment(&mut play);
    proposed_as(&mut play, "Een andere cursus.");
    proposed(&mut play);
    let sign = Command::SignOffSolution { version: 2 };
    play.party(Party::Complainant, &sign);
    play.party(Party::Respondent(1), &sign);
    insta::assert_snapshot!(play.log);
}

#[test]
fn l06_who_is_told_after_the_text_was_proposed_receives_it() {
    let mut play = Play::livp();
    assigned(&mut play);
    proposed(&mut play);
    notified(&mut play);
    insta::assert_snapshot!(play.log);
}

#[test]
fn l09_l11_no_agreement_leads_to_the_arbiter() {
    let mut play = Play::livp();
    in_treatment(&mut play);
    proposed(&mut play);
    play.until("2026-04-07T10:00:00Z");
    play.carry();
    play.party(
        Party::Complainant,
        &Command::Appeal {
            grounds: words("Geen oplossing."),
        },
    );
    let member = id(NOOR);
    play.member(
        CHRIS,
        &Command::AssignDecider {
            member,
            reason: None,
        },
    );
    play.until("2026-06-10T10:00:00Z");
    insta::assert_snapshot!(play.log);
}

#[test]
fn l11_an_unused_way_is_reminded_of_and_then_closed() {
    let mut play = Play::livp();
    in_treatment(&mut play);
    proposed(&mut play);
    play.member(ANNA, &Command::DeclareNoAgreement { reasons: None });
    play.carry();
    play.until("2026-06-05T10:00:00Z");
    play.until("2026-06-11T10:00:00Z");
    insta::assert_snapshot!(play.log);
}

#[test]
fn a_reminder_of_a_term_that_has_ended_by_now_is_not_written() {
    let mut play = Play::livp();
    in_treatment(&mut play);
    proposed(&mut play);
    play.member(ANNA, &Command::DeclareNoAgreement { reasons: None });
    play.carry();
    play.until("2026-07-01T10:00:00Z");
    let kinds: Vec<_> = play.latest.iter().map(|one| one.key.kind.code()).collect();
    assert!(kinds.contains(&"closing"));
    assert!(!kinds.contains(&"reminder"));
}

#[test]
fn a_withdrawal_is_told_by_the_closing_alone() {
    let mut play = Play::livp();
    play.file(Address::Postal(words("Straat 1, Dorp")), false);
    play.party(
        Party::Complainant,
        &Command::WithdrawComplaint { reasons: None },
    );
    insta::assert_snapshot!(play.log);
}
