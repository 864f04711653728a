//! Invoices: of what is paid in advance, of the order less that, and what is taken back; on paper and as a structured file.

use atelier_core::counter::{Action, Answer, Book, Export, Question, Step, steps};
use atelier_core::intake::Who;
use atelier_core::invoice::{Invoice, InvoiceKind};
use atelier_core::money::Money;
use atelier_core::refusal::{NotNow, Refusal};
use atelier_core::store::{Trouble, invoices};
use atelier_core::terms::{ClientKind, ProjectKind};
use atelier_core::words::Language;
use atelier_tests::{
    Shop, buy_gold, cancel, card, collect, gold_ring, intake, judges, pay, pay_back, quote_form, text_of,
};
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
    let project = shop.takes_in_form(form);
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

/// A month of a book as rows of text.
fn book(shop: &mut Shop, book: Book, month: u32) -> Vec<Vec<String>> {
    match shop.asks(&Question::Book {
        book,
        year: 2026,
        month,
    }) {
        Answer::Book(view) => view.table.rows,
        other => panic!("{other:?}"),
    }
}

/// The rows of a book of a day that say something, without the day: what, rate and total.
fn of_day(rows: &[Vec<String>], day: &str) -> Vec<(String, String, String)> {
    rows.iter()
        .filter(|row| row[0] == day && !row[1].starts_with("Total") && row[1] != "Nothing received")
        .map(|row| (row[1].clone(), row[3].clone(), row[6].clone()))
        .collect()
}

#[test]
fn a_clock_set_back_books_nothing_onto_a_closed_day_before_somebody_said_it_is_right() {
    let mut shop = Shop::of("laurence-vandenborre").on("2026-12-02");
    let project = redesigned(&mut shop, card("Anna Peeters"));
    shop.turn_to("2026-12-04");
    shop.pays(&project, "500");
    let closed = book(&mut shop, Book::DayReceipts, 12);
    shop.sure = false;
    shop.turn_to("2026-12-03");
    let payment = Action::TakeStep {
        project,
        step: pay("100", "transfer"),
    };
    let Refusal::Doubtful { doubts } = shop.is_refused(&payment) else {
        panic!("the clock is behind the last entry")
    };
    assert_eq!(
        doubts.iter().map(|doubt| doubt.key.as_ref()).collect::<Vec<_>>(),
        ["doubt-clock"]
    );
    shop.turn_to("2026-12-04");
    assert_eq!(book(&mut shop, Book::DayReceipts, 12), closed);
    // It had run ahead on the 4th, and is right now: somebody says so once, and is not asked again.
    shop.turn_to("2026-12-03");
    shop.sure = true;
    shop.does(&payment);
    shop.sure = false;
    shop.does(&payment);
}

#[test]
fn the_book_of_day_receipts_holds_what_no_invoice_does_and_a_closed_day_stays() {
    let mut shop = Shop::of("laurence-vandenborre").on("2026-12-02");
    let project = redesigned(&mut shop, card("Anna Peeters"));
    shop.pays(&project, "1000");
    shop.turn_to("2026-12-04");
    shop.pays(&project, "649,89");
    let rows = book(&mut shop, Book::DayReceipts, 12);
    let ring = "New ring in 18k gold";
    let row = |what: &str, total: &str| (what.to_owned(), "21 %".to_owned(), total.to_owned());
    assert_eq!(
        of_day(&rows, "02/12/2026"),
        [
            row("Sales up to 250 euro", "€50.00"),
            row(ring, "€1,000.00"),
            row(&format!("{ring} · in gold"), "€885.23"),
        ]
    );
    assert_eq!(of_day(&rows, "04/12/2026"), [row(ring, "€649.89")]);
    // A day without receipts has its line, and a day to come none.
    assert!(
        rows.iter()
            .any(|row| row[0] == "03/12/2026" && row[1] == "Nothing received")
    );
    assert!(!rows.iter().any(|row| row[0] == "05/12/2026"));
    // What was received is invoiced later: it leaves the book on that day, and the days before stay as they were closed.
    shop.turn_to("2026-12-07");
    shop.takes(&project, issue("deposit"));
    let later = book(&mut shop, Book::DayReceipts, 12);
    assert_eq!(of_day(&later, "07/12/2026"), [row(ring, "\u{2212}€1,649.89")]);
    for day in ["02/12/2026", "04/12/2026"] {
        assert_eq!(of_day(&later, day), of_day(&rows, day));
    }
    // Every euro stands once: in the book, or on an invoice.
    let total = |rows: &[Vec<String>]| {
        rows.iter()
            .find(|row| row[1].starts_with("Total"))
            .map(|row| row[6].clone())
    };
    assert_eq!(total(&later).as_deref(), Some("€935.23"));
    let sales = book(&mut shop, Book::Sales, 12);
    assert_eq!(
        sales.iter().map(|row| row[9].clone()).collect::<Vec<_>>(),
        ["€1,649.89"]
    );
    // The same file, byte for byte, whenever it is asked for.
    let business = sold(&mut shop, a_business(), "21", false);
    shop.takes(&business, issue("final"));
    let context = shop.context();
    let zip = |shop: &mut Shop| {
        shop.counter
            .export(&Export::Invoices { year: 2026, month: 12 }, &context)
            .expect("a zip")
    };
    let first = zip(&mut shop);
    assert_eq!(zip(&mut shop), first);
    assert!(first.1.len() > 1000);
}

#[test]
fn a_cancelled_order_gives_its_deposit_invoice_back_as_the_accountant_decides() {
    let mut shop = Shop::of("laurence-vandenborre").on("2026-12-02");
    let project = redesigned(&mut shop, card("Anna Peeters"));
    shop.pays(&project, "1649,89");
    shop.takes(&project, issue("deposit"));
    shop.takes(
        &project,
        atelier_tests::cancel("client", "", ["in-person", "own-design", ""]),
    );
    assert_eq!(shop.may_not(&project, issue("final")), Refusal::from(NotNow::Cancelled));
    assert_eq!(
        shop.may_not(&project, credit("FA2026-0001", "1649,90", "Kept as compensation")),
        Refusal::from(NotNow::CreditAboveInvoice)
    );
    assert_eq!(
        shop.may_not(&project, credit("FA2026-0009", "1", "No such invoice")),
        Refusal::from(NotNow::InvoiceNone)
    );
    // Kept as compensation it bears no VAT: the whole of it is credited, in two notes as well as in one.
    shop.takes(&project, credit("FA2026-0001", "1000", "Kept as compensation"));
    shop.takes(&project, credit("FA2026-0001", "649,89", "Kept as compensation"));
    let issued = invoices_of(&mut shop, &project);
    assert_eq!(issued[0].open(&issued), Money::ZERO);
    // No sale came of it: the book holds the fee of the valuation alone.
    let rows = book(&mut shop, Book::DayReceipts, 12);
    let total = rows.iter().filter(|row| row[1].starts_with("Total"));
    assert_eq!(total.map(|row| row[6].clone()).collect::<Vec<_>>(), ["€50.00"]);
    assert_eq!(issued[0].vat(), issued[1].vat() + issued[2].vat());
    assert_eq!(
        shop.may_not(&project, credit("FA2026-0001", "1", "Again")),
        Refusal::from(NotNow::CreditAboveInvoice)
    );
}

/// The house keeps the deposit of an order that ended, and pays back what came in above it: of that, too, nothing was sold.
#[test]
fn what_is_kept_of_a_cancelled_order_beside_what_goes_back_is_no_sale() {
    let mut shop = Shop::of("laurence-vandenborre").on("2026-12-02");
    let project = redesigned(&mut shop, card("Anna Peeters"));
    shop.pays(&project, "2000");
    shop.takes(&project, issue("deposit"));
    shop.takes(&project, cancel("client", "", ["in-person", "own-design", ""]));
    shop.takes(&project, credit("FA2026-0001", "2000", "The order ended"));
    shop.takes(&project, pay_back("350,10"));
    let next = shop.project(&project).next;
    let wrong = next.iter().find(|next| next.step == "correct-entry").expect("the step");
    let wrong = wrong.fields[0].options.last().expect("the refund").value.clone();
    shop.takes(
        &project,
        Step::CorrectEntry(steps::CorrectEntry {
            entry: wrong,
            reason: "A cent short".into(),
        }),
    );
    shop.takes(&project, pay_back("350,11"));
    let rows = book(&mut shop, Book::DayReceipts, 12);
    let total = rows.iter().filter(|row| row[1].starts_with("Total"));
    assert_eq!(total.map(|row| row[6].clone()).collect::<Vec<_>>(), ["€50.00"]);
}

#[test]
fn a_deposit_is_invoiced_over_every_rate_of_the_order() {
    let mut shop = Shop::of("laurence-vandenborre").on("2026-12-02");
    let project = shop.opens(ProjectKind::Stock, Who::New { card: a_business() });
    let mut form = quote_form("1210", "31/12/2026");
    let mut book = form.lines[0].clone();
    book.text = "A book on diamonds".into();
    book.unit_price = "106".into();
    book.vat = "6".into();
    form.lines.push(book);
    shop.does(&Action::IssueQuote {
        project: project.clone(),
        form,
    });
    shop.takes(&project, atelier_tests::accept());
    shop.pays(&project, "131,60");
    shop.takes(&project, issue("deposit"));
    // A tenth of 1,210.00 at 21 % and of 106.00 at 6 %.
    assert_eq!(invoices_of(&mut shop, &project)[0].vat(), cents("21.60"));
}

/// The fee of a valuation that a house does not take off the price is a sale of its own: it has its invoice also after the order's.
#[test]
fn a_fee_is_invoiced_after_the_order_only_where_it_did_not_come_off_its_price() {
    let after_the_last = |comes_off: bool| {
        let mut shop = Shop::of("laurence-vandenborre").on("2026-12-02");
        if !comes_off {
            shop.fills_in("2/12/2026", "redesign.valuation_fee_deducted", &[("", "no")]);
        }
        let project = redesigned(&mut shop, a_business());
        let open = shop.money(&project, "Outstanding");
        shop.pays(&project, &open.replace(['€', ','], ""));
        shop.approves_design(&project);
        shop.takes(&project, Step::Finish(steps::Finish { day: String::new() }));
        shop.takes(&project, issue("final"));
        let next = shop.project(&project).next;
        let invoice = next.iter().find(|next| next.step == "issue-invoice").expect("the step");
        invoice.refused.is_none()
    };
    assert_eq!([true, false].map(after_the_last), [false, true]);
}

/// A stock piece of one line, finished and collected.
fn sold(shop: &mut Shop, client: atelier_core::client::Card, vat: &str, second_hand: bool) -> String {
    let project = shop.opens(ProjectKind::Stock, Who::New { card: client });
    let mut form = quote_form("1210", "31/12/2026");
    form.lines[0].vat = vat.into();
    form.lines[0].second_hand = second_hand;
    shop.does(&Action::IssueQuote {
        project: project.clone(),
        form,
    });
    shop.consents(&project);
    shop.takes(&project, atelier_tests::accept());
    shop.pays(&project, "1210");
    shop.takes(&project, Step::Finish(steps::Finish { day: String::new() }));
    shop.takes(&project, collect());
    project
}

fn freed(treatment: &str, proof: &str) -> Step {
    Step::IssueInvoice(steps::IssueInvoice {
        what: "final".into(),
        treatment: treatment.into(),
        proof: proof.into(),
    })
}

#[test]
fn without_vat_only_with_its_reason_and_its_proof() {
    let mut shop = Shop::of("laurence-vandenborre").on("2026-12-02");
    let mut french = card("Bijouterie Dubois");
    french.kind = ClientKind::Business;
    french.country = "FR".into();
    let mut swiss = card("Uhren Meier AG");
    swiss.kind = ClientKind::Business;
    swiss.country = "CH".into();
    let project = sold(&mut shop, french.clone(), "0", false);
    let no = |why: NotNow| Refusal::from(why);
    assert_eq!(shop.may_not(&project, issue("final")), no(NotNow::InvoiceRate));
    assert_eq!(
        shop.may_not(&project, freed("intra-community", "CMR 12")),
        no(NotNow::InvoiceNoNumberThere)
    );
    assert_eq!(
        shop.may_not(&project, freed("export", "MRN 12")),
        no(NotNow::InvoiceStaysInside)
    );
    assert_eq!(shop.may_not(&project, freed("margin", "")), no(NotNow::InvoiceMargin));
    french.vat_number = "FR 40303265045".into();
    let project = sold(&mut shop, french, "0", false);
    assert_eq!(
        shop.may_not(&project, freed("intra-community", " ")),
        no(NotNow::InvoiceNoProof)
    );
    shop.takes(&project, freed("intra-community", "CMR 12"));
    let project = sold(&mut shop, swiss, "0", false);
    shop.takes(&project, freed("export", "26BE000000123456R7"));
    let project = sold(&mut shop, card("Anna Peeters"), "0", true);
    shop.takes(&project, freed("margin", ""));
    let issued = invoices_of(&mut shop, &project);
    assert_eq!((issued[0].vat(), issued[0].total), (Money::ZERO, cents("1210.00")));
    // Goods that were delivered where VAT is charged have Belgian VAT, at a rate that there is.
    let project = sold(&mut shop, card("Jan Maes"), "19", false);
    assert_eq!(shop.may_not(&project, issue("final")), no(NotNow::InvoiceRate));
}

#[test]
fn a_business_is_told_of_its_invoice_and_gets_no_pdf_alone() {
    let mut shop = Shop::of("laurence-vandenborre").on("2026-12-02");
    let mut nowhere = a_business();
    nowhere.street = String::new();
    let lost = sold(&mut shop, nowhere, "21", false);
    assert_eq!(shop.may_not(&lost, issue("final")), Refusal::from(NotNow::InvoiceBuyer));
    let project = sold(&mut shop, a_business(), "21", false);
    let told = |shop: &mut Shop| {
        shop.project(&project)
            .tasks
            .iter()
            .any(|task| task.step == "issue-invoice")
    };
    assert!(told(&mut shop));
    let paper = shop.takes(&project, issue("final")).paper.expect("a paper");
    assert!(!told(&mut shop));
    let mail = Question::Mail { paper: paper.clone() };
    let context = shop.context();
    let refused = shop.counter.ask(&mail, &context).expect_err("a PDF alone");
    assert!(
        matches!(refused, Trouble::Refused(ref why) if *why == Refusal::from(NotNow::InvoiceStructuredFirst)),
        "{refused}"
    );
    let context = shop.context();
    let alone = shop
        .counter
        .goes_out(&paper, &context)
        .expect_err("printed, it is alone too");
    assert!(matches!(alone, Trouble::Refused(ref why) if *why == Refusal::from(NotNow::InvoiceStructuredFirst)));
    shop.does(&Action::HandOverInvoice { paper: paper.clone() });
    shop.asks(&mail);
    let (number, _, notice) = shop.counter.goes_out(&paper, &context).expect("it may go along now");
    assert_eq!((number.as_str(), notice), ("FA2026-0001", None));
    // Before the last invoice's day no other is dated.
    shop.turn_to("2026-12-01");
    let other = sold(&mut shop, card("Jan Maes"), "21", false);
    assert_eq!(
        shop.may_not(&other, issue("final")),
        Refusal::from(NotNow::InvoiceDayBack)
    );
}

#[test]
fn an_invoice_names_its_buyer_for_ten_years_and_nobody_after() {
    let mut shop = Shop::of("laurence-vandenborre").on("2026-12-02");
    let mut anna = card("Anna Peeters");
    anna.street = "Rozenlaan 7".into();
    let project = sold(&mut shop, anna, "21", false);
    shop.takes(&project, issue("final"));
    let erased = |shop: &mut Shop, day: &str| {
        shop.turn_to(day);
        let client = shop.project(&project).client.id;
        shop.does(&Action::EraseClient { client });
        invoices_of(shop, &project).remove(0)
    };
    let kept = erased(&mut shop, "2027-03-01");
    assert_eq!(
        (kept.buyer.name.as_str(), kept.buyer.street.as_str()),
        ("Anna Peeters", "Rozenlaan 7")
    );
    let gone = erased(&mut shop, "2037-01-02");
    assert_eq!((gone.buyer.name.as_str(), gone.buyer.street.as_str()), ("–", ""));
    assert_eq!((gone.total, gone.vat()), (kept.total, kept.vat()));
    assert!(!shop.everything().iter().any(|row| row.contains("Rozenlaan")));
    assert!(shop.counter.check().expect("a check").problems.is_empty());
}

#[test]
fn old_gold_is_bought_of_somebody_who_is_known_waits_and_stands_in_the_register() {
    let mut shop = Shop::of("laurence-vandenborre").on("2026-12-02");
    let mut identity = atelier_core::house::Profile::named("laurence-vandenborre")
        .expect("a house")
        .identity
        .clone();
    identity.gold_waits = "10".into();
    shop.does(&Action::EditHouse {
        version: 1,
        identity,
        language: Language::En,
        deduction_pct: "0".into(),
    });
    let project = shop.order();
    let told = |shop: &mut Shop, step: &str| shop.project(&project).tasks.iter().any(|task| task.step == step);
    assert!(told(&mut shop, "buy-gold"));
    for left_out in ["name", "born", "document_number", "document"] {
        let mut step = serde_json::to_value(buy_gold()).expect("JSON");
        step[left_out] = "".into();
        let refused = shop.may_not(&project, serde_json::from_value(step).expect("a step"));
        assert!(matches!(refused, Refusal::Missing { .. }), "{left_out}: {refused:?}");
    }
    let paper = shop.buys_gold(&project).paper.expect("a slip");
    assert_eq!(shop.may_not(&project, buy_gold()), Refusal::from(NotNow::GoldBought));
    assert!(!told(&mut shop, "buy-gold"));
    let (number, _) = shop.counter.paper(&paper).expect("its bytes");
    assert_eq!(number, "GP2026-0001");
    let row = &book(&mut shop, Book::Gold, 12)[0];
    assert_eq!(
        [
            &row[0], &row[2], &row[3], &row[4], &row[6], &row[7], &row[8], &row[9], &row[10], &row[12]
        ],
        [
            "GP2026-0001",
            "Anna Łukaszewska",
            "14/02/1971",
            "592-1234567-89",
            "12.34\u{a0}g",
            "750",
            "€71.74",
            "€885.23",
            "12/12/2026",
            "02/12/2033"
        ]
    );
    // It waits: a task says so, and nobody melts it before.
    assert!(told(&mut shop, "settle-components"));
    shop.pays(&project, "1649,89");
    shop.approves_design(&project);
    let shank = shop.components(&project, "Shank");
    let melt = Step::SettleComponents(steps::SettleComponents {
        components: shank,
        fate: "melted".into(),
        note: String::new(),
        signature: atelier_core::intake::Signature::None,
    });
    shop.turn_to("2026-12-11");
    assert_eq!(shop.may_not(&project, melt.clone()), Refusal::from(NotNow::GoldWaits));
    shop.turn_to("2026-12-12");
    shop.takes(&project, melt);
    assert!(!told(&mut shop, "settle-components"));
}

#[test]
fn the_official_notice_of_the_guarantee_is_missed_loaded_and_goes_along() {
    let mut shop = Shop::of("laurence-vandenborre").on("2026-12-02");
    let missing = |shop: &mut Shop| match shop.asks(&Question::Today {
        by: String::new(),
        whole: None,
    }) {
        Answer::Today(today) => today.notice_missing.unwrap_or_default(),
        other => panic!("{other:?}"),
    };
    assert!(missing(&mut shop).contains("nl"));
    let file = |shop: &mut Shop, bytes: &[u8]| {
        let kept = Action::KeepFile {
            name: "notice.pdf".into(),
            bytes: bytes.to_vec(),
        };
        shop.does(&kept).file.expect("a file")
    };
    let profile = atelier_core::house::Profile::named("laurence-vandenborre").expect("a house");
    let loads = |notices: &[(&str, &str)]| {
        let mut identity = profile.identity.clone();
        let notices = notices
            .iter()
            .map(|(language, file)| ((*language).to_owned(), (*file).to_owned()));
        identity.guarantee_notices = notices.collect();
        Action::EditHouse {
            version: 1,
            identity,
            language: Language::En,
            deduction_pct: "0".into(),
        }
    };
    let drawn = file(&mut shop, b"<svg/>");
    assert!(matches!(
        shop.tries(&loads(&[("nl", &drawn)])),
        Err(Trouble::Refused(_))
    ));
    let official = file(&mut shop, b"%PDF-1.7 the Commission's own");
    let all: Vec<(&str, &str)> = profile
        .identity
        .languages
        .iter()
        .map(|code| (code.as_str(), official.as_str()))
        .collect();
    shop.does(&loads(&all));
    assert_eq!(missing(&mut shop), "");
    // Nobody sweeps it away, and it goes with a consumer's quote, not with a business's.
    shop.turn_to("2026-12-10");
    let context = shop.context();
    shop.counter.sweep(&context).expect("a sweep");
    for (client, goes) in [(card("Anna Peeters"), true), (a_business(), false)] {
        let project = sold(&mut shop, client, "21", false);
        let quote = shop.project(&project).papers[0].id.clone();
        let Answer::Mail(mail) = shop.asks(&Question::Mail { paper: quote.clone() }) else {
            panic!("no mail")
        };
        assert_eq!(mail.notice.is_some(), goes);
        let (.., printed) = shop.counter.goes_out(&quote, &context).expect("the quote");
        assert_eq!(printed.is_some(), goes, "printed, it goes along too");
        if let Some(id) = mail.notice {
            let (name, bytes) = shop
                .counter
                .export(&Export::Attachment { id }, &context)
                .expect("the notice");
            assert_eq!(
                (name.as_str(), bytes.as_slice()),
                ("notice.pdf", b"%PDF-1.7 the Commission's own".as_slice())
            );
        }
    }
}

#[test]
fn the_accountant_has_the_deposit_stand_as_paid_and_names_the_accounts() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut shop = Shop::of("laurence-vandenborre").on("2026-12-02");
    let mut identity = atelier_core::house::Profile::named("laurence-vandenborre")
        .expect("a house")
        .identity
        .clone();
    identity.deposits_as_paid = true;
    identity.accounts.sales = "702100".into();
    shop.does(&Action::EditHouse {
        version: 1,
        identity,
        language: Language::En,
        deduction_pct: "0".into(),
    });
    let project = redesigned(&mut shop, a_business());
    shop.pays(&project, "2000");
    shop.takes(&project, issue("deposit"));
    shop.approves_design(&project);
    shop.takes(&project, Step::Finish(steps::Finish { day: String::new() }));
    shop.takes(&project, issue("final"));
    let issued = invoices_of(&mut shop, &project);
    let last = &issued[1];
    assert_eq!(
        (last.total, last.vat(), last.to_pay),
        (cents("4235.00"), cents("735.00"), cents("1299.77"))
    );
    let names = files(&mut shop, &project, folder.path());
    assert_eq!(judged(folder.path(), &names), "");
    let sales = book(&mut shop, Book::Sales, 12);
    assert_eq!(sales[0][10..], ["702100", "451000", "400000"]);
}

#[test]
fn what_is_still_to_be_paid_is_asked_for_with_a_reference_that_a_statement_is_matched_by() {
    let mut shop = Shop::of("laurence-vandenborre").on("2026-12-02");
    let unpaid = |shop: &mut Shop, client| {
        let project = redesigned(shop, client);
        shop.pays(&project, "1649,89");
        shop.approves_design(&project);
        shop.takes(&project, Step::Finish(steps::Finish { day: String::new() }));
        let paper = shop.takes(&project, issue("final")).paper.expect("a paper");
        (project, paper)
    };
    let (project, paper) = unpaid(&mut shop, a_business());
    let invoice = invoices_of(&mut shop, &project).remove(0);
    assert_eq!(invoice.to_pay, cents("1649.88"));
    assert_eq!(invoice.reference, "+++000/0000/00101+++");
    let folder = tempfile::tempdir().expect("a folder");
    let names = files(&mut shop, &project, folder.path());
    let file = std::fs::read_to_string(folder.path().join(&names[0])).expect("a file");
    assert!(
        file.contains("<cbc:PaymentID>+++000/0000/00101+++</cbc:PaymentID>"),
        "{file}"
    );
    let said = Command::new(judges().join("peppol-ubl-validate"))
        .arg(folder.path().join(&names[0]))
        .output()
        .expect("the validator");
    let said = String::from_utf8_lossy(&said.stdout).into_owned();
    assert!(!said.contains("BE-PAY-01"), "{said}");
    let (_, bytes) = shop.counter.paper(&paper).expect("its bytes");
    assert!(text_of(&bytes).contains("+++000/0000/00101+++"));
    let table = format!(
        "Datum;Bedrag;Naam tegenpartij;Mededeling\n04/12/2026;{};PEETERS BV;+++000/0000/00101+++\n",
        invoice.to_pay.wire().replace('.', ",")
    );
    shop.turn_to("2026-12-04");
    match shop.asks(&Question::Statement {
        bytes: table.into_bytes(),
    }) {
        Answer::Statement(read) => assert_eq!(read.payments[0].project.as_ref(), Some(&project)),
        other => panic!("{other:?}"),
    }
    // Another asks with another; a credit note asks for nothing.
    let (other, _) = unpaid(&mut shop, card("Jan Maes"));
    assert_eq!(invoices_of(&mut shop, &other)[0].reference, "+++000/0000/00202+++");
    shop.takes(&other, credit("FA2026-0002", "10", "a discount"));
    assert_eq!(invoices_of(&mut shop, &other)[1].reference, "");
}

#[test]
fn the_book_of_day_receipts_is_printed_as_it_stands() {
    let mut shop = Shop::of("laurence-vandenborre").on("2026-12-02");
    let project = redesigned(&mut shop, card("Anna Peeters"));
    shop.pays(&project, "1000");
    let export = |book| Export::Book {
        book,
        year: 2026,
        month: 12,
        format: "pdf".into(),
    };
    let context = shop.context();
    let (name, bytes) = shop
        .counter
        .export(&export(Book::DayReceipts), &context)
        .expect("a paper");
    assert_eq!(name, "Day receipts 2026-12.pdf");
    let text = text_of(&bytes);
    for wanted in ["December 2026", "01/12/2026", "Nothing received", "826.45", "€1,000.00"] {
        assert!(text.contains(wanted), "{wanted}: {text}");
    }
}

#[test]
fn gold_that_went_back_stands_as_given_back_in_the_register() {
    let mut shop = Shop::of("laurence-vandenborre").on("2026-12-02");
    let project = shop.order();
    shop.buys_gold(&project);
    assert_eq!(book(&mut shop, Book::Gold, 12)[0][11], "");
    shop.pays(&project, "1649,89");
    shop.takes(&project, cancel("house", "", ["", "", ""]));
    shop.turn_to("2026-12-09");
    shop.settles(&project, "Shank", "returned");
    let row = &book(&mut shop, Book::Gold, 12)[0];
    assert_eq!((row[0].as_str(), row[11].as_str()), ("GP2026-0001", "09/12/2026"));
}

#[test]
fn the_order_sheet_says_what_it_is_made_of_how_it_is_cared_for_and_by_whom_it_was_made() {
    let mut shop = Shop::of("laurence-vandenborre").on("2026-12-02");
    let project = shop.order();
    let page = shop.project(&project);
    let step = page
        .next
        .iter()
        .find(|step| step.step == "order-sheet")
        .expect("the step");
    let value = |name: &str| {
        let field = step.fields.iter().find(|field| field.name == name);
        field.expect("a field").value.clone()
    };
    assert!(value("stones").contains("0,30"), "{}", value("stones"));
    assert!(!value("care").is_empty());
    let sheet = |alloy: &str| {
        Step::OrderSheet(steps::OrderSheet {
            alloy: alloy.into(),
            stones: value("stones"),
            nickel: "below".into(),
            care: value("care"),
        })
    };
    assert!(matches!(shop.may_not(&project, sheet(" ")), Refusal::Missing { .. }));
    let paper = shop
        .takes(&project, sheet("Yellow gold 18 ct, 750 ‰"))
        .paper
        .expect("a paper");
    let (_, bytes) = shop.counter.paper(&paper).expect("its bytes");
    let text = text_of(&bytes);
    for wanted in ["Yellow gold 18 ct, 750", "1907/2006", "2023/988", "lauw", "Tabakvest 3"] {
        assert!(text.contains(wanted), "{wanted}: {text}");
    }
    // What an older journal says is replayed as it was.
    shop.takes(
        &project,
        Step::Print(steps::Print {
            paper: "order-sheet".into(),
        }),
    );
    assert_eq!(shop.replayed(), shop.everything());
}
