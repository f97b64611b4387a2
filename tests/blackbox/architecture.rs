//! The arrows between the crates, and who may name the object-relational mapper.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::{Path, PathBuf},
    process::Command,
};

use serde_json::Value;

/// Which crates each crate may depend on, tests included.
const ARROWS: [(&str, &[&str]); 8] = [
    ("procedure", &[]),
    ("letters", &["procedure"]),
    ("store", &["procedure", "migration"]),
    ("service", &["procedure", "letters", "store", "migration"]),
    ("graphql", &["procedure", "service"]),
    ("migration", &[]),
    (
        "server",
        &[
            "procedure",
            "letters",
            "store",
            "service",
            "graphql",
            "migration",
        ],
    ),
    ("tests", &["server", "migration"]),
];

/// Arrows that only tests may follow.
const FOR_TESTS: [(&str, &str); 2] = [("store", "migration"), ("service", "migration")];

/// What must not be linked into a crate, however convenient.
const FORBIDDEN: [(&str, &[&str]); 5] = [
    (
        "procedure",
        &[
            "tokio",
            "sea-orm",
            "sqlx",
            "axum",
            "async-graphql",
            "rand",
            "reqwest",
            "tracing",
        ],
    ),
    (
        "letters",
        &[
            "tokio",
            "sea-orm",
            "sqlx",
            "axum",
            "async-graphql",
            "rand",
            "lettre",
        ],
    ),
    ("store", &["axum", "async-graphql", "lettre", "reqwest"]),
    (
        "service",
        &["axum", "async-graphql", "lettre", "reqwest", "sqlx"],
    ),
    ("graphql", &["axum", "lettre", "sqlx", "wederhoor-store"]),
];

struct Dependency {
    name: String,
    is_for_tests: bool,
}

#[test]
fn the_arrows_point_one_way() {
    let allowed = BTreeMap::from(ARROWS);
    let packages = packages();
    assert_eq!(
        packages.keys().map(String::as_str).collect::<BTreeSet<_>>(),
        allowed.keys().copied().collect()
    );
    for (package, dependencies) in &packages {
        for dependency in dependencies {
            let Some(target) = dependency.name.strip_prefix("wederhoor-") else {
                continue;
            };
            assert!(
                allowed[package.as_str()].contains(&target),
                "{package} may not depend on {target}"
            );
            let is_for_tests_only = FOR_TESTS.contains(&(package.as_str(), target));
            assert!(
                dependency.is_for_tests || !is_for_tests_only,
                "only the tests of {package} may depend on {target}"
            );
        }
    }
}

#[test]
fn a_crate_does_not_know_what_is_not_its_business() {
    let packages = packages();
    for (package, forbidden) in FORBIDDEN {
        for dependency in packages[package]
            .iter()
            .filter(|dependency| !dependency.is_for_tests)
        {
            assert!(
                !forbidden.contains(&dependency.name.as_str()),
                "{package} may not depend on {}",
                dependency.name
            );
        }
    }
}

#[test]
fn only_store_and_migration_name_the_mapper() {
    for (package, dependencies) in packages() {
        let names_it = dependencies
            .iter()
            .any(|dependency| dependency.name.starts_with("sea-"));
        assert_eq!(
            names_it,
            package == "store" || package == "migration",
            "{package}"
        );
    }
    let mapper = ["sea", "orm"].join("_");
    for file in sources(&root()) {
        let path = file.strip_prefix(root()).unwrap().to_owned();
        if !path.starts_with("crates/store") && !path.starts_with("migration") {
            let text = std::fs::read_to_string(&file).unwrap();
            assert!(!text.contains(&mapper), "{} names {mapper}", path.display());
        }
    }
}

#[test]
fn every_file_is_part_of_a_program() {
    let mut left_out = Vec::new();
    for file in sources(&root()) {
        let (directory, stem) = (file.parent().unwrap(), stem(&file));
        let begins = ["lib", "main", "build"].contains(&stem.as_str());
        let is_alone = ["examples", "fuzz_targets"].contains(&self::stem(directory).as_str());
        if begins || is_alone {
            continue;
        }
        let (home, module) = match stem.as_str() {
            "mod" => (directory.parent().unwrap(), self::stem(directory)),
            _ => (directory, stem),
        };
        let parents = [
            home.with_extension("rs"),
            home.join("mod.rs"),
            home.join("lib.rs"),
            home.join("main.rs"),
            home.with_file_name("lib.rs"),
        ];
        let names_it = |parent: &PathBuf| {
            let text = std::fs::read_to_string(parent).unwrap_or_default();
            let named = format!("mod {module};");
            text.lines().any(|line| line.trim().ends_with(&named))
        };
        if !parents.iter().any(names_it) {
            left_out.push(file);
        }
    }
    assert!(left_out.is_empty(), "{left_out:#?}");
}

#[test]
fn no_tenants_name_stands_in_code() {
    let names = [["li", "vp"].concat(), ["bli", "jf"].concat()];
    let mut found = Vec::new();
    for file in sources(&root().join("crates")) {
        let path = file.strip_prefix(root()).unwrap().to_owned();
        let is_about_tenants = path.starts_with("crates/server/src/demo")
            || path.components().any(|part| part.as_os_str() == "tests")
            || path.ends_with("tests.rs");
        if is_about_tenants {
            continue;
        }
        let text = std::fs::read_to_string(&file).unwrap();
        for literal in literals(&text) {
            let lower = literal.to_lowercase();
            let mut words = lower.split(|one: char| !one.is_alphanumeric());
            if words.any(|word| names.iter().any(|name| name == word)) {
                found.push(format!("{}: {literal}", path.display()));
            }
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn literals_are_told_from_comments_and_characters() {
    let text = "let a = \"one\"; // \"no\"\n/* \"no\" */ let b = '\"'; let c = '\\''; f::<'a>(r#\"t\"wo\"#, b\"th\\\"ree\");";
    assert_eq!(literals(text), ["one", "t\"wo", "th\\\"ree"]);
}

/// The string literals of a source, as they are written; those of comments not.
fn literals(text: &str) -> Vec<String> {
    let (mut found, mut rest) = (Vec::new(), text);
    while let Some(place) = rest.find(['"', '\'', '/', 'r']) {
        let (before, from) = rest.split_at(place);
        let is_word = before.ends_with(|one: char| one.is_alphanumeric() || one == '_');
        let hashes = from[1..].bytes().take_while(|byte| *byte == b'#').count();
        let skipped = if from.starts_with("//") {
            from.find('\n').unwrap_or(from.len())
        } else if from.starts_with("/*") {
            from.find("*/").map_or(from.len(), |end| end + 2)
        } else if from.starts_with('r') && !is_word && from[1 + hashes..].starts_with('"') {
            let end = format!("\"{}", "#".repeat(hashes));
            let inner = &from[2 + hashes..];
            let length = inner.find(&end).unwrap_or(inner.len());
            found.push(inner[..length].to_owned());
            2 + hashes + length + end.len()
        } else if let Some(inner) = from.strip_prefix('"') {
            let length = quoted(inner);
            found.push(inner[..length].to_owned());
            length + 2
        } else if from.starts_with("'\\") {
            3 + from[3..].find('\'').unwrap_or(0) + 1
        } else if from.starts_with("'\"'") {
            3
        } else {
            1
        };
        rest = from.get(skipped..).unwrap_or_default();
    }
    found
}

/// How long the inside of a string literal is.
fn quoted(inner: &str) -> usize {
    let mut is_escaped = false;
    let end = inner.find(|one: char| {
        let ends = one == '"' && !is_escaped;
        is_escaped = one == '\\' && !is_escaped;
        ends
    });
    end.unwrap_or(inner.len())
}

/// The workspace's packages, by name without prefix.
fn packages() -> BTreeMap<String, Vec<Dependency>> {
    let output = Command::new(env!("CARGO"))
        .args([
            "metadata",
            "--no-deps",
            "--offline",
            "--format-version",
            "1",
        ])
        .current_dir(root())
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let metadata: Value = serde_json::from_slice(&output.stdout).unwrap();
    metadata["packages"]
        .as_array()
        .unwrap()
        .iter()
        .map(package)
        .collect()
}

fn package(package: &Value) -> (String, Vec<Dependency>) {
    let name = package["name"]
        .as_str()
        .unwrap()
        .trim_start_matches("wederhoor-")
        .to_owned();
    let dependencies = package["dependencies"]
        .as_array()
        .unwrap()
        .iter()
        .map(|dependency| Dependency {
            name: dependency["name"].as_str().unwrap().to_owned(),
            is_for_tests: dependency["kind"] == "dev",
        });
    (name, dependencies.collect())
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .unwrap()
        .to_owned()
}

fn stem(path: &Path) -> String {
    path.file_stem().unwrap().to_string_lossy().into_owned()
}

fn sources(directory: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(directory).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if path.is_dir() && name != "target" && !name.starts_with('.') {
            found.extend(sources(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
    found
}
