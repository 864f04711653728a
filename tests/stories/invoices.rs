//! Invoices: of what is paid in advance, of the order less that, and what is taken back; on paper and as a structured file.

use atelier_core::counter::{Action, Export, Step, steps};
use atelier_core::intake::Who;
use atelier_core::invoice::{Invoice, InvoiceKind};
use atelier_core::money::Money;
use atelier_core::refusal::{NotNow, Refusal};
use atelier_core::store::invoices;
use atelier_core::terms::ClientKind;
use atelier_tests::{Shop, card, collect, gold_ring, intake, judges};
use std::path::Path;
use std::process::Command;

fn issue(what: &str) -> Step {
    Step::IssueInvoice(steps::IssueInvoice {
        what: what.into(),
        treatment: String::new(),
        proof: String::new(),
    })
}

fn credit(number: &str, amount: &str, reason: &str) -> Step {
    Step::CreditInvoice(steps::CreditInvoice {
        invoice: number.into(),
        amount: amount.into(),
        reason: reason.into(),
    })
}

fn cents(text: &str) -> Money {
    Money::plain(text).expect("an amount")
}

/// A business with a Belgian VAT number.
fn a_business() -> atelier_core::client::Card {
    let mut business = card("Juwelen Peeters BV");
    business.kind = ClientKind::Business;
    business.vat_number = "BE 0441.574.880".into();
    business
}

/// A ring of the client's, valued, quoted at 4,235.00 and ordered.
fn redesigned(shop: &mut Shop, client: atelier_core::client::Card) -> String {
    shop.notes_gold("3500");
    let mut form = intake(vec![gold_ring()]);
    form.client = Who::New { card: client };
    let taken = shop.does(&Action::TakeIn {
        form,
        draft: String::new(),
    });
    let project = taken.project.expect("a project");
    shop.accepts(&project);
    shop.values(&project, "15");
    shop.quotes(&project, "4235");
    shop.takes(&project, atelier_tests::accept());
    project
}

fn invoices_of(shop: &mut Shop, project: &str) -> Vec<Invoice> {
    shop.counter
        .store()
        .read(|tx| invoices::of_project(tx, project))
        .expect("the invoices")
}

/// The structured files of a project's invoices, written into a folder.
fn files(shop: &mut Shop, project: &str, folder: &Path) -> Vec<String> {
    let page = shop.project(project);
    let context = shop.context();
    let mut names = Vec::new();
    for paper in &page.papers {
        let export = Export::Invoice {
            paper: paper.id.clone(),
        };
        if let Ok((name, bytes)) = shop.counter.export(&export, &context) {
            std::fs::write(folder.join(&name), bytes).expect("a file");
            names.push(name);
        }
    }
    names
}

/// What the validator says of files; nothing where they are valid.
fn judged(folder: &Path, names: &[String]) -> String {
    let found = Command::new(judges().join("peppol-ubl-validate"))
        .args(names.iter().map(|name| folder.join(name)))
        .output()
        .expect("the validator");
    if found.status.success() {
        String::new()
    } else {
        format!(
            "{}{}",
            String::from_utf8_lossy(&found.stdout),
            String::from_utf8_lossy(&found.stderr)
        )
    }
}

#[test]
fn an_order_is_invoiced_as_it_is_paid_and_the_deposits_come_off_again() {
    for client in [card("Anna Peeters"), a_business()] {
        let mut shop = Shop::of("laurence-vandenborre").on("2026-12-02");
        let project = redesigned(&mut shop, client);
        assert_eq!(
            shop.may_not(&project, issue("deposit")),
            Refusal::from(NotNow::InvoiceNothingPaid)
        );
        assert_eq!(
            shop.may_not(&project, issue("final")),
            Refusal::from(NotNow::NotFinished)
        );
        shop.pays(&project, "1000");
        shop.takes(&project, issue("deposit"));
        assert_eq!(
            shop.may_not(&project, issue("deposit")),
            Refusal::from(NotNow::InvoiceNothingPaid)
        );
        shop.pays(&project, "649,89");
        shop.takes(&project, issue("deposit"));
        shop.takes(&project, issue("fee"));
        shop.approves_design(&project);
        shop.takes(&project, Step::Finish(steps::Finish { day: String::new() }));
        shop.pays(&project, "1649,88");
        shop.takes(&project, collect());
        shop.takes(&project, issue("final"));
        assert_eq!(
            shop.may_not(&project, issue("final")),
            Refusal::from(NotNow::InvoicedAlready)
        );
        let issued = invoices_of(&mut shop, &project);
        let numbers: Vec<&str> = issued.iter().map(|invoice| invoice.number.as_str()).collect();
        assert_eq!(numbers, ["FA2026-0001", "FA2026-0002", "FA2026-0003", "FA2026-0004"]);
        // The order comes to its price once, and so does its VAT.
        assert_eq!(
            issued.iter().map(|invoice| invoice.total).sum::<Money>(),
            cents("4235.00")
        );
        assert_eq!(issued.iter().map(Invoice::vat).sum::<Money>(), cents("735.00"));
        let last = issued.last().expect("the final invoice");
        assert_eq!((last.kind, last.to_pay), (InvoiceKind::Final, Money::ZERO));
        let settled: Vec<(&str, String)> = last
            .settled
            .iter()
            .map(|one| (one.what.as_str(), one.amount.wire()))
            .collect();
        assert_eq!(
            settled,
            [
                ("quote-gold-credit", "885.23".to_owned()),
                ("money-paid", "1649.88".to_owned())
            ]
        );
    }
}

#[test]
fn the_files_of_a_business_are_valid_and_a_bent_one_is_not() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut shop = Shop::of("laurence-vandenborre").on("2026-12-02");
    let project = redesigned(&mut shop, a_business());
    shop.pays(&project, "1000");
    shop.takes(&project, issue("deposit"));
    shop.takes(&project, credit("FA2026-0001", "250", "Paid twice"));
    shop.pays(&project, "2299,77");
    shop.approves_design(&project);
    shop.takes(&project, Step::Finish(steps::Finish { day: String::new() }));
    shop.takes(&project, collect());
    shop.takes(&project, issue("final"));
    let names = files(&mut shop, &project, folder.path());
    assert_eq!(names, ["FA2026-0001.xml", "FC2026-0001.xml", "FA2026-0002.xml"]);
    assert_eq!(judged(folder.path(), &names), "");
    let whole = std::fs::read_to_string(folder.path().join("FA2026-0002.xml")).expect("a file");
    let bent = whole.replacen(
        "<cbc:PayableAmount currencyID=\"EUR\">",
        "<cbc:PayableAmount currencyID=\"EUR\">1",
        1,
    );
    assert_ne!(whole, bent);
    std::fs::write(folder.path().join("bent.xml"), bent).expect("a file");
    assert!(judged(folder.path(), &["bent.xml".into()]).contains("BR-CO-16"));
}
