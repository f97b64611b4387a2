use std::{fmt, net::IpAddr, time::Duration};

use lettre::{
    message::Mailbox,
    transport::smtp::{
        authentication::Credentials,
        client::{Certificate, Tls, TlsParameters},
        extension::ClientId,
    },
};
use percent_encoding::percent_decode_str;
use url::{Host, Url};

use super::reader::Reader;

const SMTP_URL: &str = "WEDERHOOR_SMTP_URL";
const CA_FILE: &str = "WEDERHOOR_SMTP_CA_FILE";
const FROM: &str = "WEDERHOOR_MAIL_FROM";

const EXPECTED: &str = "expected smtps://user:password@host:port";

/// How long each answer of the mail server is waited for; for one letter in all half as long again.
const PATIENCE: Duration = Duration::from_secs(30);

/// How letters go out.
#[derive(Debug, Clone)]
pub struct MailConfig {
    /// `None`: letters stay in the outbox.
    pub smtp: Option<SmtpConfig>,
}

/// The mail server, and who letters are from.
#[derive(Debug, Clone)]
pub struct SmtpConfig {
    /// The mail server.
    pub server: SmtpServer,
    /// The sender of letters whose organisation chose none; the envelope has it too. Message-IDs end in its domain.
    pub from: Mailbox,
    /// How long each answer of the mail server is waited for.
    pub patience: Duration,
}

/// Where the mail server is, and how one comes in.
#[derive(Clone)]
pub struct SmtpServer {
    /// Its name or address.
    pub host: String,
    /// Its port.
    pub port: u16,
    pub(crate) tls: Tls,
    pub(crate) login: Option<Credentials>,
    pub(crate) hello: ClientId,
}

// The login must not show.
impl fmt::Debug for SmtpServer {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let place = format_args!("{}:{}", self.host, self.port);
        formatter.debug_tuple("SmtpServer").field(&place).finish()
    }
}

impl SmtpConfig {
    /// The mail server at an address such as `smtps://user:password@host:port` or `smtp://…?tls=required`, which is trusted by
    /// a root of the web, or else by one of these in PEM.
    ///
    /// # Errors
    /// What is wrong with the address or the roots; it never holds them.
    pub fn new(url: &str, roots: Option<&[u8]>, from: Mailbox) -> Result<Self, String> {
        Ok(Self {
            server: SmtpServer::at(url, roots)?,
            from,
            patience: PATIENCE,
        })
    }
}

pub(super) fn read(reader: &mut Reader<'_>) -> Option<MailConfig> {
    let url = reader.address(SMTP_URL);
    let roots = read_roots(reader);
    let from = read_from(reader, url.is_some());
    let Some(url) = url else {
        return Some(MailConfig { smtp: None });
    };
    let server = match SmtpServer::at(&url, None) {
        Err(what) => {
            reader.problem(SMTP_URL, what);
            return None;
        }
        Ok(server) => server,
    };
    let server = match roots.ok()? {
        None => server,
        Some(_) if matches!(server.tls, Tls::None) => {
            reader.problem(
                CA_FILE,
                format!("has no effect: {SMTP_URL} is not encrypted"),
            );
            return None;
        }
        Some(roots) => match SmtpServer::at(&url, Some(&roots)) {
            Ok(server) => server,
            Err(what) => {
                reader.problem(CA_FILE, what);
                return None;
            }
        },
    };
    Some(MailConfig {
        smtp: Some(SmtpConfig {
            server,
            from: from?,
            patience: PATIENCE,
        }),
    })
}

/// What the file holds that is named, if one is.
///
/// # Errors
/// When it cannot be read, which is noted.
fn read_roots(reader: &mut Reader<'_>) -> Result<Option<Vec<u8>>, ()> {
    let Some(path) = reader.optional(CA_FILE) else {
        return Ok(None);
    };
    match std::fs::read(&path) {
        Ok(roots) => Ok(Some(roots)),
        Err(error) => {
            reader.problem(CA_FILE, format!("cannot be read: {}", error.kind()));
            Err(())
        }
    }
}

fn read_from(reader: &mut Reader<'_>, is_needed: bool) -> Option<Mailbox> {
    let from = reader.optional(FROM);
    let what = match from.as_deref().map(str::parse::<Mailbox>) {
        Some(Ok(mailbox)) if mailbox.email.to_string().is_ascii() => return Some(mailbox),
        Some(_) => "expected an address such as Klachten <klachten@organisatie.example>".to_owned(),
        None if is_needed => format!("is required with {SMTP_URL}"),
        None => return None,
    };
    reader.problem(FROM, what);
    None
}

impl SmtpServer {
    /// The host and the port.
    pub fn place(&self) -> String {
        format!("{}:{}", self.host, self.port)
    }

    fn at(url: &str, roots: Option<&[u8]>) -> Result<Self, String> {
        let url: Url = url.parse().map_err(|_| EXPECTED)?;
        let host = host_of(&url)?;
        let way = way_of(&url)?;
        let (tls, usual_port) = match (url.scheme(), way.as_deref()) {
            ("smtps", None) => (Tls::Wrapper(trust(&host, roots)?), 465),
            ("smtp", Some("required")) => (Tls::Required(trust(&host, roots)?), 587),
            ("smtp", Some("opportunistic")) => (Tls::Opportunistic(trust(&host, roots)?), 587),
            ("smtp", None) => (Tls::None, 25),
            ("smtps", Some(_)) => {
                return Err("is encrypted by smtps:// already; leave out ?tls=".to_owned());
            }
            ("smtp", Some(_)) => {
                return Err("what follows ?tls= must be required or opportunistic".to_owned());
            }
            _ => return Err("must begin with smtps:// or smtp://".to_owned()),
        };
        let login = login_of(&url)?;
        // A password never goes over the network in clear text.
        let is_safe = matches!(tls, Tls::Wrapper(_) | Tls::Required(_)) || is_here(&host);
        if login.is_some() && !is_safe {
            let what = "sends a password in clear text; use smtps:// or add ?tls=required";
            return Err(what.to_owned());
        }
        let hello = hello_of(&url)?;
        Ok(Self {
            port: url.port().unwrap_or(usual_port),
            host,
            tls,
            login,
            hello,
        })
    }
}

/// What `?tls=` says. Anything else that an address can carry is refused: who misspells it must not send in clear text.
fn way_of(url: &Url) -> Result<Option<String>, String> {
    if url.fragment().is_some() {
        return Err("must not hold a #; ?tls= is how it is encrypted".to_owned());
    }
    let mut ways = url.query_pairs();
    let way = match ways.next() {
        None => return Ok(None),
        Some((key, way)) if key == "tls" => way.into_owned(),
        Some(_) => return Err("may hold nothing but tls= after the ?".to_owned()),
    };
    match ways.next() {
        None => Ok(Some(way)),
        Some(_) => Err("may hold tls= only once after the ?, and nothing else".to_owned()),
    }
}

/// By which name the program greets the mail server.
fn hello_of(url: &Url) -> Result<ClientId, String> {
    let path = url.path();
    let name = path.strip_prefix('/').unwrap_or(path);
    let is_of_a_name = |one: char| one.is_ascii_alphanumeric() || "-.".contains(one);
    if name.is_empty() {
        Ok(ClientId::default())
    } else if name.chars().all(is_of_a_name) {
        Ok(ClientId::Domain(name.to_owned()))
    } else {
        Err("holds a path that is no host name to greet the mail server by".to_owned())
    }
}

fn host_of(url: &Url) -> Result<String, String> {
    match url.host() {
        Some(Host::Ipv6(address)) => Ok(address.to_string()),
        Some(host) => Some(host.to_string())
            .filter(|host| !host.is_empty())
            .ok_or_else(|| "names no host".to_owned()),
        None => Err("names no host".to_owned()),
    }
}

fn is_here(host: &str) -> bool {
    let address: Option<IpAddr> = host.parse().ok();
    host == "localhost" || address.is_some_and(|address| address.is_loopback())
}

/// What stands for special characters in an address, as `%40` does for `@`, is read as those.
fn login_of(url: &Url) -> Result<Option<Credentials>, String> {
    let plain = |text: &str| {
        let decoded = percent_decode_str(text).decode_utf8();
        decoded
            .map(std::borrow::Cow::into_owned)
            .map_err(|_| EXPECTED.to_owned())
    };
    match (url.username(), url.password()) {
        ("", None) => Ok(None),
        ("", Some(_)) | (_, None) => Err("needs both a user and a password, or neither".to_owned()),
        (user, Some(password)) => Ok(Some(Credentials::new(plain(user)?, plain(password)?))),
    }
}

fn trust(host: &str, roots: Option<&[u8]>) -> Result<TlsParameters, String> {
    let none =
        || "holds no certificate; expected PEM, as in -----BEGIN CERTIFICATE-----".to_owned();
    let mut builder = TlsParameters::builder(host.to_owned());
    if let Some(roots) = roots {
        let is_pem = String::from_utf8_lossy(roots).contains("-----BEGIN CERTIFICATE-----");
        let known = Certificate::from_pem(roots).map_err(|_| none())?;
        if !is_pem {
            return Err(none());
        }
        builder = builder.add_root_certificate(known);
    }
    builder.build().map_err(|_| none())
}
