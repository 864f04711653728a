//! A house moves: everything it has, from a file to a server or back, row by row. What stands in both is proven by the journal's
//! chain and the seals, which are worked out anew where it moved to; the store it moved from is kept, and opens no more.

use super::key::Key;
use super::server::{Server, Way};
use super::{Done, Ending, Engine, Store, Trouble, Tx, Under, V, journal, seals, together};
use crate::refusal::Refusal;

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
        sound(self)?;
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
        sound(self)?;
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
    sound(other)?;
    // What it moved from is given up after this: it stands in the file itself.
    other.checkpoint()
}

/// What is not as it was written moves nowhere.
fn sound(store: &mut Store) -> Done<()> {
    match store.check()?.problems.into_iter().next() {
        None => Ok(()),
        Some(problem) => Err(Trouble::Broken(format!("the store is not sound: {problem}"))),
    }
}

/// Copies every row that is not made of others.
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
    for table in tables {
        to.exec(&format!("DELETE FROM {table}"), &[])?;
        let columns: Vec<String> = to
            .columns(&table)?
            .into_iter()
            .map(|name| format!("\"{name}\""))
            .collect();
        let names = columns.join(", ");
        let places: Vec<String> = (1..=columns.len()).map(|at| format!("?{at}")).collect();
        let insert = format!("INSERT INTO {table} ({names}) VALUES ({})", places.join(", "));
        let all = format!("SELECT {names} FROM {table} ORDER BY {}", from.order_of(&table)?);
        let so_far = |rows| SoFar {
            table: &table,
            rows,
            of,
        };
        let mut done = Ok(());
        from.each(&all, |values: Vec<V>| {
            if done.is_err() {
                return;
            }
            done = to.exec(&insert, &values).map(drop);
            rows += 1;
            if rows % EVERY == 0 && !told(so_far(rows)) {
                done = Err(Refusal::Stopped.into());
            }
        })?;
        done?;
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
