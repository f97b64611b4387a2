//! A mail server that takes every letter and keeps what it took.

use std::{
    collections::{BTreeMap, BTreeSet},
    io::{self, BufRead, BufReader, Write},
    net::{SocketAddr, TcpListener, TcpStream},
    sync::{Arc, Mutex},
    thread,
};

/// What each `Message-ID` brought: to whom and what, without the boundary between its parts, which is new each time. One
/// that came twice brought the same.
type Taken = BTreeMap<String, BTreeSet<String>>;

/// A mail server of the test's own, until the test's process ends.
#[derive(Clone)]
pub(crate) struct Postbox {
    address: SocketAddr,
    taken: Arc<Mutex<(Taken, usize)>>,
}

impl Postbox {
    pub(crate) fn open() -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
        let address = listener.local_addr().unwrap();
        let box_ = Self {
            address,
            taken: Arc::default(),
        };
        let takes = box_.clone();
        thread::spawn(move || {
            for caller in listener.incoming() {
                let (takes, caller) = (takes.clone(), caller.unwrap());
                // Who is killed leaves in the middle of a sentence.
                thread::spawn(move || drop(takes.converse(caller)));
            }
        });
        box_
    }

    /// Where it is, as the program is told.
    pub(crate) fn url(&self) -> String {
        format!("smtp://{}", self.address)
    }

    /// What each `Message-ID` brought.
    pub(crate) fn taken(&self) -> Taken {
        self.taken.lock().unwrap().0.clone()
    }

    /// How many letters came in all.
    pub(crate) fn count(&self) -> usize {
        self.taken.lock().unwrap().1
    }

    fn converse(&self, caller: TcpStream) -> io::Result<()> {
        let mut says = caller.try_clone()?;
        let mut lines = BufReader::new(caller).lines();
        says.write_all(b"220 postbus.example\r\n")?;
        let mut to = String::new();
        while let Some(line) = lines.next().transpose()? {
            let answer = match line.get(..4).unwrap_or_default() {
                "RCPT" => {
                    to = line;
                    "250 taken"
                }
                "DATA" => {
                    says.write_all(b"354 go on\r\n")?;
                    let mut letter = Vec::new();
                    loop {
                        // What is broken off has no end, and is no letter.
                        let Some(line) = lines.next().transpose()? else {
                            return Ok(());
                        };
                        if line == "." {
                            break;
                        }
                        letter.push(line);
                    }
                    self.take(&to, &letter);
                    "250 taken"
                }
                "QUIT" => return says.write_all(b"221 bye\r\n"),
                _ => "250 well",
            };
            says.write_all(format!("{answer}\r\n").as_bytes())?;
        }
        Ok(())
    }

    fn take(&self, to: &str, letter: &[String]) {
        let id = letter
            .iter()
            .find_map(|line| line.strip_prefix("Message-ID: "));
        let own = |line: &&String| {
            let is_boundary = line.starts_with("--") || line.contains("boundary=");
            !is_boundary && !line.starts_with("Date: ")
        };
        let words: Vec<&str> = letter.iter().filter(own).map(String::as_str).collect();
        let mut taken = self.taken.lock().unwrap();
        taken.1 += 1;
        let brought = taken.0.entry(id.unwrap().to_owned()).or_default();
        brought.insert(format!("{to}\n{}", words.join("\n")));
    }
}
