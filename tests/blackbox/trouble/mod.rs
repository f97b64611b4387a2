//! What goes wrong around the program: a database that goes away, clients that hang up.

mod at_once;
mod hang_up;
mod leaving;
mod lying_post;
mod one_write;
mod outage;
mod planned;
mod silent_post;
mod storm;
mod stuck;
pub(crate) mod whole;

pub(crate) use stuck::spoil;
