//! Who may watch: at the beginning, and each time again.

use serde_json::json;
use wederhoor_tests::{App, Fixture, Kind, Streamed, Way, both};

use super::{COMPLAINT, QUEUE, Watched, begin, ended, rest, watching};
use crate::steps::{
    Case, address,
    blijf::{change_member, filed},
    done, form,
    livp::{assigned, train},
    mutate, sign_in,
};

fn unauthenticated() -> Streamed {
    Streamed::Failed("UNAUTHENTICATED".to_owned())
}

/// Streams that do not look by themselves before their token ends, and a real clock that is moved.
struct Calm(Watched);

impl Fixture for Calm {
    async fn set_up(kind: Kind) -> Self {
        Self(Watched::adjusted(kind, |_| {}).await)
    }

    async fn tear_down(self) {
        self.0.tear_down().await;
    }
}

both! {
    async fn nobody_in_particular_watches_anything(app: &App) {
        let case = filed(app, Some("veilig")).await;
        let variables = json!({ "id": case.id });
        for (document, variables) in [(COMPLAINT, &variables), (QUEUE, &json!({}))] {
            let refused = begin(app, Way::Events, "", document, variables).await;
            assert_eq!(refused.err(), Some(unauthenticated()));
            let refused = begin(app, Way::Socket, "", document, variables).await;
            assert_eq!(refused.err(), Some(Streamed::Closed(Some(4403))));
            let refused = begin(app, Way::Events, "geen.echt.token", document, variables).await;
            assert_eq!(refused.err(), Some(unauthenticated()));
            let refused = begin(app, Way::Socket, "geen.echt.token", document, variables).await;
            assert_eq!(refused.err(), Some(Streamed::Closed(Some(4403))));
        }
    }

    async fn a_role_that_is_taken_away_ends_the_stream(app: &App) {
        for way in Way::ALL {
            let mut queue = begin(app, way, "blijf-groep/manager", QUEUE, &json!({})).await.ok().unwrap();
            queue.told().await;
            done(change_member(app, "manager", &[], None, None).await);
            assert_eq!(rest_of(way, queue).await, ended(way, "UNAUTHENTICATED"));
            done(change_member(app, "manager", &["MANAGER"], None, None).await);
        }
    }

    async fn who_comes_to_be_excluded_sees_it_go_and_nothing_after_that(app: &App) {
        let case = assigned(app).await;
        let mut streams = Vec::new();
        for way in Way::ALL {
            let (stream, first) = watching(app, way, "livp/trainer2", &case.id).await;
            assert_eq!(first["id"], case.id.as_str());
            streams.push(stream);
        }
        train(app, "basis", &["trainer1", "trainer2"]).await;
        for mut stream in streams {
            // They may see first that it is nobody's any more.
            let all = rest(&mut stream).await;
            let end = [Streamed::Next(json!({ "complaintChanged": null })), Streamed::Complete];
            assert!(all.ends_with(&end), "{all:?}");
        }
    }

    async fn who_came_by_a_link_watches_their_own_complaint(app: &App) {
        let case = Case::filed(app, "", form(app, "blijf-groep", Some("veilig"))).await;
        app.sweep().await;
        let token = app.come_in_by_link("robin@personen.example").await;
        for way in Way::ALL {
            let (mut stream, first) = watching(app, way, &token, &case.id).await;
            assert_eq!(first["id"], case.id.as_str());
            let said = json!({ "text": "Ik heb hier nog iets over te zeggen." });
            case.act(&token, "addStatement", said).await;
            assert_ne!(stream.told().await["complaintChanged"], first);
        }
    }

    async fn an_address_that_is_left_ends_the_streams_of_its_links(app: &App) {
        for (way, found) in [(Way::Events, "nieuw@personen.example"), (Way::Socket, "later@personen.example")] {
            let case = Case::filed(app, "", form(app, "blijf-groep", Some("veilig"))).await;
            app.sweep().await;
            let token = app.come_in_by_link("robin@personen.example").await;
            let (stream, first) = watching(app, way, &token, &case.id).await;
            assert_eq!(first["id"], case.id.as_str());
            case.act("admin", "recordAddress", json!({ "party": { "kind": "COMPLAINANT" }, "address": { "email": found } })).await;
            assert_eq!(rest_of(way, stream).await, ended(way, "UNAUTHENTICATED"));
        }
    }

    async fn a_right_that_comes_ends_nothing(app: &App) {
        let mut queue = begin(app, Way::Events, "blijf-groep/advies1", QUEUE, &json!({})).await.ok().unwrap();
        let first = queue.told().await;
        done(change_member(app, "advies1", &["HANDLER", "ANALYST"], None, None).await);
        filed(app, Some("veilig")).await;
        assert_ne!(queue.told().await, first);
    }

    async fn who_signs_out_is_told_nothing_more(app: &App) {
        let case = filed(app, Some("veilig")).await;
        let email = address(app, "blijf-groep", "admin");
        for way in Way::ALL {
            let tokens = sign_in(app, &email, "blijf-groep").await;
            let token = tokens["accessToken"].as_str().unwrap();
            let (stream, _) = watching(app, way, token, &case.id).await;
            // Somebody else of the same account goes on.
            let (mut other, first) = watching(app, way, "blijf-groep/admin", &case.id).await;
            done(mutate(app, token, "signOut", json!({}), "signedOut { endedCount }").await);
            assert_eq!(rest_of(way, stream).await, ended(way, "UNAUTHENTICATED"));
            let act = if way == Way::Events { "placeLegalHold" } else { "liftLegalHold" };
            case.act("admin", act, json!({ "reason": "Er loopt een zaak." })).await;
            assert_ne!(other.told().await["complaintChanged"], first);
        }
    }

    async fn an_organisation_on_hold_ends_its_streams(app: &App) {
        let case = filed(app, Some("veilig")).await;
        for way in Way::ALL {
            let (stream, first) = watching(app, way, "blijf-groep/klager", &case.id).await;
            assert_ne!(first, json!(null));
            app.suspend("blijf-groep").await;
            assert_eq!(rest_of(way, stream).await, ended(way, "TENANT_SUSPENDED"));
            let refused = begin(app, Way::Events, "blijf-groep/klager", COMPLAINT, &json!({ "id": case.id })).await;
            assert_eq!(refused.err(), Some(Streamed::Failed("TENANT_SUSPENDED".to_owned())));
            app.resume("blijf-groep").await;
        }
    }

    async fn a_token_that_ends_ends_the_stream_though_nothing_changes(at: &Calm) {
        let app = &at.0.app;
        let case = filed(app, Some("veilig")).await;
        let email = address(app, "blijf-groep", "admin");
        for way in Way::ALL {
            let tokens = sign_in(app, &email, "blijf-groep").await;
            let token = tokens["accessToken"].as_str().unwrap();
            // A token lives ten minutes, and clocks may differ by five seconds.
            at.0.passes(10 * 60 + 4);
            let (stream, _) = watching(app, way, token, &case.id).await;
            at.0.passes(2);
            assert_eq!(rest_of(way, stream).await, ended(way, "UNAUTHENTICATED"));
        }
    }
}

/// What comes until it is over; a WebSocket may stay open for other subscriptions.
async fn rest_of(way: Way, mut stream: wederhoor_tests::Stream) -> Vec<Streamed> {
    let first = stream.next().await;
    let is_closed = first == unauthenticated();
    let mut all = vec![first];
    if way == Way::Events || is_closed {
        all.extend(rest(&mut stream).await);
    }
    all
}
