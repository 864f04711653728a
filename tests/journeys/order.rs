//! From acceptance to delivery in the real window: consents, acceptance, payments, design, completion, delivery.

use crate::main_job::{a_house, photo, text_of};

/// A statement of the house's account (CAMT.053) on which a payment came in today.
fn bank_file(reference: &str, amount: &str) -> String {
    let today = chrono::Local::now().date_naive();
    format!(
        r#"<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt><Stmt><Id>1</Id>
<Acct><Id><IBAN>BE66363222479543</IBAN></Id><Ccy>EUR</Ccy></Acct>
<Ntry><Amt Ccy="EUR">{amount}</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>{today}</Dt></BookgDt>
<NtryDtls><TxDtls><RltdPties><Dbtr><Pty><Nm>LUKASZEWSKA ANNA</Nm></Pty></Dbtr></RltdPties>
<RmtInf><Strd><CdtrRefInf><Ref>{reference}</Ref></CdtrRefInf></Strd></RmtInf></TxDtls></NtryDtls></Ntry>
</Stmt></BkToCstmrStmt></Document>"#
    )
}

#[tokio::test]
async fn an_order_is_accepted_paid_approved_made_and_delivered() {
    let (home, saved, window) = a_house("Laurence Vandenborre").await;
    window.presses("Ask").await;
    window.presses("How much is there to pay?").await;
    window.types("Unit price, VAT included", 1, "3147,80").await;
    window.presses("Make a quote").await;
    window.types("Name", 1, "Anna Łukaszewska").await;
    window.submits("New project").await;
    window.says("P20").await;
    window.types("Description", 1, "Ring in 18k gold with a sapphire").await;
    window.presses("Issue the quote").await;
    window.says("Save the PDF").await;
    window.presses("Close").await;

    // Nothing is accepted before the consents the house asks for.
    window.opens_group("Not possible yet").await;
    window.says("Record the consents the house asks for first").await;
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
    window.presses("Save the PDF").await;
    window.waits_for_file(&saved).await;
    let text = text_of(&saved);
    assert!(
        text.contains("Order confirmation B20") && text.contains("1,573.90"),
        "{text}"
    );
    std::fs::remove_file(&saved).expect("removed");
    window.presses("Close").await;

    window.picks("Ask for a payment").await;
    window.submits("Ask for a payment").await;
    window.says("Save the PDF").await;
    window.wait_for("//img[contains(@src, '/page/')]").await;
    window.picture("request-light").await;
    window.presses("Close").await;
    // The bank's file books it, once.
    let file = home.path().join("bank.xml");
    std::fs::write(&file, bank_file("000000000101", "1573.90")).expect("a file");
    window.presses("Projects").await;
    window.presses("Bank statement").await;
    window.gives_file("File from the bank", &file).await;
    window.says("Anna Łukaszewska").await;
    window.picture("statement-light").await;
    window.press("//dialog//button[normalize-space(.)='Book it']").await;
    window.wait_for("//dialog//td[normalize-space(.)='booked']").await;
    window.puts_away().await;
    window.presses("Bank statement").await;
    window.gives_file("File from the bank", &file).await;
    window.wait_for("//dialog//td[normalize-space(.)='booked']").await;
    window.puts_away().await;
    window.presses("P20").await;
    window.picks("Show a design").await;
    window.gives_file("Choose photos", &photo(home.path())).await;
    window.wait_for("//img[contains(@src, '/thumb')]").await;
    window.submits("Show a design").await;
    window.says("Save the PDF").await;
    window.presses("Close").await;
    window.picks("Record the answer to the design").await;
    window.submits("Record the answer to the design").await;
    window.says("Ready at the latest").await;
    window.picture("order-light").await;
    window.presses("Today").await;
    window.says("Latest day to be ready").await;
    window.picture("today-order-light").await;
    window.presses("Month").await;
    window.says("Mon").await;
    window.presses_label("Month after").await;
    window.picture("month-light").await;
    window.presses("Projects").await;
    window.presses("Board").await;
    window.says("In production").await;
    window.picture("board-light").await;
    window.presses("P20").await;

    window.picks("Mark the piece finished").await;
    window.submits("Mark the piece finished").await;
    window.says("Balance of").await;
    window.opens_group("Not possible yet").await;
    window.says("The balance is outstanding").await;
    window.picks("Book a payment").await;
    window.submits("Book a payment").await;
    window.says("Save the PDF").await;
    window.presses("Close").await;
    window.picks("Deliver").await;
    window.submits("Deliver").await;
    window.says("Save the PDF").await;
    window.presses("Close").await;
    window.says("Closed").await;
    window
        .says(&format!("{}", chrono::Local::now().format("%-d %B %Y")))
        .await;
    // The calendar beside the store follows a moment later.
    let agenda = || std::fs::read_to_string(home.path().join("data/be.atelier.desktop/agenda.ics")).unwrap_or_default();
    for _ in 0..100 {
        if agenda().starts_with("BEGIN:VCALENDAR") && !agenda().contains("SUMMARY") {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    assert!(
        agenda().starts_with("BEGIN:VCALENDAR") && !agenda().contains("SUMMARY"),
        "{}",
        agenda()
    );
    window.close().await;
}
