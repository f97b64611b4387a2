//! Files of datasets: typed rows in, bytes out, in memory that does not grow with the rows. It knows nobody and no database.

mod csv;
mod ndjson;
mod parquet;
mod xlsx;

use std::{
    io::{self, Write},
    mem,
    sync::{Arc, Mutex, PoisonError},
};

use wederhoor_service::{Cell, ColumnKind};

/// A column of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Heading {
    /// What it is called.
    pub(crate) name: &'static str,
    /// What its cells hold, where they hold anything.
    pub(crate) kind: ColumnKind,
}

/// What a file is written as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Format {
    /// Comma-separated values (RFC 4180).
    Csv(Dialect),
    /// One JSON object a line.
    Ndjson,
    /// A sheet of a workbook (Office Open XML).
    Xlsx,
    /// Apache Parquet.
    Parquet,
}

/// For whom comma-separated values are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Dialect {
    /// For programs: commas, and points in numbers.
    Plain,
    /// For Excel as it is set up in the Netherlands: semicolons, and commas in numbers.
    ExcelNl,
}

impl Format {
    /// Each by the ending of its addresses.
    pub(crate) const ALL: [(&'static str, Self); 4] = [
        ("csv", Self::Csv(Dialect::Plain)),
        ("ndjson", Self::Ndjson),
        ("xlsx", Self::Xlsx),
        ("parquet", Self::Parquet),
    ];

    /// As what it is sent.
    pub(crate) const fn media(self) -> &'static str {
        match self {
            Self::Csv(_) => "text/csv; charset=utf-8; header=present",
            Self::Ndjson => "application/x-ndjson",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Parquet => "application/vnd.apache.parquet",
        }
    }

    /// Whether it is worth compressing: the others are compressed already.
    pub(crate) const fn is_text(self) -> bool {
        matches!(self, Self::Csv(_) | Self::Ndjson)
    }
}

/// Writes the rows of one file.
trait Rows: Send {
    /// Writes some; each has a cell for each column.
    fn write(&mut self, rows: &[Vec<Cell>]) -> io::Result<()>;

    /// Writes what comes after the last.
    fn finish(self: Box<Self>) -> io::Result<()>;
}

/// A file that is being written, whose bytes are taken as they come.
pub(crate) struct Export {
    rows: Box<dyn Rows>,
    written: Written,
}

impl Export {
    /// Begins a file of this name, with these columns.
    ///
    /// # Errors
    /// When they cannot be written so.
    pub(crate) fn begin(
        format: Format,
        name: &str,
        columns: &[Heading],
        is_compressed: bool,
    ) -> io::Result<Self> {
        let written = Written::default();
        let out: Box<dyn Write + Send> = if is_compressed {
            let level = flate2::Compression::fast();
            Box::new(flate2::write::GzEncoder::new(written.clone(), level))
        } else {
            Box::new(written.clone())
        };
        let rows: Box<dyn Rows> = match format {
            Format::Csv(dialect) => Box::new(csv::Csv::begin(out, columns, dialect)?),
            Format::Ndjson => Box::new(ndjson::Ndjson::begin(out, columns)?),
            Format::Xlsx => Box::new(xlsx::Xlsx::begin(out, name, columns)?),
            Format::Parquet => Box::new(parquet::Parquet::begin(out, columns)?),
        };
        Ok(Self { rows, written })
    }

    /// Writes rows; what there is of the file by then and was not taken before.
    ///
    /// # Errors
    /// When they cannot be written so.
    pub(crate) fn write(&mut self, rows: &[Vec<Cell>]) -> io::Result<Vec<u8>> {
        self.rows.write(rows)?;
        Ok(self.written.take())
    }

    /// The rest of the file.
    ///
    /// # Errors
    /// When it cannot be written.
    pub(crate) fn finish(self) -> io::Result<Vec<u8>> {
        self.rows.finish()?;
        Ok(self.written.take())
    }
}

/// What was written and not taken yet.
#[derive(Clone, Default)]
struct Written(Arc<Mutex<Vec<u8>>>);

impl Written {
    fn take(&self) -> Vec<u8> {
        mem::take(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Write for Written {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let mut held = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        held.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Where a file goes; dropped at its end, which completes what compresses it.
type Out = Box<dyn Write + Send>;

#[cfg(test)]
mod tests;
