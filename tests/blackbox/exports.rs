//! Files of datasets: `GET /exports/DATASET.FORMAT`, by an API key or by who may read figures.

use reqwest::{Method, Response, Version};
use serde_json::{Value, json};
use wederhoor_tests::{App, Client, Kind, both};

use crate::{
    api_keys::{made, make, secret_of},
    steps::{ask, blijf, done, mutate},
};

const ADMIN: &str = "livp/admin";
const CSV: &str = "/exports/policy_versions.csv";

async fn get(app: &App, secret: &str, path: &str) -> Response {
    asked(app, Method::GET, secret, path, &[]).await
}

async fn asked(
    app: &App,
    method: Method,
    secret: &str,
    path: &str,
    headers: &[(&str, &str)],
) -> Response {
    let mut request = app.client.request(method, path);
    if !secret.is_empty() {
        request = request.bearer_auth(secret);
    }
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    request.send().await.unwrap()
}

fn header(answer: &Response, name: &str) -> String {
    let value = answer.headers().get(name);
    value.map_or_else(String::new, |value| value.to_str().unwrap().to_owned())
}

/// What a problem document says: its status, its code, and itself.
async fn problem(answer: Response) -> (u16, String, Value) {
    assert_eq!(header(&answer, "content-type"), "application/problem+json");
    let status = answer.status().as_u16();
    let told: Value = answer.json().await.unwrap();
    assert_eq!(told["status"], status, "{told:#}");
    assert!(
        told["detail"].as_str().unwrap().len() > 10 && told["requestId"].is_string(),
        "{told:#}"
    );
    (status, told["code"].as_str().unwrap().to_owned(), told)
}

/// A second version of the regulation.
async fn publishes(app: &App) {
    let text = include_str!("../../policies/livp.toml")
        .replace("term = \"4 weeks\"", "term = \"6 weeks\"");
    let input = json!({ "document": { "text": text } });
    done(mutate(app, ADMIN, "publishPolicy", input, "policy { id }").await);
}

/// Many versions, with long names: more than fits between a program and who reads it slowly.
async fn many_versions(app: &App) {
    let long = match app.database.kind {
        Kind::Postgres => "INSERT INTO policy SELECT tenant_id, gen_random_uuid(), version + n,
            jsonb_set(jsonb_set(document, '{name,nl}', to_jsonb(repeat('x', 10000))), '{name,en}', to_jsonb(repeat('y', 10000))),
            published_at, published_by FROM policy, generate_series(1, 1500) n
            WHERE tenant_id = (SELECT id FROM tenant WHERE slug = 'livp')",
        Kind::Sqlite => "INSERT INTO policy WITH RECURSIVE counted(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM counted WHERE n < 1500)
            SELECT tenant_id, randomblob(16), version + n,
            json_set(document, '$.name.nl', replace(hex(zeroblob(5000)), '00', 'xx'), '$.name.en', replace(hex(zeroblob(5000)), '00', 'yy')),
            published_at, published_by FROM policy, counted
            WHERE tenant_id = (SELECT id FROM tenant WHERE slug = 'livp')",
    };
    app.database.execute(long).await;
}

both! {
    async fn a_program_reads_the_same_rows_in_every_format(app: &App) {
        publishes(app).await;
        let (secret, key) = made(app, ADMIN).await;
        let mut told = Vec::new();
        for (ending, media, begins) in [
            ("csv", "text/csv; charset=utf-8; header=present", &b"policy_version,"[..]),
            ("ndjson", "application/x-ndjson", b"{\"policy_version\":1,"),
            ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", b"PK\x03\x04"),
            ("parquet", "application/vnd.apache.parquet", b"PAR1"),
        ] {
            let answer = get(app, &secret, &format!("/exports/policy_versions.{ending}")).await;
            assert_eq!(answer.status(), 200, "{ending}");
            assert_eq!(header(&answer, "content-type"), media);
            assert_eq!(header(&answer, "content-disposition"), format!("attachment; filename=\"policy_versions.{ending}\""));
            assert_eq!(header(&answer, "cache-control"), "private, no-cache");
            let bytes = answer.bytes().await.unwrap();
            assert!(bytes.starts_with(begins), "{ending}: {:?}", &bytes[..20]);
            told.push(bytes);
        }
        let csv = String::from_utf8(told[0].to_vec()).unwrap();
        let lines: Vec<&str> = csv.lines().collect();
        assert_eq!(lines[0], "policy_version,name_nl,name_en,published_on,is_suppressed");
        assert_eq!(lines.len(), 3, "{csv}");
        let rows = String::from_utf8(told[1].to_vec()).unwrap();
        for (line, row) in lines[1..].iter().zip(rows.lines()) {
            let row: Value = serde_json::from_str(row).unwrap();
            let expected = format!("{},", row["policy_version"]);
            assert!(line.starts_with(&expected) && line.ends_with(&format!("{},false", row["published_on"].as_str().unwrap())), "{line} {row}");
        }
        app.write_reads().await;
        let document = "query($key: ID!) { apiKeyUses(keyId: $key) { nodes { operation } } }";
        let uses = ask(app, ADMIN, document, json!({ "key": key["id"] })).await;
        let nodes = uses.data()["apiKeyUses"]["nodes"].clone();
        assert_eq!(nodes[3], json!({ "operation": "exports/policy_versions.csv" }));
    }

    async fn who_may_read_figures_reads_them_and_nobody_else(app: &App) {
        for who in ["livp/admin", "livp/analist", "blijf-groep/analist", "blijf-groep/manager"] {
            let (slug, key) = who.split_once('/').unwrap();
            let token = app.token(slug, key).await;
            assert_eq!(get(app, &token, CSV).await.status(), 200, "{who}");
        }
        for who in ["livp/trainer2", "livp/arbiter", "livp/klager", "blijf-groep/advies1"] {
            let (slug, key) = who.split_once('/').unwrap();
            let token = app.token(slug, key).await;
            let (status, code, _) = problem(get(app, &token, CSV).await).await;
            assert_eq!((status, &*code), (403, "NOT_ALLOWED"), "{who}");
        }
        let rows = json!({ "name": "Regels", "scopes": ["ROWS"], "isRowsAcknowledged": true });
        let (rows, key) = secret_of(make(app, ADMIN, rows).await);
        assert_eq!(problem(get(app, &rows, CSV).await).await.0, 403, "each scope is granted by itself");
        app.write_reads().await;
        let document = "query($key: ID!) { apiKeyUses(keyId: $key) { nodes { operation } } }";
        let uses = ask(app, ADMIN, document, json!({ "key": key["id"] })).await;
        assert_eq!(uses.data()["apiKeyUses"]["nodes"], json!([{ "operation": null }]));
        let operator = crate::operator::operator(app).await.0;
        assert_eq!(problem(get(app, &operator, CSV).await).await.0, 403);
    }

    async fn rows_name_nobody_and_are_read_only_by_a_key_that_was_given_them(app: &App) {
        for _ in 0..6 {
            blijf::filed(app, Some("veilig")).await;
        }
        blijf::on_paper(app, "2026-03-02T07:00:00Z").await;
        let admin = "blijf-groep/admin";
        let path = "/exports/fact_complaint.ndjson";
        let token = app.token("blijf-groep", "admin").await;
        assert_eq!(problem(get(app, &token, path).await).await.1, "NOT_ALLOWED");
        let (figures, _) = secret_of(make(app, admin, json!({ "name": "Cijfers", "scopes": ["STATISTICS"] })).await);
        assert_eq!(problem(get(app, &figures, path).await).await.1, "NOT_ALLOWED");
        let key = json!({ "name": "Regels", "scopes": ["ROWS"], "isRowsAcknowledged": true });
        let (rows, _) = secret_of(make(app, admin, key).await);
        let read = async || -> Vec<Value> {
            let text = get(app, &rows, path).await.text().await.unwrap();
            assert!(!text.contains("Klager") && !text.contains("Petra"), "{text}");
            text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
        };
        let told = read().await;
        let by_form = told.iter().filter(|row| row["channel"] == "web_form").count();
        let few: Vec<&Value> = told.iter().filter(|row| row["channel"].is_null()).collect();
        assert!(by_form >= 6 && !few.is_empty(), "who wrote a letter is one of few: {told:#?}");
        assert!(few.iter().all(|row| row["is_suppressed"] == true && row["outcome"].is_string()), "{few:#?}");
        let ids = ask(app, admin, "{ complaints { nodes { id reference } } }", json!({})).await;
        let known = ids.body.to_string();
        assert!(told.iter().all(|row| !known.contains(row["complaint_key"].as_str().unwrap())));
        assert_eq!(read().await, told, "a row keeps its key");
        let terms = get(app, &rows, "/exports/fact_term.ndjson").await.text().await.unwrap();
        assert!(terms.lines().count() >= told.len() && told.iter().all(|row| terms.contains(row["complaint_key"].as_str().unwrap())));
    }

    async fn who_is_not_let_in_is_told_how_to_come_in(app: &App) {
        let (secret, key) = made(app, ADMIN).await;
        done(mutate(app, ADMIN, "revokeApiKey", json!({ "keyId": key["id"] }), "apiKey { id }").await);
        let mut told = Vec::new();
        for wrong in ["", &secret, "whk_", "geen.echt.token"] {
            for path in [CSV, "/exports/nergens.csv"] {
                let answer = get(app, wrong, path).await;
                let ways: Vec<_> = answer.headers().get_all("www-authenticate").iter().collect();
                assert_eq!(ways, ["Bearer", "Basic realm=\"wederhoor\", charset=\"UTF-8\""]);
                let (status, code, mut body) = problem(answer).await;
                assert_eq!((status, &*code), (401, "UNAUTHENTICATED"));
                body["requestId"] = Value::Null;
                told.push(body);
            }
        }
        assert!(told.iter().all(|one| *one == told[0]), "all are told the same: {told:#?}");
        let (secret, _) = made(app, ADMIN).await;
        let request = app.client.request(Method::GET, CSV).basic_auth("excel", Some(&secret));
        assert_eq!(request.send().await.unwrap().status(), 200);
        app.suspend("livp").await;
        assert_eq!(problem(get(app, &secret, CSV).await).await.1, "TENANT_SUSPENDED");
    }

    async fn what_there_is_not_is_said_clearly(app: &App) {
        let (secret, _) = made(app, ADMIN).await;
        for path in ["/exports/klagers.csv", "/exports/policy_versions.pdf", "/exports/policy_versions", "/exports/.csv", "/exports/%ff.csv"] {
            let (status, code, told) = problem(get(app, &secret, path).await).await;
            assert_eq!((status, &*code), (404, "NOT_FOUND"), "{path}");
            assert_eq!(told["formats"], json!(["csv", "ndjson", "xlsx", "parquet"]));
            assert!(told["datasets"].as_array().unwrap().contains(&json!("policy_versions")), "{told:#}");
        }
        for query in ["dialect=duits", "dialect=excel-nl&x=1", "limit=5"] {
            assert_eq!(problem(get(app, &secret, &format!("{CSV}?{query}")).await).await.0, 400, "{query}");
        }
        assert_eq!(problem(get(app, &secret, "/exports/policy_versions.xlsx?dialect=excel-nl").await).await.0, 400);
        let posted = asked(app, Method::POST, &secret, CSV, &[]).await;
        assert_eq!((header(&posted, "allow"), problem(posted).await.1), ("GET, HEAD".to_owned(), "METHOD_NOT_ALLOWED".to_owned()));
    }

    async fn excel_reads_a_dialect_of_its_own(app: &App) {
        let (secret, _) = made(app, ADMIN).await;
        let bytes = get(app, &secret, &format!("{CSV}?dialect=excel-nl")).await.bytes().await.unwrap();
        let text = String::from_utf8(bytes.to_vec()).unwrap();
        assert!(text.starts_with("\u{feff}policy_version;name_nl;") && text.contains(";ONWAAR\r\n"), "{text}");
    }

    async fn what_has_not_changed_is_not_sent_again(app: &App) {
        let (secret, _) = made(app, ADMIN).await;
        let first = get(app, &secret, CSV).await;
        let tag = header(&first, "etag");
        assert!(tag.starts_with("W/\""), "{tag}");
        let again = async |tag: &str| asked(app, Method::GET, &secret, CSV, &[("if-none-match", tag)]).await;
        let same = again(&format!("\"anders\", {tag}")).await;
        assert_eq!((same.status().as_u16(), header(&same, "etag")), (304, tag.clone()));
        assert!(same.bytes().await.unwrap().is_empty());
        assert_ne!(header(&get(app, &secret, "/exports/policy_versions.ndjson").await, "etag"), tag);
        publishes(app).await;
        let changed = again(&tag).await;
        assert_eq!(changed.status(), 200);
        assert_ne!(header(&changed, "etag"), tag);
    }

    async fn a_file_is_sent_compressed_where_that_is_taken_and_asked_after_without_it(app: &App) {
        let (secret, _) = made(app, ADMIN).await;
        for (taken, is_gzip) in [("gzip, br", true), ("br", false), ("gzip;q=0", false), ("gzip;x=1;Q=0.0", false), ("gzip; Q = 1", true), ("deflate, gzip;q=0.5", true)] {
            let answer = asked(app, Method::GET, &secret, CSV, &[("accept-encoding", taken)]).await;
            assert_eq!(header(&answer, "content-encoding") == "gzip", is_gzip, "{taken}");
            assert!(header(&answer, "vary").contains("accept-encoding"));
            let bytes = answer.bytes().await.unwrap();
            assert_eq!(bytes.starts_with(&[0x1f, 0x8b]), is_gzip, "{taken}");
        }
        let parquet = asked(app, Method::GET, &secret, "/exports/policy_versions.parquet", &[("accept-encoding", "gzip")]).await;
        assert_eq!(header(&parquet, "content-encoding"), "");
        let head = asked(app, Method::HEAD, &secret, CSV, &[]).await;
        assert_eq!((head.status().as_u16(), header(&head, "content-type")), (200, "text/csv; charset=utf-8; header=present".to_owned()));
        assert!(head.bytes().await.unwrap().is_empty());
    }

    async fn a_part_is_never_taken_for_the_whole_by_who_could_not_tell(app: &App) {
        let (secret, _) = made(app, ADMIN).await;
        let old = app.client.request(Method::GET, CSV).version(Version::HTTP_10).bearer_auth(&secret);
        let (status, _, told) = problem(old.send().await.unwrap()).await;
        assert!(status == 400 && told["detail"].as_str().unwrap().contains("HTTP/1.1"), "{told:#}");
    }

    async fn nobody_reads_more_than_four_files_at_a_time(app: &App) {
        many_versions(app).await;
        let (secret, _) = made(app, ADMIN).await;
        let mut slow = Vec::new();
        for _ in 0..4 {
            let client = Client::new(app.address);
            let begun = client.request(Method::GET, CSV).bearer_auth(&secret).send().await.unwrap();
            assert_eq!(begun.status(), 200);
            slow.push((client, begun));
        }
        let (status, code, _) = problem(get(app, &secret, CSV).await).await;
        assert_eq!((status, &*code), (429, "RATE_LIMITED"));
        let analyst = app.token("livp", "analist").await;
        assert_eq!(get(app, &analyst, CSV).await.status(), 200, "others read on");
        let (_client, whole) = slow.remove(0);
        whole.bytes().await.unwrap();
        let mut again = get(app, &secret, CSV).await;
        // Room is made when the last of it was sent, a moment after it came.
        for _ in 0..1_000 {
            if again.status() == 200 {
                break;
            }
            tokio::task::yield_now().await;
            again = get(app, &secret, CSV).await;
        }
        assert_eq!(again.status(), 200);
    }

    async fn a_key_that_is_revoked_during_a_stream_ends_it_visibly(app: &App) {
        many_versions(app).await;
        let (secret, key) = made(app, ADMIN).await;
        let whole = get(app, &secret, CSV).await;
        assert_eq!(header(&whole, "etag"), "", "what is not read yet has no version");
        let whole = whole.bytes().await.unwrap();
        assert_eq!(String::from_utf8_lossy(&whole).lines().count(), 1_502);
        // A connection of its own: one by which much was read lets as much come unasked.
        let slow = Client::new(app.address);
        let begun = slow.request(Method::GET, CSV).bearer_auth(&secret).send().await.unwrap();
        assert_eq!(begun.status(), 200);
        done(mutate(app, ADMIN, "revokeApiKey", json!({ "keyId": key["id"] }), "apiKey { id }").await);
        let told = begun.bytes().await;
        assert!(told.is_err(), "a part was taken for the whole: {} bytes", told.unwrap().len());
    }
}
