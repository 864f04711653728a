//! Photos, as bytes in the one file.

use super::{Done, Refusal, Tx, journal};
use crate::photo::Photo;

/// Which of a photo's three sizes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Size {
    /// As it came in.
    Original,
    /// For screens.
    Picture,
    /// For papers.
    Printed,
    /// For lists.
    Thumb,
}

/// What is known of a photo beside its bytes.
#[derive(Debug, Clone)]
#[expect(missing_docs, reason = "each field is named as in the table")]
pub struct Kept {
    pub id: String,
    pub name: String,
    pub width: u32,
    pub height: u32,
}

/// Keeps a photo.
///
/// # Errors
/// When the store cannot write.
pub fn keep(tx: &Tx<'_>, id: &str, name: &str, photo: Photo) -> Done<()> {
    tx.exec(
        "INSERT INTO photo (id, sha256, name, width, height, original, picture, printed, thumb) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
        &[
            id.into(),
            super::papers::hash(&photo.original).into(),
            name.into(),
            i64::from(photo.width).into(),
            i64::from(photo.height).into(),
            photo.original.into(),
            photo.picture.into(),
            photo.printed.into(),
            photo.thumb.into(),
        ],
    )?;
    Ok(())
}

/// What is known of a photo.
///
/// # Errors
/// [`Refusal::NotFound`], or that the store cannot be read.
pub fn get(tx: &Tx<'_>, id: &str) -> Done<Kept> {
    let row = tx.row("SELECT id, name, width, height FROM photo WHERE id = ?1", &[id.into()])?;
    let mut row = row.ok_or(Refusal::NotFound)?;
    let (id, name) = (row.text()?, row.text()?);
    let side = |side: i64| u32::try_from(side).unwrap_or_default();
    Ok(Kept {
        id,
        name,
        width: side(row.int()?),
        height: side(row.int()?),
    })
}

/// A photo's bytes.
///
/// # Errors
/// [`Refusal::NotFound`], or that the store cannot be read.
pub fn bytes(tx: &Tx<'_>, id: &str, size: Size) -> Done<Vec<u8>> {
    let sql = match size {
        Size::Original => "SELECT original FROM photo WHERE id = ?1",
        Size::Picture => "SELECT picture FROM photo WHERE id = ?1",
        Size::Printed => "SELECT printed FROM photo WHERE id = ?1",
        Size::Thumb => "SELECT thumb FROM photo WHERE id = ?1",
    };
    tx.row(sql, &[id.into()])?.ok_or(Refusal::NotFound)?.bytes()
}

/// Empties a photo in all its sizes; its hash stays.
///
/// # Errors
/// When the store cannot write.
pub fn forget(tx: &Tx<'_>, id: &str) -> Done<()> {
    journal::forget_name(tx, "photo", id)?;
    tx.exec(
        "UPDATE photo SET name = '', original = ?2, picture = ?2, printed = ?2, thumb = ?2 WHERE id = ?1",
        &[id.into(), Vec::new().into()],
    )?;
    Ok(())
}
