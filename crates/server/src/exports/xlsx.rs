//! A workbook (ECMA-376), written from the first row to the last without looking back: a sheet holds its own texts, and what
//! names the sheets comes at the end. Texts stay texts, whatever they begin with.

use std::io::{self, Write};

use chrono::NaiveDate;
use zip::{
    ZipWriter,
    write::{SimpleFileOptions, StreamWriter},
};

use super::{Heading, Out, Rows};
use wederhoor_service::Cell;

/// Rows of one sheet, of which Excel shows no more; what comes after them is on the next.
const ROWS: usize = 1_048_576;
const HEAD: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"#;
const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const RELATIONS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const OF_PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006";
const TYPE: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml";
/// Cells of the second style are dates.
const DATE: &str = "s=\"1\"";

pub(super) struct Xlsx {
    zip: ZipWriter<StreamWriter<Out>>,
    name: String,
    names: Vec<Cell>,
    sheets: usize,
    /// Rows on this sheet.
    rows: usize,
    line: String,
}

impl Xlsx {
    pub(super) fn begin(out: Out, name: &str, columns: &[Heading]) -> io::Result<Self> {
        let names = columns.iter().map(|column| column.name.to_owned());
        let mut xlsx = Self {
            zip: ZipWriter::new_stream(out),
            // Excel takes no more, and a number comes behind it.
            name: name.chars().take(25).collect(),
            names: names.map(Cell::Text).collect(),
            sheets: 0,
            rows: 0,
            line: String::new(),
        };
        xlsx.open_sheet()?;
        Ok(xlsx)
    }

    fn open_sheet(&mut self) -> io::Result<()> {
        self.sheets += 1;
        self.rows = 0;
        let path = format!("xl/worksheets/sheet{}.xml", self.sheets);
        self.open(&path)?;
        write!(
            self.zip,
            r#"{HEAD}<worksheet xmlns="{MAIN}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><sheetData>"#
        )?;
        let names = std::mem::take(&mut self.names);
        self.row(&names)?;
        self.names = names;
        Ok(())
    }

    fn close_sheet(&mut self) -> io::Result<()> {
        self.zip.write_all(b"</sheetData></worksheet>")
    }

    fn row(&mut self, cells: &[Cell]) -> io::Result<()> {
        self.rows += 1;
        let mut line = std::mem::take(&mut self.line);
        line.clear();
        line.push_str("<row>");
        for cell in cells {
            push(&mut line, cell);
        }
        line.push_str("</row>");
        self.zip.write_all(line.as_bytes())?;
        self.line = line;
        Ok(())
    }

    /// What every workbook has, and the names of its sheets.
    fn close(&mut self) -> io::Result<()> {
        self.part(
            "xl/styles.xml",
            &format!(
                r#"<styleSheet xmlns="{MAIN}"><fonts count="1"><font/></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="2"><xf/><xf numFmtId="14" applyNumberFormat="1"/></cellXfs></styleSheet>"#
            ),
        )?;
        let sheets = self.of_each(|number| {
            let name = match number {
                1 => self.name.clone(),
                _ => format!("{} {number}", self.name),
            };
            let name = escaped(&name);
            format!(r#"<sheet name="{name}" sheetId="{number}" r:id="rId{number}"/>"#)
        });
        let links = self.of_each(|number| {
            format!(
                r#"<Relationship Id="rId{number}" Type="{RELATIONS}/worksheet" Target="worksheets/sheet{number}.xml"/>"#
            )
        });
        let types = self.of_each(|number| {
            format!(
                r#"<Override PartName="/xl/worksheets/sheet{number}.xml" ContentType="{TYPE}.worksheet+xml"/>"#
            )
        });
        self.part(
            "xl/workbook.xml",
            &format!(
                r#"<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}"><sheets>{sheets}</sheets></workbook>"#
            ),
        )?;
        let styles =
            format!(r#"<Relationship Id="rId0" Type="{RELATIONS}/styles" Target="styles.xml"/>"#);
        self.part(
            "xl/_rels/workbook.xml.rels",
            &format!(
                r#"<Relationships xmlns="{OF_PACKAGE}/relationships">{links}{styles}</Relationships>"#
            ),
        )?;
        self.part(
            "_rels/.rels",
            &format!(
                r#"<Relationships xmlns="{OF_PACKAGE}/relationships"><Relationship Id="rId1" Type="{RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>"#
            ),
        )?;
        self.part(
            "[Content_Types].xml",
            &format!(
                r#"<Types xmlns="{OF_PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="{TYPE}.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="{TYPE}.styles+xml"/>{types}</Types>"#
            ),
        )
    }

    /// What stands somewhere for each sheet, by its number.
    fn of_each(&self, one: impl Fn(usize) -> String) -> String {
        let all: Vec<String> = (1..=self.sheets).map(one).collect();
        all.concat()
    }

    fn part(&mut self, path: &str, xml: &str) -> io::Result<()> {
        self.open(path)?;
        write!(self.zip, "{HEAD}{xml}")
    }

    fn open(&mut self, path: &str) -> io::Result<()> {
        let options = SimpleFileOptions::default().compression_level(Some(1));
        self.zip.start_file(path, options).map_err(io::Error::other)
    }
}

impl Rows for Xlsx {
    fn write(&mut self, rows: &[Vec<Cell>]) -> io::Result<()> {
        for row in rows {
            if self.rows == ROWS {
                self.close_sheet()?;
                self.open_sheet()?;
            }
            self.row(row)?;
        }
        Ok(())
    }

    fn finish(mut self: Box<Self>) -> io::Result<()> {
        self.close_sheet()?;
        self.close()?;
        self.zip.finish().map(drop).map_err(io::Error::other)
    }
}

fn push(line: &mut String, cell: &Cell) {
    use std::fmt::Write as _;
    // What is written to a text is always written.
    let _ = match cell {
        Cell::Null | Cell::Suppressed => write!(line, "<c/>"),
        Cell::Text(text) => write!(
            line,
            r#"<c t="inlineStr"><is><t xml:space="preserve">{}</t></is></c>"#,
            escaped(text)
        ),
        Cell::Count(count) => write!(line, "<c><v>{count}</v></c>"),
        Cell::Decimal(number) => write!(line, "<c><v>{number}</v></c>"),
        Cell::Date(on) => write!(line, "<c {DATE}><v>{}</v></c>", serial(*on)),
        Cell::Bool(is_so) => write!(line, r#"<c t="b"><v>{}</v></c>"#, u8::from(*is_so)),
    };
}

/// Days as Excel counts them, from March 1900 on.
fn serial(on: NaiveDate) -> i64 {
    const OF_1970: i64 = 25_569;
    (on - NaiveDate::default()).num_days() + OF_1970
}

/// As XML, without what XML cannot hold.
fn escaped(text: &str) -> String {
    let mut written = String::with_capacity(text.len());
    for one in text.chars() {
        match one {
            '&' => written.push_str("&amp;"),
            '<' => written.push_str("&lt;"),
            '>' => written.push_str("&gt;"),
            '"' => written.push_str("&quot;"),
            '\t' | '\n' => written.push(one),
            '\r' => written.push_str("&#13;"),
            '\u{fffe}' | '\u{ffff}' => {}
            one if one.is_control() && one < ' ' => {}
            one => written.push(one),
        }
    }
    written
}
