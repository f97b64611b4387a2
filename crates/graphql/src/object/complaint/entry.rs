//! The entries of a dossier.

mod details;

use async_graphql::{Enum, SimpleObject};
use wederhoor_procedure::{actor::By, complaint::Recorded};
use wederhoor_service::Dossier;

use self::details::Details;
use super::is_official;
use crate::{
    enums::{
        ActionKind, AppointmentManner, ComplaintOutcome, ContactMeans, DeadlineKind, EntryKind,
        ExitGround, Finding, HearingOutcome, InadmissibilityGround, IntakeChannel, LetterKind,
    },
    object::people::{NamedMember, PartyRef},
    scalar::{Date, Instant},
};

/// Something that happened to a complaint (*gebeurtenis*), as its dossier records it. What does not belong to its kind is
/// `null`.
#[derive(SimpleObject, Clone, Debug)]
pub(crate) struct DossierEntry {
    /// Its number among those that the viewer may know of, from 0.
    number: u32,
    /// What happened.
    kind: EntryKind,
    /// When it took effect: an act counts from its arrival, a lapse from its due instant.
    effective_at: Instant,
    /// When it was registered.
    registered_at: Instant,
    /// Who did it.
    by: EntryActor,
    /// The instance it belongs to, from 1.
    instance: Option<u32>,
    /// The party it is about.
    party: Option<PartyRef>,
    /// The member it is about.
    member: Option<NamedMember>,
    /// What was said or written; `null` once it was destroyed, and where the viewer may not read it.
    text: Option<String>,
    /// What was found.
    finding: Option<Finding>,
    /// How the complaint ended.
    outcome: Option<ComplaintOutcome>,
    /// The version of the text to sign.
    solution_version: Option<u16>,
    /// SHA-256 of the text that was put forward or signed, in hexadecimal.
    digest: Option<String>,
    /// The last day that was announced or asked for, or that a term has moved to.
    until_on: Option<Date>,
    /// When someone is to be heard.
    hearing_at: Option<Instant>,
    /// How a hearing ended.
    hearing: Option<HearingOutcome>,
    /// On which channel it came in.
    channel: Option<IntakeChannel>,
    /// How contact was sought.
    contact_means: Option<ContactMeans>,
    /// How someone came to decide.
    appointment: Option<AppointmentManner>,
    /// The deadline it is about.
    deadline: Option<DeadlineKind>,
    /// The letter it is about.
    letter: Option<LetterKind>,
    /// What opened the way to the next instance.
    ground: Option<ExitGround>,
    /// Why the complaint is not treated on its merits.
    inadmissibility_ground: Option<InadmissibilityGround>,
    /// What a party did.
    action: Option<ActionKind>,
    /// The cause that was recorded, by its code.
    cause: Option<String>,
    /// The rating, from 1 to 5.
    score: Option<u8>,
    /// What is awarded, in whole euros.
    compensation: Option<u32>,
    /// Whether it came too late.
    is_late: Option<bool>,
    /// The last day from which a term has moved.
    moved_from_on: Option<Date>,
    /// The days because of which it has moved: they came to count, or to count no more.
    moved_by_days: Option<Vec<Date>>,
}

impl DossierEntry {
    pub(super) fn of(number: u32, recorded: &Recorded, dossier: &Dossier) -> Self {
        let complaint = &dossier.complaint;
        let details = Details::of(&recorded.event, is_official(dossier));
        Self {
            number,
            kind: EntryKind::of(&recorded.event),
            effective_at: Instant(recorded.at),
            registered_at: Instant(recorded.registered_at),
            by: EntryActor::of(recorded.by, dossier),
            instance: details.instance.map(|index| u32::from(index) + 1),
            party: details.party.map(|party| PartyRef::of(party, complaint)),
            member: details.member.map(NamedMember::from),
            text: details.text,
            finding: details.finding.map(Into::into),
            outcome: details.outcome.map(Into::into),
            solution_version: details.version,
            digest: details.digest,
            until_on: details.until.map(Date),
            hearing_at: details.hearing_at.map(Instant),
            hearing: details.hearing.map(Into::into),
            channel: details.channel.map(Into::into),
            contact_means: details.means.map(Into::into),
            appointment: details.how.map(Into::into),
            deadline: details.deadline.map(Into::into),
            letter: details.letter.map(Into::into),
            ground: details.ground.map(Into::into),
            inadmissibility_ground: details.inadmissible.map(Into::into),
            action: details.act.and_then(ActionKind::of),
            cause: details.cause,
            score: details.score,
            compensation: details.compensation,
            is_late: details.is_late,
            moved_from_on: details.moved_from.map(Date),
            moved_by_days: details
                .moved_by
                .map(|days| days.into_iter().map(Date).collect()),
        }
    }
}

/// Who did something, as the dossier records it (*door wie*).
#[derive(SimpleObject, Clone, Debug)]
pub(crate) struct EntryActor {
    /// What kind of actor.
    kind: ActorKind,
    /// The member; `null` for other kinds.
    member: Option<NamedMember>,
    /// The party; `null` for other kinds.
    party: Option<PartyRef>,
}

impl EntryActor {
    fn of(by: By, dossier: &Dossier) -> Self {
        let (kind, member, party) = match by {
            By::Member(member) => (ActorKind::Member, Some(member), None),
            By::Party(party) => (ActorKind::Party, None, Some(party)),
            By::Anyone => (ActorKind::Anyone, None, None),
            By::Clock => (ActorKind::Clock, None, None),
            By::Post => (ActorKind::Post, None, None),
            By::System => (ActorKind::System, None, None),
        };
        Self {
            kind,
            member: member.map(NamedMember::from),
            party: party.map(|party| PartyRef::of(party, &dossier.complaint)),
        }
    }
}

/// The kinds of actors (*wie handelt*).
#[derive(Enum, Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum ActorKind {
    /// A member of the organisation (*lid*).
    Member,
    /// A party without a login (*partij*).
    Party,
    /// Someone unknown, who filed (*onbekend*).
    Anyone,
    /// The passing of time (*klok*).
    Clock,
    /// The carrier of letters (*post*).
    Post,
    /// The service itself (*systeem*).
    System,
}
