//! The tour of the README: every query in it is asked, and every answer held against what comes back.
//!
//! A block `graphql` says in its first line who asks, or `nobody`, and is followed by the answer as a block `json`. In an answer `…`
//! stands for anything, and a whole text `$name` for what later blocks ask for as `$name`; other variables are ids of
//! `/demo/people.json`, by their keys. A block `sh` that moves the clock moves it here too.

use std::collections::BTreeMap;

use reqwest::Method;
use serde_json::{Value, json};
use wederhoor_tests::{App, both};

const README: &str = include_str!("../../README.md");

/// A fenced block of the tour: its language and its text.
type Block<'a> = (&'a str, &'a str);

fn blocks() -> Vec<Block<'static>> {
    let (_, tour) = README.split_once("\n## The tour\n").expect("a tour");
    let tour = tour.split("\n## ").next().expect("its end");
    let fenced = tour.split("\n```").skip(1).step_by(2);
    fenced
        .map(|block| block.split_once('\n').expect("a block has lines"))
        .collect()
}

/// What earlier answers called `$name`.
type Names = BTreeMap<String, Value>;

/// Goes through the tour; `is_same_day`: the dates are those of the answers too.
async fn take(app: &App, is_same_day: bool) -> usize {
    let (mut names, mut asked) = (Names::new(), 0);
    let blocks = blocks();
    let mut rest = blocks.iter();
    while let Some((language, text)) = rest.next() {
        match *language {
            "sh" => move_clock(app, text).await,
            "graphql" => {
                let Some(("json", answer)) = rest.next() else {
                    panic!("no answer follows:\n{text}");
                };
                let expected: Value = serde_json::from_str(answer).unwrap();
                let got = ask(app, text, &names).await;
                let seen = Seen {
                    is_same_day,
                    question: text,
                };
                seen.hold(&expected, &got, "", &mut names);
                // As the worker of a running demo does meanwhile.
                app.sweep().await;
                asked += 1;
            }
            other => panic!("an answer to nothing, or something unknown: {other}"),
        }
    }
    asked
}

async fn move_clock(app: &App, text: &str) {
    for line in text.lines().filter(|line| line.contains("/demo/clock")) {
        let body = line.split('\'').nth(1).expect("what is sent");
        let sent = app
            .client
            .request(Method::POST, "/demo/clock")
            .body(body.to_owned());
        assert_eq!(sent.send().await.unwrap().status(), 200, "{line}");
    }
}

async fn ask(app: &App, text: &str, names: &Names) -> Value {
    let first = text.lines().next().expect("a line");
    let who = first.strip_prefix("# ").expect("who asks");
    let (key, domain) = who.split_once('@').unwrap_or_default();
    let organisation = domain.trim_end_matches(".example");
    let variables: BTreeMap<&str, Value> = declared(text)
        .map(|name| {
            let known = names.get(name).cloned();
            (
                name,
                known.unwrap_or_else(|| app.person(organisation, name)["id"].clone()),
            )
        })
        .collect();
    let mut request = app.client.request(Method::POST, "/graphql");
    if who != "nobody" {
        request = request.bearer_auth(app.token(organisation, key).await);
    }
    let request = request.header("accept-language", "en");
    let answer = request
        .json(&json!({ "query": text, "variables": variables }))
        .send()
        .await
        .unwrap();
    let mut answer: Value = answer.json().await.unwrap();
    let cost = answer
        .as_object_mut()
        .expect("an object")
        .remove("extensions");
    assert!(cost.is_some(), "the tour says that it is left out");
    answer
}

/// The names of the variables of an operation, in the brackets after its keyword.
fn declared(text: &str) -> impl Iterator<Item = &str> {
    let head = text.split('{').next().unwrap_or_default();
    head.split('$')
        .skip(1)
        .map(|rest| rest.split(':').next().unwrap_or_default())
}

struct Seen<'a> {
    is_same_day: bool,
    question: &'a str,
}

impl Seen<'_> {
    fn hold(&self, expected: &Value, got: &Value, place: &str, names: &mut Names) {
        match (expected, got) {
            (Value::Object(all), Value::Object(found)) => {
                let keys =
                    |map: &serde_json::Map<String, Value>| map.keys().cloned().collect::<Vec<_>>();
                assert_eq!(
                    keys(all),
                    keys(found),
                    "at {place}: {got:#} in answer to\n{}",
                    self.question
                );
                for (key, value) in all {
                    self.hold(value, &found[key], &format!("{place}/{key}"), names);
                }
            }
            (Value::Array(all), Value::Array(found)) if all.len() == found.len() => {
                for (number, (one, other)) in all.iter().zip(found).enumerate() {
                    self.hold(one, other, &format!("{place}/{number}"), names);
                }
            }
            (Value::String(name), found) if name.starts_with('$') => {
                names.insert(name[1..].to_owned(), found.clone());
            }
            (Value::String(text), Value::String(found)) => {
                let is_dated = !self.is_same_day && text.contains(|c: char| c.is_ascii_digit());
                assert!(
                    is_dated || is_like(text, found),
                    "at {place}: {found:?} in answer to\n{}",
                    self.question
                );
            }
            (expected, got) => {
                assert_eq!(expected, got, "at {place}, in answer to\n{}", self.question);
            }
        }
    }
}

/// Whether a text has these parts in this order, with anything for each `…`.
fn is_like(pattern: &str, text: &str) -> bool {
    let mut parts = pattern.split('…');
    let first = parts.next().unwrap_or_default();
    let Some(mut rest) = text.strip_prefix(first) else {
        return false;
    };
    let mut last = None;
    for part in parts {
        let Some(at) = rest.find(part) else {
            return false;
        };
        rest = &rest[at + part.len()..];
        last = Some(part);
    }
    rest.is_empty() || last == Some("")
}

both! {
    async fn tour_every_query_of_the_readme_gets_the_answer_it_shows(app: &App) {
        assert!(take(app, true).await >= 12);
    }

    async fn tour_goes_as_well_on_another_day(app: &App) {
        // Four weeks from here the term rolls over Christmas.
        app.at("2026-11-27T15:00:00Z").await;
        take(app, false).await;
    }
}

#[test]
fn tour_answers_are_held_against_the_text_between_the_dots() {
    assert!(is_like("LIVP-2026-…", "LIVP-2026-0001") && is_like("…", "") && is_like("a…c", "abc"));
    assert!(!is_like("LIVP-…", "BG-1") && !is_like("a…c", "abcd") && !is_like("ab", "abc"));
}
