//! What holds up who asks or tries too often, and nobody else.

mod api_keys;
mod letters;
mod proof;
mod rates;
mod restrained;
mod signing_in;
