//! Valuations and quotes: issued, frozen, and only ever followed by another.

use super::{Done, Row, Tx, of_each, of_one};
use crate::money::Money;
pub use crate::order::{Quote, Valuation};
use std::collections::BTreeMap;

/// Issues a valuation; `issued_by` is the id of who did.
///
/// # Errors
/// When the store cannot write.
pub fn issue_valuation(tx: &Tx<'_>, valuation: &Valuation) -> Done<()> {
    tx.exec(
        "INSERT INTO valuation (id, project_id, number, gold_price_id, worksheet, credit, issued_at, issued_by) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        &[
            valuation.id.as_str().into(),
            valuation.project_id.as_str().into(),
            valuation.number.as_str().into(),
            valuation.gold_price_id.clone().into(),
            valuation.worksheet.to_string().into(),
            valuation.credit.cents().into(),
            valuation.issued_at.as_str().into(),
            valuation.issued_by.as_str().into(),
        ],
    )?;
    Ok(())
}

/// The valuations of a project, the newest first.
///
/// # Errors
/// When the store cannot be read.
pub fn valuations(tx: &Tx<'_>, project: &str) -> Done<Vec<Valuation>> {
    Ok(of_one(valuations_of(tx, &[project.to_owned()])?))
}

/// The valuations of some projects, by their ids, the newest first.
///
/// # Errors
/// When the store cannot be read.
pub fn valuations_of(tx: &Tx<'_>, projects: &[String]) -> Done<BTreeMap<String, Vec<Valuation>>> {
    let sql = "SELECT v.id, v.project_id, v.number, v.gold_price_id, v.worksheet, v.credit, v.issued_at, s.name \
               FROM valuation v JOIN staff s ON s.id = v.issued_by \
               WHERE v.project_id IN (SELECT value FROM json_each(?1)) ORDER BY v.id DESC";
    of_each(tx, sql, projects, |mut row| {
        let valuation = Valuation {
            id: row.text()?,
            project_id: row.text()?,
            number: row.text()?,
            gold_price_id: row.maybe_text()?,
            worksheet: row.parsed(|text| serde_json::from_str(text).ok())?,
            credit: Money::from_cents(row.int()?),
            issued_at: row.text()?,
            issued_by: row.text()?,
        };
        Ok((valuation.project_id.clone(), valuation))
    })
}

/// Issues a quote; `issued_by` is the id of who did.
///
/// # Errors
/// When the store cannot write.
pub fn issue(tx: &Tx<'_>, quote: &Quote) -> Done<()> {
    tx.exec(
        "INSERT INTO quote (id, project_id, number, version, terms_id, valuation_id, frozen, total, to_pay, valid_until, issued_at, issued_by) \
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
        &[
            quote.id.as_str().into(),
            quote.project_id.as_str().into(),
            quote.number.as_str().into(),
            quote.version.into(),
            quote.terms_id.as_str().into(),
            quote.valuation_id.clone().into(),
            quote.frozen.to_string().into(),
            quote.total.cents().into(),
            quote.to_pay.cents().into(),
            quote.valid_until.to_string().into(),
            quote.issued_at.as_str().into(),
            quote.issued_by.as_str().into(),
        ],
    )?;
    Ok(())
}

const QUOTES: &str = "SELECT q.id, q.project_id, q.number, q.version, q.terms_id, q.valuation_id, q.frozen, q.total, q.to_pay, q.valid_until, \
                      q.issued_at, s.name, c.name FROM quote q JOIN staff s ON s.id = q.issued_by \
                      JOIN project p ON p.id = q.project_id JOIN client c ON c.id = p.client_id";

/// A quote, and the name of its client.
fn read(mut row: Row) -> Done<(Quote, String)> {
    let quote = Quote {
        id: row.text()?,
        project_id: row.text()?,
        number: row.text()?,
        version: row.int()?,
        terms_id: row.text()?,
        valuation_id: row.maybe_text()?,
        frozen: row.parsed(|text| serde_json::from_str(text).ok())?,
        total: Money::from_cents(row.int()?),
        to_pay: Money::from_cents(row.int()?),
        valid_until: row.parsed(|day| day.parse().ok())?,
        issued_at: row.text()?,
        issued_by: row.text()?,
    };
    Ok((quote, row.text()?))
}

/// The quotes of a project, the newest version first.
///
/// # Errors
/// When the store cannot be read.
pub fn of_project(tx: &Tx<'_>, project: &str) -> Done<Vec<Quote>> {
    Ok(of_one(of_projects(tx, &[project.to_owned()])?))
}

/// The quotes of some projects, by their ids, the newest version first.
///
/// # Errors
/// When the store cannot be read.
pub fn of_projects(tx: &Tx<'_>, projects: &[String]) -> Done<BTreeMap<String, Vec<Quote>>> {
    let sql = format!("{QUOTES} WHERE q.project_id IN (SELECT value FROM json_each(?1)) ORDER BY q.version DESC");
    of_each(tx, &sql, projects, |row| {
        let (quote, _) = read(row)?;
        Ok((quote.project_id.clone(), quote))
    })
}

/// The last quotes of the house, the newest first, each with the name of its client. Those of who was forgotten are left out.
///
/// # Errors
/// When the store cannot be read.
pub fn latest(tx: &Tx<'_>, most: i64) -> Done<Vec<(Quote, String)>> {
    let sql = format!(
        "{QUOTES} WHERE NOT EXISTS (SELECT 1 FROM client_happening h WHERE h.of_id = c.id AND h.what = 'erased') \
         ORDER BY q.id DESC LIMIT ?1"
    );
    tx.rows(&sql, &[most.into()])?.into_iter().map(read).collect()
}

/// Empties the words of a project's quotes; their figures stay.
///
/// # Errors
/// When the store cannot be read or written.
pub fn forget_words(tx: &Tx<'_>, project: &str) -> Done<()> {
    for mut row in tx.rows("SELECT id, frozen FROM quote WHERE project_id = ?1", &[project.into()])? {
        let (id, mut frozen): (String, serde_json::Value) =
            (row.text()?, row.parsed(|text| serde_json::from_str(text).ok())?);
        if let Some(intro) = frozen.get_mut("intro") {
            *intro = "".into();
        }
        let lines = frozen.get_mut("lines").and_then(serde_json::Value::as_array_mut);
        for text in lines.into_iter().flatten().filter_map(|line| line.get_mut("text")) {
            *text = "–".into();
        }
        tx.exec(
            "UPDATE quote SET frozen = ?2 WHERE id = ?1",
            &[id.into(), frozen.to_string().into()],
        )?;
    }
    Ok(())
}
