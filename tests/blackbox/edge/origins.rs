//! Pages of others read what concerns organisations that list them, and nothing else.

use serde_json::{Value, json};
use wederhoor_tests::{
    App, both,
    raw::{post, request, send},
};

use crate::steps::{ask, codes, done, mutate};

const OF_LIVP: &str = "https://www.livp.example";
const OF_BLIJF: &str = "https://www.blijf-groep.example";

/// Whether a page of this origin may read the answer to a document.
async fn reads(app: &App, origin: &str, token: Option<&str>, document: &str) -> bool {
    let bearer = token.map(|token| format!("authorization: Bearer {token}\r\n"));
    let headers = format!("origin: {origin}\r\n{}", bearer.unwrap_or_default());
    let body = json!({ "query": document }).to_string();
    let told = send(app.address, &post(&headers, body.as_bytes())).await;
    assert!(
        !told.head.contains("access-control-allow-credentials"),
        "{}",
        told.head
    );
    assert!(!told.head.contains("allow-origin: *"), "{}", told.head);
    assert!(
        told.head
            .contains("vary: accept, accept-language, authorization, origin"),
        "{}",
        told.head
    );
    told.head
        .contains(&format!("access-control-allow-origin: {origin}\r\n"))
}

async fn preflight(app: &App, origin: &str) -> (u16, String) {
    let headers = format!(
        "origin: {origin}\r\naccess-control-request-method: POST\r\naccess-control-request-headers: authorization,content-type\r\n"
    );
    let told = send(app.address, &request("OPTIONS", "/graphql", &headers, b"")).await;
    (told.status, told.head + "\r\n")
}

fn of(slug: &str) -> String {
    format!("{{ organisation(slug: \"{slug}\") {{ name }} }}")
}

both! {
    async fn a_page_reads_what_concerns_who_lists_it_and_nothing_else(app: &App) {
        app.allow_origins("livp", &[OF_LIVP, "http://localhost:5173"]).await;
        app.allow_origins("blijf-groep", &[OF_BLIJF]).await;
        assert!(reads(app, OF_LIVP, None, &of("livp")).await);
        assert!(reads(app, "http://localhost:5173", None, &of("livp")).await);
        assert!(!reads(app, OF_LIVP, None, &of("blijf-groep")).await);
        assert!(!reads(app, OF_LIVP, None, &of("bestaat-niet")).await);
        let both = "{ a: organisation(slug: \"livp\") { name } b: organisation(slug: \"blijf-groep\") { name } }";
        assert!(!reads(app, OF_LIVP, None, both).await && !reads(app, OF_BLIJF, None, both).await);
        let (livp, blijf) = (app.token("livp", "admin").await, app.token("blijf-groep", "admin").await);
        let viewer = "{ viewer { name } }";
        assert!(reads(app, OF_LIVP, Some(&livp), viewer).await);
        assert!(!reads(app, OF_LIVP, Some(&blijf), viewer).await);
        assert!(!reads(app, OF_LIVP, Some(&livp), &of("blijf-groep")).await);
        assert!(!reads(app, OF_LIVP, Some(&blijf), &of("livp")).await);
        for document in ["{ no", "{ __typename }", "{ nothing }"] {
            assert!(reads(app, OF_LIVP, None, document).await, "nobody is concerned: {document}");
            assert!(!reads(app, "https://elders.example", None, document).await);
        }
        for origin in ["null", "*", "http://www.livp.example", "https://livp.example", "https://WWW.livp.example"] {
            assert!(!reads(app, origin, None, &of("livp")).await, "{origin}");
        }
    }

    async fn an_administrator_says_whose_pages_may_read(app: &App) {
        let listed = async || ask(app, "livp/admin", "{ allowedOrigins }", json!({})).await.data()["allowedOrigins"].clone();
        let allow = async |who: &str, origins: &[&str]| {
            mutate(app, who, "allowOrigins", json!({ "origins": origins }), "origins").await
        };
        assert_eq!(listed().await, json!([]));
        assert!(!reads(app, OF_LIVP, None, &of("livp")).await);
        let allowed = done(allow("livp/admin", &[OF_LIVP, "http://localhost:5173"]).await);
        assert_eq!(allowed["origins"], json!([OF_LIVP, "http://localhost:5173"]));
        assert_eq!(listed().await, allowed["origins"]);
        assert!(reads(app, OF_LIVP, None, &of("livp")).await, "at once, where it was said");
        assert!(!reads(app, OF_LIVP, None, &of("blijf-groep")).await);
        let refused = allow("livp/admin", &[OF_BLIJF, "https://Livp.example", "*"]).await;
        let at: Vec<&Value> = refused["userErrors"].as_array().unwrap().iter().map(|one| &one["field"]).collect();
        assert_eq!((codes(&refused), at), (vec!["MALFORMED"; 2], vec![&json!(["origins", "1"]), &json!(["origins", "2"])]));
        assert_eq!(codes(&allow("livp/admin", &[OF_LIVP; 21]).await), ["TOO_LONG_TEXT"]);
        assert_eq!(codes(&allow("livp/trainer2", &[OF_BLIJF]).await), ["NOT_ALLOWED"]);
        assert_eq!(listed().await, allowed["origins"], "nothing was done");
        done(allow("livp/admin", &[]).await);
        assert!(!reads(app, OF_LIVP, None, &of("livp")).await);
    }

    async fn what_lets_in_is_read_by_who_is_concerned(app: &App) {
        app.allow_origins("livp", &[OF_LIVP]).await;
        app.allow_origins("blijf-groep", &[OF_BLIJF]).await;
        let email = app.person("livp", "admin")["email"].clone();
        let password = wederhoor_server::demo::PASSWORD;
        for (slug, password) in [("livp", password), ("livp", "geraden"), ("blijf-groep", "geraden")] {
            let document = format!("mutation {{ signIn(input: {{ email: {email}, password: \"{password}\", organisation: \"{slug}\" }}) {{ session {{ accessToken }} }} }}");
            assert_eq!(reads(app, OF_LIVP, None, &document).await, slug == "livp", "{slug} {password}");
            assert_eq!(reads(app, OF_BLIJF, None, &document).await, slug != "livp", "{slug} {password}");
        }
        let alone = format!("mutation {{ signIn(input: {{ email: {email}, password: \"{password}\" }}) {{ session {{ accessToken }} }} }}");
        assert!(reads(app, OF_LIVP, None, &alone).await && !reads(app, OF_BLIJF, None, &alone).await);
    }

    async fn a_browser_is_told_before_it_sends(app: &App) {
        let (status, head) = preflight(app, OF_LIVP).await;
        assert_eq!(status, 405, "nobody lists it");
        assert!(!head.contains("access-control"), "{head}");
        app.allow_origins("livp", &[OF_LIVP]).await;
        let (status, head) = preflight(app, OF_LIVP).await;
        assert_eq!(status, 204);
        for said in [
            "access-control-allow-origin: https://www.livp.example\r\n",
            "access-control-allow-methods: get, post\r\n",
            "access-control-allow-headers: accept, accept-language, authorization, content-type, idempotency-key\r\n",
            "vary: origin",
        ] {
            assert!(head.contains(said), "{said}: {head}");
        }
        assert!(!head.contains("credentials"), "{head}");
        assert_eq!(preflight(app, "https://elders.example").await.0, 405);
        app.allow_origins("livp", &[]).await;
        assert_eq!(preflight(app, OF_LIVP).await.0, 405);
    }
}
