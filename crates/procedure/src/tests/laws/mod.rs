//! What holds of every complaint, whatever people, time and the post do to it.

mod agreement;
mod closure;
mod figures;
mod keeping;
mod play;
mod sample;
mod sight;
mod worker;
