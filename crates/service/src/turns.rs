//! Days that change people by themselves: leaves and memberships begin and end, and who may see and decide follows.
//! At its start a process makes sure that every such day, every complaint's next due instant and all waiting mail are
//! planned.

use std::sync::atomic::{AtomicBool, Ordering};

use chrono::{DateTime, NaiveDate, Utc};
use wederhoor_procedure::{TenantId, calendar::Calendar};
use wederhoor_store::{WorkKind, WriteTx};

use crate::{Request, Service, ServiceError, Tenant};

/// Whether this process has made sure that everything of every tenant is planned.
#[derive(Default)]
pub(crate) struct TurnsPlanned(AtomicBool);

/// The next day, as its first instant, on which a leave or a membership begins or has ended.
async fn next_turn(
    tx: &WriteTx,
    tenant: &Tenant,
    now: DateTime<Utc>,
) -> Result<Option<DateTime<Utc>>, ServiceError> {
    let calendar = Calendar::new(tenant.settings.time_zone);
    let mut spans: Vec<(Option<NaiveDate>, Option<NaiveDate>)> = Vec::new();
    for member in tx.members().await? {
        spans.push((member.active_from, member.active_until));
    }
    for absence in tx.absences(Some(calendar.local_date(now))).await? {
        spans.push((Some(absence.from_on), Some(absence.until_on)));
    }
    let turns = spans.into_iter().flat_map(|(from, until)| {
        let begins = from.map(|day| calendar.start_of(day));
        let ended = until.map(|day| calendar.end_of(day));
        begins.into_iter().chain(ended)
    });
    Ok(turns.filter(|instant| *instant > now).min())
}

impl Service {
    /// Plans the next such day of a tenant, and its next overview, unless an earlier one is planned.
    pub(crate) async fn plan_turn(
        &self,
        tx: &WriteTx,
        tenant: &Tenant,
    ) -> Result<(), ServiceError> {
        if let Some(next) = next_turn(tx, tenant, self.procedure_now()).await? {
            tx.schedule_by(WorkKind::People, tenant.id.0, next).await?;
        }
        self.plan_digest(tx, tenant).await
    }

    /// Once per process, for every tenant: what may not be planned yet. A tenant that cannot be read is told of in the
    /// log and tried again; it holds up no other.
    pub(crate) async fn plan_turns(&self) -> Result<(), ServiceError> {
        let planned = &self.turns_planned().0;
        if planned.load(Ordering::Relaxed) {
            return Ok(());
        }
        let mut all = true;
        for record in self.store().platform().tenants().await? {
            if let Err(error) = self.plan_turn_of(record.id).await {
                all = false;
                tracing::error!(tenant = %record.id, %error, "the turns of a tenant cannot be planned");
            }
        }
        planned.store(all, Ordering::Relaxed);
        Ok(())
    }

    async fn plan_turn_of(&self, id: TenantId) -> Result<(), ServiceError> {
        let tenant = self.tenant(id).await?;
        let tx = self.store().tenant(id).write().await?;
        self.plan_turn(&tx, &tenant).await?;
        // A complaint that nothing is planned for is looked at once: what it is due since the last version of this
        // program is then planned as for any other.
        let forgotten = tx.without_work(WorkKind::Clock).await?;
        let now = self.procedure_now();
        tx.schedule_all(WorkKind::Clock, forgotten, now).await?;
        tx.plan_forgotten_mail().await?;
        Ok(tx.commit().await?)
    }
}

impl Request {
    /// What each such day brings: all complaints of the tenant that are not destroyed are due to be looked at, one by one.
    pub(crate) async fn turn(&self) -> Result<(), ServiceError> {
        let tenant = self.tenant().await?;
        let tx = self.writing().await?;
        // Whoever writes people waits here, so that a day they add is not lost.
        tx.hold(WorkKind::People, tenant.id.0).await?;
        let complaints = tx.kept().await?.into_iter().map(|id| id.0);
        tx.schedule_all(WorkKind::Clock, complaints, self.now())
            .await?;
        let next = next_turn(&tx, &tenant, self.now()).await?;
        tx.schedule(WorkKind::People, tenant.id.0, next).await?;
        Ok(tx.commit().await?)
    }
}
