//! Complaints of both organisations in many states, and everybody who may come near them.

use std::collections::BTreeMap;

use serde_json::{Value, json};
use wederhoor_tests::App;

use super::{input::Ids, schema::Schema, states};
use crate::{
    api_keys::made,
    steps::{ask, complaint, done, mutate},
};

/// What there is to try things on.
pub(super) struct Ground {
    pub(super) schema: Schema,
    /// By the organisation's name in addresses.
    pub(super) tenants: BTreeMap<&'static str, Tenant>,
}

/// One organisation.
pub(super) struct Tenant {
    pub(super) slug: &'static str,
    /// Everybody: members by key, parties that came by a link by their address; with their access tokens.
    pub(super) people: Vec<(String, String)>,
    /// Complaints, by what they are an example of.
    pub(super) complaints: Vec<(&'static str, String)>,
    /// One of each thing that has an id.
    pub(super) ids: Ids,
}

/// Someone who may do something, and the complaint where they may.
#[derive(Clone)]
pub(super) struct Spot {
    pub(super) token: String,
    pub(super) complaint: String,
}

impl Ground {
    /// Makes all of it.
    pub(super) async fn of(app: &App) -> Self {
        let before = states::before(app).await;
        app.at(states::NOW).await;
        let complaints = [
            ("livp", states::livp(app).await),
            ("blijf-groep", states::blijf_groep(app, before).await),
        ];
        Self::with(app, complaints).await
    }

    /// Makes what there must be for one of each id of both organisations.
    pub(super) async fn small(app: &App) -> Self {
        app.at(states::NOW).await;
        let complaints = [
            ("livp", states::few_of_livp(app).await),
            ("blijf-groep", states::few_of_blijf_groep(app).await),
        ];
        Self::with(app, complaints).await
    }

    async fn with(app: &App, all: [(&'static str, Vec<(&'static str, String)>); 2]) -> Self {
        app.sweep().await;
        let (schema, mut tenants) = (Schema::of(&app.client).await, BTreeMap::new());
        for (slug, complaints) in all {
            let people = people(app, slug).await;
            let ids = ids(app, slug, &complaints).await;
            let tenant = Tenant {
                slug,
                people,
                complaints,
                ids,
            };
            tenants.insert(slug, tenant);
        }
        Self { schema, tenants }
    }
}

/// Where to try a mutation.
pub(super) struct Chance {
    pub(super) spot: Spot,
    pub(super) ids: Ids,
    /// Whether somebody may do it there.
    pub(super) is_allowed: bool,
}

impl Ground {
    /// For each organisation and mutation, where somebody may do it.
    pub(super) async fn allowed(&self, app: &App) -> Vec<(&Tenant, BTreeMap<String, Spot>)> {
        let mut found = Vec::new();
        for tenant in self.tenants.values() {
            found.push((tenant, tenant.spots(app).await.0));
        }
        found
    }

    /// Where somebody may do it; else an administrator, and a complaint in treatment.
    pub(super) fn chance(
        &self,
        allowed: &[(&Tenant, BTreeMap<String, Spot>)],
        mutation: &str,
    ) -> Chance {
        let mut spots = allowed
            .iter()
            .filter_map(|(tenant, spots)| Some((tenant, spots.get(mutation)?)));
        if let Some((tenant, spot)) = spots.next() {
            let ids = tenant.ids_about(&spot.complaint);
            return Chance {
                spot: spot.clone(),
                ids,
                is_allowed: true,
            };
        }
        let tenant = &self.tenants["livp"];
        let spot = tenant.usual();
        let ids = tenant.ids_about(&spot.complaint);
        Chance {
            spot,
            ids,
            is_allowed: false,
        }
    }
}

impl Tenant {
    /// An administrator, and a complaint in treatment.
    pub(super) fn usual(&self) -> Spot {
        let (token, complaint) = (self.token("admin"), self.complaint("treated"));
        Spot {
            token: token.to_owned(),
            complaint: complaint.to_owned(),
        }
    }

    /// The access token of somebody.
    pub(super) fn token(&self, key: &str) -> &str {
        let found = self.people.iter().find(|(known, _)| known == key);
        found.map_or_else(|| panic!("{} has no {key}", self.slug), |(_, token)| token)
    }

    pub(super) fn complaint(&self, name: &str) -> &str {
        let found = self.complaints.iter().find(|(known, _)| *known == name);
        found.map_or_else(|| panic!("{} has no {name}", self.slug), |(_, id)| id)
    }

    /// The ids of this organisation, about another of its complaints.
    pub(super) fn ids_about(&self, complaint: &str) -> Ids {
        let mut ids = self.ids.clone();
        ids.insert("complaint", complaint.to_owned());
        ids
    }

    /// For each mutation on a complaint, where somebody may do it; and where somebody knows that they may not.
    pub(super) async fn spots(&self, app: &App) -> (BTreeMap<String, Spot>, Vec<(String, Spot)>) {
        let document = "query($ids: [ID!]!) { nodes(ids: $ids) { ... on Complaint { id availableActions { action isAllowed } } } }";
        let (mut allowed, mut refused) = (BTreeMap::new(), Vec::new());
        let ids: Vec<&String> = self.complaints.iter().map(|(_, id)| id).collect();
        for (_, token) in &self.people {
            let seen = ask(app, token, document, json!({ "ids": ids })).await;
            for complaint in seen.data()["nodes"].as_array().unwrap() {
                for action in complaint["availableActions"]
                    .as_array()
                    .into_iter()
                    .flatten()
                {
                    let id = complaint["id"].as_str().unwrap().to_owned();
                    let spot = Spot {
                        token: token.clone(),
                        complaint: id,
                    };
                    for mutation in mutations_of(action["action"].as_str().unwrap()) {
                        if action["isAllowed"] == true {
                            allowed.entry(mutation).or_insert_with(|| spot.clone());
                        } else {
                            refused.push((mutation, spot.clone()));
                        }
                    }
                }
            }
        }
        (allowed, refused)
    }
}

/// An action is a mutation of the same name; binding advice is a decision by another name.
pub(super) fn mutations_of(action: &str) -> Vec<String> {
    if action == "ISSUE_DECISION" {
        return vec!["issueDecision".to_owned(), "logBindingAdvice".to_owned()];
    }
    let lower = action.to_ascii_lowercase();
    let mut words = lower.split('_');
    let first = words.next().unwrap_or_default().to_owned();
    let rest = words.map(|word| {
        let (head, tail) = word.split_at(1);
        head.to_ascii_uppercase() + tail
    });
    vec![rest.fold(first, |name, word| name + &word)]
}

async fn people(app: &App, slug: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for person in app.client.json("/demo/people.json").await["people"]
        .as_array()
        .unwrap()
    {
        if person["organisation"] == slug {
            let key = person["key"].as_str().unwrap();
            found.push((key.to_owned(), app.token(slug, key).await));
        }
    }
    for party in states::PARTIES {
        let address = states::address(slug, party);
        let letters = app.letters().await;
        if letters
            .iter()
            .any(|letter| letter["to"] == address.as_str())
        {
            found.push((address.clone(), app.come_in_by_link(&address).await));
        }
    }
    found
}

async fn ids(app: &App, slug: &'static str, complaints: &[(&'static str, String)]) -> Ids {
    let admin = format!("{slug}/admin");
    let one = |name: &str| {
        complaints
            .iter()
            .find(|(known, _)| *known == name)
            .unwrap()
            .1
            .clone()
    };
    let (member, course) = match slug {
        "livp" => ("trainer3", "basis"),
        _ => ("advies2", "veilig"),
    };
    let member = app.person(slug, member)["id"].clone();
    let leave = json!({ "memberId": member, "fromOn": "2026-07-01", "untilOn": "2026-07-14" });
    let leave = done(mutate(app, &admin, "recordAbsence", leave, "absence { id }").await);
    let talk = json!({ "contactOn": "2026-02-27", "isInvited": true, "note": "In de gang." });
    let talk = done(
        mutate(
            app,
            &admin,
            "recordInformalContact",
            talk,
            "informalContact { id }",
        )
        .await,
    );
    let key = key(app, &admin).await;
    let lists = "{ policies { nodes { id } } lettersToPrint { nodes { id } } viewer { signIns { nodes { id } } } }";
    let lists = app.ask(&admin, lists, json!({})).await.data().clone();
    let settled = complaint(app, &admin, &one("settled")).await;
    let word = |value: &Value| {
        value
            .as_str()
            .unwrap_or_else(|| panic!("no id: {value}"))
            .to_owned()
    };
    Ids::from([
        ("organisation", slug.to_owned()),
        ("apiKey", key),
        ("complaint", one("fresh")),
        ("member", word(&member)),
        ("course", word(&app.course(slug, course)["id"])),
        ("policy", word(&lists["policies"]["nodes"][0]["id"])),
        ("letter", word(&lists["lettersToPrint"]["nodes"][0]["id"])),
        ("measure", word(&settled["measures"][0]["id"])),
        ("absence", word(&leave["absence"]["id"])),
        ("contact", word(&talk["informalContact"]["id"])),
        (
            "signIn",
            word(&lists["viewer"]["signIns"]["nodes"][0]["id"]),
        ),
    ])
}

/// The id of an API key that has been used.
async fn key(app: &App, admin: &str) -> String {
    let (secret, key) = made(app, admin).await;
    ask(app, &secret, "{ apiKey { id } }", json!({})).await;
    app.write_reads().await;
    key["id"].as_str().expect("an id").to_owned()
}
