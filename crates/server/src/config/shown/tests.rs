use std::collections::BTreeMap;

use super::Setting;
use crate::config::Problems;

const KEY: &str = "8cTgwWkMvRJkqHh4nG0BzX3tS5yP2uEaVdLfKiOoQ7s=";
const OLDER: &str = "q3PzN0yWm5uXc1Rk7VtJfH9oLdS2eBaG4iZxTCwQ8sY=";

fn settings(values: &[(&str, &str)]) -> (Vec<Setting>, Problems) {
    let values: BTreeMap<&str, &str> = values.iter().copied().collect();
    super::settings(&|key| values.get(key).map(|value| (*value).to_owned()))
}

#[test]
fn what_holds_is_shown_and_nothing_secret_of_it() {
    let (key, older) = (KEY, OLDER);
    let given = [
        (
            "WEDERHOOR_DATABASE_URL",
            "postgres://app:hunter2@db:5432/x?password=hunter2",
        ),
        (
            "WEDERHOOR_DATABASE_OWNER_URL",
            "postgres://db/x?password=hun@ter2",
        ),
        ("WEDERHOOR_LISTEN_DATABASE_URL", "hunter2"),
        (
            "WEDERHOOR_MAINTENANCE_DATABASE_URL",
            "postgres://m:hunt@er2@db/x",
        ),
        ("WEDERHOOR_SMTP_URL", "smtps://me:hunter2@mail.example"),
        ("WEDERHOOR_TOKEN_KEY", key),
        ("WEDERHOOR_TOKEN_KEYS_TAKEN", older),
        ("WEDERHOOR_SEALING_KEY", "hunter2"),
        ("WEDERHOOR_STREAMS", "7"),
    ];
    let (settings, problems) = settings(&given);
    let shown = |key: &str| {
        let found = settings.iter().find(|one| one.key == key).unwrap();
        (found.shown.as_str(), found.is_set)
    };
    for (key, as_shown) in [
        ("WEDERHOOR_DATABASE_URL", "postgres://…@db:5432/x"),
        ("WEDERHOOR_DATABASE_OWNER_URL", "postgres://…"),
        (
            "WEDERHOOR_LISTEN_DATABASE_URL",
            "an address that cannot be read",
        ),
        ("WEDERHOOR_MAINTENANCE_DATABASE_URL", "postgres://…@db/x"),
        ("WEDERHOOR_SMTP_URL", "smtps://…@mail.example"),
        ("WEDERHOOR_TOKEN_KEY", "…"),
        ("WEDERHOOR_TOKEN_KEYS_TAKEN", "…"),
        ("WEDERHOOR_SEALING_KEY", "…"),
        ("WEDERHOOR_STREAMS", "7"),
    ] {
        assert_eq!(shown(key), (as_shown, true), "{key}");
    }
    assert_eq!(
        shown("WEDERHOOR_BASE_URL"),
        ("http://127.0.0.1:8080", false)
    );
    assert_eq!(shown("WEDERHOOR_LOG_FORMAT"), ("text", false));
    assert_eq!(shown("WEDERHOOR_MAIL_FROM"), ("", false));
    let all = format!("{settings:?}{problems}");
    for secret in ["hunter2", "hun@", "er2", key, older] {
        assert!(!all.contains(secret), "{secret} {all}");
    }
    let wrong: Vec<&str> = problems.0.iter().map(|one| one.key.as_str()).collect();
    let expected = [
        "LISTEN_DATABASE_URL",
        "SEALING_KEY",
        "MAIL_FROM",
        "MAINTENANCE_DATABASE_URL",
    ];
    assert_eq!(
        wrong,
        expected.map(|key| format!("WEDERHOOR_{key}")),
        "all of it at once"
    );
}

#[test]
fn whoever_adds_a_secret_masks_it() {
    let (settings, _) =
        super::settings(&|_| Some("smtps://hunter2:hunter2@mail.example".to_owned()));
    for one in &settings {
        let key = one.key.trim_start_matches("WEDERHOOR_");
        let is_secret = key.contains("_KEY")
            || key == "OTLP_ENDPOINT"
            || (key.ends_with("_URL") && key != "BASE_URL");
        assert_eq!(!one.shown.contains("hunter2"), is_secret, "{one:?}");
    }
}
