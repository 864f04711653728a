//! What fingers expect: a search that opens what was typed, Enter that goes on, nothing dropped in the place of the program,
//! nothing typed lost, every field wide enough to be read.

use crate::house::fill;
use crate::main_job::opens;
use crate::window::Window;
use atelier_tests::{Shop, gold_ring};
use chrono::Local;
use std::path::Path;
use std::time::Duration;

/// Waits until the head of the page says what was wanted.
async fn opened(window: &Window, wanted: &str) {
    let mut last = String::new();
    for _ in 0..200 {
        let head = window
            .runs("return document.querySelector('main h1')?.innerText ?? ''")
            .await;
        last = head.as_str().unwrap_or_default().to_owned();
        if last.contains(wanted) {
            return;
        }
        tokio::time::sleep(Duration::from_millis(25)).await;
    }
    panic!("{wanted:?} opened {last:?}");
}

#[tokio::test]
async fn what_is_typed_or_scanned_into_the_search_is_what_opens() {
    let home = tempfile::tempdir().expect("a home");
    let folder = Window::data_in(home.path());
    std::fs::create_dir_all(&folder).expect("a folder");
    fill(&folder.join("atelier.db"), Local::now().date_naive());
    let window = Window::open(home.path(), &home.path().join("saved.pdf")).await;
    window.says("Due").await;
    // A key every 20 ms and Enter at once; what stood in the field is replaced.
    for round in 0..4 {
        for place in [4, 17, 58, 123, 196, 71 + round] {
            let number = format!("-{place:04}");
            window.scans(&format!("E{number}"), 20).await;
            opened(&window, &number).await;
        }
    }
    // A miss leaves the field selected: the next scan is its own.
    window.scans("E-9999", 20).await;
    window.says("Nothing found").await;
    window.scans("E-0042", 20).await;
    opened(&window, "-0042").await;
    // Two scans on each other's heels: the last one counts.
    window.scans("E-0011", 1).await;
    window.scans("E-0150", 1).await;
    opened(&window, "-0150").await;
    window.close().await;
}

/// What stands in the field that has the focus: its label.
async fn focused(window: &Window) -> String {
    let label = window
        .runs("const field = document.activeElement; return field.labels?.[0]?.innerText ?? field.innerText ?? ''")
        .await;
    label
        .as_str()
        .unwrap_or_default()
        .replace(['*', '\u{a0}'], "")
        .trim()
        .to_owned()
}

#[tokio::test]
async fn enter_goes_to_the_next_field_and_issues_nothing() {
    let home = tempfile::tempdir().expect("a home");
    let window = Window::open(home.path(), &home.path().join("saved.pdf")).await;
    opens(&window, "Laurence Vandenborre").await;
    window.begins("New intake").await;
    // A barcode is scanned into the envelope's field, and ends with Enter.
    window.types("Envelope number", 1, "E-0001").await;
    window.types_on("\n").await;
    assert_eq!(focused(&window).await, "Declared value");
    window.says("Intake").await;
    let problems = "return document.querySelectorAll('.problem').length";
    assert_eq!(window.runs(problems).await, 0, "nothing was sent");
    // The form may be sent from any field, by Ctrl+Enter; then it says what it still needs.
    window.sends_form().await;
    window.wait_for("//p[contains(@class, 'problem')]").await;
    window.close().await;
}

#[tokio::test]
async fn nothing_takes_the_place_of_the_program() {
    let home = tempfile::tempdir().expect("a home");
    let window = Window::open(home.path(), &home.path().join("saved.pdf")).await;
    opens(&window, "Laurence Vandenborre").await;
    for what in ["text/uri-list", "text/plain", "Files"] {
        let taken = window
            .runs(&format!(
                "const dropped = new DataTransfer();
                 if ('{what}' === 'Files') dropped.items.add(new File(['x'], 'ring.png', {{ type: 'image/png' }}));
                 else dropped.setData('{what}', 'https://example.org/');
                 const drop = new DragEvent('drop', {{ dataTransfer: dropped, bubbles: true, cancelable: true }});
                 document.querySelector('main').dispatchEvent(drop);
                 return drop.defaultPrevented;"
            ))
            .await;
        assert_eq!(taken, serde_json::Value::Bool(true), "{what} is dropped");
    }
    for goes in [
        "window.location.href = 'https://example.org/'",
        "window.location.href = 'file:///etc/hostname'",
        "const link = document.createElement('a'); link.href = 'https://example.org/'; document.body.append(link); link.click(); link.remove()",
        "window.open('https://example.org/')",
        "location.assign('about:blank')",
        "location.replace('data:text/html,gone')",
        "location.href = 'http://tauri.localhost:8080/'",
        "location.href = 'atelier://localhost/photo/x/thumb'",
        "location.href = URL.createObjectURL(new Blob(['gone'], { type: 'text/html' }))",
        "const form = document.createElement('form'); form.action = 'https://example.org/'; document.body.append(form); form.submit(); form.remove()",
        "history.pushState({}, '', '/elsewhere'); history.back()",
        "const frame = document.createElement('iframe'); document.body.append(frame); frame.contentWindow.location = 'https://example.org/'; frame.remove()",
        "const frame = document.createElement('iframe'); frame.srcdoc = '<script>parent.location = \"https://example.org/\"</script>'; document.body.append(frame)",
    ] {
        window.runs(&format!("try {{ {goes} }} catch {{}}")).await;
        tokio::time::sleep(Duration::from_millis(300)).await;
        let place = window.runs("return location.href").await;
        let place = place.as_str().unwrap_or_default();
        assert!(
            place.starts_with("tauri:") || place.contains("tauri.localhost"),
            "{goes} went to {place}"
        );
    }
    window.says("Today").await;
    window.close().await;
}

/// A house with a piece valued, so that a quote can be made.
fn valued(file: &Path) {
    let mut shop = Shop::in_file("laurence-vandenborre", file);
    shop.turn_to(&Local::now().date_naive().to_string());
    shop.notes_gold("3500");
    let project = shop.takes_in(gold_ring());
    shop.accepts(&project);
    shop.values(&project, "15");
    shop.counter.store().checkpoint().expect("folded");
}

#[tokio::test]
async fn what_is_typed_into_a_step_survives_a_kill() {
    let home = tempfile::tempdir().expect("a home");
    let folder = Window::data_in(home.path());
    std::fs::create_dir_all(&folder).expect("a folder");
    let file = folder.join("atelier.db");
    valued(&file);
    let saved = home.path().join("saved.pdf");
    let window = Window::open(home.path(), &saved).await;
    window.says("Quote to make").await;
    window.scans("E-0001", 5).await;
    opened(&window, "-0001").await;
    window.picks("Move components").await;
    window.types("With whom (name)", 1, "Jan de Zetter, Antwerpen").await;
    window.says("What you type is saved as you go").await;
    window.kill();
    let window = Window::open(home.path(), &saved).await;
    window.says("Quote to make").await;
    window.scans("E-0001", 5).await;
    opened(&window, "-0001").await;
    let kept =
        "return [...document.querySelectorAll('input')].some((field) => field.value === 'Jan de Zetter, Antwerpen')";
    for _ in 0..100 {
        if window.runs(kept).await == serde_json::Value::Bool(true) {
            window.close().await;
            return;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    window.picture("failed").await;
    panic!("what was typed is gone:\n{}", window.text().await);
}

#[tokio::test]
async fn every_field_of_a_quote_can_be_read_at_every_size() {
    let home = tempfile::tempdir().expect("a home");
    let folder = Window::data_in(home.path());
    std::fs::create_dir_all(&folder).expect("a folder");
    valued(&folder.join("atelier.db"));
    let window = Window::open(home.path(), &home.path().join("saved.pdf")).await;
    window.says("Quote to make").await;
    window.scans("E-0001", 5).await;
    window.picks("Make a quote").await;
    window
        .types(
            "Description",
            1,
            "Ring in 18k gold with a sapphire of her grandmother's",
        )
        .await;
    window.types("Unit price", 1, "123.456,78").await;
    for (wide, high, zoom) in [
        (1320, 880, 1.0),
        (1000, 700, 1.0),
        (980, 640, 1.0),
        (1000, 700, 1.5),
        (1320, 880, 2.0),
    ] {
        window.sizes(wide, high, zoom).await;
        window.picture(&format!("quote-form-{wide}-{zoom}")).await;
        let cut = window
            .runs(
                "const cut = [];
                 const form = [...document.querySelectorAll('form')].find((form) => form.querySelector('.line'));
                 for (const field of form.querySelectorAll('input:not([type=file]), textarea')) {
                     const box = field.getBoundingClientRect();
                     const name = field.labels?.[0]?.innerText ?? '';
                     const scale = parseFloat(getComputedStyle(document.documentElement).fontSize) / 15;
                     if (box.width < 56 * scale) cut.push(`${name} is ${box.width} wide`);
                     if (field.scrollWidth > field.clientWidth + 1 && field.value.length < 12) cut.push(`${name} hides what is in it`);
                     const page = document.querySelector('main').getBoundingClientRect();
                     if (box.right > page.right + 1 || box.left < page.left - 1) cut.push(`${name} runs out of the page`);
                     const at = [...form.querySelectorAll('label')].filter((label) => label.htmlFor !== field.id);
                     for (const label of at) {
                         const other = label.getBoundingClientRect();
                         if (other.left < box.right - 1 && other.right > box.left + 1 && other.top < box.bottom - 1 && other.bottom > box.top + 1)
                             cut.push(`${label.innerText} lies over ${name}`);
                     }
                 }
                 return cut;",
            )
            .await;
        assert_eq!(cut, serde_json::json!([]), "at {wide} × {high}, {zoom}");
    }
    window.close().await;
}

#[tokio::test]
async fn one_goes_back_to_where_one_was_and_as_far_down() {
    let home = tempfile::tempdir().expect("a home");
    let folder = Window::data_in(home.path());
    std::fs::create_dir_all(&folder).expect("a folder");
    fill(&folder.join("atelier.db"), Local::now().date_naive());
    let window = Window::open(home.path(), &home.path().join("saved.pdf")).await;
    window.says("Due").await;
    window.scans("E-0042", 20).await;
    opened(&window, "-0042").await;
    let stands = async || {
        let top = window.runs("return document.querySelector('main').scrollTop").await;
        top.as_i64().unwrap_or_default()
    };
    // What comes late makes the page longer, or moves it along: it is left once it stands still, far enough down.
    let (mut stood, mut still) = (0, 0);
    for _ in 0..60 {
        if stood < 300 {
            let down = "document.querySelector('main').scrollTop = 300; return null";
            window.runs(down).await;
        }
        tokio::time::sleep(Duration::from_millis(200)).await;
        let now = stands().await;
        still = if now >= 300 && now == stood { still + 1 } else { 0 };
        stood = now;
        if still == 8 {
            break;
        }
    }
    assert!(still == 8, "the page does not stand still: {stood}");
    window.scans("E-0017", 20).await;
    opened(&window, "-0017").await;
    let back = "window.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowLeft', altKey: true })); return null";
    window.runs(back).await;
    opened(&window, "-0042").await;
    let mut down = 0;
    for _ in 0..80 {
        down = stands().await;
        if down == stood {
            break;
        }
        tokio::time::sleep(Duration::from_millis(25)).await;
    }
    assert_eq!(down, stood, "the page stands where it stood");
    window.presses_label("Forward").await;
    opened(&window, "-0017").await;
    window.presses_label("Back").await;
    opened(&window, "-0042").await;
    window.presses_label("Back").await;
    window.says("Due").await;
    window.close().await;
}
