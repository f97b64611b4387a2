//! Onward or over: the notice of the way, the appeal, the end, and what a lapse means.

use chrono::NaiveDate;
use wederhoor_procedure::{
    complaint::{LapsedTerm, Outcome},
    deadline::DeadlineKind,
    letter::{Content, DueDay, EndingSoon, NextStage},
    policy::{ExitGround, SilenceMeans},
};

use super::{
    nouns, say,
    writer::{Confided, Reader, Writer},
};

pub(super) fn write(writer: &mut Writer<'_>) {
    match &writer.letter.content {
        Content::WayNotice {
            ground,
            lapsed,
            answer_follows,
            until,
            next,
        } => {
            writer.p(if *answer_follows {
                unanswered_in_words(writer)
            } else {
                ground_in_words(writer, *ground, *lapsed)
            });
            notice(writer, *until, next.as_ref(), *answer_follows);
            if *answer_follows && writer.reader == Reader::Complainant {
                writer.p(say!(
                    writer,
                    "Krijgt u ons antwoord, dan heeft u daarna opnieuw de volle tijd.",
                    "Once you get our answer, you have the whole time again after it."
                ));
            }
        }
        Content::Reminder { what, until } => reminder(writer, what, until),
        Content::AppealReceived { .. } => appeal(writer),
        Content::LateAppealOutcome { .. } => late_appeal(writer),
        Content::Closing {
            outcome,
            asks_rating,
            late_way,
        } => closing(writer, *outcome, *asks_rating, late_way.as_ref()),
        Content::LapseNotice {
            term,
            was_proposed,
            next,
        } => lapse(writer, term, *was_proposed, next.as_ref()),
        _ => {}
    }
}

/// While an answer is still to come, the last day closes nothing.
fn notice(
    writer: &mut Writer<'_>,
    until: Option<NaiveDate>,
    next: Option<&NextStage>,
    answer_follows: bool,
) {
    let Some(next) = next else {
        return;
    };
    if writer.reader != Reader::Complainant {
        let to = writer.stage(&next.stage);
        writer.p(match until.map(|until| writer.date(until)) {
            Some(on) => say!(
                writer,
                "De klager kan tot en met {on} in beroep bij {to}. U hoeft nu niets te doen.",
                "The complainant may appeal to {to} up to and including {on}. You need not do anything now."
            ),
            None => say!(
                writer,
                "De klager kan in beroep bij {to}. U hoeft nu niets te doen.",
                "The complainant may appeal to {to}. You need not do anything now."
            ),
        });
        return;
    }
    let lead = say!(writer, "Nu", "Now");
    writer.p(writer.goes_on(&lead, next));
    match until.map(|until| writer.date(until)) {
        Some(on) if answer_follows => writer.p(say!(
            writer,
            "De laatste dag daarvoor is {on}.",
            "The last day for that is {on}."
        )),
        Some(on) => {
            writer.p(say!(
                writer,
                "De laatste dag daarvoor is {on}. Komt er dan geen beroep, dan sluiten wij de klacht.",
                "The last day for that is {on}. If no appeal has come by then, we close the complaint."
            ));
            writer.p(writer.later_holds());
        }
        None => writer.p(say!(
            writer,
            "Daarvoor geldt geen laatste dag.",
            "There is no last day for that."
        )),
    }
    writer.p(writer.how_to_appeal(next));
    if let Some(effect) = next.stage.effect {
        writer.p(writer.effect_there(effect));
    }
}

/// The notice came before the answer to a question or remark.
fn unanswered_in_words(writer: &Writer<'_>) -> String {
    match writer.reader {
        Reader::Complainant => say!(
            writer,
            "U heeft een vraag of opmerking over de reactie op uw klacht. Ons antwoord volgt nog. U hoeft daar niet op te wachten.",
            "You have a question or remark about the response to your complaint. Our answer is still to come. You need not wait for it."
        ),
        Reader::Other | Reader::Staff => say!(
            writer,
            "De klager heeft een vraag of opmerking over de reactie op de klacht. Het antwoord daarop volgt nog.",
            "The complainant has a question or remark about the response to the complaint. The answer is still to come."
        ),
    }
}

fn ground_in_words(writer: &Writer<'_>, ground: ExitGround, lapsed: Option<LapsedTerm>) -> String {
    let is_own = writer.reader == Reader::Complainant;
    match ground {
        ExitGround::Objection if is_own => say!(
            writer,
            "U bent het niet eens met de reactie op uw klacht.",
            "You do not agree with the response to your complaint."
        ),
        ExitGround::Objection => say!(
            writer,
            "De klager is het niet eens met de reactie op de klacht.",
            "The complainant does not agree with the response to the complaint."
        ),
        ExitGround::Notice if is_own => say!(
            writer,
            "U heeft antwoord gekregen op uw vraag of opmerking. Bent u niet tevreden, dan kunt u verder.",
            "You got an answer to your question or remark. If you are not satisfied, you can go on."
        ),
        ExitGround::Notice => say!(
            writer,
            "De klager heeft antwoord gekregen op een vraag of opmerking.",
            "The complainant got an answer to a question or remark."
        ),
        ExitGround::Lapse => lapse_in_words(writer, lapsed),
        ExitGround::NoAgreement => {
            let complaint = writer.the_complaint();
            say!(
                writer,
                "Er is geen overeenstemming over {complaint}.",
                "There is no agreement about {complaint}."
            )
        }
        ExitGround::Inadmissible => {
            let complaint = writer.the_complaint();
            say!(
                writer,
                "Wij behandelen {complaint} niet inhoudelijk.",
                "We do not treat {complaint} on its merits."
            )
        }
        ExitGround::Decision => {
            let complaint = writer.the_complaint();
            say!(
                writer,
                "Er is beslist over {complaint}.",
                "There is a decision about {complaint}."
            )
        }
    }
}

fn lapse_in_words(writer: &Writer<'_>, lapsed: Option<LapsedTerm>) -> String {
    let is_own = writer.reader == Reader::Complainant;
    let is_answer = lapsed == Some(LapsedTerm::Reaction);
    match (is_answer, is_own) {
        (true, true) => say!(
            writer,
            "U heeft niet op tijd antwoord gekregen op uw vraag of opmerking. Dat spijt ons.",
            "You did not get an answer to your question or remark in time. We are sorry."
        ),
        (true, false) => say!(
            writer,
            "De klager heeft niet op tijd antwoord gekregen op een vraag of opmerking.",
            "The complainant did not get an answer to a question or remark in time."
        ),
        (false, true) => say!(
            writer,
            "U heeft niet op tijd een uitkomst gekregen. Dat spijt ons.",
            "You did not get an outcome in time. We are sorry."
        ),
        (false, false) => say!(
            writer,
            "Er is niet op tijd een uitkomst gekomen.",
            "There was no outcome in time."
        ),
    }
}

fn reminder(writer: &mut Writer<'_>, what: &EndingSoon, until: &DueDay) {
    let (on, cite) = (writer.date(until.on), writer.cite(&until.basis));
    match what {
        EndingSoon::Reaction(means) => {
            writer.p(say!(
                writer,
                "U kreeg een reactie op uw klacht. U kunt daar nog iets over laten weten tot en met {on} {cite}.",
                "You got a response to your complaint. You can still react to it up to and including {on} {cite}."
            ));
            writer.p(match means {
                SilenceMeans::Acceptance => say!(
                    writer,
                    "Reageert u niet, dan geldt uw klacht daarna als afgehandeld.",
                    "If you do not react, your complaint counts as settled after that."
                ),
                SilenceMeans::NoAgreement => say!(
                    writer,
                    "Reageert u niet, dan gaan wij ervan uit dat u het niet eens bent.",
                    "If you do not react, we take it that you do not agree."
                ),
            });
        }
        EndingSoon::Appeal(next) => {
            let to = next.as_ref().map_or_else(String::new, |next| {
                let to = writer.stage(&next.stage);
                say!(writer, " bij {to}", " to {to}")
            });
            writer.p(say!(
                writer,
                "U kunt nog in beroep{to} tot en met {on} {cite}. Komt er dan geen beroep, dan sluiten wij de klacht.",
                "You can still appeal{to} up to and including {on} {cite}. If no appeal has come by then, we close the complaint."
            ));
            if let Some(next) = next {
                writer.p(writer.how_to_appeal(next));
            }
        }
    }
}

fn appeal(writer: &mut Writer<'_>) {
    let Content::AppealReceived {
        received_on,
        stage,
        is_late,
        follows_refusal,
        deciders,
        is_heard,
        terms,
    } = &writer.letter.content
    else {
        return;
    };
    let (on, to, appeal) = (
        writer.date(*received_on),
        writer.stage(stage),
        writer.the_appeal(),
    );
    writer.p(match writer.reader {
        Reader::Complainant => say!(
            writer,
            "Wij hebben uw beroep bij {to} op {on} ontvangen.",
            "We received your appeal to {to} on {on}."
        ),
        Reader::Other | Reader::Staff => say!(
            writer,
            "De klager is in beroep gegaan bij {to}. Het beroep kwam op {on}.",
            "The complainant has appealed to {to}. The appeal came on {on}."
        ),
    });
    if *follows_refusal {
        writer.p(say!(
            writer,
            "Intussen was een later beroep niet behandeld, omdat dat te laat kwam. Die beslissing blijft staan. Daarom wordt eerst beslist of dit beroep wordt behandeld.",
            "Meanwhile a later appeal was not heard, because it came late. That decision stands. That is why it is first decided whether this appeal is heard."
        ));
    } else if *is_late {
        writer.p(say!(
            writer,
            "Het beroep kwam na de laatste dag. Daarom wordt eerst beslist of het nog wordt behandeld.",
            "The appeal came after the last day. That is why it is first decided whether it is still heard."
        ));
    }
    if let Some(names) = writer.names(deciders) {
        writer.p(say!(
            writer,
            "Over {appeal} wordt beslist door {names}.",
            "The decision on {appeal} is taken by {names}."
        ));
    }
    writer.list(writer.promises(terms));
    if *is_heard && !is_late {
        writer.p(say!(
            writer,
            "Ook nu worden beide kanten gehoord.",
            "Again both sides will be heard."
        ));
    }
}

fn late_appeal(writer: &mut Writer<'_>) {
    let Content::LateAppealOutcome {
        is_admitted,
        reasons,
        is_timely,
        follows_refusal,
        stage,
        terms,
    } = &writer.letter.content
    else {
        return;
    };
    let appeal = writer.the_appeal();
    let by = stage.as_ref().map_or_else(String::new, |stage| {
        let stage = writer.stage(stage);
        say!(writer, " door {stage}", " by {stage}")
    });
    writer.p(match (is_admitted, reasons) {
        (true, _) if *is_timely => say!(
            writer,
            "De brief die de termijn liet beginnen, bleek niet bezorgd. Dus was {appeal} niet te laat, en het wordt behandeld{by}.",
            "The letter that started the term proved not to be delivered. So {appeal} was not late, and it is heard{by}."
        ),
        (true, Some(_)) => say!(
            writer,
            "Er is besloten dat {appeal} wordt behandeld{by}.",
            "It was decided that {appeal} is heard{by}."
        ),
        (true, None) => say!(
            writer,
            "Er is niet op tijd beslist of {appeal} nog wordt behandeld. Daarom wordt het behandeld{by}.",
            "It was not decided in time whether {appeal} is still heard. That is why it is heard{by}."
        ),
        (false, _) if *follows_refusal => say!(
            writer,
            "Er is besloten dat {appeal} niet wordt behandeld. De klacht blijft gesloten. Naar de rechter gaan blijft mogelijk.",
            "It was decided that {appeal} is not heard. The complaint stays closed. Going to court stays possible."
        ),
        (false, _) => say!(
            writer,
            "Omdat {appeal} te laat kwam, wordt het niet behandeld. De klacht blijft gesloten. Naar de rechter gaan blijft mogelijk.",
            "Because {appeal} came late, it is not heard. The complaint stays closed. Going to court stays possible."
        ),
    });
    if let Some(reasons) = reasons {
        let what = say!(writer, "De reden", "The reason");
        writer.quote(&what, reasons, Confided::Inside);
    }
    let lines = match writer.reader {
        Reader::Staff => writer.duties(terms),
        Reader::Complainant | Reader::Other => writer.promises(terms),
    };
    writer.list(lines);
}

fn closing(
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

fn lapse(writer: &mut Writer<'_>, term: &DueDay, was_proposed: bool, next: Option<&NextStage>) {
    let (on, cite) = (writer.date(term.on), writer.cite(&term.basis));
    writer.p(match term.kind {
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
