//! What a jeweller types: days in short, cards of another program, mails, and a page that says what is so.

use atelier_core::client::Card;
use atelier_core::contacts::{self, Column};
use atelier_core::counter::{Action, Answer, Imported, Question, Step, steps};
use atelier_core::refusal::Refusal;
use atelier_core::typed_day::near;
use atelier_core::words::Language;
use atelier_tests::{Shop, gold_ring};
use rstest::rstest;

#[rstest]
#[case("3/12", "2026-12-03")]
#[case("3.12.26", "2026-12-03")]
#[case("3-1", "2027-01-03")]
#[case("3 dec", "2026-12-03")]
#[case("3 december 2027", "2027-12-03")]
#[case("1er janvier", "2027-01-01")]
#[case("15 août 2027", "2027-08-15")]
#[case("3. März", "2027-03-03")]
#[case("dec 24", "2026-12-24")]
#[case("30 mei", "2027-05-30")]
#[case("vandaag", "2026-12-02")]
#[case("morgen", "2026-12-03")]
#[case("Overmorgen", "2026-12-04")]
#[case("après-demain", "2026-12-04")]
#[case("gestern", "2026-12-01")]
#[case("tomorrow", "2026-12-03")]
#[case("+14", "2026-12-16")]
#[case("+2w", "2026-12-16")]
#[case("-3", "2026-11-29")]
#[case("vrijdag", "2026-12-04")]
#[case("mercredi", "2026-12-09")]
#[case("2026-12-24", "2026-12-24")]
#[case("24/12/2026", "2026-12-24")]
fn a_day_is_read_as_people_type_it(#[case] typed: &str, #[case] day: &str) {
    let today = "2026-12-02".parse().expect("a day");
    assert_eq!(near(typed, today), day.parse().ok(), "{typed}");
}

#[rstest]
#[case("")]
#[case("31/2")]
#[case("3/13")]
#[case("soon")]
#[case("+9999")]
#[case("ma")]
#[case("29 feb 2027")]
#[case("12345")]
fn what_is_no_day_is_none(#[case] typed: &str) {
    assert_eq!(near(typed, "2026-12-02".parse().expect("a day")), None, "{typed}");
}

#[test]
fn a_day_typed_in_short_is_taken_by_a_step() {
    let mut shop = Shop::of("laurence-vandenborre").on("2026-12-02");
    let project = shop.order();
    shop.turn_to("2026-12-04");
    let mut pays = atelier_tests::pay("1649,89", "transfer");
    if let Step::BookPayment(payment) = &mut pays {
        payment.day = "gisteren".into();
    }
    shop.takes(&project, pays);
    assert_eq!(
        shop.project(&project).ledger.last().expect("an entry").day,
        "03/12/2026"
    );
    let finger = Step::NoteSize(steps::NoteSize { finger: "54".into() });
    shop.takes(&project, finger);
}

/// A calendar around what was typed.
#[test]
fn a_typed_day_is_said_back_in_full_with_its_month() {
    let mut shop = Shop::of("laurence-vandenborre").on("2026-12-02");
    let Answer::Day(view) = shop.asks(&Question::ReadDay {
        text: "24 dec".into(),
        month: None,
    }) else {
        panic!("no day")
    };
    assert_eq!(
        (view.typed.as_str(), view.said.as_str()),
        ("24/12/2026", "Thu 24 December 2026")
    );
    assert_eq!(view.title, "December 2026");
    let chosen: Vec<u32> = view
        .weeks
        .iter()
        .flatten()
        .filter(|day| day.chosen)
        .map(|day| day.number)
        .collect();
    assert_eq!(chosen, [24]);
    // Christmas is nobody's working day.
    assert!(
        view.weeks
            .iter()
            .flatten()
            .any(|day| day.number == 25 && day.inside && day.off)
    );
}

#[test]
fn a_postcode_knows_its_towns() {
    let mut shop = Shop::of("blank");
    let mut towns = |postcode: &str| match shop.asks(&Question::Towns {
        postcode: postcode.into(),
    }) {
        Answer::Towns(towns) => towns,
        other => panic!("{other:?}"),
    };
    assert_eq!(towns("2000"), ["Antwerpen"]);
    assert_eq!(towns("B-2018").first().map(String::as_str), Some("Antwerpen"));
    assert!(towns("1000").contains(&"Bruxelles".to_owned()));
    assert!(towns("4000").contains(&"Liège".to_owned()));
    assert!(towns("0000").is_empty() && towns("").is_empty());
    assert!(atelier_core::places::postcodes("liege").contains(&"4000"));
}

fn names(read: &contacts::Contacts) -> Vec<&str> {
    read.rows.iter().map(|(_, card)| card.name.as_str()).collect()
}

#[test]
fn clients_of_a_spreadsheet_are_read_by_their_heads() {
    let csv = "sep=;\r\nVoornaam;Achternaam;Straat;Huisnummer;Postcode;GSM;Telefoon;E-mailadres;Ringmaat;Geboortedatum\r\n\
               Jan;Peeters;Meir;12;2000;0475 12 34 56;03 233 44 55;jan@example.be;58;3/12/1970\r\n\
               ;;;;;;;;;\r\n\
               Élise;Van den Berghe;\"Rue de la Loi\n(bus 3)\";16;1000;;;;;\r\n";
    let bytes = encoding_of(csv);
    let read = contacts::read(&bytes, &[], Language::Nl);
    assert_eq!(names(&read), ["Jan Peeters", "Élise Van den Berghe"]);
    let (line, jan) = &read.rows[0];
    assert_eq!(*line, 3);
    assert_eq!(
        (
            jan.street.as_str(),
            jan.postcode.as_str(),
            jan.city.as_str(),
            jan.country.as_str()
        ),
        ("Meir 12", "2000", "Antwerpen", "BE")
    );
    assert_eq!(
        (jan.phone.as_str(), jan.second_contact.as_str()),
        ("0475 12 34 56", "03 233 44 55")
    );
    assert_eq!((jan.sizes.as_str(), jan.dates.as_str()), ("58", "3/12/1970"));
    assert!(read.unread.is_empty());
}

/// As an older program of the trade writes it: windows-1252.
fn encoding_of(text: &str) -> Vec<u8> {
    text.chars()
        .map(|c| u8::try_from(u32::from(c)).unwrap_or(b'?'))
        .collect()
}

#[test]
fn a_column_can_be_taken_for_something_else() {
    let csv = "a,b,c\nAnna,0475,x\n";
    let read = contacts::read(csv.as_bytes(), &[], Language::En);
    assert_eq!(names(&read), Vec::<&str>::new());
    assert_eq!(read.unread, [2]);
    let read = contacts::read(
        csv.as_bytes(),
        &[Column::Name, Column::Phone, Column::Nothing],
        Language::En,
    );
    assert_eq!(names(&read), ["Anna"]);
}

#[test]
fn visiting_cards_are_read_one_by_one_and_a_broken_one_costs_only_itself() {
    let cards = "BEGIN:VCARD\r\nVERSION:3.0\r\nN:Nguyễn;Minh;;;\r\nFN:Minh Nguyễn\r\nTEL;TYPE=CELL:+32 475 00 11 22\r\n\
                 EMAIL:minh@example.be\r\nADR;TYPE=HOME:;;Kerkstraat 3;Gent;;9000;België\r\nEND:VCARD\r\n\
                 BEGIN:VCARD\r\nVERSION:4.0\r\nTEL:1\r\nEND:VCARD\r\n\
                 BEGIN:VCARD\r\nVERSION:2.1\r\nN:Peeters;Jan\r\nEND:VCARD\r\n";
    let read = contacts::read(cards.as_bytes(), &[], Language::Nl);
    assert_eq!(names(&read), ["Minh Nguyễn", "Jan Peeters"]);
    let minh: &Card = &read.rows[0].1;
    assert_eq!(
        (
            minh.street.as_str(),
            minh.postcode.as_str(),
            minh.city.as_str(),
            minh.country.as_str()
        ),
        ("Kerkstraat 3", "9000", "Gent", "BE")
    );
    assert_eq!(read.unread.len(), 1);
}

#[test]
fn what_is_said_of_a_column_is_not_what_stands_in_it_and_every_card_is_read() {
    use atelier_core::contacts::read;
    let corpus = |name: &str| {
        let path = format!("{}/fuzz/corpus/contacts/{name}", env!("CARGO_MANIFEST_DIR"));
        std::fs::read(path).expect("a file")
    };
    let google = read(&corpus("google.csv"), &[], Language::En);
    let (_, card) = &google.rows[0];
    assert_eq!(
        (card.name.as_str(), card.email.as_str(), card.phone.as_str()),
        ("Anna Peeters", "anna@example.com", "+32 475 12 34 56")
    );
    let cards = read(&corpus("cards.vcf"), &[], Language::En);
    let names: Vec<&str> = cards.rows.iter().map(|(_, card)| card.name.as_str()).collect();
    assert_eq!(names, ["Anna Peeters", "Minh Nguyen"]);
    assert!(cards.unread.is_empty());
    let abroad = read(b"naam;postcode;land\nAnna;1020;Luxemburg\n", &[], Language::Nl);
    assert_eq!(abroad.rows[0].1.city, "");
}

#[test]
fn a_year_half_typed_is_no_day() {
    use atelier_core::typed_day::near;
    let today = "2026-12-02".parse().expect("a day");
    for half in ["3/12/2", "3/12/202", "1/2/3", "3/12/20266", "3 dec 202"] {
        assert_eq!(near(half, today), None, "{half}");
    }
    for whole in ["3/12/26", "3/12/2026", "3 dec 26"] {
        assert_eq!(near(whole, today), "2026-12-03".parse().ok(), "{whole}");
    }
}

#[test]
fn an_import_brings_all_clients_or_none() {
    let mut shop = Shop::of("laurence-vandenborre").on("2026-12-02");
    shop.takes_in(gold_ring());
    let csv = "name;phone;email\nBert Maes;03 1;bert@example.be\nAnna Łukaszewska;+32 475 12 34 56;\nCarl;;no mail\n";
    let Answer::Contacts(view) = shop.asks(&Question::CheckContacts {
        bytes: csv.as_bytes().to_vec(),
        columns: Vec::new(),
    }) else {
        panic!("no contacts")
    };
    assert_eq!(view.rows.len(), 3);
    assert!(
        view.rows[1].like.contains(&"Anna Łukaszewska".to_owned()),
        "{:?}",
        view.rows[1]
    );
    assert_eq!(view.rows[2].problems.len(), 1);
    let brings = |rows: &[usize]| Action::ImportClients {
        clients: rows
            .iter()
            .map(|row| Imported {
                card: view.rows[*row].card.clone(),
            })
            .collect(),
    };
    assert!(matches!(shop.is_refused(&brings(&[0, 2])), Refusal::BadEmail { .. }));
    let found = |shop: &mut Shop| match shop.asks(&Question::Search { text: "maes".into() }) {
        Answer::Found(found) => found.clients.len(),
        other => panic!("{other:?}"),
    };
    assert_eq!(found(&mut shop), 0, "nothing half imported");
    assert_eq!(shop.does(&brings(&[0])).imported, Some(1));
    assert_eq!(found(&mut shop), 1);
}

#[test]
fn a_paper_goes_with_a_mail_in_the_clients_language_that_the_house_can_change() {
    let mut shop = Shop::of("laurence-vandenborre").on("2026-12-02");
    let project = shop.takes_in(gold_ring());
    let paper = shop.project(&project).papers[0].id.clone();
    let mail = |shop: &mut Shop| match shop.asks(&Question::Mail { paper: paper.clone() }) {
        Answer::Mail(mail) => mail,
        other => panic!("{other:?}"),
    };
    let usual = mail(&mut shop);
    assert_eq!(usual.to, "anna@example.be");
    assert_eq!(usual.subject, "Ontvangstbewijs R2026-0001 van Laurence Vandenborre");
    assert!(usual.text.starts_with("Beste Anna Łukaszewska,"), "{}", usual.text);
    assert!(usual.text.contains("Laurence\nLaurence Vandenborre"), "{}", usual.text);
    shop.does(&Action::EditMail {
        kind: "intake-receipt".into(),
        language: Language::Nl,
        subject: "Uw stuk bij { house }".into(),
        text: "Dag { name },\n\nuw bewijs { number } 💍".into(),
    });
    let own = mail(&mut shop);
    assert_eq!(own.subject, "Uw stuk bij Laurence Vandenborre");
    assert_eq!(own.text, "Dag Anna Łukaszewska,\n\nuw bewijs R2026-0001 💍");
    shop.does(&Action::EditMail {
        kind: "intake-receipt".into(),
        language: Language::Nl,
        subject: String::new(),
        text: String::new(),
    });
    assert_eq!(mail(&mut shop).text, usual.text);
}

#[test]
fn a_vat_number_needs_no_letters_and_no_first_zero() {
    let mut shop = Shop::of("laurence-vandenborre");
    for typed in ["BE 0786.549.343", "0786549343", "786.549.343", "be0786549343"] {
        let mut card = atelier_tests::card("A firm");
        card.vat_number = typed.into();
        card.phone = "\u{202a}+32 (0)475\u{a0}12 34 56\u{202c}".into();
        let client = shop.does(&Action::AddClient { card }).client.expect("a client");
        let Answer::Client(view) = shop.asks(&Question::Client { id: client }) else {
            panic!("no client")
        };
        assert_eq!(view.card.vat_number, "BE 0786.549.343", "{typed}");
        assert_eq!(view.card.phone, "+32 (0)475 12 34 56");
    }
}

#[test]
fn usual_lines_and_earlier_quotes_are_there_to_copy_from() {
    let mut shop = Shop::of("laurence-vandenborre").on("2026-12-02");
    let project = shop.valued_project();
    shop.quotes(&project, "4235");
    let Answer::QuoteLines(view) = shop.asks(&Question::QuoteLines { text: String::new() }) else {
        panic!("no lines")
    };
    assert_eq!(view.earlier.len(), 1);
    assert!(view.earlier[0].title.contains("Q2026-0001"), "{:?}", view.earlier);
    assert!(!view.usual.is_empty());
    let Answer::QuoteLines(none) = shop.asks(&Question::QuoteLines {
        text: "nothing of the kind".into(),
    }) else {
        panic!("no lines")
    };
    assert!(none.earlier.is_empty() && none.usual.is_empty());
}

#[test]
fn what_a_step_says_becomes_final_is_what_it_issues() {
    let mut shop = Shop::of("laurence-vandenborre").on("2026-12-02");
    let project = shop.order();
    let page = shop.project(&project);
    let pays = page
        .next
        .iter()
        .find(|step| step.step == "book-payment")
        .expect("the step");
    let said = pays.issues.clone();
    let paper = shop
        .takes(&project, atelier_tests::pay("1649,89", "transfer"))
        .paper
        .expect("a receipt");
    let number = shop.counter.paper(&paper).expect("the paper").0;
    assert_eq!(
        said,
        format!("Becomes final: Receipt {number}, numbered, cannot be changed.")
    );
}

#[test]
fn a_project_shows_only_the_stages_of_its_kind() {
    let mut shop = Shop::of("laurence-vandenborre").on("2026-12-02");
    let stages = |shop: &mut Shop, project: &str| -> Vec<(String, bool)> {
        let path = shop.project(project).path;
        path.into_iter().map(|stage| (stage.text, stage.done)).collect()
    };
    let sale = shop.quoted(atelier_core::terms::ProjectKind::Stock, "1210");
    let path = stages(&mut shop, &sale);
    let names: Vec<&str> = path.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(
        names,
        ["Taken in", "Quoted", "Ordered", "Finished", "Delivered", "Closed"]
    );
    assert!(path[1].1 && !path[2].1);
    let redesign = shop.takes_in(gold_ring());
    let piece = shop.project(&redesign).pieces[0].id.clone();
    shop.does(&Action::Decide {
        piece,
        accepted: false,
        reason: "a fake stamp".into(),
    });
    let path = stages(&mut shop, &redesign);
    assert_eq!(path, [("Taken in".to_owned(), true), ("Refused".to_owned(), true)]);
}
