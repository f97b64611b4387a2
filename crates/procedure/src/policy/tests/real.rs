//! The regulations that ship with the program.

use crate::{
    Locale,
    calendar::Term,
    policy::{
        Basis, Channel, ExitGround, Policy, Resolution, SilenceMeans, TermRule, parse_json,
        parse_toml,
    },
};

const ALL: [&str; 3] = [
    include_str!("../../../../../policies/blijf-groep.toml"),
    include_str!("../../../../../policies/livp.toml"),
    include_str!("../../../../../policies/awb.toml"),
];

fn read(index: usize) -> Policy {
    parse_toml(ALL[index]).unwrap()
}

fn cited(rule: &TermRule) -> (String, bool, Option<&str>) {
    (rule.term.to_string(), rule.rolls, rule.rule.article())
}

#[test]
fn each_reads_and_survives_json() {
    for text in ALL {
        let policy = parse_toml(text).unwrap();
        let json = serde_json::to_string(&policy).unwrap();
        assert_eq!(parse_json(&json).unwrap(), policy);
    }
}

#[test]
fn what_is_not_written_rolls_for_the_complainant_and_for_nobody_else() {
    // The Awb lets the terms of the organisation roll too.
    for (text, policy) in [(ALL[0], read(0)), (ALL[1], read(1))] {
        let unsaid: Vec<&str> = text
            .lines()
            .filter(|line| *line != "rolls = true")
            .collect();
        assert!(unsaid.len() < text.lines().count());
        assert_eq!(parse_toml(&unsaid.join("\n")).unwrap(), policy);
    }
    let said = ALL[0].replace("rolls = true", "rolls = false");
    let window = parse_toml(&said)
        .unwrap()
        .intake
        .filing_window
        .unwrap()
        .window;
    assert!(!window.rolls, "a policy may say otherwise");
}

#[test]
fn each_rule_says_what_it_is_in_both_languages() {
    for text in ALL {
        let value: toml::Value = toml::from_str(text).unwrap();
        each_text(&value);
    }
}

fn each_text(value: &toml::Value) {
    match value {
        toml::Value::Table(table) => {
            if let Some(nl) = table.get("nl") {
                let en = table.get("en").expect("both languages");
                assert!(!nl.as_str().unwrap().trim().is_empty());
                assert!(!en.as_str().unwrap().trim().is_empty());
                assert_ne!(nl, en);
            }
            table.values().for_each(each_text);
        }
        toml::Value::Array(all) => all.iter().for_each(each_text),
        _ => {}
    }
}

#[test]
fn only_an_acknowledgement_may_be_promised_at_once() {
    let other = include_str!("../check/tests/other.toml");
    let text = other.replace("term = \"3 days\"", "term = \"at once\"");
    let policy = parse_toml(&text).unwrap();
    let rule = &policy.acknowledgement.as_ref().unwrap().term;
    assert_eq!(rule.term, Term::AT_ONCE);
    assert_eq!(rule.rule.article(), Some("Artikel 3"));
    let json = serde_json::to_string(&policy).unwrap();
    assert_eq!(parse_json(&json).unwrap(), policy);
    for (term, nothing) in [
        ("4 weeks", "at once"),
        ("1 month", "at once"),
        ("3 days", "0 days"),
    ] {
        let before = format!("term = \"{term}\"");
        let text = other.replace(&before, &format!("term = \"{nothing}\""));
        assert_ne!(text, other);
        assert!(parse_toml(&text).is_err(), "{nothing} for {term}");
    }
}

#[test]
fn b04_b07_b09_b10_b11_terms_of_blijf_groep() {
    let policy = read(0);
    let window = policy.intake.filing_window.as_ref().unwrap();
    let how = Some("Hoe kan je je klacht kenbaar maken");
    assert_eq!(cited(&window.window), ("1 month".into(), true, how));
    assert_eq!(cited(&window.late), ("2 weeks".into(), false, None));
    let first = &policy.instances[0];
    let Resolution::Response {
        term,
        silence,
        reaction,
        lapse,
        extension,
    } = &first.resolution
    else {
        panic!("a response");
    };
    let two = Some("Klachtenprocedure 2");
    assert_eq!(cited(term), ("4 weeks".into(), false, two));
    assert_eq!(cited(&silence.window), ("4 weeks".into(), true, two));
    assert_eq!(silence.means, SilenceMeans::Acceptance);
    assert_eq!(cited(reaction), ("2 weeks".into(), false, None));
    assert!(lapse.opens_way && extension.announced.is_none());
    let way = first.way.as_ref().unwrap();
    assert_eq!(way.rule.article(), Some("Klachtenprocedure 3"));
    assert_eq!(cited(&way.window), ("4 weeks".into(), true, None));
    assert!(way.is_endless_on(ExitGround::Lapse) && way.written);
    let second = policy.instances[1].resolution.term();
    assert_eq!(
        cited(second),
        ("6 weeks".into(), false, Some("Klachtenprocedure 4"))
    );
    assert!(!policy.intake.channels.contains(&Channel::Telephone));
}

#[test]
fn l03_l05_l09_l10_l11_l15_terms_of_livp() {
    let policy = read(1);
    let acknowledgement = policy.acknowledgement.as_ref().unwrap();
    assert!(acknowledgement.names_handler);
    assert_eq!(
        cited(&acknowledgement.term),
        ("1 working day".into(), false, Some("Werkwijze 3"))
    );
    let first = &policy.instances[0];
    let contact = first.contact.as_ref().unwrap();
    assert_eq!(
        cited(contact),
        ("5 working days".into(), false, Some("Werkwijze 5"))
    );
    assert_eq!(
        cited(first.resolution.term()),
        ("4 weeks".into(), false, Some("Werkwijze 9"))
    );
    let way = first.way.as_ref().unwrap();
    assert_eq!(way.rule.article(), Some("Bij geen overeenstemming"));
    assert_eq!(cited(&way.window), ("3 months".into(), true, None));
    let second = &policy.instances[1];
    let appointed = second.appointment.term.as_ref().unwrap();
    assert_eq!(cited(appointed), ("5 working days".into(), false, None));
    assert_eq!(
        cited(second.resolution.term()),
        ("8 weeks".into(), false, None)
    );
    let retention = policy.retention.as_ref().unwrap();
    assert_eq!(retention.term.to_string(), "5 years");
    assert_eq!(retention.rule.article(), Some("Werkwijze 10"));
    assert!(policy.intake.filing_window.is_none());
}

#[test]
fn a_public_body_has_ten_weeks_with_a_committee_and_may_adjourn_by_four() {
    let policy = read(2);
    let resolution = &policy.instances[0].resolution;
    assert_eq!(resolution.term().term.to_string(), "10 weeks");
    let extension = resolution.extension();
    let announced = extension.announced.as_ref().unwrap();
    assert_eq!(announced.term.to_string(), "4 weeks");
    assert_eq!(
        extension.consent.as_ref().and_then(Basis::article),
        Some("Awb 9:11 lid 3")
    );
    assert_eq!(
        policy.alerts.rule.cite(Locale::Nl),
        "huisregel",
        "the Awb says nothing of alerts"
    );
}
