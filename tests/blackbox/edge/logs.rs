//! The log of the whole suite is searched as it is written; here, that it is, and for what.

use serde_json::json;
use wederhoor_server::demo::PASSWORD;
use wederhoor_tests::{App, both, leaked, watched_lines};

#[test]
fn what_lets_somebody_in_and_what_somebody_wrote_is_found_in_a_line() {
    for line in [
        format!("{{\"password\":\"{PASSWORD}\"}}"),
        "authorization: Bearer eyJhbGciOiJFZERTQSJ9.e30.AA".to_owned(),
        "to karin@personen.example".to_owned(),
        "GET /calendar/AAAA.ics".to_owned(),
    ] {
        assert!(leaked(&line).is_some(), "{line}");
    }
    assert_eq!(leaked("{\"message\":\"answered\",\"status\":200}"), None);
}

both! {
    async fn all_that_is_logged_is_looked_at(app: &App) {
        let before = watched_lines();
        app.client.gql(None, "{ viewer { name } }", json!({})).await;
        assert!(watched_lines() > before);
    }
}
