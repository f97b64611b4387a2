//! How an organisation is reached: who gets a letter on paper can answer it.

use serde_json::{Value, json};
use wederhoor_tests::{App, both};

use crate::steps::{ask, blijf, codes, done, mutate};

const CONTACT: &str = "contact { postalAddress telephone email }";

async fn known(app: &App) -> Value {
    let document = format!("{{ organisation(slug: \"blijf-groep\") {{ {CONTACT} }} }}");
    let answer = ask(app, "", &document, json!({})).await;
    answer.data()["organisation"]["contact"].clone()
}

both! {
    async fn letters_to_parties_say_how_the_organisation_is_reached(app: &App) {
        let reached = json!({ "postalAddress": "Postbus 7\n0000 AA Voorbeeldstad", "telephone": "+31000000007", "email": "klacht@blijf-groep.example" });
        let set = done(mutate(app, "blijf-groep/admin", "setContactDetails", reached.clone(), CONTACT).await);
        assert_eq!(set["contact"], reached);
        assert_eq!(known(app).await, reached);
        let case = blijf::unconfirmed(app, wederhoor_tests::START).await;
        let way = "Zo bereikt u ons per post: Postbus 7, 0000 AA Voorbeeldstad; telefonisch: +31000000007; per e-mail: klacht@blijf-groep.example.";
        let letter = case.on_paper("confirmation").await;
        for form in ["text", "html"] {
            assert!(letter[form].as_str().unwrap().contains(way), "{letter:#}");
        }
        let staff = case.letters("unassigned").await;
        assert!(!staff.is_empty() && staff.iter().all(|one| !one["text"].as_str().unwrap().contains("Postbus 7")), "{staff:#?}");
        done(mutate(app, "blijf-groep/admin", "setContactDetails", json!({}), CONTACT).await);
        let silent = blijf::unconfirmed(app, wederhoor_tests::START).await.on_paper("confirmation").await;
        assert!(!silent["text"].as_str().unwrap().contains("Zo bereikt u ons"), "{silent:#}");
    }

    async fn what_is_no_address_is_refused_and_changes_nothing(app: &App) {
        let before = known(app).await;
        let wrong = json!({ "postalAddress": "x".repeat(501), "telephone": "nul", "email": "geen adres" });
        let refused = mutate(app, "blijf-groep/admin", "setContactDetails", wrong, CONTACT).await;
        assert_eq!(codes(&refused), ["TOO_LONG_TEXT", "MALFORMED", "MALFORMED"], "{refused:#}");
        assert_eq!(known(app).await, before);
    }
}
