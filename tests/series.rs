//! The series of backups: which are kept, what they take of the disk, and that what a large house's backups share comes back whole.

use atelier_core::counter::Action;
use atelier_core::refusal::Refusal;
use atelier_core::store::files::{self, manifest_of};
use atelier_core::store::key::Key;
use atelier_core::store::second_place::bring;
use atelier_core::store::series::{Shares, dated_ahead, is_by_hand, kept_of, series, series_file, space};
use atelier_core::store::{Store, Trouble};
use atelier_tests::{Shop, card, gold_ring};
use chrono::{Days, NaiveDate};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

fn dump(store: &mut Store) -> Vec<String> {
    store.dump(&[]).expect("a dump")
}

#[test]
fn the_series_keeps_a_week_of_days_a_month_of_weeks_and_a_year_of_months() {
    let today: NaiveDate = "2026-11-21".parse().expect("a day");
    let all: Vec<(PathBuf, NaiveDate)> = (0..500)
        .map(|ago| today - Days::new(ago))
        .map(|day| (PathBuf::from(format!("atelier-{day}-120000.db")), day))
        .collect();
    let kept = kept_of(&all, today);
    assert!((18..=23).contains(&kept.len()), "{}", kept.len());
    for (path, day) in &all[..7] {
        assert!(kept.contains(path), "{day} is thrown away");
    }
    assert!(
        !kept.iter().any(|path| path.to_string_lossy().contains("2025-10")),
        "older than a year"
    );
    // Kept day by day over a year, no more than that is ever on the disk.
    let folder = tempfile::tempdir().expect("a folder");
    let mut shop = Shop::of("blank");
    for ago in (0..40).rev() {
        let day = today - Days::new(ago);
        shop.counter
            .store()
            .back_up_series(folder.path(), day, &format!("{day}T18:00:00+01:00"))
            .expect("a backup");
    }
    let left = series(folder.path());
    assert!(left.len() <= 13, "{left:?}");
    assert_eq!(left.last().expect("the newest").1, today);
    assert!(Store::preview(&left[0].0, None).expect("a preview").problems.is_empty());
}

#[test]
fn the_copy_before_a_migration_goes_after_a_year_unless_the_clock_leapt() {
    let folder = tempfile::tempdir().expect("a folder");
    let backups = folder.path().join("backups");
    let mut shop = Shop::in_file("blank", &folder.path().join("atelier.db"));
    let made = |name: &str, day: &str| {
        let file = folder.path().join(name);
        std::fs::write(&file, b"a house as it was").expect("written");
        let moment: chrono::DateTime<chrono::Utc> = format!("{day}T12:00:00Z").parse().expect("a moment");
        let file = std::fs::File::options().write(true).open(&file).expect("a file");
        file.set_modified(moment.into()).expect("a day");
    };
    made("atelier.before-v9.db", "2025-11-01");
    made("atelier.before-v10.db", "2026-11-01");
    made("atelier.kept-1.db", "2024-11-30");
    let mut back_up = |day: &str| {
        let moment = format!("{day}T18:00:00+01:00");
        let day: NaiveDate = day.parse().expect("a day");
        shop.counter
            .store()
            .back_up_series(&backups, day, &moment)
            .expect("a backup");
        ["before-v9", "before-v10", "kept-1"].map(|name| folder.path().join(format!("atelier.{name}.db")).exists())
    };
    assert_eq!(back_up("2026-11-20"), [true, true, true], "no backup was there before");
    assert_eq!(back_up("2026-11-21"), [false, true, true]);
    assert_eq!(back_up("2027-12-24"), [false, true, true], "the clock leapt");
    assert_eq!(
        back_up("2027-12-25"),
        [false, false, true],
        "what a restore put aside stays"
    );
}

#[test]
fn a_backup_is_overdue_once_a_day_passed_with_something_new() {
    let folder = tempfile::tempdir().expect("a folder");
    let backups = folder.path().join("backups");
    let mut shop = Shop::in_file("uniglo", &folder.path().join("atelier.db")).on("2026-11-02");
    let day = |day: &str| -> NaiveDate { day.parse().expect("a day") };
    let overdue = |shop: &mut Shop, today: &str| {
        shop.counter
            .store()
            .backup_overdue(&backups, day(today))
            .expect("an answer")
    };
    shop.takes_in(gold_ring());
    assert_eq!(overdue(&mut shop, "2026-12-02"), None, "the house is a day old");
    assert_eq!(overdue(&mut shop, "2026-12-04"), Some(None), "none was ever made");
    shop.counter
        .store()
        .back_up_series(&backups, day("2026-12-04"), "2026-12-04T18:00:00+01:00")
        .expect("a backup");
    assert_eq!(overdue(&mut shop, "2026-12-24"), None, "nothing was done since");
    // The workshop was closed for two weeks: what is done on the first day back is a day old tomorrow.
    let mut shop = shop.on("2026-12-21");
    shop.takes_in(gold_ring());
    assert_eq!(overdue(&mut shop, "2026-12-21"), None);
    assert_eq!(overdue(&mut shop, "2026-12-22"), None);
    assert_eq!(overdue(&mut shop, "2026-12-23"), Some(Some(day("2026-12-04"))));
}

/// What a person made is never let go; a backup of a day that has not come is kept, and stops nothing.
#[test]
fn the_series_lets_go_of_nothing_a_person_made_nor_of_a_day_to_come() {
    let folder = tempfile::tempdir().expect("a folder");
    let backups = folder.path().join("backups");
    let mut shop = Shop::in_file("uniglo", &folder.path().join("atelier.db")).on("2026-11-02");
    let first = NaiveDate::from_ymd_opt(2026, 11, 2).expect("a day");
    let by_hand = series_file(&backups, first, "2026-11-02T09:00:00+01:00", true);
    std::fs::create_dir_all(&backups).expect("a folder");
    shop.counter.store().back_up(&by_hand, None, "").expect("by hand");
    // Another one within the same second has a name of its own, and comes after it.
    let another = series_file(&backups, first, "2026-11-02T09:00:00+01:00", true);
    shop.counter.store().back_up(&another, None, "").expect("another");
    assert!(is_by_hand(&another) && another > by_hand, "{}", another.display());
    // Made while the clock of the machine was a year ahead.
    let ahead = backups.join("atelier-2027-11-02-180000.db");
    std::fs::copy(&by_hand, &ahead).expect("a copy");
    let mut made = 0;
    for days in 0..60 {
        let day = first + Days::new(days);
        shop.turn_to(&day.to_string());
        shop.does(&Action::AddClient { card: card("Anna") });
        let moment = format!("{day}T18:00:00+01:00");
        let store = shop.counter.store();
        assert!(!store.is_backed_up(&backups).expect("known"), "day {day}");
        store.back_up_series(&backups, day, &moment).expect("a backup");
        assert!(store.is_backed_up(&backups).expect("known"), "day {day}");
        made += 1;
    }
    let last = first + Days::new(59);
    assert_eq!(
        dated_ahead(&backups, last).as_deref(),
        ahead.file_name().and_then(|name| name.to_str())
    );
    assert_eq!(dated_ahead(&backups, first + Days::new(365)), None);
    let kept = series(&backups).len();
    assert!(by_hand.exists() && another.exists() && ahead.exists());
    assert!(kept < 20, "{kept} of {made} are kept");
}

/// The one that holds the most, whatever the clocks said that made them.
#[test]
fn the_fullest_backup_goes_to_the_second_place() {
    let folder = tempfile::tempdir().expect("a folder");
    let (backups, stick) = (folder.path().join("backups"), folder.path().join("stick"));
    std::fs::create_dir_all(&stick).expect("a stick");
    let mut shop = Shop::in_file("uniglo", &folder.path().join("atelier.db")).on("2026-12-02");
    let made = ["2026-12-02", "2026-12-03"].map(|date| {
        shop.turn_to(date);
        shop.does(&Action::AddClient { card: card("Cleo") });
        let day = date.parse().expect("a day");
        let moment = format!("{date}T18:00:00+01:00");
        let store = shop.counter.store();
        store.back_up_series(&backups, day, &moment).expect("a backup")
    });
    let manifest = manifest_of(&made[0]);
    let said = std::fs::read_to_string(&manifest).expect("a manifest");
    assert!(said.contains("2026-12-02T18"), "{said}");
    std::fs::write(&manifest, said.replace("2026-12-02T18", "2026-12-09T18")).expect("written");
    let today = "2026-12-04".parse().expect("a day");
    let brought = bring(&backups, &stick.join("Atelier"), today).expect("brought");
    assert_eq!(brought, "2026-12-03".parse().ok());
}

#[test]
fn a_clock_that_leapt_throws_no_backup_away() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut shop = Shop::of("blank");
    let day = |text: &str| text.parse::<NaiveDate>().expect("a day");
    for date in ["2026-09-01", "2026-10-05", "2026-10-30", "2035-01-01", "2026-10-31"] {
        shop.counter
            .store()
            .back_up_series(folder.path(), day(date), &format!("{date}T18:00:00+01:00"))
            .expect("a backup");
    }
    assert_eq!(series(folder.path()).len(), 5);
}

/// A house of some photos and papers, with its series of backups, which share from the first byte on.
struct Large {
    shop: Shop,
    folder: tempfile::TempDir,
    day: NaiveDate,
    key: Option<Key>,
    /// What the series may take where that is more than four times the house, in bytes.
    budget: u64,
}

impl Large {
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let mut shop = Shop::in_file("uniglo", &folder.path().join("atelier.db")).on("2026-12-02");
        for _ in 0..8 {
            let project = shop.valued_project();
            shop.quotes(&project, "4235");
        }
        let day = NaiveDate::from_ymd_opt(2026, 12, 2).expect("a day");
        Self {
            shop,
            folder,
            day,
            key: None,
            budget: 1 << 30,
        }
    }

    fn backups(&self) -> PathBuf {
        self.folder.path().join("backups")
    }

    /// The next day somebody comes, and a backup is made over a connection of its own.
    fn next_day(&mut self, part: u64) -> PathBuf {
        self.day = self.day + Days::new(1);
        self.shop.turn_to(&self.day.to_string());
        self.shop.does(&Action::AddClient { card: card("Cleo") });
        let moment = format!("{}T18:00:00+01:00", self.day);
        let shares = Shares {
            from: 1,
            part,
            least_budget: self.budget,
        };
        let file = self.folder.path().join("atelier.db");
        Store::open_beside(&file, self.key.as_ref())
            .expect("the store")
            .back_up_series_as(&self.backups(), self.day, &moment, shares)
            .expect("a backup")
    }
}

fn holds_changes(backup: &Path) -> bool {
    backup.extension().is_some_and(|end| end == "changes")
}

fn length(file: &Path) -> u64 {
    std::fs::metadata(file).expect("a file").len()
}

#[test]
fn backups_of_a_large_house_share_what_did_not_change() {
    let mut house = Large::new();
    let whole = house.next_day(4);
    assert!(!holds_changes(&whole));
    for _ in 0..3 {
        let changes = house.next_day(4);
        assert!(holds_changes(&changes), "{}", changes.display());
        assert!(length(&changes) * 4 < length(&whole), "{} bytes", length(&changes));
        let backups = house.backups();
        assert!(house.shop.counter.store().is_backed_up(&backups).expect("known"));
        // It is looked at, goes to another place with what it goes back to, and comes back as it was.
        let there = house.folder.path().join("stick").join("Atelier");
        std::fs::create_dir_all(there.parent().expect("a stick")).expect("a stick");
        bring(&house.backups(), &there, house.day).expect("brought");
        let brought = there.join(changes.file_name().expect("a name"));
        for backup in [&changes, &brought] {
            let checked = Store::preview(backup, None).expect("a preview");
            assert_eq!(checked.problems, [""; 0]);
            assert_eq!(checked.entries, house.shop.counter.store().entries().expect("known"));
        }
        let again = house.folder.path().join("again").join("atelier.db");
        std::fs::create_dir_all(again.parent().expect("a folder")).expect("a folder");
        Store::restore(&again, &brought, None, None, "1").expect("restored");
        assert_eq!(
            dump(&mut Store::open(&again).expect("a store")),
            house.shop.everything()
        );
        std::fs::remove_dir_all(again.parent().expect("a folder")).expect("gone");
    }
    let left = std::fs::read_dir(house.backups()).expect("a folder").flatten();
    let halves = left.filter(|entry| entry.file_name().to_string_lossy().contains(".part"));
    assert_eq!(halves.count(), 0, "what was put together to be looked at is gone");
}

#[test]
fn a_whole_backup_is_made_anew_where_changes_would_not_do() {
    let mut house = Large::new();
    house.next_day(4);
    assert!(holds_changes(&house.next_day(4)));
    // More changed than is worth it.
    assert!(!holds_changes(&house.next_day(10_000)));
    let second = house.next_day(4);
    assert!(holds_changes(&second));
    // Nothing goes back to a copy that held a client who was erased since.
    let client = house
        .shop
        .does(&Action::AddClient { card: card("Gone") })
        .client
        .expect("a client");
    house.shop.does(&Action::EraseClient { client });
    assert!(!holds_changes(&house.next_day(4)));
    assert!(holds_changes(&house.next_day(4)));
    // A copy that rotted on the disk is not gone back to, and what goes back to it says so; nor one that was cut, or cannot be read.
    let newest_whole = |house: &Large| {
        let mut wholes = series(&house.backups()).into_iter().map(|(file, _)| file);
        wholes.rfind(|file| !holds_changes(file)).expect("a whole one")
    };
    let bad = |why: &str| Trouble::Refused(Refusal::BadBackup { why: why.into() }).to_string();
    let said = |file: &Path| Store::preview(file, None).expect_err("refused").to_string();
    let since = house.next_day(4);
    let last = newest_whole(&house);
    let mut bytes = std::fs::read(&last).expect("the file");
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    std::fs::write(&last, &bytes).expect("written");
    assert_eq!(said(&since), bad("sha256"));
    assert!(!holds_changes(&house.next_day(4)));
    let cut = newest_whole(&house);
    let bytes_of_cut = std::fs::read(&cut).expect("the file");
    std::fs::write(&cut, &bytes_of_cut[..bytes_of_cut.len() - 5000]).expect("cut");
    assert!(!holds_changes(&house.next_day(4)));
    let gone = newest_whole(&house);
    std::fs::remove_file(&gone).expect("gone");
    std::fs::create_dir(&gone).expect("a folder in its place");
    assert!(!holds_changes(&house.next_day(4)));
    std::fs::remove_dir(&gone).expect("gone");
    // One that is not there any more, and changes that were cut.
    std::fs::remove_file(&last).expect("gone");
    let whole = last
        .file_name()
        .and_then(|name| name.to_str())
        .expect("a name")
        .to_owned();
    assert_eq!(
        said(&since),
        Trouble::Refused(Refusal::BackupWithoutWhole { whole }).to_string()
    );
    let since = house.next_day(4);
    assert!(holds_changes(&since));
    let bytes = std::fs::read(&since).expect("the file");
    std::fs::write(&since, &bytes[..bytes.len() - 5000]).expect("cut");
    assert!(said(&since).contains("ends within a block"), "{}", said(&since));
    // A house whose whole copy somebody threw away is not backed up, whatever lies there.
    let whole = newest_whole(&house);
    std::fs::write(&since, bytes).expect("as it was");
    let backups = house.backups();
    assert!(house.shop.counter.store().is_backed_up(&backups).expect("known"));
    std::fs::remove_file(&whole).expect("gone");
    assert!(!house.shop.counter.store().is_backed_up(&backups).expect("known"));
}

#[test]
fn changes_of_an_encrypted_house_are_as_encrypted() {
    let mut house = Large::new();
    let file = house.folder.path().join("atelier.db");
    let plain = house.next_day(4);
    let before = house.next_day(4);
    let key = Key::passphrase("five words that nobody guesses").expect("a key");
    drop(std::mem::replace(&mut house.shop, Shop::of("blank")));
    Store::rekey(&file, None, Some(&key)).expect("encrypted");
    house.shop = Shop::again_over(Store::open_with(&file, Some(&key)).expect("the store"), 7);
    house.key = Some(key.clone());
    // What was backed up before is looked at as ever.
    assert_eq!(
        Store::preview(&before, house.key.as_ref()).expect("a preview").problems,
        [""; 0]
    );
    let whole = house.next_day(4);
    assert!(!holds_changes(&whole), "nothing of it is as it was without a key");
    let changes = house.next_day(4);
    assert!(holds_changes(&changes));
    let held = std::fs::read(&changes).expect("the file");
    assert!(!held.windows(4).any(|four| four == b"Cleo"));
    assert!(matches!(files::kind(&changes), Ok(files::FileKind::Encrypted)));
    let refused = |key: Option<&Key>| Store::preview(&changes, key).expect_err("refused").to_string();
    assert_eq!(refused(None), Trouble::Refused(Refusal::KeyNeeded).to_string());
    let other = Key::passphrase("another five words entirely here").expect("a key");
    assert_eq!(refused(Some(&other)), Trouble::Refused(Refusal::WrongKey).to_string());
    assert_eq!(
        Store::key_of(&changes, "five words that nobody guesses").expect("a key"),
        key
    );
    assert_eq!(
        Store::preview(&changes, Some(&key)).expect("a preview").problems,
        [""; 0]
    );
    // What anybody could read goes, what goes back to it too.
    assert_eq!(
        Store::forget_copies(&file, &house.backups(), &key).expect("forgotten"),
        Vec::<PathBuf>::new()
    );
    assert!(!plain.exists() && !before.exists() && whole.exists() && changes.exists());
}

/// Others write and fold the log into the file all the while: what is copied is of one moment.
#[test]
fn a_copy_is_of_one_moment_while_others_write() {
    let mut house = Large::new();
    let file = house.folder.path().join("atelier.db");
    let stop = Arc::new(AtomicBool::new(false));
    let writer = {
        let (file, stop) = (file.clone(), Arc::clone(&stop));
        std::thread::spawn(move || {
            let mut shop = Shop::again_over(Store::open_beside(&file, None).expect("the store"), 9);
            let mut done = 0_usize;
            while !stop.load(Ordering::Relaxed) {
                // Others have their turn: who writes without a pause lets nobody in.
                std::thread::sleep(Duration::from_millis(20));
                done += usize::from(shop.tries(&Action::AddClient { card: card("Dora") }).is_ok());
                let _ = shop.counter.store().checkpoint();
            }
            done
        })
    };
    let mut shared = 0;
    for _ in 0..8 {
        let backup = house.next_day(1);
        shared += i32::from(holds_changes(&backup));
        assert_eq!(Store::preview(&backup, None).expect("a preview").problems, [""; 0]);
    }
    stop.store(true, Ordering::Relaxed);
    let written = writer.join().expect("it wrote");
    assert!(written > 8 && shared > 0, "{written} written, {shared} shared");
}

#[test]
fn a_series_that_takes_too_much_is_thinned_out_over_the_whole_year() {
    let mut house = Large::new();
    house.budget = 0;
    for _ in 0..50 {
        // Each a whole one.
        house.next_day(1_000_000);
    }
    let kept = series(&house.backups());
    let ages: Vec<i64> = kept.iter().map(|(_, day)| (house.day - *day).num_days()).collect();
    let house_size = length(&house.folder.path().join("atelier.db"));
    let each: u64 = kept.iter().map(|(file, _)| length(file)).sum();
    assert_eq!(space(&house.backups()), each);
    assert!(
        space(&house.backups()) <= 4 * house_size + (1 << 20),
        "{} bytes",
        space(&house.backups())
    );
    assert_eq!(ages.last(), Some(&0), "{ages:?}");
    assert!(ages.len() >= 3 && ages[0] > 28, "{ages:?}");
}

#[test]
fn one_of_a_day_to_come_keeps_what_it_goes_back_to() {
    let mut house = Large::new();
    let whole = house.next_day(4);
    let now = house.day;
    house.day = now + Days::new(400);
    let ahead = house.next_day(4);
    assert!(holds_changes(&ahead));
    house.day = now;
    // Others take the place of the whole one; it stays for the one of a day to come.
    for day in 0..40 {
        house.next_day(if day == 0 { 1_000_000 } else { 4 });
    }
    assert!(whole.exists() && ahead.exists());
    assert_eq!(Store::preview(&ahead, None).expect("a preview").problems, [""; 0]);
}

/// Who reads the file past the engine must not take the engine's locks away: another program would throw the log away then.
#[cfg(target_os = "linux")]
#[test]
fn looking_at_the_file_leaves_the_locks_of_the_engine() {
    use std::os::unix::fs::MetadataExt as _;
    let mut house = Large::new();
    let file = house.folder.path().join("atelier.db");
    let inode = std::fs::metadata(&file).expect("a file").ino();
    let locked = || {
        let locks = std::fs::read_to_string("/proc/locks").expect("the locks");
        let own = format!(" {} ", std::process::id());
        locks
            .lines()
            .any(|line| line.contains(&own) && line.contains(&format!(":{inode} ")))
    };
    house.shop.counter.store().entries().expect("read");
    assert!(locked(), "the engine holds none");
    for _ in 0..2 {
        assert!(matches!(files::kind(&file), Ok(files::FileKind::Plain)));
        house.next_day(4);
    }
    assert!(locked(), "it was taken away");
}

#[test]
fn the_copy_that_others_go_back_to_stays_as_long_as_they_do() {
    let mut house = Large::new();
    let whole = house.next_day(4);
    for _ in 0..45 {
        house.next_day(4);
    }
    let kept = series(&house.backups());
    assert!(whole.exists() && kept.len() < 20, "{} are kept", kept.len());
    let bad =
        |(file, _): &(PathBuf, NaiveDate)| Store::preview(file, None).map_or(true, |found| !found.problems.is_empty());
    assert!(!kept.iter().any(bad));
    assert!(
        space(&house.backups()) < 3 * length(&whole),
        "{} bytes",
        space(&house.backups())
    );
}
