//! What the program says of its settings, and how shells complete its commands.

use std::{
    io::{BufRead, BufReader},
    process::{Command, Stdio},
};

use crate::support::{
    directory::Directory,
    ended::{end, program, run},
};

const TOKEN: &str = "8cTgwWkMvRJkqHh4nG0BzX3tS5yP2uEaVdLfKiOoQ7s=";
const SEALING: &str = "q3PzN0yWm5uXc1Rk7VtJfH9oLdS2eBaG4iZxTCwQ8sY=";

#[test]
fn what_holds_is_printed_without_secrets_and_so_is_all_that_is_wrong() {
    let ended = end(program(&["config"])
        .env(
            "WEDERHOOR_DATABASE_URL",
            "postgres://app:geheim@db.example/hoor",
        )
        .env("WEDERHOOR_TOKEN_KEY", "geheim")
        .env("WEDERHOOR_STREAMS", "0")
        .env("WEDERHOOR_COFFEE", "geheim"));
    assert!(!ended.is_success, "{ended:?}");
    for line in [
        "WEDERHOOR_DATABASE_URL=postgres://…@db.example/hoor",
        "WEDERHOOR_TOKEN_KEY=…",
        "#WEDERHOOR_SEALING_KEY=",
        "#WEDERHOOR_BIND=127.0.0.1:8080",
        "#WEDERHOOR_BASE_URL=http://127.0.0.1:8080",
    ] {
        assert!(
            ended.out.lines().any(|one| one == line),
            "{line}: {}",
            ended.out
        );
    }
    for key in ["TOKEN_KEY", "SEALING_KEY", "STREAMS", "COFFEE"] {
        assert!(
            ended.error.contains(&format!("WEDERHOOR_{key}: ")),
            "{key}: {}",
            ended.error
        );
    }
    assert!(!format!("{ended:?}").contains("geheim"), "{ended:?}");
}

#[test]
fn what_is_right_fails_nothing() {
    let ended = end(program(&["config"])
        .env("WEDERHOOR_TOKEN_KEY", TOKEN)
        .env("WEDERHOOR_SEALING_KEY", SEALING));
    assert!(ended.is_success, "{ended:?}");
}

#[test]
fn all_that_there_is_to_set_is_printed_with_what_it_means() {
    let example = include_str!("../../../../.env.example");
    assert_eq!(run(&["config", "--example"]).out, example);
}

#[test]
fn help_says_what_to_begin_with() {
    let help = run(&["--help"]).out;
    for command in ["demo", "config", "migrate", "operator", "serve"] {
        assert!(help.contains(&format!("\n  wederhoor {command}")), "{help}");
        assert!(run(&[command, "--help"]).is_success, "{command}");
    }
}

#[test]
fn shells_complete_its_commands() {
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let script = run(&["completions", shell]);
        assert!(
            script.is_success && script.out.contains("migrate"),
            "{shell}: {script:?}"
        );
    }
    let script = run(&["completions", "bash"]).out;
    let tried = "COMP_WORDS=(wederhoor mig); COMP_CWORD=1; _wederhoor wederhoor mig wederhoor; echo \"${COMPREPLY[@]}\"";
    let completed = end(Command::new("bash").args(["-ec", &format!("{script}\n{tried}")]));
    assert_eq!(completed.out, "migrate\n", "{completed:?}");
}

/// A directory with a file `.env`.
fn with_file(content: &str) -> Directory {
    let directory = Directory::new();
    directory.file(".env", content);
    directory
}

#[test]
fn a_file_in_the_working_directory_sets_what_the_environment_does_not() {
    let content = format!(
        "# mine\nWEDERHOOR_TOKEN_KEY={TOKEN}\nexport WEDERHOOR_SEALING_KEY='{SEALING}'\nPOSTGRES_PASSWORD=x\n\
         WEDERHOOR_STREAMS=7\nWEDERHOOR_STREAMS_PER_CALLER=3\n"
    );
    let directory = with_file(&content);
    let mut config = program(&["config"]);
    config.current_dir(&directory.0);
    let ended = end(config.env("WEDERHOOR_STREAMS", "8"));
    assert!(ended.is_success, "{ended:?}");
    for lines in [
        "# .env, line 2:\nWEDERHOOR_TOKEN_KEY=…\n",
        "# .env, line 6:\nWEDERHOOR_STREAMS_PER_CALLER=3\n",
        "\nWEDERHOOR_STREAMS=8\n",
    ] {
        assert!(ended.out.contains(lines), "{lines}: {}", ended.out);
    }
    assert_eq!(ended.out.matches("# .env").count(), 3, "{}", ended.out);
    assert!(!ended.out.contains(TOKEN) && !ended.out.contains(SEALING));
    let above = directory.0.join("deeper");
    std::fs::create_dir(&above).unwrap();
    let ended = end(program(&["config"]).current_dir(above));
    assert!(
        !ended.is_success,
        "it is read in no directory above: {ended:?}"
    );
}

#[test]
fn a_mistake_in_the_file_stops_every_command_and_is_named_with_its_line() {
    let directory = with_file(
        "WEDERHOOR_TOKEN_KEY geheim\n\nWEDERHOOR_STREAMS=veel\nWEDERHOOR_COFFEE=geheim\n",
    );
    for command in ["config", "serve", "worker", "migrate", "doctor"] {
        let ended = end(program(&[command]).current_dir(&directory.0));
        assert!(!ended.is_success, "{ended:?}");
        let said = ended.out + &ended.error;
        let lines = [".env, line 1", "(.env, line 4)"];
        assert!(
            lines.iter().all(|line| said.contains(line)),
            "{command}: {said}"
        );
        assert!(!said.contains("geheim"), "{command}: {said}");
    }
    let ended = end(program(&["config"]).current_dir(&directory.0));
    assert!(
        ended.error.contains("WEDERHOOR_STREAMS (.env, line 3): "),
        "{ended:?}"
    );
}

#[test]
fn the_log_begins_with_what_the_file_set() {
    let directory = with_file(&format!(
        "WEDERHOOR_TOKEN_KEY={TOKEN}\nWEDERHOOR_SEALING_KEY={SEALING}\nWEDERHOOR_BIND=127.0.0.1:0\n"
    ));
    for command in ["serve", "worker"] {
        let mut program = program(&[command]);
        let program = program.current_dir(&directory.0).stderr(Stdio::piped());
        let mut child = program.spawn().unwrap();
        let mut first = String::new();
        let log = child.stderr.as_mut().unwrap();
        BufReader::new(log).read_line(&mut first).unwrap();
        child.kill().unwrap();
        child.wait().unwrap();
        for word in ["file .env", "WEDERHOOR_BIND", "WEDERHOOR_TOKEN_KEY"] {
            assert!(first.contains(word), "{first}");
        }
        assert!(!first.contains(TOKEN), "{first}");
    }
}

#[cfg(unix)]
#[test]
fn a_value_that_is_no_text_is_refused_and_counts_as_set() {
    use std::{ffi::OsStr, os::unix::ffi::OsStrExt};
    let broken = OsStr::from_bytes(b"sqlite:///\xff.db");
    for command in ["config", "migrate", "serve"] {
        let ended = end(program(&[command]).env("WEDERHOOR_DATABASE_URL", broken));
        assert!(!ended.is_success, "{ended:?}");
        let said = "WEDERHOOR_DATABASE_URL: has bytes that are no text (UTF-8)";
        assert!(ended.error.contains(said), "{command}: {ended:?}");
    }
}
