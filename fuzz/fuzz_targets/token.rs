//! Access tokens: of what was touched nothing is taken, and of what we sign only what says everything.
#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use wederhoor_service::fuzzing::Verifier;

static VERIFIER: LazyLock<Verifier> = LazyLock::new(Verifier::new);

fuzz_target!(|data: &[u8]| {
    let Ok(text) = std::str::from_utf8(data) else {
        return;
    };
    if VERIFIER.takes(text) {
        assert!(VERIFIER.made(text), "{text}");
    }
    // Header and claims, each on its line, signed by the right key.
    if let Some((header, claims)) = text.split_once('\n') {
        if VERIFIER.takes(&VERIFIER.sign(header, claims)) {
            assert_full(claims);
        }
    }
});

fn assert_full(claims: &str) {
    let claims: serde_json::Value = serde_json::from_str(claims).unwrap();
    assert_eq!(claims["iss"], "wederhoor");
    let audience = &claims["aud"];
    assert!(audience == "wederhoor-api", "{audience}");
    // An operator of the platform has no tenant.
    for required in ["sub", "exp", "nbf", "iat", "jti"] {
        assert!(!claims[required].is_null(), "{required}");
    }
    let life = claims["exp"].as_i64().unwrap() - claims["iat"].as_i64().unwrap();
    assert!(life <= 2 * 60 * 60, "{life}");
}
