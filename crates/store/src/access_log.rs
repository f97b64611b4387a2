//! Who saw a complaint, and who did something in it: never what stood there. It is only added to.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{ActiveValue::Set, ColumnTrait, Condition, Order, Select};
use uuid::Uuid;
use wederhoor_procedure::{ComplaintId, MemberId};

use crate::chain::DESTROYED;
use crate::entity::access_log::{ActiveModel, Column, Entity, Model};
use crate::entity::{complaint, complaint_event};
use crate::scope::Scoped;
use crate::{ReadTx, StoreError, WriteTx};

/// Who saw a complaint or did something in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Accessor {
    /// A member.
    Member(MemberId),
    /// A party without a login, by its code.
    Party(String),
}

/// That somebody saw a complaint, or did something in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccessRecord {
    /// Its id; the same of what is to be noted only once.
    pub id: Uuid,
    /// Of which complaint.
    pub complaint_id: ComplaintId,
    /// When, on real time.
    pub at: DateTime<Utc>,
    /// Who.
    pub who: Accessor,
    /// What stands in the place of a member where, by the time this is written, the dossier is destroyed; `None` for who was
    /// never a party, and of what is read.
    pub side: Option<String>,
    /// What, in a word of the service.
    pub what: String,
    /// From which session; `None` for who has none.
    pub session_id: Option<Uuid>,
    /// The sign-in from which that session comes.
    pub sign_in_id: Option<Uuid>,
}

/// Which part of the log.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AccessTo {
    /// What was seen and done of a complaint.
    Complaint(ComplaintId),
    /// What a member saw and did, in whatever complaint.
    By(MemberId),
}

impl ReadTx {
    /// At most `limit` entries from before a place on, newest first.
    pub async fn access_log(
        &self,
        of: AccessTo,
        before: Option<(DateTime<Utc>, Uuid)>,
        limit: u64,
    ) -> Result<Vec<AccessRecord>, StoreError> {
        let mut list = self.noted(of);
        if let Some((at, id)) = before {
            let same = Condition::all()
                .add(Column::At.eq(at))
                .add(Column::Id.lt(id));
            list = list.filter(Condition::any().add(Column::At.lt(at)).add(same));
        }
        let rows = list
            .order(Column::At, Order::Desc)
            .order(Column::Id, Order::Desc)
            .limit(limit)
            .all()
            .await?;
        rows.into_iter().map(AccessRecord::try_from).collect()
    }

    /// How many entries there are.
    pub async fn count_access(&self, of: AccessTo) -> Result<u64, StoreError> {
        self.noted(of).count().await
    }

    fn noted(&self, of: AccessTo) -> Scoped<'_, Select<Entity>> {
        let all = self.scope.find::<Entity>();
        match of {
            AccessTo::Complaint(id) => all.filter(Column::ComplaintId.eq(id.0)),
            AccessTo::By(id) => all.filter(Column::MemberId.eq(id.0)),
        }
    }
}

impl WriteTx {
    /// Of a complaint whose chain tells of its destruction: where the log names who was a party, their side stands there from now on.
    pub async fn forget_party(
        &self,
        complaint: ComplaintId,
        member: MemberId,
        party: &str,
    ) -> Result<(), StoreError> {
        let (nobody, mine) = (None::<Uuid>, Column::ComplaintId.eq(complaint.0));
        self.scope
            .update::<Entity>()
            .set(Column::MemberId, Expr::value(nobody))
            .set(Column::Party, party)
            .set(Column::SessionId, Expr::value(nobody))
            .set(Column::SignInId, Expr::value(nobody))
            .filter(mine.and(Column::MemberId.eq(member.0)))
            .run()
            .await?;
        Ok(())
    }

    /// Notes these, in one statement; what is noted already, by its id, is left as it is. Of a dossier that is destroyed
    /// nobody's side is noted with their name, also where they saw it before.
    ///
    /// # Errors
    /// `Dangling`, at the commit, when there is no such complaint.
    pub async fn note_access(&self, mut records: Vec<AccessRecord>) -> Result<(), StoreError> {
        if records.is_empty() {
            return Ok(());
        }
        let destroyed = self.destroyed_meanwhile(&records).await?;
        for record in &mut records {
            if destroyed.contains(&record.complaint_id.0)
                && let Some(side) = record.side.take()
            {
                record.who = Accessor::Party(side);
                (record.session_id, record.sign_in_id) = (None, None);
            }
        }
        let rows = records.into_iter().map(row).collect();
        let noted = self.scope.insert_new_all::<_, Uuid>(rows, Column::Id);
        noted.await.map(drop)
    }

    /// Which of the complaints that a party saw are destroyed by now; the others are not until the commit. One that is open has to close
    /// first, and is kept for a while then: it need not be held.
    async fn destroyed_meanwhile(
        &self,
        records: &[AccessRecord],
    ) -> Result<BTreeSet<Uuid>, StoreError> {
        let seen = records.iter().filter(|one| one.side.is_some());
        let seen: BTreeSet<Uuid> = seen.map(|one| one.complaint_id.0).collect();
        if seen.is_empty() {
            return Ok(seen);
        }
        self.scope
            .find::<complaint::Entity>()
            .filter(complaint::Column::Id.is_in(seen.iter().copied()))
            .filter(complaint::Column::ClosedAt.is_not_null())
            .order(complaint::Column::Id, Order::Asc)
            .share()
            .all()
            .await?;
        let events = self
            .scope
            .find::<complaint_event::Entity>()
            .filter(complaint_event::Column::ComplaintId.is_in(seen))
            .filter(complaint_event::Column::Kind.eq(DESTROYED))
            .all()
            .await?;
        Ok(events.into_iter().map(|event| event.complaint_id).collect())
    }
}

fn row(record: AccessRecord) -> ActiveModel {
    let (member, party) = match record.who {
        Accessor::Member(id) => (Some(id.0), None),
        Accessor::Party(code) => (None, Some(code)),
    };
    ActiveModel {
        complaint_id: Set(record.complaint_id.0),
        id: Set(record.id),
        at: Set(record.at),
        what: Set(record.what),
        member_id: Set(member),
        party: Set(party),
        session_id: Set(record.session_id),
        sign_in_id: Set(record.sign_in_id),
        ..Default::default()
    }
}

impl TryFrom<Model> for AccessRecord {
    type Error = StoreError;

    fn try_from(row: Model) -> Result<Self, StoreError> {
        let member = row.member_id.map(|id| Accessor::Member(MemberId(id)));
        let who = member.or(row.party.map(Accessor::Party));
        Ok(Self {
            id: row.id,
            complaint_id: ComplaintId(row.complaint_id),
            at: row.at,
            who: who.ok_or_else(|| StoreError::corrupt("nobody saw a complaint"))?,
            side: None,
            what: row.what,
            session_id: row.session_id,
            sign_in_id: row.sign_in_id,
        })
    }
}
