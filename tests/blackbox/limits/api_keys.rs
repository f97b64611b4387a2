//! How long an API key is valid, and how often it may ask.

use serde_json::json;
use wederhoor_tests::{Fixture, Kind, LimitsConfig, RatesConfig, both};

use super::restrained::Restrained;
use crate::{
    api_keys::{comes_in, is_out, make, rotate, secret_of},
    steps::ask,
};

const ADMIN: &str = "livp/admin";
const A_DAY: i64 = 24 * 3_600;

/// Ten requests of a person in a minute.
struct Rated(Restrained);

impl Fixture for Rated {
    async fn set_up(kind: Kind) -> Self {
        let rates = RatesConfig {
            per_source: 3_000,
            per_principal: 100,
            per_tenant: 3_000,
        };
        let limits = LimitsConfig {
            rates: Some(rates),
            ..LimitsConfig::OFF
        };
        Self(Restrained::of(kind, limits).await)
    }

    async fn tear_down(self) {
        self.0.tear_down().await;
    }
}

/// How often a key is answered before it waits.
async fn until_refused(at: &Restrained, secret: &str) -> usize {
    for count in 0..150 {
        let answer = ask(&at.app, secret, "{ __typename }", json!({})).await;
        if answer.code().is_some() {
            assert_eq!((answer.status, answer.code()), (429, Some("RATE_LIMITED")));
            return count;
        }
    }
    panic!("nothing was refused");
}

both! {
    async fn a_key_ends_by_itself_and_a_new_secret_begins_anew(at: &Restrained) {
        let app = &at.app;
        let input = json!({ "name": "Excel", "scopes": ["STATISTICS"], "validDays": 2 });
        let (secret, key) = secret_of(make(app, ADMIN, input).await);
        at.passes(2 * A_DAY - 60);
        assert_eq!(comes_in(app, &secret).await.0, 200);
        at.passes(120);
        assert_eq!(comes_in(app, &secret).await, is_out());
        let token = at.fresh().await;
        let (next, _) = secret_of(rotate(app, &token, json!({ "keyId": key["id"], "validDays": 3, "overlapHours": 24 })).await);
        assert_eq!(comes_in(app, &secret).await, is_out(), "what has ended does not begin again");
        assert_eq!(comes_in(app, &next).await.0, 200);
        at.passes(2 * A_DAY);
        assert_eq!(comes_in(app, &next).await.0, 200);
    }

    async fn a_replaced_secret_ends_when_it_was_said_to(at: &Restrained) {
        let app = &at.app;
        let (first, key) = secret_of(make(app, ADMIN, json!({ "name": "Excel", "scopes": ["STATISTICS"] })).await);
        let (next, _) = secret_of(rotate(app, ADMIN, json!({ "keyId": key["id"], "overlapHours": 24 })).await);
        at.passes(A_DAY - 60);
        assert_eq!((comes_in(app, &first).await.0, comes_in(app, &next).await.0), (200, 200));
        at.passes(120);
        assert_eq!(comes_in(app, &first).await, is_out());
        assert_eq!(comes_in(app, &next).await.0, 200);
    }

    async fn a_key_asks_as_often_as_it_was_given_and_no_other_waits_for_it(at: &Rated) {
        let (at, app) = (&at.0, &at.0.app);
        let key = async |rate: u32| {
            let input = json!({ "name": "Excel", "scopes": ["STATISTICS"], "requestsPerMinute": rate });
            secret_of(make(app, ADMIN, input).await).0
        };
        let (slow, other, fast) = (key(20).await, key(20).await, key(100).await);
        let asked = until_refused(at, &slow).await;
        assert!((20..=21).contains(&asked), "{asked}");
        let asked = until_refused(at, &other).await;
        assert!((20..=21).contains(&asked), "{asked}");
        let asked = until_refused(at, &fast).await;
        assert!((100..=105).contains(&asked), "{asked}");
        at.passes(120);
        assert!(until_refused(at, &slow).await >= 20);
    }

    async fn a_key_keeps_to_its_rate_where_nobody_else_is_held_up(at: &Restrained) {
        let input = json!({ "name": "Excel", "scopes": ["STATISTICS"], "requestsPerMinute": 20 });
        let (secret, _) = secret_of(make(&at.app, ADMIN, input).await);
        let asked = until_refused(at, &secret).await;
        assert!((20..=21).contains(&asked), "{asked}");
    }
}
