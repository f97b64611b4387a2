//! API keys: programs of an organisation come in by one, and do nothing but what it lists.

use reqwest::Method;
use serde_json::{Value, json};
use wederhoor_tests::{Answer, App, both};

use crate::steps::{ask, codes, done, mutate};

const ADMIN: &str = "livp/admin";
const KEY: &str = "id name prefix scopes meaning requestsPerMinute madeBy { id } madeAt rotatedAt replacedSecretExpiresAt expiresAt revokedAt lastUsedAt";
const OWN: &str = "{ apiKey { name prefix scopes expiresAt madeBy { id name } } }";

/// A key of both scopes: its secret, and itself.
pub(crate) async fn made(app: &App, who: &str) -> (String, Value) {
    let input = json!({ "name": "Power BI", "scopes": ["STATISTICS", "ROWS"], "isRowsAcknowledged": true, "requestsPerMinute": 600 });
    secret_of(make(app, who, input).await)
}

pub(crate) async fn make(app: &App, who: &str, input: Value) -> Value {
    let shown = format!("apiKeySecret {{ secret apiKey {{ {KEY} }} }}");
    mutate(app, who, "makeApiKey", input, &shown).await
}

pub(crate) async fn rotate(app: &App, who: &str, input: Value) -> Value {
    let shown = format!("apiKeySecret {{ secret apiKey {{ {KEY} }} }}");
    mutate(app, who, "rotateApiKey", input, &shown).await
}

pub(crate) fn secret_of(payload: Value) -> (String, Value) {
    let shown = done(payload)["apiKeySecret"].clone();
    let secret = shown["secret"].as_str().expect("a secret").to_owned();
    (secret, shown["apiKey"].clone())
}

async fn revoke(app: &App, who: &str, input: Value) -> Value {
    mutate(app, who, "revokeApiKey", input, "apiKey { id revokedAt }").await
}

async fn listed(app: &App, who: &str) -> Value {
    let document = format!("{{ apiKeys {{ totalCount nodes {{ {KEY} }} }} }}");
    let answer = ask(app, who, &document, json!({})).await;
    answer.data()["apiKeys"].clone()
}

async fn uses(app: &App, who: &str, key: &Value) -> Value {
    app.write_reads().await;
    let document = "query($key: ID!) { apiKeyUses(keyId: $key) { totalCount nodes { usedAt operation source } } }";
    let answer = ask(app, who, document, json!({ "key": key["id"] })).await;
    answer.data()["apiKeyUses"].clone()
}

/// What a secret is told of its key: the status and the code of the refusal, if it was one.
pub(crate) async fn comes_in(app: &App, secret: &str) -> (u16, Option<String>) {
    let answer = ask(app, secret, OWN, json!({})).await;
    (answer.status, answer.code().map(str::to_owned))
}

fn is_in() -> (u16, Option<String>) {
    (200, None)
}

pub(crate) fn is_out() -> (u16, Option<String>) {
    (401, Some("UNAUTHENTICATED".to_owned()))
}

/// What was answered, without the id of the request.
fn plain(mut answer: Answer) -> Answer {
    answer.body["errors"][0]["extensions"]["requestId"] = Value::Null;
    answer
}

both! {
    async fn a_key_is_made_by_an_administrator_and_shown_once(app: &App) {
        let (secret, key) = made(app, ADMIN).await;
        let prefix = key["prefix"].as_str().unwrap();
        assert!(prefix.starts_with("whk_") && prefix.len() == 12, "{prefix}");
        assert!(secret.starts_with(&format!("{prefix}_")) && secret.len() == 61, "{secret}");
        assert_eq!(key["scopes"], json!(["STATISTICS", "ROWS"]));
        assert!(key["meaning"].as_str().unwrap().contains("data tot op de dag"), "{key:#}");
        let (_, other) = secret_of(make(app, ADMIN, json!({ "name": "Excel", "scopes": ["STATISTICS"] })).await);
        assert!(!other["meaning"].as_str().unwrap().contains("regel"), "{other:#}");
        let list = listed(app, ADMIN).await;
        assert_eq!(list, json!({ "totalCount": 2, "nodes": [other, key] }), "newest first");
        assert_eq!(key["madeBy"]["id"], app.person("livp", "admin")["id"]);
        for who in ["livp/trainer2", "livp/analist", "livp/arbiter", "blijf-groep/admin"] {
            assert_eq!(listed(app, who).await, json!({ "totalCount": 0, "nodes": [] }), "{who}");
            assert_eq!(uses(app, who, &key).await, Value::Null, "{who}");
        }
        for who in ["livp/trainer2", "livp/analist", "livp/klager"] {
            let refused = make(app, who, json!({ "name": "Excel", "scopes": ["STATISTICS"] })).await;
            assert_eq!(codes(&refused), ["NOT_ALLOWED"], "{who}");
        }
        let kept = app.database.contents(&[]).await;
        let kept = format!("{kept:?}");
        assert!(kept.contains(prefix) && !kept.contains(&secret[13..]), "only its hash is kept");
    }

    async fn what_is_wrong_with_a_new_key_is_told_at_once(app: &App) {
        let wrong = json!({ "name": " ", "scopes": [], "validDays": 367, "requestsPerMinute": 0 });
        let refused = make(app, ADMIN, wrong).await;
        let told = refused["userErrors"].as_array().unwrap().iter();
        let told: Vec<_> = told.map(|one| (one["field"][0].as_str().unwrap(), one["code"].as_str().unwrap())).collect();
        let expected = [("name", "REQUIRED"), ("scopes", "REQUIRED"), ("validDays", "MALFORMED"), ("requestsPerMinute", "MALFORMED")];
        assert_eq!(told, expected);
        let twice = make(app, ADMIN, json!({ "name": "Excel", "scopes": ["STATISTICS", "STATISTICS"] })).await;
        assert_eq!((codes(&twice), &twice["userErrors"][0]["field"]), (vec!["MALFORMED"], &json!(["scopes"])));
        let rows = json!({ "name": "Excel", "scopes": ["ROWS"] });
        let refused = make(app, ADMIN, rows).await;
        assert_eq!(refused["userErrors"][0]["field"], json!(["isRowsAcknowledged"]));
        assert!(refused["userErrors"][0]["message"].as_str().unwrap().contains("elke klacht apart"), "{refused:#}");
        let fast = make(app, ADMIN, json!({ "name": "Excel", "scopes": ["STATISTICS"], "requestsPerMinute": 601 })).await;
        assert_eq!(codes(&fast), ["MALFORMED"], "more than a person may");
        assert_eq!(listed(app, ADMIN).await["totalCount"], 0);
    }

    async fn a_key_sees_itself_and_nobody(app: &App) {
        let (secret, key) = made(app, ADMIN).await;
        let own = ask(app, &secret, OWN, json!({})).await;
        let expected = json!({ "name": "Power BI", "prefix": key["prefix"], "scopes": ["STATISTICS", "ROWS"],
            "expiresAt": key["expiresAt"], "madeBy": null });
        assert_eq!(own.data()["apiKey"], expected);
        for who in ["", ADMIN, "livp/analist"] {
            assert_eq!(ask(app, who, OWN, json!({})).await.data()["apiKey"], Value::Null, "{who}");
        }
    }

    async fn nothing_is_hidden_behind_what_a_key_may_ask(app: &App) {
        let (secret, _) = made(app, ADMIN).await;
        let refused = async |document: &str| {
            let answer = ask(app, &secret, document, json!({})).await;
            assert_eq!((answer.status, answer.code()), (403, Some("NOT_ALLOWED")), "{document}: {:#}", answer.body);
            assert!(answer.body.get("data").is_none(), "{document}: {:#}", answer.body);
        };
        for document in [
            "{ apiKey { id } complaints { totalCount } }",
            "{ apiKey: complaints { totalCount } }",
            "{ ...A } fragment A on Query { ...B } fragment B on Query { ... { viewer { name } } }",
            "mutation { signOut(input: {}) { signedOut { endedCount } } }",
            "mutation { __typename }",
        ] {
            refused(document).await;
        }
        let two = json!({ "query": "query A { apiKey { id } } query B { members { totalCount } }", "operationName": "A" });
        assert_eq!(app.client.send(Some(&secret), &two).await.code(), Some("NOT_ALLOWED"), "none of them is run");
        let shown = ask(app, &secret, "{ __typename __schema { queryType { name } } apiKey { id } }", json!({})).await;
        assert_eq!(shown.code(), None, "{:#}", shown.body);
    }

    async fn what_is_no_valid_key_is_told_one_thing(app: &App) {
        let (secret, key) = made(app, ADMIN).await;
        let (gone, other) = made(app, ADMIN).await;
        done(revoke(app, ADMIN, json!({ "keyId": other["id"] })).await);
        let mut typed = secret.clone();
        typed.pop();
        let twisted = format!("{}{}", &secret[..13], &gone[13..]);
        let mut told = Vec::new();
        for wrong in [&*gone, &typed, &twisted, "whk_", "whk_00000000_AAAA", &secret.to_uppercase().replace("WHK", "whk")] {
            told.push(plain(ask(app, wrong, OWN, json!({})).await));
        }
        for one in &told {
            assert_eq!((one.status, one.code()), (401, Some("UNAUTHENTICATED")));
            assert_eq!(one, &told[0], "all are told the same");
        }
        let refused = app.client.request(Method::POST, "/graphql").bearer_auth(&gone);
        let refused = refused.header("accept", "application/graphql-response+json").json(&json!({ "query": OWN })).send().await.unwrap();
        assert_eq!((refused.status().as_u16(), &refused.headers()["www-authenticate"]), (401, &"Bearer".parse().unwrap()));
        assert_eq!(comes_in(app, &secret).await, is_in());
        assert_eq!(uses(app, ADMIN, &key).await["totalCount"], 1, "only what it was used for itself");
        let again = revoke(app, ADMIN, json!({ "keyId": other["id"] })).await;
        assert_eq!((codes(&again), &again["userErrors"][0]["field"]), (vec!["NOT_FOUND"], &json!(["keyId"])));
        assert_eq!(codes(&rotate(app, ADMIN, json!({ "keyId": other["id"] })).await), ["NOT_FOUND"]);
    }

    async fn a_key_is_taken_as_a_password_beside_any_name(app: &App) {
        let (secret, _) = made(app, ADMIN).await;
        let asked = async |name: &str, password: &str| {
            let request = app.client.request(Method::POST, "/graphql").basic_auth(name, Some(password));
            let request = request.header("accept", "application/graphql-response+json");
            let answer = request.json(&json!({ "query": OWN })).send().await.unwrap();
            answer.status().as_u16()
        };
        for name in ["", "power-bi", "iemand@livp.example"] {
            assert_eq!(asked(name, &secret).await, 200, "{name}");
        }
        assert_eq!(asked(&secret, "").await, 401, "a name is no secret");
        let token = app.token("livp", "admin").await;
        assert_eq!(asked("admin", &token).await, 401, "nobody signs in so");
        assert_eq!(asked("admin", &secret[..60]).await, 401);
    }

    async fn a_replaced_secret_works_for_a_while_or_not_at_all(app: &App) {
        let (first, key) = made(app, ADMIN).await;
        let (second, rotated) = secret_of(rotate(app, ADMIN, json!({ "keyId": key["id"], "overlapHours": 1 })).await);
        assert_eq!((&rotated["prefix"], &rotated["id"]), (&key["prefix"], &key["id"]));
        assert!(rotated["rotatedAt"].is_string() && rotated["replacedSecretExpiresAt"].is_string(), "{rotated:#}");
        let (third, _) = secret_of(rotate(app, ADMIN, json!({ "keyId": key["id"], "overlapHours": 2 })).await);
        for secret in [&first, &second, &third] {
            assert_eq!(comes_in(app, secret).await, is_in(), "what was asked again ends nothing");
        }
        let (last, alone) = secret_of(rotate(app, ADMIN, json!({ "keyId": key["id"], "overlapHours": 0 })).await);
        assert_eq!(alone["replacedSecretExpiresAt"], Value::Null);
        let input = json!({ "keyId": key["id"], "validDays": 1, "overlapHours": 168 });
        let (_, short) = secret_of(rotate(app, ADMIN, input).await);
        assert_eq!(short["replacedSecretExpiresAt"], short["expiresAt"], "no secret outlives its key");
        assert_eq!(comes_in(app, &last).await, is_in());
        let (last, _) = secret_of(rotate(app, ADMIN, json!({ "keyId": key["id"], "overlapHours": 0 })).await);
        for secret in [&first, &second, &third] {
            assert_eq!(comes_in(app, secret).await, is_out());
        }
        assert_eq!(comes_in(app, &last).await, is_in());
        done(revoke(app, ADMIN, json!({ "keyId": key["id"] })).await);
        assert_eq!(comes_in(app, &last).await, is_out());
        assert_eq!(app.database.contents(&[]).await["api_key_secret"].len(), 0);
    }

    async fn each_use_is_noted_for_the_administrator(app: &App) {
        let (secret, key) = made(app, ADMIN).await;
        assert_eq!(uses(app, ADMIN, &key).await["totalCount"], 0);
        for _ in 0..3 {
            ask(app, &secret, OWN, json!({})).await;
        }
        ask(app, &secret, "{ complaints { totalCount } }", json!({})).await;
        let noted = uses(app, ADMIN, &key).await;
        let told: Vec<&Value> = noted["nodes"].as_array().unwrap().iter().map(|one| &one["operation"]).collect();
        assert_eq!(told, [&Value::Null, &json!("apiKey"), &json!("apiKey"), &json!("apiKey")]);
        assert_eq!(noted["nodes"][0]["source"], "127.0.0.1");
        let last = listed(app, ADMIN).await["nodes"][0]["lastUsedAt"].clone();
        assert_eq!(last, noted["nodes"][0]["usedAt"]);
        let statements = app.statements();
        ask(app, &secret, OWN, json!({})).await;
        let asked = app.statements() - statements;
        assert!(asked <= 12, "a use waits for no write: {asked}");
    }

    async fn a_use_that_comes_to_nothing_is_noted_too(app: &App) {
        let input = json!({ "name": "Excel", "scopes": ["STATISTICS"], "requestsPerMinute": 5 });
        let (secret, key) = secret_of(make(app, ADMIN, input).await);
        for (document, code) in [
            ("{ apiKey { nope } }", "BAD_REQUEST"),
            ("query($x: Int) { apiKey(x: $x) { id } }", "BAD_REQUEST"),
            ("subscription { workQueueChanged { totalCount } }", "NOT_ALLOWED"),
            ("{ complaints { totalCount } }", "NOT_ALLOWED"),
        ] {
            assert_eq!(ask(app, &secret, document, json!({})).await.code(), Some(code), "{document}");
        }
        let mut asked = 4;
        while ask(app, &secret, OWN, json!({})).await.code() != Some("RATE_LIMITED") {
            asked += 1;
            assert!(asked < 20, "nothing holds it up");
        }
        assert_eq!(uses(app, ADMIN, &key).await["totalCount"], asked + 1);
    }

    async fn what_administrators_do_with_keys_is_told_to_them(app: &App) {
        let (_, key) = made(app, ADMIN).await;
        secret_of(rotate(app, ADMIN, json!({ "keyId": key["id"] })).await);
        let input = json!({ "keyId": key["id"], "idempotencyKey": "eenmaal" });
        let first = done(revoke(app, ADMIN, input.clone()).await);
        assert_eq!(done(revoke(app, ADMIN, input).await), first, "said again it is done once");
        let document = "{ viewer { activity(first: 100) { nodes { kind } } } }";
        let seen = ask(app, ADMIN, document, json!({})).await;
        let all = seen.data()["viewer"]["activity"]["nodes"].as_array().unwrap().clone();
        for kind in ["MADE_API_KEY", "ROTATED_API_KEY", "REVOKED_API_KEY"] {
            assert_eq!(all.iter().filter(|one| one["kind"] == kind).count(), 1, "{kind}");
        }
    }

    async fn a_key_of_an_organisation_on_hold_waits(app: &App) {
        let (secret, _) = made(app, ADMIN).await;
        app.suspend("livp").await;
        let refused = ask(app, &secret, OWN, json!({})).await;
        assert_eq!(refused.code(), Some("TENANT_SUSPENDED"), "{:#}", refused.body);
        app.resume("livp").await;
        assert_eq!(comes_in(app, &secret).await, is_in());
    }

    async fn a_key_that_leaked_is_taken_back_while_its_organisation_is_on_hold(app: &App) {
        let (secret, key) = made(app, ADMIN).await;
        app.suspend("livp").await;
        let input = json!({ "keyId": key["id"] });
        let refused = ask(app, ADMIN, "mutation($input: RotateApiKeyInput!) { rotateApiKey(input: $input) { userErrors { code } } }", json!({ "input": input })).await;
        assert_eq!(refused.code(), Some("TENANT_SUSPENDED"), "nobody is given another: {:#}", refused.body);
        let revoked = done(revoke(app, ADMIN, input).await)["apiKey"].clone();
        assert!(revoked["revokedAt"].is_string(), "{revoked:#}");
        app.resume("livp").await;
        assert_eq!(comes_in(app, &secret).await, is_out());
    }

    async fn a_key_watches_nothing(app: &App) {
        let (secret, _) = made(app, ADMIN).await;
        let answer = app.client.gql(Some(&secret), "subscription { workQueueChanged { totalCount } }", json!({})).await;
        assert_eq!(answer.code(), Some("NOT_ALLOWED"), "{:#}", answer.body);
    }

    async fn there_are_never_more_than_fifty_keys_that_can_be_used(app: &App) {
        let input = json!({ "name": "Excel", "scopes": ["STATISTICS"] });
        for _ in 0..50 {
            secret_of(make(app, ADMIN, input.clone()).await);
        }
        assert_eq!(codes(&make(app, ADMIN, input.clone()).await), ["TAKEN"]);
        let key = listed(app, ADMIN).await["nodes"][7].clone();
        let ends = format!("UPDATE api_key SET expires_at = made_at WHERE prefix = '{}'", key["prefix"].as_str().unwrap());
        app.database.execute(&ends).await;
        secret_of(make(app, ADMIN, input.clone()).await);
        let again = json!({ "keyId": key["id"] });
        assert_eq!(codes(&rotate(app, ADMIN, again.clone()).await), ["TAKEN"], "one that has expired would be one more");
        let other = listed(app, ADMIN).await["nodes"][3].clone();
        secret_of(rotate(app, ADMIN, json!({ "keyId": other["id"] })).await);
        done(revoke(app, ADMIN, json!({ "keyId": other["id"] })).await);
        secret_of(rotate(app, ADMIN, again).await);
    }
}
