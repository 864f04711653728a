//! The journal: every action, by whom, when, with what a replay needs. Personal data stands beside it, erasable.

use super::{Done, Trouble, Tx};
use serde_json::{Map, Value};
use sha2::{Digest as _, Sha256};

/// One entry to be written.
pub struct Entry<'a> {
    /// The moment.
    pub at: &'a str,
    /// Who acted.
    pub who: &'a str,
    /// What ids were made from.
    pub seed: &'a str,
    /// The action, as it was given.
    pub action: Value,
}

/// The keys of an action whose values are personal: a client's card, what was said, a signature.
const PERSONAL: [&str; 6] = ["client", "card", "wish", "signature", "item", "words"];

/// Writes an entry, with the personal parts of its action moved beside it.
///
/// # Errors
/// When the store cannot write.
pub fn write(tx: &Tx<'_>, entry: Entry<'_>) -> Done<()> {
    let mut action = entry.action;
    let mut personal = Vec::new();
    set_apart(&mut action, entry.seed, &mut personal);
    for (hash, body) in personal {
        tx.exec(
            "INSERT INTO journal_personal (hash, salt, body) VALUES (?1, ?2, ?3) ON CONFLICT (hash) DO NOTHING",
            &[hash.into(), entry.seed.into(), body.into()],
        )?;
    }
    tx.exec(
        "INSERT INTO journal (seq, at, who, seed, action) SELECT COALESCE(MAX(seq), 0) + 1, ?1, ?2, ?3, ?4 FROM journal",
        &[entry.at.into(), entry.who.into(), entry.seed.into(), action.to_string().into()],
    )?;
    Ok(())
}

fn set_apart(value: &mut Value, salt: &str, personal: &mut Vec<(String, String)>) {
    match value {
        Value::Object(map) => {
            for (key, inner) in map.iter_mut() {
                // A question of the desk names a kind of client, which is nobody.
                let somebody = PERSONAL.contains(&key.as_str()) && !inner.is_null() && !(key == "client" && inner.is_string());
                if somebody {
                    let body = inner.to_string();
                    let hash = format!("{:x}", Sha256::digest(format!("{salt}{body}")));
                    *inner = Value::Object(Map::from_iter([("personal".to_owned(), Value::String(hash.clone()))]));
                    personal.push((hash, body));
                } else {
                    set_apart(inner, salt, personal);
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|item| set_apart(item, salt, personal)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// An entry as it is read back, its personal parts in place again.
pub struct Written {
    /// The moment.
    pub at: String,
    /// Who acted.
    pub who: String,
    /// What ids were made from.
    pub seed: String,
    /// The action.
    pub action: Value,
}

/// The whole journal, oldest first.
///
/// # Errors
/// When the store cannot be read, or an action in it is not what was written.
pub fn entries(tx: &Tx<'_>) -> Done<Vec<Written>> {
    let mut entries = Vec::new();
    for mut row in tx.rows("SELECT at, who, seed, action FROM journal ORDER BY seq", &[])? {
        let (at, who, seed) = (row.text()?, row.text()?, row.text()?);
        let mut action = row.parsed(|text| serde_json::from_str(text).ok())?;
        put_back(tx, &mut action)?;
        entries.push(Written { at, who, seed, action });
    }
    Ok(entries)
}

fn put_back(tx: &Tx<'_>, value: &mut Value) -> Done<()> {
    match value {
        Value::Object(map) => {
            if let Some(hash) = map.get("personal").and_then(Value::as_str) {
                let row = tx.row("SELECT body FROM journal_personal WHERE hash = ?1", &[hash.into()])?;
                let body = row.map(|mut row| row.text()).transpose()?;
                *value = match body {
                    Some(body) => serde_json::from_str(&body).map_err(|why| Trouble::Broken(why.to_string()))?,
                    None => Value::Null,
                };
                return Ok(());
            }
            map.values_mut().try_for_each(|inner| put_back(tx, inner))
        }
        Value::Array(items) => items.iter_mut().try_for_each(|item| put_back(tx, item)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => Ok(()),
    }
}
