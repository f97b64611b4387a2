//! Subscriptions: what is told, to whom, over what, and when it ends.

mod changes;
mod events;
mod limits;
mod rights;
mod socket;

use std::{sync::Arc, time::Duration};

use chrono::TimeDelta;
use serde_json::{Value, json};
use wederhoor_server::{
    app::Setup,
    clock::{MovableClock, real_now},
    config::StreamsConfig,
};
use wederhoor_tests::{App, Fixture, Kind, Stream, Streamed, Way};

/// What of a complaint changes with every act that is seen.
const COMPLAINT: &str = "subscription($id: ID!) { complaintChanged(id: $id) { id state entries { number kind } availableActions { action isAllowed } } }";
const QUEUE: &str =
    "subscription { workQueueChanged { nodes { reference deadline { kind dueOn } } } }";

/// The demo, whose streams look again often, and whose real clock is moved.
pub(crate) struct Watched {
    pub(crate) app: App,
    real: Arc<MovableClock>,
}

impl Watched {
    async fn adjusted(kind: Kind, adjust: impl FnOnce(&mut Setup)) -> Self {
        let real = Arc::new(MovableClock::standing(real_now()));
        let own = real.clone();
        let app = App::start_adjusted(kind, move |setup| {
            setup.real_clock = own;
            setup.edge.streams = StreamsConfig::default();
            adjust(setup);
        });
        let app = app.await;
        Self { app, real }
    }

    /// Lets real time pass.
    fn passes(&self, seconds: i64) {
        let at = self.real.at(real_now()) + TimeDelta::seconds(seconds);
        self.real.move_to(real_now(), at).expect("the clock moves");
    }
}

impl Fixture for Watched {
    async fn set_up(kind: Kind) -> Self {
        Self::adjusted(kind, |setup| {
            setup.edge.streams.look_after = Duration::from_millis(100);
        })
        .await
    }

    async fn tear_down(self) {
        self.app.tear_down().await;
    }
}

/// Watches a complaint as somebody of the demo, or by a token: the stream, and what is so now.
async fn watching(app: &App, way: Way, who: &str, id: &str) -> (Stream, Value) {
    let mut stream = begin(app, way, who, COMPLAINT, &json!({ "id": id }))
        .await
        .unwrap_or_else(|told| panic!("{told:?}"));
    let first = stream.told().await["complaintChanged"].clone();
    (stream, first)
}

async fn begin(
    app: &App,
    way: Way,
    who: &str,
    document: &str,
    variables: &Value,
) -> Result<Stream, Streamed> {
    let token = match who.split_once('/') {
        Some((organisation, key)) => Some(app.token(organisation, key).await),
        None => (!who.is_empty()).then(|| who.to_owned()),
    };
    Stream::open(&app.client, way, token.as_deref(), document, variables).await
}

/// All that comes until a stream is over.
async fn rest(stream: &mut Stream) -> Vec<Streamed> {
    let mut all = Vec::new();
    loop {
        let told = stream.next().await;
        let is_over = !matches!(told, Streamed::Next(_) | Streamed::Failed(_));
        all.push(told);
        if is_over {
            return all;
        }
    }
}

/// How a stream ends that somebody had with a token that is taken no more.
fn ended(way: Way, code: &str) -> Vec<Streamed> {
    let is_unknown = code == "UNAUTHENTICATED";
    let failed = Streamed::Failed(code.to_owned());
    match way {
        Way::Events => vec![failed, Streamed::Complete],
        Way::Socket if is_unknown => vec![failed, Streamed::Closed(Some(4403))],
        Way::Socket => vec![failed],
    }
}
