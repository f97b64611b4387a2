//! Policies checked, drawn and tried out, without storing anything.

use std::sync::Arc;

use async_graphql::{Context, Enum, ID, InputObject, OneofObject};
use wederhoor_procedure::{
    Locale::{self, En, Nl},
    PolicyId,
    calendar::Calendar,
    policy::{self, Policy},
    preview,
};
use wederhoor_service::{PolicySource, ServiceError};

use crate::{
    enums::HappeningKind,
    error::{bad_request, locale, shown, top_level},
    id::typed,
    object::{finding::PolicyCheck, preview::PolicyPreview},
    request::request,
    scalar::{GivenDate, GivenInstant},
};

/// The most bytes of a regulation.
const LONGEST_DOCUMENT: usize = 200_000;
/// The most happenings of a preview.
const MOST_HAPPENINGS: usize = 50;

/// A regulation as data.
#[derive(InputObject)]
pub(crate) struct PolicyDocumentInput {
    /// How it is written.
    #[graphql(default)]
    format: PolicyFormat,
    /// The text.
    text: String,
}

/// How a regulation is written.
#[derive(Enum, Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(crate) enum PolicyFormat {
    /// TOML.
    #[default]
    Toml,
    /// JSON.
    Json,
}

impl From<PolicyDocumentInput> for PolicySource {
    fn from(document: PolicyDocumentInput) -> Self {
        match document.format {
            PolicyFormat::Toml => Self::Toml(document.text),
            PolicyFormat::Json => Self::Json(document.text),
        }
    }
}

/// How a regulation is drawn.
#[derive(Enum, Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(crate) enum DiagramFormat {
    /// A `stateDiagram-v2` in the language Mermaid.
    #[default]
    Mermaid,
    /// A picture that stands by itself, in light and dark.
    Svg,
}

/// The regulation to try: exactly one of these.
#[derive(OneofObject)]
pub(crate) enum PolicyChoiceInput {
    /// A published version.
    PolicyId(ID),
    /// A document that is not published.
    Document(PolicyDocumentInput),
}

/// What to try a policy out on.
#[derive(InputObject)]
pub(crate) struct PreviewPolicyInput {
    /// The regulation; the version in force when it is left out.
    policy: Option<PolicyChoiceInput>,
    /// When the complaint arrives.
    received_at: GivenInstant,
    /// The day of the last session of its course; left out: a complaint without a course.
    course_ended_on: Option<GivenDate>,
    /// What happens then, at most 50; put in the order of time.
    #[graphql(default)]
    happenings: Vec<HappeningInput>,
}

/// Something that happens in a preview.
#[derive(InputObject)]
pub(crate) struct HappeningInput {
    /// What.
    kind: HappeningKind,
    /// When.
    at: GivenInstant,
    /// The new last day of the term that is extended: needed to ask for more time; a notice takes all that the regulation
    /// allows when it is left out; nothing else has one.
    until_on: Option<GivenDate>,
}

/// Why nothing was tried: the text cannot be read, or nobody may try it.
pub(super) enum Untried {
    Unread(String),
    Failed(async_graphql::Error),
}

impl From<async_graphql::Error> for Untried {
    fn from(error: async_graphql::Error) -> Self {
        Self::Failed(error)
    }
}

/// The regulation to try.
enum Chosen {
    Published(Arc<Policy>),
    Written(PolicySource),
}

impl Chosen {
    fn read(self) -> Result<Arc<Policy>, ServiceError> {
        match self {
            Self::Published(policy) => Ok(policy),
            Self::Written(source) => source.parse().map(Arc::new),
        }
    }
}

/// A document that is not too long to be read.
fn written(
    ctx: &Context<'_>,
    document: PolicyDocumentInput,
) -> async_graphql::Result<PolicySource> {
    if document.text.len() > LONGEST_DOCUMENT {
        return Err(bad_request(
            ctx,
            "Deze regeling is te lang.",
            "This regulation is too long.",
        ));
    }
    Ok(document.into())
}

/// What was found in a policy that could be read.
fn found<T>(ctx: &Context<'_>, tried: Result<T, ServiceError>) -> Result<T, Untried> {
    match tried {
        Ok(found) => Ok(found),
        Err(ServiceError::Invalid(faults)) => {
            let words = faults
                .iter()
                .map(|fault| fault.message.in_locale(locale(ctx)));
            Err(Untried::Unread(words.collect::<Vec<_>>().join("\n")))
        }
        Err(error) => Err(top_level(ctx, &error).into()),
    }
}

/// The check of a policy.
pub(super) async fn check(
    ctx: &Context<'_>,
    document: PolicyDocumentInput,
) -> Result<PolicyCheck, Untried> {
    let source = written(ctx, document)?;
    let searched = apart(ctx, move || {
        source.parse().map(|policy| policy::check::check(&policy))
    });
    let findings = found(ctx, searched.await?)?;
    Ok(PolicyCheck::of(&findings, locale(ctx)))
}

/// The picture of a published version; `None`: hidden or absent.
pub(super) async fn diagram(
    ctx: &Context<'_>,
    id: Option<&ID>,
    format: DiagramFormat,
) -> async_graphql::Result<Option<String>> {
    let Some(policy) = published(ctx, id).await? else {
        return Ok(None);
    };
    let locale = locale(ctx);
    let draw = match format {
        DiagramFormat::Mermaid => policy::diagram::mermaid,
        DiagramFormat::Svg => policy::diagram::svg,
    };
    Ok(Some(apart(ctx, move || draw(&policy, locale)).await?))
}

/// A preview; `None`: the policy is hidden or absent.
pub(super) async fn try_out(
    ctx: &Context<'_>,
    input: PreviewPolicyInput,
) -> async_graphql::Result<Option<PolicyPreview>> {
    let Some(calendar) = calendar(ctx).await? else {
        return Ok(None);
    };
    if input.happenings.len() > MOST_HAPPENINGS {
        return Err(bad_request(
            ctx,
            "Noem hoogstens 50 gebeurtenissen.",
            "Name at most 50 happenings.",
        ));
    }
    let policy = match input.policy {
        None => published(ctx, None).await?.map(Chosen::Published),
        Some(PolicyChoiceInput::PolicyId(id)) => {
            published(ctx, Some(&id)).await?.map(Chosen::Published)
        }
        Some(PolicyChoiceInput::Document(document)) => {
            Some(Chosen::Written(written(ctx, document)?))
        }
    };
    let Some(policy) = policy else {
        return Ok(None);
    };
    let scenario = preview::Scenario {
        received_at: input.received_at.of_any_year(),
        course_ended_on: input.course_ended_on.map(GivenDate::of_any_year),
        happenings: happenings(ctx, input.happenings)?,
    };
    let played = apart(ctx, move || {
        let policy = policy.read()?;
        Ok(preview::preview(&policy, &calendar, &scenario))
    });
    match found(ctx, played.await?) {
        Ok(Ok(timeline)) => Ok(Some(PolicyPreview::of(&timeline, locale(ctx)))),
        Ok(Err(fault)) => Err(impossible(ctx, fault)),
        Err(Untried::Unread(words)) => Err(bad_request(ctx, &words, &words)),
        Err(Untried::Failed(error)) => Err(error),
    }
}

/// What happens, each as it can be.
fn happenings(
    ctx: &Context<'_>,
    given: Vec<HappeningInput>,
) -> async_graphql::Result<Vec<preview::Happening>> {
    let one = |(number, one): (usize, HappeningInput)| {
        let until = one.until_on.map(GivenDate::of_any_year);
        let happening = preview::Happening::new(one.kind.into(), one.at.of_any_year(), until);
        happening.map_err(|fault| {
            let place = preview::ScenarioPlace::Until(number);
            wrong_at(ctx, place, |locale| fault.in_words(locale))
        })
    };
    given.into_iter().enumerate().map(one).collect()
}

/// What cannot be at its time, with the path of what says so.
fn impossible(ctx: &Context<'_>, fault: preview::ScenarioFault) -> async_graphql::Error {
    wrong_at(ctx, fault.place(), |locale| fault.in_words(locale))
}

fn wrong_at(
    ctx: &Context<'_>,
    place: preview::ScenarioPlace,
    words: impl Fn(Locale) -> String,
) -> async_graphql::Error {
    let path = match place {
        preview::ScenarioPlace::Receipt => "receivedAt".to_owned(),
        preview::ScenarioPlace::Course => "courseEndedOn".to_owned(),
        preview::ScenarioPlace::Happening(number) => format!("happenings.{number}.at"),
        preview::ScenarioPlace::Until(number) => format!("happenings.{number}.untilOn"),
    };
    let told = |locale| format!("`input.{path}`: {}", words(locale));
    bad_request(ctx, &told(Nl), &told(En))
}

/// A published version; the one in force without an id.
async fn published(
    ctx: &Context<'_>,
    id: Option<&ID>,
) -> async_graphql::Result<Option<Arc<Policy>>> {
    let versions = shown(ctx, Box::pin(request(ctx)?.policies()).await)?;
    let wanted = id.map(|id| typed::<PolicyId>(id));
    let is_wanted = |id: PolicyId| wanted.is_none_or(|wanted| wanted == Some(id));
    Ok(versions
        .into_iter()
        .find(|version| is_wanted(version.id))
        .map(|version| version.policy))
}

/// The calendar of the viewer's organisation; `None` for who has no office in it.
async fn calendar(ctx: &Context<'_>) -> async_graphql::Result<Option<Calendar>> {
    shown(ctx, Box::pin(request(ctx)?.calendar()).await)
}

/// Work that takes longer than a request's thread may be held up: so much of it at a time.
async fn apart<T: Send + 'static>(
    ctx: &Context<'_>,
    work: impl FnOnce() -> T + Send + 'static,
) -> async_graphql::Result<T> {
    let tried = Box::pin(request(ctx)?.try_out(work)).await;
    tried.map_err(|error| top_level(ctx, &error))
}
