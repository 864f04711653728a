//! Tables that leave the house: the same rows as XLSX and as CSV, written one after another. The only file that knows the spreadsheet
//! writer.

use crate::money::Money;
use crate::words::Language;
use chrono::NaiveDate;
use rust_xlsxwriter::{Format, Workbook, Worksheet, XlsxError};
use std::io::{self, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

/// A cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cell {
    /// Text.
    Text(String),
    /// An amount.
    Money(Money),
    /// A day.
    Day(NaiveDate),
    /// A count.
    Count(i64),
    /// Nothing.
    Empty,
}

/// A table: its title, the heads of its columns, its rows.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "named as the parts of a table are")]
pub struct Sheet {
    pub title: String,
    pub heads: Vec<String>,
    pub rows: Vec<Vec<Cell>>,
}

/// The most characters a cell of a spreadsheet holds.
const LONGEST: usize = 32_767;

/// The widest column, in characters: what is longer is read in its cell.
const WIDEST: usize = 60;

impl Cell {
    /// The cell as it is read on the screen.
    #[must_use]
    pub fn said(&self, language: Language) -> String {
        match self {
            Self::Text(text) => text.clone(),
            Self::Money(amount) => language.money(*amount),
            Self::Day(day) => language.short_day(*day),
            Self::Count(count) => count.to_string(),
            Self::Empty => String::new(),
        }
    }

    /// Text as a file of comma-separated values holds it. What a spreadsheet would read as a formula begins with an
    /// apostrophe, so that opening the file runs nothing.
    fn plain(&self) -> String {
        match self {
            Self::Text(text) if text.starts_with(['=', '+', '-', '@', '\t', '\r']) => format!("'{text}"),
            Self::Text(text) => text.clone(),
            Self::Money(amount) => amount.wire().replace('.', ","),
            Self::Day(day) => day.format("%d/%m/%Y").to_string(),
            Self::Count(count) => count.to_string(),
            Self::Empty => String::new(),
        }
    }

    /// How many characters wide it stands.
    fn width(&self) -> usize {
        match self {
            Self::Text(text) => text.lines().map(|line| line.chars().count()).max().unwrap_or_default(),
            Self::Money(amount) => amount.wire().len() + 2,
            Self::Day(_) => 10,
            Self::Count(count) => count.to_string().len(),
            Self::Empty => 0,
        }
    }
}

/// A table that is being written to a file: of its rows none but the last stands in memory.
pub struct Writing<W: Write + Send>(As<W>);

enum As<W: Write + Send> {
    /// As a spreadsheet in Belgium reads it: values between semicolons, commas for decimals, UTF-8 with its mark.
    Csv(Box<csv::Writer<W>>),
    /// A workbook of one sheet; amounts are numbers and days are days there, texts are never formulas.
    Xlsx(W, Box<Book>),
}

/// The workbook, its rows in a nameless file until it is whole.
struct Book {
    workbook: Workbook,
    next_row: u32,
    widths: Vec<usize>,
    euro: Format,
    day: Format,
}

impl<W: Write + Send> Writing<W> {
    /// Begins a table as `csv`, else as a workbook, whose rows lie in the folder `scratch` until it is whole.
    ///
    /// # Errors
    /// That it cannot be written.
    pub fn begun(to: W, format: &str, heads: &[String], scratch: &Path) -> io::Result<Self> {
        let mut begun = Self(if format == "csv" {
            let mut to = to;
            to.write_all(&[0xef, 0xbb, 0xbf])?;
            let mut table = csv::WriterBuilder::new();
            table.delimiter(b';').terminator(csv::Terminator::CRLF);
            As::Csv(Box::new(table.from_writer(to)))
        } else {
            As::Xlsx(to, Box::new(unless_full(|| Book::begun(scratch))?))
        });
        begun.heads(heads)?;
        Ok(begun)
    }

    fn heads(&mut self, heads: &[String]) -> io::Result<()> {
        match &mut self.0 {
            As::Csv(writer) => writer.write_record(heads).map_err(of_csv),
            As::Xlsx(_, book) => unless_full(|| book.heads(heads)),
        }
    }

    /// Writes the next row.
    ///
    /// # Errors
    /// That it cannot be written, or that no workbook holds so many.
    pub fn row(&mut self, cells: &[Cell]) -> io::Result<()> {
        match &mut self.0 {
            As::Csv(writer) => writer.write_record(cells.iter().map(Cell::plain)).map_err(of_csv),
            As::Xlsx(_, book) => unless_full(|| book.row(cells)),
        }
    }

    /// Ends the table: all of it is written.
    ///
    /// # Errors
    /// As [`Writing::row`].
    pub fn finished(self) -> io::Result<()> {
        match self.0 {
            As::Csv(mut writer) => writer.flush(),
            As::Xlsx(mut to, book) => {
                unless_full(|| book.saved(&mut to))?;
                to.flush()
            }
        }
    }
}

impl Book {
    fn begun(scratch: &Path) -> Result<Self, XlsxError> {
        let mut workbook = Workbook::new();
        workbook.set_tempdir(scratch)?;
        workbook.add_worksheet_with_constant_memory()?.set_freeze_panes(1, 0)?;
        Ok(Self {
            workbook,
            next_row: 0,
            widths: Vec::new(),
            euro: Format::new().set_num_format("#,##0.00"),
            day: Format::new().set_num_format("dd/mm/yyyy"),
        })
    }

    fn heads(&mut self, heads: &[String]) -> Result<(), XlsxError> {
        let bold = Format::new().set_bold();
        let sheet = self.workbook.worksheet_from_index(0)?;
        for (column, head) in (0..).zip(heads) {
            sheet.write_string_with_format(0, column, head, &bold)?;
            self.widths.push(head.chars().count());
        }
        self.next_row = 1;
        Ok(())
    }

    fn row(&mut self, cells: &[Cell]) -> Result<(), XlsxError> {
        let sheet = self.workbook.worksheet_from_index(0)?;
        for (column, cell) in (0..).zip(cells) {
            written(sheet, (self.next_row, column), cell, (&self.euro, &self.day))?;
        }
        for (widest, cell) in self.widths.iter_mut().zip(cells) {
            *widest = cell.width().min(WIDEST).max(*widest);
        }
        self.next_row += 1;
        Ok(())
    }

    fn saved(mut self, to: impl Write + Send) -> Result<(), XlsxError> {
        let sheet = self.workbook.worksheet_from_index(0)?;
        for (column, width) in (0..).zip(&self.widths) {
            sheet.set_column_width(column, u32::try_from(width + 2).unwrap_or(u32::MAX))?;
        }
        self.workbook.save_to_writer(to)
    }
}

fn written(
    sheet: &mut Worksheet,
    (row, column): (u32, u16),
    cell: &Cell,
    (euro, day): (&Format, &Format),
) -> Result<(), XlsxError> {
    match cell {
        Cell::Text(text) => sheet.write_string(row, column, text.chars().take(LONGEST).collect::<String>()),
        Cell::Money(amount) => sheet.write_with_format(row, column, amount.euro(), euro),
        Cell::Day(date) => sheet.write_with_format(row, column, date, day),
        Cell::Count(count) => sheet.write(row, column, rust_decimal::Decimal::from(*count)),
        Cell::Empty => return Ok(()),
    }
    .map(drop)
}

/// Writes something of a workbook. That its nameless file holds no more the writer takes for a bug, and panics: nothing else does it.
fn unless_full<T>(write: impl FnOnce() -> Result<T, XlsxError>) -> io::Result<T> {
    let written = catch_unwind(AssertUnwindSafe(write));
    written
        .unwrap_or_else(|_| Err(XlsxError::IoError(io::ErrorKind::StorageFull.into())))
        .map_err(of_workbook)
}

/// What kept the workbook from being written, as a fault of files.
fn of_workbook(why: XlsxError) -> io::Error {
    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "the faults there are grow with the writer"
    )]
    match why {
        XlsxError::IoError(why) | XlsxError::TempFileError(_, why) => why,
        XlsxError::ZipError(why) => why.into(),
        other => io::Error::other(other.to_string()),
    }
}

/// The same of a table in plain text.
fn of_csv(why: csv::Error) -> io::Error {
    let said = why.to_string();
    if let csv::ErrorKind::Io(why) = why.into_kind() {
        why
    } else {
        io::Error::other(said)
    }
}
