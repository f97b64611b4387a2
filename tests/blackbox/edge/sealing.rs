//! The key that seals the secrets of second factors is replaced while people sign in, and the one before it goes.

use serde_json::json;
use wederhoor_server::{config::SealingKeys, demo::PASSWORD};
use wederhoor_tests::{Answer, Beside, Client, both};

use super::second_factor::{Guarded, SESSION, set_up};
use crate::steps::{codes, mutation_document};

/// The key of the tests, and the one that comes after it.
const FIRST: [u8; 32] = [8; 32];
const SECOND: [u8; 32] = [9; 32];

fn keys(sealing: [u8; 32], opening: &[[u8; 32]]) -> SealingKeys {
    let opening = opening.to_vec();
    SealingKeys { sealing, opening }
}

impl Guarded {
    /// A process that has these keys.
    async fn beside(&self, keys: SealingKeys) -> Beside {
        self.app.beside(|setup| setup.sealing_keys = keys).await
    }

    async fn sign_in_at(&self, client: &Client, code: &str) -> Answer {
        let input = json!({ "input": self.input(PASSWORD, Some(code)) });
        client
            .gql(None, &mutation_document("signIn", SESSION), input)
            .await
    }

    async fn is_let_in_at(&self, client: &Client) -> bool {
        let code = self.fresh().await;
        let answer = self.sign_in_at(client, &code).await;
        answer.code().is_none() && codes(&answer.data()["signIn"]).is_empty()
    }

    /// The secrets as they are kept.
    async fn sealed(&self) -> Vec<String> {
        self.fresh().await;
        self.app
            .database
            .contents(&[])
            .await
            .remove("second_factor")
            .unwrap()
    }
}

both! {
    async fn what_an_older_key_sealed_is_sealed_anew_when_it_is_used(who: &Guarded) {
        let before = who.sealed().await;
        let next = who.beside(keys(SECOND, &[FIRST])).await;
        let wrong = who.sign_in_at(&next.client, &who.wrong()).await;
        assert_eq!(codes(&wrong.data()["signIn"]), ["SIGN_IN_FAILED"]);
        assert!(who.is_let_in_at(&who.app.client).await, "the first key is enough still");
        assert_eq!(who.sealed().await, before);
        assert!(who.is_let_in_at(&next.client).await);
        assert_ne!(who.sealed().await, before);
        assert!(who.is_let_in_at(&next.client).await);
        let last = who.beside(keys(SECOND, &[])).await;
        assert!(who.is_let_in_at(&last.client).await, "the first key can go");
        let code = who.fresh().await;
        let unknown = who.sign_in_at(&who.app.client, &code).await;
        assert_eq!(unknown.code(), Some("INTERNAL"), "{:#}", unknown.body);
        assert!(who.is_let_in_at(&last.client).await, "nothing was spoilt by that");
        for process in [next, last] {
            process.stop().await;
        }
    }

    async fn all_that_is_left_is_sealed_anew_when_that_is_asked(who: &Guarded) {
        let other = who.app.token("livp", "trainer2").await;
        set_up(&who.app, &other).await;
        let next = who.beside(keys(SECOND, &[FIRST])).await;
        let last = who.beside(keys(SECOND, &[])).await;
        assert_eq!(last.reseal().await, "0 anew, 0 before, 2 unopened");
        assert!(who.is_let_in_at(&next.client).await);
        assert_eq!(next.reseal().await, "1 anew, 1 before, 0 unopened");
        assert_eq!(last.reseal().await, "0 anew, 2 before, 0 unopened");
        assert!(who.is_let_in_at(&last.client).await);
        for process in [next, last] {
            process.stop().await;
        }
    }
}
