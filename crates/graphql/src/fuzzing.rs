//! Doors for the fuzz targets; not part of the program.

use crate::{cursor::Binding, id};

/// The text of the id that a text is read as; `None` when it is none.
pub fn id(text: &str) -> Option<String> {
    id::decode(text).map(|(kind, uuid)| id::encode(kind, uuid).0)
}

/// The text of the cursor that a text is read as, by some list; `None` when it is none.
pub fn cursor(text: &str) -> Option<String> {
    let list = Binding::any();
    list.place(text).map(|place| list.cursor(&place))
}

/// A cursor of that list with anything in it.
pub fn cursor_of(bytes: &[u8]) -> String {
    Binding::any().holding(bytes)
}
