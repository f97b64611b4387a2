//! Letters: handed over, posted, come back. Terms that count from delivery rest on this.

use super::{
    confirmation,
    context::{Context, Decided, bounded_in_vain, require, require_by},
    doing::{second_attempt, second_attempt_due},
};
use crate::{
    command::Command,
    complaint::{
        ClockAct, Complaint, Delivery, Event, LetterKey, LetterKind, Outcome, Party, Place,
        Recorded,
    },
    locale::Text,
    policy::Basis,
    refusal::{Reason, Refusal},
};

pub(super) fn may_record_posted(context: &Context<'_>) -> Result<(), Refusal> {
    let may = |one: &Delivery| one.may_be_posted_since().is_some();
    require(
        context.complaint.deliveries.values().any(may),
        Reason::UnknownLetter,
    )
}

pub(super) fn may_resend(context: &Context<'_>) -> Result<(), Refusal> {
    let complaint = context.complaint;
    let mut owed = complaint.letters_owed();
    let waits = owed.any(|(letter, one)| second_attempt(complaint, *letter, one).is_some())
        || complaint.lost.values().any(|lost| !lost.is_redirected);
    require_by(waits, Reason::NotReturned, Some(&one_attempt_more()))
}

pub(super) fn handle(context: &Context<'_>, command: &Command) -> Decided {
    match command {
        Command::RecordPosted { letter } => posted(context, letter),
        Command::LetterHandedOver { letter } => Ok(handed_over(context, *letter)),
        Command::ReportUndelivered { letter, from } => returned(context, *letter, *from),
        Command::ResendLetter { letter } => resent(context, letter),
        Command::VerifyAddress if !context.complaint.complainant.is_verified => {
            Ok(vec![Event::AddressVerified])
        }
        Command::VerifyAddress => Ok(Vec::new()),
        _ => Err(Reason::WrongState.bare()),
    }
}

fn posted(context: &Context<'_>, letter: &LetterKey) -> Decided {
    let (letter, delivery) = tracked(context, letter)?;
    let Some(since) = delivery.may_be_posted_since() else {
        return Err(Reason::AlreadyDone.bare());
    };
    require(context.at >= since, Reason::ImpossibleTime)?;
    // By e-mail it goes only since its reader moved: what was posted before was posted.
    let is_posted = delivery.is_paper() || delivery.moved_after(context.at);
    require(is_posted, Reason::AlreadyDone)?;
    let mut events = if is_second_attempt(context, delivery) {
        vec![Event::LetterSentAgain { letter }]
    } else {
        vec![
            Event::LetterSent { letter },
            Event::LetterDelivered { letter },
        ]
    };
    events.extend(confirmation::posted(context.complaint, letter, context.at));
    if ended_in_vain(context, &events) {
        events.extend(reopened(context));
    }
    Ok(events)
}

/// Whether what is posted is the second attempt, which counts even if it comes back: not sooner than time would have made it.
fn is_second_attempt(context: &Context<'_>, delivery: &Delivery) -> bool {
    let returned = delivery.failed_since.or(delivery.returned_at);
    let due = returned.map(|at| second_attempt_due(&context.facts.calendar, at));
    delivery.awaits_second_posting() && due.is_none_or(|due| due <= context.at)
}

/// Whether the clock closed it though the complainant, as is known only now, had it in writing that there is no last day.
fn ended_in_vain(context: &Context<'_>, posted: &[Event]) -> bool {
    let closure = context.complaint.closure.filter(|one| one.by_clock);
    let Some(closure) = closure else {
        return false;
    };
    let (then, calendar) = (after(context, posted), &context.facts.calendar);
    let void = match closure.outcome {
        Outcome::TacitlyAccepted => then.silence_void_since(calendar, then.round()),
        Outcome::NotPursued => then.way_void_since(calendar, then.round()),
        _ => None,
    };
    void.is_some()
}

fn tracked<'a>(
    context: &Context<'a>,
    letter: &LetterKey,
) -> Result<(LetterKey, &'a Delivery), Refusal> {
    context
        .complaint
        .delivery(letter)
        .ok_or_else(|| Reason::UnknownLetter.bare())
}

/// Accepted mail to a proved address is delivered; to an unproved one it waits until its link is used.
fn handed_over(context: &Context<'_>, letter: LetterKey) -> Vec<Event> {
    match context.complaint.delivery(&letter) {
        Some((first, delivery))
            if delivery.sent_at.is_none()
                && !delivery.is_paper()
                && context.complaint.last_copy(first) == letter =>
        {
            let letter = first;
            let complaint = context.complaint;
            let is_proved = complaint.complainant.is_verified
                && complaint.reach(Party::Complainant).knows(delivery.to);
            let delivered = is_proved.then_some(Event::LetterDelivered { letter });
            std::iter::once(Event::LetterSent { letter })
                .chain(delivered)
                .collect()
        }
        _ => Vec::new(),
    }
}

/// What came back was not delivered: a closing by the clock that rested on it is reversed.
fn returned(context: &Context<'_>, letter: LetterKey, from: Option<Place>) -> Decided {
    let Some((first, delivery)) = context.complaint.delivery(&letter) else {
        return lost(context.complaint, letter, from);
    };
    // Of a copy that another has followed nothing is expected any more.
    let is_last = context.complaint.last_copy(first) == letter;
    require(is_last, Reason::AlreadyDone)?;
    let letter = first;
    let is_out = delivery.sent_at.is_some() && !delivery.awaits_second_posting();
    require(is_out, Reason::WrongState)?;
    require(delivery.returned_at.is_none(), Reason::AlreadyDone)?;
    let mut events = vec![Event::LetterReturned { letter, from: None }];
    if closing_rests_on(context) == Some(letter) || ran_out_in_vain(context, &events) {
        events.extend(reopened(context));
    }
    Ok(events)
}

/// What came back goes out now, sooner than time would send it: until it comes back once more. What becomes of a letter on which
/// nothing rests is a matter of whoever carries it.
fn resent(context: &Context<'_>, letter: &LetterKey) -> Decided {
    let (complaint, rule) = (context.complaint, &one_attempt_more());
    if let Some(lost) = complaint.lost.get(letter) {
        require(!lost.is_redirected, Reason::AlreadyDone)?;
        return Ok(Vec::new());
    }
    let (first, delivery) = tracked(context, letter)?;
    let is_last = complaint.last_copy(first) == *letter;
    let is_made = delivery.sent_again_at.is_some() || delivery.reprint.is_some();
    require_by(is_last && !is_made, Reason::AlreadyDone, Some(rule))?;
    let attempt = second_attempt(complaint, first, delivery);
    let attempt = attempt.filter(|_| complaint.letter_is_owed(&first));
    let (_, event) = attempt.ok_or_else(|| Reason::NotReturned.by(rule))?;
    Ok(vec![event])
}

/// No article says so in so many words: it is the house's.
fn one_attempt_more() -> Basis {
    Basis::HouseRule(Text {
        nl: "Komt een brief terug van elk bekend adres, dan gaat hij na een week nog één keer op weg. Dan geldt hij als bezorgd. \
             Eerder sturen mag ook: dan telt hij zolang hij niet terugkomt."
            .to_owned(),
        en: "What comes back from every address that is known goes out once more a week later. Then it counts as delivered. \
             It may be sent sooner: then it counts as long as it does not come back."
            .to_owned(),
    })
}

/// A closing by the clock is undone, unless people have decided since not to hear a late appeal against it, or the
/// complainant took that back.
fn reopened(context: &Context<'_>) -> Vec<Event> {
    let complaint = context.complaint;
    let closed_at = complaint
        .closure
        .filter(|one| one.by_clock)
        .map(|one| one.at);
    let ended = complaint
        .appeal_refused_at
        .max(complaint.appeal_withdrawn_at);
    if closed_at.is_none() || ended > closed_at {
        return Vec::new();
    }
    let undone = Event::ClockReversed {
        what: ClockAct::Closing,
    };
    // An appeal that waits to be admitted was late by that closing only: nobody need decide on it any more.
    let waits = complaint.late_appeal.is_some();
    let admitted = waits.then_some(Event::LateAppealAdmitted { reasons: None });
    std::iter::once(undone).chain(admitted).collect()
}

/// A letter on which nothing rests came back: whoever can find another address hears of it, once, and not of the letter that
/// says so.
fn lost(complaint: &Complaint, letter: LetterKey, from: Option<Place>) -> Decided {
    require(letter.event < complaint.version, Reason::UnknownLetter)?;
    require(!complaint.lost.contains_key(&letter), Reason::AlreadyDone)?;
    if letter.kind == LetterKind::Undelivered {
        return Ok(Vec::new());
    }
    Ok(vec![Event::LetterReturned { letter, from }])
}

/// Whether the way that ran out had an end only because what comes back counted as given: the answer to a reaction, or the text of
/// a solution.
fn ran_out_in_vain(context: &Context<'_>, returned: &[Event]) -> bool {
    let closure = context.complaint.closure;
    let then = after(context, returned);
    let ran_out = closure.is_some_and(|one| one.by_clock && one.outcome == Outcome::NotPursued);
    let is_owed = || then.awaits_answer_after_notice();
    ran_out && (is_owed() || bounded_in_vain(context.instance(), &then).is_some())
}

/// The complaint once these events have happened too.
fn after(context: &Context<'_>, events: &[Event]) -> Complaint {
    let mut then = context.complaint.clone();
    for event in events {
        then.evolve(&Recorded {
            at: context.at,
            registered_at: context.now,
            by: context.actor.by(),
            event: event.clone(),
        });
    }
    then
}

/// The letter whose delivery started the term that closed the complaint.
fn closing_rests_on(context: &Context<'_>) -> Option<LetterKey> {
    let closure = context
        .complaint
        .closure
        .filter(|closure| closure.by_clock)?;
    let round = context.round();
    if closure.outcome == Outcome::TacitlyAccepted {
        round.response.as_ref().map(|response| response.letter)
    } else {
        round.way.as_ref().map(|way| way.letter)
    }
}
