//! The power is cut: a program works, and the disk forgets what was not synced.
//!
//! A shim under the program writes down every step it takes in its folder (`power/shim.c`). Here the steps are taken again on a
//! disk that keeps the contents of a file as of its last sync, and the names in a folder as of the folder's: at any step the power
//! may go, and what the program had said was done is there when it comes back. The shim also makes any single step fail.
//!
//! `ATELIER_POWER_ROUNDS` says how often the power is cut, and `ATELIER_POWER_FAULTS` how many steps fail; a few by default.
#![cfg(target_os = "linux")]

#[path = "power/disk.rs"]
mod disk;

use atelier_core::counter::{Action, Context, Counter, Outcome};
use atelier_core::house::Profile;
use atelier_core::store::Store;
use atelier_core::store::files::{FileKind, kind, manifest_of, write_whole};
use atelier_core::store::key::Key;
use atelier_core::store::second_place::bring;
use atelier_core::store::series::{Shares, is_by_hand, series, series_file, whole_of};
use atelier_core::words::Language;
use atelier_tests::{Dice, card, gold_ring, intake, sketch};
use chrono::{DateTime, NaiveDate};
use disk::{Disk, Keeps, Step};
use sha2::{Digest as _, Sha256};
use std::collections::{BTreeMap, BTreeSet};
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::{Mutex, OnceLock};

const KEY: Key = Key::Random([7; 32]);
const TODAY: &str = "2026-12-02";

/// Says that something is done: whoever reads it counts on it.
fn said(what: &str, id: &str) {
    let line = format!("done {what} {id}\n");
    let mut out = std::io::stdout().lock();
    out.write_all(line.as_bytes()).and_then(|()| out.flush()).expect("said");
}

/// The program: some work of every kind, and an end. What fails is not said to be done, and nothing panics over it.
fn works(folder: &Path) {
    let (file, backups, stick) = (folder.join("atelier.db"), folder.join("backups"), folder.join("stick"));
    let today: NaiveDate = TODAY.parse().expect("a day");
    let mut actions = 0_u128;
    let mut acts = |counter: &mut Counter, who: &str, action: &Action| -> Option<Outcome> {
        actions += 1;
        let context = Context {
            who: who.to_owned(),
            instant: DateTime::parse_from_rfc3339("2026-12-02T10:00:00+01:00").expect("an instant"),
            seed: actions.to_be_bytes(),
            salt: (actions << 64).to_be_bytes(),
            language: Language::En,
            sure: true,
        };
        let outcome = counter.act(action, &context).ok()?;
        for (what, id) in [
            ("client", &outcome.client),
            ("photo", &outcome.photo),
            ("project", &outcome.project),
            ("paper", &outcome.paper),
            ("staff", &outcome.staff),
        ] {
            if let Some(id) = id {
                said(what, id);
            }
        }
        Some(outcome)
    };
    let Ok(store) = Store::open(&file) else { return };
    let mut counter = Counter::over(store);
    let profile = Profile::named("laurence-vandenborre").expect("a house");
    let set_up = Action::SetUpHouse {
        example: false,
        profile: profile.id.clone(),
        identity: profile.identity.clone(),
        language: Language::En,
        staff: "Laurence".into(),
    };
    let Some(who) = acts(&mut counter, "", &set_up).and_then(|outcome| outcome.staff) else {
        return;
    };
    let mut key: Option<Key> = None;
    for round in 0..2 {
        for name in ["Anna", "Bea"] {
            acts(&mut counter, &who, &Action::AddClient { card: card(name) });
        }
        let photo = Action::KeepPhoto {
            name: "sketch.png".into(),
            bytes: sketch(),
        };
        acts(&mut counter, &who, &photo);
        let mut ring = gold_ring();
        ring.envelope = format!("E-{round:04}");
        let form = intake(vec![ring]);
        acts(
            &mut counter,
            &who,
            &Action::TakeIn {
                form,
                draft: String::new(),
            },
        );
        let moment = format!("2026-12-02T1{round}:00:00+01:00");
        // A whole one, or, in an encrypted house, one of the file as it lies and what changed since.
        let from = if round == 0 { u64::MAX } else { 0 };
        let shares = Shares {
            from,
            part: 1,
            ..Shares::USUAL
        };
        for second in ["01", "02"].iter().take(1 + round) {
            let moment = format!("2026-12-02T1{round}:00:{second}+01:00");
            acts(&mut counter, &who, &Action::AddClient { card: card("Cleo") });
            if let Ok(made) = counter.store().back_up_series_as(&backups, today, &moment, shares) {
                said("backup", &made.display().to_string());
                // The series keeps the newest of a day.
                if bring(&backups, &stick.join("Atelier"), today).is_ok() {
                    let there = stick.join("Atelier").join(made.file_name().expect("a name"));
                    said("backup", &there.display().to_string());
                }
            }
        }
        let by_hand = series_file(&backups, today, &moment, true);
        if counter.store().back_up(&by_hand, None, &moment).is_ok() {
            said("backup", &by_hand.display().to_string());
        }
        let agenda = folder.join("agenda.ics");
        if write_whole(&agenda, format!("round {round}").as_bytes()).is_ok() {
            said("agenda", &round.to_string());
        }
        // Another key, or the backup that was just made, in the place of the store.
        drop(counter);
        match round {
            0 => {
                said("may", "rekey");
                if Store::rekey(&file, None, Some(&KEY)).is_ok() {
                    key = Some(KEY);
                    said("key", "encrypted");
                } else if matches!(kind(&file), Ok(FileKind::Encrypted)) {
                    key = Some(KEY);
                }
            }
            _ if by_hand.exists() => {
                let _ = Store::restore(&file, &by_hand, Some(&KEY), key.as_ref(), &format!("r{round}"));
            }
            _ => {}
        }
        match Store::open_with(&file, key.as_ref()) {
            Ok(store) => counter = Counter::over(store),
            Err(_) => return,
        }
    }
    drop(counter);
    said("end", "-");
}

/// A folder for a house, and the stick that its backups go to.
fn house_in(home: &Path, name: &str) -> PathBuf {
    let root = home.join(name);
    std::fs::create_dir_all(root.join("stick")).expect("a folder");
    root
}

/// The shim, compiled for this machine; once, however many tests load it.
fn shim() -> PathBuf {
    static MADE: OnceLock<PathBuf> = OnceLock::new();
    MADE.get_or_init(compiled).clone()
}

fn compiled() -> PathBuf {
    let made = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("power-{}.so", std::process::id()));
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("power/shim.c");
    let done = Command::new("cc")
        .args(["-shared", "-fPIC", "-O1", "-o"])
        .arg(&made)
        .arg(source)
        .arg("-ldl")
        .status()
        .expect("a C compiler, which the engine is built with too");
    assert!(done.success(), "the shim does not compile");
    made
}

/// Lets the program work in that folder; with `fails` one of its steps does. Answers what it did.
fn watched(folder: &Path, shim: &Path, fails: Option<&str>) -> Vec<Step> {
    let trace = folder.with_extension("trace");
    let _ = std::fs::remove_file(&trace);
    let mut program = Command::new(std::env::current_exe().expect("this program"));
    program
        .args([
            "--exact",
            "what_was_said_to_be_done_is_there_when_the_power_comes_back",
            "--nocapture",
        ])
        .env("ATELIER_POWER_FOLDER", folder)
        .env("LD_PRELOAD", shim)
        .env("POWER_ROOT", folder)
        .env("POWER_TRACE", &trace)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    if let Some(fails) = fails {
        program.env("POWER_FAIL", fails);
    }
    let output = program.output().expect("the program");
    let words = String::from_utf8_lossy(&output.stderr);
    assert!(!words.contains("panicked"), "{fails:?}: {words}");
    disk::read(&std::fs::read(&trace).expect("what it did"))
}

/// What the program had said by some step.
#[derive(Default, Clone)]
struct Promises {
    /// Ids of rows.
    rows: BTreeSet<String>,
    papers: BTreeSet<String>,
    backups: BTreeSet<PathBuf>,
    encrypted: bool,
    /// The round whose agenda was written.
    agenda: Option<u32>,
}

impl Promises {
    fn hear(&mut self, line: &str) {
        let Some((what, id)) = line.strip_prefix("done ").and_then(|rest| rest.split_once(' ')) else {
            return;
        };
        match what {
            "paper" => drop(self.papers.insert(id.to_owned())),
            "backup" => self.hear_of_backup(PathBuf::from(id)),
            "key" => self.encrypted = true,
            "agenda" => self.agenda = id.parse().ok(),
            "may" | "end" => {}
            _ => drop(self.rows.insert(id.to_owned())),
        }
    }

    /// A newer backup of the series takes the place of the day's.
    fn hear_of_backup(&mut self, backup: PathBuf) {
        if !is_by_hand(&backup) {
            let folder = backup.parent().map(Path::to_owned);
            self.backups
                .retain(|known| is_by_hand(known) || known.parent().map(Path::to_owned) != folder);
        }
        self.backups.insert(backup);
    }

    /// What is not as it was said in the store itself.
    fn broken_in_store(&self, file: &Path) -> Option<String> {
        let encrypted = match kind(file) {
            Ok(FileKind::Encrypted) => true,
            Ok(FileKind::Plain) => false,
            Ok(FileKind::Missing) if self.rows.is_empty() => return None,
            other => return Some(format!("the store is {other:?}")),
        };
        if self.encrypted && !encrypted {
            return Some("the store has no key any more".to_owned());
        }
        let mut store = match Store::open_with(file, encrypted.then_some(&KEY)) {
            Ok(store) => store,
            Err(why) => return Some(format!("the store does not open: {why}")),
        };
        match store.check() {
            Ok(checked) if checked.problems.is_empty() => {}
            Ok(checked) => return Some(checked.problems.join("; ")),
            Err(why) => return Some(format!("the store cannot be checked: {why}")),
        }
        let rows = store.dump(&["journal", "journal_personal"]).unwrap_or_default();
        let missing = self.rows.iter().find(|id| !rows.iter().any(|row| row.contains(*id)));
        if let Some(id) = missing {
            return Some(format!("{id} is not there"));
        }
        let mut counter = Counter::over(store);
        if let Some(paper) = self.papers.iter().find(|paper| counter.paper(paper).is_err()) {
            return Some(format!("the paper {paper} is not there"));
        }
        None
    }

    /// What is not as it was said, in a folder that was `root`.
    fn broken_in(&self, folder: &Path, root: &Path) -> Option<String> {
        let at = |path: &Path| folder.join(path.strip_prefix(root).unwrap_or(path));
        let file = folder.join("atelier.db");
        if !self.rows.is_empty() || file.exists() {
            let lying: Vec<PathBuf> = std::fs::read_dir(folder)
                .expect("a folder")
                .map(|entry| entry.expect("an entry").path())
                .filter(|path| path.is_file())
                .collect();
            let told = format!("{:?} {:?} {}", self.rows, self.papers, self.encrypted);
            if let Some(why) = looked_at(&lying, &told, || self.broken_in_store(&file)) {
                return Some(why);
            }
        }
        for backup in self.backups.iter().map(|backup| at(backup)) {
            // One that the series no longer kept had a newer one beside it.
            let newer = series(backup.parent().unwrap_or(folder)).into_iter().next_back();
            let is_replaced = !is_by_hand(&backup) && newer.is_some_and(|(newer, _)| newer > backup);
            if is_replaced && !backup.exists() {
                continue;
            }
            if !manifest_of(&backup).exists() {
                return Some(format!("{} has no manifest", backup.display()));
            }
            let lying = [backup.clone(), manifest_of(&backup), whole_of(&backup)];
            let found = looked_at(&lying, "", || match Store::preview(&backup, Some(&KEY)) {
                Ok(checked) if checked.problems.is_empty() => None,
                Ok(checked) => Some(checked.problems.join("; ")),
                Err(why) => Some(why.to_string()),
            });
            if let Some(why) = found {
                return Some(format!("{}: {why}", backup.display()));
            }
        }
        let agenda = std::fs::read_to_string(folder.join("agenda.ics")).unwrap_or_default();
        let round = agenda.strip_prefix("round ").and_then(|round| round.parse().ok());
        (self
            .agenda
            .is_some_and(|said| round.is_none_or(|round: u32| round < said)))
        .then(|| format!("the agenda says {agenda:?}, after round {:?}", self.agenda))
    }
}

/// What comes of looking at some files. After most cuts the same lies there as after the one before: that is looked at once.
fn looked_at(lying: &[PathBuf], told: &str, look: impl FnOnce() -> Option<String>) -> Option<String> {
    static KNOWN: Mutex<BTreeMap<[u8; 32], Option<String>>> = Mutex::new(BTreeMap::new());
    let mut hash = Sha256::new_with_prefix(told);
    let mut names: Vec<(&str, &PathBuf)> = lying
        .iter()
        .filter_map(|path| Some((path.file_name()?.to_str()?, path)))
        .collect();
    names.sort();
    for (name, path) in names {
        let bytes = std::fs::read(path).unwrap_or_default();
        hash.update(format!("{name} {}\n", bytes.len()));
        hash.update(bytes);
    }
    let hash: [u8; 32] = hash.finalize().into();
    let known = KNOWN.lock().expect("known").get(&hash).cloned();
    known.unwrap_or_else(|| {
        let found = look();
        KNOWN.lock().expect("known").insert(hash, found.clone());
        found
    })
}

/// Takes the steps again and cuts the power after each of `cuts`: what is broken then, with the step; no more than `most`.
fn cut(
    steps: &[Step],
    root: &Path,
    cuts: &BTreeSet<usize>,
    most: usize,
    keeps: &mut dyn FnMut() -> Keeps,
) -> Vec<(usize, String)> {
    let (mut disk, mut promises) = (Disk::new(root), Promises::default());
    let mut broken = Vec::new();
    for (at, step) in steps.iter().enumerate() {
        if let Step::Said(words) = step {
            words.lines().for_each(|line| promises.hear(line));
        }
        disk.takes(step);
        if cuts.contains(&at) {
            let folder = tempfile::tempdir().expect("a folder");
            disk.left_in(folder.path(), keeps());
            if let Some(why) = promises.broken_in(folder.path(), root) {
                broken.push((at, why));
                if broken.len() >= most {
                    break;
                }
            }
        }
    }
    broken
}

fn rounds(name: &str, usual: usize) -> usize {
    let asked = std::env::var(name).ok().and_then(|rounds| rounds.parse().ok());
    asked.unwrap_or(usual)
}

#[test]
fn what_was_said_to_be_done_is_there_when_the_power_comes_back() {
    if let Some(folder) = std::env::var_os("ATELIER_POWER_FOLDER") {
        works(Path::new(&folder));
        return;
    }
    let (home, shim) = (tempfile::tempdir().expect("a folder"), shim());
    let root = house_in(home.path(), "house");
    let steps = watched(&root, &shim, None);
    let saids = steps
        .iter()
        .filter(|step| matches!(step, Step::Said(words) if words.contains("done ")))
        .count();
    assert!(saids > 20, "the program said {saids} things");
    let ended = steps
        .iter()
        .any(|step| matches!(step, Step::Said(words) if words.contains("done end")));
    assert!(ended, "the program did not come to its end");
    // Everything is there where nothing was cut.
    let whole: BTreeSet<usize> = BTreeSet::from([steps.len() - 1]);
    assert_eq!(cut(&steps, &root, &whole, 1, &mut || Keeps::All), []);
    let mut dice = Dice(0x90_3e7);
    let rounds = rounds("ATELIER_POWER_ROUNDS", 60);
    let mut broken = Vec::new();
    let mut done = 0;
    while done < rounds {
        let many = (rounds - done).min(200);
        let cuts: BTreeSet<usize> = (0..many).map(|_| dice.roll(steps.len())).collect();
        // The strictest disk, and one that kept some of what it need not.
        let mut turn = 0_u64;
        let mut keeps = || {
            turn += 1;
            if turn.is_multiple_of(2) {
                Keeps::Synced
            } else {
                Keeps::Some(turn ^ done as u64)
            }
        };
        broken.extend(cut(&steps, &root, &cuts, 8, &mut keeps));
        done += many;
    }
    println!(
        "the power was cut {done} times in {} steps and {saids} things said",
        steps.len()
    );
    assert!(broken.is_empty(), "{}", told(&steps, &broken));
}

fn told(steps: &[Step], broken: &[(usize, String)]) -> String {
    let lines = broken
        .iter()
        .take(8)
        .map(|(at, why)| format!("after step {at} ({}): {why}", steps[*at].short()));
    format!("{} of the cuts: {}", broken.len(), lines.collect::<Vec<_>>().join("\n"))
}

/// Each sync protects something: with any one of them left out, something that was said to be done is lost.
#[test]
fn no_sync_can_be_left_out() {
    let (home, shim) = (tempfile::tempdir().expect("a folder"), shim());
    let root = house_in(home.path(), "house");
    let steps = watched(&root, &shim, None);
    let mut of_kind: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    // The power goes after each thing that was said, and whenever a file has got another name for good.
    let mut cuts: BTreeSet<usize> = BTreeSet::new();
    for (at, what) in disk::syncs(&steps, &root) {
        if !what.contains('.') {
            cuts.insert(at);
        }
        // The engine syncs the logs of files that are only being made too: those are thrown away after a cut, which it does not know.
        if !(what.ends_with("-journal") || what.ends_with("restoring-wal") || what.ends_with("part-wal")) {
            of_kind.entry(what).or_default().push(at);
        }
    }
    assert!(of_kind.len() > 12, "{of_kind:?}");
    for (at, step) in steps.iter().enumerate() {
        let weighs = match step {
            Step::Said(words) => words.contains("done "),
            Step::Rename(..) => true,
            _ => false,
        };
        if weighs {
            cuts.insert(at);
        }
    }
    assert_eq!(cut(&steps, &root, &cuts, 1, &mut || Keeps::Synced), []);
    let mut idle = Vec::new();
    for (what, left_out) in &of_kind {
        let fewer: Vec<Step> = steps
            .iter()
            .enumerate()
            .map(|(at, step)| {
                if left_out.contains(&at) {
                    Step::Said(String::new())
                } else {
                    step.clone()
                }
            })
            .collect();
        // The first thing that is lost is enough.
        let lost = cut(&fewer, &root, &cuts, 1, &mut || Keeps::Synced);
        println!("without {what}: {}", lost.first().map_or("nothing", |(_, why)| why));
        if lost.is_empty() {
            idle.push(what.clone());
        }
    }
    assert!(idle.is_empty(), "nothing is lost without the syncs of {idle:?}");
}

/// A disk that is full, or fails, at any single step: the program says so or goes on, and what it said was done is there.
#[test]
fn a_step_that_fails_loses_nothing() {
    let (home, shim) = (tempfile::tempdir().expect("a folder"), shim());
    let count = |kind: char| {
        // A step that is never reached fails nowhere: what is counted is what was done.
        let root = house_in(home.path(), &format!("count-{kind}"));
        let steps = watched(&root, &shim, None);
        steps
            .iter()
            .filter(|step| match kind {
                'w' => matches!(step, Step::Write(..) | Step::Truncate(..)),
                's' => matches!(step, Step::Sync(..)),
                _ => matches!(step, Step::Rename(..)),
            })
            .count()
    };
    let (no_space, io_error) = (28, 5);
    let mut dice = Dice(0xfa17);
    let faults = rounds("ATELIER_POWER_FAULTS", 16);
    let kinds = [
        ('w', no_space),
        ('w', io_error),
        ('s', io_error),
        ('r', io_error),
        ('i', io_error),
    ];
    let counts: BTreeMap<char, usize> = ['w', 's', 'r'].into_iter().map(|kind| (kind, count(kind))).collect();
    let mut tried = 0;
    for round in 0..faults {
        let (kind, errno) = kinds[round % kinds.len()];
        let most = counts.get(&kind).copied().unwrap_or(2000);
        let at = 1 + dice.roll(most);
        let root = house_in(home.path(), &format!("house-{round}"));
        let steps = watched(&root, &shim, Some(&format!("{kind}:{at}:{errno}")));
        let mut promises = Promises::default();
        for step in &steps {
            if let Step::Said(words) = step {
                words.lines().for_each(|line| promises.hear(line));
            }
        }
        if let Some(why) = promises.broken_in(&root, &root) {
            panic!("step {kind} {at} failed with {errno}: {why}");
        }
        std::fs::remove_dir_all(&root).expect("gone");
        tried += 1;
    }
    println!("{tried} steps failed");
}
