//! LIVP: every end a complaint can have: agreed, decided, not pursued, withdrawn, inadmissible. Accepted, and tacitly so, are
//! no ends here.

use serde_json::json;
use wederhoor_tests::{App, both};

use crate::steps::livp::{
    COMPLAINANT, advise, agreed, appealed, assign, assigned, disagreed, entries, filed, mail,
    proposed, told,
};

both! {
    async fn l07_agreed_when_both_have_signed(app: &App) {
        let case = agreed(app).await;
        assert_eq!(case.stands().await, "CLOSED AGREED");
        assert_eq!(entries(&case, "CLOSED").await[0]["outcome"], "AGREED");
    }

    async fn l11_decided_by_binding_advice(app: &App) {
        for finding in ["UPHELD", "PARTLY_UPHELD", "NOT_UPHELD", "NO_JUDGEMENT"] {
            let case = appealed(app).await;
            assign(&case, "arbiter").await;
            advise(&case, finding).await;
            assert_eq!(case.stands().await, "CLOSED DECIDED");
            assert_eq!(case.now().await["rounds"][1]["decision"]["finding"], finding);
            let again = case.refused("klager", "appeal", json!({ "grounds": "Nog eens." })).await;
            assert_eq!(again.0, "NOT_IN_THIS_PROCEDURE");
        }
    }

    async fn l11_not_pursued_when_no_appeal_came_in_its_term(app: &App) {
        let case = disagreed(app).await;
        app.at("2026-06-02T22:00:00Z").await;
        assert_eq!(case.stands().await, "CLOSED NOT_PURSUED");
        assert_eq!(entries(&case, "CLOSED").await[0]["by"]["kind"], "CLOCK");
        assert!(told(&case, "closing").await.contains(&COMPLAINANT.to_owned()));
    }

    async fn l11_inadmissible_when_that_is_not_appealed(app: &App) {
        let case = assigned(app).await;
        case.act("trainer2", "declareInadmissible", json!({ "ground": "STANDING", "reasons": "Geen cursist en geen opdrachtgever." })).await;
        app.sweep().await;
        app.at("2026-06-02T21:59:59Z").await;
        assert_eq!(case.stands().await, "APPEAL_OPEN");
        app.at("2026-06-02T22:00:00Z").await;
        assert_eq!(case.stands().await, "CLOSED INADMISSIBLE");
    }

    async fn l11_inadmissible_when_the_arbiter_upholds_that(app: &App) {
        let case = assigned(app).await;
        crate::steps::livp::tell(&case, "trainer1").await;
        case.act("trainer2", "declareInadmissible", json!({ "ground": "STANDING", "reasons": "Geen cursist." })).await;
        case.act("klager", "appeal", json!({ "grounds": "Ik was er wel." })).await;
        assign(&case, "arbiter").await;
        for party in [json!({ "kind": "COMPLAINANT" }), json!({ "kind": "RESPONDENT", "number": 1 })] {
            case.act("arbiter", "recordHearing", json!({ "party": party, "outcome": "WAIVED" })).await;
        }
        let upheld = json!({ "finding": "NO_JUDGEMENT", "text": "Terecht niet behandeld.", "isInadmissibilityUpheld": true });
        case.act("arbiter", "logBindingAdvice", upheld).await;
        assert_eq!(case.stands().await, "CLOSED INADMISSIBLE");
    }

    async fn l01_withdrawn_in_every_open_state(app: &App) {
        let withdrawn = json!({ "reasons": "Het is uitgepraat." });
        for (case, state) in [
            (filed(app, Some("basis")).await, "RECEIVED"),
            (assigned(app).await, "IN_TREATMENT"),
            (proposed(app).await, "AWAITING_SIGN_OFF"),
            (disagreed(app).await, "APPEAL_OPEN"),
            (appealed(app).await, "ON_APPEAL"),
        ] {
            assert_eq!(case.stands().await, state);
            case.act("klager", "withdrawComplaint", withdrawn.clone()).await;
            assert_eq!(case.stands().await, "CLOSED WITHDRAWN", "{state}");
            assert_eq!(case.refused("klager", "withdrawComplaint", withdrawn.clone()).await.0, "ALREADY_CLOSED");
            assert_eq!(case.deadline("RETENTION").await["dueOn"], "2031-03-02");
        }
    }

    async fn l01_a_withdrawal_by_telephone_is_told_to_both_sides(app: &App) {
        let case = proposed(app).await;
        case.came(json!({ "withdrawComplaint": { "reasons": null } }), "TELEPHONE", "2026-03-02T08:00:00Z").await;
        assert_eq!(case.stands().await, "CLOSED WITHDRAWN");
        app.sweep().await;
        let told = told(&case, "closing").await;
        assert!(told.contains(&COMPLAINANT.to_owned()) && told.contains(&mail("trainer1")), "{told:?}");
    }

    async fn l09_a_response_and_its_answers_are_no_part_of_this_procedure(app: &App) {
        let case = assigned(app).await;
        let response = json!({ "finding": "UPHELD", "text": "U heeft gelijk." });
        assert_eq!(case.refused("trainer2", "issueResponse", response).await.0, "NOT_IN_THIS_PROCEDURE");
        for (mutation, input) in [
            ("acceptResponse", json!({})),
            ("objectToResponse", json!({ "reasons": "Nee." })),
            ("reactToResponse", json!({ "text": "Hoe bedoelt u?" })),
        ] {
            let (code, _) = case.refused("klager", mutation, input).await;
            assert!(["NOT_IN_THIS_PROCEDURE", "NO_RESPONSE"].contains(&code.as_str()), "{mutation}: {code}");
        }
        assert_eq!(case.refused("trainer2", "takeComplaint", json!({})).await.0, "NOT_ALLOWED");
    }
}
