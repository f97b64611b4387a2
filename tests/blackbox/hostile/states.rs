//! Complaints in many states, by the names of what they are examples of.

use serde_json::{Value, json};
use wederhoor_tests::App;

use crate::steps::{Case, done, letter, mutate};

/// Who complains or is complained about in them, by the first part of their address.
pub(super) const PARTIES: [&str; 8] = [
    "fresh",
    "treated",
    "proposed",
    "answered",
    "parted",
    "settled",
    "unanswered",
    "genoemd",
];

/// When they are made, after what must have happened before: a Wednesday, on which the course that runs at Blijf Groep has
/// ended two weeks ago.
pub(super) const NOW: &str = "2026-04-08T08:00:00Z";

/// Two years before the demo begins: what was withdrawn then is to be destroyed now.
const LONG_AGO: &str = "2024-03-02T09:00:00Z";

/// The address of a party.
pub(super) fn address(slug: &str, party: &str) -> String {
    format!("{party}.{slug}@personen.example")
}

async fn came_in<'a>(app: &'a App, slug: &str, name: &str, course: &str) -> Case<'a> {
    came_in_at(app, slug, name, course, NOW).await
}

async fn came_in_at<'a>(app: &'a App, slug: &str, name: &str, course: &str, at: &str) -> Case<'a> {
    let mut input = letter(app, slug, Some(course), "EMAIL", at);
    input["filedOn"] = Value::Null;
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
    let owner = &case.app.person(&case.organisation, "admin")["id"];
    let measures = json!({ "measures": [{ "text": "Een gesprek met het team.", "ownerId": owner, "dueOn": "2026-12-01" }] });
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
    let appealed = with_solution(app, "appealed").await;
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
    let case = with_adviser(app, name, "lopend").await;
    case.act("advies1", "nameRespondent", json!({ "number": 1 }))
        .await;
    hear(&case, "advies1").await;
    let response = json!({ "finding": "UPHELD", "text": "U hebt gelijk." });
    case.act("advies1", "issueResponse", response).await;
    app.sweep().await;
    case
}

/// What must have begun long before: one to be destroyed, and one where an appeal will come too late.
pub(super) async fn before(app: &App) -> [Case<'_>; 2] {
    let over = came_in_at(app, "blijf-groep", "over", "oud", LONG_AGO).await;
    let withdrawal = json!({ "withdrawComplaint": {} });
    over.came(withdrawal, "EMAIL", LONG_AGO).await;
    let refused = came_in_at(
        app,
        "blijf-groep",
        "belated",
        "veilig",
        wederhoor_tests::START,
    )
    .await;
    refused.act("advies1", "takeComplaint", json!({})).await;
    let reasons = json!({ "ground": "SUBJECT", "reasons": "Dit ging niet over de training." });
    refused.act("advies1", "declareInadmissible", reasons).await;
    app.sweep().await;
    [over, refused]
}

/// From now on the organisation may take more time by notice, as others may.
async fn publish_with_notice(app: &App) {
    let known = include_str!("../../../policies/blijf-groep.toml");
    let place = "[instances.resolution.extension.consent]";
    assert!(known.contains(place));
    let notice = "[instances.resolution.extension.announced]
        term = \"2 weeks\"
        rule = { house_rule = true, nl = \"Met bericht.\", en = \"With notice.\" }\n";
    let text = known.replacen(place, &format!("{notice}{place}"), 1);
    let input = json!({ "document": { "format": "TOML", "text": text } });
    let who = "blijf-groep/admin";
    done(mutate(app, who, "publishPolicy", input, "policy { version }").await);
}

/// One that nobody handles, one that is settled with a measure, one on paper.
pub(super) async fn few_of_blijf_groep(app: &App) -> Vec<(&'static str, String)> {
    let fresh = came_in(app, "blijf-groep", "fresh", "lopend").await;
    let settled = accepted(app, "settled").await;
    complete(&settled, "advies1").await;
    let paper = on_paper(app, "blijf-groep", "lopend").await;
    named([("fresh", fresh), ("settled", settled), ("paper", paper)])
}

/// Closed; nobody has said what comes of it.
async fn accepted<'a>(app: &'a App, name: &str) -> Case<'a> {
    let case = with_response(app, name).await;
    let yes = json!({ "acceptResponse": "DONE" });
    case.came(yes, "EMAIL", NOW).await;
    case
}

/// Where a response settles.
pub(super) async fn blijf_groep(
    app: &App,
    [over, belated]: [Case<'_>; 2],
) -> Vec<(&'static str, String)> {
    publish_with_notice(app).await;
    let unanswered = accepted(app, "unanswered").await;
    unanswered
        .act("advies1", "classifyComplaint", json!({ "cause": "other" }))
        .await;
    let fresh = came_in(app, "blijf-groep", "fresh", "lopend").await;
    let late = with_adviser(app, "late", "oud").await;
    let treated = with_adviser(app, "treated", "lopend").await;
    let more_time = json!({ "until": "2026-06-01", "reasons": "De trainer is ziek." });
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
    let too_late = json!({ "appeal": { "text": "Ik lag in het ziekenhuis." } });
    belated.came(too_late, "EMAIL", NOW).await;
    let settled = accepted(app, "settled").await;
    complete(&settled, "advies1").await;
    let paper = on_paper(app, "blijf-groep", "lopend").await;
    named([
        ("fresh", fresh),
        ("late", late),
        ("treated", treated),
        ("answered", answered),
        ("reacted", reacted),
        ("appealed", appealed),
        ("settled", settled),
        ("unanswered", unanswered),
        ("belated", belated),
        ("over", over),
        ("paper", paper),
    ])
}

fn named<const N: usize>(cases: [(&'static str, Case<'_>); N]) -> Vec<(&'static str, String)> {
    cases
        .into_iter()
        .map(|(name, case)| (name, case.id))
        .collect()
}
