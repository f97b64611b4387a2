//! Days that a decree equates with a holiday, entered without a release.

use serde_json::{Value, json};
use wederhoor_tests::{App, both};

use super::operator;
use crate::steps::{
    blijf::{RESPONSE_RULE, heard, responded},
    codes, done, mutate,
};

const DAYS: &str = "equatedDays { on knownAt source }";

async fn decreed(app: &App, token: &str, year: i32) -> Value {
    let document = "query ($year: Int!) { equatedDays(year: $year) { on source } }";
    let answer = app
        .client
        .gql(Some(token), document, json!({ "year": year }))
        .await;
    answer.data()["equatedDays"].clone()
}

fn source(days: &[&str]) -> Value {
    json!({ "days": days, "source": "Stb. 2026, 99" })
}

both! {
    async fn b09_a_day_that_is_decreed_moves_the_open_term_of_a_complainant_and_the_dossier_says_so(app: &App) {
        let (token, _) = operator(app).await;
        let case = responded(app).await;
        let untouched = heard(app).await;
        assert_eq!(case.due("SILENCE").await, ["2026-04-13", "2026-04-13T22:00:00Z", RESPONSE_RULE]);
        app.at("2026-03-17T09:00:00Z").await;
        let entered = done(mutate(app, &token, "decreeEquatedDays", source(&["2026-04-14", "2026-04-13"]), DAYS).await);
        assert_eq!(entered["equatedDays"][0]["on"], "2026-04-13", "in order");
        assert_eq!(entered["equatedDays"][0]["source"], "Stb. 2026, 99");
        assert_eq!(case.due("SILENCE").await, ["2026-04-15", "2026-04-15T22:00:00Z", RESPONSE_RULE]);
        app.sweep().await;
        app.sweep().await;
        let moved = json!([{ "kind": "DEADLINE_REDERIVED", "deadline": "SILENCE", "movedFromOn": "2026-04-13", "untilOn": "2026-04-15",
            "movedByDays": ["2026-04-13", "2026-04-14"] }]);
        for who in ["admin", "advies1", "klager", "trainer"] {
            let seen = app.ask(&format!("blijf-groep/{who}"), "query ($id: ID!) { complaint(id: $id) { entries { kind deadline movedFromOn untilOn movedByDays } } }", json!({ "id": case.id })).await;
            let mut entries = seen.data()["complaint"]["entries"].clone();
            entries.as_array_mut().unwrap().retain(|one| one["kind"] == "DEADLINE_REDERIVED");
            assert_eq!(entries, moved, "{who}");
        }
        assert_eq!(untouched.count("DEADLINE_REDERIVED").await, 0, "nothing moved");
        let listed = "query ($id: ID!) { complaint(id: $id) { nextDeadline { dueOn } } }";
        let listed = app.ask("blijf-groep/admin", listed, json!({ "id": case.id })).await;
        assert_eq!(listed.data()["complaint"]["nextDeadline"]["dueOn"], "2026-04-15");
        app.at("2026-04-15T10:00:00Z").await;
        assert_eq!(case.stands().await, "AWAITING_COMPLAINANT");
        app.at("2026-04-15T22:00:00Z").await;
        assert_eq!(case.stands().await, "CLOSED TACITLY_ACCEPTED");
        let chain = case.part("isChainIntact").await;
        assert_eq!(chain["isChainIntact"], true);
    }

    async fn decreed_days_are_listed_beside_those_that_the_program_knows(app: &App) {
        let (token, _) = operator(app).await;
        let built_in = json!([{ "on": "2028-04-28", "source": null }, { "on": "2028-05-26", "source": null }]);
        assert_eq!(decreed(app, &token, 2028).await, built_in);
        done(mutate(app, &token, "decreeEquatedDays", source(&["2028-05-12"]), DAYS).await);
        assert_eq!(decreed(app, &token, 2028).await[1], json!({ "on": "2028-05-12", "source": "Stb. 2026, 99" }));
        assert_eq!(decreed(app, &token, 2029).await, json!([]));
        let doings = "{ viewer { activity(first: 1) { nodes { kind } } } }";
        let doings = app.client.gql(Some(&token), doings, json!({})).await;
        assert_eq!(doings.data()["viewer"]["activity"]["nodes"][0]["kind"], "DECREED_EQUATED_DAYS");
    }

    async fn every_mistake_in_decreed_days_is_told_with_its_place_and_nothing_is_taken_in(app: &App) {
        let (token, _) = operator(app).await;
        done(mutate(app, &token, "decreeEquatedDays", source(&["2028-05-12"]), DAYS).await);
        let before = app.database.contents(&[]).await;
        let wrong = ["2028-05-19", "2028-05-13", "2028-04-14", "2028-04-28", "2028-05-12", "2028-05-19", "2026-02-27", "2206-05-15", "0026-05-15"];
        let refused = mutate(app, &token, "decreeEquatedDays", source(&wrong), DAYS).await;
        let told: Vec<(String, String)> = refused["userErrors"].as_array().unwrap().iter()
            .map(|error| (error["field"][1].as_str().unwrap().to_owned(), error["code"].as_str().unwrap().to_owned()))
            .collect();
        let told: Vec<(&str, &str)> = told.iter().map(|(place, code)| (place.as_str(), code.as_str())).collect();
        let mut expected = vec![
            ("1", "TAKEN"), ("2", "TAKEN"), ("3", "TAKEN"), ("4", "TAKEN"), ("5", "CONTRADICTORY"), ("6", "IMPOSSIBLE_DATE"),
            ("7", "IMPOSSIBLE_DATE"), ("8", "IMPOSSIBLE_DATE"),
        ];
        expected.sort_unstable();
        let mut sorted = told.clone();
        sorted.sort_unstable();
        assert_eq!(sorted, expected, "{refused:#}");
        for (input, code) in [(json!({ "days": [], "source": "Stb." }), "REQUIRED"), (json!({ "days": ["2028-05-19"], "source": " " }), "REQUIRED")] {
            assert_eq!(codes(&mutate(app, &token, "decreeEquatedDays", input, DAYS).await), [code]);
        }
        assert!(app.database.contents(&[]).await == before);
    }
}
