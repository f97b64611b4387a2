//! Which commands, by whom, one act stands for.

use chrono::{DateTime, NaiveDate, Utc};

use super::{Act, Play, cast};
use crate::{
    actor::{Actor, Role},
    command::Command,
    complaint::{
        Admission, Complaint, ContactMeans, Delivery, Finding, Hearing, InadmissibleGround,
        LetterKey, LetterKind, Party,
    },
    confidential::Confidential,
    deadline::{DeadlineKind, deadlines},
    decide::authority::{is_eligible, is_free},
    ids::MemberId,
    policy::AppointmentBy,
    refusal::{Reason, Refusal},
};

type Commands = Result<Vec<(Actor, Command)>, Refusal>;

fn words() -> Confidential<String> {
    Confidential::new("…".to_owned())
}

impl Play<'_> {
    /// The commands that an act stands for, with who gives them; more time is given until the day that is said.
    pub(super) fn commands(
        &self,
        complaint: &Complaint,
        act: Act,
        at: DateTime<Utc>,
        until: Option<NaiveDate>,
    ) -> Commands {
        match act {
            Act::Assigned => self.assigned(complaint, at),
            Act::Told => self.told(complaint),
            Act::Heard => self.heard(complaint),
            Act::SignRespondent => self.other_side_signs(complaint),
            Act::Delivered | Act::Bounced => self.carried(complaint, act),
            Act::Measures => self.measures(complaint),
            Act::AdmitAppeal | Act::RefuseAppeal => Self::late_appeal(complaint, act, self),
            Act::AnnounceExtension | Act::RequestExtension => self.extension(complaint, act, until),
            _ => self.one(complaint, act),
        }
    }

    fn one(&self, complaint: &Complaint, act: Act) -> Commands {
        let command = match act {
            Act::Contact => Command::RecordContact {
                party: Party::Complainant,
                how: ContactMeans::Telephone,
                reached: true,
                note: None,
            },
            Act::AdmitLate => Command::AdmitLateComplaint { reasons: words() },
            Act::Inadmissible => Command::DeclareInadmissible {
                ground: match complaint.admission {
                    Admission::Undecided => InadmissibleGround::Late,
                    Admission::Timely | Admission::Admitted => InadmissibleGround::Standing,
                },
                reasons: words(),
            },
            Act::Response | Act::ResponseUnannounced => Command::IssueResponse {
                finding: Finding::PartlyUpheld,
                text: words(),
                announces_silence: act == Act::Response,
            },
            Act::Answer => Command::AnswerReaction { text: words() },
            Act::Notice => Command::OpenAppeal,
            Act::Solution => Command::ProposeSolution { text: words() },
            Act::NoAgreement => Command::DeclareNoAgreement { reasons: None },
            Act::Decision | Act::UpholdInadmissible => Command::IssueDecision {
                finding: if act == Act::UpholdInadmissible {
                    Finding::NoJudgement
                } else {
                    Finding::Upheld
                },
                text: words(),
                compensation: None,
                upholds_inadmissibility: act == Act::UpholdInadmissible,
            },
            Act::Recused => Command::Recuse { reason: words() },
            _ => return self.by_complainant(complaint, act),
        };
        Ok(vec![(self.decider(complaint)?, command)])
    }

    fn by_complainant(&self, complaint: &Complaint, act: Act) -> Commands {
        let command = match act {
            Act::Accept => Command::AcceptResponse,
            Act::Object => Command::ObjectToResponse { reasons: None },
            Act::React => Command::ReactToResponse { text: words() },
            Act::SignComplainant => return Ok(vec![self.signs(complaint, Party::Complainant)?]),
            Act::Reject => Command::RejectSolution { reasons: None },
            Act::Appeal => Command::Appeal { grounds: words() },
            Act::Consent => Command::ConsentToExtension,
            Act::RefuseExtension => Command::RefuseExtension,
            Act::Withdraw => Command::WithdrawComplaint { reasons: None },
            Act::Rated => Command::RateHandling {
                score: 4,
                text: None,
            },
            Act::Verified => return Ok(vec![(Actor::System, Command::VerifyAddress)]),
            _ => return Err(Reason::WrongState.bare()),
        };
        Ok(vec![(Actor::Link(Party::Complainant), command)])
    }

    fn member(&self, id: MemberId) -> Actor {
        cast::member(id, &self.facts)
    }

    fn administrator(&self) -> Actor {
        self.member(cast::id_of(Role::Administrator))
    }

    fn decider(&self, complaint: &Complaint) -> Result<Actor, Refusal> {
        let decider = complaint.round().bench.deciders.first();
        decider
            .map(|id| self.member(*id))
            .ok_or_else(|| Reason::NobodyAssigned.bare())
    }

    /// Taken from the pool where it waits there; else someone of the right role, else the external handler.
    fn assigned(&self, complaint: &Complaint, at: DateTime<Utc>) -> Commands {
        let (index, bench) = complaint.turn();
        let Some(instance) = self.policy.instance(index) else {
            return Err(Reason::NotInThisProcedure.bare());
        };
        let is_new = |id: &MemberId| !bench.deciders.contains(id);
        let (policy, facts) = (self.policy, &self.facts);
        let (on, seat) = (facts.calendar.local_date(at), (index, instance));
        let mut members = facts.members.keys().copied();
        let eligible =
            members.find(|id| is_new(id) && is_eligible(policy, facts, complaint, seat, *id, on));
        let pooled = instance.appointment.by == AppointmentBy::Pool
            && bench.is_vacant()
            && complaint.late_appeal.is_none();
        if let Some(id) = eligible.filter(|_| pooled) {
            return Ok(vec![(self.member(id), Command::TakeComplaint)]);
        }
        let external = facts
            .holders(Role::ExternalHandler, on)
            .find(|id| is_new(id) && is_free(policy, facts, complaint, index, *id));
        let member = eligible
            .or(external)
            .ok_or_else(|| Reason::NotEligible.by(&instance.appointment.rule))?;
        let reason = eligible.is_none().then(words);
        Ok(vec![(
            self.administrator(),
            Command::AssignDecider { member, reason },
        )])
    }

    /// Whoever is on the other side is told, or named where nobody is complained about.
    fn told(&self, complaint: &Complaint) -> Commands {
        let mut commands = Vec::new();
        for side in complaint.other_side() {
            match side {
                Party::Respondent(no)
                    if complaint
                        .respondents
                        .get(&no)
                        .is_some_and(|one| !one.is_notified) =>
                {
                    let command = Command::NameRespondent {
                        no: Some(no),
                        member: None,
                        contact: None,
                    };
                    commands.push((self.decider(complaint)?, command));
                }
                Party::Representative if complaint.representative.is_none() => {
                    let member = cast::id_of(Role::Representative);
                    commands.push((self.administrator(), Command::NameRepresentative { member }));
                }
                _ => {}
            }
        }
        Ok(commands)
    }

    fn heard(&self, complaint: &Complaint) -> Commands {
        let decider = self.decider(complaint)?;
        let mut commands = self.told(complaint)?;
        let heard = &complaint.round().hearings;
        let missing = complaint.sides().into_iter();
        commands.extend(
            missing
                .filter(|side| !heard.contains_key(side))
                .map(|party| {
                    let command = Command::RecordHearing {
                        party,
                        hearing: Hearing::Heard,
                        record: None,
                    };
                    (decider.clone(), command)
                }),
        );
        Ok(commands)
    }

    fn signs(&self, complaint: &Complaint, party: Party) -> Result<(Actor, Command), Refusal> {
        let solution = complaint.solution.as_ref();
        let version = solution.ok_or_else(|| Reason::NoSolution.bare())?.version;
        let actor = match party {
            Party::Representative => self.member(cast::id_of(Role::Representative)),
            party => Actor::Link(party),
        };
        Ok((actor, Command::SignOffSolution { version }))
    }

    fn other_side_signs(&self, complaint: &Complaint) -> Commands {
        let mut commands = self.told(complaint)?;
        for side in complaint.other_side() {
            commands.push(self.signs(complaint, side)?);
        }
        Ok(commands)
    }

    /// Every letter that waits goes out, or the last one that went out comes back.
    fn carried(&self, complaint: &Complaint, act: Act) -> Commands {
        // That receipt is confirmed leads nowhere.
        let leads_on = |(letter, _): &(&LetterKey, _)| !letter.confirms_receipt();
        let all = || complaint.deliveries.iter().filter(leads_on);
        let commands: Vec<_> = if act == Act::Delivered {
            all()
                .filter(|(_, one)| one.waits_since().is_some())
                .map(|(letter, one)| self.sent(complaint.last_copy(*letter), one))
                .collect()
        } else {
            // What ends it by the clock rests on a response or a notice first.
            let rests = |kind| {
                !matches!(
                    kind,
                    LetterKind::SolutionForSignOff | LetterKind::ReactionAnswer
                )
            };
            let matters = |letter: &LetterKey| complaint.is_open() || rests(letter.kind);
            let went_out = |(letter, one): &(&LetterKey, &Delivery)| {
                one.sent_at.is_some() && one.returned_at.is_none() && matters(letter)
            };
            let letter = all().rfind(went_out);
            let letter = letter.map(|(letter, _)| complaint.last_copy(*letter));
            letter
                .map(|letter| Command::ReportUndelivered { letter, from: None })
                .map(|command| (Actor::Post, command))
                .into_iter()
                .collect()
        };
        if commands.is_empty() {
            return Err(Reason::UnknownLetter.bare());
        }
        Ok(commands)
    }

    /// What sends the letters that confirm receipt.
    pub(super) fn confirming(&self, complaint: &Complaint) -> Vec<(Actor, Command)> {
        let confirms = |(letter, one): &(&LetterKey, &Delivery)| {
            letter.confirms_receipt() && one.waits_since().is_some()
        };
        let letters = complaint.deliveries.iter().filter(confirms);
        letters
            .map(|(letter, one)| self.sent(*letter, one))
            .collect()
    }

    fn sent(&self, letter: LetterKey, delivery: &Delivery) -> (Actor, Command) {
        if delivery.is_paper() {
            (self.administrator(), Command::RecordPosted { letter })
        } else {
            (Actor::Post, Command::LetterHandedOver { letter })
        }
    }

    fn late_appeal(complaint: &Complaint, act: Act, play: &Self) -> Commands {
        let late = complaint
            .late_appeal
            .as_ref()
            .ok_or_else(|| Reason::NoLateAppeal.bare())?;
        let decider = late
            .bench
            .deciders
            .first()
            .ok_or_else(|| Reason::NobodyAssigned.bare())?;
        let command = if act == Act::AdmitAppeal {
            Command::AdmitLateAppeal { reasons: words() }
        } else {
            Command::RefuseLateAppeal { reasons: words() }
        };
        Ok(vec![(play.member(*decider), command)])
    }

    fn measures(&self, complaint: &Complaint) -> Commands {
        let decider = complaint
            .rounds
            .iter()
            .find_map(|round| round.bench.deciders.first())
            .ok_or_else(|| Reason::NobodyAssigned.bare())?;
        let cause = self.policy.causes.first().map(|cause| cause.code.clone());
        let classify = cause
            .filter(|_| complaint.cause.is_none())
            .map(|cause| Command::ClassifyComplaint { cause });
        let answer = Command::AnswerMeasures {
            measures: Vec::new(),
            reason_for_none: Some(words()),
        };
        let commands = classify.into_iter().chain([answer]);
        Ok(commands
            .map(|command| (self.member(*decider), command))
            .collect())
    }

    /// Until the day given; without one, by notice as far as the regulation allows, and asked for by as much again as the
    /// term itself.
    fn extension(&self, complaint: &Complaint, act: Act, until: Option<NaiveDate>) -> Commands {
        let until = until
            .or_else(|| self.longest(complaint, act))
            .ok_or_else(|| Reason::NotInThisProcedure.bare())?;
        let reasons = words();
        let command = if act == Act::AnnounceExtension {
            Command::AnnounceExtension { until, reasons }
        } else {
            Command::RequestExtension { until, reasons }
        };
        Ok(vec![(self.decider(complaint)?, command)])
    }

    fn longest(&self, complaint: &Complaint, act: Act) -> Option<NaiveDate> {
        let round = complaint.round();
        let resolution = &self.policy.instance(round.instance)?.resolution;
        let calendar = &self.facts.calendar;
        let kind = DeadlineKind::Resolution(round.instance);
        let all = deadlines(self.policy, calendar, complaint);
        let due_on = all.iter().find(|one| one.kind == kind)?.due_on;
        let rule = match act {
            Act::AnnounceExtension => resolution.extension().announced.as_ref()?,
            _ => resolution.term(),
        };
        Some(calendar.derive(rule.term, due_on, rule.rolls).last_day)
    }
}
