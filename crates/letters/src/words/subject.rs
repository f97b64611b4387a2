//! Subjects: the reference and the kind of letter, never what the complaint is about or how it ended.

use wederhoor_procedure::{
    Locale::{En, Nl},
    letter::Content,
};

use super::writer::{Reader, Writer};
use crate::clean;

pub(super) fn subject(writer: &Writer<'_>) -> String {
    let reference = clean::line(writer.envelope.reference);
    let kind = match writer.reader {
        Reader::Complainant => to_complainant(writer),
        Reader::Other | Reader::Staff => about_complaint(writer),
    };
    format!("{reference}: {kind}")
}

fn to_complainant(writer: &Writer<'_>) -> &'static str {
    match (&writer.letter.content, writer.locale) {
        (Content::Confirmation { .. }, Nl) => "wij hebben uw klacht ontvangen",
        (Content::Confirmation { .. }, En) => "we have received your complaint",
        (Content::Response { .. }, Nl) => "de reactie op uw klacht",
        (Content::Response { .. }, En) => "the response to your complaint",
        (Content::WayNotice { .. }, Nl) => "u kunt in beroep",
        (Content::WayNotice { .. }, En) => "you may appeal",
        (Content::Inadmissible { .. }, Nl) => "bericht over uw klacht",
        (Content::Inadmissible { .. }, En) => "about your complaint",
        (Content::Reminder { .. }, Nl) => "herinnering: u kunt nog reageren",
        (Content::Reminder { .. }, En) => "reminder: you can still react",
        (Content::AppealReceived { .. }, Nl) => "wij hebben uw beroep ontvangen",
        (Content::AppealReceived { .. }, En) => "we have received your appeal",
        (
            Content::Closing {
                is_appeal_withdrawn: true,
                ..
            },
            Nl,
        ) => "uw beroep is ingetrokken",
        (
            Content::Closing {
                is_appeal_withdrawn: true,
                ..
            },
            En,
        ) => "your appeal is withdrawn",
        (Content::Closing { .. }, Nl) => "uw klacht is gesloten",
        (Content::Closing { .. }, En) => "your complaint is closed",
        (Content::LapseNotice { .. }, Nl) => "een termijn is voorbij",
        (Content::LapseNotice { .. }, En) => "a term has ended",
        _ => about_complaint(writer),
    }
}

fn about_complaint(writer: &Writer<'_>) -> &'static str {
    let (nl, en) = match &writer.letter.content {
        Content::Confirmation { .. } => ("klacht ontvangen", "complaint received"),
        Content::HandlerNamed { stage, .. } if stage.is_first => {
            ("wie de klacht behandelt", "who handles the complaint")
        }
        Content::HandlerNamed { .. } => ("wie over het beroep beslist", "who decides the appeal"),
        Content::Assignment { .. } => ("u bent aangewezen", "you are appointed"),
        Content::Unassigned { .. } => ("wacht op een behandelaar", "waits for somebody"),
        Content::RespondentNotice { .. } => ("bericht over een klacht", "about a complaint"),
        Content::HearingInvitation { .. } => ("uitnodiging voor een gesprek", "an invitation"),
        Content::SolutionForSignOff { .. } => ("een tekst om te tekenen", "a text to sign"),
        Content::Response { .. } => ("er is een reactie", "there is a response"),
        Content::ReactionAnswer { .. } => ("antwoord op uw vraag", "an answer to your question"),
        Content::Extension { .. } => ("meer tijd", "more time"),
        Content::WayNotice { .. } => ("beroep staat open", "an appeal is open"),
        Content::Inadmissible { .. } => ("bericht over de klacht", "about the complaint"),
        Content::Reminder { .. } => ("herinnering", "reminder"),
        Content::AppealReceived { .. } => ("er is beroep ingesteld", "an appeal has come in"),
        Content::LateAppeal {
            follows_refusal: true,
            ..
        } => ("een beroep wacht op u", "an appeal waits for you"),
        Content::LateAppeal { .. } => ("een laat beroep wacht op u", "a late appeal waits for you"),
        Content::LateAppealOutcome {
            follows_refusal: true,
            ..
        } => ("over het beroep", "about the appeal"),
        Content::LateAppealOutcome { .. } => ("over het late beroep", "about the late appeal"),
        Content::Decision { .. } => ("er is beslist", "there is a decision"),
        Content::Closing {
            is_appeal_withdrawn: true,
            ..
        } => ("het beroep is ingetrokken", "the appeal is withdrawn"),
        Content::Closing { .. } => ("de klacht is gesloten", "the complaint is closed"),
        Content::LapseNotice { .. } => ("een termijn is voorbij", "a term has ended"),
        Content::OverdueAlert { .. } => ("termijn verstreken", "a term has lapsed"),
        Content::Reversal { .. } => ("teruggedraaid", "undone"),
        Content::ActWithoutEffect { .. } => ("een laat bericht", "a late message"),
        Content::Undelivered { .. } => ("een brief kwam terug", "a letter came back"),
        Content::PartyActed { .. } => ("er is een bericht", "there is a message"),
        Content::MeasuresAsked { .. } => ("maatregelen gevraagd", "measures asked"),
        Content::LateComplaintAdmitted { .. } => (
            "de late klacht wordt behandeld",
            "the late complaint is treated",
        ),
        Content::Released { .. } => ("u behandelt dit niet meer", "no longer yours"),
        Content::AddressRecorded => ("waar wij u bereiken", "where we reach you"),
        Content::MeasureAssigned { .. } => ("een maatregel voor u", "a measure for you"),
        Content::Recurrence { .. } | Content::MeasureDue { .. } | Content::MeasureEffect { .. } => {
            ("over een maatregel", "about a measure")
        }
    };
    match writer.locale {
        Nl => nl,
        En => en,
    }
}
