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

/// A file's name.
///
/// # Errors
/// As [`get`].
pub fn name(tx: &Tx<'_>, id: &str) -> Done<String> {
    tx.row("SELECT name FROM attachment WHERE id = ?1", &[id.into()])?
        .ok_or(Refusal::NotFound)?
        .text()
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

/// Takes away the photos and files that nobody attached to anything and that were kept before that moment, with their names in
/// the journal. An id begins with the moment it was made (RFC 9562, version 7), so what could name one is no older than it.
///
/// # Errors
/// When the store cannot be read or written.
pub fn sweep(tx: &Tx<'_>, before_millis: i64) -> Done<u32> {
    // A month of them: a form that was given up is thrown away within that.
    let (first, last) = (beginning(before_millis - 31 * 86_400_000), beginning(before_millis));
    let mut swept = 0;
    for (table, named) in [
        ("photo", "SELECT 1 FROM piece_photo WHERE photo_id = ?1"),
        ("attachment", "SELECT 1 WHERE ?1 = ''"),
    ] {
        let old = format!("SELECT id FROM {table} WHERE id >= ?1 AND id < ?2");
        for mut row in tx.rows(&old, &[first.as_str().into(), last.as_str().into()])? {
            let id = row.text()?;
            if tx.row(named, &[id.as_str().into()])?.is_some() || is_named(tx, &id)? {
                continue;
            }
            journal::forget_name(tx, table, &id)?;
            tx.exec(&format!("DELETE FROM {table} WHERE id = ?1"), &[id.into()])?;
            swept += 1;
        }
    }
    Ok(swept)
}

/// How every id of a moment begins, and no earlier one.
fn beginning(millis: i64) -> String {
    let hex = format!("{:012x}", millis.max(0));
    format!("{}-{}", &hex[..8], &hex[8..])
}

/// Whether something that happened, was offered, is half typed or stands on the letterhead names a photo or file.
fn is_named(tx: &Tx<'_>, id: &str) -> Done<bool> {
    let of_happenings = |table: &str| {
        format!(
            "SELECT 1 FROM {table} WHERE id > ?1 AND (replace(body, ?1, '') <> body OR replace(personal, ?1, '') <> personal) LIMIT 1"
        )
    };
    for sql in [
        of_happenings("happening"),
        of_happenings("case_happening"),
        of_happenings("client_happening"),
        "SELECT 1 FROM quote WHERE id > ?1 AND replace(frozen, ?1, '') <> frozen LIMIT 1".to_owned(),
        "SELECT 1 FROM draft WHERE replace(body, ?1, '') <> body LIMIT 1".to_owned(),
        "SELECT 1 FROM house WHERE replace(identity, ?1, '') <> identity LIMIT 1".to_owned(),
    ] {
        if tx.row(&sql, &[id.into()])?.is_some() {
            return Ok(true);
        }
    }
    Ok(false)
}
