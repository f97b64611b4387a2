//! Subscriptions, whatever they come over: how one is begun, and what it then tells.

use std::{fmt, sync::Arc, time::Duration};

use async_graphql::{Request, Response, Variables};
use futures_util::{future::BoxFuture, stream::BoxStream};

use super::{
    gateway::RequestHead,
    guard::{Admitted, Root},
};
use crate::listen::Leaving;

/// A document that was let through, to be run again and again.
#[derive(Debug, Clone)]
pub struct Repeated {
    query: String,
    operation_name: Option<String>,
    variables: Variables,
    root: Root,
}

impl Repeated {
    pub(super) fn of(admitted: &Admitted) -> Self {
        let request = &admitted.request;
        Self {
            root: admitted.root.clone(),
            query: request.query.clone(),
            operation_name: request.operation_name.clone(),
            variables: request.variables.clone(),
        }
    }

    /// What stands at its root.
    pub(super) fn root(&self) -> &Root {
        &self.root
    }

    /// The request, once more.
    pub fn request(&self) -> Request {
        let request = Request::new(self.query.clone()).variables(self.variables.clone());
        match &self.operation_name {
            Some(name) => request.operation_name(name),
            None => request,
        }
    }
}

/// A subscription that was asked for.
pub struct Begun {
    /// What is so now, or why it is not begun.
    pub first: Response,
    /// What is told from then on, until it ends; nothing of a subscription that is over already.
    pub rest: Option<BoxStream<'static, Response>>,
}

/// How a subscription is begun; it ends by itself when the server does.
pub type Subscribe =
    Arc<dyn Fn(Repeated, RequestHead, Leaving) -> BoxFuture<'static, Begun> + Send + Sync>;
/// Whether somebody may begin with subscriptions from where they do.
pub type Enter = Arc<dyn Fn(RequestHead) -> BoxFuture<'static, bool> + Send + Sync>;

/// What the transports of subscriptions are made of.
#[derive(Clone)]
pub struct Streaming {
    /// How a subscription is begun.
    pub subscribe: Subscribe,
    /// Whether a connection for subscriptions may be used.
    pub enter: Enter,
    /// How long a stream is silent at most, so that all on its way know that it is there.
    pub heartbeat: Duration,
    /// In which time whoever connects must say who they are, and begin with something.
    pub patience: Duration,
    /// In which time what is told must have been taken.
    pub take: Duration,
    /// So many subscriptions one connection has at most.
    pub per_connection: usize,
}

impl fmt::Debug for Streaming {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Streaming")
    }
}
