//! A disk of a few megabytes that is seen by one program and by nothing else, and is gone with it.

use std::{
    env,
    fs::{self, File},
    io::{ErrorKind, Write},
    path::{Path, PathBuf},
    process::Command,
};

use super::{directory::Directory, ended::end, trying::cannot_be_tried};

/// Mounts it, and does what else is said.
const MOUNT: &str = r#"mount -t tmpfs -o "size=$1,mode=1777" none "$2" && shift 2 && "#;

/// Where it is, for the program that sees it.
pub(crate) struct SmallDisk(Directory);

impl SmallDisk {
    /// `None` on a machine where no disk of a test's own can be mounted.
    pub(crate) fn new() -> Option<Self> {
        let disk = Self(Directory::new());
        let mut mounted = disk.with("1m", "exit 0");
        let is_possible = mounted.output().is_ok_and(|said| said.status.success());
        if !is_possible {
            cannot_be_tried("no disk of a test's own can be mounted here");
        }
        is_possible.then_some(disk)
    }

    /// Where it is.
    pub(crate) fn place(&self) -> &Path {
        &self.0.0
    }

    /// A shell that has the disk, and does this.
    pub(crate) fn with(&self, size: &str, script: &str) -> Command {
        let mut shell = Command::new("unshare");
        shell.arg("--mount");
        // Who is not root is it here, and has nobody else beside them.
        if !is_root() {
            shell.arg("--map-root-user");
        }
        shell.args(["sh", "-c", &format!("{MOUNT}{script}"), "sh", size]);
        shell.arg(self.place());
        shell
    }

    /// The program, which has the disk with a copy of this file on it.
    pub(crate) fn around(&self, size: &str, file: &Path, program: &Command) -> Command {
        let mut shell = self.with(size, r#"cp "$1" "$2" && shift 2 && exec "$@""#);
        shell.arg(file).arg(self.place());
        shell.arg(program.get_program()).args(program.get_args());
        shell.env_clear().env("PATH", env::var_os("PATH").unwrap());
        for (key, value) in program.get_envs() {
            if let Some(value) = value {
                shell.env(key, value);
            }
        }
        shell
    }

    /// Leaves no room on it, for the program of this number.
    pub(crate) fn fill(&self, process: u32) {
        let mut file = File::create(self.filling(process)).unwrap();
        let some = [7; 4096];
        loop {
            match file.write_all(&some) {
                Ok(()) => {}
                Err(error) if error.kind() == ErrorKind::StorageFull => return,
                Err(error) => panic!("{error}"),
            }
        }
    }

    /// Makes the room again.
    pub(crate) fn free(&self, process: u32) {
        fs::remove_file(self.filling(process)).unwrap();
    }

    /// As the program sees it.
    fn filling(&self, process: u32) -> PathBuf {
        let place = self.place().strip_prefix("/").unwrap();
        let root = PathBuf::from(format!("/proc/{process}/root"));
        root.join(place).join("filling")
    }
}

/// Whether this runs as who may do everything.
pub(crate) fn is_root() -> bool {
    end(Command::new("id").arg("-u")).out.trim() == "0"
}
