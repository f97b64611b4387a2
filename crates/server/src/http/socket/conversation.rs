//! One connection, from its first message to its last. What is told waits where it is made until what was told before it has
//! been taken: nothing queues up for a client that does not read, and who takes too long is cut off.

use std::{collections::HashMap, net::IpAddr, pin::pin, time::Duration};

use async_graphql::{Response, ServerError, parser::types::OperationType};
use axum::extract::ws::{Message, WebSocket};
use futures_util::{
    StreamExt,
    stream::{AbortHandle, BoxStream, SelectAll, abortable, empty, iter, once},
};
use secrecy::SecretString;
use serde_json::{Map, Value};
use tokio::time::{MissedTickBehavior, interval, sleep, timeout};
use uuid::Uuid;
use wederhoor_graphql::ErrorCode;
use wederhoor_procedure::Locale;

use super::message::{self, End, Said};
use crate::{
    http::{
        answer::{self, Words},
        gateway::{Gateway, RequestHead},
        guard::{self, Root},
        language, params,
        refused::Refused,
        stream::Repeated,
    },
    listen::{Leaving, Place},
};

/// How long a client may still answer that the conversation is over.
const LINGER: Duration = Duration::from_secs(1);
/// After so many heartbeats without a subscription the conversation is over.
const IDLE_BEATS: u32 = 4;

/// How a connection began.
pub(super) struct Opened {
    pub(super) source: IpAddr,
    pub(super) authorization: Option<SecretString>,
    pub(super) accept_language: Option<String>,
    /// Whose page connects, where it is another than ours.
    pub(super) origin: Option<String>,
    pub(super) leaving: Leaving,
    /// Its place among the connections on which nothing is asked.
    pub(super) place: Place,
}

/// What is told of one subscription.
enum Told {
    Next(Vec<u8>),
    /// Why it is over, and whether all others are too.
    Failed(Vec<u8>, bool),
    Complete,
}

pub(super) struct Conversation {
    gateway: Gateway,
    socket: WebSocket,
    opened: Opened,
    /// Whether it was said who asks.
    is_begun: bool,
    told: SelectAll<BoxStream<'static, (String, Told)>>,
    running: HashMap<String, AbortHandle>,
}

/// What to do next.
enum Turn {
    Heard(Message),
    Told(String, Told),
    Beat,
    /// Nothing is watched, and somebody else needs the connection.
    SentAway,
    TooLate,
    Leaving,
    /// What was said is none of a WebSocket, or the connection is lost.
    Broken,
    /// The client is gone.
    Gone,
}

impl Conversation {
    pub(super) fn of(gateway: Gateway, socket: WebSocket, opened: Opened) -> Self {
        Self {
            gateway,
            socket,
            opened,
            is_begun: false,
            told: SelectAll::new(),
            running: HashMap::new(),
        }
    }

    /// Goes on until either side ends it.
    pub(super) async fn hold(mut self) {
        let Err(Some(end)) = self.go_on().await else {
            tracing::debug!("a WebSocket ended early");
            return;
        };
        tracing::debug!(code = end.0, "a WebSocket is closed");
        if self.say(end.message()).await.is_ok() {
            let rest = async { while let Some(Ok(_)) = self.socket.recv().await {} };
            let _ = timeout(LINGER, rest).await;
        }
    }

    /// Never well: `None` when the client is gone, or does not take what it is told.
    async fn go_on(&mut self) -> Result<(), Option<End>> {
        let streaming = self.gateway.streaming.clone();
        let mut leaving = self.opened.leaving.clone();
        let mut too_late = pin!(sleep(streaming.patience));
        let mut beats = interval(streaming.heartbeat);
        beats.set_missed_tick_behavior(MissedTickBehavior::Delay);
        // The first is at once.
        beats.tick().await;
        let (mut is_heard, mut idle) = (true, 0);
        // Its place waits from the beginning.
        let mut waits = true;
        loop {
            if waits != self.running.is_empty() {
                waits = !waits;
                self.opened.place.wait_if(waits);
            }
            let turn = tokio::select! {
                heard = self.socket.recv() => match heard {
                    Some(Ok(message)) => Turn::Heard(message),
                    Some(Err(_)) => Turn::Broken,
                    None => Turn::Gone,
                },
                Some((id, told)) = self.told.next(), if !self.told.is_empty() => Turn::Told(id, told),
                () = &mut too_late, if !self.is_begun => Turn::TooLate,
                _ = beats.tick() => Turn::Beat,
                () = self.opened.place.sent_away() => Turn::SentAway,
                () = leaving.asked() => Turn::Leaving,
            };
            match turn {
                Turn::Heard(message) => {
                    is_heard = true;
                    self.heed(message).await?;
                }
                Turn::Told(id, told) => self.tell(&id, told).await?,
                Turn::Beat if !is_heard => return Err(None),
                Turn::Beat => {
                    idle = if self.running.is_empty() { idle + 1 } else { 0 };
                    if idle > IDLE_BEATS {
                        return Err(Some(End::IDLE));
                    }
                    is_heard = false;
                    self.say(Message::Ping(Vec::new().into())).await?;
                }
                Turn::SentAway => return Err(Some(End::IDLE)),
                Turn::TooLate => return Err(Some(End::INIT_TIMEOUT)),
                Turn::Leaving => return self.leave().await,
                Turn::Broken => return Err(Some(End::INVALID)),
                Turn::Gone => return Err(None),
            }
        }
    }

    /// Every subscription is complete, and the connection over.
    async fn leave(&mut self) -> Result<(), Option<End>> {
        let running: Vec<String> = self.running.keys().cloned().collect();
        for id in running {
            self.tell(&id, Told::Complete).await?;
        }
        Err(Some(End::LEAVING))
    }

    async fn heed(&mut self, message: Message) -> Result<(), Option<End>> {
        let text = match message {
            Message::Text(text) => text,
            // The library answers a ping.
            Message::Ping(_) | Message::Pong(_) => return Ok(()),
            Message::Close(_) => return Err(None),
            Message::Binary(_) => return Err(Some(End::INVALID)),
        };
        match message::read(&text, self.gateway.limits.body_nesting)? {
            Said::Init(payload) => self.begin(&payload).await,
            Said::Ping => self.say(message::pong()).await,
            Said::Pong => Ok(()),
            Said::Subscribe { .. } if !self.is_begun => Err(Some(End::UNAUTHORIZED)),
            Said::Subscribe { id, payload } => self.subscribe(id, payload).await,
            Said::Complete { id } => {
                if let Some(running) = self.running.remove(&id) {
                    running.abort();
                }
                Ok(())
            }
        }
    }

    /// Takes note of who asks.
    async fn begin(&mut self, payload: &Map<String, Value>) -> Result<(), Option<End>> {
        if self.is_begun {
            return Err(Some(End::TWICE));
        }
        let said = payload
            .get("authorization")
            .or_else(|| payload.get("Authorization"));
        match said {
            Some(Value::String(text)) => {
                self.opened.authorization = Some(SecretString::from(text.clone()));
            }
            Some(_) => return Err(Some(End::INVALID)),
            None => {}
        }
        let request_id = (self.gateway.request_ids)();
        let enter = (self.gateway.streaming.enter)(self.head(request_id, Root::Several));
        match timeout(self.gateway.limits.answer_time, enter).await {
            Ok(true) => {
                self.is_begun = true;
                self.say(message::ack()).await
            }
            _ => Err(Some(End::FORBIDDEN)),
        }
    }

    async fn subscribe(&mut self, id: String, payload: Value) -> Result<(), Option<End>> {
        if self.running.contains_key(&id) {
            return Err(Some(End::TAKEN));
        }
        let request_id = (self.gateway.request_ids)();
        match self.admitted(payload) {
            Ok(repeated) => {
                tracing::info!(%request_id, "subscribed");
                let told = self.told_of(repeated, request_id);
                let tagged = id.clone();
                let told = told.map(move |told| (tagged.clone(), told)).boxed();
                let (told, running) = abortable(told);
                self.told.push(told.boxed());
                self.running.insert(id, running);
                Ok(())
            }
            Err(refused) => {
                let error = answer::finished(refused.into_error(self.locale()), request_id);
                self.say(failed(&id, &[error])).await
            }
        }
    }

    fn admitted(&self, payload: Value) -> Result<Repeated, Refused> {
        if self.running.len() >= self.gateway.streaming.per_connection {
            return Err(Refused::too_many_streams());
        }
        let params = params::from_value(payload)?;
        let admitted = guard::admit(params, &self.gateway.limits)?;
        if admitted.operation == OperationType::Subscription {
            return Ok(Repeated::of(&admitted));
        }
        Err(Refused::document(
            [
                "Over een WebSocket gaan alleen abonnementen (subscriptions). Stuur dit met POST.",
                "Only subscriptions go over a WebSocket. Send this by POST.",
            ],
            Vec::new(),
        ))
    }

    /// All that is told of a subscription, made as it is taken.
    fn told_of(&self, repeated: Repeated, request_id: Uuid) -> BoxStream<'static, Told> {
        let (gateway, locale) = (self.gateway.clone(), self.locale());
        let leaving = self.opened.leaving.clone();
        let head = self.head(request_id, repeated.root().clone());
        let begun = (gateway.streaming.subscribe)(repeated, head, leaving);
        let responses = once(begun).flat_map(|begun| {
            let rest = begun.rest.unwrap_or_else(|| empty().boxed());
            once(std::future::ready(begun.first)).chain(rest)
        });
        let told = responses.map(move |response| told(&gateway, response, request_id, locale));
        let complete = iter([Told::Complete]);
        told.chain(complete).boxed()
    }

    async fn tell(&mut self, id: &str, told: Told) -> Result<(), Option<End>> {
        match told {
            Told::Next(result) => self.say(message::with_payload(id, "next", &result)).await,
            Told::Complete => {
                // After a failure nothing is complete.
                let Some(running) = self.running.remove(id) else {
                    return Ok(());
                };
                running.abort();
                self.say(message::complete(id)).await
            }
            Told::Failed(errors, is_end) => {
                if let Some(running) = self.running.remove(id) {
                    running.abort();
                }
                self.say(message::with_payload(id, "error", &errors))
                    .await?;
                if is_end && self.opened.authorization.is_some() {
                    return Err(Some(End::FORBIDDEN));
                }
                Ok(())
            }
        }
    }

    async fn say(&mut self, message: Message) -> Result<(), Option<End>> {
        let said = timeout(self.gateway.streaming.take, self.socket.send(message)).await;
        if matches!(said, Ok(Ok(()))) {
            Ok(())
        } else {
            Err(None)
        }
    }

    fn head(&self, request_id: Uuid, root: Root) -> RequestHead {
        RequestHead {
            request_id,
            authorization: self.opened.authorization.clone(),
            accept_language: self.opened.accept_language.clone(),
            idempotency_key: None,
            source: self.opened.source,
            origin: self.opened.origin.clone(),
            root,
            mutates: false,
            introspects: false,
            only_signs_out: false,
        }
    }

    fn locale(&self) -> Locale {
        language::asked(self.opened.accept_language.as_deref())
    }
}

/// What is told of a response.
fn told(gateway: &Gateway, response: Response, request_id: Uuid, locale: Locale) -> Told {
    let words = Words {
        vocabulary: &gateway.vocabulary,
        locale,
    };
    let told = answer::told(response, request_id, words).in_stream();
    if !told.is_request_error {
        return Told::Next(told.json());
    }
    let errors = &told.response.errors;
    let is_unknown = |error| ErrorCode::of(error) == Some(ErrorCode::Unauthenticated);
    Told::Failed(in_json(errors), errors.iter().any(is_unknown))
}

fn failed(id: &str, errors: &[ServerError]) -> Message {
    message::with_payload(id, "error", &in_json(errors))
}

fn in_json(errors: &[ServerError]) -> Vec<u8> {
    // Maps of strings can be written.
    serde_json::to_vec(errors).unwrap_or_else(|_| b"[]".to_vec())
}
