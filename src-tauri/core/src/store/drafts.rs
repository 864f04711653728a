//! Drafts: forms half typed, written a moment after the last key. They are no actions.

use super::{Done, Tx};

/// A form half typed.
#[derive(Debug, Clone)]
pub struct Draft {
    /// Which form.
    pub id: String,
    /// Its content, as the screen wrote it.
    pub body: String,
    /// When.
    pub saved_at: String,
}

/// Keeps the newest state of a form.
///
/// # Errors
/// When the store cannot write.
pub fn save(tx: &Tx<'_>, draft: &Draft) -> Done<()> {
    let sql = "INSERT INTO draft (id, body, saved_at) VALUES (?1, ?2, ?3) ON CONFLICT (id) DO UPDATE SET body = excluded.body, saved_at = excluded.saved_at";
    tx.exec(sql, &[draft.id.as_str().into(), draft.body.as_str().into(), draft.saved_at.as_str().into()])?;
    Ok(())
}

/// Throws a draft away.
///
/// # Errors
/// When the store cannot write.
pub fn drop(tx: &Tx<'_>, id: &str) -> Done<()> {
    tx.exec("DELETE FROM draft WHERE id = ?1", &[id.into()])?;
    Ok(())
}

/// Every draft, the newest first.
///
/// # Errors
/// When the store cannot be read.
pub fn all(tx: &Tx<'_>) -> Done<Vec<Draft>> {
    let rows = tx.rows("SELECT id, body, saved_at FROM draft ORDER BY saved_at DESC", &[])?;
    rows.into_iter().map(|mut row| Ok(Draft { id: row.text()?, body: row.text()?, saved_at: row.text()? })).collect()
}

/// Throws away every draft that speaks of someone, by their id or their name.
///
/// # Errors
/// When the store cannot write.
pub fn forget(tx: &Tx<'_>, id: &str, name: &str) -> Done<()> {
    for draft in all(tx)? {
        if draft.body.contains(id) || (!name.is_empty() && draft.body.contains(name)) {
            drop(tx, &draft.id)?;
        }
    }
    Ok(())
}
