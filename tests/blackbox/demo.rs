//! The demo's own pages, as a client without scripts sees them, and the queries that it has ready.

use serde_json::{Value, json};
use wederhoor_tests::{App, both};

use crate::steps::{Case, form};

async fn page(app: &App, path: &str) -> (u16, String, String) {
    let request = app.client.request(reqwest::Method::GET, path);
    let answer = request.send().await.unwrap();
    let policy = answer.headers().get("content-security-policy");
    let policy = policy.map_or_else(String::new, |policy| policy.to_str().unwrap().to_owned());
    (
        answer.status().as_u16(),
        policy,
        answer.text().await.unwrap(),
    )
}

/// What the demo has ready for somebody, or for nobody.
async fn ready(app: &App, who: &str, more: &str) -> Vec<Value> {
    let path = format!("/demo/queries.json?as={who}{more}");
    let answer = app.client.json(&path).await;
    answer["tabs"].as_array().unwrap().clone()
}

both! {
    async fn every_query_that_is_ready_is_answered_for_whoever_it_is_ready_for(app: &App) {
        let case = Case::filed(app, "", form(app, "livp", Some("basis"))).await;
        let open = format!("&open=Complaint&reference={}", case.reference);
        let people = app.client.json("/demo/people.json").await;
        let people = people["people"].as_array().unwrap().iter();
        let keys = people.map(|one| {
            let part = |name: &str| one[name].as_str().unwrap().to_owned();
            format!("{}/{}", part("organisation"), part("key"))
        });
        for who in keys.chain([String::new()]) {
            let tabs = ready(app, &who, &open).await;
            assert!(!tabs.is_empty(), "{who} has nothing ready");
            for tab in tabs {
                let variables = tab["variables"].as_str().unwrap_or("{}");
                let variables = serde_json::from_str(variables).unwrap();
                let answer = app.ask(&who, tab["query"].as_str().unwrap(), variables).await;
                let field = answer.data().as_object().unwrap().values().next().unwrap();
                let is_withheld = field.is_null() && tab["name"] != "Complaint";
                assert!(!is_withheld, "{who}, {}: {:#}", tab["name"], answer.body);
                assert!(field["userErrors"].as_array().is_none_or(Vec::is_empty), "{field:#}");
            }
        }
    }

    async fn there_is_somebody_in_every_role_of_each_organisation(app: &App) {
        let question = r#"{ __type(name: "MemberRole") { enumValues { name } } }"#;
        let known = app.ask("livp/admin", question, json!({})).await;
        let known = known.data()["__type"]["enumValues"].as_array().unwrap();
        assert!(known.len() > 8);
        let people = app.client.json("/demo/people.json").await;
        for organisation in ["blijf-groep", "livp"] {
            let here = people["people"].as_array().unwrap().iter();
            let here = here.filter(|one| one["organisation"] == organisation);
            let held: Vec<_> = here.flat_map(|one| one["roles"].as_array().unwrap()).collect();
            for role in known {
                let role = role["name"].as_str().unwrap().to_lowercase();
                assert!(held.iter().any(|held| **held == role), "{role} in {organisation}: {held:?}");
            }
        }
    }

    async fn the_pages_of_the_demo_load_nothing_but_their_own(app: &App) {
        let case = Case::filed(app, "", form(app, "livp", Some("basis"))).await;
        app.sweep().await;
        let complaint = format!("/complaints/{}", case.reference);
        let letters = app.letters().await;
        let letter = format!("/demo/letters/{}", letters[0]["id"].as_str().unwrap());
        for path in ["/", "/demo/letters", "/demo/figures", "/access", "/invitation", &complaint, &letter] {
            let (status, policy, text) = page(app, path).await;
            assert_eq!(status, 200, "{path}");
            assert!(policy.starts_with("default-src 'none'; script-src 'self'"), "{path}: {policy}");
            assert!(text.contains("<html lang=\"en\">") && !text.contains(" style="), "{path}");
        }
        let (status, policy, text) = page(app, &format!("{letter}/html")).await;
        assert_eq!(status, 200);
        assert!(policy.contains("sandbox") && !policy.contains("allow-scripts"), "{policy}");
        assert!(text.contains("<base target=\"_blank\">"));
        for path in ["/demo/letters/geen", "/demo/letters/geen/html", "/complaints/ELDERS-2026-0001"] {
            assert_eq!(page(app, path).await.0, 404, "{path}");
        }
    }

    async fn the_clock_stays_where_it_is_when_it_cannot_go_where_it_is_told(app: &App) {
        let before = app.client.json("/demo/clock").await;
        for body in [
            r#"{"advanceDays": 40000}"#,
            r#"{"advanceDays": 99999999}"#,
            r#"{"advanceDays": 4294967295}"#,
            r#"{"advanceDays": 4294967296}"#,
            r#"{"advanceDays": -1}"#,
            r#"{"advanceDays": 1.5}"#,
            r#"{"advanceDays": 1, "now": "2026-03-03T09:00:00Z"}"#,
            r#"{"now": "2026-03-02T07:59:59Z"}"#,
            r#"{"now": "+262142-12-31T23:59:59Z"}"#,
            r#"{"now": "tomorrow"}"#,
            r#"{"later": 1}"#,
            "{}",
            "[]",
            "later",
            "",
        ] {
            let request = app.client.request(reqwest::Method::POST, "/demo/clock").body(body);
            let answer = request.send().await.unwrap();
            assert_eq!(answer.status(), 400, "{body}");
            let told: Value = answer.json().await.unwrap();
            assert!(told["error"].as_str().unwrap().len() > 20, "{body}: {told}");
        }
        assert_eq!(app.client.json("/demo/clock").await, before);
    }

    async fn the_clock_that_moved_says_when_work_on_its_way_failed(app: &App) {
        Case::filed(app, "", form(app, "livp", Some("basis"))).await;
        app.database.execute("UPDATE due_work SET subject_id = tenant_id WHERE kind = 'clock'").await;
        for (days, status) in [(0, 200), (60, 503), (1, 503)] {
            let request = app.client.request(reqwest::Method::POST, "/demo/clock");
            let answer = request.json(&json!({ "advanceDays": days })).send().await.unwrap();
            assert_eq!(answer.status(), status, "{days}");
        }
    }

    async fn what_people_write_is_text_on_the_pages(app: &App) {
        let mut input = form(app, "livp", Some("basis"));
        input["complainant"]["name"] = json!("<script>alert(1)</script>");
        Case::filed(app, "", input).await;
        app.sweep().await;
        let query = "?to=%22%3E%3Cscript%3Ealert(1)&organisation=%3Cscript%3E&page=-1";
        for path in ["/", "/demo/letters", &format!("/demo/letters{query}"), "/complaints/LIVP-%3Cscript%3E"] {
            let (_, _, text) = page(app, path).await;
            assert!(!text.contains("<script>"), "{path}");
        }
    }
}
