//! Members: invited, changed, and read.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use secrecy::SecretString;
use serde_json::json;
use uuid::Uuid;
use wederhoor_letters::{Sender, WordedKind};
use wederhoor_procedure::{
    Locale, MemberId, TenantId,
    actor::{Role, Roles},
};
use wederhoor_store::{
    AccountEvent, ComplaintFilter, InvitationRecord, LetterChannel, MemberRecord, OutboxDraft,
    WriteTx,
};

use super::ends_before;
use crate::{
    InputCode, InputFault, Request, Service, ServiceError,
    address::is_email,
    attempt::{Attempt, commit, until_first},
    facts::{load_people, roles_of, word},
    identity::Purpose,
    letters::{Wordings, address_is_malformed},
    line,
    repetition::Begun,
};

/// What the letter to who is invited is.
const KIND: WordedKind = WordedKind::Invitation;
/// Where an input has a member's address.
const EMAIL: &str = "member.email";

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

impl Request {
    /// All members, by name.
    ///
    /// # Errors
    /// `NotAllowed` for anyone who does not treat complaints.
    pub async fn members(&self) -> Result<Vec<MemberRecord>, ServiceError> {
        self.require_treating().await?;
        Ok(self.reading().await?.members().await?.clone())
    }

    /// These members.
    pub async fn members_by_ids(
        &self,
        ids: &[MemberId],
    ) -> Result<Vec<MemberRecord>, ServiceError> {
        if ids.is_empty() {
            return Ok(Vec::new());
        }
        let reading = self.reading().await?;
        let all = reading.members().await?.iter();
        Ok(all
            .filter(|member| ids.contains(&member.id))
            .cloned()
            .collect())
    }

    /// What people call a member; `None` when nobody has that id here.
    pub async fn member_name(&self, id: MemberId) -> Result<Option<String>, ServiceError> {
        let reading = self.reading().await?;
        let mut all = reading.members().await?.iter();
        Ok(all
            .find(|member| member.id == id)
            .map(|member| member.name.clone()))
    }

    /// Adds a member and invites them. What is `known` already to be wrong with the input is told beside the rest.
    ///
    /// # Errors
    /// `NotAllowed`, `RecentSignInRequired`, `Invalid`.
    pub async fn invite_member(
        &self,
        input: &MemberInput,
        known: &[InputFault],
    ) -> Result<MemberRecord, ServiceError> {
        self.require_role(Role::Administrator)?;
        self.require_recent()?;
        until_first(|| self.invite_once(input, known)).await
    }

    async fn invite_once(
        &self,
        input: &MemberInput,
        known: &[InputFault],
    ) -> Result<MemberRecord, Attempt> {
        let tx = match self
            .begin_around(AccountEvent::MemberInvited, input)
            .await?
        {
            Begun::First(tx) => tx,
            Begun::Repeated(answer) => {
                let known = [serde_json::from_value(answer)?];
                let member = self.members_by_ids(&known).await?.pop();
                return Ok(member.ok_or(ServiceError::NotFound)?);
            }
        };
        let invited = self.invite_in(&tx, input, known).await?;
        self.remember(&tx, &json!(invited.member.id)).await?;
        commit(tx).await?;
        Ok(invited.member)
    }

    /// Invites a member, by whoever founds the organisation.
    pub(super) async fn invite(&self, input: &MemberInput) -> Result<Invited, ServiceError> {
        let tx = self.writing().await?;
        tx.hold_surroundings().await?;
        let invited = self.invite_in(&tx, input, &[]).await?;
        tx.commit().await?;
        Ok(invited)
    }

    async fn invite_in(
        &self,
        tx: &WriteTx,
        input: &MemberInput,
        known: &[InputFault],
    ) -> Result<Invited, ServiceError> {
        let service = self.service();
        let mut found = faults_of_invited(input);
        let email = input.email.clone().unwrap_or_default();
        found.extend(taken(tx, &email, None).await?);
        ServiceError::unless_faultless(known, &found)?;
        let member = service.member_record(input)?;
        let tenant = self.tenant().await?;
        let link = service.new_link(Purpose::Invitation(&tenant.slug));
        tx.insert_member(member.clone()).await?;
        let invitation = InvitationRecord {
            id: service.new_id(),
            member_id: member.id,
            token_hash: link.hash,
            expires_at: link.expires_at,
        };
        let wordings = Wordings::read(tx, [KIND]).await?;
        let by = wordings.sender(&tenant, KIND, member.locale);
        let letter = self.invitation(&by, &member, email, invitation.id, &link.url);
        tx.insert_letters(vec![letter]).await?;
        tx.insert_invitation(invitation).await?;
        service.plan_turn(tx, &tenant).await?;
        Ok(Invited {
            member,
            token: link.token,
        })
    }

    fn invitation(
        &self,
        by: &Sender<'_>,
        member: &MemberRecord,
        email: String,
        invitation: Uuid,
        url: &str,
    ) -> OutboxDraft {
        let locale = member.locale;
        let rendered = wederhoor_letters::invitation(by, &member.name, url, locale);
        OutboxDraft {
            id: self.service().new_id(),
            subject_id: member.id.0,
            complaint_id: None,
            letter_key: format!("invitation/{invitation}"),
            kind: KIND.code().to_owned(),
            recipient: String::new(),
            channel: LetterChannel::Mail,
            to_address: Some(email),
            locale,
            subject: rendered.subject,
            text: rendered.text,
            html: rendered.html,
            created_at: self.now(),
            due_at: self.now(),
        }
    }

    /// Writes a member; whoever may see what follows from their roles at once. What is `known` already to be wrong with
    /// the input is told beside the rest.
    ///
    /// # Errors
    /// `NotAllowed`, `RecentSignInRequired`, `NotFound`, `Invalid`.
    pub async fn update_member(
        &self,
        id: MemberId,
        input: &MemberInput,
        known: &[InputFault],
    ) -> Result<MemberRecord, ServiceError> {
        self.require_role(Role::Administrator)?;
        self.require_recent()?;
        until_first(|| self.update_member_once(id, input, known)).await
    }

    async fn update_member_once(
        &self,
        id: MemberId,
        input: &MemberInput,
        faulty: &[InputFault],
    ) -> Result<MemberRecord, Attempt> {
        let begun = self
            .begin_around(AccountEvent::MemberChanged, &(id, input))
            .await?;
        let Begun::First(tx) = begun else {
            let known = self.members_by_ids(&[id]).await?.pop();
            return Ok(known.ok_or(ServiceError::NotFound)?);
        };
        let known = tx.member(id).await?.ok_or(ServiceError::NotFound)?;
        let mut found = faults(input);
        let fresh_email = input
            .email
            .as_deref()
            .filter(|_| input.email != known.email);
        if let Some(email) = fresh_email {
            found.extend(taken(&tx, email, Some(id)).await?);
        }
        ServiceError::unless_faultless(faulty, &found)?;
        let member = MemberRecord {
            id,
            account_id: known.account_id,
            created_at: known.created_at,
            ..self.service().member_record(input)?
        };
        if member.email != known.email {
            // An invitation lets in only who reads the mail of the address that it was sent to.
            tx.end_invitations(id, self.service().real_now()).await?;
        }
        if matters(&known, &member) {
            self.change_office(tx, &member).await?;
            return Ok(member);
        }
        tx.update_member(member.clone()).await?;
        self.remember(&tx, &json!(id)).await?;
        commit(tx).await?;
        Ok(member)
    }
}

impl Request {
    /// Writes a member whose days or roles change, and what follows from that.
    async fn change_office(&self, tx: WriteTx, member: &MemberRecord) -> Result<(), Attempt> {
        self.before_change(&tx).await?;
        let before = self.first_day_without_administrator(&tx).await?;
        tx.update_member(member.clone()).await?;
        let after = self.first_day_without_administrator(&tx).await?;
        if after.is_some_and(|after| before.is_none_or(|before| after < before)) {
            return Err(no_administrator(member).into());
        }
        let all = ComplaintFilter::default();
        self.review_and_commit(tx, &all, &json!(member.id)).await
    }

    /// The first day from today on without any administrator; `None` when there always is one.
    async fn first_day_without_administrator(
        &self,
        tx: &WriteTx,
    ) -> Result<Option<NaiveDate>, ServiceError> {
        let tenant = self.tenant().await?;
        let people = load_people(tx, &tenant, self.now()).await?;
        let today = people.calendar.local_date(self.now());
        let administrators = people.holders_some_day(Role::Administrator);
        let ends = administrators.filter_map(|id| people.members.get(&id)?.until?.succ_opt());
        let days: BTreeSet<NaiveDate> = ends.filter(|day| *day > today).chain([today]).collect();
        let is_without =
            |day: &NaiveDate| people.holders(Role::Administrator, *day).next().is_none();
        Ok(days.into_iter().find(is_without))
    }
}

/// An organisation is never left without an administrator, not on a later day either: nobody could name a new one.
fn no_administrator(member: &MemberRecord) -> ServiceError {
    let administers = roles_of(member).contains(&Role::Administrator);
    let path = match (administers, member.active_until, member.active_from) {
        (true, Some(_), _) => "member.activeUntilOn",
        (true, None, Some(_)) => "member.activeFromOn",
        _ => "member.roles",
    };
    let (nl, en) = (
        "Er moet altijd een beheerder zijn.",
        "There must be an administrator at all times.",
    );
    ServiceError::invalid(InputCode::Contradictory, path, nl, en)
}

/// Whether a member who was written over can matter to complaints, closed ones too, for a late appeal waits at one: by
/// other days or other roles. A name or an address matters to none.
fn matters(before: &MemberRecord, after: &MemberRecord) -> bool {
    let office = |member: &MemberRecord| {
        let roles: BTreeSet<String> = member.roles.iter().cloned().collect();
        (roles, member.active_from, member.active_until)
    };
    office(before) != office(after)
}

/// Two members never share an address: by it they sign in and are written to.
async fn taken(
    tx: &WriteTx,
    email: &str,
    own: Option<MemberId>,
) -> Result<Option<InputFault>, ServiceError> {
    let others = tx.members_by_email(email).await?;
    let is_taken = others.iter().any(|member| Some(member.id) != own);
    let (nl, en) = (
        "Iemand anders heeft dit adres al.",
        "Somebody else has this address already.",
    );
    Ok(is_taken.then(|| InputFault::at(InputCode::Taken, EMAIL, nl, en)))
}

impl Service {
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
                let hash = self
                    .passwords()
                    .hash(password, &[], false, self.entropy())
                    .await?;
                let account = self.account(email, &input.name, input.locale, Some(hash));
                let id = account.id;
                platform.create_account(account).await?;
                id
            };
            member.account_id = Some(account);
        }
        let id = member.id;
        let known = self.tenant(tenant).await?;
        let tx = self.store().tenant(tenant).write().await?;
        tx.hold_surroundings().await?;
        tx.insert_member(member).await?;
        self.plan_turn(&tx, &known).await?;
        tx.commit().await?;
        Ok(id)
    }

    fn member_record(&self, input: &MemberInput) -> Result<MemberRecord, ServiceError> {
        let faults = faults(input);
        if !faults.is_empty() {
            return Err(ServiceError::Invalid(faults));
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
}

/// What is wrong with what is written of a member who is to be invited, all of it.
pub(super) fn faults_of_invited(input: &MemberInput) -> Vec<InputFault> {
    let mut found = faults(input);
    if input.email.as_deref().is_none_or(str::is_empty) {
        let (nl, en) = ("Vul een e-mailadres in.", "Fill in an e-mail address.");
        found.push(InputFault::at(InputCode::Required, EMAIL, nl, en));
    }
    found
}

/// What is wrong with what is written of a member, all of it.
fn faults(input: &MemberInput) -> Vec<InputFault> {
    let mut faults = Vec::new();
    line::name(&input.name, "member.name", &mut faults);
    if input.email.as_deref().is_some_and(|email| !is_email(email)) {
        faults.push(address_is_malformed(EMAIL));
    }
    if let (Some(from), Some(until)) = (input.active_from, input.active_until)
        && until < from
    {
        faults.push(ends_before("member.activeUntilOn"));
    }
    faults
}
