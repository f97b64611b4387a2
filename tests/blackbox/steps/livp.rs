//! Steps of LIVP: the administration appoints trainer 2 where trainer 1 trained the course.

use serde_json::{Map, Value, json};
use wederhoor_tests::App;

use super::{Case, ask, done, form, mutate};

/// Where.
pub(crate) const LIVP: &str = "livp";

/// Where the complainant of these steps reads letters.
pub(crate) const COMPLAINANT: &str = "klager@livp.example";

/// What the handler proposes first.
pub(crate) const TEXT: &str =
    "De trainer biedt excuses aan en de deelnemer krijgt een nieuwe plaats.";

/// The id of somebody of LIVP.
pub(crate) fn member(app: &App, key: &str) -> Value {
    app.person(LIVP, key)["id"].clone()
}

/// The address of somebody of LIVP.
pub(crate) fn mail(key: &str) -> String {
    format!("{key}@livp.example")
}

/// Somebody of LIVP with another address or office.
pub(crate) fn member_input(app: &App, key: &str, email: &str, role: &str) -> Value {
    let known = app.person(LIVP, key);
    let written = json!({ "name": known["name"], "email": email, "roles": [role], "locale": "NL" });
    json!({ "memberId": known["id"], "member": written })
}

/// The form of somebody with a login, who can be reached where they sign in.
pub(crate) fn own_form(app: &App, course: Option<&str>) -> Value {
    let mut form = form(app, LIVP, course);
    form["complainant"]["email"] = json!(COMPLAINANT);
    form
}

/// A complaint by somebody with a login, about a course or about none.
pub(crate) async fn filed<'a>(app: &'a App, course: Option<&str>) -> Case<'a> {
    Case::filed(app, "livp/klager", own_form(app, course)).await
}

/// A complaint about a course, that the administration of these steps may not find: `finder` does.
pub(crate) async fn filed_for<'a>(app: &'a App, course: &str, finder: &str) -> Case<'a> {
    let form = own_form(app, Some(course));
    let payload = done(
        mutate(
            app,
            "livp/klager",
            "fileComplaint",
            form,
            "receipt { reference }",
        )
        .await,
    );
    let reference = payload["receipt"]["reference"].as_str().unwrap().to_owned();
    let id = super::find(app, finder, &reference).await;
    Case {
        app,
        organisation: LIVP.to_owned(),
        id,
        reference,
    }
}

/// The administration appoints somebody.
pub(crate) async fn assign(case: &Case<'_>, key: &str) {
    case.act(
        "admin",
        "assignDecider",
        json!({ "memberId": member(case.app, key) }),
    )
    .await;
}

/// Filed about the course of trainer 1, and assigned to trainer 2.
pub(crate) async fn assigned(app: &App) -> Case<'_> {
    let case = filed(app, Some("basis")).await;
    assign(&case, "trainer2").await;
    case
}

/// The handler tells a member that the complaint is about them.
pub(crate) async fn tell(case: &Case<'_>, key: &str) {
    let person = case.app.person(LIVP, key);
    let named = json!({ "memberId": person["id"] });
    case.act("trainer2", "nameRespondent", named).await;
}

/// Assigned, spoken, trainer 1 told, and a text before both sides, all on the day of receipt.
pub(crate) async fn proposed(app: &App) -> Case<'_> {
    let case = assigned(app).await;
    case.act(
        "trainer2",
        "recordContact",
        json!({ "means": "TELEPHONE", "isReached": true }),
    )
    .await;
    tell(&case, "trainer1").await;
    case.act("trainer2", "proposeSolution", json!({ "text": TEXT }))
        .await;
    app.sweep().await;
    case
}

/// Somebody signs a version of the text.
pub(crate) async fn sign(case: &Case<'_>, who: &str, version: u64) {
    case.act(who, "signOffSolution", json!({ "version": version }))
        .await;
}

/// Both sides signed.
pub(crate) async fn agreed(app: &App) -> Case<'_> {
    let case = proposed(app).await;
    sign(&case, "klager", 1).await;
    sign(&case, "trainer1", 1).await;
    case
}

/// Proposed, and declared on the day of receipt that there is no agreement; the notice has arrived.
pub(crate) async fn disagreed(app: &App) -> Case<'_> {
    let case = proposed(app).await;
    case.act("trainer2", "declareNoAgreement", json!({})).await;
    app.sweep().await;
    case
}

/// Disagreed and appealed, on the day of receipt.
pub(crate) async fn appealed(app: &App) -> Case<'_> {
    let case = disagreed(app).await;
    case.act(
        "klager",
        "appeal",
        json!({ "grounds": "Er is niets opgelost." }),
    )
    .await;
    case
}

/// The arbiter hears both sides and gives binding advice.
pub(crate) async fn advise(case: &Case<'_>, finding: &str) {
    for party in [
        json!({ "kind": "COMPLAINANT" }),
        json!({ "kind": "RESPONDENT", "number": 1 }),
    ] {
        case.act(
            "arbiter",
            "recordHearing",
            json!({ "party": party, "outcome": "HEARD" }),
        )
        .await;
    }
    case.act(
        "arbiter",
        "logBindingAdvice",
        json!({ "finding": finding, "text": "Het advies." }),
    )
    .await;
}

/// Classified, and reasoned that no measure is needed: nothing is chased any more.
pub(crate) async fn no_measures(case: &Case<'_>) {
    case.act(
        "trainer2",
        "classifyComplaint",
        json!({ "cause": "content" }),
    )
    .await;
    case.act(
        "trainer2",
        "answerMeasures",
        json!({ "reasonForNone": "Een misverstand." }),
    )
    .await;
}

/// A course as it is, with other trainers.
pub(crate) async fn train(app: &App, course: &str, trainers: &[&str]) {
    let known = app.course(LIVP, course);
    let trainers: Vec<Value> = trainers.iter().map(|key| member(app, key)).collect();
    let written = json!({ "title": known["title"], "sessionDays": [known["endsOn"]], "trainerIds": trainers });
    let input = json!({ "courseId": known["id"], "course": written });
    done(mutate(app, "livp/admin2", "changeCourse", input, "course { id }").await);
}

/// What somebody finds when they look for a complaint in every way there is.
pub(crate) async fn found_by(case: &Case<'_>, who: &str) -> Value {
    const WAYS: [&str; 5] = [
        "query($id: ID!) { byId: complaint(id: $id) { id } }",
        "query($reference: String) { byReference: complaint(reference: $reference) { id } }",
        "query($id: ID!) { node(id: $id) { id } }",
        "query($id: ID!) { nodes(ids: [$id]) { id } }",
        "{ complaints { totalCount nodes { id } } workQueue { totalCount } }",
    ];
    let mut found = Map::new();
    for document in WAYS {
        let variables = json!({ "id": case.id, "reference": case.reference });
        let answer = ask(case.app, who, document, variables).await;
        found.extend(answer.data().as_object().expect("an object").clone());
    }
    Value::Object(found)
}

/// What `found_by` answers where there is nothing.
pub(crate) fn nothing() -> Value {
    json!({
        "byId": null, "byReference": null, "node": null, "nodes": [null],
        "complaints": { "totalCount": 0, "nodes": [] }, "workQueue": { "totalCount": 0 },
    })
}

/// Who got letters of a kind about a complaint so far: every address once, in order.
pub(crate) async fn told(case: &Case<'_>, kind: &str) -> Vec<String> {
    let letters = case.letters(kind).await;
    let mut told: Vec<String> = letters
        .iter()
        .map(|letter| letter["to"].as_str().unwrap_or("print").to_owned())
        .collect();
    told.sort();
    told.dedup();
    told
}

/// The entries of a kind as the administration sees them.
pub(crate) async fn entries(case: &Case<'_>, kind: &str) -> Vec<Value> {
    let now = case.now().await;
    let mut entries = now["entries"].as_array().unwrap().clone();
    entries.retain(|entry| entry["kind"] == kind);
    entries
}

/// The code and the citation that a refusal is held against.
pub(crate) fn by(code: &str, citation: &str) -> (String, String) {
    (code.to_owned(), citation.to_owned())
}

/// The three texts of `Case::due`.
pub(crate) fn due(on: &str, at: &str, citation: &str) -> [String; 3] {
    [on, at, citation].map(str::to_owned)
}
