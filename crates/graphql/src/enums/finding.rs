//! What can be wrong with a policy.

use async_graphql::Enum;
use wederhoor_procedure::policy::check;

/// What can be wrong with a policy (*regeling*).
#[derive(Enum, Clone, Copy, PartialEq, Eq, Debug)]
#[graphql(remote = "check::FindingCode")]
pub(crate) enum PolicyFindingCode {
    /// There is no instance.
    NoInstance,
    /// There are more instances than four.
    TooManyInstances,
    /// There is no retention term.
    NoRetention,
    /// There is no channel on which a complaint could come in.
    NoChannel,
    /// A channel stands open on which every complaint would be refused.
    ChannelNeverAccepts,
    /// There is no cause to classify complaints under.
    NoCause,
    /// Something is listed twice.
    Duplicate,
    /// A text is empty.
    EmptyText,
    /// A code is empty, or not written as codes are (*verkeerd geschreven code*).
    MalformedCode,
    /// The last instance has a way to a next one.
    WayOnLastInstance,
    /// A lapse opens a way that is not there.
    LapseOpensNoWay,
    /// Two places say different things about what a lapse does.
    LapseContradicted,
    /// Two terms contradict each other.
    ContradictoryTerms,
    /// A reminder would come before its term begins.
    ReminderTooEarly,
    /// No path leads to an instance.
    InstanceUnreached,
    /// Nobody is left who may decide at an instance.
    NobodyDecides,
    /// Nothing that anybody may do brings the complaint to an end.
    Stranded,
    /// While nobody acts the complaint stays open, and nobody is told.
    SilentForEver,
    /// A ground is listed that cannot occur at its instance.
    GroundNeverOccurs,
    /// A lapse changes nothing for the complainant.
    LapseWithoutRemedy,
    /// After a lapse the complaint closes by itself.
    LapseCloses,
    /// Nobody is kept from handling a complaint about themselves.
    NoConflict,
    /// Nobody can appeal against inadmissibility.
    InadmissibleWithoutAppeal,
    /// People of one kind decide at two instances.
    SameDeciderTwice,
    /// Somebody must be ready to sign for the organisation.
    RepresentativeNeeded,
    /// Alerts come rarely.
    AlertsRare,
    /// Retention is shorter than a term of the procedure.
    RetentionShort,
    /// There are more paths than were searched.
    SearchCapped,
}

/// How bad it is (*ernst*).
#[derive(Enum, Clone, Copy, PartialEq, Eq, Debug)]
#[graphql(remote = "check::Severity")]
pub(crate) enum FindingSeverity {
    /// The policy cannot be published (*fout*).
    Error,
    /// The policy can be published, if this is meant (*waarschuwing*).
    Warning,
}
