//! The conventions of the API: what is hidden, what is repeated, what was read before, and lists in pages.

mod desk;
mod ended;
mod fields;
mod filing;
mod filters;
mod hidden;
mod keys;
mod links;
mod memberships;
mod paging;
mod queue;
mod repetition;
mod statements;
mod statistics;
mod trial;
mod version;
