//! The series of backups: one a day that the program makes by itself, thinned out with time and to a budget of space, and those that a
//! person made, which are never touched.
//!
//! A large house shares what does not change: now and then its backup is a whole copy of the file as it lies, and the days between hold
//! what changed since.

use super::changes::{self, Compared, Since};
use super::files::{
    Copy, FileKind, Manifest, at_rest, copies_before_migrations, erase, file_hash, files_in, finished, io, kind,
    made_folder, manifest_of, name_of, on_the_disk, part, part_of, schema, with_end,
};
use super::key::Key;
use super::{Done, Store, Trouble, Tx, journal};
use crate::grounds::{Fact, Message};
use crate::number::half_up;
use crate::refusal::Refusal;
use chrono::{DateTime, Datelike, Days, NaiveDate, Utc};
use rust_decimal::Decimal;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

/// The end of the name of a backup that holds changes.
const CHANGES: &str = "changes";

/// From which size on a house's backups share what does not change, and when a new whole copy is made.
#[derive(Debug, Clone, Copy)]
pub struct Shares {
    /// From so many bytes on. A smaller house has a whole copy every day, each of which stands for itself.
    pub from: u64,
    /// A new whole copy is made once more than one part in so many changed.
    pub part: u64,
    /// The backups that the program makes by itself take no more room than four times the house, or this many bytes.
    pub least_budget: u64,
}

impl Shares {
    /// What the program goes by.
    pub const USUAL: Self = Self {
        from: 64 << 20,
        part: 4,
        least_budget: 2 << 30,
    };
}

/// For so many days a backup that the program made by itself is kept at the most.
pub const KEPT_FOR: u64 = 366;

/// The backups that the program makes by itself take so many times the space of the house, at the most.
const BUDGET: u64 = 4;

/// So many are kept whatever they take: the newest, the oldest, and some between.
const LEAST_KEPT: usize = 4;

/// What stands beside a backup; nothing where that is missing or cannot be read.
pub(super) fn read_manifest(backup: &Path) -> Option<Manifest> {
    let text = std::fs::read_to_string(manifest_of(backup)).ok()?;
    serde_json::from_str(&text).ok()
}

/// What stands beside the backup of a series that holds the most of the journal. Which one is the newest is not asked of a clock.
fn fullest_manifest(folder: &Path) -> Option<Manifest> {
    let manifests = series(folder)
        .into_iter()
        .filter_map(|(path, _)| read_manifest(&path).filter(|manifest| has_its_whole(&path, manifest)));
    manifests.max_by_key(Manifest::entries)
}

/// Which of a series of backups, by the days they are of, are kept: the newest of each of the last seven days, of each of four
/// weeks, and of each of twelve months.
#[must_use]
pub fn kept_of(days: &[(PathBuf, NaiveDate)], today: NaiveDate) -> Vec<PathBuf> {
    let mut newest: Vec<(PathBuf, NaiveDate)> = days.to_vec();
    newest.sort_by(|one, other| (other.1, &other.0).cmp(&(one.1, &one.0)));
    let mut kept: Vec<PathBuf> = Vec::new();
    let mut periods: Vec<String> = Vec::new();
    for (path, day) in newest {
        let week = day.iso_week();
        let claims = [
            (day > today - Days::new(7)).then(|| format!("day {day}")),
            (day > today - Days::new(28)).then(|| format!("week {} {}", week.year(), week.week())),
            (day > today - Days::new(KEPT_FOR)).then(|| format!("month {} {}", day.year(), day.month())),
        ];
        let mut keeps = false;
        for claim in claims.into_iter().flatten() {
            if !periods.contains(&claim) {
                periods.push(claim);
                keeps = true;
            }
        }
        if keeps {
            kept.push(path);
        }
    }
    kept
}

/// The backups in a folder, with the day their name says.
#[must_use]
pub fn series(folder: &Path) -> Vec<(PathBuf, NaiveDate)> {
    let mut found: Vec<(PathBuf, NaiveDate)> = files_in(folder)
        .into_iter()
        .filter(|path| path.extension().is_some_and(|end| end == "db" || end == CHANGES))
        .filter_map(|path| {
            let name = path.file_stem()?.to_str()?.strip_prefix("atelier-")?;
            let day = name.get(..10)?.parse().ok()?;
            Some((path, day))
        })
        .collect();
    found.sort();
    found
}

impl Store {
    /// Makes the day's backup in `folder` and lets go of those the series no longer keeps: never one that a person made, and never
    /// one of a day that has not come.
    ///
    /// # Errors
    /// As [`Store::back_up`].
    pub fn back_up_series(&mut self, folder: &Path, today: NaiveDate, moment: &str) -> Done<PathBuf> {
        self.back_up_series_as(folder, today, moment, Shares::USUAL)
    }

    /// The same with another size from which on backups share what does not change.
    ///
    /// # Errors
    /// As [`Store::back_up`].
    pub fn back_up_series_as(
        &mut self,
        folder: &Path,
        today: NaiveDate,
        moment: &str,
        shares: Shares,
    ) -> Done<PathBuf> {
        made_folder(folder).map_err(|why| io(&why))?;
        let file = series_file(folder, today, moment, false);
        let before = automatic(folder, today).pop().map(|(_, day)| day);
        let whole = whole_to_go_back_to(folder, today);
        // How large a house on a server is shows in its newest copy.
        let house = self.path().or_else(|| whole.clone());
        let is_large = house.is_some_and(|house| size(&house) >= shares.from);
        let since = whole.filter(|_| is_large);
        let made = match since {
            Some(whole) => self.backed_up_since(&whole, &file.with_extension(CHANGES), moment, shares)?,
            None => None,
        };
        let made = match made {
            Some(made) => made,
            None => {
                let copy = if is_large && !self.is_shared() {
                    Copy::AsItLies
                } else {
                    Copy::Packed(None)
                };
                self.backed_up(&file, copy, moment)?;
                file
            }
        };
        lets_go(folder, today, before, shares);
        if !leapt(before, today)
            && let Some(store) = self.path()
        {
            old_copies_go(&store, today);
        }
        Ok(made)
    }

    /// Backs up what changed since a whole copy. Nothing comes of it where that copy does not read as it was made, where too much
    /// changed, where a client was erased since, or where somebody kept the file from lying still.
    fn backed_up_since(&mut self, whole: &Path, to: &Path, made_at: &str, shares: Shares) -> Done<Option<PathBuf>> {
        let Some(before) = read_manifest(whole) else {
            return Ok(None);
        };
        let key = self.key_for_backups()?;
        let stop = Arc::clone(&self.stop);
        stop.store(false, Ordering::Relaxed);
        let half = part_of(to);
        let since = Before {
            whole,
            manifest: &before,
        };
        let found = if self.is_shared() {
            match self.changes_of_rows(since, &half, shares, key.as_ref()) {
                // A whole copy is made, or says what is wrong with the house; one that rotted on the disk is not gone back to.
                Err(Trouble::Broken(_) | Trouble::Damaged { .. }) => Ok(None),
                other => other,
            }
        } else {
            self.changes_of_blocks(since, &half, shares)
        };
        let Ok(Some((compared, made))) = found else {
            let _ = std::fs::remove_file(&half);
            return found.map(|_| None);
        };
        let made = finished(to, |new| {
            on_the_disk(new)?;
            // The whole copy was read to its end just now: what they make is known from the changes, as they lie on the disk.
            if file_hash(new, &stop)? != compared.changes {
                return Err(Trouble::Broken("the backup does not read back".into()));
            }
            Ok(Manifest {
                made_at: made_at.to_owned(),
                encrypted: key.is_some(),
                ..made
            })
        });
        made.map(|_| Some(to.to_owned()))
    }

    /// Writes what changed in the file since a whole copy, and what is to stand beside it.
    fn changes_of_blocks(
        &mut self,
        since: Before<'_>,
        new: &Path,
        shares: Shares,
    ) -> Done<Option<(Compared, Manifest)>> {
        let stop = Arc::clone(&self.stop);
        let found = self.while_it_lies_still(|file, tx| {
            if since.held_who_was_erased(tx)? {
                return Ok(None);
            }
            since.compared(file, new, shares, tx, &stop)
        })?;
        let Some(found) = found.flatten() else {
            return Ok(None);
        };
        // What was copied is the file as it lay: that the store is sound is looked at here, as it is of a whole copy.
        self.must_be_sound()?;
        Ok(Some(found))
    }

    /// The same of a house on a server: the whole copy is made to hold what the house holds, row by row, and compared with what it was.
    fn changes_of_rows(
        &mut self,
        since: Before<'_>,
        new: &Path,
        shares: Shares,
        key: Option<&Key>,
    ) -> Done<Option<(Compared, Manifest)>> {
        if since.manifest.encrypted != key.is_some() {
            return Ok(None);
        }
        let newer = Scratch(part_of(&new.with_extension("rows")));
        let stop = Arc::clone(&self.stop);
        changes::copied(since.whole, &newer.0, &stop)?;
        let is_wanted = |tx: &Tx<'_>| Ok(!since.held_who_was_erased(tx)?);
        let head = match self.written_into(&newer.0, key, is_wanted) {
            // It is encrypted by another key.
            Err(Trouble::Refused(Refusal::WrongKey)) => return Ok(None),
            other => other?,
        };
        let Some(head) = head else { return Ok(None) };
        let mut copy = Self::open_to_read(&newer.0, key)?;
        copy.heeds(&stop)?;
        copy.must_be_sound()?;
        if copy.read(journal::head)? != head {
            return Err(Trouble::Broken("the backup holds something else than the store".into()));
        }
        copy.read(|tx| since.compared(&newer.0, new, shares, tx, &stop))
    }

    /// Whether the newest backup of a series holds the last entry already.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn is_backed_up(&mut self, folder: &Path) -> Done<bool> {
        let head = self.read(journal::head)?;
        Ok(fullest_manifest(folder).is_some_and(|manifest| manifest.journal == head))
    }

    /// Whether something stands in the journal for more than a day that no backup of the series holds: then the day of the last
    /// backup, where there is one. How long nobody worked does not count: a house that was closed is not behind.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn backup_overdue(&mut self, folder: &Path, today: NaiveDate) -> Done<Option<Option<NaiveDate>>> {
        let fullest = fullest_manifest(folder);
        let held = fullest.as_ref().map_or(journal::Held::NOTHING, Manifest::held);
        let since = self.read(|tx| journal::first_moment_after(tx, held))?;
        let yesterday = today - Days::new(1);
        let waits = since
            .get(..10)
            .is_some_and(|day| day.parse().is_ok_and(|day: NaiveDate| day < yesterday));
        Ok(waits.then(|| series(folder).pop().map(|(_, day)| day)))
    }
}

/// A whole copy, and what stands beside it.
#[derive(Clone, Copy)]
struct Before<'a> {
    whole: &'a Path,
    manifest: &'a Manifest,
}

impl Before<'_> {
    /// What was erased goes with the last backup that held it when it was made: no later one goes back to that.
    fn held_who_was_erased(self, tx: &Tx<'_>) -> Done<bool> {
        journal::erased_after(tx, self.manifest.held())
    }

    /// Writes to `new` what changed in `file`, in which `tx` reads, and what is to stand beside it.
    fn compared(
        self,
        file: &Path,
        new: &Path,
        shares: Shares,
        tx: &Tx<'_>,
        stop: &AtomicBool,
    ) -> Done<Option<(Compared, Manifest)>> {
        let _ = std::fs::remove_file(new);
        let compared = changes::written(file, self.whole, new, shares.part, stop)?;
        let Some(compared) = compared.filter(|compared| compared.older == self.manifest.sha256) else {
            return Ok(None);
        };
        let made = Manifest {
            made_at: String::new(),
            schema: schema(tx)?,
            encrypted: false,
            sha256: compared.newer.clone(),
            journal: journal::head(tx)?,
            parts: vec![part(tx, "journal")?],
            as_it_lies: false,
            since: Some(Since {
                whole: name_of(self.whole).to_owned(),
                whole_sha256: compared.older.clone(),
                sha256: compared.changes.clone(),
            }),
        };
        Ok(Some((compared, made)))
    }
}

/// A file of a store that is gone again when this is dropped, with what the engine keeps beside it.
struct Scratch(PathBuf);

impl Drop for Scratch {
    fn drop(&mut self) {
        for end in ["", "-wal", "-shm", "-journal"] {
            erase(&with_end(&self.0, end));
        }
    }
}

/// The newest whole copy that changes may be told from.
fn whole_to_go_back_to(folder: &Path, today: NaiveDate) -> Option<PathBuf> {
    let mut wholes = automatic(folder, today).into_iter().rev().map(|(path, _)| path);
    wholes.find(|path| read_manifest(path).is_some_and(|manifest| manifest.as_it_lies))
}

/// The backups of a series that the program made by itself, up to a day.
pub(super) fn automatic(folder: &Path, today: NaiveDate) -> Vec<(PathBuf, NaiveDate)> {
    automatic_of(series(folder), today)
}

fn automatic_of(mut all: Vec<(PathBuf, NaiveDate)>, today: NaiveDate) -> Vec<(PathBuf, NaiveDate)> {
    all.retain(|(path, day)| !is_by_hand(path) && *day <= today);
    all
}

/// Whether the clock may have leapt ahead since the newest backup before this: then nothing is thrown away.
fn leapt(before: Option<NaiveDate>, today: NaiveDate) -> bool {
    before.is_none_or(|before| today >= before + Days::new(31))
}

/// Takes away the copies of a store that were made before a migration and are older than any backup of the series is kept: the store
/// holds all that they hold. What a restore put aside stays: it may hold what nothing else does.
fn old_copies_go(store: &Path, today: NaiveDate) {
    for copy in copies_before_migrations(store) {
        let made = std::fs::metadata(&copy).and_then(|copy| copy.modified());
        let day = made.map(|made| DateTime::<Utc>::from(made).date_naive());
        if day.is_ok_and(|day| day < today - Days::new(KEPT_FOR)) {
            let _ = std::fs::remove_file(&copy);
        }
    }
}

/// Lets go of the backups that a series no longer keeps, once a newer one is there; `before` is the day of the newest before that.
pub(super) fn lets_go(folder: &Path, today: NaiveDate, before: Option<NaiveDate>, shares: Shares) {
    if leapt(before, today) {
        return;
    }
    let found = series(folder);
    let everything: Vec<PathBuf> = found.iter().map(|(path, _)| path.clone()).collect();
    let all = automatic_of(found, today);
    let mut kept = kept_of(&all, today);
    let house = kept.first().map_or(0, |newest| size(&whole_of(newest)));
    let budget = (house * BUDGET).max(shares.least_budget);
    let wholes: BTreeMap<&PathBuf, PathBuf> = everything.iter().map(|file| (file, whole_of(file))).collect();
    let with_wholes = |files: &[PathBuf]| -> BTreeSet<PathBuf> {
        let of_these = files.iter().filter_map(|file| wholes.get(file));
        files.iter().chain(of_these).cloned().collect()
    };
    while kept.len() > LEAST_KEPT && with_wholes(&kept).iter().map(|file| size(file)).sum::<u64>() > budget {
        kept.remove(least_missed(&kept, &all, today));
    }
    // What a person made, and what bears a day to come, has its whole copy too.
    let others = everything
        .iter()
        .filter(|other| !all.iter().any(|(one, _)| one == *other));
    kept.extend(others.cloned());
    let needed = with_wholes(&kept);
    // The newest first: what goes back to a whole copy goes before that does.
    for (path, _) in all.into_iter().rev().filter(|(path, _)| !needed.contains(path)) {
        // In this order: a manifest alone is nothing, a backup without one looks like a whole one.
        let _ = std::fs::remove_file(&path);
        let _ = std::fs::remove_file(manifest_of(&path));
    }
}

/// Which of some backups, the newest first, is missed the least: the one whose neighbours are nearest to each other for its age. The
/// newest and the oldest stay.
fn least_missed(kept: &[PathBuf], all: &[(PathBuf, NaiveDate)], today: NaiveDate) -> usize {
    let age = |at: usize| {
        let day = all.iter().find(|(path, _)| Some(path) == kept.get(at));
        day.map_or(0, |(_, day)| (today - *day).num_days())
    };
    let gap = |at: &usize| (age(at + 1) - age(at - 1)) * 1000 / (age(*at) + 1);
    (1..kept.len() - 1).min_by_key(gap).unwrap_or_default()
}

fn size(file: &Path) -> u64 {
    std::fs::metadata(file).map_or(0, |file| file.len())
}

/// What a series takes of the disk, in bytes.
#[must_use]
pub fn space(folder: &Path) -> u64 {
    series(folder).iter().map(|(file, _)| size(file)).sum()
}

/// How many backups a series has, and what they take of the disk.
#[must_use]
pub fn held(folder: &Path) -> Message {
    let count = series(folder).len();
    let bytes = Decimal::from(space(folder));
    let (in_one, unit) = if bytes < Decimal::from(1_000_000_000) {
        (1_000_000, "unit-megabytes")
    } else {
        (1_000_000_000, "unit-gigabytes")
    };
    Message::new("backups-held")
        .with("count", Fact::Number(Decimal::from(count)))
        .with("size", Fact::Number(half_up(bytes / Decimal::from(in_one), 1)))
        .with("unit", Fact::Word(unit.to_owned()))
}

/// Whether a backup holds changes.
fn holds_changes(file: &Path) -> bool {
    file.extension().is_some_and(|end| end == CHANGES)
}

/// The whole copy that a backup goes back to; itself where it is one. It is encrypted as the backup is, and by the same key.
#[must_use]
pub fn whole_of(file: &Path) -> PathBuf {
    let manifest = holds_changes(file).then(|| read_manifest(file)).flatten();
    manifest.map_or(file.to_owned(), |manifest| whole_named_by(&manifest, file))
}

/// The same of one whose manifest was read.
fn whole_named_by(manifest: &Manifest, file: &Path) -> PathBuf {
    match &manifest.since {
        // A name in the same folder, whatever a stranger's manifest says.
        Some(since) if name_of(Path::new(&since.whole)) == since.whole && is_of_series(Path::new(&since.whole)) => {
            file.with_file_name(&since.whole)
        }
        Some(_) | None => file.to_owned(),
    }
}

/// Whether what a backup goes back to is there, and the one it was made of.
pub(super) fn has_its_whole(file: &Path, manifest: &Manifest) -> bool {
    manifest.since.as_ref().is_none_or(|since| {
        let whole = whole_named_by(manifest, file);
        let made = whole.exists().then(|| read_manifest(&whole)).flatten();
        made.is_some_and(|made| made.sha256 == since.whole_sha256)
    })
}

/// A backup as one file that the engine reads: itself, or put together in another folder for as long as this is held.
pub struct Whole(Lies);

/// Where a whole backup lies.
enum Lies {
    /// In its own file.
    Itself(PathBuf),
    /// In one that was put together, and is gone after that.
    PutTogether(Scratch),
}

impl Whole {
    /// Puts a backup together in the folder `scratch` where it holds changes, which `key` opens.
    ///
    /// # Errors
    /// [`Refusal::BackupWithoutWhole`] where what it goes back to is not there; [`Refusal::BadBackup`] where what comes of it is not
    /// what was backed up.
    pub fn of(file: &Path, key: Option<&Key>, scratch: &Path) -> Done<Self> {
        if !holds_changes(file) {
            return Ok(Self(Lies::Itself(file.to_owned())));
        }
        let bad = |why: &str| Trouble::Refused(Refusal::BadBackup { why: why.to_owned() });
        let manifest = read_manifest(file).ok_or_else(|| bad("manifest"))?;
        let older = whole_named_by(&manifest, file);
        if older == file || !older.exists() {
            let whole = name_of(&older).to_owned();
            return Err(Refusal::BackupWithoutWhole { whole }.into());
        }
        // That the key opens it is known before gigabytes are put together.
        drop(Store::open_to_read(&older, key)?);
        // Called as one half written, so that it is cleared away if the program ends before that; by two who look, twice.
        static LOOKS: AtomicU64 = AtomicU64::new(0);
        let (program, look) = (std::process::id(), LOOKS.fetch_add(1, Ordering::Relaxed));
        let whole = Scratch(part_of(&scratch.join(format!("{}.{program}-{look}", name_of(file)))));
        let made = changes::put_together(&older, file, &whole.0, &AtomicBool::new(false))?;
        if made != manifest.sha256 {
            return Err(bad("sha256"));
        }
        // A key opens what has one, and is not asked for by what has none.
        let key = key.filter(|_| !matches!(kind(&whole.0), Ok(FileKind::Plain)));
        at_rest(&whole.0, key)?;
        Ok(Self(Lies::PutTogether(whole)))
    }

    /// Where it is.
    #[must_use]
    pub fn path(&self) -> &Path {
        match &self.0 {
            Lies::Itself(file) | Lies::PutTogether(Scratch(file)) => file,
        }
    }

    /// Whether its hash was looked at already.
    pub(super) fn is_proven(&self) -> bool {
        matches!(self.0, Lies::PutTogether(_))
    }
}

/// Whether a file is a backup of the series, its manifest, or one half written.
pub(super) fn is_of_series(path: &Path) -> bool {
    name_of(path)
        .strip_prefix("atelier-")
        .and_then(|name| name.get(..10))
        .is_some_and(|day| day.parse::<NaiveDate>().is_ok())
}

/// The name of a backup of a series that bears a day which has not come: the clock was wrong then, or is now.
#[must_use]
pub fn dated_ahead(folder: &Path, today: NaiveDate) -> Option<String> {
    let (path, _) = series(folder).into_iter().find(|(_, day)| *day > today)?;
    Some(name_of(&path).to_owned())
}

/// Where a backup of a series goes; one that a person made says so in its name. Of several within a second each has a name of its
/// own, which sorts after the one before.
#[must_use]
pub fn series_file(folder: &Path, day: NaiveDate, moment: &str, by_hand: bool) -> PathBuf {
    let stamp: String = moment.chars().filter(char::is_ascii_digit).skip(8).take(6).collect();
    let end = if by_hand { BY_HAND } else { "" };
    let named = |count: &str| folder.join(format!("atelier-{day}-{stamp}{count}{end}.db"));
    let first = named("");
    let others = (2..).map(|count: u32| named(&format!("_{count}")));
    std::iter::once(first.clone())
        .chain(others)
        .find(|file| !file.exists() && !file.with_extension(CHANGES).exists())
        .unwrap_or(first)
}

/// How the name of a backup ends that a person made.
const BY_HAND: &str = "-by-hand";

/// Whether a person made that backup of a series.
#[must_use]
pub fn is_by_hand(path: &Path) -> bool {
    path.file_stem()
        .and_then(|stem| stem.to_str())
        .is_some_and(|stem| stem.ends_with(BY_HAND))
}
