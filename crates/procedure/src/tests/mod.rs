//! Tests of the heart.
