//! What somebody does, as the commands of the procedure.

use std::sync::Arc;

use anyhow::Context;
use chrono::{DateTime, Days, NaiveDate, TimeDelta, Utc};
use uuid::Uuid;
use wederhoor_procedure::{
    ComplaintId, Confidential, MeasureId,
    command::Command,
    complaint::{ContactMeans, Hearing, MeasureUpdate, Party, ProposedMeasure},
    policy::Channel,
};
use wederhoor_service::{ActOptions, Dossier, Request};

use super::{
    plan::{Act, By, Side, Story, Turn},
    stage::Stage,
};

type Words = Confidential<String>;

/// Who speaks for the organisation where nobody is named.
pub(super) const VOICE: &str = "stem";

impl Side {
    /// The party as the procedure knows it.
    pub(super) const fn party(self) -> Party {
        match self {
            Self::Complainant => Party::Complainant,
            Self::Respondent(number) => Party::Respondent(number),
            Self::Representative => Party::Representative,
        }
    }
}

impl Story {
    pub(super) fn is_form(&self) -> bool {
        self.channel == Channel::WebForm
    }

    pub(super) fn is_paper(&self) -> bool {
        matches!(self.channel, Channel::Post | Channel::InPerson)
    }
}

/// One turn of a story, about the complaint that came of it.
pub(super) struct Scene<'a> {
    pub(super) stage: &'a Stage,
    pub(super) story: &'a Story,
    pub(super) id: ComplaintId,
}

impl Scene<'_> {
    /// Does what a turn says; what the procedure refuses is an error.
    pub(super) async fn play(&self, turn: &Turn) -> anyhow::Result<()> {
        let by = &turn.by;
        let command = match &turn.does {
            Act::HearBoth => return self.hear_both(by).await,
            Act::Tell => return self.tell(by, &*self.seen_by(by).await?).await,
            Act::Sign => sign(&*self.seen_by(by).await?)?,
            Act::Done(helped) => done(&*self.seen_by(by).await?, *helped)?,
            other => self.command(other)?,
        };
        let By::Via(side, channel, days) = by else {
            return self.act(by, command).await;
        };
        let command = Command::RecordPartyAct {
            party: side.party(),
            act: Box::new(command),
            channel: *channel,
            proof: None,
        };
        let arrived = self.stage.service.procedure_now() - TimeDelta::days((*days).into());
        self.send(&self.stage.as_desk()?, command, Some(arrived))
            .await
    }

    async fn act(&self, by: &By, command: Command) -> anyhow::Result<()> {
        let request = self.stage.as_one(self.story, self.id, by)?;
        self.send(&request, command, None).await
    }

    async fn send(
        &self,
        request: &Request,
        command: Command,
        at: Option<DateTime<Utc>>,
    ) -> anyhow::Result<()> {
        let options = ActOptions {
            at,
            expected_version: None,
        };
        Ok(request.command(self.id, command, options).await?)
    }

    async fn seen_by(&self, by: &By) -> anyhow::Result<Arc<Dossier>> {
        let request: Request = self.stage.as_one(self.story, self.id, by)?;
        let dossier = request.complaint(self.id).await?;
        request.finish().await;
        dossier.context("they do not see the complaint")
    }

    async fn tell(&self, by: &By, dossier: &Dossier) -> anyhow::Result<()> {
        for (number, respondent) in &dossier.complaint.respondents {
            if !respondent.is_notified {
                let (no, member, contact) = (Some(*number), None, None);
                self.act(
                    by,
                    Command::NameRespondent {
                        no,
                        member,
                        contact,
                    },
                )
                .await?;
            }
        }
        Ok(())
    }

    /// Everybody who is named is told; where nobody is, somebody speaks for the organisation. Then each side is heard.
    async fn hear_both(&self, by: &By) -> anyhow::Result<()> {
        let dossier = self.seen_by(by).await?;
        self.tell(by, &dossier).await?;
        let complaint = &dossier.complaint;
        if complaint.respondents.is_empty() && complaint.representative.is_none() {
            let command = Command::NameRepresentative {
                member: self.stage.id(VOICE)?,
            };
            self.send(&self.stage.as_desk()?, command, None).await?;
        }
        let heard = self.seen_by(by).await?;
        for party in heard.complaint.sides() {
            if !heard.complaint.round().hearings.contains_key(&party) {
                let record = Some(words(
                    "Het gesprek duurde drie kwartier. Het verslag is voorgelezen en akkoord.",
                ));
                let hearing = Hearing::Heard;
                self.act(
                    by,
                    Command::RecordHearing {
                        party,
                        hearing,
                        record,
                    },
                )
                .await?;
            }
        }
        Ok(())
    }

    fn after(&self, days: u16) -> NaiveDate {
        let filed = self.story.on.date();
        filed
            .checked_add_days(Days::new(days.into()))
            .unwrap_or(filed)
    }

    fn command(&self, act: &Act) -> anyhow::Result<Command> {
        Ok(match act {
            Act::Take => Command::TakeComplaint,
            Act::Assign(key, why) => Command::AssignDecider {
                member: self.stage.id(key)?,
                reason: optional(why),
            },
            Act::Contact(how, note) => contact(*how, true, note),
            Act::Missed(how) => contact(*how, false, "Niet bereikt."),
            Act::Hear(side) => hearing(
                *side,
                Hearing::Heard,
                "Het verslag is voorgelezen en akkoord.",
            ),
            Act::Unreachable(side) => hearing(
                *side,
                Hearing::Unreachable(3),
                "Drie keer gebeld, twee keer gemaild.",
            ),
            Act::Waive => Command::WaiveHearing,
            Act::Name(key) => Command::NameRespondent {
                no: None,
                member: Some(self.stage.id(key)?),
                contact: None,
            },
            Act::Represent(key) => Command::NameRepresentative {
                member: self.stage.id(key)?,
            },
            Act::AskTime(day, text) => Command::RequestExtension {
                until: self.after(*day),
                reasons: words(text),
            },
            Act::Cause(code) => Command::ClassifyComplaint {
                cause: code.clone(),
            },
            Act::Measure(owner, text) => self.measure(owner, text)?,
            other => spoken(other).context("this is no single act")?,
        })
    }

    fn measure(&self, owner: &str, text: &str) -> anyhow::Result<Command> {
        let proposed = ProposedMeasure {
            id: MeasureId(Uuid::from_u128(self.id.0.as_u128() ^ 1)),
            text: words(text),
            owner: Some(self.stage.id(owner)?),
            due_on: Some(self.after(120)),
        };
        Ok(Command::AnswerMeasures {
            measures: vec![proposed],
            reason_for_none: None,
        })
    }
}

/// What is done by saying something, or by saying yes or no.
fn spoken(act: &Act) -> Option<Command> {
    Some(match act {
        Act::Respond(finding, text) => Command::IssueResponse {
            finding: *finding,
            text: words(text),
            announces_silence: true,
        },
        Act::Accept => Command::AcceptResponse,
        Act::Object(text) => Command::ObjectToResponse {
            reasons: optional(text),
        },
        Act::React(text) => Command::ReactToResponse { text: words(text) },
        Act::Answer(text) => Command::AnswerReaction { text: words(text) },
        Act::Appeal(text) => Command::Appeal {
            grounds: words(text),
        },
        Act::Withdraw(text) => Command::WithdrawComplaint {
            reasons: optional(text),
        },
        Act::State(text) => Command::AddStatement { text: words(text) },
        Act::Propose(text) => Command::ProposeSolution { text: words(text) },
        Act::Reject(text) => Command::RejectSolution {
            reasons: optional(text),
        },
        Act::NoAgreement(text) => Command::DeclareNoAgreement {
            reasons: optional(text),
        },
        Act::Consent => Command::ConsentToExtension,
        Act::RefuseTime => Command::RefuseExtension,
        Act::Admit(text) => Command::AdmitLateComplaint {
            reasons: words(text),
        },
        Act::Inadmissible(ground, text) => Command::DeclareInadmissible {
            ground: *ground,
            reasons: words(text),
        },
        Act::AdmitAppeal(text) => Command::AdmitLateAppeal {
            reasons: words(text),
        },
        Act::RefuseAppeal(text) => Command::RefuseLateAppeal {
            reasons: words(text),
        },
        Act::Decide(finding, compensation, text) => Command::IssueDecision {
            finding: *finding,
            text: words(text),
            compensation: *compensation,
            upholds_inadmissibility: false,
        },
        Act::Uphold(text) => Command::IssueDecision {
            finding: wederhoor_procedure::complaint::Finding::NoJudgement,
            text: words(text),
            compensation: None,
            upholds_inadmissibility: true,
        },
        Act::Recuse(text) => Command::Recuse {
            reason: words(text),
        },
        Act::NoMeasure(text) => Command::AnswerMeasures {
            measures: Vec::new(),
            reason_for_none: optional(text),
        },
        Act::Rate(score, text) => Command::RateHandling {
            score: *score,
            text: optional(text),
        },
        Act::Hold(text) => Command::PlaceLegalHold {
            reason: words(text),
        },
        _ => return None,
    })
}

fn words(text: &str) -> Words {
    Confidential::new(text.to_owned())
}

fn optional(text: &str) -> Option<Words> {
    (!text.is_empty()).then(|| words(text))
}

fn contact(how: ContactMeans, reached: bool, note: &str) -> Command {
    Command::RecordContact {
        party: Party::Complainant,
        how,
        reached,
        note: optional(note),
    }
}

fn hearing(side: Side, hearing: Hearing, record: &str) -> Command {
    let (party, record) = (side.party(), optional(record));
    Command::RecordHearing {
        party,
        hearing,
        record,
    }
}

/// Signs the text as it lies there.
fn sign(dossier: &Dossier) -> anyhow::Result<Command> {
    let solution = dossier.complaint.solution.as_ref();
    let version = solution.context("there is nothing to sign")?.version;
    Ok(Command::SignOffSolution { version })
}

fn done(dossier: &Dossier, helped: bool) -> anyhow::Result<Command> {
    let id = dossier
        .complaint
        .measures
        .keys()
        .next()
        .context("there is no measure")?;
    let today = dossier.facts.calendar.local_date(dossier.now());
    let update = MeasureUpdate {
        id: *id,
        owner: None,
        due_on: None,
        done_on: Some(today),
        is_effective: Some(helped),
    };
    Ok(Command::UpdateMeasure { update })
}
