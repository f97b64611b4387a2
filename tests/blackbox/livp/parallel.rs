//! LIVP: two connections in the same second, and forty at once.

use serde_json::{Value, json};
use tokio::task::JoinSet;
use wederhoor_tests::{Answer, App, both};

use crate::steps::{
    Case, codes,
    livp::{LIVP, entries, proposed, sign, told},
    mutation_document,
};

/// The first instant after L9 of what was received on Monday 2 March, and the last before it.
const LAPSE: &str = "2026-03-30T22:00:00Z";
const LAST_SECOND: &str = "2026-03-30T21:59:59Z";

/// Sends these at once: who, mutation, and input without the complaint.
async fn at_once(case: &Case<'_>, commands: Vec<(&str, &str, Value)>) -> Vec<(String, Answer)> {
    let mut running = JoinSet::new();
    for (number, (who, mutation, mut input)) in commands.into_iter().enumerate() {
        input["complaintId"] = json!(case.id);
        input["idempotencyKey"] = json!(format!("tegelijk-{number}"));
        let token = case.app.token(LIVP, who).await;
        let (client, mutation) = (case.app.client.clone(), mutation.to_owned());
        running.spawn(async move {
            let document = mutation_document(&mutation, "complaint { version }");
            let send = async || {
                let input = json!({ "input": input });
                client.gql(Some(&token), &document, input).await
            };
            let mut answer = send().await;
            // On a busy machine not everybody gets a connection in time, be it to read what was done; who is told to
            // try again does, under the same key.
            while answer.code() == Some("UNAVAILABLE") {
                answer = send().await;
            }
            (mutation, answer)
        });
    }
    running.join_all().await
}

/// Forty commands by four people, each allowed, each different.
fn forty(expected_version: Option<u64>) -> Vec<(&'static str, &'static str, Value)> {
    let one = |number: usize| {
        let text = format!("Verklaring {number}.");
        let (who, mutation, mut input) = match number % 4 {
            0 => ("klager", "addStatement", json!({ "text": text })),
            1 => ("trainer1", "addStatement", json!({ "text": text })),
            2 => (
                "trainer2",
                "recordContact",
                json!({ "means": "TELEPHONE", "isReached": true, "note": text }),
            ),
            _ => ("trainer2", "proposeSolution", json!({ "text": text })),
        };
        if let Some(version) = expected_version {
            input["expectedVersion"] = json!(version);
        }
        (who, mutation, input)
    };
    (0..40).map(one).collect()
}

/// The dossier is one unbroken, numbered chain of as many entries as its version says.
async fn assert_whole(case: &Case<'_>) {
    let now = case.now().await;
    assert_eq!(now["isChainIntact"], true);
    let numbers: Vec<u64> = now["entries"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["number"].as_u64().unwrap())
        .collect();
    let first = numbers[0];
    let expected: Vec<u64> = (first..first + u64::try_from(numbers.len()).unwrap()).collect();
    assert_eq!(numbers, expected);
}

both! {
    async fn forty_parallel_commands_on_one_version_and_one_wins(app: &App) {
        let case = proposed(app).await;
        let before = case.now().await;
        let version = before["version"].as_u64().unwrap();
        let answers = at_once(&case, forty(Some(version))).await;
        let refused: Vec<Vec<&str>> = answers.iter().map(|(mutation, answer)| codes(&answer.data()[mutation])).collect();
        let winners = refused.iter().filter(|codes| codes.is_empty()).count();
        assert_eq!(winners, 1, "{refused:?}");
        assert!(refused.iter().all(|codes| codes.is_empty() || codes == &["STALE_VERSION"]), "{refused:?}");
        let after = case.now().await;
        let grown = |seen: &Value| seen["entries"].as_array().unwrap().len();
        assert_eq!(grown(&after), grown(&before) + 1);
        assert!(after["version"].as_u64().unwrap() > version);
        assert_whole(&case).await;
    }

    async fn forty_parallel_commands_that_name_no_version_all_find_a_place(app: &App) {
        let case = proposed(app).await;
        let before = case.now().await["entries"].as_array().unwrap().len();
        let answers = at_once(&case, forty(None)).await;
        for (mutation, answer) in &answers {
            assert_eq!(codes(&answer.data()[mutation]), Vec::<&str>::new());
        }
        let now = case.now().await;
        assert_eq!(now["entries"].as_array().unwrap().len(), before + 40);
        let texts = now["entries"].to_string();
        for number in 0..40 {
            assert_eq!(texts.matches(&format!("\"Verklaring {number}.\"")).count(), 1, "{number}");
        }
        assert_eq!(now["solution"]["version"], 11, "each proposal has a version of its own");
        assert_whole(&case).await;
    }

    async fn forty_parallel_sign_offs_of_one_party_sign_once(app: &App) {
        let case = proposed(app).await;
        sign(&case, "klager", 1).await;
        let commands = (0..40).map(|_| ("trainer1", "signOffSolution", json!({ "version": 1 }))).collect();
        let answers = at_once(&case, commands).await;
        let done = answers.iter().filter(|(mutation, answer)| codes(&answer.data()[mutation]).is_empty()).count();
        assert_eq!(done, 1);
        assert_eq!((case.count("SOLUTION_SIGNED").await, case.count("CLOSED").await), (2, 1));
        assert_eq!(case.stands().await, "CLOSED AGREED");
        assert_whole(&case).await;
    }

    async fn l09_sign_off_and_lapse_in_the_same_second_from_two_connections(app: &App) {
        let case = proposed(app).await;
        sign(&case, "klager", 1).await;
        app.token(LIVP, "trainer1").await;
        app.time_passes_until(LAST_SECOND);
        let (signed, ()) = tokio::join!(case.attempt("trainer1", "signOffSolution", json!({ "version": 1 })), app.at(LAPSE));
        assert_eq!(codes(&signed), Vec::<&str>::new(), "{signed:#}");
        app.sweep().await;
        assert_eq!(case.stands().await, "CLOSED AGREED");
        assert_eq!(case.count("CLOSED").await, 1);
        let signature = &entries(&case, "SOLUTION_SIGNED").await[1];
        let was_in_time = signature["effectiveAt"].as_str().unwrap() < "2026-03-30T22:00:00";
        let has_lapsed = case.now().await["rounds"][0]["lapsedAt"].is_string();
        assert_ne!(was_in_time, has_lapsed, "{signature:#}");
        assert_whole(&case).await;
    }

    async fn l09_a_sign_off_of_the_last_second_wins_while_the_worker_lapses(app: &App) {
        let case = proposed(app).await;
        sign(&case, "klager", 1).await;
        app.token(LIVP, "admin").await;
        app.time_passes_until(LAPSE);
        let arrived = json!({
            "party": { "kind": "RESPONDENT", "number": 1 }, "act": { "signOffSolution": { "version": 1 } },
            "channel": "EMAIL", "arrivedAt": LAST_SECOND,
        });
        let (signed, ()) = tokio::join!(case.attempt("admin", "recordPartyAct", arrived), app.sweep());
        assert_eq!(codes(&signed), Vec::<&str>::new(), "{signed:#}");
        app.sweep().await;
        assert_eq!(case.stands().await, "CLOSED AGREED");
        let now = case.now().await;
        assert!(now["closedAt"].as_str().unwrap().starts_with("2026-03-30T21:59:59"));
        assert_eq!((&now["rounds"][0]["lapsedAt"], &now["rounds"][0]["appealWay"]), (&Value::Null, &Value::Null));
        assert_whole(&case).await;
    }

    async fn l09_a_sign_off_and_a_change_of_the_text_in_the_same_second(app: &App) {
        let case = proposed(app).await;
        sign(&case, "klager", 1).await;
        let commands = vec![
            ("trainer1", "signOffSolution", json!({ "version": 1 })),
            ("trainer2", "proposeSolution", json!({ "text": "Een andere tekst." })),
        ];
        let answers = at_once(&case, commands).await;
        let codes: Vec<(&str, Vec<&str>)> =
            answers.iter().map(|(mutation, answer)| (mutation.as_str(), codes(&answer.data()[mutation]))).collect();
        let closed = case.stands().await == "CLOSED AGREED";
        for (mutation, codes) in codes {
            let expected: &[&str] = match (mutation, closed) {
                ("proposeSolution", true) => &["ALREADY_CLOSED"],
                ("signOffSolution", false) => &["SOLUTION_CHANGED"],
                _ => &[],
            };
            assert_eq!(codes, expected, "{mutation}");
        }
        assert_whole(&case).await;
    }

    async fn l09_several_workers_lapse_once(app: &App) {
        let case = proposed(app).await;
        app.time_passes_until(LAPSE);
        tokio::join!(app.sweep(), app.sweep(), app.sweep());
        assert_eq!(case.count("TERM_LAPSED").await, 1);
        assert_eq!(case.count("WAY_OPENED").await, 1);
        assert_eq!(case.letters("way_notice").await.len(), told(&case, "way_notice").await.len());
        assert_whole(&case).await;
    }
}
