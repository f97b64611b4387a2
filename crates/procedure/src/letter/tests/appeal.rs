//! Late appeals, inadmissibility, more time, and acts that have no effect any more.

use super::play::{ANNA, MARIA, Play, id, mail, words};
use super::response::responded;
use crate::{
    command::Command,
    complaint::{ClockAct, InadmissibleGround, Party},
    letter::Content,
};

fn appeal() -> Command {
    Command::Appeal {
        grounds: words("Toch niet eens."),
    }
}

#[test]
fn b10_a_late_appeal_is_shown_to_the_manager_and_refused() {
    let mut play = Play::blijf();
    responded(&mut play, mail("kim@klager.example"), true);
    play.carry();
    play.until("2026-04-08T10:00:00Z");
    play.until("2026-05-08T10:00:00Z");
    play.party(Party::Complainant, &appeal());
    play.member(
        MARIA,
        &Command::RefuseLateAppeal {
            reasons: words("Te laat."),
        },
    );
    insta::assert_snapshot!(play.log);
}

#[test]
fn b10_a_late_appeal_that_nobody_decides_on_is_heard() {
    let mut play = Play::blijf();
    responded(&mut play, mail("kim@klager.example"), true);
    play.carry();
    play.until("2026-05-08T10:00:00Z");
    play.party(Party::Complainant, &appeal());
    play.until("2026-05-26T10:00:00Z");
    insta::assert_snapshot!(play.log);
}

#[test]
fn b01_inadmissible_comes_with_the_way_to_the_manager() {
    let mut play = Play::blijf();
    play.file(mail("kim@klager.example"), false);
    play.member(ANNA, &Command::TakeComplaint);
    play.member(
        ANNA,
        &Command::DeclareInadmissible {
            ground: InadmissibleGround::Standing,
            reasons: words("Geen deelnemer."),
        },
    );
    insta::assert_snapshot!(play.log);
}

#[test]
fn b07_more_time_is_asked_and_agreed() {
    let mut play = Play::blijf();
    play.file(mail("kim@klager.example"), false);
    play.member(ANNA, &Command::TakeComplaint);
    play.member(
        ANNA,
        &Command::RequestExtension {
            until: chrono::NaiveDate::from_ymd_opt(2026, 4, 20).unwrap(),
            reasons: words("Ziekte."),
        },
    );
    play.party(Party::Complainant, &Command::ConsentToExtension);
    insta::assert_snapshot!(play.log);
}

#[test]
fn an_act_that_people_have_overtaken_is_told_to_all() {
    let mut play = Play::blijf();
    responded(&mut play, mail("kim@klager.example"), true);
    play.carry();
    play.until("2026-03-20T10:00:00Z");
    play.party(Party::Complainant, &appeal());
    play.until("2026-03-23T10:00:00Z");
    play.late_paper(Command::AcceptResponse, "2026-03-18T09:00:00Z");
    insta::assert_snapshot!(play.log);
}

#[test]
fn a_closing_that_is_undone_before_anybody_heard_of_it_is_told_to_nobody() {
    let mut play = Play::blijf();
    responded(&mut play, mail("kim@klager.example"), true);
    play.carry();
    play.now = "2026-04-20T10:00:00Z".parse().unwrap();
    play.late_paper(
        Command::ObjectToResponse { reasons: None },
        "2026-04-02T09:00:00Z",
    );
    let is_reversal = |content: &Content| {
        matches!(
            content,
            Content::Reversal {
                what: ClockAct::Closing,
                ..
            } | Content::Closing { .. }
        )
    };
    assert!(!play.latest.iter().any(|one| is_reversal(&one.content)));
    assert_eq!(play.complaint().round().bench.deciders, vec![id(ANNA)]);
}
