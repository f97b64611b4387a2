//! Files with what people wrote, or with what was destroyed: nobody else reads them, and none takes the place of another.

use std::{
    fs::{self, File},
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
};

use crate::support::{database::Database, directory::Directory, organisation::migrated};

fn rights(file: &Path) -> u32 {
    fs::metadata(file).unwrap().permissions().mode() & 0o777
}

fn names(directory: &Directory) -> Vec<String> {
    let entries = fs::read_dir(&directory.0).unwrap();
    let name = |one: fs::DirEntry| one.file_name().into_string().unwrap();
    let mut names: Vec<String> = entries.map(|one| name(one.unwrap())).collect();
    names.sort();
    names
}

fn a_database() -> Database {
    let database = Database::sqlite();
    migrated(&database);
    database
}

#[test]
fn a_copy_is_its_owners_and_has_the_name_of_its_moment() {
    let (database, directory) = (a_database(), Directory::new());
    let copied = database.run(&["backup", directory.0.to_str().unwrap()]);
    assert!(copied.is_success, "{copied:?}");
    let [name] = &names(&directory)[..] else {
        panic!("{:?}", names(&directory));
    };
    let digits = name.chars().filter(char::is_ascii_digit).count();
    assert!(
        name.starts_with("wederhoor-2") && name.ends_with("Z.db") && digits == 14,
        "{name}"
    );
    assert!(copied.out.contains(name), "{copied:?}");
    assert_eq!(rights(&directory.0.join(name)), 0o600);
}

#[test]
fn a_copy_that_was_broken_off_stands_in_no_ones_way_and_one_under_way_does() {
    let (database, directory) = (a_database(), Directory::new());
    let half = directory.file("kopie.db.partial", "half");
    let file: PathBuf = directory.0.join("kopie.db");
    let under_way = File::open(&half).unwrap();
    under_way.lock().unwrap();
    let copy = || database.run(&["backup", file.to_str().unwrap()]);
    let refused = copy();
    assert!(
        !refused.is_success && refused.error.contains("another process is writing"),
        "{refused:?}"
    );
    assert_eq!(fs::read_to_string(&half).unwrap(), "half");
    under_way.unlock().unwrap();
    let copied = copy();
    assert!(copied.is_success, "{copied:?}");
    assert_eq!(
        (names(&directory), rights(&file)),
        (vec!["kopie.db".to_owned()], 0o600)
    );
    let before = fs::read(&file).unwrap();
    assert!(copy().error.contains("is there already"));
    assert!(fs::read(&file).unwrap() == before);
}

#[test]
fn the_list_of_what_was_destroyed_is_its_owners() {
    let (database, directory) = (a_database(), Directory::new());
    let list = directory.file("lijst.ndjson", "");
    directory.file("lijst.ndjson.partial", "half");
    let exported = database.run(&["destroyed", "export", list.to_str().unwrap()]);
    assert!(exported.is_success, "{exported:?}");
    assert_eq!(
        (names(&directory), rights(&list)),
        (vec!["lijst.ndjson".to_owned()], 0o600)
    );
}
