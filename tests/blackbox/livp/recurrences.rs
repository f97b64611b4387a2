//! LIVP: whether a measure helped shows in the complaints that came after it: L13.

use serde_json::{Value, json};
use wederhoor_tests::{App, both};

use crate::{
    steps::{
        Case, ask, done,
        livp::{agreed, assign, entries, filed, mail, member, tell, told},
        mutate,
    },
    trouble::spoil,
};

pub(super) const CAUSE: &str = "trainer_conduct";
const READ: &str = "query($id: ID!) { complaint(id: $id) { measures { recurrenceCount recurrences { complaintId reference receivedAt } } } }";
const OWN: &str = "{ ownMeasures { nodes { measure { text recurrenceCount recurrences { complaintId reference receivedAt } } } } }";

/// Agreed on 2 March, and a measure of trainer 3's.
pub(super) async fn measured(app: &App) -> Case<'_> {
    let case = agreed(app).await;
    case.act("trainer2", "classifyComplaint", json!({ "cause": CAUSE }))
        .await;
    let measure = json!({ "text": "Bijscholing voor trainers.", "ownerId": member(app, "trainer3"), "dueOn": "2026-12-01" });
    case.act(
        "trainer2",
        "answerMeasures",
        json!({ "measures": [measure] }),
    )
    .await;
    case
}

/// Another complaint of this instant, about a course, of which the cause is recorded.
pub(super) async fn another<'a>(app: &'a App, about: Option<&str>, cause: &str) -> Case<'a> {
    let repeat = filed(app, about).await;
    assign(&repeat, "trainer2").await;
    repeat
        .act("trainer2", "classifyComplaint", json!({ "cause": cause }))
        .await;
    app.sweep().await;
    repeat
}

/// The complaints that came after the measure, as somebody sees it.
async fn recurrences(case: &Case<'_>, who: &str) -> Value {
    seen(case, who).await["recurrences"].clone()
}

/// The measure, as somebody sees it.
async fn seen(case: &Case<'_>, who: &str) -> Value {
    let answer = ask(case.app, who, READ, json!({ "id": case.id })).await;
    answer.data()["complaint"]["measures"][0].clone()
}

/// Time passes, and no letter goes out.
pub(super) async fn passes(app: &App) {
    let process = app.another_process().await;
    process.service.pass_time(&|| false).await.unwrap();
}

async fn own(app: &App, who: &str) -> Value {
    ask(app, who, OWN, json!({})).await.data()["ownMeasures"]["nodes"][0]["measure"]["recurrences"]
        .clone()
}

both! {
    async fn l13_a_repeat_is_linked_to_the_measure_and_its_owner_hears(app: &App) {
        let first = measured(app).await;
        app.at("2026-05-04T09:00:00Z").await;
        let second = another(app, Some("basis"), CAUSE).await;
        let linked = json!([{ "complaintId": second.id, "reference": second.reference, "receivedAt": "2026-05-04T09:00:00Z" }]);
        assert_eq!(recurrences(&first, "livp/admin").await, linked);
        assert_eq!(own(app, "livp/trainer3").await, linked);
        assert_eq!(told(&first, "recurrence").await, [mail("trainer3")]);
        assert_eq!(entries(&first, "RECURRENCE_FOUND").await.len(), 1);
        assert_eq!(second.now().await["measures"], json!([]));

        second.act("trainer2", "classifyComplaint", json!({ "cause": CAUSE })).await;
        app.sweep().await;
        assert_eq!(first.letters("recurrence").await.len(), 1);
    }

    async fn l13_another_cause_or_another_course_is_no_repeat(app: &App) {
        let first = measured(app).await;
        app.at("2026-05-04T09:00:00Z").await;
        another(app, Some("basis"), "content").await;
        another(app, None, CAUSE).await;
        assert_eq!(recurrences(&first, "livp/admin").await, json!([]));
        assert_eq!(told(&first, "recurrence").await, [""; 0]);
    }

    async fn l13_a_repeat_is_found_when_its_cause_is_recorded_and_when_that_of_the_first_is(app: &App) {
        let first = measured(app).await;
        app.at("2026-05-04T09:00:00Z").await;
        let second = another(app, Some("basis"), "content").await;
        first.act("trainer2", "classifyComplaint", json!({ "cause": "content" })).await;
        app.sweep().await;
        assert_eq!(recurrences(&first, "livp/admin").await[0]["complaintId"], second.id);
    }

    async fn l13_the_same_course_given_again_is_the_same_course(app: &App) {
        let first = measured(app).await;
        app.at("2026-05-04T09:00:00Z").await;
        let title = app.course("livp", "basis")["title"].clone();
        let again = json!({ "course": { "title": title, "sessionDays": ["2026-04-20"], "trainerIds": [member(app, "trainer1")] } });
        let course = done(mutate(app, "livp/admin", "addCourse", again, "course { id }").await);
        let mut form = crate::steps::livp::own_form(app, None);
        form["courseId"] = course["course"]["id"].clone();
        let second = Case::filed(app, "livp/klager", form).await;
        assign(&second, "trainer2").await;
        second.act("trainer2", "classifyComplaint", json!({ "cause": CAUSE })).await;
        app.sweep().await;
        assert_eq!(recurrences(&first, "livp/admin").await[0]["complaintId"], second.id);
    }

    async fn l13_who_may_not_know_of_the_repeat_hears_nothing_of_it(app: &App) {
        let first = measured(app).await;
        app.at("2026-05-04T09:00:00Z").await;
        let second = filed(app, Some("basis")).await;
        assign(&second, "trainer2").await;
        tell(&second, "trainer3").await;
        second.act("trainer2", "classifyComplaint", json!({ "cause": CAUSE })).await;
        app.sweep().await;
        assert_eq!(own(app, "livp/trainer3").await, json!([]));
        assert_eq!(recurrences(&first, "livp/admin").await[0]["complaintId"], second.id);
        let told = told(&first, "recurrence").await;
        assert!(!told.is_empty() && !told.contains(&mail("trainer3")), "{told:?}");
    }

    async fn l13_who_is_named_in_the_repeat_afterwards_sees_nothing_of_it_any_more(app: &App) {
        let first = measured(app).await;
        app.at("2026-05-04T09:00:00Z").await;
        let second = another(app, Some("basis"), CAUSE).await;
        assert_eq!(own(app, "livp/trainer3").await[0]["complaintId"], second.id);
        tell(&second, "trainer3").await;
        assert_eq!(own(app, "livp/trainer3").await, json!([]));
        assert_eq!(recurrences(&first, "livp/admin").await[0]["complaintId"], second.id);
        let count = ask(app, "livp/trainer3", OWN, json!({})).await.data()["ownMeasures"]["nodes"][0]["measure"]["recurrenceCount"].clone();
        assert_eq!(count, 0);
        let stored = app.database.contents(&[]).await["complaint_event"].clone();
        let found = stored.iter().find(|row| row.contains("recurrence_found")).unwrap();
        assert!(!found.contains("kept_from") && !found.contains("received_at"), "{found}");
    }

    async fn l13_an_official_who_is_named_in_the_repeat_sees_neither_the_entry_nor_the_letter(app: &App) {
        let first = measured(app).await;
        app.at("2026-05-04T09:00:00Z").await;
        let second = another(app, Some("basis"), CAUSE).await;
        let sees = async |who: &str| {
            let read = "query($id: ID!) { complaint(id: $id) { entries { kind } letters { kind } measures { recurrenceCount } } }";
            let answer = ask(app, who, read, json!({ "id": first.id })).await;
            let complaint = &answer.data()["complaint"];
            let has = |list: &str, kind: &str| complaint[list].as_array().unwrap().iter().any(|one| one["kind"] == kind);
            (has("entries", "RECURRENCE_FOUND"), has("letters", "RECURRENCE"), complaint["measures"][0]["recurrenceCount"].clone())
        };
        assert_eq!(sees("livp/trainer2").await, (true, true, json!(1)));
        let handed_on = json!({ "memberId": member(app, "trainer3") });
        second.act("admin", "assignDecider", handed_on).await;
        let named = json!({ "memberId": member(app, "trainer2") });
        second.act("trainer3", "nameRespondent", named).await;
        assert_eq!(sees("livp/trainer2").await, (false, false, json!(0)));
        assert_eq!(sees("livp/admin").await, (true, true, json!(1)));
    }

    async fn l13_a_letter_about_a_repeat_that_waits_goes_to_nobody_who_may_not_know_of_it_any_more(app: &App) {
        let first = measured(app).await;
        app.at("2026-05-04T09:00:00Z").await;
        let second = filed(app, Some("basis")).await;
        assign(&second, "trainer2").await;
        second.act("trainer2", "classifyComplaint", json!({ "cause": CAUSE })).await;
        passes(app).await;
        let statuses = async || {
            let letters = first.letters("recurrence").await;
            let one = |letter: &Value| (letter["to"].clone(), letter["status"].clone());
            letters.iter().map(one).collect::<Vec<_>>()
        };
        assert_eq!(statuses().await, [(json!(mail("trainer3")), json!("pending"))]);
        tell(&second, "trainer3").await;
        app.sweep().await;
        let went = statuses().await;
        let (owners, others): (Vec<_>, Vec<_>) = went.iter().partition(|(to, _)| *to == json!(mail("trainer3")));
        assert_eq!(owners, [&(json!(mail("trainer3")), json!("withdrawn"))]);
        assert!(!others.is_empty() && others.iter().all(|(_, status)| status == "sent"), "{went:?}");
    }

    async fn l13_a_link_goes_with_the_cause_that_made_it(app: &App) {
        let first = measured(app).await;
        app.at("2026-05-04T09:00:00Z").await;
        let second = another(app, Some("basis"), CAUSE).await;
        second.act("trainer2", "classifyComplaint", json!({ "cause": "content" })).await;
        app.sweep().await;
        let none = json!({ "recurrenceCount": 0, "recurrences": [] });
        assert_eq!(seen(&first, "livp/admin").await, none);
        second.act("trainer2", "classifyComplaint", json!({ "cause": CAUSE })).await;
        app.sweep().await;
        assert_eq!(recurrences(&first, "livp/admin").await[0]["complaintId"], second.id);
        assert_eq!(first.letters("recurrence").await.len(), 1, "the owner hears of it once");
    }

    async fn l13_of_a_repeat_that_is_destroyed_only_that_it_was_there_is_left(app: &App) {
        let first = measured(app).await;
        first.act("admin", "placeLegalHold", json!({ "reason": "Er loopt een zaak." })).await;
        let measure = first.now().await["measures"][0]["id"].clone();
        let done = json!({ "measureId": measure, "doneOn": "2026-03-02", "isEffective": true });
        first.act("trainer3", "updateMeasure", done).await;
        app.at("2026-05-04T09:00:00Z").await;
        let second = another(app, Some("basis"), CAUSE).await;
        second.act("klager", "withdrawComplaint", json!({})).await;
        let none = json!({ "reasonForNone": "Er is niets te verbeteren." });
        second.act("trainer2", "answerMeasures", none).await;
        for year in 2027..=2031 {
            app.at(&format!("{year}-05-05T09:00:00Z")).await;
        }
        second.act("admin", "confirmDestruction", json!({})).await;
        let left = json!({ "recurrenceCount": 1, "recurrences": [] });
        assert_eq!(seen(&first, "livp/admin").await, left);
        first.act("trainer2", "classifyComplaint", json!({ "cause": CAUSE })).await;
        app.sweep().await;
        let stored = app.database.contents(&[]).await["complaint_event"].clone();
        let links = stored.iter().filter(|row| row.contains("recurrence_found")).count();
        assert_eq!(links, 1, "and no link is made again");
    }

    async fn l13_a_dossier_that_cannot_be_read_keeps_no_other_from_being_linked(app: &App) {
        let (first, broken) = (measured(app).await, measured(app).await);
        app.at("2026-05-04T09:00:00Z").await;
        spoil(app, &broken.reference).await;
        let second = another(app, Some("basis"), CAUSE).await;
        assert_eq!(recurrences(&first, "livp/admin").await[0]["complaintId"], second.id);
    }

    async fn l13_the_organisation_chooses_how_long_a_repeat_counts(app: &App) {
        let first = measured(app).await;
        let measure = first.now().await["measures"][0]["id"].clone();
        first.act("trainer3", "updateMeasure", json!({ "measureId": measure, "doneOn": "2026-03-02" })).await;
        let set = |months: i32| json!({ "months": months });
        let refused = mutate(app, "livp/admin", "setRecurrenceWindow", set(0), "months").await;
        assert_eq!(refused["userErrors"][0]["code"], "MALFORMED", "{refused:#}");
        done(mutate(app, "livp/admin", "setRecurrenceWindow", set(2), "months").await);
        app.at("2026-05-04T09:00:00Z").await;
        another(app, Some("basis"), CAUSE).await;
        assert_eq!(recurrences(&first, "livp/admin").await, json!([]));
        done(mutate(app, "livp/admin", "setRecurrenceWindow", set(12), "months").await);
        assert_eq!(ask(app, "livp/admin", "{ recurrenceWindow }", json!({})).await.data()["recurrenceWindow"], 12);
        another(app, Some("basis"), CAUSE).await;
        assert_eq!(recurrences(&first, "livp/admin").await.as_array().unwrap().len(), 1);
    }
}
