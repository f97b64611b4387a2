//! One command is one write: what fails half-way has done nothing.

use serde_json::{Value, json};
use wederhoor_tests::{App, Kind, both};

use crate::steps::{Case, letter, livp::member, mutation_document, printed};

both! {
    async fn a_letter_is_posted_in_the_dossier_and_the_outbox_or_in_neither(app: &App) {
        let paper = printed(app).await;
        let posted = json!({ "letterId": paper, "postedOn": "2026-03-02" });
        fails_whole(app, "outbox", "UPDATE", "recordPosted", "letter { id }", &posted).await;
    }

    async fn a_letter_comes_back_in_the_dossier_and_the_outbox_or_in_neither(app: &App) {
        let paper = printed(app).await;
        let posted = json!({ "letterId": paper, "postedOn": "2026-03-02" });
        crate::steps::done(crate::steps::mutate(app, "livp/admin", "recordPosted", posted, "letter { id }").await);
        fails_whole(app, "outbox", "UPDATE", "reportUndelivered", "letter { id }", &json!({ "letterId": paper })).await;
    }

    async fn a_letter_goes_again_in_the_dossier_and_the_outbox_or_in_neither(app: &App) {
        let paper = printed(app).await;
        let posted = json!({ "letterId": paper, "postedOn": "2026-03-02" });
        for (mutation, input) in [("recordPosted", posted), ("reportUndelivered", json!({ "letterId": paper }))] {
            crate::steps::done(crate::steps::mutate(app, "livp/admin", mutation, input, "letter { id }").await);
        }
        fails_whole(app, "outbox", "UPDATE", "resendLetter", "letter { id }", &json!({ "letterId": paper })).await;
    }

    async fn a_stand_in_is_named_with_what_follows_or_not_at_all(app: &App) {
        let mut input = letter(app, "livp", None, "EMAIL", wederhoor_tests::START);
        input["respondents"] = json!([crate::steps::respondent(app, "livp", "admin2")]);
        Case::registered(app, "livp", input).await;
        let trainer = json!({ "memberId": member(app, "trainer3") });
        fails_whole(app, "complaint_audience", "INSERT", "nameStandIn", "standIn { member { id } }", &trainer).await;
    }

    async fn what_matters_to_no_complaint_writes_none(app: &App) {
        let case = crate::steps::livp::assigned(app).await;
        let before = app.database.contents(&[]).await;
        for (number, change) in ["INSERT", "DELETE"].into_iter().enumerate() {
            for statement in barred(app.database.kind, "complaint_audience", change) {
                let name = format!("barred{number}");
                app.database.execute(&statement.replace("barred()", &format!("{name}()")).replace("TRIGGER barred", &format!("TRIGGER {name}"))).await;
            }
        }
        let trainer = member(app, "trainer3");
        let written = |name: &str, roles: Value| {
            let email = app.person("livp", "trainer3")["email"].clone();
            json!({ "memberId": trainer, "member": { "name": name, "email": email, "roles": roles, "locale": "nl" } })
        };
        let own = app.person("livp", "trainer3")["roles"].as_array().unwrap().clone();
        let own: Vec<String> = own.iter().map(|role| role.as_str().unwrap().to_uppercase()).collect();
        let more: Vec<String> = own.iter().cloned().chain(["ANALYST".to_owned()]).collect();
        for (mutation, shown, input) in [
            ("changeMember", "member { id }", written("Een andere naam", json!(own))),
            ("changeMember", "member { id }", written("Een andere naam", json!(more))),
            ("addClosingDay", "closingDay", json!({ "on": "2027-12-24" })),
            ("removeClosingDay", "closingDay", json!({ "on": "2027-12-24" })),
            ("recordAbsence", "absence { id }", json!({ "memberId": trainer, "fromOn": "2027-07-01", "untilOn": "2027-07-14" })),
        ] {
            let told = crate::steps::mutate(app, "livp/admin", mutation, input, shown).await;
            assert_eq!(told["userErrors"], json!([]), "{mutation}");
        }
        let after = app.database.contents(&[]).await;
        // The day on which the leave begins is due; what is due of complaints stays.
        let of_complaints = |rows: &[String]| rows.iter().filter(|row| !row.contains("people")).cloned().collect::<Vec<_>>();
        for table in ["complaint", "complaint_audience", "complaint_deadline", "due_work", "outbox"] {
            assert_eq!(of_complaints(&before[table]), of_complaints(&after[table]), "{table}");
        }
        assert_eq!(case.stands().await, "IN_TREATMENT");
    }
}

/// Does something while nothing of the kind can be written to a table: nothing at all may have changed.
async fn fails_whole(
    app: &App,
    table: &str,
    change: &str,
    mutation: &str,
    shown: &str,
    input: &Value,
) {
    let before = app.database.contents(&[]).await;
    for statement in barred(app.database.kind, table, change) {
        app.database.execute(&statement).await;
    }
    let document = mutation_document(mutation, shown);
    let answer = app
        .ask("livp/admin", &document, json!({ "input": input }))
        .await;
    assert_eq!(answer.code(), Some("INTERNAL"), "{:#}", answer.body);
    assert!(
        app.database.contents(&[]).await == before,
        "{mutation} was done by half"
    );
    let open = match app.database.kind {
        Kind::Postgres => format!("DROP TRIGGER barred ON {table}"),
        Kind::Sqlite => "DROP TRIGGER barred".to_owned(),
    };
    app.database.execute(&open).await;
    let answer = app
        .ask("livp/admin", &document, json!({ "input": input }))
        .await;
    assert_eq!(answer.data()[mutation]["userErrors"], json!([]));
}

fn barred(kind: Kind, table: &str, change: &str) -> Vec<String> {
    match kind {
        Kind::Postgres => vec![
            "CREATE FUNCTION barred() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RAISE EXCEPTION ''barred''; END'".to_owned(),
            format!("CREATE TRIGGER barred BEFORE {change} ON {table} FOR EACH ROW EXECUTE FUNCTION barred()"),
        ],
        Kind::Sqlite => vec![format!(
            "CREATE TRIGGER barred BEFORE {change} ON {table} BEGIN SELECT RAISE(ABORT, 'barred'); END"
        )],
    }
}
