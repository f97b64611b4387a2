//! LIVP: what is left once a dossier is destroyed: a row that counts, an entry of the chain that says so, and nobody's name or word.

use std::fmt::Write as _;

use serde_json::{Value, json};
use uuid::Uuid;
use wederhoor_tests::{App, both};

use crate::steps::{
    Case, ask, form,
    livp::{LIVP, agreed, assign, found_by, member, no_measures, nothing},
    mutate,
};

/// What people are called, where they are reached and what they say: each stands in one place only.
const PLANTED: [&str; 20] = [
    "Zebedeus",
    "zebedeus@kwetsbaar.example",
    "31655512345",
    "Paarlemoerstraat",
    "Ottoline",
    "ottoline@beklaagd.example",
    "giraffenkwestie",
    "bananenverklaring",
    "citroengesprek",
    "druivenzitting",
    "eikelvoorstel",
    "frambozenreden",
    "gemberkenmerk",
    "hazelnootcijfer",
    "iepenmaatregel",
    "jasmijnslot",
    "kaneelstuk",
    "lavendelbezwaar",
    "meloenadvies",
    "oleandermaatregel",
];

fn planted(number: usize) -> &'static str {
    PLANTED[number]
}

fn words(number: usize) -> String {
    format!("Het gaat om de {}.", planted(number))
}

/// A complaint of somebody without a login, in which everything is said that can be, closed by binding advice.
async fn told_in_full(app: &App) -> Case<'_> {
    let mut form = form(app, LIVP, Some("basis"));
    form["complainant"] = json!({ "name": "Zebedeus Klaagmans", "email": planted(1), "telephone": "+31655512345",
        "postalAddress": "Paarlemoerstraat 9\n1234 AB Ergens" });
    form["description"] = json!(words(6));
    form["idempotencyKey"] = json!("ingediend");
    let case = Case::filed(app, "", form).await;
    app.sweep().await;
    let asked = json!({ "organisation": LIVP, "email": planted(1), "reference": case.reference });
    mutate(app, "", "requestAccessLink", asked, "isAccepted").await;
    assign(&case, "trainer2").await;
    let contact = json!({ "name": "Ottoline Beklaagd", "email": planted(5) });
    case.act("trainer2", "nameRespondent", json!({ "contact": contact }))
        .await;
    let statement = json!({ "addStatement": { "text": words(7) } });
    case.came(statement, "EMAIL", "2026-03-02T08:00:00Z").await;
    case.act(
        "trainer2",
        "recordContact",
        json!({ "means": "TELEPHONE", "isReached": true, "note": words(8) }),
    )
    .await;
    case.act("trainer2", "proposeSolution", json!({ "text": words(10) }))
        .await;
    app.sweep().await;
    case.act(
        "trainer2",
        "declareNoAgreement",
        json!({ "reasons": words(11) }),
    )
    .await;
    app.sweep().await;
    let input = json!({ "party": { "kind": "COMPLAINANT" }, "act": { "appeal": { "text": words(17) } }, "channel": "POST",
        "arrivedAt": "2026-03-02T08:00:00Z", "proof": words(12) });
    case.act("admin", "recordPartyAct", input).await;
    assign(&case, "arbiter").await;
    for party in [
        json!({ "kind": "COMPLAINANT" }),
        json!({ "kind": "RESPONDENT", "number": 1 }),
    ] {
        case.act(
            "arbiter",
            "recordHearing",
            json!({ "party": party, "outcome": "HEARD", "record": words(9) }),
        )
        .await;
    }
    case.act(
        "arbiter",
        "logBindingAdvice",
        json!({ "finding": "UPHELD", "text": words(18) }),
    )
    .await;
    app.sweep().await;
    case.act(
        "trainer2",
        "classifyComplaint",
        json!({ "cause": "content" }),
    )
    .await;
    let measures = json!([{ "text": words(14), "ownerId": member(app, "trainer3"), "dueOn": "2026-06-01" }, { "text": words(19), "ownerId": member(app, "trainer2"), "dueOn": "2026-06-01" }]);
    case.act(
        "trainer2",
        "answerMeasures",
        json!({ "measures": measures, "idempotencyKey": "maatregelen" }),
    )
    .await;
    // Nobody is asked about them for five years.
    let agreed = case.now().await["measures"].clone();
    for measure in agreed.as_array().unwrap() {
        let done =
            json!({ "measureId": measure["id"], "doneOn": "2026-03-02", "isEffective": true });
        case.act("admin", "updateMeasure", done).await;
    }
    case.came(
        json!({ "rateHandling": { "score": 4, "text": words(13) } }),
        "TELEPHONE",
        "2026-03-02T08:00:00Z",
    )
    .await;
    case.act("admin", "placeLegalHold", json!({ "reason": words(16) }))
        .await;
    case.act(
        "admin",
        "liftLegalHold",
        json!({ "reason": words(15), "idempotencyKey": "opgeheven" }),
    )
    .await;
    app.sweep().await;
    case
}

/// In which tables a word stands, as text, as a part of a document or in bytes.
async fn tables_with(app: &App, word: &str) -> Vec<String> {
    let (word, bytes) = (word.to_lowercase(), hex(word));
    let all = app.database.contents(&[]).await;
    let holds = |rows: &Vec<String>| {
        rows.iter().any(|row| {
            let row = row.to_lowercase();
            row.contains(&word) || row.contains(&bytes)
        })
    };
    all.into_iter()
        .filter(|(_, rows)| holds(rows))
        .map(|(table, _)| table)
        .collect()
}

/// The tables with a row in which both a complaint and a member stand.
pub(super) async fn tables_about(app: &App, complaint: Uuid, member: Uuid) -> Vec<String> {
    let stands_in = |row: &str, id: Uuid| {
        let row = row.to_lowercase();
        row.contains(&id.to_string()) || row.contains(&id.simple().to_string())
    };
    let all = app.database.contents(&[]).await;
    let tells = |rows: &Vec<String>| {
        rows.iter()
            .any(|row| stands_in(row, complaint) && stands_in(row, member))
    };
    all.into_iter()
        .filter(|(_, rows)| tells(rows))
        .map(|(table, _)| table)
        .collect()
}

fn hex(word: &str) -> String {
    word.bytes().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// The term of five years passes, with all that is due in it.
pub(super) async fn kept_to_the_end(app: &App) {
    for year in 2027..=2031 {
        app.at(&format!("{year}-03-03T09:00:00Z")).await;
    }
}

both! {
    async fn l10_once_destroyed_no_table_holds_a_name_or_a_word_of_it(app: &App) {
        let case = told_in_full(app).await;
        for word in PLANTED {
            let tables = tables_with(app, word).await;
            assert!(tables.contains(&"complaint_content".to_owned()), "{word}: {tables:?}");
        }
        assert!(tables_with(app, planted(1)).await.contains(&"outbox".to_owned()));
        kept_to_the_end(app).await;
        let refused = "UPDATE outbox SET last_error = '550 no mailbox ' || to_address WHERE to_address LIKE '%kwetsbaar%'";
        app.database.execute(refused).await;
        case.act("admin", "confirmDestruction", json!({})).await;
        app.sweep().await;
        let mut left = Vec::new();
        for word in PLANTED {
            for table in tables_with(app, word).await {
                left.push(format!("{word} in {table}"));
            }
        }
        assert!(left.is_empty(), "{left:#?}");
        assert!(app.database.contents(&[]).await["access_link"].is_empty(), "no way in is left");
    }

    async fn l10_what_counts_stays_without_anybody_and_the_chain_verifies(app: &App) {
        let case = told_in_full(app).await;
        kept_to_the_end(app).await;
        case.act("admin", "confirmDestruction", json!({})).await;
        let fields = "state outcome receivedAt closedAt channel isChainIntact destroyedAt course { title } cause { code } regulation { name }
            rounds { instance openedAt decision { finding } } complainant { name } respondents { name } handler { id } rating
            entries { kind text by { kind member { name } } }";
        let left = case.part(fields).await;
        assert_eq!(left["isChainIntact"], true);
        assert_eq!((&left["state"], &left["outcome"]), (&json!("CLOSED"), &json!("DECIDED")));
        assert_eq!(left["cause"]["code"], "content");
        assert_eq!(left["rounds"][1]["decision"]["finding"], "UPHELD");
        assert_eq!(left["rating"], 4);
        let last = left["entries"].as_array().unwrap().last().unwrap();
        assert_eq!(last["kind"], "DESTROYED", "the certificate");
        assert!(left["entries"].as_array().unwrap().iter().all(|entry| entry["text"].is_null()), "{left:#}");
        let listed = "{ complaints { nodes { reference handler { id } } } }";
        let listed = ask(app, "livp/admin", listed, json!({})).await;
        let row = listed.data()["complaints"]["nodes"].as_array().unwrap().iter().find(|one| one["reference"] == case.reference.as_str()).unwrap().clone();
        assert_eq!(row["handler"], Value::Null);
        let rows = app.database.contents(&[]).await["complaint"].join("\n");
        let id = crate::post::uuid_of(app.person(LIVP, "arbiter")["id"].as_str().unwrap());
        let named = [id.to_string(), id.simple().to_string()].iter().any(|id| rows.to_lowercase().contains(id));
        assert!(!named, "{rows}");
    }

    async fn l13_satisfaction_is_asked_once_also_when_the_complaint_is_reopened_and_closed_again(app: &App) {
        let case = crate::steps::livp::disagreed(app).await;
        app.at("2026-06-02T22:00:00Z").await;
        assert_eq!(case.stands().await, "CLOSED NOT_PURSUED");
        no_measures(&case).await;
        app.sweep().await;
        app.at("2026-06-10T09:00:00Z").await;
        case.act("klager", "appeal", json!({ "grounds": "Ik wil toch een oordeel." })).await;
        assign(&case, "arbiter").await;
        case.act("arbiter", "admitLateAppeal", json!({ "reasons": "Ziekte." })).await;
        crate::steps::livp::advise(&case, "UPHELD").await;
        app.sweep().await;
        assert_eq!(case.stands().await, "CLOSED DECIDED");
        let letters = app.letters().await;
        let asks = |letter: &&Value| letter["text"].as_str().unwrap().contains("cijfer van 1 tot en met 5");
        let asking: Vec<&Value> = letters.iter().filter(|one| one["complaintId"] == case.id.as_str()).filter(asks).collect();
        assert_eq!(asking.len(), 1, "{asking:#?}");
    }

    async fn l10_once_destroyed_nothing_tells_who_was_a_party_or_who_treated_it(app: &App) {
        let case = agreed(app).await;
        case.act("trainer2", "classifyComplaint", json!({ "cause": "content" })).await;
        let measure = json!({ "text": "Bijscholing.", "ownerId": member(app, "trainer2"), "dueOn": "2026-06-01" });
        case.act("trainer2", "answerMeasures", json!({ "measures": [measure] })).await;
        let of_member = |key: &str| crate::post::uuid_of(app.person(LIVP, key)["id"].as_str().unwrap());
        let (complaint, parties) = (crate::post::uuid_of(&case.id), ["klager", "trainer1"].map(of_member));
        let all = [parties.as_slice(), &["trainer2"].map(of_member)].concat();
        for member in parties {
            let tables = tables_about(app, complaint, member).await;
            for table in ["complaint_audience", "access_log"] {
                assert!(tables.contains(&table.to_owned()), "{tables:?}");
            }
        }
        assert!(tables_about(app, complaint, all[2]).await.contains(&"measure_due".to_owned()));
        kept_to_the_end(app).await;
        case.act("admin", "confirmDestruction", json!({})).await;
        app.sweep().await;
        for member in all {
            let mut tables = tables_about(app, complaint, member).await;
            // Who administers it sees what is left, and who of the staff saw what stays in the log of that.
            tables.retain(|table| parties.contains(&member) || !["access_log", "complaint_audience"].contains(&table.as_str()));
            assert_eq!(tables, [""; 0], "{member}");
        }
        for who in ["klager", "trainer1", "trainer2"] {
            assert_eq!(found_by(&case, &format!("livp/{who}")).await, nothing(), "{who}");
        }
        let left = case.part("isChainIntact entries { kind by { member { name } } member { name } }").await;
        assert_eq!(left["isChainIntact"], true);
        let named: Vec<&Value> = left["entries"].as_array().unwrap().iter()
            .filter(|entry| entry["kind"] != "DESTROYED")
            .flat_map(|entry| [&entry["by"]["member"]["name"], &entry["member"]["name"]])
            .filter(|name| !name.is_null())
            .collect();
        assert!(named.is_empty(), "{named:?}");
    }
}
