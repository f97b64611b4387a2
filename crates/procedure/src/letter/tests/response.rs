//! Where silence accepts: response, reminder, tacit acceptance, its reversal, and a bounce.

use super::play::{ANNA, BRAM, CHRIS, MARIA, NOOR, OMAR, Play, contact, id, mail, words};
use crate::{
    MemberId,
    actor::Actor,
    command::Command,
    complaint::{
        Address, Event, Finding, Hearing, LapsedTerm, LetterKey, LetterKind, Party, Recipient,
    },
    deadline::{DeadlineKind, deadlines},
    facts::Absence,
    letter::{Content, Letter, Untrue, Via, Which, WithoutEffect, made_untrue},
};

fn heard(play: &mut Play, who: u128) {
    for party in play.complaint().sides() {
        let hearing = Hearing::Heard;
        let record = None;
        play.member(
            who,
            &Command::RecordHearing {
                party,
                hearing,
                record,
            },
        );
    }
}

pub(super) fn responded(play: &mut Play, address: Address, announces_silence: bool) {
    play.file(address, false);
    play.member(ANNA, &Command::TakeComplaint);
    play.member(CHRIS, &Command::NameRepresentative { member: id(OMAR) });
    heard(play, ANNA);
    play.member(
        ANNA,
        &Command::IssueResponse {
            finding: Finding::PartlyUpheld,
            text: words("U heeft deels gelijk."),
            announces_silence,
        },
    );
}

#[test]
fn b09_a_response_announces_silence_reminds_and_closes() {
    let mut play = Play::blijf();
    responded(&mut play, mail("kim@klager.example"), true);
    play.carry();
    play.until("2026-03-31T10:00:00Z");
    play.until("2026-04-08T10:00:00Z");
    insta::assert_snapshot!(play.log);
}

#[test]
fn b09_an_objection_that_came_in_time_reverses_the_closing() {
    let mut play = Play::blijf();
    responded(&mut play, mail("kim@klager.example"), true);
    play.carry();
    play.until("2026-04-08T10:00:00Z");
    play.late_paper(
        Command::ObjectToResponse { reasons: None },
        "2026-04-02T09:00:00Z",
    );
    insta::assert_snapshot!(play.log);
    let number = |is_it: fn(&Event) -> bool| {
        let place = play.dossier.iter().position(|one| is_it(&one.event));
        u32::try_from(place.unwrap()).unwrap()
    };
    let closed = number(|event| matches!(event, Event::Closed { .. }));
    let reversed = number(|event| matches!(event, Event::ClockReversed { .. }));
    let untrue = |event| Untrue {
        event,
        which: Which::All,
        undone_by: reversed,
    };
    let first_new = usize::try_from(reversed).unwrap();
    assert_eq!(
        made_untrue(&play.policy, &play.facts.calendar, &play.dossier, first_new),
        [untrue(closed)]
    );
    assert_eq!(
        made_untrue(
            &play.policy,
            &play.facts.calendar,
            &play.dossier,
            first_new + 1
        ),
        []
    );
}

#[test]
fn b07_letters_of_a_lapse_that_is_reversed_are_not_true_any_more() {
    let mut play = Play::blijf();
    responded(&mut play, Address::Postal(words("Straat 1, Dorp")), true);
    play.until("2026-04-20T10:00:00Z");
    let letter = play.complaint().round().responses[0];
    let first_new = play.dossier.len();
    play.late_desk(&Command::RecordPosted { letter }, "2026-03-12T10:00:00Z");
    let told: Vec<&Event> =
        made_untrue(&play.policy, &play.facts.calendar, &play.dossier, first_new)
            .iter()
            .map(|one| &play.dossier[usize::try_from(one.event).unwrap()].event)
            .collect();
    let is_lapse = |event: &&Event| matches!(event, Event::TermLapsed { .. });
    let is_way = |event: &&Event| matches!(event, Event::WayOpened { .. });
    let is_alert = |event: &&Event| matches!(event, Event::Alerted { .. });
    assert_eq!(told.iter().filter(|one| is_lapse(one)).count(), 1);
    assert_eq!(told.iter().filter(|one| is_way(one)).count(), 1);
    // Of the lapse, and two of the posting.
    assert_eq!(told.iter().filter(|one| is_alert(one)).count(), 3);
    let content = play.latest.iter().find_map(|letter| match &letter.content {
        Content::Reversal { undone, .. } => undone.clone(),
        _ => None,
    });
    assert_eq!(content.unwrap().kind, DeadlineKind::Resolution(0));
}

#[test]
fn b09_a_bounce_after_the_closing_says_which_term_is_undone() {
    let mut play = Play::blijf();
    responded(&mut play, mail("kim@klager.example"), true);
    play.carry();
    play.until("2026-04-08T10:00:00Z");
    let letter = play.complaint().round().responses[0];
    let command = Command::ReportUndelivered { letter, from: None };
    play.act("post", &Actor::Post, &command, play.now);
    let undone = play.latest.iter().find_map(|letter| match &letter.content {
        Content::Reversal { undone, .. } => Some(undone.clone()),
        _ => None,
    });
    let undone = undone
        .flatten()
        .map(|term| (term.kind, term.on.to_string()));
    assert_eq!(
        undone,
        Some((DeadlineKind::Silence(0), "2026-04-07".to_owned()))
    );
}

#[test]
fn b09_a_lapsed_answer_is_not_called_an_outcome() {
    let mut play = Play::blijf();
    responded(&mut play, mail("kim@klager.example"), true);
    play.carry();
    play.party(
        Party::Complainant,
        &Command::ReactToResponse {
            text: words("Wat bedoelt u?"),
        },
    );
    play.until("2026-04-01T10:00:00Z");
    let lapsed = play.latest.iter().find_map(|letter| match letter.content {
        Content::WayNotice { lapsed, .. } => lapsed,
        _ => None,
    });
    assert_eq!(lapsed, Some(LapsedTerm::Reaction), "{}", play.log);
}

#[test]
fn b09_a_reaction_tells_the_handler_until_when_to_answer() {
    let mut play = Play::blijf();
    responded(&mut play, mail("kim@klager.example"), true);
    play.carry();
    play.party(
        Party::Complainant,
        &Command::ReactToResponse {
            text: words("Wat bedoelt u?"),
        },
    );
    play.member(
        ANNA,
        &Command::AnswerReaction {
            text: words("Dit bedoelen wij."),
        },
    );
    insta::assert_snapshot!(play.log);
}

#[test]
fn b13_a_lapse_is_told_to_the_complainant_and_to_who_must_act() {
    let mut play = Play::blijf();
    play.file(mail("kim@klager.example"), false);
    play.member(ANNA, &Command::TakeComplaint);
    play.until("2026-04-16T10:00:00Z");
    play.carry();
    play.party(
        Party::Complainant,
        &Command::Appeal {
            grounds: words("Geen antwoord."),
        },
    );
    play.until("2026-06-20T10:00:00Z");
    insta::assert_snapshot!(play.log);
}

#[test]
fn a_response_that_came_back_is_sent_again_with_the_day_that_it_gives_now() {
    let mut play = Play::blijf();
    responded(&mut play, mail("kim@klager.example"), true);
    let original = play.latest.clone();
    play.carry();
    let letter = play.complaint().round().responses[0];
    let command = Command::ReportUndelivered { letter, from: None };
    play.act("post", &Actor::Post, &command, play.now);
    play.until("2026-03-20T10:00:00Z");
    let again = play
        .latest
        .iter()
        .find(|one| one.key.kind == LetterKind::Response)
        .unwrap();
    let day = |letter: &Letter| match &letter.content {
        Content::Response { silence, .. } => silence.as_ref().unwrap().on,
        other => panic!("{other:?}"),
    };
    let silence = deadlines(&play.policy, &play.facts.calendar, &play.complaint());
    let silence = silence
        .iter()
        .find(|one| one.kind == DeadlineKind::Silence(0));
    assert!(day(again) > day(&original[0]));
    assert_eq!(day(again), silence.unwrap().due_on);
    assert_eq!(again.key.to, original[0].key.to);
    insta::assert_snapshot!(play.log);
}

#[test]
fn who_has_no_mail_gets_paper() {
    let mut play = Play::blijf();
    responded(&mut play, Address::Postal(words("Straat 1, Dorp")), true);
    let response = play.latest.first().unwrap();
    assert_eq!(response.via, Via::Print);
    assert_eq!(response.key.to, Recipient::Party(Party::Complainant));
    assert!(matches!(response.content, Content::Response { .. }));
    assert_eq!(
        contact(Address::Unknown).locale,
        response.locale.unwrap_or_default()
    );
}

#[test]
fn b10_b12_the_decision_of_the_manager_reaches_both_sides_and_the_handler() {
    let mut play = Play::blijf();
    responded(&mut play, mail("kim@klager.example"), true);
    play.carry();
    play.party(
        Party::Complainant,
        &Command::Appeal {
            grounds: words("Niet eens."),
        },
    );
    heard(&mut play, MARIA);
    play.member(
        MARIA,
        &Command::IssueDecision {
            finding: Finding::Upheld,
            text: words("U heeft gelijk."),
            compensation: None,
            upholds_inadmissibility: false,
        },
    );
    insta::assert_snapshot!(play.log);
}

#[test]
fn a_response_and_a_decision_name_who_wrote_them_in_the_place_of_somebody_on_leave() {
    let on_leave = |play: &mut Play, who: u128, substitute: u128| {
        let absence = Absence {
            from: play.facts.calendar.local_date(play.now),
            until: chrono::NaiveDate::from_ymd_opt(2026, 4, 30).unwrap(),
            substitute: Some(id(substitute)),
        };
        let member = play.facts.members.get_mut(&id(who)).unwrap();
        member.absences.push(absence);
    };
    let named = |play: &Play| -> Vec<MemberId> {
        let names = play.latest.iter().find_map(|letter| match &letter.content {
            Content::Response { handlers, .. } => Some(handlers.clone()),
            Content::Decision { deciders, .. } => Some(deciders.clone()),
            _ => None,
        });
        names.unwrap()
    };
    let mut play = Play::blijf();
    play.file(mail("kim@klager.example"), false);
    play.member(ANNA, &Command::TakeComplaint);
    play.member(CHRIS, &Command::NameRepresentative { member: id(OMAR) });
    heard(&mut play, ANNA);
    on_leave(&mut play, ANNA, BRAM);
    let response = Command::IssueResponse {
        finding: Finding::Upheld,
        text: words("U heeft gelijk."),
        announces_silence: true,
    };
    play.member(BRAM, &response);
    assert_eq!(named(&play), [id(BRAM)]);
    let grounds = words("Niet eens.");
    play.party(Party::Complainant, &Command::Appeal { grounds });
    heard(&mut play, MARIA);
    on_leave(&mut play, MARIA, NOOR);
    let decision = Command::IssueDecision {
        finding: Finding::Upheld,
        text: words("U heeft gelijk."),
        compensation: None,
        upholds_inadmissibility: false,
    };
    play.member(NOOR, &decision);
    assert_eq!(named(&play), [id(NOOR)]);
}

#[test]
fn what_the_complainant_states_while_a_response_is_out_is_one_act_and_one_letter() {
    let mut play = Play::blijf();
    responded(&mut play, mail("kim@klager.example"), true);
    play.carry();
    let before = play.dossier.len();
    play.party(
        Party::Complainant,
        &Command::AddStatement {
            text: words("Ik mis een antwoord op mijn vraag."),
        },
    );
    let new: Vec<_> = play.dossier[before..]
        .iter()
        .map(|one| &one.event)
        .collect();
    assert!(
        matches!(new[..], [Event::ResponseReacted { .. }]),
        "{new:?}"
    );
    let to_anna = |letter: &&Letter| letter.key.to == Recipient::Member(id(ANNA));
    let told: Vec<_> = play.latest.iter().filter(to_anna).collect();
    assert_eq!(told.len(), 1, "{told:?}");
    assert_eq!(told[0].key.kind, LetterKind::PartyActed);
}

#[test]
fn b08_a_yes_to_an_earlier_response_is_told_to_be_about_that_one() {
    let told = |arrived: &str| {
        let mut play = Play::blijf();
        responded(&mut play, mail("kim@klager.example"), true);
        play.carry();
        let asks = Command::ReactToResponse {
            text: words("Wat bedoelt u?"),
        };
        play.party(Party::Complainant, &asks);
        play.until("2026-03-12T10:00:00Z");
        let again = Command::IssueResponse {
            finding: Finding::Upheld,
            text: words("U heeft gelijk."),
            announces_silence: true,
        };
        play.member(ANNA, &again);
        play.until("2026-03-16T10:00:00Z");
        if arrived.is_empty() {
            let grounds = words("Toch niet eens.");
            play.party(Party::Complainant, &Command::Appeal { grounds });
        }
        let arrived = if arrived.is_empty() {
            "2026-03-11T10:00:00Z"
        } else {
            arrived
        };
        play.late_paper(Command::AcceptResponse, arrived);
        let outdated = |letter: &Letter| match letter.content {
            Content::ActWithoutEffect { why, .. } => Some(why == WithoutEffect::EarlierText),
            _ => None,
        };
        let told: Vec<bool> = play.latest.iter().filter_map(outdated).collect();
        (told.contains(&true), told.contains(&false))
    };
    assert_eq!(
        told("2026-03-11T10:00:00Z"),
        (true, false),
        "there is a newer one to answer"
    );
    assert_eq!(told(""), (false, true), "the complaint has moved on");
    assert_eq!(
        told("2026-03-13T10:00:00Z"),
        (false, false),
        "it is a yes to the newer one"
    );
}

#[test]
fn b09_a_printed_reminder_of_a_term_that_was_ended_meanwhile_is_not_true_any_more() {
    let mut play = Play::blijf();
    responded(&mut play, Address::Postal(words("Straat 1, Dorp")), true);
    let letter = play.complaint().round().responses[0];
    play.late_desk(&Command::RecordPosted { letter }, "2026-03-09T09:00:00Z");
    play.until("2026-04-02T10:00:00Z");
    let is_reminder = |one: &&Letter| one.key.kind == LetterKind::Reminder;
    let reminder = play.latest.iter().find(is_reminder).unwrap().key;
    let first_new = play.dossier.len();
    let statement = Command::AddStatement {
        text: words("Nog iets."),
    };
    play.late_paper(
        Command::ReactToResponse {
            text: words("Wat bedoelt u?"),
        },
        "2026-03-20T10:00:00Z",
    );
    let untrue = made_untrue(&play.policy, &play.facts.calendar, &play.dossier, first_new);
    let events: Vec<u32> = untrue.iter().map(|one| one.event).collect();
    assert_eq!(events, [reminder.event]);
    let first_new = play.dossier.len();
    play.late_paper(statement, "2026-04-02T09:00:00Z");
    assert_eq!(
        made_untrue(&play.policy, &play.facts.calendar, &play.dossier, first_new),
        []
    );
}

#[test]
fn b10_a_notice_on_paper_that_nobody_posted_goes_to_nobody_once_the_complaint_is_on_appeal() {
    let mut play = Play::blijf();
    responded(&mut play, Address::Postal(words("Straat 1, Dorp")), true);
    let letter = play.complaint().round().responses[0];
    play.late_desk(&Command::RecordPosted { letter }, "2026-03-09T09:00:00Z");
    play.party(
        Party::Complainant,
        &Command::ObjectToResponse { reasons: None },
    );
    let notice = play.complaint().round().way.as_ref().unwrap().letter;
    assert!(play.complaint().letter_holds(&notice));
    let first_new = play.dossier.len();
    play.party(
        Party::Complainant,
        &Command::Appeal {
            grounds: words("Ik ben het er niet mee eens."),
        },
    );
    let untrue = made_untrue(&play.policy, &play.facts.calendar, &play.dossier, first_new);
    let covered: Vec<_> = untrue.iter().map(|one| one.which).collect();
    assert_eq!(covered, [Which::Only(notice)]);
    assert!(untrue[0].covers(&notice));
    let to_other = LetterKey {
        to: Recipient::Party(Party::Respondent(1)),
        ..notice
    };
    assert!(!untrue[0].covers(&to_other));
    assert!(!play.complaint().letter_holds(&notice));
}
