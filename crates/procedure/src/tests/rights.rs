//! One table: who may do what, in every state. A new command appears in it by itself.

use std::fmt::Write as _;

use super::{
    cast,
    script::{Played, play},
};
use crate::{
    actor::Actor,
    command::CommandKind,
    decide::{
        actions,
        authority::{Relation, may, relation},
    },
    policy::check::reached,
};

/// What a complaint in a telling state was made by.
const CASES: &[(&str, &str, &[&str])] = &[
    ("blijf", "received, names Tom", &[RECEIVED]),
    ("blijf", "received too late", &[TOO_LATE]),
    (
        "blijf",
        "in treatment, nobody heard, extension asked",
        &[TREATED],
    ),
    ("blijf", "in treatment, both heard", &[HEARD]),
    ("blijf", "response out", &[RESPONDED]),
    ("blijf", "reaction to answer", &[REACTED]),
    ("blijf", "objected", &[OBJECTED]),
    ("blijf", "term lapsed, way open without end", &[LAPSED]),
    ("blijf", "inadmissible", &[INADMISSIBLE]),
    ("blijf", "at the manager", &[ON_APPEAL]),
    ("blijf", "at the manager, who is on leave", &[MANAGER_AWAY]),
    ("blijf", "accepted", &[ACCEPTED]),
    ("blijf", "accepted, under legal hold", &[ACCEPTED, HELD]),
    (
        "blijf",
        "tacitly accepted, a late appeal waits",
        &[LATE_APPEAL],
    ),
    ("blijf", "withdrawn before anybody took it", &[WITHDRAWN]),
    (
        "blijf",
        "closed, the manager decided",
        &[ON_APPEAL, MANAGER_DECIDES],
    ),
    ("blijf", "closed, not pursued", &[OBJECTED, IN_MAY]),
    ("blijf", "closed, inadmissible", &[INADMISSIBLE, IN_MAY]),
    ("livp", "received, names Tom", &[NAMED]),
    ("livp", "in treatment", &[NAMED, ASSIGNED]),
    (
        "livp",
        "solution before both sides, Karin signed",
        &[SIGNED],
    ),
    (
        "livp",
        "no person complained about, Rita speaks",
        &[REPRESENTED],
    ),
    ("livp", "inadmissible", &[NAMED, ASSIGNED, DISMISSED]),
    ("livp", "no agreement", &[NO_AGREEMENT]),
    (
        "livp",
        "at the arbiter, whom nobody appointed",
        &[NO_AGREEMENT, APPEALED],
    ),
    ("livp", "at the arbiter", &[ARBITER]),
    ("livp", "the administrator trains the course", &[EXCLUDED]),
    ("livp", "closed, both sides signed", &[SIGNED, AGREED]),
    ("livp", "closed, the arbiter decided", &[ARBITER, ADVISED]),
    ("livp", "closed, not pursued", &[NO_AGREEMENT, IN_JULY]),
    (
        "livp",
        "not pursued, a late appeal waits",
        &[NO_AGREEMENT, APPEALED_LATE],
    ),
    (
        "livp",
        "closed, inadmissible",
        &[NAMED, ASSIGNED, DISMISSED, IN_JULY],
    ),
    ("livp", "destroyed", &[DESTROYED]),
    ("awb", "received", &[NAMED]),
    ("awb", "at the committee", &[COMMITTEE]),
    ("awb", "closed, the committee decided", &[COMMITTEE, FOUND]),
    ("awb", "closed, withdrawn", &[COMMITTEE, GIVEN_UP]),
    ("awb", "closed, inadmissible", &[COMMITTEE, REFUSED]),
    ("other", "received", &[OTHER]),
    ("other", "in treatment", &[OTHER, TAKEN]),
    ("other", "response out", &[OTHER, TAKEN, ANSWERED]),
    (
        "other",
        "silence was no agreement",
        &[OTHER, TAKEN, ANSWERED, IN_APRIL],
    ),
    (
        "other",
        "at the management",
        &[OTHER, TAKEN, ANSWERED, SECOND],
    ),
    (
        "other",
        "the management decided, the way is open",
        &[OTHER, TAKEN, ANSWERED, SECOND, MANAGED],
    ),
    (
        "other",
        "at the committee",
        &[OTHER, TAKEN, ANSWERED, SECOND, MANAGED, THIRD],
    ),
    (
        "other",
        "closed, the committee decided",
        &[OTHER, TAKEN, ANSWERED, SECOND, MANAGED, THIRD, LAST],
    ),
    ("other", "closed, accepted", &[OTHER, TAKEN, ANSWERED, YES]),
    ("other", "closed, withdrawn", &[OTHER, GIVEN_UP]),
    (
        "other",
        "closed, not pursued",
        &[OTHER, TAKEN, ANSWERED, IN_JULY],
    ),
    (
        "other",
        "closed, inadmissible",
        &[OTHER, TAKEN, REFUSED_FIRST, IN_JULY],
    ),
];

const TOO_LATE: &str = "2026-03-24 10:00 Karin files ended 2026-02-20";
const HELD: &str = "2026-03-11 09:00 Ada holds";
const MANAGER_DECIDES: &str = "2026-04-02 09:00 Mila hears complainant
    2026-04-02 10:00 Mila hears respondent-1
    2026-04-03 09:00 Mila decides partly";
const IN_APRIL: &str = "2026-04-10 09:00 Time passes";
const IN_MAY: &str = "2026-05-20 09:00 Time passes";
const IN_JULY: &str = "2026-07-20 09:00 Time passes";
const NAMED: &str = "2026-03-02 10:00 Karin files naming Tom";
const ASSIGNED: &str = "2026-03-02 11:00 Ada assigns Anna";
const DISMISSED: &str = "2026-03-04 09:00 Anna dismisses standing";
const AGREED: &str = "2026-03-06 09:00 Robin signs";
const ADVISED: &str = "2026-03-10 09:00 Arie decides upheld";
const APPEALED: &str = "2026-03-06 09:00 Karin appeals";
const APPEALED_LATE: &str = "2026-07-20 09:00 Karin appeals
    2026-07-21 09:00 Ada assigns Arie";
const FOUND: &str = "2026-03-05 09:00 Cora hears complainant
    2026-03-05 10:00 Cora hears respondent-1
    2026-03-06 09:00 Carl decides partly";
const GIVEN_UP: &str = "2026-03-09 09:00 Karin withdraws";
const REFUSED: &str = "2026-03-05 09:00 Cora dismisses";
const OTHER: &str =
    "2026-03-02 10:00 Ada files by email ended 2026-02-20 incident 2026-02-20 naming Tom";
const TAKEN: &str = "2026-03-03 09:00 Anna takes
    2026-03-03 10:00 Anna notifies 1";
const REFUSED_FIRST: &str = "2026-03-04 09:00 Anna dismisses";
const ANSWERED: &str = "2026-03-04 09:00 Anna hears complainant
    2026-03-04 10:00 Anna hears respondent-1
    2026-03-05 09:00 Anna responds not-upheld";
const YES: &str = "2026-03-06 09:00 Karin accepts";
const SECOND: &str = "2026-03-06 09:00 Karin appeals";
const MANAGED: &str = "2026-03-09 09:00 Mila decides not-upheld";
const THIRD: &str = "2026-03-10 09:00 Karin appeals
    2026-03-11 09:00 Ada assigns Cora
    2026-03-11 10:00 Ada assigns Carl
    2026-03-12 09:00 Cora hears complainant
    2026-03-12 10:00 Cora hears respondent-1";
const LAST: &str = "2026-03-13 09:00 Carl decides upheld awarding 1500";
const RECEIVED: &str = "2026-03-02 10:00 Karin files ended 2026-02-20 naming Tom";
const TREATED: &str = "2026-03-02 10:00 Karin files ended 2026-02-20 naming Tom
    2026-03-03 09:00 Anna takes
    2026-03-04 09:00 Anna notifies 1
    2026-03-05 09:00 Anna requests 2026-04-10";
const HEARD: &str = "2026-03-02 10:00 Karin files ended 2026-02-20 naming Tom
    2026-03-03 09:00 Anna takes
    2026-03-04 09:00 Anna notifies 1
    2026-03-05 09:00 Anna hears complainant
    2026-03-05 10:00 Anna hears respondent-1";
const RESPONDED: &str = "2026-03-02 10:00 Karin files ended 2026-02-20 naming Tom
    2026-03-03 09:00 Anna takes
    2026-03-04 09:00 Anna notifies 1
    2026-03-05 09:00 Anna hears complainant
    2026-03-05 10:00 Anna hears respondent-1
    2026-03-09 09:00 Anna responds upheld";
const REACTED: &str = "2026-03-02 10:00 Karin files ended 2026-02-20 naming Tom
    2026-03-03 09:00 Anna takes
    2026-03-04 08:00 Anna telephones respondent-1 vain
    2026-03-04 08:30 Anna telephones respondent-1 vain
    2026-03-04 09:00 Anna misses respondent-1
    2026-03-05 09:00 Anna hears complainant
    2026-03-09 09:00 Anna responds upheld
    2026-03-10 09:00 Karin asks";
const OBJECTED: &str = "2026-03-02 10:00 Karin files ended 2026-02-20 naming Tom
    2026-03-03 09:00 Anna takes
    2026-03-04 09:00 Anna notifies 1
    2026-03-05 09:00 Anna hears complainant
    2026-03-05 10:00 Anna hears respondent-1
    2026-03-09 09:00 Anna responds upheld
    2026-03-10 09:00 Karin objects";
const LAPSED: &str = "2026-03-02 10:00 Karin files ended 2026-02-20 naming Tom
    2026-03-03 09:00 Anna takes
    2026-04-01 09:00 Time passes";
const INADMISSIBLE: &str = "2026-03-02 10:00 Karin files ended 2026-02-20 naming Tom
    2026-03-03 09:00 Anna takes
    2026-03-04 09:00 Anna dismisses";
const ON_APPEAL: &str = "2026-03-02 10:00 Karin files ended 2026-02-20 naming Tom
    2026-03-03 09:00 Anna takes
    2026-03-04 09:00 Anna notifies 1
    2026-04-01 09:00 Karin appeals";
const MANAGER_AWAY: &str = "2026-03-02 10:00 Karin files ended 2026-02-20 naming Tom
    2026-03-03 09:00 Anna takes
    2026-04-01 09:00 Karin appeals
    2026-04-02 09:00 Leave Mila 2026-04-01 2026-04-30 Stan
    2026-04-02 09:20 Stan telephones respondent-1 vain
    2026-04-02 09:40 Stan telephones respondent-1 vain
    2026-04-02 10:00 Stan misses respondent-1
    2026-04-02 11:00 Stan hears complainant";
const ACCEPTED: &str = "2026-03-02 10:00 Karin files ended 2026-02-20 naming Tom
    2026-03-03 09:00 Anna takes
    2026-03-04 09:00 Anna notifies 1
    2026-03-05 09:00 Anna hears complainant
    2026-03-05 10:00 Anna hears respondent-1
    2026-03-09 09:00 Anna responds upheld
    2026-03-10 09:00 Karin accepts
    2026-03-10 10:00 Anna classifies content
    2026-03-10 11:00 Anna measures";
const LATE_APPEAL: &str = "2026-03-02 10:00 Karin files ended 2026-02-20
    2026-03-03 09:00 Anna takes
    2026-03-04 09:00 Ada represents Rita
    2026-03-05 09:00 Anna hears complainant
    2026-03-05 10:00 Anna hears representative
    2026-03-09 09:00 Anna responds upheld
    2026-04-20 09:00 Karin appeals";
const WITHDRAWN: &str = "2026-03-02 10:00 Karin files ended 2026-02-20
    2026-03-03 09:00 Karin withdraws";
const SIGNED: &str = "2026-03-02 10:00 Karin files naming Robin
    2026-03-02 11:00 Ada assigns Anna
    2026-03-03 09:00 Anna notifies 1
    2026-03-04 09:00 Anna proposes
    2026-03-05 09:00 Karin signs";
const REPRESENTED: &str = "2026-03-02 10:00 Karin files
    2026-03-02 11:00 Ada assigns Anna
    2026-03-03 09:00 Ada represents Rita
    2026-03-04 09:00 Anna proposes";
const NO_AGREEMENT: &str = "2026-03-02 10:00 Karin files naming Tom
    2026-03-02 11:00 Ada assigns Anna
    2026-03-03 09:00 Anna notifies 1
    2026-03-04 09:00 Anna proposes
    2026-03-05 09:00 Tom disagrees";
const ARBITER: &str = "2026-03-02 10:00 Karin files naming Tom
    2026-03-02 11:00 Ada assigns Anna
    2026-03-03 09:00 Anna notifies 1
    2026-03-04 09:00 Anna proposes
    2026-03-05 09:00 Anna disagrees
    2026-03-06 09:00 Karin appeals
    2026-03-07 09:00 Ada assigns Arie
    2026-03-09 09:00 Arie hears complainant
    2026-03-09 10:00 Arie hears respondent-1";
const EXCLUDED: &str = "2026-03-02 10:00 Karin files naming Tom
    2026-03-02 11:00 Roster trains Ada";
const COMMITTEE: &str = "2026-03-02 10:00 Karin files naming Tom
    2026-03-03 09:00 Ada assigns Cora
    2026-03-03 10:00 Ada assigns Carl
    2026-03-04 09:00 Cora notifies 1
    2026-03-04 10:00 Cora adjourns 2026-05-20";
const DESTROYED: &str = "2026-03-02 10:00 Karin files
    2026-03-03 09:00 Karin withdraws
    2026-03-04 09:00 Worker sleeps
    2031-04-01 09:00 Ada destroys";

#[test]
fn who_may_do_what_in_every_state() {
    let mut table = String::from(
        "yes: may be done now. CODE: they have the right, not now. -: they have no right to it.\n\
         Who is hidden from cannot tell whether the complaint exists.\n\n",
    );
    for (policy, title, script) in CASES {
        block(&mut table, policy, title, &play(policy, &script.join("\n")));
    }
    machines(&mut table);
    insta::with_settings!({
        snapshot_path => "snapshots",
        prepend_module_to_snapshot => false,
        omit_expression => true,
    }, {
        insta::assert_snapshot!("rights", table);
    });
}

#[test]
fn every_state_and_outcome_that_can_be_reached_has_a_case() {
    let made = |(policy, _, script): &(&'static str, &str, &[&str])| {
        let played = play(policy, &script.join("\n"));
        (*policy, played.state(), played.outcome())
    };
    let shown: Vec<_> = CASES.iter().map(made).collect();
    let mut missing = Vec::new();
    for name in ["blijf", "livp", "awb", "other"] {
        let reached = reached(&cast::policy(name)).into_iter();
        let reached = reached.map(|(state, outcome)| (name, state, outcome));
        missing.extend(reached.filter(|one| !shown.contains(one)));
    }
    assert!(missing.is_empty(), "{missing:#?}");
}

fn block(table: &mut String, policy: &str, title: &str, played: &Played) {
    let world = &played.world;
    let today = world.facts.calendar.local_date(world.now);
    let everyone = cast::names().chain(["Karin", "Robin", "Somebody"]);
    let (mut seeing, mut hidden) = (Vec::new(), Vec::new());
    for name in everyone {
        let actor = cast::actor(name, &world.facts);
        let is = relation(&world.policy, &world.facts, &world.complaint, &actor, today);
        if is.sees() {
            seeing.push((name, actor, is));
        } else {
            hidden.push(name);
        }
    }
    writeln!(table, "== {policy}: {title} ({:?})", played.state()).unwrap();
    writeln!(table, "hidden from {}", hidden.join(", ")).unwrap();
    write!(table, "{:<24}", "").unwrap();
    for (name, _, is) in &seeing {
        write!(table, "{:<28}", format!("{name}: {}", label(is))).unwrap();
    }
    *table = table.trim_end().to_owned();
    table.push('\n');
    for kind in CommandKind::ALL {
        let cells: Vec<String> = seeing
            .iter()
            .map(|(_, actor, _)| cell(played, actor, *kind))
            .collect();
        let mut row = format!("{:<24}", code(*kind));
        for one in cells {
            write!(row, "{one:<28}").unwrap();
        }
        writeln!(table, "{}", row.trim_end()).unwrap();
    }
    table.push('\n');
}

fn cell(played: &Played, actor: &Actor, kind: CommandKind) -> String {
    let world = &played.world;
    let all = actions(
        &world.policy,
        &world.facts,
        &world.complaint,
        actor,
        world.now,
    );
    match all.into_iter().find(|action| action.command == kind) {
        None => "-".to_owned(),
        Some(action) => action.refusal.map_or("yes".to_owned(), |refusal| {
            refusal.reason.code().as_str().to_owned()
        }),
    }
}

/// What someone is to a complaint.
fn label(is: &Relation) -> String {
    let mut words = Vec::new();
    words.extend(is.party.map(|party| party.to_string()));
    for (holds, word) in [
        (is.decides, "decides"),
        (is.has_decided && !is.decides, "decided"),
        (is.decides_late_appeal, "late appeal"),
        (is.can_take, "may take it"),
        (is.administers, "administers"),
    ] {
        words.extend(holds.then(|| word.to_owned()));
    }
    words.join(", ")
}

fn machines(table: &mut String) {
    let is = Relation {
        is_machine: true,
        ..Relation::default()
    };
    let may = CommandKind::ALL.iter().filter(|kind| may(&is, **kind));
    let codes: Vec<String> = may.map(|kind| code(*kind)).collect();
    writeln!(table, "== time, post and service, in every state").unwrap();
    writeln!(table, "{}", codes.join(", ")).unwrap();
}

fn code(kind: CommandKind) -> String {
    let json = serde_json::to_value(kind).unwrap();
    json.as_str().unwrap().to_owned()
}
