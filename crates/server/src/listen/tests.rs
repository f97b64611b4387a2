use std::{
    net::SocketAddr,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use axum::{
    Router,
    body::{Body, Bytes},
    extract::DefaultBodyLimit,
    routing::{get, post},
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    sync::Semaphore,
    time::timeout,
};

use super::{Patience, Running, bind, serve};

/// Long enough for whatever must happen, and never reached when it does.
const FOREVER: Duration = Duration::from_secs(20);
/// Shorter than any limit that is not meant.
const SHORT: Duration = Duration::from_millis(50);

fn patient() -> Patience {
    Patience {
        connections: 100,
        head: FOREVER,
        request: FOREVER,
        answer: FOREVER,
        idle: FOREVER,
    }
}

/// What the routes of these tests wait for, and what they have done.
#[derive(Clone)]
struct Work {
    gate: Arc<Semaphore>,
    begun: Arc<Semaphore>,
    done: Arc<AtomicUsize>,
}

impl Work {
    fn new() -> Self {
        Self {
            gate: Arc::new(Semaphore::new(0)),
            begun: Arc::new(Semaphore::new(0)),
            done: Arc::default(),
        }
    }

    fn routes(&self) -> Router {
        let work = self.clone();
        let slow = move || async move {
            work.begun.add_permits(1);
            drop(work.gate.acquire().await);
            work.done.fetch_add(1, Ordering::SeqCst);
            "done"
        };
        Router::new()
            .route("/", get(|| async { "here" }))
            .route("/slow", get(slow))
            .route("/large", get(|| async { Body::from(vec![b'x'; 64 << 20]) }))
            .route(
                "/read",
                post(|body: Bytes| async move { body.len().to_string() }),
            )
            .layer(DefaultBodyLimit::disable())
    }
}

async fn started(patience: Patience) -> (Running, Work) {
    let work = Work::new();
    let listener = bind("127.0.0.1:0".parse().unwrap()).await.unwrap();
    (serve(listener, work.routes(), patience).unwrap(), work)
}

async fn open(address: SocketAddr, sent: &str) -> TcpStream {
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream.write_all(sent.as_bytes()).await.unwrap();
    stream
}

fn ask(path: &str) -> String {
    format!("GET {path} HTTP/1.1\r\nhost: x\r\n\r\n")
}

/// Everything that comes until the server ends the connection.
async fn rest(mut stream: TcpStream) -> String {
    let mut answer = Vec::new();
    let read = timeout(FOREVER, stream.read_to_end(&mut answer)).await;
    // A connection that is cut off may end with a reset.
    let _ = read.expect("the server ends the connection");
    String::from_utf8(answer).unwrap()
}

/// One answer on a connection that stays open; its body ends with `end`.
async fn answer(stream: &mut TcpStream, end: &str) -> String {
    let (mut text, mut piece) = (String::new(), [0; 1024]);
    while !text.ends_with(end) {
        let read = timeout(FOREVER, stream.read(&mut piece)).await;
        let length = read.expect("an answer in time").unwrap();
        assert!(length > 0, "the connection ended after {text:?}");
        text.push_str(std::str::from_utf8(&piece[..length]).unwrap());
    }
    text
}

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
    let (running, work) = started(patient()).await;
    let address = running.address;
    let unused = TcpStream::connect(address).await.unwrap();
    let mut kept = open(address, &ask("/")).await;
    answer(&mut kept, "here").await;
    let stream = open(address, &ask("/slow")).await;
    drop(work.begun.acquire().await);
    let stopping = tokio::spawn(running.stop());
    assert_eq!(rest(unused).await + &rest(kept).await, "");
    work.gate.add_permits(1);
    let told = rest(stream).await;
    assert!(told.ends_with("done"), "{told}");
    timeout(FOREVER, stopping).await.unwrap().unwrap().unwrap();
    assert!(TcpStream::connect(address).await.is_err());
}

#[tokio::test]
async fn a_connection_serves_more_than_one_request() {
    let (running, _) = started(patient()).await;
    let mut stream = open(running.address, &ask("/")).await;
    answer(&mut stream, "here").await;
    // Two at once; their answers may come in one piece.
    stream
        .write_all(ask("/").repeat(2).as_bytes())
        .await
        .unwrap();
    let mut both = answer(&mut stream, "here").await;
    if both.matches("here").count() == 1 {
        both += &answer(&mut stream, "here").await;
    }
    assert_eq!(both.matches("200 OK").count(), 2, "{both}");
}

#[tokio::test]
async fn whoever_sends_nothing_or_half_a_head_is_cut_off() {
    let (running, _) = started(Patience {
        idle: SHORT,
        ..patient()
    })
    .await;
    assert_eq!(rest(open(running.address, "").await).await, "");
    let after = rest(open(running.address, &ask("/")).await).await;
    assert!(
        after.ends_with("here"),
        "an idle connection is ended: {after}"
    );
    let (running, _) = started(Patience {
        head: SHORT,
        ..patient()
    })
    .await;
    for half in [
        "G",
        "GET / HTTP/1.1\r\n",
        "GET / HTTP/1.1\r\nhost: x\r\nx: ",
    ] {
        assert_eq!(rest(open(running.address, half).await).await, "", "{half}");
    }
    // A byte now and then does not help.
    let mut stream = open(running.address, "GET / HTTP/1.1\r\nx: ").await;
    let drip = async {
        while stream.write_all(b"x").await.is_ok() {
            tokio::time::sleep(SHORT / 10).await;
        }
    };
    timeout(FOREVER, drip)
        .await
        .expect("the dripping client is cut off");
    let mut kept = open(running.address, &ask("/")).await;
    answer(&mut kept, "here").await;
    assert_eq!(
        rest({
            kept.write_all(b"GET").await.unwrap();
            kept
        })
        .await,
        "",
        "the next head is timed too"
    );
}

#[tokio::test]
async fn a_body_that_does_not_come_and_work_that_does_not_end_are_given_up() {
    let (running, work) = started(Patience {
        request: SHORT,
        ..patient()
    })
    .await;
    let half = "POST /read HTTP/1.1\r\nhost: x\r\ncontent-length: 9\r\n\r\nhalf";
    for request in [half, &ask("/slow")] {
        let told = rest(open(running.address, request).await).await;
        assert!(told.starts_with("HTTP/1.1 503"), "{told}");
    }
    // The work was not cut off in the middle.
    work.gate.add_permits(1);
    let finished = async {
        while work.done.load(Ordering::SeqCst) == 0 {
            tokio::task::yield_now().await;
        }
    };
    timeout(FOREVER, finished).await.expect("the work is done");
}

#[tokio::test]
async fn whoever_does_not_take_the_answer_is_cut_off() {
    let patience = Patience {
        connections: 1,
        answer: SHORT,
        ..patient()
    };
    let (running, _) = started(patience).await;
    let deaf = open(running.address, &ask("/large")).await;
    // There is one place: the second client is answered once the first is gone.
    let mut second = open(running.address, &ask("/")).await;
    answer(&mut second, "here").await;
    drop(deaf);
}

#[tokio::test]
async fn when_it_is_full_whoever_waited_longest_goes() {
    let (running, work) = started(Patience {
        connections: 3,
        ..patient()
    })
    .await;
    let mut busy = open(running.address, &ask("/slow")).await;
    drop(work.begun.acquire().await);
    let mut kept = open(running.address, &ask("/")).await;
    answer(&mut kept, "here").await;
    let mut slow = Vec::new();
    for _ in 0..20 {
        slow.push(open(running.address, "GET / HTT").await);
    }
    let mut honest = open(running.address, &ask("/")).await;
    answer(&mut honest, "here").await;
    assert_eq!(rest(kept).await, "", "the idle connection went first");
    for stream in slow.drain(..19) {
        assert_eq!(rest(stream).await, "");
    }
    work.gate.add_permits(1);
    answer(&mut busy, "done").await;
}

#[tokio::test]
async fn when_all_are_busy_whoever_is_answered_first_goes() {
    let (running, work) = started(Patience {
        connections: 2,
        ..patient()
    })
    .await;
    let mut busy = Vec::new();
    for _ in 0..2 {
        busy.push(open(running.address, &ask("/slow")).await);
        work.begun.acquire().await.expect("it is open").forget();
    }
    let mut honest = open(running.address, &ask("/")).await;
    let not_yet = timeout(SHORT, honest.read_u8()).await;
    assert!(not_yet.is_err(), "there is no place yet");
    work.gate.add_permits(2);
    answer(&mut honest, "here").await;
    for mut stream in busy {
        answer(&mut stream, "done").await;
    }
}
