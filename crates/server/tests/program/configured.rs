//! What the program says of its settings, and how shells complete its commands.

use std::process::Command;

use crate::support::ended::{end, program, run};

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
        .env(
            "WEDERHOOR_TOKEN_KEY",
            "8cTgwWkMvRJkqHh4nG0BzX3tS5yP2uEaVdLfKiOoQ7s=",
        )
        .env(
            "WEDERHOOR_SEALING_KEY",
            "q3PzN0yWm5uXc1Rk7VtJfH9oLdS2eBaG4iZxTCwQ8sY=",
        ));
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
