//! Who asks too often waits; what is counted is shared by all processes, and most requests write nothing.

use reqwest::Method;
use serde_json::json;
use tokio::task::JoinSet;
use wederhoor_tests::{Client, Fixture, Kind, LimitsConfig, RatesConfig, both};

use super::restrained::{Restrained, told};
use crate::steps::{form, mutation_document};

const RATES: RatesConfig = RatesConfig {
    per_source: 60,
    per_principal: 20,
    per_tenant: 40,
};

/// Few requests in a minute.
struct Rated(Restrained);

impl Fixture for Rated {
    async fn set_up(kind: Kind) -> Self {
        let limits = LimitsConfig {
            rates: Some(RATES),
            ..LimitsConfig::OFF
        };
        Self(Restrained::of(kind, limits).await)
    }

    async fn tear_down(self) {
        self.0.tear_down().await;
    }
}

/// Asks again and again: how often it was answered, and what was said then.
async fn until_refused(client: &Client, token: Option<&str>, from: &str) -> (usize, String) {
    for count in 0..200 {
        let answer = client
            .send_from(token, from, &json!({ "query": "{ __typename }" }))
            .await;
        if answer.code().is_some() {
            assert_eq!(answer.status, 429, "{:#}", answer.body);
            return (count, told(&answer, ""));
        }
    }
    panic!("nothing was refused");
}

/// The people's tokens, fetched while nothing is counted yet in this minute.
async fn tokens(at: &Restrained, people: &[(&str, &str)]) -> Vec<String> {
    let mut tokens = Vec::new();
    for (organisation, key) in people {
        tokens.push(at.app.token(organisation, key).await);
    }
    at.passes(120);
    tokens
}

both! {
    async fn a_source_that_asks_too_often_waits_and_no_other(at: &Rated) {
        let (at, client) = (&at.0, &at.0.app.client);
        let (count, told) = until_refused(client, None, "203.0.113.9").await;
        assert!((60..=63).contains(&count), "{count}");
        assert_eq!(told, "RATE_LIMITED 1");
        assert_eq!(until_refused(client, None, "203.0.113.9").await.0, 0);
        let asked = client.request(Method::POST, "/graphql").header("x-forwarded-for", "203.0.113.9");
        let asked = asked.header("accept", "application/json").json(&json!({ "query": "{ __typename }" })).send().await.unwrap();
        assert_eq!(asked.headers()["retry-after"], "1");
        assert!(until_refused(client, None, "203.0.113.10").await.0 >= 60);
        at.passes(10);
        let (count, _) = until_refused(client, None, "203.0.113.9").await;
        assert!((10..=13).contains(&count), "what comes back in ten seconds: {count}");
    }

    async fn a_person_and_an_organisation_that_ask_too_often_wait_and_no_others(at: &Rated) {
        let at = &at.0;
        let people = [("livp", "admin"), ("livp", "admin2"), ("livp", "trainer1"), ("blijf-groep", "admin")];
        let tokens = tokens(at, &people).await;
        let asked = async |who: usize, from: &str| until_refused(&at.app.client, Some(&tokens[who]), from).await.0;
        let first = asked(0, "203.0.113.1").await;
        assert!((20..=21).contains(&first), "{first}");
        assert_eq!(asked(0, "203.0.113.2").await, 0, "wherever they ask from");
        let (second, third) = (asked(1, "203.0.113.2").await, asked(2, "203.0.113.3").await);
        let all = first + second + third;
        assert!((40..=46).contains(&all), "the organisation: {all}");
        assert!(third < 20, "{third}");
        let other = asked(3, "203.0.113.4").await;
        assert!((20..=21).contains(&other), "another organisation: {other}");
    }

    async fn a_calendar_counts_as_its_source_and_as_its_member(at: &Rated) {
        let (at, client) = (&at.0, &at.0.app.client);
        let token = at.app.token("livp", "trainer2").await;
        let made = at.app.ask("livp/trainer2", &mutation_document("makeCalendarFeed", "calendarFeed { url }"), json!({ "input": {} })).await;
        let url = made.data()["makeCalendarFeed"]["calendarFeed"]["url"].as_str().unwrap().to_owned();
        let path = url.strip_prefix("https://klachten.example").unwrap();
        let read = async |path: &str, from: &str| {
            let asked = client.request(Method::GET, path).header("x-forwarded-for", from);
            let answer = asked.send().await.unwrap();
            (answer.status().as_u16(), answer.headers().contains_key("retry-after"))
        };
        at.passes(120);
        for _ in 0..20 {
            assert_eq!(read(path, "203.0.113.1").await, (200, false));
        }
        for _ in 0..2 {
            read(path, "203.0.113.1").await;
        }
        assert_eq!(read(path, "203.0.113.2").await, (429, true));
        assert_eq!(until_refused(client, Some(&token), "203.0.113.2").await.0, 0, "its member waits too");
        at.passes(120);
        for _ in 0..60 {
            assert_eq!(read("/calendar/AAAA.ics", "203.0.113.3").await, (404, false));
        }
        for _ in 0..3 {
            read("/calendar/AAAA.ics", "203.0.113.3").await;
        }
        assert_eq!(read(path, "203.0.113.3").await, (429, true));
        assert_eq!(read(path, "203.0.113.4").await, (200, false));
    }

    async fn a_bounce_counts_as_its_source_and_a_wrong_key_is_no_try(at: &Rated) {
        let (at, client) = (&at.0, &at.0.app.client);
        let made = at.app.ask("livp/admin", &mutation_document("makeBounceKey", "bounceKey { key }"), json!({ "input": {} })).await;
        let key = made.data()["makeBounceKey"]["bounceKey"]["key"].as_str().unwrap().to_owned();
        let say = async |key: &str, from: &str| {
            let asked = client.request(Method::POST, "/bounces").header("x-forwarded-for", from).bearer_auth(key);
            let answer = asked.json(&json!({ "messageId": "<niets@elders.example>" })).send().await.unwrap();
            (answer.status().as_u16(), answer.headers().contains_key("retry-after"))
        };
        at.passes(120);
        for _ in 0..60 {
            assert_eq!(say("whb_AAAA", "203.0.113.3").await, (401, false));
        }
        for _ in 0..3 {
            say("whb_AAAA", "203.0.113.3").await;
        }
        assert_eq!(say(&key, "203.0.113.3").await, (429, true));
        assert_eq!(say(&key, "203.0.113.4").await, (200, false), "from elsewhere it is taken");
    }

    async fn two_processes_count_together(at: &Rated) {
        let at = &at.0;
        let beside = at.another_process().await;
        let mut running = JoinSet::new();
        for turn in 0..200 {
            let client = if turn % 2 == 0 { at.app.client.clone() } else { beside.client.clone() };
            running.spawn(async move {
                client.send_from(None, "203.0.113.9", &json!({ "query": "{ __typename }" })).await.code().is_none()
            });
        }
        let answered = running.join_all().await.into_iter().filter(|is_answered| *is_answered).count();
        assert!((45..=66).contains(&answered), "60, and a twentieth for each process, which may lie idle: {answered}");
        beside.stop().await;
    }

    async fn a_probe_is_never_sent_away(at: &Rated) {
        let client = &at.0.app.client;
        until_refused(client, None, "127.0.0.1").await;
        for turn in 0..200 {
            let path = if turn % 2 == 0 { "/livez" } else { "/readyz" };
            let asked = client.request(Method::GET, path).header("x-forwarded-for", "127.0.0.1");
            assert_eq!(asked.send().await.unwrap().status(), 200);
        }
    }

    async fn who_asks_seldom_costs_no_statement(at: &Rated) {
        let at = &at.0;
        let before = at.app.statements();
        for turn in 0..9 {
            at.passes(61 * i64::from(turn % 3 == 0));
            assert_eq!(at.ask("203.0.113.9", "{ __typename }", json!({})).await.code(), None);
        }
        assert_eq!(at.app.statements(), before);
        assert_eq!(at.app.database.contents(&[]).await["tally"], [""; 0]);
    }

    async fn one_source_files_few_complaints_with_one_organisation(at: &FewComplaints) {
        let at = &at.0;
        let file = async |organisation: &str, course: &str, from: &str, has_text: bool| {
            let mut input = form(&at.app, organisation, Some(course));
            if !has_text {
                input["description"] = json!(null);
            }
            let document = mutation_document("fileComplaint", "receipt { reference }");
            told(&at.ask(from, &document, input).await, "fileComplaint")
        };
        for _ in 0..5 {
            assert_eq!(file("livp", "basis", "203.0.113.9", false).await, "FIELD_REQUIRED", "nothing is filed by that");
        }
        for _ in 0..2 {
            assert_eq!(file("livp", "basis", "203.0.113.9", true).await, "in");
        }
        assert_eq!(file("livp", "basis", "203.0.113.9", true).await, "RATE_LIMITED 1800");
        assert_eq!(file("livp", "basis", "203.0.113.10", true).await, "in", "others may");
        at.passes(1_800);
        assert_eq!(file("livp", "basis", "203.0.113.9", true).await, "in");
    }
}

/// Few complaints in an hour.
struct FewComplaints(Restrained);

impl Fixture for FewComplaints {
    async fn set_up(kind: Kind) -> Self {
        let limits = LimitsConfig {
            filings_per_source: 2,
            ..LimitsConfig::OFF
        };
        Self(Restrained::of(kind, limits).await)
    }

    async fn tear_down(self) {
        self.0.tear_down().await;
    }
}
