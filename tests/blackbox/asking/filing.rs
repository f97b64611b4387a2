//! What a filing costs the database: the same however many were filed.

use wederhoor_tests::{App, both};

use crate::steps::{done, form, mutate};

/// What no filing may cost.
const TOO_MANY: u64 = 28;

both! {
    async fn a_filing_takes_as_many_statements_however_many_were_filed(app: &App) {
        let form = form(app, "blijf-groep", Some("veilig"));
        let file = async || {
            let before = app.statements();
            let payload = mutate(app, "", "fileComplaint", form.clone(), "receipt { reference }");
            done(payload.await);
            app.statements() - before
        };
        // The first reads the regulation.
        file().await;
        let second = file().await;
        println!("a filing costs {second} statements");
        assert!(second < TOO_MANY, "{second}");
        for _ in 0..5 {
            assert_eq!(file().await, second);
        }
    }
}
