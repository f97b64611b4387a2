//! Waiting for another process, and no longer than something can take.

use std::{
    fmt::Debug,
    process::Command,
    sync::mpsc,
    thread,
    time::{Duration, Instant},
};

/// How long something may take before it counts as never.
pub(crate) const NEVER: Duration = Duration::from_mins(1);

/// Asks again and again until it is so.
pub(crate) fn until(what: &str, mut is_so: impl FnMut() -> bool) {
    let begun = Instant::now();
    while !is_so() {
        assert!(begun.elapsed() < NEVER, "never came: {what}");
        thread::sleep(Duration::from_millis(50));
    }
}

/// What waiting for a process to end gives. One that goes on is killed, and fails the test.
pub(crate) fn in_time<T: Send + Debug>(process: u32, waiting: impl FnOnce() -> T + Send) -> T {
    thread::scope(|scope| {
        let (tell, told) = mpsc::channel();
        scope.spawn(move || tell.send(waiting()));
        told.recv_timeout(NEVER).unwrap_or_else(|_| {
            signal(process, "-KILL");
            panic!("the program goes on: {:?}", told.recv());
        })
    })
}

/// Sends a signal, by its name for `kill`.
pub(crate) fn signal(process: u32, name: &str) {
    let process = process.to_string();
    let sent = Command::new("kill").args([name, &process]).status();
    assert!(sent.unwrap().success());
}
