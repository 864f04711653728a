//! Killed at any moment: a program that works, and is killed without warning, over and over. What it had said was done is there,
//! nothing is half done, and the file is whole. `ATELIER_CRASH_ROUNDS` says how many rounds; a few by default.

use atelier_core::counter::{Action, Counter, Step, steps};
use atelier_core::store::files::{FileKind, kind};
use atelier_core::store::key::Key;
use atelier_core::store::{Store, Trouble};
use atelier_core::terms::ProjectKind;
use atelier_tests::{Dice, Shop, accept, card, gold_ring, inspection, notice, parcel, quote_form, sketch, value_form};
use std::collections::BTreeSet;
use std::io::{BufRead, BufReader, Write};
use std::ops::Range;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// Says that something is done: whoever reads it counts on it.
fn said(what: &str, id: &str) {
    let mut out = std::io::stdout().lock();
    writeln!(out, "done {what} {id}").expect("a line");
    out.flush().expect("said");
}

/// The program: it works until it is killed.
fn works(file: &Path, seed: u64) -> ! {
    let mut shop = Shop::again(file, seed);
    let mut dice = Dice(seed | 1);
    let mut projects: Vec<String> = Vec::new();
    let mut cases: Vec<String> = Vec::new();
    loop {
        let last = projects.last().cloned();
        let action = match (dice.roll(14), last) {
            (0, _) => Some(Action::KeepPhoto {
                name: "sketch.png".into(),
                bytes: sketch(),
            }),
            (1, _) => Some(Action::KeepFile {
                name: "letter.pdf".into(),
                bytes: b"a letter".to_vec(),
            }),
            (2, _) => Some(Action::AddClient {
                card: card("Anna Łukaszewska"),
            }),
            (3, Some(_)) => {
                let context = shop.context();
                let id = format!("intake-{}", dice.roll(5));
                shop.counter
                    .save_draft(&id, &context.who, "{\"form\":{}}", &context)
                    .expect("a draft");
                said("draft", &id);
                None
            }
            (4, Some(project)) => Some(Action::Value {
                project,
                form: value_form("15"),
            }),
            (5, Some(project)) => Some(Action::IssueQuote {
                project,
                form: quote_form("4235", "31/01/2027"),
            }),
            (6, Some(project)) => Some(Action::TakeStep {
                project,
                step: accept(),
            }),
            (7, Some(project)) => Some(Action::TakeStep {
                project,
                step: atelier_tests::pay("100", "transfer"),
            }),
            (8, Some(project)) => shop.project(&project).pieces.first().map(|piece| Action::Decide {
                piece: piece.id.clone(),
                accepted: true,
                reason: "fits".into(),
            }),
            (9, Some(project)) => Some(Action::TakeStep {
                project,
                step: Step::RequestPayment(steps::RequestPayment {
                    kind: "deposit".into(),
                    due: String::new(),
                }),
            }),
            (10, _) if dice.roll(3) == 0 => {
                shop.turn_to("2026-12-02");
                let sold = shop.sells_by_mail(ProjectKind::Stock, "1210", "2026-12-03");
                cases.push(shop.opens_case(&sold, "withdrawal", &[]));
                None
            }
            (11, _) => cases.last().map(|case| Action::TakeCaseStep {
                case: case.clone(),
                step: notice("I withdraw."),
            }),
            (12, _) => cases.last().map(|case| Action::TakeCaseStep {
                case: case.clone(),
                step: if dice.roll(2) == 0 {
                    parcel("")
                } else {
                    inspection("needed", "handled", "")
                },
            }),
            _ => Some(Action::TakeIn {
                form: atelier_tests::intake(vec![gold_ring()]),
                draft: String::new(),
            }),
        };
        let Some(action) = action else { continue };
        match shop.tries(&action) {
            Ok(outcome) => {
                for (what, id) in [
                    ("paper", &outcome.paper),
                    ("photo", &outcome.photo),
                    ("file", &outcome.file),
                    ("project", &outcome.project),
                    ("case", &outcome.case),
                ] {
                    if let Some(id) = id {
                        said(what, id);
                    }
                }
                if let Action::TakeIn { .. } = action {
                    projects.extend(outcome.project);
                }
            }
            Err(Trouble::Refused(_)) => {}
            Err(other) => panic!("{other}"),
        }
    }
}

#[test]
fn what_was_done_is_there_whenever_the_program_is_killed() {
    if let Some(file) = std::env::var_os("ATELIER_CRASH_FILE") {
        let seed = std::env::var("ATELIER_CRASH_SEED")
            .ok()
            .and_then(|seed| seed.parse().ok())
            .expect("a seed");
        works(Path::new(&file), seed);
    }
    let rounds: u64 = std::env::var("ATELIER_CRASH_ROUNDS")
        .ok()
        .and_then(|rounds| rounds.parse().ok())
        .unwrap_or(20);
    let mut dice = Dice(0x5eed);
    let (mut all_entries, mut all_done) = (0, 0);
    // A house is killed twenty times over, then another begins: checking a file takes longer the more is in it.
    for first in (0..rounds).step_by(20) {
        let folder = tempfile::tempdir().expect("a folder");
        let (entries, done) = killed_over_and_over(
            &folder.path().join("atelier.db"),
            first..(first + 20).min(rounds),
            &mut dice,
        );
        all_entries += entries;
        all_done += done;
    }
    assert!(
        all_done as u64 > rounds,
        "only {all_done} things were done in {rounds} rounds"
    );
    println!("{rounds} rounds, {all_entries} entries of the journal, {all_done} things said to be done");
}

/// Kills the program once a round and looks whether all it said is there: entries of the journal, and things said to be done.
fn killed_over_and_over(file: &Path, rounds: Range<u64>, dice: &mut Dice) -> (i64, usize) {
    drop(Shop::in_file("laurence-vandenborre", file));
    let mut done: BTreeSet<(String, String)> = BTreeSet::new();
    let mut entries = 0;
    for round in rounds {
        let mut child = Command::new(std::env::current_exe().expect("this program"))
            .args([
                "--exact",
                "what_was_done_is_there_whenever_the_program_is_killed",
                "--nocapture",
            ])
            .env("ATELIER_CRASH_FILE", file)
            .env("ATELIER_CRASH_SEED", (round * 7919 + 13).to_string())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("the program");
        let out = child.stdout.take().expect("its words");
        // Somewhere between opening the store and a long row of actions.
        let patience = Duration::from_millis(dice.roll(900) as u64);
        let killer = std::thread::spawn(move || {
            let until = Instant::now() + patience;
            while Instant::now() < until && matches!(child.try_wait(), Ok(None)) {
                std::thread::sleep(Duration::from_millis(1));
            }
            let by_itself = matches!(child.try_wait(), Ok(Some(_)));
            let _ = child.kill();
            let _ = child.wait();
            by_itself
        });
        for line in BufReader::new(out).lines().map_while(Result::ok) {
            // The runner's own first line stands before the first thing said.
            if let Some((what, id)) = line.split_once("done ").and_then(|(_, rest)| rest.split_once(' ')) {
                done.insert((what.to_owned(), id.to_owned()));
            }
        }
        assert!(
            !killer.join().expect("a killer"),
            "round {round}: the program stopped by itself"
        );

        let mut store = Store::open(file).unwrap_or_else(|why| panic!("round {round}: {why}"));
        let checked = store.check().expect("a check");
        assert!(checked.problems.is_empty(), "round {round}: {:?}", checked.problems);
        assert!(checked.entries >= entries, "round {round}: entries went away");
        entries = checked.entries;
        let rows = store
            .dump(&["journal", "journal_personal", "photo", "attachment"])
            .expect("the rows");
        let mut counter = Counter::over(store);
        for (what, id) in &done {
            let there = match what.as_str() {
                "paper" => counter.paper(id).is_ok(),
                "photo" => counter.photo(id, atelier_core::store::photos::Size::Original).is_ok(),
                "file" => counter
                    .store()
                    .read(|tx| atelier_core::store::attachments::get(tx, id))
                    .is_ok(),
                _ => rows.iter().any(|row| row.contains(id.as_str())),
            };
            assert!(there, "round {round}: {what} {id} was said to be done and is not there");
        }
    }
    (entries, done.len())
}

/// Changes the key, backs up and restores over and over, until it is killed.
fn changes_keys(file: &Path) -> ! {
    let key = Key::Random([7; 32]);
    let folder = file.parent().expect("a folder");
    let stick = folder.join("stick.db");
    loop {
        let plain = matches!(kind(file), Ok(FileKind::Plain));
        let (from, to) = if plain { (None, Some(&key)) } else { (Some(&key), None) };
        Store::rekey(file, from, to).expect("another key");
        said("key", if plain { "encrypted" } else { "plain" });
        Store::restore(file, &stick, None, to, "again").expect("restored");
        let _ = std::fs::remove_file(folder.join("atelier.kept-again.db"));
    }
}

#[test]
fn a_store_that_is_encrypted_or_restored_is_whole_whenever_the_program_is_killed() {
    if let Some(file) = std::env::var_os("ATELIER_CRASH_FILE") {
        changes_keys(Path::new(&file));
    }
    let rounds: u64 = std::env::var("ATELIER_CRASH_ROUNDS")
        .ok()
        .and_then(|rounds| rounds.parse().ok())
        .unwrap_or(20);
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("atelier.db");
    let backups = folder.path().join("backups");
    let mut shop = Shop::in_file("laurence-vandenborre", &file);
    shop.does(&Action::KeepPhoto {
        name: "sketch.png".into(),
        bytes: sketch(),
    });
    shop.takes_in(gold_ring());
    let before = shop.everything();
    shop.counter
        .store()
        .back_up(&folder.path().join("stick.db"), None, "")
        .expect("a backup");
    drop(shop);
    let key = Key::Random([7; 32]);
    let mut dice = Dice(0xbad_5eed);
    let (mut encrypted, mut changes) = (0, 0);
    for round in 0..rounds {
        let mut child = Command::new(std::env::current_exe().expect("this program"))
            .args([
                "--exact",
                "a_store_that_is_encrypted_or_restored_is_whole_whenever_the_program_is_killed",
                "--nocapture",
            ])
            .env("ATELIER_CRASH_FILE", &file)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("the program");
        let out = child.stdout.take().expect("its words");
        std::thread::sleep(Duration::from_millis(dice.roll(700) as u64));
        assert!(
            matches!(child.try_wait(), Ok(None)),
            "round {round}: the program stopped by itself"
        );
        child.kill().expect("killed");
        child.wait().expect("gone");
        changes += BufReader::new(out)
            .lines()
            .map_while(Result::ok)
            .filter(|line| line.contains("done key"))
            .count();
        Store::tidy(&file, &backups);
        let opens = (kind(&file).expect("a file") == FileKind::Encrypted).then_some(&key);
        encrypted += u64::from(opens.is_some());
        let mut store = Store::open_with(&file, opens).unwrap_or_else(|why| panic!("round {round}: {why}"));
        assert_eq!(store.dump(&[]).expect("everything"), before, "round {round}");
        assert!(store.check().expect("a check").problems.is_empty(), "round {round}");
        let names = std::fs::read_dir(folder.path())
            .expect("the folder")
            .flatten()
            .map(|entry| entry.file_name().to_string_lossy().into_owned());
        let halves: Vec<String> = names
            .filter(|name| name.contains("restoring") || name.contains("rekeyed"))
            .collect();
        assert!(halves.is_empty(), "round {round}: {halves:?}");
    }
    println!("{rounds} rounds, {changes} changes of the key, {encrypted} times killed while encrypted");
}

#[test]
fn a_disk_that_fills_up_at_any_page_leaves_all_or_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("atelier.db");
    let mut shop = Shop::in_file("laurence-vandenborre", &file);
    let mut refused = 0;
    for more in 0..60 {
        shop.counter.store().limit_pages(1).expect("a limit");
        let pages = shop.counter.store().pages().expect("its size");
        shop.counter.store().limit_pages(pages + more % 30).expect("a limit");
        let before = shop.everything();
        let action = if more % 2 == 0 {
            Action::TakeIn {
                form: atelier_tests::intake(vec![gold_ring()]),
                draft: String::new(),
            }
        } else {
            Action::KeepPhoto {
                name: "sketch.png".into(),
                bytes: sketch(),
            }
        };
        match shop.tries(&action) {
            Ok(_) => {}
            Err(Trouble::Refused(atelier_core::refusal::Refusal::DiskFull)) => {
                refused += 1;
                assert_eq!(shop.everything(), before, "something was left half done");
            }
            Err(other) => panic!("{other:?}"),
        }
        assert!(shop.counter.store().check().expect("a check").problems.is_empty());
    }
    assert!(refused > 5, "the disk was never full");
}
