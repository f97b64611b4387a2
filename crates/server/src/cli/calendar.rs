use std::{fs, path::Path};

use anyhow::{Context as _, bail};
use chrono::{Datelike, NaiveDate};
use wederhoor_procedure::{Locale, calendar::Holiday};
use wederhoor_service::{DecreedDay, InputCode, InputFault, ServiceError};

use super::{out, serve::parts};
use crate::config::Config;

/// Where a fault lies that is about a line of the file.
const LINE: &str = "line";

/// A line of the file that is to be a day: its number from 1, and the day, or what stands there instead.
type Line<'a> = (usize, Result<NaiveDate, &'a str>);

/// Takes in the days of a file, all of them or none.
pub(super) async fn decree(file: &Path, source: &str) -> anyhow::Result<()> {
    let text = fs::read_to_string(file);
    let text = text.with_context(|| format!("{} cannot be read", file.display()))?;
    let lines = lines(&text);
    let mut days = Vec::new();
    let (mut numbers, mut faults) = (Vec::new(), Vec::new());
    for (number, line) in lines {
        match line {
            Ok(day) => {
                days.push(day);
                numbers.push(number);
            }
            Err(found) => faults.push(no_day(number, found)),
        }
    }
    let service = parts(Config::from_env()?).await?.service;
    let decreed = service.decree(&days, source, None, &faults).await;
    let decreed = match decreed {
        Err(ServiceError::Invalid(faults)) => {
            let mut all: Vec<(usize, String)> =
                faults.iter().map(|fault| placed(fault, &numbers)).collect();
            all.sort();
            let all: Vec<String> = all.into_iter().map(|(_, line)| line).collect();
            bail!("nothing was taken in:\n  {}", all.join("\n  "))
        }
        other => other?,
    };
    for day in &decreed {
        out::line(format_args!("{}  {source}", day.on))?;
    }
    out::line(format_args!(
        "They count from now on; open deadlines are looked at anew."
    ))?;
    service.close().await?;
    Ok(())
}

/// Prints the holidays and the equated days of a year, in order.
pub(super) async fn list(year: i32) -> anyhow::Result<()> {
    let service = parts(Config::from_env()?).await?.service;
    let decreed = service.decreed_days(year).await?;
    let first = NaiveDate::from_ymd_opt(year, 1, 1).context("there is no such year")?;
    for day in first.iter_days().take_while(|day| day.year() == year) {
        if let Some(holiday) = Holiday::on(day) {
            out::line(format_args!("{day}  {}", holiday.name(Locale::En)))?;
        } else if let Some(equated) = decreed.iter().find(|one| one.on == day) {
            out::line(format_args!("{day}  {}", equated_in_words(equated)))?;
        }
    }
    service.close().await?;
    Ok(())
}

fn equated_in_words(day: &DecreedDay) -> String {
    let since = day.known_since.format("%Y-%m-%d");
    match &day.source {
        Some(source) => format!("equated by decree, since {since}: {source}"),
        None => "equated by decree".to_owned(),
    }
}

/// Each line that says something; what follows a `#` says nothing.
fn lines(text: &str) -> Vec<Line<'_>> {
    let mut all = Vec::new();
    // Editors of Windows begin a file with a mark of the order of its bytes.
    let text = text.trim_start_matches('\u{feff}');
    for (number, line) in (1..).zip(text.lines()) {
        let line = line.split('#').next().unwrap_or_default().trim();
        if !line.is_empty() {
            all.push((number, day(line).ok_or(line)));
        }
    }
    all
}

fn no_day(line: usize, found: &str) -> InputFault {
    let found: String = found.chars().take(40).collect();
    let (nl, en) = (
        format!("\"{found}\" is geen dag zoals 2029-05-11."),
        format!("\"{found}\" is no day such as 2029-05-11."),
    );
    InputFault::at(InputCode::Malformed, &format!("{LINE}.{line}"), &nl, &en)
}

/// A fault with the line of the file that it is about; what is about none comes first.
fn placed(fault: &InputFault, numbers: &[usize]) -> (usize, String) {
    let place = fault.path.get(1).and_then(|place| place.parse().ok());
    let number = match (fault.path.first().map(String::as_str), place) {
        (Some(LINE), Some(number)) => number,
        (_, Some(place)) => numbers.get(place).copied().unwrap_or_default(),
        (first, None) => {
            let what = first
                .filter(|one| *one == "source")
                .map_or("FILE", |_| "--source");
            return (0, format!("{what}: {}", fault.message.en));
        }
    };
    (number, format!("line {number}: {}", fault.message.en))
}

fn day(text: &str) -> Option<NaiveDate> {
    let has_form = text.len() == 10 && text.starts_with(|first: char| first.is_ascii_digit());
    let day = NaiveDate::parse_from_str(text, "%Y-%m-%d").ok();
    day.filter(|_| has_form)
}

#[cfg(test)]
mod tests;
