//! What happened to projects, one row each, never changed.

use super::{Done, Row, Trouble, Tx};
use crate::project::{Happening, Personal};

const SELECT: &str = "SELECT h.id, h.project_id, h.day, h.body, h.personal, h.at, s.name FROM happening h JOIN staff s ON s.id = h.by";

fn read(mut row: Row) -> Done<Happening> {
    Ok(Happening {
        id: row.text()?,
        project_id: row.text()?,
        day: row.parsed(|day| day.parse().ok())?,
        what: row.parsed(|body| serde_json::from_str(body).ok())?,
        personal: row.maybe_parsed(|personal| serde_json::from_str(personal).ok())?.unwrap_or_default(),
        at: row.text()?,
        by: row.text()?,
    })
}

/// Writes down what happened; `by` is the id of who did.
///
/// # Errors
/// When the store cannot write.
pub fn add(tx: &Tx<'_>, happening: &Happening) -> Done<()> {
    let body = serde_json::to_value(&happening.what).map_err(|why| Trouble::Broken(why.to_string()))?;
    let what = body.get("what").and_then(serde_json::Value::as_str).unwrap_or_default().to_owned();
    let personal = (happening.personal != Personal::default()).then(|| serde_json::to_string(&happening.personal).unwrap_or_default());
    tx.exec(
        "INSERT INTO happening (id, seq, project_id, what, day, body, personal, at, by) \
         SELECT ?1, COALESCE(MAX(seq), 0) + 1, ?2, ?3, ?4, ?5, ?6, ?7, ?8 FROM happening",
        &[
            happening.id.as_str().into(),
            happening.project_id.as_str().into(),
            what.into(),
            happening.day.to_string().into(),
            body.to_string().into(),
            personal.into(),
            happening.at.as_str().into(),
            happening.by.as_str().into(),
        ],
    )?;
    Ok(())
}

/// What happened to a project, in the order it was written down.
///
/// # Errors
/// When the store cannot be read.
pub fn of_project(tx: &Tx<'_>, project: &str) -> Done<Vec<Happening>> {
    tx.rows(&format!("{SELECT} WHERE h.project_id = ?1 ORDER BY h.seq"), &[project.into()])?.into_iter().map(read).collect()
}
