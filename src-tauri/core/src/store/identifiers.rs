//! What an identifier, typed or scanned whole, belongs to.

use super::{Done, Tx};
use crate::aftersales::rma::Rma;

/// What bears an identifier.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// Where it leads.
    pub of: Of,
    /// The paper, where it is one's number.
    pub paper: Option<String>,
    /// The piece, where it is its envelope.
    pub piece: Option<String>,
}

/// Where an identifier leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Of {
    /// A project, by its id.
    Project(String),
    /// A case, by its id.
    Case(String),
    /// A client, by their id.
    Client(String),
}

/// An identifier as it is stored: capitals, no spaces around it, a year's number of four digits at least.
fn written(text: &str) -> String {
    let text = text.trim().to_uppercase();
    match text.split_once('-') {
        Some((series, number))
            if series.len() > 4 && !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()) =>
        {
            format!("{series}-{:0>4}", number.trim_start_matches('0'))
        }
        _ => text,
    }
}

/// What bears the whole of `text` as its identifier: an RMA, a number of the register or a case
/// first, then a project, a quote or a valuation, a paper, and the envelope of a piece, the newest of several.
///
/// # Errors
/// When the store cannot be read.
pub fn find(tx: &Tx<'_>, text: &str) -> Done<Option<Found>> {
    let number = written(text);
    if number.is_empty() {
        return Ok(None);
    }
    let alone = |of: Of| Found {
        of,
        paper: None,
        piece: None,
    };
    let one = |sql: &str, value: &str| -> Done<Option<String>> {
        let row = tx.row(sql, &[value.into()])?;
        row.map(|mut row| row.text()).transpose()
    };
    let cases = [
        (
            "SELECT of_id FROM case_happening WHERE what = 'authorised' AND body ->> 'rma' = ?1",
            Rma::parse(text).ok().map(|rma| rma.to_string()),
        ),
        (
            "SELECT of_id FROM case_happening WHERE what = 'noticed' AND body ->> 'register' = ?1",
            Some(number.clone()),
        ),
        ("SELECT id FROM aftersales_case WHERE number = ?1", Some(number.clone())),
    ];
    for (sql, value) in cases {
        if let Some(case) = value.map(|value| one(sql, &value)).transpose()?.flatten() {
            return Ok(Some(alone(Of::Case(case))));
        }
    }
    let projects = [
        "SELECT id FROM project WHERE number = ?1",
        "SELECT project_id FROM quote WHERE number = ?1",
        "SELECT project_id FROM valuation WHERE number = ?1",
    ];
    for sql in projects {
        if let Some(project) = one(sql, &number)? {
            return Ok(Some(alone(Of::Project(project))));
        }
    }
    let paper = "SELECT id, case_id, project_id, client_id FROM paper WHERE number = ?1 ORDER BY id DESC LIMIT 1";
    if let Some(mut row) = tx.row(paper, &[number.as_str().into()])? {
        let paper = row.text()?;
        let (case, project, client) = (row.maybe_text()?, row.maybe_text()?, row.maybe_text()?);
        let of = case
            .map(Of::Case)
            .or(project.map(Of::Project))
            .or(client.map(Of::Client));
        return Ok(of.map(|of| Found {
            of,
            paper: Some(paper),
            piece: None,
        }));
    }
    let envelope = "SELECT project_id, id FROM piece WHERE upper(envelope) = ?1 ORDER BY id DESC LIMIT 1";
    let Some(mut row) = tx.row(envelope, &[text.trim().to_ascii_uppercase().into()])? else {
        return Ok(None);
    };
    Ok(Some(Found {
        of: Of::Project(row.text()?),
        paper: None,
        piece: Some(row.text()?),
    }))
}
