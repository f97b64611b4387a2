//! Files that hold what people wrote, or list what was destroyed: whoever writes one reads it, and nobody else does; it is there
//! whole, or not at all.

#[cfg(unix)]
use std::os::unix::fs::{MetadataExt, OpenOptionsExt, PermissionsExt};
use std::{
    ffi::OsStr,
    fs::{self, File, OpenOptions},
    io::{self, ErrorKind},
    path::{Path, PathBuf},
};

/// Read and written by their owner only.
#[cfg(unix)]
const RIGHTS: u32 = 0o600;

/// A file on its way to its place.
pub(super) struct Partial {
    file: File,
    place: PathBuf,
}

impl Partial {
    /// Begins with one beside where it goes. What was broken off there begins anew.
    ///
    /// # Errors
    /// Also where another process writes it now.
    pub(super) fn beside(place: &Path) -> io::Result<Self> {
        let mut name = place.as_os_str().to_owned();
        name.push(".partial");
        let place = PathBuf::from(name);
        let mut options = OpenOptions::new();
        options.write(true).create(true).truncate(false);
        #[cfg(unix)]
        options.mode(RIGHTS);
        let file = options.open(&place)?;
        // Who ended in between has put it elsewhere.
        if file.try_lock().is_err() || !is_at(&file, &place)? {
            let said = format!("another process is writing {}", place.display());
            return Err(io::Error::new(ErrorKind::ResourceBusy, said));
        }
        #[cfg(unix)]
        file.set_permissions(fs::Permissions::from_mode(RIGHTS))?;
        file.set_len(0)?;
        Ok(Self { file, place })
    }

    /// Where it is meanwhile.
    pub(super) fn place(&self) -> &Path {
        &self.place
    }

    /// To write to it.
    pub(super) fn file(&mut self) -> &mut File {
        &mut self.file
    }

    /// Puts it at a place where nothing is: nothing is ever overwritten, whoever writes at the same time.
    pub(super) fn put_at(self, place: &Path) -> io::Result<()> {
        self.file.sync_all()?;
        match fs::hard_link(&self.place, place) {
            Ok(()) => fs::remove_file(&self.place)?,
            Err(error) if error.kind() == ErrorKind::AlreadyExists => return Err(error),
            // Not every disk of another machine gives a file two names.
            Err(_) => fs::rename(&self.place, place)?,
        }
        sync_directory(place)
    }

    /// Puts it in the place of what was there.
    pub(super) fn replace(self, place: &Path) -> io::Result<()> {
        self.file.sync_all()?;
        fs::rename(&self.place, place)?;
        sync_directory(place)
    }

    /// Leaves nothing of it: what is half is worth nothing.
    pub(super) fn discard(self) {
        let _ = fs::remove_file(&self.place);
    }
}

#[cfg(unix)]
fn is_at(file: &File, place: &Path) -> io::Result<bool> {
    Ok(fs::metadata(place)?.ino() == file.metadata()?.ino())
}

#[cfg(not(unix))]
fn is_at(_: &File, place: &Path) -> io::Result<bool> {
    place.try_exists()
}

/// A name lasts when its directory does.
fn sync_directory(of: &Path) -> io::Result<()> {
    let directory = of.parent().filter(|one| *one != OsStr::new(""));
    let synced = File::open(directory.unwrap_or(Path::new(".")))?.sync_all();
    synced.or_else(|error| match error.kind() {
        // Not every disk of another machine can.
        ErrorKind::InvalidInput | ErrorKind::Unsupported => Ok(()),
        _ => Err(error),
    })
}
