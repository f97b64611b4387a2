use std::io::{Cursor, Read};

use ::parquet::{
    file::reader::{FileReader, SerializedFileReader},
    record::Field,
};
use bytes::Bytes;
use calamine::{Data, Reader, Xlsx};
use chrono::NaiveDate;

use super::*;

const COLUMNS: [Heading; 5] = [
    heading("month", ColumnKind::Date),
    heading("channel", ColumnKind::Text),
    heading("filed", ColumnKind::Count),
    heading("share", ColumnKind::Decimal),
    heading("is_open", ColumnKind::Bool),
];

/// What a spreadsheet would run, what has a meaning in a file, and what no file may lose.
const HOSTILE: [&str; 14] = [
    "=HYPERLINK(\"https://elders.example\")",
    "+1",
    "-2+3",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "\n=1",
    "komma, en \"aanhaling\"",
    "punt;komma",
    "twee\r\nregels",
    "<b>&amp;</b>",
    "ëéñ 🙂",
    "",
    " rand ",
];

const fn heading(name: &'static str, kind: ColumnKind) -> Heading {
    Heading { name, kind }
}

fn day(of: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 3, of).unwrap()
}

fn row(text: &str, filed: i64) -> Vec<Cell> {
    vec![
        Cell::Date(day(1)),
        Cell::Text(text.to_owned()),
        Cell::Count(filed),
        Cell::Decimal(-0.25),
        Cell::Bool(filed > 0),
    ]
}

fn rows() -> Vec<Vec<Cell>> {
    let hostile = HOSTILE
        .iter()
        .zip(-3..)
        .map(|(text, filed)| row(text, filed));
    let nothing = [vec![Cell::Null; 5], vec![Cell::Suppressed; 5]];
    hostile.chain(nothing).collect()
}

/// The file, written some rows at a time.
fn file(format: Format, rows: &[Vec<Cell>], is_compressed: bool) -> Vec<u8> {
    let mut export = Export::begin(format, "complaints", &COLUMNS, is_compressed).unwrap();
    let mut bytes = Vec::new();
    for some in rows.chunks(7) {
        bytes.extend(export.write(some).unwrap());
    }
    bytes.extend(export.finish().unwrap());
    bytes
}

/// A text as it is read back: where a spreadsheet would run it, with a mark before it.
fn guarded(text: &str) -> String {
    if HOSTILE[..7].contains(&text) {
        format!("'{text}")
    } else {
        text.to_owned()
    }
}

fn read_csv(bytes: &[u8], delimiter: u8) -> Vec<Vec<String>> {
    let mut reader = ::csv::ReaderBuilder::new();
    let mut reader = reader.delimiter(delimiter).from_reader(bytes);
    let names = reader
        .headers()
        .unwrap()
        .iter()
        .map(str::to_owned)
        .collect();
    let rows = reader
        .records()
        .map(|row| row.unwrap().iter().map(str::to_owned).collect());
    [names].into_iter().chain(rows).collect()
}

#[test]
fn comma_separated_values_are_read_back_and_run_nothing() {
    let bytes = file(Format::Csv(Dialect::Plain), &rows(), false);
    let read = read_csv(&bytes, b',');
    assert_eq!(read[0], COLUMNS.map(|column| column.name));
    for ((text, filed), row) in HOSTILE.iter().zip(-3..).zip(&read[1..]) {
        let expected = [
            "2026-03-01",
            &guarded(text),
            &filed.to_string(),
            "-0.25",
            &(filed > 0).to_string(),
        ];
        assert_eq!(row, &expected, "numbers stay numbers");
    }
    assert_eq!(read.len(), 1 + HOSTILE.len() + 2);
    assert_eq!(read[HOSTILE.len() + 1], [""; 5]);
    assert!(!bytes.starts_with(&[0xef]));
}

#[test]
fn excel_in_the_netherlands_reads_its_own_dialect() {
    let bytes = file(Format::Csv(Dialect::ExcelNl), &rows(), false);
    let text = bytes.strip_prefix("\u{feff}".as_bytes()).expect("a mark");
    let read = read_csv(text, b';');
    for ((text, filed), row) in HOSTILE.iter().zip(-3..).zip(&read[1..]) {
        let is_open = if filed > 0 { "WAAR" } else { "ONWAAR" };
        let expected = [
            "2026-03-01",
            &guarded(text),
            &filed.to_string(),
            "-0,25",
            is_open,
        ];
        assert_eq!(row, &expected);
    }
}

#[test]
fn lines_of_json_are_read_back() {
    let bytes = file(Format::Ndjson, &rows(), false);
    let text = String::from_utf8(bytes).unwrap();
    let read: Vec<serde_json::Value> = text
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(read.len(), HOSTILE.len() + 2);
    for ((text, filed), row) in HOSTILE.iter().zip(-3..).zip(&read) {
        let expected = serde_json::json!({ "month": "2026-03-01", "channel": text, "filed": filed, "share": -0.25, "is_open": filed > 0 });
        assert_eq!(row, &expected);
    }
    let nothing = serde_json::json!({ "month": null, "channel": null, "filed": null, "share": null, "is_open": null });
    assert_eq!(read[HOSTILE.len()..], [nothing.clone(), nothing]);
}

#[test]
fn a_workbook_is_read_back_with_its_types() {
    let bytes = file(Format::Xlsx, &rows(), false);
    let mut book: Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(bytes)).unwrap();
    assert_eq!(book.sheet_names(), ["complaints"]);
    let sheet = book.worksheet_range("complaints").unwrap();
    let read: Vec<&[Data]> = sheet.rows().collect();
    assert_eq!(
        read[0],
        COLUMNS.map(|column| Data::String(column.name.to_owned()))
    );
    for ((text, filed), row) in HOSTILE.iter().zip(-3_i32..).zip(&read[1..]) {
        let Data::DateTime(on) = &row[0] else {
            panic!("{:?} is no date", row[0])
        };
        // As Excel counts the first of March 2026.
        assert!(
            on.is_datetime() && (on.as_f64() - 46_082.0).abs() < 1e-9,
            "{on:?}"
        );
        let is_text = match &row[1] {
            Data::String(read) => read.replace("\r\n", "\n") == text.replace("\r\n", "\n"),
            Data::Empty => text.is_empty(),
            _ => false,
        };
        assert!(is_text, "{:?} is not {text:?}", row[1]);
        assert_eq!(
            row[2..],
            [
                Data::Float(filed.into()),
                Data::Float(-0.25),
                Data::Bool(filed > 0)
            ]
        );
    }
}

#[test]
fn parquet_is_read_back_with_its_types_group_by_group() {
    let many: Vec<Vec<Cell>> = (0..25_000)
        .map(|number| row("E-mail", number))
        .chain(rows())
        .collect();
    let mut export = Export::begin(Format::Parquet, "complaints", &COLUMNS, false).unwrap();
    let mut bytes = Vec::new();
    for some in many.chunks(1_000) {
        bytes.extend(export.write(some).unwrap());
    }
    assert!(bytes.len() > 1_000, "groups are written as they are full");
    bytes.extend(export.finish().unwrap());
    let reader = SerializedFileReader::new(Bytes::from(bytes)).unwrap();
    assert_eq!(reader.metadata().num_row_groups(), 3);
    let read: Vec<Vec<Field>> = reader
        .get_row_iter(None)
        .unwrap()
        .map(|row| {
            row.unwrap()
                .get_column_iter()
                .map(|(_, field)| field.clone())
                .collect()
        })
        .collect();
    assert_eq!(read.len(), many.len());
    for (row, cells) in read.iter().zip(&many) {
        let fields = cells.iter().map(|cell| match cell {
            Cell::Null | Cell::Suppressed => Field::Null,
            Cell::Text(text) => Field::Str(text.clone()),
            Cell::Count(count) => Field::Long(*count),
            Cell::Decimal(number) => Field::Double(*number),
            Cell::Date(on) => {
                Field::Date((*on - NaiveDate::default()).num_days().try_into().unwrap())
            }
            Cell::Bool(is_so) => Field::Bool(*is_so),
        });
        assert_eq!(row, &fields.collect::<Vec<_>>());
    }
}

#[test]
fn what_is_compressed_is_the_same_file() {
    for format in [Format::Csv(Dialect::Plain), Format::Ndjson] {
        let plain = file(format, &rows(), false);
        let packed = file(format, &rows(), true);
        let mut read = Vec::new();
        flate2::read::GzDecoder::new(packed.as_slice())
            .read_to_end(&mut read)
            .unwrap();
        assert!(read == plain, "{format:?}");
    }
}

#[test]
fn a_file_without_rows_is_a_file() {
    for (ending, format) in Format::ALL {
        let bytes = file(format, &[], false);
        assert_eq!(bytes.is_empty(), ending == "ndjson", "{ending}");
    }
    let bytes = file(Format::Parquet, &[], false);
    let reader = SerializedFileReader::new(Bytes::from(bytes)).unwrap();
    assert_eq!(reader.metadata().file_metadata().num_rows(), 0);
}

#[test]
fn nothing_is_held_of_what_was_taken() {
    for (ending, format) in Format::ALL {
        let mut export = Export::begin(format, "complaints", &COLUMNS, false).unwrap();
        let page: Vec<Vec<Cell>> = (0..1_000).map(|number| row("Telefoon", number)).collect();
        let mut largest = 0;
        for _ in 0..100 {
            largest = largest.max(export.write(&page).unwrap().len());
        }
        let rest = export.finish().unwrap().len();
        assert!(
            largest < 600_000 && rest < 600_000,
            "{ending}: {largest} at a time, {rest} at the end"
        );
    }
}
