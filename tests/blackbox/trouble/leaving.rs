//! A client that leaves before it is answered.

use std::time::Duration;

use serde_json::{Value, json};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

/// How many clients there are: so many in each run of the suite, and as many as `WEDERHOOR_TEST_CLIENTS` says by hand.
pub(super) fn clients(usual: usize) -> usize {
    std::env::var("WEDERHOOR_TEST_CLIENTS").map_or(usual, |many| many.parse().unwrap())
}

/// The bytes of a request.
pub(super) fn raw(token: Option<&str>, document: &str, input: &Value) -> Vec<u8> {
    let body = json!({ "query": document, "variables": { "input": input } }).to_string();
    let bearer = token.map_or_else(String::new, |token| {
        format!("authorization: Bearer {token}\r\n")
    });
    let head = format!(
        "POST /graphql HTTP/1.1\r\nhost: klachten.example\r\n{bearer}content-type: application/json\r\ncontent-length: {}\r\n\r\n",
        body.len()
    );
    (head + &body).into_bytes()
}

/// Sends a request, or the greater part of it, and leaves: at once, while it is worked on, or after the first bytes of
/// the answer. When, is different for every number, and the same in every run.
pub(super) async fn leave(address: std::net::SocketAddr, request: Vec<u8>, number: usize) {
    let Ok(mut stream) = TcpStream::connect(address).await else {
        return;
    };
    let part = if number % 7 == 3 {
        request.len() * 3 / 4
    } else {
        request.len()
    };
    if stream.write_all(&request[..part]).await.is_err() {
        return;
    }
    let moment = (number * 37) % 23;
    if moment < 20 {
        let patience = Duration::from_millis(moment as u64);
        let mut first = [0; 16];
        // Whichever comes first: a part of the answer, or the end of the client's patience.
        let _ = tokio::time::timeout(patience, stream.read(&mut first)).await;
    }
}
