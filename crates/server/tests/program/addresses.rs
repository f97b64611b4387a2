//! Addresses of databases that are wrong in a way that would show late, or never.

use crate::support::{
    database::Database,
    ended::{end, program},
    organisation::migrated,
};

#[test]
fn a_password_that_is_not_written_as_it_must_be_ends_the_program_at_once() {
    for password in ["hunt#er2", "hunt@er2", "12/34", "12?34"] {
        let url = format!("postgres://app:{password}@db.example/hoor");
        for command in [&["migrate", "--wait"][..], &["serve"], &["doctor"]] {
            let ended = end(program(command).env("WEDERHOOR_DATABASE_URL", &url));
            assert!(!ended.is_success, "{command:?} {password}: {ended:?}");
            let said = ended.out + &ended.error;
            assert!(
                said.contains("WEDERHOOR_DATABASE_URL: has "),
                "{password}: {said}"
            );
            assert!(!said.contains("hunt") && !said.contains("34"), "{said}");
        }
    }
}

#[test]
fn an_owner_of_another_database_changes_nothing() {
    let (Some(one), Some(other)) = (Database::postgres(), Database::postgres()) else {
        return;
    };
    let elsewhere = [("WEDERHOOR_DATABASE_OWNER_URL", other.owner_url())];
    let refused = one.run_with(&["migrate"], &elsewhere);
    assert!(!refused.is_success, "{refused:?}");
    for words in [
        "another database",
        "WEDERHOOR_DATABASE_OWNER_URL",
        "nothing was changed",
    ] {
        assert!(refused.error.contains(words), "{words}: {refused:?}");
    }
    let password = other.owner_url().split(['@', ':']).nth(2).unwrap();
    assert!(!refused.error.contains(password), "{refused:?}");
    // Neither has a schema now.
    for database in [&one, &other] {
        let stuck = database.run(&["tenant", "stuck"]);
        assert!(stuck.error.contains("wederhoor migrate"), "{stuck:?}");
    }
    migrated(&one);
    migrated(&one);
}

#[test]
fn an_address_to_listen_at_that_is_wrong_is_said_when_the_program_begins() {
    let (Some(one), Some(other)) = (Database::postgres(), Database::postgres()) else {
        return;
    };
    migrated(&one);
    migrated(&other);
    let url = one.url();
    let (login, place) = url.rsplit_once('@').unwrap();
    let listen = |url: &str| [("WEDERHOOR_LISTEN_DATABASE_URL", url.to_owned())];
    for (wrong, why) in [
        (format!("{login}x@{place}"), "its login is refused"),
        (format!("{url}_elsewhere"), "no database of that name"),
    ] {
        let [(key, wrong)] = &listen(&wrong);
        let ended = one.run_with(&["serve", "--no-worker"], &[(key, wrong)]);
        assert!(!ended.is_success, "{ended:?}");
        assert!(
            ended.error.contains(key) && ended.error.contains(why),
            "{ended:?}"
        );
    }
    for (late, words) in [
        (other.url().to_owned(), "nobody is told what changes"),
        (
            format!("{login}@127.0.0.1:1/x"),
            "cannot be listened to now",
        ),
    ] {
        let [(key, late)] = &listen(&late);
        let mut server = one.launch(&["serve", "--no-worker"], &[(key, late)]);
        let said = server.says_level("WARN");
        assert!(said.contains(words), "{said}");
        server.begins();
        server.ends_when_asked();
    }
    let [(key, right)] = &listen(url);
    one.start_with(&["serve", "--no-worker"], &[(key, right)])
        .ends_when_asked();
}
