//! Due work of two kinds that never wait for each other: time passes, letters go out. It restarts cleanly, catches up
//! in order, and never acts twice.

mod census;
mod health;
mod letters;
mod pause;
mod stuck;

use std::{
    ops::AddAssign,
    panic::{AssertUnwindSafe, catch_unwind},
    pin::pin,
    task::Poll,
};

use chrono::{DateTime, TimeDelta, Utc};
use wederhoor_procedure::{ComplaintId, Locale, actor::Actor, command::Command};
use wederhoor_store::{DueWork, WorkKind};

pub use census::Census;
pub use health::Health;
pub use letters::{CARRIAGE, Carried, Carrier};
pub(crate) use pause::Pause;
use pause::backoff;

pub use stuck::StuckWork;

use crate::{ActOptions, Caller, Occasion, Request, Service, ServiceError};

/// How long a piece of work is one worker's.
const LEASE: TimeDelta = TimeDelta::minutes(2);
/// After so many failures of a piece of work, within some minutes, a person must look.
pub(crate) const ALARMING: u32 = 5;
/// How many pieces are leased at once.
const BATCH: u64 = 50;

/// What one sweep did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Swept {
    /// Complaints whose due terms were settled.
    pub settled: u32,
    /// Letters handed over.
    pub sent: u32,
    /// Pieces of work that failed and will be tried again.
    pub failed: u32,
}

impl AddAssign for Swept {
    fn add_assign(&mut self, other: Self) {
        self.settled += other.settled;
        self.sent += other.sent;
        self.failed += other.failed;
    }
}

impl Service {
    /// Lets all due time pass and sends all due letters, until nothing is due now.
    ///
    /// # Errors
    /// Only when the database cannot be reached; what failed by itself is set aside and tried again later.
    pub async fn sweep(&self, carrier: &impl Carrier) -> Result<Swept, ServiceError> {
        let mut swept = Swept::default();
        loop {
            let before = swept;
            swept += self.pass_time(&|| false).await?;
            swept += self.send_letters(carrier).await?;
            if swept == before {
                return Ok(swept);
            }
        }
    }

    /// Lets all due time pass, until no term, leave or membership is due now, or the program ends.
    ///
    /// # Errors
    /// As [`Self::sweep`].
    pub async fn pass_time(
        &self,
        is_closing: &(impl Fn() -> bool + Sync),
    ) -> Result<Swept, ServiceError> {
        let mut swept = Swept::default();
        self.plan_turns().await?;
        self.forget_what_was_counted().await?;
        // What is due and yet not to be had is another's, and is left to them.
        let mut left = vec![WorkKind::Letters];
        while !is_closing() {
            let mut due = self.due_besides(&left).await?;
            if due.is_empty() {
                break;
            }
            // An overview tells of what is settled.
            let is_digest = |kind: &WorkKind| *kind == WorkKind::Digest;
            if !due.iter().all(is_digest) {
                due.retain(|kind| !is_digest(kind));
            }
            for kind in due {
                let batch = self.lease(kind).await?;
                if batch.is_empty() {
                    left.push(kind);
                }
                self.work_batch(&batch, &mut swept).await?;
            }
        }
        Ok(swept)
    }

    async fn due_besides(&self, others: &[WorkKind]) -> Result<Vec<WorkKind>, ServiceError> {
        let (now, real) = (self.procedure_now(), self.real_now());
        let mut due = self.store().platform().due_kinds(now, real).await?;
        due.retain(|kind| !others.contains(kind));
        Ok(due)
    }

    /// Whether any work of time that was due has failed, and waits to be tried again.
    ///
    /// # Errors
    /// Only when the database cannot be reached.
    pub async fn owes_work(&self) -> Result<bool, ServiceError> {
        let mut failed = self
            .store()
            .platform()
            .failed_kinds(self.procedure_now())
            .await?;
        failed.retain(|kind| *kind != WorkKind::Letters);
        Ok(!failed.is_empty())
    }

    /// When the next work is due after the procedure's present; `None` when none is planned.
    ///
    /// # Errors
    /// Only when the database cannot be reached.
    pub async fn next_due(&self) -> Result<Option<DateTime<Utc>>, ServiceError> {
        let now = self.procedure_now();
        Ok(self.store().platform().next_due_after(now).await?)
    }

    async fn lease(&self, kind: WorkKind) -> Result<Vec<DueWork>, ServiceError> {
        let (now, real) = (self.procedure_now(), self.real_now());
        Ok(self
            .store()
            .platform()
            .lease_due(kind, now, real, real + LEASE, BATCH)
            .await?)
    }

    /// Does pieces of work one by one. What is done plans itself anew, or takes itself away.
    async fn work_batch(&self, batch: &[DueWork], swept: &mut Swept) -> Result<(), ServiceError> {
        for work in batch {
            let inside = self.request(Caller::Service(work.tenant_id), Locale::default(), None);
            match unbroken(Box::pin(inside.do_due(work))).await {
                Ok(()) => {
                    self.counts().count(Occasion::WorkDone);
                    swept.settled += u32::from(work.kind == WorkKind::Clock);
                }
                Err(error) => self.set_aside(work, &error, swept).await?,
            }
        }
        Ok(())
    }

    /// A piece of work that fails does not stop the others.
    pub(crate) async fn set_aside(
        &self,
        work: &DueWork,
        error: &ServiceError,
        swept: &mut Swept,
    ) -> Result<(), ServiceError> {
        tracing::error!(tenant = %work.tenant_id, subject = %work.subject_id, %error, "due work failed");
        let failures = work.failures.saturating_add(1);
        if failures >= ALARMING {
            tracing::error!(
                alarm = "due work set aside",
                tenant = %work.tenant_id,
                subject = %work.subject_id,
                failures,
                "due work fails again and again: a person must look"
            );
        }
        swept.failed += 1;
        self.counts().count(Occasion::WorkFailed);
        let retry_at = self.real_now() + backoff(work.failures, self.entropy());
        Ok(self.store().platform().fail_due(work, retry_at).await?)
    }
}

impl Request {
    async fn do_due(&self, work: &DueWork) -> Result<(), ServiceError> {
        let (complaint, options) = (ComplaintId(work.subject_id), ActOptions::default());
        match work.kind {
            WorkKind::Clock => {
                let (actor, command) = (Actor::Clock, Command::LetTimePass);
                self.act_as(complaint, &actor, &command, options).await
            }
            WorkKind::People => self.turn().await,
            WorkKind::Digest => self.digest().await,
            WorkKind::Recurrence => {
                self.link_recurrences(complaint).await?;
                Ok(self.service().store().platform().finish_due(work).await?)
            }
            // They go out by their carrier.
            WorkKind::Letters => Ok(()),
        }
    }
}

/// What a piece of work comes to. A fault of the program in one is a failure of that one, and ends no other.
pub(crate) async fn unbroken<T>(
    work: impl Future<Output = Result<T, ServiceError>>,
) -> Result<T, ServiceError> {
    let mut work = pin!(work);
    std::future::poll_fn(|context| {
        let polled = catch_unwind(AssertUnwindSafe(|| work.as_mut().poll(context)));
        polled.unwrap_or_else(|_| {
            let broken = "due work was broken off by a fault of the program";
            Poll::Ready(Err(ServiceError::Internal(broken.to_owned())))
        })
    })
    .await
}

#[cfg(test)]
mod tests;
