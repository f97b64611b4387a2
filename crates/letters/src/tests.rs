//! Every kind of letter as a person reads it, and what hostile text cannot do.

mod clean;
mod guards;
mod hostile;
mod snapshots;
mod wording;
