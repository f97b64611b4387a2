//! The program, run to its end.

use std::process::{Command, Stdio};

use super::patience::in_time;

/// What a program said before it ended.
#[derive(Debug)]
pub(crate) struct Ended {
    pub(crate) is_success: bool,
    pub(crate) out: String,
    pub(crate) error: String,
}

/// The program, told nothing but these arguments.
pub(crate) fn program(arguments: &[&str]) -> Command {
    let mut program = Command::new(env!("CARGO_BIN_EXE_wederhoor"));
    program.args(arguments).env_clear();
    program
}

/// Runs the program to its end.
pub(crate) fn run(arguments: &[&str]) -> Ended {
    end(&mut program(arguments))
}

/// Runs a command to its end.
pub(crate) fn end(command: &mut Command) -> Ended {
    let child = command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let said = in_time(child.id(), || child.wait_with_output()).unwrap();
    Ended {
        is_success: said.status.success(),
        out: String::from_utf8(said.stdout).unwrap(),
        error: String::from_utf8(said.stderr).unwrap(),
    }
}
