//! The journal: every action, by whom, when, with what a replay needs. Personal data stands beside it, erasable.
//!
//! The journal is a chain: each entry holds the hash of itself and of the one before, so that none can be changed, dropped or
//! moved without its hash and all later ones showing it. Of what is personal it holds a hash under a salt that stands beside
//! the data and goes with it.

use super::{Done, Trouble, Tx, V, seals};
use crate::aftersales::Reason;
use crate::client::Card;
use crate::order::Pause;
use crate::terms::Condition;
use crate::vocabulary::Vocabulary as _;
use chrono::NaiveDate;
use serde_json::{Map, Value, json};
use sha2::{Digest as _, Sha256};
use std::collections::BTreeSet;

/// One entry to be written.
pub struct Entry<'a> {
    /// The moment.
    pub at: &'a str,
    /// Who acted.
    pub who: &'a str,
    /// What ids were made from: the moment in milliseconds, and a seed.
    pub millis: i64,
    /// The seed.
    pub seed: &'a str,
    /// What the hashes of personal data are salted with; it is kept beside them alone.
    pub salt: &'a str,
    /// The client whose personal data it holds, where there is one; of several cards, those of each in their order.
    pub subjects: &'a [String],
    /// The project it belongs to, where it does.
    pub project: Option<&'a str>,
    /// The action, as it was given.
    pub action: Value,
}

/// The keys of an action whose values are personal: a client's card, what was said and written down freely, a signature.
const PERSONAL: [&str; 26] = [
    "address",
    "born",
    "first_name",
    "document_number",
    "decided",
    "finger",
    "registered",
    "stamp",
    "tested",
    "carrier",
    "tracking",
    "card",
    "wish",
    "signature",
    "item",
    "items",
    "words",
    "note",
    "reason",
    "holder",
    "reference",
    "description",
    "condition",
    "intro",
    "text",
    "name",
];

/// Actions whose names and texts are the house's own and nobody's else: they stay where they are.
const OF_THE_HOUSE: [&str; 6] = [
    "add-staff",
    "change-staff",
    "close-days",
    "edit-house",
    "edit-mail",
    "set-up-house",
];

/// Writes an entry, with the personal parts of its action moved beside it.
///
/// # Errors
/// When the store cannot write.
pub fn write(tx: &Tx<'_>, entry: Entry<'_>) -> Done<()> {
    let mut action = entry.action;
    let mut personal = Vec::new();
    let done = action.get("do").and_then(Value::as_str).unwrap_or_default();
    if !OF_THE_HOUSE.contains(&done) {
        set_apart(&mut action, entry.salt, &mut personal);
    }
    for (at, Apart { hash, body, is_card }) in personal.into_iter().enumerate() {
        let subject = entry.subjects.get(at).or(entry.subjects.first());
        // A card is its client's, whoever the project proves to be of.
        let project = entry.project.filter(|_| !is_card);
        tx.exec(
            "INSERT INTO journal_personal (hash, salt, body, subject, project) VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT (hash) DO NOTHING",
            &[
                hash.into(),
                entry.salt.into(),
                body.into(),
                subject.map(String::as_str).into(),
                project.into(),
            ],
        )?;
    }
    let last = tx.row("SELECT seq, chain FROM journal ORDER BY seq DESC LIMIT 1", &[])?;
    let (seq, before) = match last {
        Some(mut row) => (row.int()? + 1, row.text()?),
        None => (1, String::new()),
    };
    let action = action.to_string();
    let sealed = seals::sealed(tx)?;
    let chain = link(&before, seq, entry.at, entry.who, entry.seed, &action, &sealed);
    tx.exec(
        "INSERT INTO journal (seq, at, who, seed, action, chain, sealed) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        &[
            seq.into(),
            entry.at.into(),
            entry.who.into(),
            entry.seed.into(),
            action.into(),
            chain.as_str().into(),
            sealed.into(),
        ],
    )?;
    tx.exec(
        "UPDATE clock SET millis = ?1, seq = ?2, chain = ?3",
        &[entry.millis.into(), seq.into(), chain.into()],
    )?;
    Ok(())
}

/// The moment new ids are made of: now, or just after the last there were, so that a clock set back orders nothing anew.
///
/// # Errors
/// When the store cannot be read.
pub fn millis_after(tx: &Tx<'_>, now: i64) -> Done<i64> {
    let last = tx
        .row("SELECT millis FROM clock", &[])?
        .map_or(Ok(0), |mut row| row.int())?;
    Ok(now.max(last + 1))
}

/// The hash of the last entry: of all there is.
///
/// # Errors
/// When the store cannot be read.
pub fn head(tx: &Tx<'_>) -> Done<String> {
    tx.row("SELECT chain FROM journal ORDER BY seq DESC LIMIT 1", &[])?
        .map_or(Ok(String::new()), |mut row| row.text())
}

/// The moment of the last entry; empty where there is none.
///
/// # Errors
/// When the store cannot be read.
pub fn last_moment(tx: &Tx<'_>) -> Done<String> {
    tx.row("SELECT at FROM journal ORDER BY seq DESC LIMIT 1", &[])?
        .map_or(Ok(String::new()), |mut row| row.text())
}

/// The day of the last entry.
///
/// # Errors
/// When the store cannot be read.
pub fn last_day(tx: &Tx<'_>) -> Done<Option<NaiveDate>> {
    Ok(last_moment(tx)?.get(..10).and_then(|day| day.parse().ok()))
}

/// What is wrong with a journal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// The entry of that number is not what was written, or not where it was.
    #[error("entry {0} of the journal was changed, moved or dropped")]
    Entry(i64),
    /// Entries are missing at the end: so many were written.
    #[error("entries are missing at the end of the journal: there were {0}")]
    Cut(i64),
    /// What stands beside the journal is not what it holds the hash of.
    #[error("personal data beside the journal was changed")]
    Personal,
}

/// The hash of an entry and of all before it. Its parts are told apart by their lengths; entries of before there were seals have
/// none.
fn link(before: &str, seq: i64, at: &str, who: &str, seed: &str, action: &str, sealed: &str) -> String {
    let mut hash = Sha256::new();
    let seals = Some(sealed).filter(|sealed| !sealed.is_empty());
    for part in [before, &seq.to_string(), at, who, seed, action]
        .into_iter()
        .chain(seals)
    {
        hash.update(part.len().to_be_bytes());
        hash.update(part);
    }
    format!("{:x}", hash.finalize())
}

/// Chains the entries of an older store, once: one that has no chain at all.
///
/// # Errors
/// When the store cannot be read or written.
pub(super) fn chain_the_old(tx: &Tx<'_>) -> Done<()> {
    let (entries, chained) = tx
        .row("SELECT COUNT(*), COUNT(NULLIF(chain, '')) FROM journal", &[])?
        .map_or(Ok((0, 0)), |mut row| Ok::<_, Trouble>((row.int()?, row.int()?)))?;
    if entries == 0 || chained > 0 {
        return Ok(());
    }
    let mut before = String::new();
    for mut row in tx.rows("SELECT seq, at, who, seed, action FROM journal ORDER BY seq", &[])? {
        let (seq, at, who, seed, action) = (row.int()?, row.text()?, row.text()?, row.text()?, row.text()?);
        before = link(&before, seq, &at, &who, &seed, &action, "");
        tx.exec(
            "UPDATE journal SET chain = ?2 WHERE seq = ?1",
            &[seq.into(), before.as_str().into()],
        )?;
        tx.exec(
            "UPDATE clock SET seq = ?1, chain = ?2",
            &[seq.into(), before.as_str().into()],
        )?;
    }
    Ok(())
}

/// Which entry a copy ends with: how many it holds, and the hash of the last. Nothing is looked for by the hash alone: that would read
/// all entries of one that is not of this journal.
#[derive(Debug, Clone, Copy)]
pub(super) struct Held<'a> {
    pub(super) entries: i64,
    pub(super) head: &'a str,
}

impl Held<'_> {
    /// Where there is no copy.
    pub(super) const NOTHING: Self = Self { entries: 0, head: "" };

    fn values(self) -> [V; 2] {
        [self.entries.into(), self.head.into()]
    }
}

/// The place of the entry that a copy ends with; nought where it is of another journal.
const PLACE: &str = "COALESCE((SELECT seq FROM journal WHERE seq = ?1 AND chain = ?2), 0)";

/// The moment of the first entry that a copy does not hold; empty where there is none.
///
/// # Errors
/// When the store cannot be read.
pub(super) fn first_moment_after(tx: &Tx<'_>, held: Held<'_>) -> Done<String> {
    let sql = format!("SELECT at FROM journal WHERE seq > {PLACE} ORDER BY seq LIMIT 1");
    tx.row(&sql, &held.values())?
        .map_or(Ok(String::new()), |mut row| row.text())
}

/// Whether a client was erased of whom a copy tells.
///
/// # Errors
/// When the store cannot be read.
pub(super) fn erased_after(tx: &Tx<'_>, held: Held<'_>) -> Done<bool> {
    let sql = format!("SELECT 1 FROM journal WHERE seq > {PLACE} AND action LIKE '%\"do\":\"erase-client\"%' LIMIT 1");
    Ok(tx.row(&sql, &held.values())?.is_some())
}

/// Proves the chain: the number of entries, or what is wrong with them.
///
/// # Errors
/// When the store cannot be read.
pub fn prove(tx: &Tx<'_>) -> Done<Result<i64, Fault>> {
    let (mut before, mut entries, mut fault) = (String::new(), 0, None);
    let all = "SELECT seq, at, who, seed, action, sealed, chain FROM journal ORDER BY seq";
    tx.each(all, |mut row| {
        // The first that is wrong says it: what comes after it is not looked at.
        if fault.is_some() {
            return Ok(());
        }
        let (seq, at, who, seed, action, sealed, chain) = (
            row.int()?,
            row.text()?,
            row.text()?,
            row.text()?,
            row.text()?,
            row.text()?,
            row.text()?,
        );
        before = link(&before, seq, &at, &who, &seed, &action, &sealed);
        if seq != entries + 1 || chain != before {
            fault = Some(Fault::Entry(entries + 1));
        }
        entries += 1;
        Ok(())
    })?;
    if let Some(fault) = fault {
        return Ok(Err(fault));
    }
    if let Some(mut clock) = tx.row("SELECT seq, chain FROM clock", &[])? {
        let (seq, chain) = (clock.int()?, clock.text()?);
        // A store of schema 4 gets its clock's chain with its next entry.
        if seq != entries || !chain.is_empty() && chain != before {
            return Ok(Err(Fault::Cut(seq)));
        }
    }
    let mut is_personal = true;
    tx.each("SELECT hash, salt, body FROM journal_personal", |mut row| {
        if is_personal {
            let (hash, salt, body) = (row.text()?, row.text()?, row.text()?);
            is_personal = salted(&salt, &body) == hash;
        }
        Ok(())
    })?;
    Ok(if is_personal { Ok(entries) } else { Err(Fault::Personal) })
}

fn salted(salt: &str, body: &str) -> String {
    format!("{:x}", Sha256::digest(format!("{salt}{body}")))
}

/// What is personal in an entry, to be kept beside it.
struct Apart {
    hash: String,
    body: String,
    is_card: bool,
}

fn set_apart(value: &mut Value, salt: &str, personal: &mut Vec<Apart>) {
    match value {
        Value::Object(map) => {
            for (key, inner) in map.iter_mut() {
                // Conditions and reasons may be words of a vocabulary, which are nobody's; an empty text says nothing.
                let a_word = inner
                    .as_str()
                    .is_some_and(|text| text.is_empty() || is_a_word(key, text));
                let somebody = PERSONAL.contains(&key.as_str()) && !inner.is_null() && !a_word;
                if somebody {
                    let body = inner.to_string();
                    let hash = salted(salt, &body);
                    *inner = Value::Object(Map::from_iter([("personal".to_owned(), Value::String(hash.clone()))]));
                    let is_card = key == "card";
                    personal.push(Apart { hash, body, is_card });
                } else {
                    set_apart(inner, salt, personal);
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|item| set_apart(item, salt, personal)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// A word of a closed vocabulary, which a replay must find as it was.
fn is_a_word(key: &str, text: &str) -> bool {
    match key {
        "condition" => Condition::of(text).is_some(),
        "reason" => Pause::of(text).is_some() || Reason::of(text).is_some(),
        _ => false,
    }
}

/// Whether the action of that seed was done: the latest ones are looked through.
///
/// # Errors
/// When the store cannot be read.
pub fn holds(tx: &Tx<'_>, seed: &str) -> Done<bool> {
    let sql = "SELECT 1 FROM (SELECT seed FROM journal ORDER BY seq DESC LIMIT 1000) AS latest WHERE seed = ?1";
    Ok(tx.row(sql, &[seed.into()])?.is_some())
}

/// Forgets a client: what the journal holds of them beside it goes, with its salt. By their names are found the photos and files
/// that were kept under one: their entries do not know whose they are.
///
/// # Errors
/// When the store cannot write.
pub fn forget(tx: &Tx<'_>, client: &str, names: &[String]) -> Done<()> {
    tx.exec("DELETE FROM journal_personal WHERE subject = ?1", &[client.into()])?;
    tx.exec(
        "DELETE FROM journal_personal WHERE project IN (SELECT id FROM project WHERE client_id = ?1)",
        &[client.into()],
    )?;
    let parts: Vec<String> = names
        .iter()
        .flat_map(|name| words_of(name))
        .filter(|part| part.chars().count() >= 4)
        .collect();
    let mut named: Vec<String> = Vec::new();
    tx.each(
        "SELECT hash, body FROM journal_personal WHERE subject IS NULL",
        |mut row| {
            let (hash, body) = (row.text()?, row.text()?);
            if words_of(&body).iter().any(|word| parts.contains(word)) {
                named.push(hash);
            }
            Ok(())
        },
    )?;
    if named.is_empty() {
        return Ok(());
    }
    // What else bears such a word is the house's own. Only where there is any is the journal looked through.
    let kept = "SELECT action FROM journal WHERE action LIKE '%\"do\":\"keep-photo\"%' OR action LIKE '%\"do\":\"keep-file\"%'";
    let mut of_files: BTreeSet<String> = BTreeSet::new();
    tx.each(kept, |mut row| {
        let action: Value = row.parsed(|text| serde_json::from_str(text).ok())?;
        let hash = action.pointer("/name/personal").and_then(Value::as_str);
        of_files.extend(hash.map(str::to_owned));
        Ok(())
    })?;
    for hash in named.into_iter().filter(|hash| of_files.contains(hash)) {
        tx.exec("DELETE FROM journal_personal WHERE hash = ?1", &[hash.into()])?;
    }
    Ok(())
}

fn words_of(text: &str) -> Vec<String> {
    let words = text.split(|c: char| !c.is_alphanumeric());
    words.filter(|word| !word.is_empty()).map(str::to_lowercase).collect()
}

/// Forgets what the journal holds of a project that is not of the client who has it now.
///
/// # Errors
/// When the store cannot write.
pub fn forget_project(tx: &Tx<'_>, project: &str) -> Done<()> {
    tx.exec(
        "DELETE FROM journal_personal WHERE project = ?1 AND subject IS DISTINCT FROM (SELECT client_id FROM project WHERE id = ?1)",
        &[project.into()],
    )?;
    Ok(())
}

/// Forgets the name that a file or photo was kept under: its entry does not know whose it is.
///
/// # Errors
/// When the store cannot write.
pub(super) fn forget_name(tx: &Tx<'_>, table: &str, id: &str) -> Done<()> {
    let name = tx.row(
        &format!("SELECT name FROM {table} WHERE id = ?1 AND name <> ''"),
        &[id.into()],
    )?;
    if let Some(mut name) = name {
        let written = Value::from(name.text()?).to_string();
        let sql = "DELETE FROM journal_personal WHERE subject IS NULL AND body = ?1";
        tx.exec(sql, &[written.into()])?;
    }
    Ok(())
}

/// An entry as it is read back, its personal parts in place again.
pub struct Written {
    /// The moment.
    pub at: String,
    /// Who acted.
    pub who: String,
    /// What ids were made from.
    pub seed: String,
    /// What personal parts were salted with; empty where it holds none, or they are gone.
    pub salt: String,
    /// The action.
    pub action: Value,
}

/// So far back it is looked for who changed something last.
const LOOKED_BACK: i64 = 1000;

/// Who did the last thing in whose entry one of those parts stands and one of those names, and when; looked for among the last entries.
///
/// # Errors
/// When the store cannot be read.
pub fn last_naming(tx: &Tx<'_>, doing: &[&str], names: &[String]) -> Done<Option<(String, String)>> {
    let sql = "SELECT action, who, at FROM journal ORDER BY seq DESC LIMIT ?1";
    for mut row in tx.rows(sql, &[LOOKED_BACK.into()])? {
        let action = row.text()?;
        let is_one = doing.iter().any(|part| action.contains(part));
        if is_one && (names.is_empty() || names.iter().any(|name| action.contains(name.as_str()))) {
            return Ok(Some((row.text()?, row.text()?)));
        }
    }
    Ok(None)
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
        let mut salt = String::new();
        put_back(tx, &mut action, &mut salt)?;
        entries.push(Written {
            at,
            who,
            seed,
            salt,
            action,
        });
    }
    Ok(entries)
}

/// What stands in an action where someone was forgotten: a replay goes the same way, and nobody is in it.
fn absent(key: &str) -> Value {
    match key {
        "card" => serde_json::to_value(Card::nobody()).unwrap_or_default(),
        "signature" => json!({ "kind": "paper" }),
        // A day is read as one.
        "born" => json!("01/01/1900"),
        _ => json!("–"),
    }
}

fn put_back(tx: &Tx<'_>, value: &mut Value, salt: &mut String) -> Done<()> {
    match value {
        Value::Object(map) => {
            for (key, inner) in map.iter_mut() {
                let Some(hash) = inner.get("personal").and_then(Value::as_str) else {
                    put_back(tx, inner, salt)?;
                    continue;
                };
                *inner = match tx.row(
                    "SELECT salt, body FROM journal_personal WHERE hash = ?1",
                    &[hash.into()],
                )? {
                    Some(mut row) => {
                        *salt = row.text()?;
                        row.parsed(|body| serde_json::from_str(body).ok())?
                    }
                    None => absent(key),
                };
            }
            Ok(())
        }
        Value::Array(items) => items.iter_mut().try_for_each(|item| put_back(tx, item, salt)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => Ok(()),
    }
}
