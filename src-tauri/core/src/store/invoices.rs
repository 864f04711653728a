//! Invoices as they were issued. They are never changed; what was wrong is taken back by a credit note.

use super::{Done, Row, Tx};
use crate::invoice::{Invoice, Party};
use crate::payment::Ogm;
use chrono::NaiveDate;
use std::collections::BTreeMap;

/// Keeps an invoice; `by` is the id of who issued it.
///
/// # Errors
/// When the store cannot write.
pub fn issue(tx: &Tx<'_>, id: &str, project: &str, paper: &str, invoice: &Invoice, at: &str, by: &str) -> Done<()> {
    let frozen = serde_json::to_string(invoice).map_err(super::Trouble::broken)?;
    tx.exec(
        "INSERT INTO invoice (id, project_id, paper_id, number, kind, day, total, reference, frozen, issued_at, issued_by) \
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
        &[
            id.into(),
            project.into(),
            paper.into(),
            invoice.number.as_str().into(),
            crate::vocabulary::Vocabulary::name(invoice.kind).into(),
            invoice.day.to_string().into(),
            invoice.total.cents().into(),
            invoice.reference.as_str().into(),
            frozen.into(),
            at.into(),
            by.into(),
        ],
    )?;
    Ok(())
}

fn read(mut row: Row) -> Done<Invoice> {
    row.parsed(|frozen| serde_json::from_str(frozen).ok())
}

/// The invoices of a project, in the order they were issued.
///
/// # Errors
/// When the store cannot be read.
pub fn of_project(tx: &Tx<'_>, project: &str) -> Done<Vec<Invoice>> {
    Ok(super::of_one(of_projects(tx, &[project.to_owned()])?))
}

/// The invoices of some projects, by their ids, in the order they were issued.
///
/// # Errors
/// When the store cannot be read.
pub fn of_projects(tx: &Tx<'_>, projects: &[String]) -> Done<BTreeMap<String, Vec<Invoice>>> {
    let sql =
        "SELECT project_id, frozen FROM invoice WHERE project_id IN (SELECT value FROM json_each(?1)) ORDER BY id";
    super::of_each(tx, sql, projects, |mut row| Ok((row.text()?, read(row)?)))
}

/// The invoice of a paper, where it is one.
///
/// # Errors
/// When the store cannot be read.
pub fn of_paper(tx: &Tx<'_>, paper: &str) -> Done<Option<Invoice>> {
    let sql = "SELECT frozen FROM invoice WHERE paper_id = ?1";
    tx.row(sql, &[paper.into()])?.map(read).transpose()
}

/// The papers of the invoices dated within some days, the first first.
///
/// # Errors
/// When the store cannot be read.
pub fn papers_between(tx: &Tx<'_>, first: NaiveDate, last: NaiveDate) -> Done<Vec<String>> {
    let sql = "SELECT paper_id FROM invoice WHERE day BETWEEN ?1 AND ?2 ORDER BY day, id";
    let rows = tx.rows(sql, &[first.to_string().into(), last.to_string().into()])?;
    rows.into_iter().map(|mut row| row.text()).collect()
}

/// The invoices dated within some days, the first first.
///
/// # Errors
/// When the store cannot be read.
pub fn between(tx: &Tx<'_>, first: NaiveDate, last: NaiveDate) -> Done<Vec<Invoice>> {
    let sql = "SELECT frozen FROM invoice WHERE day BETWEEN ?1 AND ?2 ORDER BY day, id";
    let rows = tx.rows(sql, &[first.to_string().into(), last.to_string().into()])?;
    rows.into_iter().map(read).collect()
}

/// Which of some structured communications invoices ask to be paid with, each with its project's id.
///
/// # Errors
/// When the store cannot be read.
pub fn asked_with(tx: &Tx<'_>, references: &[String]) -> Done<Vec<(Ogm, String)>> {
    let sql = "SELECT reference, project_id FROM invoice \
               WHERE reference > '' AND reference IN (SELECT value FROM json_each(?1)) ORDER BY id";
    super::asked_with(tx, sql, references)
}

/// The day of the last invoice.
///
/// # Errors
/// When the store cannot be read.
pub fn last_day(tx: &Tx<'_>) -> Done<Option<NaiveDate>> {
    let row = tx.row("SELECT MAX(day) FROM invoice", &[])?;
    row.map_or(Ok(None), |mut row| row.maybe_parsed(|day| day.parse().ok()))
}

/// Notes that the structured file of a paper's invoice was given to whoever takes it on: its client has it now.
///
/// # Errors
/// When the store cannot write.
pub fn sent(tx: &Tx<'_>, paper: &str, at: &str) -> Done<()> {
    let values = [paper.into(), at.into()];
    tx.exec(
        "INSERT INTO invoice_sent (paper_id, at) VALUES (?1, ?2) ON CONFLICT (paper_id) DO NOTHING",
        &values,
    )?;
    Ok(())
}

/// Whether it was.
///
/// # Errors
/// When the store cannot be read.
pub fn is_sent(tx: &Tx<'_>, paper: &str) -> Done<bool> {
    Ok(tx
        .row("SELECT 1 FROM invoice_sent WHERE paper_id = ?1", &[paper.into()])?
        .is_some())
}

/// Empties who bought, and what was written of it, in a project's invoices of before a day: accounting keeps them no longer. Their
/// figures stay.
///
/// # Errors
/// When the store cannot be read or written.
pub fn forget(tx: &Tx<'_>, project: &str, before: NaiveDate) -> Done<()> {
    let sql = "SELECT id, frozen FROM invoice WHERE project_id = ?1 AND day < ?2";
    for mut row in tx.rows(sql, &[project.into(), before.to_string().into()])? {
        let (id, mut invoice): (String, Invoice) = (row.text()?, read(row)?);
        let nobody = Party {
            name: "–".into(),
            ..Party::default()
        };
        invoice.buyer = nobody;
        invoice.proof.clear();
        for line in &mut invoice.lines {
            line.text = "–".into();
        }
        if let Some(corrected) = &mut invoice.corrects {
            corrected.why.clear();
        }
        let frozen = serde_json::to_string(&invoice).map_err(super::Trouble::broken)?;
        tx.exec(
            "UPDATE invoice SET frozen = ?2 WHERE id = ?1",
            &[id.into(), frozen.into()],
        )?;
    }
    Ok(())
}
