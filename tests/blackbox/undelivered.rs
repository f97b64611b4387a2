//! Letters that did not reach their reader: listed until something makes that good, and sent once more by hand.

use serde_json::{Value, json};
use wederhoor_tests::both;

use crate::{
    post::Posted,
    steps::{Case, ask, codes, done, letter, mutate},
};

const GONE: &str = "petra@personen.example";
const FOUND: &str = "petra.post@personen.example";
const ADMIN: &str = "blijf-groep/admin";

both! {
    async fn what_a_mail_server_refuses_is_listed_in_plain_words_and_goes_again_under_the_same_id(fixture: &Posted) {
        let case = taken(fixture).await;
        let listed = list(fixture, ADMIN).await;
        let named = entry(&listed, "HANDLER_NAMED");
        assert_eq!(named["letter"]["toAddress"], GONE);
        assert_eq!(named["letter"]["complaint"]["id"], case.id.as_str());
        assert_eq!(named["reference"], case.reference.as_str());
        assert_eq!((&named["recipient"], &named["reason"]), (&json!("Petra Post"), &json!("REFUSED")));
        assert_eq!((&named["attempts"], &named["undeliveredAt"]), (&json!(0), &json!("2026-03-02T08:00:00Z")));
        let because = named["because"].as_str().unwrap();
        assert!(because.contains("weigert") && !because.contains("550"), "{because}");
        assert_eq!((&named["canResend"], &named["canGoOnPaper"]), (&json!(true), &json!(true)));
        fixture.peer.accept(GONE);
        let payload = resent(fixture, ADMIN, &named["letter"]["id"]).await;
        assert_eq!((&payload["letter"]["status"], &payload["letter"]["id"]), (&json!("PENDING"), &named["letter"]["id"]));
        assert!(!kinds(&list(fixture, ADMIN).await).contains(&"HANDLER_NAMED".to_owned()));
        assert_eq!(codes(&resent(fixture, ADMIN, &named["letter"]["id"]).await), ["NOT_RETURNED"], "it is on its way");
        fixture.app.sweep().await;
        let arrived = fixture.to(GONE);
        assert_eq!(arrived.len(), 1);
        let id = arrived[0].header("Message-ID").unwrap();
        assert_eq!(id.len(), "<00000000-0000-0000-0000-000000000000@organisatie.example>".len(), "{id}");
        assert!(arrived[0].content.contains("/access#"), "it carries a way in: {}", arrived[0].content);
        assert_eq!(codes(&resent(fixture, ADMIN, &named["letter"]["id"]).await), ["NOT_RETURNED"], "it arrived");
    }

    async fn what_is_refused_again_is_listed_again_and_tried_from_the_start(fixture: &Posted) {
        taken(fixture).await;
        fixture.peer.accept(GONE);
        fixture.peer.refuse(GONE, "451 4.2.2 later");
        let first = entry(&list(fixture, ADMIN).await, "HANDLER_NAMED")["letter"]["id"].clone();
        done(resent(fixture, ADMIN, &first).await);
        for _ in 0..13 {
            fixture.try_again().await;
        }
        let listed = list(fixture, ADMIN).await;
        let again = entry(&listed, "HANDLER_NAMED");
        assert_eq!((&again["letter"]["id"], &again["reason"]), (&first, &json!("GIVEN_UP")));
        assert_eq!(again["attempts"], 11, "the twelfth was the last");
    }

    async fn the_procedures_letter_goes_again_and_time_leaves_it_while_it_does_not_come_back(fixture: &Posted) {
        let case = answered(fixture).await;
        let refused = entry(&list(fixture, ADMIN).await, "RESPONSE")["letter"]["id"].clone();
        fixture.peer.accept(GONE);
        fixture.app.at("2026-03-04T08:00:00Z").await;
        assert_eq!(case.may("admin", "RESEND_LETTER").await, Ok(()));
        assert_eq!(case.may("advies1", "RESEND_LETTER").await, Err(String::new()));
        let sent = done(resent(fixture, ADMIN, &refused).await)["letter"].clone();
        assert_eq!(sent["status"], "PENDING");
        assert_ne!(sent["id"], refused, "another copy, with the last day that it gives now");
        fixture.app.sweep().await;
        assert_eq!((case.count("LETTER_SENT_AGAIN").await, case.count("LETTER_RETURNED").await), (1, 3));
        assert!(!kinds(&list(fixture, ADMIN).await).contains(&"RESPONSE".to_owned()));
        assert_eq!(codes(&resent(fixture, ADMIN, &refused).await), ["ALREADY_DONE"]);
        assert_eq!(case.due("SILENCE").await[0], "2026-04-01");
        fixture.app.at("2026-03-20T08:00:00Z").await;
        assert_eq!(case.count("LETTER_SENT_AGAIN").await, 2, "time sent the other that is owed");
        let seen = case.part("entries { kind by { kind } }").await;
        let mut again = seen["entries"].as_array().unwrap().clone();
        again.retain(|one| one["kind"] == "LETTER_SENT_AGAIN");
        let by: Vec<_> = again.iter().map(|one| &one["by"]["kind"]).collect();
        assert_eq!(by, ["MEMBER", "CLOCK"]);
    }

    async fn an_address_that_is_recorded_empties_the_list(fixture: &Posted) {
        let case = answered(fixture).await;
        let listed = list(fixture, ADMIN).await;
        let paper = |one: &Value| one["canGoOnPaper"].as_bool().unwrap();
        assert!(paper(entry(&listed, "RESPONSE")));
        case.act("admin", "recordAddress", json!({ "address": { "postalAddress": "Kade 3" } })).await;
        fixture.app.sweep().await;
        let left = kinds(&list(fixture, ADMIN).await);
        assert!(!left.contains(&"RESPONSE".to_owned()), "{left:?}");
        assert_eq!(case.posted("response", "2026-03-02").await["letter"]["status"], "POSTED");
        assert!(codes(&case.came_back("response").await).is_empty());
        let listed = list(fixture, ADMIN).await;
        let back = entry(&listed, "RESPONSE");
        assert_eq!((&back["reason"], &back["letter"]["channel"]), (&json!("CAME_BACK"), &json!("PRINT")));
        assert_eq!(kinds(&listed).iter().filter(|kind| *kind == "RESPONSE").count(), 1, "the last copy alone");
        fixture.app.at("2026-03-02T09:00:00Z").await;
        let sent = done(resent(fixture, ADMIN, &back["letter"]["id"]).await)["letter"].clone();
        assert_eq!((&sent["status"], &sent["channel"]), (&json!("PENDING"), &json!("PRINT")));
        assert_eq!((case.count("LETTER_REPRINTED").await, case.count("LETTER_SENT_AGAIN").await), (1, 0));
        assert_eq!(case.posted("response", "2026-03-02").await["letter"]["status"], "POSTED");
        assert_eq!(case.count("LETTER_SENT_AGAIN").await, 0, "within the week it counts until it comes back");
    }

    async fn what_comes_back_twice_within_the_week_counts_for_nothing_until_time_sends_it(fixture: &Posted) {
        let case = answered(fixture).await;
        let refused = entry(&list(fixture, ADMIN).await, "RESPONSE")["letter"]["id"].clone();
        fixture.app.at("2026-03-04T08:00:00Z").await;
        let sent = done(resent(fixture, ADMIN, &refused).await)["letter"].clone();
        fixture.app.sweep().await;
        assert_eq!(entry(&list(fixture, ADMIN).await, "RESPONSE")["letter"]["id"], sent["id"]);
        assert_eq!(silence(&case).await, None, "nothing ever arrived");
        fixture.app.at("2026-03-10T08:00:00Z").await;
        assert_eq!(case.due("SILENCE").await[0], "2026-04-07");
        let derivation = silence(&case).await.unwrap();
        assert!(derivation.contains("kwam terug op 4 maart 2026"), "{derivation}");
    }

    async fn who_does_not_administer_the_complaint_sees_nothing_of_it_and_sends_nothing(fixture: &Posted) {
        taken(fixture).await;
        let listed = list(fixture, ADMIN).await;
        let letter = &entry(&listed, "HANDLER_NAMED")["letter"]["id"];
        let empty = json!({ "nodes": [], "totalCount": 0 });
        assert_eq!(list(fixture, "blijf-groep/advies1").await, empty, "who handles it");
        for (who, expected) in [
            ("blijf-groep/advies1", "NOT_ALLOWED"),
            ("blijf-groep/klager", "NOT_ALLOWED"),
            ("livp/admin", "NOT_FOUND"),
        ] {
            let refused = resent(fixture, who, letter).await;
            assert_eq!((&refused["letter"], codes(&refused)), (&Value::Null, vec![expected]), "{who}");
        }
        assert_eq!(list(fixture, "livp/admin").await, empty);
        assert_eq!(list(fixture, ADMIN).await, listed, "nothing has changed");
        let waits = resent(fixture, ADMIN, &json!("TGV0dGVyOjAwMDA")).await;
        assert_eq!(codes(&waits), ["NOT_FOUND"]);
    }

    async fn of_what_is_about_no_complaint_the_administration_hears_and_a_way_in_is_asked_for_anew(fixture: &Posted) {
        fixture.peer.refuse(FOUND, "550 5.1.1 nobody");
        let member = json!({ "name": "Nieuwe Collega", "email": FOUND, "roles": ["HANDLER"], "locale": "EN" });
        done(mutate(&fixture.app, ADMIN, "inviteMember", json!({ "member": member }), "member { id }").await);
        fixture.app.sweep().await;
        let listed = list(fixture, ADMIN).await;
        let invited = entry(&listed, "INVITATION");
        assert_eq!((&invited["recipient"], &invited["letter"]["complaint"]), (&json!("Nieuwe Collega"), &Value::Null));
        assert_eq!((&invited["canResend"], &invited["canGoOnPaper"]), (&json!(false), &json!(false)));
        assert_eq!(list(fixture, "blijf-groep/advies1").await["totalCount"], 0);
        assert_eq!(codes(&resent(fixture, ADMIN, &invited["letter"]["id"]).await), ["NOT_RETURNED"]);
        assert_eq!(codes(&resent(fixture, "blijf-groep/advies1", &invited["letter"]["id"]).await), ["NOT_FOUND"]);
    }

    async fn the_same_request_twice_sends_once(fixture: &Posted) {
        answered(fixture).await;
        let refused = entry(&list(fixture, ADMIN).await, "RESPONSE")["letter"]["id"].clone();
        let input = json!({ "letterId": refused, "idempotencyKey": "nog een keer" });
        let send = async || mutate(&fixture.app, ADMIN, "resendLetter", input.clone(), "letter { id }").await;
        let first = done(send().await);
        assert_eq!(done(send().await), first);
    }

    async fn pages_follow_each_other(fixture: &Posted) {
        answered(fixture).await;
        let all = list(fixture, ADMIN).await;
        let total = all["nodes"].as_array().unwrap().len();
        assert_eq!(all["totalCount"], total);
        assert!(total > 2, "{all:#}");
        let (mut found, mut after) = (Vec::new(), Value::Null);
        loop {
            let document = "query($after: String) { undeliveredLetters(first: 1, after: $after) {
                nodes { letter { id } } pageInfo { hasNextPage endCursor } } }";
            let page = ask(&fixture.app, ADMIN, document, json!({ "after": after })).await;
            let page = page.data()["undeliveredLetters"].clone();
            found.push(page["nodes"][0]["letter"]["id"].clone());
            after = page["pageInfo"]["endCursor"].clone();
            if page["pageInfo"]["hasNextPage"] == false {
                break;
            }
        }
        let nodes = all["nodes"].as_array().unwrap().iter();
        assert_eq!(found, nodes.map(|one| one["letter"]["id"].clone()).collect::<Vec<_>>());
    }
}

/// What the mail server does not take of this complaint: it says that nobody is there.
async fn taken(fixture: &Posted) -> Case<'_> {
    fixture
        .peer
        .refuse(GONE, "550 5.1.1 petra@personen.example is unknown");
    let case = petras(fixture).await;
    case.act("advies1", "takeComplaint", json!({})).await;
    fixture.app.sweep().await;
    case
}

/// The same, with a response that was refused as well.
async fn answered(fixture: &Posted) -> Case<'_> {
    fixture.peer.refuse(GONE, "550 5.1.1 unknown");
    let case = fixture.answered(GONE).await;
    fixture.app.sweep().await;
    case
}

async fn petras(fixture: &Posted) -> Case<'_> {
    let mut input = letter(
        &fixture.app,
        "blijf-groep",
        Some("veilig"),
        "EMAIL",
        wederhoor_tests::START,
    );
    input["complainant"] = json!({ "name": "Petra Post", "email": GONE });
    Case::registered(&fixture.app, "blijf-groep", input).await
}

async fn list(fixture: &Posted, who: &str) -> Value {
    let document = "{ undeliveredLetters(first: 100) { totalCount nodes {
        letter { id kind channel status toAddress complaint { id } }
        reference recipient undeliveredAt attempts reason because canResend canGoOnPaper } } }";
    let seen = ask(&fixture.app, who, document, json!({})).await;
    seen.data()["undeliveredLetters"].clone()
}

fn kinds(list: &Value) -> Vec<String> {
    let nodes = list["nodes"].as_array().unwrap().iter();
    nodes
        .map(|one| one["letter"]["kind"].as_str().unwrap().to_owned())
        .collect()
}

/// How the term of silence came about, while it runs.
async fn silence(case: &Case<'_>) -> Option<String> {
    let seen = case.part("deadlines { kind derivation { text } }").await;
    let all = seen["deadlines"].as_array().unwrap().iter();
    let mut silence = all.filter(|one| one["kind"] == "SILENCE");
    let found = silence.next()?;
    Some(found["derivation"]["text"].as_str().unwrap().to_owned())
}

/// The one of a kind.
fn entry<'a>(list: &'a Value, kind: &str) -> &'a Value {
    let mut nodes = list["nodes"].as_array().unwrap().iter();
    let found = nodes.find(|one| one["letter"]["kind"] == kind);
    found.unwrap_or_else(|| panic!("no {kind}: {list:#}"))
}

async fn resent(fixture: &Posted, who: &str, letter: &Value) -> Value {
    let input = json!({ "letterId": letter });
    let selection = "letter { id status channel }";
    mutate(&fixture.app, who, "resendLetter", input, selection).await
}
