//! Who reads datasets through a door that is not GraphQL. They are made out anew for each page: a key that is taken back, or a
//! right, ends what is read in the middle.

use std::sync::Arc;

use async_graphql::ServerError;
use secrecy::{ExposeSecret, SecretString};
use tracing::Instrument;
use uuid::Uuid;
use wederhoor_graphql::ErrorCode;
use wederhoor_procedure::{Locale, Words};
use wederhoor_service::{
    Caller, Cell, Column, ColumnKind, ColumnRole, Dataset, DatasetPage, DatasetPlace, Request,
    Service, ServiceError, Source,
};

use super::execute::{bearer_of, unanswered};
use super::places::{Place, Places};
use crate::http::{Asker, language};

/// The last column: whether something is left out, so that nobody is recognised.
static IS_SUPPRESSED: Column = Column {
    name: "is_suppressed",
    kind: ColumnKind::Bool,
    role: ColumnRole::Dimension,
    description: Words {
        nl: "Of er iets van de regel is weggelaten, zodat niemand herkenbaar is",
        en: "Whether something of the row is left out, so that nobody is recognised",
    },
};

/// The columns of a dataset, as every door tells them.
pub(super) fn columns_of(dataset: &'static Dataset) -> Vec<&'static Column> {
    dataset.columns.iter().chain([&IS_SUPPRESSED]).collect()
}

/// Who reads.
pub(super) struct Reader {
    service: Service,
    token: SecretString,
    source: Source,
    /// Their language.
    pub(super) locale: Locale,
    /// The id under which it is logged.
    pub(super) request_id: Uuid,
    /// Who began: nobody else goes on, nor they with less rights.
    began: Caller,
}

impl Reader {
    /// Lets them in by what they show, unless they ask too often.
    pub(super) async fn admitted(
        service: Service,
        asker: Asker,
        authorization: Option<&SecretString>,
    ) -> Result<Arc<Self>, ServiceError> {
        let source = Source::of(asker.source);
        service.admit_source(source).await?;
        let shown = authorization.map(SecretString::expose_secret);
        let token = shown.and_then(|header| bearer_of(header).ok());
        let token = SecretString::from(token.ok_or(ServiceError::Unauthenticated)?);
        let began = service.caller(Some(token.expose_secret()), false).await?;
        let reader = Self {
            service,
            token,
            source,
            locale: asker.locale,
            request_id: asker.request_id,
            began,
        };
        if let Err(error) = reader.service.admit_caller(&reader.began).await {
            reader.note_use(None);
            return Err(error);
        }
        Ok(Arc::new(reader))
    }

    /// Notes, of an API key, what was read by it; `None`: something that it may not read, or that there is not.
    pub(super) fn note_use(&self, what: Option<&str>) {
        self.request(self.began.clone()).note_key_use(what);
    }

    /// A place for what they read; `None` where they read as much at a time as they may.
    pub(super) fn take(&self, places: &Places) -> Option<Place> {
        places.take(&self.began)
    }

    fn request(&self, caller: Caller) -> Request {
        let request = self.service.request(caller, self.locale, None);
        request.from_source(Some(self.source))
    }

    /// At most so many rows after a place, a cell for each of [its columns](columns_of). In a task of its own: who hangs up
    /// breaks nothing off in the middle.
    pub(super) async fn page(
        self: &Arc<Self>,
        dataset: &'static Dataset,
        after: Option<DatasetPlace>,
        limit: usize,
    ) -> Result<DatasetPage, ServiceError> {
        let read = self.clone().read(dataset, after, limit);
        let read = tokio::spawn(read.in_current_span()).await;
        let mut page = read.unwrap_or_else(|failure| Err(early(&failure)))?;
        for row in &mut page.rows {
            let is_suppressed = row.contains(&Cell::Suppressed);
            row.push(Cell::Bool(is_suppressed));
        }
        Ok(page)
    }

    async fn read(
        self: Arc<Self>,
        dataset: &'static Dataset,
        after: Option<DatasetPlace>,
        limit: usize,
    ) -> Result<DatasetPage, ServiceError> {
        let token = Some(self.token.expose_secret());
        let caller = self.service.caller(token, false).await?;
        if !self.began.is_kept_by(&caller) {
            return Err(ServiceError::Unauthenticated);
        }
        let asking = self.request(caller);
        let page = asking.dataset_page(dataset, after.as_ref(), limit).await;
        asking.finish().await;
        page.map_err(of_somebody)
    }
}

/// Who asks is known: who is in no organisation has none to read.
fn of_somebody(error: ServiceError) -> ServiceError {
    match error {
        ServiceError::Unauthenticated => ServiceError::NotAllowed,
        other => other,
    }
}

/// What who asks is told of an error.
pub(super) fn refusal(error: &ServiceError, request_id: Uuid, locale: Locale) -> ServerError {
    let told = unanswered(error, request_id, locale).errors;
    let ours = || ErrorCode::Internal.error(language::in_words(language::OUR_FAULT, locale));
    told.into_iter().next().unwrap_or_else(ours)
}

/// What is told where a task ended before its work was done.
pub(super) fn early(failure: &tokio::task::JoinError) -> ServiceError {
    ServiceError::Internal(format!("what was read ended early: {failure}"))
}
