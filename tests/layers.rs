//! The architecture, held: modules only reach down, and each foreign crate has one door.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// The core's modules from the ground up, as `lib.rs` lists them. A module may know only those before it.
fn layers() -> BTreeMap<String, usize> {
    let map = std::fs::read_to_string(root().join("src-tauri/core/src/lib.rs")).expect("a map");
    let modules = map
        .lines()
        .filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';'));
    modules.enumerate().map(|(at, name)| (name.to_owned(), at)).collect()
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn files(folder: &Path, end: &str, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            files(&path, end, found);
        } else if path.extension().is_some_and(|found| found == end) {
            found.push(path);
        }
    }
}

/// Every file of the core with its path below `src`, its module, and its code without comments.
fn core() -> Vec<(String, String, String)> {
    let source = root().join("src-tauri/core/src");
    let mut paths = Vec::new();
    files(&source, "rs", &mut paths);
    paths
        .into_iter()
        .map(|path| {
            let name = path
                .strip_prefix(&source)
                .expect("below")
                .to_string_lossy()
                .into_owned();
            let module = name.split(['/', '.']).next().expect("a module").to_owned();
            let text = std::fs::read_to_string(&path).expect("a file");
            let code: String = text
                .lines()
                .filter(|line| !line.trim_start().starts_with("//"))
                .collect::<Vec<_>>()
                .join("\n");
            (name, module, code)
        })
        .collect()
}

#[test]
fn modules_only_reach_down() {
    let place = layers();
    assert!(place.len() > 20, "the map of the house is not read");
    for (file, module, code) in core() {
        if module == "lib" {
            continue;
        }
        let here = *place
            .get(module.as_str())
            .unwrap_or_else(|| panic!("{module} has no layer"));
        for rest in code.split("crate::").skip(1) {
            let named = rest.split(|c: char| !c.is_ascii_lowercase()).next().expect("a name");
            let Some(&there) = place.get(named) else { continue };
            assert!(there <= here, "{file} reaches up to {named}");
        }
    }
}

#[test]
fn each_foreign_crate_has_one_door() {
    let doors: [(&str, &[&str]); 9] = [
        ("rust_xlsxwriter::", &["sheet.rs"]),
        ("rusqlite::", &["store.rs", "store/files.rs"]),
        ("refinery::", &["store.rs"]),
        ("printpdf::", &["paper/pdf/"]),
        ("lopdf::", &["paper/pdf"]),
        ("image::", &["photo.rs"]),
        ("harfrust::", &["paper/layout/font.rs"]),
        ("fluent_bundle::", &["words.rs"]),
        ("hypher::", &["paper/layout/text.rs"]),
    ];
    for (file, _, code) in core() {
        for (name, allowed) in doors {
            let used = code
                .match_indices(name)
                .any(|(at, _)| !code[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == ':'));
            assert!(
                !used || allowed.iter().any(|door| file.starts_with(door)),
                "{file} knows {name}"
            );
        }
    }
}

#[test]
fn no_statement_stands_outside_the_store() {
    for (file, module, code) in core() {
        for word in ["SELECT ", "INSERT INTO", "UPDATE ", "DELETE FROM"] {
            assert!(module == "store" || !code.contains(word), "{file} holds {word:?}");
        }
    }
}

#[test]
fn the_core_knows_no_window() {
    let manifest = std::fs::read_to_string(root().join("src-tauri/core/Cargo.toml")).expect("a manifest");
    assert!(!manifest.contains("tauri"));
}

#[test]
fn no_house_decides_by_its_name() {
    for (file, _, code) in core() {
        for house in ["laurence", "uniglo", "bigli", "flawless", "artbeats"] {
            let named = code
                .lines()
                .filter(|line| line.contains(house) && !line.contains("include_str!"));
            assert_eq!(named.count(), 0, "{file} names {house}");
        }
    }
}

#[test]
fn only_these_commands_are_open_to_the_window() {
    let main = std::fs::read_to_string(root().join("src-tauri/src/main.rs")).expect("the shell");
    let handlers = main
        .split("generate_handler![")
        .nth(1)
        .and_then(|rest| rest.split(']').next())
        .expect("the handlers");
    let found: Vec<&str> = handlers
        .split(',')
        .map(str::trim)
        .filter(|name| !name.is_empty())
        .collect();
    assert_eq!(
        found,
        [
            "counter::ask",
            "counter::act",
            "counter::rehearse",
            "counter::save_draft",
            "counter::drop_draft",
            "counter::sign_in",
            "counter::lock",
            "counter::change_person",
            "safety::unlock",
            "safety::safety",
            "safety::back_up",
            "safety::progress",
            "safety::stop",
            "safety::look_at_backup",
            "safety::restore",
            "safety::check",
            "safety::new_key",
            "safety::encrypt",
            "safety::decrypt",
            "safety::save_recovery",
            "safety::save_log",
            "desktop::add_photo",
            "desktop::add_file",
            "desktop::preview_paper",
            "desktop::print_paper",
            "desktop::save_paper",
            "desktop::save_export",
        ]
    );
}
