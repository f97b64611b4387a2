//! Comma-separated values, RFC 4180. What a spreadsheet would take for a formula is written as text; numbers stay numbers.

use std::{
    fmt::Write as _,
    io::{self, Write as _},
};

use super::{Dialect, Heading, Out, Rows};
use wederhoor_service::Cell;

/// By which Excel knows that a file is UTF-8.
const MARK: &str = "\u{feff}";

pub(super) struct Csv {
    out: Out,
    dialect: Dialect,
    /// What is written next; kept, so that its room is used again.
    text: String,
}

impl Csv {
    pub(super) fn begin(out: Out, columns: &[Heading], dialect: Dialect) -> io::Result<Self> {
        let mut text = String::new();
        if dialect == Dialect::ExcelNl {
            text.push_str(MARK);
        }
        let names = columns.iter().map(|column| column.name.to_owned());
        let names: Vec<Cell> = names.map(Cell::Text).collect();
        dialect.push_row(&mut text, &names);
        let mut csv = Self { out, dialect, text };
        csv.flush()?;
        Ok(csv)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.write_all(self.text.as_bytes())?;
        self.text.clear();
        Ok(())
    }
}

impl Rows for Csv {
    fn write(&mut self, rows: &[Vec<Cell>]) -> io::Result<()> {
        for row in rows {
            self.dialect.push_row(&mut self.text, row);
        }
        self.flush()
    }

    fn finish(self: Box<Self>) -> io::Result<()> {
        Ok(())
    }
}

impl Dialect {
    fn push_row(self, text: &mut String, cells: &[Cell]) {
        for (place, cell) in cells.iter().enumerate() {
            if place > 0 {
                text.push(self.separator());
            }
            self.push(text, cell);
        }
        text.push_str("\r\n");
    }

    const fn separator(self) -> char {
        match self {
            Self::Plain => ',',
            Self::ExcelNl => ';',
        }
    }

    fn push(self, text: &mut String, cell: &Cell) {
        let is_dutch = self == Self::ExcelNl;
        // What is written to a text is always written.
        let _ = match cell {
            Cell::Null | Cell::Suppressed => Ok(()),
            Cell::Text(words) => {
                self.push_text(text, words);
                Ok(())
            }
            Cell::Count(count) => write!(text, "{count}"),
            Cell::Decimal(number) if is_dutch => {
                text.push_str(&number.to_string().replace('.', ","));
                Ok(())
            }
            Cell::Decimal(number) => write!(text, "{number}"),
            Cell::Date(on) => write!(text, "{on}"),
            Cell::Bool(true) if is_dutch => write!(text, "WAAR"),
            Cell::Bool(false) if is_dutch => write!(text, "ONWAAR"),
            Cell::Bool(is_so) => write!(text, "{is_so}"),
        };
    }

    fn push_text(self, text: &mut String, words: &str) {
        let is_plain = |one: char| one != self.separator() && !matches!(one, '"' | '\r' | '\n');
        let is_quoted = !words.chars().all(is_plain);
        if is_quoted {
            text.push('"');
        }
        // A spreadsheet runs what begins so.
        if words.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']) {
            text.push('\'');
        }
        if is_quoted {
            text.push_str(&words.replace('"', "\"\""));
            text.push('"');
        } else {
            text.push_str(words);
        }
    }
}
