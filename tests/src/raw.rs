//! Bytes over a socket, as no well-behaved client would send them.

use std::{
    net::SocketAddr,
    time::{Duration, Instant},
};

use serde_json::Value;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

/// Longer than any answer may take.
const PATIENCE: Duration = Duration::from_secs(30);

/// What came back.
#[derive(Debug, Clone)]
pub struct Told {
    /// The status; 0 when the connection ended without an answer.
    pub status: u16,
    /// The head, lower case.
    pub head: String,
    /// The body; `null` when it is no JSON.
    pub body: Value,
    /// From the first byte sent to the last byte read.
    pub took: Duration,
}

impl Told {
    /// Status, code and limit in one line: `400 TOO_COMPLEX NESTING`.
    pub fn line(&self) -> String {
        let extensions = &self.body["errors"][0]["extensions"];
        let parts = [&extensions["code"], &extensions["limit"]];
        let words = parts.into_iter().filter_map(Value::as_str);
        let words: Vec<String> = words.map(|word| format!(" {word}")).collect();
        format!("{}{}", self.status, words.concat())
    }
}

/// Sends these bytes over a connection of their own, and reads one answer.
///
/// # Panics
/// When nobody listens, or nothing happens for half a minute.
pub async fn send(address: SocketAddr, bytes: &[u8]) -> Told {
    let mut stream = TcpStream::connect(address).await.expect("somebody listens");
    let begun = Instant::now();
    let answer = async {
        let (mut reading, mut writing) = stream.split();
        // The server may end the connection before it has read everything; its answer counts.
        let (_, answer) = tokio::join!(writing.write_all(bytes), read(&mut reading));
        answer
    };
    let answer = tokio::time::timeout(PATIENCE, answer).await;
    let (head, body) = answer.expect("an answer, or the end of the connection");
    let status = head
        .split(' ')
        .nth(1)
        .and_then(|status| status.parse().ok());
    Told {
        status: status.unwrap_or(0),
        head: head.to_ascii_lowercase(),
        body: serde_json::from_slice(&body).unwrap_or_default(),
        took: begun.elapsed(),
    }
}

async fn read(stream: &mut (impl AsyncReadExt + Unpin)) -> (String, Vec<u8>) {
    let (mut bytes, mut piece) = (Vec::new(), vec![0; 16 * 1024]);
    loop {
        if let Some(end) = bytes.windows(4).position(|four| four == b"\r\n\r\n") {
            let head = String::from_utf8_lossy(&bytes[..end]).into_owned();
            let whole = end + 4 + length(&head);
            if bytes.len() >= whole {
                return (head, bytes[end + 4..whole].to_vec());
            }
        }
        match stream.read(&mut piece).await {
            Ok(length) if length > 0 => bytes.extend_from_slice(&piece[..length]),
            _ => return (String::from_utf8_lossy(&bytes).into_owned(), Vec::new()),
        }
    }
}

fn length(head: &str) -> usize {
    let header = |line: &str| {
        let (name, value) = line.split_once(':')?;
        let is_length = name.eq_ignore_ascii_case("content-length");
        is_length.then(|| value.trim().parse().ok()).flatten()
    };
    head.lines().find_map(header).unwrap_or(0)
}

/// A POST of this body as `application/json`, with more headers, each ended by `\r\n`.
pub fn post(headers: &str, body: &[u8]) -> Vec<u8> {
    let length = body.len();
    let typed = format!("content-type: application/json\r\ncontent-length: {length}\r\n{headers}");
    request("POST", "/graphql", &typed, body)
}

/// Any request for the newer media type.
pub fn request(method: &str, path: &str, headers: &str, body: &[u8]) -> Vec<u8> {
    let media = "application/graphql-response+json";
    accepting(media, method, path, headers, body)
}

/// Any request for this media type.
pub fn accepting(media: &str, method: &str, path: &str, headers: &str, body: &[u8]) -> Vec<u8> {
    let head = format!(
        "{method} {path} HTTP/1.1\r\nhost: klachten.example\r\naccept: {media}\r\n{headers}\r\n"
    );
    [head.as_bytes(), body].concat()
}
