//! Old gold that was bought: the register, in the order of its numbers.

use super::{Done, Row, Tx};
use crate::order::old_gold::Purchase;
use chrono::NaiveDate;
use std::collections::BTreeMap;

/// Keeps a purchase; `by` is the id of who wrote it down.
///
/// # Errors
/// When the store cannot write.
pub fn keep(tx: &Tx<'_>, id: &str, project: &str, purchase: &Purchase, at: &str, by: &str) -> Done<()> {
    let body = serde_json::to_string(purchase).map_err(super::Trouble::broken)?;
    tx.exec(
        "INSERT INTO purchase (id, project_id, number, day, credit, body, at, by) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        &[
            id.into(),
            project.into(),
            purchase.number.as_str().into(),
            purchase.day.to_string().into(),
            purchase.credit.cents().into(),
            body.into(),
            at.into(),
            by.into(),
        ],
    )?;
    Ok(())
}

fn read(mut row: Row) -> Done<Purchase> {
    row.parsed(|body| serde_json::from_str(body).ok())
}

/// The purchases of some projects' gold, by their ids.
///
/// # Errors
/// When the store cannot be read.
pub fn of_projects(tx: &Tx<'_>, projects: &[String]) -> Done<BTreeMap<String, Vec<Purchase>>> {
    let sql = "SELECT project_id, body FROM purchase WHERE project_id IN (SELECT value FROM json_each(?1))";
    super::of_each(tx, sql, projects, |mut row| Ok((row.text()?, read(row)?)))
}

/// The purchases of some days, each with its project's id, in the order of their numbers.
///
/// # Errors
/// When the store cannot be read.
pub fn between(tx: &Tx<'_>, first: NaiveDate, last: NaiveDate) -> Done<Vec<(String, Purchase)>> {
    let sql = "SELECT project_id, body FROM purchase WHERE day BETWEEN ?1 AND ?2 ORDER BY day, id";
    let rows = tx.rows(sql, &[first.to_string().into(), last.to_string().into()])?;
    rows.into_iter().map(|mut row| Ok((row.text()?, read(row)?))).collect()
}

/// Empties who sold, once that is not kept any more on a day; what was bought stays.
///
/// # Errors
/// When the store cannot be read or written.
pub fn forget(tx: &Tx<'_>, project: &str, today: NaiveDate) -> Done<()> {
    let found = of_projects(tx, &[project.to_owned()])?;
    let Some(mut purchase) = super::of_one(found).pop() else {
        return Ok(());
    };
    if today > crate::order::old_gold::kept_until(purchase.day) {
        purchase.seller = None;
        let body = serde_json::to_string(&purchase).map_err(super::Trouble::broken)?;
        tx.exec(
            "UPDATE purchase SET body = ?2 WHERE project_id = ?1",
            &[project.into(), body.into()],
        )?;
    }
    Ok(())
}
