//! To whoever handles, decides or administers: what waits for them.

use chrono::NaiveDate;
use wederhoor_procedure::{
    complaint::Recipient,
    deadline::DeadlineKind,
    letter::{Content, DueDay, Stage, Vacancy},
};

use super::{
    measures, nouns, owed, post, say,
    writer::{Reader, Writer},
};

pub(super) fn write(writer: &mut Writer<'_>) {
    match &writer.letter.content {
        Content::Assignment { stage, terms } => assignment(writer, stage, terms),
        Content::Unassigned {
            stage,
            why,
            is_pool,
            until,
        } => unassigned(writer, stage, *why, *is_pool, until.as_ref()),
        Content::LateAppeal {
            received_on,
            follows_refusal,
            until,
        } => {
            late_appeal(writer, *received_on, *follows_refusal, until.as_ref());
        }
        Content::OverdueAlert {
            term,
            nth,
            repeats,
            stage,
            letters,
        } => {
            overdue(writer, term, stage.as_ref());
            post::waiting(writer, letters);
            again(writer, *nth, *repeats);
        }
        Content::Undelivered {
            letter,
            rested,
            retry,
        } => {
            post::undelivered(writer, letter, *rested);
            post::tried_again(writer, letter, *retry);
        }
        Content::PartyActed { party, act, until } => {
            let (from, what) = (writer.party(*party), nouns::act(*act, writer.locale));
            writer.p(say!(
                writer,
                "Er is iets binnengekomen van {from}: {what}.",
                "Something has come in from {from}: {what}."
            ));
            let until: Vec<_> = until.clone().into_iter().collect();
            writer.list(writer.duties(&until));
        }
        Content::MeasuresAsked { outcome, until } => {
            let how = nouns::outcome(*outcome, Reader::Staff, writer.locale);
            writer.p(say!(
                writer,
                "De klacht is gesloten. {how}",
                "The complaint is closed. {how}"
            ));
            writer.p(say!(
                writer,
                "Wat was de oorzaak, en wat voorkomt dat dit nog eens gebeurt? Stel maatregelen voor, of zeg waarom die niet nodig zijn.",
                "What was the cause, and what prevents that this happens again? Propose measures, or say why none are needed."
            ));
            writer.list(writer.duties(std::slice::from_ref(until)));
        }
        _ => measures::write(writer),
    }
}

fn assignment(writer: &mut Writer<'_>, stage: &Stage, terms: &[DueDay]) {
    let role = writer.role(stage);
    writer.p(if stage.is_first {
        say!(
            writer,
            "U bent aangewezen om deze klacht te behandelen, als {role}.",
            "You are appointed to handle this complaint, as {role}."
        )
    } else {
        say!(
            writer,
            "U bent aangewezen om over het beroep in deze klacht te beslissen, als {role}.",
            "You are appointed to decide the appeal in this complaint, as {role}."
        )
    });
    let title = say!(writer, "Dit zijn uw termijnen:", "These are your terms:");
    writer.titled(title, writer.duties(terms));
    writer.p(say!(
        writer,
        "Bent u bij de klacht betrokken, of kunt u niet onpartijdig zijn? Trek u dan meteen terug.",
        "Are you involved in the complaint, or can you not be impartial? Then step back at once."
    ));
}

fn unassigned(
    writer: &mut Writer<'_>,
    stage: &Stage,
    why: Vacancy,
    is_pool: bool,
    until: Option<&DueDay>,
) {
    let role = writer.stage(stage);
    writer.p(match why {
        Vacancy::Filed => say!(
            writer,
            "Er is een nieuwe klacht.",
            "There is a new complaint."
        ),
        Vacancy::Appealed => say!(
            writer,
            "De klager is in beroep gegaan bij {role}.",
            "The complainant has appealed to {role}."
        ),
        Vacancy::LateAppeal => say!(
            writer,
            "De klager is te laat in beroep gegaan bij {role}.",
            "The complainant has appealed late to {role}."
        ),
        Vacancy::Unrepresented => say!(
            writer,
            "Wie in deze klacht voor de organisatie sprak, kan dat niet meer doen.",
            "Whoever spoke for the organisation in this complaint can no longer do so."
        ),
        Vacancy::SteppedBack => say!(
            writer,
            "Wie deze klacht behandelde, kan dat niet meer doen.",
            "Whoever dealt with this complaint can no longer do so."
        ),
    });
    let is_member = matches!(writer.letter.key.to, Recipient::Member(_));
    writer.p(match (is_member, is_pool) {
        (true, _) => say!(
            writer,
            "Niemand behandelt de klacht nu. U kunt de klacht nemen.",
            "Nobody handles it now. You can take it."
        ),
        (false, true) => say!(
            writer,
            "Niemand behandelt de klacht nu. Wie de klacht kan nemen, heeft ook bericht. Is dat niemand, wijs dan zelf iemand aan.",
            "Nobody handles it now. The group that can take it has been told too. You can also appoint somebody yourself."
        ),
        (false, false) => say!(
            writer,
            "Er is nu niemand die dit doet. Wijs iemand aan.",
            "There is nobody who does this now. Appoint somebody."
        ),
    });
    let until: Vec<_> = until.cloned().into_iter().collect();
    writer.list(writer.duties(&until));
}

fn late_appeal(
    writer: &mut Writer<'_>,
    received_on: NaiveDate,
    follows_refusal: bool,
    until: Option<&DueDay>,
) {
    let on = writer.date(received_on);
    writer.p(if follows_refusal {
        say!(
            writer,
            "Op {on} kwam er een beroep, dat pas nu is vastgelegd. Intussen was een later beroep niet behandeld, omdat dat te laat kwam. Die beslissing blijft staan. U beslist met redenen of dit beroep wordt behandeld.",
            "On {on} an appeal came, which has only now been recorded. Meanwhile a later appeal was not heard, because it came late. That decision stands. You decide, with reasons, whether this appeal is heard."
        )
    } else {
        say!(
            writer,
            "Op {on} kwam er een beroep, na de laatste dag. U beslist met redenen of het nog wordt behandeld.",
            "On {on} an appeal came, after the last day. You decide, with reasons, whether it is still heard."
        )
    });
    if let Some(until) = until {
        writer.list(writer.duties(std::slice::from_ref(until)));
        writer.p(say!(
            writer,
            "Beslist u niet op tijd, dan wordt het beroep behandeld.",
            "If you do not decide in time, the appeal is heard."
        ));
    }
}

fn overdue(writer: &mut Writer<'_>, term: &DueDay, stage: Option<&Stage>) {
    let (on, cite) = (writer.date(term.on), writer.cite(&term.basis));
    let what = owed(term.kind, writer.locale);
    let at = stage.map_or_else(String::new, |stage| {
        let stage = writer.stage(stage);
        say!(writer, ", bij {stage}", ", with {stage}")
    });
    if matches!(term.kind, DeadlineKind::Announcement(_)) {
        writer.p(say!(
            writer,
            "De klager heeft niet gereageerd, maar zwijgen zegt hier niets: de reactie kondigde niet aan wat het betekent, of daarna kwam een brief dat er geen laatste dag is. De klacht sluit daarom niet vanzelf. Geef een nieuwe reactie die dat wel doet.",
            "The complainant has not reacted, but silence says nothing here: the response did not announce what it means, or a letter came after it that there is no last day. That is why the complaint does not close by itself. Issue a new response that does."
        ));
    } else if term.kind == DeadlineKind::Retention {
        writer.p(say!(
            writer,
            "De bewaartermijn van dit dossier is voorbij. De laatste dag was {on} {cite}. Vernietig het dossier, of leg een bewaarplicht op als het langer moet blijven.",
            "The retention term of this dossier is over. The last day was {on} {cite}. Destroy the dossier, or place a legal hold if it must be kept longer."
        ));
    } else {
        writer.p(say!(
            writer,
            "Een termijn is verstreken. De laatste dag was {on} {cite}.",
            "A term has lapsed. The last day was {on} {cite}."
        ));
    }
    writer.list(vec![say!(
        writer,
        "Het gaat om: {what}{at}",
        "It is about: {what}{at}"
    )]);
}

pub(super) fn again(writer: &mut Writer<'_>, nth: u16, repeats: bool) {
    let text = match (repeats, nth) {
        (false, _) => say!(
            writer,
            "De klager heeft bericht gekregen hoe het verder gaat.",
            "The complainant has been told how it goes on."
        ),
        (true, 0 | 1) => say!(
            writer,
            "Dit bericht komt terug totdat iemand iets doet.",
            "This message comes back until somebody acts."
        ),
        (true, _) => say!(
            writer,
            "Dit is waarschuwing {nth}. Dit bericht komt terug totdat iemand iets doet.",
            "This is warning {nth}. This message comes back until somebody acts."
        ),
    };
    writer.p(text);
}
