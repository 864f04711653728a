//! A house with several workstations, on a PostgreSQL server of the tests' own: what is done together, what happens when the line
//! breaks, and how a house moves there and back.

use atelier_core::counter::{Action, Answer, Context, Counter, Question};
use atelier_core::refusal::Refusal;
use atelier_core::store::{Ending, Store, Trouble};
use atelier_core::words::Language;
use atelier_tests::server::{Database, server};
use atelier_tests::{Shop, card, gold_ring, intake};
use chrono::DateTime;
use postgres::{Client, NoTls};
use std::collections::BTreeSet;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

/// What an action of a workstation is done with: no other has its seed.
fn context(who: &str) -> Context {
    static COUNT: AtomicU64 = AtomicU64::new(1);
    let mut seed = [7; 16];
    seed[8..].copy_from_slice(&COUNT.fetch_add(1, Ordering::Relaxed).to_be_bytes());
    Context {
        who: who.to_owned(),
        instant: DateTime::parse_from_rfc3339("2026-12-02T10:00:00+01:00").expect("an instant"),
        seed,
        salt: seed,
        language: Language::En,
        sure: true,
    }
}

fn taken_in(envelope: &str) -> Action {
    let mut ring = gold_ring();
    envelope.clone_into(&mut ring.envelope);
    Action::TakeIn {
        form: intake(vec![ring]),
        draft: String::new(),
    }
}

fn problems(store: &mut Store) -> Vec<String> {
    store.check().expect("a check").problems
}

fn told(address: &str, statement: &str) {
    let mut client = Client::connect(address, NoTls).expect("the database");
    client
        .batch_execute(statement)
        .unwrap_or_else(|why| panic!("{statement}: {why}"));
}

#[test]
fn eight_workstations_issue_at_once_and_every_number_is_there_once() {
    let shop = Shop::on_server("laurence-vandenborre");
    let (who, address) = (shop.who(), shop.database().address());
    std::thread::scope(|scope| {
        for station in 0..8 {
            let (who, address) = (who.as_str(), address.as_str());
            scope.spawn(move || {
                let mut counter = Counter::over(Store::on_server(address).expect("a session"));
                for round in 0..5 {
                    let action = taken_in(&format!("E-{station}{round:03}"));
                    // Who waits for another's writing for too long is told, and tries again.
                    loop {
                        match counter.act(&action, &context(who)) {
                            Ok(_) => break,
                            Err(Trouble::Busy) => {}
                            Err(why) => panic!("{why}"),
                        }
                    }
                }
            });
        }
    });
    let mut store = shop.database().store();
    let numbers: BTreeSet<String> = store
        .read(|tx| {
            let rows = tx.rows("SELECT number FROM project", &[])?;
            rows.into_iter().map(|mut row| row.text()).collect()
        })
        .expect("the projects");
    let wanted: BTreeSet<String> = (1..=40).map(|number| format!("P2026-{number:04}")).collect();
    assert_eq!(numbers, wanted);
    assert_eq!(problems(&mut store), Vec::<String>::new());
    assert_eq!(store.entries().expect("the journal"), 41);
}

#[test]
fn who_types_over_a_colleague_is_told_and_sees_what_they_did() {
    let mut shop = Shop::on_server("laurence-vandenborre");
    let client = shop
        .does(&Action::AddClient { card: card("Anna") })
        .client
        .expect("a client");
    let mut other = Counter::over(shop.database().store());
    let who = shop.who();
    let edit = |name: &str| Action::EditClient {
        id: client.clone(),
        version: 1,
        card: card(name),
    };
    other.act(&edit("Anna Maria"), &context(&who)).expect("the colleague's");
    assert_eq!(shop.is_refused(&edit("Anne")), Refusal::ChangedByAColleague);
    match shop.asks(&Question::Client { id: client.clone() }) {
        Answer::Client(seen) => assert_eq!(seen.card.name, "Anna Maria"),
        other => panic!("{other:?}"),
    }
}

#[test]
fn what_is_changed_past_the_program_is_found_on_a_server_too() {
    let mut shop = Shop::on_server("laurence-vandenborre");
    let project = shop.order();
    shop.pays(&project, "1649,89");
    assert_eq!(problems(shop.counter.store()), Vec::<String>::new());
    let address = shop.database().address();
    for (change, back) in [
        (
            "UPDATE client SET name = 'Bea'",
            "UPDATE client SET name = 'Anna Łukaszewska'",
        ),
        (
            "DELETE FROM journal_personal WHERE hash = (SELECT MIN(hash) FROM journal_personal)",
            "",
        ),
        ("UPDATE series SET last = last + 1", "UPDATE series SET last = last - 1"),
    ] {
        told(&address, change);
        assert!(!problems(shop.counter.store()).is_empty(), "{change} was not found");
        if back.is_empty() {
            break;
        }
        told(&address, back);
    }
    // What is frozen is refused by the server itself.
    for frozen in ["DELETE FROM ledger", "TRUNCATE journal", "UPDATE quote SET total = 1"] {
        let mut client = Client::connect(&address, NoTls).expect("the database");
        assert!(client.batch_execute(frozen).is_err(), "{frozen} went through");
    }
}

/// How often each of the workstations acts while lines are cut: more in a long run.
fn rounds() -> u32 {
    std::env::var("ATELIER_SOAK")
        .ok()
        .and_then(|rounds| rounds.parse().ok())
        .unwrap_or(40)
}

/// Sessions are cut again and again while eight workstations work: what was confirmed is there, what was not is not, nothing is there
/// twice.
#[test]
fn a_line_that_breaks_loses_nothing_and_does_nothing_twice() {
    let shop = Shop::on_server("laurence-vandenborre");
    let (who, address) = (shop.who(), shop.database().address());
    let over = AtomicBool::new(false);
    let cut = AtomicU64::new(0);
    let done: Vec<String> = std::thread::scope(|scope| {
        let killer = scope.spawn(|| {
            let mut client = Client::connect(&server(), NoTls).expect("the server");
            let name = address.rsplit('/').next().expect("a database").to_owned();
            while !over.load(Ordering::Relaxed) {
                let killed = client
                    .execute(
                        "SELECT pg_terminate_backend(pid) FROM (SELECT pid FROM pg_stat_activity WHERE datname = $1 \
                         ORDER BY random() LIMIT 1) AS one",
                        &[&name],
                    )
                    .expect("cut");
                cut.fetch_add(killed, Ordering::Relaxed);
                std::thread::sleep(std::time::Duration::from_millis(50));
            }
        });
        let workers: Vec<_> = (0..8)
            .map(|station| {
                let (who, address) = (who.as_str(), address.as_str());
                scope.spawn(move || {
                    let opened = || loop {
                        if let Ok(store) = Store::on_server(address) {
                            return Counter::over(store);
                        }
                    };
                    let (mut counter, mut done) = (opened(), Vec::new());
                    for round in 0..rounds() {
                        let name = format!("Client {station} {round}");
                        let action = Action::AddClient { card: card(&name) };
                        // Pressed again until it is confirmed, as somebody at the counter would.
                        for _ in 0..60 {
                            match counter.act(&action, &context(who)) {
                                Ok(_) => {
                                    done.push(name);
                                    break;
                                }
                                Err(Trouble::Busy | Trouble::Refused(_)) => {}
                                Err(why) => panic!("{why}"),
                            }
                        }
                    }
                    done
                })
            })
            .collect();
        let joined: Vec<_> = workers.into_iter().map(std::thread::ScopedJoinHandle::join).collect();
        over.store(true, Ordering::Relaxed);
        let done = joined
            .into_iter()
            .flat_map(|done| done.expect("a workstation"))
            .collect();
        killer.join().expect("the killer");
        done
    });
    assert!(cut.load(Ordering::Relaxed) > 4, "hardly a line was cut");
    let mut store = shop.database().store();
    let mut names: Vec<String> = store
        .read(|tx| {
            let rows = tx.rows("SELECT name FROM client ORDER BY name", &[])?;
            rows.into_iter().map(|mut row| row.text()).collect()
        })
        .expect("the clients");
    let mut done = done;
    done.sort();
    names.sort();
    assert_eq!(names, done, "what was confirmed is not what is there");
    assert_eq!(problems(&mut store), Vec::<String>::new());
}

#[test]
fn a_house_moves_to_a_server_and_back_with_everything_it_has() {
    let folder = tempfile::tempdir().expect("a folder");
    let (file, back) = (folder.path().join("atelier.db"), folder.path().join("back.db"));
    let mut shop = Shop::in_file("laurence-vandenborre", &file).on("2026-12-02");
    let project = shop.order();
    shop.pays(&project, "1649,89");
    shop.approves_design(&project);
    let now = context(&shop.who());
    shop.counter.save_draft("quote-x", "{}", &now).expect("a draft");
    let before = shop.everything();
    drop(shop);
    let database = Database::with_store();
    let mut tables = BTreeSet::new();
    {
        let (mut old, mut new) = (Store::open(&file).expect("the file"), database.store());
        // Stopped half way, nothing has moved.
        let stopped = old.move_into(&mut new, &mut |table, _| table < "journal");
        assert!(
            matches!(stopped, Err(Trouble::Refused(Refusal::Stopped))),
            "{stopped:?}"
        );
        assert_eq!(new.entries().expect("the journal"), 0);
        old.move_into(&mut new, &mut |table, _| {
            tables.insert(table.to_owned());
            true
        })
        .expect("moved");
        assert_eq!(new.dump(&[]).expect("a dump"), before);
    }
    assert!(tables.contains("ledger") && tables.len() > 20, "{tables:?}");
    assert!(matches!(Store::open(&file), Err(Trouble::Refused(Refusal::Moved))));
    // There it is worked on, and found.
    let mut counter = Counter::over(database.store());
    counter
        .act(&Action::AddClient { card: card("Cleo") }, &now)
        .expect("work goes on");
    let found = counter.ask(
        &Question::Search {
            text: "lukaszewska".into(),
        },
        &now,
    );
    match found.expect("a search") {
        Answer::Found(found) => assert_eq!(found.clients.len(), 1),
        other => panic!("{other:?}"),
    }
    // Nobody moves into a house that is lived in, and who still has the one it left open writes nothing there.
    let mut left = database.store();
    let mut other = Store::in_memory().expect("a store");
    counter.store().copy_into(&mut other, &mut |_, _| true).expect("copied");
    assert!(matches!(
        counter.store().copy_into(&mut other, &mut |_, _| true),
        Err(Trouble::Refused(Refusal::NotEmpty))
    ));
    let there = counter.store().dump(&[]).expect("a dump");
    let mut home = Store::open(&back).expect("a new file");
    counter
        .store()
        .move_into(&mut home, &mut |_, _| true)
        .expect("moved back");
    drop(home);
    let late = left.write(Ending::Commit, |_| Ok(()));
    assert!(matches!(late, Err(Trouble::Refused(Refusal::Moved))), "{late:?}");
    assert!(matches!(
        Store::on_server(&database.address()),
        Err(Trouble::Refused(Refusal::Moved))
    ));
    let mut home = Store::open(&back).expect("the file");
    assert_eq!(home.dump(&[]).expect("a dump"), there);
    assert_eq!(problems(&mut home), Vec::<String>::new());
}

#[test]
fn a_backup_of_a_server_is_a_file_that_either_engine_takes_back() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("backup.db");
    let mut shop = Shop::on_server("laurence-vandenborre");
    let project = shop.order();
    shop.pays(&project, "1649,89");
    let before = shop.everything();
    let made = shop
        .counter
        .store()
        .back_up(&file, None, "2026-12-02T10:00:00+01:00")
        .expect("a backup");
    assert!(made.parts.iter().any(|part| part.name == "journal" && part.rows > 5));
    assert_eq!(
        Store::preview(&file, None).expect("a preview").problems,
        Vec::<String>::new()
    );
    let home = folder.path().join("atelier.db");
    Store::restore(&home, &file, None, None, "1").expect("restored");
    assert_eq!(
        Store::open(&home).expect("the store").dump(&[]).expect("a dump"),
        before
    );
    let other = Database::with_store();
    let mut backup = Store::open_to_read(&file, None).expect("the backup");
    backup
        .copy_into(&mut other.store(), &mut |_, _| true)
        .expect("restored");
    assert_eq!(other.store().dump(&[]).expect("a dump"), before);
}

#[test]
fn a_server_that_cannot_be_used_says_why() {
    let database = Database::empty();
    let refused = |address: &str| match Store::on_server(address) {
        Err(Trouble::Refused(why)) => why,
        Err(why) => panic!("{why}"),
        Ok(_) => panic!("{address} was opened"),
    };
    assert_eq!(
        refused("postgres://127.0.0.1:1/x?connect_timeout=1"),
        Refusal::ServerUnreachable
    );
    assert_eq!(refused("no address at all"), Refusal::ServerAddress);
    assert_eq!(
        refused(&format!("{}nowhere", database.address())),
        Refusal::ServerNoDatabase
    );
    assert_eq!(refused(&server().replace("atelier@", "nobody@")), Refusal::ServerLogin);
    let (address, password) =
        atelier_core::store::server::without_password("postgres://anna:s%C3%A9cret@shop.example:5433/atelier")
            .expect("an address");
    assert_eq!(address, "postgres://anna@shop.example:5433/atelier");
    assert_eq!(password.as_deref(), Some("sécret"));
    // Elsewhere nothing is said in the clear: a server without TLS is none.
    let mut older = database.store();
    told(
        &database.address(),
        "INSERT INTO refinery_schema_history (version, name, applied_on, checksum) VALUES (99, 'later', '2026-12-02T10:00:00Z', '1')",
    );
    assert!(matches!(
        Store::on_server(&database.address()),
        Err(Trouble::Newer { found: 99, .. })
    ));
    // Nor does a program that came before go on writing.
    let went_on = older.write(Ending::Commit, |_| Ok(()));
    assert!(matches!(went_on, Err(Trouble::Newer { found: 99, .. })), "{went_on:?}");
}

#[test]
fn a_reader_waits_for_nobody_and_a_writer_is_told_that_another_writes() {
    let shop = Shop::on_server("laurence-vandenborre");
    let (mut writer, mut reader) = (shop.database().store(), shop.database().store());
    writer
        .write(Ending::RollBack, |_| {
            assert_eq!(reader.entries().expect("read meanwhile"), 1);
            let busy = reader.write(Ending::Commit, |_| Ok(()));
            assert!(matches!(busy, Err(Trouble::Busy)), "{busy:?}");
            Ok(())
        })
        .expect("the writer's own");
    reader.write(Ending::Commit, |_| Ok(())).expect("after it");
}

/// The script that whoever administers the server runs: a workstation reads and writes, and can change no rule.
#[test]
fn a_workstation_may_do_what_the_program_needs_and_no_more() {
    let database = Database::empty();
    let script = include_str!("../src-tauri/core/src/store/server/roles.sql");
    let name = |role: &str| format!("{role}_{}", database.address().rsplit('/').next().expect("a name"));
    let (owner, work) = (name("owner"), name("work"));
    let script = script
        .replace(":owner", "'secret'")
        .replace(":work", "'secret'")
        .replace("atelier_owner", &owner)
        .replace(" atelier ", &format!(" {work} "))
        .replace("TO atelier;", &format!("TO {work};"))
        .replace(", atelier'", &format!(", {work}'"));
    told(&database.address(), &script);
    let of = |role: &str| database.address().replace("atelier@", &format!("{role}@"));
    // Nobody has brought it up yet, and a workstation cannot.
    assert!(Store::on_server(&of(&work)).is_err());
    drop(Store::on_server(&of(&owner)).expect("brought up by its owner"));
    let mut counter = Counter::over(Store::on_server(&of(&work)).expect("a workstation"));
    let set_up = Action::SetUpHouse {
        example: false,
        profile: "uniglo".into(),
        identity: atelier_core::house::Profile::named("uniglo")
            .expect("a house")
            .identity
            .clone(),
        language: Language::En,
        staff: "Laurence".into(),
    };
    let who = counter
        .act(&set_up, &context(""))
        .expect("set up")
        .staff
        .expect("somebody");
    counter
        .act(&Action::AddClient { card: card("Anna") }, &context(&who))
        .expect("a client");
    assert_eq!(problems(counter.store()), Vec::<String>::new());
    let mut client = Client::connect(&of(&work), NoTls).expect("the database");
    for forbidden in [
        "ALTER TABLE ledger DISABLE TRIGGER ALL",
        "DROP TRIGGER ledger_keeps ON ledger",
        "CREATE TABLE mine (id TEXT)",
        "TRUNCATE draft",
        "CREATE ROLE another",
    ] {
        assert!(client.batch_execute(forbidden).is_err(), "{forbidden} went through");
    }
    // The two go with the tests' server.
}

/// The columns of every table, in their order: seals are of rows from left to right.
#[test]
fn both_engines_have_the_same_tables_and_columns() {
    let columns = |store: &mut Store, sql: &str| -> Vec<(String, String)> {
        let read = store.read(|tx| {
            let rows = tx.rows(sql, &[])?;
            rows.into_iter().map(|mut row| Ok((row.text()?, row.text()?))).collect()
        });
        read.expect("the columns")
    };
    let in_file = columns(
        &mut Store::in_memory().expect("a store"),
        "SELECT m.name, c.name FROM sqlite_master m JOIN pragma_table_info(m.name) c WHERE m.type = 'table' \
         AND m.name NOT LIKE 'sqlite%' AND m.name NOT LIKE 'found%' AND m.name NOT LIKE 'refinery%' ORDER BY m.name, c.cid",
    );
    let database = Database::with_store();
    let mut server = database.store();
    let on_server = columns(
        &mut server,
        "SELECT table_name::TEXT, column_name::TEXT FROM information_schema.columns WHERE table_schema = 'public' AND is_generated = 'NEVER' \
         AND table_name NOT LIKE 'found%' AND table_name NOT LIKE 'refinery%' ORDER BY table_name::TEXT COLLATE \"C\", ordinal_position",
    );
    assert_eq!(in_file, on_server);
    assert!(in_file.len() > 200, "{}", in_file.len());
    // And texts are ordered by their bytes, whatever the database was made for.
    let others = columns(
        &mut server,
        "SELECT attrelid::regclass::TEXT, attname::TEXT FROM pg_attribute JOIN pg_class c ON c.oid = attrelid \
         WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace AND atttypid = 'text'::regtype AND attcollation <> '\"C\"'::regcollation",
    );
    assert_eq!(others, Vec::new());
}

/// The window asks on threads that others wait on too: sessions come, break and go there as well.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn sessions_come_break_and_go_on_threads_that_may_not_wait() {
    let work = || {
        let database = Database::with_store();
        let mut store = database.store();
        assert_eq!(store.entries().expect("the journal"), 0);
        let name = database.address().rsplit('/').next().expect("a database").to_owned();
        let kill = format!("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'");
        std::thread::spawn(move || told(&server(), &kill)).join().expect("cut");
        // It goes on over another line, with nothing of the old one.
        assert_eq!(store.entries().expect("the journal"), 0);
        store.write(Ending::Commit, |_| Ok(())).expect("written");
    };
    tokio::spawn(async move { work() }).await.expect("no panic");
}
