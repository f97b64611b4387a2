//! The program as it is hosted: the schema is made, an organisation comes, one process answers, another works, and each
//! ends when it is asked to.

use serde_json::{Value, json};

use crate::support::{
    asking::{ask, post},
    database::Database,
    ended::Ended,
    organisation::{PASSWORD, begun_weeks_ago, migrated, signed_in},
    patience::until,
    policy,
    running::Running,
};

/// Makes an organisation as its operator does.
fn create(database: &Database, prefix: &str) -> Ended {
    database.run(&[
        "tenant",
        "create",
        "instituut",
        "--name=Het Instituut",
        "--policy",
        &policy("livp"),
        &format!("--prefix={prefix}"),
        "--administrator=Anton Administratie",
        "--email=anton@instituut.example",
    ])
}

/// The way in of the administrator of an organisation that was made.
fn founded(database: &Database) -> String {
    let created = create(database, "INST");
    assert!(created.is_success, "{created:?}");
    let (_, invitation) = created.out.trim_end().split_once("/invitation#").unwrap();
    invitation.to_owned()
}

/// What time has done to the one complaint of the organisation.
fn entries(server: &Running, token: &str) -> Vec<String> {
    let document = "{ complaints { nodes { entries { kind } } } }";
    let answer = ask(server.address(), Some(token), document, &json!({}));
    let entries = answer["data"]["complaints"]["nodes"][0]["entries"].as_array();
    let entries = entries.unwrap_or_else(|| panic!("{answer:#}")).iter();
    let kind = |one: &Value| one["kind"].as_str().unwrap().to_owned();
    entries.map(kind).collect()
}

fn one_answers_and_another_works(database: &Database) {
    migrated(database);
    let (new, old) = (founded(database), begun_weeks_ago(database, 1));
    let server = database.start(&["serve", "--no-worker"]);
    signed_in(&server, &new);
    let token = signed_in(&server, &old);
    let alerted = "ALERTED".to_owned();
    assert!(
        !entries(&server, &token).contains(&alerted),
        "nobody works yet"
    );
    let worker = database.start(&["worker"]);
    until("the work", || entries(&server, &token).contains(&alerted));
    assert!(entries(&server, &token).contains(&"TERM_LAPSED".to_owned()));
    worker.ends_when_asked();
    server.ends_when_asked();
}

#[test]
fn one_process_answers_and_another_works_until_they_are_asked_to_end_on_sqlite() {
    one_answers_and_another_works(&Database::sqlite());
}

#[test]
fn one_process_answers_and_another_works_until_they_are_asked_to_end_on_postgres() {
    if let Some(database) = Database::postgres() {
        one_answers_and_another_works(&database);
    }
}

/// How often the dossier of the one complaint was seen, as its administrator reads it.
fn looks(server: &Running, token: &str) -> usize {
    let document = "{ complaints { nodes { id } } }";
    let answer = ask(server.address(), Some(token), document, &json!({}));
    let id = &answer["data"]["complaints"]["nodes"][0]["id"];
    let document = "query($id: ID!) { accessLog(complaintId: $id, first: 100) { nodes { kind } } }";
    let answer = ask(
        server.address(),
        Some(token),
        document,
        &json!({ "id": id }),
    );
    let nodes = answer["data"]["accessLog"]["nodes"].as_array();
    let nodes = nodes.unwrap_or_else(|| panic!("{answer:#}")).iter();
    nodes.filter(|one| one["kind"] == "SAW_DOSSIER").count()
}

fn what_is_seen_is_written(database: &Database) {
    migrated(database);
    let old = begun_weeks_ago(database, 1);
    let server = database.start(&["serve", "--no-worker"]);
    let token = signed_in(&server, &old);
    entries(&server, &token);
    server.ends_when_asked();
    let server = database.start(&["serve", "--no-worker"]);
    assert_eq!(looks(&server, &token), 1, "what was left when it ended");
    let input =
        json!({ "email": "aya@vroeger.example", "password": PASSWORD, "organisation": "vroeger" });
    let document =
        "mutation($input: SignInInput!) { signIn(input: $input) { session { accessToken } } }";
    let answer = ask(server.address(), None, document, &json!({ "input": input }));
    let again = answer["data"]["signIn"]["session"]["accessToken"].as_str();
    let again = again.unwrap_or_else(|| panic!("{answer:#}"));
    entries(&server, again);
    until("the second look", || looks(&server, &token) >= 2);
    server.ends_when_asked();
}

#[test]
fn what_is_seen_is_written_within_seconds_and_when_the_program_ends_on_sqlite() {
    what_is_seen_is_written(&Database::sqlite());
}

#[test]
fn what_is_seen_is_written_within_seconds_and_when_the_program_ends_on_postgres() {
    if let Some(database) = Database::postgres() {
        what_is_seen_is_written(&database);
    }
}

fn says_to_migrate(database: &Database) {
    for command in [&["reseal"][..], &["tenant", "stuck"]] {
        let ended = database.run(command);
        assert!(!ended.is_success, "{ended:?}");
        let said = ended.error.trim_end();
        assert!(said.contains("wederhoor migrate"), "{said}");
        assert_eq!(said.lines().count(), 1, "{said}");
    }
}

#[test]
fn a_database_without_its_schema_is_said_in_one_line_with_what_to_run() {
    let database = Database::sqlite();
    says_to_migrate(&database);
    if let Some(database) = Database::postgres() {
        says_to_migrate(&database);
    }
}

fn operators_are_named_and_reset_on_the_command_line(database: &Database) {
    const EMAIL: &str = "wachter@platform.example";
    migrated(database);
    let unseen = "Wim\u{202e}rethcaW";
    let refused = database.run(&["operator", "invite", EMAIL, "--name", unseen]);
    assert!(
        refused.error.contains("--name: There are characters"),
        "{refused:?}"
    );
    let administrator = format!("--administrator={unseen}");
    let mut founding = vec![
        "tenant",
        "create",
        "instituut",
        "--prefix=INST",
        "--email=a@instituut.example",
    ];
    let policy = policy("livp");
    founding.extend(["--name=e\u{200b}en", "--policy", &policy, &administrator]);
    let refused = database.run(&founding);
    for field in ["--name: There are", "--administrator: There are"] {
        assert!(refused.error.contains(field), "{refused:?}");
    }
    let invited = database.run(&["operator", "invite", EMAIL, "--name=Wim Wachter"]);
    assert!(invited.out.contains("/operator#"), "{invited:?}");
    let reset = database.run(&["operator", "reset", EMAIL]);
    assert!(!reset.is_success, "they have not come in yet: {reset:?}");
    assert!(reset.error.contains("is no operator"), "{reset:?}");
}

#[test]
fn operators_are_named_and_reset_on_the_command_line_of_either_database() {
    let database = Database::sqlite();
    operators_are_named_and_reset_on_the_command_line(&database);
    if let Some(database) = Database::postgres() {
        operators_are_named_and_reset_on_the_command_line(&database);
    }
}

fn says_that_older_keys_can_go(database: &Database) {
    migrated(database);
    let ended = database.run(&["reseal"]);
    assert!(ended.is_success, "{ended:?}");
    assert!(ended.out.contains("0 second factors are sealed anew"));
    assert!(ended.out.ends_with("Older sealing keys can go.\n"));
}

#[test]
fn older_sealing_keys_can_go_where_nothing_needs_them() {
    let database = Database::sqlite();
    says_that_older_keys_can_go(&database);
    if let Some(database) = Database::postgres() {
        says_that_older_keys_can_go(&database);
    }
}

#[test]
fn a_prefix_that_no_reference_can_begin_with_is_refused() {
    let database = Database::sqlite();
    migrated(&database);
    for prefix in [
        "",
        " ",
        "livp",
        "L",
        "LI VP",
        "L/P",
        "<B>",
        "ÉÉN",
        "-AB",
        "12",
        "ABCDEFGHIJKLM",
    ] {
        let ended = create(&database, prefix);
        assert!(!ended.is_success, "{prefix}: {ended:?}");
        assert!(
            ended.error.contains("2 to 12 capital letters"),
            "{prefix}: {ended:?}"
        );
    }
}

#[test]
fn everything_that_keeps_an_organisation_from_being_made_is_told_at_once() {
    let database = Database::sqlite();
    migrated(&database);
    let create = |slug: &str, policy: &str| {
        database.run(&[
            "tenant",
            "create",
            slug,
            "--name= ",
            "--policy",
            policy,
            "--prefix=x",
            "--administrator= ",
            "--email=anton",
            "--colour=red",
        ])
    };
    let other = [
        "--name: Fill this in.",
        "--prefix: Use 2 to 12 capital letters",
        "--administrator: Fill this in.",
        "--email: ",
        "--colour: Write a colour as #1f5a7a.",
    ];
    let mut broken = policy("livp").replace("livp", "broken/no-instance");
    for (slug, file, own) in [
        (
            "Instituut!",
            broken.clone(),
            ["SLUG: Use 2 to 40", "Nobody decides"],
        ),
        (
            "I",
            policy("livp").replace(".toml", ".yaml"),
            ["SLUG: Use", "livp.yaml cannot be read"],
        ),
    ] {
        let ended = create(slug, &file);
        assert!(!ended.is_success, "{ended:?}");
        for words in other.iter().chain(&own) {
            assert!(ended.error.contains(words), "{words}: {ended:?}");
        }
    }
    founded(&database);
    broken.push_str(".json");
    let again = create("instituut", &broken);
    assert!(
        again.error.contains("SLUG: This name is in use already."),
        "{again:?}"
    );
}

#[test]
fn a_setting_that_is_spelt_wrong_is_named_before_anything_is_done() {
    let database = Database::sqlite();
    for command in ["serve", "worker", "migrate"] {
        let ended = database.run_with(&[command], &[("WEDERHOOR_BASE_ULR", "https://x.example")]);
        assert!(!ended.is_success, "{command}");
        let names = ["WEDERHOOR_BASE_ULR", "WEDERHOOR_BASE_URL"];
        assert!(
            names.iter().all(|name| ended.error.contains(name)),
            "{ended:?}"
        );
    }
}

#[test]
fn a_log_that_cannot_be_written_stops_no_answer() {
    let database = Database::sqlite();
    migrated(&database);
    let mut program = database.start(&["serve"]);
    program.stop_reading();
    for _ in 0..3 {
        let answer = ask(program.address(), None, "{ __typename }", &json!({}));
        assert_eq!(answer["data"], json!({ "__typename": "Query" }));
    }
    program.ends_when_asked();
}

#[test]
fn what_is_refused_at_the_top_is_said_in_the_language_that_was_asked() {
    let database = Database::sqlite();
    migrated(&database);
    let program = database.start(&["serve"]);
    let json = "content-type: application/json\r\n";
    let document = |text: &str| json!({ "query": text }).to_string();
    let deep = "{ viewer ".repeat(20) + &" }".repeat(20);
    let long = document(&"{ viewer { name } } ".repeat(2000));
    for (headers, body, code) in [
        (json, "{".to_owned(), "BAD_REQUEST"),
        (
            json,
            "{\"query\": \"{ a }\", \"query\": \"\"}".to_owned(),
            "BAD_REQUEST",
        ),
        (json, "[]".to_owned(), "BAD_REQUEST"),
        (json, "{\"query\": 1}".to_owned(), "BAD_REQUEST"),
        (
            "content-type: text/plain\r\n",
            document("{ viewer { name } }"),
            "UNSUPPORTED_MEDIA_TYPE",
        ),
        (json, document("{ viewer { name }"), "BAD_REQUEST"),
        (
            json,
            document("query($id: ID!) { complaint(id: $id) { id } }"),
            "BAD_REQUEST",
        ),
        (json, document("subscription { x }"), "BAD_REQUEST"),
        (json, document(&deep), "TOO_COMPLEX"),
        (json, long, "TOO_COMPLEX"),
        (
            json,
            document("{ __schema { types { name } } }"),
            "UNAUTHENTICATED",
        ),
        (
            "content-type: application/json\r\nauthorization: Basic x\r\n",
            document("{ viewer { name } }"),
            "UNAUTHENTICATED",
        ),
        (
            "content-type: application/json\r\nauthorization: Bearer x\r\n",
            document("{ viewer { name } }"),
            "UNAUTHENTICATED",
        ),
    ] {
        let said = ["nl", "en"].map(|language| {
            let headers = format!("{headers}accept-language: {language}\r\n");
            let error = post(program.address(), &headers, &body)["errors"][0].clone();
            assert_eq!(error["extensions"]["code"], code, "{body}: {error}");
            error["message"].as_str().unwrap().to_owned()
        });
        assert!(said[0] != said[1] && !said[0].is_empty(), "{said:?}");
    }
    program.ends_when_asked();
}
