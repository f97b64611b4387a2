//! Tests of the policy language.

mod real;
