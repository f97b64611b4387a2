//! The conventions of the API: what is hidden, what is repeated, what was read before, and lists in pages.

mod hidden;
mod paging;
mod repetition;
mod version;
