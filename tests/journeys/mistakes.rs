//! Mistakes, mended where they are made: a fact put right, a slip that is asked about, a mail, a house to play with.

use crate::main_job::{opens, photo, text_of, today};
use crate::window::Window;
use atelier_tests::{Shop, gold_ring};
use chrono::Local;

#[tokio::test]
async fn a_wrong_envelope_is_put_right_and_the_receipt_says_so() {
    let home = tempfile::tempdir().expect("a home");
    let saved = home.path().join("saved.pdf");
    let folder = Window::data_in(home.path());
    std::fs::create_dir_all(&folder).expect("a folder");
    let mut shop = Shop::in_file("laurence-vandenborre", &folder.join("atelier.db"));
    shop.turn_to(&Local::now().date_naive().to_string());
    shop.takes_in(gold_ring());
    drop(shop);
    let window = Window::open(home.path(), &saved).await;
    window.chooses_who("Laurence").await;
    window.searches("E-0001").await;
    window.types_on("\n").await;
    window
        .wait_for("//section[contains(@class, 'next')]//h2[normalize-space(.)='Decide']")
        .await;
    window.presses("Correct the facts of Ring, yellow metal").await;
    window.types("Envelope number", 1, "E-0077").await;
    window.types("Why", 1, "misread at the counter").await;
    window.picture("correction-light").await;
    window.submits("Correct").await;
    window.says("Save the PDF").await;
    window.presses("Save the PDF").await;
    window.waits_for_file(&saved).await;
    let receipt = text_of(&saved);
    assert!(
        receipt.contains("R2026-0001") || receipt.contains("Verbetering van"),
        "{receipt}"
    );
    assert!(receipt.contains("E-0077"), "{receipt}");
    // The mail goes out with the paper, in the client's language.
    window.presses("E-mail").await;
    window.wait_for("//dialog//textarea").await;
    window.presses("Open in the mail program").await;
    window.says("The mail is open in the mail program").await;
    let mail = std::fs::read_to_string(home.path().join("opened")).expect("a mail");
    assert!(
        mail.contains("To: ") && mail.contains("anna@example.be") && mail.contains("application/pdf"),
        "{}",
        &mail[..400.min(mail.len())]
    );
    window.puts_away().await;
    window.puts_away().await;
    window.says("corrected by a newer paper").await;
    window.says("Envelope E-0001 → E-0077").await;
    // Refused by mistake, and taken back at once.
    window.types("Reason", 1, "a fake stamp").await;
    window.presses("Refuse the piece").await;
    window.says("Refused").await;
    window.presses("Undo").await;
    window
        .wait_for("//section[contains(@class, 'next')]//h2[normalize-space(.)='Decide']")
        .await;
    window.close().await;
}

#[tokio::test]
async fn a_piece_is_photographed_at_the_counter() {
    let home = tempfile::tempdir().expect("a home");
    let window = Window::open(home.path(), &home.path().join("saved.pdf")).await;
    opens(&window, "Laurence Vandenborre").await;
    window.begins_by_keys().await;
    window.presses("Camera").await;
    window.presses_in_dialog("Take the photo").await;
    window.wait_for("//main//figure//img[contains(@src, '/thumb')]").await;
    window.picture("camera-light").await;
    window.close().await;
}

#[tokio::test]
async fn what_a_phone_brings_is_offered_once_and_a_client_has_notes_with_files() {
    let home = tempfile::tempdir().expect("a home");
    let folder = home.path().join("phone");
    std::fs::create_dir_all(&folder).expect("the phone's folder");
    let window = Window::open(home.path(), &home.path().join("saved.pdf")).await;
    opens(&window, "Laurence Vandenborre").await;
    window.begins_by_keys().await;
    window.presses("choose the folder").await;
    window.says("New photos in the folder phone appear here.").await;
    let file = photo(&folder);
    window.presses("Take the photo from the phone").await;
    window.wait_for("//main//figure//img[contains(@src, '/thumb')]").await;
    window.picture("phone-light").await;
    assert!(file.exists(), "it stays in its folder");
    window.says_no_more("Take the photo from the phone").await;
    // Something is remembered of a client, with a drawing.
    window.begins("client").await;
    window.types("Name", 1, "Anna Peeters").await;
    window.submits("Save").await;
    window.wait_for("//h2[normalize-space(.)='Note']").await;
    window
        .types("What to remember of this client", 1, "wears no nickel")
        .await;
    window.gives_file("File (may stay empty)", &file).await;
    window.says("ring.png").await;
    window.presses("Add the note").await;
    window.says("Note: wears no nickel").await;
    window.picture("client-note-light").await;
    window.close().await;
}

#[tokio::test]
async fn a_price_a_gram_noted_for_an_ounce_is_asked_about() {
    let home = tempfile::tempdir().expect("a home");
    let window = Window::open(home.path(), &home.path().join("saved.pdf")).await;
    opens(&window, "Laurence Vandenborre").await;
    window.presses("Gold").await;
    for (price, asked) in [("3.500,00", false), ("112,53", true)] {
        window.types("Date", 1, &today()).await;
        window.types("Price", 1, price).await;
        window.types("Source", 1, "refiner").await;
        window.submits("Save").await;
        if asked {
            window.says("Are gram and ounce mixed up?").await;
            window.picture("sure-light").await;
            window.presses_in_dialog("Go back").await;
        } else {
            window.says("3,500.00 EUR per troy ounce").await;
        }
    }
    let text = window.text().await;
    assert!(!text.contains("112.53 EUR per troy ounce"), "{text}");
    window.submits("Save").await;
    window.presses_in_dialog("Yes, go on").await;
    window.says("112.53 EUR per troy ounce").await;
    window.close().await;
}

#[tokio::test]
async fn a_house_to_play_with_marks_its_papers_and_leaves_the_own_house_alone() {
    let home = tempfile::tempdir().expect("a home");
    let saved = home.path().join("saved.pdf");
    let folder = Window::data_in(home.path());
    std::fs::create_dir_all(&folder).expect("a folder");
    std::fs::write(folder.join("examples.on"), "en").expect("the mark");
    // As a power cut left them half way through their filling: they are made anew.
    std::fs::create_dir_all(folder.join("examples")).expect("a folder");
    for name in ["half-filled", "atelier.db"] {
        std::fs::write(folder.join("examples").join(name), "cut short").expect("a file");
    }
    let window = Window::open(home.path(), &saved).await;
    window.says("You are working with examples").await;
    window.says("Anna Peeters").await;
    window.picture("examples-light").await;
    window.presses("Projects").await;
    window.presses("-0001").await;
    window.presses("Intake receipt").await;
    window.presses("Save the PDF").await;
    window.waits_for_file(&saved).await;
    let receipt = text_of(&saved);
    assert!(
        receipt.contains("EXAMPLE") && receipt.contains("Anna Peeters"),
        "{receipt}"
    );
    window.close().await;
    assert!(folder.join("examples/atelier.db").exists() && !folder.join("atelier.db").exists());
}
