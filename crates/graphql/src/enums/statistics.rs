//! What figures are told by.

use async_graphql::Enum;
use wederhoor_procedure::figures::{Milestone, Table};
use wederhoor_service::Interval;

/// How long the spans are that figures are told of (*tijdvak*).
#[derive(Enum, Clone, Copy, PartialEq, Eq, Debug)]
#[graphql(remote = "Interval")]
pub(crate) enum StatisticsInterval {
    /// A month of the calendar (*maand*).
    Month,
    /// Three months, from January on (*kwartaal*).
    Quarter,
    /// Twelve months, from January on (*jaar*).
    Year,
}

/// What is reached once, and how long that took (*mijlpaal*).
#[derive(Enum, Clone, Copy, PartialEq, Eq, Debug)]
#[graphql(remote = "Milestone")]
pub(crate) enum StatisticsMilestone {
    /// Receipt was confirmed as the regulation asks (*ontvangst bevestigd*).
    Acknowledged,
    /// A decider first spoke with the complainant in person (*eerste contact*).
    Contacted,
    /// The first response went out and did not come back (*eerste reactie*).
    Responded,
    /// The last decision was issued (*laatste beslissing*).
    Decided,
    /// Both sides had signed one text (*overeenstemming*).
    Agreed,
    /// It first came to a next instance (*beroep*).
    Appealed,
    /// The procedure ended (*afgesloten*).
    Closed,
}

macro_rules! groupings {
    ($($(#[$doc:meta])* $name:ident = $table:ident,)*) => {
        /// What complaints are told apart by (*indeling*). Each complaint is counted once in each; one that divides the complaints
        /// of a value of another counts only those.
        #[derive(Enum, Clone, Copy, PartialEq, Eq, Debug)]
        pub(crate) enum StatisticsGrouping { $($(#[$doc])* $name,)* }

        impl From<StatisticsGrouping> for Table {
            fn from(grouping: StatisticsGrouping) -> Self {
                match grouping { $(StatisticsGrouping::$name => Self::$table,)* }
            }
        }
    };
}

groupings! {
    /// How it ended, or that it is still open (*uitkomst*).
    Outcome = Outcome,
    /// Whether an agreement came within its term, of `OUTCOME` `agreed` (*overeenstemming op tijd*).
    AgreedInTime = AgreedInTime,
    /// Whether every decision came within its term, of `OUTCOME` `decided` (*beslissing op tijd*).
    DecidedInTime = DecidedInTime,
    /// What the last decision on appeal made of the finding before it, of `OUTCOME` `decided` (*beslissing in beroep*).
    OnAppeal = OnAppeal,
    /// How it came in (*kanaal*).
    Channel = Channel,
    /// The title of the course it is about, whenever that was given (*soort cursus*).
    CourseType = CourseType,
    /// The course it is about (*cursus*).
    Course = Course,
    /// Its cause, by the organisation's own list (*oorzaak*).
    Cause = Cause,
    /// The version of the regulation that governs it (*versie van de regeling*).
    PolicyVersion = Policy,
    /// How the term to confirm receipt stands (*ontvangst bevestigd*).
    Acknowledged = Acknowledged,
    /// Whether that was done in time, of `ACKNOWLEDGED` `ended` (*ontvangst op tijd bevestigd*).
    AcknowledgedInTime = AcknowledgedInTime,
    /// How the terms for personal contact stand (*persoonlijk contact*).
    Contacted = Contacted,
    /// Whether they were kept, of `CONTACTED` `ended` (*contact op tijd*).
    ContactedInTime = ContactedInTime,
    /// How the term for a written response stands (*reactie gegeven*).
    Responded = Responded,
    /// Whether it was kept, of `RESPONDED` `ended` (*reactie op tijd*).
    RespondedInTime = RespondedInTime,
    /// Whether it went to a next instance (*in beroep*).
    Appealed = Appealed,
    /// Whether the complainant rated the handling (*oordeel over de behandeling*).
    Satisfaction = Satisfaction,
    /// The score they gave, of `SATISFACTION` `answered` (*cijfer*).
    Score = Score,
    /// Whether measures against a repeat were agreed after it (*maatregelen*).
    Measures = Measures,
    /// How far those are, of `MEASURES` `taken` (*stand van maatregelen*).
    MeasuresDone = MeasuresDone,
    /// Whether another complaint about the same course, with the same cause, came after them, of `MEASURES` `taken` (*herhaling*).
    Recurrence = Recurrence,
}
