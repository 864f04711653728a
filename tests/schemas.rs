//! Every past schema, filled with real rows, opens and reads the same.

use atelier_core::counter::{Answer, Counter, Question};
use atelier_core::store::Store;
use atelier_tests::Shop;
use std::path::Path;

fn fixture(version: u32) -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("fixtures/schema-v{version}.db"))
}

/// Writes the fixture of the newest schema, once, by hand: `ATELIER_WRITE_FIXTURE=1 cargo test --test schemas`.
#[test]
fn the_newest_schema_has_its_fixture() {
    let newest = std::fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("../src-tauri/core/src/store/schema"))
        .expect("a folder")
        .count();
    let file = fixture(u32::try_from(newest).expect("few"));
    if std::env::var_os("ATELIER_WRITE_FIXTURE").is_some() && !file.exists() {
        let mut shop = Shop::in_file("laurence-vandenborre", &file);
        let project = shop.valued_project();
        shop.quotes(&project, "4235");
        shop.counter.store().checkpoint().expect("a checkpoint");
    }
    assert!(file.exists(), "{} is missing", file.display());
}

#[test]
fn every_past_schema_opens_and_reads_the_same() {
    let newest = std::fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("../src-tauri/core/src/store/schema"))
        .expect("a folder")
        .count();
    for version in 1..=u32::try_from(newest).expect("few") {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("atelier.db");
        std::fs::copy(fixture(version), &file).expect("the fixture");
        let mut counter = Counter::over(Store::open(&file).expect("the store"));
        let before = folder.path().join(format!("atelier.before-v{newest}.db"));
        assert_eq!(
            before.exists(),
            i64::from(version) < i64::from(Store::newest_schema()),
            "a copy from before version {version} was changed"
        );
        let context = Shop::of("blank").context();
        let found = match counter
            .ask(
                &Question::Search {
                    text: "lukaszewska".into(),
                },
                &context,
            )
            .expect("an answer")
        {
            Answer::Found(found) => found,
            other => panic!("{other:?}"),
        };
        assert_eq!(found.projects[0].number, "P2026-0001");
        let project = Question::Project {
            id: found.projects[0].id.clone(),
        };
        match counter.ask(&project, &context).expect("an answer") {
            Answer::Project(page) => {
                assert_eq!(page.quotes[0].to_pay, "€3,299.77");
                assert_eq!(page.pieces[0].stones[0].weight, "0.30\u{a0}ct");
                assert_eq!(page.papers.len(), 3);
                assert!(
                    counter.paper(&page.papers[2].id).is_ok(),
                    "a paper no longer has its hash"
                );
            }
            other => panic!("{other:?}"),
        }
    }
}

/// The power goes between the tables' change and what the program does to old rows after it: the next opening does the rest.
#[test]
fn a_migration_cut_short_is_made_whole_by_the_next_opening() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("atelier.db");
    std::fs::copy(fixture(7), &file).expect("the fixture");
    drop(Store::open(&file).expect("brought up"));
    let engine = rusqlite::Connection::open(&file).expect("the file");
    engine
        .execute_batch("DELETE FROM seal; UPDATE clock SET sealed_anew = -1")
        .expect("as after the change alone");
    drop(engine);
    let problems = Store::open(&file)
        .expect("the store")
        .check()
        .expect("a check")
        .problems;
    assert_eq!(problems, Vec::<String>::new());
}

/// What was half typed when the program was updated is there after it, and whoever goes on with it has it.
#[test]
fn a_form_half_typed_survives_a_change_of_the_schema() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("atelier.db");
    for version in 1..=9 {
        std::fs::copy(fixture(version), &file).expect("the fixture");
        let engine = rusqlite::Connection::open(&file).expect("the file");
        let body = r#"{"form":{"wish":"a slim ri"}}"#;
        engine
            .execute(
                "INSERT INTO draft (id, body, saved_at) VALUES ('intake-1', ?1, '2026-12-02T10:00:00+01:00')",
                [body],
            )
            .expect("half typed");
        drop(engine);
        let mut counter = Counter::over(Store::open(&file).expect("the store"));
        let context = Shop::of("blank").context();
        let Answer::Start(start) = counter.ask(&Question::Start, &context).expect("an answer") else {
            panic!("no start");
        };
        let half: Vec<_> = start
            .drafts
            .iter()
            .map(|draft| (draft.maker.as_str(), draft.body.as_str()))
            .collect();
        assert_eq!(half, [("", body)], "of schema {version}");
        counter
            .save_draft("intake-1", &context.who, "{}", &context)
            .expect("gone on with");
        let Answer::Start(start) = counter.ask(&Question::Start, &context).expect("an answer") else {
            panic!("no start");
        };
        assert_eq!(start.drafts.len(), 1, "it is theirs now, and nobody's no more");
        drop(counter);
        for end in ["", "-wal", "-shm"] {
            let _ = std::fs::remove_file(format!("{}{end}", file.display()));
        }
    }
}
