//! What happened at one instance.

use std::sync::Arc;

use async_graphql::{Context, Object, SimpleObject};
use chrono::NaiveDate;
use wederhoor_procedure::{
    calendar::Calendar,
    complaint::{self, Event},
    letter::{stated_for_appeal, stated_for_reaction},
    policy::Policy,
};
use wederhoor_service::Dossier;

use crate::{
    enums::{DeciderKind, ExitGround, Finding, HearingOutcome, InadmissibilityGround},
    error::locale,
    object::people::{NamedMember, PartyRef},
    scalar::{Date, Instant},
};

/// One instance of a complaint.
#[derive(Clone)]
pub(crate) struct Round {
    pub(super) dossier: Arc<Dossier>,
    pub(super) index: usize,
}

impl Round {
    fn round(&self) -> &complaint::Round {
        &self.dossier.complaint.rounds[self.index]
    }

    fn last_stated(
        &self,
        stated: fn(
            &Policy,
            &Calendar,
            &complaint::Complaint,
            &complaint::Round,
        ) -> Option<NaiveDate>,
    ) -> Option<Date> {
        let dossier = &self.dossier;
        let calendar = &dossier.facts.calendar;
        stated(&dossier.policy, calendar, &dossier.complaint, self.round()).map(Date)
    }

    fn instance(&self) -> Option<&wederhoor_procedure::policy::Instance> {
        self.dossier
            .policy
            .instances
            .get(usize::from(self.round().instance))
    }
}

/// What happened at one instance (*instantie*), from receipt to its outcome.
#[Object(name = "ComplaintRound")]
impl Round {
    /// Which instance of the regulation, from 1.
    #[graphql(name = "instance")]
    async fn number(&self) -> u32 {
        u32::from(self.round().instance) + 1
    }

    /// What people call the instance, in the language of the request.
    async fn name(&self, ctx: &Context<'_>) -> Option<String> {
        self.instance()
            .map(|instance| instance.name.in_locale(locale(ctx)).to_owned())
    }

    /// Who decides here.
    async fn decider_kind(&self) -> Option<DeciderKind> {
        self.instance().map(|instance| instance.decider.into())
    }

    /// Receipt of the complaint or of the appeal: the terms of this instance start here.
    async fn opened_at(&self) -> Instant {
        Instant(self.round().opened_at)
    }

    /// Who handles or decides; empty while nobody is appointed.
    async fn deciders(&self) -> Vec<NamedMember> {
        self.round()
            .bench
            .deciders
            .iter()
            .map(|id| NamedMember::from(*id))
            .collect()
    }

    /// When someone was first appointed.
    async fn assigned_at(&self) -> Option<Instant> {
        self.round().bench.assigned_at.map(Instant)
    }

    /// When the decider first spoke with the complainant in person.
    async fn contacted_at(&self) -> Option<Instant> {
        self.round().contacted_at.map(Instant)
    }

    /// How the hearing of each side ended (*hoor en wederhoor*); a side that is missing was not heard yet.
    async fn hearings(&self) -> Vec<HearingOfParty> {
        let complaint = &self.dossier.complaint;
        let hearings = self.round().hearings.iter();
        hearings
            .map(|(party, hearing)| HearingOfParty::of(PartyRef::of(*party, complaint), *hearing))
            .collect()
    }

    /// The last day that the term was extended to, announced or with consent.
    async fn extended_until_on(&self) -> Option<Date> {
        self.round().extended.until().map(Date)
    }

    /// The last day that the complainant was asked to consent to, and did not answer yet.
    async fn extension_requested_until_on(&self) -> Option<Date> {
        self.round().extended.requested.map(Date)
    }

    /// The latest response (*reactie op de klacht*).
    async fn response(&self) -> Option<Response> {
        let response = self.round().response.as_ref()?;
        Some(Response {
            announced_until_on: self.last_stated(stated_for_reaction),
            ..Response::of(response, &self.dossier)
        })
    }

    /// When it was established that there is no agreement (*geen overeenstemming*).
    async fn no_agreement_at(&self) -> Option<Instant> {
        self.round().no_agreement_at.map(Instant)
    }

    /// When the complaint was declared inadmissible here (*niet-ontvankelijk*).
    async fn inadmissible_at(&self) -> Option<Instant> {
        self.round().inadmissible_at.map(Instant)
    }

    /// On which ground it was declared inadmissible here.
    async fn inadmissibility_ground(&self) -> Option<InadmissibilityGround> {
        let declared_at = self.round().inadmissible_at?;
        let mut entries = self.dossier.entries.iter().rev();
        let ground = entries.find_map(|recorded| match &recorded.event {
            Event::DeclaredInadmissible { ground, .. } if recorded.at == declared_at => *ground,
            _ => None,
        });
        ground.map(Into::into)
    }

    /// The decision or binding advice (*beslissing*).
    async fn decision(&self) -> Option<Decision> {
        let (decided_at, finding) = self.round().decided?;
        Some(Decision::of(decided_at, finding, &self.dossier))
    }

    /// When a term of the organisation lapsed with legal effect.
    async fn lapsed_at(&self) -> Option<Instant> {
        self.round().lapsed.values().min().copied().map(Instant)
    }

    /// The way to the next instance, once open (*beroep staat open*).
    async fn appeal_way(&self) -> Option<AppealWay> {
        let way = self.round().way.as_ref()?;
        Some(AppealWay {
            ground: way.ground.into(),
            opened_at: Instant(way.opened_at),
            announced_until_on: self.last_stated(stated_for_appeal),
        })
    }
}

/// How the hearing of one side ended (*hoor en wederhoor*).
#[derive(SimpleObject, Clone, Debug)]
pub(crate) struct HearingOfParty {
    /// Which side.
    party: PartyRef,
    /// How it ended.
    outcome: HearingOutcome,
    /// After how many documented attempts someone counts as unreachable; `null` for other outcomes.
    attempts: Option<u8>,
}

impl HearingOfParty {
    fn of(party: PartyRef, hearing: complaint::Hearing) -> Self {
        let attempts = match hearing {
            complaint::Hearing::Unreachable(attempts) => Some(attempts),
            complaint::Hearing::Heard | complaint::Hearing::Waived => None,
        };
        Self {
            party,
            outcome: hearing.into(),
            attempts,
        }
    }
}

/// A response to a complaint, and what the complainant said to it (*reactie op de klacht*).
#[derive(SimpleObject, Clone, Debug)]
pub(crate) struct Response {
    /// When it was issued.
    issued_at: Instant,
    /// When it counts as delivered; `null` while it does not: then no term of the complainant runs.
    delivered_at: Option<Instant>,
    /// What it finds.
    finding: Finding,
    /// Its text; `null` once the dossier is destroyed.
    text: Option<String>,
    /// The last day for a reaction as its latest letter announced it: a second attempt may give a later one; `null` when
    /// nothing was announced.
    announced_until_on: Option<Date>,
    /// When the complainant objected.
    objected_at: Option<Instant>,
    /// When the complainant said something that is neither yes nor no.
    reacted_at: Option<Instant>,
    /// When that was answered.
    answered_at: Option<Instant>,
}

impl Response {
    fn of(response: &complaint::Response, dossier: &Dossier) -> Self {
        let text = entry(dossier, response.letter.event).and_then(|event| match event {
            Event::ResponseIssued { text, .. } => text.reveal().cloned(),
            _ => None,
        });
        let delivery = dossier.complaint.deliveries.get(&response.letter);
        Self {
            issued_at: Instant(response.issued_at),
            delivered_at: delivery
                .and_then(complaint::Delivery::counts_from)
                .map(Instant),
            finding: response.finding.into(),
            text,
            announced_until_on: response.announced.map(Date),
            objected_at: response.objected_at.map(Instant),
            reacted_at: response.reacted_at.map(Instant),
            answered_at: response.answered_at.map(Instant),
        }
    }
}

fn entry(dossier: &Dossier, number: u32) -> Option<&Event> {
    let place = usize::try_from(number).ok()?;
    dossier.entries.get(place).map(|recorded| &recorded.event)
}

/// A decision, binding advice or finding of an instance (*beslissing*, *bindend advies*, *oordeel*).
#[derive(SimpleObject, Clone, Debug)]
pub(crate) struct Decision {
    /// When it was given.
    decided_at: Instant,
    /// What it finds.
    finding: Finding,
    /// Its text; `null` once the dossier is destroyed.
    text: Option<String>,
    /// What is awarded, in whole euros.
    compensation: Option<u32>,
    /// Whether it upholds that the complaint is inadmissible.
    is_inadmissibility_upheld: bool,
}

impl Decision {
    fn of(
        decided_at: chrono::DateTime<chrono::Utc>,
        finding: complaint::Finding,
        dossier: &Dossier,
    ) -> Self {
        let written = dossier
            .entries
            .iter()
            .rev()
            .find_map(|recorded| match &recorded.event {
                Event::DecisionIssued {
                    text,
                    compensation,
                    upholds_inadmissibility,
                    ..
                } if recorded.at == decided_at => Some((
                    text.reveal().cloned(),
                    *compensation,
                    *upholds_inadmissibility,
                )),
                _ => None,
            });
        let (text, compensation, is_inadmissibility_upheld) = written.unwrap_or_default();
        Self {
            decided_at: Instant(decided_at),
            finding: finding.into(),
            text,
            compensation,
            is_inadmissibility_upheld,
        }
    }
}

/// The way to the next instance (*weg naar de volgende instantie*).
#[derive(SimpleObject, Clone, Debug)]
pub(crate) struct AppealWay {
    /// What opened it.
    ground: ExitGround,
    /// Since when it is open.
    opened_at: Instant,
    /// The last day as the latest letter of the notice states it; `null`: it stays open without end.
    announced_until_on: Option<Date>,
}

/// A late appeal, waiting to be admitted or refused (*te laat beroep*).
#[derive(SimpleObject, Clone, Debug)]
pub(crate) struct LateAppeal {
    /// When it arrived.
    received_at: Instant,
    /// The instance it goes to, from 1.
    instance: u32,
    /// Who decides on it, and hears it when admitted.
    deciders: Vec<NamedMember>,
}

impl LateAppeal {
    pub(super) fn of(late: &complaint::LateAppeal) -> Self {
        Self {
            received_at: Instant(late.received_at),
            instance: u32::from(late.instance) + 1,
            deciders: late
                .bench
                .deciders
                .iter()
                .map(|id| NamedMember::from(*id))
                .collect(),
        }
    }
}
