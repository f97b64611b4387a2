use std::{
    path::{Path, PathBuf},
    process::ExitCode,
};

use anyhow::anyhow;
use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Europe::Amsterdam;
use wederhoor_graphql::preview_in_json;
use wederhoor_procedure::{
    Locale,
    calendar::Calendar,
    policy::{
        Policy,
        check::{Severity, check as findings},
        diagram, parse_json, parse_toml,
    },
    preview::{
        Happening, HappeningKind, Scenario, ScenarioFault, ScenarioPlace, Timeline, preview as play,
    },
};
use wederhoor_service::PolicySource;

use super::out;
use crate::regulation;

/// What `wederhoor policy preview` can be told.
#[derive(Debug, clap::Args)]
pub(super) struct PreviewArguments {
    /// The policy, TOML or JSON by its ending
    file: PathBuf,
    /// When the complaint arrives, e.g. 2026-03-02T09:00:00Z
    #[arg(long, value_name = "RFC3339")]
    received: DateTime<Utc>,
    /// The last day of the course it is about
    #[arg(long, value_name = "DATE")]
    course_ended: Option<NaiveDate>,
    // Its help lists the kinds, which the heart knows.
    #[arg(long, value_name = "KIND@RFC3339[,until=DATE]", value_parser = happening, help = happening_help())]
    happening: Vec<Happening>,
    /// Print JSON
    #[arg(long)]
    json: bool,
    /// The language: nl or en
    #[arg(long, default_value = "en", value_parser = locale)]
    language: Locale,
}

/// What `wederhoor policy diagram` can be told.
#[derive(Debug, clap::Args)]
pub(super) struct DiagramArguments {
    /// The policy, TOML or JSON by its ending
    file: PathBuf,
    /// How it is drawn
    #[arg(long, value_enum, default_value_t)]
    format: DiagramFormat,
    /// The language: nl or en
    #[arg(long, default_value = "en", value_parser = locale)]
    language: Locale,
}

#[derive(Debug, Clone, Copy, Default, clap::ValueEnum)]
enum DiagramFormat {
    /// A state diagram in the language Mermaid
    #[default]
    Mermaid,
    /// A picture that stands by itself
    Svg,
}

fn happening_help() -> String {
    format!(
        "Something that happens, e.g. response@2026-03-20T10:00:00Z, or, with the last day that is asked for, \
         request-extension@2026-03-20T10:00:00Z,until=2026-05-01; may be given more than once. What can happen: {}",
        HappeningKind::codes()
    )
}

fn happening(text: &str) -> Result<Happening, String> {
    let (kind, rest) = text
        .split_once('@')
        .ok_or("write KIND@RFC3339, for example response@2026-03-20T10:00:00Z")?;
    let kind = kind
        .parse::<HappeningKind>()
        .map_err(|unknown| unknown.to_string())?;
    let (at, until) = match rest.split_once(",until=") {
        Some((at, until)) => (at, Some(until)),
        None => (rest, None),
    };
    let at = at
        .parse()
        .map_err(|_| format!("{at} is no instant such as 2026-03-20T10:00:00Z"))?;
    let until = until.map(|day| {
        day.parse()
            .map_err(|_| format!("{day} is no day such as 2026-05-01"))
    });
    Happening::new(kind, at, until.transpose()?).map_err(|fault| {
        format!("{fault} For example {kind}@2026-03-20T10:00:00Z,until=2026-05-01")
    })
}

fn locale(text: &str) -> Result<Locale, String> {
    match text {
        "nl" => Ok(Locale::Nl),
        "en" => Ok(Locale::En),
        _ => Err("write nl or en".to_owned()),
    }
}

/// Says what is wrong with a policy.
pub(super) fn check(file: &Path) -> anyhow::Result<ExitCode> {
    let policy = read(file)?;
    let found = findings(&policy);
    for finding in &found {
        let severity = match finding.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
        };
        out::line(format_args!(
            "{severity}[{}] {}: {}",
            finding.code.as_str(),
            finding.place,
            finding.message.en
        ))?;
        for (number, step) in (1..).zip(&finding.path) {
            let (what, state) = (&step.what.en, step.state.as_str());
            out::line(format_args!("  {number}. {what} -> {state}"))?;
        }
    }
    let errors = found
        .iter()
        .filter(|finding| finding.severity == Severity::Error)
        .count();
    out::line(format_args!(
        "{}: {errors} errors, {} warnings",
        file.display(),
        found.len() - errors
    ))?;
    Ok(if errors == 0 {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

/// Plays a complaint through a policy. One that cannot be filed then is a failure.
pub(super) fn preview(arguments: &PreviewArguments) -> anyhow::Result<ExitCode> {
    let policy = read(&arguments.file)?;
    let scenario = Scenario {
        received_at: arguments.received,
        course_ended_on: arguments.course_ended,
        happenings: arguments.happening.clone(),
    };
    let timeline = play(&policy, &Calendar::new(Amsterdam), &scenario)
        .map_err(|fault| impossible(&scenario, fault, arguments.language))?;
    if arguments.json {
        let timeline = preview_in_json(&timeline, arguments.language)?;
        out::line(serde_json::to_string_pretty(&timeline)?)?;
    } else {
        out::print(in_words(&timeline, arguments.language))?;
    }
    let filing = timeline.steps.first();
    Ok(if filing.is_some_and(|step| step.refusal.is_some()) {
        ExitCode::FAILURE
    } else {
        ExitCode::SUCCESS
    })
}

/// What cannot be, after the argument that says it.
fn impossible(scenario: &Scenario, fault: ScenarioFault, locale: Locale) -> anyhow::Error {
    let argument = match fault.place() {
        ScenarioPlace::Receipt => "--received".to_owned(),
        ScenarioPlace::Course => "--course-ended".to_owned(),
        ScenarioPlace::Happening(number) | ScenarioPlace::Until(number) => {
            let happening = scenario.happenings.get(number);
            happening.map_or_else(String::new, |one| format!("--happening {one}"))
        }
    };
    anyhow!("{argument}: {}", fault.in_words(locale))
}

/// Draws a policy as a state diagram.
pub(super) fn draw(arguments: &DiagramArguments) -> anyhow::Result<()> {
    let policy = read(&arguments.file)?;
    let drawn = match arguments.format {
        DiagramFormat::Mermaid => diagram::mermaid(&policy, arguments.language),
        DiagramFormat::Svg => diagram::svg(&policy, arguments.language),
    };
    out::print(drawn)?;
    Ok(())
}

fn in_words(timeline: &Timeline, locale: Locale) -> String {
    let mut lines = Vec::new();
    for step in &timeline.steps {
        lines.push(format!(
            "{}  {:24} {}",
            step.at,
            step.state_name.in_locale(locale),
            step.what.in_locale(locale)
        ));
        if let Some(refusal) = &step.refusal {
            let message = refusal.message.in_locale(locale);
            lines.push(format!("    {}: {message}", refusal.code.as_str()));
        }
    }
    lines.push(String::new());
    for deadline in &timeline.deadlines {
        let (name, derivation) = (&deadline.name, &deadline.derivation);
        let (cited, rule) = (&deadline.cited, &deadline.rule);
        let name = name.in_locale(locale);
        let (last_day, ends_at) = (deadline.last_day, deadline.ends_at);
        lines.push(format!("{name}: {last_day} (until {ends_at})"));
        lines.push(format!("    {}", derivation.in_locale(locale)));
        let (cited, rule) = (cited.in_locale(locale), rule.in_locale(locale));
        lines.push(format!("    {cited}: {rule}"));
    }
    lines.push(String::new());
    lines.join("\n")
}

fn read(file: &Path) -> anyhow::Result<Policy> {
    let parsed = match regulation::read(file)? {
        PolicySource::Json(text) => parse_json(&text),
        PolicySource::Toml(text) => parse_toml(&text),
    };
    parsed.map_err(|error| anyhow!("{}: {error}", file.display()))
}
