//! Whole jobs, by someone who knows the keys: how many keys and clicks each takes is counted, and stays within what a day at the
//! counter bears.

use crate::main_job::{a_house, opens, today};
use crate::window::Window;
use atelier_core::terms::ProjectKind;
use atelier_tests::Shop;
use chrono::Local;
use fantoccini::key::Key;

/// Counts what is pressed in the window from now on.
const COUNTS: &str = "window.__keys = 0; window.__clicks = 0;
    addEventListener('keydown', (event) => { if (!['Shift', 'Control', 'Alt'].includes(event.key)) window.__keys += 1; }, true);
    addEventListener('click', (event) => { if (event.detail > 0) window.__clicks += 1; }, true);";

async fn counted(window: &Window) -> (u64, u64) {
    let counted = window.runs("return [window.__keys, window.__clicks]").await;
    let of = |at: usize| counted.get(at).and_then(serde_json::Value::as_u64).unwrap_or_default();
    (of(0), of(1))
}

async fn recounts(window: &Window) {
    window.runs("window.__keys = 0; window.__clicks = 0").await;
}

/// Types on, and goes to the next field by Enter, until the field of that label has the focus.
async fn on_to(window: &Window, label: &str) {
    for _ in 0..40 {
        let script = "const node = document.activeElement; \
                      return node.labels?.[0]?.innerText ?? node.closest('label')?.innerText ?? node.getAttribute('aria-label') ?? ''";
        let stands = window.runs(script).await;
        if stands.as_str().unwrap_or_default().trim_start().starts_with(label) {
            return;
        }
        // A text of several lines takes Enter for itself.
        let next = window.runs("return document.activeElement.tagName").await;
        let goes_on = next == "INPUT" || next == "SELECT";
        window.types_on(if goes_on { "\n" } else { "\t" }).await;
    }
    window.picture("failed").await;
    panic!("{label} is not reached by Enter");
}

#[tokio::test]
async fn intake_valuation_and_quote_are_done_by_keys_alone() {
    let home = tempfile::tempdir().expect("a home");
    let window = Window::open(home.path(), &home.path().join("saved.pdf")).await;
    opens(&window, "Laurence Vandenborre").await;
    window.presses("Gold").await;
    window.types("Date", 1, &today()).await;
    window.types("Price", 1, "3.500,00").await;
    window.types("Source", 1, "refiner").await;
    window.presses("Save").await;
    window.says("3,500.00 EUR per troy ounce").await;
    window.runs(COUNTS).await;

    window.keys(&(Key::Control + "n")).await;
    window.wait_for("//h1[contains(., 'Intake')]").await;
    for (label, text) in [
        ("Name", "Anna Peeters"),
        ("Telephone", "0475123456"),
        ("Street", "Meir 12"),
        ("Postal", "2000"),
        ("Description", "Ring, yellow gold"),
        ("Envelope", "E1"),
        ("Declared", "2500"),
        ("Length", "4,6"),
        ("Width", "4,6"),
        ("Depth", "2,8"),
        ("Fineness", "750"),
        ("Gross", "12,34"),
        ("Valuation fee", "50"),
    ] {
        on_to(&window, label).await;
        window.types_on(text).await;
    }
    for consent in [
        "The piece is melted",
        "The client’s own stones",
        "Sketches",
        "The client signs the printed",
    ] {
        on_to(&window, consent).await;
        window.types_on(" ").await;
    }
    let town = "return [...document.querySelectorAll('label')].find((label) => label.innerText.startsWith('Town')).control.value";
    assert_eq!(window.runs(town).await, "Antwerpen", "the postcode fills the town in");
    window.keys(&(Key::Control + &Key::Enter)).await;
    window.wait_for("//dialog//img").await;
    let (keys, clicks) = counted(&window).await;
    println!("intake: {keys} keys, {clicks} clicks");
    assert!(
        keys <= 200 && clicks == 0,
        "an intake takes {keys} keys and {clicks} clicks"
    );

    // What comes next stands there: decided, valued and quoted without a click.
    window.keys(&Key::Escape.to_string()).await;
    window
        .wait_for("//section[contains(@class, 'next')]//h2[normalize-space(.)='Decide']")
        .await;
    recounts(&window).await;
    window.focuses("//button[normalize-space(.)='Accept the piece']").await;
    window.types_on("\n").await;
    window
        .wait_for("//section[contains(@class, 'next')]//h2[normalize-space(.)='Value the gold']")
        .await;
    window.focuses("//label[contains(., 'Deduction for melting')]").await;
    window.types_on("15").await;
    window.says("€885.23").await;
    window.keys(&(Key::Control + &Key::Enter)).await;
    window.wait_for("//dialog//img").await;
    window.keys(&Key::Escape.to_string()).await;
    window
        .wait_for("//section[contains(@class, 'next')]//h2[normalize-space(.)='Make a quote']")
        .await;
    window.focuses("//label[normalize-space(.)='Description']").await;
    window.types_on("New ring in 18k gold").await;
    on_to(&window, "Unit price").await;
    window.types_on("4235").await;
    window.says("€3,349.77").await;
    window.keys(&(Key::Control + &Key::Enter)).await;
    window.wait_for("//dialog//img").await;
    let (keys, clicks) = counted(&window).await;
    println!("decision, valuation and quote: {keys} keys, {clicks} clicks");
    assert!(
        keys <= 120 && clicks == 0,
        "valuation and quote take {keys} keys and {clicks} clicks"
    );
    window.close().await;
}

#[tokio::test]
async fn an_order_from_acceptance_to_closed_takes_few_clicks() {
    let home = tempfile::tempdir().expect("a home");
    let folder = Window::data_in(home.path());
    std::fs::create_dir_all(&folder).expect("a folder");
    let mut shop = Shop::in_file("laurence-vandenborre", &folder.join("atelier.db"));
    shop.turn_to(&Local::now().date_naive().to_string());
    let project = shop.quoted(ProjectKind::Stock, "1210");
    let number = shop.project(&project).number;
    drop(shop);
    let window = Window::open(home.path(), &home.path().join("saved.pdf")).await;
    window.chooses_who("Laurence").await;
    window.searches(&number).await;
    window.types_on("\n").await;
    window.wait_for(&format!("//h1[contains(., '{number}')]")).await;
    window.runs(COUNTS).await;
    let mut clicks = 0;
    window.chooses("How the client accepted", 1, "signed on paper").await;
    window.chooses("How the order is placed", 1, "in the shop").await;
    clicks += 2;
    for step in [
        "Record that the quote is accepted",
        "Book a payment",
        "Mark the piece finished",
        "Deliver",
    ] {
        window
            .wait_for(&format!(
                "//section[contains(@class, 'next')]//h2[normalize-space(.)='{step}']"
            ))
            .await;
        window.submits(step).await;
        clicks += 1;
        if step != "Mark the piece finished" {
            window.wait_for("//dialog//img").await;
            window.puts_away().await;
            clicks += 1;
        }
    }
    window
        .wait_for("//li[@aria-current='step'][normalize-space(.)='Closed']")
        .await;
    println!("acceptance to closed: {clicks} clicks");
    assert!(clicks <= 12, "an order takes {clicks} clicks");
    window.close().await;
}

#[tokio::test]
async fn a_question_becomes_a_case_by_keys_alone() {
    let home = tempfile::tempdir().expect("a home");
    let folder = Window::data_in(home.path());
    std::fs::create_dir_all(&folder).expect("a folder");
    let ago = |days: u64| (Local::now().date_naive() - chrono::Days::new(days)).to_string();
    let mut shop = Shop::in_file("uniglo", &folder.join("atelier.db")).on(&ago(12));
    shop.sells_by_mail(ProjectKind::Stock, "1210", &ago(8));
    drop(shop);
    let window = Window::open(home.path(), &home.path().join("saved.pdf")).await;
    window.chooses_who("Laurence").await;
    window.runs(COUNTS).await;
    window.keys(&(Key::Control + &(Key::Shift + "n"))).await;
    window.wait_for("//*[@role='menu']//button").await;
    let items = window
        .runs("return [...document.querySelectorAll('[role=menu] button')].findIndex((item) => item.innerText.includes('case')) + 1")
        .await;
    window.types_on(&items.to_string()).await;
    window.wait_for("//dialog//select").await;
    on_to(&window, "Number of the order").await;
    window.types_on("lukaszewska").await;
    window
        .wait_for("//dialog//button[@type='submit'][not(@disabled)]")
        .await;
    window.keys(&(Key::Control + &Key::Enter)).await;
    window.says("Yes, by the statutory right of withdrawal").await;
    let there = "return document.querySelector('#asked').contains(document.activeElement)";
    for _ in 0..100 {
        if window.runs(there).await == true {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    window.keys(&(Key::Control + &Key::Enter)).await;
    window
        .wait_for("//dialog//button[normalize-space(.)='Open the case']")
        .await;
    window.keys(&(Key::Control + &Key::Enter)).await;
    window.says("Register the client’s notice").await;
    let (keys, clicks) = counted(&window).await;
    println!("question to case: {keys} keys, {clicks} clicks");
    assert!(
        keys <= 60 && clicks == 0,
        "a case takes {keys} keys and {clicks} clicks"
    );
    window.close().await;
}

#[tokio::test]
async fn projects_chosen_in_the_list_are_saved_printed_and_mailed_together() {
    let home = tempfile::tempdir().expect("a home");
    let saved = home.path().join("saved.csv");
    let folder = Window::data_in(home.path());
    std::fs::create_dir_all(&folder).expect("a folder");
    let mut shop = Shop::in_file("laurence-vandenborre", &folder.join("atelier.db"));
    shop.turn_to(&Local::now().date_naive().to_string());
    for _ in 0..3 {
        shop.takes_in(atelier_tests::gold_ring());
    }
    drop(shop);
    let window = Window::open(home.path(), &saved).await;
    window.chooses_who("Laurence").await;
    window.presses("Projects").await;
    window.wait_for("//tbody/tr[3]").await;
    for row in [1, 3] {
        window
            .runs(&format!(
                "document.querySelectorAll('tbody input[type=checkbox]')[{}].click()",
                row - 1
            ))
            .await;
    }
    window.says("2 projects chosen").await;
    window.picture("chosen-light").await;
    window
        .runs("[...document.querySelectorAll('section button')].find((one) => one.innerText.includes('CSV')).click()")
        .await;
    window.waits_for_file(&saved).await;
    let csv = std::fs::read_to_string(&saved).expect("a table");
    assert!(
        csv.contains("-0001") && csv.contains("-0003") && !csv.contains("-0002"),
        "{csv}"
    );
    window.presses("Mail their newest papers").await;
    window.says("2 mails opened in the mail program").await;
    let mail = std::fs::read_to_string(home.path().join("opened")).expect("a mail");
    assert!(mail.contains("application/pdf"), "{mail}");
    window.presses("Print their newest papers").await;
    window.says("2 papers sent to the printer").await;
    window.close().await;
}

#[tokio::test]
async fn a_scan_is_caught_wherever_the_window_has_the_focus() {
    let home = tempfile::tempdir().expect("a home");
    let folder = Window::data_in(home.path());
    std::fs::create_dir_all(&folder).expect("a folder");
    crate::house::fill(&folder.join("atelier.db"), Local::now().date_naive());
    let window = Window::open(home.path(), &home.path().join("saved.pdf")).await;
    window.chooses_who("Laurence").await;
    window.says("Due").await;
    let about = "return document.title";
    // On a list, in a field of a form half typed, on a button, and as a Belgian keyboard hears an American scanner.
    for (place, code, wanted, azerty) in [
        ("Projects", "E-0004", "-0004", false),
        ("Clients", "E-0017", "-0017", false),
        ("House", "E-0123", "-0123", true),
        ("Gold", "E-0099", "-0099", true),
    ] {
        window.presses(place).await;
        window.runs(&scanned(code, azerty)).await;
        let mut title = String::new();
        for _ in 0..100 {
            title = window.runs(about).await.as_str().unwrap_or_default().to_owned();
            if title.contains(wanted) {
                break;
            }
            tokio::time::sleep(std::time::Duration::from_millis(50)).await;
        }
        assert!(title.contains(wanted), "{code} from {place} opened {title:?}");
    }
    // In a field, what was typed before the scan stays, and what was scanned does not.
    window.begins_by_keys().await;
    window.types("Description", 1, "Brooch").await;
    tokio::time::sleep(std::time::Duration::from_millis(200)).await;
    window.runs(&scanned("E-0042", false)).await;
    window.wait_for("//h1[contains(., '-0042')]").await;
    window.presses("Today").await;
    window.presses("Continue").await;
    window.wait_for("//h1[contains(., 'Intake')]").await;
    let typed = window
        .runs("return [...document.querySelectorAll('main input')].map((field) => field.value).join('|')")
        .await;
    let typed = typed.as_str().unwrap_or_default().to_owned();
    assert!(typed.contains("Brooch") && !typed.contains("E-0042"), "{typed}");
    window.close().await;
}

/// A scanner's keys, as the page hears them: where the focus is, a few milliseconds apart.
fn scanned(code: &str, azerty: bool) -> String {
    let keys: Vec<serde_json::Value> = code
        .chars()
        .map(|sign| {
            let (place, shift) = match sign {
                '0'..='9' => (format!("Digit{sign}"), false),
                '-' => ("Minus".to_owned(), false),
                letter => (
                    format!("Key{}", letter.to_ascii_uppercase()),
                    letter.is_ascii_uppercase(),
                ),
            };
            let heard = match sign {
                '0'..='9' if azerty => "à&é\"'(§è!ç".chars().nth(sign as usize - '0' as usize).unwrap_or(sign),
                '-' if azerty => ')',
                other => other,
            };
            serde_json::json!([heard.to_string(), place, shift])
        })
        .collect();
    format!(
        "const node = document.activeElement;
         for (const [key, code, shiftKey] of {}) {{
           if (shiftKey) node.dispatchEvent(new KeyboardEvent('keydown', {{ key: 'Shift', code: 'ShiftLeft', shiftKey, bubbles: true }}));
           node.dispatchEvent(new KeyboardEvent('keydown', {{ key, code, shiftKey, bubbles: true, cancelable: true }}));
           if ('value' in node && node.tagName === 'INPUT') {{ node.value += key; node.dispatchEvent(new Event('input', {{ bubbles: true }})); }}
         }}
         node.dispatchEvent(new KeyboardEvent('keydown', {{ key: 'Enter', code: 'Enter', bubbles: true, cancelable: true }}));",
        serde_json::Value::Array(keys)
    )
}

#[tokio::test]
async fn zoom_is_kept_undo_works_in_fields_and_outside_and_sheets_open_by_key() {
    let (_home, _saved, window) = a_house("Laurence Vandenborre").await;
    let size = "return getComputedStyle(document.documentElement).fontSize";
    window.keys(&(Key::Control + "+")).await;
    window.keys(&(Key::Control + "+")).await;
    assert_eq!(window.runs(size).await, "18.75px");
    window.reloads().await;
    window.says("Today").await;
    assert_eq!(window.runs(size).await, "18.75px", "the size is remembered");
    window.keys(&(Key::Control + "0")).await;
    assert_eq!(window.runs(size).await, "15px");
    window.keys(&Key::F1.to_string()).await;
    window.says("What must be done now").await;
    window.keys(&Key::Escape.to_string()).await;
    window.keys("?").await;
    window.says("Keyboard shortcuts").await;
    window.keys(&Key::Escape.to_string()).await;
    // A field takes back what was typed, by its own keys.
    window.begins("New client").await;
    window.types("Name", 1, "Jan").await;
    window.types_on(" Peeters").await;
    window.keys(&(Key::Control + "z")).await;
    let name = window
        .runs("return document.querySelector('input[name=client-name]').value")
        .await;
    assert_ne!(name, "Jan Peeters", "Ctrl+Z does nothing in a field");
    window.types("Name", 1, "Jan Peeters").await;
    window.submits("Save").await;
    window.says("Personal data").await;
    // A card that was changed by mistake is as it was, one key later.
    window.types("Name", 1, "Jan Pieters").await;
    window.submits("Save").await;
    window.says("Undo").await;
    window.runs("document.activeElement.blur()").await;
    window.keys(&(Key::Control + "z")).await;
    window.wait_for("//h1[normalize-space(.)='Jan Peeters']").await;
    // The palette does what it finds.
    window.keys(&(Key::Control + "k")).await;
    window.types_on("larger").await;
    window.wait_for("//*[@role='option'][contains(., 'Larger')]").await;
    window.types_on("\n").await;
    tokio::time::sleep(std::time::Duration::from_millis(300)).await;
    assert_eq!(window.runs(size).await, "16.5px");
    window.close().await;
}
