//! Tests beside the letters.
