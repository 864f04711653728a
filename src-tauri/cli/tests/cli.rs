//! `atelier` as a script runs it.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

fn atelier(arguments: &[&str], input: &str) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_atelier"))
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program");
    child.stdin.take().expect("its input").write_all(input.as_bytes()).expect("a question");
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
    let output = atelier(&["ask", "-"], "{\"ask\":\"period\",\"from\":\"2026-12-11\",\"days\":14}\nnonsense\n");
    assert_eq!(output.status.code(), Some(0));
    let answers = String::from_utf8(output.stdout).expect("text");
    let lines: Vec<&str> = answers.lines().collect();
    assert_eq!(lines.len(), 2);
    assert!(lines[0].contains("\"until\":\"2026-12-28\""), "{}", lines[0]);
    assert!(lines[1].contains("\"code\":\"bad-value\",\"field\":null"), "{}", lines[1]);
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
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
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
    assert_eq!(atelier(&["paper", &store, "Q1999-0001", &file], "").status.code(), Some(2));
    let nowhere = folder.join("nowhere.db");
    assert_eq!(atelier(&["paper", &nowhere.display().to_string(), "Q2026-0001", &file], "").status.code(), Some(2));
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
    assert!(String::from_utf8_lossy(&output.stderr).contains("bad.toml, line 2"), "{}", String::from_utf8_lossy(&output.stderr));
}
