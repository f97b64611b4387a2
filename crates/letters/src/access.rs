//! The letters that are about coming in and not about a complaint's course: an invitation, a new link, and a way to
//! another password.

use wederhoor_procedure::{Locale, letter::Via};

use crate::{
    Rendered, Sender,
    block::Block,
    clean, finish,
    wording::{Draft, Values},
    words::{contact, greeting, recipient},
};

/// To a new member: choose a password and come in. The link lives 7 days.
pub fn invitation(by: &Sender<'_>, name: &str, url: &str, locale: Locale) -> Rendered {
    let organisation = clean::line(by.organisation);
    let (subject, label, says) = match locale {
        Locale::Nl => (
            format!("Uitnodiging van {organisation}"),
            "Kies uw wachtwoord",
            [
                format!(
                    "U bent uitgenodigd om mee te werken aan de klachtbehandeling van {organisation}."
                ),
                "Kies met de knop hieronder een wachtwoord. De link werkt 7 dagen, en één keer."
                    .to_owned(),
                "Verwachtte u deze brief niet? Dan hoeft u niets te doen.".to_owned(),
            ],
        ),
        Locale::En => (
            format!("Invitation from {organisation}"),
            "Choose your password",
            [
                format!("You are invited to take part in handling complaints at {organisation}."),
                "Choose a password with the button below. The link works for 7 days, and once."
                    .to_owned(),
                "Did you not expect this letter? Then you need not do anything.".to_owned(),
            ],
        ),
    };
    let words = Words {
        subject,
        says,
        label,
    };
    write(words, by, (name, ""), url, locale)
}

/// To a party who asked for a new way in to their complaint. If they did not ask, nothing has happened.
pub fn access_link(by: &Sender<'_>, reference: &str, url: &str, locale: Locale) -> Rendered {
    let reference = clean::line(reference);
    let (subject, label, says) = match locale {
        Locale::Nl => (
            format!("{reference}: uw nieuwe link"),
            "Bekijk de klacht",
            [
                format!("U vroeg om een nieuwe link naar klacht {reference}."),
                "De link werkt één keer. Daarna kunt u altijd een nieuwe vragen.".to_owned(),
                "Vroeg u niet om een link? Dan hoeft u niets te doen.".to_owned(),
            ],
        ),
        Locale::En => (
            format!("{reference}: your new link"),
            "See the complaint",
            [
                format!("You asked for a new link to complaint {reference}."),
                "The link works once. After that you can always ask for a new one.".to_owned(),
                "Did you not ask for a link? Then you need not do anything.".to_owned(),
            ],
        ),
    };
    let words = Words {
        subject,
        says,
        label,
    };
    write(words, by, ("", &reference), url, locale)
}

/// To who forgot the password of their account: choose another. The link lives an hour. If they did not ask, nothing has
/// happened.
pub fn password_reset(by: &Sender<'_>, name: &str, url: &str, locale: Locale) -> Rendered {
    let organisation = clean::line(by.organisation);
    let (subject, label, says) = match locale {
        Locale::Nl => (
            format!("{organisation}: kies een nieuw wachtwoord"),
            "Kies een nieuw wachtwoord",
            [
                "U vroeg om een nieuw wachtwoord om in te loggen.".to_owned(),
                "Kies het met de knop hieronder. De link werkt 1 uur, en één keer. Daarna logt u overal opnieuw in."
                    .to_owned(),
                "Vroeg u hier niet om? Dan hoeft u niets te doen. Uw wachtwoord blijft zoals het is."
                    .to_owned(),
            ],
        ),
        Locale::En => (
            format!("{organisation}: choose a new password"),
            "Choose a new password",
            [
                "You asked for a new password to sign in with.".to_owned(),
                "Choose it with the button below. The link works for 1 hour, and once. After that you sign in again \
                 everywhere."
                    .to_owned(),
                "Did you not ask for this? Then you need not do anything. Your password stays as it is."
                    .to_owned(),
            ],
        ),
    };
    let words = Words {
        subject,
        says,
        label,
    };
    write(words, by, (name, ""), url, locale)
}

/// What such a letter says, in one language.
struct Words {
    subject: String,
    says: [String; 3],
    /// What stands on the button.
    label: &'static str,
}

/// `name` and `reference` are those that may be said, empty where there is none.
fn write(
    words: Words,
    by: &Sender<'_>,
    (name, reference): (&str, &str),
    url: &str,
    locale: Locale,
) -> Rendered {
    let mut content: Vec<Block> = words.says.into_iter().map(Block::Paragraph).collect();
    let button = clean::link(url).map(|url| Block::Button {
        label: words.label.to_owned(),
        url: url.to_owned(),
    });
    content.extend(button);
    let (name, organisation) = (clean::line(name), clean::line(by.organisation));
    let draft = Draft {
        subject: words.subject,
        head: organisation.clone(),
        content,
        foot: Vec::new(),
        values: Values {
            greeting: greeting(&name, locale),
            recipient: recipient(name, locale),
            organisation,
            reference: reference.to_owned(),
            contact: contact(&by.contact, locale),
            ..Values::default()
        },
    };
    finish(draft, by, locale, Via::Mail)
}
