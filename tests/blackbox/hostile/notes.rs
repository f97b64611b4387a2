//! What officials write for themselves is in nothing that a party can read: not in any field, and not in a letter.

use serde_json::{Value, json};
use wederhoor_tests::{App, both};

use super::schema::Schema;
use crate::steps::{
    Case, ask,
    blijf::complainant,
    form,
    livp::{LIVP, filed, member},
};

/// Where officials write for themselves, and the word that was written there.
const NOTES: [(&str, &str); 8] = [
    ("assignDecider.reason", "amandel"),
    ("recordContact.note", "braambes"),
    ("recordHearing.record", "citroen"),
    ("recordPartyAct.proof", "dadelpalm"),
    ("recuse.reason", "eikenloof"),
    ("placeLegalHold.reason", "framboos"),
    ("liftLegalHold.reason", "gemberwortel"),
    ("rateHandling.text", "hazelnoot"),
];

/// How deep a field is read within a complaint.
const DEPTH: usize = 5;

both! {
    async fn what_officials_note_is_in_nothing_that_a_party_with_a_login_reads(app: &App) {
        let case = filed(app, Some("basis")).await;
        let people = ["livp/klager", "livp/trainer1"];
        let named = json!({ "memberId": member(app, "trainer1") });
        noted(&case, people[0], named).await;
        shows_no_note(&case, &people).await;
    }

    async fn what_officials_note_is_in_nothing_that_a_party_with_a_link_reads(app: &App) {
        let case = Case::filed(app, "", form(app, LIVP, Some("basis"))).await;
        app.sweep().await;
        let complainant = app.come_in_by_link("robin@personen.example").await;
        let email = "gerrit@personen.example";
        let contact = json!({ "name": "Gerrit Genoemd", "email": email });
        noted(&case, &complainant, json!({ "contact": contact })).await;
        let respondent = app.come_in_by_link(email).await;
        shows_no_note(&case, &[&complainant, &respondent]).await;
    }
}

fn note(place: &str) -> String {
    let (_, word) = NOTES.iter().find(|(known, _)| *known == place).unwrap();
    format!("Dit schreef iemand op: {word}.")
}

/// From receipt to a rating, with a word in every place where officials write for themselves.
async fn noted(case: &Case<'_>, who: &str, respondent: Value) {
    for key in ["trainer2", "trainer3"] {
        let decider = member(case.app, key);
        let chosen = json!({ "memberId": decider, "reason": note("assignDecider.reason") });
        case.act("admin", "assignDecider", chosen).await;
        if key == "trainer2" {
            let away = json!({ "reason": note("recuse.reason") });
            case.act(key, "recuse", away).await;
        }
    }
    case.act("trainer3", "nameRespondent", respondent).await;
    let talk =
        json!({ "means": "TELEPHONE", "isReached": true, "note": note("recordContact.note") });
    case.act("trainer3", "recordContact", talk).await;
    let text = json!({ "text": "De deelnemer krijgt een nieuwe plaats." });
    case.act("trainer3", "proposeSolution", text).await;
    case.act("trainer3", "declareNoAgreement", json!({})).await;
    let grounds = json!({ "grounds": "Een nieuwe plaats is niet genoeg." });
    case.act(who, "appeal", grounds).await;
    let arbiter = json!({ "memberId": member(case.app, "arbiter") });
    case.act("admin", "assignDecider", arbiter).await;
    for party in [complainant(), json!({ "kind": "RESPONDENT", "number": 1 })] {
        let record = note("recordHearing.record");
        let heard = json!({ "party": party, "outcome": "HEARD", "record": record });
        case.act("arbiter", "recordHearing", heard).await;
    }
    for party in [complainant(), json!({ "kind": "RESPONDENT", "number": 1 })] {
        let signed = json!({ "signOffSolution": { "version": 1 } });
        let proof = note("recordPartyAct.proof");
        let registered = json!({ "party": party, "act": signed, "channel": "EMAIL", "proof": proof,
            "arrivedAt": wederhoor_tests::START });
        case.act("admin", "recordPartyAct", registered).await;
    }
    let rating = json!({ "score": 2, "text": note("rateHandling.text") });
    case.act(who, "rateHandling", rating).await;
    for hold in ["placeLegalHold", "liftLegalHold"] {
        let reason = json!({ "reason": note(&format!("{hold}.reason")) });
        case.act("admin", hold, reason).await;
    }
    case.app.sweep().await;
}

/// Officials read every word, and these parties read none.
async fn shows_no_note(case: &Case<'_>, parties: &[&str]) {
    let schema = Schema::of(&case.app.client).await;
    let official = everything(case, &schema, "livp/trainer3").await;
    for (place, word) in NOTES {
        assert!(official.contains(word), "{place} is read by nobody");
    }
    let letters = json!(case.app.letters().await).to_string();
    for who in parties {
        let read = everything(case, &schema, who).await;
        assert!(read.contains(&case.reference), "{who} reads nothing");
        for (place, word) in NOTES {
            assert!(!read.contains(word), "{place} is read by {who}");
            assert!(!letters.contains(word), "{place} is in a letter");
        }
    }
}

/// All that somebody can read of a complaint: each field of it, and each list it is in.
async fn everything(case: &Case<'_>, schema: &Schema, who: &str) -> String {
    let mut read = String::new();
    for field in schema.fields_of("Complaint") {
        let whole = schema.whole(field, &["Complaint", "Regulation"], DEPTH);
        let Some(whole) = whole else { continue };
        let document = format!("query($id: ID!) {{ complaint(id: $id) {{ {whole} }} }}");
        let answer = ask(case.app, who, &document, json!({ "id": case.id })).await;
        assert_eq!(answer.code(), None, "{}: {:#}", field.name, answer.body);
        read += &answer.body.to_string();
    }
    for query in schema.questions() {
        if query.arguments.iter().any(|one| one.is_required) {
            continue;
        }
        let whole = schema.whole(query, &["Complaint", "Regulation", "Policy"], 3);
        let Some(whole) = whole else { continue };
        let answer = ask(
            case.app,
            who,
            &format!("{} {{ {whole} }}", schema.kind(query)),
            json!({}),
        )
        .await;
        read += &answer.body.to_string();
    }
    read
}
