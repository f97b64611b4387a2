use async_graphql::{Response, ServerError, Value};

use super::*;

fn metrics() -> Metrics {
    let known = ["complaint", "signIn"].map(str::to_owned);
    Metrics::new(known.into())
}

fn written(metrics: &Metrics) -> String {
    let mut written = String::new();
    text::encode(&mut written, &metrics.registry).unwrap();
    written
}

#[test]
fn a_name_that_a_client_made_up_is_not_written() {
    let metrics = metrics();
    let answer = Response::new(Value::Null);
    for root in [
        Root::Field("complaint".to_owned()),
        Root::Field("JanJansen".to_owned()),
        Root::Field("__schema".to_owned()),
        Root::Several,
    ] {
        metrics.executed(&root, &answer, Duration::from_millis(3), 7);
    }
    let written = written(&metrics);
    for (line, count) in [
        ("operation=\"complaint\",code=\"OK\"", 1),
        ("operation=\"other\",code=\"OK\"", 2),
        ("operation=\"several\",code=\"OK\"", 1),
    ] {
        let line = format!("wederhoor_operations_total{{{line}}} {count}\n");
        assert!(written.contains(&line), "{line}{written}");
    }
    assert!(!written.contains("Jansen"), "{written}");
    let bucket = "wederhoor_operation_statements_bucket{le=\"8.0\",operation=\"other\"} 2\n";
    assert!(written.contains(bucket), "{written}");
}

#[test]
fn an_error_without_a_code_is_a_fault_of_the_document_or_ours() {
    let of = |errors: Vec<ServerError>| outcome(&Response::from_errors(errors));
    assert_eq!(outcome(&Response::new(Value::Null)), "OK");
    assert_eq!(of(vec![ErrorCode::NotAllowed.error("")]), "NOT_ALLOWED");
    let mut error = ServerError::new("", None);
    assert_eq!(of(vec![error.clone()]), "BAD_REQUEST");
    error.path.push(async_graphql::PathSegment::Index(0));
    assert_eq!(of(vec![error]), "INTERNAL");
}

#[test]
fn every_field_at_the_root_of_the_schema_is_known_and_nothing_else() {
    let schema = "type Query implements Node {\n\t\"\"\"\n\twrong: no field\n\t\"\"\"\n\tone(\n\t\t\"\"\"\n\t\tx\n\t\t\"\"\"\n\t\tid: ID!\n\t): Int\n\t\"two: no field\"\n\ttwo: Int\n}\n\ntype Other {\n\tthree: Int\n}\n";
    let names = |schema: &str| {
        let mut names: Vec<String> = root_fields(schema).into_iter().collect();
        names.sort();
        names
    };
    assert_eq!(names(schema), ["one", "two"]);
    let all = root_fields(&wederhoor_graphql::sdl());
    for one in ["viewer", "signIn", "fileComplaint", "complaintChanged"] {
        assert!(all.contains(one), "{one}");
    }
    assert!(all.len() > 90 && !all.contains("userErrors"), "{all:?}");
    let exported = wederhoor_graphql::schema(wederhoor_graphql::Limits::default()).sdl();
    assert_eq!(root_fields(&exported), all, "however it is written");
}

#[test]
fn a_subscription_counts_until_it_is_over() {
    let metrics = metrics();
    let open = metrics.stream();
    assert!(written(&metrics).contains("\nwederhoor_streams 1\n"));
    drop(open);
    assert!(written(&metrics).contains("\nwederhoor_streams 0\n"));
}

#[test]
fn what_is_answered_is_counted_by_route_and_refusals_by_code() {
    let metrics = metrics();
    for (status, refused) in [(200, None), (429, Some(ErrorCode::RateLimited))] {
        metrics.answered(&Answered {
            route: "/graphql",
            status,
            took: Duration::from_millis(20),
            refused,
        });
    }
    let written = written(&metrics);
    for line in [
        "wederhoor_http_requests_total{route=\"/graphql\",status=\"429\"} 1",
        "wederhoor_http_request_duration_seconds_bucket{le=\"0.025\",route=\"/graphql\"} 2",
        "wederhoor_refused_requests_total{code=\"RATE_LIMITED\"} 1",
    ] {
        assert!(written.contains(&format!("{line}\n")), "{line}\n{written}");
    }
}
