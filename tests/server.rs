//! Databases of the tests' own on a PostgreSQL server that `./task` starts on loopback and takes away again.

use atelier_core::store::Store;
use postgres::{Client, NoTls};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};

/// A database that is gone when it is dropped.
pub struct Database(String);

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
