//! What the program says of policies, and of databases that are not there.

use std::fs;

use wederhoor_procedure::preview::HappeningKind;

use crate::support::{
    directory::Directory,
    ended::{end, program, run},
    policy,
};

#[test]
fn a_database_that_cannot_be_reached_is_named_without_its_password() {
    let directory = Directory::new();
    let data = directory.0.join("data");
    let url = "postgres://iemand:geheim@127.0.0.1:9/nergens";
    let ended = run(&[
        "demo",
        "--port",
        "0",
        "--data-dir",
        data.to_str().unwrap(),
        "--database-url",
        url,
    ]);
    assert!(!ended.is_success);
    assert!(
        ended.error.contains("127.0.0.1:9/nergens"),
        "{}",
        ended.error
    );
    assert!(!ended.error.contains("geheim"), "{}", ended.error);
}

#[test]
fn a_policy_that_cannot_be_read_is_named_with_what_to_mend() {
    let directory = Directory::new();
    let livp = fs::read_to_string(policy("livp")).unwrap();
    let negative = livp.replacen("\"4 weeks\"", "\"-4 weeks\"", 1);
    assert_ne!(negative, livp);
    let unknown = format!("onbekend = 1\n{livp}");
    let cases: [(&str, &[u8], &str); 13] = [
        ("empty.toml", b"", "missing"),
        ("half.toml", b"[[half", ""),
        ("half.json", b"{\"half\": ", ""),
        ("toml.json", livp.as_bytes(), "a policy is an object"),
        ("array.json", b"[1, 2]", "a policy is an object"),
        (
            "scalar.json",
            b"  12",
            "line 1, column 3: a policy is an object",
        ),
        ("inside.json", b"{\"name\": 5}", "write a table"),
        ("livp.yaml", livp.as_bytes(), "must end in .toml or .json"),
        ("json.yml", b"{}", "must end in .toml or .json"),
        ("livp", livp.as_bytes(), "must end in .toml or .json"),
        ("binary.toml", b"\xff\xfe\x00", "cannot be read"),
        ("unknown.toml", unknown.as_bytes(), "onbekend"),
        ("negative.toml", negative.as_bytes(), "negative"),
    ];
    for (name, content, word) in cases {
        let file = directory.file(name, content);
        let before = directory.contents();
        let ended = run(&["policy", "check", file.to_str().unwrap()]);
        assert!(!ended.is_success, "{ended:?}");
        let said = ended.error + &ended.out;
        assert!(said.contains(name) && said.contains(word), "{name}: {said}");
        assert!(!said.contains("panicked"), "{said}");
        assert!(directory.contents() == before);
    }
    for path in ["/nowhere/at/all.toml", directory.0.to_str().unwrap()] {
        let ended = run(&["policy", "check", path]);
        assert!(!ended.is_success && ended.error.contains(path), "{ended:?}");
    }
}

#[test]
fn a_policy_is_faulted_in_the_words_of_its_file() {
    let directory = Directory::new();
    let twice = "\n[[conflicts]]\nwho = \"course_trainer\"\n[conflicts.rule]\nhouse_rule = true\nnl = \"Nee.\"\nen = \"No.\"\n";
    let livp = fs::read_to_string(policy("livp")).unwrap() + twice;
    let livp = livp.replacen("\"email\"", "\"email\", \"email\"", 1);
    let livp = livp.replacen("code = \"content\"", "code = \"Course content\"", 1);
    let file = directory.file("twice.toml", livp.as_bytes());
    let ended = run(&["policy", "check", file.to_str().unwrap()]);
    assert!(!ended.is_success, "{ended:?}");
    for words in [
        "error[DUPLICATE] conflicts: \"course_trainer\" is there twice",
        "error[DUPLICATE] intake.channels: \"email\" is there twice",
        "error[MALFORMED_CODE] causes[0].code:",
        "write \"course_content\" instead of \"Course content\"",
    ] {
        assert!(ended.out.contains(words), "{words}: {ended:?}");
    }
}

#[test]
fn what_can_happen_in_a_preview_is_told_and_asked_as_the_api_calls_it() {
    let help = run(&["policy", "preview", "--help"]);
    for kind in HappeningKind::ALL {
        assert!(help.out.contains(kind.code()), "{kind}: {}", help.out);
    }
    let awb = policy("awb");
    let asked = [
        "policy",
        "preview",
        &awb,
        "--received",
        "2026-03-02T09:00:00Z",
        "--happening",
    ];
    let with = |happening: &str| run(&[&asked[..], &[happening]].concat());
    for happening in [
        "ASSIGNED@2026-03-03T09:00:00Z",
        "Admit_Late@2026-03-03T09:00:00Z",
    ] {
        assert!(with(happening).is_success, "{happening}");
    }
    let endless = with("REQUEST_EXTENSION@2026-03-03T09:00:00Z");
    assert!(
        !endless.is_success
            && endless.error.contains("until which day")
            && endless.error.contains(",until=2026-05-01"),
        "{endless:?}"
    );
    for (impossible, why) in [
        ("assigned@9999-12-31T23:59:59Z", "from 1900 to 2199"),
        (
            "assigned@2026-03-02T08:59:59Z",
            "from 2026-03-02T09:00:00Z on",
        ),
    ] {
        let ended = with(impossible);
        let named = format!("error: --happening {impossible}: ");
        let is_said = ended.error.starts_with(&named) && ended.error.contains(why);
        assert!(!ended.is_success && is_said, "{ended:?}");
    }
    let wrong = with("request-extension@2026-03-03T09:00:00Z,until=soon");
    assert!(wrong.error.contains("soon is no day such as"), "{wrong:?}");
    let assigned = "assigned@2026-03-03T09:00:00Z";
    let (asks, agrees) = (
        "request-extension@2026-03-03T09:00:00Z,until=2026-08-03",
        "consent@2026-03-04T09:00:00Z",
    );
    let told = run(&[
        &asked[..],
        &[assigned, "--happening", asks, "--happening", agrees],
    ]
    .concat());
    assert!(
        told.is_success && told.out.contains("2026-08-03 (until"),
        "{told:?}"
    );
}

#[test]
fn a_policy_without_faults_passes() {
    for name in ["livp", "blijf-groep", "awb"] {
        let ended = run(&["policy", "check", &policy(name)]);
        assert!(
            ended.is_success && ended.out.contains("0 errors"),
            "{ended:?}"
        );
    }
}

/// A term that does not roll: four weeks end on Good Friday.
#[test]
fn l09_a_preview_says_each_deadline_how_it_came_about_and_its_article() {
    let file = policy("livp");
    let received = "2026-03-06T10:00:00+01:00";
    let asked = ["policy", "preview", &file, "--received", received];
    let mut asked = [&asked[..], &["--course-ended", "2026-02-20"]].concat();
    let alone = run(&asked);
    for words in [
        "outcome (instance 1): 2026-04-03 (until 2026-04-03 22:00:00 UTC)",
        "4 weeks from 6 March 2026, ends on Good Friday 3 April, and does not move",
        "Werkwijze 9: The handling takes 4 weeks at most.",
        "the way to appeal opens because no outcome came, without end",
    ] {
        assert!(alone.is_success && alone.out.contains(words), "{alone:?}");
    }
    let happened = [
        "assigned@2026-03-09T10:00:00+01:00",
        "contact@2026-03-10T10:00:00+01:00",
        "withdraw@2026-03-11T10:00:00+01:00",
    ];
    asked.extend(happened.iter().flat_map(|one| ["--happening", one]));
    asked.push("--json");
    let told = run(&asked);
    let timeline: serde_json::Value = serde_json::from_str(&told.out).unwrap();
    let outcome = timeline["deadlines"].as_array().unwrap();
    let is_outcome = |one: &&serde_json::Value| one["article"]["citation"] == "Werkwijze 9";
    let outcome = outcome.iter().find(is_outcome);
    assert_eq!(outcome.unwrap()["dueOn"], "2026-04-03");
    assert_eq!(outcome.unwrap()["dueAt"], "2026-04-03T22:00:00Z");
    let last = timeline["steps"].as_array().unwrap().last().unwrap();
    assert_eq!(last["state"], "CLOSED", "{last:#}");
    let refused = run(&[&asked[..5], &["--happening", "lunch@2026-03-09T10:00:00Z"]].concat());
    assert!(
        !refused.is_success && refused.error.contains("write one of assigned"),
        "{refused:?}"
    );
}

#[test]
fn a_policy_is_drawn_as_the_readme_shows_it() {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/../..");
    for name in ["livp", "blijf-groep", "awb"] {
        let kept = fs::read_to_string(format!("{root}/docs/diagrams/{name}.svg")).unwrap();
        let ended = run(&["policy", "diagram", &policy(name), "--format", "svg"]);
        assert!(ended.is_success && ended.out == kept, "{name}");
    }
    let livp = policy("livp");
    let dutch = run(&["policy", "diagram", &livp, "--language", "nl"]);
    assert!(dutch.out.starts_with("stateDiagram-v2\n") && dutch.out.contains("Werkwijze 9"));
    assert!(dutch.out.contains("ontvangen"), "{}", dutch.out);
    for wrong in [["--format", "png"], ["--language", "fr"]] {
        let ended = run(&["policy", "diagram", &livp, wrong[0], wrong[1]]);
        assert!(
            !ended.is_success && ended.error.contains(wrong[1]),
            "{ended:?}"
        );
    }
    let ended = run(&["policy", "diagram", "/nowhere/at/all.toml"]);
    assert!(!ended.is_success && ended.error.contains("/nowhere/at/all.toml"));
}

/// The lines of a command in the README, one command each: what ends in a backslash goes on.
fn commands_of_readme(beginning: &str) -> Vec<String> {
    let readme = fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../../README.md"));
    let whole = readme.unwrap().replace("\\\n", " ");
    let lines = whole.lines().filter(|line| line.starts_with(beginning));
    lines.map(str::to_owned).collect()
}

#[test]
fn what_the_readme_asks_of_a_policy_works_as_it_stands() {
    let beginning = "cargo run -- policy ";
    let commands = commands_of_readme(beginning);
    assert_eq!(commands.len(), 3, "{commands:?}");
    let said: Vec<_> = commands
        .iter()
        .map(|command| {
            let rest = command.strip_prefix("cargo run -- ").unwrap();
            let (rest, _into) = rest.split_once(" >").unwrap_or((rest, ""));
            let words = rest.split_whitespace().map(|word| {
                if word.starts_with("policies/") {
                    format!("{}/../../{word}", env!("CARGO_MANIFEST_DIR"))
                } else {
                    word.to_owned()
                }
            });
            let words: Vec<_> = words.collect();
            let ended = run(&words.iter().map(String::as_str).collect::<Vec<_>>());
            assert!(
                ended.is_success && ended.error.is_empty(),
                "{command}: {ended:?}"
            );
            ended.out
        })
        .collect();
    for (out, words) in said
        .iter()
        .zip(["0 errors", "<svg", "the complainant reacts (instance 1)"])
    {
        assert!(out.contains(words), "{words} is missing: {out}");
    }
}

#[test]
fn mail_that_cannot_go_out_is_told_with_the_setting_to_mend_and_without_the_password() {
    let without = run(&["mail", "check", "iemand@personen.example"]);
    assert!(!without.is_success);
    assert!(without.error.contains("WEDERHOOR_SMTP_URL"), "{without:?}");
    for (url, said) in [
        (
            "smtps://ons:geheim@127.0.0.1:1",
            "the host and the port in WEDERHOOR_SMTP_URL",
        ),
        (
            "smtp://ons:geheim@mail.example",
            "WEDERHOOR_SMTP_URL: sends a password in clear text",
        ),
    ] {
        let mut asked = program(&["mail", "check", "iemand@personen.example"]);
        let asked = asked
            .env("WEDERHOOR_SMTP_URL", url)
            .env("WEDERHOOR_MAIL_FROM", "klachten@organisatie.example");
        let ended = end(asked);
        assert!(!ended.is_success && ended.error.contains(said), "{ended:?}");
        assert!(!ended.error.contains("geheim"), "{ended:?}");
    }
}
