//! What the demo says of a data directory that is not right, and that it leaves it as it was.

use std::{
    collections::BTreeMap,
    fs,
    net::TcpListener,
    path::{Path, PathBuf},
    process::Command,
};

use crate::support::{
    directory::Directory,
    ended::{end, program, run},
    trying::cannot_be_tried,
};

/// Starts the demo in that directory, where it must refuse to start; what it says.
fn refused_demo(port: &str, directory: &Path) -> String {
    let ended = run(&[
        "demo",
        "--port",
        port,
        "--data-dir",
        directory.to_str().unwrap(),
    ]);
    assert!(!ended.is_success, "{ended:?}");
    assert_eq!(ended.out, "", "nothing was started");
    assert!(ended.error.starts_with("error: "), "{}", ended.error);
    assert!(
        !ended.error.contains("panicked") && !ended.error.contains("stack backtrace"),
        "{}",
        ended.error
    );
    ended.error
}

fn kept(version: u32, seed: &str) -> String {
    format!("{{\"version\":{version},\"token_seed\":\"{seed}\",\"ahead_seconds\":0}}")
}

/// Refuses a directory with these files, says which file, and leaves all as it was.
fn refuses(files: &[(&str, &[u8])], words: &[&str]) {
    let directory = Directory::new();
    for (name, content) in files {
        directory.file(name, content);
    }
    let before = directory.contents();
    let said = refused_demo("0", &directory.0);
    let place = directory.0.to_str().unwrap();
    for word in words.iter().chain([&place]) {
        assert!(said.contains(word), "{word} is missing: {said}");
    }
    let after = directory.contents();
    let names = |all: &BTreeMap<PathBuf, Vec<u8>>| all.keys().cloned().collect::<Vec<_>>();
    assert_eq!(names(&before), names(&after), "{said}");
    assert!(before == after, "a file was changed: {said}");
}

#[test]
fn a_damaged_data_directory_is_named_and_left_as_it_is() {
    let good = kept(1, &"07".repeat(32));
    refuses(&[("demo.json", b"{ half")], &["demo.json", "damaged"]);
    refuses(&[("demo.json", b"")], &["demo.json", "damaged"]);
    refuses(&[("demo.json", b"\xff\xfe\x00")], &["demo.json"]);
    refuses(
        &[("demo.json", kept(1, "geen sleutel").as_bytes())],
        &["demo.json", "key"],
    );
    let never = kept(1, &"07".repeat(32)).replace(":0}", ":9223372036854775807}");
    refuses(&[("demo.json", never.as_bytes())], &["demo.json", "clock"]);
    refuses(&[("wederhoor.db", b"")], &["wederhoor.db", "demo.json"]);
    refuses(
        &[("demo.json", good.as_bytes()), ("wederhoor.db", &[7; 8192])],
        &["wederhoor.db"],
    );
}

#[test]
fn a_data_directory_of_another_version_is_named_and_left_as_it_is() {
    let newer = r#"{"version": 99, "key": {"of": "another shape"}}"#;
    refuses(
        &[("demo.json", newer.as_bytes()), ("wederhoor.db", b"")],
        &["demo.json", "a newer version", "--data-dir"],
    );
    refuses(
        &[("demo.json", br#"{"version": 0}"#)],
        &["demo.json", "an older version", "--reset"],
    );
}

#[test]
fn a_reset_leaves_a_database_that_no_demo_made() {
    let directory = Directory::new();
    migrated(&directory);
    let before = directory.contents();
    let place = directory.0.to_str().unwrap();
    for reset in [&[][..], &["--reset"]] {
        let demo = ["demo", "--port", "0", "--data-dir", place];
        let ended = run(&[&demo, reset].concat());
        assert!(!ended.is_success, "{ended:?}");
        assert!(ended.error.contains("--data-dir"), "{}", ended.error);
        assert!(directory.contents() == before, "{}", ended.error);
    }
}

/// A database with its schema in that directory: its file, and its address.
fn migrated(directory: &Directory) -> (PathBuf, String) {
    let file = directory.0.join("wederhoor.db");
    let url = format!("sqlite://{}?mode=rwc", file.display());
    let migrated = end(program(&["migrate"]).env("WEDERHOOR_DATABASE_URL", &url));
    assert!(migrated.is_success, "{migrated:?}");
    (file, url)
}

#[test]
fn a_database_that_is_cut_short_is_named_and_left_as_it_is() {
    let directory = Directory::new();
    let (whole, _) = migrated(&directory);
    let bytes = fs::read(&whole).unwrap();
    let good = kept(1, &"07".repeat(32));
    refuses(
        &[
            ("demo.json", good.as_bytes()),
            ("wederhoor.db", &bytes[..bytes.len() / 2]),
        ],
        &["wederhoor.db"],
    );
}

#[test]
fn a_database_with_a_damaged_page_is_named_and_left_as_it_is() {
    let directory = Directory::new();
    let (whole, url) = migrated(&directory);
    let mut bytes = fs::read(&whole).unwrap();
    let last = bytes.len() - 20 * 4096;
    bytes[last..].fill(0);
    let good = kept(1, &"07".repeat(32));
    refuses(
        &[("demo.json", good.as_bytes()), ("wederhoor.db", &bytes)],
        &["wederhoor.db", "damaged"],
    );
    fs::write(&whole, &bytes).unwrap();
    for arguments in [["migrate"], ["serve"]] {
        let refused = end(program(&arguments)
            .env("WEDERHOOR_DATABASE_URL", &url)
            .env("WEDERHOOR_BIND", "127.0.0.1:0")
            .env(
                "WEDERHOOR_TOKEN_KEY",
                "8cTgwWkMvRJkqHh4nG0BzX3tS5yP2uEaVdLfKiOoQ7s=",
            )
            .env(
                "WEDERHOOR_SEALING_KEY",
                "q3PzN0yWm5uXc1Rk7VtJfH9oLdS2eBaG4iZxTCwQ8sY=",
            ));
        assert!(
            !refused.is_success && refused.error.contains("damaged"),
            "{refused:?}"
        );
        assert!(
            fs::read(&whole).unwrap() == bytes,
            "{arguments:?} wrote to it"
        );
    }
}

#[test]
fn an_empty_database_beside_a_sound_demo_is_named_and_left_as_it_is() {
    let good = kept(1, &"07".repeat(32));
    refuses(
        &[("demo.json", good.as_bytes()), ("wederhoor.db", b"")],
        &["wederhoor.db", "empty", "--reset"],
    );
}

#[test]
fn a_taken_port_is_said_before_anything_is_made() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    let directory = Directory::new();
    let data = directory.0.join("data");
    let said = refused_demo(&port, &data);
    assert!(
        said.contains(&port) && said.contains("in use") && said.contains("another port"),
        "{said}"
    );
    assert!(!data.exists());
}

#[test]
fn a_data_directory_that_another_demo_holds_is_named() {
    let directory = Directory::new();
    let held = fs::File::open(&directory.0).unwrap();
    held.lock().unwrap();
    let said = refused_demo("0", &directory.0);
    assert!(said.contains("in use by another demo"), "{said}");
    assert!(directory.contents().is_empty());
}

#[test]
fn a_data_directory_that_cannot_be_made_is_named() {
    let directory = Directory::new();
    let file = directory.file("file", "not a directory");
    for data in [file.join("data"), file] {
        let before = directory.contents();
        let said = refused_demo("0", &data);
        assert!(said.contains(data.to_str().unwrap()), "{said}");
        assert!(directory.contents() == before);
    }
}

/// An account without rights, where the tests run as one that has them all.
#[cfg(unix)]
const NOBODY: u32 = 65_534;

/// Starts the demo there as somebody who has no rights that they were not given; what it says.
#[cfg(unix)]
fn refused_without_rights(program: &Path, data: &Path) -> String {
    use std::os::unix::process::CommandExt;
    let mut command = Command::new(program);
    let arguments = ["demo", "--port", "0", "--data-dir", data.to_str().unwrap()];
    command.args(arguments).env_clear();
    if fs::metadata("/proc/self").is_ok_and(|own| std::os::unix::fs::MetadataExt::uid(&own) == 0) {
        command.uid(NOBODY).gid(NOBODY);
    }
    let ended = end(&mut command);
    assert!(!ended.is_success, "{ended:?}");
    ended.error
}

#[cfg(unix)]
#[test]
fn a_data_directory_without_rights_is_named_and_left_as_it_is() {
    use std::os::unix::fs::PermissionsExt;
    let rights = |path: &Path, mode| {
        fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
    };
    let around = Directory::new();
    rights(&around.0, 0o755);
    // The program may stand where nobody else can come. Another process copies it: what this one has open for writing,
    // the children of other tests hold for a moment, and a program that is held so cannot be run.
    let program = around.0.join("wederhoor");
    let built = env!("CARGO_BIN_EXE_wederhoor").as_ref();
    let copied = end(Command::new("cp").args([built, program.as_os_str()]));
    assert!(copied.is_success, "{copied:?}");
    let data = around.0.join("data");
    fs::create_dir(&data).unwrap();
    rights(&data, 0o555);
    let said = refused_without_rights(&program, &data);
    assert!(
        said.contains("demo.json cannot be written: Permission denied"),
        "{said}"
    );
    let said = refused_without_rights(&program, &data.join("deeper"));
    assert!(
        said.contains("deeper cannot be made: Permission denied"),
        "{said}"
    );

    let file = data.join("demo.json");
    fs::write(&file, kept(1, &"07".repeat(32))).unwrap();
    rights(&file, 0o000);
    let said = refused_without_rights(&program, &data);
    assert!(
        said.contains("demo.json cannot be read: Permission denied"),
        "{said}"
    );
    rights(&file, 0o444);
    let said = refused_without_rights(&program, &data);
    assert!(said.contains("wederhoor.db"), "{said}");
    let left: Vec<_> = fs::read_dir(&data)
        .unwrap()
        .map(|one| one.unwrap().path())
        .collect();
    assert_eq!(left, [file]);
}

/// Plays on a disk of 8 MB, in a mount namespace of its own: begins, stops, fills the disk, begins, makes room, begins.
/// 77: no disk can be mounted here.
#[cfg(target_os = "linux")]
const ON_A_SMALL_DISK: &str = r#"
    disk=$1 program=$2
    mount -t tmpfs -o size=8m none "$disk" 2>/dev/null || exit 77
    demo() {
        : >"$disk.out"
        "$program" demo --no-history --port 0 --data-dir "$disk/data" >"$disk.out" 2>"$disk.err" &
        demo=$! tries=0
        while kill -0 $demo 2>/dev/null && ! grep -q 'demo is open' "$disk.out" && [ $tries -lt 600 ]; do
            sleep 0.1; tries=$((tries + 1))
        done
        opened=no
        if grep -q 'demo is open' "$disk.out"; then opened=yes; kill $demo; fi
        wait $demo
        echo "$1: $opened"
        cat "$disk.err"
    }
    sums() { cksum "$disk/data/demo.json" "$disk/data/wederhoor.db"; }
    demo empty; before=$(sums)
    dd if=/dev/zero of="$disk/fill" bs=4k 2>/dev/null
    demo full
    [ "$(sums)" = "$before" ] && echo 'as it was'
    rm -r "$disk/data"; mkdir "$disk/data"
    dd if=/dev/zero of="$disk/more" bs=4k 2>/dev/null
    demo fresh
    ls -A "$disk/data"
    rm "$disk/fill" "$disk/more"
    demo freed
    mount -o remount,ro "$disk"
    demo held
"#;

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_said_and_costs_nothing() {
    let around = Directory::new();
    let disk = around.0.join("disk");
    fs::create_dir(&disk).unwrap();
    let played = Command::new("unshare")
        .args([
            "--mount",
            "--map-root-user",
            "sh",
            "-c",
            ON_A_SMALL_DISK,
            "sh",
        ])
        .args([disk.as_os_str(), env!("CARGO_BIN_EXE_wederhoor").as_ref()])
        .output();
    let Ok(played) = played else {
        return cannot_be_tried("there is no unshare here");
    };
    if !played.status.success() && played.stdout.is_empty() {
        return cannot_be_tried("no disk of a test's own can be mounted here");
    }
    let said = String::from_utf8(played.stdout).unwrap();
    let place = disk.join("data");
    let full = format!(
        "full: no\nerror: the database at sqlite://{}/wederhoor.db",
        place.display()
    );
    for words in [
        "empty: yes",
        &full,
        "(is the disk full?)",
        "as it was",
        "freed: yes",
    ] {
        assert!(said.contains(words), "{words} is missing: {said}");
    }
    let fresh = format!(
        "fresh: no\nerror: {}/demo.json cannot be written",
        place.display()
    );
    assert!(said.contains(&fresh), "{said}");
    let held = format!(
        "held: no\nerror: the database at sqlite://{}/wederhoor.db",
        place.display()
    );
    assert!(said.contains(&held), "{said}");
    assert!(said.contains("cannot be written"), "{said}");
    assert!(
        !said.contains("demo.json.new"),
        "half a file is left: {said}"
    );
}
