//! Every abuse meets what it must, over real HTTP, and the server answers on.

use serde_json::json;
use wederhoor_tests::{App, abuses, both, raw::send};

both! {
    async fn every_abuse_meets_what_it_must(app: &App) {
        let before = app.database.contents(&[]).await;
        let mut wrong = Vec::new();
        for abuse in abuses() {
            let told = send(app.address, &abuse.bytes).await;
            println!("{:>9.1?}  {:<34}  {}", told.took, told.line(), abuse.what);
            if told.line() != abuse.meets {
                wrong.push(format!("{}: {} instead of {}: {:#}", abuse.what, told.line(), abuse.meets, told.body));
            }
            assert!(!told.head.contains("access-control-"), "{}: {}", abuse.what, told.head);
            if told.body.is_object() {
                crate::edge::errors::assert_plain(&abuse.what, &told.body);
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
        assert!(app.database.contents(&[]).await == before, "an abuse wrote something");
        let answer = app.ask("livp/admin", "{ viewer { name } }", json!({})).await;
        assert_eq!(answer.data()["viewer"]["name"], "Anton Administratie");
    }
}
