//! Who tries passwords is held up; nobody is locked out by it.

use serde_json::{Value, json};
use tokio::task::JoinSet;
use wederhoor_server::demo::PASSWORD;
use wederhoor_tests::both;

use super::restrained::{Restrained, told, worked_out};
use crate::steps::{done, mutate, mutation_document, sign_in};

const HOME: &str = "198.51.100.7";
const ELSEWHERE: &str = "203.0.113.9";

/// A proof of work for a sign-in.
async fn proof(at: &Restrained) -> Value {
    let document = "{ signInChallenge { challenge difficulty expiresAt } }";
    let answer = at.app.client.gql(None, document, json!({})).await;
    worked_out(&answer.data()["signInChallenge"])
}

/// Wrong tries from as many places, at once.
async fn storm(at: &Restrained, tries: usize, from: impl Fn(usize) -> String) -> Vec<String> {
    let email = at.email();
    let mut running = JoinSet::new();
    for turn in 0..tries {
        let (client, from) = (at.app.client.clone(), from(turn));
        let input = json!({ "email": email, "password": format!("geraden keer {turn}"), "organisation": "livp" });
        let document =
            "mutation($input: SignInInput!) { signIn(input: $input) { userErrors { code } } }";
        let body = json!({ "query": document, "variables": { "input": input } });
        running.spawn(async move { client.send_from(None, &from, &body).await });
    }
    let answers = running.join_all().await;
    answers
        .iter()
        .map(|answer| told(answer, "signIn"))
        .collect()
}

/// Wrong tries one after the other, until one is not made: a storm that finds the service busy leaves some of them.
async fn spend_the_rest(at: &Restrained, tries: usize, from: impl Fn(usize) -> String) {
    for turn in 0..tries {
        if at.guess(&from(turn)).await != "SIGN_IN_FAILED" {
            return;
        }
    }
}

both! {
    async fn the_first_tries_are_free_and_each_further_one_waits_longer(at: &Restrained) {
        for _ in 0..5 {
            assert_eq!(at.guess(ELSEWHERE).await, "SIGN_IN_FAILED");
        }
        assert_eq!(at.guess(ELSEWHERE).await, "RATE_LIMITED 30");
        assert_eq!(at.enter(ELSEWHERE).await, "RATE_LIMITED 30", "who guessed right learns it no sooner");
        at.passes(29);
        assert_eq!(at.guess(ELSEWHERE).await, "RATE_LIMITED 1");
        at.passes(1);
        assert_eq!(at.guess(ELSEWHERE).await, "SIGN_IN_FAILED");
        assert_eq!(at.guess(ELSEWHERE).await, "RATE_LIMITED 60");
        assert_eq!(at.enter(HOME).await, "in", "another source waits for nobody");
        at.passes(60);
        assert_eq!(at.enter(ELSEWHERE).await, "in");
        for _ in 0..5 {
            assert_eq!(at.guess("192.0.2.4").await, "SIGN_IN_FAILED", "it begins anew elsewhere");
        }
    }

    async fn an_address_that_nobody_has_is_held_up_in_the_same_way(at: &Restrained) {
        let nobody = "niemand@livp.example";
        let mut costs = Vec::new();
        for who in [nobody, &at.email()] {
            let (mut seen, before) = (Vec::new(), at.app.statements());
            for _ in 0..7 {
                seen.push(at.sign_in_as(who, ELSEWHERE, "dit is maar geraden", None).await);
            }
            costs.push((seen, at.app.statements() - before));
        }
        assert_eq!(costs[0], costs[1], "the same answers for the same work");
        assert_eq!(at.sign_in_as(&nobody.to_uppercase(), ELSEWHERE, "iets", None).await, "RATE_LIMITED 30");
    }

    async fn a_thousand_wrong_tries_at_once_do_not_lock_the_owner_out(at: &Restrained) {
        assert_eq!(at.enter(HOME).await, "in");
        let seen = storm(at, 1_000, |turn| format!("203.0.{}.{}", turn % 4, turn % 250)).await;
        assert!(seen.iter().all(|one| one != "in"), "{seen:?}");
        let tried = seen.iter().filter(|one| *one == "SIGN_IN_FAILED").count();
        println!("{tried} of 1,000 tries were made");
        assert!(tried <= 65, "{tried} were made, though the account may be tried 60 times an hour");
        spend_the_rest(at, 60, |turn| format!("203.0.113.{turn}")).await;
        assert_eq!(at.enter(HOME).await, "in", "where they signed in before");
        assert_eq!(at.enter("192.0.2.77").await, "PROOF_REQUIRED");
        let proof = proof(at).await;
        assert_eq!(at.sign_in("192.0.2.77", PASSWORD, Some(proof)).await, "in", "from anywhere, with some work");
        assert_eq!(at.enter("192.0.2.77").await, "in", "and it is known from then on");
    }

    async fn who_is_tried_from_their_own_network_gets_in_with_some_work(at: &Restrained) {
        assert_eq!(at.enter(HOME).await, "in");
        let seen = storm(at, 200, |_| HOME.to_owned()).await;
        let tried = seen.iter().filter(|one| *one == "SIGN_IN_FAILED").count();
        assert!(tried <= 5, "of many at once no more are tried than one after the other: {tried}");
        spend_the_rest(at, 5, |_| HOME.to_owned()).await;
        assert_eq!(at.enter(HOME).await, "PROOF_REQUIRED");
        let used = proof(at).await;
        assert_eq!(at.sign_in(HOME, "dit is maar geraden", Some(used.clone())).await, "SIGN_IN_FAILED");
        assert_eq!(at.sign_in(HOME, PASSWORD, Some(used)).await, "PROOF_REQUIRED", "a proof is for one try");
        assert_eq!(at.sign_in(HOME, PASSWORD, Some(proof(at).await)).await, "in");
        assert_eq!(at.enter(HOME).await, "in");
    }

    async fn a_source_that_tries_many_accounts_is_held_up_but_not_who_is_known_there(at: &Restrained) {
        assert_eq!(at.enter(ELSEWHERE).await, "in");
        for turn in 0..40 {
            assert_eq!(at.sign_in_as(&format!("n{turn}@livp.example"), ELSEWHERE, "iets", None).await, "SIGN_IN_FAILED");
        }
        assert_eq!(at.sign_in_as("anders@livp.example", ELSEWHERE, "iets", None).await, "RATE_LIMITED 90");
        let other = at.app.person("blijf-groep", "admin")["email"].as_str().unwrap();
        assert_eq!(at.sign_in_as(other, ELSEWHERE, PASSWORD, None).await, "RATE_LIMITED 90");
        assert_eq!(at.enter(ELSEWHERE).await, "in");
        at.passes(90);
        assert_eq!(at.sign_in_as("anders@livp.example", ELSEWHERE, "iets", None).await, "SIGN_IN_FAILED");
    }

    async fn half_of_an_ipv6_address_is_one_source_and_only_a_proxy_says_so(at: &Restrained) {
        for turn in 0..5 {
            assert_eq!(at.guess(&format!("2001:db8:7:7::{turn}")).await, "SIGN_IN_FAILED");
        }
        assert_eq!(at.guess("2001:db8:7:7:ffff::1").await, "RATE_LIMITED 30");
        assert_eq!(at.guess("2001:db8:7:8::1").await, "SIGN_IN_FAILED");
        let hops = format!("{HOME}, 2001:db8:7:7::5");
        assert_eq!(at.guess(&hops).await, "RATE_LIMITED 30", "what stands farther away anybody writes");
    }

    async fn who_is_in_is_held_up_at_confirming_who_they_are(at: &Restrained) {
        let token = at.app.token("livp", "admin").await;
        let confirm = async |password: &str| {
            let document = mutation_document("confirmIdentity", "isConfirmed");
            let answer = at.ask_as(Some(&token), ELSEWHERE, &document, json!({ "password": password })).await;
            told(&answer, "confirmIdentity")
        };
        for _ in 0..5 {
            assert_eq!(confirm("dit is maar geraden").await, "SIGN_IN_FAILED");
        }
        assert_eq!(confirm(PASSWORD).await, "RATE_LIMITED 30");
        let document = mutation_document("startSecondFactor", "secondFactor { uri }");
        let answer = at.ask_as(Some(&token), ELSEWHERE, &document, json!({ "password": PASSWORD })).await;
        assert_eq!(told(&answer, "startSecondFactor"), "RATE_LIMITED 30", "another door to the same secret");
        assert_eq!(at.enter(HOME).await, "in", "and they sign in elsewhere");
    }

    async fn a_session_that_is_over_holds_nobody_up_and_one_that_lasts_goes_on(at: &Restrained) {
        let over = sign_in(&at.app, &at.email(), "livp").await;
        let mut lasting = sign_in(&at.app, &at.email(), "livp").await;
        done(mutate(&at.app, over["accessToken"].as_str().unwrap(), "signOut", json!({}), "signedOut { endedCount }").await);
        let document = mutation_document("refreshSession", "session { accessToken refreshToken }");
        for _ in 0..60 {
            let input = json!({ "refreshToken": over["refreshToken"] });
            assert_eq!(told(&at.ask(ELSEWHERE, &document, input).await, "refreshSession"), "SIGN_IN_FAILED");
            let input = json!({ "refreshToken": lasting["refreshToken"] });
            let next = at.ask(ELSEWHERE, &document, input).await;
            assert_eq!(told(&next, "refreshSession"), "in");
            lasting = next.data()["refreshSession"]["session"].clone();
        }
    }

    async fn made_up_tokens_hold_nobody_up(at: &Restrained) {
        let lasting = sign_in(&at.app, &at.email(), "livp").await;
        let refresh = mutation_document("refreshSession", "session { accessToken refreshToken }");
        let fresh = mutation_document("confirmIdentity", "isConfirmed");
        for (mutation, input) in [
            ("redeemAccessLink", json!({ "token": "verzonnen" })),
            ("resetPassword", json!({ "token": "verzonnen", "password": "regenjas fiets wolk paard" })),
            ("refreshSession", json!({ "refreshToken": "verzonnen" })),
            ("refreshSession", json!({ "refreshToken": format!("{}.{}", "0".repeat(32), "A".repeat(43)) })),
            ("acceptInvitation", json!({ "organisation": "livp", "token": "verzonnen", "password": PASSWORD })),
            ("acceptOperatorInvitation", json!({ "token": "verzonnen", "password": PASSWORD })),
        ] {
            let document = mutation_document(mutation, "");
            let document = document.replace("complaint { id reference version state outcome }", "__typename");
            for _ in 0..45 {
                assert_eq!(told(&at.ask(ELSEWHERE, &document, input.clone()).await, mutation), "SIGN_IN_FAILED");
            }
        }
        let next = at.ask(ELSEWHERE, &refresh, json!({ "refreshToken": lasting["refreshToken"] })).await;
        assert_eq!(told(&next, "refreshSession"), "in");
        let token = lasting["accessToken"].as_str();
        let confirmed = at.ask_as(token, ELSEWHERE, &fresh, json!({ "password": PASSWORD })).await;
        assert_eq!(told(&confirmed, "confirmIdentity"), "in");
        assert_eq!(at.enter(ELSEWHERE).await, "in");
    }

    async fn who_is_in_confirms_who_they_are_beside_those_who_guess(at: &Restrained) {
        let token = at.app.token("livp", "admin").await;
        let guess = async |who: usize| at.sign_in_as(&format!("{who}@livp.example"), ELSEWHERE, "dit is maar geraden", None).await;
        for who in 0..40 {
            assert_eq!(guess(who).await, "SIGN_IN_FAILED");
        }
        assert_eq!(guess(40).await, "RATE_LIMITED 90");
        let document = mutation_document("confirmIdentity", "isConfirmed");
        let confirmed = at.ask_as(Some(&token), ELSEWHERE, &document, json!({ "password": PASSWORD })).await;
        assert_eq!(told(&confirmed, "confirmIdentity"), "in");
    }

    async fn who_guesses_the_password_behind_an_invitation_is_held_up(at: &Restrained) {
        let document = mutation_document("acceptInvitation", "session { accessToken }");
        let member = json!({ "name": "Twee Plekken", "email": at.email(), "roles": ["EXTERNAL_HANDLER"], "locale": "NL" });
        done(mutate(&at.app, "blijf-groep/admin", "inviteMember", json!({ "member": member }), "member { id }").await);
        at.app.sweep().await;
        let letters = at.app.letters_to(&at.email(), "invitation").await;
        let (_, token) = letters[0]["text"].as_str().unwrap().split_once("/invitation#blijf-groep.").unwrap();
        let token = token.split_whitespace().next().unwrap();
        let input = json!({ "organisation": "blijf-groep", "token": token, "password": "dit is maar geraden" });
        for _ in 0..5 {
            assert_eq!(told(&at.ask(HOME, &document, input.clone()).await, "acceptInvitation"), "SIGN_IN_FAILED");
        }
        assert_eq!(told(&at.ask(HOME, &document, input).await, "acceptInvitation"), "RATE_LIMITED 30");
    }

    async fn what_is_counted_names_nobody_and_is_forgotten(at: &Restrained) {
        assert_eq!(at.enter(HOME).await, "in");
        assert_eq!(at.guess(ELSEWHERE).await, "SIGN_IN_FAILED");
        let kept = at.app.database.contents(&[]).await;
        let kept = kept["tally"].join("\n");
        assert!(!kept.is_empty() && !kept.contains("livp.example") && !kept.contains(HOME), "{kept}");
        at.passes(31 * 86_400);
        at.app.sweep().await;
        assert_eq!(at.app.database.contents(&[]).await["tally"], [""; 0]);
    }
}
