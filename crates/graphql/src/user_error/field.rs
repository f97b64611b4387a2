//! Which field of an input a refusal is about.

use async_graphql::{Context, registry::MetaType};
use wederhoor_procedure::{policy::IntakeField, refusal::Reason};

/// The path into the input of the mutation that is being answered, outermost first: the first of the fields that the
/// refusal can be about that this input has.
pub(crate) fn field_of(ctx: &Context<'_>, reason: &Reason) -> Option<Vec<String>> {
    let path = candidates(reason).iter().find(|path| has(ctx, path[0]))?;
    Some(path.iter().map(|field| (*field).to_owned()).collect())
}

/// The input's fields are those of the type that is named after the mutation.
fn has(ctx: &Context<'_>, field: &str) -> bool {
    let mut name = ctx.field().name().to_owned();
    name[..1].make_ascii_uppercase();
    let input = ctx.schema_env.registry.types.get(&format!("{name}Input"));
    matches!(input, Some(MetaType::InputObject { input_fields, .. }) if input_fields.contains_key(field))
}

type Paths = &'static [&'static [&'static str]];

/// What a refusal can be about, in the inputs that can meet it. What is about the complaint and not about the input has
/// none.
fn candidates(reason: &Reason) -> Paths {
    match reason {
        Reason::FieldRequired(field) | Reason::ImpossibleDate(field) => of_form(*field),
        Reason::NotFound
        | Reason::UnknownMember
        | Reason::ConflictOfInterest
        | Reason::NotEligible
        | Reason::AlreadyAssigned
        | Reason::HandlerAvailable
        | Reason::UnknownParty
        | Reason::NotNotified
        | Reason::UnknownLetter
        | Reason::NotSent
        | Reason::NotReturned
        | Reason::UnknownMeasure
        | Reason::UnknownCause
        | Reason::AddressRequired
        | Reason::CourseRequired => of_named(reason),
        Reason::InThePast
        | Reason::TooFarAhead(_)
        | Reason::TooLongAgo
        | Reason::NoRegulationThen
        | Reason::ImpossibleTime
        | Reason::NotLater(_)
        | Reason::TooLong(_) => of_time(reason),
        _ => of_content(reason),
    }
}

/// Who or what is named.
fn of_named(reason: &Reason) -> Paths {
    match reason {
        Reason::NotFound => &[
            &["complaintId"],
            &["letterId"],
            &["absenceId"],
            &["courseId"],
            &["memberId"],
            &["on"],
            &["signInId"],
            &["organisation"],
            &["keyId"],
        ],
        Reason::UnknownMember => &[&["memberId"], &["ownerId"], &["measures"]],
        Reason::ConflictOfInterest
        | Reason::NotEligible
        | Reason::AlreadyAssigned
        | Reason::HandlerAvailable => &[
            &["memberId"],
            &["contact", "email"],
            &["respondents"],
            &["ownerId"],
            &["measures"],
        ],
        Reason::UnknownParty | Reason::NotNotified => &[&["party"], &["number"]],
        Reason::UnknownLetter | Reason::NotSent | Reason::NotReturned => &[&["letterId"]],
        Reason::UnknownMeasure => &[&["measureId"]],
        Reason::UnknownCause => &[&["cause"]],
        Reason::AddressRequired => &[
            &["complainant", "email"],
            &["contact", "email"],
            &["memberId"],
        ],
        Reason::CourseRequired => &[&["courseId"]],
        _ => &[],
    }
}

/// When it was, or is to be.
fn of_time(reason: &Reason) -> Paths {
    match reason {
        Reason::InThePast => &[&["hearingAt"], &["dueOn"], &["measures"]],
        Reason::TooFarAhead(_) => &[&["hearingAt"]],
        Reason::TooLongAgo => &[&["contactOn"]],
        Reason::NoRegulationThen => &[&["arrivedAt"]],
        Reason::ImpossibleTime => &[
            &["arrivedAt"],
            &["contactedAt"],
            &["postedOn"],
            &["contactOn"],
            &["hearingAt"],
            &["doneOn"],
        ],
        Reason::NotLater(_) | Reason::TooLong(_) => &[&["until"]],
        _ => &[],
    }
}

/// What is said of it.
fn of_content(reason: &Reason) -> Paths {
    match reason {
        Reason::LatenessSettled => &[&["ground"]],
        Reason::NotDeclaredInadmissible => &[&["isInadmissibilityUpheld"]],
        Reason::NothingToChange => &[&["measureId"]],
        Reason::ChannelNotOpen => &[&["channel"], &["organisation"]],
        Reason::MustBeWritten => &[&["channel"]],
        Reason::EmptyText | Reason::ReasonRequired => &[
            &["text"],
            &["reasons"],
            &["reason"],
            &["grounds"],
            &["reasonForNone"],
            &["act"],
        ],
        Reason::Contradictory => &[
            &["isInadmissibilityUpheld"],
            &["reasonForNone"],
            &["isEffective"],
        ],
        Reason::AboveCompensationCap(_) => &[&["compensation"]],
        Reason::ScoreOutOfRange => &[&["score"], &["act", "rateHandling", "score"]],
        Reason::SolutionChanged(_) => &[&["version"], &["act", "signOffSolution", "version"]],
        Reason::TooFewAttempts(_) => &[&["attempts"]],
        Reason::NotAPartyAct => &[&["act"]],
        Reason::InvitationRequired => &[&["isInvited"]],
        _ => &[],
    }
}

/// Where the form asks for it.
fn of_form(field: IntakeField) -> Paths {
    match field {
        IntakeField::Name => &[&["complainant", "name"]],
        IntakeField::Telephone => &[&["complainant", "telephone"]],
        IntakeField::Description => &[&["description"]],
        IntakeField::FormDate => &[&["filedOn"]],
        IntakeField::IncidentDate => &[&["incidentOn"]],
    }
}
