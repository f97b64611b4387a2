//! Workers apart from who answers, several on one database.

use serde_json::{Value, json};

use crate::support::{
    asking::ask,
    database::Database,
    organisation::{begun_weeks_ago, migrated, signed_in},
    patience::until,
    running::Running,
};

/// Of each complaint, what time did to it, and about which deadline.
fn passed(server: &Running, token: &str) -> Vec<Vec<String>> {
    let document = "{ complaints(first: 100) { nodes { entries { kind deadline } } } }";
    let answer = ask(server.address(), Some(token), document, &json!({}));
    let nodes = answer["data"]["complaints"]["nodes"].as_array();
    let nodes = nodes.unwrap_or_else(|| panic!("{answer:#}")).iter();
    let by_clock = |one: &&Value| one["kind"] == "ALERTED" || one["kind"] == "TERM_LAPSED";
    let of = |node: &Value| {
        let entries = node["entries"].as_array().unwrap().iter();
        let passed = entries.filter(by_clock);
        passed
            .map(|one| format!("{} {}", one["kind"], one["deadline"]))
            .collect()
    };
    nodes.map(of).collect()
}

#[test]
fn two_workers_on_one_database_do_nothing_twice() {
    const COMPLAINTS: usize = 40;
    let Some(database) = Database::postgres() else {
        return;
    };
    migrated(&database);
    let old = begun_weeks_ago(&database, COMPLAINTS);
    let server = database.start(&["serve", "--no-worker"]);
    let token = signed_in(&server, &old);
    let workers = [database.start(&["worker"]), database.start(&["worker"])];
    let is_done = || passed(&server, &token).iter().all(|one| !one.is_empty());
    until("the work", is_done);
    for worker in workers {
        worker.ends_when_asked();
    }
    let all = passed(&server, &token);
    assert_eq!(all.len(), COMPLAINTS);
    for one in &all {
        let mut once = one.clone();
        once.sort_unstable();
        once.dedup();
        assert_eq!(once.len(), one.len(), "done twice: {one:?}");
        assert_eq!(one, &all[0], "and the same everywhere");
    }
    server.ends_when_asked();
    let stuck = database.run(&["tenant", "stuck"]);
    assert!(stuck.is_success && stuck.out.is_empty(), "{stuck:?}");
}
