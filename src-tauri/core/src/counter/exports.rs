//! What leaves the house as a file. A report over all dossiers is written row by row: of ten years of them only some stand in memory.

use super::books::Book;
use super::lookup::Lookup;
use super::reports::{Report, Rows, WHOLE};
use crate::invoice::{Invoice, ubl};
use crate::refusal::Refusal;
use crate::sheet::{Cell, Writing};
use crate::store::files::io;
use crate::store::{Done, Trouble, attachments, invoices, papers};
use crate::vocabulary::Vocabulary as _;
use std::io::{ErrorKind, Write};
use std::path::Path;

/// What can leave the house as a file.
#[derive(Debug, Clone, PartialEq, Eq, serde::Deserialize, ts_rs::TS)]
#[serde(tag = "what", rename_all = "kebab-case")]
pub enum Export {
    /// A report, as `xlsx` or `csv`.
    Report {
        /// The report.
        report: Report,
        /// The format of the file.
        format: String,
    },
    /// A month of a book, as `xlsx` or `csv`; the day receipts as `pdf` too.
    Book {
        /// The book.
        book: Book,
        /// The year.
        year: i32,
        /// The month, from 1.
        month: u32,
        /// The format of the file.
        format: String,
    },
    /// The structured files of a month's invoices, as a zip.
    Invoices {
        /// The year.
        year: i32,
        /// The month, from 1.
        month: u32,
    },
    /// The projects that were chosen in a list, as `xlsx` or `csv`.
    Projects {
        /// Their ids.
        ids: Vec<String>,
        /// The format of the file.
        format: String,
    },
    /// A client's data, JSON.
    ClientData {
        /// The client's id.
        client: String,
    },
    /// A file a client sent, as it came.
    Attachment {
        /// Its id.
        id: String,
    },
    /// An invoice as a structured file: UBL after Peppol BIS Billing 3.0.
    Invoice {
        /// The id of its paper.
        paper: String,
    },
}

/// Whom an export tells how far it is: through so many of so many dossiers, and a last time once it is written. It goes on as long as
/// the answer is yes.
pub type Told<'a> = &'a mut dyn FnMut(usize, usize) -> bool;

/// Where a file goes.
pub(super) struct Out<'a, W: Write + Send> {
    /// What it is written to.
    pub(super) to: W,
    /// The folder in which a workbook lies until it is whole.
    pub(super) scratch: &'a Path,
    /// Who is told how far it is.
    pub(super) told: Told<'a>,
}

impl<W: Write + Send> Out<'_, W> {
    fn table(self, format: &str, heads: &[String], put: impl FnOnce(&mut dyn Rows) -> Done<()>) -> Done<()> {
        let mut table = Table {
            file: Writing::begun(self.to, format, heads, self.scratch).map_err(|why| not_written(&why))?,
            goes_on: GoesOn {
                told: self.told,
                last: (0, 0),
            },
        };
        put(&mut table)?;
        table.file.finished().map_err(|why| not_written(&why))?;
        let (done, of) = table.goes_on.last;
        table.goes_on.asked(done, of)
    }

    fn bytes(mut self, bytes: &[u8]) -> Done<()> {
        let written = self.to.write_all(bytes).and_then(|()| self.to.flush());
        written.map_err(|why| io(&why))
    }
}

/// What kept a file from being written; what is none of the disk's faults says so itself.
fn not_written(why: &std::io::Error) -> Trouble {
    if why.kind() == ErrorKind::Other {
        Trouble::Broken(why.to_string())
    } else {
        io(why)
    }
}

/// A table on its way into a file.
struct Table<'a, W: Write + Send> {
    file: Writing<W>,
    goes_on: GoesOn<'a>,
}

/// Who is told, and what was said last.
struct GoesOn<'a> {
    told: Told<'a>,
    last: (usize, usize),
}

impl GoesOn<'_> {
    fn asked(&mut self, done: usize, of: usize) -> Done<()> {
        self.last = (done, of);
        if (self.told)(done, of) {
            Ok(())
        } else {
            Err(Refusal::Stopped.into())
        }
    }
}

impl<W: Write + Send> Rows for Table<'_, W> {
    fn row(&mut self, cells: Vec<Cell>) -> Done<()> {
        self.file.row(&cells).map_err(|why| not_written(&why))
    }

    fn so_far(&mut self, done: usize, of: usize) -> Done<()> {
        self.goes_on.asked(done, of)
    }
}

impl Export {
    /// Who may let it leave the house has that duty; anybody where there is none.
    pub(super) const fn duty(&self) -> Option<&'static str> {
        match self {
            Self::ClientData { .. } => Some("read-client-data"),
            Self::Report { .. } | Self::Projects { .. } | Self::Book { .. } | Self::Invoices { .. } => {
                Some("read-report")
            }
            Self::Attachment { .. } | Self::Invoice { .. } => None,
        }
    }

    /// The name of its file.
    pub(super) fn name(&self, desk: &Lookup<'_>) -> Done<String> {
        let of_report = |report: Report, format: &str| {
            let (title, _) = desk.headed(report);
            format!("{title} {}.{}", desk.today, end_of(format))
        };
        Ok(match self {
            Self::Report { report, format } => of_report(*report, format),
            Self::Projects { format, .. } => of_report(Report::Projects, format),
            Self::Book {
                book,
                year,
                month,
                format,
            } => {
                let end = if self.is_on_paper() { "pdf" } else { end_of(format) };
                format!("{} {year}-{month:02}.{end}", desk.language.word(&book.word()))
            }
            Self::Invoices { year, month } => {
                format!("{} {year}-{month:02}.zip", desk.language.word("book-sales"))
            }
            Self::ClientData { client } => format!("{client}.json"),
            Self::Attachment { id } => attachments::name(desk.tx, id)?,
            Self::Invoice { paper } => format!("{}.xml", invoice_of(desk, paper)?.number),
        })
    }

    /// Writes it; `moment` is when.
    pub(super) fn written<W: Write + Send>(&self, desk: &Lookup<'_>, moment: &str, out: Out<'_, W>) -> Done<()> {
        match self {
            Self::Report { report, format } => out.table(format, &desk.headed(*report).1, |rows| {
                desk.rows_of(*report, &WHOLE, rows).map(drop)
            }),
            Self::Projects { ids, format } => out.table(format, &desk.headed(Report::Projects).1, |rows| {
                desk.projects_of(ids, rows)
            }),
            Self::Book { year, month, .. } if self.is_on_paper() => {
                out.bytes(&desk.book_on_paper(*year, *month, moment)?)
            }
            Self::Book {
                book,
                year,
                month,
                format,
            } => {
                let sheet = desk.book_sheet(*book, *year, *month)?;
                out.table(format, &sheet.heads, |rows| {
                    sheet.rows.into_iter().try_for_each(|row| rows.row(row))
                })
            }
            Self::Invoices { year, month } => out.bytes(&desk.invoice_files(*year, *month)?),
            Self::ClientData { client } => {
                let copy = desk.client_copy(client)?;
                out.bytes(&serde_json::to_vec_pretty(&copy).map_err(Trouble::broken)?)
            }
            Self::Attachment { id } => out.bytes(&attachments::get(desk.tx, id)?.1),
            Self::Invoice { paper } => {
                let (invoice, (_, bytes)) = (invoice_of(desk, paper)?, papers::get(desk.tx, paper)?);
                out.bytes(&ubl::written(&invoice, &bytes).map_err(Trouble::broken)?)
            }
        }
    }

    fn is_on_paper(&self) -> bool {
        matches!(self, Self::Book { book: Book::DayReceipts, format, .. } if format == "pdf")
    }
}

/// The invoice of a paper.
fn invoice_of(desk: &Lookup<'_>, paper: &str) -> Done<Invoice> {
    Ok(invoices::of_paper(desk.tx, paper)?.ok_or(Refusal::NotFound)?)
}

/// How the name of a table's file ends.
fn end_of(format: &str) -> &'static str {
    if format == "csv" { "csv" } else { "xlsx" }
}
