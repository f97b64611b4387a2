//! Reports whether the time of an answer betrays what may not be known: what exists and is hidden beside what does not
//! exist, turn by turn, with the ratio of their medians:
//! `scripts/postgres.sh cargo run --release -p wederhoor-tests --example hidden`. Passwords are hashed at the cost that a
//! real server has. A ratio near 1 betrays nothing; what else the machine does makes it tremble, so it prints the load.

#![recursion_limit = "256"]

use std::time::{Duration, Instant};

use serde_json::{Value, json};
use wederhoor_server::config::PasswordConfig;
use wederhoor_tests::{App, Fixture, Kind, START, on_both};

/// How often each of a pair is asked, and how often of those that hash a password.
const TIMES: usize = 600;
const HASHED: usize = 60;

fn main() {
    on_both(report);
}

/// The same asked of two things, of which the first is there.
struct Pair {
    what: &'static str,
    document: &'static str,
    there: Value,
    not_there: Value,
    times: usize,
}

async fn report(kind: Kind) {
    let app = App::start_adjusted(kind, |setup| setup.password = PasswordConfig::USUAL).await;
    let trainer = app.token("livp", "trainer1").await;
    for pair in pairs(&app).await {
        let (mut there, mut not_there) = (Vec::new(), Vec::new());
        for _ in 0..pair.times {
            there.push(asked(&app, &trainer, pair.document, &pair.there).await);
            not_there.push(asked(&app, &trainer, pair.document, &pair.not_there).await);
        }
        let (there, not_there) = (median(there), median(not_there));
        println!(
            "{kind:?}: {}: {:.2} ms where it is there, {:.2} ms where it is not, ratio {:.2}",
            pair.what,
            there * 1e3,
            not_there * 1e3,
            there / not_there
        );
    }
    app.tear_down().await;
}

/// Of a complaint about the course of the trainer who asks, of an account, and of a party.
async fn pairs(app: &App) -> [Pair; 6] {
    let (id, reference) = registered(app).await;
    // Who signed in once has a password that is hashed at the cost of now.
    app.token("livp", "trainer2").await;
    let absent = format!("{}AAAAAAA{}", &id[..15], &id[22..]);
    let of = |id: &str| json!({ "id": id });
    let held = |id: &str| json!({ "input": { "complaintId": id, "reason": "Zomaar." } });
    let email = |key: &str| app.person("livp", key)["email"].clone();
    let entered = |email: Value| json!({ "input": { "organisation": "livp", "email": email, "password": "dit is maar geraden" } });
    let reset = |email: Value| json!({ "input": { "organisation": "livp", "email": email } });
    let link = |email: &str| json!({ "input": { "organisation": "livp", "reference": reference, "email": email } });
    let nobody = json!("niemand@personen.example");
    [
        Pair {
            what: "a complaint about one's own course",
            document: "query($id: ID!) { complaint(id: $id) { id reference } }",
            there: of(&id),
            not_there: of(&absent),
            times: TIMES,
        },
        Pair {
            what: "its reference, in a list",
            document: "query($reference: String!) { complaints(filter: { reference: $reference }) { totalCount nodes { id } } }",
            there: json!({ "reference": reference }),
            not_there: json!({ "reference": "LIVP-2026-9999" }),
            times: TIMES,
        },
        Pair {
            what: "an act in it",
            document: "mutation($input: PlaceLegalHoldInput!) { placeLegalHold(input: $input) { userErrors { code } } }",
            there: held(&id),
            not_there: held(&absent),
            times: TIMES,
        },
        Pair {
            what: "an account, by a wrong password",
            document: "mutation($input: SignInInput!) { signIn(input: $input) { userErrors { code } } }",
            there: entered(email("trainer2")),
            not_there: entered(nobody.clone()),
            times: HASHED,
        },
        Pair {
            what: "an account, by a request for another password",
            document: "mutation($input: RequestPasswordResetInput!) { requestPasswordReset(input: $input) { isAccepted } }",
            there: reset(email("trainer2")),
            not_there: reset(nobody),
            times: TIMES,
        },
        Pair {
            what: "a party, by a request for a link, once five were sent",
            document: "mutation($input: RequestAccessLinkInput!) { requestAccessLink(input: $input) { isAccepted } }",
            there: link("petra@personen.example"),
            not_there: link("niemand@personen.example"),
            times: TIMES,
        },
    ]
}

/// A complaint: its id and its reference.
async fn registered(app: &App) -> (String, String) {
    let admin = app.token("livp", "admin").await;
    let input = json!({
        "channel": "EMAIL",
        "arrivedAt": START,
        "complainant": { "name": "Petra Proef", "email": "petra@personen.example", "telephone": "+31612345678" },
        "courseId": app.course("livp", "basis")["id"],
        "filedOn": "2026-03-02",
        "description": "Er kwam geen certificaat.",
    });
    let document = "mutation($input: RegisterComplaintInput!) { registerComplaint(input: $input) {
        complaint { id reference } userErrors { code message } } }";
    let input = json!({ "input": input });
    let answer = app.client.gql(Some(&admin), document, input).await;
    let complaint = &answer.data()["registerComplaint"]["complaint"];
    let word = |field: &str| {
        complaint[field]
            .as_str()
            .unwrap_or_else(|| panic!("{answer:?}"))
    };
    (word("id").to_owned(), word("reference").to_owned())
}

async fn asked(app: &App, token: &str, document: &str, variables: &Value) -> Duration {
    let begun = Instant::now();
    let answer = app
        .client
        .gql(Some(token), document, variables.clone())
        .await;
    let took = begun.elapsed();
    answer.data();
    took
}

/// In seconds.
fn median(mut took: Vec<Duration>) -> f64 {
    took.sort_unstable();
    took[took.len() / 2].as_secs_f64()
}
