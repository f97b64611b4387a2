//! How much one request may ask for.

use std::time::Duration;

/// Bounds that hold for every request, whoever sends it. Exceeding one is refused before anything is executed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of the HTTP body.
    pub body_bytes: usize,
    /// Time in which the whole body must have arrived.
    pub body_time: Duration,
    /// Time in which the answer must be there, from the moment that the document was let through. The work goes on.
    pub answer_time: Duration,
    /// Nesting of objects and lists in the body, the body itself included.
    pub body_nesting: usize,
    /// Bytes of the GraphQL document.
    pub document_bytes: usize,
    /// Lexical tokens of the document.
    pub tokens: usize,
    /// Bytes of one name or number in the document; what is misspelt is compared with every name of the schema.
    pub name_bytes: usize,
    /// Brackets of any kind open at the same time in the document.
    pub nesting: usize,
    /// Operations in the document.
    pub operations: usize,
    /// Fragment definitions in the document.
    pub fragments: usize,
    /// Aliases in the document.
    pub aliases: usize,
    /// Directives in the document.
    pub directives: usize,
    /// Fields at the root of an operation, after its fragments are expanded.
    pub root_fields: usize,
    /// Fields of an operation after its fragments are expanded.
    pub fields: usize,
    /// Fields within fields; the usual introspection query has 15.
    pub depth: usize,
    /// Selection sets within selection sets, spreads included; bounds the recursion of whatever walks a document.
    pub height: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            body_bytes: 256 * 1024,
            body_time: Duration::from_secs(10),
            answer_time: Duration::from_secs(30),
            body_nesting: 20,
            document_bytes: 16 * 1024,
            tokens: 2_000,
            name_bytes: 100,
            nesting: 40,
            operations: 10,
            fragments: 30,
            aliases: 30,
            directives: 30,
            root_fields: 20,
            fields: 500,
            depth: 16,
            height: 64,
        }
    }
}
