use std::{collections::HashSet, fs, io::Write, path::Path};

use anyhow::{Context, bail};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;
use wederhoor_service::{DestroyedAgain, DestroyedDossier, ServiceError};

use super::{out, private::Partial, serve::parts};
use crate::config::Config;

/// A line of the list.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Line {
    organisation: Uuid,
    complaint: Uuid,
    destroyed_at: DateTime<Utc>,
}

/// Adds what was destroyed to a list, which may be there already: what stands in it stays.
pub(super) async fn export(file: &Path) -> anyhow::Result<()> {
    let mut listed = if file.exists() {
        read(file)?
    } else {
        Vec::new()
    };
    let service = parts(Config::from_env()?).await?.service;
    let destroyed = service.destroyed_dossiers().await?;
    service.close().await?;
    let mut known: HashSet<Uuid> = listed.iter().map(|line| line.complaint).collect();
    for one in destroyed {
        if known.insert(one.complaint) {
            listed.push(Line {
                organisation: one.organisation,
                complaint: one.complaint,
                destroyed_at: one.destroyed_at,
            });
        }
    }
    let lines = listed.iter().map(serde_json::to_string);
    let text: String = lines.collect::<Result<Vec<_>, _>>()?.join("\n");
    let text = if text.is_empty() { text } else { text + "\n" };
    write(file, &text).with_context(|| format!("{} cannot be written", file.display()))?;
    out::line(format_args!(
        "{} lists {} destroyed dossiers.",
        file.display(),
        listed.len()
    ))?;
    Ok(())
}

/// Whoever is interrupted leaves the list as it was.
fn write(file: &Path, text: &str) -> std::io::Result<()> {
    let mut partial = Partial::beside(file)?;
    match partial.file().write_all(text.as_bytes()) {
        Ok(()) => partial.replace(file),
        Err(error) => {
            partial.discard();
            Err(error)
        }
    }
}

/// Destroys once more what stands in a list. It fails where something of it could not be destroyed.
pub(super) async fn replay(file: &Path) -> anyhow::Result<()> {
    let listed = read(file)?;
    let service = parts(Config::from_env()?).await?.service;
    let (mut again, mut before, mut absent, mut left) = (0, 0, 0, Vec::new());
    for line in &listed {
        let dossier = DestroyedDossier {
            organisation: line.organisation,
            complaint: line.complaint,
            destroyed_at: line.destroyed_at,
        };
        match service.destroy_again(&dossier).await {
            Ok(DestroyedAgain::Done) => again += 1,
            Ok(DestroyedAgain::Before) => before += 1,
            Ok(DestroyedAgain::Absent) => absent += 1,
            Ok(DestroyedAgain::Open) => {
                left.push(format!(
                    "{}: its procedure goes on in this backup; close it, then run this again",
                    line.complaint
                ));
            }
            Err(ServiceError::TenantSuspended) => {
                left.push(format!(
                    "{}: its organisation is on hold; resume it, then run this again",
                    line.complaint
                ));
            }
            Err(error) => left.push(format!("{}: {error}", line.complaint)),
        }
    }
    service.close().await?;
    out::line(format_args!(
        "{again} dossiers are destroyed once more; {before} were destroyed, {absent} are not there."
    ))?;
    if !left.is_empty() {
        bail!("not destroyed:\n  {}", left.join("\n  "));
    }
    Ok(())
}

fn read(file: &Path) -> anyhow::Result<Vec<Line>> {
    let text = fs::read_to_string(file);
    let text = text.with_context(|| format!("{} cannot be read", file.display()))?;
    let lines = text.lines().enumerate().map(|(number, line)| {
        let read: Result<Line, _> = serde_json::from_str(line);
        read.with_context(|| {
            format!(
                "{}, line {}: is no line of such a list",
                file.display(),
                number + 1
            )
        })
    });
    lines.collect()
}
