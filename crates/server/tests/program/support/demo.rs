//! A demo in the test's own process.

use std::{net::SocketAddr, path::Path};

use serde_json::json;
use wederhoor_server::demo::{Options, PASSWORD};

use super::asking::ask;

const SIGN_IN: &str =
    "mutation($input: SignInInput!) { signIn(input: $input) { session { accessToken } } }";

/// A demo in this directory that begins without complaints.
pub(crate) fn options(directory: &Path) -> Options {
    Options {
        port: 0,
        data_dir: directory.to_owned(),
        database_url: None,
        reset: false,
        has_history: false,
        smtp: None,
    }
}

/// The access token of LIVP's administrator.
pub(crate) fn sign_in(server: SocketAddr) -> String {
    let input =
        json!({ "organisation": "livp", "email": "admin@livp.example", "password": PASSWORD });
    let answer = ask(server, None, SIGN_IN, &json!({ "input": input }));
    let token = answer["data"]["signIn"]["session"]["accessToken"].as_str();
    token.unwrap_or_else(|| panic!("{answer}")).to_owned()
}
