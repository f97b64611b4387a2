//! Letters: handed over, posted, come back. Terms that count from delivery rest on this.

use super::{
    confirmation,
    context::{Context, Decided, bounded_in_vain, require},
};
use crate::{
    command::Command,
    complaint::{
        ClockAct, Complaint, Delivery, Event, LetterKey, LetterKind, Outcome, Party, Place,
        Recorded,
    },
    refusal::{Reason, Refusal},
};

pub(super) fn may_record_posted(context: &Context<'_>) -> Result<(), Refusal> {
    let may = |one: &Delivery| one.may_be_posted_since().is_some();
    require(
        context.complaint.deliveries.values().any(may),
        Reason::UnknownLetter,
    )
}

pub(super) fn handle(context: &Context<'_>, command: &Command) -> Decided {
    match command {
        Command::RecordPosted { letter } => {
            let (letter, delivery) = tracked(context, letter)?;
            let Some(since) = delivery.may_be_posted_since() else {
                return Err(Reason::AlreadyDone.bare());
            };
            require(context.at >= since, Reason::ImpossibleTime)?;
            // By e-mail it goes only since its reader moved: what was posted before was posted.
            let is_posted = delivery.is_paper() || delivery.moved_after(context.at);
            require(is_posted, Reason::AlreadyDone)?;
            let mut events = if delivery.awaits_second_posting() {
                vec![Event::LetterSentAgain { letter }]
            } else {
                vec![
                    Event::LetterSent { letter },
                    Event::LetterDelivered { letter },
                ]
            };
            events.extend(confirmation::posted(context.complaint, letter, context.at));
            Ok(events)
        }
        Command::LetterHandedOver { letter } => Ok(handed_over(context, *letter)),
        Command::ReportUndelivered { letter, from } => returned(context, *letter, *from),
        Command::VerifyAddress if !context.complaint.complainant.is_verified => {
            Ok(vec![Event::AddressVerified])
        }
        Command::VerifyAddress => Ok(Vec::new()),
        _ => Err(Reason::WrongState.bare()),
    }
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

/// What came back was not delivered: a closing by the clock that rested on it is reversed, unless people have
/// decided since not to hear a late appeal against it, or the complainant took that back.
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
    let complaint = context.complaint;
    let closed_at = complaint.closure.map(|closure| closure.at);
    let ended = complaint
        .appeal_refused_at
        .max(complaint.appeal_withdrawn_at);
    let stands = ended > closed_at;
    let rests = closing_rests_on(context).contains(&letter) || ran_out_in_vain(context, &events);
    if !stands && rests {
        events.push(Event::ClockReversed {
            what: ClockAct::Closing,
        });
        // An appeal that waits to be admitted was late by that closing only: nobody need decide on it any more.
        let waits = complaint.late_appeal.is_some();
        events.extend(waits.then_some(Event::LateAppealAdmitted { reasons: None }));
    }
    Ok(events)
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
    let mut then = context.complaint.clone();
    for event in returned {
        then.evolve(&Recorded {
            at: context.at,
            registered_at: context.now,
            by: context.actor.by(),
            event: event.clone(),
        });
    }
    let ran_out = closure.is_some_and(|one| one.by_clock && one.outcome == Outcome::NotPursued);
    let is_owed = || then.awaits_answer_after_notice();
    ran_out && (is_owed() || bounded_in_vain(context.instance(), &then).is_some())
}

/// The letters without whose delivery the term that closed the complaint would not have run.
fn closing_rests_on(context: &Context<'_>) -> Vec<LetterKey> {
    let closure = context.complaint.closure.filter(|closure| closure.by_clock);
    let (Some(closure), round) = (closure, context.round()) else {
        return Vec::new();
    };
    if closure.outcome == Outcome::TacitlyAccepted {
        let response = round.response.iter().map(|response| response.letter);
        let told_otherwise = context.complaint.takes_back(round);
        response.chain(told_otherwise).collect()
    } else {
        round.way.iter().map(|way| way.letter).collect()
    }
}
