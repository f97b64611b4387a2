use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::{DateTime, TimeDelta, Utc};
use secrecy::ExposeSecret;
use uuid::Uuid;
use wederhoor_procedure::complaint::Party;

use super::{ByLink, LINK_LIFE, PERSON_LIFE, TokenKeys, TokenSeeds};

fn noon() -> DateTime<Utc> {
    "2026-03-02T12:00:00Z".parse().unwrap()
}

fn keys() -> TokenKeys {
    signing(7, &[])
}

fn signing(seed: u8, taken: &[u8]) -> TokenKeys {
    TokenKeys::new(&TokenSeeds {
        signing: [seed; 32],
        taken: taken.iter().map(|seed| [*seed; 32]).collect(),
    })
}

fn token(keys: &TokenKeys) -> String {
    let (sub, tid) = (Uuid::from_u128(1), Uuid::from_u128(2));
    let signed = keys
        .sign(sub, tid, None, Uuid::from_u128(3), noon(), PERSON_LIFE)
        .unwrap();
    signed.0.expose_secret().to_owned()
}

#[test]
fn a_token_is_valid_from_its_making_to_its_end() {
    let keys = keys();
    let token = token(&keys);
    assert!(keys.verify(&token, noon()).is_some());
    assert!(
        keys.verify(&token, noon() + TimeDelta::minutes(9))
            .is_some()
    );
    assert!(
        keys.verify(&token, noon() + TimeDelta::minutes(11))
            .is_none()
    );
    assert!(
        keys.verify(&token, noon() - TimeDelta::minutes(1))
            .is_none()
    );
}

#[test]
fn a_token_by_link_says_which_address_was_left_last() {
    let (keys, id) = (keys(), Uuid::from_u128(1));
    for left in [None, Some(7)] {
        let party = Party::Respondent(2);
        let signed = keys.sign(id, id, Some(ByLink { party, left }), id, noon(), LINK_LIFE);
        let (token, _) = signed.unwrap();
        let claims = keys.verify(token.expose_secret(), noon()).unwrap();
        assert_eq!(claims.party.as_deref(), Some("respondent-2"));
        assert_eq!(claims.left, left);
    }
}

#[test]
fn a_token_of_another_key_is_none_of_ours() {
    let token = token(&signing(8, &[]));
    assert!(keys().verify(&token, noon()).is_none());
}

#[test]
fn a_token_that_was_touched_anywhere_is_refused() {
    let keys = keys();
    let token = token(&keys);
    for place in 0..token.len() {
        let mut bytes = token.clone().into_bytes();
        bytes[place] = if bytes[place] == b'A' { b'B' } else { b'A' };
        let touched = String::from_utf8(bytes).unwrap();
        let lasts = keys.verify(&touched, noon());
        assert!(
            lasts.is_none() || touched == token,
            "byte {place} can be changed"
        );
    }
}

#[test]
fn refresh_tokens_follow_on_one_another() {
    let keys = keys();
    assert_eq!(keys.next_refresh(b"a"), keys.next_refresh(b"a"));
    assert_ne!(keys.next_refresh(b"a"), keys.next_refresh(b"b"));
}

#[test]
fn a_refresh_token_is_known_as_ours_by_every_process_that_takes_its_key() {
    let (session, secret) = (Uuid::from_u128(5), [9; 32]);
    let text = keys().refresh_token(session, &secret);
    let text = text.expose_secret();
    let read = |keys: &TokenKeys, text: &str| keys.read_refresh(text).unwrap();
    let told = read(&keys(), text);
    assert_eq!(
        (told.session, told.secret, told.is_ours),
        (session, secret, true)
    );
    assert!(!read(&signing(99, &[]), text).is_ours);
    let of_another = text.replacen(
        &session.simple().to_string(),
        &Uuid::from_u128(6).simple().to_string(),
        1,
    );
    assert!(!read(&keys(), &of_another).is_ours);
    let bare = format!("{}.{}", session.simple(), URL_SAFE_NO_PAD.encode(secret));
    assert!(!read(&keys(), &bare).is_ours);
    for broken in ["", ".", "x.y", &text[..40], &format!("{text}=")] {
        assert!(keys().read_refresh(broken).is_none(), "{broken}");
    }
}

#[test]
fn whichever_key_signs_the_next_refresh_token_is_the_same() {
    let (before, after) = (signing(7, &[8]), signing(8, &[7]));
    assert_eq!(before.next_refresh(b"a"), after.next_refresh(b"a"));
    let text = before.refresh_token(Uuid::from_u128(5), &[9; 32]);
    assert!(after.read_refresh(text.expose_secret()).unwrap().is_ours);
}

#[test]
fn keys_are_changed_while_tokens_of_the_one_before_are_taken() {
    let (old, new) = (token(&signing(7, &[])), token(&signing(8, &[])));
    let told = signing(7, &[8]);
    let changed = signing(8, &[7]);
    for keys in [&told, &changed] {
        assert!(keys.verify(&old, noon()).is_some());
        assert!(keys.verify(&new, noon()).is_some());
    }
    assert_eq!(token(&changed), new, "the new key signs");
    assert!(signing(8, &[]).verify(&old, noon()).is_none());
}

#[test]
fn the_keys_that_check_are_published_without_their_secrets() {
    let jwks = signing(8, &[7]).jwks();
    let keys = jwks["keys"].as_array().unwrap();
    assert_eq!(keys.len(), 2);
    assert_ne!(keys[0]["kid"], keys[1]["kid"]);
    for key in keys {
        let names: Vec<&String> = key.as_object().unwrap().keys().collect();
        assert_eq!(names, ["alg", "crv", "kid", "kty", "use", "x"]);
    }
    let header = jsonwebtoken::decode_header(token(&signing(8, &[]))).unwrap();
    assert_eq!(keys[0]["kid"].as_str(), header.kid.as_deref());
}
