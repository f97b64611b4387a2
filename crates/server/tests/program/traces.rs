//! Spans, as who collects them is sent them: each request with what was done for it, down to the statements, and nobody in it.

use std::{
    collections::BTreeMap,
    io::{self, BufRead, BufReader, Read, Write},
    net::{SocketAddr, TcpListener, TcpStream},
    sync::{Arc, Mutex},
    thread,
};

use opentelemetry_proto::tonic::{
    collector::trace::v1::ExportTraceServiceRequest, common::v1::any_value::Value as Attribute,
    trace::v1::Span,
};
use prost::Message;
use serde_json::json;
use wederhoor_server::clock::real_now;

use crate::support::{
    asking::{ask, exchange},
    database::Database,
    organisation::{FILE, PASSWORD, begun_weeks_ago, complaint, migrated, signed_in},
    patience::until,
};

/// Spans are sent at once, and not every few seconds.
const SOON: (&str, &str) = ("OTEL_BSP_SCHEDULE_DELAY", "50");
const OFF: (&str, &str) = ("WEDERHOOR_INTAKE_PROOF_BITS", "0");

/// Who collects spans, until the test's process ends.
#[derive(Clone)]
struct Collector {
    address: SocketAddr,
    taken: Arc<Mutex<Vec<Vec<u8>>>>,
}

impl Collector {
    fn open(at: SocketAddr) -> Self {
        let listener = TcpListener::bind(at).unwrap();
        let address = listener.local_addr().unwrap();
        let taken = Arc::<Mutex<Vec<Vec<u8>>>>::default();
        let collector = Self { address, taken };
        let other = collector.clone();
        thread::spawn(move || {
            for caller in listener.incoming() {
                // Who ends leaves in the middle of a sentence.
                let _ = other.take(caller.unwrap());
            }
        });
        collector
    }

    fn anywhere() -> Self {
        Self::open(([127, 0, 0, 1], 0).into())
    }

    fn take(&self, caller: TcpStream) -> io::Result<()> {
        let mut says = caller.try_clone()?;
        let mut reader = BufReader::new(caller);
        let (mut line, mut length) = (String::new(), 0);
        reader.read_line(&mut line)?;
        assert!(line.starts_with("POST /v1/traces HTTP/1.1"), "{line}");
        while line.trim() != "" {
            line.clear();
            reader.read_line(&mut line)?;
            if let Some(value) = line.to_ascii_lowercase().strip_prefix("content-length:") {
                length = value.trim().parse().unwrap();
            }
        }
        let mut body = vec![0; length];
        reader.read_exact(&mut body)?;
        self.taken.lock().unwrap().push(body);
        says.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n")
    }

    fn endpoint(&self) -> String {
        format!("http://{}", self.address)
    }

    fn bytes(&self) -> Vec<u8> {
        self.taken.lock().unwrap().concat()
    }

    fn spans(&self) -> Vec<Span> {
        let taken = self.taken.lock().unwrap();
        let all = taken.iter().flat_map(|body| {
            let request = ExportTraceServiceRequest::decode(body.as_slice()).unwrap();
            request.resource_spans
        });
        let all = all.flat_map(|of_process| of_process.scope_spans);
        all.flat_map(|of_library| of_library.spans).collect()
    }

    /// The names on the way from each span to the first of its trace.
    fn ways(&self) -> Vec<Vec<String>> {
        let spans = self.spans();
        let by_id: BTreeMap<_, _> = spans.iter().map(|one| (one.span_id.clone(), one)).collect();
        let way = |one: &Span| {
            let mut way = vec![one.name.clone()];
            let mut above = by_id.get(&one.parent_span_id);
            while let Some(one) = above {
                way.push(one.name.clone());
                above = by_id.get(&one.parent_span_id);
            }
            way
        };
        spans.iter().map(way).collect()
    }
}

fn attributes(span: &Span) -> BTreeMap<&str, String> {
    let text = |value: &Attribute| match value {
        Attribute::StringValue(text) => text.clone(),
        other => format!("{other:?}"),
    };
    let pairs = span.attributes.iter();
    pairs
        .map(|pair| {
            let value = pair.value.as_ref().and_then(|value| value.value.as_ref());
            (pair.key.as_str(), value.map(text).unwrap_or_default())
        })
        .collect()
}

fn is_traced(database: &Database) {
    migrated(database);
    let invitation = begun_weeks_ago(database, 1);
    let collector = Collector::anywhere();
    let endpoint = collector.endpoint();
    let settings = [("WEDERHOOR_OTLP_ENDPOINT", endpoint.as_str()), SOON, OFF];
    let server = database.start_with(&["serve"], &settings);
    let token = signed_in(&server, &invitation);
    let input = json!({ "input": complaint(real_now()) });
    ask(server.address(), None, FILE, &input);
    let document = "query JanJansen { jan: complaints { nodes { description } } }";
    let list = ask(server.address(), Some(&token), document, &json!({}));
    assert!(
        list["data"]["jan"]["nodes"][0]["description"].is_string(),
        "{list:#}"
    );
    ask(server.address(), None, "{ janjansen }", &json!({}));
    exchange(
        server.address(),
        "GET /readyz HTTP/1.1\r\nhost: wederhoor.example\r\nconnection: close\r\n\r\n",
    );
    server.ends_when_asked();

    let ways = collector.ways();
    let way = |names: &[&str]| ways.iter().any(|way| way == names);
    for names in [
        &[
            "INSERT complaint",
            "file_proved",
            "mutation fileComplaint",
            "POST /graphql",
        ][..],
        &[
            "COMMIT",
            "file_proved",
            "mutation fileComplaint",
            "POST /graphql",
        ],
        &[
            "SELECT complaint",
            "complaints",
            "query complaints",
            "POST /graphql",
        ],
        &["query other", "POST /graphql"],
    ] {
        assert!(way(names), "{names:?} in {ways:#?}");
    }
    assert!(
        ways.iter()
            .all(|way| !way.iter().any(|name| name.contains("readyz"))),
        "probes are no news: {ways:#?}"
    );
    let spans = collector.spans();
    let of = |name: &str| attributes(spans.iter().find(|one| one.name == name).unwrap());
    assert_eq!(
        of("POST /graphql")["http.response.status_code"],
        "IntValue(200)"
    );
    assert_eq!(of("query other")["error.type"], "BAD_REQUEST");
    assert_eq!(of("INSERT complaint")["db.collection.name"], "complaint");

    let told = collector.bytes();
    let told = String::from_utf8_lossy(&told).to_lowercase();
    assert!(told.contains("file_proved"));
    for word in [
        "karin",
        "klager",
        "personen.example",
        "er ging iets mis",
        "aya@",
        "vroeger",
        "janjansen",
        "livp",
        "+316",
        "127.0.0.1",
        PASSWORD,
        &token[..20],
        "bearer",
        "$1",
    ] {
        assert!(!told.contains(&word.to_lowercase()), "{word}: {told}");
    }
}

#[test]
fn a_request_is_traced_down_to_its_statements_and_nobody_is_named_on_sqlite() {
    is_traced(&Database::sqlite());
}

#[test]
fn a_request_is_traced_down_to_its_statements_and_nobody_is_named_on_postgres() {
    if let Some(database) = Database::postgres() {
        is_traced(&database);
    }
}

#[test]
fn a_collector_that_is_gone_harms_nothing_and_is_said_once() {
    let database = Database::sqlite();
    migrated(&database);
    let free = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let address = free.local_addr().unwrap();
    drop(free);
    let endpoint = format!("http://{address}");
    let settings = [("WEDERHOOR_OTLP_ENDPOINT", endpoint.as_str()), SOON, OFF];
    let mut server = database.start_with(&["serve"], &settings);
    let asks = |server: SocketAddr| {
        let answer = ask(server, None, "{ __typename }", &json!({}));
        assert_eq!(answer["data"]["__typename"], "Query", "{answer:#}");
    };
    asks(server.address());
    let said = server.says_level("WARN");
    assert!(said.contains("spans cannot be sent"), "{said}");
    for _ in 0..200 {
        asks(server.address());
    }
    let collector = Collector::open(address);
    until("it is taken again", || {
        asks(server.address());
        !collector.spans().is_empty()
    });
    let rest = server.says_until_it_ends();
    assert!(rest.contains("spans are taken again"), "{rest}");
    assert!(
        !rest.contains("spans cannot be sent"),
        "it was said once: {rest}"
    );
}

#[test]
fn a_collector_that_never_answers_keeps_nobody_waiting() {
    let database = Database::sqlite();
    migrated(&database);
    let silent = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let endpoint = format!("http://{}", silent.local_addr().unwrap());
    let settings = [("WEDERHOOR_OTLP_ENDPOINT", endpoint.as_str()), SOON, OFF];
    let server = database.start_with(&["serve"], &settings);
    for _ in 0..20 {
        let answer = ask(server.address(), None, "{ __typename }", &json!({}));
        assert_eq!(answer["data"]["__typename"], "Query", "{answer:#}");
    }
    server.ends_when_asked();
}
