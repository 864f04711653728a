//! What happened to projects, cases and clients, one row each, never changed.

use super::{Done, Row, Trouble, Tx};
use crate::order::{Happening, Personal};
use crate::payment::Ogm;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use std::collections::BTreeMap;

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
        format!(
            "SELECT h.id, h.of_id, h.day, h.body, h.personal, h.at, s.name FROM {} h JOIN staff s ON s.id = h.by",
            self.table()
        )
    }
}

/// What is written down freely in a body: it stands apart, and can be emptied.
const FREE: [&str; 9] = [
    "note",
    "reason",
    "holder",
    "items",
    "item",
    "carrier",
    "tracking",
    "finger",
    "registered",
];

/// What stands apart from a body.
#[derive(Serialize, Deserialize)]
struct Apart {
    #[serde(flatten)]
    personal: Personal,
    #[serde(default, skip_serializing_if = "Map::is_empty")]
    free: Map<String, Value>,
}

fn read<W: DeserializeOwned>(mut row: Row) -> Done<Happening<W>> {
    let (id, of, day) = (row.text()?, row.text()?, row.parsed(|day| day.parse().ok())?);
    let mut body: Value = row.parsed(|body| serde_json::from_str(body).ok())?;
    let apart: Option<Apart> = row.maybe_parsed(|apart| serde_json::from_str(apart).ok())?;
    let (personal, free) = apart.map(|apart| (apart.personal, apart.free)).unwrap_or_default();
    if let Some(body) = body.as_object_mut() {
        body.extend(free);
    }
    let what = serde_json::from_value(body)
        .map_err(|why| Trouble::Broken(format!("what happened cannot be read: {:?}", why.classify())))?;
    Ok(Happening {
        id,
        of,
        day,
        what,
        personal,
        at: row.text()?,
        by: row.text()?,
    })
}

/// Takes what was written freely out of a body. A word of a vocabulary is nobody's, and stays.
fn set_apart(body: &mut Value) -> Map<String, Value> {
    let mut free = Map::new();
    let Some(body) = body.as_object_mut() else { return free };
    // Why production stands still is a word of a closed vocabulary, and nobody's.
    let pauses = body.get("what").and_then(Value::as_str) == Some("suspended");
    for key in FREE {
        if let Some(text) = body.get(key).and_then(Value::as_str)
            && !(text.is_empty() || pauses && key == "reason")
        {
            free.insert(key.to_owned(), text.into());
            // That a letter was registered stays known, its number does not.
            body.insert(key.to_owned(), if key == "registered" { "–" } else { "" }.into());
        }
    }
    free
}

/// Writes down what happened; `by` is the id of who did.
///
/// # Errors
/// When the store cannot write.
pub fn add<W: Serialize>(tx: &Tx<'_>, to: To, happening: &Happening<W>) -> Done<()> {
    let mut body = serde_json::to_value(&happening.what).map_err(Trouble::broken)?;
    let what = body
        .get("what")
        .and_then(serde_json::Value::as_str)
        .unwrap_or_default()
        .to_owned();
    let apart = Apart {
        personal: happening.personal.clone(),
        free: set_apart(&mut body),
    };
    let nothing = apart.personal == Personal::default() && apart.free.is_empty();
    let personal = (!nothing).then(|| serde_json::to_string(&apart).unwrap_or_default());
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
    tx.rows(
        &format!("{} WHERE h.of_id = ?1 ORDER BY h.seq", to.select()),
        &[id.into()],
    )?
    .into_iter()
    .map(read)
    .collect()
}

/// What happened to each of those, by their ids, in the order it was written down.
///
/// # Errors
/// When the store cannot be read.
pub fn of_each<W: DeserializeOwned>(tx: &Tx<'_>, to: To, ids: &[String]) -> Done<BTreeMap<String, Vec<Happening<W>>>> {
    let sql = format!(
        "{} WHERE h.of_id IN (SELECT value FROM json_each(?1)) ORDER BY h.seq",
        to.select()
    );
    super::of_each(tx, &sql, ids, |row| {
        let happening: Happening<W> = read(row)?;
        Ok((happening.of.clone(), happening))
    })
}

/// Everything of one kind that happened to all of them, in the order it was written down.
///
/// # Errors
/// When the store cannot be read.
pub fn all<W: DeserializeOwned>(tx: &Tx<'_>, to: To, what: &str) -> Done<Vec<Happening<W>>> {
    tx.rows(
        &format!("{} WHERE h.what = ?1 ORDER BY h.seq", to.select()),
        &[what.into()],
    )?
    .into_iter()
    .map(read)
    .collect()
}

/// The places of all of one kind in that order.
///
/// # Errors
/// When the store cannot be read.
pub fn places(tx: &Tx<'_>, to: To, what: &str) -> Done<Vec<i64>> {
    let sql = format!("SELECT seq FROM {} WHERE what = ?1 ORDER BY seq", to.table());
    let rows = tx.rows(&sql, &[what.into()])?;
    rows.into_iter().map(|mut row| row.int()).collect()
}

/// What happened at some places, in that order.
///
/// # Errors
/// When the store cannot be read.
pub fn at<W: DeserializeOwned>(tx: &Tx<'_>, to: To, places: &[i64]) -> Done<Vec<Happening<W>>> {
    let places = serde_json::to_string(places).map_err(Trouble::broken)?;
    tx.rows(
        &format!(
            "{} WHERE h.seq IN (SELECT CAST(value AS BIGINT) FROM json_each(?1)) ORDER BY h.seq",
            to.select()
        ),
        &[places.into()],
    )?
    .into_iter()
    .map(read)
    .collect()
}

/// Which of some structured communications clients were asked to pay with, each with its project's id.
///
/// # Errors
/// When the store cannot be read.
pub fn asked_with(tx: &Tx<'_>, references: &[String]) -> Done<Vec<(Ogm, String)>> {
    // A cross join keeps this order: left to itself, the engine reads every request that was ever made.
    let sql = "SELECT h.body ->> 'ogm', h.of_id FROM (SELECT value FROM json_each(?1)) asked CROSS JOIN happening h \
               WHERE h.body ->> 'ogm' = asked.value AND h.what = 'requested' ORDER BY h.seq";
    super::asked_with(tx, sql, references)
}

/// Empties what people said, signed and wrote down freely in all that happened to one of them, but for one kind of happening.
///
/// # Errors
/// When the store cannot write.
pub fn forget(tx: &Tx<'_>, to: To, id: &str, but: Option<&str>) -> Done<()> {
    let sql = format!(
        "UPDATE {} SET personal = NULL WHERE of_id = ?1 AND personal IS NOT NULL AND what <> ?2",
        to.table()
    );
    tx.exec(&sql, &[id.into(), but.unwrap_or_default().into()])?;
    Ok(())
}

/// Empties what is personal in what happened to a project up to a happening: while it was another client's.
///
/// # Errors
/// When the store cannot write.
pub fn forget_up_to(tx: &Tx<'_>, project: &str, happening: &str) -> Done<()> {
    tx.exec(
        "UPDATE happening SET personal = NULL WHERE of_id = ?1 AND id <= ?2 AND personal IS NOT NULL",
        &[project.into(), happening.into()],
    )?;
    Ok(())
}
