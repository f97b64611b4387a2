//! What happened with an account: how it was let in and out, and what was administered with it, on real time. It is only
//! added to, each entry in the transaction of what it tells.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use sea_orm::sea_query::OnConflict;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, EntityTrait, Insert, PaginatorTrait,
    QueryFilter, QueryOrder, QuerySelect, QueryTrait,
};
use sha2::{Digest, Sha256};
use uuid::{Builder, Uuid};
use wederhoor_procedure::{AccountId, TenantId};

use super::PlatformStore;
use crate::connection::Connection;
use crate::entity::{account_activity, tenant};
use crate::{StoreError, WriteTx};

macro_rules! account_events {
    ($($(#[$doc:meta])* $event:ident = $word:literal,)*) => {
        /// What happened with an account, or was administered with it.
        #[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
        pub enum AccountEvent { $($(#[$doc])* $event,)* }

        impl AccountEvent {
            fn word(self) -> &'static str {
                match self { $(Self::$event => $word,)* }
            }

            fn of(word: &str) -> Result<Self, StoreError> {
                match word {
                    $($word => Ok(Self::$event),)*
                    _ => Err(StoreError::corrupt("an unknown event of an account")),
                }
            }
        }
    };
}

account_events! {
    /// Somebody signed in.
    SignedIn = "signed_in",
    /// They showed once more who they are.
    IdentityConfirmed = "identity_confirmed",
    /// They went on in another organisation.
    Switched = "switched",
    /// One sign-in was ended.
    SignedOut = "signed_out",
    /// All sign-ins but this one were ended.
    SignedOutElsewhere = "signed_out_elsewhere",
    /// All sign-ins were ended.
    SignedOutEverywhere = "signed_out_everywhere",
    /// A refresh token came that had been used before: its sign-in was ended.
    TokenReused = "token_reused",
    /// A forgotten password was replaced, and all sign-ins were ended.
    PasswordReset = "password_reset",
    /// A second factor counts from now on, and all sign-ins but this one were ended.
    FactorAdded = "factor_added",
    /// The second factor was taken away.
    FactorRemoved = "factor_removed",
    /// They made a calendar feed, in place of the one they had.
    CalendarFeedMade = "calendar_feed_made",
    /// They took their calendar feed back.
    CalendarFeedRevoked = "calendar_feed_revoked",
    /// They made the bounce key of the organisation, in place of the one it had.
    BounceKeyMade = "bounce_key_made",
    /// They took the bounce key of the organisation back.
    BounceKeyRevoked = "bounce_key_revoked",
    /// They made an API key of the organisation.
    ApiKeyMade = "api_key_made",
    /// They gave an API key of the organisation another secret.
    ApiKeyRotated = "api_key_rotated",
    /// They took an API key of the organisation back.
    ApiKeyRevoked = "api_key_revoked",
    /// They added a course.
    CourseAdded = "course_added",
    /// They changed a course.
    CourseChanged = "course_changed",
    /// They added a closing day.
    ClosingDayAdded = "closing_day_added",
    /// They removed a closing day.
    ClosingDayRemoved = "closing_day_removed",
    /// They entered days that a decree equates with a holiday.
    EquatedDaysDecreed = "equated_days_decreed",
    /// They recorded an informal contact.
    InformalContactRecorded = "informal_contact_recorded",
    /// They invited a member.
    MemberInvited = "member_invited",
    /// They changed a member, or their roles.
    MemberChanged = "member_changed",
    /// They recorded an absence.
    AbsenceRecorded = "absence_recorded",
    /// They cancelled an absence.
    AbsenceCancelled = "absence_cancelled",
    /// They named a stand-in, or said that there is none.
    StandInNamed = "stand_in_named",
    /// They published a regulation.
    PolicyPublished = "policy_published",
    /// They said whether everybody with a role needs a second factor.
    FactorRequirementSet = "factor_requirement_set",
    /// They said whose pages may read what concerns the organisation.
    OriginsAllowed = "origins_allowed",
    /// They said how the organisation is reached.
    ContactDetailsSet = "contact_details_set",
    /// They said who letters of the organisation are from.
    MailSenderSet = "mail_sender_set",
    /// As an operator, they said who letters of an organisation may be from.
    SendersAllowed = "senders_allowed",
    /// They put a letter in the organisation's own words.
    LetterWordingSet = "letter_wording_set",
    /// They took the organisation's own words of a letter away.
    LetterWordingReset = "letter_wording_reset",
    /// They chose at which hour the organisation is reminded.
    ReminderHourSet = "reminder_hour_set",
    /// They chose for how long another complaint after a measure counts as a recurrence.
    RecurrenceWindowSet = "recurrence_window_set",
    /// They chose of how many complaints figures tell at least.
    SuppressionThresholdSet = "suppression_threshold_set",
}

/// That something happened with an account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ActivityRecord {
    /// Its id.
    pub id: Uuid,
    /// When.
    pub at: DateTime<Utc>,
    /// What.
    pub event: AccountEvent,
    /// By or to which sign-in; `None` where it was by none.
    pub sign_in_id: Option<Uuid>,
    /// The name of the organisation of the session that came, or whose token came again, or that was administered, as it is
    /// called now; `None` where it was in none.
    pub organisation: Option<String>,
}

impl PlatformStore {
    /// What happened with an account: at most `limit` entries from before a place on, newest first.
    pub async fn activity(
        &self,
        account: AccountId,
        before: Option<(DateTime<Utc>, Uuid)>,
        limit: u64,
    ) -> Result<Vec<ActivityRecord>, StoreError> {
        use account_activity::Column as C;
        let connection = self.read().await?;
        let mut list = account_activity::Entity::find().filter(C::AccountId.eq(account.0));
        if let Some((at, id)) = before {
            let same = Condition::all().add(C::At.eq(at)).add(C::Id.lt(id));
            list = list.filter(Condition::any().add(C::At.lt(at)).add(same));
        }
        let rows = list
            .order_by_desc(C::At)
            .order_by_desc(C::Id)
            .limit(limit)
            .all(&connection)
            .await?;
        let entered = rows.iter().filter_map(|row| row.organisation_id);
        let names: Vec<(Uuid, String)> = tenant::Entity::find()
            .select_only()
            .columns([tenant::Column::Id, tenant::Column::Name])
            .filter(tenant::Column::Id.is_in(entered))
            .into_tuple()
            .all(&connection)
            .await?;
        let names: HashMap<Uuid, String> = names.into_iter().collect();
        let told = |row: account_activity::Model| {
            Ok(ActivityRecord {
                id: row.id,
                at: row.at,
                event: AccountEvent::of(&row.what)?,
                sign_in_id: row.sign_in_id,
                organisation: row.organisation_id.and_then(|id| names.get(&id).cloned()),
            })
        };
        rows.into_iter().map(told).collect()
    }

    /// How many entries there are of an account.
    pub async fn count_activity(&self, account: AccountId) -> Result<u64, StoreError> {
        let connection = self.read().await?;
        let all = account_activity::Entity::find()
            .filter(account_activity::Column::AccountId.eq(account.0));
        Ok(all.count(&connection).await?)
    }
}

impl WriteTx {
    /// Notes what is administered in this tenant with an account, by a sign-in.
    ///
    /// # Errors
    /// `Dangling` when there is no such account.
    pub async fn note_activity(
        &self,
        account: AccountId,
        event: AccountEvent,
        sign_in: Uuid,
        at: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        let happened = Happened::new(account, event, Some(sign_in), at);
        let happened = happened.in_organisation(self.tenant());
        self.scope.note(happened).await
    }
}

/// Something that happens with an account in an open transaction.
pub(crate) struct Happened {
    account: AccountId,
    event: AccountEvent,
    sign_in: Option<Uuid>,
    organisation: Option<TenantId>,
    at: DateTime<Utc>,
}

impl Happened {
    pub(super) fn new(
        account: AccountId,
        event: AccountEvent,
        sign_in: Option<Uuid>,
        at: DateTime<Utc>,
    ) -> Self {
        Self {
            account,
            event,
            sign_in,
            organisation: None,
            at,
        }
    }

    pub(super) fn in_organisation(mut self, tenant: TenantId) -> Self {
        self.organisation = Some(tenant);
        self
    }

    /// Notes it. The same at the same instant is one thing.
    pub(crate) async fn note(self, connection: &Connection) -> Result<(), StoreError> {
        let row = account_activity::ActiveModel {
            account_id: Set(self.account.0),
            at: Set(self.at),
            id: Set(self.id()),
            what: Set(self.event.word().to_owned()),
            sign_in_id: Set(self.sign_in),
            organisation_id: Set(self.organisation.map(|id| id.0)),
        };
        let once = Insert::one(row).on_conflict(OnConflict::new().do_nothing().to_owned());
        connection.execute(&once.into_query()).await?;
        Ok(())
    }

    fn id(&self) -> Uuid {
        let mut digest = Sha256::new();
        digest.update(self.account.0.as_bytes());
        digest.update(self.at.timestamp_micros().to_be_bytes());
        digest.update(self.sign_in.unwrap_or_default().as_bytes());
        digest.update(self.event.word());
        let mut id = [0; 16];
        id.copy_from_slice(&digest.finalize()[..16]);
        Builder::from_custom_bytes(id).into_uuid()
    }
}
