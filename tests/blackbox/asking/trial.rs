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
        assert_eq!(preview("livp/admin").await.code(), Some("BAD_REQUEST"));
    }

    async fn a_document_has_one_regulation_searched(app: &App) {
        let one = "checkPolicy(document: { text: \"\" }) { isPublishable }";
        let asked = app.ask("livp/admin", &format!("{{ {one} }}"), json!({})).await;
        assert_eq!(asked.data()["checkPolicy"]["isPublishable"], false);
        let two = app.ask("livp/admin", &format!("{{ a: {one} b: {one} }}"), json!({})).await;
        assert_eq!(two.code(), Some("TOO_COMPLEX"), "{:#}", two.body);
    }
}
