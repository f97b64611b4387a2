//! Who someone is to a complaint, and what that lets them do. Conflict of interest beats every role.

use chrono::NaiveDate;

use crate::{
    actor::{Actor, Role, Roles},
    audience::Level,
    command::CommandKind,
    complaint::{Complaint, Party, Round},
    facts::Facts,
    ids::MemberId,
    policy::{AppointmentBy, Conflicted, DeciderKind, Instance, Policy},
};

/// What an actor is to one complaint, derived from the complaint and the facts, never claimed.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "independent relations, of which one person can have several"
)]
pub struct Relation {
    /// The party they are.
    pub party: Option<Party>,
    /// The conflict that excludes them from everything but being a party.
    pub excluded: Option<Conflicted>,
    /// Whether they decide at the instance it is at now.
    pub decides: bool,
    /// Whether they decided, or decide, at any instance.
    pub has_decided: bool,
    /// Whether they decide on the late appeal that waits.
    pub decides_late_appeal: bool,
    /// Whether they refused a late appeal: they keep sight of the complaint, and no more.
    pub has_refused: bool,
    /// Whether they may take it from the pool.
    pub can_take: bool,
    /// Whether they act for the administration.
    pub administers: bool,
    /// Whether they act for the administration of a complaint that ended without anybody to look back on it.
    pub administers_undecided: bool,
    /// Whether they own a measure. By itself it shows the measure and nothing else of the complaint: an owner reports
    /// on it without seeing where it came from.
    pub owns_measure: bool,
    /// Whether they are no person but time, the post or the service.
    pub is_machine: bool,
}

impl Relation {
    /// Whether they may try this: of a complaint they see anything, else only what they may without seeing it.
    pub fn may_try(&self, command: CommandKind) -> bool {
        self.sees() || (self.owns_measure && command == CommandKind::UpdateMeasure)
    }

    /// Whether they may know that the complaint exists.
    pub const fn sees(&self) -> bool {
        self.party.is_some()
            || self.has_decided
            || self.decides_late_appeal
            || self.has_refused
            || self.can_take
            || self.administers
            || self.is_machine
    }
}

/// Whether an actor who sees so much of a complaint is its administration on a day: an administrator who is not excluded
/// from it, or the stand-in of one who is.
pub fn administers(
    policy: &Policy,
    facts: &Facts,
    complaint: &Complaint,
    (actor, level): (&Actor, Level),
    on: NaiveDate,
) -> bool {
    level == Level::Official && relation(policy, facts, complaint, actor, on).administers
}

/// What an actor is to a complaint on a day.
pub fn relation(
    policy: &Policy,
    facts: &Facts,
    complaint: &Complaint,
    actor: &Actor,
    on: NaiveDate,
) -> Relation {
    let id = match actor {
        Actor::Member { id, .. } => *id,
        Actor::Link(party) => {
            return Relation {
                party: complaint.is_told(*party).then_some(*party),
                ..Relation::default()
            };
        }
        Actor::Anyone => return Relation::default(),
        Actor::Clock | Actor::Post | Actor::System => {
            return Relation {
                is_machine: true,
                ..Relation::default()
            };
        }
    };
    if complaint.destroyed_at.is_some() {
        return Relation {
            administers: administration(policy, facts, complaint, on).contains(&id),
            ..Relation::default()
        };
    }
    let party = complaint.party_of(id);
    let excluded = conflict(policy, facts, complaint, id);
    if excluded.is_some() || party == Some(Party::Complainant) || facts.is_out(id, on) {
        return Relation {
            party,
            excluded,
            ..Relation::default()
        };
    }
    let acts_at = |instance: u8, deciders: &[MemberId]| {
        deciders.iter().any(|decider| {
            *decider == id
                || (facts.stands_in(id, *decider, on)
                    && is_free(policy, facts, complaint, instance, id))
        })
    };
    let acts_in = |round: &Round| acts_at(round.instance, &round.bench.deciders);
    let late = complaint.late_appeal.as_ref();
    let administers = administration(policy, facts, complaint, on).contains(&id);
    Relation {
        party,
        excluded,
        decides: acts_in(complaint.round()),
        has_decided: complaint.rounds.iter().any(acts_in),
        decides_late_appeal: late.is_some_and(|late| acts_at(late.instance, &late.bench.deciders)),
        has_refused: complaint.refused_by.contains(&id),
        can_take: can_take(policy, facts, complaint, id, on),
        administers,
        administers_undecided: administers
            && !complaint.is_open()
            && looking_back(policy, facts, complaint, on).is_empty(),
        owns_measure: complaint
            .measures
            .values()
            .any(|measure| measure.owner == Some(id)),
        is_machine: false,
    }
}

/// Who is asked on a day for the cause and for measures: those who decided at the earliest instance of which somebody
/// still holds an office and may know of the complaint. Empty: nobody is left, and the administration answers.
pub(crate) fn looking_back(
    policy: &Policy,
    facts: &Facts,
    complaint: &Complaint,
    on: NaiveDate,
) -> Vec<MemberId> {
    let is_left = |id: &MemberId| {
        let member = facts.members.get(id);
        member.is_some_and(|member| !member.roles.is_empty())
            && !facts.is_out(*id, on)
            && conflict(policy, facts, complaint, *id).is_none()
    };
    let left = |round: &Round| -> Vec<MemberId> {
        round
            .bench
            .deciders
            .iter()
            .copied()
            .filter(is_left)
            .collect()
    };
    let mut rounds = complaint.rounds.iter().map(left);
    rounds.find(|left| !left.is_empty()).unwrap_or_default()
}

/// The conflict of interest a member has, by the policy's rules: with the roster of the course as it was at
/// receipt or as it is now, so that taking someone off it frees nobody. What is left of a dossier that is destroyed concerns
/// nobody.
pub fn conflict(
    policy: &Policy,
    facts: &Facts,
    complaint: &Complaint,
    member: MemberId,
) -> Option<Conflicted> {
    if complaint.destroyed_at.is_some() {
        return None;
    }
    let course = facts.course.as_ref();
    let applies = |who: Conflicted| match who {
        Conflicted::CourseTrainer => {
            complaint.trainers.contains(&member)
                || course.is_some_and(|course| course.trainers.contains(&member))
        }
        Conflicted::CourseOrganiser => {
            complaint.organiser == Some(member)
                || course.is_some_and(|course| course.organiser == Some(member))
        }
        Conflicted::NamedRespondent => complaint
            .respondents
            .values()
            .any(|one| one.member == Some(member)),
    };
    policy
        .conflicts
        .iter()
        .map(|rule| rule.who)
        .find(|who| applies(*who))
}

/// Whether a member may take it from the pool on a day.
pub(crate) fn can_take(
    policy: &Policy,
    facts: &Facts,
    complaint: &Complaint,
    member: MemberId,
    on: NaiveDate,
) -> bool {
    let round = complaint.round();
    let instance = policy.instance(round.instance);
    let pooled = instance.filter(|instance| instance.appointment.by == AppointmentBy::Pool);
    let waits = complaint.is_open() && round.bench.is_vacant();
    pooled.is_some_and(|instance| {
        let index = round.instance;
        waits && is_eligible(policy, facts, complaint, (index, instance), member, on)
    })
}

/// Who acts for the administration of a complaint on a day: its members who may know of the complaint, and the stand-in
/// when one of them may not. When nobody is left, others of the organisation who may: no form may leave a complaint with
/// nobody.
pub fn administration(
    policy: &Policy,
    facts: &Facts,
    complaint: &Complaint,
    on: NaiveDate,
) -> Vec<MemberId> {
    let may = |id: &MemberId| {
        let is_party = matches!(
            complaint.party_of(*id),
            Some(Party::Complainant | Party::Respondent(_))
        );
        !is_party && conflict(policy, facts, complaint, *id).is_none() && !facts.is_out(*id, on)
    };
    let is_needed = needs_stand_in(policy, facts, complaint, on);
    let own = facts.holders(Role::Administrator, on);
    let own: Vec<MemberId> = own
        .chain(facts.stand_in.filter(|_| is_needed))
        .filter(may)
        .collect();
    if !own.is_empty() {
        return own;
    }
    let others = LAST_RESORT.map(|role| facts.holders(role, on).filter(may).collect::<Vec<_>>());
    let found = others.into_iter().find(|holders| !holders.is_empty());
    found.unwrap_or_default()
}

/// Who acts for the administration when nobody of it may, the first role of which anybody may.
const LAST_RESORT: [Role; 4] = [
    Role::Manager,
    Role::Handler,
    Role::CommitteeMember,
    Role::ExternalHandler,
];

/// Whether someone of these roles may come to act for the administration of a complaint.
pub fn is_last_resort(roles: &Roles) -> bool {
    LAST_RESORT.iter().any(|role| roles.contains(role))
}

/// Whether someone stands in for the administration on a day: one of its members is excluded, or is the complainant.
pub fn needs_stand_in(
    policy: &Policy,
    facts: &Facts,
    complaint: &Complaint,
    on: NaiveDate,
) -> bool {
    facts.holders(Role::Administrator, on).any(|id| {
        conflict(policy, facts, complaint, id).is_some()
            || complaint.party_of(id) == Some(Party::Complainant)
    })
}

/// The role that decides.
pub const fn role_of(decider: DeciderKind) -> Role {
    match decider {
        DeciderKind::Handler => Role::Handler,
        DeciderKind::Manager => Role::Manager,
        DeciderKind::Committee => Role::CommitteeMember,
        DeciderKind::Arbiter => Role::Arbiter,
    }
}

/// Whether a member may decide at an instance, given with its number, on a day: holds the role, has no conflict, is no
/// party, did not step back, and did not decide at an earlier instance.
pub fn is_eligible(
    policy: &Policy,
    facts: &Facts,
    complaint: &Complaint,
    (index, instance): (u8, &Instance),
    member: MemberId,
    on: NaiveDate,
) -> bool {
    facts.holds(member, role_of(instance.decider), on)
        && is_free(policy, facts, complaint, index, member)
}

/// Whether nothing but their role stands between a member and deciding at an instance.
pub fn is_free(
    policy: &Policy,
    facts: &Facts,
    complaint: &Complaint,
    index: u8,
    member: MemberId,
) -> bool {
    let mut earlier = complaint
        .rounds
        .iter()
        .filter(|round| round.instance < index);
    conflict(policy, facts, complaint, member).is_none()
        && complaint.party_of(member).is_none()
        && !complaint.stepped_back.contains(&member)
        && !earlier.any(|round| round.bench.has_had(member))
}

/// Whether somebody whose turn it is to decide on a complaint cannot be stood in for there by a member: a conflict of interest keeps
/// them from it, they are a party, or they had a hand in it before.
pub fn cannot_stand_in(
    policy: &Policy,
    facts: &Facts,
    complaint: &Complaint,
    member: MemberId,
    substitute: MemberId,
) -> bool {
    let (index, _) = complaint.turn();
    complaint.deciding().contains(&member) && !is_free(policy, facts, complaint, index, substitute)
}

/// Whether the relation carries the right to a command.
pub fn may(relation: &Relation, command: CommandKind) -> bool {
    use CommandKind as C;
    let is_complainant = relation.party == Some(Party::Complainant);
    match command {
        C::AddStatement | C::WaiveHearing | C::SignOffSolution | C::RejectSolution => {
            relation.party.is_some()
        }
        C::AcceptResponse
        | C::ObjectToResponse
        | C::ReactToResponse
        | C::ConsentToExtension
        | C::RefuseExtension
        | C::Appeal
        | C::WithdrawComplaint
        | C::RateHandling => is_complainant,
        C::DeclareNoAgreement => relation.party.is_some() || relation.decides,
        C::TakeComplaint => relation.can_take,
        C::RecordContact
        | C::NameRespondent
        | C::InviteToHearing
        | C::RecordHearing
        | C::IssueResponse
        | C::AnswerReaction
        | C::OpenAppeal
        | C::AdmitLateComplaint
        | C::DeclareInadmissible
        | C::AnnounceExtension
        | C::RequestExtension
        | C::IssueDecision => relation.decides,
        C::Recuse => relation.decides || relation.decides_late_appeal,
        C::ProposeSolution => relation.has_decided,
        C::ClassifyComplaint | C::AnswerMeasures => {
            relation.has_decided || relation.administers_undecided
        }
        C::AdmitLateAppeal | C::RefuseLateAppeal => relation.decides_late_appeal,
        C::RecordPartyAct => relation.decides || relation.administers,
        C::AssignDecider
        | C::NameRepresentative
        | C::RecordAddress
        | C::RecordPosted
        | C::ResendLetter
        | C::PlaceLegalHold
        | C::LiftLegalHold
        | C::ConfirmDestruction => relation.administers,
        C::UpdateMeasure => relation.administers || relation.owns_measure,
        C::ReportUndelivered => relation.administers || relation.is_machine,
        C::LetTimePass
        | C::LetterHandedOver
        | C::VerifyAddress
        | C::ReviewConflicts
        | C::LinkRecurrence => relation.is_machine,
    }
}
