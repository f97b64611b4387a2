//! A letter as it would be, with fictional people, and the program's own words of it.

use chrono::NaiveDate;
use wederhoor_procedure::{Locale, deadline::DeadlineKind, letter::Letter};

use crate::{
    Contact, Digest, DigestItem, DigestMeasure, Envelope, Rendered, Sender, WordedKind,
    access_link, digest, invitation, password_reset, render,
    samples::{Fill, LINK, READER, REFERENCE, names, samples},
    wording::own_body,
};

/// The program's own words of a letter, as an organisation can begin with them.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Own {
    /// The subject; of letters that have several, the commonest.
    pub subject: String,
    /// The text around what the program says.
    pub body: String,
}

/// An example of a letter, from this organisation.
pub fn preview(kind: WordedKind, sender: &Sender<'_>, locale: Locale) -> Rendered {
    example(kind, sender, REFERENCE, locale)
}

/// The program's own words of a letter.
pub fn own(kind: WordedKind, locale: Locale) -> Own {
    let sender = Sender {
        organisation: "{organisation}",
        colour: "",
        contact: Contact::default(),
        wording: None,
    };
    Own {
        subject: example(kind, &sender, "{reference}", locale).subject,
        body: own_body(locale),
    }
}

fn example(kind: WordedKind, sender: &Sender<'_>, reference: &str, locale: Locale) -> Rendered {
    match kind {
        WordedKind::AccessLink => access_link(sender, reference, LINK, locale),
        WordedKind::Invitation => invitation(sender, READER, LINK, locale),
        WordedKind::PasswordReset => password_reset(sender, READER, LINK, locale),
        WordedKind::Digest => overview(sender, locale),
        WordedKind::OfComplaint(kind) => {
            let envelope = Envelope {
                sender: *sender,
                reference,
                recipient_name: Some(READER),
                link: Some(LINK),
                names: &names,
                is_verified: true,
            };
            let all = samples(&Fill::example(locale));
            let letter: Option<Letter> = all.into_iter().find(|one| one.key.kind == kind);
            letter.map_or_else(Rendered::default, |letter| {
                render(&letter, &envelope, locale)
            })
        }
    }
}

fn overview(sender: &Sender<'_>, locale: Locale) -> Rendered {
    let unassigned = [REFERENCE.to_owned()];
    let item = |kind, due_on| DigestItem {
        reference: REFERENCE,
        kind,
        due_on,
    };
    let example = Digest {
        sender: *sender,
        name: READER,
        url: LINK,
        on: day(3),
        overdue: vec![item(DeadlineKind::Acknowledgement, day(2))],
        today: vec![item(DeadlineKind::Contact(0), day(3))],
        this_week: vec![item(DeadlineKind::Resolution(0), day(6))],
        before_next: Vec::new(),
        unassigned: &unassigned,
        measures: vec![DigestMeasure {
            reference: REFERENCE,
            due_on: day(6),
        }],
        more_measures: 0,
        more: 0,
    };
    digest(&example, locale)
}

/// A day of March 2026.
fn day(day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 3, day).unwrap_or_default()
}
