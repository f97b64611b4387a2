//! A forgotten password: replaced by who reads the mail of the account, once, and nobody learns who has an account.

use serde_json::{Value, json};
use tokio::task::JoinSet;
use wederhoor_tests::{App, both};

use crate::steps::{codes, done, mutate, mutation_document};

const NEW: &str = "regenjas fiets wolk paard";

fn address(app: &App) -> String {
    let person = app.person("livp", "admin2");
    person["email"].as_str().unwrap().to_owned()
}

async fn asked(app: &App, organisation: &str, email: &str) -> Value {
    let input = json!({ "organisation": organisation, "email": email });
    mutate(app, "", "requestPasswordReset", input, "isAccepted").await
}

async fn reset(app: &App, token: &str, password: &str) -> Value {
    let input = json!({ "token": token, "password": password });
    mutate(app, "", "resetPassword", input, "isReset").await
}

async fn sign_in(app: &App, password: &str) -> Value {
    let input = json!({ "organisation": "livp", "email": address(app), "password": password });
    mutate(app, "", "signIn", input, "session { accessToken }").await
}

/// The tokens in the letters to somebody, newest first.
async fn tokens(app: &App) -> Vec<String> {
    app.sweep().await;
    let letters = app.letters_to(&address(app), "password_reset").await;
    let token = |letter: &Value| {
        let (_, rest) = letter["text"].as_str()?.split_once("/password#")?;
        Some(rest.split_whitespace().next()?.to_owned())
    };
    letters.iter().rev().filter_map(token).collect()
}

/// More time has passed than two letters need between them.
async fn minutes_pass(app: &App) {
    let earlier = "UPDATE password_reset SET created_at = '2020-01-01T00:00:00.000000Z'";
    app.database.execute(earlier).await;
}

async fn is_over(app: &App, token: &str) -> bool {
    let answer = app
        .client
        .gql(Some(token), "{ viewer { name } }", json!({}));
    answer.await.code() == Some("UNAUTHENTICATED")
}

both! {
    async fn a_forgotten_password_is_replaced_and_what_rested_on_it_is_over(app: &App) {
        let before = app.token("livp", "admin2").await;
        assert_eq!(asked(app, "livp", &address(app)).await, json!({ "isAccepted": true, "userErrors": [] }));
        minutes_pass(app).await;
        asked(app, "livp", &address(app).to_uppercase()).await;
        let [newest, oldest] = tokens(app).await.try_into().unwrap();
        assert!(!is_over(app, &before).await, "asking does nothing");
        for (password, code) in [("veertien teken", "MALFORMED"), (&address(app), "GUESSABLE_PASSWORD"), ("", "MALFORMED")] {
            let refused = reset(app, &newest, password).await;
            assert_eq!((codes(&refused), &refused["userErrors"][0]["field"]), (vec![code], &json!(["password"])));
        }
        assert_eq!(done(reset(app, &oldest, NEW).await)["isReset"], true);
        assert!(is_over(app, &before).await);
        for (token, why) in [(&oldest, "used"), (&newest, "withdrawn")] {
            assert_eq!(codes(&reset(app, token, NEW).await), ["SIGN_IN_FAILED"], "{why}");
        }
        assert_eq!(codes(&sign_in(app, wederhoor_server::demo::PASSWORD).await), ["SIGN_IN_FAILED"]);
        done(sign_in(app, NEW).await);
    }

    async fn who_has_an_account_shows_neither_in_the_answer_nor_in_the_work(app: &App) {
        crate::operator::newcomer(app).await;
        let before = app.database.contents(&[]).await;
        let elsewhere = app.person("blijf-groep", "admin")["email"].as_str().unwrap().to_owned();
        let mut answers = Vec::new();
        let mut ask = async |email: &str| {
            let statements = app.statements();
            let answer = asked(app, "livp", email).await;
            answers.push((answer, app.statements() - statements));
        };
        for email in ["niemand@personen.example", &elsewhere, crate::operator::EMAIL] {
            ask(email).await;
        }
        assert!(app.database.contents(&[]).await == before, "nothing is kept");
        for _ in ["a letter", "none so soon", "none so soon"] {
            ask(&address(app)).await;
        }
        assert!(answers.iter().all(|one| *one == answers[0]), "{answers:?}");
        assert_eq!(tokens(app).await.len(), 1);
        let letters = app.letters().await;
        assert!(!letters.iter().any(|letter| letter["to"] == elsewhere.as_str()), "they are no member here");
        assert_eq!(asked(app, "nergens", &address(app)).await, answers[0].0);
    }

    async fn of_those_who_ask_or_use_a_link_at_once_one_is_first(app: &App) {
        let mut asking = JoinSet::new();
        for _ in 0..12 {
            let (client, email) = (app.client.clone(), address(app));
            asking.spawn(async move {
                let document = mutation_document("requestPasswordReset", "isAccepted");
                let input = json!({ "organisation": "livp", "email": email });
                client.gql(None, &document, json!({ "input": input })).await.data()["requestPasswordReset"]["isAccepted"] == true
            });
        }
        assert!(asking.join_all().await.into_iter().all(|is_accepted| is_accepted));
        let [token] = tokens(app).await.try_into().unwrap();
        let mut using = JoinSet::new();
        for number in 0..20 {
            let (client, token) = (app.client.clone(), token.clone());
            using.spawn(async move {
                let document = mutation_document("resetPassword", "isReset");
                let input = json!({ "token": token, "password": format!("{NEW} {number}") });
                let answer = client.gql(None, &document, json!({ "input": input })).await;
                let payload = &answer.data()["resetPassword"];
                let is_reset = payload["isReset"] == true;
                assert!(is_reset || codes(payload) == ["SIGN_IN_FAILED"], "{payload:#}");
                is_reset.then_some(number)
            });
        }
        let [first] = using.join_all().await.into_iter().flatten().collect::<Vec<_>>().try_into().unwrap();
        done(sign_in(app, &format!("{NEW} {first}")).await);
    }

    async fn a_link_works_an_hour_and_for_nothing_else(app: &App) {
        asked(app, "livp", &address(app)).await;
        let [token] = tokens(app).await.try_into().unwrap();
        let input = json!({ "token": token });
        assert_eq!(codes(&mutate(app, "", "redeemAccessLink", input, "session { expiresAt }").await), ["SIGN_IN_FAILED"]);
        let input = json!({ "organisation": "livp", "token": token, "password": NEW });
        assert_eq!(codes(&mutate(app, "", "acceptInvitation", input, "session { expiresAt }").await), ["SIGN_IN_FAILED"]);
        let kept = app.database.contents(&[]).await["password_reset"].join(" ");
        assert!(!kept.contains(&token), "it is kept as its hash only");
        app.database.execute("UPDATE password_reset SET expires_at = '2020-01-01T00:00:00.000000Z'").await;
        assert_eq!(codes(&reset(app, &token, NEW).await), ["SIGN_IN_FAILED"]);
        done(sign_in(app, wederhoor_server::demo::PASSWORD).await);
    }
}
