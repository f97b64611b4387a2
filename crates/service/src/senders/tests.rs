use super::*;

fn allowing(allowed: &[&str]) -> MailSettings {
    MailSettings {
        allowed: allowed.iter().map(|one| (*one).to_owned()).collect(),
        chosen: ChosenSender::default(),
    }
}

fn chosen(name: &str, address: &str, reply_to: &str) -> ChosenSender {
    let given = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
    ChosenSender {
        name: given(name),
        address: given(address),
        reply_to: given(reply_to),
    }
}

fn codes(chosen: &ChosenSender, mail: &MailSettings) -> Vec<(String, InputCode)> {
    let faults = faults_of(chosen, mail).into_iter();
    faults
        .map(|fault| (fault.path.join("."), fault.code))
        .collect()
}

#[test]
fn an_address_is_allowed_by_itself_or_by_its_domain_and_by_no_other() {
    let mail = allowing(&["livp.example", "klacht@huis.example"]);
    for address in [
        "klachten@livp.example",
        "Wie@LIVP.example",
        "klacht@huis.example",
    ] {
        assert!(mail.allows(address), "{address}");
    }
    for address in [
        "klachten@x.livp.example",
        "klachten@notlivp.example",
        "klachten@livp.example.elders.example",
        "livp.example@elders.example",
        "klacht2@huis.example",
        "livp.example",
        "",
    ] {
        assert!(!mail.allows(address), "{address}");
    }
    assert!(!allowing(&[]).allows("klachten@livp.example"));
}

#[test]
fn a_choice_is_told_everything_that_is_wrong_with_it() {
    let mail = allowing(&["livp.example"]);
    let at = |path: &str, code| (path.to_owned(), code);
    assert_eq!(codes(&chosen("", "", ""), &mail), []);
    let name = "Müller & Zn. \"Klachten\", Utrecht";
    let fine = chosen(name, "k@livp.example", "a@livp.example");
    assert_eq!(codes(&fine, &mail), []);
    let refused = InputCode::SenderNotAllowed;
    assert_eq!(
        codes(
            &chosen("a@b.example", "k@elders.example", "a@elders.example"),
            &mail
        ),
        [
            at("name", InputCode::Malformed),
            at("address", refused),
            at("replyTo", refused)
        ]
    );
    for name in [
        "Klachten\r\nBcc: x@y.example",
        "Klach\u{202e}ten",
        " ",
        "x\0",
    ] {
        let codes = codes(&chosen(name, "", ""), &mail);
        assert_eq!(codes.len(), 1, "{name:?}: {codes:?}");
    }
    let malformed = [at("address", InputCode::Malformed)];
    assert_eq!(
        codes(&chosen("", "klächt@livp.example", ""), &mail),
        malformed
    );
}

#[test]
fn who_may_not_is_told_what_is_allowed() {
    let told = |allowed: &[&str]| {
        let allowed: Vec<String> = allowed.iter().map(|one| (*one).to_owned()).collect();
        is_not_allowed("address", &allowed).message.en
    };
    assert!(told(&[]).contains("no senders yet"));
    assert!(told(&["a.example", "b.example"]).ends_with("a.example, b.example."));
    let long = [
        "a.example",
        "b.example",
        "c.example",
        "d.example",
        "e.example",
    ];
    assert!(told(&long).ends_with("c.example and 2 more."));
}

#[test]
fn what_is_allowed_is_an_address_or_a_domain() {
    let wrong = [
        "",
        "livp",
        "@livp.example",
        "a@",
        "*.example",
        "a b.example",
        "livp.example.",
        "a@b@c.example",
    ];
    let senders: Vec<String> = wrong.iter().map(|one| (*one).to_owned()).collect();
    let Err(ServiceError::Invalid(faults)) = require_senders(&senders) else {
        panic!("nothing is refused");
    };
    assert_eq!(faults.len(), wrong.len());
    assert_eq!(faults[1].path, ["senders", "1"]);
    let fine = [
        "livp.example".to_owned(),
        "klachten@livp.example".to_owned(),
    ];
    assert!(require_senders(&fine).is_ok());
    let many = vec!["livp.example".to_owned(); MOST + 1];
    assert!(require_senders(&many).is_err());
}
