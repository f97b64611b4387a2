//! A text to sign, a response, a decision, and more time.

use chrono::NaiveDate;
use wederhoor_procedure::{
    Confidential,
    complaint::Finding,
    letter::{AnnouncedSilence, Content, DueDay, MoreTime, NextStage},
    policy::{Basis, SilenceMeans},
};

use super::{
    nouns, say,
    writer::{Confided, Reader, Writer},
};

pub(super) fn write(writer: &mut Writer<'_>) {
    match &writer.letter.content {
        Content::SolutionForSignOff {
            version,
            text,
            until,
        } => solution(writer, *version, text, until.as_ref()),
        Content::Response { .. } => response(writer),
        Content::ReactionAnswer { text, next } => answer(writer, text, next.as_ref()),
        Content::Extension { until, how } => extension(writer, *until, how),
        Content::Decision { .. } => decision(writer),
        _ => {}
    }
}

fn solution(
    writer: &mut Writer<'_>,
    version: u16,
    text: &Confidential<String>,
    until: Option<&DueDay>,
) {
    writer.p(say!(
        writer,
        "De oplossing staat op schrift. Beide kanten krijgen precies dezelfde tekst: versie {version}.",
        "The solution is in writing. Both sides get exactly the same text: version {version}."
    ));
    if version > 1 {
        writer.p(say!(
            writer,
            "Deze tekst komt in de plaats van de vorige. Wie de vorige al tekende, moet opnieuw tekenen.",
            "This text takes the place of the one before. Whoever signed that one must sign again."
        ));
    }
    let what = say!(writer, "De tekst", "The text");
    writer.quote(&what, text, Confided::Sent);
    writer.p(say!(
        writer,
        "Bent u het eens? Teken dan. Bent u het niet eens? Laat dat dan weten, en zeg liefst waarom.",
        "Do you agree? Then sign. Do you not agree? Then let us know, and preferably say why."
    ));
    if let Some(until) = until {
        let (on, cite) = (writer.date(until.on), writer.cite(&until.basis));
        writer.p(say!(
            writer,
            "Beide kanten kunnen tekenen tot en met {on} {cite}. Wie niets laat weten, stemt niet in.",
            "Both sides may sign up to and including {on} {cite}. Whoever says nothing does not consent."
        ));
    }
}

fn response(writer: &mut Writer<'_>) {
    let Content::Response {
        finding,
        text,
        handlers,
        is_new,
        silence,
        next,
        is_answered,
    } = &writer.letter.content
    else {
        return;
    };
    let complaint = writer.the_complaint();
    match writer.names(handlers) {
        Some(names) => writer.p(say!(
            writer,
            "Er is een reactie op {complaint}, van {names}.",
            "There is a response to {complaint}, from {names}."
        )),
        None => writer.p(say!(
            writer,
            "Er is een reactie op {complaint}.",
            "There is a response to {complaint}."
        )),
    }
    if *is_new {
        writer.p(say!(
            writer,
            "Deze reactie komt in de plaats van de vorige.",
            "This response takes the place of the one before."
        ));
    }
    let confided = match writer.reader {
        Reader::Complainant => Confided::Sent,
        Reader::Other | Reader::Staff => Confided::Inside,
    };
    if writer.may_show(confided) {
        let finding = nouns::finding(*finding, writer.locale);
        writer.list(vec![say!(
            writer,
            "Oordeel: {finding}",
            "Finding: {finding}"
        )]);
    }
    let what = say!(writer, "De reactie", "The response");
    writer.quote(&what, text, confided);
    if writer.reader == Reader::Complainant && *is_answered {
        writer.p(say!(
            writer,
            "Dit is een afschrift. Wat wij u daarna schreven, blijft gelden, ook tot wanneer u iets kunt doen.",
            "This is a copy. What we wrote to you after it still holds, also until when you can do something."
        ));
    } else if writer.reader == Reader::Complainant {
        choices(writer, silence.as_ref(), next.as_ref());
    } else {
        writer.p(say!(
            writer,
            "De klager kan nu laten weten of die het eens is. U hoeft nu niets te doen.",
            "The complainant can now say whether they agree. You need not do anything now."
        ));
    }
}

fn choices(writer: &mut Writer<'_>, silence: Option<&AnnouncedSilence>, next: Option<&NextStage>) {
    let disagree = say!(
        writer,
        "Bent u het niet eens? Laat het weten. Dan",
        "Do you not agree? Let us know. Then"
    );
    let mut choices = vec![say!(
        writer,
        "Bent u het eens? Laat het weten. Dan is uw klacht afgehandeld.",
        "Do you agree? Let us know. Then your complaint is settled."
    )];
    choices.extend(next.map(|next| writer.goes_on(&disagree, next)));
    choices.push(say!(
        writer,
        "Heeft u een vraag of opmerking? Laat het weten. Dan krijgt u eerst antwoord.",
        "Do you have a question or a remark? Let us know. Then you get an answer first."
    ));
    let title = say!(writer, "Wat kunt u doen?", "What can you do?");
    writer.titled(title, choices);
    let Some(silence) = silence else {
        writer.p(say!(
            writer,
            "Reageert u niet? Dan wordt uw klacht niet vanzelf gesloten.",
            "Do you not react? Then your complaint does not close by itself."
        ));
        return;
    };
    let (on, cite) = (writer.date(silence.on), writer.cite(&silence.basis));
    writer.p(match silence.means {
        SilenceMeans::Acceptance => say!(
            writer,
            "Let op: u kunt reageren tot en met {on}. Reageert u niet, dan geldt uw klacht daarna als afgehandeld {cite}.",
            "Please note: you can react up to and including {on}. If you do not react, your complaint counts as settled after that {cite}."
        ),
        SilenceMeans::NoAgreement => say!(
            writer,
            "Let op: u kunt reageren tot en met {on}. Reageert u niet, dan gaan wij ervan uit dat u het niet eens bent {cite}. U hoort dan hoe u verder kunt.",
            "Please note: you can react up to and including {on}. If you do not react, we take it that you do not agree {cite}. You will then hear how you can go on."
        ),
    });
    writer.p(writer.later_holds());
}

fn answer(writer: &mut Writer<'_>, text: &Confidential<String>, next: Option<&NextStage>) {
    writer.p(say!(
        writer,
        "Er is antwoord op uw vraag of opmerking.",
        "There is an answer to your question or remark."
    ));
    let what = say!(writer, "Het antwoord", "The answer");
    writer.quote(&what, text, Confided::Inside);
    if let Some(next) = next {
        let lead = say!(
            writer,
            "Bent u nog niet tevreden? Dan",
            "Are you still not satisfied? Then"
        );
        writer.p(writer.goes_on(&lead, next));
    }
    writer.p(say!(
        writer,
        "Bent u het nu wel eens? Laat het weten. Dan is uw klacht afgehandeld.",
        "Do you agree now? Let us know. Then your complaint is settled."
    ));
}

fn extension(writer: &mut Writer<'_>, until: NaiveDate, how: &MoreTime) {
    let (on, complaint) = (writer.date(until), writer.the_complaint());
    let cited = |writer: &Writer<'_>, basis: &Option<Basis>| {
        basis
            .as_ref()
            .map_or_else(String::new, |basis| format!(" {}", writer.cite(basis)))
    };
    let reason = say!(writer, "De reden", "The reason");
    match how {
        MoreTime::Announced { reasons, basis } => {
            let cite = cited(writer, basis);
            writer.p(say!(
                writer,
                "Er is meer tijd nodig voor {complaint}. De nieuwe laatste dag is {on}{cite}.",
                "More time is needed for {complaint}. The new last day is {on}{cite}."
            ));
            writer.quote(&reason, reasons, Confided::Inside);
        }
        MoreTime::Requested { reasons, basis } => {
            let cite = cited(writer, basis);
            writer.p(say!(
                writer,
                "Wij vragen u om meer tijd voor uw klacht: tot en met {on}. Dat mag alleen als u schriftelijk instemt{cite}.",
                "We ask you for more time for your complaint: up to and including {on}. That is allowed only if you consent in writing{cite}."
            ));
            writer.quote(&reason, reasons, Confided::Inside);
            writer.p(say!(
                writer,
                "U hoeft niet in te stemmen. Antwoordt u niet, dan blijft de oude laatste dag gelden.",
                "You need not consent. If you do not answer, the old last day holds."
            ));
        }
        MoreTime::Agreed if writer.reader == Reader::Complainant => writer.p(say!(
            writer,
            "U heeft ingestemd met meer tijd. De nieuwe laatste dag is {on}.",
            "You have consented to more time. The new last day is {on}."
        )),
        MoreTime::Agreed => writer.p(say!(
            writer,
            "De klager heeft ingestemd met meer tijd. De nieuwe laatste dag is {on}.",
            "The complainant has consented to more time. The new last day is {on}."
        )),
    }
}

fn decision(writer: &mut Writer<'_>) {
    let Content::Decision {
        stage,
        finding,
        text,
        deciders,
        compensation,
        upholds_inadmissibility,
        basis,
        next,
    } = &writer.letter.content
    else {
        return;
    };
    let (complaint, by) = (writer.the_complaint(), writer.stage(stage));
    let names = writer
        .names(deciders)
        .map_or_else(String::new, |names| format!(" ({names})"));
    writer.p(say!(
        writer,
        "Er is beslist over {complaint} door {by}{names}.",
        "There is a decision on {complaint}, by {by}{names}."
    ));
    if writer.may_show(Confided::Inside) {
        let facts = found(writer, *finding, *upholds_inadmissibility, *compensation);
        writer.list(facts);
    }
    let what = say!(writer, "De beslissing", "The decision");
    writer.quote(&what, text, Confided::Inside);
    if let Some(effect) = stage.effect {
        let cite = basis.as_ref().map(|basis| writer.cite(basis));
        let effect = writer.effect(effect);
        writer.p(match cite {
            Some(cite) => format!("{} {cite}.", effect.trim_end_matches('.')),
            None => effect,
        });
    }
    if let Some(next) = next
        .as_ref()
        .filter(|_| writer.reader == Reader::Complainant)
    {
        let lead = say!(
            writer,
            "Bent u het niet eens? Dan",
            "Do you not agree? Then"
        );
        writer.p(writer.goes_on(&lead, next));
    }
}

fn found(
    writer: &Writer<'_>,
    finding: Finding,
    upholds_inadmissibility: bool,
    compensation: Option<u32>,
) -> Vec<String> {
    let word = nouns::finding(finding, writer.locale);
    let mut facts = vec![say!(writer, "Oordeel: {word}", "Finding: {word}")];
    if upholds_inadmissibility {
        facts.push(say!(
            writer,
            "De klacht wordt ook nu niet inhoudelijk behandeld",
            "The complaint is still not treated on its merits"
        ));
    }
    if let Some(euros) = compensation {
        facts.push(say!(
            writer,
            "Vergoeding: € {euros}",
            "Compensation: € {euros}"
        ));
    }
    facts
}
