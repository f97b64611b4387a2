//! Letters with a way in are asked for so often, whatever is known of the address.

use serde_json::json;
use wederhoor_tests::both;

use super::restrained::{Restrained, told};

const FROM: &str = "203.0.113.9";

async fn asks(at: &Restrained, mutation: &str, from: &str, email: &str) -> String {
    let mut input = json!({ "organisation": "livp", "email": email });
    if mutation == "requestAccessLink" {
        input["reference"] = json!("LIVP-2026-0001");
    }
    let (first, rest) = mutation.split_at(1);
    let document = format!(
        "mutation($input: {}{rest}Input!) {{ {mutation}(input: $input) {{ isAccepted userErrors {{ code }} }} }}",
        first.to_uppercase()
    );
    told(&at.ask(from, &document, input).await, mutation)
}

both! {
    async fn one_source_asks_for_few_letters_to_one_address_known_or_not(at: &Restrained) {
        for email in [at.email(), "niemand@livp.example".to_owned()] {
            for mutation in ["requestPasswordReset", "requestAccessLink", "requestPasswordReset"] {
                assert_eq!(asks(at, mutation, FROM, &email).await, "in");
            }
            assert_eq!(asks(at, "requestPasswordReset", FROM, &email.to_uppercase()).await, "RATE_LIMITED 1200");
            assert_eq!(asks(at, "requestAccessLink", "198.51.100.7", &email).await, "in", "others may");
        }
        at.passes(1_200);
        assert_eq!(asks(at, "requestPasswordReset", FROM, &at.email()).await, "in");
    }

    async fn one_source_asks_for_so_many_letters_in_all(at: &Restrained) {
        for turn in 0..8 {
            assert_eq!(asks(at, "requestAccessLink", FROM, &format!("n{turn}@livp.example")).await, "in");
        }
        assert_eq!(asks(at, "requestAccessLink", FROM, "n9@livp.example").await, "RATE_LIMITED 450");
    }
}
