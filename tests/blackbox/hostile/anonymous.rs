//! Nobody in particular may file and come in, and nothing else.

use wederhoor_tests::{App, both};

use super::{
    attempt::{Outcome, attempt},
    ground::Ground,
    input::{asked, fill},
};

/// What anyone may do, for an organisation by its name in addresses.
pub(super) const FOR_ANYONE: [&str; 9] = [
    "acceptInvitation",
    "acceptOperatorInvitation",
    "fileComplaint",
    "redeemAccessLink",
    "refreshSession",
    "requestAccessLink",
    "requestPasswordReset",
    "resetPassword",
    "signIn",
];
/// What anyone may ask and get something.
const SHOWN_TO_ANYONE: [&str; 1] = ["organisation"];

both! {
    async fn nobody_in_particular_may_do_no_more_than_file_and_come_in(app: &App) {
        let ground = Ground::small(app).await;
        let ids = &ground.tenants["livp"].ids;
        let mut open = Vec::new();
        let before = app.database.contents(&[]).await;
        for mutation in ground.schema.mutations() {
            if FOR_ANYONE.contains(&mutation.name.as_str()) {
                open.push(mutation.name.as_str());
                continue;
            }
            let input = fill(&ground.schema, ids, ground.schema.input_of(&mutation.name));
            for token in [None, Some("geen.echt.token"), Some(&*"x".repeat(5_000))] {
                let outcome = attempt(app, &ground.schema, token, &mutation.name, input.clone()).await;
                assert_eq!(outcome, Outcome::TopLevel("UNAUTHENTICATED".to_owned()), "{}", mutation.name);
            }
        }
        open.sort_unstable();
        assert_eq!(open, FOR_ANYONE);
        assert!(app.database.contents(&[]).await == before);
    }

    async fn nobody_in_particular_reads_no_more_than_what_is_public(app: &App) {
        let ground = Ground::small(app).await;
        let ids = &ground.tenants["livp"].ids;
        for query in ground.schema.questions() {
            let (document, variables) = asked(&ground.schema, ids, query);
            let answer = app.client.gql(None, &document, variables).await;
            let shown = &answer.body["data"][&query.name];
            let is_nothing = crate::hostile::foreign_ids::is_empty(shown);
            if SHOWN_TO_ANYONE.contains(&query.name.as_str()) {
                assert!(!is_nothing, "{}: {:#}", query.name, answer.body);
            } else {
                assert!(is_nothing, "{}: {:#}", query.name, answer.body);
                assert!(matches!(answer.code(), None | Some("UNAUTHENTICATED")), "{}: {:#}", query.name, answer.body);
            }
        }
    }
}
