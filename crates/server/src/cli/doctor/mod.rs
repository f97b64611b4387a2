//! What is wrong with an installation, and how to mend it: looked at by the program itself, as it is configured. It reads
//! settings, catalogues and counts; no row of an organisation, and nothing secret, is told.

mod database;
mod work;

use std::{fmt::Write, process::ExitCode};

use serde::Serialize;

use super::out;
use crate::{
    config::{Config, DatabaseConfig, Problem, Problems},
    mail,
};

/// Looks at the installation that is configured, and says what it found; fails when something must be mended.
pub(super) async fn run(as_json: bool) -> anyhow::Result<ExitCode> {
    let findings = examine(Config::from_env()).await;
    if as_json {
        out::line(serde_json::json!({ "findings": findings }))?;
    } else {
        out::print(in_words(&findings))?;
    }
    let is_sick = findings.iter().any(|one| one.state == State::Failed);
    Ok(if is_sick {
        ExitCode::FAILURE
    } else {
        ExitCode::SUCCESS
    })
}

fn in_words(findings: &[Finding]) -> String {
    let mut words = String::new();
    for Finding {
        check,
        state,
        found,
        mend,
    } in findings
    {
        let state = match state {
            State::Ok => "ok",
            State::Warning => "warning",
            State::Failed => "FAILED",
        };
        // A text can always be written to.
        let _ = writeln!(words, "{state:<8} {check:<12} {found}");
        if let Some(mend) = mend {
            let _ = writeln!(words, "{:<8} {:<12} -> {mend}", "", "");
        }
    }
    words
}

/// How it is with something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
enum State {
    /// As it should be.
    Ok,
    /// It works, and somebody should look.
    Warning,
    /// It must be mended.
    Failed,
}

/// What was found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
struct Finding {
    /// What was looked at.
    check: &'static str,
    /// How it is with it.
    state: State,
    /// What was found.
    found: String,
    /// How to mend it, where it is not as it should be.
    #[serde(skip_serializing_if = "Option::is_none")]
    mend: Option<String>,
}

impl Finding {
    fn ok(check: &'static str, found: impl Into<String>) -> Self {
        Self {
            check,
            state: State::Ok,
            found: found.into(),
            mend: None,
        }
    }

    fn failed(check: &'static str, found: impl Into<String>, mend: impl Into<String>) -> Self {
        Self {
            state: State::Failed,
            mend: Some(mend.into()),
            ..Self::ok(check, found)
        }
    }

    fn warning(check: &'static str, found: impl Into<String>, mend: impl Into<String>) -> Self {
        Self {
            state: State::Warning,
            ..Self::failed(check, found, mend)
        }
    }
}

/// Looks at everything that can be looked at as long as the rest is as it is.
async fn examine(config: Result<Config, Problems>) -> Vec<Finding> {
    let config = match config {
        Ok(config) => config,
        Err(problems) => return problems.0.iter().map(of_settings).collect(),
    };
    let mut findings = vec![Finding::ok("settings", "can be used")];
    findings.extend(of_logins(&config).await);
    findings.push(of_mail(&config).await);
    if database::examine(&config.database, &mut findings).await {
        work::examine(config, &mut findings).await;
    }
    findings
}

fn of_settings(problem: &Problem) -> Finding {
    let found = format!("{}: {}", problem.key, problem.what);
    let mend = "set it as `wederhoor config --example` says; the rest is looked at when all settings can be used";
    Finding::failed("settings", found, mend)
}

/// The logins beside that of the application, where they are set.
async fn of_logins(config: &Config) -> Vec<Finding> {
    let mut findings = Vec::new();
    let DatabaseConfig { owner_url, .. } = &config.database;
    if let Some(url) = owner_url {
        findings.push(database::owner(url).await);
    }
    if let Some(url) = &config.maintenance.url {
        findings.push(database::maintenance(url).await);
    }
    findings
}

async fn of_mail(config: &Config) -> Finding {
    let Some(smtp) = &config.mail.smtp else {
        let mend = "set WEDERHOOR_SMTP_URL and WEDERHOOR_MAIL_FROM where this is a worker";
        return Finding::warning("mail", "no mail server is set: letters wait", mend);
    };
    match mail::reach(smtp).await {
        Ok(found) => Finding::ok("mail", found),
        Err((found, mend)) => Finding::failed("mail", found, mend),
    }
}

#[cfg(test)]
mod tests;
