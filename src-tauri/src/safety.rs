//! Backups, keys and logs: what a manager does with the store as a file. Paths come from a native dialog or are names in the
//! program's own folder; the page's word for a place on the disk is never taken.

use crate::chosen::folder_picked;
use crate::counter::{At, Open, Said, said, unpoisoned};
use crate::desktop::{Root, chosen};
use crate::panics::{broken_off, caught, goes_on};
use crate::place::{Place, PlaceView, why_not};
use crate::shared::kept_by_the_system;
use atelier_core::counter::Counter;
use atelier_core::grounds::{Fact, Message};
use atelier_core::paper::pdf::render;
use atelier_core::paper::recovery_sheet;
use atelier_core::refusal::Refusal;
use atelier_core::store::files::{self, Checked, FileKind, Stopper, part_of};
use atelier_core::store::key::Key;
use atelier_core::store::moving::{SoFar, Told};
use atelier_core::store::series::{dated_ahead, held, series, series_file};
use atelier_core::store::{Store, Trouble};
use atelier_core::words::Language;
use chrono::{Local, NaiveDate};
use serde::{Deserialize, Serialize};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, TryLockError};
use std::time::{Duration, Instant};
use tauri::{AppHandle, Manager as _, State, WebviewWindow};
use tauri_plugin_dialog::DialogExt as _;

/// What is being done with the store as a file.
pub struct Doing {
    /// One thing at a time: a backup, a restore, another key, a check.
    one: Mutex<()>,
    running: Mutex<Option<Arc<Running>>>,
    /// The file that was chosen to be restored.
    restoring: Mutex<Option<PathBuf>>,
    /// The key that is still to be written down before anything is encrypted with it.
    new_key: Mutex<Option<Key>>,
    /// Why the last backup the program made by itself came to nothing.
    failed: Mutex<Option<Trouble>>,
    /// Where each backup goes too.
    pub place: Place,
}

/// How long something that is done with the file is waited for by the next.
const PATIENCE: Duration = Duration::from_secs(10);

/// What takes a while, and can be stopped.
enum Running {
    /// A backup: how far it is shows by the size of its file.
    Backup { file: PathBuf, whole: u64, stop: Stopper },
    /// A move of the house to a server or back: in hundredths.
    Move { done: AtomicU64, stop: AtomicBool },
}

impl Running {
    /// How far it is, in hundredths.
    fn so_far(&self) -> u64 {
        let hundredths = match self {
            Self::Backup { file, whole, .. } => {
                let written = std::fs::metadata(file).map(|file| file.len()).unwrap_or_default();
                written * 100 / (*whole).max(1)
            }
            Self::Move { done, .. } => done.load(Ordering::Relaxed),
        };
        hundredths.min(99)
    }
}

impl Doing {
    /// Nothing yet; the second place as it was chosen.
    pub fn at(root: &Path) -> Self {
        Self {
            one: Mutex::default(),
            running: Mutex::default(),
            restoring: Mutex::default(),
            new_key: Mutex::default(),
            failed: Mutex::default(),
            place: Place::at(root),
        }
    }

    /// Moves the house: `work` tells how far it is, and is stopped when somebody says so.
    pub fn moves<T>(&self, at: &At, work: impl FnOnce(Told<'_>) -> Result<T, Said>) -> Result<T, Said> {
        let running = Arc::new(Running::Move {
            done: AtomicU64::new(0),
            stop: AtomicBool::new(false),
        });
        *unpoisoned(&self.running) = Some(Arc::clone(&running));
        let mut how_far = |so_far: SoFar<'_>| {
            let Running::Move { done, stop } = running.as_ref() else {
                return true;
            };
            let hundredths = so_far.rows * 100 / so_far.of.max(1);
            done.store(u64::try_from(hundredths).unwrap_or_default(), Ordering::Relaxed);
            !stop.load(Ordering::Relaxed)
        };
        let done = caught(at.language(), || work(&mut how_far));
        *unpoisoned(&self.running) = None;
        done
    }

    /// Begins to do something with the file, unless something is being done. A backup that the program makes by itself, as after
    /// it was opened, is waited for.
    pub fn alone(&self, at: &At) -> Result<MutexGuard<'_, ()>, Said> {
        let begun = Instant::now();
        loop {
            match self.one.try_lock() {
                Ok(one) => return Ok(one),
                Err(TryLockError::Poisoned(one)) => return Ok(one.into_inner()),
                Err(TryLockError::WouldBlock) if begun.elapsed() > PATIENCE => {
                    return Err(said(at.language(), &Trouble::Busy));
                }
                Err(TryLockError::WouldBlock) => std::thread::sleep(Duration::from_millis(50)),
            }
        }
    }
}

/// Where the safety of the data stands.
#[derive(Serialize)]
pub struct Safety {
    /// Whether the house lies on a server: then what is encrypted are its backups.
    shared: bool,
    encrypted: bool,
    /// Whether this system keeps keys.
    keyring: bool,
    /// Whether it keeps this store's.
    kept: bool,
    /// The backups of the series, the newest first.
    backups: Vec<String>,
    /// How many they are, and what they take of the disk.
    held: String,
    /// The second place.
    place: PlaceView,
    /// That a backup failed or is overdue, and what to do; for everyone who works here.
    warning: Option<String>,
}

/// What a backup or the store holds.
#[derive(Serialize)]
pub struct Holds {
    name: String,
    house: String,
    entries: i64,
    clients: i64,
    projects: i64,
    cases: i64,
    papers: i64,
    photos: i64,
    last: String,
    problems: Vec<String>,
}

impl Holds {
    fn of(name: &str, checked: Checked) -> Self {
        Self {
            name: name.to_owned(),
            house: checked.house,
            entries: checked.entries,
            clients: checked.clients,
            projects: checked.projects,
            cases: checked.cases,
            papers: checked.papers,
            photos: checked.photos,
            last: checked.last.chars().take(16).collect::<String>().replace('T', " "),
            problems: checked.problems,
        }
    }
}

/// What the system keeps the store's key under.
fn keyring(folder: &Path) -> Option<keyring::Entry> {
    kept_by_the_system(folder, "db")
}

/// The key the system keeps for this program, where it keeps one.
pub fn kept_key(folder: &Path) -> Option<Key> {
    keyring(folder)?
        .get_password()
        .ok()
        .and_then(|text| Key::recovered(&text))
}

fn stamp() -> String {
    Local::now().format("%Y%m%d-%H%M%S").to_string()
}

/// Only a manager looks after the store itself.
pub fn manager(open: &Open, at: &At) -> Result<(), Said> {
    open.for_one(at, |counter| counter.is_manager(at.who()))
}

/// Where the store is damaged nobody can sign in: whoever has the machine restores it.
fn restorer(open: &Open, at: &At) -> Result<(), Said> {
    if open.is_damaged() { Ok(()) } else { manager(open, at) }
}

#[tauri::command(async)]
pub fn safety(open: State<'_, Open>, doing: State<'_, Doing>, at: At) -> Result<Safety, Said> {
    let encrypted = if open.is_damaged() {
        false
    } else {
        open.for_one(&at, |counter| Ok(counter.store().key_for_backups()?.is_some()))?
    };
    let names = series(&open.backups()).into_iter().rev();
    let names = names.filter_map(|(path, _)| path.file_name().and_then(|name| name.to_str()).map(str::to_owned));
    Ok(Safety {
        warning: warning(&open, &doing, at.language()),
        place: doing.place.view(at.language()),
        shared: open.is_shared(),
        encrypted,
        keyring: keyring(open.folder()).is_some(),
        kept: kept_key(open.folder()).is_some(),
        backups: names.collect(),
        held: at.language().say(&held(&open.backups())),
    })
}

/// Chooses the second place and brings the newest backup there, or has none any more.
#[tauri::command(async)]
pub fn second_place(
    window: WebviewWindow,
    open: State<'_, Open>,
    doing: State<'_, Doing>,
    on: bool,
    at: At,
) -> Result<PlaceView, Said> {
    manager(&open, &at)?;
    if !on {
        doing.place.forget();
    } else if let Some(folder) = folder_picked(&window, "ATELIER_TEST_PLACE") {
        doing.place.goes_to(folder);
        into_series(&open, &doing, Wanted::IfNew);
    }
    Ok(doing.place.view(at.language()))
}

/// Of which days the last good backups are, here and in the second place.
#[tauri::command(async)]
pub fn last_backups(open: State<'_, Open>, doing: State<'_, Doing>, at: At) -> String {
    let today = Local::now().date_naive();
    let here = series(&open.backups())
        .into_iter()
        .map(|(_, day)| day)
        .rfind(|day| *day <= today);
    let written = |day: NaiveDate| Fact::Text(day.format("%d/%m/%Y").to_string());
    let Some(here) = here else {
        return at.language().word("backups-none");
    };
    let message = match doing.place.good() {
        Some(there) => Message::new("backups-both").with("there", written(there)),
        None => Message::new("backups-here"),
    };
    at.language().say(&message.with("here", written(here)))
}

/// What everyone must know of the backups: that the last one came to nothing, or that none was made for too long.
fn warning(open: &Open, doing: &Doing, language: Language) -> Option<String> {
    let failed = unpoisoned(&doing.failed).as_ref().map(|why| why_not(language, why));
    if let Some(why) = failed {
        return Some(language.say(&Message::new("backup-failed").with("why", Fact::Text(why))));
    }
    let today = Local::now().date_naive();
    let backups = open.backups();
    let overdue = open.with(language, |counter| counter.store().backup_overdue(&backups, today));
    match overdue.ok()? {
        Some(Some(day)) => Some(language.say(&Message::new("backup-overdue").with("day", Fact::Day(day)))),
        Some(None) => Some(language.word("backup-never")),
        None => dated_ahead(&backups, today)
            .map(|name| language.say(&Message::new("backup-dated-ahead").with("name", Fact::Text(name)))),
    }
}

/// Makes a backup: into the series, or where the user says, then encrypted by a passphrase if one is given. The store is used
/// meanwhile: the copy is read over a connection of its own.
#[tauri::command(async)]
pub fn back_up(
    window: WebviewWindow,
    open: State<'_, Open>,
    doing: State<'_, Doing>,
    elsewhere: bool,
    passphrase: String,
    at: At,
) -> Result<String, Said> {
    manager(&open, &at)?;
    let told = |trouble: Trouble| said(at.language(), &trouble);
    let lock = if passphrase.is_empty() {
        None
    } else {
        Some(Key::passphrase(&passphrase).map_err(|why| Said::refused(at.language(), &why))?)
    };
    let proposed = series_file(&open.backups(), Local::now().date_naive(), &at.context().moment(), true);
    let file = if elsewhere {
        let name = proposed.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        let Some(file) = chosen(&window, name) else {
            return Ok(String::new());
        };
        file
    } else {
        files::private_folder(&open.backups()).map_err(|why| told(Trouble::Broken(why.kind().to_string())))?;
        proposed
    };
    let _one = doing.alone(&at)?;
    open.close();
    // A connection that may only read could not write a copy under another key.
    let mut copy = open.to_copy().map_err(told)?;
    let whole = std::fs::metadata(open.file())
        .map(|file| file.len())
        .unwrap_or_default();
    *unpoisoned(&doing.running) = Some(Arc::new(Running::Backup {
        file: part_of(&file),
        whole,
        stop: copy.stopper(),
    }));
    let made = caught(at.language(), || {
        let made = copy.back_up(&file, lock.as_ref(), &at.context().moment());
        made.map_err(|why| not_backed_up(at.language(), &why))
    });
    *unpoisoned(&doing.running) = None;
    made?;
    *unpoisoned(&doing.failed) = None;
    drop(_one);
    if !elsewhere {
        doing.place.bring(&open.backups());
    }
    Ok(file.display().to_string())
}

/// Why a backup came to nothing. That of one which does not read back does not say that nothing is lost: that is not known.
fn not_backed_up(language: Language, why: &Trouble) -> Said {
    match why {
        Trouble::Broken(_) => Said::broken(language, why, "backup-broken"),
        Trouble::Refused(_) | Trouble::Busy | Trouble::Newer { .. } | Trouble::Damaged { .. } => said(language, why),
    }
}

/// How far a backup or a move is, in hundredths; nothing where none is made.
#[tauri::command(async)]
pub fn progress(doing: State<'_, Doing>) -> Option<u64> {
    unpoisoned(&doing.running).as_ref().map(|running| running.so_far())
}

/// Stops the backup or the move that is being made; nothing of it stays.
#[tauri::command(async)]
pub fn stop(doing: State<'_, Doing>) {
    match unpoisoned(&doing.running).as_deref() {
        Some(Running::Backup { stop, .. }) => stop.stop(),
        Some(Running::Move { stop, .. }) => stop.store(true, Ordering::Relaxed),
        None => {}
    }
}

/// What is opened to be restored, or looked at.
#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Which {
    /// A backup of the series, by its name.
    Kept(String),
    /// One the user chooses.
    Chosen,
}

/// The file the user chooses to open. A native dialog cannot be driven, so a test names its answer.
fn opened(window: &WebviewWindow) -> Option<PathBuf> {
    #[cfg(debug_assertions)]
    if let Some(file) = std::env::var_os("ATELIER_TEST_OPEN") {
        return Some(file.into());
    }
    window
        .dialog()
        .file()
        .set_parent(window)
        .add_filter("Atelier", &["db", "changes"])
        .blocking_pick_file()?
        .into_path()
        .ok()
}

/// Looks at a backup before it is restored.
#[tauri::command(async)]
pub fn look_at_backup(
    window: WebviewWindow,
    open: State<'_, Open>,
    doing: State<'_, Doing>,
    which: Which,
    key: String,
    at: At,
) -> Result<Option<Holds>, Said> {
    restorer(&open, &at)?;
    let file = match which {
        // A name of the series, and no other place: what the page says is looked up, not followed.
        Which::Kept(name) => series(&open.backups())
            .into_iter()
            .map(|(path, _)| path)
            .find(|path| path.file_name().and_then(|name| name.to_str()) == Some(name.as_str())),
        Which::Chosen => match opened(&window) {
            Some(file) => Some(file),
            None => return Ok(None),
        },
    };
    let file = file.ok_or_else(|| Said::refused(at.language(), &Refusal::NotFound))?;
    let checked = caught(at.language(), || {
        let found =
            backup_key(&open, &file, &key).and_then(|key| Store::preview_in(&file, key.as_ref(), &open.backups()));
        found.map_err(|trouble| said(at.language(), &trouble))
    })?;
    let name = file
        .file_name()
        .and_then(|name| name.to_str())
        .unwrap_or_default()
        .to_owned();
    *unpoisoned(&doing.restoring) = Some(file);
    Ok(Some(Holds::of(&name, checked)))
}

/// The key of a backup: as typed, or the store's own.
fn backup_key(open: &Open, file: &Path, typed: &str) -> Result<Option<Key>, Trouble> {
    if typed.trim().is_empty() || !matches!(files::kind(file), Ok(FileKind::Encrypted)) {
        Ok(open.key())
    } else {
        Store::key_of(file, typed).map(Some)
    }
}

/// Restores the backup that was looked at; what was there is kept under the name that is answered. The house keeps its own key,
/// or has none as before; where it is damaged, it has the backup's.
#[tauri::command(async)]
pub fn restore(
    app: AppHandle,
    open: State<'_, Open>,
    doing: State<'_, Doing>,
    key: String,
    at: At,
) -> Result<String, Said> {
    restorer(&open, &at)?;
    let _one = doing.alone(&at)?;
    let file = unpoisoned(&doing.restoring)
        .clone()
        .ok_or_else(|| Said::refused(at.language(), &Refusal::NotFound))?;
    let key = backup_key(&open, &file, &key).map_err(|trouble| said(at.language(), &trouble))?;
    let locked = files::kind(&file).is_ok_and(|kind| kind == FileKind::Encrypted);
    let own = if open.is_damaged() {
        key.clone().filter(|_| locked)
    } else {
        open.key()
    };
    open.close();
    let kept = open.with_file(at.language(), own.as_ref(), |path, _| {
        Store::restore(path, &file, key.as_ref(), own.as_ref(), &stamp())
    })?;
    *unpoisoned(&doing.restoring) = None;
    std::thread::spawn(move || settle_in(&app));
    Ok(kept
        .and_then(|kept| kept.file_name().and_then(|name| name.to_str()).map(str::to_owned))
        .unwrap_or_default())
}

/// Looks at everything in the store: the file, the journal's chain, every paper and photo.
#[tauri::command(async)]
pub fn check(open: State<'_, Open>, doing: State<'_, Doing>, at: At) -> Result<Holds, Said> {
    manager(&open, &at)?;
    let _one = doing.alone(&at)?;
    caught(at.language(), || {
        let told = |trouble| said(at.language(), &trouble);
        let mut copy = Counter::over(open.to_read().map_err(told)?);
        copy.check().map(|checked| Holds::of("", checked)).map_err(told)
    })
}

/// A key that was made: to be written down before anything is encrypted with it, and whether this system can keep it.
#[derive(Serialize)]
pub struct NewKey {
    recovery: String,
    keyring: bool,
}

/// Makes a key. Nothing is encrypted with it yet.
#[tauri::command(async)]
pub fn new_key(open: State<'_, Open>, doing: State<'_, Doing>, at: At) -> Result<NewKey, Said> {
    manager(&open, &at)?;
    // A random UUID has six bits that are not: four of them mixed leave more than enough that are.
    let key = Key::mixed(&[(); 4].map(|()| uuid::Uuid::new_v4().into_bytes()));
    let recovery = key.recovery().unwrap_or_default();
    *unpoisoned(&doing.new_key) = Some(key);
    Ok(NewKey {
        recovery,
        keyring: keyring(open.folder()).is_some(),
    })
}

/// Encrypts the store: by a passphrase, or by the key that was made, of which the last group is typed to show that it was
/// written down. Answers the names of old copies that could not be erased.
#[tauri::command(async)]
pub fn encrypt(
    open: State<'_, Open>,
    doing: State<'_, Doing>,
    passphrase: String,
    group: String,
    at: At,
) -> Result<Vec<String>, Said> {
    manager(&open, &at)?;
    let refused = |refusal: &Refusal| Said::refused(at.language(), refusal);
    let _one = doing.alone(&at)?;
    let key = if passphrase.is_empty() {
        let key = unpoisoned(&doing.new_key)
            .clone()
            .ok_or_else(|| refused(&Refusal::NotFound))?;
        let recovery = key.recovery().unwrap_or_default();
        if recovery.split(' ').next_back() != Some(group.trim().to_uppercase().as_str()) {
            return Err(refused(&Refusal::WrongKey));
        }
        // Before anything is encrypted with it; a plain file takes no harm from a key that is kept. That of a house on a server lies there.
        if !open.is_shared() {
            keep_key(open.folder(), &key);
        }
        key
    } else {
        Key::passphrase(&passphrase).map_err(|why| refused(&why))?
    };
    has_key(&open, &at, Some(&key))?;
    *unpoisoned(&doing.new_key) = None;
    if !passphrase.is_empty() && !open.is_shared() {
        forget_kept_key(open.folder());
    }
    drop(_one);
    // What can be read without the key goes once there is a backup under it.
    into_series(&open, &doing, Wanted::Anew);
    let mut left = Vec::new();
    {
        let _one = doing.alone(&at)?;
        for folder in [Some(open.backups()), doing.place.folder()].into_iter().flatten() {
            left.extend(Store::forget_copies(&open.file(), &folder, &key).unwrap_or_else(|why| {
                tracing::error!("copies from before stay: {}", why.for_the_log());
                series(&folder).into_iter().map(|(path, _)| path).collect()
            }));
        }
    }
    // The file the house moved from stays as it was.
    let moved_from = open.file();
    if open.is_shared() && matches!(files::kind(&moved_from), Ok(FileKind::Plain)) {
        left.push(moved_from);
    }
    Ok(left
        .iter()
        .filter_map(|path| path.file_name().and_then(|name| name.to_str()).map(str::to_owned))
        .collect())
}

/// Gives the house a key, or none any more: its file, or the backups of one on a server.
fn has_key(open: &Open, at: &At, key: Option<&Key>) -> Result<(), Said> {
    if open.is_shared() {
        return open.for_one(at, |counter| counter.store().encrypt_backups(key));
    }
    open.close();
    open.with_file(at.language(), key, |path, before| Store::rekey(path, before, key))
}

/// Has the system keep a key, where it keeps any and the key is no passphrase.
pub fn keep_key(folder: &Path, key: &Key) {
    if let (Some(entry), Some(recovery)) = (keyring(folder), key.recovery()) {
        let _ = entry.set_password(&recovery);
    }
}

fn forget_kept_key(folder: &Path) {
    if let Some(entry) = keyring(folder) {
        let _ = entry.delete_credential();
    }
}

/// Takes the key away.
#[tauri::command(async)]
pub fn decrypt(open: State<'_, Open>, doing: State<'_, Doing>, at: At) -> Result<(), Said> {
    manager(&open, &at)?;
    let _one = doing.alone(&at)?;
    has_key(&open, &at, None)?;
    if !open.is_shared() {
        forget_kept_key(open.folder());
    }
    drop(_one);
    into_series(&open, &doing, Wanted::Anew);
    Ok(())
}

/// Saves the sheet with the recovery key where the user says; answers whether they did.
#[tauri::command(async)]
pub fn save_recovery(
    window: WebviewWindow,
    open: State<'_, Open>,
    doing: State<'_, Doing>,
    at: At,
) -> Result<bool, Said> {
    manager(&open, &at)?;
    let key = unpoisoned(&doing.new_key).clone().or_else(|| open.key());
    let recovery = key
        .and_then(|key| key.recovery())
        .ok_or_else(|| Said::refused(at.language(), &Refusal::NotFound))?;
    let house = open.for_one(&at, |counter| counter.house_name())?;
    let sheet = recovery_sheet(at.language(), &house, &recovery, &at.context().moment());
    let bytes = render(&sheet).map_err(|why| said(at.language(), &Trouble::Broken(why.to_string())))?;
    let Some(file) = chosen(&window, "atelier-recovery.pdf") else {
        return Ok(false);
    };
    files::write_whole(&file, &bytes).map_err(|why| said(at.language(), &why))?;
    Ok(true)
}

/// Saves the program's log of the last days in one file.
#[tauri::command(async)]
pub fn save_log(window: WebviewWindow, open: State<'_, Open>, root: State<'_, Root>, at: At) -> Result<bool, Said> {
    manager(&open, &at)?;
    let Some(file) = chosen(&window, "atelier.log") else {
        return Ok(false);
    };
    let mut logs: Vec<PathBuf> = std::fs::read_dir(root.0.join("logs"))
        .into_iter()
        .flatten()
        .flatten()
        .map(|entry| entry.path())
        .collect();
    logs.sort();
    let text: String = logs
        .iter()
        .filter_map(|log| std::fs::read_to_string(log).ok())
        .collect();
    files::write_whole(&file, text.as_bytes()).map_err(|why| said(at.language(), &why))?;
    Ok(true)
}

/// When a backup is added to the series.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Wanted {
    /// Where something was done that no backup holds.
    IfNew,
    /// In any case: the house has another key.
    Anew,
}

/// Adds a backup to the series.
pub fn into_series(open: &Open, doing: &Doing, wanted: Wanted) {
    let done = goes_on("a backup", || {
        if made_one(open, doing, wanted) {
            doing.place.bring(&open.backups());
        }
    });
    if !done {
        *unpoisoned(&doing.failed) = Some(broken_off());
    }
}

/// Whether the series holds everything now.
fn made_one(open: &Open, doing: &Doing, wanted: Wanted) -> bool {
    let _one = unpoisoned(&doing.one);
    let made = || -> Result<(), Trouble> {
        if !open.is_alone() || !open.is_shared() && !open.file().exists() {
            return Ok(());
        }
        // It may have to fold the log into the file.
        let mut copy = open.to_copy()?;
        if copy.entries()? == 0 || wanted == Wanted::IfNew && copy.is_backed_up(&open.backups())? {
            return Ok(());
        }
        let now = Local::now();
        copy.back_up_series(
            &open.backups(),
            now.date_naive(),
            &now.format("%Y-%m-%dT%H:%M:%S%:z").to_string(),
        )
        .map(drop)
    };
    let failed = match made() {
        // Nothing is known of a store whose key was not given yet: what was said of its backups stays said.
        Err(Trouble::Refused(Refusal::KeyNeeded | Refusal::ServerPassword)) => return false,
        other => other.err(),
    };
    if let Some(why) = &failed {
        tracing::error!("no backup was made: {}", why.for_the_log());
    }
    let made = failed.is_none();
    *unpoisoned(&doing.failed) = failed;
    made
}

/// What is done, without anybody waiting for it, once a store is open: after a crash all of a large one is read; what an earlier end
/// kept from being backed up, and what an older program did not note.
pub fn settle_in(app: &AppHandle) {
    let open = app.state::<Open>();
    let doing = app.state::<Doing>();
    goes_on("reading the store", || open.reads_it_whole());
    into_series(&open, &doing, Wanted::IfNew);
    let _one = unpoisoned(&doing.one);
    open.catch_up();
}

/// Opens an encrypted store with its recovery key or passphrase.
#[tauri::command(async)]
pub fn unlock(app: AppHandle, open: State<'_, Open>, key: String, at: At) -> Result<(), Said> {
    open.unlock(at.language(), &key)?;
    std::thread::spawn(move || settle_in(&app));
    Ok(())
}

/// So long after the start the first screen is painted, and whoever waits for it has had the machine to themselves.
const FIRST_SCREEN: Duration = Duration::from_secs(4);

/// Settles in, then adds the day's backup every day the program stays open.
pub fn every_day(app: AppHandle) {
    std::thread::spawn(move || {
        std::thread::sleep(FIRST_SCREEN);
        let open = app.state::<Open>();
        let doing = app.state::<Doing>();
        settle_in(&app);
        loop {
            std::thread::sleep(Duration::from_secs(60 * 60));
            {
                // Not while a backup is compared with what it was made of.
                let _one = unpoisoned(&doing.one);
                open.sweep();
            }
            let today = Local::now().date_naive();
            if series(&open.backups()).last().is_none_or(|(_, day)| *day != today) {
                into_series(&open, &doing, Wanted::IfNew);
            }
        }
    });
}
