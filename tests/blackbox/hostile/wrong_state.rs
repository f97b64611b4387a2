//! What somebody cannot do now, or has no office for, they cannot do by asking all the same.

use wederhoor_tests::{App, both};

use super::{attempt::attempt, bad_input::is_on_complaint, ground::Ground, input::fill};

/// What any member of the organisation with a role may do.
const FOR_EVERY_ROLE: [&str; 3] = [
    "makeCalendarFeed",
    "recordInformalContact",
    "revokeCalendarFeed",
];
/// What anyone who is signed in does with their own way in.
pub(super) const THEIR_OWN: [&str; 7] = [
    "confirmIdentity",
    "confirmSecondFactor",
    "removeSecondFactor",
    "signOut",
    "signOutEverywhere",
    "startSecondFactor",
    "switchTenant",
];

both! {
    async fn an_action_that_is_not_allowed_now_is_refused_and_writes_nothing(app: &App) {
        let ground = Ground::of(app).await;
        let before = app.database.contents(&[]).await;
        let mut tried = 0;
        for tenant in ground.tenants.values() {
            for (mutation, spot) in tenant.spots(app).await.1 {
                let ids = tenant.ids_about(&spot.complaint);
                let name = ground.schema.input_of(&mutation);
                if !is_on_complaint(&ground.schema, &mutation) {
                    continue;
                }
                let input = fill(&ground.schema, &ids, name);
                let outcome = attempt(app, &ground.schema, Some(&spot.token), &mutation, input).await;
                assert!(outcome.is_refusal(), "{mutation} in {}: {outcome:?}", spot.complaint);
                tried += 1;
            }
        }
        assert!(tried > 100, "{tried}");
        assert!(app.database.contents(&[]).await == before);
    }

    async fn who_has_no_part_in_a_complaint_can_do_nothing_with_it(app: &App) {
        let ground = Ground::small(app).await;
        let tenant = &ground.tenants["livp"];
        let before = app.database.contents(&[]).await;
        for mutation in ground.schema.mutations() {
            let input = fill(&ground.schema, &tenant.ids, ground.schema.input_of(&mutation.name));
            if is_open(&mutation.name) {
                continue;
            }
            // The trainer of the course, someone of another office, and someone with a login only.
            for who in ["trainer1", "analist", "klager"] {
                let outcome = attempt(app, &ground.schema, Some(tenant.token(who)), &mutation.name, input.clone()).await;
                assert!(outcome.is_refusal(), "{} by {who}: {outcome:?}", mutation.name);
                let is_hidden = outcome.has_code("NOT_FOUND");
                assert!(is_hidden || !is_on_complaint(&ground.schema, &mutation.name), "{} by {who}: {outcome:?}", mutation.name);
            }
        }
        assert!(app.database.contents(&[]).await == before);
    }
}

fn is_open(mutation: &str) -> bool {
    let is_for_anyone = super::anonymous::FOR_ANYONE.contains(&mutation);
    is_for_anyone || FOR_EVERY_ROLE.contains(&mutation) || THEIR_OWN.contains(&mutation)
}
