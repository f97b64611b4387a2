//! Letters about letters: what has yet to go out, and what came back. By their kind and their reader, and nothing of what they
//! say.

use wederhoor_procedure::{
    Locale::{self, En, Nl},
    complaint::{LetterKey, LetterKind, Recipient},
    letter::Rested,
};

use super::{say, writer::Writer};

/// Which letters wait to go out.
pub(super) fn waiting(writer: &mut Writer<'_>, letters: &[LetterKey]) {
    if letters.is_empty() {
        return;
    }
    let one = |letter: &LetterKey| {
        let (what, to) = (
            kind_of(letter.kind, writer.locale),
            reader_of(writer, letter),
        );
        say!(writer, "{what}, aan {to}", "{what}, to {to}")
    };
    let all = letters.iter().map(one).collect();
    let title = say!(
        writer,
        "Dit moet nog de deur uit. Leg vast dat het is gepost:",
        "This has yet to go out. Record that it was posted:"
    );
    writer.titled(title, all);
}

/// That a letter came back, and what rested on it.
pub(super) fn undelivered(writer: &mut Writer<'_>, letter: &LetterKey, rested: Option<Rested>) {
    let (what, to) = (
        kind_of(letter.kind, writer.locale),
        reader_of(writer, letter),
    );
    let came_back = say!(
        writer,
        "Een brief aan {to} is niet bezorgd: {what}.",
        "A letter to {to} was not delivered: {what}."
    );
    let means = match rested {
        Some(Rested::Terms) => say!(
            writer,
            " Termijnen die met de bezorging beginnen, lopen nu niet.",
            " Terms that start with its delivery do not run now."
        ),
        Some(Rested::Confirmation) => say!(
            writer,
            " De ontvangst van de klacht is er niet mee bevestigd.",
            " Receipt of the complaint is not confirmed by it."
        ),
        Some(Rested::Knowledge) => say!(
            writer,
            " De beslissing blijft gelden, maar is nog niet bekend bij wie haar moet krijgen.",
            " The decision stands, but whoever must get it does not know it yet."
        ),
        None => String::new(),
    };
    writer.p(came_back + &means);
}

/// Whether it goes once more, and what is left to do.
pub(super) fn tried_again(writer: &mut Writer<'_>, is_retried: bool, is_paper: bool) {
    writer.p(if is_retried && is_paper {
        say!(
            writer,
            "Na een week ligt de brief opnieuw klaar om te printen. Pas als u hem hebt gepost en dat hebt vastgelegd, telt hij als bezorgd. Zoek intussen uit of er een ander adres is.",
            "After a week the letter lies ready to be printed once more. Only when you have posted it and recorded that does it count as delivered. Meanwhile find out whether there is another address."
        )
    } else if is_retried {
        say!(
            writer,
            "Na een week gaat de brief vanzelf nog één keer. Zoek intussen uit of er een ander adres is.",
            "After a week the letter goes once more by itself. Meanwhile find out whether there is another address."
        )
    } else {
        say!(
            writer,
            "De brief gaat niet vanzelf nog eens. Zoek uit of er een ander adres is.",
            "The letter does not go again by itself. Find out whether there is another address."
        )
    });
}

fn reader_of(writer: &Writer<'_>, letter: &LetterKey) -> String {
    match letter.to {
        Recipient::Party(party) => writer.party(party),
        Recipient::Member(member) => writer
            .names(&[member])
            .unwrap_or_else(|| say!(writer, "een medewerker", "a member of staff")),
        Recipient::Administration => say!(
            writer,
            "iemand van de administratie",
            "somebody of the administration"
        ),
    }
}

const fn kind_of(kind: LetterKind, locale: Locale) -> &'static str {
    use LetterKind as K;
    match (kind, locale) {
        (K::Confirmation, Nl) => "de bevestiging van ontvangst",
        (K::Confirmation, En) => "the confirmation of receipt",
        (K::HandlerNamed, Nl) => "het bericht wie de klacht behandelt",
        (K::HandlerNamed, En) => "the letter that says who handles the complaint",
        (K::Assignment, Nl) => "het bericht dat de klacht aan hen is toegewezen",
        (K::Assignment, En) => "the letter that the complaint was assigned to them",
        (K::Unassigned, Nl) => "het bericht dat de klacht op een behandelaar wacht",
        (K::Unassigned, En) => "the letter that the complaint waits for a handler",
        (K::RespondentNotice, Nl) => "het bericht dat er een klacht is",
        (K::RespondentNotice, En) => "the letter that there is a complaint",
        (K::HearingInvitation, Nl) => "de uitnodiging om gehoord te worden",
        (K::HearingInvitation, En) => "the invitation to be heard",
        (K::SolutionForSignOff, Nl) => "de oplossing om te ondertekenen",
        (K::SolutionForSignOff, En) => "the solution to sign",
        (K::Response, Nl) => "de reactie",
        (K::Response, En) => "the response",
        (K::ReactionAnswer, Nl) => "het antwoord op een reactie",
        (K::ReactionAnswer, En) => "the answer to a reaction",
        (K::Extension, Nl) => "het bericht over meer tijd",
        (K::Extension, En) => "the letter about more time",
        (K::WayNotice, Nl) => "het bericht over beroep",
        (K::WayNotice, En) => "the notice of the appeal",
        (K::Inadmissible, Nl) => "het bericht dat de klacht niet wordt behandeld",
        (K::Inadmissible, En) => "the letter that the complaint will not be treated",
        (K::Reminder, Nl) => "de herinnering aan een termijn",
        (K::Reminder, En) => "the reminder of a term",
        (K::AppealReceived, Nl) => "het bericht dat er beroep is ingesteld",
        (K::AppealReceived, En) => "the letter that an appeal came in",
        (K::LateAppeal, Nl) => "het bericht over een te laat beroep",
        (K::LateAppeal, En) => "the letter about a late appeal",
        (K::LateAppealOutcome, Nl) => "het bericht of het late beroep wordt behandeld",
        (K::LateAppealOutcome, En) => "the letter whether the late appeal is heard",
        (K::Decision, Nl) => "de beslissing",
        (K::Decision, En) => "the decision",
        (K::Closing, Nl) => "het bericht dat de klacht is gesloten",
        (K::Closing, En) => "the letter that the complaint is closed",
        (K::LapseNotice, Nl) => "het bericht dat een termijn verstreken is",
        (K::LapseNotice, En) => "the letter that a term has lapsed",
        (K::OverdueAlert, Nl) => "de waarschuwing dat een termijn verstreken is",
        (K::OverdueAlert, En) => "the alert that a term has lapsed",
        (K::Reversal, Nl) => "het bericht dat iets is teruggedraaid",
        (K::Reversal, En) => "the letter that something was undone",
        (K::ActWithoutEffect, Nl) => "het bericht over iets dat te laat binnenkwam",
        (K::ActWithoutEffect, En) => "the letter about something that came in too late",
        (K::Undelivered, Nl) => "het bericht dat een brief terugkwam",
        (K::Undelivered, En) => "the letter that a letter came back",
        (K::PartyActed, Nl) => "het bericht dat er iets is binnengekomen",
        (K::PartyActed, En) => "the letter that something came in",
        (K::MeasuresAsked, Nl) => "de vraag naar maatregelen",
        (K::MeasuresAsked, En) => "the question about measures",
        (K::LateComplaintAdmitted, Nl) => "het bericht dat de late klacht wordt behandeld",
        (K::LateComplaintAdmitted, En) => "the letter that the late complaint is treated",
        (K::Released, Nl) => "het bericht dat de zaak niet meer van hen is",
        (K::Released, En) => "the letter that the case is theirs no more",
        (K::MeasureAssigned, Nl) => "het bericht over een maatregel",
        (K::MeasureAssigned, En) => "the letter about a measure",
    }
}
