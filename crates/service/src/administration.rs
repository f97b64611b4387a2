//! What the administration keeps: members, absences, courses, closing days, and informal contacts.

use chrono::NaiveDate;
use serde_json::json;
use uuid::Uuid;
use wederhoor_procedure::{
    CourseId, Locale, MemberId, TenantId,
    actor::{Role, Roles},
};
use wederhoor_store::{
    AbsenceRecord, ClosingDay, ComplaintFilter, ContactRecord, CourseRecord, InvitationRecord,
    LetterChannel, MemberRecord, OutboxDraft, SessionDay, StoreError, WriteTx,
};

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::TimeDelta;
use secrecy::SecretString;

use crate::{
    Caller, InputCode, NewTenant, PolicySource, Request, Service, ServiceError,
    act::Attempt,
    ambient::{digest, new_secret},
    facts::word,
    filing::is_email,
    letters::malformed_address,
};

/// How long an invitation lasts.
const INVITATION_LIFE: TimeDelta = TimeDelta::days(7);

/// A member as the administration writes it.
#[derive(Clone, Debug)]
pub struct MemberInput {
    /// What people call them.
    pub name: String,
    /// Where they are written to.
    pub email: Option<String>,
    /// Their roles.
    pub roles: Roles,
    /// Their language.
    pub locale: Locale,
    /// The first day on which the roles count.
    pub active_from: Option<NaiveDate>,
    /// The last day on which the roles count.
    pub active_until: Option<NaiveDate>,
}

/// A member who was invited, and the token of the invitation (it is also sent by letter).
#[derive(Debug)]
pub struct Invited {
    /// The member.
    pub member: MemberRecord,
    /// Its token.
    pub token: SecretString,
}

/// A course as the administration writes it.
#[derive(Clone, Debug)]
pub struct CourseInput {
    /// What it is called.
    pub title: String,
    /// The tenant's own mark.
    pub code: Option<String>,
    /// Who organised it.
    pub organiser: Option<MemberId>,
    /// The days of its sessions.
    pub sessions: Vec<NaiveDate>,
    /// Its trainers.
    pub trainers: Vec<MemberId>,
    /// Whether the form offers it.
    pub is_open: bool,
}

/// A new course, or the one it is written over.
pub type NewCourse = Option<CourseId>;

/// A member's leave.
#[derive(Clone, Copy, Debug)]
pub struct AbsenceInput {
    /// Who.
    pub member: MemberId,
    /// First day.
    pub from_on: NaiveDate,
    /// Last day.
    pub until_on: NaiveDate,
    /// Who stands in.
    pub substitute: Option<MemberId>,
}

/// Dissatisfaction that was not put in writing: no clock runs.
#[derive(Clone, Debug)]
pub struct InformalContactInput {
    /// The day.
    pub contact_on: NaiveDate,
    /// The course.
    pub course: Option<CourseId>,
    /// Whether the person was invited to put it in writing.
    pub is_invited: bool,
    /// What was said.
    pub note: String,
}

impl Request {
    /// All members, by name.
    ///
    /// # Errors
    /// `NotAllowed` for anyone without an office.
    pub async fn members(&self) -> Result<Vec<MemberRecord>, ServiceError> {
        self.require_office()?;
        Ok(self.reading().await?.tx.members().await?)
    }

    /// These members.
    ///
    /// # Errors
    /// As every use case.
    pub async fn members_by_ids(
        &self,
        ids: &[MemberId],
    ) -> Result<Vec<MemberRecord>, ServiceError> {
        Ok(self.reading().await?.tx.members_by_ids(ids).await?)
    }

    /// Adds a member and invites them.
    ///
    /// # Errors
    /// `NotAllowed`, `Invalid`.
    pub async fn invite_member(&self, input: &MemberInput) -> Result<Invited, ServiceError> {
        self.require_role(Role::Administrator)?;
        self.invite(input).await
    }

    async fn invite(&self, input: &MemberInput) -> Result<Invited, ServiceError> {
        let email = input
            .email
            .clone()
            .ok_or_else(|| malformed_address("email"))?;
        let service = self.service();
        let member = service.member_record(input)?;
        let secret = URL_SAFE_NO_PAD.encode(new_secret(service.entropy()));
        let tenant = self.tenant().await?;
        let tx = self.writing().await?;
        tx.insert_member(member.clone()).await?;
        let invitation = InvitationRecord {
            id: service.new_id(),
            member_id: member.id,
            token_hash: digest(secret.as_bytes()),
            expires_at: service.real_now() + INVITATION_LIFE,
        };
        let url = format!("{}/invitation#{}.{secret}", service.base_url(), tenant.slug);
        let (name, colour, locale) = (&tenant.name, &tenant.settings.colour, member.locale);
        let rendered = wederhoor_letters::invitation(name, colour, &member.name, &url, locale);
        tx.insert_letters(vec![OutboxDraft {
            id: service.new_id(),
            subject_id: member.id.0,
            complaint_id: None,
            letter_key: format!("invitation/{}", invitation.id),
            kind: "invitation".to_owned(),
            recipient: String::new(),
            channel: LetterChannel::Mail,
            to_address: Some(email),
            locale,
            subject: rendered.subject,
            text: rendered.text,
            html: rendered.html,
            created_at: self.now(),
            due_at: self.now(),
        }])
        .await?;
        tx.insert_invitation(invitation).await?;
        tx.commit().await?;
        Ok(Invited {
            member,
            token: SecretString::from(secret),
        })
    }

    /// Writes a member; whoever may see what follows from their roles at once.
    ///
    /// # Errors
    /// `NotAllowed`, `NotFound`, `Invalid`.
    pub async fn update_member(
        &self,
        id: MemberId,
        input: &MemberInput,
    ) -> Result<MemberRecord, ServiceError> {
        self.require_role(Role::Administrator)?;
        let fresh = self.service().member_record(input)?;
        let tx = self.writing().await?;
        let known = tx.member(id).await?.ok_or(ServiceError::NotFound)?;
        let member = MemberRecord {
            id,
            account_id: known.account_id,
            created_at: known.created_at,
            ..fresh
        };
        tx.update_member(member.clone()).await?;
        self.review_and_commit(tx, ComplaintFilter::default())
            .await?;
        Ok(member)
    }

    /// The leaves that have not ended.
    ///
    /// # Errors
    /// `NotAllowed` for anyone without an office.
    pub async fn absences(&self) -> Result<Vec<AbsenceRecord>, ServiceError> {
        self.require_office()?;
        let tenant = self.tenant().await?;
        let today = self.service().today(&tenant);
        Ok(self.reading().await?.tx.absences(Some(today)).await?)
    }

    /// Records a leave. Substitutes do not chain.
    ///
    /// # Errors
    /// `NotAllowed`, `NotFound`, `Invalid`.
    pub async fn add_absence(&self, input: AbsenceInput) -> Result<AbsenceRecord, ServiceError> {
        self.require_role(Role::Administrator)?;
        if input.until_on < input.from_on {
            let (nl, en) = (
                "De laatste dag ligt voor de eerste.",
                "The last day is before the first.",
            );
            return Err(ServiceError::invalid(
                InputCode::Contradictory,
                "untilOn",
                nl,
                en,
            ));
        }
        if input.substitute == Some(input.member) {
            let (nl, en) = (
                "Iemand kan zichzelf niet vervangen.",
                "Nobody can stand in for themselves.",
            );
            return Err(ServiceError::invalid(
                InputCode::Contradictory,
                "substituteId",
                nl,
                en,
            ));
        }
        let tx = self.writing().await?;
        let AbsenceInput {
            member,
            from_on,
            until_on,
            substitute,
        } = input;
        let id = self.service().new_id();
        let absence = AbsenceRecord {
            id,
            member_id: member,
            from_on,
            until_on,
            substitute_id: substitute,
        };
        let known: Vec<MemberId> = std::iter::once(member).chain(substitute).collect();
        if tx.members_by_ids(&known).await?.len() != known.len() {
            return Err(ServiceError::NotFound);
        }
        tx.insert_absence(absence.clone()).await?;
        let open = ComplaintFilter {
            is_open: Some(true),
            ..ComplaintFilter::default()
        };
        self.review_and_commit(tx, open).await?;
        Ok(absence)
    }

    /// Takes a leave away.
    ///
    /// # Errors
    /// `NotAllowed`, `NotFound`.
    pub async fn remove_absence(&self, id: Uuid) -> Result<(), ServiceError> {
        self.require_role(Role::Administrator)?;
        let tx = self.writing().await?;
        if !tx.delete_absence(id).await? {
            return Err(ServiceError::NotFound);
        }
        let open = ComplaintFilter {
            is_open: Some(true),
            ..ComplaintFilter::default()
        };
        self.review_and_commit(tx, open).await
    }

    /// At most `limit` courses older than `before`, newest first.
    ///
    /// # Errors
    /// `NotAllowed` for anyone without an office.
    pub async fn courses(
        &self,
        before: Option<CourseId>,
        limit: u64,
    ) -> Result<Vec<CourseRecord>, ServiceError> {
        self.require_office()?;
        Ok(self
            .reading()
            .await?
            .tx
            .courses(false, before, limit)
            .await?)
    }

    /// These courses.
    ///
    /// # Errors
    /// As every use case.
    pub async fn courses_by_ids(
        &self,
        ids: &[CourseId],
    ) -> Result<Vec<CourseRecord>, ServiceError> {
        Ok(self.reading().await?.tx.courses_by_ids(ids).await?)
    }

    /// Adds a course, or writes one over; conflicts of interest follow at once.
    ///
    /// # Errors
    /// `NotAllowed`, `NotFound`, `Invalid`.
    pub async fn save_course(
        &self,
        id: NewCourse,
        input: &CourseInput,
    ) -> Result<CourseRecord, ServiceError> {
        self.require_role(Role::Administrator)?;
        let course = self.service().course_record(id, input)?;
        let tx = self.writing().await?;
        let saved = match id {
            None => tx.insert_course(course.clone()).await.map(|()| true),
            Some(_) => tx.update_course(course.clone()).await,
        };
        match saved {
            Ok(true) => {}
            Ok(false) => return Err(ServiceError::NotFound),
            Err(StoreError::Dangling) => return Err(unknown_member("trainerIds")),
            Err(other) => return Err(other.into()),
        }
        let about = ComplaintFilter {
            course_id: Some(course.id),
            ..ComplaintFilter::default()
        };
        self.review_and_commit(tx, about).await?;
        Ok(course)
    }

    /// The days on which the organisation is closed.
    ///
    /// # Errors
    /// `NotAllowed` for anyone without an office.
    pub async fn closing_days(&self) -> Result<Vec<ClosingDay>, ServiceError> {
        self.require_office()?;
        Ok(self.reading().await?.tx.closing_days().await?)
    }

    /// Adds a closing day; it counts from now on.
    ///
    /// # Errors
    /// `NotAllowed`.
    pub async fn add_closing_day(&self, on: NaiveDate) -> Result<(), ServiceError> {
        self.require_role(Role::Administrator)?;
        let tx = self.writing().await?;
        tx.insert_closing_day(ClosingDay {
            closed_on: on,
            known_since: self.now(),
        })
        .await?;
        let open = ComplaintFilter {
            is_open: Some(true),
            ..ComplaintFilter::default()
        };
        self.review_and_commit(tx, open).await
    }

    /// Takes a closing day away.
    ///
    /// # Errors
    /// `NotAllowed`, `NotFound`.
    pub async fn remove_closing_day(&self, on: NaiveDate) -> Result<(), ServiceError> {
        self.require_role(Role::Administrator)?;
        let tx = self.writing().await?;
        if !tx.delete_closing_day(on).await? {
            return Err(ServiceError::NotFound);
        }
        let open = ComplaintFilter {
            is_open: Some(true),
            ..ComplaintFilter::default()
        };
        self.review_and_commit(tx, open).await
    }

    /// Names who acts for the administration when an administrator is excluded.
    ///
    /// # Errors
    /// `NotAllowed`, `NotFound`.
    pub async fn set_stand_in(&self, member: Option<MemberId>) -> Result<(), ServiceError> {
        self.require_role(Role::Administrator)?;
        let tenant = self.tenant_id()?;
        if let Some(member) = member
            && self.members_by_ids(&[member]).await?.is_empty()
        {
            return Err(ServiceError::NotFound);
        }
        self.finish().await;
        self.service().set_stand_in(tenant, member).await?;
        let fresh = self
            .service()
            .request(self.caller().clone(), self.locale(), None);
        let tx = fresh.writing().await?;
        fresh
            .review_and_commit(tx, ComplaintFilter::default())
            .await
    }

    /// Logs dissatisfaction that was not put in writing.
    ///
    /// # Errors
    /// `NotAllowed` for anyone without an office; `Invalid`.
    pub async fn record_informal_contact(
        &self,
        input: &InformalContactInput,
    ) -> Result<ContactRecord, ServiceError> {
        self.require_office()?;
        if input.note.trim().is_empty() {
            return Err(ServiceError::invalid(
                InputCode::Required,
                "note",
                "Vul een tekst in.",
                "Fill in a text.",
            ));
        }
        let recorded_by = self.person()?.member;
        let tx = self.writing().await?;
        let contact = ContactRecord {
            id: self.service().new_id(),
            contact_on: input.contact_on,
            course_id: input.course,
            recorded_by,
            is_invited: input.is_invited,
            content: json!({ "note": input.note }),
            created_at: self.now(),
        };
        tx.insert_contact(contact.clone())
            .await
            .map_err(|error| match error {
                StoreError::Dangling => ServiceError::NotFound,
                other => other.into(),
            })?;
        tx.commit().await?;
        Ok(contact)
    }

    /// Informal contacts, newest first: the administration's all, others' their own.
    ///
    /// # Errors
    /// `NotAllowed` for anyone without an office.
    pub async fn informal_contacts(
        &self,
        before: Option<Uuid>,
        limit: u64,
    ) -> Result<Vec<ContactRecord>, ServiceError> {
        self.require_office()?;
        let (own, sees_all) = (
            self.person()?.member,
            self.caller().has(Role::Administrator),
        );
        let contacts = self.reading().await?.tx.contacts(before, limit).await?;
        Ok(contacts
            .into_iter()
            .filter(|contact| sees_all || contact.recorded_by == own)
            .collect())
    }

    /// Facts have changed: conflicts and audiences follow in the same transaction.
    async fn review_and_commit(
        &self,
        tx: WriteTx,
        filter: ComplaintFilter,
    ) -> Result<(), ServiceError> {
        match self.review(&tx, &filter).await {
            Ok(()) => Ok(tx.commit().await?),
            Err(Attempt::Overtaken) => Err(ServiceError::Unavailable),
            Err(Attempt::Failed(error)) => Err(error),
        }
    }
}

impl Service {
    /// Founds an organisation: its tenant, its regulation in force from now on, and its first administrator invited.
    ///
    /// # Errors
    /// `Invalid` when a part is not fit; what was made before that part stays, under its slug.
    pub async fn found(
        &self,
        new: NewTenant,
        regulation: &PolicySource,
        administrator: &MemberInput,
    ) -> Result<Invited, ServiceError> {
        regulation.parse()?;
        let tenant = self.create_tenant(new).await?;
        self.publish(tenant, regulation, None, self.procedure_now())
            .await?;
        let locale = administrator.locale;
        self.request(Caller::Service(tenant), locale, None)
            .invite(administrator)
            .await
    }

    /// Adds a member with a login and a password: for the first administrator of a tenant, and the demo.
    ///
    /// # Errors
    /// `Invalid` when the address or the password is not fit.
    pub async fn add_member(
        &self,
        tenant: TenantId,
        input: &MemberInput,
        password: Option<&str>,
    ) -> Result<MemberId, ServiceError> {
        let mut member = self.member_record(input)?;
        if let (Some(email), Some(password)) = (&input.email, password) {
            let platform = self.store().platform();
            let account = if let Some(account) = platform.account_by_email(email).await? {
                account.id
            } else {
                let hash = self.passwords().hash(password, self.entropy()).await?;
                let account = self.account(email, &input.name, input.locale, Some(hash));
                let id = account.id;
                platform.create_account(account).await?;
                id
            };
            member.account_id = Some(account);
        }
        let id = member.id;
        let tx = self.store().tenant(tenant).write().await?;
        tx.insert_member(member).await?;
        tx.commit().await?;
        Ok(id)
    }

    /// Adds a course: for the demo.
    ///
    /// # Errors
    /// `Invalid` when a trainer is unknown.
    pub async fn add_course(
        &self,
        tenant: TenantId,
        input: &CourseInput,
    ) -> Result<CourseId, ServiceError> {
        let course = self.course_record(None, input)?;
        let id = course.id;
        let tx = self.store().tenant(tenant).write().await?;
        tx.insert_course(course).await?;
        tx.commit().await?;
        Ok(id)
    }

    /// Names the stand-in of a tenant's administration.
    ///
    /// # Errors
    /// `NotFound`.
    pub async fn set_stand_in(
        &self,
        tenant: TenantId,
        member: Option<MemberId>,
    ) -> Result<(), ServiceError> {
        let known = self.tenant(tenant).await?;
        let settings = crate::TenantSettings {
            stand_in: member,
            ..known.settings.clone()
        };
        Ok(self
            .store()
            .platform()
            .update_tenant_settings(tenant, serde_json::to_value(settings)?)
            .await?)
    }

    fn member_record(&self, input: &MemberInput) -> Result<MemberRecord, ServiceError> {
        if input.name.trim().is_empty() {
            return Err(ServiceError::invalid(
                InputCode::Required,
                "name",
                "Vul een naam in.",
                "Fill in a name.",
            ));
        }
        if input.email.as_deref().is_some_and(|email| !is_email(email)) {
            return Err(malformed_address("email"));
        }
        Ok(MemberRecord {
            id: MemberId(self.new_id()),
            account_id: None,
            name: input.name.trim().to_owned(),
            email: input.email.clone(),
            roles: input.roles.iter().map(word).collect::<Result<_, _>>()?,
            locale: input.locale,
            active_from: input.active_from,
            active_until: input.active_until,
            created_at: self.real_now(),
        })
    }

    fn course_record(
        &self,
        id: NewCourse,
        input: &CourseInput,
    ) -> Result<CourseRecord, ServiceError> {
        if input.title.trim().is_empty() {
            return Err(ServiceError::invalid(
                InputCode::Required,
                "title",
                "Vul een titel in.",
                "Fill in a title.",
            ));
        }
        let sessions = input.sessions.iter().map(|on| SessionDay {
            id: self.new_id(),
            held_on: *on,
        });
        Ok(CourseRecord {
            id: id.unwrap_or_else(|| CourseId(self.new_id())),
            title: input.title.trim().to_owned(),
            code: input.code.clone(),
            ended_on: input.sessions.iter().max().copied(),
            organiser_id: input.organiser,
            is_open: input.is_open,
            created_at: self.real_now(),
            sessions: sessions.collect(),
            trainers: input.trainers.clone(),
        })
    }
}

fn unknown_member(path: &str) -> ServiceError {
    let (nl, en) = (
        "Deze persoon is hier niet bekend.",
        "This person is not known here.",
    );
    ServiceError::invalid(InputCode::Unknown, path, nl, en)
}

/// Everyone and every course of a tenant.
#[derive(Clone, Debug)]
pub struct Roster {
    /// The members, by name.
    pub members: Vec<MemberRecord>,
    /// The courses, newest first.
    pub courses: Vec<CourseRecord>,
}

impl Service {
    /// Everyone and every course of a tenant: for the demo's own pages.
    ///
    /// # Errors
    /// As every use case.
    pub async fn roster(&self, tenant: TenantId) -> Result<Roster, ServiceError> {
        let tx = self.store().tenant(tenant).read().await?;
        Ok(Roster {
            members: tx.members().await?,
            courses: tx.courses(false, None, 1000).await?,
        })
    }

    /// The newest letters of a tenant: for the demo's own pages.
    ///
    /// # Errors
    /// As every use case.
    pub async fn newest_letters(
        &self,
        tenant: TenantId,
        limit: u64,
    ) -> Result<Vec<crate::LetterRecord>, ServiceError> {
        let tx = self.store().tenant(tenant).read().await?;
        Ok(tx.letters(limit).await?)
    }
}
