//! Commands with plausible content, several of each kind.

use std::collections::BTreeSet;

use chrono::{DateTime, Days, TimeDelta, Utc};
use uuid::Uuid;

use crate::{
    command::{Command, CommandKind},
    complaint::{
        Address, ContactMeans, Finding, Hearing, InadmissibleGround, LetterKey, MeasureUpdate,
        Party, ProposedMeasure, Recurrence,
    },
    deadline::{DeadlineKind, deadlines},
    ids::{ComplaintId, MeasureId},
    policy::Channel,
    tests::{
        cast::{contact, member, names, text},
        world::World,
    },
};

/// Commands of one kind that might be accepted now; none when there is nothing it could be about.
pub(super) fn commands(world: &World, kind: CommandKind) -> Vec<Command> {
    use CommandKind as C;
    let reasons = || text("Hierom.");
    match kind {
        C::AddStatement => vec![Command::AddStatement { text: reasons() }],
        C::WaiveHearing => vec![Command::WaiveHearing],
        C::SignOffSolution | C::RejectSolution | C::ProposeSolution => solution(world, kind),
        C::AcceptResponse => vec![Command::AcceptResponse],
        C::ObjectToResponse => vec![Command::ObjectToResponse { reasons: None }],
        C::ReactToResponse => vec![Command::ReactToResponse { text: reasons() }],
        C::ConsentToExtension => vec![Command::ConsentToExtension],
        C::RefuseExtension => vec![Command::RefuseExtension],
        C::DeclareNoAgreement => vec![Command::DeclareNoAgreement { reasons: None }],
        C::Appeal => vec![Command::Appeal { grounds: reasons() }],
        C::WithdrawComplaint => vec![Command::WithdrawComplaint { reasons: None }],
        C::RateHandling => vec![Command::RateHandling {
            score: 3,
            text: None,
        }],
        C::TakeComplaint => vec![Command::TakeComplaint],
        C::RecordContact => contacts(world),
        C::NameRespondent => respondents(world),
        C::InviteToHearing | C::RecordHearing => hearings(world, kind),
        C::IssueResponse | C::AnswerReaction | C::OpenAppeal => responses(kind),
        C::AdmitLateComplaint => vec![Command::AdmitLateComplaint { reasons: reasons() }],
        C::DeclareInadmissible => [
            InadmissibleGround::Standing,
            InadmissibleGround::Subject,
            InadmissibleGround::Late,
        ]
        .map(|ground| Command::DeclareInadmissible {
            ground,
            reasons: reasons(),
        })
        .to_vec(),
        C::AnnounceExtension | C::RequestExtension => extensions(world, kind),
        C::Recuse => vec![Command::Recuse { reason: reasons() }],
        C::IssueDecision => decisions(),
        C::AdmitLateAppeal => vec![Command::AdmitLateAppeal { reasons: reasons() }],
        C::RefuseLateAppeal => vec![Command::RefuseLateAppeal { reasons: reasons() }],
        C::RecordPartyAct => party_acts(world),
        C::AssignDecider | C::NameRepresentative => people(kind),
        C::RecordAddress => addresses(world),
        C::RecordPosted | C::ReportUndelivered | C::ResendLetter | C::LetterHandedOver => {
            letters(world, kind)
        }
        C::ClassifyComplaint | C::AnswerMeasures | C::UpdateMeasure => measures(world, kind),
        C::PlaceLegalHold => vec![Command::PlaceLegalHold { reason: reasons() }],
        C::LiftLegalHold => vec![Command::LiftLegalHold { reason: reasons() }],
        C::ConfirmDestruction => vec![Command::ConfirmDestruction],
        C::LetTimePass => vec![Command::LetTimePass],
        C::VerifyAddress => vec![Command::VerifyAddress],
        C::ReviewConflicts => vec![Command::ReviewConflicts],
        C::LinkRecurrence => vec![Command::LinkRecurrence {
            recurrence: recurrence(world.now),
            months: 12,
        }],
    }
}

fn solution(world: &World, kind: CommandKind) -> Vec<Command> {
    let standing = world.complaint.solution.as_ref();
    let version = standing.map_or(1, |one| one.version);
    vec![match kind {
        CommandKind::SignOffSolution => Command::SignOffSolution { version },
        CommandKind::RejectSolution => Command::RejectSolution { reasons: None },
        _ => Command::ProposeSolution {
            // Never the text that stands: the same again is refused.
            text: text(&format!(
                "Oplossing {}",
                standing.map_or(1, |one| one.version + 1)
            )),
        },
    }]
}

/// The complainant was spoken to, or a side was tried in vain to reach.
fn contacts(world: &World) -> Vec<Command> {
    let with = |party, reached| Command::RecordContact {
        party,
        how: ContactMeans::Telephone,
        reached,
        note: None,
    };
    let in_vain = world.complaint.sides().into_iter();
    let in_vain = in_vain.map(|party| with(party, false));
    std::iter::once(with(Party::Complainant, true))
        .chain(in_vain)
        .collect()
}

fn respondents(world: &World) -> Vec<Command> {
    let known = world.complaint.respondents.iter();
    let waiting = known.filter(|(_, one)| !one.is_notified).map(|(no, _)| *no);
    let told = waiting.map(|no| Command::NameRespondent {
        no: Some(no),
        member: None,
        contact: Some(contact(
            "Robin",
            Address::Email(text("robin@beklaagde.example")),
        )),
    });
    let new = ["Tom", "Anna", "Mila"].map(|name| Command::NameRespondent {
        no: None,
        member: Some(member(name)),
        contact: Some(contact(name, Address::Unknown)),
    });
    told.chain(new).collect()
}

fn hearings(world: &World, kind: CommandKind) -> Vec<Command> {
    let sides = world.complaint.sides();
    let of = |party: Party| {
        if kind == CommandKind::InviteToHearing {
            vec![Command::InviteToHearing {
                party,
                on: world.now + TimeDelta::days(3),
                place: text("Online"),
            }]
        } else {
            [Hearing::Heard, Hearing::Unreachable(2)]
                .map(|hearing| Command::RecordHearing {
                    party,
                    hearing,
                    record: None,
                })
                .to_vec()
        }
    };
    sides.into_iter().flat_map(of).collect()
}

fn responses(kind: CommandKind) -> Vec<Command> {
    match kind {
        CommandKind::IssueResponse => [true, false]
            .map(|announces_silence| Command::IssueResponse {
                finding: Finding::Upheld,
                text: text("Dit vinden wij."),
                announces_silence,
            })
            .to_vec(),
        CommandKind::AnswerReaction => vec![Command::AnswerReaction {
            text: text("Zo zit het."),
        }],
        _ => vec![Command::OpenAppeal],
    }
}

fn extensions(world: &World, kind: CommandKind) -> Vec<Command> {
    let resolution = DeadlineKind::Resolution(world.complaint.round().instance);
    let all = deadlines(&world.policy, &world.facts.calendar, &world.complaint);
    let runs = all.iter().find(|deadline| deadline.kind == resolution);
    let Some(last_day) = runs.map(|deadline| deadline.due_on) else {
        return Vec::new();
    };
    let reasons = text("Hierom.");
    let until = [1, 14, 100].map(|days| last_day + chrono::Days::new(days));
    until
        .map(|until| {
            let reasons = reasons.clone();
            if kind == CommandKind::AnnounceExtension {
                Command::AnnounceExtension { until, reasons }
            } else {
                Command::RequestExtension { until, reasons }
            }
        })
        .to_vec()
}

fn decisions() -> Vec<Command> {
    [false, true]
        .map(|upholds_inadmissibility| Command::IssueDecision {
            finding: if upholds_inadmissibility {
                Finding::NoJudgement
            } else {
                Finding::PartlyUpheld
            },
            text: text("Dit is de beslissing."),
            compensation: None,
            upholds_inadmissibility,
        })
        .to_vec()
}

/// Every act of every party, by letter.
pub(super) fn party_acts(world: &World) -> Vec<Command> {
    let parties = world.complaint.sides();
    let kinds = CommandKind::ALL.iter().filter(|kind| kind.is_party_act());
    let acts: Vec<Command> = kinds.flat_map(|kind| commands(world, *kind)).collect();
    let of = |party: Party| {
        acts.iter().map(move |act| Command::RecordPartyAct {
            party,
            act: Box::new(act.clone()),
            channel: Channel::Post,
            proof: None,
        })
    };
    parties.into_iter().flat_map(of).collect()
}

fn people(kind: CommandKind) -> Vec<Command> {
    let of = |name: &str| {
        let member = member(name);
        if kind == CommandKind::AssignDecider {
            Command::AssignDecider {
                member,
                reason: Some(text("Niemand anders.")),
            }
        } else {
            Command::NameRepresentative { member }
        }
    };
    names().map(of).collect()
}

fn letters(world: &World, kind: CommandKind) -> Vec<Command> {
    let of = |letter: LetterKey| match kind {
        CommandKind::RecordPosted => Command::RecordPosted { letter },
        CommandKind::ReportUndelivered => Command::ReportUndelivered { letter, from: None },
        CommandKind::ResendLetter => Command::ResendLetter { letter },
        _ => Command::LetterHandedOver { letter },
    };
    // Of each letter the copy that went out first, and the last.
    let first = world.complaint.deliveries.keys().copied();
    let copies = first.flat_map(|letter| [letter, world.complaint.last_copy(letter)]);
    let lost = world.complaint.lost.keys().copied();
    let lost = lost.filter(|_| kind == CommandKind::ResendLetter);
    copies.chain(lost).map(of).collect()
}

/// By e-mail, on paper, or both, for each side.
fn addresses(world: &World) -> Vec<Command> {
    let (email, postal) = (text("elders@klager.example"), text("Elders 2"));
    let all = [
        Address::Email(email.clone()),
        Address::Postal(postal.clone()),
        Address::Both { email, postal },
    ];
    let of = |party: Party| {
        all.clone()
            .map(|address| Command::RecordAddress { party, address })
    };
    world.complaint.sides().into_iter().flat_map(of).collect()
}

/// Another complaint, of today.
fn recurrence(received_at: DateTime<Utc>) -> Recurrence {
    Recurrence {
        complaint: ComplaintId(Uuid::from_u128(700)),
        received_at,
        kept_from: BTreeSet::new(),
    }
}

fn measures(world: &World, kind: CommandKind) -> Vec<Command> {
    let id = MeasureId(Uuid::from_u128(600));
    let today = world.facts.calendar.local_date(world.now);
    let proposed = ProposedMeasure {
        id,
        text: text("Bel op tijd."),
        owner: Some(member("Xena")),
        due_on: today.checked_add_days(Days::new(30)),
    };
    let update = MeasureUpdate {
        id,
        owner: None,
        due_on: None,
        done_on: Some(today),
        is_effective: None,
    };
    vec![match kind {
        CommandKind::ClassifyComplaint => Command::ClassifyComplaint {
            cause: "other".to_owned(),
        },
        CommandKind::AnswerMeasures => Command::AnswerMeasures {
            measures: vec![proposed],
            reason_for_none: None,
        },
        _ => {
            let judged = MeasureUpdate {
                is_effective: Some(false),
                ..update.clone()
            };
            return [update, judged]
                .map(|update| Command::UpdateMeasure { update })
                .to_vec();
        }
    }]
}
