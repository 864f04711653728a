//! Every euro of a project, append-only; and the days the house is closed.

use super::{Done, Row, Tx};
use crate::calendar::{Span, later};
use crate::ledger::{Entry, EntryKind};
use crate::money::Money;
use crate::vocabulary::Vocabulary;
use chrono::NaiveDate;
use std::collections::BTreeMap;

const SELECT: &str = "SELECT id, corrects, case_id, kind, method, amount, rounding, day, reference, note, place, substr(at, 1, 10) FROM ledger";

fn read(mut row: Row) -> Done<Entry> {
    Ok(Entry {
        id: row.text()?,
        corrects: row.maybe_text()?,
        case_id: row.maybe_text()?,
        kind: row.parsed(Vocabulary::of)?,
        method: row.text()?,
        amount: Money::from_cents(row.int()?),
        rounding: Money::from_cents(row.int()?),
        day: row.parsed(|day| day.parse().ok())?,
        reference: row.text()?,
        note: row.text()?,
        place: row.text()?,
        written: row.parsed(|day| day.parse().ok())?,
    })
}

/// Books an entry; `by` is the id of who did.
///
/// # Errors
/// When the store cannot write.
pub fn book(tx: &Tx<'_>, project: Option<&str>, entry: &Entry, at: &str, by: &str) -> Done<()> {
    let kind = match entry.kind {
        EntryKind::ValuationFee => "valuation-fee",
        EntryKind::Payment => "payment",
        EntryKind::Refund => "refund",
        EntryKind::Correction => "correction",
    };
    tx.exec(
        "INSERT INTO ledger (id, seq, project_id, case_id, kind, corrects, method, amount, rounding, day, reference, note, at, by, place) \
         SELECT ?1, COALESCE(MAX(seq), 0) + 1, ?2, ?13, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?14 FROM ledger",
        &[
            entry.id.as_str().into(),
            project.into(),
            kind.into(),
            entry.corrects.clone().into(),
            entry.method.as_str().into(),
            entry.amount.cents().into(),
            entry.rounding.cents().into(),
            entry.day.to_string().into(),
            entry.reference.as_str().into(),
            entry.note.as_str().into(),
            at.into(),
            by.into(),
            entry.case_id.clone().into(),
            entry.place.as_str().into(),
        ],
    )?;
    Ok(())
}

/// A project's entries, in the order they were booked.
///
/// # Errors
/// When the store cannot be read.
pub fn of_project(tx: &Tx<'_>, project: &str) -> Done<Vec<Entry>> {
    Ok(super::of_one(of_projects(tx, &[project.to_owned()])?))
}

/// Projects of which money, an invoice, an order or its end was written down within some days.
///
/// # Errors
/// When the store cannot be read.
pub fn projects_moved_between(tx: &Tx<'_>, first: NaiveDate, last: NaiveDate) -> Done<Vec<String>> {
    let sql = "SELECT project_id FROM ledger WHERE at >= ?1 AND at < ?2 AND project_id IS NOT NULL \
               UNION SELECT project_id FROM invoice WHERE day >= ?1 AND day < ?2 \
               UNION SELECT of_id FROM happening WHERE what = 'accepted' AND at >= ?1 AND at < ?2 \
               UNION SELECT of_id FROM happening WHERE what = 'cancelled' AND at >= ?1 AND at < ?2 ORDER BY 1";
    ids(tx, sql, first, last)
}

/// Cases of which money was written down within some days.
///
/// # Errors
/// When the store cannot be read.
pub fn cases_moved_between(tx: &Tx<'_>, first: NaiveDate, last: NaiveDate) -> Done<Vec<String>> {
    let sql = "SELECT DISTINCT case_id FROM ledger WHERE at >= ?1 AND at < ?2 AND case_id IS NOT NULL ORDER BY 1";
    ids(tx, sql, first, last)
}

fn ids(tx: &Tx<'_>, sql: &str, first: NaiveDate, last: NaiveDate) -> Done<Vec<String>> {
    let values = [first.to_string().into(), later(last, 1).to_string().into()];
    tx.rows(sql, &values)?.into_iter().map(|mut row| row.text()).collect()
}

/// A case's entries, in the order they were booked.
///
/// # Errors
/// When the store cannot be read.
pub fn of_case(tx: &Tx<'_>, case: &str) -> Done<Vec<Entry>> {
    tx.rows(&format!("{SELECT} WHERE case_id = ?1 ORDER BY seq"), &[case.into()])?
        .into_iter()
        .map(read)
        .collect()
}

/// Entries by what they are of, in the order they were booked.
fn of_each(tx: &Tx<'_>, column: &str, ids: &[String]) -> Done<BTreeMap<String, Vec<Entry>>> {
    let sql = format!(
        "{} WHERE {column} IN (SELECT value FROM json_each(?1)) ORDER BY seq",
        SELECT.replace("SELECT ", &format!("SELECT {column}, "))
    );
    super::of_each(tx, &sql, ids, |mut row| Ok((row.text()?, read(row)?)))
}

/// The entries of some projects, by their ids.
///
/// # Errors
/// When the store cannot be read.
pub fn of_projects(tx: &Tx<'_>, ids: &[String]) -> Done<BTreeMap<String, Vec<Entry>>> {
    of_each(tx, "project_id", ids)
}

/// The entries of some cases, by their ids.
///
/// # Errors
/// When the store cannot be read.
pub fn of_all_cases(tx: &Tx<'_>, ids: &[String]) -> Done<BTreeMap<String, Vec<Entry>>> {
    of_each(tx, "case_id", ids)
}

/// Whether a payment of that place in a bank's statement is booked, and not undone.
///
/// # Errors
/// When the store cannot be read.
pub fn has_place(tx: &Tx<'_>, place: &str) -> Done<bool> {
    let counts = "corrects IS NULL AND NOT EXISTS (SELECT 1 FROM ledger AS later WHERE later.corrects = ledger.id)";
    let found = tx.rows(
        &format!("SELECT id FROM ledger WHERE place = ?1 AND place <> '' AND {counts} LIMIT 1"),
        &[place.into()],
    )?;
    Ok(!found.is_empty())
}

/// Every entry of a client, in the order they were booked.
///
/// # Errors
/// When the store cannot be read.
pub fn of_client(tx: &Tx<'_>, client: &str) -> Done<Vec<Entry>> {
    let of = "project_id IN (SELECT id FROM project WHERE client_id = ?1) OR case_id IN (SELECT id FROM aftersales_case WHERE client_id = ?1)";
    tx.rows(&format!("{SELECT} WHERE {of} ORDER BY seq"), &[client.into()])?
        .into_iter()
        .map(read)
        .collect()
}

/// Closes the house for some days.
///
/// # Errors
/// When the store cannot write.
pub fn close(tx: &Tx<'_>, id: &str, span: Span, reason: &str) -> Done<()> {
    let values = [
        id.into(),
        span.first.to_string().into(),
        span.last.to_string().into(),
        reason.into(),
    ];
    tx.exec(
        "INSERT INTO closing (id, first, last, reason) VALUES (?1, ?2, ?3, ?4)",
        &values,
    )?;
    Ok(())
}

/// Takes closing days back.
///
/// # Errors
/// When the store cannot write.
pub fn reopen(tx: &Tx<'_>, id: &str) -> Done<()> {
    tx.exec("DELETE FROM closing WHERE id = ?1", &[id.into()])?;
    Ok(())
}

/// The days the house is closed, with their ids and reasons.
///
/// # Errors
/// When the store cannot be read.
pub fn closings(tx: &Tx<'_>) -> Done<Vec<(String, Span, String)>> {
    let rows = tx.rows("SELECT id, first, last, reason FROM closing ORDER BY first, id", &[])?;
    rows.into_iter()
        .map(|mut row| {
            let id = row.text()?;
            let first = row.parsed(|day| day.parse().ok())?;
            let last = row.parsed(|day| day.parse().ok())?;
            Ok((id, Span { first, last }, row.text()?))
        })
        .collect()
}

/// Empties what payers wrote on payments of a project or case of before that day.
///
/// # Errors
/// When the store cannot write.
pub fn forget_words(tx: &Tx<'_>, of: &str, before: chrono::NaiveDate) -> Done<()> {
    for column in ["project_id", "case_id"] {
        tx.exec(
            &format!("UPDATE ledger SET note = '', reference = '' WHERE {column} = ?1 AND day < ?2"),
            &[of.into(), before.to_string().into()],
        )?;
    }
    Ok(())
}
