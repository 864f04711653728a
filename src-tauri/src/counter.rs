//! The counter as the window stands at it: one line each, plus who and when.
//!
//! Who is working is not taken from the page's word once someone has a PIN: they sign in, and are signed out after some minutes
//! in which nothing was asked for.

use crate::panics::{caught, to_its_end};
pub use crate::said::{Said, said};
use crate::shared::Shared;
use atelier_core::counter::{Action, Answer, Context, Counter, Outcome, Question, Role, pin_hash};
use atelier_core::refusal::Refusal;
use atelier_core::store::files::{self, FileKind, Stopper, write_whole};
use atelier_core::store::key::Key;
use atelier_core::store::lock::Lock;
use atelier_core::store::moving::Told;
use atelier_core::store::series::series;
use atelier_core::store::{Done, Store, Trouble};
use atelier_core::words::Language;
use serde::Deserialize;
use std::collections::{BTreeSet, HashMap};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, TryLockError};
use std::time::{Duration, Instant, SystemTime};
use tauri::{AppHandle, Manager as _, State};

/// Nobody works for so long: whoever is signed in is signed out.
const IDLE: Duration = Duration::from_secs(10 * 60);

/// Who is at the screen, and in which language.
#[derive(Debug, Deserialize)]
pub struct At {
    /// The id of who is working.
    who: String,
    /// The language of the screen.
    language: Language,
    /// Whether what looks like a slip was asked about, and is meant.
    #[serde(default)]
    sure: bool,
}

impl At {
    /// The language of the screen.
    pub const fn language(&self) -> Language {
        self.language
    }

    /// Who is working.
    pub fn who(&self) -> &str {
        &self.who
    }

    /// Who acts, now.
    pub fn context(&self) -> Context {
        Context {
            who: self.who.clone(),
            instant: chrono::Local::now().fixed_offset(),
            seed: uuid::Uuid::now_v7().into_bytes(),
            salt: uuid::Uuid::new_v4().into_bytes(),
            language: self.language,
            sure: self.sure,
        }
    }
}

/// Who acts, so many days before now.
pub fn at_days_before(who: &str, days: u64, language: Language) -> Context {
    let now = chrono::Local::now().fixed_offset();
    Context {
        who: who.to_owned(),
        instant: now.checked_sub_days(chrono::Days::new(days)).unwrap_or(now),
        seed: uuid::Uuid::now_v7().into_bytes(),
        salt: uuid::Uuid::new_v4().into_bytes(),
        language,
        sure: true,
    }
}

/// Who signed in, and when something was last asked for.
struct Session {
    who: Option<String>,
    touched: (Instant, SystemTime),
}

impl Session {
    fn begin(&mut self, who: String) {
        self.who = Some(who);
        self.touch();
    }

    fn touch(&mut self) {
        self.touched = (Instant::now(), SystemTime::now());
    }

    /// Whether nobody asked for anything for long. One clock stands still while the machine sleeps, the other can be set.
    fn is_idle(&self) -> bool {
        let by_the_wall = self.touched.1.elapsed().unwrap_or_else(|ahead| ahead.duration());
        self.touched.0.elapsed().max(by_the_wall) > IDLE
    }
}

/// The one store, or why it could not be opened; busy as long as nobody tried.
pub struct Open {
    counter: Mutex<Result<Counter, Trouble>>,
    session: Mutex<Session>,
    /// Wrong PINs and keys in a row, by whom they were to be of: each is answered later than the one before. Who waits holds up nobody
    /// else.
    wrong: Mutex<HashMap<String, Arc<Mutex<u32>>>>,
    /// Who signed in on this machine since the program began: what they half typed is written down also after they left.
    been_in: Mutex<BTreeSet<String>>,
    /// Stops the reading of a large store after a crash.
    reading: Mutex<Option<Stopper>>,
    /// Held while the calendar is written.
    publishing: Mutex<()>,
    /// Whether the calendar may not show what stands in the store: another was opened, something changed, or it could not be
    /// written.
    stale: AtomicBool,
    folder: PathBuf,
    /// Where the store lies, if that is on a server.
    shared: Mutex<Option<Shared>>,
    /// Held as long as the program runs: no other works on the same folder.
    lock: Option<Lock>,
}

/// What is behind a lock, also after somebody panicked holding it.
pub fn unpoisoned<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    // A panic at the counter rolled its transaction back; the counter itself is sound.
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Where the series of backups of a folder stands.
fn backups_in(folder: &Path) -> PathBuf {
    folder.join("backups")
}

/// Opens the store of a folder, clearing away first what a program that was killed left half written.
fn opened(folder: &Path, key: Option<&Key>) -> Done<Store> {
    let (file, backups) = (folder.join("atelier.db"), backups_in(folder));
    Store::tidy(&file, &backups);
    if let Some(shared) = Shared::chosen(folder) {
        match shared.opened() {
            // The password that was kept is another's now: it is asked for.
            Err(Trouble::Refused(Refusal::ServerLogin)) => return Err(Refusal::ServerPassword.into()),
            // It moved back to this machine, and the program ended before that was over.
            Err(Trouble::Refused(Refusal::Moved)) if came_home(folder, &shared, key)? => {}
            // The program ended while the house moved there: nothing arrived, and all of it is here.
            Ok(mut there) => {
                if there.entries()? > 0 || !lives_in(&file, key) {
                    return Ok(there);
                }
                Shared::forget(folder)?;
            }
            Err(why) => return Err(why),
        }
    }
    // A new house is not begun where there was one.
    if files::kind(&file)? == FileKind::Missing && !series(&backups).is_empty() {
        return Err(Trouble::Damaged {
            path: file,
            why: "gone".into(),
        });
    }
    match Store::open_with(&file, key) {
        // The key the system keeps is another's: whoever has the right one is asked for it.
        Err(Trouble::Refused(Refusal::WrongKey)) => Err(Refusal::KeyNeeded.into()),
        other => other,
    }
}

/// The file a house moves into on its way back from a server, until it takes its place.
fn coming_in(folder: &Path) -> PathBuf {
    folder.join("coming.db")
}

/// Whether somebody works in the store of a file.
fn lives_in(file: &Path, key: Option<&Key>) -> bool {
    let lives = |mut store: Store| Ok(store.entries()? > 0 && !store.has_moved()?);
    Store::open_to_read(file, key).and_then(lives).unwrap_or(false)
}

/// Puts a house that moved back to this machine in its place; whether it is there. What an earlier try left here is no house: it lacks
/// what was done on the server since.
fn came_home(folder: &Path, shared: &Shared, key: Option<&Key>) -> Done<bool> {
    let (file, coming) = (folder.join("atelier.db"), coming_in(folder));
    if coming.exists() {
        if !Store::open_with(&coming, key)?.is_what_moved_from(&shared.way()?)? {
            return Ok(false);
        }
        let stamp = chrono::Local::now().format("%Y%m%d-%H%M%S").to_string();
        Store::comes_home(&coming, &file, &stamp)?;
    } else if !lives_in(&file, key) {
        return Ok(false);
    }
    Shared::forget(folder)?;
    Ok(true)
}

/// Takes the lock of the folder, waiting a moment for a program that is just closing.
fn locked(folder: &Path) -> Done<Lock> {
    let host = std::fs::read_to_string("/etc/hostname")
        .ok()
        .or_else(|| std::env::var("COMPUTERNAME").ok())
        .or_else(|| std::env::var("HOSTNAME").ok());
    let by = format!(
        "{} · {}",
        host.unwrap_or_default().trim(),
        chrono::Local::now().format("%d/%m/%Y %H:%M")
    );
    for _ in 0..20 {
        match Lock::take(folder, &by) {
            Err(Trouble::Refused(Refusal::InUse { .. })) => std::thread::sleep(Duration::from_millis(100)),
            other => return other,
        }
    }
    Lock::take(folder, &by)
}

impl Open {
    /// Takes the folder that the store lies in; it opens with [`Open::opens`].
    pub fn at(folder: &Path) -> Self {
        let lock = files::private_folder(folder)
            .map_err(|why| Trouble::Broken(why.kind().to_string()))
            .and_then(|()| locked(folder));
        let (lock, why) = match lock {
            Ok(lock) => (Some(lock), Trouble::Busy),
            Err(why) => (None, why),
        };
        let session = Session {
            who: None,
            touched: (Instant::now(), SystemTime::now()),
        };
        Self {
            counter: Mutex::new(Err(why)),
            session: Mutex::new(session),
            wrong: Mutex::default(),
            been_in: Mutex::default(),
            reading: Mutex::default(),
            publishing: Mutex::default(),
            stale: AtomicBool::new(true),
            folder: folder.to_owned(),
            shared: Mutex::new(Shared::chosen(folder)),
            lock,
        }
    }

    /// Opens the store, made if it is not there; `key` asks for the one the system keeps. Whatever is asked from when `held` is called
    /// on waits until it is open.
    pub fn opens(&self, held: impl FnOnce(), key: impl FnOnce() -> Option<Key>) {
        let mut counter = unpoisoned(&self.counter);
        held();
        if self.is_alone() {
            *counter = self.opened(key);
        }
        if let Err(why) = &*counter {
            tracing::error!("the store did not open: {}", why.for_the_log());
        }
    }

    /// Opens the store; where it lies is looked at again, for it may have come home.
    fn opened(&self, key: impl FnOnce() -> Option<Key>) -> Done<Counter> {
        let opened = to_its_end(|| opened(&self.folder, key().as_ref()));
        if Shared::chosen(&self.folder).is_none() {
            *unpoisoned(&self.shared) = None;
        }
        opened.map(Counter::over)
    }

    /// Whether this program alone works on the folder.
    pub const fn is_alone(&self) -> bool {
        self.lock.is_some()
    }

    /// Whether the file is such that only a backup helps.
    pub fn is_damaged(&self) -> bool {
        self.is_alone() && matches!(*unpoisoned(&self.counter), Err(Trouble::Damaged { .. }))
    }

    /// Whether the house lies elsewhere now.
    pub fn has_moved(&self) -> bool {
        self.is_alone() && matches!(*unpoisoned(&self.counter), Err(Trouble::Refused(Refusal::Moved)))
    }

    /// The key of the open store, where it has one.
    pub fn key(&self) -> Option<Key> {
        unpoisoned(&self.counter)
            .as_mut()
            .ok()
            .and_then(|counter| counter.store().key_for_backups().ok().flatten())
    }

    /// The folder of the store.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The folder of the series of backups.
    pub fn backups(&self) -> PathBuf {
        backups_in(&self.folder)
    }

    /// Where the store lies, if that is on a server.
    pub fn shared(&self) -> Option<Shared> {
        unpoisoned(&self.shared).clone()
    }

    /// Whether the store lies on a server.
    pub fn is_shared(&self) -> bool {
        self.shared().is_some()
    }

    /// The store, opened beside the counter to be read.
    pub fn to_read(&self) -> Done<Store> {
        match self.shared() {
            Some(shared) => shared.opened(),
            None => Store::open_to_read(&self.file(), self.key().as_ref()),
        }
    }

    /// The same, to be copied.
    pub fn to_copy(&self) -> Done<Store> {
        match self.shared() {
            Some(shared) => shared.opened(),
            None => Store::open_beside(&self.file(), self.key().as_ref()),
        }
    }

    /// Works on a store on a server from now on; with `bring` everything the house has moves there first, and `told` hears how far
    /// that is.
    pub fn goes_over(
        &self,
        language: Language,
        shared: Shared,
        mut there: Store,
        bring: Option<Told<'_>>,
    ) -> Result<(), Said> {
        let told = |trouble: Trouble| said(language, &trouble);
        let mut open = unpoisoned(&self.counter);
        // Where it goes is kept first: a house that moved is found again whatever happens now.
        shared.keep(&self.folder).map_err(told)?;
        if let Some(how_far) = bring {
            let moved = match open.as_mut() {
                Ok(here) => here.store().move_into(&mut there, how_far).map_err(told),
                Err(why) => Err(said(language, why)),
            };
            if let Err(why) = moved {
                Shared::forget(&self.folder).map_err(told)?;
                return Err(why);
            }
        }
        *open = Ok(Counter::over(there));
        self.goes_on_with(Some(shared));
        Ok(())
    }

    /// What was known of who works and of the calendar was of another store.
    fn goes_on_with(&self, shared: Option<Shared>) {
        *unpoisoned(&self.shared) = shared;
        *unpoisoned(&self.session) = Session {
            who: None,
            touched: (Instant::now(), SystemTime::now()),
        };
        self.stale.store(true, Ordering::SeqCst);
    }

    /// Brings a house on a server back to this machine, with everything it has; `how_far` hears how far that is. It is encrypted by the
    /// key its backups had.
    pub fn comes_home(&self, language: Language, how_far: Told<'_>) -> Result<(), Said> {
        let told = |trouble: Trouble| said(language, &trouble);
        let mut open = unpoisoned(&self.counter);
        let there = open.as_mut().map_err(|why| said(language, why))?.store();
        let Some(shared) = self.shared().filter(|_| there.is_shared()) else {
            return Err(Said::refused(language, &Refusal::NotFound));
        };
        let key = there.key_for_backups().map_err(told)?;
        let coming = coming_in(&self.folder);
        let clear = || {
            for end in ["", "-wal", "-shm"] {
                let _ = std::fs::remove_file(format!("{}{end}", coming.display()));
            }
        };
        // Once it has moved, what lies here is the house, whatever was in the way of the rest.
        if !there.has_moved().map_err(told)? {
            // What an earlier move left here when it was stopped.
            clear();
            let moved =
                Store::open_with(&coming, key.as_ref()).and_then(|mut here| there.move_into(&mut here, how_far));
            match (moved, there.has_moved()) {
                (Ok(()), _) | (Err(_), Ok(true)) => {}
                (Err(why), Ok(false)) => {
                    clear();
                    return Err(told(why));
                }
                // Nobody knows whether the server took it: the next start asks, and has what lies here.
                (Err(why), Err(_)) => return Err(told(why)),
            }
        }
        if !came_home(&self.folder, &shared, key.as_ref()).map_err(told)? {
            return Err(Said::refused(language, &Refusal::Moved));
        }
        *open = self.opened(|| key);
        self.goes_on_with(None);
        Ok(())
    }

    /// Believes the server's certificate that could not be believed so far, as somebody compared and confirmed it.
    pub fn trusts(&self, language: Language) -> Result<(), Said> {
        let mut open = unpoisoned(&self.counter);
        let shown = match open.as_ref() {
            Err(Trouble::Refused(Refusal::ServerUntrusted { fingerprint })) => fingerprint.clone(),
            _ => return Err(Said::refused(language, &Refusal::NotFound)),
        };
        let told = |trouble: Trouble| said(language, &trouble);
        let shared = self
            .shared()
            .ok_or_else(|| Said::refused(language, &Refusal::NotFound))?
            .trusting(shown);
        let store = match shared.opened() {
            Ok(store) => store,
            // Another certificate than the one that was compared: that one is shown.
            Err(why) => {
                let text = said(language, &why);
                *open = Err(why);
                return Err(text);
            }
        };
        shared.keep(&self.folder).map_err(told)?;
        *open = Ok(Counter::over(store));
        self.goes_on_with(Some(shared));
        Ok(())
    }

    /// Whether the house is open.
    pub fn is_open(&self) -> bool {
        unpoisoned(&self.counter).is_ok()
    }

    /// The file of the store.
    pub fn file(&self) -> PathBuf {
        self.folder.join("atelier.db")
    }

    /// Does something with the file itself while nobody has it open, and opens it again: with the key the work left it with, or
    /// with its own where nothing came of it.
    pub fn with_file<T>(
        &self,
        language: Language,
        after: Option<&Key>,
        work: impl FnOnce(&Path, Option<&Key>) -> Done<T>,
    ) -> Result<T, Said> {
        let mut open = unpoisoned(&self.counter);
        if self.is_shared() {
            return Err(Said::refused(language, &Refusal::OnlyOfAFile));
        }
        if !self.is_alone() {
            return Err(open
                .as_ref()
                .err()
                .map_or_else(|| said(language, &Trouble::Busy), |why| said(language, why)));
        }
        let before = open.as_mut().ok().and_then(|counter| counter.store().key().cloned());
        *open = Err(Trouble::Busy);
        let file = self.file();
        let done = to_its_end(|| work(&file, before.as_ref()));
        let key = if done.is_ok() { after.cloned() } else { before };
        *open = self.opened(|| key);
        self.stale.store(true, Ordering::SeqCst);
        done.map_err(|trouble| said(language, &trouble))
    }

    /// Opens an encrypted store with its recovery key or passphrase.
    pub fn unlock(&self, language: Language, key: &str) -> Result<(), Said> {
        let opened = self.slowly("", || {
            let told = |trouble: Trouble| said(language, &trouble);
            let needs_one = self.is_alone()
                && matches!(
                    *unpoisoned(&self.counter),
                    Err(Trouble::Refused(Refusal::KeyNeeded | Refusal::ServerPassword))
                );
            if !needs_one {
                return Err(Said::refused(language, &Refusal::NotFound));
            }
            if let Some(shared) = self.shared() {
                // A house that is just coming home asks for its own key, and not for the server's.
                let coming = coming_in(&self.folder);
                if coming.exists()
                    && let Ok(key) = Store::key_of(&coming, key)
                {
                    return self.opened(|| Some(key)).map_err(told);
                }
                let shared = shared.with(key);
                let store = shared.opened().map_err(told)?;
                shared.keep(&self.folder).map_err(told)?;
                *unpoisoned(&self.shared) = Some(shared);
                return Ok(Counter::over(store));
            }
            let key = Store::key_of(&self.file(), key).map_err(told)?;
            self.opened(|| Some(key)).map_err(told)
        })?;
        *unpoisoned(&self.counter) = Ok(opened);
        self.stale.store(true, Ordering::SeqCst);
        Ok(())
    }

    /// Writes the due days beside the store, as a calendar other programs subscribe to, over a connection of its own: nobody
    /// waits for it. What is kept in the store does not depend on it.
    fn publish(&self, language: Language) {
        let at = At {
            sure: false,
            who: String::new(),
            language,
        };
        let kept = self.folder.join("agenda.ics");
        let written = || -> Done<()> {
            let mut reader = Counter::over(self.to_read()?);
            let agenda = reader.agenda(&at.context())?;
            // Written whole beside it first: who reads it never sees half of it.
            write_whole(&kept, agenda.as_bytes())
        };
        self.stale.store(true, Ordering::SeqCst);
        // One at a time: who finds another at it leaves it what is stale. A panic lets go of the lock.
        while self.stale.load(Ordering::SeqCst) {
            let Ok(_one) = self.publishing.try_lock().or_else(|held| match held {
                TryLockError::Poisoned(one) => Ok(one.into_inner()),
                TryLockError::WouldBlock => Err(()),
            }) else {
                return;
            };
            self.stale.store(false, Ordering::SeqCst);
            if let Err(why) = written() {
                // Tried again after the next action, whatever that changes.
                self.stale.store(true, Ordering::SeqCst);
                tracing::warn!("the agenda was not written: {}", why.for_the_log());
                return;
            }
        }
    }

    /// Whether the calendar beside the store is to be written, though nothing new fell due.
    fn is_stale(&self) -> bool {
        self.stale.load(Ordering::SeqCst)
    }

    /// Looks at the dossiers of a store that was just brought to this program's schema, some at a time, so that nobody waits.
    pub fn catch_up(&self) {
        let at = At {
            sure: false,
            who: String::new(),
            language: Language::En,
        };
        while self
            .with(Language::En, |counter| counter.catch_up(&at.context()))
            .unwrap_or(false)
        {
            std::thread::sleep(Duration::from_millis(20));
        }
        // What the calendar was written from may have been half of it.
        self.stale.store(true, Ordering::SeqCst);
        self.sweep();
    }

    /// Reads all of a large store after a crash, over a connection of its own. One that proves damaged is closed.
    pub fn reads_it_whole(&self) {
        let is_unread = |counter: &mut Counter| Ok(counter.store().is_unread());
        if !self.with(Language::En, is_unread).unwrap_or(false) {
            return;
        }
        tracing::info!("the program did not come to its end: all of the store is read");
        let read = self.to_read().and_then(|mut store| {
            *unpoisoned(&self.reading) = Some(store.stopper());
            store.reads_whole()
        });
        *unpoisoned(&self.reading) = None;
        if let Err(why) = &read {
            tracing::warn!("not all of the store was read: {}", why.for_the_log());
        }
        // What was put in its place meanwhile is another.
        let _ = self.with(Language::En, |counter| {
            if counter.store().is_unread() {
                read?;
                counter.store().was_read();
            }
            Ok(())
        });
    }

    /// Takes away what was kept for a form that was given up.
    pub fn sweep(&self) {
        let at = At {
            sure: false,
            who: String::new(),
            language: Language::En,
        };
        match self.with(Language::En, |counter| counter.sweep(&at.context())) {
            Ok(0) => {}
            Ok(swept) => tracing::info!(swept, "photos and files of given up forms are gone"),
            Err(_) => tracing::warn!("photos and files of given up forms could not be taken away"),
        }
    }

    /// Folds the log into the file. Whoever reads all of it keeps the log, and is stopped: the next start goes on with that.
    pub fn close(&self) {
        if let Some(reading) = unpoisoned(&self.reading).take() {
            reading.stop();
        }
        if self.with(Language::En, |counter| counter.store().checkpoint()).is_err() {
            tracing::warn!("the log was not folded in on closing");
        }
    }

    /// Closes the store for good: it says of itself that nobody has it open.
    pub fn ends(&self) {
        self.close();
        *unpoisoned(&self.counter) = Err(Trouble::Busy);
    }

    /// Does something at the counter that nobody in particular asks for.
    pub fn with<T>(&self, language: Language, work: impl FnOnce(&mut Counter) -> Done<T>) -> Result<T, Said> {
        let mut held = unpoisoned(&self.counter);
        // A server that was not there may be there now.
        if let Err(Trouble::Refused(Refusal::ServerUnreachable | Refusal::ServerGone | Refusal::ClockDiffers { .. })) =
            *held
        {
            *held = self.opened(|| None);
        }
        match held.as_mut() {
            Ok(counter) => {
                let mut damaged = None;
                let done = caught(language, || {
                    work(counter).map_err(|trouble| match trouble {
                        Trouble::Damaged { why, .. } => {
                            let trouble = Trouble::Damaged { path: self.file(), why };
                            let told = said(language, &trouble);
                            damaged = Some(trouble);
                            told
                        }
                        trouble
                        @ (Trouble::Refused(_) | Trouble::Busy | Trouble::Newer { .. } | Trouble::Broken(_)) => {
                            said(language, &trouble)
                        }
                    })
                });
                // A file that proves damaged is closed: what is left is to restore a backup.
                if let Some(trouble) = damaged {
                    *held = Err(trouble);
                }
                done
            }
            Err(trouble) => Err(said(language, trouble)),
        }
    }

    /// Does something at the counter for whoever is signed in.
    pub fn for_one<T>(&self, at: &At, work: impl FnOnce(&mut Counter) -> Done<T>) -> Result<T, Said> {
        self.with(at.language, |counter| {
            self.is_in(counter, &at.who)?;
            unpoisoned(&self.session).touch();
            work(counter)
        })
    }

    /// The same for what the window asks by itself, every second: it is no sign that somebody is there.
    pub fn by_itself<T>(&self, at: &At, work: impl FnOnce(&mut Counter) -> Done<T>) -> Result<T, Said> {
        self.with(at.language, |counter| {
            self.is_in(counter, &at.who)?;
            work(counter)
        })
    }

    /// Reads something long for whoever is signed in, over a connection of its own: nobody at the counter waits for it.
    pub fn for_one_beside<T>(&self, at: &At, work: impl FnOnce(&mut Counter) -> Done<T>) -> Result<T, Said> {
        self.for_one(at, |_| Ok(()))?;
        caught(at.language, || {
            self.to_read()
                .and_then(|reader| work(&mut Counter::over(reader)))
                .map_err(|trouble| said(at.language, &trouble))
        })
    }

    /// Refuses whoever is not signed in, in a house where people sign in.
    fn is_in(&self, counter: &mut Counter, who: &str) -> Done<()> {
        if !counter.asks_for_pins()? {
            return Ok(());
        }
        let mut session = unpoisoned(&self.session);
        if session.is_idle() {
            session.who = None;
        }
        if session.who.as_deref() != Some(who) {
            return Err(Refusal::Locked.into());
        }
        Ok(())
    }

    /// Refuses to write a draft as somebody who never signed in here, in a house where people sign in: theirs is taken over instead.
    fn may_write_as(&self, counter: &mut Counter, at: &At, maker: &str) -> Done<()> {
        let own = maker.is_empty() || maker == at.who || unpoisoned(&self.been_in).contains(maker);
        if !own && counter.asks_for_pins()? {
            return Err(Refusal::Locked.into());
        }
        Ok(())
    }

    /// Whether what the window shows may be shown: nobody has to sign in, or someone did.
    pub fn may_show(&self) -> bool {
        let who = unpoisoned(&self.session).who.clone().unwrap_or_default();
        self.with(Language::En, |counter| self.is_in(counter, &who)).is_ok()
    }

    /// How many wrong tries of the same `whose` there were in a row; held, they come one at a time.
    fn tries_of(&self, whose: &str) -> Arc<Mutex<u32>> {
        Arc::clone(unpoisoned(&self.wrong).entry(whose.to_owned()).or_default())
    }

    /// Waits, longer after each wrong try of the same `whose`, and counts the next; one at a time.
    fn slowly<T>(&self, whose: &str, tried: impl FnOnce() -> Result<T, Said>) -> Result<T, Said> {
        let tries = self.tries_of(whose);
        let mut wrong = unpoisoned(&tries);
        waits(*wrong);
        let done = tried();
        *wrong = if done.is_ok() { 0 } else { *wrong + 1 };
        done
    }
}

/// Waits, longer after each wrong try.
fn waits(wrong: u32) {
    if wrong > 0 {
        std::thread::sleep(Duration::from_millis(250) * 2_u32.pow(wrong.min(7)));
    }
}

/// The answer does not wait for the calendar beside the store.
fn publish_behind(app: AppHandle, language: Language) {
    std::thread::spawn(move || app.state::<Open>().publish(language));
}

/// What the screen needs to begin is answered to anyone: the house's name, and who works there.
#[tauri::command(async)]
pub fn ask(app: AppHandle, open: State<'_, Open>, question: Question, at: At) -> Result<Answer, Said> {
    let answer = |counter: &mut Counter| counter.ask(&question, &at.context());
    if question.is_long() {
        return open.for_one_beside(&at, answer);
    }
    if question != Question::Start {
        return open.for_one(&at, answer);
    }
    let mut start = open.with(at.language, answer)?;
    if open.is_stale() {
        publish_behind(app, at.language);
    }
    if !open.may_show()
        && let Answer::Start(view) = &mut start
    {
        view.drafts.clear();
    }
    Ok(start)
}

#[tauri::command(async)]
pub fn act(app: AppHandle, open: State<'_, Open>, action: Action, at: At) -> Result<Outcome, Said> {
    let outcome = open.for_one(&at, |counter| counter.act(&action, &at.context()))?;
    if outcome.due_changed || open.is_stale() {
        publish_behind(app, at.language);
    }
    Ok(outcome)
}

#[tauri::command(async)]
pub fn rehearse(open: State<'_, Open>, action: Action, at: At) -> Result<Outcome, Said> {
    open.for_one(&at, |counter| counter.rehearse(&action, &at.context()))
}

#[tauri::command(async)]
pub fn save_draft(open: State<'_, Open>, id: String, maker: String, body: String, at: At) -> Result<(), Said> {
    open.for_one(&at, |counter| {
        open.may_write_as(counter, &at, &maker)?;
        counter.save_draft(&id, &maker, &body, &at.context())
    })
}

#[tauri::command(async)]
pub fn drop_draft(open: State<'_, Open>, id: String, maker: String, at: At) -> Result<(), Said> {
    open.for_one(&at, |counter| {
        open.may_write_as(counter, &at, &maker)?;
        counter.drop_draft(&id, &maker)
    })
}

/// Goes on with what another half typed, which is answered.
#[tauri::command(async)]
pub fn take_over_draft(open: State<'_, Open>, id: String, from: String, at: At) -> Result<String, Said> {
    open.for_one(&at, |counter| counter.take_over_draft(&id, &from, &at.context()))
}

/// Lets someone in; without PINs in the house, anyone. Who waits after a wrong PIN waits on no thread that answers others.
#[tauri::command]
pub async fn sign_in(app: AppHandle, pin: String, at: At) -> Result<(), Said> {
    let language = at.language;
    let waited = tauri::async_runtime::spawn_blocking(move || let_in(&app.state::<Open>(), &pin, at)).await;
    waited.unwrap_or_else(|_| Err(Said::refused(language, &Refusal::Stopped)))
}

fn let_in(open: &Open, pin: &str, at: At) -> Result<(), Said> {
    {
        // One at a time: many at once wait no less.
        let tries = open.tries_of(&at.who);
        let _one = unpoisoned(&tries);
        waits(open.with(at.language, |counter| counter.wrong_pins(&at.who))?);
        open.with(at.language, |counter| counter.sign_in(&at.who, pin))?;
    }
    unpoisoned(&open.been_in).insert(at.who.clone());
    unpoisoned(&open.session).begin(at.who);
    Ok(())
}

/// Notes that somebody is at the keys: whoever types is there, though nothing is asked for.
#[tauri::command(async)]
pub fn here(open: State<'_, Open>, at: At) -> Result<(), Said> {
    open.for_one(&at, |_| Ok(()))
}

/// Signs out whoever is in.
#[tauri::command(async)]
pub fn lock(open: State<'_, Open>) {
    unpoisoned(&open.session).who = None;
}

/// Changes someone who works here. Their PIN is hashed here: it stands nowhere in clear.
#[tauri::command(async)]
pub fn change_person(
    open: State<'_, Open>,
    id: String,
    name: String,
    role: Role,
    active: bool,
    pin: String,
    at: At,
) -> Result<Outcome, Said> {
    let refused = |refusal: Refusal| Said::refused(at.language, &refusal);
    let pin = if pin.is_empty() {
        String::new()
    } else {
        pin_hash(&pin, &uuid::Uuid::new_v4().into_bytes()).map_err(refused)?
    };
    let own_first_pin = !pin.is_empty() && id == at.who;
    let outcome = open.for_one(&at, |counter| {
        counter.act(
            &Action::ChangeStaff {
                id,
                name,
                role,
                active,
                pin,
            },
            &at.context(),
        )
    })?;
    if own_first_pin {
        // Whoever gives themselves a PIN is in with it.
        unpoisoned(&open.been_in).insert(at.who.clone());
        unpoisoned(&open.session).begin(at.who);
    }
    Ok(outcome)
}

/// Acts where the bytes of a file come beside the action.
pub fn act_on(open: &Open, at: &At, action: &Action) -> Result<Outcome, Said> {
    open.for_one(at, |counter| counter.act(action, &at.context()))
}

#[cfg(test)]
mod tests {
    use super::{Open, Said};
    use crate::panics::{caught, keep_their_words_out_of_the_log};
    use atelier_core::refusal::Refusal;
    use atelier_core::store::Ending;
    use atelier_core::words::Language;
    use std::io::{Seek as _, SeekFrom, Write as _};
    use std::sync::atomic::{AtomicBool, Ordering};

    #[test]
    fn whoever_waits_for_their_next_try_holds_up_nobody_else() {
        let folder = tempfile::tempdir().expect("a folder");
        let open = Open::at(folder.path());
        open.opens(|| (), || None);
        let wrong = || Err::<(), _>(Said::refused(Language::En, &Refusal::WrongPin));
        for _ in 0..3 {
            assert!(open.slowly("anna", wrong).is_err());
        }
        let over = AtomicBool::new(false);
        std::thread::scope(|scope| {
            let (begun, begins) = std::sync::mpsc::channel();
            let (open, over) = (&open, &over);
            scope.spawn(move || {
                begun.send(()).expect("somebody listens");
                let _ = open.slowly("anna", wrong);
                over.store(true, Ordering::SeqCst);
            });
            begins.recv().expect("it begins");
            assert!(open.slowly("bea", || Ok(())).is_ok());
            assert!(!over.load(Ordering::SeqCst), "Bea waited for Anna");
        });
    }

    #[test]
    fn what_is_asked_while_the_store_opens_waits_for_it() {
        let folder = tempfile::tempdir().expect("a folder");
        let open = Open::at(folder.path());
        let entries = |open: &Open| open.with(Language::En, |counter| counter.store().entries());
        assert!(entries(&open).is_err(), "it is open before it was opened");
        std::thread::scope(|scope| {
            let (holds, held) = std::sync::mpsc::channel();
            let open = &open;
            scope.spawn(move || {
                let told = || holds.send(()).expect("somebody listens");
                // As one that is read first, or whose key is looked for.
                let key = || {
                    std::thread::sleep(std::time::Duration::from_millis(100));
                    None
                };
                open.opens(told, key);
            });
            held.recv().expect("it begins");
            assert!(entries(open).is_ok_and(|entries| entries == 0));
        });
    }

    #[test]
    fn after_a_crash_a_large_house_is_read_behind_and_closed_where_it_is_broken() {
        let [before, after] = [(); 2].map(|()| tempfile::tempdir().expect("a folder"));
        let open = Open::at(before.path());
        open.opens(|| (), || None);
        let fill = "INSERT INTO attachment (id, sha256, name, bytes) VALUES ('scan', '', '', zeroblob(260 << 20))";
        open.with(Language::En, |counter| {
            counter.store().write(Ending::Commit, |tx| tx.exec(fill, &[]))?;
            counter.store().checkpoint()
        })
        .unwrap_or_else(|_| panic!("no large house"));
        // As it lies while somebody works in it.
        let file = after.path().join("atelier.db");
        std::fs::copy(open.file(), &file).expect("a copy");
        drop(open);
        let is_unread = |open: &Open| open.with(Language::En, |counter| Ok(counter.store().is_unread()));
        let opened = || {
            let open = Open::at(after.path());
            open.opens(|| (), || None);
            assert!(
                is_unread(&open).is_ok_and(|unread| unread),
                "it is not worked in at once"
            );
            open
        };
        let mut bytes = std::fs::OpenOptions::new().write(true).open(&file).expect("the file");
        bytes.seek(SeekFrom::Start(200 << 20)).expect("its middle");
        bytes.write_all(&[0x5a; 8192]).expect("rot");
        // At each start again, until it is restored.
        for _ in 0..2 {
            let open = opened();
            open.reads_it_whole();
            assert!(open.is_damaged());
            open.ends();
        }
    }

    #[test]
    fn a_panic_is_said_with_a_number_and_the_next_question_is_answered() {
        keep_their_words_out_of_the_log();
        let folder = tempfile::tempdir().expect("a folder");
        let open = Open::at(folder.path());
        open.opens(|| (), || None);
        let said = open
            .with::<()>(Language::En, |_| panic!("Anna Peeters, 0475 12 34 56"))
            .expect_err("a fault");
        let text = serde_json::to_string(&said).expect("a sentence");
        assert!(
            text.contains("Something went wrong (") && !text.contains("Anna"),
            "{text}"
        );
        open.with(Language::En, |counter| counter.store().check().map(drop))
            .unwrap_or_else(|_| panic!("the next question is not answered"));
        // The file may be handed out as before, also after a fault while it was.
        let said = open
            .with_file::<()>(Language::En, None, |_, _| panic!("Anna"))
            .expect_err("a fault");
        let text = serde_json::to_string(&said).expect("a sentence");
        assert!(text.contains("\"kind\":\"broken\""), "{text}");
        open.with(Language::En, |counter| counter.store().check().map(drop))
            .unwrap_or_else(|_| panic!("the store is not open any more"));
        assert!(caught(Language::En, || Ok(7)).is_ok_and(|seven| seven == 7));
    }
}
