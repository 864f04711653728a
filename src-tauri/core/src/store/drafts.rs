//! Drafts: forms half typed, written a moment after the last key. They are no actions.

use super::{Done, Tx};
use crate::refusal::Refusal;
use serde_json::Value;

/// A form half typed.
#[derive(Debug, Clone)]
pub struct Draft {
    /// Which form it is of.
    pub id: String,
    /// The id of who typed it; empty where that is not known, and it is anybody's.
    pub maker: String,
    /// Its content, as the screen wrote it.
    pub body: String,
    /// The moment it was written, with its offset.
    pub saved_at: String,
}

/// Keeps the newest state of a form.
///
/// # Errors
/// When the store cannot write.
pub fn save(tx: &Tx<'_>, draft: &Draft) -> Done<()> {
    let sql = "INSERT INTO draft (id, maker, body, saved_at) VALUES (?1, ?2, ?3, ?4) \
               ON CONFLICT (id, maker) DO UPDATE SET body = excluded.body, saved_at = excluded.saved_at";
    // What was anybody's is theirs now.
    drop(tx, &draft.id, "")?;
    tx.exec(
        sql,
        &[
            draft.id.as_str().into(),
            draft.maker.as_str().into(),
            draft.body.as_str().into(),
            draft.saved_at.as_str().into(),
        ],
    )?;
    Ok(())
}

/// Throws someone's draft of a form away, and one that is anybody's.
///
/// # Errors
/// When the store cannot write.
pub fn drop(tx: &Tx<'_>, id: &str, maker: &str) -> Done<()> {
    tx.exec(
        "DELETE FROM draft WHERE id = ?1 AND maker IN (?2, '')",
        &[id.into(), maker.into()],
    )?;
    Ok(())
}

/// Throws away what anybody typed into a form that is done with.
///
/// # Errors
/// When the store cannot write.
pub fn done_with(tx: &Tx<'_>, id: &str) -> Done<()> {
    tx.exec("DELETE FROM draft WHERE id = ?1", &[id.into()])?;
    Ok(())
}

/// Makes one person's draft of a form another's, in place of what that one typed; its content.
///
/// # Errors
/// [`Refusal::NotFound`] where it is gone meanwhile, or when the store cannot write.
pub fn take_over(tx: &Tx<'_>, id: &str, from: &str, to: &str) -> Done<String> {
    let row = tx.row(
        "SELECT body FROM draft WHERE id = ?1 AND maker = ?2",
        &[id.into(), from.into()],
    )?;
    let body = row.ok_or(Refusal::NotFound)?.text()?;
    if from != to {
        drop(tx, id, to)?;
        tx.exec(
            "UPDATE draft SET maker = ?3 WHERE id = ?1 AND maker = ?2",
            &[id.into(), from.into(), to.into()],
        )?;
    }
    Ok(body)
}

/// Every draft, the newest first.
///
/// # Errors
/// When the store cannot be read.
pub fn all(tx: &Tx<'_>) -> Done<Vec<Draft>> {
    let rows = tx.rows(
        "SELECT id, maker, body, saved_at FROM draft ORDER BY saved_at DESC",
        &[],
    )?;
    rows.into_iter()
        .map(|mut row| {
            Ok(Draft {
                id: row.text()?,
                maker: row.text()?,
                body: row.text()?,
                saved_at: row.text()?,
            })
        })
        .collect()
}

/// Throws away every draft that speaks of someone, by an id of theirs or one of their names.
///
/// # Errors
/// When the store cannot write.
pub fn forget(tx: &Tx<'_>, ids: &[String], names: &[String]) -> Done<()> {
    let theirs = |text: &str| ids.iter().any(|id| text.contains(id.as_str())) || names.iter().any(|name| text == name);
    for draft in all(tx)? {
        let body: Value = serde_json::from_str(&draft.body).unwrap_or_default();
        if theirs(&draft.id) || says(&body, &theirs) {
            drop(tx, &draft.id, &draft.maker)?;
        }
    }
    Ok(())
}

/// Whether a text in `value` is one of those.
fn says(value: &Value, wanted: &impl Fn(&str) -> bool) -> bool {
    match value {
        Value::String(text) => wanted(text),
        Value::Array(items) => items.iter().any(|item| says(item, wanted)),
        Value::Object(map) => map.values().any(|inner| says(inner, wanted)),
        Value::Null | Value::Bool(_) | Value::Number(_) => false,
    }
}
