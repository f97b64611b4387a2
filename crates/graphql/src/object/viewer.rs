//! Who asks.

use async_graphql::{ComplexObject, Context, ID, SimpleObject};
use wederhoor_procedure::actor::Roles;
use wederhoor_service::{Activity, Caller, Membership, Operator, SignedIn};

use crate::{
    connection::{Asked, LIST, Total, rows},
    cursor::Place,
    enums::{MemberRole, PartyKind},
    error::shown,
    id::Opaque,
    object::{
        complaint::{Complaint, Siblings},
        membership::{MEMBERSHIPS, ViewerMembership, ViewerMembershipConnection, WAITING},
        sign_in::{ViewerSignIn, ViewerSignInConnection},
        trail::ViewerActivityConnection,
    },
    request::request,
    scalar::{EmailAddress, Instant, Language},
};

/// Who asks, as they may see it themselves.
#[derive(SimpleObject, Clone)]
#[graphql(complex)]
pub(crate) struct Viewer {
    /// What people call them; `null` for someone who came by an access link.
    name: Option<String>,
    /// Their language, as it is known; `null` for someone who came by an access link.
    locale: Option<Language>,
    /// Who they are in the organisation they act in; `null` for someone who came by an access link, and for an operator.
    member_id: Option<ID>,
    /// Their roles in the organisation they act in.
    roles: Vec<MemberRole>,
    /// Whether they are an operator of the platform (*platformbeheerder*), who keeps organisations and is nobody in one.
    is_operator: bool,
    /// Whether a second factor is asked of them which they do not have (*tweede factor ontbreekt*), by the organisation or
    /// as an operator: until they have set one up, they do nothing else there.
    is_second_factor_missing: bool,
    /// The one complaint that their access link lets them in to; `null` for someone who signed in.
    complaint: Option<Complaint>,
    /// The side they are on in that complaint; `null` for someone who signed in.
    party_kind: Option<PartyKind>,
}

#[ComplexObject]
impl Viewer {
    /// The address they sign in with; `null` for someone who came by an access link.
    async fn email(&self, ctx: &Context<'_>) -> async_graphql::Result<Option<EmailAddress>> {
        let email = shown(ctx, Box::pin(request(ctx)?.own_email()).await)?;
        Ok(email.map(EmailAddress))
    }

    /// Where they are signed in, newest first, at most 100; nowhere for someone who came by an access link. `signOut` ends
    /// one.
    #[graphql(complexity = "LIST + rows(first) * child_complexity")]
    async fn sign_ins(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many, from 1 to 100; 25 when left out.")] first: Option<i32>,
        #[graphql(desc = "The cursor after which to go on, of the same list.")] after: Option<
            String,
        >,
    ) -> async_graphql::Result<ViewerSignInConnection> {
        let asked = Asked::of(ctx, "signIns", &(), first, after.as_deref())?;
        let all = shown(ctx, Box::pin(request(ctx)?.signed_in()).await)?;
        let total = Total::Known(all.len());
        let row = |one: SignedIn| (Place::at(one.id), ViewerSignIn::from(one));
        Ok(ViewerSignInConnection {
            page: asked.page_of_all(all.into_iter().map(row).collect()),
            total,
        })
    }

    /// What happened with their account, and what they saw and did in the organisation that they act in (*activiteit*), newest
    /// first; nothing for someone who came by an access link. What was seen is noted once an hour for each session, and is
    /// here within a minute.
    #[graphql(complexity = "LIST + rows(first) * child_complexity")]
    async fn activity(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many, from 1 to 100; 25 when left out.")] first: Option<i32>,
        #[graphql(desc = "The cursor after which to go on, of the same list.")] after: Option<
            String,
        >,
    ) -> async_graphql::Result<ViewerActivityConnection> {
        let asked = Asked::of(ctx, "activity", &(), first, after.as_deref())?;
        let found = request(ctx)?.activity(asked.moment(ctx)?, asked.limit());
        let found = shown(ctx, Box::pin(found).await)?.into_iter();
        let found = found.map(|one: Activity| (Place::of(one.at, one.id), one.into()));
        Ok(ViewerActivityConnection {
            page: asked.page(found),
            total: Total::Activity,
        })
    }

    /// Whether they sign in with a second factor (*tweestapsverificatie*); not someone who came by an access link.
    async fn has_second_factor(&self, ctx: &Context<'_>) -> async_graphql::Result<bool> {
        shown(ctx, Box::pin(request(ctx)?.has_second_factor()).await)
    }

    /// Since when they have a calendar feed in the organisation that they act in (*agendalink*), at an address that
    /// `makeCalendarFeed` showed; `null` while they have none.
    async fn calendar_feed_made_at(
        &self,
        ctx: &Context<'_>,
    ) -> async_graphql::Result<Option<Instant>> {
        let made_at = shown(ctx, Box::pin(request(ctx)?.calendar_feed_made_at()).await)?;
        Ok(made_at.map(Instant))
    }

    /// Where they are a member, by the name of the organisation. What a membership means now is read in each organisation by
    /// itself: a document asks for `waiting` of at most 4 at a time, and for `roles` of at most 6.
    #[graphql(complexity = "LIST + rows(first.or(MEMBERSHIPS)) * child_complexity")]
    async fn memberships(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many, from 1 to 100; 4 when left out.")] first: Option<i32>,
        #[graphql(desc = "The cursor after which to go on, of the same list.")] after: Option<
            String,
        >,
    ) -> async_graphql::Result<ViewerMembershipConnection> {
        let first = first.or(MEMBERSHIPS);
        let asked = Asked::of(ctx, "memberships", &(), first, after.as_deref())?;
        let all = shown(ctx, Box::pin(request(ctx)?.memberships()).await)?;
        let total = Total::Known(all.len());
        let ahead = ctx.look_ahead();
        let rows = [ahead.field("nodes"), ahead.field("edges").field("node")];
        let asks_waiting = rows.iter().any(|row| row.field(WAITING).exists());
        let row = |one: Membership| {
            let place = Place::at(one.tenant.id.0);
            (place, ViewerMembership::of(one, asks_waiting))
        };
        Ok(ViewerMembershipConnection {
            page: asked.page_of_all(all.into_iter().map(row).collect()),
            total,
        })
    }
}

impl Viewer {
    /// Who that is; `None` for someone unknown.
    pub(crate) fn of(caller: &Caller) -> Option<Self> {
        let (person, link) = match caller {
            Caller::Anonymous | Caller::Key(_) | Caller::Service(_) => return None,
            Caller::Operator(operator) => return Some(Self::operator(operator)),
            Caller::Person(person) => (Some(person), None),
            Caller::Link(link) => (None, Some(link)),
        };
        Some(Self {
            is_operator: false,
            name: person.map(|person| person.name.clone()),
            locale: person.map(|person| Language(person.locale)),
            member_id: person.map(|person| person.member.opaque()),
            roles: person
                .map(|person| roles(&person.roles))
                .unwrap_or_default(),
            is_second_factor_missing: person.is_some_and(|person| person.lacks_factor),
            complaint: link
                .map(|link| Complaint::named(link.complaint, &Siblings::of([link.complaint]))),
            party_kind: link.map(|link| PartyKind::from(link.party)),
        })
    }

    fn operator(operator: &Operator) -> Self {
        Self {
            name: Some(operator.name.clone()),
            locale: Some(Language(operator.locale)),
            member_id: None,
            roles: Vec::new(),
            is_operator: true,
            is_second_factor_missing: operator.lacks_factor,
            complaint: None,
            party_kind: None,
        }
    }
}

pub(super) fn roles(roles: &Roles) -> Vec<MemberRole> {
    roles.iter().map(|role| MemberRole::from(*role)).collect()
}
