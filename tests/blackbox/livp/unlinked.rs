//! LIVP: who may not know of a complaint that came after a measure is told of it by nothing, also not once nobody knows any more who
//! they are: L13.

use std::collections::BTreeMap;

use serde_json::{Value, json};
use wederhoor_tests::{App, both};

use super::recurrences::{CAUSE, another, measured, passes};
use crate::steps::{
    Case, ask, codes,
    livp::{assign, filed, mail, member, tell, told},
    mutate,
};

const DOSSIER: &str =
    "query($id: ID!) { complaint(id: $id) { entries { kind letter } letters { kind }
    measures { recurrenceCount recurrences { reference } } } }";
const FAILED: &str = "{ undeliveredLetters { totalCount nodes { letter { kind } } } }";
const PAPER: &str = "{ lettersToPrint { totalCount nodes { kind } } }";

/// A complaint with a measure that was carried out and worked, and that is not destroyed.
async fn held(app: &App) -> Case<'_> {
    let first = measured(app).await;
    first
        .act(
            "admin",
            "placeLegalHold",
            json!({ "reason": "Er loopt een zaak." }),
        )
        .await;
    let measure = first.now().await["measures"][0]["id"].clone();
    let done = json!({ "measureId": measure, "doneOn": "2026-03-02", "isEffective": true });
    first.act("trainer3", "updateMeasure", done).await;
    first
}

/// A complaint of 4 May like it, handled by trainer 3, about the handler of the first and one of its administrators.
async fn about_officials(app: &App) -> Case<'_> {
    app.at("2026-05-04T09:00:00Z").await;
    let second = filed(app, Some("basis")).await;
    assign(&second, "trainer3").await;
    second
        .act("trainer3", "classifyComplaint", json!({ "cause": CAUSE }))
        .await;
    app.sweep().await;
    for key in ["trainer2", "admin2"] {
        let named = json!({ "memberId": member(app, key) });
        second.act("trainer3", "nameRespondent", named).await;
    }
    second
}

/// It is withdrawn, and its dossier destroyed.
async fn ends(second: &Case<'_>) {
    second.act("klager", "withdrawComplaint", json!({})).await;
    let none = json!({ "reasonForNone": "Er is niets te verbeteren." });
    second.act("trainer3", "answerMeasures", none).await;
    for year in 2027..=2031 {
        second.app.at(&format!("{year}-06-02T09:00:00Z")).await;
    }
    second.act("admin", "confirmDestruction", json!({})).await;
}

/// How many entries and letters of the first tell somebody of the other, and how many they know came after the measure.
async fn in_dossier(first: &Case<'_>, who: &str) -> (usize, usize, Value) {
    let answer = ask(first.app, who, DOSSIER, json!({ "id": first.id })).await;
    let complaint = &answer.data()["complaint"];
    let tells = |one: &&Value| {
        one["letter"] == "RECURRENCE"
            || ["RECURRENCE_FOUND", "RECURRENCE", "UNDELIVERED"]
                .contains(&one["kind"].as_str().unwrap())
    };
    let many = |list: &str| {
        complaint[list]
            .as_array()
            .unwrap()
            .iter()
            .filter(tells)
            .count()
    };
    (
        many("entries"),
        many("letters"),
        complaint["measures"][0]["recurrenceCount"].clone(),
    )
}

/// What an administrator finds of a letter that came back: how many are counted and listed, and what reporting it again answers.
async fn at_desk(app: &App, who: &str, letter: &Value) -> (Value, usize, String) {
    let answer = ask(app, who, FAILED, json!({})).await;
    let listed = &answer.data()["undeliveredLetters"];
    let again = mutate(
        app,
        who,
        "reportUndelivered",
        json!({ "letterId": letter }),
        "letter { id }",
    );
    let many = listed["nodes"].as_array().unwrap().len();
    (
        listed["totalCount"].clone(),
        many,
        codes(&again.await).join(" "),
    )
}

/// How many letters about a repeat wait on paper, as the administration's list has them, which counts no more than it shows.
async fn on_paper(app: &App) -> usize {
    let answer = ask(app, "livp/admin", PAPER, json!({})).await;
    let listed = &answer.data()["lettersToPrint"];
    let all = listed["nodes"].as_array().unwrap();
    assert_eq!(listed["totalCount"], all.len());
    all.iter().filter(|one| one["kind"] == "RECURRENCE").count()
}

/// The owner of the measure is reached on paper alone, and a complaint like it waits for them there.
async fn waits_on_paper(app: &App) -> (Case<'_>, Case<'_>) {
    let first = measured(app).await;
    let unreachable = format!(
        "UPDATE member SET email = NULL WHERE email = '{}'",
        mail("trainer3")
    );
    app.database.execute(&unreachable).await;
    app.at("2026-05-04T09:00:00Z").await;
    let second = another(app, Some("basis"), CAUSE).await;
    (first, second)
}

/// To whom letters about a repeat went or go, and how far they have come.
async fn statuses(first: &Case<'_>) -> Vec<(String, String)> {
    let letters = first.letters("recurrence").await;
    let word = |one: &Value, field: &str| one[field].as_str().unwrap_or("print").to_owned();
    let one = |letter: &Value| (word(letter, "to"), word(letter, "status"));
    let mut all: Vec<_> = letters.iter().map(one).collect();
    all.sort();
    all
}

both! {
    async fn l13_no_number_of_an_entry_tells_whoever_is_kept_from_it_that_there_is_something(app: &App) {
        let first = held(app).await;
        about_officials(app).await;
        for who in ["livp/trainer2", "livp/admin"] {
            let document = "query($id: ID!) { complaint(id: $id) { entries { number } } }";
            let seen = ask(app, who, document, json!({ "id": first.id })).await;
            let entries = seen.data()["complaint"]["entries"].as_array().unwrap();
            assert!((0_u64..).zip(entries).all(|(at, one)| one["number"] == at), "{who}: {entries:?}");
        }
    }

    async fn l13_once_a_repeat_is_destroyed_nobody_is_told_of_it_but_that_there_was_one(app: &App) {
        let first = held(app).await;
        let second = about_officials(app).await;
        let letter = first.letters("recurrence").await[0]["id"].clone();
        app.at("2026-05-05T09:00:00Z").await;
        let (who, input) = ("livp/admin", json!({ "letterId": letter }));
        assert_eq!(codes(&mutate(app, who, "reportUndelivered", input, "letter { id }").await), [""; 0]);
        app.sweep().await;
        assert_eq!(told(&first, "undelivered").await, [""; 0], "nobody but who reported it may know");
        assert_eq!(in_dossier(&first, "livp/admin").await, (2, 1, json!(1)));
        assert_eq!(at_desk(app, "livp/admin", &letter).await, (json!(1), 1, "ALREADY_DONE".to_owned()));
        for kept in ["livp/trainer2", "livp/admin2"] {
            assert_eq!(in_dossier(&first, kept).await, (0, 0, json!(0)), "{kept}");
        }
        let nothing = (json!(0), 0, "NOT_FOUND".to_owned());
        assert_eq!(at_desk(app, "livp/admin2", &letter).await, nothing);

        ends(&second).await;
        for anybody in ["livp/trainer2", "livp/admin2", "livp/admin"] {
            assert_eq!(in_dossier(&first, anybody).await, (0, 0, json!(1)), "{anybody}");
        }
        for desk in ["livp/admin2", "livp/admin"] {
            assert_eq!(at_desk(app, desk, &letter).await, nothing, "{desk}");
        }
    }

    async fn l13_a_letter_on_paper_is_withdrawn_when_its_reader_may_not_know_of_the_repeat_any_more(app: &App) {
        let (first, second) = waits_on_paper(app).await;
        assert_eq!(on_paper(app).await, 1);
        tell(&second, "trainer3").await;
        assert_eq!(on_paper(app).await, 0, "nobody is to print it now");
        app.sweep().await;
        let (owners, others): (Vec<_>, Vec<_>) = statuses(&first).await.into_iter().partition(|(to, _)| to == "print");
        assert_eq!(owners, [("print".to_owned(), "withdrawn".to_owned())]);
        assert!(!others.is_empty() && others.iter().all(|(_, status)| status == "sent"), "{others:?}");
    }

    async fn l13_a_letter_that_is_posted_is_checked_as_one_that_is_mailed(app: &App) {
        let (first, second) = waits_on_paper(app).await;
        tell(&second, "trainer3").await;
        let posted = async || first.posted("recurrence", "2026-05-04").await["letter"]["status"].clone();
        assert_eq!(posted().await, "WITHDRAWN");
        let letters = statuses(&first).await;
        let (last, others) = letters.split_last().unwrap();
        assert_eq!(*last, ("print".to_owned(), "withdrawn".to_owned()));
        assert!(!others.is_empty() && others.iter().all(|(_, status)| status == "pending"), "{letters:?}");
        assert_eq!(posted().await, "POSTED", "it had gone");
    }

    async fn l13_what_a_carrier_may_have_had_never_comes_again_in_other_words(app: &App) {
        let first = measured(app).await;
        app.at("2026-05-04T09:00:00Z").await;
        let second = filed(app, Some("basis")).await;
        assign(&second, "trainer2").await;
        second.act("trainer2", "classifyComplaint", json!({ "cause": CAUSE })).await;
        passes(app).await;
        let texts = async || {
            let letters = first.letters("recurrence").await.into_iter();
            let word = |one: &Value, field: &str| one[field].as_str().unwrap().to_owned();
            letters.map(|one| (word(&one, "status"), word(&one, "text"))).collect::<BTreeMap<_, _>>()
        };
        let written = texts().await;
        let renamed = format!("UPDATE member SET name = 'Thea Anders' WHERE email = '{}'", mail("trainer3"));
        app.database.execute(&renamed).await;
        app.sweep().await;
        let owner = mail("trainer3");
        let expected = ["sent", "withdrawn"].map(|status| (owner.clone(), status.to_owned()));
        assert_eq!(statuses(&first).await, expected);
        let texts = texts().await;
        assert_eq!(texts["withdrawn"], written["pending"]);
        assert!(texts["sent"].contains("Thea Anders"));
    }
}
