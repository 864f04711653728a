//! `atelier` as a script runs it.

use atelier_tests::server::Database;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

fn atelier(arguments: &[&str], input: &str) -> Output {
    atelier_with(&[], arguments, input)
}

fn atelier_with(keys: &[(&str, &str)], arguments: &[&str], input: &str) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_atelier"))
        .args(arguments)
        .envs(keys.iter().copied())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program");
    child
        .stdin
        .take()
        .expect("its input")
        .write_all(input.as_bytes())
        .expect("a question");
    child.wait_with_output().expect("its answer")
}

/// A copy of a house's file, in a folder of this test's own.
fn house(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).expect("a folder");
    let fixture = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/fixtures/schema-v1.db");
    std::fs::copy(fixture, folder.join("atelier.db")).expect("a house");
    folder
}

#[test]
fn every_line_is_answered_and_the_status_is_zero() {
    let output = atelier(
        &["ask", "-"],
        "{\"ask\":\"period\",\"from\":\"2026-12-11\",\"days\":14}\nnonsense\n",
    );
    assert_eq!(output.status.code(), Some(0));
    let answers = String::from_utf8(output.stdout).expect("text");
    let lines: Vec<&str> = answers.lines().collect();
    assert_eq!(lines.len(), 2);
    assert!(lines[0].contains("\"until\":\"2026-12-28\""), "{}", lines[0]);
    assert!(
        lines[1].contains("\"code\":\"bad-value\",\"field\":null"),
        "{}",
        lines[1]
    );
}

#[test]
fn questions_that_cannot_be_read_are_status_two() {
    assert_eq!(atelier(&["ask", "/no/such/file.jsonl"], "").status.code(), Some(2));
    assert_eq!(atelier(&["dance"], "").status.code(), Some(2));
}

#[test]
fn a_paper_is_written_again_as_it_was_issued() {
    let folder = house("paper");
    let store = folder.join("atelier.db").display().to_string();
    let file = folder.join("quote.pdf");
    let output = atelier(&["paper", &store, "Q2026-0001", &file.display().to_string()], "");
    assert_eq!(
        output.status.code(),
        Some(0),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let first = std::fs::read(&file).expect("a paper");
    assert!(first.starts_with(b"%PDF-1.7"));
    atelier(&["paper", &store, "Q2026-0001", &file.display().to_string()], "");
    assert_eq!(std::fs::read(&file).expect("a paper"), first);
}

#[test]
fn a_paper_that_does_not_exist_says_so_and_makes_no_store() {
    let folder = house("no-paper");
    let store = folder.join("atelier.db").display().to_string();
    let file = folder.join("none.pdf").display().to_string();
    assert_eq!(
        atelier(&["paper", &store, "Q1999-0001", &file], "").status.code(),
        Some(2)
    );
    let nowhere = folder.join("nowhere.db");
    assert_eq!(
        atelier(&["paper", &nowhere.display().to_string(), "Q2026-0001", &file], "")
            .status
            .code(),
        Some(2)
    );
    assert!(!nowhere.exists());
}

#[test]
fn a_house_read_from_a_file_is_known_by_its_id() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/fixtures/sixth-house.toml");
    let question = r#"{"ask":"production","house":"atelier-zes","approved":"2026-12-02","deposit_met":"2026-12-02","closed":[],"suspended":[]}"#;
    let output = atelier(&["ask", "--house", &file.display().to_string(), "-"], question);
    assert_eq!(output.status.code(), Some(0));
    assert!(String::from_utf8_lossy(&output.stdout).contains("\"earliest\":\"2026-12-04\""));
    assert!(String::from_utf8_lossy(&atelier(&["ask", "-"], question).stdout).contains("\"field\":\"house\""));
}

#[test]
fn a_house_with_a_fault_is_refused_with_file_and_line() {
    let file = house("bad-house").join("bad.toml");
    std::fs::write(&file, "id = \"bad\"\nsmile = true\n").expect("a file");
    let output = atelier(&["ask", "--house", &file.display().to_string(), "-"], "");
    assert_eq!(output.status.code(), Some(2));
    assert!(
        String::from_utf8_lossy(&output.stderr).contains("bad.toml, line 2"),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
}

#[test]
fn a_house_is_checked_backed_up_and_restored() {
    let folder = house("backup");
    let path = |name: &str| folder.join(name).display().to_string();
    let (store, backup) = (path("atelier.db"), path("backup.db"));
    let said = |output: &Output| {
        format!(
            "{}{}",
            String::from_utf8_lossy(&output.stdout),
            String::from_utf8_lossy(&output.stderr)
        )
    };
    let checked = atelier(&["check", &store], "");
    assert!(
        checked.status.success() && said(&checked).contains("everything is as it was written"),
        "{}",
        said(&checked)
    );
    let made = atelier(&["backup", &store, &backup], "");
    assert!(
        made.status.success() && said(&made).contains("rows of paper"),
        "{}",
        said(&made)
    );
    let twice = atelier(&["backup", &store, &backup], "");
    assert!(
        !twice.status.success() && said(&twice).contains("already"),
        "{}",
        said(&twice)
    );
    let restored = atelier(&["restore", &backup, &store], "");
    assert!(
        restored.status.success() && said(&restored).contains("atelier.kept-1.db"),
        "{}",
        said(&restored)
    );
    let report = path("projects.csv");
    let exported = atelier(&["export", &store, "projects", &report], "");
    assert!(exported.status.success(), "{}", said(&exported));
    assert!(
        std::fs::read_to_string(&report)
            .expect("a report")
            .contains("P2026-0001")
    );
    // A backup that was changed is refused, and the house stays as it was.
    let mut bytes = std::fs::read(&backup).expect("the backup");
    let at = bytes.len() - 100;
    bytes[at] ^= 1;
    std::fs::write(&backup, bytes).expect("changed");
    let refused = atelier(&["restore", &backup, &store], "");
    assert!(
        !refused.status.success() && said(&refused).contains("not a sound backup"),
        "{}",
        said(&refused)
    );
    assert!(atelier(&["check", &store], "").status.success());
}

/// A workbook lies in a nameless file until it is whole: where that finds no room, it is said, and what was there stays.
#[cfg(unix)]
#[test]
fn a_report_for_which_there_is_no_room_leaves_what_was_there() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("no-room");
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).expect("a folder");
    let path = |name: &str| folder.join(name).display().to_string();
    let (store, report) = (path("atelier.db"), path("projects.xlsx"));
    atelier_tests::years::made(Path::new(&store), 10, 30);
    std::fs::write(&report, "as it was").expect("a file");
    // No file grows beyond 64 kB, and the signal that would end the program is ignored.
    let limited = "trap '' XFSZ; ulimit -f 128; exec \"$0\" \"$@\"";
    let tried = Command::new("sh")
        .args(["-c", limited, env!("CARGO_BIN_EXE_atelier")])
        .args(["export", &store, "projects", &report])
        .output()
        .expect("the program");
    let said = String::from_utf8_lossy(&tried.stderr);
    assert!(!tried.status.success() && said.contains("The disk is full"), "{said}");
    assert_eq!(std::fs::read_to_string(&report).expect("the file"), "as it was");
    assert!(!Path::new(&path("projects.xlsx.part")).exists());
}

#[test]
fn a_backup_under_a_passphrase_opens_with_it_alone() {
    let folder = house("locked");
    let path = |name: &str| folder.join(name).display().to_string();
    let (store, backup) = (path("atelier.db"), path("locked.db"));
    let said = |output: &Output| {
        format!(
            "{}{}",
            String::from_utf8_lossy(&output.stdout),
            String::from_utf8_lossy(&output.stderr)
        )
    };
    let short = atelier_with(&[("ATELIER_BACKUP_KEY", "short")], &["backup", &store, &backup], "");
    assert!(
        !short.status.success() && said(&short).contains("twelve"),
        "{}",
        said(&short)
    );
    let made = atelier_with(
        &[("ATELIER_BACKUP_KEY", "correct horse battery")],
        &["backup", &store, &backup],
        "",
    );
    assert!(made.status.success(), "{}", said(&made));
    assert!(
        !std::fs::read(&backup)
            .expect("the backup")
            .starts_with(b"SQLite format")
    );
    for key in ["", "correct horse"] {
        assert!(
            !atelier_with(&[("ATELIER_KEY", key)], &["check", &backup], "")
                .status
                .success()
        );
    }
    let checked = atelier_with(&[("ATELIER_KEY", "correct horse battery")], &["check", &backup], "");
    assert!(
        checked.status.success() && said(&checked).contains("everything is as it was written"),
        "{}",
        said(&checked)
    );
}

#[test]
fn a_manager_who_forgot_their_pin_gets_a_new_one() {
    let folder = house("pin");
    let store = folder.join("atelier.db").display().to_string();
    let said = |output: &Output| {
        format!(
            "{}{}",
            String::from_utf8_lossy(&output.stdout),
            String::from_utf8_lossy(&output.stderr)
        )
    };
    let name = "Laurence";
    let short = atelier(&["reset-pin", &store, name], "12\n");
    assert!(
        !short.status.success() && said(&short).contains("four to twelve"),
        "{}",
        said(&short)
    );
    let nobody = atelier(&["reset-pin", &store, "Nobody"], "4711\n");
    assert!(
        !nobody.status.success() && said(&nobody).contains("no manager of the name"),
        "{}",
        said(&nobody)
    );
    let given = atelier(&["reset-pin", &store, name], "4711\n");
    assert!(given.status.success(), "{}", said(&given));
    assert!(atelier(&["check", &store], "").status.success());
    let mut counter =
        atelier_core::counter::Counter::over(atelier_core::store::Store::open(Path::new(&store)).expect("the store"));
    assert!(counter.asks_for_pins().expect("an answer"));
}

#[test]
fn a_house_is_moved_to_a_server_checked_backed_up_and_restored_there() {
    let folder = house("moved");
    let (store, backup) = (folder.join("atelier.db"), folder.join("backup.db"));
    let (there, other) = (Database::with_store(), Database::with_store());
    let (store, backup) = (store.display().to_string(), backup.display().to_string());
    let says = |arguments: &[&str], wanted: &str| {
        let output = atelier(arguments, "");
        let told = format!(
            "{}{}",
            String::from_utf8_lossy(&output.stdout),
            String::from_utf8_lossy(&output.stderr)
        );
        assert!(told.contains(wanted), "{arguments:?}: {told}");
    };
    says(&["move", &store, &there.address()], "moved, and proven there");
    says(&["check", &there.address()], "everything is as it was written");
    says(&["backup", &there.address(), &backup], "rows of journal");
    says(&["restore", &backup, &other.address()], "restored, and proven there");
    says(&["restore", &backup, &other.address()], "A house stands there already");
    says(&["move", &store, &other.address()], "This house has moved");
}
