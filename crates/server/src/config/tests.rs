use std::collections::BTreeMap;

use base64::{Engine, engine::general_purpose::STANDARD};
use secrecy::ExposeSecret;

use wederhoor_service::LimitsConfig;

use super::{Config, EdgeConfig, PasswordConfig, Problems, reader::Reader, unknown};
use crate::http::Proxies;

const EXAMPLE: &str = include_str!("../../../../.env.example");

fn key() -> String {
    random(7)
}

/// Bytes that look as if nobody chose them.
fn random(seed: u32) -> String {
    let bytes: Vec<u8> = (0..32_u32)
        .map(|n| u8::try_from(n * n * seed % 251).unwrap())
        .collect();
    STANDARD.encode(bytes)
}

fn read(values: &[(&str, &str)]) -> Result<Config, Problems> {
    let mut values: BTreeMap<_, _> = values
        .iter()
        .map(|(key, value)| ((*key).to_owned(), (*value).to_owned()))
        .collect();
    for required in ["WEDERHOOR_TOKEN_KEY", "WEDERHOOR_SEALING_KEY"] {
        values.entry(required.to_owned()).or_insert_with(key);
    }
    Config::read(|key| values.get(key).cloned())
}

fn problem(values: &[(&str, &str)]) -> String {
    read(values).expect_err("a problem").to_string()
}

#[test]
fn the_defaults_serve_this_machine() {
    let config = read(&[]).unwrap();
    assert_eq!(
        config.database.url.expose_secret(),
        "sqlite://data/wederhoor.db?mode=rwc"
    );
    assert_eq!(config.web.base_url, "http://127.0.0.1:8080");
    assert!(config.mail.smtp.is_none());
    assert_eq!(config.edge, EdgeConfig::default());
    assert_eq!(config.limits, LimitsConfig::default());
    assert_eq!(config.password, PasswordConfig::USUAL);
    assert_eq!(config.web.proxies, Proxies::default());
}

#[test]
fn proxies_are_networks_and_one_header_is_believed() {
    let read = |networks, header| {
        read(&[
            ("WEDERHOOR_TRUSTED_PROXIES", networks),
            ("WEDERHOOR_PROXY_HEADER", header),
        ])
    };
    let proxies = read("10.0.0.0/8, 192.0.2.7 2001:db8::/32", "Forwarded").unwrap();
    assert_eq!(proxies.web.proxies.networks.len(), 3);
    for (networks, header) in [("10.0.0.0/33", ""), ("everybody", ""), ("", "x-real-ip")] {
        assert!(read(networks, header).is_err(), "{networks} {header}");
    }
}

#[test]
fn every_limit_can_be_set() {
    let keys = EXAMPLE
        .lines()
        .filter_map(|line| line.trim_start_matches('#').split_once('='))
        .filter(|(key, _)| {
            key.contains("_LIMIT_")
                || key.contains("_STREAMS")
                || key.ends_with("_SECONDS")
                || key.ends_with("_CONNECTIONS")
        })
        .filter(|(key, _)| !key.contains("DATABASE"));
    let mut count = 0;
    for (key, default) in keys {
        let value: u32 = default.parse().unwrap();
        let other = read(&[(key, &(value - 1).to_string())]).unwrap();
        assert_ne!(other.edge, EdgeConfig::default(), "{key}");
        assert!(problem(&[(key, "4000000000")]).contains(key), "{key}");
        count += 1;
    }
    assert_eq!(count, 26);
}

#[test]
fn everything_that_is_wrong_is_said_at_once_and_no_value_is_repeated() {
    let text = problem(&[
        ("WEDERHOOR_DATABASE_URL", "mysql://root:hunter2@db/x"),
        ("WEDERHOOR_DATABASE_MAX_CONNECTIONS", "many"),
        ("WEDERHOOR_BIND", "everywhere"),
        ("WEDERHOOR_TOKEN_KEY", "hunter2"),
        ("WEDERHOOR_SMTP_URL", "smtp://me:hunter2@mail.example"),
        ("WEDERHOOR_PASSWORD_ITERATIONS", "1"),
        ("WEDERHOOR_LOG_FORMAT", "xml"),
    ]);
    for key in [
        "DATABASE_URL",
        "MAX_CONNECTIONS",
        "BIND",
        "TOKEN_KEY",
        "SMTP_URL",
        "MAIL_FROM",
        "ITERATIONS",
        "LOG_FORMAT",
    ] {
        assert!(text.contains(key), "{key} in {text}");
    }
    assert!(!text.contains("hunter2"), "{text}");
}

#[test]
fn what_is_nearly_right_is_not_taken_for_something_else() {
    let database = "WEDERHOOR_DATABASE_URL";
    let password = problem(&[(database, "postgres://app@db/x?pasword=hunter2")]);
    assert!(
        password.contains("sslmode") && !password.contains("hunter2"),
        "{password}"
    );
    for right in [
        "postgres://app:hunter2@db/x?sslmode=verify-full&options[statement_timeout]=5s",
        "sqlite://data/wederhoor.db?mode=rwc",
    ] {
        read(&[(database, right)]).unwrap();
    }
    for key in ["DATABASE_OWNER_URL", "LISTEN_DATABASE_URL"] {
        let key = format!("WEDERHOOR_{key}");
        let told = problem(&[(database, "postgres://app@db/x"), (&key, "sqlite://x.db")]);
        assert!(
            told.contains(&format!("{key}: must name the same database")),
            "{told}"
        );
    }
    let elsewhere = [("WEDERHOOR_BASE_URL", "http://127.0.0.1.klachten.example")];
    assert!(problem(&elsewhere).contains("https://"));
    assert!(problem(&[("WEDERHOOR_LOG", "inof,sqlx=warn")]).contains("WEDERHOOR_LOG"));
    for right in ["debug", "warn,wederhoor_server=trace", "off,[look]=info"] {
        assert_eq!(read(&[("WEDERHOOR_LOG", right)]).unwrap().log.filter, right);
    }
}

#[test]
fn a_key_that_can_be_guessed_is_refused() {
    let example = EXAMPLE
        .lines()
        .find_map(|line| line.split_once("WEDERHOOR_TOKEN_KEY="))
        .unwrap()
        .1;
    assert!(EXAMPLE.contains("\nWEDERHOOR_SEALING_KEY=\n"));
    for bytes in [
        vec![0; 32],
        (0..32).collect(),
        b"a very long pass phrase 12345678".to_vec(),
        vec![7; 31],
        [1, 2].repeat(16),
    ] {
        for key in ["WEDERHOOR_TOKEN_KEY", "WEDERHOOR_SEALING_KEY"] {
            let text = problem(&[(key, &STANDARD.encode(&bytes))]);
            assert!(text.contains(&format!("{key}: ")), "{text}");
            assert!(text.contains("head -c 32 /dev/urandom"), "{text}");
            assert!(problem(&[(key, "")]).contains("is required"), "{key}");
        }
    }
    assert!(example.is_empty() || read(&[("WEDERHOOR_TOKEN_KEY", example)]).is_err());
}

#[test]
fn further_keys_are_as_good_as_the_one_that_signs() {
    let further = [random(3), random(4)];
    let both = further.join(" ");
    let config = read(&[("WEDERHOOR_TOKEN_KEYS_TAKEN", &both)]).unwrap();
    let seeds = config.token.seeds();
    let taken: Vec<String> = seeds
        .taken
        .iter()
        .map(|seed| STANDARD.encode(seed))
        .collect();
    assert_eq!(taken, further);
    let config = read(&[("WEDERHOOR_SEALING_KEYS_OLDER", &both)]).unwrap();
    let opening = config.sealing.keys().opening;
    let opening: Vec<String> = opening.iter().map(|key| STANDARD.encode(key)).collect();
    assert_eq!(opening, further);
    let guessable = format!("{} {}", random(3), STANDARD.encode([0; 32]));
    for further in ["WEDERHOOR_TOKEN_KEYS_TAKEN", "WEDERHOOR_SEALING_KEYS_OLDER"] {
        let text = problem(&[(further, &guessable)]);
        assert!(
            text.contains(&format!("{further}: can be guessed")),
            "{text}"
        );
    }
}

#[test]
fn numbers_are_read_nowhere_unless_it_is_said_where() {
    assert_eq!(read(&[]).unwrap().metrics.bind, None);
    let bind = |value| [("WEDERHOOR_METRICS_BIND", value)];
    let config = read(&bind(" [::1]:9464 ")).unwrap();
    assert_eq!(config.metrics.bind, "[::1]:9464".parse().ok());
    for wrong in ["9464", "klachten.example:9464", "127.0.0.1"] {
        assert!(
            problem(&bind(wrong)).contains("METRICS_BIND: expected"),
            "{wrong}"
        );
    }
}

#[test]
fn spans_are_sent_nowhere_unless_it_is_said_where() {
    assert_eq!(read(&[]).unwrap().traces.endpoint, None);
    let endpoint = |value| [("WEDERHOOR_OTLP_ENDPOINT", value)];
    let config = read(&endpoint(" http://collector:4318 ")).unwrap();
    let sent = config.traces.endpoint.unwrap();
    assert_eq!(sent, "http://collector:4318");
    for wrong in [
        "collector:4318",
        "https://collector.example",
        "http://me:hunter2@collector:4318",
        "http://collector:4318/?key=hunter2",
        "grpc://collector:4317",
    ] {
        let said = problem(&endpoint(wrong));
        assert!(said.contains("OTLP_ENDPOINT: expected http://"), "{said}");
        assert!(!said.contains("hunter2"), "{said}");
    }
}

#[test]
fn others_are_reached_over_https_only() {
    assert!(problem(&[("WEDERHOOR_BIND", "0.0.0.0:80")]).contains("BASE_URL: is required"));
    for url in [
        "http://klachten.example",
        "ftp://klachten.example",
        "klachten.example",
        "https://x.example/?a",
        "https://",
    ] {
        assert!(
            problem(&[("WEDERHOOR_BASE_URL", url)]).contains("BASE_URL"),
            "{url}"
        );
    }
    let config = read(&[("WEDERHOOR_BASE_URL", "https://klachten.example/hier/")]).unwrap();
    assert_eq!(config.web.base_url, "https://klachten.example/hier");
}

#[test]
fn a_mail_password_is_never_sent_in_clear_text() {
    let from = (
        "WEDERHOOR_MAIL_FROM",
        "Klachten <klachten@organisatie.example>",
    );
    for (url, is_fine) in [
        ("smtps://me:secret@mail.example", true),
        ("smtp://me:secret@mail.example?tls=required", true),
        ("smtp://me:secret@127.0.0.1:2525", true),
        ("smtp://me:secret@[::1]:2525", true),
        ("smtp://me:secret@127.mail.example", false),
        ("smtp://mail.example", true),
        ("smtp://me:secret@mail.example?tls=opportunistic", false),
        ("https://mail.example", false),
    ] {
        assert_eq!(
            read(&[("WEDERHOOR_SMTP_URL", url), from]).is_ok(),
            is_fine,
            "{url}"
        );
    }
}

#[test]
fn an_address_of_a_mail_server_is_read_to_its_end() {
    let from = ("WEDERHOOR_MAIL_FROM", "klachten@organisatie.example");
    let read = |url| read(&[("WEDERHOOR_SMTP_URL", url), from]);
    for (url, place) in [
        (
            "smtps://me%40x.example:p%2Fw@mail.example",
            "mail.example:465",
        ),
        ("smtp://me:pw@mail.example?tls=required", "mail.example:587"),
        ("smtp://mail.example", "mail.example:25"),
        ("smtp://me:pw@[::1]:2525/our.name", "::1:2525"),
    ] {
        let smtp = read(url).unwrap().mail.smtp.unwrap();
        assert_eq!(smtp.server.place(), place);
        assert!(!format!("{smtp:?}").contains("pw"), "{smtp:?}");
    }
    for url in [
        "smtps://",
        "smtp://mail.example:99999",
        "smtps://me@mail.example",
        "smtps://:pw@mail.example",
        "smtp://mail.example?tls=perhaps",
        "smtps://mail.example?tls=required",
        "smtp://mail.example?tsl=required",
        "smtp://mail.example?TLS=required",
        "smtp://mail.example?tls=required&tls=opportunistic",
        "smtp://mail.example?tls=opportunistic&timeout=3",
        "smtp://mail.example#tls=required",
        "smtp://mail.example/tls=required",
        "smtp://mail.example/our.name/tls",
        "smtp://mail.example//",
        "mail.example:25",
    ] {
        assert!(
            read(url).unwrap_err().to_string().contains("SMTP_URL"),
            "{url}"
        );
    }
    let wrong = read("smtp://mail.example?tls=maybe")
        .unwrap_err()
        .to_string();
    let names_all = ["required", "opportunistic"].map(|way| wrong.contains(way));
    assert_eq!(names_all, [true, true], "{wrong}");
}

#[test]
fn a_root_of_ones_own_is_a_certificate_or_is_said_to_be_none() {
    let directory = std::env::temp_dir();
    let file = directory.join(format!("wederhoor-root-{}.pem", std::process::id()));
    let path = file.to_str().unwrap();
    let from = ("WEDERHOOR_MAIL_FROM", "klachten@organisatie.example");
    let read = |url| {
        read(&[
            ("WEDERHOOR_SMTP_URL", url),
            ("WEDERHOOR_SMTP_CA_FILE", path),
            from,
        ])
    };
    let told = |url| read(url).unwrap_err().to_string();
    assert!(told("smtps://mail.example").contains("CA_FILE: cannot be read"));
    for content in [
        "",
        "certificaat",
        "-----BEGIN CERTIFICATE-----\nYQ==\n-----END CERTIFICATE-----\n",
    ] {
        std::fs::write(&file, content).unwrap();
        assert!(
            told("smtps://mail.example").contains("CA_FILE: holds no certificate"),
            "{content}"
        );
    }
    std::fs::write(&file, include_str!("root.pem")).unwrap();
    assert!(read("smtps://mail.example").is_ok());
    assert!(told("smtp://mail.example").contains("CA_FILE: has no effect"));
    std::fs::remove_file(&file).unwrap();
}

#[test]
fn secrets_do_not_show() {
    let config = read(&[("WEDERHOOR_DATABASE_URL", "postgres://app:hunter2@db/x")]).unwrap();
    let shown = format!("{config:?}");
    assert!(
        !shown.contains("hunter2") && !shown.contains(&key()),
        "{shown}"
    );
}

#[test]
fn the_example_says_of_every_key_what_it_means() {
    let mut is_explained = false;
    for line in EXAMPLE.lines() {
        if line.is_empty() {
            is_explained = false;
        } else if line.trim_start_matches('#').starts_with("WEDERHOOR_") {
            assert!(is_explained, "{line}");
        } else {
            is_explained = line.starts_with("# ");
        }
    }
}

#[test]
fn the_example_names_every_key_with_its_default() {
    let nothing = |_: &str| None;
    let mut reader = Reader::new(&nothing);
    let _ = super::database::read(&mut reader);
    let _ = super::web::read(&mut reader);
    let _ = super::edge::read(&mut reader);
    let _ = super::limits::read(&mut reader);
    let _ = super::token::read(&mut reader);
    let _ = super::sealing::read(&mut reader);
    let _ = super::password::read(&mut reader);
    let _ = super::mail::read(&mut reader);
    let _ = super::maintenance::read(&mut reader);
    let _ = super::log::read(&mut reader);
    let _ = super::metrics::read(&mut reader);
    let _ = super::traces::read(&mut reader);
    let asked: BTreeMap<_, _> = reader
        .asked()
        .iter()
        .map(|asked| (asked.key, asked.default))
        .collect();
    let shown: BTreeMap<_, _> = EXAMPLE
        .lines()
        .filter_map(|line| line.trim_start_matches('#').split_once('='))
        .filter(|(key, _)| key.starts_with("WEDERHOOR_"))
        .collect();
    assert_eq!(
        asked.keys().collect::<Vec<_>>(),
        shown.keys().collect::<Vec<_>>()
    );
    for (key, default) in asked {
        if let Some(default) = default {
            assert_eq!(shown[key], default, "{key}");
        }
    }
}

#[test]
fn a_setting_that_nothing_reads_is_named_with_the_nearest_name() {
    let unknown = |settings: &[(&str, &str)]| -> Vec<(String, String)> {
        let owned = settings
            .iter()
            .map(|(key, value)| ((*key).to_owned(), (*value).to_owned()));
        let found = unknown::among(owned).into_iter();
        found.map(|problem| (problem.key, problem.what)).collect()
    };
    let near = unknown(&[
        ("WEDERHOOR_SMPT_URL", "smtp://me:hunter2@mail.example"),
        ("WEDERHOOR_BIND", "127.0.0.1:80"),
        ("PATH", "/bin"),
    ]);
    assert_eq!(near.len(), 1, "{near:?}");
    assert_eq!(near[0].0, "WEDERHOOR_SMPT_URL");
    assert!(near[0].1.ends_with(" WEDERHOOR_SMTP_URL"), "{near:?}");
    let far = unknown(&[("WEDERHOOR_COFFEE", "black")]);
    assert!(far[0].1.contains(".env.example"), "{far:?}");
    let others = [
        ("WEDERHOOR_TEST_PG_URL", "postgres://x"),
        ("WEDERHOOR_SERVICE_HOST", "10.0.0.1"),
        ("WEDERHOOR_SERVICE_PORT_HTTP", "80"),
        ("WEDERHOOR_PORT", "tcp://10.0.0.1:80"),
        ("WEDERHOOR_PORT_80_TCP", "tcp://10.0.0.1:80"),
    ];
    assert_eq!(unknown(&others), []);
    assert_eq!(unknown(&[("WEDERHOOR_PORT", "80")]).len(), 1);
}
