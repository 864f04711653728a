//! Where everything comes from, by rules that need no network: one registry, sums for all of it, licences that may be shipped,
//! and nothing that fetches more while it is built.

use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::Command;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// Licences that may be shipped with the program, each on its own.
const LICENCES: [&str; 20] = [
    "MIT",
    "Apache-2.0",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "ISC",
    "Zlib",
    "0BSD",
    "Unicode-3.0",
    "Unicode-DFS-2016",
    "CC0-1.0",
    "Unlicense",
    "BSL-1.0",
    "MPL-2.0",
    "OFL-1.1",
    "MIT-0",
    "BlueOak-1.0.0",
    "CDLA-Permissive-2.0",
    "IJG",
    "blessing",
    "WTFPL",
];

/// Whether an SPDX expression leaves a choice that may be shipped: one of those joined by OR, all of those joined by AND.
fn may_be_shipped(expression: &str) -> bool {
    let expression = expression.replace('/', " OR ").replace(" WITH LLVM-exception", "");
    let mut depth = 0_i32;
    let mut parts: Vec<(String, &str)> = Vec::new();
    let mut part = String::new();
    for word in expression.replace('(', " ( ").replace(')', " ) ").split_whitespace() {
        match word {
            "(" => depth += 1,
            ")" => depth -= 1,
            "OR" | "AND" if depth == 0 => {
                parts.push((std::mem::take(&mut part), if word == "OR" { "OR" } else { "AND" }));
                continue;
            }
            _ => {}
        }
        part.push_str(word);
        part.push(' ');
    }
    parts.push((part, ""));
    if let [(one, _)] = parts.as_slice() {
        let inner = one.trim();
        return match inner
            .strip_prefix('(')
            .and_then(|inner| inner.trim_end().strip_suffix(')'))
        {
            Some(inner) => may_be_shipped(inner),
            None => LICENCES.contains(&inner),
        };
    }
    // AND binds closer than OR.
    let (mut any, mut all) = (false, true);
    for (part, joined) in &parts {
        all &= may_be_shipped(part);
        if *joined != "AND" {
            any |= all;
            all = true;
        }
    }
    any
}

#[test]
fn expressions_are_read_as_they_are_meant() {
    for good in [
        "MIT",
        "MIT OR GPL-3.0",
        "MIT/Apache-2.0",
        "(MIT OR Apache-2.0) AND Unicode-3.0",
        "GPL-2.0 OR (MIT AND ISC)",
        "Apache-2.0 WITH LLVM-exception OR MIT",
    ] {
        assert!(may_be_shipped(good), "{good}");
    }
    for bad in [
        "GPL-3.0",
        "MIT AND GPL-3.0",
        "(MIT OR ISC) AND AGPL-3.0",
        "",
        "Proprietary",
    ] {
        assert!(!may_be_shipped(bad), "{bad}");
    }
}

fn packages() -> Vec<Value> {
    let version = Command::new("rustc").arg("-vV").output().expect("the compiler");
    let version = String::from_utf8(version.stdout).expect("text");
    let host = version
        .lines()
        .find_map(|line| line.strip_prefix("host: "))
        .expect("this machine");
    let output = Command::new(env!("CARGO"))
        .current_dir(root())
        .args([
            "metadata",
            "--locked",
            "--offline",
            "--format-version",
            "1",
            "--filter-platform",
            host,
        ])
        .output()
        .expect("the packages");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let metadata: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    metadata["packages"].as_array().expect("packages").clone()
}

#[test]
fn every_crate_may_be_shipped_and_comes_from_the_registry() {
    let packages = packages();
    assert!(packages.len() > 200);
    for package in &packages {
        let (name, source) = (package["name"].as_str().expect("a name"), package["source"].as_str());
        let licence = package["license"].as_str().unwrap_or_default();
        assert!(may_be_shipped(licence), "{name} is under {licence:?}");
        match source {
            None => assert!(
                package["manifest_path"]
                    .as_str()
                    .expect("a path")
                    .contains("Cargo.toml"),
                "{name}"
            ),
            Some(source) => assert_eq!(
                source, "registry+https://github.com/rust-lang/crates.io-index",
                "{name}"
            ),
        }
    }
}

#[test]
fn no_build_script_fetches_anything() {
    let fetchers = [
        "reqwest",
        "ureq",
        "curl",
        "attohttpc",
        "minreq",
        "isahc",
        "git2",
        "hyper",
        "download",
    ];
    for package in packages() {
        let name = package["name"].as_str().expect("a name").to_owned();
        for needed in package["dependencies"].as_array().expect("dependencies") {
            let built = needed["kind"] == "build" && needed["optional"] == false;
            let needs = needed["name"].as_str().expect("a name");
            assert!(!built || !fetchers.contains(&needs), "{name} needs {needs} to be built");
        }
    }
    // Ours run nothing but the compiler.
    for script in ["src-tauri/build.rs", "src-tauri/core/build.rs"] {
        let text = std::fs::read_to_string(root().join(script)).expect("a build script");
        assert!(!text.contains("Command::new") && !text.contains("http"), "{script}");
    }
}

#[test]
fn every_package_of_both_lock_files_has_its_sum() {
    let lock = std::fs::read_to_string(root().join("Cargo.lock")).expect("a lock file");
    for package in lock.split("[[package]]").skip(1) {
        let foreign = package.contains("source = ");
        assert_eq!(foreign, package.contains("checksum = "), "{package}");
    }
    let lock = std::fs::read_to_string(root().join("ui/package-lock.json")).expect("a lock file");
    let lock: Value = serde_json::from_str(&lock).expect("JSON");
    for (name, package) in lock["packages"].as_object().expect("packages") {
        if name.is_empty() {
            continue;
        }
        assert!(
            package["integrity"]
                .as_str()
                .is_some_and(|sum| sum.starts_with("sha512-")),
            "{name} has no sum"
        );
        let licence = package["license"].as_str().unwrap_or_default();
        assert!(may_be_shipped(licence), "{name} is under {licence:?}");
        assert!(package.get("resolved").is_none(), "{name} names a host");
    }
}
