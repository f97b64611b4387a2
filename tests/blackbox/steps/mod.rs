//! Steps that scenarios share: filing, acting, and looking at what came of it.
//!
//! Whoever asks is named by `who`: `"livp/admin"` is somebody of the demo, `""` is nobody, and anything else is an access
//! token, as `App::come_in_by_link` gives it.

use serde_json::{Value, json};
use wederhoor_server::demo::PASSWORD;
use wederhoor_tests::{Answer, App};

pub(crate) mod awb;
pub(crate) mod blijf;
pub(crate) mod case;
pub(crate) mod livp;

pub(crate) use case::{Case, printed};

/// Every deadline of a complaint.
pub(crate) const DEADLINES: &str = "deadlines { kind instance dueOn dueAt owner isMet metAt isOpen isOverdue article { citation isHouseRule }
        derivation { text startedOn rolledFromOn lastOn endsAt isRolling isMoved passedOver { on reason holiday } } }";

/// Fields of a complaint that every official and party may read, besides its deadlines.
const SEEN: &str = "id reference version state outcome receivedAt closedAt instance admission viewerLevel
    handler { id name } course { id } courseEndedOn acknowledgedAt
    respondents { number name isNotified } representative { id }
    nextDeadline { kind dueOn dueAt }
    rounds { instance deciderKind openedAt deciders { id } assignedAt contactedAt extendedUntilOn extensionRequestedUntilOn
        noAgreementAt inadmissibleAt lapsedAt hearings { party { kind number } outcome attempts }
        response { issuedAt deliveredAt finding announcedUntilOn objectedAt reactedAt answeredAt }
        decision { decidedAt finding isInadmissibilityUpheld } appealWay { ground openedAt announcedUntilOn } }
    solution { version digest text signedBy { kind number } rejectedBy { kind number } awaitedFrom { kind number } }
    lateAppeal { receivedAt instance deciders { id } } rating destroyedAt
    entries { number kind effectiveAt registeredAt by { kind member { id } party { kind } } text deadline ground outcome letter
        action isLate }
    availableActions { action isAllowed refusal { code article { citation isHouseRule } } }";

/// Fields that only officials may read.
const OFFICIAL: &str =
    "isChainIntact isUnderLegalHold measuresAnsweredAt measures { id text } cause { code }
    letters { id kind channel status toAddress }";

/// An operation as `who`.
pub(crate) async fn ask(app: &App, who: &str, document: &str, variables: Value) -> Answer {
    if who.is_empty() || who.contains('/') {
        app.ask(who, document, variables).await
    } else {
        app.client.gql(Some(who), document, variables).await
    }
}

/// The payload of a mutation: `complaint { id reference version state outcome }` where `selection` is empty, else that;
/// and `userErrors` always. The name of the input follows from that of the mutation.
pub(crate) async fn mutate(
    app: &App,
    who: &str,
    mutation: &str,
    input: Value,
    selection: &str,
) -> Value {
    let document = mutation_document(mutation, selection);
    let answer = ask(app, who, &document, json!({ "input": input })).await;
    answer.data()[mutation].clone()
}

/// The tokens of a session of its own of somebody of the demo.
pub(crate) async fn sign_in(app: &App, email: &str, organisation: &str) -> Value {
    let input = json!({ "email": email, "password": PASSWORD, "organisation": organisation });
    let session = "session { accessToken refreshToken }";
    done(mutate(app, "", "signIn", input, session).await)["session"].clone()
}

/// The administration of Blijf Groep invites somebody of LIVP, who comes in with their own password: their id there.
pub(crate) async fn joins_blijf(app: &App, email: &str, role: &str) -> Value {
    let member =
        json!({ "name": "Olaf Onafhankelijk", "email": email, "roles": [role], "locale": "NL" });
    let input = json!({ "member": member });
    let invited = mutate(
        app,
        "blijf-groep/admin",
        "inviteMember",
        input,
        "member { id }",
    );
    let invited = done(invited.await);
    app.sweep().await;
    let letters = app.letters_to(email, "invitation").await;
    let text = letters[0]["text"].as_str().expect("a letter");
    let (_, token) = text
        .split_once("/invitation#blijf-groep.")
        .expect("an invitation");
    let token = token.split_whitespace().next();
    let input = json!({ "organisation": "blijf-groep", "token": token, "password": PASSWORD });
    let session = "session { accessToken }";
    done(mutate(app, "", "acceptInvitation", input, session).await);
    invited["member"]["id"].clone()
}

/// The address of somebody of the demo.
pub(crate) fn address(app: &App, organisation: &str, key: &str) -> String {
    let email = &app.person(organisation, key)["email"];
    email.as_str().expect("an address").to_owned()
}

/// A mutation as text, with one variable, `input`.
pub(crate) fn mutation_document(mutation: &str, selection: &str) -> String {
    let (first, rest) = mutation.split_at(1);
    let selection = if selection.is_empty() {
        "complaint { id reference version state outcome }"
    } else {
        selection
    };
    let errors = "userErrors { code message field article { citation isHouseRule } }";
    format!(
        "mutation($input: {}{rest}Input!) {{ {mutation}(input: $input) {{ {selection} {errors} }} }}",
        first.to_uppercase()
    )
}

/// The codes of a payload's user errors.
pub(crate) fn codes(payload: &Value) -> Vec<&str> {
    let errors = payload["userErrors"]
        .as_array()
        .expect("a payload has user errors");
    errors
        .iter()
        .map(|error| error["code"].as_str().expect("a code"))
        .collect()
}

/// The code and the citation of the first user error; nothing where it rests on no rule.
///
/// # Panics
/// When nothing was refused.
pub(crate) fn refusal(payload: &Value) -> (String, String) {
    let first = &payload["userErrors"][0];
    let code = first["code"]
        .as_str()
        .unwrap_or_else(|| panic!("nothing was refused: {payload:#}"));
    (
        code.to_owned(),
        first["article"]["citation"]
            .as_str()
            .unwrap_or_default()
            .to_owned(),
    )
}

/// A payload without user errors.
///
/// # Panics
/// When there are any.
pub(crate) fn done(payload: Value) -> Value {
    assert!(codes(&payload).is_empty(), "{payload:#}");
    payload
}

/// A complaint as `who` sees it; `null` when there is none for them. Officials see more.
pub(crate) async fn complaint(app: &App, who: &str, id: &str) -> Value {
    let document =
        format!("query($id: ID!) {{ complaint(id: $id) {{ {SEEN} {DEADLINES} {OFFICIAL} }} }}");
    let seen = ask(app, who, &document, json!({ "id": id })).await;
    if seen.code().is_none() {
        return seen.data()["complaint"].clone();
    }
    part_of(app, who, id, &format!("{SEEN} {DEADLINES}")).await
}

/// Some fields of a complaint as `who` sees it.
pub(crate) async fn part_of(app: &App, who: &str, id: &str, fields: &str) -> Value {
    let document = format!("query($id: ID!) {{ complaint(id: $id) {{ {fields} }} }}");
    ask(app, who, &document, json!({ "id": id })).await.data()["complaint"].clone()
}

/// The id of the complaint with this reference, as `who` finds it.
///
/// # Panics
/// When they see none.
pub(crate) async fn find(app: &App, who: &str, reference: &str) -> String {
    let document = "query($reference: String) { complaint(reference: $reference) { id } }";
    let answer = ask(app, who, document, json!({ "reference": reference })).await;
    let id = answer.data()["complaint"]["id"].as_str();
    id.unwrap_or_else(|| panic!("{who} does not find {reference}"))
        .to_owned()
}

/// A form that somebody without a login fills in, with an address of their own.
pub(crate) fn form(app: &App, organisation: &str, course: Option<&str>) -> Value {
    json!({
        "organisation": organisation,
        "complainant": { "name": "Robin Rekwest", "email": "robin@personen.example", "telephone": "+31612345678" },
        "courseId": course.map(|key| app.course(organisation, key)["id"].clone()),
        "filedOn": "2026-03-02",
        "description": "De trainer maakte grapjes over deelnemers.",
    })
}

/// What came on another channel, arrived at that instant.
pub(crate) fn letter(
    app: &App,
    organisation: &str,
    course: Option<&str>,
    channel: &str,
    arrived_at: &str,
) -> Value {
    let mut input = form(app, organisation, course);
    input
        .as_object_mut()
        .expect("an object")
        .remove("organisation");
    input["channel"] = json!(channel);
    input["arrivedAt"] = json!(arrived_at);
    input
}

/// A respondent to be named in a registration: somebody of the demo.
pub(crate) fn respondent(app: &App, organisation: &str, key: &str) -> Value {
    let person = app.person(organisation, key);
    json!({ "name": person["name"], "memberId": person["id"], "email": person["email"] })
}
