//! The address of a feed: who may have one, and when nothing is there any more.

use reqwest::Method;
use serde_json::{Value, json};
use wederhoor_tests::{App, both};

use super::{BASE, ORGANISATION, changed, due, fetched, made, status};
use crate::{
    edge::set_up_second_factor,
    operator::operator,
    steps::{
        Case, address, ask, codes, done, form, livp::LIVP, livp::assigned, mutate,
        mutation_document,
    },
};

const MADE_AT: &str = "{ viewer { calendarFeedMadeAt } }";

async fn made_at(app: &App, who: &str) -> Value {
    ask(app, who, MADE_AT, json!({})).await.data()["viewer"]["calendarFeedMadeAt"].clone()
}

/// Takes a feed back, under a key or none: why not, where it is not done.
async fn revoked(app: &App, who: &str, key: Option<&str>) -> Vec<String> {
    let input = json!({ "idempotencyKey": key });
    let told = mutate(app, who, "revokeCalendarFeed", input, "isRevoked").await;
    let codes: Vec<String> = codes(&told).into_iter().map(str::to_owned).collect();
    assert_eq!(told["isRevoked"] == true, codes.is_empty(), "{told:#}");
    codes
}

/// What is said at an address, without the id of the request.
async fn said(app: &App, path: &str) -> (u16, Value, Vec<String>) {
    let answer = fetched(app, Method::GET, path).await;
    let (status, headers) = (answer.status().as_u16(), answer.headers().clone());
    let names = headers.keys().map(|name| name.as_str().to_owned());
    let names = names.collect();
    let mut body: Value = answer.json().await.unwrap();
    body["errors"][0]["extensions"]["requestId"] = Value::Null;
    (status, body, names)
}

both! {
    async fn an_address_works_until_it_is_revoked_or_replaced(app: &App) {
        assigned(app).await;
        let who = "livp/trainer2";
        assert_eq!(made_at(app, who).await, Value::Null);
        assert_eq!(revoked(app, who, None).await, ["NOT_FOUND"], "there is none");
        let first = made(app, who).await;
        assert!(made_at(app, who).await.is_string());
        assert_eq!(status(app, &first).await, 200);
        let second = made(app, who).await;
        assert_ne!(first, second);
        assert_eq!((status(app, &first).await, status(app, &second).await), (404, 200));
        let kept = mutate(app, who, "makeCalendarFeed", json!({ "isReplacing": false }), "calendarFeed { url }").await;
        assert_eq!((codes(&kept), &kept["calendarFeed"]), (vec!["TAKEN"], &Value::Null));
        assert_eq!(status(app, &second).await, 200);
        assert_eq!(revoked(app, who, Some("terug")).await, [""; 0]);
        assert_eq!(revoked(app, who, Some("terug")).await, [""; 0], "the first answer again");
        assert_eq!(revoked(app, who, None).await, ["NOT_FOUND"]);
        assert_eq!(status(app, &second).await, 404);
        assert_eq!(made_at(app, who).await, Value::Null);
    }

    async fn where_there_is_no_feed_there_is_nothing(app: &App) {
        let who = "livp/trainer2";
        let replaced = made(app, who).await;
        let last = made(app, who).await;
        let nothing = said(app, "/nergens").await;
        assert_eq!((nothing.0, &nothing.1["errors"][0]["extensions"]["code"]), (404, &json!("NOT_FOUND")));
        let without_ending = last.strip_suffix(".ics").unwrap();
        for path in [replaced.as_str(), without_ending, "/calendar/.ics", "/calendar/AAAA.ics", "/calendar/%C3%A9%00.ics", "/calendar/"] {
            assert_eq!(said(app, path).await, nothing, "{path}");
        }
        app.suspend(LIVP).await;
        assert_eq!(said(app, &last).await, nothing, "an organisation on hold");
        app.resume(LIVP).await;
        assert_eq!(status(app, &last).await, 200);
    }

    async fn it_is_read_and_nothing_else(app: &App) {
        assigned(app).await;
        let feed = made(app, "livp/trainer2").await;
        let (read, head) = (fetched(app, Method::GET, &feed).await, fetched(app, Method::HEAD, &feed).await);
        assert_eq!(head.status(), 200);
        for name in ["content-type", "content-length", "cache-control"] {
            assert_eq!(head.headers()[name], read.headers()[name], "{name}");
        }
        assert_eq!(head.text().await.unwrap(), "");
        for method in [Method::POST, Method::PUT, Method::DELETE, Method::PATCH, Method::OPTIONS] {
            let answer = fetched(app, method.clone(), &feed).await;
            assert_eq!((answer.status().as_u16(), answer.headers()["allow"].to_str().unwrap()), (405, "GET,HEAD"), "{method}");
        }
    }

    async fn who_has_no_role_has_no_feed(app: &App) {
        Case::filed(app, "", form(app, LIVP, Some("basis"))).await;
        app.sweep().await;
        let link = app.come_in_by_link("robin@personen.example").await;
        let (operator, _) = operator(app).await;
        let document = mutation_document("makeCalendarFeed", "calendarFeed { url }");
        let nobody = ask(app, "", &document, json!({ "input": {} })).await;
        assert_eq!(nobody.code(), Some("UNAUTHENTICATED"));
        for who in [link.as_str(), operator.as_str(), "livp/klager"] {
            let refused = mutate(app, who, "makeCalendarFeed", json!({}), "calendarFeed { url }").await;
            assert_eq!((codes(&refused), &refused["calendarFeed"]), (vec!["NOT_ALLOWED"], &Value::Null));
            assert_eq!(made_at(app, who).await, Value::Null);
        }
    }

    async fn who_signs_out_everywhere_ends_their_feed_too(app: &App) {
        assigned(app).await;
        let who = "livp/trainer2";
        let feed = made(app, who).await;
        done(mutate(app, who, "signOutEverywhere", json!({}), "__typename").await);
        assert_eq!(status(app, &feed).await, 404);
    }

    async fn who_stands_in_has_one_as_long_as_they_do(app: &App) {
        let feed = made(app, "livp/standin").await;
        assert_eq!(status(app, &feed).await, 200);
        done(mutate(app, "livp/admin", "nameStandIn", json!({}), "standIn { member { id } }").await);
        assert_eq!(status(app, &feed).await, 404);
    }

    async fn whose_membership_has_ended_reads_nothing(app: &App) {
        assigned(app).await;
        let feed = made(app, "livp/trainer2").await;
        let written = json!({ "name": "Eva Educator", "email": address(app, LIVP, "trainer2"), "roles": ["HANDLER"], "locale": "NL" });
        let mut none = written.clone();
        none["roles"] = json!([]);
        changed(app, "trainer2", none).await;
        assert_eq!(status(app, &feed).await, 404, "no role is left");
        let mut until = written;
        until["activeUntilOn"] = json!("2026-03-02");
        changed(app, "trainer2", until).await;
        assert_eq!(status(app, &feed).await, 200, "it is the last day");
        app.time_passes_until("2026-03-02T23:00:00Z");
        assert_eq!(status(app, &feed).await, 404, "that is over");
    }

    async fn who_lacks_the_second_factor_that_is_asked_for_reads_nothing(app: &App) {
        let (with, without) = (made(app, "livp/admin2").await, made(app, "livp/trainer2").await);
        let token = app.token(LIVP, "admin2").await;
        set_up_second_factor(app, &token).await;
        done(mutate(app, &token, "setSecondFactorRequired", json!({ "isRequired": true }), "isRequired").await);
        assert_eq!((status(app, &with).await, status(app, &without).await), (200, 404));
    }

    async fn its_secret_stands_in_no_table(app: &App) {
        let feed = made(app, "livp/trainer2").await;
        let secret = feed.strip_prefix("/calendar/").and_then(|rest| rest.strip_suffix(".ics")).unwrap();
        assert_eq!(secret.len(), 43, "256 bits");
        due(app, &feed).await;
        let contents = format!("{:?}", app.database.contents(&[]).await);
        assert!(contents.contains("calendar_feed_made"), "what was done is noted");
        assert!(!contents.contains(secret) && !contents.contains(BASE), "{feed}");
    }

    async fn its_owner_is_told_when_it_was_made_and_taken_back(app: &App) {
        let who = "livp/trainer2";
        made(app, who).await;
        revoked(app, who, None).await;
        revoked(app, who, None).await;
        let document = "{ viewer { activity(first: 100) { nodes { kind organisationName } } } }";
        let seen = ask(app, who, document, json!({})).await;
        let mut rows = seen.data()["viewer"]["activity"]["nodes"].as_array().unwrap().clone();
        rows.sort_by_key(|row| row["kind"].to_string());
        assert!(rows.iter().all(|row| row["organisationName"] == ORGANISATION), "{rows:#?}");
        let kinds: Vec<&str> = rows.iter().map(|row| row["kind"].as_str().unwrap()).collect();
        assert_eq!(kinds, ["MADE_CALENDAR_FEED", "REVOKED_CALENDAR_FEED", "SIGNED_IN"]);
    }
}
