//! What each letter says. Dutch and English stand side by side, so that neither is forgotten.

mod cases;
mod ending;
mod intake;
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
    Envelope,
    block::{Block, Page},
    clean,
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

/// The whole letter, from greeting to small print.
pub(crate) fn page(letter: &Letter, envelope: &Envelope<'_>, locale: Locale) -> Page {
    let mut writer = Writer::new(letter, envelope, locale);
    body(&mut writer);
    button(&mut writer);
    let organisation = clean::line(envelope.organisation);
    let date = writer.date(letter.written_on);
    // Whoever files may write any name beside any address: until it is proved, no name is put in a mail.
    let is_known = envelope.is_verified || letter.via == Via::Print;
    let greeting = match envelope.recipient_name.map(clean::line) {
        Some(name) if is_known && !name.is_empty() => say!(writer, "Beste {name},", "Dear {name},"),
        _ => say!(writer, "Goedendag,", "Hello,"),
    };
    Page {
        subject: subject::subject(&writer),
        head: format!("{organisation}, {date}"),
        greeting,
        close: say!(writer, "Met vriendelijke groet,", "Kind regards,"),
        foot: foot(&writer),
        signature: organisation,
        blocks: writer.blocks,
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
        | Content::MeasureAssigned { .. } => staff::write(writer),
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
        foot.extend(reached(writer));
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

/// How the organisation is reached, where it says so.
fn reached(writer: &Writer<'_>) -> Option<String> {
    let contact = &writer.envelope.contact;
    let lines = |text: &str| text.lines().map(clean::line).collect::<Vec<_>>();
    let post = contact.postal_address.map(|text| lines(text).join(", "));
    let telephone = contact.telephone.map(clean::line);
    let email = contact.email.map(clean::line);
    let ways: Vec<String> = [
        post.map(|at| say!(writer, "per post: {at}", "by post: {at}")),
        telephone.map(|at| say!(writer, "telefonisch: {at}", "by telephone: {at}")),
        email.map(|at| say!(writer, "per e-mail: {at}", "by e-mail: {at}")),
    ]
    .into_iter()
    .flatten()
    .collect();
    let ways = (!ways.is_empty()).then(|| ways.join("; "))?;
    Some(say!(
        writer,
        "Zo bereikt u ons {ways}.",
        "You reach us {ways}."
    ))
}
