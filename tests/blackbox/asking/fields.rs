//! What is wrong with an input says in which field, as the input has it.

use serde_json::{Value, json};
use wederhoor_tests::{App, both};

use crate::{
    hostile::absent,
    steps::{Case, form, letter, livp::member, mutate},
};

both! {
    async fn a_refusal_that_is_about_the_input_names_its_field(app: &App) {
        let nobody = json!(absent(member(app, "trainer2").as_str().unwrap()));
        let nameless = changed(app, "name", Value::Null);
        let unreachable = changed(app, "email", Value::Null);
        let mut unknown = letter(app, "livp", Some("basis"), "EMAIL", wederhoor_tests::START);
        unknown["respondents"] = json!([{ "name": "Iemand" }, { "name": "Iemand", "memberId": nobody }]);
        let mut tomorrow = letter(app, "livp", Some("basis"), "EMAIL", "2026-03-03T08:00:00Z");
        tomorrow["filedOn"] = Value::Null;
        let person = |email: &str| json!({ "name": "Nia Nieuw", "email": email, "roles": ["HANDLER"], "locale": "nl" });
        let taken = person(app.person("livp", "trainer2")["email"].as_str().unwrap());
        let leave = |who: &Value, instead: &Value| json!({ "memberId": who, "substituteId": instead, "fromOn": "2026-07-01", "untilOn": "2026-07-14" });
        let trainer = member(app, "trainer2");
        let course = json!({ "title": "Nieuw", "trainerIds": [trainer, nobody] });
        let organised = json!({ "title": "Nieuw", "organiserId": nobody });
        let talk = json!({ "contactOn": "2026-03-03", "isInvited": true, "note": "In de gang." });
        let lost = json!(absent(app.course("livp", "basis")["id"].as_str().unwrap()));
        for (mutation, input, code, field) in [
            ("fileComplaint", nameless, "FIELD_REQUIRED", json!(["complainant", "name"])),
            ("fileComplaint", unreachable, "ADDRESS_REQUIRED", json!(["complainant", "email"])),
            ("registerComplaint", unknown, "UNKNOWN", json!(["respondents", "1", "memberId"])),
            ("registerComplaint", tomorrow, "IMPOSSIBLE_TIME", json!(["arrivedAt"])),
            ("inviteMember", json!({ "member": taken }), "TAKEN", json!(["member", "email"])),
            ("changeMember", json!({ "memberId": nobody, "member": person("nia@personen.example") }), "NOT_FOUND", json!(["memberId"])),
            ("recordAbsence", leave(&nobody, &Value::Null), "UNKNOWN", json!(["memberId"])),
            ("recordAbsence", leave(&trainer, &nobody), "UNKNOWN", json!(["substituteId"])),
            ("nameStandIn", json!({ "memberId": nobody }), "UNKNOWN", json!(["memberId"])),
            ("addCourse", json!({ "course": course }), "UNKNOWN", json!(["course", "trainerIds"])),
            ("addCourse", json!({ "course": organised }), "UNKNOWN", json!(["course", "organiserId"])),
            ("changeCourse", json!({ "courseId": lost, "course": { "title": "Weg" } }), "NOT_FOUND", json!(["courseId"])),
            ("removeClosingDay", json!({ "on": "2026-12-24" }), "NOT_FOUND", json!(["on"])),
            ("recordInformalContact", talk, "IMPOSSIBLE_TIME", json!(["contactOn"])),
            ("publishPolicy", json!({ "document": { "text": "x" } }), "MALFORMED", json!(["document", "text"])),
        ] {
            let payload = mutate(app, "livp/admin", mutation, input, "__typename").await;
            assert_eq!((&payload["userErrors"][0]["code"], &payload["userErrors"][0]["field"]), (&json!(code), &field), "{mutation}: {payload:#}");
        }
    }

    async fn a_refused_act_names_its_field(app: &App) {
        let case = Case::registered(app, "livp", letter(app, "livp", Some("basis"), "EMAIL", wederhoor_tests::START)).await;
        let nobody = json!(absent(member(app, "trainer2").as_str().unwrap()));
        let party = json!({ "kind": "RESPONDENT", "number": 4 });
        let act = |act: Value, arrived: &str| json!({ "party": { "kind": "COMPLAINANT" }, "act": act, "channel": "EMAIL", "arrivedAt": arrived });
        let statement = json!({ "addStatement": { "text": "Nog iets." } });
        for (mutation, input, code, field) in [
            ("assignDecider", json!({ "memberId": nobody }), "UNKNOWN_MEMBER", json!(["memberId"])),
            ("assignDecider", json!({ "memberId": member(app, "trainer1") }), "CONFLICT_OF_INTEREST", json!(["memberId"])),
            ("recordPartyAct", act(statement, "2026-03-03T08:00:00Z"), "IMPOSSIBLE_TIME", json!(["arrivedAt"])),
            ("recordPartyAct", json!({ "party": party, "act": { "addStatement": { "text": "Ik ook." } }, "channel": "EMAIL", "arrivedAt": wederhoor_tests::START }), "UNKNOWN_PARTY", json!(["party"])),
        ] {
            let told = case.attempt("admin", mutation, input).await;
            assert_eq!((&told["userErrors"][0]["code"], &told["userErrors"][0]["field"]), (&json!(code), &field), "{mutation}: {told:#}");
        }
    }
}

/// The form, with something else in a field of who complains.
fn changed(app: &App, field: &str, value: Value) -> Value {
    let mut input = form(app, "livp", Some("basis"));
    input["complainant"][field] = value;
    input
}
