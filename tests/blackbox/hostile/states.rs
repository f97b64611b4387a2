//! Complaints in many states, by the names of what they are examples of.

use serde_json::{Value, json};
use wederhoor_tests::App;

use crate::steps::{Case, letter};

/// Who complains or is complained about in them, by the first part of their address.
pub(super) const PARTIES: [&str; 6] = [
    "fresh", "treated", "proposed", "answered", "parted", "genoemd",
];

const NOW: &str = "2026-03-02T08:00:00Z";

/// The address of a party.
pub(super) fn address(slug: &str, party: &str) -> String {
    format!("{party}.{slug}@personen.example")
}

async fn came_in<'a>(app: &'a App, slug: &str, name: &str, course: &str) -> Case<'a> {
    let mut input = letter(app, slug, Some(course), "EMAIL", NOW);
    input["complainant"]["email"] = json!(address(slug, name));
    input["respondents"] = json!([{ "name": "Gerrit Genoemd", "email": address(slug, "genoemd") }]);
    Case::registered(app, slug, input).await
}

async fn on_paper<'a>(app: &'a App, slug: &str, course: &str) -> Case<'a> {
    let mut input = letter(app, slug, Some(course), "POST", NOW);
    input["complainant"] = json!({ "name": "Pleun Papier", "postalAddress": "Dorpsstraat 1\n1234 AB Dorp",
        "telephone": "+31612345678" });
    let case = Case::registered(app, slug, input).await;
    case.act(
        "admin",
        "placeLegalHold",
        json!({ "reason": "Er loopt een zaak." }),
    )
    .await;
    case
}

fn complainant() -> Value {
    json!({ "kind": "COMPLAINANT" })
}

fn respondent() -> Value {
    json!({ "kind": "RESPONDENT", "number": 1 })
}

async fn hear(case: &Case<'_>, who: &str) {
    for party in [complainant(), respondent()] {
        let input = json!({ "party": party, "outcome": "HEARD", "record": "Verslag." });
        case.act(who, "recordHearing", input).await;
    }
}

async fn with_trainer<'a>(app: &'a App, name: &str) -> Case<'a> {
    let case = came_in(app, "livp", name, "basis").await;
    let trainer = &app.person("livp", "trainer2")["id"];
    case.act("admin", "assignDecider", json!({ "memberId": trainer }))
        .await;
    case.act("trainer2", "nameRespondent", json!({ "number": 1 }))
        .await;
    case
}

async fn with_solution<'a>(app: &'a App, name: &str) -> Case<'a> {
    let case = with_trainer(app, name).await;
    hear(&case, "trainer2").await;
    case.act(
        "trainer2",
        "proposeSolution",
        json!({ "text": "Excuses, en een tweede kans." }),
    )
    .await;
    case
}

/// Classified, with one measure.
async fn complete(case: &Case<'_>, who: &str) {
    case.act(who, "classifyComplaint", json!({ "cause": "other" }))
        .await;
    let measures = json!({ "measures": [{ "text": "Een gesprek met het team." }] });
    case.act(who, "answerMeasures", measures).await;
}

/// One that nobody handles, one that is settled with a measure, one on paper.
pub(super) async fn few_of_livp(app: &App) -> Vec<(&'static str, String)> {
    let fresh = came_in(app, "livp", "fresh", "basis").await;
    let settled = settled(app).await;
    let paper = on_paper(app, "livp", "basis").await;
    named([("fresh", fresh), ("settled", settled), ("paper", paper)])
}

async fn settled(app: &App) -> Case<'_> {
    let settled = with_solution(app, "settled").await;
    for party in [complainant(), respondent()] {
        let act = json!({ "signOffSolution": { "version": 1 } });
        settled.came_from(party, act, "EMAIL", NOW).await;
    }
    complete(&settled, "trainer2").await;
    settled
}

/// Where both sides sign.
pub(super) async fn livp(app: &App) -> Vec<(&'static str, String)> {
    let fresh = came_in(app, "livp", "fresh", "basis").await;
    let treated = with_trainer(app, "treated").await;
    let proposed = with_solution(app, "proposed").await;
    let settled = settled(app).await;
    let parted = with_trainer(app, "parted").await;
    parted
        .act("trainer2", "declareNoAgreement", json!({}))
        .await;
    let appealed = with_trainer(app, "appealed").await;
    appealed
        .act("trainer2", "declareNoAgreement", json!({}))
        .await;
    app.sweep().await;
    let appeal = json!({ "appeal": { "text": "Ik ga in beroep." } });
    appealed.came(appeal, "EMAIL", NOW).await;
    let arbiter = &app.person("livp", "arbiter")["id"];
    appealed
        .act("admin", "assignDecider", json!({ "memberId": arbiter }))
        .await;
    hear(&appealed, "arbiter").await;
    let paper = on_paper(app, "livp", "basis").await;
    named([
        ("fresh", fresh),
        ("treated", treated),
        ("proposed", proposed),
        ("settled", settled),
        ("parted", parted),
        ("appealed", appealed),
        ("paper", paper),
    ])
}

async fn with_adviser<'a>(app: &'a App, name: &str, course: &str) -> Case<'a> {
    let case = came_in(app, "blijf-groep", name, course).await;
    case.act("advies1", "takeComplaint", json!({})).await;
    case
}

async fn with_response<'a>(app: &'a App, name: &str) -> Case<'a> {
    let case = with_adviser(app, name, "veilig").await;
    case.act("advies1", "nameRespondent", json!({ "number": 1 }))
        .await;
    hear(&case, "advies1").await;
    let response = json!({ "finding": "UPHELD", "text": "U hebt gelijk." });
    case.act("advies1", "issueResponse", response).await;
    app.sweep().await;
    case
}

/// Where a response settles.
pub(super) async fn blijf_groep(app: &App) -> Vec<(&'static str, String)> {
    let fresh = came_in(app, "blijf-groep", "fresh", "veilig").await;
    let late = with_adviser(app, "late", "oud").await;
    let treated = with_adviser(app, "treated", "veilig").await;
    let more_time = json!({ "until": "2026-04-20", "reasons": "De trainer is ziek." });
    treated.act("advies1", "requestExtension", more_time).await;
    treated
        .act("advies1", "nameRespondent", json!({ "number": 1 }))
        .await;
    hear(&treated, "advies1").await;
    let answered = with_response(app, "answered").await;
    let reacted = with_response(app, "reacted").await;
    let reaction = json!({ "reactToResponse": { "text": "Wat bedoelt u?" } });
    reacted.came(reaction, "EMAIL", NOW).await;
    let appealed = with_response(app, "appealed").await;
    let appeal = json!({ "appeal": { "text": "Ik ga in beroep." } });
    appealed.came(appeal, "EMAIL", NOW).await;
    hear(&appealed, "manager").await;
    let settled = with_response(app, "settled").await;
    settled
        .came(json!({ "acceptResponse": "DONE" }), "EMAIL", NOW)
        .await;
    complete(&settled, "advies1").await;
    let paper = on_paper(app, "blijf-groep", "veilig").await;
    named([
        ("fresh", fresh),
        ("late", late),
        ("treated", treated),
        ("answered", answered),
        ("reacted", reacted),
        ("appealed", appealed),
        ("settled", settled),
        ("paper", paper),
    ])
}

fn named<const N: usize>(cases: [(&'static str, Case<'_>); N]) -> Vec<(&'static str, String)> {
    cases
        .into_iter()
        .map(|(name, case)| (name, case.id))
        .collect()
}
