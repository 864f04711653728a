//! Files that clients sent, kept as they came.

use super::{Done, Refusal, Tx, journal};

/// Keeps a file.
///
/// # Errors
/// When the store cannot write.
pub fn keep(tx: &Tx<'_>, id: &str, name: &str, bytes: &[u8]) -> Done<()> {
    let values = [
        id.into(),
        super::papers::hash(bytes).into(),
        name.into(),
        bytes.to_vec().into(),
    ];
    tx.exec(
        "INSERT INTO attachment (id, sha256, name, bytes) VALUES (?1, ?2, ?3, ?4)",
        &values,
    )?;
    Ok(())
}

/// A file's name and bytes.
///
/// # Errors
/// [`Refusal::NotFound`], or that the store cannot be read.
pub fn get(tx: &Tx<'_>, id: &str) -> Done<(String, Vec<u8>)> {
    let mut row = tx
        .row("SELECT name, bytes FROM attachment WHERE id = ?1", &[id.into()])?
        .ok_or(Refusal::NotFound)?;
    Ok((row.text()?, row.bytes()?))
}

/// Empties a file; its hash stays.
///
/// # Errors
/// When the store cannot write.
pub fn forget(tx: &Tx<'_>, id: &str) -> Done<()> {
    journal::forget_name(tx, "attachment", id)?;
    tx.exec(
        "UPDATE attachment SET name = '', bytes = ?2 WHERE id = ?1",
        &[id.into(), Vec::new().into()],
    )?;
    Ok(())
}
