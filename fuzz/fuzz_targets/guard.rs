//! The body of a POST: read, guarded, and, when it is let through, executed on the schema as far as one gets without
//! anything behind it. Nothing may panic, overflow the stack, or take more than work in line with the text.
#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use tokio::runtime::{Builder, Runtime};
use wederhoor_graphql::{Limits, Schema, schema};
use wederhoor_server::http::fuzzing::{body, document};

static SCHEMA: LazyLock<Schema> = LazyLock::new(|| schema(Limits::default()));
static RUNTIME: LazyLock<Runtime> =
    LazyLock::new(|| Builder::new_current_thread().build().unwrap());

fuzz_target!(|data: &[u8]| {
    let as_document = std::str::from_utf8(data).ok().and_then(document);
    for request in [body(data), as_document].into_iter().flatten() {
        let response = RUNTIME.block_on(SCHEMA.execute(request));
        let told = serde_json::to_string(&response).unwrap();
        assert!(told.len() < 1 << 20, "{} bytes", told.len());
    }
});
