//! Seals: what each table held after the last action, so that a row that was changed, added or taken away past the program is
//! missed.
//!
//! A table's seal is the number of its rows and the sum of their hashes. Each connection keeps it as it writes: the engine tells
//! of every row that is written, changed or deleted, by triggers: the connection's own of a file, the schema's on a server. What an action did is added to the
//! seals before its entry is written, and the entry's link in the journal's chain holds the hash of all seals.

use super::{Done, Tx, Under, V};
use rusqlite::Connection;
use rusqlite::functions::{Context, FunctionFlags};
use rusqlite::types::ValueRef;
use sha2::{Digest as _, Sha256};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Tables without a seal: the journal has its chain, and the others hold nothing of the house's that was said already.
const UNSEALED: [&str; 9] = [
    "attempt",
    "backup_key",
    "clock",
    "draft",
    "in_use",
    "journal",
    "presence",
    "refinery_schema_history",
    "seal",
];

/// Where each dossier stands, what is due of it, and the index of the words it is found by.
const FOLLOWING: [&str; 8] = [
    "due",
    "found",
    "found_config",
    "found_data",
    "found_docsize",
    "found_idx",
    "found_word",
    "standing",
];

/// How many rows, and the sum of their hashes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Sum {
    rows: i64,
    sum: [u64; 4],
}

impl Sum {
    pub(super) fn add(&mut self, sign: i64, hash: &[u8]) {
        self.rows += sign;
        for (part, bytes) in self.sum.iter_mut().zip(hash.chunks_exact(8)) {
            let number = u64::from_be_bytes(bytes.try_into().unwrap_or_default());
            *part = if sign > 0 {
                part.wrapping_add(number)
            } else {
                part.wrapping_sub(number)
            };
        }
    }

    pub(super) const fn rows(&self) -> i64 {
        self.rows
    }

    fn plus(mut self, other: &Self) -> Self {
        self.rows += other.rows;
        for (part, number) in self.sum.iter_mut().zip(other.sum) {
            *part = part.wrapping_add(number);
        }
        self
    }

    fn is_nothing(&self) -> bool {
        *self == Self::default()
    }

    fn written(&self) -> String {
        self.sum.iter().map(|part| format!("{part:016x}")).collect()
    }

    fn read(rows: i64, sum: &str) -> Option<Self> {
        let part = |at: usize| u64::from_str_radix(sum.get(at * 16..at * 16 + 16)?, 16).ok();
        Some(Self {
            rows,
            sum: [part(0)?, part(1)?, part(2)?, part(3)?],
        })
    }
}

/// What was written in the transaction that is under way and is in no seal yet, by table.
#[derive(Clone, Default)]
pub(super) struct Unsealed(Arc<Mutex<BTreeMap<String, Sum>>>);

impl Unsealed {
    fn now(&self) -> MutexGuard<'_, BTreeMap<String, Sum>> {
        // Sums are whole between two additions, whatever became of who added.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Forgets what a transaction wrote that came to nothing.
    pub(super) fn begin(&self) {
        self.now().clear();
    }

    fn take(&self) -> BTreeMap<String, Sum> {
        std::mem::take(&mut *self.now())
    }
}

/// Adds a value to a hash: its kind, its length, its bytes.
pub(super) fn put(hash: &mut Sha256, value: ValueRef<'_>) {
    let number;
    let (kind, bytes): (u8, &[u8]) = match value {
        ValueRef::Null => (0, &[]),
        ValueRef::Integer(integer) => {
            number = integer.to_be_bytes();
            (1, &number)
        }
        ValueRef::Text(text) => (2, text),
        ValueRef::Blob(bytes) => (3, bytes),
        ValueRef::Real(real) => {
            number = real.to_bits().to_be_bytes();
            (4, &number)
        }
    };
    hash.update([kind]);
    hash.update(bytes.len().to_be_bytes());
    hash.update(bytes);
}

fn hash_of<'a>(values: impl Iterator<Item = ValueRef<'a>>) -> [u8; 32] {
    let mut hash = Sha256::new();
    values.for_each(|value| put(&mut hash, value));
    hash.finalize().into()
}

/// The hash of a row: the same whichever engine it stands in.
pub(super) fn hash_of_row(values: &[V]) -> [u8; 32] {
    hash_of(values.iter().map(V::as_it_stands))
}

/// Watches everything that is written over this connection from now on.
pub(super) fn watch(connection: &Connection) -> Done<Unsealed> {
    let unsealed = Unsealed::default();
    let told = unsealed.clone();
    connection.create_scalar_function(
        "row_sealed",
        -1,
        FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_INNOCUOUS,
        move |row: &Context<'_>| {
            let (sign, table) = (row.get::<i64>(0)?, row.get::<String>(1)?);
            let hash = hash_of((2..row.len()).map(|at| row.get_raw(at)));
            told.now().entry(table).or_default().add(sign, &hash);
            Ok(0)
        },
    )?;
    let tables: Vec<String> = connection
        .prepare("SELECT name FROM main.sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%' ORDER BY name")?
        .query_map([], |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    for table in tables.into_iter().filter(|name| is_sealed(name)) {
        let columns: Vec<String> = connection
            .prepare(&format!("SELECT name FROM pragma_table_info('{table}')"))?
            .query_map([], |row| row.get(0))?
            .collect::<rusqlite::Result<_>>()?;
        let row = |sign: i64, which: &str| {
            let values: String = columns.iter().map(|column| format!(", {which}.\"{column}\"")).collect();
            format!("SELECT row_sealed({sign}, '{table}'{values});")
        };
        connection.execute_batch(&format!(
            "CREATE TEMP TRIGGER seal_new_{table} AFTER INSERT ON main.{table} BEGIN {new} END;
             CREATE TEMP TRIGGER seal_changed_{table} AFTER UPDATE ON main.{table} BEGIN {old} {new} END;
             CREATE TEMP TRIGGER seal_gone_{table} AFTER DELETE ON main.{table} BEGIN {old} END;",
            new = row(1, "NEW"),
            old = row(-1, "OLD"),
        ))?;
    }
    Ok(unsealed)
}

fn is_sealed(table: &str) -> bool {
    !UNSEALED.contains(&table) && !follows(table)
}

/// Whether a table follows from others, and is proven by being made again.
pub(super) fn follows(table: &str) -> bool {
    FOLLOWING.contains(&table)
}

/// What the tables hold, each looked through; `seen` is shown each row on the way, by its table.
pub(super) fn looked_through(tx: &Tx<'_>, mut seen: impl FnMut(&str, &[ValueRef<'_>])) -> Done<BTreeMap<String, Sum>> {
    let mut sums = BTreeMap::new();
    for table in tx.tables()?.into_iter().filter(|name| is_sealed(name)) {
        let mut sum = Sum::default();
        tx.each_as_it_stands(&format!("SELECT * FROM {table}"), |row| {
            sum.add(1, &hash_of(row.iter().copied()));
            seen(&table, row);
            Ok(())
        })?;
        sums.insert(table, sum);
    }
    Ok(sums)
}

fn kept(tx: &Tx<'_>) -> Done<BTreeMap<String, Sum>> {
    let rows = tx.rows("SELECT of_table, rows, sum FROM seal", &[])?;
    rows.into_iter()
        .map(|mut row| {
            let (table, rows) = (row.text()?, row.int()?);
            Ok((table, row.parsed(|sum| Sum::read(rows, sum))?))
        })
        .collect()
}

fn keep(tx: &Tx<'_>, table: &str, sum: &Sum) -> Done<()> {
    let sql = "INSERT INTO seal (of_table, rows, sum) VALUES (?1, ?2, ?3) \
               ON CONFLICT (of_table) DO UPDATE SET rows = excluded.rows, sum = excluded.sum";
    tx.exec(sql, &[table.into(), sum.rows.into(), sum.written().into()])?;
    Ok(())
}

/// Adds what was written to the seals; whether there was anything.
fn add(tx: &Tx<'_>) -> Done<bool> {
    let mut any = false;
    let unsealed = match &tx.under {
        Under::File(_) => tx.unsealed.take(),
        Under::Server(tx) => tx.take_unsealed()?,
    };
    for (table, written) in unsealed {
        if written.is_nothing() {
            continue;
        }
        any = true;
        let before = tx.row(
            "SELECT rows, sum FROM seal WHERE of_table = ?1",
            &[table.as_str().into()],
        )?;
        let before = before.map(|mut row| {
            let rows = row.int()?;
            row.parsed(|sum| Sum::read(rows, sum))
        });
        let sum = before.transpose()?.unwrap_or_default().plus(&written);
        keep(tx, &table, &sum)?;
    }
    Ok(any)
}

/// The hash of all seals, with what was written so far: what an entry of the journal holds.
///
/// # Errors
/// When the store cannot be read or written.
pub(super) fn sealed(tx: &Tx<'_>) -> Done<String> {
    add(tx)?;
    hash_of_all(tx)
}

fn hash_of_all(tx: &Tx<'_>) -> Done<String> {
    let mut hash = Sha256::new();
    for (table, sum) in kept(tx)? {
        hash.update(format!("{table} {} {}\n", sum.rows, sum.written()));
    }
    Ok(format!("{:x}", hash.finalize()))
}

/// Seals what was written beside the journal, before the transaction ends.
pub(super) fn seal_the_rest(tx: &Tx<'_>) -> Done<()> {
    if add(tx)? {
        note_sealed_anew(tx)?;
    }
    Ok(())
}

/// Adds what was written to the seals, as what the journal says was written: a copy holds what its first did.
pub(super) fn sum_up(tx: &Tx<'_>) -> Done<()> {
    add(tx).map(drop)
}

fn note_sealed_anew(tx: &Tx<'_>) -> Done<()> {
    tx.exec(
        "UPDATE clock SET sealed_anew = (SELECT COALESCE(MAX(seq), 0) FROM journal)",
        &[],
    )?;
    Ok(())
}

/// Seals every table as it is: a store that has no seals yet, or whose tables a newer program has changed.
///
/// # Errors
/// When the store cannot be read or written.
pub(super) fn seal_all(tx: &Tx<'_>) -> Done<()> {
    tx.exec("DELETE FROM seal", &[])?;
    add(tx)?;
    tx.exec("DELETE FROM seal", &[])?;
    for (table, sum) in looked_through(tx, |_, _| ())? {
        keep(tx, &table, &sum)?;
    }
    note_sealed_anew(tx)
}

/// Whether the tables have no seals yet, or none any more.
pub(super) fn are_missing(tx: &Tx<'_>) -> Done<bool> {
    Ok(tx.row("SELECT 1 FROM seal LIMIT 1", &[])?.is_none())
}

/// Forgets the seals of tables that are about to be changed.
pub(super) fn forget(connection: &Connection) -> Done<()> {
    let there = connection
        .prepare("SELECT 1 FROM sqlite_master WHERE name = 'seal'")?
        .exists([])?;
    if there {
        connection.execute("DELETE FROM seal", [])?;
    }
    Ok(())
}

/// What of what was found holds something else than was written: the tables by name, and whether the seals are those of the journal.
///
/// # Errors
/// When the store cannot be read.
pub(super) fn broken(tx: &Tx<'_>, found: &BTreeMap<String, Sum>) -> Done<Vec<String>> {
    let kept = kept(tx)?;
    let mut broken: Vec<String> = found
        .iter()
        .filter(|(table, sum)| kept.get(*table).copied().unwrap_or_default() != **sum)
        .map(|(table, sum)| {
            let rows = kept.get(table).map_or(0, |kept| kept.rows);
            match sum.rows - rows {
                0 => format!("in {table} stands something else than was written"),
                more if more > 0 => format!("{table} has {more} rows that were not written by the program"),
                fewer => format!("{table} lacks {} rows that were written", -fewer),
            }
        })
        .collect();
    let last = tx.row(
        "SELECT j.sealed, j.seq, c.sealed_anew FROM journal j, clock c ORDER BY j.seq DESC LIMIT 1",
        &[],
    )?;
    if let Some(mut last) = last {
        let (sealed, seq, anew) = (last.text()?, last.int()?, last.int()?);
        if !sealed.is_empty() && anew != seq && sealed != hash_of_all(tx)? {
            broken.push("the seals of the tables are not those of the journal".to_owned());
        }
    }
    Ok(broken)
}

/// Notes that a program has the file open, or has it no more; answers whether that is another than before.
///
/// # Errors
/// When the store cannot be written.
pub(super) fn in_use(connection: &Connection, is_so: bool) -> Done<bool> {
    let changed = connection.execute(
        "UPDATE main.in_use SET is_so = ?1 WHERE is_so <> ?1",
        [i64::from(is_so)],
    )?;
    Ok(changed > 0)
}

/// Whether a program had the file open when it was copied.
///
/// # Errors
/// When the store cannot be read.
pub(super) fn was_in_use(tx: &Tx<'_>) -> Done<bool> {
    let row = tx.row("SELECT is_so FROM in_use", &[])?;
    Ok(row.map_or(Ok(0), |mut row| row.int())? == 1)
}
