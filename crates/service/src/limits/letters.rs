//! Letters with a way in that anyone may ask for: so many, whatever is known of the address.

use wederhoor_store::Tally;

use super::rules::Hourly;
use crate::{Occasion, Request, ServiceError};

impl Request {
    /// Counts that a letter to an address was asked for.
    ///
    /// # Errors
    /// `RateLimited` when it was asked for too often from here.
    pub(crate) async fn asks_for_letter(&self, to: &str) -> Result<(), ServiceError> {
        let (service, limits) = (self.service(), self.service().limits());
        let (Some(source), Some(bounds)) = (self.source(), limits.config.tries) else {
            return Ok(());
        };
        let (to, source) = (to.trim().to_lowercase(), source.bytes());
        let subjects = [
            limits.digest(&[b"letters", to.as_bytes(), &source]),
            limits.digest(&[b"letters", &source]),
        ];
        let (now, each) = (
            service.real_now(),
            [Hourly(bounds.letters), Hourly(bounds.letters_per_source)],
        );
        let platform = service.store().platform();
        let used_up = move |tallies: &[Tally]| {
            let both = tallies.iter().zip(each);
            both.filter_map(|(tally, hourly)| hourly.is_used_up(tally, now))
                .max()
        };
        // Who is sent away writes nothing.
        let seen = platform.tallies(&subjects).await?;
        if let Some(until) = used_up(&seen) {
            return Err(service.wait_until(until, Occasion::LimitOfLetters));
        }
        let change = move |tallies: &mut [Tally]| {
            let until = used_up(tallies);
            if until.is_none() {
                for (tally, hourly) in tallies.iter_mut().zip(each) {
                    hourly.take(tally, now);
                }
            }
            until
        };
        match platform.change_tallies(&subjects, change).await? {
            Some(until) => Err(service.wait_until(until, Occasion::LimitOfLetters)),
            None => Ok(()),
        }
    }
}
