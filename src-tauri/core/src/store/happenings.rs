//! What happened to projects, cases and clients, one row each, never changed.

use super::{Done, Row, Trouble, Tx};
use crate::project::{Happening, Personal};
use serde::Serialize;
use serde::de::DeserializeOwned;

/// What things happen to: each has a table of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum To {
    /// Projects.
    Project,
    /// After-sales cases.
    Case,
    /// Clients: what they ask of their data, and what was corrected.
    Client,
}

impl To {
    const fn table(self) -> &'static str {
        match self {
            Self::Project => "happening",
            Self::Case => "case_happening",
            Self::Client => "client_happening",
        }
    }

    fn select(self) -> String {
        format!("SELECT h.id, h.of_id, h.day, h.body, h.personal, h.at, s.name FROM {} h JOIN staff s ON s.id = h.by", self.table())
    }
}

fn read<W: DeserializeOwned>(mut row: Row) -> Done<Happening<W>> {
    Ok(Happening {
        id: row.text()?,
        of: row.text()?,
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
pub fn add<W: Serialize>(tx: &Tx<'_>, to: To, happening: &Happening<W>) -> Done<()> {
    let body = serde_json::to_value(&happening.what).map_err(|why| Trouble::Broken(why.to_string()))?;
    let what = body.get("what").and_then(serde_json::Value::as_str).unwrap_or_default().to_owned();
    let personal = (happening.personal != Personal::default()).then(|| serde_json::to_string(&happening.personal).unwrap_or_default());
    let table = to.table();
    tx.exec(
        &format!(
            "INSERT INTO {table} (id, seq, of_id, what, day, body, personal, at, by) \
             SELECT ?1, COALESCE(MAX(seq), 0) + 1, ?2, ?3, ?4, ?5, ?6, ?7, ?8 FROM {table}"
        ),
        &[
            happening.id.as_str().into(),
            happening.of.as_str().into(),
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

/// What happened to one of them, in the order it was written down.
///
/// # Errors
/// When the store cannot be read.
pub fn of<W: DeserializeOwned>(tx: &Tx<'_>, to: To, id: &str) -> Done<Vec<Happening<W>>> {
    tx.rows(&format!("{} WHERE h.of_id = ?1 ORDER BY h.seq", to.select()), &[id.into()])?.into_iter().map(read).collect()
}

/// Everything of one kind that happened to all of them, in the order it was written down.
///
/// # Errors
/// When the store cannot be read.
pub fn all<W: DeserializeOwned>(tx: &Tx<'_>, to: To, what: &str) -> Done<Vec<Happening<W>>> {
    tx.rows(&format!("{} WHERE h.what = ?1 ORDER BY h.seq", to.select()), &[what.into()])?.into_iter().map(read).collect()
}

/// Empties what people said and signed in all that happened to one of them.
///
/// # Errors
/// When the store cannot write.
pub fn forget(tx: &Tx<'_>, to: To, id: &str) -> Done<()> {
    tx.exec(&format!("UPDATE {} SET personal = NULL WHERE of_id = ?1 AND personal IS NOT NULL", to.table()), &[id.into()])?;
    Ok(())
}
