//! The arithmetic: what one more try means, given what was counted before.

use chrono::{DateTime, TimeDelta, Utc};
use wederhoor_store::Tally;

use super::TriesConfig;

/// For how long a source is known after a sign-in.
pub(super) const KNOWN: TimeDelta = TimeDelta::days(30);
/// How long tries of one account from one source are remembered after the last.
const REMEMBERED: TimeDelta = TimeDelta::hours(24);
/// The first wait, in seconds; each further one is twice as long.
const FIRST_WAIT: i64 = 30;
/// The longest wait, in seconds.
const LONGEST_WAIT: i64 = 3_600;

/// So many in an hour, all at once if need be: each comes back by itself after its share of the hour (GCRA). `until` of its
/// tally is when all have come back.
#[derive(Clone, Copy, Debug)]
pub(super) struct Hourly(pub(super) u32);

impl Hourly {
    fn share(self) -> TimeDelta {
        TimeDelta::milliseconds(3_600_000 / i64::from(self.0.max(1)))
    }

    /// Until when another one is too many; `None`: it is not.
    pub(super) fn is_used_up(self, tally: &Tally, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        let share = self.share();
        let all_but_one = share * i32::try_from(self.0.max(1) - 1).unwrap_or(i32::MAX);
        let free_at = tally.until - all_but_one;
        (free_at > now).then_some(free_at)
    }

    pub(super) fn take(self, tally: &mut Tally, now: DateTime<Utc>) {
        tally.until = tally.until.max(now) + self.share();
        tally.forget_at = tally.until;
    }

    pub(super) fn give_back(self, tally: &mut Tally) {
        tally.until -= self.share();
        tally.forget_at = tally.until;
    }
}

/// What is tried, as far as it matters here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// The password of an account, by who wants in.
    SignIn,
    /// A password, by who is in already, or has an invitation: others at the source do not matter to it.
    Named,
}

/// What is counted of one try: of its account at its source, of the source, of the account; and until when the source is
/// known as one from which the account signed in.
pub(super) type Counted = [Tally; 4];

/// Why a try is not made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Held {
    /// It may be made then.
    Until(DateTime<Utc>),
    /// It may be made with a proof of work.
    Unproven,
}

/// What came of a try.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    /// It was right.
    Right,
    /// It says nothing of what was tried.
    Nothing,
}

/// Counts a try before it is made, as if it were wrong: of many at once, no more are made than one after the other. Who
/// tries from where the account signed in lately is never sent away: nobody locks them out.
pub(super) fn begin(
    counted: &mut Counted,
    bounds: &TriesConfig,
    kind: Kind,
    is_proven: bool,
    now: DateTime<Utc>,
) -> Result<(), Held> {
    let [pair, source, account, known] = counted;
    let is_known = kind == Kind::SignIn && known.until > now;
    if pair.until > now && !(is_known && is_proven) {
        return Err(if is_known {
            Held::Unproven
        } else {
            Held::Until(pair.until)
        });
    }
    let (of_source, of_account) = (Hourly(bounds.per_source), Hourly(bounds.per_account));
    let counts_for_account = kind == Kind::SignIn && !is_known;
    if counts_for_account && let Some(until) = of_source.is_used_up(source, now) {
        return Err(Held::Until(until));
    }
    if counts_for_account && !is_proven && of_account.is_used_up(account, now).is_some() {
        return Err(Held::Unproven);
    }
    pair.counted = pair.counted.saturating_add(1);
    let further = pair.counted - i32::try_from(bounds.per_account_and_source).unwrap_or(i32::MAX);
    pair.until = now + wait(further);
    pair.forget_at = pair.until + REMEMBERED;
    if kind == Kind::SignIn {
        of_source.take(source, now);
    }
    if counts_for_account {
        of_account.take(account, now);
    }
    Ok(())
}

/// How long the next try waits after so many beyond those that are free.
fn wait(further: i32) -> TimeDelta {
    if further < 0 {
        return TimeDelta::zero();
    }
    let doubled = FIRST_WAIT << further.min(10);
    TimeDelta::seconds(doubled.min(LONGEST_WAIT))
}

/// Takes back what a try was counted for that was not wrong; who was right begins anew, and their source is known.
pub(super) fn end(
    counted: &mut Counted,
    bounds: &TriesConfig,
    kind: Kind,
    outcome: Outcome,
    now: DateTime<Utc>,
) {
    let [pair, source, account, known] = counted;
    let was_known = known.until > now;
    if kind == Kind::SignIn {
        Hourly(bounds.per_source).give_back(source);
        if !was_known {
            Hourly(bounds.per_account).give_back(account);
        }
    }
    match outcome {
        Outcome::Right => {
            pair.counted = 0;
            pair.until = DateTime::UNIX_EPOCH;
            pair.forget_at = now;
            if kind == Kind::SignIn {
                known.until = now + KNOWN;
                known.forget_at = known.until;
            }
        }
        Outcome::Nothing => {
            pair.counted = (pair.counted - 1).max(0);
            pair.until = pair.until.min(now);
        }
    }
}

#[cfg(test)]
mod tests;
