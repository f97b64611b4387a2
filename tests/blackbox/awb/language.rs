//! What other organisations ask of the language, published for one and played to its last instance.

use serde_json::{Value, json};
use wederhoor_tests::{START, both};

use crate::steps::{
    Case,
    awb::{AWB, Body, finding, hear_both, invite, publish},
    done, form, letter,
    livp::by,
    mutate, part_of, refusal,
};

/// Three instances, no anonymous complaints, and a committee that may award up to 1500 euros.
const OTHER: &str = include_str!("../../../crates/procedure/src/policy/check/tests/other.toml");

/// A complaint about a course that ended on Friday 20 February.
async fn mail(body: &Body) -> Value {
    let course = json!({ "title": "Omgaan met agressie", "sessionDays": ["2026-02-20"] });
    let who = format!("{AWB}/admin");
    let course = json!({ "course": course });
    let course = done(mutate(&body.app, &who, "addCourse", course, "course { id }").await);
    let mut input = letter(&body.app, AWB, None, "EMAIL", START);
    input["courseId"] = course["course"]["id"].clone();
    input["incidentOn"] = json!("2026-02-20");
    input
}

/// With the committee, after a response and a decision that the complainant, who writes letters, did not accept.
async fn with_committee(body: &Body) -> Case<'_> {
    let app = &body.app;
    let mila = invite(app, "mila", "Mila Manager", "MANAGER").await;
    publish(app, OTHER).await;
    let mut on_paper = mail(body).await;
    on_paper["complainant"] =
        json!({ "name": "Petra Post", "postalAddress": "Dorpsstraat 1\n1234 AB Dorp" });
    let case = Case::registered(app, AWB, on_paper).await;
    case.act("hans", "takeComplaint", json!({})).await;
    let contact = json!({ "name": "Bram Baliemedewerker", "email": "bram@gemeente.example" });
    case.act("hans", "nameRespondent", json!({ "contact": contact }))
        .await;
    hear_both(&case, "hans").await;
    case.act("hans", "issueResponse", finding("NOT_UPHELD"))
        .await;
    app.sweep().await;
    let appeal = json!({ "appeal": { "text": "Ik ben het er niet mee eens." } });
    case.came(appeal.clone(), "POST", START).await;
    assert_eq!(case.now().await["handler"]["id"], mila);
    case.act("mila", "issueDecision", finding("NOT_UPHELD"))
        .await;
    app.sweep().await;
    assert_eq!(case.stands().await, "APPEAL_OPEN");
    case.came(appeal, "POST", START).await;
    for key in ["cora", "carl"] {
        let member = json!({ "memberId": body.member(key) });
        case.act("admin", "assignDecider", member).await;
    }
    hear_both(&case, "cora").await;
    case
}

both! {
    async fn a_nameless_complaint_is_refused_with_its_article(body: &Body) {
        publish(&body.app, OTHER).await;
        let mut nameless = form(&body.app, AWB, None);
        nameless["courseId"] = mail(body).await["courseId"].clone();
        nameless["incidentOn"] = json!("2026-02-20");
        nameless["complainant"]["name"] = Value::Null;
        let refused = mutate(&body.app, "", "fileComplaint", nameless.clone(), "receipt { reference }").await;
        assert_eq!(refusal(&refused), by("FIELD_REQUIRED", "Artikel 2"));
        assert_eq!(refused["userErrors"][0]["field"], json!(["complainant", "name"]));
        nameless["complainant"]["name"] = json!("Robin Rekwest");
        done(mutate(&body.app, "", "fileComplaint", nameless, "receipt { reference }").await);
    }

    async fn an_award_is_at_most_the_cap_and_is_read_back_and_told(body: &Body) {
        let (app, case) = (&body.app, with_committee(body).await);
        let mut award = finding("UPHELD");
        award["compensation"] = json!(1501);
        let above = case.attempt("carl", "logBindingAdvice", award.clone()).await;
        assert_eq!(refusal(&above), by("ABOVE_COMPENSATION_CAP", "Artikel 11"));
        assert_eq!(above["userErrors"][0]["field"], json!(["compensation"]));
        award["compensation"] = json!(1500);
        case.act("carl", "logBindingAdvice", award).await;
        app.sweep().await;
        assert_eq!(case.stands().await, "CLOSED DECIDED");
        let token = app.come_in_by_link("bram@gemeente.example").await;
        let fields = "rounds { decision { compensation } } regulation { instances { resolution { compensationCap } } }";
        let seen = part_of(app, &token, &case.id, fields).await;
        assert_eq!(seen["rounds"][2]["decision"]["compensation"], 1500);
        assert_eq!(seen["regulation"]["instances"][2]["resolution"]["compensationCap"], 1500);
        let letters = case.letters("decision").await;
        let is_told = |letter: &Value| {
            let text = letter["text"].as_str().unwrap();
            letter["to"].is_null() && text.contains("€ 1500") && text.contains("Artikel 11")
        };
        assert!(letters.iter().any(is_told), "{letters:?}");
    }

    async fn an_acknowledgement_at_once_is_due_on_the_day_itself(body: &Body) {
        let at_once = OTHER.replace("term = \"3 days\"", "term = \"at once\"");
        publish(&body.app, &at_once).await;
        let case = Case::registered(&body.app, AWB, mail(body).await).await;
        let due = case.due("ACKNOWLEDGEMENT").await;
        assert_eq!(due, ["2026-03-02", "2026-03-02T23:00:00Z", "Artikel 3"].map(str::to_owned));
        let deadline = case.deadline("ACKNOWLEDGEMENT").await;
        assert_eq!(deadline["isMet"], true);
        assert_eq!(deadline["derivation"]["text"], "meteen vanaf 2 maart 2026, eindigt op maandag 2 maart");
        body.app.sweep().await;
        assert_eq!(case.letters("confirmation").await.len(), 1);
    }
}
