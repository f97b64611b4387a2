//! How much one document may ask for: the second line, behind the guard in the server.

/// Bounds on one document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Fields within fields; the usual introspection query has 15.
    pub depth: usize,
    /// Fields, each page counted as often as it may have rows.
    pub complexity: usize,
    /// Statements that a query makes of the database, besides those by which the server knows who asks.
    pub statements: usize,
    /// Mutations in an operation; of those that let somebody in there is never more than one.
    pub mutations: usize,
    /// Selection sets within selection sets, of whatever kind.
    pub recursion: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            depth: 16,
            complexity: 6_000,
            statements: 19,
            mutations: 5,
            recursion: 64,
        }
    }
}
