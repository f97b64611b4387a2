//! What the demo keeps in its data directory besides the database: its key and how far its clock is ahead.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, bail};
use chrono::TimeDelta;
use serde::{Deserialize, Serialize};

use crate::entropy;

/// The shape of the directory; another number is another program's.
const VERSION: u32 = 1;

/// The farthest that its clock can be from the real one, in seconds: two centuries.
const FARTHEST: i64 = 200 * 366 * 86_400;

/// The demo's data directory, which no other program holds.
#[derive(Debug)]
pub struct State {
    directory: PathBuf,
    /// Held for as long as this value lives.
    _lock: fs::File,
    kept: Kept,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Kept {
    version: u32,
    token_seed: String,
    ahead_seconds: i64,
}

/// What every version of the file has.
#[derive(Deserialize)]
struct Shape {
    version: u32,
}

impl State {
    /// Opens the directory, or makes it. A reset removes only what the demo made itself.
    ///
    /// # Errors
    /// When it cannot be read or written, or holds what this program did not make; nothing is touched then.
    pub fn open(directory: &Path, reset: bool, with_database: bool) -> anyhow::Result<Self> {
        let named = || format!("the data directory {}", directory.display());
        fs::create_dir_all(directory).with_context(|| format!("{} cannot be made", named()))?;
        let lock = lock(directory)?;
        if reset {
            refuse_orphan(directory, with_database)?;
            clear(directory, with_database)?;
        }
        let file = directory.join("demo.json");
        let kept = match fs::read(&file) {
            Ok(text) => {
                read(&text).with_context(|| format!("{} cannot be used", file.display()))?
            }
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                refuse_orphan(directory, with_database)?;
                let kept = fresh();
                write(&file, &kept)?;
                kept
            }
            Err(error) => {
                return Err(error).with_context(|| format!("{} cannot be read", file.display()));
            }
        };
        Ok(Self {
            directory: directory.to_owned(),
            _lock: lock,
            kept,
        })
    }

    /// The file of the embedded database.
    pub fn database_file(&self) -> PathBuf {
        self.directory.join("wederhoor.db")
    }

    /// The seed of the key that signs access tokens.
    pub fn token_seed(&self) -> [u8; 32] {
        let mut seed = [0; 32];
        // `read` and `fresh` let only 32 bytes in hexadecimal through.
        let _ = hex::decode_to_slice(&self.kept.token_seed, &mut seed);
        seed
    }

    /// How far the procedure's clock is ahead of the real one.
    pub fn ahead(&self) -> TimeDelta {
        TimeDelta::seconds(self.kept.ahead_seconds)
    }

    /// Keeps how far the clock is ahead.
    ///
    /// # Errors
    /// When the directory cannot be written.
    pub fn keep_ahead(&self, ahead: TimeDelta) -> anyhow::Result<()> {
        let kept = Kept {
            ahead_seconds: ahead.num_seconds(),
            ..self.kept.clone()
        };
        write(&self.directory.join("demo.json"), &kept)
    }
}

fn fresh() -> Kept {
    let mut seed = [0; 32];
    entropy::fill(&mut seed);
    Kept {
        version: VERSION,
        token_seed: hex::encode(seed),
        ahead_seconds: 0,
    }
}

/// Two programs on one directory would each have a clock of their own.
fn lock(directory: &Path) -> anyhow::Result<fs::File> {
    let cannot = || {
        format!(
            "the data directory {} cannot be opened",
            directory.display()
        )
    };
    let held = fs::File::open(directory).with_context(cannot)?;
    match held.try_lock() {
        Ok(()) => Ok(held),
        Err(fs::TryLockError::WouldBlock) => bail!(
            "the data directory {} is in use by another demo; stop it, or use another --data-dir",
            directory.display()
        ),
        Err(fs::TryLockError::Error(error)) => Err(error).with_context(cannot),
    }
}

fn read(text: &[u8]) -> anyhow::Result<Kept> {
    let damaged = "it is damaged; begin anew with --reset, or move it away";
    let shape: Shape = serde_json::from_slice(text).context(damaged)?;
    if shape.version != VERSION {
        let other = if shape.version > VERSION {
            "a newer"
        } else {
            "an older"
        };
        bail!(
            "it was made by {other} version of the program; begin anew with --reset, or use another --data-dir"
        );
    }
    let kept: Kept = serde_json::from_slice(text).context(damaged)?;
    if kept.token_seed.len() != 64 || hex::decode(&kept.token_seed).is_err() {
        bail!("its key is damaged; begin anew with --reset, or move it away");
    }
    if !(-FARTHEST..=FARTHEST).contains(&kept.ahead_seconds) {
        bail!("its clock is damaged; begin anew with --reset, or move it away");
    }
    Ok(kept)
}

/// Written beside and moved into place, so that a full disk leaves the old one.
fn write(file: &Path, kept: &Kept) -> anyhow::Result<()> {
    let beside = file.with_extension("json.new");
    let text = serde_json::to_string_pretty(kept)?;
    fs::write(&beside, text)
        .and_then(|()| fs::rename(&beside, file))
        .inspect_err(|_| {
            // What was half written is of no use, and takes room that may be wanting.
            let _ = fs::remove_file(&beside);
        })
        .with_context(|| format!("{} cannot be written", file.display()))
}

/// Refuses a database beside which no demo says that it is its own: it may be in use for real.
fn refuse_orphan(directory: &Path, with_database: bool) -> anyhow::Result<()> {
    let (database, kept) = (directory.join("wederhoor.db"), directory.join("demo.json"));
    if with_database && database.exists() && !kept.exists() {
        bail!(
            "{} is there, but no demo.json of a demo that made it: use another --data-dir, or move it away",
            database.display()
        );
    }
    Ok(())
}

fn clear(directory: &Path, with_database: bool) -> anyhow::Result<()> {
    let mut names = vec!["demo.json"];
    if with_database {
        names.extend(["wederhoor.db", "wederhoor.db-wal", "wederhoor.db-shm"]);
        names.extend([
            "wederhoor.db.new",
            "wederhoor.db.new-wal",
            "wederhoor.db.new-shm",
        ]);
    }
    for name in names {
        let file = directory.join(name);
        match fs::remove_file(&file) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                return Err(error).with_context(|| format!("{} cannot be removed", file.display()));
            }
            _ => {}
        }
    }
    Ok(())
}
