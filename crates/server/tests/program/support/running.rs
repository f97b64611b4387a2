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
    pub(crate) fn start(command: &mut Command) -> Self {
        let mut running = Self::launch(command);
        running.begins();
        running
    }

    /// Starts a program that logs in JSON and cannot begin yet; it says so when this returns, and in which words.
    pub(super) fn start_waiting(command: &mut Command) -> (Self, String) {
        let mut running = Self::launch(command);
        let said = running.says(&["waiting"]);
        (running, said["hurdle"].as_str().unwrap().to_owned())
    }

    /// Starts a program that logs in JSON.
    pub(super) fn launch(command: &mut Command) -> Self {
        let command = command.stdin(Stdio::null()).stdout(Stdio::null());
        let mut child = command.stderr(Stdio::piped()).spawn().unwrap();
        let log = Some(BufReader::new(child.stderr.take().unwrap()));
        Self {
            child,
            log,
            address: None,
        }
    }

    /// Returns when it answers, or works.
    pub(crate) fn begins(&mut self) {
        self.says(&["answering", "working"]);
    }

    /// Reads what it says until it is of this level: the line.
    pub(crate) fn says_level(&mut self, level: &str) -> String {
        self.reads(|said| said["level"] == level).to_string()
    }

    /// Reads what it says until it is one of these.
    fn says(&mut self, messages: &[&str]) -> Value {
        self.reads(|said| messages.iter().any(|one| said["message"] == *one))
    }

    fn reads(&mut self, is_it: impl Fn(&Value) -> bool) -> Value {
        let log = self.log.as_mut().unwrap();
        let mut line = String::new();
        loop {
            line.clear();
            let length = log.read_line(&mut line).unwrap();
            assert!(length > 0, "it ended before it said what was waited for");
            let said: Value = serde_json::from_str(&line).unwrap_or_else(|_| panic!("{line}"));
            if let Some(text) = said["address"].as_str() {
                self.address = Some(text.parse().unwrap());
            }
            if is_it(&said) {
                return said;
            }
        }
    }

    /// The number of its process.
    pub(crate) fn process(&self) -> u32 {
        self.child.id()
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
    pub(crate) fn ends_when_asked(self) {
        self.says_until_it_ends();
    }

    /// The same; what it still says.
    pub(crate) fn says_until_it_ends(mut self) -> String {
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
        rest
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // One that has ended cannot be killed.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
