//! A house with several workstations, on a PostgreSQL server of the tests' own: what is done together, what happens when the line
//! breaks, and how a house moves there and back.

use atelier_core::client::Card;
use atelier_core::counter::{Action, Answer, Context, Counter, Question};
use atelier_core::refusal::Refusal;
use atelier_core::store::key::Key;
use atelier_core::store::series::Shares;
use atelier_core::store::server::Way;
use atelier_core::store::together::{Listener, There};
use atelier_core::store::{Ending, Store, Trouble};
use atelier_core::words::Language;
use atelier_tests::server::{Cluster, Database, server};
use atelier_tests::{Shop, card, gold_ring, intake};
use chrono::{DateTime, NaiveDate};
use postgres::{Client, NoTls};
use std::collections::BTreeSet;
use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Duration;

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
    assert_eq!(
        shop.is_refused(&edit("Anne")),
        Refusal::ChangedByAColleague {
            by: "Laurence".into(),
            at: "02/12/2026 10:00".into(),
        }
    );
    match shop.asks(&Question::Client { id: client.clone() }) {
        Answer::Client(seen) => assert_eq!(seen.card.name, "Anna Maria"),
        other => panic!("{other:?}"),
    }
}

/// Changes a store past the program and its rules, as whoever administers the server can.
fn tampered(address: &str, change: &str) {
    let mut client = Client::connect(address, NoTls).expect("the database");
    client
        .batch_execute("SET session_replication_role = replica")
        .expect("whoever administers the server");
    let changed = client
        .execute(change, &[])
        .unwrap_or_else(|why| panic!("{change}: {why}"));
    assert!(changed > 0, "{change} changes nothing");
}

/// Whatever was changed past the program is found: rows changed, added and taken away, in every table there is a seal of.
#[test]
fn what_is_changed_past_the_program_is_found_on_a_server_too() {
    let mut shop = Shop::on_server("laurence-vandenborre");
    let project = shop.order();
    shop.pays(&project, "1649,89");
    shop.approves_design(&project);
    let sold = shop.sells_by_mail(atelier_core::terms::ProjectKind::Stock, "1210", "2026-12-04");
    let case = shop.opens_case(&sold, "withdrawal", &[]);
    shop.sees_to(&case, atelier_tests::notice("I withdraw."));
    shop.does(&Action::CloseDays {
        first: "2026-12-24".into(),
        last: "2026-12-31".into(),
        reason: "holidays".into(),
    });
    assert_eq!(problems(shop.counter.store()), Vec::<String>::new());
    // What is frozen is refused by the server itself.
    for frozen in ["DELETE FROM ledger", "TRUNCATE journal", "UPDATE quote SET total = 1"] {
        let mut client = Client::connect(&shop.database().address(), NoTls).expect("the database");
        assert!(client.batch_execute(frozen).is_err(), "{frozen} went through");
    }
    let sound = shop.into_database();
    let mut changes: Vec<String> = [
        "UPDATE journal SET action = replace(action, '1210', '1')",
        "UPDATE journal SET who = 'x' WHERE seq = 3",
        "DELETE FROM journal WHERE seq = 4",
        "DELETE FROM journal WHERE seq = (SELECT MAX(seq) FROM journal)",
        "UPDATE journal_personal SET body = replace(body, 'Anna', 'Bea')",
        "UPDATE ledger SET amount = amount + 100",
        "UPDATE happening SET day = '2026-01-01'",
        "UPDATE quote SET total = total - 1",
        "UPDATE terms SET body = replace(body, '50', '10')",
        "UPDATE closing SET last = '2027-12-31'",
        "UPDATE series SET last = last + 1",
        "UPDATE staff SET role = 'counter'",
        "UPDATE staff SET pin = 'x'",
        "UPDATE client SET name = 'Bea'",
        "UPDATE paper SET bytes = '\\x78' WHERE number LIKE 'R%'",
        "UPDATE piece SET declared_value = 1",
        "UPDATE seal SET rows = rows + 1 WHERE of_table = 'client'",
        "UPDATE house SET identity = replace(identity, 'BE66', 'BE99')",
    ]
    .map(str::to_owned)
    .into();
    let tables: Vec<String> = sound
        .store()
        .read(|tx| {
            let rows = tx.rows("SELECT of_table FROM seal WHERE rows > 0", &[])?;
            rows.into_iter().map(|mut row| row.text()).collect()
        })
        .expect("the tables");
    assert!(tables.len() > 15, "{tables:?}");
    changes.extend(
        tables
            .iter()
            .map(|table| format!("DELETE FROM {table} WHERE ctid = (SELECT MAX(ctid) FROM {table})")),
    );
    for change in changes {
        let copy = sound.copied();
        tampered(&copy.address(), &change);
        assert!(!problems(&mut copy.store()).is_empty(), "{change} was not found");
    }
}

#[test]
fn a_server_is_backed_up_while_somebody_types_and_after_an_erasure() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut shop = Shop::on_server("laurence-vandenborre");
    let photo = shop
        .does(&Action::KeepPhoto {
            name: "ring.png".into(),
            bytes: atelier_tests::sketch(),
        })
        .photo
        .expect("a photo");
    let mut ring = gold_ring();
    ring.photos = vec![photo];
    let project = shop.takes_in(ring);
    let page = shop.project(&project);
    shop.does(&Action::Decide {
        piece: page.pieces[0].id.clone(),
        accepted: false,
        reason: "too thin".into(),
    });
    for component in ["Diamond", "Shank"] {
        shop.settles(&project, component, "returned");
    }
    shop.does(&Action::EraseClient {
        client: page.client.id.clone(),
    });
    assert_eq!(problems(shop.counter.store()), Vec::<String>::new());
    let before = shop.everything();
    let (mut copier, context) = (shop.database().store(), shop.context());
    let over = AtomicBool::new(false);
    let last = std::thread::scope(|scope| {
        let typing = scope.spawn(|| {
            let mut typed = 0;
            while !over.load(Ordering::Relaxed) {
                shop.counter
                    .save_draft("steps-1", &context.who, &format!("{{\"typed\":{typed}}}"), &context)
                    .expect("a draft");
                typed += 1;
            }
            typed
        });
        let mut last = std::path::PathBuf::new();
        for round in 0..3 {
            last = folder.path().join(format!("{round}.db"));
            copier.back_up(&last, None, "").expect("a backup");
        }
        over.store(true, Ordering::Relaxed);
        assert!(typing.join().expect("typing") > 0);
        last
    });
    let home = folder.path().join("atelier.db");
    Store::restore(&home, &last, None, None, "1").expect("restored");
    let restored = Store::open(&home).expect("the store").dump(&["draft"]).expect("a dump");
    let drafts =
        |lines: Vec<String>| -> Vec<String> { lines.into_iter().filter(|line| !line.starts_with("draft: ")).collect() };
    assert_eq!(restored, drafts(before));
}

/// How often each of the workstations acts while lines and the server itself are cut: more in a long run.
fn rounds() -> u32 {
    std::env::var("ATELIER_SOAK")
        .ok()
        .and_then(|rounds| rounds.parse().ok())
        .unwrap_or(40)
}

/// A house on a server of its own: its address, and who works there.
fn house_on(cluster: &Cluster) -> (String, String) {
    let address = cluster.address("127.0.0.1");
    let mut counter = Counter::over(Store::on_server(&address).expect("a store"));
    let set_up = Action::SetUpHouse {
        example: false,
        profile: "laurence-vandenborre".into(),
        identity: atelier_core::house::Profile::named("laurence-vandenborre")
            .expect("a house")
            .identity
            .clone(),
        language: Language::En,
        staff: "Laurence".into(),
    };
    let done = counter.act(&set_up, &context("")).expect("set up");
    (address, done.staff.expect("somebody"))
}

/// Cuts sessions again and again, and now and then the server itself, until it is over; says how often.
fn cuts(cluster: &Cluster, over: &AtomicBool) -> (u64, u64) {
    let (mut sessions, mut servers, mut round) = (0, 0, 0_u32);
    let mut client = None;
    while !over.load(Ordering::Relaxed) {
        round += 1;
        if round.is_multiple_of(60) {
            cluster.breaks();
            cluster.starts();
            servers += 1;
        }
        let line = match &mut client {
            Some(line) => line,
            none => none.insert(Client::connect(&cluster.address("127.0.0.1"), NoTls).expect("the server")),
        };
        let killed = line.execute(
            "SELECT pg_terminate_backend(pid) FROM (SELECT pid FROM pg_stat_activity \
             WHERE pid <> pg_backend_pid() AND backend_type = 'client backend' ORDER BY random() LIMIT 1) AS one",
            &[],
        );
        match killed {
            Ok(killed) => sessions += killed,
            Err(_) => client = None,
        }
        std::thread::sleep(Duration::from_millis(50));
    }
    (sessions, servers)
}

/// Sessions are cut again and again, programs are killed and the server breaks down while eight workstations work: what was confirmed is
/// there, what was not is there once or not at all, no number is missing.
#[test]
fn a_line_program_or_server_that_breaks_loses_nothing_and_does_nothing_twice() {
    if let Ok(address) = std::env::var("ATELIER_SOAK_ADDRESS") {
        works(&address);
        return;
    }
    let cluster = Cluster::made();
    cluster.starts();
    let (address, who) = house_on(&cluster);
    let over = AtomicBool::new(false);
    let begun = std::time::Instant::now();
    let (stations, (sessions, servers)) = std::thread::scope(|scope| {
        let killer = scope.spawn(|| cuts(&cluster, &over));
        let stations: Vec<_> = (0..8)
            .map(|station| {
                let (who, address) = (who.as_str(), address.as_str());
                scope.spawn(move || Station::works(station, address, who))
            })
            .collect();
        let stations: Vec<_> = stations.into_iter().map(std::thread::ScopedJoinHandle::join).collect();
        over.store(true, Ordering::Relaxed);
        let stations: Vec<Station> = stations.into_iter().map(|done| done.expect("a workstation")).collect();
        (stations, killer.join().expect("the killer"))
    });
    let confirmed: BTreeSet<&String> = stations.iter().flat_map(|station| &station.confirmed).collect();
    let unknown: BTreeSet<&String> = stations.iter().flat_map(|station| &station.unknown).collect();
    let killed: u32 = stations.iter().map(|station| station.killed).sum();
    println!(
        "{} actions confirmed, {} left open by a kill, in {} s; {sessions} sessions, {killed} programs and {servers} servers were cut",
        confirmed.len(),
        unknown.len(),
        begun.elapsed().as_secs()
    );
    assert!(sessions > 4 && servers > 0 && killed > 0, "hardly anything was cut");
    let mut store = Store::on_server(&address).expect("the store");
    let mut texts = |sql: &str| -> Vec<String> {
        let read = store.read(|tx| tx.rows(sql, &[])?.into_iter().map(|mut row| row.text()).collect());
        read.expect("the rows")
    };
    let mut there = texts("SELECT name FROM client WHERE name LIKE 'Client %'");
    there.extend(texts("SELECT envelope FROM piece"));
    let once: BTreeSet<&String> = there.iter().collect();
    assert_eq!(once.len(), there.len(), "something was done twice");
    let lost: Vec<_> = confirmed.difference(&once).collect();
    assert!(lost.is_empty(), "confirmed, and not there: {lost:?}");
    let strange: Vec<_> = once
        .difference(&confirmed)
        .filter(|name| !unknown.contains(**name))
        .collect();
    assert!(strange.is_empty(), "there, and refused: {strange:?}");
    let numbers = texts("SELECT number FROM project ORDER BY number");
    let wanted: Vec<String> = (1..=numbers.len()).map(|number| format!("P2026-{number:04}")).collect();
    assert_eq!(numbers, wanted, "a number is missing, or there twice");
    assert_eq!(problems(&mut store), Vec::<String>::new());
}

/// A workstation: a program of its own, which is killed now and then and started again.
#[derive(Default)]
struct Station {
    /// What it was told is done.
    confirmed: Vec<String>,
    /// What it was at when it was killed.
    unknown: Vec<String>,
    killed: u32,
}

impl Station {
    fn works(station: u32, address: &str, who: &str) -> Self {
        let mut this = Self::default();
        let mut next = 0;
        // Each at another moment, and again after so many actions.
        let patience = 12 + station * 7;
        while next < rounds() {
            let mut program = std::process::Command::new(std::env::current_exe().expect("this program"))
                .args([
                    "--exact",
                    "a_line_program_or_server_that_breaks_loses_nothing_and_does_nothing_twice",
                    "--nocapture",
                ])
                .env("ATELIER_SOAK_ADDRESS", address)
                .env("ATELIER_SOAK_WHO", who)
                .env("ATELIER_SOAK_STATION", station.to_string())
                .env("ATELIER_SOAK_FROM", next.to_string())
                .stdout(std::process::Stdio::piped())
                .stderr(std::process::Stdio::null())
                .spawn()
                .expect("a program");
            let lines = std::io::BufReader::new(program.stdout.take().expect("what it says"));
            let mut since = 0;
            for line in std::io::BufRead::lines(lines) {
                let Ok(line) = line else { break };
                let Some(name) = line.strip_prefix("confirmed ") else {
                    continue;
                };
                this.confirmed.push(name.to_owned());
                next += 1;
                since += 1;
                if since == patience * 20 || rounds() < 100 && since == patience {
                    program.kill().expect("killed");
                    this.killed += 1;
                }
            }
            let ended = program.wait().expect("an end");
            if !ended.success() {
                assert!(
                    std::os::unix::process::ExitStatusExt::signal(&ended) == Some(9),
                    "a program failed by itself"
                );
                // What it was at is not known, and not tried again.
                if next < rounds() {
                    this.unknown.push(named(station, next));
                    next += 1;
                }
            }
        }
        this
    }
}

/// What an action of a workstation is known by: the envelope of a piece, or a client's name.
fn named(station: u32, round: u32) -> String {
    if round.is_multiple_of(10) {
        format!("E-{station}{round:05}")
    } else {
        format!("Client {station} {round}")
    }
}

/// What the program of a workstation does: each action is pressed again until it is confirmed, as somebody at the counter would.
fn works(address: &str) {
    let told = |name: &str| std::env::var(format!("ATELIER_SOAK_{name}")).expect("what the workstation is told");
    let (who, station) = (told("WHO"), told("STATION").parse().expect("a number"));
    let from: u32 = told("FROM").parse().expect("a number");
    let mut counter = loop {
        if let Ok(store) = Store::on_server(address) {
            break Counter::over(store);
        }
        std::thread::sleep(Duration::from_millis(20));
    };
    for round in from..rounds() {
        let name = named(station, round);
        let action = if round.is_multiple_of(10) {
            taken_in(&name)
        } else {
            Action::AddClient { card: card(&name) }
        };
        // No other program's actions have the same seeds.
        let mut context = context(&who);
        context.seed[..8].copy_from_slice(&(u64::from(station) << 32 | u64::from(round)).to_be_bytes());
        context.salt = context.seed;
        let mut tries = 0_u64;
        loop {
            context.seed[8..].copy_from_slice(&tries.to_be_bytes());
            match counter.act(&action, &context) {
                Ok(_) => break,
                Err(Trouble::Busy | Trouble::Refused(_)) => std::thread::sleep(Duration::from_millis(5)),
                Err(why) => panic!("{why}"),
            }
            tries += 1;
        }
        println!("confirmed {name}");
    }
}

/// The disk of the server fills up: what cannot be written is said, nothing of it is there, and work goes on once there is room.
#[test]
fn a_full_disk_of_the_server_is_said_and_nothing_is_half_there() {
    let made = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("full-{}.so", std::process::id()));
    let compiled = std::process::Command::new("cc")
        .args(["-shared", "-fPIC", "-O1", "-o"])
        .arg(&made)
        .arg(concat!(env!("CARGO_MANIFEST_DIR"), "/power/full.c"))
        .arg("-ldl")
        .status();
    assert!(compiled.expect("a C compiler").success(), "the shim does not compile");
    let cluster = Cluster::made();
    // Whoever the server runs as may read it there.
    let (shim, full) = (cluster.folder().join("full.so"), cluster.folder().join("full"));
    std::fs::copy(&made, &shim).expect("the shim");
    cluster.gives(&shim);
    let cluster = cluster
        .in_environment("LD_PRELOAD", shim)
        .in_environment("FULL", full.clone());
    cluster.starts();
    let (address, who) = house_on(&cluster);
    let mut counter = Counter::over(Store::on_server(&address).expect("the store"));
    let before = counter.store().dump(&[]).expect("a dump");
    std::fs::write(&full, "").expect("full");
    // As much as takes the tables beyond what the server has laid out already.
    let mut refused = None;
    let mut kept = 0;
    for number in 0..400 {
        match counter.act(
            &Action::AddClient {
                card: card(&format!("Client {number}")),
            },
            &context(&who),
        ) {
            Ok(_) => kept += 1,
            Err(why) => {
                refused = Some(why);
                break;
            }
        }
    }
    assert!(
        matches!(refused, Some(Trouble::Refused(Refusal::DiskFull))),
        "{kept} were kept, then {refused:?}"
    );
    std::fs::remove_file(&full).expect("room again");
    let after = counter
        .store()
        .dump(&["journal", "journal_personal", "client"])
        .expect("a dump");
    assert!(after.len() <= before.len(), "something was half written");
    counter
        .act(&Action::AddClient { card: card("Cleo") }, &context(&who))
        .expect("work goes on");
    assert_eq!(counter.store().entries().expect("the journal"), kept + 2);
    assert_eq!(problems(counter.store()), Vec::<String>::new());
}

/// A server elsewhere: this machine under another name stands for it, so that nothing is said in the clear.
#[cfg(target_os = "linux")]
#[test]
fn a_server_elsewhere_is_believed_by_the_fingerprint_that_somebody_confirmed() {
    use sha2::Digest as _;
    let elsewhere = "127.0.0.2";
    let signed = rcgen::generate_simple_self_signed(vec!["atelier.example".to_owned()]).expect("a certificate");
    let cluster = Cluster::made();
    let (certificate, key) = (cluster.folder().join("own.crt"), cluster.folder().join("own.key"));
    std::fs::write(&certificate, signed.cert.pem()).expect("a certificate");
    std::fs::write(&key, signed.signing_key.serialize_pem()).expect("a key");
    std::fs::set_permissions(&key, std::os::unix::fs::PermissionsExt::from_mode(0o600)).expect("its own");
    cluster.gives(cluster.folder());
    let plain = Cluster::made().with("listen_addresses=127.0.0.2");
    plain.starts();
    let cluster = cluster
        .with("listen_addresses=127.0.0.1,127.0.0.2")
        .with("ssl=on")
        .with(&format!("ssl_cert_file={}", certificate.display()))
        .with(&format!("ssl_key_file={}", key.display()));
    cluster.starts();
    let refused = |way: &Way| match Store::on_server_by(way) {
        Err(Trouble::Refused(why)) => why,
        Err(why) => panic!("{why}"),
        Ok(_) => panic!("it was believed"),
    };
    assert_eq!(
        refused(&Way::from(plain.address(elsewhere).as_str())),
        Refusal::ServerPlain
    );
    let mut way = Way::from(cluster.address(elsewhere).as_str());
    let fingerprint: Vec<String> = sha2::Sha256::digest(signed.cert.der())
        .iter()
        .map(|byte| format!("{byte:02X}"))
        .collect();
    let fingerprint = fingerprint.join(":");
    let untrusted = Refusal::ServerUntrusted {
        fingerprint: fingerprint.clone(),
    };
    assert_eq!(refused(&way), untrusted);
    // Another's is not this one's.
    way.certificate = Some(fingerprint.replace(':', ""));
    assert_eq!(refused(&way), untrusted);
    way.certificate = Some(fingerprint);
    let mut store = Store::on_server_by(&way).expect("believed");
    let encrypted = store
        .read(|tx| {
            let row = tx.row("SELECT version FROM pg_stat_ssl WHERE pid = pg_backend_pid()", &[])?;
            row.expect("this session").text()
        })
        .expect("a version");
    assert!(encrypted.starts_with("TLSv1."), "{encrypted}");
    drop(Listener::at(&way, "a desk").expect("it listens there too"));
}

#[test]
fn what_one_does_and_where_they_are_the_others_hear() {
    let mut shop = Shop::on_server("laurence-vandenborre");
    let (who, way) = (shop.who(), Way::from(shop.database().address().as_str()));
    let second = Duration::from_secs(1);
    let (mut desk, mut bench) = (
        Listener::at(&way, "desk").expect("it listens"),
        Listener::at(&way, "bench").expect("it listens"),
    );
    assert!(!desk.hears(Duration::from_millis(50)).expect("it listens"));
    let last = desk.last_entry().expect("the journal");
    let project = shop.takes_in(gold_ring());
    assert!(desk.hears(second).expect("heard") && bench.hears(second).expect("heard"));
    assert!(desk.last_entry().expect("the journal") > last);
    bench.says(&who, &project).expect("said");
    assert!(desk.hears(second).expect("heard"));
    let there = |name: &str| There {
        dossier: project.clone(),
        name: name.to_owned(),
    };
    assert_eq!(desk.others().expect("the others"), vec![there("Laurence")]);
    assert_eq!(
        bench.others().expect("the others"),
        Vec::new(),
        "nobody sees themselves"
    );
    // Said again it is nothing new; whoever leaves is gone.
    bench.says(&who, &project).expect("said");
    let _ = desk.hears(Duration::from_millis(1));
    assert!(!desk.hears(Duration::from_millis(100)).expect("nothing"));
    drop(bench);
    assert!(desk.hears(second).expect("heard"));
    assert_eq!(desk.others().expect("the others"), Vec::new());
    // One that broke off is gone after a while.
    told(
        &way.address,
        &format!("INSERT INTO presence VALUES ('bench', '{who}', '{project}', now() - INTERVAL '1 minute')"),
    );
    assert_eq!(desk.others().expect("the others"), Vec::new());
}

#[test]
fn a_form_half_typed_is_its_maker_s_until_it_is_taken_over() {
    let mut shop = Shop::on_server("laurence-vandenborre");
    let anna = context(&shop.who());
    let bea = shop
        .does(&Action::AddStaff { name: "Bea".into() })
        .staff
        .map_or_else(|| panic!("Bea"), |id| context(&id));
    let mut other = Counter::over(shop.database().store());
    shop.counter
        .save_draft("steps-1", &anna.who, "\"Anna's\"", &anna)
        .expect("kept");
    other.save_draft("steps-1", &bea.who, "\"Bea's\"", &bea).expect("kept");
    let drafts = |shop: &mut Shop| match shop.asks(&Question::Start) {
        Answer::Start(start) => {
            let mut all: Vec<_> = start.drafts.into_iter().map(|draft| (draft.by, draft.body)).collect();
            all.sort();
            all
        }
        other => panic!("{other:?}"),
    };
    let of = |name: &str, body: &str| (name.to_owned(), format!("\"{body}\""));
    assert_eq!(drafts(&mut shop), vec![of("Bea", "Bea's"), of("Laurence", "Anna's")]);
    // Bea's is gone, as she was asked; Anna's is hers now, and Anna's no more.
    other.take_over_draft("steps-1", &anna.who, &bea).expect("taken over");
    assert_eq!(drafts(&mut shop), vec![of("Bea", "Anna's")]);
    shop.counter.drop_draft("steps-1", &anna.who).expect("nothing of hers");
    assert_eq!(drafts(&mut shop).len(), 1);
    // What was typed into a form that is done with is gone, whoever typed it.
    other.save_draft("intake-1", &bea.who, "{}", &bea).expect("kept");
    shop.does(&Action::TakeIn {
        form: intake(vec![gold_ring()]),
        draft: "intake-1".into(),
    });
    assert_eq!(drafts(&mut shop).len(), 1);
}

#[test]
fn the_backups_of_a_server_are_encrypted_with_the_house_s_key_on_every_workstation() {
    let folder = tempfile::tempdir().expect("a folder");
    let (home, back) = (folder.path().join("atelier.db"), folder.path().join("coming.db"));
    let key = Key::mixed(&[[1; 16], [2; 16], [3; 16], [4; 16]]);
    {
        let mut shop = Shop::in_file("laurence-vandenborre", &home);
        shop.order();
    }
    Store::rekey(&home, None, Some(&key)).expect("encrypted");
    // A house that is encrypted brings its key.
    let database = Database::with_store();
    let mut here = database.store();
    let mut file = Store::open_with(&home, Some(&key)).expect("the file");
    let before = file.dump(&[]).expect("a dump");
    file.move_into(&mut here, &mut |_| true).expect("moved");
    drop(file);
    let mut elsewhere = database.store();
    assert!(elsewhere.is_encrypted());
    let backup = folder.path().join("backup.db");
    elsewhere
        .back_up(&backup, None, "2026-12-02T10:00:00+01:00")
        .expect("a backup");
    assert!(matches!(
        Store::open_to_read(&backup, None),
        Err(Trouble::Refused(Refusal::KeyNeeded))
    ));
    assert_eq!(
        Store::preview(&backup, Some(&key)).expect("a preview").problems,
        Vec::<String>::new()
    );
    // Another key, or none, at one workstation is so at the others.
    let other = Key::passphrase("a goldsmith's daughter").expect("a passphrase");
    here.encrypt_backups(Some(&other)).expect("another key");
    let backup = folder.path().join("another.db");
    elsewhere
        .back_up(&backup, None, "2026-12-02T10:00:00+01:00")
        .expect("a backup");
    assert_eq!(
        Store::preview(&backup, Some(&other)).expect("a preview").problems,
        Vec::<String>::new()
    );
    here.encrypt_backups(None).expect("no key");
    let backup = folder.path().join("plain.db");
    let made = elsewhere
        .back_up(&backup, None, "2026-12-02T10:00:00+01:00")
        .expect("a backup");
    assert!(!made.encrypted);
    // Another house that is refused there leaves no key behind.
    let (lost, another) = (
        folder.path().join("lost.db"),
        Key::mixed(&[[5; 16], [6; 16], [7; 16], [8; 16]]),
    );
    let mut lost = Store::open_with(&lost, Some(&another)).expect("another house");
    assert!(matches!(
        lost.move_into(&mut here, &mut |_| true),
        Err(Trouble::Refused(Refusal::NotEmpty))
    ));
    assert_eq!(elsewhere.key_for_backups().expect("the key"), None);
    // Back home it is encrypted as the backups were.
    here.encrypt_backups(Some(&key)).expect("the key");
    here.move_into(&mut Store::open_with(&back, Some(&key)).expect("a file"), &mut |_| true)
        .expect("moved back");
    Store::comes_home(&back, &home, "1").expect("in its place");
    let mut home = Store::open_with(&home, Some(&key)).expect("the house");
    assert_eq!(home.dump(&[]).expect("a dump"), before);
    assert!(matches!(
        Store::in_memory().expect("a store").encrypt_backups(None),
        Err(Trouble::Refused(Refusal::NotFound))
    ));
}

/// A clock that is wrong there: what the window compares with its own.
#[test]
fn the_server_s_clock_can_be_told() {
    let database = Database::with_store();
    let mut store = database.store();
    let now = || chrono::Utc::now().timestamp_millis();
    let (before, told_at) = (now(), store.servers_clock().expect("the time").expect("a server's"));
    assert!((before - 5_000..=now() + 5_000).contains(&told_at));
    assert_eq!(
        Store::in_memory().expect("a store").servers_clock().expect("no server"),
        None
    );
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
    shop.counter
        .save_draft("quote-x", &now.who, "{}", &now)
        .expect("a draft");
    let before = shop.everything();
    drop(shop);
    let database = Database::with_store();
    let mut tables = BTreeSet::new();
    {
        let (mut old, mut new) = (Store::open(&file).expect("the file"), database.store());
        // Stopped half way, nothing has moved.
        let stopped = old.move_into(&mut new, &mut |so_far| so_far.table < "journal");
        assert!(
            matches!(stopped, Err(Trouble::Refused(Refusal::Stopped))),
            "{stopped:?}"
        );
        assert_eq!(new.entries().expect("the journal"), 0);
        let (mut last, mut of) = (0, 0);
        old.move_into(&mut new, &mut |so_far| {
            tables.insert(so_far.table.to_owned());
            assert!((last..=so_far.of).contains(&so_far.rows), "it only goes on");
            (last, of) = (so_far.rows, so_far.of);
            true
        })
        .expect("moved");
        assert!(last == of && of > 50, "{last} of {of}");
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
    counter.store().copy_into(&mut other, &mut |_| true).expect("copied");
    assert!(matches!(
        counter.store().copy_into(&mut other, &mut |_| true),
        Err(Trouble::Refused(Refusal::NotEmpty))
    ));
    let there = counter.store().dump(&[]).expect("a dump");
    let mut home = Store::open(&back).expect("a new file");
    counter.store().move_into(&mut home, &mut |_| true).expect("moved back");
    // The program that ended before it was in its place knows it again; what an earlier try left is not it.
    let way = Way::from(database.address().as_str());
    assert!(home.is_what_moved_from(&way).expect("compared"));
    assert!(
        !Store::in_memory()
            .expect("a store")
            .is_what_moved_from(&way)
            .expect("compared")
    );
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
    backup.copy_into(&mut other.store(), &mut |_| true).expect("restored");
    assert_eq!(other.store().dump(&[]).expect("a dump"), before);
}

#[test]
fn backups_of_a_house_on_a_server_share_what_did_not_change() {
    let folder = tempfile::tempdir().expect("a folder");
    let backups = folder.path().join("backups");
    let key = Key::mixed(&[[1; 16], [2; 16], [3; 16], [4; 16]]);
    let mut shop = Shop::on_server("laurence-vandenborre").on("2026-12-02");
    for _ in 0..32 {
        let project = shop.valued_project();
        shop.quotes(&project, "4235");
    }
    let mut today = NaiveDate::from_ymd_opt(2026, 12, 2).expect("a day");
    let mut next_day = |shop: &mut Shop, part: u64| {
        today = today + chrono::Days::new(1);
        shop.turn_to(&today.to_string());
        let moment = format!("{today}T18:00:00+01:00");
        let shares = Shares {
            from: 1,
            part,
            ..Shares::USUAL
        };
        let store = shop.counter.store();
        let made = store.back_up_series_as(&backups, today, &moment, shares);
        made.expect("a backup")
    };
    let holds_changes = |file: &Path| file.extension().is_some_and(|end| end == "changes");
    let length = |file: &Path| std::fs::metadata(file).expect("a file").len();
    for key in [None, Some(&key)] {
        shop.counter.store().encrypt_backups(key).expect("the key");
        // The copies there are of another key.
        let whole = next_day(&mut shop, 4);
        assert!(!holds_changes(&whole), "{}", whole.display());
        let client = shop
            .does(&Action::AddClient { card: card("Cleo") })
            .client
            .expect("a client");
        let changes = next_day(&mut shop, 4);
        assert!(
            holds_changes(&changes) && length(&changes) * 4 < length(&whole),
            "{} bytes",
            length(&changes)
        );
        // What was written anew, and what is there no more.
        let another = Card {
            city: "Gent".into(),
            ..card("Cleo")
        };
        shop.does(&Action::EditClient {
            id: client,
            version: 1,
            card: another,
        });
        shop.valued_project();
        let changes = next_day(&mut shop, 4);
        assert!(holds_changes(&changes), "{}", changes.display());
        assert_eq!(Store::preview(&changes, key).expect("a preview").problems, [""; 0]);
        let there = folder.path().join("there.db");
        Store::restore(&there, &changes, key, None, "1").expect("restored");
        let brought = Store::open(&there).expect("a store").dump(&[]).expect("a dump");
        assert_eq!(brought, shop.everything());
        // What the papers of two cards say whose they are changes where it stands.
        let sold_to = |shop: &mut Shop| {
            let project = shop.valued_project();
            shop.project(&project).client.id
        };
        let (kept, gone) = (sold_to(&mut shop), sold_to(&mut shop));
        assert!(holds_changes(&next_day(&mut shop, 1)));
        shop.does(&Action::MergeClients { gone, kept });
        let merged = next_day(&mut shop, 1);
        assert!(holds_changes(&merged));
        assert_eq!(Store::preview(&merged, key).expect("a preview").problems, [""; 0]);
        // Who is erased is in no backup that is made later.
        let gone = shop
            .does(&Action::AddClient { card: card("Gone") })
            .client
            .expect("a client");
        assert!(holds_changes(&next_day(&mut shop, 1)));
        shop.does(&Action::EraseClient { client: gone });
        assert!(!holds_changes(&next_day(&mut shop, 4)));
        // More changed than is worth it.
        shop.valued_project();
        assert!(!holds_changes(&next_day(&mut shop, 10_000)));
        // One that rotted on the disk is not gone back to.
        let rotted = next_day(&mut shop, 10_000);
        let mut bytes = std::fs::read(&rotted).expect("the file");
        let half = bytes.len() / 2;
        bytes[half..half + 4096].fill(7);
        std::fs::write(&rotted, bytes).expect("written");
        assert!(!holds_changes(&next_day(&mut shop, 1)));
    }
    let left = std::fs::read_dir(&backups).expect("a folder").flatten();
    let halves = left.filter(|entry| entry.file_name().to_string_lossy().contains(".part"));
    assert_eq!(halves.count(), 0);
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
         AND table_name NOT LIKE 'found%' AND table_name NOT LIKE 'refinery%' AND table_name NOT IN ('presence', 'backup_key') \
         ORDER BY table_name::TEXT COLLATE \"C\", ordinal_position",
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

/// A database that an older program left is brought up as it is opened, with what was half typed in it.
#[test]
fn a_server_of_an_older_program_is_brought_up() {
    let mut shop = Shop::on_server("laurence-vandenborre");
    let project = shop.order();
    let database = shop.into_database();
    told(
        &database.address(),
        "UPDATE standing SET words = '_' || kind || replace(' ' || words, CASE kind WHEN 'client' THEN ' c' ELSE ' p' END, ' ') WHERE words <> '';
         DROP INDEX happening_by_ogm; DROP TRIGGER tells ON journal;
         ALTER TABLE due DROP COLUMN has_grounds; DROP TABLE presence; DROP TABLE backup_key; DROP FUNCTION tells; DROP TABLE draft;
         CREATE TABLE draft (id TEXT COLLATE \"C\" PRIMARY KEY, body TEXT COLLATE \"C\" NOT NULL, saved_at TEXT COLLATE \"C\" NOT NULL);
         INSERT INTO draft VALUES ('quote-x', '{}', '2026-12-02T10:00:00+01:00');
         DELETE FROM refinery_schema_history WHERE version > 9",
    );
    let mut counter = Counter::over(database.store());
    assert_eq!(counter.check().expect("a check").problems, Vec::<String>::new());
    let text = "lukaszewska".into();
    match counter.ask(&Question::Search { text }, &context("")) {
        Ok(Answer::Found(found)) => assert_eq!((found.clients.len(), found.projects.len()), (1, 1)),
        other => panic!("{other:?}"),
    }
    let (start, page) = (
        counter.ask(&Question::Start, &context("")).expect("an answer"),
        counter
            .ask(&Question::Project { id: project }, &context(""))
            .expect("an answer"),
    );
    match (start, page) {
        (Answer::Start(start), Answer::Project(page)) => {
            let draft = start.drafts.first().expect("a draft");
            assert_eq!((draft.id.as_str(), draft.maker.as_str()), ("quote-x", ""));
            assert_eq!(page.number, "P2026-0001");
        }
        other => panic!("{other:?}"),
    }
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
