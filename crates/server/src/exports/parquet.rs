//! Apache Parquet: so many rows at a time, which is all that is held of a file.

use std::{io, sync::Arc};

use chrono::{NaiveDate, TimeDelta};
use parquet::{
    basic::{Compression, LogicalType, Repetition, Type as Physical},
    data_type::{BoolType, ByteArray, ByteArrayType, DataType, DoubleType, Int32Type, Int64Type},
    errors::ParquetError,
    file::{
        properties::WriterProperties,
        writer::{SerializedColumnWriter, SerializedFileWriter},
    },
    schema::types::{Type, TypePtr},
};

use super::{Heading, Out, Rows};
use wederhoor_service::{Cell, ColumnKind};

/// Rows of one group.
const GROUP: usize = 10_000;

pub(super) struct Parquet {
    file: SerializedFileWriter<Out>,
    kinds: Vec<ColumnKind>,
    waiting: Vec<Vec<Cell>>,
}

impl Parquet {
    pub(super) fn begin(out: Out, columns: &[Heading]) -> io::Result<Self> {
        let fields = columns.iter().map(field).collect::<Result<_, _>>();
        let fields = fields.map_err(fault)?;
        let schema = Type::group_type_builder("schema").with_fields(fields);
        let schema = Arc::new(schema.build().map_err(fault)?);
        let properties = WriterProperties::builder().set_compression(Compression::SNAPPY);
        let properties = properties.set_created_by("wederhoor".to_owned()).build();
        let file = SerializedFileWriter::new(out, schema, Arc::new(properties));
        Ok(Self {
            file: file.map_err(fault)?,
            kinds: columns.iter().map(|column| column.kind).collect(),
            waiting: Vec::new(),
        })
    }

    fn flush(&mut self) -> Result<(), ParquetError> {
        let mut group = self.file.next_row_group()?;
        let mut place = 0;
        while let Some(column) = group.next_column()? {
            let kind = self.kinds.get(place).copied();
            let cells = self.waiting.iter().map(|row| row.get(place));
            let cells: Vec<Option<&Cell>> = cells.collect();
            write_column(column, kind.unwrap_or(ColumnKind::Text), &cells)?;
            place += 1;
        }
        group.close()?;
        self.waiting.clear();
        Ok(())
    }
}

impl Rows for Parquet {
    fn write(&mut self, rows: &[Vec<Cell>]) -> io::Result<()> {
        for some in rows.chunks(GROUP) {
            self.waiting.extend_from_slice(some);
            if self.waiting.len() >= GROUP {
                self.flush().map_err(fault)?;
            }
        }
        Ok(())
    }

    fn finish(mut self: Box<Self>) -> io::Result<()> {
        if !self.waiting.is_empty() {
            self.flush().map_err(fault)?;
        }
        self.file.close().map(drop).map_err(fault)
    }
}

fn fault(error: ParquetError) -> io::Error {
    io::Error::other(error)
}

fn field(column: &Heading) -> Result<TypePtr, ParquetError> {
    let (physical, logical) = match column.kind {
        ColumnKind::Text => (Physical::BYTE_ARRAY, Some(LogicalType::String)),
        ColumnKind::Count => (Physical::INT64, None),
        ColumnKind::Decimal => (Physical::DOUBLE, None),
        ColumnKind::Date => (Physical::INT32, Some(LogicalType::Date)),
        ColumnKind::Bool => (Physical::BOOLEAN, None),
    };
    let field = Type::primitive_type_builder(column.name, physical);
    let field = field.with_repetition(Repetition::OPTIONAL);
    field.with_logical_type(logical).build().map(Arc::new)
}

/// What is of another kind than its column is left out, as what is not told.
fn write_column(
    column: SerializedColumnWriter<'_>,
    kind: ColumnKind,
    cells: &[Option<&Cell>],
) -> Result<(), ParquetError> {
    match kind {
        ColumnKind::Text => put::<ByteArrayType>(column, cells, |cell| match cell {
            Cell::Text(text) => Some(ByteArray::from(text.as_str())),
            _ => None,
        }),
        ColumnKind::Count => put::<Int64Type>(column, cells, |cell| match cell {
            Cell::Count(count) => Some(*count),
            _ => None,
        }),
        ColumnKind::Decimal => put::<DoubleType>(column, cells, |cell| match cell {
            Cell::Decimal(number) => Some(*number),
            _ => None,
        }),
        ColumnKind::Date => put::<Int32Type>(column, cells, |cell| match cell {
            Cell::Date(on) => days_of(*on),
            _ => None,
        }),
        ColumnKind::Bool => put::<BoolType>(column, cells, |cell| match cell {
            Cell::Bool(is_so) => Some(*is_so),
            _ => None,
        }),
    }
}

fn put<T: DataType>(
    mut column: SerializedColumnWriter<'_>,
    cells: &[Option<&Cell>],
    value: impl Fn(&Cell) -> Option<T::T>,
) -> Result<(), ParquetError> {
    let (mut values, mut levels) = (Vec::new(), Vec::with_capacity(cells.len()));
    for cell in cells {
        let found = cell.and_then(&value);
        levels.push(i16::from(found.is_some()));
        values.extend(found);
    }
    let typed = column.typed::<T>();
    typed.write_batch(&values, Some(&levels), None)?;
    column.close()
}

/// Days since 1970.
fn days_of(on: NaiveDate) -> Option<i32> {
    let days: TimeDelta = on - NaiveDate::default();
    days.num_days().try_into().ok()
}
