//! What only those who work for the organisation on complaints may know and do.

use serde_json::{Value, json};
use wederhoor_tests::{App, both};

use crate::steps::{Case, ask, codes, done, letter, mutate, printed, respondent};

const PEOPLE: [&str; 4] = [
    "{ members { nodes { name email } } }",
    "{ absences { nodes { member { name } } } }",
    "{ courses { nodes { title trainers { name } } } }",
    "{ informalContacts { nodes { note } } }",
];

both! {
    async fn an_analyst_a_trainer_and_a_representative_read_no_person(app: &App) {
        let contact = json!({ "contactOn": "2026-03-02", "isInvited": true, "note": "Belde over de zaal." });
        for who in ["blijf-groep/analist", "blijf-groep/trainer", "blijf-groep/stem", "blijf-groep/klager", "livp/arbiter", "livp/analist"] {
            for document in PEOPLE {
                let answer = ask(app, who, document, json!({})).await;
                let lists = answer.data().as_object().unwrap();
                let is_empty = |list: &Value| list == &json!([]) || list["nodes"] == json!([]);
                assert!(lists.values().all(is_empty), "{who} {document}: {:#}", answer.body);
            }
            let (organisation, _) = who.split_once('/').unwrap();
            let ids = json!({ "ids": [app.person(organisation, "admin")["id"], app.person(organisation, "klager")["id"]] });
            let nodes = ask(app, who, "query($ids: [ID!]!) { nodes(ids: $ids) { id } }", ids).await;
            assert_eq!(nodes.data()["nodes"], json!([null, null]), "{who}");
            let told = mutate(app, who, "recordInformalContact", contact.clone(), "informalContact { id }").await;
            assert_eq!(codes(&told), ["NOT_ALLOWED"], "{who}");
        }
        for who in ["blijf-groep/advies1", "blijf-groep/extern", "blijf-groep/manager", "blijf-groep/admin"] {
            for document in PEOPLE {
                assert!(ask(app, who, document, json!({})).await.data().is_object(), "{who} {document}");
            }
            let members = ask(app, who, PEOPLE[0], json!({})).await;
            assert_ne!(members.data()["members"]["nodes"], json!([]), "{who}");
        }
    }

    async fn l04_the_stand_in_knows_whom_to_appoint(app: &App) {
        let input = json!({ "memberId": app.person("livp", "standin")["id"] });
        done(mutate(app, "livp/admin", "nameStandIn", input, "standIn { member { id } }").await);
        let members = ask(app, "livp/standin", PEOPLE[0], json!({})).await;
        assert!(members.data()["members"]["nodes"].as_array().unwrap().len() > 5);
    }

    async fn a_letter_that_has_not_gone_out_cannot_come_back(app: &App) {
        let paper = printed(app).await;
        let told = came_back(app, "livp/admin", &paper).await;
        assert_eq!(codes(&told), ["NOT_SENT"]);
        let posted = json!({ "letterId": paper, "postedOn": "2026-03-02" });
        done(mutate(app, "livp/admin", "recordPosted", posted, "letter { status }").await);
        assert_eq!(came_back(app, "livp/admin", &paper).await["letter"]["status"], "FAILED");
        assert_eq!(codes(&came_back(app, "livp/admin", &paper).await), ["ALREADY_DONE"]);
    }

    async fn an_administrator_who_is_complained_about_keeps_off_the_letters(app: &App) {
        let mut input = letter(app, "livp", None, "POST", wederhoor_tests::START);
        input["complainant"]["email"] = Value::Null;
        input["complainant"]["postalAddress"] = json!("Dorpsstraat 1, 1234 AB Ergens");
        input["respondents"] = json!([respondent(app, "livp", "admin2")]);
        let case = Case::registered(app, "livp", input).await;
        let waiting = ask(app, "livp/admin", "{ lettersToPrint { nodes { id } } }", json!({})).await;
        let paper = waiting.data()["lettersToPrint"]["nodes"][0]["id"].clone();
        let posted = json!({ "letterId": paper, "postedOn": "2026-03-02" });
        for when in ["before", "after"] {
            let told = mutate(app, "livp/admin2", "recordPosted", posted.clone(), "letter { id toAddress }").await;
            assert_eq!(told["letter"], Value::Null, "{when} the notice");
            let expected = if when == "before" { "NOT_FOUND" } else { "NOT_ALLOWED" };
            assert_eq!(codes(&told), [expected], "{when} the notice");
            if when == "before" {
                case.act("admin", "assignDecider", json!({ "memberId": app.person("livp", "trainer2")["id"] })).await;
                case.act("trainer2", "nameRespondent", json!({ "number": 1 })).await;
            }
        }
    }
}

async fn came_back(app: &App, who: &str, id: &Value) -> Value {
    let input = json!({ "letterId": id });
    mutate(app, who, "reportUndelivered", input, "letter { status }").await
}
