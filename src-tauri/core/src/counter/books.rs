//! The books that tax law asks for, a month at a time: day receipts, and the journal of sales. They follow from the ledger and from
//! the invoices as they were written down, and nobody edits them.

use super::load;
use super::lookup::Lookup;
use super::papers::letterhead;
use super::reports::{ReportView, shown};
use super::work::house;
use crate::aftersales::case::Case;
use crate::calendar::{earlier, later};
use crate::grounds::{Fact, Message};
use crate::invoice::{self, Invoice, Share, apportioned, ubl};
use crate::ledger::{Entry, EntryKind};
use crate::money::{Money, VatRate};
use crate::order::Dossier;
use crate::order::old_gold::{Seller, kept_until};
use crate::order::receipts::{kind_of, moved};
use crate::paper::pdf::render;
use crate::paper::{self, Align, Column, Table};
use crate::refusal::Refusal;
use crate::sheet::{Cell, Sheet};
use crate::store::{Done, Trouble, cases, invoices, ledger, papers, purchases};
use crate::vocabulary::{Vocabulary as _, vocabulary};
use chrono::{Datelike as _, NaiveDate};
use serde::Serialize;
use std::collections::BTreeMap;
use std::io::Write as _;
use ts_rs::TS;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

vocabulary! {
    /// The books.
    #[derive(TS)]
    pub enum Book in "book" {
        /// What was received without an invoice, day by day.
        DayReceipts = "day-receipts",
        /// The invoices and credit notes.
        Sales = "sales",
        /// Old gold that was bought, in the order of its numbers.
        Gold = "gold",
    }
}

/// A month of a book.
#[derive(Debug, Clone, Serialize, TS)]
#[expect(missing_docs, reason = "the screen's own names")]
pub struct BookView {
    pub table: ReportView,
    pub month: String,
    pub before: (i32, u32),
    pub after: (i32, u32),
    /// What is to be known of it.
    pub note: String,
}

/// The columns of the day receipts on paper: what part of the width, and how they are set.
const COLUMNS: [(u32, Align); 7] = [
    (14, Align::Left),
    (30, Align::Left),
    (14, Align::Left),
    (8, Align::Right),
    (13, Align::Right),
    (11, Align::Right),
    (13, Align::Right),
];

/// A good of more than this has a line of its own in the book of day receipts.
const OWN_LINE: Money = Money::from_cents(25_000);

/// The usual accounts of the Belgian chart: sales, VAT to be paid, clients.
const ACCOUNTS: [&str; 3] = ["700000", "451000", "400000"];

/// A line of the book of day receipts.
struct Line {
    what: String,
    number: String,
    /// Whether it is of a good that has a line of its own.
    is_large: bool,
    share: Share,
}

impl Lookup<'_> {
    /// A month of a book, as the screen shows it.
    pub(super) fn book(&self, book: Book, year: i32, month: u32) -> Done<BookView> {
        let (first, last) = self.month_of_book(year, month);
        let named = |day: NaiveDate| (day.year(), day.month());
        Ok(BookView {
            table: shown(self.language, self.book_sheet(book, year, month)?),
            month: format!("{} {}", self.language.month(first.month()), first.year()),
            before: named(earlier(first, 1)),
            after: named(later(last, 1)),
            note: self.language.word(&format!("{}-note", book.word())),
        })
    }

    /// The first and the last day of a month; of this one where there is none such.
    fn month_of_book(&self, year: i32, month: u32) -> (NaiveDate, NaiveDate) {
        let first = NaiveDate::from_ymd_opt(year, month, 1)
            .or_else(|| self.today.with_day(1))
            .unwrap_or(self.today);
        let next = later(first, 31).with_day(1).unwrap_or(first);
        (first, earlier(next, 1))
    }

    /// A month of a book, as a table.
    pub(super) fn book_sheet(&self, book: Book, year: i32, month: u32) -> Done<Sheet> {
        let (first, last) = self.month_of_book(year, month);
        match book {
            Book::DayReceipts => self.day_receipts(first, last),
            Book::Sales => self.sales(first, last),
            Book::Gold => self.gold_bought(first, last),
        }
    }

    /// A month of the day receipts on paper, as it stands now.
    pub(super) fn book_on_paper(&self, year: i32, month: u32, issued_at: &str) -> Done<Vec<u8>> {
        let language = self.language;
        let sheet = self.book_sheet(Book::DayReceipts, year, month)?;
        let (first, _) = self.month_of_book(year, month);
        let house = house(self.tx)?;
        let columns = sheet.heads.iter().zip(COLUMNS).map(|(head, (share, align))| Column {
            head: head.clone(),
            share,
            align,
        });
        let said = |row: &Vec<Cell>| row.iter().map(|cell| cell.said(language).into()).collect();
        let table = Table {
            columns: columns.collect(),
            rows: sheet.rows.iter().map(said).collect(),
        };
        let month = format!("{} {}", language.month(first.month()), first.year());
        let note = language.word(&format!("{}-note", Book::DayReceipts.word()));
        let head = letterhead(self.tx, &house.identity)?;
        let paper = paper::book(language, head, (sheet.title, month), note, table, issued_at);
        render(&paper).map_err(Trouble::broken)
    }

    fn day_receipts(&self, first: NaiveDate, last: NaiveDate) -> Done<Sheet> {
        let mut days: BTreeMap<NaiveDate, Vec<Line>> = BTreeMap::new();
        let moved = ledger::projects_moved_between(self.tx, first, last)?;
        self.each_dossier(&moved, |dossier| {
            self.receipts_of_project(dossier, (first, last), &mut days)
        })?;
        let moved = ledger::cases_moved_between(self.tx, first, last)?;
        let entries = ledger::of_all_cases(self.tx, &moved)?;
        let moved = cases::of_ids(self.tx, &moved)?;
        let orders: Vec<String> = moved.iter().filter_map(|case| case.project_id.clone()).collect();
        let orders = load::dossiers_by_id(self.tx, &orders, self.today)?;
        for case in &moved {
            let entries = entries.get(&case.id).map_or(&[][..], Vec::as_slice);
            let order = case.project_id.as_ref().and_then(|project| orders.get(project));
            receipts_of_case(case, order, entries, (first, last), &mut days);
        }
        let mut rows = Vec::new();
        let mut totals: Vec<Share> = Vec::new();
        for day in first.iter_days().take_while(|day| *day <= last && *day <= self.today) {
            let lines = gathered(self, days.remove(&day).unwrap_or_default());
            if lines.is_empty() {
                rows.push(self.row(day, &self.language.word("book-nothing"), "", None));
            }
            for line in lines {
                invoice::add(&mut totals, line.share);
                rows.push(self.row(day, &line.what, &line.number, Some(line.share)));
            }
        }
        for share in totals {
            let label = Message::new("book-total").with("rate", Fact::Number(share.rate.as_percent()));
            rows.push(self.row(last, &self.language.say(&label), "", Some(share)));
        }
        Ok(self.sheet_of(
            Book::DayReceipts,
            &[
                "book-day",
                "report-what",
                "paper-number",
                "quote-vat",
                "invoice-net",
                "book-vat",
                "report-total",
            ],
            rows,
        ))
    }

    fn row(&self, day: NaiveDate, what: &str, number: &str, share: Option<Share>) -> Vec<Cell> {
        let amount = |of: fn(&Share) -> Money| Cell::Money(share.as_ref().map_or(Money::ZERO, of));
        vec![
            Cell::Day(day),
            Cell::Text(what.to_owned()),
            Cell::Text(number.to_owned()),
            share.map_or(Cell::Empty, |share| {
                Cell::Text(format!("{} %", self.language.number(share.rate.as_percent())))
            }),
            amount(|share| share.base),
            amount(|share| share.vat),
            amount(Share::gross),
        ]
    }

    /// What a project's receipts without an invoice grew or shrank by, on each day of some days.
    fn receipts_of_project(
        &self,
        dossier: &Dossier,
        (first, last): (NaiveDate, NaiveDate),
        days: &mut BTreeMap<NaiveDate, Vec<Line>>,
    ) {
        let mut wholes = dossier.wholes();
        if wholes.is_empty() {
            wholes.push((VatRate::STANDARD, Money::from_cents(1)));
        }
        let price: Money = wholes.iter().map(|(_, whole)| *whole).sum();
        let fee = [(VatRate::STANDARD, Money::from_cents(1))];
        let (what, in_gold) = (self.what_is_sold(dossier), self.language.word("book-in-kind"));
        let mut before = dossier.without_invoice(earlier(first, 1));
        for day in first.iter_days().take_while(|day| *day <= last && *day <= self.today) {
            let now = dossier.without_invoice(day);
            let grown = [
                (now.money - before.money, wholes.as_slice(), what.clone(), price),
                (
                    now.in_kind - before.in_kind,
                    &wholes,
                    format!("{what} · {in_gold}"),
                    price,
                ),
                (
                    now.fee - before.fee,
                    &fee,
                    self.language.word("ledger-valuation-fee"),
                    Money::ZERO,
                ),
            ];
            before = now;
            for (amount, wholes, what, price) in grown {
                let lines = apportioned(amount, wholes).into_iter().map(|share| Line {
                    what: what.clone(),
                    number: dossier.project.number.clone(),
                    is_large: price > OWN_LINE || is_large(share.gross()),
                    share,
                });
                days.entry(day).or_default().extend(lines);
            }
        }
    }

    /// What is sold in a project: its lines, or the valuation of what was brought.
    fn what_is_sold(&self, dossier: &Dossier) -> String {
        match &dossier.order {
            Some(order) => {
                let lines = crate::order::dossier::lines(&order.form);
                lines.into_iter().map(|(text, _)| text).collect::<Vec<_>>().join("; ")
            }
            None => self.language.word("ledger-valuation-fee"),
        }
    }

    fn sales(&self, first: NaiveDate, last: NaiveDate) -> Done<Sheet> {
        let named = house(self.tx)?.identity.accounts;
        let named = [named.sales, named.vat, named.clients];
        let accounts: Vec<Cell> = named
            .into_iter()
            .zip(ACCOUNTS)
            .map(|(named, usual)| Cell::Text(if named.is_empty() { usual.to_owned() } else { named }))
            .collect();
        let mut rows = Vec::new();
        for invoice in invoices::between(self.tx, first, last)? {
            // What stood on an earlier invoice, and is paid on this one, is sold once.
            let earlier = invoice.settled.iter().filter_map(|one| one.invoice.as_ref());
            let off = earlier.flat_map(|earlier| &earlier.shares).map(Share::taken_off);
            for share in invoice.signed().chain(off) {
                let mut row = vec![
                    Cell::Text(invoice.number.clone()),
                    Cell::Day(invoice.day),
                    invoice.supplied.map_or(Cell::Empty, Cell::Day),
                    Cell::Text(invoice.buyer.name.clone()),
                    Cell::Text(invoice.buyer.vat_number.clone()),
                    Cell::Text(self.language.word(&invoice.kind.word())),
                    Cell::Text(format!("{} %", self.language.number(share.rate.as_percent()))),
                    Cell::Money(share.base),
                    Cell::Money(share.vat),
                    Cell::Money(share.gross()),
                ];
                row.extend(accounts.clone());
                rows.push(row);
            }
        }
        let heads = [
            "paper-number",
            "book-day",
            "invoice-supplied-on",
            "ui-client",
            "ui-vat-number",
            "report-kind",
            "quote-vat",
            "invoice-net",
            "book-vat",
            "report-total",
            "book-account-sales",
            "book-account-vat",
            "book-account-client",
        ];
        Ok(self.sheet_of(Book::Sales, &heads, rows))
    }

    fn gold_bought(&self, first: NaiveDate, last: NaiveDate) -> Done<Sheet> {
        let mut rows = Vec::new();
        let bought = purchases::between(self.tx, first, last)?;
        let ids: Vec<String> = bought.iter().map(|(project, _)| project.clone()).collect();
        let dossiers = load::dossiers_by_id(self.tx, &ids, self.today)?;
        for (project, purchase) in bought {
            let dossier = dossiers.get(&project).ok_or(Refusal::NotFound)?;
            let seller =
                |what: fn(&Seller) -> String| Cell::Text(purchase.seller.as_ref().map(what).unwrap_or_default());
            for part in &purchase.parts {
                rows.push(vec![
                    Cell::Text(purchase.number.clone()),
                    Cell::Day(purchase.day),
                    seller(|seller| format!("{} {}", seller.first_name, seller.name)),
                    purchase
                        .seller
                        .as_ref()
                        .map_or(Cell::Empty, |seller| Cell::Day(seller.born)),
                    seller(|seller| seller.document_number.clone()),
                    Cell::Text(dossier.project.number.clone()),
                    Cell::Text(self.language.grams(part.net_g)),
                    Cell::Text(part.title.to_string()),
                    Cell::Money(part.per_gram()),
                    Cell::Money(part.credit),
                    Cell::Day(purchase.melts_from),
                    dossier.given_back(&part.metal).map_or(Cell::Empty, Cell::Day),
                    Cell::Day(kept_until(purchase.day)),
                ]);
            }
        }
        let heads = [
            "paper-number",
            "book-day",
            "purchase-seller",
            "asked-born",
            "asked-document_number",
            "paper-project",
            "purchase-weight",
            "purchase-purity",
            "purchase-per-gram",
            "quote-amount",
            "book-melts-from",
            "book-given-back",
            "book-kept-until",
        ];
        Ok(self.sheet_of(Book::Gold, &heads, rows))
    }

    fn sheet_of(&self, book: Book, heads: &[&str], rows: Vec<Vec<Cell>>) -> Sheet {
        Sheet {
            title: self.language.word(&book.word()),
            heads: heads.iter().map(|head| self.language.word(head)).collect(),
            rows,
        }
    }

    /// The structured files of a month's invoices, packed: the same bytes whenever it is asked.
    pub(super) fn invoice_files(&self, year: i32, month: u32) -> Done<Vec<u8>> {
        let (first, last) = self.month_of_book(year, month);
        let mut packed = ZipWriter::new(std::io::Cursor::new(Vec::new()));
        // A day that is none of today's, so that the file does not change with it.
        let options = SimpleFileOptions::default()
            .compression_method(CompressionMethod::Deflated)
            .last_modified_time(DateTime::default());
        for paper in invoices::papers_between(self.tx, first, last)? {
            let invoice = invoices::of_paper(self.tx, &paper)?;
            if let Some(invoice) = invoice.filter(Invoice::is_structured) {
                let (_, bytes) = papers::get(self.tx, &paper)?;
                packed
                    .start_file(format!("{}.xml", invoice.number), options)
                    .map_err(Trouble::broken)?;
                let file = ubl::written(&invoice, &bytes).map_err(Trouble::broken)?;
                packed.write_all(&file).map_err(Trouble::broken)?;
            }
        }
        Ok(packed.finish().map_err(Trouble::broken)?.into_inner())
    }
}

/// What a case moved: work that is paid, or what goes back. What goes back of an order that was invoiced is credited on its invoice.
fn receipts_of_case(
    case: &Case,
    order: Option<&Dossier>,
    entries: &[Entry],
    (first, last): (NaiveDate, NaiveDate),
    days: &mut BTreeMap<NaiveDate, Vec<Line>>,
) {
    let wholes = order.map(Dossier::wholes).filter(|wholes| !wholes.is_empty());
    let wholes = wholes.unwrap_or_else(|| vec![(VatRate::STANDARD, Money::from_cents(1))]);
    for entry in entries {
        if entry.written < first || entry.written > last {
            continue;
        }
        let amount = moved(entry, entries);
        let invoiced = order.is_some_and(|order| order.is_invoiced(entry.written));
        if invoiced && kind_of(entry, entries) == EntryKind::Refund {
            continue;
        }
        for share in apportioned(amount, &wholes) {
            days.entry(entry.written).or_default().push(Line {
                what: case.item.clone(),
                number: case.number.clone(),
                is_large: is_large(share.gross()),
                share,
            });
        }
    }
}

/// What is small is one line a rate; what is not has one of its own.
fn gathered(desk: &Lookup<'_>, lines: Vec<Line>) -> Vec<Line> {
    let mut small: Vec<Share> = Vec::new();
    let mut own = Vec::new();
    for line in lines {
        let gross = line.share.gross();
        if gross == Money::ZERO {
            continue;
        }
        if line.is_large {
            own.push(line);
        } else {
            invoice::add(&mut small, line.share);
        }
    }
    let small = small.into_iter().map(|share| Line {
        what: desk.language.word("book-small"),
        number: String::new(),
        is_large: false,
        share,
    });
    small.chain(own).collect()
}

fn is_large(amount: Money) -> bool {
    amount.max(-amount) > OWN_LINE
}
