//! Access tokens that were not made for this: none lets anybody in.

use aws_lc_rs::{
    hmac,
    signature::{ED25519, Ed25519KeyPair, KeyPair, UnparsedPublicKey},
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use serde_json::{Value, json};
use wederhoor_tests::{App, both};

use crate::steps::{Case, letter};

const DOCUMENT: &str = "{ viewer { name } }";

/// A token of somebody who may come in, taken apart.
struct Parts {
    header: Value,
    claims: Value,
    pair: Ed25519KeyPair,
}

impl Parts {
    fn of(token: &str) -> Self {
        let read =
            |part: &str| serde_json::from_slice(&URL_SAFE_NO_PAD.decode(part).unwrap()).unwrap();
        let mut parts = token.split('.');
        let (header, claims) = (read(parts.next().unwrap()), read(parts.next().unwrap()));
        let pair = Ed25519KeyPair::from_seed_unchecked(&[7; 32]).unwrap();
        Self {
            header,
            claims,
            pair,
        }
    }

    /// A token with this added to header and claims (`null` takes away), signed as `sign` does.
    fn made(&self, header: &Value, claims: &Value, sign: impl Fn(&[u8]) -> Vec<u8>) -> String {
        let written = |whole: &Value, change: &Value| {
            let mut whole = whole.as_object().unwrap().clone();
            for (key, value) in change.as_object().unwrap() {
                whole.remove(key);
                if !value.is_null() {
                    whole.insert(key.clone(), value.clone());
                }
            }
            URL_SAFE_NO_PAD.encode(Value::Object(whole).to_string())
        };
        let signed = format!(
            "{}.{}",
            written(&self.header, header),
            written(&self.claims, claims)
        );
        let signature = sign(signed.as_bytes());
        format!("{signed}.{}", URL_SAFE_NO_PAD.encode(signature))
    }

    fn ours(&self, header: &Value, claims: &Value) -> String {
        self.made(header, claims, |text| {
            self.pair.sign(text).as_ref().to_vec()
        })
    }

    /// By header: no algorithm, another, and a key or a rule that the token brings along.
    fn of_another_make(&self) -> Vec<(String, String)> {
        let none = json!({});
        let public = self.pair.public_key().as_ref().to_vec();
        let other = Ed25519KeyPair::from_seed_unchecked(&[8; 32]).unwrap();
        let theirs = URL_SAFE_NO_PAD.encode(other.public_key().as_ref());
        let jwk = json!({ "kty": "OKP", "crv": "Ed25519", "x": theirs });
        let by_other = |text: &[u8]| other.sign(text).as_ref().to_vec();
        let symmetric = |text: &[u8]| {
            hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, &public), text)
                .as_ref()
                .to_vec()
        };
        let mut all = vec![
            (
                "no algorithm".to_owned(),
                self.made(&json!({ "alg": "none" }), &none, |_| Vec::new()),
            ),
            (
                "no algorithm, signed".to_owned(),
                self.ours(&json!({ "alg": "none" }), &none),
            ),
            (
                "the public key as a secret".to_owned(),
                self.made(&json!({ "alg": "HS256" }), &none, symmetric),
            ),
            ("another key".to_owned(), self.made(&none, &none, by_other)),
            (
                "another key, brought along".to_owned(),
                self.made(&json!({ "jwk": jwk }), &none, by_other),
            ),
            (
                "no signature".to_owned(),
                self.made(&none, &none, |_| Vec::new()),
            ),
        ];
        for header in [
            json!({ "alg": "ES256" }),
            json!({ "alg": "RS256" }),
            json!({ "alg": "EDDSA" }),
            json!({ "alg": null }),
            json!({ "typ": "JWT" }),
            json!({ "typ": null }),
            json!({ "kid": null }),
            json!({ "kid": "../../../../etc/passwd" }),
            json!({ "kid": "' OR '1'='1" }),
            json!({ "crit": ["exp"] }),
            json!({ "jku": "https://kwaad.example/keys" }),
            json!({ "x5u": "https://kwaad.example/keys" }),
            json!({ "jwk": jwk }),
        ] {
            all.push((format!("header {header}"), self.ours(&header, &none)));
        }
        all
    }

    /// By claims, with a true signature.
    fn of_other_claims(&self) -> Vec<(String, String)> {
        let issued = self.claims["iat"].as_i64().unwrap();
        let id = "00000000-0000-7000-8000-000000000000";
        let mut changes: Vec<Value> = ["iss", "aud", "sub", "exp", "nbf", "iat", "jti", "tid"]
            .into_iter()
            .map(|claim| json!({ claim: null }))
            .collect();
        changes.extend([
            json!({ "iss": "iemand anders" }),
            json!({ "aud": "een andere dienst" }),
            json!({ "aud": ["wederhoor-api", "een andere dienst"] }),
            json!({ "aud": [] }),
            json!({ "exp": issued - 60, "iat": issued - 600, "nbf": issued - 600 }),
            json!({ "nbf": issued + 300 }),
            json!({ "iat": issued + 300, "exp": issued + 600 }),
            json!({ "exp": issued + 365 * 24 * 60 * 60 }),
            json!({ "exp": i64::MAX }),
            json!({ "exp": i64::MAX, "iat": i64::MIN }),
            json!({ "exp": "morgen" }),
            json!({ "sub": id }),
            json!({ "tid": id }),
            json!({ "sub": "' OR '1'='1" }),
            json!({ "party": "niemand" }),
            json!({ "role": "ADMINISTRATOR" }),
        ]);
        let made = |claims: Value| (format!("claims {claims}"), self.ours(&json!({}), &claims));
        changes.into_iter().map(made).collect()
    }
}

/// A token of ours, past its time.
pub(crate) fn expired(token: &str) -> String {
    let parts = Parts::of(token);
    let issued = parts.claims["iat"].as_i64().unwrap();
    let claims = json!({ "exp": issued - 60, "iat": issued - 600, "nbf": issued - 600 });
    parts.ours(&json!({}), &claims)
}

/// A token that says the same, signed by another key.
pub(crate) fn forged(token: &str) -> String {
    let other = Ed25519KeyPair::from_seed_unchecked(&[8; 32]).unwrap();
    let none = json!({});
    Parts::of(token).made(&none, &none, |text| other.sign(text).as_ref().to_vec())
}

both! {
    async fn others_can_check_a_token_by_the_keys_we_publish(app: &App) {
        let token = app.token("livp", "admin").await;
        let answer = app.client.request(reqwest::Method::GET, "/.well-known/jwks.json").send().await.unwrap();
        assert_eq!(answer.headers()["content-type"], "application/jwk-set+json");
        let set: Value = answer.json().await.unwrap();
        let kid = &Parts::of(&token).header["kid"];
        let key = set["keys"].as_array().unwrap().iter().find(|key| key["kid"] == *kid).unwrap();
        let public = URL_SAFE_NO_PAD.decode(key["x"].as_str().unwrap()).unwrap();
        let (signed, signature) = token.rsplit_once('.').unwrap();
        let signature = URL_SAFE_NO_PAD.decode(signature).unwrap();
        let public = UnparsedPublicKey::new(&ED25519, public);
        public.verify(signed.as_bytes(), &signature).unwrap();
        assert!(public.verify(b"something else", &signature).is_err());
    }

    async fn no_token_but_ours_lets_in(app: &App) {
        let token = app.token("livp", "admin").await;
        let parts = Parts::of(&token);
        let same = parts.ours(&json!({}), &json!({}));
        assert_eq!(app.client.gql(Some(&same), DOCUMENT, json!({})).await.data()["viewer"]["name"], "Anton Administratie");
        for (what, made) in parts.of_another_make().into_iter().chain(parts.of_other_claims()) {
            refused(app, &what, &made).await;
        }
        for place in (0..token.len()).step_by(7) {
            let mut bytes = token.clone().into_bytes();
            bytes[place] = if bytes[place] == b'A' { b'B' } else { b'A' };
            refused(app, &format!("byte {place}"), &String::from_utf8(bytes).unwrap()).await;
        }
        for (what, made) in [
            ("a part too many", format!("{token}.{token}")),
            ("a part too few", token.rsplit_once('.').unwrap().0.to_owned()),
            ("two tokens", format!("{token} {token}")),
            ("padding", format!("{token}=")),
            ("200 KB", "a".repeat(50_000)),
        ] {
            refused(app, what, &made).await;
        }
    }

    async fn a_session_of_one_organisation_is_none_of_another(app: &App) {
        let (ours, theirs) = (app.token("livp", "admin").await, app.token("blijf-groep", "admin").await);
        let (ours, theirs) = (Parts::of(&ours), Parts::of(&theirs));
        assert_ne!(ours.claims["tid"], theirs.claims["tid"]);
        for (one, other) in [(&ours, &theirs), (&theirs, &ours)] {
            let crossed = one.ours(&json!({}), &json!({ "tid": other.claims["tid"] }));
            refused(app, "the tid of another organisation", &crossed).await;
            let crossed = one.ours(&json!({}), &json!({ "sub": other.claims["sub"] }));
            refused(app, "a session of another organisation", &crossed).await;
        }
    }

    async fn a_token_for_something_else_is_no_access_token(app: &App) {
        let email = &app.person("livp", "admin")["email"];
        let document = "mutation($input: SignInInput!) { signIn(input: $input) { session { refreshToken } } }";
        let input = json!({ "email": email, "password": wederhoor_server::demo::PASSWORD, "organisation": "livp" });
        let answer = app.client.gql(None, document, json!({ "input": input })).await;
        let refresh = answer.data()["signIn"]["session"]["refreshToken"].as_str().unwrap().to_owned();
        refused(app, "a refresh token", &refresh).await;
        Case::registered(app, "livp", letter(app, "livp", Some("basis"), "EMAIL", wederhoor_tests::START)).await;
        app.sweep().await;
        let letters = app.letters().await;
        let texts = letters.iter().filter_map(|letter| letter["text"].as_str()?.split_once("/access#"));
        let mut links = 0;
        for (_, rest) in texts {
            refused(app, "a link's token", rest.split_whitespace().next().unwrap()).await;
            links += 1;
        }
        assert!(links > 0);
    }
}

async fn refused(app: &App, what: &str, token: &str) {
    let answer = app.client.gql(Some(token), DOCUMENT, json!({})).await;
    assert_eq!(
        (answer.status, answer.code()),
        (401, Some("UNAUTHENTICATED")),
        "{what}: {:#}",
        answer.body
    );
}
