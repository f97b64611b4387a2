//! Tests of the policy language.

mod faults;
mod real;
