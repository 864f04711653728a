//! What an identifier, typed or scanned whole, belongs to.

use super::{Done, Tx};
use crate::aftersales::rma::Rma;

/// Where an identifier leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found {
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

/// What bears the whole of `text` as its identifier, and the paper where it is one: an RMA, a number of the register or a case
/// first, then a project, a quote or a valuation, a paper, and the envelope of a piece, the newest of several.
///
/// # Errors
/// When the store cannot be read.
pub fn find(tx: &Tx<'_>, text: &str) -> Done<Option<(Found, Option<String>)>> {
    let number = written(text);
    if number.is_empty() {
        return Ok(None);
    }
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
            return Ok(Some((Found::Case(case), None)));
        }
    }
    let projects = [
        "SELECT id FROM project WHERE number = ?1",
        "SELECT project_id FROM quote WHERE number = ?1",
        "SELECT project_id FROM valuation WHERE number = ?1",
    ];
    for sql in projects {
        if let Some(project) = one(sql, &number)? {
            return Ok(Some((Found::Project(project), None)));
        }
    }
    let paper = "SELECT id, case_id, project_id, client_id FROM paper WHERE number = ?1 ORDER BY id DESC LIMIT 1";
    if let Some(mut row) = tx.row(paper, &[number.as_str().into()])? {
        let paper = row.text()?;
        let (case, project, client) = (row.maybe_text()?, row.maybe_text()?, row.maybe_text()?);
        let place = case
            .map(Found::Case)
            .or(project.map(Found::Project))
            .or(client.map(Found::Client));
        return Ok(place.map(|place| (place, Some(paper))));
    }
    let envelope = "SELECT project_id FROM piece WHERE envelope = ?1 ORDER BY id DESC LIMIT 1";
    Ok(one(envelope, text.trim())?
        .or(one(envelope, &text.trim().to_uppercase())?)
        .map(|project| (Found::Project(project), None)))
}
