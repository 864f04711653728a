//! The store as a file: opened with its key, checked, backed up while it is used, restored, encrypted and decrypted.
//!
//! A backup is one file with everything in it, and a manifest beside it with the hash of each part (`series.rs` tells of those of a large
//! house). It is taken for done only once it was opened and read back. What replaces the present file is written whole and proven first, and put in its place
//! by one rename.

use super::changes::{self, Since};
use super::key::Key;
use super::lying::Lying;
use super::series::{Whole, is_by_hand, is_of_series, read_manifest, series, whole_of};
use super::{Done, Ending, Engine, PATIENCE, Refusal, Store, Trouble, Tx, journal, moving, seals};
use rusqlite::types::ValueRef;
use rusqlite::{Connection, OpenFlags, params};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::{Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

/// How a plain file of the engine begins.
const PLAIN: &[u8; 16] = b"SQLite format 3\0";

/// What a file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileKind {
    /// There is none.
    Missing,
    /// A store without a key.
    Plain,
    /// A store with one.
    Encrypted,
    /// Something else, or nothing any more.
    Other,
}

/// What a file is, by its first bytes and its size; a backup that holds changes is what it goes back to.
///
/// # Errors
/// When it cannot be read.
pub fn kind(path: &Path) -> Done<FileKind> {
    let file = match Lying::of(&whole_of(path)) {
        Ok(file) => file,
        Err(why) if why.kind() == std::io::ErrorKind::NotFound => return Ok(FileKind::Missing),
        Err(why) => return Err(io(&why)),
    };
    let size = file.len().map_err(|why| io(&why))?;
    let mut head = Vec::new();
    file.take(16).read_to_end(&mut head).map_err(|why| io(&why))?;
    Ok(match (size, head.as_slice() == PLAIN) {
        (0, _) => FileKind::Missing,
        (_, true) => FileKind::Plain,
        // An encrypted store is whole pages of what looks like noise.
        (size, false) if size.is_multiple_of(4096) => FileKind::Encrypted,
        (_, false) => FileKind::Other,
    })
}

/// A fault of files and folders, in the store's terms.
pub(crate) fn io(why: &std::io::Error) -> Trouble {
    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "the kinds there are grow with the standard library"
    )]
    match why.kind() {
        std::io::ErrorKind::StorageFull | std::io::ErrorKind::QuotaExceeded => Refusal::DiskFull.into(),
        std::io::ErrorKind::PermissionDenied | std::io::ErrorKind::ReadOnlyFilesystem => Refusal::ReadOnly.into(),
        std::io::ErrorKind::NotFound => Refusal::FolderGone.into(),
        other => Trouble::Broken(format!("a file: {other}")),
    }
}

/// Opens a connection with its key; a wrong one tells nothing.
pub(super) fn connect(path: &Path, flags: OpenFlags, key: Option<&Key>) -> Done<Connection> {
    let connection = Connection::open_with_flags(path, flags)?;
    if let Some(key) = key {
        if key.told().is_empty() {
            return Err(Refusal::WrongKey.into());
        }
        // The engine writes no log of its own, which would say why.
        connection.pragma_update(None, "cipher_log_level", "NONE")?;
        connection.pragma_update(None, "key", key.told())?;
        let read = connection.query_row("SELECT COUNT(*) FROM sqlite_master", [], |row| row.get::<_, i64>(0));
        if read.is_err() {
            return Err(Refusal::WrongKey.into());
        }
    }
    Ok(connection)
}

/// One part of a store: a table, its rows, and the hash of all they hold.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    /// The table.
    pub name: String,
    /// How many rows it has.
    pub rows: i64,
    /// The hash of what they hold.
    pub sha256: String,
}

/// What stands beside a backup.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// The moment it was made.
    pub made_at: String,
    /// The schema it has.
    pub schema: i32,
    /// Whether it needs a key.
    pub encrypted: bool,
    /// The hash of the file.
    pub sha256: String,
    /// The head of the journal.
    pub journal: String,
    /// Its parts; of one that holds changes, the journal alone.
    pub parts: Vec<Part>,
    /// Whether changes can be told from it: it is the file as it lay, or the copy of a house on a server.
    #[serde(default)]
    pub as_it_lies: bool,
    /// What it goes back to, where it holds changes. Its hash is that of the file they make.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub since: Option<Since>,
}

impl Manifest {
    /// The hash of the backup's own file.
    pub(super) fn own_sha256(&self) -> &str {
        self.since.as_ref().map_or(&self.sha256, |since| &since.sha256)
    }

    /// How many entries of the journal it holds.
    pub(super) fn entries(&self) -> i64 {
        let journal = self.parts.iter().find(|part| part.name == "journal");
        journal.map_or(0, |part| part.rows)
    }

    /// What it holds of the journal.
    pub(super) fn held(&self) -> journal::Held<'_> {
        journal::Held {
            entries: self.entries(),
            head: &self.journal,
        }
    }
}

/// How a store is copied.
#[derive(Clone, Copy)]
pub(super) enum Copy<'a> {
    /// Without the room of what is gone, and under a key where the store has none.
    Packed(Option<&'a Key>),
    /// Block by block.
    AsItLies,
}

/// So often it is tried to find the file lying still.
const TRIES: usize = 8;

/// So long readers are waited for each time: whoever writes waits as long.
const A_MOMENT: Duration = Duration::from_millis(200);

/// What a check found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[expect(missing_docs, reason = "each is the number of what was looked at")]
pub struct Checked {
    pub entries: i64,
    pub papers: i64,
    pub erased_papers: i64,
    pub photos: i64,
    pub files: i64,
    pub clients: i64,
    pub projects: i64,
    pub cases: i64,
    /// The moment of the last entry of the journal.
    pub last: String,
    /// The house.
    pub house: String,
    /// What is not as it should be.
    pub problems: Vec<String>,
}

pub(super) fn file_hash(path: &Path, stop: &AtomicBool) -> Done<String> {
    let mut file = Lying::of(path).map_err(|why| io(&why))?;
    let mut hash = Sha256::new();
    let mut buffer = vec![0; 1 << 16];
    loop {
        if stop.load(Ordering::Relaxed) {
            return Err(Refusal::Stopped.into());
        }
        let read = file.read(&mut buffer).map_err(|why| io(&why))?;
        if read == 0 {
            return Ok(format!("{:x}", hash.finalize()));
        }
        hash.update(&buffer[..read]);
    }
}

fn parts(tx: &Tx<'_>) -> Done<Vec<Part>> {
    let tables = tx.tables()?.into_iter();
    let own = tables.filter(|name| !seals::follows(name) && !moving::is_of_a_server(name));
    own.map(|name| part(tx, &name)).collect()
}

/// What a table holds.
pub(super) fn part(tx: &Tx<'_>, name: &str) -> Done<Part> {
    let mut hash = Sha256::new();
    let (columns, order) = (tx.columns(name)?.join(", "), tx.order_of(name)?);
    let sql = format!("SELECT {columns} FROM {name} ORDER BY {order}");
    let rows = tx.each_as_it_stands(&sql, |row| {
        row.iter().for_each(|value| seals::put(&mut hash, *value));
        Ok(())
    })?;
    Ok(Part {
        name: name.to_owned(),
        rows,
        sha256: format!("{:x}", hash.finalize()),
    })
}

/// Parts, but for the tables of those names.
fn parts_but(parts: &[Part], names: &[&str]) -> Vec<Part> {
    let others = parts.iter().filter(|part| !names.contains(&part.name.as_str()));
    others.cloned().collect()
}

/// The definitions a store of this program has: what a file that was tampered with adds stands out.
fn definitions(tx: &Tx<'_>) -> Done<BTreeMap<String, String>> {
    let sql =
        "SELECT type || ' ' || name, COALESCE(sql, '') FROM sqlite_master WHERE name NOT LIKE 'sqlite%' ORDER BY 1";
    tx.rows(sql, &[])?
        .into_iter()
        .map(|mut row| Ok((row.text()?, row.text()?)))
        .collect()
}

/// Rows that hold bytes and their hash.
struct WithBytes {
    /// What a row of a table is called, and where its name, its hash and its bytes stand.
    places: BTreeMap<&'static str, (&'static str, [usize; 3])>,
    /// Whether a client was erased: what that emptied is empty rightly, and nothing else is.
    was_erased: bool,
    empty_papers: i64,
    problems: Vec<String>,
}

impl WithBytes {
    fn of(tx: &Tx<'_>) -> Done<Self> {
        let mut places = BTreeMap::new();
        for (table, what, names) in [
            ("paper", "the paper", ["number", "sha256", "bytes"]),
            ("photo", "the photo", ["id", "sha256", "original"]),
            ("attachment", "the file", ["id", "sha256", "bytes"]),
        ] {
            let columns = tx.columns(table)?;
            let place = |name: &str| columns.iter().position(|column| column == name);
            if let [Some(name), Some(hash), Some(bytes)] = names.map(place) {
                places.insert(table, (what, [name, hash, bytes]));
            }
        }
        Ok(Self {
            places,
            was_erased: journal::erased_after(tx, journal::Held::NOTHING)?,
            empty_papers: 0,
            problems: Vec::new(),
        })
    }

    fn sees(&mut self, table: &str, row: &[ValueRef<'_>]) {
        let Some((what, places)) = self.places.get(table) else {
            return;
        };
        match places.map(|place| row[place]) {
            [ValueRef::Text(_), ValueRef::Text(_), ValueRef::Blob(bytes)] if self.was_erased && bytes.is_empty() => {
                self.empty_papers += i64::from(table == "paper");
            }
            [ValueRef::Text(_), ValueRef::Text(expected), ValueRef::Blob(bytes)]
                if super::papers::hash(bytes).as_bytes() == expected => {}
            [ValueRef::Text(name), ..] => self.problems.push(format!(
                "{what} {} has changed since it was kept",
                String::from_utf8_lossy(name)
            )),
            _ => self.problems.push(format!("{what} without a name")),
        }
    }
}

fn count(tx: &Tx<'_>, sql: &str) -> Done<i64> {
    tx.row(sql, &[])?.map_or(Ok(0), |mut row| row.int())
}

/// Papers are numbered without a gap, by kind and year: one that is missing is missed.
fn missing_numbers(tx: &Tx<'_>) -> Done<Vec<String>> {
    let mut rows: BTreeMap<String, BTreeSet<u32>> = BTreeMap::new();
    tx.each("SELECT number FROM paper", |mut row| {
        let number = row.text()?;
        if let Some((kind, Ok(place))) = number
            .split_once('-')
            .map(|(kind, place)| (kind.to_owned(), place.parse()))
        {
            rows.entry(kind).or_default().insert(place);
        }
        Ok(())
    })?;
    let gaps = rows.iter().flat_map(|(kind, places)| {
        (1..*places.last().unwrap_or(&0))
            .filter(|place| !places.contains(place))
            .map(move |place| format!("the paper {kind}-{place:04} is missing"))
    });
    Ok(gaps.take(20).collect())
}

impl Store {
    /// Looks at everything: the file, the journal's chain, the hash of every paper, photo and file.
    ///
    /// # Errors
    /// When the store cannot be read; what is wrong in it is in the answer.
    pub fn check(&mut self) -> Done<Checked> {
        let mut problems = Vec::new();
        let shared = self.is_shared();
        if !shared {
            let sound: String = self
                .file()?
                .query_row("PRAGMA integrity_check(20)", [], |row| row.get(0))?;
            if sound != "ok" {
                problems.push(format!("the file: {sound}"));
            }
            if self.is_current()? && !self.has_own_definitions()? {
                problems.push("tables or rules of the file were changed".to_owned());
            }
        }
        let (current, without_its_log) = (self.is_current()?, self.without_its_log);
        let mut checked = self.read(|tx| {
            let mut checked = Checked::default();
            // Each row is read once, for its table's seal and for its own hash.
            let mut hashed = WithBytes::of(tx)?;
            let found = seals::looked_through(tx, |table, row| hashed.sees(table, row))?;
            if current {
                problems.extend(seals::broken(tx, &found)?);
                if without_its_log && seals::was_in_use(tx)? {
                    problems.push(
                        "the file was copied while a program had it open, without its log (-wal): the last actions are not in it"
                            .to_owned(),
                    );
                }
            }
            // A server lets no row point at nothing.
            if !shared {
                for mut row in tx.rows("PRAGMA foreign_key_check", &[])? {
                    problems.push(format!("a row of {} points at nothing", row.text()?));
                }
            }
            match journal::prove(tx)? {
                Ok(entries) => checked.entries = entries,
                Err(fault) => problems.push(fault.to_string()),
            }
            problems.append(&mut hashed.problems);
            let rows = |table: &str| found.get(table).map_or(0, seals::Sum::rows);
            (checked.papers, checked.photos, checked.files) = (rows("paper"), rows("photo"), rows("attachment"));
            checked.erased_papers = hashed.empty_papers;
            problems.extend(missing_numbers(tx)?);
            checked.clients = count(tx, "SELECT COUNT(*) FROM client")?;
            checked.projects = count(tx, "SELECT COUNT(*) FROM project")?;
            checked.cases = count(tx, "SELECT COUNT(*) FROM aftersales_case")?;
            checked.last = journal::last_moment(tx)?;
            checked.house = super::house::get(tx)?.map(|house| house.identity.name).unwrap_or_default();
            Ok(checked)
        })?;
        checked.problems = problems;
        Ok(checked)
    }

    /// Refuses a store that is not as it was written: it is not backed up, and moves nowhere.
    pub(super) fn must_be_sound(&mut self) -> Done<()> {
        match self.check()?.problems.into_iter().next() {
            None => Ok(()),
            Some(problem) => Err(Trouble::Broken(format!("the store is not sound: {problem}"))),
        }
    }

    /// Whether the tables and rules are those of this program, and no others.
    fn has_own_definitions(&mut self) -> Done<bool> {
        Ok(self.read(definitions)? == Self::in_memory()?.read(definitions)?)
    }

    /// Backs the store up while it is used: one consistent file at `to`, its manifest beside it, opened and read back before
    /// it counts. A store with a key stays encrypted by it; `key` encrypts the backup of one without.
    ///
    /// # Errors
    /// When the file is there already, cannot be written, or does not read back; nothing is left behind then.
    pub fn back_up(&mut self, to: &Path, key: Option<&Key>, made_at: &str) -> Done<Manifest> {
        self.backed_up(to, Copy::Packed(key), made_at)
    }

    pub(super) fn backed_up(&mut self, to: &Path, how: Copy<'_>, made_at: &str) -> Done<Manifest> {
        if [to, &part_of(to), &manifest_of(to)].iter().any(|file| file.exists()) {
            return Err(Refusal::FileExists.into());
        }
        let own = self.key_for_backups()?;
        let key = own.as_ref().or(match how {
            Copy::Packed(key) => key,
            Copy::AsItLies => None,
        });
        let stop = Arc::clone(&self.stop);
        stop.store(false, Ordering::Relaxed);
        self.heeds(&stop)?;
        let done = finished(to, |new| {
            let as_it_lies = match how {
                Copy::Packed(_) => false,
                Copy::AsItLies => self.copied_as_it_lies(new, key)?,
            };
            // Where somebody goes on reading, a packed one is as good a backup.
            if !as_it_lies {
                self.copied_to(new, key)?;
            }
            let mut copy = Self::open_to_read(new, key)?;
            copy.heeds(&stop)?;
            let problems = copy.check()?.problems;
            if let Some(problem) = problems.into_iter().next() {
                return Err(Trouble::Broken(format!("the backup does not read back: {problem}")));
            }
            let (copied, journal, schema) = copy.read(|tx| Ok((parts(tx)?, journal::head(tx)?, schema(tx)?)))?;
            // What was journaled since may differ, and what is being typed is not journaled; how each engine came by its schema is its own.
            let not_journaled = ["attempt", "draft", "in_use", "refinery_schema_history"];
            let journaled = |parts: &[Part]| parts_but(parts, &not_journaled);
            if journaled(&copied) != journaled(&self.read(parts)?) && journal == self.read(journal::head)? {
                return Err(Trouble::Broken("the backup holds something else than the store".into()));
            }
            drop(copy);
            Ok(Manifest {
                made_at: made_at.to_owned(),
                schema,
                encrypted: key.is_some(),
                sha256: file_hash(new, &stop)?,
                journal,
                parts: copied,
                // A house on a server has no file but its copies.
                as_it_lies: as_it_lies || self.is_shared(),
                since: None,
            })
        });
        if let Engine::File(connection) = &mut self.engine {
            connection.progress_handler(0, None::<fn() -> bool>)?;
        }
        done
    }

    /// Stops a backup that is being made, from another thread.
    #[must_use]
    pub fn stopper(&self) -> Stopper {
        Stopper(Arc::clone(&self.stop))
    }

    /// Whatever the engine does from now on ends when it is told to stop.
    pub(super) fn heeds(&mut self, stop: &Arc<AtomicBool>) -> Done<()> {
        let stop = Arc::clone(stop);
        match &mut self.engine {
            Engine::File(connection) => {
                Ok(connection.progress_handler(10_000, Some(move || stop.load(Ordering::Relaxed)))?)
            }
            // What it is asked for is stopped between two rows.
            Engine::Server(_) => Ok(()),
        }
    }

    /// What it is encrypted with, where it is.
    #[must_use]
    pub const fn key(&self) -> Option<&Key> {
        self.key.as_ref()
    }

    fn copied_to(&mut self, new: &Path, key: Option<&Key>) -> Done<()> {
        if self.is_shared() {
            self.written_into(new, key, |_| Ok(true))?;
            return on_the_disk(new);
        }
        let path = new.to_string_lossy();
        match (&self.key, key) {
            // The copy of an encrypted store has its key, and one of a plain store none.
            (Some(_), _) | (None, None) => {
                self.file()?.execute("VACUUM INTO ?1", [path])?;
                at_rest(new, key)?;
            }
            (None, Some(key)) => self.exported(new, Some(key))?,
        }
        on_the_disk(new)
    }

    /// Copies the file as it lies, so that changes can be told from the copy; whether it lay still.
    fn copied_as_it_lies(&mut self, new: &Path, key: Option<&Key>) -> Done<bool> {
        let stop = Arc::clone(&self.stop);
        let done = self.while_it_lies_still(|file, _| changes::copied(file, new, &stop))?;
        if done.is_none() {
            return Ok(false);
        }
        at_rest(new, key)?;
        on_the_disk(new)?;
        Ok(true)
    }

    /// Where its file is, unless it lies on a server or nowhere.
    pub(super) fn path(&self) -> Option<PathBuf> {
        let Engine::File(connection) = &self.engine else {
            return None;
        };
        connection.path().filter(|path| !path.is_empty()).map(PathBuf::from)
    }

    /// Works on the file while nothing is written into it: everything is in it, and what is written meanwhile goes to its log. Nothing
    /// comes of it where somebody goes on reading what is in the log.
    pub(super) fn while_it_lies_still<T>(
        &mut self,
        mut work: impl FnMut(&Path, &Tx<'_>) -> Done<T>,
    ) -> Done<Option<T>> {
        let path = self
            .path()
            .ok_or_else(|| Trouble::Broken("a store without a file".into()))?;
        let log = with_end(&path, "-wal");
        for _ in 0..TRIES {
            self.file()?.busy_timeout(A_MOMENT)?;
            let folded = self.checkpoint();
            self.file()?.busy_timeout(PATIENCE)?;
            match folded {
                Ok(()) | Err(Trouble::Busy) => {}
                Err(why) => return Err(why),
            }
            let done = self.read(|tx| {
                // Whoever begins to read while the log is empty reads the file alone, and nobody may write into it until that ends
                // (https://www.sqlite.org/walformat.html, the lock of readers that ignore the log).
                journal::head(tx)?;
                let is_empty = std::fs::metadata(&log).is_ok_and(|log| log.len() == 0);
                is_empty.then(|| work(&path, tx)).transpose()
            })?;
            if done.is_some() {
                return Ok(done);
            }
            std::thread::sleep(A_MOMENT);
        }
        Ok(None)
    }

    /// Writes what a server holds, as of one moment at which that `is_wanted`, into a file that nobody else has: a new one, or a copy
    /// of before, in which what is the same stays where it lies. Answers the head of the journal at that moment.
    pub(super) fn written_into(
        &mut self,
        file: &Path,
        key: Option<&Key>,
        is_wanted: impl FnOnce(&Tx<'_>) -> Done<bool>,
    ) -> Done<Option<String>> {
        let mut copy = Self::brought_up(file, key)?;
        let stop = Arc::clone(&self.stop);
        let mut told = |_: moving::SoFar<'_>| !stop.load(Ordering::Relaxed);
        let head = self.read(|from| {
            if !is_wanted(from)? {
                return Ok(None);
            }
            copy.write(Ending::Commit, |to| moving::copied(from, to, &mut told))?;
            journal::head(from).map(Some)
        })?;
        copy.checkpoint()?;
        drop(copy);
        at_rest(file, key)?;
        Ok(head)
    }

    /// Writes everything into a new file under another key, or none.
    fn exported(&self, new: &Path, key: Option<&Key>) -> Done<()> {
        let told = key.map(Key::told).unwrap_or_default();
        self.file()?.execute(
            "ATTACH DATABASE ?1 AS other KEY ?2",
            params![new.to_string_lossy(), told],
        )?;
        let exported = self
            .file()?
            .query_row("SELECT sqlcipher_export('other')", [], |_| Ok(()));
        let detached = self.file()?.execute_batch("DETACH DATABASE other");
        exported?;
        detached?;
        at_rest(new, key)
    }

    /// Opens a file to read it alone: a backup, or a store to be checked. Nothing in it is changed. It can be copied, but not
    /// under another key: the engine gives what is attached no more rights than the file itself has.
    ///
    /// # Errors
    /// [`Refusal::WrongKey`], [`Trouble::Damaged`], [`Trouble::Newer`], or that it cannot be read; what holds changes alone is read by
    /// way of [`Whole`].
    pub fn open_to_read(path: &Path, key: Option<&Key>) -> Done<Self> {
        if whole_of(path) != path {
            return Err(Refusal::BadBackup { why: "changes".into() }.into());
        }
        match kind(path)? {
            FileKind::Missing => return Err(Refusal::FolderGone.into()),
            FileKind::Encrypted if key.is_none() => return Err(Refusal::KeyNeeded.into()),
            FileKind::Other => {
                return Err(Trouble::Damaged {
                    path: path.to_owned(),
                    why: "no store".into(),
                });
            }
            FileKind::Plain | FileKind::Encrypted => {}
        }
        let key = key.filter(|_| !matches!(kind(path), Ok(FileKind::Plain)));
        // The engine makes an empty one as it opens the file.
        let without_its_log = !with_end(path, "-wal").exists();
        let connection = connect(
            path,
            OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX,
            key,
        )?;
        connection.pragma_update(None, "trusted_schema", false)?;
        let mut store = Self::over(Engine::File(connection));
        store.key = key.cloned();
        store.without_its_log = without_its_log;
        Ok(store)
    }

    /// The key that opens a file, as typed.
    ///
    /// # Errors
    /// [`Refusal::WrongKey`], or that the file cannot be read.
    pub fn key_of(path: &Path, typed: &str) -> Done<Key> {
        let path = whole_of(path);
        for key in Key::meant(typed) {
            match Self::open_to_read(&path, Some(&key)) {
                Err(Trouble::Refused(Refusal::WrongKey)) => {}
                other => return other.map(|_| key),
            }
        }
        Err(Refusal::WrongKey.into())
    }

    /// Encrypts the file, gives it another key, or takes the key away. Everything is written into a new file and read back first;
    /// then what was there before is overwritten and gone. Copies and backups stay as they are: see [`Store::forget_copies`].
    ///
    /// # Errors
    /// [`Refusal::WrongKey`], or that it cannot be written; the file is as it was then.
    pub fn rekey(path: &Path, from: Option<&Key>, to: Option<&Key>) -> Done<()> {
        let new = beside(path, "rekeyed");
        let _ = std::fs::remove_file(&new);
        let written = || -> Done<()> {
            let mut store = Self::open_with(path, from)?;
            let before = store.read(parts)?;
            store.exported(&new, to)?;
            let mut copy = Self::open_to_read(&new, to)?;
            let after = copy.read(parts)?;
            let differs = parts_but(&after, &["in_use"]) != parts_but(&before, &["in_use"]);
            if differs || !copy.check()?.problems.is_empty() {
                return Err(Trouble::Broken("the store under its new key does not read back".into()));
            }
            drop(copy);
            on_the_disk(&new)?;
            store.checkpoint()
        };
        // Held open, what was there can be overwritten after it lost its name.
        let put = written().and_then(|()| {
            let old = std::fs::OpenOptions::new()
                .write(true)
                .open(path)
                .map_err(|why| io(&why))?;
            put_in_place(&new, path)?;
            Ok(old)
        });
        match put {
            // From here on the file has its new key: nothing may hide that.
            Ok(old) => {
                let _ = wiped(old);
                for end in ["-wal", "-shm"] {
                    erase(&with_end(path, end));
                }
                Ok(())
            }
            Err(why) => {
                erase(&new);
                Err(why)
            }
        }
    }

    /// Overwrites and takes away the copies of a store beside it, and the backups of its series, that `key` does not open: what
    /// anybody could read before the house was encrypted. Only once the fullest backup of the series is one that `key` opens and
    /// that reads back: none goes before a newer one is there. What a person made by hand stays. Answers what is left.
    ///
    /// # Errors
    /// That no such backup is there yet, or what is wrong with it; nothing was taken away then.
    pub fn forget_copies(path: &Path, backups: &Path, key: &Key) -> Done<Vec<PathBuf>> {
        // What cannot be told stays.
        let opens = |file: &Path| match Self::open_to_read(&whole_of(file), Some(key)) {
            Ok(store) => store.key.is_some(),
            Err(why) => !matches!(why, Trouble::Refused(Refusal::WrongKey)),
        };
        let (its_own, others): (Vec<PathBuf>, Vec<PathBuf>) = series(backups)
            .into_iter()
            .map(|(file, _)| file)
            .partition(|file| opens(file));
        let held = |file: &PathBuf| read_manifest(file).map_or(-1, |manifest| manifest.entries());
        let newest = its_own.iter().max_by_key(|file| held(file));
        // None of the others may hold more.
        let newest = newest
            .filter(|newest| others.iter().all(|other| held(other) <= held(newest)))
            .ok_or(Refusal::BadBackup { why: "series".into() })?;
        if let Some(problem) = Self::preview(newest, Some(key))?.problems.into_iter().next() {
            return Err(Refusal::BadBackup { why: problem }.into());
        }
        let (by_hand, made_by_itself): (Vec<PathBuf>, Vec<PathBuf>) =
            others.into_iter().partition(|file| is_by_hand(file));
        let copies = copies_of(path)
            .into_iter()
            .chain(halves_in(backups))
            .filter(|file| !opens(file));
        let gone = made_by_itself
            .into_iter()
            .flat_map(|file| [file.clone(), manifest_of(&file)])
            .chain(copies);
        Ok(by_hand.into_iter().chain(gone.filter(|file| !erase(file))).collect())
    }

    /// Clears away what a program that was killed left half written beside the store at `path` and in `backups`. Nobody else
    /// may have the store open.
    pub fn tidy(path: &Path, backups: &Path) {
        for half in HALVES
            .iter()
            .flat_map(|half| ["", "-wal", "-shm", "-journal"].map(|end| with_end(&beside(path, half), end)))
            .chain(halves_in(backups))
            .chain(path.parent().into_iter().flat_map(halves_in))
        {
            erase(&half);
        }
    }

    /// Looks at a backup before it is restored: the hash of its file and of each part, and that it is this program's own.
    ///
    /// # Errors
    /// [`Refusal::WrongKey`], [`Refusal::BadBackup`] with what is wrong, or that it cannot be read.
    pub fn preview(file: &Path, key: Option<&Key>) -> Done<Checked> {
        Self::preview_in(file, key, file.parent().unwrap_or(file))
    }

    /// The same, with what has to be put together for it lying in another folder meanwhile.
    ///
    /// # Errors
    /// As [`Store::preview`].
    pub fn preview_in(file: &Path, key: Option<&Key>, scratch: &Path) -> Done<Checked> {
        Self::looked_at(file, &Whole::of(file, key, scratch)?, key)
    }

    fn looked_at(backup: &Path, whole: &Whole, key: Option<&Key>) -> Done<Checked> {
        let bad = |why: &str| Trouble::Refused(Refusal::BadBackup { why: why.to_owned() });
        let file = whole.path();
        let mut copy = Self::open_to_read(file, key)?;
        let manifest = manifest_of(backup);
        if manifest.exists() {
            let text = std::fs::read_to_string(&manifest).map_err(|why| io(&why))?;
            let manifest: Manifest = serde_json::from_str(&text).map_err(|_| bad("manifest"))?;
            if !whole.is_proven() && manifest.sha256 != file_hash(file, &copy.stop)? {
                return Err(bad("sha256"));
            }
            let found = copy.read(|tx| match manifest.since {
                None => parts(tx),
                Some(_) => Ok(vec![part(tx, "journal")?]),
            })?;
            if found != manifest.parts {
                return Err(bad("parts"));
            }
        }
        let found = copy.read(schema)?;
        let known = Self::newest_schema();
        if found > known {
            return Err(Trouble::Newer { found, known });
        }
        if found == known {
            if !copy.has_own_definitions()? {
                return Err(bad("definitions"));
            }
            return copy.check();
        }
        // One of an older program is looked at as this one would read it: a copy of it, beside nothing of anyone's.
        let scratch = std::env::temp_dir().join(format!(
            "atelier-{}-{}",
            std::process::id(),
            &file_hash(file, &copy.stop)?[..16]
        ));
        private_folder(&scratch).map_err(|why| io(&why))?;
        let brought_up = scratch.join("preview.db");
        let _ = std::fs::remove_file(&brought_up);
        let checked = copy
            .file()?
            .execute("VACUUM INTO ?1", [brought_up.to_string_lossy()])
            .map_err(Trouble::from)
            .and_then(|_| Self::brought_up(&brought_up, key)?.check());
        for file in files_in(&scratch) {
            erase(&file);
        }
        let _ = std::fs::remove_dir(&scratch);
        checked
    }

    /// How many entries the journal has, which is the number of the last: whether somebody else did something shows by it.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn entries(&mut self) -> Done<i64> {
        self.read(|tx| count(tx, "SELECT COALESCE(MAX(seq), 0) FROM journal"))
    }

    /// Whether the file has the schema of this program.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn is_current(&mut self) -> Done<bool> {
        Ok(self.read(schema)? == Self::newest_schema())
    }

    /// Puts a backup, which `key` opens, in the place of the store at `path`, which nobody may have open. A house that is
    /// encrypted stays so, by its `own` key, and one that is not is not. What was there is kept beside it, under the name that
    /// is returned.
    ///
    /// # Errors
    /// As [`Store::preview`], [`Trouble::Busy`] while somebody reads the store, or that it cannot be written; the store is as it
    /// was then.
    pub fn restore(
        path: &Path,
        backup: &Path,
        key: Option<&Key>,
        own: Option<&Key>,
        stamp: &str,
    ) -> Done<Option<PathBuf>> {
        let whole = Whole::of(backup, key, path.parent().unwrap_or(path))?;
        if let Some(problem) = Self::looked_at(backup, &whole, key)?.problems.into_iter().next() {
            return Err(Refusal::BadBackup { why: problem }.into());
        }
        let [copied, new] = HALVES.map(|half| beside(path, half));
        let done = Self::restored(path, whole.path(), key, own, stamp, &copied, &new);
        for half in [&copied, &new]
            .into_iter()
            .flat_map(|half| ["", "-wal", "-shm", "-journal"].map(|end| with_end(half, end)))
        {
            erase(&half);
        }
        done
    }

    fn restored(
        path: &Path,
        backup: &Path,
        key: Option<&Key>,
        own: Option<&Key>,
        stamp: &str,
        copied: &Path,
        new: &Path,
    ) -> Done<Option<PathBuf>> {
        for half in [copied, new] {
            let _ = std::fs::remove_file(half);
        }
        Self::open_to_read(backup, key)?
            .file()?
            .execute("VACUUM INTO ?1", [copied.to_string_lossy()])?;
        // Migrated where it is, so that what takes the store's place opens.
        let store = Self::brought_up(copied, key)?;
        let new = if store.key() == own {
            copied
        } else {
            store.exported(new, own)?;
            new
        };
        store.checkpoint()?;
        drop(store);
        on_the_disk(new)?;
        if path.exists() {
            // Everything is in the one file, unless it is too damaged to say so; then its log stays with what is kept.
            match Self::open_with(path, own) {
                Ok(present) => present.checkpoint()?,
                Err(Trouble::Busy) => return Err(Trouble::Busy),
                Err(_) => {}
            }
        }
        in_its_place(new, path, stamp)
    }

    /// Puts a house that moved back to this machine, into the file `coming`, in the place of the store at `path`, which nobody has
    /// open. What was there is kept beside it.
    ///
    /// # Errors
    /// When the folder cannot be written.
    pub fn comes_home(coming: &Path, path: &Path, stamp: &str) -> Done<()> {
        in_its_place(coming, path, stamp).map(drop)
    }
}

/// Puts a file in the place of a store; under which name what was there is kept.
fn in_its_place(new: &Path, path: &Path, stamp: &str) -> Done<Option<PathBuf>> {
    let mut kept = None;
    if path.exists() {
        let aside = beside(path, &format!("kept-{stamp}.db"));
        // The present file stays under both names until the rename: there is no moment without one.
        if std::fs::hard_link(path, &aside).is_err() {
            std::fs::copy(path, &aside).map_err(|why| io(&why))?;
        }
        for end in ["-wal", "-shm"] {
            let from = with_end(path, end);
            if from.exists() {
                std::fs::rename(&from, with_end(&aside, end)).map_err(|why| io(&why))?;
            }
        }
        kept = Some(aside);
    }
    put_in_place(new, path)?;
    Ok(kept)
}

/// Stops a backup.
pub struct Stopper(Arc<AtomicBool>);

impl Stopper {
    /// Stops it.
    pub fn stop(&self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

pub(super) fn schema(tx: &Tx<'_>) -> Done<i32> {
    let version = count(tx, "SELECT COALESCE(MAX(version), 0) FROM refinery_schema_history")?;
    i32::try_from(version).map_err(|_| Trouble::Broken("a schema without a number".into()))
}

/// Notes on a copy that nobody has it open: it holds everything, and has no log.
pub(super) fn at_rest(copy: &Path, key: Option<&Key>) -> Done<()> {
    let connection = connect(copy, OpenFlags::SQLITE_OPEN_READ_WRITE, key)?;
    connection.query_row("PRAGMA journal_mode = DELETE", [], |_| Ok(()))?;
    seals::in_use(&connection, false)?;
    Ok(())
}

/// `atelier.db` with another end: `atelier.json`.
fn beside(path: &Path, end: &str) -> PathBuf {
    path.with_extension(end)
}

/// `atelier.db` with more after its name: `atelier.db-wal`.
pub(super) fn with_end(path: &Path, end: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(end);
    PathBuf::from(name)
}

/// What stands beside a backup: `backup.db.json`.
#[must_use]
pub fn manifest_of(backup: &Path) -> PathBuf {
    with_end(backup, ".json")
}

/// What a backup is called while it is being made: `backup.db.part`.
#[must_use]
pub fn part_of(backup: &Path) -> PathBuf {
    with_end(backup, ".part")
}

/// Makes a backup: `make` writes it under the name of one half written. Only once it is whole, and its manifest stands beside it, it has
/// its own name. What failed is cleared away.
pub(super) fn finished(to: &Path, make: impl FnOnce(&Path) -> Done<Manifest>) -> Done<Manifest> {
    let (half, beside) = (part_of(to), manifest_of(to));
    let done = make(&half).and_then(|manifest| {
        let text = serde_json::to_string_pretty(&manifest).map_err(Trouble::broken)?;
        write_whole(&beside, text.as_bytes())?;
        put_in_place(&half, to)?;
        Ok(manifest)
    });
    if done.is_err() {
        let _ = std::fs::remove_file(&half);
        // A backup without one looks like a whole one.
        if !to.exists() {
            let _ = std::fs::remove_file(&beside);
        }
    }
    done
}

/// What is half written while a store takes another's place.
const HALVES: [&str; 2] = ["restoring", "rekeyed"];

pub(super) fn files_in(folder: &Path) -> Vec<PathBuf> {
    std::fs::read_dir(folder)
        .into_iter()
        .flatten()
        .flatten()
        .map(|entry| entry.path())
        .collect()
}

pub(super) fn name_of(path: &Path) -> &str {
    path.file_name().and_then(|name| name.to_str()).unwrap_or_default()
}

/// The backups of a series that are half written.
fn halves_in(backups: &Path) -> impl Iterator<Item = PathBuf> {
    let is_half = |file: &PathBuf| name_of(file).contains(".part") && is_of_series(file);
    files_in(backups).into_iter().filter(is_half)
}

/// Copies of the store that stand beside it: those made before migrations, and what a restore put aside.
fn copies_of(path: &Path) -> Vec<PathBuf> {
    ["before-v", "kept-"]
        .iter()
        .flat_map(|kind| beside_of_kind(path, kind))
        .collect()
}

/// Those made before migrations.
pub(super) fn copies_before_migrations(path: &Path) -> Vec<PathBuf> {
    let mut copies = beside_of_kind(path, "before-v");
    copies.retain(|copy| copy.extension().is_some_and(|end| end == "db"));
    copies
}

fn beside_of_kind(path: &Path, kind: &str) -> Vec<PathBuf> {
    let (Some(folder), Some(stem)) = (path.parent(), path.file_stem().and_then(|stem| stem.to_str())) else {
        return Vec::new();
    };
    let begin = format!("{stem}.{kind}");
    let mut found = files_in(folder);
    found.retain(|found| name_of(found).starts_with(&begin));
    found
}

/// Overwrites a file and takes its name away; whether it is gone.
pub(super) fn erase(path: &Path) -> bool {
    if let Ok(file) = std::fs::OpenOptions::new().write(true).open(path) {
        let _ = wiped(file);
    }
    let _ = std::fs::remove_file(path);
    !path.exists()
}

/// What was written of a file is on the disk from here on.
pub(super) fn on_the_disk(file: &Path) -> Done<()> {
    File::open(file)
        .and_then(|file| file.sync_all())
        .map_err(|why| io(&why))
}

/// Copies a file, onto the disk.
pub(super) fn copy_synced(from: &Path, to: &Path) -> Done<()> {
    std::fs::copy(from, to)
        .and_then(|_| File::options().write(true).open(to)?.sync_all())
        .map_err(|why| io(&why))
}

/// Gives a file its name for good: the folder is on the disk too before anything else is done.
pub(super) fn put_in_place(from: &Path, to: &Path) -> Done<()> {
    std::fs::rename(from, to).map_err(|why| io(&why))?;
    sync_names_beside(to);
    Ok(())
}

/// The names in the folder of a file are on the disk from here on.
fn sync_names_beside(file: &Path) {
    // Windows knows no such thing, and needs none.
    if cfg!(unix)
        && let Some(folder) = file.parent()
        && let Ok(folder) = File::open(if folder.as_os_str().is_empty() {
            Path::new(".")
        } else {
            folder
        })
    {
        let _ = folder.sync_all();
    }
}

/// Makes a folder for good, with those it stands in.
pub(super) fn made_folder(folder: &Path) -> std::io::Result<()> {
    let missing: Vec<&Path> = folder.ancestors().take_while(|above| !above.exists()).collect();
    std::fs::create_dir_all(folder)?;
    missing.into_iter().for_each(sync_names_beside);
    Ok(())
}

/// Makes a folder that is its user's alone.
///
/// # Errors
/// When it cannot be made.
pub fn private_folder(folder: &Path) -> std::io::Result<()> {
    made_folder(folder)?;
    #[cfg(unix)]
    std::fs::set_permissions(folder, std::os::unix::fs::PermissionsExt::from_mode(0o700))?;
    Ok(())
}

/// Overwrites a file with nothing, on the disk.
fn wiped(mut file: File) -> Done<()> {
    let wipe = |file: &mut File| -> std::io::Result<()> {
        let mut left = file.metadata()?.len();
        file.seek(SeekFrom::Start(0))?;
        let nothing = vec![0; 1 << 16];
        while left > 0 {
            let part = left.min(nothing.len() as u64);
            file.write_all(&nothing[..usize::try_from(part).unwrap_or(nothing.len())])?;
            left -= part;
        }
        file.sync_all()
    };
    wipe(&mut file).map_err(|why| io(&why))
}

/// Writes a file whole: beside its place first, on the disk, and then in it. Whatever happens, what stands there is the old or the
/// new.
///
/// # Errors
/// That it cannot be written; what was there is as it was.
pub fn write_whole(path: &Path, bytes: &[u8]) -> Done<()> {
    written_whole(path, |file| file.write_all(bytes).map_err(|why| io(&why)))
}

/// The same of a file that somebody else writes.
///
/// # Errors
/// As [`write_whole`], and what `write` says.
pub fn written_whole(path: &Path, write: impl FnOnce(&mut File) -> Done<()>) -> Done<()> {
    let new = Half(part_of(path));
    let mut file = File::create(&new.0).map_err(|why| io(&why))?;
    write(&mut file)?;
    file.sync_all().map_err(|why| io(&why))?;
    drop(file);
    put_in_place(&new.0, path)
}

/// A file that is half written, and gone once this is dropped, unless it has its own name by then.
struct Half(PathBuf);

impl Drop for Half {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.0);
    }
}
