//! The program as people and operating systems start it. Here, because only tests of this package are given the program;
//! one binary, so that it is linked once.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod addresses;
mod backups;
mod bad_days;
mod clocks;
mod command_line;
mod configured;
mod data_directory;
mod demos;
mod doctor;
mod kills;
mod operating;
mod previews;
#[cfg(unix)]
mod private_files;
mod processes;
mod support;
mod traces;
mod waiting;
mod workers;
