//! What is undone, what came too late, and whom a case has left.

use wederhoor_procedure::{
    complaint::{ClockAct, Departure, Party},
    letter::{Content, DueDay, Release, WithoutEffect},
    policy::Conflicted,
};

use super::{
    nouns, say,
    writer::{Reader, Writer},
};

pub(super) fn write(writer: &mut Writer<'_>) {
    match &writer.letter.content {
        Content::Reversal {
            what,
            undone,
            more,
            is_open,
            counts_earlier,
            holds,
        } => {
            undone_in_words(writer, *what, undone.as_ref(), *is_open);
            for (what, undone) in more {
                undone_in_words(writer, *what, undone.as_ref(), *is_open);
            }
            why_undone(writer);
            if *counts_earlier {
                earlier_counts(writer);
            }
            if *is_open && !(*counts_earlier && holds.is_empty()) {
                now_holds(writer, holds);
            }
        }
        Content::ActWithoutEffect {
            party,
            act,
            arrived_on,
            why,
        } => {
            let (from, what) = (writer.party(*party), nouns::act(*act, writer.locale));
            let on = writer.date(*arrived_on);
            writer.p(say!(
                writer,
                "Van {from} is alsnog vastgelegd: {what}. Dit kwam binnen op {on}.",
                "From {from} this has been recorded after all: {what}. It arrived on {on}."
            ));
            without_effect(writer, *party, *why);
        }
        Content::Released { why } => released(writer, *why),
        _ => {}
    }
}

fn without_effect(writer: &mut Writer<'_>, party: Party, why: WithoutEffect) {
    match why {
        WithoutEffect::EarlierText => outdated(writer, party),
        WithoutEffect::MovedOn => writer.p(say!(
            writer,
            "Intussen was de klacht al verder. Daarom verandert dit de stand van de klacht niet meer. Het staat wel in het dossier.",
            "By then the complaint had moved on. That is why this no longer changes where it stands. It is in the dossier."
        )),
        WithoutEffect::LaterWord => writer.p(say!(
            writer,
            "Daarna is van dezelfde kant iets anders laten weten. Het laatste woord telt. Daarom verandert dit de stand van de klacht niet. Het staat wel in het dossier.",
            "After that the same side said something else. The last word counts. That is why this does not change where the complaint stands. It is in the dossier."
        )),
        WithoutEffect::TooEarly => writer.p(say!(
            writer,
            "Toen dit binnenkwam, stond beroep nog niet open. Daarom telt het niet als beroep. Het staat wel in het dossier. Nu staat beroep wel open: dan moet het opnieuw worden ingesteld.",
            "When this came in, an appeal was not open yet. That is why it does not count as an appeal. It is in the dossier. An appeal is open now: then it has to be made again."
        )),
        WithoutEffect::StillTooEarly => writer.p(say!(
            writer,
            "Beroep staat nu nog niet open. Daarom telt dit niet als beroep. Het staat wel in het dossier. Komt er iets waartegen beroep kan, dan staat dat in een brief: dan kan het beroep opnieuw worden ingesteld.",
            "An appeal is not open yet. That is why this does not count as an appeal. It is in the dossier. Once there is something to appeal against, a letter will say so: then the appeal can be made again."
        )),
        WithoutEffect::TooEarlyAndClosed => writer.p(say!(
            writer,
            "Toen dit binnenkwam, stond beroep nog niet open. Daarom telt het niet als beroep. Het staat wel in het dossier. De klacht is intussen gesloten. Beroep kan nog: dan wordt eerst beslist of dat late beroep wordt behandeld.",
            "When this came in, an appeal was not open yet. That is why it does not count as an appeal. It is in the dossier. The complaint has been closed since. An appeal can still be made: then it is first decided whether that late appeal is heard."
        )),
    }
}

/// It answers an earlier text: whoever gave it may answer the one that holds.
fn outdated(writer: &mut Writer<'_>, party: Party) {
    writer.p(say!(
        writer,
        "Dit gaat over een eerdere tekst. Daarvoor is een nieuwe in de plaats gekomen. Daarom telt het niet als antwoord op de nieuwe tekst. Het staat wel in het dossier.",
        "This is about an earlier text. A new one has taken its place. That is why it does not count as an answer to the new text. It is in the dossier."
    ));
    let is_theirs = match party {
        Party::Complainant => writer.reader == Reader::Complainant,
        Party::Respondent(_) | Party::Representative => writer.reader == Reader::Other,
    };
    if is_theirs {
        writer.p(say!(
            writer,
            "Op de nieuwe tekst kunt u nog antwoorden. In de brief daarover staat hoe, en tot wanneer.",
            "You can still answer the new text. The letter about it says how, and until when."
        ));
    }
}

fn undone_in_words(
    writer: &mut Writer<'_>,
    what: ClockAct,
    undone: Option<&DueDay>,
    is_open: bool,
) {
    let complaint = writer.the_complaint();
    let term = match undone {
        Some(term) => {
            let (run, on) = (writer.run_out(term.kind), writer.date(term.on));
            let cite = writer.cite(&term.basis);
            say!(
                writer,
                "de termijn {run} voorbij was: de laatste dag was {on} {cite}",
                "the term {run} had ended: its last day was {on} {cite}"
            )
        }
        None => say!(writer, "een termijn voorbij was", "a term had ended"),
    };
    let mut text = match what {
        ClockAct::Closing => say!(
            writer,
            "In het dossier stond dat {complaint} gesloten was, omdat {term}. Dat is teruggedraaid.",
            "The dossier said that {complaint} was closed, because {term}. That is undone."
        ),
        ClockAct::Lapse(_) => say!(
            writer,
            "In het dossier stond dat {term}. Dat is teruggedraaid.",
            "The dossier said that {term}. That is undone."
        ),
        ClockAct::SilentWay => say!(
            writer,
            "In het dossier stond dat beroep openstond, omdat {term}. Dat is teruggedraaid.",
            "The dossier said that an appeal was open, because {term}. That is undone."
        ),
    };
    if what == ClockAct::Closing && is_open {
        text.push_str(&say!(
            writer,
            " De klacht is weer open.",
            " The complaint is open again."
        ));
    }
    writer.p(text);
}

fn why_undone(writer: &mut Writer<'_>) {
    writer.p(say!(
        writer,
        "De reden: er bleek op tijd iets te zijn binnengekomen of verstuurd, een brief bleek niet bezorgd, of er is een brief gegaan waarin staat dat er geen laatste dag is.",
        "The reason: something proved to have come or gone in time, a letter proved not to be delivered, or a letter went out that says there is no last day."
    ));
}

/// True whatever else has been posted that nobody has recorded yet.
fn earlier_counts(writer: &mut Writer<'_>) {
    if writer.reader == Reader::Complainant {
        writer.p(say!(
            writer,
            "De laatste dag die in onze eerdere brief staat, geldt. Kwam die brief later bij u aan? Dan heeft u zoveel langer. Kreeg u daarna nog een brief waarin staat dat er geen laatste dag is? Dan is er geen, totdat wij u een nieuwe schrijven.",
            "The last day in our earlier letter holds. Did that letter reach you later? Then you have that much longer. Did you get a letter after it that says there is no last day? Then there is none, until we write you a new one."
        ));
    } else {
        writer.p(say!(
            writer,
            "Wat in de eerdere brief aan de klager staat, geldt.",
            "What the earlier letter to the complainant says holds."
        ));
    }
}

fn now_holds(writer: &mut Writer<'_>, holds: &[DueDay]) {
    let lines: Vec<String> = holds.iter().map(|term| writer.holds(term)).collect();
    if lines.is_empty() {
        writer.p(say!(
            writer,
            "Op dit moment geldt er geen laatste dag. Begint er weer een termijn, dan krijgt u daar bericht van.",
            "No last day holds at this moment. When a term starts again, you will be told."
        ));
        return;
    }
    let title = if lines.len() == 1 {
        say!(
            writer,
            "Nu geldt deze laatste dag:",
            "This last day holds now:"
        )
    } else {
        say!(
            writer,
            "Nu gelden deze laatste dagen:",
            "These last days hold now:"
        )
    };
    writer.titled(title, lines);
}

fn no_longer_speaks(writer: &Writer<'_>, ground: Conflicted) -> String {
    let why = match ground {
        Conflicted::CourseTrainer => say!(
            writer,
            "u de cursus geeft of gaf waar de klacht over gaat",
            "you give or gave the course it is about"
        ),
        Conflicted::CourseOrganiser => say!(
            writer,
            "u de cursus organiseert of organiseerde waar de klacht over gaat",
            "you organise or organised the course it is about"
        ),
        Conflicted::NamedRespondent => {
            say!(writer, "de klacht ook over u gaat", "it is also about you")
        }
    };
    say!(
        writer,
        "U spreekt in deze klacht niet meer voor de organisatie, omdat {why}.",
        "You no longer speak for the organisation in this complaint, because {why}."
    )
}

fn released(writer: &mut Writer<'_>, why: Release) {
    writer.p(match why {
        Release::NoLongerSpeaks(ground) => no_longer_speaks(writer, ground),
        Release::Replaced => say!(
            writer,
            "Iemand anders heeft deze klacht van u overgenomen.",
            "Somebody else has taken this complaint over from you."
        ),
        Release::Conflict(Conflicted::CourseTrainer) => say!(
            writer,
            "U behandelt deze klacht niet meer, omdat u de cursus gaf waar de klacht over gaat.",
            "You no longer handle this complaint, because you gave the course it is about."
        ),
        Release::Conflict(Conflicted::CourseOrganiser) => say!(
            writer,
            "U behandelt deze klacht niet meer, omdat u de cursus organiseerde waar de klacht over gaat.",
            "You no longer handle this complaint, because you organised the course it is about."
        ),
        Release::Conflict(Conflicted::NamedRespondent) => say!(
            writer,
            "U behandelt deze klacht niet meer, omdat de klacht ook over u gaat.",
            "You no longer handle this complaint, because it is also about you."
        ),
        Release::Departed(Departure::Ended) => say!(
            writer,
            "U behandelt deze klacht niet meer, omdat u de rol niet meer hebt die daarbij hoort.",
            "You no longer handle this complaint, because you no longer have the role that goes with it."
        ),
        Release::Departed(Departure::Absent) => say!(
            writer,
            "U bent afwezig en niemand vervangt u. Daarom is deze klacht niet meer bij u.",
            "You are away and nobody stands in for you. That is why this complaint is no longer yours."
        ),
    });
    writer.p(say!(
        writer,
        "U hoeft er niets meer aan te doen. Wat u ervan weet, blijft vertrouwelijk.",
        "You need not do anything more about it. What you know of it stays confidential."
    ));
}
