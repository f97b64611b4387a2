//! A question over HTTP.

use std::{
    io::{self, Read, Write},
    net::{SocketAddr, TcpStream},
};

use serde_json::{Value, json};

use super::patience::NEVER;

/// One GraphQL request in English, as somebody with this token or as nobody.
pub(crate) fn ask(
    server: SocketAddr,
    token: Option<&str>,
    document: &str,
    variables: &Value,
) -> Value {
    let body = json!({ "query": document, "variables": variables }).to_string();
    let authorization = token.map_or_else(String::new, |token| {
        format!("authorization: Bearer {token}\r\n")
    });
    let headers =
        format!("content-type: application/json\r\naccept-language: en\r\n{authorization}");
    post(server, &headers, &body)
}

/// What is answered to a body under these headers, each of which ends its line.
pub(crate) fn post(server: SocketAddr, headers: &str, body: &str) -> Value {
    answered(server, headers, body).unwrap()
}

/// The same, where the server may end before it answers.
pub(crate) fn answered(server: SocketAddr, headers: &str, body: &str) -> io::Result<Value> {
    let head = format!(
        "POST /graphql HTTP/1.1\r\nhost: wederhoor.example\r\nconnection: close\r\naccept: application/json\r\n\
         {headers}content-length: {}\r\n\r\n",
        body.len()
    );
    let answer = exchanged(server, &(head + body))?;
    let broken_off = || io::Error::from(io::ErrorKind::UnexpectedEof);
    let (_, body) = answer.split_once("\r\n\r\n").ok_or_else(broken_off)?;
    Ok(serde_json::from_str(body)?)
}

/// What is answered to a request, head and body, that asks for the connection to be closed.
pub(crate) fn exchange(server: SocketAddr, request: &str) -> String {
    exchanged(server, request).unwrap()
}

fn exchanged(server: SocketAddr, request: &str) -> io::Result<String> {
    let mut stream = TcpStream::connect(server)?;
    stream.set_read_timeout(Some(NEVER))?;
    stream.write_all(request.as_bytes())?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer)?;
    Ok(answer)
}
