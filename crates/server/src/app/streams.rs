//! Streams: a subscription is run again whenever something may have changed, each time as a query of its own for a caller
//! who is made out anew, and what comes of it is told when it differs from what was told last. So nobody learns from a
//! stream, nor from when it tells something, more than they would by asking again and again.

use std::{sync::Arc, time::Duration};

use async_graphql::{Response, Value};
use futures_util::{
    StreamExt,
    stream::{BoxStream, unfold},
};
use sha2::{Digest, Sha256};
use tokio::{
    sync::Semaphore,
    time::{Instant, sleep, timeout},
};
use uuid::Uuid;
use wederhoor_graphql::{ErrorCode, Schema};
use wederhoor_procedure::Locale;
use wederhoor_service::{Caller, Request, Service, ServiceError, Source, Watch};
use wederhoor_store::{counted, counted_here};

use super::{
    execute::{asked, bearer, refused, unanswered},
    places::{Place, Places},
};
use crate::{
    config::StreamsConfig,
    http::{Begun, Enter, Repeated, RequestHead, Subscribe, TOO_MANY_STREAMS, let_read},
    listen::Leaving,
    metrics::{Metrics, OpenStream},
};

/// So many look at a time: others wait for the database too.
const LOOKS: usize = 4;

/// What all streams of this process share.
#[derive(Clone)]
pub(super) struct Streams {
    service: Service,
    schema: Schema,
    places: Places,
    metrics: Arc<Metrics>,
    looks: Arc<Semaphore>,
    config: StreamsConfig,
    /// In which time a look must be over.
    answer_time: Duration,
}

/// What is looked at, for whom.
#[derive(Clone)]
struct Looker {
    streams: Streams,
    repeated: Repeated,
    token: Arc<str>,
    source: Source,
    locale: Locale,
    request_id: Uuid,
    /// Who began: nobody else goes on, nor they with less rights.
    began: Caller,
}

/// A stream that has begun.
struct Running {
    looker: Looker,
    watch: Watch,
    leaving: Leaving,
    /// What was told last.
    told: [u8; 32],
    is_over: bool,
    _place: Place,
    _open: OpenStream,
}

/// What one look came to.
struct Looked {
    response: Response,
    request: Request,
}

impl Streams {
    pub(super) fn new(
        service: Service,
        schema: Schema,
        metrics: Arc<Metrics>,
        config: StreamsConfig,
        answer_time: Duration,
    ) -> Self {
        Self {
            metrics,
            service,
            schema,
            places: Places::new(config.per_caller, config.per_process),
            looks: Arc::new(Semaphore::new(LOOKS)),
            config,
            answer_time,
        }
    }

    /// How the endpoint begins subscriptions.
    pub(super) fn subscribe(&self) -> Subscribe {
        let streams = self.clone();
        Arc::new(move |repeated, head, leaving| {
            let streams = streams.clone();
            Box::pin(async move {
                let since = Instant::now();
                let (begun, ran) = counted(streams.begin(repeated, &head, leaving)).await;
                let begun = begun.unwrap_or_else(|refused| Begun {
                    first: refused,
                    rest: None,
                });
                let took = since.elapsed();
                streams
                    .metrics
                    .executed(&head.root, &begun.first, took, ran);
                begun
            })
        })
    }

    /// Who may connect: whoever has a token that is taken, on a page that may read what concerns them. Nobody in particular, and no API
    /// key, can watch anything, and so holds no connection either.
    pub(super) fn enter(&self) -> Enter {
        let service = self.service.clone();
        Arc::new(move |head| {
            let service = service.clone();
            Box::pin(async move {
                if service.admit_source(Source::of(head.source)).await.is_err() {
                    return false;
                }
                let Ok(Some(token)) = bearer(&head) else {
                    return false;
                };
                let Ok(caller) = service.caller(Some(&token), false).await else {
                    return false;
                };
                if caller.is_key() {
                    return false;
                }
                let request = service.request(caller, asked(&head), None);
                match &head.origin {
                    Some(origin) => request.is_read_by(origin).await.unwrap_or_default(),
                    None => true,
                }
            })
        })
    }

    async fn begin(
        &self,
        repeated: Repeated,
        head: &RequestHead,
        leaving: Leaving,
    ) -> Result<Begun, Response> {
        let (locale, request_id) = (asked(head), head.request_id);
        let because = |error: ServiceError| unanswered(&error, request_id, locale);
        let source = Source::of(head.source);
        self.service.admit_source(source).await.map_err(because)?;
        let token = bearer(head).ok().flatten().ok_or_else(|| sign_in(locale))?;
        let began = self
            .service
            .caller(Some(&token), false)
            .await
            .map_err(because)?;
        let admitted = self.service.admit_caller(&began).await;
        if began.is_key() {
            let asking = self.service.request(began, locale, None);
            asking.from_source(Some(source)).note_key_use(None);
            return Err(because(admitted.err().unwrap_or(ServiceError::NotAllowed)));
        }
        admitted.map_err(because)?;
        if began.tenant().is_none() {
            return Err(sign_in(locale));
        }
        let place = self.places.take(&began).ok_or_else(|| too_many(locale))?;
        let mut watch = self.service.watch(&began).await.map_err(because)?;
        let looker = Looker {
            streams: self.clone(),
            repeated,
            token: token.into(),
            source,
            locale,
            request_id,
            began,
        };
        let Looked {
            mut response,
            request,
        } = looker.look().await?;
        if let Some(complaint) = request.watched() {
            watch.narrow(complaint);
        }
        if let Some(origin) = &head.origin
            && request.is_read_by(origin).await.unwrap_or_default()
        {
            let_read(&mut response.http_headers, origin);
        }
        request.was_shown();
        let running = Running {
            told: digest(&response),
            is_over: is_last(&response),
            looker,
            watch,
            leaving,
            _place: place,
            _open: self.metrics.stream(),
        };
        Ok(Begun {
            rest: (!running.is_over).then(|| running.stream()),
            first: response,
        })
    }
}

impl Looker {
    /// Looks once. In a task of its own: who hangs up breaks nothing off in the middle.
    ///
    /// # Errors
    /// Why the stream is over.
    async fn look(&self) -> Result<Looked, Response> {
        let look = tokio::spawn(counted_here(self.clone().look_now()));
        let error = match timeout(self.streams.answer_time, look).await {
            Ok(Ok(Ok(looked))) => return Ok(looked),
            Ok(Ok(Err(error))) => error,
            Ok(Err(failure)) => ServiceError::Internal(format!("a look ended early: {failure}")),
            Err(_) => ServiceError::Unavailable("a look took too long".to_owned()),
        };
        Err(unanswered(&error, self.request_id, self.locale))
    }

    async fn look_now(self) -> Result<Looked, ServiceError> {
        let Streams {
            service,
            schema,
            looks,
            ..
        } = &self.streams;
        let turn = looks.acquire().await;
        let _turn = turn.map_err(|_| ServiceError::Unavailable("the program ends".to_owned()))?;
        let caller = service.caller(Some(&self.token), false).await?;
        if !self.began.is_kept_by(&caller) {
            return Err(ServiceError::Unauthenticated);
        }
        let request = service.request(caller, self.locale, None);
        let request = request.from_source(Some(self.source)).looking();
        let document = self.repeated.request().data(request.clone());
        let response = schema.execute_stream(document).next().await;
        request.finish().await;
        Ok(Looked {
            response: response.unwrap_or_default(),
            request,
        })
    }
}

impl Running {
    fn stream(self) -> BoxStream<'static, Response> {
        unfold(self, |mut running| async move {
            let told = running.next().await?;
            Some((told, running))
        })
        .boxed()
    }

    /// What is to be told next; `None` when the stream is over.
    async fn next(&mut self) -> Option<Response> {
        while !self.is_over {
            let pause = self.looker.streams.config.pause;
            tokio::select! {
                () = self.leaving.asked() => return None,
                () = sleep(pause) => {}
            }
            let until_next = self.until_next();
            tokio::select! {
                () = self.leaving.asked() => return None,
                () = self.watch.changed() => {}
                () = sleep(until_next) => {}
            }
            match self.looker.look().await {
                Err(refused) => {
                    self.is_over = true;
                    return Some(refused);
                }
                Ok(looked) => {
                    let seen = digest(&looked.response);
                    if seen != self.told {
                        self.told = seen;
                        self.is_over = is_last(&looked.response);
                        looked.request.was_shown();
                        return Some(looked.response);
                    }
                }
            }
        }
        None
    }

    /// When to look again though nothing was said: not everything that takes a right away is, and a token ends by itself.
    fn until_next(&self) -> Duration {
        let Looker { streams, token, .. } = &self.looker;
        streams.config.look_after.min(streams.service.lasts(token))
    }
}

/// By what two responses differ for who reads them. Names are put in order first: the library answers the fields of one thing
/// in the order in which they were found, which tells nothing.
fn digest(response: &Response) -> [u8; 32] {
    // What cannot be written, which no response is, would differ from nothing.
    let written = serde_json::to_value((&response.data, &response.errors)).unwrap_or_default();
    Sha256::digest(written.to_string()).into()
}

/// Whether nothing comes after this: what was watched is not there, or not any more.
fn is_last(response: &Response) -> bool {
    match &response.data {
        Value::Object(fields) => fields.values().all(|value| *value == Value::Null),
        other => *other == Value::Null,
    }
}

fn sign_in(locale: Locale) -> Response {
    let words = ["Log eerst in.", "Sign in first."];
    refused(ErrorCode::Unauthenticated, words, locale)
}

fn too_many(locale: Locale) -> Response {
    refused(ErrorCode::RateLimited, TOO_MANY_STREAMS, locale)
}

#[cfg(test)]
mod tests;
