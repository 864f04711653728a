//! Steps 7 to 12 of the main job, by keyboard: first start, intake, verdict, valuation, quote, papers.

use crate::window::Window;
use std::path::Path;

/// A photo with a ring in it: a PNG made here, small and plain.
fn photo(folder: &Path) -> std::path::PathBuf {
    let file = folder.join("ring.png");
    let pixels = image::RgbImage::from_fn(900, 700, |x, y| {
        let (dx, dy) = (i64::from(x) - 450, i64::from(y) - 370);
        let away = dx * dx + dy * dy;
        if (190 * 190..240 * 240).contains(&away) { image::Rgb([205, 168, 82]) } else { image::Rgb([238, 233, 224]) }
    });
    pixels.save(&file).expect("a photo");
    file
}

fn today() -> String {
    chrono::Local::now().format("%d/%m/%Y").to_string()
}

async fn opens_the_house(window: &Window) {
    window.says("Which house are you?").await;
    window.picture("first-start").await;
    window.presses("Laurence Vandenborre").await;
    window.types("Your name", 1, "Laurence").await;
    window.presses("Open the house").await;
    window.says("Nothing waits").await;
}

#[tokio::test]
async fn a_piece_is_taken_in_valued_and_quoted() {
    let home = tempfile::tempdir().expect("a home");
    let saved = home.path().join("saved.pdf");
    let window = Window::open(home.path(), &saved).await;
    opens_the_house(&window).await;

    // The gold price of today, by the ounce.
    window.presses("Gold").await;
    window.types("Day", 1, &today()).await;
    window.types("Price", 1, "3.500,00").await;
    window.types("Source", 1, "refiner's mail").await;
    window.presses("Note").await;
    window.says("3,500.00 EUR per troy ounce").await;
    window.picture("gold").await;

    // Intake: a new client, a ring with a measured diamond, photos, consents, signed on paper.
    window.presses("New intake").await;
    window.types("Name", 1, "Anna Łukaszewska").await;
    window.types("Telephone", 1, "0475/12.34.56").await;
    window.types("E-mail", 1, "anna@example.be").await;
    window.types("Street and number", 1, "Meir 12").await;
    window.types("Postal code", 1, "2000").await;
    window.types("Town", 1, "Antwerpen").await;
    window.types("What the client wishes", 1, "A slim ring from my grandmother's gold").await;
    window.types("Description", 1, "Ring, yellow metal, colourless stone").await;
    window.types("Envelope number", 1, "E-0001").await;
    window.types("Declared value", 1, "2.500").await;
    window.says("has too many decimals").await;
    window.types("Declared value", 1, "2.500,00").await;
    window.gives_file("Choose photos", &photo(home.path())).await;
    window.wait_for("//img[contains(@src, '/thumb')]").await;
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
    window.chooses("Paid by", 1, "Bancontact").await;
    for consent in ["The piece is melted completely", "own stones and metal are worked", "Sketches, drawings and models"] {
        window.ticks(consent).await;
    }
    window.picture("intake").await;
    window.ticks("The client signs the printed receipt").await;
    window.presses("Take in and issue the receipt").await;
    window.wait_for("//dialog//img").await;
    window.picture("receipt").await;
    window.presses("Save the PDF").await;
    window.says("Saved").await;
    let receipt = text_of(&saved);
    for wanted in ["R2", "Anna Łukaszewska", "E-0001", "€2,500.00", "0.36", "€50.00, paid at intake"] {
        assert!(receipt.contains(wanted), "{wanted} is not on the receipt:\n{receipt}");
    }
    window.presses("Close").await;

    // Verdict and decision.
    window.says("Eligible for redesign").await;
    window.types("Reason", 1, "fits the design").await;
    window.presses("Accept the piece").await;
    window.says("fits the design").await;

    // Valuation: 12.34 g of 750 at 3,500.00 less 15 %.
    window.presses("Value the gold").await;
    window.types("Deduction for melting and refining", 1, "15").await;
    window.says("€885.23").await;
    window.picture("valuation").await;
    window.presses("Issue the valuation").await;
    window.wait_for("//dialog//img").await;
    window.presses("Close").await;

    // Quote: 4,235.00 less the gold and the fee.
    window.presses("Make a quote").await;
    window.types("Description", 1, "New ring in 18k gold").await;
    window.types("Unit price", 1, "4.235,00").await;
    window.says("€3,299.77").await;
    window.says("€1,649.89").await;
    window.says("€1,649.88").await;
    window.picture("quote").await;
    window.presses("Issue the quote").await;
    window.wait_for("//dialog//img").await;
    window.picture("quote-paper").await;
    window.presses("Save the PDF").await;
    window.says("Saved").await;
    let quote = text_of(&saved);
    for wanted in ["€4,235.00", "€735.00", "€885.23", "€50.00", "€3,299.77", "€1,649.89", "€1,649.88", "15 to 25 business days"] {
        assert!(quote.contains(wanted), "{wanted} is not on the quote:\n{quote}");
    }
    window.presses("Close").await;
    window.picture("project").await;

    // Revised: version 2, version 1 kept.
    window.presses("Revise the quote").await;
    window.types("Unit price", 1, "3.900,00").await;
    window.says("€2,964.77").await;
    window.presses("Issue the quote").await;
    window.wait_for("//dialog//img").await;
    window.presses("Close").await;
    window.says("/ 2: €3,900.00").await;
    window.says("/ 1: €4,235.00").await;

    // Found again, and looked at in the dark and in another language.
    window.presses("Projects").await;
    window.says("Quoted").await;
    window.picture("projects").await;
    window.presses("Clients").await;
    window.types("Filter", 1, "lukasz").await;
    window.says("Anna Łukaszewska").await;
    window.picture("clients").await;
    window.presses("House").await;
    window.chooses("Light or dark", 1, "Dark").await;
    window.chooses("Language", 1, "Nederlands").await;
    window.says("Medewerkers").await;
    window.picture("house-dark").await;
    window.presses("Vandaag").await;
    window.says("Wacht op de klant").await;
    window.picture("today-dark").await;
    window.close().await;
}

#[tokio::test]
async fn what_is_typed_survives_the_program_being_killed() {
    let home = tempfile::tempdir().expect("a home");
    let saved = home.path().join("saved.pdf");
    let window = Window::open(home.path(), &saved).await;
    opens_the_house(&window).await;
    window.presses("New intake").await;
    window.types("Name", 1, "Berta Weiß").await;
    window.types("Description", 1, "Brooch with a cracked opal").await;
    window.says("What you type is kept").await;
    tokio::time::sleep(std::time::Duration::from_millis(600)).await;
    window.kill();

    let window = Window::open(home.path(), &saved).await;
    window.says("Half filled in").await;
    window.says("Berta Weiß").await;
    window.presses("Go on").await;
    window.wait_for("//h1[contains(., 'Intake')]").await;
    let typed = window.runs("return [...document.querySelectorAll('input')].map((field) => field.value).join('|')").await;
    let typed = typed.as_str().unwrap_or_default();
    assert!(typed.contains("Berta Weiß") && typed.contains("Brooch with a cracked opal"), "{typed}");
    window.close().await;
}

/// The text of a saved PDF, its lines joined.
fn text_of(file: &Path) -> String {
    let document = lopdf::Document::load(file).expect("a PDF");
    let pages: Vec<u32> = document.get_pages().keys().copied().collect();
    let text = document.extract_text(&pages).expect("text");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
