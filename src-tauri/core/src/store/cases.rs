//! After-sales cases, as they were opened.

use super::{Done, Refusal, Row, Tx};
use chrono::NaiveDate;
use serde_json::{Map, Value};

/// A case.
#[derive(Debug, Clone)]
#[expect(missing_docs, reason = "each field is named as in the table")]
pub struct Case {
    pub id: String,
    pub number: String,
    pub client_id: String,
    pub project_id: Option<String>,
    /// What was sold, in the house's words.
    pub item: String,
    /// The terms the contract keeps.
    pub terms_id: String,
    /// The facts as they were then: a question of the desk.
    pub facts: Map<String, Value>,
    pub opened: NaiveDate,
    pub opened_at: String,
    pub opened_by: String,
}

const SELECT: &str = "SELECT c.id, c.number, c.client_id, c.project_id, c.item, c.terms_id, c.facts, c.opened, c.opened_at, s.name \
                      FROM aftersales_case c JOIN staff s ON s.id = c.opened_by";

fn read(mut row: Row) -> Done<Case> {
    Ok(Case {
        id: row.text()?,
        number: row.text()?,
        client_id: row.text()?,
        project_id: row.maybe_text()?,
        item: row.text()?,
        terms_id: row.text()?,
        facts: row.parsed(|facts| serde_json::from_str(facts).ok())?,
        opened: row.parsed(|day| day.parse().ok())?,
        opened_at: row.text()?,
        opened_by: row.text()?,
    })
}

/// Opens a case; `opened_by` is the id of who did.
///
/// # Errors
/// When the store cannot write.
pub fn open(tx: &Tx<'_>, case: &Case) -> Done<()> {
    tx.exec(
        "INSERT INTO aftersales_case (id, version, number, client_id, project_id, item, terms_id, facts, opened, opened_at, opened_by) \
         VALUES (?1, 1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
        &[
            case.id.as_str().into(),
            case.number.as_str().into(),
            case.client_id.as_str().into(),
            case.project_id.clone().into(),
            case.item.as_str().into(),
            case.terms_id.as_str().into(),
            Value::Object(case.facts.clone()).to_string().into(),
            case.opened.to_string().into(),
            case.opened_at.as_str().into(),
            case.opened_by.as_str().into(),
        ],
    )?;
    Ok(())
}

/// The newest cases first, at most 500.
///
/// # Errors
/// When the store cannot be read.
pub fn all(tx: &Tx<'_>) -> Done<Vec<Case>> {
    tx.rows(&format!("{SELECT} ORDER BY c.id DESC LIMIT 500"), &[])?.into_iter().map(read).collect()
}

/// A case by its id.
///
/// # Errors
/// [`Refusal::NotFound`], or that the store cannot be read.
pub fn get(tx: &Tx<'_>, id: &str) -> Done<Case> {
    tx.row(&format!("{SELECT} WHERE c.id = ?1"), &[id.into()])?.map(read).transpose()?.ok_or_else(|| Refusal::NotFound.into())
}
