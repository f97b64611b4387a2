use std::{
    ffi::OsString,
    io::{Error, ErrorKind},
    os::unix::ffi::OsStringExt,
};

use super::{Problems, Sources};

fn sources(environment: &[(&str, &[u8])], file: &str) -> Sources {
    let pair = |(key, value): &(&str, &[u8])| {
        let value = OsString::from_vec(value.to_vec());
        (OsString::from(*key), value)
    };
    Sources::of(environment.iter().map(pair), Ok(file.as_bytes().to_vec()))
}

fn problems(environment: &[(&str, &[u8])], file: &str) -> Vec<String> {
    let found = sources(environment, file).with_all(Problems::default());
    let line = |one: &super::Problem| format!("{}: {}", one.key, one.what);
    found.0.iter().map(line).collect()
}

#[test]
fn a_value_of_the_file_is_taken_as_it_stands() {
    let file = "\u{feff}# a remark\r\n\n\n  export WEDERHOOR_BIND= 127.0.0.1:80 \r\n\
                WEDERHOOR_SMTP_URL=smtps://me:$pa\\ss#w\"rd@mail.example\nWEDERHOOR_MAIL_FROM=\"K # <k@x.example>\"\n\
                WEDERHOOR_LOG='a'\nWEDERHOOR_TOKEN_KEY=abc=\nPOSTGRES_PASSWORD=x";
    let sources = sources(&[], file);
    let get = |key: &str| sources.get(&format!("WEDERHOOR_{key}"));
    for (key, value) in [
        ("BIND", "127.0.0.1:80"),
        ("SMTP_URL", "smtps://me:$pa\\ss#w\"rd@mail.example"),
        ("MAIL_FROM", "K # <k@x.example>"),
        ("LOG", "a"),
        ("TOKEN_KEY", "abc="),
    ] {
        assert_eq!(get(key).as_deref(), Some(value), "{key}");
    }
    assert_eq!(sources.line_of("WEDERHOOR_BIND"), Some(4));
    let given = sources.given_by_file();
    assert_eq!(
        given.len(),
        5,
        "what is another program's is none: {given:?}"
    );
}

#[test]
fn the_environment_comes_first_unless_it_is_empty() {
    let file = "WEDERHOOR_BIND=file\nWEDERHOOR_LOG=file\n";
    let environment: [(&str, &[u8]); 2] = [("WEDERHOOR_BIND", b"own"), ("WEDERHOOR_LOG", b" ")];
    let sources = sources(&environment, file);
    assert_eq!(sources.get("WEDERHOOR_BIND").as_deref(), Some("own"));
    assert_eq!(sources.line_of("WEDERHOOR_BIND"), None);
    assert_eq!(sources.get("WEDERHOOR_LOG").as_deref(), Some("file"));
    assert_eq!(sources.given_by_file(), ["WEDERHOOR_LOG"]);
}

#[test]
fn a_mistake_is_named_with_its_line_and_repeats_nothing() {
    let file = "WEDERHOOR_TOKEN_KEY hunter2\nWEDERHOOR TOKEN=hunter2\n=hunter2\nWEDERHOOR_LOG=\"hunter2\n\
                WEDERHOOR_LOG=hunter2 # log\nWEDERHOOR_SMPT_URL=hunter2\nWEDERHOOR_BIND=a\nWEDERHOOR_BIND=hunter2\n";
    let said = problems(&[], file);
    let lines: Vec<&str> = said
        .iter()
        .map(|one| one.split(": ").next().unwrap())
        .collect();
    let expected = [
        ".env, line 1",
        ".env, line 2",
        ".env, line 3",
        ".env, line 4",
        ".env, line 5",
        ".env, line 8",
        "WEDERHOOR_SMPT_URL (.env, line 6)",
    ];
    assert_eq!(lines, expected, "{said:#?}");
    assert!(!said.concat().contains("hunter2"), "{said:#?}");
    let broken = Sources::of(std::iter::empty(), Ok(b"A=1\nB=\xff\n".to_vec()));
    assert_eq!(broken.problems[0].key, ".env, line 2");
}

#[test]
fn a_value_that_is_no_text_is_refused_and_another_programs_is_not() {
    let broken: &[u8] = b"postgres://\xff";
    let said = problems(
        &[("WEDERHOOR_DATABASE_URL", broken), ("OTHER", broken)],
        "WEDERHOOR_DATABASE_URL=sqlite://x.db",
    );
    let expected = ["WEDERHOOR_DATABASE_URL: has bytes that are no text (UTF-8)"];
    assert_eq!(said, expected);
}

#[test]
fn a_file_that_is_there_and_cannot_be_read_is_no_file_that_is_not_there() {
    let of = |kind: ErrorKind| Sources::of(std::iter::empty(), Err(Error::from(kind))).problems;
    assert_eq!(of(ErrorKind::NotFound), []);
    assert_eq!(of(ErrorKind::IsADirectory), []);
    assert_eq!(of(ErrorKind::PermissionDenied).len(), 1);
}
