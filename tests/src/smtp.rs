//! A mail server that takes letters, or refuses them as it is told.

use std::{
    net::SocketAddr,
    sync::{Arc, Mutex, PoisonError},
};

use tokio::{
    io::{AsyncBufReadExt, AsyncWriteExt, BufReader},
    net::{TcpListener, TcpStream, tcp::OwnedWriteHalf},
    sync::Notify,
};

/// One letter that was offered and taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Received {
    /// The envelope's sender.
    pub from: String,
    /// The envelope's addressees.
    pub to: Vec<String>,
    /// Headers and body, lines ended by `\n`.
    pub content: String,
}

impl Received {
    /// The value of the first header of that name, unfolded lines only.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.content
            .lines()
            .take_while(|line| !line.is_empty())
            .filter_map(|line| line.split_once(": "))
            .find(|(found, _)| found.eq_ignore_ascii_case(name))
            .map(|(_, value)| value)
    }
}

#[derive(Debug, Default)]
struct Shared {
    received: Vec<Received>,
    refusals: Vec<(String, String)>,
    holds: Vec<(String, Hold)>,
}

/// A letter that the peer does not answer until it is told to.
#[derive(Debug, Clone, Default)]
pub struct Hold {
    offered: Arc<Notify>,
    released: Arc<Notify>,
}

impl Hold {
    /// Waits until the letter is offered.
    pub async fn offered(&self) {
        self.offered.notified().await;
    }

    /// Lets the peer answer.
    pub fn release(&self) {
        self.released.notify_one();
    }
}

/// A mail server on a free port of this machine, for as long as its runtime runs.
#[derive(Debug, Clone)]
pub struct SmtpPeer {
    /// Where it listens.
    pub address: SocketAddr,
    shared: Arc<Mutex<Shared>>,
}

impl SmtpPeer {
    /// Starts a mail server.
    ///
    /// # Panics
    /// When no port is free.
    pub async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = listener.local_addr().expect("an address");
        let peer = Self {
            address,
            shared: Arc::default(),
        };
        let serving = peer.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let peer = serving.clone();
                tokio::spawn(async move { peer.converse(stream).await });
            }
        });
        peer
    }

    /// What the configuration names it by.
    pub fn url(&self) -> String {
        format!("smtp://{}", self.address)
    }

    /// From now on letters to this address get this answer, for example `550 no such person`.
    pub fn refuse(&self, address: &str, answer: &str) {
        self.lock()
            .refusals
            .push((address.to_owned(), answer.to_owned()));
    }

    /// The next letter to this address is answered when the hold is released.
    pub fn hold(&self, address: &str) -> Hold {
        let hold = Hold::default();
        self.lock().holds.push((address.to_owned(), hold.clone()));
        hold
    }

    fn take_hold(&self, address: &str) -> Option<Hold> {
        let holds = &mut self.lock().holds;
        let place = holds.iter().position(|(held, _)| held == address)?;
        Some(holds.remove(place).1)
    }

    /// From now on letters to this address are taken again.
    pub fn accept(&self, address: &str) {
        self.lock()
            .refusals
            .retain(|(refused, _)| refused != address);
    }

    /// The letters taken so far.
    pub fn received(&self) -> Vec<Received> {
        self.lock().received.clone()
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Shared> {
        self.shared.lock().unwrap_or_else(PoisonError::into_inner)
    }

    async fn converse(&self, stream: TcpStream) -> Option<()> {
        let (reading, mut writing) = stream.into_split();
        let mut lines = BufReader::new(reading).lines();
        answer(&mut writing, "220 peer.example").await?;
        let mut letter = Received {
            from: String::new(),
            to: Vec::new(),
            content: String::new(),
        };
        while let Some(line) = lines.next_line().await.ok()? {
            let upper = line.to_ascii_uppercase();
            let reply = if upper.starts_with("EHLO") {
                "250 peer.example".to_owned()
            } else if upper.starts_with("MAIL FROM:") {
                letter = Received {
                    from: address_of(&line),
                    to: Vec::new(),
                    content: String::new(),
                };
                "250 fine".to_owned()
            } else if upper.starts_with("RCPT TO:") {
                let to = address_of(&line);
                if let Some(hold) = self.take_hold(&to) {
                    hold.offered.notify_one();
                    hold.released.notified().await;
                }
                let refusal = self
                    .lock()
                    .refusals
                    .iter()
                    .find(|(refused, _)| *refused == to)
                    .map(|(_, answer)| answer.clone());
                letter.to.push(to);
                refusal.unwrap_or_else(|| "250 fine".to_owned())
            } else if upper == "DATA" {
                answer(&mut writing, "354 go on").await?;
                while let Some(line) = lines.next_line().await.ok()?.filter(|line| line != ".") {
                    letter
                        .content
                        .push_str(line.strip_prefix('.').unwrap_or(&line));
                    letter.content.push('\n');
                }
                self.lock().received.push(letter.clone());
                "250 taken".to_owned()
            } else if upper == "QUIT" {
                answer(&mut writing, "221 bye").await?;
                return Some(());
            } else {
                "250 fine".to_owned()
            };
            answer(&mut writing, &reply).await?;
        }
        Some(())
    }
}

async fn answer(writing: &mut OwnedWriteHalf, line: &str) -> Option<()> {
    writing
        .write_all(format!("{line}\r\n").as_bytes())
        .await
        .ok()
}

fn address_of(line: &str) -> String {
    line.split_once('<')
        .and_then(|(_, rest)| rest.split_once('>'))
        .map_or_else(String::new, |(address, _)| address.to_owned())
}
