use wederhoor_procedure::calendar::YEARS;

use super::*;

const SCHEMA: &str =
    "type Query { node(id: ID!): String complaints(orderBy: ComplaintSort): String }
    enum ComplaintSort { RECEIVED } scalar Locale
    input SignInInput { email: String! locale: Locale days: [Int!] }";

fn told(message: &str, locale: Locale) -> String {
    in_words(message, &Vocabulary::of(SCHEMA, true), locale).unwrap_or_default()
}

#[test]
fn each_fault_of_a_value_is_a_sentence_in_both_languages() {
    for (message, nl, en) in [
        (
            "Variable geheim is not defined.",
            "Een variabele van het verzoek heeft geen waarde. Geef die mee.",
            "A variable of the request has no value. Give it one.",
        ),
        (
            r#"Failed to parse "Locale": The languages are nl and en. (occurred while parsing "SignInInput")"#,
            "`SignInInput`: hier hoort een taal: nl of en.",
            "`SignInInput`: expected here: a language: nl or en.",
        ),
        (
            r#"Expected input type "Int", found "geheim"."#,
            "Hier hoort een geheel getal.",
            "Expected here: a whole number.",
        ),
        (
            r#"Invalid value for argument "input.days.3", expected type "Int""#,
            "`input.days.3`: hier hoort een geheel getal.",
            "`input.days.3`: expected here: a whole number.",
        ),
        (
            r#"Invalid value for argument "orderBy", enumeration type "ComplaintSort" does not contain the value "geheim""#,
            "`orderBy`: `ComplaintSort` heeft zo'n waarde niet. Kies er een die het schema noemt.",
            "`orderBy`: `ComplaintSort` has no such value. Choose one that the schema names.",
        ),
        (
            r#"Invalid value for argument "input", field "email" of type "String!" is required but not provided"#,
            "`input`: het veld `email` ontbreekt. Vul het in.",
            "`input`: the field `email` is missing. Fill it in.",
        ),
        (
            r#"Invalid value for argument "input", unknown field "geheim" of type "SignInInput""#,
            "`input`: er staat een veld in dat hier niet bestaat. Laat het weg.",
            "`input`: it has a field that does not exist here. Leave it out.",
        ),
        (
            r#"Field "node" argument "id" of type "Query" is required but not provided"#,
            "`node`: het argument `id` ontbreekt. Geef het mee.",
            "`node`: the argument `id` is missing. Give it.",
        ),
    ] {
        assert_eq!(told(message, Nl), nl);
        assert_eq!(told(message, En), en);
    }
}

#[test]
fn the_years_of_a_day_and_an_instant_are_those_of_the_calendar() {
    let (first, last) = (YEARS.start().to_string(), YEARS.end().to_string());
    for name in ["DateTime", "Date"] {
        for locale in [Nl, En] {
            let sentence = expected(name, locale);
            let is_told = sentence.contains(&first) && sentence.contains(&last);
            assert!(is_told, "{sentence}");
        }
    }
}

#[test]
fn no_word_of_the_request_is_said_again() {
    for message in [
        r#"Invalid value for argument "geheim.geheim", expected type "geheim""#,
        r#"Invalid value for argument "orderBy", enumeration type "ComplaintSort" does not contain the value "geheim\", \"geheim""#,
        r#"Failed to parse "geheim": geheim (occurred while parsing "geheim")"#,
    ] {
        let sentence = told(message, En);
        assert!(
            !sentence.is_empty() && !sentence.contains("geheim"),
            "{sentence}"
        );
    }
}

#[test]
fn what_is_not_about_a_value_is_left_to_others() {
    for message in [
        "",
        r#"Unknown field "x" on type "Query"."#,
        r#"Variable "$x" is not defined by operation "y""#,
    ] {
        assert_eq!(in_words(message, &Vocabulary::default(), Nl), None);
    }
}
