//! Six weeks or ten, four more by notice, and longer only with written consent.

use serde_json::json;
use wederhoor_tests::both;

use crate::steps::{
    awb::{Body, COMPLAINANT, REGULATION, finding, hear_both, publish},
    livp::{by, due, told},
};

/// The same regulation for a body without a committee, as its first lines say.
fn without_committee() -> String {
    let changes = [
        ("decider = \"committee\"", "decider = \"handler\""),
        ("term = \"10 weeks\"", "term = \"6 weeks\""),
        (
            "Met een commissie wordt de klacht binnen 10 weken afgehandeld.",
            "De klacht wordt binnen 6 weken afgehandeld.",
        ),
        (
            "With a committee the complaint is dealt with within 10 weeks.",
            "The complaint is dealt with within 6 weeks.",
        ),
    ];
    changes
        .into_iter()
        .fold(REGULATION.to_owned(), |text, (from, to)| {
            assert!(text.contains(from), "{from}");
            text.replace(from, to)
        })
}

both! {
    async fn awb_six_weeks_without_a_committee(body: &Body) {
        let app = &body.app;
        let before = body.filed().await;
        assert_eq!(publish(app, &without_committee()).await["policy"]["version"], 2);
        app.at("2026-03-16T09:00:00Z").await;
        let case = body.filed().await;
        let rolled = case.deadline("RESOLUTION").await;
        assert_eq!(rolled["derivation"]["rolledFromOn"], "2026-04-27", "King's Day");
        assert_eq!(case.due("RESOLUTION").await, due("2026-04-28", "2026-04-28T22:00:00Z", "Awb 9:11 lid 1"));
        assert_eq!(before.due("RESOLUTION").await[0], "2026-05-11", "received under the first version");
        let nobody = json!({ "memberId": body.member("cora") });
        assert_eq!(case.refused("admin", "assignDecider", nobody).await.0, "NOT_ELIGIBLE");
        body.assign(&case, &["hans"]).await;
        hear_both(&case, "hans").await;
        app.at("2026-04-28T21:59:59Z").await;
        case.act("hans", "issueDecision", finding("UPHELD")).await;
        assert_eq!(case.stands().await, "CLOSED DECIDED");
        assert_eq!(case.deadline("RESOLUTION").await["isMet"], true, "in the last second");
    }

    async fn awb_adjourned_once_by_four_weeks_with_notice(body: &Body) {
        let (app, case) = (&body.app, body.with_committee().await);
        app.at("2026-05-01T09:00:00Z").await;
        let until = |day: &str| json!({ "until": day, "reasons": "Een getuige is ziek." });
        assert_eq!(case.refused("cora", "announceExtension", until("2026-06-09")).await, by("TOO_LONG", "Awb 9:11 lid 2"));
        assert_eq!(case.refused("cora", "announceExtension", until("2026-05-11")).await.0, "NOT_LATER");
        case.act("cora", "announceExtension", until("2026-06-08")).await;
        assert_eq!(case.refused("carl", "announceExtension", until("2026-06-09")).await.0, "ALREADY_DONE");
        app.sweep().await;
        assert!(told(&case, "extension").await.contains(&COMPLAINANT.to_owned()));
        assert_eq!(case.due("RESOLUTION").await, due("2026-06-08", "2026-06-08T22:00:00Z", "Awb 9:11 lid 2"));
        app.at("2026-06-08T21:59:59Z").await;
        assert_eq!(case.count("ALERTED").await, 0);
        hear_both(&case, "carl").await;
        case.act("carl", "issueDecision", finding("NOT_UPHELD")).await;
        assert_eq!(case.deadline("RESOLUTION").await["isMet"], true);
    }

    async fn awb_longer_still_only_with_consent_in_writing(body: &Body) {
        let (app, case) = (&body.app, body.with_committee().await);
        app.at("2026-05-01T09:00:00Z").await;
        let until = |day: &str| json!({ "until": day, "reasons": "Het onderzoek duurt langer." });
        case.act("cora", "announceExtension", until("2026-06-08")).await;
        case.act("cora", "requestExtension", until("2026-07-01")).await;
        app.sweep().await;
        assert_eq!(case.due("RESOLUTION").await[0], "2026-06-08", "asking is not having");
        app.at("2026-05-04T09:00:00Z").await;
        let spoken = json!({ "party": { "kind": "COMPLAINANT" }, "act": { "consentToExtension": "DONE" }, "channel": "TELEPHONE", "arrivedAt": "2026-05-04T08:00:00Z" });
        assert_eq!(case.refused("admin", "recordPartyAct", spoken).await, by("MUST_BE_WRITTEN", "Awb 9:11 lid 3"));
        let token = app.come_in_by_link(COMPLAINANT).await;
        case.act(&token, "consentToExtension", json!({})).await;
        assert_eq!(case.due("RESOLUTION").await, due("2026-07-01", "2026-07-01T22:00:00Z", "Awb 9:11 lid 3"));
        app.at("2026-07-01T21:59:59Z").await;
        assert_eq!(case.count("ALERTED").await, 0);
        app.at("2026-07-01T22:00:00Z").await;
        assert_eq!((case.count("ALERTED").await, case.stands().await), (1, "IN_TREATMENT".to_owned()));
    }

    async fn awb_who_refuses_more_time_keeps_the_term(body: &Body) {
        let (app, case) = (&body.app, body.with_committee().await);
        let more = json!({ "until": "2026-08-01", "reasons": "Vakantie." });
        case.act("carl", "requestExtension", more).await;
        app.sweep().await;
        let token = app.come_in_by_link(COMPLAINANT).await;
        case.act(&token, "refuseExtension", json!({})).await;
        app.at("2026-05-11T22:00:00Z").await;
        assert_eq!(case.due("RESOLUTION").await[0], "2026-05-11");
        assert_eq!(case.count("ALERTED").await, 1);
    }

    async fn awb_receipt_is_confirmed_and_nobody_appointed_in_time_is_chased(body: &Body) {
        let (app, case) = (&body.app, body.filed().await);
        app.sweep().await;
        assert_eq!(told(&case, "confirmation").await, [COMPLAINANT]);
        assert_eq!(case.due("APPOINTMENT").await, due("2026-03-09", "2026-03-09T23:00:00Z", "huisregel"));
        app.at("2026-03-09T23:00:00Z").await;
        assert_eq!(told(&case, "overdue_alert").await, ["anja@gemeente.example"]);
        app.at("2026-05-11T22:00:00Z").await;
        assert_eq!(case.stands().await, "RECEIVED", "no further instance, and no end by silence");
        body.assign(&case, &["carl"]).await;
        hear_both(&case, "carl").await;
        case.act("carl", "issueDecision", finding("UPHELD")).await;
        assert_eq!(case.stands().await, "CLOSED DECIDED");
    }
}
