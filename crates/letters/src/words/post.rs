//! Letters about letters: what has yet to go out, and what came back. By their kind and their reader, and nothing of what they
//! say.

use wederhoor_procedure::{
    complaint::{LetterKey, Party, Recipient},
    letter::{Rested, Retry},
};

use super::{nouns, say, writer::Writer};

/// Which letters wait to go out.
pub(super) fn waiting(writer: &mut Writer<'_>, letters: &[LetterKey]) {
    if letters.is_empty() {
        return;
    }
    let one = |letter: &LetterKey| {
        let (what, to) = (
            nouns::letter(letter.kind, writer.locale),
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
        nouns::letter(letter.kind, writer.locale),
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
        Some(Rested::Proposal) => say!(
            writer,
            " Deze oplossing telt nog niet als voorgesteld.",
            " This solution does not count as proposed yet."
        ),
        Some(Rested::Answer) => say!(
            writer,
            " Dit antwoord telt nog niet als gegeven.",
            " This answer does not count as given yet."
        ),
        None => String::new(),
    };
    writer.p(came_back + &means);
}

/// Whether it goes once more, and what is left to do.
pub(super) fn tried_again(writer: &mut Writer<'_>, letter: &LetterKey, retry: Retry) {
    writer.p(match retry {
        Retry::ElsewhereByMail => say!(
            writer,
            "De brief gaat nu naar het andere adres dat bekend is.",
            "The letter now goes to the other address that is known."
        ),
        Retry::ElsewhereOnPaper => say!(
            writer,
            "De brief gaat nu op papier naar het postadres dat bekend is. Print hem, post hem en leg dat vast.",
            "The letter now goes on paper to the postal address that is known. Print it, post it, and record that."
        ),
        Retry::OnPaper => say!(
            writer,
            "Na een week ligt de brief opnieuw klaar om te printen. Pas als u hem hebt gepost en dat hebt vastgelegd, telt hij als bezorgd.",
            "After a week the letter lies ready to be printed once more. Only when you have posted it and recorded that does it count as delivered."
        ),
        Retry::ByMail => say!(
            writer,
            "Na een week gaat de brief vanzelf nog één keer.",
            "After a week the letter goes once more by itself."
        ),
        Retry::Never => say!(
            writer,
            "De brief gaat niet vanzelf nog eens.",
            "The letter does not go again by itself."
        ),
    });
    let all_failed = matches!(retry, Retry::OnPaper | Retry::ByMail);
    // Members, and the representative is one, are reached by their account.
    let can_be_recorded = matches!(
        letter.to,
        Recipient::Party(Party::Complainant | Party::Respondent(_))
    );
    if all_failed {
        writer.p(say!(
            writer,
            "Zoek intussen uit of er een ander adres is, ook een postadres, en leg het vast: dan gaat de brief meteen daarheen.",
            "Meanwhile find out whether there is another address, also a postal one, and record it: then the letter goes there at once."
        ));
    } else if retry == Retry::Never && can_be_recorded {
        writer.p(say!(
            writer,
            "Zoek uit of er een ander adres is, leg het vast, en vertel zo nodig zelf wat er in de brief stond.",
            "Find out whether there is another address, record it, and if need be tell yourself what the letter said."
        ));
    } else if retry == Retry::Never {
        writer.p(say!(
            writer,
            "Zoek uit of er een ander adres is.",
            "Find out whether there is another address."
        ));
    }
}

/// That letters go to another address.
pub(super) fn address_recorded(writer: &mut Writer<'_>) {
    writer.p(say!(
        writer,
        "Wij hebben genoteerd op welk adres wij u vanaf nu bereiken over deze klacht.",
        "We have noted at which address we reach you about this complaint from now on."
    ));
    writer.p(say!(
        writer,
        "Klopt dit niet? Laat het ons dan meteen weten.",
        "Is this wrong? Then please tell us at once."
    ));
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
