//! Every door through which bytes of strangers come in, as a function of bytes that must return: for the fuzzers, and for the
//! tests that replay what they found.

use crate::Shop;
use atelier_core::aftersales::rma::Rma;
use atelier_core::counter::{Action, Question};
use atelier_core::desk::{Houses, answer_line};
use atelier_core::house::Profile;
use atelier_core::paper::pdf::render;
use atelier_core::paper::{Block, Letterhead, Paper, Sheet};
use atelier_core::payment::{Iban, enterprise_number};
use atelier_core::store::key::Key;
use atelier_core::store::{Store, Trouble};
use atelier_core::words::Language;
use std::cell::RefCell;

/// A door: its name, and what goes through it.
pub type Door = (&'static str, fn(&[u8]));

/// Every door.
pub const DOORS: [Door; 12] = [
    ("photo", photo),
    ("question", question),
    ("statement", statement),
    ("contacts", contacts),
    ("prices", prices),
    ("house", house),
    ("action", action),
    ("asked", asked),
    ("identifier", identifier),
    ("words", words),
    ("backup", backup),
    ("draft", draft),
];

thread_local! {
    /// A house with a project and a case in it, whose store nothing that is only tried may change.
    static SHOP: RefCell<(Shop, usize)> = RefCell::new(a_shop());
}

fn a_shop() -> (Shop, usize) {
    let mut shop = Shop::of("laurence-vandenborre");
    shop.valued_project();
    let rows = shop.everything().len();
    (shop, rows)
}

/// A photo someone drops on the window.
pub fn photo(bytes: &[u8]) {
    let _ = atelier_core::photo::is_heic(bytes);
    let _ = atelier_core::photo::read(bytes);
}

/// A line of questions.
pub fn question(bytes: &[u8]) {
    let answer = answer_line(bytes, Houses::ready_made());
    assert!(answer.get("ok").is_some() != answer.get("error").is_some());
}

/// A statement of the bank: CODA or CSV.
pub fn statement(bytes: &[u8]) {
    SHOP.with_borrow_mut(|(shop, _)| {
        shop.asks(&Question::Statement { bytes: bytes.to_vec() });
    });
}

/// Clients of another program: a table or visiting cards.
pub fn contacts(bytes: &[u8]) {
    SHOP.with_borrow_mut(|(shop, _)| {
        shop.asks(&Question::CheckContacts {
            bytes: bytes.to_vec(),
            columns: Vec::new(),
        });
    });
}

/// A file of gold prices.
pub fn prices(bytes: &[u8]) {
    let csv = String::from_utf8_lossy(bytes).into_owned();
    SHOP.with_borrow_mut(|(shop, _)| {
        shop.asks(&Question::CheckPriceFile {
            csv,
            unit: "ounce".into(),
        });
    });
}

/// A house's terms as a file.
pub fn house(bytes: &[u8]) {
    let _ = Profile::read("house.toml", &String::from_utf8_lossy(bytes));
}

/// Anything that calls itself an action: it is done or refused, and when it is only tried nothing stays of it.
pub fn action(bytes: &[u8]) {
    let Ok(action) = serde_json::from_slice::<Action>(bytes) else {
        return;
    };
    SHOP.with_borrow_mut(|(shop, rows)| {
        let context = shop.context();
        let _ = shop.counter.rehearse(&action, &context);
        assert_eq!(shop.everything().len(), *rows, "something that was only tried stayed");
    });
}

/// Anything that calls itself a question of the screen: it is answered or refused.
pub fn asked(bytes: &[u8]) {
    let Ok(question) = serde_json::from_slice::<Question>(bytes) else {
        return;
    };
    SHOP.with_borrow_mut(|(shop, _)| {
        let context = shop.context();
        let answered = shop.counter.ask(&question, &context);
        assert!(
            matches!(answered, Ok(_) | Err(Trouble::Refused(_))),
            "{question:?}: {:?}",
            answered.err()
        );
    });
}

/// Numbers people type or scan.
pub fn identifier(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let _ = Iban::parse(&text);
    let _ = enterprise_number(&text);
    if let Ok(rma) = Rma::parse(&text) {
        assert_eq!(Rma::parse(&rma.to_string()), Ok(rma));
    }
    if let Some(key) = Key::recovered(&text) {
        assert_eq!(key.recovery().as_deref().and_then(Key::recovered), Some(key));
    }
    let _ = atelier_core::number::typed(&text, 2);
    let _ = atelier_core::typed_day::full(&text);
    let _ = atelier_core::intake::title_of_stamp(&text);
}

/// Words that are printed: on a paper, or refused for a letter the faces lack.
pub fn words(bytes: &[u8]) {
    let text: String = String::from_utf8_lossy(bytes).chars().take(3000).collect();
    let paper = Paper {
        language: Language::Nl,
        title: "T".into(),
        letterhead: Letterhead {
            name: "House".into(),
            ..Letterhead::default()
        },
        issued_at: "2026-12-02T10:00:00+01:00".into(),
        sheet: Sheet::A4,
        blocks: vec![
            Block::Title(text.chars().take(60).collect(), String::new()),
            Block::Text(text.clone()),
            Block::Facts(vec![(text.chars().take(40).collect(), text)]),
        ],
    };
    let _ = render(&paper);
}

/// A file that is said to be a backup.
pub fn backup(bytes: &[u8]) {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("backup.db");
    std::fs::write(&file, bytes).expect("a file");
    if let Ok(checked) = Store::preview(&file, None) {
        // What is looked at may be restored, and opens.
        if checked.problems.is_empty() {
            Store::restore(&folder.path().join("atelier.db"), &file, None, None, "x").expect("restored");
        }
    }
}

/// A form half typed, whatever it holds.
pub fn draft(bytes: &[u8]) {
    let body = String::from_utf8_lossy(bytes).into_owned();
    SHOP.with_borrow_mut(|(shop, _)| {
        let context = shop.context();
        shop.counter
            .save_draft("intake-1", &context.who, &body, &context)
            .expect("kept");
        shop.asks(&Question::Start);
        shop.counter.drop_draft("intake-1", &context.who).expect("gone");
        if let Ok(form) = serde_json::from_str::<atelier_core::intake::IntakeForm>(&body) {
            shop.asks(&Question::CheckIntake { form });
        }
    });
}
