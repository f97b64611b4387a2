//! Filing: by anyone through the form, or registered by the administration or the pool.

mod naming;
mod people;

use chrono::{DateTime, Datelike, NaiveDate, Utc};
use serde_json::{Value, json};
use wederhoor_procedure::{
    ComplaintId, CourseId, Locale, MemberId, PolicyId, TenantId,
    actor::Actor,
    complaint::Complaint,
    decide,
    facts::Facts,
    policy::Channel,
    refusal::{Reason, Refusal},
};

use wederhoor_store::WriteTx;

use crate::{
    Caller, Doing, InputCode, InputFault, Request, ServiceError, Tenant,
    act::write,
    administration::member_is_unknown,
    ambient::new_number,
    attempt::{Attempt, commit, until_first},
    facts::{facts_about, people_of, policy_version},
    letters::Telling,
    limits::{Proof, Purpose, Standing, proof_is_asked, proof_is_spent},
    policies::governing,
};
use naming::{forget_unknown, name_once, recognise};
use people::filing;

/// A complaint as it comes in.
#[derive(Clone, Debug)]
pub struct FileInput {
    /// How it came.
    pub channel: Channel,
    /// When it arrived; `None`: now. Only who registers may say so.
    pub arrived_at: Option<DateTime<Utc>>,
    /// The date on the form.
    pub filed_on: Option<NaiveDate>,
    /// When it happened.
    pub incident_on: Option<NaiveDate>,
    /// The course.
    pub course: Option<CourseId>,
    /// Who complains.
    pub complainant: PersonInput,
    /// Whom they name.
    pub respondents: Vec<NamedPerson>,
    /// What happened.
    pub description: String,
    /// What is known already to be wrong with the input: it is told beside what the regulation has against it, and
    /// nothing is filed.
    pub faults: Vec<InputFault>,
}

/// Who complains, and where they can be reached: by e-mail, else by post.
#[derive(Clone, Debug)]
pub struct PersonInput {
    /// Their name.
    pub name: String,
    /// E-mail address.
    pub email: Option<String>,
    /// Postal address.
    pub postal: Option<String>,
    /// Telephone number, E.164.
    pub telephone: Option<String>,
    /// Their language; `None`: the tenant's.
    pub locale: Option<Locale>,
}

/// Someone a complaint names.
#[derive(Clone, Debug)]
pub struct NamedPerson {
    /// Their name.
    pub name: String,
    /// Who, when they are a member and the one who registers knows it.
    pub member: Option<MemberId>,
    /// E-mail address.
    pub email: Option<String>,
}

/// A complaint that was filed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filed {
    /// Its id.
    pub id: ComplaintId,
    /// What people quote.
    pub reference: String,
    /// When it was received.
    pub received_at: DateTime<Utc>,
}

impl Request {
    /// Files a complaint with the tenant of this name in addresses, or registers it in the caller's own tenant.
    ///
    /// # Errors
    /// `NotFound` for an unknown organisation, `Invalid`, `Refused`; `NotAllowed` for an operator and an API key.
    pub async fn file(
        &self,
        slug: Option<&str>,
        input: FileInput,
        proof: Option<&Proof>,
    ) -> Result<Filed, ServiceError> {
        if let Caller::Operator(_) | Caller::Key(_) = self.caller() {
            return Err(ServiceError::NotAllowed);
        }
        if let Some(slug) = slug {
            self.concerns_slug(slug);
        }
        let tenant = match slug {
            Some(slug) => {
                self.service()
                    .tenant_by_slug(slug)
                    .await?
                    .ok_or(ServiceError::NotFound)?
                    .id
            }
            None => self.tenant_id()?,
        };
        if tenant != self.tenant_id().unwrap_or(tenant) {
            // Two people's keys never meet, though both file as anyone there.
            let principal = self.caller().principal();
            let key = self.idempotency_key().cloned();
            let anyone = self
                .service()
                .request(Caller::Anonymous, self.locale(), None)
                .with_key(key.map(|key| key.within(&principal)));
            let anyone = anyone.from_source(self.source());
            let work = anyone.file_proved(tenant, &input, proof);
            return anyone.filing_from_here(tenant, work).await;
        }
        let work = self.file_proved(tenant, &input, proof);
        self.filing_from_here(tenant, work).await
    }

    /// Files with a proof of work, where one is asked for: it is used up by what is filed, and not by what is refused.
    async fn file_proved(
        &self,
        tenant: TenantId,
        input: &FileInput,
        proof: Option<&Proof>,
    ) -> Result<Filed, ServiceError> {
        let service = self.service();
        let is_asked = self.caller().person().is_none() && service.asks_for_proof();
        let proof = if is_asked {
            Some(proof.ok_or_else(proof_is_asked)?)
        } else {
            None
        };
        let Some(proof) = proof else {
            return until_first(|| self.file_once(tenant, input, false)).await;
        };
        let purpose = Purpose::Filing(tenant);
        // Who asks again for an answer that was lost comes with the same proof.
        let is_again = service.spend_proof(purpose, Some(proof)).await? == Standing::Spent;
        let filed = until_first(|| self.file_once(tenant, input, is_again)).await;
        if filed.is_err() && !is_again {
            service.give_proof_back(proof).await?;
        }
        filed
    }

    async fn file_once(
        &self,
        tenant: TenantId,
        input: &FileInput,
        is_again: bool,
    ) -> Result<Filed, Attempt> {
        self.finish().await;
        let service = self.service();
        let tx = service.store().tenant(tenant).write().await?;
        let tenant = Tenant::from_record(tx.share_surroundings().await?)?;
        tenant.require_active()?;
        if let Some(answer) = self.repeated(&tx, "file", &format!("{input:?}")).await? {
            return Ok(filed_before(&answer)?);
        }
        if is_again {
            return Err(proof_is_spent().into());
        }
        let now = self.now();
        let at = input.arrived_at.unwrap_or(now);
        let policy_id = governing_filing(&tx, input, now)
            .await
            .map_err(|error| error.beside(input.faults.clone()))?;
        let policy = policy_version(service, &tx, policy_id).await?;
        let members = tx.members().await?;
        let people = people_of(&tx, &tenant, now, &members).await?;
        let facts = facts_about(&tx, &people, &policy, input.course).await?;
        let actor = self.actor_for_filing();
        let mut faults = input.faults.clone();
        faults.extend(unknown(input, &facts));
        let id = ComplaintId(service.new_id());
        let locale = tenant.settings.locale;
        let mut filing = filing(input, id, policy_id, &actor, locale, &mut faults);
        forget_unknown(&mut filing, &facts);
        recognise(&members, &mut filing, own_form(input, &actor));
        name_once(&mut filing.respondents);
        let refusals = decide::all_against(&policy, &facts, &actor, &filing, at, now);
        require_sound(faults, refusals)?;
        let entries = decide::file(&policy, &facts, &actor, filing, at, now)
            .map_err(ServiceError::Refused)?;
        let Some(complaint) = Complaint::fold(&entries) else {
            return Err(ServiceError::Internal("a filing that opens nothing".to_owned()).into());
        };
        let year = facts.calendar.local_date(now).year();
        let reference = tx
            .next_reference(&tenant.settings.reference_prefix, year, &mut || {
                new_number(service.entropy())
            })
            .await?;
        let telling = Telling {
            policy: &policy,
            facts: &facts,
            complaint: &complaint,
            reference: &reference,
            tenant: &tenant,
            members: Some(&members),
        };
        write(self, &tx, &telling, &entries, 0, 0).await?;
        self.note_done(&tx, id, Doing::Filed, 0).await?;
        let filed = Filed {
            id,
            reference,
            received_at: at,
        };
        self.remember(&tx, &told(&filed)).await?;
        commit(tx).await?;
        Ok(filed)
    }

    fn actor_for_filing(&self) -> Actor {
        match self.caller() {
            Caller::Person(person) => Actor::Member {
                id: person.member,
                roles: person.roles.clone(),
            },
            _ => Actor::Anyone,
        }
    }
}

/// The regulation in force when the complaint arrived.
async fn governing_filing(
    tx: &WriteTx,
    input: &FileInput,
    now: DateTime<Utc>,
) -> Result<PolicyId, ServiceError> {
    match (
        governing(tx, input.arrived_at.unwrap_or(now)).await,
        input.arrived_at,
    ) {
        (Err(ServiceError::Invalid(_)), Some(_)) => {
            Err(ServiceError::from(Reason::NoRegulationThen.bare()))
        }
        (policy, _) => Ok(policy?.id),
    }
}

/// Refuses for all that is against it; who has no right to file in this way learns nothing else.
fn require_sound(faults: Vec<InputFault>, refusals: Vec<Refusal>) -> Result<(), ServiceError> {
    let has_no_right = |refusal: &Refusal| refusal.reason == Reason::NotAllowed;
    if refusals.iter().any(has_no_right) {
        return ServiceError::unless_sound(Vec::new(), refusals);
    }
    ServiceError::unless_sound(faults, refusals)
}

/// What the input names and the organisation does not know: its course, and members among the respondents.
fn unknown(input: &FileInput, facts: &Facts) -> Vec<InputFault> {
    let mut faults = Vec::new();
    if input.course.is_some() && facts.course.is_none() {
        faults.push(course_is_unknown());
    }
    let named = input.respondents.iter().enumerate();
    let unknown = named.filter(|(_, one)| one.member.is_some_and(|id| !is_member(facts, id)));
    faults.extend(
        unknown.map(|(place, _)| member_is_unknown(&format!("respondents.{place}.memberId"))),
    );
    faults
}

fn is_member(facts: &Facts, id: MemberId) -> bool {
    facts.members.contains_key(&id)
}

/// What a repetition is answered from.
fn told(filed: &Filed) -> Value {
    json!({ "id": filed.id, "reference": filed.reference, "received_at": filed.received_at })
}

fn filed_before(answer: &Value) -> Result<Filed, ServiceError> {
    let part = |key: &str| answer.get(key).cloned().unwrap_or_default();
    Ok(Filed {
        id: serde_json::from_value(part("id"))?,
        reference: serde_json::from_value(part("reference"))?,
        received_at: serde_json::from_value(part("received_at"))?,
    })
}

/// A fault of a course that nobody knows.
pub(crate) fn course_is_unknown() -> InputFault {
    let (nl, en) = (
        "Deze cursus is hier niet bekend.",
        "This course is not known here.",
    );
    InputFault::at(InputCode::Unknown, "courseId", nl, en)
}

/// Who fills in the form under a login; what officials register is someone else's.
fn own_form(input: &FileInput, actor: &Actor) -> Option<MemberId> {
    let is_own = input.channel == Channel::WebForm && input.arrived_at.is_none();
    actor.member().filter(|_| is_own)
}
