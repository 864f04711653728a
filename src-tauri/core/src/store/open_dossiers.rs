//! Projects and cases that something can still fall due of: what Today looks through, however old the house is.
//!
//! The rows follow from everything else in the store. A row too many costs a moment; one is never missing.

use super::{Done, Tx};

/// What is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DossierKind {
    /// A project.
    Project,
    /// An after-sales case.
    Case,
}

impl DossierKind {
    const fn stored(self) -> &'static str {
        match self {
            Self::Project => "project",
            Self::Case => "case",
        }
    }
}

/// The open ones of a kind, the newest first.
///
/// # Errors
/// When the store cannot be read.
pub fn all(tx: &Tx<'_>, kind: DossierKind) -> Done<Vec<String>> {
    let sql = "SELECT id FROM open_dossier WHERE kind = ?1 ORDER BY id DESC";
    let rows = tx.rows(sql, &[kind.stored().into()])?;
    rows.into_iter().map(|mut row| row.text()).collect()
}

/// Some that nobody has looked at since the list was made, each with its kind.
///
/// # Errors
/// When the store cannot be read.
pub fn unseen(tx: &Tx<'_>, most: i64) -> Done<Vec<(String, DossierKind)>> {
    let rows = tx.rows(
        "SELECT id, kind FROM open_dossier WHERE due = '' LIMIT ?1",
        &[most.into()],
    )?;
    let kind = |word: &str| {
        [DossierKind::Project, DossierKind::Case]
            .into_iter()
            .find(|kind| kind.stored() == word)
    };
    rows.into_iter()
        .map(|mut row| Ok((row.text()?, row.parsed(kind)?)))
        .collect()
}

/// Notes what is due of one, or with `None` that nothing can fall due any more; answers whether that is another than before.
///
/// # Errors
/// When the store cannot write.
pub fn note(tx: &Tx<'_>, id: &str, kind: DossierKind, due: Option<&str>) -> Done<bool> {
    let before = tx.row("SELECT due FROM open_dossier WHERE id = ?1", &[id.into()])?;
    let before = before.map(|mut row| row.text()).transpose()?;
    if before.as_deref() == due {
        return Ok(false);
    }
    match due {
        None => tx.exec("DELETE FROM open_dossier WHERE id = ?1", &[id.into()])?,
        Some(due) => tx.exec(
            "INSERT INTO open_dossier (id, kind, due) VALUES (?1, ?2, ?3) ON CONFLICT (id) DO UPDATE SET due = excluded.due",
            &[id.into(), kind.stored().into(), due.into()],
        )?,
    };
    Ok(true)
}
