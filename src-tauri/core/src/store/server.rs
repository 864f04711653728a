//! A store on a PostgreSQL server, for a house with several workstations: the same tables, the same statements and the same seals
//! as in a file.
//!
//! One writer at a time: whoever writes locks the store's clock first, so that actions follow each other as in a file, and numbers
//! have no gaps. Who reads sees the store as of one moment, and waits for nobody.

use super::seals::Sum;
use super::{Done, Row, Trouble, V};
use crate::refusal::Refusal;
use postgres::config::Host;
use postgres::error::SqlState;
use postgres::fallible_iterator::FallibleIterator as _;
use postgres::types::private::BytesMut;
use postgres::types::{IsNull, ToSql, Type, to_sql_checked};
use postgres::{Client, Config, NoTls, Statement};
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::{WebPkiSupportedAlgorithms, verify_tls12_signature, verify_tls13_signature};
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::{DigitallySignedStruct, SignatureScheme};
use rustls_platform_verifier::Verifier;
use sha2::{Digest as _, Sha256};
use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio_postgres_rustls::MakeRustlsConnect;

mod embedded {
    refinery::embed_migrations!("src/store/server");
}

/// How long a server may take until it is reached.
const REACHED: Duration = Duration::from_secs(10);
/// How long nothing may come from it while something is asked, before the line is given up.
const SILENT: Duration = Duration::from_secs(15);
/// Whoever opens the store brings it up alone: any number that no other program of the house takes.
const BRINGING_UP: i64 = 0x61_74_65_6c_69_65_72;

/// Every session says so first: nobody waits longer for another's writing than in a file, a statement is planned for what it is
/// asked, and the hashes of what this program writes have a place (`row_sealed` in the schema).
/// A workstation that goes away in the middle keeps the others waiting no longer than its line is given up, or ten minutes.
const SETTLED: &str = "SET lock_timeout = '5s';
    SET tcp_keepalives_idle = 15;
    SET tcp_keepalives_interval = 5;
    SET tcp_keepalives_count = 3;
    SET idle_in_transaction_session_timeout = '10min';
    SET plan_cache_mode = force_custom_plan;
    SET client_min_messages = warning;
    SET timezone = 'UTC';
    CREATE TEMP TABLE IF NOT EXISTS unsealed (of_table TEXT, sign BIGINT, hash BYTEA) ON COMMIT DELETE ROWS;";

/// How a machine comes to a store on a server.
#[derive(Clone)]
pub struct Way {
    /// `postgres://user@host/database`; a password in it counts where `password` is none.
    pub address: String,
    /// What it is let in with, where it does not stand in the address.
    pub password: Option<String>,
    /// The fingerprint of a certificate that somebody confirmed, as [`Refusal::ServerUntrusted`] showed it.
    pub certificate: Option<String>,
}

impl From<&str> for Way {
    fn from(address: &str) -> Self {
        Self {
            address: address.to_owned(),
            password: None,
            certificate: None,
        }
    }
}

/// A session on a server.
pub(super) struct Server {
    way: Way,
    client: RefCell<Line>,
    prepared: Prepared,
}

/// The line to a server; hung up as it is spoken over, by whoever may wait.
pub(super) struct Line(Option<Client>);

impl Line {
    pub(super) fn now(&mut self) -> Done<&mut Client> {
        self.0.as_mut().ok_or_else(|| Refusal::ServerGone.into())
    }
}

impl Drop for Line {
    fn drop(&mut self) {
        waits(|| drop(self.0.take()));
    }
}

/// Statements that the server knows already, by their text.
type Prepared = RefCell<BTreeMap<String, Statement>>;

/// One transaction on a server.
pub(super) struct Sitting<'a> {
    client: &'a RefCell<Line>,
    prepared: &'a Prepared,
    /// Whether it came to its end.
    ended: Cell<bool>,
}

impl Drop for Sitting<'_> {
    fn drop(&mut self) {
        // What did not come to its end never was; where the line broke, the server sees to that.
        if !self.ended.get() {
            let _ = self.says("ROLLBACK");
        }
    }
}

impl ToSql for V {
    fn to_sql(&self, ty: &Type, out: &mut BytesMut) -> Result<IsNull, Box<dyn std::error::Error + Sync + Send>> {
        match self {
            Self::Null => Ok(IsNull::Yes),
            Self::I(number) => number.to_sql(ty, out),
            Self::T(text) => text.to_sql(ty, out),
            Self::B(bytes) => bytes.to_sql(ty, out),
        }
    }

    fn accepts(_: &Type) -> bool {
        true
    }

    to_sql_checked!();
}

/// A value as the server tells it: the columns of a store are whole numbers, texts and bytes.
fn value(row: &postgres::Row, at: usize) -> Done<V> {
    let kind = row.columns().get(at).map(|column| column.type_().clone());
    Ok(match kind.unwrap_or(Type::UNKNOWN) {
        Type::INT8 => row.try_get::<_, Option<i64>>(at)?.into(),
        Type::INT4 => row.try_get::<_, Option<i32>>(at)?.map(i64::from).into(),
        Type::INT2 => row.try_get::<_, Option<i16>>(at)?.map(i64::from).into(),
        Type::BOOL => row.try_get::<_, Option<bool>>(at)?.map(i64::from).into(),
        Type::BYTEA => row.try_get::<_, Option<Vec<u8>>>(at)?.into(),
        Type::TEXT | Type::VARCHAR | Type::NAME => row.try_get::<_, Option<String>>(at)?.into(),
        other => return Err(Trouble::Broken(format!("a value of the kind {other} was not expected"))),
    })
}

fn values(row: &postgres::Row) -> Done<Vec<V>> {
    (0..row.len()).map(|at| value(row, at)).collect()
}

/// The statement as this engine writes it: `$1` for `?1`. No text in a statement holds a question mark.
fn in_its_words(sql: &str) -> String {
    sql.replace('?', "$")
}

impl From<postgres::Error> for Trouble {
    fn from(error: postgres::Error) -> Self {
        let Some(code) = error.code() else {
            let of_the_line = |why: &(dyn std::error::Error + 'static)| why.is::<std::io::Error>();
            if error.is_closed() || std::error::Error::source(&error).is_some_and(of_the_line) {
                return Refusal::ServerGone.into();
            }
            // Its own words may name a host, and nothing of anyone's.
            return Self::Broken(error.to_string());
        };
        let class = code.code().get(..2).unwrap_or_default();
        match code {
            &SqlState::LOCK_NOT_AVAILABLE | &SqlState::T_R_SERIALIZATION_FAILURE | &SqlState::T_R_DEADLOCK_DETECTED => {
                Self::Busy
            }
            &SqlState::DISK_FULL => Refusal::DiskFull.into(),
            &SqlState::READ_ONLY_SQL_TRANSACTION | &SqlState::INSUFFICIENT_PRIVILEGE => Refusal::ServerMayNot.into(),
            &SqlState::QUERY_CANCELED => Refusal::Stopped.into(),
            &SqlState::INVALID_PASSWORD | &SqlState::INVALID_AUTHORIZATION_SPECIFICATION => Refusal::ServerLogin.into(),
            &SqlState::INVALID_CATALOG_NAME => Refusal::ServerNoDatabase.into(),
            _ if class == "08" || class == "57" => Refusal::ServerGone.into(),
            // The server's detail quotes rows: only what it says of the kind of fault goes on.
            _ => Self::Broken(error.as_db_error().map_or_else(
                || code.code().to_owned(),
                |told| format!("{}: {}", code.code(), told.message()),
            )),
        }
    }
}

/// Whether every host of an address is this machine: nothing passes by anybody on the way there.
fn is_here(config: &Config) -> bool {
    let named = !config.get_hosts().is_empty() && config.get_hostaddrs().iter().all(std::net::IpAddr::is_loopback);
    named
        && config.get_hosts().iter().all(|host| match host {
            Host::Tcp(name) => matches!(name.as_str(), "localhost" | "127.0.0.1" | "::1"),
            #[cfg(unix)]
            Host::Unix(_) => true,
        })
}

/// Waits for the server, also where others wait for nobody: the window asks on threads that are not to stand still.
pub(super) fn waits<T>(for_it: impl FnOnce() -> T) -> T {
    tokio::task::block_in_place(for_it)
}

/// Whom the program believes that a server is the one it says: whoever this machine's system vouches for, and the one certificate
/// that somebody confirmed.
#[derive(Debug)]
struct Believes {
    /// Nothing where this machine has no certificates of its own.
    system: Option<Arc<Verifier>>,
    confirmed: Option<String>,
    /// The fingerprint of the one that was not believed.
    refused: Arc<Mutex<Option<String>>>,
    algorithms: WebPkiSupportedAlgorithms,
}

/// A certificate's SHA-256 as whoever runs a server reads it there: pairs of digits with colons between.
fn fingerprint(certificate: &CertificateDer<'_>) -> String {
    let pairs: Vec<String> = Sha256::digest(certificate)
        .iter()
        .map(|byte| format!("{byte:02X}"))
        .collect();
    pairs.join(":")
}

impl ServerCertVerifier for Believes {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        name: &ServerName<'_>,
        ocsp: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, rustls::Error> {
        let shown = fingerprint(end_entity);
        if self.confirmed.as_ref() == Some(&shown) {
            return Ok(ServerCertVerified::assertion());
        }
        let unknown = || rustls::Error::InvalidCertificate(rustls::CertificateError::UnknownIssuer);
        let system = self.system.as_ref().ok_or_else(unknown);
        system
            .and_then(|system| system.verify_server_cert(end_entity, intermediates, name, ocsp, now))
            .inspect_err(|_| *self.refused.lock().unwrap_or_else(PoisonError::into_inner) = Some(shown))
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        verify_tls12_signature(message, certificate, signed, &self.algorithms)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        verify_tls13_signature(message, certificate, signed, &self.algorithms)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.algorithms.supported_schemes()
    }
}

/// A line that nobody listens in on, to a server that is believed.
fn encrypted(config: &mut Config, certificate: Option<&str>) -> Done<Result<Client, postgres::Error>> {
    config.ssl_mode(postgres::config::SslMode::Require);
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let refused = Arc::default();
    let believes = Believes {
        system: Verifier::new(Arc::clone(&provider)).ok().map(Arc::new),
        confirmed: certificate.map(str::to_owned),
        refused: Arc::clone(&refused),
        algorithms: provider.signature_verification_algorithms,
    };
    let settings = rustls::ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(Trouble::broken)?
        .dangerous()
        .with_custom_certificate_verifier(Arc::new(believes))
        .with_no_client_auth();
    let came = waits(|| config.connect(MakeRustlsConnect::new(settings)));
    let refused = refused.lock().unwrap_or_else(PoisonError::into_inner).take();
    match refused {
        Some(fingerprint) if came.is_err() => Err(Refusal::ServerUntrusted { fingerprint }.into()),
        _ => Ok(came),
    }
}

/// Opens a session.
pub(super) fn session(way: &Way) -> Done<Line> {
    let mut config: Config = way.address.parse().map_err(|_| Refusal::ServerAddress)?;
    config.connect_timeout(REACHED).application_name("Atelier");
    config.tcp_user_timeout(SILENT).keepalives_idle(SILENT);
    if let Some(password) = &way.password {
        config.password(password);
    }
    let client = if is_here(&config) {
        waits(|| config.connect(NoTls))
    } else {
        encrypted(&mut config, way.certificate.as_deref())?
    };
    let client = client.map_err(|why| match why.code() {
        Some(_) => Trouble::from(why),
        // The driver says so in words alone.
        None if std::error::Error::source(&why).is_some_and(|why| why.to_string().contains("does not support TLS")) => {
            Refusal::ServerPlain.into()
        }
        None => Refusal::ServerUnreachable.into(),
    })?;
    let mut line = Line(Some(client));
    let client = line.now()?;
    waits(|| client.batch_execute(SETTLED))?;
    Ok(line)
}

/// An address without its password, and the password where it stood in it: nobody sees or keeps one there.
///
/// # Errors
/// [`Refusal::ServerAddress`] for one that is none.
pub fn without_password(address: &str) -> Done<(String, Option<String>)> {
    let config: Config = address.trim().parse().map_err(|_| Refusal::ServerAddress)?;
    let Some(password) = config.get_password() else {
        return Ok((address.trim().to_owned(), None));
    };
    let password = String::from_utf8_lossy(password).into_owned();
    let Host::Tcp(host) = config.get_hosts().first().ok_or(Refusal::ServerAddress)? else {
        return Err(Refusal::ServerAddress.into());
    };
    let port = config
        .get_ports()
        .first()
        .map(|port| format!(":{port}"))
        .unwrap_or_default();
    let (name, database) = (
        config.get_user().unwrap_or_default(),
        config.get_dbname().unwrap_or_default(),
    );
    Ok((format!("postgres://{name}@{host}{port}/{database}"), Some(password)))
}

impl Server {
    /// Opens a session: encrypted, with a server that is believed, but on this machine itself.
    ///
    /// # Errors
    /// In words: an address that is none, a server that does not answer, does not let in, is not trusted, or has no such database.
    pub fn connect(way: &Way) -> Done<Self> {
        Ok(Self {
            way: way.clone(),
            client: RefCell::new(session(way)?),
            prepared: RefCell::default(),
        })
    }

    /// Brings the database to this program's schema; one program at a time.
    ///
    /// # Errors
    /// [`Trouble::Newer`], or that it cannot be done.
    pub fn migrate(&mut self) -> Done<()> {
        waits(|| self.brought_up())
    }

    fn brought_up(&mut self) -> Done<()> {
        let broken = |error: refinery::Error| Trouble::Broken(error.to_string());
        let client = self.client.get_mut().now()?;
        client.execute("SELECT pg_advisory_lock($1)", &[&BRINGING_UP])?;
        let done = (|| {
            let runner = embedded::migrations::runner().set_grouped(true);
            let there = client.query_one("SELECT to_regclass('refinery_schema_history') IS NOT NULL", &[])?;
            let found = if there.try_get::<_, bool>(0)? {
                let last = runner.get_last_applied_migration(client).map_err(broken)?;
                last.map_or(0, |last| last.version())
            } else {
                0
            };
            let known = super::Store::newest_schema();
            if found > known {
                return Err(Trouble::Newer { found, known });
            }
            if found < known {
                runner.run(client).map_err(broken)?;
            }
            Ok(())
        })();
        client.execute("SELECT pg_advisory_unlock($1)", &[&BRINGING_UP])?;
        done
    }

    fn says_begin(&mut self, writes: bool) -> Done<()> {
        let begins = if writes {
            "BEGIN ISOLATION LEVEL REPEATABLE READ; LOCK TABLE clock IN EXCLUSIVE MODE"
        } else {
            "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
        };
        let client = self.client.get_mut().now()?;
        let done = waits(|| client.batch_execute(begins));
        if done.is_err() {
            // Who waited for another's writing for too long has begun nothing.
            let _ = waits(|| client.batch_execute("ROLLBACK"));
        }
        Ok(done?)
    }

    /// Begins a transaction: one that writes is alone, one that reads sees the store as of now.
    ///
    /// # Errors
    /// [`Trouble::Busy`] where another writes for too long, or that the server is not there.
    pub fn begin(&mut self, writes: bool) -> Done<Sitting<'_>> {
        // Whether the line broke shows when something is said over it. Nothing was begun yet: it begins on another.
        match self.says_begin(writes) {
            Err(Trouble::Refused(Refusal::ServerGone)) => {
                self.prepared.get_mut().clear();
                *self.client.get_mut() = session(&self.way)?;
                self.says_begin(writes)?;
            }
            said => said?,
        }
        let sitting = Sitting {
            client: &self.client,
            prepared: &self.prepared,
            ended: Cell::new(false),
        };
        if writes {
            sitting.is_of_this_program()?;
        }
        Ok(sitting)
    }
}

impl Sitting<'_> {
    fn says(&self, word: &str) -> Done<()> {
        let mut line = self.client.borrow_mut();
        let client = line.now()?;
        Ok(waits(|| client.batch_execute(word))?)
    }

    /// A newer program at another workstation may have changed the tables since this one came, and the house may have moved.
    fn is_of_this_program(&self) -> Done<()> {
        let sql = "SELECT MAX(version), (SELECT moved FROM clock) FROM refinery_schema_history";
        let Some(mut row) = self.rows(sql, &[])?.into_iter().next() else {
            return Ok(());
        };
        let (found, known) = (
            i32::try_from(row.int()?).unwrap_or(i32::MAX),
            super::Store::newest_schema(),
        );
        if found > known {
            return Err(Trouble::Newer { found, known });
        }
        if row.maybe_int()? == Some(1) {
            return Err(Refusal::Moved.into());
        }
        Ok(())
    }

    fn statement(&self, sql: &str) -> Done<Statement> {
        if let Some(known) = self.prepared.borrow().get(sql) {
            return Ok(known.clone());
        }
        let statement = waits(|| {
            self.client
                .borrow_mut()
                .now()
                .map(|client| client.prepare(&in_its_words(sql)))
        })??;
        self.prepared.borrow_mut().insert(sql.to_owned(), statement.clone());
        Ok(statement)
    }

    pub fn exec(&self, sql: &str, values: &[V]) -> Done<usize> {
        let statement = self.statement(sql)?;
        let bound: Vec<&(dyn ToSql + Sync)> = values.iter().map(|value| value as _).collect();
        let touched = waits(|| {
            self.client
                .borrow_mut()
                .now()
                .map(|client| client.execute(&statement, &bound))
        })??;
        usize::try_from(touched).map_err(Trouble::broken)
    }

    pub fn rows(&self, sql: &str, bound: &[V]) -> Done<Vec<Row>> {
        let statement = self.statement(sql)?;
        let bound: Vec<&(dyn ToSql + Sync)> = bound.iter().map(|value| value as _).collect();
        let rows = waits(|| {
            self.client
                .borrow_mut()
                .now()
                .map(|client| client.query(&statement, &bound))
        })??;
        rows.iter().map(|row| Ok(Row(values(row)?.into_iter()))).collect()
    }

    pub fn each(&self, sql: &str, mut each: impl FnMut(Row) -> Done<()>) -> Done<i64> {
        waits(|| {
            let mut line = self.client.borrow_mut();
            let mut rows = line.now()?.query_raw(&in_its_words(sql), std::iter::empty::<&V>())?;
            let mut count = 0;
            while let Some(row) = rows.next()? {
                each(Row(values(&row)?.into_iter()))?;
                count += 1;
            }
            Ok(count)
        })
    }

    /// The tables of the store, by name.
    pub fn tables(&self) -> Done<Vec<String>> {
        let sql = "SELECT tablename FROM pg_tables WHERE schemaname = current_schema() ORDER BY tablename";
        self.rows(sql, &[])?.into_iter().map(|mut row| row.text()).collect()
    }

    /// The columns of a table that hold what was written, from left to right.
    pub fn columns(&self, table: &str) -> Done<Vec<String>> {
        let sql = "SELECT column_name::TEXT FROM information_schema.columns WHERE table_schema = current_schema() AND table_name = ?1 \
                   AND is_generated = 'NEVER' ORDER BY ordinal_position";
        self.rows(sql, &[table.into()])?
            .into_iter()
            .map(|mut row| row.text())
            .collect()
    }

    /// What a table's rows are told apart by, from left to right.
    pub fn key_of(&self, table: &str) -> Done<Vec<String>> {
        let sql = "SELECT a.attname::TEXT FROM pg_index i \
                   JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = ANY (i.indkey) \
                   WHERE i.indrelid = to_regclass(?1) AND i.indisprimary \
                   ORDER BY array_position(i.indkey::SMALLINT[], a.attnum)";
        self.rows(sql, &[table.into()])?
            .into_iter()
            .map(|mut row| row.text())
            .collect()
    }

    /// What this session wrote since it was asked last, by table.
    pub fn take_unsealed(&self) -> Done<BTreeMap<String, Sum>> {
        let mut sums: BTreeMap<String, Sum> = BTreeMap::new();
        for mut row in self.rows("SELECT of_table, sign, hash FROM pg_temp.unsealed", &[])? {
            let (table, sign, hash) = (row.text()?, row.int()?, row.bytes()?);
            sums.entry(table).or_default().add(sign, &hash);
        }
        self.exec("DELETE FROM pg_temp.unsealed", &[])?;
        Ok(sums)
    }

    pub fn commit(self) -> Done<()> {
        self.ended.set(true);
        self.says("COMMIT")
    }

    pub fn rollback(self) -> Done<()> {
        self.ended.set(true);
        self.says("ROLLBACK")
    }
}
