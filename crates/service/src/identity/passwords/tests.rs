use std::{future::poll_fn, pin::Pin, sync::Arc, task::Poll};

use super::{PasswordConfig, Passwords};
use crate::{Entropy, InputCode, ServiceError};

struct Sevens;

impl Entropy for Sevens {
    fn fill(&self, buffer: &mut [u8]) {
        buffer.fill(7);
    }
}

const CHEAP: PasswordConfig = PasswordConfig {
    memory_kib: 8,
    iterations: 1,
    parallelism: 1,
    at_a_time: 1,
};

const GOOD: &str = "lang genoeg om te gebruiken";

#[tokio::test]
async fn passwords_are_hashed_as_configured_or_not_at_all() {
    let passwords = Passwords::new(&CHEAP, &Sevens).unwrap();
    let hash = passwords.hash(GOOD, &[], false, &Sevens).await.unwrap();
    assert!(hash.starts_with("$argon2id$v=19$m=8,t=1,p=1$"), "{hash}");
    for unfit in [
        PasswordConfig {
            memory_kib: 7,
            ..CHEAP
        },
        PasswordConfig {
            iterations: 0,
            ..CHEAP
        },
        PasswordConfig {
            parallelism: 0,
            ..CHEAP
        },
    ] {
        assert!(Passwords::new(&unfit, &Sevens).is_err(), "{unfit:?}");
    }
}

/// NIST SP 800-63B-4, 3.1.1.2: long enough, not what is tried first, and no other rule.
#[tokio::test]
async fn a_password_is_long_and_not_what_everybody_tries() {
    let passwords = Passwords::new(&CHEAP, &Sevens).unwrap();
    let about = ["Anton Administratie", "anton@livp.example", "livp"];
    let long = "paard fiets regenjas wolk ".repeat(7);
    for taken in [
        GOOD,
        "zonder hoofdletters of cijfers",
        "ärgerlijk 漢字 én gewoon",
        &long,
    ] {
        let hashed = passwords.hash(taken, &about, false, &Sevens).await;
        assert!(hashed.is_ok(), "{taken}: {hashed:?}");
    }
    for (refused, code) in [
        ("te kort, 14 t.", InputCode::Malformed),
        ("aaaaaaaaaaaaaaaaaaaa", InputCode::Guessable),
        ("passwordpassword", InputCode::Guessable),
        ("123456789012345678", InputCode::Guessable),
        ("qwertyuiopasdfghjkl", InputCode::Guessable),
        ("P@ssw0rdP@ssw0rd1", InputCode::Guessable),
        ("antonadministratie", InputCode::Guessable),
        ("anton@livp.example", InputCode::Guessable),
        (&"lang".repeat(51), InputCode::TooLong),
    ] {
        match passwords.hash(refused, &about, false, &Sevens).await {
            Err(ServiceError::Invalid(faults)) => assert_eq!(faults[0].code, code, "{refused}"),
            other => panic!("{refused}: {other:?}"),
        }
    }
}

#[tokio::test]
async fn beside_a_second_factor_eight_characters_are_enough() {
    let passwords = Passwords::new(&CHEAP, &Sevens).unwrap();
    let hashed = async |password: &str, has_factor| match passwords
        .hash(password, &[], has_factor, &Sevens)
        .await
    {
        Ok(_) => None,
        Err(ServiceError::Invalid(faults)) => Some(faults[0].code),
        Err(other) => panic!("{password}: {other:?}"),
    };
    assert_eq!(hashed("k7#qTz!w", true).await, None);
    assert_eq!(hashed("k7#qTz!w", false).await, Some(InputCode::Malformed));
    assert_eq!(hashed("k7#qTz!", true).await, Some(InputCode::Malformed));
    assert_eq!(hashed("password", true).await, Some(InputCode::Guessable));
}

#[tokio::test]
async fn a_hash_of_other_parameters_is_renewed() {
    let old = Passwords::new(&CHEAP, &Sevens).unwrap();
    let stronger = PasswordConfig {
        memory_kib: 16,
        ..CHEAP
    };
    let new = Passwords::new(&stronger, &Sevens).unwrap();
    let hash = old.hash(GOOD, &[], false, &Sevens).await.unwrap();
    assert_eq!(old.renewed(GOOD, &hash, &Sevens).await.unwrap(), None);
    assert!(
        new.verify(GOOD, Some(&hash)).await.unwrap(),
        "it still lets in"
    );
    let renewed = new.renewed(GOOD, &hash, &Sevens).await.unwrap().unwrap();
    assert!(
        renewed.starts_with("$argon2id$v=19$m=16,t=1,p=1$"),
        "{renewed}"
    );
    assert!(new.verify(GOOD, Some(&renewed)).await.unwrap());
    assert_eq!(new.renewed(GOOD, &renewed, &Sevens).await.unwrap(), None);
    let kept = old.renewed(GOOD, &renewed, &Sevens).await.unwrap();
    assert_eq!(kept, None, "who asks for less undoes nothing");
}

/// A letter that can be written in two ways is one letter.
#[tokio::test]
async fn a_password_is_the_same_in_either_form_of_its_letters() {
    let passwords = Passwords::new(&CHEAP, &Sevens).unwrap();
    let hash = passwords
        .hash("caf\u{e9} met een goed boek", &[], false, &Sevens)
        .await
        .unwrap();
    assert!(
        passwords
            .verify("cafe\u{301} met een goed boek", Some(&hash))
            .await
            .unwrap()
    );
}

/// Whoever floods the service with sign-ins is told to come back, and takes no more memory than those who wait.
#[tokio::test]
async fn more_than_can_wait_are_sent_away() {
    let passwords = Arc::new(Passwords::new(&CHEAP, &Sevens).unwrap());
    let _busy = passwords.queue.turn.clone().acquire_owned().await.unwrap();
    let tries = (0..100).map(|_| {
        let passwords = passwords.clone();
        async move { passwords.verify(GOOD, None).await }
    });
    let mut waiting: Vec<_> = tries.map(Box::pin).collect();
    let mut sent_away = 0;
    for one in &mut waiting {
        let answer = polled_once(one.as_mut()).await;
        sent_away += usize::from(matches!(answer, Some(Err(ServiceError::Unavailable(_)))));
    }
    assert_eq!(sent_away, 100 - 1 - crate::queue::WAITING);
}

/// Polls once.
async fn polled_once<F: Future>(mut future: Pin<&mut F>) -> Option<F::Output> {
    poll_fn(|cx| {
        Poll::Ready(match future.as_mut().poll(cx) {
            Poll::Ready(done) => Some(done),
            Poll::Pending => None,
        })
    })
    .await
}
