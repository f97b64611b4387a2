//! What is let through to the schema. The parser and the validator of the library can be made to overflow the stack or
//! to burn a core by a small document; so the document is measured before each of them sees it.

mod measure;
mod scan;

use async_graphql::{
    Positioned, Request, Variables,
    parser::{
        Error, parse_query,
        types::{
            DocumentOperations, ExecutableDocument, OperationDefinition, OperationType, Selection,
        },
    },
};
use serde_json::{Map, Value};
use wederhoor_graphql::SIGN_OUT;

use super::{limits::Limits, params::Params, refused::Refused, uncoerced::NO_VALUE};

/// A request that may be executed, parsed already.
pub(crate) struct Admitted {
    pub(crate) request: Request,
    pub(crate) operation: OperationType,
    /// What stands at its root.
    pub(crate) root: Root,
    /// Whether the operation does nothing but end sign-ins.
    pub(crate) only_signs_out: bool,
    /// Whether the document asks what the schema is.
    pub(crate) introspects: bool,
    /// What was looked at: tokens of the document, and what its selection sets hold.
    #[cfg_attr(
        not(any(test, feature = "fuzzing")),
        expect(dead_code, reason = "tests count the work")
    )]
    pub(crate) steps: usize,
}

/// What stands at the root of an operation, as the client wrote it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Root {
    /// One field, however often; no schema need know it.
    Field(String),
    /// Several fields, or fragments.
    Several,
}

impl Root {
    fn of(operation: &OperationDefinition) -> Self {
        let mut names = operation
            .selection_set
            .node
            .items
            .iter()
            .map(|item| match &item.node {
                Selection::Field(field) => Some(field.node.name.node.as_str()),
                Selection::InlineFragment(_) | Selection::FragmentSpread(_) => None,
            });
        match names.next().flatten() {
            Some(name) if names.all(|other| other == Some(name)) => Self::Field(name.to_owned()),
            _ => Self::Several,
        }
    }
}

/// Scans, parses and measures the document; work and memory are linear in its size.
pub(crate) fn admit(params: Params, limits: &Limits) -> Result<Admitted, Refused> {
    let tokens = scan::scan(&params.query, limits)?;
    let document = parse_query(&params.query).map_err(|error| syntax(&error))?;
    let measured = measure::measure(&document, limits)?;
    let operation = chosen(&document, params.operation_name.as_deref())?;
    require_variables(operation, &params.variables)?;
    let root = Root::of(operation);
    let (operation, only_signs_out) = (operation.ty, only_signs_out(operation));
    let mut request =
        Request::new("").variables(Variables::from_json(Value::Object(params.variables)));
    if let Some(name) = params.operation_name {
        request = request.operation_name(name);
    }
    request.query = params.query;
    request.set_parsed_query(document);
    Ok(Admitted {
        request,
        operation,
        root,
        only_signs_out,
        introspects: measured.introspects,
        steps: tokens + measured.steps,
    })
}

fn syntax(error: &Error) -> Refused {
    let positions = error.positions().collect();
    match error {
        Error::Syntax { .. } => Refused::document(
            [
                "Het document is geen geldig GraphQL.",
                "The document is not valid GraphQL.",
            ],
            positions,
        ),
        Error::RecursionLimitExceeded => Refused::too_complex("NESTING", 0),
        Error::MultipleOperations { .. } => Refused::document(
            [
                "Geef elke bewerking een naam wanneer er meer dan één is.",
                "Name every operation when there are several.",
            ],
            positions,
        ),
        Error::OperationDuplicated { .. } | Error::FragmentDuplicated { .. } => Refused::document(
            [
                "Twee definities hebben dezelfde naam.",
                "Two definitions have the same name.",
            ],
            positions,
        ),
        _ => Refused::document(
            [
                "Het document kan niet worden uitgevoerd.",
                "The document cannot be executed.",
            ],
            positions,
        ),
    }
}

/// The library notices a missing variable only while it executes, when the request should have been refused already.
fn require_variables(
    operation: &OperationDefinition,
    given: &Map<String, Value>,
) -> Result<(), Refused> {
    for variable in &operation.variable_definitions {
        let (definition, name) = (&variable.node, variable.node.name.node.as_str());
        let is_absent = match given.get(name) {
            None => definition.default_value.is_none(),
            Some(value) => value.is_null(),
        };
        if is_absent && !definition.var_type.node.nullable {
            return Err(Refused::document(NO_VALUE, vec![variable.pos]));
        }
    }
    Ok(())
}

fn only_signs_out(operation: &OperationDefinition) -> bool {
    let signs_out = |item: &Positioned<Selection>| match &item.node {
        Selection::Field(field) => SIGN_OUT.contains(&field.node.name.node.as_str()),
        Selection::InlineFragment(_) | Selection::FragmentSpread(_) => false,
    };
    let items = &operation.selection_set.node.items;
    operation.ty == OperationType::Mutation && items.iter().all(signs_out)
}

fn chosen<'a>(
    document: &'a ExecutableDocument,
    name: Option<&str>,
) -> Result<&'a OperationDefinition, Refused> {
    let operation = match (&document.operations, name) {
        (DocumentOperations::Single(operation), None) => Some(operation),
        (DocumentOperations::Single(_), Some(_)) => None,
        (DocumentOperations::Multiple(operations), Some(name)) => operations.get(name),
        (DocumentOperations::Multiple(operations), None) if operations.len() == 1 => {
            operations.values().next()
        }
        (DocumentOperations::Multiple(_), None) => {
            return Err(Refused::document(
                [
                    "Het document heeft meer dan één bewerking: zeg in operationName welke.",
                    "The document has several operations: say which in operationName.",
                ],
                Vec::new(),
            ));
        }
    };
    operation.map(|operation| &operation.node).ok_or_else(|| {
        Refused::document(
            [
                "Het document heeft geen bewerking met de naam in operationName.",
                "The document has no operation with the name in operationName.",
            ],
            Vec::new(),
        )
    })
}

#[cfg(test)]
mod tests;
