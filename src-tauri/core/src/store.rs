//! The one store, in a file of this machine (SQLite) or on a server of the house (PostgreSQL), and the only place with SQL.
//!
//! Both stand behind a small port (`exec`, `rows`, `write`), and each statement is one text for both: `?1` placeholders, whole
//! numbers and text, ids made by the program. Where they cannot say it alike, [`Tx::words`] tells which one is asked.

use self::seals::Unsealed;
use self::server::{Server, Sitting, Way};
use crate::payment::Ogm;
use crate::refusal::Refusal;
use key::Key;
use rusqlite::types::{ToSqlOutput, ValueRef};
use rusqlite::{Connection, ErrorCode, OpenFlags, ToSql, Transaction, TransactionBehavior, ffi, params_from_iter};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

pub mod attachments;
pub mod cases;
mod changes;
pub mod clients;
pub mod drafts;
pub mod files;
pub mod gold;
pub mod happenings;
pub mod house;
pub mod identifiers;
pub mod invoices;
pub mod journal;
pub mod key;
pub mod ledger;
pub mod mail_texts;
pub mod lock;
mod lying;
pub mod moving;
pub mod papers;
pub mod photos;
pub mod projects;
pub mod purchases;
pub mod quotes;
mod seals;
pub mod second_place;
pub mod series;
pub mod server;
pub mod standing;
pub mod terms;
pub mod together;

mod embedded {
    refinery::embed_migrations!("src/store/schema");
}

/// A value on its way in or out: no floats, no booleans, no dates.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum V {
    /// Nothing.
    Null,
    /// A whole number.
    I(i64),
    /// Text.
    T(String),
    /// Bytes.
    B(Vec<u8>),
}

impl From<i64> for V {
    fn from(number: i64) -> Self {
        Self::I(number)
    }
}

impl From<&str> for V {
    fn from(text: &str) -> Self {
        Self::T(text.to_owned())
    }
}

impl From<String> for V {
    fn from(text: String) -> Self {
        Self::T(text)
    }
}

impl From<Vec<u8>> for V {
    fn from(bytes: Vec<u8>) -> Self {
        Self::B(bytes)
    }
}

impl<T: Into<Self>> From<Option<T>> for V {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Into::into)
    }
}

impl V {
    /// What a file keeps so.
    fn of(value: ValueRef<'_>) -> Done<Self> {
        Ok(match value {
            ValueRef::Null => Self::Null,
            ValueRef::Integer(number) => Self::I(number),
            ValueRef::Blob(bytes) => Self::B(bytes.to_vec()),
            ValueRef::Text(text) => Self::T(String::from_utf8_lossy(text).into_owned()),
            ValueRef::Real(_) => return Err(Trouble::Broken("a binary float in a row".into())),
        })
    }

    /// As a file keeps it.
    const fn as_it_stands(&self) -> ValueRef<'_> {
        match self {
            Self::Null => ValueRef::Null,
            Self::I(number) => ValueRef::Integer(*number),
            Self::T(text) => ValueRef::Text(text.as_bytes()),
            Self::B(bytes) => ValueRef::Blob(bytes.as_slice()),
        }
    }
}

impl ToSql for V {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(self.as_it_stands()))
    }
}

/// Why the store could not do it. A refusal is an answer; anything else is broken, and is logged.
#[derive(Debug, thiserror::Error)]
pub enum Trouble {
    /// A rule said no.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// Another process is writing.
    #[error("another program is writing to the store")]
    Busy,
    /// The file was written by a newer version of the program.
    #[error("the store is of version {found}, this program knows {known}")]
    Newer {
        /// The file's version.
        found: i32,
        /// The newest the program knows.
        known: i32,
    },
    /// The file is not a store, or is damaged. It is left as it is.
    #[error("the file {path} is damaged or not a store: {why}")]
    Damaged {
        /// Where it is.
        path: PathBuf,
        /// What the engine says.
        why: String,
    },
    /// A row that cannot be read, or a statement that cannot run.
    #[error("the store failed: {0}")]
    Broken(String),
}

impl Trouble {
    /// Something that cannot be read or written, with what says so.
    pub fn broken(why: impl std::fmt::Display) -> Self {
        Self::Broken(why.to_string())
    }

    /// What of it may stand in a log: what kind of fault it is, and no place, name or text of anyone's.
    #[must_use]
    pub fn for_the_log(&self) -> String {
        match self {
            Self::Refused(refusal) => refusal.message().key.into_owned(),
            Self::Busy => "busy".to_owned(),
            Self::Newer { found, known } => format!("of version {found}, known is {known}"),
            Self::Damaged { .. } => "damaged".to_owned(),
            // Texts in quotes and numbers may be somebody's.
            Self::Broken(why) => {
                let mut quoted = false;
                let is_plain = |c: &char| {
                    quoted ^= matches!(c, '"' | '\'');
                    !quoted && !c.is_ascii_digit()
                };
                why.chars().filter(is_plain).take(300).collect()
            }
        }
    }
}

impl From<crate::refusal::NotNow> for Trouble {
    fn from(why: crate::refusal::NotNow) -> Self {
        Self::Refused(why.into())
    }
}

/// What a step on the store returns.
pub type Done<T> = Result<T, Trouble>;

impl From<rusqlite::Error> for Trouble {
    fn from(error: rusqlite::Error) -> Self {
        match error.sqlite_error_code() {
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Self::Busy,
            Some(ErrorCode::DiskFull) => Self::Refused(Refusal::DiskFull),
            Some(ErrorCode::ReadOnly | ErrorCode::PermissionDenied) => Self::Refused(Refusal::ReadOnly),
            Some(ErrorCode::CannotOpen) => Self::Refused(Refusal::FolderGone),
            Some(ErrorCode::OperationInterrupted) => Self::Refused(Refusal::Stopped),
            // Which file it is, whoever opened it knows.
            Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => Self::Damaged {
                path: PathBuf::new(),
                why: error.to_string(),
            },
            _ if error.sqlite_extended_error_code() == Some(ffi::SQLITE_IOERR_WRITE) => {
                Self::Refused(Refusal::DiskFull)
            }
            _ => Self::Broken(error.to_string()),
        }
    }
}

/// One row, read from left to right.
pub struct Row(std::vec::IntoIter<V>);

impl Row {
    fn of(row: &[ValueRef<'_>]) -> Done<Self> {
        let values: Done<Vec<V>> = row.iter().copied().map(V::of).collect();
        Ok(Self(values?.into_iter()))
    }

    /// Its values, from left to right.
    #[must_use]
    pub fn values(self) -> Vec<V> {
        self.0.collect()
    }

    fn next(&mut self) -> Done<V> {
        self.0
            .next()
            .ok_or_else(|| Trouble::Broken("a row is too short".into()))
    }

    /// The next value, text.
    ///
    /// # Errors
    /// When it is not text.
    pub fn text(&mut self) -> Done<String> {
        self.maybe_text()?
            .ok_or_else(|| Trouble::Broken("a text is missing".into()))
    }

    /// The next value, text or nothing.
    ///
    /// # Errors
    /// When it is neither.
    pub fn maybe_text(&mut self) -> Done<Option<String>> {
        match self.next()? {
            V::Null => Ok(None),
            V::T(text) => Ok(Some(text)),
            V::I(_) | V::B(_) => Err(Trouble::Broken("a text was expected".into())),
        }
    }

    /// The next value, a whole number.
    ///
    /// # Errors
    /// When it is not one.
    pub fn int(&mut self) -> Done<i64> {
        self.maybe_int()?
            .ok_or_else(|| Trouble::Broken("a number is missing".into()))
    }

    /// The next value, a whole number or nothing.
    ///
    /// # Errors
    /// When it is neither.
    pub fn maybe_int(&mut self) -> Done<Option<i64>> {
        match self.next()? {
            V::Null => Ok(None),
            V::I(number) => Ok(Some(number)),
            V::T(_) | V::B(_) => Err(Trouble::Broken("a number was expected".into())),
        }
    }

    /// The next value, bytes.
    ///
    /// # Errors
    /// When it is not bytes.
    pub fn bytes(&mut self) -> Done<Vec<u8>> {
        match self.next()? {
            V::B(bytes) => Ok(bytes),
            V::Null | V::I(_) | V::T(_) => Err(Trouble::Broken("bytes were expected".into())),
        }
    }

    /// The next value, text read by `read`.
    ///
    /// # Errors
    /// When `read` does not know it: a row is never read with a default in place of what it says.
    pub fn parsed<T>(&mut self, read: impl Fn(&str) -> Option<T>) -> Done<T> {
        let text = self.text()?;
        read(&text).ok_or_else(|| unreadable(&text))
    }

    /// The next value, text read by `read`, or nothing.
    ///
    /// # Errors
    /// When `read` does not know it.
    pub fn maybe_parsed<T>(&mut self, read: impl Fn(&str) -> Option<T>) -> Done<Option<T>> {
        match self.maybe_text()? {
            None => Ok(None),
            Some(text) => match read(&text) {
                Some(value) => Ok(Some(value)),
                None => Err(unreadable(&text)),
            },
        }
    }
}

/// A value that cannot be read. What it says may be somebody's: only its length goes to the log.
fn unreadable(text: &str) -> Trouble {
    Trouble::Broken(format!("a text of {} characters cannot be read", text.chars().count()))
}

/// The values of a row as a file keeps it, from left to right.
fn as_they_stand<'a>(row: &'a rusqlite::Row<'_>, columns: usize) -> Done<Vec<ValueRef<'a>>> {
    let values: rusqlite::Result<_> = (0..columns).map(|column| row.get_ref(column)).collect();
    Ok(values?)
}

/// Every statement that was run on this thread: for the test that looks at how each is answered.
#[cfg(debug_assertions)]
pub mod seen {
    use std::cell::{Cell, RefCell};
    use std::collections::BTreeSet;

    thread_local! {
        static STATEMENTS: RefCell<BTreeSet<String>> = const { RefCell::new(BTreeSet::new()) };
        static TIMES: Cell<u64> = const { Cell::new(0) };
        static STEPS: Cell<u64> = const { Cell::new(0) };
    }

    /// How many were run so far: as often a server was asked.
    #[must_use]
    pub fn times() -> u64 {
        TIMES.get()
    }

    /// How many steps the engine of a file took so far: how much it looked at, however quick the machine is. What the index of words
    /// does within itself is not among them.
    #[must_use]
    pub fn steps() -> u64 {
        STEPS.get()
    }

    pub(super) fn took(statement: &rusqlite::Statement<'_>) {
        let steps = statement.reset_status(rusqlite::StatementStatus::VmStep);
        STEPS.set(STEPS.get() + u64::try_from(steps).unwrap_or_default());
    }

    pub(super) fn note(sql: &str) {
        TIMES.set(TIMES.get() + 1);
        STATEMENTS.with_borrow_mut(|seen| {
            if !seen.contains(sql) {
                seen.insert(sql.to_owned());
            }
        });
    }

    /// Those seen so far.
    #[must_use]
    pub fn statements() -> BTreeSet<String> {
        STATEMENTS.with_borrow(Clone::clone)
    }
}

/// The name of a column in a statement, whatever it is.
fn quoted(name: &str) -> String {
    format!("\"{name}\"")
}

/// Values as one that a statement takes apart again: `IN (SELECT value FROM json_each(?1))`.
fn listed(values: &[String]) -> Done<V> {
    Ok(serde_json::to_string(values).map_err(Trouble::broken)?.into())
}

/// What a statement finds of some structured communications: each with the id of the project it was given for.
fn asked_with(tx: &Tx<'_>, sql: &str, references: &[String]) -> Done<Vec<(Ogm, String)>> {
    let read = |mut row: Row| Ok((row.parsed(Ogm::parse)?, row.text()?));
    let rows = tx.rows(sql, &[listed(references)?])?;
    rows.into_iter().map(read).collect()
}

/// What a statement finds of some ids, by them: `read` answers of which one a row is, too.
fn of_each<T>(
    tx: &Tx<'_>,
    sql: &str,
    ids: &[String],
    read: impl Fn(Row) -> Done<(String, T)>,
) -> Done<BTreeMap<String, Vec<T>>> {
    let mut found: BTreeMap<String, Vec<T>> = BTreeMap::new();
    for row in tx.rows(sql, &[listed(ids)?])? {
        let (id, one) = read(row)?;
        found.entry(id).or_default().push(one);
    }
    Ok(found)
}

/// What was found of a single id.
fn of_one<T>(found: BTreeMap<String, Vec<T>>) -> Vec<T> {
    found.into_values().flatten().collect()
}

/// What was found of some ids, in their order.
fn in_order<T>(ids: &[String], mut found: Vec<T>, id: impl Fn(&T) -> &String) -> Vec<T> {
    let places: BTreeMap<&String, usize> = ids.iter().zip(0..).collect();
    found.sort_by_key(|one| places.get(id(one)).copied());
    found
}

/// One transaction.
pub struct Tx<'a> {
    under: Under<'a>,
    /// What was written in it and is in no seal yet; a server keeps that itself.
    unsealed: Unsealed,
}

/// The engine that a transaction runs on.
enum Under<'a> {
    File(Transaction<'a>),
    Server(Sitting<'a>),
}

/// Whose words a statement is in, where the engines cannot say it alike.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Words {
    /// SQLite's.
    File,
    /// PostgreSQL's.
    Server,
}

impl Tx<'_> {
    /// Whose words a statement is to be in.
    const fn words(&self) -> Words {
        match self.under {
            Under::File(_) => Words::File,
            Under::Server(_) => Words::Server,
        }
    }

    /// Runs a statement and says how many rows it touched.
    ///
    /// # Errors
    /// When it cannot run.
    pub fn exec(&self, sql: &str, values: &[V]) -> Done<usize> {
        #[cfg(debug_assertions)]
        seen::note(sql);
        match &self.under {
            Under::File(tx) => {
                let mut statement = tx.prepare_cached(sql)?;
                let touched = statement.execute(params_from_iter(values))?;
                #[cfg(debug_assertions)]
                seen::took(&statement);
                Ok(touched)
            }
            Under::Server(tx) => tx.exec(sql, values),
        }
    }

    /// Runs a query and returns its rows.
    ///
    /// # Errors
    /// When it cannot run.
    pub fn rows(&self, sql: &str, values: &[V]) -> Done<Vec<Row>> {
        #[cfg(debug_assertions)]
        seen::note(sql);
        let tx = match &self.under {
            Under::File(tx) => tx,
            Under::Server(tx) => return tx.rows(sql, values),
        };
        let mut statement = tx.prepare_cached(sql)?;
        let columns = statement.column_count();
        let mut found = statement.query(params_from_iter(values))?;
        let mut rows = Vec::new();
        while let Some(row) = found.next()? {
            rows.push(Row::of(&as_they_stand(row, columns)?)?);
        }
        drop(found);
        #[cfg(debug_assertions)]
        seen::took(&statement);
        Ok(rows)
    }

    /// Runs a query and gives its rows to `each`, one at a time, none of which stays in memory; says how many there were. Meanwhile
    /// nothing else is asked of this store: a server's line is taken.
    ///
    /// # Errors
    /// When it cannot run, or what `each` says, which ends it.
    pub fn each(&self, sql: &str, mut each: impl FnMut(Row) -> Done<()>) -> Done<i64> {
        match &self.under {
            Under::File(_) => self.each_as_it_stands(sql, |row| each(Row::of(row)?)),
            Under::Server(tx) => tx.each(sql, each),
        }
    }

    /// The same with each row as it stands: nothing of it is copied.
    fn each_as_it_stands(&self, sql: &str, mut each: impl FnMut(&[ValueRef<'_>]) -> Done<()>) -> Done<i64> {
        #[cfg(debug_assertions)]
        seen::note(sql);
        let tx = match &self.under {
            Under::File(tx) => tx,
            Under::Server(tx) => {
                return tx.each(sql, |row| {
                    each(&row.0.as_slice().iter().map(V::as_it_stands).collect::<Vec<_>>())
                });
            }
        };
        let mut statement = tx.prepare(sql)?;
        let columns = statement.column_count();
        let mut found = statement.query([])?;
        let mut rows = 0;
        while let Some(row) = found.next()? {
            each(&as_they_stand(row, columns)?)?;
            rows += 1;
        }
        Ok(rows)
    }

    /// The tables of the store, by name.
    fn tables(&self) -> Done<Vec<String>> {
        if let Under::Server(tx) = &self.under {
            return tx.tables();
        }
        let sql = "SELECT name FROM main.sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%' ORDER BY name";
        self.rows(sql, &[])?.into_iter().map(|mut row| row.text()).collect()
    }

    /// The columns of a table that hold what was written, from left to right.
    fn columns(&self, table: &str) -> Done<Vec<String>> {
        if let Under::Server(tx) = &self.under {
            return tx.columns(table);
        }
        let sql = format!("SELECT name FROM pragma_table_info('{table}')");
        self.rows(&sql, &[])?.into_iter().map(|mut row| row.text()).collect()
    }

    /// What the rows of a table are told apart by, from left to right.
    fn key_of(&self, table: &str) -> Done<Vec<String>> {
        if let Under::Server(tx) = &self.under {
            return tx.key_of(table);
        }
        let sql = format!("SELECT name FROM pragma_table_info('{table}') WHERE pk > 0 ORDER BY pk");
        self.rows(&sql, &[])?.into_iter().map(|mut row| row.text()).collect()
    }

    /// What the rows of a table are ordered by where their order counts: as they were written down, or by their keys.
    fn order_of(&self, table: &str) -> Done<String> {
        if self.words() == Words::File {
            return Ok("rowid".to_owned());
        }
        let key: Vec<String> = self.key_of(table)?.iter().map(|name| quoted(name)).collect();
        // One without a key has a single row.
        Ok(if key.is_empty() { "1".to_owned() } else { key.join(", ") })
    }

    fn commit(self) -> Done<()> {
        match self.under {
            Under::File(tx) => Ok(tx.commit()?),
            Under::Server(tx) => tx.commit(),
        }
    }

    fn roll_back(self) -> Done<()> {
        match self.under {
            Under::File(tx) => Ok(tx.rollback()?),
            Under::Server(tx) => tx.rollback(),
        }
    }

    /// The single row of a query, if there is one.
    ///
    /// # Errors
    /// When it cannot run.
    pub fn row(&self, sql: &str, values: &[V]) -> Done<Option<Row>> {
        Ok(self.rows(sql, values)?.into_iter().next())
    }

    /// The last number of a series in a year; zero where none was given.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn last_number(&self, series: &str, year: i32) -> Done<i64> {
        let sql = "SELECT last FROM series WHERE series = ?1 AND year = ?2";
        let row = self.row(sql, &[series.into(), i64::from(year).into()])?;
        row.map_or(Ok(0), |mut row| row.int())
    }

    /// The next number of a series in a year, without gaps: it goes with the transaction.
    ///
    /// # Errors
    /// When the store cannot write.
    pub fn next_number(&self, series: &str, year: i32) -> Done<i64> {
        let sql = "INSERT INTO series (series, year, last) VALUES (?1, ?2, 1) \
                   ON CONFLICT (series, year) DO UPDATE SET last = series.last + 1 RETURNING last";
        let row = self.row(sql, &[series.into(), i64::from(year).into()])?;
        row.ok_or_else(|| Trouble::Broken("a series gave no number".into()))?
            .int()
    }
}

/// What becomes of a transaction whose work succeeded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    /// It is kept.
    Commit,
    /// It was only tried.
    RollBack,
}

/// For what a file is opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Opening {
    /// To work on it.
    Alone,
    /// It is a copy itself: none is made of it before it is brought up.
    Copy,
    /// To copy it, while a program works on it.
    Beside,
}

/// What a store lies in.
enum Engine {
    /// A file of this machine's own.
    File(Connection),
    /// A database on a server of the house.
    Server(Box<Server>),
}

/// So long whoever writes waits for another who does.
const PATIENCE: std::time::Duration = std::time::Duration::from_secs(5);

/// After a crash a file up to this size is read whole before it is opened. Who opens a larger one does not wait for that.
const READ_FIRST: u64 = 256 << 20;

/// A fault of the engine as it reads a file: one that is no sound store any more is damaged.
fn damaged(path: &Path, error: rusqlite::Error) -> Trouble {
    match error.sqlite_error_code() {
        Some(ErrorCode::NotADatabase | ErrorCode::DatabaseCorrupt) => Trouble::Damaged {
            path: path.to_owned(),
            why: error.to_string(),
        },
        _ => Trouble::from(error),
    }
}

/// Reads all of a file, and finds it sound.
fn reads_whole(connection: &Connection, path: &Path) -> Done<()> {
    let sound: String = connection
        .query_row("PRAGMA quick_check(1)", [], |row| row.get(0))
        .map_err(|error| damaged(path, error))?;
    if sound != "ok" {
        return Err(Trouble::Damaged {
            path: path.to_owned(),
            why: sound,
        });
    }
    Ok(())
}

/// An open store.
pub struct Store {
    engine: Engine,
    /// What it is encrypted with, where it is; on a server, what its backups are encrypted with.
    key: Option<Key>,
    /// Set to stop a backup that is being made.
    stop: Arc<AtomicBool>,
    /// What a transaction wrote and is in no seal yet.
    unsealed: Unsealed,
    /// Whether the file says that a program has it open until this store is dropped.
    in_use: bool,
    /// Whether its program did not come to its end, and it was not read for that yet.
    is_unread: bool,
    /// Whether it was opened to be read where no log stood beside it.
    without_its_log: bool,
}

impl Drop for Store {
    fn drop(&mut self) {
        // Where it cannot be said, the file looks as after a crash, with its log beside it. One that nobody read since it did stays so.
        if let (Engine::File(connection), true) = (&self.engine, self.in_use && !self.is_unread) {
            let _ = seals::in_use(connection, false);
        }
    }
}

impl Store {
    /// A store over its engine, of which nothing else is known yet.
    fn over(engine: Engine) -> Self {
        Self {
            engine,
            key: None,
            stop: Arc::default(),
            unsealed: Unsealed::default(),
            in_use: false,
            is_unread: false,
            without_its_log: false,
        }
    }

    /// Opens the store at `path`, made if it is not there, and brings it to this program's schema.
    ///
    /// Before a migration the file is copied beside itself. A newer file is refused and a damaged one is left as it is.
    ///
    /// # Errors
    /// [`Trouble::Newer`], [`Trouble::Damaged`], or that the file cannot be opened.
    pub fn open(path: &Path) -> Done<Self> {
        Self::open_with(path, None)
    }

    /// The same with the key of an encrypted file; one that is not there yet is made with it.
    ///
    /// # Errors
    /// [`Refusal::KeyNeeded`], [`Refusal::WrongKey`], or as [`Store::open`].
    pub fn open_with(path: &Path, key: Option<&Key>) -> Done<Self> {
        Self::opened(path, key, Opening::Alone)
    }

    /// The same beside a program that has the store open already: to copy it.
    ///
    /// # Errors
    /// As [`Store::open`].
    pub fn open_beside(path: &Path, key: Option<&Key>) -> Done<Self> {
        Self::opened(path, key, Opening::Beside)
    }

    /// The same with a file that is a copy itself: none is made of it.
    fn brought_up(path: &Path, key: Option<&Key>) -> Done<Self> {
        Self::opened(path, key, Opening::Copy)
    }

    fn opened(path: &Path, key: Option<&Key>, opening: Opening) -> Done<Self> {
        let key = match files::kind(path)? {
            files::FileKind::Encrypted if key.is_none() => return Err(Refusal::KeyNeeded.into()),
            files::FileKind::Plain => None,
            files::FileKind::Missing | files::FileKind::Encrypted | files::FileKind::Other => key,
        };
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = files::connect(path, flags, key)?;
        // All of it is read where its program did not come to its end, before it is brought up or worked in; a large one of this schema
        // behind whoever works. Else the day's backup reads it, and who opens the house does not wait for that.
        let found = connection.query_row(
            "SELECT is_so, (SELECT MAX(version) FROM refinery_schema_history) = ?1 FROM in_use",
            [Self::newest_schema()],
            |row| Ok((row.get::<_, bool>(0)?, row.get::<_, bool>(1)?)),
        );
        let is_large = std::fs::metadata(path).is_ok_and(|file| file.len() > READ_FIRST);
        let is_unread = opening == Opening::Alone && is_large && matches!(found, Ok((true, true)));
        if opening != Opening::Beside && !is_unread && !matches!(found, Ok((false, _))) {
            reads_whole(&connection, path)?;
        }
        let mut store = Self::over(Engine::File(connection));
        store.key = key.cloned();
        store.is_unread = is_unread;
        store.migrate(Some(path).filter(|_| opening != Opening::Copy))?;
        let mode: String = store
            .file()?
            .pragma_update_and_check(None, "journal_mode", "wal", |row| row.get(0))?;
        if mode != "wal" {
            return Err(Trouble::Broken(format!(
                "the store cannot keep a write-ahead log: {mode}"
            )));
        }
        store.settle()?;
        if store.made_whole()? {
            // An older program left what it deleted in the free parts of the file; where there is no room for that it stays.
            let _ = store.file()?.execute_batch("VACUUM");
        }
        if opening == Opening::Alone {
            store.is_lived_in()?;
            if seals::in_use(store.file()?, true)? {
                // Whoever reads the file meanwhile keeps the log; then a copy of the file alone looks as one of before.
                let _ = store.checkpoint();
            }
            store.in_use = true;
        }
        Ok(store)
    }

    /// Whether it is to be read whole behind whoever works: its program did not come to its end, and it is too large to be waited for.
    /// Until somebody did, the file says so at each start.
    #[must_use]
    pub const fn is_unread(&self) -> bool {
        self.is_unread
    }

    /// Reads all of the file, and finds it sound; [`Store::stopper`] stops that.
    ///
    /// # Errors
    /// [`Trouble::Damaged`] where it is not, [`Refusal::Stopped`], or that it cannot be read.
    pub fn reads_whole(&mut self) -> Done<()> {
        let stop = Arc::clone(&self.stop);
        self.heeds(&stop)?;
        reads_whole(self.file()?, &self.path().unwrap_or_default())
    }

    /// Notes that all of it was read, over another connection, and is sound.
    pub const fn was_read(&mut self) {
        self.is_unread = false;
    }

    /// Opens the store of a house with several workstations, at `postgres://user:password@host/database`, and brings it to this
    /// program's schema.
    ///
    /// # Errors
    /// In words why the server cannot be reached or used; [`Trouble::Newer`].
    pub fn on_server(address: &str) -> Done<Self> {
        Self::on_server_by(&address.into())
    }

    /// The same by whatever this machine is let in with.
    ///
    /// # Errors
    /// As [`Store::on_server`].
    pub fn on_server_by(way: &Way) -> Done<Self> {
        let mut server = Server::connect(way)?;
        server.migrate()?;
        let mut store = Self::over(Engine::Server(Box::new(server)));
        store.made_whole()?;
        store.is_lived_in()?;
        store.key = store.read(together::backup_key)?;
        Ok(store)
    }

    /// Nobody works in a house that moved elsewhere.
    fn is_lived_in(&mut self) -> Done<()> {
        if self.has_moved()? {
            return Err(Refusal::Moved.into());
        }
        Ok(())
    }

    /// Gives a store that was just made, or brought up, what only this program can give it; whether there was anything to give. Asked of
    /// the store and not of this opening: one that ended half way through is made whole by the next.
    fn made_whole(&mut self) -> Done<bool> {
        if !self.read(seals::are_missing)? {
            return Ok(false);
        }
        self.write(Ending::Commit, |tx| {
            // Whoever came first has done it.
            if !seals::are_missing(tx)? {
                return Ok(());
            }
            terms::keep_the_first(tx)?;
            journal::chain_the_old(tx)?;
            cases::fold_the_old(tx)?;
            clients::fold_the_old(tx)?;
            standing::look_again(tx)?;
            seals::seal_all(tx)
        })?;
        Ok(true)
    }

    /// The file it lies in.
    ///
    /// # Errors
    /// [`Refusal::OnlyOfAFile`] for a store on a server.
    fn file(&self) -> Done<&Connection> {
        match &self.engine {
            Engine::File(connection) => Ok(connection),
            Engine::Server(_) => Err(Refusal::OnlyOfAFile.into()),
        }
    }

    /// Whether it lies on a server, and others may be at work in it.
    #[must_use]
    pub const fn is_shared(&self) -> bool {
        matches!(self.engine, Engine::Server(_))
    }

    /// A store that is gone when it is dropped.
    ///
    /// # Errors
    /// When the engine cannot make one.
    pub fn in_memory() -> Done<Self> {
        let mut store = Self::over(Engine::File(Connection::open_in_memory()?));
        store.migrate(None)?;
        store.settle()?;
        store.write(Ending::Commit, seals::seal_all)?;
        Ok(store)
    }

    fn settle(&mut self) -> Done<()> {
        self.unsealed = seals::watch(self.file()?)?;
        let connection = self.file()?;
        connection.set_prepared_statement_cache_capacity(256);
        connection.pragma_update(None, "synchronous", "FULL")?;
        // On a Mac what is synced may stand in the disk's own memory still, unless a full sync is asked for; elsewhere this is nothing.
        connection.pragma_update(None, "fullfsync", true)?;
        connection.pragma_update(None, "checkpoint_fullfsync", true)?;
        connection.pragma_update(None, "foreign_keys", true)?;
        // What is deleted or emptied is overwritten: nobody's words stay in the free parts of the file.
        connection.pragma_update_and_check(None, "secure_delete", true, |_| Ok(()))?;
        connection.pragma_update(None, "trusted_schema", false)?;
        connection.busy_timeout(PATIENCE)?;
        Ok(())
    }

    /// The newest schema this program knows.
    #[must_use]
    pub fn newest_schema() -> i32 {
        embedded::migrations::runner()
            .get_migrations()
            .iter()
            .map(refinery::Migration::version)
            .max()
            .unwrap_or(0)
    }

    /// Whether the file needs a key.
    #[must_use]
    pub const fn is_encrypted(&self) -> bool {
        self.key.is_some()
    }

    fn migrate(&mut self, path: Option<&Path>) -> Done<()> {
        let broken = |error: refinery::Error| Trouble::Broken(error.to_string());
        let Engine::File(connection) = &mut self.engine else {
            return Err(Refusal::OnlyOfAFile.into());
        };
        let runner = embedded::migrations::runner().set_grouped(true);
        let has_history = connection
            .prepare("SELECT 1 FROM sqlite_master WHERE name = 'refinery_schema_history'")?
            .exists([])?;
        let found = if has_history {
            runner
                .get_last_applied_migration(connection)
                .map_err(broken)?
                .map_or(0, |last| last.version())
        } else {
            0
        };
        let known = Self::newest_schema();
        if found > known {
            return Err(Trouble::Newer { found, known });
        }
        if found < known {
            if let Some(path) = path.filter(|_| found > 0) {
                let copy = path.with_extension(format!("before-v{known}.db"));
                let _ = std::fs::remove_file(&copy);
                connection.execute("VACUUM INTO ?1", [copy.to_string_lossy()])?;
            }
            connection.pragma_update(None, "foreign_keys", false)?;
            // Seals are of tables as they are: a store that has none is sealed once it is brought up.
            seals::forget(connection)?;
            runner.run(connection).map_err(broken)?;
        }
        Ok(())
    }

    /// One writing transaction: everything `work` did, or nothing.
    ///
    /// # Errors
    /// What `work` returned, or that the store cannot be written. Nothing is kept then.
    pub fn write<T>(&mut self, ending: Ending, work: impl FnOnce(&Tx<'_>) -> Done<T>) -> Done<T> {
        let tx = self.begin(TransactionBehavior::Immediate)?;
        let done = work(&tx)?;
        match ending {
            Ending::Commit => {
                seals::seal_the_rest(&tx)?;
                tx.commit()?;
            }
            Ending::RollBack => tx.roll_back()?,
        }
        Ok(done)
    }

    /// One reading transaction.
    ///
    /// # Errors
    /// What `work` returned, or that the store cannot be read.
    pub fn read<T>(&mut self, work: impl FnOnce(&Tx<'_>) -> Done<T>) -> Done<T> {
        let tx = self.begin(TransactionBehavior::Deferred)?;
        work(&tx)
    }

    fn begin(&mut self, behavior: TransactionBehavior) -> Done<Tx<'_>> {
        self.unsealed.begin();
        let under = match &mut self.engine {
            Engine::File(connection) => Under::File(connection.transaction_with_behavior(behavior)?),
            Engine::Server(server) => Under::Server(server.begin(matches!(behavior, TransactionBehavior::Immediate))?),
        };
        Ok(Tx {
            under,
            unsealed: self.unsealed.clone(),
        })
    }

    /// Folds the write-ahead log into the file, as on closing.
    ///
    /// # Errors
    /// [`Trouble::Busy`] while somebody reads, or that the store cannot be written.
    pub fn checkpoint(&self) -> Done<()> {
        let Engine::File(connection) = &self.engine else {
            return Ok(());
        };
        let busy: bool = connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0))?;
        if busy { Err(Trouble::Busy) } else { Ok(()) }
    }

    /// Lets the file grow to so many pages at the most, as a full disk would.
    ///
    /// # Errors
    /// When the engine refuses.
    pub fn limit_pages(&self, pages: i64) -> Done<()> {
        self.file()?
            .pragma_update_and_check(None, "max_page_count", pages, |_| Ok(()))?;
        Ok(())
    }

    /// Waits for no disk any more: for a store that nobody counts on, as one that is filled to be measured.
    ///
    /// # Errors
    /// When the engine refuses.
    pub fn without_syncs(&self) -> Done<()> {
        Ok(self.file()?.pragma_update(None, "synchronous", "OFF")?)
    }

    /// How many pages the file has.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn pages(&self) -> Done<i64> {
        Ok(self.file()?.query_row("PRAGMA page_count", [], |row| row.get(0))?)
    }

    /// Every row of every table but those named, as text: what two stores are compared by.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn dump(&mut self, but: &[&str]) -> Done<Vec<String>> {
        self.read(|tx| {
            let mut lines = Vec::new();
            for table in tx.tables()? {
                // Whether a program has the file open is nothing it holds; and what follows from the rest is not compared twice.
                let is_its_own = table.starts_with("refinery") || table == "in_use" || moving::is_of_a_server(&table);
                if !is_its_own && !seals::follows(&table) && !but.contains(&table.as_str()) {
                    let rows = tx.rows(&format!("SELECT * FROM {table}"), &[])?;
                    lines.extend(rows.into_iter().map(|row| format!("{table}: {:?}", row.0.as_slice())));
                }
            }
            lines.sort();
            Ok(lines)
        })
    }
}
