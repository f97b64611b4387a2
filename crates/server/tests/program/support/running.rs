//! The program while it runs.

use std::{
    io::{BufRead, BufReader, Read},
    net::SocketAddr,
    process::{Child, ChildStderr, Command, Stdio},
};

use serde_json::Value;

use super::patience::{in_time, signal};

/// A program that runs. One that is not asked to end is killed with the test.
pub(crate) struct Running {
    child: Child,
    log: Option<BufReader<ChildStderr>>,
    address: Option<SocketAddr>,
}

impl Running {
    /// Starts a program that logs in JSON; it answers, or works, when this returns.
    pub(super) fn start(command: &mut Command) -> Self {
        let command = command.stdin(Stdio::null()).stdout(Stdio::null());
        let mut child = command.stderr(Stdio::piped()).spawn().unwrap();
        let mut log = BufReader::new(child.stderr.take().unwrap());
        let (mut address, mut line) = (None, String::new());
        loop {
            line.clear();
            let length = log.read_line(&mut line).unwrap();
            assert!(length > 0, "{command:?} ended before it began");
            let said: Value = serde_json::from_str(&line).unwrap_or_else(|_| panic!("{line}"));
            if let Some(text) = said["address"].as_str() {
                address = Some(text.parse().unwrap());
            }
            if said["message"] == "answering" || said["message"] == "working" {
                break;
            }
        }
        Self {
            child,
            log: Some(log),
            address,
        }
    }

    /// Where it answers.
    pub(crate) fn address(&self) -> SocketAddr {
        self.address.unwrap()
    }

    /// Reads no more of what it says: every line that it still writes fails.
    pub(crate) fn stop_reading(&mut self) {
        self.log = None;
    }

    /// Kills it, wherever it is.
    pub(crate) fn is_killed(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// Asks it to end as an operating system does, and expects that it does so well.
    pub(crate) fn ends_when_asked(mut self) {
        let process = self.child.id();
        signal(process, "-TERM");
        let (code, rest) = in_time(process, || {
            let mut rest = String::new();
            if let Some(log) = &mut self.log {
                log.read_to_string(&mut rest).unwrap();
            }
            (self.child.wait().unwrap().code(), rest)
        });
        assert_eq!(code, Some(0), "{rest}");
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // One that has ended cannot be killed.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
