//! After-sales in the real window: a withdrawal by mail to its refund, a parcel scanned and refunded in part, a redesign
//! client who is shown why not, and a client who asks to be forgotten.

use crate::main_job::{photo, text_of};
use crate::window::Window;
use atelier_core::terms::ProjectKind;
use atelier_tests::{Shop, years};
use chrono::{Days, Local, NaiveDate};
use std::fs::File;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

/// A house that sold a piece by mail twelve days ago, delivered eight days ago.
fn sold(home: &Path, house: &str, kind: ProjectKind) {
    let today = Local::now().date_naive();
    let ago = |days: u64| -> NaiveDate { today - Days::new(days) };
    let folder = Window::data_in(home);
    std::fs::create_dir_all(&folder).expect("a folder");
    let mut shop = Shop::in_file(house, &folder.join("atelier.db")).on(&ago(12).to_string());
    shop.sells_by_mail(kind, "1210", &ago(8).to_string());
    shop.counter.store().checkpoint().expect("folded");
}

/// Opens a case on the order of Anna.
pub async fn opens_a_case(window: &Window, kind: &str) {
    window.presses("After-sales").await;
    window.presses("New case").await;
    window.chooses("What is it about?", 1, kind).await;
    window
        .types("Number of the order or name of the client", 1, "lukaszewska")
        .await;
    window.presses("P20").await;
    window.says("New ring in 18k gold").await;
    window.presses("Continue at the Ask desk").await;
    window.says("About a piece of an order").await;
}

pub async fn becomes_a_case(window: &Window) {
    window.presses("Open a case").await;
    window.submits("Open the case").await;
    window.says("Register the client’s notice").await;
}

pub async fn gets_a_notice(window: &Window, words: &str) {
    window.picks("Register the notice").await;
    window.types("Time, if known", 1, "09:12").await;
    window.types("The client’s words", 1, words).await;
    window.submits("Register the notice").await;
    window.says("Save the PDF").await;
}

#[tokio::test]
async fn a_withdrawal_by_mail_goes_to_its_refund() {
    let home = tempfile::tempdir().expect("a home");
    let saved = home.path().join("saved.pdf");
    sold(home.path(), "uniglo", ProjectKind::Stock);
    let window = Window::open(home.path(), &saved).await;
    window.chooses_who("Laurence").await;
    opens_a_case(&window, "Withdrawal").await;
    window.says("Yes, by the statutory right of withdrawal").await;
    becomes_a_case(&window).await;
    gets_a_notice(&window, "I withdraw from my order.").await;
    window.wait_for("//img[contains(@src, '/page/')]").await;
    window.picture("acknowledgement-light").await;
    window.presses("Save the PDF").await;
    window.waits_for_file(&saved).await;
    let text = text_of(&saved);
    assert!(
        text.contains("I withdraw from my order.") && text.contains("09:12"),
        "{text}"
    );
    std::fs::remove_file(&saved).expect("removed");
    window.puts_away().await;
    window.picks("Record that the acknowledgement was sent").await;
    window.submits("Record that the acknowledgement was sent").await;
    window.says("Goods expected back").await;
    window.picks("Give an RMA").await;
    window.submits("Give an RMA").await;
    window.says("Save the PDF").await;
    window.puts_away().await;
    window.picks("Receive the piece").await;
    window.submits("Receive the piece").await;
    window.says("Refund €1,210.00").await;
    window.picture("case-light").await;
    window.picks("Inspect").await;
    window.ticks("It is the piece that was sold").await;
    window.submits("Inspect").await;
    window.says("Save the PDF").await;
    window.puts_away().await;
    window.picks("Book a refund").await;
    window.submits("Book a refund").await;
    window.says("Save the PDF").await;
    window.presses("Save the PDF").await;
    window.waits_for_file(&saved).await;
    assert!(text_of(&saved).contains("1.210,00"), "{}", text_of(&saved));
    window.puts_away().await;
    window.says("Settled").await;
    window.presses("After-sales").await;
    window.presses("Register and reports").await;
    window.says("W20").await;
    window.picture("register-light").await;
    std::fs::remove_file(&saved).expect("removed");
    window.presses("Save as CSV").await;
    window.waits_for_file(&saved).await;
    let csv = std::fs::read_to_string(&saved).expect("a table");
    assert!(csv.contains("I withdraw from my order."), "{csv}");
    window.close().await;
}

#[tokio::test]
async fn a_parcel_is_scanned_inspected_and_refunded_in_part() {
    let home = tempfile::tempdir().expect("a home");
    let saved = home.path().join("saved.pdf");
    sold(home.path(), "belgium-flawless", ProjectKind::Stock);
    let window = Window::open(home.path(), &saved).await;
    window.chooses_who("Laurence").await;
    opens_a_case(&window, "Withdrawal").await;
    becomes_a_case(&window).await;
    gets_a_notice(&window, "I send it back.").await;
    window.puts_away().await;
    window.picks("Give an RMA").await;
    window.submits("Give an RMA").await;
    window.says("Save the PDF").await;
    window.puts_away().await;
    let rma = window
        .runs("return document.querySelector('h1').nextElementSibling.querySelector('b').innerText")
        .await;
    let rma = rma.as_str().expect("an RMA").to_owned();
    assert!(rma.starts_with("RMA20"), "{rma}");

    // The label is scanned: the code and Enter open the case.
    window.presses("Today").await;
    window.says("Goods expected back").await;
    window.searches(&rma).await;
    window.says("Withdrawal ·").await;
    window.searches("\u{e007}").await;
    window.picks("Receive the piece").await;
    window.types("RMA on the box", 1, &rma.to_lowercase()).await;
    window.gives_file("Choose photos", &photo(home.path())).await;
    window.wait_for("//img[contains(@src, '/thumb')]").await;
    window.submits("Receive the piece").await;
    window.says("Inspect what came back").await;
    window.picks("Inspect").await;
    window.chooses("Condition of the piece", 1, "worn").await;
    window
        .chooses("How it was handled", 1, "beyond what is needed to look at it")
        .await;
    window.types("Loss in value", 1, "110").await;
    window.submits("Inspect").await;
    window.says("Fill in").await;
    window.types("Note", 1, "Worn for a week").await;
    window.submits("Inspect").await;
    window.says("Save the PDF").await;
    window.wait_for("//img[contains(@src, '/page/')]").await;
    window.says("Inspection report").await;
    window.picture("inspection-light").await;
    window.puts_away().await;
    window.says("Refund €1,100.00").await;
    window.picks("Book a refund").await;
    window.types("Amount", 1, "600").await;
    window.submits("Book a refund").await;
    window.says("Save the PDF").await;
    window.puts_away().await;
    window.says("Refund €500.00").await;
    window.picture("case-refund-light").await;
    window.close().await;
}

#[tokio::test]
async fn a_redesign_client_who_wants_to_withdraw_is_shown_why_not() {
    let home = tempfile::tempdir().expect("a home");
    let saved = home.path().join("saved.pdf");
    sold(home.path(), "laurence-vandenborre", ProjectKind::TailorMade);
    let window = Window::open(home.path(), &saved).await;
    window.chooses_who("Laurence").await;
    opens_a_case(&window, "Withdrawal").await;
    window.says("No, there is no right").await;
    window.says("CEL VI.53").await;
    becomes_a_case(&window).await;
    gets_a_notice(&window, "I changed my mind.").await;
    window.puts_away().await;
    window.says("Tell the client there is no right, with grounds").await;
    window.opens_group("Not possible yet").await;
    window.says("There is no right to send this back").await;
    window.picks("Refuse, with grounds").await;
    window.submits("Refuse, with grounds").await;
    window.says("Save the PDF").await;
    window.wait_for("//img[contains(@src, '/page/')]").await;
    window.picture("refusal-light").await;
    window.presses("Save the PDF").await;
    window.waits_for_file(&saved).await;
    let text = text_of(&saved);
    assert!(text.contains("WER VI.53"), "{text}");
    window.puts_away().await;

    // The client's own data: a copy, and being forgotten once nothing is open.
    window.presses("Anna Łukaszewska").await;
    window.says("What is kept, and why").await;
    window.presses("Note the request").await;
    window.says("Copy of personal data to give").await;
    window.presses("Print a complete copy").await;
    window.says("Save the PDF").await;
    window.puts_away().await;
    window.chooses("The client asks for", 1, "correction").await;
    window.presses("Note the request").await;
    window.types("Reason", 1, "The name is right as it stands.").await;
    window.presses("Answer with a reason").await;
    window.says("Save the PDF").await;
    window.puts_away().await;
    window.picture("client-light").await;
    window.presses("Erase").await;
    window.says("gone for good").await;
    window.presses("Erase for good").await;
    window.says("This client was erased.").await;
    window.says_no_more("Łukaszewska").await;
    window.close().await;
}

/// A report over all projects of a large house: it says how far it is, wherever one goes meanwhile, and leaves nothing where it is
/// stopped. It is written into a pipe at first, so that it takes as long as the test wants.
#[tokio::test]
async fn a_long_report_says_how_far_it_is_and_is_stopped() {
    let home = tempfile::tempdir().expect("a home");
    let data = Window::data_in(home.path());
    std::fs::create_dir_all(&data).expect("a folder");
    years::made(&data.join("atelier.db"), 20, 60);
    let (saved, half) = (home.path().join("projects.csv"), home.path().join("projects.csv.part"));
    let made = Command::new("mkfifo").arg(&half).status().expect("a pipe");
    assert!(made.success());
    let window = Window::open(home.path(), &saved).await;
    let is_saving = "//*[@role = 'status' and contains(., 'Saving the file')]";
    window.presses("Projects").await;
    window.presses("Save as CSV").await;
    tokio::time::sleep(Duration::from_millis(500)).await;
    let mut pipe = File::open(&half).expect("the pipe");
    window.wait_for(is_saving).await;
    window.presses("Clients").await;
    window.picture("saving-light").await;
    window.presses("Stop").await;
    // What was written so far is read to its end.
    let read = std::thread::spawn(move || std::io::copy(&mut pipe, &mut std::io::sink()));
    window.is_gone(is_saving).await;
    let written = read.join().expect("read").expect("the pipe");
    assert!(written > 0 && !saved.exists() && !half.exists());
    window.presses("Projects").await;
    window.presses("Save as CSV").await;
    window.waits_for_file(&saved).await;
    let text = std::fs::read_to_string(&saved).expect("the report");
    assert_eq!(text.lines().count(), 1201);
    window.close().await;
}
