//! Regulations that are tried out: by whom, and how many at a time.

use serde_json::{Value, json};
use wederhoor_tests::{App, both};

both! {
    async fn nobody_without_an_office_has_a_regulation_read(app: &App) {
        let document = "query($text: String!) { previewPolicy(input: { receivedAt: \"2026-03-02T08:00:00Z\",
            policy: { document: { text: $text } } }) { __typename } }";
        let preview = async |who: &str| app.ask(who, document, json!({ "text": "This is no regulation." })).await;
        for who in ["", "livp/klager"] {
            let answer = preview(who).await;
            assert_eq!((answer.code(), &answer.body["data"]["previewPolicy"]), (None, &Value::Null), "{who}: {:#}", answer.body);
        }
        let unread = preview("livp/admin").await;
        assert_eq!(unread.code(), Some("BAD_REQUEST"));
        let message = unread.body["errors"][0]["message"].as_str().unwrap();
        assert!(message.starts_with("regel 1, kolom 6: dit is geen geldige TOML"), "{message}");
    }

    async fn what_cannot_happen_at_its_time_in_a_preview_is_named(app: &App) {
        let document = "query($input: PreviewPolicyInput!) { previewPolicy(input: $input) { __typename } }";
        let wrong = async |happenings: Value| {
            let input = json!({ "receivedAt": "2026-03-02T08:00:00Z", "happenings": happenings });
            let answer = app.ask("livp/admin", document, json!({ "input": input })).await;
            let message = answer.body["errors"][0]["message"].as_str().unwrap_or_default();
            (answer.code().map(str::to_owned), message.to_owned())
        };
        let assigned = |at: &str| json!({ "kind": "ASSIGNED", "at": at });
        let early = wrong(json!([assigned("2026-03-02T08:00:00Z"), assigned("2026-03-02T07:59:59Z")])).await;
        assert_eq!(early.0.as_deref(), Some("BAD_REQUEST"));
        assert!(early.1.starts_with("`input.happenings.1.at`: "), "{}", early.1);
        let far = wrong(json!([assigned("2026-03-02T08:00:00Z"), assigned("9999-12-31T23:59:59Z")])).await;
        assert_eq!(far.0.as_deref(), Some("BAD_REQUEST"));
        assert!(far.1.starts_with("`input.happenings.1.at`: ") && far.1.contains("2199"), "{}", far.1);
        let until = json!({ "kind": "ASSIGNED", "at": "2026-03-02T08:00:00Z", "untilOn": "2026-04-01" });
        assert!(wrong(json!([until])).await.1.starts_with("`input.happenings.0.untilOn`: "));
    }

    async fn a_document_has_one_regulation_searched(app: &App) {
        let one = "checkPolicy(document: { text: \"\" }) { isPublishable }";
        let asked = app.ask("livp/admin", &format!("{{ {one} }}"), json!({})).await;
        assert_eq!(asked.data()["checkPolicy"]["isPublishable"], false);
        let two = app.ask("livp/admin", &format!("{{ a: {one} b: {one} }}"), json!({})).await;
        assert_eq!(two.code(), Some("TOO_COMPLEX"), "{:#}", two.body);
    }
}
