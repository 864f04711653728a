//! A house of so many projects: ten years of work, a tenth of it open. What its screens cost, and beside it what they cost in a
//! young house.
//!
//! `./task bench house 20000` makes such a house once and keeps it in the target folder; `screens` after it leaves out what reads all of
//! it, which takes long and much room of the disk in a house of a million. `./task bench house 20000 server` sets the same
//! house on a PostgreSQL server beside it: one of its own on this machine, which writes to the disk as it would in a shop.

use atelier_core::counter::{Action, Export, Question, Report};
use atelier_core::store::series::{Shares, space};
use atelier_core::store::{Store, projects};
use atelier_tests::server::Cluster;
use atelier_tests::years::{COPIED, TODAY, house, questions, works_on};
use atelier_tests::{Shop, card, gold_ring, intake};
use chrono::{Days, NaiveDate};
use std::path::Path;
use std::time::Instant;

/// The median of what something takes, in milliseconds.
fn takes(times: usize, mut work: impl FnMut()) -> f64 {
    let mut taken: Vec<f64> = (0..times)
        .map(|_| {
            let begun = Instant::now();
            work();
            begun.elapsed().as_secs_f64() * 1000.0
        })
        .collect();
    taken.sort_by(f64::total_cmp);
    taken[taken.len() / 2]
}

/// What each screen and action costs in a copy of that file; in itself where it is large, which holds a few dossiers more after that.
fn in_file(file: &Path, reads_all: bool) -> Vec<(&'static str, f64)> {
    let copy = file.with_extension("copy.db");
    let is_small = std::fs::metadata(file).expect("the house").len() <= COPIED;
    let measured_in = if is_small { &copy } else { file };
    if is_small {
        std::fs::copy(file, &copy).expect("a copy");
    }
    measured(measured_in, reads_all, &|seed| Shop::again(measured_in, seed))
}

/// The same on a server.
fn on_server(file: &Path, reads_all: bool) -> Vec<(&'static str, f64)> {
    let cluster = Cluster::made().with("fsync=on").with("shared_buffers=256MB");
    cluster.starts();
    let address = cluster.address("127.0.0.1");
    let mut there = Store::on_server(&address).expect("a store");
    let mut here = Store::open_to_read(file, None).expect("the house");
    let begun = Instant::now();
    here.copy_into(&mut there, &mut |_| true).expect("it arrives");
    println!("on the server in {} s", begun.elapsed().as_secs());
    let mut client = postgres::Client::connect(&address, postgres::NoTls).expect("the server");
    // As the server does by itself in the night.
    client.batch_execute("ANALYZE").expect("looked through");
    measured(file, reads_all, &|seed| {
        Shop::again_over(Store::on_server(&address).expect("a session"), seed)
    })
}

/// What each screen and action costs, by name.
fn measured(beside: &Path, reads_all: bool, again: &dyn Fn(u64) -> Shop) -> Vec<(&'static str, f64)> {
    let mut figures = vec![("opening", takes(3, || drop(again(5))))];
    let mut shop = again(7);
    shop.turn_to(TODAY);
    for (name, question) in questions(&mut shop) {
        figures.push((name, takes(5, || drop(shop.asks(&question)))));
    }
    let taken_in = shop.counter.store().read(projects::ids).expect("the projects").len();
    let mut envelope = taken_in;
    figures.push((
        "taking in",
        takes(5, || {
            envelope += 1;
            let mut ring = gold_ring();
            ring.envelope = format!("X-{envelope}");
            drop(shop.does(&Action::TakeIn {
                form: intake(vec![ring]),
                draft: String::new(),
            }));
        }),
    ));
    let context = shop.context();
    figures.push(("calendar", takes(3, || drop(shop.counter.agenda(&context)))));
    let mut ring = gold_ring();
    ring.envelope = format!("X-{}", envelope + 1);
    let paid = shop.takes_in_form(intake(vec![ring]));
    works_on(&mut shop, &paid, 3, TODAY.parse().expect("a day"));
    figures.push((
        "a payment",
        takes(5, || {
            shop.pays(&paid, "1,00");
        }),
    ));
    figures.push((
        "closing days",
        takes(3, || {
            drop(shop.does(&Action::CloseDays {
                first: TODAY.into(),
                last: TODAY.into(),
                reason: String::new(),
            }));
        }),
    ));
    let mut asked_to_go: Vec<String> = (0..3)
        .filter_map(|_| {
            shop.does(&Action::AddClient {
                card: card("Cleo Maes"),
            })
            .client
        })
        .collect();
    figures.push((
        "erasing a client",
        takes(3, || {
            let client = asked_to_go.pop().expect("a client");
            drop(shop.does(&Action::EraseClient { client }));
        }),
    ));
    let tomorrow = TODAY.parse::<NaiveDate>().expect("a day") + Days::new(1);
    shop.turn_to(&tomorrow.to_string());
    let today = || Question::Today {
        by: String::new(),
        whole: None,
    };
    figures.push(("the first Today of a day", takes(1, || drop(shop.asks(&today())))));
    if reads_all {
        figures.extend(reading_all(beside, &mut shop));
    }
    figures
}

/// What reads all of a house.
fn reading_all(beside: &Path, shop: &mut Shop) -> Vec<(&'static str, f64)> {
    let mut figures = Vec::new();
    figures.push((
        "check",
        takes(1, || {
            let problems = shop.counter.check().expect("looked at").problems;
            assert!(problems.is_empty(), "{problems:?}");
        }),
    ));
    figures.push(("all projects as XLSX", takes(1, || exported(beside, shop))));
    let backup = beside.with_extension("backup.db");
    for file in [&backup, &atelier_core::store::files::manifest_of(&backup)] {
        let _ = std::fs::remove_file(file);
    }
    figures.push((
        "backup",
        takes(1, || {
            drop(shop.counter.store().back_up(&backup, None, "").expect("a backup"))
        }),
    ));
    let _ = std::fs::remove_file(&backup);
    let series = beside.with_extension("series");
    let _ = std::fs::remove_dir_all(&series);
    let today: NaiveDate = TODAY.parse().expect("a day");
    for (name, after) in [("the series: a whole one", 1), ("the next day’s", 2)] {
        let day = today + Days::new(after);
        shop.turn_to(&day.to_string());
        shop.does(&Action::AddClient { card: card("Cleo") });
        let store = shop.counter.store();
        let moment = format!("{day}T18:00:00+01:00");
        let shares = Shares {
            from: 1,
            ..Shares::USUAL
        };
        figures.push((
            name,
            takes(1, || {
                drop(
                    store
                        .back_up_series_as(&series, day, &moment, shares)
                        .expect("a backup"),
                )
            }),
        ));
        eprintln!("{name}: the series takes {} kB", space(&series) >> 10);
    }
    let _ = std::fs::remove_dir_all(&series);
    figures
}

/// Saves the report over all projects as a workbook; says how much memory that took at the most.
fn exported(beside: &Path, shop: &mut Shop) {
    let file = beside.with_extension("xlsx");
    let context = shop.context();
    let report = Export::Report {
        report: Report::Projects,
        format: "xlsx".into(),
    };
    // From here on the most is counted anew.
    let _ = std::fs::write("/proc/self/clear_refs", "5");
    let before = most_memory();
    shop.counter
        .export_into(&report, &context, &file, &mut |_, _| true)
        .expect("a file");
    eprintln!(
        "all projects as XLSX: {} kB, {} kB of memory more than before",
        std::fs::metadata(&file).expect("the file").len() >> 10,
        most_memory().saturating_sub(before)
    );
    let _ = std::fs::remove_file(&file);
}

/// The most memory that this program took, in kB.
fn most_memory() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.trim().trim_end_matches(" kB").parse().ok())
        .unwrap_or_default()
}

fn main() {
    let asked = std::env::args().skip(1).find_map(|word| word.parse::<u64>().ok());
    let projects = asked.unwrap_or(1000);
    let house = |projects| house(Path::new(env!("CARGO_TARGET_TMPDIR")), projects);
    let all = !std::env::args().any(|word| word == "screens");
    let (young, old, heads) = if std::env::args().any(|word| word == "server") {
        let file = house(projects);
        let heads = ["in a file".to_owned(), "on a server".to_owned(), "ratio".to_owned()];
        (in_file(&file, all), on_server(&file, all), heads)
    } else {
        let small = if projects > 1000 { 1000 } else { 100 };
        let heads = [small.to_string(), projects.to_string(), "growth".to_owned()];
        (in_file(&house(small), all), in_file(&house(projects), all), heads)
    };
    println!("{:<26}{:>14}{:>14}{:>10}", "milliseconds", heads[0], heads[1], heads[2]);
    for ((name, young), (_, old)) in young.into_iter().zip(old) {
        println!("{name:<26}{young:>14.2}{old:>14.2}{:>9.1}×", old / young);
    }
}
