use axum::{Router, routing::get};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

use super::{bind, serve};

#[tokio::test]
async fn a_taken_port_is_named() {
    let first = bind("127.0.0.1:0".parse().unwrap()).await.unwrap();
    let taken = first.local_addr().unwrap();
    let error = bind(taken).await.unwrap_err().to_string();
    assert!(
        error.contains(&taken.to_string()) && error.contains("in use"),
        "{error}"
    );
}

#[tokio::test]
async fn a_stopped_server_has_answered_what_was_under_way() {
    let listener = bind("127.0.0.1:0".parse().unwrap()).await.unwrap();
    let slow = get(|| async {
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
        "done"
    });
    let running = serve(listener, Router::new().route("/", slow)).unwrap();
    let address = running.address;
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream
        .write_all(b"GET / HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n")
        .await
        .unwrap();
    tokio::time::sleep(std::time::Duration::from_millis(10)).await;
    running.stop().await.unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    assert!(answer.ends_with("done"), "{answer}");
    assert!(TcpStream::connect(address).await.is_err());
}
