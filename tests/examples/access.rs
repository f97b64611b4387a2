//! Reports how much is tried of who reads and does what: the fields, operations and roles of the tables that the tests hold
//! the service to, and how many of their cells are allowed, refused and hidden: `cargo run -p wederhoor-tests --example access`.

use std::{fs, path::Path};

fn main() {
    let tables = Path::new(env!("CARGO_MANIFEST_DIR")).join("blackbox/hostile/snapshots");
    let entries = fs::read_dir(tables).expect("the tables are beside this program");
    let mut paths: Vec<_> = entries.map(|entry| entry.expect("a file").path()).collect();
    paths.sort();
    for path in paths {
        let text = fs::read_to_string(&path).expect("a table is text");
        let name = path.file_stem().and_then(|stem| stem.to_str());
        let name = name.and_then(|name| name.rsplit("__").next());
        println!("{}: {}", name.expect("a name"), told(&text));
    }
}

/// The table is the last block of lines; the blocks before it say what its columns and marks mean.
fn told(text: &str) -> String {
    let (legend, table) = text.trim_end().rsplit_once("\n\n").expect("a table");
    let columns = legend
        .rsplit("\n\n")
        .next()
        .map_or(0, |roles| roles.lines().filter(is_role).count());
    let (mut rows, mut allowed, mut refused, mut hidden) = (0, 0, 0, 0);
    for row in table.lines().filter(|row| !row.starts_with(' ')) {
        rows += 1;
        let (_, marks) = row.split_once("  ").expect("marks");
        let marks = marks.trim_start_matches(' ').chars().take(columns);
        for mark in marks {
            match mark {
                ' ' => {}
                '·' => hidden += 1,
                '-' => refused += 1,
                _ => allowed += 1,
            }
        }
    }
    format!(
        "{rows} × {columns} roles: {allowed} allowed, {refused} refused by a code, {hidden} hidden"
    )
}

/// Whether a line says for whom a letter stands.
fn is_role(line: &&str) -> bool {
    line.chars().nth(1) == Some(' ') && line.starts_with(char::is_alphabetic)
}
