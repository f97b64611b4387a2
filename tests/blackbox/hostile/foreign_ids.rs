//! Whatever belongs to one organisation does not exist for another: every id in every operation.

use serde_json::{Value, json};
use wederhoor_tests::{App, both};

use super::{
    attempt::{Outcome, attempt},
    ground::{Ground, Spot, Tenant},
    input::{absent, named_by},
    places::{Place, places},
};
use crate::steps::ask;

both! {
    async fn an_id_of_another_organisation_does_nothing_in_any_mutation(app: &App) {
        let ground = Ground::of(app).await;
        for (theirs, ours) in [("blijf-groep", "livp"), ("livp", "blijf-groep")] {
            let (theirs, ours) = (&ground.tenants[theirs], &ground.tenants[ours]);
            let (allowed, _) = ours.spots(app).await;
            let before = app.database.contents(&[]).await;
            for mutation in ground.schema.mutations() {
                let spot = allowed.get(&mutation.name);
                let (is_allowed, spot) = (spot.is_some(), spot.cloned().unwrap_or_else(|| ours.usual()));
                for place in places(&ground.schema, ground.schema.input_of(&mutation.name)) {
                    if place.slot.of != "ID" {
                        continue;
                    }
                    let outcome = compare(app, &ground, ours, theirs, &spot, &mutation.name, &place).await;
                    // Where it may be done, it is the id that is in the way.
                    let is_looked_at = outcome.is_about(&place.path);
                    assert!(is_looked_at || !is_allowed, "{}.{}: {outcome:?}", mutation.name, place.written());
                }
            }
            assert!(app.database.contents(&[]).await == before, "an id of {} changed something", theirs.slug);
        }
    }

    async fn nobody_of_another_organisation_gets_at_a_complaint(app: &App) {
        let ground = Ground::small(app).await;
        let before = app.database.contents(&[]).await;
        for mutation in ground.schema.mutations() {
            let name = ground.schema.input_of(&mutation.name);
            if !ground.schema.named(name).inputs.iter().any(|slot| slot.name == "complaintId") {
                continue;
            }
            for (theirs, ours, people) in [
                ("livp", "blijf-groep", ["admin", "manager", "advies1", "klager"]),
                ("blijf-groep", "livp", ["admin", "arbiter", "trainer2", "klager"]),
            ] {
                for who in people {
                    let input = crate::hostile::input::fill(&ground.schema, &ground.tenants[theirs].ids, name);
                    let token = ground.tenants[ours].token(who);
                    let outcome = attempt(app, &ground.schema, Some(token), &mutation.name, input).await;
                    let is_hidden = outcome.has_code("NOT_FOUND") || outcome.has_code("UNKNOWN");
                    assert!(is_hidden, "{} by {who} of {ours}: {outcome:?}", mutation.name);
                }
            }
        }
        assert!(app.database.contents(&[]).await == before, "someone of another organisation changed something");
    }

    async fn an_id_of_another_organisation_shows_nothing_in_any_query(app: &App) {
        let ground = Ground::small(app).await;
        for (theirs, ours) in [("livp", "blijf-groep"), ("blijf-groep", "livp")] {
            let (theirs, ours) = (&ground.tenants[theirs], &ground.tenants[ours]);
            for query in ground.schema.questions() {
                for argument in &query.arguments {
                    let document = ground.schema.query_document(query, &[&argument.name]);
                    for (given, gone) in tries(&ground, theirs, &query.name, argument) {
                        let what = format!("{} {} {given}", query.name, argument.name);
                        for (who, token) in &ours.people {
                            let shown = ask(app, token, &document, json!({ &argument.name: given })).await;
                            let nothing = ask(app, token, &document, json!({ &argument.name: gone })).await;
                            let told = |answer: &wederhoor_tests::Answer| (answer.body["data"].clone(), answer.code().map(str::to_owned));
                            assert_eq!(told(&shown), told(&nothing), "{what} as {who}");
                            assert!(is_empty(&shown.body["data"][&query.name]), "{what}: {:#}", shown.body);
                        }
                    }
                }
            }
        }
    }

    async fn a_reference_of_another_organisation_names_nothing(app: &App) {
        let ground = Ground::small(app).await;
        let admin = "query($reference: String) { complaint(reference: $reference) { id }
            complaints(filter: { reference: $reference }) { totalCount nodes { id } } }";
        let all = app.ask("livp/admin", "{ complaints(first: 1) { nodes { reference } } }", json!({})).await;
        let reference = all.data()["complaints"]["nodes"][0]["reference"].clone();
        let seen = app.ask("livp/admin", admin, json!({ "reference": reference })).await;
        assert!(seen.data()["complaint"]["id"].is_string());
        let hidden = app.ask("blijf-groep/admin", admin, json!({ "reference": reference })).await;
        assert_eq!(hidden.data(), &json!({ "complaint": null, "complaints": { "totalCount": 0, "nodes": [] } }));
        let letters = app.letters().await.len();
        let input = json!({ "organisation": "blijf-groep", "reference": reference,
            "email": crate::hostile::states::address("livp", "fresh") });
        let outcome = attempt(app, &ground.schema, None, "requestAccessLink", input).await;
        assert_eq!(outcome, Outcome::Done, "it never tells whether there is such a complaint");
        app.sweep().await;
        assert_eq!(app.letters().await.len(), letters);
    }
}

/// An id of another organisation and one of nothing at all have the same effect: none.
async fn compare(
    app: &App,
    ground: &Ground,
    ours: &Tenant,
    theirs: &Tenant,
    spot: &Spot,
    mutation: &str,
    place: &Place,
) -> Outcome {
    let name = ground.schema.input_of(mutation);
    let kind = named_by(&place.slot.name);
    let ids = ours.ids_about(&spot.complaint);
    let (mut outcomes, one) = (Vec::new(), &theirs.ids[kind]);
    for id in [one.clone(), absent(one)] {
        let value = if place.slot.is_list {
            json!([id])
        } else {
            json!(id)
        };
        let input = place.with(&ground.schema, &ids, name, value);
        outcomes.push(attempt(app, &ground.schema, Some(&spot.token), mutation, input).await);
    }
    let where_at = format!(
        "{mutation}.{} with an id of {}",
        place.written(),
        theirs.slug
    );
    assert!(outcomes[0].is_refusal(), "{where_at}: {:?}", outcomes[0]);
    assert_eq!(
        outcomes[0], outcomes[1],
        "{where_at} differs from an id of nothing"
    );
    outcomes.remove(0)
}

/// For an argument with ids in it: the same with ids of another organisation, and with ids of nothing.
fn tries(
    ground: &Ground,
    theirs: &Tenant,
    query: &str,
    argument: &super::schema::Slot,
) -> Vec<(Value, Value)> {
    let both = |kind: &str| (theirs.ids[kind].clone(), absent(&theirs.ids[kind]));
    if argument.of == "ID" {
        let kinds: Vec<&str> = match (query, argument.name.as_str()) {
            ("complaint" | "complaintChanged", "id") => vec!["complaint"],
            ("policy" | "policyDiagram", "id") => vec!["policy"],
            ("node" | "nodes", _) => theirs
                .ids
                .keys()
                .copied()
                .filter(|kind| *kind != "organisation")
                .collect(),
            (_, name) => vec![named_by(name)],
        };
        let listed = |id: String| {
            if argument.is_list {
                json!([id])
            } else {
                json!(id)
            }
        };
        return kinds
            .into_iter()
            .map(both)
            .map(|(one, gone)| (listed(one), listed(gone)))
            .collect();
    }
    if ground.schema.named(&argument.of).kind != "INPUT_OBJECT" {
        return Vec::new();
    }
    let with_ids = places(&ground.schema, &argument.of)
        .into_iter()
        .filter(|place| place.slot.of == "ID");
    let filled = |place: Place| {
        let (one, gone) = both(named_by(&place.slot.name));
        let with = |id: String| place.with(&ground.schema, &theirs.ids, &argument.of, json!(id));
        (with(one), with(gone))
    };
    with_ids.map(filled).collect()
}

pub(super) fn is_empty(shown: &Value) -> bool {
    match shown {
        Value::Null => true,
        Value::Array(rows) => rows.iter().all(is_empty),
        Value::Object(list) => list.get("nodes").is_some_and(is_empty),
        _ => false,
    }
}
