//! A third regulation, of a third kind of organisation, without a line of code: Awb chapter 9, from `policies/awb.toml`.

mod committee;
mod language;
mod terms;
