//! A client of the GraphQL endpoint.

use std::net::SocketAddr;

use serde_json::{Value, json};

use crate::Events;

/// Talks to one server.
#[derive(Debug, Clone)]
pub struct Client {
    http: reqwest::Client,
    base: String,
    address: SocketAddr,
}

/// What came back.
#[derive(Debug, Clone, PartialEq)]
pub struct Answer {
    /// The HTTP status.
    pub status: u16,
    /// The body: `data`, `errors`, `extensions`; `null` when it is no JSON.
    pub body: Value,
}

impl Answer {
    /// The `data` of an answer without errors.
    ///
    /// # Panics
    /// When there are errors.
    pub fn data(&self) -> &Value {
        assert!(self.body.get("errors").is_none(), "{:#}", self.body);
        &self.body["data"]
    }

    /// The code of the first top-level error.
    pub fn code(&self) -> Option<&str> {
        self.body["errors"][0]["extensions"]["code"].as_str()
    }
}

impl Client {
    /// A client of the server at `address`.
    pub fn new(address: SocketAddr) -> Self {
        Self {
            http: reqwest::Client::new(),
            base: format!("http://{address}"),
            address,
        }
    }

    /// Where the server listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Sends an operation, with an access token or as nobody; of a subscription, what is told first.
    ///
    /// # Panics
    /// When the server does not answer.
    pub async fn gql(&self, token: Option<&str>, document: &str, variables: Value) -> Answer {
        self.send(token, &json!({ "query": document, "variables": variables }))
            .await
    }

    /// Sends any JSON to the endpoint.
    ///
    /// # Panics
    /// When the server does not answer.
    pub async fn send(&self, token: Option<&str>, body: &Value) -> Answer {
        self.sent(token, body, &[]).await
    }

    /// Sends any JSON to the endpoint, as a proxy does that says for whom.
    ///
    /// # Panics
    /// When the server does not answer.
    pub async fn send_from(&self, token: Option<&str>, from: &str, body: &Value) -> Answer {
        self.sent(token, body, &[("x-forwarded-for", from)]).await
    }

    async fn sent(&self, token: Option<&str>, body: &Value, headers: &[(&str, &str)]) -> Answer {
        let document = body["query"].as_str().unwrap_or_default();
        let is_watched = document.starts_with("subscription");
        let media = if is_watched {
            "text/event-stream"
        } else {
            "application/graphql-response+json"
        };
        let mut request = self
            .request(reqwest::Method::POST, "/graphql")
            .header("accept", media)
            .json(body);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        if let Some(token) = token {
            request = request.bearer_auth(token);
        }
        let answer = request.send().await.expect("the server answers");
        if answer.status() == 200 && is_watched {
            let body = Events::begun(answer).first().await;
            return Answer { status: 200, body };
        }
        Answer {
            status: answer.status().as_u16(),
            body: answer.json().await.unwrap_or_default(),
        }
    }

    /// The JSON at a path.
    ///
    /// # Panics
    /// When there is none.
    pub async fn json(&self, path: &str) -> Value {
        let answer = self.request(reqwest::Method::GET, path).send().await;
        answer
            .expect("the server answers")
            .json()
            .await
            .expect("JSON")
    }

    /// A request to any path of the server, to be completed and sent by the caller.
    pub fn request(&self, method: reqwest::Method, path: &str) -> reqwest::RequestBuilder {
        self.http.request(method, format!("{}{path}", self.base))
    }
}
