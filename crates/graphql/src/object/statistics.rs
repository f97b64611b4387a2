//! Figures.

use async_graphql::{Context, ID, Object, SimpleObject};
use wederhoor_procedure::{CourseId, PolicyId, figures::Table};
use wederhoor_service::{FigureCount, FigureDays, FiguresTold, Took};

use crate::{
    enums::{StatisticsInterval, StatisticsMilestone},
    error::locale,
    id::Opaque,
    scalar::Date,
};

/// Figures of complaints, by the month in which these came in.
pub(crate) struct Statistics {
    pub(crate) by: Table,
    pub(crate) told: FiguresTold,
}

/// Figures of complaints (*cijfers*), by the month in which these came in. Nothing is told of fewer than `smallestCount`
/// complaints: such a number is suppressed, be it none, and others with it from which it could be reckoned.
#[Object]
impl Statistics {
    /// How many complaints, span by span, and value by value.
    async fn counts(&self) -> Vec<StatisticsCount> {
        let one = |count: &FigureCount| StatisticsCount {
            by: self.by,
            count: count.clone(),
        };
        self.told.counts.iter().map(one).collect()
    }

    /// How long it took to reach each milestone, span by span, of the complaints that reached it; whatever the grouping.
    async fn days(&self) -> Vec<StatisticsDays> {
        self.told.days.iter().map(StatisticsDays::from).collect()
    }

    /// The smallest number that is told; `setSuppressionThreshold` raises it.
    async fn smallest_count(&self) -> u64 {
        self.told.threshold
    }
}

/// How many complaints have a value in a span.
pub(crate) struct StatisticsCount {
    by: Table,
    count: FigureCount,
}

/// How many of the complaints that came in in a span have a value (*aantal*).
#[Object]
impl StatisticsCount {
    /// The length of the span.
    async fn interval(&self) -> StatisticsInterval {
        self.count.span.interval.into()
    }

    /// The first day of the span.
    async fn starts_on(&self) -> Date {
        Date(self.count.span.starts_on)
    }

    /// The last day of the span.
    async fn ends_on(&self) -> Date {
        Date(self.count.span.ends_on)
    }

    /// The value, by its code; of a course or a version of the regulation its id. `null` for all complaints together.
    async fn value(&self) -> Option<ID> {
        let code = &self.count.value;
        let own = code.parse().ok();
        let own = match self.by {
            Table::Course => own.map(|id| CourseId(id).opaque()),
            Table::Policy => own.map(|id| PolicyId(id).opaque()),
            _ => None,
        };
        let is_one_of_many = self.by != Table::Filed;
        own.or_else(|| is_one_of_many.then(|| ID(code.clone())))
    }

    /// What people call the value.
    async fn name(&self, ctx: &Context<'_>) -> String {
        self.count.name.in_locale(locale(ctx)).to_owned()
    }

    /// How many; `null` where it is suppressed.
    async fn count(&self) -> Option<u64> {
        self.count.count
    }

    /// Whether the number is not told, so that nobody is recognised (*onderdrukt*).
    async fn is_suppressed(&self) -> bool {
        self.count.count.is_none()
    }
}

/// How long it took to reach a milestone, of the complaints that came in in a span (*doorlooptijd*).
#[derive(SimpleObject, Clone, Debug)]
pub(crate) struct StatisticsDays {
    /// The length of the span.
    interval: StatisticsInterval,
    /// The first day of the span.
    starts_on: Date,
    /// The last day of the span.
    ends_on: Date,
    /// What was reached.
    milestone: StatisticsMilestone,
    /// In days of the calendar since the day of filing; `null` where it is suppressed, or nobody reached it.
    days: Option<StatisticsDuration>,
    /// In working days since the day of filing; `null` where it is suppressed, or nobody reached it.
    working_days: Option<StatisticsDuration>,
}

/// How long something took, in days (*duur*).
#[derive(SimpleObject, Clone, Copy, Debug)]
pub(crate) struct StatisticsDuration {
    /// On average (*gemiddeld*).
    mean: f64,
    /// Half of them took no longer (*mediaan*).
    median: f64,
    /// Nine of ten took no longer (*90e percentiel*).
    p90: u32,
}

impl From<&FigureDays> for StatisticsDays {
    fn from(told: &FigureDays) -> Self {
        let duration = |took: Took| StatisticsDuration {
            mean: took.mean,
            median: took.median,
            p90: took.p90,
        };
        Self {
            interval: told.span.interval.into(),
            starts_on: Date(told.span.starts_on),
            ends_on: Date(told.span.ends_on),
            milestone: told.milestone.into(),
            days: told.days.map(duration),
            working_days: told.working_days.map(duration),
        }
    }
}
