//! The two letters that are about coming in and not about a complaint's course: an invitation, and a new link.

use wederhoor_procedure::Locale;

use crate::{
    Rendered,
    block::{Block, Page},
    clean, html, text,
};

/// To a new member: choose a password and come in. The link lives 7 days.
pub fn invitation(
    organisation: &str,
    colour: &str,
    name: &str,
    url: &str,
    locale: Locale,
) -> Rendered {
    let (organisation, name) = (clean::line(organisation), clean::line(name));
    let (greeting_nl, greeting_en) = if name.is_empty() {
        ("Goedendag,".to_owned(), "Hello,".to_owned())
    } else {
        (format!("Beste {name},"), format!("Dear {name},"))
    };
    let (subject, greeting, label, says) = match locale {
        Locale::Nl => (
            format!("Uitnodiging van {organisation}"),
            greeting_nl,
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
            greeting_en,
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
        greeting,
        says,
        label,
    };
    write(words, url, organisation, colour, locale)
}

/// To a party who asked for a new way in to their complaint. If they did not ask, nothing has happened.
pub fn access_link(
    organisation: &str,
    colour: &str,
    reference: &str,
    url: &str,
    locale: Locale,
) -> Rendered {
    let (organisation, reference) = (clean::line(organisation), clean::line(reference));
    let (subject, greeting, label, says) = match locale {
        Locale::Nl => (
            format!("{reference}: uw nieuwe link"),
            "Goedendag,".to_owned(),
            "Bekijk de klacht",
            [
                format!("U vroeg om een nieuwe link naar klacht {reference}."),
                "De link werkt één keer. Daarna kunt u altijd een nieuwe vragen.".to_owned(),
                "Vroeg u niet om een link? Dan hoeft u niets te doen.".to_owned(),
            ],
        ),
        Locale::En => (
            format!("{reference}: your new link"),
            "Hello,".to_owned(),
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
        greeting,
        says,
        label,
    };
    write(words, url, organisation, colour, locale)
}

/// What such a letter says, in one language.
struct Words {
    subject: String,
    greeting: String,
    says: [String; 3],
    /// What stands on the button.
    label: &'static str,
}

fn write(words: Words, url: &str, organisation: String, colour: &str, locale: Locale) -> Rendered {
    let mut blocks: Vec<Block> = words.says.into_iter().map(Block::Paragraph).collect();
    let button = clean::link(url).map(|url| Block::Button {
        label: words.label.to_owned(),
        url: url.to_owned(),
    });
    blocks.extend(button);
    let close = match locale {
        Locale::Nl => "Met vriendelijke groet,",
        Locale::En => "Kind regards,",
    };
    let page = Page {
        subject: words.subject,
        head: organisation.clone(),
        greeting: words.greeting,
        blocks,
        close: close.to_owned(),
        signature: organisation,
        foot: Vec::new(),
    };
    let (text, html) = (text::write(&page), html::write(&page, locale, colour));
    Rendered {
        subject: page.subject,
        text,
        html,
    }
}
