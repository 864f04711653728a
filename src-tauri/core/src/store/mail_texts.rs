//! The house's own texts of its mails.

use super::{Done, Tx};
use crate::words::Language;

/// The subject and text the house wrote for a kind of mail, where it did.
///
/// # Errors
/// When the store cannot be read.
pub fn get(tx: &Tx<'_>, kind: &str, language: Language) -> Done<Option<(String, String)>> {
    let sql = "SELECT subject, body FROM mail_text WHERE kind = ?1 AND language = ?2";
    let row = tx.row(sql, &[kind.into(), language.code().into()])?;
    row.map(|mut row| Ok((row.text()?, row.text()?))).transpose()
}

/// Keeps it; with nothing in it, the usual text holds again.
///
/// # Errors
/// When the store cannot write.
pub fn keep(tx: &Tx<'_>, kind: &str, language: Language, subject: &str, body: &str) -> Done<()> {
    let of = [kind.into(), language.code().into()];
    tx.exec("DELETE FROM mail_text WHERE kind = ?1 AND language = ?2", &of)?;
    if !body.is_empty() {
        tx.exec(
            "INSERT INTO mail_text (kind, language, subject, body) VALUES (?1, ?2, ?3, ?4)",
            &[kind.into(), language.code().into(), subject.into(), body.into()],
        )?;
    }
    Ok(())
}
