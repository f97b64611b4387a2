//! What a document asks of the service, counted before anything is run.

mod mutations;
mod statements;

use async_graphql::{
    Variables,
    parser::types::{ExecutableDocument, OperationType},
    registry::Registry,
};

/// What is counted, of the operation that has most of it.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug)]
pub(crate) struct Counted {
    /// Statements that a query makes of the database.
    pub(crate) statements: usize,
    /// Mutations.
    pub(crate) mutations: usize,
    /// Mutations by which somebody could try a secret.
    pub(crate) secrets: usize,
}

/// Counts, each fragment once: the work is linear in the document.
pub(crate) fn count(
    document: &ExecutableDocument,
    variables: &Variables,
    registry: &Registry,
) -> Counted {
    let mut most = Counted::default();
    for (_, operation) in document.operations.iter() {
        let selected = &operation.node.selection_set.node;
        if operation.node.ty == OperationType::Mutation {
            let done = mutations::count(document, selected);
            most.mutations = most.mutations.max(done.all);
            most.secrets = most.secrets.max(done.secrets);
        } else {
            let made = statements::count(document, variables, registry, &operation.node);
            most.statements = most.statements.max(made);
        }
    }
    most
}
