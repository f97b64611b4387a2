//! The program while it runs.

use std::{
    io::{BufRead, BufReader},
    mem::take,
    net::SocketAddr,
    process::{Child, ChildStderr, Command, Stdio},
    sync::mpsc::{Receiver, channel},
    thread,
};

use serde_json::Value;

use super::patience::{in_time, signal};

/// A program that runs. One that is not asked to end is killed with the test.
pub(crate) struct Running {
    child: Child,
    log: Option<Receiver<String>>,
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
        let log = Some(lines(child.stderr.take().unwrap()));
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
        let log = self.log.as_ref().unwrap();
        loop {
            let line = log.recv();
            let line = line.expect("it ended before it said what was waited for");
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

    /// Reads no more of what it says: after the next one every line that it still writes fails.
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
        let (log, child) = (self.log.take(), &mut self.child);
        let (code, rest): (_, String) = in_time(process, move || {
            let rest = log.iter().flatten().collect();
            (child.wait().unwrap().code(), rest)
        });
        assert_eq!(code, Some(0), "{rest}");
        rest
    }
}

/// What it says, line by line, read at once: a program whose log nobody reads stands still.
fn lines(said: ChildStderr) -> Receiver<String> {
    let (sender, log) = channel();
    let (mut said, mut line) = (BufReader::new(said), String::new());
    thread::spawn(move || {
        while said.read_line(&mut line).is_ok_and(|length| length > 0) {
            if sender.send(take(&mut line)).is_err() {
                break;
            }
        }
    });
    log
}

impl Drop for Running {
    fn drop(&mut self) {
        // One that has ended cannot be killed.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
