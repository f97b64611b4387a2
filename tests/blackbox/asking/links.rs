//! Links that are asked for: always the same answer, and never without limit.

use serde_json::{Value, json};
use wederhoor_tests::{App, Kind, both};

use crate::steps::{Case, codes, letter, mutate};

const ROBIN: &str = "robin@personen.example";

both! {
    async fn a_link_is_sent_five_times_in_an_hour_and_the_answer_stays_the_same(app: &App) {
        let case = registered(app, ROBIN).await;
        let other = registered(app, ROBIN).await;
        let first = asked(app, &case.reference, ROBIN).await;
        assert_eq!(first, json!({ "isAccepted": true, "userErrors": [] }));
        for _ in 0..7 {
            assert_eq!(asked(app, &case.reference, ROBIN).await, first);
        }
        assert_eq!(sent(app).await, 5);
        assert_eq!(asked(app, &case.reference, "ROBIN@personen.example").await, first, "one address in other letters");
        assert_eq!(sent(app).await, 5);
        assert_eq!(asked(app, &other.reference, ROBIN).await, first, "another complaint has a measure of its own");
        assert_eq!(sent(app).await, 6);
        // The hour is one of real time: the procedure's clock does not open the way.
        app.time_passes_until("2026-03-03T09:00:00Z");
        asked(app, &case.reference, ROBIN).await;
        assert_eq!(sent(app).await, 6);
        let earlier = match app.database.kind {
            Kind::Postgres => "created_at - interval '1 hour'",
            Kind::Sqlite => "'2020-01-01T00:00:00.000000Z'",
        };
        app.database.execute(&format!("UPDATE access_link SET created_at = {earlier}")).await;
        asked(app, &case.reference, ROBIN).await;
        assert_eq!(sent(app).await, 7);
    }

    async fn who_may_not_have_a_link_costs_the_same_whatever_is_known(app: &App) {
        let case = registered(app, ROBIN).await;
        let before = app.database.contents(&[]).await;
        let mut costs = Vec::new();
        for (reference, email) in [
            ("LIVP-2026-9999", ROBIN),
            ("no reference at all", ROBIN),
            (&*case.reference, "iemand@anders.example"),
            (&*case.reference, "robin@anders.example"),
        ] {
            let statements = app.statements();
            asked(app, reference, email).await;
            costs.push(app.statements() - statements);
        }
        assert!(costs.iter().all(|cost| *cost == costs[0]), "{costs:?}");
        assert_eq!(app.database.contents(&[]).await, before, "nothing is written");
        for _ in 0..5 {
            asked(app, &case.reference, ROBIN).await;
        }
        let statements = app.statements();
        asked(app, &case.reference, ROBIN).await;
        assert_eq!(app.statements() - statements, costs[0], "whose measure is full");
    }

    async fn who_asks_for_a_link_at_once_gets_no_more(app: &App) {
        let case = registered(app, ROBIN).await;
        let mut asking = tokio::task::JoinSet::new();
        for _ in 0..12 {
            let (client, reference) = (app.client.clone(), case.reference.clone());
            asking.spawn(async move {
                let input = json!({ "organisation": "livp", "reference": reference, "email": ROBIN });
                let document = "mutation($input: RequestAccessLinkInput!) { requestAccessLink(input: $input) { isAccepted } }";
                client.gql(None, document, json!({ "input": input })).await.data()["requestAccessLink"]["isAccepted"] == true
            });
        }
        assert!(asking.join_all().await.into_iter().all(|is_accepted| is_accepted));
        assert_eq!(sent(app).await, 5);
    }

    async fn a_link_that_lets_nobody_in_is_not_used_up(app: &App) {
        let case = registered(app, ROBIN).await;
        asked(app, &case.reference, ROBIN).await;
        app.sweep().await;
        let token = token(app).await;
        // What the link says cannot be read, and after that it can.
        app.database.execute("UPDATE access_link SET party = 'x' || party").await;
        assert_eq!(codes(&redeemed(app, &token).await), ["SIGN_IN_FAILED"]);
        app.database.execute("UPDATE access_link SET party = substr(party, 2)").await;
        let let_in = redeemed(app, &token).await;
        assert_eq!(codes(&let_in), [""; 0]);
        assert_eq!(codes(&redeemed(app, &token).await), ["SIGN_IN_FAILED"], "once");
    }

    async fn of_twenty_who_use_a_link_at_once_one_gets_in(app: &App) {
        let case = registered(app, ROBIN).await;
        asked(app, &case.reference, ROBIN).await;
        app.sweep().await;
        let token = token(app).await;
        let mut asking = tokio::task::JoinSet::new();
        for _ in 0..20 {
            let (client, token) = (app.client.clone(), token.clone());
            asking.spawn(async move {
                let document = "mutation($input: RedeemAccessLinkInput!) { redeemAccessLink(input: $input) { session { expiresAt } userErrors { code } } }";
                let answer = client.gql(None, document, json!({ "input": { "token": token } })).await;
                usize::from(answer.data()["redeemAccessLink"]["session"].is_object())
            });
        }
        assert_eq!(asking.join_all().await.into_iter().sum::<usize>(), 1);
    }
}

async fn registered<'a>(app: &'a App, email: &str) -> Case<'a> {
    let mut input = letter(app, "livp", Some("basis"), "EMAIL", wederhoor_tests::START);
    input["complainant"]["email"] = json!(email);
    Case::registered(app, "livp", input).await
}

async fn asked(app: &App, reference: &str, email: &str) -> Value {
    let input = json!({ "organisation": "livp", "reference": reference, "email": email });
    mutate(app, "", "requestAccessLink", input, "isAccepted").await
}

/// How many letters there are with nothing but a link in them.
async fn sent(app: &App) -> usize {
    app.database.contents(&[]).await["outbox"]
        .iter()
        .filter(|row| row.contains("access_link"))
        .count()
}

/// What stands in the newest letter that was asked for.
async fn token(app: &App) -> String {
    let letters = app.letters().await;
    let newest = letters.iter().rev().find(|one| one["to"] == ROBIN).unwrap();
    let text = newest["text"].as_str().unwrap();
    let (_, rest) = text.split_once("/access#").unwrap();
    rest.split_whitespace().next().unwrap().to_owned()
}

async fn redeemed(app: &App, token: &str) -> Value {
    let input = json!({ "token": token });
    mutate(app, "", "redeemAccessLink", input, "session { expiresAt }").await
}
