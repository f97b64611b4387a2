//! The pictures of the policies that ship.

use std::{env, fs, path::Path};

use super::{mermaid, svg};
use crate::{
    locale::Locale,
    policy::{Policy, parse_toml},
};

const BLIJF: &str = include_str!("../../../../../policies/blijf-groep.toml");
const LIVP: &str = include_str!("../../../../../policies/livp.toml");
const AWB: &str = include_str!("../../../../../policies/awb.toml");

fn policy(text: &str) -> Policy {
    parse_toml(text).unwrap()
}

#[test]
fn each_policy_has_its_picture() {
    let picture = |text, locale| mermaid(&policy(text), locale);
    insta::assert_snapshot!("blijf_groep_en", picture(BLIJF, Locale::En));
    insta::assert_snapshot!("livp_nl", picture(LIVP, Locale::Nl));
    insta::assert_snapshot!("awb_nl", picture(AWB, Locale::Nl));
    insta::assert_snapshot!("awb_en", picture(AWB, Locale::En));
}

/// `UPDATE_DIAGRAMS=1` draws them anew.
#[test]
fn the_pictures_that_the_readme_shows_are_those_of_the_policies() {
    let directory = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/diagrams");
    for (name, text) in [("blijf-groep", BLIJF), ("livp", LIVP), ("awb", AWB)] {
        let drawn = svg(&policy(text), Locale::En);
        let file = directory.join(format!("{name}.svg"));
        if env::var_os("UPDATE_DIAGRAMS").is_some() {
            fs::write(&file, &drawn).unwrap();
        }
        let kept = fs::read_to_string(&file).unwrap_or_default();
        assert!(
            kept == drawn,
            "{} is not what the policy looks like: UPDATE_DIAGRAMS=1 draws it anew",
            file.display()
        );
    }
}

/// With what a picture must not fall over.
fn hostile() -> Policy {
    let text = LIVP
        .replace(
            "Complaints procedure for courses, LIVP",
            "<script>alert(1)</script> & co",
        )
        .replace(
            "article = \"Werkwijze 9\"",
            &format!("article = \"{}\"", "Werkwijze".repeat(20)),
        )
        .replace(
            "en = \"Handler\"",
            &format!("en = \"{}\"", "Een heel lange naam ".repeat(20)),
        );
    let mut policy = policy(&text);
    // No text is read so; what is kept may hold it.
    policy.name.en = policy.name.en.replace("& co", "& \u{7}co");
    policy
}

#[test]
fn a_picture_is_xml_whatever_the_policy_says() {
    let drawn = svg(&hostile(), Locale::En);
    assert!(
        drawn.contains("&lt;script&gt;alert(1)&lt;/script&gt; &amp; co"),
        "{drawn:.600}"
    );
    assert!(!drawn.contains("<script") && !drawn.contains('\u{7}'));
    for (opened, closed) in [("<text", "</text>"), ("<g", "</g>"), ("<svg", "</svg>")] {
        assert_eq!(drawn.matches(opened).count(), drawn.matches(closed).count());
    }
}

#[test]
fn a_picture_is_told_in_words_too() {
    let drawn = svg(&policy(LIVP), Locale::Nl);
    assert!(drawn.contains("role=\"img\" aria-labelledby=\"title desc\""));
    assert!(drawn.contains("<title id=\"title\">Klachtenprocedure cursussen LIVP</title>"));
    let told = "In behandeling → Wacht op ondertekening: er ligt een oplossing ter ondertekening (Werkwijze 5, 6).";
    assert!(drawn.contains(told));
}

#[test]
fn every_rule_that_mermaid_shows_stands_in_the_picture_too() {
    for text in [BLIJF, LIVP, AWB] {
        let drawn = svg(&policy(text), Locale::En);
        for line in mermaid(&policy(text), Locale::En).lines() {
            let Some((_, words)) = line.split_once(": ") else {
                continue;
            };
            let first = words.split(['(', '→']).next().unwrap().trim();
            assert!(drawn.contains(&first.replace('\u{2236}', ":")), "{first}");
        }
    }
}

#[test]
fn a_policy_that_cannot_be_searched_has_an_empty_picture() {
    let mut none = policy(LIVP);
    none.instances.clear();
    assert_eq!(mermaid(&none, Locale::En), "stateDiagram-v2\n");
    assert!(svg(&none, Locale::En).contains("</svg>"));
}
