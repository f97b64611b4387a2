//! Receipt, treatment, the other side, and the hearing.

use chrono::Timelike;
use wederhoor_procedure::{
    Confidential, Locale, MemberId,
    complaint::{InadmissibleGround, Party, Recipient},
    letter::{Content, DueDay, NextStage, Stage},
    policy::Basis,
};

use super::{
    say,
    writer::{Confided, Reader, Writer},
};

pub(super) fn write(writer: &mut Writer<'_>) {
    match &writer.letter.content {
        Content::Confirmation {
            handlers,
            terms,
            is_late,
        } => confirmation(writer, handlers, terms, *is_late),
        Content::HandlerNamed { .. } => handler_named(writer),
        Content::RespondentNotice {
            description,
            handlers,
            until,
        } => respondent_notice(writer, description, handlers, until.as_ref()),
        Content::HearingInvitation { .. } => invitation(writer),
        Content::Inadmissible {
            ground,
            reasons,
            next,
        } => inadmissible(writer, ground.as_ref(), reasons, next.as_ref()),
        Content::LateComplaintAdmitted { reasons, terms } => {
            admitted(writer, reasons.as_ref(), terms);
        }
        _ => {}
    }
}

fn confirmation(writer: &mut Writer<'_>, handlers: &[MemberId], terms: &[DueDay], is_late: bool) {
    let received = writer.date(writer.letter.received_on);
    writer.p(say!(
        writer,
        "Wij hebben uw klacht op {received} ontvangen.",
        "We received your complaint on {received}."
    ));
    if let Some(names) = writer.names(handlers) {
        writer.p(say!(
            writer,
            "Uw klacht wordt behandeld door {names}.",
            "Your complaint is handled by {names}."
        ));
    }
    if is_late {
        writer.p(say!(
            writer,
            "Uw klacht kwam na de laatste dag waarop dat kon. De behandelaar beslist of wij de klacht toch behandelen, en zegt waarom.",
            "Your complaint came after the last day on which it could. The handler decides whether we treat it all the same, and says why."
        ));
    }
    let next = say!(writer, "Dit gebeurt er nu:", "This is what happens now:");
    writer.titled(next, writer.promises(terms));
    writer.p(say!(
        writer,
        "Uw klacht is vertrouwelijk. Alleen wie er iets mee moet doen, kan de klacht zien. Zolang de klacht open is, kunt u die intrekken.",
        "Your complaint is confidential. Only those who have to deal with it can see it. As long as it is open you can withdraw it."
    ));
}

fn handler_named(writer: &mut Writer<'_>) {
    let Content::HandlerNamed {
        stage,
        members,
        confirms_receipt,
        is_change,
        is_late_appeal,
        terms,
    } = &writer.letter.content
    else {
        return;
    };
    if *confirms_receipt && writer.reader == Reader::Complainant {
        let received = writer.date(writer.letter.received_on);
        writer.p(say!(
            writer,
            "Wij bevestigen dat wij uw klacht op {received} hebben ontvangen.",
            "We confirm that we received your complaint on {received}."
        ));
    }
    let names = writer.names(members).unwrap_or_else(|| writer.stage(stage));
    writer.p(who(writer, stage, &names, *is_change, *is_late_appeal));
    let expect = say!(
        writer,
        "Dit kunt u verwachten:",
        "This is what you can expect:"
    );
    writer.titled(expect, writer.promises(terms));
}

fn who(writer: &Writer<'_>, stage: &Stage, names: &str, is_change: bool, is_late: bool) -> String {
    let (complaint, appeal) = (writer.the_complaint(), writer.the_appeal());
    let now = match (is_change, writer.locale) {
        (true, Locale::Nl) => "voortaan ",
        (true, Locale::En) => "from now on ",
        (false, _) => "",
    };
    if is_late {
        say!(
            writer,
            "Eerst wordt {now}beslist of {appeal} nog wordt behandeld. Dat doet {names}.",
            "First it is decided {now}whether {appeal} is still heard. This is done by {names}."
        )
    } else if stage.is_first {
        say!(
            writer,
            "De behandeling van {complaint} is {now}in handen van {names}.",
            "The handling of {complaint} is {now}in the hands of {names}."
        )
    } else {
        let stage = writer.stage(stage);
        say!(
            writer,
            "Over {appeal} bij {stage} wordt {now}beslist door {names}.",
            "The decision on {appeal} to {stage} is {now}taken by {names}."
        )
    }
}

fn respondent_notice(
    writer: &mut Writer<'_>,
    description: &Confidential<String>,
    handlers: &[MemberId],
    until: Option<&DueDay>,
) {
    let organisation = writer.organisation();
    if writer.letter.key.to == Recipient::Party(Party::Representative) {
        writer.p(say!(
            writer,
            "Er is een klacht ingediend die niet over één persoon gaat. U spreekt in deze klacht namens {organisation}.",
            "A complaint has come in that is not about one person. You speak for {organisation} in it."
        ));
    } else {
        writer.p(say!(
            writer,
            "Er is een klacht ingediend die over u gaat.",
            "A complaint has come in that concerns you."
        ));
    }
    writer.p(say!(
        writer,
        "Wij horen altijd beide kanten. U krijgt de kans om te vertellen hoe u het ziet. Er is nog niets beslist.",
        "We always hear both sides. You will get the chance to say how you see it. Nothing has been decided yet."
    ));
    let what = say!(writer, "De klacht", "The complaint");
    writer.quote(&what, description, Confided::Inside);
    if let Some(names) = writer.names(handlers) {
        writer.p(say!(
            writer,
            "De klacht wordt behandeld door {names}.",
            "The complaint is handled by {names}."
        ));
    }
    let until: Vec<_> = until.cloned().into_iter().collect();
    writer.list(writer.promises(&until));
    writer.p(say!(
        writer,
        "De klacht is vertrouwelijk. Spreek er niet over met mensen die er niets mee te maken hebben.",
        "The complaint is confidential. Do not speak of it with people who have nothing to do with it."
    ));
}

fn invitation(writer: &mut Writer<'_>) {
    let Content::HearingInvitation {
        on,
        place,
        handlers,
    } = &writer.letter.content
    else {
        return;
    };
    let (day, hour, minute) = (writer.date(on.date()), on.hour(), on.minute());
    writer.p(say!(
        writer,
        "Wij willen graag horen hoe u het ziet. U bent uitgenodigd voor een gesprek.",
        "We would like to hear how you see it. You are invited to a conversation."
    ));
    let mut facts = vec![say!(
        writer,
        "Wanneer: {day} om {hour:02}.{minute:02} uur",
        "When: {day} at {hour:02}:{minute:02}"
    )];
    if let Some(names) = writer.names(handlers) {
        facts.push(say!(writer, "Met wie: {names}", "With: {names}"));
    }
    writer.list(facts);
    let what = say!(writer, "De plaats", "The place");
    writer.quote(&what, place, Confided::Practical);
    writer.p(say!(
        writer,
        "Kunt u dan niet, of wilt u geen gesprek? Laat het ons weten.",
        "Does this not suit you, or do you not want a conversation? Please tell us."
    ));
}

fn inadmissible(
    writer: &mut Writer<'_>,
    ground: Option<&(InadmissibleGround, Basis)>,
    reasons: &Confidential<String>,
    next: Option<&NextStage>,
) {
    let complaint = writer.the_complaint();
    writer.p(say!(
        writer,
        "Wij behandelen {complaint} niet inhoudelijk.",
        "We do not treat {complaint} on its merits."
    ));
    let ground = ground.filter(|_| writer.may_show(Confided::Practical));
    if let Some((ground, rule)) = ground {
        writer.p(ground_in_words(writer, *ground, rule));
    }
    let what = say!(writer, "De reden", "The reason");
    writer.quote(&what, reasons, Confided::Inside);
    if let Some(next) = next.filter(|_| writer.reader == Reader::Complainant) {
        let lead = say!(
            writer,
            "Bent u het daar niet mee eens? Dan",
            "Do you disagree? Then"
        );
        writer.p(writer.goes_on(&lead, next));
        writer.p(say!(
            writer,
            "U krijgt daarover een apart bericht, met de laatste dag.",
            "You will get a message of its own about that, with the last day."
        ));
    }
}

fn ground_in_words(writer: &Writer<'_>, ground: InadmissibleGround, rule: &Basis) -> String {
    let cite = writer.cite(rule);
    let is_own = writer.reader == Reader::Complainant;
    match ground {
        InadmissibleGround::Standing if is_own => say!(
            writer,
            "Volgens de regeling kunt u hierover geen klacht indienen {cite}.",
            "Under the regulation you cannot complain about this {cite}."
        ),
        InadmissibleGround::Standing => say!(
            writer,
            "Volgens de regeling kan de klager hierover geen klacht indienen {cite}.",
            "Under the regulation the complainant cannot complain about this {cite}."
        ),
        InadmissibleGround::Subject => say!(
            writer,
            "De regeling gaat niet over wat in de klacht staat {cite}.",
            "The regulation does not cover what the complaint is about {cite}."
        ),
        InadmissibleGround::Late => say!(
            writer,
            "De klacht kwam na de laatste dag waarop dat kon {cite}.",
            "The complaint came after the last day on which it could {cite}."
        ),
    }
}

fn admitted(writer: &mut Writer<'_>, reasons: Option<&Confidential<String>>, terms: &[DueDay]) {
    let complaint = writer.the_complaint();
    match reasons {
        Some(reasons) => {
            writer.p(say!(
                writer,
                "Wij behandelen {complaint}, ook al kwam die te laat.",
                "We treat {complaint}, although it came late."
            ));
            let what = say!(writer, "De reden", "The reason");
            writer.quote(&what, reasons, Confided::Inside);
        }
        None => writer.p(say!(
            writer,
            "Er is niet op tijd beslist of wij {complaint} behandelen, die te laat kwam. Daarom behandelen wij die.",
            "It was not decided in time whether we treat {complaint}, which came late. That is why we do."
        )),
    }
    let lines = match writer.reader {
        Reader::Staff => writer.duties(terms),
        Reader::Complainant | Reader::Other => writer.promises(terms),
    };
    let next = say!(writer, "Dit gebeurt er nu:", "This is what happens now:");
    writer.titled(next, lines);
}
