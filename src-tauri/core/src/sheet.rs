//! Tables that leave the house: the same rows as XLSX and as CSV. The only file that knows the spreadsheet writer.

use crate::money::Money;
use crate::words::Language;
use chrono::NaiveDate;
use rust_xlsxwriter::{Format, Workbook, XlsxError};

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
}

impl Sheet {
    /// The table as a spreadsheet in Belgium reads it: values between semicolons, commas for decimals, UTF-8 with its mark.
    #[must_use]
    pub fn csv(&self) -> Vec<u8> {
        let mut writer = csv::WriterBuilder::new()
            .delimiter(b';')
            .terminator(csv::Terminator::CRLF)
            .from_writer(vec![0xef, 0xbb, 0xbf]);
        let heads = self.heads.iter().map(|head| Cell::Text(head.clone()).plain());
        // Writing to memory does not fail.
        let _ = writer.write_record(heads.collect::<Vec<_>>());
        for row in &self.rows {
            let _ = writer.write_record(row.iter().map(Cell::plain));
        }
        writer.into_inner().unwrap_or_default()
    }

    /// The table as a workbook of one sheet; amounts are numbers and days are days there, texts are never formulas.
    ///
    /// # Errors
    /// What the writer says, for a table no workbook holds.
    pub fn xlsx(&self) -> Result<Vec<u8>, String> {
        self.workbook().map_err(|why| why.to_string())
    }

    fn workbook(&self) -> Result<Vec<u8>, XlsxError> {
        let mut book = Workbook::new();
        let (bold, euro, day) = (
            Format::new().set_bold(),
            Format::new().set_num_format("#,##0.00"),
            Format::new().set_num_format("dd/mm/yyyy"),
        );
        let sheet = book.add_worksheet();
        for (column, head) in (0..).zip(&self.heads) {
            sheet.write_string_with_format(0, column, head, &bold)?;
        }
        for (row, cells) in (1..).zip(&self.rows) {
            for (column, cell) in (0..).zip(cells) {
                match cell {
                    Cell::Text(text) => {
                        sheet.write_string(row, column, text.chars().take(LONGEST).collect::<String>())?
                    }
                    Cell::Money(amount) => sheet.write_with_format(row, column, amount.euro(), &euro)?,
                    Cell::Day(date) => sheet.write_with_format(row, column, date, &day)?,
                    Cell::Count(count) => sheet.write(row, column, rust_decimal::Decimal::from(*count))?,
                    Cell::Empty => continue,
                };
            }
        }
        sheet.autofit();
        sheet.set_freeze_panes(1, 0)?;
        book.save_to_buffer()
    }
}
