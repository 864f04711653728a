//! The Ask desk and the house's terms in the real window: a call, its answer on paper, a case; a clause changed from a day on.

use crate::main_job::{a_house, opens, text_of, today};
use crate::window::Window;

#[tokio::test]
async fn a_call_becomes_an_answer_a_paper_and_a_case() {
    let (_home, saved, window) = a_house("UNIGLO").await;
    window.presses("Ask").await;
    window.says("What was bought").await;
    window.types("In the client’s hands since", 1, &today()).await;
    window.types("Told of the right of withdrawal on", 1, &today()).await;
    window.types("Ordered on", 1, &today()).await;
    window.says("Yes, by the statutory right of withdrawal").await;
    window.chooses("What was bought", 1, "engraved").await;
    window.says("No, there is no right").await;
    window.chooses("What was bought", 1, "loose stone").await;
    window.says("The law comes first").await;
    window.ticks("Compare with the other houses").await;
    window.says("Belgium Flawless").await;
    window.picture("ask-light").await;

    // The answer in the client's language, copied and on paper.
    window.chooses("Answer in", 1, "Nederlands").await;
    window.says("Ja, door het wettelijk herroepingsrecht").await;
    window.presses("Copy").await;
    window.says("Copied").await;
    window.presses("Print").await;
    window.says("Save the PDF").await;
    window.presses("Save the PDF").await;
    window.waits_for_file(&saved).await;
    let text = text_of(&saved);
    assert!(
        text.contains("Antwoord A20") && text.contains("herroepingsrecht"),
        "{text}"
    );
    window.presses("Close").await;

    // A case, with nothing typed twice.
    window.presses("Open a case").await;
    window.types("What was sold", 1, "Loose diamond 0.40 ct").await;
    window.types("Name", 1, "Anna Łukaszewska").await;
    window.presses("Open the case").await;
    window.says("C20").await;
    window.says("Yes, by the statutory right of withdrawal").await;
    window.picture("case-light").await;
    window.presses("After-sales").await;
    window.says("Loose diamond 0.40 ct").await;

    // What was asked is still there, and another question is a press away.
    window.presses("Ask").await;
    window.says("Ja, door het wettelijk herroepingsrecht").await;
    window.presses("What is the gold worth?").await;
    window.types("Price per troy ounce", 1, "3.500,00").await;
    window.types("Gross weight", 1, "12,34").await;
    window.says("1.041,44").await;
    window.presses("Start an intake").await;
    window.says("Piece 1").await;
    let typed = window
        .runs("return [...document.querySelectorAll('input')].map((field) => field.value).join('|')")
        .await;
    assert!(typed.as_str().unwrap_or_default().contains("12.34"), "{typed:?}");
    window.presses("Ask").await;
    window.presses("How much is there to pay?").await;
    window.types("Unit price, VAT included", 1, "4235").await;
    window.presses("Make a quote").await;
    window.types("Name", 1, "Jan Peeters").await;
    window.submits("New project").await;
    window.says("P20").await;
    window.says("4,235.00").await;
    window.close().await;
}

#[tokio::test]
async fn a_clause_is_changed_from_a_day_on_and_the_old_version_stays_readable() {
    let home = tempfile::tempdir().expect("a home");
    let window = Window::open(home.path(), &home.path().join("saved.pdf")).await;
    opens(&window, "Belgium Flawless").await;
    window.presses("House").await;
    window.says("Where the law sets a minimum").await;
    window.says("Law 18-9-2017 art. 67").await;
    window.presses("Change the terms").await;
    window.opens_group("Payment").await;
    window.types("Cash up to", 1, "3000").await;
    window.says("€4,000.00").await;
    window.types("In force from", 1, "1/1/2000").await;
    window.presses("Save as a new version").await;
    window.says("Choose today or a later day").await;
    window.types("In force from", 1, &today()).await;
    window.picture("terms-edit-light").await;
    window.presses("Save as a new version").await;
    window.says("Change the terms").await;
    window.finds_in_group("Payment", "€3,000.00").await;
    window.chooses("Versions", 1, "from the beginning").await;
    window.finds_in_group("Payment", "€4,000.00").await;
    window.chooses("Compare with", 1, "UNIGLO").await;
    window.says("Points that differ").await;
    window.picture("terms-compare-light").await;
    window.close().await;
}
