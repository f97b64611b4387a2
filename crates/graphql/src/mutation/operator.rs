//! What operators of the platform do: keep organisations.

use std::collections::BTreeSet;

use async_graphql::{Context, InputObject, Object};
use wederhoor_procedure::{Locale, actor::Role, calendar::Hour};
use wederhoor_service::{
    ContactDetails, InputCode, InputFault, MailSettings, MemberInput, NewTenant, PolicySource,
    ServiceError, TenantSettings,
};

use super::payload::{Answer, answer_acting, payload};
use crate::{
    error::text,
    input::Check,
    object::{equated_day::EquatedDay, stuck::StuckWorkKind, tenant::Tenant},
    query::policies::trial::PolicyDocumentInput,
    request::request,
    scalar::{EmailAddress, GivenDate, Language},
};

/// The most days of one decree.
const MOST_DAYS: usize = 100;

/// The input of the mutation of the same name.
#[derive(InputObject)]
pub(crate) struct CreateTenantInput {
    /// Its name in addresses: 2 to 40 lower-case letters, digits and hyphens; no other organisation has it.
    slug: String,
    /// Its name.
    name: String,
    /// What references begin with, such as `LIVP`: 2 to 12 capital letters and digits, a letter first.
    reference_prefix: String,
    /// Where its days begin, as the IANA time zone database calls it.
    #[graphql(default_with = "\"Europe/Amsterdam\".to_owned()")]
    time_zone: String,
    /// Its colour in letters, `#rrggbb`.
    #[graphql(default_with = "\"#1f5a7a\".to_owned()")]
    colour: String,
    /// Its regulation, in force at once; left out: an administrator publishes it.
    document: Option<PolicyDocumentInput>,
    /// Its first administrator, who is invited by letter.
    administrator: AdministratorInput,
}

/// The first administrator of an organisation (*eerste beheerder*).
#[derive(InputObject)]
pub(crate) struct AdministratorInput {
    /// What people call them; at most 200 characters.
    name: String,
    /// Where the invitation goes.
    email: EmailAddress,
    /// The language they are written to in; Dutch when it is left out.
    locale: Option<Language>,
}

/// The input of the mutation of the same name.
#[derive(InputObject)]
pub(crate) struct SuspendTenantInput {
    /// The organisation's name in addresses.
    slug: String,
    /// Why, at most 2,000 characters; operators read it, and nobody else.
    reason: String,
}

/// The input of the mutation of the same name.
#[derive(InputObject)]
pub(crate) struct ResumeTenantInput {
    /// The organisation's name in addresses.
    slug: String,
}

/// The input of the mutation of the same name.
#[derive(InputObject)]
pub(crate) struct DeleteTenantInput {
    /// The organisation's name in addresses.
    slug: String,
    /// The same once more, typed anew.
    slug_again: String,
}

/// The input of the mutation of the same name.
#[derive(InputObject)]
pub(crate) struct AllowSendersInput {
    /// The organisation's name in addresses.
    slug: String,
    /// In place of those before, at most 20: addresses such as `klachten@organisatie.example`, and domains such as
    /// `organisatie.example`, of which every address may be used.
    senders: Vec<String>,
}

/// The input of the mutation of the same name.
#[derive(InputObject)]
pub(crate) struct RetryStuckWorkInput {
    /// The organisation's name in addresses.
    slug: String,
    /// What kind of work.
    kind: StuckWorkKind,
    /// Of what, as `stuckWork` has it.
    subject: String,
}

/// The input of the mutation of the same name.
#[derive(InputObject)]
pub(crate) struct DecreeEquatedDaysInput {
    /// The days, 1 to 100, each from today on and at most ten years ahead; none is in a weekend, a holiday, or known already.
    days: Vec<GivenDate>,
    /// Where it is written, such as a number of the *Staatsblad*; at most 200 characters.
    source: String,
}

payload!(DecreeEquatedDaysPayload {
    /// The days that were entered, in order; `null` when none was.
    equated_days: Vec<EquatedDay>
});
payload!(CreateTenantPayload {
    /// The organisation; `null` when none was made.
    tenant: Tenant
});
payload!(SuspendTenantPayload {
    /// The organisation as it stands now; `null` when nothing was done.
    tenant: Tenant
});
payload!(ResumeTenantPayload {
    /// The organisation as it stands now; `null` when nothing was done.
    tenant: Tenant
});
payload!(DeleteTenantPayload {
    /// The organisation as it stands now; `null` when nothing was done.
    tenant: Tenant
});
payload!(AllowSendersPayload {
    /// The organisation as it stands now; `null` when nothing was done.
    tenant: Tenant
});

payload!(RetryStuckWorkPayload {
    /// Whether it is tried at once; `null` when nothing was done.
    is_retried: bool
});

#[derive(Default)]
pub(crate) struct OperatorMutations;

#[Object]
impl OperatorMutations {
    /// Makes an organisation and invites its first administrator (*organisatie aanmaken*); for operators.
    async fn create_tenant(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The organisation.")] input: CreateTenantInput,
    ) -> Answer<CreateTenantPayload> {
        answer_acting(ctx, async {
            let (new, administrator, regulation, faults) = input.checked();
            let request = request(ctx)?;
            let made = request.found_tenant(new, regulation.as_ref(), &administrator, faults);
            CreateTenantPayload::of(ctx, Box::pin(made).await.map_err(as_written))
        })
        .await
    }

    /// Enters days that a decree equates with a holiday (*gelijkgestelde dagen*, Algemene termijnenwet art. 3 lid 3), all of them
    /// or none. They count for every organisation from now on; open deadlines that move are recorded in their dossiers, and no
    /// last day that was announced is shortened. For operators.
    async fn decree_equated_days(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which days, and by which decree.")] input: DecreeEquatedDaysInput,
    ) -> Answer<DecreeEquatedDaysPayload> {
        answer_acting(ctx, async {
            let mut check = Check::default();
            let days = check.days("days", MOST_DAYS, &input.days);
            let faults = check.into_faults();
            let request = request(ctx)?;
            let decreed = Box::pin(request.decree(&days, &input.source, &faults)).await;
            let decreed = decreed.map(|days| days.into_iter().map(EquatedDay::from));
            DecreeEquatedDaysPayload::of(ctx, decreed.map(Iterator::collect::<Vec<_>>))
        })
        .await
    }

    /// Puts an organisation on hold (*organisatie stilleggen*): its administrators read, and nothing else is done there; for
    /// operators.
    async fn suspend_tenant(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which organisation, and why.")] input: SuspendTenantInput,
    ) -> Answer<SuspendTenantPayload> {
        answer_acting(ctx, async {
            let held = request(ctx)?.put_on_hold(&input.slug, &input.reason);
            SuspendTenantPayload::of(ctx, Box::pin(held).await)
        })
        .await
    }

    /// Takes an organisation into use again (*organisatie hervatten*), also one that is to be deleted; what fell due
    /// meanwhile takes effect at its own instants. For operators.
    async fn resume_tenant(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which organisation.")] input: ResumeTenantInput,
    ) -> Answer<ResumeTenantPayload> {
        answer_acting(ctx, async {
            let resumed = request(ctx)?.take_into_use(&input.slug);
            ResumeTenantPayload::of(ctx, Box::pin(resumed).await)
        })
        .await
    }

    /// Puts an organisation on hold until it is deleted with all that is in it, 30 days from now (*organisatie verwijderen*);
    /// until then `resumeTenant` takes it into use again. For operators.
    async fn delete_tenant(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which organisation, said twice.")] input: DeleteTenantInput,
    ) -> Answer<DeleteTenantPayload> {
        answer_acting(ctx, async {
            let gone = request(ctx)?.let_go(&input.slug, &input.slug_again);
            DeleteTenantPayload::of(ctx, Box::pin(gone).await)
        })
        .await
    }

    /// Says who the letters of an organisation may be from (*afzenders toestaan*); its administrators choose among them by
    /// `setMailSender`. Where they chose what is allowed no more, letters are from the operator's own address again. For
    /// operators.
    async fn allow_senders(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which organisation, and who its letters may be from.")]
        input: AllowSendersInput,
    ) -> Answer<AllowSendersPayload> {
        answer_acting(ctx, async {
            let allowed = request(ctx)?.let_write_as(&input.slug, &input.senders);
            AllowSendersPayload::of(ctx, Box::pin(allowed).await)
        })
        .await
    }

    /// Lets work that fell due and failed be tried at once (*vastgelopen werk opnieuw proberen*): once what was wrong is mended. For
    /// operators.
    async fn retry_stuck_work(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which work.")] input: RetryStuckWorkInput,
    ) -> Answer<RetryStuckWorkPayload> {
        answer_acting(ctx, async {
            let subject = input.subject.parse().unwrap_or_default();
            let request = request(ctx)?;
            let retried = request.retry_work(&input.slug, input.kind.into(), subject);
            RetryStuckWorkPayload::of(ctx, Box::pin(retried).await.map(|()| true))
        })
        .await
    }
}

/// Faults of what an organisation begins with, at the places where this input has it.
fn as_written(error: ServiceError) -> ServiceError {
    let ServiceError::Invalid(mut faults) = error else {
        return error;
    };
    for step in faults.iter_mut().filter_map(|fault| fault.path.first_mut()) {
        match step.as_str() {
            "prefix" => "referencePrefix".clone_into(step),
            "member" => "administrator".clone_into(step),
            _ => {}
        }
    }
    ServiceError::Invalid(faults)
}

impl CreateTenantInput {
    fn checked(
        self,
    ) -> (
        NewTenant,
        MemberInput,
        Option<PolicySource>,
        Vec<InputFault>,
    ) {
        let mut check = Check::default();
        let time_zone = self.time_zone.parse().unwrap_or_else(|_| {
            let words = text(
                "Dit is geen tijdzone, zoals Europe/Amsterdam.",
                "This is no time zone, such as Europe/Amsterdam.",
            );
            check.fault(InputCode::Malformed, "timeZone", words);
            chrono_tz::Europe::Amsterdam
        });
        // Names and addresses are looked at where an organisation is made, from wherever it is asked.
        let administrator = MemberInput {
            name: self.administrator.name.trim().to_owned(),
            email: Some(self.administrator.email.0.trim().to_owned()),
            roles: BTreeSet::from([Role::Administrator]),
            locale: self.administrator.locale.map_or(Locale::Nl, |one| one.0),
            active_from: None,
            active_until: None,
        };
        let new = NewTenant {
            slug: self.slug,
            name: self.name.trim().to_owned(),
            settings: TenantSettings {
                time_zone,
                locale: Locale::Nl,
                reference_prefix: self.reference_prefix,
                colour: self.colour,
                stand_in: None,
                requires_second_factor: false,
                allowed_origins: Vec::new(),
                contact: ContactDetails::default(),
                mail: MailSettings::default(),
                reminder_hour: Hour::default(),
                recurrence_months: wederhoor_service::RECURRENCE_MONTHS,
                smallest_told: wederhoor_service::SMALLEST_TOLD,
            },
        };
        let document = self.document.map(PolicySource::from);
        (new, administrator, document, check.into_faults())
    }
}
