//! A committee: ten weeks, both sides heard, and a finding that does not bind.

use serde_json::json;
use wederhoor_tests::both;

use crate::steps::{
    ask,
    awb::{AWB, Body, COMPLAINANT, REGULATION, finding, hear_both, regulation},
    livp::{by, due, told},
};

both! {
    async fn awb_the_regulation_is_a_file_that_is_found_whole_and_published(body: &Body) {
        let document = "query($text: String!) { checkPolicy(document: { text: $text }) { isPublishable findings { code } } viewer { name memberships { nodes { organisation } } } }";
        let checked = ask(&body.app, &format!("{AWB}/admin"), document, json!({ "text": REGULATION })).await;
        assert_eq!(checked.data()["checkPolicy"]["isPublishable"], true, "{:#}", checked.body);
        let case = body.filed().await;
        assert!(case.reference.starts_with("GEM-2026-"), "{}", case.reference);
        let regulation = regulation(&case).await;
        assert_eq!(regulation["name"], "Klachtbehandeling door een bestuursorgaan (Awb, hoofdstuk 9)");
        assert_eq!(regulation["instances"], json!([{
            "deciderKind": "COMMITTEE",
            "resolution": { "effect": "FINDING", "term": { "term": { "text": "10 weken" } } },
            "appeal": null,
        }]));
    }

    async fn awb_a_committee_hears_both_sides_finds_and_closes(body: &Body) {
        let (app, case) = (&body.app, body.with_committee().await);
        assert_eq!(case.stands().await, "IN_TREATMENT");
        assert_eq!(case.due("RESOLUTION").await, due("2026-05-11", "2026-05-11T22:00:00Z", "Awb 9:11 lid 1"));
        let deciders = case.now().await["rounds"][0]["deciders"].clone();
        assert_eq!(deciders, json!([{ "id": body.member("cora") }, { "id": body.member("carl") }]));
        assert_eq!(case.refused("cora", "issueDecision", finding("UPHELD")).await, by("NOT_HEARD", "Awb 9:10"));
        hear_both(&case, "carl").await;
        assert_eq!(case.refused("hans", "issueDecision", finding("UPHELD")).await.0, "NOT_FOUND");
        app.at("2026-04-01T09:00:00Z").await;
        case.act("cora", "issueDecision", finding("UPHELD")).await;
        app.sweep().await;
        assert_eq!(case.stands().await, "CLOSED DECIDED");
        assert_eq!(case.deadline("RESOLUTION").await["isMet"], true);
        let letters = case.letters("decision").await;
        let mine = letters.iter().find(|letter| letter["to"] == COMPLAINANT).unwrap();
        let text = mine["text"].as_str().unwrap();
        assert!(text.contains("Het oordeel is niet bindend.") && text.contains("Awb 9:12"), "{text}");
        let token = app.come_in_by_link(COMPLAINANT).await;
        assert_eq!(case.seen_by(&token).await["rounds"][0]["decision"]["finding"], "UPHELD");
        assert_eq!(case.refused(&token, "appeal", json!({ "grounds": "Het klopt niet." })).await.0, "NOT_IN_THIS_PROCEDURE");
        case.act("carl", "classifyComplaint", json!({ "cause": "conduct" })).await;
        let measure = json!({ "measures": [{ "text": "Een training voor de balie.", "ownerId": body.member("carl"), "dueOn": "2026-06-01" }] });
        case.act("carl", "answerMeasures", measure).await;
        assert_eq!(case.now().await["isChainIntact"], true);
    }

    async fn awb_who_gives_up_being_heard_need_not_be(body: &Body) {
        let (app, case) = (&body.app, body.with_committee().await);
        let token = app.come_in_by_link(COMPLAINANT).await;
        case.act(&token, "waiveHearing", json!({})).await;
        assert_eq!(case.refused("cora", "issueDecision", finding("NOT_UPHELD")).await, by("NOT_HEARD", "Awb 9:10"));
        let heard = json!({ "party": { "kind": "RESPONDENT", "number": 1 }, "outcome": "HEARD" });
        case.act("cora", "recordHearing", heard).await;
        case.act("cora", "issueDecision", finding("NOT_UPHELD")).await;
        assert_eq!(case.stands().await, "CLOSED DECIDED");
    }

    async fn awb_a_member_who_steps_back_leaves_the_rest(body: &Body) {
        let case = body.with_committee().await;
        case.act("cora", "recuse", json!({ "reason": "Ik ken de klager." })).await;
        assert_eq!(case.now().await["rounds"][0]["deciders"], json!([{ "id": body.member("carl") }]));
        assert_eq!(case.seen_by("cora").await, json!(null));
        let again = json!({ "memberId": body.member("cora") });
        assert_eq!(case.refused("admin", "assignDecider", again).await.0, "CONFLICT_OF_INTEREST");
        let handler = json!({ "memberId": body.member("hans") });
        assert_eq!(case.refused("admin", "assignDecider", handler).await.0, "NOT_ELIGIBLE");
        hear_both(&case, "carl").await;
        case.act("carl", "issueDecision", finding("PARTLY_UPHELD")).await;
        assert_eq!(case.stands().await, "CLOSED DECIDED");
    }

    async fn awb_the_silence_of_the_body_closes_nothing(body: &Body) {
        let (app, case) = (&body.app, body.with_committee().await);
        app.at("2026-05-11T21:59:59Z").await;
        assert_eq!(case.count("ALERTED").await, 0);
        app.at("2026-05-11T22:00:00Z").await;
        assert_eq!(case.count("ALERTED").await, 1);
        assert_eq!(told(&case, "lapse_notice").await, [COMPLAINANT]);
        let alerted = ["anja", "carl", "cora"].map(|key| format!("{key}@gemeente.example"));
        assert_eq!(told(&case, "overdue_alert").await, alerted);
        app.at("2027-05-11T22:00:00Z").await;
        assert_eq!(case.stands().await, "IN_TREATMENT");
        assert!(case.count("ALERTED").await > 40, "each working week");
        assert_eq!(case.letters("lapse_notice").await.len(), 1);
        hear_both(&case, "cora").await;
        case.act("cora", "issueDecision", finding("UPHELD")).await;
        assert_eq!(case.stands().await, "CLOSED DECIDED");
        assert_eq!(case.deadline("RESOLUTION").await["isMet"], false);
    }
}
