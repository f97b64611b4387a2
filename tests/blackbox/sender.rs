//! Who letters are from: what an organisation chose, within what the operator allows.

use base64::{Engine, engine::general_purpose::STANDARD};
use serde_json::{Value, json};
use wederhoor_tests::{App, Received, both};

use crate::{
    operator::{operator, tenants},
    post::Posted,
    steps::{ask, codes, done, mutate},
};

const SENDER: &str = "name address isAddressAllowed replyTo isReplyToAllowed allowedSenders";
const ADMIN: &str = "blijf-groep/admin";
const NAME: &str = "Stichting Blijf Groep (demo)";

async fn sender(app: &App) -> Value {
    let document = format!("{{ mailSender {{ {SENDER} }} }}");
    ask(app, ADMIN, &document, json!({})).await.data()["mailSender"].clone()
}

async fn choose(app: &App, who: &str, input: Value) -> Value {
    let shown = format!("mailSender {{ {SENDER} }}");
    mutate(app, who, "setMailSender", input, &shown).await
}

/// The confirmation of a complaint that comes in now.
async fn letter(post: &Posted) -> Received {
    post.complaint("robin@personen.example").await;
    post.app.sweep().await;
    let mut letters = post.to("robin@personen.example");
    letters.pop().expect("a letter")
}

/// From whom a letter is: on the envelope, in its head, and where answers go.
fn from(letter: &Received) -> [Option<String>; 3] {
    [
        Some(letter.from.clone()),
        letter.header("From").map(readable),
        letter.header("Reply-To").map(str::to_owned),
    ]
}

/// A name and an address, as a mail program shows them.
fn readable(header: &str) -> String {
    let (name, address) = header.rsplit_once(' ').unwrap();
    let Some(word) = name.strip_prefix("=?utf-8?b?") else {
        return header.to_owned();
    };
    let bytes = STANDARD.decode(word.strip_suffix("?=").unwrap()).unwrap();
    format!("{} {address}", String::from_utf8(bytes).unwrap())
}

both! {
    async fn letters_are_from_who_the_organisation_chose_while_the_operator_allows_it(post: &Posted) {
        let own = || Some(String::from("klachten@organisatie.example"));
        let ours = || Some(format!("{NAME} <klachten@organisatie.example>"));
        let letters_of_nobody = letter(post).await;
        assert_eq!(from(&letters_of_nobody), [own(), ours(), None]);
        post.app.allow_senders("blijf-groep", &["Blijf-Groep.example", "antwoord@huis.example"]).await;
        let chosen = json!({ "name": "Klachten, Blijf \"Groep\"", "address": "klachten@blijf-groep.example", "replyTo": "antwoord@huis.example" });
        let set = done(choose(&post.app, ADMIN, chosen.clone()).await);
        assert_eq!(set["mailSender"], sender(&post.app).await);
        assert_eq!(set["mailSender"]["allowedSenders"], json!(["blijf-groep.example", "antwoord@huis.example"]));
        let head = Some(String::from(r#"Klachten, Blijf "Groep" <klachten@blijf-groep.example>"#));
        let own_letter = letter(post).await;
        assert_eq!(from(&own_letter), [Some(String::from("klachten@blijf-groep.example")), head, Some(String::from("antwoord@huis.example"))]);
        assert!(own_letter.header("Message-ID").unwrap().ends_with("@organisatie.example>"), "whoever it is from");
        // Withdrawn: nothing is lost, and it can be seen.
        post.app.allow_senders("blijf-groep", &[]).await;
        let now = sender(&post.app).await;
        assert_eq!((&now["isAddressAllowed"], &now["isReplyToAllowed"]), (&json!(false), &json!(false)));
        assert_eq!(now["address"], chosen["address"]);
        let head = Some(String::from(r#"Klachten, Blijf "Groep" <klachten@organisatie.example>"#));
        let again = letter(post).await;
        assert_eq!(from(&again), [own(), head, None]);
        post.app.allow_senders("blijf-groep", &["klachten@blijf-groep.example"]).await;
        let now = sender(&post.app).await;
        assert_eq!((&now["isAddressAllowed"], &now["isReplyToAllowed"]), (&json!(true), &json!(false)));
        let back = letter(post).await;
        assert_eq!(from(&back)[0], Some(String::from("klachten@blijf-groep.example")));
        assert_eq!(from(&back)[2], None);
        done(choose(&post.app, ADMIN, json!({})).await);
        assert_eq!(from(&letter(post).await), [own(), ours(), None]);
    }

    async fn what_is_not_allowed_is_refused_with_what_is(app: &App) {
        let before = sender(app).await;
        assert_eq!(before["name"], NAME);
        let nothing = choose(app, ADMIN, json!({ "address": "klachten@blijf-groep.example" })).await;
        assert_eq!(codes(&nothing), ["SENDER_NOT_ALLOWED"]);
        app.allow_senders("blijf-groep", &["blijf-groep.example"]).await;
        let wrong = json!({ "name": "a\u{7}b", "address": "klachten@livp.example", "replyTo": "geen adres" });
        let refused = choose(app, ADMIN, wrong).await;
        assert_eq!(codes(&refused), ["MALFORMED", "MALFORMED", "SENDER_NOT_ALLOWED"], "{refused:#}");
        let told = refused["userErrors"].as_array().unwrap().iter();
        let told: Vec<_> = told.filter(|one| one["code"] == "SENDER_NOT_ALLOWED").collect();
        assert_eq!(told[0]["field"], json!(["address"]));
        assert!(told[0]["message"].as_str().unwrap().contains("blijf-groep.example"), "{told:#?}");
        let elsewhere = choose(app, "livp/admin", json!({ "address": "klachten@blijf-groep.example" })).await;
        assert_eq!(codes(&elsewhere), ["SENDER_NOT_ALLOWED"], "what one may, another may not");
        assert_eq!(codes(&choose(app, "blijf-groep/advies1", json!({})).await), ["NOT_ALLOWED"]);
        let after = sender(app).await;
        assert_eq!((&after["name"], &after["address"]), (&before["name"], &Value::Null));
    }

    async fn the_operator_allows_senders_and_it_is_noted(app: &App) {
        let (token, _) = operator(app).await;
        let allow = async |slug: &str, senders: &[&str]| {
            let input = json!({ "slug": slug, "senders": senders });
            mutate(app, &token, "allowSenders", input, "tenant { slug allowedSenders }").await
        };
        let allowed = done(allow("blijf-groep", &[" Blijf-Groep.example ", "blijf-groep.example"]).await);
        assert_eq!(allowed["tenant"], json!({ "slug": "blijf-groep", "allowedSenders": ["blijf-groep.example"] }));
        let refused = allow("blijf-groep", &["blijf-groep.example", "*", ""]).await;
        let at: Vec<&Value> = refused["userErrors"].as_array().unwrap().iter().map(|one| &one["field"]).collect();
        assert_eq!((codes(&refused), at), (vec!["MALFORMED", "REQUIRED"], vec![&json!(["senders", "1"]), &json!(["senders", "2"])]));
        assert_eq!(codes(&allow("nergens", &[]).await), ["NOT_FOUND"]);
        assert_eq!(sender(app).await["allowedSenders"], json!(["blijf-groep.example"]));
        assert_eq!(tenants(app, &token).await.len(), 2);
        let noted = app.database.contents(&[]).await["account_activity"].join("\n");
        assert_eq!(noted.matches("senders_allowed").count(), 1, "{noted}");
        let document = "{ viewer { activity { nodes { kind organisationName } } } }";
        let seen = ask(app, &token, document, json!({})).await;
        let noted = seen.data()["viewer"]["activity"]["nodes"][0].clone();
        assert_eq!(noted, json!({ "kind": "ALLOWED_SENDERS", "organisationName": NAME }));
    }
}
