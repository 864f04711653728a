//! A client's own data: what they ask is answered within a month, what they are told is everything, and what is erased is gone.

use atelier_core::counter::{Action, Answer, Book, CaseStep, DataView, Export, Question, Step, case_steps, steps};
use atelier_core::refusal::Refusal;
use atelier_core::store::journal;
use atelier_core::terms::ProjectKind;
use atelier_tests::{
    Shop, accept, card, collect, gold_ring, hand_back, inspection, notice, parcel, quote_form, sketch,
};

fn data(shop: &mut Shop, client: &str) -> DataView {
    match shop.asks(&Question::ClientData { client: client.into() }) {
        Answer::ClientData(view) => view,
        other => panic!("no data: {other:?}"),
    }
}

fn asks_for(client: &str, right: &str) -> Action {
    Action::AskData {
        client: client.into(),
        right: right.into(),
        day: String::new(),
    }
}

/// A sale that is delivered and paid, and a withdrawal that is refunded: everything that is open is done.
fn a_client_with_a_past(house: &str) -> (Shop, String) {
    let mut shop = Shop::of(house).on("2026-11-02");
    let project = shop.sells_by_mail(ProjectKind::Stock, "1210", "2026-11-06");
    let case = shop.opens_case(&project, "withdrawal", &[]);
    shop.sees_to(&case, notice("I, Anna, withdraw."));
    shop.sees_to(&case, parcel(""));
    shop.refunds(&case, "1210");
    let client = shop.case(&case).client.id;
    (shop, client)
}

#[test]
fn a_request_is_due_in_a_month_whatever_the_house_promises() {
    // Laurence Vandenborre's terms say forty-five days.
    for house in ["laurence-vandenborre", "blank"] {
        let mut shop = Shop::of(house).on("2027-01-31");
        let client = shop
            .does(&Action::AddClient { card: card("Anna") })
            .client
            .expect("a client");
        shop.does(&asks_for(&client, "copy"));
        let Answer::Today(today) = shop.asks(&Question::Today {
            by: String::new(),
            whole: None,
        }) else {
            panic!("no today")
        };
        let task = today
            .tasks()
            .into_iter()
            .find(|task| task.place == "client")
            .expect("the task");
        assert_eq!(
            (task.day.as_str(), task.client.as_str()),
            ("28/02/2027", "Anna"),
            "{house}"
        );
        shop.does(&Action::GiveData { client: client.clone() });
        assert!(data(&mut shop, &client).due.is_empty(), "{house}");
    }
}

#[test]
fn a_copy_holds_everything_on_paper_and_as_data() {
    let (mut shop, client) = a_client_with_a_past("uniglo");
    let paper = shop
        .does(&Action::GiveData { client: client.clone() })
        .paper
        .expect("a paper");
    assert!(shop.counter.paper(&paper).expect("its bytes").1.starts_with(b"%PDF"));
    let context = shop.context();
    let (_, bytes) = shop
        .counter
        .export(&Export::ClientData { client }, &context)
        .expect("the data");
    let text = String::from_utf8(bytes).expect("text");
    for wanted in [
        "Anna Łukaszewska",
        "anna@example.be",
        "I, Anna, withdraw.",
        "1210.00",
        "P2026-0001",
        "C2026-0001",
        "refund",
    ] {
        assert!(text.contains(wanted), "{wanted} is missing");
    }
}

#[test]
fn a_correction_keeps_what_the_card_said_before() {
    let mut shop = Shop::of("blank");
    let client = shop
        .does(&Action::AddClient { card: card("Anna") })
        .client
        .expect("a client");
    shop.does(&asks_for(&client, "correction"));
    let corrected = atelier_core::client::Card {
        street: "Nieuwstraat 1".into(),
        ..card("Anna")
    };
    shop.does(&Action::EditClient {
        id: client.clone(),
        version: 1,
        card: corrected,
    });
    let page = data(&mut shop, &client);
    assert!(page.due.is_empty(), "the correction answers the request");
    assert!(
        page.history
            .iter()
            .any(|line| line.text.contains("Street") && line.words == "Meir 12"),
        "{:?}",
        page.history
    );
}

#[test]
fn nobody_is_forgotten_while_something_is_open() {
    let mut shop = Shop::of("uniglo").on("2026-11-02");
    let project = shop.sells_by_mail(ProjectKind::Stock, "1210", "2026-11-06");
    let case = shop.opens_case(&project, "repair", &[]);
    shop.sees_to(&case, parcel(""));
    let client = shop.case(&case).client.id;
    assert_eq!(
        shop.is_refused(&Action::EraseClient { client: client.clone() }),
        Refusal::StillOpen {
            numbers: "C2026-0001".into()
        }
    );
    shop.sees_to(&case, hand_back());
    shop.sees_to(
        &case,
        CaseStep::CloseCase(case_steps::CloseCase { reason: "done".into() }),
    );
    shop.does(&Action::EraseClient { client });
}

#[test]
fn what_is_erased_is_gone_and_what_accounting_needs_stays() {
    let (mut shop, client) = a_client_with_a_past("uniglo");
    let file = shop.does(&Action::KeepFile {
        name: "anna.pdf".into(),
        bytes: b"a letter".to_vec(),
    });
    assert!(file.file.is_some());
    shop.does(&asks_for(&client, "erasure"));
    // What is half typed at a dossier of theirs names nobody, and may hold their words all the same.
    let context = shop.context();
    for number in ["P2026-0001", "C2026-0001"] {
        let Answer::Found(found) = shop.asks(&Question::Search { text: number.into() }) else {
            panic!("no {number}")
        };
        let of = found.exact.expect("a dossier").id;
        let body = format!(r#"{{"of":"{of}","doing":"note-fact","typed":{{"words":"I, Anna, ask"}}}}"#);
        shop.counter
            .save_draft(&format!("steps-{of}"), &context.who, &body, &context)
            .expect("kept");
    }
    let receipts: Vec<String> = shop
        .everything()
        .into_iter()
        .filter(|line| line.starts_with("paper:") && line.contains("payment-receipt"))
        .collect();
    shop.does(&Action::EraseClient { client: client.clone() });
    let page = data(&mut shop, &client);
    assert!(page.erased && page.due.is_empty());
    let Answer::Start(start) = shop.asks(&Question::Start) else {
        panic!("no start")
    };
    assert!(start.drafts.is_empty(), "{:?}", start.drafts);
    let everything = shop.everything();
    // Papers are compressed: their rows are looked at by what they hold, below.
    for personal in [
        "Łukaszewska",
        "lukaszewska",
        "475 12 34 56",
        "anna@example.be",
        "Meir 12",
    ] {
        let found: Vec<&String> = everything.iter().filter(|line| line.contains(personal)).collect();
        assert!(found.is_empty(), "{personal} still stands in {found:?}");
    }
    let kept: Vec<String> = everything
        .into_iter()
        .filter(|line| line.starts_with("paper:") && line.contains("payment-receipt"))
        .collect();
    assert_eq!(kept, receipts, "a receipt is kept as it is");
    // What the client wrote stands in the register of withdrawals, which is proof, and nowhere else.
    let everything = shop.everything();
    let words: Vec<&String> = everything
        .iter()
        .filter(|line| line.contains("I, Anna, withdraw."))
        .collect();
    assert!(words.len() == 1 && words[0].starts_with("case_happening:"), "{words:?}");
    // The quote is no paper of accounting: its number and hash stay.
    let quote = shop.counter.paper("Q2026-0001");
    assert!(
        matches!(quote, Err(atelier_core::store::Trouble::Refused(Refusal::PaperErased))),
        "{quote:?}"
    );
    assert!(
        shop.counter.paper("U2026-0001").is_ok(),
        "the acknowledgement answers a claim"
    );
    // The chain still proves, and the journal can be acted out again, with nobody in it.
    let proven = shop.counter.store().read(journal::prove).expect("a journal");
    assert!(proven.is_ok(), "entry {proven:?}");
    let replayed = shop.replayed();
    assert!(
        replayed
            .iter()
            .all(|line| !line.contains("Łukaszewska") && !line.contains("I, Anna"))
    );
    assert_eq!(
        replayed.iter().filter(|line| line.starts_with("journal:")).count(),
        shop.everything()
            .iter()
            .filter(|line| line.starts_with("journal:"))
            .count()
    );
    // Ten years on, its term is over: erased again, the receipts go too.
    shop.turn_to("2037-01-01");
    shop.does(&Action::EraseClient { client });
    assert!(shop.everything().iter().all(|line| !line.contains("I, Anna")));
    assert!(matches!(
        shop.counter.paper("K2026-0001"),
        Err(atelier_core::store::Trouble::Refused(Refusal::PaperErased))
    ));
}

#[test]
fn an_answer_about_data_tells_what_the_terms_say_of_such_requests() {
    let (mut shop, client) = a_client_with_a_past("laurence-vandenborre");
    shop.does(&asks_for(&client, "erasure"));
    let paper = shop
        .does(&Action::AnswerData {
            client,
            right: "erasure".into(),
            reason: "The invoice is kept for ten years.".into(),
        })
        .paper
        .expect("a paper");
    let number = shop.counter.paper(&paper).expect("its bytes").0;
    let number = number.trim_end_matches(".pdf").to_owned();
    let answer = shop.paper_text(&number);
    for said in ["gedateerd en ondertekend", "LV art. 23", "kosteloos verzetten"] {
        assert!(answer.contains(said), "{said}: {answer}");
    }
}

/// A client's whole life at the counter, with a word of its own in every field that anybody types into.
fn a_marked_life(file: &std::path::Path) -> (Shop, String) {
    let mut shop = Shop::in_file("laurence-vandenborre", file).on("2026-12-02");
    shop.notes_gold("3500");
    shop.marks = Some(Vec::new());
    let photo = |shop: &mut Shop| {
        let kept = Action::KeepPhoto {
            name: "sketch.png".into(),
            bytes: sketch(),
        };
        shop.does(&kept).photo.expect("a photo")
    };
    let mut ring = gold_ring();
    ring.photos = vec![photo(&mut shop)];
    ring.stones[0].note = "chipped".into();
    ring.metals[0].tested = "by acid".into();
    let project = shop.takes_in(ring);
    shop.accepts(&project);
    shop.values(&project, "15");
    let mut quote = quote_form("4235", "31/01/2027");
    quote.intro = "a ring".into();
    quote.drawings = vec![photo(&mut shop)];
    shop.does(&Action::IssueQuote {
        project: project.clone(),
        form: quote,
    });
    shop.takes(&project, accept());
    shop.takes(&project, Step::NoteSize(steps::NoteSize { finger: "54".into() }));
    let file = shop.does(&Action::KeepFile {
        name: "letter.pdf".into(),
        bytes: b"zqxfile".to_vec(),
    });
    shop.takes(
        &project,
        Step::AddNote(steps::AddNote {
            note: "a note".into(),
            file: file.file.expect("a file"),
        }),
    );
    shop.pays(&project, "3299,77");
    shop.approves_design(&project);
    shop.takes(&project, Step::Finish(steps::Finish { day: String::new() }));
    shop.takes(
        &project,
        Step::Remind(steps::Remind {
            registered: "RR1".into(),
            day: String::new(),
        }),
    );
    // A word of ours stands in the place of the metal's name too.
    shop.settles(&project, "12", "melted");
    shop.settles(&project, "", "set");
    shop.takes(&project, collect());
    let client = shop.project(&project).client.id;
    shop.does(&Action::NoteClient {
        client: client.clone(),
        note: "likes blue".into(),
        file: String::new(),
    });
    // What is sold by mail is another client's, who proves to be the same one.
    let sold = shop.sells_by_mail(ProjectKind::Stock, "1210", "2026-12-04");
    let other = shop.project(&sold).client.id;
    shop.does(&Action::MergeClients {
        kept: client.clone(),
        gone: other,
    });
    let case = shop.opens_case(&sold, "withdrawal", &[]);
    shop.sees_to(&case, notice("I withdraw"));
    shop.sees_to(&case, parcel(""));
    shop.sees_to(&case, inspection("beyond", "worn", "100"));
    shop.refunds(&case, "1110");
    let context = shop.context();
    for (id, body) in [
        ("note-x", format!("{{\"note\":\"zqxdraft\",\"client\":\"{client}\"}}")),
        ("correct-x", format!("{{\"note\":\"zqxdraft\",\"of\":\"{project}\"}}")),
    ] {
        shop.counter
            .save_draft(id, &context.who, &body, &context)
            .expect("a draft");
    }
    (shop, client)
}

/// Whatever was typed of a client is gone once they are erased, from every row and every byte: but what accounting must keep, and
/// after ten years that too.
#[test]
fn nothing_that_was_typed_of_a_client_is_left_once_they_are_erased() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("atelier.db");
    let (mut shop, client) = a_marked_life(&file);
    let marks = shop.marks.take().expect("marks");
    let fields: std::collections::BTreeSet<&str> = marks.iter().map(|(_, field)| field.as_str()).collect();
    assert!(marks.len() > 50 && fields.len() > 20, "{} in {fields:?}", marks.len());
    let found = |shop: &mut Shop| -> Vec<String> {
        let rows = shop.everything();
        let in_rows = rows
            .iter()
            .flat_map(|row| {
                marks
                    .iter()
                    .filter(|(mark, _)| row.contains(mark.as_str()))
                    .map(move |mark| (row, mark))
            })
            .map(|(row, (mark, field))| format!("{field} {mark}: {}", &row[..row.len().min(160)]));
        in_rows.collect()
    };
    assert!(found(&mut shop).len() > 50);
    shop.does(&Action::EraseClient { client: client.clone() });
    let kept =
        |line: &String| line.contains(": ledger: ") || line.contains(": case_happening: ") && line.contains("noticed");
    let left: Vec<String> = found(&mut shop).into_iter().filter(|line| !kept(line)).collect();
    assert!(left.is_empty(), "{}", left.join("\n"));
    assert!(shop.counter.store().check().expect("a check").problems.is_empty());
    // Ten years on nothing is kept by anybody, in no row and in no byte of the file or its log.
    shop.turn_to("2037-02-01");
    shop.does(&Action::EraseClient { client });
    let left = found(&mut shop);
    assert!(left.is_empty(), "{}", left.join("\n"));
    assert!(shop.counter.store().check().expect("a check").problems.is_empty());
    for file in std::fs::read_dir(folder.path()).expect("the folder").flatten() {
        let bytes = std::fs::read(file.path()).expect("its bytes");
        let held = |word: &[u8]| bytes.windows(word.len()).any(|part| part == word);
        for (mark, field) in marks.iter().chain([&("zqxdraft".to_owned(), "a draft".to_owned())]) {
            assert!(!held(mark.as_bytes()), "{field} {mark} in {}", file.path().display());
        }
        assert!(!held(b"zqxfile"), "a file in {}", file.path().display());
    }
}

/// Erasing one takes nothing of others: not of a house of the same name, not of who bears a longer one.
#[test]
fn erasing_a_client_takes_nothing_of_anybody_elses() {
    let mut shop = Shop::of("laurence-vandenborre").on("2026-12-02");
    let add = |shop: &mut Shop, name: &str| {
        let added = shop.does(&Action::AddClient { card: card(name) });
        added.client.expect("a client")
    };
    let gone = add(&mut shop, "Marc Laurence Gold");
    add(&mut shop, "Marcella Laurenceau");
    shop.does(&Action::KeepPhoto {
        name: "laurenceau ring.png".into(),
        bytes: sketch(),
    });
    let before = shop.replayed();
    shop.does(&Action::EraseClient { client: gone });
    let after = shop.replayed();
    let rows = |rows: &[String], wanted: &str| rows.iter().filter(|row| row.contains(wanted)).count();
    for wanted in [
        "Marcella Laurenceau",
        "Laurence Vandenborre",
        "laurenceau ring.png",
        "\"Laurence\"",
    ] {
        assert_eq!(rows(&after, wanted), rows(&before, wanted), "{wanted}");
    }
    assert_eq!(rows(&after, "Marc Laurence Gold"), 0);
}

/// Who sold old gold is known for seven years, an erasure or not; what was bought is known for good.
#[test]
fn who_sold_gold_stays_known_for_seven_years() {
    let mut shop = Shop::of("laurence-vandenborre").on("2026-12-02");
    let project = shop.order();
    shop.buys_gold(&project);
    shop.pays(&project, "3299,77");
    shop.approves_design(&project);
    shop.settles(&project, "Shank", "melted");
    shop.settles(&project, "", "set");
    shop.takes(&project, Step::Finish(steps::Finish { day: String::new() }));
    shop.takes(&project, collect());
    let client = shop.project(&project).client.id;
    let sellers = |shop: &mut Shop| -> Vec<String> {
        let book = Question::Book {
            book: Book::Gold,
            year: 2026,
            month: 12,
        };
        match shop.asks(&book) {
            Answer::Book(view) => view.table.rows.into_iter().map(|row| row[2].clone()).collect(),
            other => panic!("{other:?}"),
        }
    };
    for (day, seller) in [
        ("2026-12-20", "Anna Łukaszewska"),
        ("2033-12-02", "Anna Łukaszewska"),
        ("2033-12-03", ""),
    ] {
        shop.turn_to(day);
        shop.does(&Action::EraseClient { client: client.clone() });
        assert_eq!(sellers(&mut shop), [seller], "{day}");
    }
}

/// A photo or file of a form that was given up goes after a day; one that anything names stays.
#[test]
fn what_was_attached_to_nothing_goes_after_a_day() {
    let mut shop = Shop::of("laurence-vandenborre").on("2026-12-02");
    let photo = |shop: &mut Shop| {
        let kept = Action::KeepPhoto {
            name: "given up.png".into(),
            bytes: sketch(),
        };
        shop.does(&kept).photo.expect("a photo")
    };
    let (given_up, half_typed, attached) = (photo(&mut shop), photo(&mut shop), photo(&mut shop));
    let mut ring = gold_ring();
    ring.photos = vec![attached.clone()];
    shop.takes_in(ring);
    let order = shop.order();
    shop.approves_design(&order);
    let context = shop.context();
    let draft = format!("{{\"photos\":[\"{half_typed}\"]}}");
    shop.counter
        .save_draft("intake-x", &context.who, &draft, &context)
        .expect("a draft");
    assert_eq!(shop.counter.sweep(&context).expect("swept"), 0);
    shop.turn_to("2026-12-04");
    let context = shop.context();
    assert_eq!(shop.counter.sweep(&context).expect("swept"), 1);
    let rows = shop.everything();
    let there = |id: &str| rows.iter().any(|row| row.starts_with("photo: ") && row.contains(id));
    assert!(!there(&given_up) && there(&half_typed) && there(&attached));
    assert!(shop.counter.store().check().expect("a check").problems.is_empty());
}
