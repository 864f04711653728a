//! Nothing is lost, and nobody gets in: backups that were read back, restores that keep what was there, keys, roles, the chain of
//! the journal, clocks set back, folders that cannot be written or vanish.

use atelier_core::counter::{Action, Answer, Counter, Export, Question, Report, Role, pin_hash, role_may, role_names};
use atelier_core::refusal::Refusal;
use atelier_core::store::files;
use atelier_core::store::key::Key;
use atelier_core::store::series::series;
use atelier_core::store::{Ending, Store, Trouble};
use atelier_core::terms::ProjectKind;
use atelier_tests::{Shop, card, gold_ring, notice, parcel, sketch};
use chrono::NaiveDate;
use std::path::Path;

/// A house with a past: a redesign valued and quoted, a sale withdrawn from and refunded, a photo and a letter.
fn house(file: &Path) -> Shop {
    let mut shop = Shop::in_file("uniglo", file).on("2026-11-02");
    shop.does(&Action::KeepPhoto {
        name: "sketch.png".into(),
        bytes: sketch(),
    });
    shop.does(&Action::KeepFile {
        name: "letter.pdf".into(),
        bytes: b"a letter".to_vec(),
    });
    let sold = shop.sells_by_mail(ProjectKind::Stock, "1210", "2026-11-06");
    let case = shop.opens_case(&sold, "withdrawal", &[]);
    shop.sees_to(&case, notice("I withdraw."));
    shop.sees_to(&case, parcel(""));
    shop.refunds(&case, "1210");
    shop
}

/// Whether a text stands readable in a file.
fn holds(path: &Path, text: &str) -> bool {
    std::fs::read(path)
        .expect("the file")
        .windows(text.len())
        .any(|window| window == text.as_bytes())
}

fn dump(store: &mut Store) -> Vec<String> {
    store.dump(&[]).expect("a dump")
}

const RANDOM: [u8; 32] = [7; 32];

#[test]
fn a_backup_made_while_working_holds_everything_and_restores_to_the_same() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("atelier.db");
    let mut shop = house(&file);
    let before = shop.everything();
    let backup = folder.path().join("backup.db");
    let manifest = shop
        .counter
        .store()
        .back_up(&backup, None, "2026-11-06T10:00:00+01:00")
        .expect("a backup");
    assert!(
        manifest.parts.iter().any(|part| part.name == "paper" && part.rows > 5),
        "{:?}",
        manifest.parts
    );
    assert!(folder.path().join("backup.db.json").exists());
    assert!(matches!(
        shop.counter.store().back_up(&backup, None, ""),
        Err(Trouble::Refused(Refusal::FileExists))
    ));
    // The house goes on, and is then put back to where it was.
    shop.takes_in(gold_ring());
    let later = shop.everything();
    drop(shop);
    let preview = Store::preview(&backup, None).expect("a preview");
    assert_eq!(
        (
            preview.projects,
            preview.cases,
            preview.house.as_str(),
            preview.problems.len()
        ),
        (1, 1, "UNIGLO", 0)
    );
    let kept = Store::restore(&file, &backup, None, None, "20261107")
        .expect("restored")
        .expect("what was there");
    assert_eq!(dump(&mut Store::open(&file).expect("the store")), before);
    assert_eq!(dump(&mut Store::open(&kept).expect("what was there")), later);
}

#[test]
fn what_was_erased_is_no_damage_and_ends_no_backup() {
    let folder = tempfile::tempdir().expect("a folder");
    let (file, backup) = (folder.path().join("atelier.db"), folder.path().join("backup.db"));
    let mut shop = Shop::in_file("laurence-vandenborre", &file).on("2026-12-02");
    let photo = shop
        .does(&Action::KeepPhoto {
            name: "ring.png".into(),
            bytes: sketch(),
        })
        .photo
        .expect("a photo");
    let mut ring = gold_ring();
    ring.photos = vec![photo];
    let project = shop.takes_in(ring);
    let page = shop.project(&project);
    shop.does(&Action::Decide {
        piece: page.pieces[0].id.clone(),
        accepted: false,
        reason: "too thin".into(),
    });
    for component in ["Diamond", "Shank"] {
        shop.settles(&project, component, "returned");
    }
    shop.does(&Action::EraseClient {
        client: page.client.id.clone(),
    });
    let checked = shop.counter.store().check().expect("a check");
    assert_eq!((checked.problems, checked.photos), (Vec::<String>::new(), 1));
    let before = dump(shop.counter.store());
    shop.counter.store().back_up(&backup, None, "").expect("a backup");
    drop(shop);
    Store::restore(&file, &backup, None, None, "x").expect("restored");
    assert_eq!(dump(&mut Store::open(&file).expect("the store")), before);
}

#[test]
fn a_backup_that_was_tampered_with_is_not_restored() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("atelier.db");
    let mut shop = house(&file);
    let before = shop.everything();
    let backup = folder.path().join("backup.db");
    shop.counter.store().back_up(&backup, None, "").expect("a backup");
    drop(shop);
    let good = std::fs::read(&backup).expect("the backup");
    // A byte changed, a part cut off, an entry of the journal dropped, a trigger added, another file altogether.
    let with = |change: &str| {
        let mut store = Store::open(&backup).expect("the backup as a store");
        store
            .write(Ending::Commit, |tx| tx.exec(change, &[]))
            .unwrap_or_else(|why| panic!("{change}: {why}"));
        store.checkpoint().expect("folded");
    };
    let mut middle = good.clone();
    // One that means something: inside the paper that was written last, not in what a page has left over.
    let at = good.windows(5).rposition(|bytes| bytes == b"%PDF-").expect("a paper") + 64;
    middle[at] ^= 0x55;
    let breaks = |what: &str| match what {
        "a byte" => std::fs::write(&backup, &middle).expect("written"),
        "cut" => std::fs::write(&backup, &good[..good.len() - 8192]).expect("written"),
        "a row" => with("UPDATE client SET name = 'Somebody Else'"),
        "a trigger" => with("CREATE TRIGGER theft AFTER INSERT ON client BEGIN DELETE FROM draft; END"),
        _ => std::fs::write(&backup, b"PK\x03\x04 a zip, or a bomb").expect("written"),
    };
    for what in ["a byte", "cut", "a row", "a trigger", "no store"] {
        for with_manifest in [true, false] {
            std::fs::write(&backup, &good).expect("sound again");
            let manifest = folder.path().join("backup.db.json");
            let text = std::fs::read(&manifest).expect("the manifest");
            breaks(what);
            if !with_manifest {
                std::fs::remove_file(&manifest).expect("gone");
            }
            let restored = Store::restore(&file, &backup, None, None, "x");
            // Without a manifest a row changed by hand is a row: the rest still stands out.
            if with_manifest || what != "a row" {
                assert!(restored.is_err(), "{what} was restored, manifest: {with_manifest}");
                assert_eq!(dump(&mut Store::open(&file).expect("the store")), before, "{what}");
            }
            std::fs::write(&manifest, text).expect("there again");
            if restored.is_ok() {
                std::fs::write(&backup, &good).expect("sound again");
                Store::restore(&file, &backup, None, None, "y").expect("put right");
            }
        }
    }
}

#[test]
fn an_encrypted_store_opens_with_its_key_alone_and_leaves_no_plain_copy() {
    let folder = tempfile::tempdir().expect("a folder");
    let (file, backups) = (folder.path().join("atelier.db"), folder.path().join("backups"));
    std::fs::create_dir(&backups).expect("a folder");
    let mut shop = house(&file);
    let before = shop.everything();
    shop.counter.store().checkpoint().expect("folded");
    drop(shop);
    assert!(holds(&file, "Łukaszewska"));
    for key in [
        Key::Random(RANDOM),
        Key::passphrase("correct horse battery").expect("long enough"),
    ] {
        // What was made before a migration, by a restore, by a backup and by one that was killed is plain too.
        let copies = [
            "atelier.before-v5.db",
            "atelier.kept-20261101.db",
            "backups/atelier-2026-11-01-180000.db",
            "backups/atelier-2026-11-02-180000.db.part",
            "backups/atelier-2026-11-03-180000-by-hand.db",
        ];
        for copy in copies {
            std::fs::copy(&file, folder.path().join(copy)).expect("a copy");
        }
        // And one under a key of before.
        let of_before = folder.path().join("atelier.kept-20261102.db");
        std::fs::copy(&file, &of_before).expect("a copy");
        let another = Key::passphrase("another one altogether").expect("long enough");
        Store::rekey(&of_before, None, Some(&another)).expect("encrypted");
        Store::rekey(&file, None, Some(&key)).expect("encrypted");
        // Nothing goes before a backup under the new key is there; then all goes but what a person made, which is named.
        assert!(Store::forget_copies(&file, &backups, &key).is_err());
        for copy in copies {
            assert!(folder.path().join(copy).exists(), "{copy} is gone");
        }
        let day = NaiveDate::from_ymd_opt(2026, 11, 4).expect("a day");
        let mut store = Store::open_with(&file, Some(&key)).expect("the store");
        store
            .back_up_series(&backups, day, "2026-11-04T18:00:00+01:00")
            .expect("a backup");
        drop(store);
        let left = Store::forget_copies(&file, &backups, &key).expect("forgotten");
        let by_hand = folder.path().join(copies[4]);
        assert_eq!(left, std::slice::from_ref(&by_hand));
        assert!(!of_before.exists(), "what its key does not open is of no use to anyone");
        std::fs::remove_file(&by_hand).expect("a person's own");
        for entry in [folder.path(), &backups]
            .into_iter()
            .flat_map(|folder| std::fs::read_dir(folder).expect("the folder"))
            .flatten()
            .filter(|entry| entry.path().is_file())
        {
            assert!(
                !holds(&entry.path(), "Łukaszewska"),
                "{} is readable",
                entry.path().display()
            );
        }
        assert_eq!(files::kind(&file).expect("a kind"), files::FileKind::Encrypted);
        assert!(matches!(Store::open(&file), Err(Trouble::Refused(Refusal::KeyNeeded))));
        for wrong in [
            Key::Random([8; 32]),
            Key::Passphrase("correct horse".into()),
            Key::Passphrase(String::new()),
        ] {
            let opened = Store::open_with(&file, Some(&wrong)).err();
            assert!(
                matches!(opened, Some(Trouble::Refused(Refusal::WrongKey))),
                "{wrong:?}: {opened:?}"
            );
            assert!(matches!(
                Store::rekey(&file, Some(&wrong), None),
                Err(Trouble::Refused(Refusal::WrongKey))
            ));
        }
        let mut store = Store::open_with(&file, Some(&key)).expect("the store");
        assert_eq!(dump(&mut store), before);
        // Its backup is encrypted by the same key, and restores.
        let backup = folder.path().join("backup.db");
        store.back_up(&backup, None, "").expect("a backup");
        drop(store);
        assert!(!holds(&backup, "Łukaszewska"));
        assert!(matches!(
            Store::preview(&backup, None),
            Err(Trouble::Refused(Refusal::KeyNeeded))
        ));
        Store::restore(&file, &backup, Some(&key), Some(&key), "x").expect("restored");
        assert_eq!(
            dump(&mut Store::open_with(&file, Some(&key)).expect("the store")),
            before
        );
        for made in ["backup.db", "backup.db.json", "atelier.kept-x.db"] {
            let _ = std::fs::remove_file(folder.path().join(made));
        }
        Store::rekey(&file, Some(&key), None).expect("decrypted");
        // What is encrypted stays, and opens with its key.
        let kept = series(&backups);
        assert_eq!(kept.len(), 1);
        assert!(
            Store::preview(&kept[0].0, Some(&key))
                .expect("a preview")
                .problems
                .is_empty()
        );
        std::fs::remove_file(files::manifest_of(&kept[0].0)).expect("gone");
        std::fs::remove_file(&kept[0].0).expect("gone");
        assert_eq!(dump(&mut Store::open(&file).expect("the store")), before);
    }
}

#[test]
fn a_backup_of_an_open_house_can_be_locked_with_a_passphrase() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut shop = house(&folder.path().join("atelier.db"));
    let key = Key::passphrase("correct horse battery").expect("long enough");
    let backup = folder.path().join("stick.db");
    shop.counter.store().back_up(&backup, Some(&key), "").expect("a backup");
    assert!(!holds(&backup, "Łukaszewska"));
    assert_eq!(Store::preview(&backup, Some(&key)).expect("a preview").projects, 1);
    assert_eq!(Key::passphrase("too short"), Err(Refusal::PassphraseTooShort));
}

/// A passphrase is words, spelled one way whatever keyboard or system made its letters; what the engine would take for the bytes
/// of a key, or the program for a recovery key, is none.
#[test]
fn a_passphrase_is_words_spelled_one_way() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("atelier.db");
    drop(house(&file));
    // An é in one sign or in two, a narrow letter or a wide one, blanks around it.
    let typed = [
        "caf\u{e9} noisette 7",
        "cafe\u{301} noisette 7",
        " caf\u{e9} noisette \u{ff17}\n",
    ];
    Store::rekey(&file, None, Some(&Key::passphrase(typed[0]).expect("words"))).expect("encrypted");
    for spelling in typed {
        assert_eq!(Key::passphrase(spelling), Key::passphrase(typed[0]), "{spelling:?}");
        let key = Store::key_of(&file, spelling).expect("a key");
        assert!(Store::open_with(&file, Some(&key)).is_ok(), "{spelling:?}");
    }
    assert!(Store::key_of(&file, "cafe noisette 7").is_err());
    let recovery = Key::Random(RANDOM).recovery().expect("a sheet");
    for key in [
        format!("x'{}'", "0a".repeat(32)),
        format!("X'{}'", "0A".repeat(48)),
        recovery.to_lowercase(),
    ] {
        assert_eq!(Key::passphrase(&key), Err(Refusal::PassphraseIsAKey), "{key}");
    }
    // What an older program took as it was typed still opens.
    let old = Key::Passphrase("cafe\u{301} noisette 8 ".into());
    let key = Store::key_of(&file, typed[0]).expect("a key");
    Store::rekey(&file, Some(&key), Some(&old)).expect("another key");
    assert_eq!(Store::key_of(&file, "cafe\u{301} noisette 8 ").expect("a key"), old);
}

#[test]
fn a_recovery_key_is_read_back_from_paper_whatever_the_hand() {
    for seed in 0_u8..=255 {
        let mut bytes = [0; 32];
        for (at, byte) in bytes.iter_mut().enumerate() {
            *byte = seed
                .wrapping_mul(31)
                .wrapping_add(u8::try_from(at).expect("small").wrapping_mul(17));
        }
        let key = Key::Random(bytes);
        let text = key.recovery().expect("a random key");
        assert_eq!(text.split(' ').count(), 14);
        let by_hand = text
            .to_lowercase()
            .replace(' ', "-")
            .replace('0', "o")
            .replace('1', "l");
        assert_eq!(Key::recovered(&by_hand), Some(key.clone()), "{text}");
        // A wrong character is noticed.
        let mut wrong: Vec<char> = text.chars().collect();
        wrong[5] = if wrong[5] == 'A' { 'B' } else { 'A' };
        assert_eq!(Key::recovered(&wrong.into_iter().collect::<String>()), None);
    }
    assert_eq!(format!("{:?}", Key::Random(RANDOM)), "Key::Random");
}

#[test]
fn a_journal_that_was_changed_cut_or_reordered_is_found_out() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("atelier.db");
    house(&file).counter.store().checkpoint().expect("folded");
    let sound = std::fs::read(&file).expect("the file");
    let unlocked = [
        "DROP TRIGGER journal_keeps",
        "DROP TRIGGER journal_stays",
        "DROP TRIGGER paper_keeps",
    ];
    for (what, change) in [
        (
            "an action changed",
            "UPDATE journal SET action = replace(action, '1210', '1')",
        ),
        ("who changed", "UPDATE journal SET who = 'x' WHERE seq = 3"),
        ("an entry dropped", "DELETE FROM journal WHERE seq = 4"),
        (
            "the end cut off",
            "DELETE FROM journal WHERE seq = (SELECT MAX(seq) FROM journal)",
        ),
        (
            "two entries swapped",
            "UPDATE journal SET seq = CASE seq WHEN 3 THEN -3 WHEN 4 THEN 3 END WHERE seq IN (3, 4)",
        ),
        (
            "personal data changed",
            "UPDATE journal_personal SET body = replace(body, 'Anna', 'Bea')",
        ),
        (
            "a paper changed",
            "UPDATE paper SET bytes = CAST(substr(bytes, 1, length(bytes) - 1) || x'00' AS BLOB) WHERE kind = 'acknowledgement'",
        ),
        ("a photo changed", "UPDATE photo SET original = x'00'"),
    ] {
        std::fs::write(&file, &sound).expect("sound again");
        let mut store = Store::open(&file).expect("the store");
        assert!(store.check().expect("a check").problems.is_empty());
        store
            .write(Ending::Commit, |tx| {
                for drop in unlocked {
                    tx.exec(drop, &[])?;
                }
                tx.exec(change, &[])
            })
            .unwrap_or_else(|why| panic!("{what}: {why}"));
        let problems = store.check().expect("a check").problems;
        assert!(!problems.is_empty(), "{what} was not found");
    }
}

#[test]
fn everyone_does_what_their_role_does_and_the_list_is_whole() {
    // Every name of an action or a step, as the screen's types have them, stands in the list of roles.
    let types = atelier_core::counter::bindings();
    let declared = types
        .split("export type Action =")
        .nth(1)
        .and_then(|rest| rest.split("export type").next())
        .expect("the actions");
    let names = role_names();
    let mut found = 0;
    for key in ["\"do\": \"", "\"step\": \""] {
        for part in declared.split(key).skip(1) {
            let name = part.split('"').next().expect("a name");
            let name = if key.contains("step") && name == "decide" {
                "decide-claim"
            } else {
                name
            };
            assert!(
                names.contains(&name) || ["take-step", "take-case-step", "correct"].contains(&name),
                "{name} is nobody's to do"
            );
            found += 1;
        }
    }
    assert!(found > 60, "{found} names");
    assert!(
        role_may(Role::Counter, "take-in")
            && !role_may(Role::Counter, "value")
            && !role_may(Role::Designer, "refund")
            && role_may(Role::Manager, "anything")
    );

    let mut shop = Shop::of("uniglo");
    let staff = shop
        .does(&Action::AddStaff { name: "Bea".into() })
        .staff
        .expect("someone");
    let change = |role, active| Action::ChangeStaff {
        id: staff.clone(),
        name: "Bea".into(),
        role,
        active,
        pin: String::new(),
    };
    shop.does(&change(Role::Counter, true));
    let project = shop.takes_in(gold_ring());
    let manager = shop.works(&staff);
    let refused = Refusal::NotAllowed { role: "counter".into() };
    assert_eq!(
        shop.is_refused(&Action::CloseDays {
            first: "24/12/2026".into(),
            last: "1/1/2027".into(),
            reason: String::new()
        }),
        refused
    );
    assert_eq!(shop.is_refused(&change(Role::Manager, true)), refused);
    let next = shop.project(&project).next;
    assert!(
        next.iter().any(
            |step| step.step == "weigh-metal" && step.refused.as_deref().is_some_and(|why| why.contains("counter"))
        ),
        "{next:?}"
    );
    // What is read, or leaves the house, is bounded as well.
    let client = shop.project(&project).client.id;
    let context = shop.context();
    shop.counter
        .export(&Export::ClientData { client: client.clone() }, &context)
        .expect("the counter's");
    shop.works(&manager);
    shop.does(&change(Role::Designer, true));
    shop.works(&staff);
    let context = shop.context();
    let refused = |done: Option<Trouble>| matches!(done, Some(Trouble::Refused(Refusal::NotAllowed { role })) if role == "designer");
    assert!(refused(
        shop.counter
            .export(&Export::ClientData { client: client.clone() }, &context)
            .err()
    ));
    assert!(refused(
        shop.counter
            .export(
                &Export::Report {
                    report: Report::Refunds,
                    format: "csv".into()
                },
                &context
            )
            .err()
    ));
    assert!(refused(
        shop.counter.ask(&Question::ClientData { client }, &context).err()
    ));
    shop.works(&manager);
    // Someone who left does nothing any more, and the last manager stays one.
    shop.does(&change(Role::Counter, false));
    assert_eq!(
        shop.is_refused(&Action::ChangeStaff {
            id: manager.clone(),
            name: "Laurence".into(),
            role: Role::Counter,
            active: true,
            pin: String::new()
        }),
        Refusal::LastManager
    );
    shop.works(&staff);
    assert_eq!(
        shop.is_refused(&Action::AddClient {
            card: atelier_tests::card("Anna")
        }),
        Refusal::Locked
    );
}

#[test]
fn a_pin_opens_for_the_one_it_is_of() {
    let mut shop = Shop::of("uniglo");
    assert!(!shop.counter.asks_for_pins().expect("an answer"));
    let who = shop.who();
    let other = shop
        .does(&Action::AddStaff { name: "Bea".into() })
        .staff
        .expect("someone");
    shop.counter.sign_in(&who, "").expect("nobody has a PIN");
    for bad in ["123", "12a4", "1234567890123"] {
        assert_eq!(pin_hash(bad, &[1; 16]), Err(Refusal::BadPin));
    }
    let pin = pin_hash("4711", &[1; 16]).expect("a PIN");
    assert!(!pin.contains("4711"));
    // Someone else's PIN first would leave nobody who can manage the house.
    let first = Action::ChangeStaff {
        id: other.clone(),
        name: "Bea".into(),
        role: Role::Counter,
        active: true,
        pin: pin.clone(),
    };
    assert_eq!(shop.is_refused(&first), Refusal::ManagerPinFirst);
    shop.does(&Action::ChangeStaff {
        id: who.clone(),
        name: "Laurence".into(),
        role: Role::Manager,
        active: true,
        pin,
    });
    let steps_down = Action::ChangeStaff {
        id: who.clone(),
        name: "Laurence".into(),
        role: Role::Counter,
        active: true,
        pin: String::new(),
    };
    assert_eq!(
        shop.is_refused(&steps_down),
        Refusal::ManagerPinFirst,
        "the other manager has no PIN"
    );
    assert!(shop.counter.asks_for_pins().expect("an answer"));
    shop.counter.sign_in(&who, "4711").expect("the right one");
    for (id, wrong) in [(&who, ""), (&who, "4712"), (&other, ""), (&other, "4711")] {
        assert!(
            matches!(
                shop.counter.sign_in(id, wrong),
                Err(Trouble::Refused(Refusal::WrongPin))
            ),
            "{wrong}"
        );
    }
    // Wrong ones are counted in the store, for each, until the right one; no hash of a PIN stands in the journal.
    assert_eq!(shop.counter.wrong_pins(&who).expect("counted"), 2);
    assert_eq!(shop.counter.wrong_pins(&other).expect("counted"), 2);
    shop.counter.sign_in(&who, "4711").expect("the right one");
    assert_eq!(shop.counter.wrong_pins(&who).expect("counted"), 0);
    let rows = shop.everything();
    let hashed = |table: &str| rows.iter().any(|row| row.starts_with(table) && row.contains("argon2"));
    assert!(
        hashed("staff: ") && !hashed("journal"),
        "the hash of a PIN is in the journal"
    );
}

#[test]
fn a_clock_set_back_orders_nothing_anew() {
    let mut shop = Shop::of("laurence-vandenborre").on("2026-12-02");
    let project = shop.valued_project();
    shop.quotes(&project, "4235");
    // The battery is empty: it is 2020, and somebody goes on all the same.
    shop.turn_to("2020-01-01");
    shop.sure = true;
    shop.does(&Action::NoteGoldPrice {
        day: "1/1/2020".into(),
        unit: "ounce".into(),
        euro: "1500".into(),
        source: "refiner".into(),
    });
    shop.does(&Action::Value {
        project: project.clone(),
        form: atelier_tests::value_form("20"),
    });
    let piece = shop.project(&project).pieces[0].id.clone();
    shop.does(&Action::Decide {
        piece,
        accepted: true,
        reason: "again".into(),
    });
    let page = shop.project(&project);
    assert_eq!(
        page.valuations[0].number, "V2020-0001",
        "the newest valuation comes first"
    );
    assert_eq!(page.pieces[0].decision.as_ref().expect("a decision").reason, "again");
    let numbers: Vec<&str> = page.papers.iter().map(|paper| paper.number.as_str()).collect();
    assert_eq!(numbers, ["R2026-0001", "V2026-0001", "Q2026-0001", "V2020-0001"]);
    assert_eq!(shop.replayed(), shop.everything());
}

#[test]
fn a_folder_that_cannot_be_written_or_is_gone_is_said_and_nothing_breaks() {
    let home = tempfile::tempdir().expect("a home");
    let folder = home.path().join("stick");
    std::fs::create_dir(&folder).expect("a folder");
    let file = folder.join("atelier.db");
    let mut shop = house(&file);
    let before = shop.everything();
    // Pulled out while it is used, and put back.
    let away = home.path().join("away");
    std::fs::rename(&folder, &away).expect("pulled out");
    let backup = shop.counter.store().back_up(&folder.join("b.db"), None, "");
    assert!(
        matches!(backup, Err(Trouble::Refused(Refusal::FolderGone))),
        "{backup:?}"
    );
    let gone = Store::open(&file).err();
    assert!(matches!(gone, Some(Trouble::Refused(Refusal::FolderGone))), "{gone:?}");
    std::fs::rename(&away, &folder).expect("put back");
    drop(shop);
    let mut store = Store::open(&file).expect("the store");
    assert_eq!(dump(&mut store), before);
    assert!(store.check().expect("a check").problems.is_empty());
    let mut counter = Counter::over(store);
    let context = Shop::of("blank").context();
    assert!(matches!(counter.ask(&Question::Start, &context), Ok(Answer::Start(_))));
}

#[test]
fn a_file_that_may_not_be_written_is_said() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("atelier.db");
    drop(house(&file));
    let mut store = Store::open_to_read(&file, None).expect("a store to read");
    let written = store.write(Ending::Commit, |tx| tx.exec("DELETE FROM draft", &[]));
    assert!(
        matches!(written, Err(Trouble::Refused(Refusal::ReadOnly))),
        "{written:?}"
    );
    assert!(store.check().expect("a check").problems.is_empty());
}

#[test]
fn a_migration_that_fails_leaves_the_file_as_it_was() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("atelier.db");
    let fixture = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/schema-v1.db");
    std::fs::copy(&fixture, &file).expect("an old store");
    // A table that a later migration wants to make is there already.
    let spoiled = rusqlite::Connection::open(&file).expect("the file");
    spoiled
        .execute_batch("CREATE TABLE case_happening (id TEXT)")
        .expect("spoiled");
    drop(spoiled);
    let before = std::fs::read(&file).expect("the file");
    assert!(Store::open(&file).is_err());
    assert_eq!(
        std::fs::read(&file).expect("the file"),
        before,
        "the old file was changed"
    );
    let mut old = Store::open_to_read(&file, None).expect("the old store");
    let rows = old.dump(&[]).expect("its rows");
    assert!(rows.iter().any(|row| row.contains("Łukaszewska")));
}

#[test]
fn a_restored_house_keeps_its_own_key_or_none() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("atelier.db");
    let key = Key::Random(RANDOM);
    let other = Key::passphrase("correct horse battery").expect("long enough");
    let mut shop = house(&file);
    let before = shop.everything();
    let (plain, locked) = (folder.path().join("plain.db"), folder.path().join("locked.db"));
    shop.counter.store().back_up(&plain, None, "").expect("a backup");
    shop.counter
        .store()
        .back_up(&locked, Some(&other), "")
        .expect("a backup");
    drop(shop);
    Store::restore(&file, &locked, Some(&other), None, "1").expect("restored");
    assert_eq!(dump(&mut Store::open(&file).expect("no key is asked for")), before);
    Store::rekey(&file, None, Some(&key)).expect("encrypted");
    for (backup, opens) in [(&plain, None), (&locked, Some(&other))] {
        Store::restore(&file, backup, opens, Some(&key), "2").expect("restored");
        let looked_at = Store::open_to_read(&file, Some(&key)).expect("the store").check();
        assert_eq!(looked_at.expect("a check").problems, Vec::<String>::new());
        assert!(!holds(&file, "Łukaszewska"), "{} took the key away", backup.display());
        assert_eq!(
            dump(&mut Store::open_with(&file, Some(&key)).expect("its own key")),
            before
        );
        assert!(!folder.path().join("atelier.restoring").exists() && !folder.path().join("atelier.rekeyed").exists());
    }
}

#[test]
fn a_backup_takes_nothing_of_anyones_and_ends_when_it_is_told_to() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut shop = house(&folder.path().join("atelier.db"));
    // What stands there is somebody's, and stays.
    for name in ["mine.db", "mine.db.json", "mine.db.part"] {
        let theirs = folder.path().join(name);
        std::fs::write(&theirs, "theirs").expect("a file");
        assert!(
            matches!(
                shop.counter.store().back_up(&folder.path().join("mine.db"), None, ""),
                Err(Trouble::Refused(Refusal::FileExists))
            ),
            "{name}"
        );
        assert_eq!(std::fs::read_to_string(&theirs).expect("the file"), "theirs");
        std::fs::remove_file(theirs).expect("gone");
    }
    let stopper = shop.counter.store().stopper();
    let over = std::sync::atomic::AtomicBool::new(false);
    let stopped = std::thread::scope(|scope| {
        scope.spawn(|| {
            while !over.load(std::sync::atomic::Ordering::Relaxed) {
                stopper.stop();
            }
        });
        let stopped = shop
            .counter
            .store()
            .back_up(&folder.path().join("stopped.db"), None, "");
        over.store(true, std::sync::atomic::Ordering::Relaxed);
        stopped
    });
    assert!(
        matches!(stopped, Err(Trouble::Refused(Refusal::Stopped))),
        "{stopped:?}"
    );
    assert!(
        !std::fs::read_dir(folder.path())
            .expect("the folder")
            .flatten()
            .any(|entry| entry.file_name().to_string_lossy().starts_with("stopped"))
    );
    shop.counter
        .store()
        .back_up(&folder.path().join("next.db"), None, "")
        .expect("the next is made");
}

#[test]
fn a_backup_is_made_while_somebody_types() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("atelier.db");
    let mut shop = house(&file);
    let context = shop.context();
    let mut copier = Store::open(&file).expect("another connection");
    let over = std::sync::atomic::AtomicBool::new(false);
    std::thread::scope(|scope| {
        let typing = scope.spawn(|| {
            let mut typed = 0;
            while !over.load(std::sync::atomic::Ordering::Relaxed) {
                shop.counter
                    .save_draft("intake-1", &context.who, &format!("{{\"typed\":{typed}}}"), &context)
                    .expect("a draft");
                typed += 1;
            }
            typed
        });
        let made: Vec<bool> = (0..5)
            .map(|round| {
                copier
                    .back_up(&folder.path().join(format!("{round}.db")), None, "")
                    .is_ok()
            })
            .collect();
        over.store(true, std::sync::atomic::Ordering::Relaxed);
        assert!(typing.join().expect("typing") > 0);
        assert_eq!(made, [true; 5]);
    });
}

/// Changes a store past the program, as whoever has the file can: its rules taken away, what they guard changed, and the rules put
/// back.
fn tampered(file: &Path, change: &str) {
    let mut engine = rusqlite::Connection::open(file).expect("the file");
    engine.pragma_update(None, "foreign_keys", false).expect("a setting");
    let tx = engine.transaction().expect("a transaction");
    let rules: Vec<(String, String)> = tx
        .prepare("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        .and_then(|mut found| found.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect())
        .expect("the rules");
    for (name, _) in &rules {
        tx.execute_batch(&format!("DROP TRIGGER {name}")).expect("a rule less");
    }
    let changed = tx.execute(change, []).unwrap_or_else(|why| panic!("{change}: {why}"));
    assert!(changed > 0, "{change} changes nothing");
    for (_, sql) in &rules {
        tx.execute_batch(sql).expect("a rule back");
    }
    tx.commit().expect("changed");
}

/// Whatever was changed past the program is found: rows changed, added and taken away, in every table there is a seal of.
#[test]
fn whatever_was_changed_past_the_program_is_found() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("atelier.db");
    let mut shop = Shop::in_file("laurence-vandenborre", &file).on("2026-12-02");
    let project = shop.order();
    shop.pays(&project, "1649,89");
    shop.approves_design(&project);
    let sold = shop.sells_by_mail(ProjectKind::Stock, "1210", "2026-12-04");
    let case = shop.opens_case(&sold, "withdrawal", &[]);
    shop.sees_to(&case, notice("I withdraw."));
    shop.does(&Action::CloseDays {
        first: "2026-12-24".into(),
        last: "2026-12-31".into(),
        reason: "holidays".into(),
    });
    drop(shop);
    let sound = std::fs::read(&file).expect("the file");
    let swapped = "SELECT '5f70bf18a086007016e948b04aed3b82103a36bea41755b6cddfaf10ace3c6ef'";
    let changes = [
        "UPDATE ledger SET amount = amount + 100",
        "DELETE FROM ledger WHERE seq = (SELECT MAX(seq) FROM ledger)",
        "INSERT INTO ledger SELECT 'x', 99, project_id, case_id, kind, NULL, method, amount, rounding, day, reference, note, at, by, '' FROM ledger WHERE corrects IS NULL LIMIT 1",
        "UPDATE happening SET day = '2026-01-01'",
        "DELETE FROM case_happening",
        "UPDATE quote SET total = total - 1",
        "UPDATE terms SET body = replace(body, '50', '10')",
        "DELETE FROM closing",
        "UPDATE closing SET last = '2027-12-31'",
        "UPDATE series SET last = last + 1",
        "UPDATE staff SET role = 'counter'",
        "UPDATE staff SET pin = 'x'",
        "UPDATE client SET name = 'Bea'",
        "DELETE FROM journal_personal WHERE rowid = (SELECT MIN(rowid) FROM journal_personal)",
        &format!("UPDATE paper SET bytes = CAST('x' AS BLOB), sha256 = ({swapped}) WHERE rowid = 1"),
        &format!("UPDATE photo SET original = CAST('x' AS BLOB), sha256 = ({swapped})"),
        "UPDATE photo SET picture = CAST('x' AS BLOB)",
        "UPDATE piece SET declared_value = 1",
        "UPDATE seal SET rows = rows + 1 WHERE of_table = 'client'",
        "UPDATE house SET identity = replace(identity, 'BE66', 'BE99')",
    ];
    let check = |file: &Path| {
        let checked = Store::open_to_read(file, None).expect("the store").check();
        checked.expect("a check").problems
    };
    assert_eq!(check(&file), Vec::<String>::new());
    for change in changes {
        std::fs::write(&file, &sound).expect("sound again");
        tampered(&file, change);
        let found = check(&file);
        assert!(!found.is_empty(), "{change} was not found");
        // A row more, a row less, and another row are told apart.
        let said = match change.split(' ').next() {
            _ if change.contains(" seal ") => "lacks",
            Some("INSERT") => "has 1 rows that were not written",
            Some("DELETE") => "lacks",
            _ => "something else than was written",
        };
        assert!(
            found.iter().any(|problem| problem.contains(said)),
            "{change}: {found:?}"
        );
        // Nor does opening and working on take it for what was written.
        let mut shop = Shop::again(&file, 7);
        shop.does(&Action::AddClient { card: card("Cleo") });
        drop(shop);
        assert!(!check(&file).is_empty(), "{change} was not found later");
    }
    // Every table there is a seal of, and a row of, loses one.
    let engine = rusqlite::Connection::open(&file).expect("the file");
    std::fs::write(&file, &sound).expect("sound again");
    let tables: Vec<String> = engine
        .prepare("SELECT of_table FROM seal WHERE rows > 0")
        .and_then(|mut found| found.query_map([], |row| row.get(0))?.collect())
        .expect("the tables");
    drop(engine);
    assert!(tables.len() > 15, "{tables:?}");
    for table in tables {
        std::fs::write(&file, &sound).expect("sound again");
        tampered(
            &file,
            &format!("DELETE FROM {table} WHERE rowid = (SELECT MAX(rowid) FROM {table})"),
        );
        let found = check(&file);
        assert!(
            found.iter().any(|problem| problem.contains(&table)),
            "{table}: {found:?}"
        );
    }
}

/// What the engine says of the disk is told as what to do about it, and never as a fault of the program.
#[test]
fn a_full_disk_and_a_stopped_question_are_told_as_such() {
    use rusqlite::ffi;
    let told = |code: i32| Trouble::from(rusqlite::Error::SqliteFailure(ffi::Error::new(code), None));
    for full in [ffi::SQLITE_FULL, ffi::SQLITE_IOERR_WRITE] {
        assert!(matches!(told(full), Trouble::Refused(Refusal::DiskFull)), "{full}");
    }
    assert!(matches!(
        told(ffi::SQLITE_INTERRUPT),
        Trouble::Refused(Refusal::Stopped)
    ));
    assert!(matches!(told(ffi::SQLITE_IOERR_READ), Trouble::Broken(_)));
}

/// A copy of the file alone, made while the program has it open, lacks what stands in the log: it is named as incomplete.
#[test]
fn a_file_copied_without_its_log_while_it_is_open_is_not_whole() {
    let folder = tempfile::tempdir().expect("a folder");
    let (file, copy) = (folder.path().join("atelier.db"), folder.path().join("copy.db"));
    let check = |file: &Path| {
        let checked = Store::open_to_read(file, None).expect("the store").check();
        checked.expect("a check").problems
    };
    let mut shop = house(&file);
    shop.takes_in(gold_ring());
    std::fs::copy(&file, &copy).expect("a copy");
    let found = check(&copy);
    assert!(found.iter().any(|problem| problem.contains("-wal")), "{found:?}");
    assert_eq!(check(&file), Vec::<String>::new());
    // With its log it is whole; and so is the file of a house that was closed, or killed, and opened again.
    std::fs::remove_file(&copy).expect("gone");
    std::fs::copy(&file, &copy).expect("a copy");
    std::fs::copy(folder.path().join("atelier.db-wal"), folder.path().join("copy.db-wal")).expect("its log");
    assert_eq!(check(&copy), Vec::<String>::new());
    let killed = Shop::again(&copy, 3);
    drop((shop, killed));
    for file in [&file, &copy] {
        assert!(!folder.path().join("copy.db-wal").exists());
        assert_eq!(check(file), Vec::<String>::new());
    }
}

#[test]
fn a_paper_that_was_emptied_or_taken_away_is_missed() {
    for change in [
        "UPDATE paper SET bytes = x'' WHERE number = (SELECT MIN(number) FROM paper)",
        "UPDATE paper SET sha256 = '' WHERE number = (SELECT MIN(number) FROM paper)",
        "DELETE FROM paper WHERE number = (SELECT MIN(number) FROM paper WHERE number LIKE 'R%')",
        "UPDATE journal SET at = '2026-01-01', chain = '' WHERE seq = (SELECT MAX(seq) FROM journal)",
    ] {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("atelier.db");
        let mut shop = house(&file);
        shop.takes_in(gold_ring());
        shop.takes_in(gold_ring());
        assert!(shop.counter.store().check().expect("a check").problems.is_empty());
        shop.counter
            .store()
            .write(Ending::Commit, |tx| {
                // Whoever has the file can take its rules away, change what they guard, and put them back.
                let rules: Vec<(String, String)> = tx
                    .rows("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'", &[])?
                    .into_iter()
                    .map(|mut row| Ok((row.text()?, row.text()?)))
                    .collect::<Result<_, Trouble>>()?;
                for (name, _) in &rules {
                    tx.exec(&format!("DROP TRIGGER {name}"), &[])?;
                }
                tx.exec("PRAGMA defer_foreign_keys = ON", &[])?;
                tx.exec(change, &[])?;
                for (_, sql) in &rules {
                    tx.exec(sql, &[])?;
                }
                Ok(())
            })
            .unwrap_or_else(|why| panic!("{change}: {why}"));
        drop(shop);
        let checked = Store::open(&file).expect("the store").check().expect("a check");
        assert!(!checked.problems.is_empty(), "{change} was not noticed");
    }
}

#[test]
fn a_backup_of_an_older_program_is_looked_at_and_restored() {
    let folder = tempfile::tempdir().expect("a folder");
    let (file, backup) = (
        folder.path().join("atelier.db"),
        folder.path().join("old").join("atelier.db"),
    );
    std::fs::create_dir(folder.path().join("old")).expect("a folder");
    for schema in 1..=5 {
        let fixture = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("fixtures/schema-v{schema}.db"));
        std::fs::copy(&fixture, &backup).expect("a backup");
        let theirs = folder.path().join("old/atelier.before-v5.db");
        std::fs::write(&theirs, "theirs").expect("a file");
        let preview = Store::preview(&backup, None).unwrap_or_else(|why| panic!("schema {schema}: {why}"));
        assert!(
            preview.problems.is_empty() && preview.entries > 0,
            "schema {schema}: {preview:?}"
        );
        assert_eq!(
            std::fs::read(&backup).expect("the backup"),
            std::fs::read(&fixture).expect("the fixture"),
            "looking changed it"
        );
        // The engine's own two files of a store in use are no harm.
        let left = std::fs::read_dir(folder.path().join("old"))
            .expect("the folder")
            .flatten()
            .filter(|entry| !entry.file_name().to_string_lossy().contains("db-"));
        assert_eq!(left.count(), 2, "looking left something");
        Store::restore(&file, &backup, None, None, &schema.to_string())
            .unwrap_or_else(|why| panic!("schema {schema}: {why}"));
        assert_eq!(
            Store::open(&file).expect("the store").check().expect("a check").entries,
            preview.entries
        );
    }
}

#[test]
fn the_log_holds_no_text_of_anyones() {
    let troubles = [
        Trouble::Broken(
            "UNIQUE constraint failed: client 'Anna Łukaszewska' has \"IBAN BE68539007547034\" and 1234".into(),
        ),
        Trouble::Damaged {
            path: "/home/anna/atelier.db".into(),
            why: "Anna".into(),
        },
        Trouble::Refused(Refusal::InUse {
            by: "Anna’s machine".into(),
        }),
    ];
    // What is left says what it is about.
    let about = "UNIQUE constraint failed: client ' has \" and ";
    assert_eq!(troubles[0].for_the_log(), about);
    for trouble in troubles {
        let logged = trouble.for_the_log();
        assert!(
            !logged.contains("nna") && !logged.contains("BE68") && !logged.chars().any(|c| c.is_ascii_digit()),
            "{logged}"
        );
    }
}
