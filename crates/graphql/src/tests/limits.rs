use async_graphql::Request;

use crate::{Limits, schema};

async fn errors(limits: Limits, document: &str) -> Vec<(String, Option<String>)> {
    let response = schema(limits).execute(Request::new(document)).await;
    let code = |error: &async_graphql::ServerError| {
        let code = error
            .extensions
            .as_ref()
            .and_then(|extensions| extensions.get("code").cloned());
        code.and_then(|code| code.into_json().ok())
            .and_then(|code| code.as_str().map(str::to_owned))
    };
    response
        .errors
        .iter()
        .map(|error| (error.message.clone(), code(error)))
        .collect()
}

#[tokio::test]
async fn a_page_counts_as_often_as_it_may_have_rows() {
    let cheap = "{ complaints(first: 1) { nodes { reference } } }";
    let response = schema(Limits::default()).execute(Request::new(cheap)).await;
    let cost = response
        .extensions
        .get("cost")
        .unwrap()
        .clone()
        .into_json()
        .unwrap();
    assert_eq!(cost["requested"], 252);

    let dear = "{ complaints(first: 100) { nodes { deadlines { derivation { passedOver { on reason holiday } text } } entries { number kind text effectiveAt registeredAt outcome finding } rounds { instance name openedAt deciders { id name } hearings { outcome attempts party { kind number name } } } availableActions { action isAllowed refusal { code message article { citation text isHouseRule } } } letters { id kind subject } } } }";
    let refused = errors(Limits::default(), dear).await;
    assert_eq!(
        refused,
        [(
            "Het document is te omvangrijk.".to_owned(),
            Some("TOO_COMPLEX".to_owned())
        )]
    );
}

#[tokio::test]
async fn what_is_nested_too_deep_is_refused() {
    let limits = Limits {
        depth: 2,
        ..Limits::default()
    };
    let refused = errors(limits, "{ viewer { memberships { nodes { name } } } }").await;
    assert_eq!(
        refused,
        [(
            "Het document is te diep genest.".to_owned(),
            Some("TOO_COMPLEX".to_owned())
        )]
    );
}

#[tokio::test]
async fn a_field_that_does_not_exist_is_a_bad_request() {
    let refused = errors(Limits::default(), "{ nothing }").await;
    assert_eq!(refused.len(), 1);
    assert_eq!(refused[0].1.as_deref(), Some("BAD_REQUEST"));
}

#[tokio::test]
async fn the_usual_introspection_fits() {
    let document = "{ __schema { types { kind name description fields { name description args { name description type { name kind ofType { name kind ofType { name kind ofType { name } } } } } type { name kind ofType { name kind ofType { name kind ofType { name } } } } } inputFields { name description } enumValues { name description } possibleTypes { name } } } }";
    assert_eq!(errors(Limits::default(), document).await, []);
}
