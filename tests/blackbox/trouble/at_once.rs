//! People who change the same things in the same moment: the rules hold for what both have done.

use serde_json::{Value, json};
use tokio::task::JoinSet;
use wederhoor_tests::{Answer, App, Fixture, Kind, both};

use crate::steps::{
    codes,
    livp::{LIVP, filed, member, train},
    mutation_document,
};

/// A demo that has two connections to its database.
struct Narrow(App);

impl Fixture for Narrow {
    async fn set_up(kind: Kind) -> Self {
        Self(App::start_adjusted(kind, |setup| setup.database.max_connections = 2).await)
    }

    async fn tear_down(self) {
        self.0.tear_down().await;
    }
}

/// Everything that reads by another connection than the list beside it does.
const SIDE_BY_SIDE: &str = "{
    complaints { totalCount nodes { reference } }
    viewer { name memberships(first: 1) { nodes { organisation roles waiting { totalCount } } } }
    members { totalCount }
    again: viewer { email }
}";

/// Sends these documents at once: by whom, what, and with which variables.
async fn at_once(app: &App, asked: Vec<(&str, String, Value)>) -> Vec<Answer> {
    let mut running = JoinSet::new();
    for (place, (who, document, variables)) in asked.into_iter().enumerate() {
        let token = if who.is_empty() {
            None
        } else {
            Some(app.token(LIVP, who).await)
        };
        let client = app.client.clone();
        running.spawn(async move {
            (
                place,
                client.gql(token.as_deref(), &document, variables).await,
            )
        });
    }
    let mut answers = running.join_all().await;
    answers.sort_by_key(|(place, _)| *place);
    answers.into_iter().map(|(_, answer)| answer).collect()
}

/// A member as they are, with other roles.
fn with_roles(app: &App, key: &str, roles: &Value) -> Value {
    let known = app.person(LIVP, key);
    json!({ "input": { "memberId": known["id"], "member": {
        "name": known["name"], "email": known["email"], "roles": roles, "locale": "NL",
    } } })
}

both! {
    async fn more_questions_than_connections_are_all_answered(narrow: &Narrow) {
        let app = &narrow.0;
        filed(app, Some("basis")).await;
        for _ in 0..4 {
            let asked = (0..20).map(|number| {
                (["admin", "trainer2", "arbiter", "klager"][number % 4], SIDE_BY_SIDE.to_owned(), json!({}))
            });
            for (number, answer) in at_once(app, asked.collect()).await.into_iter().enumerate() {
                // Whoever has no office is refused some of it, and that is all.
                let refused = answer.body["errors"].as_array().cloned().unwrap_or_default();
                let codes: Vec<&Value> = refused.iter().map(|error| &error["extensions"]["code"]).collect();
                assert!(codes.iter().all(|code| *code == "FORBIDDEN"), "{:#}", answer.body);
                assert!(number % 4 == 3 || codes.is_empty(), "{:#}", answer.body);
            }
        }
    }

    async fn more_invitations_than_connections_are_all_taken_up(narrow: &Narrow) {
        let app = &narrow.0;
        let people: Vec<String> = (0..12).map(|number| format!("nieuw{number}@livp.example")).collect();
        for email in &people {
            let member = json!({ "name": "Nieuw", "email": email, "roles": ["TRAINER"], "locale": "NL" });
            let document = mutation_document("inviteMember", "member { id }");
            let invited = app.ask("livp/admin", &document, json!({ "input": { "member": member } })).await;
            assert_eq!(codes(&invited.data()["inviteMember"]), [""; 0]);
        }
        let letters = app.letters().await;
        let accepted = people.iter().map(|email| {
            let letter = letters.iter().find(|one| one["to"] == email.as_str()).unwrap();
            let (_, rest) = letter["text"].as_str().unwrap().split_once("/invitation#livp.").unwrap();
            let token = rest.split_whitespace().next().unwrap();
            let input = json!({ "organisation": LIVP, "token": token, "password": "iedereen komt binnen" });
            ("", mutation_document("acceptInvitation", "session { expiresAt }"), json!({ "input": input }))
        });
        for answer in at_once(app, accepted.collect()).await {
            assert!(answer.body["data"]["acceptInvitation"]["session"].is_object(), "{:#}", answer.body);
        }
    }

    async fn of_those_who_are_invited_at_once_by_one_address_one_is(app: &App) {
        let invite = |number: usize| {
            let email = if number.is_multiple_of(2) { "samen@livp.example" } else { "Samen@Livp.example" };
            let member = json!({ "name": "Nieuw", "email": email, "roles": ["TRAINER"], "locale": "NL" });
            let who = ["admin", "admin2"][number % 2];
            (who, mutation_document("inviteMember", "member { id }"), json!({ "input": { "member": member } }))
        };
        let answers = at_once(app, (0..10).map(invite).collect()).await;
        let told: Vec<Vec<&str>> = answers.iter().map(|answer| codes(&answer.data()["inviteMember"])).collect();
        assert_eq!(told.iter().filter(|codes| codes.is_empty()).count(), 1, "{told:?}");
        assert!(told.iter().all(|codes| codes.is_empty() || codes == &["TAKEN"]), "{told:?}");
    }

    async fn administrators_who_take_each_other_out_of_office_leave_one(app: &App) {
        let document = mutation_document("changeMember", "member { id }");
        for _ in 0..6 {
            let out = |who, whom| (who, document.clone(), with_roles(app, whom, &json!(["ANALYST"])));
            at_once(app, vec![out("admin", "admin2"), out("admin2", "admin")]).await;
            let mut left = Vec::new();
            for key in ["admin", "admin2"] {
                let asked = app.ask(&format!("livp/{key}"), "{ viewer { roles } }", json!({})).await;
                if asked.data()["viewer"]["roles"].to_string().contains("ADMINISTRATOR") {
                    left.push(key);
                }
            }
            let [one] = left[..] else { panic!("in office: {left:?}") };
            let other = if one == "admin" { "admin2" } else { "admin" };
            let back = with_roles(app, other, &json!(["ADMINISTRATOR"]));
            let back = app.ask(&format!("livp/{one}"), &document, back).await;
            assert_eq!(codes(&back.data()["changeMember"]), [""; 0]);
        }
    }

    async fn l04_who_is_appointed_while_they_join_the_trainers_does_not_handle_it(app: &App) {
        let known = app.course(LIVP, "basis");
        let written = json!({
            "title": known["title"], "sessionDays": [known["endsOn"]],
            "trainerIds": [member(app, "trainer1"), member(app, "trainer2")],
        });
        let joins = json!({ "input": { "courseId": known["id"], "course": written } });
        for _ in 0..3 {
            train(app, "basis", &["trainer1"]).await;
            appointed_while(app, "changeCourse", "course { id }", &joins).await;
        }
    }

    async fn l04_who_is_appointed_while_they_lose_their_role_does_not_handle_it(app: &App) {
        for _ in 0..3 {
            let own = app.person(LIVP, "trainer2")["roles"].as_array().unwrap();
            let own: Vec<String> = own.iter().map(|role| role.as_str().unwrap().to_uppercase()).collect();
            let document = mutation_document("changeMember", "member { id }");
            app.ask("livp/admin2", &document, with_roles(app, "trainer2", &json!(own))).await;
            appointed_while(app, "changeMember", "member { id }", &with_roles(app, "trainer2", &json!([]))).await;
        }
    }
}

/// An administrator appoints trainer 2 to a new complaint while the other does something by which they must not have it.
/// Whatever comes first, in the end they do not.
async fn appointed_while(app: &App, mutation: &str, shown: &str, change: &Value) {
    let case = filed(app, Some("basis")).await;
    for statement in slow_events(app.database.kind) {
        app.database.execute(statement).await;
    }
    let appointed =
        json!({ "input": { "complaintId": case.id, "memberId": member(app, "trainer2") } });
    let answers = at_once(
        app,
        vec![
            ("admin", mutation_document("assignDecider", ""), appointed),
            ("admin2", mutation_document(mutation, shown), change.clone()),
        ],
    )
    .await;
    if app.database.kind == Kind::Postgres {
        app.database.execute("DROP FUNCTION slow CASCADE").await;
    }
    assert_eq!(codes(&answers[1].data()[mutation]), [""; 0]);
    let told = codes(&answers[0].data()["assignDecider"]);
    assert_eq!(case.now().await["handler"], Value::Null, "{told:?}");
}

/// Events take their time to be written, so that what goes on beside them comes in between. SQLite has one writer.
fn slow_events(kind: Kind) -> &'static [&'static str] {
    match kind {
        Kind::Postgres => &[
            "CREATE FUNCTION slow() RETURNS trigger LANGUAGE plpgsql AS \
                'BEGIN PERFORM pg_sleep(0.4); RETURN new; END'",
            "CREATE TRIGGER slow BEFORE INSERT ON complaint_event FOR EACH STATEMENT EXECUTE FUNCTION slow()",
        ],
        Kind::Sqlite => &[],
    }
}
