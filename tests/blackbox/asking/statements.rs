//! What the dearest questions cost the database: never twenty statements, however much is asked.

use std::collections::BTreeMap;

use serde_json::{Value, json};
use wederhoor_tests::{App, both};

use crate::steps::{Case, ask, letter, livp::agreed};

/// What no question may cost.
const TOO_MANY: u64 = 20;

/// Where what can be asked stands.
const ROOTS: [&str; 2] = ["Query", "Subscription"];

/// What costs no more than to know who asks: who watches is made out twice at the beginning.
fn nothing_of(root: &str) -> &'static str {
    match root {
        "Query" => "{ __typename }",
        _ => "subscription { complaintChanged(id: \"x\") { __typename } }",
    }
}

const SCHEMA: &str = "{ __schema { types { kind name
    fields { name args { name type { ...T } defaultValue } type { ...T } } possibleTypes { name } } } }
    fragment T on __Type { kind name ofType { kind name ofType { kind name ofType { kind name } } } }";

both! {
    async fn the_dearest_question_of_every_kind_costs_less_than_twenty_statements(app: &App) {
        let case = agreed(app).await;
        fill(app).await;
        let generator = Generator::of(app, &case).await;
        let mut dear = Vec::new();
        for (root, query) in ROOTS.iter().flat_map(|root| generator.fields(root).iter().map(move |query| (*root, query))) {
            let nothing = cost(app, nothing_of(root)).await.1;
            let name = query["name"].as_str().unwrap();
            let mut tried = 0;
            for rows in [100, 25, 10, 3, 1] {
                for is_reversed in [false, true] {
                    let Some((document, statements)) = generator.dearest(app, root, query, Page { rows, is_reversed }).await else {
                        continue;
                    };
                    tried += 1;
                    let statements = statements - nothing;
                    println!("{name} first {rows}: {statements} statements for {} words", document.split_whitespace().count());
                    if statements >= TOO_MANY {
                        dear.push(format!("{statements}: {document}"));
                    }
                }
                if !takes_first(query) {
                    break;
                }
            }
            assert!(tried > 0, "{name} was never asked");
        }
        assert!(dear.is_empty(), "{}", dear.join("\n"));
    }

    async fn however_questions_are_put_together_they_cost_less_than_twenty_statements(app: &App) {
        let case = agreed(app).await;
        fill(app).await;
        let generator = Generator::of(app, &case).await;
        let nothing = cost(app, "{ __typename }").await.1;
        let pieces = generator.pieces(app).await;
        let (mut chance, mut dear, mut most) = (Chance(7), Vec::new(), 0);
        for _ in 0..60 {
            let mut put: Vec<&str> = (0..=chance.below(20)).map(|_| pieces[chance.below(pieces.len())].as_str()).collect();
            while let Some((document, answer, statements)) = together(app, &put).await {
                if answer.is_some() {
                    most = most.max(statements - nothing);
                    if statements - nothing >= TOO_MANY {
                        dear.push(format!("{}: {document}", statements - nothing));
                    }
                    break;
                }
                put.remove(chance.below(put.len()));
            }
        }
        println!("the dearest costs {most} statements");
        assert!(dear.is_empty(), "{}", dear.join("\n"));
        assert!(most > 12, "nothing dear was tried: {most}");
    }

    async fn the_administration_reads_where_letters_go_and_what_they_are_about_at_once(app: &App) {
        fill(app).await;
        let document = "{ lettersToPrint { nodes { id kind postalAddress complaint { reference state } } }
            workQueue { nodes { complaint { id } } } }";
        let nothing = cost(app, "{ __typename }").await.1;
        let (answer, statements) = cost(app, document).await;
        assert!(answer.is_some(), "it was refused");
        assert!(statements - nothing < TOO_MANY, "{statements}");
    }

    async fn complaints_that_are_named_one_by_one_are_read_together(app: &App) {
        let case = agreed(app).await;
        fill(app).await;
        let generator = Generator::of(app, &case).await;
        let everything = generator.selection("Complaint", Page { rows: 3, is_reversed: false }, 4, &mut 90).unwrap();
        let everything = format!("{everything} letters {{ id kind status }}");
        assert!(everything.contains("isChainIntact"), "{everything}");
        let listed = "{ complaints(first: 6) { nodes { id } } }";
        let listed = cost(app, listed).await.0.unwrap();
        let ids = listed["complaints"]["nodes"].as_array().unwrap().iter().map(|node| &node["id"]);
        let nothing = cost(app, "{ __typename }").await.1;
        let document = |ids: &[&Value], all: &str| {
            let one = |(number, id): (usize, &&Value)| match number % 2 {
                0 => format!("a{number}: complaint(id: {id}) {{ {all} }}"),
                _ => format!("a{number}: node(id: {id}) {{ ... on Complaint {{ {all} }} }}"),
            };
            format!("{{ {} }}", ids.iter().enumerate().map(one).collect::<Vec<_>>().join(" "))
        };
        let ids: Vec<&Value> = ids.collect();
        let (answer, together) = cost(app, &document(&ids[..3], &everything)).await;
        let answer = answer.expect("three are not too many");
        for number in 0..3 {
            assert_eq!(&answer[format!("a{number}")]["id"], ids[number]);
        }
        assert!(together - nothing < TOO_MANY, "{together}");
        let (answer, many) = cost(app, &document(&ids, "id reference state")).await;
        assert_eq!(answer.unwrap().as_object().unwrap().len(), 6);
        let (_, single) = cost(app, &document(&ids[..1], "id reference state")).await;
        assert!(many <= single, "{many} for six, {single} for one");
        let hidden = crate::hostile::absent(ids[0].as_str().unwrap());
        let document = document(&[ids[0], &json!(hidden)], "id");
        assert_eq!(cost(app, &document).await.0.unwrap(), json!({ "a0": { "id": ids[0] }, "a1": null }));
    }

    async fn one_request_tries_one_secret_and_does_few_things(app: &App) {
        let limit = async |document: &str| {
            let answer = ask(app, "livp/admin", document, json!({})).await;
            assert_eq!(answer.code(), Some("TOO_COMPLEX"), "{:#}", answer.body);
            answer.body["errors"][0]["extensions"]["limit"].as_str().unwrap().to_owned()
        };
        let sign_in = "signIn(input: { email: \"iemand@livp.example\", password: \"dit is geraden\" }) { userErrors { code } }";
        assert_eq!(limit(&format!("mutation {{ a: {sign_in} b: {sign_in} }}")).await, "SECRETS");
        assert_eq!(
            limit(&format!("mutation {{ ...A b: {sign_in} }} fragment A on Mutation {{ ... {{ a: {sign_in} }} }}")).await,
            "SECRETS"
        );
        assert_eq!(
            limit(&format!("mutation {{ ...A ...A }} fragment A on Mutation {{ {sign_in} }}")).await,
            "SECRETS",
            "what is spread twice is done twice"
        );
        let addresses = "lettersToPrint(first: 1) { nodes { postalAddress } }";
        let eight: Vec<String> = (0..8).map(|n| format!("a{n}: {addresses}")).collect();
        assert_eq!(limit(&format!("{{ {} }}", eight.join(" "))).await, "STATEMENTS");
        let case = agreed(app).await;
        let hold = |count: usize| {
            let one = |n| format!("h{n}: placeLegalHold(input: {{ complaintId: {}, reason: \"Er loopt een zaak.\" }}) {{ userErrors {{ code }} }}", json!(case.id));
            format!("mutation {{ {} }}", (0..count).map(one).collect::<Vec<_>>().join(" "))
        };
        assert_eq!(limit(&hold(6)).await, "MUTATIONS");
        assert_eq!(ask(app, "livp/admin", &hold(5), json!({})).await.code(), None);
    }
}

/// Numbers that look drawn, the same in every run (a linear congruence; Knuth, 3.3.4).
struct Chance(u64);

impl Chance {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % bound
    }
}

/// These questions in one document, unless none is left: the document, its answer unless it asks for too much, and its cost.
async fn together(app: &App, put: &[&str]) -> Option<(String, Option<Value>, u64)> {
    if put.is_empty() {
        return None;
    }
    let aliased = put
        .iter()
        .enumerate()
        .map(|(number, piece)| format!("a{number}: {piece}"));
    let document = format!("{{ {} }}", aliased.collect::<Vec<_>>().join(" "));
    if document.len() > 15_000 {
        return Some((document, None, 0));
    }
    let (answer, statements) = cost(app, &document).await;
    Some((document, answer, statements))
}

/// Enough of everything that lists have several rows.
async fn fill(app: &App) {
    for number in 0..6 {
        let mut input = letter(app, "livp", Some("basis"), "POST", wederhoor_tests::START);
        input["complainant"]["email"] = Value::Null;
        input["complainant"]["postalAddress"] = json!("Dorpsstraat 1, 1234 AB Ergens");
        let case = Case::registered(app, "livp", input).await;
        if number % 2 == 0 {
            let trainer = crate::steps::livp::member(app, "trainer2");
            case.act("admin", "assignDecider", json!({ "memberId": trainer }))
                .await;
        }
    }
}

/// The answer to a question of the administration, unless it asks for too much, and what it cost.
async fn cost(app: &App, document: &str) -> (Option<Value>, u64) {
    let before = app.statements();
    let answer = ask(app, "livp/admin", document, json!({})).await;
    let statements = app.statements() - before;
    match answer.code() {
        Some("TOO_COMPLEX") => (None, statements),
        _ => (Some(answer.data().clone()), statements),
    }
}

fn takes_first(field: &Value) -> bool {
    let arguments = field["args"].as_array().unwrap();
    arguments.iter().any(|argument| argument["name"] == "first")
}

/// How a question is varied: how many rows of a list, and which of the objects within an object come first.
#[derive(Clone, Copy)]
struct Page {
    rows: usize,
    is_reversed: bool,
}

struct Generator {
    types: BTreeMap<String, Value>,
    arguments: BTreeMap<(&'static str, &'static str), String>,
}

impl Generator {
    async fn of(app: &App, case: &Case<'_>) -> Self {
        let answer = app.client.gql(None, SCHEMA, json!({})).await;
        let types = answer.data()["__schema"]["types"]
            .as_array()
            .unwrap()
            .clone();
        let named = |one: Value| (one["name"].as_str().unwrap().to_owned(), one);
        let (_, key) = crate::api_keys::made(app, "livp/admin").await;
        let lists = "{ complaints { nodes { id } } policies { nodes { id } } members { nodes { id } } courses { nodes { id } } }";
        let lists = app.ask("livp/admin", lists, json!({})).await.data().clone();
        let all = lists.as_object().unwrap().values();
        let ids: Vec<&Value> = all
            .flat_map(|list| list["nodes"].as_array().unwrap())
            .map(|node| &node["id"])
            .collect();
        let written = json!(case.id).to_string();
        let document = format!(
            "{{ text: {} }}",
            json!(include_str!("../../../policies/livp.toml"))
        );
        let arguments = [
            (("accessLog", "complaintId"), written.clone()),
            (("apiKeyUses", "keyId"), key["id"].to_string()),
            (("complaint", "id"), written.clone()),
            (("complaintChanged", "id"), written.clone()),
            (("node", "id"), written),
            (("nodes", "ids"), json!(ids).to_string()),
            (("organisation", "slug"), "\"livp\"".to_owned()),
            (("equatedDays", "year"), "2026".to_owned()),
            (
                ("statistics", "period"),
                "{ startsOn: \"2025-01-01\", endsOn: \"2026-12-31\" }".to_owned(),
            ),
            (("checkPolicy", "document"), document),
            (
                ("previewPolicy", "input"),
                "{ receivedAt: \"2026-03-02T08:00:00Z\" }".to_owned(),
            ),
            (
                ("previewLetter", "input"),
                "{ kind: RESPONSE, locale: \"nl\" }".to_owned(),
            ),
        ];
        Self {
            types: types.into_iter().map(named).collect(),
            arguments: arguments.into_iter().collect(),
        }
    }

    fn fields(&self, name: &str) -> &[Value] {
        self.types[name]["fields"]
            .as_array()
            .map_or(&[][..], Vec::as_slice)
    }

    /// The deepest and widest question of a field that is let through, and what it costs.
    async fn dearest(
        &self,
        app: &App,
        root: &str,
        query: &Value,
        page: Page,
    ) -> Option<(String, u64)> {
        for depth in (1..=9).rev() {
            for width in [200, 120, 60, 30, 12, 5] {
                let mut left = width;
                let field = self.field(root, query, page, depth, &mut left)?;
                let document = format!("{} {{ {field} }}", root.to_lowercase());
                if document.len() < 15_000
                    && let (Some(_), statements) = cost(app, &document).await
                {
                    return Some((document, statements));
                }
            }
        }
        None
    }

    /// Questions of every kind, from narrow to wide, each of which is let through alone.
    async fn pieces(&self, app: &App) -> Vec<String> {
        let mut pieces = Vec::new();
        for query in self.fields("Query") {
            for (rows, is_reversed, depth, width) in
                [(1, false, 3, 4), (1, true, 4, 20), (3, false, 6, 60)]
            {
                let page = Page { rows, is_reversed };
                let piece = self.field("Query", query, page, depth, &mut { width });
                if let Some(piece) = piece
                    && cost(app, &format!("{{ {piece} }}")).await.0.is_some()
                {
                    pieces.push(piece);
                }
            }
        }
        pieces
    }

    /// A field with all it needs.
    fn field(
        &self,
        on: &str,
        field: &Value,
        page: Page,
        depth: usize,
        left: &mut usize,
    ) -> Option<String> {
        let name = field["name"].as_str().unwrap();
        let given = self.given(on, field, page);
        *left = left.saturating_sub(1);
        let of = type_of(field);
        let selection = if is_leaf(field) {
            String::new()
        } else {
            format!(" {{ {} }}", self.selection(of, page, depth, left)?)
        };
        Some(format!("{name}{given}{selection}"))
    }

    fn given(&self, on: &str, field: &Value, page: Page) -> String {
        let (name, mut given) = (field["name"].as_str().unwrap(), Vec::new());
        for argument in field["args"].as_array().unwrap() {
            let called = argument["name"].as_str().unwrap();
            let mut known = self.arguments.iter();
            let known = known
                .find(|((of, known), _)| ROOTS.contains(&on) && *of == name && *known == called);
            let is_needed =
                argument["type"]["kind"] == "NON_NULL" && argument["defaultValue"].is_null();
            match known {
                Some((_, value)) => given.push(format!("{called}: {value}")),
                None if called == "first" => given.push(format!("first: {}", page.rows)),
                None => assert!(!is_needed, "say what to give as {called} of {name}"),
            }
        }
        if given.is_empty() {
            String::new()
        } else {
            format!("({})", given.join(", "))
        }
    }

    fn selection(&self, name: &str, page: Page, depth: usize, left: &mut usize) -> Option<String> {
        if depth == 0 {
            return None;
        }
        let mut selected = vec!["__typename".to_owned()];
        let possible = self.types[name]["possibleTypes"].as_array();
        for one in possible.into_iter().flatten() {
            let one = one["name"].as_str().unwrap();
            if let Some(inner) = self.selection(one, page, depth, left) {
                selected.push(format!("... on {one} {{ {inner} }}"));
            }
        }
        let mut fields: Vec<&Value> = self.fields(name).iter().collect();
        // The rows again, under another name.
        fields.retain(|field| field["name"] != "edges");
        if page.is_reversed {
            fields.reverse();
        }
        fields.sort_by_key(|field| (!is_leaf(field), field["name"] != "nodes"));
        for field in fields {
            if *left == 0 {
                break;
            }
            selected.extend(self.field(name, field, page, depth - 1, left));
        }
        Some(selected.join(" "))
    }
}

fn type_of(field: &Value) -> &str {
    named(field)["name"].as_str().unwrap()
}

fn is_leaf(field: &Value) -> bool {
    ["SCALAR", "ENUM"].contains(&named(field)["kind"].as_str().unwrap())
}

fn named(field: &Value) -> &Value {
    let mut of = &field["type"];
    while !of["ofType"].is_null() {
        of = &of["ofType"];
    }
    of
}
