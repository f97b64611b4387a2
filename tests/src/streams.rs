//! Clients of subscriptions, over both transports.

use std::{collections::BTreeMap, net::SocketAddr, time::Duration};

use futures_util::{SinkExt, StreamExt};
use serde_json::{Value, json};
use tokio::{net::TcpStream, time::timeout};
use tokio_tungstenite::{
    WebSocketStream, client_async,
    tungstenite::{Error, Message, client::IntoClientRequest},
};

use crate::Client;

/// Never reached when what is waited for happens.
const FOREVER: Duration = Duration::from_secs(20);

/// What a subscription goes over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// Server-Sent Events.
    Events,
    /// A WebSocket.
    Socket,
}

impl Way {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Events, Self::Socket];
}

/// What is told of a subscription.
#[derive(Debug, Clone, PartialEq)]
pub enum Told {
    /// The data of a result.
    Next(Value),
    /// The code of the error by which it is over, or was not begun.
    Failed(String),
    /// It is over.
    Complete,
    /// The connection is closed, with this code if any.
    Closed(Option<u16>),
}

/// One subscription.
pub enum Stream {
    /// Over Server-Sent Events.
    Events(Box<Events>),
    /// Over a WebSocket of its own.
    Socket(Box<Socket>),
}

/// An answer in events.
pub struct Events {
    response: reqwest::Response,
    unread: String,
}

/// A WebSocket.
pub struct Socket {
    inner: WebSocketStream<TcpStream>,
}

impl Stream {
    /// Subscribes, with an access token or as nobody.
    ///
    /// # Panics
    /// When the server does not answer.
    pub async fn open(
        client: &Client,
        way: Way,
        token: Option<&str>,
        document: &str,
        variables: &Value,
    ) -> Result<Self, Told> {
        let body = json!({ "query": document, "variables": variables });
        match way {
            Way::Events => {
                let events = Events::open(client, token, &body).await?;
                Ok(Self::Events(Box::new(events)))
            }
            Way::Socket => {
                let mut socket = Socket::begun(client.address(), token).await?;
                socket.subscribe("1", &body).await;
                Ok(Self::Socket(Box::new(socket)))
            }
        }
    }

    /// What comes next.
    ///
    /// # Panics
    /// When nothing comes.
    pub async fn next(&mut self) -> Told {
        match self {
            Self::Events(events) => events.next().await,
            Self::Socket(socket) => socket.next().await.1,
        }
    }

    /// The data of the next result.
    ///
    /// # Panics
    /// When something else comes, or nothing.
    pub async fn told(&mut self) -> Value {
        match self.next().await {
            Told::Next(data) => data,
            other => panic!("{other:?} instead of a result"),
        }
    }
}

impl Events {
    /// Asks for events; what is answered otherwise, by its code.
    async fn open(client: &Client, token: Option<&str>, body: &Value) -> Result<Self, Told> {
        let mut request = client
            .request(reqwest::Method::POST, "/graphql")
            .header("accept", "text/event-stream")
            .json(body);
        if let Some(token) = token {
            request = request.bearer_auth(token);
        }
        let response = timeout(FOREVER, request.send()).await;
        let response = response.expect("an answer").expect("the server answers");
        Self::of(response).await
    }

    pub(crate) fn begun(response: reqwest::Response) -> Self {
        let unread = String::new();
        Self { response, unread }
    }

    /// The first result, as it is written.
    pub(crate) async fn first(mut self) -> Value {
        let event = self.event().await.unwrap_or_default();
        let data = event.lines().find_map(|line| line.strip_prefix("data: "));
        serde_json::from_str(data.unwrap_or_default()).expect("a result")
    }

    /// The events of an answer.
    ///
    /// # Errors
    /// The code of an answer that is none.
    ///
    /// # Panics
    /// When an answer that is well is none.
    pub async fn of(response: reqwest::Response) -> Result<Self, Told> {
        let media = response.headers()["content-type"].to_str().unwrap_or("");
        if media == "text/event-stream; charset=utf-8" {
            return Ok(Self::begun(response));
        }
        assert_ne!(response.status(), 200, "{media}");
        let body: Value = response.json().await.unwrap_or_default();
        Err(Told::Failed(code(&body["errors"])))
    }

    /// What comes next; lines that say nothing are passed over.
    ///
    /// # Panics
    /// When nothing comes.
    pub async fn next(&mut self) -> Told {
        let next = timeout(FOREVER, self.next_at_last()).await;
        next.expect("something is told")
    }

    async fn next_at_last(&mut self) -> Told {
        loop {
            let event = self.event().await;
            let Some(event) = event else {
                return Told::Closed(None);
            };
            let fields: BTreeMap<&str, &str> = event
                .lines()
                .filter_map(|line| line.split_once(": "))
                .collect();
            match fields.get("event").copied() {
                Some("next") => {
                    let result: Value = serde_json::from_str(fields["data"]).expect("JSON");
                    return result_of(&result);
                }
                Some("complete") => return Told::Complete,
                _ => assert!(event.starts_with(':'), "{event}"),
            }
        }
    }

    /// The next event as text, also one that says nothing.
    ///
    /// # Panics
    /// When nothing comes.
    pub async fn event(&mut self) -> Option<String> {
        loop {
            if let Some((event, rest)) = self.unread.split_once("\n\n") {
                let (event, rest) = (event.to_owned(), rest.to_owned());
                self.unread = rest;
                return Some(event);
            }
            let piece = timeout(FOREVER, self.response.chunk()).await;
            let piece = piece.expect("something happens").ok().flatten()?;
            self.unread += std::str::from_utf8(&piece).expect("UTF-8");
        }
    }
}

impl Socket {
    /// Connects.
    ///
    /// # Errors
    /// The status of the answer when it is no WebSocket.
    ///
    /// # Panics
    /// When nobody listens.
    pub async fn connect(address: SocketAddr, headers: &[(&str, &str)]) -> Result<Self, u16> {
        let stream = TcpStream::connect(address).await.expect("somebody listens");
        Self::shaken(stream, address, headers).await
    }

    /// Connects over a connection that is there.
    ///
    /// # Panics
    /// When the answer is no WebSocket.
    pub async fn over(stream: TcpStream, address: SocketAddr) -> Self {
        let shaken = Self::shaken(stream, address, &[]).await;
        shaken.expect("a WebSocket")
    }

    async fn shaken(
        stream: TcpStream,
        address: SocketAddr,
        headers: &[(&str, &str)],
    ) -> Result<Self, u16> {
        let url = format!("ws://{address}/graphql");
        let mut request = url.into_client_request().expect("a request");
        let protocol = [("sec-websocket-protocol", "graphql-transport-ws")];
        let all = protocol.iter().chain(headers);
        for (name, value) in all {
            let name: reqwest::header::HeaderName = name.parse().expect("a header");
            request
                .headers_mut()
                .insert(name, value.parse().expect("a value"));
        }
        match client_async(request, stream).await {
            Ok((inner, _)) => Ok(Self { inner }),
            Err(Error::Http(answer)) => Err(answer.status().as_u16()),
            Err(error) => panic!("{error}"),
        }
    }

    /// Connects and says who asks.
    ///
    /// # Errors
    /// What was answered otherwise.
    ///
    /// # Panics
    /// When nobody listens, or nothing is answered.
    pub async fn begun(address: SocketAddr, token: Option<&str>) -> Result<Self, Told> {
        let connected = Self::connect(address, &[]).await;
        let mut socket = connected.expect("a WebSocket");
        socket.enter(token).await?;
        Ok(socket)
    }

    /// Says who asks.
    ///
    /// # Errors
    /// What was answered otherwise.
    ///
    /// # Panics
    /// When nothing is answered.
    pub async fn enter(&mut self, token: Option<&str>) -> Result<(), Told> {
        let bearer = token.map(|token| format!("Bearer {token}"));
        let payload = bearer.map_or(json!({}), |bearer| json!({ "authorization": bearer }));
        self.say(&json!({ "type": "connection_init", "payload": payload }))
            .await;
        match self.hear().await {
            Ok(message) if message["type"] == "connection_ack" => Ok(()),
            Ok(other) => panic!("{other:#}"),
            Err(code) => Err(Told::Closed(code)),
        }
    }

    /// Subscribes under an id.
    pub async fn subscribe(&mut self, id: &str, payload: &Value) {
        self.say(&json!({ "id": id, "type": "subscribe", "payload": payload }))
            .await;
    }

    /// Says something.
    pub async fn say(&mut self, message: &Value) {
        self.send(Message::text(message.to_string())).await;
    }

    /// Sends a message; the server may have closed the connection already.
    pub async fn send(&mut self, message: Message) {
        let _ = self.inner.send(message).await;
    }

    /// The next message; the code when the connection is closed.
    ///
    /// # Errors
    /// The code with which the connection is closed.
    ///
    /// # Panics
    /// When nothing comes.
    pub async fn hear(&mut self) -> Result<Value, Option<u16>> {
        let heard = timeout(FOREVER, self.hear_at_last()).await;
        heard.expect("something is said")
    }

    async fn hear_at_last(&mut self) -> Result<Value, Option<u16>> {
        loop {
            match self.inner.next().await {
                Some(Ok(Message::Text(text))) => {
                    return Ok(serde_json::from_str(&text).expect("JSON"));
                }
                Some(Ok(Message::Close(frame))) => {
                    return Err(frame.map(|frame| frame.code.into()));
                }
                Some(Ok(_)) => {}
                Some(Err(_)) | None => return Err(None),
            }
        }
    }

    /// What is told next, and of which subscription.
    ///
    /// # Panics
    /// When nothing comes.
    pub async fn next(&mut self) -> (String, Told) {
        let message = match self.hear().await {
            Ok(message) => message,
            Err(code) => return (String::new(), Told::Closed(code)),
        };
        let id = message["id"].as_str().unwrap_or_default().to_owned();
        let told = match message["type"].as_str() {
            Some("next") => result_of(&message["payload"]),
            Some("error") => Told::Failed(code(&message["payload"])),
            Some("complete") => Told::Complete,
            _ => panic!("{message:#}"),
        };
        (id, told)
    }

    /// The socket itself, of which nothing is read any more.
    pub fn into_inner(self) -> WebSocketStream<TcpStream> {
        self.inner
    }
}

/// A result without data is a failure, over whatever it came.
fn result_of(result: &Value) -> Told {
    match result.get("data") {
        Some(data) => Told::Next(data.clone()),
        None => Told::Failed(code(&result["errors"])),
    }
}

fn code(errors: &Value) -> String {
    let code = errors[0]["extensions"]["code"].as_str();
    code.unwrap_or("no code").to_owned()
}
