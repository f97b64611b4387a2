//! A preview by the command line is what the API answers, in shape and in values; and a reader who reads no further is
//! no failure. Here, because only tests of this package are given the program.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::{
    fs,
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
};

use serde_json::{Value, json};

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

fn policy(name: &str) -> PathBuf {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../policies");
    root.join(format!("{name}.toml"))
}

fn program(arguments: &[&str]) -> Command {
    let mut program = Command::new(env!("CARGO_BIN_EXE_wederhoor"));
    program.args(arguments).env_clear().stdin(Stdio::null());
    program
}

/// A demo without complaints, which ends with its value.
struct Demo {
    running: Child,
    address: String,
    directory: PathBuf,
}

impl Demo {
    fn start() -> Self {
        let name = format!("wederhoor-previews-{}", std::process::id());
        let directory = std::env::temp_dir().join(name);
        let data = directory.to_str().unwrap();
        let mut running = program(&["demo", "--port", "0", "--no-history", "--data-dir", data])
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut said = BufReader::new(running.stdout.take().unwrap());
        let mut first = String::new();
        said.read_line(&mut first).unwrap();
        let (_, address) = first.split_once("http://").unwrap();
        let address = address.trim().trim_end_matches('/').to_owned();
        Self {
            running,
            address,
            directory,
        }
    }

    fn ask(&self, token: Option<&str>, document: &str, variables: &Value) -> Value {
        let body = json!({ "query": document, "variables": variables }).to_string();
        let bearer = token.map_or(String::new(), |token| {
            format!("authorization: Bearer {token}\r\n")
        });
        let head = format!(
            "POST /graphql HTTP/1.1\r\nhost: {}\r\nconnection: close\r\naccept: application/json\r\n\
             accept-language: en\r\ncontent-type: application/json\r\ncontent-length: {}\r\n{bearer}\r\n",
            self.address,
            body.len()
        );
        let mut stream = TcpStream::connect(&self.address).unwrap();
        stream.write_all((head + &body).as_bytes()).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        let json = &answer[answer.find('{').unwrap()..=answer.rfind('}').unwrap()];
        serde_json::from_str(json).unwrap()
    }
}

impl Drop for Demo {
    fn drop(&mut self) {
        // What cannot be ended or removed is left to whoever clears up after the tests.
        let _ = self.running.kill();
        let _ = self.running.wait();
        let _ = fs::remove_dir_all(&self.directory);
    }
}

#[test]
fn the_command_line_previews_as_the_api_does() {
    let demo = Demo::start();
    let sign_in = "mutation { signIn(input: { organisation: \"livp\", email: \"admin@livp.example\", password: \"hoor-en-wederhoor-demo\" }) { session { accessToken } } }";
    let session = demo.ask(None, sign_in, &Value::Null);
    let token = session["data"]["signIn"]["session"]["accessToken"].as_str();
    for (name, happenings) in SCENARIOS {
        let file = policy(name);
        let mut asked = vec!["policy", "preview", file.to_str().unwrap(), "--json"];
        asked.extend(["--received", "2026-03-02T09:00:00Z"]);
        asked.extend(["--course-ended", "2026-02-20"]);
        let told: Vec<String> = happenings
            .iter()
            .map(|(kind, at)| format!("{kind}@{at}"))
            .collect();
        asked.extend(told.iter().flat_map(|one| ["--happening", one]));
        let said = program(&asked).output().unwrap();
        let by_command: Value = serde_json::from_slice(&said.stdout).unwrap();
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
        let answer = demo.ask(token, ASKED, &json!({ "input": input }));
        let by_api = &answer["data"]["previewPolicy"];
        assert!(by_api["steps"].as_array().unwrap().len() > happenings.len());
        let is_refused = |step: &Value| !step["refusal"].is_null();
        assert!(by_api["steps"].as_array().unwrap().iter().any(is_refused));
        assert_eq!(&by_command, by_api, "{name}");
    }
}

#[test]
fn who_reads_no_further_has_seen_enough() {
    let file = policy("livp");
    let file = file.to_str().unwrap();
    let received = ["--received", "2026-03-02T09:00:00Z"];
    for asked in [
        [&["policy", "preview", file][..], &received].concat(),
        vec!["policy", "diagram", file],
        vec!["policy", "check", file],
        vec!["schema"],
    ] {
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
