use wederhoor_procedure::{Locale, policy::parse_toml};

use super::steps;

fn told(policy: &str, locale: Locale) -> String {
    let policy = parse_toml(policy).unwrap();
    let line = |step: &super::ProcedureStep| format!("{} [{}]\n", step.text, step.article.citation);
    steps(&policy, locale).iter().map(line).collect()
}

#[test]
fn blijf_groep_says_what_silence_means() {
    let told = told(
        include_str!("../../../../../policies/blijf-groep.toml"),
        Locale::Nl,
    );
    let silence = "Reageert u niet binnen 4 weken op de reactie, dan geldt de klacht als afgehandeld. [Klachtenprocedure 2]";
    assert!(told.contains(silence), "{told}");
    assert!(
        told.starts_with("U kunt een klacht indienen tot 1 maand na de laatste bijeenkomst."),
        "{told}"
    );
}

#[test]
fn livp_seeks_a_text_that_both_sign() {
    let told = told(
        include_str!("../../../../../policies/livp.toml"),
        Locale::En,
    );
    assert!(
        told.contains("Both sides sign the same text. [Werkwijze 5, 6]"),
        "{told}"
    );
    assert!(
        told.contains("Within 4 weeks a solution is sought together. [Werkwijze 9]"),
        "{told}"
    );
}
