//! LIVP: one text that both sides sign, or no agreement after four weeks: L6, L7, L9.

use serde_json::{Value, json};
use wederhoor_tests::{App, both};

use crate::steps::{
    ask,
    livp::{
        COMPLAINANT, TEXT, agreed, assigned, disagreed, due, entries, filed, mail, member,
        proposed, sign, tell, told,
    },
};

/// The first instant after L9 of what was received on Monday 2 March.
const LAPSE: &str = "2026-03-30T22:00:00Z";

/// A sign-off of the first version that came on another channel.
fn signed() -> Value {
    json!({ "signOffSolution": { "version": 1 } })
}

/// The respondent, in what is recorded for them.
fn respondent() -> Value {
    json!({ "kind": "RESPONDENT", "number": 1 })
}

both! {
    async fn l06_both_sides_receive_and_sign_one_identical_text(app: &App) {
        let case = proposed(app).await;
        assert_eq!(case.stands().await, "AWAITING_SIGN_OFF");
        let letters = case.letters("solution_for_sign_off").await;
        assert_eq!(told(&case, "solution_for_sign_off").await, [COMPLAINANT.to_owned(), mail("trainer1")]);
        assert!(letters.iter().all(|letter| letter["text"].as_str().unwrap().contains(TEXT)), "{letters:#?}");
        let digests: Vec<Value> = [case.seen_by("klager").await, case.seen_by("trainer1").await, case.now().await]
            .map(|seen| seen["solution"]["digest"].clone()).into();
        assert!(digests[0].as_str().unwrap().len() == 64 && digests.iter().all(|one| *one == digests[0]), "{digests:?}");
        sign(&case, "klager", 1).await;
        let solution = &case.now().await["solution"];
        assert_eq!(solution["signedBy"], json!([{ "kind": "COMPLAINANT", "number": null }]));
        assert_eq!(solution["awaitedFrom"], json!([{ "kind": "RESPONDENT", "number": 1 }]));
        assert_eq!(case.refused("klager", "signOffSolution", json!({ "version": 1 })).await.0, "ALREADY_SIGNED");
        assert_eq!(case.refused("trainer2", "signOffSolution", json!({ "version": 1 })).await.0, "NOT_ALLOWED");
        assert_eq!(case.stands().await, "AWAITING_SIGN_OFF");
        sign(&case, "trainer1", 1).await;
        assert_eq!(case.stands().await, "CLOSED AGREED");
    }

    async fn l06_a_changed_text_voids_earlier_sign_offs(app: &App) {
        let case = proposed(app).await;
        sign(&case, "klager", 1).await;
        let first = case.now().await["solution"]["digest"].clone();
        case.act("trainer2", "proposeSolution", json!({ "text": "Een andere oplossing." })).await;
        let solution = &case.now().await["solution"];
        assert_eq!((&solution["version"], &solution["signedBy"]), (&json!(2), &json!([])));
        assert_ne!(solution["digest"], first);
        assert_eq!(case.refused("trainer1", "signOffSolution", json!({ "version": 1 })).await.0, "SOLUTION_CHANGED");
        sign(&case, "trainer1", 2).await;
        assert_eq!(case.stands().await, "AWAITING_SIGN_OFF");
        sign(&case, "klager", 2).await;
        assert_eq!(case.stands().await, "CLOSED AGREED");
    }

    async fn l06_every_named_respondent_signs(app: &App) {
        let case = filed(app, None).await;
        crate::steps::livp::assign(&case, "trainer2").await;
        tell(&case, "trainer1").await;
        tell(&case, "trainer3").await;
        case.act("trainer2", "proposeSolution", json!({ "text": TEXT })).await;
        sign(&case, "klager", 1).await;
        sign(&case, "trainer1", 1).await;
        assert_eq!(case.stands().await, "AWAITING_SIGN_OFF");
        sign(&case, "trainer3", 1).await;
        assert_eq!(case.stands().await, "CLOSED AGREED");
    }

    async fn l06_nobody_signs_before_there_is_a_text_and_nobody_else_writes_it(app: &App) {
        let case = assigned(app).await;
        tell(&case, "trainer1").await;
        assert_eq!(case.refused("klager", "signOffSolution", json!({ "version": 1 })).await.0, "NO_SOLUTION");
        for who in ["klager", "trainer1", "admin"] {
            assert_eq!(case.refused(who, "proposeSolution", json!({ "text": TEXT })).await.0, "NOT_ALLOWED", "{who}");
        }
        assert_eq!(case.may("trainer2", "PROPOSE_SOLUTION").await, Ok(()));
    }

    async fn l06_where_no_person_is_complained_about_a_representative_signs(app: &App) {
        let case = assigned(app).await;
        case.act("trainer2", "proposeSolution", json!({ "text": TEXT })).await;
        sign(&case, "klager", 1).await;
        assert_eq!(case.stands().await, "AWAITING_SIGN_OFF");
        assert_eq!(case.now().await["solution"]["awaitedFrom"], json!([{ "kind": "REPRESENTATIVE", "number": null }]));
        assert_eq!(case.seen_by("stem").await, Value::Null);
        for key in ["trainer2", "klager", "trainer1"] {
            let named = json!({ "memberId": member(app, key) });
            assert_eq!(case.refused("admin", "nameRepresentative", named).await.0, "CONFLICT_OF_INTEREST", "{key}");
        }
        case.act("admin", "nameRepresentative", json!({ "memberId": member(app, "stem") })).await;
        assert_eq!(case.seen_by("stem").await["viewerLevel"], "RESPONDENT");
        sign(&case, "stem", 1).await;
        assert_eq!(case.stands().await, "CLOSED AGREED");
    }

    async fn l07_sign_offs_count_on_whatever_channel_they_came(app: &App) {
        let case = proposed(app).await;
        app.at("2026-03-12T09:00:00Z").await;
        case.came(signed(), "TELEPHONE", "2026-03-12T08:30:00Z").await;
        app.at("2026-03-16T09:00:00Z").await;
        case.came_from(respondent(), signed(), "EMAIL", "2026-03-13T09:00:00Z").await;
        assert_eq!(case.stands().await, "CLOSED AGREED");
        let signatures = entries(&case, "SOLUTION_SIGNED").await;
        let times: Vec<&str> = signatures.iter().map(|one| &one["effectiveAt"].as_str().unwrap()[..16]).collect();
        assert_eq!(times, ["2026-03-12T08:30", "2026-03-13T09:00"]);
        assert!(case.now().await["closedAt"].as_str().unwrap().starts_with("2026-03-13T09:00"));
    }

    async fn l07_complaint_solution_and_sign_offs_go_to_the_administration(app: &App) {
        let case = agreed(app).await;
        app.sweep().await;
        let told = told(&case, "closing").await;
        for reader in [COMPLAINANT.to_owned(), mail("trainer1"), mail("admin"), mail("admin2")] {
            assert!(told.contains(&reader), "{reader}: {told:?}");
        }
        let document = "query($id: ID!) { complaint(id: $id) { description solution { text version digest signedBy { kind } } isChainIntact
            entries { kind digest solutionVersion } } }";
        let dossier = ask(app, "livp/admin", document, json!({ "id": case.id })).await;
        let dossier = &dossier.data()["complaint"];
        assert!(dossier["description"].as_str().unwrap().contains("grapjes"));
        assert_eq!((&dossier["solution"]["text"], &dossier["isChainIntact"]), (&json!(TEXT), &json!(true)));
        let signed = dossier["entries"].as_array().unwrap().iter().filter(|one| one["kind"] == "SOLUTION_SIGNED");
        let texts: Vec<(&Value, &Value)> = signed.map(|one| (&one["digest"], &one["solutionVersion"])).collect();
        assert_eq!(texts, [(&dossier["solution"]["digest"], &json!(1)); 2]);
    }

    async fn l07_one_sided_silence_is_no_consent(app: &App) {
        let case = proposed(app).await;
        sign(&case, "klager", 1).await;
        app.at("2026-03-30T21:59:59Z").await;
        assert_eq!(case.stands().await, "AWAITING_SIGN_OFF");
        app.at(LAPSE).await;
        assert_eq!(case.stands().await, "APPEAL_OPEN");
        assert_eq!(case.now().await["rounds"][0]["appealWay"]["ground"], "NO_AGREEMENT");
    }

    async fn l09_after_four_weeks_the_procedure_for_no_agreement_starts_by_itself(app: &App) {
        let case = proposed(app).await;
        assert_eq!(case.due("RESOLUTION").await, due("2026-03-30", LAPSE, "Werkwijze 9"));
        assert_eq!(case.deadline("RESOLUTION").await["derivation"]["isRolling"], false);
        app.at(LAPSE).await;
        let lapsed = entries(&case, "TERM_LAPSED").await;
        assert_eq!(lapsed.len(), 1);
        assert_eq!((&lapsed[0]["by"]["kind"], &lapsed[0]["deadline"]), (&json!("CLOCK"), &json!("RESOLUTION")));
        assert_eq!(told(&case, "way_notice").await, [COMPLAINANT.to_owned(), mail("trainer1")]);
        let notice = &case.letters("way_notice").await[0];
        assert!(notice["text"].as_str().unwrap().contains("30 juni 2026"), "{notice:#}");
        assert_eq!(told(&case, "lapse_notice").await, [COMPLAINANT]);
    }

    async fn l09_no_roll_onto_the_day_after_a_holiday(app: &App) {
        app.at("2026-03-09T09:00:00Z").await;
        let case = filed(app, Some("basis")).await;
        assert_eq!(case.due("RESOLUTION").await, due("2026-04-06", "2026-04-06T22:00:00Z", "Werkwijze 9"));
    }

    async fn l09_no_extension(app: &App) {
        let case = proposed(app).await;
        let later = json!({ "until": "2026-04-10", "reasons": "Het is druk." });
        for mutation in ["announceExtension", "requestExtension"] {
            assert_eq!(case.refused("trainer2", mutation, later.clone()).await.0, "NOT_IN_THIS_PROCEDURE");
        }
        assert_eq!(case.due("RESOLUTION").await[0], "2026-03-30");
    }

    async fn l09_a_sign_off_in_the_last_second_wins_also_when_registered_later(app: &App) {
        let case = proposed(app).await;
        sign(&case, "klager", 1).await;
        app.at("2026-03-31T09:00:00Z").await;
        assert_eq!(case.stands().await, "APPEAL_OPEN");
        case.came_from(respondent(), signed(), "EMAIL", "2026-03-30T21:59:59Z").await;
        assert_eq!(case.stands().await, "CLOSED AGREED");
        assert!(case.count("CLOCK_REVERSED").await > 0);
        let now = case.now().await;
        assert_eq!((&now["rounds"][0]["lapsedAt"], &now["rounds"][0]["appealWay"]), (&Value::Null, &Value::Null));
        assert_eq!(case.deadline("RESOLUTION").await["isMet"], true);
        app.sweep().await;
        assert!(told(&case, "reversal").await.contains(&COMPLAINANT.to_owned()));
    }

    async fn l09_a_sign_off_a_second_later_settles_all_the_same_and_the_lapse_stands(app: &App) {
        let case = proposed(app).await;
        sign(&case, "klager", 1).await;
        app.at("2026-03-31T09:00:00Z").await;
        case.came_from(respondent(), signed(), "EMAIL", LAPSE).await;
        assert_eq!(case.stands().await, "CLOSED AGREED");
        assert_eq!(case.count("CLOCK_REVERSED").await, 0);
        assert!(case.now().await["rounds"][0]["lapsedAt"].as_str().unwrap().starts_with("2026-03-30T22:00:00"));
    }

    async fn l09_handler_and_parties_may_establish_earlier_that_there_is_no_agreement(app: &App) {
        for who in ["trainer2", "klager", "trainer1"] {
            let case = proposed(app).await;
            case.act(who, "declareNoAgreement", json!({ "reasons": "Wij komen er niet uit." })).await;
            assert_eq!(case.stands().await, "APPEAL_OPEN", "{who}");
            assert_eq!(case.refused("klager", "declareNoAgreement", json!({})).await.0, "ALREADY_DONE");
            let round = &case.now().await["rounds"][0];
            assert_eq!(round["appealWay"]["ground"], "NO_AGREEMENT");
        }
        let case = proposed(app).await;
        assert_eq!(case.refused("admin", "declareNoAgreement", json!({})).await.0, "NOT_ALLOWED");
    }

    async fn l09_a_partys_own_no_takes_back_its_own_sign_off(app: &App) {
        let case = proposed(app).await;
        sign(&case, "klager", 1).await;
        case.act("klager", "declareNoAgreement", json!({ "reasons": "Bij nader inzien niet." })).await;
        let solution = &case.now().await["solution"];
        assert_eq!(solution["signedBy"], json!([]));
        app.sweep().await;
        for notice in case.letters("way_notice").await {
            assert!(notice["text"].as_str().unwrap().contains("telt hierdoor niet meer"), "{notice:#}");
        }
        sign(&case, "trainer1", 1).await;
        assert_eq!(case.stands().await, "APPEAL_OPEN");
        let awaited = &case.now().await["solution"]["awaitedFrom"];
        assert_eq!(*awaited, json!([{ "kind": "COMPLAINANT", "number": null }]));
        let declared = entries(&case, "NO_AGREEMENT_DECLARED").await;
        assert_eq!(declared.len(), 1);
        sign(&case, "klager", 1).await;
        assert_eq!(case.stands().await, "CLOSED AGREED");
    }

    async fn l09_a_rejected_text_leaves_the_handler_to_try_again(app: &App) {
        let case = proposed(app).await;
        case.act("trainer1", "rejectSolution", json!({ "reasons": "Zo ging het niet." })).await;
        assert_eq!(case.stands().await, "AWAITING_SIGN_OFF");
        assert_eq!(case.now().await["solution"]["rejectedBy"], json!([{ "kind": "RESPONDENT", "number": 1 }]));
        case.act("trainer2", "proposeSolution", json!({ "text": "Een mildere tekst." })).await;
        sign(&case, "trainer1", 2).await;
        sign(&case, "klager", 2).await;
        assert_eq!(case.stands().await, "CLOSED AGREED");
    }

    async fn l09_both_sides_may_still_settle_while_the_appeal_stands_open(app: &App) {
        let case = disagreed(app).await;
        case.act("trainer2", "proposeSolution", json!({ "text": "Toch een oplossing." })).await;
        assert_eq!(case.stands().await, "APPEAL_OPEN");
        sign(&case, "trainer1", 2).await;
        sign(&case, "klager", 2).await;
        assert_eq!(case.stands().await, "CLOSED AGREED");
    }
}
