//! API keys: by a secret of one a program of an organisation reads its statistics. Each secret is known by its hash only.

use std::collections::{BTreeMap, HashMap};

use chrono::{DateTime, Utc};
use sea_orm::{ActiveValue::Set, ColumnTrait, Condition, EntityTrait, Order, QueryFilter};
use uuid::Uuid;
use wederhoor_procedure::{MemberId, TenantId};

use super::PlatformStore;
use crate::convert::{signed, unsigned, words, words_json};
use crate::entity::{api_key, api_key_secret, api_key_use};
use crate::{ReadTx, StoreError, WriteTx};

/// An API key, without its secrets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ApiKeyRecord {
    /// Its id.
    pub id: Uuid,
    /// What the organisation calls it.
    pub name: String,
    /// What all its secrets begin with.
    pub prefix: String,
    /// What it may read, in the service's words.
    pub scopes: Vec<String>,
    /// How many requests it may make in a minute.
    pub per_minute: u32,
    /// Who made it.
    pub made_by: MemberId,
    /// Since when it exists, on real time.
    pub made_at: DateTime<Utc>,
    /// Since when it has the secret that it has; `None`: since it exists.
    pub rotated_at: Option<DateTime<Utc>>,
    /// The exclusive instant at which it ends.
    pub expires_at: DateTime<Utc>,
    /// Since when it was taken back.
    pub revoked_at: Option<DateTime<Utc>>,
    /// When it was used last, as far as that is written.
    pub last_used_at: Option<DateTime<Utc>>,
}

/// Whose secret somebody has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FoundSecret {
    /// Of which tenant.
    pub tenant_id: TenantId,
    /// Of which key.
    pub key_id: Uuid,
    /// The exclusive instant at which it ends, of one that was replaced; else it ends with its key.
    pub ends_at: Option<DateTime<Utc>>,
}

/// What replacing the secret of a key comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rotated {
    /// When.
    pub at: DateTime<Utc>,
    /// When the key ends from now on.
    pub expires_at: DateTime<Utc>,
    /// When secrets that it had before end, at the latest.
    pub replaced_ends_at: DateTime<Utc>,
}

/// That a key was used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ApiKeyUse {
    /// Its id; later uses have later ones.
    pub id: Uuid,
    /// Which key.
    pub key_id: Uuid,
    /// When, on real time.
    pub at: DateTime<Utc>,
    /// What was asked; `None`: something that it may not.
    pub operation: Option<String>,
    /// From where.
    pub source: String,
}

impl PlatformStore {
    /// Whose secret this is; `None` when it is nobody's, or nobody's any more. It may have ended, by itself or with its key.
    pub async fn api_key_secret(
        &self,
        secret_hash: &[u8],
    ) -> Result<Option<FoundSecret>, StoreError> {
        use api_key_secret::{Column, Entity};
        let connection = self.read().await?;
        let row = Entity::find()
            .filter(Column::SecretHash.eq(secret_hash.to_vec()))
            .one(&connection)
            .await?;
        Ok(row.map(|row| FoundSecret {
            tenant_id: TenantId(row.tenant_id),
            key_id: row.key_id,
            ends_at: row.ends_at,
        }))
    }
}

impl ReadTx {
    /// One key, be it of no use any more.
    pub async fn api_key(&self, id: Uuid) -> Result<Option<ApiKeyRecord>, StoreError> {
        let own = api_key::Column::Id.eq(id);
        let row = self.scope.find::<api_key::Entity>().filter(own).one();
        row.await?.map(ApiKeyRecord::try_from).transpose()
    }

    /// At most `limit` keys made before the one named, newest first.
    pub async fn api_keys(
        &self,
        before: Option<Uuid>,
        limit: u64,
    ) -> Result<Vec<ApiKeyRecord>, StoreError> {
        let mut list = self.scope.find::<api_key::Entity>();
        if let Some(before) = before {
            list = list.filter(api_key::Column::Id.lt(before));
        }
        let list = list.order(api_key::Column::Id, Order::Desc).limit(limit);
        let rows = list.all().await?.into_iter();
        rows.map(ApiKeyRecord::try_from).collect()
    }

    /// How many keys there are, those of no use any more among them.
    pub async fn count_api_keys(&self) -> Result<u64, StoreError> {
        self.scope.find::<api_key::Entity>().count().await
    }

    /// How many keys can be used at an instant.
    pub async fn count_valid_api_keys(&self, at: DateTime<Utc>) -> Result<u64, StoreError> {
        let valid = Condition::all()
            .add(api_key::Column::RevokedAt.is_null())
            .add(api_key::Column::ExpiresAt.gt(at));
        self.scope
            .find::<api_key::Entity>()
            .filter(valid)
            .count()
            .await
    }

    /// Of those of these keys that have been given another secret, while one that was replaced can still be used: when the
    /// last of these ends.
    pub async fn replaced_secrets(
        &self,
        keys: &[Uuid],
        at: DateTime<Utc>,
    ) -> Result<HashMap<Uuid, DateTime<Utc>>, StoreError> {
        use api_key_secret::{Column, Entity};
        if keys.is_empty() {
            return Ok(HashMap::new());
        }
        let list = self.scope.find::<Entity>();
        let list = list.filter(Column::KeyId.is_in(keys.to_vec()));
        let rows = list.filter(Column::EndsAt.gt(at)).all().await?;
        let mut ends = HashMap::new();
        for row in rows {
            if let Some(end) = row.ends_at {
                let known = ends.entry(row.key_id).or_insert(end);
                *known = end.max(*known);
            }
        }
        Ok(ends)
    }

    /// At most `limit` uses of a key from before the one named, newest first.
    pub async fn api_key_uses(
        &self,
        key: Uuid,
        before: Option<Uuid>,
        limit: u64,
    ) -> Result<Vec<ApiKeyUse>, StoreError> {
        use api_key_use::{Column, Entity};
        let mut list = self.scope.find::<Entity>().filter(Column::KeyId.eq(key));
        if let Some(before) = before {
            list = list.filter(Column::Id.lt(before));
        }
        let rows = list.order(Column::Id, Order::Desc).limit(limit).all();
        let told = |row: api_key_use::Model| ApiKeyUse {
            id: row.id,
            key_id: row.key_id,
            at: row.at,
            operation: row.operation,
            source: row.source,
        };
        Ok(rows.await?.into_iter().map(told).collect())
    }

    /// How often a key was used.
    pub async fn count_api_key_uses(&self, key: Uuid) -> Result<u64, StoreError> {
        let all = self.scope.find::<api_key_use::Entity>();
        all.filter(api_key_use::Column::KeyId.eq(key)).count().await
    }
}

impl WriteTx {
    /// Keeps a new key with its secret, known by SHA-256 of it.
    ///
    /// # Errors
    /// `Dangling` when nobody of that id made it.
    pub async fn insert_api_key(
        &self,
        key: ApiKeyRecord,
        secret_hash: Vec<u8>,
    ) -> Result<(), StoreError> {
        let id = key.id;
        self.scope
            .insert(api_key::ActiveModel {
                id: Set(id),
                name: Set(key.name),
                prefix: Set(key.prefix),
                scopes: Set(words_json(&key.scopes)),
                per_minute: Set(signed(key.per_minute)?),
                made_by: Set(key.made_by.0),
                made_at: Set(key.made_at),
                rotated_at: Set(key.rotated_at),
                expires_at: Set(key.expires_at),
                revoked_at: Set(key.revoked_at),
                last_used_at: Set(key.last_used_at),
                ..Default::default()
            })
            .await?;
        self.insert_secret(id, secret_hash).await
    }

    /// Gives a key another secret; those that it had end. Says whether there is such a key that was not taken back.
    pub async fn rotate_api_key(
        &self,
        id: Uuid,
        secret_hash: Vec<u8>,
        rotated: &Rotated,
    ) -> Result<bool, StoreError> {
        use api_key::Column as Key;
        use api_key_secret::{Column, Entity};
        let renewed = self
            .scope
            .update::<api_key::Entity>()
            .filter(Key::Id.eq(id))
            .filter(Key::RevokedAt.is_null())
            .set(Key::RotatedAt, rotated.at)
            .set(Key::ExpiresAt, rotated.expires_at);
        if renewed.run().await? == 0 {
            return Ok(false);
        }
        let end = rotated.replaced_ends_at;
        let later = Condition::any()
            .add(Column::EndsAt.is_null())
            .add(Column::EndsAt.gt(end));
        let replaced = self.scope.update::<Entity>().filter(Column::KeyId.eq(id));
        let replaced = replaced.filter(later).set(Column::EndsAt, end);
        replaced.run().await?;
        let over = self.scope.delete::<Entity>().filter(Column::KeyId.eq(id));
        let over = over.filter(Column::EndsAt.lte(rotated.at));
        over.run().await?;
        self.insert_secret(id, secret_hash).await?;
        Ok(true)
    }

    /// Takes a key back, with all its secrets; says whether there is such a key that was not taken back before.
    pub async fn revoke_api_key(&self, id: Uuid, at: DateTime<Utc>) -> Result<bool, StoreError> {
        use api_key::{Column, Entity};
        let revoked = self.scope.update::<Entity>().filter(Column::Id.eq(id));
        let revoked = revoked.filter(Column::RevokedAt.is_null());
        if revoked.set(Column::RevokedAt, at).run().await? == 0 {
            return Ok(false);
        }
        let own = api_key_secret::Column::KeyId.eq(id);
        let secrets = self.scope.delete::<api_key_secret::Entity>();
        secrets.filter(own).run().await?;
        Ok(true)
    }

    /// Notes these, in one statement, and of each key in one more when it was used last.
    ///
    /// # Errors
    /// `Dangling` when there is no such key.
    pub async fn note_api_key_uses(&self, uses: Vec<ApiKeyUse>) -> Result<(), StoreError> {
        use api_key::{Column, Entity};
        // In one order in every process: none waits for another that waits for it.
        let mut last: BTreeMap<Uuid, DateTime<Utc>> = BTreeMap::new();
        for one in &uses {
            let known = last.entry(one.key_id).or_insert(one.at);
            *known = one.at.max(*known);
        }
        let row = |one: ApiKeyUse| api_key_use::ActiveModel {
            key_id: Set(one.key_id),
            id: Set(one.id),
            at: Set(one.at),
            operation: Set(one.operation),
            source: Set(one.source),
            ..Default::default()
        };
        self.scope.insert_all(uses.into_iter().map(row)).await?;
        for (key, at) in last {
            let earlier = Condition::any()
                .add(Column::LastUsedAt.is_null())
                .add(Column::LastUsedAt.lt(at));
            let known = self.scope.update::<Entity>().filter(Column::Id.eq(key));
            let known = known.filter(earlier).set(Column::LastUsedAt, at);
            known.run().await?;
        }
        Ok(())
    }

    async fn insert_secret(&self, key: Uuid, secret_hash: Vec<u8>) -> Result<(), StoreError> {
        self.scope
            .insert(api_key_secret::ActiveModel {
                secret_hash: Set(secret_hash),
                key_id: Set(key),
                ends_at: Set(None),
                ..Default::default()
            })
            .await
    }
}

impl TryFrom<api_key::Model> for ApiKeyRecord {
    type Error = StoreError;

    fn try_from(row: api_key::Model) -> Result<Self, StoreError> {
        Ok(Self {
            id: row.id,
            name: row.name,
            prefix: row.prefix,
            scopes: words(row.scopes)?,
            per_minute: unsigned(row.per_minute)?,
            made_by: MemberId(row.made_by),
            made_at: row.made_at,
            rotated_at: row.rotated_at,
            expires_at: row.expires_at,
            revoked_at: row.revoked_at,
            last_used_at: row.last_used_at,
        })
    }
}
