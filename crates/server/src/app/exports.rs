//! Files of datasets, for who may read them. Who asks is made out anew for each page: a key that is taken back, or a right, ends
//! the file in the middle.

use std::{io, sync::Arc};

use async_graphql::{ServerError, Value};
use futures_util::{StreamExt, stream::try_unfold};
use secrecy::{ExposeSecret, SecretString};
use sha2::{Digest, Sha256};
use uuid::Uuid;
use wederhoor_graphql::ErrorCode;
use wederhoor_procedure::Locale;
use wederhoor_service::{
    Caller, Cell, ColumnKind, DATASETS, Dataset, DatasetKind, DatasetPage, DatasetPlace,
    LARGEST_PAGE, Request, Service, ServiceError, Source, dataset,
};

use super::execute::{bearer_of, unanswered};
use crate::{
    exports::{Dialect, Export, Format, Heading},
    http::{ExportFile, ExportHead, Exports, language},
};

/// The last column where something may be left out so that nobody is recognised: whether anything of the row is.
const SUPPRESSED: Heading = Heading {
    name: "is_suppressed",
    kind: ColumnKind::Bool,
};

/// How files are read.
pub(super) fn exports(service: Service) -> Exports {
    Arc::new(move |head| {
        let service = service.clone();
        Box::pin(async move {
            let (id, locale) = (head.request_id, head.locale);
            // In a task of its own: who hangs up breaks nothing off in the middle.
            let read = tokio::spawn(file(service, head)).await;
            let read = read.unwrap_or_else(|failure| Err(Not::Read(early(&failure))));
            read.map_err(|not| not.told(id, locale))
        })
    })
}

fn early(failure: &tokio::task::JoinError) -> ServiceError {
    ServiceError::Internal(format!("a file ended early: {failure}"))
}

/// Why there is no file.
enum Not {
    /// There is none of that name.
    There,
    /// It is asked for in a way that there is not.
    So,
    /// Whoever asks may not, or not now.
    Read(ServiceError),
}

impl From<ServiceError> for Not {
    fn from(error: ServiceError) -> Self {
        Self::Read(error)
    }
}

impl Not {
    fn told(self, id: Uuid, locale: Locale) -> ServerError {
        let words = |words| language::in_words(words, locale);
        match self {
            Self::There => {
                let mut error = ErrorCode::NotFound.error(words([
                    "Er is geen bestand met deze naam.",
                    "There is no file of this name.",
                ]));
                let extensions = error.extensions.get_or_insert_default();
                let names =
                    |all: Vec<&str>| Value::List(all.into_iter().map(Value::from).collect());
                let datasets = DATASETS.iter().map(|one| one.name).collect();
                extensions.set("datasets", names(datasets));
                let formats = Format::ALL.iter().map(|(ending, _)| *ending).collect();
                extensions.set("formats", names(formats));
                error
            }
            Self::So => ErrorCode::BadRequest.error(words([
                "Achter het adres kan alleen `?dialect=excel-nl` staan, bij csv.",
                "Only `?dialect=excel-nl` can stand behind the address, of csv.",
            ])),
            Self::Read(error) => {
                let told = unanswered(&error, id, locale).errors.into_iter().next();
                told.unwrap_or_else(|| ErrorCode::Internal.error(words(language::OUR_FAULT)))
            }
        }
    }
}

/// Who reads a file.
struct Reader {
    service: Service,
    token: SecretString,
    source: Source,
    locale: Locale,
    request_id: Uuid,
    /// Who began: nobody else goes on, nor they with less rights.
    began: Caller,
}

/// A file that is being read.
struct Reading {
    reader: Arc<Reader>,
    dataset: &'static Dataset,
    /// What is written, and its next rows; `None` after the last.
    going_on: Option<(Export, Next)>,
}

/// The next rows of a file.
enum Next {
    /// They were read.
    Read(DatasetPage),
    /// They come after this place.
    After(DatasetPlace),
}

async fn file(service: Service, head: ExportHead) -> Result<ExportFile, Not> {
    let source = Source::of(head.source);
    service.admit_source(source).await?;
    let shown = head.authorization.as_ref().map(SecretString::expose_secret);
    let token = shown.and_then(|header| bearer_of(header).ok());
    let token = SecretString::from(token.ok_or(ServiceError::Unauthenticated)?);
    let began = service.caller(Some(token.expose_secret()), false).await?;
    service.admit_caller(&began).await?;
    let reader = Reader {
        service,
        token,
        source,
        locale: head.locale,
        request_id: head.request_id,
        began,
    };
    let asking = reader.request(reader.began.clone());
    let read = opened(&asking, &head).await;
    asking.finish().await;
    let used = format!("exports/{}", head.file);
    asking.note_key_use(read.is_ok().then_some(used.as_str()));
    let Opened {
        dataset,
        format,
        page,
    } = read?;
    let is_gzip = head.takes_gzip && format.is_text();
    let columns = headings(dataset);
    let export = Export::begin(format, dataset.name, &columns, is_gzip);
    let export = export.map_err(|error| ServiceError::Internal(error.to_string()))?;
    let version = version(&head, &columns, &page);
    let reader = Arc::new(reader);
    let reading = Reading {
        reader,
        dataset,
        going_on: Some((export, Next::Read(page))),
    };
    Ok(ExportFile {
        name: head.file,
        media: format.media(),
        version,
        is_gzip,
        bytes: try_unfold(reading, Reading::next).boxed(),
    })
}

/// What is read, and its first rows.
struct Opened {
    dataset: &'static Dataset,
    format: Format,
    page: DatasetPage,
}

async fn opened(asking: &Request, head: &ExportHead) -> Result<Opened, Not> {
    let (name, ending) = head.file.rsplit_once('.').unwrap_or_default();
    let format = Format::ALL.iter().find(|(known, _)| *known == ending);
    let (Some(dataset), Some((_, format))) = (dataset(name), format) else {
        return Err(Not::There);
    };
    let mut format = *format;
    for (key, value) in form_urlencoded::parse(head.query.as_bytes()) {
        match (&*key, &*value, format) {
            ("dialect", "excel-nl", Format::Csv(_)) => format = Format::Csv(Dialect::ExcelNl),
            _ => return Err(Not::So),
        }
    }
    let page = asking.dataset_page(dataset, None, LARGEST_PAGE).await;
    // Who asks is known: who is in no organisation has none to read.
    let page = page.map_err(|error| match error {
        ServiceError::Unauthenticated => ServiceError::NotAllowed,
        other => other,
    })?;
    Ok(Opened {
        dataset,
        format,
        page,
    })
}

fn headings(dataset: &Dataset) -> Vec<Heading> {
    let own = dataset.columns.iter().map(|column| Heading {
        name: column.name,
        kind: column.kind,
    });
    let suppressed = is_suppressible(dataset).then_some(SUPPRESSED);
    own.chain(suppressed).collect()
}

fn is_suppressible(dataset: &Dataset) -> bool {
    dataset.kind == DatasetKind::Aggregate
}

/// By which a file is known to be the same as before: by all that it holds, where that was read already.
fn version(head: &ExportHead, columns: &[Heading], page: &DatasetPage) -> Option<String> {
    if page.next.is_some() {
        return None;
    }
    let (file, query, rows) = (&head.file, &head.query, &page.rows);
    let digest = Sha256::digest(format!("{file}?{query} {columns:?} {rows:?}"));
    Some(hex::encode(&digest[..16]))
}

impl Reader {
    fn request(&self, caller: Caller) -> Request {
        let request = self.service.request(caller, self.locale, None);
        request.from_source(Some(self.source))
    }

    /// The rows after a place, for who asks with the rights that they have by now.
    async fn page(
        self: Arc<Self>,
        dataset: &'static Dataset,
        place: DatasetPlace,
    ) -> Result<DatasetPage, ServiceError> {
        let token = Some(self.token.expose_secret());
        let caller = self.service.caller(token, false).await?;
        if !self.began.is_kept_by(&caller) {
            return Err(ServiceError::Unauthenticated);
        }
        let asking = self.request(caller);
        let page = asking
            .dataset_page(dataset, Some(&place), LARGEST_PAGE)
            .await;
        asking.finish().await;
        page
    }
}

impl Reading {
    /// What comes next of the file, and how it goes on; `None` at its end.
    async fn next(mut self) -> io::Result<Option<(Vec<u8>, Self)>> {
        while let Some((mut export, next)) = self.going_on.take() {
            let mut page = match next {
                Next::Read(page) => page,
                Next::After(place) => read_on(self.reader.clone(), self.dataset, place).await?,
            };
            if is_suppressible(self.dataset) {
                for row in &mut page.rows {
                    let is_suppressed = row.contains(&Cell::Suppressed);
                    row.push(Cell::Bool(is_suppressed));
                }
            }
            let mut bytes = export.write(&page.rows)?;
            match page.next {
                Some(place) => self.going_on = Some((export, Next::After(place))),
                None => bytes.extend(export.finish()?),
            }
            if !bytes.is_empty() {
                return Ok(Some((bytes, self)));
            }
        }
        Ok(None)
    }
}

/// In a task of its own: who hangs up breaks nothing off in the middle.
async fn read_on(
    reader: Arc<Reader>,
    dataset: &'static Dataset,
    place: DatasetPlace,
) -> io::Result<DatasetPage> {
    let request_id = reader.request_id;
    let read = tokio::spawn(reader.page(dataset, place)).await;
    let read = read.unwrap_or_else(|failure| Err(early(&failure)));
    read.map_err(|error| {
        tracing::warn!(%request_id, %error, "a file ends early");
        io::Error::other("the file ends early")
    })
}
