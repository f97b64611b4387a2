//! Complaints that nobody in particular files: so many from one source with one organisation. There is no such bound for an
//! organisation as a whole, by which somebody could keep others from filing.

use wederhoor_procedure::TenantId;
use wederhoor_store::Tally;

use super::rules::Hourly;
use crate::{Occasion, Request, ServiceError};

impl Request {
    /// Files, unless too much was filed from here before; what is refused was not filed.
    ///
    /// # Errors
    /// `RateLimited`; whatever the work says.
    pub(crate) async fn filing_from_here<T>(
        &self,
        tenant: TenantId,
        work: impl Future<Output = Result<T, ServiceError>>,
    ) -> Result<T, ServiceError> {
        let (service, limits) = (self.service(), self.service().limits());
        let hourly = Hourly(limits.config.filings_per_source);
        let source = self.source().filter(|_| hourly.0 > 0);
        let Some(source) = source.filter(|_| self.caller().person().is_none()) else {
            return work.await;
        };
        let (now, platform) = (service.real_now(), service.store().platform());
        let subject = [limits.digest(&[b"filings", tenant.0.as_bytes(), &source.bytes()])];
        let take = move |tallies: &mut [Tally]| {
            let tally = tallies.first_mut()?;
            let until = hourly.is_used_up(tally, now);
            if until.is_none() {
                hourly.take(tally, now);
            }
            until
        };
        if let Some(until) = platform.change_tallies(&subject, take).await? {
            return Err(service.wait_until(until, Occasion::LimitOfFilings));
        }
        let done = work.await;
        if done.is_err() {
            let give_back = move |tallies: &mut [Tally]| {
                for tally in tallies.iter_mut() {
                    hourly.give_back(tally);
                }
            };
            platform.change_tallies(&subject, give_back).await?;
        }
        done
    }
}
