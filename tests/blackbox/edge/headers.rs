//! What every answer tells browsers, and what none does.

use reqwest::{Method, header::HeaderMap};
use serde_json::json;
use wederhoor_tests::{
    App, both,
    raw::{post, request, send},
};

/// The headers of what is at an address.
async fn headers(app: &App, path: &str, accept: &str) -> HeaderMap {
    let asked = app
        .client
        .request(Method::GET, path)
        .header("accept", accept);
    asked.send().await.unwrap().headers().clone()
}

both! {
    async fn every_answer_is_shown_in_no_frame_guessed_at_and_told_of_by_no_browser(app: &App) {
        let style = "/demo/style.css";
        for (path, accept) in [
            ("/graphql?query=%7B__typename%7D", "application/json"),
            ("/graphql?query=%7Bno", "application/json"),
            ("/graphql", "text/html"),
            ("/", "text/html"),
            ("/access", "text/html"),
            ("/nergens", "application/json"),
            ("/.well-known/jwks.json", "*/*"),
            (style, "text/css"),
            ("/demo/people.json", "*/*"),
        ] {
            let headers = headers(app, path, accept).await;
            let said = |name: &str| headers[name].to_str().unwrap().to_owned();
            assert!(said("content-security-policy").contains("frame-ancestors 'none'"), "{path}");
            assert!(path == style || said("content-security-policy").contains("default-src 'none'"), "{path}");
            assert_eq!(said("x-content-type-options"), "nosniff", "{path}");
            assert_eq!(said("referrer-policy"), "no-referrer", "{path}");
            assert_eq!(said("cross-origin-opener-policy"), "same-origin", "{path}");
            assert_eq!(said("cross-origin-resource-policy"), "same-origin", "{path}");
            assert_eq!(said("strict-transport-security"), "max-age=31536000; includeSubDomains", "{path}");
            assert!(headers.contains_key("cache-control"), "{path}");
            assert!(headers.get("set-cookie").is_none(), "{path}");
            assert!(!path.starts_with("/graphql?") || said("cache-control") == "no-store", "{path}");
        }
    }

    async fn no_answer_to_who_comes_in_sets_a_cookie_and_none_that_is_sent_lets_in(app: &App) {
        let email = &app.person("livp", "admin")["email"];
        let password = wederhoor_server::demo::PASSWORD;
        let sign_in = format!("mutation {{ signIn(input: {{ email: {email}, password: \"{password}\", organisation: \"livp\" }}) {{ session {{ accessToken }} }} }}");
        let told = send(app.address, &post("", json!({ "query": sign_in }).to_string().as_bytes())).await;
        let token = told.body["data"]["signIn"]["session"]["accessToken"].as_str().unwrap();
        assert!(!told.head.contains("set-cookie"), "{}", told.head);
        assert!(told.head.contains("cache-control: no-store"), "{}", told.head);
        let body = json!({ "query": "{ viewer { name } }" }).to_string();
        let cookies = format!("cookie: authorization=Bearer {token}; token={token}; session={token}\r\n");
        let told = send(app.address, &post(&cookies, body.as_bytes())).await;
        assert_eq!(told.body["data"]["viewer"], json!(null));
    }

    async fn a_refusal_before_the_schema_says_it_too(app: &App) {
        let told = send(app.address, &request("PUT", "/graphql", "content-length: 0\r\n", b"")).await;
        assert_eq!(told.status, 405);
        assert!(told.head.contains("x-content-type-options: nosniff"), "{}", told.head);
    }
}
