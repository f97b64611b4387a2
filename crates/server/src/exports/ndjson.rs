//! JSON, one object a line.

use std::io::{self, Write};

use super::{Heading, Out, Rows};
use wederhoor_service::Cell;

pub(super) struct Ndjson {
    out: Out,
    /// What stands before the cells of each column.
    names: Vec<Vec<u8>>,
}

impl Ndjson {
    pub(super) fn begin(out: Out, columns: &[Heading]) -> io::Result<Self> {
        let name = |(place, column): (usize, &Heading)| {
            let open = if place == 0 { "{" } else { "," };
            let name = serde_json::to_string(column.name)?;
            Ok(format!("{open}{name}:").into_bytes())
        };
        let names = columns.iter().enumerate().map(name);
        let names = names.collect::<io::Result<_>>()?;
        Ok(Self { out, names })
    }
}

impl Rows for Ndjson {
    fn write(&mut self, rows: &[Vec<Cell>]) -> io::Result<()> {
        let mut out = Vec::new();
        for row in rows {
            for (name, cell) in self.names.iter().zip(row) {
                out.write_all(name)?;
                match cell {
                    Cell::Null | Cell::Suppressed => out.write_all(b"null")?,
                    Cell::Text(text) => serde_json::to_writer(&mut out, text)?,
                    Cell::Count(count) => write!(out, "{count}")?,
                    Cell::Decimal(number) => serde_json::to_writer(&mut out, number)?,
                    Cell::Date(on) => write!(out, "\"{on}\"")?,
                    Cell::Bool(is_so) => write!(out, "{is_so}")?,
                }
            }
            out.write_all(b"}\n")?;
        }
        self.out.write_all(&out)
    }

    fn finish(self: Box<Self>) -> io::Result<()> {
        Ok(())
    }
}
