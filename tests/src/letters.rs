//! The letters that would have been sent, and the way in that one carries.

use serde_json::{Value, json};

use crate::App;

impl App {
    /// Every letter so far, oldest first, as `/demo/mail.json` has it.
    ///
    /// # Panics
    /// When the server does not answer.
    pub async fn letters(&self) -> Vec<Value> {
        let mail = self.client.json("/demo/mail.json").await;
        mail["letters"].as_array().cloned().expect("a list")
    }

    /// The letters of a kind to an address so far, oldest first.
    pub async fn letters_to(&self, address: &str, kind: &str) -> Vec<Value> {
        let mut letters = self.letters().await;
        letters.retain(|letter| letter["to"] == address && letter["kind"] == kind);
        letters
    }

    /// Comes in by the newest access link in a letter to this address: an access token.
    ///
    /// # Panics
    /// When there is no such letter, or its link does not let in.
    pub async fn come_in_by_link(&self, address: &str) -> String {
        let letters = self.letters().await;
        let token_in = |letter: &Value| {
            let text = letter["text"].as_str().unwrap_or_default();
            let (_, rest) = text.split_once("/access#")?;
            Some(
                rest.split_whitespace()
                    .next()
                    .unwrap_or_default()
                    .to_owned(),
            )
        };
        // Letters of one instant come in any order: the newest complaint counts, and of it the newest letter.
        let mine = letters.iter().filter(|letter| letter["to"] == address);
        let with_link = mine.filter_map(|letter| Some((age(letter)?, token_in(letter)?)));
        let (_, token) = with_link
            .max_by_key(|(age, _)| age.clone())
            .unwrap_or_else(|| panic!("no letter to {address} has a link"));
        let document = "mutation($input: RedeemAccessLinkInput!) { redeemAccessLink(input: $input) { session { accessToken } userErrors { code message } } }";
        let answer = self
            .client
            .gql(None, document, json!({ "input": { "token": token } }))
            .await;
        let token = answer.data()["redeemAccessLink"]["session"]["accessToken"].as_str();
        token
            .unwrap_or_else(|| panic!("the link does not let in: {:#}", answer.body))
            .to_owned()
    }
}

/// What orders letters as the complaints that they are about came in: ids begin with their time, and are in base64url.
fn age(letter: &Value) -> Option<Vec<Option<usize>>> {
    const DIGITS: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let id = letter["complaintId"].as_str()?;
    Some(id.chars().map(|digit| DIGITS.find(digit)).collect())
}
