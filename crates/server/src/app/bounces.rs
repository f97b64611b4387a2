//! What a mail system says that came back is noted, and what follows from it is worked at.

use std::sync::Arc;

use async_graphql::Response;
use secrecy::{ExposeSecret, SecretString};
use uuid::Uuid;
use wederhoor_graphql::ErrorCode;
use wederhoor_procedure::Locale;
use wederhoor_service::{Bounce, BounceFate, BounceReporter, Service, ServiceError, Source};

use super::{
    Wake,
    execute::{bearer_of, refused, unanswered},
};
use crate::http::{BounceHead, Bounces, Noting, language};

const NO_KEY: [&str; 2] = [
    "Stuur `Authorization: Bearer <sleutel>` met een sleutel die geldt.",
    "Send `Authorization: Bearer <key>` with a key that is valid.",
];

/// How bounces are noted.
pub(super) fn bounces(service: Service, wake: Arc<Wake>) -> Bounces {
    Arc::new(move |head| {
        let (service, wake) = (service.clone(), wake.clone());
        Box::pin(async move {
            let (id, locale) = (head.asker.request_id, head.asker.locale);
            match reporter(&service, &head).await {
                Ok(Some(reporter)) => Ok(noting(reporter, wake, (id, locale))),
                Ok(None) => Err(refused(ErrorCode::Unauthenticated, NO_KEY, locale)),
                Err(error) => Err(unanswered(&error, id, locale)),
            }
        })
    })
}

/// Who has no key is looked for like who has a wrong one: both cost the same.
async fn reporter(
    service: &Service,
    head: &BounceHead,
) -> Result<Option<BounceReporter>, ServiceError> {
    service.admit_source(Source::of(head.asker.source)).await?;
    let authorization = head.authorization.as_ref().map(SecretString::expose_secret);
    let key = authorization.and_then(|header| bearer_of(header).ok());
    service.bounce_reporter(&key.unwrap_or_default()).await
}

/// In a task of its own: who hangs up does not stop it in the middle of a letter.
fn noting(
    reporter: BounceReporter,
    wake: Arc<Wake>,
    (request_id, locale): (Uuid, Locale),
) -> Noting {
    Box::new(move |bounces: Vec<Bounce>| {
        let task = tokio::spawn(async move {
            let noted = reporter.report(&bounces).await;
            wake.all();
            noted
        });
        Box::pin(async move { answered(task.await, request_id, locale).map_err(|told| *told) })
    })
}

fn answered(
    noted: Result<Result<Vec<BounceFate>, ServiceError>, tokio::task::JoinError>,
    request_id: Uuid,
    locale: Locale,
) -> Result<Vec<BounceFate>, Box<Response>> {
    match noted {
        Ok(Ok(fates)) => Ok(fates),
        Ok(Err(ServiceError::Conflict)) => {
            let busy = ServiceError::Unavailable("others were first every time".to_owned());
            Err(Box::new(unanswered(&busy, request_id, locale)))
        }
        Ok(Err(error)) => Err(Box::new(unanswered(&error, request_id, locale))),
        Err(failure) => {
            tracing::error!(%request_id, is_panic = failure.is_panic(), "the noting of bounces ended early");
            let told = refused(ErrorCode::Internal, language::OUR_FAULT, locale);
            Err(Box::new(told))
        }
    }
}
