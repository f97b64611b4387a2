use std::path::Path;

use axum::{
    body::{Body, to_bytes},
    http::{Request, StatusCode, header},
    response::Response,
};
use tower::ServiceExt;

use super::{DIGEST, FILES, is_address_of_page, page, routes};

async fn text(answer: Response) -> String {
    let bytes = to_bytes(answer.into_body(), usize::MAX).await.unwrap();
    String::from_utf8(bytes.to_vec()).unwrap()
}

async fn get(path: &str) -> Response {
    let request = Request::get(path).body(Body::empty()).unwrap();
    routes().oneshot(request).await.unwrap()
}

#[tokio::test]
async fn whatever_the_page_loads_is_in_the_program_and_kept_for_ever() {
    let html = text(page("/graphql", false)).await;
    let loaded: Vec<_> = html
        .split('"')
        .filter(|part| part.starts_with('/') && *part != "/graphql")
        .collect();
    assert_eq!(loaded.len(), 2, "{html}");
    for path in loaded {
        let answer = get(path).await;
        assert_eq!(answer.status(), StatusCode::OK, "{path}");
        assert_eq!(answer.headers()[header::CONTENT_ENCODING], "gzip");
        let kept = answer.headers()[header::CACHE_CONTROL].to_str().unwrap();
        assert!(kept.contains("immutable"), "{kept}");
    }
    assert!(
        !html.contains("://"),
        "nothing comes from elsewhere: {html}"
    );
    for path in [
        "/graphiql/0000000000000000/graphiql.js".to_owned(),
        format!("/graphiql/{DIGEST}/digest"),
    ] {
        assert_eq!(get(&path).await.status(), StatusCode::NOT_FOUND, "{path}");
    }
}

#[test]
fn every_built_file_is_served() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/graphiql/dist");
    let names = std::fs::read_dir(folder).unwrap();
    let mut built: Vec<_> = names
        .filter_map(|entry| entry.unwrap().file_name().into_string().ok())
        .filter_map(|name| name.strip_suffix(".gz").map(str::to_owned))
        .collect();
    let mut served: Vec<_> = FILES.iter().map(|(name, ..)| (*name).to_owned()).collect();
    built.sort_unstable();
    served.sort_unstable();
    assert_eq!(built, served);
}

#[tokio::test]
async fn only_the_demo_asks_as_its_people() {
    assert!(text(page("/graphql", true)).await.contains("data-demo"));
    assert!(!text(page("/graphql", false)).await.contains("demo"));
}

#[test]
fn an_address_with_a_query_of_graphql_is_not_the_page() {
    let is_page = |address: &'static str| is_address_of_page(&address.parse().unwrap());
    assert!(is_page("/graphql") && is_page("/graphql?as=livp/admin"));
    assert!(!is_page("/graphql?query=%7Bviewer%7Bname%7D%7D"));
}
