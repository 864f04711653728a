//! Databases of the tests' own on a PostgreSQL server that `./task` starts on loopback and takes away again; and servers that a test
//! starts for itself, to stop, to fill or to ask over TLS.

use atelier_core::store::Store;
use postgres::{Client, NoTls};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};
use tempfile::TempDir;

/// A database that is gone when it is dropped.
pub struct Database(String);

/// A server of one test's own, gone when it is dropped.
pub struct Cluster {
    folder: TempDir,
    port: u16,
    /// What is set for it, as `-c name=value`, and in its environment.
    options: Vec<String>,
    environment: Vec<(String, PathBuf)>,
}

impl Cluster {
    /// One that is made and not started yet.
    ///
    /// # Panics
    /// Where PostgreSQL is not installed: `./task test` sees to that.
    #[must_use]
    pub fn made() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let port = std::net::TcpListener::bind("127.0.0.1:0")
            .and_then(|listener| listener.local_addr())
            .expect("a port")
            .port();
        let cluster = Self {
            folder,
            port,
            options: Vec::new(),
            environment: Vec::new(),
        };
        cluster.gives(cluster.folder.path());
        let made = cluster
            .runs("initdb")
            .args([
                "-U",
                "atelier",
                "-A",
                "trust",
                "-E",
                "UTF8",
                "--locale=C.UTF-8",
                "--no-sync",
            ])
            .status();
        assert!(made.expect("initdb").success(), "initdb failed");
        cluster
    }

    /// Its folder, for what it is to read.
    #[must_use]
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Sets something for it, until it is started.
    #[must_use]
    pub fn with(mut self, option: &str) -> Self {
        self.options.push(option.to_owned());
        self
    }

    /// Sets something in its environment, until it is started.
    #[must_use]
    pub fn in_environment(mut self, name: &str, value: PathBuf) -> Self {
        self.environment.push((name.to_owned(), value));
        self
    }

    /// Gives it a file or folder: it runs as another user where the tests run as root.
    ///
    /// # Panics
    /// Where that cannot be done.
    pub fn gives(&self, path: &Path) {
        if is_root() {
            let given = Command::new("chown").arg("-R").arg("postgres").arg(path).status();
            assert!(given.expect("chown").success(), "{} cannot be given", path.display());
        }
    }

    /// One of the server's programs, over its data.
    fn runs(&self, program: &str) -> Command {
        let bin = std::env::var("ATELIER_TEST_SERVER_BIN")
            .expect("these tests need PostgreSQL's programs: ./task server CMD names them");
        let program = Path::new(&bin).join(program);
        let mut command = if is_root() {
            let mut command = Command::new("runuser");
            command.args(["-u", "postgres", "--", "env"]);
            command
        } else {
            Command::new("env")
        };
        for (name, value) in &self.environment {
            command.arg(format!("{name}={}", value.display()));
        }
        command
            .arg(program)
            .arg("-D")
            .arg(self.folder.path().join("data"))
            .current_dir("/")
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        command
    }

    /// Starts it, and waits until it answers.
    ///
    /// # Panics
    /// Where it does not.
    pub fn starts(&self) {
        let mut options = format!("-p {} -k '' -c fsync=off -c max_connections=60", self.port);
        for option in &self.options {
            options.push_str(&format!(" -c {option}"));
        }
        if !self.options.iter().any(|option| option.starts_with("listen_addresses")) {
            options.push_str(" -c listen_addresses=127.0.0.1");
        }
        let log = self.folder.path().join("log");
        let started = self
            .runs("pg_ctl")
            .arg("-l")
            .arg(&log)
            .args(["-w", "-o", &options, "start"])
            .status();
        assert!(
            started.expect("pg_ctl").success(),
            "the server does not start: {}",
            std::fs::read_to_string(&log).unwrap_or_default()
        );
    }

    /// Ends it at once, as a power cut at the server would.
    pub fn breaks(&self) {
        let _ = self.runs("pg_ctl").args(["-m", "immediate", "stop"]).status();
    }

    /// Its address, by that name of this machine.
    #[must_use]
    pub fn address(&self, host: &str) -> String {
        format!("postgres://atelier@{host}:{}/postgres", self.port)
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        self.breaks();
    }
}

fn is_root() -> bool {
    let told = Command::new("id").arg("-u").output();
    told.is_ok_and(|told| told.stdout.starts_with(b"0\n"))
}

/// The server, as one that may make databases reaches it.
///
/// # Panics
/// Where there is none: a test that needs one is red, and not left out.
#[must_use]
pub fn server() -> String {
    std::env::var("ATELIER_TEST_SERVER").expect(
        "these tests need a PostgreSQL server of their own: ./task test starts one, ./task server runs any command with one",
    )
}

/// The address of a database on it.
fn address(name: &str) -> String {
    server().replace("/postgres", &format!("/{name}"))
}

/// Said on a thread of its own: who drives a window may not wait.
fn told(statement: String) {
    let said = std::thread::spawn(move || {
        let mut client = Client::connect(&server(), NoTls).expect("the tests' server");
        client
            .batch_execute(&statement)
            .unwrap_or_else(|why| panic!("{statement}: {why}"));
    });
    said.join().expect("the tests' server");
}

impl Database {
    /// One that was just made, empty.
    #[must_use]
    pub fn empty() -> Self {
        Self::like("template1")
    }

    /// One with a store in it in which nothing was done yet.
    #[must_use]
    pub fn with_store() -> Self {
        static FRESH: OnceLock<String> = OnceLock::new();
        let fresh = FRESH.get_or_init(|| {
            let made = Self::empty();
            drop(Store::on_server(&made.address()).expect("a store on the server"));
            let name = made.0.clone();
            // It is copied for as long as the tests run, and goes with the server.
            std::mem::forget(made);
            name
        });
        Self::like(fresh)
    }

    fn like(other: &str) -> Self {
        static MADE: AtomicU32 = AtomicU32::new(0);
        let name = format!("t{}_{}", std::process::id(), MADE.fetch_add(1, Ordering::Relaxed));
        told(format!("CREATE DATABASE {name} TEMPLATE {other}"));
        Self(name)
    }

    /// Another that holds the same; nobody may be in this one.
    #[must_use]
    pub fn copied(&self) -> Self {
        Self::like(&self.0)
    }

    /// Where it is.
    #[must_use]
    pub fn address(&self) -> String {
        address(&self.0)
    }

    /// Its store, opened.
    #[must_use]
    pub fn store(&self) -> Store {
        Store::on_server(&self.address()).expect("a store on the server")
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        told(format!("DROP DATABASE IF EXISTS {} WITH (FORCE)", self.0));
    }
}

/// Whether the stories and laws are told on the server: the same ones as in a file.
#[must_use]
pub fn is_asked_for() -> bool {
    std::env::var("ATELIER_ENGINE").is_ok_and(|engine| engine == "server")
}
