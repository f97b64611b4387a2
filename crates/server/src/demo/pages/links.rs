//! Where links in letters lead. An organisation has pages of its own there; the demo lets the reader in to GraphiQL.
//! Opening one does nothing: a person's click acts.

use std::sync::Arc;

use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::Response,
};
use maud::html;
use wederhoor_graphql::member_id;

use super::{Pages, layout, people};
use crate::demo::Person;

pub(super) async fn access() -> Response {
    let content = html! {
        h1 { "A link to one complaint" }
        p {
            "An organisation’s own website stands behind such a link. Here you go on in GraphiQL, as whoever the letter "
            "was for. The link lets in once; another can be asked for with " code { "requestAccessLink" } "."
        }
        form data-link="access" { button type="submit" { "Let me in" } }
    };
    layout::page("A link to one complaint", &content)
}

pub(super) async fn invitation() -> Response {
    let content = html! {
        h1 { "An invitation" }
        p { "Choose a password, and go on in GraphiQL as the new member." }
        form data-link="invitation" {
            label {
                span { "Password, at least 15 characters" }
                input type="password" name="password" minlength="15" required autocomplete="new-password";
            }
            button type="submit" { "Accept" }
        }
    };
    layout::page("An invitation", &content)
}

pub(super) async fn password() -> Response {
    let content = html! {
        h1 { "A new password" }
        p {
            "Choose a password in the place of the one that was forgotten. It ends every session of the account, and lets "
            "nobody in by itself: sign in with it by " code { "signIn" } "."
        }
        form data-link="password" {
            label {
                span { "Password, at least 15 characters" }
                input type="password" name="password" minlength="15" required autocomplete="new-password";
            }
            button type="submit" { "Choose this password" }
        }
    };
    layout::page("A new password", &content)
}

pub(super) async fn complaint(
    State(pages): State<Arc<Pages>>,
    Path(reference): Path<String>,
) -> Response {
    let tenant = match pages.of_reference(&reference).await {
        Ok(Some(tenant)) => tenant,
        Ok(None) => {
            return layout::nothing(
                StatusCode::NOT_FOUND,
                "No organisation here has such complaints",
            );
        }
        Err(error) => return layout::fault(&error),
    };
    let people = &pages.demo.world.people;
    let people = people.iter().filter(|one| one.organisation == tenant.slug);
    let address = |who: &Person| {
        let mut query = form_urlencoded::Serializer::new(String::new());
        query.append_pair("open", "Complaint");
        query.append_pair("reference", &reference);
        let query = query.finish();
        format!("/graphql?as={}/{}&{query}", who.organisation, who.key)
    };
    let stand_in = tenant.settings.stand_in.map(member_id);
    let content = html! {
        h1 { "Complaint " (reference) }
        p { "The letter was for a member of " span lang="nl" { (tenant.name) } ". Go on in GraphiQL as:" }
        ul.queries {
            @for person in people {
                li {
                    a href=(address(person)) { (person.name) }
                    " (" @if stand_in.as_ref() == Some(&person.id) { "stand-in" } @else { (people::does(person)) } ")"
                }
            }
        }
    };
    layout::page(&reference, &content)
}
