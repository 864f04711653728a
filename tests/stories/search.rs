//! One search over clients and projects.

use atelier_core::counter::{Action, Answer, Export, Question, Report, SortBy, Stage, Step, steps};
use atelier_core::intake::Who;
use atelier_core::refusal::Refusal;
use atelier_core::sheet::{Cell, Writing};
use atelier_core::store::Trouble;
use atelier_core::terms::ProjectKind;
use atelier_tests::{Shop, card, gold_ring, quote_form};

#[rstest::rstest]
#[case::without_stroke("lukasz")]
#[case::start_of_a_word("obri")]
#[case::without_apostrophe("obrien")]
#[case::with_apostrophe("O'Brien")]
#[case::typographic_apostrophe("O’Brien")]
#[case::without_accent("rene")]
#[case::with_accent("René")]
#[case::slashed_o("soren")]
#[case::sharp_s("weiss")]
#[case::ligature("oeuvray")]
#[case::two_words_in_any_order("obrien lukasz")]
#[case::phone_as_stored("+32 475 98 76 54")]
#[case::phone_local("0475/98.76.54")]
#[case::phone_international("0032475987654")]
#[case::phone_beginning("0475 98")]
#[case::phone_with_hyphens("0475-98-76-54")]
#[case::phone_end("987654")]
fn finds(#[case] typed: &str) {
    let mut shop = Shop::of("blank");
    let mut client = card("Łukasz O'Brien-Weiß");
    client.second_contact = "René Sørensen Œuvray".into();
    client.phone = "+32 (0)475 98 76 54".into();
    shop.does(&Action::AddClient { card: client });
    let mut other = card("Bert Peeters");
    other.phone = "03 111 22 33".into();
    other.email = String::new();
    shop.does(&Action::AddClient { card: other });
    assert_eq!(names(&mut shop, typed), ["Łukasz O'Brien-Weiß"], "{typed:?}");
}

/// The names found, in their order.
fn names(shop: &mut Shop, typed: &str) -> Vec<String> {
    match shop.asks(&Question::Search { text: typed.into() }) {
        Answer::Found(found) => found.clients.into_iter().map(|client| client.card.name).collect(),
        other => panic!("{other:?}"),
    }
}

#[rstest::rstest]
#[case::umlaut_as_two_letters("Müller", &["müller", "mueller", "muller", "MUELLER", "mulle"])]
#[case::two_letters_as_umlaut("Mueller", &["müller", "mueller", "muller", "muell"])]
#[case::dutch_ij("Wijns", &["wijns", "wyns", "wij"])]
#[case::dutch_y("Wyns", &["wijns", "wyns"])]
#[case::ij_in_one("Bĳl", &["bijl", "byl"])]
#[case::oe("Boeckx", &["boeckx", "böckx", "bockx"])]
#[case::sharp_s("Weiß", &["weiss", "weiß"])]
#[case::written_together("Vandenberghe", &["vandenberghe", "van den berghe", "berghe", "van denberghe"])]
#[case::written_apart("Van den Berghe", &["vandenberghe", "van den berghe", "vandenberg", "denberghe"])]
#[case::a_letter_wrong("Peeters", &["peters", "peetres", "peetesr", "pweters", "peetters"])]
fn finds_as_people_type(#[case] name: &str, #[case] typed: &[&str]) {
    let mut shop = Shop::of("blank");
    for name in [name, "Katrien Dobbelaere"] {
        shop.does(&Action::AddClient { card: card(name) });
    }
    for typed in typed {
        assert_eq!(names(&mut shop, typed), [name], "{typed}");
    }
}

#[rstest::rstest]
#[case::street("meir 12")]
#[case::postcode("2018")]
#[case::vat_number("BE 0786.549.343")]
#[case::vat_number_bare("0786549343")]
#[case::vat_number_without_its_zero("786.549.343")]
#[case::mail("an.claes@example.be")]
#[case::mail_in_part("an.claes")]
#[case::telephone_in_brackets("+32 (0)3 233 44 55")]
fn finds_by_what_stands_on_the_card(#[case] typed: &str) {
    let mut shop = Shop::of("blank");
    let mut client = card("An Claes");
    client.street = "Meir 12".into();
    client.postcode = "2018".into();
    client.vat_number = "BE0786549343".into();
    client.email = "an.claes@example.be".into();
    client.phone = "03 233 44 55".into();
    shop.does(&Action::AddClient { card: client });
    let mut other = card("Bert Peeters");
    (other.street, other.postcode, other.phone) = ("Kammenstraat 1".into(), "9000".into(), "09 111 22 33".into());
    shop.does(&Action::AddClient { card: other });
    assert_eq!(names(&mut shop, typed), ["An Claes"], "{typed}");
}

#[test]
fn what_is_right_to_the_letter_comes_before_what_is_nearly() {
    let mut shop = Shop::of("blank");
    for name in ["Ann Peeters", "Zoë Peters"] {
        shop.does(&Action::AddClient { card: card(name) });
    }
    assert_eq!(names(&mut shop, "peters"), ["Zoë Peters", "Ann Peeters"]);
    assert_eq!(names(&mut shop, "peeters"), ["Ann Peeters", "Zoë Peters"]);
    assert_eq!(
        names(&mut shop, "2000"),
        names(&mut shop, ""),
        "figures are right or they are not"
    );
}

/// Married, or put right: who knew the name of before finds the client, the project and the case.
#[test]
fn a_renamed_client_is_found_by_both_names_in_every_list_and_forgotten_by_both() {
    let mut shop = Shop::of("uniglo").on("2026-11-02");
    let sold = shop.sells_by_mail(atelier_core::terms::ProjectKind::Stock, "1210", "2026-11-06");
    let case = shop.opens_case(&sold, "withdrawal", &[]);
    let id = shop.project(&sold).client.id;
    let found = |shop: &mut Shop, typed: &str| match shop.asks(&Question::Search { text: typed.into() }) {
        Answer::Found(found) => (
            found.clients.iter().any(|client| client.id == id),
            found.projects.iter().any(|line| line.id == sold),
            found.cases.iter().any(|line| line.id == case),
        ),
        other => panic!("{other:?}"),
    };
    let before = shop.project(&sold).client.card.name;
    let mut changed = shop.project(&sold).client;
    changed.card.name = "Wilhelmina Dobbelaere".into();
    shop.does(&Action::EditClient {
        id: id.clone(),
        version: changed.version,
        card: changed.card,
    });
    for typed in [before.as_str(), "dobbelaere", "dobelaere"] {
        assert_eq!(found(&mut shop, typed), (true, true, true), "{typed}");
    }
}

#[rstest::rstest]
#[case::full_number("P2026-0001")]
#[case::without_leading_zeroes("1")]
#[case::client("lukaszewska")]
#[case::envelope("E-0001")]
fn finds_the_project(#[case] typed: &str) {
    let mut shop = Shop::of("blank");
    shop.takes_in(gold_ring());
    match shop.asks(&Question::Search { text: typed.into() }) {
        Answer::Found(found) => assert_eq!(found.projects.len(), 1, "{typed:?}"),
        other => panic!("{other:?}"),
    }
}

#[test]
fn signs_of_a_pattern_are_no_pattern() {
    let mut shop = Shop::of("blank");
    shop.does(&Action::AddClient {
        card: card("Bert Peeters"),
    });
    for typed in ["%", "_", "' OR 1=1 --", "MATCH \""] {
        match shop.asks(&Question::Search { text: typed.into() }) {
            // Signs alone say nothing, and so leave everything; words beside them must be found.
            Answer::Found(found) => assert!(found.clients.len() <= 1),
            other => panic!("{other:?}"),
        }
    }
}

/// Where an identifier leads, and the numbers of the projects found beside it.
fn leads(shop: &mut Shop, typed: &str) -> Option<(String, String)> {
    match shop.asks(&Question::Search { text: typed.into() }) {
        Answer::Found(found) => {
            assert_eq!(found.text, typed, "an answer says to which text");
            found.exact.map(|exact| (exact.place, exact.id))
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn an_identifier_that_is_matched_whole_comes_before_parts_of_others() {
    let mut shop = Shop::of("uniglo").on("2026-11-02");
    let mut projects = Vec::new();
    for number in 1..=12 {
        let mut ring = gold_ring();
        // The envelopes run against the numbers of the projects.
        ring.envelope = format!("E-{:04}", 13 - number);
        projects.push(shop.takes_in(ring));
    }
    let sold = shop.sells_by_mail(atelier_core::terms::ProjectKind::Stock, "1210", "2026-11-06");
    let case = shop.opens_case(&sold, "withdrawal", &[]);
    shop.sees_to(&case, atelier_tests::notice("I withdraw."));
    let rma = shop.case(&case).rma;
    let project = |id: &String| Some(("project".to_owned(), id.clone()));
    let a_case = Some(("case".to_owned(), case.clone()));
    assert_eq!(leads(&mut shop, "E-0004"), project(&projects[8]));
    assert_eq!(leads(&mut shop, " e-0004 "), project(&projects[8]));
    assert_eq!(leads(&mut shop, "P2026-0004"), project(&projects[3]));
    assert_eq!(leads(&mut shop, "p2026-4"), project(&projects[3]));
    assert_eq!(
        leads(&mut shop, "R2026-0007"),
        project(&projects[6]),
        "a paper leads to its dossier"
    );
    assert_eq!(leads(&mut shop, "Q2026-0001"), project(&sold));
    assert_eq!(leads(&mut shop, "C2026-0001"), a_case);
    assert_eq!(leads(&mut shop, "W2026-0001"), a_case);
    if !rma.is_empty() {
        assert_eq!(leads(&mut shop, &rma), a_case);
    }
    assert_eq!(leads(&mut shop, "E-00"), None, "a part is no identifier");
    for words in ["I withdraw.", "i withdraw.", "noticed", "%", "W2026-00__", "R%", "desk"] {
        assert_eq!(leads(&mut shop, words), None, "{words} is no identifier");
    }
    assert_eq!(leads(&mut shop, "P2026-9999"), None);
}

/// A list is read a part at a time, and whoever reads on sees each once, in order, whatever it is sorted by.
#[test]
fn a_long_list_is_read_on_from_where_it_was_left() {
    let mut shop = Shop::of("laurence-vandenborre").on("2026-12-02");
    for number in 0..240 {
        // Many of one name, and some of which nothing is due.
        let client = Who::New {
            card: card(["Anna Maes", "Jan Claes", "Sofie Peeters"][number % 3]),
        };
        let wish = String::new();
        let kind = ProjectKind::TailorMade;
        let project = shop
            .does(&Action::OpenProject { kind, client, wish })
            .project
            .expect("a project");
        if number % 4 == 0 {
            let form = quote_form("1210", "31/12/2026");
            let quoted = project.clone();
            shop.does(&Action::IssueQuote { project: quoted, form });
            shop.takes(
                &project,
                Step::DeclineQuote(steps::DeclineQuote {
                    reason: "too dear".into(),
                    day: String::new(),
                }),
            );
        }
    }
    for sort_by in [SortBy::Opened, SortBy::Client, SortBy::Due] {
        for down in [false, true] {
            for (text, stages, count) in [
                ("", vec![], 240),
                ("", vec![Stage::TakenIn, Stage::Declined], 240),
                ("", vec![Stage::Declined], 60),
                ("maes", vec![], 80),
            ] {
                let mut seen: Vec<String> = Vec::new();
                loop {
                    let part = match shop.asks(&Question::Projects {
                        text: text.into(),
                        stages: stages.clone(),
                        sort_by,
                        down,
                        after: seen.last().cloned(),
                    }) {
                        Answer::Projects(part) => part,
                        other => panic!("{other:?}"),
                    };
                    // The first part says how many there are in all.
                    let expected = if seen.is_empty() {
                        count.to_string()
                    } else {
                        String::new()
                    };
                    assert_eq!(part.count, expected);
                    seen.extend(part.lines.into_iter().map(|line| line.id));
                    if !part.more {
                        break;
                    }
                }
                let mut once = seen.clone();
                once.sort();
                once.dedup();
                assert_eq!(
                    (seen.len(), once.len()),
                    (count, count),
                    "{sort_by:?} {down} {text:?} {stages:?}"
                );
                if sort_by == SortBy::Opened {
                    if down {
                        once.reverse();
                    }
                    assert_eq!(seen, once);
                }
            }
        }
    }
    // The report over all of them says each once too, and its file all of them.
    let (mut rows, mut from) = (Vec::new(), Some(0));
    let mut parts = 0;
    while let Some(next) = from {
        let report = Report::Projects;
        let Answer::Report(part) = shop.asks(&Question::Report { report, from: next }) else {
            panic!("no report");
        };
        rows.extend(part.rows.into_iter().map(|mut row| row.swap_remove(0)));
        from = part.next;
        parts += 1;
    }
    let said = rows.len();
    rows.sort();
    rows.dedup();
    assert_eq!((said, rows.len(), parts), (240, 240, 3));
    let context = shop.context();
    let whole = Export::Report {
        report: Report::Projects,
        format: "csv".into(),
    };
    let (_, file) = shop.counter.export(&whole, &context).expect("a file");
    assert_eq!(String::from_utf8_lossy(&file).lines().count(), 241);
    // It is written some dossiers at a time, says how far it is, and leaves what was there where it is stopped.
    let home = tempfile::tempdir().expect("a folder");
    let saved = home.path().join("projects.csv");
    std::fs::write(&saved, "as it was").expect("a file");
    let stopped = shop.counter.export_into(&whole, &context, &saved, &mut |_, _| false);
    assert!(
        matches!(stopped, Err(Trouble::Refused(Refusal::Stopped))),
        "{stopped:?}"
    );
    assert_eq!(std::fs::read(&saved).expect("the file"), b"as it was");
    assert_eq!(std::fs::read_dir(home.path()).expect("the folder").count(), 1);
    let mut heard = Vec::new();
    let mut told = |done, of| {
        heard.push((done, of));
        true
    };
    shop.counter
        .export_into(&whole, &context, &saved, &mut told)
        .expect("a file");
    // Once more when it is written, so that nobody stops in vain.
    assert_eq!(heard, [(200, 240), (240, 240), (240, 240)]);
    assert_eq!(std::fs::read(&saved).expect("the file"), file);
    // As a workbook it holds the same rows, and its longest texts are not cut off in their columns.
    let book = Export::Report {
        report: Report::Projects,
        format: "xlsx".into(),
    };
    let saved = home.path().join("projects.xlsx");
    shop.counter
        .export_into(&book, &context, &saved, &mut |_, _| true)
        .expect("a file");
    let file = std::fs::File::open(saved).expect("the file");
    let mut parts = zip::ZipArchive::new(file).expect("a workbook");
    let mut sheet = String::new();
    let part = parts.by_name("xl/worksheets/sheet1.xml").expect("a sheet");
    std::io::Read::read_to_string(&mut { part }, &mut sheet).expect("text");
    assert_eq!(sheet.matches("<row ").count(), 241);
    assert_eq!(sheet.matches("<col ").count(), 9);
}

/// A disk with so much room.
struct Disk(usize);

impl std::io::Write for Disk {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        let room = self.0.min(bytes.len());
        self.0 -= room;
        if room > 0 {
            Ok(room)
        } else {
            Err(std::io::ErrorKind::StorageFull.into())
        }
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// Whatever of a table finds no room: it is known that the disk is full.
#[test]
fn a_table_that_finds_no_room_says_so() {
    let scratch = tempfile::tempdir().expect("a folder");
    for format in ["csv", "xlsx"] {
        let heads = ["Number".to_owned()];
        let written = |room| {
            let mut table = Writing::begun(Disk(room), format, &heads, scratch.path())?;
            (0..2000).try_for_each(|row| table.row(&[Cell::Count(row)]))?;
            table.finished()
        };
        for room in [0, 3, 3000] {
            let why = written(room).expect_err("no room");
            assert_eq!(why.kind(), std::io::ErrorKind::StorageFull, "{format} {room}");
        }
        written(1 << 20).expect("room");
    }
}

/// Two cards that say the same become one: the other is in no list, and found by nothing.
#[test]
fn a_card_that_became_one_with_another_like_it_is_found_no_more() {
    let mut shop = Shop::of("laurence-vandenborre").on("2026-12-02");
    let mut add = || {
        shop.does(&Action::AddClient {
            card: card("Anna Peeters"),
        })
        .client
        .expect("a client")
    };
    let (gone, kept) = (add(), add());
    shop.does(&Action::MergeClients {
        gone,
        kept: kept.clone(),
    });
    for text in ["", "peeters", "0475 12 34 56", "peters"] {
        let listed = match shop.asks(&Question::Clients {
            text: text.into(),
            after: None,
        }) {
            Answer::Clients(part) => part.lines,
            other => panic!("{other:?}"),
        };
        let found = match shop.asks(&Question::Search { text: text.into() }) {
            Answer::Found(found) => found.clients,
            other => panic!("{other:?}"),
        };
        for clients in [listed, found] {
            assert_eq!(
                clients.iter().map(|client| client.id.as_str()).collect::<Vec<_>>(),
                [kept.as_str()],
                "{text:?}"
            );
        }
    }
    assert_eq!(shop.standings_that_do_not_follow(), Vec::<String>::new());
}

/// A card that proves to be a business's has its delivered orders invoiced.
#[test]
fn a_consumer_who_proves_to_be_a_business_is_owed_an_invoice() {
    let mut shop = Shop::of("laurence-vandenborre").on("2026-12-02");
    let project = shop.sells_by_mail(ProjectKind::Stock, "1210", "2026-12-02");
    let client = shop.project(&project).client;
    let due = |shop: &mut Shop| match shop.asks(&Question::Today {
        by: String::new(),
        whole: None,
    }) {
        Answer::Today(today) => today.tasks().iter().any(|task| task.step == "issue-invoice"),
        other => panic!("{other:?}"),
    };
    assert!(!due(&mut shop));
    let mut card = client.card;
    card.kind = atelier_core::terms::ClientKind::Business;
    shop.does(&Action::EditClient {
        id: client.id,
        version: client.version,
        card,
    });
    assert!(due(&mut shop));
    assert_eq!(shop.standings_that_do_not_follow(), Vec::<String>::new());
}
