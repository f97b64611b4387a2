//! Steps at Blijf Groep: a complaint of Karin Klager about a course, up to a response or an appeal.

use serde_json::{Value, json};
use wederhoor_tests::App;

use super::{Case, done, form, letter, mutate};

/// The organisation's name in addresses.
pub(crate) const BLIJF: &str = "blijf-groep";
/// How a house rule is cited, in the language of the demo.
pub(crate) const HOUSE_RULE: &str = "huisregel";
/// Where the deadline of the response is written.
pub(crate) const RESPONSE_RULE: &str = "Klachtenprocedure 2";
/// When the response of `responded` goes out: silence accepts it after Monday 13 April.
pub(crate) const RESPONSE_AT: &str = "2026-03-16T11:00:00Z";

/// Karin Klager, who has a login, files the form now, about this course.
pub(crate) async fn filed<'a>(app: &'a App, course: Option<&str>) -> Case<'a> {
    let mut form = form(app, BLIJF, course);
    let email = &app.person(BLIJF, "klager")["email"];
    form["complainant"] = json!({ "name": "Karin Klager", "email": email });
    Case::filed(app, "blijf-groep/klager", form).await
}

/// A letter of someone without e-mail, which arrives now and is confirmed the same day.
pub(crate) async fn on_paper<'a>(app: &'a App, arrived_at: &str) -> Case<'a> {
    let case = unconfirmed(app, arrived_at).await;
    done(case.posted("confirmation", "2026-03-02").await);
    case
}

/// A letter of someone without e-mail, which arrives now; nobody has posted its confirmation.
pub(crate) async fn unconfirmed<'a>(app: &'a App, arrived_at: &str) -> Case<'a> {
    let mut letter = letter(app, BLIJF, Some("veilig"), "POST", arrived_at);
    letter["complainant"] =
        json!({ "name": "Petra Post", "postalAddress": "Dorpsstraat 1\n1234 AB Dorp" });
    Case::registered(app, BLIJF, letter).await
}

/// The administrator writes a member anew, with these roles and days of membership: what is answered.
pub(crate) async fn change_member(
    app: &App,
    key: &str,
    roles: &[&str],
    from: Option<&str>,
    until: Option<&str>,
) -> Value {
    let person = app.person(BLIJF, key);
    let member = json!({ "name": person["name"], "email": person["email"], "roles": roles, "locale": "NL",
        "activeFromOn": from, "activeUntilOn": until });
    let input = json!({ "memberId": person["id"], "member": member });
    mutate(
        app,
        "blijf-groep/admin",
        "changeMember",
        input,
        "member { id }",
    )
    .await
}

/// The complainant as a party.
pub(crate) fn complainant() -> Value {
    json!({ "kind": "COMPLAINANT" })
}

/// The first respondent as a party.
pub(crate) fn respondent() -> Value {
    json!({ "kind": "RESPONDENT", "number": 1 })
}

/// Who decides hears a party.
pub(crate) async fn hear(case: &Case<'_>, who: &str, party: Value) {
    let input =
        json!({ "party": party, "outcome": "HEARD", "record": "Gesproken over wat er gebeurde." });
    case.act(who, "recordHearing", input).await;
}

/// The first adviser takes it, tells the trainer, and hears both sides.
pub(crate) async fn prepare(case: &Case<'_>) {
    case.act("advies1", "takeComplaint", json!({})).await;
    let trainer = &case.app.person(BLIJF, "trainer")["id"];
    let named = json!({ "memberId": trainer });
    case.act("advies1", "nameRespondent", named).await;
    hear(case, "advies1", complainant()).await;
    hear(case, "advies1", respondent()).await;
}

/// Filed now, taken, both sides heard.
pub(crate) async fn heard(app: &App) -> Case<'_> {
    let case = filed(app, Some("veilig")).await;
    prepare(&case).await;
    case
}

/// The first adviser responds, and the letter goes out.
pub(crate) async fn respond(case: &Case<'_>) {
    let response = json!({ "finding": "NOT_UPHELD", "text": "Wij zien het anders." });
    case.act("advies1", "issueResponse", response).await;
    case.app.sweep().await;
}

/// Filed and heard now; the response goes out on Monday 16 March, and silence accepts it after 13 April.
pub(crate) async fn responded(app: &App) -> Case<'_> {
    let case = heard(app).await;
    app.at(RESPONSE_AT).await;
    respond(&case).await;
    assert_eq!(case.stands().await, "AWAITING_COMPLAINANT");
    case
}

/// Karin appeals; who of the managers has it.
pub(crate) async fn appeal(case: &Case<'_>) -> &'static str {
    let grounds = json!({ "grounds": "Ik ben het er niet mee eens." });
    case.act("klager", "appeal", grounds).await;
    manager(case).await
}

/// Who of the managers decides it, or must decide on a late appeal.
pub(crate) async fn manager(case: &Case<'_>) -> &'static str {
    let now = case.now().await;
    let id = match &now["lateAppeal"]["deciders"][0]["id"] {
        Value::Null => now["handler"]["id"].clone(),
        id => id.clone(),
    };
    let keys = ["manager", "manager2"];
    let found = keys
        .into_iter()
        .find(|key| case.app.person(BLIJF, key)["id"] == id);
    found.unwrap_or_else(|| panic!("no manager has it: {:#}", now["rounds"]))
}

/// A manager hears both sides again, and decides.
pub(crate) async fn decide(case: &Case<'_>, manager: &str, finding: &str) {
    hear(case, manager, complainant()).await;
    hear(case, manager, respondent()).await;
    let decision = json!({ "finding": finding, "text": "Zo luidt de uitspraak." });
    case.act(manager, "issueDecision", decision).await;
    case.app.sweep().await;
}

/// The complainant's objection as it comes on another channel.
pub(crate) fn objection() -> Value {
    json!({ "objectToResponse": { "reasons": "Dit is geen antwoord." } })
}
