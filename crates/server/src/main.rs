//! The program `wederhoor`.

fn main() {}
