//! What the program prints. Who reads no further, as `head` does, has seen enough: that is no failure.

use std::{
    fmt::Display,
    io::{self, ErrorKind, Write},
};

/// Prints to the standard output, as it is.
///
/// # Errors
/// When it cannot be written, save where nobody reads it any more.
pub(super) fn print(text: impl Display) -> io::Result<()> {
    let mut out = io::stdout().lock();
    match write!(out, "{text}").and_then(|()| out.flush()) {
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
        other => other,
    }
}

/// As [`print`], and ends the line.
///
/// # Errors
/// As [`print`].
pub(super) fn line(text: impl Display) -> io::Result<()> {
    print(format_args!("{text}\n"))
}
