//! Every mutation that takes an idempotency key keeps to it: the first answer again, once done, and no other request
//! under the same key.

use serde_json::{Value, json};
use wederhoor_tests::{App, both};

use crate::steps::{Case, codes, done, letter, livp::member, mutate, printed};

/// What the administration does, once each: the mutation, its input, what it shows, and an input that is another request.
struct Deed {
    mutation: &'static str,
    input: Value,
    shown: &'static str,
    other: Value,
}

impl Deed {
    fn new(mutation: &'static str, shown: &'static str, input: Value, other: Value) -> Self {
        Self {
            mutation,
            input,
            shown,
            other,
        }
    }

    async fn sent(&self, app: &App, input: &Value) -> Value {
        let mut input = input.clone();
        input["idempotencyKey"] = json!(format!("sleutel-{}", self.mutation));
        mutate(app, "livp/admin", self.mutation, input, self.shown).await
    }
}

/// These let somebody in, and what they answer is a secret that is kept nowhere; or out, which is done once anyhow; or keep
/// organisations, each of which is made once, by its name, and on hold or not; or enter the days of decrees, each once; or let
/// work be tried, which is done once anyhow.
const WITHOUT_KEY: [&str; 26] = [
    "acceptInvitation",
    "acceptOperatorInvitation",
    "allowSenders",
    "confirmIdentity",
    "confirmSecondFactor",
    "createTenant",
    "decreeEquatedDays",
    "deleteTenant",
    "makeApiKey",
    "makeBounceKey",
    "makeCalendarFeed",
    "redeemAccessLink",
    "refreshSession",
    "removeSecondFactor",
    "requestAccessLink",
    "requestPasswordReset",
    "resetPassword",
    "resumeTenant",
    "retryStuckWork",
    "rotateApiKey",
    "signIn",
    "signOut",
    "signOutEverywhere",
    "startSecondFactor",
    "suspendTenant",
    "switchTenant",
];

both! {
    async fn what_the_administration_does_under_one_key_is_done_once(app: &App) {
        for deed in deeds(app).await {
            let first = done(deed.sent(app, &deed.input).await);
            let before = app.database.contents(&[]).await;
            assert_eq!(deed.sent(app, &deed.input).await, first, "{}", deed.mutation);
            let other = deed.sent(app, &deed.other).await;
            assert_eq!(codes(&other), ["IDEMPOTENCY_MISMATCH"], "{}", deed.mutation);
            assert!(app.database.contents(&[]).await == before, "{} was done twice", deed.mutation);
        }
    }

    async fn every_mutation_takes_a_key_but_those_that_let_in_or_out(app: &App) {
        let document = "{ __schema { mutationType { fields { name args { type { ofType { inputFields { name } } } } } } } }";
        let answer = app.client.gql(None, document, json!({})).await;
        let fields = answer.data()["__schema"]["mutationType"]["fields"].as_array().unwrap().clone();
        let takes_key = |field: &Value| {
            let inputs = field["args"][0]["type"]["ofType"]["inputFields"].as_array().unwrap();
            inputs.iter().any(|input| input["name"] == "idempotencyKey")
        };
        let mut without: Vec<&str> = fields.iter().filter(|field| !takes_key(field)).map(|field| field["name"].as_str().unwrap()).collect();
        without.sort_unstable();
        assert_eq!(without, WITHOUT_KEY);
    }

    async fn an_expected_version_is_part_of_the_request(app: &App) {
        let case = held(app).await;
        let version = case.now().await["version"].as_u64().unwrap();
        let hold = |expected: Option<u64>| json!({ "reason": "Er loopt een zaak.", "idempotencyKey": "v", "expectedVersion": expected });
        case.act("admin", "placeLegalHold", hold(Some(version))).await;
        case.act("admin", "placeLegalHold", hold(Some(version))).await;
        for other in [None, Some(version + 1)] {
            let told = case.attempt("admin", "placeLegalHold", hold(other)).await;
            assert_eq!(codes(&told), ["IDEMPOTENCY_MISMATCH"], "{other:?}");
        }
    }

    async fn an_address_is_part_of_the_request(app: &App) {
        let case = held(app).await;
        case.act("admin", "assignDecider", json!({ "memberId": member(app, "trainer2") })).await;
        let named = |email: &str| json!({ "contact": { "name": "Bo Buiten", "email": email }, "idempotencyKey": "wie" });
        case.act("trainer2", "nameRespondent", named("bo@personen.example")).await;
        case.act("trainer2", "nameRespondent", named("bo@personen.example")).await;
        let other = case.attempt("trainer2", "nameRespondent", named("bob@personen.example")).await;
        assert_eq!(codes(&other), ["IDEMPOTENCY_MISMATCH"]);
        assert_eq!(case.now().await["respondents"].as_array().unwrap().len(), 1);
    }

    async fn two_mutations_under_one_key_of_the_header_are_two_requests(app: &App) {
        let (one, two) = (held(app).await, held(app).await);
        let document = "mutation($one: PlaceLegalHoldInput!, $two: PlaceLegalHoldInput!) {
            een: placeLegalHold(input: $one) { complaint { version } userErrors { code } }
            twee: placeLegalHold(input: $two) { complaint { version } userErrors { code } } }";
        let hold = |case: &Case| json!({ "complaintId": case.id, "reason": "Er loopt een zaak." });
        let both = json!({ "one": hold(&one), "two": hold(&two) });
        let first = under_header(app, document, &both).await;
        for name in ["een", "twee"] {
            assert_eq!(first[name]["userErrors"], json!([]), "{first:#}");
        }
        let before = app.database.contents(&[]).await;
        assert_eq!(under_header(app, document, &both).await, first);
        let swapped = json!({ "one": hold(&two), "two": hold(&one) });
        let told = under_header(app, document, &swapped).await;
        assert_eq!(told["een"]["userErrors"][0]["code"], "IDEMPOTENCY_MISMATCH", "{told:#}");
        assert!(app.database.contents(&[]).await == before);
        assert!(one.now().await["isUnderLegalHold"] == true && two.now().await["isUnderLegalHold"] == true);
    }

    async fn a_key_is_kept_for_a_day_at_least_and_not_for_ever(app: &App) {
        let case = held(app).await;
        let hold = json!({ "reason": "Er loopt een zaak.", "idempotencyKey": "oud" });
        case.act("admin", "placeLegalHold", hold.clone()).await;
        let (a_day, a_week) = match app.database.kind {
            wederhoor_tests::Kind::Postgres => ("now() - interval '25 hours'", "now() - interval '7 days'"),
            wederhoor_tests::Kind::Sqlite => (
                "strftime('%Y-%m-%dT%H:%M:%f000Z', 'now', '-25 hours')",
                "strftime('%Y-%m-%dT%H:%M:%f000Z', 'now', '-7 days')",
            ),
        };
        app.database.execute(&format!("UPDATE idempotency SET created_at = {a_day}")).await;
        lifted(&case, "een").await;
        case.act("admin", "placeLegalHold", hold.clone()).await;
        assert_eq!(case.now().await["isUnderLegalHold"], false, "the first answer again");
        app.database.execute(&format!("UPDATE idempotency SET created_at = {a_week}")).await;
        case.act("admin", "placeLegalHold", json!({ "reason": "Nog een zaak.", "idempotencyKey": "nieuw" })).await;
        let keys = app.database.contents(&[]).await["idempotency"].len();
        assert_eq!(keys, 1, "what is old is forgotten");
    }
}

async fn held(app: &App) -> Case<'_> {
    let input = letter(app, "livp", Some("basis"), "EMAIL", wederhoor_tests::START);
    Case::registered(app, "livp", input).await
}

async fn lifted(case: &Case<'_>, key: &str) {
    let input = json!({ "reason": "Het is voorbij.", "idempotencyKey": key });
    case.act("admin", "liftLegalHold", input).await;
}

async fn under_header(app: &App, document: &str, variables: &Value) -> Value {
    let token = app.token("livp", "admin").await;
    let request = app
        .client
        .request(reqwest::Method::POST, "/graphql")
        .bearer_auth(&token);
    let body = json!({ "query": document, "variables": variables });
    let answer = request
        .header("idempotency-key", "samen")
        .json(&body)
        .send()
        .await;
    let told: Value = answer.unwrap().json().await.unwrap();
    told["data"].clone()
}

/// Each is done with what those before it left.
async fn deeds(app: &App) -> Vec<Deed> {
    let mut all = of_courses(app);
    all.extend(of_people(app).await);
    all.extend(of_settings());
    all.extend(of_letters(app).await);
    let case = held(app).await;
    let why = |reason: &str| json!({ "complaintIds": [case.id], "reason": reason });
    let shown = "complaints { id isUnderLegalHold }";
    let (one, other) = (why("Er loopt een zaak."), why("Er loopt nog een zaak."));
    all.push(Deed::new("placeLegalHolds", shown, one, other));
    let (one, other) = (why("Het is voorbij."), why("Het is echt voorbij."));
    all.push(Deed::new("liftLegalHolds", shown, one, other));
    let policy = |text: String| json!({ "document": { "text": text } });
    let livp = include_str!("../../../policies/livp.toml");
    let other = livp.replace("term = \"4 weeks\"", "term = \"6 weeks\"");
    all.push(Deed::new(
        "publishPolicy",
        "policy { id version }",
        policy(livp.to_owned()),
        policy(other),
    ));
    all
}

fn of_courses(app: &App) -> Vec<Deed> {
    let course = &app.course("livp", "basis")["id"];
    let about = |title: &str| json!({ "title": title, "sessionDays": ["2026-02-20"] });
    let add = |title: &str| json!({ "course": about(title) });
    let change = |title: &str| json!({ "courseId": course, "course": about(title) });
    let talk = |note: &str| json!({ "contactOn": "2026-02-27", "isInvited": true, "note": note });
    let day = |on: &str| json!({ "on": on });
    let (shown, told) = ("course { id title }", "informalContact { id note }");
    let (eve, before) = (day("2026-12-24"), day("2026-12-23"));
    vec![
        Deed::new("addCourse", shown, add("Nieuw"), add("Ander")),
        Deed::new("changeCourse", shown, change("Basis"), change("Ander")),
        Deed::new("addClosingDay", "closingDay", eve.clone(), before.clone()),
        Deed::new("removeClosingDay", "closingDay", eve, before),
        Deed::new(
            "recordInformalContact",
            told,
            talk("In de gang."),
            talk("Buiten."),
        ),
    ]
}

async fn of_people(app: &App) -> Vec<Deed> {
    let trainer = member(app, "trainer3");
    let person = |name: &str, email: &str| json!({ "name": name, "email": email, "roles": ["HANDLER"], "locale": "nl" });
    let invite = |name: &str| json!({ "member": person(name, "nieuw@personen.example") });
    let rename = |name: &str| json!({ "memberId": trainer, "member": person(name, "trainer3@livp.example") });
    let leave =
        |from: &str, until: &str| json!({ "memberId": trainer, "fromOn": from, "untilOn": until });
    let recorded = mutate(
        app,
        "livp/admin",
        "recordAbsence",
        leave("2026-08-01", "2026-08-31"),
        "absence { id }",
    );
    let absence = done(recorded.await)["absence"]["id"].clone();
    let cancel = |id: Value| json!({ "absenceId": id });
    let stand_in = |id: Value| json!({ "memberId": id });
    let (shown, away) = ("member { id name }", "absence { id untilOn }");
    vec![
        Deed::new(
            "inviteMember",
            shown,
            invite("Nia Nieuw"),
            invite("Nia Ander"),
        ),
        Deed::new(
            "recordAbsence",
            away,
            leave("2026-07-01", "2026-07-14"),
            leave("2026-07-01", "2026-07-15"),
        ),
        Deed::new(
            "cancelAbsence",
            "absenceId",
            cancel(absence.clone()),
            cancel(absent(&absence)),
        ),
        Deed::new(
            "nameStandIn",
            "standIn { member { id } }",
            stand_in(trainer.clone()),
            stand_in(Value::Null),
        ),
        Deed::new(
            "setSecondFactorRequired",
            "isRequired",
            json!({ "isRequired": false }),
            json!({ "isRequired": true }),
        ),
        Deed::new(
            "setLetterWording",
            "letterWording { kind }",
            json!({ "kind": "DECISION", "locale": "nl", "body": "{content}" }),
            json!({ "kind": "DECISION", "locale": "en", "body": "{content}" }),
        ),
        Deed::new(
            "resetLetterWording",
            "letterWording { kind }",
            json!({ "kind": "DECISION", "locale": "nl" }),
            json!({ "kind": "DECISION", "locale": "en" }),
        ),
        Deed::new(
            "changeMember",
            shown,
            rename("Tom Trainer"),
            rename("Tom Ander"),
        ),
    ]
}

/// What the organisation chooses for itself.
fn of_settings() -> Vec<Deed> {
    vec![
        Deed::new(
            "allowOrigins",
            "origins",
            json!({ "origins": ["https://www.livp.example"] }),
            json!({ "origins": [] }),
        ),
        Deed::new(
            "setContactDetails",
            "contact { telephone }",
            json!({ "telephone": "+31000000001" }),
            json!({}),
        ),
        Deed::new(
            "setMailSender",
            "mailSender { name }",
            json!({ "name": "Klachten LIVP" }),
            json!({}),
        ),
        Deed::new(
            "setRecurrenceWindow",
            "months",
            json!({ "months": 6 }),
            json!({ "months": 24 }),
        ),
        Deed::new(
            "setSuppressionThreshold",
            "smallestCount",
            json!({ "smallestCount": 6 }),
            json!({ "smallestCount": 7 }),
        ),
        Deed::new(
            "setReminderHour",
            "hour",
            json!({ "hour": 7 }),
            json!({ "hour": 9 }),
        ),
    ]
}

async fn of_letters(app: &App) -> Vec<Deed> {
    let (paper, shown) = (printed(app).await, "letter { id status }");
    let posted = |on: &str| json!({ "letterId": paper, "postedOn": on });
    let returned = |id: Value| json!({ "letterId": id });
    vec![
        Deed::new(
            "recordPosted",
            shown,
            posted("2026-03-02"),
            posted("2026-03-01"),
        ),
        Deed::new(
            "reportUndelivered",
            shown,
            returned(paper.clone()),
            returned(absent(&paper)),
        ),
        Deed::new(
            "resendLetter",
            shown,
            returned(paper.clone()),
            returned(absent(&paper)),
        ),
    ]
}

/// The id of nothing, of the same kind as this one.
fn absent(id: &Value) -> Value {
    json!(crate::hostile::absent(id.as_str().unwrap()))
}
