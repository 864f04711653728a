//! A house moves: everything it has, from a file to a server or back, row by row. What stands in both is proven by the journal's
//! chain and the seals, which are worked out anew where it moved to; the store it moved from is kept, and opens no more.

use super::key::Key;
use super::server::{Server, Way};
use super::{Done, Ending, Engine, Store, Trouble, Tx, Under, V, journal, quoted, seals, together};
use crate::refusal::Refusal;
use std::collections::BTreeMap;

/// What each engine has of its own, or makes of the rest.
const NOT_MOVED: [&str; 3] = ["in_use", "refinery_schema_history", "seal"];

/// What only a server has, for its workstations.
pub(super) fn is_of_a_server(table: &str) -> bool {
    ["backup_key", "presence"].contains(&table)
}

/// After so many rows it is told how far it is.
const EVERY: i64 = 200;

/// What a move has done so far.
#[derive(Debug, Clone, Copy)]
pub struct SoFar<'a> {
    /// The table it is at.
    pub table: &'a str,
    /// How many rows have moved, of all tables.
    pub rows: i64,
    /// How many are to move.
    pub of: i64,
}

/// Whom a move tells how far it is, as it goes. It goes on as long as the answer is yes.
pub type Told<'a> = &'a mut dyn FnMut(SoFar<'_>) -> bool;

impl Store {
    /// Moves everything into another store, in which nothing was done yet; the old one opens no more after that. `told` hears how far
    /// it is. A house that is encrypted moves to a server with its key: its backups stay encrypted by it.
    ///
    /// # Errors
    /// [`Refusal::NotEmpty`] for one that holds something; [`Trouble::Broken`] where what is to move is not sound, or did not arrive
    /// as it was. Nothing has moved then.
    pub fn move_into(&mut self, other: &mut Self, told: Told<'_>) -> Done<()> {
        self.must_be_sound()?;
        let key = self.key.clone();
        self.write(Ending::Commit, |from| {
            arrives(from, other, key.as_ref(), told)?;
            from.exec("UPDATE clock SET moved = 1", &[])?;
            Ok(())
        })
    }

    /// Copies everything into another store in which nothing was done yet: a backup comes back on a server so.
    ///
    /// # Errors
    /// As [`Store::move_into`].
    pub fn copy_into(&mut self, other: &mut Self, told: Told<'_>) -> Done<()> {
        self.must_be_sound()?;
        self.read(|from| arrives(from, other, None, told))
    }

    /// Whether the house in this file is the one that moved away from a server: it holds all that was done there.
    ///
    /// # Errors
    /// When either cannot be read.
    pub fn is_what_moved_from(&mut self, way: &Way) -> Done<bool> {
        let mut there = Self::over(Engine::Server(Box::new(Server::connect(way)?)));
        Ok(there.has_moved()? && there.read(journal::head)? == self.read(journal::head)?)
    }

    /// Whether the house moved elsewhere.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn has_moved(&mut self) -> Done<bool> {
        self.read(|tx| Ok(tx.row("SELECT 1 FROM clock WHERE moved = 1", &[])?.is_some()))
    }
}

/// Copies everything, and proves that it arrived as it was, on the disk; on a server with the key its backups are encrypted with.
fn arrives(from: &Tx<'_>, other: &mut Store, key: Option<&Key>, told: Told<'_>) -> Done<()> {
    if other.entries()? > 0 {
        return Err(Refusal::NotEmpty.into());
    }
    other.write(Ending::Commit, |to| {
        copied(from, to, told)?;
        together::keep_backup_key(to, key)
    })?;
    if other.is_shared() {
        other.key = key.cloned();
    }
    if journal::head(from)? != other.read(journal::head)? {
        return Err(Trouble::Broken("the journal did not arrive as it was".into()));
    }
    other.must_be_sound()?;
    // What it moved from is given up after this: it stands in the file itself.
    other.checkpoint()
}

/// Copies every row that is not made of others. What stands there already as it is here is not written again.
pub(super) fn copied(from: &Tx<'_>, to: &Tx<'_>, told: Told<'_>) -> Done<()> {
    // Rows point at each other in no one order.
    to.exec(
        match to.under {
            Under::File(_) => "PRAGMA defer_foreign_keys = ON",
            Under::Server(_) => "SET CONSTRAINTS ALL DEFERRED",
        },
        &[],
    )?;
    let moves = |table: &String| {
        let is_made = seals::follows(table) && !["standing", "due"].contains(&table.as_str());
        !NOT_MOVED.contains(&table.as_str()) && !is_of_a_server(table) && !is_made
    };
    let tables: Vec<String> = to.tables()?.into_iter().filter(moves).collect();
    let mut of = 0;
    for table in &tables {
        let row = from.row(&format!("SELECT COUNT(*) FROM {table}"), &[])?;
        of += row.map_or(Ok(0), |mut row| row.int())?;
    }
    let mut rows = 0;
    for table in &tables {
        let so_far = |rows| SoFar { table, rows, of };
        Moving::of(table, from, to)?.moves(&mut || {
            rows += 1;
            rows % EVERY != 0 || told(so_far(rows))
        })?;
        if !told(so_far(rows)) {
            return Err(Refusal::Stopped.into());
        }
    }
    if let Under::Server(_) = to.under {
        to.rows(
            "SELECT setval(pg_get_serial_sequence('standing', 'seq'), COALESCE(MAX(seq), 0) + 1, false) FROM standing",
            &[],
        )?;
    }
    // What was written is summed up, and is to be what the journal says the tables held.
    seals::sum_up(to)
}

/// What a row is told apart by.
type RowKey = Vec<V>;

/// A table that moves.
struct Moving<'a> {
    from: &'a Tx<'a>,
    to: &'a Tx<'a>,
    /// `SELECT … FROM`, with all its columns.
    select: String,
    insert: String,
    update: String,
    delete: String,
    /// `… = ?1 AND …`
    is_it: String,
    order: String,
    /// Where in a row its key stands.
    key: Vec<usize>,
}

impl<'a> Moving<'a> {
    fn of(table: &str, from: &'a Tx<'a>, to: &'a Tx<'a>) -> Done<Self> {
        let columns = to.columns(table)?;
        let key = to.key_of(table)?;
        // One without a key is told apart by all it holds.
        let key = if key.is_empty() { columns.clone() } else { key };
        let names: Vec<String> = columns.iter().map(|name| quoted(name)).collect();
        let names = names.join(", ");
        let places: Vec<String> = (1..=columns.len()).map(|at| format!("?{at}")).collect();
        let is = |(name, at): (&String, usize)| format!("{} = ?{at}", quoted(name));
        let each: Vec<String> = key.iter().zip(1..).map(is).collect();
        let sets: Vec<String> = columns.iter().zip(1..).map(is).collect();
        let at_key = columns.iter().zip(1..).filter(|(name, _)| key.contains(name)).map(is);
        let at_key: Vec<String> = at_key.collect();
        Ok(Self {
            from,
            to,
            select: format!("SELECT {names} FROM {table}"),
            insert: format!("INSERT INTO {table} ({names}) VALUES ({})", places.join(", ")),
            update: format!("UPDATE {table} SET {} WHERE {}", sets.join(", "), at_key.join(" AND ")),
            delete: format!("DELETE FROM {table}"),
            is_it: each.join(" AND "),
            order: from.order_of(table)?,
            key: key
                .iter()
                .filter_map(|name| columns.iter().position(|column| column == name))
                .collect(),
        })
    }

    fn key_in(&self, row: &[V]) -> RowKey {
        self.key.iter().filter_map(|at| row.get(*at)).cloned().collect()
    }

    /// The rows that are there, by their keys.
    fn there(&self) -> Done<BTreeMap<RowKey, [u8; 32]>> {
        let mut there = BTreeMap::new();
        self.to.each(&self.select, |row| {
            let row = row.values();
            there.insert(self.key_in(&row), seals::hash_of_row(&row));
            Ok(())
        })?;
        Ok(there)
    }

    /// Moves its rows; `goes_on` is asked at each.
    fn moves(&self, goes_on: &mut dyn FnMut() -> bool) -> Done<()> {
        let mut gone = self.there()?;
        let is_new = gone.is_empty();
        // What is written, and how: what is there changes where it stands, as the program would have changed it.
        let mut others: Vec<(RowKey, &str)> = Vec::new();
        self.from
            .each(&format!("{} ORDER BY {}", self.select, self.order), |row| {
                let row = row.values();
                if is_new {
                    self.to.exec(&self.insert, &row)?;
                } else {
                    let key = self.key_in(&row);
                    match gone.remove(&key) {
                        Some(hash) if hash == seals::hash_of_row(&row) => {}
                        Some(_) => others.push((key, &self.update)),
                        None => others.push((key, &self.insert)),
                    }
                }
                if goes_on() {
                    Ok(())
                } else {
                    Err(Refusal::Stopped.into())
                }
            })?;
        // What is not here goes before anything takes its place.
        for key in gone.keys() {
            self.to.exec(&format!("{} WHERE {}", self.delete, self.is_it), key)?;
        }
        for (key, written) in others {
            let row = self.from.row(&format!("{} WHERE {}", self.select, self.is_it), &key)?;
            let row = row.ok_or_else(|| Trouble::Broken("a row that moves is gone".into()))?;
            self.to.exec(written, &row.values())?;
        }
        Ok(())
    }
}
