//! Operators of the platform: how they come to be, what they do, and what they never see.

mod decrees;
mod deletion;
mod doings;
mod identity;

use serde_json::{Value, json};
use wederhoor_server::demo::PASSWORD;
use wederhoor_tests::App;

use crate::{
    edge::set_up_second_factor,
    steps::{done, mutate},
};

/// The address of the operator of these tests.
pub(crate) const EMAIL: &str = "wachter@platform.example";

/// An operator who was invited, and has no second factor yet: an access token.
pub(crate) async fn newcomer(app: &App) -> String {
    let url = app.invite_operator(EMAIL).await;
    let (_, token) = url.split_once("/operator#").unwrap();
    let input = json!({ "token": token, "password": PASSWORD });
    let shown = "session { accessToken refreshToken }";
    let accepted = done(mutate(app, "", "acceptOperatorInvitation", input, shown).await);
    assert_eq!(accepted["session"]["refreshToken"], Value::Null);
    accepted["session"]["accessToken"]
        .as_str()
        .unwrap()
        .to_owned()
}

/// An operator at work: an access token, and the codes for when they lose their factor.
pub(crate) async fn operator(app: &App) -> (String, Vec<String>) {
    let token = newcomer(app).await;
    let (_, recovery) = set_up_second_factor(app, &token).await;
    (token, recovery)
}

/// What signs the operator in.
fn sign_in(code: Option<&str>) -> Value {
    json!({ "email": EMAIL, "password": PASSWORD, "code": code })
}

/// The organisations as the operator sees them.
pub(crate) async fn tenants(app: &App, token: &str) -> Vec<Value> {
    let document = "{ tenants { totalCount nodes { slug name status statusReason createdAt loginCount deletionAskedAt deletionDueAt } } }";
    let answer = app.client.gql(Some(token), document, json!({})).await;
    let tenants = &answer.data()["tenants"];
    let nodes = tenants["nodes"].as_array().unwrap().clone();
    assert_eq!(tenants["totalCount"], nodes.len());
    nodes
}

/// Everybody showed who they are more than 15 minutes ago.
pub(crate) async fn a_while_passes(app: &App) {
    let earlier = match app.database.kind {
        wederhoor_tests::Kind::Postgres => "now() - interval '15 minutes'",
        wederhoor_tests::Kind::Sqlite => "strftime('%Y-%m-%dT%H:%M:%f000Z', 'now', '-15 minutes')",
    };
    let earlier = format!("UPDATE operator_session SET authenticated_at = {earlier}");
    app.database.execute(&earlier).await;
}
