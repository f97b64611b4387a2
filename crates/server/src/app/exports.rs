//! Files of datasets, for who may read them.

use std::{io, sync::Arc};

use async_graphql::{ServerError, Value};
use futures_util::{StreamExt, stream::try_unfold};
use sha2::{Digest, Sha256};
use tracing::Instrument;
use uuid::Uuid;
use wederhoor_graphql::ErrorCode;
use wederhoor_procedure::Locale;
use wederhoor_service::{
    Column, DATASETS, Dataset, DatasetPage, DatasetPlace, LARGEST_PAGE, Service, ServiceError,
    dataset,
};

use super::places::{Place, Places};
use super::reader::{Reader, columns_of, early, refusal};
use crate::{
    exports::{Dialect, Export, Format, Heading},
    http::{ExportFile, ExportHead, Exports, language},
};

/// So many files somebody reads at a time: one that is sent slowly holds a connection.
const OF_ONE: usize = 4;
/// So many files this process sends at a time.
const OF_ALL: usize = 64;
/// After how many seconds to ask again for a file beyond that.
const SOON: u32 = 10;

/// How files are read.
pub(super) fn exports(service: Service) -> Exports {
    let places = Places::new(OF_ONE, OF_ALL);
    Arc::new(move |head| {
        let (service, places) = (service.clone(), places.clone());
        Box::pin(async move {
            let (id, locale) = (head.asker.request_id, head.asker.locale);
            // In a task of its own: who hangs up breaks nothing off in the middle.
            let read = tokio::spawn(file(service, places, head).in_current_span()).await;
            let read = read.unwrap_or_else(|failure| Err(Not::Read(early(&failure))));
            read.map_err(|not| not.told(id, locale))
        })
    })
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
            Self::Read(error) => refusal(&error, id, locale),
        }
    }
}

/// A file that is being read.
struct Reading {
    reader: Arc<Reader>,
    dataset: &'static Dataset,
    /// What is written, and its next rows; `None` after the last.
    going_on: Option<(Export, Next)>,
    _place: Place,
}

/// The next rows of a file.
enum Next {
    /// They were read.
    Read(DatasetPage),
    /// They come after this place.
    After(DatasetPlace),
}

async fn file(service: Service, places: Places, head: ExportHead) -> Result<ExportFile, Not> {
    let reader = Reader::admitted(service, head.asker, head.authorization.as_ref()).await?;
    let read = opened(&reader, &head).await;
    let read = read.and_then(|opened| match reader.take(&places) {
        Some(place) => Ok((opened, place)),
        None => Err(ServiceError::RateLimited { seconds: SOON }.into()),
    });
    let used = format!("exports/{}", head.file);
    reader.note_use(read.is_ok().then_some(used.as_str()));
    let (
        Opened {
            dataset,
            format,
            page,
        },
        place,
    ) = read?;
    let is_gzip = head.takes_gzip && format.is_text();
    let columns = headings(dataset);
    let export = Export::begin(format, dataset.name, &columns, is_gzip);
    let export = export.map_err(|error| ServiceError::Internal(error.to_string()))?;
    let version = version(&head, &columns, &page);
    let reading = Reading {
        reader,
        dataset,
        going_on: Some((export, Next::Read(page))),
        _place: place,
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

async fn opened(reader: &Arc<Reader>, head: &ExportHead) -> Result<Opened, Not> {
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
    let page = reader.page(dataset, None, LARGEST_PAGE).await?;
    Ok(Opened {
        dataset,
        format,
        page,
    })
}

fn headings(dataset: &'static Dataset) -> Vec<Heading> {
    let heading = |column: &Column| Heading {
        name: column.name,
        kind: column.kind,
    };
    columns_of(dataset).into_iter().map(heading).collect()
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

impl Reading {
    /// What comes next of the file, and how it goes on; `None` at its end.
    async fn next(mut self) -> io::Result<Option<(Vec<u8>, Self)>> {
        while let Some((mut export, next)) = self.going_on.take() {
            let page = match next {
                Next::Read(page) => page,
                Next::After(place) => read_on(self.reader.clone(), self.dataset, place).await?,
            };
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

async fn read_on(
    reader: Arc<Reader>,
    dataset: &'static Dataset,
    place: DatasetPlace,
) -> io::Result<DatasetPage> {
    let read = reader.page(dataset, Some(place), LARGEST_PAGE).await;
    read.map_err(|error| {
        let request_id = reader.request_id;
        tracing::warn!(%request_id, %error, "a file ends early");
        io::Error::other("the file ends early")
    })
}
