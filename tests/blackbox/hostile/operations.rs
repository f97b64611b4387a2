//! Who may do and ask what: two golden tables for each organisation, which hold every operation of the schema. The first
//! tells what a person may do in a complaint by what they are to it, the second what they may do by their office.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use serde_json::json;
use wederhoor_tests::{App, both};

use super::{
    anonymous::FOR_ANYONE,
    attempt::{Outcome, attempt},
    bad_input::is_on_complaint,
    ground::{Ground, Tenant, mutations_of},
    input::{asked, fill},
    schema::Schema,
    who::{OFFICES, RELATIONS, known, office, relation},
};
use crate::api_keys::made;

/// What ends the session that it is tried with: it is everybody's own.
const ENDS_A_SESSION: [&str; 3] = ["signOut", "signOutEverywhere", "switchTenant"];

/// A program, among the people.
const KEY: &str = "key";

/// What somebody met, from least to most.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Met {
    Hidden,
    Refused,
    Right,
    May,
}

impl Met {
    const ALL: [(Self, char, &'static str); 4] = [
        (Self::May, '+', "may"),
        (
            Self::Right,
            '~',
            "has the right, but not in the state of any complaint here",
        ),
        (
            Self::Refused,
            '-',
            "is refused, with the code that stands behind the row",
        ),
        (
            Self::Hidden,
            '·',
            "is answered as if what it is about did not exist, or is shown nothing",
        ),
    ];

    fn mark(self) -> char {
        let found = Self::ALL.iter().find(|(met, ..)| *met == self);
        found.map_or('?', |(_, mark, _)| *mark)
    }

    /// What a mutation met at the door; what is wrong with the input is found behind it.
    fn of(outcome: &Outcome, codes: &mut BTreeSet<String>) -> Self {
        let code = match outcome {
            Outcome::Done => return Self::May,
            Outcome::TopLevel(code) => code,
            Outcome::UserErrors(_) if outcome.has_code("NOT_FOUND") => return Self::Hidden,
            Outcome::UserErrors(errors) => &errors[0].0,
        };
        if !["NOT_ALLOWED", "UNAUTHENTICATED"].contains(&code.as_str()) {
            return Self::May;
        }
        codes.insert(code.clone());
        Self::Refused
    }
}

/// One row for each operation.
#[derive(Default)]
struct Table {
    rows: BTreeMap<String, BTreeMap<char, Met>>,
    codes: BTreeMap<String, BTreeSet<String>>,
}

impl Table {
    fn note(&mut self, operation: &str, column: char, met: Met) {
        let row = self.rows.entry(operation.to_owned()).or_default();
        let known = row.entry(column).or_insert(met);
        *known = met.max(*known);
    }

    fn codes(&mut self, operation: &str) -> &mut BTreeSet<String> {
        self.codes.entry(operation.to_owned()).or_default()
    }

    fn written(&self, columns: &[(&str, char)]) -> String {
        let mut table = String::new();
        for (_, mark, words) in Met::ALL {
            let _ = writeln!(table, "{mark}  {words}");
        }
        table.push('\n');
        for (words, letter) in columns {
            let _ = writeln!(table, "{letter}  {words}");
        }
        let width = self.rows.keys().map(String::len).max().unwrap_or_default();
        let _ = write!(table, "\n{:width$}  ", "");
        table.extend(columns.iter().map(|(_, letter)| letter));
        for (operation, row) in &self.rows {
            let _ = write!(table, "\n{operation:width$}  ");
            let marks = columns.iter();
            table.extend(marks.map(|(_, letter)| row.get(letter).map_or(' ', |met| met.mark())));
            let codes = self.codes.get(operation).into_iter().flatten();
            let codes: Vec<&str> = codes.map(String::as_str).collect();
            if !codes.is_empty() {
                let _ = write!(table, "  {}", codes.join(" "));
            }
        }
        table
    }
}

both! {
    async fn who_may_do_what_in_a_complaint_stands_in_a_table(app: &App) {
        let ground = Ground::of(app).await;
        let before = app.database.contents(&[]).await;
        for tenant in ground.tenants.values() {
            let table = in_complaints(app, &ground.schema, tenant).await;
            let written = table.written(&RELATIONS);
            insta::assert_snapshot!(format!("in_complaints_{}", tenant.slug), written);
        }
        assert!(app.database.contents(&[]).await == before, "what is not offered is not done");
    }

    async fn who_may_do_what_by_their_office_stands_in_a_table(app: &App) {
        let ground = Ground::small(app).await;
        for tenant in ground.tenants.values() {
            let table = by_office(app, &ground.schema, tenant).await;
            let written = table.written(&OFFICES);
            insta::assert_snapshot!(format!("by_office_{}", tenant.slug), written);
        }
    }
}

async fn in_complaints(app: &App, schema: &Schema, tenant: &Tenant) -> Table {
    let (mut table, mut tried) = (Table::default(), BTreeSet::new());
    let mutations = schema.mutations().iter().map(|one| one.name.as_str());
    let mutations: Vec<_> = mutations
        .filter(|name| is_on_complaint(schema, name))
        .collect();
    for (who, token) in &tenant.people {
        for (name, id) in &tenant.complaints {
            let column = relation(known(tenant.slug, who), name);
            let offered = offered(app, token, id).await;
            let ids = tenant.ids_about(id);
            for mutation in &mutations {
                let right = offered.as_ref().and_then(|offered| offered.get(*mutation));
                if let Some(is_allowed) = right {
                    let met = if *is_allowed { Met::May } else { Met::Right };
                    table.note(mutation, column, met);
                } else if tried.insert((*mutation, column, offered.is_some())) {
                    let input = fill(schema, &ids, schema.input_of(mutation));
                    let outcome = attempt(app, schema, Some(token), mutation, input).await;
                    let is_refused = outcome.is_refusal();
                    assert!(is_refused, "{mutation} by {who} in {name}: {outcome:?}");
                    let met = Met::of(&outcome, table.codes(mutation));
                    let is_shut = met <= Met::Refused && (met == Met::Hidden) == offered.is_none();
                    assert!(is_shut, "{mutation} by {who} in {name}: {outcome:?}");
                    table.note(mutation, column, met);
                }
            }
        }
    }
    table
}

/// What is offered to somebody in a complaint, and whether it is allowed now; nothing when they do not see the complaint.
async fn offered(app: &App, token: &str, id: &str) -> Option<BTreeMap<String, bool>> {
    let document =
        "query($id: ID!) { complaint(id: $id) { availableActions { action isAllowed } } }";
    let answer = app
        .client
        .gql(Some(token), document, json!({ "id": id }))
        .await;
    let actions = answer.data()["complaint"]["availableActions"].as_array()?;
    let named = actions.iter().flat_map(|one| {
        let names = mutations_of(one["action"].as_str().unwrap_or_default());
        names
            .into_iter()
            .map(|name| (name, one["isAllowed"] == true))
    });
    Some(named.collect())
}

async fn by_office(app: &App, schema: &Schema, tenant: &Tenant) -> Table {
    let mut table = Table::default();
    let mut people: Vec<_> = tenant
        .people
        .iter()
        .map(|(who, token)| (who.as_str(), Some(token.as_str())))
        .collect();
    let (key, _) = made(app, &format!("{}/admin", tenant.slug)).await;
    people.extend([("", None), (KEY, Some(key.as_str()))]);
    // What an administrator does may change what the others may.
    people.sort_by_key(|(who, _)| who.starts_with("admin"));
    let mut mutations: Vec<_> = schema
        .mutations()
        .iter()
        .map(|one| one.name.as_str())
        .collect();
    mutations.sort_by_key(|name| ["nameStandIn", "revokeApiKey"].contains(name));
    for mutation in mutations {
        if is_on_complaint(schema, mutation) {
            continue;
        }
        let row = format!("mutation {mutation}");
        for (who, token) in &people {
            let column = office(known(tenant.slug, who));
            let is_key = *who == KEY;
            let met = if FOR_ANYONE.contains(&mutation) && !is_key {
                Met::May
            } else if ENDS_A_SESSION.contains(&mutation) && !is_key {
                if token.is_some() {
                    Met::May
                } else {
                    Met::Refused
                }
            } else {
                let input = fill(schema, &tenant.ids, schema.input_of(mutation));
                let outcome = attempt(app, schema, *token, mutation, input).await;
                Met::of(&outcome, table.codes(&row))
            };
            table.note(&row, column, met);
        }
    }
    for query in schema.questions() {
        let row = format!("{} {}", schema.kind(query), query.name);
        for (who, token) in &people {
            let (document, variables) = asked(schema, &tenant.ids, query);
            let answer = app.client.gql(*token, &document, variables).await;
            let is_shown = !super::foreign_ids::is_empty(&answer.body["data"][&query.name]);
            let met = match answer.code() {
                Some(code) => {
                    table.codes(&row).insert(code.to_owned());
                    Met::Refused
                }
                None if is_shown => Met::May,
                None => Met::Hidden,
            };
            table.note(&row, office(known(tenant.slug, who)), met);
        }
    }
    table
}
