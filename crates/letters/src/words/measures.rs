//! What is told to those who see to measures.

use chrono::NaiveDate;
use wederhoor_procedure::{Confidential, letter::Content};

use super::{
    say,
    writer::{Confided, Writer},
};
pub(super) fn write(writer: &mut Writer<'_>) {
    match &writer.letter.content {
        Content::MeasureAssigned { text, due_on } => assigned(writer, text, *due_on),
        Content::Recurrence { text } => recurrence(writer, text),
        Content::MeasureDue { text, due_on, nth } => {
            if let Some(on) = *due_on {
                due(writer, text, on, *nth);
            } else {
                undated(writer, text);
            }
        }
        Content::MeasureEffect {
            text,
            done_on,
            recurrences,
            is_unanswered,
        } => {
            effect(writer, *done_on, *recurrences, *is_unanswered);
            quote(writer, text);
        }
        _ => {}
    }
}

fn assigned(writer: &mut Writer<'_>, text: &Confidential<String>, due_on: Option<NaiveDate>) {
    writer.p(say!(
        writer,
        "Na een klacht is een maatregel afgesproken. U zorgt ervoor dat die wordt uitgevoerd.",
        "After a complaint a measure was agreed. You see to it that it is carried out."
    ));
    if let Some(on) = due_on.map(|on| writer.date(on)) {
        writer.list(vec![say!(writer, "Uiterlijk {on}", "By {on}")]);
    }
    quote(writer, text);
}

fn recurrence(writer: &mut Writer<'_>, text: &Confidential<String>) {
    writer.p(say!(
        writer,
        "Na een klacht is een maatregel afgesproken. Daarna kwam er een nieuwe klacht binnen over dezelfde cursus, met dezelfde \
         oorzaak.",
        "After a complaint a measure was agreed. After that a new complaint came in about the same course, with the same cause."
    ));
    writer.p(say!(
        writer,
        "Ga na of de maatregel is uitgevoerd en of die helpt. Is er iets anders nodig? Leg dan vast wat.",
        "See whether the measure was carried out and whether it helps. Is something else needed? Then record what."
    ));
    quote(writer, text);
}

fn due(writer: &mut Writer<'_>, text: &Confidential<String>, due_on: NaiveDate, nth: Option<u16>) {
    let on = writer.date(due_on);
    writer.p(match nth {
        None => say!(
            writer,
            "Na een klacht is een maatregel afgesproken. Die moet uiterlijk op {on} zijn uitgevoerd.",
            "After a complaint a measure was agreed. It is to be carried out by {on}."
        ),
        Some(_) => say!(
            writer,
            "Na een klacht is een maatregel afgesproken. Die moest uiterlijk op {on} zijn uitgevoerd. Niemand heeft gemeld dat dat is gebeurd.",
            "After a complaint a measure was agreed. It was to be carried out by {on}. Nobody reported that it was."
        ),
    });
    writer.p(say!(
        writer,
        "Is de maatregel uitgevoerd? Leg dan vast op welke dag. Lukt het niet op tijd? Dan kan de klachtenadministratie een latere dag kiezen.",
        "Was the measure carried out? Then record on which day. Can it not be done in time? Then the complaints administration can choose a later day."
    ));
    quote(writer, text);
    if let Some(nth) = nth {
        super::staff::again(writer, nth, true);
    }
}

fn effect(writer: &mut Writer<'_>, done_on: NaiveDate, recurrences: usize, is_unanswered: bool) {
    let on = writer.date(done_on);
    writer.p(say!(
        writer,
        "Na een klacht is een maatregel afgesproken. Die is op {on} uitgevoerd.",
        "After a complaint a measure was agreed. It was carried out on {on}."
    ));
    match recurrences {
        0 => {}
        1 => writer.p(say!(
            writer,
            "Na de afspraak kwam er 1 klacht binnen over dezelfde cursus, met dezelfde oorzaak.",
            "After it was agreed 1 complaint came in about the same course, with the same cause."
        )),
        many => writer.p(say!(
            writer,
            "Na de afspraak kwamen er {many} klachten binnen over dezelfde cursus, met dezelfde oorzaak.",
            "After it was agreed {many} complaints came in about the same course, with the same cause."
        )),
    }
    writer.p(if is_unanswered {
        say!(
            writer,
            "Er is twee keer gevraagd of de maatregel heeft geholpen. Er kwam geen antwoord. Ga het na, en leg vast of de maatregel heeft geholpen.",
            "It was asked twice whether the measure worked. No answer came. Look into it, and record whether it worked."
        )
    } else {
        say!(
            writer,
            "Heeft de maatregel geholpen? Ga het na, en leg het vast.",
            "Did the measure work? Look into it, and record it."
        )
    });
}

fn undated(writer: &mut Writer<'_>, text: &Confidential<String>) {
    writer.p(say!(
        writer,
        "Na een klacht is een maatregel afgesproken, zonder datum. Niemand wordt er dus aan herinnerd.",
        "After a complaint a measure was agreed, without a date. So nobody is reminded of it."
    ));
    writer.p(say!(
        writer,
        "Kies een dag waarop de maatregel klaar moet zijn. Is de maatregel al uitgevoerd, leg dat dan vast.",
        "Choose a day by which the measure is to be done. If it was carried out already, record that."
    ));
    quote(writer, text);
    writer.p(say!(
        writer,
        "Dit bericht komt elke maand terug, totdat iemand dat doet.",
        "This message comes back each month until somebody does."
    ));
}

fn quote(writer: &mut Writer<'_>, text: &Confidential<String>) {
    let what = say!(writer, "De maatregel", "The measure");
    writer.quote(&what, text, Confided::Inside);
}
