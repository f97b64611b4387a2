//! Figures, for those who may read them.

use std::collections::BTreeSet;

use async_graphql::{Context, ID, InputObject, Object};
use wederhoor_procedure::{CourseId, PolicyId, figures::Table};
use wederhoor_service::{FiguresAsk, ServiceError};

use crate::{
    connection::LIST,
    enums::{StatisticsGrouping, StatisticsInterval},
    error::{bad_request, shown},
    id::typed,
    object::statistics::Statistics,
    request::request,
    scalar::Date,
};

#[derive(Default)]
pub(crate) struct StatisticsQueries;

/// A period, of which whole spans are told that are over (*periode*).
#[derive(InputObject, Debug)]
pub(crate) struct StatisticsPeriodInput {
    /// Its first day.
    starts_on: Date,
    /// Its last day, at most ten years on.
    ends_on: Date,
}

/// Which of the figures are shown. What is suppressed does not depend on it.
#[derive(InputObject, Debug)]
pub(crate) struct StatisticsFilterInput {
    /// Only these values of the grouping, as `value` says them; all when left out.
    values: Option<Vec<ID>>,
}

#[Object]
impl StatisticsQueries {
    /// How many complaints came in in each span of a period, what became of them, and how long that took (*cijfers*); for
    /// analysts, managers, members of a committee and administrators, `null` for anyone else. A span is a whole month,
    /// quarter or year that is over, and complaints are counted where they came in, whatever happened later. What is still
    /// running counts neither as in time nor as late.
    #[graphql(complexity = "LIST + 20 * child_complexity")]
    async fn statistics(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which spans.")] period: StatisticsPeriodInput,
        #[graphql(desc = "How long the spans are; months when left out.")] interval: Option<
            StatisticsInterval,
        >,
        #[graphql(
            desc = "By what complaints are told apart, by one thing at most: any finer, and hardly anything could be told. \
                All together when left out."
        )]
        group_by: Option<Vec<StatisticsGrouping>>,
        #[graphql(desc = "Which of the figures are shown; all when left out.")] filter: Option<
            StatisticsFilterInput,
        >,
    ) -> async_graphql::Result<Option<Statistics>> {
        let by = match group_by.as_deref() {
            None | Some([]) => Table::Filed,
            Some([one]) => (*one).into(),
            Some(_) => {
                return Err(bad_request(
                    ctx,
                    "Deel klachten naar hoogstens één ding in: fijner is niet te tonen zonder dat mensen te herkennen zijn.",
                    "Tell complaints apart by one thing at most: anything finer would let people be recognised.",
                ));
            }
        };
        let only = filter.and_then(|filter| filter.values);
        let ask = FiguresAsk {
            from: period.starts_on.0,
            until: period.ends_on.0,
            interval: interval.unwrap_or(StatisticsInterval::Month).into(),
            by,
            only: only.map(|only| codes(by, &only)),
            with_days: ctx.look_ahead().field("days").exists(),
        };
        let told = match Box::pin(request(ctx)?.figures(&ask)).await {
            Err(ServiceError::Invalid(faults)) => {
                let fault = faults.first().map(|fault| &fault.message);
                let (nl, en) = fault.map_or(("", ""), |words| (&*words.nl, &*words.en));
                return Err(bad_request(ctx, nl, en));
            }
            told => shown(ctx, told.map(Some))?,
        };
        Ok(told.map(|told| Statistics { by, told }))
    }
}

/// What is known of a value is its code: what clients name by an id of its type, it is named by here.
fn codes(by: Table, values: &[ID]) -> BTreeSet<String> {
    let code = |value: &ID| {
        let own = match by {
            Table::Course => typed::<CourseId>(value).map(|id| id.to_string()),
            Table::Policy => typed::<PolicyId>(value).map(|id| id.to_string()),
            _ => None,
        };
        own.unwrap_or_else(|| value.to_string())
    };
    values.iter().map(code).collect()
}
