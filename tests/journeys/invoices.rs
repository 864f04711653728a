//! From a business's first payment to the e-invoice handed over and the day's book, in the real window.

use crate::main_job::a_house;
use crate::window::Window;
use std::path::PathBuf;

/// A window on a house, and before it the invoice of what a business paid towards its order.
pub async fn invoiced() -> (tempfile::TempDir, PathBuf, Window) {
    let (home, saved, window) = a_house("Laurence Vandenborre").await;
    window.presses("Ask").await;
    window.presses("How much is there to pay?").await;
    window.types("Unit price, VAT included", 1, "3147,80").await;
    window.presses("Make a quote").await;
    window.types("Name", 1, "Juwelen Peeters BV").await;
    window.chooses("Kind of client", 1, "Business").await;
    window.types("VAT number", 1, "0441.574.880").await;
    window.types("Street and number", 1, "Meir 12").await;
    window.types("Postal code", 1, "2000").await;
    window.types("Town", 1, "Antwerpen").await;
    window.submits("New project").await;
    window.says("P20").await;
    window.types("Description", 1, "Signet ring in 18k gold").await;
    window.presses("Issue the quote").await;
    window.says("Save the PDF").await;
    window.presses("Close").await;
    window.picks("Record consents").await;
    window.ticks("Sketches").await;
    window.submits("Record consents").await;
    window.says("Save the PDF").await;
    window.presses("Close").await;
    window.picks("Record that the quote is accepted").await;
    window.chooses("How the client accepted", 1, "signed on paper").await;
    window.chooses("How the order is placed", 1, "in the shop").await;
    window.submits("Record that the quote is accepted").await;
    window.says("Save the PDF").await;
    window.presses("Close").await;
    window.picks("Book a payment").await;
    window.submits("Book a payment").await;
    window.says("Save the PDF").await;
    window.presses("Close").await;
    window.says("Invoice for a business").await;

    window.picks("Issue an invoice").await;
    window.submits("Issue an invoice").await;
    window.says("Hand over the e-invoice").await;
    (home, saved, window)
}

#[tokio::test]
async fn a_business_pays_and_its_e_invoice_is_handed_over() {
    let (home, _saved, window) = invoiced().await;
    let watched = home.path().join("invoices");
    window.wait_for("//img[contains(@src, '/page/')]").await;
    window.picture("invoice-light").await;
    // A folder that is gone is said, and nothing is handed over.
    window.presses("Hand over the e-invoice").await;
    window.says("folder").await;
    assert!(!watched.exists());
    std::fs::create_dir(&watched).expect("a folder");
    window.presses("Hand over the e-invoice").await;
    window.says("Handed over").await;
    let file = std::fs::read_dir(&watched)
        .expect("the folder")
        .flatten()
        .map(|file| file.path())
        .find(|file| file.extension().is_some_and(|end| end == "xml"))
        .expect("an e-invoice");
    let invoice = std::fs::read_to_string(file).expect("a file");
    assert!(
        invoice.contains("<cbc:InvoiceTypeCode>386</cbc:InvoiceTypeCode>")
            && invoice.contains("<cbc:EndpointID schemeID=\"0208\">0441574880</cbc:EndpointID>")
            && invoice.contains("<cbc:PayableAmount currencyID=\"EUR\">0.00</cbc:PayableAmount>"),
        "{invoice}"
    );
    window.presses("Close").await;
    window.presses("After-sales").await;
    window.presses("Register and reports").await;
    window.presses("Sales journal").await;
    window.says("FA20").await;
    window.picture("sales-journal-light").await;
    window.presses("Day receipts").await;
    window.says("Nothing received").await;
    window.picture("day-receipts-light").await;
    window.presses("House").await;
    window.says("E-invoices").await;
    window.says(&watched.display().to_string()).await;
    window.close().await;
}
