//! What Prometheus reads: numbers of what is done and what waits, on a port of its own, in which nobody can be found.

use reqwest::Method;
use serde_json::json;
use wederhoor_tests::{App, LimitsConfig, Metered, Read, Stream, TriesConfig, Way, both};

use crate::steps::{Case, form};

/// What nobody's number may be called by: names, addresses, organisations, and what a client made up.
const NOWHERE: [&str; 8] = [
    "livp",
    "blijf",
    "@",
    "Jansen",
    "jansen",
    "127.0.0.1",
    "Karin",
    "geraden",
];

fn operation(name: &str, code: &str) -> String {
    format!("wederhoor_operations_total{{operation=\"{name}\",code=\"{code}\"}}")
}

/// Asks as nobody, or with a token.
async fn ask(at: &Metered, token: Option<&str>, document: &str) {
    at.client.gql(token, document, json!({})).await;
}

/// Tries passwords.
async fn guess(at: &Metered, times: usize) {
    let document =
        "mutation($input: SignInInput!) { signIn(input: $input) { userErrors { code } } }";
    for _ in 0..times {
        let input = json!({ "email": "kees@personen.example", "password": "geraden geraden geraden", "organisation": "livp" });
        let answer = at
            .client
            .gql(None, document, json!({ "input": input }))
            .await;
        assert_eq!(answer.status, 200, "{:#}", answer.body);
    }
}

fn nobody_is_named(read: &Read) {
    for word in NOWHERE {
        assert!(!read.text.contains(word), "{word}:\n{}", read.text);
    }
}

both! {
    async fn what_is_done_is_counted_by_names_of_the_program_and_by_no_others(app: &App) {
        let limits = LimitsConfig { tries: Some(TriesConfig::default()), ..LimitsConfig::OFF };
        let at = app.metered(false, |setup| setup.limits = limits).await;
        let token = app.token("livp", "admin").await;
        ask(&at, Some(&token), "query JanJansen { viewer { __typename } }").await;
        ask(&at, None, "{ jansen: viewer { __typename } viewer { __typename } }").await;
        for unknown in ["{ jansen }", "{ __typename }"] {
            ask(&at, None, unknown).await;
        }
        ask(&at, None, "{ viewer { __typename } organisation(slug: \"livp\") { name } }").await;
        ask(&at, None, "{ jansen(").await;
        guess(&at, 12).await;
        at.client.request(Method::GET, "/jansen").send().await.unwrap();
        let of_complaint = "subscription { workQueueChanged { nodes { __typename } } }";
        let mut stream = Stream::open(&at.client, Way::Events, Some(&token), of_complaint, &json!({})).await.unwrap();
        stream.told().await;
        let read = at.read().await;
        nobody_is_named(&read);
        for (name, least, most) in [
            (operation("viewer", "OK"), 2.0, 2.0),
            (operation("other", "BAD_REQUEST"), 1.0, 1.0),
            (operation("other", "OK"), 1.0, 1.0),
            (operation("several", "OK"), 1.0, 1.0),
            (operation("signIn", "OK"), 1.0, 12.0),
            (operation("workQueueChanged", "OK"), 1.0, 1.0),
            ("wederhoor_refused_requests_total{code=\"BAD_REQUEST\"}".to_owned(), 1.0, 1.0),
            ("wederhoor_http_requests_total{route=\"other\",status=\"404\"}".to_owned(), 1.0, 1.0),
            ("wederhoor_sign_ins_total{outcome=\"refused\"}".to_owned(), 10.0, 10.0),
            ("wederhoor_sign_ins_total{outcome=\"held_up\"}".to_owned(), 2.0, 2.0),
            ("wederhoor_limits_hit_total{limit=\"tries\"}".to_owned(), 2.0, 2.0),
            ("wederhoor_limits_hit_total{limit=\"source\"}".to_owned(), 0.0, 0.0),
            ("wederhoor_operation_duration_seconds_count{operation=\"viewer\"}".to_owned(), 2.0, 2.0),
            ("wederhoor_operation_statements_sum{operation=\"viewer\"}".to_owned(), 1.0, 20.0),
            ("wederhoor_operation_statements_sum{operation=\"workQueueChanged\"}".to_owned(), 2.0, 30.0),
            ("wederhoor_streams".to_owned(), 1.0, 1.0),
            ("wederhoor_ready".to_owned(), 1.0, 1.0),
            ("wederhoor_database_connections_max".to_owned(), 8.0, 9.0),
            ("wederhoor_database_connections{state=\"idle\"}".to_owned(), 1.0, 9.0),
            ("wederhoor_due_work_stuck{}".to_owned(), 0.0, 0.0),
        ] {
            let found = read.get(&name).unwrap_or_else(|| panic!("{name}\n{}", read.text));
            assert!((least..=most).contains(&found), "{name} {found}");
        }
        let statements = read.get("wederhoor_sql_statements_total").unwrap();
        let sums: f64 = ["viewer", "other", "several", "signIn", "workQueueChanged"]
            .iter()
            .map(|name| read.get(&format!("wederhoor_operation_statements_sum{{operation=\"{name}\"}}")).unwrap())
            .sum();
        assert!(sums > 0.0 && sums <= statements, "{sums} of {statements}");
        drop(stream);
        at.becomes(|read| read.get("wederhoor_streams") == Some(0.0)).await;
        at.stop().await;
    }

    async fn what_waits_is_counted_of_all_organisations_together_where_somebody_works(app: &App) {
        Case::filed(app, "", form(app, "livp", Some("basis"))).await;
        app.sweep().await;
        app.database.execute("UPDATE outbox SET undelivered_at = due_at").await;
        app.time_passes_until("2026-05-04T08:00:00Z");
        let apart = app.metered(false, |_| {}).await;
        let read = apart.read().await;
        let late = read.get("wederhoor_outbox_oldest_seconds{}");
        assert_eq!(late, Some(0.0), "{}", read.text);
        let begun = |read: &Read| read.get("wederhoor_worker_idle_seconds{}") >= Some(1.0);
        // Where no worker ever worked, too, it shows for how long none has.
        apart.becomes(begun).await;
        assert_eq!(read.get("wederhoor_deadlines_overdue{}"), None, "one that works counts them");
        let works = app.metered(true, |_| {}).await;
        let is_counted = |read: &Read| read.get("wederhoor_deadlines_overdue{}").is_some();
        let read = works.becomes(is_counted).await;
        assert!(read.get("wederhoor_deadlines_overdue{}") >= Some(1.0), "{}", read.text);
        assert!(read.get("wederhoor_letters_undelivered{}") >= Some(1.0), "{}", read.text);
        let has_worked = |read: &Read| {
            read.get("wederhoor_due_work_total{outcome=\"done\"}") >= Some(1.0)
                && read.get("wederhoor_letters_total{fate=\"sent\"}") >= Some(1.0)
                && read.get("wederhoor_worker_idle_seconds{}").is_some()
        };
        nobody_is_named(&works.becomes(has_worked).await);
        works.stop().await;
        let told = |read: &Read| read.get("wederhoor_worker_idle_seconds{}") < Some(60.0);
        apart.becomes(told).await;
        apart.stop().await;
    }

    async fn what_is_not_known_is_no_number(app: &App) {
        let at = app.metered(false, |_| {}).await;
        app.database.execute("ALTER TABLE due_work RENAME TO elsewhere").await;
        let read = at.becomes(|read| read.get("wederhoor_ready") == Some(0.0)).await;
        assert_eq!(read.get("wederhoor_database_writable{}"), None, "{}", read.text);
        assert_eq!(read.get("wederhoor_outbox_oldest_seconds{}"), None, "{}", read.text);
        assert_eq!(read.get("wederhoor_due_work_stuck{}"), None, "{}", read.text);
        app.database.execute("ALTER TABLE elsewhere RENAME TO due_work").await;
        let read = at.becomes(|read| read.get("wederhoor_ready") == Some(1.0)).await;
        assert_eq!(read.get("wederhoor_outbox_oldest_seconds{}"), Some(0.0), "{}", read.text);
        assert_eq!(read.get("wederhoor_database_writable{}"), Some(1.0), "{}", read.text);
        at.stop().await;
    }

    async fn their_port_has_nothing_else_and_no_other_port_has_them(app: &App) {
        let at = app.metered(false, |_| {}).await;
        let asked = async |client: &wederhoor_tests::Client, method, path| {
            client.request(method, path).send().await.unwrap()
        };
        let answer = asked(&at.numbers, Method::GET, "/metrics").await;
        assert_eq!(answer.status(), 200);
        let media = "application/openmetrics-text; version=1.0.0; charset=utf-8";
        assert_eq!(answer.headers()["content-type"], media);
        assert_eq!(answer.headers()["cache-control"], "no-store");
        assert_eq!(answer.headers()["x-content-type-options"], "nosniff");
        assert!(answer.text().await.unwrap().ends_with("# EOF\n"));
        assert_eq!(asked(&at.numbers, Method::POST, "/metrics").await.status(), 405);
        for path in ["/graphql", "/readyz", "/livez", "/"] {
            assert_eq!(asked(&at.numbers, Method::GET, path).await.status(), 404, "{path}");
        }
        for client in [&at.client, &app.client] {
            assert_eq!(asked(client, Method::GET, "/metrics").await.status(), 404);
        }
        at.stop().await;
    }
}
