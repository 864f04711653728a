//! Steps 7 to 12 of the main job, by keyboard: first start, intake, verdict, valuation, quote, papers.

use crate::window::Window;
use std::path::{Path, PathBuf};

/// A photo with a ring in it: a PNG made here, small and plain.
pub fn photo(folder: &Path) -> std::path::PathBuf {
    let file = folder.join("ring.png");
    let pixels = image::RgbImage::from_fn(900, 700, |x, y| {
        let (dx, dy) = (i64::from(x) - 450, i64::from(y) - 370);
        let away = dx * dx + dy * dy;
        if (190 * 190..240 * 240).contains(&away) {
            image::Rgb([205, 168, 82])
        } else {
            image::Rgb([238, 233, 224])
        }
    });
    pixels.save(&file).expect("a photo");
    file
}

pub fn today() -> String {
    chrono::Local::now().format("%d/%m/%Y").to_string()
}

async fn opens_the_house(window: &Window) {
    window.says("Which house are you?").await;
    window.picture("first-start-light").await;
    opens(window, "Laurence Vandenborre").await;
}

/// A window on a house that was just set up; its home, and the file that the dialog saves to.
pub async fn a_house(house: &str) -> (tempfile::TempDir, PathBuf, Window) {
    let home = tempfile::tempdir().expect("a home");
    let saved = home.path().join("saved.pdf");
    let window = Window::open(home.path(), &saved).await;
    opens(&window, house).await;
    (home, saved, window)
}

/// Sets the house up, with Laurence at its counter.
pub async fn opens(window: &Window, house: &str) {
    window.says("Which house are you?").await;
    window.presses(house).await;
    window.types("Your name", 1, "Laurence").await;
    window.presses("Open the house").await;
    window.says("Nothing is waiting").await;
}

#[tokio::test]
async fn a_piece_is_taken_in_valued_and_quoted() {
    let home = tempfile::tempdir().expect("a home");
    let saved = home.path().join("saved.pdf");
    let window = Window::open(home.path(), &saved).await;
    opens_the_house(&window).await;

    // The gold price of today, by the ounce.
    window.presses("Gold").await;
    window.types("Date", 1, &today()).await;
    window.types("Price", 1, "3.500,00").await;
    window.types("Source", 1, "refiner's mail").await;
    window.presses("Save").await;
    window.says("3,500.00 EUR per troy ounce").await;

    // Intake: a new client, a ring with a measured diamond, photos, consents, signed on paper.
    window.begins("New intake").await;
    window.types("Name", 1, "Anna Łukaszewska").await;
    window.types("Telephone", 1, "0475/12.34.56").await;
    window.types("E-mail", 1, "anna@example.be").await;
    window.types("Street and number", 1, "Meir 12").await;
    window.types("Postal code", 1, "2000").await;
    window.types("Town", 1, "Antwerpen").await;
    window
        .types("What the client wants", 1, "A slim ring from my grandmother's gold")
        .await;
    window
        .types("Description", 1, "Ring, yellow metal, colourless stone")
        .await;
    window.types("Envelope number", 1, "E-0001").await;
    window.types("Declared value", 1, "2.500").await;
    window.says("has too many decimals").await;
    window.types("Declared value", 1, "2.500,00").await;
    window.gives_file("Choose photos", &photo(home.path())).await;
    window.wait_for("//img[contains(@src, '/thumb')]").await;
    window.drops_and_pastes_photos().await;
    window.wait_for("(//img[contains(@src, '/thumb')])[3]").await;
    window.presses_label("Remove 3").await;
    window.presses_label("Remove 2").await;
    window.types("Length", 1, "4,6").await;
    window.types("Width", 1, "4,6").await;
    window.types("Depth", 1, "2,8").await;
    window.says("≈\u{a0}0.36\u{a0}ct (0.33–0.40\u{a0}ct)").await;
    window.says("Eligible for redesign").await;
    window.types("Stamp as read", 1, "18k").await;
    window.presses("from the stamp").await;
    window.types("Gross", 1, "12,34").await;
    window.types("Stones in it", 1, "0").await;
    window.says("fine gold 9.255\u{a0}g").await;
    window.types("Valuation fee", 1, "49,99").await;
    window.says("at least €50.00").await;
    window.types("Valuation fee", 1, "50").await;
    window.chooses("How it was paid", 1, "Bancontact").await;
    for consent in [
        "The piece is melted completely",
        "own stones and metal are worked",
        "Sketches, drawings and models",
    ] {
        window.ticks(consent).await;
    }
    window.picture("intake-filled-light").await;
    window.ticks("The client signs the printed receipt").await;
    window.presses("Take in and issue the receipt").await;
    window.wait_for("//dialog//img").await;
    window.presses("Save the PDF").await;
    window.says("Saved").await;
    window.presses("Print").await;
    window.says("Sent to the printer").await;
    let printed = std::fs::read(home.path().join("printed.pdf")).expect("a printed paper");
    assert_eq!(printed, std::fs::read(&saved).expect("a saved paper"));
    let receipt = text_of(&saved);
    for wanted in [
        "R2",
        "Anna Łukaszewska",
        "E-0001",
        "€2,500.00",
        "0.36",
        "€50.00, paid at intake",
    ] {
        assert!(receipt.contains(wanted), "{wanted} is not on the receipt:\n{receipt}");
    }
    window.presses("Close").await;

    // Verdict and decision.
    window.says("Eligible for redesign").await;
    window.types("Reason", 1, "fits the design").await;
    window.presses("Accept the piece").await;
    window.says("fits the design").await;

    // Valuation: 12.34 g of 750 at 3,500.00 less 15 %.
    window.picks("Value the gold").await;
    window.types("Deduction for melting and refining", 1, "15").await;
    window.says("€885.23").await;
    window.presses("Issue the valuation").await;
    window.wait_for("//dialog//img").await;
    window.presses("Close").await;

    // Quote: 4,235.00 less the gold and the fee.
    window.picks("Make a quote").await;
    window.types("Description", 1, "New ring in 18k gold").await;
    window.types("Unit price", 1, "4.235,00").await;
    window.says("€3,299.77").await;
    window.says("€1,649.89").await;
    window.says("€1,649.88").await;
    window.presses("Issue the quote").await;
    window.wait_for("//dialog//img").await;
    window.presses("Save the PDF").await;
    window.says("Saved").await;
    let quote = text_of(&saved);
    for wanted in [
        "€4,235.00",
        "€735.00",
        "€885.23",
        "€50.00",
        "€3,299.77",
        "€1,649.89",
        "€1,649.88",
        "15 to 25 business days",
    ] {
        assert!(quote.contains(wanted), "{wanted} is not on the quote:\n{quote}");
    }
    window.presses("Close").await;

    // Revised: version 2, version 1 kept.
    window.picks("Revise the quote").await;
    window.types("Unit price", 1, "3.900,00").await;
    window.says("€2,964.77").await;
    window.presses("Issue the quote").await;
    window.wait_for("//dialog//img").await;
    window.presses("Close").await;
    window.says("/ 2: €3,900.00").await;
    window.says("/ 1: €4,235.00").await;

    // Found again without her stroke, by the search over everything and in the book.
    window.searches("lukasz").await;
    window.says("0475/12.34.56").await;
    window.presses("Clients").await;
    window.types("Filter", 1, "0475 12").await;
    window.says("Anna Łukaszewska").await;

    // A file of prices, its problem named by line, and their chart.
    let prices = home.path().join("prices.csv");
    std::fs::write(
        &prices,
        "day;price\n2026-06-01;3390,00\n2026-07-01;3422,10\nsoon;1\n2026-08-03;3405,75\n2026-09-01;3470,40\n",
    )
    .expect("a file");
    window.presses("Gold").await;
    window.gives_file("Prices from a CSV file", &prices).await;
    window.says("Good lines: 4").await;
    window.says("Line 4: the first column is not a date.").await;
    window.presses("Import the good lines").await;
    window
        .wait_for("//*[local-name()='svg' and @aria-label='Saved prices']")
        .await;

    look_around(&window, "light").await;
    window.presses("House").await;
    window.chooses("Light or dark", 1, "Dark").await;
    look_around(&window, "dark").await;

    // The same screen in another language.
    window.presses("House").await;
    window.chooses("Language", 1, "Nederlands").await;
    window.says("Medewerkers").await;
    window.presses("Vandaag").await;
    window.says("Offerte loopt af").await;
    window.close().await;
}

/// A picture of every screen, to be looked at.
async fn look_around(window: &Window, theme: &str) {
    for (button, wanted, name) in [
        ("Today", "Quote lapses", "today"),
        ("Projects", "Filter", "projects"),
        ("P20", "Papers", "project"),
        ("Quote Q20", "Save the PDF", "paper"),
        ("Close", "Papers", ""),
        ("Value the gold", "Issue the valuation", "valuation"),
        ("Revise the quote", "Issue the quote", "quote"),
        ("Clients", "Filter", "clients"),
        ("Anna", "Telephone", "client"),
        ("Gold", "Saved prices", "gold"),
        ("House", "Staff", "house"),
        ("New", "Piece 1", "intake"),
    ] {
        match button {
            "New" => window.begins("New intake").await,
            "Value the gold" | "Revise the quote" => window.picks(button).await,
            _ => window.presses(button).await,
        }
        window.says(wanted).await;
        if !name.is_empty() {
            window.picture(&format!("{name}-{theme}")).await;
        }
    }
}

/// A damaged file: the window says so, and leaves it alone.
#[tokio::test]
async fn a_damaged_file_is_said_and_left_alone() {
    let home = tempfile::tempdir().expect("a home");
    let folder = home.path().join("data/be.atelier.desktop");
    std::fs::create_dir_all(&folder).expect("a folder");
    let damage = b"ten years of a house, and a disk that failed: no database any more".repeat(90);
    std::fs::write(folder.join("atelier.db"), &damage).expect("a damaged file");
    let window = Window::open(home.path(), &home.path().join("saved.pdf")).await;
    window.says("is damaged. It was not touched").await;
    window.close().await;
    assert_eq!(std::fs::read(folder.join("atelier.db")).expect("the file"), damage);
}

#[tokio::test]
async fn what_is_typed_survives_the_program_being_killed() {
    let home = tempfile::tempdir().expect("a home");
    let saved = home.path().join("saved.pdf");
    let window = Window::open(home.path(), &saved).await;
    opens_the_house(&window).await;
    window.begins("New intake").await;
    window.types("Name", 1, "Berta Weiß").await;
    window.types("Description", 1, "Brooch with a cracked opal").await;
    window.says("What you type is saved as you go").await;
    tokio::time::sleep(std::time::Duration::from_millis(600)).await;
    window.kill();

    let window = Window::open(home.path(), &saved).await;
    window.says("Unfinished intakes").await;
    window.says("Berta Weiß").await;
    window.presses("Continue").await;
    window.wait_for("//h1[contains(., 'Intake')]").await;
    let typed = window
        .runs("return [...document.querySelectorAll('input')].map((field) => field.value).join('|')")
        .await;
    let typed = typed.as_str().unwrap_or_default();
    assert!(
        typed.contains("Berta Weiß") && typed.contains("Brooch with a cracked opal"),
        "{typed}"
    );
    window.close().await;
}

/// The text of a saved PDF, its lines joined.
pub fn text_of(file: &Path) -> String {
    let document = lopdf::Document::load(file).expect("a PDF");
    let pages: Vec<u32> = document.get_pages().keys().copied().collect();
    let text = document.extract_text(&pages).expect("text");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
