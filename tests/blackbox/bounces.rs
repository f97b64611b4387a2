//! A mail system says what came back: `POST /bounces`, with the key of one organisation.

use reqwest::Method;
use serde_json::{Value, json};
use wederhoor_tests::{Answer, Client, both};

use crate::{
    blijf::appeal::settle_measures,
    post::Posted,
    steps::{Case, ask, codes, done, mutate},
};

const NOOR: &str = "noor@personen.example";
const ADMIN: &str = "blijf-groep/admin";
const README: &str = include_str!("../../README.md");

both! {
    async fn a_bounce_a_month_after_tacit_acceptance_reverses_the_closing(fixture: &Posted) {
        let (case, id) = responded(fixture).await;
        fixture.app.at("2026-03-30T22:00:00Z").await;
        assert_eq!(case.stands().await, "CLOSED TACITLY_ACCEPTED");
        fixture.app.at("2026-04-30T08:00:00Z").await;
        let key = key(fixture, ADMIN).await;
        let bounce = json!({ "messageId": id, "recipient": NOOR, "reason": "550 5.1.1 noor@personen.example is not here" });
        assert_eq!(results(&said(fixture, &key, &bounce).await), ["REPORTED"]);
        fixture.app.sweep().await;
        assert_eq!(case.stands().await, "APPEAL_OPEN", "the term to respond has lapsed in retrospect");
        assert_eq!(case.count("CLOCK_REVERSED").await, 1);
        assert!(!case.told("admin", "UNDELIVERED").await.is_empty());
        let seen = case.part("entries { kind by { kind } }").await;
        let mut back = seen["entries"].as_array().unwrap().clone();
        back.retain(|one| one["kind"] == "LETTER_RETURNED");
        assert_eq!(back.last().unwrap()["by"]["kind"], "POST");
        let listed = undelivered(fixture).await;
        assert_eq!((&listed[0]["reason"], listed.len()), (&json!("CAME_BACK"), 1));
        let because = listed[0]["because"].as_str().unwrap();
        assert!(!because.contains("550"), "{because}");
        let version = case.now().await["version"].clone();
        assert_eq!(results(&said(fixture, &key, &bounce).await), ["KNOWN_ALREADY"]);
        assert_eq!(case.now().await["version"], version, "said again it changes nothing");
    }

    async fn the_example_of_the_readme_does_what_it_says(fixture: &Posted) {
        let (_, id) = responded(fixture).await;
        let key = key(fixture, ADMIN).await;
        let (_, example) = README.split_once("curl https://klachten.example").expect("an example");
        let (path, rest) = example.split_once(" \\\n").unwrap();
        let mut request = fixture.app.client.request(Method::POST, path);
        let headers = rest.lines().filter_map(|line| line.trim().strip_prefix("-H '")?.split_once("' "));
        let mut named = 0;
        for (header, _) in headers.take(2) {
            let (name, value) = header.split_once(": ").unwrap();
            request = request.header(name, value.replace("whb_…", &key));
            named += 1;
        }
        assert_eq!(named, 2);
        let (_, body) = rest.split_once("-d '").unwrap();
        let (body, _) = body.split_once('\'').unwrap();
        let mut body: Value = serde_json::from_str(body).expect("JSON");
        body["messageId"] = json!(id);
        let answer = request.body(body.to_string()).send().await.unwrap();
        assert_eq!(answer.status(), 200);
        assert_eq!(answer.headers()["cache-control"], "no-store");
        let told: Value = answer.json().await.unwrap();
        assert_eq!(told, json!({ "results": [{ "messageId": id, "result": "REPORTED" }] }));
    }

    async fn many_are_said_at_once_and_each_has_its_own_result(fixture: &Posted) {
        let (case, id) = responded(fixture).await;
        let key = key(fixture, ADMIN).await;
        fixture.peer.refuse("later@personen.example", "451 later");
        let other = fixture.complaint("later@personen.example").await;
        fixture.app.sweep().await;
        let document = "query($id: ID!) { node(id: $id) { ... on Complaint { letters { kind status } } } }";
        let waits = ask(&fixture.app, ADMIN, document, json!({ "id": other.id })).await;
        assert!(waits.data()["node"]["letters"].as_array().unwrap().iter().any(|one| one["status"] == "PENDING"));
        let waiting = fixture.id_of_waiting(&other).await;
        let bare = id.trim_matches(['<', '>']).to_uppercase();
        let said = said(fixture, &key, &json!([
            { "messageId": "<nobody@elsewhere.example>" },
            { "messageId": "<0199aaaa-0000-7000-8000-000000000000@organisatie.example>" },
            { "messageId": waiting },
            { "messageId": id, "recipient": "other@personen.example" },
            { "messageId": bare, "recipient": "<NOOR@personen.example.>" },
            { "messageId": id },
        ])).await;
        let expected = ["UNKNOWN", "UNKNOWN", "NOT_SENT", "ELSEWHERE", "REPORTED", "KNOWN_ALREADY"];
        assert_eq!(results(&said), expected);
        assert_eq!(case.count("LETTER_RETURNED").await, 1);
        assert_eq!(other.count("LETTER_RETURNED").await, 0);
    }

    async fn the_key_of_another_organisation_does_nothing(fixture: &Posted) {
        let (case, id) = responded(fixture).await;
        let theirs = key(fixture, "livp/admin").await;
        let before = fixture.app.database.contents(&[]).await;
        assert_eq!(results(&said(fixture, &theirs, &json!({ "messageId": id })).await), ["UNKNOWN"]);
        assert!(fixture.app.database.contents(&[]).await == before);
        assert_eq!(case.count("LETTER_RETURNED").await, 0);
    }

    async fn without_a_key_that_is_valid_nobody_says_anything(fixture: &Posted) {
        let (case, id) = responded(fixture).await;
        let bounce = json!({ "messageId": id });
        let first = key(fixture, ADMIN).await;
        assert!(first.starts_with("whb_") && first.len() > 40, "{first}");
        let token = fixture.app.token("blijf-groep", "admin").await;
        let second = key(fixture, ADMIN).await;
        let kept = mutate(&fixture.app, ADMIN, "makeBounceKey", json!({ "isReplacing": false }), "bounceKey { key }").await;
        assert_eq!((codes(&kept), &kept["bounceKey"]), (vec!["TAKEN"], &Value::Null));
        let wrong = [&*first, "", "whb_", &token, &second[4..], &second.to_uppercase()];
        let mut told = Vec::new();
        for key in wrong {
            told.push(plain(said(fixture, key, &bounce).await));
        }
        let nobody = fixture.app.client.request(Method::POST, "/bounces").json(&bounce).send().await.unwrap();
        told.push(plain(answer(nobody).await));
        for one in &told {
            assert_eq!((one.status, one.code()), (401, Some("UNAUTHENTICATED")));
            assert_eq!(one, &told[0], "all are told the same");
        }
        let made_at = async |who| ask(&fixture.app, who, "{ bounceKeyMadeAt }", json!({})).await.data()["bounceKeyMadeAt"].clone();
        assert!(made_at(ADMIN).await.is_string());
        assert_eq!(made_at("blijf-groep/advies1").await, Value::Null);
        let revoke = async |who| mutate(&fixture.app, who, "revokeBounceKey", json!({}), "isRevoked").await;
        assert_eq!(codes(&revoke("blijf-groep/advies1").await), ["NOT_ALLOWED"]);
        fixture.app.suspend("blijf-groep").await;
        assert_eq!(done(revoke(ADMIN).await)["isRevoked"], true, "one that leaked does not wait");
        fixture.app.resume("blijf-groep").await;
        assert_eq!(codes(&revoke(ADMIN).await), ["NOT_FOUND"]);
        assert_eq!(said(fixture, &second, &bounce).await.status, 401);
        assert_eq!(case.count("LETTER_RETURNED").await, 0);
        let made = mutate(&fixture.app, "blijf-groep/advies1", "makeBounceKey", json!({}), "bounceKey { key }").await;
        assert_eq!(codes(&made), ["NOT_ALLOWED"]);
        let document = "{ viewer { activity(first: 100) { nodes { kind } } } }";
        let seen = ask(&fixture.app, ADMIN, document, json!({})).await;
        let all = seen.data()["viewer"]["activity"]["nodes"].as_array().unwrap().clone();
        let count = |kind: &str| all.iter().filter(|one| one["kind"] == kind).count();
        assert_eq!((count("MADE_BOUNCE_KEY"), count("REVOKED_BOUNCE_KEY")), (2, 1));
        assert!(!seen.body.to_string().contains(&first));
    }

    async fn of_an_organisation_on_hold_nothing_is_noted(fixture: &Posted) {
        let (_, id) = responded(fixture).await;
        let key = key(fixture, ADMIN).await;
        fixture.app.suspend("blijf-groep").await;
        let refused = said(fixture, &key, &json!({ "messageId": id })).await;
        assert_eq!((refused.status, refused.code()), (403, Some("TENANT_SUSPENDED")));
        fixture.app.resume("blijf-groep").await;
        assert_eq!(results(&said(fixture, &key, &json!({ "messageId": id })).await), ["REPORTED"]);
    }

    async fn what_cannot_be_read_is_said_with_its_place_and_notes_nothing(fixture: &Posted) {
        let (case, id) = responded(fixture).await;
        let key = key(fixture, ADMIN).await;
        let client = &fixture.app.client;
        let send = async |method: Method, media: &str, body: String| {
            let request = client.request(method, "/bounces").bearer_auth(&key);
            let sent = request.header("content-type", media).header("accept-language", "en").body(body).send();
            answer(sent.await.unwrap()).await
        };
        let good = json!({ "messageId": id }).to_string();
        for (media, body, status, code) in [
            ("text/plain", good.clone(), 415, "UNSUPPORTED_MEDIA_TYPE"),
            ("application/x-www-form-urlencoded", good.clone(), 415, "UNSUPPORTED_MEDIA_TYPE"),
            ("application/json", String::new(), 400, "BAD_REQUEST"),
            ("application/json", "{".to_owned(), 400, "BAD_REQUEST"),
            ("application/json", format!("{good}{good}"), 400, "BAD_REQUEST"),
            ("application/json", "[[[[[[]]]]]]".to_owned(), 400, "TOO_COMPLEX"),
            ("application/json", json!([{ "messageId": id }, { "recipient": NOOR }]).to_string(), 400, "BAD_REQUEST"),
            ("application/json", json!({ "messageId": "x".repeat(300_000) }).to_string(), 413, "PAYLOAD_TOO_LARGE"),
        ] {
            let refused = send(Method::POST, media, body).await;
            assert_eq!((refused.status, refused.code()), (status, Some(code)), "{:#}", refused.body);
        }
        let placed = send(Method::POST, "application/json", json!([{ "messageId": id }, {}]).to_string()).await;
        assert_eq!(placed.body["errors"][0]["message"], "[1].messageId is missing.");
        let read = send(Method::GET, "application/json", String::new()).await;
        assert_eq!((read.status, read.code()), (405, Some("METHOD_NOT_ALLOWED")));
        assert_eq!(case.count("LETTER_RETURNED").await, 0);
    }

    async fn a_report_of_a_mail_server_is_taken_as_it_stands(fixture: &Posted) {
        let (case, id) = responded(fixture).await;
        let key = key(fixture, ADMIN).await;
        let send = async |action: &str| {
            let report = format!("From: MAILER-DAEMON@mail.example\r\nMIME-Version: 1.0\r\nContent-Type: multipart/report; boundary=b\r\n\r\n--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mail.example\r\n\r\nFinal-Recipient: rfc822; {NOOR}\r\nAction: {action}\r\nStatus: 5.1.1\r\n\r\n--b\r\nContent-Type: text/rfc822-headers\r\n\r\nMessage-ID: {id}\r\n\r\n--b--\r\n");
            let request = fixture.app.client.request(Method::POST, "/bounces").bearer_auth(&key);
            answer(request.header("content-type", "message/rfc822").body(report).send().await.unwrap()).await
        };
        assert_eq!(results(&send("delayed").await), [""; 0], "it may still arrive");
        assert_eq!(case.count("LETTER_RETURNED").await, 0);
        assert_eq!(results(&send("failed").await), ["REPORTED"]);
        assert_eq!(case.count("LETTER_RETURNED").await, 1);
    }

    async fn an_address_in_other_letters_than_ascii_comes_back_under_either_name(fixture: &Posted) {
        let (domain, as_mailed) = ("münchen.example", "xn--mnchen-3ya.example");
        let case = fixture.answered(&format!("noor@{domain}")).await;
        fixture.app.sweep().await;
        let went = fixture.to(&format!("noor@{as_mailed}")).pop().expect("a letter went out");
        let id = went.header("Message-ID").expect("an id");
        let key = key(fixture, ADMIN).await;
        let say = async |domain: &str| {
            let bounce = json!({ "messageId": id, "recipient": format!("Noor@{domain}") });
            results(&said(fixture, &key, &bounce).await).join(" ")
        };
        assert_eq!(say("munchen.example").await, "ELSEWHERE");
        assert_eq!(say(&as_mailed.to_uppercase()).await, "REPORTED");
        assert_eq!(say("MÜNCHEN.example").await, "KNOWN_ALREADY");
        assert_eq!(case.count("LETTER_RETURNED").await, 1);
    }

    async fn of_a_letter_that_was_destroyed_with_its_dossier_nothing_is_noted_and_none_goes_again(fixture: &Posted) {
        let (case, id) = responded(fixture).await;
        let key = key(fixture, ADMIN).await;
        let named = fixture.to(NOOR).remove(1);
        let named = json!({ "messageId": named.header("Message-ID") });
        assert_eq!(results(&said(fixture, &key, &named).await), ["REPORTED"]);
        let back = undelivered(fixture).await.remove(0)["letter"]["id"].clone();
        fixture.app.at("2026-03-30T22:00:00Z").await;
        settle_measures(&case).await;
        fixture.app.at("2028-04-01T09:00:00Z").await;
        case.act("admin", "confirmDestruction", json!({})).await;
        fixture.app.sweep().await;
        let before = fixture.app.database.contents(&[]).await["outbox"].clone();
        let bounce = json!({ "messageId": id, "reason": format!("550 <{NOOR}> is not here") });
        assert_eq!(results(&said(fixture, &key, &bounce).await), ["UNKNOWN"]);
        let again = mutate(&fixture.app, ADMIN, "resendLetter", json!({ "letterId": back }), "letter { id }").await;
        assert_eq!(codes(&again), ["NOT_RETURNED"]);
        assert_eq!(fixture.app.database.contents(&[]).await["outbox"], before);
    }

    async fn a_letter_on_which_nothing_rests_comes_back_too_and_a_resent_one_can_come_back_again(fixture: &Posted) {
        let member = json!({ "name": "Nieuwe Collega", "email": NOOR, "roles": ["HANDLER"], "locale": "NL" });
        done(mutate(&fixture.app, ADMIN, "inviteMember", json!({ "member": member }), "member { id }").await);
        fixture.app.sweep().await;
        let key = key(fixture, ADMIN).await;
        let id = last_id(fixture);
        assert_eq!(results(&said(fixture, &key, &json!({ "messageId": id })).await), ["REPORTED"]);
        let listed = undelivered(fixture).await;
        assert_eq!((listed.len(), &listed[0]["letter"]["kind"]), (1, &json!("INVITATION")));
        let case = fixture.complaint("petra@personen.example").await;
        case.act("advies1", "takeComplaint", json!({})).await;
        fixture.app.sweep().await;
        let named = fixture.to("petra@personen.example").pop().unwrap();
        let id = named.header("Message-ID").unwrap().to_owned();
        assert_eq!(results(&said(fixture, &key, &json!({ "messageId": id })).await), ["REPORTED"]);
        let mut listed = undelivered(fixture).await;
        let back = listed.remove(listed.len() - 1)["letter"]["id"].clone();
        done(mutate(&fixture.app, ADMIN, "resendLetter", json!({ "letterId": back }), "letter { id }").await);
        assert_eq!(results(&said(fixture, &key, &json!({ "messageId": id })).await), ["NOT_SENT"], "it goes again");
        fixture.app.sweep().await;
        let again = fixture.to("petra@personen.example").pop().unwrap();
        assert_eq!(again.header("Message-ID"), Some(&*id), "under the same id");
        assert_eq!(results(&said(fixture, &key, &json!({ "messageId": id })).await), ["REPORTED"]);
    }
}

/// A response that Noor was sent, and the id under which it went.
async fn responded(fixture: &Posted) -> (Case<'_>, String) {
    let case = fixture.answered(NOOR).await;
    fixture.app.sweep().await;
    (case, last_id(fixture))
}

/// The `Message-ID` of what went to Noor last.
fn last_id(fixture: &Posted) -> String {
    let last = fixture.to(NOOR).pop().expect("a letter went out");
    last.header("Message-ID").expect("an id").to_owned()
}

async fn key(fixture: &Posted, who: &str) -> String {
    let made = mutate(
        &fixture.app,
        who,
        "makeBounceKey",
        json!({}),
        "bounceKey { key }",
    );
    done(made.await)["bounceKey"]["key"]
        .as_str()
        .expect("a key")
        .to_owned()
}

async fn said(fixture: &Posted, key: &str, body: &Value) -> Answer {
    let client: &Client = &fixture.app.client;
    let request = client.request(Method::POST, "/bounces").bearer_auth(key);
    answer(request.json(body).send().await.unwrap()).await
}

async fn answer(answer: reqwest::Response) -> Answer {
    Answer {
        status: answer.status().as_u16(),
        body: answer.json().await.unwrap_or_default(),
    }
}

/// Without the id of the request.
fn plain(mut answer: Answer) -> Answer {
    answer.body["errors"][0]["extensions"]["requestId"] = Value::Null;
    answer
}

fn results(answer: &Answer) -> Vec<&str> {
    assert_eq!(answer.status, 200, "{:#}", answer.body);
    let results = answer.body["results"].as_array().expect("results").iter();
    results
        .map(|one| one["result"].as_str().expect("a word"))
        .collect()
}

async fn undelivered(fixture: &Posted) -> Vec<Value> {
    let document = "{ undeliveredLetters { nodes { letter { id kind } reason because } } }";
    let seen = ask(&fixture.app, ADMIN, document, json!({})).await;
    let nodes = seen.data()["undeliveredLetters"]["nodes"].as_array();
    nodes.expect("a list").clone()
}
