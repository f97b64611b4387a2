//! What time does, and where a complaint stands, in the words of a path or a timeline.

use crate::{
    complaint::{Event, LapsedTerm, Outcome, State},
    deadline::DeadlineKind,
    locale::{
        Locale::{self, En, Nl},
        Text,
    },
    policy::ExitGround,
};

fn text(nl: &str, en: &str) -> Text {
    Text {
        nl: nl.to_owned(),
        en: en.to_owned(),
    }
}

/// What the passing of time did, as a short sentence without a full stop.
pub(crate) fn event_in_words(event: &Event) -> Text {
    match event {
        Event::TermLapsed {
            term: LapsedTerm::Resolution,
        } => text(
            "de termijn van de organisatie verstrijkt",
            "the organisation's term lapses",
        ),
        Event::TermLapsed {
            term: LapsedTerm::Reaction,
        } => text(
            "de termijn om te antwoorden verstrijkt",
            "the term to answer lapses",
        ),
        Event::WayOpened { ground, announced } => way_in_words(*ground, announced.is_none()),
        Event::Closed { outcome } => Text {
            nl: format!("de klacht sluit: {}", outcome_in_words(*outcome, Nl)),
            en: format!("the complaint closes: {}", outcome_in_words(*outcome, En)),
        },
        Event::Reminded { deadline } => Text {
            nl: format!("herinnering: {}", deadline_in_words(*deadline, Nl)),
            en: format!("reminder: {}", deadline_in_words(*deadline, En)),
        },
        Event::Alerted { deadline, .. } => Text {
            nl: format!("alarm, te laat: {}", deadline_in_words(*deadline, Nl)),
            en: format!("alert, overdue: {}", deadline_in_words(*deadline, En)),
        },
        Event::DeadlineRederived { deadline, .. } => Text {
            nl: format!("andere laatste dag: {}", deadline_in_words(*deadline, Nl)),
            en: format!("another last day: {}", deadline_in_words(*deadline, En)),
        },
        Event::ClockReversed { .. } => text(
            "wat de tijd deed, wordt teruggedraaid",
            "what time did is reversed",
        ),
        other => silence_in_words(other),
    }
}

/// What time did where people were silent or away, or the post failed.
fn silence_in_words(event: &Event) -> Text {
    match event {
        Event::LateComplaintAdmitted { .. } => text(
            "niemand besliste, dus de te late klacht wordt behandeld",
            "nobody decided, so the late complaint is treated",
        ),
        Event::LateAppealAdmitted { .. } => text(
            "niemand besliste, dus het te late beroep wordt behandeld",
            "nobody decided, so the late appeal is heard",
        ),
        Event::LetterReturned { .. } => text(
            "de brief geldt als niet bezorgd",
            "the letter counts as not delivered",
        ),
        Event::LetterRedirected { .. } => text(
            "de brief gaat naar een ander adres",
            "the letter goes to another address",
        ),
        Event::LetterReprinted { .. } => text(
            "de brief ligt opnieuw klaar om te posten",
            "the letter lies ready to be posted once more",
        ),
        Event::LetterSentAgain { .. } => text(
            "de tweede poging geldt als bezorgd",
            "the second attempt counts as delivered",
        ),
        Event::DestructionWithheld => text(
            "er kwam nog iets binnen, dus een mens kijkt eerst",
            "something still came in, so that a person looks first",
        ),
        Event::DeciderReleased { .. } => text(
            "wie beslist, is er niet meer",
            "whoever decides is there no more",
        ),
        Event::Assigned { .. } => text(
            "er is weer iemand die beslist",
            "there is somebody to decide again",
        ),
        _ => text("de tijd verstrijkt", "time passes"),
    }
}

fn way_in_words(ground: ExitGround, is_endless: bool) -> Text {
    let (nl, en) = match ground {
        ExitGround::Objection => ("na bezwaar", "after an objection"),
        ExitGround::Notice => ("na bericht", "after a notice"),
        ExitGround::Lapse => ("omdat de uitkomst uitbleef", "because no outcome came"),
        ExitGround::NoAgreement => ("zonder overeenstemming", "without agreement"),
        ExitGround::Inadmissible => ("na niet-ontvankelijkheid", "after inadmissibility"),
        ExitGround::Decision => ("na de beslissing", "after the decision"),
    };
    let (end_nl, end_en) = if is_endless {
        (", zonder einde", ", without end")
    } else {
        ("", "")
    };
    Text {
        nl: format!("beroep staat open {nl}{end_nl}"),
        en: format!("the way to appeal opens {en}{end_en}"),
    }
}

/// How a complaint ended.
pub(crate) const fn outcome_in_words(outcome: Outcome, locale: Locale) -> &'static str {
    match (outcome, locale) {
        (Outcome::Accepted, Nl) => "de klager was akkoord",
        (Outcome::Accepted, En) => "the complainant accepted",
        (Outcome::TacitlyAccepted, Nl) => "de klager zweeg, en dat geldt als akkoord",
        (Outcome::TacitlyAccepted, En) => "the complainant was silent, which counts as acceptance",
        (Outcome::Agreed, Nl) => "beide kanten tekenden",
        (Outcome::Agreed, En) => "both sides signed",
        (Outcome::Decided, Nl) => "er is beslist",
        (Outcome::Decided, En) => "it was decided",
        (Outcome::NotPursued, Nl) => "er kwam geen beroep",
        (Outcome::NotPursued, En) => "no appeal came",
        (Outcome::Withdrawn, Nl) => "de klager trok de klacht in",
        (Outcome::Withdrawn, En) => "the complainant withdrew",
        (Outcome::Inadmissible, Nl) => "de klacht is niet-ontvankelijk",
        (Outcome::Inadmissible, En) => "the complaint is inadmissible",
    }
}

/// Where a complaint stands.
pub(crate) const fn state_in_words(state: State, locale: Locale) -> &'static str {
    match (state, locale) {
        (State::Received, Nl) => "ontvangen",
        (State::Received, En) => "received",
        (State::InTreatment, Nl) => "in behandeling",
        (State::InTreatment, En) => "in treatment",
        (State::AwaitingComplainant, Nl) => "wacht op de klager",
        (State::AwaitingComplainant, En) => "awaiting the complainant",
        (State::AwaitingSignOff, Nl) => "wacht op ondertekening",
        (State::AwaitingSignOff, En) => "awaiting sign-off",
        (State::AppealOpen, Nl) => "beroep staat open",
        (State::AppealOpen, En) => "appeal open",
        (State::OnAppeal, Nl) => "in beroep",
        (State::OnAppeal, En) => "on appeal",
        (State::Closed, Nl) => "gesloten",
        (State::Closed, En) => "closed",
    }
}

/// What a deadline is for; the instance is counted from 1.
pub(crate) fn deadline_in_words(kind: DeadlineKind, locale: Locale) -> String {
    let (name, instance) = match kind {
        DeadlineKind::Acknowledgement => {
            (["bericht van ontvangst", "confirmation of receipt"], None)
        }
        DeadlineKind::Appointment(at) => {
            (["iemand is aangewezen", "someone is appointed"], Some(at))
        }
        DeadlineKind::Contact(at) => (
            [
                "persoonlijk contact met de klager",
                "personal contact with the complainant",
            ],
            Some(at),
        ),
        DeadlineKind::LateComplaint => (
            [
                "beslissing over de te late klacht",
                "decision on the late complaint",
            ],
            None,
        ),
        DeadlineKind::Resolution(at) => (["uitkomst", "outcome"], Some(at)),
        DeadlineKind::Silence(at) => (["de klager reageert", "the complainant reacts"], Some(at)),
        DeadlineKind::Announcement(at) => (
            [
                "aankondiging wat zwijgen betekent",
                "announcement of what silence means",
            ],
            Some(at),
        ),
        DeadlineKind::Reaction(at) => (
            [
                "antwoord op de reactie van de klager",
                "answer to the complainant's reaction",
            ],
            Some(at),
        ),
        DeadlineKind::Way(at) => (
            ["de klager gaat in beroep", "the complainant appeals"],
            Some(at),
        ),
        DeadlineKind::LateAppeal(at) => (
            [
                "beslissing over het te late beroep",
                "decision on the late appeal",
            ],
            Some(at),
        ),
        DeadlineKind::Posting => (["brief de deur uit", "letter goes out"], None),
        DeadlineKind::Measures => (["antwoord over maatregelen", "answer about measures"], None),
        DeadlineKind::Retention => (["bewaren tot", "kept until"], None),
    };
    let [nl, en] = name;
    match (locale, instance) {
        (Nl, None) => nl.to_owned(),
        (En, None) => en.to_owned(),
        (Nl, Some(at)) => format!("{nl} (instantie {})", u16::from(at) + 1),
        (En, Some(at)) => format!("{en} (instance {})", u16::from(at) + 1),
    }
}
