//! Over: how the procedure ended, and what a lapse means.

use wederhoor_procedure::{
    complaint::Outcome,
    deadline::DeadlineKind,
    letter::{DueDay, NextStage},
};

use super::{
    nouns, say,
    writer::{Reader, Writer},
};

/// A late appeal was taken back: what had closed the complaint closes it still.
pub(super) fn appeal_withdrawn(writer: &mut Writer<'_>, outcome: Outcome) {
    let stays = match writer.reader {
        Reader::Complainant => say!(
            writer,
            "U heeft uw beroep ingetrokken. Er wordt niet meer beslist of het wordt behandeld. Uw klacht blijft gesloten, zoals die was.",
            "You withdrew your appeal. It is no longer decided whether it is heard. Your complaint stays closed as it was."
        ),
        Reader::Other | Reader::Staff => say!(
            writer,
            "De klager heeft het beroep ingetrokken. Er wordt niet meer beslist of het wordt behandeld. De klacht blijft gesloten, zoals die was.",
            "The complainant withdrew the appeal. It is no longer decided whether it is heard. The complaint stays closed as it was."
        ),
    };
    let how = nouns::outcome(outcome, writer.reader, writer.locale);
    writer.p(format!("{stays} {how}"));
}

pub(super) fn closing(
    writer: &mut Writer<'_>,
    outcome: Outcome,
    asks_rating: bool,
    late_way: Option<&NextStage>,
) {
    let closed = match writer.reader {
        Reader::Complainant => say!(
            writer,
            "Uw klacht is gesloten.",
            "Your complaint is closed."
        ),
        Reader::Other | Reader::Staff => {
            say!(writer, "De klacht is gesloten.", "The complaint is closed.")
        }
    };
    let how = nouns::outcome(outcome, writer.reader, writer.locale);
    writer.p(format!("{closed} {how}"));
    if let Some(late_way) = late_way.filter(|_| writer.reader == Reader::Complainant) {
        let to = writer.stage(&late_way.stage);
        writer.p(say!(
            writer,
            "Wilt u toch nog in beroep? Dan wordt eerst beslist of dat late beroep nog wordt behandeld door {to}.",
            "Do you want to appeal all the same? Then it is first decided whether that late appeal is still heard by {to}."
        ));
    }
    if asks_rating && writer.reader == Reader::Complainant {
        writer.p(match writer.link {
            Some(_) => say!(
                writer,
                "Wat vond u van de behandeling van uw klacht? Via de link hieronder kunt u een cijfer van 1 tot en met 5 geven.",
                "What did you think of the handling of your complaint? Through the link below you can give a mark from 1 to 5."
            ),
            None => say!(
                writer,
                "Wat vond u van de behandeling van uw klacht? Laat ons een cijfer van 1 tot en met 5 weten.",
                "What did you think of the handling of your complaint? Give us a mark from 1 to 5."
            ),
        });
    }
}

pub(super) fn lapse(
    writer: &mut Writer<'_>,
    term: &DueDay,
    was_proposed: bool,
    next: Option<&NextStage>,
) {
    let (on, cite) = (writer.date(term.on), writer.cite(&term.basis));
    writer.p(match term.kind {
        DeadlineKind::Reaction(_) if next.is_some() => say!(
            writer,
            "Op uw vraag of opmerking had u uiterlijk {on} antwoord en bericht over beroep moeten krijgen {cite}. Dat is niet of niet helemaal gelukt. Dat spijt ons.",
            "By {on} you should have had an answer to your question or remark, and a notice about an appeal {cite}. We did not manage that, or not all of it. We are sorry."
        ),
        DeadlineKind::Reaction(_) => say!(
            writer,
            "U had uiterlijk {on} antwoord moeten krijgen op uw vraag of opmerking {cite}. Dat is niet gelukt. Dat spijt ons.",
            "Your question or remark should have been answered by {on} {cite}. We did not manage that. We are sorry."
        ),
        DeadlineKind::Appointment(_) => say!(
            writer,
            "Uiterlijk {on} had bekend moeten zijn wie over uw beroep beslist {cite}. Dat is niet gelukt. Dat spijt ons.",
            "It should have been known by {on} who decides on your appeal {cite}. We did not manage that. We are sorry."
        ),
        _ if was_proposed => say!(
            writer,
            "De termijn om het eens te worden liep tot en met {on} {cite}. Niet iedereen heeft de oplossing ondertekend.",
            "The term to reach an agreement ran up to and including {on} {cite}. Not everybody has signed the solution."
        ),
        DeadlineKind::Resolution(0) => say!(
            writer,
            "Er had uiterlijk {on} een uitkomst moeten zijn van uw klacht {cite}. Dat is niet gelukt. Dat spijt ons.",
            "There should have been an outcome of your complaint by {on} {cite}. We did not manage that. We are sorry."
        ),
        _ => say!(
            writer,
            "Er had uiterlijk {on} beslist moeten zijn over uw beroep {cite}. Dat is niet gelukt. Dat spijt ons.",
            "Your appeal should have been decided by {on} {cite}. We did not manage that. We are sorry."
        ),
    });
    match next {
        Some(next) => {
            let lead = say!(writer, "Nu", "Now");
            let goes_on = writer.goes_on(&lead, next);
            writer.p(say!(
                writer,
                "{goes_on} U krijgt daarover een apart bericht.",
                "{goes_on} You will get a message of its own about that."
            ));
        }
        None => writer.p(say!(
            writer,
            "Wie dit moet doen, heeft een waarschuwing gekregen. Die komt terug totdat er iets gebeurt.",
            "Whoever must do this has been warned. The warning comes back until something happens."
        )),
    }
    if !was_proposed {
        writer.p(say!(
            writer,
            "Dat wij te laat zijn, kost u geen rechten. Uw klacht blijft open.",
            "That we are late costs you no rights. Your complaint stays open."
        ));
    }
}
