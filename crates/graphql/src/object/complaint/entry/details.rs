//! What each event says, laid out in one shape.

use chrono::{DateTime, NaiveDate, Utc};
use wederhoor_procedure::{
    Confidential, MemberId,
    command::CommandKind,
    complaint::{
        Appointed, ContactMeans, Event, Finding, Hearing, InadmissibleGround, LapsedTerm,
        LetterKey, LetterKind, Outcome, Party,
    },
    deadline::DeadlineKind,
    policy::{Channel, ExitGround},
};

/// What an event says, as far as the viewer may read it.
#[derive(Default)]
pub(super) struct Details {
    pub(super) instance: Option<u8>,
    pub(super) party: Option<Party>,
    pub(super) member: Option<MemberId>,
    pub(super) text: Option<String>,
    pub(super) finding: Option<Finding>,
    pub(super) outcome: Option<Outcome>,
    pub(super) version: Option<u16>,
    pub(super) digest: Option<String>,
    pub(super) until: Option<NaiveDate>,
    pub(super) hearing_at: Option<DateTime<Utc>>,
    pub(super) hearing: Option<Hearing>,
    pub(super) channel: Option<Channel>,
    pub(super) means: Option<ContactMeans>,
    pub(super) how: Option<Appointed>,
    pub(super) deadline: Option<DeadlineKind>,
    pub(super) letter: Option<LetterKind>,
    pub(super) ground: Option<ExitGround>,
    pub(super) inadmissible: Option<InadmissibleGround>,
    pub(super) act: Option<CommandKind>,
    pub(super) cause: Option<String>,
    pub(super) score: Option<u8>,
    pub(super) compensation: Option<u32>,
    pub(super) is_late: Option<bool>,
    pub(super) moved_from: Option<NaiveDate>,
    pub(super) moved_by: Option<Vec<NaiveDate>>,
}

type Words = Confidential<String>;

impl Details {
    /// What an event says; its internal words only where the viewer is an official.
    pub(super) fn of(event: &Event, is_official: bool) -> Self {
        Self::of_note(event, is_official)
            .or_else(|| Self::of_people(event))
            .or_else(|| Self::of_letters_and_terms(event))
            .or_else(|| Self::of_solution(event))
            .or_else(|| Self::of_outcome(event))
            .unwrap_or_else(|| Self::of_words(event))
    }

    /// What carries a note for officials.
    fn of_note(event: &Event, is_official: bool) -> Option<Self> {
        let internal =
            |words: &Option<Words>| words.as_ref().filter(|_| is_official).and_then(read);
        Some(match event {
            Event::Assigned {
                instance,
                member,
                how,
                reason,
                ..
            } => Self {
                instance: Some(*instance),
                member: Some(*member),
                how: Some(*how),
                text: internal(reason),
                ..Self::default()
            },
            Event::ContactMade { party, how, note }
            | Event::ContactAttempted { party, how, note } => Self {
                party: Some(*party),
                means: Some(*how),
                text: internal(note),
                ..Self::default()
            },
            Event::Heard {
                party,
                hearing,
                record,
            } => Self {
                party: Some(*party),
                hearing: Some(*hearing),
                text: internal(record),
                ..Self::default()
            },
            Event::ActReceived {
                party,
                channel,
                proof,
            } => Self {
                party: Some(*party),
                channel: Some(*channel),
                text: internal(proof),
                ..Self::default()
            },
            _ => return None,
        })
    }

    /// How it came in, and whom it names.
    fn of_people(event: &Event) -> Option<Self> {
        Some(match event {
            Event::Filed(filed) => Self {
                text: read(&filed.description),
                channel: Some(filed.channel),
                is_late: Some(filed.is_late),
                ..Self::default()
            },
            Event::HearingInvited { party, on, place } => Self {
                party: Some(*party),
                hearing_at: Some(*on),
                text: read(place),
                ..Self::default()
            },
            Event::RespondentNotified { no, member, .. } => Self {
                party: Some(Party::Respondent(*no)),
                member: *member,
                ..Self::default()
            },
            Event::AddressRecorded { party, .. } => Self {
                party: Some(*party),
                ..Self::default()
            },
            Event::RepresentativeNamed { member }
            | Event::ConflictFound { member, .. }
            | Event::DeciderReleased { member, .. } => Self::about(*member),
            Event::Recused { member, reason } => Self {
                text: read(reason),
                ..Self::about(*member)
            },
            _ => return None,
        })
    }

    /// Letters, and time that passes.
    fn of_letters_and_terms(event: &Event) -> Option<Self> {
        Some(match event {
            Event::LetterSent { letter }
            | Event::LetterDelivered { letter }
            | Event::LetterReturned { letter, .. }
            | Event::LetterRedirected { letter }
            | Event::LetterReprinted { letter }
            | Event::LetterSentAgain { letter, .. } => Self::of_letter(*letter),
            Event::Reminded { deadline } | Event::Alerted { deadline, .. } => Self {
                deadline: Some(*deadline),
                ..Self::default()
            },
            Event::DeadlineRederived {
                deadline,
                from,
                to,
                days,
            } => Self {
                deadline: Some(*deadline),
                moved_from: Some(*from),
                until: Some(*to),
                moved_by: Some(days.iter().copied().collect()),
                ..Self::default()
            },
            Event::TermLapsed { term } => Self {
                deadline: Some(match term {
                    LapsedTerm::Resolution => DeadlineKind::Resolution(0),
                    LapsedTerm::Reaction => DeadlineKind::Reaction(0),
                }),
                ..Self::default()
            },
            Event::ActWithoutEffect { party, act, text } => Self {
                party: Some(*party),
                act: Some(*act),
                text: text.as_ref().and_then(read),
                ..Self::default()
            },
            _ => return None,
        })
    }

    /// Texts to sign.
    fn of_solution(event: &Event) -> Option<Self> {
        Some(match event {
            Event::SolutionProposed {
                version,
                text,
                digest,
            } => Self {
                version: Some(*version),
                text: read(text),
                digest: Some(digest.clone()),
                ..Self::default()
            },
            Event::SolutionSigned {
                party,
                version,
                digest,
            } => Self {
                party: Some(*party),
                version: Some(*version),
                digest: Some(digest.clone()),
                ..Self::default()
            },
            Event::SolutionRejected {
                party,
                version,
                reasons,
            } => Self {
                party: Some(*party),
                version: Some(*version),
                text: reasons.as_ref().and_then(read),
                ..Self::default()
            },
            _ => return None,
        })
    }

    /// Responses and decisions, and where they lead.
    fn of_outcome(event: &Event) -> Option<Self> {
        Some(match event {
            Event::ResponseIssued {
                finding,
                text,
                announced,
            } => Self {
                finding: Some(*finding),
                text: read(text),
                until: *announced,
                ..Self::default()
            },
            Event::DecisionIssued {
                finding,
                text,
                compensation,
                ..
            } => Self {
                finding: Some(*finding),
                text: read(text),
                compensation: *compensation,
                ..Self::default()
            },
            Event::WayOpened { ground, announced } => Self {
                ground: Some(*ground),
                until: *announced,
                ..Self::default()
            },
            Event::Appealed { grounds, is_late } => Self {
                text: read(grounds),
                is_late: Some(*is_late),
                ..Self::default()
            },
            Event::ExtensionAnnounced { until, reasons }
            | Event::ExtensionRequested { until, reasons } => Self {
                until: Some(*until),
                text: read(reasons),
                ..Self::default()
            },
            Event::Closed { outcome } => Self {
                outcome: Some(*outcome),
                ..Self::default()
            },
            _ => return None,
        })
    }

    /// What is words only, or nothing but its kind.
    fn of_words(event: &Event) -> Self {
        let words = |words: &Words| Self {
            text: read(words),
            ..Self::default()
        };
        let maybe = |words: &Option<Words>| Self {
            text: words.as_ref().and_then(read),
            ..Self::default()
        };
        match event {
            Event::StatementAdded { party, text } => Self {
                party: Some(*party),
                ..words(text)
            },
            Event::ResponseReacted { text } | Event::ReactionAnswered { text } => words(text),
            Event::DeclaredInadmissible { ground, reasons } => Self {
                inadmissible: *ground,
                ..words(reasons)
            },
            Event::LateAppealRefused { reasons } => words(reasons),
            Event::HoldPlaced { reason } | Event::HoldLifted { reason } => words(reason),
            Event::LateComplaintAdmitted { reasons }
            | Event::ResponseObjected { reasons }
            | Event::LateAppealAdmitted { reasons }
            | Event::Withdrawn { reasons } => maybe(reasons),
            Event::NoAgreementDeclared { party, reasons } => Self {
                party: *party,
                ..maybe(reasons)
            },
            Event::MeasuresAnswered {
                reason_for_none, ..
            } => maybe(reason_for_none),
            Event::HandlingRated { score, text } => Self {
                score: Some(*score),
                ..maybe(text)
            },
            Event::Classified { cause } => Self {
                cause: Some(cause.clone()),
                ..Self::default()
            },
            _ => Self::default(),
        }
    }

    fn about(member: MemberId) -> Self {
        Self {
            member: Some(member),
            ..Self::default()
        }
    }

    fn of_letter(letter: LetterKey) -> Self {
        use wederhoor_procedure::complaint::Recipient;
        let (party, member) = match letter.to {
            Recipient::Party(party) => (Some(party), None),
            Recipient::Member(member) => (None, Some(member)),
            Recipient::Administration => (None, None),
        };
        Self {
            letter: Some(letter.kind),
            party,
            member,
            ..Self::default()
        }
    }
}

fn read(words: &Words) -> Option<String> {
    words.reveal().cloned()
}
