//! The series of backups: which are kept, what they take of the disk, and that what a large house's backups share comes back whole.

use atelier_core::counter::Action;
use atelier_core::refusal::Refusal;
use atelier_core::store::files;
use atelier_core::store::key::Key;
use atelier_core::store::second_place::bring;
use atelier_core::store::series::{Shares, dated_ahead, is_by_hand, kept_of, series, series_file, space};
use atelier_core::store::{Store, Trouble};
use atelier_tests::{Shop, card, gold_ring};
use chrono::{Days, NaiveDate};
use std::path::{Path, PathBuf};

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
        let file = self.folder.path().join("atelier.db");
        Store::open_beside(&file, self.key.as_ref())
            .expect("the store")
            .back_up_series_as(&self.backups(), self.day, &moment, Shares { from: 1, part })
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
    // A copy that rotted on the disk is not gone back to, and what goes back to it says so.
    let last = series(&house.backups())
        .into_iter()
        .rfind(|(file, _)| !holds_changes(file))
        .expect("a whole one")
        .0;
    let since = house.next_day(4);
    let mut bytes = std::fs::read(&last).expect("the file");
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    std::fs::write(&last, bytes).expect("written");
    let bad = |why: &str| Trouble::Refused(Refusal::BadBackup { why: why.into() }).to_string();
    assert_eq!(
        Store::preview(&since, None).expect_err("refused").to_string(),
        bad("sha256")
    );
    assert!(!holds_changes(&house.next_day(4)));
    // One that is not there any more, and changes that were cut.
    std::fs::remove_file(&last).expect("gone");
    let whole = last
        .file_name()
        .and_then(|name| name.to_str())
        .expect("a name")
        .to_owned();
    assert_eq!(
        Store::preview(&since, None).expect_err("refused").to_string(),
        Trouble::Refused(Refusal::BackupWithoutWhole { whole }).to_string()
    );
    let since = house.next_day(4);
    let bytes = std::fs::read(&since).expect("the file");
    std::fs::write(&since, &bytes[..bytes.len() - 5000]).expect("cut");
    assert!(Store::preview(&since, None).is_err());
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
    assert!(Store::preview(&changes, None).is_err());
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

#[test]
fn the_copy_that_others_go_back_to_stays_as_long_as_they_do() {
    let mut house = Large::new();
    let whole = house.next_day(4);
    for _ in 0..70 {
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
