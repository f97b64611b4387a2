//! A mail server that takes letters, or misbehaves as it is told.

use std::{
    net::SocketAddr,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use tokio::{
    io::{AsyncBufReadExt, AsyncWriteExt, BufReader, Lines},
    net::{
        TcpListener, TcpStream,
        tcp::{OwnedReadHalf, OwnedWriteHalf},
    },
    sync::Notify,
};
use wederhoor_server::config::SmtpConfig;

/// One letter that was offered and taken.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
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

/// Where a conversation has come: what the peer is to answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// That a client has come.
    Greeting,
    /// `EHLO`.
    Hello,
    /// `STARTTLS`: it offers it, and cannot do it.
    Encryption,
    /// `AUTH`.
    Login,
    /// `MAIL`.
    Sender,
    /// `RCPT`.
    Recipient,
    /// `DATA`.
    Data,
    /// The letter itself.
    Content,
}

/// What the peer does in place of an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// It says this.
    Says(&'static str),
    /// It says nothing any more.
    Hangs,
    /// It hangs up.
    Cuts,
}

#[derive(Debug, Default)]
struct Shared {
    received: Vec<Received>,
    connections: usize,
    refusals: Vec<(String, String)>,
    holds: Vec<(String, Hold)>,
    faults: Vec<(Step, Option<String>, Fault)>,
    delay: Duration,
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
    hanging_up: Arc<Notify>,
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
            hanging_up: Arc::default(),
        };
        let serving = peer.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let peer = serving.clone();
                tokio::spawn(async move {
                    tokio::select! {
                        _ = peer.converse(stream) => {}
                        () = peer.hanging_up.notified() => {}
                    }
                });
            }
        });
        peer
    }

    /// What the configuration names it by.
    pub fn url(&self) -> String {
        format!("smtp://{}", self.address)
    }

    /// The configuration that leads to it, with a login. Letters are from klachten@organisatie.example.
    ///
    /// # Panics
    /// Never: it is an address.
    pub fn config(&self) -> SmtpConfig {
        self.config_by("")
    }

    /// As [`config`](Self::config), with little patience.
    ///
    /// # Panics
    /// Never: it is an address.
    pub fn impatient(&self) -> SmtpConfig {
        SmtpConfig {
            patience: Duration::from_secs(2),
            ..self.config()
        }
    }

    /// As [`config`](Self::config), by an address that ends so.
    ///
    /// # Panics
    /// When that makes no address.
    pub fn config_by(&self, end: &str) -> SmtpConfig {
        let url = format!("smtp://wederhoor:geheim@{}{end}", self.address);
        let from = "Klachten <klachten@organisatie.example>";
        let config = SmtpConfig::new(&url, None, from.parse().expect("a mailbox"));
        config.expect("an address of a mail server")
    }

    /// From now on it does this at that step, of letters to one address or of all; what it did there before is over.
    pub fn misbehave(&self, step: Step, address: Option<&str>, fault: Fault) {
        let faults = &mut self.lock().faults;
        faults.retain(|(at, of, _)| *at != step || of.as_deref() != address);
        faults.push((step, address.map(str::to_owned), fault));
    }

    /// From now on it answers so much later.
    pub fn slow_down(&self, delay: Duration) {
        self.lock().delay = delay;
    }

    /// From now on it does as it should.
    pub fn behave(&self) {
        let mut shared = self.lock();
        shared.faults.clear();
        shared.refusals.clear();
        shared.delay = Duration::ZERO;
    }

    /// Hangs up on everybody.
    pub fn hang_up(&self) {
        self.hanging_up.notify_waiters();
    }

    /// How often somebody connected.
    pub fn connections(&self) -> usize {
        self.lock().connections
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
        self.lock().connections += 1;
        let (reading, writing) = stream.into_split();
        let lines = BufReader::new(reading).lines();
        let mut conversation = Conversation {
            peer: self,
            lines,
            writing,
            letter: Received::default(),
        };
        conversation
            .answer(Step::Greeting, "220 peer.example")
            .await?;
        while let Some(line) = conversation.lines.next_line().await.ok()? {
            conversation.hear(&line).await?;
        }
        Some(())
    }
}

struct Conversation<'a> {
    peer: &'a SmtpPeer,
    lines: Lines<BufReader<OwnedReadHalf>>,
    writing: OwnedWriteHalf,
    letter: Received,
}

impl Conversation<'_> {
    async fn hear(&mut self, line: &str) -> Option<()> {
        let upper = line.to_ascii_uppercase();
        let verb = upper.split([' ', ':']).next().unwrap_or_default();
        match verb {
            "EHLO" => {
                let offers = "250-peer.example\r\n250-AUTH PLAIN\r\n250 STARTTLS";
                self.answer(Step::Hello, offers).await
            }
            "STARTTLS" => self.answer(Step::Encryption, "454 not now").await,
            "AUTH" => self.answer(Step::Login, "235 come in").await,
            "MAIL" => {
                self.letter = Received {
                    from: address_of(line),
                    ..Received::default()
                };
                self.answer(Step::Sender, "250 fine").await
            }
            "RCPT" => self.recipient(address_of(line)).await,
            "DATA" => {
                self.answer(Step::Data, "354 go on").await?;
                self.content().await
            }
            "QUIT" => {
                self.say("221 bye").await?;
                None
            }
            _ => self.say("250 fine").await,
        }
    }

    async fn recipient(&mut self, to: String) -> Option<()> {
        if let Some(hold) = self.peer.take_hold(&to) {
            hold.offered.notify_one();
            hold.released.notified().await;
        }
        let refusal = {
            let shared = self.peer.lock();
            let mut refusals = shared.refusals.iter();
            refusals
                .find(|(refused, _)| *refused == to)
                .map(|(_, answer)| answer.clone())
        };
        self.letter.to.push(to);
        let answer = refusal.unwrap_or_else(|| "250 fine".to_owned());
        self.answer(Step::Recipient, &answer).await
    }

    async fn content(&mut self) -> Option<()> {
        while let Some(line) = self.lines.next_line().await.ok()? {
            if line == "." {
                // Of what it says no to it keeps nothing; where it says nothing it has taken the letter.
                if !matches!(self.fault(Step::Content), Some(Fault::Says(_))) {
                    self.peer.lock().received.push(self.letter.clone());
                }
                return self.answer(Step::Content, "250 taken").await;
            }
            let line = line.strip_prefix('.').unwrap_or(&line);
            self.letter.content.push_str(line);
            self.letter.content.push('\n');
        }
        None
    }

    fn fault(&self, step: Step) -> Option<Fault> {
        let shared = self.peer.lock();
        let is_here = |(at, of, _): &&(Step, Option<String>, Fault)| {
            *at == step && of.as_ref().is_none_or(|of| self.letter.to.contains(of))
        };
        shared
            .faults
            .iter()
            .find(is_here)
            .map(|(.., fault)| fault.clone())
    }

    /// Answers, or misbehaves; nothing comes after it has hung up.
    async fn answer(&mut self, step: Step, usual: &str) -> Option<()> {
        match self.fault(step) {
            None => self.say(usual).await,
            Some(Fault::Says(other)) => {
                self.say(other).await?;
                // Who is not told to go on says something else than a letter.
                if step == Step::Data {
                    self.next().await
                } else {
                    Some(())
                }
            }
            Some(Fault::Hangs) => std::future::pending().await,
            Some(Fault::Cuts) => None,
        }
    }

    async fn next(&mut self) -> Option<()> {
        while let Some(line) = self.lines.next_line().await.ok()? {
            Box::pin(self.hear(&line)).await?;
        }
        None
    }

    async fn say(&mut self, line: &str) -> Option<()> {
        let delay = self.peer.lock().delay;
        tokio::time::sleep(delay).await;
        let line = format!("{line}\r\n");
        self.writing.write_all(line.as_bytes()).await.ok()
    }
}

fn address_of(line: &str) -> String {
    line.split_once('<')
        .and_then(|(_, rest)| rest.split_once('>'))
        .map_or_else(String::new, |(address, _)| address.to_owned())
}
