//! One mutation that should do nothing, and what was answered.

use serde_json::{Value, json};
use wederhoor_tests::{Answer, App};

use super::schema::Schema;

/// The codes that a top-level error may have when a request is not right; faults of the program are not among them.
const CODES: [&str; 5] = [
    "BAD_REQUEST",
    "NOT_ALLOWED",
    "UNAUTHENTICATED",
    "TOO_COMPLEX",
    "PAYLOAD_TOO_LARGE",
];

/// The codes of what is wrong with the input, and not with the moment or with who asks.
const ABOUT_INPUT: [&str; 39] = [
    "ABOVE_COMPENSATION_CAP",
    "ADDRESS_REQUIRED",
    "CHANNEL_NOT_OPEN",
    "CONTRADICTORY",
    "COURSE_REQUIRED",
    "EMPTY_TEXT",
    "FIELD_REQUIRED",
    "GUESSABLE_PASSWORD",
    "IDEMPOTENCY_MISMATCH",
    "IMPOSSIBLE_DATE",
    "IMPOSSIBLE_TIME",
    "INVITATION_REQUIRED",
    "IN_THE_PAST",
    "MALFORMED",
    "MUST_BE_WRITTEN",
    "NOTHING_TO_CHANGE",
    "NOT_A_PARTY_ACT",
    "NOT_DECLARED_INADMISSIBLE",
    "NOT_FOUND",
    "NOT_LATER",
    "NO_REGULATION_THEN",
    "POLICY_FAULTY",
    "REASON_REQUIRED",
    "REQUIRED",
    "SCORE_OUT_OF_RANGE",
    "SOLUTION_CHANGED",
    "STALE_VERSION",
    "TAKEN",
    "TOO_FAR_AHEAD",
    "TOO_FEW_ATTEMPTS",
    "TOO_LONG",
    "TOO_LONG_AGO",
    "TOO_LONG_TEXT",
    "UNKNOWN",
    "UNKNOWN_CAUSE",
    "UNKNOWN_LETTER",
    "UNKNOWN_MEASURE",
    "UNKNOWN_MEMBER",
    "UNKNOWN_PARTY",
];

/// How a mutation was answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Outcome {
    /// Something was done.
    Done,
    /// User errors: code and field of each.
    UserErrors(Vec<(String, Option<String>)>),
    /// The code of the error at the top.
    TopLevel(String),
}

impl Outcome {
    /// Reads an answer to a mutation.
    pub(super) fn of(mutation: &str, answer: &Answer) -> Self {
        if let Some(code) = answer.code() {
            let request = &answer.body["errors"][0]["extensions"]["requestId"];
            assert!(request.is_string(), "no requestId: {:#}", answer.body);
            return Self::TopLevel(code.to_owned());
        }
        let payload = &answer.data()[mutation];
        let errors = payload["userErrors"].as_array();
        let errors = errors.unwrap_or_else(|| panic!("{mutation}: {:#}", answer.body));
        if errors.is_empty() {
            return Self::Done;
        }
        for (name, value) in payload.as_object().unwrap() {
            let is_empty = value.is_null() || name == "userErrors";
            assert!(
                is_empty,
                "{mutation} refuses and still shows {name}: {payload:#}"
            );
        }
        Self::UserErrors(errors.iter().map(read).collect())
    }

    /// Whether it was refused for a reason that is about the request.
    pub(super) fn is_refusal(&self) -> bool {
        match self {
            Self::Done => false,
            Self::UserErrors(_) => true,
            Self::TopLevel(code) => CODES.contains(&code.as_str()),
        }
    }

    /// The code of a user error that is about the input and does not say which field it means.
    pub(super) fn without_field(&self) -> Option<&str> {
        let Self::UserErrors(errors) = self else {
            return None;
        };
        let nowhere = errors.iter().find(|(code, field)| {
            field.as_ref().is_none_or(String::is_empty) && ABOUT_INPUT.contains(&code.as_str())
        });
        nowhere.map(|(code, _)| code.as_str())
    }

    /// Whether a user error is about the field at the head of a path, or one within it.
    pub(super) fn is_about(&self, path: &[String]) -> bool {
        let within = |field: &String| field.split('.').next() == path.first().map(String::as_str);
        matches!(self, Self::UserErrors(errors) if errors.iter().any(|(_, field)| field.as_ref().is_some_and(within)))
    }

    /// Whether a user error has this code.
    pub(super) fn has_code(&self, code: &str) -> bool {
        matches!(self, Self::UserErrors(errors) if errors.iter().any(|(found, _)| found == code))
    }
}

fn read(error: &Value) -> (String, Option<String>) {
    let message = error["message"].as_str().unwrap_or_default();
    assert!(message.len() > 5, "an error without words: {error:#}");
    let field = error["field"].as_array();
    let path = field.map(|path| {
        let steps = path.iter().map(|step| step.as_str().unwrap_or_default());
        steps.collect::<Vec<_>>().join(".")
    });
    (error["code"].as_str().unwrap_or_default().to_owned(), path)
}

/// Sends a mutation with a token, or as nobody.
pub(super) async fn attempt(
    app: &App,
    schema: &Schema,
    token: Option<&str>,
    mutation: &str,
    input: Value,
) -> Outcome {
    let document = schema.mutation_document(mutation);
    let answer = app
        .client
        .gql(token, &document, json!({ "input": input }))
        .await;
    Outcome::of(mutation, &answer)
}
