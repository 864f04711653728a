//! The series of backups: one a day that the program makes by itself, thinned out with time and to a budget of space, and those that a
//! person made, which are never touched.
//!
//! A large house shares what does not change: now and then its backup is a whole copy of the file as it lies, and the days between hold
//! what changed since.

use super::changes::{self, Since};
use super::files::{
    Copy, FileKind, Manifest, at_rest, erase, file_hash, files_in, io, kind, made_folder, manifest_of, name_of,
    on_the_disk, part, part_of, put_in_place, schema, write_whole,
};
use super::key::Key;
use super::{Done, Store, Trouble, journal};
use crate::grounds::{Fact, Message};
use crate::number::half_up;
use crate::refusal::Refusal;
use chrono::{Datelike, Days, NaiveDate};
use rust_decimal::Decimal;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};

/// The end of the name of a backup that holds changes.
const CHANGES: &str = "changes";

/// From which size on a house's backups share what does not change, and when a new whole copy is made.
#[derive(Debug, Clone, Copy)]
pub struct Shares {
    /// From so many bytes on. A smaller house has a whole copy every day, each of which stands for itself.
    pub from: u64,
    /// A new whole copy is made once more than one part in so many changed.
    pub part: u64,
}

impl Shares {
    /// What the program goes by.
    pub const USUAL: Self = Self {
        from: 64 << 20,
        part: 4,
    };
}

/// For so many days a backup that the program made by itself is kept at the most.
pub const KEPT_FOR: u64 = 366;

/// The backups that the program makes by itself take so many times the space of the house, at the most.
const BUDGET: u64 = 4;

/// That is no less than so many bytes: what a small house has of backups fits into it.
const LEAST_BUDGET: u64 = 2 << 30;

/// What stands beside a backup; nothing where that is missing or cannot be read.
pub(super) fn read_manifest(backup: &Path) -> Option<Manifest> {
    let text = std::fs::read_to_string(manifest_of(backup)).ok()?;
    serde_json::from_str(&text).ok()
}

/// What stands beside the backup of a series that holds the most of the journal. Which one is the newest is not asked of a clock.
fn fullest_manifest(folder: &Path) -> Option<Manifest> {
    let manifests = series(folder).into_iter().filter_map(|(path, _)| read_manifest(&path));
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
        let is_large = self.path().is_some_and(|path| size(&path) >= shares.from);
        let since = if is_large {
            self.whole_to_go_back_to(folder, today)?
        } else {
            None
        };
        let made = match since {
            Some(whole) => self.backed_up_since(&whole, &file.with_extension(CHANGES), moment, shares)?,
            None => None,
        };
        let made = match made {
            Some(made) => made,
            None => {
                let copy = if is_large { Copy::AsItLies } else { Copy::Packed(None) };
                self.backed_up(&file, copy, moment)?;
                file
            }
        };
        lets_go(folder, today, before);
        Ok(made)
    }

    /// The newest whole copy of the file as it lies that changes may be told from. None of before a client was erased: what was erased
    /// goes with the last backup that held it when it was made, and no later one goes back to it.
    fn whole_to_go_back_to(&mut self, folder: &Path, today: NaiveDate) -> Done<Option<PathBuf>> {
        let wholes = automatic(folder, today).into_iter().rev().map(|(path, _)| path);
        let newest = wholes
            .filter_map(|path| Some((read_manifest(&path)?, path)))
            .find(|(manifest, _)| manifest.as_it_lies);
        let Some((manifest, path)) = newest else {
            return Ok(None);
        };
        let erased = self.read(|tx| journal::erased_after(tx, &manifest.journal))?;
        Ok((!erased).then_some(path))
    }

    /// Backs up what changed since a whole copy. Nothing comes of it where that copy does not read as it was made, where too much
    /// changed, or where somebody kept the file from lying still.
    fn backed_up_since(&mut self, whole: &Path, to: &Path, made_at: &str, shares: Shares) -> Done<Option<PathBuf>> {
        let Some(before) = read_manifest(whole) else {
            return Ok(None);
        };
        // What is copied is the file as it lies: that it is sound is looked at here, as it is of a whole copy.
        if let Some(problem) = self.check()?.problems.into_iter().next() {
            return Err(Trouble::Broken(format!("the store is not sound: {problem}")));
        }
        let (new, key) = (part_of(to), self.key_for_backups()?);
        let _ = std::fs::remove_file(&new);
        let stop = std::sync::Arc::clone(&self.stop);
        stop.store(false, Ordering::Relaxed);
        let found = self.while_it_lies_still(|file, tx| {
            let compared = changes::written(file, whole, &new, &stop)?;
            Ok((compared, journal::head(tx)?, schema(tx)?, part(tx, "journal")?))
        });
        let done = found.and_then(|found| {
            let Some((compared, journal, schema, entries)) = found else {
                return Ok(None);
            };
            if compared.older != before.sha256 || compared.changed * shares.part > compared.blocks {
                return Ok(None);
            }
            on_the_disk(&new)?;
            if file_hash(&new, &stop)? != compared.changes {
                return Err(Trouble::Broken("the backup does not read back".into()));
            }
            let made = Manifest {
                made_at: made_at.to_owned(),
                schema,
                encrypted: key.is_some(),
                sha256: compared.newer,
                journal,
                parts: vec![entries],
                as_it_lies: false,
                since: Some(Since {
                    whole: name_of(whole).to_owned(),
                    whole_sha256: compared.older,
                    sha256: compared.changes,
                }),
            };
            let text = serde_json::to_string_pretty(&made).map_err(Trouble::broken)?;
            write_whole(&manifest_of(to), text.as_bytes())?;
            put_in_place(&new, to)?;
            Ok(Some(to.to_owned()))
        });
        if !matches!(done, Ok(Some(_))) {
            let _ = std::fs::remove_file(&new);
        }
        done
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
        let held = fullest_manifest(folder).map_or(String::new(), |manifest| manifest.journal);
        let since = self.read(|tx| journal::first_moment_after(tx, &held))?;
        let yesterday = today - Days::new(1);
        let waits = since
            .get(..10)
            .is_some_and(|day| day.parse().is_ok_and(|day: NaiveDate| day < yesterday));
        Ok(waits.then(|| series(folder).pop().map(|(_, day)| day)))
    }
}

/// The backups of a series that the program made by itself, up to a day.
pub(super) fn automatic(folder: &Path, today: NaiveDate) -> Vec<(PathBuf, NaiveDate)> {
    let mut all = series(folder);
    all.retain(|(path, day)| !is_by_hand(path) && *day <= today);
    all
}

/// Lets go of the backups that a series no longer keeps, once a newer one is there; `before` is the day of the newest before that.
pub(super) fn lets_go(folder: &Path, today: NaiveDate, before: Option<NaiveDate>) {
    // A clock that leapt ahead throws nothing away.
    if before.is_none_or(|before| today >= before + Days::new(31)) {
        return;
    }
    let all = automatic(folder, today);
    let mut kept = kept_of(&all, today);
    let house = kept.first().map_or(0, |newest| size(&whole_of(newest)));
    let budget = (house * BUDGET).max(LEAST_BUDGET);
    while kept.len() > 1 && with_wholes(&kept).iter().map(|file| size(file)).sum::<u64>() > budget {
        // The oldest: the newest come first.
        kept.pop();
    }
    let needed = with_wholes(&kept);
    for (path, _) in all.into_iter().filter(|(path, _)| !needed.contains(path)) {
        // In this order: a manifest alone is nothing, a backup without one looks like a whole one.
        let _ = std::fs::remove_file(&path);
        let _ = std::fs::remove_file(manifest_of(&path));
    }
}

/// Some backups, and the whole copies that those with changes go back to.
fn with_wholes(files: &[PathBuf]) -> Vec<PathBuf> {
    let mut all: Vec<PathBuf> = files.iter().map(|file| whole_of(file)).chain(files.to_vec()).collect();
    all.sort();
    all.dedup();
    all
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
    let tenths = Decimal::from(space(folder)) / Decimal::from(1_000_000_000);
    Message::new("backups-held")
        .with("count", Fact::Number(Decimal::from(count)))
        .with(
            "size",
            Fact::Number(half_up(tenths, if tenths < Decimal::ONE { 3 } else { 1 })),
        )
}

/// Whether a backup holds changes.
fn holds_changes(file: &Path) -> bool {
    file.extension().is_some_and(|end| end == CHANGES)
}

/// The whole copy that a backup goes back to; itself where it is one. It is encrypted as the backup is, and by the same key.
#[must_use]
pub fn whole_of(file: &Path) -> PathBuf {
    match read_manifest(file).and_then(|manifest| manifest.since) {
        Some(since) if holds_changes(file) => file.with_file_name(since.whole),
        _ => file.to_owned(),
    }
}

/// A backup as one file that the engine reads: itself, or put together beside it for as long as this is held.
pub(super) struct Whole {
    path: PathBuf,
    is_scratch: bool,
}

impl Whole {
    /// Puts a backup together where it holds changes, which `key` opens.
    ///
    /// # Errors
    /// [`Refusal::BackupWithoutWhole`] where what it goes back to is not there; [`Refusal::BadBackup`] where what comes of it is not
    /// what was backed up.
    pub(super) fn of(file: &Path, key: Option<&Key>) -> Done<Self> {
        if !holds_changes(file) {
            return Ok(Self {
                path: file.to_owned(),
                is_scratch: false,
            });
        }
        let bad = |why: &str| Trouble::Refused(Refusal::BadBackup { why: why.to_owned() });
        let manifest = read_manifest(file).ok_or_else(|| bad("manifest"))?;
        let older = whole_of(file);
        if older == file || !older.exists() {
            let whole = name_of(&older).to_owned();
            return Err(Refusal::BackupWithoutWhole { whole }.into());
        }
        // Called as one half written, so that it is cleared away if the program ends before that.
        let whole = Self {
            path: part_of(file),
            is_scratch: true,
        };
        let _ = std::fs::remove_file(&whole.path);
        let made = changes::put_together(&older, file, &whole.path, &AtomicBool::new(false))?;
        if made != manifest.sha256 {
            return Err(bad("sha256"));
        }
        // A key opens what has one, and is not asked for by what has none.
        let key = key.filter(|_| !matches!(kind(&whole.path), Ok(FileKind::Plain)));
        at_rest(&whole.path, key)?;
        Ok(whole)
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// Whether its hash was looked at already.
    pub(super) fn is_proven(&self) -> bool {
        self.is_scratch
    }
}

impl Drop for Whole {
    fn drop(&mut self) {
        if self.is_scratch {
            erase(&self.path);
        }
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
