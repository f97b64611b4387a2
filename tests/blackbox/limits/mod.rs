//! What holds up who asks or tries too often, and nobody else.

mod letters;
mod proof;
mod restrained;
mod signing_in;
