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
};

/// What a complaint in a telling state was made by.
const CASES: &[(&str, &str, &str)] = &[
    ("blijf", "received, names Tom", RECEIVED),
    (
        "blijf",
        "received too late",
        "2026-03-24 10:00 Karin files ended 2026-02-20",
    ),
    (
        "blijf",
        "in treatment, nobody heard, extension asked",
        TREATED,
    ),
    ("blijf", "in treatment, both heard", HEARD),
    ("blijf", "response out", RESPONDED),
    ("blijf", "reaction to answer", REACTED),
    ("blijf", "objected", OBJECTED),
    ("blijf", "term lapsed, way open without end", LAPSED),
    ("blijf", "inadmissible", INADMISSIBLE),
    ("blijf", "at the manager", ON_APPEAL),
    ("blijf", "at the manager, who is on leave", MANAGER_AWAY),
    ("blijf", "accepted", ACCEPTED),
    (
        "blijf",
        "tacitly accepted, a late appeal waits",
        LATE_APPEAL,
    ),
    ("blijf", "withdrawn before anybody took it", WITHDRAWN),
    (
        "livp",
        "received, names Tom",
        "2026-03-02 10:00 Karin files naming Tom",
    ),
    ("livp", "solution before both sides, Karin signed", SIGNED),
    (
        "livp",
        "no person complained about, Rita speaks",
        REPRESENTED,
    ),
    ("livp", "no agreement", NO_AGREEMENT),
    ("livp", "at the arbiter", ARBITER),
    ("livp", "the administrator trains the course", EXCLUDED),
    ("awb", "at the committee", COMMITTEE),
    ("livp", "destroyed", DESTROYED),
];

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
        block(&mut table, policy, title, &play(policy, script));
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
