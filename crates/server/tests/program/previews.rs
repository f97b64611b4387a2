//! A preview by the command line is what the API answers, in shape and in values; and a reader who reads no further is
//! no failure.

use std::{fs, process::Stdio};

use serde_json::{Value, json};
use wederhoor_server::demo;

use crate::support::{
    asking::ask,
    demo::{options, sign_in},
    directory::Directory,
    ended::{program, run},
    policy,
};

/// Everything that `previewPolicy` can be asked.
const ASKED: &str = "query($input: PreviewPolicyInput!) { previewPolicy(input: $input) {
    steps { at happening isByClock text state instance outcome refusal { code message article } }
    deadlines { kind instance name owner startedOn dueOn dueAt derivation article { citation text isHouseRule } metAt isOpen } } }";

/// A policy of the tree, and what happens in a preview of it; the last is refused.
const SCENARIOS: [(&str, &[(&str, &str)]); 2] = [
    (
        "blijf-groep",
        &[
            ("assigned", "2026-03-03T09:00:00Z"),
            ("heard", "2026-03-05T09:00:00Z"),
            ("response", "2026-03-06T10:00:00Z"),
            ("object", "2026-03-20T10:00:00Z"),
            ("appeal", "2026-03-23T10:00:00Z"),
            ("accept", "2026-03-24T10:00:00Z"),
        ],
    ),
    (
        "livp",
        &[
            ("assigned", "2026-03-03T09:00:00Z"),
            ("contact", "2026-03-05T09:00:00Z"),
            ("solution", "2026-03-06T10:00:00Z"),
            ("no-agreement", "2026-03-20T10:00:00Z"),
            ("appeal", "2026-03-23T10:00:00Z"),
            ("accept", "2026-03-24T10:00:00Z"),
        ],
    ),
];

#[tokio::test(flavor = "multi_thread")]
async fn the_command_line_previews_as_the_api_does() {
    let directory = Directory::new();
    let demo = demo::start(&options(&directory.0)).await.unwrap();
    let token = sign_in(demo.address);
    for (name, happenings) in SCENARIOS {
        let file = policy(name);
        let mut asked = vec!["policy", "preview", &file, "--json"];
        asked.extend(["--received", "2026-03-02T09:00:00Z"]);
        asked.extend(["--course-ended", "2026-02-20"]);
        let told: Vec<String> = happenings
            .iter()
            .map(|(kind, at)| format!("{kind}@{at}"))
            .collect();
        asked.extend(told.iter().flat_map(|one| ["--happening", one]));
        let by_command: Value = serde_json::from_str(&run(&asked).out).unwrap();
        let kinds: Vec<Value> = happenings
            .iter()
            .map(|(kind, at)| json!({ "kind": kind.to_uppercase().replace('-', "_"), "at": at }))
            .collect();
        let document = json!({ "text": fs::read_to_string(&file).unwrap() });
        let input = json!({
            "policy": { "document": document },
            "receivedAt": "2026-03-02T09:00:00Z",
            "courseEndedOn": "2026-02-20",
            "happenings": kinds,
        });
        let answer = ask(
            demo.address,
            Some(&token),
            ASKED,
            &json!({ "input": input }),
        );
        let by_api = &answer["data"]["previewPolicy"];
        assert!(by_api["steps"].as_array().unwrap().len() > happenings.len());
        let is_refused = |step: &Value| !step["refusal"].is_null();
        assert!(by_api["steps"].as_array().unwrap().iter().any(is_refused));
        assert_eq!(&by_command, by_api, "{name}");
    }
    demo.stop().await.unwrap();
}

/// Everything that the program prints and ends.
fn prints(file: &str) -> [Vec<&str>; 5] {
    let received = ["--received", "2026-03-02T09:00:00Z"];
    [
        [&["policy", "preview", file][..], &received].concat(),
        [&["policy", "preview", file, "--json"][..], &received].concat(),
        vec!["policy", "diagram", file],
        vec!["policy", "check", file],
        vec!["schema"],
    ]
}

#[test]
fn who_reads_no_further_has_seen_enough() {
    for asked in prints(&policy("livp")) {
        let mut running = program(&asked)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        drop(running.stdout.take());
        let ended = running.wait_with_output().unwrap();
        let error = String::from_utf8_lossy(&ended.stderr);
        assert!(
            ended.status.success() && error.is_empty(),
            "{asked:?}: {error}"
        );
    }
}

#[test]
#[cfg(target_os = "linux")]
fn what_cannot_be_written_is_said_in_one_line_and_fails() {
    let full = || fs::OpenOptions::new().write(true).open("/dev/full");
    for asked in prints(&policy("livp")) {
        let ended = program(&asked)
            .stdout(full().unwrap())
            .stderr(Stdio::piped())
            .output()
            .unwrap();
        let error = String::from_utf8_lossy(&ended.stderr);
        assert_eq!(ended.status.code(), Some(1), "{asked:?}: {error}");
        let is_one_line = error.starts_with("error: ") && error.lines().count() == 1;
        assert!(is_one_line, "{asked:?}: {error}");
        let deaf = program(&asked)
            .stdout(full().unwrap())
            .stderr(full().unwrap())
            .status();
        assert_eq!(deaf.unwrap().code(), Some(1), "{asked:?}");
    }
}
