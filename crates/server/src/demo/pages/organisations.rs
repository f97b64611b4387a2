//! The organisations of the demo, each with its regulation in plain words and its people.

use std::sync::Arc;

use maud::{Markup, html};
use wederhoor_graphql::{member_id, procedure_in_words};
use wederhoor_procedure::Locale;
use wederhoor_service::{Caller, Organisation, ServiceError, Tenant};

use super::{Pages, people};

impl Pages {
    /// The organisations, in the order of the demo.
    pub(super) async fn organisations(&self) -> Result<Vec<Organisation>, ServiceError> {
        let request = self.service.request(Caller::Anonymous, Locale::En, None);
        let mut all = Vec::new();
        for (_, slug) in &self.demo.world.tenants {
            all.extend(request.organisation(slug).await?);
        }
        request.finish().await;
        Ok(all)
    }

    /// The organisation whose references begin as this one does.
    pub(super) async fn of_reference(
        &self,
        reference: &str,
    ) -> Result<Option<Arc<Tenant>>, ServiceError> {
        let organisations = self.organisations().await?;
        let mut tenants = organisations.into_iter().map(|known| known.tenant);
        Ok(tenants.find(|tenant| {
            let rest = reference.strip_prefix(tenant.settings.reference_prefix.as_str());
            rest.is_some_and(|rest| rest.starts_with('-'))
        }))
    }

    /// One organisation: its regulation, and everybody in it.
    pub(super) fn organisation(&self, known: &Organisation) -> Markup {
        let tenant = &known.tenant;
        let people = &self.demo.world.people;
        let people = people.iter().filter(|one| one.organisation == tenant.slug);
        let stand_in = tenant.settings.stand_in.map(member_id);
        let stand_in = stand_in.as_ref();
        let steps = known.policy.as_deref();
        let steps = steps.map(|policy| procedure_in_words(policy, Locale::En));
        html! {
            section.organisation id=(tenant.slug) {
                (swatch(&tenant.settings.colour))
                h3 lang="nl" { (tenant.name) }
                @if let Some(policy) = &known.policy {
                    p {
                        (policy.name.en) " (" i lang="nl" { (policy.name.nl) } "). "
                        "In addresses: " code { (tenant.slug) } "."
                    }
                }
                @if let Some(steps) = steps {
                    details {
                        summary { "The procedure in plain words" span.unseen { " of " (tenant.name) } }
                        ol {
                            @for (text, article) in steps {
                                li { (text) " " (cited(&article)) }
                            }
                        }
                    }
                }
                @if known.policy.is_some() { (picture(&tenant.slug, &tenant.name)) }
                ul.people { @for person in people { (people::card(person, stand_in == Some(&person.id))) } }
            }
        }
    }
}

/// The regulation as a state diagram, fetched once it is looked at.
fn picture(slug: &str, name: &str) -> Markup {
    let address = format!("/demo/diagrams/{slug}.svg");
    html! {
        details {
            summary { "The procedure as a picture" span.unseen { " of " (name) } }
            a href=(address) {
                img.diagram src=(address) loading="lazy"
                    alt="Each state of a complaint, and what leads from one to the next; opens by itself, at full size";
            }
        }
    }
}

/// What a step rests on. An article is cited in Dutch; a rule of the house is no article.
fn cited(article: &str) -> Markup {
    let lang = (article != "house rule").then_some("nl");
    html! { span.article lang=[lang] { (article) } }
}

/// The organisation's colour, as an attribute: a style of our own would be no page's but this one's.
fn swatch(colour: &str) -> Markup {
    html! {
        svg.swatch aria-hidden="true" viewBox="0 0 100 1" preserveAspectRatio="none" {
            rect width="100" height="1" fill=(colour) {}
        }
    }
}
