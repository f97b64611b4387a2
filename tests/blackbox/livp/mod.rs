//! LIVP: every requirement, and every end a complaint can have.

mod agreement;
mod appeal;
mod closing;
mod conflicts;
mod destroyed;
mod ends;
mod following_up;
mod forgotten;
mod handler;
mod holds;
mod intake;
mod parallel;
mod policy;
mod recurrences;
mod unlinked;
