//! What is wrong with a text, where, and what to write instead.

use std::fmt::Write as _;

use crate::{
    locale::Locale,
    policy::{parse_json, parse_toml},
};

const BLIJF: &str = include_str!("../../../../../policies/blijf-groep.toml");

/// What is written there, and what somebody wrote instead.
const FAULTS: [(&str, &str); 35] = [
    (
        "closed_on_good_friday = false",
        "closed_on_god_friday = false",
    ),
    ("[alerts]", "[alarms]"),
    ("[name]", "[name"),
    ("opens_way = true", "opens_way = true\nsurprise = 1"),
    ("course = \"optional\"", "course = \"sometimes\""),
    ("channels = [\"web_form\"", "channels = [\"fax\""),
    ("decider = \"manager\"", "decider = \"boss\""),
    ("kind = \"response\"", "kind = \"answer\""),
    (
        "kind = \"response\"",
        "kind = \"response\"\neffect = \"final\"",
    ),
    ("kind = \"response\"", "kind = \"decision\""),
    ("effect = \"final\"\n", ""),
    ("means = \"acceptance\"", "means = \"yes\""),
    ("by = \"standing\"\n", ""),
    ("term = \"2 years\"", "term = \"-2 years\""),
    ("term = \"2 years\"", "term = \"101 years\""),
    ("term = \"6 weeks\"", "term = \"0 weeks\""),
    ("term = \"6 weeks\"", "term = 6"),
    ("term = \"6 weeks\"", "term = \"6 weken\""),
    ("term = \"6 weeks\"", "term = \"six weeks\""),
    ("reminder = \"1 week\"", "reminder = \"-1 week\""),
    ("article = \"Klachtenprocedure 3\"\n", ""),
    ("article = \"Begripsbepaling\"", "article = \" \""),
    ("house_rule = true", "house_rule = true\narticle = \"B4\""),
    ("house_rule = true\n", "house_rule = false\n"),
    ("rolls = true", "rolls = \"yes\""),
    ("channels = [", "channels = [[\"fax\"], "),
    ("causes]]", "cause]]"),
    ("course = \"optional\"", "course = 3"),
    (
        "course = \"optional\"",
        "course = \"optional\"\ncourse = \"required\"",
    ),
    ("course = \"optional\"", "course \"optional\""),
    ("course = \"optional\"", "course = \"optional"),
    ("[alerts]", "[alerts"),
    ("[alerts]", "[alerts] # repeated\nterms = 1"),
    ("[name]", "name = \"Klachten\"\n[names]"),
    (
        "en = \"Complaints regulation for",
        "en = \"Complaints\\u0000regulation for",
    ),
];

#[test]
fn each_fault_is_named_with_its_place_and_what_to_write() {
    let mut told = String::new();
    for (right, wrong) in FAULTS {
        assert!(BLIJF.contains(right), "{right}");
        let error = parse_toml(&BLIJF.replacen(right, wrong, 1)).unwrap_err();
        let (right, wrong) = (right.trim_end(), wrong.trim_end().replace('\n', " ⏎ "));
        let nl = error.in_words(Locale::Nl);
        let _ = writeln!(told, "{right}  →  {wrong}\n    {nl}\n    {error}");
    }
    insta::assert_snapshot!(told);
}

#[test]
fn json_is_told_its_place_too() {
    let json = serde_json::to_string_pretty(&parse_toml(BLIJF).unwrap()).unwrap();
    let mut told = String::new();
    for (right, wrong) in [
        ("\"6 weeks\"", "\"0 weeks\""),
        ("\"article\": \"Klachtenprocedure 3\",", ""),
        ("\"causes\"", "\"cause\""),
        ("{", "["),
    ] {
        let error = parse_json(&json.replacen(right, wrong, 1)).unwrap_err();
        let nl = error.in_words(Locale::Nl);
        let _ = writeln!(told, "{right}  →  {wrong}\n    {nl}\n    {error}");
    }
    insta::assert_snapshot!(told);
}

#[test]
fn where_a_promise_may_be_kept_at_once_that_is_told() {
    let livp = include_str!("../../../../../policies/livp.toml");
    for wrong in ["0 days", "-1 days", "immediately"] {
        let wrong = format!("term = \"{wrong}\"");
        let error = parse_toml(&livp.replacen("term = \"1 working day\"", &wrong, 1)).unwrap_err();
        for (locale, words) in [
            (Locale::Nl, ", of \"at once\""),
            (Locale::En, ", or \"at once\""),
        ] {
            let told = error.in_words(locale);
            assert!(told.ends_with(words), "{told}");
        }
    }
}

#[test]
fn a_text_that_no_page_holds_is_told_by_its_path() {
    let long = BLIJF.replacen(
        "\"Complaints regulation",
        &format!("\"{}", "x".repeat(2_000)),
        1,
    );
    let error = parse_toml(&long).unwrap_err().to_string();
    assert_eq!(
        error,
        "in `name.en`: this text is too long: write at most 2000 characters"
    );
}

#[test]
fn nothing_at_all_is_told_what_is_missing() {
    let error = parse_toml("").unwrap_err().to_string();
    assert_eq!(error, "line 1, column 1: `name` is missing: write it here");
}

#[test]
fn a_list_in_the_place_of_an_object_is_no_policy() {
    let policy = parse_toml(BLIJF).unwrap();
    let mut json = serde_json::to_value(&policy).unwrap();
    let name = &policy.name;
    json["name"] = serde_json::json!([name.nl, name.en]);
    let error = parse_json(&json.to_string()).unwrap_err().to_string();
    assert_eq!(
        error,
        "in `name`: a list: write an object with fields by their names here"
    );
    json["name"] = serde_json::to_value(name).unwrap();
    let cause = &policy.causes[1];
    json["causes"][1] = serde_json::json!([cause.code, cause.name]);
    let error = parse_json(&json.to_string()).unwrap_err().to_string();
    assert!(error.starts_with("in `causes[1]`: a list"), "{error}");
}
