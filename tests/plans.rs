//! Nothing is looked for by reading a whole table that grows with the house.

use atelier_core::counter::{Action, Question, Report, SortBy, Stage, Step, steps};
use atelier_core::store::{V, seen};
use atelier_core::terms::ProjectKind;
use atelier_tests::years::{TODAY, made, questions};
use atelier_tests::{Shop, card, collect, gold_ring, notice, parcel};

/// Tables that grow with every year of the house.
const GROWING: [&str; 27] = [
    "aftersales_case",
    "attachment",
    "case_happening",
    "client",
    "client_happening",
    "consent",
    "decision",
    "due",
    "happening",
    "invoice",
    "invoice_sent",
    "journal",
    "journal_personal",
    "ledger",
    "metal",
    "metal_weighing",
    "paper",
    "photo",
    "piece",
    "piece_photo",
    "project",
    "purchase",
    "quote",
    "signature",
    "standing",
    "stone",
    "valuation",
];

/// Statements that read a whole table, and why they may.
const READ_WHOLE: [(&str, &str); 8] = [
    (
        "FROM journal ORDER BY seq DESC LIMIT 1",
        "the last entry, read from the end",
    ),
    ("FROM journal ORDER BY seq", "proving and replaying read every entry"),
    ("FROM project ORDER BY id DESC", "reports over every project"),
    (
        "c ON s.id = c.opened_by ORDER BY c.number DESC",
        "reports over every case",
    ),
    ("SELECT COUNT(*) FROM paper", "a check counts"),
    (
        ") VALUES (?1",
        "a new row: those that point at nothing are looked through only while there are some, and there are none",
    ),
    ("changes_on <> '' ORDER BY seq", "a check looks at every standing"),
    (
        "ORDER BY d.day, d.seq, d.position",
        "the calendar holds all that is due",
    ),
];

fn everything_a_house_does() -> Shop {
    let mut shop = Shop::of("laurence-vandenborre").on("2026-12-02");
    let project = shop.order();
    shop.takes(
        &project,
        Step::RequestPayment(steps::RequestPayment {
            kind: "deposit".into(),
            due: String::new(),
        }),
    );
    shop.pays(&project, "3299,77");
    shop.approves_design(&project);
    shop.takes(&project, Step::Finish(steps::Finish { day: String::new() }));
    shop.takes(&project, collect());
    let sold = shop.sells_by_mail(ProjectKind::MadeToOrder, "1210", "2026-12-04");
    let case = shop.opens_case(&sold, "withdrawal", &[]);
    shop.sees_to(&case, notice("I withdraw."));
    shop.sees_to(&case, parcel(""));
    shop.takes_in(gold_ring());
    let client = shop.project(&sold).client.id;
    for question in [
        Question::Start,
        Question::Today {
            by: String::new(),
            whole: None,
        },
        Question::Month { year: 2026, month: 12 },
        Question::Client { id: client.clone() },
        Question::ClientData { client },
        Question::Cases {
            text: String::new(),
            after: None,
        },
        Question::Clients {
            text: "peters".into(),
            after: None,
        },
        Question::Gold,
        Question::Closings,
        Question::Statement {
            bytes: b"Datum;Bedrag;Mededeling\n04/12/2026;1,00;000000000101\n".to_vec(),
        },
        Question::Report {
            report: Report::Register,
            from: 0,
        },
        Question::Search { text: "E-0001".into() },
        Question::Search { text: "peeters".into() },
        Question::Search {
            text: "RMA2026-0001-K".into(),
        },
    ] {
        shop.asks(&question);
    }
    // What the window asks by itself: whether anything is new, and whether the backups hold it.
    let folder = tempfile::tempdir().expect("a folder");
    let (store, today) = (shop.counter.store(), "2026-12-02".parse().expect("a day"));
    store.entries().expect("the journal");
    store.is_backed_up(folder.path()).expect("the series");
    store.backup_overdue(folder.path(), today).expect("the series");
    for sort_by in [SortBy::Opened, SortBy::Client, SortBy::Due] {
        for stages in [vec![], vec![Stage::Closed, Stage::TakenIn]] {
            for (text, after) in [("", None), ("", Some(project.clone())), ("anna", Some(project.clone()))] {
                shop.asks(&Question::Projects {
                    text: text.into(),
                    stages: stages.clone(),
                    sort_by,
                    down: text.is_empty(),
                    after,
                });
            }
        }
    }
    let paper = shop.project(&sold).papers[0].number.clone();
    shop.counter.paper(&paper).expect("a paper");
    let gone = shop
        .does(&Action::AddClient {
            card: card("Cleo Maes"),
        })
        .client;
    shop.does(&Action::EraseClient {
        client: gone.expect("a client"),
    });
    let context = shop.context();
    shop.counter.agenda(&context).expect("an agenda");
    shop
}

#[test]
fn every_statement_finds_what_it_looks_for_by_an_index() {
    let mut shop = everything_a_house_does();
    let mut bad = Vec::new();
    let statements = seen::statements();
    assert!(statements.len() > 80, "{} statements were run", statements.len());
    for sql in statements {
        let most = (1..=60).rev().find(|n| sql.contains(&format!("?{n}"))).unwrap_or(0);
        let plan = shop.counter.store().read(|tx| {
            let rows = tx.rows(&format!("EXPLAIN QUERY PLAN {sql}"), &vec![V::Null; most])?;
            rows.into_iter()
                .map(|mut row| {
                    for _ in 0..3 {
                        row.int()?;
                    }
                    row.text()
                })
                .collect::<Result<Vec<String>, _>>()
        });
        let scanned = |line: &str| {
            let table = line
                .strip_prefix("SCAN ")
                .and_then(|rest| rest.split(' ').next())
                .unwrap_or_default();
            // An alias stands for its table: the letter before its own word in the statement.
            let named = sql
                .split_whitespace()
                .zip(sql.split_whitespace().skip(1))
                .find(|(_, alias)| *alias == table);
            GROWING.contains(&table) || named.is_some_and(|(table, _)| GROWING.contains(&table))
        };
        // The seal of a table is over all its rows: where it has none yet, they are looked through.
        let is_of_a_seal = sql
            .strip_prefix("SELECT * FROM ")
            .is_some_and(|table| GROWING.contains(&table));
        let allowed = is_of_a_seal || READ_WHOLE.iter().any(|(part, _)| sql.contains(part));
        for line in plan.unwrap_or_else(|why| panic!("{sql}: {why}")) {
            if scanned(&line) && !allowed {
                bad.push(format!("{line}: {sql}"));
            }
        }
    }
    assert!(bad.is_empty(), "{}", bad.join("\n"));
}

/// How often a server is asked for each screen, in a house of a few dossiers and in one of many: as often, whatever stands on it.
#[test]
fn a_screen_asks_as_often_whatever_stands_on_it() {
    let counted = |projects: u32| -> Vec<(String, u64)> {
        let mut shop = Shop::of("laurence-vandenborre");
        let mut last = String::new();
        for number in 0..projects {
            last = shop.order();
            if number % 3 == 0 {
                let sold = shop.sells_by_mail(ProjectKind::Stock, "1210", "2026-12-04");
                let case = shop.opens_case(&sold, "withdrawal", &[]);
                shop.sees_to(&case, notice("I withdraw."));
            }
        }
        let client = shop.project(&last).client.id;
        let list = |stages: &[Stage]| Question::Projects {
            text: String::new(),
            stages: stages.to_vec(),
            sort_by: SortBy::Opened,
            down: true,
            after: None,
        };
        let asked = [
            ("start", Question::Start),
            (
                "today",
                Question::Today {
                    by: String::new(),
                    whole: None,
                },
            ),
            ("month", Question::Month { year: 2026, month: 12 }),
            ("projects", list(&[])),
            ("a column of the board", list(&[Stage::Ordered])),
            (
                "clients",
                Question::Clients {
                    text: String::new(),
                    after: None,
                },
            ),
            (
                "cases",
                Question::Cases {
                    text: String::new(),
                    after: None,
                },
            ),
            ("search", Question::Search { text: "a".into() }),
            ("a client", Question::Client { id: client }),
            ("a project", Question::Project { id: last }),
        ];
        asked
            .into_iter()
            .map(|(name, question)| {
                // What the clock alone changed is brought to the day by the first.
                drop(shop.asks(&question));
                let before = seen::times();
                drop(shop.asks(&question));
                let times = seen::times() - before;
                assert!(times > 0, "{name} asks nothing");
                (name.to_owned(), times)
            })
            .collect()
    };
    let (few, many) = (counted(2), counted(12));
    for ((name, few), (_, many)) in few.iter().zip(&many) {
        println!("{name:<24}{few:>6}{many:>6}");
    }
    let grows: Vec<_> = few
        .iter()
        .zip(&many)
        .filter(|(few, many)| many.1 > few.1)
        .map(|(few, many)| (few, many.1))
        .collect();
    assert_eq!(grows, Vec::new());
}

/// What takes more steps in a house that did more, and why it may.
const GROWS: [(&str, &str); 1] = [("report: custody", "neither holds as much as is shown at once")];

/// So many projects are done, and are there so often in the younger house and in the older.
const DONE: u64 = 20;
const YOUNG: u64 = 8;
const OLD: u64 = 40;
/// What says how many there are, up to a thousand: counting one takes so many steps at the most, and looking at its row takes more.
const COUNTED: [&str; 6] = [
    "Today",
    "projects",
    "projects by client",
    "projects by due day",
    "board: closed",
    "search: one letter",
];
const COUNTING: u64 = 8;

/// An index can be the wrong one: what is looked for among everything of a kind is found by one too, and slower with each year. So the steps
/// are counted that the engine takes, in a house and in one that did five times as much.
#[test]
fn the_engine_takes_no_more_steps_in_an_older_house() {
    let folder = tempfile::tempdir().expect("a folder");
    let counted = |times: u64| -> Vec<(&'static str, u64)> {
        let file = folder.path().join(format!("{times}.db"));
        made(&file, DONE, times);
        let mut shop = Shop::again(&file, 7);
        shop.turn_to(TODAY);
        let steps = |shop: &mut Shop, question: &Question| {
            let before = seen::steps();
            drop(shop.asks(question));
            seen::steps() - before
        };
        let asked = questions(&mut shop).into_iter().map(|(name, question)| {
            // What the clock alone changed is brought to the day by the first.
            steps(&mut shop, &question);
            (name, steps(&mut shop, &question))
        });
        asked.collect()
    };
    let (young, old) = (counted(YOUNG), counted(OLD));
    let mut grows = Vec::new();
    for ((name, young), (_, old)) in young.into_iter().zip(old) {
        println!("{name:<24}{young:>8}{old:>8}");
        let may = GROWS.iter().any(|(known, _)| *known == name);
        let counting = if COUNTED.contains(&name) {
            COUNTING * DONE * (OLD - YOUNG)
        } else {
            0
        };
        if !may && old > young + young / 4 + counting {
            grows.push((name, young, old));
        }
    }
    assert_eq!(grows, Vec::new());
}
