//! Papers: rendered once, numbered, stored with their hash, never changed.

use super::{Done, Refusal, Row, Trouble, Tx};
use crate::words::Language;
use sha2::{Digest as _, Sha256};

/// A paper without its bytes.
#[derive(Debug, Clone)]
#[expect(missing_docs, reason = "each field is named as in the table")]
pub struct Issued {
    pub id: String,
    pub project_id: Option<String>,
    pub case_id: Option<String>,
    pub client_id: Option<String>,
    pub kind: String,
    pub number: String,
    pub language: Language,
    pub issued_at: String,
    pub sha256: String,
}

const COLUMNS: &str = "id, project_id, case_id, client_id, kind, number, language, issued_at, sha256";

fn read(row: &mut Row) -> Done<Issued> {
    Ok(Issued {
        id: row.text()?,
        project_id: row.maybe_text()?,
        case_id: row.maybe_text()?,
        client_id: row.maybe_text()?,
        kind: row.text()?,
        number: row.text()?,
        language: row.parsed(Language::of)?,
        issued_at: row.text()?,
        sha256: row.text()?,
    })
}

/// The SHA-256 of bytes, in hexadecimal.
#[must_use]
pub fn hash(bytes: &[u8]) -> String {
    format!("{:x}", Sha256::digest(bytes))
}

/// Keeps a paper.
///
/// # Errors
/// When the store cannot write.
pub fn keep(tx: &Tx<'_>, paper: &Issued, bytes: Vec<u8>) -> Done<()> {
    let mut values = vec![
        paper.id.as_str().into(),
        paper.project_id.clone().into(),
        paper.case_id.clone().into(),
        paper.client_id.clone().into(),
    ];
    values.extend([&paper.kind, &paper.number].map(|text| text.as_str().into()));
    values.extend([
        paper.language.code().into(),
        paper.issued_at.as_str().into(),
        paper.sha256.as_str().into(),
        bytes.into(),
    ]);
    tx.exec(
        &format!("INSERT INTO paper ({COLUMNS}, bytes) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)"),
        &values,
    )?;
    Ok(())
}

/// What papers belong to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum To<'a> {
    /// A project, and nothing after its sale.
    Project(&'a str),
    /// A case.
    Case(&'a str),
    /// A client, whatever else they belong to.
    Client(&'a str),
}

/// The papers of one of them, in the order they were issued.
///
/// # Errors
/// When the store cannot be read.
pub fn of(tx: &Tx<'_>, to: To<'_>) -> Done<Vec<Issued>> {
    let (clause, id) = match to {
        To::Project(id) => ("project_id = ?1 AND case_id IS NULL", id),
        To::Case(id) => ("case_id = ?1", id),
        To::Client(id) => ("client_id = ?1", id),
    };
    let rows = tx.rows(
        &format!("SELECT {COLUMNS} FROM paper WHERE {clause} ORDER BY id"),
        &[id.into()],
    )?;
    rows.into_iter().map(|mut row| read(&mut row)).collect()
}

/// Files a project's papers under the client it is of.
///
/// # Errors
/// When the store cannot write.
pub fn refile(tx: &Tx<'_>, project: &str, client: &str) -> Done<()> {
    tx.exec(
        "UPDATE paper SET client_id = ?2 WHERE project_id = ?1",
        &[project.into(), client.into()],
    )?;
    Ok(())
}

/// Empties a paper; its number and hash stay.
///
/// # Errors
/// When the store cannot write.
pub fn forget(tx: &Tx<'_>, id: &str) -> Done<()> {
    tx.exec(
        "UPDATE paper SET bytes = ?2 WHERE id = ?1",
        &[id.into(), Vec::new().into()],
    )?;
    Ok(())
}

/// A paper with its bytes, by its id or its number, as long as they still have its hash.
///
/// # Errors
/// [`Refusal::NotFound`], [`Refusal::PaperErased`], or [`Trouble::Broken`] when the bytes are not those that were issued.
pub fn get(tx: &Tx<'_>, key: &str) -> Done<(Issued, Vec<u8>)> {
    // One index at a time: both conditions in one statement would use neither.
    let by = |clause: &str| {
        let sql = format!("SELECT {COLUMNS}, bytes FROM paper WHERE {clause} ORDER BY id DESC LIMIT 1");
        tx.row(&sql, &[key.into()])
    };
    let row = match by("id = ?1")? {
        Some(row) => Some(row),
        None => by("number = ?1")?,
    };
    let mut row = row.ok_or(Refusal::NotFound)?;
    let paper = read(&mut row)?;
    let bytes = row.bytes()?;
    if bytes.is_empty() {
        return Err(Refusal::PaperErased.into());
    }
    if hash(&bytes) != paper.sha256 {
        return Err(Trouble::Broken(format!(
            "paper {} has changed since it was issued",
            paper.number
        )));
    }
    Ok((paper, bytes))
}
