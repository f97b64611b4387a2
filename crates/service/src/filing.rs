//! Filing: by anyone through the form, or registered by the administration or the pool.

use chrono::{DateTime, Datelike, NaiveDate, Utc};
use serde_json::json;
use wederhoor_procedure::{
    ComplaintId, Confidential, CourseId, Locale, MemberId, PolicyId, TenantId,
    actor::Actor,
    complaint::{Address, Complainant, Complaint, Contact, Respondent},
    decide::{self, Filing},
    facts::Facts,
    policy::Channel,
    refusal::Reason,
};

use wederhoor_store::{MemberRecord, WriteTx};

use crate::{
    InputCode, Request, ServiceError, Tenant,
    act::write,
    administration::unknown_member,
    attempt::{Attempt, commit, until_first},
    facts::{facts_about, load_people, policy_version},
    letters::{Telling, malformed_address},
    policies::governing,
};

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
    /// `NotFound` for an unknown organisation, `Invalid`, `Refused`.
    pub async fn file(&self, slug: Option<&str>, input: FileInput) -> Result<Filed, ServiceError> {
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
                .request(crate::Caller::Anonymous, self.locale(), None)
                .with_key(key.map(|key| key.within(&principal)));
            return until_first(|| anyone.file_once(tenant, &input)).await;
        }
        until_first(|| self.file_once(tenant, &input)).await
    }

    async fn file_once(&self, tenant: TenantId, input: &FileInput) -> Result<Filed, Attempt> {
        self.finish().await;
        let service = self.service();
        let tenant = service.tenant(tenant).await?;
        if tenant.status != wederhoor_store::TenantStatus::Active {
            return Err(ServiceError::TenantSuspended.into());
        }
        let tx = service.store().tenant(tenant.id).write().await?;
        let tenant = Tenant::from_record(tx.share_surroundings().await?)?;
        if let Some(answer) = self.repeated(&tx, "file", &format!("{input:?}")).await? {
            return Ok(filed_before(&answer)?);
        }
        let now = self.now();
        let at = input.arrived_at.unwrap_or(now);
        let policy_id = governing_filing(&tx, input, now).await?;
        let policy = policy_version(service, &tx, policy_id).await?;
        let people = load_people(&tx, &tenant, now).await?;
        let facts = facts_about(&tx, &people, &policy, input.course).await?;
        if input.course.is_some() && facts.course.is_none() {
            return Err(unknown_course().into());
        }
        require_members(input, &people)?;
        let actor = self.actor_for_filing();
        let id = ComplaintId(service.new_id());
        let mut filing = filing(input, id, policy_id, &actor, tenant.settings.locale)?;
        recognise(&tx, &mut filing, own_form(input, &actor)).await?;
        let entries = decide::file(&policy, &facts, &actor, filing, at, now)
            .map_err(ServiceError::Refused)?;
        let Some(complaint) = Complaint::fold(&entries) else {
            return Err(ServiceError::Internal("a filing that opens nothing".to_owned()).into());
        };
        let year = facts.calendar.local_date(now).year();
        let reference = tx
            .next_reference(&tenant.settings.reference_prefix, year)
            .await?;
        let (policy, facts, complaint) = (&*policy, &facts, &complaint);
        let telling = Telling {
            policy,
            facts,
            complaint,
            reference: &reference,
            tenant: &tenant,
        };
        write(self, &tx, &telling, &entries, 0, 0).await?;
        let filed = Filed {
            id,
            reference,
            received_at: at,
        };
        self.remember(
            &tx,
            &json!({ "id": id, "reference": filed.reference, "received_at": at }),
        )
        .await?;
        commit(tx).await?;
        Ok(filed)
    }

    fn actor_for_filing(&self) -> Actor {
        match self.caller() {
            crate::Caller::Person(person) => Actor::Member {
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

/// Whom it names as a member must be one.
fn require_members(input: &FileInput, people: &Facts) -> Result<(), ServiceError> {
    let is_unknown = |one: &NamedPerson| {
        let member = one.member.as_ref();
        member.is_some_and(|id| !people.members.contains_key(id))
    };
    match input.respondents.iter().position(is_unknown) {
        Some(place) => Err(unknown_member(&format!("respondents.{place}.memberId"))),
        None => Ok(()),
    }
}

/// Whom a form names by the address of a member, or by a name that only one member has, is that member: a complainant or
/// a respondent must not come to handle the complaint. A person puts right what is a mere coincidence. The address of who
/// fills in the form under their own login is proved, any other still has to be.
async fn recognise(
    tx: &WriteTx,
    filing: &mut Filing,
    filer: Option<MemberId>,
) -> Result<(), ServiceError> {
    let members = tx.members().await?;
    let complainant = &mut filing.complainant;
    let by_mail = at_address(&members, &complainant.contact).map(|member| member.id);
    complainant.member = complainant.member.or(by_mail);
    complainant.is_verified = filer.is_some() && by_mail == filer;
    let complainant = complainant.member;
    let others = || {
        members
            .iter()
            .filter(|member| complainant != Some(member.id))
    };
    for one in &mut filing.respondents {
        if one.member.is_some() {
            continue;
        }
        let known = spelt(one.contact.name.reveal().map_or("", String::as_str));
        let mut namesakes = others().filter(|member| spelt(&member.name) == known);
        let only_namesake = namesakes.next().filter(|_| namesakes.next().is_none());
        one.member = at_address(others(), &one.contact)
            .or(only_namesake)
            .map(|member| member.id);
    }
    Ok(())
}

fn at_address<'a>(
    members: impl IntoIterator<Item = &'a MemberRecord>,
    contact: &Contact,
) -> Option<&'a MemberRecord> {
    let Address::Email(given) = &contact.address else {
        return None;
    };
    let given = given.reveal()?;
    let has = |member: &&MemberRecord| {
        let own = member.email.as_deref();
        own.is_some_and(|own| own.eq_ignore_ascii_case(given))
    };
    members.into_iter().find(has)
}

/// A name as it is compared: without forms of address, capitals, stops and double blanks.
fn spelt(name: &str) -> Vec<String> {
    const FORMS: [&str; 9] = [
        "mevrouw", "mevr", "mw", "meneer", "dhr", "heer", "dr", "drs", "mr",
    ];
    let words = name.split_whitespace();
    let words = words.map(|word| {
        word.trim_matches(|c: char| !c.is_alphanumeric())
            .to_lowercase()
    });
    words
        .filter(|word| !word.is_empty() && !FORMS.contains(&word.as_str()))
        .collect()
}

fn filed_before(answer: &serde_json::Value) -> Result<Filed, ServiceError> {
    let part = |key: &str| answer.get(key).cloned().unwrap_or_default();
    Ok(Filed {
        id: serde_json::from_value(part("id"))?,
        reference: serde_json::from_value(part("reference"))?,
        received_at: serde_json::from_value(part("received_at"))?,
    })
}

pub(crate) fn unknown_course() -> ServiceError {
    let (nl, en) = (
        "Deze cursus is hier niet bekend.",
        "This course is not known here.",
    );
    ServiceError::invalid(InputCode::Unknown, "courseId", nl, en)
}

/// Who fills in the form under a login; what officials register is someone else's.
fn own_form(input: &FileInput, actor: &Actor) -> Option<MemberId> {
    let is_own = input.channel == Channel::WebForm && input.arrived_at.is_none();
    actor.member().filter(|_| is_own)
}

/// A form filled in by someone with a login and no office is theirs; an official's is, when it gives their address.
fn filing(
    input: &FileInput,
    id: ComplaintId,
    policy: PolicyId,
    actor: &Actor,
    locale: Locale,
) -> Result<Filing, ServiceError> {
    let member = match actor {
        Actor::Member { roles, .. } if roles.is_empty() => own_form(input, actor),
        _ => None,
    };
    let person = &input.complainant;
    let contact = Contact {
        name: Confidential::new(person.name.trim().to_owned()),
        address: address(
            person.email.as_deref(),
            person.postal.as_deref(),
            "complainant.email",
        )?,
        telephone: person.telephone.clone().map(Confidential::new),
        locale: person.locale.unwrap_or(locale),
    };
    let respondents = input
        .respondents
        .iter()
        .map(|named| respondent(named, locale))
        .collect::<Result<_, _>>()?;
    Ok(Filing {
        id,
        policy,
        channel: input.channel,
        filed_on: input.filed_on,
        incident_on: input.incident_on,
        complainant: Complainant {
            member,
            contact,
            is_verified: false,
        },
        respondents,
        description: Confidential::new(input.description.clone()),
    })
}

fn respondent(named: &NamedPerson, locale: Locale) -> Result<Respondent, ServiceError> {
    let contact = Contact {
        name: Confidential::new(named.name.trim().to_owned()),
        address: address(named.email.as_deref(), None, "respondents.email")?,
        telephone: None,
        locale,
    };
    Ok(Respondent {
        member: named.member,
        contact,
        is_notified: false,
    })
}

/// E-mail first, else post.
pub(crate) fn address(
    email: Option<&str>,
    postal: Option<&str>,
    path: &str,
) -> Result<Address, ServiceError> {
    if let Some(email) = email.map(str::trim).filter(|email| !email.is_empty()) {
        if !is_email(email) {
            return Err(malformed_address(path));
        }
        return Ok(Address::Email(Confidential::new(email.to_owned())));
    }
    let postal = postal.map(str::trim).filter(|postal| !postal.is_empty());
    Ok(postal.map_or(Address::Unknown, |postal| {
        Address::Postal(Confidential::new(postal.to_owned()))
    }))
}

/// The shape of an address; whether it exists shows when a letter arrives.
pub(crate) fn is_email(text: &str) -> bool {
    let Some((local, domain)) = text.rsplit_once('@') else {
        return false;
    };
    let is_printable = text
        .chars()
        .all(|c| !c.is_control() && !c.is_whitespace() && !"<>,;:\"()[]\\".contains(c));
    let has_labels = domain.contains('.') && domain.split('.').all(|label| !label.is_empty());
    is_printable
        && text.len() <= 254
        && !local.is_empty()
        && local.len() <= 64
        && has_labels
        && !local.contains('@')
}
