//! Bank statements as banks write them: the files of `fixtures/statements`, each made after a public bug report.

mod written;

use atelier_core::counter::{Answer, Question, StatementView, steps};
use atelier_core::payment::{Iban, Ogm};
use atelier_core::statement::{Statement, read};
use atelier_tests::Shop;

fn file(name: &str) -> Statement {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/statements");
    let found = std::fs::read_dir(folder)
        .expect("a folder")
        .map(|entry| entry.expect("an entry").path())
        .find(|path| {
            path.file_name()
                .is_some_and(|file| file.to_string_lossy().starts_with(&format!("{name}-")))
        })
        .unwrap_or_else(|| panic!("no file {name}"));
    let own = Iban::parse("BE68 5390 0754 7034").expect("an account");
    read(&std::fs::read(found).expect("a file"), Some(&own))
}

/// Day, amount, payer and reference of each payment.
fn payments(name: &str) -> Vec<(String, String, String, Option<String>)> {
    let told = |ogm: Ogm| ogm.to_string();
    file(name)
        .payments
        .into_iter()
        .map(|payment| {
            (
                payment.entered.to_string(),
                payment.amount.wire(),
                payment.from,
                payment.reference.map(told),
            )
        })
        .collect()
}

fn one(from: &str) -> Vec<(String, String, String, Option<String>)> {
    vec![(
        "2026-12-04".into(),
        "1649.89".into(),
        from.into(),
        Some("+++000/0000/00101+++".into()),
    )]
}

fn keys(name: &str) -> Vec<String> {
    file(name).notes.into_iter().map(|note| note.key.into_owned()).collect()
}

#[rstest::rstest]
#[case::structured("B01", "PEETERS ANNA")]
#[case::free_in_2_1("B02", "PEETERS ANNA")]
#[case::free_in_2_2("B03", "PEETERS ANNA")]
#[case::in_the_information("B05", "PEETERS ANNA")]
#[case::structure_blank("B09", "PEETERS ANNA")]
#[case::windows_1252("B10", "MÜLLER RENÉE")]
#[case::value_day_later("B12", "PEETERS ANNA")]
#[case::type_102("B13", "PEETERS ANNA")]
#[case::blank_line_first("B14", "PEETERS ANNA")]
#[case::kbc_structured("B20", "PEETERS ANNA")]
#[case::kbc_free("B21", "PEETERS ANNA")]
#[case::belfius("B22", "PEETERS ANNA")]
#[case::belfius_table("B23", "PEETERS ANNA")]
#[case::bnp("B25", "PEETERS ANNA")]
#[case::bnp_french("B26", "PEETERS ANNA")]
#[case::separator_named("B30", "Anna Peeters")]
#[case::utf_16("B31", "Anna Peeters")]
#[case::byte_order_mark("B32", "Anna Peeters")]
#[case::plus_sign("B33", "Anna Peeters")]
#[case::currency_behind("B35", "Anna Peeters")]
#[case::text_around("B36", "Anna Peeters")]
#[case::line_end_in_quotes("B40", "Anna Peeters")]
#[case::year_of_two_figures("B42", "Anna")]
#[case::heads_in_windows_1252("B43", "RENÉE MÜLLER")]
#[case::commas_both_ways("B44", "Anna")]
#[case::camt_of_version_8("B51", "PEETERS ANNA")]
#[case::ing("B52", "Van: PEETERS ANNA")]
#[case::argenta("B53", "PEETERS ANNA")]
#[case::crelan("B54", "PEETERS ANNA")]
#[case::revolut("B55", "Payment from PEETERS ANNA +++000/0000/00101+++")]
#[case::wise("B56", "PEETERS ANNA")]
#[case::which_way_it_went_stands_apart("B57", "PEETERS ANNA")]
fn a_payment_is_read_and_matched(#[case] name: &str, #[case] from: &str) {
    assert_eq!(payments(name), one(from));
    assert_eq!(keys(name), Vec::<String>::new());
}

#[test]
fn details_are_money_that_came_in_and_their_total_is_not() {
    let found: Vec<(String, Option<String>)> = payments("B06")
        .into_iter()
        .map(|(_, amount, _, ogm)| (amount, ogm))
        .collect();
    assert_eq!(
        found,
        [
            ("1649.89".to_owned(), Some("+++000/0000/00101+++".to_owned())),
            ("1000.00".to_owned(), None)
        ]
    );
}

#[test]
fn a_detail_that_does_not_say_who_paid_what_takes_it_from_its_payment() {
    let two = [
        ("1649.89", "PEETERS ANNA", Some("+++000/0000/00101+++".to_owned())),
        ("1000.00", "JANSSENS JAN", None),
    ];
    let found = payments("B49");
    let found: Vec<_> = found
        .iter()
        .map(|(_, amount, from, ogm)| (amount.as_str(), from.as_str(), ogm.clone()))
        .collect();
    assert_eq!(found, two);
    assert_eq!(
        keys("B49"),
        Vec::<String>::new(),
        "the second payment is no detail of the first"
    );
}

#[test]
fn a_state_nobody_knows_is_said_and_one_that_says_no_is_not() {
    let own = Iban::parse("BE68 5390 0754 7034").expect("an account");
    let table = "Datum;Bedrag;Naam tegenpartij;Mededeling;Status
04/12/2026;10,00;Anna;x;Uitgevoerd
04/12/2026;11,00;Anna;x;Geweigerd
04/12/2026;12,00;Anna;x;Gereserveerd
";
    let found = read(table.as_bytes(), Some(&own));
    assert_eq!(found.payments.len(), 1);
    let [note] = found.notes.as_slice() else {
        panic!("{:?}", found.notes);
    };
    assert_eq!(note.key, "statement-unknown-state");
    let said = atelier_core::words::Language::En.say(note);
    assert!(said.contains("Line 4") && said.contains("Gereserveerd"), "{said}");
}

#[test]
fn another_currency_or_account_is_said_and_not_offered() {
    for (name, key) in [
        ("B07", "statement-other-currency"),
        ("B11", "statement-other-account"),
        ("B46", "statement-other-currency"),
    ] {
        assert_eq!(
            (payments(name), keys(name)),
            (Vec::new(), vec![key.to_owned()]),
            "{name}"
        );
    }
    assert_eq!(payments("B15"), one("PEETERS ANNA"));
    assert!(keys("B15").contains(&"statement-other-account".to_owned()));
}

#[test]
fn every_dress_of_an_amount_and_of_a_reference_is_read() {
    let amounts: Vec<String> = payments("B34").into_iter().map(|(_, amount, ..)| amount).collect();
    assert_eq!(amounts, vec!["1649.89"; 6]);
    let dressed: Vec<Option<String>> = payments("B37").into_iter().map(|(.., ogm)| ogm).collect();
    assert_eq!(dressed, vec![Some("+++000/0000/00101+++".to_owned()); 6]);
    assert_eq!(payments("B39")[0].1, "110.70");
    assert_eq!(payments("B41").len(), 2);
    assert!(payments("B47").is_empty(), "a refused transfer is none");
}

#[test]
fn what_is_not_read_is_said_with_its_line() {
    assert_eq!(keys("B45"), ["statement-unread-day"]);
    let key = |text: &str| read(text.as_bytes(), None).notes[0].key.to_string();
    assert_eq!(key(":20:1\n:25:BE68539007547034\n"), "statement-mt940");
    assert_eq!(
        key("<?xml version=\"1.0\"?><Document><A/></Document>"),
        "statement-other-xml"
    );
    assert_eq!(key("<Document><A></Document>"), "statement-broken-xml");
    let own = Iban::parse("BE68 5390 0754 7034").expect("an account");
    let ambiguous = read(
        "Datum;Bedrag\n04/12/2026;1.649\n04/12/2026;10,00\n".as_bytes(),
        Some(&own),
    );
    assert_eq!(ambiguous.payments.len(), 1);
    assert_eq!(ambiguous.notes.len(), 1, "thousands or thousandths is not guessed");
    assert_eq!(read(b"", None).notes[0].key, "statement-no-head");
}

#[test]
fn a_camt_total_is_none_its_details_are_and_the_rest_is_said() {
    let found = payments("B50");
    let found: Vec<_> = found
        .iter()
        .map(|(day, amount, from, ogm)| (day.as_str(), amount.as_str(), from.as_str(), ogm.as_deref()))
        .collect();
    assert_eq!(
        found,
        [
            ("2026-12-04", "1649.89", "PEETERS ANNA", Some("+++000/0000/00101+++")),
            ("2026-12-04", "1000.00", "JANSSENS JAN", Some("+++000/0000/00202+++")),
            ("2026-12-04", "200.00", "Łucja Dvořák & zoon", None),
        ]
    );
    // Neither what went out nor what is only announced; the bank counts that one too.
    assert_eq!(keys("B50"), ["statement-other-currency"]);
}

#[test]
fn what_went_out_in_a_column_of_its_own_is_no_line_that_cannot_be_read() {
    let table = "Datum;Naam;Credit;Debet;Mededeling\n04/12/2026;Anna;10,00;;x\n04/12/2026;Shop;;20,00;y\n";
    let found = read(table.as_bytes(), None);
    assert_eq!((found.payments.len(), found.notes.len()), (1, 0), "{found:?}");
}

#[test]
fn a_row_says_which_line_it_is_and_what_stands_there() {
    let own = Iban::parse("BE68 5390 0754 7034").expect("an account");
    let found = read(
        "Datum;Bedrag\n31/11/2026;10,00\n04/12/2026;10,0x\n".as_bytes(),
        Some(&own),
    );
    let said: Vec<String> = found
        .notes
        .iter()
        .map(|note| atelier_core::words::Language::En.say(note))
        .collect();
    assert!(said[0].contains("Line 2") && said[0].contains("31/11/2026"), "{said:?}");
    assert!(said[1].contains("Line 3") && said[1].contains("10,0x"), "{said:?}");
}

/// A statement of one payment, as its bank numbers it: day, statement, sequence.
fn coda(number: &str, sequence: &str) -> Vec<u8> {
    let text = std::fs::read_to_string(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/fixtures/statements/B01-coda-structured-101.cod"
    ));
    let text = text
        .expect("a file")
        .replace("BE68539007547034", "BE66363222479543")
        .replace("001\r\n21", &format!("{number}\r\n21"));
    let text = text.replace("2100010000", &format!("21{sequence}0000"));
    text.replace("2200010000", &format!("22{sequence}0000"))
        .replace("2300010000", &format!("23{sequence}0000"))
        .into_bytes()
}

/// An order whose deposit was asked for, three days ago.
fn asked_for_its_deposit() -> (Shop, String) {
    let mut shop = Shop::of("laurence-vandenborre").on("2026-12-02");
    let project = shop.order();
    shop.takes(
        &project,
        atelier_core::counter::Step::RequestPayment(steps::RequestPayment {
            kind: "deposit".into(),
            due: String::new(),
        }),
    );
    shop.turn_to("2026-12-05");
    (shop, project)
}

#[test]
fn a_payment_is_booked_once_by_its_place_in_its_statement() {
    let (mut shop, project) = asked_for_its_deposit();
    let proposed = |shop: &mut Shop, bytes: Vec<u8>| match shop.asks(&Question::Statement { bytes }) {
        Answer::Statement(StatementView { mut payments, .. }) => payments.remove(0),
        other => panic!("{other:?}"),
    };
    let first = proposed(&mut shop, coda("001", "0001"));
    assert!(!first.booked && first.project.as_ref() == Some(&project), "{first:?}");
    let book = |place: &str| {
        atelier_core::counter::Step::BookPayment(steps::BookPayment {
            amount: first.typed.0.clone(),
            method: "transfer".into(),
            day: first.typed.1.clone(),
            reference: first.reference.clone(),
            place: place.into(),
            ..steps::BookPayment::default()
        })
    };
    shop.sure = true;
    shop.takes(&project, book(&first.place));
    assert!(proposed(&mut shop, coda("001", "0001")).booked, "the same file again");
    assert!(
        !proposed(&mut shop, coda("001", "0002")).booked,
        "an equal one of that day is another"
    );
    assert!(
        !proposed(&mut shop, coda("002", "0001")).booked,
        "and so is that of another statement"
    );
    assert_eq!(
        shop.may_not(&project, book(&first.place)),
        atelier_core::refusal::NotNow::PaymentBooked.into()
    );
    // As CSV of the same bank it is that payment, whose place is written otherwise.
    let table = "Datum;Bedrag;Naam tegenpartij;Mededeling\n04/12/2026;1649,89;PEETERS ANNA;+++000/0000/00101+++\n";
    assert!(proposed(&mut shop, table.into()).booked);
}

#[test]
fn two_equal_payments_of_a_day_are_two() {
    let (mut shop, project) = asked_for_its_deposit();
    let row = "04/12/2026;500,00;Anna;+++000/0000/00101+++\n";
    let bytes = format!("Datum;Bedrag;Naam tegenpartij;Mededeling\n{row}{row}").into_bytes();
    let booked = |shop: &mut Shop| -> Vec<bool> {
        match shop.asks(&Question::Statement { bytes: bytes.clone() }) {
            Answer::Statement(StatementView { payments, .. }) => {
                payments.iter().map(|payment| payment.booked).collect()
            }
            other => panic!("{other:?}"),
        }
    };
    assert_eq!(booked(&mut shop), [false, false]);
    let book = atelier_core::counter::Step::BookPayment(steps::BookPayment {
        amount: "500".into(),
        method: "transfer".into(),
        day: "4/12/2026".into(),
        reference: "+++000/0000/00101+++".into(),
        ..steps::BookPayment::default()
    });
    shop.takes(&project, book.clone());
    assert_eq!(booked(&mut shop), [true, false]);
    shop.takes(&project, book);
    assert_eq!(booked(&mut shop), [true, true]);
}
