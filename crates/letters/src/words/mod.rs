//! What each letter says. Dutch and English stand side by side, so that neither is forgotten.

mod cases;
mod ending;
mod intake;
mod measures;
mod nouns;
mod outcome;
mod post;
mod staff;
mod subject;
mod terms;
mod way;
mod writer;

use wederhoor_procedure::{
    Locale,
    letter::{Content, Letter, Via},
};

use crate::{
    Contact, Envelope,
    block::Block,
    clean,
    wording::{Draft, Values},
};
pub use terms::owed;
use writer::{Reader, Writer};

/// Says the same in the writer's language: first Dutch, then English.
macro_rules! say {
    ($writer:expr, $nl:literal, $en:literal) => {
        match $writer.locale {
            wederhoor_procedure::Locale::Nl => format!($nl),
            wederhoor_procedure::Locale::En => format!($en),
        }
    };
}
pub(crate) use say;

/// The whole letter, before it is put in the organisation's words.
pub(crate) fn draft(letter: &Letter, envelope: &Envelope<'_>, locale: Locale) -> Draft {
    let mut writer = Writer::new(letter, envelope, locale);
    body(&mut writer);
    button(&mut writer);
    let values = values(&writer);
    let (organisation, date) = (&values.organisation, &values.date);
    Draft {
        subject: subject::subject(&writer),
        head: format!("{organisation}, {date}"),
        foot: foot(&writer),
        content: writer.blocks,
        values,
    }
}

/// What a wording may have put in.
fn values(writer: &Writer<'_>) -> Values {
    let (letter, envelope) = (writer.letter, writer.envelope);
    // Whoever files may write any name beside any address: until it is proved, no name is put in a mail.
    let is_known = envelope.is_verified || letter.via == Via::Print;
    let name = envelope.recipient_name.filter(|_| is_known);
    let name = name.map(clean::line).unwrap_or_default();
    Values {
        greeting: greeting(&name, writer.locale),
        recipient: recipient(name, writer.locale),
        organisation: writer.organisation(),
        reference: clean::line(envelope.reference),
        date: writer.date(letter.written_on),
        received: writer.date(letter.received_on),
        regulation: clean::line(letter.regulation.in_locale(writer.locale)),
        contact: contact(&envelope.sender.contact, writer.locale),
    }
}

/// By name, where it may be said.
pub(crate) fn greeting(name: &str, locale: Locale) -> String {
    match (locale, name.is_empty()) {
        (Locale::Nl, true) => "Goedendag,".to_owned(),
        (Locale::En, true) => "Hello,".to_owned(),
        (Locale::Nl, false) => format!("Beste {name},"),
        (Locale::En, false) => format!("Dear {name},"),
    }
}

/// The reader's name, or a word for any reader.
pub(crate) fn recipient(name: String, locale: Locale) -> String {
    match (locale, name.is_empty()) {
        (Locale::Nl, true) => "lezer".to_owned(),
        (Locale::En, true) => "reader".to_owned(),
        (_, false) => name,
    }
}

fn body(writer: &mut Writer<'_>) {
    match &writer.letter.content {
        Content::Confirmation { .. }
        | Content::HandlerNamed { .. }
        | Content::RespondentNotice { .. }
        | Content::HearingInvitation { .. }
        | Content::Inadmissible { .. }
        | Content::LateComplaintAdmitted { .. } => intake::write(writer),
        Content::SolutionForSignOff { .. }
        | Content::Response { .. }
        | Content::ReactionAnswer { .. }
        | Content::Extension { .. }
        | Content::Decision { .. } => outcome::write(writer),
        Content::WayNotice { .. }
        | Content::Reminder { .. }
        | Content::AppealReceived { .. }
        | Content::LateAppealOutcome { .. }
        | Content::Closing { .. }
        | Content::LapseNotice { .. } => way::write(writer),
        Content::AddressRecorded => post::address_recorded(writer),
        Content::Reversal { .. } | Content::ActWithoutEffect { .. } | Content::Released { .. } => {
            cases::write(writer);
        }
        Content::Assignment { .. }
        | Content::Unassigned { .. }
        | Content::LateAppeal { .. }
        | Content::OverdueAlert { .. }
        | Content::Undelivered { .. }
        | Content::PartyActed { .. }
        | Content::MeasuresAsked { .. }
        | Content::MeasureAssigned { .. }
        | Content::Recurrence { .. }
        | Content::MeasureDue { .. }
        | Content::MeasureEffect { .. } => staff::write(writer),
    }
}

/// The way in; none for whom the case has left.
fn button(writer: &mut Writer<'_>) {
    let is_out = matches!(writer.letter.content, Content::Released { .. });
    let Some(url) = writer.link.filter(|_| !is_out) else {
        return;
    };
    let label = match writer.reader {
        Reader::Complainant => say!(writer, "Bekijk uw klacht", "See your complaint"),
        Reader::Other | Reader::Staff => say!(writer, "Bekijk de klacht", "See the complaint"),
    };
    let url = url.to_owned();
    writer.blocks.push(Block::Button { label, url });
}

/// Which channels will do for an answer, the text above says.
fn foot(writer: &Writer<'_>) -> Vec<String> {
    let reference = clean::line(writer.envelope.reference);
    let regulation = clean::line(writer.letter.regulation.in_locale(writer.locale));
    let mut foot = vec![say!(
        writer,
        "Klacht {reference}. Regeling: {regulation}.",
        "Complaint {reference}. Regulation: {regulation}."
    )];
    if writer.reader != Reader::Staff {
        let reached = contact(&writer.envelope.sender.contact, writer.locale);
        foot.extend(Some(reached).filter(|reached| !reached.is_empty()));
        foot.push(say!(
            writer,
            "Belt of schrijft u ons? Noem dan dit nummer: {reference}.",
            "Do you call or write to us? Then mention this number: {reference}."
        ));
    }
    foot.push(say!(
        writer,
        "Dit bericht is vertrouwelijk. Is het niet voor u? Laat het ons weten en gooi het weg.",
        "This message is confidential. Is it not meant for you? Please tell us, and throw it away."
    ));
    foot
}

/// How the organisation is reached, as a sentence; empty where it does not say.
pub(crate) fn contact(contact: &Contact<'_>, locale: Locale) -> String {
    let lines = |text: &str| text.lines().map(clean::line).collect::<Vec<_>>();
    let post = contact.postal_address.map(|text| lines(text).join(", "));
    let telephone = contact.telephone.map(clean::line);
    let email = contact.email.map(clean::line);
    let [by_post, by_telephone, by_email] = match locale {
        Locale::Nl => ["per post", "telefonisch", "per e-mail"],
        Locale::En => ["by post", "by telephone", "by e-mail"],
    };
    let ways = [
        (by_post, post),
        (by_telephone, telephone),
        (by_email, email),
    ];
    let ways = ways.into_iter().filter_map(|(way, at)| Some((way, at?)));
    let ways: Vec<String> = ways.map(|(way, at)| format!("{way}: {at}")).collect();
    let reached = match locale {
        _ if ways.is_empty() => return String::new(),
        Locale::Nl => "Zo bereikt u ons",
        Locale::En => "You reach us",
    };
    format!("{reached} {}.", ways.join("; "))
}
