//! The schema as its own introspection tells it.

use std::collections::BTreeMap;

use serde_json::{Value, json};
use wederhoor_tests::Client;

const QUESTION: &str = "{ __schema { types { kind name isOneOf
  fields(includeDeprecated: true) { name type { ...T } args { name defaultValue type { ...T } } }
  inputFields { name defaultValue type { ...T } } enumValues(includeDeprecated: true) { name } } } }
  fragment T on __Type { kind name ofType { kind name ofType { kind name ofType { kind name } } } }";

/// Every type of the schema.
pub(super) struct Schema {
    types: BTreeMap<String, Type>,
}

/// A type, as far as inputs and selections need it.
#[derive(Default)]
pub(super) struct Type {
    pub(super) kind: String,
    pub(super) is_one_of: bool,
    pub(super) fields: Vec<Operation>,
    pub(super) inputs: Vec<Slot>,
    pub(super) values: Vec<String>,
}

/// A field of an object, with its arguments.
pub(super) struct Operation {
    pub(super) name: String,
    pub(super) answer: String,
    pub(super) arguments: Vec<Slot>,
}

/// An argument, or a field of an input.
#[derive(Clone)]
pub(super) struct Slot {
    pub(super) name: String,
    pub(super) of: String,
    pub(super) is_list: bool,
    pub(super) is_required: bool,
    /// As it is written in a document: `[ID!]!`.
    pub(super) written: String,
}

impl Schema {
    /// Asks the server for its schema.
    pub(super) async fn of(client: &Client) -> Self {
        let answer = client.gql(None, QUESTION, json!({})).await;
        let types = answer.data()["__schema"]["types"].as_array().unwrap();
        let named = types.iter().map(|one| (text(&one["name"]), type_of(one)));
        Self {
            types: named.collect(),
        }
    }

    pub(super) fn named(&self, name: &str) -> &Type {
        let found = self.types.get(name);
        found.unwrap_or_else(|| panic!("no type {name}"))
    }

    pub(super) fn mutations(&self) -> &[Operation] {
        &self.named("Mutation").fields
    }

    pub(super) fn mutation(&self, name: &str) -> &Operation {
        let found = self.mutations().iter().find(|one| one.name == name);
        found.unwrap_or_else(|| panic!("no mutation {name}"))
    }

    /// All that can be asked: once, or again and again.
    pub(super) fn questions(&self) -> impl Iterator<Item = &Operation> {
        let once = self.named("Query").fields.iter();
        once.chain(&self.named("Subscription").fields)
    }

    /// By what word a question is asked.
    pub(super) fn kind(&self, question: &Operation) -> &'static str {
        let mut watched = self.named("Subscription").fields.iter();
        let is_watched = watched.any(|one| one.name == question.name);
        if is_watched { "subscription" } else { "query" }
    }

    /// The type of a mutation's one argument.
    pub(super) fn input_of(&self, mutation: &str) -> &str {
        let arguments = &self.mutation(mutation).arguments;
        assert!(
            arguments.len() == 1 && arguments[0].name == "input" && arguments[0].is_required,
            "{mutation} does not take one required `input`"
        );
        &arguments[0].of
    }

    /// The document of a mutation: whether it did something, and why not.
    pub(super) fn mutation_document(&self, mutation: &str) -> String {
        let payload = self.named(&self.mutation(mutation).answer);
        let shown = payload
            .fields
            .iter()
            .map(|field| match field.name.as_str() {
                "userErrors" => "userErrors { code message field article { citation } }".to_owned(),
                name => format!("{name}{}", self.selection(&field.answer)),
            });
        let shown = shown.collect::<Vec<_>>().join(" ");
        let input = self.input_of(mutation);
        format!("mutation($input: {input}!) {{ {mutation}(input: $input) {{ {shown} }} }}")
    }

    /// The document of a question with the arguments that have a value.
    pub(super) fn query_document(&self, query: &Operation, given: &[&str]) -> String {
        let used = || {
            let all = query.arguments.iter();
            all.filter(|one| given.contains(&one.name.as_str()))
        };
        let (selection, kind) = (self.selection(&query.answer), self.kind(query));
        if given.is_empty() {
            return format!("{kind} {{ {}{selection} }}", query.name);
        }
        let declared = used().map(|one| format!("${}: {}", one.name, one.written));
        let passed = used().map(|one| format!("{0}: ${0}", one.name));
        format!(
            "{kind}({}) {{ {}({}){selection} }}",
            declared.collect::<Vec<_>>().join(", "),
            query.name,
            passed.collect::<Vec<_>>().join(", ")
        )
    }

    /// The fields of an object.
    pub(super) fn fields_of(&self, name: &str) -> &[Operation] {
        &self.named(name).fields
    }

    /// A field with all there is in it, down to a depth; what is of these types is passed over, and so is what needs an
    /// argument.
    pub(super) fn whole(&self, field: &Operation, but: &[&str], depth: usize) -> Option<String> {
        let of = self.named(&field.answer);
        if depth == 0 || but.contains(&field.answer.as_str()) {
            return None;
        }
        if field.arguments.iter().any(|one| one.is_required) {
            return None;
        }
        match of.kind.as_str() {
            "SCALAR" | "ENUM" => Some(field.name.clone()),
            "OBJECT" => {
                let within = of.fields.iter();
                let within = within.filter_map(|one| self.whole(one, but, depth - 1));
                let within: Vec<String> = within.collect();
                (!within.is_empty()).then(|| format!("{} {{ {} }}", field.name, within.join(" ")))
            }
            _ => None,
        }
    }

    /// What shows whether there is something: the rows of a list, the id of an object.
    fn selection(&self, name: &str) -> String {
        let Some(found) = self.types.get(name) else {
            return String::new();
        };
        let has = |field: &str| found.fields.iter().any(|one| one.name == field);
        match found.kind.as_str() {
            "OBJECT" if has("nodes") => " { nodes { __typename } }".to_owned(),
            "OBJECT" | "INTERFACE" | "UNION" if has("id") => " { __typename id }".to_owned(),
            "OBJECT" | "INTERFACE" | "UNION" => " { __typename }".to_owned(),
            _ => String::new(),
        }
    }
}

fn type_of(one: &Value) -> Type {
    let list = |key: &str| one[key].as_array().cloned().unwrap_or_default();
    let operation = |field: &Value| Operation {
        name: text(&field["name"]),
        answer: slot(field).of,
        arguments: field["args"].as_array().unwrap().iter().map(slot).collect(),
    };
    Type {
        kind: text(&one["kind"]),
        is_one_of: one["isOneOf"] == true,
        fields: list("fields").iter().map(operation).collect(),
        inputs: list("inputFields").iter().map(slot).collect(),
        values: list("enumValues")
            .iter()
            .map(|value| text(&value["name"]))
            .collect(),
    }
}

fn slot(field: &Value) -> Slot {
    let (mut of, mut is_list) = (&field["type"], false);
    let is_non_null = of["kind"] == "NON_NULL";
    while !of["ofType"].is_null() {
        is_list |= of["kind"] == "LIST";
        of = &of["ofType"];
    }
    Slot {
        name: text(&field["name"]),
        of: text(&of["name"]),
        is_list,
        is_required: is_non_null && field["defaultValue"].is_null(),
        written: written(&field["type"]),
    }
}

fn written(of: &Value) -> String {
    match of["kind"].as_str() {
        Some("NON_NULL") => format!("{}!", written(&of["ofType"])),
        Some("LIST") => format!("[{}]", written(&of["ofType"])),
        _ => text(&of["name"]),
    }
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}
