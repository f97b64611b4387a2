//! How much one document may ask for: the second line, behind the guard in the server.

/// Bounds on one document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Fields within fields; the usual introspection query has 15.
    pub depth: usize,
    /// Fields, each page counted as often as it may have rows.
    pub complexity: usize,
    /// Selection sets within selection sets, of whatever kind.
    pub recursion: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            depth: 16,
            complexity: 6_000,
            recursion: 64,
        }
    }
}
