//! After-sales cases, as they were opened.

use super::{Done, Refusal, Row, Tx};
pub use crate::aftersales::case::Case;
use crate::fold;
use crate::vocabulary::Vocabulary;
use serde_json::Value;

const SELECT: &str = "SELECT c.id, c.number, c.kind, c.client_id, c.project_id, c.lines, c.item, c.terms_id, c.facts, c.opened, c.opened_at, s.name \
                      FROM aftersales_case c JOIN staff s ON s.id = c.opened_by";

fn read(mut row: Row) -> Done<Case> {
    Ok(Case {
        id: row.text()?,
        number: row.text()?,
        kind: row.parsed(Vocabulary::of)?,
        client_id: row.text()?,
        project_id: row.maybe_text()?,
        lines: row.parsed(|lines| serde_json::from_str(lines).ok())?,
        item: row.text()?,
        terms_id: row.text()?,
        facts: row.parsed(|facts| serde_json::from_str(facts).ok())?,
        opened: row.parsed(|day| day.parse().ok())?,
        opened_at: row.text()?,
        opened_by: row.text()?,
    })
}

/// Opens a case; `opened_by` is the id of who did. `client_name` is what it is found by, beside its number and item.
///
/// # Errors
/// When the store cannot write.
pub fn open(tx: &Tx<'_>, case: &Case, client_name: &str) -> Done<()> {
    tx.exec(
        "INSERT INTO aftersales_case (id, version, number, client_id, project_id, item, terms_id, facts, opened, opened_at, opened_by, kind, lines, fold) \
         VALUES (?1, 1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)",
        &[
            case.id.as_str().into(),
            case.number.as_str().into(),
            case.client_id.as_str().into(),
            case.project_id.clone().into(),
            case.item.as_str().into(),
            case.terms_id.as_str().into(),
            Value::Object(case.facts.clone()).to_string().into(),
            case.opened.to_string().into(),
            case.opened_at.as_str().into(),
            case.opened_by.as_str().into(),
            case.kind.name().into(),
            serde_json::to_string(&case.lines).unwrap_or_default().into(),
            fold::folded(&format!("{} {client_name} {}", case.number, case.item)).into(),
        ],
    )?;
    Ok(())
}

/// Lets a case be found by a number it was given.
///
/// # Errors
/// When the store cannot write.
pub fn found_by(tx: &Tx<'_>, id: &str, number: &str) -> Done<()> {
    let values = [id.into(), format!(" {}", fold::folded(number)).into()];
    tx.exec(
        "UPDATE aftersales_case SET version = version + 1, fold = fold || ?2 WHERE id = ?1",
        &values,
    )?;
    Ok(())
}

/// What a case is called once its client is forgotten: its number alone.
///
/// # Errors
/// When the store cannot write.
pub fn forget(tx: &Tx<'_>, id: &str) -> Done<()> {
    tx.exec(
        "UPDATE aftersales_case SET version = version + 1, item = number, fold = lower(number) WHERE id = ?1",
        &[id.into()],
    )?;
    Ok(())
}

/// Every case, the newest first.
///
/// # Errors
/// When the store cannot be read.
pub fn all(tx: &Tx<'_>) -> Done<Vec<Case>> {
    tx.rows(&format!("{SELECT} ORDER BY c.number DESC"), &[])?
        .into_iter()
        .map(read)
        .collect()
}

/// Lets cases of an older store be found by their clients too, once.
///
/// # Errors
/// When the store cannot be read or written.
pub(super) fn fold_the_old(tx: &Tx<'_>) -> Done<()> {
    let old = "SELECT c.id, c.number, c.item, k.name FROM aftersales_case c JOIN client k ON k.id = c.client_id WHERE c.fold = lower(c.number || ' ' || c.item)";
    for mut row in tx.rows(old, &[])? {
        let (id, number, item, name) = (row.text()?, row.text()?, row.text()?, row.text()?);
        let folded = fold::folded(&format!("{number} {name} {item}"));
        tx.exec(
            "UPDATE aftersales_case SET fold = ?2 WHERE id = ?1",
            &[id.into(), folded.into()],
        )?;
    }
    Ok(())
}

/// The cases of a client, the newest first.
///
/// # Errors
/// When the store cannot be read.
pub fn of_client(tx: &Tx<'_>, client: &str) -> Done<Vec<Case>> {
    tx.rows(
        &format!("{SELECT} WHERE c.client_id = ?1 ORDER BY c.number DESC"),
        &[client.into()],
    )?
    .into_iter()
    .map(read)
    .collect()
}

/// The cases of a project, the newest first.
///
/// # Errors
/// When the store cannot be read.
pub fn of_project(tx: &Tx<'_>, project: &str) -> Done<Vec<Case>> {
    of_projects(tx, &[project.to_owned()])
}

/// The cases of some projects.
///
/// # Errors
/// When the store cannot be read.
pub fn of_projects(tx: &Tx<'_>, projects: &[String]) -> Done<Vec<Case>> {
    let sql = format!("{SELECT} WHERE c.project_id IN (SELECT value FROM json_each(?1)) ORDER BY c.number DESC");
    let rows = tx.rows(&sql, &[super::listed(projects)?])?;
    rows.into_iter().map(read).collect()
}

/// The cases of those ids, in their order.
///
/// # Errors
/// When the store cannot be read.
pub fn of_ids(tx: &Tx<'_>, ids: &[String]) -> Done<Vec<Case>> {
    let sql = format!("{SELECT} WHERE c.id IN (SELECT value FROM json_each(?1))");
    let rows = tx.rows(&sql, &[super::listed(ids)?])?;
    let cases: Vec<Case> = rows.into_iter().map(read).collect::<Done<_>>()?;
    Ok(super::in_order(ids, cases, |case| &case.id))
}

/// A case by its id.
///
/// # Errors
/// [`Refusal::NotFound`], or that the store cannot be read.
pub fn get(tx: &Tx<'_>, id: &str) -> Done<Case> {
    tx.row(&format!("{SELECT} WHERE c.id = ?1"), &[id.into()])?
        .map(read)
        .transpose()?
        .ok_or_else(|| Refusal::NotFound.into())
}
