//! Onward: the notice of the way, the appeal, and a reminder of it.

use chrono::NaiveDate;
use wederhoor_procedure::{
    complaint::{LapsedTerm, Party, Recipient},
    letter::{Content, DueDay, EndingSoon, NextStage},
    policy::{ExitGround, SilenceMeans},
};

use super::{
    ending, say,
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
            unsigned,
        } => {
            writer.p(if *answer_follows {
                unanswered_in_words(writer)
            } else {
                ground_in_words(writer, *ground, *lapsed)
            });
            sign_anew(writer, *unsigned);
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
            is_appeal_withdrawn: true,
            ..
        } => ending::appeal_withdrawn(writer, *outcome),
        Content::Closing {
            outcome,
            asks_rating,
            late_way,
            ..
        } => ending::closing(writer, *outcome, *asks_rating, late_way.as_ref()),
        Content::LapseNotice {
            term,
            was_proposed,
            next,
        } => ending::lapse(writer, term, *was_proposed, next.as_ref()),
        _ => {}
    }
}

/// Whose sign-off no longer counts, and what it takes to settle after all.
fn sign_anew(writer: &mut Writer<'_>, unsigned: Option<Party>) {
    let Some(party) = unsigned else {
        return;
    };
    let is_own = writer.letter.key.to == Recipient::Party(party);
    let who = writer.party(party);
    writer.p(if is_own {
        say!(
            writer,
            "Uw handtekening onder de oplossing telt hierdoor niet meer. Wilt u het toch nog eens worden, dan moet u opnieuw tekenen.",
            "Your signature under the solution no longer counts because of this. If you want to settle after all, you have to sign anew."
        )
    } else {
        say!(
            writer,
            "De handtekening onder de oplossing van {who} telt hierdoor niet meer. Wie het toch nog eens wil worden, kan nog tekenen. Daarvoor is ook die handtekening opnieuw nodig.",
            "The signature of {who} under the solution no longer counts because of this. Whoever wants to settle after all can still sign. That signature is needed anew then too."
        )
    });
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
            "U heeft op uw vraag of opmerking niet op tijd antwoord en bericht over beroep gekregen. Dat spijt ons.",
            "You did not get both an answer to your question or remark and a notice about an appeal in time. We are sorry."
        ),
        (true, false) => say!(
            writer,
            "De klager heeft op een vraag of opmerking niet op tijd antwoord en bericht over beroep gekregen.",
            "The complainant did not get both an answer to a question or remark and a notice about an appeal in time."
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
        unsigned,
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
    sign_anew(writer, *unsigned);
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
            "Een brief waar de termijn van afhing, bleek niet bezorgd. Dus was {appeal} niet te laat, en het wordt behandeld{by}.",
            "A letter that the term depended on proved not to be delivered. So {appeal} was not late, and it is heard{by}."
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
