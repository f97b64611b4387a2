//! Letters in the organisation's own words: what it writes goes around what the regulation wants said, and what is broken is
//! not kept.

use serde_json::{Value, json};
use wederhoor_tests::{App, START, both};

use crate::steps::{address, ask, blijf, codes, done, mutate};

const SHOWN: &str = "letterWording { kind locale original { subject body } current { text { subject body } changedBy { name } faults { code } }
    placeholders { name isForSubject isRequired } }";
const ADMIN: &str = "blijf-groep/admin";

fn wording(kind: &str, subject: Option<&str>, body: Option<&str>) -> Value {
    json!({ "kind": kind, "locale": "nl", "subject": subject, "body": body })
}

async fn set(app: &App, kind: &str, subject: Option<&str>, body: Option<&str>) -> Value {
    mutate(
        app,
        ADMIN,
        "setLetterWording",
        wording(kind, subject, body),
        SHOWN,
    )
    .await
}

async fn reset(app: &App, kind: &str) -> Value {
    let input = json!({ "kind": kind, "locale": "nl" });
    mutate(app, ADMIN, "resetLetterWording", input, SHOWN).await
}

async fn preview(app: &App, who: &str, kind: &str, text: Value) -> Value {
    let document =
        "query($input: PreviewLetterInput!) { previewLetter(input: $input) { subject text html
        faults { part line column code message } } }";
    let input = json!({ "kind": kind, "locale": "nl", "text": text });
    let answer = ask(app, who, document, json!({ "input": input })).await;
    answer.data()["previewLetter"].clone()
}

/// Of a complaint that arrives now by post.
async fn confirmation(app: &App) -> Value {
    blijf::unconfirmed(app, START)
        .await
        .on_paper("confirmation")
        .await
}

fn text(letter: &Value) -> &str {
    letter["text"].as_str().unwrap()
}

const OWN: &str = "Dag {recipient},\n\nFijn dat u ons schrijft over {reference}.\n\n{content}\n\nTot gauw,\n{organisation}";

/// A subject, a body, the code of the fault that is in them, that of the user error, and how its words begin.
type Broken<'a> = (Option<&'a str>, Option<&'a str>, &'a str, &'a str, &'a str);

both! {
    async fn letters_go_out_in_the_organisations_words_from_then_on(app: &App) {
        let before = confirmation(app).await;
        assert!(text(&before).contains("Beste Petra Post,"), "{before:#}");
        let told = done(set(app, "CONFIRMATION", Some("{reference}: bericht van {organisation}"), Some(OWN)).await);
        assert_eq!(told["letterWording"]["current"]["text"]["body"], OWN);
        assert_eq!(told["letterWording"]["current"]["changedBy"]["name"], app.person("blijf-groep", "admin")["name"]);
        let letter = confirmation(app).await;
        let reference = letter["subject"].as_str().unwrap().split(':').next().unwrap().to_owned();
        let name = told["letterWording"]["original"]["body"].as_str().unwrap();
        assert!(name.ends_with("Met vriendelijke groet,\n{organisation}"), "{name}");
        assert!(letter["subject"].as_str().unwrap().starts_with(&format!("{reference}: bericht van ")), "{letter:#}");
        let opening = format!("Dag Petra Post,\n\nFijn dat u ons schrijft over {reference}.\n\nWij hebben uw klacht");
        assert!(text(&letter).contains(&opening), "{letter:#}");
        assert!(text(&letter).contains("\n\nTot gauw,\n") && !text(&letter).contains("Met vriendelijke groet"), "{letter:#}");
        assert!(letter["html"].as_str().unwrap().contains("Tot gauw,<br>"), "{letter:#}");
        // What the program says is the same in both, from the first of its words to the last.
        let said = |letter: &Value, end: &str| {
            let (_, rest) = text(letter).split_once("Wij hebben uw klacht").unwrap();
            rest.split_once(end).unwrap().0.to_owned()
        };
        let own = said(&letter, "\n\nTot gauw");
        let (own, _) = own.split_once("/access#").unwrap_or((&own, ""));
        assert!(said(&before, "\n\nMet vriendelijke").starts_with(own), "{own}");
        let kept = app.letters().await;
        let again = kept.iter().find(|one| one["id"] == before["id"]).unwrap();
        assert_eq!(text(again), text(&before), "what was written stays as it was");
        done(reset(app, "CONFIRMATION").await);
        assert!(text(&confirmation(app).await).contains("Beste Petra Post,"));
        assert_eq!(codes(&reset(app, "CONFIRMATION").await), ["NOT_FOUND"]);
    }

    async fn only_that_letter_in_that_language_changes(app: &App) {
        let input = json!({ "kind": "CONFIRMATION", "locale": "en", "body": "Dear all,\n{content}" });
        done(mutate(app, ADMIN, "setLetterWording", input, SHOWN).await);
        done(set(app, "UNASSIGNED", None, Some("Hallo,\n{content}")).await);
        let case = blijf::unconfirmed(app, START).await;
        assert!(text(&case.on_paper("confirmation").await).contains("Beste Petra Post,"));
        let staff = case.letters("unassigned").await;
        assert!(!staff.is_empty() && staff.iter().all(|one| text(one).contains("\n\nHallo,\n\n")), "{staff:#?}");
        let theirs = preview(app, "livp/admin", "UNASSIGNED", Value::Null).await;
        assert!(!text(&theirs).contains("Hallo"), "nor that of another organisation: {theirs:#}");
    }

    async fn each_fault_is_told_with_its_place_and_changes_nothing(app: &App) {
        done(set(app, "CONFIRMATION", None, Some(OWN)).await);
        let before = app.database.contents(&["idempotency"]).await;
        let long = "a".repeat(5_001);
        let double = "{content}\n\n{content}";
        let faults: [Broken<'_>; 14] = [
            (None, Some(" \n"), "EMPTY", "REQUIRED", "Regel 1, teken 1: Hier staat niets."),
            (None, Some(&long), "TOO_LONG", "TOO_LONG_TEXT", "Regel 1, teken 1: Gebruik hoogstens 5000 tekens"),
            (None, Some("Dag\u{7},\n{content}"), "CONTROL_CHARACTER", "MALFORMED", "Regel 1, teken 4: "),
            (None, Some("{content}\nDag\u{202e},"), "HIDDEN_CHARACTER", "MALFORMED", "Regel 2, teken 4: "),
            (None, Some("{content}\n{reference"), "UNCLOSED_BRACE", "MALFORMED", "Regel 2, teken 1: "),
            (None, Some("{content}\nx } y"), "UNOPENED_BRACE", "MALFORMED", "Regel 2, teken 3: "),
            (None, Some("{content}\n{kenmerk}"), "UNKNOWN_PLACEHOLDER", "UNKNOWN", "Bedoelt u {reference}?"),
            (None, Some("Dag,"), "MISSING_CONTENT", "REQUIRED", "Zet {content} op een eigen regel"),
            (None, Some(double), "DOUBLED_CONTENT", "MALFORMED", "Regel 3, teken 1: {content} mag maar één keer."),
            (None, Some("Dit: {content}"), "CONTENT_NOT_ALONE", "MALFORMED", "Regel 1, teken 6: "),
            (Some("Uw klacht"), None, "MISSING_REFERENCE", "REQUIRED", "Zet {reference} in het onderwerp"),
            (Some("{reference} van {recipient}"), None, "MISPLACED_PLACEHOLDER", "MALFORMED", "{recipient} kan hier niet."),
            (Some("{reference}\r\nBcc: x@y.example"), None, "CONTROL_CHARACTER", "MALFORMED", "Schrijf het onderwerp op één regel"),
            (Some(" "), None, "EMPTY", "REQUIRED", "Hier staat niets."),
        ];
        for (subject, body, code, user_code, words) in faults {
            let told = set(app, "CONFIRMATION", subject, body).await;
            assert!(codes(&told).iter().all(|one| *one == user_code), "{code}: {told:#}");
            let first = &told["userErrors"][0];
            assert!(first["message"].as_str().unwrap().contains(words), "{told:#}");
            let tried = preview(app, ADMIN, "CONFIRMATION", json!({ "subject": subject, "body": body })).await;
            assert_eq!(tried["faults"][0]["code"], code, "{tried:#}");
            let part = if subject.is_some() { "SUBJECT" } else { "BODY" };
            assert_eq!(tried["faults"][0]["part"], part, "{tried:#}");
            assert!(tried["text"].is_null() && tried["html"].is_null() && tried["subject"].is_null(), "{tried:#}");
        }
        assert_eq!(codes(&set(app, "CONFIRMATION", None, None).await), ["REQUIRED"]);
        let invited = set(app, "INVITATION", None, Some("{reference}\n{content}")).await;
        assert_eq!(codes(&invited), ["MALFORMED"], "it is about no complaint: {invited:#}");
        assert!(app.database.contents(&["idempotency"]).await == before, "nothing was kept");
    }

    async fn an_administrator_sees_the_letter_before_it_is_written(app: &App) {
        let tried = preview(app, ADMIN, "RESPONSE", json!({ "subject": "{reference} & zo", "body": "<b>Dag</b> {recipient} {{x}}\n\n{content}" })).await;
        assert_eq!(tried["faults"], json!([]));
        assert_eq!(tried["subject"], "VOORB-2026-0042 & zo");
        assert!(text(&tried).contains("\n\n<b>Dag</b> Kim de Lezer {x}\n\nEr is een reactie op uw klacht"), "{tried:#}");
        let html = tried["html"].as_str().unwrap();
        assert!(html.contains("&lt;b&gt;Dag&lt;/b&gt; Kim") && !html.contains("<b>"), "{html}");
        let own = preview(app, ADMIN, "RESPONSE", Value::Null).await;
        assert!(text(&own).contains("Beste Kim de Lezer,"), "nothing was kept: {own:#}");
        done(set(app, "RESPONSE", None, Some("Hoi,\n{content}")).await);
        let own = preview(app, ADMIN, "RESPONSE", Value::Null).await;
        assert!(text(&own).contains("\n\nHoi,\n\nEr is een reactie"), "{own:#}");
        for who in ["blijf-groep/advies1", "blijf-groep/klager", "livp/admin"] {
            let seen = preview(app, who, "RESPONSE", Value::Null).await;
            assert!(seen.is_null() || !text(&seen).contains("Hoi,"), "{who}: {seen:#}");
            assert!(seen.is_null() || who == "livp/admin", "{who}: {seen:#}");
        }
    }

    async fn every_letter_can_be_worded_and_begins_with_the_programs_own_words(app: &App) {
        let document = "{ letterWordings { kind locale original { subject body } current { changedAt } placeholders { name } } }";
        let answer = ask(app, ADMIN, document, json!({})).await;
        let all = answer.data()["letterWordings"].as_array().unwrap().clone();
        assert_eq!(all.len(), 2 * 36);
        for one in &all {
            let (kind, locale) = (&one["kind"], &one["locale"]);
            let input = json!({ "kind": kind, "locale": locale, "text": one["original"] });
            let document = "query($input: PreviewLetterInput!, $own: PreviewLetterInput!) {
                tried: previewLetter(input: $input) { text faults { code } } own: previewLetter(input: $own) { text } }";
            let own = json!({ "kind": kind, "locale": locale });
            let answer = ask(app, ADMIN, document, json!({ "input": input, "own": own })).await;
            assert_eq!(answer.data()["tried"]["faults"], json!([]), "{kind} {locale}");
            assert_eq!(answer.data()["tried"]["text"], answer.data()["own"]["text"], "{kind} {locale}");
        }
        let one = "{ letterWordings(kind: DECISION, locale: \"en\") { kind locale } }";
        let answer = ask(app, ADMIN, one, json!({})).await;
        assert_eq!(answer.data()["letterWordings"], json!([{ "kind": "DECISION", "locale": "en" }]));
        let answer = ask(app, "blijf-groep/advies1", document, json!({})).await;
        assert_eq!(answer.data()["letterWordings"], json!([]));
    }

    async fn a_wording_that_cannot_be_read_any_more_stops_no_letter(app: &App) {
        done(set(app, "CONFIRMATION", None, Some(OWN)).await);
        app.database.execute("UPDATE letter_wording SET body = 'Dag {verdwenen}'").await;
        assert!(text(&confirmation(app).await).contains("Beste Petra Post,"));
        let document = "{ letterWordings(kind: CONFIRMATION, locale: \"nl\") { current { text { body } faults { code } } } }";
        let answer = ask(app, ADMIN, document, json!({})).await;
        let faults = json!([{ "code": "UNKNOWN_PLACEHOLDER" }, { "code": "MISSING_CONTENT" }]);
        assert_eq!(answer.data()["letterWordings"][0]["current"]["faults"], faults);
    }

    async fn words_of_ones_own_cost_no_statement(app: &App) {
        // Who registers is known by then.
        blijf::unconfirmed(app, START).await;
        let cost = async || {
            let before = app.statements();
            blijf::unconfirmed(app, START).await;
            app.statements() - before
        };
        let plain = cost().await;
        for kind in ["CONFIRMATION", "UNASSIGNED", "RESPONDENT_NOTICE"] {
            done(set(app, kind, None, Some(OWN)).await);
        }
        assert_eq!(cost().await, plain);
    }

    async fn a_link_stays_in_letters_about_no_complaint(app: &App) {
        done(set(app, "PASSWORD_RESET", Some("Nieuw wachtwoord bij {organisation}"), Some("Ha {recipient},\n\n{content}\n\nDoei")).await);
        let email = address(app, "blijf-groep", "admin");
        let asked = json!({ "organisation": "blijf-groep", "email": email });
        done(mutate(app, "", "requestPasswordReset", asked, "isAccepted").await);
        app.sweep().await;
        let letter = app.letters_to(&email, "password_reset").await.pop().unwrap();
        assert!(letter["subject"].as_str().unwrap().starts_with("Nieuw wachtwoord bij "), "{letter:#}");
        let name = app.person("blijf-groep", "admin")["name"].as_str().unwrap().to_owned();
        assert!(text(&letter).contains(&format!("\n\nHa {name},\n\nU vroeg om een nieuw wachtwoord")), "{letter:#}");
        assert!(text(&letter).contains("/password#") && text(&letter).trim_end().ends_with("\n\nDoei"), "{letter:#}");
    }
}
