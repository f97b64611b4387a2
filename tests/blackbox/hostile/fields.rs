//! Who reads which field of a complaint: one golden table for each organisation, which holds every field of the schema.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use serde_json::{Value, json};
use wederhoor_tests::{App, both};

use super::{
    ground::{Ground, Tenant},
    schema::Schema,
    who::{RELATIONS, known, relation},
};

/// How deep a field is read within a complaint.
const DEPTH: usize = 5;
/// What is read elsewhere, and what leads back to a complaint.
const ELSEWHERE: [&str; 3] = ["Complaint", "Regulation", "Policy"];

/// For each field, the relations that something of it was shown to.
type Read = BTreeMap<String, BTreeSet<char>>;

both! {
    async fn who_reads_which_field_of_a_complaint_stands_in_a_table(app: &App) {
        let ground = Ground::of(app).await;
        let documents = documents(app, &ground).await;
        let all = paths(&ground.schema);
        for tenant in ground.tenants.values() {
            let read = read(app, tenant, &documents).await;
            insta::assert_snapshot!(format!("fields_{}", tenant.slug), table(&all, &read));
        }
        for tenant in ground.tenants.values() {
            reads_nothing_elsewhere(app, &ground, tenant, &documents).await;
        }
    }
}

/// Everything there is in a complaint, in documents that are let through.
async fn documents(app: &App, ground: &Ground) -> Vec<String> {
    let fields = ground.schema.fields_of("Complaint").iter();
    let whole = fields.filter_map(|field| ground.schema.whole(field, &ELSEWHERE, DEPTH));
    let mut waiting: Vec<Vec<String>> = vec![whole.collect()];
    let mut documents = Vec::new();
    let tenant = &ground.tenants["livp"];
    let id = json!({ "id": tenant.complaint("fresh") });
    while let Some(fields) = waiting.pop() {
        let document = format!(
            "query($id: ID!) {{ complaint(id: $id) {{ {} }} }}",
            fields.join(" ")
        );
        let token = Some(tenant.token("admin"));
        let answer = app.client.gql(token, &document, id.clone()).await;
        if answer.code() == Some("TOO_COMPLEX") && fields.len() > 1 {
            let (some, others) = fields.split_at(fields.len() / 2);
            waiting.extend([some.to_vec(), others.to_vec()]);
        } else {
            assert_eq!(answer.code(), None, "{document}: {:#}", answer.body);
            documents.push(document);
        }
    }
    documents
}

/// Every field of a complaint, by its path; a new one is in the table at once.
fn paths(schema: &Schema) -> Vec<String> {
    let mut paths = Vec::new();
    within(schema, "Complaint", "", DEPTH, &mut paths);
    paths
}

fn within(schema: &Schema, of: &str, before: &str, depth: usize, paths: &mut Vec<String>) {
    for field in schema.fields_of(of) {
        let path = format!("{before}{}", field.name);
        if schema.whole(field, &ELSEWHERE, depth).is_none() {
            continue;
        }
        if schema.named(&field.answer).kind == "OBJECT" {
            within(schema, &field.answer, &format!("{path}."), depth - 1, paths);
        } else {
            paths.push(path);
        }
    }
}

async fn read(app: &App, tenant: &Tenant, documents: &[String]) -> Read {
    let mut read = Read::new();
    for (who, token) in &tenant.people {
        for (name, id) in &tenant.complaints {
            let relation = relation(known(tenant.slug, who), name);
            for document in documents {
                let answer = app
                    .client
                    .gql(Some(token), document, json!({ "id": id }))
                    .await;
                assert_eq!(answer.code(), None, "{who}: {:#}", answer.body);
                let complaint = &answer.data()["complaint"];
                if complaint.is_null() {
                    break;
                }
                note(complaint, "", relation, &mut read);
            }
        }
    }
    read
}

/// Notes the paths at which something stands.
fn note(value: &Value, path: &str, relation: char, read: &mut Read) {
    match value {
        Value::Null => {}
        Value::Array(rows) => rows.iter().for_each(|row| note(row, path, relation, read)),
        Value::Object(fields) => {
            for (name, value) in fields {
                let dot = if path.is_empty() { "" } else { "." };
                note(value, &format!("{path}{dot}{name}"), relation, read);
            }
        }
        _ => {
            read.entry(path.to_owned()).or_default().insert(relation);
        }
    }
}

fn table(all: &[String], read: &Read) -> String {
    let mut table = String::new();
    for (words, letter) in RELATIONS {
        let _ = writeln!(table, "{letter}  {words}");
    }
    let unknown = read.keys().find(|path| !all.contains(path));
    assert_eq!(unknown, None, "read, and not in the schema");
    let width = all.iter().map(String::len).max().unwrap_or_default();
    let nobody = BTreeSet::new();
    for path in all {
        let readers = read.get(path).unwrap_or(&nobody);
        let _ = write!(table, "\n{path:width$}  ");
        for (_, letter) in RELATIONS {
            table.push(if readers.contains(&letter) {
                letter
            } else {
                '·'
            });
        }
    }
    table
}

/// Nobody of another organisation reads anything, nor does nobody in particular.
async fn reads_nothing_elsewhere(
    app: &App,
    ground: &Ground,
    tenant: &Tenant,
    documents: &[String],
) {
    let others = ground
        .tenants
        .values()
        .filter(|one| one.slug != tenant.slug);
    let people = others.flat_map(|other| &other.people);
    let tokens = people.map(|(who, token)| (who.as_str(), Some(token.as_str())));
    for (who, token) in tokens.chain([("", None)]) {
        for document in documents {
            let id = json!({ "id": tenant.complaint("settled") });
            let answer = app.client.gql(token, document, id).await;
            let shown = &answer.data()["complaint"];
            assert_eq!(
                shown,
                &Value::Null,
                "{who} reads a complaint of {}",
                tenant.slug
            );
        }
    }
}
