//! The house's terms, a version for each day they were changed from. No version is ever changed.

use super::{Done, Refusal, Row, Trouble, Tx};
use crate::house::Profile;
use crate::terms::Terms;
use crate::termsheet::kept;
use chrono::NaiveDate;

/// A version of the terms.
#[derive(Debug, Clone)]
pub struct Version {
    /// Its id.
    pub id: String,
    /// The day it comes into force; `None` for the first, which always was.
    pub in_force: Option<NaiveDate>,
    /// What it says.
    pub terms: Terms,
    /// The moment it was added.
    pub added_at: String,
    /// Who added it; empty for the first.
    pub added_by: String,
}

const SELECT: &str = "SELECT t.id, t.in_force, t.body, t.added_at, COALESCE(s.name, '') FROM terms t LEFT JOIN staff s ON s.id = t.added_by";

fn read(mut row: Row) -> Done<Version> {
    Ok(Version {
        id: row.text()?,
        in_force: row.maybe_parsed(|day| day.parse().ok())?,
        terms: row.parsed(|body| serde_json::from_str(body).ok().and_then(kept))?,
        added_at: row.text()?,
        added_by: row.text()?,
    })
}

/// Adds a version; `added_by` is the id of who did, empty for the first.
///
/// # Errors
/// When the store cannot write.
pub fn add(tx: &Tx<'_>, version: &Version) -> Done<()> {
    let body = serde_json::to_string(&version.terms).map_err(Trouble::broken)?;
    let by = Some(version.added_by.clone()).filter(|by| !by.is_empty());
    tx.exec(
        "INSERT INTO terms (id, in_force, body, added_at, added_by) VALUES (?1, ?2, ?3, ?4, ?5)",
        &[
            version.id.as_str().into(),
            version.in_force.map(|day| day.to_string()).into(),
            body.into(),
            version.added_at.as_str().into(),
            by.into(),
        ],
    )?;
    Ok(())
}

/// Every version, the latest to come into force first; of one day, the last added first.
///
/// # Errors
/// When the store cannot be read.
pub fn all(tx: &Tx<'_>) -> Done<Vec<Version>> {
    tx.rows(
        &format!("{SELECT} ORDER BY COALESCE(t.in_force, '') DESC, t.id DESC"),
        &[],
    )?
    .into_iter()
    .map(read)
    .collect()
}

/// Whether there is more than one.
///
/// # Errors
/// When the store cannot be read.
pub fn several(tx: &Tx<'_>) -> Done<bool> {
    let row = tx.row("SELECT COUNT(*) FROM terms", &[])?;
    Ok(row.map(|mut row| row.int()).transpose()?.is_some_and(|count| count > 1))
}

/// The version in force on a day.
///
/// # Errors
/// [`Refusal::NoHouse`] before the house is set up, or that the store cannot be read.
pub fn on(tx: &Tx<'_>, day: NaiveDate) -> Done<Version> {
    let sql = format!(
        "{SELECT} WHERE COALESCE(t.in_force, '') <= ?1 ORDER BY COALESCE(t.in_force, '') DESC, t.id DESC LIMIT 1"
    );
    tx.row(&sql, &[day.to_string().into()])?
        .map(read)
        .transpose()?
        .ok_or_else(|| Refusal::NoHouse.into())
}

/// The version of that id.
///
/// # Errors
/// [`Refusal::NotFound`], or that the store cannot be read.
pub fn get(tx: &Tx<'_>, id: &str) -> Done<Version> {
    tx.row(&format!("{SELECT} WHERE t.id = ?1"), &[id.into()])?
        .map(read)
        .transpose()?
        .ok_or_else(|| Refusal::NotFound.into())
}

/// A house set up before terms had versions follows its profile from the first: its words are kept now.
pub(super) fn keep_the_first(tx: &Tx<'_>) -> Done<()> {
    let Some(mut row) = tx.row(
        "SELECT profile FROM house WHERE EXISTS (SELECT 1 FROM terms WHERE body = '')",
        &[],
    )?
    else {
        return Ok(());
    };
    let id = row.text()?;
    let profile = Profile::named(&id).ok_or_else(|| Trouble::Broken(format!("no terms for {id}")))?;
    let body = serde_json::to_string(&profile.terms).map_err(Trouble::broken)?;
    tx.exec("UPDATE terms SET body = ?1 WHERE body = ''", &[body.into()])?;
    Ok(())
}
