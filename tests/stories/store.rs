//! The store: newer files, damaged files, full disks, and a program that is killed while someone types.

use atelier_core::counter::{Action, Answer, Counter, Question};
use atelier_core::refusal::Refusal;
use atelier_core::store::{Ending, Store, Trouble};
use atelier_tests::{Shop, gold_ring, intake};
use std::io::{Seek as _, SeekFrom, Write as _};

#[test]
fn a_newer_file_is_refused_and_left_as_it_is() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("atelier.db");
    let mut shop = Shop::in_file("blank", &file);
    let newer = "INSERT INTO refinery_schema_history (version, name, applied_on, checksum) VALUES (9999, 'later', '2030-01-01T00:00:00Z', '1')";
    shop.counter
        .store()
        .write(Ending::Commit, |tx| tx.exec(newer, &[]))
        .expect("a version from the future");
    shop.counter.store().checkpoint().expect("a checkpoint");
    drop(shop);
    let before = std::fs::read(&file).expect("the file");
    assert!(matches!(Store::open(&file), Err(Trouble::Newer { found: 9999, .. })));
    assert_eq!(std::fs::read(&file).expect("the file"), before);
}

#[test]
fn a_damaged_file_is_never_deleted_or_overwritten() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("atelier.db");
    for damage in [
        b"this is no database, and long enough to look like one ................".to_vec(),
        {
            let mut shop = Shop::in_file("blank", &folder.path().join("sound.db"));
            shop.takes_in(gold_ring());
            shop.counter.store().checkpoint().expect("a checkpoint");
            let mut bytes = std::fs::read(folder.path().join("sound.db")).expect("the file");
            let middle = bytes.len() / 2;
            bytes[4096..middle].fill(0x5a);
            bytes
        },
    ] {
        std::fs::write(&file, &damage).expect("a damaged file");
        assert!(
            matches!(Store::open(&file), Err(Trouble::Damaged { .. })),
            "opened a damaged file"
        );
        assert_eq!(std::fs::read(&file).expect("the file"), damage);
    }
}

/// After a crash a house of gigabytes is worked in at once, and read behind that: what is broken in it shows then.
#[test]
fn a_large_house_is_opened_after_a_crash_and_read_behind() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("atelier.db");
    drop(Shop::in_file("blank", &file));
    let left_open_with = |bytes: u64| {
        let engine = rusqlite::Connection::open(&file).expect("the file");
        engine
            .execute_batch(&format!(
                "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; UPDATE in_use SET is_so = 1; DELETE FROM attachment;
                 INSERT INTO attachment (id, sha256, name, bytes) VALUES ('scan', '', '', zeroblob({bytes}));"
            ))
            .expect("as after a crash");
    };
    left_open_with(1 << 20);
    let store = Store::open(&file).expect("a small house");
    assert!(!store.is_unread(), "a small house is read first");
    drop(store);
    left_open_with(260 << 20);
    // Closed before anybody did, it is to be read still.
    for _ in 0..2 {
        assert!(Store::open(&file).expect("a large house").is_unread());
    }
    let mut store = Store::open(&file).expect("a large house");
    store.reads_whole().expect("it is sound");
    store.was_read();
    drop(store);
    assert!(!Store::open(&file).expect("closed").is_unread(), "it was read");
    left_open_with(260 << 20);
    let mut bytes = std::fs::OpenOptions::new().write(true).open(&file).expect("the file");
    bytes.seek(SeekFrom::Start(200 << 20)).expect("its middle");
    bytes.write_all(&[0x5a; 8192]).expect("rot");
    let mut store = Store::open(&file).expect("it is not read yet");
    assert!(matches!(store.reads_whole(), Err(Trouble::Damaged { .. })));
}

#[test]
fn a_full_disk_while_issuing_leaves_the_data_as_it_was() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut shop = Shop::in_file("laurence-vandenborre", &folder.path().join("atelier.db"));
    let project = shop.valued_project();
    let before = shop.everything();
    shop.counter.store().limit_pages(1).expect("a limit");
    let quote = Action::IssueQuote {
        project: project.clone(),
        form: atelier_tests::quote_form("4235", "31/01/2027"),
    };
    assert_eq!(shop.is_refused(&quote), Refusal::DiskFull);
    assert_eq!(shop.everything(), before);
    shop.counter.store().limit_pages(1_000_000).expect("room again");
    shop.does(&quote);
    assert_eq!(shop.project(&project).papers[2].number, "Q2026-0001");
}

#[test]
fn a_draft_survives_the_program() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("atelier.db");
    let mut shop = Shop::in_file("laurence-vandenborre", &file);
    let context = shop.context();
    shop.counter
        .save_draft("intake-1", &context.who, r#"{"form":{"wish":"a slim ri"}}"#, &context)
        .expect("kept");
    // Killed: nothing is closed, nothing is folded into the file.
    std::mem::forget(shop);
    let mut counter = Counter::over(Store::open(&file).expect("the store"));
    match counter.ask(&Question::Start, &context).expect("an answer") {
        Answer::Start(start) => assert_eq!(start.drafts[0].body, r#"{"form":{"wish":"a slim ri"}}"#),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_draft_goes_when_its_action_is_done_and_only_then() {
    let mut shop = Shop::of("laurence-vandenborre");
    let context = shop.context();
    shop.counter
        .save_draft("intake-1", &context.who, "{}", &context)
        .expect("kept");
    let mut broken = intake(vec![gold_ring()]);
    broken.pieces[0].description = String::new();
    shop.is_refused(&Action::TakeIn {
        form: broken,
        draft: "intake-1".into(),
    });
    let drafts = |shop: &mut Shop| match shop.asks(&Question::Start) {
        Answer::Start(start) => start.drafts.len(),
        other => panic!("{other:?}"),
    };
    assert_eq!(drafts(&mut shop), 1);
    shop.does(&Action::TakeIn {
        form: intake(vec![gold_ring()]),
        draft: "intake-1".into(),
    });
    assert_eq!(drafts(&mut shop), 0);
}

#[test]
fn two_who_change_the_same_card_are_told() {
    let mut shop = Shop::of("blank");
    let id = shop
        .does(&Action::AddClient {
            card: atelier_tests::card("Anna"),
        })
        .client
        .expect("a client");
    let edit = |name: &str| Action::EditClient {
        id: id.clone(),
        version: 1,
        card: atelier_tests::card(name),
    };
    shop.does(&edit("Anna Maria"));
    assert_eq!(
        shop.is_refused(&edit("Anne")),
        Refusal::ChangedByAColleague {
            by: "Laurence".into(),
            at: "02/12/2026 10:00".into(),
        }
    );
}

#[test]
fn a_paper_that_was_tampered_with_is_not_handed_out() {
    let mut shop = Shop::of("laurence-vandenborre");
    let project = shop.takes_in(gold_ring());
    let paper = shop.project(&project).papers[0].id.clone();
    shop.counter
        .store()
        .write(Ending::Commit, |tx| {
            // Each engine has its own word for it.
            let rule = if atelier_tests::server::is_asked_for() {
                "DROP TRIGGER paper_keeps ON paper"
            } else {
                "DROP TRIGGER paper_keeps"
            };
            tx.exec(rule, &[])?;
            tx.exec("UPDATE paper SET bytes = ?1", &[vec![0].into()])
        })
        .expect("someone with a tool");
    assert!(matches!(shop.counter.paper(&paper), Err(Trouble::Broken(_))));
}
