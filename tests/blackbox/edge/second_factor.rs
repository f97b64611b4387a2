//! The second factor: asked for once the password is right, each code once, and nothing passes it by.

use aws_lc_rs::hmac;
use serde_json::{Value, json};
use tokio::task::JoinSet;
use wederhoor_server::{clock::real_now, demo::PASSWORD};
use wederhoor_tests::{App, Fixture, Kind, both};

use crate::steps::{codes, done, mutate, mutation_document};

pub(super) const SESSION: &str = "session { accessToken }";

/// Somebody of the demo whose second factor counts.
pub(super) struct Guarded {
    pub(super) app: App,
    secret: Vec<u8>,
    recovery: Vec<String>,
    pub(super) token: String,
}

impl Fixture for Guarded {
    async fn set_up(kind: Kind) -> Self {
        let app = App::set_up(kind).await;
        let token = app.token("livp", "admin2").await;
        let (secret, recovery) = set_up(&app, &token).await;
        Self {
            app,
            secret,
            recovery,
            token,
        }
    }

    async fn tear_down(self) {
        self.app.tear_down().await;
    }
}

/// Sets up a factor: its secret, and the codes for who loses it.
pub(crate) async fn set_up(app: &App, token: &str) -> (Vec<u8>, Vec<String>) {
    let started = mutate(
        app,
        token,
        "startSecondFactor",
        json!({ "password": PASSWORD }),
        "secondFactor { uri secret }",
    )
    .await;
    let started = done(started)["secondFactor"].clone();
    let typed = started["secret"].as_str().unwrap();
    assert!(started["uri"].as_str().unwrap().contains(typed));
    let secret = unbase32(typed);
    let input = json!({ "code": digits(&secret) });
    let confirmed = done(
        mutate(
            app,
            token,
            "confirmSecondFactor",
            input,
            "recoveryCodes { codes }",
        )
        .await,
    );
    let all = confirmed["recoveryCodes"]["codes"]
        .as_array()
        .unwrap()
        .iter();
    (
        secret,
        all.map(|code| code.as_str().unwrap().to_owned()).collect(),
    )
}

fn unbase32(text: &str) -> Vec<u8> {
    let alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    let five = |one: char| {
        let value = alphabet.find(one).unwrap();
        (0..5).rev().map(move |place| (value >> place) & 1 == 1)
    };
    let bits: Vec<bool> = text.chars().flat_map(five).collect();
    let byte = |bits: &[bool]| {
        bits.iter()
            .fold(0, |byte, bit| (byte << 1) | u8::from(*bit))
    };
    bits.chunks_exact(8).map(byte).collect()
}

fn hex(bytes: &[u8]) -> String {
    let digit = |value: u8| char::from_digit(value.into(), 16).unwrap();
    let both = |byte: &u8| [digit(byte >> 4), digit(byte & 15)];
    bytes.iter().flat_map(both).collect()
}

/// The code of now (RFC 6238).
fn digits(secret: &[u8]) -> String {
    let step = real_now().timestamp() / 30;
    let key = hmac::Key::new(hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY, secret);
    let tag = hmac::sign(&key, &step.to_be_bytes());
    let tag = tag.as_ref();
    let from = usize::from(tag[19] & 15);
    let number = u32::from_be_bytes(tag[from..from + 4].try_into().unwrap()) & 0x7fff_ffff;
    format!("{:06}", number % 1_000_000)
}

impl Guarded {
    pub(super) fn input(&self, password: &str, code: Option<&str>) -> Value {
        let email = &self.app.person("livp", "admin2")["email"];
        json!({ "organisation": "livp", "email": email, "password": password, "code": code })
    }

    async fn sign_in(&self, password: &str, code: Option<&str>) -> Value {
        mutate(&self.app, "", "signIn", self.input(password, code), SESSION).await
    }

    /// A code of now, which was not used yet.
    pub(super) async fn fresh(&self) -> String {
        self.app
            .database
            .execute("UPDATE second_factor SET last_step = 0")
            .await;
        digits(&self.secret)
    }

    /// The token of an invitation to another organisation.
    async fn invited(&self) -> String {
        let app = &self.app;
        let email = app.person("livp", "admin2")["email"].as_str().unwrap();
        let member = json!({ "name": "Twee Plekken", "email": email, "roles": ["EXTERNAL_HANDLER"], "locale": "NL" });
        let input = json!({ "member": member });
        done(
            mutate(
                app,
                "blijf-groep/admin",
                "inviteMember",
                input,
                "member { id }",
            )
            .await,
        );
        app.sweep().await;
        let letters = app.letters_to(email, "invitation").await;
        let (_, token) = letters[0]["text"]
            .as_str()
            .unwrap()
            .split_once("/invitation#blijf-groep.")
            .unwrap();
        token.split_whitespace().next().unwrap().to_owned()
    }

    /// Takes an invitation up.
    async fn accept(&self, token: &str, code: Option<&str>) -> Value {
        let input = json!({ "organisation": "blijf-groep", "token": token, "password": PASSWORD, "code": code });
        mutate(&self.app, "", "acceptInvitation", input, SESSION).await
    }

    async fn joins_another(&self) {
        let token = self.invited().await;
        done(self.accept(&token, Some(&self.recovery[0])).await);
    }

    /// A code that is not that of any step near.
    pub(super) fn wrong(&self) -> String {
        let right = digits(&self.secret);
        let changed =
            |one: char| char::from_digit((one.to_digit(10).unwrap() + 5) % 10, 10).unwrap();
        right.chars().map(changed).collect()
    }
}

both! {
    async fn a_code_is_asked_for_once_the_password_is_right_and_counts_once(who: &Guarded) {
        assert_eq!(codes(&who.sign_in(PASSWORD, None).await), ["SECOND_FACTOR_REQUIRED"]);
        assert_eq!(codes(&who.sign_in("regenjas fiets wolk paard", None).await), ["SIGN_IN_FAILED"], "nobody learns of it");
        let code = who.fresh().await;
        assert_eq!(codes(&who.sign_in("regenjas fiets wolk paard", Some(&code)).await), ["SIGN_IN_FAILED"]);
        for wrong in [who.wrong().as_str(), "", "geen code", "AAAA-AAAA-AAAA-AAAA"] {
            assert_eq!(codes(&who.sign_in(PASSWORD, Some(wrong)).await), ["SIGN_IN_FAILED"], "{wrong}");
        }
        done(who.sign_in(PASSWORD, Some(&code)).await);
        assert_eq!(codes(&who.sign_in(PASSWORD, Some(&code)).await), ["SIGN_IN_FAILED"], "it was used");
        for recovery in &who.recovery {
            done(who.sign_in(PASSWORD, Some(&recovery.to_lowercase())).await);
            assert_eq!(codes(&who.sign_in(PASSWORD, Some(recovery)).await), ["SIGN_IN_FAILED"], "it was used");
        }
        let contents = format!("{:?}", who.app.database.contents(&[]).await).to_lowercase();
        for secret in [hex(&who.secret), format!("{:?}", who.secret)] {
            assert!(!contents.contains(&secret), "the secret is sealed");
        }
        for recovery in &who.recovery {
            assert!(!contents.contains(&recovery.to_lowercase()), "codes are kept as their hashes");
        }
    }

    async fn of_fifty_with_one_code_one_gets_in(who: &Guarded) {
        for code in [who.fresh().await, who.recovery[0].clone()] {
            let mut entering = JoinSet::new();
            for _ in 0..50 {
                let (client, input) = (who.app.client.clone(), who.input(PASSWORD, Some(&code)));
                entering.spawn(async move {
                    let document = mutation_document("signIn", SESSION);
                    let answer = client.gql(None, &document, json!({ "input": input })).await;
                    let payload = &answer.data()["signIn"];
                    let is_in = payload["session"].is_object();
                    assert!(is_in || codes(payload) == ["SIGN_IN_FAILED"], "{payload:#}");
                    usize::from(is_in)
                });
            }
            assert_eq!(entering.join_all().await.into_iter().sum::<usize>(), 1);
        }
    }

    async fn codes_that_are_guessed_bar_the_digits_and_lock_nobody_out(who: &Guarded) {
        for _ in 0..10 {
            assert_eq!(codes(&who.sign_in(PASSWORD, Some(&who.wrong())).await), ["SIGN_IN_FAILED"]);
        }
        let code = who.fresh().await;
        assert_eq!(codes(&who.sign_in(PASSWORD, Some(&code)).await), ["SIGN_IN_FAILED"], "not for an hour");
        done(who.sign_in(PASSWORD, Some(&who.recovery[0])).await);
        done(who.sign_in(PASSWORD, Some(&who.fresh().await)).await);
    }

    async fn a_new_password_may_be_shorter_beside_it_and_does_not_pass_it_by(who: &Guarded) {
        let email = who.app.person("livp", "admin2")["email"].clone();
        let input = json!({ "organisation": "livp", "email": email });
        done(mutate(&who.app, "", "requestPasswordReset", input, "isAccepted").await);
        who.app.sweep().await;
        let letters = who.app.letters_to(email.as_str().unwrap(), "password_reset").await;
        let (_, token) = letters[0]["text"].as_str().unwrap().split_once("/password#").unwrap();
        let token = token.split_whitespace().next().unwrap();
        let reset = async |password: &str| {
            let input = json!({ "token": token, "password": password });
            mutate(&who.app, "", "resetPassword", input, "isReset").await
        };
        assert_eq!(codes(&reset("k7#qTz!").await), ["MALFORMED"], "seven");
        assert_eq!(codes(&reset("password").await), ["GUESSABLE_PASSWORD"]);
        let short = "k7#qTz!w";
        done(reset(short).await);
        assert_eq!(codes(&who.sign_in(short, None).await), ["SECOND_FACTOR_REQUIRED"]);
        let back = done(who.sign_in(short, Some(&who.fresh().await)).await);
        let token = back["session"]["accessToken"].as_str().unwrap();
        let input = json!({ "password": short, "code": who.fresh().await });
        let refused = mutate(&who.app, token, "removeSecondFactor", input, "isRemoved").await;
        assert_eq!((codes(&refused), &refused["userErrors"][0]["field"]), (vec!["MALFORMED"], &json!(["password"])), "too short to stand alone");
        assert_eq!(codes(&who.sign_in(short, None).await), ["SECOND_FACTOR_REQUIRED"]);
    }

    async fn where_somebody_is_a_member_is_told_to_who_showed_all_they_sign_in_with(who: &Guarded) {
        let sign_in = async |organisation: Option<&str>, code: Option<&str>| {
            let mut input = who.input(PASSWORD, code);
            input["organisation"] = json!(organisation);
            mutate(&who.app, "", "signIn", input, SESSION).await
        };
        // Of one organisation so far; of two from the second round on.
        for is_of_two in [false, true] {
            if is_of_two {
                who.joins_another().await;
            }
            for named in [None, Some("livp"), Some("blijf-groep"), Some("nergens")] {
                assert_eq!(codes(&sign_in(named, None).await), ["SECOND_FACTOR_REQUIRED"], "{named:?}");
                for wrong in [who.wrong().as_str(), "AAAA-AAAA-AAAA-AAAA"] {
                    assert_eq!(codes(&sign_in(named, Some(wrong)).await), ["SIGN_IN_FAILED"], "{named:?}");
                }
            }
        }
        let code = who.fresh().await;
        let asked = sign_in(None, Some(&code)).await;
        assert_eq!((codes(&asked), &asked["userErrors"][0]["field"]), (vec!["REQUIRED"], &json!(["organisation"])));
        done(sign_in(Some("livp"), Some(&code)).await);
        assert_eq!(codes(&sign_in(None, Some(&code)).await), ["SIGN_IN_FAILED"], "it was used");
        assert_eq!(codes(&sign_in(None, Some(&who.recovery[1])).await), ["REQUIRED"]);
        assert_eq!(codes(&sign_in(Some("nergens"), Some(&who.recovery[1])).await), ["SIGN_IN_FAILED"]);
        done(sign_in(Some("blijf-groep"), Some(&who.recovery[1])).await);
    }

    async fn it_is_taken_away_by_password_and_code_and_can_be_set_up_anew(who: &Guarded) {
        let remove = async |password: &str, code: &str| {
            let input = json!({ "password": password, "code": code });
            mutate(&who.app, &who.token, "removeSecondFactor", input, "isRemoved").await
        };
        assert_eq!(codes(&remove(PASSWORD, &who.wrong()).await), ["SIGN_IN_FAILED"]);
        assert_eq!(codes(&remove("regenjas fiets wolk paard", &who.recovery[0]).await), ["SIGN_IN_FAILED"]);
        let again = mutate(&who.app, &who.token, "startSecondFactor", json!({ "password": PASSWORD }), "secondFactor { uri }").await;
        assert_eq!(codes(&again), ["TAKEN"], "who has the token alone cannot replace it");
        done(remove(PASSWORD, &who.recovery[0]).await);
        let anew = done(who.sign_in(PASSWORD, None).await);
        let (_, recovery) = set_up(&who.app, anew["session"]["accessToken"].as_str().unwrap()).await;
        assert_eq!(codes(&who.sign_in(PASSWORD, Some(&who.recovery[1])).await), ["SIGN_IN_FAILED"], "those of before are gone");
        done(who.sign_in(PASSWORD, Some(&recovery[1])).await);
    }

    async fn what_was_signed_in_to_without_it_ends_once_it_counts(app: &App) {
        let email = &app.person("livp", "admin2")["email"];
        let input = json!({ "organisation": "livp", "email": email, "password": PASSWORD });
        let elsewhere = done(mutate(app, "", "signIn", input, SESSION).await);
        let elsewhere = elsewhere["session"]["accessToken"].as_str().unwrap();
        let here = app.token("livp", "admin2").await;
        let wrong = mutate(app, &here, "startSecondFactor", json!({ "password": "regenjas fiets wolk paard" }), "secondFactor { uri }").await;
        assert_eq!(codes(&wrong), ["SIGN_IN_FAILED"]);
        let early = mutate(app, &here, "confirmSecondFactor", json!({ "code": "123456" }), "recoveryCodes { codes }").await;
        assert_eq!(codes(&early), ["SIGN_IN_FAILED"], "none was begun with");
        set_up(app, &here).await;
        let asked = async |token: &str| app.client.gql(Some(token), "{ viewer { hasSecondFactor } }", json!({})).await;
        assert_eq!(asked(elsewhere).await.code(), Some("UNAUTHENTICATED"));
        assert_eq!(asked(&here).await.data()["viewer"]["hasSecondFactor"], true);
    }

    async fn an_invitation_of_somebody_with_a_login_asks_for_it_too(who: &Guarded) {
        let token = who.invited().await;
        let accept = async |code: Option<&str>| who.accept(&token, code).await;
        assert_eq!(codes(&accept(None).await), ["SECOND_FACTOR_REQUIRED"]);
        assert_eq!(codes(&accept(Some(&who.wrong())).await), ["SIGN_IN_FAILED"]);
        // A code for who lost the factor that nobody was given: nothing is taken up by it.
        assert_eq!(codes(&accept(Some("AAAA-AAAA-AAAA-AAAA")).await), ["SIGN_IN_FAILED"]);
        done(accept(Some(&who.fresh().await)).await);
    }
}
