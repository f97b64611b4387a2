//! How a dossier is told: one line for each event, then the state and every deadline with its article.

use std::fmt::Write as _;

use chrono::{DateTime, Utc};

use super::{cast::name_of, world::World};
use crate::{
    Locale,
    actor::By,
    complaint::{Event, Hearing, LetterKey, Party, Recorded},
    deadline::{Deadline, DeadlineKind, Owner, deadlines},
    refusal::Refusal,
};

const ZONE: chrono_tz::Tz = chrono_tz::Europe::Amsterdam;

/// `2026-03-02 10:00`, local; seconds only where they are not zero.
pub(super) fn instant(at: DateTime<Utc>) -> String {
    let local = at.with_timezone(&ZONE);
    let format = if at.timestamp() % 60 == 0 {
        "%Y-%m-%d %H:%M"
    } else {
        "%Y-%m-%d %H:%M:%S"
    };
    local.format(format).to_string()
}

/// Events, one a line; what took effect at another instant, or was done by another, says so.
pub(super) fn events(events: &[Recorded], now: DateTime<Utc>, by: By) -> String {
    let mut told = String::new();
    for recorded in events {
        let is_timely = matches!(recorded.event, Event::LateAppealAdmitted { reasons: None })
            && recorded.by != By::Clock;
        let what = if is_timely {
            "the appeal proves not to be late".to_owned()
        } else {
            event(&recorded.event)
        };
        write!(told, "    {what}").unwrap();
        if recorded.at != now {
            write!(told, ", with effect from {}", instant(recorded.at)).unwrap();
        }
        if recorded.by != by {
            write!(told, " [{}]", author(recorded.by)).unwrap();
        }
        told.push('\n');
    }
    told
}

/// A refusal with its code, its rule and its words.
pub(super) fn refusal(refusal: &Refusal) -> String {
    let rule = refusal.basis.as_ref().map_or(String::new(), |basis| {
        format!(" ({})", basis.cite(Locale::En))
    });
    format!(
        "    REFUSED {}{rule}: {}\n",
        refusal.reason.code().as_str(),
        refusal.reason.in_words(Locale::En)
    )
}

fn author(by: By) -> String {
    match by {
        By::Member(member) => name_of(member).to_owned(),
        By::Party(party) => party.to_string(),
        By::Anyone => "somebody".to_owned(),
        By::Clock => "time".to_owned(),
        By::Post => "post".to_owned(),
        By::System => "service".to_owned(),
    }
}

fn event(event: &Event) -> String {
    match event {
        Event::Filed(filed) => format!(
            "filed by {:?}{}{}",
            filed.channel,
            filed
                .course_ends_on
                .map_or(String::new(), |on| format!(", course ended {on}")),
            if filed.is_late { ", LATE" } else { "" }
        ),
        Event::Assigned {
            instance,
            member,
            how,
            ..
        } => format!(
            "{} decides at instance {} ({how:?})",
            name_of(*member),
            instance + 1
        ),
        Event::Recused { member, .. } => format!("{} steps back", name_of(*member)),
        Event::ConflictFound { member, ground } => {
            format!("{} is off the case: {ground:?}", name_of(*member))
        }
        Event::DeciderReleased { member, why } => {
            format!("{} is there no more: {why:?}", name_of(*member))
        }
        Event::RespondentNotified { no, member, .. } => {
            let who = member.map_or("not a member", name_of);
            format!("respondent-{no} ({who}) is told of the complaint")
        }
        Event::RepresentativeNamed { member } => {
            format!("{} speaks for the organisation", name_of(*member))
        }
        Event::StatementAdded { party, .. } => format!("{party} adds to the dossier"),
        Event::HearingInvited { party, .. } => format!("{party} is invited to be heard"),
        Event::Heard { party, hearing, .. } => heard(*party, *hearing),
        Event::LateComplaintAdmitted { reasons } => {
            silently("late complaint admitted", reasons.is_none())
        }
        Event::LateAppealAdmitted { reasons } => {
            silently("late appeal admitted", reasons.is_none())
        }
        Event::Closed { outcome } => format!("CLOSED {outcome:?}"),
        Event::WayOpened { ground, announced } => format!(
            "WAY to the next instance open on {ground:?}, {}",
            announced.map_or("without end".to_owned(), |on| format!(
                "until {on} as announced"
            ))
        ),
        Event::ResponseIssued {
            finding, announced, ..
        } => format!(
            "response: {finding:?}, {}",
            announced.map_or(
                "silence announced to mean nothing".to_owned(),
                |on| format!("silence until {on} announced to settle")
            )
        ),
        other => plainly(other),
    }
}

/// Whom contact was sought with; it goes without saying of the complainant.
fn with_whom(party: Party) -> String {
    match party {
        Party::Complainant => String::new(),
        other => format!(" with {other}"),
    }
}

/// Events that speak for themselves.
fn plainly(event: &Event) -> String {
    match event {
        Event::TermLapsed { term } => format!("LAPSED {term:?}"),
        Event::ClockReversed { what } => format!("REVERSED {what:?}"),
        Event::Alerted { deadline, nth } => format!("alert {nth}: {}", kind(*deadline)),
        Event::Reminded { deadline } => format!("reminder: {}", kind(*deadline)),
        Event::DeadlineRederived {
            deadline,
            from,
            to,
            days,
        } => {
            let days: Vec<String> = days.iter().map(ToString::to_string).collect();
            let (deadline, days) = (kind(*deadline), days.join(" "));
            format!("last day moved from {from} to {to} by {days}: {deadline}")
        }
        Event::ContactMade { party, how, .. } => {
            format!("personal contact made{} ({how:?})", with_whom(*party))
        }
        Event::ContactAttempted { party, how, .. } => {
            let whom = with_whom(*party);
            format!("contact attempted{whom}, not personal or in vain ({how:?})")
        }
        Event::SolutionProposed {
            version, digest, ..
        } => format!("solution {version} proposed, {}…", &digest[..12]),
        Event::SolutionSigned {
            party,
            version,
            digest,
        } => format!("{party} signs solution {version}, {}…", &digest[..12]),
        Event::SolutionRejected { party, version, .. } => {
            format!("{party} will not sign solution {version}")
        }
        Event::Appealed { is_late, .. } => silently_late(*is_late),
        Event::ExtensionAnnounced { until, .. } => format!("term extended to {until} by notice"),
        Event::ExtensionRequested { until, .. } => format!("extension to {until} asked"),
        Event::DecisionIssued {
            finding,
            upholds_inadmissibility,
            ..
        } => format!(
            "decision: {finding:?}{}",
            if *upholds_inadmissibility {
                ", inadmissibility upheld"
            } else {
                ""
            }
        ),
        Event::Classified { cause } => format!("cause: {cause}"),
        Event::RecurrenceFound { recurrence, .. } => {
            let days = recurrence.received_at.date_naive();
            format!("a complaint of {days} came after a measure")
        }
        Event::MeasureFollowedUp { about, nth, .. } => {
            format!("a measure is followed up, {about:?} {nth}")
        }
        Event::MeasuresAnswered { measures, .. } => {
            format!("measures answered: {}", measures.len())
        }
        Event::HandlingRated { score, .. } => format!("rated {score} of 5"),
        Event::ConfirmationWritten { letter } => {
            format!("receipt is confirmed by {letter:?}, on paper once it is posted")
        }
        Event::LetterSent { letter } => format!("{} sent", name(letter)),
        Event::LetterDelivered { letter } => format!("{} delivered", name(letter)),
        Event::LetterReturned { letter, .. } => format!("{} came back", name(letter)),
        Event::LetterRedirected { letter } => {
            format!("{} goes to another address", name(letter))
        }
        Event::AddressRecorded { party, .. } => format!("another address of {party}"),
        Event::LetterReprinted { letter } => {
            format!("{} printed again, waits to be posted", name(letter))
        }
        Event::LetterSentAgain { letter } => {
            format!("{} sent again, counts as delivered", name(letter))
        }
        Event::ActReceived { party, channel, .. } => format!("act of {party} came by {channel:?}"),
        Event::DeclaredInadmissible { ground, .. } => {
            format!(
                "declared inadmissible: {}",
                ground.map_or_else(String::new, |one| format!("{one:?}"))
            )
        }
        Event::ActWithoutEffect { party, act, .. } => {
            format!("WITHOUT EFFECT: {act:?} of {party}; people's acts stand")
        }
        other => type_of(other),
    }
}

fn type_of(event: &Event) -> String {
    let json = serde_json::to_value(event).unwrap();
    json["type"].as_str().unwrap().replace('_', " ")
}

fn silently(what: &str, by_silence: bool) -> String {
    format!(
        "{what}{}",
        if by_silence {
            " by silence"
        } else {
            ", with reasons"
        }
    )
}

fn silently_late(is_late: bool) -> String {
    format!("appealed{}", if is_late { ", LATE" } else { "" })
}

fn heard(party: Party, hearing: Hearing) -> String {
    match hearing {
        Hearing::Heard => format!("{party} heard"),
        Hearing::Waived => format!("{party} waives being heard"),
        Hearing::Unreachable(attempts) => format!("{party} unreachable after {attempts} attempts"),
    }
}

fn name(letter: &LetterKey) -> String {
    format!("letter {} {}", letter.event, letter.kind.code())
}

fn kind(deadline: DeadlineKind) -> String {
    match deadline {
        DeadlineKind::Acknowledgement => "confirmation of receipt".to_owned(),
        DeadlineKind::Appointment(no) => format!("appointment, instance {}", no + 1),
        DeadlineKind::Contact(no) => format!("personal contact, instance {}", no + 1),
        DeadlineKind::LateComplaint => "late complaint decided on".to_owned(),
        DeadlineKind::Resolution(no) => format!("outcome, instance {}", no + 1),
        DeadlineKind::Silence(_) => "complainant reacts to the response".to_owned(),
        DeadlineKind::Announcement(_) => "meaning of silence announced".to_owned(),
        DeadlineKind::Reaction(_) => "reaction answered".to_owned(),
        DeadlineKind::Way(_) => "complainant goes to the next instance".to_owned(),
        DeadlineKind::LateAppeal(_) => "late appeal decided on".to_owned(),
        DeadlineKind::Posting => "letter sent".to_owned(),
        DeadlineKind::Measures => "measures answered".to_owned(),
        DeadlineKind::Retention => "dossier kept".to_owned(),
    }
}

/// Where the complaint stands, and every deadline with its derivation and article.
pub(super) fn standing(world: &World) -> String {
    let complaint = &world.complaint;
    let mut told = format!("STATE {:?}", complaint.state());
    if let Some(closure) = complaint.closure {
        let by = if closure.by_clock {
            "by the passing of time"
        } else {
            "by people"
        };
        write!(
            told,
            ": {:?} {by}, from {}",
            closure.outcome,
            instant(closure.at)
        )
        .unwrap();
    }
    if complaint.late_appeal.is_some() {
        told.push_str("; a late appeal waits");
    }
    told.push('\n');
    for deadline in deadlines(&world.policy, &world.facts.calendar, complaint) {
        told.push_str(&line(&deadline, world.now));
    }
    told
}

fn line(deadline: &Deadline, now: DateTime<Utc>) -> String {
    let whose = match deadline.owner {
        Owner::Organisation => "organisation",
        Owner::Complainant => "complainant",
    };
    let status = match deadline.met_at {
        Some(met) if deadline.is_met_in_time() => format!("met {}", instant(met)),
        Some(met) => format!("met too late, {}", instant(met)),
        None if deadline.is_overdue(now) => "OVERDUE".to_owned(),
        None if deadline.is_open => "runs".to_owned(),
        None => "no longer counts".to_owned(),
    };
    let moved = if deadline.due_on == deadline.derivation.last_day {
        String::new()
    } else {
        format!("; announced or agreed: {}", deadline.due_on)
    };
    format!(
        "  {} | {whose} | last day {}, ends {} | {status}\n      {}{moved} | {}\n",
        kind(deadline.kind),
        deadline.due_on,
        deadline.due_at.format("%Y-%m-%dT%H:%M:%SZ"),
        deadline.derivation.in_words(Locale::En),
        deadline.basis.cite(Locale::En),
    )
}
