//! What a house promises, in the real window: UNIGLO's two days, an Artbeats charm that goes back, an order that Bigli cannot
//! take, and a client at a distance who gets everything back.

use crate::aftersales::{becomes_a_case, gets_a_notice, opens_a_case};
use crate::main_job::text_of;
use crate::window::Window;
use atelier_core::terms::ProjectKind;
use atelier_tests::Shop;
use chrono::{Days, Local, NaiveDate};
use std::path::Path;

/// A house whose store this does first, so many days ago.
fn house(home: &Path, name: &str, days: u64, does: impl FnOnce(&mut Shop)) {
    let day: NaiveDate = Local::now().date_naive() - Days::new(days);
    let folder = Window::data_in(home);
    std::fs::create_dir_all(&folder).expect("a folder");
    let mut shop = Shop::in_file(name, &folder.join("atelier.db")).on(&day.to_string());
    does(&mut shop);
    shop.counter.store().checkpoint().expect("folded");
}

#[tokio::test]
async fn a_uniglo_return_by_mail_names_the_day_to_ship_and_the_day_to_arrive() {
    let home = tempfile::tempdir().expect("a home");
    let saved = home.path().join("saved.pdf");
    let arrival = (Local::now().date_naive() - Days::new(20)).to_string();
    house(home.path(), "uniglo", 24, |shop| {
        shop.sells_by_mail(ProjectKind::Stock, "1210", &arrival);
    });
    let window = Window::open(home.path(), &saved).await;
    window.chooses_who("Laurence").await;
    opens_a_case(&window, "Return").await;
    window.says("Yes, by the house’s own terms").await;
    becomes_a_case(&window).await;
    gets_a_notice(&window, "It does not suit me.").await;
    window.puts_away().await;
    window.picks("Give an RMA").await;
    window.submits("Give an RMA").await;
    window.presses("Save the PDF").await;
    window.waits_for_file(&saved).await;
    let text = text_of(&saved);
    let until = Local::now().date_naive() + Days::new(10);
    let nl = atelier_core::words::Language::Nl;
    for label in ["rma-by", "rma-arrive-by"] {
        assert!(text.contains(&nl.word(label)), "{label}: {text}");
    }
    assert!(text.contains(&until.format("%Y").to_string()), "{text}");
    std::fs::remove_file(&saved).expect("removed");
    window.puts_away().await;
    window.picks("Print a form").await;
    window.chooses("Paper", 1, "return form of the house").await;
    window.submits("Print a form").await;
    window.says("Save the PDF").await;
    window.wait_for("//img[contains(@src, '/page/')]").await;
    window.picture("return-form-light").await;
    window.close().await;
}

#[tokio::test]
async fn an_artbeats_charm_is_withdrawn_from_and_refunded() {
    let home = tempfile::tempdir().expect("a home");
    let saved = home.path().join("saved.pdf");
    let arrival = (Local::now().date_naive() - Days::new(4)).to_string();
    house(home.path(), "artbeats", 8, |shop| {
        shop.sells_by_mail(ProjectKind::Stock, "80", &arrival);
    });
    let window = Window::open(home.path(), &saved).await;
    window.chooses_who("Laurence").await;
    opens_a_case(&window, "Withdrawal").await;
    window.says("Yes, by the statutory right of withdrawal").await;
    becomes_a_case(&window).await;
    gets_a_notice(&window, "I send the charm back.").await;
    window.puts_away().await;
    window.picks("Give an RMA").await;
    window.submits("Give an RMA").await;
    window.says("Save the PDF").await;
    window.puts_away().await;
    window.picks("Receive the piece").await;
    window.submits("Receive the piece").await;
    window.says("Refund €80.00").await;
    window.picks("Inspect").await;
    window.submits("Inspect").await;
    window.says("Save the PDF").await;
    window.puts_away().await;
    window.picks("Book a refund").await;
    window.submits("Book a refund").await;
    window.says("Save the PDF").await;
    window.puts_away().await;
    window.says("Settled").await;
    window.close().await;
}

#[tokio::test]
async fn bigli_is_told_that_it_cannot_take_an_order_to_belgium() {
    let home = tempfile::tempdir().expect("a home");
    house(home.path(), "bigli", 1, |shop| {
        shop.quoted(ProjectKind::Stock, "500");
    });
    let window = Window::open(home.path(), &home.path().join("saved.pdf")).await;
    window.chooses_who("Laurence").await;
    window.presses("Projects").await;
    window.presses("P20").await;
    window.picks("Record that the quote is accepted").await;
    window.chooses("How the client accepted", 1, "signed on paper").await;
    window
        .chooses("How the order is placed", 1, "at a distance (e-mail, telephone, web)")
        .await;
    window.types("Country of delivery (two letters)", 1, "BE").await;
    window.submits("Record that the quote is accepted").await;
    window.says("BI art. 2").await;
    window.picture("bigli-refused-light").await;
    window.types("Country of delivery (two letters)", 1, "IT").await;
    window.submits("Record that the quote is accepted").await;
    window.says("Save the PDF").await;
    window.close().await;
}

#[tokio::test]
async fn a_client_at_a_distance_cancels_a_ring_in_a_listed_size_and_gets_everything_back() {
    let home = tempfile::tempdir().expect("a home");
    let saved = home.path().join("saved.pdf");
    house(home.path(), "laurence-vandenborre", 1, |shop| {
        shop.quoted(ProjectKind::MadeToOrder, "1000");
    });
    let window = Window::open(home.path(), &saved).await;
    window.chooses_who("Laurence").await;
    window.presses("Projects").await;
    window.presses("P20").await;
    window.picks("Record that the quote is accepted").await;
    window.chooses("How the client accepted", 1, "signed on paper").await;
    window.submits("Record that the quote is accepted").await;
    // Nobody guesses how it was bought: a paper signed and sent back is no purchase in the shop.
    window.says("How it was bought").await;
    window
        .chooses("How the order is placed", 1, "at a distance (e-mail, telephone, web)")
        .await;
    window
        .chooses("How it reaches the client", 1, "the client’s home")
        .await;
    window.submits("Record that the quote is accepted").await;
    window.says("Save the PDF").await;
    window.puts_away().await;
    window.picks("Book a payment").await;
    window.submits("Book a payment").await;
    window.says("Save the PDF").await;
    window.puts_away().await;
    window.picks("End the order").await;
    window.types("Reason", 1, "Changed plans").await;
    window.submits("End the order").await;
    window.presses("Save the PDF").await;
    window.waits_for_file(&saved).await;
    let text = text_of(&saved);
    assert!(text.contains("500,00"), "{text}");
    window.puts_away().await;
    window.says("To pay back").await;
    window.says("€0.00").await;
    window.picture("cancelled-light").await;
    window.close().await;
}
