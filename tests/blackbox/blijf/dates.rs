//! Blijf Groep: dates and times that cannot be are refused, each in the field that says so.

use serde_json::{Value, json};
use wederhoor_tests::{App, both};

use crate::steps::{
    Case,
    blijf::{BLIJF, complainant, filed},
    form, letter, mutate,
};

/// The code and the field of the only user error.
fn wrong(payload: &Value) -> (String, Value) {
    let errors = payload["userErrors"].as_array().unwrap();
    assert_eq!(errors.len(), 1, "{payload:#}");
    (
        errors[0]["code"].as_str().unwrap().to_owned(),
        errors[0]["field"].clone(),
    )
}

fn at(code: &str, path: Value) -> (String, Value) {
    (code.to_owned(), path)
}

both! {
    async fn b04_dates_on_the_form_have_been_and_are_within_a_lifetime(app: &App) {
        for (field, on) in [("filedOn", "2026-03-03"), ("filedOn", "1900-01-01"), ("incidentOn", "2026-03-03"), ("incidentOn", "1900-01-01")] {
            let mut input = form(app, BLIJF, Some("veilig"));
            input[field] = json!(on);
            let payload = mutate(app, "", "fileComplaint", input, "receipt { reference }").await;
            assert_eq!(wrong(&payload), at("IMPOSSIBLE_DATE", json!([field])), "{field} {on}");
        }
        let mut input = form(app, BLIJF, Some("veilig"));
        input["incidentOn"] = json!("2026-03-02");
        Case::filed(app, "", input).await;
    }

    async fn b04_an_arrival_lies_neither_ahead_nor_before_any_regulation(app: &App) {
        let payload = async |arrived: &str| {
            let input = letter(app, BLIJF, Some("veilig"), "POST", arrived);
            mutate(app, "blijf-groep/admin", "registerComplaint", input, "receipt { reference }").await
        };
        assert_eq!(wrong(&payload("2026-03-02T08:00:01Z").await), at("IMPOSSIBLE_TIME", json!(["arrivedAt"])));
        assert_eq!(wrong(&payload("1900-01-01T08:00:00Z").await), at("NO_REGULATION_THEN", json!(["arrivedAt"])));
    }

    async fn b06_a_hearing_has_yet_to_come_and_a_contact_has_been(app: &App) {
        let case = filed(app, Some("veilig")).await;
        case.act("advies1", "takeComplaint", json!({})).await;
        let invitation = json!({ "party": complainant(), "hearingAt": "2026-03-01T09:00:00Z", "place": "Kamer 3" });
        let payload = case.attempt("advies1", "inviteToHearing", invitation).await;
        assert_eq!(wrong(&payload), at("IN_THE_PAST", json!(["hearingAt"])));
        for contacted in ["2026-03-03T09:00:00Z", "2026-02-01T09:00:00Z"] {
            let contact = json!({ "means": "TELEPHONE", "isReached": false, "contactedAt": contacted });
            let payload = case.attempt("advies1", "recordContact", contact).await;
            assert_eq!(wrong(&payload), at("IMPOSSIBLE_TIME", json!(["contactedAt"])), "{contacted}");
        }
        let act = json!({ "party": complainant(), "act": { "waiveHearing": "DONE" }, "channel": "POST", "arrivedAt": "2026-03-03T09:00:00Z" });
        let payload = case.attempt("admin", "recordPartyAct", act).await;
        assert_eq!(wrong(&payload), at("IMPOSSIBLE_TIME", json!(["arrivedAt"])));
    }

    async fn b02_an_informal_contact_has_been(app: &App) {
        let input = json!({ "contactOn": "2026-03-03", "isInvited": true, "note": "Besproken." });
        let payload = mutate(app, "blijf-groep/advies1", "recordInformalContact", input, "informalContact { id }").await;
        assert_eq!(wrong(&payload), at("IMPOSSIBLE_TIME", json!(["contactOn"])));
    }

    async fn b05_an_organiser_and_a_trainer_who_are_not_here_are_each_in_their_own_field(app: &App) {
        let stranger = &app.person("livp", "trainer1")["id"];
        for (field, value, place) in [
            ("organiserId", stranger.clone(), json!(["course", "organiserId"])),
            ("trainerIds", json!([stranger]), json!(["course", "trainerIds", "0"])),
        ] {
            let mut course = json!({ "title": "Nieuw", "sessionDays": ["2026-03-01"] });
            course[field] = value;
            let payload = mutate(app, "blijf-groep/admin", "addCourse", json!({ "course": course }), "course { id }").await;
            assert_eq!(wrong(&payload), at("UNKNOWN", place));
        }
    }
}
