//! Nothing is lost and nobody gets in, in the real window: a backup restored, a house encrypted and opened again, people who sign
//! in, and a page that tries to reach what it may not.

use crate::main_job::{a_house, opens};
use crate::window::Window;
use std::path::Path;

async fn adds_a_client(window: &Window, name: &str) {
    window.presses("Clients").await;
    window.begins("New client").await;
    window.types("Name", 1, name).await;
    window.submits("Save").await;
    window.says("Personal data").await;
}

async fn backs_up(window: &Window) {
    window.presses("House").await;
    window.presses("Back up now").await;
    window.says("Backup made and read back").await;
}

/// Whether a text stands readable in any file of a folder.
fn readable(folder: &Path, text: &str) -> bool {
    std::fs::read_dir(folder).into_iter().flatten().flatten().any(|entry| {
        let path = entry.path();
        if path.is_dir() {
            readable(&path, text)
        } else {
            std::fs::read(&path).is_ok_and(|bytes| bytes.windows(text.len()).any(|window| window == text.as_bytes()))
        }
    })
}

#[tokio::test]
async fn a_backup_is_made_looked_at_and_restored() {
    let home = tempfile::tempdir().expect("a home");
    let window = Window::open(home.path(), &home.path().join("elsewhere.db")).await;
    opens(&window, "UNIGLO").await;
    adds_a_client(&window, "Anna Łukaszewska").await;
    backs_up(&window).await;
    window.presses("Check everything").await;
    window.says("in an unbroken chain").await;
    window.picture("safety-light").await;
    adds_a_client(&window, "Jan Peeters").await;
    window.presses("House").await;
    window.presses("/20").await;
    window.says("It holds 1 clients").await;
    window.presses_in_dialog("Restore").await;
    window.says("What was there is in atelier.kept-").await;
    window.presses("Clients").await;
    window.says("Anna Łukaszewska").await;
    assert!(!window.text().await.contains("Jan Peeters"));
    // One elsewhere, locked with a passphrase: nothing of it can be read.
    window.presses("House").await;
    window
        .types("Passphrase for this backup (empty: none)", 1, "correct horse battery")
        .await;
    window.presses("Save a backup as").await;
    window.says("Backup made and read back: elsewhere.db").await;
    let bytes = std::fs::read(home.path().join("elsewhere.db")).expect("the backup");
    assert!(!bytes.windows(5).any(|window| window == "ukasz".as_bytes()));
    // What was done since is backed up by itself, even where the program had no time for it on ending; of a day the newest stays.
    let newest = || {
        std::fs::read_dir(Window::data_in(home.path()).join("backups"))
            .expect("backups")
            .flatten()
            .map(|entry| entry.file_name())
            .max()
    };
    let by_hand = newest();
    adds_a_client(&window, "Els Claes").await;
    window.kill();
    let window = Window::open(home.path(), &home.path().join("elsewhere.db")).await;
    window.says("Who is working").await;
    for _ in 0..100 {
        if newest() != by_hand && newest().is_some_and(|name| name.to_string_lossy().ends_with(".json")) {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
    assert_ne!(newest(), by_hand, "no backup was made by itself");
    window.close().await;
}

#[tokio::test]
async fn a_house_is_encrypted_and_opens_with_its_passphrase_alone() {
    let home = tempfile::tempdir().expect("a home");
    let saved = home.path().join("sheet.pdf");
    let window = Window::open(home.path(), &saved).await;
    opens(&window, "UNIGLO").await;
    adds_a_client(&window, "Anna Łukaszewska").await;
    backs_up(&window).await;
    let data = Window::data_in(home.path());
    assert!(readable(&data, "Łukaszewska"));
    window.types("Passphrase", 1, "too short").await;
    window.presses("with a passphrase").await;
    window.says("at least twelve characters").await;
    window.types("Passphrase", 1, "correct horse battery").await;
    window.presses("with a passphrase").await;
    window.says("The key is asked for at every start").await;
    // What somebody made by hand is named, and stays until they take it away; nothing else can be read.
    window.says("can still be read without the key").await;
    let backups = data.join("backups");
    for file in std::fs::read_dir(&backups).expect("backups").flatten() {
        if file.file_name().to_string_lossy().contains("by-hand") {
            std::fs::remove_file(file.path()).expect("taken away");
        }
    }
    assert!(!readable(&data, "Łukaszewska"), "a plain copy stayed behind");
    window.presses("Clients").await;
    window.says("Anna Łukaszewska").await;
    window.close().await;

    let window = Window::open(home.path(), &saved).await;
    window.says("This file is encrypted").await;
    window.picture("encrypted-light").await;
    assert!(!window.text().await.contains("UNIGLO"), "a hint before the key");
    window.types("Recovery key or passphrase", 1, "correct horse").await;
    window.submits("Open").await;
    window.says("That key does not open it").await;
    window
        .types("Recovery key or passphrase", 1, "correct horse battery")
        .await;
    window.submits("Open").await;
    window.presses("Clients").await;
    window.says("Anna Łukaszewska").await;
    // A key the program makes, on a sheet of paper; and off again.
    window.presses("House").await;
    window.presses("Turn encryption off").await;
    window.says("Old backups stay encrypted").await;
    window.presses_in_dialog("Turn encryption off").await;
    window.says("The data is not encrypted").await;
    assert!(readable(&data, "Łukaszewska"));
    window.presses("with a key Atelier makes").await;
    window.says("Without this key and without this machine").await;
    let key = window
        .runs("return document.querySelector('dialog .key').innerText")
        .await;
    let key = key.as_str().expect("a key").to_owned();
    assert_eq!(key.split(' ').count(), 14, "{key}");
    window.picture("recovery-light").await;
    // Nothing is encrypted before the key was written down.
    window.presses_in_dialog("Save the recovery sheet").await;
    window.waits_for_file(&saved).await;
    assert!(readable(&data, "Łukaszewska"));
    window.types("Last group of the key, from the sheet", 1, "AAAA").await;
    window.submits("Encrypt now").await;
    window.says("That key does not open it").await;
    window
        .types(
            "Last group of the key, from the sheet",
            1,
            key.split(' ').next_back().expect("a group"),
        )
        .await;
    window.submits("Encrypt now").await;
    window.says("The key is asked for at every start").await;
    assert!(!readable(&data, "Łukaszewska"), "a plain copy stayed behind");
    window.close().await;

    let window = Window::open(home.path(), &saved).await;
    window.types("Recovery key or passphrase", 1, &key.to_lowercase()).await;
    window.submits("Open").await;
    window.presses("Clients").await;
    window.says("Anna Łukaszewska").await;
    window.close().await;
}

#[tokio::test]
async fn a_damaged_or_lost_file_is_restored_in_the_window() {
    let (home, saved, window) = a_house("UNIGLO").await;
    adds_a_client(&window, "Anna Łukaszewska").await;
    backs_up(&window).await;
    window.close().await;
    let file = Window::data_in(home.path()).join("atelier.db");
    for lost in [false, true] {
        for end in ["-wal", "-shm"] {
            let _ = std::fs::remove_file(format!("{}{end}", file.display()));
        }
        if lost {
            std::fs::remove_file(&file).expect("lost");
        } else {
            std::fs::write(&file, "no store any more").expect("damaged");
        }
        let window = Window::open(home.path(), &saved).await;
        window.says("is damaged").await;
        window.picture("damaged-light").await;
        window.presses("/20").await;
        window.says("It holds 1 clients").await;
        window.presses_in_dialog("Restore").await;
        window.presses("Clients").await;
        window.says("Anna Łukaszewska").await;
        window.close().await;
    }
}

#[tokio::test]
async fn people_sign_in_do_what_is_theirs_and_the_window_locks() {
    let home = tempfile::tempdir().expect("a home");
    let window = Window::open(home.path(), &home.path().join("saved.pdf")).await;
    opens(&window, "UNIGLO").await;
    window.presses("House").await;
    window.types("Name", 1, "Bea").await;
    window.submits_with("Name", "Add").await;
    window.presses("Bea").await;
    window.chooses("Role", 1, "counter staff").await;
    window.types("New PIN", 1, "12").await;
    window.submits_with("New PIN", "Save").await;
    window.says("four to twelve digits").await;
    // A manager first, who then gives the others theirs.
    window.types("New PIN", 1, "1234").await;
    window.submits_with("New PIN", "Save").await;
    window.says("Give a manager a PIN first").await;
    window.presses("Bea").await;
    window.presses("Laurence").await;
    window.types("New PIN", 1, "4711").await;
    window.submits_with("New PIN", "Save").await;
    window.says("signs in with a PIN").await;
    window.presses("Bea").await;
    window.chooses("Role", 1, "counter staff").await;
    window.types("New PIN", 1, "1234").await;
    window.submits_with("New PIN", "Save").await;
    window.says("counter staff · signs in with a PIN").await;
    window.presses("Lock").await;
    window.says("Locked").await;
    window.picture("locked-light").await;
    let hidden = window.tries("window.__TAURI_INTERNALS__.invoke('ask', { question: { about: 'today', by: '', whole: null }, at: { who: localStorage.getItem('who'), language: 'en' } }).then(() => 'reached', (why) => why.kind)").await;
    assert_eq!(hidden, "locked");
    window.chooses("Who is working", 1, "Bea").await;
    window.types("PIN", 1, "4711").await;
    window.submits("Sign in").await;
    window.says("That is not the right PIN").await;
    window.types("PIN", 1, "1234").await;
    window.submits("Sign in").await;
    window.presses("House").await;
    window.says("signs in with a PIN").await;
    window
        .runs("[...document.querySelectorAll('h2')].find((title) => title.innerText === 'Staff').scrollIntoView()")
        .await;
    window.picture("people-light").await;
    window.presses("Back up now").await;
    window.says("This is not for this role").await;
    window.presses("Change the terms").await;
    window.close().await;

    // After a start everyone signs in again.
    let window = Window::open(home.path(), &home.path().join("saved.pdf")).await;
    window.says("Locked").await;
    window.close().await;
}

#[tokio::test]
async fn the_page_reaches_its_own_commands_and_nothing_else() {
    let home = tempfile::tempdir().expect("a home");
    let window = Window::open(home.path(), &home.path().join("saved.pdf")).await;
    opens(&window, "UNIGLO").await;
    // Each attempt answers with what came of it; `blocked` is what must be said.
    for (what, attempt) in [
        (
            "a page elsewhere",
            "fetch('https://example.org/').then(() => 'reached', () => 'blocked')",
        ),
        (
            "this machine",
            "fetch('http://127.0.0.1:1/').then(() => 'reached', () => 'blocked')",
        ),
        (
            "a file",
            "fetch('file:///etc/hostname').then(() => 'reached', () => 'blocked')",
        ),
        (
            "an image elsewhere",
            "new Promise((done) => { const image = new Image(); image.onload = () => done('reached'); image.onerror = () => done('blocked'); image.src = 'https://example.org/x.png'; })",
        ),
        (
            "a script of its own making",
            "new Promise((done) => { try { done(new Function('return `reached`')()); } catch { done('blocked'); } })",
        ),
        (
            "a script in the page",
            "new Promise((done) => { const script = document.createElement('script'); script.textContent = 'window.reached = true'; document.head.append(script); setTimeout(() => done(window.reached ? 'reached' : 'blocked'), 300); })",
        ),
        (
            "a worker",
            "new Promise((done) => { try { const worker = new Worker(URL.createObjectURL(new Blob(['postMessage(1)']))); worker.onmessage = () => done('reached'); worker.onerror = () => done('blocked'); } catch { done('blocked'); } setTimeout(() => done('blocked'), 500); })",
        ),
        (
            "a frame",
            "new Promise((done) => { const frame = document.createElement('iframe'); frame.src = 'https://example.org/'; document.body.append(frame); setTimeout(() => { let inside = 'blocked'; try { inside = frame.contentWindow.location.href === 'about:blank' ? 'blocked' : 'reached'; } catch { inside = 'blocked'; } frame.remove(); done(inside); }, 400); })",
        ),
        (
            "the file system",
            "window.__TAURI_INTERNALS__.invoke('plugin:fs|read_text_file', { path: '/etc/hostname' }).then(() => 'reached', () => 'blocked')",
        ),
        (
            "a shell",
            "window.__TAURI_INTERNALS__.invoke('plugin:shell|execute', { program: 'sh', args: ['-c', 'true'] }).then(() => 'reached', () => 'blocked')",
        ),
        (
            "the opener",
            "window.__TAURI_INTERNALS__.invoke('plugin:opener|open_path', { path: '/etc' }).then(() => 'reached', () => 'blocked')",
        ),
        (
            "a dialog",
            "window.__TAURI_INTERNALS__.invoke('plugin:dialog|open', { options: {} }).then(() => 'reached', () => 'blocked')",
        ),
        (
            "a new window",
            "window.__TAURI_INTERNALS__.invoke('plugin:webview|create_webview_window', { options: { label: 'x', url: 'https://example.org' } }).then(() => 'reached', () => 'blocked')",
        ),
        (
            "a command there is not",
            "window.__TAURI_INTERNALS__.invoke('read_file', { path: '/etc/hostname' }).then(() => 'reached', () => 'blocked')",
        ),
        (
            "a backup by its path",
            "window.__TAURI_INTERNALS__.invoke('look_at_backup', { which: { kept: '../../../../etc/hostname' }, key: '', at: { who: localStorage.getItem('who'), language: 'en' } }).then(() => 'reached', () => 'blocked')",
        ),
        (
            "a photo that is none",
            "fetch('atelier://localhost/photo/../../atelier.db/thumb').then((answer) => (answer.ok ? 'reached' : 'blocked'), () => 'blocked')",
        ),
        (
            "the store through the scheme",
            "fetch('atelier://localhost/atelier.db').then((answer) => (answer.ok ? 'reached' : 'blocked'), () => 'blocked')",
        ),
    ] {
        let answer = window.tries(attempt).await;
        assert_eq!(answer, "blocked", "{what}");
    }
    // And what is its own, it reaches.
    let own = "window.__TAURI_INTERNALS__.invoke('ask', { question: { about: 'start' }, at: { who: '', language: 'en' } }).then(() => 'reached', () => 'blocked')";
    assert_eq!(window.tries(own).await, "reached");
    window.close().await;
}

#[tokio::test]
async fn a_second_start_does_not_work_on_the_same_folder() {
    let home = tempfile::tempdir().expect("a home");
    let data = Window::data_in(home.path());
    std::fs::create_dir_all(&data).expect("a folder");
    let _held = atelier_core::store::lock::Lock::take(&data, "workshop · 21/11/2026 10:00").expect("the lock");
    let window = Window::open(home.path(), &home.path().join("saved.pdf")).await;
    window
        .says("The data is open already: workshop · 21/11/2026 10:00")
        .await;
    assert!(
        !data.join("atelier.db").exists(),
        "a store was made beside one that is in use"
    );
    window.close().await;
}

/// Backups go to a second place, are read back there, and the rail says so; a place that is gone is said.
#[tokio::test]
async fn backups_go_to_a_second_place_too() {
    let home = tempfile::tempdir().expect("a home");
    let stick = home.path().join("stick");
    std::fs::create_dir(&stick).expect("a stick");
    let window = Window::open(home.path(), &home.path().join("saved.pdf")).await;
    opens(&window, "UNIGLO").await;
    // It is offered at the first start, until it is chosen or put off.
    window.says("The backups lie on this computer alone").await;
    window.presses("Choose a folder").await;
    window
        .is_gone("//*[contains(text(), 'The backups lie on this computer alone')]")
        .await;
    adds_a_client(&window, "Anna Łukaszewska").await;
    window.presses("House").await;
    window.says("Each backup goes to").await;
    let there = || {
        let own = std::fs::read_dir(&stick).into_iter().flatten().flatten();
        let files = own.flat_map(|folder| std::fs::read_dir(folder.path()).into_iter().flatten().flatten());
        files
            .filter(|file| file.path().extension().is_some_and(|end| end == "db"))
            .count()
    };
    assert_eq!(there(), 1, "no backup in the second place");
    backs_up(&window).await;
    assert_eq!(there(), 2, "what was made by hand is not there");
    window.picture("second-place-light").await;
    std::fs::remove_dir_all(&stick).expect("pulled out");
    backs_up(&window).await;
    window.says("The last backup is not in the second place").await;
    window.close().await;
}

/// The house's logo and colour: what papers cannot carry is refused with what to do, what they can is shown and kept.
#[tokio::test]
async fn a_house_gives_its_papers_a_logo_and_a_colour() {
    let (home, _saved, window) = a_house("UNIGLO").await;
    window.presses("House").await;
    window.types("Colour of the papers", 1, "#FFE680").await;
    window.submits("Save").await;
    window.says("too light to be read on white paper").await;
    window.types("Colour of the papers", 1, "#1F3A5F").await;
    let logo = |name: &str, inside: &str| {
        let file = home.path().join(name);
        let svg = format!("<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 240 60'>{inside}</svg>");
        std::fs::write(&file, svg).expect("a logo");
        file
    };
    window
        .gives_file("Logo", &logo("letters.svg", "<text x='9' y='40'>UNIGLO</text>"))
        .await;
    window.says("Without a logo").await;
    window.submits("Save").await;
    window.says("letters that are no shapes yet").await;
    window
        .gives_file(
            "Logo",
            &logo(
                "ring.svg",
                "<circle cx='120' cy='30' r='24' fill='none' stroke='#1f3a5f' stroke-width='7'/>",
            ),
        )
        .await;
    tokio::time::sleep(std::time::Duration::from_millis(500)).await;
    window.submits("Save").await;
    window.says("Saved").await;
    window.presses("Clients").await;
    window.presses("House").await;
    window.says("Without a logo").await;
    tokio::time::sleep(std::time::Duration::from_millis(500)).await;
    let wide = window
        .runs("return [...document.querySelectorAll('main img')].map((image) => image.naturalWidth)")
        .await;
    assert!(
        wide.as_array()
            .is_some_and(|wide| wide.iter().any(|wide| wide.as_u64() > Some(0))),
        "{wide}"
    );
    window.picture("house-logo-light").await;
    window.close().await;
}
