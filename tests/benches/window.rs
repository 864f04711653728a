//! The real window: how long it takes to be usable, what memory it takes, and how soon each screen is painted after a click. Beside it
//! an empty window of Tauri, which is this program again, called with `--empty`.
//!
//! `./task bench window 20000` measures a new house and one of ten years with so many projects: every screen, and what is typed.

use atelier_core::store::Store;
use atelier_tests::driver::Driver;
use atelier_tests::years::{COPIED, house};
use fantoccini::wd::Capabilities;
use fantoccini::{Client, ClientBuilder, Locator};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// What a new start is counted by: each program is opened so often, in turn.
const STARTS: usize = 5;

/// A program whose window is opened: its file, what it is called with, when it is usable, and where its data lies.
struct Program {
    name: String,
    file: PathBuf,
    arguments: &'static [&'static str],
    usable: &'static str,
    home: PathBuf,
}

/// A window that is open and usable.
struct Opened {
    client: Client,
    driver: Driver,
    milliseconds: f64,
}

async fn opened(program: &Program) -> Opened {
    let nothing: &[(&str, &str)] = &[];
    let driver = Driver::started(&program.home, nothing);
    let mut capabilities = Capabilities::new();
    let options = json!({ "binary": program.file, "args": program.arguments });
    capabilities.insert("webkitgtk:browserOptions".into(), options);
    let begun = Instant::now();
    let client = ClientBuilder::new(HttpConnector::new())
        .capabilities(capabilities)
        .connect(&driver.address())
        .await
        .expect("a window");
    loop {
        let there = client.execute(program.usable, Vec::new()).await;
        if matches!(there, Ok(Value::Bool(true))) {
            break;
        }
        assert!(
            begun.elapsed() < Duration::from_secs(120),
            "{} does not start",
            program.name
        );
        tokio::time::sleep(Duration::from_millis(2)).await;
    }
    Opened {
        client,
        driver,
        milliseconds: begun.elapsed().as_secs_f64() * 1000.0,
    }
}

/// The programs that a driver started, and those that these did.
fn under(driver: &Driver) -> Vec<u32> {
    let folders = std::fs::read_dir("/proc").into_iter().flatten().flatten();
    let mut parents = BTreeMap::new();
    for folder in folders {
        let Some(id) = folder.file_name().to_str().and_then(|name| name.parse::<u32>().ok()) else {
            continue;
        };
        let said = std::fs::read_to_string(folder.path().join("stat")).unwrap_or_default();
        let parent = said
            .rsplit(") ")
            .next()
            .and_then(|rest| rest.split(' ').nth(1)?.parse::<u32>().ok());
        parents.insert(id, parent.unwrap_or_default());
    }
    let is_under = |mut id: u32| {
        while let Some(parent) = parents.get(&id) {
            if *parent == driver.id() {
                return true;
            }
            id = *parent;
        }
        false
    };
    parents.keys().copied().filter(|id| is_under(*id)).collect()
}

/// The memory of a program and of those it started, in MB: each page of memory that several share counts as a part for each.
fn memory(driver: &Driver) -> f64 {
    let kilobytes = |id: u32| {
        let said = std::fs::read_to_string(format!("/proc/{id}/smaps_rollup")).unwrap_or_default();
        let line = said.lines().find_map(|line| line.strip_prefix("Pss:"));
        line.and_then(|line| line.trim().trim_end_matches(" kB").parse::<f64>().ok())
    };
    under(driver).into_iter().filter_map(kilobytes).sum::<f64>() / 1024.0
}

/// Closes a window, and waits until its program ended. The driver gives it no time to come to its end, as its user does: that the store was
/// left as after a crash is put right here, so that the next start reads nothing behind.
async fn closed(open: Opened, home: &Path) {
    let _ = open.client.close().await;
    let begun = Instant::now();
    while !under(&open.driver).is_empty() {
        assert!(begun.elapsed() < Duration::from_secs(60), "the program does not end");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    let store = home.join("data/be.atelier.desktop/atelier.db");
    if store.exists() {
        Store::open(&store).expect("the store").was_read();
    }
}

/// A house that is worked on where it is kept: there is no room for two. It goes back in the end, whatever that is.
struct Lent {
    store: PathBuf,
    kept: PathBuf,
}

impl Drop for Lent {
    fn drop(&mut self) {
        // Its log is folded in.
        drop(Store::open(&self.store));
        let _ = std::fs::rename(&self.store, &self.kept);
    }
}

fn median(mut figures: Vec<f64>) -> f64 {
    figures.sort_by(f64::total_cmp);
    figures[figures.len() / 2]
}

/// From a click until nothing changes on the page any more, and that is painted, in milliseconds. That an answer is late, which the page
/// says, is no answer.
async fn painted_after(client: &Client, click: &str) -> f64 {
    let script = format!(
        "const done = arguments[arguments.length - 1];
         let last = performance.now();
         const waits = document.querySelector('.late');
         const watch = new MutationObserver((changes) => {{
             if (changes.some((change) => !waits.contains(change.target))) requestAnimationFrame(() => (last = performance.now()));
         }});
         watch.observe(document.body, {{ childList: true, subtree: true, characterData: true, attributes: true }});
         const begun = performance.now();
         {click};
         const look = () => waits.textContent === '' && performance.now() - last > 400
             ? (watch.disconnect(), done(last - begun))
             : setTimeout(look, 20);
         setTimeout(look, 20);"
    );
    let taken = client.execute_async(&script, Vec::new()).await.expect("a click");
    taken.as_f64().expect("milliseconds")
}

/// What is typed into the search.
const TYPED: &str = "peeters 77123";

/// Types it letter by letter, as a keyboard does: milliseconds a letter, and how many were lost.
async fn typed(client: &Client) -> (f64, usize) {
    let field = client.find(Locator::Css("header input")).await.expect("the search");
    field.clear().await.expect("an empty field");
    let begun = Instant::now();
    field.send_keys(TYPED).await.expect("keys");
    let taken = begun.elapsed().as_secs_f64() * 1000.0;
    let stands = field.prop("value").await.expect("a value").unwrap_or_default();
    let right = TYPED
        .chars()
        .zip(stands.chars())
        .take_while(|(one, other)| one == other)
        .count();
    (taken / TYPED.len() as f64, TYPED.len() - right)
}

/// The screens of the rail, the board, and the first project of the list; then a name that is typed letter by letter.
const CLICKS: [(&str, &str); 10] = [
    ("projects", "document.querySelectorAll('nav button')[1].click()"),
    (
        "a project",
        "document.querySelector('main tbody button, main tbody a, main li button').click()",
    ),
    ("back to projects", "document.querySelectorAll('nav button')[1].click()"),
    ("clients", "document.querySelectorAll('nav button')[2].click()"),
    ("after-sales", "document.querySelectorAll('nav button')[3].click()"),
    ("ask", "document.querySelectorAll('nav button')[4].click()"),
    ("gold", "document.querySelectorAll('nav button')[5].click()"),
    ("house", "document.querySelectorAll('nav button')[6].click()"),
    ("Today", "document.querySelectorAll('nav button')[0].click()"),
    (
        "a name searched",
        "const field = document.querySelector('header input');
         field.focus(); field.value = 'peeters 77'; field.dispatchEvent(new InputEvent('input', { bubbles: true }))",
    ),
];

#[tokio::main(flavor = "current_thread")]
async fn measured(projects: u64) {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let homes = tempfile::tempdir_in(folder).expect("a folder");
    let mut programs = vec![Program {
        name: "an empty window".into(),
        file: std::env::current_exe().expect("this program"),
        arguments: &["--empty"],
        usable: "return document.readyState === 'complete' && document.body.innerText.includes('Nothing')",
        home: homes.path().join("empty"),
    }];
    let mut lent = None;
    for (name, of) in [("a new house", 0), ("ten years", projects)] {
        let home = homes.path().join(of.to_string());
        let data = home.join("data/be.atelier.desktop");
        std::fs::create_dir_all(&data).expect("a folder");
        // A file in the place of the folder: no backup is made while a window is measured.
        std::fs::write(data.join("backups"), "").expect("a file");
        let (made, store) = (house(folder, of), data.join("atelier.db"));
        if std::fs::metadata(&made).expect("the house").len() > COPIED {
            std::fs::rename(&made, &store).expect("a store");
            lent = Some(Lent { store, kept: made });
        } else {
            std::fs::copy(&made, store).expect("a store");
        }
        programs.push(Program {
            name: format!("{name}, {of} projects"),
            file: env!("CARGO_BIN_EXE_atelier-desktop").into(),
            arguments: &[],
            usable: "return document.querySelector('main h1') !== null && document.querySelector('header input') !== null",
            home,
        });
    }
    let mut started: Vec<(Vec<f64>, Vec<f64>)> = vec![Default::default(); programs.len()];
    for turn in 0..=STARTS {
        for (program, (times, sizes)) in programs.iter().zip(&mut started) {
            let open = opened(program).await;
            tokio::time::sleep(Duration::from_secs(1)).await;
            // The first start fills the caches of the system.
            if turn > 0 {
                times.push(open.milliseconds);
                sizes.push(memory(&open.driver));
            }
            closed(open, &program.home).await;
        }
    }
    println!(
        "{:<28}{:>12}{:>8}{:>10}{:>8}",
        "start", "usable, ms", "ratio", "MB", "ratio"
    );
    let mut empty = None;
    for (program, (times, sizes)) in programs.iter().zip(started) {
        let (time, size) = (median(times), median(sizes));
        let (least, small) = *empty.get_or_insert((time, size));
        println!(
            "{:<28}{time:>12.0}{:>8.2}{size:>10.0}{:>8.2}",
            program.name,
            time / least,
            size / small
        );
    }
    println!("{:<28}{:>12}{:>12}", "painted after a click, ms", "new", projects);
    let (mut painted, mut typing) = ([Vec::new(), Vec::new()], Vec::new());
    for (program, painted) in programs[1..].iter().zip(&mut painted) {
        let open = opened(program).await;
        tokio::time::sleep(Duration::from_secs(2)).await;
        for (name, click) in CLICKS {
            let is_there = *name != *"a project" || !program.name.starts_with("a new");
            painted.push(if is_there {
                painted_after(&open.client, click).await
            } else {
                f64::NAN
            });
        }
        typing.push(typed(&open.client).await);
        closed(open, &program.home).await;
    }
    for ((name, _), (new, old)) in CLICKS.iter().zip(painted[0].iter().zip(&painted[1])) {
        println!("{name:<28}{new:>12.0}{old:>12.0}");
    }
    println!("{:<28}{:>12.0}{:>12.0}", "a letter typed", typing[0].0, typing[1].0);
    println!("{:<28}{:>12}{:>12}", "letters lost", typing[0].1, typing[1].1);
    drop(lent);
}

fn main() {
    let words: Vec<String> = std::env::args().skip(1).collect();
    if words.iter().any(|word| word == "--empty") {
        let context = tauri::generate_context!("tests/benches/empty/tauri.conf.json");
        tauri::Builder::default().run(context).expect("an empty window");
        return;
    }
    measured(words.iter().find_map(|word| word.parse().ok()).unwrap_or(1000));
}
