//! Outside the demo, who is nobody in particular learns nothing of the schema.

use serde_json::json;
use wederhoor_tests::{App, Fixture, Kind, both};

/// As it runs at an organisation.
struct InEarnest(App);

impl Fixture for InEarnest {
    async fn set_up(kind: Kind) -> Self {
        Self(App::start_adjusted(kind, |setup| setup.is_demo = false).await)
    }

    async fn tear_down(self) {
        self.0.tear_down().await;
    }
}

const ASKING: [&str; 4] = [
    "{ __schema { types { name } } }",
    "{ __type(name: \"Query\") { name } }",
    "query { ...F } fragment F on Query { a: __schema { queryType { name } } }",
    "mutation { __type(name: \"Query\") { name } }",
];

both! {
    async fn nobody_in_particular_learns_nothing_of_the_schema(app: &InEarnest) {
        let InEarnest(app) = app;
        for document in &ASKING[..3] {
            let answer = app.client.gql(None, document, json!({})).await;
            assert_eq!((answer.status, answer.code()), (401, Some("UNAUTHENTICATED")), "{document}: {:#}", answer.body);
            assert!(answer.body.get("data").is_none());
        }
        let answer = app.client.gql(None, ASKING[3], json!({})).await;
        assert!(answer.body.get("data").is_none(), "{:#}", answer.body);
        for document in ["{ node { id } }", "{ complaintss { id } }", "{ organisation(slugg: \"livp\") { name } }", "mutation { signInn }"] {
            let answer = app.client.gql(None, document, json!({})).await;
            assert_eq!(answer.code(), Some("BAD_REQUEST"), "{document}: {:#}", answer.body);
            assert!(!answer.body.to_string().contains("Did you mean"), "{:#}", answer.body);
        }
        assert_eq!(app.client.gql(None, "{ __typename }", json!({})).await.data()["__typename"], "Query");
        let page = app.client.request(reqwest::Method::GET, "/graphql").header("accept", "text/html").send().await.unwrap();
        assert_eq!(page.status(), 200, "the page asks for a token, and knows no schema");
        // Who signed in builds clients.
        let answer = app.ask("livp/admin", ASKING[1], json!({})).await;
        assert_eq!(answer.data()["__type"]["name"], "Query");
    }

    async fn the_demo_shows_its_schema(app: &App) {
        for document in &ASKING[..3] {
            assert!(app.client.gql(None, document, json!({})).await.data().is_object());
        }
        let answer = app.client.gql(None, "{ complaintss { id } }", json!({})).await;
        assert!(answer.body.to_string().contains("Did you mean"), "{:#}", answer.body);
    }
}
