//! LIVP: the policy version in force at receipt governs to the end.

use serde_json::{Value, json};
use wederhoor_tests::{App, both};

use crate::steps::{
    Case, ask, codes, done, letter,
    livp::{LIVP, due, filed, proposed},
    mutate,
};

/// The regulation that governs a complaint, as far as it is changed here.
const GOVERNING: &str = "query($id: ID!) { complaint(id: $id) { regulation {
    isClosedOnGoodFriday instances { resolution { term { term { amount unit } } } } } } }";

/// Publishes LIVP's regulation with something else in the place of something.
async fn publish(app: &App, from: &str, to: &str) -> Value {
    let text = include_str!("../../../policies/livp.toml");
    assert!(text.contains(from), "{from}");
    let document = json!({ "document": { "format": "TOML", "text": text.replace(from, to) } });
    mutate(
        app,
        "livp/admin",
        "publishPolicy",
        document,
        "policy { id version }",
    )
    .await
}

async fn weeks(case: &Case<'_>) -> Value {
    let answer = ask(case.app, "livp/admin", GOVERNING, json!({ "id": case.id })).await;
    answer.data()["complaint"]["regulation"]["instances"][0]["resolution"]["term"]["term"]["amount"]
        .clone()
}

both! {
    async fn policy_published_while_complaints_run_they_keep_theirs(app: &App) {
        let before = proposed(app).await;
        app.at("2026-03-03T09:00:00Z").await;
        let published = done(publish(app, "term = \"4 weeks\"", "term = \"6 weeks\"").await);
        assert_eq!(published["policy"]["version"], 2);
        app.at("2026-03-03T10:00:00Z").await;
        let after = filed(app, Some("basis")).await;
        assert_eq!((weeks(&before).await, weeks(&after).await), (json!(4), json!(6)));
        assert_eq!(before.due("RESOLUTION").await, due("2026-03-30", "2026-03-30T22:00:00Z", "Werkwijze 9"));
        assert_eq!(after.due("RESOLUTION").await, due("2026-04-14", "2026-04-14T22:00:00Z", "Werkwijze 9"));
        app.at("2026-03-30T22:00:00Z").await;
        assert_eq!(before.stands().await, "APPEAL_OPEN");
        assert_eq!(after.stands().await, "RECEIVED");
        app.at("2026-04-14T22:00:00Z").await;
        assert_eq!(after.stands().await, "APPEAL_OPEN");
    }

    async fn policy_of_the_day_of_receipt_governs_what_is_registered_later(app: &App) {
        app.at("2026-03-03T09:00:00Z").await;
        done(publish(app, "term = \"4 weeks\"", "term = \"6 weeks\"").await);
        app.at("2026-03-04T09:00:00Z").await;
        let old = Case::registered(app, LIVP, letter(app, LIVP, Some("basis"), "POST", "2026-03-03T08:59:59Z")).await;
        let new = Case::registered(app, LIVP, letter(app, LIVP, Some("basis"), "POST", "2026-03-03T09:00:00Z")).await;
        assert_eq!((weeks(&old).await, weeks(&new).await), (json!(4), json!(6)));
    }

    async fn policy_switches_are_those_of_the_day_of_receipt_too(app: &App) {
        app.at("2026-03-30T07:00:00Z").await;
        let open = filed(app, Some("basis")).await;
        done(publish(app, "closed_on_good_friday = false", "closed_on_good_friday = true").await);
        app.at("2026-03-30T07:00:01Z").await;
        let closed = filed(app, Some("basis")).await;
        assert_eq!(open.due("CONTACT").await[0], "2026-04-07");
        assert_eq!(closed.due("CONTACT").await[0], "2026-04-08");
    }

    async fn policy_with_a_fault_is_not_published(app: &App) {
        let retention = "[retention]\nterm = \"5 years\"\ndestruction = \"confirmed\"\n[retention.rule]";
        let faulty = publish(app, retention, "[retention_rule]").await;
        assert!(!codes(&faulty).is_empty(), "{faulty:#}");
        let stranding = publish(app, "opens_on = [\"no_agreement\", \"lapse\", \"inadmissible\"]", "opens_on = []").await;
        assert_eq!(stranding["policy"], Value::Null);
        assert!(codes(&stranding).iter().all(|code| *code == "POLICY_FAULTY"), "{stranding:#}");
        assert_eq!(codes(&publish(app, "5 years", "0 years").await), ["MALFORMED"]);
        let versions = ask(app, "livp/admin", "{ policies { totalCount } }", json!({})).await;
        assert_eq!(versions.data()["policies"]["totalCount"], 1);
        for who in ["livp/trainer2", "livp/analist"] {
            let text = include_str!("../../../policies/livp.toml");
            let input = json!({ "input": { "document": { "text": text } } });
            let document = "mutation($input: PublishPolicyInput!) { publishPolicy(input: $input) { policy { id } userErrors { code } } }";
            let answer = ask(app, who, document, input).await;
            assert_eq!(answer.body["data"]["publishPolicy"]["policy"], Value::Null, "{who}");
            assert!(answer.code().is_some() || answer.body["data"]["publishPolicy"]["userErrors"][0]["code"] == "NOT_ALLOWED");
        }
    }
}
