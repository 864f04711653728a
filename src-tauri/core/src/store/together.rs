//! What the workstations of a house on a server know of each other: that one of them did something, who is at which dossier, what
//! time it is there, and what the backups are encrypted with.

use super::key::Key;
use super::server::{Line, Way, session, waits};
use super::{Done, Ending, Store, Tx, Under};
use crate::refusal::Refusal;
use postgres::fallible_iterator::FallibleIterator as _;
use std::time::Duration;

/// Who is at a dossier.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct There {
    /// The id of the dossier.
    pub dossier: String,
    /// Their name.
    pub name: String,
}

/// A line of its own to the house's server, over which a workstation hears of the others, and they of it.
pub struct Listener {
    line: Line,
    /// What no other workstation is called.
    station: String,
}

impl Listener {
    /// Listens from now on, as `station`.
    ///
    /// # Errors
    /// As [`Store::on_server`].
    pub fn at(way: &Way, station: &str) -> Done<Self> {
        let mut line = session(way)?;
        let client = line.now()?;
        waits(|| client.batch_execute("LISTEN atelier"))?;
        Ok(Self {
            line,
            station: station.to_owned(),
        })
    }

    /// Waits until another does something or goes elsewhere, for so long at the most; whether one did.
    ///
    /// # Errors
    /// That the line broke.
    pub fn hears(&mut self, patience: Duration) -> Done<bool> {
        let client = self.line.now()?;
        waits(|| {
            let mut told = client.notifications();
            let mut heard = told.timeout_iter(patience).next()?.is_some();
            // What was said meanwhile is one.
            while told.iter().next()?.is_some() {
                heard = true;
            }
            Ok(heard)
        })
    }

    /// Says who is at which dossier here; an empty id for none. To be said again within half a minute.
    ///
    /// # Errors
    /// When the server cannot be told.
    pub fn says(&mut self, who: &str, dossier: &str) -> Done<()> {
        let client = self.line.now()?;
        waits(|| {
            let still = client.execute(
                "UPDATE presence SET seen_at = now() WHERE station = $1 AND who = $2 AND dossier = $3",
                &[&self.station, &who, &dossier],
            )?;
            if still == 0 {
                client.execute(
                    "INSERT INTO presence (station, who, dossier, seen_at) VALUES ($1, $2, $3, now()) \
                     ON CONFLICT (station) DO UPDATE SET who = excluded.who, dossier = excluded.dossier, seen_at = now()",
                    &[&self.station, &who, &dossier],
                )?;
                client.execute("DELETE FROM presence WHERE seen_at < now() - INTERVAL '1 day'", &[])?;
            }
            Ok(())
        })
    }

    /// Who else is at a dossier.
    ///
    /// # Errors
    /// When the server cannot be asked.
    pub fn others(&mut self) -> Done<Vec<There>> {
        let sql = "SELECT DISTINCT p.dossier, s.name FROM presence p JOIN staff s ON s.id = p.who \
                   WHERE p.station <> $1 AND p.dossier <> '' AND p.seen_at > now() - INTERVAL '30 seconds' ORDER BY 1, 2";
        let client = self.line.now()?;
        let rows = waits(|| client.query(sql, &[&self.station]))?;
        rows.iter()
            .map(|row| {
                Ok(There {
                    dossier: row.try_get(0)?,
                    name: row.try_get(1)?,
                })
            })
            .collect()
    }

    /// The number of the last entry of the journal.
    ///
    /// # Errors
    /// When the server cannot be asked.
    pub fn last_entry(&mut self) -> Done<i64> {
        let client = self.line.now()?;
        let row = waits(|| client.query_one("SELECT COALESCE(MAX(seq), 0) FROM journal", &[]))?;
        Ok(row.try_get(0)?)
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        // Whoever closes the program is nowhere any more; where it cannot be said, it shows after half a minute.
        let station = std::mem::take(&mut self.station);
        if let Ok(client) = self.line.now() {
            let _ = waits(|| client.execute("DELETE FROM presence WHERE station = $1", &[&station]));
        }
    }
}

/// What the backups of a house on a server are encrypted with; nothing for one in a file, which has a key itself.
///
/// # Errors
/// When the store cannot be read.
pub(super) fn backup_key(tx: &Tx<'_>) -> Done<Option<Key>> {
    let Under::Server(_) = tx.under else {
        return Ok(None);
    };
    let row = tx.row("SELECT told FROM backup_key", &[])?;
    Ok(row.map(|mut row| row.text()).transpose()?.map(|told| Key::typed(&told)))
}

/// Has backups encrypted with a key from now on, or with none; of a house in a file there is nothing to say.
///
/// # Errors
/// When the store cannot be written.
pub(super) fn keep_backup_key(tx: &Tx<'_>, key: Option<&Key>) -> Done<()> {
    let Under::Server(_) = tx.under else {
        return Ok(());
    };
    tx.exec("DELETE FROM backup_key", &[])?;
    if let Some(key) = key {
        tx.exec("INSERT INTO backup_key (told) VALUES (?1)", &[key.typed_as().into()])?;
    }
    Ok(())
}

impl Store {
    /// The time at the house's server, in milliseconds since 1970; nothing for a store in a file.
    ///
    /// # Errors
    /// When the server cannot be asked.
    pub fn servers_clock(&mut self) -> Done<Option<i64>> {
        if !self.is_shared() {
            return Ok(None);
        }
        self.read(|tx| {
            let row = tx.row("SELECT (extract(epoch FROM clock_timestamp()) * 1000)::BIGINT", &[])?;
            row.map(|mut row| row.int()).transpose()
        })
    }

    /// Encrypts the backups that every workstation makes of a house on a server from now on, or no longer. The house itself lies on the
    /// server as before.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] for a store in a file, or that the server cannot be written.
    pub fn encrypt_backups(&mut self, key: Option<&Key>) -> Done<()> {
        if !self.is_shared() {
            return Err(Refusal::NotFound.into());
        }
        self.write(Ending::Commit, |tx| keep_backup_key(tx, key))?;
        self.key = key.cloned();
        Ok(())
    }

    /// The key that backups are encrypted with, as it is now: on a server, another workstation may have changed it.
    ///
    /// # Errors
    /// When the server cannot be asked.
    pub fn key_for_backups(&mut self) -> Done<Option<Key>> {
        if self.is_shared() {
            self.key = self.read(backup_key)?;
        }
        Ok(self.key.clone())
    }
}
