//! The calendar: the days that organisations decide on for themselves, and those that a decree equates for all.

use chrono::{DateTime, Datelike, NaiveDate, Utc};
use chrono_tz::Europe::Amsterdam;
use wederhoor_procedure::calendar::{Calendar, DecreeFault, faults_of_decree};
use wederhoor_store::{EquatedDay, ReadTx};

use crate::{InputCode, InputFault, Operator, Request, Service, ServiceError, Tenant, line};

/// A day that a decree equates with a holiday.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DecreedDay {
    /// The day.
    pub on: NaiveDate,
    /// Since when it counts.
    pub known_since: DateTime<Utc>,
    /// Where it is written, as whoever entered it said; `None` of those that the program brings along.
    pub source: Option<String>,
}

/// The days of a tenant, without what its regulation says of them.
pub(crate) async fn calendar_of(tx: &ReadTx, tenant: &Tenant) -> Result<Calendar, ServiceError> {
    let mut calendar = Calendar::new(tenant.settings.time_zone);
    for one in tx.calendar_days().await? {
        let (day, since) = (one.day, one.known_since);
        calendar = match one.taken_back_at {
            Some(at) => calendar
                .with_closing_day(day, since)
                .with_closing_day_taken_back(day, at),
            None if one.is_equated => calendar.with_equated_day(day, since),
            None => calendar.with_closing_day(day, since),
        };
    }
    Ok(calendar)
}

impl Service {
    /// The days of a year that decrees equate with a holiday, in order.
    ///
    /// # Errors
    /// Only when the database cannot be reached.
    pub async fn decreed_days(&self, year: i32) -> Result<Vec<DecreedDay>, ServiceError> {
        let entered = self.store().platform().equated_days().await?;
        let calendar = known(&entered);
        let days = calendar.equated_days().iter();
        let days = days.filter(|(day, _)| day.year() == year);
        let decreed = |(day, since): (&NaiveDate, &DateTime<Utc>)| DecreedDay {
            on: *day,
            known_since: *since,
            source: entered
                .iter()
                .find(|one| one.equated_on == *day)
                .map(|one| one.source.clone()),
        };
        Ok(days.map(decreed).collect())
    }

    /// Takes in days that a decree equates with a holiday, all of them or none: they count from now on, and every complaint of
    /// every organisation is looked at anew. What is `known` already to be wrong is told beside the rest.
    ///
    /// # Errors
    /// `Invalid` with everything that is not fit; `Conflict` when somebody else entered one of them meanwhile.
    pub async fn decree(
        &self,
        days: &[NaiveDate],
        source: &str,
        by: Option<&Operator>,
        known_faults: &[InputFault],
    ) -> Result<Vec<DecreedDay>, ServiceError> {
        let now = self.procedure_now();
        let entered = self.store().platform().equated_days().await?;
        let calendar = known(&entered);
        let mut faults = Vec::new();
        let source = line::name(source, "source", &mut faults);
        for (place, fault) in faults_of_decree(days, &calendar, calendar.local_date(now)) {
            let (path, words) = (format!("days.{place}"), fault.in_words());
            let fault = InputFault::at(code_of(fault), &path, &words.nl, &words.en);
            if known_faults.iter().all(|known| known.path != fault.path) {
                faults.push(fault);
            }
        }
        if days.is_empty() && known_faults.is_empty() {
            let (nl, en) = ("Noem minstens een dag.", "Name at least one day.");
            faults.push(InputFault::at(InputCode::Required, "days", nl, en));
        }
        ServiceError::unless_faultless(known_faults, &faults)?;
        let rows = days.iter().map(|day| EquatedDay {
            equated_on: *day,
            known_since: now,
            source: source.to_owned(),
            entered_by: by.map(|operator| operator.login.account),
        });
        let noted = by.map(|one| (one.login.account, one.login.session, self.real_now()));
        let platform = self.store().platform();
        platform
            .insert_equated_days(rows.collect(), now, noted)
            .await?;
        let mut days = days.to_vec();
        days.sort_unstable();
        let decreed = |on| DecreedDay {
            on,
            known_since: now,
            source: Some(source.to_owned()),
        };
        Ok(days.into_iter().map(decreed).collect())
    }
}

impl Request {
    /// The days of the caller's organisation; `None` for who has no office in it.
    ///
    /// # Errors
    /// Whatever keeps the organisation from being read.
    pub async fn calendar(&self) -> Result<Option<Calendar>, ServiceError> {
        if !self.caller().has_office() {
            return Ok(None);
        }
        let tenant = self.tenant().await?;
        let reading = self.reading().await?;
        Ok(Some(calendar_of(&reading.tx, &tenant).await?))
    }

    /// The days of a year that decrees equate with a holiday, in order.
    ///
    /// # Errors
    /// `NotAllowed` for anyone but an operator; `SecondFactorRequired`.
    pub async fn decreed_days(&self, year: i32) -> Result<Vec<DecreedDay>, ServiceError> {
        self.operator()?;
        self.service().decreed_days(year).await
    }

    /// As [`Service::decree`], by an operator.
    ///
    /// # Errors
    /// `NotAllowed`, `SecondFactorRequired`, `RecentSignInRequired`; as [`Service::decree`].
    pub async fn decree(
        &self,
        days: &[NaiveDate],
        source: &str,
        faults: &[InputFault],
    ) -> Result<Vec<DecreedDay>, ServiceError> {
        let operator = self.operator()?;
        self.require_recent()?;
        let service = self.service();
        service.decree(days, source, Some(operator), faults).await
    }
}

/// What is known of the days of every organisation; decrees are Dutch, and so is their day.
fn known(entered: &[EquatedDay]) -> Calendar {
    let calendar = Calendar::new(Amsterdam);
    entered.iter().fold(calendar, |calendar, day| {
        calendar.with_equated_day(day.equated_on, day.known_since)
    })
}

const fn code_of(fault: DecreeFault) -> InputCode {
    use DecreeFault as Fault;
    match fault {
        Fault::Weekend | Fault::Holiday(_) | Fault::Known => InputCode::Taken,
        Fault::Twice => InputCode::Contradictory,
        Fault::Past | Fault::TooFar => InputCode::ImpossibleDate,
    }
}
