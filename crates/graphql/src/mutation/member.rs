//! Members, their absences, and the stand-in of the administration.

use std::sync::Arc;

use async_graphql::{Context, ID, InputObject, Object, resolver_utils::EnumType};
use wederhoor_procedure::{MemberId, actor::Roles};
use wederhoor_service::{
    AbsenceInput, InputFault, MemberInput as Written, MemberRecord, ServiceError,
};

use super::payload::{Answer, answer_acting, keyed, payload};
use crate::{
    enums::MemberRole,
    error::{top_level, user_errors},
    id::{Kind, typed, uuid_of},
    input::Check,
    object::{
        complaint::{Complaint, Siblings},
        member::{Absence, Member},
        people::NamedMember,
    },
    scalar::{EmailAddress, GivenDate, Language},
};

/// What is written of a member (*lid*).
#[derive(InputObject)]
pub(crate) struct MemberInput {
    /// What people call them; at most 200 characters.
    name: String,
    /// Where they are written to; an invitation goes there.
    email: Option<EmailAddress>,
    /// Their roles.
    roles: Vec<MemberRole>,
    /// The language they are written to in.
    locale: Language,
    /// The first day on which the roles count; left out: at once.
    active_from_on: Option<GivenDate>,
    /// The last day on which the roles count; left out: no end in sight.
    active_until_on: Option<GivenDate>,
}

/// The input of the mutation of the same name.
#[derive(InputObject)]
pub(crate) struct InviteMemberInput {
    /// What is written of them.
    member: MemberInput,
    /// The same key with the same input gets the first answer again, and nothing is done twice.
    idempotency_key: Option<String>,
}

/// The input of the mutation of the same name.
#[derive(InputObject)]
pub(crate) struct ChangeMemberInput {
    /// The member.
    member_id: ID,
    /// What is written of them, in place of what was.
    member: MemberInput,
    /// The same key with the same input gets the first answer again, and nothing is done twice.
    idempotency_key: Option<String>,
}

/// The input of the mutation of the same name.
#[derive(InputObject)]
pub(crate) struct RecordAbsenceInput {
    /// Who is away.
    member_id: ID,
    /// The first day.
    from_on: GivenDate,
    /// The last day.
    until_on: GivenDate,
    /// Who stands in (*vervanger*); substitutes do not chain.
    substitute_id: Option<ID>,
    /// The same key with the same input gets the first answer again, and nothing is done twice.
    idempotency_key: Option<String>,
}

/// The input of the mutation of the same name.
#[derive(InputObject)]
pub(crate) struct CancelAbsenceInput {
    /// The leave.
    absence_id: ID,
    /// The same key with the same input gets the first answer again, and nothing is done twice.
    idempotency_key: Option<String>,
}

/// The input of the mutation of the same name.
#[derive(InputObject)]
pub(crate) struct NameStandInInput {
    /// Who; left out: nobody.
    member_id: Option<ID>,
    /// The same key with the same input gets the first answer again, and nothing is done twice.
    idempotency_key: Option<String>,
}

payload!(InviteMemberPayload {
    /// The member; `null` when nothing was done.
    member: Member
});
payload!(ChangeMemberPayload {
    /// The member as they stand now; `null` when nothing was done.
    member: Member
});
payload!(CancelAbsencePayload {
    /// The id of the leave that is gone; `null` when nothing was done.
    absence_id: ID
});
payload!(NameStandInPayload {
    /// Who stands in now; `null` for nobody, and when nothing was done.
    stand_in: StandIn
});

/// What the mutation of the same name did.
#[derive(async_graphql::SimpleObject)]
pub(crate) struct RecordAbsencePayload {
    /// The leave; `null` when nothing was done.
    absence: Option<Absence>,
    /// A warning: open complaints that are theirs to decide, and in which who stands in may not, for a conflict of interest or a
    /// hand in it before (*niet te vervangen*). There somebody else has to be appointed. At most 100, the oldest first, of those that
    /// the viewer sees as an official; `null` when nothing was done.
    not_stood_in_for: Option<Vec<Complaint>>,
    /// How many more such complaints there are than are named; `null` when nothing was done.
    more_not_stood_in_for: Option<u32>,
    /// Why nothing was done; empty when it was.
    user_errors: Vec<crate::user_error::UserError>,
}

/// Who acts for the administration when an administrator is excluded from a complaint (*vervanger van de administratie*).
#[derive(async_graphql::SimpleObject)]
pub(crate) struct StandIn {
    /// Who; `null` for nobody.
    member: Option<NamedMember>,
}

impl From<MemberRecord> for Member {
    fn from(record: MemberRecord) -> Self {
        Self(Arc::new(record))
    }
}

#[derive(Default)]
pub(crate) struct MemberMutations;

#[Object]
impl MemberMutations {
    /// Adds a member and sends them an invitation (*uitnodigen*); for administrators.
    async fn invite_member(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The member.")] input: InviteMemberInput,
    ) -> Answer<InviteMemberPayload> {
        answer_acting(ctx, async {
            let key = input.idempotency_key.clone();
            let (member, faults) = input.member.checked();
            let invited = Box::pin(keyed(ctx, key)?.invite_member(&member, &faults)).await;
            InviteMemberPayload::of(ctx, invited)
        })
        .await
    }

    /// Writes a member over: name, address, roles, first and last day (*lid wijzigen*); for administrators. What they may
    /// see follows at once.
    async fn change_member(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which member, and what is written of them.")] input: ChangeMemberInput,
    ) -> Answer<ChangeMemberPayload> {
        answer_acting(ctx, async {
            let key = input.idempotency_key.clone();
            let (member, faults) = input.member.checked();
            let changed = match typed::<MemberId>(&input.member_id) {
                Some(id) => Box::pin(keyed(ctx, key)?.update_member(id, &member, &faults)).await,
                None if faults.is_empty() => Err(ServiceError::NotFound),
                None => Err(ServiceError::Invalid(faults)),
            };
            ChangeMemberPayload::of(ctx, changed)
        })
        .await
    }

    /// Records that a member is away, and who stands in (*afwezigheid*); for administrators.
    async fn record_absence(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Who is away, when, and who stands in.")] input: RecordAbsenceInput,
    ) -> Answer<RecordAbsencePayload> {
        answer_acting(ctx, async {
            let key = input.idempotency_key.clone();
            let (absence, faults) = input.checked();
            let request = keyed(ctx, key)?;
            let recorded = match Box::pin(request.add_absence(absence, &faults)).await {
                Ok(recorded) => recorded,
                Err(error) => {
                    return Ok(RecordAbsencePayload {
                        absence: None,
                        not_stood_in_for: None,
                        more_not_stood_in_for: None,
                        user_errors: user_errors(ctx, error)?,
                    });
                }
            };
            let uncovered = Box::pin(request.not_stood_in_for(&recorded)).await;
            let uncovered = uncovered.map_err(|error| top_level(ctx, &error))?;
            let siblings = Siblings::of(uncovered.named.iter().copied());
            let named = |id| Complaint::named(id, &siblings);
            Ok(RecordAbsencePayload {
                absence: Some(recorded.into()),
                not_stood_in_for: Some(uncovered.named.into_iter().map(named).collect()),
                more_not_stood_in_for: Some(uncovered.more),
                user_errors: Vec::new(),
            })
        })
        .await
    }

    /// Takes a leave away (*afwezigheid intrekken*); for administrators.
    async fn cancel_absence(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which leave.")] input: CancelAbsenceInput,
    ) -> Answer<CancelAbsencePayload> {
        answer_acting(ctx, async {
            let key = input.idempotency_key.clone();
            let cancelled = match uuid_of(Kind::Absence, &input.absence_id) {
                Some(id) => Box::pin(keyed(ctx, key)?.remove_absence(id)).await,
                None => Err(ServiceError::NotFound),
            };
            let id = cancelled.map(|()| CancelledId(input.absence_id));
            CancelAbsencePayload::of(ctx, id)
        })
        .await
    }

    /// Names who acts for the administration when an administrator is excluded from a complaint; for administrators.
    async fn name_stand_in(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Who stands in.")] input: NameStandInInput,
    ) -> Answer<NameStandInPayload> {
        answer_acting(ctx, async {
            let key = input.idempotency_key.clone();
            let mut check = Check::default();
            let member: Option<MemberId> = check.optional_id("memberId", input.member_id.as_ref());
            let named = match check.finish(member) {
                Ok(member) => Box::pin(keyed(ctx, key)?.set_stand_in(member)).await,
                Err(error) => Err(error),
            };
            NameStandInPayload::of(
                ctx,
                named.map(|()| StandIn {
                    member: member.map(NamedMember::from),
                }),
            )
        })
        .await
    }
}

/// The id of what is gone.
struct CancelledId(ID);

impl From<CancelledId> for ID {
    fn from(id: CancelledId) -> Self {
        id.0
    }
}

/// Each role once is all that there can be.
fn roles(check: &mut Check, given: &[MemberRole]) -> Roles {
    check.at_most(
        "roles",
        given.len(),
        <MemberRole as EnumType>::items().len(),
    );
    given.iter().copied().map(Into::into).collect()
}

impl MemberInput {
    fn checked(self) -> (Written, Vec<InputFault>) {
        let mut check = Check::default();
        let member = check.within("member", |check| Written {
            roles: roles(check, &self.roles),
            name: check.line("name", &self.name),
            email: check.optional_email("email", self.email.as_ref()),
            locale: self.locale.0,
            active_from: check.optional_day("activeFromOn", self.active_from_on),
            active_until: check.optional_day("activeUntilOn", self.active_until_on),
        });
        check.with_faults(member)
    }
}

impl RecordAbsenceInput {
    fn checked(self) -> (AbsenceInput, Vec<InputFault>) {
        let mut check = Check::default();
        let absence = AbsenceInput {
            member: check.id("memberId", &self.member_id),
            from_on: check.day("fromOn", self.from_on),
            until_on: check.day("untilOn", self.until_on),
            substitute: check.optional_id("substituteId", self.substitute_id.as_ref()),
        };
        check.with_faults(absence)
    }
}
