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
    let doors: [(&str, &[&str]); 17] = [
        ("rust_xlsxwriter::", &["sheet.rs"]),
        ("rusqlite::", &["store.rs", "store/files.rs", "store/seals.rs"]),
        ("refinery::", &["store.rs", "store/server.rs"]),
        ("postgres::", &["store/server.rs", "store/together.rs"]),
        ("printpdf::", &["paper/pdf/"]),
        ("lopdf::", &["paper/pdf"]),
        ("image::", &["photo.rs"]),
        ("harfrust::", &["paper/layout/font.rs"]),
        ("fluent_bundle::", &["words.rs"]),
        ("hypher::", &["paper/layout/text.rs"]),
        ("unicode_bidi::", &["paper/layout/font.rs"]),
        ("fontdb::", &["paper/layout/system.rs"]),
        ("moxcms::", &["photo.rs"]),
        ("jpeg_decoder::", &["photo.rs"]),
        ("roxmltree::", &["paper/brand.rs", "statement/camt.rs"]),
        ("usvg::", &["paper/brand.rs"]),
        ("csv::", &["contacts.rs", "counter/", "sheet.rs", "statement/table.rs"]),
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
            "counter::take_over_draft",
            "counter::sign_in",
            "counter::lock",
            "counter::here",
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
            "safety::second_place",
            "safety::last_backups",
            "together::shared_house",
            "together::at_dossier",
            "together::share_house",
            "together::bring_house_home",
            "together::trust_server",
            "phone::phone_folder",
            "phone::phone_photos",
            "phone::take_phone_photo",
            "invoices::invoice_folder",
            "invoices::hand_over_invoice",
            "sending::sending",
            "sending::set_access_point",
            "sending::set_mail_server",
            "sending::mail_paper",
            "desktop::printers",
            "desktop::show_saved",
            "desktop::use_examples",
            "desktop::print_paper",
            "desktop::save_paper",
            "desktop::save_export",
            "desktop::stop_saving",
        ]
    );
}

/// The counter's own modules from the ground up, and `counter.rs` over them all. One may know only those before it: what is
/// made and shown stands at the bottom, forms and papers above it, then pages and steps, and what hands out the work on top.
const COUNTER: [&str; 34] = [
    "work",
    "as_typed",
    "view",
    "doubts",
    "read",
    "load",
    "requests",
    "due",
    "book",
    "lookup",
    "lists",
    "forms",
    "registry",
    "story",
    "statement",
    "today",
    "papers",
    "mail",
    "corrections",
    "desk",
    "personal",
    "terms",
    "cases",
    "pages",
    "steps",
    "case_steps",
    "roles",
    "reports",
    "books",
    "exports",
    "action",
    "question",
    "examples",
    "bindings",
];

#[test]
fn the_counter_s_modules_only_reach_down() {
    let place: BTreeMap<&str, usize> = COUNTER.iter().enumerate().map(|(at, name)| (*name, at)).collect();
    let mut seen = BTreeMap::new();
    for (file, _, code) in core() {
        let Some(inside) = file.strip_prefix("counter/") else {
            continue;
        };
        let module = inside.split(['/', '.']).next().expect("a module");
        let here = *place
            .get(module)
            .unwrap_or_else(|| panic!("{module} has no place at the counter"));
        seen.insert(module.to_owned(), ());
        let up = if inside.contains('/') {
            "super::super::"
        } else {
            "super::"
        };
        for root in [up, "crate::counter::"] {
            for (at, _) in code.match_indices(root) {
                if code[..at].ends_with("::") {
                    continue;
                }
                let rest = &code[at + root.len()..];
                let named = rest
                    .split(|c: char| !c.is_ascii_alphanumeric() && c != '_')
                    .next()
                    .expect("a name");
                match place.get(named) {
                    Some(&there) => assert!(there <= here, "{file} reaches up to {named}"),
                    None => assert!(
                        // What plays a whole house stands before the counter, as everyone else does.
                        ["bindings", "examples"].contains(&module) || named == "super",
                        "{file} takes {named} from the counter as a whole: name its module"
                    ),
                }
            }
        }
    }
    assert_eq!(seen.len(), COUNTER.len(), "a module of the counter is gone");
}

#[test]
fn the_shell_s_modules_only_reach_down() {
    let order = [
        "said", "panics", "shared", "counter", "chosen", "desktop", "phone", "place", "safety", "together", "sending",
        "invoices", "main",
    ];
    for (here, module) in order.iter().enumerate() {
        let file = root().join(format!("src-tauri/src/{module}.rs"));
        let code = std::fs::read_to_string(file).expect("a file of the shell");
        for above in &order[here..] {
            assert!(
                !code.contains(&format!("use crate::{above}::")),
                "{module} reaches up to {above}"
            );
        }
    }
}

/// Functions that are longer than [`MOST_LINES`], and why; one that got shorter leaves the list.
const LONG: [(&str, &str, &str); 5] = [
    ("desk/typed.rs", "value", "one arm a kind of field, each how it is read"),
    (
        "termsheet.rs",
        "gather",
        "one arm a kind of clause, each how it is read",
    ),
    ("refusal.rs", "field", "one arm a refusal"),
    ("refusal.rs", "message", "one arm a refusal"),
    ("paper/pdf/write.rs", "mark", "one arm a mark on the page"),
];
const MOST_LINES: usize = 80;

#[test]
fn no_function_is_longer_than_a_page() {
    let mut long = Vec::new();
    for (file, _, _) in core() {
        let text = std::fs::read_to_string(root().join("src-tauri/core/src").join(&file)).expect("a file");
        let lines: Vec<&str> = text.lines().collect();
        for (at, line) in lines.iter().enumerate() {
            let indent = &line[..line.len() - line.trim_start().len()];
            let before = line.trim_start().split("fn ").next().unwrap_or_default();
            let declares = line.contains("fn ")
                && before
                    .split_whitespace()
                    .all(|word| word.starts_with("pub") || ["const", "async"].contains(&word));
            let end = format!("{indent}}}");
            let length = lines[at..]
                .iter()
                .position(|other| *other == end)
                .map_or(0, |end| end + 1);
            if declares && !line.ends_with([';', '}']) && length > MOST_LINES {
                let name = line.split("fn ").nth(1).expect("a name");
                let name = name.split(['(', '<']).next().expect("a name").to_owned();
                long.push((file.clone(), name));
            }
        }
    }
    let mut known: Vec<(String, String)> = LONG.map(|(file, name, _)| (file.to_owned(), name.to_owned())).to_vec();
    long.sort();
    known.sort();
    assert_eq!(long, known);
}

/// What may lie at the top of the tree; what is hidden belongs to tools, what is built stands apart.
const TOP: [&str; 13] = [
    "CHANGELOG.md",
    "CONTRIBUTING.md",
    "Cargo.lock",
    "Cargo.toml",
    "LICENSE-APACHE",
    "LICENSE-MIT",
    "README.md",
    "rustfmt.toml",
    "src-tauri",
    "task",
    "tauri.conf.json",
    "tests",
    "ui",
];
const BUILT: [&str; 2] = ["gen", "target"];

#[test]
fn nothing_else_lies_at_the_top() {
    let found = std::fs::read_dir(root()).expect("the top");
    for entry in found {
        let name = entry.expect("an entry").file_name();
        let name = name.to_string_lossy();
        assert!(
            name.starts_with('.') || TOP.contains(&name.as_ref()) || BUILT.contains(&name.as_ref()),
            "{name} does not belong at the top"
        );
    }
}
