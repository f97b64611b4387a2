//! Values at the ends of what their types hold: refused or taken, and never a fault of the program.

use serde_json::{Value, json};
use wederhoor_tests::{App, both};

use super::{
    attempt::{Outcome, attempt},
    ground::{Chance, Ground},
    places::places,
    schema::Slot,
};

both! {
    async fn no_value_of_a_scalar_makes_a_mutation_fault(app: &App) {
        let ground = Ground::of(app).await;
        let allowed = ground.allowed(app).await;
        for mutation in ground.schema.mutations() {
            let Chance { spot, ids, .. } = ground.chance(&allowed, &mutation.name);
            let name = ground.schema.input_of(&mutation.name);
            for place in places(&ground.schema, name) {
                for value in extremes(&place.slot) {
                    let what = format!("{}.{} = {value}", mutation.name, place.written());
                    let input = place.with(&ground.schema, &ids, name, value);
                    let outcome = attempt(app, &ground.schema, Some(&spot.token), &mutation.name, input).await;
                    assert!(outcome == Outcome::Done || outcome.is_refusal(), "{what}: {outcome:?}");
                }
            }
        }
        app.sweep().await;
        app.at("2026-06-01T08:00:00Z").await;
        let chain = "query($id: ID!) { complaint(id: $id) { isChainIntact } }";
        for tenant in ground.tenants.values() {
            for (name, id) in &tenant.complaints {
                let admin = tenant.token("admin");
                let seen = app.client.gql(Some(admin), chain, json!({ "id": id })).await;
                assert_eq!(seen.data()["complaint"]["isChainIntact"], true, "{name}");
            }
        }
    }
}

fn extremes(slot: &Slot) -> Vec<Value> {
    let found = match slot.of.as_str() {
        "Int" => vec![json!(0), json!(i32::MAX), json!(i32::MIN)],
        "Date" => vec![
            json!("9999-12-31"),
            json!("0001-01-01"),
            json!("-0001-01-01"),
            json!("+12345-01-01"),
        ],
        "DateTime" => vec![
            json!("9999-12-31T23:59:59Z"),
            json!("0001-01-01T00:00:00Z"),
            json!("2026-03-02T23:59:60Z"),
            json!("2026-03-29T02:30:00+01:00"),
            json!("1969-12-31T23:59:59.999999999+14:00"),
        ],
        "String" => vec![
            json!("\u{202e}omgekeerd\u{feff}"),
            json!("👩‍👩‍👧‍👦".repeat(2_000)),
            json!("'; DROP TABLE complaint; --"),
        ],
        "EmailAddress" => vec![
            json!("jo+x@sub.personen.example"),
            json!("ü@personen.example"),
        ],
        _ => Vec::new(),
    };
    if slot.is_list {
        return found.into_iter().map(|one| json!([one])).collect();
    }
    found
}
